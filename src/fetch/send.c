/* SPDX-License-Identifier: Apache-2.0 */
/* Alerts on their way out: a mail to a server, JSON to an address. */
#include "fetch_int.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* What the guard says of pages is of no help with alerts. */
static void name_guard(struct bylaw_error *failure)
{
    if (failure->id && !strcmp(failure->id, "fetch.private-address"))
        failure->id = "notify.private-address";
}

/* --------------------------------------------------------------- mail --- */

/* What a mail server says no to; everything else is a connection's failure. */
static const struct {
    CURLcode curl;
    const char *id, *what;
} refusals[] = {
    {CURLE_LOGIN_DENIED, "notify.login",
     "the mail server does not accept the account"},
    {CURLE_USE_SSL_FAILED, "notify.starttls",
     "the mail server offers no encryption"},
    {CURLE_SEND_ERROR, "notify.mail-refused",
     "the mail server does not take the message"},
    {CURLE_RECV_ERROR, "notify.mail-refused",
     "the mail server does not take the message"},
    {CURLE_WEIRD_SERVER_REPLY, "notify.mail-refused",
     "the mail server does not answer as one"},
    {CURLE_UPLOAD_FAILED, "notify.mail-refused",
     "the mail server does not take the message"},
};

/* The server's answer is its own words: it is told as a number only. */
static int explain_mail(struct fetch_exchange *exchange, CURLcode result,
                        struct bylaw_error *err)
{
    long answer = 0;
    int rc;

    curl_easy_getinfo(exchange->curl, CURLINFO_RESPONSE_CODE, &answer);
    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++)
        if (refusals[i].curl == result && !exchange->failure.code)
            return bylaw__fail(err, BYLAW_ENETWORK, refusals[i].id,
                               exchange->where, "%s (answer %ld)",
                               refusals[i].what, answer);
    rc = bylaw__explain_failure(exchange, (int)result);
    if (rc)
        return bylaw__fail_memory(err, exchange->where);
    *err = exchange->reply->refusal;
    return err->code;
}

struct reading {
    struct bylaw_span left;
};

static size_t give_message(char *bytes, size_t size, size_t count,
                           void *payload)
{
    struct reading *reading = payload;
    size_t room = size * count;
    size_t len = reading->left.len < room ? reading->left.len : room;

    memcpy(bytes, reading->left.ptr, len);
    reading->left = bylaw__span_sub(reading->left, len, reading->left.len);
    return len;
}

/* What a server greets us with is of no interest. */
static size_t drop_bytes(char *bytes, size_t size, size_t count, void *payload)
{
    (void)bytes;
    (void)payload;
    return size * count;
}

static const char starttls_scheme[] = "smtp+starttls:";

/* The path names us to the server: the sender's domain, not this machine. */
static char *mail_address(const struct bylaw__mail_route *route)
{
    const char *at = strrchr(route->from, '@');
    struct bylaw__buf address = {0};
    bool must_raise =
        bylaw__span_starts(bylaw__span_of(route->url), starttls_scheme);

    bylaw__buf_printf(&address, "%s%s/%s", must_raise ? "smtp:" : "",
                      route->url +
                          (must_raise ? sizeof(starttls_scheme) - 1 : 0),
                      at ? at + 1 : "");
    return bylaw__buf_take(&address, NULL);
}

static long encryption_of(const struct bylaw__mail_route *route)
{
    struct bylaw_span url = bylaw__span_of(route->url);

    return route->password || bylaw__span_starts(url, starttls_scheme)
               ? CURLUSESSL_ALL
               : CURLUSESSL_TRY;
}

static struct curl_slist *list_readers(const struct bylaw__mail_route *route)
{
    struct curl_slist *readers = NULL;

    for (size_t i = 0; i < route->to_count; i++) {
        struct curl_slist *grown = curl_slist_append(readers, route->to[i]);

        if (!grown) {
            curl_slist_free_all(readers);
            return NULL;
        }
        readers = grown;
    }
    return readers;
}

