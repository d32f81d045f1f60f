/* SPDX-License-Identifier: Apache-2.0 */
/* What Bylaw sees in a page: every block and link, labelled, none thrown away */
#ifndef BYLAW_DOCUMENT_H
#define BYLAW_DOCUMENT_H

#include <bylaw/error.h>
#include <bylaw/span.h>

/** Where on the page something stands. Names in JSON: see bylaw_zone_name. */
enum bylaw_zone {
    BYLAW_ZONE_UNKNOWN = 0,
    BYLAW_ZONE_BODY,     /**< the main text */
    BYLAW_ZONE_BYLINE,   /**< author and date line near the title */
    BYLAW_ZONE_CREDIT,   /**< source or copyright line beside the main text */
    BYLAW_ZONE_FOOTER,   /**< the site's or section's footer */
    BYLAW_ZONE_SIDEBAR,  /**< aside, related, widgets */
    BYLAW_ZONE_COMMENTS, /**< readers' comments */
    BYLAW_ZONE_NAV,      /**< site header, menus, breadcrumbs */
    BYLAW_ZONE_HEAD      /**< the document's head: metadata */
};

/** Whether a reader can see it, judged by the page's own bytes alone. */
enum bylaw_visibility {
    BYLAW_VISIBILITY_UNKNOWN = 0,   /**< cannot be told; see the reason */
    BYLAW_VISIBILITY_VISIBLE,       /**< nothing in the page hides it */
    BYLAW_VISIBILITY_HIDDEN_INLINE, /**< by attribute or style attribute */
    BYLAW_VISIBILITY_HIDDEN_STYLE   /**< by a rule in the page's style sheet */
};

/** What a link's target is, by its form. */
enum bylaw_link_kind {
    BYLAW_LINK_NONE = 0, /**< an anchor without href */
    BYLAW_LINK_REAL,     /**< http(s), resolved */
    BYLAW_LINK_FRAGMENT, /**< "#" or "#part" of the same page */
    BYLAW_LINK_EMPTY,    /**< href="" or only white space */
    BYLAW_LINK_SCRIPT,   /**< javascript: */
    BYLAW_LINK_MAIL,     /**< mailto: */
    BYLAW_LINK_OTHER,    /**< tel:, data:, unknown schemes */
    BYLAW_LINK_INVALID   /**< no parser makes an address of it */
};

enum bylaw_rel_flags {
    BYLAW_REL_NOFOLLOW = 1,
    BYLAW_REL_UGC = 2,
    BYLAW_REL_SPONSORED = 4,
    BYLAW_REL_LICENSE = 8,
    BYLAW_REL_CANONICAL = 16,
    BYLAW_REL_AUTHOR = 32,
    BYLAW_REL_ALTERNATE = 64,
    BYLAW_REL_AMPHTML = 128,
    BYLAW_REL_NEXT = 256
};

/** One piece of a map from decoded text to page bytes (see text.h). */
struct bylaw__textmap;

/** A run of text that a browser would lay out as one paragraph-like box. */
struct bylaw_block {
    struct bylaw_range bytes;         /**< page bytes from first to last text */
    struct bylaw_span text;           /**< decoded, white space collapsed */
    const struct bylaw__textmap *map; /**< text to page bytes */
    uint32_t map_count;
    const char *tag;    /**< block element: "p", "li", "h1" ... */
    uint32_t container; /**< ordinal of that element's parent */
    uint32_t depth;     /**< nesting of the block element */
    enum bylaw_zone zone;
    const char *zone_why; /**< what told: "footer element"; static or
                                        owned by the document */
    enum bylaw_visibility visibility;
    const char *visibility_why;      /**< "display:none on an ancestor"; "" */
    uint32_t first_link, link_count; /**< in the document's links */
    uint32_t words;                  /**< white-space separated, roughly */
    float link_density;              /**< share of its letters inside links */
    unsigned heading;                /**< 1..6, or 0 */
    bool is_quote;                   /**< in blockquote or q */
    bool is_caption;                 /**< figcaption, caption */
    bool is_list_item;
    bool is_main; /**< in the main text by heuristics alone */
};

