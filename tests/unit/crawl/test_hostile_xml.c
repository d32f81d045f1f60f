/* SPDX-License-Identifier: Apache-2.0 */
/* Hostile and damaged XML costs only what follows the fault, or nothing. */
#include "unit/leads_check.h"

#include <zlib.h>

#define HEAD "<rss><channel><title>T</title>"
#define ONE  "<item><link>https://e.org/1</link></item>"
#define TAIL "</channel></rss>"

static void test_xml__internal_subsets_are_refused(void **state)
{
    static const char *const bodies[] = {
        "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>"
        "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>" HEAD "<item><title>&c;"
        "</title><link>https://e.org/1</link></item>" TAIL,
        "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
        "<rss><channel><title>&x;</title>" TAIL,
        "<!-- [ --><!DOCTYPE rss SYSTEM 'a>b' [<!ELEMENT rss ANY>]>" HEAD TAIL,
        "<?xml version='1.0'?>\n<!doctype rss[]>" HEAD TAIL,
        HEAD "<!DOCTYPE x [<!ENTITY y 'z'>]>" TAIL,
    };

    (void)state;
    for (size_t i = 0; i < COUNT(bodies); i++) {
        check_fails(bylaw__feed_read, bodies[i], "crawl.doctype");
        check_fails(bylaw__sitemap_read, bodies[i], "crawl.doctype");
    }
}

static void test_xml__external_subsets_are_left_alone(void **state)
{
    (void)state;
    check_text(bylaw__feed_read,
               "<!DOCTYPE rss SYSTEM 'file:///etc/passwd'>"
               "<rss><channel><title>&xxe;</title>" TAIL,
               "= &xxe;\n");
}

