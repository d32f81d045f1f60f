/* SPDX-License-Identifier: Apache-2.0 */
/* Shared inside cell only: one process, and what passes on its channel. */
#ifndef BYLAW_CELL_INT_H
#define BYLAW_CELL_INT_H

#include "cell.h"

#include <sys/types.h>

/* A build with sanitizers reserves terabytes of addresses, and wants to say on
 * standard error what it found. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_INSTRUMENTED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||     \
    __has_feature(memory_sanitizer)
#define IS_INSTRUMENTED true
#endif
#endif
#ifndef IS_INSTRUMENTED
#define IS_INSTRUMENTED false
#endif

/** Before every request and every answer. */
struct cell_head {
    uint32_t len;    /* of what follows */
    uint32_t status; /* of an answer: enum cell_status */
};

enum cell_status {
    CELL_OK = 0,
    CELL_NO_MEMORY,
    CELL_HELLO /* once, before the first request: struct cell_hello */
};

/** How far a cell has locked itself. */
struct cell_hello {
    uint32_t has_limits, has_filter, landlock, is_instrumented;
};

/** Fails with cell.start: what, and what the system says of it. */
int bylaw__cell_fail(struct bylaw_error *err, const char *what);

/* --------------------------------------------------------- the nursery --- */

/** The process that forks cells. pid 0: there is none. */
struct nursery {
    pid_t pid;
    int control;
};

int bylaw__nursery_open(struct nursery *out,
                        const struct bylaw__cell_options *options,
                        struct bylaw_error *err);
void bylaw__nursery_close(struct nursery *nursery);
/** Has a cell made on its end of a channel; makes the nursery itself again
 *  where it is gone. */
int bylaw__nursery_start(pid_t *out, struct nursery *nursery, int channel,
                         const struct bylaw__cell_options *options,
                         struct bylaw_error *err);
/** Ends a cell and returns the signal that it ended by; 0: none, or unknown. */
int bylaw__nursery_reap(struct nursery *nursery, pid_t pid);

/* ------------------------------------------------------ inside of cells --- */

/** What the nursery does before all else: signals, parent, secrets, settle. */
void bylaw__cell_settle(pid_t parent,
                        const struct bylaw__cell_options *options);
/** Ends with this parent. */
void bylaw__cell_follow(pid_t parent);
/** Closes descriptors from a number on; of a build with sanitizers, all but
 *  standard error, on which they say what they found. */
void bylaw__cell_close_from(int descriptor);

/** Gives up, in the calling process, what a cell does without. channel becomes
 *  descriptor 0, the only one. */
void bylaw__cell_lock(struct cell_hello *out, int channel,
                      const struct bylaw__cell_options *options);

/* ----------------------------------------------------------- Landlock --- */

/** What may be done below a path. */
enum bylaw__landlock_use { BYLAW__LANDLOCK_READ, BYLAW__LANDLOCK_WRITE };

/** A ruleset that handles every right the kernel knows and grants none; abi: of
 *  the kernel. Returns a descriptor, or -1 where there is no Landlock. */
int bylaw__landlock_open(unsigned *abi);
bool bylaw__landlock_allow(int set, unsigned abi, const char *path,
                           enum bylaw__landlock_use use);
/** Puts it into force for the calling thread and those that it makes, for good,
 *  and closes it. Needs PR_SET_NO_NEW_PRIVS. */
bool bylaw__landlock_enforce(int set);

/** Lives in the cell: locks it, then answers requests until the channel is
 *  closed. parent: whom it must not outlive. */
_Noreturn void bylaw__cell_live(int channel, pid_t parent,
                                const struct bylaw__cell_options *options);

#endif
