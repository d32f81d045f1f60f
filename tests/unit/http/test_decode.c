/* SPDX-License-Identifier: Apache-2.0 */
/* Content-encodings undone, however the bytes are cut into pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <stdlib.h>

#include "http/http.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define GZIP 31
#define ZLIB 15
#define RAW  (-15)

#define HEADS    4096
#define SENTENCE "This article was first published elsewhere. "

/* What a decoder made of some bytes. */
struct outcome {
    struct bylaw__buf body;
    int rc;
    const char *id; /* NULL where nothing failed */
    bool is_whole;
};

static void pack(struct bylaw__buf *out, struct bylaw_span bytes, int window,
                 int level)
{
    z_stream stream = {0};
    size_t most;
    char *room;

    assert_int_equal(deflateInit2(&stream, level, Z_DEFLATED, window, 9,
                                  Z_DEFAULT_STRATEGY),
                     Z_OK);
    most = deflateBound(&stream, bytes.len);
    room = bylaw__buf_reserve(out, most);
    assert_non_null(room);
    stream.next_in = (Bytef *)(uintptr_t)bytes.ptr;
    stream.avail_in = (uInt)bytes.len;
    stream.next_out = (Bytef *)room;
    stream.avail_out = (uInt)most;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out->len += most - stream.avail_out;
    deflateEnd(&stream);
}

static struct outcome decode(const char *encodings, struct bylaw_span bytes,
                             size_t piece)
{
    struct outcome outcome = {.rc = 0};
    struct bylaw__decoder decoder;

    bylaw__buf_init(&outcome.body, BYLAW_LIMIT_BODY_BYTES);
    outcome.rc = bylaw__decoder_begin(&decoder, &outcome.body,
                                      bylaw__span_of(encodings), "here");
    for (size_t at = 0; !outcome.rc && at < bytes.len; at += piece) {
        struct bylaw_span part = bylaw__span_sub(bytes, at, at + piece);

        outcome.rc = bylaw__decoder_feed(&decoder, part.ptr, part.len);
    }
    outcome.is_whole = bylaw__decoder_is_whole(&decoder);
    outcome.id = decoder.failure.id;
    assert_int_equal(outcome.rc, decoder.failure.code);
    assert_false(outcome.body.failed);
    bylaw__decoder_end(&decoder);
    return outcome;
}

static bool same_text(const char *a, const char *b)
{
    return (!a && !b) || (a && b && !strcmp(a, b));
}

/* Decodes in pieces of every size, which all must end alike. */
static void check_pieces(const char *what, const char *encodings,
                         struct bylaw_span bytes, struct bylaw_span want,
                         const char *id, bool is_whole)
{
    static const size_t sizes[] = {1, 2, 3, 7, 64, 1000, SIZE_MAX / 2};

    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct outcome got = decode(encodings, bytes, sizes[i]);

        if (!same_text(got.id, id) || got.is_whole != is_whole ||
            !bylaw__span_eq(bylaw__buf_span(&got.body), want))
            fail_msg("%s in pieces of %zu: %s, %s, %zu bytes", what, sizes[i],
                     got.id ? got.id : "no failure",
                     got.is_whole ? "whole" : "not whole", got.body.len);
        bylaw__buf_release(&got.body);
    }
}

/* --------------------------------------------------------- containers --- */

static void fill_text(struct bylaw__buf *out, size_t len)
{
    for (size_t i = 0; out->len < len; i++)
        bylaw__buf_printf(out, SENTENCE "%zu\n", i * i);
}

static void check_container(const char *encodings, int window, size_t times)
{
    struct bylaw__buf text = {0}, packed = {0};

    fill_text(&text, 50000);
    bylaw__buf_add_span(&packed, bylaw__buf_span(&text));
    for (size_t i = 0; i < times; i++) {
        struct bylaw__buf again = {0};

        pack(&again, bylaw__buf_span(&packed), window, 6);
        bylaw__buf_release(&packed);
        packed = again;
    }
    check_pieces(encodings, encodings, bylaw__buf_span(&packed),
                 bylaw__buf_span(&text), NULL, true);
    bylaw__buf_release(&packed);
    bylaw__buf_release(&text);
}

static void test_decoder__undoes_every_container(void **state)
{
    (void)state;
    check_container("", GZIP, 0);
    check_container("identity", GZIP, 0);
    check_container("gzip", GZIP, 1);
    check_container(" GZIP ", GZIP, 1);
    check_container("x-gzip", GZIP, 1);
    check_container("deflate", ZLIB, 1);
    check_container("deflate", RAW, 1);
    check_container("deflate", GZIP, 1);
    check_container("identity, gzip", GZIP, 1);
    check_container("gzip,gzip", GZIP, 2);
    check_container("deflate\r\n , deflate,", RAW, 2);
}

