/* SPDX-License-Identifier: Apache-2.0 */
/* share.alike: a changed version is under the same licence again. */
#include "judge_int.h"

#include <strings.h>

/* Fewer changed words than this make no version of its own. */
#define ADAPTED_WORDS_MIN 10u

/* A licence that the page states. */
struct stated {
    const struct bylaw_link *link;
    const struct line *line;
    struct licence licence;
};

static bool is_adapted(const struct scene *scene)
{
    const struct bylaw_edit *first;

    return count_changed(scene, &first) >= ADAPTED_WORDS_MIN;
}

static bool is_accepted(const struct scene *scene,
                        const struct bylaw_term *term,
                        const struct licence *given)
{
    size_t count;
    const char *const *accept = param_list(scene, term, "accept", &count);

    for (size_t i = 0; i < count; i++)
        if (!strcasecmp(accept[i], given->code))
            return true;
    return false;
}

/* The same elements, in this version or a later one: versions are "3.0". */
static bool is_alike(const struct licence *wanted, const struct licence *given)
{
    return !strcmp(wanted->code, given->code) &&
           (!*given->version || !*wanted->version ||
            strcmp(given->version, wanted->version) >= 0);
}

static bool find_stated(struct stated *out, const struct scene *scene,
                        enum stand least)
{
    const struct bylaw__case *c = scene->c;

    for (size_t i = 0; i < c->document->link_count; i++) {
        const struct bylaw_link *link = &c->document->links[i];
        enum bylaw_zone zone = c->placement && c->placement->link_zones
                                   ? c->placement->link_zones[i]
                                   : link->zone;
        const bylaw_url *url;

        if (strcmp(link->element, "a") ||
            link->visibility != BYLAW_VISIBILITY_VISIBLE ||
            stand_of(c, link->block, zone) < least ||
            !(url = link_url(scene, link)))
            continue;
        out->link = link;
        if (licence_of_url(&out->licence, url))
            return true;
    }
    return false;
}

static void rule_by_licence(struct ruling *r, const struct scene *scene,
                            const struct bylaw_term *term,
                            const struct licence *wanted,
                            const struct stated *stated)
{
    cite_link(r, scene, stated->link, stated->link->zone);
    if (is_alike(wanted, &stated->licence) ||
        is_accepted(scene, term, &stated->licence))
        rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                  "the changed text is shared under %s again", wanted->name);
    else
        rule_broken(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                    "the changed text is under another licence than %s: %s",
                    wanted->name,
                    quote(scene, bylaw__span_of(stated->link->url)));
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct stated stated = {0};
    struct licence wanted;
    const struct line *line;

    if (!licence_of_case(&wanted, scene)) {
        rule_unknown(r, scene,
                     "it is not known under which licence the article is");
        return;
    }
    line = licence_line(scene, &wanted);
    if (find_stated(&stated, scene, STAND_PROSE)) {
        rule_by_licence(r, scene, term, &wanted, &stated);
    } else if (line) {
        cite_text(r, scene, line,
                  (struct bylaw_range){0, (uint32_t)line->text.len});
        rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                  "the changed text names %s, the licence of the original",
                  wanted.name);
    } else if (find_stated(&stated, scene, STAND_NOWHERE)) {
        cite_link(r, scene, stated.link, stated.link->zone);
        rule_unknown(r, scene,
                     "a licence is stated only away from the article, where "
                     "it may speak of the whole site");
    } else {
        rule_absent(r, scene,
                    "the text was changed and the page does not say that the "
                    "changed text is under %s",
                    wanted.name);
    }
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    (void)term;
    if (scene->c->match->class == BYLAW_MATCH_TRANSLATION)
        return NULL;
    return is_adapted(scene) ? NULL
                             : "the text was not changed so far as to be a "
                               "version of its own";
}

static const char *const params[] = {"accept", "one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "Codes of other licences that do as well, such as by-sa.",
    "Has no effect here.", "Has no effect here.", NULL};

const struct judge_term term_share_alike = {
    .info =
        {"share.alike", BYLAW_TERM_DUTY,
         "A changed version is shared under the same licence.",
         "Does not arise while the text is unchanged but for what the rule "
         "permits. Passes when a visible link in or beside the article leads "
         "to the same licence in this or a later version, or a line names it. "
         "Unknown when a licence is stated only away from the article; a "
         "translation cannot always be told. Fails when another licence is "
         "stated, or the page was read whole and states none.",
         params, param_help},
    .label = "the same licence for the changed text",
    .severity = 3,
    .needs = NEED_LICENCE,
    .check = check,
    .evaluate = evaluate,
};
