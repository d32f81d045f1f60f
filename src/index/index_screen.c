/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a page is worth a tree: its words against the filters alone. */
#include "index_int.h"

/*
 * What match reports shares two shingles of one source within CHAIN_GAP_MAX
 * (30) words of each other, or eight words in a row. A skim may have words in
 * between that a tree keeps elsewhere; measured with `make corpus-screen`.
 */
#define NEAR_WORDS 100u
/* A page of fewer words costs as little to read in full, and may be one that
 * scripts fill in, which only the full reading says. */
#define FEW_WORDS 25u
#define BATCH     32u /* shingles looked up together: fetches overlap */

/** Words on their way into the filters. */
struct screen {
    const bylaw__index *index;
    uint64_t ring[BYLAW__SHINGLE_WORDS];
    uint64_t sum, keys[BATCH];
    uint32_t words, pending;
    uint32_t hits, last_hit; /* words read when it was found */
    bool maybe;
};

void bylaw__screen_release(struct bylaw__screen_work *work)
{
    bylaw__skim_release(&work->skim);
}

static bool passes(const bylaw__index *index, uint64_t key)
{
    uint64_t words = index->filter_words, mask = filter_mask(key), second;

    if ((index->filter[filter_place(words, key)] & mask) != mask)
        return false;
    second = filter_second(key);
    mask = filter_mask(second);
    return (index->filter[words + filter_place(words, second)] & mask) == mask;
}

/* The shingles that end at the last words read. */
static void look_up(struct screen *screen)
{
    for (uint32_t i = 0; i < screen->pending; i++) {
        uint32_t at = screen->words - screen->pending + i;

        if (!passes(screen->index, screen->keys[i]))
            continue;
        screen->maybe |= screen->hits && at - screen->last_hit <= NEAR_WORDS;
        screen->hits++;
        screen->last_hit = at;
    }
    screen->pending = 0;
}

static void take_word(void *payload, uint64_t hash)
{
    struct screen *screen = payload;
    uint64_t *slot = &screen->ring[screen->words % BYLAW__SHINGLE_WORDS];
    uint64_t key;

    /* The slot's word left the window with the last step. */
    *slot = hash;
    if (++screen->words < BYLAW__SHINGLE_WORDS) {
        rolling_start(&screen->sum, hash);
        return;
    }
    key =
        rolling_step(&screen->sum,
                     screen->ring[screen->words % BYLAW__SHINGLE_WORDS], hash);
    __builtin_prefetch(
        &screen->index->filter[filter_place(screen->index->filter_words, key)]);
    screen->keys[screen->pending++] = key;
    if (screen->pending == BATCH)
        look_up(screen);
}

int bylaw__index_screen(bool *out_maybe, const bylaw__index *index,
                        struct bylaw_span html, bylaw__skim_fn *links,
                        void *payload, struct bylaw__screen_work *work,
                        struct bylaw_error *err)
{
    struct screen screen = {.index = index};
    int rc = bylaw__html_skim(&work->skim, html, links, payload, err);

    *out_maybe = index->sorted > 0;
    work->words = work->hits = 0;
    if (rc || work->skim.is_unsure || !index->sorted)
        return rc;
    bylaw__text_hash_words(bylaw__buf_span(&work->skim.text), take_word,
                           &screen);
    look_up(&screen);
    work->words = screen.words;
    work->hits = screen.hits;
    *out_maybe = screen.maybe || screen.words < FEW_WORDS;
    return 0;
}
