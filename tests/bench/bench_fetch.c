/* SPDX-License-Identifier: Apache-2.0 */
/* What fetching costs without anything done with the pages. */
#include "bench_fetch.h"
#include "bench_server.h"
#include "fetch/fetch.h"
#include "measure.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define AT_ONCE 64u /* fetches under way */

#define CLOCK_CPU CLOCK_PROCESS_CPUTIME_ID

static int64_t fixed_time(void *payload)
{
    (void)payload;
    return 1700000000000;
}

/* ------------------------------------------------------------- libcurl --- */

static size_t drop_bytes(char *bytes, size_t size, size_t count, void *payload)
{
    (void)bytes;
    *(size_t *)payload += size * count;
    return size * count;
}

struct bench_cost bench_libcurl(unsigned port, unsigned pages, unsigned count)
{
    CURL *curl = curl_easy_init();
    size_t bytes = 0;
    double began = seconds(CLOCK_CPU);

    need(curl != NULL, "libcurl");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &bytes);
    for (unsigned i = 0; i < count; i++) {
        char url[64];

        snprintf(url, sizeof(url), "http://127.0.0.1:%u/p%u", port, i % pages);
        curl_easy_setopt(curl, CURLOPT_URL, url);
        need(curl_easy_perform(curl) == CURLE_OK, url);
    }
    curl_easy_cleanup(curl);
    need(bytes >= (size_t)count * 1000, "short pages");
    return (struct bench_cost){count, seconds(CLOCK_CPU) - began};
}

/* ---------------------------------------------------------- the fetcher --- */

static bylaw__fetcher *new_fetcher(const char *route, const char *ca_file)
{
    static const char *const loopback[] = {"127.0.0.0/8", NULL};
    const char *const routes[] = {route, NULL};
    struct bylaw_fetch_options options = {.allow_ranges = loopback,
                                          .connect_to = routes,
                                          .ca_file = ca_file,
                                          .timeout_ms = 30000};
    struct bylaw__clock clock = {.now_ms = fixed_time};
    bylaw__fetcher *fetcher = NULL;

    need(!bylaw__fetcher_new(&fetcher, &options, NULL, clock, NULL),
         "no fetcher");
    return fetcher;
}

/* Page number n is at before, n, after. */
static void take_all(bylaw__fetcher *fetcher, const char *before,
                     const char *after, unsigned modulus, unsigned count)
{
    static const struct bylaw__fetch_wait for_ever = {.ms = -1};
    unsigned begun = 0;

    while (begun < count || bylaw__fetch_count(fetcher)) {
        struct bylaw_response *response = NULL;
        char url[96];
        void *tag;

        while (begun < count && bylaw__fetch_count(fetcher) < AT_ONCE) {
            snprintf(url, sizeof(url), "%s%u%s", before, begun++ % modulus,
                     after);
            need(!bylaw__fetch_start(fetcher, url, NULL, NULL, NULL), url);
        }
        need(!bylaw__fetch_take(&response, &tag, fetcher, &for_ever, NULL),
             "take");
        need(response && !response->refusal.code,
             response ? response->refusal.what : "nothing came");
        bylaw_response_free(response);
    }
}

struct bench_cost bench_fetcher(unsigned port, unsigned pages, unsigned count)
{
    char route[64];
    bylaw__fetcher *fetcher;
    double began;

    snprintf(route, sizeof(route), "::127.0.0.1:%u", port);
    fetcher = new_fetcher(route, NULL);
    began = seconds(CLOCK_CPU);
    take_all(fetcher, "http://a.site.example/p", "", pages, count);
    bylaw__fetcher_free(fetcher);
    return (struct bench_cost){count, seconds(CLOCK_CPU) - began};
}

/* The system's own bundle and the certificate of the bench: a store as large
 * as it is in earnest. */