static void test_xml__damage_costs_what_follows_it(void **state)
{
    static const struct {
        const char *body, *want;
    } rows[] = {
        {HEAD ONE "\n<item><link>https://e.org/2</link></itm>" TAIL,
         "= T\npage https://e.org/1\n! the XML is damaged in line 2\n"},
        {HEAD ONE "<item><link>https://e.org/2</li",
         "= T\npage https://e.org/1\n! the XML is damaged in line 1\n"},
        {HEAD ONE "<item a=1>" TAIL,
         "= T\npage https://e.org/1\n! the XML is damaged in line 1\n"},
        {HEAD ONE "<![CDATA[ x",
         "= T\npage https://e.org/1\n! the XML is damaged in line 1\n"},
        {"<rss>", "! the XML is damaged in line 1\n"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_text(bylaw__feed_read, rows[i].body, rows[i].want);
}

static void test_xml__common_faults_are_mended(void **state)
{
    static const struct {
        const char *title, *want;
    } rows[] = {
        {"a & b", "= a & b\n"},
        {"a&b", "= a&b\n"},
        {"caf&eacute;&nbsp;x", "= caf\xc3\xa9\xc2\xa0x\n"},
        {"&unknown;", "= &unknown;\n"},
        {"a&#0;b&#x1F;c", "= a b c\n"},
        {"a&#8217;b&#X2019;c", "= a\xe2\x80\x99"
                               "b\xe2\x80\x99"
                               "c\n"},
        {"a&#99999999999;b", "= a\xef\xbf\xbd"
                             "b\n"},
        {"a\x01\x1f b", "= a b\n"},
        {"a\xef\xbf\xbf b", "= a b\n"},
        {"<![CDATA[a & b\x0c]]>", "= a & b\n"},
        {"<!-- a -- b & \x02 -->x<?php echo ?>", "= x\n"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char body[256];

        snprintf(body, sizeof(body), "<rss><channel><title>%s</title>" TAIL,
                 rows[i].title);
        check_text(bylaw__feed_read, body, rows[i].want);
    }
}

static void test_xml__what_surrounds_the_root_does_not_count(void **state)
{
    (void)state;
    check_text(bylaw__feed_read,
               "\n  \n<?xml version='1.0'?>" HEAD ONE TAIL
               "\n<b>Warning: mysql & more",
               "= T\npage https://e.org/1\n");
}

static void test_xml__nuls_are_white_space(void **state)
{
    static const char body[] = HEAD "\0<item><link>https://e.org/\0"
                                    "1</link></item>\0" TAIL "\0";

    (void)state;
    check_bytes(bylaw__feed_read, (struct bylaw_span){body, sizeof(body)},
                "= T\npage https://e.org/%201\n");
}

/* ------------------------------------------------------------ ceilings --- */

static void add_times(struct bylaw__buf *out, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++)
        bylaw__buf_add_text(out, text);
}

static void check_cut(struct bylaw__buf *body, size_t count, bool is_cut)
{
    struct bylaw__leads *leads =
        read_bytes(bylaw__feed_read, bylaw__buf_span(body));

    if (leads->count != count || leads->is_cut != is_cut)
        fail_msg("%zu leads, %s", leads->count, leads->cut_because);
    bylaw__leads_free(leads);
    bylaw__buf_release(body);
}

static void check_entries(size_t entries, size_t count, bool is_cut)
{
    struct bylaw__buf body = {0};

    bylaw__buf_add_text(&body, HEAD);
    add_times(&body, ONE, entries);
    bylaw__buf_add_text(&body, TAIL);
    check_cut(&body, count, is_cut);
}

static void test_xml__entries_have_a_ceiling(void **state)
{
    (void)state;
    check_entries(BYLAW_LIMIT_LEADS - 1, BYLAW_LIMIT_LEADS - 1, false);
    check_entries(BYLAW_LIMIT_LEADS, BYLAW_LIMIT_LEADS, false);
    check_entries(BYLAW_LIMIT_LEADS + 1, BYLAW_LIMIT_LEADS, true);
}

/* rss, channel, item and description hold so many elements more. */
static void check_depth(size_t depth, bool is_cut)
{
    struct bylaw__buf body = {0};

    bylaw__buf_add_text(&body, HEAD ONE "<item><description>");
    add_times(&body, "<b>", depth - 4);
    add_times(&body, "</b>", depth - 4);
    bylaw__buf_add_text(&body, "</description></item>" ONE TAIL);
    check_cut(&body, is_cut ? 1 : 2, is_cut);
}

static void test_xml__depth_has_a_ceiling(void **state)
{
    (void)state;
    check_depth(BYLAW_LIMIT_XML_DEPTH - 1, false);
    check_depth(BYLAW_LIMIT_XML_DEPTH, false);
    check_depth(BYLAW_LIMIT_XML_DEPTH + 1, true);
    check_depth(1000000, true);
}

static void check_attributes(size_t attributes, bool is_cut)
{
    struct bylaw__buf body = {0};

    bylaw__buf_add_text(&body, HEAD ONE "<item");
    for (size_t i = 0; i < attributes; i++)
        bylaw__buf_printf(&body, " a%zu='='", i);
    bylaw__buf_add_text(&body, "/>" ONE TAIL);
    check_cut(&body, is_cut ? 1 : 2, is_cut);
}

static void test_xml__attributes_have_a_ceiling(void **state)
{
    (void)state;
    check_attributes(BYLAW_LIMIT_XML_ATTRIBUTES - 1, false);
    check_attributes(BYLAW_LIMIT_XML_ATTRIBUTES, false);
    check_attributes(BYLAW_LIMIT_XML_ATTRIBUTES + 1, true);
    check_attributes(1000000, true);
}

static void check_namespaces(size_t namespaces, bool is_cut)
{
    struct bylaw__buf body = {0};
    size_t tags = (namespaces + 15) / 16, left = namespaces;

    bylaw__buf_add_text(&body, HEAD ONE "<item>");
    for (size_t i = 0; i < tags; i++) {
        bylaw__buf_add_text(&body, "<b");
        for (size_t j = 0; j < 16 && left; j++, left--)
            bylaw__buf_printf(&body, " xmlns:n%zu='u:%zu'", left, left);
        bylaw__buf_add_text(&body, ">");
    }
    add_times(&body, "</b>", tags);
    bylaw__buf_add_text(&body, "</item>" ONE TAIL);
    check_cut(&body, is_cut ? 1 : 2, is_cut);
}

static void test_xml__namespaces_in_force_have_a_ceiling(void **state)
{
    (void)state;
    check_namespaces(BYLAW_LIMIT_XML_NAMESPACES - 1, false);
    check_namespaces(BYLAW_LIMIT_XML_NAMESPACES, false);
    check_namespaces(BYLAW_LIMIT_XML_NAMESPACES + 1, true);
}

/* A title of so many bytes, of which the last is a mark. */
static void check_title(size_t size, bool is_whole)
{
    struct bylaw__buf body = {0};
    struct bylaw__leads *leads;

    bylaw__buf_add_text(&body, "<rss><channel><title>");
    add_times(&body, "x", size - 1);
    bylaw__buf_add_text(&body, "!</title>" TAIL);
    leads = read_bytes(bylaw__feed_read, bylaw__buf_span(&body));
    assert_int_equal(strlen(leads->title), is_whole ? size : size - 1);
    bylaw__leads_free(leads);
    bylaw__buf_release(&body);
}

static void test_xml__titles_have_a_ceiling(void **state)
{
    (void)state;
    check_title(BYLAW_LIMIT_TITLE_BYTES - 1, true);
    check_title(BYLAW_LIMIT_TITLE_BYTES, true);
    check_title(BYLAW_LIMIT_TITLE_BYTES + 1, false);
}

static void test_xml__feed_goes_on_in_one_place(void **state)
{
    struct bylaw__buf body = {0};

    (void)state;
    bylaw__buf_add_text(&body, "<feed xmlns='http://www.w3.org/2005/Atom'>");
    add_times(&body, "<link rel='next' href='2'/>", 1000);
    bylaw__buf_add_text(&body, "</feed>");
    check_cut(&body, 1, false);
}

/* ---------------------------------------------------------------- gzip --- */

static void pack(struct bylaw__buf *out, struct bylaw_span plain)
{
    z_stream stream = {0};
    uLong most = compressBound((uLong)plain.len) + 64;

    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 31, 8,
                                  Z_DEFAULT_STRATEGY),
                     Z_OK);
    stream.next_out = (Bytef *)bylaw__buf_reserve(out, most);
    assert_non_null(stream.next_out);
    stream.avail_out = (uInt)most;
    stream.next_in = (Bytef *)(uintptr_t)plain.ptr;
    stream.avail_in = (uInt)plain.len;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out->len += (size_t)stream.total_out;
    deflateEnd(&stream);
}

