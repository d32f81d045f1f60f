/* SPDX-License-Identifier: Apache-2.0 */
/* The schema of a rule: its keys as a table, then what must fit together. */
#include "rules_int.h"

#include <stddef.h>

#define AT(member) offsetof(struct bylaw_rule, member)

static void read_status(struct reading *r, const struct yaml_node *value,
                        void *target)
{
    static const char *const words[] = {"verified", "provisional"};
    int i = bylaw__read_word(r, value, words, COUNT_OF(words));
    const char **out = target;

    if (i >= 0)
        *out = words[i];
}

/* Null says that there is no family; which one was found out before. */
static void read_extends(struct reading *r, const struct yaml_node *value,
                         void *target)
{
    if (!value->is_null)
        bylaw__read_id(r, value, target);
}

/* Terms are read together, for their ids must differ among all three lists. */
static void read_later(struct reading *r, const struct yaml_node *value,
                       void *target)
{
    (void)target;
    (void)bylaw__is_kind(r, value, YAML_LIST);
}

static const struct key_row rule_rows[] = {
    {"id", bylaw__read_id, AT(id), true},
    {"extends", read_extends, AT(extends), false},
    {"status", read_status, AT(status), true},
    {"title", bylaw__read_text, AT(title), true},
    {"licence", bylaw__read_licence, AT(licence), true},
    {"captured", bylaw__rule_captured, 0, true},
    {"series", bylaw__read_id, AT(series), false},
    {"valid", bylaw__rule_valid, 0, false},
    {"owner", bylaw__rule_owner, 0, false},
    {"recognise", bylaw__rule_marks, 0, false},
    {"furniture", bylaw__rule_furniture, 0, false},
    {"contacts", bylaw__rule_contacts, 0, false},
    {"partners", bylaw__rule_partners, 0, false},
    {"grants", bylaw__rule_grants, 0, false},
    {"excludes", bylaw__rule_excludes, 0, false},
    {"duties", read_later, 0, false},
    {"prohibitions", read_later, 0, false},
    {"requests", read_later, 0, false},
    {"any-of", bylaw__rule_any_of, 0, false},
    {"templates", bylaw__rule_templates, 0, false},
    {"permitted-changes", bylaw__rule_changes, 0, false},
    {"time", bylaw__rule_time, 0, false},
    {"volume", bylaw__rule_volume, 0, false},
    {"informal-permission", bylaw__rule_informal, 0, false},
    {"samples", bylaw__rule_samples, 0, false},
};

#define RULE_ROW_COUNT COUNT_OF(rule_rows)

/* A family need not be whole: only its id is asked for. */
static void read_rule_keys(struct reading *r, const struct rule_file *file,
                           struct bylaw_rule *rule)
{
    struct key_row rows[RULE_ROW_COUNT];

    memcpy(rows, rule_rows, sizeof(rows));
    for (size_t i = 1; file->is_family && i < RULE_ROW_COUNT; i++)
        rows[i].is_required = false;
    bylaw__read_mapping(r, file->merged, rows, RULE_ROW_COUNT, rule);
}

static bool has_term(const struct bylaw_rule *rule, struct bylaw_span id)
{
    for (size_t i = 0; i < rule->term_count; i++)
        if (rule->terms[i].id && bylaw__span_is(id, rule->terms[i].id))
            return true;
    return false;
}

static void check_reference(struct reading *r, const struct bylaw_rule *rule,
                            const struct yaml_node *id)
{
    if (id && id->kind == YAML_SCALAR && !id->is_null &&
        !has_term(rule, id->text))
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.no-such-term",
                        id->place, "this rule has no term \"%s\"",
                        id->text.ptr);
}

static void check_reference_list(struct reading *r,
                                 const struct bylaw_rule *rule,
                                 const struct yaml_node *list)
{
    for (size_t i = 0; list && list->kind == YAML_LIST && i < list->count; i++)
        check_reference(r, rule, list->pairs[i].value);
}

void bylaw__check_sample_terms(struct reading *r, const struct bylaw_rule *rule,
                               const struct yaml_node *sample)
{
    const struct yaml_node *breaks, *finds;

    if (sample->kind != YAML_MAPPING)
        return;
    breaks = bylaw__yaml_get(sample, "breaks");
    finds = bylaw__yaml_get(sample, "finds");
    check_reference(r, rule, breaks);
    check_reference_list(r, rule, breaks);
    for (size_t i = 0; finds && finds->kind == YAML_MAPPING && i < finds->count;
         i++)
        check_reference(r, rule, finds->pairs[i].key);
}

static void check_template(struct reading *r, const struct bylaw_rule *rule,
                           const struct yaml_node *template)
{
    if (template->kind == YAML_MAPPING)
        check_reference_list(r, rule, bylaw__yaml_get(template, "satisfies"));
}

/* any-of groups, templates and samples speak of terms by their ids. */
static void check_references(struct reading *r, const struct rule_file *file,
                             const struct bylaw_rule *rule)
{
    static const struct {
        const char *list;
        void (*check)(struct reading *r, const struct bylaw_rule *rule,
                      const struct yaml_node *item);
    } places[] = {{"any-of", check_reference_list},
                  {"templates", check_template},
                  {"samples", bylaw__check_sample_terms}};

    for (size_t p = 0; p < COUNT_OF(places); p++) {
        const struct yaml_node *list =
            bylaw__yaml_get(file->merged, places[p].list);

        for (size_t i = 0; list && list->kind == YAML_LIST && i < list->count;
             i++)
            places[p].check(r, rule, list->pairs[i].value);
    }
}

static void check_hash(struct reading *r, const struct rule_file *file,
                       const struct bylaw_rule *rule)
{
    const struct yaml_node *captured =
        bylaw__yaml_get(file->merged, "captured");

    if (captured && !rule->captured_sha256 && rule->status &&
        !strcmp(rule->status, "verified"))
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.contradiction",
                        captured->place,
                        "a verified rule needs the sha256 of the text it was "
                        "read from; without it, it is provisional");
}

/* A time or a number that no term asks about would seem to bind and does not:
 * whoever wrote it meant it to be watched. */
static void check_limits(struct reading *r, const struct rule_file *file,
                         const struct bylaw_rule *rule)
{
    const struct {
        const char *map, *key, *term;
        bool is_set;
    } limits[] = {
        {"time", "delay", "time.delay", rule->delay != NULL},
        {"time", "window", "time.window", rule->window != NULL},
        {"time", "remove-after", "time.remove", rule->remove_after != NULL},
        {"volume", "works", "no.bulk", rule->volume_works && rule->volume_per},
    };

    for (size_t i = 0; !file->is_family && i < COUNT_OF(limits); i++)
        if (limits[i].is_set && !has_term(rule, bylaw__span_of(limits[i].term)))
            bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.idle-limit",
                            bylaw__yaml_get(bylaw__yaml_get(file->merged,
                                                            limits[i].map),
                                            limits[i].key)
                                ->place,
                            "%s: %s binds nobody, as the rule has no term %s",
                            limits[i].map, limits[i].key, limits[i].term);
}

void bylaw__rule_read(struct reading *r, const struct rule_file *file,
                      struct bylaw_rule *rule)
{
    read_rule_keys(r, file, rule);
    bylaw__terms_read(r, file->merged, rule);
    check_references(r, file, rule);
    check_hash(r, file, rule);
    check_limits(r, file, rule);
    rule->file = bylaw__arena_strdup(r->arena, file->path);
    rule->text = file->text;
    memcpy(rule->sha256, file->sha256, sizeof(rule->sha256));
    memcpy(rule->version, file->sha256, sizeof(rule->version) - 1);
}
