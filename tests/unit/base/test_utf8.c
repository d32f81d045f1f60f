/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8: every code point there and back, every malformed class refused. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static bool is_scalar(uint32_t cp)
{
    return cp <= 0x10ffff && (cp < 0xd800 || cp > 0xdfff);
}

static void test_utf8__every_code_point_comes_back(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x110010; cp++) {
        uint32_t want = is_scalar(cp) ? cp : 0xfffd;
        char bytes[4];
        size_t len = bylaw__utf8_put(bytes, cp), pos = 0;
        struct bylaw_span span = {bytes, len};

        if (len < 1 || len > 4 || !bylaw__utf8_valid(span) ||
            bylaw__utf8_next(span, &pos) != want || pos != len)
            fail_msg("U+%04X", (unsigned)cp);
    }
}

static void test_utf8__lengths_change_where_the_standard_says(void **state)
{
    static const struct {
        uint32_t cp;
        size_t len;
    } cases[] = {{0, 1},      {0x7f, 1},   {0x80, 2},     {0x7ff, 2},
                 {0x800, 3},  {0xffff, 3}, {0x10000, 4},  {0x10ffff, 4},
                 {0xd800, 3}, {0xdfff, 3}, {0x110000, 3}, {UINT32_MAX, 3}};
    char bytes[4];

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(bylaw__utf8_put(bytes, cases[i].cp), cases[i].len);
}

/* Malformed sequences of RFC 3629 and the bytes that can never occur. */
static const struct {
    const char *bytes;
    size_t len;
} malformed[] = {
    {"\x80", 1},                     /* a tail without a head */
    {"\xbf", 1},                     /* the last tail */
    {"\xc0\x80", 2},                 /* overlong NUL */
    {"\xc1\xbf", 2},                 /* overlong U+007F */
    {"\xc2", 1},                     /* cut off */
    {"\xc2 ", 2},                    /* head without tail */
    {"\xdf\xc0", 2},                 /* head after head */
    {"\xe0\x80\x80", 3},             /* overlong U+0000 */
    {"\xe0\x9f\xbf", 3},             /* overlong U+07FF */
    {"\xe1\x80", 2},                 /* cut off */
    {"\xe1\x80 ", 3},                /* short */
    {"\xed\xa0\x80", 3},             /* U+D800 */
    {"\xed\xbf\xbf", 3},             /* U+DFFF */
    {"\xed\xa0\xbd\xed\xb8\x80", 6}, /* a surrogate pair (CESU-8) */
    {"\xf0\x80\x80\x80", 4},         /* overlong U+0000 */
    {"\xf0\x8f\xbf\xbf", 4},         /* overlong U+FFFF */
    {"\xf1\x80\x80", 3},             /* cut off */
    {"\xf4\x90\x80\x80", 4},         /* U+110000 */
    {"\xf5\x80\x80\x80", 4},         /* beyond Unicode */
    {"\xf8\x88\x80\x80\x80", 5},     /* five bytes of old */
    {"\xfc\x84\x80\x80\x80\x80", 6},
    {"\xfe", 1},
    {"\xff", 1},
};

static void test_utf8__malformed_sequences_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++) {
        struct bylaw_span s = {malformed[i].bytes, malformed[i].len};
        size_t pos = 0;

        if (bylaw__utf8_valid(s))
            fail_msg("row %zu counts as valid", i);
        assert_int_equal(bylaw__utf8_next(s, &pos), 0xfffd);
        assert_int_equal(pos, 1);
        while (pos < s.len)
            bylaw__utf8_next(s, &pos);
        assert_int_equal(pos, s.len);
    }
}

static void test_utf8__goes_on_right_behind_a_bad_byte(void **state)
{
    struct bylaw_span s = BYLAW__SPAN("a\xe2\x82z\xff\xc3\xa9");
    static const uint32_t want[] = {'a', 0xfffd, 0xfffd, 'z', 0xfffd, 0xe9};
    size_t pos = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
        assert_int_equal(bylaw__utf8_next(s, &pos), want[i]);
    assert_int_equal(pos, s.len);
}

static void test_utf8__never_reads_past_the_end(void **state)
{
    static const unsigned char heads[] = {0xc3, 0xe2, 0xf0, 0xf4};

    (void)state;
    for (size_t i = 0; i < sizeof(heads); i++) {
        /* On the heap, so that a sanitized run sees one byte too many. */
        char *byte = malloc(1);
        size_t pos = 0;

        *byte = (char)heads[i];
        assert_int_equal(bylaw__utf8_next((struct bylaw_span){byte, 1}, &pos),
                         0xfffd);
        assert_false(bylaw__utf8_valid((struct bylaw_span){byte, 1}));
        free(byte);
    }
}

/* Three bytes of many kinds: valid if and only if decoding marks none as bad. */
static void test_utf8__valid_agrees_with_decoding(void **state)
{
    (void)state;
    for (unsigned value = 0; value < 0x1000000; value += 7) {
        char bytes[3] = {(char)(value >> 16), (char)(value >> 8), (char)value};
        struct bylaw_span s = {bytes, 3};
        bool bad = false;

        for (size_t pos = 0, begin; pos < 3;) {
            begin = pos;
            bad |= bylaw__utf8_next(s, &pos) == 0xfffd && pos - begin == 1;
        }
        if (bylaw__utf8_valid(s) == bad)
            fail_msg("%06x", value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8__every_code_point_comes_back),
        cmocka_unit_test(test_utf8__lengths_change_where_the_standard_says),
        cmocka_unit_test(test_utf8__malformed_sequences_are_refused),
        cmocka_unit_test(test_utf8__goes_on_right_behind_a_bad_byte),
        cmocka_unit_test(test_utf8__never_reads_past_the_end),
        cmocka_unit_test(test_utf8__valid_agrees_with_decoding),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
