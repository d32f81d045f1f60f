/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses have a ceiling, as given and as encoded. */
#include "unit/url_check.h"

#define STEM "http://e.org/"

/* STEM and filler up to len bytes. */
static void fill(struct bylaw__buf *out, size_t len, char filler)
{
    bylaw__buf_add_text(out, STEM);
    while (out->len < len)
        bylaw__buf_add_char(out, filler);
}

static void check_length(size_t len, bool fits)
{
    struct bylaw__buf text = {0};
    bylaw_url *url = NULL;

    fill(&text, len, 'a');
    if (fits) {
        url = parsed(text.ptr);
        assert_string_equal(bylaw_url_href(url), text.ptr);
    } else {
        check_refused(bylaw__buf_span(&text), NULL, "url.too-long");
    }
    bylaw_url_free(url);
    bylaw__buf_release(&text);
}

static void test_url_ceiling__holds_for_the_text(void **state)
{
    (void)state;
    check_length(BYLAW_LIMIT_URL_BYTES - 1, true);
    check_length(BYLAW_LIMIT_URL_BYTES, true);
    check_length(BYLAW_LIMIT_URL_BYTES + 1, false);
    check_length(4 * BYLAW_LIMIT_URL_BYTES, false);
}

/* A host of len bytes in labels that are not ASCII. */
static void check_idn_length(size_t len, bool fits)
{
    struct bylaw__buf text = {0};
    bylaw_url *url = NULL;

    bylaw__buf_add_text(&text, "http://");
    while (text.len + strlen("\xc3\xa9.a") < strlen("http://") + len)
        bylaw__buf_add_text(&text, "\xc3\xa9.");
    while (text.len < strlen("http://") + len)
        bylaw__buf_add_char(&text, 'a');
    if (fits)
        url = parsed(text.ptr);
    else
        check_refused(bylaw__buf_span(&text), NULL, "url.malformed");
    bylaw_url_free(url);
    bylaw__buf_release(&text);
}

static void test_url_ceiling__holds_for_international_names(void **state)
{
    (void)state;
    check_idn_length(BYLAW_LIMIT_IDN_BYTES - 1, true);
    check_idn_length(BYLAW_LIMIT_IDN_BYTES, true);
    check_idn_length(BYLAW_LIMIT_IDN_BYTES + 1, false);
}

/* A space takes one byte as given and three as encoded. */
static void test_url_ceiling__holds_for_the_encoded_form(void **state)
{
    size_t room = BYLAW_LIMIT_URL_BYTES - strlen(STEM "x");
    struct bylaw__buf fits = {0}, exceeds = {0};
    bylaw_url *url;

    (void)state;
    fill(&fits, strlen(STEM) + room / 3, ' ');
    fill(&exceeds, strlen(STEM) + room / 3 + 1, ' ');
    bylaw__buf_add_char(&fits, 'x');
    bylaw__buf_add_char(&exceeds, 'x');
    url = parsed(fits.ptr);
    check_refused(bylaw__buf_span(&exceeds), NULL, "url.too-long");
    bylaw_url_free(url);
    bylaw__buf_release(&fits);
    bylaw__buf_release(&exceeds);
}

static void test_url_ceiling__holds_for_resolved_references(void **state)
{
    struct bylaw__buf text = {0};
    bylaw_url *base;

    (void)state;
    fill(&text, BYLAW_LIMIT_URL_BYTES, 'a');
    base = parsed(text.ptr);
    check_refused(bylaw__span_of("#f"), base, "url.too-long");
    bylaw_url_free(base);
    bylaw__buf_release(&text);
}

static void test_url_ceiling__leaves_room_for_surrounding_space(void **state)
{
    struct bylaw__buf text = {0};
    bylaw_url *url;

    (void)state;
    for (size_t i = 0; i < 2 * BYLAW_LIMIT_URL_BYTES; i++)
        bylaw__buf_add_char(&text, i % 2 ? ' ' : '\n');
    bylaw__buf_add_text(&text, STEM);
    url = parsed(text.ptr);
    assert_string_equal(bylaw_url_href(url), STEM);
    bylaw_url_free(url);
    bylaw__buf_release(&text);
}

static void test_url_ceiling__names_the_scheme_of_a_long_address(void **state)
{
    struct bylaw__buf text = {0};

    (void)state;
    bylaw__buf_add_text(&text, "data:image/png;base64,");
    while (text.len < 8 * BYLAW_LIMIT_URL_BYTES)
        bylaw__buf_add_char(&text, 'A');
    check_refused(bylaw__buf_span(&text), NULL, "url.scheme");
    bylaw__buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_url_ceiling__holds_for_the_text),
        cmocka_unit_test(test_url_ceiling__holds_for_international_names),
        cmocka_unit_test(test_url_ceiling__holds_for_the_encoded_form),
        cmocka_unit_test(test_url_ceiling__holds_for_resolved_references),
        cmocka_unit_test(test_url_ceiling__leaves_room_for_surrounding_space),
        cmocka_unit_test(test_url_ceiling__names_the_scheme_of_a_long_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