/** An a, area, link, iframe, img or script with an address, or an a without */
struct bylaw_link {
    struct bylaw_range bytes;      /**< whole element */
    struct bylaw_range href_bytes; /**< the attribute's value; empty if none */
    struct bylaw_span href;        /**< as written, decoded */
    const char *url;               /**< resolved address, or NULL */
    struct bylaw_span text;        /**< anchor text, image alt text included */
    const char *element;           /**< "a", "link", "img" ... */
    enum bylaw_link_kind kind;
    unsigned rel; /**< enum bylaw_rel_flags */
    enum bylaw_zone zone;
    enum bylaw_visibility visibility;
    const char *visibility_why;
    uint32_t block; /**< its block, or UINT32_MAX */
};

enum bylaw_meta_key {
    BYLAW_META_NONE = 0,
    BYLAW_META_TITLE,
    BYLAW_META_AUTHOR,
    BYLAW_META_PUBLISHER, /**< site or publisher name */
    BYLAW_META_PUBLISHED,
    BYLAW_META_MODIFIED,
    BYLAW_META_LANGUAGE,
    BYLAW_META_URL, /**< og:url, JSON-LD url, mainEntityOfPage */
    BYLAW_META_CANONICAL,
    BYLAW_META_DESCRIPTION,
    BYLAW_META_LICENSE, /**< licence address or name */
    BYLAW_META_COPYRIGHT_HOLDER,
    BYLAW_META_COPYRIGHT_NOTICE,
    BYLAW_META_CREDIT,          /**< creditText */
    BYLAW_META_BASED_ON,        /**< isBasedOn, dct:source */
    BYLAW_META_SYNDICATION,     /**< syndication-source */
    BYLAW_META_ORIGINAL,        /**< original-source */
    BYLAW_META_ATTRIBUTION_URL, /**< cc:attributionURL */
    BYLAW_META_ATTRIBUTION_NAME,
    BYLAW_META_FREE, /**< isAccessibleForFree: "true" or "false" */
    BYLAW_META_ROBOTS,
    BYLAW_META_TYPE, /**< og:type, JSON-LD @type */
    BYLAW_META_AMP   /**< the page is an AMP document */
};

/** One fact that the page's metadata states, as stated. */
struct bylaw_meta {
    enum bylaw_meta_key key;
    struct bylaw_span value;  /**< decoded, trimmed */
    struct bylaw_range bytes; /**< of the value, or of its element */
    const char *origin; /**< "html" "meta" "og" "json-ld" "microdata" "rdfa"
                             "dc" "link" "rsl" "text" "http"; static */
};

/**
 * What was extracted from one page or one source text. Immutable.
 * All pointers live as long as the document.
 */
struct bylaw_document {
    struct bylaw_span text; /**< the page as UTF-8; what offsets count in */
    char sha256[65];        /**< of the body as received (content-decoded) */
    const char *charset;    /**< what the body was decoded from */
    const char *url;        /**< address it was published at, or "" */
    const char *title;      /**< best title, or "" */
    const char *language;   /**< BCP 47 as declared or guessed, or "" */
    const struct bylaw_block *blocks;
    size_t block_count;
    const struct bylaw_link *links;
    size_t link_count;
    const struct bylaw_meta *metas;
    size_t meta_count;
    bool is_complete;                      /**< absence can be believed */
    const char *const *incomplete_because; /**< one clause each */
    size_t incomplete_count;
    const void *outline; /**< how the page's elements nest, or NULL; for
                                  the room that made it */
    void *owner;         /**< memory; not to be looked into */
};

BYLAW_API void bylaw_document_free(struct bylaw_document *document);

/** "body", "credit" ...; "unknown" for BYLAW_ZONE_UNKNOWN. Static. */
BYLAW_API const char *bylaw_zone_name(enum bylaw_zone zone);
/** "visible", "hidden-inline", "hidden-style", "unknown". Static. */
BYLAW_API const char *bylaw_visibility_name(enum bylaw_visibility visibility);
/** "real", "fragment", "empty" ... Static. */
BYLAW_API const char *bylaw_link_kind_name(enum bylaw_link_kind kind);
/** "title", "author", "license" ... Static. */
BYLAW_API const char *bylaw_meta_key_name(enum bylaw_meta_key key);
/** First meta of that key from any origin, or NULL. Borrowed. */
BYLAW_API const struct bylaw_meta *
bylaw_document_meta(const struct bylaw_document *document,
                    enum bylaw_meta_key key);

#endif
