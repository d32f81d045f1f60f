/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: evidence (floor 4)
 *
 * Purpose  The ledger: what happened, in an order and in words that nobody can
 *          change without its being seen; checkpoints of it, and their proofs.
 * Takes    entries (kind and JSON body), moments, a key's file, bytes that
 *          claim to be a checkpoint.
 * Gives    a file of entries; signed checkpoints; paths that prove an entry or
 *          an older checkpoint; what does not hold.
 * May include  base url text html robots model; libcrypto sqlite3 jansson.
 *
 * Invariants
 *  1. Entries are only ever added. What one says is its bytes; everything else
 *     in its row follows from them and is checked against them.
 *  2. Nothing counts as recorded before bylaw__ledger_commit has returned 0:
 *     then it is on disk. A call that fails leaves the ledger as it was at the
 *     last commit.
 *  3. An entry's bytes have one spelling (below); what has another is refused.
 *  4. Hashes are those of RFC 6962: a leaf is SHA-256(0x00 || entry), a node
 *     SHA-256(0x01 || left || right). Checkpoints are C2SP signed notes.
 *  5. Bytes from outside (notes, mails, proofs) have ceilings and no say over
 *     what is compared with them.
 *
 * An entry, byte by byte: eight lines of UTF-8, each ended by one LF.
 *
 *     bylaw-entry 1
 *     NUMBER       decimal, 0 for the first, one more for each
 *     BEFORE       64 hex digits: leaf hash of the entry before; zeros for 0
 *     DUE          decimal: number in the workspace's queue; 0: the ledger's own
 *     UTC          decimal: milliseconds since 1970 at which it was written
 *     BOOT TICKS   id of the machine's boot (36 characters) and milliseconds
 *                  since then; or a single "-" where there is no such clock
 *     KIND         1 to 32 of a-z and "-"
 *     BODY         one JSON object, without line breaks
 *
 * Decimals have no sign and no leading zero. audit/evidence/FORMAT.md says
 * the same for people without this source, and what each kind's body holds.
 */
#ifndef BYLAW_EVIDENCE_H
#define BYLAW_EVIDENCE_H

#include "model/model.h"

/* ------------------------------------------------------------- entries --- */

#define BYLAW__BOOT_BYTES 37

/** The clocks of this machine, as the program read them. */
struct bylaw__moment {
    int64_t utc_ms;               /* since 1970 */
    char boot[BYLAW__BOOT_BYTES]; /* "" where ticks mean nothing */
    int64_t ticks_ms;             /* since that boot, sleep included */
};

struct bylaw__entry {
    uint64_t number;
    unsigned char before[BYLAW__SHA256_BYTES];
    int64_t due;
    struct bylaw__moment at;
    struct bylaw_span kind, body;
};
/** Appends the entry's bytes. Fails with ledger.entry on what has no spelling:
 *  a kind or body that the format does not take. */
int bylaw__entry_write(struct bylaw__buf *out, const struct bylaw__entry *entry,
                       struct bylaw_error *err);
/** Reads bytes; spans point into them. Fails with ledger.entry. The body is
 *  not parsed. */
int bylaw__entry_read(struct bylaw__entry *out, struct bylaw_span bytes,
                      struct bylaw_error *err);

/** A member of a body; false where it has none of that type. Text is appended
 *  to out. */
bool bylaw__body_int(int64_t *out, struct bylaw_span body, const char *name);
bool bylaw__body_text(struct bylaw__buf *out, struct bylaw_span body,
                      const char *name);
/** Whether two bodies say the same, however it is spelt. */
bool bylaw__body_same(struct bylaw_span a, struct bylaw_span b);

/* -------------------------------------------------------------- hashes --- */

struct bylaw__digest {
    unsigned char bytes[BYLAW__SHA256_BYTES];
};
bool bylaw__digest_eq(const struct bylaw__digest *a,
                      const struct bylaw__digest *b);
int bylaw__leaf_of(struct bylaw__digest *out, bylaw__sha256 *sha,
                   struct bylaw_span entry);

/** Most levels of a tree, and so hashes in a path. */
#define BYLAW__TREE_LEVELS 64

/** Roots of the complete subtrees that make up a tree, the largest first: all
 *  that is needed to go on adding to it. */
