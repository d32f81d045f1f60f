/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: archive (floor 4)
 *
 * Purpose  Web archives: WARC in and out.
 * Takes    WARC/1.0 and 1.1 (and WET) files or a stream, plain or in gzip;
 *          responses to keep.
 * Gives    records, the pages in them as responses, what was lost to damage;
 *          sealed files of captures.
 * May include  base url text http html robots model; libdeflate, zlib.
 *
 * Invariants
 *  1. Memory is bounded by the ceilings of limits.h, whatever a file says.
 *  2. A record is given out only after what follows it was seen to be a
 *     record's end: its gzip member's checksum held, its length was true.
 *  3. Damage costs the records it touches, never those behind; each loss is
 *     told once, with its place in the file. No byte is unpacked more often
 *     than a fixed number of times, however a file is damaged.
 *  4. What a record borrows lives until the next one is asked for.
 *  5. Nothing written is told of before it is on disk; a file that a crash cut
 *     short is mended when it is opened next, and no whole record is lost.
 *  6. No clock and nothing random: names and ids follow from what is written.
 */
#ifndef BYLAW_ARCHIVE_H
#define BYLAW_ARCHIVE_H

#include "model/model.h"

/* ------------------------------------------------------------ records --- */

enum bylaw__warc_kind {
    BYLAW__WARC_OTHER = 0, /* of a type that is not known here */
    BYLAW__WARC_WARCINFO,
    BYLAW__WARC_REQUEST,
    BYLAW__WARC_RESPONSE,
    BYLAW__WARC_REVISIT, /* a response whose body stands in another record */
    BYLAW__WARC_RESOURCE,
    BYLAW__WARC_METADATA,
    BYLAW__WARC_CONVERSION, /* as in WET files: the text of a page */
    BYLAW__WARC_CONTINUATION
};

/** How a digest in a record's header compares with its bytes. */
enum bylaw__digest_state {
    BYLAW__DIGEST_NONE = 0, /* there is none, or nobody asked */
    BYLAW__DIGEST_GOOD,
    BYLAW__DIGEST_BAD,
    BYLAW__DIGEST_UNKNOWN /* of an algorithm that is not known here */
};

/** One record. Spans are empty where its header says nothing. */
struct bylaw__warc_record {
    enum bylaw__warc_kind kind;
    struct bylaw_span id;         /* WARC-Record-ID, without < > */
    struct bylaw_span target_uri; /* without < > */
    struct bylaw_span date, content_type;
    int64_t date_ms; /* 0 where the date cannot be read */
    struct bylaw_span concurrent_to, refers_to, refers_to_uri, refers_to_date;
    struct bylaw_span ip_address, profile, truncated, protocol;
    struct bylaw_span block_digest, payload_digest; /* "sha1:BASE32" ... */
    struct bylaw_span segment;                      /* WARC-Segment-Number */
    struct bylaw_span header; /* all of it, with the version line */
    struct bylaw_span block;  /* at most BYLAW_LIMIT_WARC_BLOCK_BYTES of it */
    uint64_t block_bytes;     /* all of it, as its header says */
    /* Where it begins: byte of the file and, where it does not begin a gzip
     * member, byte of what that member unpacks to. length: bytes of the file
     * it takes; 0 where it shares a member with others, or was cut. */
    uint64_t offset, inner, length;
};

/** Bytes of a file that gave no record. */
struct bylaw__warc_loss {
    uint64_t offset;        /* in the file, where the loss begins */
    uint64_t end;           /* where reading went on; 0: nowhere */
    struct bylaw_error why; /* where: "FILE, byte N" */
};

enum bylaw__warc_outcome {
    BYLAW__WARC_UNREAD = 0, /* not at its end yet, or an error ended it */
    BYLAW__WARC_COMPLETE,
    BYLAW__WARC_DAMAGED,   /* to its end, with losses */
    BYLAW__WARC_UNREADABLE /* not one record in it */
};

