/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a scan keeps of what it saw. Every visit that a case rests on is
 * captured: of a page that carries an article, and of a page with a case
 * whatever it carries now, so that its end can be shown as well.
 */
#include "scan_int.h"

static const char *const kind_names[] = {
    [BYLAW__WARC_RESPONSE] = "response",
    [BYLAW__WARC_REVISIT] = "revisit",
    [BYLAW__WARC_RESOURCE] = "resource",
    [BYLAW__WARC_METADATA] = "metadata",
};

static void complain(void *payload, const struct bylaw_error *why)
{
    bylaw__scan_complain(payload, why);
}

int bylaw__scan_captures_open(struct scan *scan, struct bylaw_error *err)
{
    struct bylaw__captures_options options = {
        .software = scan->options->config->user_agent,
        .contact = scan->options->config->contact,
        .complain = complain,
        .payload = scan,
    };

    if (!scan->options->captures_path)
        return 0;
    return bylaw__captures_open(&scan->captures, scan->options->captures_path,
                                &options, err);
}

int bylaw__scan_captures_close(struct scan *scan, struct bylaw_error *err)
{
    int rc = bylaw__captures_close(scan->captures, err);

    scan->captures = NULL;
    return rc;
}

/* ------------------------------------------------------------ one answer --- */

/** The last whole answer of a page or article, its texts copied. */
struct last_capture {
    struct bylaw__capture_before before;
    struct bylaw__arena *arena;
};

static int note_last(void *payload, const struct bylaw__capture_row *row)
{
    struct last_capture *last = payload;

    last->before = (struct bylaw__capture_before){
        .url = bylaw__arena_strdup(last->arena, row->url),
        .id = bylaw__arena_strdup(last->arena, row->record),
        .payload_sha256 =
            bylaw__arena_strdup(last->arena,
                                row->payload_sha256 ? row->payload_sha256 : ""),
        .at_ms = row->at_ms};
    return last->arena->failed ? BYLAW_ENOMEM : 0;
}

static int put(struct bylaw__captured *out, struct scan *scan,
               const struct bylaw_response *response, int64_t page,
               const char *source, struct bylaw_error *err)
{
    struct bylaw__arena arena = {0};
    struct last_capture last = {.arena = &arena};
    int rc = bylaw__store_capture_last(scan->store, page, source, note_last,
                                       &last, err);

    if (!rc)
        rc = bylaw__captures_put(out, scan->captures, response,
                                 last.before.url ? &last.before : NULL, err);
    bylaw__arena_release(&arena);
    return rc;
}

static void fill_row(struct bylaw__capture_row *row,
                     const struct bylaw__captured *captured, const char *url,
                     int64_t at_ms)
{
    *row = (struct bylaw__capture_row){.at_ms = at_ms,
                                       .kind = kind_names[captured->kind],
                                       .url = url,
                                       .file = captured->file,
                                       .offset = captured->offset,
                                       .length = captured->length,
                                       .sha256 = captured->sha256,
                                       .record = captured->id,
                                       .payload_sha256 =
                                           *captured->payload_sha256
                                               ? captured->payload_sha256
                                               : NULL};
}

int bylaw__scan_capture(struct scan_kept *out, struct scan *scan,
                        const struct scan_job *job, struct bylaw_error *err)
{
    const struct bylaw_response *response =
        job->audit ? job->audit->response : job->response;
    int rc;

    out->is_kept = false;
    if (!scan->captures || !response || job->kind != SCAN_PAGE ||
        (!job->match_count && !job->task->has_case))
        return 0;
    rc = put(&out->captured, scan, response, job->task->page, NULL, err);
    if (rc)
        return rc;
    out->is_kept = true;
    fill_row(&out->row, &out->captured, response->final_url,
             response->fetched_at_ms);
    return 0;
}

/* -------------------------------------------------------------- articles --- */

int bylaw__scan_capture_source(struct scan *scan, const char *name,
                               const struct bylaw_response *response,
                               struct bylaw_error *err)
{
    struct bylaw__captured captured;
    struct bylaw__capture_row row;
    int rc;

    if (!scan->captures)
        return 0;
    rc = put(&captured, scan, response, 0, name, err);
    if (!rc)
        rc = bylaw__captures_sync(scan->captures, err);
    if (rc)
        return rc;
    fill_row(&row, &captured, response->final_url, response->fetched_at_ms);
    return bylaw__store_source_capture(scan->store, name, &row, err);
}

/* A text is kept once for as long as it stays the same. */
int bylaw__scan_capture_text(struct scan *scan, const char *name,
                             const char *content_type, struct bylaw_span text,
                             struct bylaw_error *err)
{
    struct bylaw__arena arena = {0};
    struct last_capture last = {.arena = &arena};
    struct bylaw__captured captured;
    struct bylaw__capture_row row;
    char sha256[BYLAW__SHA256_HEX];
    const char *uri;
    int rc;

    if (!scan->captures)
        return 0;
    uri = bylaw__arena_printf(&arena, "urn:bylaw:source:%s", name);
    rc = !uri || bylaw__sha256_hex(sha256, text)
             ? bylaw__fail_memory(err, name)
             : bylaw__store_capture_last(scan->store, 0, name, note_last, &last,
                                         err);
    if (!rc && last.before.url &&
        strcmp(last.before.payload_sha256, sha256) == 0)
        goto done;
    if (!rc)
        rc = bylaw__captures_put_bytes(&captured, scan->captures, uri,
                                       content_type, text, scan->began_ms, err);
    if (!rc)
        rc = bylaw__captures_sync(scan->captures, err);
    if (rc)
        goto done;
    fill_row(&row, &captured, uri, scan->began_ms);
    rc = bylaw__store_source_capture(scan->store, name, &row, err);
done:
    bylaw__arena_release(&arena);
    return rc;
}
