/* SPDX-License-Identifier: Apache-2.0 */
/* An article to protect: what its manifest or its page says of it. */
#ifndef BYLAW_SOURCE_H
#define BYLAW_SOURCE_H

#include <bylaw/document.h>

/** A list of texts. */
struct bylaw_texts {
    const char *const *items;
    size_t count;
};

/** Where the source itself was taken from, when it is a repost. */
struct bylaw_upstream {
    const char *publisher; /**< or NULL */
    const char *url;       /**< of the original article or site, or NULL */
    const char *const *authors;
    size_t author_count;
    const char *text; /**< file or address of its text, or NULL */
    /** Words (normalised) and links that its text has and the source's not. */
    struct bylaw_texts own_words, own_links;
};

/** A block of a source's text, as far as judging a copy needs it. */
struct bylaw_source_block {
    struct bylaw_range bytes; /**< of the source's text */
    uint32_t words;
    bool is_body;      /**< its zone is the main text */
    bool is_furniture; /**< the publisher's frame */
    bool is_label;     /**< a heading or a caption */
};

/** One source article. Every text may be NULL where it is not known. */
struct bylaw_source {
    const char *id;  /**< short name, unique among sources; never NULL */
    const char *url; /**< address of the article */
    const char *title;
    const char *const *authors;
    size_t author_count;
    const char *publisher;
    const char *published; /**< ISO 8601 date */
    const char *language;  /**< BCP 47 */
    const char *rule;      /**< rule id */
    const char *licence;   /**< SPDX id or licence address */
    /** How its own statements of a licence contradict each other: "JSON-LD
     *  says CC BY 4.0, ..."; NULL where they do not. */
    const char *licence_conflict;
    struct bylaw_upstream upstream;
    const char *copyright;      /**< notice as printed, without translation */
    const char *const *holders; /**< names inside that notice */
    size_t holder_count;
    const char *const *aliases; /**< other addresses of the same article */
    size_t alias_count;
    /** Words and links that the source's text has and its upstream's not; none
     *  where the upstream's text is not known. */
    struct bylaw_texts own_words, own_links;
    const char *path; /**< file or address it was read from */
    char sha256[65];  /**< of its text as received, or "" */
    /** Its text; owned. NULL where it was let go to save memory: what judging
     *  needs of it is in blocks. */
    const struct bylaw_document *document;
    /** Per block of the document: true where it is the publisher's frame
     *  (banners, notices, bios), not the article. block_count entries. */
    const bool *is_furniture;
    /** All blocks of the text in order, once it is made ready; block_count
     *  entries. */
    const struct bylaw_source_block *blocks;
    size_t block_count;
    /** Of its page: addresses of pictures; and which statements that a rule
     *  excludes articles by stand on it. */
    struct bylaw_texts pictures, exclusions;
    void *owner;
};

BYLAW_API void bylaw_source_free(struct bylaw_source *source);

#endif
