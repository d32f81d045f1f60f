/* SPDX-License-Identifier: Apache-2.0 */
/* What records say of pages: decoded, and honest about what is missing. */
#include "unit/archive/warcs.h"

#define A     "http://a.example/"
#define HTTP  "Content-Type: application/http;msgtype=response\r\n"
#define HTML  "Content-Type: text/html; charset=\"UTF-8\"\r\n"
#define HELLO "<p>hello</p>"

/* Told as "STATUS TYPE CHARSET BODY", then "cut" or the refusal's id. */
static void tell_page(struct bylaw__buf *out, struct bylaw_span file)
{
    const struct bylaw__warc_record *record;
    struct bylaw__warc_work work = {0};
    struct bylaw__warc_page page;
    struct bylaw_response *response = NULL;
    bylaw__warc *warc = NULL;

    assert_int_equal(bylaw__warc_open_bytes(&warc, file, "test", NULL, NULL),
                     0);
    assert_int_equal(bylaw__warc_next(&record, warc, NULL), 0);
    assert_non_null(record);
    if (!bylaw__warc_page(&page, &work, record)) {
        bylaw__buf_add_text(out, "none");
    } else {
        assert_int_equal(bylaw__warc_response(&response, &page, NULL), 0);
        bylaw__buf_printf(out, "%d %s %s %.*s%s%s%s%s", response->status,
                          response->content_type, response->charset,
                          (int)response->body.len, response->body.ptr,
                          page.is_revisit ? " revisit" : "",
                          response->is_truncated ? " cut" : "",
                          response->refusal.code ? " " : "",
                          response->refusal.code ? response->refusal.id : "");
        assert_int_equal(response->fetched_at_ms, 1795660860123);
        assert_string_equal(response->final_url, A);
        assert_int_equal(response->hop_count, 1);
        bylaw_response_free(response);
    }
    bylaw__warc_work_release(&work);
    bylaw__warc_free(warc);
}

static void check_record(const char *type, const char *more,
                         struct bylaw_span block, const char *expected)
{
    struct bylaw__buf file = {0}, told = {0};

    add_record(&file, type, A, more, block);
    tell_page(&told, bylaw__buf_span(&file));
    assert_string_equal(told.ptr, expected);
    bylaw__buf_release(&file);
    bylaw__buf_release(&told);
}

static const struct {
    const char *type, *more, *block, *expected;
} rows[] = {
    {"response", HTTP, "HTTP/1.1 200 OK\r\n" HTML "\r\n" HELLO,
     "200 text/html UTF-8 " HELLO},
    {"response", HTTP, "HTTP/1.0 404 Not Found\nContent-Type: TEXT/HTML\n\n-",
     "404 text/html  -"},
    {"response", "", "HTTP/2 200\r\n" HTML "\r\n" HELLO,
     "200 text/html UTF-8 " HELLO},
    {"response", HTTP, "HTTP/1.1 204 No Content\r\n\r\n", "204   "},
    /* Chunks, and what archives leave of them. */
    {"response", HTTP,
     "HTTP/1.1 200 OK\r\n" HTML "Transfer-Encoding: chunked\r\n\r\n"
     "3\r\n<p>\r\n9\r\nhello</p>\r\n0\r\n\r\n",
     "200 text/html UTF-8 " HELLO},
    {"response", HTTP,
     "HTTP/1.1 200 OK\r\n" HTML "Transfer-Encoding: chunked\r\n\r\n" HELLO,
     "200 text/html UTF-8 " HELLO},
    {"response", HTTP,
     "HTTP/1.1 200 OK\r\n" HTML "Transfer-Encoding: chunked\r\n\r\n"
     "3\r\n<p>\r\n9\r\nhello",
     "200 text/html UTF-8 <p>hello cut archive.page-cut"},
    /* Lengths: too long is what unpacking left, too short is a cut. */
    {"response", HTTP,
     "HTTP/1.1 200 OK\r\n" HTML "Content-Length: 12\r\n\r\n" HELLO,
     "200 text/html UTF-8 " HELLO},
    {"response", HTTP,
     "HTTP/1.1 200 OK\r\n" HTML "Content-Length: 5\r\n\r\n" HELLO,
     "200 text/html UTF-8 " HELLO},
    {"response", HTTP,
     "HTTP/1.1 200 OK\r\n" HTML "Content-Length: 13\r\n\r\n" HELLO,
     "200 text/html UTF-8 " HELLO " cut archive.page-cut"},
    {"response", HTTP "WARC-Truncated: length\r\n",
     "HTTP/1.1 200 OK\r\n" HTML "\r\n" HELLO,
     "200 text/html UTF-8 " HELLO " cut archive.page-cut"},
    {"response", HTTP "WARC-Segment-Number: 1\r\n",
     "HTTP/1.1 200 OK\r\n" HTML "\r\n" HELLO,
     "200 text/html UTF-8 " HELLO " cut archive.page-cut"},
    /* Encodings that are named but were undone, or cannot be. */
    {"response", HTTP,
     "HTTP/1.1 200 OK\r\n" HTML "Content-Encoding: gzip\r\n\r\n" HELLO,
     "200 text/html UTF-8 " HELLO},
    {"response", HTTP,
     "HTTP/1.1 200 OK\r\n" HTML "Content-Encoding: br\r\n\r\nxyz",
     "200 text/html UTF-8  cut fetch.encoding"},
    /* Other records. */
    {"resource", "Content-Type: text/html\r\n", HELLO, "200 text/html  " HELLO},
    {"conversion", "Content-Type: text/plain\r\n", "the words",
     "200 text/plain  the words"},
    {"revisit", HTTP "WARC-Truncated: length\r\n",
     "HTTP/1.1 200 OK\r\n" HTML "Content-Length: 12\r\n\r\n",
     "200 text/html UTF-8  revisit"},
    {"revisit", "", "", "304    revisit"},
    {"request", "Content-Type: application/http;msgtype=request\r\n",
     "GET / HTTP/1.1\r\n\r\n", "none"},
    {"metadata", "Content-Type: application/warc-fields\r\n", "a: b\r\n",
     "none"},
    {"warcinfo", "", "software: x\r\n", "none"},
    {"continuation", "", "more", "none"},
    {"something-new", "", "more", "none"},
    {"response", "Content-Type: text/dns\r\n", "20130729 a.example. IN A",
     "none"},
    {"response", HTTP, "no http at all", "none"},
    {"response", HTTP, "", "none"},
};

