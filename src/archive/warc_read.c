/* SPDX-License-Identifier: Apache-2.0 */
/* One record after the other, and what to do where one is damaged. */
#include "archive_int.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define TRAILER     4 /* CR LF CR LF behind a record */
#define RECORD_MARK "WARC/1."

struct bylaw__warc {
    struct archive_stream stream;
    struct bylaw__warc_options options;
    char *name;
    struct bylaw__warc_record record;
    size_t taken;  /* bytes of the window that the last record had */
    uint64_t skip; /* bytes of a cut block that follow those */
    struct bylaw__warc_loss loss;
    bool has_loss; /* it goes on until the next good record */
    size_t losses;
    uint64_t records;
    enum bylaw__warc_outcome outcome;
};

/** What came of asking for so many bytes of one record. */
enum need {
    NEED_MET = 0,
    NEED_END,      /* the file ends before */
    NEED_BOUNDARY, /* another record begins before, in a member of its own */
    NEED_DAMAGE,
    NEED_ERROR
};

/* ---------------------------------------------------------------- losses --- */

static uint64_t here(const struct bylaw__warc *warc)
{
    return warc->stream.plain_base + warc->stream.plain_at;
}

/* A loss begins here, unless one is under way. */
static void lose(struct bylaw__warc *warc, int code, const char *id,
                 const char *what)
{
    uint64_t inner;
    char where[512];

    if (warc->has_loss)
        return;
    warc->has_loss = true;
    warc->loss.offset = bylaw__stream_place(&warc->stream, here(warc), &inner);
    warc->loss.end = 0;
    snprintf(where, sizeof(where), "%s, byte %" PRIu64, warc->name,
             warc->loss.offset);
    bylaw__fail(&warc->loss.why, code, id, where, "%s", what);
}

static void lose_damaged(struct bylaw__warc *warc, const char *what)
{
    lose(warc, BYLAW_EPARSE, "archive.damaged", what);
}

/* The loss under way ends at that byte of the file; 0: with the file. */
static void end_loss(struct bylaw__warc *warc, uint64_t end)
{
    if (!warc->has_loss)
        return;
    warc->has_loss = false;
    warc->losses++;
    warc->loss.end = end;
    if (warc->options.lost)
        warc->options.lost(warc->options.payload, &warc->loss);
}

/* Goes on behind damage. */
static enum archive_more rescue(struct bylaw__warc *warc)
{
    const struct bylaw_error *damage = &warc->stream.damage;

    lose(warc, damage->code, damage->id, damage->what);
    return bylaw__stream_rescue(&warc->stream);
}

/* --------------------------------------------------------------- reading --- */

/* Whether a record of its own begins in a further member, so many bytes of
 * the window away or less; then the one before ended too early. */
static bool meets_record(const struct bylaw__warc *warc, size_t most,
                         size_t *out_at)
{
    const struct archive_stream *stream = &warc->stream;
    struct bylaw_span window = bylaw__stream_window(stream);
    uint64_t at = here(warc);

    while ((at = bylaw__stream_boundary(stream, at)) != UINT64_MAX) {
        *out_at = (size_t)(at - here(warc));
        if (*out_at >= most)
            return false;
        if (bylaw__span_starts(bylaw__span_sub(window, *out_at, window.len),
                               RECORD_MARK))
            return true;
    }
    return false;
}

static enum need need(struct bylaw__warc *warc, size_t len)
{
    size_t at;

    for (;;) {
        struct bylaw_span window = bylaw__stream_window(&warc->stream);

        if (meets_record(warc, len, &at))
            return NEED_BOUNDARY;
        if (window.len >= len)
            return NEED_MET;
        switch (bylaw__stream_more(&warc->stream)) {
        case ARCHIVE_MORE:
            break;
        case ARCHIVE_END:
            return NEED_END;
        case ARCHIVE_DAMAGE:
            return NEED_DAMAGE;
        default:
            return NEED_ERROR;
        }
    }
}

/* Passes over line breaks between records. END, DAMAGE and ERROR as of the
 * stream; MORE: something else is next. */
