/* SPDX-License-Identifier: Apache-2.0 */
/* Where a link led when it was followed. */
#ifndef BYLAW_TRAIL_H
#define BYLAW_TRAIL_H

#include <bylaw/response.h>

/** How following a link ended. The zero value claims nothing. */
enum bylaw_trail_end {
    BYLAW_TRAIL_NONE = 0, /**< not followed */
    BYLAW_TRAIL_PAGE,     /**< at a page */
    BYLAW_TRAIL_DEAD,     /**< nowhere, each time: there is no such page */
    BYLAW_TRAIL_BLOCKED   /**< at a refusal, or no answer: nothing is known */
};

/** One link followed, every hop recorded. Immutable once made. */
struct bylaw_trail {
    uint32_t link; /**< number of the document's link */
    enum bylaw_trail_end end;
    const struct bylaw_hop *hops; /**< of the last try, in order */
    size_t hop_count;
    const char *final_url; /**< of the page, or "" */
    const char *canonical; /**< what that page calls its own address, or "" */
    unsigned tries;
    const char *why; /**< of DEAD and BLOCKED: one clause; else "" */
};

/** "none", "page", "dead", "blocked". Static. */
BYLAW_API const char *bylaw_trail_end_name(enum bylaw_trail_end end);

#endif
