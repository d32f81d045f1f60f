/* SPDX-License-Identifier: Apache-2.0 */
/* Scans of a web on loopback: what is found, asked for, and left alone. */
#include "scanning.h"

#include <signal.h>
#include <sys/wait.h>

#define TOP                                                                    \
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Japan to "  \
    "Open NATO Liaison Office</title></head><body><main><h1>Japan to Open "    \
    "NATO Liaison Office</h1>\n"
#define END "</main><footer>Run by volunteers.</footer></body></html>\n"
#define OTHER                                                                  \
    TOP "<p>The choir is looking for tenors who can sing on Thursdays and "    \
        "who do not mind the cold of the old town hall in winter.</p>"
#define LINK(path) "<p><a href=\"" path "\">more of it</a></p>"

/* The article without and with credit; filled by make_pages. */
static char *bad, *good;

#define FEED "application/rss+xml"
#define XML  "application/xml"

static struct web_page pages[] = {
    {.host = "site.example",
     .path = "/",
     .body = OTHER LINK("/copy") LINK("/private/copy") LINK("/one") END},
    {.host = "site.example", .path = "/copy", .body = "bad"},
    {.host = "site.example", .path = "/private/copy", .body = "bad"},
    {.host = "site.example", .path = "/one", .body = OTHER LINK("/two") END},
    {.host = "site.example", .path = "/two", .body = OTHER LINK("/three") END},
    {.host = "site.example", .path = "/three", .body = "bad"},
    {.host = "site.example",
     .path = "/robots.txt",
     .body = "User-agent: *\nDisallow: /private/\n",
     .type = "text/plain"},

    {.host = "feed.example",
     .path = "/feed",
     .body = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>"
             "<title>News</title>"
             "<item><title>a</title><link>http://feed.example/good</link>"
             "</item><item><title>b</title>"
             "<link>http://other.example/copy</link></item>"
             "</channel></rss>",
     .type = FEED},
    {.host = "feed.example", .path = "/good", .body = "good"},
    {.host = "other.example", .path = "/copy", .body = "bad"},

    {.host = "map.example",
     .path = "/sitemap.xml",
     .body = "<?xml version=\"1.0\"?><sitemapindex "
             "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><sitemap>"
             "<loc>http://map.example/part.xml</loc></sitemap></sitemapindex>",
     .type = XML},
    {.host = "map.example",
     .path = "/part.xml",
     .body = "<?xml version=\"1.0\"?><urlset "
             "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url>"
             "<loc>http://map.example/listed</loc></url></urlset>",
     .type = XML},
    {.host = "map.example", .path = "/listed", .body = "bad"},

    {.host = "list.example", .path = "/copy", .body = "bad"},
    {.host = "moved.example",
     .path = "/old",
     .location = "http://new.example/here"},
    {.host = "new.example", .path = "/here", .body = "bad"},
};
#define PAGE_COUNT (sizeof(pages) / sizeof(pages[0]))

static char list_path[128];

static struct bylaw_watch watches[] = {
    {BYLAW_WATCH_SITE, "http://site.example/", 2, 1000},
    {BYLAW_WATCH_FEED, "http://feed.example/feed", 0, 0},
    {BYLAW_WATCH_SITEMAP, "http://map.example/sitemap.xml", 0, 0},
    {BYLAW_WATCH_LIST, list_path, 0, 0},
};
#define WATCH_COUNT (sizeof(watches) / sizeof(watches[0]))

static char *fill_page(const struct bylaw_source *source, const char *text)
{
    struct bylaw__buf filled = {0};

    fill(&filled, text, source);
    return bylaw__buf_take(&filled, NULL);
}

static void put_bodies(struct web_page *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (table[i].body && !strcmp(table[i].body, "bad"))
            table[i].body = bad;
        else if (table[i].body && !strcmp(table[i].body, "good"))
            table[i].body = good;
}

static int make_pages(void **state)
{
    bylaw_auditor *auditor;

    if (make_files(state))
        return -1;
    auditor = new_seeded(NULL);
    bad = fill_page(bylaw_auditor_source(auditor, 0),
                    TOP "<!--bylaw:article-->\n" END);
    good = fill_page(bylaw_auditor_source(auditor, 0),
                     TOP "<!--bylaw:article-->\n" CREDIT END);
    bylaw_auditor_free(auditor);
    put_bodies(pages, PAGE_COUNT);
    snprintf(list_path, sizeof(list_path), "%s",
             write_file("list.txt", "# two pages\nhttp://list.example/copy\n"
                                    "http://moved.example/old\n"));
    return 0;
}

static int drop_pages(void **state)
{
    free(bad);
    free(good);
    return remove_files(state);
}

static struct loopback_web *start(const struct web_page *table, size_t count)
{
    struct loopback_web *web = web_start(table, count);

    assert_non_null(web);
    return web;
}

/* ------------------------------------------------------------- finding --- */

#define CASE(url, state) url " japan-nato " state " not-met 3\n"
#define ALL(state)                                                             \
    CASE("http://list.example/copy", state)                                    \
    CASE("http://map.example/listed", state)                                   \
    CASE("http://new.example/here", state)                                     \
    CASE("http://other.example/copy", state)                                   \
    CASE("http://site.example/copy", state)

static void test_scan__finds_reposts_behind_whatever_names_them(void **state)
{
    struct loopback_web *web = start(pages, PAGE_COUNT);
    struct bylaw_scan_result result;
    struct workspace w;

    (void)state;
    make_workspace(&w, "finds", web, watches, WATCH_COUNT);
    result = run_scan(&w);
    assert_int_equal(result.outcome, BYLAW_SCAN_COMPLETE);
    assert_int_equal(result.total.matched, 6);
    check_cases(&w, ALL("seen"));
    web_stop(web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan__finds_reposts_behind_whatever_names_them),
    };

    return cmocka_run_group_tests(tests, make_pages, drop_pages);
}
