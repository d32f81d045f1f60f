/* SPDX-License-Identifier: Apache-2.0 */
/* The one way in: seeds to runs to passages to a match. */
#include "match_int.h"

/* Spans and edits of two texts at their ceilings stay well below this. */
#define MATCH_BYTES_MAX (64u << 20)

static int prepare(struct aligner *a, const struct bylaw__tokens *page,
                   const struct bylaw__tokens *source, struct bylaw_error *err)
{
    a->page = page;
    a->source = source;
    a->cells_left = PAGE_CELLS_MAX;
    a->page_state = calloc(a->page->count + 1, 1);
    a->source_state = calloc(a->source->count + 1, 1);
    a->trace = malloc(GAP_CELLS_MAX);
    if (!a->page_state || !a->source_state || !a->trace)
        return bylaw__fail_memory(err, "");
    return 0;
}

static void release(struct aligner *a)
{
    free(a->found.items);
    free(a->kept.items);
    free(a->passages.items);
    free(a->page_state);
    free(a->source_state);
    free(a->trace);
}

struct bylaw_match *new_match(void)
{
    struct bylaw__arena *owner = bylaw__owner_new(MATCH_BYTES_MAX);
    struct bylaw_match *match =
        owner ? bylaw__arena_alloc(owner, sizeof(*match)) : NULL;

    if (match)
        match->owner = owner;
    else
        bylaw__owner_free(owner);
    return match;
}

int bylaw__match_align(struct bylaw_match **out,
                       const struct bylaw__tokens *page,
                       const struct bylaw__tokens *source,
                       const struct bylaw__seed *seeds, size_t seed_count,
                       bool with_rewrites, struct bylaw_error *err)
{
    struct aligner a = {0};
    struct bylaw_match *match = new_match();
    int rc;

    if (!match)
        return bylaw__fail_memory(err, "");
    rc = prepare(&a, page, source, err);
    if (!rc)
        rc = runs_from_seeds(&a, seeds, seed_count, err);
    if (!rc)
        rc = chain_runs(&a, err);
    if (!rc)
        rc = find_headline(&a, err);
    if (rc)
        goto done;
    sort_passages(&a);
    rc = refine_passages(&a, err);
    if (rc)
        goto done;
    measure_match(match, &a);
    rc = write_spans(match, &a, err);
    if (!rc && match->class != BYLAW_MATCH_NONE)
        rc = write_edits(match, &a, err);
    if (!rc && with_rewrites)
        rc = write_rewrites(match, &a, err);
    if (rc)
        goto done;
    *out = match;
    match = NULL;
done:
    bylaw_match_free(match);
    release(&a);
    return rc;
}
