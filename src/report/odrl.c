/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules as ODRL 2.2 in JSON-LD, with a profile for what ODRL has no word for.
 *
 * Musts become duties of the permissions that they condition, prohibitions
 * prohibitions; what is only asked for is no duty in ODRL's sense and stands
 * apart. Limits of time and amount become constraints of the permissions.
 */
#include "report_int.h"

#include <stdio.h>
#include <stdlib.h>

#define PROFILE  "urn:uuid:6b1f1d0e-58a4-4a52-9a0e-0f6c7a3b9d21"
#define ANYWHERE "anywhere"

/* How a term is said in ODRL. */
enum shape {
    SHAPE_RULE = 0, /* a duty or prohibition of its action */
    SHAPE_WINDOW,   /* constraints of the permissions */
    SHAPE_DELAY,
    SHAPE_LIMIT,
    SHAPE_VOLUME /* a prohibition beyond a number of works */
};

static const struct {
    const char *term, *action;
    enum shape shape;
} said[] = {
    {"credit.author", "attribute", SHAPE_RULE},
    {"credit.publisher", "attribute", SHAPE_RULE},
    {"credit.upstream", "attribute", SHAPE_RULE},
    {"credit.line", "bylaw:quoteCreditLine", SHAPE_RULE},
    {"credit.placement", "bylaw:placeCredit", SHAPE_RULE},
    {"credit.remove", "bylaw:removeCredit", SHAPE_RULE},
    {"link.original", "bylaw:linkToOriginal", SHAPE_RULE},
    {"link.anchor", "bylaw:wordLink", SHAPE_RULE},
    {"link.licence", "bylaw:linkToLicence", SHAPE_RULE},
    {"notice.copyright", "cc:Notice", SHAPE_RULE},
    {"notice.licence", "cc:Notice", SHAPE_RULE},
    {"notice.disclaimer", "cc:Notice", SHAPE_RULE},
    {"mark.changes", "bylaw:markChanges", SHAPE_RULE},
    {"keep.links", "bylaw:keepLinks", SHAPE_RULE},
    {"keep.text", "bylaw:keepText", SHAPE_RULE},
    {"keep.whole", "bylaw:keepWhole", SHAPE_RULE},
    {"keep.title", "bylaw:keepTitle", SHAPE_RULE},
    {"keep.tagline", "bylaw:keepTagline", SHAPE_RULE},
    {"track.pixel", "acceptTracking", SHAPE_RULE},
    {"seo.canonical", "bylaw:pointToOriginal", SHAPE_RULE},
    {"media.credit", "bylaw:creditPictures", SHAPE_RULE},
    {"time.delay", "use", SHAPE_DELAY},
    {"time.window", "use", SHAPE_WINDOW},
    {"time.remove", "delete", SHAPE_RULE},
    {"site.contact", "bylaw:showContact", SHAPE_RULE},
    {"share.alike", "cc:ShareAlike", SHAPE_RULE},
    {"excerpt.limit", "extract", SHAPE_LIMIT},
    {"excerpt.continue", "bylaw:linkOnward", SHAPE_RULE},
    {"operator.fact", "inform", SHAPE_RULE},
    {"no.alteration", "modify", SHAPE_RULE},
    {"no.translation", "translate", SHAPE_RULE},
    /* spelled so in the vocabulary */
    {"no.commercial", "cc:CommericalUse", SHAPE_RULE},
    {"no.paywall", "bylaw:chargeReaders", SHAPE_RULE},
    {"no.bulk", "reproduce", SHAPE_VOLUME},
    {"no.images", "bylaw:copyPictures", SHAPE_RULE},
    {"no.endorsement", "bylaw:implyEndorsement", SHAPE_RULE},
    {"no.framing", "bylaw:frame", SHAPE_RULE},
    {"no.syndication", "grantUse", SHAPE_RULE},
    {"no.false-authorship", "bylaw:claimAuthorship", SHAPE_RULE},
};

#define SAID_COUNT (sizeof(said) / sizeof(said[0]))

static size_t row_of(const struct bylaw_term *term)
{
    size_t i = 0;

    while (i < SAID_COUNT && strcmp(said[i].term, term->id) != 0)
        i++;
    return i;
}

static enum shape shape_of(const struct bylaw_term *term)
{
    size_t row = row_of(term);

    return row < SAID_COUNT ? said[row].shape : SHAPE_RULE;
}

/* Asked for, but nothing is lost without it. */
static bool is_request(const struct bylaw_term *term)
{
    return term->force != BYLAW_FORCE_MUST;
}

