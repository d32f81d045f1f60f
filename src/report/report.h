/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: report (floor 4)
 *
 * Purpose  Findings become text for people and JSON for programs; rules, ODRL.
 * Takes    audits, documents, rules, errors, news, surveys.
 * Gives    bytes in a buffer; prints nothing itself.
 * May include  base url text html model; jansson, libdeflate.
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
#include <bylaw/survey.h>

struct bylaw__report_style {
    bool color;     /* ANSI colours */
    unsigned width; /* columns for folding; 0: 80 */
    int verbosity;  /* -1 quiet: verdict line only; 0; 1 all evidence */
};

/** One JSON object a row, each on its own line (schema bylaw.audit/1). */
void bylaw__report_audit_json(struct bylaw__buf *out,
                              const struct bylaw_audit *audit);
/** Row i alone, without a newline, with the copied passages in words besides:
 *  what is kept of a case, so that a report needs neither page nor source. */
void bylaw__report_record_json(struct bylaw__buf *out,
                               const struct bylaw_audit *audit, size_t i);
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
/** Rules as ODRL 2.2 in JSON-LD (profile: audit/odrl/profile.jsonld): one as a
 *  policy, several as a graph of them. */
void bylaw__report_odrl(struct bylaw__buf *out, const struct bylaw_rule *rules,
                        size_t count);
/** One line a sample; of one that went wrong, also what was expected; with
 *  what was found of each term below it, if so wanted. */
void bylaw__report_sample_text(struct bylaw__buf *out,
                               const struct bylaw__sample_result *result,
                               bool with_findings);
void bylaw__report_sample_json(struct bylaw__buf *out,
                               const struct bylaw__sample_result *result);
void bylaw__report_coverage_json(struct bylaw__buf *out,
                                 const struct bylaw__rule_result *result);
/** Rules and how their terms are tested. Zero-valued but for the terms, which
 *  are borrowed. */
struct bylaw__matrix {
    const char *const *terms;
    size_t term_count;
    struct bylaw__buf rules; /* ids, a line each */
    struct bylaw__buf cells; /* term_count marks a rule */
};
void bylaw__report_matrix_add(struct bylaw__matrix *matrix,
                              const struct bylaw__rule_result *result);
/** Terms that no rule has are left out; nothing where there are no rules. */
void bylaw__report_matrix_text(struct bylaw__buf *out,
                               const struct bylaw__matrix *matrix);
void bylaw__report_matrix_release(struct bylaw__matrix *matrix);
/** A line for each term that no sample tests. Gives their number. */
size_t bylaw__report_untested(struct bylaw__buf *out,
                              const struct bylaw__rule_result *result);
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

/* ------------------------------------------------------------ surveys --- */

/** What a term asks, in words. Static. */
struct bylaw__report_term {
    const char *summary, *explanation;
};
/** False where no term has that id. */
typedef bool bylaw__report_term_fn(struct bylaw__report_term *out,
                                   const char *id);

/** A form that a survey can take. */
enum bylaw__report_format {
    BYLAW__REPORT_HTML = 0, /* one page that needs nothing else */
    BYLAW__REPORT_JSON,     /* audit/schema/report-1.schema.json */
    BYLAW__REPORT_NDJSON,
    BYLAW__REPORT_CSV, /* a row a finding */
    BYLAW__REPORT_MARKDOWN,
    BYLAW__REPORT_SARIF, /* 2.1.0, as code scanning services take it */
    BYLAW__REPORT_JUNIT,
    BYLAW__REPORT_ATOM,
    BYLAW__REPORT_PROMETHEUS
};
#define BYLAW__REPORT_FORMATS (BYLAW__REPORT_PROMETHEUS + 1)

/** "html", "json", "md" ... Static. */
const char *bylaw__report_format_name(enum bylaw__report_format format);
/** Format of that name; -1 where there is none. */
int bylaw__report_format_of(const char *name);
/** A draft: what it is about, and what it says. Zero: none. */
struct bylaw__notice {
    struct bylaw__buf subject, body;
};
/** A page that is served to be decided on, not kept as a file. */
struct bylaw__report_review {
    const char *token; /* that requests must show */
    bool is_read_only;
};
/** Drafts a request about case i. False where there is none to be made. */
typedef bool bylaw__report_draft_fn(struct bylaw__notice *out,
                                    const struct bylaw_survey *survey, size_t i,
                                    void *payload);
/** What reports are made of: one of them is needed by each format. */
struct bylaw__report_matter {
    const struct bylaw_survey *survey; /* all but atom */
    const struct bylaw_news *feed;     /* atom */
    bylaw__report_term_fn *find_term;  /* may be NULL */
    bylaw__report_draft_fn *draft;     /* html; may be NULL */
    void *draft_payload;
    /** What was found when the evidence was checked, a sentence a line; html;
     *  may be empty. */
    struct bylaw_span integrity;
    const struct bylaw__report_review *review; /* html; NULL: a file */
};
/** The same matter gives the same bytes. */
int bylaw__report_survey(struct bylaw__buf *out,
                         enum bylaw__report_format format,
                         const struct bylaw__report_matter *matter,
                         struct bylaw_error *err);

/* ------------------------------------------------------------ notices --- */

