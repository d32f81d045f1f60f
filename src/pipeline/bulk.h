/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared by the files of bulk matching only.
 *
 * A large file is cut into parts by bytes, each looked through by one thread.
 * A part has the records that begin in its bytes. Where its first one is, is a
 * guess (bytes of a member can look like the beginning of another): the part
 * before knows, for it reads up to there. So parts are put together in order,
 * and one whose guess was wrong is read again from where it really begins. The
 * outcome is that of reading the file from its beginning to its end.
 */
#ifndef BYLAW_BULK_H
#define BYLAW_BULK_H

#include "pipeline_int.h"

#include "archive/archive.h"
#include "report/report.h"

#define BULK_LOSSES_TOLD 5u /* of one part, each with its place */

/** Bytes [from, to) of a file, then what is in them. */
struct bulk_part {
    size_t input;
    const char *path;
    uint64_t from, to;      /* to: UINT64_MAX for the last */
    bool is_known;          /* a record begins at from */
    bool is_first, is_last; /* of the file */

    uint64_t begin, end; /* where the first record is; the first beyond to */
    struct bylaw__buf lines;
    struct bylaw__match_counts counts;
    struct bylaw_error told[BULK_LOSSES_TOLD];
    size_t told_count;
    struct bylaw_error why; /* of a file that cannot be read; else code 0 */
    int rc;                 /* memory or a defect: all ends */
    bool is_taken, is_done;
};

/** What one thread works in, from page to page. */
struct bulk_reader {
    const bylaw_auditor *auditor;
    bool reads_all;
    struct bylaw__warc_work work;
    struct bylaw__screen_work screen;
    struct bylaw_error err;
};
void bylaw__bulk_reader_release(struct bulk_reader *reader);

/** Reads a part; what came of it is in the part. */
void bylaw__bulk_read(struct bulk_part *part, struct bulk_reader *reader);
void bylaw__bulk_part_clear(struct bulk_part *part);

#endif
