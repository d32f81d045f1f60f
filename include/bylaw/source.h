/* SPDX-License-Identifier: Apache-2.0 */
/* An article to protect: what its manifest or its page says of it. */
#ifndef BYLAW_SOURCE_H
#define BYLAW_SOURCE_H

#include <bylaw/document.h>

/** Where the source itself was taken from, when it is a repost. */
struct bylaw_upstream {
    const char *publisher; /**< or NULL */
    const char *url;       /**< of the original article or site, or NULL */
    const char *const *authors;
    size_t author_count;
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
    struct bylaw_upstream upstream;
    const char *copyright;      /**< notice as printed, without translation */
    const char *const *holders; /**< names inside that notice */
    size_t holder_count;
    const char *const *aliases; /**< other addresses of the same article */
    size_t alias_count;
    const char *path; /**< file or address it was read from */
    const struct bylaw_document *document; /**< its text; owned */
    /** Per block of the document: true where it is the publisher's frame
     *  (banners, notices, bios), not the article. block_count entries. */
    const bool *is_furniture;
    void *owner;
};

BYLAW_API void bylaw_source_free(struct bylaw_source *source);

#endif
