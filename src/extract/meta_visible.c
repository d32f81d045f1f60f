/* SPDX-License-Identifier: Apache-2.0 */
/* Author and date as a reader sees them, where no metadata states them. */
#include "metadata_int.h"

#include <stdlib.h>

#define ORIGIN           "text"
#define BLOCKS_BEFORE    4u   /* looked at before the main heading ... */
#define BLOCKS_AFTER     8u   /* ... and after it */
#define LINE_BYTES_MOST  250u /* a date in a longer text is the story's */
#define CLASSED_MOST     6u   /* elements of one class kind that are read */
#define DATED_MOST       200u /* as above, for dates */
#define PEN_NAME_BYTES   30u
#define SHORT_LINE_BYTES 80u /* a line of little more than a date */
#define OPENING_BYTES    30u /* "29.11.2022 - " before a first sentence */
#define WEB_BEGAN        "1991-08-06"

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

/* Of these the ones whose names never mean the article itself: a surely
 * marked author counts in an article's footer. */
static const char *const always_foreign[] = {"comment", "related", "recent",
                                             "teaser"};

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

/* Where the search is, and the heading that no foreign area holds. */
struct search {
    struct bylaw__meta_reader *reader;
    struct bylaw_range heading; /* bytes of the main heading; empty if none */
    const char *const *foreign; /* parts of class names to pass over */
    size_t foreign_count;
};

static bool holds_heading(const struct search *s,
                          const struct bylaw__node *node)
{
    return s->heading.begin < s->heading.end &&
           node->bytes.begin <= s->heading.begin &&
           node->bytes.end >= s->heading.end;
}

static bool is_foreign(const struct search *s, const struct bylaw__node *node)
{
    if (node->kind != BYLAW__NODE_ELEMENT)
        return false;
    if (bylaw__node_is(node, "head"))
        return true;
    if (bylaw__node_is(node, "html") || bylaw__node_is(node, "body") ||
        holds_heading(s, node))
        return false;
    return bylaw__node_is(node, "aside") || bylaw__node_is(node, "nav") ||
           has_part(bylaw__node_value(node, "class"), s->foreign,
                    s->foreign_count) ||
           has_part(bylaw__node_value(node, "id"), s->foreign,
                    s->foreign_count);
}

/* Next node of the page that stands in no foreign area. */
static const struct bylaw__node *next_own(const struct search *s,
                                          const struct bylaw__node *node)
{
    const struct bylaw__node *root = s->reader->root;

    node = bylaw__node_next(node, root);
    while (node && is_foreign(s, node))
        node = bylaw__node_skip(node, root);
    return node;
}

/* ------------------------------------------------------------- authors --- */

static bool has_meta(const struct bylaw__extraction *x, enum bylaw_meta_key key,
                     const char *origin)
{
    for (size_t i = 0; i < x->meta_count; i++)
        if (x->metas[i].key == key &&
            (!origin || !strcmp(x->metas[i].origin, origin)))
            return true;
    return false;
}

static bool has_shown_author(const struct search *s)
{
    return has_meta(s->reader->x, BYLAW_META_AUTHOR, ORIGIN);
}

/* "example.org" signs for the whole site. */
static bool is_domain_name(struct bylaw_span name)
{
    size_t dot = bylaw__span_find(name, BYLAW__SPAN("."));

    return dot != SIZE_MAX && dot > 1 && dot + 2 < name.len &&
           bylaw__span_find(name, BYLAW__SPAN(" ")) == SIZE_MAX;
}

static bool is_publisher(const struct bylaw__extraction *x,
                         struct bylaw_span name)
{
    if (bylaw__is_institution(name) || is_domain_name(name))
        return true;
    for (size_t i = 0; i < x->meta_count; i++)
        if (x->metas[i].key == BYLAW_META_PUBLISHER &&
            bylaw__span_eq_nocase(x->metas[i].value, name))
            return true;
    return false;
}

/* Metadata that names only the publisher leaves the author to be found. */
static bool states_person(const struct bylaw__extraction *x)
{
    for (size_t i = 0; i < x->meta_count; i++)
        if (x->metas[i].key == BYLAW_META_AUTHOR &&
            !is_publisher(x, x->metas[i].value))
            return true;
    return false;
}

/* A pen name in an element made for names may be anything short. */
static bool is_pen_name(struct bylaw_span name)
{
    return name.len <= PEN_NAME_BYTES && name.len > 1 &&
           bylaw__span_find(name, BYLAW__SPAN(":")) == SIZE_MAX &&
           bylaw__span_find(name, BYLAW__SPAN("@")) == SIZE_MAX;
}

static int add_names(const struct search *s, struct bylaw_span list,
                     struct bylaw_range bytes, bool is_marked)
{
    struct bylaw__names names = {0};
    struct bylaw_span stated = bylaw__byline_names(list);
    int rc = 0;

