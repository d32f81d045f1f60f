/* SPDX-License-Identifier: Apache-2.0 */
/*
 * YAML bytes to a tree, the one place that knows libfyaml. Its event parser
 * is used, not its documents: so every ceiling acts while reading, and what
 * is not allowed here (aliases, tags, several documents) never gets built.
 */
#include "rules_int.h"

#include <libfyaml.h>

/* What stands between the parser and the tree. */
struct builder {
    struct bylaw__arena *arena;
    struct complaints *complaints;
    const char *file;
    struct yaml_node *open[BYLAW_LIMIT_RULE_NESTING];
    struct yaml_node *keys[BYLAW_LIMIT_RULE_NESTING]; /* awaiting a value */
    size_t depth;
    struct yaml_node *root;
    bool is_bad; /* stop: a complaint was made or memory ran out */
};

static struct place place_of(const struct builder *b,
                             const struct fy_mark *mark)
{
    struct place place = {b->file, 1, 1};

    if (mark && mark->line >= 0 && mark->column >= 0) {
        place.line = (unsigned)mark->line + 1;
        place.column = (unsigned)mark->column + 1;
    }
    return place;
}

static void stop(struct builder *b, const char *id, struct place place,
                 const char *what)
{
    bylaw__complain(b->complaints, BYLAW_ECONFIG, id, place, "%s", what);
    b->is_bad = true;
}

static void stop_limit(struct builder *b, const char *id, struct place place,
                       const char *what, unsigned limit)
{
    bylaw__complain(b->complaints, BYLAW_ELIMIT, id, place, "%s %u", what,
                    limit);
    b->is_bad = true;
}

bool bylaw__yaml_add(struct bylaw__arena *arena, struct yaml_node *parent,
                     struct yaml_pair pair)
{
    if (parent->count == parent->cap) {
        size_t cap = parent->cap ? parent->cap * 2 : 4;
        struct yaml_pair *pairs =
            bylaw__arena_alloc_array(arena, cap, sizeof(*pairs));

        if (!pairs)
            return false;
        if (parent->count)
            memcpy(pairs, parent->pairs, parent->count * sizeof(*pairs));
        parent->pairs = pairs;
        parent->cap = cap;
    }
    parent->pairs[parent->count++] = pair;
    return true;
}

static bool is_same_text(const struct yaml_node *a, const struct yaml_node *b)
{
    return a->hash == b->hash && bylaw__span_eq(a->text, b->text);
}

static void set_key(struct builder *b, const struct yaml_node *mapping,
                    struct yaml_node *key)
{
    if (key->kind != YAML_SCALAR) {
        stop(b, "rules.yaml-feature", key->place,
             "a key must be a plain word, not a list or mapping");
        return;
    }
    b->keys[b->depth - 1] = key;
    for (size_t i = 0; i < mapping->count; i++)
        if (is_same_text(mapping->pairs[i].key, key))
            bylaw__complain(b->complaints, BYLAW_ECONFIG, "rules.duplicate-key",
                            key->place,
                            "key \"%s\" stands twice, first in line %u",
                            key->text.ptr, mapping->pairs[i].key->place.line);
}

/* Hangs a node into what is open: as root, list item, key or value. */
static void attach(struct builder *b, struct yaml_node *node)
{
    struct yaml_node *parent = b->depth ? b->open[b->depth - 1] : NULL;
    struct yaml_node *key = b->depth ? b->keys[b->depth - 1] : NULL;

    if (!parent) {
        b->root = node;
        return;
    }
    if (parent->kind == YAML_MAPPING && !key) {
        set_key(b, parent, node);
        return;
    }
    b->keys[b->depth - 1] = NULL;
    if (parent->count >= BYLAW_LIMIT_RULE_ITEMS)
        stop_limit(b, "rules.too-many", node->place,
                   "a list or mapping has more entries than",
                   BYLAW_LIMIT_RULE_ITEMS);
    else if (!bylaw__yaml_add(b->arena, parent, (struct yaml_pair){key, node}))
        b->is_bad = true;
}

static struct yaml_node *new_node(struct builder *b, struct fy_event *event,
                                  enum yaml_kind kind)
{
    struct yaml_node *node = bylaw__arena_alloc(b->arena, sizeof(*node));

    if (!node) {
        b->is_bad = true;
        return NULL;
    }
    node->kind = kind;
    node->place = place_of(b, fy_event_start_mark(event));
    return node;
}

