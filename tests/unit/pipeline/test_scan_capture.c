/* SPDX-License-Identifier: Apache-2.0 */
/* What a case rests on is kept: every visit of it can be shown again. */
#include "reposts.h"

#include "archive/archive.h"

#include <dirent.h>
#include <sys/stat.h>

#define COPY "http://site.example/copy"

static struct web_page pages[] = {
    {.host = "site.example",
     .path = "/",
     .body = OTHER LINK("/copy") LINK("/plain") END},
    {.host = "site.example", .path = "/copy", .body = "bad", .slow_ms = 500},
    {.host = "site.example", .path = "/plain", .body = OTHER END},
};
#define PAGE_COUNT (sizeof(pages) / sizeof(pages[0]))

static struct bylaw_watch watches[] = {
    {BYLAW_WATCH_SITE, "http://site.example/", 2, 1000},
};

static int make_pages(void **state)
{
    if (make_reposts(state))
        return -1;
    put_bodies(pages, PAGE_COUNT);
    return 0;
}

/** A workspace with a folder of captures. */
struct kept {
    struct workspace workspace;
    struct loopback_web *web;
    char folder[96];
};

static void begin(struct kept *kept, const char *name)
{
    kept->web = start(pages, PAGE_COUNT);
    make_workspace(&kept->workspace, name, kept->web, watches, 1);
    snprintf(kept->folder, sizeof(kept->folder), "%s/%s-captures", files_dir,
             name);
    assert_int_equal(mkdir(kept->folder, 0700), 0);
    kept->workspace.options.captures_path = kept->folder;
}

static void end(struct kept *kept)
{
    DIR *dir = opendir(kept->folder);
    struct dirent *entry;
    char path[400];

    while ((entry = readdir(dir))) {
        snprintf(path, sizeof(path), "%s/%s", kept->folder, entry->d_name);
        unlink(path);
    }
    closedir(dir);
    rmdir(kept->folder);
    web_stop(kept->web);
}

/* ------------------------------------------------------------ reading back --- */

struct reading {
    const char *folder;
    struct bylaw__buf told; /* "KIND URL BODY-BYTES" a capture */
};

static int read_capture(void *payload, const struct bylaw__capture_row *row)
{
    struct reading *reading = payload;
    struct bylaw__capture_ref ref = {row->file, row->offset, row->length,
                                     row->sha256};
    struct bylaw__capture *capture = NULL;
    struct bylaw__warc_work work = {0};
    struct bylaw__warc_page page = {.status = 0};
    struct bylaw_error err = {0};

    if (bylaw__capture_read(&capture, reading->folder, &ref, &err))
        fail_msg("%s: %s", err.where, err.what);
    assert_true(bylaw__span_is(capture->record.id, row->record));
    bylaw__warc_page(&page, &work, &capture->record);
    bylaw__buf_printf(&reading->told, "%s %s %d %zu\n", row->kind, row->url,
                      page.status, page.body.len);
    bylaw__warc_work_release(&work);
    bylaw__capture_free(capture);
    return 0;
}

static void check_captures(const struct kept *kept,
                           const struct bylaw__capture_filter *filter,
                           const char *want)
{
    bylaw__store *store = open_store(&kept->workspace);
    struct reading reading = {.folder = kept->folder};

    assert_int_equal(bylaw__store_captures(store, filter, read_capture,
                                           &reading, NULL),
                     0);
    assert_string_equal(reading.told.ptr ? reading.told.ptr : "", want);
    bylaw__buf_release(&reading.told);
    bylaw__store_close(store);
}

static const struct bylaw__capture_filter first_case = {.case_id = 1};

static const char *line(const char *kind, int status, size_t bytes)
{
    static char text[4][200];
    static unsigned next;
    char *out = text[next++ % 4];

    snprintf(out, sizeof(text[0]), "%s " COPY " %d %zu\n", kind, status, bytes);
    return out;
}

