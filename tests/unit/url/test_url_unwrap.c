/* SPDX-License-Identifier: Apache-2.0 */
/* The address inside a wrapper is found by form alone. */
#include "unit/url_check.h"

static void check_unwrapped(const char *text, const char *want)
{
    bylaw_url *url = parsed(text);
    const bylaw_url *inner = bylaw_url_unwrapped(url);

    if (!inner)
        fail_msg("'%s' holds nothing", text);
    assert_string_equal(bylaw_url_href(inner), want);
    assert_string_equal(bylaw_url_canonical(url), bylaw_url_canonical(inner));
    bylaw_url_free(url);
}

static void check_bare(const char *text)
{
    bylaw_url *url = parsed(text);

    if (bylaw_url_unwrapped(url))
        fail_msg("'%s' holds '%s'", text,
                 bylaw_url_href(bylaw_url_unwrapped(url)));
    bylaw_url_free(url);
}

static void test_url_unwrap__reads_redirectors(void **state)
{
    static const char *const wrappers[] = {
        "https://www.google.com/url?sa=t&q=%s&usg=x",
        "https://www.google.co.uk/url?rct=j&url=%s",
        "https://l.facebook.com/l.php?u=%s&h=x",
        "https://lm.facebook.com/l.php?u=%s",
        "https://l.instagram.com/?u=%s",
        "https://out.reddit.com/t3_x?url=%s&token=y",
        "https://t.umblr.com/redirect?z=%s&t=x",
        "https://steamcommunity.com/linkfilter/?url=%s",
        "https://slack-redir.net/link?url=%s",
        "https://nam02.safelinks.protection.outlook.com/?url=%s&data=x",
        "https://duckduckgo.com/l/?uddg=%s&rut=x",
        "https://vk.com/away.php?to=%s",
        "https://www.youtube.com/redirect?event=x&q=%s",
        "https://www.linkedin.com/redir/redirect?url=%s",
        "https://medium.com/r/?url=%s",
        "https://translate.google.com/translate?sl=en&u=%s",
        "https://href.li/?%s",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(wrappers); i++) {
        char text[256];
        const char *hole = strchr(wrappers[i], '%');

        snprintf(text, sizeof(text),
                 "%.*shttps%%3A%%2F%%2Fe.org%%2Fa%%3Fb%%3D1%s",
                 (int)(hole - wrappers[i]), wrappers[i], hole + 2);
        check_unwrapped(text, "https://e.org/a?b=1");
    }
}

static void test_url_unwrap__reads_amp_caches(void **state)
{
    (void)state;
    check_unwrapped("https://www.google.com/amp/s/e.org/a/amp?x=1",
                    "https://e.org/a/amp?x=1");
    check_unwrapped("https://www.google.com/amp/e.org/a", "http://e.org/a");
    check_unwrapped("https://e-org.cdn.ampproject.org/c/s/e.org/a",
                    "https://e.org/a");
    check_unwrapped("https://cdn.ampproject.org/v/s/e.org/a?amp_js_v=0.1",
                    "https://e.org/a?amp_js_v=0.1");
    check_unwrapped("https://cdn.ampproject.org/c/e.org/a", "http://e.org/a");
}

static void test_url_unwrap__reads_archive_copies(void **state)
{
    static const char *const copies[] = {
        "https://web.archive.org/web/20200102030405/http://e.org/a?b=1",
        "https://web.archive.org/web/20200102030405id_/http://e.org/a?b=1",
        "https://web.archive.org/web/2020im_/http:/e.org/a?b=1",
        "https://web.archive.org/web/*/http://e.org/a?b=1",
        "https://web.archive.org/web/http://e.org/a?b=1",
        "https://web.archive.org/web/2020/e.org/a?b=1",
        "https://archive.ph/20200102030405/http://e.org/a?b=1",
        "https://archive.today/2020.01.02-030405/http://e.org/a?b=1",
        "https://archive.is/newest/http://e.org/a?b=1",
        "https://wayback.archive-it.org/123/20200102030405/http://e.org/a?b=1",
        "https://arquivo.pt/wayback/20200102030405/http://e.org/a?b=1",
        "https://webcache.googleusercontent.com/search?q=cache:x_Y-z:"
        "http://e.org/a%3Fb%3D1+words&hl=en",
        "https://www.google.com/search?q=cache:e.org/a%3Fb%3D1",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(copies); i++)
        check_unwrapped(copies[i], "http://e.org/a?b=1");
    check_unwrapped("https://web.archive.org/web/163.com/a",
                    "http://163.com/a");
}

