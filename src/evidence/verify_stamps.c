/* SPDX-License-Identifier: Apache-2.0 */
/* Time stamps: good ones say between which moments an entry was written. */
#include "verify_int.h"

#include <inttypes.h>
#include <stdlib.h>

/* What this machine's clock and an authority's may differ by. */
#define SLACK_MS ((int64_t)10 * 60 * 1000)

static const struct verify_root *root_of(const struct verify *v, int64_t size)
{
    for (size_t i = 0; i < v->root_count; i++)
        if (!v->roots[i].where && (int64_t)v->roots[i].checkpoint.size == size)
            return &v->roots[i];
    return NULL;
}

static int keep(struct verify *v, const struct bylaw__stamp *stamp,
                uint64_t size)
{
    struct bylaw__verify_result *result = v->result;

    if (bylaw__vec_grow(&v->stamps, &v->stamp_cap, v->stamp_count + 1,
                        sizeof(*v->stamps)))
        return bylaw__fail_memory(v->err, "");
    v->stamps[v->stamp_count++] = (struct verify_stamp){size, stamp->at_ms};
    result->good_stamps++;
    result->stamped_ms = stamp->at_ms;
    result->stamped_size = size;
    result->expired_stamps += stamp->expires_ms < v->options->now_ms;
    return 0;
}

static int take_stamp(void *payload, const struct bylaw__stamp_row *row)
{
    struct verify *v = payload;
    const struct verify_root *root = root_of(v, row->size);
    struct bylaw__stamp stamp;
    struct bylaw_error why = {0};

    v->result->stamps++;
    if (!v->options->ca_path)
        return 0;
    if (!root) {
        bylaw__verify_fault(v, row->size - 1, "stamp.imprint",
                            "there is no checkpoint that the time stamp is of");
        return 0;
    }
    if (!bylaw__stamp_check(&stamp, row->answer,
                            (struct bylaw_span){root->note, root->len},
                            v->options->ca_path, &why))
        return keep(v, &stamp, (uint64_t)row->size);
    if (why.code != BYLAW_EPARSE) {
        if (v->err)
            *v->err = why;
        return why.code;
    }
    bylaw__verify_fault(v, row->size - 1, why.id,
                        "the time stamp of the checkpoint of %" PRId64
                        " entries does not hold: %s",
                        row->size, why.what);
    return 0;
}

int bylaw__verify_stamps(struct verify *v, struct bylaw_error *err)
{
    return bylaw__ledger_stamps(v->ledger, take_stamp, v, err);
}

void bylaw__verify_between(struct verify *v, const struct bylaw__entry *entry)
{
    const struct verify_stamp *before, *after;

    while (v->stamp_at < v->stamp_count &&
           v->stamps[v->stamp_at].size <= entry->number)
        v->stamp_at++;
    before = v->stamp_at ? &v->stamps[v->stamp_at - 1] : NULL;
    after = v->stamp_at < v->stamp_count ? &v->stamps[v->stamp_at] : NULL;
    if ((before && entry->at.utc_ms < before->at_ms - SLACK_MS) ||
        (after && entry->at.utc_ms > after->at_ms + SLACK_MS))
        bylaw__verify_fault(v, (int64_t)entry->number, "verify.clock",
                            "its time is not between those of the time "
                            "stamps around it");
}
