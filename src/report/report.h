/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: report (floor 4)
 *
 * Purpose  Findings become text for people and JSON for programs.
 * Takes    audits, documents, rules, errors.
 * Gives    bytes in a buffer; prints nothing itself.
 * May include  base url text html model.
 *
 * Invariants
 *  1. A pure function of its input: the same values give the same bytes.
 *  2. Text from pages is inert: control characters, escapes and bidi
 *     overrides never reach a terminal as such.
 *  3. JSON follows audit/schema/audit-1.schema.json.
 */
#ifndef BYLAW_REPORT_H
#define BYLAW_REPORT_H

#include "model/model.h"

#include <bylaw/case.h>
#include <bylaw/news.h>

struct bylaw__report_style {
    bool color;     /* ANSI colours */
    unsigned width; /* columns for folding; 0: 80 */
    int verbosity;  /* -1 quiet: verdict line only; 0; 1 all evidence */
};

/** One JSON object a row, each on its own line (schema bylaw.audit/1). */
void bylaw__report_audit_json(struct bylaw__buf *out,
                              const struct bylaw_audit *audit);
/** The verdict, the checklist and what to paste. */
void bylaw__report_audit_text(struct bylaw__buf *out,
                              const struct bylaw_audit *audit,
                              const struct bylaw__report_style *style);
/** What Bylaw sees in a page (schema bylaw.document/1). placement may be NULL */
void bylaw__report_document_json(struct bylaw__buf *out,
                                 const struct bylaw_document *document,
                                 const struct bylaw__placement *placement);
/** The same for a person: one line a block and link. */
void bylaw__report_document_text(struct bylaw__buf *out,
                                 const struct bylaw_document *document,
                                 const struct bylaw__report_style *style);
/** One rule in full, JSON or text. */
void bylaw__report_rule_json(struct bylaw__buf *out,
                             const struct bylaw_rule *rule);
void bylaw__report_rule_text(struct bylaw__buf *out,
                             const struct bylaw_rule *rule,
                             const struct bylaw__report_style *style);
/** "bylaw: WHERE: WHAT [ID]" and a hint line. */
void bylaw__report_error(struct bylaw__buf *out, const struct bylaw_error *err,
                         const struct bylaw__report_style *style);
void bylaw__report_error_json(struct bylaw__buf *out,
                              const struct bylaw_error *err);

/* -------------------------------------------------------------- news --- */

#define BYLAW__NEWS_ID_BYTES 33
/** A name for the news: the same for the same turns, whenever it is asked. */
int bylaw__report_news_id(char out[BYLAW__NEWS_ID_BYTES],
                          const struct bylaw_news *news, const char *channel);
/** The news for a person: counts, cases, what was looked at. */
void bylaw__report_news_text(struct bylaw__buf *out,
                             const struct bylaw_news *news);
struct bylaw__report_mail {
    const char *from; /* addresses: ASCII, without spaces or brackets */
    const char *const *to;
    size_t to_count;
    int64_t date_ms; /* UTC */
    const char *id;  /* of bylaw__report_news_id */
};
/**
 * A whole message (RFC 5322, plain text). Text from pages cannot add a line to
 * its head. Fails with notify.address where an address could.
 */
int bylaw__report_news_mail(struct bylaw__buf *out,
                            const struct bylaw_news *news,
                            const struct bylaw__report_mail *mail,
                            struct bylaw_error *err);
/** One JSON object (audit/schema/digest-1.schema.json). */
void bylaw__report_news_json(struct bylaw__buf *out,
                             const struct bylaw_news *news, const char *id);
/** An Atom feed (RFC 4287) of bylaw__store_news_feed's news. */
int bylaw__report_news_atom(struct bylaw__buf *out,
                            const struct bylaw_news *news,
                            struct bylaw_error *err);
/** Gauges in Prometheus' text format; now_ms is only for ages. */
void bylaw__report_metrics(struct bylaw__buf *out,
                           const struct bylaw_metrics *metrics, int64_t now_ms);

/** Appends text made safe for a terminal: controls become visible marks. */
void bylaw__report_safe(struct bylaw__buf *out, struct bylaw_span text);

/**
 * Adds text made safe and folded at word borders to the style's width; every
 * line but the first is indented. column: where the first line stands now.
 */
void bylaw__report_fold(struct bylaw__buf *out, struct bylaw_span text,
                        const struct bylaw__report_style *style, size_t indent,
                        size_t column);

#endif
