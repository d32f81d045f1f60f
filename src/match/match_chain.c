/* SPDX-License-Identifier: Apache-2.0 */
/* From runs to passages: co-linear chains, the best first, disjoint. */
#include "match_int.h"

#include <stdlib.h>

/** A run as the end of the best chain that leads to it. */
struct link {
    int64_t score;
    uint32_t prev; /* run before it, or NO_LINK */
    bool is_used;
};

/** A chain by its last run, ranked. */
struct rank {
    int64_t score;
    uint32_t last;
};

#define NO_LINK UINT32_MAX

static int log2_of(uint32_t n)
{
    int log = 0;

    while (n >>= 1)
        log++;
    return log;
}

static uint32_t beyond(uint32_t at, uint32_t end)
{
    return at > end ? at - end : 0;
}

/* What run i gains by following run j, or -1 where it cannot follow. */
static int64_t gain_of(const struct run *j, const struct run *i)
{
    uint32_t page_gap = beyond(i->page, page_end(j));
    uint32_t source_gap = beyond(i->source, source_end(j));
    uint32_t page_lap = beyond(page_end(j), i->page);
    uint32_t source_lap = beyond(source_end(j), i->source);
    uint32_t lap = page_lap > source_lap ? page_lap : source_lap;
    uint32_t gap = page_gap > source_gap ? page_gap : source_gap;

    if (j->page >= i->page || j->source >= i->source || lap >= i->len ||
        gap > CHAIN_GAP_MAX)
        return -1;
    return (int64_t)i->len - lap - log2_of(1 + gap);
}

/* Runs are in order of page begin and, since none contains another, end. */
static void link_run(struct link *links, const struct run *runs, uint32_t i)
{
    uint32_t floor = i > CHAIN_LOOK_BACK ? i - CHAIN_LOOK_BACK : 0;

    links[i] = (struct link){.score = runs[i].len, .prev = NO_LINK};
    for (uint32_t j = i; j-- > floor;) {
        int64_t gain = gain_of(&runs[j], &runs[i]);

        if (gain >= 0 && links[j].score + gain > links[i].score) {
            links[i].score = links[j].score + gain;
            links[i].prev = j;
        }
        if (beyond(runs[i].page, page_end(&runs[j])) > CHAIN_GAP_MAX)
            break;
    }
}

static int by_score(const void *left, const void *right)
{
    const struct rank *a = left, *b = right;

    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return (a->last > b->last) - (a->last < b->last);
}

/* Cuts off what other passages hold already; what is left may be empty. */
static void trim_claimed(struct run *run, const uint8_t *claimed)
{
    uint32_t free_words = 0;

    while (run->len && claimed[run->page])
        run->page++, run->source++, run->len--;
    while (free_words < run->len && !claimed[run->page + free_words])
        free_words++;
    run->len = free_words;
}

static bool is_claimed_between(const uint8_t *claimed, uint32_t begin,
                               uint32_t end)
{
    return begin < end && memchr(claimed + begin, 1, end - begin);
}

/* A run that overlaps the one before it on either side gives way. */
static void trim_overlap(struct run *run, const struct run *before)
{
    uint32_t page_lap = beyond(page_end(before), run->page);
    uint32_t source_lap = beyond(source_end(before), run->source);
    uint32_t lap = page_lap > source_lap ? page_lap : source_lap;

    lap = lap < run->len ? lap : run->len;
    run->page += lap, run->source += lap, run->len -= lap;
}

static uint32_t words_known(const struct aligner *a, const struct run *run)
{
    uint32_t known = 0;

    for (uint32_t w = 0; w < run->len; w++)
        known += a->source_state[run->source + w] & SOURCE_COPIED ? 1 : 0;
    return known;
}

/* Takes the passage of the last runs kept, or drops them as too weak. */
static int close_passage(struct aligner *a, size_t first,
                         struct bylaw_error *err)
{
    size_t count = a->kept.count - first;
    const struct run *runs = a->kept.items + first;
    uint32_t words = 0, known = 0;

