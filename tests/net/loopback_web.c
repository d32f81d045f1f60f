/* SPDX-License-Identifier: Apache-2.0 */
/* An internet on loopback, served by libmicrohttpd, with a log. */
#include "net/loopback_web.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define MOST_HOSTS 4096

struct loopback_web {
    struct MHD_Daemon *daemon;
    unsigned port;
    pthread_mutex_t lock;
    const struct web_page *pages;
    size_t page_count;
    unsigned *asked; /* per page: how often */
    struct web_request *log;
    size_t log_count, log_cap;
    char *routes[MOST_HOSTS + 1];
    size_t route_count;
};

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
    const char *value =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);

    return value ? value : "";
}

/* ----------------------------------------------------------------- log --- */

/* A request on its way. */
struct exchange {
    size_t number; /* in the log, plus one; 0: not noted */
    char path[WEB_PATH];
};

static bool is_of_path(const char *pattern, const char *path)
{
    size_t len = strcspn(pattern, "*"), size = strlen(path);
    const char *end = pattern + len + 1;

    if (!pattern[len])
        return !strcmp(pattern, path);
    return size >= len + strlen(end) && !strncmp(pattern, path, len) &&
           !strcmp(path + size - strlen(end), end);
}

static const struct web_page *find_page(const struct loopback_web *web,
                                        const struct web_request *request)
{
    for (size_t i = 0; i < web->page_count; i++)
        if (!strcmp(web->pages[i].host, request->host) &&
            is_of_path(web->pages[i].path, request->path))
            return &web->pages[i];
    return NULL;
}

/* Also tells how often the page was asked for before. */
static const struct web_page *note_begin(struct loopback_web *web,
                                         struct exchange *exchange,
                                         struct MHD_Connection *connection,
                                         unsigned *out_asked)
{
    const char *host = header(connection, "Host");
    const struct web_page *page;
    struct web_request request = {.began_ms = now_ms()};

    snprintf(request.host, sizeof(request.host), "%.*s",
             (int)strcspn(host, ":"), host);
    snprintf(request.path, sizeof(request.path), "%s", exchange->path);
    snprintf(request.key, sizeof(request.key), "%s",
             header(connection, "X-Api-Key"));
    request.is_conditional = *header(connection, "If-None-Match") != '\0';
    pthread_mutex_lock(&web->lock);
    if (!bylaw__vec_grow(&web->log, &web->log_cap, web->log_count + 1,
                         sizeof(*web->log))) {
        web->log[web->log_count++] = request;
        exchange->number = web->log_count;
    }
    page = find_page(web, &request);
    if (page)
        *out_asked = web->asked[page - web->pages]++;
    pthread_mutex_unlock(&web->lock);
    return page;
}

static void note_end(void *cls, struct MHD_Connection *connection, void **state,
                     enum MHD_RequestTerminationCode code)
{
    struct loopback_web *web = cls;
    struct exchange *exchange = *state;

    (void)connection;
    (void)code;
    pthread_mutex_lock(&web->lock);
    if (exchange && exchange->number && exchange->number <= web->log_count)
        web->log[exchange->number - 1].ended_ms = now_ms();
    pthread_mutex_unlock(&web->lock);
    free(exchange);
}

/* ------------------------------------------------------------- answers --- */

