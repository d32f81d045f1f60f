/* SPDX-License-Identifier: Apache-2.0 */
/* Hostile pages: each ends, as a tree or as aborted, and ceilings are exact. */
#include "unit/html/page.h"

/* An opening, one unit repeated, a tail. */
struct hostile {
    const char *open, *unit;
    size_t count;
    const char *tail;
};

static struct bylaw_span make_page(const struct hostile *h)
{
    struct bylaw__buf buf;
    struct bylaw_span page;
    size_t len = strlen(h->unit);

    bylaw__buf_init(&buf, 0);
    bylaw__buf_add_text(&buf, h->open);
    for (size_t i = 0; i < h->count; i++)
        bylaw__buf_add(&buf, len ? h->unit : "", len ? len : 1);
    bylaw__buf_add_text(&buf, h->tail);
    page.ptr = bylaw__buf_take(&buf, &page.len);
    assert_non_null(page.ptr);
    return page;
}

static int parse(bylaw__dom **dom, const struct hostile *h,
                 struct bylaw_error *err)
{
    struct bylaw_span page = make_page(h);
    int rc = bylaw__dom_parse(dom, page, err);

    /* The tree borrows from the page; only its shape is looked at below. */
    free((void *)(uintptr_t)page.ptr);
    return rc;
}

static void check_ends(const struct hostile *h)
{
    struct bylaw_error err = {0};
    bylaw__dom *dom;
    int rc = parse(&dom, h, &err);

    if (rc) {
        assert_int_equal(rc, BYLAW_EABORTED);
        assert_string_equal(err.id, "html.aborted");
        assert_null(dom);
    }
    bylaw__dom_free(dom);
}

static void check_aborted(const struct hostile *h, const char *because)
{
    struct bylaw_error err = {0};
    bylaw__dom *dom;

    assert_int_equal(parse(&dom, h, &err), BYLAW_EABORTED);
    assert_string_equal(err.id, "html.aborted");
    assert_non_null(strstr(err.what, because));
    assert_null(dom);
}

static void check_parses(const struct hostile *h)
{
    struct bylaw_error err = {0};
    bylaw__dom *dom;

    if (parse(&dom, h, &err))
        fail_msg("does not parse: %s", err.what);
    bylaw__dom_free(dom);
}

#define MIB ((size_t)1 << 20)

static void test_dom_parse__ends_on_hostile_pages(void **state)
{
    static const struct hostile pages[] = {
        {"", "<", 8 * MIB, ""},
        {"", "", 8 * MIB, "x"}, /* NULs */
        {"", "<a href=x><div>", 20000, ""},
        {"", "<div></p>", 5000, "</p></p>"},
        {"<p title='", "x", 4 * MIB, "'>"},
        {"<p title='", "x", 4 * MIB, ""},
        {"", "&#x99999999999;", 100000, ""},
        {"", "<table><b>", 50000, ""},
        {"", "<!--", MIB, ""},
        {"", "<template>", 50000, ""},
        {"<svg><style><p", " a", 100000, ">"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
        check_ends(&pages[i]);
}

static void test_dom_parse__refuses_what_it_cannot_bound(void **state)
{
    (void)state;
    check_aborted(&(struct hostile){"", "<div>", 100000, ""}, "milliseconds");
    check_aborted(&(struct hostile){"", "<p>x", 2 * MIB, ""}, "bytes");
    check_aborted(&(struct hostile){"<p", " a", 100000, ">"}, "attributes");
    check_aborted(&(struct hostile){"", "<span>", 300000, ""}, "deep");
}

/* html and body are above; so many elements more reach the ceiling. */
#define NESTED (BYLAW_LIMIT_HTML_DEPTH - 2)

static void test_dom_parse__bounds_depth_exactly(void **state)
{
    (void)state;
    check_parses(&(struct hostile){"", "<i>", NESTED - 1, ""});
    check_parses(&(struct hostile){"", "<i>", NESTED, ""});
    check_parses(&(struct hostile){"", "<i>", NESTED, "text"});
    check_aborted(&(struct hostile){"", "<i>", NESTED + 1, ""}, "deep");
}

static void test_dom_parse__bounds_attributes_exactly(void **state)
{
    const size_t limit = BYLAW_LIMIT_HTML_ATTRIBUTES;

    (void)state;
    check_parses(&(struct hostile){"<p", " a=' > <b '", limit - 1, ">x"});
    check_parses(&(struct hostile){"<p", " a=' > <b '", limit, ">x"});
    check_aborted(&(struct hostile){"<p", " a=' > <b '", limit + 1, ">x"},
                  "attributes");
}

static void test_dom_parse__counts_attributes_of_tags_only(void **state)
{
    const size_t many = BYLAW_LIMIT_HTML_ATTRIBUTES + 1;

    (void)state;
    check_parses(&(struct hostile){"<script>'<p", " a", many, ">'</script>"});
    check_parses(&(struct hostile){"<!-- <p", " a", many, "> -->"});
    check_parses(&(struct hostile){"<title><p", " a", many, "></title>"});
    check_parses(&(struct hostile){"a < b", " a", many, ">"});
    check_aborted(&(struct hostile){"<!-->--><p", " a", many, ">"},
                  "attributes");
    check_aborted(&(struct hostile){"<script></scripts></script><p", " a", many,
                                    ">"},
                  "attributes");
}

static void test_dom_parse__bounds_text_exactly(void **state)
{
    const size_t limit = (size_t)3 * BYLAW_LIMIT_BODY_BYTES;
    struct bylaw_error err = {0};
    bylaw__dom *dom;

    (void)state;
    check_parses(&(struct hostile){"", "x", limit - 1, ""});
    check_parses(&(struct hostile){"", "x", limit, ""});
    assert_int_equal(parse(&dom, &(struct hostile){"", "x", limit + 1, ""},
                           &err),
                     BYLAW_ELIMIT);
    assert_string_equal(err.id, "html.too-large");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dom_parse__ends_on_hostile_pages),
        cmocka_unit_test(test_dom_parse__refuses_what_it_cannot_bound),
        cmocka_unit_test(test_dom_parse__bounds_depth_exactly),
        cmocka_unit_test(test_dom_parse__bounds_attributes_exactly),
        cmocka_unit_test(test_dom_parse__counts_attributes_of_tags_only),
        cmocka_unit_test(test_dom_parse__bounds_text_exactly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
