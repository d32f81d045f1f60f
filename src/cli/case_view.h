/* SPDX-License-Identifier: Apache-2.0 */
/* How a case is shown, wherever one is. */
#ifndef BYLAW_CASE_VIEW_H
#define BYLAW_CASE_VIEW_H

#include "workspace.h"

#include "store/store.h"

/** Argument number at, counted from 0, as the number of a case. 0 or
 *  CLI_USAGE, after saying why. */
int cli_case_number(int64_t *out, struct cli *cli, size_t at);
/** Login name of whoever runs this. Static. */
const char *cli_own_name(void);
/** The state of a name; -1 for NULL. 0 or CLI_USAGE, after saying why. */
int cli_check_state(int *out, struct cli *cli, const char *name);
/** One line: number, state, verdict, address, article. */
void cli_case_line(struct bylaw__buf *out, const struct bylaw__case_row *row,
                   const struct bylaw__report_style *style);
/** One JSON object and a newline, schema bylaw.case/1. */
void cli_case_json(struct bylaw__buf *out, const struct bylaw__case_row *row);
/** The members of that object alone. */
void cli_case_members(struct bylaw__json *json,
                      const struct bylaw__case_row *row);

/** Writes the pack of a case to a file ("-": standard output): what it rests
 *  on, with json, the whole case. *written is filled where there is a file.
 *  0 or negative, or an exit code. */
int cli_case_export(struct cli_written *written, struct cli *cli,
                    const struct cli_workspace *workspace,
                    const struct bylaw__case_row *row,
                    const struct bylaw__buf *json, const char *name,
                    struct bylaw_error *err);

#endif
