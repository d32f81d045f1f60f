/* SPDX-License-Identifier: Apache-2.0 */
/* What came back for an address, or for a file; a refusal is one too. */
#ifndef BYLAW_RESPONSE_H
#define BYLAW_RESPONSE_H

#include <bylaw/error.h>
#include <bylaw/span.h>

/**
 * What went over the wire at one hop, for the record. Only as far as it came:
 * of a host that was never reached nothing is known, of one that fell silent
 * there is what was said until then.
 */
struct bylaw_exchange {
    int64_t began_ms; /**< UTC milliseconds; when this hop was begun */
    /** The request's head, its blank line included; over HTTP/2 in the syntax
     * of HTTP/1.1 with "HTTP/2" for the version. A line that carried a key is
     * left out. GET requests alone are recorded: no body was sent. */
    struct bylaw_span sent;
    /** Status line, header lines and blank line of the final reply; no interim
     * replies (1xx), no trailers. Over HTTP/2 in the syntax of HTTP/1.1: the
     * status line is "HTTP/2 200 ", the names are lower-case. */
    struct bylaw_span head;
    /** The body before content-decoding, but after transfer-decoding: the
     * network library hands out chunks without their framing. So where head
     * says "Transfer-Encoding: chunked", these are the chunks' contents joined,
     * and a record made of head and body must rename that header. */
    struct bylaw_span body;
    /** The body is a part: the transfer broke off or reading was ended (by a
     * ceiling, by a redirect that says enough). "Content-Length" in head does
     * not hold then. */
    bool is_truncated;
    const char *protocol; /**< "http/1.0", "http/1.1", "h2"; "" for none */
    unsigned port;        /**< of the peer; 0: none */
    bool is_reused;       /**< the connection was there before */
    const char *tls;      /**< "TLSv1.3"; NULL: plain, or none was made */
    const char *cipher;   /**< name of the cipher suite, or NULL */
    /** DER certificates as the peer sent them, its own first. A chain that was
     * refused is not among them. */
    const struct bylaw_span *certificates;
    size_t certificate_count;
    /* Microseconds from the hop's beginning; 0: it did not come to that. */
    uint64_t resolved_us;  /**< the name was resolved */
    uint64_t connected_us; /**< the socket was connected */
    uint64_t secured_us;   /**< the TLS handshake was over */
    uint64_t answered_us;  /**< the first byte came */
    uint64_t ended_us;     /**< the last byte came, or it was given up */
};

/** One request of a redirect chain. */
struct bylaw_hop {
    const char *url;     /**< as requested */
    int status;          /**< HTTP status, 0 where none came */
    const char *address; /**< IP the socket was connected to, or NULL */
    /** Owned by the response; NULL unless it was to be kept (and always where
     * no network was asked). */
    const struct bylaw_exchange *exchange;
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
