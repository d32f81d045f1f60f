/* SPDX-License-Identifier: Apache-2.0 */
/* What a scan knows of each page, by its id: ids of a store are dense. */
#include "scan_int.h"

#include <stdlib.h>

#define TURN     0x3u
#define LEAD     0x4u
#define IN_LEADS 0x8u

void bylaw__turns_release(struct scan_turns *turns)
{
    free(turns->bits);
    *turns = (struct scan_turns){0};
}

struct scan_standing bylaw__turn_of(const struct scan_turns *turns,
                                    int64_t page)
{
    size_t at = (size_t)page / 2;
    unsigned bits;

    if (page < 0 || at >= turns->cap)
        return (struct scan_standing){0};
    bits = (unsigned)turns->bits[at] >> (page % 2 ? 4 : 0);
    return (struct scan_standing){
        .turn = (enum scan_turn)(bits & TURN),
        .is_lead = bits & LEAD,
        .is_in_leads = bits & IN_LEADS,
    };
}

int bylaw__turn_put(struct scan_turns *turns, int64_t page,
                    const struct scan_standing *standing)
{
    size_t at = (size_t)page / 2, cap = turns->cap;
    unsigned shift = page % 2 ? 4 : 0;
    unsigned bits = (unsigned)standing->turn | (standing->is_lead ? LEAD : 0) |
                    (standing->is_in_leads ? IN_LEADS : 0);

    if (page < 0 || bylaw__vec_grow(&turns->bits, &turns->cap, at + 1, 1))
        return BYLAW_ENOMEM;
    memset(turns->bits + cap, 0, turns->cap - cap);
    turns->bits[at] =
        (uint8_t)((turns->bits[at] & ~(0xfu << shift)) | bits << shift);
    return 0;
}