static void join(char out[800], const char *a, const char *b)
{
    snprintf(out, 800, "%s%s", a, b);
}

static void test_scan__keeps_each_visit_of_a_case(void **state)
{
    size_t size = strlen(pages[1].body);
    struct kept kept;
    char want[800];

    (void)state;
    begin(&kept, "each");
    run_scan(&kept.workspace);
    /* The page without a copy, and the one it links from, are not kept. */
    check_captures(&kept, &first_case, line("response", 200, size));
    utc_ms += 2 * HOUR_MS;
    run_scan(&kept.workspace);
    join(want, line("response", 200, size), line("revisit", 200, 0));
    check_captures(&kept, &first_case, want);
    end(&kept);
}

static const char *kind_of(const struct bylaw__warc_record *record)
{
    static const char *const names[] = {"other",       "warcinfo",
                                        "request",     "response",
                                        "revisit",     "resource",
                                        "metadata",    "conversion",
                                        "continuation"};

    return names[record->kind];
}

/* The one file of captures that a scan made. */
static void find_file(char out[400], const struct kept *kept)
{
    DIR *dir = opendir(kept->folder);
    struct dirent *entry;

    out[0] = '\0';
    while ((entry = readdir(dir)))
        if (strstr(entry->d_name, ".warc.gz"))
            snprintf(out, 400, "%s/%s", kept->folder, entry->d_name);
    closedir(dir);
}

static void test_capture__has_what_went_over_the_wire(void **state)
{
    const struct bylaw__warc_record *record;
    struct bylaw__buf kinds = {0}, request = {0}, facts = {0};
    bylaw__warc *warc = NULL;
    struct kept kept;
    char path[400];

    (void)state;
    begin(&kept, "wire");
    run_scan(&kept.workspace);
    find_file(path, &kept);
    assert_int_equal(bylaw__warc_open(&warc, path, NULL, NULL), 0);
    while (!bylaw__warc_next(&record, warc, NULL) && record) {
        bylaw__buf_printf(&kinds, "%s ", kind_of(record));
        if (record->kind == BYLAW__WARC_REQUEST)
            bylaw__buf_add_span(&request, record->block);
        if (record->kind == BYLAW__WARC_METADATA)
            bylaw__buf_add_span(&facts, record->block);
        if (record->kind == BYLAW__WARC_RESPONSE) {
            assert_true(bylaw__span_is(record->ip_address, "127.0.0.1"));
            assert_true(bylaw__span_is(record->protocol, "http/1.1"));
        }
    }
    assert_string_equal(kinds.ptr,
                        "warcinfo resource request response metadata ");
    assert_non_null(strstr(request.ptr, "GET /copy HTTP/1.1\r\n"));
    assert_non_null(strstr(request.ptr, "\r\nHost: site.example"));
    assert_non_null(strstr(facts.ptr, "\"schema\": \"bylaw.capture/1\""));
    assert_non_null(strstr(facts.ptr, "\"answered\": "));
    bylaw__warc_free(warc);
    bylaw__buf_release(&kinds);
    bylaw__buf_release(&request);
    bylaw__buf_release(&facts);
    end(&kept);
}

/* A server that says "not modified" is taken at its word, and the word kept. */
static void test_scan__keeps_that_a_page_was_not_modified(void **state)
{
    size_t size = strlen(pages[1].body);
    struct web_page marked[PAGE_COUNT];
    struct kept kept;
    char want[800];

    (void)state;
    memcpy(marked, pages, sizeof(pages));
    marked[1].etag = "\"one\"";
    begin(&kept, "marked");
    web_replace(kept.web, marked, PAGE_COUNT);
    run_scan(&kept.workspace);
    utc_ms += 2 * HOUR_MS;
    run_scan(&kept.workspace);
    join(want, line("response", 200, size), line("revisit", 304, 0));
    check_captures(&kept, &first_case, want);
    end(&kept);
}

