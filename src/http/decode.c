/* SPDX-License-Identifier: Apache-2.0 */
/* Content-encodings undone piece by piece, counting what goes in and out. */
#include "http.h"

#define PIECE_BYTES 16384

/* Window arguments of inflateInit2, one a container. */
#define WINDOW_GZIP 31
#define WINDOW_ZLIB 15
#define WINDOW_RAW  (-15)

/* How a gzip member begins. */
#define GZIP_FIRST  0x1f
#define GZIP_SECOND 0x8b

/* Coding names (RFC 9110 section 8.4.1), and whether zlib or raw deflate is
 * heard under them. */
static const struct {
    const char *name;
    bool is_deflate;
} codings[] = {{"gzip", false}, {"x-gzip", false}, {"deflate", true}};

static int fail_damaged(struct bylaw__decoder *decoder)
{
    return bylaw__fail(&decoder->failure, BYLAW_EPARSE, "fetch.encoding",
                       decoder->where, "the compressed body is damaged");
}

static int fail_large(struct bylaw__decoder *decoder)
{
    return bylaw__fail(&decoder->failure, BYLAW_ELIMIT, "fetch.too-large",
                       decoder->where, "the body is larger than %zu bytes",
                       decoder->out->ceiling);
}

static int add_layer(struct bylaw__decoder *decoder, struct bylaw_span name)
{
    size_t count = sizeof(codings) / sizeof(codings[0]), i;
    struct bylaw__layer *layer;

    if (!name.len || bylaw__span_is_nocase(name, "identity"))
        return 0;
    for (i = 0; i < count; i++)
        if (bylaw__span_is_nocase(name, codings[i].name))
            break;
    if (i == count)
        return bylaw__fail(&decoder->failure, BYLAW_EUNSUPPORTED,
                           "fetch.encoding", decoder->where,
                           "the content-encoding \"%.*s\" was not asked for "
                           "and cannot be undone",
                           (int)(name.len < 40 ? name.len : 40), name.ptr);
    if (decoder->layer_count == BYLAW_LIMIT_ENCODINGS)
        return bylaw__fail(&decoder->failure, BYLAW_ELIMIT, "fetch.encoding",
                           decoder->where,
                           "more than %u content-encodings are stacked",
                           BYLAW_LIMIT_ENCODINGS);
    layer = &decoder->layers[decoder->layer_count++];
    layer->is_deflate = codings[i].is_deflate;
    return 0;
}

