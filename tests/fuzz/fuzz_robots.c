/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A robots.txt and a path: any bytes keep the room's invariants. The first
 * newline parts the path from the file.
 */
#include "robots/robots.h"

#include <stdlib.h>

#define US "Bylaw"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static bylaw_url *url_of(struct bylaw_span path)
{
    struct bylaw__buf text = {0};
    bylaw_url *url = NULL;

    bylaw__buf_add_text(&text, "https://site.example/");
    bylaw__buf_add_span(&text, path);
    if (bylaw_url_parse(&url, bylaw__buf_span(&text), NULL, NULL))
        url = NULL;
    bylaw__buf_release(&text);
    return url;
}

/* Line number line of body, as any reader of the file would count it. */
static bool has_line(struct bylaw_span body, unsigned line)
{
    unsigned count = 1;

    for (size_t i = 0; i < body.len; i++)
        if (body.ptr[i] == '\n' ? !i || body.ptr[i - 1] != '\r'
                                : body.ptr[i] == '\r')
            count++;
    return line <= count;
}

static void check(const bylaw__robots *robots, struct bylaw_span body,
                  const bylaw_url *url)
{
    unsigned line = 0, again = 0;
    bool allows = bylaw__robots_allows(robots, url, &line);
    int64_t delay = bylaw__robots_delay_ms(robots);

    require(allows == bylaw__robots_allows(robots, url, &again));
    require(line == again && has_line(body, line));
    require(allows || line);
    require(delay >= -1 && delay <= BYLAW_LIMIT_ROBOTS_DELAY_MS);
    for (size_t i = 0; bylaw__robots_sitemap(robots, i); i++)
        require(bylaw__robots_sitemap(robots, i)[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw_span all = {(const char *)data, size}, body;
    size_t end = bylaw__span_find(all, BYLAW__SPAN("\n"));
    bylaw_url *url = url_of(bylaw__span_sub(all, 0, end));
    bylaw_url *itself = url_of(BYLAW__SPAN("robots.txt"));
    bylaw__robots *robots = NULL;

    body = bylaw__span_sub(all, end == SIZE_MAX ? size : end + 1, size);
    require(itself != NULL);
    if (!bylaw__robots_new(&robots, BYLAW__ROBOTS_FETCHED, body, US, NULL)) {
        require(bylaw__robots_allows(robots, itself, NULL));
        if (url)
            check(robots, body, url);
    }
    bylaw__robots_free(robots);
    bylaw_url_free(itself);
    bylaw_url_free(url);
    return 0;
}
