/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page seen from the copied text. Blocks that carry copied words are
 * seeds; the lowest element that holds nearly all of them is the article's
 * container; what stands among the seeds in it is the article.
 */
#include "credit.h"
#include "page_int.h"

#include <stdlib.h>

#define SEED_SHARE       0.3  /* of a block's bytes that were copied */
#define SEED_WORDS       8u   /* a seed has at least so many words ... */
#define WHOLE_SHARE      0.8  /* ... or was copied nearly whole */
#define CONTAINER_SHARE  0.85 /* of all seed words that the container holds */
#define AGREED_SHARE     0.6  /* of seed words that the heuristics chose too */
#define MOST_LINKS       0.5F /* link density of the article's own text */
#define CREDIT_WORDS     80u  /* a credit line is no longer */
#define NEAR_BLOCKS      8u   /* visible blocks between it and the text */
#define BYLINE_BLOCKS    4u
#define AUTHOR_ROLE      (1u << BYLAW_PHRASE_AUTHOR)
#define HEADLINE_WORDS   4u
#define BYLINE_WORDS     30u
#define OWN_BYLINE_WORDS 10u

/* All that placing one page works with. */
struct placing {
    const struct bylaw_document *d;
    const struct bylaw_match *match;
    const struct bylaw__outline *outline; /* NULL for plain text */
    struct bylaw__credits *credits;
    struct bylaw__place *places; /* in the placement's arena */
    bool *is_seed;               /* heap; per block */
    uint32_t *seed_words;        /* heap; per element, below it */
    uint32_t *inner_hints;       /* heap; per element, from the container on */
    size_t first, last;          /* first and last seed */
    size_t longest;              /* seed of the most words */
    size_t headline;             /* block above them, or SIZE_MAX */
    uint32_t container;          /* BYLAW__NO_ELEMENT: the whole page */
    bool has_seeds;
};

static bool is_seen(const struct bylaw_block *b)
{
    return bylaw__is_seen(b->visibility, b->visibility_why);
}

/* --------------------------------------------------------------- seeds --- */

static bool is_seed(const struct placing *p, size_t i)
{
    double copied = p->places[i].copied;

    return copied >= WHOLE_SHARE ||
           (copied >= SEED_SHARE && p->d->blocks[i].words >= SEED_WORDS);
}

/* A hidden copy of the text counts only where no visible one is. */
static void find_seeds(struct placing *p)
{
    bool has_seen = false;

    for (size_t i = 0; i < p->d->block_count; i++)
        has_seen |= is_seed(p, i) && is_seen(&p->d->blocks[i]);
    for (size_t i = 0; i < p->d->block_count; i++) {
        p->is_seed[i] =
            is_seed(p, i) && (!has_seen || is_seen(&p->d->blocks[i]));
        if (!p->is_seed[i])
            continue;
        if (!p->has_seeds)
            p->first = p->longest = i;
        if (p->d->blocks[i].words > p->d->blocks[p->longest].words)
            p->longest = i;
        p->last = i;
        p->has_seeds = true;
    }
}

static void find_container(struct placing *p)
{
    const struct bylaw__outline *o = p->outline;
    uint32_t total = 0;

    p->container = BYLAW__NO_ELEMENT;
    if (!o || !o->count)
        return;
    for (size_t i = 0; i < p->d->block_count; i++)
        if (p->is_seed[i])
            p->seed_words[o->block_elements[i]] += p->d->blocks[i].words;
    for (uint32_t i = o->count; i-- > 1;)
        if (o->elements[i].parent != BYLAW__NO_ELEMENT)
            p->seed_words[o->elements[i].parent] += p->seed_words[i];
    total = p->seed_words[0];
    /* Elements that hold most of the seeds lie inside each other, so the last
     * one in document order is the lowest. */
    for (uint32_t i = 0; i < o->count; i++)
        if ((double)p->seed_words[i] >= CONTAINER_SHARE * (double)total &&
            total)
            p->container = i;
    /* One long paragraph is no container for what stands around it. */
    while (p->container != BYLAW__NO_ELEMENT &&
           o->elements[p->container].parent != BYLAW__NO_ELEMENT &&
           (o->elements[p->container].tag == BYLAW__TAG_P ||
            o->elements[p->container].tag == BYLAW__TAG_OTHER ||
            o->elements[p->container].tag == BYLAW__TAG_SPAN ||
            o->elements[p->container].tag == BYLAW__TAG_A))
        p->container = o->elements[p->container].parent;
}

/* ------------------------------------------------------------- article --- */

