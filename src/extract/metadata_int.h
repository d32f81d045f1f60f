/* SPDX-License-Identifier: Apache-2.0 */
/* What the readers of a page's metadata share: one reader, one way to add. */
#ifndef BYLAW_METADATA_INT_H
#define BYLAW_METADATA_INT_H

#include "extract_text.h"

/** One page whose metadata is being read. */
struct bylaw__meta_reader {
    struct bylaw__extraction *x;
    const struct bylaw__node *root;
    bool month_first; /* how 5/6/2023 is meant: told by the page's language */
    struct bylaw__buf value; /* room to clean a value in */
    unsigned reads;          /* values looked at; see bylaw__meta_is_spent */
    struct bylaw_error *err;
};

/** What a schema.org type describes. */
enum bylaw__subject {
    BYLAW__ABOUT_OTHER = 0, /* an image, a person, a list, a site ... */
    BYLAW__ABOUT_ARTICLE = 1,
    BYLAW__ABOUT_PAGE = 2
};

/** The subject of a type's name or address ("https://schema.org/Article"). */
enum bylaw__subject bylaw__subject_of_type(struct bylaw_span type);

/**
 * Adds one stated fact, cleaned: references decoded, white space collapsed,
 * addresses resolved, dates in ISO 8601 where they can be read. Values that
 * cannot be meant (an address for an author) and repetitions are left out.
 */
int bylaw__meta_add(struct bylaw__meta_reader *reader, enum bylaw_meta_key key,
                    struct bylaw_span value, struct bylaw_range bytes,
                    const char *origin);

/**
 * True once a page repeats itself so often that reading on would only cost
 * time; adding then does nothing but mark the page incomplete.
 */
bool bylaw__meta_is_spent(const struct bylaw__meta_reader *reader);

/** As above for HTML text and attributes, already decoded by the parser. */
int bylaw__meta_add_decoded(struct bylaw__meta_reader *reader,
                            enum bylaw_meta_key key, struct bylaw_span value,
                            struct bylaw_range bytes, const char *origin);

/**
 * Visible text below node, white space collapsed, at most a name's or title's
 * length; borrowed from out.
 */
struct bylaw_span bylaw__node_text(struct bylaw__buf *out,
                                   const struct bylaw__node *node);

/** The element below node that names what it stands for, or node itself. */
const struct bylaw__node *bylaw__find_name(const struct bylaw__node *node);

/** True for the address of a Creative Commons licence or public-domain tool. */
bool bylaw__is_cc_address(struct bylaw_span address);

/* The sources of metadata, in the order in which they are believed. */
int bylaw__json_ld_read(struct bylaw__meta_reader *reader);
int bylaw__head_read(struct bylaw__meta_reader *reader);
int bylaw__markup_read(struct bylaw__meta_reader *reader);
int bylaw__rsl_read(struct bylaw__meta_reader *reader);
int bylaw__visible_read(struct bylaw__meta_reader *reader);

#endif
