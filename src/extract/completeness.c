/* SPDX-License-Identifier: Apache-2.0 */
/* Why what is missing from a page cannot be believed to be missing. */
#include "page_int.h"

#include <stdlib.h>

/* Fewer visible words than this, with scripts, and scripts make the page. */
#define FEW_WORDS 25u
/* A text cut by a paywall is shorter than this. */
#define TEASER_WORDS 300u
/* Bytes at the end of a page in which an unfinished tag is looked for. */
#define TAIL_BYTES 4096u

static uint32_t visible_words(const struct bylaw__page *page)
{
    uint32_t words = 0;

    for (size_t i = 0; i < page->x->block_count; i++)
        if (page->x->blocks[i].visibility == BYLAW_VISIBILITY_VISIBLE)
            words += page->x->blocks[i].words;
    return words;
}

static uint32_t main_words(const struct bylaw__page *page)
{
    uint32_t words = 0;

    for (size_t i = 0; i < page->x->block_count; i++)
        if (page->x->blocks[i].is_main)
            words += page->x->blocks[i].words;
    return words;
}

/* A "<" with a letter or "/" after it and no ">" up to the end. */
static bool ends_inside_tag(struct bylaw_span text)
{
    size_t low = text.len > TAIL_BYTES ? text.len - TAIL_BYTES : 0;

    for (size_t i = text.len; i-- > low;) {
        if (text.ptr[i] == '>')
            return false;
        if (text.ptr[i] == '<')
            return i + 1 == text.len || text.ptr[i + 1] == '/' ||
                   text.ptr[i + 1] == '!' ||
                   bylaw__is_alpha((unsigned char)text.ptr[i + 1]);
    }
    return false;
}

static const struct bylaw_meta *find_meta(const struct bylaw__extraction *x,
                                          enum bylaw_meta_key key)
{
    for (size_t i = 0; i < x->meta_count; i++)
        if (x->metas[i].key == key)
            return &x->metas[i];
    return NULL;
}

static bool has_paywall(const struct bylaw__page *page)
{
    const struct bylaw_meta *is_free = find_meta(page->x, BYLAW_META_FREE);

    if (main_words(page) >= TEASER_WORDS)
        return false;
    if (is_free && bylaw__span_is_nocase(is_free->value, "false"))
        return true;
    for (uint32_t i = 0; i < page->element_count; i++) {
        const struct bylaw__element *e = &page->elements[i];

        if ((e->hints & BYLAW__HINT_PAYWALL) && e->words &&
            e->visibility == BYLAW_VISIBILITY_VISIBLE)
            return true;
    }
    return false;
}

/* An AMP page whose canonical address is another: the full page is there. */
static bool is_amp_variant(const struct bylaw__page *page)
{
    const struct bylaw__extraction *x = page->x;
    const struct bylaw_meta *canonical = find_meta(x, BYLAW_META_CANONICAL);
    bylaw_url *url = NULL;
    bool is_other;

    if (!find_meta(x, BYLAW_META_AMP) || !canonical || !x->base_url ||
        bylaw_url_parse(&url, canonical->value, x->base_url, NULL))
        return false;
    is_other = strcmp(bylaw_url_href(url), bylaw_url_href(x->base_url)) != 0;
    bylaw_url_free(url);
    return is_other;
}

/* <meta http-equiv=refresh content="0; url=...">: where the page really is. */
static bool refreshes_elsewhere(const struct bylaw__page *page)
{
    for (uint32_t i = 0; i < page->element_count; i++) {
        const struct bylaw__node *node = page->elements[i].node;
        struct bylaw_span content;

        if (page->elements[i].tag != BYLAW__TAG_META ||
            page->elements[i].visibility != BYLAW_VISIBILITY_VISIBLE ||
            !bylaw__span_is_nocase(bylaw__node_value(node, "http-equiv"),
                                   "refresh"))
            continue;
        content = bylaw__node_value(node, "content");
        if (bylaw__span_find_nocase(content, BYLAW__SPAN("url=")) != SIZE_MAX)
            return true;
    }
    return false;
}

static bool is_cut(const struct bylaw__page *page)
{
    return ends_inside_tag(page->x->document->text);
}

static bool is_filled_by_scripts(const struct bylaw__page *page)
{
    return page->has_scripts && visible_words(page) < FEW_WORDS;
}

struct reason_row {
    bool (*holds)(const struct bylaw__page *page);
    const char *reason;
};

static const struct reason_row reasons[] = {
    {is_cut, "the page ends inside a tag"},
    {is_filled_by_scripts,
     "the page has almost no text of its own and is filled in by scripts"},
    {has_paywall, "only the part before a paywall can be read"},
    {is_amp_variant, "the page is the AMP variant of another address"},
    {refreshes_elsewhere, "the page sends its readers on to another address"},
};

int bylaw__page_completeness(struct bylaw__page *page, struct bylaw_error *err)
{
    int rc = 0;

    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]) && !rc; i++)
        if (reasons[i].holds(page))
            rc = bylaw__extraction_incomplete(page->x, reasons[i].reason, err);
    return rc;
}
