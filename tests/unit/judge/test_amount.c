/* SPDX-License-Identifier: Apache-2.0 */
/* How much of the article is there, and whether its words are its words. */
#include "unit/judge/fixtures.h"

/* A source of a heading and eight paragraphs of 30 words, 100 bytes each. */
#define PARAGRAPHS      8
#define PARAGRAPH_BYTES 100

static struct bylaw_source_block blocks[PARAGRAPHS + 1];

static void start(struct page *p, const char *id,
                  const struct bylaw_param *params, size_t count)
{
    struct bylaw_term *term;

    memset(blocks, 0, sizeof(blocks));
    for (uint32_t i = 0; i <= PARAGRAPHS; i++) {
        blocks[i].bytes = (struct bylaw_range){i * PARAGRAPH_BYTES,
                                               (i + 1) * PARAGRAPH_BYTES - 2};
        blocks[i].words = i ? 30 : 7;
        blocks[i].is_label = !i;
        blocks[i].is_body = true;
    }
    page_start(p);
    p->source.blocks = blocks;
    p->source.block_count = PARAGRAPHS + 1;
    term = add_term(p, id, BYLAW_FORCE_MUST);
    term->params = params;
    term->param_count = count;
}

/* The page carries so many paragraphs from the article's beginning. */
static void add_paragraphs(struct page *p, uint32_t count)
{
    for (uint32_t i = 1; i <= count; i++) {
        add_copied(p, COPIED);
        p->spans[i - 1].source = blocks[i].bytes;
    }
    p->match.copied_words = count * 30;
    p->match.source_coverage = count / (double)PARAGRAPHS;
    p->match.class = count == PARAGRAPHS ? BYLAW_MATCH_FULL
                     : count > 2         ? BYLAW_MATCH_PARTIAL
                                         : BYLAW_MATCH_EXCERPT;
}

/* So many words of the source, from that byte on, are not on the page. */
static void leave_out(struct page *p, uint32_t begin, uint32_t end,
                      uint32_t words)
{
    struct bylaw_edit *edit = &p->edits[p->match.edit_count++];

    edit->kind = BYLAW_EDIT_DELETED;
    edit->change = BYLAW_CHANGE_REMOVED_BLOCK;
    edit->source = (struct bylaw_range){begin, end};
    edit->source_words = words;
}

/* -------------------------------------------------------- excerpt.limit */

static void check_limit(const char *name, const char *value, uint32_t count,
                        const char *want, const char *says)
{
    struct bylaw_param param = {name, value};
    struct page p;

    start(&p, "excerpt.limit", &param, 1);
    add_paragraphs(&p, count);
    check_term(&p, "excerpt.limit", want, says);
}

static void test_limit__of_words_has_a_tenth_of_slack(void **s)
{
    (void)s;
    check_limit("words", "90", 3, PASS, "90 words where 90 are granted");
    check_limit("words", "85", 3, UNKNOWN, "how one counts");
    check_limit("words", "80", 3, FAIL, "More was copied");
}

static void test_limit__of_percent_is_of_the_article(void **s)
{
    (void)s;
    check_limit("percent", "50", 4, PASS, NULL);
    check_limit("percent", "48", 4, UNKNOWN, NULL);
    check_limit("percent", "25", 4, FAIL, "50 %");
}

static void test_limit__of_paragraphs_counts_from_the_beginning(void **s)
{
    static const struct bylaw_param three = {"paragraphs", "3"};
    struct page p;

    (void)s;
    check_limit("paragraphs", "3", 3, PASS, NULL);
    check_limit("paragraphs", "3", 4, FAIL, "up to number 4");
    start(&p, "excerpt.limit", &three, 1);
    add_paragraphs(&p, 2);
    p.spans[1].source = blocks[7].bytes;
    check_term(&p, "excerpt.limit", FAIL, "up to number 7");
}

static void test_limit__passed_by_one_short_paragraph_is_unknown(void **s)
{
    static const struct bylaw_param three = {"paragraphs", "3"};
    struct page p;

    (void)s;
    start(&p, "excerpt.limit", &three, 1);
    add_paragraphs(&p, 4);
    blocks[2].words = 8;
    check_term(&p, "excerpt.limit", UNKNOWN, "how one counts");
}

