/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Header lines and content-encodings: any bytes keep the decoder within its
 * ceilings, and it ends alike however they are cut into pieces. The input is
 * an answer: header lines, a blank line, a body.
 */
#include "fetch/fetch_int.h"

#include <stdlib.h>

static void require(bool holds)
{
    if (!holds)
        abort();
}

static bool lies_within(struct bylaw_span part, struct bylaw_span whole)
{
    return !part.ptr || (part.ptr >= whole.ptr &&
                         part.ptr + part.len <= whole.ptr + whole.len);
}

/* The last value is the one that is taken; the joined ones end with it. */
static void check_header(struct bylaw_span lines, const char *name)
{
    struct bylaw_span value, last = bylaw__header_value(lines, name);
    struct bylaw__buf joined = {0};
    size_t pos = 0, before = 0, count = 0;

    while (bylaw__header_next(&value, lines, &pos, name)) {
        require(pos > before && pos <= lines.len);
        require(lies_within(value, lines));
        before = pos;
        count++;
    }
    require(!count == !last.ptr && lies_within(last, lines));
    bylaw__header_join(&joined, lines, name);
    require(!joined.failed && joined.len >= last.len);
    require(!last.len ||
            !memcmp(joined.ptr + joined.len - last.len, last.ptr, last.len));
    bylaw__buf_release(&joined);
}

struct outcome {
    struct bylaw__buf body;
    struct bylaw_error failure;
    bool is_whole;
};

static void decode(struct outcome *out, struct bylaw_span encodings,
                   struct bylaw_span body, size_t piece)
{
    struct bylaw__decoder decoder;
    int rc;

    bylaw__buf_init(&out->body, BYLAW_LIMIT_BODY_BYTES);
    rc = bylaw__decoder_begin(&decoder, &out->body, encodings, "here");
    for (size_t at = 0; !rc && at < body.len; at += piece) {
        struct bylaw_span part = bylaw__span_sub(body, at, at + piece);

        rc = bylaw__decoder_feed(&decoder, part.ptr, part.len);
    }
    require(rc == decoder.failure.code);
    require(!rc || bylaw_diagnostic_find(decoder.failure.id));
    require(!out->body.failed && out->body.len <= BYLAW_LIMIT_BODY_BYTES);
    require(decoder.layer_count <= BYLAW_LIMIT_ENCODINGS);
    out->is_whole = bylaw__decoder_is_whole(&decoder);
    out->failure = decoder.failure;
    bylaw__decoder_end(&decoder);
}

static bool hit_ceiling(const struct outcome *outcome)
{
    return outcome->failure.code == BYLAW_ELIMIT;
}

/* A ceiling is seen sooner in smaller pieces; all else must not differ. */
static void check_body(struct bylaw_span encodings, struct bylaw_span body,
                       size_t piece)
{
    struct outcome whole, pieces;

    decode(&whole, encodings, body, SIZE_MAX / 2);
    decode(&pieces, encodings, body, piece);
    require(!hit_ceiling(&whole) || pieces.failure.code);
    if (!hit_ceiling(&pieces)) {
        require(whole.failure.code == pieces.failure.code);
        require(whole.is_whole == pieces.is_whole);
        require(bylaw__span_eq(bylaw__buf_span(&whole.body),
                               bylaw__buf_span(&pieces.body)));
    }
    bylaw__buf_release(&whole.body);
    bylaw__buf_release(&pieces.body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw_span all = {(const char *)data, size};
    size_t blank = bylaw__span_find(all, BYLAW__SPAN("\r\n\r\n"));
    struct bylaw_span lines = bylaw__span_sub(all, 0, blank), body = {"", 0};
    struct bylaw__buf encodings = {0};

    if (blank != SIZE_MAX)
        body = bylaw__span_sub(all, blank + 4, all.len);
    check_header(lines, "content-encoding");
    check_header(lines, "location");
    bylaw__is_redirect(302, lines);
    bylaw__header_join(&encodings, lines, "content-encoding");
    check_body(bylaw__buf_span(&encodings), body, 1 + size % 7);
    bylaw__buf_release(&encodings);
    return 0;
}
