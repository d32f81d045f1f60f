/* SPDX-License-Identifier: Apache-2.0 */
/* Sources: manifest over text, the rule a text shows, what of it is frame. */
#include "auditing.h"

#define PARAGRAPHS                                                             \
    "The harbour town lit its third lamp on the first of March, and the "      \
    "crowd that had waited since noon cheered as it began to turn.\n\n"        \
    "It was built by the people of the town for the ships that pass it in "    \
    "the night, and it cost less than anyone had thought it would.\n\n"

#define CC_BY "Licensed under Creative Commons Attribution 4.0.\n"

static const char article[] =
    "# Title of the Text\n\nBy Tora Vik\n\n" PARAGRAPHS;

/* The source of a manifest beside the text; nothing is said beyond fields. */
static const struct bylaw_source *load(bylaw_auditor *auditor,
                                       const char *fields, const char *url)
{
    static unsigned number;
    struct bylaw__buf yaml = {0};
    char name[32];
    const char *path;
    const struct bylaw_source *source;

    bylaw__buf_printf(&yaml, "%stext: article.md\n", fields);
    snprintf(name, sizeof(name), "m%u.yaml", number++);
    path = write_file(name, yaml.ptr);
    source = add_source(auditor, path, url);
    bylaw__buf_release(&yaml);
    return source;
}

static int set_up(void **state)
{
    return make_files(state) || !write_file("article.md", article);
}

static void test_manifest__stands_over_what_the_text_shows(void **state)
{
    bylaw_auditor *auditor = new_auditor(NULL);
    const struct bylaw_source *s =
        load(auditor,
             "id: from-manifest\ntitle: Another Title\n"
             "authors: [Mira Olsen, Jon Vale]\nlanguage: nb\n"
             "publisher: The Wire\nurl: https://wire.example/a\n",
             NULL);

    (void)state;
    assert_string_equal(s->id, "from-manifest");
    assert_string_equal(s->title, "Another Title");
    assert_int_equal(s->author_count, 2);
    assert_string_equal(s->authors[0], "Mira Olsen");
    assert_string_equal(s->language, "nb");
    assert_string_equal(s->publisher, "The Wire");
    assert_string_equal(s->url, "https://wire.example/a");
    bylaw_auditor_free(auditor);
}

static void test_manifest__leaves_the_rest_to_the_text(void **state)
{
    bylaw_auditor *auditor = new_auditor(NULL);
    const struct bylaw_source *s = load(auditor, "id: x\n", NULL);

    (void)state;
    assert_string_equal(s->title, "Title of the Text");
    assert_int_equal(s->author_count, 1);
    assert_string_equal(s->authors[0], "Tora Vik");
    assert_string_equal(s->language, "en");
    assert_null(s->url);
    assert_null(s->publisher);
    bylaw_auditor_free(auditor);
}

static void test_manifest__upstreams_text_shows_what_is_its_own(void **state)
{
    static const char theirs[] =
        "# Title of the Text\n\n"
        "The harbour town lit its third lamp on the first of March, and the "
        "people who had been waiting cheered as it began to turn.\n\n"
        "It was built by the people of the town for the ships that pass it in "
        "the [night](https://wire.example/night), and it cost less than anyone "
        "had thought it would.\n\n";
    bylaw_auditor *auditor = new_auditor(NULL);
    const struct bylaw_source *s;

    (void)state;
    write_file("theirs.md", theirs);
    s = load(auditor,
             "id: x\nupstream: {publisher: The Wire, text: theirs.md}\n", NULL);
    assert_int_equal(s->own_words.count, 1);
    assert_string_equal(s->own_words.items[0],
                        "crowd that had waited since noon");
    assert_int_equal(s->upstream.own_words.count, 1);
    assert_string_equal(s->upstream.own_words.items[0],
                        "people who had been waiting");
    assert_int_equal(s->own_links.count, 0);
    assert_int_equal(s->upstream.own_links.count, 1);
    s = load(auditor, "id: y\nupstream: {publisher: The Wire}\n", NULL);
    assert_int_equal(s->own_words.count, 0);
    bylaw_auditor_free(auditor);
}