    bylaw__names_split(&names, stated.len ? stated : list);
    for (size_t i = 0; i < names.count && !rc; i++)
        if (bylaw__is_name_like(names.items[i]) ||
            (is_marked && is_pen_name(names.items[i])))
            rc = bylaw__meta_add_decoded(s->reader, BYLAW_META_AUTHOR,
                                         names.items[i], bytes, ORIGIN);
    return rc;
}

static bool is_author_link(const struct bylaw__node *node)
{
    return bylaw__node_is(node, "a") &&
           bylaw__span_has_word(bylaw__node_value(node, "rel"), "author");
}

static bool is_vcard_name(const struct bylaw__node *node)
{
    return node->kind == BYLAW__NODE_ELEMENT &&
           bylaw__span_has_word(bylaw__node_value(node, "class"), "fn");
}

static bool is_author_class(const struct bylaw__node *node)
{
    return node->kind == BYLAW__NODE_ELEMENT &&
           has_part(bylaw__node_value(node, "class"), author_classes,
                    COUNT(author_classes));
}

/* Reads elements of one kind until one of them gave a name. */
static int read_author_nodes(const struct search *s,
                             bool (*is_wanted)(const struct bylaw__node *),
                             bool is_marked)
{
    const struct bylaw__node *node = s->reader->root;
    struct bylaw__buf text = {0};
    unsigned seen = 0;
    int rc = 0;

    for (; node && seen < CLASSED_MOST && !rc && !has_shown_author(s);
         node = next_own(s, node)) {
        if (!is_wanted(node))
            continue;
        seen++;
        rc = add_names(s, bylaw__node_text(&text, bylaw__find_name(node)),
                       node->bytes, is_marked);
    }
    bylaw__buf_release(&text);
    return rc;
}

/* -------------------------------------------------------- main heading --- */

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

static bool is_own_block(const struct bylaw_block *block)
{
    return block->zone == BYLAW_ZONE_BODY || block->zone == BYLAW_ZONE_BYLINE ||
           block->zone == BYLAW_ZONE_CREDIT ||
           block->zone == BYLAW_ZONE_UNKNOWN;
}

static int read_author_lines(const struct search *s, struct bylaw_range blocks,
                             size_t longest)
{
    const struct bylaw__extraction *x = s->reader->x;
    int rc = 0;

    for (size_t i = blocks.begin; i < blocks.end && !rc && !has_shown_author(s);
         i++) {
        struct bylaw_span names = bylaw__byline_names(x->blocks[i].text);

        if (names.len && x->blocks[i].text.len <= longest &&
            is_own_block(&x->blocks[i]))
            rc = add_names(s, names, x->blocks[i].bytes, false);
    }
    return rc;
}

/* The same search with fewer areas passed over. */
static struct search widen(const struct search *s)
{
    struct search wide = *s;

    wide.foreign = always_foreign;
    wide.foreign_count = COUNT(always_foreign);
    return wide;
}

/* Elements that are made for names, then lines that begin as by-lines do. */
static int search_author(const struct search *s)
{
    const struct bylaw__extraction *x = s->reader->x;
    struct bylaw_range all = {0, (uint32_t)x->block_count};
    struct search wide = widen(s);
    int rc;

    rc = read_author_nodes(s, is_author_link, true);
    if (!rc)
        rc = read_author_nodes(s, is_vcard_name, true);
    if (!rc)
        rc = read_author_nodes(&wide, is_author_link, true);
    if (!rc)
        rc = read_author_nodes(&wide, is_vcard_name, true);
    if (!rc)
        rc = read_author_nodes(s, is_author_class, false);
    if (!rc)
        rc = read_author_lines(s, blocks_around(x), LINE_BYTES_MOST);
    return rc ? rc : read_author_lines(s, all, SHORT_LINE_BYTES);
}

/* The authors shown move before those stated, which are the publisher. */
static int promote_shown(struct bylaw__extraction *x, struct bylaw_error *err)
{
    struct bylaw_meta *moved = malloc((x->meta_count + 1) * sizeof(*moved));
    size_t kept = 0, count = 0;

    if (!moved)
        return bylaw__fail_memory(err, "metadata");
    for (size_t i = 0; i < x->meta_count; i++) {
        if (x->metas[i].key == BYLAW_META_AUTHOR &&
            strcmp(x->metas[i].origin, ORIGIN) != 0)
            moved[count++] = x->metas[i];
        else
            x->metas[kept++] = x->metas[i];
    }
    memcpy(x->metas + kept, moved, count * sizeof(*moved));
    free(moved);
    return 0;
}