/* ----------------------------------------------------------- constraints */

static void begin_constraint(struct bylaw__json *json, const char *operand,
                             const char *operator)
{
    bylaw__json_object(json);
    bylaw__json_add_text(json, "leftOperand", operand);
    bylaw__json_add_text(json, "operator", operator);
    bylaw__json_key(json, "rightOperand");
}

static void add_typed(struct bylaw__json *json, const char *value,
                      const char *type)
{
    bylaw__json_object(json);
    bylaw__json_add_text(json, "@value", value);
    bylaw__json_add_text(json, "@type", type);
    bylaw__json_object_end(json);
}

/* "90d", "12h" and "2w" as ISO 8601 writes them. */
static void add_duration(struct bylaw__json *json, const char *length)
{
    struct bylaw__buf text = {0};
    size_t digits = strspn(length, "0123456789");
    char unit = length[digits];

    bylaw__buf_printf(&text, "P%s%.*s%c", unit == 'h' ? "T" : "", (int)digits,
                      length,
                      unit == 'h'   ? 'H'
                      : unit == 'w' ? 'W'
                                    : 'D');
    add_typed(json, text.ptr, "xsd:duration");
    bylaw__buf_release(&text);
}

static void constrain_time(struct bylaw__json *json, const char *operand,
                           const char *operator, const char * length)
{
    if (!length)
        return;
    begin_constraint(json, operand, operator);
    add_duration(json, length);
    bylaw__json_object_end(json);
}

static void constrain_number(struct bylaw__json *json, const char *operand,
                             const char *operator, const char * number,
                             const char *unit)
{
    if (!number)
        return;
    begin_constraint(json, operand, operator);
    bylaw__json_int(json, strtol(number, NULL, 10));
    if (unit)
        bylaw__json_add_text(json, "unit", unit);
    bylaw__json_object_end(json);
}

static const char *either(const char *own, const char *of_rule)
{
    return own ? own : of_rule;
}

/* What a term of time or amount says of the permissions; only musts bind. */
static void constrain_by_term(struct bylaw__json *json,
                              const struct bylaw_rule *rule,
                              const struct bylaw_term *term)
{
    const char *length = bylaw_term_param(term, "for");

    switch (shape_of(term)) {
    case SHAPE_WINDOW:
        constrain_time(json, "elapsedTime", "lteq",
                       either(length, rule->window));
        break;
    case SHAPE_DELAY:
        constrain_time(json, "delayPeriod", "gteq",
                       either(length, rule->delay));
        break;
    case SHAPE_LIMIT:
        constrain_number(json, "count", "lteq",
                         bylaw_term_param(term, "paragraphs"),
                         "bylaw:paragraph");
        constrain_number(json, "count", "lteq", bylaw_term_param(term, "words"),
                         "bylaw:word");
        constrain_number(json, "percentage", "lteq",
                         bylaw_term_param(term, "percent"), NULL);
        break;
    case SHAPE_RULE:
    case SHAPE_VOLUME:
        break;
    }
}

/* ---------------------------------------------------------- single rules */

/* A term's parameters refine its action; a list is an array. */
static void add_value(struct bylaw__json *json, const char *value)
{
    struct bylaw_span rest = bylaw__span_of(value);
    bool is_list = bylaw__span_find(rest, BYLAW__SPAN("\n")) != SIZE_MAX;

    if (is_list)
        bylaw__json_array(json);
    for (;;) {
        size_t end = bylaw__span_find(rest, BYLAW__SPAN("\n"));

        bylaw__json_span(json, bylaw__span_sub(rest, 0, end));
        if (end == SIZE_MAX)
            break;
        rest = bylaw__span_sub(rest, end + 1, rest.len);
    }
    if (is_list)
        bylaw__json_array_end(json);
}

static void add_refinements(struct bylaw__json *json,
                            const struct bylaw_rule *rule,
                            const struct bylaw_term *term)
{
    bylaw__json_key(json, "refinement");
    bylaw__json_array(json);
    for (size_t i = 0; i < term->param_count; i++) {
        struct bylaw__buf operand = {0};

        bylaw__buf_printf(&operand, "bylaw:%s", term->params[i].name);
        begin_constraint(json, operand.ptr, "eq");
        add_value(json, term->params[i].value);
        bylaw__json_object_end(json);
        bylaw__buf_release(&operand);
    }
    if (!strcmp(term->id, "time.remove") && !bylaw_term_param(term, "for"))
        constrain_time(json, "elapsedTime", "eq", rule->remove_after);
    bylaw__json_array_end(json);
}

