/* SPDX-License-Identifier: Apache-2.0 */
/* A robots.txt is obeyed as RFC 9309 says. */
#include "unit/url_check.h"

#include "robots/robots.h"

#include <stdlib.h>

#define US   "Bylaw"
#define SITE "https://site.example"

static bylaw__robots *read_as(struct bylaw_span body, const char *agent)
{
    struct bylaw_error err = {0};
    bylaw__robots *robots = NULL;

    if (bylaw__robots_new(&robots, BYLAW__ROBOTS_FETCHED, body, agent, &err))
        fail_msg("%s", err.what);
    return robots;
}

static bylaw__robots *read_text(const char *body)
{
    return read_as(bylaw__span_of(body), US);
}

static bool is_allowed(const bylaw__robots *robots, const char *path,
                       unsigned *line)
{
    char text[4096];
    bylaw_url *url;
    bool allows;

    snprintf(text, sizeof(text), "%s%s", SITE, path);
    url = parsed(text);
    allows = bylaw__robots_allows(robots, url, line);
    bylaw_url_free(url);
    return allows;
}

/* line 0: no line decides. */
static void check_path(const char *body, const char *path, bool allowed,
                       unsigned line)
{
    bylaw__robots *robots = read_text(body);
    unsigned got_line = 99;
    bool got = is_allowed(robots, path, &got_line);

    if (got != allowed || got_line != line)
        fail_msg("%s under\n%s\nis %s by line %u", path, body,
                 got ? "allowed" : "disallowed", got_line);
    bylaw__robots_free(robots);
}

struct ruling {
    const char *body, *path;
    bool allowed;
    unsigned line;
};

static void check_rulings(const struct ruling *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_path(rows[i].body, rows[i].path, rows[i].allowed, rows[i].line);
}

static void check_pattern(const char *pattern, const char *path, bool matches)
{
    char body[2048];

    snprintf(body, sizeof(body), "User-agent: *\nDisallow: %s\n", pattern);
    check_path(body, path, !matches, matches ? 2 : 0);
}

static void test_robots_group__is_found_by_product_token(void **state)
{
    static const struct ruling rows[] = {
        {"User-agent: bylaw\nDisallow: /\n", "/a", false, 2},
        {"USER-AGENT:BYLAW\nDISALLOW:/\n", "/a", false, 2},
        {"User-agent: Bylaw/2.1 (+x)\nDisallow: /\n", "/a", false, 2},
        {"User-agent: Bylaw-images\nDisallow: /\n", "/a", true, 0},
        {"User-agent: By\nDisallow: /\n", "/a", true, 0},
        {"User-agent: otherbot\nDisallow: /\n", "/a", true, 0},
        {"User-agent:\nDisallow: /\n", "/a", true, 0},
        {"User-agent: *\nDisallow: /\n", "/a", false, 2},
        {"User-agent: * (all)\nDisallow: /\n", "/a", false, 2},
        {"User-agent: *bot\nDisallow: /\n", "/a", true, 0},
        {"Disallow: /\n", "/a", true, 0},
        {"", "/a", true, 0},
    };

    (void)state;
    check_rulings(rows, COUNT(rows));
}

static void
test_robots_group__for_all_speaks_only_where_none_names_us(void **state)
{
    static const struct ruling rows[] = {
        {"User-agent: *\nDisallow: /\n\nUser-agent: bylaw\nAllow: /a\n", "/b",
         true, 0},
        {"User-agent: bylaw\nDisallow: /a\nUser-agent: *\nDisallow: /b\n", "/b",
         true, 0},
        {"User-agent: *\nDisallow: /\nUser-agent: bylaw\n", "/b", true, 0},
        {"User-agent: *\nUser-agent: bylaw\nDisallow: /b\n", "/b", false, 3},
    };

    (void)state;
    check_rulings(rows, COUNT(rows));
}

static void test_robots_group__of_one_agent_merges(void **state)
{
    static const char body[] = "User-agent: bylaw\nDisallow: /a\n\n"
                               "User-agent: other\nDisallow: /c\n\n"
                               "User-agent: BYLAW\nDisallow: /b\n";
    static const struct ruling rows[] = {
        {body, "/a", false, 2},
        {body, "/b", false, 8},
        {body, "/c", true, 0},
    };

    (void)state;
    check_rulings(rows, COUNT(rows));
}

static void test_robots_group__has_several_agents(void **state)
{
    static const char body[] = "User-agent: first\nUser-agent: bylaw\n"
                               "Disallow: /a\nUser-agent: last\nDisallow: /b\n";
    static const struct ruling rows[] = {
        {body, "/a", false, 3},
        {body, "/b", true, 0},
    };

    (void)state;
    check_rulings(rows, COUNT(rows));
}

