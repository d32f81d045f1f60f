/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: pipeline (floor 5)
 *
 * Purpose  The order of the stages: audit one page, scan a workspace.
 * Takes    page addresses or files, sources, rules, a clock, a transport; for
 *          a scan a configuration and the workspace database.
 * Gives    audits (see bylaw/audit.h); scans (see bylaw/scan.h).
 * May include  every lower room; it alone knows their order.
 *
 * Invariants
 *  1. fetch, extract, index, match, place, judge: in this order, each on the
 *     value the one before made.
 *  2. A page that cannot be read ends as an audit with verdict undetermined,
 *     never as silence.
 *  3. The same bytes, sources, rules and clock give the same audit.
 *  4. A scan's cases, their states and verdicts do not depend on how many hosts
 *     it asks at once, on how many cells it has, nor on where it was killed and
 *     begun again.
 *  5. With cells, no byte of a page, feed, sitemap or answer is parsed in the
 *     process that has network and database; robots.txt and HTTP are.
 */
#ifndef BYLAW_PIPELINE_H
#define BYLAW_PIPELINE_H

#include "evidence/evidence.h"
#include "model/model.h"

#include <bylaw/audit.h>
#include <bylaw/config.h>

/** A page as `bylaw extract` shows it: fetched or read, then extracted. */
int bylaw__pipeline_extract(struct bylaw_document **out,
                            struct bylaw_response **out_response,
                            bylaw_auditor *auditor, const char *page,
                            const char *published_url, struct bylaw_error *err);

/** The placement of a page's blocks around one source, for extract and tests */
int bylaw__pipeline_place(struct bylaw__placement **out,
                          struct bylaw_match **out_match,
                          bylaw_auditor *auditor,
                          const struct bylaw_document *document,
                          size_t source_number, struct bylaw_error *err);

/**
 * Fills a page template with a source's article, for samples and the demo:
 *   <!--bylaw:article-->                     all paragraphs, as <p> elements
 *   <!--bylaw:article 2-4-->                 the second to the fourth
 *   <!--bylaw:article 2-4 | old => new -->   with words exchanged
 *   <!--bylaw:plain 2-4-->                   without the links in them
 *   <!--bylaw:words 3 60-->                  sixty words of the third, no <p>
 * Furniture is left out. Fails with template.directive on anything else.
 */
int bylaw__pipeline_fill(struct bylaw__buf *out, struct bylaw_span page,
                         const struct bylaw_source *source, const char *name,
                         struct bylaw_error *err);

/**
 * As bylaw_auditor_add_source, under a rule by its id (or NULL): it stands
 * over what the source names or shows, and below the auditor's own.
 */
int bylaw__pipeline_add_source(bylaw_auditor *auditor, const char *spec,
                               const char *url, const char *rule,
                               struct bylaw_error *err);
/** The rule that source i is judged by; NULL where there is none. */
const struct bylaw_rule *
bylaw__pipeline_source_rule(const bylaw_auditor *auditor, size_t i);

struct bylaw__term_spec;

/** The terms that the judge can decide, for loading rules: *out_count of them,
 *  the caller's to free(). NULL when memory ran out. */
struct bylaw__term_spec *bylaw__pipeline_specs(size_t *out_count);

/** Told as samples are judged; a NULL function is not. */
struct bylaw__samples_listener {
    void (*sample)(void *payload, const struct bylaw__sample_result *result);
    /** After a rule's last sample. */
    void (*rule)(void *payload, const struct bylaw__rule_result *result);
    /** Each complaint about a file of samples. */
    void (*complaint)(void *payload, const struct bylaw_error *err);
    void *payload;
};

/** Judges the samples of one rule (or of all: id NULL). */
int bylaw__pipeline_rules_test(const struct bylaw_audit_options *options,
                               const char *id,
                               const struct bylaw__samples_listener *listener,
                               struct bylaw_error *err);
