/* SPDX-License-Identifier: Apache-2.0 */
/* Texts for tests of matching: words from a small notation, made by hand. */
#ifndef BYLAW_TEST_WORDS_H
#define BYLAW_TEST_WORDS_H

#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/** A text and its words. */
struct words {
    struct bylaw_span text;
    struct bylaw__tokens tokens;
};

/** What a mark in the notation switches on or off for the words after it. */
static inline uint32_t mark_flags(char c, uint32_t flags)
{
    switch (c) {
    case '"':
        return flags ^ BYLAW__TOKEN_QUOTED;
    case '{':
        return flags | BYLAW__TOKEN_FURNITURE;
    case '}':
        return flags & ~(uint32_t)BYLAW__TOKEN_FURNITURE;
    case '<':
        return flags | BYLAW__TOKEN_OFF_MAIN;
    case '>':
        return flags & ~(uint32_t)BYLAW__TOKEN_OFF_MAIN;
    case '(':
        return flags | BYLAW__TOKEN_HIDDEN;
    case ')':
        return flags & ~(uint32_t)BYLAW__TOKEN_HIDDEN;
    case '#':
        return flags | BYLAW__TOKEN_HEADING;
    case '.':
        return flags | BYLAW__TOKEN_SENTENCE;
    case '\n':
        return (flags & ~(uint32_t)BYLAW__TOKEN_HEADING) | BYLAW__TOKEN_BLOCK |
               BYLAW__TOKEN_SENTENCE;
    default:
        return flags;
    }
}

static inline bool is_word_byte(char c)
{
    return bylaw__is_alnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* A character of three bytes or more is a word of its own, as Han is. */
static inline size_t word_end(struct bylaw_span text, size_t at)
{
    size_t end = at;

    if ((unsigned char)text.ptr[at] >= 0xe0)
        return at + 3;
    while (end < text.len && is_word_byte(text.ptr[end]) &&
           (unsigned char)text.ptr[end] < 0xe0)
        end++;
    return end;
}

static inline void push_word(struct bylaw__tokens *tokens,
                             struct bylaw_span text, size_t begin, size_t end,
                             uint32_t block, uint32_t flags)
{
    size_t n = tokens->count;
    struct bylaw__token *token;

    assert_int_equal(0, bylaw__vec_grow(&tokens->items, &tokens->cap, n + 1,
                                        sizeof(*tokens->items)));
    if (n)
        bylaw__buf_add_char(&tokens->norm, ' ');
    token = &tokens->items[tokens->count++];
    *token = (struct bylaw__token){0};
    token->norm_off = (uint32_t)tokens->norm.len;
    token->norm_len = (uint32_t)(end - begin);
    for (size_t i = begin; i < end; i++)
        bylaw__buf_add_char(&tokens->norm, bylaw__lower(text.ptr[i]));
    token->hash =
        bylaw__hash64((struct bylaw_span){tokens->norm.ptr + token->norm_off,
                                          token->norm_len});
    token->bytes = (struct bylaw_range){(uint32_t)begin, (uint32_t)end};
    token->block = block;
    token->flags = flags;
    if (end < text.len && text.ptr[end] == '%')
        token->flags |= BYLAW__TOKEN_PERCENT;
    if (text.ptr[begin] >= 'A' && text.ptr[begin] <= 'Z')
        token->flags |= BYLAW__TOKEN_CAPITAL;
}

/**
 * Words of text, which stays the caller's. "quoted", {furniture}, <off main>,
 * (hidden), #heading up to the line's end; each line is a block.
 */
static inline struct words words_of(const char *text)
{
    struct words words = {.text = bylaw__span_of(text)};
    uint32_t flags = BYLAW__TOKEN_BLOCK | BYLAW__TOKEN_SENTENCE, block = 0;
    size_t i = 0;

    memset(&words.tokens, 0, sizeof(words.tokens));
    while (i < words.text.len) {
        if (is_word_byte(text[i])) {
            size_t end = word_end(words.text, i);

            push_word(&words.tokens, words.text, i, end, block, flags);
            flags &= ~(uint32_t)(BYLAW__TOKEN_BLOCK | BYLAW__TOKEN_SENTENCE);
            i = end;
            continue;
        }
        block += text[i] == '\n';
        flags = mark_flags(text[i++], flags);
    }
    return words;
}

static inline void words_release(struct words *words)
{
    free(words->tokens.items);
    bylaw__buf_release(&words->tokens.norm);
}

#endif
