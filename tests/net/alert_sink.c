/* SPDX-License-Identifier: Apache-2.0 */
/* One thread, one connection at a time: enough of SMTP and HTTP to be told. */
#include "alert_sink.h"

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define PATIENCE_S 5 /* for the other side's next line */

struct alert_sink {
    int listener;
    unsigned port;
    pthread_t thread;
    bool is_running;
    atomic_int manner;
    atomic_size_t count;
    struct bylaw__buf heard; /* the thread's until it has ended */
};

static bool say(int fd, const char *text)
{
    return send(fd, text, strlen(text), MSG_NOSIGNAL) == (ssize_t)strlen(text);
}

/* The next line, also kept; empty at the end. */
static struct bylaw_span hear_line(struct alert_sink *sink, int fd)
{
    size_t begin = sink->heard.len;
    char c;

    while (recv(fd, &c, 1, 0) == 1) {
        bylaw__buf_add_char(&sink->heard, c);
        if (c == '\n')
            break;
    }
    return bylaw__span_sub(bylaw__buf_span(&sink->heard), begin,
                           sink->heard.len);
}

/* --------------------------------------------------------------- mail --- */

/* Beginnings of commands and what they are answered. */
static const struct {
    const char *command, *answer, *refusal;
} answers[] = {
    {"EHLO", "250-sink.test\r\n250-AUTH PLAIN\r\n250 SIZE\r\n", NULL},
    {"RCPT", "250 ok\r\n", "550 nobody here\r\n"},
    {"DATA", "354 go on\r\n", NULL},
    {"QUIT", "221 bye\r\n", NULL},
    {"", "250 ok\r\n", NULL},
};

static const char *answer_of(struct bylaw_span line, bool refuses)
{
    size_t i = 0;

    while (!bylaw__span_starts_nocase(line, answers[i].command))
        i++;
    return refuses && answers[i].refusal ? answers[i].refusal
                                         : answers[i].answer;
}

static void hear_message(struct alert_sink *sink, int fd)
{
    struct bylaw_span line;

    do
        line = hear_line(sink, fd);
    while (line.len && !bylaw__span_is(line, ".\r\n"));
    say(fd, "250 taken\r\n");
}

static void serve_mail(struct alert_sink *sink, int fd, bool refuses)
{
    bool goes_on = say(fd, "220 sink.test\r\n");

    while (goes_on) {
        struct bylaw_span line = hear_line(sink, fd);
        bool is_data = bylaw__span_starts_nocase(line, "DATA");

        goes_on = line.len && say(fd, answer_of(line, refuses)) &&
                  !bylaw__span_starts_nocase(line, "QUIT");
        if (goes_on && is_data)
            hear_message(sink, fd);
    }
}

/* ------------------------------------------------------------ webhook --- */

static void serve_hook(struct alert_sink *sink, int fd, const char *answer)
{
    size_t length = 0;
    struct bylaw_span line;
    char c;

    do {
        line = hear_line(sink, fd);
        if (bylaw__span_starts_nocase(line, "content-length:"))
            length = strtoul(line.ptr + strlen("content-length:"), NULL, 10);
    } while (line.len > 2);
    for (; length && recv(fd, &c, 1, 0) == 1; length--)
        bylaw__buf_add_char(&sink->heard, c);
    say(fd, answer);
}

static const char *const hook_answers[] = {
    [SINK_HOOK] = "HTTP/1.1 204 ok\r\nConnection: close\r\n\r\n",
    [SINK_HOOK_FAILS] = "HTTP/1.1 500 no\r\nContent-Length: 0\r\n"
                        "Connection: close\r\n\r\n",
    [SINK_HOOK_REDIRECTS] = "HTTP/1.1 307 there\r\nLocation: /other\r\n"
                            "Content-Length: 0\r\nConnection: close\r\n\r\n",
};

/* ------------------------------------------------------------- thread --- */

static void *serve(void *payload)
{
    struct alert_sink *sink = payload;
    struct timeval patience = {.tv_sec = PATIENCE_S};
    int fd;

    while ((fd = accept(sink->listener, NULL, NULL)) >= 0) {
        int manner = atomic_load(&sink->manner);

        atomic_fetch_add(&sink->count, 1);
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        if (manner == SINK_MAIL || manner == SINK_MAIL_REFUSES)
            serve_mail(sink, fd, manner == SINK_MAIL_REFUSES);
        else
            serve_hook(sink, fd, hook_answers[manner]);
        close(fd);
    }
    return NULL;
}

struct alert_sink *sink_start(enum sink_manner manner)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof(at);
    struct alert_sink *sink = calloc(1, sizeof(*sink));

    if (!sink)
        return NULL;
    atomic_store(&sink->manner, (int)manner);
    sink->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (sink->listener < 0 ||
        bind(sink->listener, (struct sockaddr *)&at, sizeof(at)) ||
        listen(sink->listener, 16) ||
        getsockname(sink->listener, (struct sockaddr *)&at, &size) ||
        pthread_create(&sink->thread, NULL, serve, sink)) {
        if (sink->listener >= 0)
            close(sink->listener);
        free(sink);
        return NULL;
    }
    sink->is_running = true;
    sink->port = ntohs(at.sin_port);
    return sink;
}

unsigned sink_port(const struct alert_sink *sink)
{
    return sink->port;
}

void sink_turn(struct alert_sink *sink, enum sink_manner manner)
{
    atomic_store(&sink->manner, (int)manner);
}

size_t sink_count(struct alert_sink *sink)
{
    return atomic_load(&sink->count);
}

struct bylaw_span sink_heard(struct alert_sink *sink)
{
    if (sink->is_running) {
        shutdown(sink->listener, SHUT_RDWR);
        pthread_join(sink->thread, NULL);
        close(sink->listener);
        sink->is_running = false;
    }
    return bylaw__buf_span(&sink->heard);
}

void sink_free(struct alert_sink *sink)
{
    sink_heard(sink);
    bylaw__buf_release(&sink->heard);
    free(sink);
}