#define FOREIGN_HINTS                                                          \
    (BYLAW__HINT_SHARE | BYLAW__HINT_PROMO | BYLAW__HINT_RELATED |             \
     BYLAW__HINT_CAPTION | BYLAW__HINT_TAGS | BYLAW__HINT_BIO |                \
     BYLAW__HINT_POPUP | BYLAW__HINT_TOOL | BYLAW__HINT_COMMENTS |             \
     BYLAW__HINT_NAV | BYLAW__HINT_SIDEBAR | BYLAW__HINT_FOOTER)

/* What stands between an element and the container: hints of all of them, and
 * a mark where a tag says that it is not the article's own text. */
static void sum_hints(struct placing *p)
{
    const struct bylaw__outline *o = p->outline;

    if (p->container == BYLAW__NO_ELEMENT)
        return;
    for (uint32_t i = p->container + 1; i < o->elements[p->container].end;
         i++) {
        const struct bylaw__kept *e = &o->elements[i];
        bool is_foreign = bylaw__is_foreign_tag(e->tag) ||
                          ((e->hints & FOREIGN_HINTS) &&
                           p->seed_words[i] * 2 < p->seed_words[0]);

        p->inner_hints[i] = is_foreign || p->inner_hints[e->parent];
    }
}

static bool is_in_container(const struct placing *p, size_t block)
{
    uint32_t element;

    if (p->container == BYLAW__NO_ELEMENT)
        return true;
    element = p->outline->block_elements[block];
    return element >= p->container &&
           element < p->outline->elements[p->container].end;
}

static bool is_foreign(const struct placing *p, size_t block)
{
    return p->outline && p->inner_hints[p->outline->block_elements[block]];
}

/* The reposter's own words among the copied ones. */
static bool belongs(const struct placing *p, size_t i)
{
    const struct bylaw_block *b = &p->d->blocks[i];

    return is_in_container(p, i) && !is_foreign(p, i) && is_seen(b) &&
           b->link_density <= MOST_LINKS && !b->is_caption;
}

static bool is_beside(const struct placing *p, size_t i, size_t seed)
{
    const struct bylaw_block *b = &p->d->blocks[i];
    const struct bylaw_block *s = &p->d->blocks[seed];

    return b->container == s->container && !strcmp(b->tag, s->tag) &&
           belongs(p, i);
}

/* Whether the heuristics found the same text: then they say what belongs to
 * it at its borders, else only the copied words do. */
static bool agrees_with_main(const struct placing *p)
{
    uint32_t seeds = 0, main_seeds = 0;

    for (size_t i = p->first; i <= p->last; i++) {
        if (!p->is_seed[i])
            continue;
        seeds += p->d->blocks[i].words;
        main_seeds += p->d->blocks[i].is_main ? p->d->blocks[i].words : 0;
    }
    return (double)main_seeds >= AGREED_SHARE * (double)seeds;
}

/* Outwards, as long as paragraphs of the same kind follow each other. */
static void extend(struct placing *p)
{
    for (size_t i = p->first; i-- > 0 && is_beside(p, i, p->first);)
        p->places[i].is_article = true;
    for (size_t i = p->last + 1;
         i < p->d->block_count && is_beside(p, i, p->last); i++)
        p->places[i].is_article = true;
}

static void mark_by_main(struct placing *p)
{
    for (size_t i = 0; i < p->d->block_count; i++)
        p->places[i].is_article = p->d->blocks[i].is_main ||
                                  (p->is_seed[i] && is_in_container(p, i) &&
                                   p->places[i].copied >= WHOLE_SHARE);
}

static void mark_by_seeds(struct placing *p)
{
    for (size_t i = p->first; i <= p->last; i++)
        p->places[i].is_article =
            (p->is_seed[i] && is_in_container(p, i)) || belongs(p, i);
    extend(p);
}

static void mark_article(struct placing *p)
{
    if (agrees_with_main(p))
        mark_by_main(p);
    else
        mark_by_seeds(p);
}

/* ------------------------------------------------- sides and distances --- */

static void measure_sides(struct placing *p)
{
    uint32_t since = UINT32_MAX;

    for (size_t i = 0; i < p->d->block_count; i++) {
        struct bylaw__place *place = &p->places[i];

        place->side = i < p->first  ? BYLAW__SIDE_BEFORE
                      : i > p->last ? BYLAW__SIDE_AFTER
                                    : BYLAW__SIDE_INSIDE;
        if (p->is_seed[i])
            since = 0;
        else if (since != UINT32_MAX && is_seen(&p->d->blocks[i]))
            since++;
        place->distance = since;
    }
    since = UINT32_MAX;
    for (size_t i = p->d->block_count; i-- > 0;) {
        struct bylaw__place *place = &p->places[i];

        if (p->is_seed[i])
            since = 0;
        else if (since != UINT32_MAX && is_seen(&p->d->blocks[i]))
            since++;
        if (since < place->distance)
            place->distance = since;
    }
}