static void test_robots_group__is_not_ended_by_other_lines(void **state)
{
    static const struct ruling rows[] = {
        {"User-agent: bylaw\nSitemap: /s\nUser-agent: other\nDisallow: /\n",
         "/a", false, 4},
        {"User-agent: bylaw\nCrawl-delay: 2\nUser-agent: other\nDisallow: /\n",
         "/a", false, 4},
        {"User-agent: bylaw\nAllow: /b\nSitemap: /s\nDisallow: /a\n", "/a",
         false, 4},
        {"User-agent: bylaw\n\n\n# note\nNoise: x\nDisallow: /a\n", "/a", false,
         6},
        {"User-agent: bylaw\nDisallow:\nUser-agent: other\nDisallow: /a\n",
         "/a", true, 0},
    };

    (void)state;
    check_rulings(rows, COUNT(rows));
}

static void test_robots_rule__longest_match_decides(void **state)
{
    static const struct ruling rows[] = {
        {"User-agent: *\nDisallow: /x/\nAllow: /x/page.html\n", "/x/page.html",
         true, 3},
        {"User-agent: *\nAllow: /x/page.html\nDisallow: /x/\n", "/x/page.html",
         true, 2},
        {"User-agent: *\nAllow: /x\nDisallow: /x/y\n", "/x/y", false, 3},
        {"User-agent: *\nDisallow: /x\nAllow: /x\n", "/x", true, 3},
        {"User-agent: *\nAllow: /x\nDisallow: /*.htm\n", "/x.htm", false, 3},
        {"User-agent: *\nAllow: /\nDisallow: /\n", "/any", true, 2},
        {"User-agent: *\nDisallow: /a\nDisallow: /a\n", "/a", false, 2},
        {"User-agent: *\nDisallow:\n", "/a", true, 0},
        {"User-agent: *\nDisallow: /\nAllow:\n", "/a", false, 2},
        /* Octets count after both are spelt alike: 8 escaped against 9. */
        {"User-agent: *\nAllow: /%61%61%61%61\nDisallow: /aaaaa\n", "/aaaaa",
         false, 3},
    };

    (void)state;
    check_rulings(rows, COUNT(rows));
}

