/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the rule grants this use of this article at all. */
#include "judge_int.h"

/* Grants whose scope is this are for the rule's partners only. */
#define WHERE_PARTNERS "partners"

#define SEVERITY_OUTSIDE            3
#define SEVERITY_OUTSIDE_UNCREDITED 4 /* all of it, and nobody named */

/* ------------------------------------------------- what is not covered --- */

static bool names_match(const char *name, const char *wanted)
{
    return name && wanted &&
           bylaw__name_find(NULL, bylaw__span_of(name),
                            bylaw__span_of(wanted)) == BYLAW__NAME_FULL;
}

static bool has_author(const struct bylaw_source *source, const char *wanted)
{
    for (size_t i = 0; i < source->author_count; i++)
        if (names_match(source->authors[i], wanted))
            return true;
    return false;
}

static bool has_publisher(const struct bylaw_source *source, const char *wanted)
{
    return names_match(source->publisher, wanted) ||
           names_match(source->upstream.publisher, wanted);
}

/* Looked for when the source was made ready, while its page was at hand. */
static bool has_statement(const struct bylaw_source *source, const char *wanted)
{
    for (size_t i = 0; i < source->exclusions.count; i++)
        if (!strcmp(source->exclusions.items[i], wanted))
            return true;
    return false;
}

static bool has_address(const struct bylaw_source *source, const char *wanted)
{
    return source->url && strstr(source->url, wanted) != NULL;
}

static const struct {
    enum bylaw_exclusion_kind kind;
    bool (*holds)(const struct bylaw_source *source, const char *wanted);
    const char *words;
} exclusions[] = {
    {BYLAW_EXCLUDES_AUTHOR, has_author, "its author is"},
    {BYLAW_EXCLUDES_PUBLISHER, has_publisher, "it was published by"},
    {BYLAW_EXCLUDES_STATEMENT, has_statement, "its page says"},
    {BYLAW_EXCLUDES_ADDRESS, has_address, "its address holds"},
};

static bool holds(const struct bylaw_exclusion *exclusion,
                  const struct bylaw_source *source, const char **out_words)
{
    for (size_t i = 0; i < sizeof(exclusions) / sizeof(exclusions[0]); i++)
        if (exclusions[i].kind == exclusion->kind) {
            *out_words = exclusions[i].words;
            return exclusions[i].holds(source, exclusion->text);
        }
    return false;
}

/* "its author is "Reuters"", or NULL: the rule covers the article. */
static const char *why_excluded(const struct scene *scene)
{
    const struct bylaw_rule *rule = scene->c->rule;
    const char *words = "";

    for (size_t i = 0; i < rule->exclusion_count; i++)
        if (holds(&rule->exclusions[i], scene->c->source, &words))
            return bylaw__arena_printf(
                scene->arena, "%s %s", words,
                quote(scene, bylaw__span_of(rule->exclusions[i].text)));
    return NULL;
}

/* ------------------------------------------------------ what is granted -- */

/* Actions of ODRL of which one makes this sort of use a granted one. */
static const char *const copying[] = {"reproduce", "distribute", "present",
                                      "display",   "index",      "aggregate",
                                      NULL};
static const char *const extracting[] = {"extract",    "reproduce", "derive",
                                         "distribute", "present",   "display",
                                         "index",      "aggregate", NULL};
static const char *const translating[] = {"translate", "derive", "modify",
                                          NULL};

/* Half an article may be an extract too, where the rule says how much one is:
 * excerpt.limit decides that then. */
static const char *const *actions_of(const struct scene *scene)
{
    enum bylaw_match_class class = scene->c->match->class;

    if (class == BYLAW_MATCH_TRANSLATION)
        return translating;
    return class == BYLAW_MATCH_EXCERPT ||
                   (class == BYLAW_MATCH_PARTIAL &&
                    term_of_rule(scene, "excerpt.limit"))
               ? extracting
               : copying;
}

static bool is_among(const char *const *actions, const char *action)
{
    for (; *actions; actions++)
        if (!strcmp(*actions, action))
            return true;
    return false;
}

/* What the grants say to a use: for all sites, for partners, for none. */
enum reach_of_grant { GRANTED_NOBODY = 0, GRANTED_PARTNERS, GRANTED };

