/* SPDX-License-Identifier: Apache-2.0 */
/* link.licence: a link leads to the licence that the article is under. */
#include "judge_int.h"

/* How the best link to a licence stands. */
struct found {
    const struct bylaw_link *link;
    enum bylaw_zone zone;
    enum stand stand;
    enum seen seen;
    bool is_right;
};

static bool is_same_licence(const struct licence *wanted, const bylaw_url *url)
{
    struct licence given;
    bylaw_url *target = NULL;
    bool same = false;

    if (*wanted->code)
        return licence_of_url(&given, url) &&
               !strcmp(given.code, wanted->code) &&
               (!*wanted->version || !*given.version ||
                !strcmp(given.version, wanted->version));
    if (!wanted->url ||
        bylaw_url_parse(&target, bylaw__span_of(wanted->url), NULL, NULL))
        return false;
    same = bylaw_url_relate(url, target) == BYLAW_URL_SAME_PAGE;
    bylaw_url_free(target);
    return same;
}

/* False where the link has nothing to do with licences. */
static bool read_link(struct found *out, const struct scene *scene,
                      size_t number, const struct licence *wanted)
{
    const struct bylaw__case *c = scene->c;
    const struct bylaw_link *link = &c->document->links[number];
    struct licence given;
    const bylaw_url *url;
    bool is_licence;

    if (link->kind != BYLAW_LINK_REAL ||
        (strcmp(link->element, "a") && strcmp(link->element, "area")) ||
        !(url = link_url(scene, link)))
        return false;
    out->is_right = is_same_licence(wanted, url);
    is_licence = out->is_right || licence_of_url(&given, url) ||
                 (link->rel & BYLAW_REL_LICENSE);
    out->link = link;
    out->zone = c->placement && c->placement->link_zones
                    ? c->placement->link_zones[number]
                    : link->zone;
    out->stand = stand_of(c, link->block, out->zone);
    out->seen = seen_of(link->visibility);
    return is_licence;
}

static int rank(const struct found *found)
{
    return (found->is_right ? 16 : 0) + (int)found->seen * 4 +
           (int)found->stand;
}

static struct found best_link(const struct scene *scene,
                              const struct licence *wanted)
{
    struct found best = {0}, found = {0};

    for (size_t i = 0; i < scene->c->document->link_count; i++)
        if (read_link(&found, scene, i, wanted) &&
            (!best.link || rank(&found) > rank(&best)))
            best = found;
    return best;
}

static bool stated_in_meta(struct ruling *r, const struct scene *scene,
                           const struct licence *wanted)
{
    const struct bylaw_meta *meta =
        bylaw_document_meta(scene->c->document, BYLAW_META_LICENSE);
    bylaw_url *url = NULL;
    bool stated;

    if (!meta || bylaw_url_parse(&url, meta->value, NULL, NULL))
        return false;
    stated = is_same_licence(wanted, url);
    bylaw_url_free(url);
    if (!stated)
        return false;
    cite_meta(r, meta);
    rule_unknown(r, scene,
                 "the licence is linked only in the page's metadata, which "
                 "readers do not see");
    return true;
}

static void rule_by_link(struct ruling *r, const struct scene *scene,
                         const struct found *found,
                         const struct licence *wanted)
{
    cite_link(r, scene, found->link, found->zone);
    if (!found->is_right)
        rule_absent(r, scene, "the page links to another licence than %s: %s",
                    wanted->name,
                    quote(scene, bylaw__span_of(found->link->url)));
    else if (found->seen == SEEN_NO)
        rule_absent(r, scene,
                    "the link to the licence %s is hidden from "
                    "readers",
                    wanted->name);
    else if (found->stand < STAND_PROSE)
        rule_unknown(r, scene,
                     "the licence %s is linked only away from the article, "
                     "where it may speak of the whole site",
                     wanted->name);
    else if (found->seen == SEEN_DOUBTFUL)
        rule_unknown(r, scene,
                     "the link to the licence %s may be hidden from readers",
                     wanted->name);
    else
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                  "a visible link leads to the licence %s", wanted->name);
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct licence wanted;
    struct found found;

    if (!licence_of_case(&wanted, scene) || (!*wanted.code && !wanted.url)) {
        rule_unknown(r, scene,
                     "it is not known where the licence is to be "
                     "read");
        return;
    }
    found = best_link(scene, &wanted);
    if (found.link && (found.is_right || found.stand >= STAND_PROSE))
        rule_by_link(r, scene, &found, &wanted);
    else if (!stated_in_meta(r, scene, &wanted))
        rule_absent(r, scene, "the link to the licence %s is missing",
                    wanted.name);
    rule_one_link(r, scene, term);
}

static const char *const params[] = {"one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "A link to the original may stand in for it: missing is then incomplete.",
    "Asked for only where a licence is stated.", NULL};

const struct judge_term term_link_licence = {
    .info =
        {"link.licence", BYLAW_TERM_DUTY, "A link leads to the licence.",
         "Passes when a visible link in or beside the article leads to the "
         "licence: for Creative Commons any language or form of the same "
         "licence and version, else the address of the rule's text. Unknown "
         "when it stands only in a site footer or sidebar, where it may speak "
         "of the whole site, only in metadata, or may be hidden. Fails when "
         "the page was read whole and the link is missing, hidden, or leads "
         "to another licence.",
         params, param_help},
    .label = "the link to the licence",
    .severity = 2,
    .needs = NEED_LICENCE,
    .check = licence_is_stated,
    .evaluate = evaluate,
};
