/* SPDX-License-Identifier: Apache-2.0 */
/* The server of the crawl benchmark: poll, match "GET /pN", write. */
#include "bench_server.h"
#include "net/fault_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define CONNECTIONS   256
#define REQUEST_BYTES 4096

static const char missing[] = "HTTP/1.1 404 Not Found\r\n"
                              "Content-Length: 0\r\n\r\n";

struct pages {
    struct bylaw__buf *items; /* whole answers */
    unsigned count;
};

struct connection {
    char request[REQUEST_BYTES];
    size_t len;
};

static struct pollfd polled[CONNECTIONS];
static struct connection connections[CONNECTIONS];
static nfds_t polled_count;

static bool make_pages(struct pages *pages, unsigned count, size_t bytes,
                       unsigned links)
{
    pages->count = count;
    pages->items = calloc(count, sizeof(*pages->items));
    for (unsigned i = 0; pages->items && i < count; i++) {
        struct bylaw__buf body = {0};

        add_page(&body, i, bytes, links, count);
        bylaw__buf_printf(&pages->items[i],
                          "HTTP/1.1 200 OK\r\nContent-Type: text/html; "
                          "charset=utf-8\r\nContent-Length: %zu\r\n\r\n",
                          body.len);
        bylaw__buf_add_span(&pages->items[i], bylaw__buf_span(&body));
        bylaw__buf_release(&body);
    }
    return pages->items != NULL;
}

static struct bylaw_span answer_to(const struct pages *pages,
                                   const char *request)
{
    unsigned number = 0;

    if (strncmp(request, "GET / ", 6) != 0 &&
        sscanf(request, "GET /p%u ", &number) != 1)
        return BYLAW__SPAN(missing);
    return number < pages->count ? bylaw__buf_span(&pages->items[number])
                                 : BYLAW__SPAN(missing);
}

static bool send_all(int fd, struct bylaw_span bytes)
{
    while (bytes.len) {
        ssize_t sent = send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);

        if (sent <= 0 && errno != EINTR)
            return false;
        if (sent > 0)
            bytes = bylaw__span_sub(bytes, (size_t)sent, bytes.len);
    }
    return true;
}

/* Requests have no body: one ends with an empty line. */
static bool serve(int fd, struct connection *c, const struct pages *pages)
{
    ssize_t got = recv(fd, c->request + c->len, REQUEST_BYTES - 1 - c->len, 0);

    if (got <= 0)
        return false;
    c->len += (size_t)got;
    c->request[c->len] = '\0';
    if (!strstr(c->request, "\r\n\r\n"))
        return c->len < REQUEST_BYTES - 1;
    c->len = 0;
    return send_all(fd, answer_to(pages, c->request));
}

static void add_connection(int listener)
{
    int fd = accept(listener, NULL, NULL), on = 1;

    if (fd < 0)
        return;
    if (polled_count == CONNECTIONS) {
        close(fd);
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    connections[polled_count].len = 0;
    polled[polled_count++] = (struct pollfd){.fd = fd, .events = POLLIN};
}

static void drop_connection(nfds_t i)
{
    close(polled[i].fd);
    polled[i] = polled[--polled_count];
    connections[i] = connections[polled_count];
}

static void serve_for_ever(int listener, const struct pages *pages)
{
    polled[polled_count++] = (struct pollfd){.fd = listener, .events = POLLIN};
    while (poll(polled, polled_count, -1) > 0) {
        for (nfds_t i = polled_count; i-- > 1;)
            if (polled[i].revents &&
                !serve(polled[i].fd, &connections[i], pages))
                drop_connection(i);
        if (polled[0].revents)
            add_connection(listener);
    }
}

static int listen_anywhere(unsigned *out_port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    if (fd < 0 || bind(fd, (struct sockaddr *)&address, len) ||
        listen(fd, CONNECTIONS) ||
        getsockname(fd, (struct sockaddr *)&address, &len))
        return -1;
    *out_port = ntohs(address.sin_port);
    return fd;
}

bool bench_server_start(struct bench_server *out, unsigned pages, size_t bytes,
                        unsigned links)
{
    int listener = listen_anywhere(&out->port);
    struct pages made;

    if (listener < 0)
        return false;
    out->process = fork();
    if (out->process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (make_pages(&made, pages, bytes, links))
            serve_for_ever(listener, &made);
        _exit(1);
    }
    close(listener);
    return out->process > 0;
}

/* ----------------------------------------------------------------- TLS --- */

#define TLS_PROCESSES 4 /* so that one slow handshake holds up no other */

static void answer_once(SSL *ssl, struct bylaw_span answer)
{
    char request[REQUEST_BYTES];
    int got = 0, len = 0;

    do {
        got = SSL_read(ssl, request + len, REQUEST_BYTES - 1 - len);
        len += got > 0 ? got : 0;
        request[len] = '\0';
    } while (got > 0 && !strstr(request, "\r\n\r\n") &&
             len < REQUEST_BYTES - 1);
    if (got > 0 && SSL_write(ssl, answer.ptr, (int)answer.len) > 0)
        SSL_shutdown(ssl);
}

static void serve_tls(int listener, SSL_CTX *context, struct bylaw_span answer)
{
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        SSL *ssl = fd < 0 ? NULL : SSL_new(context);

        if (ssl && SSL_set_fd(ssl, fd) && SSL_accept(ssl) == 1)
            answer_once(ssl, answer);
        SSL_free(ssl);
        if (fd >= 0)
            close(fd);
    }
}

static void run_tls(int listener, SSL_CTX *context, size_t bytes)
{
    struct bylaw__buf page = {0}, answer = {0};

    prctl(PR_SET_PDEATHSIG, SIGTERM);
    signal(SIGPIPE, SIG_IGN);
    add_page(&page, 1, bytes, 60, 1);
    bylaw__buf_printf(&answer,
                      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                      "Connection: close\r\nContent-Length: %zu\r\n\r\n",
                      page.len);
    bylaw__buf_add_span(&answer, bylaw__buf_span(&page));
    for (int i = 1; i < TLS_PROCESSES; i++)
        if (fork() == 0) {
            prctl(PR_SET_PDEATHSIG, SIGTERM);
            break;
        }
    serve_tls(listener, context, bylaw__buf_span(&answer));
}

bool bench_server_start_tls(struct bench_server *out,
                            struct bylaw__buf *out_pem, size_t bytes)
{
    int listener = listen_anywhere(&out->port);
    SSL_CTX *context = fault_certificate_new(FAULT_SELF_SIGNED, out_pem);

    if (listener < 0 || !context)
        return false;
    out->process = fork();
    if (out->process == 0)
        run_tls(listener, context, bytes);
    SSL_CTX_free(context);
    close(listener);
    return out->process > 0;
}

void bench_server_stop(struct bench_server *server)
{
    kill(server->process, SIGTERM);
    waitpid(server->process, NULL, 0);
}
