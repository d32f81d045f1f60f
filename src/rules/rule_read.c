/* SPDX-License-Identifier: Apache-2.0 */
/* The schema of a rule: its keys as tables, then what must fit together. */
#include "rules_int.h"

#include <stddef.h>

#define WORKS_MOST 1000000u

#define AT(member) offsetof(struct bylaw_rule, member)

/* ------------------------------------------------ captured, owner, time --- */

static const struct key_row captured_rows[] = {
    {"url", bylaw__read_url, AT(captured_url), true},
    {"date", bylaw__read_date, AT(captured_date), true},
    {"sha256", bylaw__read_sha256, AT(captured_sha256), false},
};

static void read_captured(struct reading *r, const struct yaml_node *value,
                          void *target)
{
    bylaw__read_mapping(r, value, captured_rows, COUNT_OF(captured_rows),
                        target);
}

/* ISO 8601 dates of equal length compare as text. */
static void check_order(struct reading *r, const struct yaml_node *node,
                        const char *from, const char *to)
{
    if (from && to && strcmp(from, to) > 0)
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.contradiction",
                        node->place, "it ends on %s, before it begins on %s",
                        to, from);
}

static const struct key_row valid_rows[] = {
    {"from", bylaw__read_date, AT(valid_from), false},
    {"to", bylaw__read_date, AT(valid_to), false},
};

static void read_valid(struct reading *r, const struct yaml_node *value,
                       void *target)
{
    struct bylaw_rule *rule = target;

    bylaw__read_mapping(r, value, valid_rows, COUNT_OF(valid_rows), rule);
    check_order(r, value, rule->valid_from, rule->valid_to);
}

static void read_domains(struct reading *r, const struct yaml_node *value,
                         void *target)
{
    struct bylaw_rule *rule = target;
    struct text_list list = bylaw__read_texts(r, value, bylaw__read_domain);

    rule->domains = list.items;
    rule->domain_count = list.count;
}

static void read_names_of(struct reading *r, const struct yaml_pair *pair,
                          struct bylaw_name *names, struct bylaw_rule *rule)
{
    const char *language = NULL;
    struct text_list list = bylaw__read_texts(r, pair->value, bylaw__read_text);

    /* "und" is BCP 47 for a name that belongs to no language. */
    if (bylaw__span_is(pair->key->text, "und"))
        language = "";
    else
        bylaw__read_language(r, pair->key, &language);
    for (size_t i = 0; i < list.count; i++)
        names[rule->name_count++] =
            (struct bylaw_name){language, list.items[i]};
}

static void read_names(struct reading *r, const struct yaml_node *value,
                       void *target)
{
    struct bylaw_rule *rule = target;
    struct bylaw_name *names;
    size_t count = 0;

    if (!bylaw__is_kind(r, value, YAML_MAPPING))
        return;
    for (size_t i = 0; i < value->count; i++)
        count += value->pairs[i].value->count;
    names = bylaw__arena_alloc_array(r->arena, count, sizeof(*names));
    rule->names = names;
    for (size_t i = 0; names && i < value->count; i++)
        read_names_of(r, &value->pairs[i], names, rule);
}

static const struct key_row owner_rows[] = {
    {"domains", read_domains, 0, false},
    {"names", read_names, 0, false},
    {"authors-too", bylaw__read_bool, AT(authors_too), false},
};

static void read_owner(struct reading *r, const struct yaml_node *value,
                       void *target)
{
    bylaw__read_mapping(r, value, owner_rows, COUNT_OF(owner_rows), target);
}

static const struct key_row contact_rows[] = {
    {"ask", bylaw__read_contact, AT(contact_ask), false},
    {"correct", bylaw__read_contact, AT(contact_correct), false},
};

static void read_contacts(struct reading *r, const struct yaml_node *value,
                          void *target)
{
    bylaw__read_mapping(r, value, contact_rows, COUNT_OF(contact_rows), target);
}

static const struct key_row time_rows[] = {
    {"delay", bylaw__read_duration, AT(delay), false},
    {"window", bylaw__read_duration, AT(window), false},
    {"remove-after", bylaw__read_duration, AT(remove_after), false},
    {"cure", bylaw__read_duration, AT(cure), false},
};