static void test_scan__keeps_how_a_page_of_a_case_went(void **state)
{
    size_t size = strlen(pages[1].body);
    struct web_page gone = {.host = "site.example",
                            .path = "/copy",
                            .status = 404,
                            .body = "gone"};
    struct web_page after[PAGE_COUNT];
    struct kept kept;
    char want[800];

    (void)state;
    memcpy(after, pages, sizeof(pages));
    after[1] = gone;
    begin(&kept, "gone");
    run_scan(&kept.workspace);
    web_replace(kept.web, after, PAGE_COUNT);
    utc_ms += 2 * HOUR_MS;
    run_scan(&kept.workspace);
    join(want, line("response", 200, size), line("response", 404, 4));
    check_captures(&kept, &first_case, want);
    end(&kept);
}

static void test_scan__keeps_the_article_once(void **state)
{
    struct bylaw__capture_filter article = {.source = "japan-nato"};
    struct reading reading = {.folder = NULL};
    bylaw__store *store;
    struct kept kept;

    (void)state;
    begin(&kept, "article");
    run_scan(&kept.workspace);
    utc_ms += 2 * HOUR_MS;
    run_scan(&kept.workspace);
    store = open_store(&kept.workspace);
    reading.folder = kept.folder;
    assert_int_equal(bylaw__store_captures(store, &article, read_capture,
                                           &reading, NULL),
                     0);
    assert_string_equal(reading.told.ptr,
                        "resource urn:bylaw:source:japan-nato 0 0\n");
    bylaw__buf_release(&reading.told);
    bylaw__store_close(store);
    end(&kept);
}

static int count_row(void *payload, const struct bylaw__case_row *row)
{
    (void)row;
    ++*(size_t *)payload;
    return 0;
}

/* Takes the folder away once the scan is under way: as good as a full disk. */
static void take_folder(void *payload, const struct bylaw_scan_progress *state)
{
    struct workspace *workspace = payload;
    char away[120];

    (void)state;
    snprintf(away, sizeof(away), "%s-away", workspace->options.captures_path);
    rename(workspace->options.captures_path, away);
}

/* Nothing is on record that is not on disk. */
static void test_scan__that_cannot_keep_a_page_records_no_case(void **state)
{
    static const struct bylaw__case_filter all = {.state = -1};
    struct bylaw_scan_result result;
    struct bylaw_error err = {0};
    bylaw__store *store;
    struct kept kept;
    size_t cases = 0;
    char away[120];

    (void)state;
    begin(&kept, "full");
    /* The first page alone: the article is kept then, and its file sealed. */
    kept.workspace.options.max_pages = 1;
    run_scan(&kept.workspace);
    kept.workspace.options.max_pages = 0;
    kept.workspace.options.progress = take_folder;
    assert_int_equal(bylaw_scan(&result, &kept.workspace.options, &err),
                     BYLAW_EIO);
    assert_string_equal(err.id, "archive.unwritable");
    store = open_store(&kept.workspace);
    assert_int_equal(bylaw__store_cases(store, &all, count_row, &cases, NULL),
                     0);
    assert_int_equal(cases, 0);
    bylaw__store_close(store);
    /* With the folder back, all is found. */
    snprintf(away, sizeof(away), "%s-away", kept.folder);
    assert_int_equal(rename(away, kept.folder), 0);
    kept.workspace.options.progress = NULL;
    run_scan(&kept.workspace);
    check_captures(&kept, &first_case,
                   line("response", 200, strlen(pages[1].body)));
    end(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan__keeps_each_visit_of_a_case),
        cmocka_unit_test(test_capture__has_what_went_over_the_wire),
        cmocka_unit_test(test_scan__keeps_that_a_page_was_not_modified),
        cmocka_unit_test(test_scan__keeps_how_a_page_of_a_case_went),
        cmocka_unit_test(test_scan__keeps_the_article_once),
        cmocka_unit_test(test_scan__that_cannot_keep_a_page_records_no_case),
    };

    return cmocka_run_group_tests(tests, make_pages, drop_reposts);
}
