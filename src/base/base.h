/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: base (floor 0)
 *
 * Purpose  What every other room stands on: failing, growing, hashing, JSON.
 * Takes    bytes and sizes.
 * Gives    errors, buffers with a ceiling, arenas, maps, SHA-256, JSON text,
 *          values as bytes and back.
 * May include  libc, libcrypto (hash.c). No other room.
 *
 * Invariants
 *  1. Nothing here prints, exits, reads the clock or the environment.
 *  2. A buffer or arena past its ceiling fails once and stays failed; later
 *     calls do nothing, so a writer tests it once at the end.
 *  3. A zeroed struct buf, arena, vec or map is a valid empty one.
 *  4. JSON written here is valid UTF-8 whatever bytes were given.
 */
#ifndef BYLAW_BASE_H
#define BYLAW_BASE_H

#include <bylaw/error.h>
#include <bylaw/limits.h>
#include <bylaw/span.h>

#include <stdarg.h>
#include <string.h>

/* ------------------------------------------------------------- errors --- */

#if defined(__GNUC__)
#define BYLAW__PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define BYLAW__PRINTF(f, a)
#endif

/**
 * Fills err (if not NULL) and returns code, so that `return bylaw__fail(...)`
 * and `rc = bylaw__fail(...); goto done;` both read well.
 * id: static text with a row in diagnostic.c. where: "" when nowhere.
 */
int bylaw__fail(struct bylaw_error *err, int code, const char *id,
                const char *where, const char *fmt, ...) BYLAW__PRINTF(5, 6);

/** The one failure that needs no words. */
int bylaw__fail_memory(struct bylaw_error *err, const char *where);

/* -------------------------------------------------------------- spans --- */

#define BYLAW__SPAN(literal)                                                   \
    ((struct bylaw_span){(literal), sizeof(literal) - 1})

struct bylaw_span bylaw__span_of(const char *text); /* NULL gives empty */
struct bylaw_span bylaw__span_sub(struct bylaw_span s, size_t begin,
                                  size_t end);           /* clipped to s */
struct bylaw_span bylaw__span_trim(struct bylaw_span s); /* ASCII white space */
bool bylaw__span_eq(struct bylaw_span a, struct bylaw_span b);
bool bylaw__span_is(struct bylaw_span a, const char *text);
bool bylaw__span_eq_nocase(struct bylaw_span a, struct bylaw_span b); /*ASCII*/
bool bylaw__span_is_nocase(struct bylaw_span a, const char *text);
bool bylaw__span_starts(struct bylaw_span s, const char *prefix);
bool bylaw__span_starts_nocase(struct bylaw_span s, const char *prefix);
bool bylaw__span_ends(struct bylaw_span s, const char *suffix);
/** Offset of needle in s, or SIZE_MAX. ASCII case folded in the second. */
size_t bylaw__span_find(struct bylaw_span s, struct bylaw_span needle);
size_t bylaw__span_find_nocase(struct bylaw_span s, struct bylaw_span needle);
/** True where a white-space separated list holds the word (ASCII nocase). */
bool bylaw__span_has_word(struct bylaw_span list, const char *word);

/* Character classes that do not depend on a locale. */
bool bylaw__is_space(int c); /* space, tab, LF, FF, CR */
bool bylaw__is_digit(int c);
bool bylaw__is_alpha(int c);
bool bylaw__is_alnum(int c);
char bylaw__lower(char c);
int bylaw__hex_value(int c); /* 0..15 or -1 */

/* ------------------------------------------------------------ buffers --- */

/** Bytes that grow up to a ceiling; always NUL-terminated once non-empty. */
struct bylaw__buf {
    char *ptr;      /* owned; NULL while empty */
    size_t len;     /* bytes used, without the NUL */
    size_t cap;     /* bytes allocated */
    size_t ceiling; /* most bytes it may hold; 0 means 1 GiB */
    bool failed;    /* out of memory or past the ceiling; sticky */
};

