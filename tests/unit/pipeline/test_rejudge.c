/* SPDX-License-Identifier: Apache-2.0 */
/* Verdicts that rest on where links led are reached again without a network. */
#include "reposts.h"

#include <dirent.h>
#include <sys/stat.h>

#define WEB_ARTICLE "http://www.globalresearch.ca/japan-nato-office/5819285"
#define CREDIT_BY(address)                                                     \
    "<p>Copyright &copy; Ahmed Adel, InfoBrics, 2023. Source: "                \
    "<a href=\"" address "\">Global Research</a></p>"

static char *bodies[4];

/* Redirected to the article, to the publisher's home page, to nothing; and a
 * link that answers with a refusal. */
static struct web_page pages[] = {
    {.host = "one.example", .path = "/copy"},
    {.host = "two.example", .path = "/copy"},
    {.host = "three.example", .path = "/copy"},
    {.host = "four.example", .path = "/copy"},
    {.host = "bit.ly", .path = "/a", .location = WEB_ARTICLE},
    {.host = "bit.ly",
     .path = "/b",
     .location = "http://www.globalresearch.ca/"},
    {.host = "bit.ly", .path = "/d", .status = 403},
    {.host = "www.globalresearch.ca", .path = "/", .body = OTHER END},
    {.host = "www.globalresearch.ca",
     .path = "/japan-nato-office/5819285",
     .body = OTHER END},
    {.host = "www.globalresearch.ca", .path = "/gone/1", .status = 404},
};
#define PAGE_COUNT (sizeof(pages) / sizeof(pages[0]))

static const struct bylaw_watch watches[] = {
    {BYLAW_WATCH_PAGE, "http://one.example/copy", 0, 0},
    {BYLAW_WATCH_PAGE, "http://two.example/copy", 0, 0},
    {BYLAW_WATCH_PAGE, "http://three.example/copy", 0, 0},
    {BYLAW_WATCH_PAGE, "http://four.example/copy", 0, 0},
};

static int make_pages(void **state)
{
    static const char *const credits[] = {
        TOP "<!--bylaw:article-->\n" CREDIT_BY("http://bit.ly/a") END,
        TOP "<!--bylaw:article-->\n" CREDIT_BY("http://bit.ly/b") END,
        TOP "<!--bylaw:article-->\n" CREDIT_BY(
            "http://www.globalresearch.ca/gone/1") END,
        TOP "<!--bylaw:article-->\n" CREDIT_BY("http://bit.ly/d") END,
    };
    bylaw_auditor *auditor;

    if (make_reposts(state))
        return -1;
    auditor = new_seeded(NULL);
    for (size_t i = 0; i < 4; i++)
        pages[i].body = bodies[i] =
            fill_page(bylaw_auditor_source(auditor, 0), credits[i]);
    bylaw_auditor_free(auditor);
    return 0;
}

static int drop_pages(void **state)
{
    for (size_t i = 0; i < 4; i++)
        free(bodies[i]);
    return drop_reposts(state);
}

struct told {
    struct bylaw__buf lines;
    unsigned complaints;
};

static int by_text(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void tell(void *payload, const struct bylaw__rejudged *rejudged)
{
    struct told *told = payload;

    bylaw__buf_printf(&told->lines, "%.40s %s %s\n", rejudged->url,
                      rejudged->verdict_then,
                      rejudged->verdict_now ? rejudged->verdict_now
                                            : rejudged->why->id);
}

static void complain(void *payload, const struct bylaw_error *why)
{
    (void)why;
    ((struct told *)payload)->complaints++;
}

/* The lines in order of their addresses: hosts are visited as they come. */
static void check_lines(struct bylaw__buf *lines, const char *want)
{
    struct bylaw__buf sorted = {0};
    char *items[8];
    size_t count = 0;

    bylaw__buf_add_char(lines, '\0');
    for (char *line = strtok(lines->ptr, "\n"); line && count < 8;
         line = strtok(NULL, "\n"))
        items[count++] = line;
    qsort(items, count, sizeof(*items), by_text);
    for (size_t i = 0; i < count; i++)
        bylaw__buf_printf(&sorted, "%s\n", items[i]);
    assert_string_equal(sorted.ptr ? sorted.ptr : "", want);
    bylaw__buf_release(&sorted);
}

static void check_rejudged(struct workspace *w, unsigned cells)
{
    struct told told = {0};
    struct bylaw__rejudge_options options = {
        .audit = w->options.audit,
        .captures_path = w->options.captures_path,
        .each = tell,
        .complain = complain,
        .payload = &told,
    };
    struct bylaw__rejudge_result result;
    bylaw__store *store = open_store(w);

    options.audit.cells = cells;
    assert_int_equal(bylaw__pipeline_rejudge(&result, store, &options, NULL),
                     0);
    check_lines(&told.lines,
                "http://four.example/copy undetermined undetermined\n"
                "http://one.example/copy compliant compliant\n"
                "http://three.example/copy not-met not-met\n"
                "http://two.example/copy incomplete incomplete\n");
    assert_int_equal(result.counts[BYLAW__REJUDGE_IDENTICAL], 4);
    assert_int_equal(told.complaints, 0);
    bylaw__buf_release(&told.lines);
    bylaw__store_close(store);
}

static void drop_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    char path[400];

    while ((entry = readdir(dir))) {
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        unlink(path);
    }
    closedir(dir);
    rmdir(folder);
}

