/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that verify a workspace share. */
#ifndef BYLAW_VERIFY_WORKSPACE_INT_H
#define BYLAW_VERIFY_WORKSPACE_INT_H

#include "base/base.h"

/** Answers in the folder of captures that no entry names. */
struct orphans {
    const struct bylaw__map *known;
    void (*tell)(void *payload, const char *file, uint64_t offset);
    void *payload;
};
/** An entry names the record at this place. 0 or BYLAW_ENOMEM. */
int bylaw__orphans_know(struct bylaw__map *known, const char *file,
                        uint64_t offset);
/** Tells of each. 0 or BYLAW_ENOMEM. */
int bylaw__orphans_find(const struct orphans *o, const char *folder);

#endif
