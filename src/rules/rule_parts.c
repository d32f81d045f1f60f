/* SPDX-License-Identifier: Apache-2.0 */
/* A rule's parts that are one mapping: where it was read, owner, time ... */
#include "rules_int.h"

#include <stddef.h>

#define WORKS_MOST 1000000u

#define AT(member) offsetof(struct bylaw_rule, member)

static const struct key_row captured_rows[] = {
    {"url", bylaw__read_url, AT(captured_url), true},
    {"date", bylaw__read_date, AT(captured_date), true},
    {"sha256", bylaw__read_sha256, AT(captured_sha256), false},
};

void bylaw__rule_captured(struct reading *r, const struct yaml_node *value,
                          void *target)
{
    bylaw__read_mapping(r, value, captured_rows, COUNT_OF(captured_rows),
                        target);
}

/* ISO 8601 dates of equal length compare as text. */
void bylaw__check_order(struct reading *r, const struct yaml_node *node,
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

void bylaw__rule_valid(struct reading *r, const struct yaml_node *value,
                       void *target)
{
    struct bylaw_rule *rule = target;

    bylaw__read_mapping(r, value, valid_rows, COUNT_OF(valid_rows), rule);
    bylaw__check_order(r, value, rule->valid_from, rule->valid_to);
}

static void read_domains(struct reading *r, const struct yaml_node *value,
                         void *target)
{
    struct bylaw_rule *rule = target;
    struct text_list list = bylaw__read_texts(r, value, bylaw__read_domain);

    rule->domains = list.items;
    rule->domain_count = list.count;
}

static const struct key_row name_rows[] = {
    {"name", bylaw__read_text, offsetof(struct bylaw_name, text), true},
    {"from", bylaw__read_date, offsetof(struct bylaw_name, from), false},
    {"to", bylaw__read_date, offsetof(struct bylaw_name, to), false},
};

/* A name, or one that was borne for a time. */
static void read_name(struct reading *r, const struct yaml_node *value,
                      void *target)
{
    struct bylaw_name *name = target;

    if (value->kind != YAML_MAPPING) {
        bylaw__read_text(r, value, &name->text);
        return;
    }
    bylaw__read_mapping(r, value, name_rows, COUNT_OF(name_rows), name);
    bylaw__check_order(r, value, name->from, name->to);
}

static void read_names_of(struct reading *r, const struct yaml_pair *pair,
                          struct bylaw_name *names, struct bylaw_rule *rule)
{
    const char *language = NULL;
    size_t count = 0;
    const struct bylaw_name *items =
        bylaw__read_list(r, pair->value, sizeof(*items), read_name, &count);

    /* "und" is BCP 47 for a name that belongs to no language. */
    if (bylaw__span_is(pair->key->text, "und"))
        language = "";
    else
        bylaw__read_language(r, pair->key, &language);
    for (size_t i = 0; i < count; i++) {
        if (!items[i].text)
            continue;
        names[rule->name_count] = items[i];
        names[rule->name_count++].language = language;
    }
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
    /* A key given twice is complained of, but read twice all the same. */
    rule->names = names;
    rule->name_count = 0;
    for (size_t i = 0; names && i < value->count; i++)
        read_names_of(r, &value->pairs[i], names, rule);
}

static const struct key_row owner_rows[] = {
    {"domains", read_domains, 0, false},
    {"names", read_names, 0, false},
    {"authors-too", bylaw__read_bool, AT(authors_too), false},
};

void bylaw__rule_owner(struct reading *r, const struct yaml_node *value,
                       void *target)
{
    bylaw__read_mapping(r, value, owner_rows, COUNT_OF(owner_rows), target);
}

static const struct key_row contact_rows[] = {
    {"ask", bylaw__read_contact, AT(contact_ask), false},
    {"correct", bylaw__read_contact, AT(contact_correct), false},
};

void bylaw__rule_contacts(struct reading *r, const struct yaml_node *value,
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

void bylaw__rule_time(struct reading *r, const struct yaml_node *value,
                      void *target)
{
    bylaw__read_mapping(r, value, time_rows, COUNT_OF(time_rows), target);
}

void bylaw__read_works(struct reading *r, const struct yaml_node *value,
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
    {"works", bylaw__read_works, AT(volume_works), true},
    {"per", read_per, AT(volume_per), true},
};

void bylaw__rule_volume(struct reading *r, const struct yaml_node *value,
                        void *target)
{
    bylaw__read_mapping(r, value, volume_rows, COUNT_OF(volume_rows), target);
}

/* What a banner grants beyond the licence only lowers severity. */
void bylaw__rule_informal(struct reading *r, const struct yaml_node *value,
                          void *target)
{
    static const struct key_row rows[] = {{"note", bylaw__read_text, 0, true}};
    struct bylaw_rule *rule = target;
    const char *note = NULL;

    bylaw__read_mapping(r, value, rows, COUNT_OF(rows), &note);
    rule->has_informal_permission = true;
}
