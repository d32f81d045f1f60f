/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How right the findings are: real pages carry a source article and a credit
 * with known truth, and each duty's outcome is held against it. A wrong
 * "fail" accuses somebody innocent and is the worst error. Needs the
 * development corpus (BYLAW_CORPUS); says so and ends well where it is absent.
 * A first ID past those already looked at gives cases nobody tuned to.
 * usage: bench_judge [--first ID] [--cases N] [--list] [--case ID]
 */
#include "judge_bench.h"
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>

#define CASES_DEFAULT 2400u
#define WORST_MAX     60u
#define CORPUS        "../shared/corpus"
#define PAGE_URL      "https://town-paper.example/2024/a-story.html"

static const char *const duty_ids[DUTIES] = {
    "credit.publisher", "credit.author",    "notice.copyright", "link.original",
    "link.licence",     "notice.licence",   "keep.text",        "keep.whole",
    "credit.line",      "credit.placement", "link.anchor",      "keep.title",
    "seo.canonical",    "track.pixel",
};

static const char *const found_names[FOUND_KINDS] = {"pass", "partial", "fail",
                                                     "unknown", "none"};

/* ---------------------------------------------------------- dimensions --- */

static const char *const zone_names[] = {"after",      "before",
                                         "byline",     "article-footer",
                                         "caption",    "sidebar",
                                         "comments",   "nav",
                                         "site-footer"};
static const char *const link_names[] = {
    "good",    "http",     "www",       "utm",       "slash",    "amp",
    "print",   "fragment", "archive",   "translate", "facebook", "google",
    "home",    "other",    "hash",      "empty",     "script",   "mail",
    "no-href", "plain",    "shortener", "upstream",  "missing"};
static const char *const hiding_names[] = {
    "shown",      "aria",     "other-rule", "attribute", "display",
    "visibility", "font",     "offscreen",  "indent",    "opacity",
    "clip",       "white",    "class-rule", "id-rule",   "comment",
    "template",   "noscript", "details",    "alt",       "json-ld"};
static const char *const markup_names[] = {"p",      "div",        "span",
                                           "li",     "em",         "td",
                                           "footer", "figcaption", "heading",
                                           "small",  "breaks",     "section",
                                           "tail",   "bare"};
static const char *const spelling_names[] = {"plain",    "entities",    "curly",
                                             "nbsp",     "soft-hyphen", "upper",
                                             "tags",     "respelt",     "order",
                                             "initials", "surname"};
static const char *const notice_names[] = {"missing", "full", "some", "other"};

static const char *const alteration_names[] = {"unaltered", "style", "words",
                                               "passage",   "less",  "more"};

#define DIMENSIONS 9u
#define VALUES_MAX 24u

struct dimension {
    const char *name;
    const char *const *values; /* NULL: languages */
    unsigned count;
};

static const struct dimension dimensions[DIMENSIONS] = {
    {"zone", zone_names, PLANT_ZONES},
    {"link", link_names, LINK_STATES},
    {"hiding", hiding_names, HIDINGS},
    {"markup", markup_names, MARKUPS},
    {"spelling", spelling_names, SPELLINGS},
    {"notice", notice_names, NOTICE_STATES},
    {"language", NULL, LANGUAGES},
    {"wording", NULL, 4},
    {"text", alteration_names, ALTERATIONS},
};

static unsigned value_of(const struct planted *c, unsigned dimension)
{
    const unsigned values[DIMENSIONS] = {c->zone,      c->link,
                                         c->hiding,    c->markup,
                                         c->spelling,  c->notice,
                                         c->language,  c->wording,
                                         c->alteration};

    return values[dimension];
}

static const char *value_name(unsigned dimension, unsigned value)
{
    static const char *const numbers[] = {"0", "1", "2", "3"};

    if (dimensions[dimension].values)
        return dimensions[dimension].values[value];
    return dimensions[dimension].count == LANGUAGES ? language_name(value)
                                                    : numbers[value];
}

/* -------------------------------------------------------------- scores --- */

struct score {
    unsigned decidable, unknown; /* said unknown of decidable */
    unsigned right_fail, wrong_fail, missed_fail, wrong_pass;
};

struct worst {
    unsigned id;
    enum duty duty;
    unsigned expected;
    enum found found;
    char *text; /* dimensions and the finding's sentence */
};

