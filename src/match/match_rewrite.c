/* SPDX-License-Identifier: Apache-2.0 */
/* Which parts of the page say what the source says in other words. */
#include "match_rewrite.h"

/** A rewritten stretch and the copied passages inside it. */
struct told {
    struct stretch page, source; /* words */
    uint32_t passages;
    uint32_t page_words, source_words; /* within those passages */
    uint32_t equal;
    bool is_stirred; /* not in the order of the source */
};

/** Words of a copied passage. */
struct extent {
    struct stretch page, source;
    uint32_t equal;
};

static struct stretch words_of(const struct sentences *side,
                               struct stretch sentences)
{
    return (struct stretch){side->items[sentences.begin].words.begin,
                            side->items[sentences.end - 1].words.end};
}

static bool overlaps(struct stretch a, struct stretch b)
{
    return a.begin < b.end && b.begin < a.end;
}

static void take_in(struct stretch *stretch, struct stretch more)
{
    if (more.begin < stretch->begin)
        stretch->begin = more.begin;
    if (more.end > stretch->end)
        stretch->end = more.end;
}

static uint32_t length(struct stretch words)
{
    return words.end - words.begin;
}

/* Of all copied passages, in the order of the page. */
static struct extent *list_extents(const struct aligner *a)
{
    struct extent *extents = calloc(a->passages.count + 1, sizeof(*extents));

    for (size_t p = 0; extents && p < a->passages.count; p++) {
        const struct passage *passage = &a->passages.items[p];
        const struct run *runs = a->kept.items + passage->first;
        const struct run *last = &runs[passage->count - 1];

        extents[p].page = (struct stretch){runs[0].page, page_end(last)};
        extents[p].source = (struct stretch){runs[0].source, source_end(last)};
        for (size_t i = 0; i < passage->count; i++)
            extents[p].equal += runs[i].len;
    }
    return extents;
}

/* Whether words lie in a stretch or right beside it. */
static bool is_near(struct stretch stretch, struct stretch words)
{
    return words.begin <= stretch.end + JOIN_GAP_WORDS &&
           stretch.begin <= words.end + JOIN_GAP_WORDS;
}

static void take_near(struct told *told, const struct extent *extent)
{
    if (!is_near(told->page, extent->page) ||
        !is_near(told->source, extent->source))
        return;
    take_in(&told->page, extent->page);
    take_in(&told->source, extent->source);
}

/* Copied passages in the stretch, or next to it on both sides, belong to it as
 * a whole; each may bring another one near, before it or behind. */
static void take_passages(struct told *told, const struct extent *extents,
                          size_t count)
{
    uint32_t before;

    for (unsigned round = 0; round < TAKING_ROUNDS; round++) {
        before = length(told->page) + length(told->source);
        for (size_t p = 0; p < count; p++)
            take_near(told, &extents[p]);
        for (size_t p = count; p-- > 0;)
            take_near(told, &extents[p]);
        if (length(told->page) + length(told->source) == before)
            return;
    }
}

/* No passage lies half in the stretch, wherever in the source it is from. */
static void settle_ends(struct told *told, const struct extent *extents,
                        size_t count, uint32_t floor)
{
    for (size_t p = 0; p < count; p++)
        if (overlaps(extents[p].page, told->page))
            take_in(&told->page, extents[p].page);
    for (size_t p = 0; p < count; p++)
        if (extents[p].page.begin < floor && extents[p].page.end > floor)
            floor = extents[p].page.end;
    if (told->page.begin < floor)
        told->page.begin = floor;
}

static void count_passages(struct told *told, const struct extent *extents,
                           size_t count)
{
    uint32_t source_before = 0;

    for (size_t p = 0; p < count; p++) {
        if (!overlaps(extents[p].page, told->page))
            continue;
        told->passages++;
        told->page_words += length(extents[p].page);
        told->source_words += length(extents[p].source);
        told->equal += extents[p].equal;
        told->is_stirred |= extents[p].source.begin < source_before;
        source_before = extents[p].source.end;
    }
}