/** Judges the samples of a file (see bylaw__samples_read). */
int bylaw__pipeline_samples_test(const struct bylaw_audit_options *options,
                                 const char *path,
                                 const struct bylaw__samples_listener *listener,
                                 struct bylaw_error *err);

/* ------------------------------------------------------------- ledger --- */

typedef struct bylaw__store bylaw__store;
/** Where a workspace's ledger is, and the clocks. */
struct bylaw__keep_options {
    const char *ledger_path, *key_path;
    void (*now)(struct bylaw__moment *out, void *payload);
    void *payload;
};

/**
 * Keeps the ledger level with the workspace. The workspace leads: a change and
 * the entries that tell of it are one transaction there, and the ledger takes
 * them over in their order. A crash in between leaves entries waiting, never
 * lost and never doubled; opening takes them over.
 */
typedef struct bylaw__keeper bylaw__keeper;
/**
 * Opens the ledger, or makes it and its key where the workspace never had one:
 * its first entry says so. Fails with ledger.missing where it had one,
 * ledger.other where this is another's.
 */
int bylaw__keeper_open(bylaw__keeper **out, bylaw__store *store,
                       const struct bylaw__keep_options *options,
                       struct bylaw_error *err);
/** Takes over what waits; it is on disk when this returns 0. */
int bylaw__keeper_flush(bylaw__keeper *keeper, struct bylaw_error *err);
/** As flush, then signs a checkpoint of it all. */
int bylaw__keeper_seal(bylaw__keeper *keeper, struct bylaw_error *err);
void bylaw__keeper_close(bylaw__keeper *keeper);
/** Adds an entry of the ledger's own; it is on disk after a flush. */
int bylaw__keeper_add(bylaw__keeper *keeper, const char *kind,
                      struct bylaw_span body, struct bylaw_error *err);
bylaw__ledger *bylaw__keeper_ledger(bylaw__keeper *keeper); /* borrowed */
/**
 * Has another key sign from here on: an entry names it, and the key before (if
 * it can be had, *out_by_old) signs that it does. The caller then puts the new
 * key's file in the place of the old one's.
 */
int bylaw__keeper_renew(bool *out_by_old, bylaw__keeper *keeper,
                        const char *new_key_path, struct bylaw_error *err);
/** All of it at once: open, seal, close. */
int bylaw__keep(bylaw__store *store, const struct bylaw__keep_options *options,
                struct bylaw_error *err);

/** How to reach the time-stamp authority of a configuration. */
struct bylaw__stamp_options {
    const struct bylaw_config *config;
    const char *ca_file; /* PEM bundle to trust instead; or NULL */
    const char *const *connect_to;
    int64_t now_ms;
};
/**
 * Has the newest checkpoint stamped by the authority that is configured, unless
 * there is none, or it is stamped already. An answer is checked before it is
 * kept. *out_why says why there is no stamp, which is recorded and no failure;
 * its code is 0 where all is well.
 */
int bylaw__pipeline_stamp(struct bylaw_error *out_why, bylaw__store *store,
                          const struct bylaw__keep_options *keep,
                          const struct bylaw__stamp_options *options,
                          struct bylaw_error *err);

/** What `bylaw verify` looked at. */
struct bylaw__evidence_result {
    struct bylaw__verify_result ledger;
    uint64_t compared;         /* rows of the workspace with their entries */
    uint64_t captures;         /* read back and compared with their entries */
    uint64_t workspace_faults; /* besides those of the ledger */
    int64_t waiting;           /* entries that the ledger has not taken over */
};
/** A file of which the ledger may say that the workspace wrote it. */
struct bylaw__written_file {
    const char *name; /* for people */
    char sha256[BYLAW__SHA256_HEX];
    int64_t entry; /* out: the first that notes such bytes; -1: none */
    int64_t at_ms; /* out: when it was written */
    char form[32]; /* out: "report html" */
};
struct bylaw__written_files {
    struct bylaw__written_file *items;
    size_t count;
};
/** Checks the ledger (bylaw__verify), that the workspace says what it says,
 *  that the captures (their folder; NULL: left out) are those that it names,
 *  and which of its entries notes each of the files (NULL: none). Faults are
 *  told to options->fault; options->entry is not called. */
