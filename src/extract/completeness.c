/* SPDX-License-Identifier: Apache-2.0 */
/* Why what is missing from a page cannot be believed to be missing. */
#include "unread_int.h"

#include <stdlib.h>

/* Fewer visible words than this, with scripts, and scripts make the page. */
#define FEW_WORDS 25u
/* Articles do not come in more parts; archives and ids go further. */
#define MOST_PARTS 30u
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

/* Whether the page names another address, of its own site, as canonical. */
static bool has_other_canonical(const struct bylaw__page *page,
                                bool (*is_other)(const bylaw_url *canonical,
                                                 const bylaw_url *own))
{
    const struct bylaw__extraction *x = page->x;
    const struct bylaw_meta *canonical = find_meta(x, BYLAW_META_CANONICAL);
    bylaw_url *url = NULL;
    bool other;

    if (!canonical || !x->base_url ||
        bylaw_url_parse(&url, canonical->value, x->base_url, NULL))
        return false;
    other = is_other(url, x->base_url);
    bylaw_url_free(url);
    return other;
}

static bool is_elsewhere(const bylaw_url *canonical, const bylaw_url *own)
{
    return strcmp(bylaw_url_href(canonical), bylaw_url_href(own)) != 0;
}

/* "/print/", "?print=1", "/printable/article": said by the page's address and
 * not by the one it names as its own. */
static bool is_unprinted(const bylaw_url *canonical, const bylaw_url *own)
{
    struct bylaw_span word = BYLAW__SPAN("print");

    return !strcmp(bylaw_url_site(canonical), bylaw_url_site(own)) &&
           bylaw__span_find_nocase(bylaw__span_of(bylaw_url_href(own)), word) !=
               SIZE_MAX &&
           bylaw__span_find_nocase(bylaw__span_of(bylaw_url_href(canonical)),
                                   word) == SIZE_MAX;
}

/* An AMP page whose canonical address is another: the full page is there. */
static bool is_amp_variant(const struct bylaw__page *page)
{
    return find_meta(page->x, BYLAW_META_AMP) &&
           has_other_canonical(page, is_elsewhere);
}

