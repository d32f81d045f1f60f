/* SPDX-License-Identifier: Apache-2.0 */
/* Duties, prohibitions and requests, each checked against its table row. */
#include "rules_int.h"

#define SEVERITY_MOST 5

/* Harm where the rule does not say: an unmet must outweighs a wish. */
static const int default_severity[] = {
    [BYLAW_FORCE_MAY] = 1, [BYLAW_FORCE_SHOULD] = 2, [BYLAW_FORCE_MUST] = 3};

/* Parameters that every term takes, whatever its table says. */
static const char *const common_params[] = {"one-link", "if-supplied"};

static const char *const yes_no[] = {"yes", "no", NULL};
static const char *const places[] = {"top",    "bottom",          "both",
                                     "byline", "first-paragraph", NULL};
static const char *const whats[] = {"publisher", "author", "link", "line",
                                    NULL};
static const char *const periods[] = {"day", "week", "month", "year", NULL};
static const char *const targets[] = {"article", "home", "either", "both",
                                      NULL};

/* Parameters with a closed set of values; the others take any text. */
static const struct {
    const char *param;
    const char *const *values; /* NULL-terminated */
} closed_params[] = {
    {"one-link", yes_no}, {"if-supplied", yes_no}, {"all", yes_no},
    {"noindex", yes_no},  {"at", places},          {"what", whats},
    {"target", targets},  {"per", periods},
};

static void read_count(struct reading *r, const struct yaml_node *value,
                       void *target);

/* Parameters that hold a number or a length of time. */
static const struct {
    const char *param;
    read_fn *read; /* target: const char * */
} typed_params[] = {
    {"words", read_count},         {"paragraphs", read_count},
    {"percent", read_count},       {"works", read_count},
    {"within", read_count},        {"share", read_count},
    {"for", bylaw__read_duration},
};

/* A term while it is read, with what decides how its keys are read. */
struct term_draft {
    struct bylaw_term term;
    const struct bylaw__term_spec *spec;
    const struct yaml_node *node;
    bool has_force, has_basis, has_severity;
};

static void read_force(struct reading *r, const struct yaml_node *value,
                       void *target)
{
    static const char *const words[] = {"may", "should", "must"};
    struct term_draft *draft = target;
    int i = bylaw__read_word(r, value, words, COUNT_OF(words));

    draft->has_force = true;
    if (i >= 0)
        draft->term.force = (enum bylaw_force)i;
    if (draft->term.kind == BYLAW_TERM_REQUEST && i == BYLAW_FORCE_MUST)
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.contradiction",
                        value->place,
                        "a request cannot be a must: make it a duty, or "
                        "write \"should\" or \"may\"");
}

static void read_basis(struct reading *r, const struct yaml_node *value,
                       void *target)
{
    static const char *const words[] = {"request", "policy", "licence"};
    struct term_draft *draft = target;
    int i = bylaw__read_word(r, value, words, COUNT_OF(words));

    draft->has_basis = true;
    if (i >= 0)
        draft->term.basis = (enum bylaw_basis)i;
    if (draft->term.kind == BYLAW_TERM_REQUEST && i > BYLAW_BASIS_REQUEST)
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.contradiction",
                        value->place,
                        "a request's basis is \"request\": what a licence or "
                        "policy asks is a duty");
}

static void read_severity(struct reading *r, const struct yaml_node *value,
                          void *target)
{
    struct term_draft *draft = target;

    draft->has_severity = true;
    if (!bylaw__is_kind(r, value, YAML_SCALAR))
        return;
    if (value->text.len == 1 && bylaw__is_digit(value->text.ptr[0]) &&
        value->text.ptr[0] - '0' <= SEVERITY_MOST)
        draft->term.severity = value->text.ptr[0] - '0';
    else
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.bad-value",
                        value->place, "\"%s\" is not a severity from 0 to %d",
                        value->text.ptr, SEVERITY_MOST);
}