static void set_mail(CURL *curl, const struct bylaw__mail_route *route,
                     struct curl_slist *readers, const char *address,
                     struct reading *reading)
{
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_URL, address);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, encryption_of(route));
    curl_easy_setopt(curl, CURLOPT_USERNAME, route->user);
    curl_easy_setopt(curl, CURLOPT_PASSWORD, route->password);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, route->from);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, readers);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE,
                     (curl_off_t)reading->left.len);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_message);
    curl_easy_setopt(curl, CURLOPT_READDATA, reading);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop_bytes);
    /* No connection that has logged in is left for anything else. */
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
}

int bylaw__send_mail(bylaw__fetcher *fetcher,
                     const struct bylaw__mail_route *route,
                     struct bylaw_span message, struct bylaw_error *err)
{
    struct fetch_reply reply;
    struct fetch_exchange exchange = {.fetcher = fetcher, .reply = &reply};
    struct bylaw_error failure = {0};
    struct reading reading = {message};
    struct curl_slist *readers = list_readers(route);
    char *address = mail_address(route);
    CURLcode result;
    int rc = 0;

    bylaw__reply_init(&reply, 0);
    exchange.where = route->url;
    if (!readers || !address || bylaw__drive_lend(&exchange)) {
        rc = bylaw__fail_memory(&failure, route->url);
        goto done;
    }
    bylaw__request_bounds(&exchange, fetcher->timeout_ms);
    set_mail(exchange.curl, route, readers, address, &reading);
    result = (CURLcode)bylaw__drive_through(&exchange);
    if (result)
        rc = explain_mail(&exchange, result, &failure);
done:
    bylaw__request_end(&exchange);
    bylaw__reply_release(&reply);
    curl_slist_free_all(readers);
    free(address);
    name_guard(&failure);
    if (rc && err)
        *err = failure;
    return rc;
}

/* --------------------------------------------------------------- JSON --- */

#define SIGNATURE_BYTES 128

static int sign(char out[SIGNATURE_BYTES], const struct bylaw__post *post)
{
    long long seconds = (long long)(post->at_ms / 1000);
    char hex[BYLAW__SHA256_HEX];
    struct bylaw__buf text = {0};
    int rc;

    bylaw__buf_printf(&text, "%lld.", seconds);
    bylaw__buf_add_span(&text, post->body);
    rc = text.failed ? BYLAW_ENOMEM
                     : bylaw__hmac_sha256_hex(hex, post->secret,
                                              bylaw__buf_span(&text));
    bylaw__buf_release(&text);
    if (!rc)
        snprintf(out, SIGNATURE_BYTES, "Bylaw-Signature: t=%lld,v1=%s", seconds,
                 hex);
    return rc;
}

/* Whoever receives it may answer at length: that is not read. */
static int judge_reply(const struct fetch_reply *reply, const char *where,
                       struct bylaw_error *err)
{
    bool is_taken = reply->status >= 200 && reply->status < 300;

    if (!reply->status && reply->refusal.code) {
        if (err)
            *err = reply->refusal;
        return reply->refusal.code;
    }
    if (is_taken)
        return 0;
    return bylaw__fail(err, BYLAW_ENETWORK, "notify.http-status", where,
                       "the receiver answered %d", reply->status);
}

static int post_json(bylaw__fetcher *fetcher, const bylaw_url *url,
                     const struct bylaw__post *post, const char *signature,
                     struct bylaw_error *err)
{
    char id[128];
    const char *const headers[] = {"Content-Type: application/json", id,
                                   "Expect:", *signature ? signature : NULL,
                                   NULL};
    struct fetch_payload payload = {post->body, headers};
    struct fetch_reply reply;
    struct fetch_exchange exchange = {.fetcher = fetcher, .reply = &reply};
    int rc;