static bool has_refinements(const struct bylaw_rule *rule,
                            const struct bylaw_term *term)
{
    return term->param_count ||
           (!strcmp(term->id, "time.remove") && rule->remove_after);
}

/* Where a name is an address, ODRL's own need their prefix. */
static void add_name(struct bylaw__json *json, const char *action)
{
    struct bylaw__buf name = {0};

    bylaw__buf_printf(&name, "%s%s",
                      strchr(action, ':') ? "" : "odrl:", action);
    bylaw__json_object(json);
    bylaw__json_add_text(json, "@id", name.ptr);
    bylaw__json_object_end(json);
    bylaw__buf_release(&name);
}

static void add_action(struct bylaw__json *json, const struct bylaw_rule *rule,
                       const struct bylaw_term *term)
{
    size_t row = row_of(term);
    const char *action = row < SAID_COUNT ? said[row].action : "bylaw:meet";

    bylaw__json_key(json, "action");
    if (!has_refinements(rule, term)) {
        bylaw__json_text(json, action);
        return;
    }
    bylaw__json_array(json);
    bylaw__json_object(json);
    bylaw__json_key(json, "rdf:value");
    add_name(json, action);
    add_refinements(json, rule, term);
    bylaw__json_object_end(json);
    bylaw__json_array_end(json);
}

/* More of the works than granted within a time. */
static void add_volume(struct bylaw__json *json, const struct bylaw_rule *rule)
{
    char works[16];
    const char *per = rule->volume_per;

    if (!rule->volume_works || !per)
        return;
    snprintf(works, sizeof(works), "%u", rule->volume_works);
    bylaw__json_key(json, "constraint");
    bylaw__json_array(json);
    constrain_number(json, "count", "gt", works, "bylaw:article");
    begin_constraint(json, "timeInterval", "eq");
    add_typed(json,
              !strcmp(per, "day")    ? "P1D"
              : !strcmp(per, "week") ? "P1W"
              : !strcmp(per, "year") ? "P1Y"
                                     : "P1M",
              "xsd:duration");
    bylaw__json_object_end(json);
    bylaw__json_array_end(json);
}

static void add_term(struct bylaw__json *json, const struct bylaw_rule *rule,
                     const struct bylaw_term *term)
{
    bylaw__json_object(json);
    if (is_request(term))
        bylaw__json_add_text(json, "@type",
                             term->kind == BYLAW_TERM_PROHIBITION
                                 ? "Prohibition"
                                 : "Duty");
    if (shape_of(term) == SHAPE_VOLUME) {
        bylaw__json_add_text(json, "action", "reproduce");
        add_volume(json, rule);
    } else {
        add_action(json, rule, term);
    }
    bylaw__json_add_text(json, "bylaw:term", term->id);
    bylaw__json_add_text(json, "bylaw:basis", bylaw_basis_name(term->basis));
    if (term->decide == BYLAW_DECIDE_HUMAN)
        bylaw__json_add_text(json, "bylaw:decidedBy", "person");
    if (term->note)
        bylaw__json_add_text(json, "dcterms:description", term->note);
    bylaw__json_object_end(json);
}

/* ---------------------------------------------------------------- lists -- */

static bool is_in_group(const struct bylaw_any_of *group, const char *id)
{
    for (size_t i = 0; i < group->count; i++)
        if (!strcmp(group->ids[i], id))
            return true;
    return false;
}

static bool is_in_any_group(const struct bylaw_rule *rule, const char *id)
{
    for (size_t i = 0; i < rule->any_of_count; i++)
        if (is_in_group(&rule->any_of[i], id))
            return true;
    return false;
}

static bool is_duty(const struct bylaw_term *term)
{
    return term->kind == BYLAW_TERM_DUTY && term->force == BYLAW_FORCE_MUST &&
           shape_of(term) == SHAPE_RULE;
}

static bool is_constraint(const struct bylaw_term *term)
{
    enum shape shape = shape_of(term);

    return term->force == BYLAW_FORCE_MUST &&
           (shape == SHAPE_WINDOW || shape == SHAPE_DELAY ||
            shape == SHAPE_LIMIT);
}

static bool is_prohibition(const struct bylaw_term *term)
{
    return term->kind == BYLAW_TERM_PROHIBITION &&
           term->force == BYLAW_FORCE_MUST;
}

