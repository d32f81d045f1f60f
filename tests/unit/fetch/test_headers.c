/* SPDX-License-Identifier: Apache-2.0 */
/* Fields found in header lines as they were received. */
#include "unit/fetch/fetching.h"

#include "fetch/fetch_int.h"

#define STATUS "HTTP/1.1 200 OK\r\n"

static const struct {
    const char *lines, *last, *joined; /* of "X-Name"; NULL where none */
} fields[] = {
    {"", NULL, ""},
    {STATUS "\r\n", NULL, ""},
    {STATUS "X-Name: a\r\n\r\n", "a", "a"},
    {STATUS "x-nAME:a\n\n", "a", "a"},
    {STATUS "X-Name:\t a b \t\r\n\r\n", "a b", "a b"},
    {STATUS "X-Name : a\r\n\r\n", "a", "a"},
    {STATUS "X-Name:\r\n\r\n", "", ""},
    {STATUS "X-Name: a: b\r\n\r\n", "a: b", "a: b"},
    {STATUS "X-Name: a", "a", "a"},
    {STATUS "X-Names: a\r\nX-Nam: b\r\nX-Name\r\n\r\n", NULL, ""},
    {STATUS "Y: X-Name: a\r\n\r\n", NULL, ""},
    {STATUS "X-Name: a\r\nY: z\r\nX-Name: b\r\n\r\n", "b", "a,b"},
    {STATUS "X-Name: a,\r\n b\r\nX-Name:\r\n\tc\r\n\r\n", "c", "a,\r\n b,c"},
    {STATUS "Y: a\r\n X-Name: b\r\n\r\n", NULL, ""},
};

static void test_header__is_found_by_its_whole_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(fields); i++) {
        struct bylaw_span lines = bylaw__span_of(fields[i].lines);
        struct bylaw_span last = bylaw__header_value(lines, "x-name");
        struct bylaw__buf joined = {0};

        bylaw__header_join(&joined, lines, "x-name");
        if (!last.ptr != !fields[i].last ||
            !bylaw__span_eq(last, bylaw__span_of(fields[i].last)) ||
            !bylaw__span_eq(bylaw__buf_span(&joined),
                            bylaw__span_of(fields[i].joined)))
            fail_msg("'%s': '%.*s' and '%.*s'", fields[i].lines, (int)last.len,
                     last.ptr, (int)joined.len, joined.ptr);
        bylaw__buf_release(&joined);
    }
}

static void test_redirect__needs_a_status_and_a_place(void **state)
{
    struct bylaw_span to = BYLAW__SPAN("Location: /a\r\n\r\n");
    struct bylaw_span nowhere = BYLAW__SPAN("Location:\r\n\r\n");

    (void)state;
    for (int status = 0; status < 1000; status++) {
        bool is_one = status == 301 || status == 302 || status == 303 ||
                      status == 307 || status == 308;

        assert_int_equal(bylaw__is_redirect(status, to), is_one);
        assert_false(bylaw__is_redirect(status, nowhere));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_header__is_found_by_its_whole_name),
        cmocka_unit_test(test_redirect__needs_a_status_and_a_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
