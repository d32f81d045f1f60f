/* SPDX-License-Identifier: Apache-2.0 */
/* What the robots.txt of each scheme, host and port permits. */
#include "scan_int.h"

#include <stdio.h>
#include <stdlib.h>

static void free_origin(struct scan_origin *origin)
{
    if (!origin)
        return;
    bylaw__robots_free(origin->robots);
    free(origin->refusal);
    free(origin->name);
    free(origin);
}

void bylaw__origins_release(struct scan_origins *origins)
{
    for (size_t i = 0; i < origins->count; i++)
        free_origin(origins->items[i]);
    free(origins->items);
    bylaw__map_release(&origins->by_name);
    memset(origins, 0, sizeof(*origins));
}

/* Probes on where two origins have one hash. */
static struct scan_origin *find(const struct scan_origins *origins,
                                const char *name, uint64_t *key)
{
    uint64_t at;

    *key = bylaw__hash64(bylaw__span_of(name));
    for (; bylaw__map_get(&origins->by_name, *key, &at); ++*key)
        if (strcmp(origins->items[at]->name, name) == 0)
            return origins->items[at];
    return NULL;
}

static int add(struct scan_origin **out, struct scan_origins *origins,
               const char *name, uint64_t key)
{
    struct scan_origin *origin = calloc(1, sizeof(*origin));

    if (!origin || bylaw__vec_grow(&origins->items, &origins->cap,
                                   origins->count + 1, sizeof(*origins->items)))
        goto fail;
    origin->delay_ms = -1;
    origin->name = strdup(name);
    if (!origin->name || bylaw__map_put(&origins->by_name, key, origins->count))
        goto fail;
    origins->items[origins->count++] = origin;
    *out = origin;
    return 0;
fail:
    free_origin(origin);
    return BYLAW_ENOMEM;
}

/*
 * RFC 9309 s2.3.1: what is not there forbids nothing; what cannot be reached
 * forbids all. "Too many requests" is no word on the file. A chain of
 * redirects that does not end is taken for a file that is not there.
 */
static enum bylaw__robots_fetch judge_fetch(const struct scan_job *job)
{
    bool is_endless =
        job->refusal && strcmp(job->refusal, "fetch.redirects") == 0;

    if (job->status / 100 == 2 && (!job->refusal || job->body.len))
        return BYLAW__ROBOTS_FETCHED;
    if ((job->status / 100 == 4 && job->status != 429) || is_endless)
        return BYLAW__ROBOTS_UNAVAILABLE;
    return BYLAW__ROBOTS_UNREACHABLE;
}

static const char *explain(const struct scan_job *job)
{
    bool is_status =
        !job->refusal || strcmp(job->refusal, "fetch.http-status") == 0;

    return is_status ? "scan.robots-unreachable" : job->refusal;
}

/* refusal: "" unless it could not be reached. */
static int settle(struct scan_origin *origin, const struct scan *scan,
                  enum bylaw__robots_fetch fetch, const char *refusal,
                  struct bylaw_span body, struct bylaw_error *err)
{
    const char *agent = scan->options->agent;
    int rc;

    if (*refusal) {
        origin->refusal = strdup(refusal);
        if (!origin->refusal)
            return bylaw__fail_memory(err, origin->name);
    }
    rc = bylaw__robots_new(&origin->robots, fetch, body,
                           agent ? agent : "bylaw", err);
    if (!rc)
        origin->delay_ms = bylaw__robots_delay_ms(origin->robots);
    return rc;
}

/* --------------------------------------------------------------- notes --- */

/*
 * A file is good for a day (RFC 9309 s2.4). While it cannot be reached an older
 * copy goes on to hold, for as long as s2.3.1.4 takes to be reasonable; without
 * one nothing is allowed. A failure is asked about again before the pages that
 * it kept from being visited are due.
 */
#define DAY_MS         ((int64_t)24 * 3600 * 1000)
#define KEPT_MS        DAY_MS
#define KEPT_OLD_MS    (30 * DAY_MS)
#define KEPT_FAILED_MS ((int64_t)3600 * 1000)

/* First letters of the notes, by enum bylaw__robots_fetch. */
static const char letters[] = "UFA";

/* Of an origin two notes are kept: the last copy, and the last failure. */
static int note_name(struct bylaw__buf *out, const char *what,
                     const struct scan_origin *origin, struct bylaw_error *err)
{
    bylaw__buf_printf(out, "%s %s", what, origin->name);
    return out->failed ? bylaw__fail_memory(err, origin->name) : 0;
}
#define COPY    "robots"
#define FAILURE "robots-failed"

/* A note is a letter, the refusal, a newline, the body. */
static int keep(struct scan *scan, const struct scan_origin *origin,
                enum bylaw__robots_fetch fetch, const char *refusal,
                struct bylaw_span body, struct bylaw_error *err)
{
    struct bylaw__buf name = {0}, value = {0};
    int rc =
        note_name(&name, fetch == BYLAW__ROBOTS_UNREACHABLE ? FAILURE : COPY,
                  origin, err);

