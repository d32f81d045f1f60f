/* SPDX-License-Identifier: Apache-2.0 */
/* Which links of a page a crawl may follow, read with a tree or without. */
#include "scan_int.h"

#include <stdlib.h>

/** Links under way: where they go, and what was seen so far. */
struct links {
    struct scan_job *job;
    struct bylaw__map seen;
};

static bool is_on_lane(const struct scan_job *job, const bylaw_url *url)
{
    const char *host = bylaw_url_host(url);

    return strcmp(host, job->lane->host) == 0 ||
           (strncmp(host, "www.", 4) == 0 &&
            strcmp(host + 4, job->lane->host) == 0);
}

static bool is_first(struct bylaw__map *seen, const bylaw_url *url)
{
    uint64_t key = bylaw__hash64(bylaw__span_of(bylaw_url_canonical(url)));

    return !bylaw__map_get(seen, key, NULL) &&
           bylaw__map_put(seen, key, 1) == 0;
}

static void begin_links(struct links *links, struct scan_job *job)
{
    *links = (struct links){.job = job};
    job->links = bylaw__arena_alloc_array(&job->arena, BYLAW_LIMIT_SCAN_LINKS,
                                          sizeof(*job->links));
}

static bool is_full(const struct links *links)
{
    return !links->job->links ||
           links->job->link_count >= BYLAW_LIMIT_SCAN_LINKS;
}

static void take_address(struct links *links, const bylaw_url *url)
{
    struct scan_job *job = links->job;

    if (is_on_lane(job, url) && !bylaw__trap_reason(url) &&
        is_first(&links->seen, url))
        job->links[job->link_count++] =
            bylaw__arena_strdup(&job->arena, bylaw_url_href(url));
}

static void take_link(struct links *links, const struct bylaw_link *link)
{
    bylaw_url *url = NULL;

    if (link->kind != BYLAW_LINK_REAL || !link->url ||
        (strcmp(link->element, "a") && strcmp(link->element, "area")) ||
        bylaw_url_parse(&url, bylaw__span_of(link->url), NULL, NULL))
        return;
    take_address(links, url);
    bylaw_url_free(url);
}

void bylaw__job_links(struct scan_job *job,
                      const struct bylaw_document *document)
{
    struct links links;

    begin_links(&links, job);
    for (size_t i = 0; i < document->link_count && !is_full(&links); i++)
        take_link(&links, &document->links[i]);
    bylaw__map_release(&links.seen);
}

/* ------------------------------------------------------- without a tree --- */

struct scan_screen *bylaw__screen_new(void)
{
    return calloc(1, sizeof(struct scan_screen));
}

void bylaw__screen_free(struct scan_screen *screen)
{
    if (!screen)
        return;
    bylaw__screen_release(&screen->work);
    bylaw__buf_release(&screen->hrefs);
    bylaw__buf_release(&screen->base);
    free(screen);
}

/* The first <base> holds for all links, those before it too. */
static void keep_href(void *payload, enum bylaw__skim_link element,
                      struct bylaw_span href)
{
    struct scan_screen *screen = payload;

    if (element != BYLAW__SKIM_BASE) {
        bylaw__buf_add_span(&screen->hrefs, href);
        bylaw__buf_add_char(&screen->hrefs, '\0');
    } else if (!screen->has_base) {
        screen->has_base = true;
        bylaw__buf_add_span(&screen->base, href);
    }
}

static bylaw_url *base_of(const struct scan_screen *screen, const char *page)
{
    bylaw_url *base = NULL, *url = NULL;

    if (bylaw_url_parse(&base, bylaw__span_of(page), NULL, NULL))
        return NULL;
    if (!screen->has_base ||
        bylaw_url_parse(&url, bylaw__buf_span(&screen->base), base, NULL))
        return base;
    bylaw_url_free(base);
    return url;
}

/* An address of nothing, or of a place on the page, leads nowhere. */
static bool leads_on(struct bylaw_span href)
{
    while (href.len && (unsigned char)href.ptr[0] <= ' ')
        href = bylaw__span_sub(href, 1, href.len);
    return href.len && href.ptr[0] != '#';
}

static void take_href(struct links *links, struct bylaw_span href,
                      const bylaw_url *base)
{
    bylaw_url *url = NULL;

    if (!leads_on(href) || bylaw_url_parse(&url, href, base, NULL))
        return;
    take_address(links, url);
    bylaw_url_free(url);
}

static void take_hrefs(struct scan_job *job, const struct scan_screen *screen)
{
    struct bylaw_span rest = bylaw__buf_span(&screen->hrefs);
    bylaw_url *base = base_of(screen, job->final_url);
    struct links links;

    begin_links(&links, job);
    while (rest.len && !is_full(&links)) {
        size_t len = strlen(rest.ptr);

        take_href(&links, bylaw__span_sub(rest, 0, len), base);
        rest = bylaw__span_sub(rest, len + 1, rest.len);
    }
    bylaw__map_release(&links.seen);
    bylaw_url_free(base);
}

int bylaw__job_screen(bool *out_done, struct scan_job *job,
                      const bylaw__index *index, struct scan_screen *screen,
                      const struct bylaw_response *response)
{
    bool maybe = true;
    int rc;

    *out_done = false;
    if (response->media != BYLAW_MEDIA_HTML)
        return 0;
    bylaw__buf_clear(&screen->hrefs);
    bylaw__buf_clear(&screen->base);
    screen->has_base = false;
    rc = bylaw__index_screen(&maybe, index, response->body,
                             job->wants_links ? keep_href : NULL, screen,
                             &screen->work, &job->err);
    if (!rc && (screen->hrefs.failed || screen->base.failed))
        rc = bylaw__fail_memory(&job->err, job->url);
    if (rc || maybe)
        return rc;
    *out_done = true;
    job->is_read = true;
    job->is_complete = !response->is_truncated;
    if (job->wants_links)
        take_hrefs(job, screen);
    return 0;
}
