/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files that make an index file only. */
#ifndef BYLAW_INDEX_WRITE_H
#define BYLAW_INDEX_WRITE_H

#include "index_format.h"

#define INDEX_RUN_POSTINGS 4096u /* of a run, read at once */

/** Postings in order, in the file of runs. */
struct index_run {
    uint64_t at, left; /* next byte; postings not read yet */
    struct posting *items;
    size_t count, next; /* read; used of them */
};

struct bylaw__index_writer {
    char *path, *made; /* where it goes; what it is called until then */
    int fd, run_fd;
    bool has_made;
    struct posting *batch; /* to be sorted */
    size_t batch_count, batch_cap, batch_most;
    struct index_run *runs;
    size_t run_count, run_cap;
    uint64_t run_bytes, postings;
    struct index_document *documents;
    size_t document_count, document_cap;
    struct bylaw__buf texts;
    uint64_t token_bytes;
    bylaw__sha256 *sha;
    struct bylaw__buf message;
};

int index_write_fail(const struct bylaw__index_writer *w,
                     struct bylaw_error *err);
/** Sorts what was added since the last run, and writes it. */
int index_end_run(struct bylaw__index_writer *w, struct bylaw_error *err);

/** The runs as one, in order. */
struct index_merge {
    struct bylaw__index_writer *w;
    size_t *heap; /* runs, the one with the smallest posting first */
    size_t count;
};
int index_merge_begin(struct index_merge *merge, struct bylaw__index_writer *w,
                      struct bylaw_error *err);
/** The next posting; false at the end, or where *rc is not 0. */
bool index_merge_next(struct posting *out, int *rc, struct index_merge *merge,
                      struct bylaw_error *err);
void index_merge_end(struct index_merge *merge);

#endif
