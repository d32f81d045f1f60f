/* SPDX-License-Identifier: Apache-2.0 */
/* Every change named, with the exact bytes of both sides. */
#include "match/match_words.h"

#include "unit/match/matching.h"

/* What surrounds a change in these tests: enough words for a repost. */
#define HEAD                                                                   \
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo "     \
    "lima mike november1 oscar papa quebec romeo sierra tango "
#define TAIL                                                                   \
    "uniform victor whiskey xray yankee zulu amber bronze copper denim ebony " \
    "fawn green hazel ivory jade khaki lilac mauve navy olive pink "

static void put_cut(struct bylaw__buf *out, struct bylaw_span text,
                    struct bylaw_range range)
{
    bylaw__buf_add_char(out, '[');
    bylaw__buf_add_span(out, bylaw__span_sub(text, range.begin, range.end));
    bylaw__buf_add_char(out, ']');
}

/* Edits as "kind class [source bytes] [page bytes]; ". */
static void check_edits(const char *page, const char *source, const char *want)
{
    struct bylaw__buf got = {0};
    struct pairing pair;

    pair_up(&pair, page, source);
    bylaw__buf_add_text(&got, "");
    for (size_t i = 0; i < pair.match->edit_count; i++) {
        const struct bylaw_edit *edit = &pair.match->edits[i];

        bylaw__buf_printf(&got, "%s %s ", bylaw_edit_kind_name(edit->kind),
                          bylaw_edit_class_name(edit->change));
        put_cut(&got, pair.source.text, edit->source);
        put_cut(&got, pair.page.text, edit->page);
        bylaw__buf_add_text(&got, "; ");
    }
    assert_string_equal(got.ptr ? got.ptr : "", want);
    bylaw__buf_release(&got);
    pair_release(&pair);
}

static void test_match_edits__equal_texts_have_none(void **state)
{
    (void)state;
    check_edits(HEAD TAIL, HEAD TAIL, "");
    check_edits("Before it. " HEAD TAIL "After it.", HEAD TAIL, "");
    check_edits("ALPHA, " HEAD TAIL, "alpha " HEAD TAIL, "");
}

static void test_match_edits__name_the_bytes_of_both_sides(void **state)
{
    (void)state;
    check_edits(HEAD "won easily " TAIL, HEAD "lost badly " TAIL,
                "replaced substantive [lost badly][won easily]; ");
    check_edits(HEAD "never " TAIL, HEAD TAIL,
                "inserted substantive [][never]; ");
    check_edits(HEAD TAIL, HEAD "never " TAIL,
                "deleted substantive [never][]; ");
}

static void
test_match_edits__an_empty_side_stands_behind_the_word_before(void **state)
{
    struct pairing pair;

    (void)state;
    pair_up(&pair, HEAD TAIL, HEAD "never " TAIL);
    assert_int_equal(pair.match->edits[0].page.begin, strlen(HEAD) - 1);
    assert_int_equal(pair.match->edits[0].page.end, strlen(HEAD) - 1);
    pair_release(&pair);
}

static void test_match_edits__neighbours_are_joined(void **state)
{
    (void)state;
    check_edits(HEAD "three other words here " TAIL, HEAD "one thing " TAIL,
                "replaced substantive [one thing][three other words here]; ");
}

static void test_match_edits__chance_words_are_part_of_the_change(void **state)
{
    (void)state;
    check_edits(HEAD "five six the seven eight " TAIL,
                HEAD "one two the three four " TAIL,
                "replaced substantive [one two the three four]"
                "[five six the seven eight]; ");
    check_edits(
        HEAD "nobody has ever seen the inside of such odd places " TAIL,
        HEAD "every child could tell you the way to that shop " TAIL,
        "replaced substantive [every child could tell you the way to that "
        "shop][nobody has ever seen the inside of such odd places]; ");
}

static void test_match_edits__time_words(void **state)
{
    (void)state;
    check_edits(HEAD "today " TAIL, HEAD "on Monday " TAIL,
                "replaced time-words [on Monday][today]; ");
    check_edits(HEAD TAIL, HEAD "yesterday " TAIL,
                "deleted time-words [yesterday][]; ");
    check_edits(HEAD "on 3 June " TAIL, HEAD "last week " TAIL,
                "replaced time-words [last week][on 3 June]; ");
}

static void test_match_edits__a_number_alone_is_no_time(void **state)
{
    (void)state;
    check_edits(HEAD "400 " TAIL, HEAD "300 " TAIL,
                "replaced substantive [300][400]; ");
    check_edits(HEAD TAIL, HEAD "may " TAIL, "deleted substantive [may][]; ");
    check_edits(HEAD "today nobody " TAIL, HEAD "Monday " TAIL,
                "replaced substantive [Monday][today nobody]; ");
}

