/* SPDX-License-Identifier: Apache-2.0 */
/* Texts made to cost much: they end, and what they give is sound. */
#include "unit/match/matching.h"

static char *repeat(const char *text, size_t count)
{
    struct bylaw__buf out = {0};

    for (size_t i = 0; i < count; i++)
        bylaw__buf_add_text(&out, text);
    return bylaw__buf_take(&out, NULL);
}

/* Pairs the two, checks the invariants, returns the words copied. */
static uint32_t copied(const char *page, const char *source)
{
    struct pairing pair;
    uint32_t words;

    pair_up(&pair, page, source);
    words = pair.match->copied_words;
    pair_release(&pair);
    return words;
}

static void test_match_torture__one_word_over_and_over(void **state)
{
    char *text = repeat("the ", 100000);

    (void)state;
    assert_int_equal(copied(text, text), 100000);
    free(text);
}

static void test_match_torture__short_periods(void **state)
{
    char *page = repeat("the cat and a dog in one ", 25000);
    char *source = repeat("the cat and a dog in two one ", 20000);

    (void)state;
    assert_true(copied(page, source) > 0);
    free(page);
    free(source);
}

static void test_match_torture__a_page_that_repeats_the_source(void **state)
{
    char *source = prose(1, 380), *page = repeat(source, 500);

    (void)state;
    assert_int_equal(copied(page, source), 380);
    assert_int_equal(copied(source, page), 380);
    free(page);
    free(source);
}

/* Five words shared, one not, all along: as many runs as can be. */
static void test_match_torture__many_short_runs(void **state)
{
    struct bylaw__buf page = {0}, source = {0};
    uint64_t numbers = 5;

    (void)state;
    for (unsigned i = 0; i < 30000; i++) {
        uint32_t n = next_number(&numbers) % 200;

        bylaw__buf_printf(&page, "a%u b%u c%u d%u e%u x%u ", n, n, n, n, n, i);
        n = next_number(&numbers) % 200;
        bylaw__buf_printf(&source, "a%u b%u c%u d%u e%u y%u ", n, n, n, n, n,
                          i);
    }
    copied(page.ptr, source.ptr);
    bylaw__buf_release(&page);
    bylaw__buf_release(&source);
}

static void test_match_torture__paragraphs_shuffled(void **state)
{
    struct bylaw__buf page = {0}, source = {0};

    (void)state;
    for (unsigned i = 0; i < 4000; i++) {
        put_prose(&page, (i * 1607 + 3) % 4000, 40);
        put_prose(&source, i, 40);
    }
    assert_int_equal(copied(page.ptr, source.ptr), 160000);
    bylaw__buf_release(&page);
    bylaw__buf_release(&source);
}

static void test_match_torture__seeds_out_of_range_are_no_seeds(void **state)
{
    struct words page = words_of("a b c d e f"), source = words_of("a b c");
    const struct bylaw__seed seeds[] = {{0, 0, 0}, {0, 9, 1}, {0, 1, 999}};
    struct bylaw_match *match = NULL;

    (void)state;
    assert_int_equal(0, bylaw__match_align(&match, &page.tokens, &source.tokens,
                                           seeds, 3, true, NULL));
    assert_int_equal(match->class, BYLAW_MATCH_NONE);
    bylaw_match_free(match);
    words_release(&page);
    words_release(&source);
}

/* Two runs over the same texts: every number the same. */
static void test_match_torture__same_texts_same_match(void **state)
{
    struct bylaw__buf page = {0}, source = {0};
    struct pairing a, b;

    (void)state;
    for (unsigned i = 0; i < 100; i++) {
        put_prose(&page, i * 7 % 100, 35);
        put_prose(&source, i, 40);
    }
    pair_up(&a, page.ptr, source.ptr);
    pair_up(&b, page.ptr, source.ptr);
    assert_int_equal(a.match->span_count, b.match->span_count);
    assert_int_equal(a.match->edit_count, b.match->edit_count);
    for (size_t i = 0; i < a.match->edit_count; i++)
        assert_int_equal(a.match->edits[i].page.begin,
                         b.match->edits[i].page.begin);
    pair_release(&a);
    pair_release(&b);
    bylaw__buf_release(&page);
    bylaw__buf_release(&source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_match_torture__one_word_over_and_over),
        cmocka_unit_test(test_match_torture__short_periods),
        cmocka_unit_test(test_match_torture__a_page_that_repeats_the_source),
        cmocka_unit_test(test_match_torture__many_short_runs),
        cmocka_unit_test(test_match_torture__paragraphs_shuffled),
        cmocka_unit_test(test_match_torture__seeds_out_of_range_are_no_seeds),
        cmocka_unit_test(test_match_torture__same_texts_same_match),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