static void test_page__is_what_its_record_holds(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_record(rows[i].type, rows[i].more, bylaw__span_of(rows[i].block),
                     rows[i].expected);
}

static void test_page__is_unpacked_within_ceilings(void **state)
{
    static const char head[] =
        "HTTP/1.1 200 OK\r\n" HTML "Content-Encoding: gzip\r\n\r\n";
    struct bylaw__buf block = {0};
    char *zeros = calloc(1, 20u << 20);

    (void)state;
    bylaw__buf_add_text(&block, head);
    pack(&block, BYLAW__SPAN(HELLO));
    check_record("response", HTTP, bylaw__buf_span(&block),
                 "200 text/html UTF-8 " HELLO);
    block.len -= 8; /* its checksum and size */
    check_record("response", HTTP, bylaw__buf_span(&block),
                 "200 text/html UTF-8 <p>hello</p> cut archive.page-cut");
    bylaw__buf_clear(&block);
    bylaw__buf_add_text(&block, head);
    pack(&block, (struct bylaw_span){zeros, 20u << 20});
    {
        struct bylaw__buf file = {0}, told = {0};

        add_record(&file, "response", A, HTTP, bylaw__buf_span(&block));
        tell_page(&told, bylaw__buf_span(&file));
        assert_true(
            bylaw__span_ends(bylaw__buf_span(&told), " cut fetch.ratio"));
        bylaw__buf_release(&file);
        bylaw__buf_release(&told);
    }
    bylaw__buf_release(&block);
    free(zeros);
}

static void test_page__has_the_ceiling_of_a_fetched_body(void **state)
{
    static const int beside[] = {-1, 0, 1};
    char *body = malloc(BYLAW_LIMIT_BODY_BYTES + 1);

    (void)state;
    assert_non_null(body);
    memset(body, 'x', BYLAW_LIMIT_BODY_BYTES + 1);
    for (size_t i = 0; i < COUNT(beside); i++) {
        struct bylaw_span block = {body,
                                   (size_t)((int64_t)BYLAW_LIMIT_BODY_BYTES +
                                            beside[i])};
        struct bylaw__buf file = {0}, told = {0};

        add_record(&file, "resource", A, "Content-Type: text/plain\r\n", block);
        tell_page(&told, bylaw__buf_span(&file));
        assert_int_equal(bylaw__span_ends(bylaw__buf_span(&told),
                                          " cut fetch.too-large"),
                         beside[i] > 0);
        bylaw__buf_release(&file);
        bylaw__buf_release(&told);
    }
    free(body);
}