static void check_class(const char *page, const char *source,
                        enum bylaw_edit_class want)
{
    struct bylaw__buf with = {0}, without = {0};
    struct pairing pair;

    bylaw__buf_printf(&with, HEAD "%s" TAIL, page);
    bylaw__buf_printf(&without, HEAD "%s" TAIL, source);
    pair_up(&pair, with.ptr, without.ptr);
    assert_int_equal(pair.match->edit_count, 1);
    if (pair.match->edits[0].change != want)
        fail_msg("%s / %s: %s", page, source,
                 bylaw_edit_class_name(pair.match->edits[0].change));
    pair_release(&pair);
    bylaw__buf_release(&with);
    bylaw__buf_release(&without);
}

static void test_match_edits__time_words_in_ten_languages(void **state)
{
    static const char *const pairs[][2] = {
        {"ayer ", "el lunes "},         {"hier ", "lundi dernier "},
        {"gestern ", "am Montag "},     {"ieri ", "lunedì scorso "},
        {"ontem ", "na quinta-feira "}, {"вчера ", "в понедельник "},
        {"أمس ", "يوم الاثنين "},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        check_class(pairs[i][0], pairs[i][1], BYLAW_CHANGE_TIME_WORDS);
}

static void test_match_edits__places(void **state)
{
    static const char *const pairs[][2] = {
        {"here ", "in Boston "},
        {"in the state ", "in Texas "},
        {"in the city ", "in Old Harbour "},
        {"Calif. ", ""},
        {"", "Texas "},
        {"hier ", "in Berlin "},
    };
    static const char *const others[][2] = {
        {"in Chicago ", "in Boston "},     {"in ", "from "},
        {"the city ", "President Smith "}, {"the state ", "the country "},
        {"here slowly ", "in Boston "},    {"in Boston ", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        check_class(pairs[i][0], pairs[i][1], BYLAW_CHANGE_PLACE);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        check_class(others[i][0], others[i][1], BYLAW_CHANGE_SUBSTANTIVE);
}

/* A paragraph put in that says whose note it is, and one that does not. */
static void test_match_edits__notes(void **state)
{
    static const char *const notes[] = {"Editor's note: ours.",
                                        "Additional reporting by A B.",
                                        "Nota de la redacción: nuestra.",
                                        "Anm. d. Red.: von uns."};

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        struct bylaw__buf page = {0};
        struct pairing pair;

        bylaw__buf_printf(&page, HEAD "\n%s\n" TAIL,
                          i < 4 ? notes[i] : "A tale of ours.");
        pair_up(&pair, page.ptr, HEAD "\n" TAIL);
        assert_int_equal(pair.match->edit_count, 1);
        assert_int_equal(pair.match->edits[0].change,
                         i < 4 ? BYLAW_CHANGE_NOTE : BYLAW_CHANGE_ADDED_BLOCK);
        pair_release(&pair);
        bylaw__buf_release(&page);
    }
}

static void test_match_edits__house_style_in_other_languages(void **state)
{
    static const char *const pairs[][2] = {
        {"tres ", "3 "},
        {"zwölf ", "12 "},
        {"fato ", "facto "},
        {"Dr. ", "docteur "},
        {"км ", "километров "},
        {"EU ", "Europäische Union "},
        {"Calif. ", "California "},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        check_class(pairs[i][0], pairs[i][1], BYLAW_CHANGE_HOUSE_STYLE);
}

static void test_match_edits__house_style(void **state)
{
    static const char *const pairs[][2] = {
        {"organise", "organize"},
        {"organisations", "organizations"},
        {"labour", "labor"},
        {"colours", "colors"},
        {"theatre", "theater"},
        {"travelled", "traveled"},
        {"ten", "10"},
        {"per cent", "percent"},
        {"U.S.", "US"},
        {"co-operate", "cooperate"},
        {"defence", "defense"},
        {"programme", "program"},
        {"Professor", "Prof."},
        {"analyse", "analyze"},
        {"five percent", "5%"},
        {"10%", "ten per cent"},
        {"United States", "U.S."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        struct bylaw__buf page = {0}, source = {0};
        struct pairing pair;

        bylaw__buf_printf(&page, HEAD "%s " TAIL, pairs[i][1]);
        bylaw__buf_printf(&source, HEAD "%s " TAIL, pairs[i][0]);
        pair_up(&pair, page.ptr, source.ptr);
        if (pair.match->edit_count != 1 ||
            pair.match->edits[0].change != BYLAW_CHANGE_HOUSE_STYLE)
            fail_msg("%s / %s", pairs[i][0], pairs[i][1]);
        pair_release(&pair);
        bylaw__buf_release(&page);
        bylaw__buf_release(&source);
    }
}

static void test_match_edits__an_apostrophe_is_house_style(void **state)
{
    struct bylaw__buf whole = {0}, parted = {0};

    (void)state;
    spell_one_way(&whole, BYLAW__SPAN("bob's"));
    spell_one_way(&parted, BYLAW__SPAN("bob"));
    spell_one_way(&parted, BYLAW__SPAN("s"));
    assert_true(
        bylaw__span_eq(bylaw__buf_span(&whole), bylaw__buf_span(&parted)));
    bylaw__buf_release(&whole);
    bylaw__buf_release(&parted);
}

static void test_match_edits__other_words_are_no_house_style(void **state)
{
    (void)state;
    check_edits(HEAD "or " TAIL, HEAD "our " TAIL,
                "replaced substantive [our][or]; ");
    check_edits(HEAD "filed " TAIL, HEAD "filled " TAIL,
                "replaced substantive [filled][filed]; ");
    check_edits(HEAD "5 " TAIL, HEAD "5 percent " TAIL,
                "deleted substantive [percent][]; ");
}

static void test_match_edits__an_added_paragraph(void **state)
{
    (void)state;
    check_edits(HEAD "\nwe say no.\n" TAIL, HEAD "\n" TAIL,
                "inserted added-block [][we say no]; ");
}

/* "the ... the": the words put in begin where the paragraph does. */
static void test_match_edits__a_paragraph_is_cut_at_its_borders(void **state)
{
    (void)state;
    check_edits(HEAD "\nthe cat sat.\nthe " TAIL, HEAD "\nthe " TAIL,
                "inserted added-block [][the cat sat]; ");
    check_edits(HEAD "\nthe " TAIL, HEAD "\nthe cat sat.\nthe " TAIL,
                "deleted removed-block [the cat sat][]; ");
    check_edits(HEAD "end\nthe cat must end\n" TAIL, HEAD "end\n" TAIL,
                "inserted added-block [][the cat must end]; ");
}

static void test_match_edits__a_removed_paragraph(void **state)
{
    (void)state;
    check_edits(HEAD "\n" TAIL, HEAD "\nwe say no.\n" TAIL,
                "deleted removed-block [we say no][]; ");
}

static void test_match_edits__head_and_tail_left_out(void **state)
{
    (void)state;
    check_edits(HEAD TAIL, "gone at first.\n" HEAD TAIL "\ngone at last.",
                "deleted removed-block [gone at first][]; "
                "deleted removed-block [gone at last][]; ");
}

static void test_match_edits__a_headline_left_out(void **state)
{
    (void)state;
    check_edits(HEAD TAIL, "# Much Ado\n" HEAD TAIL,
                "deleted headline [Much Ado][]; ");
}

static void test_match_edits__a_changed_headline(void **state)
{
    (void)state;
    check_edits("# Some News\n" HEAD TAIL, "# Much Ado\n" HEAD TAIL,
                "replaced headline [Much Ado][Some News]; ");
    check_edits(
        "# Some News\nby a man of ours on a day like this one\n" HEAD TAIL,
        "# Much Ado\nan opening line\n" HEAD TAIL,
        "replaced headline [Much Ado][Some News]; "
        "deleted removed-block [an opening line][]; ");
}

/* Far above the text, and too short for a seed. */
static void test_match_edits__a_kept_headline_is_found(void **state)
{
    struct bylaw__buf page = {0};

    (void)state;
    bylaw__buf_add_text(&page, "# Site Name\n# Much Ado\n<");
    put_prose(&page, 7, 80);
    bylaw__buf_add_text(&page, ">\n" HEAD TAIL);
    check_edits(page.ptr, "# Much Ado\n" HEAD TAIL, "");
    check_edits("<# Much Ado\n# Our Paper\n>" HEAD TAIL,
                "# Much Ado\n" HEAD TAIL, "");
    check_edits("# News\n<# Our Paper\n>" HEAD TAIL, "# Much Ado\n" HEAD TAIL,
                "replaced headline [Much Ado][News]; ");
    bylaw__buf_release(&page);
}

static void test_match_edits__a_byline_belongs_to_the_headline(void **state)
{
    (void)state;
    check_edits("# Much Ado\nby our own reporter\n" HEAD TAIL,
                "# Much Ado\n" HEAD TAIL,
                "inserted headline [][by our own reporter]; ");
}

static void test_match_edits__the_reposters_frame_is_no_change(void **state)
{
    (void)state;
    check_edits(HEAD "<read more of our stories>" TAIL, HEAD TAIL, "");
    check_edits(HEAD "(seen by nobody)" TAIL, HEAD TAIL, "");
    check_edits(HEAD "<read more> indeed <of our stories>" TAIL, HEAD TAIL,
                "inserted substantive [][indeed]; ");
}

static void test_match_edits__the_publishers_frame_may_go(void **state)
{
    (void)state;
    check_edits(HEAD TAIL, HEAD "{sign up now} " TAIL, "");
    check_edits(HEAD TAIL, HEAD TAIL "\n{this notice must stay forever}", "");
    check_edits(HEAD TAIL, HEAD "not {sign up now} ever " TAIL,
                "deleted substantive [not][]; deleted substantive [ever][]; ");
}

static void test_match_edits__none_without_a_match(void **state)
{
    (void)state;
    check_edits("alpha bravo charlie delta echo foxtrot golf hotel india",
                HEAD TAIL, "");
}

/* Between two passages too far apart for one span. */
static void test_match_edits__between_spans(void **state)
{
    struct bylaw__buf page = {0}, source = {0};
    struct pairing pair;

    (void)state;
    put_prose(&page, 1, 200);
    put_prose(&page, 7, 400);
    put_prose(&page, 2, 200);
    put_prose(&source, 1, 200);
    put_prose(&source, 2, 200);
    pair_up(&pair, page.ptr, source.ptr);
    assert_int_equal(pair.match->span_count, 2);
    assert_int_equal(pair.match->edit_count, 1);
    assert_int_equal(pair.match->edits[0].kind, BYLAW_EDIT_INSERTED);
    assert_int_equal(pair.match->edits[0].change, BYLAW_CHANGE_ADDED_BLOCK);
    assert_int_equal(pair.match->edits[0].page_words, 400);
    pair_release(&pair);
    bylaw__buf_release(&page);
    bylaw__buf_release(&source);
}

static void test_match_edits__the_sources_words_once_more_are_none(void **state)
{
    static const char again[] = "bravo charlie delta echo foxtrot golf hotel "
                                "india";

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct bylaw__buf page = {0};
        struct pairing pair;

        bylaw__buf_printf(&page, HEAD "\n%s%s\n" TAIL, again,
                          i ? " never" : "");
        pair_up(&pair, page.ptr, HEAD "\n" TAIL);
        assert_int_equal(pair.match->edit_count, i);
        pair_release(&pair);
        bylaw__buf_release(&page);
    }
}

static void test_match_edits__distance_counts_changed_words(void **state)
{
    struct pairing pair;

    (void)state;
    pair_up(&pair, HEAD "three new words " TAIL, HEAD "old " TAIL);
    assert_int_equal(pair.match->span_count, 1);
    assert_int_equal(pair.match->spans[0].edit_distance, 3);
    pair_release(&pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_match_edits__equal_texts_have_none),
        cmocka_unit_test(test_match_edits__name_the_bytes_of_both_sides),
        cmocka_unit_test(
            test_match_edits__an_empty_side_stands_behind_the_word_before),
        cmocka_unit_test(test_match_edits__neighbours_are_joined),
        cmocka_unit_test(test_match_edits__chance_words_are_part_of_the_change),
        cmocka_unit_test(test_match_edits__time_words),
        cmocka_unit_test(test_match_edits__a_number_alone_is_no_time),
        cmocka_unit_test(test_match_edits__house_style),
        cmocka_unit_test(test_match_edits__house_style_in_other_languages),
        cmocka_unit_test(test_match_edits__time_words_in_ten_languages),
        cmocka_unit_test(test_match_edits__places),
        cmocka_unit_test(test_match_edits__notes),
        cmocka_unit_test(test_match_edits__an_apostrophe_is_house_style),
        cmocka_unit_test(test_match_edits__other_words_are_no_house_style),
        cmocka_unit_test(test_match_edits__an_added_paragraph),
        cmocka_unit_test(test_match_edits__a_paragraph_is_cut_at_its_borders),
        cmocka_unit_test(test_match_edits__a_removed_paragraph),
        cmocka_unit_test(test_match_edits__head_and_tail_left_out),
        cmocka_unit_test(test_match_edits__a_headline_left_out),
        cmocka_unit_test(test_match_edits__a_changed_headline),
        cmocka_unit_test(test_match_edits__a_kept_headline_is_found),
        cmocka_unit_test(test_match_edits__a_byline_belongs_to_the_headline),
        cmocka_unit_test(test_match_edits__the_reposters_frame_is_no_change),
        cmocka_unit_test(test_match_edits__the_publishers_frame_may_go),
        cmocka_unit_test(test_match_edits__none_without_a_match),
        cmocka_unit_test(test_match_edits__between_spans),
        cmocka_unit_test(
            test_match_edits__the_sources_words_once_more_are_none),
        cmocka_unit_test(test_match_edits__distance_counts_changed_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
