/* SPDX-License-Identifier: Apache-2.0 */
/* The page seen from the copied text: sides, distances, sharpened zones. */
#include "documents.h"

#define COPY                                                                   \
    "<p>These words were copied from the source, all of them, and they are "   \
    "enough to be found again.</p>"                                            \
    "<p>So were these words, which follow them, and which end what was "       \
    "copied from there.</p>"
#define OWN                                                                    \
    "<p>The reposter adds a paragraph in words of his own, of some length, "   \
    "too.</p>"

static const struct bylaw_phrase phrases[] = {
    {.language = "en", .role = BYLAW_PHRASE_SOURCE, .stem = "source"},
    {.language = "en",
     .role = BYLAW_PHRASE_ORIGINAL,
     .stem = "originally published"},
    {.language = "en", .role = BYLAW_PHRASE_AUTHOR, .stem = "by"},
};

struct placed {
    struct bylaw_document *d;
    struct bylaw__placement *placement;
};

static bool is_copied(struct bylaw_span text)
{
    return bylaw__span_find(text, BYLAW__SPAN("copied from")) != SIZE_MAX;
}

/* A match in which each block that says "copied from" is a passage. */
static struct placed place(const char *html)
{
    struct placed p = {.d = extract_page(html)};
    struct bylaw_match_span spans[8];
    struct bylaw_match match = {.spans = spans};

    memset(spans, 0, sizeof(spans));
    for (size_t i = 0; i < p.d->block_count && match.span_count < 8; i++) {
        if (!is_copied(p.d->blocks[i].text))
            continue;
        spans[match.span_count].page = p.d->blocks[i].bytes;
        spans[match.span_count++].source_tokens = p.d->blocks[i].words;
    }
    assert_int_equal(bylaw__place(&p.placement, p.d, &match, phrases,
                                  sizeof(phrases) / sizeof(phrases[0]), NULL),
                     0);
    return p;
}

static void release(struct placed *p)
{
    bylaw__placement_free(p->placement);
    bylaw_document_free(p->d);
}

/* The place of the block that begins "x". */
static const struct bylaw__place *place_of_x(const struct placed *p)
{
    for (size_t i = 0; i < p->d->block_count; i++)
        if (bylaw__span_starts(p->d->blocks[i].text, "x"))
            return &p->placement->blocks[i];
    fail_msg("no block begins with x");
    return NULL;
}

static void test_place__sharpens_zones_beside_the_copied_text(void **state)
{
    static const struct {
        const char *html;
        enum bylaw_zone want;
    } rows[] = {
        {COPY "<p>x Source: Site</p>", BYLAW_ZONE_CREDIT},
        {"<p>x originally published there</p>" COPY, BYLAW_ZONE_CREDIT},
        {COPY "<p>x \xC2\xA9 2020 Site</p>", BYLAW_ZONE_CREDIT},
        {COPY "<p>x Copyright Site</p>", BYLAW_ZONE_CREDIT},
        {COPY "<p>x <a href=//s.example/>s.example</a></p>", BYLAW_ZONE_CREDIT},
        {"<p>x by A. Adel</p>" COPY, BYLAW_ZONE_BYLINE},
        {COPY "<p>x by A. Adel</p>", BYLAW_ZONE_BYLINE},
        {COPY "<p>x prices rose by three per cent in the year before, it was "
              "said there</p>",
         BYLAW_ZONE_BODY},
        {"<header><h1>What the article is called</h1><p>x Source: Site</p>"
         "</header>" COPY,
         BYLAW_ZONE_CREDIT},
        {"<header><h1>The Site</h1><p>x Source: Site</p></header>" COPY,
         BYLAW_ZONE_NAV},
        {"<div class=sidebar><div>" COPY "<p>x Source: Site</p></div></div>",
         BYLAW_ZONE_CREDIT},
        {COPY "<p>x resources</p>", BYLAW_ZONE_UNKNOWN},
        {"<article>" COPY "<footer>x Site</footer></article>",
         BYLAW_ZONE_CREDIT},
        {"<article>" COPY "</article><footer>x \xC2\xA9 Site</footer>",
         BYLAW_ZONE_FOOTER},
        {COPY "<div class=tags>x <a href=/t>tag</a></div>", BYLAW_ZONE_UNKNOWN},
        {"<div>" COPY "</div><p>a<p>b<p>c<p>d<p>e<p>f<p>g<p>h<p>x Source: S",
         BYLAW_ZONE_UNKNOWN},
        {COPY "<aside>x Source: Site</aside>", BYLAW_ZONE_SIDEBAR},
        {COPY "<div id=comments>x Source: Site</div>", BYLAW_ZONE_COMMENTS},
        {"<nav>x Source: Site</nav>" COPY, BYLAW_ZONE_NAV},
        {"<article>" COPY "<div class=credit>x Site</div></article>",
         BYLAW_ZONE_CREDIT},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct placed p = place(rows[i].html);

        if (place_of_x(&p)->zone != rows[i].want)
            fail_msg("%s: %s", rows[i].html,
                     bylaw_zone_name(place_of_x(&p)->zone));
        release(&p);
    }
}

