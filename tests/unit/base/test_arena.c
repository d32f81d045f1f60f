/* SPDX-License-Identifier: Apache-2.0 */
/* Arenas and maps: alignment, zeroing, the ceiling, keys of any kind. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static bool is_aligned(const void *pointer)
{
    return (uintptr_t)pointer % _Alignof(max_align_t) == 0;
}

static void test_arena__gives_zeroed_room_aligned_for_any_type(void **state)
{
    struct bylaw__arena arena = {0};

    (void)state;
    for (size_t size = 0; size < 3000; size++) {
        unsigned char *room = bylaw__arena_alloc(&arena, size);

        assert_non_null(room);
        assert_true(is_aligned(room));
        for (size_t i = 0; i < size; i++)
            assert_int_equal(room[i], 0);
        memset(room, 0xff, size);
    }
    bylaw__arena_release(&arena);
    bylaw__arena_release(&arena);
    bylaw__arena_release(NULL);
}

static void test_arena__rooms_do_not_overlap(void **state)
{
    struct bylaw__arena arena = {0};
    unsigned char *rooms[500];

    (void)state;
    for (unsigned i = 0; i < 500; i++) {
        rooms[i] = bylaw__arena_alloc(&arena, i + 1);
        memset(rooms[i], (int)(i % 251), i + 1);
    }
    for (unsigned i = 0; i < 500; i++)
        for (unsigned k = 0; k <= i; k++)
            assert_int_equal(rooms[i][k], i % 251);
    bylaw__arena_release(&arena);
}

static void check_ceiling(size_t ceiling, size_t size, bool fits)
{
    struct bylaw__arena arena;

    bylaw__arena_init(&arena, ceiling);
    assert_int_equal(bylaw__arena_alloc(&arena, size) != NULL, fits);
    assert_int_equal(arena.failed, !fits);
    bylaw__arena_release(&arena);
}

static void test_arena__holds_its_ceiling(void **state)
{
    static const size_t ceilings[] = {16, 4096, 100000, 3u << 20};

    (void)state;
    for (size_t i = 0; i < sizeof(ceilings) / sizeof(ceilings[0]); i++) {
        check_ceiling(ceilings[i], ceilings[i] - 1, true);
        check_ceiling(ceilings[i], ceilings[i], true);
        check_ceiling(ceilings[i], ceilings[i] + 1, false);
    }
}

static void test_arena__never_hands_out_more_than_its_ceiling(void **state)
{
    struct bylaw__arena arena;
    size_t count = 0;

    (void)state;
    bylaw__arena_init(&arena, 10000);
    while (bylaw__arena_alloc(&arena, 100))
        count++;
    assert_true(arena.used <= 10000);
    assert_in_range(count, 10000 / 112, 100);
    bylaw__arena_release(&arena);
}

static void test_arena__stays_failed(void **state)
{
    struct bylaw__arena arena;

    (void)state;
    bylaw__arena_init(&arena, 64);
    assert_null(bylaw__arena_alloc(&arena, 65));
    assert_null(bylaw__arena_alloc(&arena, 1));
    assert_null(bylaw__arena_strdup(&arena, "x"));
    assert_null(bylaw__arena_printf(&arena, "x"));
    assert_int_equal(bylaw__arena_span(&arena, BYLAW__SPAN("x")).len, 0);
    bylaw__arena_release(&arena);
}

static void test_arena_array__refuses_a_product_that_overflows(void **state)
{
    static const struct {
        size_t count, size, ceiling;
    } cases[] = {
        {SIZE_MAX / 2, 3, 0},        {SIZE_MAX / 8 + 1, 8, 0},
        {8, SIZE_MAX / 8 + 1, 0},    {SIZE_MAX, 1, 0},
        {SIZE_MAX / 16, 16, 0},      {SIZE_MAX, 1, SIZE_MAX},
        {SIZE_MAX - 8, 1, SIZE_MAX}, {1, SIZE_MAX - 40, SIZE_MAX},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bylaw__arena arena;

        bylaw__arena_init(&arena, cases[i].ceiling);
        assert_null(
            bylaw__arena_alloc_array(&arena, cases[i].count, cases[i].size));
        assert_true(arena.failed);
        bylaw__arena_release(&arena);
    }
}

static void test_arena_array__of_nothing_is_not_null(void **state)
{
    struct bylaw__arena arena = {0};

    (void)state;
    assert_non_null(bylaw__arena_alloc_array(&arena, 0, 8));
    assert_non_null(bylaw__arena_alloc_array(&arena, 8, 0));
    bylaw__arena_release(&arena);
}

static void test_arena__copies_texts_with_a_nul_behind(void **state)
{
    struct bylaw__arena arena = {0};
    struct bylaw_span span = bylaw__arena_span(&arena, BYLAW__SPAN("a\0b"));

    (void)state;
    assert_int_equal(span.len, 3);
    assert_memory_equal(span.ptr, "a\0b\0", 4);
    assert_string_equal(bylaw__arena_strdup(&arena, "word"), "word");
    assert_string_equal(bylaw__arena_strdup(&arena, NULL), "");
    assert_string_equal(bylaw__arena_printf(&arena, "%s-%d", "x", 5), "x-5");
    assert_string_equal(bylaw__arena_copy(&arena, (struct bylaw_span){NULL, 0}),
                        "");
    bylaw__arena_release(&arena);
}

static void test_arena_take__has_the_buffers_own_bytes(void **state)
{
    struct bylaw__arena arena = {0};
    struct bylaw__buf buf = {0};
    struct bylaw_span taken;
    const char *bytes;
    char *beside;

    (void)state;
    assert_int_equal(bylaw__arena_take(&arena, &buf).len, 0);
    beside = bylaw__arena_alloc(&arena, 10);
    bylaw__buf_add_text(&buf, "hello");
    bytes = buf.ptr;
    taken = bylaw__arena_take(&arena, &buf);
    assert_ptr_equal(taken.ptr, bytes);
    assert_string_equal(taken.ptr, "hello");
    assert_null(buf.ptr);
    assert_int_equal(buf.len, 0);
    /* What the arena had room for, it still has. */
    assert_ptr_equal(bylaw__arena_alloc(&arena, 10), beside + 16);
    bylaw__buf_add_text(&buf, "again");
    assert_string_equal(bylaw__arena_take(&arena, &buf).ptr, "again");
    bylaw__arena_release(&arena);
}