struct bylaw__warc_options {
    bool check_digests; /* of blocks; a record that fails is a loss */
    void (*lost)(void *payload, const struct bylaw__warc_loss *loss);
    void *payload;
};

typedef struct bylaw__warc bylaw__warc;

/** Opens a file ("-": standard input). options NULL: none; else copied. Fails
 *  with file.unreadable, file.directory. */
int bylaw__warc_open(bylaw__warc **out, const char *path,
                     const struct bylaw__warc_options *options,
                     struct bylaw_error *err);
/** Reads bytes at hand, which must outlive the reader. name: for messages. */
int bylaw__warc_open_bytes(bylaw__warc **out, struct bylaw_span bytes,
                           const char *name,
                           const struct bylaw__warc_options *options,
                           struct bylaw_error *err);
/** Opens a file at a byte where a record, or its gzip member, begins. */
int bylaw__warc_open_from(bylaw__warc **out, const char *path, uint64_t from,
                          const struct bylaw__warc_options *options,
                          struct bylaw_error *err);
/** Looks for a gzip member that begins with a record, in [from, to) of a file.
 *  *out is UINT64_MAX where there seems to be none; what is found may be bytes
 *  inside another member that only look like one. */
int bylaw__warc_find_member(uint64_t *out, const char *path, uint64_t from,
                            uint64_t to, struct bylaw_error *err);
void bylaw__warc_free(bylaw__warc *warc);
/** The next record, borrowed until the next call; NULL at the end. Damage is
 *  no failure (see lost); fails with file.unreadable, archive.not-a-warc
 *  (nothing in it is a record). One thread at a time has a reader. */
int bylaw__warc_next(const struct bylaw__warc_record **out, bylaw__warc *warc,
                     struct bylaw_error *err);
enum bylaw__warc_outcome bylaw__warc_outcome(const bylaw__warc *warc);
/** Losses so far, those nobody was told of included. */
size_t bylaw__warc_losses(const bylaw__warc *warc);

/** Compares a record's digests with its bytes. Of a cut block: UNKNOWN. */
enum bylaw__digest_state
bylaw__warc_check_block(const struct bylaw__warc_record *record);
/** The payload digest is right over the body with its chunks joined, or, as
 *  older writers have it, as it stands. Of a revisit: NONE. */
enum bylaw__digest_state
bylaw__warc_check_payload(const struct bylaw__warc_record *record);

/* -------------------------------------------------------------- pages --- */

/** What a record keeps of an address, borrowed from it and from the work. */
struct bylaw__warc_page {
    struct bylaw_span url;
    int64_t at_ms;                  /* when it was captured */
    int status;                     /* 200 for a resource or a conversion */
    struct bylaw_span headers;      /* of HTTP; empty for those */
    struct bylaw_span content_type; /* as it was said */
    struct bylaw_span body;         /* decoded */
    struct bylaw_span address;      /* IP, or empty */
    uint64_t wire_bytes;
    bool is_truncated;
    bool is_revisit; /* the body is elsewhere: see bylaw__warc_borrow */
    struct bylaw_error refusal; /* why the body is not whole */
};

/** Memory that is kept from page to page; zeroed is a valid beginning. */
struct bylaw__warc_work {
    struct bylaw__buf chunks, body;
};
void bylaw__warc_work_release(struct bylaw__warc_work *work);

/** Reads a record as a page; false for records that are none (requests,
 *  metadata, answers that are no HTTP). Copies nothing that needs no
 *  decoding, so that most of an archive can be passed over quickly. */
bool bylaw__warc_page(struct bylaw__warc_page *out,
                      struct bylaw__warc_work *work,
                      const struct bylaw__warc_record *record);
/** A response that owns all it says, as if its address had been asked at the
 *  capture's time. */
int bylaw__warc_response(struct bylaw_response **out,
                         const struct bylaw__warc_page *page,
                         struct bylaw_error *err);

/* ----------------------------------------------------------- captures --- */

/** Where a capture stands and what it must be. */
struct bylaw__capture_ref {
    const char *file; /* name in the folder of captures */
    uint64_t offset, length;
    const char *sha256; /* lower-case hex of those bytes; NULL: unchecked */
};

