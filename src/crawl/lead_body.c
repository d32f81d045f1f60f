/* SPDX-License-Identifier: Apache-2.0 */
/* A body unpacked, cut at its ceiling and brought to UTF-8. */
#include "crawl_int.h"

#include <zlib.h>

/* Where an XML declaration has ended if there is one. */
#define DECLARATION_BYTES 256u
#define LABEL_BYTES       64u

/* Window size for inflateInit2: 15 with 16 added reads gzip alone. */
#define WINDOW_GZIP 31

static bool is_gzip(struct bylaw_span body)
{
    return bylaw__span_starts(body, "\x1f\x8b");
}

/* One inflate call's worth; false where the unpacking ends. */
static bool inflate_some(struct bylaw__buf *out, z_stream *stream,
                         struct crawl_leads *leads)
{
    char piece[16384];
    int z;

    stream->next_out = (Bytef *)piece;
    stream->avail_out = sizeof(piece);
    z = inflate(stream, Z_NO_FLUSH);
    bylaw__buf_add(out, piece,
                   sizeof(piece) - stream->avail_out <
                           BYLAW_LIMIT_XML_BYTES - out->len
                       ? sizeof(piece) - stream->avail_out
                       : BYLAW_LIMIT_XML_BYTES - out->len);
    if (z == Z_STREAM_END)
        /* Further members count; anything else after one is padding. */
        return stream->avail_in >= 2 && stream->next_in[0] == 0x1f &&
               stream->next_in[1] == 0x8b && inflateReset(stream) == Z_OK;
    if (z == Z_BUF_ERROR ||
        (z == Z_OK && !stream->avail_in && stream->avail_out))
        bylaw__leads_cut(leads, "the gzip stream breaks off");
    else if (z != Z_OK)
        bylaw__leads_cut(leads, "the gzip stream is damaged");
    else if (out->len == BYLAW_LIMIT_XML_BYTES)
        bylaw__leads_cut(leads, "it unpacks to %u bytes or more",
                         BYLAW_LIMIT_XML_BYTES);
    else
        return true;
    return false;
}

static int unpack(struct bylaw__buf *out, struct bylaw_span body,
                  struct crawl_leads *leads, struct bylaw_error *err)
{
    z_stream stream = {0};

    if (inflateInit2(&stream, WINDOW_GZIP) != Z_OK)
        return bylaw__fail_memory(err, "");
    stream.next_in = (Bytef *)(uintptr_t)body.ptr;
    stream.avail_in = (uInt)body.len;
    while (inflate_some(out, &stream, leads) && !out->failed)
        continue;
    inflateEnd(&stream);
    return out->failed ? bylaw__fail_memory(err, "") : 0;
}

static struct bylaw_span cut(struct bylaw_span body, struct crawl_leads *leads)
{
    if (body.len > BYLAW_LIMIT_XML_BYTES)
        bylaw__leads_cut(leads, "it is larger than %u bytes",
                         BYLAW_LIMIT_XML_BYTES);
    return bylaw__span_sub(body, 0, BYLAW_LIMIT_XML_BYTES);
}

/* The value of encoding="..." in an XML declaration; empty where none. */
static struct bylaw_span declared_encoding(struct bylaw_span body)
{
    struct bylaw_span head =
        bylaw__span_trim(bylaw__span_sub(body, 0, DECLARATION_BYTES));
    struct bylaw_span rest = {NULL, 0};
    size_t at;

    if (!bylaw__span_starts(head, "<?xml"))
        return rest;
    head = bylaw__span_sub(head, 0, bylaw__span_find(head, BYLAW__SPAN(">")));
    at = bylaw__span_find(head, BYLAW__SPAN("encoding"));
    if (at == SIZE_MAX)
        return rest;
    rest = bylaw__span_trim(bylaw__span_sub(head, at + 8, head.len));
    if (!bylaw__span_starts(rest, "="))
        return (struct bylaw_span){NULL, 0};
    rest = bylaw__span_trim(bylaw__span_sub(rest, 1, rest.len));
    if (!rest.len || (rest.ptr[0] != '"' && rest.ptr[0] != '\''))
        return (struct bylaw_span){NULL, 0};
    at = bylaw__span_find(bylaw__span_sub(rest, 1, rest.len),
                          bylaw__span_sub(rest, 0, 1));
    return bylaw__span_sub(rest, 1, at == SIZE_MAX ? 1 : at + 1);
}

