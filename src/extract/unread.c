/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a page keeps back: behind a wall, behind "read on", in a frame. The
 * rest of an article, and the credit below it, may stand there; so what was
 * not found on such a page is not known to be missing.
 */
#include "unread_int.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
/* Words a reader sees between the main text and what belongs to it. */
#define BESIDE_WORDS 60u
/* A control says what it does in so many bytes; a wall in so many words. */
#define CONTROL_BYTES 64u
#define WALL_WORDS    120u
/* A text cut by a paywall is shorter than this. */
#define TEASER_WORDS 300u

/** The main text, and where on the page what is beside it begins and ends. */
struct bylaw__middle {
    struct bylaw_range first, last; /* its first and its last block */
    uint32_t early, late;
    uint32_t words;
};

static void find_blocks(struct bylaw__middle *out,
                        const struct bylaw__page *page)
{
    memset(out, 0, sizeof(*out));
    for (size_t i = 0; i < page->x->block_count; i++) {
        const struct bylaw_block *block = &page->x->blocks[i];

        if (!block->is_main)
            continue;
        if (!out->words)
            out->first = block->bytes;
        out->last = block->bytes;
        out->words += block->words;
    }
}

/* Out to the words that a reader sees too many of in between. */
static bool find_middle(struct bylaw__middle *out,
                        const struct bylaw__page *page)
{
    const struct bylaw_block *blocks = page->x->blocks;
    uint32_t before = 0, after = 0;

    find_blocks(out, page);
    out->late = UINT32_MAX;
    for (size_t i = 0; out->words && i < page->x->block_count; i++) {
        if (blocks[i].bytes.begin < out->last.end ||
            blocks[i].visibility != BYLAW_VISIBILITY_VISIBLE)
            continue;
        after += blocks[i].words;
        if (after > BESIDE_WORDS) {
            out->late = blocks[i].bytes.begin;
            break;
        }
    }
    for (size_t i = page->x->block_count; out->words && i-- > 0;) {
        if (blocks[i].bytes.end > out->first.begin ||
            blocks[i].visibility != BYLAW_VISIBILITY_VISIBLE)
            continue;
        before += blocks[i].words;
        if (before > BESIDE_WORDS) {
            out->early = blocks[i].bytes.end;
            break;
        }
    }
    return out->words > 0;
}

/* An object is laid out though what stands in it is not. */
static bool is_laid_out(const struct bylaw__element *e)
{
    return e->visibility == BYLAW_VISIBILITY_VISIBLE ||
           (e->tag == BYLAW__TAG_FALLBACK &&
            e->visibility == BYLAW_VISIBILITY_UNKNOWN);
}

static bool is_of_article(const struct bylaw__element *e)
{
    return e->zone == BYLAW_ZONE_UNKNOWN || e->zone == BYLAW_ZONE_BODY ||
           e->zone == BYLAW_ZONE_CREDIT || e->zone == BYLAW_ZONE_BYLINE;
}

/* Within the last block of the main text or soon after it. */
static bool ends_text(const struct bylaw__middle *middle,
                      const struct bylaw__element *e)
{
    return e->node->bytes.begin >= middle->last.begin &&
           e->node->bytes.begin <= middle->late && is_laid_out(e);
}

/* Soon before the first block of the main text, or within it. */
static bool begins_text(const struct bylaw__middle *middle,
                        const struct bylaw__element *e)
{
    return e->node->bytes.end >= middle->early &&
           e->node->bytes.begin < middle->first.end && is_laid_out(e);
}

/* ------------------------------------------------------------- walls --- */

static const struct bylaw_meta *find_meta(const struct bylaw__extraction *x,
                                          enum bylaw_meta_key key)
{
    for (size_t i = 0; i < x->meta_count; i++)
        if (x->metas[i].key == key)
            return &x->metas[i];
    return NULL;
}

/* "isAccessibleForFree": false of a part, said for search engines. */
static bool has_locked_part(struct bylaw_span json)
{
    struct bylaw_span mark = BYLAW__SPAN("isAccessibleForFree\"");
    size_t at;

    if (bylaw__span_find(json, BYLAW__SPAN("\"cssSelector\"")) == SIZE_MAX)
        return false;
    while ((at = bylaw__span_find(json, mark)) != SIZE_MAX) {
        json = bylaw__span_sub(json, at + mark.len, json.len);
        while (json.len && (bylaw__is_space((unsigned char)json.ptr[0]) ||
                            json.ptr[0] == ':' || json.ptr[0] == '"'))
            json = bylaw__span_sub(json, 1, json.len);
        if (bylaw__span_starts_nocase(json, "false"))
            return true;
    }
    return false;
}

static struct bylaw_span text_inside(const struct bylaw__node *node)
{
    const struct bylaw__node *text = node->first_child;

    return text && text->kind == BYLAW__NODE_TEXT ? text->text
                                                  : BYLAW__SPAN("");
}