struct bylaw__tree {
    uint64_t size; /* leaves */
    unsigned count;
    struct bylaw__digest roots[BYLAW__TREE_LEVELS];
};
int bylaw__tree_add(struct bylaw__tree *tree, bylaw__sha256 *sha,
                    const struct bylaw__digest *leaf);
/** Root of the tree; of an empty one SHA-256(""). */
int bylaw__tree_root(struct bylaw__digest *out, const struct bylaw__tree *tree,
                     bylaw__sha256 *sha);

/** Hashes from a leaf (or an older tree) to the root. */
struct bylaw__path {
    unsigned count;
    struct bylaw__digest steps[BYLAW__TREE_LEVELS];
};
/** That leaf `number` is in the tree of these `size` leaves. */
int bylaw__path_of_leaf(struct bylaw__path *out, bylaw__sha256 *sha,
                        const struct bylaw__digest *leaves, uint64_t size,
                        uint64_t number);
/** That the tree of the first `old` leaves (at least one) begins this one. */
int bylaw__path_of_tree(struct bylaw__path *out, bylaw__sha256 *sha,
                        const struct bylaw__digest *leaves, uint64_t size,
                        uint64_t old);
/** Whether a path proves it. Nothing in it is trusted. */
bool bylaw__path_has_leaf(const struct bylaw__path *path, bylaw__sha256 *sha,
                          const struct bylaw__digest *leaf, uint64_t number,
                          uint64_t size, const struct bylaw__digest *root);
bool bylaw__path_joins(const struct bylaw__path *path, bylaw__sha256 *sha,
                       const struct bylaw__digest *old_root, uint64_t old,
                       const struct bylaw__digest *root, uint64_t size);

/* ---------------------------------------------------------------- keys --- */

#define BYLAW__KEY_BYTES 32

/** An Ed25519 key, public part alone or both. */
typedef struct bylaw__key bylaw__key;

/** Makes a key and its file (PEM, PKCS #8, mode 0600), which must not exist.
 *  Fails with ledger.key-exists, ledger.key-file. */
int bylaw__key_make(const char *path, struct bylaw_error *err);
/** Fails with ledger.key-file, ledger.key-exposed (others can read it),
 *  ledger.key-damaged. */
int bylaw__key_load(bylaw__key **out, const char *path,
                    struct bylaw_error *err);
int bylaw__key_of_public(bylaw__key **out,
                         const unsigned char bytes[BYLAW__KEY_BYTES],
                         struct bylaw_error *err);
void bylaw__key_free(bylaw__key *key);
const unsigned char *bylaw__key_public(const bylaw__key *key); /* borrowed */
/** Appends the public part as PEM, for `openssl pkeyutl`. */
int bylaw__key_public_pem(struct bylaw__buf *out, const bylaw__key *key,
                          struct bylaw_error *err);

/* --------------------------------------------------------- checkpoints --- */

/** What a checkpoint says of a ledger. */
struct bylaw__checkpoint {
    struct bylaw_span origin; /* which ledger */
    uint64_t size;            /* entries */
    struct bylaw__digest root;
};

#define BYLAW__NOTE_SIGNATURES 16
#define BYLAW__SIGNATURE_BYTES 64

struct bylaw__signature {
    struct bylaw_span name;  /* of the key */
    unsigned char id[4];     /* of the key */
    struct bylaw_span bytes; /* base64, id included */
};
/** A signed note (C2SP signed-note, tlog-checkpoint); spans are of its text. */
struct bylaw__note {
    struct bylaw_span text; /* what is signed */
    struct bylaw__checkpoint checkpoint;
    struct bylaw__signature signatures[BYLAW__NOTE_SIGNATURES];
    unsigned signature_count;
};
/** Appends the note that says so, signed by the key under the origin's name. */
int bylaw__note_sign(struct bylaw__buf *out,
                     const struct bylaw__checkpoint *checkpoint,
                     const bylaw__key *key, struct bylaw_error *err);
/** Fails with note.malformed; the signatures are not verified. */
int bylaw__note_read(struct bylaw__note *out, struct bylaw_span note,
                     struct bylaw_error *err);
enum bylaw__note_trust {
    BYLAW__NOTE_UNKNOWN_KEY = 0, /* no signature claims to be this key's */
    BYLAW__NOTE_FORGED,          /* one does, and is not */
    BYLAW__NOTE_SIGNED
};
enum bylaw__note_trust bylaw__note_check(const struct bylaw__note *note,
                                         const bylaw__key *key);
