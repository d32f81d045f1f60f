/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: http (floor 1)
 *
 * Purpose  What an HTTP message says, read from bytes at hand: fields of header
 *          lines, the body behind its codings.
 * Takes    header lines and bodies as received, from the network or an archive.
 * Gives    field values; decoded bodies, with why one is not whole.
 * May include  base; zlib.
 *
 * Invariants
 *  1. No network, no clock.
 *  2. Any bytes are read; nothing grows beyond the ceilings of limits.h, and
 *     what was decoded before a ceiling or damage is kept.
 *  3. A body is the same however its bytes are cut into pieces.
 */
#ifndef BYLAW_HTTP_H
#define BYLAW_HTTP_H

#include "base/base.h"

#include <zlib.h>

/* ------------------------------------------------------------- fields --- */

/** The next field at or after *pos, which moves behind it; lines without a
 *  colon (a status line) are passed over. As bylaw__header_next else. */
bool bylaw__field_next(struct bylaw_span *name, struct bylaw_span *value,
                       struct bylaw_span headers, size_t *pos);
/**
 * The next field of that name at or after *pos, which moves behind it. The
 * value is trimmed; where lines were folded, their line breaks are in it.
 */
bool bylaw__header_next(struct bylaw_span *value, struct bylaw_span headers,
                        size_t *pos, const char *name);
/** Value of the last field of that name; empty where there is none. */
struct bylaw_span bylaw__header_value(struct bylaw_span headers,
                                      const char *name);
/** Values of all fields of that name, joined by commas (RFC 9110, 5.3). */
void bylaw__header_join(struct bylaw__buf *out, struct bylaw_span headers,
                        const char *name);

/** The lower-case media type of a Content-Type value, and its charset without
 *  quotes; each "" where there is none. NULLs when memory ran out. */
void bylaw__content_type(const char **out_type, const char **out_charset,
                         struct bylaw__arena *arena, struct bylaw_span value);

/* ------------------------------------------------------------ codings --- */

/** Where a layer of content-encoding stands. */
enum bylaw__layer_state {
    BYLAW__LAYER_START = 0, /* its first two bytes tell the container */
    BYLAW__LAYER_INSIDE,    /* in a compressed stream */
    BYLAW__LAYER_BETWEEN,   /* after a gzip member; another may follow */
    BYLAW__LAYER_DONE       /* what still comes is padding */
};

/** Undoes content-encodings as bytes arrive, within the ceilings. */
struct bylaw__decoder {
    struct bylaw__layer {
        z_stream stream;
        bool is_open, is_deflate, is_gzip;
        enum bylaw__layer_state state;
        unsigned char head[2];
        size_t head_len;
        uint64_t produced; /* bytes handed to the next layer */
    } layers[BYLAW_LIMIT_ENCODINGS];
    size_t layer_count;
    struct bylaw__buf *out;
    uint64_t received; /* bytes fed in */
    struct bylaw_error failure;
    const char *where; /* borrowed: outlives the decoder */
};

/**
 * out has a ceiling, up to which a larger body is kept.
 * encodings: all values of Content-Encoding, joined by commas; "" for none.
 * Only read here. End the decoder also where this fails.
 */
int bylaw__decoder_begin(struct bylaw__decoder *decoder, struct bylaw__buf *out,
                         struct bylaw_span encodings, const char *where);
/** 0, or a code with decoder->failure filled. */
int bylaw__decoder_feed(struct bylaw__decoder *decoder, const void *bytes,
                        size_t len);
/** True where every encoded stream came to its own end. */
bool bylaw__decoder_is_whole(const struct bylaw__decoder *decoder);
void bylaw__decoder_end(struct bylaw__decoder *decoder);

/** What a body that is said to be chunked (RFC 9112 section 7.1) was. */
enum bylaw__chunked {
    BYLAW__CHUNKED_NOT = 0, /* no chunks: archives keep the header line of
                               bodies whose chunks they joined */
    BYLAW__CHUNKED_WHOLE,   /* up to its last chunk */
    BYLAW__CHUNKED_CUT      /* it ends, or is damaged, before */
};
/** Joins the chunks; out (cleared before) is not filled where there are none.
 *  A failed buffer says that a ceiling or memory was reached. */
enum bylaw__chunked bylaw__chunks_join(struct bylaw__buf *out,
                                       struct bylaw_span body);

#endif
