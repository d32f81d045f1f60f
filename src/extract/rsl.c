/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Really Simple Licensing 1.0 inside a page (rslstandard.org/rsl):
 * <script type="application/rsl+xml">. A standard licence named there counts
 * where it asks for no money, is not for machines alone, and covers the page.
 *
 * RSL has no element that HTML treats in a way of its own, so that the parser
 * of pages reads it, below the ceilings of pages.
 */
#include "metadata_int.h"

/* Reading costs at most their product. */
#define SCRIPTS_MOST   4u
#define SCRIPT_BYTES   ((size_t)64 << 10)
#define STANDARDS_MOST 64u
#define PATTERN_BYTES  512u

/* What an asset's address has to be matched with: path and query. */
static struct bylaw_span path_of(const bylaw_url *url)
{
    struct bylaw_span href = bylaw__span_of(bylaw_url_href(url));
    size_t at = bylaw__span_find(href, BYLAW__SPAN("://"));

    if (at == SIZE_MAX)
        return (struct bylaw_span){NULL, 0};
    at += 3;
    while (at < href.len && href.ptr[at] != '/')
        at++;
    return bylaw__span_sub(href, at, href.len);
}

/* RFC 9309 s2.2.3: a prefix, "*" for anything, "$" for the end. */
static bool covers(struct bylaw_span pattern, struct bylaw_span path)
{
    size_t at = 0, i = 0, star = SIZE_MAX, back = 0;

    while (i < pattern.len) {
        bool is_end = pattern.ptr[i] == '$' && i + 1 == pattern.len;

        if (pattern.ptr[i] == '*') {
            star = ++i;
            back = at;
        } else if (is_end ? at == path.len
                          : at < path.len && path.ptr[at] == pattern.ptr[i]) {
            i++;
            at += !is_end;
        } else if (star != SIZE_MAX && back < path.len) {
            i = star;
            at = ++back;
        } else {
            return false;
        }
    }
    return true;
}

/* The url of a content element: a path, or an address of this very site. */
static bool is_about_page(const bylaw_url *page, struct bylaw_span asset)
{
    bylaw_url *url = NULL;
    bool is_here;

    asset = bylaw__span_trim(asset);
    if (!page || !asset.len || asset.len > PATTERN_BYTES)
        return false;
    if (asset.ptr[0] == '/' && !bylaw__span_starts(asset, "//"))
        return covers(asset, path_of(page));
    if (bylaw_url_parse(&url, asset, page, NULL))
        return false;
    is_here = !strcmp(bylaw_url_host(url), bylaw_url_host(page)) &&
              covers(path_of(url), path_of(page));
    bylaw_url_free(url);
    return is_here;
}

/* A name behind its prefix: feeds write "rsl:license". */
static bool is_named(const struct bylaw__node *node, const char *name)
{
    const char *colon;

    if (node->kind != BYLAW__NODE_ELEMENT)
        return false;
    colon = strchr(node->name, ':');
    return !strcmp(colon ? colon + 1 : node->name, name);
}

/* The nearest element of that name that node stands in, or NULL. */
static const struct bylaw__node *above(const struct bylaw__node *node,
                                       const char *name)
{
    for (node = node->parent; node; node = node->parent)
        if (is_named(node, name))
            return node;
    return NULL;
}

static bool has_word(struct bylaw_span list, const char *word)
{
    size_t begin = 0;

    for (size_t at = 0; at <= list.len; at++) {
        if (at < list.len && list.ptr[at] != ',')
            continue;
        if (bylaw__span_is_nocase(
                bylaw__span_trim(bylaw__span_sub(list, begin, at)), word))
            return true;
        begin = at + 1;
    }
    return false;
}

/* Where uses are listed, "all" has to be among them: any other is one of
 * machines. */
static bool is_for_all(const struct bylaw__node *licence,
                       struct bylaw__buf *text)
{
    const struct bylaw__node *node = licence;

    for (; node; node = bylaw__node_next(node, licence))
        if (is_named(node, "permits") &&
            bylaw__span_is_nocase(bylaw__node_value(node, "type"), "usage") &&
            !has_word(bylaw__node_text(text, node), "all"))
            return false;
    return true;
}

static bool asks_no_money(const struct bylaw__node *payment)
{
    struct bylaw_span type = bylaw__node_value(payment, "type");

    return !type.len || bylaw__span_is_nocase(type, "free") ||
           bylaw__span_is_nocase(type, "attribution");
}

static bool counts(const struct bylaw__meta_reader *reader,
                   const struct bylaw__node *standard, struct bylaw__buf *text)
{
    const struct bylaw__node *payment = above(standard, "payment");
    const struct bylaw__node *licence = above(standard, "license");
    const struct bylaw__node *content = above(standard, "content");

    return payment && licence && content && asks_no_money(payment) &&
           is_for_all(licence, text) &&
           is_about_page(reader->x->base_url,
                         bylaw__node_value(content, "url"));
}

static int read_standards(struct bylaw__meta_reader *reader,
                          const struct bylaw__node *root,
                          struct bylaw_range bytes)
{
    const struct bylaw__node *node = root;
    struct bylaw__buf text = {0};
    unsigned seen = 0;
    int rc = 0;

    for (; node && !rc; node = bylaw__node_next(node, root))
        if (is_named(node, "standard") && seen++ < STANDARDS_MOST &&
            counts(reader, node, &text))
            rc = bylaw__meta_add_decoded(reader, BYLAW_META_LICENSE,
                                         bylaw__node_text(&text, node), bytes,
                                         "rsl");
    bylaw__buf_release(&text);
    return rc;
}

/* What cannot be read licenses nothing. */
static int read_script(struct bylaw__meta_reader *reader,
                       const struct bylaw__node *script)
{
    struct bylaw_error why = {0};
    bylaw__dom *dom = NULL;
    int rc = bylaw__dom_parse(&dom, script->text, &why);

    if (rc)
        return rc == BYLAW_ENOMEM ? bylaw__fail_memory(reader->err, "rsl") : 0;
    rc = read_standards(reader, bylaw__dom_root(dom), script->bytes);
    bylaw__dom_free(dom);
    return rc;
}

int bylaw__rsl_read(struct bylaw__meta_reader *reader)
{
    const struct bylaw__node *node = reader->root;
    unsigned count = 0;
    int rc = 0;

    for (; node && !rc && count < SCRIPTS_MOST;
         node = bylaw__node_next(node, reader->root)) {
        const struct bylaw__node *text = node->first_child;

        if (!bylaw__node_is(node, "script") || !text ||
            text->text.len > SCRIPT_BYTES ||
            !bylaw__span_is_nocase(bylaw__span_trim(
                                       bylaw__node_value(node, "type")),
                                   "application/rsl+xml"))
            continue;
        count++;
        rc = read_script(reader, text);
    }
    return rc;
}
