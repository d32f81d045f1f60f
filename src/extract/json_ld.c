/* SPDX-License-Identifier: Apache-2.0 */
/* What a page's JSON-LD says of its article: schema.org terms become metas. */
#include "metadata_int.h"

#include <stdlib.h>

#define SCRIPTS_MOST         64u
#define SCRIPTS_BYTES        (2u * BYLAW_LIMIT_JSON_LD_BYTES) /* of a page */
#define NAMES_PER_FIELD_MOST 64u

/* How a property's value is read. */
enum shape {
    SHAPE_TEXT,    /* string, number; first of a list */
    SHAPE_NAME,    /* string, or the name of a person or organisation; each */
    SHAPE_ADDRESS, /* string, or the @id or url of an object; each */
    SHAPE_TRUTH    /* true, false, "True" ... */
};

static const struct {
    const char *property;
    enum bylaw_meta_key key;
    enum shape shape;
    unsigned subjects; /* of which kinds of node it is believed */
} fields[] = {
    {"headline", BYLAW_META_TITLE, SHAPE_TEXT,
     BYLAW__ABOUT_ARTICLE | BYLAW__ABOUT_PAGE},
    {"name", BYLAW_META_TITLE, SHAPE_TEXT,
     BYLAW__ABOUT_ARTICLE | BYLAW__ABOUT_PAGE},
    {"author", BYLAW_META_AUTHOR, SHAPE_NAME,
     BYLAW__ABOUT_ARTICLE | BYLAW__ABOUT_PAGE},
    {"creator", BYLAW_META_AUTHOR, SHAPE_NAME, BYLAW__ABOUT_ARTICLE},
    {"publisher", BYLAW_META_PUBLISHER, SHAPE_NAME,
     BYLAW__ABOUT_ARTICLE | BYLAW__ABOUT_PAGE},
    {"datePublished", BYLAW_META_PUBLISHED, SHAPE_TEXT,
     BYLAW__ABOUT_ARTICLE | BYLAW__ABOUT_PAGE},
    {"dateModified", BYLAW_META_MODIFIED, SHAPE_TEXT,
     BYLAW__ABOUT_ARTICLE | BYLAW__ABOUT_PAGE},
    {"inLanguage", BYLAW_META_LANGUAGE, SHAPE_TEXT,
     BYLAW__ABOUT_ARTICLE | BYLAW__ABOUT_PAGE},
    {"url", BYLAW_META_URL, SHAPE_ADDRESS,
     BYLAW__ABOUT_ARTICLE | BYLAW__ABOUT_PAGE},
    {"mainEntityOfPage", BYLAW_META_URL, SHAPE_ADDRESS, BYLAW__ABOUT_ARTICLE},
    {"description", BYLAW_META_DESCRIPTION, SHAPE_TEXT, BYLAW__ABOUT_ARTICLE},
    {"license", BYLAW_META_LICENSE, SHAPE_ADDRESS,
     BYLAW__ABOUT_ARTICLE | BYLAW__ABOUT_PAGE},
    {"copyrightHolder", BYLAW_META_COPYRIGHT_HOLDER, SHAPE_NAME,
     BYLAW__ABOUT_ARTICLE | BYLAW__ABOUT_PAGE},
    {"copyrightNotice", BYLAW_META_COPYRIGHT_NOTICE, SHAPE_TEXT,
     BYLAW__ABOUT_ARTICLE | BYLAW__ABOUT_PAGE},
    {"creditText", BYLAW_META_CREDIT, SHAPE_TEXT,
     BYLAW__ABOUT_ARTICLE | BYLAW__ABOUT_PAGE},
    {"sourceOrganization", BYLAW_META_CREDIT, SHAPE_NAME, BYLAW__ABOUT_ARTICLE},
    {"isBasedOn", BYLAW_META_BASED_ON, SHAPE_ADDRESS,
     BYLAW__ABOUT_ARTICLE | BYLAW__ABOUT_PAGE},
    {"isBasedOnUrl", BYLAW_META_BASED_ON, SHAPE_ADDRESS, BYLAW__ABOUT_ARTICLE},
    {"isAccessibleForFree", BYLAW_META_FREE, SHAPE_TRUTH,
     BYLAW__ABOUT_ARTICLE | BYLAW__ABOUT_PAGE},
    {"@type", BYLAW_META_TYPE, SHAPE_TEXT, BYLAW__ABOUT_ARTICLE},
};

/* Where the nodes about the page itself are; other properties lead to other
 * articles, to images or to comments. */
static const char *const paths[] = {"@graph", "mainEntity", "mainEntityOfPage"};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct bylaw__json_ld {
    struct bylaw__meta_reader *reader;
    json_t *roots[SCRIPTS_MOST];
    struct bylaw_range bytes[SCRIPTS_MOST];
    size_t count;
    size_t total; /* bytes of the scripts so far: trees take thirty times it */
    struct bylaw__map by_id; /* hash of "@id" to its fullest node */
    const json_t **stack;
    size_t stack_count, stack_cap;
};

