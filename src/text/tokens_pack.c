/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words kept small. Behind the normalised words, which one space separates,
 * each word has, as numbers of seven bits a byte: its length, how many blocks
 * it is further on than the one before, where its bytes begin (from where those
 * before ended, so mostly 1; odd numbers are negative), how many they are; and
 * its flags. The hash is computed anew.
 */
#include "text_int.h"

#include <stdlib.h>

#define NUMBER_BYTES 5 /* most that 32 bits take */
#define WORD_BYTES   (5 * NUMBER_BYTES)

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
        at = put_number(at, token->flags);
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
    uint32_t block, begin, len;

    at = get_number(&token->norm_len, at, end);
    at = get_number(&block, at, end);
    at = get_number(&begin, at, end);
    at = get_number(&len, at, end);
    token->block += unfold_sign(block);
    token->bytes.begin = token->bytes.end + unfold_sign(begin);
    token->bytes.end = token->bytes.begin + len;
    return get_number(&token->flags, at, end);
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
