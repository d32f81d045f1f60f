/* SPDX-License-Identifier: Apache-2.0 */
/* How many articles a site took over within a month: told by earlier scans. */
#include "scanning.h"

/* Four articles of one publisher, who grants two a month; the last came out
 * long before the others. */
static const struct {
    const char *name, *published, *text;
} articles[] = {
    {"ferry", "2023-11-02",
     "The ferry left the pier eleven minutes late with a crate of lemons that "
     "nobody on board would own to, and the harbour master wrote it down in "
     "the blue book where such things had been written down for ninety years. "
     "Two anglers on the breakwater waved, as they wave at anything that moves "
     "against the wind, and went back to their thermos flask."},
    {"bridge", "2023-11-05",
     "Painters began on the north side of the old iron bridge before sunrise, "
     "working from a raft that swung with the tide and made their breakfast "
     "slide along the planks. By noon four of the nineteen arches were green "
     "again, the green that the council had chosen in a meeting which lasted "
     "longer than the painting of the first arch."},
    {"library", "2023-11-08",
     "Every third Thursday the library lends out its garden tools, and the "
     "queue reaches past the baker's window to the steps of the savings bank. "
     "A pair of long shears has travelled through thirty hands this summer and "
     "come back sharper than it went, which the librarian takes for proof of "
     "something that she has always said about lending."},
    {"orchard", "2023-02-01",
     "Beneath the apple trees of the abandoned station a choir of pensioners "
     "has practised since the winter before last, because the platform keeps "
     "the rain off and the rails carry the bass. Trains have not stopped there "
     "for a generation, but the timetable in its glass case is read by new "
     "members to learn in which order the verses come."},
};
#define ARTICLES (sizeof(articles) / sizeof(articles[0]))

static struct web_page pages[ARTICLES];
static struct bylaw_watch watches[ARTICLES];
static char bodies[ARTICLES][1024], addresses[ARTICLES][64],
    paths[ARTICLES][16];

static int make_pages(void **state)
{
    for (size_t i = 0; i < ARTICLES; i++) {
        snprintf(paths[i], sizeof(paths[0]), "/%s", articles[i].name);
        snprintf(addresses[i], sizeof(addresses[0]), "http://keen.example%s",
                 paths[i]);
        snprintf(bodies[i], sizeof(bodies[0]),
                 "<!doctype html><html lang=en><head><meta charset=utf-8>"
                 "<title>Keen</title></head><body><main><h1>On the coast</h1>"
                 "<p>%s</p></main></body></html>",
                 articles[i].text);
        pages[i] = (struct web_page){.host = "keen.example",
                                     .path = paths[i],
                                     .body = bodies[i]};
        watches[i] = (struct bylaw_watch){BYLAW_WATCH_PAGE, addresses[i], 0, 0};
    }
    return make_files(state);
}

static void protect(const struct workspace *w, size_t i)
{
    char name[32], yaml[512];
    struct bylaw__source_row row = {.name = articles[i].name,
                                    .kind = "article",
                                    .title = ""};
    bylaw__store *store = NULL;
    int64_t id;

    snprintf(name, sizeof(name), "%s.txt", articles[i].name);
    write_file(name, articles[i].text);
    snprintf(yaml, sizeof(yaml),
             "id: %s\nurl: https://www.opendemocracy.net/en/%s/\ntitle: On %s\n"
             "authors: [Marta Quill]\npublisher: openDemocracy\n"
             "published: %s\nlanguage: en\nrule: opendemocracy\ntext: %s\n",
             articles[i].name, articles[i].name, articles[i].name,
             articles[i].published, name);
    snprintf(name, sizeof(name), "%s.yaml", articles[i].name);
    row.spec = write_file(name, yaml);
    assert_int_equal(bylaw__store_open(&store, w->path, BYLAW__STORE_WRITE,
                                       NULL),
                     0);
    assert_int_equal(bylaw__store_source_add(&id, store, &row, NULL), 0);
    bylaw__store_close(store);
}

/* What the last reading of an article's copy says of no.bulk. */
struct told {
    bylaw__store *store;
    struct bylaw__buf json;
};

static int read_audit(void *payload, const struct bylaw__case_row *row)
{
    struct told *told = payload;

    return bylaw__store_case_audit(&told->json, told->store, row->id, NULL);
}

static void check_bulk(const struct workspace *w, const char *article,
                       const char *outcome, const char *says)
{
    struct bylaw__case_filter filter = {.state = -1, .source = article};
    struct told told = {.store = open_store(w)};
    const char *finding;
    char want[64];

    assert_int_equal(bylaw__store_cases(told.store, &filter, read_audit, &told,
                                        NULL),
                     0);
    bylaw__store_close(told.store);
    finding =
        told.json.ptr ? strstr(told.json.ptr, "\"id\":\"no.bulk\"") : NULL;
    if (!finding)
        fail_msg("%s: not judged", article);
    snprintf(want, sizeof(want), "\"outcome\":\"%s\"", outcome);
    finding = strstr(finding, "\"outcome\"");
    if (strncmp(finding, want, strlen(want)) || !strstr(finding, says))
        fail_msg("%s: %.200s", article, finding);
    bylaw__buf_release(&told.json);
}

/* Two are granted; a third of the same month is one too many. An article that
 * came out long before may have been taken over at any time since. */
static void test_scan__counts_what_earlier_scans_found_on_a_site(void **state)
{
    struct loopback_web *web = web_start(pages, ARTICLES);
    struct workspace w;

    (void)state;
    assert_non_null(web);
    make_workspace(&w, "volume", web, watches, 2);
    for (size_t i = 0; i < ARTICLES; i++)
        protect(&w, i);
    run_scan(&w);
    check_bulk(&w, "ferry", "pass", "known to carry 1 article");
    check_bulk(&w, "bridge", "pass", "known to carry 1 article");
    w.config.watches = &watches[3];
    w.config.watch_count = 1;
    utc_ms += 20 * MINUTE_MS;
    run_scan(&w);
    check_bulk(&w, "orchard", "unknown", "3 articles, of which 1 surely is");
    w.config.watches = &watches[2];
    utc_ms += 20 * MINUTE_MS;
    run_scan(&w);
    check_bulk(&w, "library", "fail", "3 articles from one month");
    web_stop(web);
}

/* In this process as in one of its own. */
static void test_scan__counts_the_same_without_cells(void **state)
{
    struct loopback_web *web = web_start(pages, ARTICLES);
    struct workspace w;

    (void)state;
    assert_non_null(web);
    make_workspace(&w, "volume-alone", web, watches, 2);
    w.options.audit.cells = 0;
    for (size_t i = 0; i < 3; i++)
        protect(&w, i);
    run_scan(&w);
    w.config.watches = &watches[2];
    w.config.watch_count = 1;
    utc_ms += 20 * MINUTE_MS;
    run_scan(&w);
    check_bulk(&w, "library", "fail", "3 articles from one month");
    web_stop(web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan__counts_what_earlier_scans_found_on_a_site),
        cmocka_unit_test(test_scan__counts_the_same_without_cells),
    };

    return cmocka_run_group_tests(tests, make_pages, remove_files);
}
