/* SPDX-License-Identifier: Apache-2.0 */
/* link.original: a link that readers can see and that reaches the article. */
#include "judge_int.h"

enum target { TARGET_ARTICLE, TARGET_HOME, TARGET_EITHER, TARGET_BOTH };

static enum target target_of(const struct bylaw_term *term)
{
    static const char *const names[] = {"article", "home", "either", "both",
                                        NULL};

    return (enum target)param_word(term, "target", names);
}

static const char *address_of(const struct scene *scene, const struct way *way)
{
    if (!way->link)
        return quote(scene, bylaw__span_sub(way->line->text, way->at.begin,
                                            way->at.end));
    return quote(scene, way->link->url ? bylaw__span_of(way->link->url)
                                       : way->link->href);
}

/* Any way of that reach that a reader could find among article and credit. */
static const struct way *near_way(const struct scene *scene, enum reach reach,
                                  enum seen seen)
{
    return scene_way(scene, reach, STAND_PROSE, seen);
}

static bool passes(struct ruling *r, const struct scene *scene,
                   enum target target)
{
    const struct way *article = near_way(scene, REACH_ARTICLE, SEEN_YES);
    const struct way *home = near_way(scene, REACH_HOME, SEEN_YES);
    const struct way *way = article;
    bool is_guess = article && !scene->target_count;

    if (target == TARGET_BOTH && article && !home) {
        cite_way(r, scene, article);
        rule_partial(r, scene,
                     "the original article is linked, but the link to the "
                     "home page that is asked for too is missing");
        return true;
    }
    if (!way && (target == TARGET_HOME || target == TARGET_EITHER)) {
        way = home;
        is_guess = false;
    }
    if (!way)
        return false;
    cite_way(r, scene, way);
    rule_pass(r, scene,
              is_guess ? BYLAW_CONFIDENCE_MEDIUM : BYLAW_CONFIDENCE_HIGH,
              "a visible link in the %s leads to %s%s%s%s",
              zone_words(way->zone),
              way == article ? "the original article"
                             : "the publisher's home page",
              is_guess ? ", judging by the title in its address" : "",
              way->trail ? ", as following it showed" : "",
              way->link->rel & BYLAW_REL_NOFOLLOW
                  ? " (marked nofollow, which is no fault)"
                  : "");
    return true;
}

static const char *why_opaque(const struct scene *scene, const struct way *way)
{
    if (!way->trail)
        return "whose target cannot be read off it";
    if (way->trail->end != BYLAW_TRAIL_BLOCKED)
        return "which shows a page of its own";
    return bylaw__arena_printf(scene->arena, "which does not tell where to: %s",
                               way->trail->why);
}

/* What keeps the question open even on a page that was read whole. */
static bool is_open(struct ruling *r, const struct scene *scene)
{
    const struct way *way;

    if ((way = near_way(scene, REACH_ARTICLE, SEEN_DOUBTFUL)))
        rule_unknown(r, scene,
                     "a link leads to the original article, but readers may "
                     "not see it%s%s",
                     *way->hidden_why ? ": " : "", way->hidden_why);
    else if ((way = scene_way(scene, REACH_ARTICLE, STAND_NOWHERE,
                              SEEN_DOUBTFUL)))
        rule_unknown(r, scene,
                     "a link leads to the original article, but it stands "
                     "away from the text, in the %s",
                     zone_words(way->zone));
    else if ((way = near_way(scene, REACH_OPAQUE, SEEN_YES)) &&
             (way->stand == STAND_CREDIT || way_looks_like_credit(scene, way)))
        rule_unknown(r, scene, "the credit links through %s, %s",
                     address_of(scene, way), why_opaque(scene, way));
    else if ((way = near_way(scene, REACH_MAYBE, SEEN_YES)))
        rule_unknown(r, scene,
                     "the page links to %s, which seems to be the article "
                     "under another address",
                     address_of(scene, way));
    else if (!scene->target_count &&
             (way = near_way(scene, REACH_SITE, SEEN_YES)) && !way->is_copied)
        rule_unknown(r, scene,
                     "the page links to %s, and the article's own address is "
                     "not known",
                     address_of(scene, way));
    else
        way = NULL;
    if (way)
        cite_way(r, scene, way);
    return way != NULL;
}

/* "www.example.org contains copyrighted material ...": a standing sentence of
 * the publisher's, copied along, tells no reader where this article stands. */
static bool is_in_furniture(const struct scene *scene, const struct way *way)
{
    const struct bylaw_rule *rule = scene->c->rule;
    struct bylaw_range at;

    for (size_t i = 0; way->reach == REACH_HOME && i < rule->furniture_count;
         i++)
        if (bylaw__phrase_find(&at, way->line->text,
                               bylaw__span_of(rule->furniture[i])) &&
            at.begin <= way->at.begin && way->at.end <= at.end)
            return true;
    return false;
}

static const struct way *plain_address(const struct scene *scene)
{
    const struct way *best = NULL;

    for (size_t i = 0; i < scene->way_count; i++) {
        const struct way *way = &scene->ways[i];

        if (!way->link && way->seen == SEEN_YES &&
            (way->reach == REACH_ARTICLE || way->reach == REACH_MAYBE ||
             way->reach == REACH_HOME) &&
            !is_in_furniture(scene, way) && (!best || way->reach > best->reach))
            best = way;
    }
    return best;
}

/* A page without any markup, in which nothing can be a link. */
static bool is_plain_text(const struct scene *scene)
{
    struct bylaw_span text = scene->c->document->text;

    return !scene->c->document->link_count && !memchr(text.ptr, '<', text.len);
}

