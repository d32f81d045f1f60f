/* SPDX-License-Identifier: Apache-2.0 */
/* Notices and text: copyright, licence, changes, what is kept, commerce. */
#include "unit/judge/fixtures.h"

/* One line of the page, and what the duty makes of it. */
struct notice_case {
    enum bylaw_zone zone;
    const char *line;
    const char *want, *says;
};

static void check_line(const char *id, const struct notice_case *t)
{
    struct page p;

    page_start(&p);
    must(&p, id);
    p.rule.licence = "CC-BY-ND-4.0";
    add_article(&p);
    add(&p, t->zone, t->line);
    check_term(&p, id, t->want, t->says);
}

#define CHECK(id, cases)                                                       \
    for (size_t i = 0; i < sizeof(cases) / sizeof((cases)[0]); i++)            \
    check_line(id, &(cases)[i])

static void test_copyright__by_whom_the_notice_names(void **s)
{
    static const struct notice_case cases[] = {
        {BYLAW_ZONE_CREDIT, "Copyright Ahmed Adel, InfoBrics, 2023", PASS,
         "Ahmed Adel and InfoBrics"},
        {BYLAW_ZONE_CREDIT, "\xC2\xA9 InfoBrics, A. Adel", PASS, NULL},
        {BYLAW_ZONE_BODY, "(c) 2023 Ahmed Adel and InfoBrics", PASS, NULL},
        {BYLAW_ZONE_CREDIT, "Copyright InfoBrics 2023", PARTIAL,
         "leaves out Ahmed Adel"},
        {BYLAW_ZONE_CREDIT, "Copyright Global Research 2023", PARTIAL,
         "names Global Research instead"},
        {BYLAW_ZONE_CREDIT, "\xC2\xA9 2026 Example News", FAIL,
         "claimed for somebody else"},
        {BYLAW_ZONE_CREDIT, "All rights reserved.", FAIL, "not acknowledged"},
        {BYLAW_ZONE_CREDIT, "By Ahmed Adel, InfoBrics", FAIL,
         "not acknowledged"},
        {BYLAW_ZONE_FOOTER, "\xC2\xA9 2026 Example News", FAIL,
         "not acknowledged"},
        {BYLAW_ZONE_FOOTER, "\xC2\xA9 2023 InfoBrics", UNKNOWN, "footer"},
        {BYLAW_ZONE_SIDEBAR, "\xC2\xA9 Ahmed Adel, InfoBrics", UNKNOWN,
         "sidebar"},
    };

    (void)s;
    CHECK("notice.copyright", cases);
}

static void test_copyright__holders_stand_after_the_mark(void **s)
{
    static const struct notice_case cases[] = {
        {BYLAW_ZONE_CREDIT,
         "By Ahmed Adel. Source: X. Copyright \xC2\xA9 InfoBrics, 2023",
         PARTIAL, "leaves out Ahmed Adel"},
        {BYLAW_ZONE_CREDIT,
         "By Ahmed Adel. Source: InfoBrics. \xC2\xA9 Example News", FAIL,
         "claimed for somebody else"},
        {BYLAW_ZONE_CREDIT, "By Ahmed Adel, InfoBrics. \xC2\xA9 2023", PASS,
         NULL},
        {BYLAW_ZONE_CREDIT, "Ahmed Adel, InfoBrics \xC2\xA9 2023", PASS, NULL},
    };

    (void)s;
    CHECK("notice.copyright", cases);
}

static void test_notices__in_a_picture_are_unknown(void **s)
{
    static const struct {
        const char *id, *alt, *want;
    } cases[] = {
        {"notice.copyright", "\xC2\xA9 Ahmed Adel, InfoBrics", UNKNOWN},
        {"notice.copyright", "Ahmed Adel in Cairo", FAIL},
        {"notice.licence", "CC BY-ND 4.0", UNKNOWN},
        {"notice.licence",
         "Burger, by somebody, under CC BY-ND 2.0, via a wiki", FAIL},
        {"credit.author", "By Ahmed Adel", UNKNOWN},
        {"credit.author", "By Somebody Else", FAIL},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct page p;

        page_start(&p);
        must(&p, cases[i].id);
        p.rule.licence = "CC-BY-ND-4.0";
        add_article(&p);
        add_picture(&p, cases[i].alt);
        check_term(&p, cases[i].id, cases[i].want, NULL);
    }
}

