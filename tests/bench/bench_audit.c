/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one audit costs, stage by stage: CPU milliseconds and peak memory.
 * Pages are those of audit/demo, filled, and real pages of the corpus with
 * the article put in. Prints one JSON object. BYLAW_CORPUS names the folder
 * of the real pages, which is no part of the project; without it they are
 * left out and the object says so. Run from the project's folder.
 */
#include "pipeline/pipeline_int.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#define SEED         "seeds/global-research-japan-nato/source.yaml"
#define DEMO         "audit/demo"
#define EVERY_TERM   "tests/bench/every-term.yaml"
#define DEFAULT_ROOT "../shared/corpus"
#define ARTICLE      "https://www.globalresearch.ca/japan-nato-office/5819285"
#define PAGE_URL     "https://harbour.example/world/japan"
#define CREDIT                                                                 \
    "<p>Source: <a href=\"" ARTICLE "\">Global Research</a>. Copyright © "    \
    "Ahmed Adel, InfoBrics, 2023.</p>"

#define PATH_BYTES 1024
#define ROUNDS     9u
#define MOST_PAGES 60u
/* Real pages of about the size that the budget speaks of. */
#define LEAST_BYTES ((size_t)45 << 10)
#define MOST_BYTES  ((size_t)65 << 10)
#define CEILING     ((size_t)1 << 20)

/* The last is no part of an audit: the page judged again, by every term. */
enum stage {
    PARSE,
    EXTRACT,
    TOKENISE,
    LOOKUP,
    MATCH,
    PLACE,
    JUDGE,
    JUDGE_EVERY,
    STAGES
};

static const char *const stage_names[STAGES] = {
    "decode_parse", "extract", "tokenise", "lookup",
    "match",        "place",   "judge",    "judge_every_term"};

struct judges {
    bylaw_auditor *auditor;
    struct bylaw_rules *every_term; /* one rule */
};

/* Figures of all pages of one kind, a row a page. */
struct figures {
    double stages[MOST_PAGES][STAGES];
    double beyond[MOST_PAGES]; /* all but the parse */
    size_t bytes, count, matched;
};

static double cpu_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static void check(int rc, const struct bylaw_error *err)
{
    if (rc) {
        fprintf(stderr, "bench_audit: %s: %s\n", err->where, err->what);
        exit(1);
    }
}

static int64_t no_time(void *payload)
{
    (void)payload;
    return 0;
}

static bylaw_auditor *new_auditor(void)
{
    struct bylaw_audit_options options = {.rules_dir = "rules",
                                          .now_ms = no_time};
    struct bylaw_error err = {0};
    bylaw_auditor *auditor = NULL;

    check(bylaw_auditor_new(&auditor, &options, &err), &err);
    check(bylaw_auditor_add_source(auditor, SEED, ARTICLE, &err), &err);
    check(bylaw__index_finish(auditor->index, &err), &err);
    auditor->is_indexed = true;
    return auditor;
}

/* The rule that asks every term of the table, or the benchmark says less than
 * it claims. */
static struct bylaw_rules *load_every_term(void)
{
    struct bylaw_rules *rules = NULL;
    struct bylaw_error err = {0};
    struct bylaw__buf yaml;
    size_t count = 0;
    struct bylaw__term_spec *specs = bylaw__pipeline_specs(&count);

    bylaw__buf_init(&yaml, CEILING);
    check(specs ? 0 : BYLAW_ENOMEM, &err);
    check(bylaw__file_read(&yaml, EVERY_TERM, &err), &err);
    check(bylaw__rules_load_text(&rules, bylaw__buf_span(&yaml), EVERY_TERM,
                                 specs, count, NULL, NULL, &err),
          &err);
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;

        while (k < rules->items[0].term_count &&
               strcmp(rules->items[0].terms[k].id, specs[i].id))
            k++;
        if (k == rules->items[0].term_count) {
            fprintf(stderr, "bench_audit: %s lacks %s\n", EVERY_TERM,
                    specs[i].id);
            exit(1);
        }
    }
    free(specs);
    bylaw__buf_release(&yaml);
    return rules;
}

/* ---------------------------------------------------------------- stages --- */

/* One audit taken apart; the order is that of the pipeline. */
struct run {
    const bylaw_auditor *auditor;
    const struct bylaw_rule *every_term;
    const struct bylaw_response *response;
    struct bylaw_document *document;
    struct bylaw__tokens page;
    struct bylaw__seeds seeds;
    struct bylaw_match *match;
    struct bylaw__placement *placement;
    struct bylaw_judgement *judgement, *by_every_term;
    struct bylaw_error err;
};