static void test_limit__of_a_source_without_paragraphs_is_unknown(void **s)
{
    static const struct bylaw_param three = {"paragraphs", "3"};
    struct page p;

    (void)s;
    start(&p, "excerpt.limit", &three, 1);
    add_paragraphs(&p, 3);
    p.source.block_count = 0;
    check_term(&p, "excerpt.limit", UNKNOWN, NULL);
}

static void test_limit__of_several_the_gravest_counts(void **s)
{
    static const struct bylaw_param both[] = {{"paragraphs", "4"},
                                              {"words", "60"}};
    struct page p;

    (void)s;
    start(&p, "excerpt.limit", both, 2);
    add_paragraphs(&p, 3);
    check_term(&p, "excerpt.limit", FAIL, "90 words");
}

static void test_limit__passed_lies_outside_the_grant(void **s)
{
    static const struct bylaw_param three = {"paragraphs", "3"};
    struct page p;

    (void)s;
    start(&p, "excerpt.limit", &three, 1);
    add_paragraphs(&p, 8);
    check_verdict(&p, BYLAW_VERDICT_OUTSIDE_GRANT, "More was copied");
}

static void test_limit__of_nothing_does_not_arise(void **s)
{
    struct page p;

    (void)s;
    start(&p, "excerpt.limit", NULL, 0);
    add_paragraphs(&p, 8);
    check_term(&p, "excerpt.limit", MOOT, "names no amount");
}

static void test_limit__of_half_a_page_is_unknown_or_broken(void **s)
{
    static const struct bylaw_param three = {"paragraphs", "3"};
    struct page p;

    (void)s;
    start(&p, "excerpt.limit", &three, 1);
    add_paragraphs(&p, 3);
    incomplete(&p);
    check_term(&p, "excerpt.limit", UNKNOWN, "not read whole");
    start(&p, "excerpt.limit", &three, 1);
    add_paragraphs(&p, 6);
    incomplete(&p);
    check_term(&p, "excerpt.limit", FAIL, NULL);
}

/* ----------------------------------------------------- excerpt.continue */

static void check_continue(const char *before, const char *after,
                           const struct bylaw_param *param, const char *want)
{
    struct page p;

    start(&p, "excerpt.continue", param, param ? 1 : 0);
    add(&p, BYLAW_ZONE_BODY, before);
    add_paragraphs(&p, 2);
    add(&p, BYLAW_ZONE_BODY, after);
    check_term(&p, "excerpt.continue", want, NULL);
}

static void test_continue__is_a_link_behind_the_excerpt(void **s)
{
    static const struct bylaw_param words = {"text", "the full story"};

    (void)s;
    check_continue("x", "[Go on](" ARTICLE ")", NULL, PASS);
    check_continue("x", "[Go on](" HOME ")", NULL, FAIL);
    check_continue("x", "Go on", NULL, FAIL);
    check_continue("x", "[Go on](" ARTICLE "|hidden)", NULL, FAIL);
    check_continue("x", "[Go on](" ARTICLE "|doubtful)", NULL, UNKNOWN);
    check_continue("x", "[Go on](https://bit.ly/abc)", NULL, UNKNOWN);
    check_continue("x", "Read [the full story](" ARTICLE ") there", &words,
                   PASS);
    check_continue("x", "Source: [GR](" ARTICLE ")", &words, PARTIAL);
}

static void test_continue__before_the_excerpt_is_half_of_it(void **s)
{
    (void)s;
    check_continue("First published [there](" ARTICLE ")", "x", NULL, PARTIAL);
    check_continue("Continue reading: [there](" ARTICLE ")", "x", NULL, PASS);
}

static void test_continue__does_not_arise_for_a_whole_article(void **s)
{
    struct page p;

    (void)s;
    start(&p, "excerpt.continue", NULL, 0);
    add_paragraphs(&p, 8);
    check_term(&p, "excerpt.continue", MOOT, "whole article");
}

/* ------------------------------------------------------------ keep.whole */

static void check_whole(uint32_t words, uint32_t begin, const char *want)
{
    struct page p;

    start(&p, "keep.whole", NULL, 0);
    add_paragraphs(&p, 7);
    leave_out(&p, begin, begin + 90, words);
    check_term(&p, "keep.whole", want, NULL);
}

