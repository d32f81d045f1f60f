/* SPDX-License-Identifier: Apache-2.0 */
/* The loopback site of `bylaw demo`, served by libmicrohttpd. */
#include "demo_site.h"

#include "pipeline/pipeline.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>

#define SOURCE_HOST "www.globalresearch.example"
#define SOURCE_PATH "/2023/05/japan-to-open-nato-liaison-office/"

const char demo_source_url[] = "http://" SOURCE_HOST SOURCE_PATH;

/* Hosts under .example (RFC 2606): none of them can be anybody's site. */
static const struct demo_page pages[] = {
    {SOURCE_HOST, "/", "home.html", "the publisher's front page", false, false},
    {SOURCE_HOST, SOURCE_PATH, "original.html", "the article itself", false,
     false},
    {"community-voices.example", "/japan-nato-office/", "full-credit.html",
     "everything the permission asks for", false, true},
    {"harbour-news.example", "/world/japan-nato/", "home-link.html",
     "links only to the publisher's home page", false, true},
    {"peace-forum.example", "/2023/05/18/japan/", "hash-link.html",
     "the credit link is \"#\"", false, true},
    {"free-reader.example", "/posts/japan-nato", "empty-href.html",
     "the credit link is empty", false, true},
    {"old-board.example", "/t/5512", "plain-address.html",
     "the address stands there as plain text", false, true},
    {"quiet-corner.example", "/japan/", "hidden-link.html",
     "a style sheet hides the link", false, true},
    {"valley-post.example", "/asia/japan-nato/", "sidebar-link.html",
     "the only link stands in the sidebar", false, true},
    {"open-letters.example", "/japan-nato/", "no-copyright.html",
     "the copyright is not acknowledged", false, true},
    {"mirror-lake.example", "/2023/japan-nato/", "no-publisher.html",
     "the publisher is not named", false, true},
    {"paste-box.example", "/9f3c", "no-credit.html", "no credit at all", false,
     true},
    {"les-amis.example", "/asie/japon-otan", "french-credit.html",
     "the credit is in French", false, true},
    {"reading-circle.example", "/notes/liaison-office", "quotation.html",
     "quotes sixty words", false, true},
    {"press-review.example", "/2023/week-20", "excerpt.html",
     "prints three paragraphs", false, true},
    {"town-echo.example", "/news/nato-office", "altered.html",
     "changes what the article says", false, true},
    {"brics-watch.example", "/japan", "upstream.html",
     "credits InfoBrics, where the publisher had it from", false, true},
    {"daily-courier.example", "/tokyo-nato-talks", "unrelated.html",
     "another article on the same event", false, true},
    {"slow-server.example", "/japan-nato/", "full-credit.html",
     "the transfer breaks off half way", true, true},
};

#define PAGE_COUNT (sizeof(pages) / sizeof(pages[0]))

struct demo_site {
    struct MHD_Daemon *daemon;
    unsigned port;
    struct body {
        char *bytes;
        size_t len;
    } bodies[PAGE_COUNT];
};

const struct demo_page *demo_page_at(size_t i)
{
    return i < PAGE_COUNT ? &pages[i] : NULL;
}

unsigned demo_site_port(const demo_site *site)
{
    return site->port;
}

/* Hands out half of the body, then breaks the connection. */
static ssize_t read_half(void *cls, uint64_t pos, char *out, size_t max)
{
    const struct body *body = cls;
    size_t half = body->len / 2;
    size_t left = pos < half ? half - (size_t)pos : 0;

    if (!left)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (max > left)
        max = left;
    memcpy(out, body->bytes + pos, max);
    return (ssize_t)max;
}

static struct MHD_Response *respond(struct body *body, bool is_cut_off)
{
    if (is_cut_off)
        return MHD_create_response_from_callback(body->len, 4096, read_half,
                                                 body, NULL);
    return MHD_create_response_from_buffer(body->len, body->bytes,
                                           MHD_RESPMEM_PERSISTENT);
}