static void read_time(struct reading *r, const struct yaml_node *value,
                      void *target)
{
    bylaw__read_mapping(r, value, time_rows, COUNT_OF(time_rows), target);
}

static void read_works(struct reading *r, const struct yaml_node *value,
                       void *target)
{
    unsigned *out = target, works = 0;

    if (!bylaw__is_kind(r, value, YAML_SCALAR))
        return;
    for (size_t i = 0; i < value->text.len; i++) {
        char c = value->text.ptr[i];

        works = bylaw__is_digit(c) ? works * 10 + (unsigned)(c - '0') : 0;
        if (!works || works > WORKS_MOST)
            break;
    }
    if (works && works <= WORKS_MOST)
        *out = works;
    else
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.bad-value",
                        value->place, "\"%s\" is not a number from 1 to %u",
                        value->text.ptr, WORKS_MOST);
}

static void read_per(struct reading *r, const struct yaml_node *value,
                     void *target)
{
    static const char *const words[] = {"day", "week", "month", "year"};
    int i = bylaw__read_word(r, value, words, COUNT_OF(words));
    const char **out = target;

    if (i >= 0)
        *out = words[i];
}

static const struct key_row volume_rows[] = {
    {"works", read_works, AT(volume_works), true},
    {"per", read_per, AT(volume_per), true},
};

static void read_volume(struct reading *r, const struct yaml_node *value,
                        void *target)
{
    bylaw__read_mapping(r, value, volume_rows, COUNT_OF(volume_rows), target);
}

/* What a banner grants beyond the licence only lowers severity. */
static void read_informal(struct reading *r, const struct yaml_node *value,
                          void *target)
{
    static const struct key_row rows[] = {{"note", bylaw__read_text, 0, true}};
    const char *note = NULL;
    bool *out = target;

    bylaw__read_mapping(r, value, rows, COUNT_OF(rows), &note);
    *out = true;
}

/* ---------------------------------------------------- lists of mappings --- */

static void read_mark(struct reading *r, const struct yaml_node *value,
                      void *target)
{
    struct {
        const char *statement, *link;
    } read = {NULL, NULL};
    static const struct key_row rows[] = {
        {"statement", bylaw__read_text, 0, false},
        {"link", bylaw__read_text, sizeof(const char *), false},
    };
    struct bylaw_mark *mark = target;

    bylaw__read_mapping(r, value, rows, COUNT_OF(rows), &read);
    if (value->kind == YAML_MAPPING && value->count != 1)
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.contradiction",
                        value->place,
                        "each entry is either a statement or a link");
    mark->is_link = read.link != NULL;
    mark->text = read.link ? read.link : read.statement;
}

static void read_marks(struct reading *r, const struct yaml_node *value,
                       void *target)
{
    struct bylaw_rule *rule = target;

    rule->marks = bylaw__read_list(r, value, sizeof(*rule->marks), read_mark,
                                   &rule->mark_count);
}

static void read_furniture(struct reading *r, const struct yaml_node *value,
                           void *target)
{
    struct bylaw_rule *rule = target;
    struct text_list list = bylaw__read_texts(r, value, bylaw__read_text);

    rule->furniture = list.items;
    rule->furniture_count = list.count;
}

static const struct key_row partner_rows[] = {
    {"domain", bylaw__read_domain, offsetof(struct bylaw_partner, domain),
     true},
    {"from", bylaw__read_date, offsetof(struct bylaw_partner, from), false},
    {"to", bylaw__read_date, offsetof(struct bylaw_partner, to), false},
};

static void read_partner(struct reading *r, const struct yaml_node *value,
                         void *target)
{
    struct bylaw_partner *partner = target;

    bylaw__read_mapping(r, value, partner_rows, COUNT_OF(partner_rows),
                        partner);
    check_order(r, value, partner->from, partner->to);
}

static void read_partners(struct reading *r, const struct yaml_node *value,
                          void *target)
{
    struct bylaw_rule *rule = target;

    rule->partners = bylaw__read_list(r, value, sizeof(*rule->partners),
                                      read_partner, &rule->partner_count);
}

