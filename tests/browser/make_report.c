/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes the HTML report of a workspace that never was: "hostile" has texts
 * that mean harm, "large" so many cases that the page is at its limits, with
 * texts as long as those of real scans: copies of 800 words with changes in
 * them, of 200 articles. With "large" the speed of writing goes to standard
 * error, by the clock and by processor time.
 * usage: make_report hostile | large CASES
 */
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define MONDAY   ((int64_t)1795409100000) /* 2026-11-23T04:45:00Z */
#define DUTIES   8u
#define MINUTE   ((int64_t)60000)
#define NO_BREAK "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"

static const char *const duties[DUTIES] = {"credit.author",  "credit.publisher",
                                           "link.original",  "notice.copyright",
                                           "notice.licence", "keep.text",
                                           "mark.changes",   "no.commercial"};
static const char *const outcomes[] = {"pass", "pass", "fail", "unknown"};
static const enum bylaw_case_state states[] = {BYLAW_CASE_NONE, BYLAW_CASE_NEW,
                                               BYLAW_CASE_FIXED,
                                               BYLAW_CASE_CONFIRMED,
                                               BYLAW_CASE_NONE};

/* Ends elements, turns text round, draws over it, has no end. */
static const char *const hostile[] = {
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "\xe2\x80\xae"
    "txet denrut \xe2\x81\xa6\xe2\x80\x8f",
    "{{script}} ${document.title='owned'} \\u003c/script>",
    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"
    "\xf0\x9f\x8f\xb4 z\xcc\xb4\xcc\xb5\xcc\xb6\xcc\xb7",
    "a\\u0000b", /* NUL, as JSON has it */
    "javascript:document.title='owned'",
};
#define HOSTILE (sizeof(hostile) / sizeof(hostile[0]))

/* ------------------------------------------------------------- wording --- */

#define ARTICLES      200u
#define ARTICLE_WORDS 800u

/* As many words as are common in news, so that texts pack as news do. */
#define VOCABULARY 4000u

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* A word of the vocabulary, the common ones oftener, as in any language. */
static void add_word(struct bylaw__buf *out, uint64_t *state)
{
    static const char *const syllables[] = {"ta",  "re", "mon",  "li",   "sta",
                                            "ver", "in", "pol",  "com",  "der",
                                            "an",  "ti", "gen",  "su",   "por",
                                            "el",  "ca", "tion", "ment", "al"};
    uint64_t a = next_random(state) % VOCABULARY;
    uint64_t b = next_random(state) % VOCABULARY;
    uint64_t word = a * b / VOCABULARY, seed = word * 2654435761u + 1;

    for (uint64_t k = 0; k <= word % 3; k++)
        bylaw__buf_add_text(out, syllables[next_random(&seed) % 20]);
}

/* That many words, a paragraph every 60. */
static void add_words(struct bylaw__buf *out, uint64_t seed, size_t count)
{
    uint64_t state = seed * 0x9E3779B97F4A7C15u + 1;

    for (size_t i = 0; i < count; i++) {
        if (i)
            bylaw__buf_add_text(out, i % 60 ? " " : ".\n\n");
        add_word(out, &state);
    }
}

static char *words(uint64_t seed, size_t count)
{
    struct bylaw__buf out = {0};

    add_words(&out, seed, count);
    return bylaw__buf_take(&out, NULL);
}

static char *long_word(void)
{
    struct bylaw__buf word = {0};

    for (size_t i = 0; i < (1u << 20) / 32; i++)
        bylaw__buf_add_text(&word, NO_BREAK);
    return bylaw__buf_take(&word, NULL);
}

