/* SPDX-License-Identifier: Apache-2.0 */
/* How to fetch, checked and copied from the options. */
#include "fetch_int.h"

#include <curl/curl.h>
#include <stdlib.h>

#define DEFAULT_USER_AGENT "bylaw/0.1.0 (licence compliance check)"

static int copy_ranges(bylaw__fetcher *fetcher, const char *const *texts,
                       struct bylaw_error *err)
{
    size_t count = 0;

    while (texts && texts[count])
        count++;
    fetcher->allowed = calloc(count + 1, sizeof(*fetcher->allowed));
    if (!fetcher->allowed)
        return bylaw__fail_memory(err, "");
    for (size_t i = 0; i < count; i++)
        if (!bylaw__fetch_range_parse(&fetcher->allowed[i], texts[i]))
            return bylaw__fail(err, BYLAW_EUSAGE, "fetch.range", texts[i],
                               "this is no address range such as 127.0.0.0/8");
    fetcher->allowed_count = count;
    return 0;
}

/* The text behind a host, which may be an address in brackets. */
static const char *skip_host(const char *text)
{
    const char *end = *text == '[' ? strchr(text, ']') : text;

    return end ? strchr(end, ':') : NULL;
}

static const char *skip_port(const char *text)
{
    while (bylaw__is_digit((unsigned char)*text))
        text++;
    return text;
}

/* HOST:PORT:ADDRESS:PORT, each of which may be empty. */
static bool is_route(const char *text)
{
    const char *at = skip_host(text);

    at = at ? skip_port(at + 1) : NULL;
    at = at && *at == ':' ? skip_host(at + 1) : NULL;
    return at && !*skip_port(at + 1);
}

static int copy_routes(bylaw__fetcher *fetcher, const char *const *texts,
                       struct bylaw_error *err)
{
    for (; texts && *texts; texts++) {
        struct curl_slist *grown;

        if (!is_route(*texts))
            return bylaw__fail(err, BYLAW_EUSAGE, "fetch.route", *texts,
                               "this is not of the form "
                               "HOST:PORT:ADDRESS:PORT");
        grown = curl_slist_append(fetcher->connect_to, *texts);
        if (!grown)
            return bylaw__fail_memory(err, "");
        fetcher->connect_to = grown;
    }
    return 0;
}

int bylaw__fetcher_new(bylaw__fetcher **out,
                       const struct bylaw_fetch_options *options,
                       const struct bylaw_transport *transport,
                       struct bylaw__clock clock, struct bylaw_error *err)
{
    bylaw__fetcher *fetcher = calloc(1, sizeof(*fetcher));
    int rc;

    if (!fetcher)
        return bylaw__fail_memory(err, "");
    fetcher->clock = clock;
    fetcher->drive.epoll = fetcher->drive.wake = -1;
    fetcher->timeout_ms =
        options->timeout_ms ? options->timeout_ms : BYLAW_LIMIT_FETCH_MS;
    fetcher->user_agent =
        strdup(options->user_agent ? options->user_agent : DEFAULT_USER_AGENT);
    fetcher->ca_file = options->ca_file ? strdup(options->ca_file) : NULL;
    if (transport) {
        fetcher->transport = *transport;
        fetcher->has_transport = true;
    }
    rc = fetcher->user_agent && !fetcher->ca_file == !options->ca_file
             ? copy_ranges(fetcher, options->allow_ranges, err)
             : bylaw__fail_memory(err, "");
    if (!rc)
        rc = copy_routes(fetcher, options->connect_to, err);
    if (!rc)
        rc = bylaw__drive_open(&fetcher->drive, err);
    if (rc) {
        bylaw__fetcher_free(fetcher);
        return rc;
    }
    *out = fetcher;
    return 0;
}

void bylaw__fetcher_free(bylaw__fetcher *fetcher)
{
    if (!fetcher)
        return;
    bylaw__fetch_drop_all(fetcher);
    bylaw__drive_close(&fetcher->drive);
    curl_slist_free_all(fetcher->connect_to);
    free(fetcher->allowed);
    free(fetcher->user_agent);
    free(fetcher->ca_file);
    free(fetcher);
}
