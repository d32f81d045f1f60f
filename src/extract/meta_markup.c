/* SPDX-License-Identifier: Apache-2.0 */
/* Metadata on the elements of the text: microdata, RDFa, h-entry, licences. */
#include "metadata_int.h"

#define SCOPES_MOST   64u  /* nested items; deeper ones are not read */
#define SEARCHED_MOST 400u /* nodes below one property */

/* Property names; microdata and RDFa with schema.org share them. */
static const struct {
    const char *property;
    enum bylaw_meta_key key;
} properties[] = {
    {"headline", BYLAW_META_TITLE},
    {"author", BYLAW_META_AUTHOR},
    {"creator", BYLAW_META_AUTHOR},
    {"publisher", BYLAW_META_PUBLISHER},
    {"datepublished", BYLAW_META_PUBLISHED},
    {"datecreated", BYLAW_META_PUBLISHED},
    {"datemodified", BYLAW_META_MODIFIED},
    {"inlanguage", BYLAW_META_LANGUAGE},
    {"license", BYLAW_META_LICENSE},
    {"copyrightholder", BYLAW_META_COPYRIGHT_HOLDER},
    {"copyrightnotice", BYLAW_META_COPYRIGHT_NOTICE},
    {"credittext", BYLAW_META_CREDIT},
    {"isbasedon", BYLAW_META_BASED_ON},
    {"isbasedonurl", BYLAW_META_BASED_ON},
    {"isaccessibleforfree", BYLAW_META_FREE},
};

