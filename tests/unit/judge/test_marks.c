/* SPDX-License-Identifier: Apache-2.0 */
/* What a layout puts among words is no change of the text; names and licences
 * that stand apart from their labels. */
#include "unit/judge/fixtures.h"

/* An edit of the page at those bytes of the markup. */
static void add_edit(struct page *p, enum bylaw_edit_kind kind,
                     const char *before, const char *words, const char *after,
                     uint32_t count)
{
    struct bylaw_edit *edit = &p->edits[p->match.edit_count++];

    add_raw(p, before);
    edit->kind = kind;
    edit->change = BYLAW_CHANGE_SUBSTANTIVE;
    edit->page.begin = (uint32_t)p->html_len;
    add_raw(p, words);
    edit->page.end = (uint32_t)p->html_len;
    edit->page_words = count;
    edit->source_words = kind == BYLAW_EDIT_REPLACED ? count : 0;
    add_raw(p, after);
}

/* So many edits alike; enough to be an alteration if they count. */
static void check_edits(enum bylaw_edit_kind kind, const char *before,
                        const char *words, const char *after, uint32_t count,
                        const char *want)
{
    struct page p;

    page_start(&p);
    must(&p, "keep.text");
    add_article(&p);
    for (unsigned i = 0; i < 12; i++)
        add_edit(&p, kind, before, words, after, count);
    check_term(&p, "keep.text", want, NULL);
}

static void test_marks__numbers_of_notes_alter_nothing(void **s)
{
    (void)s;
    check_edits(BYLAW_EDIT_INSERTED, "said [", "12", "] that", 1, PASS);
    check_edits(BYLAW_EDIT_INSERTED, "<sup>", "3", "</sup>", 1, PASS);
    check_edits(BYLAW_EDIT_INSERTED, "<i>", "00:05", "</i>", 2, PASS);
    check_edits(BYLAW_EDIT_REPLACED, "the ", "war<sup>1", "</sup>", 1, PASS);
    check_edits(BYLAW_EDIT_INSERTED, "paid ", "50000", " yen", 1, FAIL);
    check_edits(BYLAW_EDIT_REPLACED, "paid ", "50", " yen", 1, FAIL);
    check_edits(BYLAW_EDIT_REPLACED, "the ", "peace", " is", 1, FAIL);
}

static void test_marks__the_same_box_again_alters_nothing(void **s)
{
    (void)s;
    check_edits(BYLAW_EDIT_INSERTED, "<span>(", "opens in a new tab",
                ")</span>", 5, PASS);
    check_edits(BYLAW_EDIT_INSERTED, "he ", "allegedly", " said", 1, FAIL);
}

static void test_marks__a_box_that_stands_once_or_twice_counts(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "keep.text");
    add_article(&p);
    for (unsigned i = 0; i < 2; i++)
        add_edit(&p, BYLAW_EDIT_INSERTED, "<b>", "none of this is true", "</b>",
                 5);
    check_term(&p, "keep.text", FAIL, NULL);
}

/* Words put in among the copied ones, in a block of so much text. */
static void check_put_in(const char *text, const char *want)
{
    struct bylaw_edit *edit;
    struct page p;

    page_start(&p);
    must(&p, "keep.text");
    add_article(&p);
    edit = &p.edits[p.match.edit_count++];
    edit->kind = BYLAW_EDIT_INSERTED;
    edit->change = BYLAW_CHANGE_SUBSTANTIVE;
    edit->page = add(&p, BYLAW_ZONE_BODY, text)->bytes;
    edit->page_words = 45;
    add_copied(&p, COPIED);
    check_term(&p, "keep.text", want, NULL);
}

static void test_marks__credit_put_in_alters_nothing(void **s)
{
    (void)s;
    check_put_in("Here is [more](" ARTICLE ") of it", PASS);
    check_put_in("Here is [more](https://other.example/) of it", FAIL);
}

static void check_labelled(enum bylaw_zone zone, const char *label,
                           const char *holder_names, const char *want)
{
    struct page p;

    page_start(&p);
    must(&p, "notice.copyright");
    add_article(&p);
    add(&p, zone, label);
    add(&p, zone, holder_names);
    check_term(&p, "notice.copyright", want, NULL);
}

static void test_copyright__label_and_names_may_stand_apart(void **s)
{
    (void)s;
    check_labelled(BYLAW_ZONE_CREDIT, "Copyright", "Ahmed Adel, InfoBrics",
                   PASS);
    check_labelled(BYLAW_ZONE_CREDIT,
                   "Copyright \xC2\xA9:", "Ahmed Adel, InfoBrics", PASS);
    check_labelled(BYLAW_ZONE_CREDIT, "Author", "Ahmed Adel, InfoBrics", FAIL);
    check_labelled(BYLAW_ZONE_CREDIT, "Copyright", "Harbour Town", FAIL);
    check_labelled(BYLAW_ZONE_SIDEBAR, "Copyright", "Ahmed Adel, InfoBrics",
                   UNKNOWN);
}

static void check_badge(const char *file, const char *want)
{
    struct page p;

    page_start(&p);
    must(&p, "notice.licence");
    p.rule.licence = "CC-BY-ND-4.0";
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, "Brought to you by the people of the harbour");
    add_element(&p, "img", file, BYLAW_ZONE_BODY);
    check_term(&p, "notice.licence", want, NULL);
}

static void test_licence__may_be_shown_by_a_badge_alone(void **s)
{
    (void)s;
    check_badge("https://licensebuttons.net/l/by-nd/4.0/88x31.png", UNKNOWN);
    check_badge("https://harbour.example/port.png", FAIL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks__numbers_of_notes_alter_nothing),
        cmocka_unit_test(test_marks__the_same_box_again_alters_nothing),
        cmocka_unit_test(test_marks__a_box_that_stands_once_or_twice_counts),
        cmocka_unit_test(test_marks__credit_put_in_alters_nothing),
        cmocka_unit_test(test_copyright__label_and_names_may_stand_apart),
        cmocka_unit_test(test_licence__may_be_shown_by_a_badge_alone),
    };

    return cmocka_run_group_tests_name("judge marks", tests, NULL, NULL);
}
