/* SPDX-License-Identifier: Apache-2.0 */
/* Records are read from any packing; damage costs what it touches. */
#include "unit/archive/warcs.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#define A "http://a.example/"
#define B "http://b.example/"
#define C "http://c.example/"

static const char three[] = A " 71\n" B " 71\n" C " 71\n= complete\n";

static void add_three(struct bylaw__buf *out)
{
    add_page(out, A);
    add_page(out, B);
    add_page(out, C);
}

/* Where members begin, and where the last one ends. */
struct places {
    size_t second, third, end;
};

static struct places pack_three(struct bylaw__buf *out)
{
    struct places at;

    pack_page(out, A);
    at.second = out->len;
    pack_page(out, B);
    at.third = out->len;
    pack_page(out, C);
    at.end = out->len;
    return at;
}

/* --------------------------------------------------------------- packing --- */

static void test_warc__is_read_plain(void **state)
{
    struct bylaw__buf file = {0};

    (void)state;
    add_three(&file);
    check_reading(bylaw__buf_span(&file), three);
    bylaw__buf_release(&file);
}

static void test_warc__is_read_with_a_member_a_record(void **state)
{
    struct bylaw__buf file = {0};

    (void)state;
    pack_three(&file);
    check_reading(bylaw__buf_span(&file), three);
    bylaw__buf_release(&file);
}

static void test_warc__is_read_as_one_member(void **state)
{
    struct bylaw__buf plain = {0}, file = {0};

    (void)state;
    add_three(&plain);
    pack(&file, bylaw__buf_span(&plain));
    check_reading(bylaw__buf_span(&file), three);
    bylaw__buf_release(&plain);
    bylaw__buf_release(&file);
}

static void test_warc__is_read_with_records_spread_over_members(void **state)
{
    struct bylaw__buf plain = {0};

    (void)state;
    add_three(&plain);
    for (size_t piece = 1; piece < plain.len; piece += 7) {
        struct bylaw__buf file = {0};

        for (size_t at = 0; at < plain.len; at += piece)
            pack(&file,
                 bylaw__span_sub(bylaw__buf_span(&plain), at, at + piece));
        check_reading(bylaw__buf_span(&file), three);
        bylaw__buf_release(&file);
    }
    bylaw__buf_release(&plain);
}

static void test_warc__that_is_empty_is_complete(void **state)
{
    (void)state;
    check_reading((struct bylaw_span){"", 0}, "= complete\n");
}

static void test_warc__may_lack_line_breaks_between_records(void **state)
{
    struct bylaw__buf file = {0};

    (void)state;
    add_page(&file, A);
    file.len -= 4;
    add_page(&file, B);
    file.len -= 2;
    check_reading(bylaw__buf_span(&file), A " 71\n" B " 71\n= complete\n");
    bylaw__buf_release(&file);
}

static void
test_warc__may_be_of_older_versions_with_bare_line_feeds(void **state)
{
    static const char file[] =
        "WARC/0.18\nWARC-Type: resource\nWARC-Target-URI: <" A ">\n"
        "content-length:  5 \n\nhello\n\n"
        "WARC/1.0\nwarc-type: RESOURCE\nWARC-Target-URI:\n " B "\n"
        "Content-Length: 0\n\n\n\n";

    (void)state;
    /* 0.18 was a draft that some archives are full of; it is not read. */
    check_reading(bylaw__span_of(file),
                  "! 0-95 archive.damaged: there is no record where one should "
                  "begin\n" B " 0\n= damaged\n");
}

