/* SPDX-License-Identifier: Apache-2.0 */
/* Pages that are only screened change nothing of what a scan tells. */
#include "scanning.h"

#define TOP                                                                    \
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Choir"      \
    "</title></head><body><main>\n"
#define END "</main><footer>Run by volunteers.</footer></body></html>\n"
#define WORDS                                                                  \
    "<p>The choir is looking for tenors who can sing on Thursdays and who do " \
    "not mind the cold of the old town hall in winter, nor its piano.</p>"
#define COPY "<!--bylaw:article-->\n"

/* Pages of one host, as templates; filled by make_pages. */
static struct web_page before[] = {
    {.path = "/",
     .body = TOP WORDS
     "<a href='/base'>x</a><a href=/plain?a=1&amp;b=2>x</a><a href=#top>x</a>"
     "<area href=' /shape '><a href=mailto:a@b>x</a><a href=''>x</a>"
     "<!--<a href=/comment>x</a>--><script>'<a href=/script>'</script>"
     "<textarea><a href=/textarea></textarea><svg><a xlink:href=/svg>x</a>"
     "</svg><a href=http://elsewhere.example/x>x</a>" END},
    {.path = "/base",
     .body = TOP "<a href=one>x</a><base href=/deep/><base href=/not/>" WORDS
                 "<a href=two>x</a><a href=../mixed>x</a>" END},
    {.path = "/plain?a=1&b=2", .body = TOP WORDS COPY END},
    {.path = "/shape", .body = TOP WORDS "<a href=/bottomless>x</a>" END},
    {.path = "/svg", .body = TOP WORDS COPY END},
    {.path = "/deep/one", .body = TOP WORDS COPY END},
    {.path = "/deep/two", .body = TOP WORDS "caf\xe9 <a href=../x>x</a>" END},
    {.path = "/x", .body = TOP WORDS "<!--bylaw:article 2-4-->" END},
    {.path = "/mixed", .body = TOP WORDS "<p><!--bylaw:words 3 60--></p>" END},
    {.path = "/bottomless", .body = "deep"},
    {.path = "/leaving",
     .body = "<meta http-equiv=refresh content='0; url=/away'>" TOP WORDS END},
};
#define PAGES (sizeof(before) / sizeof(before[0]))
static struct web_page after[PAGES]; /* One copy is gone, one has come, and
                                    instead of one readers are sent away. */

#define HOST "choir.example"
static const struct bylaw_watch watches[] = {
    {BYLAW_WATCH_SITE, "http://" HOST "/", 5, 1000}};

/* More levels than a tree may have; a screen has none. */
static char *make_bottomless(void)
{
    struct bylaw__buf out = {0};

    for (unsigned i = 0; i <= BYLAW_LIMIT_HTML_DEPTH; i++)
        bylaw__buf_add_text(&out, "<div>");
    bylaw__buf_add_text(&out, WORDS WORDS);
    return bylaw__buf_take(&out, NULL);
}

static int make_pages(void **state)
{
    bylaw_auditor *auditor;

    if (make_files(state))
        return -1;
    auditor = new_seeded(NULL);
    for (size_t i = 0; i < PAGES; i++) {
        struct bylaw__buf filled = {0};

        before[i].host = HOST;
        if (!strcmp(before[i].body, "deep")) {
            before[i].body = make_bottomless();
        } else {
            fill(&filled, before[i].body, bylaw_auditor_source(auditor, 0));
            before[i].body = bylaw__buf_take(&filled, NULL);
        }
        after[i] = before[i];
    }
    bylaw_auditor_free(auditor);
    after[2].body = before[3].body;
    after[4].body = before[10].body;
    after[3].body = before[2].body;
    return 0;
}

static int drop_pages(void **state)
{
    for (size_t i = 0; i < PAGES; i++)
        free((char *)(uintptr_t)before[i].body);
    return remove_files(state);
}

static int compare_text(const void *left, const void *right)
{
    return strcmp(left, right);
}

/* What was asked for, in order of name. */
static void tell_requests(struct bylaw__buf *out, struct loopback_web *web)
{
    struct web_request request;
    char paths[256][192];
    size_t count = 0;

    while (count < 256 && web_request_at(&request, web, count))
        memcpy(paths[count++], request.path, sizeof(request.path));
    qsort(paths, count, sizeof(paths[0]), compare_text);
    for (size_t i = 0; i < count; i++)
        bylaw__buf_printf(out, "%s\n", paths[i]);
    web_forget(web);
}

/* Three scans, the pages changed after the first. Returns failed visits. */
static uint64_t scan_thrice(struct bylaw__buf *told, const char *name,
                            bool reads_all)
{
    struct loopback_web *web = web_start(before, PAGES);
    uint64_t failed = 0;
    struct workspace w;

    assert_non_null(web);
    make_workspace(&w, name, web, watches, 1);
    w.options.reads_all = reads_all;
    for (int i = 0; i < 3; i++) {
        struct bylaw__buf cases = {0};

        failed += run_scan(&w).total.failed;
        tell_requests(told, web);
        tell_cases(&cases, &w);
        bylaw__buf_add_span(told, bylaw__buf_span(&cases));
        bylaw__buf_release(&cases);
        web_replace(web, after, PAGES);
        utc_ms += 400 * 24 * HOUR_MS;
    }
    web_stop(web);
    return failed;
}

static void test_scan__tells_the_same_of_pages_only_screened(void **state)
{
    struct bylaw__buf whole = {0}, screened = {0};
    uint64_t whole_failed, screened_failed;

    (void)state;
    whole_failed = scan_thrice(&whole, "whole", true);
    screened_failed = scan_thrice(&screened, "screened", false);
    assert_string_equal(screened.ptr, whole.ptr);
    assert_non_null(strstr(whole.ptr, "/deep/one japan-nato"));
    assert_non_null(strstr(whole.ptr, "\n/x\n"));
    /* The page no tree can be built of was looked at all the same. */
    assert_true(whole_failed > 0);
    assert_int_equal(screened_failed, 0);
    bylaw__buf_release(&whole);
    bylaw__buf_release(&screened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan__tells_the_same_of_pages_only_screened),
    };

    return cmocka_run_group_tests(tests, make_pages, drop_pages);
}
