/* SPDX-License-Identifier: Apache-2.0 */
/* What a workspace's bylaw.yaml says, with every default filled in. */
#ifndef BYLAW_CONFIG_H
#define BYLAW_CONFIG_H

#include <bylaw/error.h>
#include <bylaw/match.h>
#include <bylaw/rule.h>
#include <bylaw/span.h>

/** What a watch entry names. */
enum bylaw_watch_kind {
    BYLAW_WATCH_NONE = 0,
    BYLAW_WATCH_SITE,    /**< an address to crawl from, on its host only */
    BYLAW_WATCH_FEED,    /**< RSS, Atom or JSON Feed */
    BYLAW_WATCH_SITEMAP, /**< sitemap, sitemap index or news sitemap */
    BYLAW_WATCH_LIST,    /**< a file with one address a line */
    BYLAW_WATCH_PAGE     /**< one page, looked at again and again */
};

/** A place where reposts may appear. */
struct bylaw_watch {
    enum bylaw_watch_kind kind;
    const char *spec;   /**< address; of a LIST the path of its file */
    unsigned depth;     /**< links to follow from there, 0..20; default: the
                             crawl's depth */
    unsigned max_pages; /**< pages per scan, 1..1,000,000; default: the
                             crawl's max-pages-per-host */
};

/** A search service to ask for phrases of the articles. */
struct bylaw_search {
    const char *service;  /**< "searxng", "brave" ...; required */
    const char *endpoint; /**< address, where it is not the service's own */
    const char *key_file; /**< path of the file with the API key, or NULL */
    unsigned per_day;     /**< requests a day, 1..100,000; default 100 */
    unsigned pages;       /**< of one answer, 1..100; default 3 */
};

/** An access log whose Referer fields name republishers. */
struct bylaw_log {
    const char *file;  /**< path; required */
    const char *pixel; /**< path of the tracking pixel, "/pixel.gif";
                            required */
};

/** A site that may do what its copies do, whatever the terms say. */
struct bylaw_allow {
    const char *domain; /**< with all below it; required */
    const char *reason; /**< shown wherever a case is allowed; required */
    const char *until;  /**< last day, "2026-12-31", or NULL: for good */
};

/** Bounds of a scan. */
struct bylaw_crawl {
    int64_t delay_ms; /**< pause between requests to one host, milliseconds,
                           0..1 h; default 5 s; robots.txt may ask for more */
    unsigned max_pages_per_host; /**< per scan, 1..1,000,000; default 500 */
    unsigned max_pages_per_scan; /**< 1..10,000,000; default 20,000 */
    unsigned depth;              /**< links from a site's first page, 0..20;
                                      default 2 */
    unsigned concurrency;        /**< hosts asked at once, 1..64; default 8 */
    /** Private address ranges that are allowed, "127.0.0.0/8", and where to
     *  connect instead, "HOST:PORT:ADDRESS:PORT"; both NULL-terminated, never
     *  NULL, default empty. As in struct bylaw_fetch_options. */
    const char *const *allow_address;
    size_t allow_address_count;
    const char *const *connect_to;
    size_t connect_to_count;
};

/** How often the mail is sent. */
enum bylaw_digest {
    BYLAW_DIGEST_NONE = 0, /**< no mail is configured */
    BYLAW_DIGEST_EACH,     /**< one mail a case */
    BYLAW_DIGEST_DAILY,    /**< the default */
    BYLAW_DIGEST_WEEKLY
};

/** Alerts by mail; smtp NULL: none. */
struct bylaw_mail {
    const char *smtp;      /**< "smtps://mail.example.org:465", smtp:// or
                                smtp+starttls:// */
    const char *from;      /**< e-mail address */
    const char *const *to; /**< e-mail addresses; one at least */
    size_t to_count;
    const char *user;          /**< account at the server, or NULL */
    const char *password_file; /**< path; with user, or NULL */
    enum bylaw_digest digest;
};

/** Alerts to an address of the publisher's own; url NULL: none. */
struct bylaw_webhook {
    const char *url;         /**< http(s) address */
    const char *secret_file; /**< path of the file with the signing secret,
                                  or NULL: unsigned */
};

/** One value in force and where it came from, for `config show`. */
struct bylaw_setting {
    const char *key;    /**< "crawl.delay", "watch[0].site" */
    const char *value;  /**< as text; NULL where it is not set */
    const char *origin; /**< "bylaw.yaml:12:10", "default", or the key whose
                             value is taken, "crawl.depth" */
};

/**
 * A workspace's configuration. Paths are absolute, or relative to the current
 * folder in the way the configuration file's own path was. Secrets are never
 * in here: only the paths of the files that hold them.
 */
struct bylaw_config {
    const char *path;       /**< file it was read from */
    const char *contact;    /**< e-mail or web address of whoever runs the
                                 scan, or NULL; goes into the User-Agent */
    const char *user_agent; /**< never NULL; default made from the contact */
    const char *rules_dir;  /**< folder of rule files, or NULL: Bylaw's own */
    enum bylaw_hints hints; /**< NONE (the default), LIKELY or POSSIBLE: what
                                 scans look for besides copies */

    const struct bylaw_watch *watches; /**< default none */
    size_t watch_count;
    const struct bylaw_search *searches; /**< default none */
    size_t search_count;
    const struct bylaw_log *logs; /**< default none */
    size_t log_count;
    const char *const *warcs; /**< WARC files to look through; default none */
    size_t warc_count;

    const char *const *own_domains; /**< the publisher's own; default none */
    size_t own_domain_count;
    const char *const *partner_domains; /**< partners all along; default none */
    size_t partner_domain_count;
    /** Partners with their times; those without are among them too. */
    const struct bylaw_partner *partners;
    size_t partner_count;
    const struct bylaw_allow *allows; /**< default none */
    size_t allow_count;

    struct bylaw_crawl crawl;

    struct bylaw_mail mail;
    struct bylaw_webhook webhook;
    const char *atom_file;       /**< path of the feed to write, or NULL */
    const char *prometheus_file; /**< path of the metrics to write, or NULL */
    /** Private address ranges that alerts may go to, as of the crawl, whose
     *  own are not meant; NULL-terminated, never NULL, default empty. */
    const char *const *alerts_allow_address;
    size_t alerts_allow_address_count;

    const char *tsa;    /**< address of a time-stamp authority, or NULL */
    const char *tsa_ca; /**< path of the certificates (PEM) it is trusted by */
    /** Private address ranges that it may have; as of the alerts. */
    const char *const *tsa_allow_address;
    size_t tsa_allow_address_count;

    int64_t max_age_ms; /**< a finished scan older than this is a fault,
                             milliseconds, 1 min..1 year; default 36 h */

    const struct bylaw_setting *settings; /**< all of it, in a fixed order */
    size_t setting_count;
    void *owner;
};

BYLAW_API void bylaw_config_free(struct bylaw_config *config);

/** "site", "feed" ...; "none" for values that are none. Static. */
BYLAW_API const char *bylaw_watch_kind_name(enum bylaw_watch_kind kind);

#endif
