/* SPDX-License-Identifier: Apache-2.0 */
/* Digests as WARC writes them: "sha1:" and base32, "sha256:" and hex ... */
#include "archive_int.h"

static int sha256(unsigned char *out, struct bylaw_span bytes)
{
    bylaw__sha256 *ctx = NULL;
    int rc = bylaw__sha256_new(&ctx, NULL);

    if (!rc)
        rc = bylaw__sha256_of(out, ctx, bytes);
    bylaw__sha256_free(ctx);
    return rc;
}

static const struct {
    const char *name;
    size_t bytes;
    int (*digest)(unsigned char *out, struct bylaw_span bytes);
} algorithms[] = {
    {"sha1", BYLAW__SHA1_BYTES, bylaw__sha1_of},
    {"sha-1", BYLAW__SHA1_BYTES, bylaw__sha1_of},
    {"sha256", BYLAW__SHA256_BYTES, sha256},
    {"sha-256", BYLAW__SHA256_BYTES, sha256},
};

size_t bylaw__base32(char *out, const unsigned char *bytes, size_t len)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    size_t used = 0;
    unsigned held = 0, bits = 0;

    for (size_t i = 0; i < len; i++) {
        held = (held << 8 | bytes[i]) & 0xfff;
        for (bits += 8; bits >= 5; bits -= 5)
            out[used++] = letters[held >> (bits - 5) & 31];
    }
    if (bits)
        out[used++] = letters[held << (5 - bits) & 31];
    out[used] = '\0';
    return used;
}

static bool is_hex_of(struct bylaw_span text, const unsigned char *digest,
                      size_t len)
{
    if (text.len != 2 * len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (bylaw__hex_value(text.ptr[2 * i]) != digest[i] >> 4 ||
            bylaw__hex_value(text.ptr[2 * i + 1]) != (digest[i] & 15))
            return false;
    return true;
}

enum bylaw__digest_state bylaw__warc_digest_check(struct bylaw_span digest,
                                                  struct bylaw_span bytes)
{
    size_t colon = bylaw__span_find(digest, BYLAW__SPAN(":"));
    struct bylaw_span name = bylaw__span_sub(digest, 0, colon), value;
    unsigned char made[BYLAW__SHA256_BYTES];
    char text[BYLAW__BASE32_BYTES(BYLAW__SHA256_BYTES)];

    if (colon == SIZE_MAX)
        return digest.len ? BYLAW__DIGEST_UNKNOWN : BYLAW__DIGEST_NONE;
    value = bylaw__span_sub(digest, colon + 1, digest.len);
    while (value.len && value.ptr[value.len - 1] == '=')
        value.len--;
    for (size_t i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {
        if (!bylaw__span_is_nocase(name, algorithms[i].name))
            continue;
        if (algorithms[i].digest(made, bytes))
            return BYLAW__DIGEST_UNKNOWN;
        bylaw__base32(text, made, algorithms[i].bytes);
        return bylaw__span_is_nocase(value, text) ||
                       is_hex_of(value, made, algorithms[i].bytes)
                   ? BYLAW__DIGEST_GOOD
                   : BYLAW__DIGEST_BAD;
    }
    return BYLAW__DIGEST_UNKNOWN;
}

static bool is_cut(const struct bylaw__warc_record *record)
{
    return record->block.len < record->block_bytes;
}

enum bylaw__digest_state
bylaw__warc_check_block(const struct bylaw__warc_record *record)
{
    if (record->block_digest.len && is_cut(record))
        return BYLAW__DIGEST_UNKNOWN;
    return bylaw__warc_digest_check(record->block_digest, record->block);
}

static bool is_http(const struct bylaw__warc_record *record)
{
    return record->kind == BYLAW__WARC_RESPONSE ||
           record->kind == BYLAW__WARC_REQUEST;
}

enum bylaw__digest_state
bylaw__warc_check_payload(const struct bylaw__warc_record *record)
{
    struct bylaw_span head, body = record->block, value;
    struct bylaw__buf joined;
    enum bylaw__digest_state state;
    int status;

    /* A revisit's digest is of a body that stands elsewhere. */
    if (record->kind == BYLAW__WARC_REVISIT || !record->payload_digest.len)
        return BYLAW__DIGEST_NONE;
    if (is_cut(record))
        return BYLAW__DIGEST_UNKNOWN;
    if (is_http(record) &&
        !bylaw__warc_http_split(&head, &body, &status, record->block))
        return BYLAW__DIGEST_UNKNOWN;
    state = bylaw__warc_digest_check(record->payload_digest, body);
    if (state != BYLAW__DIGEST_BAD || !is_http(record))
        return state;
    value = bylaw__header_value(head, "transfer-encoding");
    if (!bylaw__span_has_word(value, "chunked"))
        return state;
    bylaw__buf_init(&joined, BYLAW_LIMIT_WARC_BLOCK_BYTES);
    if (bylaw__chunks_join(&joined, body) && !joined.failed)
        state = bylaw__warc_digest_check(record->payload_digest,
                                         bylaw__buf_span(&joined));
    bylaw__buf_release(&joined);
    return state;
}
