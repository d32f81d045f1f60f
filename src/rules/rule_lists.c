/* SPDX-License-Identifier: Apache-2.0 */
/* A rule's parts that are lists: marks, partners, templates ... */
#include "rules_int.h"

#include <stddef.h>

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

void bylaw__rule_marks(struct reading *r, const struct yaml_node *value,
                       void *target)
{
    struct bylaw_rule *rule = target;

    rule->marks = bylaw__read_list(r, value, sizeof(*rule->marks), read_mark,
                                   &rule->mark_count);
}

void bylaw__rule_furniture(struct reading *r, const struct yaml_node *value,
                           void *target)
{
    struct bylaw_rule *rule = target;
    struct text_list list = bylaw__read_texts(r, value, bylaw__read_text);

    rule->furniture = list.items;
    rule->furniture_count = list.count;
}

/* One key that says by what the articles are known. */
static void read_exclusion(struct reading *r, const struct yaml_node *value,
                           void *target)
{
    const char *read[BYLAW_EXCLUDES_ADDRESS + 1] = {NULL};
    static const struct key_row rows[] = {
        {"author", bylaw__read_text,
         BYLAW_EXCLUDES_AUTHOR * sizeof(const char *), false},
        {"publisher", bylaw__read_text,
         BYLAW_EXCLUDES_PUBLISHER * sizeof(const char *), false},
        {"statement", bylaw__read_text,
         BYLAW_EXCLUDES_STATEMENT * sizeof(const char *), false},
        {"address", bylaw__read_text,
         BYLAW_EXCLUDES_ADDRESS * sizeof(const char *), false},
    };
    struct bylaw_exclusion *exclusion = target;

    bylaw__read_mapping(r, value, rows, COUNT_OF(rows), read);
    if (value->kind == YAML_MAPPING && value->count != 1)
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.contradiction",
                        value->place,
                        "each entry is one of author, publisher, statement or "
                        "address");
    for (size_t i = 0; i < COUNT_OF(read); i++)
        if (read[i])
            *exclusion =
                (struct bylaw_exclusion){(enum bylaw_exclusion_kind)i, read[i]};
}

void bylaw__rule_excludes(struct reading *r, const struct yaml_node *value,
                          void *target)
{
    struct bylaw_rule *rule = target;

    rule->exclusions = bylaw__read_list(r, value, sizeof(*rule->exclusions),
                                        read_exclusion, &rule->exclusion_count);
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
    bylaw__check_order(r, value, partner->from, partner->to);
}

void bylaw__rule_partners(struct reading *r, const struct yaml_node *value,
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

void bylaw__rule_grants(struct reading *r, const struct yaml_node *value,
                        void *target)
{
    struct bylaw_rule *rule = target;

    rule->states_grants = true;
    rule->grants = bylaw__read_list(r, value, sizeof(*rule->grants), read_grant,
                                    &rule->grant_count);
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

void bylaw__rule_changes(struct reading *r, const struct yaml_node *value,
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

void bylaw__rule_any_of(struct reading *r, const struct yaml_node *value,
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

void bylaw__rule_templates(struct reading *r, const struct yaml_node *value,
                           void *target)
{
    struct bylaw_rule *rule = target;

    rule->templates = bylaw__read_list(r, value, sizeof(*rule->templates),
                                       read_template, &rule->template_count);
}