static void test_warc__that_is_something_else_is_unreadable(void **state)
{
    static const char *const texts[] = {"hello", "\x1f\x8b", "<html>",
                                        "PK\x03\x04 and so on",
                                        "WARC/1.0\r\n\r\n"};
    struct bylaw__buf told = {0}, file = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        bylaw__buf_clear(&told);
        read_all(&told, bylaw__span_of(texts[i]), false);
        if (!bylaw__span_ends(bylaw__buf_span(&told),
                              "? archive.not-a-warc\n= unreadable\n"))
            fail_msg("%s: %s", texts[i], told.ptr);
    }
    pack(&file, BYLAW__SPAN("well packed, but no record"));
    bylaw__buf_clear(&told);
    read_all(&told, bylaw__buf_span(&file), false);
    assert_true(bylaw__span_ends(bylaw__buf_span(&told),
                                 "? archive.not-a-warc\n= unreadable\n"));
    bylaw__buf_release(&told);
    bylaw__buf_release(&file);
}

/* ------------------------------------------------------------- from files --- */

static void test_warc__is_read_from_a_pipe(void **state)
{
    struct bylaw__buf file = {0}, told = {0};
    int ends[2], before = dup(STDIN_FILENO);
    bylaw__warc *warc = NULL;

    (void)state;
    pack_three(&file);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], file.ptr, file.len), file.len);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    assert_int_equal(bylaw__warc_open(&warc, "-", NULL, NULL), 0);
    tell_all(&told, warc);
    assert_string_equal(told.ptr, three);
    bylaw__warc_free(warc);
    dup2(before, STDIN_FILENO);
    close(before);
    close(ends[0]);
    bylaw__buf_release(&file);
    bylaw__buf_release(&told);
}

static void test_warc__that_cannot_be_opened_says_so(void **state)
{
    struct bylaw_error err = {0};
    bylaw__warc *warc = NULL;

    (void)state;
    assert_int_equal(bylaw__warc_open(&warc, "/nowhere.warc", NULL, &err),
                     BYLAW_EIO);
    assert_string_equal(err.id, "file.unreadable");
    assert_int_equal(bylaw__warc_open(&warc, "/", NULL, &err), BYLAW_EIO);
    assert_string_equal(err.id, "file.directory");
}

/* ----------------------------------------------------------------- places --- */

/* A record can be read again from its place alone. */
static void check_places(struct bylaw_span file)
{
    const struct bylaw__warc_record *record;
    bylaw__warc *warc = NULL;
    uint64_t next = 0;

    assert_int_equal(bylaw__warc_open_bytes(&warc, file, "test", NULL, NULL),
                     0);
    while (!bylaw__warc_next(&record, warc, NULL) && record) {
        struct bylaw__buf told = {0}, again = {0};

        assert_int_equal(record->offset, next);
        assert_int_equal(record->inner, 0);
        next += record->length;
        tell_record(&told, record);
        bylaw__buf_add_text(&told, "= complete\n");
        read_all(&again, bylaw__span_sub(file, record->offset, next), false);
        assert_string_equal(told.ptr, again.ptr);
        bylaw__buf_release(&told);
        bylaw__buf_release(&again);
    }
    assert_int_equal(next, file.len);
    bylaw__warc_free(warc);
}

static void test_record__can_be_read_again_from_its_place(void **state)
{
    struct bylaw__buf file = {0};

    (void)state;
    add_three(&file);
    check_places(bylaw__buf_span(&file));
    bylaw__buf_clear(&file);
    pack_three(&file);
    check_places(bylaw__buf_span(&file));
    bylaw__buf_release(&file);
}

static void test_record__inside_a_member_has_no_place_of_its_own(void **state)
{
    struct bylaw__buf plain = {0}, file = {0};
    const struct bylaw__warc_record *record;
    bylaw__warc *warc = NULL;

    (void)state;
    add_three(&plain);
    pack(&file, bylaw__buf_span(&plain));
    assert_int_equal(bylaw__warc_open_bytes(&warc, bylaw__buf_span(&file),
                                            "test", NULL, NULL),
                     0);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(bylaw__warc_next(&record, warc, NULL), 0);
        assert_int_equal(record->offset, 0);
        assert_int_equal(record->inner, i * plain.len / 3);
        assert_int_equal(record->length, 0);
    }
    bylaw__warc_free(warc);
    bylaw__buf_release(&plain);
    bylaw__buf_release(&file);
}

