/* SPDX-License-Identifier: Apache-2.0 */
/* Credit that a script may write is not known, whatever the bytes lack. */
#include "unit/judge/fixtures.h"

#define JSON_ARTICLE                                                           \
    "https:\\/\\/www.globalresearch.ca\\/japan-open-nato-office\\/5819349"

struct script_case {
    const char *id, *raw, *want;
};

static void check_script(const struct script_case *t)
{
    struct page p;

    page_start(&p);
    must(&p, t->id);
    p.rule.licence = "CC-BY-ND-4.0";
    add_article(&p);
    add_raw(&p, t->raw);
    check_term(&p, t->id, t->want,
               strcmp(t->want, UNKNOWN) ? NULL : "a script may write it");
}

#define CHECK(table)                                                           \
    for (size_t i = 0; i < sizeof(table) / sizeof((table)[0]); i++)            \
    check_script(&(table)[i])

static void test_script__holding_the_address_leaves_the_link_open(void **s)
{
    static const struct script_case cases[] = {
        {"link.original",
         "<script id=__NEXT_DATA__ "
         "type=application/json>{\"from\":\"" JSON_ARTICLE "\"}</script>",
         UNKNOWN},
        {"link.original",
         "<script>document.write('<a href=\"" ARTICLE "\">x</a>')</script>",
         UNKNOWN},
        {"link.original",
         "<script type=\"application/ld+json\">{\"isBasedOn\":\"" ARTICLE
         "\"}</script>",
         UNKNOWN},
        {"link.original", "<div class=c data-origin=\"" ARTICLE "\"></div>",
         UNKNOWN},
        {"link.original",
         "<button onclick=\"location.href='" ARTICLE "'\">x</button>", UNKNOWN},
        {"link.original", "<form action=\"" ARTICLE "\"></form>", UNKNOWN},
        {"link.original", "<img alt=\"" ARTICLE "\">", FAIL},
        {"link.original", "<!-- \"" ARTICLE "\" -->", FAIL},
        {"credit.publisher",
         "<style>.c::before{content:\"Global Research. \"}</style>", UNKNOWN},
        {"credit.publisher",
         "<style>.c{content:\"x\"} /* Global Research */</style>", FAIL},
        {"credit.publisher",
         "<input type=submit value=\"First published on Global Research\">",
         UNKNOWN},
        {"credit.publisher",
         "<script>var o = {\"url\": \"" JSON_ARTICLE "\"};</script>", UNKNOWN},
    };

    (void)s;
    CHECK(cases);
}

static void test_script__holding_a_name_as_credit_leaves_it_open(void **s)
{
    static const struct script_case cases[] = {
        {"credit.publisher",
         "<script>{\"source\":\"Global Research\"}</script>", UNKNOWN},
        {"credit.author", "<script>{\"author\":\"Ahmed Adel\"}</script>",
         UNKNOWN},
        {"credit.author", "<p data-byline=\"Ahmed Adel\"></p>", UNKNOWN},
    };

    (void)s;
    CHECK(cases);
}

#define DEED "creativecommons.org\\/licenses\\/by-nd\\/4.0"

static void test_script__holding_the_licence_leaves_it_open(void **s)
{
    static const struct script_case cases[] = {
        {"link.licence", "<script>{\"a\":\"https:\\/\\/" DEED "\\/\"}</script>",
         UNKNOWN},
        {"notice.licence",
         "<script type=application/json id=__NEXT_DATA__>{\"html\":"
         "\"<a href=\\\"https://creativecommons.org/licenses/by-nd/4.0/"
         "deed.de\\\">x\"}</script>",
         UNKNOWN},
        {"notice.licence", "<script>{\"a\":\"CC BY-ND 4.0\"}</script>",
         UNKNOWN},
        {"link.licence",
         "<i data-was=\"https://creativecommons.org/licenses/by-nd/4.0/\"></i>",
         FAIL},
        {"link.licence",
         "<script>'https://creativecommons.org/licenses/by/4.0/'</script>",
         FAIL},
        {"notice.licence", "<!-- https://" DEED " -->", FAIL},
    };

    (void)s;
    CHECK(cases);
}

static void test_script__holding_a_copyright_mark_leaves_it_open(void **s)
{
    static const struct script_case cases[] = {
        {"notice.copyright",
         "<script>e.innerHTML = '\xC2\xA9 Ahmed Adel';</script>", UNKNOWN},
        {"notice.copyright", "<script>'\\u00a9 2023 Ahmed Adel'</script>",
         UNKNOWN},
        {"notice.copyright", "<script>'\\u00A9 InfoBrics'</script>", UNKNOWN},
        {"notice.copyright", "<script>'&copy; Ahmed Adel'</script>", UNKNOWN},
        {"notice.copyright", "<script>'(c) Ahmed Adel'</script>", UNKNOWN},
        {"notice.copyright", "<script>'Ahmed Adel says'</script>", FAIL},
    };

    (void)s;
    CHECK(cases);
}

static void test_script__that_says_something_else_changes_nothing(void **s)
{
    static const struct script_case cases[] = {
        {"link.original", "<script>var a = 'https://other.example/';</script>",
         FAIL},
        /* before and after a script is not inside */
        {"link.original", "<script>x</script><!-- " ARTICLE " -->", FAIL},
        /* a topic of the text that the page's data hold */
        {"credit.publisher",
         "<script>{\"body\":\"... as told to the readers of that site, where "
         "Global Research has said\"}</script>",
         FAIL},
        {"credit.author", "<script>{\"publisher\":\"Blog\"}</script>", FAIL},
        {"link.original", "<img alt=\"x\" data-x=\"1\" title=\"" ARTICLE "\">",
         FAIL},
    };

    (void)s;
    CHECK(cases);
}

static void test_script__does_not_excuse_what_stands_there(void **s)
{
    struct page p;

    (void)s;
    page_start(&p);
    must(&p, "link.original");
    add_article(&p);
    add(&p, BYLAW_ZONE_CREDIT, "Source: [Global Research](" HOME ")");
    add_raw(&p, "<script>{\"from\":\"" JSON_ARTICLE "\"}</script>");
    check_term(&p, "link.original", PARTIAL, "home page");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_script__holding_the_address_leaves_the_link_open),
        cmocka_unit_test(test_script__holding_a_name_as_credit_leaves_it_open),
        cmocka_unit_test(test_script__holding_the_licence_leaves_it_open),
        cmocka_unit_test(test_script__holding_a_copyright_mark_leaves_it_open),
        cmocka_unit_test(test_script__that_says_something_else_changes_nothing),
        cmocka_unit_test(test_script__does_not_excuse_what_stands_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