/* Names of actions in ODRL 2.2, of those that fit an article. */
static void read_action(struct reading *r, const struct yaml_node *value,
                        void *target)
{
    static const char *const words[] = {
        "reproduce", "distribute", "derive",      "modify", "translate",
        "extract",   "present",    "display",     "print",  "index",
        "archive",   "aggregate",  "textToSpeech"};
    int i = bylaw__read_word(r, value, words, COUNT_OF(words));
    const char **out = target;

    if (i >= 0)
        *out = words[i];
}

static const struct key_row grant_rows[] = {
    {"action", read_action, offsetof(struct bylaw_grant, action), true},
    {"where", bylaw__read_text, offsetof(struct bylaw_grant, where), false},
};

static void read_grant(struct reading *r, const struct yaml_node *value,
                       void *target)
{
    bylaw__read_mapping(r, value, grant_rows, COUNT_OF(grant_rows), target);
}

static void read_grants(struct reading *r, const struct yaml_node *value,
                        void *target)
{
    struct bylaw_rule *rule = target;

    rule->grants = bylaw__read_list(r, value, sizeof(*rule->grants), read_grant,
                                    &rule->grant_count);
}

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

#define SAMPLE_AT(member) offsetof(struct bylaw_sample, member)

static const struct key_row sample_rows[] = {
    {"file", bylaw__read_text, SAMPLE_AT(file), true},
    {"expect", read_expect, SAMPLE_AT(expect), true},
    {"source", bylaw__read_text, SAMPLE_AT(source), false},
    {"url", bylaw__read_url, SAMPLE_AT(url), false},
    {"breaks", bylaw__read_text, SAMPLE_AT(breaks), false},
};

static void read_sample(struct reading *r, const struct yaml_node *value,
                        void *target)
{
    bylaw__read_mapping(r, value, sample_rows, COUNT_OF(sample_rows), target);
}

static void read_samples(struct reading *r, const struct yaml_node *value,
                         void *target)
{
    struct bylaw_rule *rule = target;

    rule->samples = bylaw__read_list(r, value, sizeof(*rule->samples),
                                     read_sample, &rule->sample_count);
}

static void read_change(struct reading *r, const struct yaml_node *value,
                        void *target)
{
    const char *words[BYLAW_CHANGE_SUBSTANTIVE];
    const char **out = target;
    int i;

    for (i = 0; i < BYLAW_CHANGE_SUBSTANTIVE; i++)
        words[i] = bylaw_edit_class_name((enum bylaw_edit_class)(i + 1));
    i = bylaw__read_word(r, value, words, COUNT_OF(words));
    if (i >= 0)
        *out = words[i];
}

static void read_changes(struct reading *r, const struct yaml_node *value,
                         void *target)
{
    struct bylaw_rule *rule = target;
    struct text_list list = bylaw__read_texts(r, value, read_change);

    rule->permitted_changes = list.items;
    rule->permitted_change_count = list.count;
}

static void read_any_of_group(struct reading *r, const struct yaml_node *value,
                              void *target)
{
    struct bylaw_any_of *group = target;
    struct text_list list = bylaw__read_texts(r, value, bylaw__read_text);

    group->ids = list.items;
    group->count = list.count;
    if (value->kind == YAML_LIST && value->count < 2)
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.contradiction",
                        value->place,
                        "a group of which one suffices needs two terms");
}

static void read_any_of(struct reading *r, const struct yaml_node *value,
                        void *target)
{
    struct bylaw_rule *rule = target;

    rule->any_of = bylaw__read_list(r, value, sizeof(*rule->any_of),
                                    read_any_of_group, &rule->any_of_count);
}

