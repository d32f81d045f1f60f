/* SPDX-License-Identifier: Apache-2.0 */
/* Links: kind, address, text and bytes, none lost. */
#include "documents.h"

#include <stdio.h>

#define PAGE "https://site.example/dir/page.html"

static struct bylaw_document *extract_at(const char *html, const char *url)
{
    return extract_as("text/html", bylaw__span_of(html), url);
}

static void test_links__tell_kinds_and_resolve(void **state)
{
    static const struct {
        const char *html;
        enum bylaw_link_kind kind;
        const char *url;
    } rows[] = {
        {"<a>x</a>", BYLAW_LINK_NONE, NULL},
        {"<a href=''>x</a>", BYLAW_LINK_EMPTY, NULL},
        {"<a href=' \n'>x</a>", BYLAW_LINK_EMPTY, NULL},
        {"<a href='#'>x</a>", BYLAW_LINK_FRAGMENT, NULL},
        {"<a href='#top'>x</a>", BYLAW_LINK_FRAGMENT, NULL},
        {"<a href='javascript:void(0)'>x</a>", BYLAW_LINK_SCRIPT, NULL},
        {"<a href='java\tscript:x'>x</a>", BYLAW_LINK_SCRIPT, NULL},
        {"<a href='mailto:a@b.example'>x</a>", BYLAW_LINK_MAIL, NULL},
        {"<a href='tel:123'>x</a>", BYLAW_LINK_OTHER, NULL},
        {"<a href='http://['>x</a>", BYLAW_LINK_INVALID, NULL},
        {"<a href='b.html'>x</a>", BYLAW_LINK_REAL,
         "https://site.example/dir/b.html"},
        {"<a href='//o.example/c'>x</a>", BYLAW_LINK_REAL,
         "https://o.example/c"},
        {"<a href=' HTTP://O.example '>x</a>", BYLAW_LINK_REAL,
         "http://o.example/"},
        {"<base href='https://b.example/x/'><a href=y>x</a>", BYLAW_LINK_REAL,
         "https://b.example/x/y"},
        {"<area href=/m>", BYLAW_LINK_REAL, "https://site.example/m"},
        {"<iframe src=/f></iframe>", BYLAW_LINK_REAL, "https://site.example/f"},
        {"<img src=/i>", BYLAW_LINK_REAL, "https://site.example/i"},
        {"<img data-src=/i>", BYLAW_LINK_REAL, "https://site.example/i"},
        {"<img src=/i data-src=/j>", BYLAW_LINK_REAL, "https://site.example/i"},
        {"<img src='data:image/gif;base64,R0' data-lazy-src=/i>",
         BYLAW_LINK_REAL, "https://site.example/i"},
        {"<img srcset='/i 1x, /j 2x'>", BYLAW_LINK_REAL,
         "https://site.example/i"},
        {"<img src='data:image/gif;base64,R0'>", BYLAW_LINK_OTHER, NULL},
        {"<script src=/s></script>", BYLAW_LINK_REAL, "https://site.example/s"},
        {"<link rel=x href=/l>", BYLAW_LINK_REAL, "https://site.example/l"},
        {"<svg><a xlink:href='/v'>x</a></svg>", BYLAW_LINK_REAL,
         "https://site.example/v"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bylaw_document *d = extract_at(rows[i].html, PAGE);

        if (d->link_count != 1)
            fail_msg("%s: %zu links", rows[i].html, d->link_count);
        if (d->links[0].kind != rows[i].kind)
            fail_msg("%s: %s", rows[i].html,
                     bylaw_link_kind_name(d->links[0].kind));
        assert_text(d->links[0].url, rows[i].url);
        bylaw_document_free(d);
    }
}

static void test_links__without_a_page_address_stay_unresolved(void **state)
{
    struct bylaw_document *d = extract_page("<a href=b>x</a><a href='http://['>"
                                            "y</a><a href=http://c.example>z");

    (void)state;
    assert_int_equal(d->links[0].kind, BYLAW_LINK_REAL);
    assert_null(d->links[0].url);
    assert_int_equal(d->links[1].kind, BYLAW_LINK_INVALID);
    assert_text(d->links[2].url, "http://c.example/");
    bylaw_document_free(d);
}

static void test_links__read_rel_tokens(void **state)
{
    static const struct {
        const char *rel;
        unsigned want;
    } rows[] = {
        {"nofollow", BYLAW_REL_NOFOLLOW},
        {"UGC sponsored", BYLAW_REL_UGC | BYLAW_REL_SPONSORED},
        {"license noopener", BYLAW_REL_LICENSE},
        {"author", BYLAW_REL_AUTHOR},
        {"nofollows", 0},
        {"", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char html[96];
        struct bylaw_document *d;

        snprintf(html, sizeof(html), "<a href=x rel='%s'>x</a>", rows[i].rel);
        d = extract_at(html, PAGE);
        assert_int_equal(d->links[0].rel, rows[i].want);
        bylaw_document_free(d);
    }
}

static void test_links__read_text_with_image_alternatives(void **state)
{
    static const struct {
        const char *html, *want;
    } rows[] = {
        {"<a href=x> one <b>two</b>\n</a>", "one two"},
        {"<a href=x><img src=i alt='the logo'></a>", "the logo"},
        {"<a href=x>by<img src=i alt=logo>us</a>", "by logo us"},
        {"<a href=x><div>a</div><div>b</div></a>", "a b"},
        {"<a href=x><script>no</script></a>", ""},
        {"<a href=x><img src=i></a>", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bylaw_document *d = extract_at(rows[i].html, PAGE);

        assert_string_equal(d->links[0].element, "a");
        assert_span(d->links[0].text, rows[i].want);
        bylaw_document_free(d);
    }
}

static void test_links__keep_the_alternative_of_a_lazy_picture(void **state)
{
    struct bylaw_document *d =
        extract_at("<a href=x><img data-src=gr.png alt='Global Research'></a>"
                   "<a href=y><img data-srcset='g.png 2x' alt=Globe></a>",
                   PAGE);

    (void)state;
    assert_int_equal(d->link_count, 4);
    assert_span(d->links[0].text, "Global Research");
    assert_string_equal(d->links[1].element, "img");
    assert_span(d->links[1].text, "Global Research");
    assert_span(d->links[2].text, "Globe");
    assert_span(d->links[3].text, "Globe");
    bylaw_document_free(d);
}

static void test_links__know_their_bytes(void **state)
{
    const char *element = "<a class=c href=\"/x?a=1&amp;b\">t</a>";
    char html[128];
    struct bylaw_document *d;

    (void)state;
    snprintf(html, sizeof(html), "<p>see %s.</p>", element);
    d = extract_at(html, PAGE);
    assert_span(bytes_of(d, d->links[0].bytes), element);
    assert_span(bytes_of(d, d->links[0].href_bytes), "/x?a=1&amp;b");
    assert_span(d->links[0].href, "/x?a=1&b");
    bylaw_document_free(d);
}

static void test_links__belong_to_the_block_that_holds_them(void **state)
{
    struct bylaw_document *d = extract_at(
        "<p>a <a href=1>b</a></p><p>c</p><a href=2><h3>d</h3><p>e</p></a>"
        "<a href=3><img src=4></a><p>f",
        PAGE);
    const struct bylaw_block *b = d->blocks;

    (void)state;
    assert_int_equal(d->links[0].block, 0);
    assert_int_equal(b[0].link_count, 1);
    assert_int_equal(b[1].link_count, 0);
    assert_int_equal(d->links[1].block, 2);
    assert_int_equal(b[2].first_link, 1);
    assert_int_equal(b[2].link_count, 1);
    assert_int_equal(b[3].first_link, 1); /* the link goes on */
    assert_int_equal(b[3].link_count, 1);
    assert_int_equal(d->links[2].block, UINT32_MAX);
    bylaw_document_free(d);
}

static void test_links__take_over_zone_and_visibility(void **state)
{
    struct bylaw_document *d = extract_at(
        "<link rel=x href=0><p style='display:none'><a href=1>a</a></p>"
        "<footer><a href=2>b</a></footer>",
        PAGE);

    (void)state;
    assert_int_equal(d->links[0].zone, BYLAW_ZONE_HEAD);
    assert_int_equal(d->links[1].visibility, BYLAW_VISIBILITY_HIDDEN_INLINE);
    assert_string_equal(d->links[1].visibility_why,
                        "display:none on an ancestor");
    assert_int_equal(d->links[2].zone, BYLAW_ZONE_FOOTER);
    bylaw_document_free(d);
}

static void test_links__stop_at_their_ceiling_and_say_so(void **state)
{
    (void)state;
    for (unsigned n = BYLAW_LIMIT_LINKS - 1; n <= BYLAW_LIMIT_LINKS + 1; n++) {
        struct bylaw__buf html = {0};
        struct bylaw_document *d;

        for (unsigned i = 0; i < n; i++)
            bylaw__buf_add_text(&html, "<a href=#>a</a> ");
        d = extract_as("text/html", bylaw__buf_span(&html), PAGE);
        assert_int_equal(d->is_complete, n <= BYLAW_LIMIT_LINKS);
        assert_int_equal(d->link_count,
                         n <= BYLAW_LIMIT_LINKS ? n : BYLAW_LIMIT_LINKS);
        bylaw_document_free(d);
        bylaw__buf_release(&html);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_links__tell_kinds_and_resolve),
        cmocka_unit_test(test_links__without_a_page_address_stay_unresolved),
        cmocka_unit_test(test_links__read_rel_tokens),
        cmocka_unit_test(test_links__read_text_with_image_alternatives),
        cmocka_unit_test(test_links__keep_the_alternative_of_a_lazy_picture),
        cmocka_unit_test(test_links__know_their_bytes),
        cmocka_unit_test(test_links__belong_to_the_block_that_holds_them),
        cmocka_unit_test(test_links__take_over_zone_and_visibility),
        cmocka_unit_test(test_links__stop_at_their_ceiling_and_say_so),
    };

    return cmocka_run_group_tests_name("extract links", tests, NULL, NULL);
}