void bylaw__buf_init(struct bylaw__buf *buf, size_t ceiling);
void bylaw__buf_release(struct bylaw__buf *buf);
void bylaw__buf_clear(struct bylaw__buf *buf); /* keeps memory, ceiling */
void bylaw__buf_add(struct bylaw__buf *buf, const void *bytes, size_t len);
void bylaw__buf_add_span(struct bylaw__buf *buf, struct bylaw_span s);
void bylaw__buf_add_text(struct bylaw__buf *buf, const char *text);
void bylaw__buf_add_char(struct bylaw__buf *buf, char c);
void bylaw__buf_add_utf8(struct bylaw__buf *buf, uint32_t code_point);
void bylaw__buf_printf(struct bylaw__buf *buf, const char *fmt, ...)
    BYLAW__PRINTF(2, 3);
/** Room for len more bytes at the end, or NULL (then failed is set). */
char *bylaw__buf_reserve(struct bylaw__buf *buf, size_t len);
struct bylaw_span bylaw__buf_span(const struct bylaw__buf *buf);
/** The bytes are the caller's now (free()); never NULL unless failed. */
char *bylaw__buf_take(struct bylaw__buf *buf, size_t *out_len);

/* Bytes as text. Reading is strict: hex is lower-case and of the full length,
 * base64 is padded, without line breaks or stray bits. */
void bylaw__buf_add_hex(struct bylaw__buf *buf, const void *bytes, size_t len);
bool bylaw__hex_read(void *out, size_t len, struct bylaw_span text);
void bylaw__buf_add_base64(struct bylaw__buf *buf, struct bylaw_span bytes);
/** Appends the bytes; false where the text is no base64 (some may be added) */
bool bylaw__buf_decode_base64(struct bylaw__buf *buf, struct bylaw_span text);

/* ------------------------------------------------------------- arenas --- */

/** Memory that is freed all at once: one arena per value that flows. */
struct bylaw__arena {
    struct bylaw__arena_chunk *chunks; /* newest first */
    size_t used;                       /* bytes handed out */
    size_t ceiling;                    /* most bytes; 0 means 1 GiB */
    bool failed;                       /* sticky */
};

void bylaw__arena_init(struct bylaw__arena *arena, size_t ceiling);
void bylaw__arena_release(struct bylaw__arena *arena);
/** Zeroed, aligned for any type; NULL on failure. size 0 gives non-NULL. */
void *bylaw__arena_alloc(struct bylaw__arena *arena, size_t size);
void *bylaw__arena_alloc_array(struct bylaw__arena *arena, size_t count,
                               size_t size); /* checks the product */
/** NUL-terminated copy. */
char *bylaw__arena_strdup(struct bylaw__arena *arena, const char *text);
char *bylaw__arena_copy(struct bylaw__arena *arena, struct bylaw_span s);
struct bylaw_span bylaw__arena_span(struct bylaw__arena *arena,
                                    struct bylaw_span s);
/** What a buffer holds (one that failed: until then), without copying it: the
 *  buffer is empty after it. The room it had counts against the ceiling. */
struct bylaw_span bylaw__arena_take(struct bylaw__arena *arena,
                                    struct bylaw__buf *buf);
char *bylaw__arena_printf(struct bylaw__arena *arena, const char *fmt, ...)
    BYLAW__PRINTF(2, 3);

/* ------------------------------------------------------------ vectors --- */

/**
 * Grows *items (malloc'd, elem bytes each) to hold need of them; *cap is the
 * room. 0, or BYLAW_ENOMEM with everything left as it was.
 */
int bylaw__vec_grow(void *items_pointer, size_t *cap, size_t need, size_t elem);

/* --------------------------------------------------------------- maps --- */

/** 64-bit key to 64-bit value, open addressing; keys need no good spread. */
struct bylaw__map {
    struct bylaw__map_slot *slots;
    size_t count, cap;
};

void bylaw__map_release(struct bylaw__map *map);
/** Sets key to value. 0 or BYLAW_ENOMEM. */
int bylaw__map_put(struct bylaw__map *map, uint64_t key, uint64_t value);
bool bylaw__map_get(const struct bylaw__map *map, uint64_t key,
                    uint64_t *out_value);

/** FNV-1a, for table keys only; never an identity. */
uint64_t bylaw__hash64(struct bylaw_span s);

/* ------------------------------------------------------------ SHA-256 --- */

