/* SPDX-License-Identifier: Apache-2.0 */
/* keep.links, keep.title, keep.tagline: what has to come along with the text */
#include "unit/judge/fixtures.h"

#define LINKS   "keep.links"
#define HEADING "keep.title"
#define TAGLINE "keep.tagline"

#define A "https://example.org/report"
#define B "https://example.net/data?id=7"

/* The source's own page: one block, of which all was copied, with links. */
struct original {
    struct bylaw_document document;
    struct bylaw_block block;
    struct bylaw_link links[4];
    bool is_furniture;
};

static void add_original(struct page *p, struct original *o,
                         const char *const *urls, size_t count)
{
    memset(o, 0, sizeof(*o));
    o->document.blocks = &o->block;
    o->document.block_count = 1;
    o->document.links = o->links;
    o->document.link_count = count;
    o->block.text = bylaw__span_of(COPIED);
    for (size_t i = 0; i < count; i++) {
        o->links[i].element = "a";
        o->links[i].kind = BYLAW_LINK_REAL;
        o->links[i].url = urls[i];
        o->links[i].text = bylaw__span_of(i ? "their data" : "the report");
        o->links[i].bytes = p->spans[0].source;
    }
    p->source.document = &o->document;
    p->source.is_furniture = &o->is_furniture;
}

struct links_case {
    const char *line, *want, *says;
};

static void check_links(const struct links_case *t)
{
    static const char *const urls[] = {A, B};
    struct original original;
    struct page p;

    page_start(&p);
    must(&p, LINKS);
    add_article(&p);
    add(&p, BYLAW_ZONE_BODY, t->line);
    add_original(&p, &original, urls, 2);
    check_term(&p, LINKS, t->want, t->says);
}

static void test_keep_links__counts_what_became_of_each(void **s)
{
    static const struct links_case cases[] = {
        {"[the report](" A ") [their data](" B ")", PASS, "2 of the 2"},
        {"[the report](" A "?utm_source=x|nofollow) [d](" B ")", PASS,
         "1 marked nofollow"},
        {"[the report](" A ") their data", PARTIAL, "\"their data\""},
        {"[the report](" A ") [their data](https://ads.example/go)", PARTIAL,
         "1 lead elsewhere"},
        {"[the report](" A ") [their data](https://bit.ly/3abc)", UNKNOWN,
         "redirectors"},
        {"the report, their data", FAIL, "one of the 2 links"},
        {"[the report](" A "|hidden) [their data](" B "|hidden)", FAIL,
         "one of the 2 links"},
    };

    (void)s;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        check_links(&cases[i]);
}

static void test_keep_links__asks_for_the_share_that_the_rule_states(void **s)
{
    static const char *const urls[] = {A, B};
    struct bylaw_param share = {"share", "50"};
    struct original original;
    struct page p;

    (void)s;
    page_start(&p);
    must_with(&p, LINKS, &share);
    add_article(&p);
    add(&p, BYLAW_ZONE_BODY, "[the report](" A ")");
    add_original(&p, &original, urls, 2);
    check_term(&p, LINKS, PASS, "1 of the 2");
}

static void test_keep_links__does_not_arise_without_links_of_its_own(void **s)
{
    static const char *const urls[] = {ARTICLE};
    struct original original;
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, LINKS);
    add_article(&p);
    check_term(&p, LINKS, MOOT, "no link in the source");
    page_start(&p);
    must(&p, LINKS);
    add_article(&p);
    add_original(&p, &original, urls, 1);
    check_term(&p, LINKS, MOOT, NULL);
    original.links[0].url = A;
    original.is_furniture = true;
    check_term(&p, LINKS, MOOT, NULL);
}

static void test_keep_links__is_unknown_on_a_page_read_in_part(void **s)
{
    static const char *const urls[] = {A};
    struct original original;
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, LINKS);
    add_article(&p);
    add_original(&p, &original, urls, 1);
    incomplete(&p);
    check_term(&p, LINKS, UNKNOWN, "cut short");
}

/* -------------------------------------------------------------- title -- */

static void check_heading(const char *heading, const char *want,
                          const char *says)
{
    struct page p;

    page_start(&p);
    must(&p, HEADING);
    if (heading)
        add(&p, BYLAW_ZONE_BODY, heading)->heading = 1;
    add_article(&p);
    check_term(&p, HEADING, want, says);
}

