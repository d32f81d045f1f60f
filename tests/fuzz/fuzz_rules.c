/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as rule files: a result that keeps its promises, or complaints. */
#include "rules/rules.h"

#include <stdlib.h>

/* A line of this splits the input, so that families can be reached. */
#define SPLIT      "\n%%\n"
#define MOST_FILES 12

static const char *const params[] = {"all", "target", "holders", NULL};

static const struct bylaw__term_spec specs[] = {
    {"credit.author", BYLAW_TERM_DUTY, params},
    {"credit.publisher", BYLAW_TERM_DUTY, params},
    {"link.original", BYLAW_TERM_DUTY, params},
    {"keep.text", BYLAW_TERM_DUTY, NULL},
    {"no.commercial", BYLAW_TERM_PROHIBITION, params},
};

#define SPEC_COUNT (sizeof(specs) / sizeof(specs[0]))

const char *__lsan_default_suppressions(void);

/* libfyaml 0.7.12 forgets a buffer of its scanner for some malformed scalars;
 * nothing of ours hangs on it, and a broken file is read once. */
const char *__lsan_default_suppressions(void)
{
    return "leak:libfyaml";
}

static void require(int holds)
{
    if (!holds)
        abort();
}

/* Every complaint has a known id, a place and something to say. */
static void check_complaint(void *payload, const struct bylaw_error *err)
{
    size_t *count = payload;

    (*count)++;
    require(err->code < 0 && err->what[0] && err->where[0]);
    require(bylaw_diagnostic_find(err->id) != NULL);
}

static void check_term(const struct bylaw_term *term)
{
    require(term->id && term->file && term->line && term->column);
    require(term->severity >= 0 && term->severity <= 5);
    for (size_t i = 0; i < term->param_count; i++)
        require(term->params[i].name && term->params[i].value);
}

static void check_rule(const struct bylaw_rule *rule)
{
    require(rule->id && rule->id[0] != '_' && rule->title && rule->status);
    require(rule->licence && rule->captured_url && rule->captured_date);
    require(strlen(rule->sha256) == 64 && strlen(rule->version) == 16);
    require(strcmp(rule->status, "verified") || rule->captured_sha256);
    for (size_t i = 0; i < rule->term_count; i++)
        check_term(&rule->terms[i]);
    for (size_t i = 0; i < rule->mark_count; i++)
        require(rule->marks[i].text != NULL);
    for (size_t i = 0; i < rule->name_count; i++)
        require(rule->names[i].text && rule->names[i].language);
    for (size_t i = 0; i < rule->sample_count; i++)
        require(rule->samples[i].file && rule->samples[i].expect);
    for (size_t i = 0; i < rule->template_count; i++)
        require(rule->templates[i].text && rule->templates[i].language);
    for (size_t i = 0; i < rule->partner_count; i++)
        require(rule->partners[i].domain != NULL);
}

static void check_result(int rc, struct bylaw_rules *rules, size_t complaints,
                         const struct bylaw_error *err)
{
    require((rc == 0) == (rules != NULL));
    require((rc == 0) == (complaints == 0));
    require(rc == 0 || (err->code == rc && err->id));
    for (size_t i = 0; rules && i < rules->count; i++) {
        check_rule(&rules->items[i]);
        require(!i || strcmp(rules->items[i - 1].id, rules->items[i].id) < 0);
    }
    bylaw_rules_free(rules);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw__rules_file files[MOST_FILES];
    struct bylaw_span rest = {(const char *)data, size};
    struct bylaw_rules *rules = NULL;
    struct bylaw_error err = {0};
    size_t count = 0, complaints = 0;
    int rc;

    while (count < MOST_FILES) {
        size_t end = bylaw__span_find(rest, BYLAW__SPAN(SPLIT));

        files[count++] =
            (struct bylaw__rules_file){"fuzz", bylaw__span_sub(rest, 0, end)};
        if (end == SIZE_MAX)
            break;
        rest = bylaw__span_sub(rest, end + sizeof(SPLIT) - 1, rest.len);
    }
    rc = bylaw__rules_load_files(&rules, files, count, specs, SPEC_COUNT,
                                 check_complaint, &complaints, &err);
    check_result(rc, rules, complaints, &err);
    return 0;
}