/** Id of a key under a name: first four bytes of SHA-256(name LF 0x01 key). */
int bylaw__key_id(unsigned char out[4], struct bylaw_span name,
                  const bylaw__key *key);

/* -------------------------------------------------------------- stamps --- */

/** What a time stamp of RFC 3161 says once it was checked. */
struct bylaw__stamp {
    int64_t at_ms;       /* when the authority says it was made, UTC */
    int64_t expires_ms;  /* end of its certificate */
    char authority[256]; /* subject of its certificate */
};
/** Appends a request (DER) for a stamp of these bytes: SHA-256, a nonce, the
 *  authority's certificates wanted. */
int bylaw__stamp_request(struct bylaw__buf *out, struct bylaw_span message,
                         struct bylaw_error *err);
/** Whether an answer carries the request's nonce. */
bool bylaw__stamp_answers(struct bylaw_span answer, struct bylaw_span request);
/**
 * Checks an answer (TimeStampResp, DER): that it is a stamp of these bytes, by
 * an authority that the certificates of a PEM file trust, with a certificate
 * for time stamps that held when it was made. Fails with stamp.malformed,
 * stamp.refused, stamp.imprint, stamp.signature, stamp.purpose,
 * stamp.untrusted, stamp.expired, stamp.ca-file.
 */
int bylaw__stamp_check(struct bylaw__stamp *out, struct bylaw_span answer,
                       struct bylaw_span message, const char *ca_path,
                       struct bylaw_error *err);

/* -------------------------------------------------------------- ledger --- */

typedef struct bylaw__ledger bylaw__ledger;

/** Makes the file, which must not exist, empty. Fails with ledger.exists. */
int bylaw__ledger_make(const char *path, const char *origin,
                       struct bylaw_error *err);
/** Opens it to add to. Fails with ledger.missing, ledger.foreign,
 *  ledger.newer, ledger.damaged (its end does not hold together), ledger.io,
 *  ledger.busy. */
int bylaw__ledger_open(bylaw__ledger **out, const char *path,
                       struct bylaw_error *err);
/** Opens it to read only: nothing about it is taken for granted. */
int bylaw__ledger_open_read(bylaw__ledger **out, const char *path,
                            struct bylaw_error *err);
/** Undoes what was not committed. */
void bylaw__ledger_close(bylaw__ledger *ledger);

const char *bylaw__ledger_origin(const bylaw__ledger *ledger);
/** Entries, those not yet committed included. */
uint64_t bylaw__ledger_size(const bylaw__ledger *ledger);
/** Highest DUE of all entries. */
int64_t bylaw__ledger_due(const bylaw__ledger *ledger);

/** Adds an entry; it is on disk after bylaw__ledger_commit. Fails with
 *  ledger.entry, ledger.full, ledger.io. */
int bylaw__ledger_add(bylaw__ledger *ledger, const char *kind,
                      struct bylaw_span body, int64_t due,
                      const struct bylaw__moment *at, struct bylaw_error *err);
int bylaw__ledger_commit(bylaw__ledger *ledger, struct bylaw_error *err);

/** Signs the ledger as it is (committed first), unless the newest checkpoint
 *  says all already. */
int bylaw__ledger_checkpoint(bylaw__ledger *ledger, const bylaw__key *key,
                             int64_t now_ms, struct bylaw_error *err);
/** Entries that a note speaks of; 0 where it is none, or NULL. */
int64_t bylaw__checkpoint_size(const char *note);
/** Appends the newest checkpoint's note; nothing where there is none. */
int bylaw__ledger_newest(struct bylaw__buf *out, bylaw__ledger *ledger,
                         struct bylaw_error *err);

/** Keeps an authority's answer for the checkpoint of that size. */
int bylaw__ledger_stamp(bylaw__ledger *ledger, uint64_t size,
                        const char *authority, struct bylaw_span answer,
                        int64_t now_ms, struct bylaw_error *err);
struct bylaw__stamp_row {
    int64_t size, at_ms;
    const char *authority;    /* address that was asked */
    struct bylaw_span answer; /* DER */
};
typedef int bylaw__stamp_row_fn(void *payload,
                                const struct bylaw__stamp_row *row);
int bylaw__ledger_stamps(bylaw__ledger *ledger, bylaw__stamp_row_fn *each,
                         void *payload, struct bylaw_error *err);

/** Appends the body of the newest entry of a kind; nothing where there is
 *  none. Goes over all entries. */