/* The spellings of null in YAML 1.2's core schema. */
static bool is_null_text(struct bylaw_span text)
{
    return !text.len || bylaw__span_is(text, "~") ||
           bylaw__span_is(text, "null") || bylaw__span_is(text, "Null") ||
           bylaw__span_is(text, "NULL");
}

/* Piece by piece: fy_token_get_text leaks memory where a text in quotes has
 * many escapes (seen in libfyaml 0.7.12). False: it cannot be read, as an empty
 * block text at the very end of a file. */
static bool gather_text(struct bylaw__buf *out, struct fy_token *token)
{
    struct fy_token_iter *iterator = fy_token_iter_create(token);
    const struct fy_iter_chunk *chunk = NULL;
    int failure = 0;

    if (!iterator)
        return false;
    while ((chunk = fy_token_iter_chunk_next(iterator, chunk, &failure)))
        bylaw__buf_add(out, chunk->str, chunk->len);
    fy_token_iter_destroy(iterator);
    return !failure;
}

static void take_scalar(struct builder *b, struct fy_event *event)
{
    struct yaml_node *node = new_node(b, event, YAML_SCALAR);
    struct fy_token *token = event->scalar.value;
    struct bylaw__buf text = {0};

    if (!node)
        return;
    if (token && !gather_text(&text, token)) {
        bylaw__buf_release(&text);
        stop(b, "rules.yaml-syntax", node->place,
             "not YAML: a text without an end");
        return;
    }
    if (text.failed)
        b->arena->failed = true;
    node->is_plain = !token || fy_token_scalar_style(token) == FYSS_PLAIN;
    node->text = bylaw__arena_span(b->arena, bylaw__buf_span(&text));
    bylaw__buf_release(&text);
    if (b->is_bad || !node->text.ptr) {
        b->is_bad = true;
        return;
    }
    node->hash = bylaw__hash64(node->text);
    node->is_null = node->is_plain && is_null_text(node->text);
    if (memchr(node->text.ptr, 0, node->text.len))
        stop(b, "rules.not-text", node->place, "a text holds a NUL");
    else
        attach(b, node);
}

static void open_node(struct builder *b, struct fy_event *event,
                      enum yaml_kind kind)
{
    struct yaml_node *node = new_node(b, event, kind);

    if (!node)
        return;
    if (b->depth == BYLAW_LIMIT_RULE_NESTING) {
        stop_limit(b, "rules.too-deep", node->place,
                   "lists and mappings are nested deeper than",
                   BYLAW_LIMIT_RULE_NESTING);
        return;
    }
    attach(b, node);
    if (b->is_bad)
        return;
    b->open[b->depth] = node;
    b->keys[b->depth] = NULL;
    b->depth++;
}

/* Anchors and tags ride on other events; neither is used here. */
static bool is_decorated(struct builder *b, struct fy_event *event)
{
    struct fy_token *token = fy_event_get_anchor_token(event);
    const char *what = "anchors and aliases are not allowed: repeat the value";

    if (!token) {
        token = fy_event_get_tag_token(event);
        what = "tags are not used: leave it out";
    }
    if (!token)
        return false;
    stop(b, "rules.yaml-feature", place_of(b, fy_token_start_mark(token)),
         what);
    return true;
}

static void take_event(struct builder *b, struct fy_event *event)
{
    if (is_decorated(b, event))
        return;
    switch (event->type) {
    case FYET_SCALAR:
        take_scalar(b, event);
        break;
    case FYET_SEQUENCE_START:
        open_node(b, event, YAML_LIST);
        break;
    case FYET_MAPPING_START:
        open_node(b, event, YAML_MAPPING);
        break;
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
        b->depth--;
        break;
    case FYET_ALIAS:
        stop(b, "rules.yaml-feature", place_of(b, fy_event_start_mark(event)),
             "anchors and aliases are not allowed: repeat the value");
        break;
    case FYET_DOCUMENT_START:
        if (b->root)
            stop(b, "rules.yaml-feature",
                 place_of(b, fy_event_start_mark(event)),
                 "a file holds one document, and here a second one starts");
        break;
    default:
        break;
    }
}

static void complain_syntax(struct builder *b, struct fy_diag *diag)
{
    void *iterator = NULL;
    struct fy_diag_error *error = fy_diag_errors_iterate(diag, &iterator);
    struct place place = {b->file, 1, 1};

    if (error && error->line > 0 && error->column > 0) {
        place.line = (unsigned)error->line;
        place.column = (unsigned)error->column;
    }
    bylaw__complain(b->complaints, BYLAW_ECONFIG, "rules.yaml-syntax", place,
                    "not YAML: %s",
                    error && error->msg ? error->msg : "it cannot be read");
    b->is_bad = true;
}

