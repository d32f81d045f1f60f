/* SPDX-License-Identifier: Apache-2.0 */
/* A parsed page for tests, and finding one's way in it. */
#ifndef BYLAW_TESTS_HTML_PAGE_H
#define BYLAW_TESTS_HTML_PAGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "html/html.h"

struct page {
    struct bylaw_span html;
    bylaw__dom *dom;
};

static inline struct page page_of(struct bylaw_span html)
{
    struct page page = {html, NULL};
    struct bylaw_error err = {0};

    if (bylaw__dom_parse(&page.dom, html, &err))
        fail_msg("does not parse: %s", err.what);
    return page;
}

static inline void page_release(struct page *page)
{
    bylaw__dom_free(page->dom);
    page->dom = NULL;
}

/* The nth (from 0) element of that name, or NULL. */
static inline const struct bylaw__node *find_nth(const struct page *page,
                                                 const char *name, unsigned nth)
{
    const struct bylaw__node *root = bylaw__dom_root(page->dom);
    const struct bylaw__node *node = root;

    for (; node; node = bylaw__node_next(node, root))
        if (bylaw__node_is(node, name) && !nth--)
            return node;
    return NULL;
}

static inline const struct bylaw__node *find(const struct page *page,
                                             const char *name)
{
    const struct bylaw__node *node = find_nth(page, name, 0);

    if (!node)
        fail_msg("no <%s> in the tree", name);
    return node;
}

/* The page's bytes of a range are exactly want. */
static inline void check_bytes(const struct page *page,
                               struct bylaw_range range, const char *want)
{
    struct bylaw_span got = bylaw__span_sub(page->html, range.begin, range.end);

    if (!bylaw__span_is(got, want))
        fail_msg("bytes '%.*s', want '%s'", (int)got.len, got.ptr, want);
}

static inline void check_span(struct bylaw_span got, const char *want)
{
    if (!bylaw__span_is(got, want))
        fail_msg("text '%.*s', want '%s'", (int)got.len, got.ptr, want);
}

#endif
