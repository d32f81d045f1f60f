/* SPDX-License-Identifier: Apache-2.0 */
/* What the index promises: every shared shingle found, others cost nothing. */
#include "index/index_int.h"

#include "unit/words.h"

#define FOX "the quick brown fox jumps over the lazy dog"

static bylaw__index *index_of(const char *const *texts, size_t count)
{
    bylaw__index *index = NULL;

    assert_int_equal(0, bylaw__index_new(&index, NULL));
    for (size_t i = 0; i < count; i++) {
        struct words words = words_of(texts[i]);

        assert_int_equal(0, bylaw__index_add(index, (uint32_t)i, &words.tokens,
                                             NULL));
        words_release(&words);
    }
    assert_int_equal(0, bylaw__index_finish(index, NULL));
    return index;
}

static struct bylaw__seeds look(const bylaw__index *index, const char *page)
{
    struct bylaw__seeds seeds = {0};
    struct words words = words_of(page);

    assert_int_equal(0,
                     bylaw__index_lookup(&seeds, index, &words.tokens, NULL));
    words_release(&words);
    return seeds;
}

static void check_seeds(const char *const *texts, size_t count,
                        const char *page, const char *want)
{
    bylaw__index *index = index_of(texts, count);
    struct bylaw__seeds seeds = look(index, page);
    struct bylaw__buf got = {0};

    bylaw__buf_add_text(&got, "");
    for (size_t i = 0; i < seeds.count; i++)
        bylaw__buf_printf(&got, "%u:%u@%u ", seeds.items[i].source,
                          seeds.items[i].source_word, seeds.items[i].page_word);
    assert_string_equal(got.ptr ? got.ptr : "", want);
    bylaw__buf_release(&got);
    bylaw__seeds_release(&seeds);
    bylaw__index_free(index);
}

static void check_one(const char *source, const char *page, const char *want)
{
    check_seeds(&source, 1, page, want);
}

static void test_index__finds_each_shared_shingle(void **state)
{
    (void)state;
    check_one(FOX, "so " FOX, "0:0@1 0:1@2 0:2@3 0:3@4 0:4@5 ");
    check_one(FOX, "jumps over the lazy dog", "0:4@0 ");
    check_one(FOX, "jumps over the lazy cat", "");
}

static void test_index__needs_five_words(void **state)
{
    (void)state;
    check_one("four words are few", "four words are few", "");
    check_one("five words are just enough", "five words are just enough",
              "0:0@0 ");
    check_one("", FOX, "");
    check_one(FOX, "", "");
}

static void test_index__orders_by_source_page_word_source_word(void **state)
{
    static const char *const texts[] = {
        "x a b c d e y a b c d e",
        "a b c d e",
    };
    (void)state;
    check_seeds(texts, 2, "a b c d e z a b c d e",
                "0:1@0 0:7@0 0:1@6 0:7@6 1:0@0 1:0@6 ");
}

static void test_index__lets_shingles_cross_blocks(void **state)
{
    (void)state;
    check_one("one two three\nfour five", "one two\nthree four five", "0:0@0 ");
}

static void test_index__keeps_frame_and_article_apart(void **state)
{
    (void)state;
    check_one("{follow us} on our way home", "follow us on our way home", "");
    check_one("{follow us on every channel} home",
              "follow us on every channel home", "0:0@0 ");
}

/* A word boundary must not move: "ab c" and "a bc" are other words. */
static void test_index__tells_word_boundaries_apart(void **state)
{
    (void)state;
    check_one("ab c d e f", "a bc d e f", "");
}

static void test_index__reads_han_as_words(void **state)
{
    (void)state;
    check_one("今天天气很好", "说今天天气很", "0:0@1 ");
}

/* The identity is written down: index files and evidence rely on it. */
static void test_index__identity_is_sha256_behind_a_prefix(void **state)
{
    struct words words = words_of("x One two, three four five");
    struct bylaw__buf message = {0};
    bylaw__sha256 *sha = NULL;
    char digest[BYLAW__SHA256_HEX], got[17];
    uint64_t key = 0;

    (void)state;
    assert_int_equal(0, bylaw__sha256_new(&sha, NULL));
    assert_int_equal(0,
                     shingle_key(&key, sha, &message, &words.tokens, 1, NULL));
    bylaw__sha256_hex(digest,
                      BYLAW__SPAN("bylaw-shingle-1\none two three four five"));
    snprintf(got, sizeof(got), "%016llx", (unsigned long long)key);
    assert_memory_equal(got, digest, 16);
    bylaw__sha256_free(sha);
    bylaw__buf_release(&message);
    words_release(&words);
}

static char *repeat(const char *word, size_t count)
{
    struct bylaw__buf text = {0};

    for (size_t i = 0; i < count; i++)
        bylaw__buf_add_text(&text, word);
    return bylaw__buf_take(&text, NULL);
}

