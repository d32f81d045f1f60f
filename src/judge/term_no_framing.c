/* SPDX-License-Identifier: Apache-2.0 */
/* no.framing: the original's page is not shown inside of this one. */
#include "judge_int.h"

static bool is_frame(const struct bylaw_link *link)
{
    return !strcmp(link->element, "iframe") || !strcmp(link->element, "frame");
}

static bool shows_article(const struct scene *scene,
                          const struct bylaw_link *link)
{
    const bylaw_url *url = link_url(scene, link);

    for (size_t i = 0; url && i < scene->target_count; i++)
        if (bylaw_url_relate(url, scene->targets[i]) == BYLAW_URL_SAME_PAGE)
            return true;
    return false;
}

/* A frame that a script fills can show anything, but a page that carries the
 * whole text itself has no need of it. */
static bool may_show_article(const struct scene *scene,
                             const struct bylaw_link *link)
{
    return scene->c->match->class != BYLAW_MATCH_FULL &&
           link->kind != BYLAW_LINK_REAL && link->kind != BYLAW_LINK_OTHER &&
           stand_of(scene->c, link->block, link->zone) >= STAND_PROSE;
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    const struct bylaw_document *document = scene->c->document;
    const struct bylaw_link *doubtful = NULL;

    (void)term;
    for (size_t i = 0; i < document->link_count; i++) {
        const struct bylaw_link *link = &document->links[i];

        if (!is_frame(link))
            continue;
        if (shows_article(scene, link)) {
            cite_link(r, scene, link, link->zone);
            rule_broken(r, scene, BYLAW_CONFIDENCE_HIGH,
                        "the page shows the original in a frame of its own");
            return;
        }
        if (!doubtful && may_show_article(scene, link))
            doubtful = link;
    }
    if (doubtful) {
        cite_link(r, scene, doubtful, doubtful->zone);
        rule_unknown(r, scene,
                     "a frame beside the text has no address, and a script may "
                     "show the original in it");
        return;
    }
    cite_copied(r, scene, 0);
    rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
              "the text stands on the page itself, and no frame shows the "
              "original");
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    (void)term;
    return scene->target_count ? NULL
                               : "the address of the original is not known";
}

static const char *const params[] = {"one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "Has no effect here: a link is no frame.",
    "Has no effect here: it arises wherever the original's address is known.",
    NULL};

const struct judge_term term_no_framing = {
    .info =
        {"no.framing", BYLAW_TERM_PROHIBITION,
         "The original is not shown in a frame of the page.",
         "Passes when no frame of the page has the original's address; frames "
         "of anything else (videos, charts) are none of it. Unknown when a "
         "page without the whole text has a frame that a script may fill. "
         "Fails when a frame's address is the original's.",
         params, param_help},
    .label = "no framing of the original",
    .severity = 2,
    .needs = 0,
    .check = check,
    .evaluate = evaluate,
};
