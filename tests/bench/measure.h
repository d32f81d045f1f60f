/* SPDX-License-Identifier: Apache-2.0 */
/* What a benchmark measures with, and how it ends where it cannot. */
#ifndef BYLAW_BENCH_MEASURE_H
#define BYLAW_BENCH_MEASURE_H

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

/** Ends the program unless ok, saying what failed. */
static inline void need(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "%s: %s\n", program_invocation_short_name, what);
    exit(1);
}

/** What a clock shows. */
static inline double seconds(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/** The most memory held so far; whose: RUSAGE_SELF, or RUSAGE_CHILDREN for the
 *  largest of those that were waited for. */
static inline double peak_mb(int whose)
{
    struct rusage usage;

    getrusage(whose, &usage);
    return (double)usage.ru_maxrss / 1024;
}

#endif
