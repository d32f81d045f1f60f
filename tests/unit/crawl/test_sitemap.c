/* SPDX-License-Identifier: Apache-2.0 */
/* Sitemaps of every kind. */
#include "unit/leads_check.h"

#define SPACE "http://www.sitemaps.org/schemas/sitemap/0.9"

struct reading {
    const char *body, *want;
};

static void check_readings(const struct reading *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_text(bylaw__sitemap_read, rows[i].body, rows[i].want);
}

static void test_sitemap__urlset_names_pages(void **state)
{
    static const struct reading rows[] = {
        {"<?xml version='1.0' encoding='UTF-8'?>\n<urlset xmlns='" SPACE "'>\n"
         " <url>\n  <loc> https://e.org/1 </loc>\n"
         "  <lastmod>2023-05-16</lastmod><priority>0.5</priority></url>\n"
         " <url><loc>https://e.org/?a=1&amp;b=2</loc></url></urlset>",
         "page https://e.org/1 @2023-05-16T00:00:00Z\n"
         "page https://e.org/?a=1&b=2\n"},
        {"<s:urlset xmlns:s='urn:any'><s:url><s:loc>https://e.org/</s:loc>"
         "</s:url></s:urlset>",
         "page https://e.org/\n"},
        {"<urlset><url><loc>/relative</loc></url><url><loc/></url><url/>"
         "</urlset>",
         "page https://site.example/relative\n"},
        {"<urlset xmlns:i='http://www.google.com/schemas/sitemap-image/1.1'>"
         "<url><i:image><i:loc>https://e.org/i.png</i:loc></i:image>"
         "<loc>https://e.org/</loc><loc>https://e.org/second</loc></url>"
         "</urlset>",
         "page https://e.org/\n"},
        {"<urlset></urlset>", ""},
    };

    (void)state;
    check_readings(rows, COUNT(rows));
}

static void test_sitemap__news_give_title_and_date(void **state)
{
    (void)state;
    check_text(bylaw__sitemap_read,
               "<urlset xmlns='" SPACE "' xmlns:n="
               "'http://www.google.com/schemas/sitemap-news/0.9'><url>"
               "<loc>https://e.org/1</loc><lastmod>2024-01-01</lastmod>"
               "<n:news><n:publication><n:name>The News</n:name>"
               "</n:publication><n:publication_date>2023-05-16T10:00:00+02:00"
               "</n:publication_date><n:title>A &amp;amp; B</n:title></n:news>"
               "</url></urlset>",
               "page https://e.org/1 'A & B' @2023-05-16T08:00:00Z\n");
}

static void test_sitemap__index_names_sitemaps(void **state)
{
    (void)state;
    check_text(bylaw__sitemap_read,
               "<sitemapindex xmlns='" SPACE "'><sitemap>"
               "<loc>https://e.org/a.xml.gz</loc><lastmod>2023</lastmod>"
               "</sitemap><url><loc>https://e.org/no</loc></url>"
               "</sitemapindex>",
               "sitemap https://e.org/a.xml.gz @2023-01-01T00:00:00Z\n");
}

static void test_sitemap__may_be_a_list_or_a_feed(void **state)
{
    static const struct reading rows[] = {
        {"\xef\xbb\xbfhttps://e.org/1\r\n\r\n  https://e.org/2  \rnonsense\n"
         "https://e.org/3",
         "page https://e.org/1\npage https://e.org/2\npage https://e.org/3\n"},
        {"<rss><channel><title>F</title><item><link>https://e.org/</link>"
         "</item></channel></rss>",
         "= F\npage https://e.org/\n"},
        {"", ""},
    };

    (void)state;
    check_readings(rows, COUNT(rows));
}

static void test_sitemap__other_files_are_none(void **state)
{
    static const char *const bodies[] = {
        "<html><body>not found</body></html>",
        "not found\n",
        "{\"error\":404}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(bodies); i++)
        check_fails(bylaw__sitemap_read, bodies[i], "crawl.not-a-sitemap");
}

static void test_sitemap__damage_costs_what_follows_it(void **state)
{
    (void)state;
    check_text(bylaw__sitemap_read,
               "<urlset><url><loc>https://e.org/1</loc></url>\n"
               "<url><loc>https://e.org/2</loc></urlset>",
               "page https://e.org/1\n! the XML is damaged in line 2\n");
}

static void check_entries(const char *open, const char *entry,
                          const char *close, size_t entries, bool is_cut)
{
    struct bylaw__buf body = {0};
    struct bylaw__leads *leads;

    bylaw__buf_add_text(&body, open);
    for (size_t i = 0; i < entries; i++)
        bylaw__buf_add_text(&body, entry);
    bylaw__buf_add_text(&body, close);
    leads = read_bytes(bylaw__sitemap_read, bylaw__buf_span(&body));
    assert_int_equal(leads->count, is_cut ? BYLAW_LIMIT_LEADS : entries);
    assert_int_equal(leads->is_cut, is_cut);
    bylaw__leads_free(leads);
    bylaw__buf_release(&body);
}

static void test_sitemap__entries_have_a_ceiling(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        size_t entries = BYLAW_LIMIT_LEADS - 1 + i;

        check_entries("<urlset>", "<url><loc>https://e.org/</loc></url>",
                      "</urlset>", entries, i == 2);
        check_entries("", "https://e.org/\n", "", entries, i == 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sitemap__urlset_names_pages),
        cmocka_unit_test(test_sitemap__news_give_title_and_date),
        cmocka_unit_test(test_sitemap__index_names_sitemaps),
        cmocka_unit_test(test_sitemap__may_be_a_list_or_a_feed),
        cmocka_unit_test(test_sitemap__other_files_are_none),
        cmocka_unit_test(test_sitemap__damage_costs_what_follows_it),
        cmocka_unit_test(test_sitemap__entries_have_a_ceiling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