static void test_place__tells_side_and_distance(void **state)
{
    static const struct {
        const char *html;
        enum bylaw__side side;
        uint32_t distance;
    } rows[] = {
        {"<p>x</p>" COPY, BYLAW__SIDE_BEFORE, 1},
        {"<p>x</p><p>a</p>" COPY, BYLAW__SIDE_BEFORE, 2},
        {"<p>x</p><p hidden>a</p>" COPY, BYLAW__SIDE_BEFORE, 1},
        {COPY "<p>a</p><p>x</p>", BYLAW__SIDE_AFTER, 2},
        {COPY "<p>x</p>" COPY, BYLAW__SIDE_INSIDE, 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct placed p = place(rows[i].html);
        const struct bylaw__place *x = place_of_x(&p);

        if (x->side != rows[i].side || x->distance != rows[i].distance)
            fail_msg("%s: side %d, distance %u", rows[i].html, (int)x->side,
                     x->distance);
        release(&p);
    }
}

static void check_article(const char *html, const char *want)
{
    struct placed p = place(html);
    struct bylaw__buf text = {0};

    assert_int_equal(bylaw__main_text(&text, p.d, p.placement), 0);
    assert_span(bylaw__buf_span(&text), want);
    bylaw__buf_release(&text);
    release(&p);
}

#define COPY_TEXT                                                              \
    "These words were copied from the source, all of them, and they are "      \
    "enough to be found again.\n\nSo were these words, which follow them, "    \
    "and which end what was copied from there."
#define OWN_TEXT                                                               \
    "The reposter adds a paragraph in words of his own, of some length, too."

static void test_place__finds_the_article_around_the_copy(void **state)
{
    (void)state;
    check_article(COPY, COPY_TEXT);
    check_article("<article><h1>T</h1>" COPY OWN "</article>",
                  COPY_TEXT "\n\n" OWN_TEXT);
    check_article("<article>" COPY "<figure><figcaption>A caption of some "
                  "words, which is none of it all</figcaption></figure>" OWN
                  "</article>",
                  COPY_TEXT "\n\n" OWN_TEXT);
    check_article("<div id=comments>" COPY "</div><article>" OWN OWN OWN OWN
                  "</article>",
                  COPY_TEXT);
    check_article("<div hidden>" COPY "</div>" COPY, COPY_TEXT);
}

static void test_place__covers_the_copied_bytes(void **state)
{
    struct placed p = place("<p>a</p>" COPY "<p>b</p>");

    (void)state;
    assert_true(
        bylaw__span_starts(bytes_of(p.d, p.placement->article), "These words"));
    assert_true(
        bylaw__span_ends(bytes_of(p.d, p.placement->article), "from there."));
    release(&p);
}

static void test_place__gives_links_the_zones_of_their_blocks(void **state)
{
    struct placed p = place(
        "<article>" COPY "<p>x Source: <a href=//s.example/>S</a></p></article>"
        "<footer><a href=//s.example/>S</a></footer>");

    (void)state;
    assert_int_equal(p.placement->link_zones[0], BYLAW_ZONE_CREDIT);
    assert_int_equal(p.placement->link_zones[1], BYLAW_ZONE_FOOTER);
    release(&p);
}

/* One passage over a page that steps over a block outside the main text. */
static double copied_share(uint32_t source_words)
{
    struct bylaw_document *d = extract_page(
        "<article>" COPY "<div class=related><p>x one two three four five "
        "six</p></div>" COPY "</article>");
    struct bylaw_match_span span = {.source_tokens = source_words};
    struct bylaw_match match = {.spans = &span, .span_count = 1};
    struct placed p = {.d = d};
    double copied;

    span.page.begin = d->blocks[0].bytes.begin;
    span.page.end = d->blocks[d->block_count - 1].bytes.end;
    assert_int_equal(bylaw__place(&p.placement, d, &match, NULL, 0, NULL), 0);
    copied = place_of_x(&p)->copied;
    release(&p);
    return copied;
}

static void test_place__counts_whether_a_block_was_stepped_over(void **state)
{
    (void)state;
    /* The four paragraphs have 66 words; the block between them has 7. */
    assert_true(copied_share(66) < 0.5);
    assert_true(copied_share(73) > 0.5);
}

static void test_place__of_a_page_without_a_copy_claims_nothing(void **state)
{
    struct placed p = place("<p>x</p>" OWN);

    (void)state;
    assert_int_equal(place_of_x(&p)->side, BYLAW__SIDE_ELSEWHERE);
    assert_false(place_of_x(&p)->is_article);
    assert_int_equal(p.placement->article.end, 0);
    release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_place__sharpens_zones_beside_the_copied_text),
        cmocka_unit_test(test_place__tells_side_and_distance),
        cmocka_unit_test(test_place__finds_the_article_around_the_copy),
        cmocka_unit_test(test_place__covers_the_copied_bytes),
        cmocka_unit_test(test_place__gives_links_the_zones_of_their_blocks),
        cmocka_unit_test(test_place__counts_whether_a_block_was_stepped_over),
        cmocka_unit_test(test_place__of_a_page_without_a_copy_claims_nothing),
    };

    return cmocka_run_group_tests_name("extract place", tests, NULL, NULL);
}
