/* SPDX-License-Identifier: Apache-2.0 */
/* Chunks joined, where a body has any. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "http/http.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
    const char *body, *joined;
    enum bylaw__chunked state;
} bodies[] = {
    {"5\r\nhello\r\n0\r\n\r\n", "hello", BYLAW__CHUNKED_WHOLE},
    {"2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "hello", BYLAW__CHUNKED_WHOLE},
    {"A\nhellohello\n0\n", "hellohello", BYLAW__CHUNKED_WHOLE},
    {"0005 ; a=\"b\"\r\nhello\r\n00\r\nX: y\r\n\r\n", "hello",
     BYLAW__CHUNKED_WHOLE},
    {"0\r\n\r\n", "", BYLAW__CHUNKED_WHOLE},
    {"5\r\nhello\r\n0", "hello", BYLAW__CHUNKED_CUT},
    {"5\r\nhello\r\n", "hello", BYLAW__CHUNKED_CUT},
    {"5\r\nhel", "hel", BYLAW__CHUNKED_CUT},
    {"5\r\nhello5\r\nworld\r\n0\r\n", "hello", BYLAW__CHUNKED_CUT},
    {"5\r\nhello\r\nx\r\n", "hello", BYLAW__CHUNKED_CUT},
    {"ffffffff\r\nhello", "hello", BYLAW__CHUNKED_CUT},
    {"fffffffff\r\nhello", "", BYLAW__CHUNKED_NOT},
    {"<p>not in chunks", "", BYLAW__CHUNKED_NOT},
    {"5 hello", "", BYLAW__CHUNKED_NOT},
    {"", "", BYLAW__CHUNKED_NOT},
};

static void test_chunks__are_joined_as_far_as_they_go(void **state)
{
    struct bylaw__buf joined = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(bodies); i++) {
        enum bylaw__chunked chunked =
            bylaw__chunks_join(&joined, bylaw__span_of(bodies[i].body));

        if (chunked != bodies[i].state ||
            !bylaw__span_is(bylaw__buf_span(&joined), bodies[i].joined))
            fail_msg("'%s': %d, '%s'", bodies[i].body, (int)chunked,
                     joined.len ? joined.ptr : "");
    }
    bylaw__buf_release(&joined);
}

static void test_chunks__stop_at_the_ceiling_of_their_room(void **state)
{
    struct bylaw__buf joined;

    (void)state;
    for (size_t ceiling = 4; ceiling <= 6; ceiling++) {
        bylaw__buf_init(&joined, ceiling);
        assert_int_equal(
            bylaw__chunks_join(&joined, BYLAW__SPAN("5\r\nhello\r\n0\r\n\r\n")),
            BYLAW__CHUNKED_WHOLE);
        assert_int_equal(joined.failed, ceiling < 5);
        bylaw__buf_release(&joined);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chunks__are_joined_as_far_as_they_go),
        cmocka_unit_test(test_chunks__stop_at_the_ceiling_of_their_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