/* --------------------------------------------------------------- zones --- */

static bool holds_copyright(struct bylaw_span text)
{
    return bylaw__span_find(text, BYLAW__SPAN("\xC2\xA9")) != SIZE_MAX ||
           bylaw__span_find_nocase(text, BYLAW__SPAN("copyright")) != SIZE_MAX;
}

/* Whether the container is the article's, and not the whole page. */
static bool has_box(const struct placing *p)
{
    enum bylaw__tag tag;

    if (p->container == BYLAW__NO_ELEMENT)
        return false;
    tag = p->outline->elements[p->container].tag;
    return tag != BYLAW__TAG_BODY && tag != BYLAW__TAG_HTML;
}

static bool is_near(const struct placing *p, size_t i)
{
    return p->places[i].distance <= NEAR_BLOCKS ||
           (has_box(p) && is_in_container(p, i));
}

/* The last heading of the first rank above the text; a site's name in that
 * rank is shorter, or a link. */
static void find_headline(struct placing *p)
{
    p->headline = SIZE_MAX;
    for (size_t i = p->first; i-- > 0;) {
        const struct bylaw_block *b = &p->d->blocks[i];

        if (b->heading != 1 || b->words < HEADLINE_WORDS ||
            b->link_density > MOST_LINKS || !is_seen(b))
            continue;
        p->headline = i;
        return;
    }
}

/* Below the headline stand by-line and credit, in whatever box it is. */
static bool is_below_headline(const struct placing *p, size_t i)
{
    const struct bylaw_block *b = &p->d->blocks[i];

    return p->headline != SIZE_MAX && i > p->headline && i < p->first &&
           i - p->headline <= NEAR_BLOCKS && !b->heading &&
           (b->zone == BYLAW_ZONE_UNKNOWN ||
            (b->zone == p->d->blocks[p->headline].zone &&
             !strcmp(b->zone_why, p->d->blocks[p->headline].zone_why)));
}

static enum bylaw_zone sharpen_short(const struct placing *p, size_t i)
{
    const struct bylaw_block *b = &p->d->blocks[i];
    const struct bylaw__place *place = &p->places[i];
    /* Below the text a by-line is a line of its own: "by" is a common word. */
    uint32_t most_words =
        place->side == BYLAW__SIDE_BEFORE ? BYLINE_WORDS : OWN_BYLINE_WORDS;
    bool may_be_byline =
        place->side != BYLAW__SIDE_INSIDE &&
        (place->distance <= BYLINE_BLOCKS || is_below_headline(p, i)) &&
        b->words <= most_words;
    unsigned roles;

    if (holds_copyright(b->text))
        return BYLAW_ZONE_CREDIT;
    roles = bylaw__credits_in(p->credits, b->text);
    if (roles & ~AUTHOR_ROLE)
        return BYLAW_ZONE_CREDIT;
    if (may_be_byline && roles)
        return BYLAW_ZONE_BYLINE;
    if (b->link_count && b->zone != BYLAW_ZONE_BYLINE && !b->heading &&
        place->distance <= BYLINE_BLOCKS && b->words <= BYLINE_WORDS &&
        !place->is_article && is_in_container(p, i) && !is_foreign(p, i))
        return BYLAW_ZONE_CREDIT;
    return BYLAW_ZONE_UNKNOWN;
}

static bool is_article_footer(const struct placing *p, size_t i)
{
    const struct bylaw_block *b = &p->d->blocks[i];

    return b->zone == BYLAW_ZONE_FOOTER &&
           (!strcmp(b->zone_why, BYLAW__ARTICLE_FOOTER) ||
            (has_box(p) && is_in_container(p, i)));
}

/* A label that the copied text bears too is that of something around both,
 * and tells nothing of a block beside the text. */
static bool shares_label(const struct placing *p, size_t i)
{
    const struct bylaw_block *b = &p->d->blocks[i];
    const struct bylaw_block *seed = &p->d->blocks[p->longest];

    return has_box(p) && is_in_container(p, i) && !is_foreign(p, i) &&
           seed->zone == b->zone && !strcmp(seed->zone_why, b->zone_why);
}

static enum bylaw_zone sharpen(const struct placing *p, size_t i)
{
    const struct bylaw_block *b = &p->d->blocks[i];
    enum bylaw_zone zone;