    for (size_t i = 0; i < count; i++) {
        words += runs[i].len;
        known += words_known(a, &runs[i]);
    }
    bool is_repeat = known >= REPEAT_SHARE * words;
    if (!count || (count < 2 && words < RUN_WORDS_MIN) ||
        (is_repeat && words < REPEAT_WORDS_MIN)) {
        a->kept.count = first;
        return 0;
    }
    if (bylaw__vec_grow(&a->passages.items, &a->passages.cap,
                        a->passages.count + 1, sizeof(struct passage)))
        return bylaw__fail_memory(err, "");
    a->passages.items[a->passages.count++] =
        (struct passage){first, count, runs[0].page, is_repeat};
    memset(a->page_state + runs[0].page, 1,
           page_end(&runs[count - 1]) - runs[0].page);
    for (size_t i = 0; i < count; i++)
        for (uint32_t w = 0; w < runs[i].len; w++)
            a->source_state[runs[i].source + w] |= SOURCE_COPIED;
    return 0;
}

/* Runs of the chain that ends in last, in order, into order[]. */
static size_t unwind(uint32_t *order, struct link *links, uint32_t last)
{
    size_t count = 0;

    for (uint32_t i = last; i != NO_LINK && !links[i].is_used;
         i = links[i].prev) {
        links[i].is_used = true;
        order[count++] = i;
    }
    return count;
}

/* One chain gives one passage, or several where better ones lie inside it. */
static int take_chain(struct aligner *a, const uint32_t *order, size_t count,
                      struct bylaw_error *err)
{
    size_t first = a->kept.count;
    int rc = 0;

    while (!rc && count--) {
        struct run run = a->found.items[order[count]];

        trim_claimed(&run, a->page_state);
        if (a->kept.count > first) {
            const struct run *last = &a->kept.items[a->kept.count - 1];

            if (is_claimed_between(a->page_state, page_end(last), run.page)) {
                rc = close_passage(a, first, err);
                first = a->kept.count;
            } else {
                trim_overlap(&run, last);
            }
        }
        if (!rc && run.len)
            rc = runs_push(&a->kept, run, err);
    }
    return rc ? rc : close_passage(a, first, err);
}

static int take_chains(struct aligner *a, struct link *links,
                       const struct rank *ranks, uint32_t *order,
                       struct bylaw_error *err)
{
    int rc = 0;

    for (size_t i = 0; !rc && i < a->found.count; i++) {
        size_t count = unwind(order, links, ranks[i].last);

        if (count)
            rc = take_chain(a, order, count, err);
    }
    return rc;
}

/* Passages never overlap on the page, so that their first words rank them. */
static int by_first_word(const void *left, const void *right)
{
    const struct passage *a = left, *b = right;

    return (a->page > b->page) - (a->page < b->page);
}

void sort_passages(struct aligner *a)
{
    if (a->passages.count)
        qsort(a->passages.items, a->passages.count, sizeof(struct passage),
              by_first_word);
}

int chain_runs(struct aligner *a, struct bylaw_error *err)
{
    size_t count = a->found.count;
    struct link *links = calloc(count + 1, sizeof(*links));
    struct rank *ranks = calloc(count + 1, sizeof(*ranks));
    uint32_t *order = calloc(count + 1, sizeof(*order));
    int rc;

    if (!links || !ranks || !order) {
        rc = bylaw__fail_memory(err, "");
        goto done;
    }
    for (uint32_t i = 0; i < count; i++) {
        link_run(links, a->found.items, i);
        ranks[i] = (struct rank){links[i].score, i};
    }
    qsort(ranks, count, sizeof(*ranks), by_score);
    rc = take_chains(a, links, ranks, order, err);
done:
    free(links);
    free(ranks);
    free(order);
    return rc;
}