#define BYLAW__SHA256_BYTES 32
#define BYLAW__SHA256_HEX   65 /* with the NUL */

/** A reusable context with a pre-fetched digest (20 times the one-shot rate) */
typedef struct bylaw__sha256 bylaw__sha256;

int bylaw__sha256_new(bylaw__sha256 **out, struct bylaw_error *err);
void bylaw__sha256_free(bylaw__sha256 *ctx);
/** Digest of one message. 0 or BYLAW_EINTERNAL. */
int bylaw__sha256_of(unsigned char out[BYLAW__SHA256_BYTES], bylaw__sha256 *ctx,
                     struct bylaw_span message);
/** Digest of several pieces as if they were one message. */
int bylaw__sha256_of_parts(unsigned char out[BYLAW__SHA256_BYTES],
                           bylaw__sha256 *ctx, const struct bylaw_span *parts,
                           size_t count);
/** Lower-case hex of one message, for names of things; slower, no context. */
int bylaw__sha256_hex(char out[BYLAW__SHA256_HEX], struct bylaw_span message);

/** Lower-case hex of a whole file, read piece by piece. Fails with
 *  file.unreadable. */
int bylaw__sha256_file_hex(char out[BYLAW__SHA256_HEX], const char *path,
                           struct bylaw_error *err);

#define BYLAW__SHA1_BYTES 20
/** SHA-1, for formats that ask for it; never an identity. 0 or
 *  BYLAW_EINTERNAL. */
int bylaw__sha1_of(unsigned char out[BYLAW__SHA1_BYTES],
                   struct bylaw_span message);

/** Lower-case hex of HMAC-SHA256 (RFC 2104). */
int bylaw__hmac_sha256_hex(char out[BYLAW__SHA256_HEX], struct bylaw_span key,
                           struct bylaw_span message);

/* --------------------------------------------------------------- JSON --- */

/** Writes JSON as it goes; commas and escapes are its business. */
struct bylaw__json {
    struct bylaw__buf *out; /* borrowed */
    unsigned depth;
    bool pretty;             /* two-space indent, newline after members */
    unsigned char state[64]; /* per depth: 0 empty, 1 has members, 2 key */
};

void bylaw__json_init(struct bylaw__json *json, struct bylaw__buf *out,
                      bool pretty);
void bylaw__json_object(struct bylaw__json *json);
void bylaw__json_object_end(struct bylaw__json *json);
void bylaw__json_array(struct bylaw__json *json);
void bylaw__json_array_end(struct bylaw__json *json);
void bylaw__json_key(struct bylaw__json *json, const char *key);
void bylaw__json_span(struct bylaw__json *json, struct bylaw_span value);
void bylaw__json_text(struct bylaw__json *json,
                      const char *value); /*NULL:null*/
void bylaw__json_int(struct bylaw__json *json, int64_t value);
void bylaw__json_real(struct bylaw__json *json, double value, int decimals);
void bylaw__json_bool(struct bylaw__json *json, bool value);
void bylaw__json_null(struct bylaw__json *json);
/** A value that is valid JSON already. */
void bylaw__json_raw(struct bylaw__json *json, struct bylaw_span value);

/** A member of an object: key and value. Text NULL: null. */
void bylaw__json_add_text(struct bylaw__json *json, const char *key,
                          const char *value);
void bylaw__json_add_number(struct bylaw__json *json, const char *key,
                            int64_t value);
void bylaw__json_add_count(struct bylaw__json *json, const char *key,
                           uint64_t value);

/* --------------------------------------------------------------- wire --- */

/**
 * Values as bytes and back, between two processes of one program. One function
 * describes a value for both directions: each call writes what it is given and
 * returns it, or reads and returns what it read. Reading trusts nothing: what
 * is out of bounds fails it, and from then on every answer is zero or empty.
 */
struct bylaw__wire {
    struct bylaw__buf *out;     /* writing; NULL: reading */
    struct bylaw_span in;       /* reading: what is left */
    struct bylaw__arena *arena; /* reading: holds texts and arrays */
    bool failed;                /* sticky; when writing, see out->failed */
};

