/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file as a row of unpacked bytes. Members that are small enough, as those
 * of one record are, go through libdeflate in one piece; the others through
 * zlib, which also tells a member that is damaged from one that is cut short.
 */
#include "archive_int.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#define READ_PIECE ((size_t)256 << 10) /* asked of the file at once */
#define RAW_LOW    READ_PIECE          /* at hand before a member is begun */
#define RAW_MOST   ((size_t)4 << 20)   /* kept to look for members in */
#define SLOW_PIECE ((size_t)64 << 10)
#define FAST_FIRST ((size_t)256 << 10)
#define FAST_MOST  ((size_t)2 << 20) /* a larger member is unpacked by zlib */

#define GZIP_WINDOW 31
#define GZIP_HEAD   10 /* bytes, at least */
#define PROBE_IN    4096
#define PROBE_OUT   16

/* ---------------------------------------------------------------- raw --- */

static enum archive_more fail_memory(struct archive_stream *stream)
{
    bylaw__fail_memory(&stream->failure, stream->name);
    return ARCHIVE_ERROR;
}

static size_t raw_left(const struct archive_stream *stream)
{
    return stream->raw_len - stream->raw_at;
}

static uint64_t raw_place(const struct archive_stream *stream)
{
    return stream->raw_base + stream->raw_at;
}

static void drop_raw(struct archive_stream *stream, size_t len)
{
    if (!len)
        return;
    memmove(stream->raw, stream->raw + len, stream->raw_len - len);
    stream->raw_len -= len;
    stream->raw_at -= len;
    stream->raw_base += len;
}

/* A member under way is kept from its beginning on, while it is small. */
static size_t unneeded_raw(const struct archive_stream *stream)
{
    if (stream->is_inside && stream->member_raw >= stream->raw_base)
        return (size_t)(stream->member_raw - stream->raw_base);
    return stream->raw_at;
}

static bool make_raw_room(struct archive_stream *stream)
{
    size_t cap = stream->raw_cap ? stream->raw_cap * 2 : 4 * READ_PIECE;
    char *grown;

    if (stream->raw_cap - stream->raw_len >= READ_PIECE)
        return true;
    drop_raw(stream, unneeded_raw(stream));
    if (stream->raw_cap - stream->raw_len < READ_PIECE &&
        stream->raw_cap >= RAW_MOST)
        drop_raw(stream, stream->raw_at);
    if (stream->raw_cap - stream->raw_len >= READ_PIECE)
        return true;
    grown = realloc(stream->raw, cap);
    if (!grown)
        return false;
    stream->raw = grown;
    stream->raw_cap = cap;
    return true;
}

static ssize_t read_some(struct archive_stream *stream, char *room, size_t len)
{
    ssize_t got;

    if (stream->fd < 0) {
        got = (ssize_t)(len < stream->bytes.len ? len : stream->bytes.len);
        if (got)
            memcpy(room, stream->bytes.ptr, (size_t)got);
        stream->bytes =
            bylaw__span_sub(stream->bytes, (size_t)got, stream->bytes.len);
        return got;
    }
    do
        got = read(stream->fd, room, len);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        bylaw__fail(&stream->failure, BYLAW_EIO, "file.unreadable",
                    stream->name, "cannot read: %s", strerror(errno));
    return got;
}

/* Some more of the file; MORE, END or ERROR. */
static enum archive_more take_in(struct archive_stream *stream)
{
    ssize_t got;

    if (stream->raw_ended)
        return ARCHIVE_END;
    if (!make_raw_room(stream))
        return fail_memory(stream);
    got = read_some(stream, stream->raw + stream->raw_len, READ_PIECE);
    if (got < 0)
        return ARCHIVE_ERROR;
    stream->raw_len += (size_t)got;
    stream->raw_ended = !got;
    return got ? ARCHIVE_MORE : ARCHIVE_END;
}

/* Until so many bytes are at hand, or the file ends. False: an error. */
static bool take_in_upto(struct archive_stream *stream, size_t wanted)
{
    enum archive_more more = ARCHIVE_MORE;

    while (raw_left(stream) < wanted && more == ARCHIVE_MORE)
        more = take_in(stream);
    return more != ARCHIVE_ERROR;
}

/* -------------------------------------------------------------- plain --- */

/* Members that ended before the window are forgotten. */
static void drop_marks(struct archive_stream *stream)
{
    size_t gone = 0;

    while (gone + 1 < stream->mark_count &&
           stream->marks[gone + 1].plain <= stream->plain_base)
        gone++;
    if (!gone)
        return;
    stream->mark_count -= gone;
    memmove(stream->marks, stream->marks + gone,
            stream->mark_count * sizeof(*stream->marks));
}