/* A picture's credit near the text does not outweigh the right notice. */
static void test_copyright__other_claims_leave_the_right_one_open(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "notice.copyright");
    add(&p, BYLAW_ZONE_CREDIT, "Photo \xC2\xA9 Example News");
    add_article(&p);
    add(&p, BYLAW_ZONE_SIDEBAR, "\xC2\xA9 Ahmed Adel, InfoBrics");
    check_term(&p, "notice.copyright", UNKNOWN, "sidebar");
}

static void test_copyright__hidden_and_doubtful_notices(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "notice.copyright");
    add_article(&p);
    add_hidden(&p, BYLAW_ZONE_CREDIT, "Copyright Ahmed Adel, InfoBrics");
    check_term(&p, "notice.copyright", FAIL, "hidden");
    page_start(&p);
    must(&p, "notice.copyright");
    add_article(&p);
    add_doubtful(&p, BYLAW_ZONE_CREDIT, "Copyright Ahmed Adel, InfoBrics");
    check_term(&p, "notice.copyright", UNKNOWN, "may be hidden");
}

static void test_copyright__only_in_metadata_is_unknown(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "notice.copyright");
    add_meta(&p, BYLAW_META_COPYRIGHT_HOLDER, "InfoBrics");
    add_article(&p);
    check_term(&p, "notice.copyright", UNKNOWN, "metadata");
}

static void test_copyright__holders_of_the_rule_come_first(void **s)
{
    static const struct bylaw_param named = {"holders", "Example Trust"};
    static const struct bylaw_param from_source = {"holders", "from-source"};
    struct page p;

    (void)s;
    page_start(&p);
    must_with(&p, "notice.copyright", &named);
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, "\xC2\xA9 Example Trust");
    check_term(&p, "notice.copyright", PASS, NULL);
    page_start(&p);
    must_with(&p, "notice.copyright", &from_source);
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, "\xC2\xA9 Ahmed Adel, InfoBrics");
    check_term(&p, "notice.copyright", PASS, NULL);
}

static void test_copyright__unknown_holders_cannot_be_missed(void **s)
{
    static const struct bylaw_param if_supplied = {"if-supplied", "true"};
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "notice.copyright");
    p.source.holder_count = 0;
    add_article(&p);
    check_term(&p, "notice.copyright", UNKNOWN, "not known who holds");
    page_start(&p);
    must_with(&p, "notice.copyright", &if_supplied);
    p.source.holder_count = 0;
    add_article(&p);
    check_term(&p, "notice.copyright", MOOT, NULL);
}

#define CC "https://creativecommons.org/licenses/"

static void test_link_licence__reaches_the_same_licence(void **s)
{
    static const struct notice_case cases[] = {
        {BYLAW_ZONE_CREDIT, "[CC](" CC "by-nd/4.0/)", PASS, "CC BY-ND 4.0"},
        {BYLAW_ZONE_CREDIT, "[CC](" CC "by-nd/4.0/deed.fr)", PASS, NULL},
        {BYLAW_ZONE_CREDIT,
         "[CC](http://www.creativecommons.org/licenses/by-nd/4.0)", PASS, NULL},
        {BYLAW_ZONE_CREDIT, "[CC](" CC "by/4.0/)", FAIL, "another licence"},
        {BYLAW_ZONE_CREDIT, "[CC](" CC "by-nd/3.0/)", FAIL, "another licence"},
        {BYLAW_ZONE_CREDIT, "[CC](" CC "by-nd/4.0/|hidden)", FAIL, "hidden"},
        {BYLAW_ZONE_CREDIT, "[CC](" CC "by-nd/4.0/|doubtful)", UNKNOWN,
         "may be hidden"},
        {BYLAW_ZONE_FOOTER, "[CC](" CC "by-nd/4.0/)", UNKNOWN, "whole site"},
        {BYLAW_ZONE_FOOTER, "[CC](" CC "by/4.0/)", FAIL, "missing"},
        {BYLAW_ZONE_CREDIT, "CC BY-ND 4.0", FAIL, "missing"},
    };

    (void)s;
    CHECK("link.licence", cases);
}