static void test_source__address_given_by_hand_stands_over_all(void **state)
{
    bylaw_auditor *auditor = new_auditor(NULL);
    const struct bylaw_source *s =
        load(auditor, "id: x\nurl: https://wire.example/a\n",
             "https://wire.example/b");

    (void)state;
    assert_string_equal(s->url, "https://wire.example/b");
    s = add_source(auditor, write_file("plain.txt", PARAGRAPHS),
                   "https://wire.example/c");
    assert_string_equal(s->url, "https://wire.example/c");
    bylaw_auditor_free(auditor);
}

static const char *refusal_of(const char *spec, const char *url)
{
    bylaw_auditor *auditor = new_auditor(NULL);
    struct bylaw_error err = {0};

    assert_int_not_equal(bylaw_auditor_add_source(auditor, spec, url, &err), 0);
    assert_int_equal(bylaw_auditor_source_count(auditor), 0);
    bylaw_auditor_free(auditor);
    return err.id;
}

static void test_source__says_why_it_cannot_be_had(void **state)
{
    (void)state;
    assert_string_equal(refusal_of("/nowhere/a.md", NULL), "file.unreadable");
    assert_string_equal(refusal_of("/nowhere/a.yaml", NULL), "file.unreadable");
    assert_string_equal(refusal_of("/tmp", NULL), "file.directory");
    assert_string_equal(refusal_of("ftp://a.example/x.yaml", NULL),
                        "url.scheme");
    assert_string_equal(refusal_of(write_file("e.md", ""), NULL),
                        "extract.empty");
    assert_string_equal(refusal_of(write_file("n.yaml", "id: x\n"), NULL),
                        "rules.missing-key");
    assert_string_equal(refusal_of(write_file("u.yaml",
                                              "id: x\nrule: none-such\n"
                                              "text: article.md\n"),
                                   NULL),
                        "rules.unknown-rule");
}

/* The rule that a source named so, or whose text ends so, is found under. */
static void check_rule(const char *fields, const char *ending, const char *want)
{
    bylaw_auditor *auditor = new_auditor(NULL);
    struct bylaw__buf body = {0};
    char yaml[256];
    const struct bylaw_rule *rule;

    bylaw__buf_printf(&body, "%s%s", article, ending);
    write_file("ruled.md", body.ptr);
    snprintf(yaml, sizeof(yaml), "id: x\n%stext: ruled.md\n", fields);
    rule = bylaw__pipeline_rule_of(bylaw_auditor_rules(auditor),
                                   add_source(auditor,
                                              write_file("ruled.yaml", yaml),
                                              NULL));
    if (want ? !rule || strcmp(rule->id, want) : rule != NULL)
        fail_msg("%s%s: %s, not %s", fields, ending, rule ? rule->id : "none",
                 want ? want : "none");
    bylaw__buf_release(&body);
    bylaw_auditor_free(auditor);
}

static void test_rule__is_the_one_named(void **state)
{
    (void)state;
    check_rule("rule: global-research\n", CC_BY, "global-research");
    check_rule("", "", NULL);
}

static void test_rule__is_found_by_licence(void **state)
{
    (void)state;
    check_rule("licence: CC-BY-4.0\n", "", "cc-by-4.0");
    check_rule("licence: cc-by-4.0\n", "", "cc-by-4.0");
    check_rule("licence: https://creativecommons.org/licenses/by/4.0/\n", "",
               "cc-by-4.0");
    check_rule("licence: http://creativecommons.org/licenses/by/3.0\n", "",
               "cc-by-3.0");
    check_rule("licence: https://creativecommons.org/licenses/by-nc/4.0/\n", "",
               "cc-by-nc-4.0");
    check_rule("licence: https://creativecommons.org/licenses/by-nc/5.0/\n", "",
               NULL);
    check_rule("licence: MIT\n", "", NULL);
}