static void read_decide(struct reading *r, const struct yaml_node *value,
                        void *target)
{
    static const char *const words[] = {"auto", "assist", "human"};
    struct term_draft *draft = target;
    int i = bylaw__read_word(r, value, words, COUNT_OF(words));

    if (i >= 0)
        draft->term.decide = (enum bylaw_decide)i;
}

static void read_note(struct reading *r, const struct yaml_node *value,
                      void *target)
{
    struct term_draft *draft = target;

    bylaw__read_text(r, value, &draft->term.note);
}

static void read_term_id(struct reading *r, const struct yaml_node *value,
                         void *target)
{
    struct term_draft *draft = target;

    bylaw__read_text(r, value, &draft->term.id);
}

static const struct key_row term_rows[] = {
    {"id", read_term_id, 0, true},         {"force", read_force, 0, false},
    {"basis", read_basis, 0, false},       {"decide", read_decide, 0, false},
    {"severity", read_severity, 0, false}, {"note", read_note, 0, false},
};

static const struct key_row *find_term_row(struct bylaw_span key)
{
    for (size_t i = 0; i < COUNT_OF(term_rows); i++)
        if (bylaw__span_is(key, term_rows[i].key))
            return &term_rows[i];
    return NULL;
}

/* Of all the keys that this term takes, the one nearest to a wrong key. */
static const char *nearest_key(const struct term_draft *draft,
                               struct bylaw_span key)
{
    const char *const *own = draft->spec->params;
    size_t own_count = 0;
    const char *near;

    while (own && own[own_count])
        own_count++;
    near = bylaw__nearest(key, term_rows, COUNT_OF(term_rows),
                          sizeof(term_rows[0]));
    if (!near)
        near = bylaw__nearest(key, own, own_count, sizeof(*own));
    if (!near)
        near = bylaw__nearest(key, common_params, COUNT_OF(common_params),
                              sizeof(common_params[0]));
    return near;
}

static bool is_param(const struct term_draft *draft, struct bylaw_span key)
{
    const char *const *own = draft->spec ? draft->spec->params : NULL;

    for (size_t i = 0; i < COUNT_OF(common_params); i++)
        if (bylaw__span_is(key, common_params[i]))
            return true;
    for (; own && *own; own++)
        if (bylaw__span_is(key, *own))
            return true;
    return false;
}

static const char *const *values_of(struct bylaw_span param)
{
    for (size_t i = 0; i < COUNT_OF(closed_params); i++)
        if (bylaw__span_is(param, closed_params[i].param))
            return closed_params[i].values;
    return NULL;
}

/* YAML's own true and false become the words that parameters use. */
static struct bylaw_span plain_word(const struct yaml_node *value)
{
    if (value->is_plain && bylaw__span_is(value->text, "true"))
        return BYLAW__SPAN("yes");
    if (value->is_plain && bylaw__span_is(value->text, "false"))
        return BYLAW__SPAN("no");
    return value->text;
}

static void check_param_value(struct reading *r, const struct yaml_node *value,
                              const char *const *values)
{
    size_t count = 0;
    struct bylaw_span word = plain_word(value);

    while (values[count]) {
        if (bylaw__span_is(word, values[count]))
            return;
        count++;
    }
    (void)bylaw__read_word(r, value, values, count);
}

/* A list's items joined by newlines; an item cannot hold one itself. */
static const char *join_items(struct reading *r, const struct yaml_node *list)
{
    struct bylaw__buf joined;
    const char *text;

    bylaw__buf_init(&joined, BYLAW_LIMIT_RULE_BYTES * 2);
    for (size_t i = 0; i < list->count; i++) {
        const struct yaml_node *item = list->pairs[i].value;

        if (!bylaw__is_kind(r, item, YAML_SCALAR))
            continue;
        if (memchr(item->text.ptr, '\n', item->text.len))
            bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.bad-value",
                            item->place, "an item holds a line break");
        if (joined.len)
            bylaw__buf_add_char(&joined, '\n');
        bylaw__buf_add_span(&joined, item->text);
    }
    text = bylaw__arena_copy(r->arena, bylaw__buf_span(&joined));
    if (joined.failed)
        r->arena->failed = true;
    bylaw__buf_release(&joined);
    return text;
}