static void parse(struct run *run)
{
    struct bylaw__utf8 utf8 = {0};
    bylaw__dom *dom = NULL;

    check(bylaw__html_decode(&utf8, run->response->body, run->response->charset,
                             &run->err),
          &run->err);
    check(bylaw__dom_parse(&dom, utf8.text, &run->err), &run->err);
    bylaw__dom_free(dom);
    bylaw__utf8_release(&utf8);
}

/* Decodes and parses once more inside; what that costs is taken off later. */
static void extract(struct run *run)
{
    check(bylaw__extract(&run->document, run->response, PAGE_URL, &run->err),
          &run->err);
}

static void tokenise(struct run *run)
{
    check(bylaw__pipeline_tokenise(&run->page, run->document, NULL, &run->err),
          &run->err);
}

static void look_up(struct run *run)
{
    check(bylaw__index_lookup(&run->seeds, run->auditor->index, &run->page,
                              &run->err),
          &run->err);
}

static void match(struct run *run)
{
    const struct prepared_source *entry = &run->auditor->sources[0];
    struct bylaw__tokens words;
    int rc;

    bylaw__tokens_init(&words);
    rc = bylaw__tokens_unpack(&words, &entry->tokens);
    if (!rc)
        rc = bylaw__match_align(&run->match, &run->page, &words,
                                run->seeds.items, run->seeds.count, true,
                                &run->err);
    bylaw__tokens_release(&words);
    check(rc, &run->err);
}

static void place(struct run *run)
{
    const struct bylaw_rules *rules = run->auditor->rules;

    check(bylaw__place(&run->placement, run->document, run->match,
                       rules->phrases, rules->phrase_count, &run->err),
          &run->err);
}

static struct bylaw_judgement *judge_by(struct run *run,
                                        const struct bylaw_rule *rule)
{
    const struct prepared_source *entry = &run->auditor->sources[0];
    struct bylaw_judgement *judgement = NULL;
    struct bylaw__case c = {.document = run->document,
                            .placement = run->placement,
                            .match = run->match,
                            .source = entry->source,
                            .rule = rule,
                            .phrases = run->auditor->rules->phrases,
                            .phrase_count = run->auditor->rules->phrase_count,
                            .page_url = PAGE_URL,
                            .is_complete = run->document->is_complete,
                            .incomplete_because =
                                run->document->incomplete_because,
                            .incomplete_count =
                                run->document->incomplete_count};

    check(bylaw__judge(&judgement, &c, &run->err), &run->err);
    return judgement;
}

static void judge(struct run *run)
{
    run->judgement = judge_by(run, run->auditor->sources[0].rule);
}

static void judge_by_every_term(struct run *run)
{
    run->by_every_term = judge_by(run, run->every_term);
}

static void (*const stages[STAGES])(struct run *) = {
    parse, extract, tokenise, look_up, match, place, judge, judge_by_every_term,
};

static void release(struct run *run)
{
    bylaw_judgement_free(run->by_every_term);
    bylaw_judgement_free(run->judgement);
    bylaw__placement_free(run->placement);
    bylaw_match_free(run->match);
    bylaw__seeds_release(&run->seeds);
    bylaw__tokens_release(&run->page);
    bylaw_document_free(run->document);
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The value below which that share of the numbers lies; sorts them. */
static double quantile(double *numbers, size_t count, double share)
{
    if (!count)
        return 0;
    qsort(numbers, count, sizeof(*numbers), compare_numbers);
    return numbers[(size_t)(share * (double)(count - 1) + 0.5)];
}

static void time_page(struct figures *out, const struct judges *judges,
                      struct bylaw_span body)
{
    double times[STAGES][ROUNDS];
    struct bylaw_response *response = NULL;
    struct bylaw_error err = {0};
    double *row = out->stages[out->count];

    check(bylaw__response_from_bytes(&response, "page", PAGE_URL, body,
                                     "text/html", 0, &err),
          &err);
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct run run = {.auditor = judges->auditor,
                          .every_term = &judges->every_term->items[0],
                          .response = response};

        for (int s = 0; s < STAGES; s++) {
            double start = cpu_ms();

            stages[s](&run);
            times[s][round] = cpu_ms() - start;
        }
        if (!round)
            out->matched += run.match->class != BYLAW_MATCH_NONE;
        release(&run);
    }
    for (int s = 0; s < STAGES; s++)
        row[s] = quantile(times[s], ROUNDS, 0.5);
    row[EXTRACT] = row[EXTRACT] > row[PARSE] ? row[EXTRACT] - row[PARSE] : 0;
    out->beyond[out->count] = 0;
    for (int s = PARSE + 1; s <= JUDGE; s++)
        out->beyond[out->count] += row[s];
    out->bytes += body.len;
    out->count++;
    bylaw_response_free(response);
}