static void test_url_unwrap__reads_translated_hosts(void **state)
{
    (void)state;
    check_unwrapped("https://www-e-org.translate.goog/a?b=1&_x_tr_sl=en",
                    "https://www.e.org/a?b=1");
    check_unwrapped("https://my--site-e-org.translate.goog/?_x_tr_sch=http",
                    "http://my-site.e.org/");
    check_unwrapped("https://e-org.translate.goog/#top", "https://e.org/#top");
}

static void test_url_unwrap__reads_wrappers_in_wrappers(void **state)
{
    (void)state;
    check_unwrapped(
        "https://web.archive.org/web/2020/https://www.google.com/"
        "url?q=https%3A%2F%2Fcdn.ampproject.org%2Fc%2Fs%2Fe.org%2Fa",
        "https://e.org/a");
    check_unwrapped("https://l.facebook.com/l.php?u=https%253A%252F%252Fe.org",
                    "https://e.org/");
}

static void test_url_unwrap__reads_unusual_spellings(void **state)
{
    (void)state;
    check_unwrapped("https://www.google.com//url?q=http://e.org/",
                    "http://e.org/");
    check_unwrapped("https://www.google.com/url?%71=http://e.org/",
                    "http://e.org/");
    check_unwrapped("https://www.google.com./url?q=http://e.org/",
                    "http://e.org/");
    check_unwrapped("https://translate.google.com/translate?u=www.e.org/a",
                    "http://www.e.org/a");
}

static void test_url_unwrap__leaves_other_addresses_alone(void **state)
{
    static const char *const bare[] = {
        "https://e.org/url?q=http://f.org/",
        "https://www.google.com/search?q=http://f.org/",
        "https://www.google.com/url?q=words",
        "https://www.google.com/url?q=javascript:x",
        "https://www.google.com/url?q=http://a:b@f.org/",
        "https://www.google.com/urls?q=http://f.org/",
        "https://www.facebook.com/sharer.php?u=http://f.org/",
        "https://web.archive.org/web/2020/",
        "https://archive.ph/AbCdE",
        "https://translate.goog/a",
        "https://a.b-org.translate.goog/",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(bare); i++)
        check_bare(bare[i]);
}

/* An address in depth wrappers. */
static void nest(struct bylaw__buf *out, unsigned depth)
{
    for (unsigned i = 0; i < depth; i++)
        bylaw__buf_add_text(out, "https://archive.ph/2020/");
    bylaw__buf_add_text(out, "http://e.org/");
}

static void test_url_unwrap__stops_at_its_ceiling(void **state)
{
    (void)state;
    for (unsigned extra = 0; extra < 3; extra++) {
        unsigned depth = BYLAW_LIMIT_URL_WRAPPERS - 1 + extra;
        bool is_within = depth <= BYLAW_LIMIT_URL_WRAPPERS;
        struct bylaw__buf text = {0};
        bylaw_url *url;

        nest(&text, depth);
        url = parsed(text.ptr);
        assert_int_equal(bylaw_url_unwrapped(url) != NULL, is_within);
        assert_int_equal(bylaw__url_is_opaque_redirect(url), !is_within);
        assert_int_equal(!strcmp(bylaw_url_canonical(url), "e.org/"),
                         is_within);
        bylaw_url_free(url);
        bylaw__buf_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_url_unwrap__reads_redirectors),
        cmocka_unit_test(test_url_unwrap__reads_amp_caches),
        cmocka_unit_test(test_url_unwrap__reads_archive_copies),
        cmocka_unit_test(test_url_unwrap__reads_translated_hosts),
        cmocka_unit_test(test_url_unwrap__reads_wrappers_in_wrappers),
        cmocka_unit_test(test_url_unwrap__reads_unusual_spellings),
        cmocka_unit_test(test_url_unwrap__leaves_other_addresses_alone),
        cmocka_unit_test(test_url_unwrap__stops_at_its_ceiling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
