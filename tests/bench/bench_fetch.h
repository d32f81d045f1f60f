/* SPDX-License-Identifier: Apache-2.0 */
/* Fetching alone: by libcurl, by the fetcher, by wget2. */
#ifndef BYLAW_BENCH_FETCH_H
#define BYLAW_BENCH_FETCH_H

#include "bench_pages.h"

/** CPU of one program for so many pages. */
struct bench_cost {
    unsigned pages;
    double cpu_s; /* negative: it could not be measured */
};

/** libcurl with one handle, one page after the other. */
struct bench_cost bench_libcurl(unsigned port, unsigned pages, unsigned count);
/** The fetcher, several at a time. */
struct bench_cost bench_fetcher(unsigned port, unsigned pages, unsigned count);
/** TLS, each page from a host of its own: the fetcher, or libcurl with one
 *  handle. */
struct bench_cost bench_hosts(unsigned count, size_t bytes, const char *folder,
                              bool by_libcurl);
/** wget2, if it is installed; what it gets goes to /dev/null. */
struct bench_cost bench_wget2(unsigned port, unsigned pages, unsigned count,
                              const char *folder);

#endif
