/* SPDX-License-Identifier: Apache-2.0 */
/* What became of each candidate for the credit link; which are to be followed */
#include "judge_int.h"

#define LINKS_TOLD 100u /* in a judgement; a page may hold thousands */

static enum bylaw_link_state state_of_target(const struct way *way)
{
    static const enum bylaw_link_state states[] = {
        [REACH_ASTRAY] = BYLAW_LINK_STATE_ASTRAY,
        [REACH_GONE] = BYLAW_LINK_STATE_DEAD,
        [REACH_UPSTREAM] = BYLAW_LINK_STATE_UPSTREAM,
        [REACH_SITE] = BYLAW_LINK_STATE_OTHER,
        [REACH_MAYBE] = BYLAW_LINK_STATE_UNCERTAIN,
        [REACH_HOME] = BYLAW_LINK_STATE_HOME,
        [REACH_OPAQUE] = BYLAW_LINK_STATE_OPAQUE,
        [REACH_ARTICLE] = BYLAW_LINK_STATE_ARTICLE,
    };

    if (way->reach == REACH_OPAQUE && way->trail)
        return BYLAW_LINK_STATE_BLOCKED;
    return states[way->reach];
}

static enum bylaw_link_state state_of_form(const struct bylaw_link *link)
{
    if (link->kind == BYLAW_LINK_FRAGMENT)
        return BYLAW_LINK_STATE_FRAGMENT;
    return link->kind == BYLAW_LINK_SCRIPT ? BYLAW_LINK_STATE_SCRIPT
                                           : BYLAW_LINK_STATE_EMPTY;
}

/* What keeps readers from using it comes before where it leads. */
static enum bylaw_link_state state_of(const struct way *way)
{
    if (!way->link)
        return BYLAW_LINK_STATE_PLAIN;
    if (way->reach == REACH_DEAD)
        return state_of_form(way->link);
    if (way->seen == SEEN_NO)
        return BYLAW_LINK_STATE_HIDDEN;
    if (way->stand < STAND_PROSE)
        return way->zone == BYLAW_ZONE_COMMENTS ? BYLAW_LINK_STATE_COMMENTS
                                                : BYLAW_LINK_STATE_SIDEBAR;
    if (way->seen == SEEN_DOUBTFUL)
        return BYLAW_LINK_STATE_DOUBTFUL;
    return state_of_target(way);
}

static void tell_link(struct bylaw_credit_link *out, const struct scene *scene,
                      const struct way *way)
{
    out->state = state_of(way);
    out->zone = zone_of_evidence(way->zone);
    out->hidden_by = way->hidden_why ? way->hidden_why : "";
    out->trail = way->trail;
    if (!way->link) {
        out->bytes = line_bytes(scene, way->line, way->at);
        out->text =
            bylaw__span_sub(way->line->text, way->at.begin, way->at.end);
        return;
    }
    out->bytes = way->link->bytes;
    out->text = way->link->text;
    out->href = way->link->href;
    if (!out->href.ptr)
        out->href = (struct bylaw_span){"", 0};
}

/* ------------------------------------------------------------ following --- */

/* How likely the link is the credit's; 0: not to be followed. Links of the
 * text itself came along with it. */
static int promise(const struct scene *scene, const struct way *way)
{
    bool is_credit;

    if (!way->link || way->trail || !way->seen || way->stand < STAND_PROSE ||
        way->is_copied ||
        (way->reach != REACH_OPAQUE && way->reach != REACH_MAYBE &&
         way->reach != REACH_SITE))
        return 0;
    is_credit = way->stand == STAND_CREDIT || way_looks_like_credit(scene, way);
    if (way->reach == REACH_SITE && !is_credit)
        return 0;
    return (is_credit ? 4 : 0) + (way->reach == REACH_OPAQUE  ? 3
                                  : way->reach == REACH_MAYBE ? 2
                                                              : 1);
}

static void add_open(struct bylaw_judgement *judgement, uint32_t *open,
                     int *promises, uint32_t number, int value)
{
    size_t at = judgement->open_link_count;

    while (at > 0 && promises[at - 1] < value)
        at--;
    if (at == BYLAW_LIMIT_TRAILS)
        return;
    if (judgement->open_link_count < BYLAW_LIMIT_TRAILS)
        judgement->open_link_count++;
    for (size_t i = judgement->open_link_count - 1; i > at; i--) {
        open[i] = open[i - 1];
        promises[i] = promises[i - 1];
    }
    open[at] = number;
    promises[at] = value;
}

/* Only a term on links can be settled, and one link that is seen and reaches
 * the article settles them. */
static bool is_settled(const struct scene *scene)
{
    return (!term_of_rule(scene, "link.original") &&
            !term_of_rule(scene, "link.anchor")) ||
           !scene->target_count ||
           scene_way(scene, REACH_ARTICLE, STAND_PROSE, SEEN_YES);
}

static void find_open(struct bylaw_judgement *judgement,
                      const struct scene *scene, uint32_t *open)
{
    int promises[BYLAW_LIMIT_TRAILS] = {0};

    for (size_t i = 0; i < scene->way_count; i++) {
        const struct way *way = &scene->ways[i];
        int value = promise(scene, way);

        if (value)
            add_open(judgement, open, promises,
                     (uint32_t)(way->link - scene->c->document->links), value);
    }
}

int tell_links(struct bylaw_judgement *judgement, const struct scene *scene)
{
    size_t count =
        scene->way_count < LINKS_TOLD ? scene->way_count : LINKS_TOLD;
    struct bylaw_credit_link *links =
        bylaw__arena_alloc_array(scene->arena, count, sizeof(*links));
    uint32_t *open = bylaw__arena_alloc_array(scene->arena, BYLAW_LIMIT_TRAILS,
                                              sizeof(*open));

    if (!links || !open)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < count; i++)
        tell_link(&links[i], scene, &scene->ways[i]);
    judgement->links = links;
    judgement->link_count = count;
    judgement->open_links = open;
    if (!is_settled(scene))
        find_open(judgement, scene, open);
    return 0;
}
