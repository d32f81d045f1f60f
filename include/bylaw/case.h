/* SPDX-License-Identifier: Apache-2.0 */
/* A page and a source over time. */
#ifndef BYLAW_CASE_H
#define BYLAW_CASE_H

#include <bylaw/error.h>
#include <bylaw/span.h>

/** Where a case stands. Names in JSON: bylaw_case_state_name. */
enum bylaw_case_state {
    BYLAW_CASE_NONE = 0,   /**< nothing to act on was ever found */
    BYLAW_CASE_SEEN,       /**< found once; a second fetch must confirm it */
    BYLAW_CASE_NEW,        /**< confirmed by a second fetch, nobody looked */
    BYLAW_CASE_CONFIRMED,  /**< a person agrees */
    BYLAW_CASE_NOTIFIED,   /**< a person wrote to the site */
    BYLAW_CASE_FIXED,      /**< positively seen to be put right */
    BYLAW_CASE_REGRESSED,  /**< was fixed, is not any more */
    BYLAW_CASE_DISPUTED,   /**< the site objects */
    BYLAW_CASE_ALLOWED,    /**< a person allowed it, with reason and expiry */
    BYLAW_CASE_IGNORED,    /**< a person does not want to hear of it */
    BYLAW_CASE_GONE,       /**< the page answers 404 or 410, twice */
    BYLAW_CASE_UNREACHABLE /**< blocked or failing; nothing can be said */
};

BYLAW_API const char *bylaw_case_state_name(enum bylaw_case_state state);
/** State of that name; -1 where there is none. */
BYLAW_API int bylaw_case_state_of(const char *name);

/** True where a person ought to act: new, confirmed or regressed. */
BYLAW_API bool bylaw_case_wants_action(enum bylaw_case_state state);

#endif
