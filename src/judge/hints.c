/* SPDX-License-Identifier: Apache-2.0 */
/* What speaks for or against something that only a person can decide. */
#include "judge_int.h"

bool add_hint(struct hints *hints, const char *hint)
{
    for (size_t i = 0; i < hints->count; i++)
        if (!strcmp(hints->items[i], hint))
            return false;
    if (hints->count == EVIDENCE_MAX)
        return false;
    hints->items[hints->count++] = hint;
    return true;
}

void add_role_hint(struct hints *hints, struct ruling *r,
                   const struct scene *scene, enum bylaw_phrase_role role,
                   const char *hint)
{
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct line *line = &scene->lines[i];

        if (line->seen != SEEN_YES || !(line->roles & ROLE_BIT(role)) ||
            scene_is_copied(scene, line_bytes(scene, line, line->at[role])))
            continue;
        if (add_hint(hints, hint))
            cite_text(r, scene, line, line->at[role]);
        return;
    }
}

void add_link_hints(struct hints *hints, struct ruling *r,
                    const struct scene *scene, hint_of_link_fn *hint_of)
{
    const struct bylaw_document *document = scene->c->document;

    for (size_t i = 0; i < document->link_count; i++) {
        const struct bylaw_link *link = &document->links[i];
        const char *hint = hint_of(scene, link);

        if (hint && add_hint(hints, hint))
            cite_link(r, scene, link, link->zone);
    }
}

void rule_by_person(struct ruling *r, const struct scene *scene,
                    const struct hints *hints, const char *question)
{
    rule_unknown(r, scene,
                 "%s is for a person to decide, hints on the page: %s",
                 question,
                 hints->count ? join_names(scene, hints->items, hints->count)
                              : "none");
    r->for_person = true;
}

const char *link_in_domains(const struct scene *scene,
                            const struct bylaw_link *link,
                            const struct domain_hint *domains, size_t count)
{
    const bylaw_url *url =
        link->kind == BYLAW_LINK_REAL ? link_url(scene, link) : NULL;

    for (size_t i = 0; url && i < count; i++)
        if (bylaw_url_in_domain(url, domains[i].domain))
            return domains[i].hint;
    return NULL;
}
