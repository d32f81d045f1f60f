/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: cell (floor 1)
 *
 * Purpose  Hostile bytes are read in processes that can reach nothing.
 * Takes    a function that turns a request into an answer; bounds on memory,
 *          processor time and patience.
 * Gives    the answer, or what became of the process that owed it.
 * May include  base; libseccomp.
 *
 * Invariants
 *  1. A cell has the caller's memory as it was when the pool was made (not when
 *     the cell was), shared until it is written to. Nothing else is there: no
 *     file, no descriptor but the channel, no secret that was named to be
 *     wiped, nothing that the caller came by later.
 *  2. Before the first request a cell gives up, for good: new privileges, all
 *     paths (Landlock), all system calls but those of reading its channel,
 *     computing and ending (seccomp), core files, files, descriptors. What the
 *     kernel does not offer is told by bylaw__cells_guard, never passed over.
 *  3. A cell that crashes, hangs, outgrows its bounds or answers out of form
 *     costs its request alone: that is tried once more in a fresh cell, then
 *     given back with what happened.
 *  4. Whatever a cell answers is hostile to whoever reads it; only its length
 *     is checked here.
 *  5. Cells end with the process that made them, however that ends.
 *  6. One thread at a time has a pool of cells.
 *  7. Where there are too many bytes for cells, the process that reads them is
 *     confined itself: it reaches neither network, programs nor processes, and
 *     writes in one place only.
 */
#ifndef BYLAW_CELL_H
#define BYLAW_CELL_H

#include "base/base.h"

#include <poll.h>

/** Memory that a cell wipes before anything else. */
struct bylaw__cell_secret {
    const char *ptr;
    size_t len;
};

struct bylaw__cell_options {
    /**
     * Runs in the cell: turns a request into an answer. 0; BYLAW_ENOMEM where
     * its memory was too little; anything else is taken for a crash.
     */
    int (*work)(struct bylaw__buf *answer, void *payload,
                struct bylaw_span request);
    /* Runs once for all cells, in the process that makes them; may be NULL. */
    void (*settle)(void *payload);
    void *payload;
    const struct bylaw__cell_secret *secrets;
    size_t secret_count;
    size_t memory_bytes; /* beyond what the caller has when it forks */
    unsigned cpu_ms;     /* processor time for one request */
    unsigned wall_ms;    /* time for one request */
    size_t answer_bytes; /* longest answer */
};

/** What became of a task. */
enum bylaw__cell_outcome {
    BYLAW__CELL_NONE = 0, /* not done yet */
    BYLAW__CELL_ANSWERED,
    BYLAW__CELL_CRASHED,
    BYLAW__CELL_TIMEOUT,
    BYLAW__CELL_MEMORY,
    BYLAW__CELL_NONSENSE /* it answered, but not to be believed */
};

/** A request under way; the caller's until it is taken back. */
struct bylaw__cell_task {
    struct bylaw__cell_task *next;
    struct bylaw_span head, body; /* sent one after the other; borrowed */
    void *owner;                  /* the caller's own */
    enum bylaw__cell_outcome outcome;
    struct bylaw__buf answer; /* of ANSWERED; release it */
    unsigned deaths;          /* cells it has cost so far */
    int signal;               /* that ended the last of them; 0: none */
    uint64_t answered_by;     /* which cell; for this room */
};

/** What holds a cell back, told by the first that was made. */
struct bylaw__cell_guard {
    bool has_limits;      /* memory, files, descriptors, core */
    bool has_filter;      /* seccomp */
    unsigned landlock;    /* its ABI; 0: the kernel has none */
    bool is_instrumented; /* a build with sanitizers: a wider filter */
};

typedef struct bylaw__cells bylaw__cells;

/** Makes so many cells (at least one) and waits until each is locked. Fails
 *  with cell.start, or memory. options are copied, what they name is not. */
int bylaw__cells_new(bylaw__cells **out,
                     const struct bylaw__cell_options *options, unsigned count,
                     struct bylaw_error *err);
/** Ends them; tasks that are not taken are the caller's again. */
void bylaw__cells_free(bylaw__cells *cells);
void bylaw__cells_guard(struct bylaw__cell_guard *out,
                        const bylaw__cells *cells);

/**
 * Gives up, in the calling process and for good, all that one needs no more
 * which only reads files and writes what it found: network, other processes,
 * programs, signals, and writing anywhere but below the folder written (NULL:
 * nowhere; descriptors that are open stay). Threads may be made afterwards, not
 * before. out: what holds it back; of a build with sanitizers nothing does.
 */
void bylaw__cell_confine(struct bylaw__cell_guard *out, const char *written);

/** Makes a cell to see what would hold it back, and ends it. */
int bylaw__cells_probe(struct bylaw__cell_guard *out, struct bylaw_error *err);
/** Adds it in words: "seccomp, Landlock 7, limits", "no seccomp, ...". */
void bylaw__cell_guard_tell(struct bylaw__buf *out,
                            const struct bylaw__cell_guard *guard);

/** Queues a task; takes any number. */
void bylaw__cells_give(bylaw__cells *cells, struct bylaw__cell_task *task);
/** A task that is done, or NULL. */
struct bylaw__cell_task *bylaw__cells_take(bylaw__cells *cells);
/** The answer of a task that was taken cannot be believed: the cell that gave
 *  it is ended, and the task is tried once more or comes back as NONSENSE. */
void bylaw__cells_reject(bylaw__cells *cells, struct bylaw__cell_task *task);
/** Does what can be done without waiting; fails as bylaw__cells_new where a
 *  cell has to be made again and cannot. */
int bylaw__cells_step(bylaw__cells *cells, struct bylaw_error *err);
/** What to wait for before the next step, for a loop that waits for more:
 *  fills out with up to most entries, returns how many there are. */
size_t bylaw__cells_polls(struct pollfd *out, size_t most,
                          const bylaw__cells *cells);
/** Milliseconds until a step is due though nothing came; at most most. */
int bylaw__cells_patience(const bylaw__cells *cells, int most);
/** Gives a task and waits for it; no other may be under way. */
int bylaw__cells_do(bylaw__cells *cells, struct bylaw__cell_task *task,
                    struct bylaw_error *err);
/** Rejects the task's answer and waits for what comes of it then. */
int bylaw__cells_redo(bylaw__cells *cells, struct bylaw__cell_task *task,
                      struct bylaw_error *err);

#endif
