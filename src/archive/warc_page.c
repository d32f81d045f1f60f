/* SPDX-License-Identifier: Apache-2.0 */
/* Records that hold what an address answered, read as pages. */
#include "archive_int.h"

#include <stdio.h>
#include <stdlib.h>

void bylaw__warc_work_release(struct bylaw__warc_work *work)
{
    bylaw__buf_release(&work->chunks);
    bylaw__buf_release(&work->body);
}

/* "HTTP/1.1 200 OK", "HTTP/2 200". */
static int read_status(struct bylaw_span block)
{
    size_t space =
        bylaw__span_find(bylaw__span_sub(block, 0, 16), BYLAW__SPAN(" "));
    int status = 0;

    if (!bylaw__span_starts_nocase(block, "HTTP/") || space == SIZE_MAX)
        return -1;
    for (size_t i = space + 1; i < space + 4; i++) {
        if (i >= block.len || !bylaw__is_digit((unsigned char)block.ptr[i]))
            return -1;
        status = status * 10 + (block.ptr[i] - '0');
    }
    return status;
}

bool bylaw__warc_http_split(struct bylaw_span *out_head,
                            struct bylaw_span *out_body, int *out_status,
                            struct bylaw_span block)
{
    size_t end = bylaw__warc_header_end(block, 0);

    *out_status = read_status(block);
    *out_head = bylaw__span_sub(block, 0, end ? end : block.len);
    *out_body = bylaw__span_sub(block, end ? end : block.len, block.len);
    return *out_status >= 0;
}

/* ------------------------------------------------------------- decoding --- */

static int fail_large(struct bylaw__warc_page *page, const char *where)
{
    page->is_truncated = true;
    return bylaw__fail(&page->refusal, BYLAW_ELIMIT, "fetch.too-large", where,
                       "the body is larger than %u bytes",
                       BYLAW_LIMIT_BODY_BYTES);
}

static void join_chunks(struct bylaw__warc_page *page, struct bylaw__buf *room)
{
    enum bylaw__chunked chunked;

    room->ceiling = BYLAW_LIMIT_WARC_BLOCK_BYTES;
    chunked = bylaw__chunks_join(room, page->body);
    if (chunked == BYLAW__CHUNKED_NOT)
        return;
    page->body = bylaw__buf_span(room);
    page->is_truncated |= chunked == BYLAW__CHUNKED_CUT || room->failed;
}

/* Archives keep the header line of a body they unpacked. */
static bool is_packed(struct bylaw_span encodings, struct bylaw_span body)
{
    bool says_gzip = bylaw__span_is_nocase(encodings, "gzip") ||
                     bylaw__span_is_nocase(encodings, "x-gzip");

    return encodings.len && body.len &&
           (!says_gzip || bylaw__span_starts(body, "\x1f\x8b"));
}

static void undo_encodings(struct bylaw__warc_page *page,
                           struct bylaw__buf *room, const char *where)
{
    struct bylaw__buf encodings = {0};
    struct bylaw__decoder decoder;
    int rc;

    bylaw__header_join(&encodings, page->headers, "content-encoding");
    if (is_packed(bylaw__span_trim(bylaw__buf_span(&encodings)), page->body)) {
        bylaw__buf_clear(room);
        room->ceiling = BYLAW_LIMIT_BODY_BYTES;
        rc = bylaw__decoder_begin(&decoder, room, bylaw__buf_span(&encodings),
                                  where);
        if (!rc)
            rc = bylaw__decoder_feed(&decoder, page->body.ptr, page->body.len);
        if (rc)
            page->refusal = decoder.failure;
        page->is_truncated |= rc || !bylaw__decoder_is_whole(&decoder);
        bylaw__decoder_end(&decoder);
        page->body = bylaw__buf_span(room);
    }
    bylaw__buf_release(&encodings);
}

/* A body shorter than it was said to be; one that is longer was unpacked by
 * whoever kept it. */
static bool is_short(const struct bylaw__warc_page *page)
{
    struct bylaw_span value =
        bylaw__header_value(page->headers, "content-length");
    uint64_t length = 0;

    if (!value.len || value.len > 18 ||
        bylaw__header_value(page->headers, "transfer-encoding").len)
        return false;
    for (size_t i = 0; i < value.len; i++) {
        if (!bylaw__is_digit((unsigned char)value.ptr[i]))
            return false;
        length = length * 10 + (uint64_t)(value.ptr[i] - '0');
    }
    return page->wire_bytes < length;
}

