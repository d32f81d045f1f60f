/* SPDX-License-Identifier: Apache-2.0 */
/* keep.links: the links that the article's text held are still in it. */
#include "judge_int.h"

#define SHARE_DEFAULT 80u  /* per cent of the links that have to be there */
#define LINKS_MAX     200u /* of the source that are looked for */

/* What became of one link, worst first. */
enum fate {
    FATE_GONE,
    FATE_REWRITTEN, /* its words link elsewhere */
    FATE_OPAQUE,    /* its words link through a redirector */
    FATE_KEPT
};

/* A link of the page that stands in the article. */
struct there {
    const struct bylaw_link *link;
    enum bylaw_zone zone;
    uint64_t key; /* of the page it leads to */
    bool is_opaque;
};

struct tally {
    size_t total, by_fate[FATE_KEPT + 1], nofollow;
    const struct bylaw_link *lost; /* the first that is not there */
};

/* Only what was copied can have been kept. */
static bool is_in_copied(const struct scene *scene, struct bylaw_range source)
{
    const struct bylaw_match *match = scene->c->match;

    for (size_t i = 0; i < match->span_count; i++)
        if (match->spans[i].source.begin < source.end &&
            source.begin < match->spans[i].source.end)
            return true;
    return false;
}

static bool is_text_link(const struct bylaw_link *link)
{
    return !strcmp(link->element, "a") && link->kind == BYLAW_LINK_REAL &&
           link->url && bylaw__span_trim(link->text).len;
}

/* False for the publisher's frame, and for links that the article has to
 * itself. */
static bool is_to_be_kept(const struct scene *scene,
                          const struct bylaw_link *link)
{
    const struct bylaw_source *source = scene->c->source;
    bylaw_url *url = NULL;
    bool is_self = false;

    if (!is_text_link(link) || link->block >= source->document->block_count ||
        (source->is_furniture && source->is_furniture[link->block]) ||
        !is_in_copied(scene, link->bytes) ||
        bylaw_url_parse(&url, bylaw__span_of(link->url), NULL, NULL))
        return false;
    for (size_t i = 0; i < scene->target_count && !is_self; i++)
        is_self =
            bylaw_url_relate(url, scene->targets[i]) == BYLAW_URL_SAME_PAGE;
    bylaw_url_free(url);
    return !is_self;
}

static uint64_t key_of(const bylaw_url *url)
{
    return url ? bylaw__hash64(bylaw__span_of(bylaw_url_canonical(url))) : 0;
}

static uint64_t key_of_address(const char *address)
{
    bylaw_url *url = NULL;
    uint64_t key = 0;

    if (!bylaw_url_parse(&url, bylaw__span_of(address), NULL, NULL))
        key = key_of(url);
    bylaw_url_free(url);
    return key;
}

/* The article's links on the page; heap of the scene's arena. */
static struct there *links_there(const struct scene *scene, size_t *out_count)
{
    const struct bylaw__case *c = scene->c;
    struct there *there =
        bylaw__arena_alloc_array(scene->arena, c->document->link_count + 1,
                                 sizeof(*there));

    *out_count = 0;
    for (size_t i = 0; there && i < c->document->link_count; i++) {
        struct there *next = &there[*out_count];
        const bylaw_url *url;

        next->link = &c->document->links[i];
        next->zone = c->placement && c->placement->link_zones
                         ? c->placement->link_zones[i]
                         : next->link->zone;
        if (!is_text_link(next->link) ||
            seen_of(next->link->visibility) == SEEN_NO ||
            stand_of(c, next->link->block, next->zone) < STAND_PROSE)
            continue;
        url = link_url(scene, next->link);
        next->key = key_of(url);
        next->is_opaque = url && bylaw__url_is_opaque_redirect(url);
        (*out_count)++;
    }
    return there;
}

static enum fate fate_of(const struct bylaw_link *link,
                         const struct there *there, size_t count,
                         const struct there **out)
{
    uint64_t key = key_of_address(link->url);
    enum fate best = FATE_GONE;

    for (size_t i = 0; i < count; i++) {
        enum fate fate = FATE_GONE;

        if (there[i].key == key)
            fate = FATE_KEPT;
        else if (bylaw__span_eq_nocase(bylaw__span_trim(there[i].link->text),
                                       bylaw__span_trim(link->text)))
            fate = there[i].is_opaque ? FATE_OPAQUE : FATE_REWRITTEN;
        if (fate <= best)
            continue;
        best = fate;
        *out = &there[i];
    }
    return best;
}