static struct MHD_Response *new_response(const char *body, size_t size)
{
    return MHD_create_response_from_buffer(size ? size : strlen(body),
                                           (void *)(uintptr_t)body,
                                           MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result send_busy(struct MHD_Connection *connection,
                                 const struct web_page *page)
{
    struct MHD_Response *response = new_response("", 0);
    char seconds[16];
    enum MHD_Result result;

    snprintf(seconds, sizeof(seconds), "%u", page->retry_after_s);
    if (page->retry_after || page->retry_after_s)
        MHD_add_response_header(response, "Retry-After",
                                page->retry_after ? page->retry_after
                                                  : seconds);
    result = MHD_queue_response(connection,
                                page->busy_status ? page->busy_status : 429,
                                response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result send_page(struct MHD_Connection *connection,
                                 const struct web_page *page)
{
    bool is_same =
        page->etag && !strcmp(header(connection, "If-None-Match"), page->etag);
    struct MHD_Response *response = is_same || !page->body
                                        ? new_response("", 0)
                                        : new_response(page->body, page->size);
    unsigned status = is_same          ? 304
                      : page->status   ? page->status
                      : page->location ? 301
                                       : 200;
    enum MHD_Result result;

    MHD_add_response_header(response, "Content-Type",
                            page->type ? page->type
                                       : "text/html; charset=utf-8");
    if (page->etag)
        MHD_add_response_header(response, "ETag", page->etag);
    if (page->location)
        MHD_add_response_header(response, "Location", page->location);
    if (page->header[0])
        MHD_add_response_header(response, page->header[0], page->header[1]);
    result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result send_missing(struct MHD_Connection *connection)
{
    struct MHD_Response *response =
        new_response("<!doctype html><title>Not here</title>", 0);
    enum MHD_Result result = MHD_queue_response(connection, 404, response);

    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result answer(void *cls, struct MHD_Connection *connection,
                              const char *url, const char *method,
                              const char *version, const char *upload,
                              size_t *upload_size, void **state)
{
    struct loopback_web *web = cls;
    struct exchange *exchange = *state;
    const struct web_page *page;
    unsigned asked = 0;

    (void)url;
    (void)method;
    (void)version;
    (void)upload;
    (void)upload_size;
    if (!exchange)
        return MHD_NO;
    page = note_begin(web, exchange, connection, &asked);
    if (!page)
        return send_missing(connection);
    if (page->slow_ms)
        usleep(page->slow_ms * 1000);
    if (page->status == WEB_HANGS_UP)
        return MHD_NO;
    if (asked < page->busy_times)
        return send_busy(connection, page);
    return send_page(connection, page);
}

/* Sees the address as it came, with the query. */
static void *begin_request(void *cls, const char *uri,
                           struct MHD_Connection *connection)
{
    struct exchange *exchange = calloc(1, sizeof(*exchange));

    (void)cls;
    (void)connection;
    if (exchange)
        snprintf(exchange->path, sizeof(exchange->path), "%s", uri);
    return exchange;
}

/* ------------------------------------------------------ beginning, end --- */

static bool has_route(const struct loopback_web *web, const char *host)
{
    size_t len = strlen(host);

    for (size_t i = 0; i < web->route_count; i++)
        if (!strncmp(web->routes[i], host, len) && web->routes[i][len] == ':')
            return true;
    return false;
}

static void add_routes(struct loopback_web *web)
{
    for (size_t i = 0; i < web->page_count; i++) {
        const char *host = web->pages[i].host;

        if (!strncmp(host, "dead.", 5) || has_route(web, host) ||
            web->route_count >= MOST_HOSTS)
            continue;
        if (asprintf(&web->routes[web->route_count], "%s:80:127.0.0.1:%u", host,
                     web->port) < 0)
            web->routes[web->route_count] = NULL;
        else
            web->route_count++;
    }
}

static bool serve(struct loopback_web *web)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    const union MHD_DaemonInfo *info;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    web->daemon =
        MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD |
                             MHD_USE_THREAD_PER_CONNECTION,
                         0, NULL, NULL, answer, web, MHD_OPTION_SOCK_ADDR,
                         &address, MHD_OPTION_URI_LOG_CALLBACK, begin_request,
                         web, MHD_OPTION_NOTIFY_COMPLETED, note_end, web,
                         MHD_OPTION_CONNECTION_TIMEOUT, 10U, MHD_OPTION_END);
    info = web->daemon
               ? MHD_get_daemon_info(web->daemon, MHD_DAEMON_INFO_BIND_PORT)
               : NULL;
    web->port = info ? info->port : 0;
    return info != NULL;
}

void web_replace(struct loopback_web *web, const struct web_page *pages,
                 size_t count)
{
    pthread_mutex_lock(&web->lock);
    free(web->asked);
    web->asked = calloc(count ? count : 1, sizeof(*web->asked));
    web->pages = pages;
    web->page_count = web->asked ? count : 0;
    add_routes(web);
    pthread_mutex_unlock(&web->lock);
}

struct loopback_web *web_start(const struct web_page *pages, size_t count)
{
    struct loopback_web *web = calloc(1, sizeof(*web));

    if (!web)
        return NULL;
    pthread_mutex_init(&web->lock, NULL);
    if (!serve(web)) {
        web_stop(web);
        return NULL;
    }
    web_replace(web, pages, count);
    return web;
}

void web_stop(struct loopback_web *web)
{
    if (!web)
        return;
    if (web->daemon)
        MHD_stop_daemon(web->daemon);
    for (size_t i = 0; i < web->route_count; i++)
        free(web->routes[i]);
    free(web->log);
    free(web->asked);
    pthread_mutex_destroy(&web->lock);
    free(web);
}

const char *const *web_routes(const struct loopback_web *web)
{
    return (const char *const *)web->routes;
}

unsigned web_port(const struct loopback_web *web)
{
    return web->port;
}

size_t web_count(struct loopback_web *web, const char *host, const char *path)
{
    size_t count = 0;

    pthread_mutex_lock(&web->lock);
    for (size_t i = 0; i < web->log_count; i++)
        count += (!host || !strcmp(web->log[i].host, host)) &&
                 (!path || !strcmp(web->log[i].path, path));
    pthread_mutex_unlock(&web->lock);
    return count;
}

bool web_request_at(struct web_request *out, struct loopback_web *web, size_t i)
{
    bool is_there;

    pthread_mutex_lock(&web->lock);
    is_there = i < web->log_count;
    if (is_there)
        *out = web->log[i];
    pthread_mutex_unlock(&web->lock);
    return is_there;
}

void web_forget(struct loopback_web *web)
{
    pthread_mutex_lock(&web->lock);
    web->log_count = 0;
    pthread_mutex_unlock(&web->lock);
}