/* Slots are words in braces; an unknown one would never be filled. */
static void check_slots(struct reading *r, const struct yaml_node *value)
{
    static const char *const slots[] = {"publisher", "author", "title"};
    struct bylaw_span rest = value->text;

    for (;;) {
        size_t open = bylaw__span_find(rest, BYLAW__SPAN("{"));
        size_t close;
        struct yaml_node slot = *value;

        if (open == SIZE_MAX)
            return;
        rest = bylaw__span_sub(rest, open + 1, rest.len);
        close = bylaw__span_find(rest, BYLAW__SPAN("}"));
        if (close == SIZE_MAX)
            close = rest.len;
        slot.text =
            bylaw__arena_span(r->arena, bylaw__span_sub(rest, 0, close));
        if (!slot.text.ptr)
            return;
        (void)bylaw__read_word(r, &slot, slots, COUNT_OF(slots));
        rest = bylaw__span_sub(rest, close, rest.len);
    }
}

static void read_template_text(struct reading *r, const struct yaml_node *value,
                               void *target)
{
    bylaw__read_text(r, value, target);
    if (value->kind == YAML_SCALAR)
        check_slots(r, value);
}

static void read_satisfies(struct reading *r, const struct yaml_node *value,
                           void *target)
{
    struct bylaw_template *template = target;
    struct text_list list = bylaw__read_texts(r, value, bylaw__read_text);

    template->satisfies = list.items;
    template->satisfies_count = list.count;
}

static const struct key_row template_rows[] = {
    {"lang", bylaw__read_language, offsetof(struct bylaw_template, language),
     true},
    {"text", read_template_text, offsetof(struct bylaw_template, text), true},
    {"satisfies", read_satisfies, 0, true},
};

static void read_template(struct reading *r, const struct yaml_node *value,
                          void *target)
{
    bylaw__read_mapping(r, value, template_rows, COUNT_OF(template_rows),
                        target);
}

static void read_templates(struct reading *r, const struct yaml_node *value,
                           void *target)
{
    struct bylaw_rule *rule = target;

    rule->templates = bylaw__read_list(r, value, sizeof(*rule->templates),
                                       read_template, &rule->template_count);
}

/* -------------------------------------------------------------- the rule --- */

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
    {"captured", read_captured, 0, true},
    {"valid", read_valid, 0, false},
    {"owner", read_owner, 0, false},
    {"recognise", read_marks, 0, false},
    {"furniture", read_furniture, 0, false},
    {"contacts", read_contacts, 0, false},
    {"partners", read_partners, 0, false},
    {"grants", read_grants, 0, false},
    {"duties", read_later, 0, false},
    {"prohibitions", read_later, 0, false},
    {"requests", read_later, 0, false},
    {"any-of", read_any_of, 0, false},
    {"templates", read_templates, 0, false},
    {"permitted-changes", read_changes, 0, false},
    {"time", read_time, 0, false},
    {"volume", read_volume, 0, false},
    {"informal-permission", read_informal, AT(has_informal_permission), false},
    {"samples", read_samples, 0, false},
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

/* any-of groups, templates and samples speak of terms by their ids. */
static void check_references(struct reading *r, const struct rule_file *file,
                             const struct bylaw_rule *rule)
{
    static const struct {
        const char *list, *key; /* key NULL: the item is itself the list */
    } places[] = {{"any-of", NULL},
                  {"templates", "satisfies"},
                  {"samples", "breaks"}};

    for (size_t p = 0; p < COUNT_OF(places); p++) {
        const struct yaml_node *list =
            bylaw__yaml_get(file->merged, places[p].list);

        for (size_t i = 0; list && list->kind == YAML_LIST && i < list->count;
             i++) {
            const struct yaml_node *item = list->pairs[i].value;

            if (places[p].key)
                item = item->kind == YAML_MAPPING
                           ? bylaw__yaml_get(item, places[p].key)
                           : NULL;
            check_reference_list(r, rule, item);
            if (item && places[p].key)
                check_reference(r, rule, item);
        }
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

void bylaw__rule_read(struct reading *r, const struct rule_file *file,
                      struct bylaw_rule *rule)
{
    read_rule_keys(r, file, rule);
    bylaw__terms_read(r, file->merged, rule);
    check_references(r, file, rule);
    check_hash(r, file, rule);
    rule->file = bylaw__arena_strdup(r->arena, file->path);
    memcpy(rule->sha256, file->sha256, sizeof(rule->sha256));
    memcpy(rule->version, file->sha256, sizeof(rule->version) - 1);
}