struct bench {
    struct hosts hosts;
    struct source *sources;
    size_t source_count;
    unsigned cases, scored, unmatched, incomplete, grades;
    struct score total, by_duty[DUTIES], by_value[DIMENSIONS][VALUES_MAX];
    unsigned confusion[DUTIES][FOUND_KINDS + 1][FOUND_KINDS];
    struct worst *worst;
    size_t worst_count, worst_cap;
};

static bool is_fail(unsigned expected)
{
    return expected &&
           !(expected & ~(ALLOWS(FOUND_FAIL) | ALLOWS(FOUND_PARTIAL)));
}

static bool is_decidable(unsigned expected)
{
    return is_fail(expected) || expected == ALLOWS(FOUND_PASS);
}

/* Row of the confusion table: an outcome, or the last for "several". */
static unsigned class_of(unsigned expected)
{
    for (unsigned kind = 0; kind < FOUND_KINDS; kind++)
        if (expected == ALLOWS(kind))
            return kind;
    return is_fail(expected) ? FOUND_FAIL : FOUND_KINDS;
}

static void add_score(struct score *s, unsigned expected, enum found found)
{
    bool says_fail = found == FOUND_FAIL || found == FOUND_PARTIAL;
    bool may_fail = expected & (ALLOWS(FOUND_FAIL) | ALLOWS(FOUND_PARTIAL));

    s->decidable += is_decidable(expected);
    s->unknown += is_decidable(expected) && found == FOUND_UNKNOWN;
    if (is_fail(expected))
        s->right_fail += says_fail;
    s->wrong_fail += says_fail && !may_fail;
    s->missed_fail += is_fail(expected) && !says_fail;
    s->wrong_pass += found == FOUND_PASS && !(expected & ALLOWS(FOUND_PASS));
}

static bool is_wrong(unsigned expected, enum found found)
{
    if (is_fail(expected))
        return found != FOUND_FAIL && found != FOUND_PARTIAL;
    if (found == FOUND_PARTIAL)
        found = FOUND_FAIL;
    if (expected & ALLOWS(FOUND_PARTIAL))
        expected |= ALLOWS(FOUND_FAIL);
    return !(expected & ALLOWS(found));
}

static void keep_worst(struct bench *b, const struct planted *c, enum duty duty,
                       unsigned expected, enum found found, const char *why)
{
    struct bylaw__buf text = {0};
    struct worst *worst;

    if (bylaw__vec_grow(&b->worst, &b->worst_cap, b->worst_count + 1,
                        sizeof(*b->worst)))
        return;
    bylaw__buf_printf(&text, "%s@%.16s", c->source->id, c->host->name);
    for (unsigned d = 0; d < DIMENSIONS; d++)
        bylaw__buf_printf(&text, " %s", value_name(d, value_of(c, d)));
    bylaw__buf_printf(&text, " %s%s: %s", c->is_split ? "split" : "joined",
                      c->publisher ? "" : " no-publisher", why);
    worst = &b->worst[b->worst_count++];
    *worst = (struct worst){c->id, duty, expected, found,
                            bylaw__buf_take(&text, NULL)};
}

/* -------------------------------------------------------------- a case --- */

static const struct bylaw_finding *
find_finding(const struct bylaw_audit_row *row, const char *id)
{
    for (size_t i = 0; i < row->judgement->finding_count; i++)
        if (!strcmp(row->judgement->findings[i].id, id))
            return &row->judgement->findings[i];
    return NULL;
}

static enum found found_of(const struct bylaw_finding *finding)
{
    if (!finding)
        return FOUND_NONE;
    switch (finding->outcome) {
    case BYLAW_OUTCOME_PASS:
        return FOUND_PASS;
    case BYLAW_OUTCOME_FAIL:
        return finding->is_partial ? FOUND_PARTIAL : FOUND_FAIL;
    case BYLAW_OUTCOME_UNKNOWN:
        return FOUND_UNKNOWN;
    default:
        return FOUND_NONE;
    }
}