static void test_rule__is_found_by_statement_then_by_link(void **state)
{
    (void)state;
    check_rule("", CC_BY, "cc-by-4.0");
    check_rule("", "[a](http://www.creativecommons.org/licenses/by/4.0/deed)\n",
               "cc-by-4.0");
    check_rule("", "[a](https://creativecommons.org/licenses/by/3.0/)\n",
               "cc-by-3.0");
    /* the publisher's own words outweigh a link in passing */
    check_rule("",
               "[a](https://creativecommons.org/licenses/by/4.0/)\n\nFeel free "
               "to repost and share widely Global Research articles.\n",
               "global-research");
}

static void
test_rule__is_the_publishers_where_the_article_is_the_publishers(void **state)
{
    (void)state;
    /* the site's own policy outweighs the licence that its pages link to */
    check_rule("url: https://www.globalresearch.ca/a/1\n", CC_BY,
               "global-research");
    check_rule("url: https://www.globalresearch.ca/a/1\n"
               "licence: CC-BY-4.0\n",
               "", "global-research");
    check_rule("url: https://elsewhere.example/a\nlicence: CC-BY-4.0\n", "",
               "cc-by-4.0");
}

static void test_rule__is_not_found_by_lookalikes(void **state)
{
    (void)state;
    check_rule("", "[a](https://creativecommons.org/licenses/by/4.01/)\n",
               NULL);
    check_rule("", "[a](https://creativecommons.org/licenses/by-nd/4.1/)\n",
               NULL);
    check_rule("",
               "[a](https://a.example/?u=https://creativecommons.org/licenses/"
               "by/4.0/)\n",
               NULL);
    check_rule("", "[a](https://creativecommons.org.example/licenses/by/4.0)\n",
               NULL);
}

/* ------------------------------------------------------------ licences */

#define CC(path) "https://creativecommons.org/licenses/" path "/"
/* The licence that a page states, and what of its statements differs. */
static void check_licence(const char *fields, const char *head,
                          const char *lines, const char *want,
                          const char *conflict)
{
    bylaw_auditor *auditor = new_auditor(NULL);
    struct bylaw__buf html = {0};
    char yaml[256];
    const struct bylaw_source *s;

    bylaw__buf_printf(&html,
                      "<html><head><title>Title of the Text</title>%s</head>"
                      "<body><article><h1>Title of the Text</h1><p>" PARAGRAPHS
                      "</p><p>" PARAGRAPHS "</p>%s</article></body></html>",
                      head, lines);
    write_file("licensed.html", html.ptr);
    snprintf(yaml, sizeof(yaml), "id: x\n%stext: licensed.html\n", fields);
    s = add_source(auditor, write_file("licensed.yaml", yaml), NULL);
    if (want ? !s->licence || strcmp(s->licence, want) : s->licence != NULL)
        fail_msg("%s%s: %s", head, lines, s->licence ? s->licence : "none");
    if (conflict
            ? !s->licence_conflict || !strstr(s->licence_conflict, conflict)
            : s->licence_conflict != NULL)
        fail_msg("%s%s: %s", head, lines,
                 s->licence_conflict ? s->licence_conflict : "no conflict");
    bylaw__buf_release(&html);
    bylaw_auditor_free(auditor);
}

#define REL(path) "<link rel=\"license\" href=\"" CC(path) "\">"
#define LD(path)                                                               \
    "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\","         \
    "\"headline\":\"Title of the Text\",\"license\":\"" CC(                    \
        path) "\"}</script>"
#define RDFA(path)                                                             \
    "<p>Under <a property=\"cc:license\" href=\"" CC(path) "\">this</a></p>"
#define ITEM(path)                                                             \
    "<div itemscope itemtype=\"https://schema.org/Article\"><a "               \
    "itemprop=\"license\" href=\"" CC(path) "\">l</a></div>"

