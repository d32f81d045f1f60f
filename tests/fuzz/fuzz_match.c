/* SPDX-License-Identifier: Apache-2.0 */
/* Index and match on words that the fuzzer chooses, with all flags. */
#include "index/index.h"
#include "match/match.h"

#include <stdio.h>
#include <stdlib.h>

#define WORDS      48u   /* bytes below this are words */
#define SEPARATOR  0xffu /* source before it, page behind it */
#define FUZZ_BYTES 4096u

static void demand(bool holds)
{
    if (!holds)
        abort();
}

/* Bytes below WORDS are words, some in long repeats; others switch a flag. */
static void put_words(struct bylaw__tokens *tokens, const uint8_t *data,
                      size_t size)
{
    uint32_t flags = 0, at = 0;

    bylaw__tokens_init(tokens);
    for (size_t i = 0; i < size; i++) {
        uint8_t byte = data[i];
        struct bylaw__textmap map = {.page_off = at};
        char text[8];

        if (byte == WORDS) {
            flags |= BYLAW__TOKEN_SENTENCE; /* of the next word */
            continue;
        }
        if (byte > WORDS) {
            flags ^= 1u << byte % 6;
            continue;
        }
        map.text_len = map.page_len =
            (uint32_t)snprintf(text, sizeof(text), "w%u", byte);
        demand(!bylaw__tokens_add(tokens,
                                  (struct bylaw_span){text, map.text_len}, &map,
                                  1, at / 64, flags, NULL));
        flags &= ~(uint32_t)BYLAW__TOKEN_SENTENCE;
        at += map.page_len + 1;
    }
}

static void check_range(struct bylaw_range range,
                        const struct bylaw__tokens *tokens)
{
    uint32_t end =
        tokens->count ? tokens->items[tokens->count - 1].bytes.end : 0;

    demand(range.begin <= range.end && range.end <= end);
}

static void check_spans(const struct bylaw_match *match,
                        const struct bylaw__tokens *page,
                        const struct bylaw__tokens *source)
{
    for (size_t i = 0; i < match->span_count; i++) {
        const struct bylaw_match_span *s = &match->spans[i];

        demand(s->page_tokens && s->source_tokens);
        demand(s->page_token + s->page_tokens <= page->count);
        demand(s->source_token + s->source_tokens <= source->count);
        demand(page->items[s->page_token].hash ==
               source->items[s->source_token].hash);
        demand(page->items[s->page_token + s->page_tokens - 1].hash ==
               source->items[s->source_token + s->source_tokens - 1].hash);
        demand(!i || s->page_token >= s[-1].page_token + s[-1].page_tokens);
        check_range(s->page, page);
        check_range(s->source, source);
    }
}

/* A copied passage lies in a rewritten stretch as a whole, or not at all. */
static void check_parts(const struct bylaw_match *match,
                        const struct bylaw_match_span *rewrite)
{
    uint32_t begin = rewrite->page_token;
    uint32_t end = begin + rewrite->page_tokens;

    for (size_t i = 0; i < match->span_count; i++) {
        uint32_t from = match->spans[i].page_token;
        uint32_t to = from + match->spans[i].page_tokens;

        demand(to <= begin || from >= end || (from >= begin && to <= end));
    }
}

static void check_rewrites(const struct bylaw_match *match,
                           const struct bylaw__tokens *page,
                           const struct bylaw__tokens *source)
{
    demand(match->rewrite_count || !match->rewritten_words);
    demand(match->copied_words + match->rewritten_words <= source->count);
    for (size_t i = 0; i < match->rewrite_count; i++) {
        const struct bylaw_match_span *s = &match->rewrites[i];

        demand(s->page_tokens && s->source_tokens);
        demand(s->page_token + s->page_tokens <= page->count);
        demand(s->source_token + s->source_tokens <= source->count);
        demand(!i || s->page_token >= s[-1].page_token + s[-1].page_tokens);
        check_range(s->page, page);
        check_range(s->source, source);
        check_parts(match, s);
    }
}

/* Each word of the article is either copied or part of an edit. */
static void check_edits(const struct bylaw_match *match,
                        const struct bylaw__tokens *page,
                        const struct bylaw__tokens *source)
{
    uint32_t words = 0, explained = match->copied_words;

    for (size_t i = 0; i < source->count; i++)
        words += !(source->items[i].flags & BYLAW__TOKEN_FURNITURE);
    for (size_t i = 0; i < match->edit_count; i++) {
        const struct bylaw_edit *e = &match->edits[i];

        check_range(e->page, page);
        check_range(e->source, source);
        demand(e->change != BYLAW_CHANGE_UNKNOWN);
        demand(!e->page_words == (e->kind == BYLAW_EDIT_DELETED));
        demand(!e->source_words == (e->kind == BYLAW_EDIT_INSERTED));
        demand(!i || e->page.begin >= e[-1].page.begin);
        explained += e->source_words;
    }
    demand(match->copied_words <= words);
    demand(match->quoted_words <= match->copied_words);
    demand(match->class == BYLAW_MATCH_NONE || explained >= words);
    demand(match->class != BYLAW_MATCH_NONE || !match->edit_count);
    demand(match->source_coverage >= 0 && match->source_coverage <= 1);
    demand(match->page_coverage >= 0 && match->page_coverage <= 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw__tokens page, source;
    struct bylaw__seeds seeds = {0};
    struct bylaw_match *match = NULL;
    bylaw__index *index = NULL;
    const uint8_t *cut = size ? memchr(data, SEPARATOR, size) : NULL;

    if (!cut || size > FUZZ_BYTES)
        return 0;
    put_words(&source, data, (size_t)(cut - data));
    put_words(&page, cut + 1, size - (size_t)(cut - data) - 1);
    demand(!bylaw__index_new(&index, NULL));
    demand(!bylaw__index_add(index, 0, &source, NULL));
    demand(!bylaw__index_finish(index, NULL));
    demand(!bylaw__index_lookup(&seeds, index, &page, NULL));
    demand(!bylaw__match_align(&match, &page, &source, seeds.items, seeds.count,
                               true, NULL));
    check_spans(match, &page, &source);
    check_rewrites(match, &page, &source);
    check_edits(match, &page, &source);
    bylaw_match_free(match);
    bylaw__seeds_release(&seeds);
    bylaw__index_free(index);
    bylaw__tokens_release(&page);
    bylaw__tokens_release(&source);
    return 0;
}
