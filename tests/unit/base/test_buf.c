/* SPDX-License-Identifier: Apache-2.0 */
/* Buffers: growth, the ceiling, failing once and for good, giving away. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void check_text(const struct bylaw__buf *buf, const char *want)
{
    assert_int_equal(buf->len, strlen(want));
    assert_string_equal(buf->ptr, want);
}

static void test_buf__zeroed_one_is_empty_and_usable(void **state)
{
    struct bylaw__buf buf = {0};

    (void)state;
    assert_int_equal(bylaw__buf_span(&buf).len, 0);
    bylaw__buf_clear(&buf);
    bylaw__buf_add_text(&buf, "a");
    check_text(&buf, "a");
    bylaw__buf_release(&buf);
    bylaw__buf_release(&buf);
    bylaw__buf_release(NULL);
}

/* Holds its ceiling to the byte: one below and the ceiling itself fit. */
static void check_ceiling(size_t ceiling, size_t len, bool fits)
{
    struct bylaw__buf whole, pieces;
    char *bytes = calloc(1, len ? len : 1);

    bylaw__buf_init(&whole, ceiling);
    bylaw__buf_init(&pieces, ceiling);
    bylaw__buf_add(&whole, bytes, len);
    for (size_t i = 0; i < len; i++)
        bylaw__buf_add_char(&pieces, 'x');
    assert_int_equal(whole.failed, !fits);
    assert_int_equal(pieces.failed, !fits);
    assert_int_equal(whole.len, fits ? len : 0);
    assert_int_equal(pieces.len, fits ? len : ceiling);
    bylaw__buf_release(&whole);
    bylaw__buf_release(&pieces);
    free(bytes);
}

static void test_buf__holds_its_ceiling_to_the_byte(void **state)
{
    static const size_t ceilings[] = {1, 2, 63, 64, 65, 1000, 4096};

    (void)state;
    for (size_t i = 0; i < sizeof(ceilings) / sizeof(ceilings[0]); i++) {
        check_ceiling(ceilings[i], ceilings[i] - 1, true);
        check_ceiling(ceilings[i], ceilings[i], true);
        check_ceiling(ceilings[i], ceilings[i] + 1, false);
    }
}

static void test_buf__stays_failed_and_keeps_what_it_had(void **state)
{
    struct bylaw__buf buf;

    (void)state;
    bylaw__buf_init(&buf, 4);
    bylaw__buf_add_text(&buf, "abc");
    bylaw__buf_add_text(&buf, "de");
    assert_true(buf.failed);
    bylaw__buf_add_text(&buf, "f");
    bylaw__buf_printf(&buf, "%d", 7);
    bylaw__buf_add_utf8(&buf, 'g');
    assert_null(bylaw__buf_reserve(&buf, 0));
    check_text(&buf, "abc");
    bylaw__buf_clear(&buf);
    bylaw__buf_add_text(&buf, "abcd");
    assert_false(buf.failed);
    check_text(&buf, "abcd");
    bylaw__buf_release(&buf);
}

static void test_buf__refuses_sizes_that_overflow(void **state)
{
    static const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 1, SIZE_MAX / 2 + 1,
                                   ((size_t)1 << 30) + 1};
    static const size_t ceilings[] = {0, SIZE_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
        for (size_t k = 0; k < sizeof(ceilings) / sizeof(ceilings[0]); k++) {
            struct bylaw__buf buf;

            if (ceilings[k] && sizes[i] < SIZE_MAX / 2)
                continue;
            bylaw__buf_init(&buf, ceilings[k]);
            bylaw__buf_add_text(&buf, "a");
            assert_null(bylaw__buf_reserve(&buf, sizes[i]));
            assert_true(buf.failed);
            check_text(&buf, "a");
            bylaw__buf_release(&buf);
        }
}

static void test_buf__keeps_content_while_it_grows(void **state)
{
    struct bylaw__buf buf = {0};

    (void)state;
    for (unsigned i = 0; i < 10000; i++) {
        bylaw__buf_printf(&buf, "%04u", i);
        assert_true(buf.cap > buf.len);
        assert_int_equal(buf.ptr[buf.len], 0);
    }
    assert_int_equal(buf.len, 40000);
    for (unsigned i = 0; i < 10000; i++)
        assert_int_equal(strtoul((char[]){buf.ptr[4 * i], buf.ptr[4 * i + 1],
                                          buf.ptr[4 * i + 2],
                                          buf.ptr[4 * i + 3], 0},
                                 NULL, 10),
                         i);
    bylaw__buf_release(&buf);
}

