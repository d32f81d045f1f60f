/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Phrases of a source to search the web for.
 *
 * A phrase is a run of six to eight plain words: letters alone, one space
 * between them, since content systems rewrite quotation marks, dashes and
 * numbers. It stands outside quotations (independent reports share those),
 * links and other inline markup (a search inside HTML ends at a tag), headings, captions, and the
 * first and last paragraph, where datelines and notices are.
 *
 * How distinctive a run is can only be guessed without a corpus: words are the
 * rarer the longer they are (Zipf's law of abbreviation), and the commonest
 * are known. So a run's score is the sum of its words' lengths, stop words
 * counting nothing and no word more than LENGTH_MOST letters. The text is cut
 * into as many equal parts as phrases are wanted, and the best run of each is
 * taken, so that a copy of one part is found too.
 */
#include "crawl.h"
#include "phrase_words.h"

#include <stdlib.h>

#define WORDS_LEAST   6u
#define WORDS_MOST    8u
#define TELLING_LEAST 3u /* words that are no stop words */
#define LENGTH_MOST   12u
#define PHRASES_MOST  64u

/* Blocks of which the first and last are left out when there are others. */
#define PARAGRAPHS_LEAST 3u

/* Words of scripts without spaces are single code points; so many make up one
 * word of the others. */
#define POINTS_A_WORD 3u

/* A word of the block that is looked at. */
struct word {
    struct bylaw_range bytes; /* in the block's text */
    bool is_plain;            /* may stand in a phrase */
    bool is_joined;           /* the next word follows in the same run */
    unsigned char weight;     /* 0 for a stop word */
    unsigned char points;     /* POINTS_A_WORD, or 1 for a code point */
};

/* The best run of one part of the text. */
struct pick {
    const struct bylaw_block *block;
    struct bylaw_range bytes; /* in the block's text */
    size_t score;             /* 0: nothing found */
};

struct search {
    const struct bylaw_source *source;
    size_t first, last; /* the paragraphs to look at, as blocks; inclusive */
    struct bylaw__tokens tokens;
    struct word *words; /* of the block that was read last */
    size_t word_cap;
    size_t total;    /* of all paragraphs */
    size_t position; /* words of the paragraphs before */
    struct pick *picks;
    size_t most;
};

static bool is_paragraph(const struct bylaw_source *source, size_t i)
{
    const struct bylaw_block *block = &source->document->blocks[i];

    return !(source->is_furniture && source->is_furniture[i]) &&
           (block->zone == BYLAW_ZONE_BODY ||
            block->zone == BYLAW_ZONE_UNKNOWN) &&
           !block->heading && !block->is_quote && !block->is_caption &&
           block->visibility != BYLAW_VISIBILITY_HIDDEN_INLINE &&
           block->visibility != BYLAW_VISIBILITY_HIDDEN_STYLE;
}

static size_t step(const struct bylaw_source *source, size_t i, bool forward)
{
    do
        i = forward ? i + 1 : i - 1;
    while (!is_paragraph(source, i));
    return i;
}

/* Sets the range of blocks to look at; false where there is none. */
static bool choose_range(struct search *s)
{
    const struct bylaw_document *document = s->source->document;
    size_t count = 0;

    for (size_t i = 0; document && i < document->block_count; i++) {
        if (!is_paragraph(s->source, i))
            continue;
        if (!count++)
            s->first = i;
        s->last = i;
    }
    if (count < PARAGRAPHS_LEAST)
        return count > 0;
    s->first = step(s->source, s->first, true);
    s->last = step(s->source, s->last, false);
    return true;
}

static unsigned char weight_of(const struct search *s, size_t i)
{
    struct bylaw_span word = bylaw__token_text(&s->tokens, i);
    size_t letters = 0;

    if (bylaw__is_stop_word(word, s->source->language))
        return 0;
    for (size_t b = 0; b < word.len; b++)
        letters += ((unsigned char)word.ptr[b] & 0xc0) != 0x80;
    return (unsigned char)(letters < LENGTH_MOST ? letters : LENGTH_MOST);
}

/* Bytes between two words of the block, as the page was written. */
static uint32_t page_gap(const struct bylaw_block *block,
                         struct bylaw_range word, struct bylaw_range next)
{
    struct bylaw_range at, then;

    if (!block->map_count)
        return next.begin - word.end;
    at = bylaw__textmap_range(block->map, block->map_count, word.begin,
                              word.end);
    then = bylaw__textmap_range(block->map, block->map_count, next.begin,
                                next.end);
    return then.begin > at.end ? then.begin - at.end : 0;
}

/* Whether token i + 1 follows after nothing or one space, and no markup: a
 * site's own search looks through what was written, tags and all. */
static bool is_joined(const struct search *s, const struct bylaw_block *block,
                      size_t i)
{
    const struct bylaw__token *t = &s->tokens.items[i];
    uint32_t end = t->bytes.end, gap;

    if (i + 1 == s->tokens.count)
        return false;
    gap = t[1].bytes.begin - end;
    return gap <= 1 && (!gap || block->text.ptr[end] == ' ') &&
           page_gap(block, t->bytes, t[1].bytes) <= gap;
}

static struct word read_word(const struct search *s,
                             const struct bylaw_block *block, size_t i)
{
    const struct bylaw__token *t = &s->tokens.items[i];
    struct bylaw_span text =
        bylaw__span_sub(block->text, t->bytes.begin, t->bytes.end);
    bool is_quoted = t->flags & BYLAW__TOKEN_QUOTED;

    return (struct word){.bytes = t->bytes,
                         .is_plain = !is_quoted && bylaw__is_plain_word(text),
                         .is_joined = is_joined(s, block, i),
                         .weight = weight_of(s, i),
                         .points =
                             bylaw__is_unspaced_word(text) ? 1 : POINTS_A_WORD};
}

/* Links and words both stand in order; a link says where it stands in the
 * page, a word where it stands in the text. */
static void mark_linked(struct search *s, const struct bylaw_block *block)
{
    const struct bylaw_link *link =
        s->source->document->links + block->first_link;
    const struct bylaw_link *end = link + block->link_count;

    for (size_t i = 0; i < s->tokens.count && link < end; i++) {
        struct bylaw_range at =
            bylaw__textmap_range(block->map, block->map_count,
                                 s->words[i].bytes.begin,
                                 s->words[i].bytes.end);

        while (link < end && link->bytes.end <= at.begin)
            link++;
        if (link < end && link->bytes.begin < at.end)
            s->words[i].is_plain = false;
    }
}

static int read_words(struct search *s, const struct bylaw_block *block,
                      struct bylaw_error *err)
{
    int rc;

    s->tokens.count = 0;
    s->tokens.truncated = false;
    bylaw__buf_clear(&s->tokens.norm);
    rc = bylaw__tokens_add(&s->tokens, block->text, NULL, 0, 0, 0, err);
    if (rc)
        return rc;
    if (bylaw__vec_grow(&s->words, &s->word_cap, s->tokens.count,
                        sizeof(*s->words)))
        return bylaw__fail_memory(err, "");
    for (size_t i = 0; i < s->tokens.count; i++)
        s->words[i] = read_word(s, block, i);
    mark_linked(s, block);
    return 0;
}

/* The run that begins with word i, as long as it may be; false where it would
 * be too short or tell too little. */
static bool run_at(struct pick *out, const struct search *s,
                   const struct bylaw_block *block, size_t i)
{
    const struct word *first = &s->words[i], *word = first;
    size_t points = 0, telling = 0;

    *out = (struct pick){.block = block};
    for (; i < s->tokens.count && word->is_plain; i++, word++) {
        out->score += word->weight;
        telling += word->weight > 0;
        points += word->points;
        out->bytes = (struct bylaw_range){first->bytes.begin, word->bytes.end};
        if (!word->is_joined || points >= WORDS_MOST * POINTS_A_WORD)
            break;
    }
    return points >= WORDS_LEAST * POINTS_A_WORD && telling >= TELLING_LEAST;
}

/* The part before is done with when a run of the next is looked at. */
static bool overlaps_last(const struct search *s, size_t part,
                          const struct pick *run)
{
    const struct pick *last = part ? &s->picks[part - 1] : NULL;

    return last && last->score && last->block == run->block &&
           run->bytes.begin < last->bytes.end;
}

static int pick_from(struct search *s, const struct bylaw_block *block,
                     struct bylaw_error *err)
{
    int rc = read_words(s, block, err);

    for (size_t i = 0; !rc && i < s->tokens.count; i++) {
        size_t part = (s->position + i) * s->most / s->total;
        struct pick run;

        if (run_at(&run, s, block, i) && run.score > s->picks[part].score &&
            !overlaps_last(s, part, &run))
            s->picks[part] = run;
    }
    s->position += s->tokens.count;
    return rc;
}

static int count_words(struct search *s, struct bylaw_error *err)
{
    int rc = 0;

    for (size_t i = s->first; !rc && i <= s->last; i++) {
        if (!is_paragraph(s->source, i))
            continue;
        rc = read_words(s, &s->source->document->blocks[i], err);
        s->total += s->tokens.count;
    }
    return rc;
}

static int pick_all(struct search *s, struct bylaw_error *err)
{
    int rc = count_words(s, err);

    for (size_t i = s->first; !rc && s->total && i <= s->last; i++)
        if (is_paragraph(s->source, i))
            rc = pick_from(s, &s->source->document->blocks[i], err);
    return rc;
}

static bool is_known(const struct bylaw__phrases_out *phrases,
                     struct bylaw_span text)
{
    for (size_t i = 0; i < phrases->count; i++)
        if (bylaw__span_is(text, phrases->items[i]))
            return true;
    return false;
}

static int hand_over(struct bylaw__phrases_out **out, const struct search *s,
                     struct bylaw_error *err)
{
    struct bylaw__arena *arena = bylaw__owner_new(0);
    struct bylaw__phrases_out *phrases =
        arena ? bylaw__arena_alloc(arena, sizeof(*phrases)) : NULL;

    if (!phrases)
        goto fail;
    phrases->owner = arena;
    phrases->items =
        bylaw__arena_alloc_array(arena, s->most, sizeof(*phrases->items));
    for (size_t i = 0; s->picks && i < s->most; i++) {
        const struct pick *pick = &s->picks[i];
        struct bylaw_span text;

        if (!pick->score)
            continue;
        text = bylaw__span_sub(pick->block->text, pick->bytes.begin,
                               pick->bytes.end);
        if (!arena->failed && !is_known(phrases, text))
            phrases->items[phrases->count++] = bylaw__arena_copy(arena, text);
    }
    if (arena->failed)
        goto fail;
    *out = phrases;
    return 0;
fail:
    bylaw__owner_free(arena);
    return bylaw__fail_memory(err, "");
}

int bylaw__query_phrases(struct bylaw__phrases_out **out,
                         const struct bylaw_source *source, size_t most,
                         struct bylaw_error *err)
{
    struct search s = {.source = source,
                       .most = most < PHRASES_MOST ? most : PHRASES_MOST};
    int rc = 0;

    *out = NULL;
    bylaw__tokens_init(&s.tokens);
    if (s.most && choose_range(&s)) {
        s.picks = calloc(s.most, sizeof(*s.picks));
        rc = s.picks ? pick_all(&s, err) : bylaw__fail_memory(err, "");
    }
    if (!rc)
        rc = hand_over(out, &s, err);
    free(s.picks);
    free(s.words);
    bylaw__tokens_release(&s.tokens);
    return rc;
}

void bylaw__query_phrases_free(struct bylaw__phrases_out *phrases)
{
    if (phrases)
        bylaw__owner_free(phrases->owner);
}
