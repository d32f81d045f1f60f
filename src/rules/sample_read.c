/* SPDX-License-Identifier: Apache-2.0 */
/* Samples: pages with what is found of them, in a rule or in a file. */
#include "rules_int.h"

#include <stddef.h>

#define AT(member) offsetof(struct bylaw_sample, member)

static void read_expect(struct reading *r, const struct yaml_node *value,
                        void *target)
{
    const char **out = target;
    const char *words[BYLAW_VERDICT_NOT_APPLICABLE + 1];
    int i;

    for (i = 0; i <= BYLAW_VERDICT_NOT_APPLICABLE; i++)
        words[i] = bylaw_verdict_name((enum bylaw_verdict)i);
    i = bylaw__read_word(r, value, words, COUNT_OF(words));
    if (i >= 0)
        *out = words[i];
}

/* One id, or a list of them. */
static void read_breaks(struct reading *r, const struct yaml_node *value,
                        void *target)
{
    struct bylaw_sample *sample = target;
    struct text_list list = {NULL, 0};
    const char **one;

    if (value->kind == YAML_SCALAR) {
        one = bylaw__arena_alloc(r->arena, sizeof(*one));
        if (!one)
            return;
        bylaw__read_text(r, value, one);
        list = (struct text_list){one, *one ? 1 : 0};
    } else {
        list = bylaw__read_texts(r, value, bylaw__read_text);
    }
    sample->breaks = list.items;
    sample->break_count = list.count;
}

static void read_outcome(struct reading *r, const struct yaml_pair *pair,
                         struct bylaw_expected *out)
{
    static const char *const words[] = {"pass", "fail", "partial", "unknown",
                                        "not-evaluated"};
    int i = bylaw__read_word(r, pair->value, words, COUNT_OF(words));

    out->id = bylaw__arena_copy(r->arena, pair->key->text);
    out->outcome = words[i < 0 ? 0 : i];
}

static void read_finds(struct reading *r, const struct yaml_node *value,
                       void *target)
{
    struct bylaw_sample *sample = target;
    struct bylaw_expected *finds;

    if (!bylaw__is_kind(r, value, YAML_MAPPING))
        return;
    finds = bylaw__arena_alloc_array(r->arena, value->count, sizeof(*finds));
    for (size_t i = 0; finds && i < value->count; i++)
        read_outcome(r, &value->pairs[i], &finds[i]);
    sample->finds = finds;
    sample->find_count = finds ? value->count : 0;
}

static const struct key_row replacement_rows[] = {
    {"old", bylaw__read_text, offsetof(struct bylaw_replacement, old_text),
     true},
    {"new", bylaw__read_text, offsetof(struct bylaw_replacement, new_text),
     false},
};

static void read_replacement(struct reading *r, const struct yaml_node *value,
                             void *target)
{
    struct bylaw_replacement *replacement = target;

    replacement->new_text = "";
    replacement->file = bylaw__arena_strdup(r->arena, value->place.file);
    replacement->line = value->place.line;
    replacement->column = value->place.column;
    bylaw__read_mapping(r, value, replacement_rows, COUNT_OF(replacement_rows),
                        replacement);
}

static void read_change(struct reading *r, const struct yaml_node *value,
                        void *target)
{
    struct bylaw_sample *sample = target;

    sample->replacements =
        bylaw__read_list(r, value, sizeof(*sample->replacements),
                         read_replacement, &sample->replacement_count);
}

static const struct key_row sample_rows[] = {
    {"id", bylaw__read_id, AT(id), true},
    {"expect", read_expect, AT(expect), true},
    {"rule", bylaw__read_id, AT(rule), false},
    {"file", bylaw__read_text, AT(file), false},
    {"source", bylaw__read_text, AT(source), false},
    {"url", bylaw__read_url, AT(url), false},
    {"fetched", bylaw__read_date, AT(fetched), false},
    {"site-works", bylaw__read_works, AT(site_works), false},
    {"change", read_change, 0, false},
    {"breaks", read_breaks, 0, false},
    {"finds", read_finds, 0, false},
};

/* "rules/x.yaml" gives "rules/". */
static const char *folder_of(struct reading *r, const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash
               ? bylaw__arena_copy(r->arena,
                                   bylaw__span_sub(bylaw__span_of(path), 0,
                                                   (size_t)(slash - path) + 1))
               : "";
}

static void read_sample(struct reading *r, const struct yaml_node *value,
                        void *target)
{
    struct bylaw_sample *sample = target;

    if (bylaw__yaml_is_removal(value)) {
        bylaw__complain_removal(r, value);
        return;
    }
    bylaw__read_mapping(r, value, sample_rows, COUNT_OF(sample_rows), sample);
    sample->folder = folder_of(r, value->place.file);
}

static const char *either(const char *own, const char *other)
{
    return own ? own : other;
}

/* own's changes come after those of the sample it is made from. */
static void join_replacements(struct reading *r, struct bylaw_sample *own,
                              const struct bylaw_sample *base)
{
    size_t count = base->replacement_count + own->replacement_count;
    struct bylaw_replacement *joined =
        bylaw__arena_alloc_array(r->arena, count, sizeof(*joined));

    if (!joined)
        return;
    for (size_t i = 0; i < count; i++)
        joined[i] = i < base->replacement_count
                        ? base->replacements[i]
                        : own->replacements[i - base->replacement_count];
    own->replacements = joined;
    own->replacement_count = count;
}

