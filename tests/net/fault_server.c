/* SPDX-License-Identifier: Apache-2.0 */
/* The fault server's sockets: a thread that accepts, one a connection. */
#include "net/fault_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define REQUEST_BYTES 16384
#define TICK_MS       20 /* how soon a thread sees that it should stop */

struct fault_wire {
    struct fault_server *server;
    struct fault_wire *next;
    pthread_t thread;
    int fd;
    SSL *ssl; /* NULL without TLS */
    char request[REQUEST_BYTES];
    const char *headers; /* in request, behind its first line */
};

struct fault_server {
    int listener;
    unsigned port;
    SSL_CTX *context;
    struct bylaw__buf pem;
    struct bylaw_span page;
    pthread_t thread;
    atomic_bool stops;
    atomic_uint connections;
    pthread_mutex_t lock;     /* over the list and each fd in it */
    struct fault_wire *wires; /* newest first */
};

/* ------------------------------------------------------------ sending --- */

bool fault_say(struct fault_wire *wire, const void *bytes, size_t len)
{
    const char *at = bytes;

    while (len) {
        int piece = len < 65536 ? (int)len : 65536;
        ssize_t sent = wire->ssl
                           ? SSL_write(wire->ssl, at, piece)
                           : send(wire->fd, at, (size_t)piece, MSG_NOSIGNAL);

        if (sent <= 0 || wire->server->stops)
            return false;
        at += sent;
        len -= (size_t)sent;
    }
    return true;
}

bool fault_say_text(struct fault_wire *wire, const char *text)
{
    return fault_say(wire, text, strlen(text));
}

/* True where the other side has closed, or the time is over unheard. */
static bool is_gone(struct fault_wire *wire, unsigned ms)
{
    struct pollfd watched = {.fd = wire->fd, .events = POLLIN};
    char byte;

    return poll(&watched, 1, (int)ms) > 0 &&
           recv(wire->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0;
}

bool fault_pause(struct fault_wire *wire, unsigned ms)
{
    for (unsigned slept = 0; slept < ms; slept += TICK_MS) {
        struct timespec tick = {0, TICK_MS * 1000000L};

        if (wire->server->stops || is_gone(wire, 0))
            return false;
        nanosleep(&tick, NULL);
    }
    return true;
}

struct bylaw_span fault_page(const struct fault_wire *wire)
{
    return wire->server->page;
}

const char *fault_request(const struct fault_wire *wire)
{
    return wire->headers + strlen("\r\n");
}

/* ---------------------------------------------------------- answering --- */

static ssize_t hear(struct fault_wire *wire, char *bytes, size_t len)
{
    return wire->ssl ? SSL_read(wire->ssl, bytes, (int)len)
                     : recv(wire->fd, bytes, len, 0);
}

/* Reads header lines and cuts the path, NUL-terminated, out of them. */
static char *read_path(struct fault_wire *wire)
{
    char *request = wire->request, *path, *end;
    size_t len = 0;

    do {
        ssize_t got = hear(wire, request + len, REQUEST_BYTES - 1 - len);

        if (got <= 0)
            return NULL;
        len += (size_t)got;
        request[len] = '\0';
        if (!bylaw__is_alpha((unsigned char)request[0]))
            return NULL; /* a TLS greeting on a plain port */
    } while (!strstr(request, "\r\n\r\n") && len < REQUEST_BYTES - 1);
    wire->headers = strstr(request, "\r\n");
    path = strchr(request, ' ');
    end = path ? strchr(path + 1, ' ') : NULL;
    if (!end || !wire->headers)
        return NULL;
    *end = '\0';
    return path + 1;
}

static const struct fault *find_fault(const char *path, const char **argument)
{
    for (const struct fault *fault = fault_table; fault->path; fault++) {
        size_t len = strlen(fault->path);
        bool is_prefix = fault->path[len - 1] == '/';

        *argument = path + len;
        if (is_prefix ? !strncmp(path, fault->path, len)
                      : !strcmp(path, fault->path))
            return fault;
    }
    return NULL;
}

static enum fault_ending answer(struct fault_wire *wire)
{
    const char *path = read_path(wire), *argument;
    const struct fault *fault = path ? find_fault(path, &argument) : NULL;

    if (!fault) {
        fault_say_text(wire, "HTTP/1.1 400 Bad Request\r\n"
                             "Content-Length: 0\r\n"
                             "Connection: close\r\n\r\n");
        return FAULT_CLOSES;
    }
    if (fault->act)
        fault->act(wire, argument);
    else
        fault_say(wire, fault->says.ptr, fault->says.len);
    return fault->ending;
}

static void close_wire(struct fault_wire *wire, enum fault_ending ending)
{
    struct linger at_once = {.l_onoff = 1};

    while (ending == FAULT_HOLDS && !wire->server->stops &&
           !is_gone(wire, TICK_MS))
        ;
    if (ending == FAULT_RESETS)
        setsockopt(wire->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    else if (wire->ssl)
        SSL_shutdown(wire->ssl);
    SSL_free(wire->ssl);
    pthread_mutex_lock(&wire->server->lock);
    close(wire->fd);
    wire->fd = -1;
    pthread_mutex_unlock(&wire->server->lock);
}

static void *run_wire(void *payload)
{
    struct fault_wire *wire = payload;
    SSL_CTX *context = wire->server->context;
    enum fault_ending ending = FAULT_CLOSES;
    bool ready = true;
    sigset_t broken_pipe; /* OpenSSL writes where nobody listens */

    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, NULL);
    if (context) {
        wire->ssl = SSL_new(context);
        ready = wire->ssl && SSL_set_fd(wire->ssl, wire->fd) &&
                SSL_accept(wire->ssl) == 1;
    }
    if (ready)
        ending = answer(wire);
    close_wire(wire, ending);
    return NULL;
}

static void accept_wire(struct fault_server *server, int fd)
{
    struct fault_wire *wire = calloc(1, sizeof(*wire));

    if (!wire)
        abort();
    wire->server = server;
    wire->fd = fd;
    pthread_mutex_lock(&server->lock);
    wire->next = server->wires;
    server->wires = wire;
    pthread_mutex_unlock(&server->lock);
    if (pthread_create(&wire->thread, NULL, run_wire, wire))
        abort();
}

static void *run_server(void *payload)
{
    struct fault_server *server = payload;
    struct pollfd watched = {.fd = server->listener, .events = POLLIN};

    while (!server->stops) {
        int fd;

        if (poll(&watched, 1, TICK_MS) <= 0)
            continue;
        fd = accept(server->listener, NULL, NULL);
        if (fd < 0)
            continue;
        server->connections++;
        accept_wire(server, fd);
    }
    return NULL;
}

/* ------------------------------------------------- starting, stopping --- */

static socklen_t fill_address(struct sockaddr_storage *out, const char *address,
                              unsigned port)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6,
                              .sin6_port = htons((uint16_t)port)};

    if (inet_pton(AF_INET, address, &v4.sin_addr) == 1) {
        memcpy(out, &v4, sizeof(v4));
        return sizeof(v4);
    }
    if (inet_pton(AF_INET6, address, &v6.sin6_addr) != 1)
        return 0;
    memcpy(out, &v6, sizeof(v6));
    return sizeof(v6);
}

