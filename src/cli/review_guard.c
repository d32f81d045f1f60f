/* SPDX-License-Identifier: Apache-2.0 */
/* Who may ask the review page: nobody that only knows its port. */
#include "review.h"

#include <stdio.h>
#include <stdlib.h>

typedef bool holds_fn(const struct review *review,
                      const struct review_request *request);

static bool is_post(const struct review_request *request)
{
    return !strcmp(request->method, "POST");
}

/* A name that was made to point at this machine is another host, and any page
 * could then read ours as its own. */
static bool holds_host(const struct review *review,
                       const struct review_request *request)
{
    static const char *const names[] = {"127.0.0.1", "localhost"};
    char wanted[32];

    for (size_t i = 0; request->host && i < 2; i++) {
        snprintf(wanted, sizeof(wanted), "%s:%u", names[i], review->port);
        if (!strcmp(request->host, wanted))
            return true;
    }
    return false;
}

/* As long for a wrong secret as for the right one. */
static bool is_token(const struct review *review, const char *text)
{
    size_t len = sizeof(review->token) - 1;
    unsigned differ = 0;

    if (!text || strnlen(text, len) < len)
        return false;
    for (size_t i = 0; i < len; i++)
        differ |= (unsigned)(review->token[i] ^ text[i]);
    return !differ;
}

static bool holds_token(const struct review *review,
                        const struct review_request *request)
{
    const char *path = request->path;
    size_t len = sizeof(review->token) - 1;

    return *path == '/' && is_token(review, path + 1) && path[len + 1] == '/';
}

static bool holds_method(const struct review *review,
                         const struct review_request *request)
{
    (void)review;
    return is_post(request) || !strcmp(request->method, "GET");
}

/* A browser says where a decision comes from and lets no page say otherwise;
 * what says nothing is no page of ours. */
static bool holds_origin(const struct review *review,
                         const struct review_request *request)
{
    char wanted[48];

    (void)review;
    snprintf(wanted, sizeof(wanted), "http://%s", request->host);
    return !is_post(request) ||
           (request->origin && !strcmp(request->origin, wanted));
}

/* No form and no link can send it: other pages would need a permission first,
 * which is never given. */
static bool holds_header(const struct review *review,
                         const struct review_request *request)
{
    return !is_post(request) || (is_token(review, request->token) &&
                                 !request->token[sizeof(review->token) - 1]);
}

static bool holds_writing(const struct review *review,
                          const struct review_request *request)
{
    return !is_post(request) || !review->is_read_only;
}

static bool holds_type(const struct review *review,
                       const struct review_request *request)
{
    (void)review;
    return !is_post(request) ||
           (request->type && !strcmp(request->type, "application/json"));
}

static bool holds_length(const struct review *review,
                         const struct review_request *request)
{
    const char *p = request->length;

    (void)review;
    if (!p)
        return !is_post(request);
    for (; *p; p++)
        if (!bylaw__is_digit((unsigned char)*p))
            return false;
    return p > request->length;
}

static bool holds_size(const struct review *review,
                       const struct review_request *request)
{
    (void)review;
    return !request->length ||
           strtoull(request->length, NULL, 10) <= BYLAW_LIMIT_REVIEW_BYTES;
}

/* In the order in which they are asked: who does not know the secret learns
 * nothing of what else was wrong. */
static const struct {
    holds_fn *holds;
    unsigned status;
    const char *id, *what;
} guards[] = {
    {holds_host, 421, "serve.host",
     "the page answers under 127.0.0.1 and localhost only"},
    {holds_token, 403, "serve.token", "the address lacks the page's secret"},
    {holds_method, 405, "serve.method", "there are only GET and POST here"},
    {holds_origin, 403, "serve.origin",
     "the decision comes from another page than this one"},
    {holds_header, 403, "serve.token", "the request lacks the page's secret"},
    {holds_writing, 403, "serve.read-only",
     "the page was opened to read, not to decide"},
    {holds_type, 415, "serve.request", "a decision is JSON"},
    {holds_length, 411, "serve.request",
     "a request says beforehand how long it is"},
    {holds_size, 413, "serve.body", "a decision has at most 64 KiB"},
};
_Static_assert(BYLAW_LIMIT_REVIEW_BYTES == 64 << 10, "the sentence says so");

bool review_admit(struct review_answer *out, const struct review *review,
                  const struct review_request *request)
{
    struct bylaw_error err;

    for (size_t i = 0; i < sizeof(guards) / sizeof(guards[0]); i++) {
        if (guards[i].holds(review, request))
            continue;
        bylaw__fail(&err, BYLAW_EUSAGE, guards[i].id, "", "%s", guards[i].what);
        out->status = guards[i].status;
        out->kind = REVIEW_JSON;
        bylaw__report_error_json(&out->body, &err);
        return false;
    }
    return true;
}
