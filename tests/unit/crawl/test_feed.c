/* SPDX-License-Identifier: Apache-2.0 */
/* Feeds of every kind name the same pages in the same way. */
#include "unit/leads_check.h"

#define RSS(items) "<rss version='2.0'><channel>" items "</channel></rss>"
#define ATOM(entries)                                                          \
    "<feed xmlns='http://www.w3.org/2005/Atom'>" entries "</feed>"

struct reading {
    const char *body, *want;
};

static void check_readings(const struct reading *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_text(bylaw__feed_read, rows[i].body, rows[i].want);
}

static void test_feed__rss_2_is_read(void **state)
{
    (void)state;
    check_text(bylaw__feed_read,
               "<?xml version='1.0'?>\n"
               "<rss version='2.0' "
               "xmlns:c='http://purl.org/rss/1.0/modules/content/'>\n"
               "<channel><title>The News &amp;amp; more</title>"
               "<link>https://site.example/</link><description>d</description>"
               "<image><title>A logo</title><url>l.png</url></image>"
               "<item><title>One</title><link>https://site.example/1</link>"
               "<description>short</description>"
               "<c:encoded><![CDATA[<p>Long &amp; whole</p>]]></c:encoded>"
               "<pubDate>Tue, 16 May 2023 10:00:00 +0200</pubDate></item>"
               "<item><title>Two</title><link>/2</link>"
               "<description>&lt;i&gt;two&lt;/i&gt;</description></item>"
               "</channel></rss>",
               "= The News & more\n"
               "page https://site.example/1 'One' @2023-05-16T08:00:00Z "
               "{<p>Long &amp; whole</p>}\n"
               "page https://site.example/2 'Two' {<i>two</i>}\n");
}

static void test_feed__rss_1_keeps_items_beside_the_channel(void **state)
{
    (void)state;
    check_text(
        bylaw__feed_read,
        "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns='http://purl.org/rss/1.0/' "
        "xmlns:d='http://purl.org/dc/elements/1.1/'>"
        "<channel r:about='https://site.example/'><title>RDF</title>"
        "</channel><image><title>A logo</title></image>"
        "<item r:about='https://site.example/1'><title>One</title>"
        "<link>https://site.example/one</link><d:date>2023-05-16</d:date>"
        "</item><item r:about='https://site.example/2'><title>Two</title>"
        "</item></r:RDF>",
        "= RDF\n"
        "page https://site.example/one 'One' @2023-05-16T00:00:00Z\n"
        "page https://site.example/2 'Two'\n");
}

static void test_feed__rss_0_9x_is_read(void **state)
{
    static const struct reading rows[] = {
        {"<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' "
         "'http://my.netscape.com/publish/formats/rss-0.91.dtd'>"
         "<rss version='0.91'><channel><title>Caf&eacute;</title><item>"
         "<title>One</title><link>https://e.org/1</link></item></channel>"
         "</rss>",
         "= Caf\xc3\xa9\npage https://e.org/1 'One'\n"},
        {"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
         "xmlns='http://my.netscape.com/rdf/simple/0.9/'><item>"
         "<link>https://e.org/1</link></item></rdf:RDF>",
         "page https://e.org/1\n"},
    };

    (void)state;
    check_readings(rows, COUNT(rows));
}

static void test_feed__atom_is_read(void **state)
{
    (void)state;
    check_text(
        bylaw__feed_read,
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom' "
        "xml:base='https://other.example/blog/'>"
        "<a:title type='html'>&lt;b&gt;Blog&lt;/b&gt;</a:title>"
        "<a:link rel='self' href='feed'/><a:link rel='next' href='?page=2'/>"
        "<a:entry><a:title>1 &lt; 2</a:title><a:id>tag:x,2023:1</a:id>"
        "<a:link rel='replies' href='r'/><a:link rel='alternate' "
        "type='application/json' href='j'/><a:link href='1'/>"
        "<a:published>2023-05-16T10:00:00+02:00</a:published>"
        "<a:updated>2024-01-01T00:00:00Z</a:updated>"
        "<a:summary>a &amp; b</a:summary>"
        "<a:source><a:title>Not this</a:title></a:source></a:entry>"
        "<a:entry xml:base='sub/'><a:link href='2'/>"
        "<a:updated>2024-01-01T00:00:00Z</a:updated>"
        "<a:content type='xhtml'><h:div xmlns:h='http://www.w3.org/1999/xhtml'>"
        "x &lt; <h:a href='y&amp;z' class='c'>y</h:a></h:div></a:content>"
        "</a:entry></a:feed>",
        "= Blog\n"
        "feed https://other.example/blog/?page=2\n"
        "page https://other.example/blog/1 '1 < 2' @2023-05-16T08:00:00Z "
        "{a &amp; b}\n"
        "page https://other.example/blog/sub/2 @2024-01-01T00:00:00Z "
        "{<div>x &lt; <a href=\"y&amp;z\">y</a></div>}\n");
}

