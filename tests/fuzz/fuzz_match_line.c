/* SPDX-License-Identifier: Apache-2.0 */
/* Lines that say to be of bulk matching; anybody may have written them. */
#include "report/report.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

/* What is believed to be a match is one again when it is written. */
static void write_again(const struct bylaw__match_line *line)
{
    static const struct bylaw_match match = {.class = BYLAW_MATCH_FULL};
    struct bylaw__match_line read;
    struct bylaw__buf text = {0};
    struct bylaw__arena arena;
    bool is_match = false;

    bylaw__arena_init(&arena, 0);
    demand(!bylaw__match_line_write(&text, line, &match));
    demand(!bylaw__match_line_read(&read, &is_match, &arena,
                                   bylaw__buf_span(&text), NULL));
    demand(is_match && !strcmp(read.id, line->id) &&
           !strcmp(read.page_url, line->page_url));
    bylaw__buf_release(&text);
    bylaw__arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw_span text = {(const char *)data, size};
    struct bylaw__match_line line;
    struct bylaw_error err = {0};
    struct bylaw__arena arena;
    bool is_match = false;
    int rc;

    bylaw__arena_init(&arena, 0);
    rc = bylaw__match_line_read(&line, &is_match, &arena, text, &err);
    demand(rc ? !is_match && bylaw_diagnostic_find(err.id) != NULL : true);
    if (is_match)
        write_again(&line);
    bylaw__arena_release(&arena);
    return 0;
}
