/* SPDX-License-Identifier: Apache-2.0 */
/* Shingles of a text: their identity and their cheap screening key. */
#include "index_int.h"

/* Part of every identity, so that another normalisation can never be taken
   for this one. */
#define SHINGLE_PREFIX "bylaw-shingle-1\n"

#define ROLL_FACTOR 0x9e3779b97f4a7c15ULL /* odd: powers never become even */

size_t shingle_count(const struct bylaw__tokens *tokens)
{
    if (tokens->count < BYLAW__SHINGLE_WORDS)
        return 0;
    return tokens->count - BYLAW__SHINGLE_WORDS + 1;
}

/* sum = h0 * f^4 + h1 * f^3 + ... + h4, kept modulo 2^64. */
void rolling_start(uint64_t *sum, uint64_t word)
{
    *sum = *sum * ROLL_FACTOR + word;
}

uint64_t rolling_step(uint64_t *sum, uint64_t oldest, uint64_t newest)
{
    const uint64_t f = ROLL_FACTOR;
    uint64_t key = *sum * f + newest;

    *sum = key - oldest * (f * f * f * f);
    key ^= key >> 32; /* word hashes may be weak in their low bits */
    key *= 0xff51afd7ed558ccdULL;
    return key ^ key >> 29;
}

void roller_start(struct roller *roller, const struct bylaw__tokens *tokens)
{
    roller->tokens = tokens;
    roller->next = 0;
    roller->sum = 0;
    for (size_t i = 0; i + 1 < BYLAW__SHINGLE_WORDS && i < tokens->count; i++)
        rolling_start(&roller->sum, tokens->items[i].hash);
}

uint64_t roller_step(struct roller *roller)
{
    const struct bylaw__token *first = &roller->tokens->items[roller->next++];

    return rolling_step(&roller->sum, first->hash,
                        first[BYLAW__SHINGLE_WORDS - 1].hash);
}

/* The normalised words stand one space apart in tokens->norm already. */
int shingle_key(uint64_t *out, bylaw__sha256 *sha, struct bylaw__buf *message,
                const struct bylaw__tokens *tokens, size_t i,
                struct bylaw_error *err)
{
    const struct bylaw__token *first = &tokens->items[i];
    const struct bylaw__token *last = first + BYLAW__SHINGLE_WORDS - 1;
    unsigned char digest[BYLAW__SHA256_BYTES];
    uint64_t key = 0;

    bylaw__buf_clear(message);
    bylaw__buf_add(message, SHINGLE_PREFIX, sizeof(SHINGLE_PREFIX) - 1);
    bylaw__buf_add(message, tokens->norm.ptr + first->norm_off,
                   (size_t)last->norm_off + last->norm_len - first->norm_off);
    if (message->failed)
        return bylaw__fail_memory(err, "");
    if (bylaw__sha256_of(digest, sha, bylaw__buf_span(message)))
        return bylaw__fail(err, BYLAW_EINTERNAL, "base.defect", "",
                           "SHA-256 of a shingle failed");
    for (size_t byte = 0; byte < sizeof(key); byte++)
        key = key << 8 | digest[byte];
    *out = key;
    return 0;
}