static void decode(struct bylaw__warc_page *page, struct bylaw__warc_work *work)
{
    char where[256];

    snprintf(where, sizeof(where), "%.*s",
             (int)(page->url.len < 255 ? page->url.len : 255), page->url.ptr);
    if (bylaw__span_has_word(bylaw__header_value(page->headers,
                                                 "transfer-encoding"),
                             "chunked"))
        join_chunks(page, &work->chunks);
    page->is_truncated |= is_short(page);
    undo_encodings(page, &work->body, where);
    if (page->body.len > BYLAW_LIMIT_BODY_BYTES) {
        page->body = bylaw__span_sub(page->body, 0, BYLAW_LIMIT_BODY_BYTES);
        fail_large(page, where);
    }
    if (page->is_truncated && !page->refusal.code)
        bylaw__fail(&page->refusal, BYLAW_EPARSE, "archive.page-cut", where,
                    "the archive does not hold the whole body");
}

/* -------------------------------------------------------------- reading --- */

static bool is_http_type(struct bylaw_span type)
{
    return !type.len || bylaw__span_starts_nocase(type, "application/http");
}

static bool is_web_address(struct bylaw_span uri)
{
    return bylaw__span_starts_nocase(uri, "http://") ||
           bylaw__span_starts_nocase(uri, "https://");
}

static bool read_http(struct bylaw__warc_page *page,
                      struct bylaw__warc_work *work,
                      const struct bylaw__warc_record *record)
{
    if (!is_http_type(record->content_type) ||
        !bylaw__warc_http_split(&page->headers, &page->body, &page->status,
                                record->block))
        return false;
    page->wire_bytes = page->body.len;
    page->content_type = bylaw__header_value(page->headers, "content-type");
    if (!page->is_revisit)
        decode(page, work);
    return true;
}

static bool read_bare(struct bylaw__warc_page *page,
                      struct bylaw__warc_work *work,
                      const struct bylaw__warc_record *record)
{
    page->status = 200;
    page->body = record->block;
    page->wire_bytes = page->body.len;
    page->content_type = record->content_type;
    decode(page, work);
    return true;
}

/* A revisit of a server's "not modified" may have no HTTP head at all. */
static bool read_revisit(struct bylaw__warc_page *page,
                         struct bylaw__warc_work *work,
                         const struct bylaw__warc_record *record)
{
    page->is_revisit = true;
    if (record->block.len)
        return read_http(page, work, record);
    page->status = 304;
    return true;
}

static bool (*const readers[])(struct bylaw__warc_page *,
                               struct bylaw__warc_work *,
                               const struct bylaw__warc_record *) = {
    [BYLAW__WARC_RESPONSE] = read_http, [BYLAW__WARC_REVISIT] = read_revisit,
    [BYLAW__WARC_RESOURCE] = read_bare, [BYLAW__WARC_CONVERSION] = read_bare,
    [BYLAW__WARC_CONTINUATION] = NULL,
};

bool bylaw__warc_page(struct bylaw__warc_page *out,
                      struct bylaw__warc_work *work,
                      const struct bylaw__warc_record *record)
{
    memset(out, 0, sizeof(*out));
    if (!readers[record->kind] || !is_web_address(record->target_uri))
        return false;
    out->url = record->target_uri;
    out->at_ms = record->date_ms;
    out->address = record->ip_address;
    /* Of a revisit, "truncated" says only that its body is elsewhere. */
    out->is_truncated =
        (record->truncated.len && record->kind != BYLAW__WARC_REVISIT) ||
        record->segment.len || record->block.len < record->block_bytes;
    return readers[record->kind](out, work, record);
}

/* ------------------------------------------------------------- response --- */

static void fill(struct bylaw_response *response, struct bylaw__arena *arena,
                 const struct bylaw__warc_page *page)
{
    struct bylaw_hop *hop = bylaw__arena_alloc(arena, sizeof(*hop));

    response->owner = arena;
    response->url = bylaw__arena_copy(arena, page->url);
    response->final_url = response->url;
    response->status = page->status;
    response->fetched_at_ms = page->at_ms;
    response->headers = bylaw__arena_span(arena, page->headers);
    response->body = bylaw__arena_span(arena, page->body);
    response->wire_bytes = page->wire_bytes;
    response->is_truncated = page->is_truncated;
    response->refusal = page->refusal;
    bylaw__content_type(&response->content_type, &response->charset, arena,
                        page->content_type);
    if (!hop)
        return;
    hop->url = response->url;
    hop->status = page->status;
    hop->address =
        page->address.len ? bylaw__arena_copy(arena, page->address) : NULL;
    response->hops = hop;
    response->hop_count = 1;
}

int bylaw__warc_response(struct bylaw_response **out,
                         const struct bylaw__warc_page *page,
                         struct bylaw_error *err)
{
    struct bylaw__arena *arena = bylaw__owner_new(0);
    struct bylaw_response *response =
        arena ? bylaw__arena_alloc(arena, sizeof(*response)) : NULL;

    if (response)
        fill(response, arena, page);
    if (!response || arena->failed) {
        bylaw__owner_free(arena);
        return bylaw__fail_memory(err, "");
    }
    response->media =
        bylaw__media_of(response->content_type, response->url, response->body);
    *out = response;
    return 0;
}