    snprintf(id, sizeof(id), "Bylaw-Id: %s", post->id);
    bylaw__reply_init(&reply, 0);
    rc = bylaw__request_open(&exchange, url, NULL, &payload,
                             fetcher->timeout_ms);
    if (!rc)
        rc = bylaw__request_finish(&exchange, bylaw__drive_through(&exchange));
    rc = rc ? bylaw__fail_memory(err, bylaw_url_href(url))
            : judge_reply(&reply, bylaw_url_href(url), err);
    bylaw__request_end(&exchange);
    bylaw__reply_release(&reply);
    return rc;
}

void bylaw__post_name(char out[512], const char *url)
{
    size_t scheme = strcspn(url, ":");
    size_t begin = scheme + strspn(url + scheme, ":/");
    size_t end = begin + strcspn(url + begin, "/?#");

    snprintf(out, 512, "%.*s", (int)(end < 512 ? end : 511), url);
}

int bylaw__send_post(bylaw__fetcher *fetcher, const struct bylaw__post *post,
                     struct bylaw_error *err)
{
    char signature[SIGNATURE_BYTES] = "";
    struct bylaw_error failure = {0};
    bylaw_url *url = NULL;
    int rc = bylaw_url_parse(&url, bylaw__span_of(post->url), NULL, &failure);

    if (!rc && post->secret.len)
        rc = sign(signature, post);
    if (rc && !failure.code)
        bylaw__fail(&failure, rc, "base.defect", "",
                    "the message could not be signed");
    if (!rc)
        rc = post_json(fetcher, url, post, signature, &failure);
    bylaw_url_free(url);
    name_guard(&failure);
    if (rc && err) {
        *err = failure;
        bylaw__post_name(err->where, post->url);
    }
    return rc;
}

/* ------------------------------------------------------------- queries --- */

static int judge_answer(const struct fetch_reply *reply, const char *where,
                        struct bylaw_error *err)
{
    if (reply->refusal.code) {
        if (err)
            *err = reply->refusal;
        return reply->refusal.code;
    }
    if (reply->status == 200)
        return 0;
    return bylaw__fail(err, BYLAW_ENETWORK, "stamp.http-status", where,
                       "the service answered %d", reply->status);
}

static int ask(struct bylaw__buf *out, bylaw__fetcher *fetcher,
               const bylaw_url *url, const struct bylaw__query *query,
               struct bylaw_error *err)
{
    char type[128];
    const char *const headers[] = {type, "Expect:", NULL};
    struct fetch_payload payload = {query->body, headers};
    struct fetch_reply reply;
    struct fetch_exchange exchange = {.fetcher = fetcher, .reply = &reply};
    int rc;

    snprintf(type, sizeof(type), "Content-Type: %s", query->content_type);
    bylaw__reply_init(&reply, 0);
    rc = bylaw__request_open(&exchange, url, NULL, &payload,
                             fetcher->timeout_ms);
    if (!rc)
        rc = bylaw__request_finish(&exchange, bylaw__drive_through(&exchange));
    rc = rc ? bylaw__fail_memory(err, bylaw_url_href(url))
            : judge_answer(&reply, bylaw_url_href(url), err);
    if (!rc)
        bylaw__buf_add_span(out, bylaw__buf_span(&reply.body));
    bylaw__request_end(&exchange);
    bylaw__reply_release(&reply);
    return !rc && out->failed ? bylaw__fail_memory(err, query->url) : rc;
}

int bylaw__send_query(struct bylaw__buf *out, bylaw__fetcher *fetcher,
                      const struct bylaw__query *query, struct bylaw_error *err)
{
    bylaw_url *url = NULL;
    int rc = bylaw_url_parse(&url, bylaw__span_of(query->url), NULL, err);

    if (!rc)
        rc = ask(out, fetcher, url, query, err);
    bylaw_url_free(url);
    return rc;
}