/* ----------------------------------------------------------------- damage --- */

static void check_told(struct bylaw_span file, const char *format, ...)
{
    char expected[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(expected, sizeof(expected), format, args);
    va_end(args);
    check_reading(file, expected);
}

static void test_damaged_member__costs_its_record_alone(void **state)
{
    struct bylaw__buf file = {0};
    struct places at = pack_three(&file);

    (void)state;
    /* Whatever byte of it is damaged, header and checksum included. */
    for (size_t i = 0; i < at.third - at.second; i++) {
        struct bylaw__buf told = {0};
        char was = file.ptr[at.second + i];

        file.ptr[at.second + i] = (char)(was ^ 0x5a);
        read_all(&told, bylaw__buf_span(&file), false);
        file.ptr[at.second + i] = was;
        /* The name, time and flags of a member are not under its checksum. */
        if (strcmp(told.ptr, three) != 0 &&
            (!bylaw__span_starts(bylaw__buf_span(&told), A " 71\n! ") ||
             !bylaw__span_ends(bylaw__buf_span(&told), C " 71\n= damaged\n")))
            fail_msg("byte %zu: %s", i, told.ptr);
        if (i > 20)
            assert_string_not_equal(told.ptr, three);
        bylaw__buf_release(&told);
    }
    bylaw__buf_release(&file);
}

static void test_damaged_member__is_told_with_its_place(void **state)
{
    struct bylaw__buf file = {0};
    struct places at = pack_three(&file);

    (void)state;
    file.ptr[(at.second + at.third) / 2] ^= 1;
    check_told(bylaw__buf_span(&file),
               A " 71\n! %zu-%zu archive.damaged: a gzip member is damaged\n" C
                 " 71\n= damaged\n",
               at.second, at.third);
    bylaw__buf_release(&file);
}

static void test_first_member__may_be_damaged_in_its_first_byte(void **state)
{
    struct bylaw__buf file = {0};
    struct places at = pack_three(&file);

    (void)state;
    file.ptr[0] = 'x';
    check_told(bylaw__buf_span(&file),
               "! 0-%zu archive.damaged: it begins neither with a record nor "
               "with a gzip member\n" B " 71\n" C " 71\n= damaged\n",
               at.second);
    bylaw__buf_release(&file);
}

static void test_tail__that_is_cut_is_told(void **state)
{
    struct bylaw__buf file = {0};
    struct places at = pack_three(&file);

    (void)state;
    for (size_t len = at.third + 18; len < at.end; len += 9)
        check_told(bylaw__span_sub(bylaw__buf_span(&file), 0, len),
                   A " 71\n" B " 71\n! %zu-0 archive.damaged: the file ends "
                     "inside a gzip member\n= damaged\n",
                   at.third);
    bylaw__buf_release(&file);
}

static void test_bytes__between_members_are_told(void **state)
{
    struct bylaw__buf file = {0};
    size_t member;

    (void)state;
    pack_page(&file, A);
    member = file.len;
    bylaw__buf_add(&file, "\0\0\0\0\0", 5);
    pack_page(&file, B);
    check_told(bylaw__buf_span(&file),
               A " 71\n! %zu-%zu archive.damaged: there is no gzip member "
                 "where one should begin\n" B " 71\n= damaged\n",
               member, member + 5);
    bylaw__buf_release(&file);
}

/* Replaces the length that the second record says. */
static void say_length(struct bylaw__buf *file, const char *length)
{
    struct bylaw__buf out = {0};
    struct bylaw_span rest = bylaw__buf_span(file);
    size_t second = bylaw__span_find(rest, BYLAW__SPAN(B)), at;

    at = second + bylaw__span_find(bylaw__span_sub(rest, second, rest.len),
                                   BYLAW__SPAN("Content-Length: 71"));
    bylaw__buf_add_span(&out, bylaw__span_sub(rest, 0, at + 16));
    bylaw__buf_add_text(&out, length);
    bylaw__buf_add_span(&out, bylaw__span_sub(rest, at + 18, rest.len));
    bylaw__buf_release(file);
    *file = out;
}

static const struct {
    const char *length, *what;
} wrong_lengths[] = {
    {"70", "a record does not end at its length"},
    {"7", "a record does not end at its length"},
    {"81", "a record does not end at its length"},
    {"200", "a record does not end at its length"},
    {"99999", "a record is longer than the file"},
    {"99999999999", "a record is longer than the file"},
    {"999999999999999999999", "a record's header is damaged"},
    {"-1", "a record's header is damaged"},
    {"0x4b", "a record's header is damaged"},
    {"", "a record's header is damaged"},
    {"71\r\nContent-Length: 71", "a record's header is damaged"},
};

static void test_wrong_length__costs_its_record_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(wrong_lengths); i++) {
        struct bylaw__buf file = {0};
        struct bylaw_span all;
        size_t second, third;

        add_three(&file);
        say_length(&file, wrong_lengths[i].length);
        all = bylaw__buf_span(&file);
        second = bylaw__span_find(bylaw__span_sub(all, 1, all.len),
                                  BYLAW__SPAN("WARC/1.1")) +
                 1;
        third = bylaw__span_find(bylaw__span_sub(all, second + 1, all.len),
                                 BYLAW__SPAN("WARC/1.1")) +
                second + 1;
        check_told(all,
                   A " 71\n! %zu-%zu archive.damaged: %s\n" C
                     " 71\n= damaged\n",
                   second, third, wrong_lengths[i].what);
        bylaw__buf_release(&file);
    }
}

