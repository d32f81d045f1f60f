/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words kept small. Behind the normalised words, which one space separates,
 * each word has, as numbers of seven bits a byte: its length, how many blocks
 * it is further on than the one before, where its bytes begin (from where those
 * before ended, so mostly 1; odd numbers are negative), how many they are; and
 * twice its flags. One more says that its marks follow. The hash is computed
 * anew.
 */
#include "text_int.h"

#include <stdlib.h>

#define NUMBER_BYTES 5 /* most that 32 bits take */
#define MARKS_BYTES  (1 + 2 + 2 * BYLAW__MARKS_AFTER)
#define WORD_BYTES   (5 * NUMBER_BYTES + MARKS_BYTES)
#define MARK_BEFORE  0x80u /* in the first byte of marks, beside their number */

static unsigned char *put_number(unsigned char *at, uint32_t number)
{
    while (number >= 128) {
        *at++ = (unsigned char)(number | 128);
        number >>= 7;
    }
    *at++ = (unsigned char)number;
    return at;
}

/* At the end, or where a number has more than its bits: the end again. */
static const unsigned char *get_number(uint32_t *out, const unsigned char *at,
                                       const unsigned char *end)
{
    unsigned shift = 0;

    *out = 0;
    for (; at < end && *at & 128 && shift < 28; at++, shift += 7)
        *out |= (uint32_t)(*at & 127) << shift;
    if (at >= end || *at & 128)
        return end + 1;
    *out |= (uint32_t)*at << shift;
    return at + 1;
}

/* Small whichever way it goes: 0, -1, 1, -2 ... become 0, 1, 2, 3 ... */
static uint32_t fold_sign(uint32_t difference)
{
    return difference << 1 ^ (difference >> 31 ? UINT32_MAX : 0);
}

static uint32_t unfold_sign(uint32_t folded)
{
    return folded >> 1 ^ (folded & 1 ? UINT32_MAX : 0);
}

static bool has_marks(const struct bylaw__token *token)
{
    return token->marks.before || token->marks.after[0];
}

static uint32_t count_after(const struct bylaw__marks *marks)
{
    uint32_t count = 0;

    while (count < BYLAW__MARKS_AFTER && marks->after[count])
        count++;
    return count;
}

static unsigned char *put_marks(unsigned char *at,
                                const struct bylaw__marks *marks)
{
    uint32_t after = count_after(marks);

    *at++ = (unsigned char)(after | (marks->before ? MARK_BEFORE : 0));
    if (marks->before) {
        *at++ = marks->before;
        *at++ = marks->before_bytes;
    }
    for (uint32_t i = 0; i < after; i++) {
        *at++ = marks->after[i];
        *at++ = marks->after_bytes[i];
    }
    return at;
}

/* At the end, or where there are more than can be: the end again. */
static const unsigned char *get_marks(struct bylaw__marks *out,
                                      const unsigned char *at,
                                      const unsigned char *end)
{
    uint32_t after, before;

    if (at >= end)
        return end + 1;
    before = *at & MARK_BEFORE;
    after = *at++ & ~MARK_BEFORE;
    if (after > BYLAW__MARKS_AFTER ||
        (size_t)(end - at) < 2 * after + (before ? 2 : 0))
        return end + 1;
    if (before) {
        out->before = *at++;
        out->before_bytes = *at++;
    }
    for (uint32_t i = 0; i < after; i++) {
        out->after[i] = *at++;
        out->after_bytes[i] = *at++;
    }
    return at;
}

int bylaw__tokens_pack(struct bylaw__packed_tokens *out,
                       const struct bylaw__tokens *tokens)
{
    size_t most = tokens->norm.len + tokens->count * WORD_BYTES + 1;
    unsigned char *bytes = malloc(most), *at, *fitting;
    uint32_t block = 0, end = 0;

    if (!bytes)
        return BYLAW_ENOMEM;
    if (tokens->norm.len)
        memcpy(bytes, tokens->norm.ptr, tokens->norm.len);
    at = bytes + tokens->norm.len;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct bylaw__token *token = &tokens->items[i];

        at = put_number(at, token->norm_len);
        at = put_number(at, fold_sign(token->block - block));
        at = put_number(at, fold_sign(token->bytes.begin - end));
        at = put_number(at, token->bytes.end - token->bytes.begin);
        at = put_number(at, token->flags << 1 | has_marks(token));
        if (has_marks(token))
            at = put_marks(at, &token->marks);
        block = token->block;
        end = token->bytes.end;
    }
    *out = (struct bylaw__packed_tokens){.len = (size_t)(at - bytes),
                                         .norm_len = tokens->norm.len,
                                         .count = (uint32_t)tokens->count,
                                         .truncated = tokens->truncated};
    fitting = realloc(bytes, out->len + 1);
    out->bytes = fitting ? fitting : bytes;
    return 0;
}

static const unsigned char *unpack_one(struct bylaw__token *token,
                                       const unsigned char *at,
                                       const unsigned char *end)
{
    uint32_t block, begin, len, flags;

    at = get_number(&token->norm_len, at, end);
    at = get_number(&block, at, end);
    at = get_number(&begin, at, end);
    at = get_number(&len, at, end);
    token->block += unfold_sign(block);
    token->bytes.begin = token->bytes.end + unfold_sign(begin);
    token->bytes.end = token->bytes.begin + len;
    at = get_number(&flags, at, end);
    token->flags = flags >> 1;
    token->marks = (struct bylaw__marks){0};
    if (at <= end && flags & 1)
        at = get_marks(&token->marks, at, end);
    return token->marks.before_bytes > token->bytes.begin ? end + 1 : at;
}

int bylaw__tokens_unpack(struct bylaw__tokens *out,
                         const struct bylaw__packed_tokens *packed)
{
    struct bylaw__token token = {0};
    const unsigned char *at = packed->bytes + packed->norm_len;
    const unsigned char *end = packed->bytes + packed->len;

    out->count = 0;
    out->truncated = packed->truncated;
    bylaw__buf_clear(&out->norm);
    if (!packed->count)
        return 0;
    bylaw__buf_add(&out->norm, packed->bytes, packed->norm_len);
    if (out->norm.failed ||
        bylaw__vec_grow(&out->items, &out->cap, packed->count, sizeof(token)))
        return BYLAW_ENOMEM;
    while (out->count < packed->count) {
        at = unpack_one(&token, at, end);
        if (at > end || token.norm_off > packed->norm_len ||
            token.norm_len > packed->norm_len - token.norm_off)
            return BYLAW_EPARSE;
        token.hash = bylaw__hash64((
            struct bylaw_span){out->norm.ptr + token.norm_off, token.norm_len});
        out->items[out->count++] = token;
        token.norm_off += token.norm_len + 1;
    }
    return 0;
}

void bylaw__packed_tokens_release(struct bylaw__packed_tokens *packed)
{
    free(packed->bytes);
    memset(packed, 0, sizeof(*packed));
}
