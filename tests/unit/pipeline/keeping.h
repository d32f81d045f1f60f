/* SPDX-License-Identifier: Apache-2.0 */
/* A workspace and its ledger in a folder of their own, for tests. */
#ifndef BYLAW_TEST_KEEPING_H
#define BYLAW_TEST_KEEPING_H

#include "pipeline/pipeline.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
    char folder[64], database[96], ledger[96], key[96];
    struct bylaw__keep_options keep;
    struct bylaw__moment now;
    unsigned acknowledged; /* entries that were said to be recorded */
};

static inline void tell_now(struct bylaw__moment *out, void *payload)
{
    struct place *place = payload;

    place->now.utc_ms += 1000;
    place->now.ticks_ms += 1000;
    *out = place->now;
}

static inline struct place new_place(void)
{
    struct place place = {.folder = "/tmp/bylaw-power-XXXXXX",
                          .now = {1795392000000,
                                  "11111111-2222-3333-4444-555555555555", 1}};

    assert_non_null(mkdtemp(place.folder));
    snprintf(place.database, sizeof(place.database), "%s/bylaw.db",
             place.folder);
    snprintf(place.ledger, sizeof(place.ledger), "%s/ledger.db", place.folder);
    snprintf(place.key, sizeof(place.key), "%s/ledger.key", place.folder);
    return place;
}

static inline void set_keep(struct place *place)
{
    place->keep = (struct bylaw__keep_options){.ledger_path = place->ledger,
                                               .key_path = place->key,
                                               .now = tell_now,
                                               .payload = place};
}

static inline void drop_place(const struct place *place)
{
    static const char *const names[] = {"bylaw.db", "bylaw.db-journal",
                                        "ledger.db", "ledger.db-journal",
                                        "ledger.key"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char path[128];

        snprintf(path, sizeof(path), "%s/%s", place->folder, names[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(place->folder), 0);
}

#endif
