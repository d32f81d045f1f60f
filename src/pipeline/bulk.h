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

#define BULK_KEYS 3u

/** A page with matches, or a revisit, in the order of the records. */
struct bulk_event {
    uint64_t keys[BULK_KEYS]; /* by which the record is referred to; 0: none */
    size_t line, line_len;    /* its lines; of a revisit, where it would be */
    size_t text;              /* of a revisit: address, date, id */
    uint64_t offset, length;  /* of a revisit, in the file */
};

/** Bytes [from, to) of a file, then what is in them. */
struct bulk_part {
    size_t input;
    const char *path;
    uint64_t from, to;      /* to: UINT64_MAX for the last */
    bool is_known;          /* a record begins at from */
    bool is_first, is_last; /* of the file */

    uint64_t begin, end; /* where the first record is; the first beyond to */
    struct bylaw__buf lines, texts;
    struct bulk_event *events;
    size_t event_count, event_cap;
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

/** Notes a record whose lines begin at begin; none: nothing is noted. */
int bylaw__bulk_note_page(struct bulk_part *part,
                          const struct bylaw__warc_record *record,
                          size_t begin);
int bylaw__bulk_note_revisit(struct bulk_part *part,
                             const struct bylaw__warc_record *record);

/** What was found in an archive so far, for revisits; zeroed at first. */
struct bulk_memory {
    struct bylaw__map places; /* by key, in lines */
    struct bylaw__buf lines;  /* of a page, then a NUL */
};
void bylaw__bulk_memory_clear(struct bulk_memory *memory);
/** Adds to a part's lines those of its revisits; parts in their order. */
int bylaw__bulk_resolve(struct bulk_memory *memory, struct bulk_part *part);

/** Reads a part; what came of it is in the part. */
void bylaw__bulk_read(struct bulk_part *part, struct bulk_reader *reader);
void bylaw__bulk_part_clear(struct bulk_part *part);

#endif
