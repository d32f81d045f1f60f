/* SPDX-License-Identifier: Apache-2.0 */
/* Where the lines of bulk matching go: one stream, or a file for each input. */
#ifndef BYLAW_MATCH_OUTPUT_H
#define BYLAW_MATCH_OUTPUT_H

#include "workspace.h"

struct match_output {
    const char *dir; /* NULL: standard output */
    bool is_gzip;
    const char *sources;     /* digest of what is looked for */
    struct bylaw__buf lines; /* of the input at hand, for its file */
};
void cli_match_release(struct match_output *output);

enum match_done {
    MATCH_TO_DO = 0,
    MATCH_DONE,
    MATCH_DONE_DAMAGED /* as far as it can be; not all of it was read */
};

/** Whether an input's file is there, whole, and of these very sources. */
int cli_match_done(enum match_done *out, const struct match_output *output,
                   const char *input, struct bylaw_error *err);
/** 0 or an exit code, after saying why; as the next. */
int cli_match_lines(struct match_output *output, struct cli *cli,
                    struct bylaw_span lines);
/** Puts an input's file in place, its summary last; forgets it where it is to
 *  be done again. */
int cli_match_end(struct match_output *output, struct cli *cli,
                  const struct bylaw__match_summary *summary, bool is_to_redo);

#endif