static void test_licence__is_read_from_every_sort_of_statement(void **state)
{
    static const char *const heads[] = {
        REL("by-nd/4.0"), LD("by-nd/4.0"),
        "<meta name=\"dcterms.license\" content=\"" CC("by-nd/4.0") "\">",
        "<meta name=\"dc.rights\" content=\"" CC("by-nd/4.0") "\">",
        "<meta name=\"copyright\" content=\"CC BY-ND 4.0\">"};
    static const char *const lines[] = {
        RDFA("by-nd/4.0"), ITEM("by-nd/4.0"),
        "<p>Under <a rel=\"license\" href=\"" CC("by-nd/4.0") "\">x</a></p>",
        "<p>Under <a href=\"" CC("by-nd/4.0/deed.de") "\">this</a></p>"};

    (void)state;
    for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
        check_licence("", heads[i], "", "CC BY-ND 4.0", NULL);
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        check_licence("", "", lines[i], "CC BY-ND 4.0", NULL);
    check_licence("", REL("by-nd-nc/1.0"), "", "CC BY-NC-ND 1.0", NULL);
    check_licence("", REL("by/3.0/us"), "", "CC BY 3.0 US", NULL);
}

static void test_licence__of_a_robot_file_is_none(void **state)
{
    static const char rsl[] = "<link rel=\"license\" type=\"application/"
                              "rsl+xml\" href=\"/license.xml\">";

    (void)state;
    check_licence("", rsl, RDFA("by/4.0"), "CC BY 4.0", NULL);
}

static void test_licence__statements_that_differ_are_told(void **state)
{
    (void)state;
    check_licence("", REL("by/4.0"), RDFA("by-nc/4.0"), "CC BY 4.0",
                  "a link with rel=license says CC BY 4.0, RDFa says CC BY-NC "
                  "4.0");
    check_licence("", REL("by/4.0") LD("by/3.0"), "", "CC BY 3.0",
                  "rel=license");
    check_licence("licence: CC-BY-4.0\n", REL("by-nd/4.0"), "", "CC-BY-4.0",
                  "the manifest says CC BY 4.0");
    check_licence("", REL("by/4.0"), "<p>Copyright X, all rights reserved.</p>",
                  "CC BY 4.0", "reserves all rights");
    check_licence("rule: cc-by-3.0\n", REL("by/4.0"), "", "CC BY 4.0",
                  "its rule says CC BY 3.0");
    check_licence("licence: CC-BY-4.0\n", REL("by/4.0/igo"), "", "CC-BY-4.0",
                  NULL);
}

static void test_rule__of_a_licence_fits_whatever_port_or_form(void **state)
{
    (void)state;
    check_rule("licence: CC-BY-3.0-US\n", "", "cc-by-3.0");
    check_rule("licence: CC-BY-4.0\n", "", "cc-by-4.0");
    check_rule("licence: CC-BY\n", "", "cc-by-4.0");
}

/* A clause put in, another spelling: still the same permission. */
static void test_rule__is_found_by_the_shingles_of_its_statement(void **state)
{
    (void)state;
    check_rule("",
               "The Centre now grants permission to cross-post Global Research "
               "articles in full on community internet sites as long as the "
               "source is named.\n",
               "global-research");
    check_rule("",
               "The city grants permission to build sites for the community.\n",
               NULL);
}

/* Number of blocks that are frame and whose text begins so. */
static size_t count_frame(const struct bylaw_source *source, const char *start,
                          bool is_frame)
{
    size_t count = 0;

    for (size_t i = 0; i < source->document->block_count; i++)
        count += source->is_furniture[i] == is_frame &&
                 bylaw__span_starts(source->document->blocks[i].text, start);
    return count;
}

static void test_frame__is_credit_lines_and_standing_paragraphs(void **state)
{
    static const char *const frame[] = {
        "By Ahmed Adel",
        "Global Research, May 16, 2023",
        "InfoBrics",
        "All Global Research articles can be read",
        "To receive Global Research's Daily",
        "Click the share button above to email",
        "Note to readers: Please click",
        "Disclaimer: The contents",
        "www.globalresearch.ca contains copyrighted",
        "The original source of this article",
        "Copyright ",
    };
    static const char *const text[] = {
        "Japanese Foreign Minister Yoshimasa Hayashi announced",
        "\"We are already in discussions, but no details",
        "The opening of a NATO office in Japan does not mean",
        "The leaders of both East Asian countries now hold",
    };
    bylaw_auditor *auditor = new_seeded(NULL);
    const struct bylaw_source *s = bylaw_auditor_source(auditor, 0);

    (void)state;
    for (size_t i = 0; i < sizeof(frame) / sizeof(frame[0]); i++)
        if (count_frame(s, frame[i], true) != 1 ||
            count_frame(s, frame[i], false))
            fail_msg("not frame: %s", frame[i]);
    for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++)
        if (count_frame(s, text[i], false) != 1 ||
            count_frame(s, text[i], true))
            fail_msg("not text: %s", text[i]);
    bylaw_auditor_free(auditor);
}

