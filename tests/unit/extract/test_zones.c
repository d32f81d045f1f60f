/* SPDX-License-Identifier: Apache-2.0 */
/* Where on the page a text stands, by structure and by names. */
#include "documents.h"

#include <stdio.h>

/* Prose for the rest of a page: enough to be its main text. */
#define PROSE                                                                  \
    "<p>The main text of this page has a number of words in it, so that it "   \
    "is found, and it goes on for a while, as texts do.</p>"                   \
    "<p>A second paragraph follows the first one, with words of its own, "     \
    "and then the text ends here, as all texts do.</p>"

static const struct bylaw_block *find_x(const struct bylaw_document *d)
{
    for (size_t i = 0; i < d->block_count; i++)
        if (bylaw__span_starts(d->blocks[i].text, "x"))
            return &d->blocks[i];
    fail_msg("no block begins with x");
    return NULL;
}

struct row {
    const char *html; /* a part of the page, with a block that begins "x" */
    enum bylaw_zone want;
};

/* The part stands before and after the prose, in turn. */
static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < 2 * count; i++) {
        const struct row *row = &rows[i / 2];
        char html[2048];
        struct bylaw_document *d;
        const struct bylaw_block *x;

        snprintf(html, sizeof(html), "<body>%s%s%s", i % 2 ? PROSE : "",
                 row->html, i % 2 ? "" : PROSE);
        d = extract_page(html);
        x = find_x(d);
        if (x->zone != row->want)
            fail_msg("%s: %s (%s), not %s", row->html, bylaw_zone_name(x->zone),
                     x->zone_why, bylaw_zone_name(row->want));
        assert_true(x->zone_why[0]);
        bylaw_document_free(d);
    }
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof((rows)[0]))

