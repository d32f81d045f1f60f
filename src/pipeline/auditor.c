/* SPDX-License-Identifier: Apache-2.0 */
/* The auditor: rules loaded, sources made ready, pages read. */
#include "scan_int.h"

#include <stdio.h>
#include <stdlib.h>

struct bylaw__term_spec *bylaw__pipeline_specs(size_t *out_count)
{
    struct bylaw__term_spec *specs;
    size_t count = 0;

    while (bylaw__term_at(count))
        count++;
    specs = calloc(count ? count : 1, sizeof(*specs));
    for (size_t i = 0; specs && i < count; i++) {
        const struct bylaw__term_info *info = bylaw__term_at(i);

        specs[i] =
            (struct bylaw__term_spec){info->id, info->kind, info->params};
    }
    *out_count = count;
    return specs;
}

int bylaw_auditor_new(bylaw_auditor **out,
                      const struct bylaw_audit_options *options,
                      struct bylaw_error *err)
{
    bylaw_auditor *auditor = calloc(1, sizeof(*auditor));
    size_t spec_count = 0;
    struct bylaw__term_spec *specs = bylaw__pipeline_specs(&spec_count);
    int rc;

    if (!auditor || !specs) {
        rc = bylaw__fail_memory(err, "");
        goto done;
    }
    auditor->options = *options;
    auditor->clock.now_ms = options->now_ms;
    auditor->clock.payload = options->clock_payload;
    rc = bylaw__rules_load(&auditor->rules, options->rules_dir, specs,
                           spec_count, NULL, NULL, err);
    if (rc)
        goto done;
    if (options->rule && !bylaw_rules_find(auditor->rules, options->rule)) {
        rc = bylaw__fail(err, BYLAW_EUSAGE, "rules.unknown-rule",
                         options->rules_dir, "there is no rule \"%s\"",
                         options->rule);
        goto done;
    }
    rc = bylaw__index_new(&auditor->index, err);
    if (rc)
        goto done;
    *out = auditor;
    auditor = NULL;
done:
    free(specs);
    bylaw_auditor_free(auditor);
    return rc;
}

int bylaw__pipeline_borrow(bylaw_auditor **out, const bylaw_auditor *lender,
                           const struct bylaw_rule *rule,
                           struct bylaw_error *err)
{
    bylaw_auditor *auditor = calloc(1, sizeof(*auditor));
    int rc;

    if (!auditor)
        return bylaw__fail_memory(err, "");
    auditor->options = lender->options;
    auditor->options.rule = rule->id;
    auditor->options.hints = BYLAW_HINTS_NONE;
    auditor->options.cells = 0; /* whoever wrote the rules wrote the samples */
    auditor->clock = lender->clock;
    auditor->rules = lender->rules;
    auditor->is_borrowing = true;
    rc = bylaw__index_new(&auditor->index, err);
    if (rc)
        bylaw_auditor_free(auditor);
    else
        *out = auditor;
    return rc;
}

void bylaw_auditor_free(bylaw_auditor *auditor)
{
    if (!auditor)
        return;
    for (size_t i = 0; i < auditor->source_count; i++) {
        bylaw__packed_tokens_release(&auditor->sources[i].tokens);
        bylaw__query_phrases_free(auditor->sources[i].phrases);
        bylaw_source_free(auditor->sources[i].source);
    }
    free(auditor->sources);
    bylaw__cells_free(auditor->cells);
    bylaw__screen_free(auditor->screen);
    bylaw__index_free(auditor->index);
    bylaw__kin_free(auditor->kin);
    bylaw__index_file_free(auditor->file);
    bylaw__fetcher_free(auditor->fetcher);
    if (!auditor->is_borrowing)
        bylaw_rules_free(auditor->rules);
    free(auditor);
}

const bylaw__index *bylaw__pipeline_index(const bylaw_auditor *auditor)
{
    return auditor->file ? bylaw__index_file_index(auditor->file)
                         : auditor->index;
}

int bylaw__pipeline_use_index(bylaw_auditor *auditor, const char *path,
                              struct bylaw_error *err)
{
    bylaw__index_file_free(auditor->file);
    auditor->file = NULL;
    auditor->is_indexed = false;
    return bylaw__index_file_open(&auditor->file, path, err);
}

size_t bylaw_auditor_source_count(const bylaw_auditor *auditor)
{
    return auditor->source_count;
}

const struct bylaw_source *bylaw_auditor_source(const bylaw_auditor *auditor,
                                                size_t i)
{
    return i < auditor->source_count ? auditor->sources[i].source : NULL;
}

const struct bylaw_rules *bylaw_auditor_rules(const bylaw_auditor *auditor)
{
    return auditor->rules;
}