static enum archive_more pass_breaks(struct bylaw__warc *warc)
{
    for (;;) {
        struct bylaw_span window = bylaw__stream_window(&warc->stream);
        enum archive_more more;
        size_t len = 0;

        while (len < window.len &&
               (window.ptr[len] == '\r' || window.ptr[len] == '\n'))
            len++;
        bylaw__stream_skip(&warc->stream, len);
        if (len < window.len)
            return ARCHIVE_MORE;
        more = bylaw__stream_more(&warc->stream);
        if (more != ARCHIVE_MORE)
            return more;
    }
}

/* Passes over what is left of a block that was given cut. */
static enum archive_more pass_cut(struct bylaw__warc *warc)
{
    while (warc->skip) {
        struct bylaw_span window = bylaw__stream_window(&warc->stream);
        size_t most = window.len < warc->skip ? window.len : warc->skip;
        enum archive_more more;
        size_t at;

        if (meets_record(warc, most, &at)) {
            lose_damaged(warc, "a record ends before its length");
            bylaw__stream_skip(&warc->stream, at);
            warc->skip = 0;
            return ARCHIVE_MORE;
        }
        bylaw__stream_skip(&warc->stream, most);
        warc->skip -= most;
        more = warc->skip ? bylaw__stream_more(&warc->stream) : ARCHIVE_MORE;
        if (more == ARCHIVE_END)
            lose_damaged(warc, "a record ends before its length");
        if (more != ARCHIVE_MORE) {
            warc->skip = 0;
            return more;
        }
    }
    return ARCHIVE_MORE;
}

/*
 * Moves on to the next text that may be a record, at the beginning of a line
 * or of a member, one byte behind this at least.
 */
static enum archive_more seek_record(struct bylaw__warc *warc)
{
    static const struct bylaw_span mark = {RECORD_MARK,
                                           sizeof(RECORD_MARK) - 1};
    size_t from = 1, at;

    for (;;) {
        struct bylaw_span window = bylaw__stream_window(&warc->stream);
        enum archive_more more;
        size_t boundary;

        at = bylaw__span_find(bylaw__span_sub(window, from, window.len), mark);
        if (meets_record(warc, at == SIZE_MAX ? window.len : from + at + 1,
                         &boundary) &&
            boundary >= from) {
            bylaw__stream_skip(&warc->stream, boundary);
            return ARCHIVE_MORE;
        }
        if (at != SIZE_MAX) {
            bylaw__stream_skip(&warc->stream, from + at);
            if (window.ptr[from + at - 1] == '\n')
                return ARCHIVE_MORE;
            from = 1;
            continue;
        }
        /* As much is kept as may be a mark's beginning, and the byte before. */
        if (window.len > mark.len) {
            bylaw__stream_skip(&warc->stream, window.len - mark.len);
            from = 1;
        }
        more = bylaw__stream_more(&warc->stream);
        if (more == ARCHIVE_DAMAGE)
            return rescue(warc);
        if (more != ARCHIVE_MORE)
            return more;
    }
}

/* ---------------------------------------------------------------- record --- */

/* Goes on behind a record that is none, for what need() answered. */
static enum archive_more give_up(struct bylaw__warc *warc, enum need why,
                                 const char *what)
{
    size_t at = 0;

    if (why == NEED_ERROR)
        return ARCHIVE_ERROR;
    if (why == NEED_DAMAGE)
        return rescue(warc);
    lose_damaged(warc, what);
    if (why == NEED_BOUNDARY && meets_record(warc, SIZE_MAX, &at)) {
        bylaw__stream_skip(&warc->stream, at);
        return ARCHIVE_MORE;
    }
    return seek_record(warc);
}

