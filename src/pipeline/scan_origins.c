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
    free(name);
    return rc;
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

int bylaw__scan_robots(struct scan *scan, struct scan_job *job,
                       struct bylaw_error *err)
{
    struct scan_origin *origin = job->origin;
    enum bylaw__robots_fetch fetch = judge_fetch(job);
    const char *agent = scan->options->agent;
    int rc = bylaw__robots_new(&origin->robots, fetch, job->body,
                               agent ? agent : "bylaw", err);

    if (rc)
        return rc;
    origin->delay_ms = bylaw__robots_delay_ms(origin->robots);
    origin->refusal = fetch == BYLAW__ROBOTS_UNREACHABLE ? explain(job) : NULL;
    return 0;
}
