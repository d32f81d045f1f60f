/* SPDX-License-Identifier: Apache-2.0 */
/* How copied text is found: coverage, spans, order, what does not count. */
#include "unit/match/matching.h"

/** What a match must be; coverages within a hundredth. */
struct want {
    enum bylaw_match_class class;
    double source_coverage;
    size_t spans;
};

static void check_match(const char *page, const char *source, struct want want)
{
    struct pairing pair;

    pair_up(&pair, page, source);
    assert_string_equal(bylaw_match_class_name(pair.match->class),
                        bylaw_match_class_name(want.class));
    if (want.source_coverage < pair.match->source_coverage - 0.011 ||
        want.source_coverage > pair.match->source_coverage + 0.011)
        fail_msg("coverage %.3f, wanted %.3f", pair.match->source_coverage,
                 want.source_coverage);
    assert_int_equal(pair.match->span_count, want.spans);
    pair_release(&pair);
}

/* page: pieces of prose by seed, 0 ends; each of so many words. */
struct piece {
    uint64_t seed;
    unsigned words;
    const char *before, *after; /* marks around it */
};

static char *compose(const struct piece *pieces)
{
    struct bylaw__buf text = {0};

    bylaw__buf_add_text(&text, "");
    for (; pieces->words; pieces++) {
        bylaw__buf_add_text(&text, pieces->before);
        put_prose(&text, pieces->seed, pieces->words);
        bylaw__buf_add_text(&text, pieces->after);
    }
    return bylaw__buf_take(&text, NULL);
}

static void check_pieces(const struct piece *page, const struct piece *source,
                         struct want want)
{
    char *page_text = compose(page), *source_text = compose(source);

    check_match(page_text, source_text, want);
    free(page_text);
    free(source_text);
}

#define PLAIN(seed, words)                                                     \
    {                                                                          \
        (seed), (words), "", ""                                                \
    }
#define MARKED(seed, words, open, close)                                       \
    {                                                                          \
        (seed), (words), (open), (close)                                       \
    }
#define PIECES(...)       ((const struct piece[]){__VA_ARGS__, PLAIN(0, 0)})
#define WANT(c, share, n) ((struct want){BYLAW_MATCH_##c, (share), (n)})

static void test_match__verbatim_copy_is_full(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(9, 200), PLAIN(1, 400), PLAIN(8, 200)),
                 PIECES(PLAIN(1, 400)), WANT(FULL, 1.0, 1));
}

static void test_match__nothing_shared_is_none(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(9, 400)), PIECES(PLAIN(1, 400)),
                 WANT(NONE, 0, 0));
    check_match("", "", WANT(NONE, 0, 0));
    check_match("a", "", WANT(NONE, 0, 0));
    check_match("", "a", WANT(NONE, 0, 0));
}

/* Every tenth word another: the shingles halve, the coverage does not. */
static void test_match__one_word_changed_in_ten_covers_nine_tenths(void **state)
{
    struct bylaw__buf page = {0};
    char *source = prose(1, 600), *save = NULL, *copy = strdup(source);
    unsigned n = 0;

    (void)state;
    for (char *word = strtok_r(copy, " ", &save); word;
         word = strtok_r(NULL, " ", &save))
        bylaw__buf_printf(&page, "%s ", n++ % 10 == 7 ? "changed" : word);
    check_match(page.ptr, source, WANT(FULL, 0.91, 1));
    bylaw__buf_release(&page);
    free(copy);
    free(source);
}

static void test_match__reordered_paragraphs_stay_matched(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(3, 200), PLAIN(1, 200), PLAIN(2, 200)),
                 PIECES(PLAIN(1, 200), PLAIN(2, 200), PLAIN(3, 200)),
                 WANT(FULL, 1.0, 2));
}

static void test_match__head_or_tail_cut_is_partial(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(1, 200), PLAIN(7, 300)),
                 PIECES(PLAIN(1, 200), PLAIN(2, 200)), WANT(PARTIAL, 0.5, 1));
    check_pieces(PIECES(PLAIN(7, 300), PLAIN(2, 200)),
                 PIECES(PLAIN(1, 200), PLAIN(2, 200)), WANT(PARTIAL, 0.5, 1));
}

static void test_match__little_of_much_is_excerpt(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(7, 300), PLAIN(1, 80)),
                 PIECES(PLAIN(1, 80), PLAIN(2, 720)), WANT(EXCERPT, 0.1, 1));
}

