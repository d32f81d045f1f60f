/* SPDX-License-Identifier: Apache-2.0 */
/* What the checks of a ledger share while they go over its rows. */
#ifndef BYLAW_VERIFY_INT_H
#define BYLAW_VERIFY_INT_H

#include "evidence/evidence_int.h"

#include <stdio.h>

/** A size at which the tree's root must be a certain one. */
struct verify_root {
    struct bylaw__checkpoint checkpoint; /* origin: of the note below */
    char *note;
    size_t len;
    const char *where; /* file of an anchor; NULL: the ledger's own */
};

struct verify_key {
    bylaw__key *key;
    uint64_t from; /* number of the entry that names it */
};

/** A time that stands between two entries, as an authority says. */
struct verify_stamp {
    uint64_t size; /* entries that were there */
    int64_t at_ms;
};

struct verify {
    struct bylaw__verify_result *result;
    const struct bylaw__verify_options *options;
    bylaw__ledger *ledger;
    struct bylaw_error *err;
    bylaw__sha256 *sha;
    struct bylaw__tree tree;
    struct bylaw__digest head; /* leaf of the row before */
    bool is_broken;            /* that row's bytes are not what they were */
    int64_t next;              /* number that should come */
    int64_t due;               /* of the workspace's queue, so far */
    struct bylaw__moment last;
    bool has_last;
    struct verify_root *roots; /* by size, after the collecting */
    size_t root_count, root_cap, root_at;
    uint64_t good_size; /* of the last checkpoint that held */
    bool has_bad_root;  /* one did not: later ones cannot either */
    struct verify_key *keys;
    size_t key_count, key_cap;
    struct verify_stamp *stamps; /* good ones, by size */
    size_t stamp_count, stamp_cap, stamp_at;
};

void bylaw__verify_fault(struct verify *v, int64_t entry, const char *id,
                         const char *fmt, ...) BYLAW__PRINTF(4, 5);
/** What is worth knowing, and no fault. */
void bylaw__verify_note(struct verify *v, int64_t entry, const char *id,
                        const char *fmt, ...) BYLAW__PRINTF(4, 5);

/* verify_time.c */
void bylaw__verify_time(struct verify *v, const struct bylaw__entry *entry);

/* verify_stamps.c */
/** Checks the time stamps; to be called when checkpoints are gathered. */
int bylaw__verify_stamps(struct verify *v, struct bylaw_error *err);
/** Whether an entry's time lies between those of the stamps around it. */
void bylaw__verify_between(struct verify *v, const struct bylaw__entry *entry);

/* verify_roots.c */
/** Gathers checkpoints and anchors. */
int bylaw__verify_collect(struct verify *v, struct bylaw_error *err);
/** Notes the keys that an entry names. */
void bylaw__verify_keys(struct verify *v, const struct bylaw__entry *entry);
/** Compares the tree with what was signed at its size. */
int bylaw__verify_roots(struct verify *v);
/** What speaks of more entries than there are. */
void bylaw__verify_rest(struct verify *v);
void bylaw__verify_release(struct verify *v);

#endif