static void write_bundle(const char *path, const struct bylaw__buf *pem)
{
    struct bylaw__buf bundle = {0};
    FILE *file = fopen(path, "wb");

    bylaw__file_read(&bundle, "/etc/ssl/certs/ca-certificates.crt", NULL);
    bylaw__buf_add_span(&bundle, bylaw__buf_span(pem));
    need(file && fwrite(bundle.ptr, 1, bundle.len, file) == bundle.len &&
             !fclose(file),
         path);
    bylaw__buf_release(&bundle);
}

/* libcurl's own share of it: all that can be saved is above that. */
static double libcurl_hosts(unsigned count, const char *route, const char *path)
{
    struct curl_slist *routes = curl_slist_append(NULL, route);
    CURL *curl = curl_easy_init();
    size_t bytes = 0;
    double began = seconds(CLOCK_CPU);

    need(curl && routes, "libcurl");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &bytes);
    curl_easy_setopt(curl, CURLOPT_CONNECT_TO, routes);
    curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
    curl_easy_setopt(curl, CURLOPT_CAINFO, path);
    for (unsigned i = 0; i < count; i++) {
        char url[64];

        snprintf(url, sizeof(url), "https://h%u.site.example/", i);
        curl_easy_setopt(curl, CURLOPT_URL, url);
        need(curl_easy_perform(curl) == CURLE_OK, url);
    }
    curl_easy_cleanup(curl);
    curl_slist_free_all(routes);
    return seconds(CLOCK_CPU) - began;
}

static double fetcher_hosts(unsigned count, const char *route, const char *path)
{
    bylaw__fetcher *fetcher = new_fetcher(route, path);
    double began = seconds(CLOCK_CPU);

    take_all(fetcher, "https://h", ".site.example/", count, count);
    bylaw__fetcher_free(fetcher);
    return seconds(CLOCK_CPU) - began;
}

struct bench_cost bench_hosts(unsigned count, size_t bytes, const char *folder,
                              bool by_libcurl)
{
    struct bench_server server;
    struct bylaw__buf pem = {0};
    char route[64], path[192];
    double cpu_s;

    need(bench_server_start_tls(&server, &pem, bytes), "no TLS server");
    snprintf(path, sizeof(path), "%s/ca.pem", folder);
    write_bundle(path, &pem);
    bylaw__buf_release(&pem);
    snprintf(route, sizeof(route), "::127.0.0.1:%u", server.port);
    cpu_s = by_libcurl ? libcurl_hosts(count, route, path)
                       : fetcher_hosts(count, route, path);
    bench_server_stop(&server);
    unlink(path);
    return (struct bench_cost){count, cpu_s};
}

/* --------------------------------------------------------------- wget2 --- */

static void write_list(const char *path, unsigned port, unsigned pages,
                       unsigned count)
{
    FILE *file = fopen(path, "wb");

    need(file != NULL, path);
    for (unsigned i = 0; i < count; i++)
        fprintf(file, "http://127.0.0.1:%u/p%u?%u\n", port, i % pages, i);
    need(!fclose(file), path);
}

static void become_wget2(const char *list)
{
    int null = open("/dev/null", O_WRONLY);
    char input[256];

    snprintf(input, sizeof(input), "--input-file=%s", list);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execlp("wget2", "wget2", "--no-config", "--quiet", "--no-robots",
           "--max-threads=2", "--output-document=/dev/null", input,
           (char *)NULL);
    _exit(127);
}

struct bench_cost bench_wget2(unsigned port, unsigned pages, unsigned count,
                              const char *folder)
{
    struct rusage usage;
    char list[192];
    int status = 0;
    pid_t child;

    snprintf(list, sizeof(list), "%s/list", folder);
    write_list(list, port, pages, count);
    child = fork();
    if (child == 0)
        become_wget2(list);
    need(wait4(child, &status, 0, &usage) == child, "wget2");
    unlink(list);
    if (!WIFEXITED(status) || WEXITSTATUS(status))
        return (struct bench_cost){0, -1};
    return (struct bench_cost){count, (double)usage.ru_utime.tv_sec +
                                          (double)usage.ru_stime.tv_sec +
                                          (double)(usage.ru_utime.tv_usec +
                                                   usage.ru_stime.tv_usec) /
                                              1e6};
}
