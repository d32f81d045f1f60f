/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pages that only announce others: a front page, a category, an archive.
 *
 * A content system prints the beginning of every text there, with a link to
 * the page of the same site on which all of it stands, credit included. That
 * page is the repost; to ask credit of its announcements would accuse sites
 * that do all they are asked to.
 */
#include "judge_int.h"

/* WordPress announces by 55 words; themes go to about twice that. */
#define TEASER_WORDS 110u
/* Where a page lists several pages of its site, excerpts may be longer. */
#define LISTED_WORDS 400u
#define LISTED_MIN   3u
/* Announcements on one page, and links tried for each. */
#define TEASERS_MAX 200u
#define TRIES_MAX   8u
/* Blocks from a text back to its heading: date, author, picture between. */
#define HEADING_BLOCKS 6u

/* Whether the link leads to another page of this site. */
static bool leads_on(const struct bylaw_link *link, const bylaw_url *page)
{
    bylaw_url *url = NULL;
    bool leads;

    if (link->kind != BYLAW_LINK_REAL || !link->url ||
        strcmp(link->element, "a") != 0 ||
        bylaw_url_parse(&url, bylaw__span_of(link->url), NULL, NULL))
        return false;
    leads = !strcmp(bylaw_url_site(url), bylaw_url_site(page)) &&
            !bylaw_url_is_home(url) &&
            bylaw_url_relate(url, page) != BYLAW_URL_SAME_PAGE;
    bylaw_url_free(url);
    return leads;
}

/* The last link of the block that leads on and ends at or after that byte of
 * the page: "continue reading" follows the words, a title is in its link. */
static const struct bylaw_link *link_after(const struct scene *scene,
                                           uint32_t block, uint32_t at,
                                           const bylaw_url *page)
{
    const struct bylaw_block *b = &scene->c->document->blocks[block];
    uint32_t end = b->first_link + b->link_count;

    for (uint32_t i = end; i > b->first_link && end - i < TRIES_MAX; i--) {
        const struct bylaw_link *link = &scene->c->document->links[i - 1];

        if (link->bytes.end >= at && leads_on(link, page))
            return link;
    }
    return NULL;
}

/* The last block that begins before that byte of the page. */
static uint32_t block_before(const struct scene *scene, uint32_t at)
{
    const struct bylaw_block *blocks = scene->c->document->blocks;
    size_t low = 0, high = scene->c->document->block_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (blocks[middle].bytes.begin < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? (uint32_t)(low - 1) : 0;
}

/* Headings, each the link to another page of the site: a list of them. */
static bool is_list(const struct scene *scene, const bylaw_url *page)
{
    const struct bylaw_document *document = scene->c->document;
    unsigned listed = 0;

    for (uint32_t i = 0; i < document->block_count && listed < LISTED_MIN; i++)
        listed += document->blocks[i].heading &&
                  link_after(scene, i, 0, page) != NULL;
    return listed == LISTED_MIN;
}

/* Words that an announcement on this page may have. */
static uint32_t most_words(const struct scene *scene, const bylaw_url *page)
{
    return scene->c->match->class != BYLAW_MATCH_FULL && is_list(scene, page)
               ? LISTED_WORDS
               : TEASER_WORDS;
}

/* The link that this passage announces, or NULL: it is no announcement. */
static const struct bylaw_link *announced(const struct scene *scene,
                                          const struct bylaw_match_span *span,
                                          const bylaw_url *page, uint32_t most)
{
    const struct bylaw_block *blocks = scene->c->document->blocks;
    uint32_t block = block_before(scene, span->page.end);
    const struct bylaw_link *link;

    if (span->page_tokens > most)
        return NULL;
    link = link_after(scene, block, span->page.end, page);
    for (uint32_t i = 0; !link && i < HEADING_BLOCKS && i <= block; i++) {
        if (!blocks[block - i].heading)
            continue;
        return link_after(scene, block - i, 0, page);
    }
    return link;
}

const struct bylaw_link *find_announced(const struct scene *scene)
{
    const struct bylaw_match *match = scene->c->match;
    const struct bylaw_link *link = NULL;
    bylaw_url *page = NULL;
    uint32_t most;

    if (!match->span_count || match->span_count > TEASERS_MAX ||
        !scene->c->document->block_count || !scene->c->page_url ||
        bylaw_url_parse(&page, bylaw__span_of(scene->c->page_url), NULL, NULL))
        return NULL;
    most = most_words(scene, page);
    for (size_t i = 0; i < match->span_count; i++) {
        link = announced(scene, &match->spans[i], page, most);
        if (!link)
            break;
    }
    bylaw_url_free(page);
    return link;
}