static void test_whole__misses_no_paragraph(void **s)
{
    struct page p;

    (void)s;
    start(&p, "keep.whole", NULL, 0);
    add_paragraphs(&p, 8);
    check_term(&p, "keep.whole", PASS, "whole article");
    for (uint32_t begin = 200; begin <= 800; begin += 600) {
        check_whole(15, begin, PASS);
        check_whole(16, begin, UNKNOWN);
        check_whole(39, begin, UNKNOWN);
        check_whole(40, begin, FAIL);
    }
}

/* A paragraph that gave way to a line of something else is missing too. */
static void test_whole__misses_what_gave_way_to_less(void **s)
{
    struct bylaw_edit edit = {.kind = BYLAW_EDIT_REPLACED,
                              .change = BYLAW_CHANGE_SUBSTANTIVE,
                              .source = {300, 390},
                              .source_words = 60};
    struct page p;

    (void)s;
    start(&p, "keep.whole", NULL, 0);
    add_paragraphs(&p, 8);
    p.match.edits = &edit;
    p.match.edit_count = 1;
    edit.page_words = 60;
    check_term(&p, "keep.whole", PASS, NULL);
    edit.page_words = 40;
    check_term(&p, "keep.whole", UNKNOWN, "20 words");
    edit.page_words = 5;
    check_term(&p, "keep.whole", FAIL, "55 words");
}

static void test_whole__leaves_frame_and_permitted_cuts_aside(void **s)
{
    static const char *const permitted[] = {"removed-block"};
    struct page p;

    (void)s;
    start(&p, "keep.whole", NULL, 0);
    add_paragraphs(&p, 7);
    leave_out(&p, 800, 890, 60);
    check_term(&p, "keep.whole", FAIL, NULL);
    blocks[PARAGRAPHS].is_furniture = true;
    check_term(&p, "keep.whole", PASS, NULL);
    blocks[PARAGRAPHS].is_furniture = false;
    p.rule.permitted_changes = permitted;
    p.rule.permitted_change_count = 1;
    check_term(&p, "keep.whole", PASS, NULL);
}

static void test_whole__is_unknown_on_half_a_page(void **s)
{
    struct page p;

    (void)s;
    start(&p, "keep.whole", NULL, 0);
    add_paragraphs(&p, 5);
    leave_out(&p, 600, 890, 90);
    incomplete(&p);
    check_term(&p, "keep.whole", UNKNOWN, "proves nothing");
    p.match.class = BYLAW_MATCH_TRANSLATION;
    check_term(&p, "keep.whole", UNKNOWN, "translated");
}

/* --------------------------------------------------------- no.alteration */

static void check_alteration(uint32_t words, bool is_cut, const char *want)
{
    struct page p;

    start(&p, "no.alteration", NULL, 0);
    add_paragraphs(&p, 7);
    p.match.class = BYLAW_MATCH_FULL;
    leave_out(&p, is_cut ? 800 : 300, is_cut ? 890 : 390, words);
    check_term(&p, "no.alteration", want, NULL);
}

static void test_alteration__is_a_change_and_not_an_excerpt(void **s)
{
    (void)s;
    check_alteration(9, false, UNKNOWN);
    check_alteration(10, false, FAIL);
    check_alteration(30, true, PASS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limit__of_words_has_a_tenth_of_slack),
        cmocka_unit_test(test_limit__of_percent_is_of_the_article),
        cmocka_unit_test(test_limit__of_paragraphs_counts_from_the_beginning),
        cmocka_unit_test(test_limit__passed_by_one_short_paragraph_is_unknown),
        cmocka_unit_test(test_limit__of_a_source_without_paragraphs_is_unknown),
        cmocka_unit_test(test_limit__of_several_the_gravest_counts),
        cmocka_unit_test(test_limit__passed_lies_outside_the_grant),
        cmocka_unit_test(test_limit__of_nothing_does_not_arise),
        cmocka_unit_test(test_limit__of_half_a_page_is_unknown_or_broken),
        cmocka_unit_test(test_continue__is_a_link_behind_the_excerpt),
        cmocka_unit_test(test_continue__before_the_excerpt_is_half_of_it),
        cmocka_unit_test(test_continue__does_not_arise_for_a_whole_article),
        cmocka_unit_test(test_whole__misses_no_paragraph),
        cmocka_unit_test(test_whole__misses_what_gave_way_to_less),
        cmocka_unit_test(test_whole__leaves_frame_and_permitted_cuts_aside),
        cmocka_unit_test(test_whole__is_unknown_on_half_a_page),
        cmocka_unit_test(test_alteration__is_a_change_and_not_an_excerpt),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