static bool make_plain_room(struct archive_stream *stream, size_t room)
{
    size_t cap = stream->plain_cap ? stream->plain_cap : FAST_FIRST;
    char *grown;

    if (stream->plain_cap - stream->plain_len >= room)
        return true;
    if (stream->plain_at) {
        stream->plain_len -= stream->plain_at;
        memmove(stream->plain, stream->plain + stream->plain_at,
                stream->plain_len);
        stream->plain_base += stream->plain_at;
        stream->plain_at = 0;
        drop_marks(stream);
    }
    while (cap - stream->plain_len < room)
        cap *= 2;
    if (cap == stream->plain_cap)
        return true;
    grown = realloc(stream->plain, cap);
    if (!grown)
        return false;
    stream->plain = grown;
    stream->plain_cap = cap;
    return true;
}

struct bylaw_span bylaw__stream_window(const struct archive_stream *stream)
{
    struct bylaw_span all = {stream->plain, stream->plain_len};

    return bylaw__span_sub(all, stream->plain_at, all.len);
}

void bylaw__stream_skip(struct archive_stream *stream, size_t len)
{
    stream->plain_at += len;
    if (stream->plain_at < stream->plain_len)
        return;
    stream->plain_base += stream->plain_len;
    stream->plain_at = stream->plain_len = 0;
    drop_marks(stream);
}

uint64_t bylaw__stream_place(const struct archive_stream *stream,
                             uint64_t plain, uint64_t *out_inner)
{
    const struct archive_mark *mark = NULL;

    *out_inner = 0;
    for (size_t i = 0;
         i < stream->mark_count && stream->marks[i].plain <= plain; i++)
        mark = &stream->marks[i];
    if (stream->packing != ARCHIVE_GZIP)
        return plain;
    if (!mark ||
        (!stream->is_inside && plain == stream->plain_base + stream->plain_len))
        return raw_place(stream);
    *out_inner = plain - mark->plain;
    return mark->raw;
}

uint64_t bylaw__stream_boundary(const struct archive_stream *stream,
                                uint64_t plain)
{
    for (size_t i = 0; i < stream->mark_count; i++)
        if (stream->marks[i].plain > plain)
            return stream->marks[i].plain;
    return UINT64_MAX;
}

/* ------------------------------------------------------------- members --- */

static bool begin_member(struct archive_stream *stream)
{
    struct archive_mark *mark;

    if (bylaw__vec_grow(&stream->marks, &stream->mark_cap,
                        stream->mark_count + 1, sizeof(*stream->marks)))
        return false;
    stream->member_raw = raw_place(stream);
    stream->member_plain = stream->plain_base + stream->plain_len;
    /* An empty member before it begins at the same place of the row. */
    if (stream->mark_count &&
        stream->marks[stream->mark_count - 1].plain == stream->member_plain)
        stream->mark_count--;
    mark = &stream->marks[stream->mark_count++];
    *mark = (struct archive_mark){stream->member_raw, stream->member_plain};
    return true;
}

/* A member inside bytes that were unpacked in vain before is not looked
 * through again when it fails too: a file made of members in members would
 * otherwise take the square of its size. */
static enum archive_more damage(struct archive_stream *stream, const char *id,
                                const char *what)
{
    uint64_t before = stream->vain_until, place = raw_place(stream);

    if (place > stream->vain_until)
        stream->vain_until = place;
    stream->rescue_from = stream->member_raw < before ? stream->vain_until
                                                      : stream->member_raw + 1;
    bylaw__fail(&stream->damage, BYLAW_EPARSE, id, stream->name, "%s", what);
    return ARCHIVE_DAMAGE;
}

/* Unpacks the member at hand whole. False where zlib is to try. */
static bool unpack_fast(struct archive_stream *stream)
{
    size_t used = 0, made = 0;
    enum libdeflate_result result;

    if (!stream->fast_room)
        stream->fast_room = FAST_FIRST;
    for (;;) {
        if (!make_plain_room(stream, stream->fast_room))
            return false;
        result = libdeflate_gzip_decompress_ex(
            stream->fast, stream->raw + stream->raw_at, raw_left(stream),
            stream->plain + stream->plain_len,
            stream->plain_cap - stream->plain_len, &used, &made);
        if (result != LIBDEFLATE_INSUFFICIENT_SPACE ||
            stream->fast_room >= FAST_MOST)
            break;
        stream->fast_room *= 2;
    }
    if (result != LIBDEFLATE_SUCCESS || !begin_member(stream))
        return false;
    stream->raw_at += used;
    stream->plain_len += made;
    return true;
}

static bool begin_slow(struct archive_stream *stream)
{
    int z = stream->has_zlib ? inflateReset2(&stream->zlib, GZIP_WINDOW)
                             : inflateInit2(&stream->zlib, GZIP_WINDOW);

    stream->has_zlib = stream->has_zlib || z == Z_OK;
    if (z != Z_OK || !begin_member(stream))
        return false;
    stream->is_inside = true;
    return true;
}