int bylaw__decoder_begin(struct bylaw__decoder *decoder, struct bylaw__buf *out,
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

void bylaw__decoder_end(struct bylaw__decoder *decoder)
{
    for (size_t i = 0; i < decoder->layer_count; i++)
        if (decoder->layers[i].is_open) {
            inflateEnd(&decoder->layers[i].stream);
            decoder->layers[i].is_open = false;
        }
}

bool bylaw__decoder_is_whole(const struct bylaw__decoder *decoder)
{
    if (!decoder->received)
        return true;
    for (size_t i = 0; i < decoder->layer_count; i++) {
        const struct bylaw__layer *layer = &decoder->layers[i];

        if (layer->state != BYLAW__LAYER_DONE &&
            (layer->state != BYLAW__LAYER_BETWEEN || layer->head_len))
            return false;
    }
    return true;
}

/* Keeps what fits, so that a body over the ceiling is kept up to it. */
static int emit(struct bylaw__decoder *decoder, const unsigned char *bytes,
                size_t len)
{
    size_t room = decoder->out->ceiling - decoder->out->len;

    bylaw__buf_add(decoder->out, bytes, len < room ? len : room);
    if (decoder->out->failed)
        return bylaw__fail_memory(&decoder->failure, decoder->where);
    if (len > room)
        return fail_large(decoder);
    if (decoder->layer_count && decoder->out->len > BYLAW_LIMIT_RATIO_FLOOR &&
        decoder->out->len > BYLAW_LIMIT_RATIO * decoder->received)
        return bylaw__fail(&decoder->failure, BYLAW_ELIMIT, "fetch.ratio",
                           decoder->where,
                           "the body unpacks to more than %u times its size",
                           BYLAW_LIMIT_RATIO);
    return 0;
}

static int feed_layer(struct bylaw__decoder *decoder, size_t i,
                      const unsigned char *bytes, size_t len);

/* What came out of layer i, to the next layer or to the body. */
static int pass_on(struct bylaw__decoder *decoder, size_t i,
                   const unsigned char *bytes, size_t len)
{
    struct bylaw__layer *layer = &decoder->layers[i];

    if (!len)
        return 0;
    if (i + 1 == decoder->layer_count)
        return emit(decoder, bytes, len);
    layer->produced += len;
    if (layer->produced > decoder->out->ceiling / 8 * 9)
        return fail_large(decoder);
    return feed_layer(decoder, i + 1, bytes, len);
}

/* Unpacks bytes of one compressed stream; *used is how many belonged to it. */
static int unpack(struct bylaw__decoder *decoder, size_t i,
                  const unsigned char *bytes, size_t len, size_t *used)
{
    struct bylaw__layer *layer = &decoder->layers[i];
    z_stream *stream = &layer->stream;
    unsigned char piece[PIECE_BYTES];
    int rc, z;

    stream->next_in = (Bytef *)(uintptr_t)bytes;
    stream->avail_in = (uInt)len;
    /* A full piece may leave more to come out though all went in. */
    do {
        stream->next_out = piece;
        stream->avail_out = sizeof(piece);
        z = inflate(stream, Z_NO_FLUSH);
        if (z == Z_MEM_ERROR)
            return bylaw__fail_memory(&decoder->failure, decoder->where);
        /* What came before the damage is kept. */
        rc = pass_on(decoder, i, piece, sizeof(piece) - stream->avail_out);
        if (rc)
            return rc;
        if (z != Z_OK && z != Z_STREAM_END && z != Z_BUF_ERROR)
            return fail_damaged(decoder);
    } while (z == Z_OK && (stream->avail_in || !stream->avail_out));
    *used = len - stream->avail_in;
    if (z == Z_STREAM_END)
        layer->state =
            layer->is_gzip ? BYLAW__LAYER_BETWEEN : BYLAW__LAYER_DONE;
    return 0;
}

/* The first two bytes tell the container: gzip (RFC 1952), zlib (RFC 1950),
 * or, where servers misread "deflate", none. 0 for no stream at all. */
static int window_of(const struct bylaw__layer *layer)
{
    unsigned a = layer->head[0], b = layer->head[1];

    if (a == GZIP_FIRST && b == GZIP_SECOND)
        return WINDOW_GZIP;
    if (!layer->is_deflate || layer->state == BYLAW__LAYER_BETWEEN)
        return 0;
    return (a & 0xf) == 8 && (a << 8 | b) % 31 == 0 ? WINDOW_ZLIB : WINDOW_RAW;
}

/* Begins the stream whose first two bytes have come. */
static int open_stream(struct bylaw__decoder *decoder, size_t i)
{
    struct bylaw__layer *layer = &decoder->layers[i];
    int window = window_of(layer), z;
    size_t used;

    layer->head_len = 0;
    if (!window && layer->state == BYLAW__LAYER_BETWEEN) {
        layer->state = BYLAW__LAYER_DONE;
        return 0;
    }
    if (!window)
        return fail_damaged(decoder);
    z = layer->is_open ? inflateReset2(&layer->stream, window)
                       : inflateInit2(&layer->stream, window);
    if (z != Z_OK)
        return bylaw__fail_memory(&decoder->failure, decoder->where);
    layer->is_open = true;
    layer->is_gzip = window == WINDOW_GZIP;
    layer->state = BYLAW__LAYER_INSIDE;
    return unpack(decoder, i, layer->head, sizeof(layer->head), &used);
}

/* Layers are at most BYLAW_LIMIT_ENCODINGS, so this recursion is too. */
static int feed_layer(struct bylaw__decoder *decoder, size_t i,
                      const unsigned char *bytes, size_t len)
{
    struct bylaw__layer *layer = &decoder->layers[i];
    int rc = 0;

    while (!rc && len && layer->state != BYLAW__LAYER_DONE) {
        size_t used = 1;

        if (layer->state == BYLAW__LAYER_INSIDE) {
            rc = unpack(decoder, i, bytes, len, &used);
        } else if (layer->state == BYLAW__LAYER_BETWEEN && !layer->head_len &&
                   *bytes != GZIP_FIRST) {
            layer->state =
                BYLAW__LAYER_DONE; /* padding after the last member */
        } else {
            layer->head[layer->head_len++] = *bytes;
            if (layer->head_len == sizeof(layer->head))
                rc = open_stream(decoder, i);
        }
        bytes += used;
        len -= used;
    }
    return rc;
}

int bylaw__decoder_feed(struct bylaw__decoder *decoder, const void *bytes,
                        size_t len)
{
    decoder->received += len;
    if (decoder->failure.code)
        return decoder->failure.code;
    if (!decoder->layer_count)
        return emit(decoder, bytes, len);
    if (decoder->received > BYLAW_LIMIT_WIRE_BYTES)
        return fail_large(decoder);
    return feed_layer(decoder, 0, bytes, len);
}
