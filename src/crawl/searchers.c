/* SPDX-License-Identifier: Apache-2.0 */
/* The search services that can be asked, one row each. */
#include "search_int.h"

/* --------------------------------------------------------------- asking --- */

/* Brave: at most 400 characters; more than any phrase of ours has. */
#define BRAVE_PHRASE_BYTES 396u

#define NO_MORE                                                                \
    {                                                                          \
        NULL, NULL                                                             \
    }

/* Defines ask_NAME, which fills in the question's endpoint. */
#define ASK(NAME, ...)                                                         \
    static int ask_##NAME(struct bylaw__buf *out, const char *endpoint,        \
                          struct bylaw_span phrase, struct bylaw_error *err)   \
    {                                                                          \
        struct search_question question = {__VA_ARGS__};                       \
                                                                               \
        question.endpoint = endpoint;                                          \
        return bylaw__search_ask(out, &question, phrase, err);                 \
    }

static const char *const brave_fixed[][2] = {{"count", "20"}, NO_MORE};
ASK(brave, .fallback = "https://api.search.brave.com/res/v1/web/search",
    .path = "/res/v1/web/search", .phrase = "q", .is_quoted = true,
    .most_bytes = BRAVE_PHRASE_BYTES, .fixed = brave_fixed)

static const char *const cc_fixed[][2] = {{"matchType", "domain"},
                                          {"output", "json"},
                                          {"filter", "=status:200"},
                                          NO_MORE};
ASK(commoncrawl, .path = "", .phrase = "url", .fixed = cc_fixed)

static const char *const gdelt_fixed[][2] = {{"mode", "artlist"},
                                             {"format", "json"},
                                             {"maxrecords", "250"},
                                             NO_MORE};
ASK(gdelt, .fallback = "https://api.gdeltproject.org/api/v2/doc/doc",
    .path = "/api/v2/doc/doc", .phrase = "query", .is_quoted = true,
    .fixed = gdelt_fixed)

static const char *const searxng_fixed[][2] = {{"format", "json"}, NO_MORE};
ASK(searxng, .path = "/search", .phrase = "q", .is_quoted = true,
    .fixed = searxng_fixed)

static const char *const wayback_fixed[][2] = {{"matchType", "domain"},
                                               {"output", "json"},
                                               {"filter", "statuscode:200"},
                                               {"filter", "mimetype:text/html"},
                                               {"collapse", "urlkey"},
                                               {"limit", "50000"},
                                               NO_MORE};
ASK(wayback, .fallback = "https://web.archive.org/cdx/search/cdx",
    .path = "/cdx/search/cdx", .phrase = "url", .fixed = wayback_fixed)

static const char *const posts_fixed[][2] = {
    {"per_page", "100"},
    {"_fields", "id,link,date_gmt,modified_gmt,title,content"},
    NO_MORE};
ASK(wordpress, .path = "/wp-json/wp/v2/posts", .phrase = "search",
    .is_quoted = true, .fixed = posts_fixed)

static const char *const feed_fixed[][2] = {{"feed", "rss2"}, NO_MORE};
ASK(wordpress_feed, .path = "/", .phrase = "s", .is_quoted = true,
    .fixed = feed_fixed)

/* ------------------------------------------------------------ the key --- */

static int no_key(struct bylaw__buf *out, const char *key,
                  struct bylaw_error *err)
{
    (void)key;
    bylaw__buf_add_text(out, "");
    return out->failed ? bylaw__fail_memory(err, "") : 0;
}

/* A line end inside a key would begin a header line of its own. */
static int brave_key(struct bylaw__buf *out, const char *key,
                     struct bylaw_error *err)
{
    if (!key || !*key)
        return bylaw__fail(err, BYLAW_ECONFIG, "search.key", "",
                           "the search service wants a key");
    for (const char *c = key; *c; c++)
        if (*c <= ' ' || *c > '~')
            return bylaw__fail(err, BYLAW_ECONFIG, "search.key", "",
                               "the key holds a character that no key has");
    bylaw__buf_add_text(out, "X-Subscription-Token: ");
    bylaw__buf_add_text(out, key);
    return out->failed ? bylaw__fail_memory(err, "") : 0;
}

/* -------------------------------------------------------------- reading --- */

typedef int read_json(struct crawl_leads *leads, const json_t *answer,
                      struct bylaw_error *err);

static int read_answer(struct bylaw__leads **out, struct bylaw_span body,
                       read_json *read, struct bylaw_error *err)
{
    struct crawl_leads leads;
    json_t *answer = NULL;
    int rc = bylaw__leads_begin(&leads, err);

    if (!rc)
        rc = bylaw__search_answer(&answer, body, err);
    if (!rc)
        rc = read(&leads, answer, err);
    json_decref(answer);
    return bylaw__leads_finish(out, &leads, rc, err);
}

/* Defines read_NAME; the answers are absolute, so base is not needed. */
#define READ(NAME)                                                             \
    static int read_##NAME(struct bylaw__leads **out, struct bylaw_span body,  \
                           const char *base, struct bylaw_error *err)          \
    {                                                                          \
        (void)base;                                                            \
        return read_answer(out, body, bylaw__search_read_##NAME, err);         \
    }

READ(brave)
READ(gdelt)
READ(searxng)
READ(wayback)
READ(wordpress)

static int read_commoncrawl(struct bylaw__leads **out, struct bylaw_span body,
                            const char *base, struct bylaw_error *err)
{
    struct crawl_leads leads;
    int rc = bylaw__leads_begin(&leads, err);

    (void)base;
    if (!rc)
        rc = bylaw__search_read_lines(&leads, body, err);
    return bylaw__leads_finish(out, &leads, rc, err);
}

/* ------------------------------------------------------------ the table --- */

static const struct bylaw__searcher searchers[] = {
    {"brave", "Brave Search API: the web", true, false, false, ask_brave,
     brave_key, read_brave},
    {"commoncrawl", "Common Crawl: pages of a host in one monthly index", false,
     true, false, ask_commoncrawl, no_key, read_commoncrawl},
    {"gdelt", "GDELT: world news of the last three months", false, false, false,
     ask_gdelt, no_key, read_gdelt},
    {"searxng", "SearXNG: a metasearch server of one's own", false, false,
     false, ask_searxng, no_key, read_searxng},
    {"wayback", "Wayback Machine: pages of a host ever captured", false, true,
     false, ask_wayback, no_key, read_wayback},
    {"wordpress", "WordPress: a site's own search, by its REST API", false,
     false, true, ask_wordpress, no_key, read_wordpress},
    {"wordpress-feed",
     "WordPress: a site's own search as a feed, where there is no REST API",
     false, false, true, ask_wordpress_feed, no_key, bylaw__feed_read},
};

#define SEARCHER_COUNT (sizeof(searchers) / sizeof(searchers[0]))

const struct bylaw__searcher *bylaw__searcher_find(const char *name)
{
    for (size_t i = 0; name && i < SEARCHER_COUNT; i++)
        if (!strcmp(searchers[i].name, name))
            return &searchers[i];
    return NULL;
}

const struct bylaw__searcher *bylaw__searcher_at(size_t i)
{
    return i < SEARCHER_COUNT ? &searchers[i] : NULL;
}