/* ----------------------------------------------------------------- pages --- */

static bool read_gz(struct bylaw__buf *out, const char *path)
{
    char chunk[65536];
    gzFile file = gzopen(path, "rb");
    int n;

    bylaw__buf_clear(out);
    if (!file)
        return false;
    while ((n = gzread(file, chunk, sizeof(chunk))) > 0 && !out->failed)
        bylaw__buf_add(out, chunk, (size_t)n);
    gzclose(file);
    return n == 0 && !out->failed;
}

static int is_page(const struct dirent *entry)
{
    struct bylaw_span name = bylaw__span_of(entry->d_name);

    return bylaw__span_ends(name, ".html") ||
           bylaw__span_ends(name, ".html.gz");
}

static bool take_demo(struct bylaw__buf *page, struct bylaw_span raw,
                      const struct bylaw_source *source)
{
    struct bylaw_error err = {0};

    check(bylaw__pipeline_fill(page, raw, source, "page", &err), &err);
    return true;
}

/* The article behind the page's first headline or before its first paragraph:
 * then the page's own main text stands below it. */
static bool transplant(struct bylaw__buf *page, struct bylaw_span raw,
                       const struct bylaw_source *source)
{
    size_t at = bylaw__span_find_nocase(raw, BYLAW__SPAN("</h1>"));
    struct bylaw_error err = {0};

    if (at != SIZE_MAX)
        at += 5;
    else
        at = bylaw__span_find_nocase(raw, BYLAW__SPAN("<p"));
    if (at == SIZE_MAX || raw.len < LEAST_BYTES || raw.len > MOST_BYTES)
        return false;
    bylaw__buf_add_span(page, bylaw__span_sub(raw, 0, at));
    check(bylaw__pipeline_fill(page, BYLAW__SPAN("<!--bylaw:article-->"),
                               source, "page", &err),
          &err);
    bylaw__buf_add_text(page, CREDIT);
    bylaw__buf_add_span(page, bylaw__span_sub(raw, at, raw.len));
    return true;
}

typedef bool make_page_fn(struct bylaw__buf *page, struct bylaw_span raw,
                          const struct bylaw_source *source);

static void time_folder(struct figures *out, const struct judges *judges,
                        const char *dir, make_page_fn *make_page)
{
    struct dirent **entries = NULL;
    struct bylaw__buf raw, page;
    int n = scandir(dir, &entries, is_page, alphasort);

    bylaw__buf_init(&raw, CEILING);
    bylaw__buf_init(&page, CEILING);
    for (int i = 0; i < n; i++) {
        char path[PATH_BYTES];

        snprintf(path, sizeof(path), "%s/%s", dir, entries[i]->d_name);
        free(entries[i]);
        bylaw__buf_clear(&page);
        if (out->count < MOST_PAGES && read_gz(&raw, path) &&
            make_page(&page, bylaw__buf_span(&raw),
                      judges->auditor->sources[0].source))
            time_page(out, judges, bylaw__buf_span(&page));
    }
    free(entries);
    bylaw__buf_release(&raw);
    bylaw__buf_release(&page);
}

/* ---------------------------------------------------------------- memory --- */

/* A page as large as the real ones, made of the demo's and of padding. */
static void write_page(FILE *file)
{
    bylaw_auditor *auditor = new_auditor();
    struct bylaw__buf raw, page;
    struct bylaw_error err = {0};

    bylaw__buf_init(&raw, CEILING);
    bylaw__buf_init(&page, CEILING);
    check(bylaw__file_read(&raw, DEMO "/full-credit.html", &err), &err);
    take_demo(&page, bylaw__buf_span(&raw), auditor->sources[0].source);
    for (unsigned i = 0; page.len < LEAST_BYTES; i++)
        bylaw__buf_printf(&page,
                          "<div class=\"widget w%u\"><ul><li><a href=\"/%u/\">"
                          "Another headline, number %u</a></li></ul></div>\n",
                          i % 7, i, i);
    fwrite(page.ptr, 1, page.len, file);
    fflush(file);
    bylaw__buf_release(&raw);
    bylaw__buf_release(&page);
    bylaw_auditor_free(auditor);
}