static void test_wrong_length__ends_at_the_next_members_record(void **state)
{
    static const char *const lengths[] = {"76", "300", "20000000"};

    (void)state;
    for (size_t i = 0; i < COUNT(lengths); i++) {
        struct bylaw__buf plain = {0}, file = {0}, told = {0};

        pack_page(&file, A);
        add_page(&plain, B);
        say_length(&plain, lengths[i]);
        pack(&file, bylaw__buf_span(&plain));
        pack_page(&file, C);
        read_all(&told, bylaw__buf_span(&file), false);
        if (!bylaw__span_starts(bylaw__buf_span(&told), A " 71\n! ") ||
            !bylaw__span_ends(bylaw__buf_span(&told), C " 71\n= damaged\n"))
            fail_msg("%s: %s", lengths[i], told.ptr);
        bylaw__buf_release(&plain);
        bylaw__buf_release(&file);
        bylaw__buf_release(&told);
    }
}

static void test_record__inside_a_body_is_no_record(void **state)
{
    struct bylaw__buf inner = {0}, file = {0};

    (void)state;
    add_page(&inner, B);
    add_record(&file, "resource", A, "", bylaw__buf_span(&inner));
    check_told(bylaw__buf_span(&file), A " %zu\n= complete\n", inner.len);
    bylaw__buf_release(&inner);
    bylaw__buf_release(&file);
}

/* ---------------------------------------------------------------- digests --- */

