/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses that lead in circles are told by their form. */
#include "unit/url_check.h"

#include "crawl/crawl.h"

#define SITE "https://e.org"
#define A100                                                                   \
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" \
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaa"

/* want: NULL where it is worth following. */
static void check_trap(const char *path, const char *want)
{
    char text[2048];
    const char *got;
    bylaw_url *url;

    snprintf(text, sizeof(text), "%s%s", SITE, path);
    url = parsed(text);
    got = bylaw__trap_reason(url);
    if (!got != !want || (got && strcmp(got, want)))
        fail_msg("%s: got %s, want %s", path, got ? got : "nothing",
                 want ? want : "nothing");
    bylaw_url_free(url);
}

static void test_trap__articles_are_none(void **state)
{
    static const char *const paths[] = {
        "/",
        "",
        "/2023/05/16/an-article-about-search-and-calendars",
        "/2023/05/05/twice",
        "/news/world/news/article.html",
        "/?p=123",
        "/index.php?id=7&lang=en",
        "/index.php?option=com_content&view=article&id=7",
        "/a.b.c/article.php",
        "/story.pdf.html",
        "/events/opening-night",
        "/agenda",
        "/research/paper",
        "/sessions?side=7",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(paths); i++)
        check_trap(paths[i], NULL);
}

static void test_trap__has_a_reason(void **state)
{
    static const struct {
        const char *path, *want;
    } rows[] = {
        {"/1/2/3/4/5/6/7/8/9/10/11/12", NULL},
        {"/1/2/3/4/5/6/7/8/9/10/11/12/13", "its path is too deep"},
        {"/a/x/a/y/a", "its path repeats itself"},
        {"/x/a/b/a/b", "its path repeats itself"},
        {"/a/b/c/a/b", NULL},
        {"/a//b//c", NULL},
        {"/?" A100 A100 A100 A100 A100, NULL},
        {"/?" A100 A100 A100 A100 A100 "a", "its query is too long"},
        {"/?a&b&c&d&e&f&g&h", NULL},
        {"/?a&b&&c&d&e&f&g&h&", NULL},
        {"/?a&b&c&d&e&f&g&h&i", "its query has too many parameters"},
        {"/?tag=a&tag=b", NULL},
        {"/?tag=a&x=1&Tag=b&tag=c", "its query repeats a parameter"},
        {"/?t[]=a&t%5B%5D=b&t[2]=c", "its query repeats a parameter"},
        {"/?PHPSESSID=1f", "it carries a session's number"},
        {"/a;jsessionid=1F?x", "it carries a session's number"},
        {"/?x=1&sid=2", "it carries a session's number"},
        {"/calendar/2023-05", "it is a page of a calendar"},
        {"/events/2023/05/16", "it is a page of a calendar"},
        {"/x?month=5", "it is a page of a calendar"},
        {"/x?tribe-bar-date=2023-05-16", "it is a page of a calendar"},
        {"/?s=word", "it is a search"},
        {"/search/word", "it is a search"},
        {"/x?q=word&page=2", "it is a search"},
        {"/shop?orderby=price", NULL},
        {"/shop?orderby=price&filter[]=1", "it is one of many filtered views"},
        {"/shop?f%5B0%5D=1&f%5B1%5D=2", "it is one of many filtered views"},
        {"/a?replytocom=7", "it repeats a page for one reader's act"},
        {"/a.jpg", "its ending is of a file that is no page"},
        {"/a.PDF", "its ending is of a file that is no page"},
        {"/feed.xml?x", "its ending is of a file that is no page"},
        {"/a?file=b.jpg", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_trap(rows[i].path, rows[i].want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trap__articles_are_none),
        cmocka_unit_test(test_trap__has_a_reason),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