static void test_link_licence__of_a_rule_of_its_own(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "link.licence");
    p.rule.licence = "LicenseRef-GR";
    p.rule.captured_url = "https://globalresearch.ca/terms";
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, "[Terms](https://www.globalresearch.ca/terms)");
    check_term(&p, "link.licence", PASS, NULL);
}

static void test_notice_licence__names_it_short_long_or_not(void **s)
{
    static const struct notice_case cases[] = {
        {BYLAW_ZONE_CREDIT, "Licensed under CC BY-ND 4.0", PASS, NULL},
        {BYLAW_ZONE_CREDIT,
         "Creative Commons Attribution-NoDerivatives licence", PASS, NULL},
        {BYLAW_ZONE_CREDIT, "[Licence](" CC "by-nd/4.0/)", PASS, NULL},
        {BYLAW_ZONE_CREDIT, "Under a Creative Commons license", PARTIAL,
         "without saying"},
        {BYLAW_ZONE_CREDIT, "Licensed under CC BY-NC-ND 4.0", FAIL, NULL},
        {BYLAW_ZONE_FOOTER, "CC BY-ND 4.0", UNKNOWN, "away from"},
        {BYLAW_ZONE_CREDIT, "Source: Global Research", FAIL, "not named"},
    };

    (void)s;
    CHECK("notice.licence", cases);
}

static void test_notice_licence__tells_its_family_apart(void **s)
{
    static const struct {
        const char *licence, *line, *want;
    } cases[] = {
        {"CC-BY-4.0", "Creative Commons Attribution licence", PASS},
        {"CC-BY-4.0", "Creative Commons Attribution-NoDerivatives", PARTIAL},
        {"CC-BY-4.0", "Licensed under CC BY-SA", FAIL},
        {"CC-BY-NC-ND-3.0",
         "Creative Commons Attribution-NonCommercial-NoDerivs 3.0", PASS},
        {"CC0-1.0", "Creative Commons licence", PARTIAL},
        {"CC0-1.0", "Released under CC0 1.0", PASS},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct page p;

        page_start(&p);
        must(&p, "notice.licence");
        p.rule.licence = cases[i].licence;
        add_article(&p);
        add(&p, BYLAW_ZONE_CREDIT, cases[i].line);
        check_term(&p, "notice.licence", cases[i].want, NULL);
    }
}

static void test_notice_licence__is_named_by_its_link_in_any_language(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "notice.licence");
    p.rule.licence = "CC-BY-ND-4.0";
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT,
        "[Namensnennung 4.0](https://creativecommons.org/licenses/by-nd/4.0/"
        "deed.de)");
    p.links[0].zone = BYLAW_ZONE_UNKNOWN; /* only the match places it */
    check_term(&p, "notice.licence", PASS, "is named");
}

static void test_licence__that_nobody_states_is_unknown(void **s)
{
    static const char *const ids[] = {"notice.licence", "link.licence"};

    (void)s;
    for (size_t i = 0; i < 2; i++) {
        struct page p;

        page_start(&p);
        must(&p, ids[i]);
        add_article(&p);
        check_term(&p, ids[i], UNKNOWN, "not known");
    }
}

/* An edit of so many words that the second copied block holds. */
static void add_edit(struct page *p, enum bylaw_edit_class change,
                     uint32_t words)
{
    struct bylaw_edit *edit = &p->edits[p->match.edit_count++];

    edit->kind = BYLAW_EDIT_REPLACED;
    edit->change = change;
    edit->source = edit->page = p->spans[1].page;
    edit->source_words = edit->page_words = words;
}