static void score_duty(struct bench *b, const struct planted *c, enum duty duty,
                       const struct bylaw_audit_row *row)
{
    const struct bylaw_finding *finding = find_finding(row, duty_ids[duty]);
    unsigned expected = expect(c, duty);
    enum found found = found_of(finding);

    if (!expected)
        return;
    b->scored++;
    b->confusion[duty][class_of(expected)][found]++;
    b->grades += is_fail(expected) && !(expected & ALLOWS(found)) &&
                 !is_wrong(expected, found);
    add_score(&b->total, expected, found);
    add_score(&b->by_duty[duty], expected, found);
    for (unsigned d = 0; d < DIMENSIONS; d++)
        add_score(&b->by_value[d][value_of(c, d)], expected, found);
    if (is_wrong(expected, found))
        keep_worst(b, c, duty, expected, found,
                   finding ? finding->why : row->judgement->because);
}

static int audit_case(struct bylaw_audit **out, const struct planted *c)
{
    struct bylaw_error err = {0};
    int rc = bylaw_audit_page(out, c->source->auditor, PAGE_URL, NULL, &err);

    if (rc)
        fprintf(stderr, "bench_judge: case %u: %s\n", c->id, err.what);
    return rc;
}

static void run_case(struct bench *b, struct bylaw__buf *page, unsigned id)
{
    struct bylaw_audit *audit = NULL;
    struct planted c;

    plan_case(&c, id, &b->hosts, b->sources, b->source_count);
    bylaw__buf_clear(page);
    compose_page(page, &c);
    if (audit_case(&audit, &c))
        exit(2);
    b->cases++;
    if (!audit->is_complete) {
        b->incomplete++;
        keep_worst(b, &c, DUTIES, 0, FOUND_NONE, audit->incomplete_because[0]);
    } else if (!audit->rows[0].source) {
        b->unmatched++;
        keep_worst(b, &c, DUTIES, 1, FOUND_NONE, "the article was not found");
    } else {
        for (unsigned duty = 0; duty < DUTIES; duty++)
            score_duty(b, &c, (enum duty)duty, &audit->rows[0]);
    }
    bylaw_audit_free(audit);
}

/* The page last composed answers for its address. */
static int answer(struct bylaw_response **out, void *payload, const char *url,
                  struct bylaw_error *err)
{
    const struct bylaw__buf *page = payload;

    return bylaw__response_from_bytes(out, url, url, bylaw__buf_span(page),
                                      "text/html", 0, err);
}

static int64_t no_time(void *payload)
{
    (void)payload;
    return 0;
}

/* -------------------------------------------------------------- output --- */

static double ratio(unsigned part, unsigned whole)
{
    return whole ? (double)part / (double)whole : 1.0;
}

static void write_score(struct bylaw__json *json, const struct score *s)
{
    bylaw__json_object(json);
    bylaw__json_key(json, "decidable");
    bylaw__json_int(json, s->decidable);
    bylaw__json_key(json, "wrong_fail");
    bylaw__json_int(json, s->wrong_fail);
    bylaw__json_key(json, "missed_fail");
    bylaw__json_int(json, s->missed_fail);
    bylaw__json_key(json, "wrong_pass");
    bylaw__json_int(json, s->wrong_pass);
    bylaw__json_key(json, "fail_precision");
    bylaw__json_real(json, ratio(s->right_fail, s->right_fail + s->wrong_fail),
                     4);
    bylaw__json_key(json, "fail_recall");
    bylaw__json_real(json, ratio(s->right_fail, s->right_fail + s->missed_fail),
                     4);
    bylaw__json_key(json, "unknown_share");
    bylaw__json_real(json, s->decidable ? ratio(s->unknown, s->decidable) : 0,
                     4);
    bylaw__json_object_end(json);
}

static void write_confusion(struct bylaw__json *json, const struct bench *b)
{
    bylaw__json_key(json, "confusion_expected_found");
    bylaw__json_object(json);
    for (unsigned duty = 0; duty < DUTIES; duty++) {
        bylaw__json_key(json, duty_ids[duty]);
        bylaw__json_object(json);
        for (unsigned want = 0; want <= FOUND_KINDS; want++) {
            if (want == FOUND_NONE)
                continue;
            bylaw__json_key(json,
                            want < FOUND_KINDS ? found_names[want] : "several");
            bylaw__json_object(json);
            for (unsigned got = 0; got < FOUND_KINDS; got++) {
                bylaw__json_key(json, found_names[got]);
                bylaw__json_int(json, b->confusion[duty][want][got]);
            }
            bylaw__json_object_end(json);
        }
        bylaw__json_object_end(json);
    }
    bylaw__json_object_end(json);
}