/* A sentence of the article may name its author: it stays text. */
static void test_frame__a_sentence_that_names_somebody_is_text(void **state)
{
    static const char body[] =
        "# Title\n\nBy Mira Olsen\n\n" PARAGRAPHS
        "Mira Olsen lives in the town.\n\nMira Olsen, The Wire\n\n" PARAGRAPHS;
    bylaw_auditor *auditor = new_auditor(NULL);
    const struct bylaw_source *s;

    (void)state;
    write_file("named.md", body);
    s = add_source(auditor,
                   write_file("named.yaml",
                              "id: x\nauthors: [Mira Olsen]\npublisher: The "
                              "Wire\ntext: named.md\n"),
                   NULL);
    assert_int_equal(count_frame(s, "Mira Olsen lives in the town.", false), 1);
    assert_int_equal(count_frame(s, "Mira Olsen, The Wire", true), 1);
    assert_int_equal(count_frame(s, "By Mira Olsen", true), 1);
    assert_int_equal(count_frame(s, "Mira Olsen lives", true), 0);
    bylaw_auditor_free(auditor);
}

static void test_source__may_be_a_page(void **state)
{
    static const char page[] =
        "<!doctype html><html lang=en><head><title>The Third Lamp</title>"
        "<link rel=canonical href=\"https://wire.example/lamp\">"
        "<meta name=author content=\"Mira Olsen\">"
        "<link rel=license href=\"https://creativecommons.org/licenses/by/4.0/"
        "\"></head><body><nav><a href=\"/\">Home</a></nav><article>"
        "<h1>The Third Lamp</h1><p>" PARAGRAPHS "</p><p>" PARAGRAPHS
        "</p></article><footer>Imprint</footer></body></html>";
    bylaw_auditor *auditor = new_auditor(NULL);
    const struct bylaw_source *s =
        add_source(auditor, write_file("source.html", page), NULL);
    const struct bylaw_rule *rule =
        bylaw__pipeline_rule_of(bylaw_auditor_rules(auditor), s);

    (void)state;
    assert_string_equal(s->title, "The Third Lamp");
    assert_string_equal(s->authors[0], "Mira Olsen");
    assert_int_equal(count_frame(s, "Home", false), 0);
    assert_int_equal(count_frame(s, "Imprint", false), 0);
    assert_non_null(rule);
    assert_string_equal(rule->id, "cc-by-4.0");
    bylaw_auditor_free(auditor);
}

/* Adds the article, whose text shows CC BY, under a rule. */
static void check_chosen_rule(const char *of_auditor, const char *of_source,
                              const char *want)
{
    struct bylaw_audit_options options = {.rules_dir = "rules",
                                          .rule = of_auditor,
                                          .now_ms = fixed_now};
    const char *path = write_file("under.md", PARAGRAPHS CC_BY);
    struct bylaw_error err = {0};
    bylaw_auditor *auditor = NULL;

    file_count--; /* the same name again and again */
    assert_int_equal(bylaw_auditor_new(&auditor, &options, &err), 0);
    assert_int_equal(bylaw__pipeline_add_source(auditor, path, NULL, of_source,
                                                &err),
                     0);
    assert_string_equal(bylaw__pipeline_source_rule(auditor, 0)->id, want);
    assert_null(bylaw__pipeline_source_rule(auditor, 1));
    bylaw_auditor_free(auditor);
}

