/* SPDX-License-Identifier: Apache-2.0 */
/* JSON-LD: what is read of it, and what is mended before. */
#include "documents.h"

#include "extract/extract_text.h"

#define CONTEXT "\"@context\":\"https://schema.org\","
#define SCRIPT(json)                                                           \
    "<title>t</title><script type=\"application/ld+json\">" json "</script>"

static void check_repair(const char *script, const char *want)
{
    struct bylaw__buf out = {0};

    assert_int_equal(bylaw__json_ld_repair(&out, bylaw__span_of(script), NULL),
                     0);
    assert_span(bylaw__buf_span(&out), want);
    bylaw__buf_release(&out);
}

static void test_json_ld_repair__mends_what_sites_get_wrong(void **state)
{
    static const struct {
        const char *script, *want;
    } rows[] = {
        {"{\"a\":1,}", "[{\"a\":1}]"},
        {"{\"a\":[1,2,],}", "[{\"a\":[1,2]}]"},
        {"{\"a\":\"x\ny\"}", "[{\"a\":\"x\\u000ay\"}]"},
        {"{\"a\":\"it\\'s\"}", "[{\"a\":\"it's\"}]"},
        {"<!-- {\"a\":1} -->", "[{\"a\":1}]"},
        {"//<![CDATA[\n{\"a\":1}\n//]]>", "[{\"a\":1}]"},
        {"<![CDATA[{\"a\":1}]]>", "[{\"a\":1}]"},
        {"/* x */{\"a\":/* y */1}", "[{\"a\":1}]"},
        {"{\"a\":1}{\"b\":2}", "[{\"a\":1},{\"b\":2}]"},
        {"{\"a\":1 \"b\":2}", "[{\"a\":1,\"b\":2}]"},
        {"{\"a\":{\"b\":\"cut o", "[{\"a\":{\"b\":\"cut o\"}}]"},
        {"{\"a\":", "[{\"a\":null}]"},
        {"{\"a\"", "[{\"a\":null}]"},
        {"{\"a\":[1,2}", "[{\"a\":[1,2]}]"},
        {"{\"a\":1}};", "[{\"a\":1}]"},
        {"{a:b}", "[{\"a\":\"b\"}]"},
        {"{\"a\":.5}", "[{\"a\":\".5\"}]"},
        {"{\"a\":\"\\ud800\"}", "[{\"a\":\"\\ufffd\"}]"},
        {"{\"a\":\"\\ud83d\\ude00\"}", "[{\"a\":\"\\ud83d\\ude00\"}]"},
        {"var x = ;", "[]"},
        {"", "[]"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_repair(rows[i].script, rows[i].want);
}

/* '[' n times: read at the ceiling, refused past it. */
static int load_nested(unsigned depth)
{
    struct bylaw__buf script = {0};
    struct bylaw_error err = {0};
    json_t *json = NULL;
    int rc;

    for (unsigned i = 0; i < depth; i++)
        bylaw__buf_add_char(&script, '[');
    for (unsigned i = 0; i < depth; i++)
        bylaw__buf_add_char(&script, ']');
    rc = bylaw__json_ld_load(&json, bylaw__buf_span(&script), &err);
    if (rc)
        assert_string_equal(err.id, "extract.json-ld-depth");
    json_decref(json);
    bylaw__buf_release(&script);
    return rc;
}

static void test_json_ld_load__stops_at_the_depth_ceiling(void **state)
{
    (void)state;
    assert_int_equal(load_nested(BYLAW_LIMIT_JSON_LD_DEPTH - 1), 0);
    assert_int_equal(load_nested(BYLAW_LIMIT_JSON_LD_DEPTH), 0);
    assert_int_equal(load_nested(BYLAW_LIMIT_JSON_LD_DEPTH + 1), BYLAW_ELIMIT);
    assert_int_equal(load_nested(100000), BYLAW_ELIMIT);
}

static int load_sized(size_t size)
{
    struct bylaw__buf script = {0};
    struct bylaw_error err = {0};
    json_t *json = NULL;
    int rc;

    bylaw__buf_add_text(&script, "[1]");
    while (script.len < size)
        bylaw__buf_add_char(&script, ' ');
    rc = bylaw__json_ld_load(&json, bylaw__buf_span(&script), &err);
    if (rc)
        assert_string_equal(err.id, "extract.json-ld-bytes");
    json_decref(json);
    bylaw__buf_release(&script);
    return rc;
}

static void test_json_ld_load__stops_at_the_size_ceiling(void **state)
{
    (void)state;
    assert_int_equal(load_sized(BYLAW_LIMIT_JSON_LD_BYTES - 1), 0);
    assert_int_equal(load_sized(BYLAW_LIMIT_JSON_LD_BYTES), 0);
    assert_int_equal(load_sized(BYLAW_LIMIT_JSON_LD_BYTES + 1), BYLAW_ELIMIT);
}

static void
test_json_ld__too_deep_a_script_makes_the_page_incomplete(void **state)
{
    struct bylaw__buf html = {0};
    struct bylaw_document *page;

    (void)state;
    bylaw__buf_add_text(&html, "<p>x</p><script type='application/ld+json'>");
    for (unsigned i = 0; i <= BYLAW_LIMIT_JSON_LD_DEPTH; i++)
        bylaw__buf_add_char(&html, '[');
    page = extract_page(html.ptr);
    assert_false(page->is_complete);
    assert_non_null(strstr(page->incomplete_because[0], "JSON-LD"));
    bylaw_document_free(page);
    bylaw__buf_release(&html);
}

static void test_json_ld__reads_authors_in_each_shape(void **state)
{
    (void)state;
    CHECK_PAGE(SCRIPT("{" CONTEXT
                      "\"@type\":\"Article\",\"author\":\"Ann A\"}"),
               BYLAW_META_AUTHOR, "Ann A", NULL);
    CHECK_PAGE(SCRIPT("{" CONTEXT "\"@type\":[\"NewsArticle\"],\"author\":"
                      "{\"@type\":\"Person\",\"name\":\"Ann A\"}}"),
               BYLAW_META_AUTHOR, "Ann A", NULL);
    CHECK_PAGE(SCRIPT("{" CONTEXT "\"@type\":\"BlogPosting\",\"author\":["
                      "{\"name\":\"Ann A\"},\"Bo B\"]}"),
               BYLAW_META_AUTHOR, "Ann A", "Bo B", NULL);
    CHECK_PAGE(SCRIPT("{" CONTEXT "\"@type\":\"Article\","
                      "\"author\":\"https://example.org/ann\"}"),
               BYLAW_META_AUTHOR, NULL);
}

static void test_json_ld__follows_references_inside_the_page(void **state)
{
    (void)state;
    CHECK_PAGE(SCRIPT("{" CONTEXT "\"@graph\":["
                      "{\"@type\":\"Article\",\"author\":{\"@id\":\"#ann\"}},"
                      "{\"@type\":\"Person\",\"@id\":\"#ann\","
                      "\"name\":\"Ann A\"}]}"),
               BYLAW_META_AUTHOR, "Ann A", NULL);
    /* ... and from one script to another. */
    CHECK_PAGE(SCRIPT("{\"@type\":\"Article\",\"publisher\":{\"@id\":\"#p\"}}")
                   SCRIPT("{\"@type\":\"Organization\",\"@id\":\"#p\","
                          "\"name\":\"The Paper\"}"),
               BYLAW_META_PUBLISHER, "The Paper", NULL);
}

static void test_json_ld__keeps_an_images_licence_apart(void **state)
{
    (void)state;
    CHECK_PAGE(
        SCRIPT("{" CONTEXT "\"@graph\":[{\"@type\":\"ImageObject\","
               "\"license\":\"https://creativecommons.org/licenses/by/4.0/\"},"
               "{\"@type\":\"Article\",\"image\":{\"@type\":\"ImageObject\","
               "\"license\":\"https://example.org/l\"}}]}"),
        BYLAW_META_LICENSE, NULL);
    CHECK_PAGE(
        SCRIPT("{" CONTEXT "\"@type\":\"Article\","
               "\"license\":\"https://creativecommons.org/licenses/by/4.0/\"}"),
        BYLAW_META_LICENSE, "https://creativecommons.org/licenses/by/4.0/",
        NULL);
}

static void test_json_ld__decodes_references_once(void **state)
{
    (void)state;
    CHECK_PAGE("<script type='application/ld+json'>{\"@type\":\"Article\","
               "\"headline\":\"Tom &amp; Ann&#8217;s &amp;lt; day\"}</script>",
               BYLAW_META_TITLE, "Tom & Ann’s &lt; day", NULL);
}

static void test_json_ld__reads_what_decides_duties(void **state)
{
    static const char page[] =
        SCRIPT("{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false,"
               "\"datePublished\":\"2023-05-16T08:00:00Z\","
               "\"copyrightHolder\":{\"name\":\"Ann A\"},"
               "\"copyrightNotice\":\"(c) Ann A\",\"creditText\":\"Ann A/X\","
               "\"isBasedOn\":\"https://example.org/first\","
               "\"inLanguage\":\"en\"}");

    (void)state;
    CHECK_PAGE(page, BYLAW_META_FREE, "false", NULL);
    CHECK_PAGE(page, BYLAW_META_PUBLISHED, "2023-05-16T08:00:00Z", NULL);
    CHECK_PAGE(page, BYLAW_META_COPYRIGHT_HOLDER, "Ann A", NULL);
    CHECK_PAGE(page, BYLAW_META_COPYRIGHT_NOTICE, "(c) Ann A", NULL);
    CHECK_PAGE(page, BYLAW_META_CREDIT, "Ann A/X", NULL);
    CHECK_PAGE(page, BYLAW_META_BASED_ON, "https://example.org/first", NULL);
    CHECK_PAGE(page, BYLAW_META_LANGUAGE, "en", NULL);
    CHECK_PAGE(page, BYLAW_META_TYPE, "NewsArticle", NULL);
}

static void test_json_ld__value_points_at_its_script(void **state)
{
    struct bylaw_document *page =
        extract_page(SCRIPT("{\"@type\":\"Article\",\"author\":\"Ann A\"}"));
    const struct bylaw_meta *meta = meta_at(page, BYLAW_META_AUTHOR, 0);

    (void)state;
    assert_string_equal(meta->origin, "json-ld");
    assert_span(bytes_of(page, meta->bytes),
                "{\"@type\":\"Article\",\"author\":\"Ann A\"}");
    bylaw_document_free(page);
}

static void test_json_ld__nothing_readable_states_nothing(void **state)
{
    struct bylaw_document *page =
        extract_page("<p>Some visible words.</p>" SCRIPT("window.x = 1;"));

    (void)state;
    for (size_t i = 0; i < page->incomplete_count; i++)
        assert_null(strstr(page->incomplete_because[i], "JSON-LD"));
    assert_null(meta_at(page, BYLAW_META_AUTHOR, 0));
    bylaw_document_free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json_ld_repair__mends_what_sites_get_wrong),
        cmocka_unit_test(test_json_ld_load__stops_at_the_depth_ceiling),
        cmocka_unit_test(test_json_ld_load__stops_at_the_size_ceiling),
        cmocka_unit_test(
            test_json_ld__too_deep_a_script_makes_the_page_incomplete),
        cmocka_unit_test(test_json_ld__reads_authors_in_each_shape),
        cmocka_unit_test(test_json_ld__follows_references_inside_the_page),
        cmocka_unit_test(test_json_ld__keeps_an_images_licence_apart),
        cmocka_unit_test(test_json_ld__decodes_references_once),
        cmocka_unit_test(test_json_ld__reads_what_decides_duties),
        cmocka_unit_test(test_json_ld__value_points_at_its_script),
        cmocka_unit_test(test_json_ld__nothing_readable_states_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