static void
test_payload_digest__is_of_the_body_joined_or_as_it_stands(void **state)
{
    /* Of "hello", by sha1sum, and of the block's body with its chunks. */
    static const struct {
        const char *type, *digest, *block;
        enum bylaw__digest_state state;
    } digests[] = {
        {"response", "sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N",
         "HTTP/1.1 200 OK\r\n\r\nhello", BYLAW__DIGEST_GOOD},
        {"response", "sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N",
         "HTTP/1.1 200 OK\r\n\r\nhallo", BYLAW__DIGEST_BAD},
        {"response", "sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N",
         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
         "5\r\nhello\r\n0\r\n\r\n",
         BYLAW__DIGEST_GOOD},
        {"response", "sha1:FXCM6RXKGDVDR2JPH3JHAMVUYCNHCI5Y",
         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
         "5\r\nhello\r\n0\r\n\r\n",
         BYLAW__DIGEST_BAD},
        {"resource", "sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N", "hello",
         BYLAW__DIGEST_GOOD},
        {"revisit", "sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N",
         "HTTP/1.1 200 OK\r\n\r\n", BYLAW__DIGEST_NONE},
        {"response", "blake3:xyz", "HTTP/1.1 200 OK\r\n\r\nhello",
         BYLAW__DIGEST_UNKNOWN},
        {"response", "hello", "HTTP/1.1 200 OK\r\n\r\nhello",
         BYLAW__DIGEST_UNKNOWN},
        {"response", "sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N", "no http",
         BYLAW__DIGEST_UNKNOWN},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(digests); i++) {
        const struct bylaw__warc_record *record;
        struct bylaw__buf file = {0};
        bylaw__warc *warc = NULL;
        char line[128];

        snprintf(line, sizeof(line), "WARC-Payload-Digest: %s\r\n",
                 digests[i].digest);
        add_record(&file, digests[i].type, A, line,
                   bylaw__span_of(digests[i].block));
        assert_int_equal(bylaw__warc_open_bytes(&warc, bylaw__buf_span(&file),
                                                "test", NULL, NULL),
                         0);
        assert_int_equal(bylaw__warc_next(&record, warc, NULL), 0);
        if (bylaw__warc_check_payload(record) != digests[i].state)
            fail_msg("row %zu: %d", i, (int)bylaw__warc_check_payload(record));
        bylaw__warc_free(warc);
        bylaw__buf_release(&file);
    }
}

static const struct {
    const char *date;
    int64_t ms;
} dates[] = {
    {"2026-11-26T02:41:00Z", 1795660860000},
    {"2026-11-26T02:41:00.5Z", 1795660860500},
    {"2026-11-26T02:41:00.123456789Z", 1795660860123},
    {"2026-11-26T02:41Z", 1795660860000},
    {"2026-11-26", 1795651200000},
    {"2026-11", 1793491200000},
    {"2026", 1767225600000},
    {"1970-01-01T00:00:00Z", 0},
    {"2026-13-01", 0},
    {"2026-11-26 02:41", 0},
    {"1969", 0},
    {"now", 0},
    {"", 0},
};

static void test_date__may_be_as_exact_as_it_likes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(dates); i++) {
        const struct bylaw__warc_record *record;
        struct bylaw__buf file = {0};
        bylaw__warc *warc = NULL;

        bylaw__buf_printf(&file,
                          "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Date: "
                          "%s\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
                          dates[i].date);
        assert_int_equal(bylaw__warc_open_bytes(&warc, bylaw__buf_span(&file),
                                                "test", NULL, NULL),
                         0);
        assert_int_equal(bylaw__warc_next(&record, warc, NULL), 0);
        if (record->date_ms != dates[i].ms)
            fail_msg("%s: %" PRId64, dates[i].date, record->date_ms);
        bylaw__warc_free(warc);
        bylaw__buf_release(&file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page__is_what_its_record_holds),
        cmocka_unit_test(test_page__is_unpacked_within_ceilings),
        cmocka_unit_test(test_page__has_the_ceiling_of_a_fetched_body),
        cmocka_unit_test(
            test_payload_digest__is_of_the_body_joined_or_as_it_stands),
        cmocka_unit_test(test_date__may_be_as_exact_as_it_likes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
