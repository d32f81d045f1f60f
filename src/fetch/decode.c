/* SPDX-License-Identifier: Apache-2.0 */
/* Content-encodings undone piece by piece, counting what goes in and out. */
#include "fetch_int.h"

#define PIECE_BYTES 16384

/* Window sizes for inflateInit2: 15 with 32 added tells gzip from zlib. */
#define WINDOW_AUTO 47
#define WINDOW_RAW  (-15)

static int add_layer(struct fetch_decoder *decoder, struct bylaw_span name)
{
    struct fetch_layer *layer;

    if (!name.len || bylaw__span_is_nocase(name, "identity"))
        return 0;
    if (decoder->layer_count == BYLAW_LIMIT_ENCODINGS)
        return bylaw__fail(&decoder->failure, BYLAW_ELIMIT, "fetch.encoding",
                           decoder->where,
                           "more than %u content-encodings are stacked",
                           BYLAW_LIMIT_ENCODINGS);
    if (!bylaw__span_is_nocase(name, "gzip") &&
        !bylaw__span_is_nocase(name, "x-gzip") &&
        !bylaw__span_is_nocase(name, "deflate"))
        return bylaw__fail(&decoder->failure, BYLAW_EUNSUPPORTED,
                           "fetch.encoding", decoder->where,
                           "the content-encoding \"%.*s\" was not asked for "
                           "and cannot be undone",
                           (int)(name.len < 40 ? name.len : 40), name.ptr);
    layer = &decoder->layers[decoder->layer_count];
    memset(layer, 0, sizeof(*layer));
    if (inflateInit2(&layer->stream, WINDOW_AUTO) != Z_OK)
        return bylaw__fail_memory(&decoder->failure, decoder->where);
    layer->is_open = true;
    decoder->layer_count++;
    return 0;
}

int bylaw__decoder_begin(struct fetch_decoder *decoder, struct bylaw__buf *out,
                         struct bylaw_span encodings, const char *where)
{
    memset(decoder, 0, sizeof(*decoder));
    decoder->out = out;
    decoder->where = where;
    /* Encodings are listed in the order they were applied; the last one is
     * undone first. */
    while (encodings.len) {
        size_t begin = encodings.len;
        int rc;

        while (begin && encodings.ptr[begin - 1] != ',')
            begin--;
        rc = add_layer(decoder,
                       bylaw__span_trim(
                           bylaw__span_sub(encodings, begin, encodings.len)));
        if (rc)
            return rc;
        encodings = bylaw__span_sub(encodings, 0, begin ? begin - 1 : 0);
    }
    return 0;
}

void bylaw__decoder_end(struct fetch_decoder *decoder)
{
    for (size_t i = 0; i < decoder->layer_count; i++)
        if (decoder->layers[i].is_open) {
            inflateEnd(&decoder->layers[i].stream);
            decoder->layers[i].is_open = false;
        }
}

bool bylaw__decoder_is_whole(const struct fetch_decoder *decoder)
{
    for (size_t i = 0; i < decoder->layer_count; i++)
        if (!decoder->layers[i].has_ended)
            return false;
    return true;
}

static int emit(struct fetch_decoder *decoder, const void *bytes, size_t len)
{
    bylaw__buf_add(decoder->out, bytes, len);
    if (decoder->out->failed)
        return bylaw__fail(&decoder->failure, BYLAW_ELIMIT, "fetch.too-large",
                           decoder->where, "the body is larger than %u bytes",
                           BYLAW_LIMIT_BODY_BYTES);
    if (decoder->layer_count && decoder->out->len > BYLAW_LIMIT_RATIO_FLOOR &&
        decoder->out->len / BYLAW_LIMIT_RATIO > decoder->received)
        return bylaw__fail(&decoder->failure, BYLAW_ELIMIT, "fetch.ratio",
                           decoder->where,
                           "the body unpacks to more than %u times its size",
                           BYLAW_LIMIT_RATIO);
    return 0;
}

/* Some servers send raw deflate under the name "deflate": try it once, while
 * nothing has been unpacked yet. */
static bool retry_as_raw(struct fetch_layer *layer, const unsigned char *bytes,
                         size_t len)
{
    if (layer->is_raw || layer->saw_input)
        return false;
    layer->is_raw = true;
    if (inflateReset2(&layer->stream, WINDOW_RAW) != Z_OK)
        return false;
    layer->stream.next_in = (Bytef *)(uintptr_t)bytes;
    layer->stream.avail_in = (uInt)len;
    return true;
}

static int feed_layer(struct fetch_decoder *decoder, size_t i,
                      const unsigned char *bytes, size_t len);

static int pass_on(struct fetch_decoder *decoder, size_t i,
                   const unsigned char *bytes, size_t len)
{
    if (!len)
        return 0;
    return i + 1 < decoder->layer_count ? feed_layer(decoder, i + 1, bytes, len)
                                        : emit(decoder, bytes, len);
}

/* Layers are at most BYLAW_LIMIT_ENCODINGS, so this recursion is too. */
static int feed_layer(struct fetch_decoder *decoder, size_t i,
                      const unsigned char *bytes, size_t len)
{
    struct fetch_layer *layer = &decoder->layers[i];
    unsigned char piece[PIECE_BYTES];

    if (layer->has_ended && layer->is_raw)
        return 0;
    if (layer->has_ended && inflateReset(&layer->stream) != Z_OK)
        return 0;
    layer->stream.next_in = (Bytef *)(uintptr_t)bytes;
    layer->stream.avail_in = (uInt)len;
    /* A full piece may leave more to come out though all went in. */
    do {
        int rc, z;

        layer->stream.next_out = piece;
        layer->stream.avail_out = sizeof(piece);
        z = inflate(&layer->stream, Z_NO_FLUSH);
        if (z == Z_DATA_ERROR && layer->has_ended)
            return 0; /* padding after the last gzip member */
        if (z == Z_DATA_ERROR && retry_as_raw(layer, bytes, len))
            continue;
        if (z != Z_OK && z != Z_STREAM_END && z != Z_BUF_ERROR)
            return bylaw__fail(&decoder->failure, BYLAW_EPARSE,
                               "fetch.encoding", decoder->where,
                               "the compressed body is damaged");
        rc =
            pass_on(decoder, i, piece, sizeof(piece) - layer->stream.avail_out);
        if (rc)
            return rc;
        if (layer->stream.avail_out < sizeof(piece))
            layer->saw_input = true;
        layer->has_ended = z == Z_STREAM_END;
        if (z == Z_STREAM_END &&
            (layer->is_raw || inflateReset(&layer->stream) != Z_OK))
            return 0;
        if (z == Z_BUF_ERROR)
            return 0;
    } while (layer->stream.avail_in || !layer->stream.avail_out);
    return 0;
}

int bylaw__decoder_feed(struct fetch_decoder *decoder, const void *bytes,
                        size_t len)
{
    decoder->received += len;
    if (decoder->failure.code)
        return decoder->failure.code;
    return decoder->layer_count ? feed_layer(decoder, 0, bytes, len)
                                : emit(decoder, bytes, len);
}
