/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of web archives lead to live ones, and tell when they were seen. */
#include "reposts.h"

#include "unit/archive/warcs.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>

#define SITE "http://site.example"

/* What is on the web now. */
static struct web_page pages[] = {
    {.host = "site.example", .path = "/copy", .body = "bad"},
    {.host = "site.example", .path = "/again", .body = "bad"},
    {.host = "site.example", .path = "/right", .body = "good"},
    {.host = "site.example", .path = "/known", .body = "bad"},
    {.host = "site.example", .path = "/other", .body = OTHER END},
    {.host = "own.example", .path = "/copy", .body = "bad"},
};
#define PAGE_COUNT (sizeof(pages) / sizeof(pages[0]))

static const char *const own[] = {"own.example"};

static int make_pages(void **state)
{
    if (make_reposts(state))
        return -1;
    put_bodies(pages, PAGE_COUNT);
    return 0;
}

/* --------------------------------------------------------- what was kept --- */

/* Appends a member: the record of a page, as it was on a date. */
static void archive_page(struct bylaw__buf *out, const char *type,
                         const char *uri, const char *date, const char *more,
                         const char *body)
{
    struct bylaw__buf block = {0}, plain = {0};

    bylaw__buf_printf(&block,
                      "HTTP/1.1 200 OK\r\nContent-Type: text/html; "
                      "charset=utf-8\r\nETag: \"archive\"\r\n\r\n%s",
                      body);
    bylaw__buf_printf(&plain,
                      "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\n"
                      "WARC-Date: %s\r\n%s"
                      "Content-Type: application/http;msgtype=response\r\n"
                      "Content-Length: %zu\r\n\r\n",
                      type, uri, date, more, block.len);
    bylaw__buf_add_span(&plain, bylaw__buf_span(&block));
    bylaw__buf_add_text(&plain, "\r\n\r\n");
    pack(out, bylaw__buf_span(&plain));
    bylaw__buf_release(&block);
    bylaw__buf_release(&plain);
}

#define OCTOBER "2023-10-01T12:00:00Z"
#define LATER   "2023-10-02T12:00:00Z"
#define FUTURE  "2033-10-01T12:00:00Z"

static const int64_t october_ms = 1696161600000;

static const char *write_archive(const char *name)
{
    unsigned char sha1[BYLAW__SHA1_BYTES];
    struct bylaw__buf file = {0}, digest = {0};
    const char *path;

    assert_int_equal(bylaw__sha1_of(sha1, bylaw__span_of(bad)), 0);
    bylaw__buf_add_text(&digest, "WARC-Payload-Digest: sha1:");
    bylaw__buf_add_hex(&digest, sha1, sizeof(sha1));
    bylaw__buf_add_text(&digest, "\r\n");
    /* The body of the first record stands behind it. */
    archive_page(&file, "revisit", SITE "/again", OCTOBER, digest.ptr, "");
    archive_page(&file, "response", SITE "/other", OCTOBER, "", OTHER END);
    archive_page(&file, "response", SITE "/copy", OCTOBER, digest.ptr, bad);
    archive_page(&file, "response", SITE "/copy", LATER, "", bad);
    bylaw__buf_add_text(&file, "damage");
    archive_page(&file, "response", SITE "/gone", OCTOBER, "", bad);
    archive_page(&file, "response", SITE "/right", OCTOBER, "", bad);
    archive_page(&file, "response", SITE "/known", FUTURE, "", bad);
    archive_page(&file, "response", "http://own.example/copy", OCTOBER, "",
                 bad);
    path = write_bytes(name, bylaw__buf_span(&file));
    bylaw__buf_release(&file);
    bylaw__buf_release(&digest);
    return path;
}

/** A workspace that watches one archive. */
struct watched {
    struct workspace workspace;
    struct loopback_web *web;
    const char *archives[1];
};

static void begin(struct watched *watched, const char *name)
{
    char file[64];

    snprintf(file, sizeof(file), "%s.warc.gz", name);
    watched->web = start(pages, PAGE_COUNT);
    make_workspace(&watched->workspace, name, watched->web, NULL, 0);
    watched->archives[0] = write_archive(file);
    watched->workspace.config.warcs = watched->archives;
    watched->workspace.config.warc_count = 1;
    watched->workspace.config.own_domains = own;
    watched->workspace.config.own_domain_count = 1;
}

#define CASE(path, state, verdict) SITE path " japan-nato " state verdict "\n"

/* Those that the live page shows as the archive did are new at once. */
#define ALL                                                                    \
    CASE("/again", "new", " not-met 3")                                        \
    CASE("/copy", "new", " not-met 3")                                         \
    CASE("/gone", "seen", " not-met 3")                                        \
    CASE("/known", "seen", " not-met 3")                                       \
    CASE("/right", "none", " compliant 0")