/*
 * The charset's label. XML without a declaration is UTF-8 (XML 1.0 s4.3.3);
 * a declaration that can be read byte by byte is not in UTF-16.
 */
static void find_label(char out[LABEL_BYTES], struct bylaw_span body)
{
    struct bylaw_span label = declared_encoding(body);

    memset(out, 0, LABEL_BYTES);
    memcpy(out, "utf-8", sizeof("utf-8"));
    if (body.len >= 2 && body.ptr[0] == '<' && !body.ptr[1])
        memcpy(out, "utf-16le", sizeof("utf-16le"));
    else if (body.len >= 2 && !body.ptr[0] && body.ptr[1] == '<')
        memcpy(out, "utf-16be", sizeof("utf-16be"));
    else if (label.len && label.len < LABEL_BYTES &&
             !bylaw__span_starts_nocase(label, "utf-16")) {
        memset(out, 0, LABEL_BYTES);
        memcpy(out, label.ptr, label.len);
    }
}

static bool is_wide(struct bylaw_span body)
{
    return bylaw__span_starts(body, "\xff\xfe") ||
           bylaw__span_starts(body, "\xfe\xff") ||
           (body.len >= 2 && (!body.ptr[0] || !body.ptr[1]));
}

/* UTF-8 that is borrowed where it is whole, and mended where it is not. */
static int keep_utf8(struct crawl_body *out, struct bylaw_span body,
                     struct bylaw_error *err)
{
    size_t pos = 0;

    out->text = body;
    if (bylaw__utf8_valid(body))
        return 0;
    while (pos < body.len)
        bylaw__buf_add_utf8(&out->mended, bylaw__utf8_next(body, &pos));
    out->text = bylaw__buf_span(&out->mended);
    return out->mended.failed ? bylaw__fail_memory(err, "") : 0;
}

/* A legacy charset; the ceiling is the converter's own. */
static int convert(struct crawl_body *out, struct bylaw_span body,
                   const char *label, struct crawl_leads *leads,
                   struct bylaw_error *err)
{
    int rc;

    if (body.len > BYLAW_LIMIT_BODY_BYTES)
        bylaw__leads_cut(leads, "it is in %s and larger than %u bytes", label,
                         BYLAW_LIMIT_BODY_BYTES);
    body = bylaw__span_sub(body, 0, BYLAW_LIMIT_BODY_BYTES);
    rc = bylaw__html_decode(&out->utf8, body, label, err);
    out->text = out->utf8.text;
    return rc;
}

int bylaw__body_open(struct crawl_body *out, struct bylaw_span body,
                     struct crawl_leads *leads, struct bylaw_error *err)
{
    char label[LABEL_BYTES];
    int rc = 0;

    memset(out, 0, sizeof(*out));
    body = cut(body, leads);
    if (is_gzip(body)) {
        rc = unpack(&out->unpacked, body, leads, err);
        body = bylaw__buf_span(&out->unpacked);
    }
    if (rc)
        return rc;
    find_label(label, body);
    if (!is_wide(body) &&
        (bylaw__span_is_nocase(bylaw__span_of(label), "utf-8") ||
         (body.len > BYLAW_LIMIT_BODY_BYTES && bylaw__utf8_valid(body))))
        rc = keep_utf8(out, body, err);
    else
        rc = convert(out, body, label, leads, err);
    if (bylaw__span_starts(out->text, "\xef\xbb\xbf"))
        out->text = bylaw__span_sub(out->text, 3, out->text.len);
    return rc;
}

void bylaw__body_close(struct crawl_body *body)
{
    bylaw__utf8_release(&body->utf8);
    bylaw__buf_release(&body->mended);
    bylaw__buf_release(&body->unpacked);
}
