/* SPDX-License-Identifier: Apache-2.0 */
/* A page's metadata: read from every place that states it, then weighed. */
#include "metadata_int.h"

#define VALUE_BYTES_MOST (16u << 10) /* of one fact; longer is cut */
#define TITLE_BYTES_MOST 500u
#define HEADINGS_MOST    100u /* of level 1 that are compared with the title */
#define READS_MOST       (8u * BYLAW_LIMIT_META_ITEMS)

/* ------------------------------------------------------------ subjects --- */

/* Name endings of the schema.org types for a work that stands on a page. */
static const struct {
    const char *ending;
    enum bylaw__subject subject;
} types[] = {
    {"Article", BYLAW__ABOUT_ARTICLE}, {"Posting", BYLAW__ABOUT_ARTICLE},
    {"Report", BYLAW__ABOUT_ARTICLE},  {"Review", BYLAW__ABOUT_ARTICLE},
    {"Recipe", BYLAW__ABOUT_ARTICLE},  {"CreativeWork", BYLAW__ABOUT_ARTICLE},
    {"HowTo", BYLAW__ABOUT_ARTICLE},   {"Page", BYLAW__ABOUT_PAGE},
};

enum bylaw__subject bylaw__subject_of_type(struct bylaw_span type)
{
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (bylaw__span_ends(type, types[i].ending) &&
            !bylaw__span_ends(type, "JobPosting"))
            return types[i].subject;
    return BYLAW__ABOUT_OTHER;
}

bool bylaw__is_cc_address(struct bylaw_span address)
{
    static const char *const tools[] = {"creativecommons.org/licenses/",
                                        "creativecommons.org/publicdomain/",
                                        "creativecommons.org/licences/"};

    address = bylaw__span_trim(address);
    for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++) {
        size_t at = bylaw__span_find_nocase(address, bylaw__span_of(tools[i]));

        /* At the host's place: after "https://www." at most. */
        if (at != SIZE_MAX && at <= strlen("https://www.") &&
            at + strlen(tools[i]) < address.len)
            return true;
    }
    return false;
}

/* -------------------------------------------------------------- adding --- */

static bool is_address(struct bylaw_span value)
{
    return bylaw__span_starts_nocase(value, "http:") ||
           bylaw__span_starts_nocase(value, "https:") ||
           bylaw__span_starts_nocase(value, "www.") ||
           bylaw__span_starts(value, "//");
}