/* A sample without a page is made from the nearest one before it that has
 * one: it says only what is different. */
static void take_over(struct reading *r, struct bylaw_sample *samples,
                      size_t count, const struct yaml_node *list)
{
    const struct bylaw_sample *base = NULL;

    for (size_t i = 0; i < count; i++) {
        struct bylaw_sample *own = &samples[i];

        if (own->file)
            base = own;
        if (own->file || !own->id)
            continue; /* without an id it was complained of */
        if (!base) {
            bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.missing-key",
                            list->pairs[i].value->place,
                            "key \"file\" is missing, and no sample before "
                            "this one names a page");
            return;
        }
        join_replacements(r, own, base);
        own->file = base->file;
        own->folder = base->folder;
        own->rule = either(own->rule, base->rule);
        own->source = either(own->source, base->source);
        own->url = either(own->url, base->url);
        own->fetched = either(own->fetched, base->fetched);
        if (!own->site_works)
            own->site_works = base->site_works;
    }
}

static void check_ids(struct reading *r, const struct bylaw_sample *samples,
                      size_t count, const struct yaml_node *list)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; samples[i].id && k < i; k++)
            if (samples[k].id && !strcmp(samples[i].id, samples[k].id))
                bylaw__complain(r->complaints, BYLAW_ECONFIG,
                                "rules.duplicate-id",
                                list->pairs[i].value->place,
                                "sample \"%s\" stands twice", samples[i].id);
}

static struct bylaw_sample *
read_list(struct reading *r, const struct yaml_node *list, size_t *out_count)
{
    struct bylaw_sample *samples =
        bylaw__read_list(r, list, sizeof(*samples), read_sample, out_count);

    if (samples) {
        check_ids(r, samples, *out_count, list);
        take_over(r, samples, *out_count, list);
    }
    return samples;
}

void bylaw__rule_samples(struct reading *r, const struct yaml_node *value,
                         void *target)
{
    struct bylaw_rule *rule = target;

    rule->samples = read_list(r, value, &rule->sample_count);
    for (size_t i = 0; i < rule->sample_count; i++)
        if (rule->samples[i].rule)
            bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.contradiction",
                            value->pairs[i].value->place,
                            "a rule's own sample is judged by that rule: leave "
                            "\"rule\" out");
}

/* ------------------------------------------------------ a file of them --- */

/* The rule that a sample of a file names, or NULL after a complaint. */
static const struct bylaw_rule *rule_of(struct reading *r,
                                        const struct bylaw_rules *rules,
                                        const struct bylaw_sample *sample,
                                        const struct yaml_node *node)
{
    const struct bylaw_rule *rule =
        sample->rule ? bylaw_rules_find(rules, sample->rule) : NULL;

    if (!rule)
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.unknown-rule",
                        node->place,
                        "the sample is under no rule that is "
                        "there: \"%s\"",
                        sample->rule ? sample->rule : "");
    return rule;
}

static void read_file(struct reading *r, const struct yaml_node *tree,
                      const struct bylaw_rules *rules,
                      struct bylaw__sample_list *out)
{
    const struct yaml_node *list = bylaw__yaml_get(tree, "samples");

    if (!list || list->kind != YAML_LIST || tree->count != 1) {
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.missing-key",
                        tree->place,
                        "a file of samples has one key, \"samples\", with a "
                        "list");
        return;
    }
    out->items = read_list(r, list, &out->count);
    for (size_t i = 0; out->items && i < out->count; i++) {
        const struct bylaw_rule *rule =
            rule_of(r, rules, &out->items[i], list->pairs[i].value);

        if (rule)
            bylaw__check_sample_terms(r, rule, list->pairs[i].value);
    }
}

int bylaw__samples_read(struct bylaw__sample_list *out, struct bylaw_span yaml,
                        const char *path, const struct bylaw_rules *rules,
                        bylaw__complaint_fn *report, void *payload,
                        struct bylaw_error *err)
{
    struct bylaw__arena scratch = {0};
    struct bylaw__arena *owner = bylaw__owner_new(0);
    struct complaints complaints = {.report = report, .payload = payload};
    struct reading reading = {.arena = owner, .complaints = &complaints};
    const struct yaml_node *tree;
    int rc;

    *out = (struct bylaw__sample_list){NULL, 0, NULL};
    if (!owner)
        return bylaw__fail_memory(err, path);
    tree = bylaw__yaml_read(&scratch, yaml, path, &complaints);
    if (tree)
        read_file(&reading, tree, rules, out);
    rc = bylaw__complaints_end(&complaints, err);
    if (scratch.failed || owner->failed || (!tree && !rc))
        rc = bylaw__fail_memory(err, path);
    out->owner = owner;
    if (rc)
        bylaw__samples_release(out);
    bylaw__map_release(&complaints.seen);
    bylaw__arena_release(&scratch);
    return rc;
}

void bylaw__samples_release(struct bylaw__sample_list *list)
{
    bylaw__owner_free(list->owner);
    *list = (struct bylaw__sample_list){NULL, 0, NULL};
}