/* The header's bytes; 0: none, and *out says how to go on. */
static size_t find_header(struct bylaw__warc *warc, enum archive_more *out)
{
    size_t len, seen = 0;
    enum need why = NEED_MET;

    for (;;) {
        struct bylaw_span window =
            bylaw__span_sub(bylaw__stream_window(&warc->stream), 0,
                            BYLAW_LIMIT_WARC_HEADER_BYTES);

        len = bylaw__warc_header_end(window, seen > 2 ? seen - 2 : 0);
        if (len)
            return len;
        seen = window.len;
        if (seen == BYLAW_LIMIT_WARC_HEADER_BYTES)
            break;
        why = need(warc, seen + 1);
        if (why)
            break;
    }
    *out = give_up(warc, why,
                   why ? "a record's header is cut short"
                       : "a record's header is longer than its ceiling");
    return 0;
}

static bool reaches_beyond_file(const struct bylaw__warc *warc, uint64_t len)
{
    const struct archive_stream *stream = &warc->stream;

    return stream->packing == ARCHIVE_PLAIN && stream->size != UINT64_MAX &&
           (here(warc) > stream->size || len > stream->size - here(warc));
}

/* Whether a record really ends behind so many bytes: its member's checksum
 * holds, and what follows is a line break, a record, or nothing. *out_len:
 * with its line breaks. */
static enum need check_end(struct bylaw__warc *warc, size_t len,
                           size_t *out_len, bool *out_good)
{
    struct archive_stream *stream = &warc->stream;
    struct bylaw_span rest;
    enum need why = NEED_MET;
    size_t breaks = 0, at;

    /* Not need(): damage of the next member is no concern of this one. */
    while (stream->is_inside &&
           bylaw__stream_window(stream).len <= len + TRAILER) {
        enum archive_more more = bylaw__stream_more(stream);

        if (more != ARCHIVE_MORE)
            return more == ARCHIVE_DAMAGE ? NEED_DAMAGE : NEED_ERROR;
    }
    if (stream->packing == ARCHIVE_PLAIN)
        why = need(warc, len + TRAILER);
    if (why == NEED_DAMAGE || why == NEED_ERROR)
        return why;
    rest = bylaw__stream_window(stream);
    if (meets_record(warc, len + TRAILER, &at))
        rest = bylaw__span_sub(rest, 0, at);
    rest = bylaw__span_sub(rest, len, rest.len);
    while (breaks < rest.len && breaks < TRAILER &&
           (rest.ptr[breaks] == '\r' || rest.ptr[breaks] == '\n'))
        breaks++;
    *out_len = len + breaks;
    *out_good = breaks || !rest.len || bylaw__span_starts(rest, RECORD_MARK);
    return NEED_MET;
}

/* Bytes of the file that a record takes which ends so many bytes away; 0
 * where it begins or ends inside a member. */
static uint64_t length_of(const struct bylaw__warc *warc, size_t len)
{
    const struct archive_stream *stream = &warc->stream;
    uint64_t end = here(warc) + len, inner, next;

    if (stream->packing == ARCHIVE_PLAIN)
        return len;
    if (warc->record.inner)
        return 0;
    if (end == stream->plain_base + stream->plain_len && !stream->is_inside)
        return stream->raw_base + stream->raw_at - warc->record.offset;
    next = bylaw__stream_place(stream, end, &inner);
    return inner ? 0 : next - warc->record.offset;
}

/* Gives the record whose header has so many bytes, or finds how to go on. */
static enum archive_more read_record(struct bylaw__warc *warc, size_t header,
                                     bool *out_good)
{
    struct bylaw__warc_record *record = &warc->record;
    struct bylaw_span window = bylaw__stream_window(&warc->stream);
    size_t block, len;
    enum need why;

    if (!bylaw__warc_header_read(record, bylaw__span_sub(window, 0, header)))
        return give_up(warc, NEED_MET, "a record's header is damaged");
    if (reaches_beyond_file(warc, header + record->block_bytes))
        return give_up(warc, NEED_MET, "a record is longer than the file");
    block = record->block_bytes < BYLAW_LIMIT_WARC_BLOCK_BYTES
                ? (size_t)record->block_bytes
                : BYLAW_LIMIT_WARC_BLOCK_BYTES;
    why = need(warc, header + block);
    if (why)
        return give_up(warc, why, "a record ends before its length");
    len = header + block;
    warc->skip = record->block_bytes - block;
    *out_good = true;
    if (!warc->skip) {
        why = check_end(warc, header + block, &len, out_good);
        if (why)
            return give_up(warc, why, "");
    }
    if (!*out_good)
        return give_up(warc, NEED_MET, "a record does not end at its length");
    /* What was unpacked meanwhile may have moved the window. */
    window = bylaw__stream_window(&warc->stream);
    bylaw__warc_header_read(record, bylaw__span_sub(window, 0, header));
    record->block = bylaw__span_sub(window, header, header + block);
    record->offset =
        bylaw__stream_place(&warc->stream, here(warc), &record->inner);
    record->length = warc->skip ? 0 : length_of(warc, len);
    warc->stream.is_split |= bylaw__stream_boundary(&warc->stream, here(warc)) <
                             here(warc) + header + block;
    warc->taken = len;
    return ARCHIVE_MORE;
}

