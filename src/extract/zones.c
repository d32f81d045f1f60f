/* SPDX-License-Identifier: Apache-2.0 */
/* Where on the page something stands, by structure and by class tokens. */
#include "page_int.h"

/* A line of credits or a byline is no longer than this. */
#define LINE_WORDS   60u
#define CREDIT_WORDS 120u
/* Blocks between the main text and a credit that belongs to it. */
#define BESIDE_BLOCKS 8u
/* Blocks from the page's heading in which a "By NAME" line is looked for. */
#define NEAR_HEADING 4u

/* One way to tell a zone from an element; the first row that fits counts. */
struct label_row {
    unsigned hints;      /* any of these */
    enum bylaw__tag tag; /* or this tag; BYLAW__TAG_OTHER: none */
    enum bylaw_zone zone;
    uint32_t most_words; /* 0: any number */
    const char *why;
};

static const struct label_row labels[] = {
    {BYLAW__HINT_COMMENTS, BYLAW__TAG_OTHER, BYLAW_ZONE_COMMENTS, 0,
     "class or id names comments"},
    {0, BYLAW__TAG_NAV, BYLAW_ZONE_NAV, 0, "nav element"},
    {BYLAW__HINT_HEADER, BYLAW__TAG_OTHER, BYLAW_ZONE_NAV, 0,
     "role names the site's banner"},
    {0, BYLAW__TAG_HEADER, BYLAW_ZONE_NAV, 0, "header element of the site"},
    {0, BYLAW__TAG_FOOTER, BYLAW_ZONE_FOOTER, 0, "footer element"},
    {0, BYLAW__TAG_ASIDE, BYLAW_ZONE_SIDEBAR, 0, "aside element"},
    {BYLAW__HINT_NAV, BYLAW__TAG_OTHER, BYLAW_ZONE_NAV, 0,
     "class, id or role names navigation"},
    {BYLAW__HINT_FOOTER, BYLAW__TAG_OTHER, BYLAW_ZONE_FOOTER, 0,
     "class, id or role names a footer"},
    {BYLAW__HINT_BYLINE, BYLAW__TAG_OTHER, BYLAW_ZONE_BYLINE, LINE_WORDS,
     "class or attribute names an author"},
    {BYLAW__HINT_CREDIT, BYLAW__TAG_OTHER, BYLAW_ZONE_CREDIT, CREDIT_WORDS,
     "class or id names a credit"},
    {BYLAW__HINT_SIDEBAR, BYLAW__TAG_OTHER, BYLAW_ZONE_SIDEBAR, 0,
     "class, id or role names a side bar"},
    {BYLAW__HINT_RELATED, BYLAW__TAG_OTHER, BYLAW_ZONE_SIDEBAR, 0,
     "class or id names other articles"},
    {BYLAW__HINT_PROMO, BYLAW__TAG_OTHER, BYLAW_ZONE_SIDEBAR, 0,
     "class or id names a promotion"},
    {BYLAW__HINT_POPUP, BYLAW__TAG_OTHER, BYLAW_ZONE_SIDEBAR, 0,
     "class, id or role names a pop-up"},
};

/* Header and footer of an article are its own, not the site's. */
static bool is_in_article(const struct bylaw__page *page,
                          const struct bylaw__element *e)
{
    return e->parent != BYLAW__NO_ELEMENT &&
           (page->elements[e->parent].inside & BYLAW__INSIDE_ARTICLE);
}

static bool holds_most(const struct bylaw__page *page,
                       const struct bylaw__element *e)
{
    return e->prose_words > page->elements[0].prose_words / 2 &&
           e->prose_words > 0;
}

static bool fits(const struct bylaw__element *e, const struct label_row *row)
{
    if (row->tag != BYLAW__TAG_OTHER ? e->tag != row->tag
                                     : !(e->hints & row->hints))
        return false;
    return !row->most_words || e->words <= row->most_words;
}

/* Zones that nothing inside them takes back, save comments. */
static bool is_closed(enum bylaw_zone zone)
{
    return zone == BYLAW_ZONE_NAV || zone == BYLAW_ZONE_SIDEBAR ||
           zone == BYLAW_ZONE_COMMENTS || zone == BYLAW_ZONE_HEAD;
}

static void set(struct bylaw__element *e, enum bylaw_zone zone, const char *why)
{
    e->zone = zone;
    e->zone_why = why;
}

