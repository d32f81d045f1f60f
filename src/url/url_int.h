/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the url room share, and nobody else sees. */
#ifndef BYLAW_SRC_URL_INT_H
#define BYLAW_SRC_URL_INT_H

#include "url/url.h"

struct bylaw_url {
    const char *scheme; /* static text */
    char *href;         /* this and the texts below point into text[] */
    char *host;
    char *site;
    char *path;
    char *query;
    char *fragment;
    unsigned port;
    bool port_is_default;
    bool has_query;          /* "?" is there, even with nothing after it */
    bool has_fragment;       /* "#" likewise */
    bool is_address;         /* the host is an IP address */
    bool is_front;           /* the key names a front page */
    bool is_too_deep;        /* wrappers beyond BYLAW_LIMIT_URL_WRAPPERS */
    char *key;               /* owned; NULL where inner is set */
    struct bylaw_url *inner; /* owned; what the wrappers hold, or NULL */
    char text[];
};

/* ------------------------------------------------------ url_encode.c --- */

/* The percent-encode sets of the URL standard, section 1.3, as bits. */
enum {
    BYLAW__URL_FRAGMENT = 1,
    BYLAW__URL_QUERY = 2, /* the special-query set */
    BYLAW__URL_PATH = 4
};

/** Appends s, bytes of the set as %XX. */
void bylaw__url_encode(struct bylaw__buf *out, struct bylaw_span s, int set);

/** Appends s with every well-formed %XX decoded. */
void bylaw__url_decode(struct bylaw__buf *out, struct bylaw_span s);

/** Appends the value of a query parameter: "+" is a space, %XX decoded. */
void bylaw__url_decode_form(struct bylaw__buf *out, struct bylaw_span s);

/**
 * Appends s in the one spelling the keys use: %XX of a byte that may stand for
 * itself decoded, other %XX in capitals, a lone "%" as %25; in a query "+"
 * becomes %20. Applying it twice changes nothing more.
 */
void bylaw__url_respell(struct bylaw__buf *out, struct bylaw_span s, int set);

/* -------------------------------------------------------- url_host.c --- */

/** Appends the host in its serialised form; false where it is none. */
bool bylaw__url_host(struct bylaw__buf *out, bool *is_address,
                     struct bylaw_span text);

/* -------------------------------------------------------- url_site.c --- */

/** "example.org." as example.org; a host with empty labels as it is. */
struct bylaw_span bylaw__url_rootless(const char *host);

/** Fills out, empty before, with the registrable domain or all of host. */
void bylaw__url_registrable(struct bylaw__buf *out, const char *host,
                            bool is_address);

/** True where host is domain or a name below it; ASCII case folded. */
bool bylaw__url_below(struct bylaw_span host, const char *domain);

/**
 * True where url's host is pattern or below it. "google.*" is google under any
 * suffix that a registry runs: no stranger's google.example.org passes for it.
 */
bool bylaw__url_is_host_of(const bylaw_url *url, const char *pattern);

/* ------------------------------------------------------- url_parse.c --- */

/** Parses without looking into wrappers and without a key. */
int bylaw__url_read(bylaw_url **out, struct bylaw_span text,
                    const bylaw_url *base, struct bylaw_error *err);

/* --------------------------------------------------------- url_key.c --- */

/** Appends the key of url itself, wrappers not looked into. */
void bylaw__url_key(struct bylaw__buf *out, bool *is_front,
                    const bylaw_url *url);

/* -------------------------------------------------------- url_wrap.c --- */

/** Fills url->inner or url->is_too_deep. 0 or BYLAW_ENOMEM. */
int bylaw__url_unwrap(bylaw_url *url, struct bylaw_error *err);

/** One kind of address that holds another. */
struct bylaw__wrapper {
    const char *host;     /* this or below it; "name.*": any registry suffix */
    const char *path;     /* prefix; whole segments unless it ends in "/" */
    const char *argument; /* parameter, scheme or own prefix; see extract */
    /* Appends what stands where the inner address should; false: nothing. */
    bool (*extract)(struct bylaw__buf *out, const bylaw_url *url,
                    const struct bylaw__wrapper *row);
};

bool bylaw__wrap_parameter(struct bylaw__buf *out, const bylaw_url *url,
                           const struct bylaw__wrapper *row);
bool bylaw__wrap_query(struct bylaw__buf *out, const bylaw_url *url,
                       const struct bylaw__wrapper *row);
bool bylaw__wrap_path(struct bylaw__buf *out, const bylaw_url *url,
                      const struct bylaw__wrapper *row);
bool bylaw__wrap_archive(struct bylaw__buf *out, const bylaw_url *url,
                         const struct bylaw__wrapper *row);
bool bylaw__wrap_cache(struct bylaw__buf *out, const bylaw_url *url,
                       const struct bylaw__wrapper *row);
bool bylaw__wrap_translator(struct bylaw__buf *out, const bylaw_url *url,
                            const struct bylaw__wrapper *row);

/* ------------------------------------------------------- url_table.c --- */

/** Ends with a row whose host is NULL. */
extern const struct bylaw__wrapper bylaw__url_wrappers[];

/** True for a parameter that says how a reader came, never what is read. */
bool bylaw__url_is_tracking(struct bylaw_span name, struct bylaw_span value);

/** True for a last path segment that only names its folder's front page. */
bool bylaw__url_is_index(struct bylaw_span segment);

bool bylaw__url_is_shortener(const bylaw_url *url);

#endif
