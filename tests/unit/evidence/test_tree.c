/* SPDX-License-Identifier: Apache-2.0 */
/* Trees and paths are those of RFC 6962. */
#include "evidence/evidence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define MOST 70

struct forest {
    bylaw__sha256 *sha;
    struct bylaw__digest leaves[MOST];
    struct bylaw__digest roots[MOST + 1]; /* by number of leaves */
};

static struct forest forest;

static int plant(void **state)
{
    struct bylaw__tree tree = {0};

    (void)state;
    assert_int_equal(bylaw__sha256_new(&forest.sha, NULL), 0);
    bylaw__tree_root(&forest.roots[0], &tree, forest.sha);
    for (size_t i = 0; i < MOST; i++) {
        char text[16];

        snprintf(text, sizeof(text), "entry %zu", i);
        bylaw__leaf_of(&forest.leaves[i], forest.sha, bylaw__span_of(text));
        bylaw__tree_add(&tree, forest.sha, &forest.leaves[i]);
        bylaw__tree_root(&forest.roots[i + 1], &tree, forest.sha);
    }
    return 0;
}

static int fell(void **state)
{
    (void)state;
    bylaw__sha256_free(forest.sha);
    return 0;
}

static void assert_hex(const struct bylaw__digest *digest, const char *hex)
{
    struct bylaw__buf text = {0};

    bylaw__buf_add_hex(&text, digest->bytes, sizeof(digest->bytes));
    assert_string_equal(text.ptr, hex);
    bylaw__buf_release(&text);
}

/* The vectors that implementations of Certificate Transparency share. */
static void test_tree__has_the_roots_of_known_vectors(void **state)
{
    static const struct {
        const char *bytes;
        size_t len;
        const char *root; /* of all leaves up to this one */
    } leaves[] = {
        {"", 0,
         "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
        {"\x00", 1,
         "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
        {"\x10", 1,
         "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
        {"\x20\x21", 2,
         "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
        {"\x30\x31", 2,
         "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
        {"\x40\x41\x42\x43", 4,
         "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
        {"\x50\x51\x52\x53\x54\x55\x56\x57", 8,
         "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
        {"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16,
         "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"},
    };
    struct bylaw__tree tree = {0};
    struct bylaw__digest leaf, root;

    (void)state;
    assert_hex(
        &forest.roots[0],
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (size_t i = 0; i < sizeof(leaves) / sizeof(leaves[0]); i++) {
        bylaw__leaf_of(&leaf, forest.sha,
                       (struct bylaw_span){leaves[i].bytes, leaves[i].len});
        bylaw__tree_add(&tree, forest.sha, &leaf);
        bylaw__tree_root(&root, &tree, forest.sha);
        assert_hex(&root, leaves[i].root);
    }
}

static void test_tree__proves_every_leaf_of_every_size(void **state)
{
    struct bylaw__path path;

    (void)state;
    for (uint64_t size = 1; size <= MOST; size++)
        for (uint64_t i = 0; i < size; i++) {
            assert_int_equal(bylaw__path_of_leaf(&path, forest.sha,
                                                 forest.leaves, size, i),
                             0);
            assert_true(bylaw__path_has_leaf(&path, forest.sha,
                                             &forest.leaves[i], i, size,
                                             &forest.roots[size]));
        }
}

static void test_tree__proves_no_other_leaf_number_size_or_root(void **state)
{
    struct bylaw__path path;

    (void)state;
    for (uint64_t size = 2; size <= 20; size++)
        for (uint64_t i = 0; i < size; i++) {
            uint64_t other = (i + 1) % size;

            bylaw__path_of_leaf(&path, forest.sha, forest.leaves, size, i);
            assert_false(bylaw__path_has_leaf(&path, forest.sha,
                                              &forest.leaves[other], i, size,
                                              &forest.roots[size]));
            assert_false(bylaw__path_has_leaf(&path, forest.sha,
                                              &forest.leaves[i], other, size,
                                              &forest.roots[size]));
            assert_false(bylaw__path_has_leaf(&path, forest.sha,
                                              &forest.leaves[i], i, size,
                                              &forest.roots[size + 1]));
            assert_false(bylaw__path_has_leaf(&path, forest.sha,
                                              &forest.leaves[i], size, size,
                                              &forest.roots[size]));
            path.steps[0].bytes[5] ^= 1;
            assert_false(bylaw__path_has_leaf(&path, forest.sha,
                                              &forest.leaves[i], i, size,
                                              &forest.roots[size]));
            path.steps[0].bytes[5] ^= 1;
            path.count--;
            assert_false(bylaw__path_has_leaf(&path, forest.sha,
                                              &forest.leaves[i], i, size,
                                              &forest.roots[size]));
        }
}

static void test_tree__proves_that_it_continues_every_older_one(void **state)
{
    struct bylaw__path path;

    (void)state;
    for (uint64_t size = 1; size <= MOST; size++)
        for (uint64_t old = 1; old <= size; old++) {
            assert_int_equal(bylaw__path_of_tree(&path, forest.sha,
                                                 forest.leaves, size, old),
                             0);
            assert_true(bylaw__path_joins(&path, forest.sha, &forest.roots[old],
                                          old, &forest.roots[size], size));
        }
}

static void test_tree__does_not_continue_one_of_another_history(void **state)
{
    struct bylaw__path path;

    (void)state;
    for (uint64_t size = 2; size <= 20; size++)
        for (uint64_t old = 1; old < size; old++) {
            bylaw__path_of_tree(&path, forest.sha, forest.leaves, size, old);
            assert_false(bylaw__path_joins(&path, forest.sha,
                                           &forest.roots[old + 1], old,
                                           &forest.roots[size], size));
            assert_false(bylaw__path_joins(&path, forest.sha,
                                           &forest.roots[old], old,
                                           &forest.roots[size - 1], size));
            if (!path.count)
                continue;
            path.steps[path.count - 1].bytes[0] ^= 1;
            assert_false(bylaw__path_joins(&path, forest.sha,
                                           &forest.roots[old], old,
                                           &forest.roots[size], size));
        }
}

static void test_tree__proves_nothing_out_of_range(void **state)
{
    struct bylaw__path path;

    (void)state;
    assert_true(bylaw__path_of_leaf(&path, forest.sha, forest.leaves, 3, 3));
    assert_true(bylaw__path_of_tree(&path, forest.sha, forest.leaves, 3, 4));
    assert_true(bylaw__path_of_tree(&path, forest.sha, forest.leaves, 3, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tree__has_the_roots_of_known_vectors),
        cmocka_unit_test(test_tree__proves_every_leaf_of_every_size),
        cmocka_unit_test(test_tree__proves_no_other_leaf_number_size_or_root),
        cmocka_unit_test(test_tree__proves_that_it_continues_every_older_one),
        cmocka_unit_test(test_tree__does_not_continue_one_of_another_history),
        cmocka_unit_test(test_tree__proves_nothing_out_of_range),
    };

    return cmocka_run_group_tests(tests, plant, fell);
}