static void test_buf__holds_nul_bytes(void **state)
{
    struct bylaw__buf buf = {0};

    (void)state;
    bylaw__buf_add_span(&buf, BYLAW__SPAN("a\0b"));
    bylaw__buf_add_char(&buf, '\0');
    assert_int_equal(buf.len, 4);
    assert_memory_equal(buf.ptr, "a\0b\0", 5);
    bylaw__buf_release(&buf);
}

static void test_buf__reserved_room_can_be_written_in_full(void **state)
{
    struct bylaw__buf buf = {0};

    (void)state;
    for (size_t len = 0; len < 200; len++) {
        char *room = bylaw__buf_reserve(&buf, len);

        assert_non_null(room);
        memset(room, 'r', len);
        room[len] = '\0';
        buf.len += len;
    }
    assert_int_equal(buf.len, 199 * 200 / 2);
    bylaw__buf_release(&buf);
}

static void test_buf_take__hands_over_and_leaves_an_empty_one(void **state)
{
    struct bylaw__buf buf;
    size_t len = 99;
    char *bytes;

    (void)state;
    bylaw__buf_init(&buf, 10);
    bylaw__buf_add_text(&buf, "mine");
    bytes = bylaw__buf_take(&buf, &len);
    assert_string_equal(bytes, "mine");
    assert_int_equal(len, 4);
    free(bytes);
    assert_null(buf.ptr);
    bylaw__buf_add_text(&buf, "0123456789");
    assert_false(buf.failed);
    bylaw__buf_add_char(&buf, '!');
    assert_true(buf.failed); /* the ceiling was kept */
    bylaw__buf_release(&buf);
}

static void test_buf_take__of_nothing_is_an_empty_text(void **state)
{
    struct bylaw__buf buf = {0};
    size_t len = 99;
    char *bytes = bylaw__buf_take(&buf, &len);

    (void)state;
    assert_non_null(bytes);
    assert_string_equal(bytes, "");
    assert_int_equal(len, 0);
    free(bytes);
}

static void test_buf_take__of_a_failed_one_is_null(void **state)
{
    struct bylaw__buf buf;

    (void)state;
    bylaw__buf_init(&buf, 2);
    bylaw__buf_add_text(&buf, "ab");
    bylaw__buf_add_text(&buf, "c");
    assert_null(bylaw__buf_take(&buf, NULL));
    assert_null(buf.ptr); /* nothing is left to be freed */
}

static void test_vec_grow__checks_the_product(void **state)
{
    uint64_t *items = NULL;
    size_t cap = 0;

    (void)state;
    assert_int_equal(bylaw__vec_grow(&items, &cap, 17, sizeof(*items)), 0);
    assert_true(cap >= 17);
    items[16] = 42;
    assert_int_equal(bylaw__vec_grow(&items, &cap, SIZE_MAX / 4,
                                     sizeof(*items)),
                     BYLAW_ENOMEM);
    assert_int_equal(bylaw__vec_grow(&items, &cap, SIZE_MAX, sizeof(*items)),
                     BYLAW_ENOMEM);
    assert_int_equal(items[16], 42);
    assert_true(cap < 1000);
    free(items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buf__zeroed_one_is_empty_and_usable),
        cmocka_unit_test(test_buf__holds_its_ceiling_to_the_byte),
        cmocka_unit_test(test_buf__stays_failed_and_keeps_what_it_had),
        cmocka_unit_test(test_buf__refuses_sizes_that_overflow),
        cmocka_unit_test(test_buf__keeps_content_while_it_grows),
        cmocka_unit_test(test_buf__holds_nul_bytes),
        cmocka_unit_test(test_buf__reserved_room_can_be_written_in_full),
        cmocka_unit_test(test_buf_take__hands_over_and_leaves_an_empty_one),
        cmocka_unit_test(test_buf_take__of_nothing_is_an_empty_text),
        cmocka_unit_test(test_buf_take__of_a_failed_one_is_null),
        cmocka_unit_test(test_vec_grow__checks_the_product),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