static int64_t first_ms_of_case;

static int note_first(void *payload, const struct bylaw__case_row *row)
{
    if (!strcmp(row->url, payload))
        first_ms_of_case = row->first_ms;
    return 0;
}

static int64_t first_seen(const struct workspace *workspace, const char *url)
{
    static const struct bylaw__case_filter all = {.state = -1};
    bylaw__store *store = open_store(workspace);
    char wanted[128];

    snprintf(wanted, sizeof(wanted), "%s", url);
    first_ms_of_case = 0;
    assert_int_equal(bylaw__store_cases(store, &all, note_first, wanted, NULL),
                     0);
    bylaw__store_close(store);
    return first_ms_of_case;
}

/* ------------------------------------------------------------------- tests --- */

static void test_archive__leads_to_live_pages_that_confirm_it(void **state)
{
    struct watched w;

    (void)state;
    begin(&w, "leads");
    run_scan(&w.workspace);
    check_cases(&w.workspace, ALL);
    assert_int_equal(first_seen(&w.workspace, SITE "/copy"), october_ms);
    assert_int_equal(first_seen(&w.workspace, SITE "/again"), october_ms);
    /* A capture of the future is no finding of the past. */
    assert_int_equal(first_seen(&w.workspace, SITE "/known"), utc_ms);
    web_stop(w.web);
}

static void
test_archive__asks_only_for_pages_that_carry_an_article(void **state)
{
    struct web_request request;
    struct watched w;

    (void)state;
    begin(&w, "asks");
    run_scan(&w.workspace);
    assert_int_equal(web_count(w.web, "site.example", "/copy"), 1);
    assert_int_equal(web_count(w.web, "site.example", "/gone"), 1);
    assert_int_equal(web_count(w.web, "site.example", "/robots.txt"), 1);
    assert_int_equal(web_count(w.web, "site.example", "/other"), 0);
    assert_int_equal(web_count(w.web, "own.example", NULL), 0);
    /* The archive's validators are not the server's. */
    for (size_t i = 0; web_request_at(&request, w.web, i); i++)
        assert_false(request.is_conditional);
    web_stop(w.web);
}

static void test_archive__tells_of_damage_and_goes_on(void **state)
{
    struct watched w;

    (void)state;
    begin(&w, "damage");
    run_scan(&w.workspace);
    assert_string_equal(w.workspace.complaint.id, "archive.damaged");
    assert_non_null(strstr(w.workspace.complaint.where, ", byte "));
    web_stop(w.web);
}

static void touch(const char *path)
{
    struct timespec times[2] = {{.tv_sec = 1}, {.tv_sec = 1}};

    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void test_archive__changes_nothing_when_it_is_read_again(void **state)
{
    struct watched w;

    (void)state;
    begin(&w, "again");
    run_scan(&w.workspace);
    web_forget(w.web);
    memset(&w.workspace.complaint, 0, sizeof(w.workspace.complaint));
    run_scan(&w.workspace);
    /* It is known, so it was not opened: its damage is not told again. */
    assert_null(w.workspace.complaint.id);
    check_cases(&w.workspace, ALL);
    touch(w.archives[0]);
    run_scan(&w.workspace);
    assert_string_equal(w.workspace.complaint.id, "archive.damaged");
    check_cases(&w.workspace, ALL);
    assert_int_equal(first_seen(&w.workspace, SITE "/copy"), october_ms);
    assert_int_equal(web_count(w.web, NULL, NULL), 0);
    web_stop(w.web);
}

static void
test_archive__that_is_none_is_told_and_the_scan_goes_on(void **state)
{
    struct watched w;

    (void)state;
    begin(&w, "none");
    w.archives[0] = write_file("none.warc", "this is no archive");
    assert_int_equal(run_scan(&w.workspace).outcome, BYLAW_SCAN_COMPLETE);
    assert_string_equal(w.workspace.complaint.id, "archive.not-a-warc");
    w.archives[0] = "/nowhere.warc.gz";
    assert_int_equal(run_scan(&w.workspace).outcome, BYLAW_SCAN_COMPLETE);
    assert_string_equal(w.workspace.complaint.id, "file.unreadable");
    check_cases(&w.workspace, "");
    web_stop(w.web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_archive__leads_to_live_pages_that_confirm_it),
        cmocka_unit_test(
            test_archive__asks_only_for_pages_that_carry_an_article),
        cmocka_unit_test(test_archive__tells_of_damage_and_goes_on),
        cmocka_unit_test(test_archive__changes_nothing_when_it_is_read_again),
        cmocka_unit_test(
            test_archive__that_is_none_is_told_and_the_scan_goes_on),
    };

    return cmocka_run_group_tests(tests, make_pages, drop_reposts);
}