static void test_feed__link_is_the_page_itself(void **state)
{
    static const struct reading rows[] = {
        {RSS("<item><guid>https://e.org/g</guid></item>"),
         "page https://e.org/g\n"},
        {RSS("<item><guid isPermaLink='false'>https://e.org/g</guid></item>"),
         ""},
        {RSS("<item><guid>1234</guid></item>"), ""},
        {RSS("<item><link>ftp://e.org/</link><guid>https://e.org/g</guid>"
             "</item>"),
         "page https://e.org/g\n"},
        {RSS("<item><link> \n https://e.org/l \n</link></item>"),
         "page https://e.org/l\n"},
        {RSS("<item><link><![CDATA[https://e.org/?a=1&b=2]]></link></item>"),
         "page https://e.org/?a=1&b=2\n"},
        {RSS("<item><link>https://e.org/?a=1&b=2</link></item>"),
         "page https://e.org/?a=1&b=2\n"},
        {RSS("<item><link>javascript:alert(1)</link></item>"), ""},
        {RSS("<item><link>https://user@e.org/</link></item>"), ""},
        {RSS("<item><title>none</title></item>"), ""},
        {RSS("<item><link>l</link><feedburner:origLink "
             "xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'>"
             "https://e.org/o</feedburner:origLink></item>"),
         "page https://e.org/o\n"},
        {RSS("<item><atom:link xmlns:atom='http://www.w3.org/2005/Atom' "
             "href='a'/><link>l</link></item>"),
         "page https://site.example/dir/a\n"},
        {RSS("<item xml:base='https://e.org/x/'><link>l</link></item>"
             "<item><link>l</link></item>"),
         "page https://e.org/x/l\npage https://site.example/dir/l\n"},
        {ATOM("<entry><id>https://e.org/id</id></entry>"),
         "page https://e.org/id\n"},
        {ATOM("<entry><link href='https://e.org/?a=1&amp;b=2&#38;c'/></entry>"),
         "page https://e.org/?a=1&b=2&c\n"},
        {ATOM("<entry><link type='text/html' href='h'/><link href='i'/>"
              "</entry>"),
         "page https://site.example/dir/h\n"},
        {"<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry>"
         "<link rel='alternate' type='text/html' href='https://e.org/'/>"
         "<issued>2003-12-13T08:29:29-04:00</issued></entry></feed>",
         "page https://e.org/ @2003-12-13T12:29:29Z\n"},
    };

    (void)state;
    check_readings(rows, COUNT(rows));
}

static void test_feed__titles_are_text(void **state)
{
    static const struct reading rows[] = {
        {RSS("<item><link>https://e.org/</link><title>\n A\t b  c "
             "</title></item>"),
         "page https://e.org/ 'A b c'\n"},
        {RSS("<item><link>https://e.org/</link><title>AT&amp;T &amp;#8217;s "
             "&lt;b&gt;x&lt;/b&gt;</title></item>"),
         "page https://e.org/ 'AT&T \xe2\x80\x99s x'\n"},
        {RSS("<item><link>https://e.org/</link><title>a <b>c</b></title>"
             "<media:title>m</media:title><title>second</title></item>"),
         "page https://e.org/ 'a c'\n"},
        {ATOM("<entry><id>https://e.org/</id><title type='text'>a &amp;amp; b"
              "</title></entry>"),
         "page https://e.org/ 'a &amp; b'\n"},
        {ATOM("<entry><id>https://e.org/</id><title type='image/png'>iVBO"
              "</title></entry>"),
         "page https://e.org/\n"},
    };

    (void)state;
    check_readings(rows, COUNT(rows));
}

