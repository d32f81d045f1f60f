/* SPDX-License-Identifier: Apache-2.0 */
/* How a case is shown, wherever one is. */
#ifndef BYLAW_CASE_VIEW_H
#define BYLAW_CASE_VIEW_H

#include "workspace.h"

#include "store/store.h"

/** True for states that ask a person to do something. */
bool cli_case_is_open(enum bylaw_case_state state);
/** One line: number, state, verdict, address, article. */
void cli_case_line(struct bylaw__buf *out, const struct bylaw__case_row *row,
                   const struct bylaw__report_style *style);
/** One JSON object and a newline, schema bylaw.case/1. */
void cli_case_json(struct bylaw__buf *out, const struct bylaw__case_row *row);
/** The members of that object alone. */
void cli_case_members(struct bylaw__json *json,
                      const struct bylaw__case_row *row);

/** Writes the pack of a case to a file ("-": standard output): what it rests
 *  on, with json, the whole case. 0 or negative, or an exit code. */
int cli_case_export(struct cli *cli, const struct cli_workspace *workspace,
                    const struct bylaw__case_row *row,
                    const struct bylaw__buf *json, const char *name,
                    struct bylaw_error *err);

#endif
