/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What bulk matching found becomes pages of the workspace. An archive never
 * decides: each page is asked for now, and the live one is judged. A match
 * that was taken in once is not taken in again, whatever file it comes from.
 */
#include "scan_int.h"

#include <inttypes.h>
#include <stdio.h>

#define LINES_TOLD 5u /* of one file that cannot be read, each with its place */

struct importing {
    struct scan *scan;
    const char *file;
    uint64_t line;
    unsigned told;
};

static int name_note(struct bylaw__buf *out, const char *id,
                     struct bylaw_error *err)
{
    bylaw__buf_printf(out, "match %s", id);
    return out->failed ? bylaw__fail_memory(err, id) : 0;
}

static int take_match(struct importing *importing,
                      const struct bylaw__match_line *line,
                      struct bylaw_error *err)
{
    struct scan *scan = importing->scan;
    struct bylaw__buf note = {0}, before = {0};
    struct scan_naming naming = {line->page_url, NULL, SCAN_PAGE,
                                 SCAN_DEPTH_LEAD};
    int64_t at_ms = 0;
    int rc = name_note(&note, line->id, err);

    naming.via = note.ptr;
    if (!rc)
        rc = bylaw__store_note_get(&before, &at_ms, scan->store, note.ptr, err);
    if (!rc && !at_ms)
        rc = bylaw__scan_name(scan, &naming, err);
    if (!rc && !at_ms)
        rc = bylaw__store_note_put(scan->store, note.ptr,
                                   bylaw__span_of(line->source_id),
                                   scan->began_ms, err);
    bylaw__buf_release(&note);
    bylaw__buf_release(&before);
    return rc;
}

/* A line that is none is told of; the others count. */
static void tell_line(struct importing *importing, struct bylaw_error *why)
{
    if (importing->told++ >= LINES_TOLD)
        return;
    snprintf(why->where, sizeof(why->where), "%.400s, line %" PRIu64,
             importing->file, importing->line);
    bylaw__scan_complain(importing->scan, why);
}

static bool is_address(const char *url)
{
    bylaw_url *parsed = NULL;
    bool is_good = !bylaw_url_parse(&parsed, bylaw__span_of(url), NULL, NULL);

    bylaw_url_free(parsed);
    return is_good;
}

static int take_line(struct importing *importing, struct bylaw_span text,
                     struct bylaw_error *err)
{
    struct bylaw__match_line line;
    struct bylaw_error why = {0};
    struct bylaw__arena arena;
    bool is_match = false;
    int rc;

    bylaw__arena_init(&arena, 0);
    rc = bylaw__match_line_read(&line, &is_match, &arena, text, &why);
    if (!rc && is_match && is_address(line.page_url))
        rc = take_match(importing, &line, err);
    else if (rc == BYLAW_ENOMEM && err)
        *err = why;
    else if (rc)
        tell_line(importing, &why);
    bylaw__arena_release(&arena);
    return why.code && why.code != BYLAW_ENOMEM ? 0 : rc;
}

static int take_file(struct importing *importing, struct bylaw_span text,
                     struct bylaw_error *err)
{
    int rc = 0;

    while (!rc && text.len) {
        size_t end = bylaw__span_find(text, BYLAW__SPAN("\n"));
        size_t len = end == SIZE_MAX ? text.len : end;
        struct bylaw_span line =
            bylaw__span_trim(bylaw__span_sub(text, 0, len));

        importing->line++;
        if (line.len)
            rc = take_line(importing, line, err);
        text = bylaw__span_sub(text, len + 1, text.len);
    }
    return rc;
}

int bylaw__scan_imports(struct scan *scan, struct bylaw_error *err)
{
    const struct bylaw_scan_options *options = scan->options;
    int rc = 0;

    for (size_t i = 0; !rc && i < options->import_count; i++) {
        struct importing importing = {.scan = scan,
                                      .file = options->imports[i]};
        struct bylaw__buf text;

        bylaw__buf_init(&text, BYLAW_LIMIT_MATCH_IMPORT);
        rc = bylaw__file_read(&text, options->imports[i], err);
        if (!rc)
            rc = take_file(&importing, bylaw__buf_span(&text), err);
        bylaw__buf_release(&text);
    }
    return rc;
}
