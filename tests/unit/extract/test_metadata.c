/* SPDX-License-Identifier: Apache-2.0 */
/* What a page's markup states of it, and what is chosen of that. */
#include "documents.h"

#include "extract/extract_text.h"

#define CC_BY "https://creativecommons.org/licenses/by/4.0/"

static void test_metadata_meta__knows_the_common_names(void **state)
{
    static const struct {
        const char *html;
        enum bylaw_meta_key key;
        const char *value;
    } rows[] = {
        {"<meta property='og:title' content='T &amp; U'>", BYLAW_META_TITLE,
         "T & U"},
        {"<meta name='og:title' content='T'>", BYLAW_META_TITLE, "T"},
        {"<meta name='AUTHOR' content=' Ann  A '>", BYLAW_META_AUTHOR, "Ann A"},
        {"<meta name='parsely-author' content='Ann A'>", BYLAW_META_AUTHOR,
         "Ann A"},
        {"<meta name='DC.Creator' content='Ann A'>", BYLAW_META_AUTHOR,
         "Ann A"},
        {"<meta name='dct:creator' content='Ann A'>", BYLAW_META_AUTHOR,
         "Ann A"},
        {"<meta name='citation_author' content='Ann A'>", BYLAW_META_AUTHOR,
         "Ann A"},
        {"<meta property='og:site_name' content='Paper'>", BYLAW_META_PUBLISHER,
         "Paper"},
        {"<meta property='article:published_time' content='2023-05-16T08:00Z'>",
         BYLAW_META_PUBLISHED, "2023-05-16T08:00Z"},
        {"<meta name='date' content='May 16, 2023'>", BYLAW_META_PUBLISHED,
         "2023-05-16"},
        {"<meta name='citation_date' content='2023/05/16'>",
         BYLAW_META_PUBLISHED, "2023-05-16"},
        {"<meta name='syndication-source' content='http://a.org/x'>",
         BYLAW_META_SYNDICATION, "http://a.org/x"},
        {"<meta name='original-source' content='http://a.org/x'>",
         BYLAW_META_ORIGINAL, "http://a.org/x"},
        {"<meta name='copyright' content='(c) Ann A'>",
         BYLAW_META_COPYRIGHT_NOTICE, "(c) Ann A"},
        {"<meta name='dc.rights' content='" CC_BY "'>", BYLAW_META_LICENSE,
         CC_BY},
        {"<meta name='robots' content='noindex'>", BYLAW_META_ROBOTS,
         "noindex"},
        {"<link rel='canonical' href='https://a.org/x'>", BYLAW_META_CANONICAL,
         "https://a.org/x"},
        {"<link rel='license' href='" CC_BY "'>", BYLAW_META_LICENSE, CC_BY},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK_PAGE(rows[i].html, rows[i].key, rows[i].value, NULL);
    CHECK_PAGE("<html amp><p>x", BYLAW_META_AMP, "true", NULL);
}

static void test_metadata_author__is_never_an_address(void **state)
{
    (void)state;
    CHECK_PAGE("<meta property='article:author' "
               "content='https://facebook.com/ann'>",
               BYLAW_META_AUTHOR, NULL);
    CHECK_PAGE("<meta name='author' content='@ann'>", BYLAW_META_AUTHOR, NULL);
}

static void test_metadata_licence__rel_is_a_list_of_words(void **state)
{
    (void)state;
    CHECK_PAGE("<p><a rel='noopener License' href='" CC_BY "'>CC</a>",
               BYLAW_META_LICENSE, CC_BY, NULL);
    CHECK_PAGE("<p><a rel='licensed' href='https://a.org/'>CC</a>",
               BYLAW_META_LICENSE, NULL);
    CHECK_PAGE("<p><a href='//www.creativecommons.org/licenses/by-nd/3.0/us/'>",
               BYLAW_META_LICENSE,
               "//www.creativecommons.org/licenses/by-nd/3.0/us/", NULL);
    CHECK_PAGE("<p><a href='https://creativecommons.org/about'>CC</a>",
               BYLAW_META_LICENSE, NULL);
    CHECK_PAGE(
        "<p><a href='https://a.org/?u=creativecommons.org/licenses/by/'>",
        BYLAW_META_LICENSE, NULL);
}

#define RSL(url, licence)                                                      \
    "<script type='application/rsl+xml'><?xml version='1.0'?>"                 \
    "<rsl xmlns='https://rslstandard.org/rsl'><content url='" url              \
    "'><license>" licence "</license></content></rsl></script><p>x"
#define BY_ATTRIBUTION                                                         \
    "<payment type='attribution'><standard> " CC_BY " </standard></payment>"

#define RSL_PAGE "https://a.org/2023/x"
/* The licences that such a page states, up to NULL. */
#define CHECK_RSL(html, ...)                                                   \
    do {                                                                       \
        struct bylaw_document *page_ =                                         \
            extract_as("text/html", bylaw__span_of(html), RSL_PAGE);           \
        const char *const values_[] = {__VA_ARGS__};                           \
                                                                               \
        check_metas(page_, BYLAW_META_LICENSE, values_);                       \
        bylaw_document_free(page_);                                            \
    } while (0)

static void test_metadata_rsl__names_a_standard_licence(void **state)
{
    (void)state;
    CHECK_RSL(RSL("/", BY_ATTRIBUTION), CC_BY, NULL);
    CHECK_RSL(RSL("/", "<payment><standard>" CC_BY "</standard></payment>"),
              CC_BY, NULL);
    CHECK_RSL(
        RSL("/",
            "<permits type='usage'>search, ALL</permits>"
            "<prohibits type='user'>commercial</prohibits>" BY_ATTRIBUTION),
        CC_BY, NULL);
    CHECK_RSL(
        "<script type='application/rsl+xml'><rsl:rsl><rsl:content "
        "url='/'><rsl:license><rsl:payment type='free'><rsl:standard>" CC_BY
        "</rsl:standard></rsl:payment></rsl:license>",
        CC_BY, NULL);
    CHECK_RSL("<script type='application/rsl+xml'><rsl", NULL);
}

static void test_metadata_rsl__licenses_only_what_it_covers(void **state)
{
    (void)state;
    CHECK_RSL(RSL("/2023/", BY_ATTRIBUTION), CC_BY, NULL);
    CHECK_RSL(RSL("/*/x$", BY_ATTRIBUTION), CC_BY, NULL);
    CHECK_RSL(RSL(RSL_PAGE, BY_ATTRIBUTION), CC_BY, NULL);
    CHECK_RSL(RSL("/2022/", BY_ATTRIBUTION), NULL);
    CHECK_RSL(RSL("/*/y", BY_ATTRIBUTION), NULL);
    CHECK_RSL(RSL("/2023$", BY_ATTRIBUTION), NULL);
    CHECK_RSL(RSL("", BY_ATTRIBUTION), NULL);
    CHECK_RSL(RSL("https://b.org/", BY_ATTRIBUTION), NULL);
}

static void test_metadata_rsl__of_machines_or_money_is_no_grant(void **state)
{
    (void)state;
    CHECK_RSL(
        RSL("/",
            "<permits type='usage'>ai-train,search</permits>" BY_ATTRIBUTION),
        NULL);
    CHECK_RSL(RSL("/", "<payment type='crawl'><standard>" CC_BY
                       "</standard></payment>"),
              NULL);
    CHECK_RSL(RSL("/", "<standard>" CC_BY "</standard>"), NULL);
    CHECK_RSL("<script type='application/xml'><rsl><content "
              "url='/'><license>" BY_ATTRIBUTION,
              NULL);
}

static void test_metadata_licence__of_a_figure_is_not_the_pages(void **state)
{
    (void)state;
    CHECK_PAGE("<figure><img src=i.jpg><figcaption><a rel=license href='" CC_BY
               "'>CC</a></figcaption></figure><p>Text",
               BYLAW_META_LICENSE, NULL);
}

static void test_metadata_microdata__reads_the_articles_own(void **state)
{
    static const char page[] =
        "<div itemscope itemtype='https://schema.org/NewsArticle'>"
        "<h1 itemprop='headline'>The  Title</h1>"
        "<span itemprop='author' itemscope "
        "itemtype='https://schema.org/Person'>by "
        "<b itemprop='name'>Ann A</b></span>"
        "<time itemprop='datePublished' datetime='2023-05-16'>Tuesday</time>"
        "<div itemprop='image' itemscope "
        "itemtype='https://schema.org/ImageObject'>"
        "<a itemprop='license' href='https://a.org/l'>l</a>"
        "<i itemprop='author'>Bo Camera</i></div></div>";

    (void)state;
    CHECK_PAGE(page, BYLAW_META_AUTHOR, "Ann A", NULL);
    CHECK_PAGE(page, BYLAW_META_TITLE, "The Title", NULL);
    CHECK_PAGE(page, BYLAW_META_PUBLISHED, "2023-05-16", NULL);
    CHECK_PAGE(page, BYLAW_META_LICENSE, NULL);
}

static void test_metadata_rdfa__reads_ccrel(void **state)
{
    static const char page[] =
        "<div xmlns:cc='http://creativecommons.org/ns#'>"
        "<a rel='cc:attributionURL' property='cc:attributionName' "
        "href='http://a.org/ann'>Ann A</a> "
        "<a rel='dct:source' href='http://a.org/first'>source</a> "
        "<a rel='license' href='" CC_BY "'>CC</a></div>";

    (void)state;
    CHECK_PAGE(page, BYLAW_META_ATTRIBUTION_NAME, "Ann A", NULL);
    CHECK_PAGE(page, BYLAW_META_ATTRIBUTION_URL, "http://a.org/ann", NULL);
    CHECK_PAGE(page, BYLAW_META_BASED_ON, "http://a.org/first", NULL);
    CHECK_PAGE(page, BYLAW_META_LICENSE, CC_BY, NULL);
    CHECK_PAGE("<div about='photo.jpg'></div>"
               "<a about='photo.jpg' rel='cc:license' href='" CC_BY "x'>l</a>",
               BYLAW_META_LICENSE, CC_BY "x", NULL);
}

static void test_metadata_hentry__reads_author_and_date(void **state)
{
    static const char page[] =
        "<article class='h-entry'><p>by <a class='p-author h-card' "
        "href='/ann'>Ann A</a> on <time class='dt-published' "
        "datetime='2023-05-16T08:00'>16 May</time></p><p>Text</p></article>";

    (void)state;
    CHECK_PAGE(page, BYLAW_META_AUTHOR, "Ann A", NULL);
    CHECK_PAGE(page, BYLAW_META_PUBLISHED, "2023-05-16T08:00", NULL);
}

static void test_metadata__visible_lines_stand_in(void **state)
{
    (void)state;
    CHECK_PAGE("<h1>T</h1><p>By Ann A and Bo B</p><p>Text.", BYLAW_META_AUTHOR,
               "Ann A", "Bo B", NULL);
    CHECK_PAGE("<h1>T</h1><p>By Ann A May 16, 2023</p><p>Text.",
               BYLAW_META_AUTHOR, "Ann A", NULL);
    CHECK_PAGE("<h1>T</h1><p class='byline'>Von <a>Ann A</a></p><p>Text.",
               BYLAW_META_AUTHOR, "Ann A", NULL);
    CHECK_PAGE("<h1>T</h1><p>Berlin, 16. Mai 2023</p><p>Text.",
               BYLAW_META_PUBLISHED, "2023-05-16", NULL);
    CHECK_PAGE("<link rel=canonical href='https://a.org/2023/05/16/x'><p>Text",
               BYLAW_META_PUBLISHED, "2023-05-16", NULL);
    /* ... and only then. */
    CHECK_PAGE("<meta name=author content='Ann A'><h1>T</h1><p>By Bo B</p>",
               BYLAW_META_AUTHOR, "Ann A", NULL);
}

static void test_metadata_author__shown_person_beats_the_publisher(void **state)
{
    (void)state;
    CHECK_PAGE("<meta name=author content='Paper'>"
               "<meta property='og:site_name' content='Paper'>"
               "<h1>T</h1><p>By Ann A</p><p>Text.",
               BYLAW_META_AUTHOR, "Ann A", "Paper", NULL);
    CHECK_PAGE("<meta name=author content='paper.example'>"
               "<h1>T</h1><p>By Ann A</p><p>Text.",
               BYLAW_META_AUTHOR, "Ann A", "paper.example", NULL);
    CHECK_PAGE("<meta name=author content='admin'><h1>T</h1><p>Text.",
               BYLAW_META_AUTHOR, NULL);
}

static void
test_metadata_author__a_pen_name_needs_a_marked_element(void **state)
{
    (void)state;
    CHECK_PAGE("<h1>T</h1><p>von <a rel=author href=/x>gnu42</a></p>",
               BYLAW_META_AUTHOR, "gnu42", NULL);
    CHECK_PAGE("<h1>T</h1><div class='post-footer'><span class='author "
               "vcard'><b class=fn>der Gnu</b></span></div>",
               BYLAW_META_AUTHOR, "der Gnu", NULL);
    CHECK_PAGE("<h1>T</h1><p>von gnu42</p>", BYLAW_META_AUTHOR, NULL);
    CHECK_PAGE("<h1>T</h1><ol class=comment-list><li><b class=fn>Cy C</b></ol>",
               BYLAW_META_AUTHOR, NULL);
}

static void test_metadata__values_point_at_their_bytes(void **state)
{
    struct bylaw_document *page = extract_page(
        "<title>A &amp; B</title><meta name=author content='Ann A'>"
        "<p><a rel=license href='" CC_BY "'>CC</a>");

    (void)state;
    assert_span(bytes_of(page, meta_at(page, BYLAW_META_AUTHOR, 0)->bytes),
                "Ann A");
    assert_span(bytes_of(page, meta_at(page, BYLAW_META_LICENSE, 0)->bytes),
                CC_BY);
    assert_span(bytes_of(page, meta_at(page, BYLAW_META_TITLE, 0)->bytes),
                "<title>A &amp; B</title>");
    bylaw_document_free(page);
}

static void check_chosen(const char *html, const char *title,
                         const char *language)
{
    struct bylaw_document *page = extract_page(html);

    assert_string_equal(page->title, title);
    assert_string_equal(page->language, language);
    bylaw_document_free(page);
}

static void test_metadata__chooses_title_and_language(void **state)
{
    (void)state;
    check_chosen("<html lang=en-GB><title>T</title><p>x", "T", "en-GB");
    check_chosen("<meta property='og:locale' content='en_US'>"
                 "<meta property='og:title' content='T | Paper'>"
                 "<meta property='og:site_name' content='Paper'><p>x",
                 "T", "en-US");
    check_chosen("<title>The Title - Paper</title><h1>Paper news</h1>"
                 "<h1>The Title</h1>",
                 "The Title", "");
    check_chosen("<p>x", "", "");
}

/* n metas with different contents: all are read up to the ceiling. */
static void check_many(unsigned n, bool is_complete)
{
    struct bylaw__buf html = {0};
    struct bylaw_document *page;

    bylaw__buf_add_text(&html, "<p>x y z</p>");
    for (unsigned i = 0; i < n; i++)
        bylaw__buf_printf(&html, "<meta name=robots content=%u>", i);
    page = extract_page(html.ptr);
    assert_int_equal(page->is_complete, is_complete);
    assert_int_equal(page->meta_count,
                     is_complete ? n : BYLAW_LIMIT_META_ITEMS);
    bylaw_document_free(page);
    bylaw__buf_release(&html);
}

static void test_metadata__stops_at_the_ceiling_and_says_so(void **state)
{
    (void)state;
    check_many(BYLAW_LIMIT_META_ITEMS - 1, true);
    check_many(BYLAW_LIMIT_META_ITEMS, true);
    check_many(BYLAW_LIMIT_META_ITEMS + 1, false);
}

/* Nested marked elements must not each gather all that is below them. */
static void
test_metadata__repetition_costs_no_more_than_its_ceiling(void **state)
{
    static const char *const units[] = {
        "<meta name=author content=A>",
        "<i itemscope itemtype=Article><b itemprop=author>",
        "<h1>x",
        "<b class=date>1",
        "<a rel=author>1 ",
        "<script type=application/ld+json>{\"@type\":\"Article\","
        "\"author\":\"A\"}</script>"};

    (void)state;
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        struct bylaw__buf html = {0};
        struct bylaw_response *response = NULL;
        struct bylaw_document *page = NULL;

        for (unsigned n = 0; n < 60000; n++)
            bylaw__buf_add_text(&html, units[i]);
        assert_int_equal(bylaw__response_from_bytes(&response, NULL, NULL,
                                                    bylaw__buf_span(&html),
                                                    "text/html", 0, NULL),
                         0);
        /* Too deep a tree is refused; what counts is that it ends soon. */
        bylaw__extract(&page, response, NULL, NULL);
        bylaw_document_free(page);
        bylaw_response_free(response);
        bylaw__buf_release(&html);
    }
}

