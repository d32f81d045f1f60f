/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files of the HTML report only. */
#ifndef BYLAW_HTML_REPORT_H
#define BYLAW_HTML_REPORT_H

#include "survey_int.h"

#include <libdeflate.h>

enum report_asset { REPORT_PAGE, REPORT_STYLE, REPORT_SCRIPT };
/** A file of audit/report/, as it was when the program was built. */
struct bylaw_span bylaw__report_asset(enum report_asset asset);

/** A survey on its way into a page. */
struct html_report {
    struct bylaw__buf *out;
    const struct bylaw_survey *survey;
    const struct bylaw__report_matter *matter;
    struct tally tally;
    struct bylaw__buf details; /* the packed chunks, as script elements */
    struct bylaw__buf firsts;  /* JSON: number of each chunk's first case */
    struct bylaw_error *err;
};

/** The data that every view needs, one row a case: one JSON object. */
int bylaw__html_index(struct bylaw__buf *out, struct html_report *report);
/** Adds JSON as a data element of that id, deflated and in base64. */
int bylaw__html_packed(struct bylaw__buf *out, const char *id,
                       struct bylaw_span json,
                       struct libdeflate_compressor *packer,
                       struct bylaw_error *err);
/** To be freed; NULL without memory. */
struct libdeflate_compressor *
bylaw__html_packer(const struct bylaw_survey *survey);
/** Fills report->details and firsts: what the view of one case needs. */
int bylaw__html_details(struct html_report *report);
/** Counts and the open cases, for readers without scripts. */
void bylaw__html_summary(struct html_report *report);

/** Text between tags or in an attribute. */
void bylaw__html_text(struct bylaw__buf *out, const char *text);
/** JSON that may stand inside a script element. */
void bylaw__html_json(struct bylaw__buf *out, struct bylaw_span json);

#endif
