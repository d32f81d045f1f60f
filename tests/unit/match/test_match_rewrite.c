/* SPDX-License-Identifier: Apache-2.0 */
/* What a page says in other words: told apart from copying, and only where it
 * is there. */
#include "unit/match/matching.h"

static const char HARBOUR[] =
    "The harbour authority of Lindesund closed its northern pier on Tuesday "
    "after divers found cracks in eleven of the concrete pillars. Engineers "
    "from the university will examine the damage during the coming week. "
    "Until their report is ready, ferries to the outer islands depart from "
    "the fish market instead. The fishermen, whose boats lie there, complain "
    "that nobody asked them before the decision was announced. Mayor Karin "
    "Holt promised compensation for every boat that has to be moved.";

/* The same told anew, sentence by sentence. */
static const char HARBOUR_RETOLD[] =
    "On Tuesday Lindesund's harbour authority shut the northern pier because "
    "cracks were discovered by divers in eleven concrete pillars. The damage "
    "is to be examined by university engineers over the coming week. Ferries "
    "going to the outer islands meanwhile leave from the fish market, until "
    "the report of the engineers is there. Fishermen with boats at the market "
    "complained: before announcing its decision, nobody had asked them. "
    "Compensation for each boat that must move was promised by mayor Karin "
    "Holt.";

/* Another story of the same harbour. */
static const char REGATTA[] =
    "Forty crews are expected at the regatta which the sailing club opens on "
    "Saturday in front of the old harbour. Visitors can follow the first race "
    "from the promenade, where the town band plays from noon. The winners "
    "receive their prizes in the evening, and fireworks end the day. Because "
    "of the crowds the ferries to the outer islands sail every half hour.";

static const char LIBRARY[] =
    "Readers of the town library borrowed more poetry last year than ever "
    "before, its director said. Behind the growth stand evenings at which "
    "pupils recite their own verses to grandparents and neighbours. The "
    "council "
    "wants to give the library a second floor with rooms for such meetings.";

static char *join(const char *first, const char *second, const char *third)
{
    struct bylaw__buf text = {0};

    bylaw__buf_printf(&text, "%s\n\n%s\n\n%s", first, second, third);
    return bylaw__buf_take(&text, NULL);
}

static bool holds(const struct words *words,
                  const struct bylaw_match_span *span, bool of_page,
                  const char *wanted)
{
    struct bylaw_range bytes = of_page ? span->page : span->source;
    struct bylaw_span text = {words->text.ptr + bytes.begin,
                              bytes.end - bytes.begin};

    return bylaw__span_find(text, bylaw__span_of(wanted)) != SIZE_MAX;
}

static void
test_rewrite__retold_sentence_by_sentence_is_one_stretch(void **state)
{
    char *page = join(LIBRARY, HARBOUR_RETOLD, REGATTA);
    struct pairing pair;
    const struct bylaw_match_span *told;

    (void)state;
    pair_up(&pair, page, HARBOUR);
    assert_int_equal(pair.match->rewrite_count, 1);
    told = pair.match->rewrites;
    assert_true(holds(&pair.page, told, true, "shut the northern pier"));
    assert_true(holds(&pair.page, told, true, "promised by mayor Karin"));
    assert_true(holds(&pair.source, told, false, "closed its northern pier"));
    assert_true(holds(&pair.source, told, false, "promised compensation"));
    assert_false(holds(&pair.page, told, true, "poetry"));
    assert_false(holds(&pair.page, told, true, "fireworks"));
    pair_release(&pair);
    free(page);
}

static void test_rewrite__retelling_is_no_copying(void **state)
{
    struct pairing pair;

    (void)state;
    pair_up(&pair, HARBOUR_RETOLD, HARBOUR);
    assert_string_equal(bylaw_match_class_name(pair.match->class), "none");
    assert_true(pair.match->source_coverage < 0.2);
    assert_int_equal(pair.match->edit_count, 0);
    assert_true(pair.match->rewritten_words + pair.match->copied_words >= 60);
    pair_release(&pair);
}

static void test_rewrite__another_story_of_the_same_place_is_none(void **state)
{
    char *page = join(REGATTA, LIBRARY, "");
    struct pairing pair;

    (void)state;
    pair_up(&pair, page, HARBOUR);
    assert_int_equal(pair.match->rewrite_count, 0);
    assert_int_equal(pair.match->rewritten_words, 0);
    pair_release(&pair);
    free(page);
}

static void test_rewrite__a_plain_copy_is_told_by_its_span_alone(void **state)
{
    char *page = join(LIBRARY, HARBOUR, REGATTA);
    struct pairing pair;

    (void)state;
    pair_up(&pair, page, HARBOUR);
    assert_string_equal(bylaw_match_class_name(pair.match->class), "full");
    assert_int_equal(pair.match->rewrite_count, 0);
    pair_release(&pair);
    free(page);
}