static int read_authors(const struct search *s)
{
    struct bylaw__extraction *x = s->reader->x;
    bool is_stated = has_meta(x, BYLAW_META_AUTHOR, NULL);
    int rc;

    if (states_person(x))
        return 0;
    rc = search_author(s);
    if (!rc && is_stated && has_shown_author(s))
        rc = promote_shown(x, s->reader->err);
    return rc;
}

/* --------------------------------------------------------------- dates --- */

static bool has_date(const struct search *s)
{
    return has_meta(s->reader->x, BYLAW_META_PUBLISHED, NULL);
}

static int add_date(const struct search *s, struct bylaw_span text,
                    struct bylaw_range bytes)
{
    char date[BYLAW__DATE_BYTES];

    /* Older dates than the web's are the story's. */
    if (text.len > LINE_BYTES_MOST || has_date(s) ||
        !bylaw__date_find(date, NULL, text, s->reader->month_first) ||
        strcmp(date, WEB_BEGAN) < 0)
        return 0;
    return bylaw__meta_add_decoded(s->reader, BYLAW_META_PUBLISHED,
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

static int read_date_nodes(const struct search *s,
                           bool (*is_wanted)(const struct bylaw__node *))
{
    const struct bylaw__node *node = s->reader->root;
    struct bylaw__buf text = {0};
    unsigned seen = 0;
    int rc = 0;

    for (; node && seen < DATED_MOST && !rc && !has_date(s);
         node = next_own(s, node)) {
        const struct bylaw__attr *stamp;

        if (!is_wanted(node) || is_update(node))
            continue;
        seen++;
        stamp = bylaw__node_attr(node, "datetime");
        if (stamp)
            rc = add_date(s, stamp->value, stamp->bytes);
        if (!rc)
            rc = add_date(s, bylaw__node_text(&text, node), node->bytes);
    }
    bylaw__buf_release(&text);
    return rc;
}

static int read_date_lines(const struct search *s)
{
    const struct bylaw__extraction *x = s->reader->x;
    struct bylaw_range around = blocks_around(x);
    int rc = 0;

    for (size_t i = around.begin; i < around.end && !rc; i++)
        rc = add_date(s, x->blocks[i].text, x->blocks[i].bytes);
    return rc;
}

/* A line that is little but a date, or a paragraph that opens with one. */
static int read_date_blocks(const struct search *s)
{
    const struct bylaw__extraction *x = s->reader->x;
    int rc = 0;

    for (size_t i = 0; i < x->block_count && !rc; i++) {
        struct bylaw_span text = x->blocks[i].text;

        if (!is_own_block(&x->blocks[i]))
            continue;
        if (text.len > SHORT_LINE_BYTES)
            text = bylaw__span_sub(text, 0, OPENING_BYTES);
        rc = add_date(s, text, x->blocks[i].bytes);
    }
    return rc;
}

static int read_date_address(const struct search *s)
{
    const struct bylaw__extraction *x = s->reader->x;
    char date[BYLAW__DATE_BYTES];

    for (size_t i = 0; i < x->meta_count; i++) {
        const struct bylaw_meta *meta = &x->metas[i];

        if ((meta->key == BYLAW_META_CANONICAL ||
             meta->key == BYLAW_META_URL) &&
            bylaw__date_in_url(date, meta->value))
            return bylaw__meta_add_decoded(s->reader, BYLAW_META_PUBLISHED,
                                           bylaw__span_of(date), meta->bytes,
                                           ORIGIN);
    }
    if (!bylaw__date_in_url(date, bylaw__span_of(x->document->url)))
        return 0;
    return bylaw__meta_add_decoded(s->reader, BYLAW_META_PUBLISHED,
                                   bylaw__span_of(date),
                                   (struct bylaw_range){0, 0}, "http");
}

static int read_dates(const struct search *s)
{
    struct search wide = widen(s);
    int rc;

    if (has_date(s))
        return 0;
    rc = read_date_nodes(s, is_time);
    if (!rc)
        rc = read_date_nodes(s, is_date_class);
    if (!rc)
        rc = read_date_lines(s);
    if (!rc && !has_date(s))
        rc = read_date_address(s);
    if (!rc)
        rc = read_date_nodes(&wide, is_date_class);
    return rc ? rc : read_date_blocks(s);
}

int bylaw__visible_read(struct bylaw__meta_reader *reader)
{
    struct search s = {.reader = reader,
                       .foreign = foreign_classes,
                       .foreign_count = COUNT(foreign_classes)};
    const struct bylaw__extraction *x = reader->x;
    int rc;

    if (x->block_count && x->blocks[find_heading(x)].heading == 1)
        s.heading = x->blocks[find_heading(x)].bytes;
    rc = read_authors(&s);
    return rc ? rc : read_dates(&s);
}
