/* SPDX-License-Identifier: Apache-2.0 */
/* A copied passage has the marks at its ends where both sides have them. */
#include "index/index.h"
#include "match/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Some sixty words: a sentence that begins and ends with a mark goes in. */
#define STORY                                                                  \
    "Old Mara kept the lamp room above the harbour for thirty one winters, "   \
    "and no ship that asked her for a bearing ever came to grief on the "      \
    "Teeth, though the pilots swore she never once looked at a chart while "   \
    "she talked to them through the copper pipe that ran from her chair down " \
    "to the quay where the signal boy sat waiting with his slate and chalk"

/** The first span's text on both sides. */
struct ends {
    const char *page, *source;
};

static void add(struct bylaw__tokens *tokens, const char *text)
{
    bylaw__tokens_init(tokens);
    assert_int_equal(bylaw__tokens_add(tokens, bylaw__span_of(text), NULL, 0, 0,
                                       0, NULL),
                     0);
}

static void check_text(const char *text, struct bylaw_range range,
                       const char *want)
{
    struct bylaw_span got =
        bylaw__span_sub(bylaw__span_of(text), range.begin, range.end);

    if (!bylaw__span_eq(got, bylaw__span_of(want)))
        fail_msg("\"%.*s\"\ninstead of\n\"%s\"", (int)got.len, got.ptr, want);
}

static struct bylaw_match *align(struct bylaw__tokens *page,
                                 struct bylaw__tokens *source)
{
    struct bylaw_match *match = NULL;
    struct bylaw__seeds seeds = {0};
    bylaw__index *index = NULL;

    assert_int_equal(bylaw__index_new(&index, NULL), 0);
    assert_int_equal(bylaw__index_add(index, 0, source, NULL), 0);
    assert_int_equal(bylaw__index_finish(index, NULL), 0);
    assert_int_equal(bylaw__index_lookup(&seeds, index, page, NULL), 0);
    assert_int_equal(bylaw__match_align(&match, page, source, seeds.items,
                                        seeds.count, false, NULL),
                     0);
    bylaw__seeds_release(&seeds);
    bylaw__index_free(index);
    return match;
}

static void check_span(const char *page_text, const char *source_text,
                       struct ends want)
{
    struct bylaw__tokens page, source;
    struct bylaw_match *match;

    add(&page, page_text);
    add(&source, source_text);
    match = align(&page, &source);
    assert_int_equal(match->span_count, 1);
    check_text(page_text, match->spans[0].page, want.page);
    check_text(source_text, match->spans[0].source, want.source);
    bylaw_match_free(match);
    bylaw__tokens_release(&page);
    bylaw__tokens_release(&source);
}

static void test_span__has_the_marks_that_both_sides_have(void **state)
{
    (void)state;
    check_span("Nobody asked. \"" STORY ".\" Then rain.",
               "It was late. “" STORY ".” More followed.",
               (struct ends){"\"" STORY ".\"", "“" STORY ".”"});
}

static void test_span__leaves_out_a_mark_that_one_side_lacks(void **state)
{
    (void)state;
    check_span("Nobody asked. \"" STORY ".\" Then rain.",
               "It was late. " STORY ". More followed.",
               (struct ends){STORY ".", STORY "."});
    check_span("Nobody asked. " STORY "! Then rain.",
               "It was late. " STORY ". More followed.",
               (struct ends){STORY, STORY});
}

/* What was cut after the full stop is cut behind the span, not inside. */
static void test_edits__at_a_spans_ends_lie_outside_it(void **state)
{
    struct bylaw__tokens page, source;
    struct bylaw_match *match;

    (void)state;
    add(&page, "(" STORY ".)");
    add(&source, "It was late. (" STORY ".) Then rain.");
    match = align(&page, &source);
    assert_int_equal(match->span_count, 1);
    assert_int_equal(match->edit_count, 2);
    assert_int_equal(match->edits[0].page.end, match->spans[0].page.begin);
    assert_int_equal(match->edits[1].page.begin, match->spans[0].page.end);
    bylaw_match_free(match);
    bylaw__tokens_release(&page);
    bylaw__tokens_release(&source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_span__has_the_marks_that_both_sides_have),
        cmocka_unit_test(test_span__leaves_out_a_mark_that_one_side_lacks),
        cmocka_unit_test(test_edits__at_a_spans_ends_lie_outside_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
