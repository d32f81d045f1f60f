/* SPDX-License-Identifier: Apache-2.0 */
/* credit.publisher: the publisher is named as the one the article is from. */
#include "judge_int.h"

static const enum bylaw_meta_key credit_keys[] = {BYLAW_META_PUBLISHER,
                                                  BYLAW_META_AUTHOR,
                                                  BYLAW_META_CREDIT,
                                                  BYLAW_META_COPYRIGHT_HOLDER,
                                                  BYLAW_META_COPYRIGHT_NOTICE,
                                                  BYLAW_META_ATTRIBUTION_NAME,
                                                  BYLAW_META_NONE};

static const char *const *names_wanted(const struct scene *scene,
                                       const struct bylaw_term *term,
                                       size_t *out_count)
{
    const char *const *names = param_list(scene, term, "names", out_count);

    if (*out_count)
        return names;
    *out_count = scene->name_count;
    return scene->names;
}

/* A logo in the credit names the publisher by its alternative text. */
static bool pass_by_logo(struct ruling *r, const struct scene *scene,
                         const char *const *names, size_t count)
{
    const struct bylaw__case *c = scene->c;

    for (size_t i = 0; i < c->document->link_count; i++) {
        const struct bylaw_link *link = &c->document->links[i];
        enum bylaw_zone zone = c->placement && c->placement->link_zones
                                   ? c->placement->link_zones[i]
                                   : link->zone;

        if (stand_of(c, link->block, zone) != STAND_CREDIT ||
            seen_of(link->visibility) != SEEN_YES || !link->text.len)
            continue;
        for (size_t n = 0; n < count; n++) {
            if (name_in(NULL, link->text, has_foreign_letters(link->text),
                        names[n]) != BYLAW__NAME_FULL)
                continue;
            cite_link(r, scene, link, zone);
            rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                      "a link or image beside the article names %s", names[n]);
            return true;
        }
    }
    return false;
}

/* "Originally published on this site": only the address says which. */
static const struct way *unnamed_link(const struct scene *scene)
{
    static const enum reach reaches[] = {REACH_ARTICLE, REACH_MAYBE, REACH_HOME,
                                         REACH_SITE};

    for (size_t i = 0; i < sizeof(reaches) / sizeof(reaches[0]); i++) {
        const struct way *way =
            scene_way(scene, reaches[i], STAND_PROSE, SEEN_YES);

        if (way && !way->is_copied)
            return way;
    }
    for (size_t i = 0; i < scene->way_count; i++) {
        const struct way *way = &scene->ways[i];

        if (!way->link && way->reach > REACH_UPSTREAM &&
            way->reach != REACH_OPAQUE && !way->is_copied &&
            way->seen == SEEN_YES)
            return way;
    }
    return NULL;
}

/* An address of the publisher's site beside the text, and its name above: in
 * a trail of sections, or beside the site's own. */
static bool is_named_above(struct ruling *r, const struct scene *scene,
                           const struct way *way)
{
    const struct line *line = NULL;

    for (size_t i = 0; i < scene->name_count && !line; i++)
        line = menu_naming(scene, scene->names[i]);
    if (!line)
        return false;
    cite_way(r, scene, way);
    cite_text(r, scene, line,
              (struct bylaw_range){0, (uint32_t)line->text.len});
    rule_unknown(r, scene,
                 "an address of %s points to it, and its name stands in the "
                 "page's menus",
                 scene->owner);
    return true;
}

/* A link to the very article that bears the name, in a menu or a masthead. */
static bool is_linked_above(struct ruling *r, const struct scene *scene)
{
    const struct way *way =
        scene_way(scene, REACH_ARTICLE, STAND_NOWHERE, SEEN_DOUBTFUL);

    for (size_t i = 0; way && i < scene->name_count; i++) {
        const struct bylaw_span text = way->link->text;

        if (name_in(NULL, text, has_foreign_letters(text), scene->names[i]) !=
            BYLAW__NAME_FULL)
            continue;
        cite_way(r, scene, way);
        rule_unknown(r, scene,
                     "%s is named only by a link to the article that stands "
                     "away from the text, in the %s",
                     scene->names[i], zone_words(way->zone));
        return true;
    }
    return false;
}

/* "TITLE (example.org)", the title linked: the name stands beside the link. */
static bool is_named_beside(struct ruling *r, const struct scene *scene,
                            const struct hits *hits)
{
    static const enum hit_worth worths[] = {HIT_PROSE, HIT_COPIED};
    const struct way *way =
        scene_way(scene, REACH_ARTICLE, STAND_PROSE, SEEN_YES);

    for (size_t i = 0; way && i < sizeof(worths) / sizeof(worths[0]); i++) {
        const struct hit *hit = &hits->best[worths[i]];

        if (hit->how != BYLAW__NAME_FULL ||
            hit->line->block != way->link->block)
            continue;
        cite_hit(r, scene, hit);
        rule_unknown(r, scene,
                     "%s is named beside the link to the article, without a "
                     "word that makes it credit",
                     scene->owner);
        return true;
    }
    return false;
}

