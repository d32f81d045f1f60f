/* SPDX-License-Identifier: Apache-2.0 */
/* Author and date as a reader sees them, where no metadata states them. */
#include "metadata_int.h"

#define ORIGIN          "text"
#define BLOCKS_BEFORE   4u   /* looked at before the main heading ... */
#define BLOCKS_AFTER    8u   /* ... and after it */
#define LINE_BYTES_MOST 250u /* a date in a longer text is the story's */
#define CLASSED_MOST    6u   /* elements of one class kind that are read */

/* Parts of class names that sites give to a by-line or to a date. */
static const char *const author_classes[] = {"byline", "author", "writer",
                                             "autor", "auteur"};
static const char *const date_classes[] = {"date", "publish", "posted",
                                           "time", "datum",   "fecha"};
/* Areas that speak of other things than the article. */
static const char *const foreign_classes[] = {"comment", "related", "sidebar",
                                              "widget",  "footer",  "menu",
                                              "nav",     "popular", "recent",
                                              "teaser",  "share"};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static bool has_part(struct bylaw_span classes, const char *const *parts,
                     size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (bylaw__span_find_nocase(classes, bylaw__span_of(parts[i])) !=
            SIZE_MAX)
            return true;
    return false;
}

static bool is_foreign(const struct bylaw__node *node)
{
    if (node->kind != BYLAW__NODE_ELEMENT)
        return false;
    return bylaw__node_is(node, "aside") || bylaw__node_is(node, "footer") ||
           bylaw__node_is(node, "head") || bylaw__node_is(node, "nav") ||
           (!bylaw__node_is(node, "body") && !bylaw__node_is(node, "html") &&
            (has_part(bylaw__node_value(node, "class"), foreign_classes,
                      COUNT(foreign_classes)) ||
             has_part(bylaw__node_value(node, "id"), foreign_classes,
                      COUNT(foreign_classes))));
}

/* Next element of the page that stands in no foreign area. */
static const struct bylaw__node *next_own(const struct bylaw__node *node,
                                          const struct bylaw__node *root)
{
    node = bylaw__node_next(node, root);
    while (node && is_foreign(node))
        node = bylaw__node_skip(node, root);
    return node;
}

static bool has_meta(const struct bylaw__meta_reader *reader,
                     enum bylaw_meta_key key)
{
    for (size_t i = 0; i < reader->x->meta_count; i++)
        if (reader->x->metas[i].key == key)
            return true;
    return false;
}

/* ------------------------------------------------------------- authors --- */

static int add_names(struct bylaw__meta_reader *reader, struct bylaw_span list,
                     struct bylaw_range bytes)
{
    struct bylaw__names names = {0};
    struct bylaw_span stated = bylaw__byline_names(list);
    int rc = 0;

    bylaw__names_split(&names, stated.len ? stated : list);
    for (size_t i = 0; i < names.count && !rc; i++)
        if (bylaw__is_name_like(names.items[i]))
            rc = bylaw__meta_add_decoded(reader, BYLAW_META_AUTHOR,
                                         names.items[i], bytes, ORIGIN);
    return rc;
}

static bool is_author_link(const struct bylaw__node *node)
{
    return bylaw__node_is(node, "a") &&
           bylaw__span_has_word(bylaw__node_value(node, "rel"), "author");
}

static bool is_author_class(const struct bylaw__node *node)
{
    return node->kind == BYLAW__NODE_ELEMENT &&
           has_part(bylaw__node_value(node, "class"), author_classes,
                    COUNT(author_classes));
}

/* Reads elements of one kind until one of them gave a name. */
static int read_author_nodes(struct bylaw__meta_reader *reader,
                             bool (*is_wanted)(const struct bylaw__node *))
{
    const struct bylaw__node *node = reader->root;
    struct bylaw__buf text = {0};
    unsigned seen = 0;
    int rc = 0;

    for (; node && seen < CLASSED_MOST && !rc &&
           !has_meta(reader, BYLAW_META_AUTHOR);
         node = next_own(node, reader->root)) {
        if (!is_wanted(node))
            continue;
        seen++;
        rc = add_names(reader, bylaw__node_text(&text, node), node->bytes);
    }
    bylaw__buf_release(&text);
    return rc;
}

/* ---------------------------------------------------------- main heading --- */

static size_t find_heading(const struct bylaw__extraction *x)
{
    size_t found = 0;

    for (size_t i = 0; i < x->block_count; i++) {
        if (x->blocks[i].heading != 1 || !x->blocks[i].words)
            continue;
        found = i;
        if (x->blocks[i].zone == BYLAW_ZONE_BODY)
            break;
    }
    return found;
}

static struct bylaw_range blocks_around(const struct bylaw__extraction *x)
{
    size_t heading = find_heading(x);
    size_t end = heading + BLOCKS_AFTER;

    return (struct bylaw_range){
        (uint32_t)(heading > BLOCKS_BEFORE ? heading - BLOCKS_BEFORE : 0),
        (uint32_t)(end < x->block_count ? end : x->block_count)};
}

