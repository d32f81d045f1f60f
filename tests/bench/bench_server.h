/* SPDX-License-Identifier: Apache-2.0 */
/* Web servers in processes of their own, pages made beforehand: one that costs
 * next to nothing and keeps connections alive, one over TLS that keeps none. */
#ifndef BYLAW_BENCH_SERVER_H
#define BYLAW_BENCH_SERVER_H

#include "bench_pages.h"

#include <sys/types.h>

struct bench_server {
    pid_t process;
    unsigned port;
};

/** Serves "/" and "/pN" for N below pages, so many bytes each, with so many
 *  links; robots.txt is missing. False where it cannot be started. */
bool bench_server_start(struct bench_server *out, unsigned pages, size_t bytes,
                        unsigned links);
/** Serves one page to whatever it is asked, over TLS, a new connection each;
 *  *out_pem (released by the caller) is the certificate, good for
 *  "*.site.example". */
bool bench_server_start_tls(struct bench_server *out,
                            struct bylaw__buf *out_pem, size_t bytes);
void bench_server_stop(struct bench_server *server);

#endif