static void test_robots_pattern__matches_from_the_start(void **state)
{
    static const struct {
        const char *pattern, *path;
        bool matches;
    } rows[] = {
        {"/fish", "/fish", true},
        {"/fish", "/fish.html", true},
        {"/fish", "/fish/salmon", true},
        {"/fish", "/Fish", false},
        {"/fish", "/catfish", false},
        {"/fish/", "/fish", false},
        {"/fish/", "/fish/?id=1", true},
        {"fish", "/fish", false},
        {"/*.php", "/index.php?x", true},
        {"/*.php", "/", false},
        {"/*.php$", "/a.php", true},
        {"/*.php$", "/a.php?x", false},
        {"/*.php$", "/a.php/b.php", true},
        {"/fish*.php", "/fishheads/catfish.php?x", true},
        {"/a*b*c", "/axbyc", true},
        {"/a*b*c", "/axcyb", false},
        {"/a*", "/a", true},
        {"/a**b", "/ab", true},
        {"/$", "/", true},
        {"/$", "/a", false},
        {"/*$", "/anything", true},
        {"/*a$", "/a", true},
        {"/a*a$", "/a", false},
        {"/ab*ba$", "/aba", false},
        {"*", "/", true},
        {"*.gif", "/x.gif", true},
        {"$", "/", false},
        {"/a?", "/a?", true},
        {"/a?", "/a", false},
        {"/a?x", "/a?x=1", true},
        {"/a$b", "/a$b", true},
        {"/a#b", "/a", true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_pattern(rows[i].pattern, rows[i].path, rows[i].matches);
}

static void test_robots_pattern__is_compared_in_one_spelling(void **state)
{
    static const struct {
        const char *pattern, *path;
        bool matches;
    } rows[] = {
        {"/foo/bar/\xe3\x83\x84", "/foo/bar/%E3%83%84", true},
        {"/foo/bar/%e3%83%84", "/foo/bar/\xe3\x83\x84", true},
        {"/foo/bar/%62%61%7A", "/foo/bar/baz", true},
        {"/foo/bar/baz", "/foo/bar/%62%61%7a", true},
        {"/a%2Fb", "/a/b", false},
        {"/a%2fb", "/a%2Fb", true},
        {"/a%3Fb", "/a?b", false},
        {"/a b", "/a%20b", true},
        {"/a%20b", "/a b", true},
        {"/file-%2A.html", "/file-*.html", true},
        {"/file-%2A.html", "/file-x.html", false},
        {"/file-%24", "/file-$x", true},
        {"/100%", "/100%", true},
        {"/%zz", "/%zz", true},
        {"/{a}", "/{a}", true},
        {"/%7Euser", "/~user", true},
        {"/a|b", "/a|b", true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_pattern(rows[i].pattern, rows[i].path, rows[i].matches);
}

static void test_robots__is_itself_always_allowed(void **state)
{
    static const struct ruling rows[] = {
        {"User-agent: *\nDisallow: /\n", "/robots.txt", true, 0},
        {"User-agent: *\nDisallow: /\n", "/robots.txt#x", true, 0},
        {"User-agent: *\nDisallow: /\n", "/robots.txt?x", false, 2},
        {"User-agent: *\nDisallow: /\n", "/a/robots.txt", false, 2},
    };

    (void)state;
    check_rulings(rows, COUNT(rows));
}

static void test_robots__fetch_decides_where_there_is_no_body(void **state)
{
    static const struct {
        enum bylaw__robots_fetch fetch;
        bool allowed;
    } rows[] = {
        {BYLAW__ROBOTS_UNREACHABLE, false},
        {BYLAW__ROBOTS_UNAVAILABLE, true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        bylaw__robots *robots = NULL;
        struct bylaw_span body = BYLAW__SPAN(
            "User-agent: *\nAllow: /a\nDisallow: /b\nSitemap: https://e.org/s");

        assert_int_equal(bylaw__robots_new(&robots, rows[i].fetch, body, US,
                                           NULL),
                         0);
        assert_int_equal(is_allowed(robots, "/a", NULL), rows[i].allowed);
        assert_int_equal(is_allowed(robots, "/b", NULL), rows[i].allowed);
        assert_true(is_allowed(robots, "/robots.txt", NULL));
        assert_int_equal(bylaw__robots_delay_ms(robots), -1);
        assert_null(bylaw__robots_sitemap(robots, 0));
        bylaw__robots_free(robots);
    }
}

static void test_robots_line__is_read_as_people_write_it(void **state)
{
    static const struct ruling rows[] = {
        {"\xef\xbb\xbfUser-agent: *\nDisallow: /\n", "/a", false, 2},
        {"User-agent: *\rDisallow: /a\rDisallow: /b", "/b", false, 3},
        {"User-agent: *\r\nDisallow: /a\r\nDisallow: /b\r\n", "/b", false, 3},
        {"User-agent: *\n\rDisallow: /b", "/b", false, 3},
        {"  User-agent :\t*\n\tDisallow :  /a  # note\n", "/a", false, 2},
        {"User-agent *\nDisallow /a\n", "/a", false, 2},
        {"User-agent: *\nDisallow /a for now\n", "/a", true, 0},
        {"Useragent: *\nDisalow: /a\n", "/a", false, 2},
        {"User-agent: *\n#Disallow: /a\n", "/a", true, 0},
        {"<html>User-agent: *\nDisallow: /</html>", "/a", true, 0},
        {"User-agent: *\nDisallow: /a:b\n", "/a:b", false, 2},
        {":\n::\n:x\nUser-agent\n", "/a", true, 0},
    };

    (void)state;
    check_rulings(rows, COUNT(rows));
}

static void test_robots_line__may_hold_nuls(void **state)
{
    static const char body[] =
        "User-agent: *\nDisallow: /a\0b\nSitemap: https://e.org/\0s\n";
    bylaw__robots *robots =
        read_as((struct bylaw_span){body, sizeof(body) - 1}, US);

    (void)state;
    assert_true(is_allowed(robots, "/a", NULL));
    assert_false(is_allowed(robots, "/a%00b", NULL));
    assert_null(bylaw__robots_sitemap(robots, 0));
    bylaw__robots_free(robots);
}

static void check_delay(const char *body, int64_t want)
{
    bylaw__robots *robots = read_text(body);

    if (bylaw__robots_delay_ms(robots) != want)
        fail_msg("%s: %lld", body, (long long)bylaw__robots_delay_ms(robots));
    bylaw__robots_free(robots);
}

static void test_robots_delay__is_read_and_capped(void **state)
{
    static const struct {
        const char *body;
        int64_t want;
    } rows[] = {
        {"User-agent: *\nCrawl-delay: 5\n", 5000},
        {"User-agent: *\nCrawl-delay: 0\n", 0},
        {"User-agent: *\nCrawl-delay: 0.25\n", 250},
        {"User-agent: *\nCrawl-delay: .5\n", 500},
        {"User-agent: *\nCrawl-delay: 1.99999\n", 1999},
        {"User-agent: *\nCrawl-delay: 119.999\n", 119999},
        {"User-agent: *\nCrawl-delay: 120\n", 120000},
        {"User-agent: *\nCrawl-delay: 120.001\n", 120000},
        {"User-agent: *\nCrawl-delay: 99999999999999999999999\n", 120000},
        {"User-agent: *\nCrawl-delay: -1\n", -1},
        {"User-agent: *\nCrawl-delay: 5s\n", -1},
        {"User-agent: *\nCrawl-delay: .\n", -1},
        {"User-agent: *\nCrawl-delay:\n", -1},
        {"Crawl-delay: 5\n", -1},
        {"User-agent: *\nCrawl-delay: 9\nCrawl-delay: 3\n", 9000},
        {"User-agent: *\nCrawl-delay: 9\nUser-agent: bylaw\nAllow: /\n", 9000},
        {"User-agent: *\nDisallow:\nCrawl-delay: 9\n"
         "User-agent: bylaw\nAllow: /\n",
         -1},
        {"User-agent: x\nDisallow: /\nCrawl-delay: 9\n", -1},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_delay(rows[i].body, rows[i].want);
}

static void test_robots_sitemaps__stand_anywhere(void **state)
{
    bylaw__robots *robots = read_text("Sitemap: https://e.org/1.xml\n"
                                      "User-agent: x\nDisallow: /\n"
                                      "SITEMAP:  /2.xml # second\nSitemap:\n");

    (void)state;
    assert_string_equal(bylaw__robots_sitemap(robots, 0),
                        "https://e.org/1.xml");
    assert_string_equal(bylaw__robots_sitemap(robots, 1), "/2.xml");
    assert_null(bylaw__robots_sitemap(robots, 2));
    bylaw__robots_free(robots);
}

/* A file whose rule "Disallow: /z" ends after exactly size bytes. */
static char *file_of(size_t size)
{
    static const char head[] = "User-agent: *\n#", tail[] = "\nDisallow: /z";
    char *body = malloc(size + 1);

    assert_non_null(body);
    memset(body, 'x', size);
    body[size] = '\0';
    memcpy(body, head, sizeof(head) - 1);
    memcpy(body + size - (sizeof(tail) - 1), tail, sizeof(tail) - 1);
    return body;
}

static void check_size(size_t size, bool allowed)
{
    char *body = file_of(size);
    bylaw__robots *robots = read_text(body);

    if (is_allowed(robots, "/z", NULL) != allowed)
        fail_msg("%zu bytes: %s", size, allowed ? "disallowed" : "allowed");
    bylaw__robots_free(robots);
    free(body);
}

static void test_robots__first_500_kib_count(void **state)
{
    (void)state;
    check_size(BYLAW_LIMIT_ROBOTS_BYTES - 1, false);
    check_size(BYLAW_LIMIT_ROBOTS_BYTES, false);
    check_size(BYLAW_LIMIT_ROBOTS_BYTES + 1, true);
}

static void test_robots_pattern__costs_little_whatever_it_is(void **state)
{
    char pattern[1500], path[3000];

    (void)state;
    for (size_t i = 0; i + 1 < sizeof(pattern); i++)
        pattern[i] = i % 2 ? 'a' : '*';
    pattern[sizeof(pattern) - 1] = '\0';
    pattern[sizeof(pattern) - 2] = 'b';
    memset(path, 'a', sizeof(path) - 1);
    path[0] = '/';
    path[sizeof(path) - 1] = '\0';
    check_pattern(pattern, path, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_robots_group__is_found_by_product_token),
        cmocka_unit_test(
            test_robots_group__for_all_speaks_only_where_none_names_us),
        cmocka_unit_test(test_robots_group__of_one_agent_merges),
        cmocka_unit_test(test_robots_group__has_several_agents),
        cmocka_unit_test(test_robots_group__is_not_ended_by_other_lines),
        cmocka_unit_test(test_robots_rule__longest_match_decides),
        cmocka_unit_test(test_robots_pattern__matches_from_the_start),
        cmocka_unit_test(test_robots_pattern__is_compared_in_one_spelling),
        cmocka_unit_test(test_robots__is_itself_always_allowed),
        cmocka_unit_test(test_robots__fetch_decides_where_there_is_no_body),
        cmocka_unit_test(test_robots_line__is_read_as_people_write_it),
        cmocka_unit_test(test_robots_line__may_hold_nuls),
        cmocka_unit_test(test_robots_delay__is_read_and_capped),
        cmocka_unit_test(test_robots_sitemaps__stand_anywhere),
        cmocka_unit_test(test_robots__first_500_kib_count),
        cmocka_unit_test(test_robots_pattern__costs_little_whatever_it_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