static struct tally count_fates(struct ruling *r, const struct scene *scene)
{
    const struct bylaw_document *document = scene->c->source->document;
    struct tally tally = {0};
    size_t count;
    const struct there *there = links_there(scene, &count);

    for (size_t i = 0; i < document->link_count && tally.total < LINKS_MAX;
         i++) {
        const struct there *found = NULL;
        enum fate fate;

        if (!is_to_be_kept(scene, &document->links[i]))
            continue;
        tally.total++;
        fate = fate_of(&document->links[i], there, count, &found);
        tally.by_fate[fate]++;
        if (fate != FATE_KEPT && !tally.lost)
            tally.lost = &document->links[i];
        if (!found)
            continue;
        tally.nofollow +=
            fate == FATE_KEPT && (found->link->rel & BYLAW_REL_NOFOLLOW) != 0;
        cite_link(r, scene, found->link, found->zone);
    }
    return tally;
}

static const char *follow_note(const struct scene *scene,
                               const struct tally *tally)
{
    return tally->nofollow
               ? bylaw__arena_printf(scene->arena,
                                     " (%zu marked nofollow, which is no "
                                     "fault)",
                                     tally->nofollow)
               : "";
}

static void rule_by_tally(struct ruling *r, const struct scene *scene,
                          const struct tally *tally, size_t percent)
{
    size_t kept = tally->by_fate[FATE_KEPT];
    size_t opaque = tally->by_fate[FATE_OPAQUE];
    size_t rewritten = tally->by_fate[FATE_REWRITTEN];

    if (kept * 100 >= tally->total * percent && kept)
        rule_pass(r, scene,
                  kept == tally->total ? BYLAW_CONFIDENCE_HIGH
                                       : BYLAW_CONFIDENCE_MEDIUM,
                  "%zu of the %zu links in the article's text are still "
                  "there%s",
                  kept, tally->total, follow_note(scene, tally));
    else if ((kept + opaque) * 100 >= tally->total * percent)
        rule_unknown(r, scene,
                     "of the %zu links in the article's text %zu lead through "
                     "redirectors now, whose targets cannot be read off them",
                     tally->total, opaque);
    else if (rewritten)
        rule_partial(r, scene,
                     "of the %zu links in the article's text %zu are still "
                     "there, and %zu lead elsewhere now, such as the one on "
                     "%s",
                     tally->total, kept, rewritten,
                     quote(scene, tally->lost->text));
    else if (kept)
        rule_partial(r, scene,
                     "of the %zu links in the article's text only %zu are "
                     "still there; the one on %s is not",
                     tally->total, kept, quote(scene, tally->lost->text));
    else
        rule_absent(r, scene,
                    "none of the %zu links in the article's text is there "
                    "any more",
                    tally->total);
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct tally tally = count_fates(r, scene);

    rule_by_tally(r, scene, &tally, param_number(term, "share", SHARE_DEFAULT));
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    const struct bylaw_document *document = scene->c->source->document;

    (void)term;
    for (size_t i = 0; document && i < document->link_count; i++)
        if (is_to_be_kept(scene, &document->links[i]))
            return NULL;
    return "the copied text holds no link in the source";
}

static const char *const params[] = {"share", "one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "Per cent of the article's links that have to be there; 80 without it, as "
    "editors' systems lose one now and then.",
    "Has no effect here.", "Always so: only links of the source can be kept.",
    NULL};

const struct judge_term term_keep_links = {
    .info =
        {"keep.links", BYLAW_TERM_DUTY,
         "The links in the article's text were kept.",
         "Looks for every link that stands in the copied text of the source, "
         "by the page it leads to. Passes when the share asked for is still "
         "there; nofollow is no fault. Partly met when fewer are, or their "
         "words link elsewhere. Unknown when the rest leads through "
         "redirectors. Fails when the page was read whole and none is there.",
         params, param_help},
    .label = "the links in the article's text",
    .severity = 2,
    .check = check,
    .evaluate = evaluate,
};
