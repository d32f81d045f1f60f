/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the forms of a survey only. */
#ifndef BYLAW_SURVEY_INT_H
#define BYLAW_SURVEY_INT_H

#include "report_int.h"

#include <bylaw/survey.h>

#include <jansson.h>

/** One finding of a case's audit. Texts are never NULL, and the view's. */
struct finding_view {
    const char *id, *kind, *force, *basis, *outcome, *why, *fix;
    bool is_partial, for_person;
    int severity;
    const char *zone, *text, *href; /* of the first evidence; "": none */
    int64_t begin, end;             /* its bytes */
};

/** A case with its audit taken apart. Zeroed: none. */
struct audit_view {
    const struct bylaw_survey_case *c;
    const struct bylaw_survey_source *source;
    json_t *root; /* the audit, or NULL where it cannot be read */
    struct finding_view *findings;
    size_t finding_count, finding_cap;
    const char *title, *fix; /* of the page; of the whole case */
    bool is_bare;            /* without the passages: set it beforehand */
    struct bylaw__buf bare;  /* scratch */
};

/** Adds an audit's JSON without its passages: those of bylaw.audit/1 as we
 *  write it, compact; any other is added as it is. */
void bylaw__audit_bare(struct bylaw__buf *out, struct bylaw_span audit);
/** How many bytes of it that leaves out. */
size_t bylaw__audit_passages(struct bylaw_span audit);

/** Takes the audit of case i apart; the view's memory is used again. */
int bylaw__view_open(struct audit_view *view, const struct bylaw_survey *survey,
                     size_t i, struct bylaw_error *err);
void bylaw__view_close(struct audit_view *view);

/** A duty was not met and is not known to be by now. */
bool bylaw__state_is_unresolved(enum bylaw_case_state state);
/** A person decided not to hear of it. */
bool bylaw__state_is_hidden(enum bylaw_case_state state);
/** A duty not met, as opposed to a doubt or a request not followed. */
bool bylaw__finding_is_unmet(const struct finding_view *finding);

/** Writes "key": "2026-..." or null for 0. */
void bylaw__report_time_json(struct bylaw__json *json, const char *key,
                             int64_t ms);

/** Outcomes of one duty over all cases. */
struct duty_count {
    const char *id;
    uint32_t number; /* in the order in which duties came up */
    size_t pass, partial, fail, unknown, not_evaluated;
};
/** How a finding came out, in a letter; of the duty of that number. */
struct duty_mark {
    uint32_t number;
    char letter; /* p met, h in part, f not met, u cannot tell, r for a person,
                    n does not arise */
};
/** What a list shows of a case, kept so that its audit is parsed once. */
struct case_brief {
    size_t title, marks, mark_count; /* where they begin in the tally's */
};
/** What the cases add up to. */
struct tally {
    struct duty_count *duties; /* by id */
    size_t duty_count, duty_cap;
    size_t states[12];
    size_t verdicts[8];
    size_t open, findings;
    struct case_brief *briefs; /* by case */
    struct duty_mark *marks;
    size_t mark_count, mark_cap;
    struct bylaw__buf titles; /* each ended by a zero byte */
};
int bylaw__tally(struct tally *out, const struct bylaw_survey *survey,
                 struct bylaw_error *err);
void bylaw__tally_release(struct tally *tally);

/* The forms. Each appends to out. */
int bylaw__survey_json(struct bylaw__buf *out,
                       const struct bylaw_survey *survey,
                       struct bylaw_error *err);
int bylaw__survey_ndjson(struct bylaw__buf *out,
                         const struct bylaw_survey *survey,
                         struct bylaw_error *err);
int bylaw__survey_csv(struct bylaw__buf *out, const struct bylaw_survey *survey,
                      struct bylaw_error *err);
int bylaw__survey_markdown(struct bylaw__buf *out,
                           const struct bylaw_survey *survey,
                           struct bylaw_error *err);
int bylaw__survey_sarif(struct bylaw__buf *out,
                        const struct bylaw_survey *survey,
                        bylaw__report_term_fn *find, struct bylaw_error *err);
int bylaw__survey_junit(struct bylaw__buf *out,
                        const struct bylaw_survey *survey,
                        struct bylaw_error *err);
int bylaw__survey_html(struct bylaw__buf *out,
                       const struct bylaw__report_matter *matter,
                       struct bylaw_error *err);

#endif
