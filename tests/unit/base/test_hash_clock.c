/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 by the standard's vectors; time as civil dates. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <stdio.h>

/* Examples of FIPS 180-4 and its predecessor, and the empty message. */
static const struct {
    const char *message, *hex;
} vectors[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
     "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
     "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
};

static void test_sha256__agrees_with_the_standard(void **state)
{
    char hex[BYLAW__SHA256_HEX];

    (void)state;
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        assert_int_equal(bylaw__sha256_hex(hex,
                                           bylaw__span_of(vectors[i].message)),
                         0);
        assert_string_equal(hex, vectors[i].hex);
    }
}

static void test_sha256__of_a_million_letters(void **state)
{
    char *letters = malloc(1000000);
    char hex[BYLAW__SHA256_HEX];

    (void)state;
    memset(letters, 'a', 1000000);
    bylaw__sha256_hex(hex, (struct bylaw_span){letters, 1000000});
    assert_string_equal(
        hex,
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(letters);
}

static void test_sha256__a_context_serves_again_and_again(void **state)
{
    bylaw__sha256 *ctx = NULL;
    unsigned char digest[BYLAW__SHA256_BYTES];

    (void)state;
    assert_int_equal(bylaw__sha256_new(&ctx, NULL), 0);
    for (size_t round = 0; round < 3; round++)
        for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
            char hex[BYLAW__SHA256_HEX];

            assert_int_equal(bylaw__sha256_of(digest, ctx,
                                              bylaw__span_of(
                                                  vectors[i].message)),
                             0);
            for (size_t k = 0; k < sizeof(digest); k++)
                snprintf(hex + 2 * k, 3, "%02x", digest[k]);
            assert_string_equal(hex, vectors[i].hex);
        }
    bylaw__sha256_free(ctx);
    bylaw__sha256_free(NULL);
}

static const struct {
    int64_t ms;
    const char *want;
} times[] = {
    {0, "1970-01-01T00:00:00Z"},
    {999, "1970-01-01T00:00:00Z"},
    {1000, "1970-01-01T00:00:01Z"},
    {-1, "1969-12-31T23:59:59Z"},
    {-1000, "1969-12-31T23:59:59Z"},
    {-1001, "1969-12-31T23:59:58Z"},
    {-86400000, "1969-12-31T00:00:00Z"},
    {1700000000000, "2023-11-14T22:13:20Z"},
    {951782400000, "2000-02-29T00:00:00Z"}, /* 400 divides the year */
    {951868800000, "2000-03-01T00:00:00Z"},
    {1709164800000, "2024-02-29T00:00:00Z"},
    {1735689599999, "2024-12-31T23:59:59Z"},
    {4107542400000, "2100-03-01T00:00:00Z"}, /* 100 does, 400 does not */
    {4107456000000, "2100-02-28T00:00:00Z"},
    {-2208988800000, "1900-01-01T00:00:00Z"},
    {-2203891200000, "1900-03-01T00:00:00Z"},
    {253402300799999, "9999-12-31T23:59:59Z"},
    {-62135596800000, "0001-01-01T00:00:00Z"},
    {-62167219200000, "0000-01-01T00:00:00Z"},
};

static void test_time__is_the_civil_date_in_utc(void **state)
{
    char out[BYLAW__TIME_BYTES];

    (void)state;
    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        bylaw__time_format(out, times[i].ms);
        assert_string_equal(out, times[i].want);
    }
}

static void test_time__of_a_date_is_its_first_moment(void **state)
{
    (void)state;
    assert_int_equal(bylaw__time_days(1970, 1, 1), 0);
    assert_int_equal(bylaw__time_days(1969, 12, 31), -1);
    assert_int_equal(bylaw__time_days(2000, 2, 29), 11016);
    assert_int_equal(bylaw__time_days(1900, 3, 1), -25508);
    assert_int_equal(bylaw__time_days(2023, 5, 16), 19493);
}

static void test_time__of_any_number_fits_its_room(void **state)
{
    static const int64_t values[] = {INT64_MAX, INT64_MIN, INT64_MAX / 2,
                                     INT64_MIN / 2, 253402300800000};
    char out[BYLAW__TIME_BYTES + 1];

    (void)state;
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        memset(out, '#', sizeof(out));
        bylaw__time_format(out, values[i]);
        assert_int_equal(out[BYLAW__TIME_BYTES], '#');
        assert_int_equal(out[strlen(out) - 1], 'Z'); /* not cut */
    }
}

static void test_clock__reads_dates(void **state)
{
    static const struct {
        const char *text, *time;
    } rows[] = {
        {"1970-01-01", "1970-01-01T00:00:00Z"},
        {"2000-02-29", "2000-02-29T00:00:00Z"},
        {"2026-12-31", "2026-12-31T00:00:00Z"},
        {"9999-12-31", "9999-12-31T00:00:00Z"},
        {"2026-02-29", NULL},
        {"2100-02-29", NULL},
        {"1969-12-31", NULL},
        {"2026-13-01", NULL},
        {"2026-00-01", NULL},
        {"2026-01-00", NULL},
        {"2026-1-01", NULL},
        {"2026-01-01T", NULL},
        {"2o26-01-01", NULL},
        {"", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char time[BYLAW__TIME_BYTES];
        int64_t ms = 0;

        assert_int_equal(bylaw__time_of_date(&ms, rows[i].text),
                         rows[i].time != NULL);
        bylaw__time_format(time, ms);
        if (rows[i].time)
            assert_string_equal(time, rows[i].time);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sha256__agrees_with_the_standard),
        cmocka_unit_test(test_sha256__of_a_million_letters),
        cmocka_unit_test(test_sha256__a_context_serves_again_and_again),
        cmocka_unit_test(test_time__is_the_civil_date_in_utc),
        cmocka_unit_test(test_time__of_a_date_is_its_first_moment),
        cmocka_unit_test(test_time__of_any_number_fits_its_room),
        cmocka_unit_test(test_clock__reads_dates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