static void add_finding(struct bylaw__json *json, size_t i, size_t k,
                        const char *text)
{
    const char *outcome = outcomes[(i + k) % 4];
    /* Sentences are much alike from page to page; names differ. */
    char *own = text ? NULL : words(i * DUTIES + k, 6);
    char why[256], seen[160], href[128];

    snprintf(why, sizeof(why),
             "the page names %s in its last paragraph, where nothing hides it "
             "and a reader who looks for the source would find it",
             own ? own : "");
    snprintf(seen, sizeof(seen),
             "This article by %s was first published by The Wire", own);
    snprintf(href, sizeof(href), "https://wire.example/2026/11/%zu/%s", i, own);
    bylaw__json_object(json);
    bylaw__json_key(json, "id");
    bylaw__json_text(json, duties[k]);
    bylaw__json_key(json, "force");
    bylaw__json_text(json, "must");
    bylaw__json_key(json, "basis");
    bylaw__json_text(json, "licence");
    bylaw__json_key(json, "outcome");
    bylaw__json_text(json, outcome);
    bylaw__json_key(json, "why");
    bylaw__json_text(json, text ? text : why);
    bylaw__json_key(json, "evidence");
    bylaw__json_raw(json, BYLAW__SPAN("[{\"zone\":\"credit\",\"bytes\":[9,99],"
                                      "\"text\":"));
    bylaw__json_init(json, json->out, false);
    bylaw__json_text(json, text ? text : seen);
    bylaw__buf_add_text(json->out, ",\"href\":");
    bylaw__json_init(json, json->out, false);
    bylaw__json_text(json, text ? text : href);
    bylaw__buf_add_text(json->out, "}]}");
    free(own);
}

/* An article as its copy shows it: three passages with a change after each. */
static void add_copy(struct bylaw__buf *out, size_t i)
{
    size_t article = (i * 7919) % ARTICLES;

    for (size_t part = 0; part < 3; part++) {
        char *same = words(article * 3 + part, ARTICLE_WORDS / 3);
        char *put_in = words(1000000 + i * 3 + part, 12);
        struct bylaw__json json;

        bylaw__buf_add_text(out, part ? ",[\"same\"," : "[\"same\",");
        bylaw__json_init(&json, out, false);
        bylaw__json_text(&json, same);
        bylaw__buf_add_text(out, "],[\"inserted\",");
        bylaw__json_init(&json, out, false);
        bylaw__json_text(&json, put_in);
        bylaw__buf_add_text(out, ",\"substantive\",false]");
        free(same);
        free(put_in);
    }
}

/* One audit, by hand: the writer of real ones needs a page. */
static struct bylaw_span audit_of(size_t i, const char *text)
{
    struct bylaw__buf out = {0};
    struct bylaw__json json;
    size_t len = 0;
    char *bytes, *title = text ? NULL : words(i, 9);

    bylaw__buf_add_text(&out, "{\"page\":{\"title\":");
    bylaw__json_init(&json, &out, false);
    bylaw__json_text(&json, text ? text : title);
    free(title);
    bylaw__buf_add_text(&out, "},\"fix\":\"<p>Source: The Wire</p>\","
                              "\"findings\":[");
    for (size_t k = 0; k < DUTIES; k++) {
        if (k)
            bylaw__buf_add_char(&out, ',');
        bylaw__json_init(&json, &out, false);
        add_finding(&json, i, k, text);
    }
    bylaw__buf_add_text(&out,
                        "],\"passages\":[{\"kind\":\"copied\",\"parts\":[");
    if (text) {
        bylaw__buf_add_text(&out, "[\"same\",");
        bylaw__json_init(&json, &out, false);
        bylaw__json_text(&json, text);
        bylaw__buf_add_text(&out, "],[\"inserted\",\"put in\","
                                  "\"substantive\",false]");
    } else
        add_copy(&out, i);
    bylaw__buf_add_text(&out, "]}]}");
    bytes = bylaw__buf_take(&out, &len);
    return (struct bylaw_span){bytes, len};
}

