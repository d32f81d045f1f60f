/* SPDX-License-Identifier: Apache-2.0 */
/* The local review page: who may ask for what, and what is answered. */
#ifndef BYLAW_REVIEW_H
#define BYLAW_REVIEW_H

#include "cli.h"

#define REVIEW_TOKEN_BYTES 33 /* 128 bits in hexadecimal digits */

/** What is served. The command line it was begun with is borrowed. */
struct review {
    const struct cli *cli;
    unsigned port;
    char token[REVIEW_TOKEN_BYTES];
    bool is_read_only;
};

/** A request, its texts borrowed; NULL where a header is not there. */
struct review_request {
    const char *method, *path, *host, *origin, *token, *type, *length;
};

enum review_kind { REVIEW_HTML, REVIEW_JSON };

/** An answer. Zero it before; its body is to be released. */
struct review_answer {
    unsigned status;
    enum review_kind kind;
    struct bylaw__buf body;
};

/**
 * Whether a request may be made at all: its host, secret, method, origin, and
 * the size of what it sends. False with the refusal in out.
 */
bool review_admit(struct review_answer *out, const struct review *review,
                  const struct review_request *request);
/** Answers a request that was admitted; body is what it sent. */
void review_answer(struct review_answer *out, const struct review *review,
                   const struct review_request *request,
                   struct bylaw_span body);

#endif