static void check_edit(const char *id, enum bylaw_edit_class change,
                       uint32_t words, const char *note, const char *want)
{
    static const char *const permitted[] = {"headline", "time-words"};
    struct page p;

    page_start(&p);
    must(&p, id);
    p.rule.permitted_changes = permitted;
    p.rule.permitted_change_count = 2;
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, note);
    add_edit(&p, change, words);
    check_term(&p, id, want, NULL);
}

static void test_keep_text__by_class_and_size_of_the_change(void **s)
{
    (void)s;
    check_edit("keep.text", BYLAW_CHANGE_PUNCTUATION, 20, "x", PASS);
    check_edit("keep.text", BYLAW_CHANGE_TIME_WORDS, 20, "x", PASS);
    check_edit("keep.text", BYLAW_CHANGE_HEADLINE, 20, "x", PASS);
    check_edit("keep.text", BYLAW_CHANGE_HOUSE_STYLE, 20, "x", FAIL);
    check_edit("keep.text", BYLAW_CHANGE_SUBSTANTIVE, 9, "x", UNKNOWN);
    check_edit("keep.text", BYLAW_CHANGE_SUBSTANTIVE, 10, "x", FAIL);
    check_edit("keep.text", BYLAW_CHANGE_ADDED_BLOCK, 40, "x", FAIL);
    check_edit("keep.text", BYLAW_CHANGE_REMOVED_BLOCK, 40, "x", FAIL);
}

static void test_keep_text__says_which_edits_are_permitted(void **s)
{
    static const char *const permitted[] = {"headline"};
    struct bylaw_judgement *judgement;
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "keep.text");
    p.rule.permitted_changes = permitted;
    p.rule.permitted_change_count = 1;
    add_article(&p);
    add_edit(&p, BYLAW_CHANGE_HEADLINE, 5);
    add_edit(&p, BYLAW_CHANGE_SUBSTANTIVE, 5);
    judgement = judge_page(&p);
    assert_int_equal(judgement->edit_count, 2);
    assert_true(judgement->edits[0].is_permitted);
    assert_false(judgement->edits[1].is_permitted);
    assert_false(p.edits[0].is_permitted); /* the match's own is left alone */
    bylaw_judgement_free(judgement);
}

static void test_keep_text__cutting_off_the_end_alters_nothing(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "keep.text");
    add_article(&p);
    add_edit(&p, BYLAW_CHANGE_REMOVED_BLOCK, 200);
    p.edits[0].kind = BYLAW_EDIT_DELETED;
    p.edits[0].page = (struct bylaw_range){0, 0};
    p.edits[0].source = (struct bylaw_range){90000, 91000};
    check_term(&p, "keep.text", PASS, NULL);
}

static void
test_keep_text__a_text_that_breaks_off_in_a_sentence_is_not_altered(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "keep.text");
    add_article(&p);
    add_edit(&p, BYLAW_CHANGE_SUBSTANTIVE, 200);
    p.edits[0].kind = BYLAW_EDIT_DELETED;
    p.edits[0].page = (struct bylaw_range){0, 0};
    p.edits[0].source = (struct bylaw_range){90000, 91000};
    check_term(&p, "keep.text", PASS, NULL);
}

static void test_keep_text__is_unknown_while_half_a_page_is_unread(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "keep.text");
    add_article(&p);
    incomplete(&p);
    check_term(&p, "keep.text", UNKNOWN, "not read whole");
}

/* A source of a by-line, two paragraphs and a short one between them, of
 * which that block was left out. */
static void check_left_out(size_t number, const char *want)
{
    static const struct bylaw_source_block blocks[] = {
        {.bytes = {0, 20}, .words = 3, .is_body = true},
        {.bytes = {30, 900}, .words = 80, .is_body = true},
        {.bytes = {910, 960}, .words = 10, .is_body = true},
        {.bytes = {970, 1900}, .words = 80, .is_body = true},
    };
    struct page p;

    page_start(&p);
    must(&p, "keep.text");
    p.source.blocks = blocks;
    p.source.block_count = 4;
    add_article(&p);
    for (size_t i = 0; i < p.match.span_count; i++)
        p.spans[i].source = (struct bylaw_range){0, 1900};
    add_edit(&p, BYLAW_CHANGE_REMOVED_BLOCK, 10);
    p.edits[0].kind = BYLAW_EDIT_DELETED;
    p.edits[0].page = (struct bylaw_range){0, 0};
    p.edits[0].source = blocks[number].bytes;
    check_term(&p, "keep.text", want, NULL);
}

