/* SPDX-License-Identifier: Apache-2.0 */
/* The search services that can be asked, one row each. */
#include "search_int.h"

/* --------------------------------------------------------------- asking --- */

/* Brave: at most 400 characters; more than any phrase of ours has. */
#define BRAVE_PHRASE_BYTES 396u

/* Of the indexes; asked where the configuration names none of them. */
#define CC_LIST "https://index.commoncrawl.org/collinfo.json"

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
                                          {"pageSize", "1"},
                                          {"showNumPages", "true"},
                                          NO_MORE};
ASK(cc_index, .path = "", .phrase = "url", .fixed = cc_fixed)

/* Which index is the latest, a list says; it is asked by its own address. */
static bool is_list(const char *endpoint)
{
    return !endpoint || !*endpoint ||
           bylaw__span_ends(bylaw__span_of(endpoint), "/collinfo.json");
}

static int ask_commoncrawl(struct bylaw__buf *out, const char *endpoint,
                           struct bylaw_span phrase, struct bylaw_error *err)
{
    if (!is_list(endpoint))
        return ask_cc_index(out, endpoint, phrase, err);
    bylaw__buf_add_text(out, endpoint && *endpoint ? endpoint : CC_LIST);
    return out->failed ? bylaw__fail_memory(err, "") : 0;
}

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

static const char *const wayback_fixed[][2] = {
    {"matchType", "domain"},      {"output", "json"},
    {"filter", "statuscode:200"}, {"filter", "mimetype:text/html"},
    {"collapse", "urlkey"},       {"limit", "10000"},
    {"showResumeKey", "true"},    NO_MORE};
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

typedef int read_json(struct crawl_leads *leads, const json_t *json,
                      const struct bylaw__answer *answer,
                      struct bylaw_error *err);

static int read_answer(struct bylaw__leads **out,
                       const struct bylaw__answer *answer, read_json *read,
                       struct bylaw_error *err)
{
    struct crawl_leads leads;
    json_t *json = NULL;
    int rc = bylaw__leads_begin(&leads, err);

    if (!rc)
        rc = bylaw__search_answer(&json, answer->body, err);
    if (!rc)
        rc = read(&leads, json, answer, err);
    json_decref(json);
    return bylaw__leads_finish(out, &leads, rc, err);
}

/* Defines read_NAME. */
#define READ(NAME)                                                             \
    static int read_##NAME(struct bylaw__leads **out,                          \
                           const struct bylaw__answer *answer,                 \
                           struct bylaw_error *err)                            \
    {                                                                          \
        return read_answer(out, answer, bylaw__search_read_##NAME, err);       \
    }

READ(brave)
READ(gdelt)
READ(searxng)
READ(wayback)
READ(wordpress)

static int read_commoncrawl(struct bylaw__leads **out,
                            const struct bylaw__answer *answer,
                            struct bylaw_error *err)
{
    struct crawl_leads leads;
    int rc = bylaw__leads_begin(&leads, err);

    if (!rc)
        rc = bylaw__search_read_index(&leads, answer, err);
    return bylaw__leads_finish(out, &leads, rc, err);
}

/* As many as WordPress puts into a feed unless told otherwise; fewer are the
 * last. */
#define FEED_ITEMS 10u

static int read_search_feed(struct crawl_leads *leads,
                            const struct bylaw__answer *answer,
                            struct bylaw_error *err)
{
    unsigned page = bylaw__search_number(answer->base, "paged", 1);
    int rc = bylaw__feed_leads(leads, answer->body, answer->base, err);

    if (!rc && leads->count >= FEED_ITEMS)
        bylaw__search_next(leads, answer->base, "paged", page + 1, page + 1);
    return rc;
}

static int read_wordpress_feed(struct bylaw__leads **out,
                               const struct bylaw__answer *answer,
                               struct bylaw_error *err)
{
    struct crawl_leads leads;
    int rc = bylaw__leads_begin(&leads, err);

    if (!rc)
        rc = read_search_feed(&leads, answer, err);
    return bylaw__leads_finish(out, &leads, rc, err);
}

/* ------------------------------------------------- nothing was found --- */

static bool is_no_capture(const struct bylaw__answer *answer)
{
    return answer->status == 404;
}

/* The page after the last is an error to WordPress. */
static bool is_past_posts(const struct bylaw__answer *answer)
{
    return answer->status == 400 &&
           bylaw__span_find(answer->body,
                            BYLAW__SPAN("rest_post_invalid_page_number")) !=
               SIZE_MAX;
}

static bool is_past_feed(const struct bylaw__answer *answer)
{
    return answer->status == 404 &&
           bylaw__search_number(answer->base, "paged", 1) > 1;
}

/* ------------------------------------------------------------ the table --- */

#define SECOND_MS INT64_C(1000)

static const struct bylaw__searcher searchers[] = {
    {.name = "brave",
     .summary = "Brave Search API: the web",
     .wants_key = true,
     .ask = ask_brave,
     .authorise = brave_key,
     .read = read_brave,
     .pause_ms = SECOND_MS},
    {.name = "commoncrawl",
     .summary = "Common Crawl: pages of a watched host in the latest index",
     .wants_host = true,
     .ask = ask_commoncrawl,
     .authorise = no_key,
     .read = read_commoncrawl,
     .is_none = is_no_capture,
     .is_list = is_list,
     .busy = {403, 500, 502, 504},
     .pause_ms = SECOND_MS},
    {.name = "gdelt",
     .summary = "GDELT: world news of the last three months",
     .ask = ask_gdelt,
     .authorise = no_key,
     .read = read_gdelt,
     .pause_ms = 5 * SECOND_MS},
    {.name = "searxng",
     .summary = "SearXNG: a metasearch server of one's own",
     .ask = ask_searxng,
     .authorise = no_key,
     .read = read_searxng},
    {.name = "wayback",
     .summary = "Wayback Machine: pages of a watched host ever captured",
     .wants_host = true,
     .ask = ask_wayback,
     .authorise = no_key,
     .read = read_wayback,
     .busy = {502, 504},
     .pause_ms = SECOND_MS},
    {.name = "wordpress",
     .summary = "WordPress: a site's own search, by its REST API",
     .is_site = true,
     .ask = ask_wordpress,
     .authorise = no_key,
     .read = read_wordpress,
     .is_none = is_past_posts,
     .total_header = "x-wp-totalpages"},
    {.name = "wordpress-feed",
     .summary = "WordPress: a site's own search as a feed, where there is no "
                "REST API",
     .is_site = true,
     .ask = ask_wordpress_feed,
     .authorise = no_key,
     .read = read_wordpress_feed,
     .is_none = is_past_feed},
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