/* A record whose own digest is wrong is lost, though its bounds hold. */
static bool holds(struct bylaw__warc *warc)
{
    if (!warc->options.check_digests ||
        bylaw__warc_check_block(&warc->record) != BYLAW__DIGEST_BAD)
        return true;
    lose(warc, BYLAW_EPARSE, "archive.digest",
         "a record's bytes are not those its digest was made of");
    return false;
}

/* Tries to read a record. *out_good: warc->record is one. */
static enum archive_more step(struct bylaw__warc *warc, bool *out_good)
{
    enum archive_more more;
    size_t header;
    enum need why;

    *out_good = false;
    bylaw__stream_skip(&warc->stream, warc->taken);
    warc->taken = 0;
    more = pass_cut(warc);
    if (more == ARCHIVE_MORE)
        more = pass_breaks(warc);
    if (more == ARCHIVE_DAMAGE)
        return rescue(warc);
    if (more != ARCHIVE_MORE)
        return more;
    why = need(warc, sizeof(RECORD_MARK) - 1);
    if (why ||
        !bylaw__span_starts(bylaw__stream_window(&warc->stream), RECORD_MARK))
        return give_up(warc, why, "there is no record where one should begin");
    header = find_header(warc, &more);
    if (!header)
        return more;
    more = read_record(warc, header, out_good);
    *out_good = *out_good && holds(warc);
    return more;
}

static int finish(struct bylaw__warc *warc, struct bylaw_error *err)
{
    bool is_empty = !warc->records && !warc->has_loss && !warc->losses;

    end_loss(warc, 0);
    if (warc->records || is_empty) {
        warc->outcome =
            warc->losses ? BYLAW__WARC_DAMAGED : BYLAW__WARC_COMPLETE;
        return 0;
    }
    warc->outcome = BYLAW__WARC_UNREADABLE;
    return bylaw__fail(err, BYLAW_EUNSUPPORTED, "archive.not-a-warc",
                       warc->name, "nothing in it is a WARC record");
}

int bylaw__warc_next(const struct bylaw__warc_record **out,
                     struct bylaw__warc *warc, struct bylaw_error *err)
{
    bool is_good = false;

    *out = NULL;
    if (warc->outcome != BYLAW__WARC_UNREAD)
        return 0;
    while (!is_good) {
        enum archive_more more = step(warc, &is_good);

        if (more == ARCHIVE_END)
            return finish(warc, err);
        if (more == ARCHIVE_ERROR) {
            if (err)
                *err = warc->stream.failure;
            return warc->stream.failure.code;
        }
    }
    end_loss(warc, warc->record.offset);
    warc->records++;
    *out = &warc->record;
    return 0;
}

/* --------------------------------------------------------------- opening --- */

enum bylaw__warc_outcome bylaw__warc_outcome(const struct bylaw__warc *warc)
{
    return warc->outcome;
}

size_t bylaw__warc_losses(const struct bylaw__warc *warc)
{
    return warc->losses;
}

void bylaw__warc_free(struct bylaw__warc *warc)
{
    if (!warc)
        return;
    bylaw__stream_release(&warc->stream);
    free(warc->name);
    free(warc);
}

