/* SPDX-License-Identifier: Apache-2.0 */
/* The publisher's own credit line: a page that carries it intact complies. */
#include "judge_int.h"

#define TEMPLATE_BYTES 4096u

/* A slot that is known is filled in, so that another publisher's credit of
 * the same wording is not taken for this one. Others match any few words. */
static void fill_slots(struct bylaw__buf *out, const struct scene *scene,
                       const char *text, const char *name)
{
    const char *title = scene->c->source->title;

    while (*text) {
        if (!strncmp(text, "{publisher}", 11)) {
            bylaw__buf_add_text(out, name);
            text += 11;
        } else if (title && *title && !strncmp(text, "{title}", 7)) {
            bylaw__buf_add_text(out, title);
            text += 7;
        } else {
            bylaw__buf_add_char(out, *text++);
        }
    }
}

static bool line_holds(struct bylaw_range *out, const struct scene *scene,
                       const struct line *line,
                       const struct bylaw_template *template)
{
    size_t tries = scene->name_count ? scene->name_count : 1;
    struct bylaw__buf wanted;
    bool holds = false;

    bylaw__buf_init(&wanted, TEMPLATE_BYTES);
    for (size_t i = 0; i < tries && !holds; i++) {
        bylaw__buf_clear(&wanted);
        fill_slots(&wanted, scene, template->text,
                   scene->name_count ? scene->names[i] : "{publisher}");
        holds = !wanted.failed &&
                bylaw__phrase_find(out, line->text, bylaw__buf_span(&wanted));
    }
    bylaw__buf_release(&wanted);
    return holds;
}

static const struct line *find_template(struct bylaw_range *out,
                                        const struct scene *scene,
                                        const struct bylaw_template *template)
{
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct line *line = &scene->lines[i];

        if (line->seen == SEEN_YES && line->stand >= STAND_PROSE &&
            line->is_read && line_holds(out, scene, line, template))
            return line;
    }
    return NULL;
}

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
        struct bylaw_range at;
        const struct line *line = find_template(&at, scene, template);

        for (size_t t = 0; line && t < rule->term_count; t++)
            if (is_listed(template, rule->terms[t].id))
                accept(&rulings[t], scene, line, at, rule->terms[t].id);
    }
}