static void test_keep_text__leaving_out_the_by_line_alters_nothing(void **s)
{
    (void)s;
    check_left_out(0, PASS);
    check_left_out(2, FAIL);
}

static void
test_keep_text__credit_put_between_paragraphs_alters_nothing(void **s)
{
    struct page p;
    struct bylaw_range credit;

    (void)s;
    page_start(&p);
    must(&p, "keep.text");
    add_article(&p);
    credit = add(&p, BYLAW_ZONE_CREDIT, "Source: Global Research")->bytes;
    add_article(&p);
    add_edit(&p, BYLAW_CHANGE_ADDED_BLOCK, 30);
    p.edits[0].kind = BYLAW_EDIT_INSERTED;
    p.edits[0].page = credit;
    check_term(&p, "keep.text", PASS, NULL);
}

static void
test_keep_text__a_note_before_the_first_paragraph_is_none_of_it(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "keep.text");
    add_copied(&p, TITLE);
    add(&p, BYLAW_ZONE_BODY, "A note of our own, longer than a few words.");
    add_article(&p);
    p.blocks[2].words = 20;
    add_edit(&p, BYLAW_CHANGE_ADDED_BLOCK, 40);
    p.edits[0].kind = BYLAW_EDIT_INSERTED;
    p.edits[0].page = p.blocks[1].bytes;
    check_term(&p, "keep.text", PASS, NULL);
    p.edits[0].page = p.blocks[3].bytes;
    check_term(&p, "keep.text", FAIL, NULL);
}

/* A block of the page's own that says that it is a note, of so many words. */
static void check_note(size_t block, uint32_t words, const char *want)
{
    struct page p;

    page_start(&p);
    must(&p, "keep.text");
    add(&p, BYLAW_ZONE_BODY, "Editor's note: we think this worth reading.");
    add_article(&p);
    add(&p, BYLAW_ZONE_BODY, "Editor's note: the author lives in Cairo.");
    for (size_t i = 1; i <= 12; i++)
        p.blocks[i].words = 20;
    add_edit(&p, BYLAW_CHANGE_NOTE, words);
    p.edits[0].kind = BYLAW_EDIT_INSERTED;
    p.edits[0].source_words = 0;
    p.edits[0].page = p.blocks[block].bytes;
    check_term(&p, "keep.text", want, NULL);
}

static void
test_keep_text__a_note_is_judged_no_harder_than_any_paragraph(void **s)
{
    (void)s;
    check_note(0, 30, PASS);
    check_note(0, 60, PASS);
    check_note(13, 30, PASS);
    check_note(4, 39, UNKNOWN);
    check_note(4, 40, FAIL);
}

/* A block of so many words put in after half of the article. */
static void check_box(uint32_t container, uint32_t words, bool own_elements,
                      const char *text, const char *want)
{
    struct bylaw_block *box;
    size_t number;
    struct page p;

    page_start(&p);
    must(&p, "keep.text");
    add_article(&p);
    box = add(&p, BYLAW_ZONE_BODY, text);
    number = p.document.block_count - 1;
    box->container = container;
    box->words = words;
    add_article(&p);
    for (size_t i = 0; own_elements && i < p.document.block_count; i++)
        p.blocks[i].container = (uint32_t)i + 100;
    add_edit(&p, BYLAW_CHANGE_ADDED_BLOCK, words);
    p.edits[0].kind = BYLAW_EDIT_INSERTED;
    p.edits[0].source_words = 0;
    p.edits[0].page = p.blocks[number].bytes;
    check_term(&p, "keep.text", want, NULL);
}