static void label_element(struct bylaw__page *page, uint32_t i)
{
    struct bylaw__element *e = &page->elements[i];
    bool is_own = false;

    if (e->parent != BYLAW__NO_ELEMENT) {
        const struct bylaw__element *parent = &page->elements[e->parent];

        set(e, parent->zone, parent->zone_why);
    }
    if (e->tag == BYLAW__TAG_HEAD)
        set(e, BYLAW_ZONE_HEAD, "head element");
    if (is_closed(e->zone) && !(e->hints & BYLAW__HINT_COMMENTS))
        return;
    if (holds_most(page, e))
        return;
    if (e->tag == BYLAW__TAG_HEADER || e->tag == BYLAW__TAG_FOOTER)
        is_own = is_in_article(page, e);
    if (e->tag == BYLAW__TAG_HEADER && is_own)
        return;
    for (size_t k = 0; k < sizeof(labels) / sizeof(labels[0]); k++) {
        if (!fits(e, &labels[k]))
            continue;
        if (e->zone == BYLAW_ZONE_FOOTER && is_closed(labels[k].zone) &&
            labels[k].zone != BYLAW_ZONE_COMMENTS)
            continue;
        set(e, labels[k].zone,
            is_own && labels[k].zone == BYLAW_ZONE_FOOTER
                ? BYLAW__ARTICLE_FOOTER
                : labels[k].why);
        return;
    }
}

int bylaw__page_zones(struct bylaw__page *page, struct bylaw_error *err)
{
    (void)err;
    for (uint32_t i = 0; i < page->element_count; i++)
        label_element(page, i);
    return 0;
}

/* -------------------------------------------------------------- blocks --- */

/* How bylines begin, in the languages of the credit phrases. */
static const char *const by_words[] = {
    "by ", "von ",  "par ",  "por ",  "di ",         "door ",
    "av ", "af ",   "autor", "oleh ", "written by ", "text: ",
    "от ", "автор", "بقلم",  "作者",  "文/",
};

static bool begins_byline(struct bylaw_span text)
{
    for (size_t i = 0; i < sizeof(by_words) / sizeof(by_words[0]); i++)
        if (bylaw__span_starts_nocase(text, by_words[i]))
            return true;
    return false;
}

static void zone_block(struct bylaw_block *block, enum bylaw_zone zone,
                       const char *why)
{
    block->zone = zone;
    block->zone_why = why;
}

/* Whether a block stands in or beside the main text. */
static bool is_beside_main(const struct bylaw__page *page, uint32_t i)
{
    uint32_t low = i > BESIDE_BLOCKS ? i - BESIDE_BLOCKS : 0;
    enum bylaw__tag tag = page->elements[page->main_element].tag;

    if (tag != BYLAW__TAG_HTML && tag != BYLAW__TAG_BODY &&
        bylaw__page_within(page, page->block_elements[i], page->main_element))
        return true;
    for (uint32_t k = low; k < page->x->block_count && k <= i + BESIDE_BLOCKS;
         k++)
        if (page->x->blocks[k].is_main)
            return true;
    return false;
}

static void label_block(struct bylaw__page *page, uint32_t i)
{
    const struct bylaw__element *e = &page->elements[page->block_elements[i]];
    struct bylaw_block *block = &page->x->blocks[i];

    if (e->zone == BYLAW_ZONE_CREDIT && !is_beside_main(page, i))
        zone_block(block, BYLAW_ZONE_UNKNOWN,
                   "named as a credit, but far from the main text");
    else if (e->zone != BYLAW_ZONE_UNKNOWN)
        zone_block(block, e->zone, e->zone_why);
    else if (block->is_main)
        zone_block(block, BYLAW_ZONE_BODY, "main text");
    else if (block->words <= LINE_WORDS &&
             (page->block_hints[i] & BYLAW__HINT_BYLINE))
        zone_block(block, BYLAW_ZONE_BYLINE, "holds an author's name or link");
    else if (block->heading == 1)
        zone_block(block, BYLAW_ZONE_BODY, "the page's heading");
    else
        zone_block(block, BYLAW_ZONE_UNKNOWN, "outside the main text");
}

static void find_byline(struct bylaw_block *b)
{
    if (!b->heading && b->words <= LINE_WORDS / 3 && begins_byline(b->text) &&
        (b->zone == BYLAW_ZONE_UNKNOWN || b->zone == BYLAW_ZONE_BODY))
        zone_block(b, BYLAW_ZONE_BYLINE, "begins as a byline near the heading");
}

/* "By NAME" after the heading, or around the start of the main text. */
static void find_bylines(struct bylaw__page *page)
{
    struct bylaw_block *blocks = page->x->blocks;
    size_t count = page->x->block_count, first = 0;
    uint32_t near = 0;

    while (first < count && !blocks[first].is_main)
        first++;
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].heading == 1 || i == first ||
            (i + NEAR_HEADING > first && i < first))
            near = NEAR_HEADING;
        if (!near)
            continue;
        near--;
        find_byline(&blocks[i]);
    }
}

static void label_link(struct bylaw__page *page, uint32_t i)
{
    struct bylaw_link *link = &page->x->links[i];

    link->zone = link->block == UINT32_MAX
                     ? page->elements[page->link_elements[i]].zone
                     : page->x->blocks[link->block].zone;
}

int bylaw__page_label(struct bylaw__page *page, struct bylaw_error *err)
{
    (void)err;
    for (uint32_t i = 0; i < page->x->block_count; i++)
        label_block(page, i);
    find_bylines(page);
    for (uint32_t i = 0; i < page->x->link_count; i++)
        label_link(page, i);
    return 0;
}
