/* SPDX-License-Identifier: Apache-2.0 */
/* The publisher's own credit line: a page that carries it intact complies. */
#include "judge_int.h"

/* Words alone satisfy no duty to link: the line has to lead to the owner. */
static bool leads_to_owner(const struct scene *scene, const struct line *line)
{
    for (size_t i = 0; i < scene->way_count; i++) {
        const struct way *way = &scene->ways[i];

        if (way->link && way->line && way->line->block == line->block &&
            way->seen == SEEN_YES &&
            (way->reach == REACH_ARTICLE || way->reach == REACH_MAYBE ||
             way->reach == REACH_HOME))
            return true;
    }
    return false;
}

static void accept(struct ruling *r, const struct scene *scene,
                   const struct line *line, struct bylaw_range at,
                   const char *id)
{
    if (r->for_person || (r->outcome != BYLAW_OUTCOME_FAIL &&
                          r->outcome != BYLAW_OUTCOME_UNKNOWN))
        return;
    if (!strncmp(id, "link.", 5) && !leads_to_owner(scene, line))
        return;
    r->is_partial = false;
    r->severity_cap = 0;
    r->by_template = true;
    r->evidence_count = 0;
    cite_text(r, scene, line, at);
    rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
              "the page carries the credit line that %s itself supplies for "
              "this",
              scene->owner);
}

static bool is_listed(const struct bylaw_template *template, const char *id)
{
    for (size_t i = 0; i < template->satisfies_count; i++)
        if (!strcmp(template->satisfies[i], id))
            return true;
    return false;
}

void accept_templates(struct ruling *rulings, const struct scene *scene)
{
    const struct bylaw_rule *rule = scene->c->rule;

    for (size_t i = 0; i < rule->template_count; i++) {
        const struct bylaw_template *template = &rule->templates[i];
        struct wording found;

        find_wording(&found, scene, &template->text, 1, false);
        for (size_t t = 0; found.worth == WORDING_EXACT && t < rule->term_count;
             t++)
            if (is_listed(template, rule->terms[t].id))
                accept(&rulings[t], scene, found.line, found.at,
                       rule->terms[t].id);
    }
}