static void
test_keep_text__a_box_in_an_element_of_its_own_alters_nothing(void **s)
{
    (void)s;
    check_box(7, 30, false, "Come and see us at the fair.", PASS);
    check_box(0, 39, false, "Come and see us at the fair.", UNKNOWN);
    check_box(0, 40, false, "Come and see us at the fair.", FAIL);
    check_box(7, 121, false, "Come and see us at the fair.", FAIL);
    check_box(7, 40, true, "Come and see us at the fair.", FAIL);
    check_box(0, 2, false, "Share this", PASS);
    check_box(0, 4, false, "They did not come.", UNKNOWN);
}

/* Two blocks of 60 words put in between paragraphs. */
static void check_two_boxes(const char *id, const char *first,
                            const char *second, const char *want)
{
    const char *const texts[] = {first, second};
    struct page p;

    page_start(&p);
    must(&p, id);
    add_article(&p);
    for (size_t i = 0; i < 2; i++) {
        struct bylaw_range at = add(&p, BYLAW_ZONE_BODY, texts[i])->bytes;

        add_article(&p);
        add_edit(&p, BYLAW_CHANGE_ADDED_BLOCK, 60);
        p.edits[i].kind = BYLAW_EDIT_INSERTED;
        p.edits[i].source_words = 0;
        p.edits[i].page = at;
    }
    check_term(&p, id, want, NULL);
}

static void
test_keep_text__the_same_paragraph_put_in_twice_may_be_a_box(void **s)
{
    static const char *const ids[] = {"keep.text", "mark.changes"};
    static const char box[] = "We live on what our readers give us.";

    (void)s;
    for (size_t i = 0; i < 2; i++) {
        check_two_boxes(ids[i], box, box, UNKNOWN);
        check_two_boxes(ids[i], box, "He had said so long ago.", FAIL);
        check_two_boxes(ids[i], "Give to [us](https://blog.example/?at=1) now.",
                        "Give to [us](https://blog.example/?at=2) now.",
                        UNKNOWN);
    }
}

/* Passages of the source, by number and words, in the order of the page. */
static void check_passages(const uint32_t (*passages)[2], size_t count,
                           const char *want)
{
    struct page p;

    page_start(&p);
    must(&p, "keep.text");
    for (size_t i = 0; i < count; i++) {
        add_copied(&p, COPIED);
        p.spans[i].source.begin = passages[i][0] * 100;
        p.spans[i].source.end = passages[i][0] * 100 + 100;
        p.spans[i].source_tokens = passages[i][1];
    }
    check_term(&p, "keep.text", want,
               strcmp(want, FAIL) ? NULL : "another order");
}

static void test_keep_text__passages_stay_in_order(void **s)
{
    static const uint32_t kept[][2] = {{0, 90}, {1, 90}, {2, 90}};
    static const uint32_t moved[][2] = {{0, 90}, {2, 40}, {1, 90}};
    static const uint32_t little[][2] = {{0, 90}, {2, 39}, {1, 90}};
    static const uint32_t repeated[][2] = {{2, 90}, {0, 90}, {1, 90}, {2, 90}};

    (void)s;
    check_passages(kept, 3, PASS);
    check_passages(moved, 3, FAIL);
    check_passages(little, 3, PASS);
    check_passages(repeated, 4, PASS);
}

static void test_mark_changes__is_asked_for_only_of_real_changes(void **s)
{
    (void)s;
    check_edit("mark.changes", BYLAW_CHANGE_PUNCTUATION, 20, "x", MOOT);
    check_edit("mark.changes", BYLAW_CHANGE_HEADLINE, 20, "x", MOOT);
    check_edit("mark.changes", BYLAW_CHANGE_SUBSTANTIVE, 9, "x", UNKNOWN);
    check_edit("mark.changes", BYLAW_CHANGE_SUBSTANTIVE, 10, "x", FAIL);
    check_edit("mark.changes", BYLAW_CHANGE_SUBSTANTIVE, 10,
               "This text was edited for length.", PASS);
}