static const char *because(size_t i)
{
    struct bylaw__buf out = {0};

    bylaw__buf_add_text(&out, "The Wire is not named anywhere on the page; the "
                              "link to the original article leads only to the "
                              "home page; the copyright of ");
    add_words(&out, 77 + i, 3);
    bylaw__buf_add_text(&out, " is not acknowledged; the copy may however stem "
                              "from an agency, whose terms may differ.");
    return bylaw__buf_take(&out, NULL);
}

static struct bylaw_survey_case case_of(size_t i, const char *text,
                                        const char *because)
{
    char *url = malloc(160), *host = malloc(32), *slug = words(i, 6);
    struct bylaw_survey_case c = {.id = (int64_t)i + 1,
                                  .state = states[i % 5],
                                  .verdict = i % 3 ? "not-met" : "compliant",
                                  .because = because,
                                  .rule = "a-rule",
                                  .confidence = "high",
                                  .match_class = "full",
                                  .reason = text ? text : "",
                                  .severity = (int)(i % 6),
                                  .coverage = 0.9,
                                  .first_ms = MONDAY,
                                  .last_ms = MONDAY + (int64_t)i * MINUTE,
                                  .changed_ms = MONDAY + (int64_t)i * MINUTE};

    for (char *p = slug; *p; p++)
        if (*p == ' ')
            *p = '-';
    snprintf(url, 160, "https://site%zu.example/2026/11/%zu/%s/", i % 900, i,
             slug);
    free(slug);
    snprintf(host, 32, "site%zu.example", i % 900);
    c.url = text ? text : url;
    c.host = text ? text : host;
    c.source = i % 2;
    c.audit = audit_of(i, text);
    return c;
}

static double seconds(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int write_report(const struct bylaw_survey *survey)
{
    struct bylaw__report_matter matter = {.survey = survey};
    struct bylaw__buf out = {0};
    struct bylaw_error err = {0};
    double began = seconds(CLOCK_MONOTONIC);
    double worked = seconds(CLOCK_PROCESS_CPUTIME_ID);
    int rc = bylaw__report_survey(&out, BYLAW__REPORT_HTML, &matter, &err);
    double findings = (double)survey->case_count * DUTIES;

    if (rc) {
        fprintf(stderr, "%s: %s\n", err.id, err.what);
        return 1;
    }
    fprintf(stderr,
            "{\"bench\":\"report\",\"findings\":%.0f,\"findings_per_s\":%.0f,"
            "\"findings_per_cpu_s\":%.0f,\"bytes\":%zu}\n",
            findings, findings / (seconds(CLOCK_MONOTONIC) - began),
            findings / (seconds(CLOCK_PROCESS_CPUTIME_ID) - worked), out.len);
    fwrite(out.ptr, 1, out.len, stdout);
    bylaw__buf_release(&out);
    return 0;
}

int main(int argc, char **argv)
{
    bool is_large = argc == 3 && !strcmp(argv[1], "large");
    size_t count = is_large ? (size_t)strtoul(argv[2], NULL, 10) : HOSTILE + 1;
    struct bylaw_survey_case *cases = calloc(count + 1, sizeof(*cases));
    struct bylaw_survey_source sources[] = {
        {"first", "The first article", "https://wire.example/a", "", false},
        {"second", "The second", "https://wire.example/b", "", false}};
    struct bylaw_survey_scan scan = {.id = 1,
                                     .began_ms = MONDAY,
                                     .ended_ms = MONDAY + MINUTE,
                                     .outcome = "complete"};
    struct bylaw_survey survey = {.cases = cases,
                                  .case_count = count,
                                  .sources = sources,
                                  .source_count = 2,
                                  .scans = &scan,
                                  .scan_count = 1,
                                  .as_of_ms = MONDAY};

    if (!cases || (!is_large && argc != 2))
        return 2;
    for (size_t i = 0; i < count; i++)
        cases[i] = is_large      ? case_of(i, NULL, because(i))
                   : i < HOSTILE ? case_of(i, hostile[i], hostile[i])
                                 : case_of(i, hostile[0], long_word());
    return write_report(&survey);
}