/** What a draft asks for, the mildest first. */
enum bylaw__notice_kind {
    BYLAW__NOTICE_CORRECTION = 0, /* please add what is missing */
    BYLAW__NOTICE_DMCA,           /* 17 USC 512(c)(3) */
    BYLAW__NOTICE_DSA             /* Regulation (EU) 2022/2065, Art. 16 */
};
#define BYLAW__NOTICE_KINDS (BYLAW__NOTICE_DSA + 1)

/** "correction", "dmca", "dsa". Static. */
const char *bylaw__notice_kind_name(enum bylaw__notice_kind kind);
/** Kind of that name; -1 where there is none. */
int bylaw__notice_kind_of(const char *name);

/** What is wanted. Texts may be NULL where nothing is known. */
struct bylaw__notice_wish {
    enum bylaw__notice_kind kind;
    struct bylaw_span template; /* see notice.c for its form */
    const char *path;           /* of the template, for complaints */
    const char *contact;        /* of whoever writes */
    const char *permission;     /* address of the rule's text */
    int64_t now_ms;
    unsigned cure_days; /* in which rights come back; 0: not stated */
};
/**
 * Drafts a notice about case i, for a person to read and send. Fails with
 * notice.not-confirmed, notice.not-agreed, notice.state, notice.no-ground (nothing plainly not
 * met; for a letter of the law: nothing binding but matters of manners),
 * notice.template.
 */
int bylaw__report_notice(struct bylaw__notice *out,
                         const struct bylaw_survey *survey, size_t i,
                         const struct bylaw__notice_wish *wish,
                         struct bylaw_error *err);
void bylaw__notice_release(struct bylaw__notice *notice);
/** The notice as a message to be completed in a mail program (RFC 5322). */
void bylaw__notice_mail(struct bylaw__buf *out,
                        const struct bylaw__notice *notice);
/** The language of case i's page, as "en"; "" where not known. Gives out. */
const char *bylaw__notice_language(const struct bylaw_survey *survey, size_t i,
                                   char out[4]);

/** Appends text made safe for a terminal: controls become visible marks. */
void bylaw__report_safe(struct bylaw__buf *out, struct bylaw_span text);

/**
 * Adds text made safe and folded at word borders to the style's width; every
 * line but the first is indented. column: where the first line stands now.
 */
void bylaw__report_fold(struct bylaw__buf *out, struct bylaw_span text,
                        const struct bylaw__report_style *style, size_t indent,
                        size_t column);

/** Appends a JSON array of where a page's links led. */
void bylaw__trails_json(struct bylaw__buf *out,
                        const struct bylaw_trail *trails, size_t count);
/** Reads it; texts are copied into the arena. Fails with rejudge.trails. */
int bylaw__trails_read(struct bylaw_trail out[BYLAW_LIMIT_TRAILS],
                       size_t *out_count, struct bylaw__arena *arena,
                       struct bylaw_span text, struct bylaw_error *err);

/* ------------------------------------------------------ bulk matching --- */

/** A page of an archive that carries an article; texts are borrowed, "" or
 *  NULL where they are not known. */
struct bylaw__match_line {
    const char *id; /* when read; the writer makes it */
    const char *page_url, *captured_at, *page_sha256, *page_title,
        *page_language;
    bool is_complete; /* the page was read whole */
    const char *file, *record;
    const char *refers_to; /* of a revisit: the record with the text; or NULL */
    uint64_t offset, length; /* 0 when read */
    const char *source_id, *source_url, *source_title, *source_sha256;
};
/** Appends one line, described by audit/schema/match-1.schema.json. */
int bylaw__match_line_write(struct bylaw__buf *out,
                            const struct bylaw__match_line *line,
                            const struct bylaw_match *match);
/** A line that was written, as that of another place: address, time, file,
 *  record, offset and length. A revisit has the text that stands elsewhere. */
int bylaw__match_line_again(struct bylaw__buf *out, struct bylaw_span line,
                            const struct bylaw__match_line *place);
/** Reads one; texts are copied into the arena. A summary or a hint (class
 *  "none" or "translation") is no match. Fails
 *  with import.line on what `bylaw match` did not write. */
int bylaw__match_line_read(struct bylaw__match_line *out, bool *out_is_match,
                           struct bylaw__arena *arena, struct bylaw_span line,
                           struct bylaw_error *err);

#define BYLAW__MATCH_SUMMARY_SCHEMA "bylaw.match-summary/1"

struct bylaw__match_counts {
    uint64_t bytes;    /* of the archives */
    uint64_t records;  /* of any type */
    uint64_t revisits; /* whose text stands in another record */
    uint64_t pages;    /* answers with text */
    uint64_t screened; /* pages that no tree was built of */
    uint64_t unread;   /* pages that no document could be made of */
    uint64_t matches, losses;
};
/** What was done about one input, or (input NULL) about all. */
struct bylaw__match_summary {
    const char *input;
    uint64_t inputs, skipped, failed;
    const char *sources; /* digest of what was looked for */
    const char *outcome; /* "complete" "damaged" "failed" */
    const char *why;     /* or NULL */
    struct bylaw__match_counts counts;
};
/** Appends one line. */
void bylaw__match_summary(struct bylaw__buf *out,
                          const struct bylaw__match_summary *summary);

#endif
