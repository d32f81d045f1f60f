/* SPDX-License-Identifier: Apache-2.0 */
/* What the lines of a source's text say, before it becomes a source. */
#ifndef BYLAW_SOURCE_INT_H
#define BYLAW_SOURCE_INT_H

#include "credit.h"

/** Borrowed from the document that was read. Empty where nothing is said. */
struct bylaw__lines {
    struct bylaw__names authors;
    struct bylaw_span publisher;
    char published[BYLAW__DATE_BYTES];
    struct bylaw_span copyright; /* the whole notice as printed */
    struct bylaw__names holders;
    struct bylaw_span upstream; /* who published it first */
    const char *upstream_url;   /* NULL where no real link says so */
};

/** Reads by-line, dateline, copyright line and credit to an original. */
void bylaw__lines_read(struct bylaw__lines *out,
                       const struct bylaw_document *document,
                       struct bylaw__credits *credits);

/** Who a copyright notice names: all but the sign, years and set phrases. */
void bylaw__holders_of(struct bylaw__names *out, struct bylaw_span notice,
                       const struct bylaw_link *links, size_t link_count);

#endif