/* The web is gone by then; judging in processes of their own or not. */
static void test_rejudge__follows_links_where_they_led_then(void **state)
{
    struct loopback_web *web = start(pages, PAGE_COUNT);
    struct workspace w;
    char folder[96];

    (void)state;
    make_workspace(&w, "then", web, watches, 4);
    snprintf(folder, sizeof(folder), "%s/then-captures", files_dir);
    assert_int_equal(mkdir(folder, 0700), 0);
    w.options.captures_path = folder;
    w.options.audit.follow_links = true;
    assert_int_equal(run_scan(&w).outcome, BYLAW_SCAN_COMPLETE);
    assert_true(web_count(web, "bit.ly", "/a") > 0);
    web_stop(web);
    check_rejudged(&w, 0);
    check_rejudged(&w, 2);
    drop_folder(folder);
}

/* --------------------------------------------------------------- texts --- */

static void test_trails__come_back_as_they_were_written(void **state)
{
    static const struct bylaw_hop hops[] = {
        {.url = "http://a.example/", .status = 302, .address = "192.0.2.1"},
        {.url = "http://b.example/\"", .status = 200}};
    static const struct bylaw_trail trails[] = {{.link = 7,
                                                 .end = BYLAW_TRAIL_PAGE,
                                                 .hops = hops,
                                                 .hop_count = 2,
                                                 .final_url =
                                                     "http://b.example/",
                                                 .canonical =
                                                     "http://b.example/c",
                                                 .tries = 1,
                                                 .why = ""},
                                                {.link = 19999,
                                                 .end = BYLAW_TRAIL_DEAD,
                                                 .final_url = "",
                                                 .canonical = "",
                                                 .tries = 2,
                                                 .why = "HTTP 404"}};
    struct bylaw_trail read[BYLAW_LIMIT_TRAILS];
    struct bylaw__buf text = {0}, again = {0};
    struct bylaw__arena arena;
    size_t count;

    (void)state;
    bylaw__arena_init(&arena, 0);
    bylaw__trails_json(&text, trails, 2);
    assert_int_equal(bylaw__trails_read(read, &count, &arena,
                                        bylaw__buf_span(&text), NULL),
                     0);
    assert_int_equal(count, 2);
    bylaw__trails_json(&again, read, count);
    assert_true(
        bylaw__span_eq(bylaw__buf_span(&text), bylaw__buf_span(&again)));
    bylaw__buf_release(&text);
    bylaw__buf_release(&again);
    bylaw__arena_release(&arena);
}

static void test_trails__that_are_damaged_are_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "{}",
        "[1]",
        "[{\"end\":\"somewhere\"}]",
        "[{}]",
        "[null]",
        "[{\"end\":\"page\",\"hops\":[0,0,0,0,0,0,0,0,0,0,0,0]}]",
        "[{\"end\":\"page\"},{\"end\":\"page\"},{\"end\":\"page\"},"
        "{\"end\":\"page\"},{\"end\":\"page\"}]"};
    struct bylaw_trail read[BYLAW_LIMIT_TRAILS];
    struct bylaw__arena arena;
    size_t count;

    (void)state;
    bylaw__arena_init(&arena, 0);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct bylaw_error err = {0};

        assert_true(bylaw__trails_read(read, &count, &arena,
                                       bylaw__span_of(texts[i]), &err) < 0);
        assert_string_equal(err.id, "rejudge.trails");
        assert_int_equal(count, 0);
    }
    bylaw__arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rejudge__follows_links_where_they_led_then),
        cmocka_unit_test(test_trails__come_back_as_they_were_written),
        cmocka_unit_test(test_trails__that_are_damaged_are_refused),
    };

    return cmocka_run_group_tests(tests, make_pages, drop_pages);
}
