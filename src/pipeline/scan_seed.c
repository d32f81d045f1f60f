/* SPDX-License-Identifier: Apache-2.0 */
/* Where a scan begins: what is watched, logs, archives, searches. */
#include "scan_int.h"

#include <stdlib.h>

static int seed_leads(struct scan *scan, const struct bylaw__leads *leads,
                      const char *word, const char *file,
                      struct bylaw_error *err)
{
    struct bylaw__buf via = {0};
    int rc = 0;

    bylaw__buf_printf(&via, "%s %s", word, file);
    if (via.failed)
        rc = bylaw__fail_memory(err, file);
    for (size_t i = 0; !rc && i < leads->count; i++) {
        struct scan_naming naming = {leads->items[i].url, via.ptr, SCAN_PAGE,
                                     SCAN_DEPTH_LEAD};

        rc = bylaw__scan_name(scan, &naming, err);
    }
    bylaw__buf_release(&via);
    return rc;
}

/* A file that cannot be read is told; the scan goes on without it. */
static int seed_file(struct scan *scan, const char *word, const char *file,
                     const char *pixel, struct bylaw_error *err)
{
    struct bylaw__leads *leads = NULL;
    struct bylaw_error why = {0};
    struct bylaw__buf bytes;
    int rc;

    bylaw__buf_init(&bytes, BYLAW_LIMIT_SCAN_FILE);
    rc = bylaw__file_read(&bytes, file, &why);
    if (!rc && pixel)
        rc = bylaw__access_log_read(&leads, bylaw__buf_span(&bytes), pixel,
                                    &why);
    else if (!rc)
        rc = bylaw__url_list_read(&leads, bylaw__buf_span(&bytes), &why);
    bylaw__buf_release(&bytes);
    if (rc)
        bylaw__scan_complain(scan, &why);
    rc = leads ? seed_leads(scan, leads, word, file, err) : 0;
    bylaw__leads_free(leads);
    return rc;
}

static int seed_address(struct scan *scan, const struct bylaw_watch *watch,
                        enum scan_kind kind, unsigned depth,
                        struct bylaw_error *err)
{
    struct bylaw__buf via = {0};
    struct scan_naming naming = {watch->spec, NULL, kind, depth};
    int rc;

    bylaw__buf_printf(&via, "%s %s", bylaw_watch_kind_name(watch->kind),
                      watch->spec);
    naming.via = via.ptr;
    rc = via.failed ? bylaw__fail_memory(err, watch->spec)
                    : bylaw__scan_name(scan, &naming, err);
    bylaw__buf_release(&via);
    return rc;
}

static int seed_site(struct scan *scan, const struct bylaw_watch *watch,
                     struct bylaw_error *err)
{
    return seed_address(scan, watch, SCAN_PAGE, 0, err);
}

static int seed_feed(struct scan *scan, const struct bylaw_watch *watch,
                     struct bylaw_error *err)
{
    return seed_address(scan, watch, SCAN_FEED, SCAN_DEPTH_LEAD, err);
}

static int seed_sitemap(struct scan *scan, const struct bylaw_watch *watch,
                        struct bylaw_error *err)
{
    return seed_address(scan, watch, SCAN_SITEMAP, SCAN_DEPTH_LEAD, err);
}

static int seed_page(struct scan *scan, const struct bylaw_watch *watch,
                     struct bylaw_error *err)
{
    return seed_address(scan, watch, SCAN_PAGE, SCAN_DEPTH_LEAD, err);
}

static int seed_list(struct scan *scan, const struct bylaw_watch *watch,
                     struct bylaw_error *err)
{
    return seed_file(scan, "list", watch->spec, NULL, err);
}

static int (*const seeders[])(struct scan *, const struct bylaw_watch *,
                              struct bylaw_error *) = {
    [BYLAW_WATCH_SITE] = seed_site,       [BYLAW_WATCH_FEED] = seed_feed,
    [BYLAW_WATCH_SITEMAP] = seed_sitemap, [BYLAW_WATCH_LIST] = seed_list,
    [BYLAW_WATCH_PAGE] = seed_page,
};

/* How far each host is crawled must be known before the first page of it is
 * queued. Several entries of one host: the widest bounds hold. */
static int mark_sites(struct scan *scan, struct bylaw_error *err)
{
    const struct bylaw_config *config = scan->options->config;

    for (size_t i = 0; i < config->watch_count; i++) {
        const struct bylaw_watch *watch = &config->watches[i];
        struct scan_lane *lane;

        if (watch->kind != BYLAW_WATCH_SITE)
            continue;
        lane = bylaw__lane_of(&scan->lanes, watch->spec);
        if (!lane)
            return bylaw__fail_memory(err, watch->spec);
        lane->is_watched = true;
        if (watch->depth > lane->depth)
            lane->depth = watch->depth;
        if (watch->max_pages > lane->most)
            lane->most = watch->max_pages;
        if (lane->most_pages && lane->most > lane->most_pages)
            lane->most_pages = lane->most;
    }
    return 0;
}

int bylaw__scan_seed(struct scan *scan, struct bylaw_error *err)
{
    const struct bylaw_config *config = scan->options->config;
    int rc = mark_sites(scan, err);

    for (size_t i = 0; !rc && i < config->watch_count; i++)
        if (seeders[config->watches[i].kind])
            rc = seeders[config->watches[i].kind](scan, &config->watches[i],
                                                  err);
    for (size_t i = 0; !rc && i < config->log_count; i++)
        rc = seed_file(scan, "log", config->logs[i].file, config->logs[i].pixel,
                       err);
    if (!rc)
        rc = bylaw__scan_imports(scan, err);
    if (!rc)
        rc = bylaw__scan_archives(scan, err);
    for (size_t i = 0; !rc && i < config->search_count; i++)
        rc = bylaw__scan_ask(scan, i, err);
    return rc;
}