static void test_record__that_contradicts_its_digest_is_lost(void **state)
{
    static const struct {
        const char *digest;
        bool is_good;
    } rows[] = {
        /* Of "hello", by sha1sum and sha256sum. */
        {"sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N", true},
        {"sha1:vl2mmho4yxukfwv63yhtwsbm3gxksq2n", true},
        {"sha1:aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d", true},
        {"sha256:"
         "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
         true},
        {"sha256:FTZE3OS7WCRQ4JXIHMVMLOPCTYNRMHS4D6TUEXTTAQZWFE4LTASA====",
         true},
        {"md5:5d41402abc4b2a76b9719d911017c592", true}, /* not known here */
        {"sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2A", false},
        {"sha1:VL2MMHO4", false},
        {"sha256:"
         "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9825",
         false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bylaw__buf file = {0}, told = {0};
        char line[128];

        snprintf(line, sizeof(line), "WARC-Block-Digest: %s\r\n",
                 rows[i].digest);
        add_record(&file, "resource", A, line, BYLAW__SPAN("hello"));
        add_page(&file, B);
        read_all(&told, bylaw__buf_span(&file), true);
        if (bylaw__span_ends(bylaw__buf_span(&told), "= complete\n") !=
                rows[i].is_good ||
            !strstr(told.ptr, B " 71\n"))
            fail_msg("%s: %s", rows[i].digest, told.ptr);
        bylaw__buf_release(&file);
        bylaw__buf_release(&told);
    }
}

/* --------------------------------------------------------------- ceilings --- */

static void test_block__beyond_its_ceiling_is_cut(void **state)
{
    static const int beside[] = {-1, 0, 1};
    char *body = calloc(1, BYLAW_LIMIT_WARC_BLOCK_BYTES + 1);

    (void)state;
    assert_non_null(body);
    for (size_t i = 0; i < COUNT(beside); i++) {
        struct bylaw_span block = {
            body, (size_t)((int64_t)BYLAW_LIMIT_WARC_BLOCK_BYTES + beside[i])};
        size_t kept = block.len < BYLAW_LIMIT_WARC_BLOCK_BYTES
                          ? block.len
                          : BYLAW_LIMIT_WARC_BLOCK_BYTES;
        struct bylaw__buf file = {0}, packed = {0};

        add_record(&file, "resource", A, "", block);
        add_page(&file, B);
        check_told(bylaw__buf_span(&file), A " %zu\n" B " 71\n= complete\n",
                   kept);
        pack(&packed, bylaw__buf_span(&file));
        check_told(bylaw__buf_span(&packed), A " %zu\n" B " 71\n= complete\n",
                   kept);
        bylaw__buf_release(&file);
        bylaw__buf_release(&packed);
    }
    free(body);
}

static void test_header__has_a_ceiling(void **state)
{
    static const int beside[] = {-1, 0, 1};

    (void)state;
    for (size_t i = 0; i < COUNT(beside); i++) {
        struct bylaw__buf file = {0}, more = {0}, plain = {0};
        size_t bare, len;

        add_record(&plain, "resource", A, "", BYLAW__SPAN(""));
        bare = plain.len - 4;
        bylaw__buf_add_text(&more, "X: ");
        len = (size_t)((int64_t)BYLAW_LIMIT_WARC_HEADER_BYTES + beside[i]) -
              bare - 5;
        for (size_t k = 0; k < len; k++)
            bylaw__buf_add_char(&more, 'x');
        bylaw__buf_add_text(&more, "\r\n");
        add_record(&file, "resource", A, more.ptr, BYLAW__SPAN(""));
        add_page(&file, B);
        check_reading(bylaw__buf_span(&file),
                      beside[i] <= 0
                          ? A " 0\n" B " 71\n= complete\n"
                          : "! 0-65541 archive.damaged: a record's header is "
                            "longer than its ceiling\n" B " 71\n= damaged\n");
        bylaw__buf_release(&file);
        bylaw__buf_release(&more);
        bylaw__buf_release(&plain);
    }
}

static void feed(z_stream *stream, struct bylaw__buf *out, const void *bytes,
                 size_t len, int flush)
{
    static unsigned char packed[1 << 16];

    stream->next_in = (Bytef *)(uintptr_t)bytes;
    stream->avail_in = (uInt)len;
    do {
        stream->next_out = packed;
        stream->avail_out = sizeof(packed);
        deflate(stream, flush);
        bylaw__buf_add(out, packed, sizeof(packed) - stream->avail_out);
    } while (!stream->avail_out);
}

/* Packs a record of zeros that unpacks to so many bytes in all. */
static void pack_zeros(struct bylaw__buf *out, size_t bytes)
{
    static const unsigned char zeros[1 << 16];
    z_stream stream = {0};
    char head[128];
    size_t count;

    /* Eight digits, however many zeros there are. */
    count = bytes - (size_t)snprintf(head, sizeof(head),
                                     "WARC/1.1\r\nWARC-Type: resource\r\n"
                                     "WARC-Target-URI: " B "\r\n"
                                     "Content-Length: %zu\r\n\r\n",
                                     bytes);
    snprintf(head, sizeof(head),
             "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: " B "\r\n"
             "Content-Length: %zu\r\n\r\n",
             count);
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 31, 9,
                                  Z_DEFAULT_STRATEGY),
                     Z_OK);
    feed(&stream, out, head, strlen(head), Z_NO_FLUSH);
    for (size_t len; count; count -= len) {
        len = count < sizeof(zeros) ? count : sizeof(zeros);
        feed(&stream, out, zeros, len, Z_NO_FLUSH);
    }
    feed(&stream, out, zeros, 0, Z_FINISH);
    deflateEnd(&stream);
}

