/* SPDX-License-Identifier: Apache-2.0 */
/* Shared inside archive only: bytes unpacked, headers read. */
#ifndef BYLAW_ARCHIVE_INT_H
#define BYLAW_ARCHIVE_INT_H

#include "archive.h"

#include "http/http.h"

#include <libdeflate.h>

/** What a file of captures ends in until it is sealed. */
#define BYLAW__CAPTURE_OPEN ".open"

/* ---------------------------------------------------------- unpack.c --- */

/** What came of asking for more bytes. */
enum archive_more {
    ARCHIVE_MORE = 0,
    ARCHIVE_END,
    ARCHIVE_DAMAGE, /* see stream->damage; bylaw__stream_rescue goes on */
    ARCHIVE_ERROR   /* of reading, or memory */
};

enum archive_packing {
    ARCHIVE_PACKING_UNKNOWN = 0,
    ARCHIVE_PLAIN,
    ARCHIVE_GZIP
};

/** Where a gzip member begins: in the file, and in what is unpacked. */
struct archive_mark {
    uint64_t raw, plain;
};

/**
 * A file as one row of unpacked bytes, of which a window is in memory. Places
 * in that row ("plain") are counted from its beginning, damage left out; of a
 * file that is not packed they are those of the file.
 */
struct archive_stream {
    const char *name;
    int fd; /* -1: bytes at hand */
    bool owns_fd;
    struct bylaw_span bytes; /* at hand, not taken in yet */
    enum archive_packing packing;

    /* Bytes of the file: raw[0] is byte raw_base, the next to be used
     * raw[raw_at]. Those from the member's beginning on are kept while it is
     * small, to look for the next one behind damage. */
    char *raw;
    size_t raw_at, raw_len, raw_cap;
    uint64_t raw_base;
    bool raw_ended;

    /* Unpacked bytes: plain[0] is byte plain_base of the row. */
    char *plain;
    size_t plain_at, plain_len, plain_cap;
    uint64_t plain_base;

    struct archive_mark *marks; /* of members in the window, in order */
    size_t mark_count, mark_cap;
    uint64_t member_raw, member_plain; /* of the member under way or before */
    bool is_inside;                    /* a member that zlib unpacks */
    bool is_split;        /* records were seen to go on in a next member */
    uint64_t vain_until;  /* raw bytes up to here were unpacked in vain */
    uint64_t rescue_from; /* where to look on behind the last damage */
    uint64_t size;        /* of the file; UINT64_MAX: not known */
    z_stream zlib;
    bool has_zlib;
    struct libdeflate_decompressor *fast;
    size_t fast_room; /* what the largest member so far unpacked to */

    struct bylaw_error damage;
    struct bylaw_error failure; /* of ARCHIVE_ERROR */
};

void bylaw__stream_release(struct archive_stream *stream);
/** Unpacks some more behind plain_len. */
enum archive_more bylaw__stream_more(struct archive_stream *stream);
/** Unread bytes in the window. */
struct bylaw_span bylaw__stream_window(const struct archive_stream *stream);
/** Passes over bytes of the window. */
void bylaw__stream_skip(struct archive_stream *stream, size_t len);
/** After damage: what is left in the window is dropped, and reading goes on
 *  at the next member behind. MORE, END or ERROR. */
enum archive_more bylaw__stream_rescue(struct archive_stream *stream);
/** Moves a stream of gzip members on to the next that begins with a record.
 *  MORE, END or ERROR; *out_at: its place in the file. */
enum archive_more bylaw__stream_find(uint64_t *out_at,
                                     struct archive_stream *stream);
/** Byte of the file for a place in the row, and in *out_inner how far behind
 *  its member's beginning. */
uint64_t bylaw__stream_place(const struct archive_stream *stream,
                             uint64_t plain, uint64_t *out_inner);
/** The first member that begins behind a place of the row; UINT64_MAX: none
 *  in the window. */
uint64_t bylaw__stream_boundary(const struct archive_stream *stream,
                                uint64_t plain);

/* ------------------------------------------------------- warc_header.c --- */

/** Bytes of the header at the beginning of a text, its blank line included;
 *  0 where it does not end there. */
size_t bylaw__warc_header_end(struct bylaw_span text, size_t from);
/** Reads a whole header. False where it is none or says no length. */
bool bylaw__warc_header_read(struct bylaw__warc_record *out,
                             struct bylaw_span header);
/** "2013-07-29T09:00:43.123Z", or less of it; 0 where it is no date. */
int64_t bylaw__warc_date_ms(struct bylaw_span text);

/* ------------------------------------------------------- warc_digest.c --- */

/** Room for the base32 of so many bytes, and a NUL. */
#define BYLAW__BASE32_BYTES(len) (((len)*8 + 4) / 5 + 1)
/** RFC 4648 section 6 without padding; returns how many letters. */
size_t bylaw__base32(char *out, const unsigned char *bytes, size_t len);

/** Compares "ALGORITHM:VALUE" with bytes. */
enum bylaw__digest_state bylaw__warc_digest_check(struct bylaw_span digest,
                                                  struct bylaw_span bytes);

/* --------------------------------------------------------- warc_page.c --- */

/** Head (its blank line included), body and status of an HTTP answer; false
 *  where a block holds none. */
bool bylaw__warc_http_split(struct bylaw_span *out_head,
                            struct bylaw_span *out_body, int *out_status,
                            struct bylaw_span block);

#endif