static void test_feed__namespaces_bind_under_any_prefix(void **state)
{
    static const struct reading rows[] = {
        {"<x:rss xmlns:x='http://backend.userland.com/rss2'><x:channel>"
         "<x:item><x:link>https://e.org/</x:link></x:item></x:channel>"
         "</x:rss>",
         "page https://e.org/\n"},
        {RSS("<item xmlns:o='urn:other'><o:link>https://e.org/o</o:link>"
             "<link>https://e.org/</link></item>"),
         "page https://e.org/\n"},
        /* Prefixes that nobody declared mean what they mostly mean. */
        {RSS("<item><link>https://e.org/</link>"
             "<content:encoded>&lt;p&gt;x</content:encoded>"
             "<dc:date>2023-05-16</dc:date></item>"),
         "page https://e.org/ @2023-05-16T00:00:00Z {<p>x}\n"},
    };

    (void)state;
    check_readings(rows, COUNT(rows));
}

static void test_feed__json_is_read(void **state)
{
    static const struct reading rows[] = {
        {"{\"version\":\"https://jsonfeed.org/version/1.1\","
         "\"title\":\"J\",\"next_url\":\"?p=2\",\"items\":["
         "{\"id\":\"1\",\"url\":\"/1\",\"title\":\"One\","
         "\"content_html\":\"<p>x\",\"date_published\":\"2023-05-16T10:00:00Z\""
         "},{\"id\":\"https://e.org/2\",\"content_text\":\"a < b\"},"
         "{\"id\":\"3\"},7,{\"external_url\":\"https://e.org/x\"}]}",
         "= J\n"
         "page https://site.example/1 'One' @2023-05-16T10:00:00Z {<p>x}\n"
         "page https://e.org/2 {a &lt; b}\n"
         "page https://e.org/x\n"
         "feed https://site.example/dir/list.xml?p=2\n"},
        {"\xef\xbb\xbf{\"items\":[]}", ""},
    };

    (void)state;
    check_readings(rows, COUNT(rows));
}

static void test_feed__charset_is_found(void **state)
{
    static const char declared[] =
        "<?xml version='1.0' encoding='ISO-8859-2'?>"
        "<rss><channel><title>\xb1</title></channel></rss>";
    static const char wrong[] =
        "<?xml version='1.0' encoding='ISO-8859-1'?>"
        "<rss><channel><title>\xc3\xa9\xe2\x80\x99</title></channel></rss>";
    static const char wide[] = "<\0r\0s\0s\0>\0<\0c\0h\0a\0n\0n\0e\0l\0>\0"
                               "<\0t\0i\0t\0l\0e\0>\0\x42\x04<\0/\0t\0i\0t\0"
                               "l\0e\0>\0<\0/\0c\0h\0a\0n\0n\0e\0l\0>\0<\0/\0"
                               "r\0s\0s\0>";
    static const char not_wide[] =
        "<?xml version='1.0' encoding='utf-16'?>"
        "<rss><channel><title>x</title></channel></rss>";
    static const char broken[] =
        "<rss><channel><title>a\xff b</title></channel></rss>";

    (void)state;
    check_text(bylaw__feed_read, declared, "= \xc4\x85\n");
    check_text(bylaw__feed_read, wrong, "= \xc3\xa9\xe2\x80\x99\n");
    check_bytes(bylaw__feed_read, (struct bylaw_span){wide, sizeof(wide)},
                "= \xd1\x82\n");
    check_text(bylaw__feed_read, not_wide, "= x\n");
    check_text(bylaw__feed_read, broken, "= a\xef\xbf\xbd b\n");
}

static void test_feed__other_files_are_no_feeds(void **state)
{
    static const char *const bodies[] = {
        "",
        "not found",
        "<html><body>not found</body></html>",
        "<!DOCTYPE html><p>x",
        "<urlset><url><loc>https://e.org/</loc></url></urlset>",
        "{}",
        "{\"items\":7}",
        "[]",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(bodies); i++)
        check_fails(bylaw__feed_read, bodies[i], "crawl.not-a-feed");
    check_fails(bylaw__feed_read, "{\"items\":[", "answer.malformed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_feed__rss_2_is_read),
        cmocka_unit_test(test_feed__rss_1_keeps_items_beside_the_channel),
        cmocka_unit_test(test_feed__rss_0_9x_is_read),
        cmocka_unit_test(test_feed__atom_is_read),
        cmocka_unit_test(test_feed__link_is_the_page_itself),
        cmocka_unit_test(test_feed__titles_are_text),
        cmocka_unit_test(test_feed__namespaces_bind_under_any_prefix),
        cmocka_unit_test(test_feed__json_is_read),
        cmocka_unit_test(test_feed__charset_is_found),
        cmocka_unit_test(test_feed__other_files_are_no_feeds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