/* What the page's head says of itself. */
static bool says_locked(const struct bylaw__page *page)
{
    const struct bylaw_meta *is_free = find_meta(page->x, BYLAW_META_FREE);

    if (is_free && bylaw__span_is_nocase(is_free->value, "false"))
        return true;
    for (uint32_t i = 0; i < page->element_count; i++) {
        const struct bylaw__node *node = page->elements[i].node;

        if (page->elements[i].tag == BYLAW__TAG_SCRIPT &&
            bylaw__span_is_nocase(bylaw__node_value(node, "type"),
                                  "application/ld+json") &&
            has_locked_part(text_inside(node)))
            return true;
        if (page->elements[i].tag == BYLAW__TAG_META &&
            bylaw__span_is_nocase(bylaw__node_value(node, "property"),
                                  "article:content_tier") &&
            bylaw__span_is_nocase(bylaw__node_value(node, "content"), "locked"))
            return true;
    }
    return false;
}

/* A short block that speaks as a wall does, at the end of the text. */
static bool ends_at_words(const struct bylaw__page *page,
                          const struct bylaw__middle *middle)
{
    for (size_t i = 0; i < page->x->block_count; i++) {
        const struct bylaw_block *block = &page->x->blocks[i];

        if (block->bytes.begin >= middle->last.begin &&
            block->words <= WALL_WORDS && block->zone != BYLAW_ZONE_NAV &&
            block->zone != BYLAW_ZONE_FOOTER &&
            block->zone != BYLAW_ZONE_COMMENTS &&
            block->bytes.begin <= middle->late &&
            block->visibility == BYLAW_VISIBILITY_VISIBLE &&
            bylaw__says_wall(block->text))
            return true;
    }
    return false;
}

/* An element that calls itself a paywall; around a long text it only says
 * what would be there. */
static bool ends_at_named_wall(const struct bylaw__page *page,
                               const struct bylaw__middle *middle)
{
    for (uint32_t i = 0; i < page->element_count; i++) {
        const struct bylaw__element *e = &page->elements[i];

        if ((e->hints & BYLAW__HINT_PAYWALL) && e->words &&
            e->visibility == BYLAW_VISIBILITY_VISIBLE &&
            (middle->words < TEASER_WORDS ||
             (e->words <= WALL_WORDS && ends_text(middle, e))))
            return true;
    }
    return false;
}

bool bylaw__page_is_walled(const struct bylaw__page *page)
{
    struct bylaw__middle middle;
    bool has_text = find_middle(&middle, page);

    return says_locked(page) || ends_at_named_wall(page, &middle) ||
           (has_text && ends_at_words(page, &middle));
}

/* ---------------------------------------------------------- controls --- */

/* The text of a control without arrows, dots and spaces at its ends. */
static struct bylaw_span control_text(char out[CONTROL_BYTES],
                                      const struct bylaw__node *control)
{
    const struct bylaw__node *node = control;
    size_t len = 0;

    while ((node = bylaw__node_next(node, control)) != NULL) {
        if (node->kind != BYLAW__NODE_TEXT)
            continue;
        if (len + node->text.len > CONTROL_BYTES)
            return BYLAW__SPAN("");
        memcpy(out + len, node->text.ptr, node->text.len);
        len += node->text.len;
    }
    if (!len) {
        struct bylaw_span value = bylaw__node_value(control, "value");

        return bylaw__node_is(control, "input") ? bylaw__span_trim(value)
                                                : BYLAW__SPAN("");
    }
    return bylaw__span_trim((struct bylaw_span){out, len});
}

/* "Read more...", "Read more ->", "+ Read more" say "read more". */
static struct bylaw_span strip_marks(struct bylaw_span s)
{
    static const char *const marks[] = {".",
                                        ":",
                                        ">",
                                        "+",
                                        "-",
                                        "(",
                                        ")",
                                        "[",
                                        "]",
                                        " ",
                                        "\n",
                                        "\t",
                                        "\xE2\x80\xA6",
                                        "\xC2\xBB",
                                        "\xE2\x80\xBA",
                                        "\xE2\x86\x92",
                                        "\xE2\x86\x93",
                                        "\xE2\x96\xBC",
                                        "\xE2\x96\xBE",
                                        "\xC2\xA0"};
    bool again = true;

    while (again) {
        again = false;
        for (size_t i = 0; i < COUNT(marks); i++) {
            size_t len = strlen(marks[i]);

            if (bylaw__span_starts(s, marks[i])) {
                s = bylaw__span_sub(s, len, s.len);
                again = true;
            }
            if (bylaw__span_ends(s, marks[i])) {
                s = bylaw__span_sub(s, 0, s.len - len);
                again = true;
            }
        }
    }
    return s;
}

/* "?", "#" or "/" after the page's own address. */
static bool goes_below(const struct bylaw__page *page, struct bylaw_span href)
{
    const bylaw_url *base = page->x->base_url;
    bylaw_url *url = NULL;
    bool below;
    size_t len;

    if (!href.len || href.ptr[0] == '#' ||
        bylaw__span_starts_nocase(href, "javascript:"))
        return true;
    if (!base || bylaw_url_parse(&url, href, base, NULL))
        return false;
    len = strlen(bylaw_url_path(base));
    while (len > 1 && bylaw_url_path(base)[len - 1] == '/')
        len--;
    below = !strcmp(bylaw_url_site(url), bylaw_url_site(base)) &&
            !bylaw_url_is_home(base) &&
            !strncmp(bylaw_url_path(url), bylaw_url_path(base), len);
    bylaw_url_free(url);
    return below;
}