    bylaw__buf_printf(&value, "%c%s\n", letters[fetch], refusal);
    if (fetch == BYLAW__ROBOTS_FETCHED)
        bylaw__buf_add_span(&value,
                            bylaw__span_sub(body, 0, BYLAW_LIMIT_ROBOTS_BYTES));
    if (!rc && value.failed)
        rc = bylaw__fail_memory(err, origin->name);
    if (!rc)
        rc = bylaw__store_note_put(scan->store, name.ptr,
                                   bylaw__buf_span(&value),
                                   bylaw__scan_now(scan), err);
    bylaw__buf_release(&name);
    bylaw__buf_release(&value);
    return rc;
}

static int read_note(struct scan *scan, struct scan_origin *origin,
                     struct bylaw_span note, struct bylaw_error *err)
{
    const char *letter = note.len ? strchr(letters, note.ptr[0]) : NULL;
    size_t line = bylaw__span_find(note, BYLAW__SPAN("\n"));
    char refusal[64];

    if (!letter || !*letter || line == SIZE_MAX || line > sizeof(refusal))
        return 0;
    snprintf(refusal, sizeof(refusal), "%.*s", (int)line - 1, note.ptr + 1);
    return settle(origin, scan, (enum bylaw__robots_fetch)(letter - letters),
                  refusal, bylaw__span_sub(note, line + 1, note.len), err);
}

/* Settles the origin by a note that is not older than most_ms; its robots stay
 * NULL where there is none. A note of the future is of a wrong clock. */
static int recall_note(struct scan *scan, struct scan_origin *origin,
                       const char *what, int64_t most_ms,
                       struct bylaw_error *err)
{
    struct bylaw__buf name = {0}, value = {0};
    int64_t at_ms = 0, age;
    int rc = note_name(&name, what, origin, err);

    if (!rc)
        rc = bylaw__store_note_get(&value, &at_ms, scan->store, name.ptr, err);
    age = bylaw__scan_now(scan) - at_ms;
    if (!rc && at_ms && age >= 0 && age <= most_ms)
        rc = read_note(scan, origin, bylaw__buf_span(&value), err);
    bylaw__buf_release(&name);
    bylaw__buf_release(&value);
    return rc;
}

static int has_failed_lately(bool *out, struct scan *scan,
                             const struct scan_origin *origin,
                             struct bylaw_error *err)
{
    struct bylaw__buf name = {0}, value = {0};
    int64_t at_ms = 0, age;
    int rc = note_name(&name, FAILURE, origin, err);

    if (!rc)
        rc = bylaw__store_note_get(&value, &at_ms, scan->store, name.ptr, err);
    age = bylaw__scan_now(scan) - at_ms;
    *out = !rc && at_ms && age >= 0 && age <= KEPT_FAILED_MS;
    bylaw__buf_release(&name);
    bylaw__buf_release(&value);
    return rc;
}

static int recall(struct scan *scan, struct scan_origin *origin,
                  struct bylaw_error *err)
{
    bool has_failed = false;
    int rc = recall_note(scan, origin, COPY, KEPT_MS, err);

    if (!rc && !origin->robots)
        rc = has_failed_lately(&has_failed, scan, origin, err);
    if (!rc && has_failed)
        rc = recall_note(scan, origin, COPY, KEPT_OLD_MS, err);
    if (!rc && has_failed && !origin->robots)
        rc = recall_note(scan, origin, FAILURE, KEPT_FAILED_MS, err);
    return rc;
}

int bylaw__scan_origin(struct scan_origin **out, struct scan *scan,
                       const char *url, struct bylaw_error *err)
{
    bylaw_url *parsed = NULL;
    char *name = NULL;
    uint64_t key;
    int rc = bylaw_url_parse(&parsed, bylaw__span_of(url), NULL, err);

    if (rc)
        return rc;
    rc = asprintf(&name, "%s://%s:%u", bylaw_url_scheme(parsed),
                  bylaw_url_host(parsed), bylaw_url_port(parsed)) < 0
             ? BYLAW_ENOMEM
             : 0;
    bylaw_url_free(parsed);
    if (rc)
        return bylaw__fail_memory(err, url);
    *out = find(&scan->origins, name, &key);
    if (!*out && add(out, &scan->origins, name, key))
        rc = bylaw__fail_memory(err, url);
    else if (!(*out)->is_recalled)
        rc = recall(scan, *out, err);
    if (!rc)
        (*out)->is_recalled = true;
    free(name);
    return rc;
}

int bylaw__scan_robots(struct scan *scan, struct scan_job *job,
                       struct bylaw_error *err)
{
    struct scan_origin *origin = job->origin;
    enum bylaw__robots_fetch fetch = judge_fetch(job);
    const char *refusal =
        fetch == BYLAW__ROBOTS_UNREACHABLE ? explain(job) : "";
    int rc = 0;

    if (fetch == BYLAW__ROBOTS_UNREACHABLE)
        rc = recall_note(scan, origin, COPY, KEPT_OLD_MS, err);
    if (!rc && !origin->robots)
        rc = settle(origin, scan, fetch, refusal, job->body, err);
    if (!rc)
        rc = bylaw__scan_batch(scan, err);
    return rc ? rc : keep(scan, origin, fetch, refusal, job->body, err);
}
