/* SPDX-License-Identifier: Apache-2.0 */
/* A page that only announces others of its site owes no credit itself. */
#include "unit/judge/fixtures.h"

#define FRONT  "https://blog.example/"
#define POST   "https://blog.example/2023/05/japan/"
#define SHORT  "Japanese Foreign Minister Yoshimasa Hayashi announced that"
#define HEADED "[" TITLE "](" POST ")"

/* A front page that breaks its one duty if it is judged at all. */
static void start_front(struct page *p)
{
    page_start(p);
    must(p, "link.original");
    p->match.class = BYLAW_MATCH_EXCERPT;
    p->c.page_url = FRONT;
}

static void add_heading(struct page *p, const char *text)
{
    add(p, BYLAW_ZONE_BODY, text)->heading = 2;
}

/* So many copied words, then what follows them in the same block. */
static void add_teaser(struct page *p, unsigned words, const char *more)
{
    struct bylaw_match_span *span = &p->spans[p->match.span_count];
    char text[512];

    snprintf(text, sizeof(text), "%s%s", SHORT, more);
    add_copied(p, text);
    span->page.end = span->page.begin + (uint32_t)strlen(SHORT);
    span->page_tokens = words;
}

static void check_announces(struct page *p, bool announces)
{
    check_verdict(p,
                  announces ? BYLAW_VERDICT_NOT_APPLICABLE
                            : BYLAW_VERDICT_NOT_MET,
                  announces ? "only announces another page of its site, \"" POST
                              "\""
                            : NULL);
}

static void test_teaser__is_told_by_a_link_to_the_text(void **s)
{
    static const struct {
        const char *heading, *more;
        bool announces;
    } rows[] = {
        {HEADED, "", true},
        {"Read this week", " [Continue reading](" POST ")", true},
        {NULL, " [Continue reading](" POST ")", true},
        {TITLE, "", false},
        {NULL, "", false},
        /* The page's own address, its a fragment of it, another's site. */
        {"[" TITLE "](" FRONT ")", "", false},
        {"[" TITLE "](" FRONT "#more)", "", false},
        {"[" TITLE "](https://other.example/japan/)", "", false},
        {"[" TITLE "](#)", "", false},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct page p;

        start_front(&p);
        if (rows[i].heading)
            add_heading(&p, rows[i].heading);
        add_teaser(&p, 55, rows[i].more);
        check_announces(&p, rows[i].announces);
    }
}

static void test_teaser__stands_near_its_heading(void **s)
{
    (void)s;
    for (unsigned between = 3; between <= 6; between++) {
        struct page p;

        start_front(&p);
        add_heading(&p, HEADED);
        for (unsigned i = 0; i < between; i++)
            add(&p, BYLAW_ZONE_BODY, "Meanwhile");
        add_teaser(&p, 55, "");
        check_announces(&p, between < 5);
    }
}

static void test_teaser__the_nearest_heading_speaks(void **s)
{
    struct page p;

    (void)s;
    start_front(&p);
    add_heading(&p, HEADED);
    add_heading(&p, "What we read");
    add_teaser(&p, 55, "");
    check_announces(&p, false);
}

static void test_teaser__is_short(void **s)
{
    (void)s;
    for (unsigned words = 109; words <= 111; words++) {
        struct page p;

        start_front(&p);
        add_heading(&p, HEADED);
        add_teaser(&p, words, "");
        check_announces(&p, words <= 110);
    }
}

static void test_teaser__a_copy_beside_it_is_judged(void **s)
{
    struct page p;

    (void)s;
    start_front(&p);
    add_heading(&p, HEADED);
    add_teaser(&p, 55, "");
    add_heading(&p, HEADED);
    add_teaser(&p, 55, "");
    check_announces(&p, true);
    add_heading(&p, "What we read");
    add_teaser(&p, 90, "");
    check_announces(&p, false);
}

static void test_teaser__a_link_inside_the_words_announces_nothing(void **s)
{
    struct page p;

    (void)s;
    start_front(&p);
    add_copied(&p, "[Japanese](" POST ") Foreign Minister announced that");
    p.spans[0].page_tokens = 55;
    check_announces(&p, false);
}

static void test_teaser__a_page_of_no_address_is_judged(void **s)
{
    struct page p;

    (void)s;
    start_front(&p);
    p.c.page_url = "";
    add_heading(&p, HEADED);
    add_teaser(&p, 55, "");
    check_announces(&p, false);
}

/* So many other announcements above this one, of so many words. */
static void check_list(unsigned others, unsigned words, bool announces)
{
    struct page p;

    start_front(&p);
    for (unsigned i = 0; i < others; i++) {
        add_heading(&p, "[A new pier](https://blog.example/2023/06/pier/)");
        add(&p, BYLAW_ZONE_BODY, "The pier will open in the spring.");
    }
    add_heading(&p, HEADED);
    add_teaser(&p, words, "");
    check_announces(&p, announces);
}

static void test_teaser__may_be_longer_in_a_list(void **s)
{
    (void)s;
    check_list(2, 250, true);
    check_list(1, 250, false);
    check_list(2, 450, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_teaser__is_told_by_a_link_to_the_text),
        cmocka_unit_test(test_teaser__stands_near_its_heading),
        cmocka_unit_test(test_teaser__may_be_longer_in_a_list),
        cmocka_unit_test(test_teaser__the_nearest_heading_speaks),
        cmocka_unit_test(test_teaser__is_short),
        cmocka_unit_test(test_teaser__a_copy_beside_it_is_judged),
        cmocka_unit_test(
            test_teaser__a_link_inside_the_words_announces_nothing),
        cmocka_unit_test(test_teaser__a_page_of_no_address_is_judged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