static void write_dimensions(struct bylaw__json *json, const struct bench *b)
{
    bylaw__json_key(json, "by_dimension");
    bylaw__json_object(json);
    for (unsigned d = 0; d < DIMENSIONS; d++) {
        bylaw__json_key(json, dimensions[d].name);
        bylaw__json_object(json);
        for (unsigned v = 0; v < dimensions[d].count; v++) {
            bylaw__json_key(json, value_name(d, v));
            write_score(json, &b->by_value[d][v]);
        }
        bylaw__json_object_end(json);
    }
    bylaw__json_object_end(json);
}

/* Wrong accusations first, then wrong acquittals, then the undecided. */
static int gravity(const struct worst *w)
{
    if (w->duty == DUTIES)
        return 4;
    if (w->found == FOUND_FAIL || w->found == FOUND_PARTIAL)
        return 0;
    if (w->found == FOUND_PASS)
        return 1;
    return is_fail(w->expected) ? 2 : 3;
}

static int compare_worst(const void *left, const void *right)
{
    const struct worst *a = left, *b = right;
    int order = gravity(a) - gravity(b);

    return order ? order : a->id < b->id ? -1 : a->id > b->id;
}

static void name_expected(struct bylaw__buf *out, unsigned expected)
{
    for (unsigned kind = 0; kind < FOUND_KINDS; kind++)
        if (expected & ALLOWS(kind))
            bylaw__buf_printf(out, "%s%s", out->len ? "|" : "",
                              found_names[kind]);
}

static void write_worst(struct bylaw__json *json, const struct bench *b)
{
    bylaw__json_key(json, "worst");
    bylaw__json_array(json);
    for (size_t i = 0; i < b->worst_count && i < WORST_MAX; i++) {
        const struct worst *w = &b->worst[i];
        struct bylaw__buf expected = {0};

        name_expected(&expected, w->expected);
        bylaw__json_object(json);
        bylaw__json_key(json, "case");
        bylaw__json_int(json, w->id);
        bylaw__json_key(json, "duty");
        bylaw__json_text(json, w->duty < DUTIES ? duty_ids[w->duty] : "page");
        bylaw__json_key(json, "expected");
        bylaw__json_span(json, bylaw__buf_span(&expected));
        bylaw__json_key(json, "found");
        bylaw__json_text(json, found_names[w->found]);
        bylaw__json_key(json, "what");
        bylaw__json_text(json, w->text);
        bylaw__json_object_end(json);
        bylaw__buf_release(&expected);
    }
    bylaw__json_array_end(json);
}

static void print_list(const struct bench *b)
{
    for (size_t i = 0; i < b->worst_count; i++) {
        const struct worst *w = &b->worst[i];
        struct bylaw__buf expected = {0};

        name_expected(&expected, w->expected);
        printf("%d\t%u\t%s\t%s\t%s\t%s\n", gravity(w), w->id,
               w->duty < DUTIES ? duty_ids[w->duty] : "page",
               expected.len ? expected.ptr : "-", found_names[w->found],
               w->text);
        bylaw__buf_release(&expected);
    }
}

static void print_json(const struct bench *b)
{
    struct bylaw__buf out = {0};
    struct bylaw__json json;

    bylaw__json_init(&json, &out, true);
    bylaw__json_object(&json);
    bylaw__json_key(&json, "hosts");
    bylaw__json_int(&json, (int64_t)b->hosts.count);
    bylaw__json_key(&json, "hosts_not_located");
    bylaw__json_int(&json, (int64_t)b->hosts.unlocated);
    bylaw__json_key(&json, "hosts_unreadable");
    bylaw__json_int(&json, (int64_t)b->hosts.unreadable);
    bylaw__json_key(&json, "cases");
    bylaw__json_int(&json, b->cases);
    bylaw__json_key(&json, "cases_unmatched");
    bylaw__json_int(&json, b->unmatched);
    bylaw__json_key(&json, "cases_incomplete");
    bylaw__json_int(&json, b->incomplete);
    bylaw__json_key(&json, "findings_scored");
    bylaw__json_int(&json, b->scored);
    bylaw__json_key(&json, "other_grade_of_fail");
    bylaw__json_int(&json, b->grades);
    bylaw__json_key(&json, "total");
    write_score(&json, &b->total);
    bylaw__json_key(&json, "by_duty");
    bylaw__json_object(&json);
    for (unsigned duty = 0; duty < DUTIES; duty++) {
        bylaw__json_key(&json, duty_ids[duty]);
        write_score(&json, &b->by_duty[duty]);
    }
    bylaw__json_object_end(&json);
    write_confusion(&json, b);
    write_dimensions(&json, b);
    write_worst(&json, b);
    bylaw__json_object_end(&json);
    printf("%.*s\n", (int)out.len, out.ptr);
    bylaw__buf_release(&out);
}