/* --------------------------------------------------------------- nodes --- */

static struct bylaw_span string_of(const json_t *value)
{
    if (!json_is_string(value))
        return (struct bylaw_span){"", 0};
    return (struct bylaw_span){json_string_value(value),
                               json_string_length(value)};
}

static enum bylaw__subject subject_of(const json_t *node)
{
    const json_t *type = json_object_get(node, "@type");
    enum bylaw__subject best = BYLAW__ABOUT_OTHER;

    if (json_is_string(type))
        return bylaw__subject_of_type(string_of(type));
    for (size_t i = 0; i < json_array_size(type); i++) {
        enum bylaw__subject subject =
            bylaw__subject_of_type(string_of(json_array_get(type, i)));

        if (subject == BYLAW__ABOUT_ARTICLE || best == BYLAW__ABOUT_OTHER)
            best = subject;
    }
    return best;
}

static int push(struct bylaw__json_ld *ld, const json_t *value)
{
    if (!json_is_object(value) && !json_is_array(value))
        return 0;
    if (bylaw__vec_grow(&ld->stack, &ld->stack_cap, ld->stack_count + 1,
                        sizeof(*ld->stack)))
        return bylaw__fail_memory(ld->reader->err, "json-ld");
    ld->stack[ld->stack_count++] = value;
    return 0;
}

/* Pushes a list's items so that the first of them is popped first. */
static int push_items(struct bylaw__json_ld *ld, const json_t *list)
{
    int rc = 0;

    for (size_t i = json_array_size(list); i > 0 && !rc; i--)
        rc = push(ld, json_array_get(list, i - 1));
    return rc;
}

/* --------------------------------------------------------------- index --- */

static int index_node(struct bylaw__json_ld *ld, const json_t *node)
{
    struct bylaw_span id = string_of(json_object_get(node, "@id"));

    if (id.len && json_object_size(node) > 1 &&
        bylaw__map_put(&ld->by_id, bylaw__hash64(id), (uintptr_t)node))
        return bylaw__fail_memory(ld->reader->err, "json-ld");
    return 0;
}

static int push_members(struct bylaw__json_ld *ld, json_t *node)
{
    const char *key;
    json_t *value;
    int rc = 0;

    (void)key;
    json_object_foreach(node, key, value)
    {
        rc = rc ? rc : push(ld, value);
    }
    return rc;
}

static int index_all(struct bylaw__json_ld *ld, json_t *root)
{
    int rc = push(ld, root);

    while (ld->stack_count && !rc) {
        const json_t *node = ld->stack[--ld->stack_count];

        if (json_is_array(node)) {
            rc = push_items(ld, node);
            continue;
        }
        rc = index_node(ld, node);
        if (!rc)
            rc = push_members(ld, (json_t *)(uintptr_t)node);
    }
    return rc;
}

/* The node itself, or the full one that its "@id" names. */
static const json_t *resolve(const struct bylaw__json_ld *ld,
                             const json_t *node)
{
    struct bylaw_span id = string_of(json_object_get(node, "@id"));
    const json_t *target;
    uint64_t found;

    if (!id.len || json_object_get(node, "name") ||
        !bylaw__map_get(&ld->by_id, bylaw__hash64(id), &found))
        return node;
    target = (const json_t *)(uintptr_t)found;
    /* Equal hashes are not equal names. */
    return bylaw__span_eq(string_of(json_object_get(target, "@id")), id)
               ? target
               : node;
}

/* -------------------------------------------------------------- values --- */

static const json_t *first_of(const json_t *value)
{
    return json_is_array(value) ? json_array_get(value, 0) : value;
}

static struct bylaw_span text_of(const json_t *value)
{
    value = first_of(value);
    if (json_is_object(value))
        value =
            json_object_get(value, json_object_get(value, "@value") ? "@value"
                                                                    : "name");
    return string_of(value);
}

static struct bylaw_span name_of(const struct bylaw__json_ld *ld,
                                 const json_t *value)
{
    if (!json_is_object(value))
        return string_of(value);
    return text_of(json_object_get(resolve(ld, value), "name"));
}

static struct bylaw_span address_of(const json_t *value)
{
    static const char *const properties[] = {"url", "@id", "name"};

    for (size_t i = 0; json_is_object(value) && i < COUNT(properties); i++) {
        struct bylaw_span found =
            string_of(first_of(json_object_get(value, properties[i])));

        if (found.len)
            return found;
    }
    return string_of(value);
}

static struct bylaw_span truth_of(const json_t *value)
{
    struct bylaw_span text = text_of(value);

    if (json_is_boolean(first_of(value)))
        return bylaw__span_of(json_is_true(first_of(value)) ? "true" : "false");
    if (bylaw__span_ends(text, "rue"))
        return BYLAW__SPAN("true");
    return bylaw__span_ends(text, "alse") ? BYLAW__SPAN("false")
                                          : BYLAW__SPAN("");
}

