/* SPDX-License-Identifier: Apache-2.0 */
/* Captures are written whole or not at all, and survive whatever ends us. */
#include "unit/archive/warcs.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define A     "http://a.example/"
#define NOW   1795660860123
#define FIRST "bylaw-000001-20261126T024100Z.warc.gz"
#define NEXT  "bylaw-000002-20261126T024100Z.warc.gz"

static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";

struct desk {
    char folder[64];
    bylaw__captures *captures;
    struct bylaw__buf told; /* ids of what was mended */
};

static void note_mended(void *payload, const struct bylaw_error *why)
{
    struct desk *desk = payload;

    bylaw__buf_printf(&desk->told, "%s\n", why->id);
}

static int try_open(struct desk *desk, uint64_t most, struct bylaw_error *err)
{
    struct bylaw__captures_options options = {.software = "bylaw/test",
                                              .most_bytes = most,
                                              .complain = note_mended,
                                              .payload = desk};

    return bylaw__captures_open(&desk->captures, desk->folder, &options, err);
}

static void open_captures(struct desk *desk, uint64_t most)
{
    struct bylaw_error err = {0};

    if (try_open(desk, most, &err))
        fail_msg("%s: %s", err.where, err.what);
}

static void close_captures(struct desk *desk)
{
    assert_int_equal(bylaw__captures_close(desk->captures, NULL), 0);
    desk->captures = NULL;
}

