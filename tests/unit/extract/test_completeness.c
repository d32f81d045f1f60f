/* SPDX-License-Identifier: Apache-2.0 */
/* A page that was not read whole says so, and why. */
#include "documents.h"

#include <stdio.h>

#define WORDS "one two three four five six seven eight nine ten "
#define TEXT  "<p>" WORDS WORDS WORDS "</p>"

/* The page's first reason is why, or it has none where why is NULL. */
static void check_reason(const char *html, const char *url, const char *why)
{
    struct bylaw_document *d =
        extract_as("text/html", bylaw__span_of(html), url);

    if (d->is_complete != !why)
        fail_msg("%s: %s", html, why ? "complete" : d->incomplete_because[0]);
    assert_int_equal(d->incomplete_count > 0, why != NULL);
    if (why)
        assert_string_equal(d->incomplete_because[0], why);
    bylaw_document_free(d);
}

static void test_completeness__names_each_reason(void **state)
{
    static const char cut[] = "the page ends inside a tag";
    static const char scripts[] =
        "the page has almost no text of its own and is filled in by scripts";
    static const char paywall[] = "only the part before a paywall can be read";
    static const char amp[] = "the page is the AMP variant of another address";
    static const char refresh[] =
        "the page sends its readers on to another address";
    static const char parts[] =
        "the page is one of several that go on at the next";
    static const char open[] = "the page ends before the elements it opened";
    static const struct {
        const char *html, *why;
    } rows[] = {
        {TEXT, NULL},
        {"<body><div>" TEXT, open},
        {"<html><article>" TEXT "one", open},
        {"<html><table><tr><td>" TEXT, open},
        {"<body><div>" TEXT "</body>", NULL},
        {"<body><div>" TEXT "</div> ", NULL},
        {"<body>" TEXT, NULL},
        {"<html><ul><li>" TEXT, NULL},
        {"<div>" TEXT, NULL},
        {TEXT "</body>", NULL},
        {TEXT "<", cut},
        {TEXT "<a href=", cut},
        {TEXT "</di", cut},
        {TEXT "a < b", NULL},
        {TEXT "<!-- cut", cut},
        {"<div id=app></div><script src=a></script>", scripts},
        {"<div id=app></div>", NULL},
        {"<script></script>" TEXT, NULL},
        {"<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
         "\"isAccessibleForFree\":false}</script>" TEXT,
         paywall},
        {TEXT "<div class=paywall>Subscribe to read on</div>", paywall},
        {TEXT "<div class=paywall></div>", NULL},
        {"<html amp><link rel=canonical href='http://a.example/full'>" TEXT,
         amp},
        {"<html amp><link rel=canonical href='http://a.example/p'>" TEXT, NULL},
        {"<meta http-equiv=refresh content='0; url=http://b.example/'>" TEXT,
         refresh},
        {"<meta http-equiv=refresh content=300>" TEXT, NULL},
        {"<link rel=next href='/p/2/'>" TEXT, parts},
        {TEXT "<a rel='next nofollow' href='?page=2'>Next page</a>", parts},
        {TEXT "<a rel=next href='/2023/05/another-post/'>Next</a>", NULL},
        {TEXT "<a rel=next href='/post/48211'>Next</a>", NULL},
        {TEXT "<a rel=next href='/p/1'>Back</a>", NULL},
        {TEXT "<a href='/p/2'>2</a>", parts},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_reason(rows[i].html, "http://a.example/p", rows[i].why);
}

static void test_completeness__believes_what_walls_say(void **state)
{
    static const char paywall[] = "only the part before a paywall can be read";
    static const struct {
        const char *html, *why;
    } rows[] = {
        {"<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
         "\"hasPart\":{\"isAccessibleForFree\": \"False\","
         "\"cssSelector\":\".a\"}}</script>" TEXT,
         paywall},
        {"<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
         "\"hasPart\":{\"isAccessibleForFree\": true,"
         "\"cssSelector\":\".a\"}}</script>" TEXT,
         NULL},
        {"<meta property='article:content_tier' content=locked>" TEXT, paywall},
        {"<meta property='article:content_tier' content=free>" TEXT, NULL},
        {TEXT "<p>To continue reading, please log in.", paywall},
        {TEXT "<div><h3>Nur für Abonnenten</h3></div>", paywall},
        {TEXT "<footer>Already a subscriber?</footer>", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_reason(rows[i].html, NULL, rows[i].why);
}

static void
test_completeness__knows_what_is_shown_or_fetched_later(void **state)
{
    static const char more[] =
        "the text goes on behind a control that shows more";
    static const char frame[] =
        "a part of the page beside its text is fetched from another address";
    static const struct {
        const char *html, *why;
    } rows[] = {
        {TEXT "<button>Load more</button>", more},
        {TEXT "<a href='#'>Continue reading &raquo;</a>", more},
        {TEXT "<a href=''><span>Weiterlesen</span> ...</a>", more},
        {TEXT "<input type=button value='Leer más'>", more},
        {TEXT "<div role=button>続きを読む</div>", more},
        {"<button>Show more</button>" TEXT, NULL},
        {TEXT "<button>Load more comments</button>", NULL},
        {TEXT "<a href='/other'>Read more</a>", NULL},
        {TEXT "<aside><button>Show more</button></aside>", NULL},
        {TEXT "<p>" WORDS WORDS WORDS WORDS WORDS WORDS
              "</p><ul><li>" WORDS WORDS WORDS WORDS WORDS WORDS WORDS
              "</ul><aside><button>Show more</button></aside>",
         NULL},
        {TEXT "<iframe src='/credit'></iframe>", frame},
        {"<iframe src='credit.html'></iframe>" TEXT, frame},
        {TEXT "<iframe srcdoc='<p>By A'></iframe>", frame},
        {TEXT "<object data='/credit.html'></object>", frame},
        {TEXT "<object data='/f.pdf' type='application/pdf'></object>", NULL},
        {TEXT "<iframe src='https://other.example/'></iframe>", NULL},
        {TEXT "<iframe src='about:blank'></iframe>", NULL},
        {TEXT "<iframe src='/t' style='display:none'></iframe>", NULL},
        {TEXT "<aside><iframe src='/t'></iframe></aside>", NULL},
        {TEXT "<div hx-get='/c' hx-trigger=load></div>", frame},
        {TEXT "<div hx-get='/c'></div>", NULL},
        {TEXT "<div data-src='/part/credit.html'></div>", frame},
        {TEXT "<div data-src='/film'></div>", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_reason(rows[i].html, NULL, rows[i].why);
}

static void test_completeness__knows_parts_by_their_addresses(void **state)
{
    static const char parts[] =
        "the page is one of several that go on at the next";
    static const struct {
        const char *url, *html, *why;
    } rows[] = {
        {"/j/", TEXT "<a class=post-page-numbers href='/j/2/'>2</a>", parts},
        {"/j", TEXT "<p>Pages: 1 <a href='http://a.example/j/3'>3</a>", parts},
        {"/j/", TEXT "<a href='?page=2'>Next page</a>", parts},
        {"/?p=7", TEXT "<a href='/?p=7&amp;page=2#top'>Next page</a>", parts},
        {"/j/", TEXT "<div class=pagination><a href='/j/2/'>2</a></div>",
         parts},
        {"/j/2/", TEXT "<a href='/j/'>1</a>", parts},
        {"/covid-19/2/", TEXT "<a href='/covid-19/'>1</a>", parts},
        {"/j/?page=3", TEXT "<a href='/j/'>1</a>", parts},
        {"/j/", "<nav><a href='/j/2/'>2</a></nav>" TEXT, NULL},
        {"/j/", TEXT "<a href='/j/comment-page-2/'>Older</a>", NULL},
        {"/j/", TEXT "<a href='/j/31/'>31</a>", NULL},
        {"/j/", TEXT "<a href='/j/1/'>1</a>", NULL},
        {"/j/", TEXT "<a href='/j/'>1</a>", NULL},
        {"/j/", TEXT "<a href='/k/2/'>2</a>", NULL},
        {"/j/", TEXT "<a href='//b.example/j/2/'>2</a>", NULL},
        {"/2023/5/12", TEXT "<a href='/2023/5/'>May</a>", NULL},
        {"/12", TEXT "<a href='/'>Home</a>", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char url[64];

        snprintf(url, sizeof(url), "http://a.example%s", rows[i].url);
        check_reason(rows[i].html, url, rows[i].why);
    }
    check_reason(TEXT "<a href='http://a.example/2/'>2</a>", NULL, NULL);
}

static void test_completeness__knows_a_print_view(void **state)
{
    static const char html[] =
        "<link rel=canonical href='http://a.example/p'>" TEXT;
    static const char print[] = "the page is the print view of another address";

    (void)state;
    check_reason(html, "http://a.example/p/print/", print);
    check_reason(html, "http://a.example/p?Print=1", print);
    check_reason(html, "http://a.example/p?page=1", NULL);
    check_reason(html, "http://b.example/p/print/", NULL);
    check_reason(TEXT, "http://a.example/p/print/", NULL);
    check_reason("<link rel=canonical href='http://a.example/print/p'>" TEXT,
                 "http://a.example/print/p/", NULL);
}

static void
test_completeness__believes_a_long_text_of_a_paywall_page(void **state)
{
    struct bylaw__buf html = {0};

    (void)state;
    bylaw__buf_add_text(&html, "<div class=paywall>Subscribe</div>");
    for (unsigned i = 0; i < 12; i++)
        bylaw__buf_add_text(&html, TEXT);
    check_reason(html.ptr, NULL, NULL);
    bylaw__buf_release(&html);
}

static struct bylaw_document *extract_response(int status, bool is_truncated)
{
    struct bylaw_response *response = NULL;
    struct bylaw_document *d = NULL;

    assert_int_equal(bylaw__response_from_bytes(&response, NULL, NULL,
                                                BYLAW__SPAN(TEXT), "text/html",
                                                0, NULL),
                     0);
    response->status = status;
    response->is_truncated = is_truncated;
    assert_int_equal(bylaw__extract(&d, response, NULL, NULL), 0);
    bylaw_response_free(response);
    return d;
}

static void test_completeness__looks_at_the_response(void **state)
{
    static const struct {
        int status;
        bool is_truncated;
        const char *why;
    } rows[] = {
        {200, false, NULL},
        {200, true, "the response was cut off before its end"},
        {404, false, "the server answered with status 404"},
        {503, false, "the server answered with status 503"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bylaw_document *d =
            extract_response(rows[i].status, rows[i].is_truncated);

        assert_int_equal(d->is_complete, rows[i].why == NULL);
        if (rows[i].why)
            assert_string_equal(d->incomplete_because[0], rows[i].why);
        bylaw_document_free(d);
    }
}

static void test_extract__refuses_what_is_no_page(void **state)
{
    static const struct {
        struct bylaw_span body;
        const char *type, *id;
    } rows[] = {
        {{"", 0}, "text/html", "extract.empty"},
        {{" \n", 2}, "text/html", "extract.empty"},
        {{"\x89PNG\r\n\x1a\n\0\0\0", 11}, "image/png", "extract.binary"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bylaw_response *response = NULL;
        struct bylaw_document *d = NULL;
        struct bylaw_error err = {0};

        assert_int_equal(bylaw__response_from_bytes(&response, NULL, NULL,
                                                    rows[i].body, rows[i].type,
                                                    0, NULL),
                         0);
        assert_int_not_equal(bylaw__extract(&d, response, NULL, &err), 0);
        assert_null(d);
        assert_string_equal(err.id, rows[i].id);
        assert_non_null(bylaw_diagnostic_find(err.id));
        bylaw_response_free(response);
    }
}

static void test_extract__names_body_and_address(void **state)
{
    char want[BYLAW__SHA256_HEX];
    struct bylaw_document *d =
        extract_as("text/html", BYLAW__SPAN(TEXT), "http://a.example/p");

    (void)state;
    assert_int_equal(bylaw__sha256_hex(want, BYLAW__SPAN(TEXT)), 0);
    assert_string_equal(d->sha256, want);
    assert_string_equal(d->url, "http://a.example/p");
    assert_span(d->text, TEXT);
    bylaw_document_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_completeness__names_each_reason),
        cmocka_unit_test(test_completeness__believes_what_walls_say),
        cmocka_unit_test(
            test_completeness__knows_what_is_shown_or_fetched_later),
        cmocka_unit_test(test_completeness__knows_parts_by_their_addresses),
        cmocka_unit_test(test_completeness__knows_a_print_view),
        cmocka_unit_test(
            test_completeness__believes_a_long_text_of_a_paywall_page),
        cmocka_unit_test(test_completeness__looks_at_the_response),
        cmocka_unit_test(test_extract__refuses_what_is_no_page),
        cmocka_unit_test(test_extract__names_body_and_address),
    };

    return cmocka_run_group_tests_name("extract completeness", tests, NULL,
                                       NULL);
}