static void test_decoder__undoes_the_last_encoding_first(void **state)
{
    struct bylaw__buf inner = {0}, outer = {0};
    struct bylaw_span text = BYLAW__SPAN(SENTENCE);

    (void)state;
    pack(&inner, text, RAW, 6);
    pack(&outer, bylaw__buf_span(&inner), GZIP, 6);
    check_pieces("in order", "deflate, gzip", bylaw__buf_span(&outer), text,
                 NULL, true);
    check_pieces("out of order", "gzip, deflate", bylaw__buf_span(&outer),
                 BYLAW__SPAN(""), "fetch.encoding", false);
    bylaw__buf_release(&inner);
    bylaw__buf_release(&outer);
}

static void test_decoder__refuses_what_was_not_asked_for(void **state)
{
    static const char *const encodings[] = {
        "br",
        "zstd",
        "compress",
        "gzip, br",
        "br, gzip",
        "gzip;q=1",
        "gzip gzip",
        "utf-8",
        "gzip,,gzip,deflate",
        "gzip,gzip,gzip,gzip,gzip,gzip",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(encodings); i++) {
        struct outcome got = decode(encodings[i], BYLAW__SPAN(SENTENCE), 1);

        if (!same_text(got.id, "fetch.encoding") || got.body.len)
            fail_msg("'%s' was taken", encodings[i]);
        bylaw__buf_release(&got.body);
    }
}

/* ------------------------------------------------- members and damage --- */

/* What follows one whole gzip member, and how the whole then ends. */
static const struct {
    const char *what;
    struct bylaw_span tail;
    bool is_whole;
} tails[] = {
    {"nothing", {"", 0}, true},
    {"one zero", {"\0", 1}, true},
    {"many zeros", {"\0\0\0\0\0\0\0\0", 8}, true},
    {"text", {"<!-- served by cache -->", 24}, true},
    {"something like a member", {"\x1f\x8c\x08", 3}, true},
    {"half a magic number", {"\x1f", 1}, false},
    {"a magic number", {"\x1f\x8b", 2}, false},
    {"half a member's head", {"\x1f\x8b\x08\0\0", 5}, false},
};

static void test_decoder__tells_padding_from_a_cut_member(void **state)
{
    struct bylaw_span text = BYLAW__SPAN(SENTENCE);

    (void)state;
    for (size_t i = 0; i < COUNT(tails); i++) {
        struct bylaw__buf packed = {0};

        pack(&packed, text, GZIP, 6);
        bylaw__buf_add_span(&packed, tails[i].tail);
        check_pieces(tails[i].what, "gzip", bylaw__buf_span(&packed), text,
                     NULL, tails[i].is_whole);
        bylaw__buf_release(&packed);
    }
}

static void test_decoder__ends_zlib_and_raw_streams_where_they_end(void **s)
{
    static const int windows[] = {ZLIB, RAW};
    struct bylaw_span text = BYLAW__SPAN(SENTENCE);

    (void)s;
    for (size_t i = 0; i < COUNT(windows); i++) {
        struct bylaw__buf packed = {0};

        pack(&packed, text, windows[i], 6);
        bylaw__buf_add_text(&packed, "\x1f\x8b and more");
        check_pieces("padded", "deflate", bylaw__buf_span(&packed), text, NULL,
                     true);
        bylaw__buf_release(&packed);
    }
}

static void test_decoder__knows_a_stream_cut_anywhere(void **state)
{
    struct bylaw__buf packed = {0};

    (void)state;
    pack(&packed, BYLAW__SPAN(SENTENCE), GZIP, 6);
    for (size_t len = 0; len < packed.len; len++) {
        struct bylaw_span part =
            bylaw__span_sub(bylaw__buf_span(&packed), 0, len);
        struct outcome got = decode("gzip", part, SIZE_MAX / 2);

        assert_null(got.id);
        /* No body at all is an empty page, not a cut one. */
        assert_int_equal(got.is_whole, !len);
        bylaw__buf_release(&got.body);
    }
    bylaw__buf_release(&packed);
}

static void test_decoder__refuses_damage_in_data_and_checksum(void **state)
{
    struct bylaw__buf packed = {0};

    (void)state;
    pack(&packed, BYLAW__SPAN(SENTENCE), GZIP, 6);
    for (size_t at = packed.len - 8; at < packed.len; at++) {
        struct outcome got;

        packed.ptr[at] ^= 1;
        got = decode("gzip", bylaw__buf_span(&packed), 5);
        assert_string_equal(got.id, "fetch.encoding");
        assert_string_equal(got.body.ptr, SENTENCE);
        bylaw__buf_release(&got.body);
        packed.ptr[at] ^= 1;
    }
    check_pieces("text", "gzip", BYLAW__SPAN(SENTENCE), BYLAW__SPAN(""),
                 "fetch.encoding", false);
    bylaw__buf_release(&packed);
}

/* ----------------------------------------------------------- ceilings --- */