#define COUNT_DIGITS 6

/* 1 to 999999. */
static void read_count(struct reading *r, const struct yaml_node *value,
                       void *target)
{
    const char **out = target;
    size_t digits = 0;

    if (!bylaw__is_kind(r, value, YAML_SCALAR))
        return;
    while (digits < value->text.len &&
           bylaw__is_digit((unsigned char)value->text.ptr[digits]))
        digits++;
    if (!digits || digits != value->text.len || digits > COUNT_DIGITS ||
        *value->text.ptr == '0')
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.bad-value",
                        value->place, "\"%s\" is not a number from 1 on",
                        value->text.ptr);
    else
        *out = value->text.ptr;
}

static read_fn *reader_of(struct bylaw_span param)
{
    for (size_t i = 0; i < COUNT_OF(typed_params); i++)
        if (bylaw__span_is(param, typed_params[i].param))
            return typed_params[i].read;
    return NULL;
}

static void read_param(struct reading *r, const struct yaml_pair *pair,
                       struct bylaw_param *out)
{
    const char *const *values = values_of(pair->key->text);
    const struct yaml_node *value = pair->value;
    read_fn *read = reader_of(pair->key->text);

    out->name = bylaw__arena_copy(r->arena, pair->key->text);
    out->value = "";
    if (read) {
        const char *text = NULL;

        read(r, value, &text);
        out->value = bylaw__arena_strdup(r->arena, text ? text : "");
    } else if (value->kind == YAML_LIST && !values) {
        out->value = join_items(r, value);
    } else if (bylaw__is_kind(r, value, YAML_SCALAR)) {
        if (values)
            check_param_value(r, value, values);
        out->value = bylaw__arena_copy(r->arena, plain_word(value));
    }
}

static void complain_key(struct reading *r, const struct term_draft *draft,
                         const struct yaml_node *key)
{
    const char *near = nearest_key(draft, key->text);

    if (near)
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.unknown-param",
                        key->place,
                        "%s takes no \"%s\"; did you mean "
                        "\"%s\"?",
                        draft->spec->id, key->text.ptr, near);
    else
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.unknown-param",
                        key->place, "%s takes no \"%s\"", draft->spec->id,
                        key->text.ptr);
}

static void read_keys(struct reading *r, struct term_draft *draft)
{
    struct bylaw_param *params =
        bylaw__arena_alloc_array(r->arena, draft->node->count, sizeof(*params));

    draft->term.params = params;
    for (size_t i = 0; params && i < draft->node->count; i++) {
        const struct yaml_pair *pair = &draft->node->pairs[i];
        const struct key_row *row = find_term_row(pair->key->text);

        if (row)
            row->read(r, pair->value, draft);
        else if (is_param(draft, pair->key->text))
            read_param(r, pair, &params[draft->term.param_count++]);
        else if (draft->spec) /* else nobody knows what it takes */
            complain_key(r, draft, pair->key);
    }
}

static const struct bylaw__term_spec *find_spec(const struct reading *r,
                                                struct bylaw_span id)
{
    for (size_t i = 0; i < r->spec_count; i++)
        if (bylaw__span_is(id, r->specs[i].id))
            return &r->specs[i];
    return NULL;
}

static void complain_unknown_term(struct reading *r, const struct yaml_node *id)
{
    const char *near = bylaw__vocabulary_nearest(id->text);

    if (bylaw__vocabulary_kind(id->text.ptr))
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.term-undecided",
                        id->place,
                        "term \"%s\" is known, but this version "
                        "cannot decide it",
                        id->text.ptr);
    else if (near)
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.term-unknown",
                        id->place,
                        "there is no term \"%s\"; did you mean "
                        "\"%s\"?",
                        id->text.ptr, near);
    else
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.term-unknown",
                        id->place, "there is no term \"%s\"", id->text.ptr);
}