static void test_rule__of_the_call_over_the_sources_over_the_texts(void **state)
{
    (void)state;
    check_chosen_rule("cc-by-3.0", "global-research", "cc-by-3.0");
    check_chosen_rule(NULL, "global-research", "global-research");
    check_chosen_rule(NULL, NULL, "cc-by-4.0");
    write_file("under.md", ""); /* to be removed with the rest */
}

static void test_rule__given_with_the_source_must_exist(void **state)
{
    bylaw_auditor *auditor = new_auditor(NULL);
    struct bylaw_error err = {0};

    (void)state;
    assert_int_equal(bylaw__pipeline_add_source(auditor, SEED, NULL, "no-such",
                                                &err),
                     BYLAW_ECONFIG);
    assert_string_equal(err.id, "rules.unknown-rule");
    assert_int_equal(bylaw_auditor_source_count(auditor), 0);
    bylaw_auditor_free(auditor);
}

#define XML "<?xml version=\"1.0\"?>\n"

static const struct {
    const char *bytes, *id; /* id NULL: an article */
} lists[] = {
    {XML "<rss version=\"2.0\">" PARAGRAPHS, "source.feed"},
    {"\xef\xbb\xbf" XML "<!-- a > b -->\n<feed>" PARAGRAPHS, "source.feed"},
    {XML "<?xml-stylesheet href=\"a\"?><rdf:RDF>" PARAGRAPHS, "source.feed"},
    {"{\"version\": \"https://jsonfeed.org/version/1.1\"}", "source.feed"},
    {XML "<urlset>" PARAGRAPHS, "source.sitemap"},
    {"<sitemapindex>" PARAGRAPHS, "source.sitemap"},
    {"<!-- <rss> -->\n<html><p>" PARAGRAPHS, NULL},
    {"The <rss element.\n\n" PARAGRAPHS, NULL},
    {"{ braces } open it.\n\n" PARAGRAPHS, NULL},
};

static void test_source__is_no_feed_and_no_sitemap(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        bylaw_auditor *auditor = new_auditor(NULL);
        struct bylaw_error err = {0};
        char name[32];
        int rc;

        snprintf(name, sizeof(name), "list%zu", i);
        rc = bylaw_auditor_add_source(auditor, write_file(name, lists[i].bytes),
                                      NULL, &err);
        if (lists[i].id)
            assert_string_equal(err.id, lists[i].id);
        else
            assert_int_equal(rc, 0);
        bylaw_auditor_free(auditor);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_manifest__stands_over_what_the_text_shows),
        cmocka_unit_test(test_manifest__leaves_the_rest_to_the_text),
        cmocka_unit_test(test_manifest__upstreams_text_shows_what_is_its_own),
        cmocka_unit_test(test_source__address_given_by_hand_stands_over_all),
        cmocka_unit_test(test_source__says_why_it_cannot_be_had),
        cmocka_unit_test(test_rule__is_the_one_named),
        cmocka_unit_test(test_rule__is_found_by_licence),
        cmocka_unit_test(test_licence__is_read_from_every_sort_of_statement),
        cmocka_unit_test(test_licence__of_a_robot_file_is_none),
        cmocka_unit_test(test_licence__statements_that_differ_are_told),
        cmocka_unit_test(test_rule__of_a_licence_fits_whatever_port_or_form),
        cmocka_unit_test(test_rule__is_found_by_the_shingles_of_its_statement),
        cmocka_unit_test(test_rule__is_found_by_statement_then_by_link),
        cmocka_unit_test(
            test_rule__is_the_publishers_where_the_article_is_the_publishers),
        cmocka_unit_test(test_rule__is_not_found_by_lookalikes),
        cmocka_unit_test(test_frame__is_credit_lines_and_standing_paragraphs),
        cmocka_unit_test(test_frame__a_sentence_that_names_somebody_is_text),
        cmocka_unit_test(test_source__may_be_a_page),
        cmocka_unit_test(
            test_rule__of_the_call_over_the_sources_over_the_texts),
        cmocka_unit_test(test_rule__given_with_the_source_must_exist),
        cmocka_unit_test(test_source__is_no_feed_and_no_sitemap),
    };

    return cmocka_run_group_tests(tests, set_up, remove_files);
}