static void test_match__two_copies_cover_once(void **state)
{
    struct pairing pair;
    char *source = prose(1, 200);
    char *page = compose(PIECES(PLAIN(1, 200), PLAIN(7, 200), PLAIN(1, 200)));

    (void)state;
    pair_up(&pair, page, source);
    assert_int_equal(pair.match->copied_words, 200);
    assert_int_equal(pair.match->span_count, 2);
    assert_true(pair.match->source_coverage == 1.0);
    assert_int_equal(pair.match->edit_count, 0);
    pair_release(&pair);
    free(page);
    free(source);
}

static void test_match__inserted_paragraph_keeps_one_span(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(1, 200), PLAIN(7, 40), PLAIN(2, 200)),
                 PIECES(PLAIN(1, 200), PLAIN(2, 200)), WANT(FULL, 1.0, 1));
}

static void test_match__a_far_apart_pair_of_passages_is_two_spans(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(1, 200), PLAIN(7, 400), PLAIN(2, 200)),
                 PIECES(PLAIN(1, 200), PLAIN(2, 200)), WANT(FULL, 1.0, 2));
}

static void test_match__removed_paragraph_lowers_coverage(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(1, 200), PLAIN(3, 160)),
                 PIECES(PLAIN(1, 200), PLAIN(2, 40), PLAIN(3, 160)),
                 WANT(FULL, 0.9, 1));
}

static void test_match__quotation_is_its_own_class(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(7, 300), MARKED(1, 60, "\"", "\""),
                        PLAIN(8, 300)),
                 PIECES(PLAIN(1, 60), PLAIN(2, 600)), WANT(QUOTATION, 0.09, 1));
}

static void test_match__quotation_counts_from_25_words_on(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(7, 300), MARKED(1, 24, "\"", "\"")),
                 PIECES(PLAIN(1, 24), PLAIN(2, 600)), WANT(NONE, 0.04, 1));
    check_pieces(PIECES(PLAIN(7, 300), MARKED(1, 25, "\"", "\"")),
                 PIECES(PLAIN(1, 25), PLAIN(2, 600)), WANT(QUOTATION, 0.04, 1));
}

static void test_match__a_repost_inside_a_blockquote_is_a_repost(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(7, 100), MARKED(1, 600, "\"", "\"")),
                 PIECES(PLAIN(1, 600)), WANT(FULL, 1.0, 1));
}

static void
test_match__a_quotation_that_both_carry_is_nobodys_copy(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(7, 200), MARKED(5, 120, "\"", "\""),
                        PLAIN(8, 100)),
                 PIECES(PLAIN(1, 200), MARKED(5, 120, "\"", "\""),
                        PLAIN(2, 100)),
                 WANT(NONE, 0.286, 1));
}

static void test_match__quotations_of_the_source_count_in_a_copy(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(1, 200), MARKED(5, 120, "\"", "\""),
                        PLAIN(2, 100)),
                 PIECES(PLAIN(1, 200), MARKED(5, 120, "\"", "\""),
                        PLAIN(2, 100)),
                 WANT(FULL, 1.0, 1));
}

static void test_match__shared_furniture_alone_is_none(void **state)
{
    struct pairing pair;
    char *source = compose(PIECES(PLAIN(1, 300), MARKED(5, 80, "{", "}")));
    char *page = compose(PIECES(PLAIN(7, 300), PLAIN(5, 80)));

    (void)state;
    pair_up(&pair, page, source);
    assert_int_equal(pair.match->class, BYLAW_MATCH_NONE);
    assert_int_equal(pair.match->furniture_words, 80);
    assert_int_equal(pair.match->copied_words, 0);
    pair_release(&pair);
    free(page);
    free(source);
}

static void test_match__furniture_left_out_costs_no_coverage(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(1, 300)),
                 PIECES(PLAIN(1, 300), MARKED(5, 80, "{", "}")),
                 WANT(FULL, 1.0, 1));
    check_pieces(PIECES(PLAIN(1, 120), PLAIN(2, 120)),
                 PIECES(PLAIN(1, 120), MARKED(5, 20, "{", "}"), PLAIN(2, 120)),
                 WANT(FULL, 1.0, 1));
}

static void test_match__strength_starts_at_forty_words(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(7, 300), PLAIN(1, 39)),
                 PIECES(PLAIN(1, 39), PLAIN(2, 600)), WANT(NONE, 0.06, 1));
    check_pieces(PIECES(PLAIN(7, 300), PLAIN(1, 40)),
                 PIECES(PLAIN(1, 40), PLAIN(2, 600)), WANT(EXCERPT, 0.06, 1));
}