static void test_keep_title__looks_at_the_headline(void **s)
{
    (void)s;
    check_heading("JAPAN to open \xE2\x80\x98NATO\xE2\x80\x99 liaison office!",
                  PASS, "was kept");
    check_heading("Opinion: " TITLE, PASS, NULL);
    check_heading("Japan to Open a Liaison Office", PARTIAL, "changed to");
    check_heading("Provocation in the Pacific", FAIL, "Provocation");
    check_heading(NULL, UNKNOWN, "o headline was found");
}

static void test_keep_title__takes_metadata_where_no_heading_is(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, HEADING);
    add_article(&p);
    add_meta(&p, BYLAW_META_TITLE, TITLE " | Blog");
    check_term(&p, HEADING, PASS, "metadata");
}

static void
test_keep_title__does_not_arise_without_one_or_for_excerpts(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, HEADING);
    add_article(&p);
    p.source.title = NULL;
    check_term(&p, HEADING, MOOT, "title is not known");
    p.source.title = TITLE;
    p.match.class = BYLAW_MATCH_EXCERPT;
    check_term(&p, HEADING, MOOT, "excerpt");
}

static void test_keep_title__is_unknown_in_part_or_in_another_language(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, HEADING);
    add(&p, BYLAW_ZONE_BODY, "Ganz andere Worte")->heading = 1;
    add_article(&p);
    p.document.language = "de";
    p.source.language = "en";
    check_term(&p, HEADING, UNKNOWN, "another language");
    p.document.language = "en";
    incomplete(&p);
    check_term(&p, HEADING, UNKNOWN, "cut short");
}

/* ------------------------------------------------------------ tagline -- */

#define TAG "Global Research is an independent and reader funded organisation."

static const struct bylaw_param tag = {"text", TAG};

static void check_tagline(enum bylaw_zone zone, const char *line,
                          const char *want)
{
    struct page p;

    page_start(&p);
    must_with(&p, TAGLINE, &tag);
    add_article(&p);
    add(&p, zone, line);
    check_term(&p, TAGLINE, want, NULL);
}

static void test_keep_tagline__is_looked_for_word_for_word(void **s)
{
    (void)s;
    check_tagline(BYLAW_ZONE_CREDIT, TAG, PASS);
    check_tagline(BYLAW_ZONE_CREDIT,
                  "Global Research is a reader funded organisation.", PARTIAL);
    check_tagline(BYLAW_ZONE_FOOTER, TAG, UNKNOWN);
    check_tagline(BYLAW_ZONE_CREDIT, "Nothing of the kind.", FAIL);
}

static void test_keep_tagline__asks_only_for_what_the_source_carries(void **s)
{
    struct bylaw_param params[] = {tag, {"if-supplied", "yes"}};
    struct original original;
    struct page p;

    (void)s;
    page_start(&p);
    must_so(&p, TAGLINE, params, 2);
    add_article(&p);
    add_original(&p, &original, NULL, 0);
    check_term(&p, TAGLINE, MOOT, "does not carry");
    original.block.text = bylaw__span_of(TAG);
    check_term(&p, TAGLINE, FAIL, NULL);
    incomplete(&p);
    check_term(&p, TAGLINE, UNKNOWN, "cut short");
    p.document.language = "fr";
    p.source.language = "en";
    check_term(&p, TAGLINE, UNKNOWN, "translated");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keep_links__counts_what_became_of_each),
        cmocka_unit_test(
            test_keep_links__asks_for_the_share_that_the_rule_states),
        cmocka_unit_test(
            test_keep_links__does_not_arise_without_links_of_its_own),
        cmocka_unit_test(test_keep_links__is_unknown_on_a_page_read_in_part),
        cmocka_unit_test(test_keep_title__looks_at_the_headline),
        cmocka_unit_test(test_keep_title__takes_metadata_where_no_heading_is),
        cmocka_unit_test(
            test_keep_title__does_not_arise_without_one_or_for_excerpts),
        cmocka_unit_test(
            test_keep_title__is_unknown_in_part_or_in_another_language),
        cmocka_unit_test(test_keep_tagline__is_looked_for_word_for_word),
        cmocka_unit_test(
            test_keep_tagline__asks_only_for_what_the_source_carries),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