/* Something to press that stays on the page or goes to its continuation. */
static bool is_control(const struct bylaw__page *page,
                       const struct bylaw__element *e)
{
    if (e->tag == BYLAW__TAG_A)
        return goes_below(page, bylaw__node_value(e->node, "href"));
    return e->tag == BYLAW__TAG_BUTTON || bylaw__node_is(e->node, "label") ||
           bylaw__node_is(e->node, "input") ||
           bylaw__node_attr(e->node, "onclick") ||
           bylaw__span_is_nocase(bylaw__node_value(e->node, "role"), "button");
}

bool bylaw__page_goes_on(const struct bylaw__page *page)
{
    struct bylaw__middle middle;

    if (!find_middle(&middle, page))
        return false;
    for (uint32_t i = 0; i < page->element_count; i++) {
        const struct bylaw__element *e = &page->elements[i];
        char text[CONTROL_BYTES];

        if (e->node->bytes.begin >= middle.last.begin && is_of_article(e) &&
            is_control(page, e) &&
            bylaw__says_more(strip_marks(control_text(text, e->node))) &&
            ends_text(&middle, e))
            return true;
    }
    return false;
}

/* ------------------------------------------------------------ frames --- */

/* Elements whose contents are fetched from the site itself. */
struct frame_row {
    const char *tag, *address; /* NULL tag: any; address: its attribute */
};

static const struct frame_row frames[] = {
    {"iframe", "src"},      {"iframe", "data-src"}, {"object", "data"},
    {"embed", "src"},       {"esi:include", "src"}, {"amp-list", "src"},
    {"amp-iframe", "src"},  {"turbo-frame", "src"}, {"include-fragment", "src"},
    {NULL, "hx-get"},       {NULL, "data-hx-get"},  {NULL, "w3-include-html"},
    {NULL, "data-include"}, {NULL, "ng-include"},   {NULL, "ic-src"},
    {"div", "data-src"},
};

/* Films, sounds and pictures hold no credit that could be read. */
static bool is_media(const struct bylaw__node *node)
{
    struct bylaw_span type = bylaw__node_value(node, "type");

    return type.len && !bylaw__span_starts_nocase(type, "text/") &&
           bylaw__span_find_nocase(type, BYLAW__SPAN("html")) == SIZE_MAX;
}

/* What pressing fetches is not part of the page as it is read. */
static bool waits_for_click(const struct bylaw__node *node)
{
    struct bylaw_span trigger = bylaw__node_value(node, "hx-trigger");

    return bylaw__node_attr(node, "hx-get") &&
           bylaw__span_find(trigger, BYLAW__SPAN("load")) == SIZE_MAX &&
           bylaw__span_find(trigger, BYLAW__SPAN("revealed")) == SIZE_MAX;
}

static bool is_own_address(const struct bylaw__page *page,
                           struct bylaw_span address)
{
    bylaw_url *url = NULL;
    bool is_own;

    if (!address.len || address.ptr[0] == '#')
        return false;
    if (!page->x->base_url) /* a relative one is the page's own site's */
        return bylaw__span_find(address, BYLAW__SPAN(":")) == SIZE_MAX;
    if (bylaw_url_parse(&url, address, page->x->base_url, NULL))
        return false;
    is_own = !strcmp(bylaw_url_site(url), bylaw_url_site(page->x->base_url));
    bylaw_url_free(url);
    return is_own;
}

/* "/parts/credit.html" of an element that is no frame: others keep there what
 * films and buttons need. */
static bool is_part_address(struct bylaw_span address)
{
    return bylaw__span_starts(address, "/") &&
           bylaw__span_find_nocase(address, BYLAW__SPAN(".htm")) != SIZE_MAX;
}

static bool is_unread_frame(const struct bylaw__page *page,
                            const struct bylaw__element *e)
{
    if (is_media(e->node) || waits_for_click(e->node) || e->words)
        return false;
    if (bylaw__span_trim(bylaw__node_value(e->node, "srcdoc")).len)
        return true;
    for (size_t i = 0; i < COUNT(frames); i++) {
        struct bylaw_span address =
            bylaw__node_value(e->node, frames[i].address);
        bool is_box = frames[i].tag && !strcmp(frames[i].tag, "div");

        if ((!frames[i].tag || bylaw__node_is(e->node, frames[i].tag)) &&
            (!is_box || is_part_address(address)) &&
            is_own_address(page, address))
            return true;
    }
    return false;
}

bool bylaw__page_has_unread_frame(const struct bylaw__page *page)
{
    struct bylaw__middle middle;

    if (!find_middle(&middle, page))
        return false;
    for (uint32_t i = 0; i < page->element_count; i++) {
        const struct bylaw__element *e = &page->elements[i];

        if (e->node->attr_count && is_of_article(e) &&
            is_unread_frame(page, e) &&
            (ends_text(&middle, e) || begins_text(&middle, e)))
            return true;
    }
    return false;
}
