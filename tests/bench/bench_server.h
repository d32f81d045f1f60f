/* SPDX-License-Identifier: Apache-2.0 */
/* A web server that costs next to nothing: pages made beforehand, one thread
 * in a process of its own, connections kept alive. */
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
void bench_server_stop(struct bench_server *server);

#endif
