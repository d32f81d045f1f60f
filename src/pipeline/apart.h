/* SPDX-License-Identifier: Apache-2.0 */
/* Work that an auditor has done in cells: what is asked, what comes back. */
#ifndef BYLAW_APART_H
#define BYLAW_APART_H

#include "pipeline_int.h"

/** The audit with the values its rows borrow. */
struct audit_box {
    struct bylaw_audit audit;
    struct bylaw__arena arena;
    struct bylaw_response *response;
    struct bylaw_document *document;
    struct owned_row {
        struct bylaw_match *match;
        struct bylaw_judgement *judgement;
    } * owned;
    struct bylaw_audit_row *rows;
    const char **reasons;     /* the audit's incomplete_because */
    bylaw__fetcher *follower; /* NULL: no link is followed */
    struct bylaw_trail trails[BYLAW_LIMIT_TRAILS];
    size_t trail_count;
    size_t count;
};

/** Takes the response over, also where it fails (NULL). */
struct audit_box *bylaw__audit_box_new(struct bylaw_response *response,
                                       struct bylaw_error *err);
/** The one row of a page that could not be read; the refusal says why. */
int bylaw__audit_box_unread(struct audit_box *box, struct bylaw_error *err);
/** Follows the links that a judgement leaves open, as far as the page's share
 *  goes. *out_is_new: something was learnt. */
int bylaw__audit_box_follow(bool *out_is_new, struct audit_box *box,
                            bylaw_auditor *auditor,
                            const struct bylaw_judgement *judgement,
                            struct bylaw_error *err);
/** The audit as others see it. */
struct bylaw_audit *bylaw__audit_box_close(struct audit_box *box);

/* -------------------------------------------------------------- asking --- */

enum apart_kind {
    APART_DOCUMENT = 0, /* a response becomes a document */
    APART_AUDIT,        /* a response becomes an audit */
    APART_JOB,          /* a page or list of a scan */
    APART_KINDS
};

/** A request: its kind, the response without its body, what else the kind
 *  wants; the body comes last, so that it need not be copied. */
struct apart_request {
    enum apart_kind kind;
    struct bylaw_response response;
    const char *published_url;                     /* or NULL */
    struct bylaw_trail trails[BYLAW_LIMIT_TRAILS]; /* followed before */
    size_t trail_count;
};
void bylaw__apart_wire(struct bylaw__wire *wire, struct apart_request *request);

/** In a cell: the response of a request that was read from in, with what is
 *  left there for its body. Owns in->arena. NULL without memory. */
struct bylaw_response *bylaw__apart_response(struct apart_request *request,
                                             struct bylaw__wire *in);

/** Lets what was learnt by following links go along. */
void bylaw__apart_put_trails(struct apart_request *request,
                             const struct audit_box *box);
/** Follows what an audit from a cell leaves open. */
int bylaw__apart_follow(bool *out_is_new, struct audit_box *box,
                        bylaw_auditor *auditor, struct bylaw_error *err);
/** Lets go of document and rows, before another answer. */
void bylaw__audit_box_clear(struct audit_box *box);
/** In a cell: judges by the trails of the request. Takes the response over. */
int bylaw__audit_by_trails(struct bylaw_audit **out, bylaw_auditor *auditor,
                           struct bylaw_response *response,
                           const struct apart_request *request,
                           struct bylaw_error *err);

/** Makes so many cells that know the auditor's sources as they are now. */
int bylaw__apart_cells(bylaw__cells **out, bylaw_auditor *auditor,
                       unsigned count, struct bylaw_error *err);

/** Makes the auditor's own cell, unless there is one that knows enough. */
int bylaw__apart_cell(bylaw_auditor *auditor, enum apart_kind kind,
                      struct bylaw_error *err);

/** What became of a task that no answer came of: parse.crashed and so on. */
void bylaw__apart_failure(struct bylaw_error *out,
                          const struct bylaw__cell_task *task,
                          const char *where);

/** bylaw__extract in a cell. */
int bylaw__apart_document(struct bylaw_document **out, bylaw_auditor *auditor,
                          const struct bylaw_response *response,
                          const char *published_url, struct bylaw_error *err);
/** Fills a new box by having its response judged in a cell. */
int bylaw__apart_audit(struct audit_box *box, bylaw_auditor *auditor,
                       const char *published_url, struct bylaw_error *err);

/* --------------------------------------------------------------- values --- */

/** An answer about a document: an error, or the document itself, which is made
 *  where one is read. */
void bylaw__wire_document_answer(struct bylaw__wire *wire,
                                 struct bylaw_document **document,
                                 struct bylaw_error *why);
/** An audit without its response, of which the refusal alone is passed. */
void bylaw__wire_audit(struct bylaw__wire *wire, struct audit_box *box,
                       const bylaw_auditor *auditor);

/** Does a scan's job in a cell (scan_apart.c). */
int bylaw__apart_job(struct bylaw__wire *out, bylaw_auditor *auditor,
                     struct bylaw__wire *in, struct apart_request *request);

#endif
