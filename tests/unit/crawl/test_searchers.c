/* SPDX-License-Identifier: Apache-2.0 */
/* Search services are asked and understood, each in its own form. */
#include "unit/leads_check.h"

static const struct bylaw__searcher *searcher(const char *name)
{
    const struct bylaw__searcher *found = bylaw__searcher_find(name);

    if (!found)
        fail_msg("there is no searcher %s", name);
    return found;
}

/* Whose answer is read, and what else came with it. */
static const struct bylaw__searcher *asked;
static struct bylaw__answer answer;

static int read_asked(struct bylaw__leads **out, struct bylaw_span body,
                      const char *base, struct bylaw_error *err)
{
    (void)base;
    answer.body = body;
    return asked->read(out, &answer, err);
}

static leads_reader *reader_of(const char *name, const char *base)
{
    asked = searcher(name);
    answer = (struct bylaw__answer){.base = base, .status = 200};
    return read_asked;
}

static void check_ask(const char *name, const char *endpoint,
                      const char *phrase, const char *want)
{
    struct bylaw__buf out = {0};
    struct bylaw_error err = {0};

    if (searcher(name)->ask(&out, endpoint, bylaw__span_of(phrase), &err))
        fail_msg("%s: %s", name, err.what);
    assert_string_equal(out.ptr, want);
    bylaw__buf_release(&out);
}

static void check_unasked(const char *name, const char *endpoint,
                          const char *phrase, const char *id)
{
    struct bylaw__buf out = {0};
    struct bylaw_error err = {0};

    assert_true(
        searcher(name)->ask(&out, endpoint, bylaw__span_of(phrase), &err) < 0);
    assert_string_equal(err.id, id);
    assert_non_null(bylaw_diagnostic_find(id));
    bylaw__buf_release(&out);
}

static void test_searchers__are_one_table(void **state)
{
    size_t i = 0;

    (void)state;
    for (; bylaw__searcher_at(i); i++) {
        const struct bylaw__searcher *s = bylaw__searcher_at(i);

        assert_ptr_equal(bylaw__searcher_find(s->name), s);
        assert_true(s->summary[0] && s->ask && s->authorise && s->read);
        assert_true(!i || strcmp(bylaw__searcher_at(i - 1)->name, s->name) < 0);
    }
    assert_int_equal(i, 7);
    assert_null(bylaw__searcher_find("bing"));
    assert_null(bylaw__searcher_find(NULL));
}