/* What content systems write where nobody filled in a name. */
static bool is_placeholder(struct bylaw_span name)
{
    static const char *const names[] = {"admin",   "administrator", "no author",
                                        "unknown", "root",          "webmaster",
                                        "by",      "author",        "user",
                                        "none",    "null"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (bylaw__span_is_nocase(name, names[i]))
            return true;
    return false;
}

static bool is_plausible(enum bylaw_meta_key key, struct bylaw_span value)
{
    switch (key) {
    case BYLAW_META_AUTHOR:
        return !is_address(value) && !is_placeholder(value) &&
               value.ptr[0] != '@' && value.ptr[0] != '{';
    case BYLAW_META_PUBLISHER:
        return !is_address(value);
    default:
        return true;
    }
}

static bool is_known(const struct bylaw__extraction *x, enum bylaw_meta_key key,
                     struct bylaw_span value, const char *origin)
{
    for (size_t i = 0; i < x->meta_count; i++)
        if (x->metas[i].key == key && !strcmp(x->metas[i].origin, origin) &&
            bylaw__span_eq(x->metas[i].value, value))
            return true;
    return false;
}

static int add_address(struct bylaw__meta_reader *reader,
                       enum bylaw_meta_key key, struct bylaw_span value,
                       struct bylaw_range bytes, const char *origin)
{
    bylaw_url *url = NULL;
    int rc;

    if (!bylaw_url_parse(&url, value, reader->x->base_url, NULL))
        value = bylaw__span_of(bylaw_url_href(url));
    rc = is_known(reader->x, key, value, origin)
             ? 0
             : bylaw__extraction_add_meta(reader->x, key, value, bytes, origin,
                                          reader->err);
    bylaw_url_free(url);
    return rc;
}

/* White space collapsed into reader->value. */
static struct bylaw_span collapse(struct bylaw__meta_reader *reader,
                                  struct bylaw_span value)
{
    bool has_space = false;

    bylaw__buf_clear(&reader->value);
    value = bylaw__span_sub(value, 0, VALUE_BYTES_MOST);
    for (size_t i = 0; i < value.len; i++) {
        if (bylaw__is_space((unsigned char)value.ptr[i])) {
            has_space = reader->value.len > 0;
            continue;
        }
        if (has_space)
            bylaw__buf_add_char(&reader->value, ' ');
        has_space = false;
        bylaw__buf_add_char(&reader->value, value.ptr[i]);
    }
    return bylaw__buf_span(&reader->value);
}

static bool is_iso_like(struct bylaw_span value)
{
    for (size_t i = 0; i < 4; i++)
        if (i >= value.len || !bylaw__is_digit((unsigned char)value.ptr[i]))
            return false;
    return value.len >= 10 && value.ptr[4] == '-' && value.ptr[7] == '-';
}

bool bylaw__meta_is_spent(const struct bylaw__meta_reader *reader)
{
    return reader->reads > READS_MOST;
}

int bylaw__meta_add_decoded(struct bylaw__meta_reader *reader,
                            enum bylaw_meta_key key, struct bylaw_span value,
                            struct bylaw_range bytes, const char *origin)
{
    bool is_date = key == BYLAW_META_PUBLISHED || key == BYLAW_META_MODIFIED;
    char date[BYLAW__DATE_BYTES];

    reader->reads++;
    if (bylaw__meta_is_spent(reader))
        return bylaw__extraction_incomplete(
            reader->x, "the page has more metadata than is read", reader->err);
    value = collapse(reader, value);
    if (reader->value.failed)
        return bylaw__fail_memory(reader->err, "metadata");
    if (!value.len || !is_plausible(key, value))
        return 0;
    if (is_date && !is_iso_like(value) &&
        bylaw__date_find(date, NULL, value, reader->month_first))
        value = bylaw__span_of(date);
    if (key == BYLAW_META_URL || key == BYLAW_META_CANONICAL ||
        ((key == BYLAW_META_LICENSE || key == BYLAW_META_BASED_ON) &&
         (is_address(value) || value.ptr[0] == '/')))
        return add_address(reader, key, value, bytes, origin);
    if (is_known(reader->x, key, value, origin))
        return 0;
    return bylaw__extraction_add_meta(reader->x, key, value, bytes, origin,
                                      reader->err);
}

int bylaw__meta_add(struct bylaw__meta_reader *reader, enum bylaw_meta_key key,
                    struct bylaw_span value, struct bylaw_range bytes,
                    const char *origin)
{
    struct bylaw__buf plain = {0};
    int rc;

    bylaw__entity_decode_all(&plain,
                             bylaw__span_sub(value, 0, VALUE_BYTES_MOST));
    rc = plain.failed
             ? bylaw__fail_memory(reader->err, "metadata")
             : bylaw__meta_add_decoded(reader, key, bylaw__buf_span(&plain),
                                       bytes, origin);
    bylaw__buf_release(&plain);
    return rc;
}

/* -------------------------------------------------------- text of nodes --- */

#define NODES_VISITED_MOST 400u /* keeps nested requests from going quadratic */

static bool is_silent(const struct bylaw__node *node)
{
    return bylaw__node_is(node, "script") || bylaw__node_is(node, "style") ||
           bylaw__node_is(node, "template");
}

/* Bytes of white space at i, a no-break space included; 0 where none is. */
static size_t blank_at(struct bylaw_span text, size_t i)
{
    if (bylaw__is_space((unsigned char)text.ptr[i]))
        return 1;
    return bylaw__span_starts(bylaw__span_sub(text, i, text.len), "\xc2\xa0")
               ? 2
               : 0;
}

struct bylaw_span bylaw__node_text(struct bylaw__buf *out,
                                   const struct bylaw__node *node)
{
    const struct bylaw__node *at = node;
    bool has_space = false;

    bylaw__buf_clear(out);
    for (unsigned visited = 0;
         at && visited < NODES_VISITED_MOST && out->len < TITLE_BYTES_MOST;
         visited++) {
        for (size_t i = 0; at->kind == BYLAW__NODE_TEXT && i < at->text.len &&
                           out->len < TITLE_BYTES_MOST;
             i++) {
            size_t blank = blank_at(at->text, i);

            if (blank) {
                has_space = out->len > 0;
                i += blank - 1;
                continue;
            }
            if (has_space)
                bylaw__buf_add_char(out, ' ');
            has_space = false;
            bylaw__buf_add_char(out, at->text.ptr[i]);
        }
        /* A tag parts words for the eye more often than not. */
        if (at->kind == BYLAW__NODE_ELEMENT && out->len)
            has_space = has_space || !bylaw__node_is(at, "b");
        at = is_silent(at) ? bylaw__node_skip(at, node)
                           : bylaw__node_next(at, node);
    }
    return bylaw__buf_span(out);
}

/* ---------------------------------------------------- title, language --- */

static const struct bylaw__node *find_first(const struct bylaw__node *root,
                                            const char *tag)
{
    const struct bylaw__node *node = root;

    while (node && !bylaw__node_is(node, tag))
        node = bylaw__node_next(node, root);
    return node;
}

static struct bylaw_span first_meta(const struct bylaw__extraction *x,
                                    enum bylaw_meta_key key)
{
    for (size_t i = 0; i < x->meta_count; i++)
        if (x->metas[i].key == key)
            return x->metas[i].value;
    return (struct bylaw_span){"", 0};
}

/* Cuts " | Site" and its kin where what is left begins the stated title. */
static struct bylaw_span cut_site_name(const struct bylaw__extraction *x,
                                       struct bylaw_span title)
{
    static const char *const bars[] = {" | ", " - ", " – ", " — ", " :: ",
                                       " » ", " · ", " « ", " • ", ": "};
    struct bylaw_span site = first_meta(x, BYLAW_META_PUBLISHER);

    for (size_t i = 0; site.len && i < sizeof(bars) / sizeof(bars[0]); i++) {
        size_t bar = strlen(bars[i]);

        if (title.len <= site.len + bar)
            continue;
        if (bylaw__span_eq_nocase(bylaw__span_sub(title, title.len - site.len,
                                                  title.len),
                                  site) &&
            bylaw__span_ends(bylaw__span_sub(title, 0, title.len - site.len),
                             bars[i]))
            return bylaw__span_sub(title, 0, title.len - site.len - bar);
    }
    return title;
}

/* The one heading of level 1 that also is (part of) the stated title. */
static bool choose_heading(struct bylaw__buf *out,
                           const struct bylaw__meta_reader *reader,
                           struct bylaw_span stated)
{
    const struct bylaw__node *node = reader->root;
    unsigned seen = 0;

    stated = bylaw__span_sub(stated, 0, TITLE_BYTES_MOST);
    for (; node && seen < HEADINGS_MOST;
         node = bylaw__node_next(node, reader->root)) {
        struct bylaw_span text;

        if (!bylaw__node_is(node, "h1"))
            continue;
        seen++;
        text = bylaw__node_text(out, node);
        if (text.len &&
            (!stated.len || bylaw__span_find_nocase(stated, text) != SIZE_MAX))
            return true;
    }
    return false;
}

static int choose_title(struct bylaw__meta_reader *reader)
{
    struct bylaw__extraction *x = reader->x;
    struct bylaw_span stated = first_meta(x, BYLAW_META_TITLE);
    struct bylaw__buf heading = {0};

    if (choose_heading(&heading, reader, stated))
        stated = bylaw__buf_span(&heading);
    else
        stated = cut_site_name(x, stated);
    x->document->title = bylaw__arena_copy(x->arena, bylaw__span_trim(stated));
    bylaw__buf_release(&heading);
    return x->document->title ? 0 : bylaw__fail_memory(reader->err, "metadata");
}

/* "en_US" becomes "en-US". */
static int choose_language(struct bylaw__meta_reader *reader)
{
    struct bylaw__extraction *x = reader->x;
    struct bylaw_span declared = first_meta(x, BYLAW_META_LANGUAGE);
    char *copy = bylaw__arena_copy(x->arena, declared);

    if (!copy)
        return bylaw__fail_memory(reader->err, "metadata");
    for (char *c = strchr(copy, '_'); c; c = strchr(c, '_'))
        *c = '-';
    x->document->language = copy;
    return 0;
}

/* Only American and undeclared English puts the month first. */
static bool is_month_first(struct bylaw_span language)
{
    return language.len == 0 || bylaw__span_is_nocase(language, "en") ||
           bylaw__span_is_nocase(language, "en-us") ||
           bylaw__span_is_nocase(language, "en_us");
}

static int read_declared_language(struct bylaw__meta_reader *reader)
{
    const struct bylaw__node *html = find_first(reader->root, "html");
    static const char *const names[] = {"lang", "xml:lang"};
    int rc = 0;

    for (size_t i = 0; html && i < 2 && !rc; i++) {
        const struct bylaw__attr *lang = bylaw__node_attr(html, names[i]);

        if (lang)
            rc = bylaw__meta_add_decoded(reader, BYLAW_META_LANGUAGE,
                                         lang->value, lang->bytes, "html");
    }
    reader->month_first =
        is_month_first(first_meta(reader->x, BYLAW_META_LANGUAGE));
    return rc;
}

static int read_title_element(struct bylaw__meta_reader *reader)
{
    const struct bylaw__node *title = find_first(reader->root, "title");
    struct bylaw__buf text = {0};
    int rc;

    if (!title)
        return 0;
    rc = bylaw__meta_add_decoded(reader, BYLAW_META_TITLE,
                                 bylaw__node_text(&text, title), title->bytes,
                                 "html");
    bylaw__buf_release(&text);
    return rc;
}

int bylaw__extract_metadata(struct bylaw__extraction *x,
                            struct bylaw_error *err)
{
    struct bylaw__meta_reader reader = {.x = x, .err = err};
    int (*const steps[])(struct bylaw__meta_reader *) = {
        read_declared_language, bylaw__json_ld_read, bylaw__head_read,
        bylaw__markup_read,     bylaw__rsl_read,     read_title_element,
        choose_title,           choose_language};
    int rc = 0;

    x->document->title = x->document->language = "";
    if (!x->dom)
        return 0;
    reader.root = bylaw__dom_root(x->dom);
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]) && !rc; i++)
        rc = steps[i](&reader);
    bylaw__buf_release(&reader.value);
    return rc;
}

int bylaw__extract_visible(struct bylaw__extraction *x, struct bylaw_error *err)
{
    struct bylaw__meta_reader reader = {.x = x, .err = err};
    int rc;

    reader.root = bylaw__dom_root(x->dom);
    reader.month_first = is_month_first(bylaw__span_of(x->document->language));
    rc = bylaw__visible_read(&reader);
    bylaw__buf_release(&reader.value);
    return rc;
}