static void test_member__that_unpacks_to_too_much_is_passed_over(void **state)
{
    static const int beside[] = {-1, 0, 1};

    (void)state;
    for (size_t i = 0; i < COUNT(beside); i++) {
        struct bylaw__buf file = {0}, told = {0};

        pack_page(&file, A);
        pack_zeros(&file,
                   (size_t)((int64_t)BYLAW_LIMIT_WARC_RATIO_FLOOR + beside[i]));
        pack_page(&file, C);
        read_all(&told, bylaw__buf_span(&file), false);
        assert_int_equal(strstr(told.ptr, "archive.ratio") != NULL,
                         beside[i] > 0);
        assert_true(bylaw__span_ends(bylaw__buf_span(&told),
                                     beside[i] > 0 ? C " 71\n= damaged\n"
                                                   : C " 71\n= complete\n"));
        bylaw__buf_release(&file);
        bylaw__buf_release(&told);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_warc__is_read_plain),
        cmocka_unit_test(test_warc__is_read_with_a_member_a_record),
        cmocka_unit_test(test_warc__is_read_as_one_member),
        cmocka_unit_test(test_warc__is_read_with_records_spread_over_members),
        cmocka_unit_test(test_warc__that_is_empty_is_complete),
        cmocka_unit_test(test_warc__may_lack_line_breaks_between_records),
        cmocka_unit_test(
            test_warc__may_be_of_older_versions_with_bare_line_feeds),
        cmocka_unit_test(test_warc__that_is_something_else_is_unreadable),
        cmocka_unit_test(test_warc__is_read_from_a_pipe),
        cmocka_unit_test(test_warc__that_cannot_be_opened_says_so),
        cmocka_unit_test(test_record__can_be_read_again_from_its_place),
        cmocka_unit_test(test_record__inside_a_member_has_no_place_of_its_own),
        cmocka_unit_test(test_damaged_member__costs_its_record_alone),
        cmocka_unit_test(test_damaged_member__is_told_with_its_place),
        cmocka_unit_test(test_first_member__may_be_damaged_in_its_first_byte),
        cmocka_unit_test(test_tail__that_is_cut_is_told),
        cmocka_unit_test(test_bytes__between_members_are_told),
        cmocka_unit_test(test_wrong_length__costs_its_record_alone),
        cmocka_unit_test(test_wrong_length__ends_at_the_next_members_record),
        cmocka_unit_test(test_record__inside_a_body_is_no_record),
        cmocka_unit_test(test_record__that_contradicts_its_digest_is_lost),
        cmocka_unit_test(test_block__beyond_its_ceiling_is_cut),
        cmocka_unit_test(test_header__has_a_ceiling),
        cmocka_unit_test(test_member__that_unpacks_to_too_much_is_passed_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