static void test_gzip__is_unpacked(void **state)
{
    struct bylaw__buf packed = {0};

    (void)state;
    pack(&packed, BYLAW__SPAN(HEAD ONE));
    pack(&packed, BYLAW__SPAN(TAIL));
    bylaw__buf_add(&packed, "\0\0\0", 3);
    check_bytes(bylaw__feed_read, bylaw__buf_span(&packed),
                "= T\npage https://e.org/1\n");
    bylaw__buf_release(&packed);
}

static void test_gzip__truncated_gives_what_came(void **state)
{
    struct bylaw__buf plain = {0}, packed = {0};
    struct bylaw__leads *leads;

    (void)state;
    bylaw__buf_add_text(&plain, HEAD);
    for (size_t i = 0; i < 5000; i++)
        bylaw__buf_printf(&plain, "<item><link>https://e.org/%zu</link></item>",
                          i * i * 7919);
    bylaw__buf_add_text(&plain, TAIL);
    pack(&packed, bylaw__buf_span(&plain));
    leads =
        read_bytes(bylaw__feed_read, bylaw__span_sub(bylaw__buf_span(&packed),
                                                     0, packed.len / 2));
    assert_true(leads->count > 100 && leads->count < 5000);
    assert_string_equal(leads->cut_because, "the gzip stream breaks off");
    bylaw__leads_free(leads);
    packed.ptr[packed.len / 2] ^= 0x55;
    leads = read_bytes(bylaw__feed_read, bylaw__buf_span(&packed));
    assert_true(leads->is_cut && leads->count > 100);
    bylaw__leads_free(leads);
    bylaw__buf_release(&packed);
    bylaw__buf_release(&plain);
}

/* Unpacks to size bytes in all. */
static void check_unpacked(size_t size, bool is_cut)
{
    static const char head[] = HEAD ONE "<!--", tail[] = "-->" TAIL;
    struct bylaw__buf plain = {0}, packed = {0};

    bylaw__buf_add_text(&plain, head);
    memset(bylaw__buf_reserve(&plain, size), 'x', size);
    plain.len = size - strlen(tail);
    bylaw__buf_add_text(&plain, tail);
    pack(&packed, bylaw__buf_span(&plain));
    assert_true(packed.len < size / 100);
    check_cut(&packed, 1, is_cut);
    check_cut(&plain, 1, is_cut);
}

static void test_gzip__bomb_ends_at_the_ceiling(void **state)
{
    (void)state;
    check_unpacked(BYLAW_LIMIT_XML_BYTES - 1, false);
    check_unpacked(BYLAW_LIMIT_XML_BYTES, false);
    check_unpacked(BYLAW_LIMIT_XML_BYTES + 1, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_xml__internal_subsets_are_refused),
        cmocka_unit_test(test_xml__external_subsets_are_left_alone),
        cmocka_unit_test(test_xml__damage_costs_what_follows_it),
        cmocka_unit_test(test_xml__common_faults_are_mended),
        cmocka_unit_test(test_xml__what_surrounds_the_root_does_not_count),
        cmocka_unit_test(test_xml__nuls_are_white_space),
        cmocka_unit_test(test_xml__entries_have_a_ceiling),
        cmocka_unit_test(test_xml__depth_has_a_ceiling),
        cmocka_unit_test(test_xml__attributes_have_a_ceiling),
        cmocka_unit_test(test_xml__namespaces_in_force_have_a_ceiling),
        cmocka_unit_test(test_xml__titles_have_a_ceiling),
        cmocka_unit_test(test_xml__feed_goes_on_in_one_place),
        cmocka_unit_test(test_gzip__is_unpacked),
        cmocka_unit_test(test_gzip__truncated_gives_what_came),
        cmocka_unit_test(test_gzip__bomb_ends_at_the_ceiling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