static bool is_address(const char *spec)
{
    struct bylaw_span s = bylaw__span_of(spec);

    return bylaw__span_starts_nocase(s, "http://") ||
           bylaw__span_starts_nocase(s, "https://");
}

/* A scheme that is no path: letters, then "://". */
static bool has_other_scheme(const char *spec)
{
    const char *p = spec;

    while (bylaw__is_alnum((unsigned char)*p) || *p == '+' || *p == '.' ||
           *p == '-')
        p++;
    return p > spec && !strncmp(p, "://", 3);
}

static int fetch_address(struct bylaw_response **out, bylaw_auditor *auditor,
                         const char *url, size_t ceiling,
                         struct bylaw_error *err)
{
    struct bylaw__fetch_extra extra = {.most_bytes = ceiling};
    int rc = 0;

    *out = NULL;
    if (auditor->recall)
        rc = auditor->recall(out, auditor->memory, url, err);
    if (rc || *out)
        return rc;
    if (!auditor->fetcher) {
        rc =
            bylaw__fetcher_new(&auditor->fetcher, &auditor->options.fetch,
                               auditor->options.transport, auditor->clock, err);
        if (rc)
            return rc;
    }
    extra.keeps_wire = auditor->keep != NULL;
    rc = bylaw__fetch_with(out, auditor->fetcher, url, &extra, err);
    if (!rc && auditor->keep && !(*out)->refusal.code && !(*out)->is_truncated)
        rc = auditor->keep(auditor->memory, *out, err);
    if (rc) {
        bylaw_response_free(*out);
        *out = NULL;
    }
    return rc;
}

int bylaw__pipeline_read(struct bylaw_response **out, bylaw_auditor *auditor,
                         const char *spec, const char *published_url,
                         size_t ceiling, struct bylaw_error *err)
{
    struct bylaw__buf bytes;
    int rc;

    if (is_address(spec))
        return fetch_address(out, auditor, spec, ceiling, err);
    if (has_other_scheme(spec))
        return bylaw__fail(err, BYLAW_EUSAGE, "url.scheme", spec,
                           "only http and https addresses can be read");
    bylaw__buf_init(&bytes, ceiling);
    rc = bylaw__file_read(&bytes, spec, err);
    if (!rc)
        rc = bylaw__response_from_bytes(
            out, spec, published_url, bylaw__buf_span(&bytes), NULL,
            auditor->clock.now_ms(auditor->clock.payload), err);
    bylaw__buf_release(&bytes);
    if (!rc && auditor->keep)
        rc = auditor->keep(auditor->memory, *out, err);
    return rc;
}

int bylaw__pipeline_read_document(struct bylaw_document **out,
                                  bylaw_auditor *auditor,
                                  const struct bylaw_response *response,
                                  const char *published_url,
                                  struct bylaw_error *err)
{
    struct bylaw_error why = {0};
    int rc =
        auditor->options.cells
            ? bylaw__apart_document(out, auditor, response, published_url, &why)
            : bylaw__extract(out, response, published_url, &why);

    if (rc && err) {
        *err = why;
        if (!err->where[0])
            snprintf(err->where, sizeof(err->where), "%s", response->url);
    }
    return rc;
}

static uint32_t block_flags(const struct bylaw_block *block, bool is_furniture)
{
    uint32_t flags = 0;

    if (block->is_quote)
        flags |= BYLAW__TOKEN_QUOTED;
    if (block->visibility == BYLAW_VISIBILITY_HIDDEN_INLINE ||
        block->visibility == BYLAW_VISIBILITY_HIDDEN_STYLE)
        flags |= BYLAW__TOKEN_HIDDEN;
    if (!block->is_main)
        flags |= BYLAW__TOKEN_OFF_MAIN;
    if (block->heading)
        flags |= BYLAW__TOKEN_HEADING;
    if (is_furniture)
        flags |= BYLAW__TOKEN_FURNITURE;
    return flags;
}

int bylaw__pipeline_tokenise(struct bylaw__tokens *tokens,
                             const struct bylaw_document *document,
                             const bool *is_furniture, struct bylaw_error *err)
{
    bylaw__tokens_init(tokens);
    for (size_t i = 0; i < document->block_count; i++) {
        const struct bylaw_block *block = &document->blocks[i];
        uint32_t flags = block_flags(block, is_furniture && is_furniture[i]);
        int rc = bylaw__tokens_add(tokens, block->text, block->map,
                                   block->map_count, (uint32_t)i, flags, err);

        if (rc) {
            bylaw__tokens_release(tokens);
            return rc;
        }
    }
    return 0;
}

/* The auditor's own rule, else the one named for the source, else the
 * source's. */