static int add_each(struct bylaw__json_ld *ld, size_t field,
                    const json_t *value, struct bylaw_range bytes)
{
    bool is_list = json_is_array(value);
    size_t count = is_list ? json_array_size(value) : 1;
    int rc = 0;

    for (size_t i = 0; i < count && i < NAMES_PER_FIELD_MOST && !rc; i++) {
        const json_t *item = is_list ? json_array_get(value, i) : value;
        struct bylaw_span text = fields[field].shape == SHAPE_NAME
                                     ? name_of(ld, item)
                                     : address_of(item);

        rc = bylaw__meta_add(ld->reader, fields[field].key, text, bytes,
                             "json-ld");
    }
    return rc;
}

static int add_field(struct bylaw__json_ld *ld, size_t field,
                     const json_t *value, struct bylaw_range bytes)
{
    switch (fields[field].shape) {
    case SHAPE_TEXT:
        return bylaw__meta_add(ld->reader, fields[field].key, text_of(value),
                               bytes, "json-ld");
    case SHAPE_TRUTH:
        return bylaw__meta_add(ld->reader, fields[field].key, truth_of(value),
                               bytes, "json-ld");
    case SHAPE_NAME:
    case SHAPE_ADDRESS:
        break;
    }
    return add_each(ld, field, value, bytes);
}

static int read_node(struct bylaw__json_ld *ld, const json_t *node,
                     enum bylaw__subject wanted, struct bylaw_range bytes)
{
    int rc = 0;

    if (subject_of(node) != wanted)
        return 0;
    for (size_t i = 0; i < COUNT(fields) && !rc; i++) {
        const json_t *value = json_object_get(node, fields[i].property);

        if (value && (fields[i].subjects & wanted))
            rc = add_field(ld, i, value, bytes);
    }
    return rc;
}

static int read_root(struct bylaw__json_ld *ld, size_t root,
                     enum bylaw__subject wanted)
{
    int rc = push(ld, ld->roots[root]);

    while (ld->stack_count && !rc) {
        const json_t *node = ld->stack[--ld->stack_count];

        if (json_is_array(node)) {
            rc = push_items(ld, node);
            continue;
        }
        rc = read_node(ld, node, wanted, ld->bytes[root]);
        for (size_t i = 0; i < COUNT(paths) && !rc; i++)
            rc = push(ld, json_object_get(node, paths[i]));
    }
    return rc;
}

/* ------------------------------------------------------------- scripts --- */

static int load_script(struct bylaw__json_ld *ld, struct bylaw_span script,
                       struct bylaw_range bytes)
{
    struct bylaw__meta_reader *reader = ld->reader;
    struct bylaw_error why = {0};
    json_t *root = NULL;
    int rc;

    ld->total += script.len;
    if (ld->count >= SCRIPTS_MOST || ld->total > SCRIPTS_BYTES)
        return bylaw__extraction_incomplete(
            reader->x, "the page has more JSON-LD than is read", reader->err);
    rc = bylaw__json_ld_load(&root, script, &why);
    if (rc == BYLAW_ELIMIT)
        return bylaw__extraction_incomplete(reader->x, why.what, reader->err);
    if (rc == BYLAW_ENOMEM)
        return bylaw__fail_memory(reader->err, "json-ld");
    if (rc) /* a script without JSON says nothing */
        return 0;
    ld->roots[ld->count] = root;
    ld->bytes[ld->count++] = bytes;
    return index_all(ld, root);
}

static int load_all(struct bylaw__json_ld *ld)
{
    const struct bylaw__node *root = ld->reader->root;
    const struct bylaw__node *node = root;
    int rc = 0;

    for (; node && !rc; node = bylaw__node_next(node, root)) {
        const struct bylaw__node *text = node->first_child;

        if (!bylaw__node_is(node, "script") || !text ||
            !bylaw__span_starts_nocase(bylaw__span_trim(
                                           bylaw__node_value(node, "type")),
                                       "application/ld+json"))
            continue;
        rc = load_script(ld, text->text, text->bytes);
    }
    return rc;
}

int bylaw__json_ld_read(struct bylaw__meta_reader *reader)
{
    struct bylaw__json_ld ld = {.reader = reader};
    int rc = load_all(&ld);

    for (size_t i = 0; i < ld.count && !rc; i++)
        rc = read_root(&ld, i, BYLAW__ABOUT_ARTICLE);
    for (size_t i = 0; i < ld.count && !rc; i++)
        rc = read_root(&ld, i, BYLAW__ABOUT_PAGE);
    for (size_t i = 0; i < ld.count; i++)
        json_decref(ld.roots[i]);
    bylaw__map_release(&ld.by_id);
    free(ld.stack);
    return rc;
}
