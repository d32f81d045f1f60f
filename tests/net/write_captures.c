/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes a folder of captures that has one of everything, for other readers
 * to check: write_captures FOLDER.
 */
#include "archive/archive.h"

#include <stdio.h>
#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SPAN(text)                                                             \
    {                                                                          \
        (text), sizeof(text) - 1                                               \
    }

#define HELLO  "<p>hello</p>"
#define PACKED "\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0"

static const unsigned char certificate[] = {0x30, 0x03, 0x02, 0x01, 0x05};
static const struct bylaw_span certificates[] = {
    {(const char *)certificate, sizeof(certificate)}};

#define SENT SPAN("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")

/* What was said at one address; several rows with the same number are hops of
 * one answer. */
static const struct row {
    int answer;
    const char *url;
    int status;
    struct bylaw_exchange exchange;
    const char *refusal; /* id */
    bool is_again;       /* with the first answer as the one before */
} rows[] = {
    {0,
     "http://a.example/",
     200,
     {.sent = SENT,
      .head = SPAN("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                   "Content-Length: 12\r\n\r\n"),
      .body = SPAN(HELLO),
      .protocol = "http/1.1",
      .port = 80,
      .answered_us = 1200,
      .ended_us = 1300},
     NULL,
     false},
    /* The same again: a revisit. */
    {1,
     "http://a.example/",
     200,
     {.sent = SENT,
      .head = SPAN("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                   "Content-Length: 12\r\n\r\n"),
      .body = SPAN(HELLO),
      .protocol = "http/1.1"},
     NULL,
     true},
    {2,
     "http://a.example/",
     304,
     {.sent = SENT,
      .head = SPAN("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n"),
      .protocol = "http/1.1"},
     NULL,
     true},
    /* Chunks, which the network library joined. */
    {3,
     "http://a.example/chunks",
     200,
     {.sent = SENT,
      .head = SPAN("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                   "Transfer-Encoding: chunked\r\n\r\n"),
      .body = SPAN(HELLO),
      .protocol = "http/1.1"},
     NULL,
     false},
    {4,
     "http://a.example/packed",
     200,
     {.sent = SENT,
      .head = SPAN("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                   "Content-Encoding: gzip\r\nContent-Length: 20\r\n\r\n"),
      .body = SPAN(PACKED),
      .protocol = "http/1.1"},
     NULL,
     false},
    {5,
     "http://a.example/cut",
     200,
     {.sent = SENT,
      .head = SPAN("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                   "Content-Length: 4000\r\n\r\n"),
      .body = SPAN(HELLO),
      .is_truncated = true,
      .protocol = "http/1.1"},
     "fetch.timeout",
     false},
    /* HTTP/2 and TLS, behind a redirect. */
    {6,
     "http://b.example/",
     301,
     {.sent = SENT,
      .head = SPAN("HTTP/1.1 301 Moved\r\nLocation: https://b.example/\r\n"
                   "Content-Length: 5\r\n\r\n"),
      .body = SPAN("moved"),
      .protocol = "http/1.1"},
     NULL,
     false},
    {6,
     "https://b.example/",
     200,
     {.sent = SPAN("GET / HTTP/2\r\nHost: b.example\r\n\r\n"),
      .head = SPAN("HTTP/2 200 \r\ncontent-type: text/html\r\n\r\n"),
      .body = SPAN(HELLO),
      .protocol = "h2",
      .tls = "TLSv1.3",
      .cipher = "TLS_AES_256_GCM_SHA384",
      .certificates = certificates,
      .certificate_count = COUNT(certificates)},
     NULL,
     false},
    {7,
     "https://c.example/gone",
     404,
     {.sent = SENT,
      .head = SPAN("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
      .protocol = "http/1.1"},
     "fetch.http-status",
     false},
    /* Nobody answered. */
    {8, "https://nowhere.example/", 0, {.began_ms = 0}, "fetch.dns", false},
};

static void read_answer(struct bylaw_response *out, struct bylaw_hop *hops,
                        struct bylaw_exchange *exchanges, int answer,
                        const struct row **last)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t n = out->hop_count;

        if (rows[i].answer != answer)
            continue;
        exchanges[n] = rows[i].exchange;
        exchanges[n].began_ms = out->fetched_at_ms;
        hops[n] = (struct bylaw_hop){.url = rows[i].url,
                                     .status = rows[i].status,
                                     .address = "192.0.2.7",
                                     .exchange = &exchanges[n]};
        out->hop_count++;
        *last = &rows[i];
    }
    out->hops = hops;
}

static int put_answer(struct bylaw__captured *first, bylaw__captures *captures,
                      int answer, struct bylaw_error *err)
{
    struct bylaw_hop hops[4];
    struct bylaw_exchange exchanges[4];
    struct bylaw_response response = {.fetched_at_ms =
                                          1795660860123 + answer * 1000};
    struct bylaw__capture_before before = {.url = rows[0].url,
                                           .id = first->id,
                                           .payload_sha256 =
                                               first->payload_sha256,
                                           .at_ms = 1795660860123};
    struct bylaw__captured captured;
    const struct row *last = NULL;
    int rc;

    read_answer(&response, hops, exchanges, answer, &last);
    if (!last)
        return 1;
    response.url = hops[0].url;
    response.final_url = last->url;
    response.status = last->status;
    response.headers = last->exchange.head;
    response.body = last->exchange.body;
    response.is_truncated = last->exchange.is_truncated;
    if (last->refusal)
        bylaw__fail(&response.refusal, BYLAW_ENETWORK, last->refusal, last->url,
                    "it failed");
    rc = bylaw__captures_put(&captured, captures, &response,
                             last->is_again ? &before : NULL, err);
    if (!answer)
        *first = captured;
    return rc;
}

int main(int argc, char **argv)
{
    struct bylaw__captures_options options = {.software = "bylaw/test",
                                              .contact = "ops@a.example"};
    struct bylaw__captured first = {.file = ""}, text;
    struct bylaw_error err = {0};
    bylaw__captures *captures = NULL;
    int rc = argc == 2 ? 0 : -1;

    if (!rc)
        rc = bylaw__captures_open(&captures, argv[1], &options, &err);
    for (int answer = 0; !rc; answer++)
        rc = put_answer(&first, captures, answer, &err);
    if (rc == 1)
        rc = bylaw__captures_put_bytes(&text, captures,
                                       "urn:bylaw:source:an-article",
                                       "text/markdown",
                                       BYLAW__SPAN("# An article\n"),
                                       1795660899999, &err);
    if (!rc)
        rc = bylaw__captures_close(captures, &err);
    if (rc)
        fprintf(stderr, "write_captures: %s: %s\n", err.where, err.what);
    return rc ? 1 : 0;
}
