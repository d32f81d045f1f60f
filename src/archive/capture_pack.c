/* SPDX-License-Identifier: Apache-2.0 */
/* One WARC/1.1 record, as a gzip member of its own. */
#include "capture_int.h"

#include <stdio.h>

#define LEVEL                                                                  \
    4 /* of libdeflate: near gzip's usual ratio at a third of its cost */

int bylaw__capture_packer_open(struct capture_packer *packer,
                               struct bylaw_error *err)
{
    packer->deflate = libdeflate_alloc_compressor(LEVEL);
    if (!packer->deflate)
        return bylaw__fail_memory(err, "");
    return bylaw__sha256_new(&packer->sha, err);
}

void bylaw__capture_packer_release(struct capture_packer *packer)
{
    libdeflate_free_compressor(packer->deflate);
    bylaw__sha256_free(packer->sha);
    bylaw__buf_release(&packer->block);
    bylaw__buf_release(&packer->plain);
}

/** Digests of one record. */
struct digests {
    unsigned char block[BYLAW__SHA256_BYTES], payload[BYLAW__SHA256_BYTES];
    bool has_payload;
};

static void put_hex(char out[BYLAW__SHA256_HEX],
                    const unsigned char digest[BYLAW__SHA256_BYTES])
{
    for (size_t i = 0; i < BYLAW__SHA256_BYTES; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

static int digest_record(struct digests *out, struct capture_packer *packer,
                         const struct capture_record *record)
{
    int rc = bylaw__sha256_of(out->block, packer->sha,
                              bylaw__buf_span(&packer->block));

    out->has_payload = record->has_payload || record->payload_sha256;
    if (!rc && record->payload_sha256 &&
        !bylaw__hex_read(out->payload, sizeof(out->payload),
                         bylaw__span_of(record->payload_sha256)))
        rc = BYLAW_EINTERNAL;
    else if (!rc && record->has_payload)
        rc = bylaw__sha256_of(out->payload, packer->sha, record->body);
    return rc;
}

/* An id that follows from what the record says, in the form of a UUID whose
 * bits are its maker's (RFC 9562, version 8). */
static int name_record(char out[64], struct capture_packer *packer,
                       const struct capture_record *record,
                       const struct digests *digests)
{
    unsigned char digest[BYLAW__SHA256_BYTES];
    char text[BYLAW__SHA256_HEX];
    struct bylaw__buf all = {0};
    int rc = BYLAW_ENOMEM;

    bylaw__buf_add(&all, digests->block, sizeof(digests->block));
    bylaw__buf_printf(&all, "%u %s %lld %s %s", packer->serial++, record->type,
                      (long long)record->at_ms, record->uri ? record->uri : "",
                      record->concurrent_to ? record->concurrent_to : "");
    if (!all.failed)
        rc = bylaw__sha256_of(digest, packer->sha, bylaw__buf_span(&all));
    bylaw__buf_release(&all);
    if (rc)
        return rc;
    put_hex(text, digest);
    text[12] = '8';
    text[16] = "89ab"[digest[8] >> 4 & 3];
    snprintf(out, 64, "urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", text, text + 8,
             text + 12, text + 16, text + 20);
    return 0;
}

static void add_line(struct bylaw__buf *out, const char *name,
                     const char *value)
{
    if (value && *value)
        bylaw__buf_printf(out, "%s: %s\r\n", name, value);
}

static void add_id(struct bylaw__buf *out, const char *name, const char *id)
{
    if (id && *id)
        bylaw__buf_printf(out, "%s: <%s>\r\n", name, id);
}

static void add_date(struct bylaw__buf *out, const char *name, int64_t ms)
{
    char text[BYLAW__TIME_BYTES];

    bylaw__time_format(text, ms);
    bylaw__buf_printf(out, "%s: %.19s.%03dZ\r\n", name, text,
                      (int)((ms % 1000 + 1000) % 1000));
}

/* In hex, as readers expect of this algorithm (and base32 of SHA-1). */
static void add_digest(struct bylaw__buf *out, const char *name,
                       const unsigned char digest[BYLAW__SHA256_BYTES])
{
    bylaw__buf_printf(out, "%s: sha256:", name);
    bylaw__buf_add_hex(out, digest, BYLAW__SHA256_BYTES);
    bylaw__buf_add_text(out, "\r\n");
}

static bool write_plain(struct capture_packer *packer,
                        const struct capture_record *record, const char *id,
                        const struct digests *digests)
{
    struct bylaw__buf *out = &packer->plain;

    bylaw__buf_clear(out);
    bylaw__buf_printf(out, "WARC/1.1\r\nWARC-Type: %s\r\n", record->type);
    add_id(out, "WARC-Record-ID", id);
    add_date(out, "WARC-Date", record->at_ms);
    add_line(out, "WARC-Target-URI", record->uri);
    add_line(out, "Content-Type", record->content_type);
    add_id(out, "WARC-Concurrent-To", record->concurrent_to);
    add_line(out, "WARC-IP-Address", record->address);
    add_line(out, "WARC-Protocol", record->protocol);
    add_line(out, "WARC-Cipher-Suite", record->cipher);
    add_line(out, "WARC-Truncated", record->truncated);
    add_line(out, "WARC-Profile", record->profile);
    if (record->before) {
        add_id(out, "WARC-Refers-To", record->before->id);
        add_line(out, "WARC-Refers-To-Target-URI", record->before->url);
        add_date(out, "WARC-Refers-To-Date", record->before->at_ms);
    }
    add_digest(out, "WARC-Block-Digest", digests->block);
    if (digests->has_payload)
        add_digest(out, "WARC-Payload-Digest", digests->payload);
    bylaw__buf_printf(out, "Content-Length: %zu\r\n\r\n", packer->block.len);
    bylaw__buf_add_span(out, bylaw__buf_span(&packer->block));
    bylaw__buf_add_text(out, "\r\n\r\n");
    return !out->failed;
}

static bool deflate_to(struct bylaw__buf *file, struct capture_packer *packer)
{
    size_t most =
        libdeflate_gzip_compress_bound(packer->deflate, packer->plain.len);
    char *room = bylaw__buf_reserve(file, most);

    if (room)
        file->len +=
            libdeflate_gzip_compress(packer->deflate, packer->plain.ptr,
                                     packer->plain.len, room, most);
    return room != NULL;
}

int bylaw__capture_pack(struct capture_packed *out, struct bylaw__buf *file,
                        struct capture_packer *packer,
                        const struct capture_record *record,
                        struct bylaw_error *err)
{
    unsigned char digest[BYLAW__SHA256_BYTES];
    struct digests digests = {0};

    memset(out, 0, sizeof(*out));
    out->offset = file->len;
    bylaw__buf_clear(&packer->block);
    bylaw__buf_add_span(&packer->block, record->head);
    bylaw__buf_add_span(&packer->block, record->body);
    if (packer->block.failed || digest_record(&digests, packer, record) ||
        name_record(out->id, packer, record, &digests) ||
        !write_plain(packer, record, out->id, &digests) ||
        !deflate_to(file, packer))
        return bylaw__fail_memory(err, record->uri);
    out->length = file->len - out->offset;
    if (bylaw__sha256_of(digest, packer->sha,
                         bylaw__span_sub(bylaw__buf_span(file), out->offset,
                                         file->len)))
        return bylaw__fail_memory(err, record->uri);
    put_hex(out->sha256, digest);
    if (digests.has_payload)
        put_hex(out->payload_sha256, digests.payload);
    return 0;
}
