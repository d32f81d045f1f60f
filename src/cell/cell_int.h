/* SPDX-License-Identifier: Apache-2.0 */
/* Shared inside cell only: one process, and what passes on its channel. */
#ifndef BYLAW_CELL_INT_H
#define BYLAW_CELL_INT_H

#include "cell.h"

#include <sys/types.h>

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

/** Gives up, in the calling process, what a cell does without. channel becomes
 *  descriptor 0, the only one. */
void bylaw__cell_lock(struct cell_hello *out, int channel,
                      const struct bylaw__cell_options *options);

/** Lives in the cell: locks it, then answers requests until the channel is
 *  closed. parent: whom it must not outlive. */
_Noreturn void bylaw__cell_live(int channel, pid_t parent,
                                const struct bylaw__cell_options *options);

#endif