static void rule_without_credit(struct ruling *r, const struct scene *scene,
                                const struct hits *hits, enum hit_worth worth)
{
    const struct way *way;
    const char *owner = scene->owner;

    if (worth == HIT_DOUBTFUL)
        rule_unknown(r, scene,
                     "%s is named in a credit line that readers may not see",
                     owner);
    else if ((way = unnamed_link(scene))) {
        if (is_named_beside(r, scene, hits) || is_named_above(r, scene, way))
            return;
        cite_way(r, scene, way);
        rule_partial(r, scene,
                     "%s is not named, only an address of its site points "
                     "to it",
                     owner);
        return;
    } else if (worth == HIT_PROSE)
        rule_unknown(r, scene,
                     "%s is named in prose, from which it cannot be told "
                     "whether it is meant as credit",
                     owner);
    else if (worth == HIT_OFF)
        rule_unknown(r, scene,
                     "%s is named only away from the article, in the %s", owner,
                     zone_words(hits->best[worth].line->zone));
    else if (worth == HIT_META)
        rule_unknown(r, scene,
                     "%s is named only in the page's metadata, which readers "
                     "do not see",
                     owner);
    else if (is_linked_above(r, scene))
        return;
    else if (worth == HIT_HIDDEN)
        rule_absent(r, scene, "the credit to %s is hidden from readers", owner);
    else if (worth == HIT_COPIED)
        rule_absent(r, scene,
                    "%s is not credited, its name stands only in the copied "
                    "text itself",
                    owner);
    else
        rule_absent(r, scene, "%s is not named anywhere on the page", owner);
    if (worth != HIT_NONE)
        cite_hit(r, scene, &hits->best[worth]);
}

static bool rule_by_pictures(struct ruling *r, const struct scene *scene,
                             const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (rule_by_picture(r, scene, names[i]))
            return true;
    return false;
}

static bool has_times(const struct bylaw_rule *rule)
{
    for (size_t i = 0; rule && i < rule->name_count; i++)
        if (rule->names[i].from || rule->names[i].to)
            return true;
    return false;
}

/* A name of the owner's that is known to be of another time than the page. */
static const struct bylaw_name *find_untimely(const struct scene *scene,
                                              const char *text)
{
    const struct bylaw_rule *rule = scene->c->rule;
    const struct bylaw_meta *published =
        bylaw_document_meta(scene->c->document, BYLAW_META_PUBLISHED);

    if (!rule || !published || published->value.len < DATE_LEN)
        return NULL;
    for (size_t i = 0; i < rule->name_count; i++) {
        const struct bylaw_name *name = &rule->names[i];

        if (name->text == text &&
            ((name->from && compare_dates(published->value, name->from) < 0) ||
             (name->to && compare_dates(published->value, name->to) > 0)))
            return name;
    }
    return NULL;
}

/* Which name was found is looked for anew: a hit does not say. */
static bool rule_untimely(struct ruling *r, const struct scene *scene,
                          const struct hits *hits, const char *const *names,
                          size_t count)
{
    const struct bylaw_name *untimely = NULL;

    if (!has_times(scene->c->rule))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct hits of_one = {0};
        const struct bylaw_name *name = find_untimely(scene, names[i]);

        find_name(&of_one, scene, names[i]);
        if (best_worth(&of_one, BYLAW__NAME_FULL) != HIT_CREDIT)
            continue;
        if (!name)
            return false;
        untimely = name;
    }
    if (!untimely)
        return false;
    cite_hit(r, scene, &hits->best[HIT_CREDIT]);
    rule_unknown(r, scene,
                 "%s is credited as %s, a name that it bore at another time "
                 "than the page's",
                 scene->owner, untimely->text);
    return true;
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct hits hits = {0};
    enum hit_worth worth;
    size_t count;
    const char *const *names = names_wanted(scene, term, &count);

    if (!count) {
        rule_unknown(r, scene,
                     "it is not known by what name the publisher "
                     "is to be credited");
        return;
    }
    find_names(&hits, scene, names, count);
    for (size_t i = 0; i < count; i++)
        find_name_in_meta(&hits, scene, names[i], credit_keys);
    worth = best_worth(&hits, BYLAW__NAME_FULL);
    if (worth == HIT_CREDIT) {
        if (!rule_untimely(r, scene, &hits, names, count)) {
            cite_hit(r, scene, &hits.best[worth]);
            rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                      "%s is credited as the publisher", scene->owner);
        }
    } else if (!pass_by_logo(r, scene, names, count) &&
               !(worth < HIT_META && rule_by_pictures(r, scene, names, count)))
        rule_without_credit(r, scene, &hits, worth);
    rule_one_link(r, scene, term);
}

static const char *const params[] = {"names", "one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "The names of which one has to stand there, instead of the owner's.",
    "A link to the original may stand in for it: missing is then incomplete.",
    "Asked for only where the source names its publisher.", NULL};

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    return param_flag(term, "if-supplied") && !scene->c->source->publisher
               ? "the source names no publisher"
               : NULL;
}

const struct judge_term term_credit_publisher = {
    .info =
        {"credit.publisher", BYLAW_TERM_DUTY,
         "The publisher is named as the source of the article.",
         "Passes when one of the publisher's names or aliases stands in the "
         "by-line, in a credit line beside the copied text, in a sentence of "
         "credit (\"originally published on ...\") or as the text of a logo "
         "there. Partly met when only the address of a link tells who it is. "
         "Unknown when the name stands only in prose, comments, a sidebar, the "
         "site's header or the metadata, where it may mean something else, or "
         "perhaps in another script or a picture. Fails when the page "
         "was read whole and the name is nowhere, hidden, or only inside the "
         "copied text.",
         params, param_help},
    .label = "the credit to the publisher",
    .severity = 3,
    .needs = NEED_PUBLISHER,
    .check = check,
    .evaluate = evaluate,
};