static void test_ask__makes_an_address(void **state)
{
    static const struct {
        const char *name, *endpoint, *phrase, *want;
    } rows[] = {
        {"brave", NULL, "two words",
         "https://api.search.brave.com/res/v1/web/search?count=20"
         "&q=%22two%20words%22"},
        {"brave", "http://127.0.0.1:81/res/v1/web/search", "x",
         "http://127.0.0.1:81/res/v1/web/search?count=20&q=%22x%22"},
        {"gdelt", "", "x",
         "https://api.gdeltproject.org/api/v2/doc/doc?mode=artlist&format=json"
         "&maxrecords=250&query=%22x%22"},
        {"searxng", "https://s.example/", "x",
         "https://s.example/search?format=json&q=%22x%22"},
        {"searxng", "https://s.example/sub/search#f", "x",
         "https://s.example/sub/search?format=json&q=%22x%22"},
        {"searxng", "https://s.example/?language=en", "x",
         "https://s.example/?language=en&format=json&q=%22x%22"},
        {"wordpress", "https://w.example/blog", "x",
         "https://w.example/blog/wp-json/wp/v2/posts?per_page=100"
         "&_fields=id%2Clink%2Cdate_gmt%2Cmodified_gmt%2Ctitle%2Ccontent"
         "&search=%22x%22"},
        {"wordpress", "https://w.example/?rest_route=/wp/v2/posts", "x",
         "https://w.example/?rest_route=/wp/v2/posts&per_page=100"
         "&_fields=id%2Clink%2Cdate_gmt%2Cmodified_gmt%2Ctitle%2Ccontent"
         "&search=%22x%22"},
        {"wordpress-feed", "https://w.example", "x",
         "https://w.example/?feed=rss2&s=%22x%22"},
        {"commoncrawl", "https://index.commoncrawl.org/CC-MAIN-2026-40-index",
         "e.org",
         "https://index.commoncrawl.org/CC-MAIN-2026-40-index?matchType=domain"
         "&output=json&filter=%3Dstatus%3A200&pageSize=1&showNumPages=true"
         "&url=e.org"},
        {"commoncrawl", NULL, "e.org",
         "https://index.commoncrawl.org/collinfo.json"},
        {"commoncrawl", "http://127.0.0.1:81/collinfo.json", "e.org",
         "http://127.0.0.1:81/collinfo.json"},
        {"wayback", NULL, "e.org",
         "https://web.archive.org/cdx/search/cdx?matchType=domain&output=json"
         "&filter=statuscode%3A200&filter=mimetype%3Atext%2Fhtml"
         "&collapse=urlkey&limit=10000&showResumeKey=true&url=e.org"},
        {"searxng", "https://s.example", " a&b=c#d%+\"e\" \xc3\xa9\n/?",
         "https://s.example/search?format=json"
         "&q=%22a%26b%3Dc%23d%25%2B%20e%20%20%C3%A9%20%2F%3F%22"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_ask(rows[i].name, rows[i].endpoint, rows[i].phrase, rows[i].want);
}

static void test_ask__refuses_what_cannot_be_asked(void **state)
{
    char phrase[398];

    (void)state;
    check_unasked("searxng", NULL, "x", "search.endpoint");
    check_unasked("searxng", "s.example", "x", "search.endpoint");
    check_unasked("searxng", "file:///etc/passwd", "x", "search.endpoint");
    check_unasked("searxng", "https://s.example", " ", "search.phrase");
    memset(phrase, 'x', sizeof(phrase) - 1);
    phrase[sizeof(phrase) - 1] = '\0';
    check_unasked("brave", NULL, phrase, "search.phrase");
}

static void check_key(const char *name, const char *key, const char *want)
{
    struct bylaw__buf out = {0};
    struct bylaw_error err = {0};
    int rc = searcher(name)->authorise(&out, key, &err);

    if (want) {
        assert_int_equal(rc, 0);
        assert_true(bylaw__span_is(bylaw__buf_span(&out), want));
    } else {
        assert_string_equal(err.id, "search.key");
        assert_non_null(bylaw_diagnostic_find(err.id));
    }
    bylaw__buf_release(&out);
}

static void test_authorise__writes_one_header_line(void **state)
{
    (void)state;
    check_key("brave", "BSA-7x", "X-Subscription-Token: BSA-7x");
    check_key("brave", "a\r\nHost: e.org", NULL);
    check_key("brave", "a b", NULL);
    check_key("brave", "", NULL);
    check_key("brave", NULL, NULL);
    check_key("searxng", NULL, "");
    check_key("gdelt", "ignored", "");
}

struct answer {
    const char *name, *body, *want;
};

static void test_read__understands_each_service(void **state)
{
    static const struct answer rows[] = {
        {"brave",
         "{\"type\":\"search\",\"web\":{\"results\":[{\"url\":"
         "\"https://e.org/1\",\"title\":\"A <strong>b</strong> &amp; c\","
         "\"description\":\"x <strong>y</strong>\","
         "\"page_age\":\"2023-05-16T10:00:00\"},{\"url\":\"ftp://e.org\"}]}}",
         "page https://e.org/1 'A b & c' @2023-05-16T10:00:00Z "
         "{x <strong>y</strong>}\n"},
        {"brave", "{\"type\":\"search\",\"query\":{}}", ""},
        {"gdelt",
         "{\"articles\":[{\"url\":\"https://e.org/1\",\"title\":\"a\tb\x01\","
         "\"seendate\":\"20230516T100000Z\",\"domain\":\"e.org\"}]}",
         "page https://e.org/1 'a b' @2023-05-16T10:00:00Z\n"},
        {"gdelt", "{}", ""},
        {"gdelt",
         "{\"n\":99999999999999999999,\"articles\":[{\"url\":"
         "\"https://e.org/1\",\"title\":\"a\xe2\x80\"}]}",
         "page https://e.org/1 'a\xef\xbf\xbd\xef\xbf\xbd'\n"},
        {"searxng",
         "{\"query\":\"x\",\"number_of_results\":0,\"results\":[{\"url\":"
         "\"https://e.org/1\",\"title\":\"A\",\"content\":\"a < b\","
         "\"publishedDate\":null}],\"unresponsive_engines\":[[\"bing\","
         "\"timeout\"]]}",
         "page https://e.org/1 'A' {a &lt; b}\n"
         "feed https://site.example/dir/list.xml?pageno=2\n"
         "! 1 search engines did not answer\n"},
        {"wordpress",
         "[{\"id\":1,\"date_gmt\":\"2023-05-16T10:00:00\","
         "\"link\":\"https://e.org/1\",\"title\":{\"rendered\":\"It&#8217;s\"},"
         "\"content\":{\"rendered\":\"<p>x</p>\",\"protected\":false}},"
         "{\"id\":2,\"url\":\"https://e.org/2\",\"title\":\"T\"},7]",
         "page https://e.org/1 'It\xe2\x80\x99s' @2023-05-16T10:00:00Z "
         "{<p>x</p>}\n"
         "page https://e.org/2 'T'\n"},
        {"wordpress", "[]", ""},
        {"wordpress-feed",
         "<rss><channel><item><link>https://e.org/1</link></item></channel>"
         "</rss>",
         "page https://e.org/1\n"},
        {"commoncrawl",
         "{\"urlkey\":\"org,e)/1\",\"timestamp\":\"20230516100000\",\"url\":"
         "\"https://e.org/1\",\"mime\":\"text/html\",\"status\":\"200\"}\n"
         "{\"url\":\"https://e.org/1\",\"mime\":\"text/html\"}\n"
         "{\"url\":\"https://e.org/i\",\"mime\":\"image/png\"}\n"
         "{\"url\":\"https://e.org/m\",\"status\":\"301\"}\n"
         "org,e)/2 20230516100000 {\"url\":\"https://e.org/2\"}\n"
         "{\"url\":\"https://e.o",
         "page https://e.org/1\npage https://e.org/2\n! line 6 is damaged\n"},
        {"commoncrawl", "{\"message\": \"No Captures found for: e.org/*\"}\n",
         ""},
        {"commoncrawl", "", ""},
        {"wayback",
         "[[\"urlkey\",\"timestamp\",\"original\",\"mimetype\",\"statuscode\","
         "\"digest\",\"length\"],[\"org,e)/1\",\"20230516100000\","
         "\"https://e.org/1\",\"text/html\",\"200\",\"X\",\"7\"],"
         "[\"org,e)/1\",\"20240516100000\",\"https://e.org/1\","
         "\"warc/revisit\",\"-\",\"X\",\"7\"],[\"org,e)/2\",\"2024\","
         "\"https://e.org/2\",\"text/html\",\"404\"],[7],[],9]",
         "page https://e.org/1\n"},
        {"wayback", "[]", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_text(reader_of(rows[i].name, BASE), rows[i].body, rows[i].want);
}

static void test_read__tells_refusals_from_damage(void **state)
{
    static const struct answer rows[] = {
        {"gdelt", "Your search was too short or too long.", "answer.refused"},
        {"gdelt", "<html>Timespan is too short.</html>", "answer.refused"},
        {"gdelt", "{\"articles\":[{", "answer.malformed"},
        {"gdelt", "", "answer.refused"},
        {"brave",
         "{\"type\":\"ErrorResponse\",\"error\":{\"code\":\"RATE_LIMITED\","
         "\"detail\":\"Validation failed\"}}",
         "answer.refused"},
        {"searxng", "{\"error\":\"No query\"}", "answer.refused"},
        {"searxng", "{\"query\":\"x\"}", "answer.malformed"},
        {"searxng", "<!doctype html>", "answer.refused"},
        {"wordpress",
         "{\"code\":\"rest_no_route\",\"message\":\"No route was found\"}",
         "answer.refused"},
        {"wordpress-feed", "<html></html>", "crawl.not-a-feed"},
        {"commoncrawl", "<html>503</html>", "answer.refused"},
        {"commoncrawl", "{\"message\":\"bad url\"}", "answer.refused"},
        {"wayback", "{\"message\":\"busy\"}", "answer.refused"},
        {"wayback", "[[\"a\",\"b\"],[\"1\",\"2\"]]", "answer.malformed"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_fails(reader_of(rows[i].name, BASE), rows[i].body, rows[i].want);
}

static void test_read__tells_who_asks_for_patience(void **state)
{
    static const struct answer rows[] = {
        {"gdelt", "Please limit requests to one every 5 seconds or contact us.",
         "answer.busy"},
        {"brave",
         "{\"error\":{\"code\":\"RATE_LIMITED\",\"detail\":\"Request rate "
         "limit "
         "exceeded for plan.\"}}",
         "answer.busy"},
        {"commoncrawl", "<h1>Temporarily unavailable</h1>", "answer.busy"},
        {"commoncrawl", "{\"message\":\"overload\"}", "answer.busy"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_fails(reader_of(rows[i].name, BASE), rows[i].body, rows[i].want);
}

static void test_read__leads_on_to_further_pages(void **state)
{
    static const struct {
        const char *name, *base, *total, *body, *want;
    } rows[] = {
        {"wordpress", "https://w.example/p?search=x&per_page=100", "2",
         "[{\"link\":\"https://e.org/1\"}]",
         "page https://e.org/1\n"
         "feed https://w.example/p?search=x&per_page=100&page=2\n"},
        {"wordpress", "https://w.example/p?page=2&search=x", "2",
         "[{\"link\":\"https://e.org/1\"}]", "page https://e.org/1\n"},
        /* The header is kept back: a full page may not be the last. */
        {"wordpress", "https://w.example/p?per_page=1&page=2", NULL,
         "[{\"link\":\"https://e.org/1\"}]",
         "page https://e.org/1\nfeed https://w.example/p?per_page=1&page=3\n"},
        {"wordpress", "https://w.example/p?per_page=2", NULL,
         "[{\"link\":\"https://e.org/1\"}]", "page https://e.org/1\n"},
        {"wordpress", "https://w.example/p?per_page=1&page=9999999999", NULL,
         "[{\"link\":\"https://e.org/1\"}]",
         "page https://e.org/1\nfeed https://w.example/p?per_page=1&page=2\n"},
        {"searxng", "https://s.example/search?pageno=2&q=%22x%22", NULL,
         "{\"results\":[{\"url\":\"https://e.org/1\"}]}",
         "page https://e.org/1\n"
         "feed https://s.example/search?q=%22x%22&pageno=3\n"},
        {"searxng", "https://s.example/search?pageno=3", NULL,
         "{\"results\":[]}", ""},
        {"brave", "https://b.example/s?q=x", NULL,
         "{\"query\":{\"more_results_available\":true},\"web\":{\"results\":[{"
         "\"url\":\"https://e.org/1\"}]}}",
         "page https://e.org/1\nfeed https://b.example/s?q=x&offset=1\n"},
        {"brave", "https://b.example/s?q=x&offset=9", NULL,
         "{\"query\":{\"more_results_available\":true},\"web\":{\"results\":[{"
         "\"url\":\"https://e.org/1\"}]}}",
         "page https://e.org/1\n"},
        {"brave", "https://b.example/s?q=x", NULL,
         "{\"query\":{\"more_results_available\":false},\"web\":{\"results\":["
         "{\"url\":\"https://e.org/1\"}]}}",
         "page https://e.org/1\n"},
        {"gdelt", "https://g.example/doc?maxrecords=1", NULL,
         "{\"articles\":[{\"url\":\"https://e.org/1\"}]}",
         "page https://e.org/1\n"
         "! the service tells of no more than 1 pages\n"},
        {"commoncrawl",
         "https://c.example/i?pageSize=1&showNumPages=true&url=e.org", NULL,
         "{\"pages\": 2, \"pageSize\": 1, \"blocks\": 2}",
         "feed https://c.example/i?pageSize=1&url=e.org&page=0\n"
         "feed https://c.example/i?pageSize=1&url=e.org&page=1\n"},
        {"commoncrawl", "https://c.example/i?showNumPages=true", NULL,
         "{\"pages\": 0, \"pageSize\": 1, \"blocks\": 0}", ""},
        {"wayback", "https://a.example/cdx?url=e.org", NULL,
         "[[\"original\"],[\"https://e.org/1\"],[],"
         "[\"org%2Ce%29%2F1+20230516100000%21\"]]",
         "page https://e.org/1\n"
         "feed https://a.example/cdx?url=e.org"
         "&resumeKey=org%2Ce%29%2F1%2020230516100000%21\n"},
        {"wayback", "https://a.example/cdx?url=e.org&resumeKey=old", NULL,
         "[[\"original\"],[\"https://e.org/1\"],[],[\"eJxL%zz\"]]",
         "page https://e.org/1\n"
         "feed https://a.example/cdx?url=e.org&resumeKey=eJxL%25zz\n"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        leads_reader *read = reader_of(rows[i].name, rows[i].base);

        answer.total = rows[i].total;
        check_text(read, rows[i].body, rows[i].want);
    }
}

static void test_read__asks_the_latest_index(void **state)
{
    struct bylaw__leads *leads = NULL;

    (void)state;
    assert_int_equal(reader_of("commoncrawl", BASE)(
                         &leads,
                         BYLAW__SPAN("[{\"id\":\"CC-MAIN-2026-40\",\"cdx-api\":"
                                     "\"https://c.example/40\"},{\"id\":"
                                     "\"CC-MAIN-2026-44\",\"cdx-api\":"
                                     "\"https://c.example/44\"},{\"id\":"
                                     "\"CC-MAIN-2026-47\"},7]"),
                         BASE, NULL),
                     0);
    assert_int_equal(leads->count, 1);
    assert_int_equal(leads->items[0].kind, BYLAW__LEAD_INDEX);
    assert_string_equal(leads->items[0].url, "https://c.example/44");
    bylaw__leads_free(leads);
    check_fails(reader_of("commoncrawl", BASE), "[]", "answer.malformed");
}

static void test_read__pages_of_an_answer_have_a_ceiling(void **state)
{
    static const unsigned counts[] = {BYLAW_LIMIT_ANSWER_PAGES - 1,
                                      BYLAW_LIMIT_ANSWER_PAGES,
                                      BYLAW_LIMIT_ANSWER_PAGES + 1, 4000000000};

    (void)state;
    for (size_t i = 0; i < COUNT(counts); i++) {
        struct bylaw__leads *leads = NULL;
        char body[64];

        snprintf(body, sizeof(body), "{\"pages\": %u}", counts[i]);
        assert_int_equal(reader_of("commoncrawl", BASE)(&leads,
                                                        bylaw__span_of(body),
                                                        BASE, NULL),
                         0);
        assert_int_equal(leads->count, counts[i] < BYLAW_LIMIT_ANSWER_PAGES
                                           ? counts[i]
                                           : BYLAW_LIMIT_ANSWER_PAGES);
        bylaw__leads_free(leads);
    }
}

static void
test_read__knows_how_services_say_that_there_is_nothing(void **state)
{
    static const struct {
        const char *name, *base, *body;
        int status;
        bool is_none;
    } rows[] = {
        {"commoncrawl", BASE, "{\"message\":\"No Captures found\"}", 404, true},
        {"commoncrawl", BASE, "", 503, false},
        {"wordpress", "https://w.example/p?page=3",
         "{\"code\":\"rest_post_invalid_page_number\",\"data\":{\"status\":400}"
         "}",
         400, true},
        {"wordpress", "https://w.example/p",
         "{\"code\":\"rest_invalid_param\"}", 400, false},
        {"wordpress-feed", "https://w.example/?s=x&paged=2", "", 404, true},
        {"wordpress-feed", "https://w.example/?s=x", "", 404, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reader_of(rows[i].name, rows[i].base);
        answer.body = bylaw__span_of(rows[i].body);
        answer.status = rows[i].status;
        assert_int_equal(asked->is_none(&answer), rows[i].is_none);
    }
}

static void test_read__repeats_a_services_words_harmlessly(void **state)
{
    struct bylaw_error err = {0};
    struct bylaw__leads *leads = NULL;

    (void)state;
    assert_true(reader_of("gdelt", BASE)(&leads,
                                         BYLAW__SPAN("<b>Shut</b>\x1b[31m\nup"),
                                         BASE, &err) < 0);
    assert_string_equal(err.what, "the service said: Shut [31m up");
}

static struct bylaw__buf nested(const char *open, size_t depth,
                                const char *close)
{
    struct bylaw__buf body = {0};

    for (size_t i = 0; i < depth; i++)
        bylaw__buf_add_text(&body, open);
    for (size_t i = 0; i < depth; i++)
        bylaw__buf_add_text(&body, close);
    return body;
}

static void check_nesting(size_t depth, bool is_read)
{
    struct bylaw__buf body = nested("[", depth, "]");
    struct bylaw_error err = {0};
    struct bylaw__leads *leads = NULL;
    int rc = reader_of("wordpress", BASE)(&leads, bylaw__buf_span(&body), BASE,
                                          &err);

    assert_int_equal(!rc, is_read);
    if (!is_read)
        assert_string_equal(err.id, "answer.too-large");
    bylaw__leads_free(leads);
    bylaw__buf_release(&body);
}

static void test_read__json_depth_has_a_ceiling(void **state)
{
    (void)state;
    check_nesting(BYLAW_LIMIT_ANSWER_DEPTH - 1, true);
    check_nesting(BYLAW_LIMIT_ANSWER_DEPTH, true);
    check_nesting(BYLAW_LIMIT_ANSWER_DEPTH + 1, false);
    check_nesting(1000000, false);
}

/* "[" and so many values but one, each with its comma. */
static void check_values(size_t values, bool is_read)
{
    struct bylaw__buf body = {0};
    struct bylaw__leads *leads = NULL;

    bylaw__buf_add_text(&body, "{\"results\":[],\"x\":[0");
    for (size_t i = 4; i < values; i++)
        bylaw__buf_add_text(&body, ",0");
    bylaw__buf_add_text(&body, "]}");
    assert_int_equal(!reader_of("searxng", BASE)(&leads, bylaw__buf_span(&body),
                                                 BASE, NULL),
                     is_read);
    bylaw__leads_free(leads);
    bylaw__buf_release(&body);
}

static void test_read__json_values_have_a_ceiling(void **state)
{
    (void)state;
    check_values(BYLAW_LIMIT_ANSWER_ITEMS - 1, true);
    check_values(BYLAW_LIMIT_ANSWER_ITEMS, true);
    check_values(BYLAW_LIMIT_ANSWER_ITEMS + 1, false);
}

static void check_bytes_read(size_t size, bool is_read)
{
    static const char head[] = "{\"results\":[]", tail[] = "}";
    struct bylaw__buf body = {0};
    struct bylaw__leads *leads = NULL;

    bylaw__buf_add_text(&body, head);
    memset(bylaw__buf_reserve(&body, size), ' ', size);
    body.len = size - strlen(tail);
    bylaw__buf_add_text(&body, tail);
    assert_int_equal(!reader_of("searxng", BASE)(&leads, bylaw__buf_span(&body),
                                                 BASE, NULL),
                     is_read);
    bylaw__leads_free(leads);
    bylaw__buf_release(&body);
}

static void test_read__json_bytes_have_a_ceiling(void **state)
{
    (void)state;
    check_bytes_read(BYLAW_LIMIT_ANSWER_BYTES - 1, true);
    check_bytes_read(BYLAW_LIMIT_ANSWER_BYTES, true);
    check_bytes_read(BYLAW_LIMIT_ANSWER_BYTES + 1, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_searchers__are_one_table),
        cmocka_unit_test(test_ask__makes_an_address),
        cmocka_unit_test(test_ask__refuses_what_cannot_be_asked),
        cmocka_unit_test(test_authorise__writes_one_header_line),
        cmocka_unit_test(test_read__understands_each_service),
        cmocka_unit_test(test_read__tells_refusals_from_damage),
        cmocka_unit_test(test_read__tells_who_asks_for_patience),
        cmocka_unit_test(test_read__leads_on_to_further_pages),
        cmocka_unit_test(test_read__asks_the_latest_index),
        cmocka_unit_test(test_read__pages_of_an_answer_have_a_ceiling),
        cmocka_unit_test(
            test_read__knows_how_services_say_that_there_is_nothing),
        cmocka_unit_test(test_read__repeats_a_services_words_harmlessly),
        cmocka_unit_test(test_read__json_depth_has_a_ceiling),
        cmocka_unit_test(test_read__json_values_have_a_ceiling),
        cmocka_unit_test(test_read__json_bytes_have_a_ceiling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