static size_t find_page(struct MHD_Connection *connection, const char *path)
{
    const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
                                                   MHD_HTTP_HEADER_HOST);
    size_t len = host ? strcspn(host, ":") : 0;

    for (size_t i = 0; i < PAGE_COUNT; i++)
        if (strlen(pages[i].host) == len &&
            !strncmp(pages[i].host, host, len) && !strcmp(pages[i].path, path))
            return i;
    return PAGE_COUNT;
}

static enum MHD_Result answer(void *cls, struct MHD_Connection *connection,
                              const char *url, const char *method,
                              const char *version, const char *upload,
                              size_t *upload_size, void **state)
{
    static char missing[] = "<!doctype html><title>Not here</title>";
    struct demo_site *site = cls;
    size_t i = find_page(connection, url);
    struct body none = {missing, sizeof(missing) - 1};
    struct MHD_Response *response;
    enum MHD_Result result;

    (void)method;
    (void)version;
    (void)upload;
    (void)upload_size;
    (void)state;
    response = i < PAGE_COUNT ? respond(&site->bodies[i], pages[i].is_cut_off)
                              : respond(&none, false);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                            "text/html; charset=utf-8");
    result =
        MHD_queue_response(connection,
                           i < PAGE_COUNT ? MHD_HTTP_OK : MHD_HTTP_NOT_FOUND,
                           response);
    MHD_destroy_response(response);
    return result;
}

static int load_pages(struct demo_site *site, const char *dir,
                      const struct bylaw_source *source,
                      struct bylaw_error *err)
{
    for (size_t i = 0; i < PAGE_COUNT; i++) {
        struct bylaw__buf page, filled;
        char path[4400];
        int rc;

        snprintf(path, sizeof(path), "%s/%s", dir, pages[i].file);
        bylaw__buf_init(&page, BYLAW_LIMIT_BODY_BYTES);
        bylaw__buf_init(&filled, BYLAW_LIMIT_BODY_BYTES);
        rc = bylaw__file_read(&page, path, err);
        if (!rc)
            rc = bylaw__pipeline_fill(&filled, bylaw__buf_span(&page), source,
                                      path, err);
        bylaw__buf_release(&page);
        if (!rc)
            site->bodies[i].bytes =
                bylaw__buf_take(&filled, &site->bodies[i].len);
        bylaw__buf_release(&filled);
        if (rc)
            return rc;
    }
    return 0;
}

int demo_site_start(demo_site **out, const char *dir,
                    const struct bylaw_source *source, unsigned port,
                    struct bylaw_error *err)
{
    struct demo_site *site = calloc(1, sizeof(*site));
    struct sockaddr_in address = {0};
    const union MHD_DaemonInfo *info;
    int rc;

    if (!site)
        return bylaw__fail_memory(err, "");
    rc = load_pages(site, dir, source, err);
    if (rc)
        goto fail;
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)port);
    site->daemon =
        MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, answer,
                         site, MHD_OPTION_SOCK_ADDR, &address,
                         MHD_OPTION_CONNECTION_TIMEOUT, 10U, MHD_OPTION_END);
    info = site->daemon
               ? MHD_get_daemon_info(site->daemon, MHD_DAEMON_INFO_BIND_PORT)
               : NULL;
    if (!info) {
        rc = bylaw__fail(err, BYLAW_EINTERNAL, "demo.port", "127.0.0.1",
                         "the demo site cannot listen on port %u", port);
        goto fail;
    }
    site->port = info->port;
    *out = site;
    return 0;
fail:
    demo_site_stop(site);
    return rc;
}

void demo_site_stop(demo_site *site)
{
    if (!site)
        return;
    if (site->daemon)
        MHD_stop_daemon(site->daemon);
    for (size_t i = 0; i < PAGE_COUNT; i++)
        free(site->bodies[i].bytes);
    free(site);
}