int bylaw__pipeline_verify(struct bylaw__evidence_result *out,
                           struct bylaw__written_files *files,
                           bylaw__store *store, const char *ledger_path,
                           const char *captures_path,
                           const struct bylaw__verify_options *options,
                           struct bylaw_error *err);

/** A file that the caller puts into a pack. */
struct bylaw__pack_file {
    const char *name;
    struct bylaw_span bytes;
    bool is_program;
};
struct bylaw__pack_options {
    int64_t case_id;
    const char *url, *source; /* of the case: its page, its article's name */
    const char *ledger_path, *captures_path;
    const bylaw__key *key;    /* of the ledger; its public part is put in */
    struct bylaw_span tsa_ca; /* PEM that stamps are checked with; or empty */
    const struct bylaw__pack_file *files;
    size_t file_count;
    int64_t now_ms;
};
struct bylaw__pack_result {
    size_t files, entries, captures;
    uint64_t size; /* entries that the checkpoint covers */
};
/**
 * Puts together (as a tar archive) what a case rests on: the entries of the
 * ledger that tell of it, each with a proof, the checkpoint and key that sign
 * them, the captures, rule texts and stamp, the caller's files, and the
 * SHA-256 of each. audit/evidence/ says how it is checked without Bylaw.
 */
int bylaw__pipeline_case_pack(struct bylaw__pack_result *out,
                              struct bylaw__buf *archive,
                              const struct bylaw__pack_options *options,
                              struct bylaw_error *err);

/* ------------------------------------------------------------ rejudging --- */

enum bylaw__rejudge_outcome {
    BYLAW__REJUDGE_NONE = 0, /* could not be reached again: see why */
    BYLAW__REJUDGE_IDENTICAL,
    BYLAW__REJUDGE_SAME_VERDICT, /* by other findings or words */
    BYLAW__REJUDGE_CHANGED
};
#define BYLAW__REJUDGE_OUTCOMES 4

/** One verdict on record, and what it would be today. */
struct bylaw__rejudged {
    enum bylaw__rejudge_outcome outcome;
    int64_t match;
    const char *url, *source;
    const char *verdict_then, *because_then;
    const char *verdict_now, *because_now; /* NULL where outcome is NONE */
    bool is_other_rule; /* its rule says something else now */
    const struct bylaw_error *why;
};
struct bylaw__rejudge_options {
    struct bylaw_audit_options audit; /* rules; clock and transport unused */
    const char *captures_path;
    void (*each)(void *payload, const struct bylaw__rejudged *told);
    void (*complain)(void *payload, const struct bylaw_error *why);
    void *payload;
};
struct bylaw__rejudge_result {
    uint64_t counts[BYLAW__REJUDGE_OUTCOMES];
};
/** Judges every captured visit again, by the rules at hand, as of the time of
 *  the visit. Nothing is fetched, nothing is written. */
int bylaw__pipeline_rejudge(struct bylaw__rejudge_result *out,
                            bylaw__store *store,
                            const struct bylaw__rejudge_options *options,
                            struct bylaw_error *err);

/* --------------------------------------------------------- index files --- */

struct bylaw__index_writer;
/** The articles of an index file stand for the auditor's own, to match pages
 *  with; nothing can be judged by it. Fails as bylaw__index_file_open. */
int bylaw__pipeline_use_index(bylaw_auditor *auditor, const char *path,
                              struct bylaw_error *err);
/** Reads an article in any form, and adds it to an index that is being made;
 *  the auditor keeps nothing of it. Fails with index.known for an id that
 *  is_known (or NULL) knows, with index.empty where it gives no shingle. */
