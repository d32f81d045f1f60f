/* SPDX-License-Identifier: Apache-2.0 */
/* Drafts about cases: which template, what the rule adds. */
#ifndef BYLAW_DRAFTING_H
#define BYLAW_DRAFTING_H

#include "workspace.h"

/** What drafts of one kind are made with. Zero it, then fill the first part;
 *  what is named there is borrowed. */
struct cli_drafting {
    struct cli *cli;
    const struct cli_workspace *workspace;
    const struct bylaw_rules *rules;
    enum bylaw__notice_kind kind;
    const char *language; /* wished for, as "en"; NULL: the page's own */
    int64_t now_ms;

    char path[4608];         /* of the template at hand; "": none */
    struct bylaw__buf words; /* what it says */
};

/** Drafts a notice about case i of a survey. Fails as bylaw__report_notice, or
 *  with notice.no-template. */
int cli_draft(struct bylaw__notice *out, struct cli_drafting *drafting,
              const struct bylaw_survey *survey, size_t i,
              struct bylaw_error *err);
void cli_drafting_release(struct cli_drafting *drafting);

#endif