static void test_zones__follow_elements_and_roles(void **state)
{
    static const struct row rows[] = {
        {"<nav>x</nav>", BYLAW_ZONE_NAV},
        {"<header><p>x</header>", BYLAW_ZONE_NAV},
        {"<div role=navigation>x</div>", BYLAW_ZONE_NAV},
        {"<div role=banner>x</div>", BYLAW_ZONE_NAV},
        {"<footer>x</footer>", BYLAW_ZONE_FOOTER},
        {"<div role=contentinfo>x</div>", BYLAW_ZONE_FOOTER},
        {"<aside>x</aside>", BYLAW_ZONE_SIDEBAR},
        {"<div role=complementary>x</div>", BYLAW_ZONE_SIDEBAR},
        {"<footer><nav>x</nav></footer>", BYLAW_ZONE_FOOTER},
        {"<aside><footer>x</footer></aside>", BYLAW_ZONE_SIDEBAR},
        {"<h1>x</h1>", BYLAW_ZONE_BODY},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void test_zones__follow_whole_class_tokens(void **state)
{
    static const struct row rows[] = {
        {"<div class=comments>x</div>", BYLAW_ZONE_COMMENTS},
        {"<ol class='commentList'><li>x</ol>", BYLAW_ZONE_COMMENTS},
        {"<div id=disqus_thread>x</div>", BYLAW_ZONE_COMMENTS},
        {"<div id=respond>x</div>", BYLAW_ZONE_COMMENTS},
        {"<div class=commentary>x</div>", BYLAW_ZONE_UNKNOWN},
        {"<div class=documents>x</div>", BYLAW_ZONE_UNKNOWN},
        {"<div class=main-menu>x</div>", BYLAW_ZONE_NAV},
        {"<div class=breadcrumbs>x</div>", BYLAW_ZONE_NAV},
        {"<div class=menudo>x</div>", BYLAW_ZONE_UNKNOWN},
        {"<div class=sideBar>x</div>", BYLAW_ZONE_SIDEBAR},
        {"<div class='widget_text widget'>x</div>", BYLAW_ZONE_SIDEBAR},
        {"<div class=related-posts>x</div>", BYLAW_ZONE_SIDEBAR},
        {"<div class=newsletter-box>x</div>", BYLAW_ZONE_SIDEBAR},
        {"<div id=site_footer>x</div>", BYLAW_ZONE_FOOTER},
        {"<p class=byline>x</p>", BYLAW_ZONE_BYLINE},
        {"<p class=post-meta>x</p>", BYLAW_ZONE_BYLINE},
        {"<p><a rel=author href=a>x</a>", BYLAW_ZONE_BYLINE},
        {"<p><span itemprop=author>x</span>", BYLAW_ZONE_BYLINE},
        {"<p class=authority>x</p>", BYLAW_ZONE_UNKNOWN},
        {"<p class=article-source>x</p>", BYLAW_ZONE_CREDIT},
        {"<p class=copyright>x</p>", BYLAW_ZONE_CREDIT},
        {"<p class=resource>x</p>", BYLAW_ZONE_UNKNOWN},
    };

    (void)state;
    CHECK_ROWS(rows);
}

static void test_zones__of_an_article_differ_from_the_sites(void **state)
{
    struct bylaw_document *d =
        extract_page("<article><header><h1>t</h1></header>" PROSE
                     "<footer>x</footer></article><footer>y</footer>");
    const struct bylaw_block *x = find_x(d);

    (void)state;
    assert_int_equal(d->blocks[0].zone, BYLAW_ZONE_BODY);
    assert_int_equal(x->zone, BYLAW_ZONE_FOOTER);
    assert_string_equal(x->zone_why, "footer of the article");
    assert_string_equal(x[1].zone_why, "footer element");
    bylaw_document_free(d);
}

static void test_zones__know_a_byline_by_its_words(void **state)
{
    static const struct {
        const char *html;
        enum bylaw_zone want;
    } rows[] = {
        {"<h1>t</h1><p>By A. Adel</p>" PROSE, BYLAW_ZONE_BYLINE},
        {"<h1>t</h1><p>d</p><p>Von A. Adel</p>" PROSE, BYLAW_ZONE_BYLINE},
        {"<p>Par A. Adel</p>" PROSE, BYLAW_ZONE_BYLINE},
        {"<p>A</p><p>B</p><p>C</p>" PROSE, BYLAW_ZONE_UNKNOWN},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bylaw_document *d = extract_page(rows[i].html);
        size_t at = 0;

        while (at < d->block_count && !d->blocks[at].is_main)
            at++;
        assert_true(at > 0 && at < d->block_count);
        assert_int_equal(d->blocks[at - 1].zone, rows[i].want);
        bylaw_document_free(d);
    }
}

static void test_zones__leave_a_page_its_main_text(void **state)
{
    static const char *const pages[] = {
        "<div class=sidebar>" PROSE "</div>",
        "<div id=comments>" PROSE "</div>",
        "<nav>" PROSE "</nav>",
        "<body class='has-sidebar comments-open'>" PROSE,
        "<div class='widget related promo'><div>" PROSE "</div></div>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        struct bylaw_document *d = extract_page(pages[i]);

        if (d->blocks[0].zone != BYLAW_ZONE_BODY || !d->blocks[0].is_main)
            fail_msg("%s: %s", pages[i], d->blocks[0].zone_why);
        bylaw_document_free(d);
    }
}

static void test_zones__take_no_credit_far_from_the_text(void **state)
{
    struct bylaw_document *d = extract_page(
        PROSE "<p>a<p>b<p>c<p>d<p>e<p>f<p>g<p>h<p class=copyright>x");

    (void)state;
    assert_int_equal(find_x(d)->zone, BYLAW_ZONE_UNKNOWN);
    bylaw_document_free(d);
}

static void test_main_text__leaves_the_frame_out(void **state)
{
    struct bylaw_document *d = extract_page(
        "<header>Site</header><article><h1>Title</h1>" PROSE
        "<figure><figcaption>A caption that is long enough to be taken for "
        "prose by its words</figcaption></figure>" PROSE
        "</article><div id=comments><p>A reader says something that is long "
        "enough to be prose, too.</p></div>");
    struct bylaw__buf text = {0};

    (void)state;
    assert_int_equal(bylaw__main_text(&text, d, NULL), 0);
    assert_true(bylaw__span_starts(bylaw__buf_span(&text), "The main text"));
    assert_int_equal(bylaw__span_find(bylaw__buf_span(&text),
                                      BYLAW__SPAN("caption")),
                     SIZE_MAX);
    assert_int_equal(bylaw__span_find(bylaw__buf_span(&text),
                                      BYLAW__SPAN("reader")),
                     SIZE_MAX);
    assert_true(bylaw__span_ends(bylaw__buf_span(&text), "all texts do."));
    bylaw__buf_release(&text);
    bylaw_document_free(d);
}

static void test_main_text__is_all_there_is_on_a_short_page(void **state)
{
    struct bylaw_document *d = extract_page("<p>Only this.");
    struct bylaw__buf text = {0};

    (void)state;
    assert_int_equal(bylaw__main_text(&text, d, NULL), 0);
    assert_span(bylaw__buf_span(&text), "Only this.");
    bylaw__buf_release(&text);
    bylaw_document_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_zones__follow_elements_and_roles),
        cmocka_unit_test(test_zones__follow_whole_class_tokens),
        cmocka_unit_test(test_zones__of_an_article_differ_from_the_sites),
        cmocka_unit_test(test_zones__know_a_byline_by_its_words),
        cmocka_unit_test(test_zones__leave_a_page_its_main_text),
        cmocka_unit_test(test_zones__take_no_credit_far_from_the_text),
        cmocka_unit_test(test_main_text__leaves_the_frame_out),
        cmocka_unit_test(test_main_text__is_all_there_is_on_a_short_page),
    };

    return cmocka_run_group_tests_name("extract zones", tests, NULL, NULL);
}