static void check_date(const char *text, bool month_first, const char *want)
{
    char date[BYLAW__DATE_BYTES] = "";

    bylaw__date_find(date, NULL, bylaw__span_of(text), month_first);
    if (strcmp(date, want) != 0)
        fail_msg("\"%s\": got %s, want %s", text, date, want);
}

static void test_date_find__reads_ten_languages(void **state)
{
    static const char *const rows[] = {
        "2023-05-16",         "2023-05-16T10:00:00Z",
        "2023/5/16",          "20230516",
        "May 16, 2023",       "16 May 2023",
        "May 16th, 2023",     "Tue, 16 May 2023",
        "16. Mai 2023",       "16.05.2023",
        "16.5.2023",          "le 16 mai 2023",
        "16 de mayo de 2023", "16 maggio 2023",
        "16 de maio de 2023", "16 мая 2023 г.",
        "2023年5月16日",      "16 مايو 2023",
        "16 majo 2023",       "5/16/2023",
        "16/5/2023",          "Posted on Tuesday, May 16 2023 at 9:00",
        "2023 May 16",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_date(rows[i], false, "2023-05-16");
    check_date("6/5/2023", false, "2023-05-06");
    check_date("5/6/2023", true, "2023-05-06");
    check_date("Sept. 3, 2021", true, "2021-09-03");
    check_date("16.05.23", false, "2023-05-16");
    check_date("5/16/23", true, "");
    check_date("12 août 2020", false, "2020-08-12");
    check_date("3. März 2020", false, "2020-03-03");
}

static void test_date_find__refuses_what_is_no_date(void **state)
{
    static const char *const rows[] = {
        "",           "16 people in 2023", "May 2023",   "2023",
        "1.2.3.4",    "31/31/2023",        "2023-13-01", "30 February 2023",
        "in 1605 he", "call 555-16-2023",  "00/00/2023",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_date(rows[i], true, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_metadata_meta__knows_the_common_names),
        cmocka_unit_test(test_metadata_author__is_never_an_address),
        cmocka_unit_test(test_metadata_licence__rel_is_a_list_of_words),
        cmocka_unit_test(test_metadata_licence__of_a_figure_is_not_the_pages),
        cmocka_unit_test(test_metadata_rsl__names_a_standard_licence),
        cmocka_unit_test(test_metadata_rsl__licenses_only_what_it_covers),
        cmocka_unit_test(test_metadata_rsl__of_machines_or_money_is_no_grant),
        cmocka_unit_test(test_metadata_microdata__reads_the_articles_own),
        cmocka_unit_test(test_metadata_rdfa__reads_ccrel),
        cmocka_unit_test(test_metadata_hentry__reads_author_and_date),
        cmocka_unit_test(test_metadata__visible_lines_stand_in),
        cmocka_unit_test(
            test_metadata_author__shown_person_beats_the_publisher),
        cmocka_unit_test(
            test_metadata_author__a_pen_name_needs_a_marked_element),
        cmocka_unit_test(test_metadata__values_point_at_their_bytes),
        cmocka_unit_test(test_metadata__chooses_title_and_language),
        cmocka_unit_test(test_metadata__stops_at_the_ceiling_and_says_so),
        cmocka_unit_test(
            test_metadata__repetition_costs_no_more_than_its_ceiling),
        cmocka_unit_test(test_date_find__reads_ten_languages),
        cmocka_unit_test(test_date_find__refuses_what_is_no_date),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
