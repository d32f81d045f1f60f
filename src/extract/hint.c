/* SPDX-License-Identifier: Apache-2.0 */
/* What class and id tokens say. Whole tokens only: "commenter" is not
 * "comment", and "metadata" is not "data". */
#include "page_int.h"

#include <stdlib.h>

#define TOKEN_BYTES 24

struct token_row {
    const char *token; /* one token, or two joined by "-" */
    unsigned hints;
};

#define NAV      BYLAW__HINT_NAV
#define FOOTER   BYLAW__HINT_FOOTER
#define SIDEBAR  BYLAW__HINT_SIDEBAR
#define COMMENTS BYLAW__HINT_COMMENTS
#define BYLINE   BYLAW__HINT_BYLINE
#define CREDIT   BYLAW__HINT_CREDIT
#define SHARE    BYLAW__HINT_SHARE
#define PROMO    BYLAW__HINT_PROMO
#define RELATED  BYLAW__HINT_RELATED
#define BODY     BYLAW__HINT_BODY
#define ARTICLE  BYLAW__HINT_ARTICLE
#define CAPTION  BYLAW__HINT_CAPTION
#define TAGS     BYLAW__HINT_TAGS
#define META     BYLAW__HINT_META
#define BIO      BYLAW__HINT_BIO
#define POPUP    BYLAW__HINT_POPUP
#define PAYWALL  BYLAW__HINT_PAYWALL
#define TOOL     BYLAW__HINT_TOOL
#define MAIN     BYLAW__HINT_MAIN
#define HEADER   BYLAW__HINT_HEADER

/* In order of token. */
static const struct token_row tokens[] = {
    {"about-author", BIO},
    {"ad", PROMO},
    {"addthis", SHARE},
    {"addtoany", SHARE},
    {"ads", PROMO},
    {"advert", PROMO},
    {"advertisement", PROMO},
    {"advertising", PROMO},
    {"also-like", RELATED},
    {"also-read", RELATED},
    {"article", ARTICLE},
    {"article-body", BODY},
    {"article-content", BODY},
    {"article-text", BODY},
    {"articlebody", BODY},
    {"attribution", CREDIT},
    {"author", BYLINE},
    {"author-bio", BIO},
    {"author-box", BIO},
    {"author-info", BIO | BYLINE},
    {"authorbox", BIO},
    {"authors", BYLINE},
    {"banner", PROMO},
    {"bio", BIO},
    {"biography", BIO},
    {"blog-post", ARTICLE},
    {"body-content", BODY},
    {"body-copy", BODY},
    {"body-text", BODY},
    {"breadcrumb", NAV},
    {"breadcrumbs", NAV},
    {"byline", BYLINE},
    {"caption", CAPTION},
    {"categories", TAGS},
    {"category-links", TAGS},
    {"comment", COMMENTS},
    {"comment-form", COMMENTS},
    {"comment-list", COMMENTS},
    {"commentlist", COMMENTS},
    {"comments", COMMENTS},
    {"complementary", SIDEBAR},
    {"content", MAIN},
    {"content-body", BODY},
    {"content-info", FOOTER},
    {"contentinfo", FOOTER},
    {"cookie", POPUP},
    {"cookies", POPUP},
    {"copyright", CREDIT},
    {"credit", CREDIT},
    {"credits", CREDIT},
    {"crumbs", NAV},
    {"date", META},
    {"dateline", BYLINE},
    {"disqus", COMMENTS},
    {"donate", PROMO},
    {"dropdown", NAV},
    {"entry", ARTICLE},
    {"entry-body", BODY},
    {"entry-content", BODY},
    {"entry-meta", BYLINE | META},
    {"facebook", SHARE},
    {"fb-comments", COMMENTS},
    {"follow", SHARE},
    {"footer", FOOTER},
    {"gdpr", POPUP},
    {"hentry", ARTICLE},
    {"latest", RELATED},
    {"lightbox", POPUP},
    {"masthead", NAV},
    {"menu", NAV},
    {"menus", NAV},
    {"meta", META},
    {"modal", POPUP},
    {"more-from", RELATED},
    {"more-stories", RELATED},
    {"most-popular", RELATED},
    {"most-read", RELATED},
    {"nav", NAV},
    {"navbar", NAV},
    {"navigation", NAV},
    {"news-body", BODY},
    {"newsletter", PROMO},
    {"original-source", CREDIT},
    {"outbrain", RELATED},
    {"overlay", POPUP},
    {"pager", NAV},
    {"pagination", NAV},
    {"paywall", PAYWALL},
    {"popular", RELATED},
    {"popup", POPUP},
    {"post", ARTICLE},
    {"post-body", BODY},
    {"post-content", BODY},
    {"post-entry", BODY},
    {"post-info", BYLINE | META},
    {"post-meta", BYLINE | META},
    {"post-text", BODY},
    {"posted-by", BYLINE},
    {"posted-on", BYLINE | META},
    {"postmeta", BYLINE | META},
    {"print", TOOL},
    {"promo", PROMO},
    {"promoted", PROMO},
    {"promotion", PROMO},
    {"pubdate", META},
    {"published", META},
    {"read-also", RELATED},
    {"read-more", RELATED},
    {"read-next", RELATED},
    {"reading-list", RELATED},
    {"recirc", RELATED},
    {"recirculation", RELATED},
    {"recommend", RELATED},
    {"recommendation", RELATED},
    {"recommendations", RELATED},
    {"recommended", RELATED},
    {"related", RELATED},
    {"reply", COMMENTS},
    {"republish", CREDIT},
    {"republished", CREDIT},
    {"respond", COMMENTS},
    {"search", NAV},
    {"see-also", RELATED},
    {"share", SHARE},
    {"sharedaddy", SHARE},
    {"sharing", SHARE},
    {"side-bar", SIDEBAR},
    {"sidebar", SIDEBAR},
    {"signup", PROMO},
    {"site-footer", FOOTER},
    {"site-header", NAV},
    {"skip-link", NAV},
    {"social", SHARE},
    {"source", CREDIT},
    {"sponsor", PROMO},
    {"sponsored", PROMO},
    {"story", ARTICLE},
    {"story-body", BODY},
    {"story-content", BODY},
    {"story-text", BODY},
    {"submenu", NAV},
    {"subnav", NAV},
    {"subscribe", PROMO},
    {"subscription", PROMO},
    {"taboola", RELATED},
    {"tag-list", TAGS},
    {"taglist", TAGS},
    {"tags", TAGS},
    {"timestamp", META},
    {"toolbar", TOOL},
    {"tools", TOOL},
    {"topics", TAGS},
    {"trending", RELATED},
    {"tweet-this", SHARE},
    {"widget", SIDEBAR},
    {"widgets", SIDEBAR},
};