static struct bylaw__warc *new_reader(const char *name,
                                      const struct bylaw__warc_options *options,
                                      struct bylaw_error *err)
{
    struct bylaw__warc *warc = calloc(1, sizeof(*warc));

    if (warc)
        warc->name = strdup(name);
    if (!warc || !warc->name) {
        free(warc);
        bylaw__fail_memory(err, name);
        return NULL;
    }
    if (options)
        warc->options = *options;
    warc->stream.name = warc->name;
    warc->stream.fd = -1;
    warc->stream.size = UINT64_MAX;
    return warc;
}

int bylaw__warc_open_bytes(struct bylaw__warc **out, struct bylaw_span bytes,
                           const char *name,
                           const struct bylaw__warc_options *options,
                           struct bylaw_error *err)
{
    struct bylaw__warc *warc = new_reader(name, options, err);

    if (!warc)
        return BYLAW_ENOMEM;
    warc->stream.bytes = bytes;
    warc->stream.size = bytes.len;
    *out = warc;
    return 0;
}

static int open_file(struct archive_stream *stream, const char *path,
                     struct bylaw_error *err)
{
    struct stat st;

    stream->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (stream->fd < 0)
        return bylaw__fail(err, BYLAW_EIO, "file.unreadable", path,
                           "cannot open: %s", strerror(errno));
    stream->owns_fd = true;
    if (fstat(stream->fd, &st))
        return 0;
    if (S_ISDIR(st.st_mode))
        return bylaw__fail(err, BYLAW_EIO, "file.directory", path,
                           "is a directory, not a file");
    if (S_ISREG(st.st_mode))
        stream->size = (uint64_t)st.st_size;
    return 0;
}

/* Moves a reader that was just opened on to a byte of its file. */
static int begin_at(struct bylaw__warc *warc, uint64_t from,
                    struct bylaw_error *err)
{
    if (lseek(warc->stream.fd, (off_t)from, SEEK_SET) < 0)
        return bylaw__fail(err, BYLAW_EIO, "file.unreadable", warc->name,
                           "cannot be read from within: %s", strerror(errno));
    warc->stream.raw_base = from;
    return 0;
}

int bylaw__warc_open_from(struct bylaw__warc **out, const char *path,
                          uint64_t from,
                          const struct bylaw__warc_options *options,
                          struct bylaw_error *err)
{
    struct bylaw__warc *warc = NULL;
    int rc = bylaw__warc_open(&warc, path, options, err);

    if (!rc && from)
        rc = begin_at(warc, from, err);
    if (rc)
        bylaw__warc_free(warc);
    else
        *out = warc;
    return rc;
}

int bylaw__warc_find_member(uint64_t *out, const char *path, uint64_t from,
                            uint64_t to, struct bylaw_error *err)
{
    struct bylaw__warc *warc = NULL;
    enum archive_more more = ARCHIVE_END;
    int rc = bylaw__warc_open_from(&warc, path, from, NULL, err);

    *out = UINT64_MAX;
    if (rc)
        return rc;
    warc->stream.packing = ARCHIVE_GZIP;
    more = bylaw__stream_find(out, &warc->stream);
    if (more == ARCHIVE_ERROR) {
        rc = warc->stream.failure.code;
        if (err)
            *err = warc->stream.failure;
    }
    if (more != ARCHIVE_MORE || *out >= to)
        *out = UINT64_MAX;
    bylaw__warc_free(warc);
    return rc;
}

int bylaw__warc_open(struct bylaw__warc **out, const char *path,
                     const struct bylaw__warc_options *options,
                     struct bylaw_error *err)
{
    bool is_standard = strcmp(path, "-") == 0;
    struct bylaw__warc *warc =
        new_reader(is_standard ? "standard input" : path, options, err);
    int rc = 0;

    if (!warc)
        return BYLAW_ENOMEM;
    warc->stream.fd = STDIN_FILENO;
    if (!is_standard)
        rc = open_file(&warc->stream, path, err);
    if (rc) {
        bylaw__warc_free(warc);
        return rc;
    }
    *out = warc;
    return 0;
}