static void test_match__a_short_source_needs_three_fifths(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(7, 300), PLAIN(1, 30)), PIECES(PLAIN(1, 30)),
                 WANT(FULL, 1.0, 1));
    check_pieces(PIECES(PLAIN(7, 300), PLAIN(1, 18)),
                 PIECES(PLAIN(1, 18), PLAIN(2, 12)), WANT(PARTIAL, 0.6, 1));
    check_pieces(PIECES(PLAIN(7, 300), PLAIN(1, 17)),
                 PIECES(PLAIN(1, 17), PLAIN(2, 13)), WANT(NONE, 0.567, 1));
}

static void test_match__classes_change_at_their_thresholds(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(1, 850)), PIECES(PLAIN(1, 850), PLAIN(2, 150)),
                 WANT(FULL, 0.85, 1));
    check_pieces(PIECES(PLAIN(1, 849)), PIECES(PLAIN(1, 849), PLAIN(2, 151)),
                 WANT(PARTIAL, 0.849, 1));
    check_pieces(PIECES(PLAIN(1, 300)), PIECES(PLAIN(1, 300), PLAIN(2, 700)),
                 WANT(PARTIAL, 0.3, 1));
    check_pieces(PIECES(PLAIN(1, 299)), PIECES(PLAIN(1, 299), PLAIN(2, 701)),
                 WANT(EXCERPT, 0.299, 1));
}

static void test_match__page_coverage_counts_main_text_only(void **state)
{
    struct pairing pair;
    char *source = prose(1, 200);
    char *page = compose(PIECES(MARKED(8, 500, "<", ">"), PLAIN(1, 200),
                                PLAIN(7, 200), MARKED(9, 300, "(", ")")));

    (void)state;
    pair_up(&pair, page, source);
    assert_true(pair.match->page_coverage > 0.49);
    assert_true(pair.match->page_coverage < 0.51);
    pair_release(&pair);
    free(page);
    free(source);
}

static void test_match__hidden_copies_are_copies(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(7, 200), MARKED(1, 200, "(", ")")),
                 PIECES(PLAIN(1, 200)), WANT(FULL, 1.0, 1));
}

static void test_match__longest_run_ends_at_a_change(void **state)
{
    struct pairing pair;
    char *page = compose(PIECES(PLAIN(1, 80), PLAIN(2, 120)));
    char *source = compose(PIECES(PLAIN(1, 80), PLAIN(5, 1), PLAIN(2, 120)));

    (void)state;
    pair_up(&pair, page, source);
    assert_int_equal(pair.match->longest_run, 120);
    pair_release(&pair);
    free(page);
    free(source);
}

static void test_match__reads_han(void **state)
{
    static const char text[] =
        "记者昨天在北京报道说政府计划明年投资建设新的铁路连接西部三个省份"
        "当地居民表示欢迎但是环保组织担心工程会影响自然保护区的野生动物";
    (void)state;
    check_match(text, text, WANT(FULL, 1.0, 1));
}

static void test_match__quotation_is_little_in_words_or_in_share(void **state)
{
    (void)state;
    check_pieces(PIECES(MARKED(1, 150, "\"", "\"")),
                 PIECES(PLAIN(1, 150), PLAIN(2, 150)), WANT(QUOTATION, 0.5, 1));
    check_pieces(PIECES(MARKED(1, 151, "\"", "\"")),
                 PIECES(PLAIN(1, 151), PLAIN(2, 149)), WANT(PARTIAL, 0.503, 1));
    check_pieces(PIECES(MARKED(1, 200, "\"", "\"")),
                 PIECES(PLAIN(1, 200), PLAIN(2, 600)),
                 WANT(QUOTATION, 0.25, 1));
    check_pieces(PIECES(MARKED(1, 201, "\"", "\"")),
                 PIECES(PLAIN(1, 201), PLAIN(2, 599)), WANT(EXCERPT, 0.251, 1));
}

static void test_match__a_pulled_quote_is_no_second_copy(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(1, 39), PLAIN(7, 200), PLAIN(1, 39),
                        PLAIN(2, 200)),
                 PIECES(PLAIN(1, 39), PLAIN(2, 200)), WANT(FULL, 1.0, 1));
    check_pieces(PIECES(PLAIN(1, 40), PLAIN(7, 200), PLAIN(1, 40),
                        PLAIN(2, 200)),
                 PIECES(PLAIN(1, 40), PLAIN(2, 200)), WANT(FULL, 1.0, 2));
}

static void test_match__the_pages_frame_does_not_part_a_span(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(1, 100), MARKED(7, 100, "<", ">"), PLAIN(2, 100)),
                 PIECES(PLAIN(1, 100), PLAIN(2, 100)), WANT(FULL, 1.0, 1));
    check_pieces(PIECES(PLAIN(1, 100), PLAIN(7, 100), PLAIN(2, 100)),
                 PIECES(PLAIN(1, 100), PLAIN(2, 100)), WANT(FULL, 1.0, 2));
}