int bylaw__ledger_last_of(struct bylaw__buf *out, bylaw__ledger *ledger,
                          const char *kind, struct bylaw_error *err);

/** One row as it is stored: nothing in it was checked. */
struct bylaw__ledger_row {
    int64_t number, due, at_ms;
    struct bylaw_span kind, bytes, leaf;
};
typedef int bylaw__ledger_row_fn(void *payload,
                                 const struct bylaw__ledger_row *row);
/** Rows in order of their numbers, from one on. A callback's answer other than
 *  0 ends the rows and is returned. */
int bylaw__ledger_rows(bylaw__ledger *ledger, uint64_t from,
                       bylaw__ledger_row_fn *each, void *payload,
                       struct bylaw_error *err);
struct bylaw__checkpoint_row {
    int64_t size, at_ms;
    struct bylaw_span note;
};
typedef int bylaw__checkpoint_row_fn(void *payload,
                                     const struct bylaw__checkpoint_row *row);
int bylaw__ledger_checkpoints(bylaw__ledger *ledger,
                              bylaw__checkpoint_row_fn *each, void *payload,
                              struct bylaw_error *err);

/* ------------------------------------------------------------- archives --- */

/** Appends a file to an archive of POSIX's ustar form. Fails with
 *  pack.too-large (a name of 100 bytes or more, 8 GiB). */
int bylaw__tar_add(struct bylaw__buf *out, const char *name,
                   struct bylaw_span bytes, int64_t at_ms, bool is_program,
                   struct bylaw_error *err);
int bylaw__tar_end(struct bylaw__buf *out, struct bylaw_error *err);

/* -------------------------------------------------------------- anchors --- */

/** Checkpoints that were kept elsewhere: each is a witness. */
struct bylaw__anchors {
    struct bylaw__anchor {
        char *note; /* owned */
        size_t len;
        char *where; /* owned: the file it was found in */
    } * items;
    size_t count, cap;
};
void bylaw__anchors_release(struct bylaw__anchors *anchors);
/**
 * Adds every checkpoint found in a text: a signed note as it is, or in a mail
 * (quoted-printable undone, lines quoted by "> " or "# "), a feed or a JSON
 * text. Whether one is right is for bylaw__verify to say. Fails with
 * anchor.none where there is not one.
 */
int bylaw__anchors_find(struct bylaw__anchors *anchors, struct bylaw_span text,
                        const char *where, struct bylaw_error *err);

/* -------------------------------------------------------------- verify --- */

/** Something that does not hold. */
struct bylaw__fault {
    struct bylaw_error what; /* id "verify....", where: file and entry */
    int64_t entry;           /* number of the entry; -1: none alone */
    bool is_note;            /* worth knowing, and no fault of the evidence */
};
typedef void bylaw__fault_fn(void *payload, const struct bylaw__fault *fault);
typedef int bylaw__entry_fn(void *payload, const struct bylaw__entry *entry,
                            struct bylaw_error *err);

struct bylaw__verify_options {
    const struct bylaw__anchors *anchors; /* NULL: none */
    const char
        *ca_path; /* whom time stamps are trusted by; NULL: not checked */
    bylaw__fault_fn *fault;
    int64_t now_ms;         /* only to tell of certificates that have ended */
    bylaw__entry_fn *entry; /* each entry that can be read, in order; or NULL */
    void *payload;
};
struct bylaw__verify_result {
    uint64_t entries, checkpoints, anchors; /* looked at */
    uint64_t keys;                          /* the ledger ever had */
    uint64_t stamps, good_stamps;           /* there are; of them: checked */
    int64_t stamped_ms;                     /* by the newest good stamp */
    uint64_t stamped_size;
    uint64_t expired_stamps;   /* good ones whose certificate has ended since */
    uint64_t signed_size;      /* by the newest good checkpoint */
    uint64_t anchored_size;    /* by the newest good anchor */
    int64_t first_ms, last_ms; /* times of its entries, UTC */
    uint64_t faults;
};
/**
 * Checks a ledger from its bytes up: entries, numbers, chain, times, every
 * checkpoint's root and signature, every anchor. Faults are told, not failed
 * with; it fails where the file cannot be read at all.
 */
int bylaw__verify(struct bylaw__verify_result *out, bylaw__ledger *ledger,
                  const struct bylaw__verify_options *options,
                  struct bylaw_error *err);

#endif