static int set_up(void **state)
{
    struct desk *desk = calloc(1, sizeof(*desk));

    strcpy(desk->folder, "/tmp/bylaw-captures-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    open_captures(desk, 0);
    *state = desk;
    return 0;
}

static const char *path_of(const struct desk *desk, const char *name)
{
    static char path[400];

    snprintf(path, sizeof(path), "%s/%s", desk->folder, name);
    return path;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;
    DIR *dir = opendir(desk->folder);
    struct dirent *entry;

    bylaw__captures_abandon(desk->captures);
    while ((entry = readdir(dir)))
        unlink(path_of(desk, entry->d_name));
    closedir(dir);
    rmdir(desk->folder);
    bylaw__buf_release(&desk->told);
    free(desk);
    return 0;
}

/* An answer with that body, as if it had come over the wire. */
static int try_put(struct bylaw__captured *out, struct desk *desk,
                   const char *body, const struct bylaw__capture_before *before,
                   struct bylaw_error *err)
{
    struct bylaw_exchange exchange = {
        .began_ms = NOW,
        .sent = bylaw__span_of("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"),
        .head = bylaw__span_of(head),
        .body = bylaw__span_of(body),
        .protocol = "http/1.1"};
    struct bylaw_hop hop = {.url = A,
                            .status = 200,
                            .address = "192.0.2.7",
                            .exchange = &exchange};
    struct bylaw_response response = {.url = A,
                                      .final_url = A,
                                      .hops = &hop,
                                      .hop_count = 1,
                                      .status = 200,
                                      .fetched_at_ms = NOW,
                                      .headers = exchange.head,
                                      .body = exchange.body};

    return bylaw__captures_put(out, desk->captures, &response, before, err);
}

static struct bylaw__captured put(struct desk *desk, const char *body)
{
    struct bylaw__captured captured;
    struct bylaw_error err = {0};

    if (try_put(&captured, desk, body, NULL, &err))
        fail_msg("%s: %s", err.where, err.what);
    return captured;
}

/* The record that answers, read back by its place and digest. */
static struct bylaw__capture *read_back(const struct desk *desk,
                                        const struct bylaw__captured *captured)
{
    struct bylaw__capture_ref ref = {captured->file, captured->offset,
                                     captured->length, captured->sha256};
    struct bylaw__capture *capture = NULL;
    struct bylaw_error err = {0};

    if (bylaw__capture_read(&capture, desk->folder, &ref, &err))
        fail_msg("%s: %s", err.where, err.what);
    assert_true(bylaw__span_is(capture->record.id, captured->id));
    return capture;
}

static void check_kept(const struct desk *desk,
                       const struct bylaw__captured *captured, const char *body)
{
    struct bylaw__capture *capture = read_back(desk, captured);
    struct bylaw__warc_work work = {0};
    struct bylaw__warc_page page;

    assert_true(bylaw__warc_page(&page, &work, &capture->record));
    assert_true(bylaw__span_is(page.body, body));
    assert_int_equal(page.at_ms, NOW);
    assert_int_equal(bylaw__warc_check_block(&capture->record),
                     BYLAW__DIGEST_GOOD);
    assert_int_equal(bylaw__warc_check_payload(&capture->record),
                     BYLAW__DIGEST_GOOD);
    bylaw__warc_work_release(&work);
    bylaw__capture_free(capture);
}

static bool is_there(const struct desk *desk, const char *name)
{
    return !access(path_of(desk, name), F_OK);
}

static void read_file(struct bylaw__buf *out, const struct desk *desk,
                      const char *name)
{
    assert_int_equal(bylaw__file_read(out, path_of(desk, name), NULL), 0);
}

/* The list names each sealed file with its digest. */
static void check_listed(const struct desk *desk, const char *name)
{
    struct bylaw__buf file = {0}, list = {0};
    char hex[BYLAW__SHA256_HEX], line[256];

    read_file(&file, desk, name);
    read_file(&list, desk, "SHA256SUMS");
    bylaw__sha256_hex(hex, bylaw__buf_span(&file));
    snprintf(line, sizeof(line), "%s  %s\n", hex, name);
    assert_non_null(strstr(list.ptr, line));
    bylaw__buf_release(&file);
    bylaw__buf_release(&list);
}

/* ---------------------------------------------------------------- writing --- */

static void test_capture__is_read_back_before_and_after_sealing(void **state)
{
    struct desk *desk = *state;
    struct bylaw__captured first = put(desk, "one"), second = put(desk, "two");

    assert_string_equal(first.file, FIRST);
    assert_int_equal(first.kind, BYLAW__WARC_RESPONSE);
    assert_int_equal(second.begin, first.end);
    assert_int_equal(bylaw__captures_sync(desk->captures, NULL), 0);
    check_kept(desk, &first, "one");
    assert_true(is_there(desk, FIRST ".open"));
    close_captures(desk);
    assert_true(is_there(desk, FIRST));
    assert_false(is_there(desk, FIRST ".open"));
    check_kept(desk, &first, "one");
    check_kept(desk, &second, "two");
    check_listed(desk, FIRST);
}

static void test_captures__without_one_leave_no_file(void **state)
{
    struct desk *desk = *state;

    close_captures(desk);
    assert_false(is_there(desk, FIRST));
    assert_false(is_there(desk, "SHA256SUMS"));
}

static void test_records__stand_in_order_and_name_each_other(void **state)
{
    static const char *const types[] = {"warcinfo", "request", "response",
                                        "metadata"};
    struct desk *desk = *state;
    struct bylaw__buf file = {0};
    const struct bylaw__warc_record *record;
    bylaw__warc *warc = NULL;
    char id[64] = "";

    put(desk, "one");
    close_captures(desk);
    read_file(&file, desk, FIRST);
    assert_int_equal(bylaw__warc_open_bytes(&warc, bylaw__buf_span(&file),
                                            FIRST, NULL, NULL),
                     0);
    for (size_t i = 0; i < COUNT(types); i++) {
        char type[64];

        assert_int_equal(bylaw__warc_next(&record, warc, NULL), 0);
        assert_non_null(record);
        snprintf(type, sizeof(type), "\r\nWARC-Type: %s\r\n", types[i]);
        assert_true(bylaw__span_find(record->header, bylaw__span_of(type)) !=
                    SIZE_MAX);
        assert_true(bylaw__span_is(record->concurrent_to, i > 1 ? id : ""));
        snprintf(id, sizeof(id), "%.*s", (int)record->id.len, record->id.ptr);
        assert_int_equal(bylaw__warc_check_block(record), BYLAW__DIGEST_GOOD);
    }
    assert_int_equal(bylaw__warc_next(&record, warc, NULL), 0);
    assert_null(record);
    assert_int_equal(bylaw__warc_outcome(warc), BYLAW__WARC_COMPLETE);
    bylaw__warc_free(warc);
    bylaw__buf_release(&file);
}

static void test_same_body__becomes_a_revisit(void **state)
{
    struct desk *desk = *state;
    struct bylaw__captured first = put(desk, "one"), again, other;
    struct bylaw__capture_before before = {A, first.id, first.payload_sha256,
                                           NOW - 1000};
    struct bylaw__capture *capture;

    assert_int_equal(try_put(&again, desk, "one", &before, NULL), 0);
    assert_int_equal(try_put(&other, desk, "two", &before, NULL), 0);
    assert_int_equal(other.kind, BYLAW__WARC_RESPONSE);
    assert_int_equal(again.kind, BYLAW__WARC_REVISIT);
    assert_string_equal(again.payload_sha256, first.payload_sha256);
    capture = read_back(desk, &again);
    assert_true(bylaw__span_is(capture->record.refers_to, first.id));
    assert_true(bylaw__span_is(capture->record.refers_to_uri, A));
    assert_true(bylaw__span_is(capture->record.refers_to_date,
                               "2026-11-26T02:40:59.123Z"));
    assert_true(bylaw__span_ends(capture->record.profile,
                                 "/revisit/identical-payload-digest"));
    assert_true(bylaw__span_is(capture->record.block, head));
    bylaw__capture_free(capture);
}

static void test_same_captures__make_the_same_bytes(void **state)
{
    struct desk *desk = *state;
    struct bylaw__buf files[2] = {{0}, {0}};

    for (size_t i = 0; i < 2; i++) {
        if (i)
            open_captures(desk, 0);
        put(desk, "one");
        put(desk, "two");
        close_captures(desk);
        read_file(&files[i], desk, FIRST);
        unlink(path_of(desk, FIRST));
    }
    assert_true(
        bylaw__span_eq(bylaw__buf_span(&files[0]), bylaw__buf_span(&files[1])));
    bylaw__buf_release(&files[0]);
    bylaw__buf_release(&files[1]);
}

static void test_file__is_sealed_where_a_capture_would_not_fit(void **state)
{
    static const int beside[] = {-1, 0, 1};
    struct desk *desk = *state;
    struct bylaw__captured first = put(desk, "one"), second = put(desk, "two");
    uint64_t both = second.end;

    close_captures(desk);
    unlink(path_of(desk, FIRST));
    (void)first;
    for (size_t i = 0; i < COUNT(beside); i++) {
        open_captures(desk, (uint64_t)((int64_t)both + beside[i]));
        first = put(desk, "one");
        second = put(desk, "two");
        assert_int_equal(strcmp(first.file, second.file) == 0, beside[i] >= 0);
        assert_int_equal(is_there(desk, FIRST), beside[i] < 0);
        close_captures(desk);
        check_kept(desk, &first, "one");
        check_kept(desk, &second, "two");
        check_listed(desk, first.file);
        check_listed(desk, second.file);
        unlink(path_of(desk, FIRST));
        unlink(path_of(desk, NEXT));
    }
}

/* ------------------------------------------------------------------ crashes --- */

static void write_file(const struct desk *desk, const char *name,
                       struct bylaw_span bytes)
{
    assert_int_equal(bylaw__file_replace(path_of(desk, name), bytes, NULL), 0);
}

/* A crash may leave any beginning of what was written since the last sync. */
static void test_crash__costs_only_what_was_not_finished(void **state)
{
    struct desk *desk = *state;
    struct bylaw__captured first = put(desk, "one"), second = put(desk, "two");
    struct bylaw__buf file = {0};

    bylaw__captures_abandon(desk->captures);
    read_file(&file, desk, FIRST ".open");
    for (size_t len = (size_t)first.end; len <= file.len; len += 13) {
        write_file(desk, FIRST ".open",
                   bylaw__span_sub(bylaw__buf_span(&file), 0, len));
        open_captures(desk, 0);
        assert_true(is_there(desk, FIRST));
        check_listed(desk, FIRST);
        check_kept(desk, &first, "one");
        if (len >= second.offset + second.length)
            check_kept(desk, &second, "two");
        /* The next file has the next number. */
        assert_string_equal(put(desk, "three").file, NEXT);
        close_captures(desk);
        unlink(path_of(desk, FIRST));
        unlink(path_of(desk, NEXT));
    }
    assert_non_null(strstr(desk->told.ptr, "archive.mended\n"));
    bylaw__buf_release(&file);
}

static void test_power_cut__may_leave_zeros_behind(void **state)
{
    struct desk *desk = *state;
    struct bylaw__captured first = put(desk, "one");
    struct bylaw__buf file = {0};

    bylaw__captures_abandon(desk->captures);
    read_file(&file, desk, FIRST ".open");
    for (size_t i = 0; i < 5000; i++)
        bylaw__buf_add_char(&file, '\0');
    write_file(desk, FIRST ".open", bylaw__buf_span(&file));
    open_captures(desk, 0);
    check_kept(desk, &first, "one");
    bylaw__buf_clear(&file);
    read_file(&file, desk, FIRST);
    assert_int_equal(file.len, first.end);
    bylaw__buf_release(&file);
}

static void test_file__with_no_whole_record_goes(void **state)
{
    struct desk *desk = *state;

    close_captures(desk);
    write_file(desk, FIRST ".open", BYLAW__SPAN("\x1f\x8b\x08 nothing"));
    open_captures(desk, 0);
    assert_false(is_there(desk, FIRST));
    assert_false(is_there(desk, FIRST ".open"));
}

static void test_crash__between_list_and_name_is_mended_too(void **state)
{
    struct desk *desk = *state;
    struct bylaw__captured first = put(desk, "one");
    struct bylaw__buf list = {0};

    close_captures(desk);
    assert_int_equal(rename(path_of(desk, FIRST),
                            "/tmp/bylaw-captures-test.warc"),
                     0);
    assert_int_equal(rename("/tmp/bylaw-captures-test.warc",
                            path_of(desk, FIRST ".open")),
                     0);
    open_captures(desk, 0);
    check_kept(desk, &first, "one");
    read_file(&list, desk, "SHA256SUMS");
    assert_int_equal(list.len, 64 + 2 + strlen(FIRST) + 1);
    check_listed(desk, FIRST);
    bylaw__buf_release(&list);
}

static void test_full_disk__leaves_nothing_of_a_capture(void **state)
{
    struct desk *desk = *state;
    struct bylaw__captured first = put(desk, "one"), second;
    struct rlimit before, full;
    struct bylaw_error err = {0};
    struct bylaw__buf file = {0};

    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    full = before;
    full.rlim_cur = first.end + 100;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
    assert_int_equal(try_put(&second, desk, "two", NULL, &err), BYLAW_EIO);
    assert_string_equal(err.id, "archive.unwritable");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    read_file(&file, desk, FIRST ".open");
    assert_int_equal(file.len, first.end);
    /* And there is room again. */
    second = put(desk, "two");
    close_captures(desk);
    check_kept(desk, &first, "one");
    check_kept(desk, &second, "two");
    bylaw__buf_release(&file);
}

static void test_folder__that_is_not_there_is_told(void **state)
{
    struct desk *desk = *state;
    struct bylaw_error err = {0};
    char folder[64];

    close_captures(desk);
    memcpy(folder, desk->folder, sizeof(folder));
    strcpy(desk->folder, "/nowhere");
    assert_int_equal(try_open(desk, 0, &err), BYLAW_EIO);
    assert_string_equal(err.id, "archive.folder");
    memcpy(desk->folder, folder, sizeof(folder));
    desk->captures = NULL;
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(test_capture__is_read_back_before_and_after_sealing),
        EACH(test_captures__without_one_leave_no_file),
        EACH(test_records__stand_in_order_and_name_each_other),
        EACH(test_same_body__becomes_a_revisit),
        EACH(test_same_captures__make_the_same_bytes),
        EACH(test_file__is_sealed_where_a_capture_would_not_fit),
        EACH(test_crash__costs_only_what_was_not_finished),
        EACH(test_power_cut__may_leave_zeros_behind),
        EACH(test_file__with_no_whole_record_goes),
        EACH(test_crash__between_list_and_name_is_mended_too),
        EACH(test_full_disk__leaves_nothing_of_a_capture),
        EACH(test_folder__that_is_not_there_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