    switch (b->zone) {
    case BYLAW_ZONE_HEAD:
    case BYLAW_ZONE_NAV:
    case BYLAW_ZONE_SIDEBAR:
    case BYLAW_ZONE_COMMENTS:
        if (p->places[i].is_article)
            return BYLAW_ZONE_BODY;
        if (!shares_label(p, i) && !is_below_headline(p, i))
            return b->zone;
        break;
    case BYLAW_ZONE_FOOTER:
        if (!is_article_footer(p, i))
            return b->zone;
        break;
    default:
        break;
    }
    if (p->is_seed[i] && b->zone != BYLAW_ZONE_BYLINE)
        return BYLAW_ZONE_BODY;
    if (b->words <= CREDIT_WORDS &&
        (is_near(p, i) || is_below_headline(p, i))) {
        zone = sharpen_short(p, i);
        if (zone != BYLAW_ZONE_UNKNOWN)
            return zone;
    }
    if (b->zone == BYLAW_ZONE_FOOTER)
        return BYLAW_ZONE_CREDIT;
    if (p->places[i].is_article && b->zone == BYLAW_ZONE_UNKNOWN)
        return BYLAW_ZONE_BODY;
    return b->zone;
}

static int keep_zones(struct placing *p, struct bylaw__placement *placement,
                      struct bylaw_error *err)
{
    enum bylaw_zone *zones =
        bylaw__arena_alloc_array(placement->owner, p->d->link_count,
                                 sizeof(*zones));

    if (!zones)
        return bylaw__fail_memory(err, "extract");
    for (size_t i = 0; i < p->d->block_count; i++)
        p->places[i].zone = p->has_seeds ? sharpen(p, i) : p->d->blocks[i].zone;
    for (size_t i = 0; i < p->d->link_count; i++) {
        const struct bylaw_link *link = &p->d->links[i];

        zones[i] = link->block < p->d->block_count ? p->places[link->block].zone
                                                   : link->zone;
    }
    placement->link_zones = zones;
    return 0;
}

/* ----------------------------------------------------------- the whole --- */

static int begin(struct placing *p, struct bylaw__placement **out,
                 struct bylaw_error *err)
{
    struct bylaw__arena *arena = bylaw__owner_new(0);
    size_t elements = p->outline ? p->outline->count : 0;

    if (!arena)
        return bylaw__fail_memory(err, "extract");
    *out = bylaw__arena_alloc(arena, sizeof(**out));
    if (!*out) {
        bylaw__owner_free(arena);
        return bylaw__fail_memory(err, "extract");
    }
    (*out)->owner = arena;
    p->places =
        bylaw__arena_alloc_array(arena, p->d->block_count, sizeof(*p->places));
    (*out)->blocks = p->places;
    p->is_seed = calloc(p->d->block_count + 1, sizeof(*p->is_seed));
    p->seed_words = calloc(elements + 1, sizeof(*p->seed_words));
    p->inner_hints = calloc(elements + 1, sizeof(*p->inner_hints));
    if (!p->places || !p->is_seed || !p->seed_words || !p->inner_hints)
        return bylaw__fail_memory(err, "extract");
    return 0;
}

int bylaw__place(struct bylaw__placement **out,
                 const struct bylaw_document *document,
                 const struct bylaw_match *match,
                 const struct bylaw_phrase *phrases, size_t phrase_count,
                 struct bylaw_error *err)
{
    struct placing p = {.d = document, .match = match};
    struct bylaw__placement *placement = NULL;
    int rc;

    *out = NULL;
    p.outline = document->outline;
    rc = begin(&p, &placement, err);
    if (rc)
        goto done;
    if (bylaw__credits_new(&p.credits, phrases, phrase_count)) {
        rc = bylaw__fail_memory(err, "extract");
        goto done;
    }
    rc = bylaw__place_copied(p.places, document, match, err);
    if (rc)
        goto done;
    find_seeds(&p);
    if (p.has_seeds) {
        find_container(&p);
        sum_hints(&p);
        mark_article(&p);
        measure_sides(&p);
        find_headline(&p);
        placement->article.begin = document->blocks[p.first].bytes.begin;
        placement->article.end = document->blocks[p.last].bytes.end;
    }
    rc = keep_zones(&p, placement, err);
    if (rc)
        goto done;
    *out = placement;
    placement = NULL;
done:
    bylaw__placement_free(placement);
    bylaw__credits_free(p.credits);
    free(p.is_seed);
    free(p.seed_words);
    free(p.inner_hints);
    return rc;
}
