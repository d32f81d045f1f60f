/* SPDX-License-Identifier: Apache-2.0 */
/* What a workspace keeps of followed links; whoever edits it may write
 * anything. What is read has one spelling, and comes back from it. */
#include "report/report.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void write_again(const struct bylaw_trail *trails, size_t count)
{
    struct bylaw_trail read[BYLAW_LIMIT_TRAILS];
    struct bylaw__buf text = {0}, again = {0};
    struct bylaw__arena arena;
    size_t number = 0;

    bylaw__arena_init(&arena, 0);
    bylaw__trails_json(&text, trails, count);
    demand(!bylaw__trails_read(read, &number, &arena, bylaw__buf_span(&text),
                               NULL));
    demand(number == count);
    bylaw__trails_json(&again, read, number);
    demand(bylaw__span_eq(bylaw__buf_span(&text), bylaw__buf_span(&again)));
    bylaw__buf_release(&text);
    bylaw__buf_release(&again);
    bylaw__arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw_trail trails[BYLAW_LIMIT_TRAILS];
    struct bylaw_span text = {(const char *)data, size};
    struct bylaw_error err = {0};
    struct bylaw__arena arena;
    size_t count = 0;
    int rc;

    bylaw__arena_init(&arena, 0);
    rc = bylaw__trails_read(trails, &count, &arena, text, &err);
    demand(count <= BYLAW_LIMIT_TRAILS);
    demand(rc ? !count && bylaw_diagnostic_find(err.id) != NULL : true);
    if (!rc)
        write_again(trails, count);
    bylaw__arena_release(&arena);
    return 0;
}