static void drain(struct builder *b, struct fy_parser *parser,
                  struct fy_diag *diag)
{
    bool is_over = false;

    while (!b->is_bad && !is_over) {
        struct fy_event *event = fy_parser_parse(parser);

        if (!event) {
            complain_syntax(b, diag);
            return;
        }
        is_over = event->type == FYET_STREAM_END;
        take_event(b, event);
        fy_parser_event_free(parser, event);
    }
}

static void swallow(struct fy_diag *diag, void *user, const char *text,
                    size_t len)
{
    (void)diag;
    (void)user;
    (void)text;
    (void)len;
}

/* libfyaml writes to stderr unless its diagnostics are collected. */
static struct fy_diag *new_diag(void)
{
    struct fy_diag_cfg cfg;
    struct fy_diag *diag;

    fy_diag_cfg_default(&cfg);
    cfg.fp = NULL;
    cfg.output_fn = swallow;
    cfg.colorize = false;
    cfg.level = FYET_ERROR;
    diag = fy_diag_create(&cfg);
    if (diag)
        fy_diag_set_collect_errors(diag, true);
    return diag;
}

static void parse(struct builder *b, struct bylaw_span yaml)
{
    struct fy_diag *diag = new_diag();
    struct fy_parse_cfg cfg = {
        .search_path = "",
        .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_DEFAULT_VERSION_1_2 |
                 FYPCF_JSON_NONE,
        .diag = diag,
    };
    struct fy_parser *parser = diag ? fy_parser_create(&cfg) : NULL;

    if (!parser || fy_parser_set_string(parser, yaml.ptr, yaml.len)) {
        b->arena->failed = true;
        b->is_bad = true;
    } else {
        drain(b, parser, diag);
    }
    fy_parser_destroy(parser);
    fy_diag_destroy(diag);
}

/* Line and column of a byte; columns count code points as libfyaml does. */
static struct place place_at(const char *file, struct bylaw_span yaml,
                             size_t offset)
{
    struct place place = {file, 1, 1};

    for (size_t i = 0; i < offset && i < yaml.len; i++) {
        if (yaml.ptr[i] == '\n') {
            place.line++;
            place.column = 1;
        } else if (((unsigned char)yaml.ptr[i] & 0xc0) != 0x80) {
            place.column++;
        }
    }
    return place;
}

/* First byte that is no text, or yaml.len. */
static size_t find_bad_byte(struct bylaw_span yaml)
{
    size_t pos = 0;

    while (pos < yaml.len) {
        size_t start = pos;

        (void)bylaw__utf8_next(yaml, &pos);
        if (!yaml.ptr[start] ||
            !bylaw__utf8_valid(bylaw__span_sub(yaml, start, pos)))
            return start;
    }
    return yaml.len;
}

static bool is_readable(struct builder *b, struct bylaw_span yaml)
{
    struct place start = {b->file, 1, 1};
    size_t bad;

    if (yaml.len > BYLAW_LIMIT_RULE_BYTES) {
        stop_limit(b, "rules.too-large", start, "the file has more bytes than",
                   BYLAW_LIMIT_RULE_BYTES);
        return false;
    }
    bad = find_bad_byte(yaml);
    if (bad < yaml.len)
        stop(b, "rules.not-text", place_at(b->file, yaml, bad),
             yaml.ptr[bad] ? "the file is not UTF-8" : "the file holds a NUL");
    return bad == yaml.len;
}

const struct yaml_node *bylaw__yaml_read(struct bylaw__arena *arena,
                                         struct bylaw_span yaml,
                                         const char *file, struct complaints *c)
{
    struct builder b = {.arena = arena, .complaints = c};

    b.file = bylaw__arena_strdup(arena, file);
    if (!b.file || !is_readable(&b, yaml))
        return NULL;
    if (yaml.len)
        parse(&b, yaml);
    if (b.is_bad)
        return NULL;
    if (!b.root || b.root->kind != YAML_MAPPING) {
        stop(&b, "rules.wrong-type", (struct place){b.file, 1, 1},
             "the file must be a mapping, such as \"id: name\" in a line");
        return NULL;
    }
    return b.root;
}

const struct yaml_node *bylaw__yaml_get(const struct yaml_node *mapping,
                                        const char *key)
{
    for (size_t i = 0; i < mapping->count; i++)
        if (mapping->pairs[i].key &&
            bylaw__span_is(mapping->pairs[i].key->text, key))
            return mapping->pairs[i].value;
    return NULL;
}