static void test_arena_take__counts_against_the_ceiling(void **state)
{
    struct bylaw__arena arena;
    struct bylaw__buf buf = {0};

    (void)state;
    bylaw__arena_init(&arena, 128);
    bylaw__buf_add_text(&buf, "sixty-four bytes of room");
    assert_int_equal(buf.cap, 64);
    assert_int_equal(bylaw__arena_take(&arena, &buf).len, 24);
    bylaw__buf_add_text(&buf, "sixty-four bytes of room");
    assert_int_equal(bylaw__arena_take(&arena, &buf).len, 24);
    bylaw__buf_add_text(&buf, "too much");
    assert_null(bylaw__arena_take(&arena, &buf).ptr);
    assert_true(arena.failed);
    assert_string_equal(buf.ptr, "too much");
    bylaw__buf_release(&buf);
    bylaw__arena_release(&arena);
}

static void test_map__keeps_every_key(void **state)
{
    struct bylaw__map map = {0};
    uint64_t value = 0;

    (void)state;
    assert_false(bylaw__map_get(&map, 0, &value));
    for (uint64_t i = 0; i < 5000; i++) {
        assert_int_equal(bylaw__map_put(&map, i << 48, i), 0);
        assert_int_equal(bylaw__map_put(&map, i * 64, i + 7), 0);
    }
    for (uint64_t i = 1; i < 5000; i++) {
        assert_true(bylaw__map_get(&map, i << 48, &value));
        assert_int_equal(value, i);
        assert_true(bylaw__map_get(&map, i * 64, &value));
        assert_int_equal(value, i + 7);
        assert_false(bylaw__map_get(&map, i * 64 + 1, NULL));
    }
    assert_int_equal(map.count, 2 * 5000 - 1); /* 0 was put twice */
    bylaw__map_release(&map);
    assert_int_equal(map.count, 0);
    bylaw__map_release(&map);
}

static void test_map__put_replaces_and_extreme_keys_are_keys(void **state)
{
    static const uint64_t keys[] = {0, 1, UINT64_MAX, UINT64_MAX - 1,
                                    (uint64_t)1 << 63};
    struct bylaw__map map = {0};
    uint64_t value = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        assert_false(bylaw__map_get(&map, keys[i], &value));
        assert_int_equal(bylaw__map_put(&map, keys[i], 5), 0);
        assert_int_equal(bylaw__map_put(&map, keys[i], UINT64_MAX - i), 0);
        assert_true(bylaw__map_get(&map, keys[i], &value));
        assert_int_equal(value, UINT64_MAX - i);
        assert_int_equal(map.count, i + 1);
    }
    bylaw__map_release(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena__gives_zeroed_room_aligned_for_any_type),
        cmocka_unit_test(test_arena__rooms_do_not_overlap),
        cmocka_unit_test(test_arena__holds_its_ceiling),
        cmocka_unit_test(test_arena__never_hands_out_more_than_its_ceiling),
        cmocka_unit_test(test_arena__stays_failed),
        cmocka_unit_test(test_arena_array__refuses_a_product_that_overflows),
        cmocka_unit_test(test_arena_array__of_nothing_is_not_null),
        cmocka_unit_test(test_arena__copies_texts_with_a_nul_behind),
        cmocka_unit_test(test_arena_take__has_the_buffers_own_bytes),
        cmocka_unit_test(test_arena_take__counts_against_the_ceiling),
        cmocka_unit_test(test_map__keeps_every_key),
        cmocka_unit_test(test_map__put_replaces_and_extreme_keys_are_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