static void audit_file(const char *path)
{
    bylaw_auditor *auditor = new_auditor();
    struct bylaw_audit *audit = NULL;
    struct bylaw_error err = {0};

    check(bylaw_audit_page(&audit, auditor, path, PAGE_URL, &err), &err);
    bylaw_audit_free(audit);
    bylaw_auditor_free(auditor);
}

static void run_program(const char *program, const char *path)
{
    if (!freopen("/dev/null", "w", stdout))
        _exit(1);
    execl(program, program, "audit", "--source", SEED, "--source-url", ARTICLE,
          "--url", PAGE_URL, path, (char *)NULL);
    _exit(127);
}

/* What a child used in all that auditing the file takes: kilobytes at most,
 * CPU milliseconds. Call it while this process is small: a child starts with
 * its parent's memory. */
static bool measure_child(struct rusage *out, const char *program,
                          const char *path)
{
    int status = 0;
    pid_t child = fork();

    if (!child) {
        if (program)
            run_program(program, path);
        audit_file(path);
        _exit(0);
    }
    return child > 0 && wait4(child, &status, 0, out) == child &&
           WIFEXITED(status) && WEXITSTATUS(status) < 2;
}

static void print_child(const char *name, const char *program, const char *path)
{
    struct rusage use;

    if (program && access(program, X_OK)) {
        printf(",\"%s\":\"skipped: no %s\"", name, program);
        return;
    }
    if (!measure_child(&use, program, path)) {
        fprintf(stderr, "bench_audit: the audit in a child failed\n");
        exit(1);
    }
    printf(",\"%s\":{\"peak_mb\":%.1f,\"cpu_ms\":%.1f}", name,
           (double)use.ru_maxrss / 1024.0,
           (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1e3 +
               (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) * 1e-3);
    fflush(stdout);
}

/* ---------------------------------------------------------------- output --- */

static void print_figures(const char *name, struct figures *f)
{
    double column[MOST_PAGES];

    if (!f->count) {
        printf(",\"%s\":\"skipped: no pages (BYLAW_CORPUS)\"", name);
        return;
    }
    printf(",\"%s\":{\"pages\":%zu,\"matched\":%zu,\"mean_kb\":%.1f", name,
           f->count, f->matched, (double)f->bytes / 1024.0 / (double)f->count);
    for (int s = 0; s < STAGES; s++) {
        for (size_t i = 0; i < f->count; i++)
            column[i] = f->stages[i][s];
        printf(",\"%s_ms\":%.3f", stage_names[s],
               quantile(column, f->count, 0.5));
        if (s >= JUDGE)
            printf(",\"%s_p90_ms\":%.3f,\"%s_max_ms\":%.3f", stage_names[s],
                   quantile(column, f->count, 0.9), stage_names[s],
                   quantile(column, f->count, 1.0));
    }
    printf(",\"beyond_parse_ms\":{\"median\":%.3f",
           quantile(f->beyond, f->count, 0.5));
    printf(",\"p90\":%.3f,\"max\":%.3f}}", quantile(f->beyond, f->count, 0.9),
           quantile(f->beyond, f->count, 1.0));
}

int main(void)
{
    static struct figures demo, real;
    const char *root = getenv("BYLAW_CORPUS");
    char path[] = "/tmp/bylaw-bench-XXXXXX", dir[PATH_BYTES];
    int fd = mkstemp(path);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
    struct judges judges;

    if (!file)
        return 1;
    printf("{\"rounds\":%u", ROUNDS);
    fflush(stdout);
    write_page(file);
    print_child("one_audit", NULL, path);
    print_child("program", "build/bylaw", path);
    fclose(file);
    unlink(path);
    judges.auditor = new_auditor();
    judges.every_term = load_every_term();
    time_folder(&demo, &judges, DEMO, take_demo);
    snprintf(dir, sizeof(dir), "%s/raw-pages",
             root && *root ? root : DEFAULT_ROOT);
    time_folder(&real, &judges, dir, transplant);
    print_figures("demo_pages", &demo);
    print_figures("real_pages", &real);
    printf("}\n");
    bylaw_rules_free(judges.every_term);
    bylaw_auditor_free(judges.auditor);
    return 0;
}