static bool is_beyond_ratio(const struct archive_stream *stream)
{
    uint64_t made =
        stream->plain_base + stream->plain_len - stream->member_plain;

    return made > BYLAW_LIMIT_WARC_RATIO_FLOOR &&
           made / BYLAW_LIMIT_WARC_RATIO >
               raw_place(stream) - stream->member_raw;
}

static enum archive_more unpack_slow(struct archive_stream *stream)
{
    z_stream *zlib = &stream->zlib;
    int z;

    if (!raw_left(stream)) {
        enum archive_more more = take_in(stream);

        if (more == ARCHIVE_END)
            return damage(stream, "archive.damaged",
                          "the file ends inside a gzip member");
        if (more != ARCHIVE_MORE)
            return more;
    }
    if (!make_plain_room(stream, SLOW_PIECE))
        return fail_memory(stream);
    zlib->next_in = (Bytef *)stream->raw + stream->raw_at;
    zlib->avail_in = (uInt)raw_left(stream);
    zlib->next_out = (Bytef *)stream->plain + stream->plain_len;
    zlib->avail_out = SLOW_PIECE;
    z = inflate(zlib, Z_NO_FLUSH);
    stream->raw_at = stream->raw_len - zlib->avail_in;
    stream->plain_len += SLOW_PIECE - zlib->avail_out;
    if (z == Z_MEM_ERROR)
        return fail_memory(stream);
    if (z == Z_STREAM_END)
        stream->is_inside = false;
    else if (z != Z_OK && z != Z_BUF_ERROR)
        return damage(stream, "archive.damaged", "a gzip member is damaged");
    if (is_beyond_ratio(stream))
        return damage(stream, "archive.ratio",
                      "a gzip member unpacks to far more than its size");
    return ARCHIVE_MORE;
}

/* Flags beyond the five that RFC 1952 has must be zero. */
static bool is_member_head(const unsigned char *at)
{
    return at[0] == 0x1f && at[1] == 0x8b && at[2] == 8 && !(at[3] & 0xe0);
}

static enum archive_more next_member(struct archive_stream *stream)
{
    if (!take_in_upto(stream, RAW_LOW))
        return ARCHIVE_ERROR;
    if (!raw_left(stream))
        return ARCHIVE_END;
    if (raw_left(stream) < GZIP_HEAD ||
        !is_member_head((unsigned char *)stream->raw + stream->raw_at)) {
        stream->member_raw = raw_place(stream);
        return damage(stream, "archive.damaged",
                      "there is no gzip member where one should begin");
    }
    if (!stream->fast)
        stream->fast = libdeflate_alloc_decompressor();
    if (!stream->fast)
        return fail_memory(stream);
    if (unpack_fast(stream))
        return ARCHIVE_MORE;
    return begin_slow(stream) ? ARCHIVE_MORE : fail_memory(stream);
}

/* -------------------------------------------------------------- packing --- */

static bool begins_record(struct bylaw_span text)
{
    return bylaw__span_starts(bylaw__span_trim(text), "WARC/");
}

static struct bylaw_span raw_span(const struct archive_stream *stream)
{
    struct bylaw_span all = {stream->raw, stream->raw_len};

    return bylaw__span_sub(all, stream->raw_at, all.len);
}

/* What was read to tell the packing is the beginning of the row. */
static enum archive_more begin_plain(struct archive_stream *stream)
{
    size_t len = raw_left(stream);

    stream->packing = ARCHIVE_PLAIN;
    stream->plain_base = raw_place(stream);
    if (!make_plain_room(stream, len))
        return fail_memory(stream);
    memcpy(stream->plain, stream->raw + stream->raw_at, len);
    stream->plain_len = len;
    stream->raw_at = stream->raw_len;
    free(stream->raw);
    stream->raw = NULL;
    stream->raw_at = stream->raw_len = stream->raw_cap = 0;
    return ARCHIVE_MORE;
}

static enum archive_more tell_packing(struct archive_stream *stream)
{
    if (!take_in_upto(stream, READ_PIECE))
        return ARCHIVE_ERROR;
    if (!raw_left(stream))
        return ARCHIVE_END;
    if (begins_record(raw_span(stream)))
        return begin_plain(stream);
    if (raw_left(stream) >= GZIP_HEAD &&
        is_member_head((unsigned char *)stream->raw + stream->raw_at)) {
        stream->packing = ARCHIVE_GZIP;
        return next_member(stream);
    }
    return damage(stream, "archive.damaged",
                  "it begins neither with a record nor with a gzip member");
}

static enum archive_more read_plain(struct archive_stream *stream)
{
    ssize_t got;

