/* SPDX-License-Identifier: Apache-2.0 */
/* What came back for an address, or for a file; a refusal is one too. */
#ifndef BYLAW_RESPONSE_H
#define BYLAW_RESPONSE_H

#include <bylaw/error.h>
#include <bylaw/span.h>

/** One request of a redirect chain. */
struct bylaw_hop {
    const char *url;     /**< as requested */
    int status;          /**< HTTP status, 0 where none came */
    const char *address; /**< IP the socket was connected to, or NULL */
};

/** What a page's bytes are, by header and content. */
enum bylaw_media {
    BYLAW_MEDIA_UNKNOWN = 0,
    BYLAW_MEDIA_HTML,
    BYLAW_MEDIA_TEXT,     /**< plain text */
    BYLAW_MEDIA_MARKDOWN, /**< text with Markdown marks */
    BYLAW_MEDIA_BINARY    /**< anything that is not text */
};

/**
 * The result of fetching an address or reading a file. Immutable once made.
 * Owned by whoever got it: bylaw_response_free().
 */
struct bylaw_response {
    const char *url;       /**< as asked for: address or path */
    const char *final_url; /**< after redirects; "" for a file of no address */
    const struct bylaw_hop *hops; /**< in order; none for a file */
    size_t hop_count;
    int status;            /**< of the last hop; 200 for a file; 0 for none */
    int64_t fetched_at_ms; /**< UTC milliseconds; when the read began */
    struct bylaw_span headers; /**< last hop's header lines as received */
    const char *content_type;  /**< lower-case media type without parameters */
    const char *charset;       /**< charset parameter, or "" */
    enum bylaw_media media;
    struct bylaw_span body; /**< after content-decoding */
    uint64_t wire_bytes;    /**< body bytes as received, before decoding */
    bool is_truncated;      /**< the body ended early or hit a ceiling */
    int64_t retry_after_ms; /**< how long the server asks to wait; 0: nothing */
    struct bylaw_error refusal; /**< code != 0: why there is no (whole) body */
    void *owner;                /**< memory; not to be looked into */
};

BYLAW_API void bylaw_response_free(struct bylaw_response *response);

#endif