/* What copied passages say already, in the source's order, needs no telling
 * again. */
static bool is_told_by_passages(const struct told *told)
{
    return told->passages && !told->is_stirred &&
           told->page_words >= TOLD_SHARE * length(told->page) &&
           told->source_words >= TOLD_SHARE * length(told->source);
}

/* Of two texts that say the same, neither is many times as long. */
static bool is_lopsided(const struct told *told)
{
    uint32_t page = length(told->page), source = length(told->source);

    return page > LENGTH_RATIO * source || source > LENGTH_RATIO * page;
}

static struct bylaw_match_span span_of(const struct aligner *a,
                                       const struct told *told)
{
    uint32_t page = length(told->page), source = length(told->source);
    uint32_t longer = page > source ? page : source;

    return (struct bylaw_match_span){
        .source = bytes_with_marks(a->source, told->source),
        .page = bytes_with_marks(a->page, told->page),
        .source_token = told->source.begin,
        .source_tokens = source,
        .page_token = told->page.begin,
        .page_tokens = page,
        .edit_distance = longer > told->equal ? longer - told->equal : 0,
    };
}

static void count_words(struct bylaw_match *match, struct aligner *a,
                        struct stretch source)
{
    for (uint32_t s = source.begin; s < source.end; s++) {
        uint8_t *state = &a->source_state[s];

        match->rewritten_words +=
            !(*state & (SOURCE_COPIED | SOURCE_TOLD)) && !is_furniture(a, s);
        *state |= SOURCE_TOLD;
    }
}

static int write_stretches(struct bylaw_match *match, struct aligner *a,
                           const struct bags *bags,
                           const struct stretch_pairs *pairs,
                           struct bylaw_error *err)
{
    struct bylaw_match_span *spans =
        bylaw__arena_alloc_array(match->owner, pairs->count, sizeof(*spans));
    struct extent *extents = list_extents(a);
    size_t count = a->passages.count;
    uint32_t floor = 0;

    if (!spans || !extents) {
        free(extents);
        return bylaw__fail_memory(err, "");
    }
    match->rewrites = spans;
    for (size_t i = 0; i < pairs->count; i++) {
        struct told told = {.page = words_of(&bags->sides[SIDE_PAGE],
                                             pairs->items[i].page),
                            .source = words_of(&bags->sides[SIDE_SOURCE],
                                               pairs->items[i].source)};

        if (told.page.end <= floor)
            continue;
        take_passages(&told, extents, count);
        settle_ends(&told, extents, count, floor);
        if (told.page.begin >= told.page.end)
            continue;
        count_passages(&told, extents, count);
        if (is_told_by_passages(&told) || is_lopsided(&told))
            continue;
        floor = told.page.end;
        spans[match->rewrite_count++] = span_of(a, &told);
        count_words(match, a, told.source);
    }
    free(extents);
    return 0;
}

/* One passage that holds nearly all there is leaves nothing to be retold. */
static bool is_settled(const struct aligner *a)
{
    uint32_t left = 0;

    for (size_t s = 0; s < a->source->count && left < STRETCH_WORDS_MIN; s++)
        left += !(a->source_state[s] & SOURCE_COPIED) &&
                !is_furniture(a, (uint32_t)s);
    return a->passages.count == 1 && left < STRETCH_WORDS_MIN;
}

int write_rewrites(struct bylaw_match *match, struct aligner *a,
                   struct bylaw_error *err)
{
    struct bags bags = {0};
    struct stretch_pairs pairs = {0};
    int rc;

    if (is_settled(a))
        return 0;
    rc = bags_read(&bags, a, err);
    if (!rc)
        rc = find_stretches(&pairs, &bags, err);
    if (!rc && pairs.count)
        rc = write_stretches(match, a, &bags, &pairs, err);
    bags_release(&bags);
    free(pairs.items);
    return rc;
}