/** A capture read back. Free it. */
struct bylaw__capture {
    struct bylaw__warc_record record;
    void *owner;
};
void bylaw__capture_free(struct bylaw__capture *capture);
/**
 * Reads the record at a place and checks everything that can be: the bytes'
 * digest, that they are one whole record, the block's and payload's digests.
 * A file that is not sealed yet is found too. Fails with
 * archive.capture-missing (no such file, or it ends before),
 * archive.capture-digest (other bytes than were recorded), archive.capture
 * (not one whole record, or one that contradicts itself).
 */
int bylaw__capture_read(struct bylaw__capture **out, const char *folder,
                        const struct bylaw__capture_ref *ref,
                        struct bylaw_error *err);

/** Reads the record at a place of any WARC file, as bylaw__warc_record told of
 *  it; digests are checked. Fails as bylaw__capture_read. */
int bylaw__warc_read_at(struct bylaw__capture **out, const char *path,
                        uint64_t offset, uint64_t length,
                        struct bylaw_error *err);

/** Where a capture was put. */
struct bylaw__captured {
    char file[64]; /* its name once sealed */
    /* The record that answers: of kind response, revisit, resource or, where
     * no answer came, metadata. */
    enum bylaw__warc_kind kind;
    uint64_t offset, length;
    char sha256[BYLAW__SHA256_HEX]; /* of those bytes of the file */
    char id[64];                    /* its WARC-Record-ID */
    /* Of the payload, "" where there is none: the body as it came, its
     * content-encoding on. What a later revisit is told by. */
    char payload_sha256[BYLAW__SHA256_HEX];
    uint64_t begin, end; /* all records of the capture: request, answers of
                            redirects, answer, metadata */
};

/** A whole answer that was captured before. */
struct bylaw__capture_before {
    const char *url, *id; /* of its record */
    const char *payload_sha256;
    int64_t at_ms;
};

struct bylaw__captures_options {
    const char *software; /* "bylaw/1.0"; goes into each file's warcinfo */
    const char *contact;  /* of whoever runs it, or NULL */
    uint64_t most_bytes;  /* of one file; 0: BYLAW_LIMIT_CAPTURE_FILE */
    /* What was mended of a crash, which is no failure; may be NULL. */
    void (*complain)(void *payload, const struct bylaw_error *why);
    void *payload;
};

typedef struct bylaw__captures bylaw__captures;

/**
 * Opens the folder for writing. What a crash left is mended first: a record
 * that was cut short is cut off, and its file sealed. The first capture begins
 * a file. Fails with archive.folder, archive.unwritable.
 */
int bylaw__captures_open(bylaw__captures **out, const char *folder,
                         const struct bylaw__captures_options *options,
                         struct bylaw_error *err);
/** Seals what is open. NULL is accepted. */
int bylaw__captures_close(bylaw__captures *captures, struct bylaw_error *err);
/** Lets go without sealing, as a crash would. */
void bylaw__captures_abandon(bylaw__captures *captures);
/**
 * Writes what asking an address brought, each redirect included. before: where
 * the body is the same, or the server said "not modified", the answer becomes
 * a revisit of that one; may be NULL. Fails with archive.unwritable; nothing
 * is left of the capture then.
 */
int bylaw__captures_put(struct bylaw__captured *out, bylaw__captures *captures,
                        const struct bylaw_response *response,
                        const struct bylaw__capture_before *before,
                        struct bylaw_error *err);
/** Writes bytes of no server, such as an article's text from a file. */
int bylaw__captures_put_bytes(struct bylaw__captured *out,
                              bylaw__captures *captures, const char *uri,
                              const char *content_type, struct bylaw_span bytes,
                              int64_t at_ms, struct bylaw_error *err);
/** All that was put is on disk when this returns 0: to be called before
 *  anything that names a capture is committed. */
int bylaw__captures_sync(bylaw__captures *captures, struct bylaw_error *err);

#endif
