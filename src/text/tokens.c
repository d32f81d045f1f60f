/* SPDX-License-Identifier: Apache-2.0 */
/* Words with what a comparison needs: hash, page bytes, quoted or not. */
#include "text_int.h"

#include <stdlib.h>

void bylaw__tokens_init(struct bylaw__tokens *tokens)
{
    memset(tokens, 0, sizeof(*tokens));
}

void bylaw__tokens_release(struct bylaw__tokens *tokens)
{
    if (!tokens)
        return;
    free(tokens->items);
    bylaw__buf_release(&tokens->norm);
    memset(tokens, 0, sizeof(*tokens));
}

struct bylaw_span bylaw__token_text(const struct bylaw__tokens *tokens,
                                    size_t i)
{
    const struct bylaw__token *token;

    if (i >= tokens->count)
        return (struct bylaw_span){NULL, 0};
    token = &tokens->items[i];
    return (struct bylaw_span){tokens->norm.ptr + token->norm_off,
                               token->norm_len};
}

/* The word and the space before it; NULL when memory ran out. */
static char *append_norm(struct bylaw__buf *norm, struct bylaw_span word)
{
    bool space = norm->len > 0;
    char *room = bylaw__buf_reserve(norm, word.len + 1);

    if (!room)
        return NULL;
    if (space)
        *room++ = ' ';
    memcpy(room, word.ptr, word.len);
    room[word.len] = '\0';
    norm->len += word.len + space;
    return room;
}

static int append_token(struct bylaw__tokens *tokens,
                        const struct bylaw__word *word,
                        struct bylaw_range bytes, uint32_t block,
                        uint32_t flags)
{
    const char *norm;

    if (bylaw__vec_grow(&tokens->items, &tokens->cap, tokens->count + 1,
                        sizeof(*tokens->items)))
        return BYLAW_ENOMEM;
    norm = append_norm(&tokens->norm, word->norm);
    if (!norm)
        return BYLAW_ENOMEM;
    tokens->items[tokens->count++] = (struct bylaw__token){
        .hash = bylaw__hash64(word->norm),
        .norm_off = (uint32_t)(norm - tokens->norm.ptr),
        .norm_len = (uint32_t)word->norm.len,
        .bytes = bytes,
        .block = block,
        .flags = flags,
    };
    return 0;
}

/* A place in a map; words come in order, so it only moves on. */
struct cursor {
    const struct bylaw__textmap *map;
    size_t count, at;
};

static struct bylaw_range map_word(struct cursor *cursor, uint32_t begin,
                                   uint32_t end)
{
    size_t last;

    if (!cursor->count)
        return (struct bylaw_range){begin, end};
    while (cursor->at + 1 < cursor->count &&
           cursor->map[cursor->at + 1].text_off <= begin)
        cursor->at++;
    last = cursor->at;
    while (last + 1 < cursor->count && cursor->map[last + 1].text_off < end)
        last++;
    return bylaw__textmap_range(cursor->map + cursor->at, last + 1 - cursor->at,
                                begin, end);
}

/* ------------------------------------------------------------- marks --- */

/* Marks in the gap [begin, end) that belong to the word before it; returns
 * where what is left of the gap begins. */
static size_t mark_last(struct bylaw__token *token, struct cursor *cursor,
                        struct bylaw_span text, size_t begin, size_t end)
{
    struct bylaw__mark marks[BYLAW__MARKS_AFTER];
    size_t count = bylaw__marks_after(marks, text, begin, end), left = begin;

    for (size_t i = 0; i < count; i++) {
        uint32_t stop = map_word(cursor, (uint32_t)begin, marks[i].at).end;

        left = marks[i].at;
        if (stop < token->bytes.end || stop - token->bytes.end > UINT8_MAX)
            break;
        token->marks.after[i] = marks[i].mark;
        token->marks.after_bytes[i] = (uint8_t)(stop - token->bytes.end);
    }
    return left;
}

/** What stands in a gap before a word. */
struct lead {
    uint8_t mark;
    uint32_t page_begin; /* of the mark */
};

static struct lead read_lead(struct cursor *cursor, struct bylaw_span text,
                             size_t begin, size_t end)
{
    struct bylaw__mark mark;

    if (!bylaw__mark_before(&mark, text, begin, end))
        return (struct lead){0, 0};
    return (struct lead){mark.mark,
                         map_word(cursor, mark.at, (uint32_t)end).begin};
}

static void mark_next(struct bylaw__token *token, const struct lead *lead)
{
    uint32_t begin = token->bytes.begin;

    if (!lead->mark || lead->page_begin > begin ||
        begin - lead->page_begin > UINT8_MAX)
        return;
    token->marks.before = lead->mark;
    token->marks.before_bytes = (uint8_t)(begin - lead->page_begin);
}

/* ------------------------------------------------------------- words --- */

static uint32_t sentence_flags(bool is_first, struct bylaw_span gap,
                               struct bylaw_span before)
{
    if (is_first)
        return BYLAW__TOKEN_BLOCK | BYLAW__TOKEN_SENTENCE;
    return bylaw__gap_ends_sentence(gap, before) ? BYLAW__TOKEN_SENTENCE : 0;
}

/* What the word looks like in the text. */
static uint32_t look_flags(struct bylaw_span text,
                           const struct bylaw__word *word)
{
    char first = text.ptr[word->begin];
    uint32_t flags = 0;

    if (word->end < text.len && text.ptr[word->end] == '%')
        flags |= BYLAW__TOKEN_PERCENT;
    if ((first >= 'A' && first <= 'Z') || (unsigned char)first >= 0x80)
        flags |= BYLAW__TOKEN_CAPITAL;
    return flags;
}

int bylaw__tokens_add(struct bylaw__tokens *tokens, struct bylaw_span text,
                      const struct bylaw__textmap *map, size_t map_count,
                      uint32_t block, uint32_t flags, struct bylaw_error *err)
{
    struct cursor cursor = {map, map_count, 0};
    struct bylaw__quotes quotes = {0};
    struct bylaw__words words;
    struct bylaw__word word;
    struct bylaw_span last = {NULL, 0};
    size_t gap = 0, first = tokens->count;

    bylaw__words_init(&words, text);
    while (bylaw__words_next(&word, &words)) {
        size_t left = gap;
        struct lead lead;
        uint32_t more;

        if (tokens->count >= BYLAW_LIMIT_TOKENS) {
            tokens->truncated = true;
            return 0;
        }
        bylaw__quotes_read(&quotes, tokens->items, tokens->count, words.text,
                           gap, word.begin);
        if (tokens->count > first)
            left = mark_last(&tokens->items[tokens->count - 1], &cursor,
                             words.text, gap, word.begin);
        lead = read_lead(&cursor, words.text, left, word.begin);
        more =
            sentence_flags(tokens->count == first,
                           bylaw__span_sub(words.text, gap, word.begin), last) |
            look_flags(words.text, &word);
        if (append_token(tokens, &word, map_word(&cursor, word.begin, word.end),
                         block, flags | more))
            return bylaw__fail_memory(err, "");
        mark_next(&tokens->items[tokens->count - 1], &lead);
        last = bylaw__token_text(tokens, tokens->count - 1);
        gap = word.end;
    }
    bylaw__quotes_read(&quotes, tokens->items, tokens->count, words.text, gap,
                       words.text.len);
    if (tokens->count > first)
        mark_last(&tokens->items[tokens->count - 1], &cursor, words.text, gap,
                  words.text.len);
    return 0;
}