/* Of such a page, the address is all that can be asked for. */
static bool passes_in_plain_text(struct ruling *r, const struct scene *scene)
{
    const struct way *way = plain_address(scene);

    if (!way || way->reach != REACH_ARTICLE || !is_plain_text(scene))
        return false;
    cite_way(r, scene, way);
    rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
              "the page is plain text, and gives the article's address %s",
              address_of(scene, way));
    return true;
}

/* Partly met: readers are told where to go, if not led to the article. */
static bool is_partly_met(struct ruling *r, const struct scene *scene)
{
    const struct way *way = near_way(scene, REACH_HOME, SEEN_YES);

    if (way)
        rule_partial(r, scene,
                     "the link to the original article is missing, the page "
                     "links only to the publisher's home page %s",
                     address_of(scene, way));
    else if ((way = plain_address(scene)))
        rule_partial(r, scene,
                     "the address %s stands on the page as plain text, not "
                     "as a link",
                     address_of(scene, way));
    if (way)
        cite_way(r, scene, way);
    return way != NULL;
}

static void rule_missing(struct ruling *r, const struct scene *scene)
{
    const struct way *way;

    if ((way = scene_way(scene, REACH_ARTICLE, STAND_NOWHERE, SEEN_NO)))
        rule_absent(r, scene,
                    "the link to the original article is hidden from readers "
                    "(%s)",
                    *way->hidden_why ? way->hidden_why : "not visible");
    else if ((way = near_way(scene, REACH_DEAD, SEEN_NO)))
        rule_absent(r, scene,
                    "the credit %s looks like a link but its target is %s",
                    quote(scene, way->link->text),
                    way->link->href.len ? quote(scene, way->link->href)
                                        : "empty");
    else if ((way = near_way(scene, REACH_GONE, SEEN_NO)))
        rule_absent(r, scene,
                    "the link to the original article is dead: %s (%s, tried "
                    "%u times)",
                    address_of(scene, way), way->trail->why, way->trail->tries);
    else if ((way = near_way(scene, REACH_ASTRAY, SEEN_NO)))
        rule_absent(r, scene, "the credit's link %s leads to %s instead",
                    address_of(scene, way),
                    quote(scene, bylaw__span_of(way->trail->final_url)));
    else if ((way = near_way(scene, REACH_SITE, SEEN_NO)))
        rule_absent(r, scene,
                    "the link to the original article is missing, the page "
                    "links only to %s, another page of the publisher's",
                    address_of(scene, way));
    else if ((way = near_way(scene, REACH_UPSTREAM, SEEN_NO)))
        rule_absent(r, scene,
                    "the link to the original article is missing, the page "
                    "links only to %s, where the publisher took it from",
                    address_of(scene, way));
    else
        rule_absent(r, scene, "the link to the original article is missing");
    if (way)
        cite_way(r, scene, way);
}

/* Metadata that points at the source shows intent, never a visible link. */
static void note_metadata(struct ruling *r, const struct scene *scene)
{
    static const enum bylaw_meta_key keys[] = {BYLAW_META_CANONICAL,
                                               BYLAW_META_ORIGINAL,
                                               BYLAW_META_SYNDICATION,
                                               BYLAW_META_BASED_ON};
    const struct bylaw_document *document = scene->c->document;
    bool points = false;

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]) && !points; i++) {
        const struct bylaw_meta *meta = bylaw_document_meta(document, keys[i]);
        bylaw_url *url = NULL;

        if (!meta || bylaw_url_parse(&url, meta->value, NULL, NULL))
            continue;
        for (size_t t = 0; t < scene->target_count && !points; t++)
            points =
                bylaw_url_relate(url, scene->targets[t]) == BYLAW_URL_SAME_PAGE;
        bylaw_url_free(url);
    }
    if (points)
        r->clause =
            bylaw__arena_printf(scene->arena,
                                "%s (the page's metadata does point to it)",
                                r->clause);
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    if (passes(r, scene, target_of(term)) || passes_in_plain_text(r, scene))
        return;
    if (!is_open(r, scene) && !is_partly_met(r, scene))
        rule_missing(r, scene);
    note_metadata(r, scene);
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    return param_flag(term, "if-supplied") && !scene->target_count
               ? "the source states no address of its own"
               : NULL;
}

static const char *const params[] = {"target", "one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "What has to be reached: article (default), home, either or both.",
    "Has no effect here: this is the link that stands in for other duties.",
    "Asked for only where the source states its address.", NULL};

const struct judge_term term_link_original = {
    .info =
        {"link.original", BYLAW_TERM_DUTY,
         "A visible link leads to the original article.",
         "Passes when a link that nothing on the page hides stands in or "
         "beside the article and reaches the original, tracking parameters, "
         "mobile forms and known redirects looked through; nofollow is no "
         "fault. Where pages come from the network, shorteners and links that "
         "may have moved are followed. Partly met when only the home page is "
         "linked or the address stands as plain text, save on a page of plain "
         "text, where it passes. Unknown when the link "
         "stands only in a sidebar, menu, comments or site footer, may be "
         "hidden, goes through a shortener, or an address of the "
         "publisher's without words, that was not followed or told "
         "nothing, or the article's own address is not known. Fails when the "
         "page was read whole and the link is missing, hidden, empty, \"#\" "
         "or a script, leads elsewhere, or to no page on two tries.",
         params, param_help},
    .label = "the link to the original article",
    .severity = 3,
    .needs = NEED_LINK,
    .check = check,
    .evaluate = evaluate,
};
