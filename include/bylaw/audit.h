/* SPDX-License-Identifier: Apache-2.0 */
/* Judging pages: the whole path from an address or file to a verdict. */
#ifndef BYLAW_AUDIT_H
#define BYLAW_AUDIT_H

#include <bylaw/document.h>
#include <bylaw/error.h>
#include <bylaw/finding.h>
#include <bylaw/match.h>
#include <bylaw/response.h>
#include <bylaw/rule.h>
#include <bylaw/source.h>

/** How pages are fetched. Zero-valued: the safe defaults. */
struct bylaw_fetch_options {
    const char *user_agent; /**< NULL: "bylaw/VERSION (+contact)" default */
    /** Address ranges allowed though private: "127.0.0.0/8"; NULL-terminated,
     *  or NULL. Without them loopback, private, link-local, CGNAT, metadata
     *  and mapped ranges are refused at the socket. */
    const char *const *allow_ranges;
    /** Rewrites of where to connect, "HOST:PORT:ADDRESS:PORT" as curl's
     *  --connect-to; NULL-terminated, or NULL. The guard still applies. */
    const char *const *connect_to;
    const char *ca_file; /**< PEM bundle to trust instead; or NULL */
    unsigned timeout_ms; /**< whole fetch; 0: BYLAW_LIMIT_FETCH_MS */
};

/** Answers a request instead of the network, for tests and replay. */
struct bylaw_transport {
    /** Fills *out (free with bylaw_response_free); 0 or negative. */
    int (*get)(struct bylaw_response **out, void *payload, const char *url,
               struct bylaw_error *err);
    void *payload;
};

struct bylaw_audit_options {
    const char *rules_dir; /**< folder of rule files; required */
    const char *rule;      /**< rule id for all sources, or NULL */
    struct bylaw_fetch_options fetch;
    const struct bylaw_transport *transport; /**< NULL: the network */
    /** Links of pages from the network whose target decides a duty and cannot
     *  be read off them are followed, a few a page. */
    bool follow_links;
    enum bylaw_hints hints;
    int64_t (*now_ms)(void *payload); /**< UTC clock; required */
    void *clock_payload;
    /** Domains of the publisher's own, and partners, besides those that rules
     *  name; borrowed. Default none. */
    const char *const *own_domains;
    size_t own_domain_count;
    const struct bylaw_partner *partners;
    size_t partner_count;
    /** Processes without files and network in which pages and sources are
     *  parsed; 0: in the caller's own. An auditor with some forks the process
     *  whenever it has to make one, and no other thread may then hold a lock
     *  that parsing takes; an audit is what it is without them, but for a page
     *  that a parser fails on (parse.crashed and the like). */
    unsigned cells;
};

/** Sources and rules made ready; audits pages one at a time. */
typedef struct bylaw_auditor bylaw_auditor;

BYLAW_API int bylaw_auditor_new(bylaw_auditor **out,
                                const struct bylaw_audit_options *options,
                                struct bylaw_error *err);
BYLAW_API void bylaw_auditor_free(bylaw_auditor *auditor);

/**
 * Adds a source: http(s) address, HTML, Markdown or text file, or a manifest
 * (source.yaml). url (may be NULL) is where the article itself stands, over
 * whatever the source says.
 */
BYLAW_API int bylaw_auditor_add_source(bylaw_auditor *auditor, const char *spec,
                                       const char *url,
                                       struct bylaw_error *err);
BYLAW_API size_t bylaw_auditor_source_count(const bylaw_auditor *auditor);
BYLAW_API const struct bylaw_source *
bylaw_auditor_source(const bylaw_auditor *auditor, size_t i);
BYLAW_API const struct bylaw_rules *
bylaw_auditor_rules(const bylaw_auditor *auditor);

/** One page against one source. Parts are borrowed from the audit. */
struct bylaw_audit_row {
    const struct bylaw_source *source; /**< NULL where nothing matched */
    const struct bylaw_match *match;   /**< class NONE where nothing matched */
    const struct bylaw_rule *rule;     /**< NULL where no rule applied */
    const struct bylaw_judgement *judgement;
};

/** One page judged: the page, and a row per matched source (at least one). */
struct bylaw_audit {
    const struct bylaw_response *response;
    const struct bylaw_document *document; /**< NULL: nothing could be read */
    bool is_complete;
    const char *const *incomplete_because;
    size_t incomplete_count;
    const struct bylaw_audit_row *rows;
    size_t row_count;
    void *owner;
};

/**
 * Judges one page: http(s) address, file path or "-". published_url (or NULL)
 * says where a file was published. A page that cannot be read is a result
 * (verdict undetermined, response->refusal says why), not a failure.
 */
BYLAW_API int bylaw_audit_page(struct bylaw_audit **out, bylaw_auditor *auditor,
                               const char *page, const char *published_url,
                               struct bylaw_error *err);
BYLAW_API void bylaw_audit_free(struct bylaw_audit *audit);

#endif