static int compare_token(const void *token, const void *row)
{
    return strcmp(token, ((const struct token_row *)row)->token);
}

static unsigned look_up(const char *token)
{
    const struct token_row *row =
        bsearch(token, tokens, sizeof(tokens) / sizeof(tokens[0]),
                sizeof(tokens[0]), compare_token);

    return row ? row->hints : 0;
}

/* The next token of value from *pos on, lower case, cut at TOKEN_BYTES - 1.
 * Tokens end at all that is no letter and where "aB" begins a new word. */
static size_t next_token(char out[TOKEN_BYTES], struct bylaw_span value,
                         size_t *pos, bool *is_joined)
{
    size_t len = 0, i = *pos;

    *is_joined = true;
    for (; i < value.len && !bylaw__is_alpha((unsigned char)value.ptr[i]); i++)
        if (bylaw__is_space((unsigned char)value.ptr[i]))
            *is_joined = false;
    for (; i < value.len; i++) {
        char c = value.ptr[i], low = bylaw__lower(c);

        if (!bylaw__is_alpha((unsigned char)c))
            break;
        if (len && low != c &&
            value.ptr[i - 1] == bylaw__lower(value.ptr[i - 1]))
            break;
        if (len < TOKEN_BYTES - 1)
            out[len++] = low;
    }
    out[len] = '\0';
    *pos = i;
    return len;
}

unsigned bylaw__hints_of(struct bylaw_span value)
{
    char token[TOKEN_BYTES], pair[2 * TOKEN_BYTES];
    size_t pos = 0, before = 0;
    unsigned hints = 0;
    bool is_joined;

    for (;;) {
        size_t len = next_token(token, value, &pos, &is_joined);

        if (!len)
            break;
        hints |= look_up(token);
        if (before && is_joined) {
            pair[before] = '-';
            memcpy(pair + before + 1, token, len + 1);
            hints |= look_up(pair);
        }
        memcpy(pair, token, len + 1);
        before = len;
    }
    return hints;
}