static bool listen_on(struct fault_server *server, const char *address,
                      unsigned port)
{
    struct sockaddr_storage at = {0};
    socklen_t len = fill_address(&at, address, port);
    struct sockaddr_in6 got = {0};
    socklen_t got_len = sizeof(got);
    int yes = 1;

    server->listener = socket(at.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (server->listener < 0)
        return false;
    setsockopt(server->listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    if (bind(server->listener, (const struct sockaddr *)&at, len) ||
        listen(server->listener, 64) ||
        getsockname(server->listener, (struct sockaddr *)&got, &got_len))
        return false;
    /* The port stands at the same place in both families. */
    server->port = ntohs(got.sin6_port);
    return true;
}

static void release(struct fault_server *server)
{
    if (server->listener >= 0)
        close(server->listener);
    SSL_CTX_free(server->context);
    bylaw__buf_release(&server->pem);
    pthread_mutex_destroy(&server->lock);
    free(server);
}

struct fault_server *fault_server_start(enum fault_identity identity,
                                        const char *address, unsigned port,
                                        struct bylaw_span page)
{
    struct fault_server *server = calloc(1, sizeof(*server));

    if (!server)
        return NULL;
    pthread_mutex_init(&server->lock, NULL);
    server->page = page;
    if (identity)
        server->context = fault_certificate_new(identity, &server->pem);
    if ((identity && !server->context) || !listen_on(server, address, port) ||
        pthread_create(&server->thread, NULL, run_server, server)) {
        release(server);
        return NULL;
    }
    return server;
}

void fault_server_stop(struct fault_server *server)
{
    if (!server)
        return;
    server->stops = true;
    pthread_join(server->thread, NULL);
    pthread_mutex_lock(&server->lock);
    for (struct fault_wire *wire = server->wires; wire; wire = wire->next)
        if (wire->fd >= 0)
            shutdown(wire->fd, SHUT_RDWR);
    pthread_mutex_unlock(&server->lock);
    while (server->wires) {
        struct fault_wire *wire = server->wires;

        pthread_join(wire->thread, NULL);
        server->wires = wire->next;
        free(wire);
    }
    release(server);
}

unsigned fault_server_port(const struct fault_server *server)
{
    return server->port;
}

unsigned fault_server_connections(const struct fault_server *server)
{
    return server->connections;
}

const char *fault_server_pem(const struct fault_server *server)
{
    return server->pem.ptr ? server->pem.ptr : "";
}