int bylaw__pipeline_index_source(struct bylaw__index_writer *writer,
                                 bylaw_auditor *auditor, const char *spec,
                                 bool (*is_known)(void *payload,
                                                  const char *id),
                                 void *payload, struct bylaw_error *err);

/* ------------------------------------------------------ bulk matching --- */

struct bylaw__match_counts;
struct bylaw__bulk_options {
    unsigned threads;    /* 0: one */
    uint64_t part_bytes; /* of a file, for one thread at a time; 0: chosen */
    bool reads_all;      /* no page is screened; for comparison */
    /* Once all is at hand but the archives; may be NULL. The process gives up
     * what it needs no more. */
    void (*settle)(void *payload);
    /* Lines of NDJSON about an input, in order. Other than 0 ends all. */
    int (*found)(void *payload, size_t input, struct bylaw_span lines);
    /* An input is done with; why->code is not 0 where it could not be read to
     * its end, or holds no record. Other than 0 ends all. */
    int (*ended)(void *payload, size_t input,
                 const struct bylaw__match_counts *counts,
                 const struct bylaw_error *why);
    /* Bytes that gave no record, the first ones of each part; may be NULL. */
    void (*lost)(void *payload, const struct bylaw_error *why);
    void *payload;
};
/**
 * Looks through archives ("-": standard input) for the auditor's sources. The
 * callbacks come from the calling thread, in the order of the inputs and of
 * the records in them, the same for any number of threads. Fails with
 * index.empty where no source gives a shingle.
 */
int bylaw__bulk_match(bylaw_auditor *auditor, const char *const *paths,
                      size_t count, const struct bylaw__bulk_options *options,
                      struct bylaw_error *err);
/** Digest of what the auditor looks for, hex. */
int bylaw__bulk_sources(char out[BYLAW__SHA256_HEX],
                        const bylaw_auditor *auditor, struct bylaw_error *err);

/* ------------------------------------------------------------- alerts --- */

enum bylaw__notify_outcome {
    BYLAW__NOTIFY_NOTHING = 0, /* there was no news */
    BYLAW__NOTIFY_WAITING,     /* there is, but the mail is not due yet */
    BYLAW__NOTIFY_SENT,
    BYLAW__NOTIFY_WRITTEN, /* a file is as it should be */
    BYLAW__NOTIFY_FAILED   /* tried again at the next time */
};

/** What came of one channel. */
struct bylaw__notify_result {
    const char *channel; /* "mail" "webhook" "atom" "prometheus" */
    const char *where;   /* address or file */
    enum bylaw__notify_outcome outcome;
    size_t cases;                  /* told of */
    const struct bylaw_error *why; /* of FAILED, else NULL */
};

struct bylaw__notify_options {
    const struct bylaw_config *config;
    const char *ca_file; /* PEM bundle to trust instead; or NULL */
    /* As in struct bylaw_fetch_options; the guard takes the ranges of the
     * configuration's alerts. */
    const char *const *connect_to;
    int64_t now_ms;
    bool is_test;           /* tell every channel a sample; record nothing */
    const char *checkpoint; /* newest of the ledger, or NULL */
    void (*each)(void *payload, const struct bylaw__notify_result *result);
    void (*complain)(void *payload, const struct bylaw_error *why);
    void *payload;
};

/**
 * Tells every configured channel what it was not told yet, one attempt each. A
 * channel that fails is in its result and keeps no other one back; negative
 * only where the workspace itself fails. *out_count: channels there are.
 */
int bylaw__pipeline_notify(size_t *out_count, bylaw__store *store,
                           const struct bylaw__notify_options *options,
                           struct bylaw_error *err);
/** "nothing", "waiting", "sent", "written", "failed". Static. */
const char *bylaw__notify_outcome_name(enum bylaw__notify_outcome outcome);

#endif