/* RDFa terms that mean the page's text wherever they stand (ccREL). */
static const struct {
    const char *term; /* ending of a CURIE or IRI, lower case */
    enum bylaw_meta_key key;
} terms[] = {
    {"cc:license", BYLAW_META_LICENSE},
    {"creativecommons.org/ns#license", BYLAW_META_LICENSE},
    {"xhv:license", BYLAW_META_LICENSE},
    {"xhtml/vocab#license", BYLAW_META_LICENSE},
    {"dct:license", BYLAW_META_LICENSE},
    {"dcterms:license", BYLAW_META_LICENSE},
    {"dc/terms/license", BYLAW_META_LICENSE},
    {"cc:attributionname", BYLAW_META_ATTRIBUTION_NAME},
    {"creativecommons.org/ns#attributionname", BYLAW_META_ATTRIBUTION_NAME},
    {"cc:attributionurl", BYLAW_META_ATTRIBUTION_URL},
    {"creativecommons.org/ns#attributionurl", BYLAW_META_ATTRIBUTION_URL},
    {"dct:source", BYLAW_META_BASED_ON},
    {"dcterms:source", BYLAW_META_BASED_ON},
    {"dc:source", BYLAW_META_BASED_ON},
    {"dc/terms/source", BYLAW_META_BASED_ON},
    {"dct:rightsholder", BYLAW_META_COPYRIGHT_HOLDER},
    {"dct:creator", BYLAW_META_AUTHOR},
    {"dcterms:creator", BYLAW_META_AUTHOR},
    {"dc:creator", BYLAW_META_AUTHOR},
    {"schema:author", BYLAW_META_AUTHOR},
    {"schema:datepublished", BYLAW_META_PUBLISHED},
    {"schema:headline", BYLAW_META_TITLE},
    {"schema:license", BYLAW_META_LICENSE},
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct scope {
    uint32_t depth;
    bool is_article; /* describes this page's text, not another thing */
};

struct walk {
    struct bylaw__meta_reader *reader;
    struct scope scopes[SCOPES_MOST]; /* items around the node, outer first */
    size_t scope_count;
    uint32_t figure_depth;  /* of the figure around the node, or 0 */
    uint32_t entry_depth;   /* of the h-entry around the node, or 0 */
    uint32_t comment_depth; /* of the comments around the node, or 0 */
    unsigned entries;       /* h-entries met: the first one counts */
    struct bylaw__buf text;
};

/* -------------------------------------------------------------- values --- */

/* The value a property's element states, and where. */
static struct bylaw_span value_of(struct walk *w,
                                  const struct bylaw__node *node,
                                  bool wants_address, struct bylaw_range *bytes)
{
    static const char *const text_first[] = {"content", "datetime", NULL};
    static const char *const address_first[] = {"content", "href", "resource",
                                                "src", NULL};
    const char *const *names = wants_address ? address_first : text_first;

    for (; *names; names++) {
        const struct bylaw__attr *attr = bylaw__node_attr(node, *names);

        if (attr && attr->value.len) {
            *bytes = attr->bytes;
            return attr->value;
        }
    }
    *bytes = node->bytes;
    return bylaw__node_text(&w->text, node);
}

static bool has_property(const struct bylaw__node *node, const char *attribute,
                         const char *property)
{
    return bylaw__span_has_word(bylaw__node_value(node, attribute), property);
}

const struct bylaw__node *bylaw__find_name(const struct bylaw__node *node)
{
    const struct bylaw__node *at = node;

    for (unsigned i = 0; at && i < SEARCHED_MOST; i++) {
        if (at != node && (has_property(at, "itemprop", "name") ||
                           has_property(at, "property", "name") ||
                           has_property(at, "class", "p-name") ||
                           has_property(at, "class", "fn")))
            return at;
        at = bylaw__node_next(at, node);
    }
    return node;
}

static bool is_named(enum bylaw_meta_key key)
{
    return key == BYLAW_META_AUTHOR || key == BYLAW_META_PUBLISHER ||
           key == BYLAW_META_COPYRIGHT_HOLDER;
}

static bool is_addressed(enum bylaw_meta_key key)
{
    return key == BYLAW_META_LICENSE || key == BYLAW_META_BASED_ON ||
           key == BYLAW_META_ATTRIBUTION_URL;
}

static int add_value(struct walk *w, const struct bylaw__node *node,
                     enum bylaw_meta_key key, const char *origin)
{
    struct bylaw_range bytes = node->bytes;
    struct bylaw_span value = {"", 0};

    if (bylaw__meta_is_spent(w->reader)) /* no text is gathered in vain */
        return bylaw__meta_add_decoded(w->reader, key, value, bytes, origin);
    if (is_named(key))
        node = bylaw__find_name(node);
    value = value_of(w, node, is_addressed(key), &bytes);
    return bylaw__meta_add_decoded(w->reader, key, value, bytes, origin);
}

/* -------------------------------------------------- microdata and RDFa --- */

static bool is_in_article(const struct walk *w)
{
    return !w->scope_count || w->scopes[w->scope_count - 1].is_article;
}

static int read_microdata(struct walk *w, const struct bylaw__node *node)
{
    struct bylaw_span list = bylaw__node_value(node, "itemprop");
    int rc = 0;

    if (!list.len || !w->scope_count || !is_in_article(w))
        return 0;
    for (size_t i = 0; i < COUNT(properties) && !rc; i++)
        if (bylaw__span_has_word(list, properties[i].property))
            rc = add_value(w, node, properties[i].key, "microdata");
    return rc;
}

static bool is_image_address(struct bylaw_span address)
{
    static const char *const endings[] = {".jpg", ".jpeg", ".png",
                                          ".gif", ".svg",  ".webp"};

    for (size_t i = 0; i < COUNT(endings); i++)
        if (bylaw__span_find_nocase(address, bylaw__span_of(endings[i])) !=
            SIZE_MAX)
            return true;
    return false;
}

static bool has_term(struct bylaw_span list, struct bylaw_span term)
{
    size_t at = bylaw__span_find_nocase(list, term);

    return at != SIZE_MAX &&
           (at + term.len == list.len ||
            bylaw__is_space((unsigned char)list.ptr[at + term.len]));
}

static int read_rdfa(struct walk *w, const struct bylaw__node *node)
{
    static const char *const attributes[] = {"property", "rel", "rev"};
    int rc = 0;

    /* The head reader has metas; an "about" an image is not about the page. */
    if (bylaw__node_is(node, "meta") ||
        is_image_address(bylaw__node_value(node, "about")))
        return 0;
    for (size_t a = 0; a < 2; a++) {
        struct bylaw_span list = bylaw__node_value(node, attributes[a]);

        for (size_t i = 0; list.len && i < COUNT(terms) && !rc; i++)
            if (has_term(list, bylaw__span_of(terms[i].term)))
                rc = add_value(w, node, terms[i].key, "rdfa");
    }
    return rc;
}

/* ------------------------------------------------------------- h-entry --- */

static const struct {
    const char *class_name;
    enum bylaw_meta_key key;

} entry_classes[] = {
    {"p-author", BYLAW_META_AUTHOR},
    {"dt-published", BYLAW_META_PUBLISHED},
    {"dt-updated", BYLAW_META_MODIFIED},
    {"published", BYLAW_META_PUBLISHED},
    {"entry-date", BYLAW_META_PUBLISHED},
};

static int read_entry(struct walk *w, const struct bylaw__node *node)
{
    struct bylaw_span classes = bylaw__node_value(node, "class");
    int rc = 0;

    if (!classes.len || !w->entry_depth || w->entries > 1)
        return 0;
    for (size_t i = 0; i < COUNT(entry_classes) && !rc; i++)
        if (bylaw__span_has_word(classes, entry_classes[i].class_name))
            rc = add_value(w, node, entry_classes[i].key, "microdata");
    return rc;
}

/* ------------------------------------------------------------ licences --- */

/*
 * A link with rel=license speaks of the page unless it stands in a figure; so
 * does any link to a Creative Commons deed.
 */
static int read_licence_link(struct walk *w, const struct bylaw__node *node)
{
    const struct bylaw__attr *href = bylaw__node_attr(node, "href");
    bool is_stated;

    if (!href || w->figure_depth || w->comment_depth ||
        (!bylaw__node_is(node, "a") && !bylaw__node_is(node, "area")))
        return 0;
    is_stated = bylaw__span_has_word(bylaw__node_value(node, "rel"), "license");
    if (!is_stated && !bylaw__is_cc_address(href->value))
        return 0;
    return bylaw__meta_add_decoded(w->reader, BYLAW_META_LICENSE, href->value,
                                   href->bytes, is_stated ? "link" : "html");
}

/* ---------------------------------------------------------------- walk --- */

static bool is_comment_area(const struct bylaw__node *node)
{
    struct bylaw_span id = bylaw__node_value(node, "id");
    struct bylaw_span classes = bylaw__node_value(node, "class");

    return bylaw__span_is_nocase(id, "comments") ||
           bylaw__span_is_nocase(id, "disqus_thread") ||
           bylaw__span_has_word(classes, "comments-area") ||
           bylaw__span_has_word(classes, "comment-list") ||
           bylaw__span_has_word(classes, "commentlist");
}

static void leave(struct walk *w, const struct bylaw__node *node)
{
    while (w->scope_count && w->scopes[w->scope_count - 1].depth >= node->depth)
        w->scope_count--;
    if (w->figure_depth >= node->depth)
        w->figure_depth = 0;
    if (w->entry_depth >= node->depth)
        w->entry_depth = 0;
    if (w->comment_depth >= node->depth)
        w->comment_depth = 0;
}

static void enter(struct walk *w, const struct bylaw__node *node)
{
    struct bylaw_span classes = bylaw__node_value(node, "class");
    struct bylaw_span type = bylaw__node_value(node, "itemtype");

    if (bylaw__node_attr(node, "itemscope") && w->scope_count < SCOPES_MOST)
        w->scopes[w->scope_count++] =
            (struct scope){node->depth, bylaw__subject_of_type(bylaw__span_trim(
                                            type)) != BYLAW__ABOUT_OTHER};
    if (!w->figure_depth &&
        (bylaw__node_is(node, "figure") || bylaw__node_is(node, "figcaption")))
        w->figure_depth = node->depth;
    if (!w->entry_depth && (bylaw__span_has_word(classes, "h-entry") ||
                            bylaw__span_has_word(classes, "hentry"))) {
        w->entry_depth = node->depth;
        w->entries++;
    }
    if (!w->comment_depth && is_comment_area(node))
        w->comment_depth = node->depth;
}

static int read_node(struct walk *w, const struct bylaw__node *node)
{
    int rc = 0;

    if (!w->comment_depth) {
        rc = read_microdata(w, node);
        rc = rc ? rc : read_rdfa(w, node);
        rc = rc ? rc : read_entry(w, node);
    }
    return rc ? rc : read_licence_link(w, node);
}

int bylaw__markup_read(struct bylaw__meta_reader *reader)
{
    struct walk w = {.reader = reader};
    const struct bylaw__node *node = reader->root;
    int rc = 0;

    for (; node && !rc; node = bylaw__node_next(node, reader->root)) {
        if (node->kind != BYLAW__NODE_ELEMENT)
            continue;
        leave(&w, node);
        /* A property belongs to the item around it, not to its own. */
        rc = read_node(&w, node);
        enter(&w, node);
    }
    bylaw__buf_release(&w.text);
    return rc;
}
