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

static struct stretch page_of(const struct aligner *a,
                              const struct passage *passage)
{
    const struct run *runs = a->kept.items + passage->first;

    return (struct stretch){runs[0].page, page_end(&runs[passage->count - 1])};
}

static struct stretch source_of(const struct aligner *a,
                                const struct passage *passage)
{
    const struct run *runs = a->kept.items + passage->first;

    return (struct stretch){runs[0].source,
                            source_end(&runs[passage->count - 1])};
}

static uint32_t length(struct stretch words)
{
    return words.end - words.begin;
}

/* Whether words lie in a stretch or right beside it. */
static bool is_near(struct stretch stretch, struct stretch words)
{
    return words.begin <= stretch.end + JOIN_GAP_WORDS &&
           stretch.begin <= words.end + JOIN_GAP_WORDS;
}

/* Copied passages in the stretch, or next to it on both sides, belong to it as
 * a whole; each may bring another one near. */
static void take_passages(struct told *told, const struct aligner *a)
{
    struct told before;

    do {
        before = *told;
        for (size_t p = 0; p < a->passages.count; p++) {
            struct stretch page = page_of(a, &a->passages.items[p]);
            struct stretch source = source_of(a, &a->passages.items[p]);

            if (!is_near(told->page, page) || !is_near(told->source, source))
                continue;
            take_in(&told->page, page);
            take_in(&told->source, source);
        }
    } while (length(before.page) != length(told->page) ||
             length(before.source) != length(told->source));
}

static void count_passages(struct told *told, const struct aligner *a)
{
    uint32_t source_before = 0;

    for (size_t p = 0; p < a->passages.count; p++) {
        const struct passage *passage = &a->passages.items[p];
        struct stretch page = page_of(a, passage);
        struct stretch source = source_of(a, passage);

        if (!overlaps(page, told->page) || !overlaps(source, told->source))
            continue;
        told->passages++;
        told->page_words += length(page);
        told->source_words += length(source);
        told->is_stirred |= source.begin < source_before;
        source_before = source.end;
        for (size_t i = 0; i < passage->count; i++)
            told->equal += a->kept.items[passage->first + i].len;
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
        .source = bytes_of_words(a->source, told->source),
        .page = bytes_of_words(a->page, told->page),
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
    uint32_t floor = 0;

    if (!spans)
        return bylaw__fail_memory(err, "");
    match->rewrites = spans;
    for (size_t i = 0; i < pairs->count; i++) {
        struct told told = {.page = words_of(&bags->sides[SIDE_PAGE],
                                             pairs->items[i].page),
                            .source = words_of(&bags->sides[SIDE_SOURCE],
                                               pairs->items[i].source)};

        take_passages(&told, a);
        if (told.page.begin < floor)
            told.page.begin = floor;
        if (told.page.begin >= told.page.end)
            continue;
        count_passages(&told, a);
        if (is_told_by_passages(&told) || is_lopsided(&told))
            continue;
        floor = told.page.end;
        spans[match->rewrite_count++] = span_of(a, &told);
        count_words(match, a, told.source);
    }
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