static void show_case(struct bench *b, struct bylaw__buf *page, unsigned id)
{
    struct bylaw_audit *audit = NULL;
    struct bylaw__buf report = {0};
    struct planted c;

    plan_case(&c, id, &b->hosts, b->sources, b->source_count);
    compose_page(page, &c);
    if (audit_case(&audit, &c))
        exit(2);
    bylaw__report_audit_json(&report, audit);
    printf("%.*s\n<!-- findings\n%.*s\n-->\n", (int)page->len, page->ptr,
           (int)report.len, report.ptr);
    for (unsigned duty = 0; duty < DUTIES; duty++) {
        struct bylaw__buf expected = {0};

        name_expected(&expected, expect(&c, (enum duty)duty));
        printf("<!-- %s expected: %s -->\n", duty_ids[duty],
               expected.len ? expected.ptr : "not scored");
        bylaw__buf_release(&expected);
    }
    bylaw__buf_release(&report);
    bylaw_audit_free(audit);
}

/* ----------------------------------------------------------- the whole --- */

struct options {
    unsigned first, cases, shown;
    bool shows, lists;
};

static void read_options(struct options *options, int argc, char **argv)
{
    options->cases = CASES_DEFAULT;
    for (int i = 1; i < argc; i++) {
        bool has_value = i + 1 < argc;

        if (!strcmp(argv[i], "--list")) {
            options->lists = true;
        } else if (!strcmp(argv[i], "--cases") && has_value) {
            options->cases = (unsigned)strtoul(argv[++i], NULL, 10);
        } else if (!strcmp(argv[i], "--first") && has_value) {
            options->first = (unsigned)strtoul(argv[++i], NULL, 10);
        } else if (!strcmp(argv[i], "--case") && has_value) {
            options->shows = true;
            options->shown = (unsigned)strtoul(argv[++i], NULL, 10);
        } else {
            fputs("usage: bench_judge [--first ID] [--cases N] [--list] "
                  "[--case ID]\n",
                  stderr);
            exit(2);
        }
    }
}

static void release(struct bench *b)
{
    for (size_t i = 0; i < b->worst_count; i++)
        free(b->worst[i].text);
    free(b->worst);
    sources_release(b->sources, b->source_count);
    hosts_release(&b->hosts);
}

int main(int argc, char **argv)
{
    const char *corpus = getenv("BYLAW_CORPUS");
    struct bylaw__buf page = {0};
    struct bylaw_transport transport = {answer, &page};
    struct bylaw_audit_options audits = {.transport = &transport,
                                         .now_ms = no_time};
    char *rules_dir;
    struct options options = {0};
    struct bench bench = {0};

    read_options(&options, argc, argv);
    corpus = corpus && *corpus ? corpus : CORPUS;
    if (!hosts_load(&bench.hosts, corpus)) {
        printf("bench-judge: skipped, there is no corpus at %s (set "
               "BYLAW_CORPUS)\n",
               corpus);
        return 0;
    }
    rules_dir = planted_rules("rules");
    audits.rules_dir = rules_dir;
    bench.sources = sources_load(&bench.source_count, corpus, &audits);
    if (options.shows) {
        show_case(&bench, &page, options.shown);
    } else {
        for (unsigned i = 0; i < options.cases; i++)
            run_case(&bench, &page, options.first + i);
        if (bench.worst_count)
            qsort(bench.worst, bench.worst_count, sizeof(*bench.worst),
                  compare_worst);
        if (options.lists)
            print_list(&bench);
        else
            print_json(&bench);
    }
    release(&bench);
    planted_rules_remove(rules_dir);
    bylaw__buf_release(&page);
    return 0;
}