static enum reach_of_grant find_grant(const struct scene *scene)
{
    const struct bylaw_rule *rule = scene->c->rule;
    const char *const *actions = actions_of(scene);
    enum reach_of_grant best = GRANTED_NOBODY;

    if (!rule->states_grants)
        return GRANTED;
    for (size_t i = 0; i < rule->grant_count; i++) {
        const struct bylaw_grant *grant = &rule->grants[i];

        if (!grant->action || !is_among(actions, grant->action))
            continue;
        if (!grant->where || strcmp(grant->where, WHERE_PARTNERS) != 0)
            return GRANTED;
        best = GRANTED_PARTNERS;
    }
    return best;
}

static const char *use_words(enum bylaw_match_class class)
{
    if (class == BYLAW_MATCH_TRANSLATION)
        return "translating the article";
    return class == BYLAW_MATCH_EXCERPT ? "copying a part of the article"
                                        : "copying the article";
}

/* ------------------------------------------------------------- verdict --- */

static bool claims_permission(const struct scene *scene)
{
    for (size_t i = 0; i < scene->line_count; i++)
        if (scene->lines[i].seen == SEEN_YES &&
            scene->lines[i].stand >= STAND_PROSE &&
            (scene->lines[i].roles & ROLE_BIT(BYLAW_PHRASE_PERMISSION)))
            return true;
    return false;
}

static bool grants_extracts(const struct bylaw_rule *rule)
{
    for (size_t i = 0; i < rule->grant_count; i++)
        if (rule->grants[i].action &&
            !strcmp(rule->grants[i].action, "extract"))
            return true;
    return false;
}

/* What stops short of saying that the use lies outside, or NULL. */
static const char *why_open(const struct scene *scene)
{
    enum bylaw_match_class class = scene->c->match->class;

    if (is_likely_translation(scene))
        return LIKELY_TRANSLATION;
    if (class == BYLAW_MATCH_EXCERPT)
        return "a part may be used without permission in many countries, "
               "which a person has to judge";
    if (class == BYLAW_MATCH_PARTIAL && grants_extracts(scene->c->rule))
        return "extracts are granted, and how much one may be is not said";
    if (class == BYLAW_MATCH_TRANSLATION && !is_stated_translation(scene))
        return LIKELY_TRANSLATION;
    if (claims_permission(scene))
        return "the page says that it has permission, which only the "
               "publisher can tell";
    return NULL;
}

static const char *ask_words(const struct scene *scene)
{
    const char *ask = scene->c->rule->contact_ask;

    return ask ? bylaw__arena_printf(scene->arena,
                                     " Permission can be asked of %s.", ask)
               : "";
}

static const char *outside_clause(const struct scene *scene,
                                  const char *excluded,
                                  enum reach_of_grant granted)
{
    const char *id = scene->c->rule->id;
    const char *use = use_words(scene->c->match->class);

    if (excluded)
        return bylaw__arena_printf(
            scene->arena, "The rule %s does not cover this article, as %s", id,
            excluded);
    if (granted == GRANTED_PARTNERS)
        return bylaw__arena_printf(scene->arena,
                                   "The rule %s grants %s to partners only, "
                                   "and the site is not known as one",
                                   id, use);
    return bylaw__arena_printf(scene->arena, "The rule %s does not grant %s",
                               id, use);
}

void find_outside(struct outside *out, const struct scene *scene)
{
    const char *excluded = why_excluded(scene), *open;
    enum reach_of_grant granted = find_grant(scene);

    memset(out, 0, sizeof(*out));
    if (!excluded && granted == GRANTED)
        return;
    open = why_open(scene);
    out->because = bylaw__arena_printf(scene->arena, "%s%s%s.%s",
                                       outside_clause(scene, excluded, granted),
                                       open ? "; but " : "", open ? open : "",
                                       ask_words(scene));
    out->is_open = open != NULL;
    out->severity = scene->c->match->class == BYLAW_MATCH_FULL &&
                            !credits_or_links_publisher(scene)
                        ? SEVERITY_OUTSIDE_UNCREDITED
                        : SEVERITY_OUTSIDE;
}