static bool is_print_variant(const struct bylaw__page *page)
{
    return has_other_canonical(page, is_unprinted);
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

/* The number a part of an article bears at the end of its address: "/2", "/2/",
 * "?page=2". 0 where there is none; the next post of a site has words there. */
static unsigned part_number(struct bylaw_span href)
{
    static const char *const names[] = {"page=", "paged=", "p=",     "pg=",
                                        "part=", "seite=", "pagina="};
    unsigned number = 0, scale = 1;

    if (bylaw__span_ends(href, "/"))
        href.len--;
    while (href.len && scale < 1000 &&
           bylaw__is_digit((unsigned char)href.ptr[href.len - 1])) {
        number += (unsigned)(href.ptr[--href.len] - '0') * scale;
        scale *= 10;
    }
    if (bylaw__span_ends(href, "/"))
        return number;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (bylaw__span_ends(href, names[i]))
            return number;
    return 0;
}

/* rel=next to a numbered part: the rest, and the credit, may stand there. */
static bool goes_on_elsewhere(const struct bylaw__page *page)
{
    for (size_t i = 0; i < page->x->link_count; i++) {
        const struct bylaw_link *link = &page->x->links[i];
        unsigned number =
            link->rel & BYLAW_REL_NEXT ? part_number(link->href) : 0;

        if (number >= 2 && number <= MOST_PARTS)
            return true;
    }
    return false;
}

/* What tells two addresses of one page apart and does not matter: scheme,
 * fragment and a "/" at the end. */
static struct bylaw_span bare_address(const char *address)
{
    struct bylaw_span bare = bylaw__span_of(address);
    size_t scheme = bylaw__span_find(bare, BYLAW__SPAN("://"));
    size_t fragment = bylaw__span_find(bare, BYLAW__SPAN("#"));

    if (fragment != SIZE_MAX)
        bare.len = fragment;
    if (scheme < bare.len)
        bare = bylaw__span_sub(bare, scheme + 3, bare.len);
    if (bylaw__span_ends(bare, "/"))
        bare.len--;
    return bare;
}

/* What is left of a part's address without its "/2", "?page=2", "&page=2";
 * empty where it has none. "/comment-page-2" is no part. */
static struct bylaw_span without_part(struct bylaw_span part)
{
    static const char *const marks[] = {"/?page=", "?page=", "&page=", "/"};
    unsigned number = part_number(part);

    if (number < 2 || number > MOST_PARTS)
        return BYLAW__SPAN("");
    while (bylaw__is_digit((unsigned char)part.ptr[part.len - 1]))
        part.len--;
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (bylaw__span_ends(part, marks[i]))
            return bylaw__span_sub(part, 0, part.len - strlen(marks[i]));
    return BYLAW__SPAN("");
}

/* The way back from "/story/2" to "/story". From "/2023/5/12" to "/2023/5", and
 * from "/12" to the front page, is the way to an archive. */
static bool is_way_back(struct bylaw_span first, struct bylaw_span own)
{
    if (!first.len || !bylaw__span_eq(first, without_part(own)) ||
        bylaw__span_find(first, BYLAW__SPAN("/")) == SIZE_MAX)
        return false;
    while (first.len &&
           bylaw__is_digit((unsigned char)first.ptr[first.len - 1]))
        first.len--;
    return !bylaw__span_ends(first, "/");
}

/* Site menus come before the text; those of readers' comments turn the pages
 * of the comments. */
static bool may_turn_pages(const struct bylaw_link *link, uint32_t text_begin)
{
    return link->url && !strcmp(link->element, "a") &&
           link->zone != BYLAW_ZONE_COMMENTS &&
           (link->zone != BYLAW_ZONE_NAV || link->bytes.begin >= text_begin);
}

static uint32_t main_begin(const struct bylaw__page *page)
{
    for (size_t i = 0; i < page->x->block_count; i++)
        if (page->x->blocks[i].is_main)
            return page->x->blocks[i].bytes.begin;
    return UINT32_MAX;
}

/* Links to the page's own address with a part's number after it, or back to
 * the first part: WordPress writes them without rel=next. */
static bool has_parts(const struct bylaw__page *page)
{
    struct bylaw_span own = bare_address(page->x->document->url);
    uint32_t text_begin = main_begin(page);

    for (size_t i = 0; own.len && i < page->x->link_count; i++) {
        const struct bylaw_link *link = &page->x->links[i];
        struct bylaw_span address;

        if (!may_turn_pages(link, text_begin))
            continue;
        address = bare_address(link->url);
        if (bylaw__span_eq(own, without_part(address)) ||
            is_way_back(address, own))
            return true;
    }
    return false;
}

static bool is_one_of_several(const struct bylaw__page *page)
{
    return goes_on_elsewhere(page) || has_parts(page);
}

static bool is_cut(const struct bylaw__page *page)
{
    return ends_inside_tag(page->x->document->text);
}

/* Elements that nobody leaves open on purpose: their end tag is asked for. */
static bool needs_end_tag(const struct bylaw__node *node)
{
    static const char *const names[] = {"div",  "article", "section",
                                        "main", "table",   "center"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (bylaw__node_is(node, names[i]))
            return true;
    return false;
}

static bool ends_with_end_tag(struct bylaw_span text, const char *name)
{
    size_t len = strlen(name);

    if (text.len < len + 3)
        return false;
    text = bylaw__span_sub(text, text.len - len - 3, text.len);
    return text.ptr[0] == '<' && text.ptr[1] == '/' &&
           bylaw__span_is_nocase(bylaw__span_sub(text, 2, len + 2), name);
}

/* A page that opens body and boxes and closes neither was cut short on the
 * way: of 682 real pages none ends like that. */
static bool ends_open(const struct bylaw__page *page)
{
    struct bylaw_span text = page->x->document->text;
    size_t end = bylaw__span_trim(text).len;
    bool has_body = false, has_open = false;

    for (uint32_t i = 0; i < page->element_count && !(has_body && has_open);
         i++) {
        const struct bylaw__node *node = page->elements[i].node;

        has_body |=
            !node->is_implied && (page->elements[i].tag == BYLAW__TAG_BODY ||
                                  page->elements[i].tag == BYLAW__TAG_HTML);
        has_open |= !node->is_implied && !node->is_reopened &&
                    node->bytes.end >= end && needs_end_tag(node) &&
                    !ends_with_end_tag(bylaw__span_trim(text), node->name);
    }
    return has_body && has_open &&
           bylaw__span_find_nocase(text, BYLAW__SPAN("</body")) == SIZE_MAX &&
           bylaw__span_find_nocase(text, BYLAW__SPAN("</html")) == SIZE_MAX;
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
    {ends_open, "the page ends before the elements it opened"},
    {is_filled_by_scripts,
     "the page has almost no text of its own and is filled in by scripts"},
    {bylaw__page_is_walled, "only the part before a paywall can be read"},
    {is_amp_variant, "the page is the AMP variant of another address"},
    {is_print_variant, "the page is the print view of another address"},
    {is_one_of_several, "the page is one of several that go on at the next"},
    {refreshes_elsewhere, "the page sends its readers on to another address"},
    {bylaw__page_goes_on, "the text goes on behind a control that shows more"},
    {bylaw__page_has_unread_frame,
     "a part of the page beside its text is fetched from another address"},
};

int bylaw__page_completeness(struct bylaw__page *page, struct bylaw_error *err)
{
    int rc = 0;

    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]) && !rc; i++)
        if (reasons[i].holds(page))
            rc = bylaw__extraction_incomplete(page->x, reasons[i].reason, err);
    return rc;
}