/* What may be required may also be requested, but not what is forbidden. */
static void check_kind(struct reading *r, const struct yaml_node *id,
                       enum bylaw_term_kind list, enum bylaw_term_kind kind)
{
    if (list == BYLAW_TERM_REQUEST)
        list = BYLAW_TERM_DUTY;
    if (kind != list)
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.term-kind",
                        id->place,
                        "\"%s\" is a %s and cannot stand in this "
                        "list",
                        id->text.ptr, bylaw_term_kind_name(kind));
}

static void find_term(struct reading *r, struct term_draft *draft)
{
    const struct yaml_node *id = bylaw__yaml_get(draft->node, "id");

    if (!id) {
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.missing-key",
                        draft->node->place, "key \"id\" is missing");
        return;
    }
    if (id->kind != YAML_SCALAR || id->is_null)
        return; /* its reader says so */
    draft->spec = find_spec(r, id->text);
    draft->term.id = bylaw__arena_copy(r->arena, id->text);
    if (draft->spec)
        check_kind(r, id, draft->term.kind, draft->spec->kind);
    else
        complain_unknown_term(r, id);
}

static void require_key(struct reading *r, const struct term_draft *draft,
                        bool has, const char *key)
{
    if (!has)
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.missing-key",
                        draft->node->place, "key \"%s\" is missing", key);
}

static void check_duplicate(struct reading *r, const struct bylaw_rule *rule,
                            const struct term_draft *draft)
{
    for (size_t i = 0; draft->term.id && i < rule->term_count; i++)
        if (rule->terms[i].id && !strcmp(rule->terms[i].id, draft->term.id))
            bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.duplicate-id",
                            draft->node->place,
                            "term \"%s\" stands twice, first in line %u",
                            draft->term.id, rule->terms[i].line);
}

static void read_term(struct reading *r, struct term_draft *draft,
                      const struct bylaw_rule *rule)
{
    const struct yaml_node *node = draft->node;

    if (bylaw__yaml_is_removal(node)) {
        bylaw__complain_removal(r, node);
        return;
    }
    if (!bylaw__is_kind(r, node, YAML_MAPPING))
        return;
    find_term(r, draft);
    check_duplicate(r, rule, draft);
    read_keys(r, draft);
    if (draft->term.kind != BYLAW_TERM_REQUEST) {
        require_key(r, draft, draft->has_force, "force");
        require_key(r, draft, draft->has_basis, "basis");
    }
    if (!draft->has_severity)
        draft->term.severity = default_severity[draft->term.force];
    draft->term.file = bylaw__arena_strdup(r->arena, node->place.file);
    draft->term.line = node->place.line;
    draft->term.column = node->place.column;
}

static void read_terms_of(struct reading *r, const struct yaml_node *list,
                          enum bylaw_term_kind kind, struct bylaw_term *terms,
                          struct bylaw_rule *rule)
{
    if (!list || !bylaw__is_kind(r, list, YAML_LIST))
        return;
    for (size_t i = 0; i < list->count; i++) {
        struct term_draft draft = {.term = {.kind = kind},
                                   .node = list->pairs[i].value};

        read_term(r, &draft, rule);
        terms[rule->term_count] = draft.term;
        rule->terms = terms;
        rule->term_count++;
    }
}

void bylaw__terms_read(struct reading *r, const struct yaml_node *mapping,
                       struct bylaw_rule *rule)
{
    static const struct {
        const char *key;
        enum bylaw_term_kind kind;
    } lists[] = {{"duties", BYLAW_TERM_DUTY},
                 {"prohibitions", BYLAW_TERM_PROHIBITION},
                 {"requests", BYLAW_TERM_REQUEST}};
    struct bylaw_term *terms;
    size_t count = 0;

    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        const struct yaml_node *list = bylaw__yaml_get(mapping, lists[i].key);

        count += list ? list->count : 0;
    }
    terms = bylaw__arena_alloc_array(r->arena, count, sizeof(*terms));
    for (size_t i = 0; terms && i < COUNT_OF(lists); i++)
        read_terms_of(r, bylaw__yaml_get(mapping, lists[i].key), lists[i].kind,
                      terms, rule);
}