static void add_group(struct bylaw__json *json, const struct bylaw_rule *rule,
                      const struct bylaw_any_of *group)
{
    bylaw__json_object(json);
    bylaw__json_add_text(json, "action", "bylaw:meetOneOf");
    bylaw__json_key(json, "bylaw:of");
    bylaw__json_array(json);
    for (size_t i = 0; i < rule->term_count; i++)
        if (is_in_group(group, rule->terms[i].id))
            add_term(json, rule, &rule->terms[i]);
    bylaw__json_array_end(json);
    bylaw__json_object_end(json);
}

static void add_duties(struct bylaw__json *json, const struct bylaw_rule *rule)
{
    bylaw__json_key(json, "duty");
    bylaw__json_array(json);
    for (size_t i = 0; i < rule->term_count; i++)
        if (is_duty(&rule->terms[i]) &&
            !is_in_any_group(rule, rule->terms[i].id))
            add_term(json, rule, &rule->terms[i]);
    for (size_t i = 0; i < rule->any_of_count; i++)
        add_group(json, rule, &rule->any_of[i]);
    bylaw__json_array_end(json);
}

/* Whether any term is of the kind: an empty list is left out. */
static bool has_any(const struct bylaw_rule *rule,
                    bool (*is)(const struct bylaw_term *term))
{
    for (size_t i = 0; i < rule->term_count; i++)
        if (is(&rule->terms[i]))
            return true;
    return false;
}

static void add_list(struct bylaw__json *json, const struct bylaw_rule *rule,
                     const char *key, bool (*is)(const struct bylaw_term *term))
{
    if (!has_any(rule, is))
        return;
    bylaw__json_key(json, key);
    bylaw__json_array(json);
    for (size_t i = 0; i < rule->term_count; i++)
        if (is(&rule->terms[i]))
            add_term(json, rule, &rule->terms[i]);
    bylaw__json_array_end(json);
}

/* ---------------------------------------------------------- permissions -- */

static bool is_same_scope(const struct bylaw_grant *a,
                          const struct bylaw_grant *b)
{
    const char *x = a->where ? a->where : ANYWHERE;
    const char *y = b->where ? b->where : ANYWHERE;

    return !strcmp(x, y);
}

static bool is_first_of_scope(const struct bylaw_rule *rule, size_t number)
{
    for (size_t i = 0; i < number; i++)
        if (is_same_scope(&rule->grants[i], &rule->grants[number]))
            return false;
    return true;
}

static void add_constraints(struct bylaw__json *json,
                            const struct bylaw_rule *rule, const char *where)
{
    bool is_bounded = where && strcmp(where, ANYWHERE) != 0;

    if (!is_bounded && !has_any(rule, is_constraint))
        return;
    bylaw__json_key(json, "constraint");
    bylaw__json_array(json);
    if (is_bounded) {
        begin_constraint(json, "recipient", "isPartOf");
        bylaw__json_text(json, where);
        bylaw__json_object_end(json);
    }
    for (size_t i = 0; i < rule->term_count; i++)
        if (is_constraint(&rule->terms[i]))
            constrain_by_term(json, rule, &rule->terms[i]);
    bylaw__json_array_end(json);
}

static void add_permission(struct bylaw__json *json,
                           const struct bylaw_rule *rule, size_t number)
{
    const struct bylaw_grant *grant = &rule->grants[number];

    bylaw__json_object(json);
    bylaw__json_key(json, "action");
    bylaw__json_array(json);
    for (size_t i = number; i < rule->grant_count; i++)
        if (is_same_scope(&rule->grants[i], grant))
            bylaw__json_text(json, rule->grants[i].action);
    bylaw__json_array_end(json);
    add_constraints(json, rule, grant->where);
    if (has_any(rule, is_duty))
        add_duties(json, rule);
    bylaw__json_object_end(json);
}

static void constrain_date(struct bylaw__json *json, const char *operator,
                           const char * date)
{
    if (!date)
        return;
    begin_constraint(json, "dateTime", operator);
    add_typed(json, date, "xsd:date");
    bylaw__json_object_end(json);
}

/* Partners have an agreement of their own: they may use without the duties. */
static void add_partner(struct bylaw__json *json,
                        const struct bylaw_partner *partner)
{
    struct bylaw__buf address = {0};

    bylaw__buf_printf(&address, "https://%s/", partner->domain);
    bylaw__json_object(json);
    bylaw__json_add_text(json, "action", "use");
    bylaw__json_add_text(json, "assignee", address.ptr);
    if (partner->from || partner->to) {
        bylaw__json_key(json, "constraint");
        bylaw__json_array(json);
        constrain_date(json, "gteq", partner->from);
        constrain_date(json, "lteq", partner->to);
        bylaw__json_array_end(json);
    }
    bylaw__json_object_end(json);
    bylaw__buf_release(&address);
}