static void test_no_commercial__lists_hints_and_never_fails(void **s)
{
    struct bylaw_judgement *judgement;
    const struct bylaw_finding *finding;
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "no.commercial");
    add_article(&p);
    add(&p, BYLAW_ZONE_SIDEBAR, "[Shop](https://blog.example/shop)");
    add(&p, BYLAW_ZONE_SIDEBAR, "Mugs for $12.50 each");
    add(&p, BYLAW_ZONE_SIDEBAR, "[frame](https://ads.doubleclick.net/x)");
    p.links[1].element = "iframe";
    judgement = judge_page(&p);
    finding = finding_of(judgement, "no.commercial");
    assert_int_equal(finding->outcome, BYLAW_OUTCOME_UNKNOWN);
    assert_true(finding->for_person);
    assert_int_equal(finding->evidence_count, 3);
    assert_non_null(strstr(finding->why, "a shop, advertisements and prices"));
    assert_int_equal(judgement->verdict, BYLAW_VERDICT_COMPLIANT);
    check_all(&p, judgement);
    bylaw_judgement_free(judgement);
}

static void test_notices__absence_is_unknown_on_half_a_page(void **s)
{
    static const char *const ids[] = {"notice.copyright", "notice.licence",
                                      "link.licence"};

    (void)s;
    for (size_t i = 0; i < 3; i++) {
        struct page p;

        page_start(&p);
        must(&p, ids[i]);
        p.rule.licence = "CC-BY-4.0";
        incomplete(&p);
        add_article(&p);
        check_term(&p, ids[i], UNKNOWN, "cut short");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_copyright__by_whom_the_notice_names),
        cmocka_unit_test(test_copyright__holders_stand_after_the_mark),
        cmocka_unit_test(test_notices__in_a_picture_are_unknown),
        cmocka_unit_test(test_copyright__other_claims_leave_the_right_one_open),
        cmocka_unit_test(test_copyright__hidden_and_doubtful_notices),
        cmocka_unit_test(test_copyright__only_in_metadata_is_unknown),
        cmocka_unit_test(test_copyright__holders_of_the_rule_come_first),
        cmocka_unit_test(test_copyright__unknown_holders_cannot_be_missed),
        cmocka_unit_test(test_link_licence__reaches_the_same_licence),
        cmocka_unit_test(test_link_licence__of_a_rule_of_its_own),
        cmocka_unit_test(test_notice_licence__names_it_short_long_or_not),
        cmocka_unit_test(test_notice_licence__tells_its_family_apart),
        cmocka_unit_test(
            test_notice_licence__is_named_by_its_link_in_any_language),
        cmocka_unit_test(test_licence__that_nobody_states_is_unknown),
        cmocka_unit_test(
            test_keep_text__a_box_in_an_element_of_its_own_alters_nothing),
        cmocka_unit_test(test_keep_text__by_class_and_size_of_the_change),
        cmocka_unit_test(test_keep_text__says_which_edits_are_permitted),
        cmocka_unit_test(test_keep_text__cutting_off_the_end_alters_nothing),
        cmocka_unit_test(
            test_keep_text__a_text_that_breaks_off_in_a_sentence_is_not_altered),
        cmocka_unit_test(
            test_keep_text__is_unknown_while_half_a_page_is_unread),
        cmocka_unit_test(
            test_keep_text__credit_put_between_paragraphs_alters_nothing),
        cmocka_unit_test(
            test_keep_text__leaving_out_the_by_line_alters_nothing),
        cmocka_unit_test(
            test_keep_text__a_note_before_the_first_paragraph_is_none_of_it),
        cmocka_unit_test(
            test_keep_text__a_note_is_judged_no_harder_than_any_paragraph),
        cmocka_unit_test(
            test_keep_text__the_same_paragraph_put_in_twice_may_be_a_box),
        cmocka_unit_test(test_keep_text__passages_stay_in_order),
        cmocka_unit_test(test_mark_changes__is_asked_for_only_of_real_changes),
        cmocka_unit_test(test_no_commercial__lists_hints_and_never_fails),
        cmocka_unit_test(test_notices__absence_is_unknown_on_half_a_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
