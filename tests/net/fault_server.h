/* SPDX-License-Identifier: Apache-2.0 */
/* A server on loopback that goes wrong in known ways, for tests. */
#ifndef BYLAW_TESTS_FAULT_SERVER_H
#define BYLAW_TESTS_FAULT_SERVER_H

#include "base/base.h"

/** What the server shows of itself before it speaks. */
enum fault_identity {
    FAULT_PLAIN = 0,   /* no TLS */
    FAULT_SELF_SIGNED, /* for localhost, 127.0.0.1, site.example */
    FAULT_WRONG_HOST,  /* for elsewhere.example only */
    FAULT_EXPIRED      /* for localhost and 127.0.0.1, until yesterday */
};

struct fault_server;

/** A connection after its request was read. */
struct fault_wire;

/**
 * One way to go wrong: a path, and either the answer's very bytes or a
 * function that sends them. A path that ends in a slash stands for all below
 * it, and what follows the slash is the argument.
 */
struct fault {
    const char *path;
    struct bylaw_span says;
    void (*act)(struct fault_wire *wire, const char *argument);
    enum fault_ending {
        FAULT_CLOSES = 0,
        FAULT_RESETS, /* the connection is torn, not closed */
        FAULT_HOLDS   /* silence, until the other side goes away */
    } ending;
};

/** The table (faults.c), ended by a row without a path. */
extern const struct fault fault_table[];

/**
 * Serves the table on address ("127.0.0.1", "::1"); port 0 finds a free one.
 * page is what "/page" answers. NULL where no socket could be had.
 */
struct fault_server *fault_server_start(enum fault_identity identity,
                                        const char *address, unsigned port,
                                        struct bylaw_span page);
void fault_server_stop(struct fault_server *server);
unsigned fault_server_port(const struct fault_server *server);
/** Connections accepted so far. */
unsigned fault_server_connections(const struct fault_server *server);
/** The certificate, as a PEM file would have it; "" for a plain server. */
const char *fault_server_pem(const struct fault_server *server);

/* For the functions of the table. */

/** False once the other side is gone or the server stops. */
bool fault_say(struct fault_wire *wire, const void *bytes, size_t len);
bool fault_say_text(struct fault_wire *wire, const char *text);
bool fault_pause(struct fault_wire *wire, unsigned ms);
struct bylaw_span fault_page(const struct fault_wire *wire);
/** The request's header lines, without the first. */
const char *fault_request(const struct fault_wire *wire);

/* Certificates (fault_certificate.c). */

struct ssl_ctx_st;
/** A new context for the identity, and its certificate as PEM. */
struct ssl_ctx_st *fault_certificate_new(enum fault_identity identity,
                                         struct bylaw__buf *pem);

#endif