static void
test_rewrite__copied_and_retold_parts_are_told_together(void **state)
{
    char *page = join(LIBRARY, HARBOUR_RETOLD, REGATTA);
    char *source = join(LIBRARY, HARBOUR, "");
    struct pairing pair;

    (void)state;
    pair_up(&pair, page, source);
    assert_string_equal(bylaw_match_class_name(pair.match->class), "partial");
    assert_int_equal(pair.match->rewrite_count, 1);
    assert_true(
        holds(&pair.page, pair.match->rewrites, true, "shut the north"));
    assert_true(pair.match->rewrites->edit_distance > 20);
    assert_true(pair.match->rewritten_words + pair.match->copied_words <=
                pair.source.tokens.count);
    pair_release(&pair);
    free(page);
    free(source);
}

static void test_rewrite__the_pages_frame_retells_nothing(void **state)
{
    struct words page = words_of(HARBOUR_RETOLD), source = words_of(HARBOUR);
    struct bylaw_match *match = NULL;

    (void)state;
    for (size_t w = 0; w < page.tokens.count; w++)
        page.tokens.items[w].flags |= BYLAW__TOKEN_OFF_MAIN;
    assert_int_equal(0, bylaw__match_align(&match, &page.tokens, &source.tokens,
                                           NULL, 0, true, NULL));
    assert_int_equal(match->rewrite_count, 0);
    bylaw_match_free(match);
    words_release(&page);
    words_release(&source);
}

static void test_rewrite__is_looked_for_on_demand_only(void **state)
{
    struct words page = words_of(HARBOUR_RETOLD), source = words_of(HARBOUR);
    struct bylaw_match *match = NULL;

    (void)state;
    assert_int_equal(0, bylaw__match_align(&match, &page.tokens, &source.tokens,
                                           NULL, 0, false, NULL));
    assert_int_equal(match->rewrite_count, 0);
    bylaw_match_free(match);
    words_release(&page);
    words_release(&source);
}

/* Nothing is retold by a text of one word, whatever its length. */
static void test_rewrite__one_word_again_and_again_is_bounded(void **state)
{
    struct bylaw__buf text = {0};
    struct pairing pair;

    (void)state;
    for (int i = 0; i < 40000; i++)
        bylaw__buf_add_text(&text, i % 7 ? "mill " : "mill. ");
    bylaw__buf_add_char(&text, '\0');
    pair_up(&pair, text.ptr, text.ptr);
    assert_true(pair.match->rewrite_count <= 1);
    pair_release(&pair);
    bylaw__buf_release(&text);
}

/* Chinese gives a word a character: pairs of neighbours stand for words. */
static void test_rewrite__scripts_without_spaces_are_compared_too(void **state)
{
    static const char source[] =
        "林德海港务局周二关闭了北码头，因为潜水员在十一根混凝土柱子上发现了裂缝"
        "。"
        "大学的工程师将在下周检查损坏情况。"
        "在报告完成之前，前往外岛的渡轮改从鱼市场出发。"
        "渔民抱怨说，决定公布之前没有人问过他们。";
    static const char page[] =
        "周二，林德海港务局因潜水员发现十一根混凝土柱子出现裂缝而关闭北码头。"
        "大学工程师下周将会检查损坏的情况。"
        "报告完成以前，开往外岛的渡轮从鱼市场出发。"
        "渔民抱怨决定公布前没有人问过他们。";
    struct bylaw__tokens words[2];
    struct bylaw_match *match = NULL;

    (void)state;
    for (int side = 0; side < 2; side++) {
        bylaw__tokens_init(&words[side]);
        assert_int_equal(0,
                         bylaw__tokens_add(&words[side],
                                           bylaw__span_of(side ? source : page),
                                           NULL, 0, 0, 0, NULL));
    }
    assert_int_equal(0, bylaw__match_align(&match, &words[0], &words[1], NULL,
                                           0, true, NULL));
    assert_int_equal(match->rewrite_count, 1);
    bylaw_match_free(match);
    bylaw__tokens_release(&words[0]);
    bylaw__tokens_release(&words[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_rewrite__retold_sentence_by_sentence_is_one_stretch),
        cmocka_unit_test(test_rewrite__retelling_is_no_copying),
        cmocka_unit_test(test_rewrite__another_story_of_the_same_place_is_none),
        cmocka_unit_test(test_rewrite__a_plain_copy_is_told_by_its_span_alone),
        cmocka_unit_test(
            test_rewrite__copied_and_retold_parts_are_told_together),
        cmocka_unit_test(test_rewrite__the_pages_frame_retells_nothing),
        cmocka_unit_test(test_rewrite__is_looked_for_on_demand_only),
        cmocka_unit_test(test_rewrite__one_word_again_and_again_is_bounded),
        cmocka_unit_test(test_rewrite__scripts_without_spaces_are_compared_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
