/* SPDX-License-Identifier: Apache-2.0 */
/* Helpers of the match tests: made-up prose, and page against source. */
#ifndef BYLAW_TEST_MATCHING_H
#define BYLAW_TEST_MATCHING_H

#include "index/index.h"
#include "match/match.h"

#include "unit/words.h"

/** A page, a source and what matching made of them. */
struct pairing {
    struct words page, source;
    struct bylaw_match *match;
};

/* Each word of the article is copied or part of an edit. */
static inline void check_complete(const struct pairing *pair)
{
    const struct bylaw__tokens *source = &pair->source.tokens;
    uint32_t words = 0, explained = pair->match->copied_words;

    for (size_t i = 0; i < source->count; i++)
        words += !(source->items[i].flags & BYLAW__TOKEN_FURNITURE);
    for (size_t i = 0; i < pair->match->edit_count; i++)
        explained += pair->match->edits[i].source_words;
    assert_true(pair->match->class == BYLAW_MATCH_NONE || explained >= words);
}

/* Every span and edit within the texts, spans disjoint, in order and with
   equal words at both ends. */
static inline void check_invariants(const struct pairing *pair)
{
    const struct bylaw_match *m = pair->match;
    const struct bylaw__token *page = pair->page.tokens.items;
    const struct bylaw__token *source = pair->source.tokens.items;

    for (size_t i = 0; i < m->span_count; i++) {
        const struct bylaw_match_span *s = &m->spans[i];
        uint32_t page_last = s->page_token + s->page_tokens - 1;
        uint32_t source_last = s->source_token + s->source_tokens - 1;

        assert_true(s->page.end <= pair->page.text.len);
        assert_true(s->source.end <= pair->source.text.len);
        assert_true(page[s->page_token].hash == source[s->source_token].hash);
        assert_true(page[page_last].hash == source[source_last].hash);
        if (i)
            assert_true(s->page.begin >= s[-1].page.end);
    }
    for (size_t i = 0; i < m->edit_count; i++) {
        const struct bylaw_edit *e = &m->edits[i];

        assert_true(e->page.begin <= e->page.end);
        assert_true(e->source.begin <= e->source.end);
        assert_true(e->page.end <= pair->page.text.len);
        assert_true(e->source.end <= pair->source.text.len);
        assert_true(e->page_words || e->source_words);
        assert_int_equal(!e->page_words, e->kind == BYLAW_EDIT_DELETED);
        assert_int_equal(!e->source_words, e->kind == BYLAW_EDIT_INSERTED);
        if (i)
            assert_true(e->page.begin >= e[-1].page.begin);
    }
    assert_true(m->source_coverage >= 0 && m->source_coverage <= 1);
    assert_true(m->page_coverage >= 0 && m->page_coverage <= 1);
}

static inline void pair_up(struct pairing *pair, const char *page,
                           const char *source)
{
    struct bylaw__seeds seeds = {0};
    bylaw__index *index = NULL;

    pair->page = words_of(page);
    pair->source = words_of(source);
    pair->match = NULL;
    assert_int_equal(0, bylaw__index_new(&index, NULL));
    assert_int_equal(0, bylaw__index_add(index, 0, &pair->source.tokens, NULL));
    assert_int_equal(0, bylaw__index_finish(index, NULL));
    assert_int_equal(0, bylaw__index_lookup(&seeds, index, &pair->page.tokens,
                                            NULL));
    assert_int_equal(0, bylaw__match_align(&pair->match, &pair->page.tokens,
                                           &pair->source.tokens, seeds.items,
                                           seeds.count, true, NULL));
    bylaw__seeds_release(&seeds);
    bylaw__index_free(index);
    check_invariants(pair);
    check_complete(pair);
}

static inline void pair_release(struct pairing *pair)
{
    bylaw_match_free(pair->match);
    words_release(&pair->page);
    words_release(&pair->source);
}

/** Numbers that look random and are the same everywhere. */
static inline uint32_t next_number(uint64_t *state)
{
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (uint32_t)(*state >> 33);
}

/* Two in five words are the same few; the others come from some 4,000. */
static inline void put_word(struct bylaw__buf *out, uint64_t *state)
{
    static const char *const common[] = {"the",  "of",  "and",  "to",
                                         "in",   "a",   "that", "is",
                                         "was",  "for", "on",   "said",
                                         "with", "he",  "it",   "as"};
    static const char *const parts[] = {"ba", "ke", "ti", "lo", "mu", "sa",
                                        "ne", "ri", "po", "du", "fa", "ge",
                                        "hi", "jo", "vu", "za"};
    uint32_t n = next_number(state);

    if (n % 5 < 2) {
        bylaw__buf_add_text(out, common[n / 5 % 16]);
        return;
    }
    for (uint32_t rest = n / 5 % 4096; rest; rest /= 16)
        bylaw__buf_add_text(out, parts[rest % 16]);
    bylaw__buf_add_text(out, "n");
}

#define PARAGRAPH_WORDS 40u

/** Appends made-up prose: sentences of ten words, paragraphs of forty. */
static inline void put_prose(struct bylaw__buf *out, uint64_t seed,
                             unsigned words)
{
    uint64_t state = seed * 2654435761u + 17;

    for (unsigned i = 0; i < words; i++) {
        put_word(out, &state);
        if ((i + 1) % PARAGRAPH_WORDS == 0)
            bylaw__buf_add_text(out, ".\n");
        else
            bylaw__buf_add_text(out, (i + 1) % 10 ? " " : ". ");
    }
    bylaw__buf_add_text(out, "\n");
}

static inline char *prose(uint64_t seed, unsigned words)
{
    struct bylaw__buf text = {0};

    put_prose(&text, seed, words);
    return bylaw__buf_take(&text, NULL);
}

#endif