static const struct bylaw_rule *choose_rule(const bylaw_auditor *auditor,
                                            const struct bylaw_source *source,
                                            const char *named)
{
    const char *id = auditor->options.rule ? auditor->options.rule : named;

    return id ? bylaw_rules_find(auditor->rules, id)
              : bylaw__pipeline_rule_of(auditor->rules, source);
}

/* All rules of the rule's series; a rule that the caller has chosen is the
 * only one, where they did not choose the series by it. */
static int find_versions(struct prepared_source *entry,
                         const bylaw_auditor *auditor,
                         struct bylaw_source *source)
{
    const struct bylaw_rules *rules = auditor->rules;

    if (!entry->rule || !entry->rule->series ||
        (auditor->options.rule && !auditor->takes_series))
        return 0;
    entry->versions = bylaw__arena_alloc_array(source->owner, rules->count,
                                               sizeof(*entry->versions));
    if (!entry->versions)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < rules->count; i++) {
        const struct bylaw_rule *rule = &rules->items[i];

        if (rule->series && !strcmp(rule->series, entry->rule->series))
            entry->versions[entry->version_count++] = rule;
    }
    return 0;
}

static int prepare(bylaw_auditor *auditor, struct bylaw_source *source,
                   const char *rule, struct bylaw_error *err)
{
    struct prepared_source *entry;
    struct bylaw__tokens words;
    size_t number = auditor->source_count;
    int rc;

    if (number >= BYLAW_LIMIT_SOURCES)
        return bylaw__fail(err, BYLAW_ELIMIT, "source.too-many", source->path,
                           "more than %u sources", BYLAW_LIMIT_SOURCES);
    if (bylaw__vec_grow(&auditor->sources, &auditor->source_cap, number + 1,
                        sizeof(*auditor->sources)))
        return bylaw__fail_memory(err, source->path);
    entry = &auditor->sources[number];
    memset(entry, 0, sizeof(*entry));
    entry->rule = choose_rule(auditor, source, rule);
    bylaw__pipeline_compare_licence(source, entry->rule);
    if (find_versions(entry, auditor, source))
        return bylaw__fail_memory(err, source->path);
    rc = entry->version_count
             ? bylaw__pipeline_gather_facts(source, entry->versions,
                                            entry->version_count, err)
             : bylaw__pipeline_gather_facts(source, &entry->rule,
                                            entry->rule ? 1 : 0, err);
    if (rc)
        return rc;
    rc = bylaw__pipeline_mark_furniture(source, entry->rule, err);
    if (rc)
        return rc;
    rc = bylaw__pipeline_tokenise(&words, source->document,
                                  source->is_furniture, err);
    if (rc)
        return rc;
    if (bylaw__tokens_pack(&entry->tokens, &words))
        rc = bylaw__fail_memory(err, source->path);
    if (!rc)
        rc = bylaw__pipeline_compare_upstream(source, &words, auditor, err);
    if (!rc && !auditor->is_for_file)
        rc = bylaw__index_add(auditor->index, (uint32_t)number, &words, err);
    bylaw__tokens_release(&words);
    if (rc) {
        bylaw__packed_tokens_release(&entry->tokens);
        return rc;
    }
    entry->source = source;
    auditor->source_count++;
    auditor->is_indexed = false;
    return 0;
}

static int check_rule(const bylaw_auditor *auditor, const char *rule,
                      const char *spec, const char *who,
                      struct bylaw_error *err)
{
    if (!rule || bylaw_rules_find(auditor->rules, rule))
        return 0;
    return bylaw__fail(err, BYLAW_ECONFIG, "rules.unknown-rule", spec,
                       "%s the rule \"%s\", which is not in %s", who, rule,
                       auditor->options.rules_dir);
}

int bylaw__pipeline_add_source(bylaw_auditor *auditor, const char *spec,
                               const char *url, const char *rule,
                               struct bylaw_error *err)
{
    struct bylaw_source *source = NULL;
    int rc = check_rule(auditor, rule, spec, "the source is put under", err);

    if (!rc)
        rc = bylaw__pipeline_load_source(&source, auditor, spec, url, err);
    if (rc)
        return rc;
    rc = check_rule(auditor, source->rule, spec, "the source names", err);
    if (!rc)
        rc = prepare(auditor, source, rule, err);
    if (rc)
        bylaw_source_free(source);
    return rc;
}

const struct bylaw_rule *
bylaw__pipeline_source_rule(const bylaw_auditor *auditor, size_t i)
{
    return i < auditor->source_count ? auditor->sources[i].rule : NULL;
}

int bylaw_auditor_add_source(bylaw_auditor *auditor, const char *spec,
                             const char *url, struct bylaw_error *err)
{
    return bylaw__pipeline_add_source(auditor, spec, url, NULL, err);
}