static int read_author_lines(struct bylaw__meta_reader *reader)
{
    const struct bylaw__extraction *x = reader->x;
    struct bylaw_range around = blocks_around(x);
    int rc = 0;

    for (size_t i = around.begin; i < around.end && !rc; i++) {
        struct bylaw_span names = bylaw__byline_names(x->blocks[i].text);

        if (names.len)
            return add_names(reader, names, x->blocks[i].bytes);
    }
    return rc;
}

static int read_authors(struct bylaw__meta_reader *reader)
{
    int rc = 0;

    if (!has_meta(reader, BYLAW_META_AUTHOR))
        rc = read_author_nodes(reader, is_author_link);
    if (!rc && !has_meta(reader, BYLAW_META_AUTHOR))
        rc = read_author_nodes(reader, is_author_class);
    if (!rc && !has_meta(reader, BYLAW_META_AUTHOR))
        rc = read_author_lines(reader);
    return rc;
}

/* --------------------------------------------------------------- dates --- */

static int add_date(struct bylaw__meta_reader *reader, struct bylaw_span text,
                    struct bylaw_range bytes)
{
    char date[BYLAW__DATE_BYTES];

    if (text.len > LINE_BYTES_MOST ||
        !bylaw__date_find(date, NULL, text, reader->month_first))
        return 0;
    return bylaw__meta_add_decoded(reader, BYLAW_META_PUBLISHED,
                                   bylaw__span_of(date), bytes, ORIGIN);
}

static bool is_time(const struct bylaw__node *node)
{
    return bylaw__node_is(node, "time");
}

static bool is_date_class(const struct bylaw__node *node)
{
    return node->kind == BYLAW__NODE_ELEMENT &&
           has_part(bylaw__node_value(node, "class"), date_classes,
                    COUNT(date_classes));
}

static bool is_update(const struct bylaw__node *node)
{
    static const char *const words[] = {"updat", "modif"};

    return has_part(bylaw__node_value(node, "class"), words, COUNT(words));
}

static int read_date_nodes(struct bylaw__meta_reader *reader,
                           bool (*is_wanted)(const struct bylaw__node *))
{
    const struct bylaw__node *node = reader->root;
    struct bylaw__buf text = {0};
    int rc = 0;

    for (; node && !rc && !has_meta(reader, BYLAW_META_PUBLISHED);
         node = next_own(node, reader->root)) {
        const struct bylaw__attr *stamp;

        if (!is_wanted(node) || is_update(node))
            continue;
        stamp = bylaw__node_attr(node, "datetime");
        if (stamp)
            rc = add_date(reader, stamp->value, stamp->bytes);
        if (!rc && !has_meta(reader, BYLAW_META_PUBLISHED))
            rc = add_date(reader, bylaw__node_text(&text, node), node->bytes);
    }
    bylaw__buf_release(&text);
    return rc;
}

static int read_date_lines(struct bylaw__meta_reader *reader)
{
    const struct bylaw__extraction *x = reader->x;
    struct bylaw_range around = blocks_around(x);
    int rc = 0;

    for (size_t i = around.begin;
         i < around.end && !rc && !has_meta(reader, BYLAW_META_PUBLISHED); i++)
        rc = add_date(reader, x->blocks[i].text, x->blocks[i].bytes);
    return rc;
}

static int read_date_address(struct bylaw__meta_reader *reader)
{
    const struct bylaw__extraction *x = reader->x;
    char date[BYLAW__DATE_BYTES];

    for (size_t i = 0; i < x->meta_count; i++) {
        const struct bylaw_meta *meta = &x->metas[i];

        if ((meta->key == BYLAW_META_CANONICAL ||
             meta->key == BYLAW_META_URL) &&
            bylaw__date_in_url(date, meta->value))
            return bylaw__meta_add_decoded(reader, BYLAW_META_PUBLISHED,
                                           bylaw__span_of(date), meta->bytes,
                                           ORIGIN);
    }
    if (!bylaw__date_in_url(date, bylaw__span_of(x->document->url)))
        return 0;
    return bylaw__meta_add_decoded(reader, BYLAW_META_PUBLISHED,
                                   bylaw__span_of(date),
                                   (struct bylaw_range){0, 0}, "http");
}

static int read_dates(struct bylaw__meta_reader *reader)
{
    int rc = 0;

    if (!has_meta(reader, BYLAW_META_PUBLISHED))
        rc = read_date_nodes(reader, is_time);
    if (!rc && !has_meta(reader, BYLAW_META_PUBLISHED))
        rc = read_date_nodes(reader, is_date_class);
    if (!rc && !has_meta(reader, BYLAW_META_PUBLISHED))
        rc = read_date_lines(reader);
    if (!rc && !has_meta(reader, BYLAW_META_PUBLISHED))
        rc = read_date_address(reader);
    return rc;
}

int bylaw__visible_read(struct bylaw__meta_reader *reader)
{
    int rc = read_authors(reader);

    return rc ? rc : read_dates(reader);
}