static void check_plain_length(size_t len, const char *id)
{
    struct bylaw_span bytes = {calloc(1, len), len};
    struct outcome got = decode("", bytes, HEADS);

    assert_true(same_text(got.id, id));
    assert_int_equal(got.body.len, id ? BYLAW_LIMIT_BODY_BYTES : len);
    bylaw__buf_release(&got.body);
    free((void *)(uintptr_t)bytes.ptr);
}

static void test_decoder__keeps_a_body_up_to_its_ceiling(void **state)
{
    (void)state;
    check_plain_length(BYLAW_LIMIT_BODY_BYTES - 1, NULL);
    check_plain_length(BYLAW_LIMIT_BODY_BYTES, NULL);
    check_plain_length(BYLAW_LIMIT_BODY_BYTES + 1, "fetch.too-large");
}

/* len bytes of text that packs to about a fifth. */
static void check_packed_length(size_t len, const char *id)
{
    struct bylaw__buf text = {0}, packed = {0};
    struct outcome got;

    fill_text(&text, len);
    pack(&packed, bylaw__span_sub(bylaw__buf_span(&text), 0, len), GZIP, 1);
    got = decode("gzip", bylaw__buf_span(&packed), HEADS);
    assert_true(same_text(got.id, id));
    assert_int_equal(got.body.len, id ? BYLAW_LIMIT_BODY_BYTES : len);
    bylaw__buf_release(&got.body);
    bylaw__buf_release(&packed);
    bylaw__buf_release(&text);
}

static void test_decoder__counts_the_ceiling_after_unpacking(void **state)
{
    (void)state;
    check_packed_length(BYLAW_LIMIT_BODY_BYTES - 1, NULL);
    check_packed_length(BYLAW_LIMIT_BODY_BYTES, NULL);
    check_packed_length(BYLAW_LIMIT_BODY_BYTES + 1, "fetch.too-large");
}

/* Zeros pack a thousandfold: only the floor lets a few of them through. */
static void check_zeros(size_t len, const char *id)
{
    struct bylaw_span zeros = {calloc(1, len), len};
    struct bylaw__buf packed = {0};
    struct outcome got;

    pack(&packed, zeros, GZIP, 9);
    got = decode("gzip", bylaw__buf_span(&packed), SIZE_MAX / 2);
    assert_true(same_text(got.id, id));
    bylaw__buf_release(&got.body);
    bylaw__buf_release(&packed);
    free((void *)(uintptr_t)zeros.ptr);
}

static void test_decoder__looks_at_the_ratio_above_a_floor(void **state)
{
    (void)state;
    check_zeros(BYLAW_LIMIT_RATIO_FLOOR - 1, NULL);
    check_zeros(BYLAW_LIMIT_RATIO_FLOOR, NULL);
    check_zeros(BYLAW_LIMIT_RATIO_FLOOR + 1, "fetch.ratio");
}

/* Empty blocks (RFC 1951 section 3.2.4) come to nothing for ever: neither the
 * ceiling of what comes out nor the ratio would end them. */
static void fill_empty_blocks(struct bylaw__buf *out, size_t len)
{
    while (out->len < len)
        bylaw__buf_add(out, "\0\0\0\xff\xff", 5);
}

static void test_decoder__ends_a_stream_that_comes_to_nothing(void **state)
{
    struct bylaw__buf blocks = {0}, packed = {0};
    struct outcome got;

    (void)state;
    fill_empty_blocks(&blocks, 2 * BYLAW_LIMIT_BODY_BYTES);
    got = decode("deflate", bylaw__buf_span(&blocks), HEADS);
    assert_string_equal(got.id, "fetch.too-large");
    bylaw__buf_release(&got.body);
    pack(&packed, bylaw__buf_span(&blocks), GZIP, 9);
    got = decode("deflate, gzip", bylaw__buf_span(&packed), HEADS);
    assert_string_equal(got.id, "fetch.too-large");
    assert_int_equal(got.body.len, 0);
    bylaw__buf_release(&got.body);
    bylaw__buf_release(&blocks);
    bylaw__buf_release(&packed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decoder__undoes_every_container),
        cmocka_unit_test(test_decoder__undoes_the_last_encoding_first),
        cmocka_unit_test(test_decoder__refuses_what_was_not_asked_for),
        cmocka_unit_test(test_decoder__tells_padding_from_a_cut_member),
        cmocka_unit_test(
            test_decoder__ends_zlib_and_raw_streams_where_they_end),
        cmocka_unit_test(test_decoder__knows_a_stream_cut_anywhere),
        cmocka_unit_test(test_decoder__refuses_damage_in_data_and_checksum),
        cmocka_unit_test(test_decoder__keeps_a_body_up_to_its_ceiling),
        cmocka_unit_test(test_decoder__counts_the_ceiling_after_unpacking),
        cmocka_unit_test(test_decoder__looks_at_the_ratio_above_a_floor),
        cmocka_unit_test(test_decoder__ends_a_stream_that_comes_to_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
