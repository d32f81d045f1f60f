/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Archives: any bytes end, in bounded memory; what is given as a record is
 * one. The first byte says how the rest is packed before it is read: as it
 * is, or in gzip members of some size, which are then damaged at one place.
 */
#include "archive/archive.h"

#include <libdeflate.h>
#include <stdlib.h>

static void require(bool holds)
{
    if (!holds)
        abort();
}

static bool lies_within(struct bylaw_span part, struct bylaw_span whole)
{
    return !part.len || (part.ptr >= whole.ptr &&
                         part.ptr + part.len <= whole.ptr + whole.len);
}

struct watch {
    uint64_t size;
    uint64_t records, losses;
    uint64_t next; /* byte of the file behind the last record with a place */
};

static void see_loss(void *payload, const struct bylaw__warc_loss *loss)
{
    struct watch *watch = payload;

    require(loss->why.code && bylaw_diagnostic_find(loss->why.id));
    require(loss->offset <= watch->size && loss->end <= watch->size);
    require(!loss->end || loss->end >= loss->offset);
    watch->losses++;
}

static void see_page(struct bylaw__warc_work *work,
                     const struct bylaw__warc_record *record)
{
    struct bylaw__warc_page page;
    struct bylaw_response *response = NULL;

    if (!bylaw__warc_page(&page, work, record))
        return;
    require(page.body.len <= BYLAW_LIMIT_BODY_BYTES || page.is_revisit);
    require(page.is_truncated || !page.refusal.code);
    require(lies_within(page.headers, record->block));
    require(!bylaw__warc_response(&response, &page, NULL));
    require(bylaw__span_eq(response->body, page.body));
    bylaw_response_free(response);
}

static void see_record(struct watch *watch,
                       const struct bylaw__warc_record *record)
{
    require(record->header.len <= BYLAW_LIMIT_WARC_HEADER_BYTES);
    require(record->block.len <= BYLAW_LIMIT_WARC_BLOCK_BYTES);
    require(record->block.len == record->block_bytes ||
            record->block.len == BYLAW_LIMIT_WARC_BLOCK_BYTES);
    require(lies_within(record->target_uri, record->header));
    require(lies_within(record->payload_digest, record->header));
    require(record->offset <= watch->size);
    require(record->length <= watch->size - record->offset);
    if (record->length) {
        require(record->offset >= watch->next);
        watch->next = record->offset + record->length;
    }
    bylaw__warc_check_block(record);
    bylaw__warc_check_payload(record);
    watch->records++;
}

static void read_all(struct bylaw_span bytes)
{
    struct watch watch = {.size = bytes.len};
    struct bylaw__warc_options options = {.lost = see_loss, .payload = &watch};
    const struct bylaw__warc_record *record;
    struct bylaw__warc_work work = {0};
    bylaw__warc *warc = NULL;
    struct bylaw_error err = {0};
    int rc;

    require(!bylaw__warc_open_bytes(&warc, bytes, "here", &options, NULL));
    while (!(rc = bylaw__warc_next(&record, warc, &err)) && record) {
        see_record(&watch, record);
        see_page(&work, record);
    }
    require(!rc || bylaw_diagnostic_find(err.id));
    require(watch.losses == bylaw__warc_losses(warc));
    require(bylaw__warc_outcome(warc) == (rc ? BYLAW__WARC_UNREADABLE
                                          : watch.losses
                                              ? BYLAW__WARC_DAMAGED
                                              : BYLAW__WARC_COMPLETE));
    require(!rc == (watch.records || !watch.losses));
    bylaw__warc_work_release(&work);
    bylaw__warc_free(warc);
}

static void pack(struct bylaw__buf *out, struct bylaw_span bytes)
{
    struct libdeflate_compressor *packer = libdeflate_alloc_compressor(1);
    size_t most = libdeflate_gzip_compress_bound(packer, bytes.len);
    char *room = bylaw__buf_reserve(out, most);

    if (room)
        out->len +=
            libdeflate_gzip_compress(packer, bytes.ptr, bytes.len, room, most);
    libdeflate_free_compressor(packer);
}

/* A member a record, as archives have it. */
static void pack_records(struct bylaw__buf *out, struct bylaw_span bytes)
{
    while (bytes.len) {
        size_t next = bylaw__span_find(bylaw__span_sub(bytes, 1, bytes.len),
                                       BYLAW__SPAN("WARC/1."));
        size_t end = next == SIZE_MAX ? bytes.len : next + 1;

        pack(out, bylaw__span_sub(bytes, 0, end));
        bytes = bylaw__span_sub(bytes, end, bytes.len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw_span bytes = {(const char *)data + 1, size - 1};
    struct bylaw__buf packed = {0};

    if (!size)
        return 0;
    if (data[0] % 3 == 0) {
        read_all(bytes);
        return 0;
    }
    if (data[0] % 3 == 1)
        pack_records(&packed, bytes);
    else
        for (size_t at = 0; at < bytes.len; at += 64u + data[0])
            pack(&packed, bylaw__span_sub(bytes, at, at + 64u + data[0]));
    read_all(bylaw__buf_span(&packed));
    if (packed.len) {
        packed.ptr[data[0] * 37u % packed.len] ^= 0x55;
        read_all(bylaw__buf_span(&packed));
    }
    bylaw__buf_release(&packed);
    return 0;
}