/*
 * Bits of the source far apart, the last first: so many, of so many words.
 * skip: the word of each bit that the page has otherwise, or 0.
 */
static void check_scattered(unsigned bits, unsigned words, unsigned skip,
                            struct want want)
{
    struct bylaw__buf page = {0}, source = {0};

    for (unsigned i = 0; i < 1000; i++)
        bylaw__buf_printf(&source, "s%u ", i);
    for (unsigned bit = bits; bit-- > 0;)
        for (unsigned i = 0; i < 60; i++)
            bylaw__buf_printf(&page,
                              i < words && (!skip || i != skip) ? "s%u "
                                                                : "p%u ",
                              bit * 90 + i);
    check_match(page.ptr, source.ptr, want);
    bylaw__buf_release(&page);
    bylaw__buf_release(&source);
}

static void test_match__needs_runs_of_eight_or_two_in_a_row(void **state)
{
    (void)state;
    check_scattered(10, 7, 0, WANT(NONE, 0, 0));
    check_scattered(10, 8, 0, WANT(EXCERPT, 0.08, 10));
    check_scattered(4, 11, 5, WANT(EXCERPT, 0.04, 4));
}

static void
test_match__own_words_and_shared_quotation_do_not_add_up(void **state)
{
    (void)state;
    check_pieces(PIECES(PLAIN(1, 39), MARKED(5, 100, "\"", "\"")),
                 PIECES(PLAIN(1, 39), MARKED(5, 100, "\"", "\""),
                        PLAIN(2, 300)),
                 WANT(NONE, 0.317, 1));
}

/* A phrase that comes again and again must not part the chain of the rest. */
static void test_match__a_refrain_leaves_one_span(void **state)
{
    struct bylaw__buf text = {0};

    (void)state;
    for (unsigned i = 0; i < 300; i++) {
        put_prose(&text, i + 1, 9);
        bylaw__buf_add_text(&text, "we shall overcome some day they sang ");
    }
    check_match(text.ptr, text.ptr, WANT(FULL, 1.0, 1));
    bylaw__buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_match__verbatim_copy_is_full),
        cmocka_unit_test(test_match__nothing_shared_is_none),
        cmocka_unit_test(
            test_match__one_word_changed_in_ten_covers_nine_tenths),
        cmocka_unit_test(test_match__reordered_paragraphs_stay_matched),
        cmocka_unit_test(test_match__head_or_tail_cut_is_partial),
        cmocka_unit_test(test_match__little_of_much_is_excerpt),
        cmocka_unit_test(test_match__two_copies_cover_once),
        cmocka_unit_test(test_match__inserted_paragraph_keeps_one_span),
        cmocka_unit_test(test_match__a_far_apart_pair_of_passages_is_two_spans),
        cmocka_unit_test(test_match__removed_paragraph_lowers_coverage),
        cmocka_unit_test(test_match__quotation_is_its_own_class),
        cmocka_unit_test(test_match__quotation_counts_from_25_words_on),
        cmocka_unit_test(test_match__a_repost_inside_a_blockquote_is_a_repost),
        cmocka_unit_test(
            test_match__a_quotation_that_both_carry_is_nobodys_copy),
        cmocka_unit_test(test_match__quotations_of_the_source_count_in_a_copy),
        cmocka_unit_test(test_match__shared_furniture_alone_is_none),
        cmocka_unit_test(test_match__furniture_left_out_costs_no_coverage),
        cmocka_unit_test(test_match__strength_starts_at_forty_words),
        cmocka_unit_test(test_match__a_short_source_needs_three_fifths),
        cmocka_unit_test(test_match__classes_change_at_their_thresholds),
        cmocka_unit_test(test_match__page_coverage_counts_main_text_only),
        cmocka_unit_test(test_match__hidden_copies_are_copies),
        cmocka_unit_test(test_match__longest_run_ends_at_a_change),
        cmocka_unit_test(test_match__reads_han),
        cmocka_unit_test(test_match__quotation_is_little_in_words_or_in_share),
        cmocka_unit_test(test_match__a_pulled_quote_is_no_second_copy),
        cmocka_unit_test(test_match__the_pages_frame_does_not_part_a_span),
        cmocka_unit_test(test_match__needs_runs_of_eight_or_two_in_a_row),
        cmocka_unit_test(
            test_match__own_words_and_shared_quotation_do_not_add_up),
        cmocka_unit_test(test_match__a_refrain_leaves_one_span),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