static void check_repeat(size_t source_words, size_t page_words,
                         size_t want_seeds)
{
    char *source = repeat("the ", source_words);
    char *page = repeat("the ", page_words);
    const char *texts[] = {source};
    bylaw__index *index = index_of(texts, 1);
    struct bylaw__seeds seeds = look(index, page);

    assert_int_equal(seeds.count, want_seeds);
    assert_int_equal(bylaw__index_shingles(index), source_words - 4);
    bylaw__seeds_release(&seeds);
    bylaw__index_free(index);
    free(source);
    free(page);
}

static void test_index__counts_first_64_places_of_a_shingle(void **state)
{
    (void)state;
    check_repeat(4 + 63, 5, 63);
    check_repeat(4 + 64, 5, 64);
    check_repeat(4 + 65, 5, 64);
    check_repeat(5, 4 + 63, 63);
    check_repeat(5, 4 + 64, 64);
    check_repeat(5, 4 + 65, 64);
    check_repeat(100000, 100000, 64 * 64);
}

static void test_index__skips_to_the_next_source_past_the_64th(void **state)
{
    char *many = repeat("the ", 300);
    const char *texts[] = {many, "the the the the the"};
    bylaw__index *index = index_of(texts, 2);
    struct bylaw__seeds seeds = look(index, "the the the the the");

    (void)state;
    assert_int_equal(seeds.count, 65);
    assert_int_equal(seeds.items[64].source, 1);
    bylaw__seeds_release(&seeds);
    bylaw__index_free(index);
    free(many);
}

static char *numbered(const char *prefix, unsigned from, unsigned to)
{
    struct bylaw__buf text = {0};

    for (unsigned i = from; i < to; i++)
        bylaw__buf_printf(&text, "%s%u ", prefix, i);
    return bylaw__buf_take(&text, NULL);
}

static void test_index__screens_out_nearly_all_foreign_shingles(void **state)
{
    char *source = numbered("w", 0, 20000), *page = numbered("v", 0, 20000);
    const char *texts[] = {source};
    bylaw__index *index = index_of(texts, 1);
    struct bylaw__seeds seeds = look(index, page);

    (void)state;
    assert_int_equal(seeds.count, 0);
    assert_in_range(seeds.hashed, 0, 200); /* 1 in 100 */
    bylaw__seeds_release(&seeds);
    bylaw__index_free(index);
    free(source);
    free(page);
}

static void test_index__finds_all_of_a_large_source(void **state)
{
    char *source = numbered("w", 0, 20000), *page = numbered("w", 500, 19500);
    const char *texts[] = {source};
    bylaw__index *index = index_of(texts, 1);
    struct bylaw__seeds seeds = look(index, page);

    (void)state;
    assert_int_equal(seeds.count, 19000 - 4);
    for (size_t i = 0; i < seeds.count; i++)
        assert_int_equal(seeds.items[i].source_word,
                         seeds.items[i].page_word + 500);
    bylaw__seeds_release(&seeds);
    bylaw__index_free(index);
    free(source);
    free(page);
}

static void add_text(bylaw__index *index, uint32_t source, const char *text)
{
    struct words words = words_of(text);

    assert_int_equal(0, bylaw__index_add(index, source, &words.tokens, NULL));
    words_release(&words);
}

static void test_index__sees_only_what_was_finished(void **state)
{
    bylaw__index *index = NULL;
    struct bylaw__seeds seeds;

    (void)state;
    assert_int_equal(0, bylaw__index_new(&index, NULL));
    seeds = look(index, FOX);
    assert_int_equal(seeds.count, 0);
    add_text(index, 7, FOX);
    assert_int_equal(0, bylaw__index_finish(index, NULL));
    add_text(index, 3, FOX);
    bylaw__seeds_release(&seeds);
    seeds = look(index, FOX);
    assert_int_equal(seeds.count, 5);
    assert_int_equal(0, bylaw__index_finish(index, NULL));
    bylaw__seeds_release(&seeds);
    seeds = look(index, FOX);
    assert_int_equal(seeds.count, 10);
    assert_int_equal(seeds.items[0].source, 3);
    assert_int_equal(seeds.items[5].source, 7);
    bylaw__seeds_release(&seeds);
    bylaw__index_free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_index__finds_each_shared_shingle),
        cmocka_unit_test(test_index__needs_five_words),
        cmocka_unit_test(test_index__orders_by_source_page_word_source_word),
        cmocka_unit_test(test_index__lets_shingles_cross_blocks),
        cmocka_unit_test(test_index__keeps_frame_and_article_apart),
        cmocka_unit_test(test_index__tells_word_boundaries_apart),
        cmocka_unit_test(test_index__reads_han_as_words),
        cmocka_unit_test(test_index__identity_is_sha256_behind_a_prefix),
        cmocka_unit_test(test_index__counts_first_64_places_of_a_shingle),
        cmocka_unit_test(test_index__skips_to_the_next_source_past_the_64th),
        cmocka_unit_test(test_index__screens_out_nearly_all_foreign_shingles),
        cmocka_unit_test(test_index__finds_all_of_a_large_source),
        cmocka_unit_test(test_index__sees_only_what_was_finished),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