/** Beside the function that describes a type: stops the build where the type
 *  has become another, for what is new has to be passed on as well. */
#define BYLAW__WIRE_COVERS(type, bytes)                                        \
    _Static_assert(sizeof(void *) != 8 || sizeof(type) == (bytes),             \
                   #type " has changed: pass what is new over the wire, then " \
                         "set the size")

/** A number of 0..most. */
uint32_t bylaw__wire_u32(struct bylaw__wire *wire, uint32_t value,
                         uint32_t most);
int64_t bylaw__wire_i64(struct bylaw__wire *wire, int64_t value);
/** A real number of 0..most. */
double bylaw__wire_real(struct bylaw__wire *wire, double value, double most);
bool bylaw__wire_bool(struct bylaw__wire *wire, bool value);
/** Bytes; a NULL ptr stays one. What was read is NUL-terminated. */
struct bylaw_span bylaw__wire_span(struct bylaw__wire *wire,
                                   struct bylaw_span value);
/** Text up to its NUL, or NULL; like all text, it may be no UTF-8. */
const char *bylaw__wire_text(struct bylaw__wire *wire, const char *value);
/** As above, but NULL fails. */
const char *bylaw__wire_some_text(struct bylaw__wire *wire, const char *value);
/** begin <= end <= most. */
struct bylaw_range bylaw__wire_range(struct bylaw__wire *wire,
                                     struct bylaw_range value, size_t most);
/** Number of elements to come, at most so many and not more than the bytes
 *  left can hold. */
size_t bylaw__wire_count(struct bylaw__wire *wire, size_t count, size_t most);
/** Reading: room for an array, zeroed; never NULL unless failed. Writing:
 *  NULL. */
void *bylaw__wire_room(struct bylaw__wire *wire, size_t count, size_t size);
/** What went wrong, ids and all, under its diagnostic's own text. */
void bylaw__wire_error(struct bylaw__wire *wire, struct bylaw_error *error);
/** Fails the reading where a value does not hold. */
void bylaw__wire_demand(struct bylaw__wire *wire, bool holds);
/** True where all was read and held. */
bool bylaw__wire_is_whole(const struct bylaw__wire *wire);

/* -------------------------------------------------------------- clock --- */

/** Where time comes from; the library never asks the system itself. */
struct bylaw__clock {
    int64_t (*now_ms)(void *payload); /* UTC, milliseconds since 1970 */
    void *payload;
};

#define BYLAW__TIME_BYTES 32
/** "2026-11-23T04:45:00Z" of milliseconds since 1970. */
void bylaw__time_format(char out[BYLAW__TIME_BYTES], int64_t ms);
/** Days from 1970-01-01 to a date of the Gregorian calendar; month 1..12. */
int64_t bylaw__time_days(int year, int month, int day);
/** When a day begins that is written as "2026-12-31"; false where the text is
 *  no date of 1970 or later. */
bool bylaw__time_of_date(int64_t *out_ms, const char *text);

/* --------------------------------------------------------------- UTF-8 --- */

/** One code point from s at *pos, which moves on; U+FFFD for a bad byte. */
uint32_t bylaw__utf8_next(struct bylaw_span s, size_t *pos);
/** Writes 1..4 bytes; returns how many. Not for surrogates: U+FFFD then. */
size_t bylaw__utf8_put(char out[4], uint32_t code_point);
bool bylaw__utf8_valid(struct bylaw_span s);

/* --------------------------------------------------------------- files --- */

/**
 * Whole file (path "-" is standard input) into buf, up to its ceiling. Fails
 * with file.unreadable, file.directory or file.too-large.
 */
int bylaw__file_read(struct bylaw__buf *out, const char *path,
                     struct bylaw_error *err);

/**
 * Puts bytes in the place of a file, or makes it: a reader sees the old file
 * or the new one, never a part. A file that is the same already is left alone.
 * Fails with file.unwritable.
 */
int bylaw__file_replace(const char *path, struct bylaw_span bytes,
                        struct bylaw_error *err);
/** Writes all bytes where a descriptor stands; negative, with errno, where it
 *  cannot (some may be written). */
int bylaw__write_all(int fd, struct bylaw_span bytes);

#endif