static void add_permissions(struct bylaw__json *json,
                            const struct bylaw_rule *rule)
{
    if (!rule->grant_count && !rule->partner_count)
        return;
    bylaw__json_key(json, "permission");
    bylaw__json_array(json);
    for (size_t i = 0; i < rule->grant_count; i++)
        if (is_first_of_scope(rule, i))
            add_permission(json, rule, i);
    for (size_t i = 0; i < rule->partner_count; i++)
        add_partner(json, &rule->partners[i]);
    bylaw__json_array_end(json);
}

/* --------------------------------------------------------------- policy -- */

/* An id of this very version of the rule. */
static void add_uid(struct bylaw__json *json, const struct bylaw_rule *rule)
{
    struct bylaw__buf uid = {0};
    const char *hex = rule->sha256;

    bylaw__buf_printf(&uid, "urn:uuid:%.8s-%.4s-8%.3s-8%.3s-%.12s", hex,
                      hex + 8, hex + 12, hex + 15, hex + 18);
    bylaw__json_add_text(json, "uid", uid.ptr);
    bylaw__buf_release(&uid);
}

/* Without a permission ODRL wants some rule: nothing may be done. */
static void add_prohibitions(struct bylaw__json *json,
                             const struct bylaw_rule *rule)
{
    if (rule->grant_count || rule->partner_count ||
        has_any(rule, is_prohibition)) {
        add_list(json, rule, "prohibition", is_prohibition);
        return;
    }
    bylaw__json_key(json, "prohibition");
    bylaw__json_array(json);
    bylaw__json_object(json);
    bylaw__json_add_text(json, "action", "reproduce");
    bylaw__json_object_end(json);
    bylaw__json_array_end(json);
}

static void add_policy(struct bylaw__json *json, const struct bylaw_rule *rule)
{
    bylaw__json_add_text(json, "@type", "Set");
    add_uid(json, rule);
    bylaw__json_add_text(json, "profile", PROFILE);
    bylaw__json_add_text(json, "dcterms:identifier", rule->id);
    bylaw__json_add_text(json, "dcterms:title", rule->title);
    bylaw__json_add_text(json, "dcterms:source", rule->captured_url);
    bylaw__json_add_text(json, "dcterms:license", rule->licence);
    bylaw__json_add_text(json, "bylaw:read", rule->captured_date);
    bylaw__json_add_text(json, "bylaw:status", rule->status);
    if (rule->cure) {
        bylaw__json_key(json, "bylaw:cure");
        add_duration(json, rule->cure);
    }
    bylaw__json_add_text(json, "target", "bylaw:article");
    add_permissions(json, rule);
    add_prohibitions(json, rule);
    add_list(json, rule, "bylaw:request", is_request);
}

static void add_context(struct bylaw__json *json)
{
    bylaw__json_key(json, "@context");
    bylaw__json_array(json);
    bylaw__json_text(json, "http://www.w3.org/ns/odrl.jsonld");
    bylaw__json_object(json);
    bylaw__json_add_text(json, "bylaw", PROFILE "#");
    bylaw__json_add_text(json, "cc", "http://creativecommons.org/ns#");
    bylaw__json_add_text(json, "dcterms", "http://purl.org/dc/terms/");
    bylaw__json_add_text(json, "odrl", "http://www.w3.org/ns/odrl/2/");
    bylaw__json_add_text(json, "rdf",
                         "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    bylaw__json_add_text(json, "xsd", "http://www.w3.org/2001/XMLSchema#");
    bylaw__json_object_end(json);
    bylaw__json_array_end(json);
}

void bylaw__report_odrl(struct bylaw__buf *out, const struct bylaw_rule *rules,
                        size_t count)
{
    struct bylaw__json json;

    bylaw__json_init(&json, out, true);
    bylaw__json_object(&json);
    add_context(&json);
    if (count == 1) {
        add_policy(&json, &rules[0]);
    } else {
        bylaw__json_key(&json, "@graph");
        bylaw__json_array(&json);
        for (size_t i = 0; i < count; i++) {
            bylaw__json_object(&json);
            add_policy(&json, &rules[i]);
            bylaw__json_object_end(&json);
        }
        bylaw__json_array_end(&json);
    }
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}