    if (!make_plain_room(stream, READ_PIECE))
        return fail_memory(stream);
    got = read_some(stream, stream->plain + stream->plain_len, READ_PIECE);
    if (got < 0)
        return ARCHIVE_ERROR;
    stream->plain_len += (size_t)got;
    return got ? ARCHIVE_MORE : ARCHIVE_END;
}

enum archive_more bylaw__stream_more(struct archive_stream *stream)
{
    if (stream->packing == ARCHIVE_PLAIN)
        return read_plain(stream);
    if (stream->packing == ARCHIVE_PACKING_UNKNOWN)
        return tell_packing(stream);
    return stream->is_inside ? unpack_slow(stream) : next_member(stream);
}

/* --------------------------------------------------------------- rescue --- */

/* Whether the bytes at raw_at unpack to what may go on from here: a record's
 * beginning, or anything where records are spread over members. */
static bool probe(struct archive_stream *stream)
{
    unsigned char out[PROBE_OUT];
    struct bylaw_span made;
    size_t in = raw_left(stream) < PROBE_IN ? raw_left(stream) : PROBE_IN;
    z_stream *zlib = &stream->zlib;
    int z = stream->has_zlib ? inflateReset2(zlib, GZIP_WINDOW)
                             : inflateInit2(zlib, GZIP_WINDOW);

    stream->has_zlib = stream->has_zlib || z == Z_OK;
    if (z != Z_OK)
        return false;
    zlib->next_in = (Bytef *)stream->raw + stream->raw_at;
    zlib->avail_in = (uInt)in;
    zlib->next_out = out;
    zlib->avail_out = sizeof(out);
    z = inflate(zlib, Z_NO_FLUSH);
    made = (struct bylaw_span){(char *)out, sizeof(out) - zlib->avail_out};
    return (z == Z_OK || z == Z_STREAM_END) && made.len &&
           (stream->is_split || begins_record(made));
}

static bool finds_member(struct archive_stream *stream)
{
    return raw_left(stream) >= GZIP_HEAD &&
           is_member_head((unsigned char *)stream->raw + stream->raw_at) &&
           probe(stream);
}

/* Moves raw_at to the next member. */
static enum archive_more find_member(struct archive_stream *stream)
{
    for (;;) {
        struct bylaw_span rest = raw_span(stream);
        const char *at = rest.len ? memchr(rest.ptr, 0x1f, rest.len) : NULL;

        stream->raw_at += at ? (size_t)(at - rest.ptr) : rest.len;
        if (!take_in_upto(stream, PROBE_IN))
            return ARCHIVE_ERROR;
        if (!raw_left(stream))
            return ARCHIVE_END;
        if (finds_member(stream))
            return ARCHIVE_MORE;
        stream->raw_at += at != NULL;
    }
}

enum archive_more bylaw__stream_find(uint64_t *out_at,
                                     struct archive_stream *stream)
{
    enum archive_more more = find_member(stream);

    *out_at = raw_place(stream);
    return more;
}

/* A file whose very beginning is damaged: whichever comes first in what is
 * kept of it tells how it is packed. */
static enum archive_more find_packing(struct archive_stream *stream)
{
    static const struct bylaw_span record = {"WARC/1.", 7};
    struct bylaw_span rest;
    size_t text;

    if (!take_in_upto(stream, RAW_MOST / 2))
        return ARCHIVE_ERROR;
    rest = raw_span(stream);
    text = bylaw__span_find(rest, record);
    for (size_t i = 0; i < rest.len && i < text; i++) {
        stream->raw_at += i > 0;
        if (*(rest.ptr + i) == 0x1f && finds_member(stream)) {
            stream->packing = ARCHIVE_GZIP;
            return ARCHIVE_MORE;
        }
    }
    if (text == SIZE_MAX)
        return ARCHIVE_END;
    stream->raw_at += text > 0;
    return begin_plain(stream);
}

enum archive_more bylaw__stream_rescue(struct archive_stream *stream)
{
    stream->plain_base += stream->plain_len;
    stream->plain_at = stream->plain_len = stream->mark_count = 0;
    stream->is_inside = false;
    if (stream->packing == ARCHIVE_PLAIN)
        return ARCHIVE_MORE;
    if (stream->packing == ARCHIVE_PACKING_UNKNOWN)
        return find_packing(stream);
    stream->raw_at = stream->rescue_from > stream->raw_base
                         ? (size_t)(stream->rescue_from - stream->raw_base)
                         : 0;
    return find_member(stream);
}

void bylaw__stream_release(struct archive_stream *stream)
{
    if (stream->has_zlib)
        inflateEnd(&stream->zlib);
    libdeflate_free_decompressor(stream->fast);
    free(stream->raw);
    free(stream->plain);
    free(stream->marks);
    if (stream->owns_fd)
        close(stream->fd);
}
