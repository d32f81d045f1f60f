/* SPDX-License-Identifier: Apache-2.0 */
/* The answers of search services, each in its own form. */
#include "search_int.h"

#include <stdlib.h>

/* Bytes of a service's own words that go into a message. */
#define WORDS_MOST 160u

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f;
}

/* Words by which services say "not now"; some of them with status 200. */
static const char *const busy_words[] = {
    "limit requests",  "rate limit",
    "rate_limit",      "too many requests",
    "overload",        "slow down",
    "try again later", "temporarily unavailable"};

static bool asks_for_patience(struct bylaw_span words)
{
    for (size_t i = 0; i < sizeof(busy_words) / sizeof(busy_words[0]); i++)
        if (bylaw__span_find_nocase(words, bylaw__span_of(busy_words[i])) !=
            SIZE_MAX)
            return true;
    return false;
}

int bylaw__search_refused(struct bylaw_span words, struct bylaw_error *err)
{
    struct bylaw__buf clean = {0}, text = {0};
    bool is_busy;
    int rc;

    for (size_t i = 0; i < words.len && i < 16 * WORDS_MOST; i++)
        bylaw__buf_add_char(&clean,
                            is_control(words.ptr[i]) ? ' ' : words.ptr[i]);
    bylaw__html_to_text(&text, bylaw__buf_span(&clean));
    is_busy = asks_for_patience(bylaw__buf_span(&text));
    rc = bylaw__fail(err, BYLAW_ENETWORK,
                     is_busy ? "answer.busy" : "answer.refused", "",
                     "the service said: %.*s",
                     (int)(text.len < WORDS_MOST ? text.len : WORDS_MOST),
                     text.len ? text.ptr : "");
    bylaw__buf_release(&clean);
    bylaw__buf_release(&text);
    return rc;
}

int bylaw__search_answer(json_t **out, struct bylaw_span body,
                         struct bylaw_error *err)
{
    struct bylaw_span text = body;

    *out = NULL;
    if (bylaw__span_starts(text, "\xef\xbb\xbf"))
        text = bylaw__span_sub(text, 3, text.len);
    text = bylaw__span_trim(text);
    if (!bylaw__span_starts(text, "{") && !bylaw__span_starts(text, "["))
        return bylaw__search_refused(text, err);
    return bylaw__answer_parse(out, text, err);
}

/* What an object says went wrong, where it says so at all. */
static struct bylaw_span complaint_of(const json_t *answer)
{
    static const char *const keys[] = {"error", "message", "detail"};
    const json_t *inner = json_object_get(answer, "error");
    struct bylaw_span words = bylaw__json_member(inner, "detail");

    for (size_t i = 0; !words.len && i < sizeof(keys) / sizeof(keys[0]); i++)
        words = bylaw__json_member(answer, keys[i]);
    return words;
}

/* Where a list of results stands, and what its entries call things. */
struct form {
    const char *outer; /* member that holds list, or NULL for the answer */
    const char *list;
    const char *url, *title, *text, *date;
    bool is_text_html;
    bool may_lack_list; /* where nothing was found */
};

static void add_result(struct crawl_leads *leads, const struct form *form,
                       const json_t *result)
{
    struct bylaw__lead lead = {.kind = BYLAW__LEAD_PAGE};
    struct bylaw__buf title = {0}, html = {0};
    struct bylaw_span text = bylaw__json_member(result, form->text);

    bylaw__html_to_text(&title, bylaw__json_member(result, form->title));
    if (form->is_text_html)
        bylaw__buf_add_span(&html, text);
    else
        bylaw__text_to_html(&html, text);
    lead.text = bylaw__buf_span(&html);
    lead.published_ms =
        bylaw__lead_date(bylaw__json_member(result, form->date));
    bylaw__leads_add(leads, &lead, bylaw__json_member(result, form->url), NULL,
                     bylaw__buf_span(&title));
    if (title.failed || html.failed)
        leads->failed = true;
    bylaw__buf_release(&html);
    bylaw__buf_release(&title);
}

/* *out_count: how many results there are, of use or not. */
static int read_form(struct crawl_leads *leads, const struct form *form,
                     const json_t *answer, size_t *out_count,
                     struct bylaw_error *err)
{
    const json_t *outer =
        form->outer ? json_object_get(answer, form->outer) : answer;
    const json_t *list = json_object_get(outer, form->list);
    size_t i;
    json_t *result;

    *out_count = json_array_size(list);
    if (!json_is_array(list)) {
        struct bylaw_span words = complaint_of(answer);

        if (words.len)
            return bylaw__search_refused(words, err);
        if (form->may_lack_list && json_is_object(answer))
            return 0;
        return bylaw__fail(err, BYLAW_EPARSE, "answer.malformed", "",
                           "the answer has no list of results");
    }
    json_array_foreach(list, i, result)
    {
        if (!bylaw__leads_count(leads))
            break;
        add_result(leads, form, result);
    }
    return 0;
}

/* Brave has ten pages at most, counted from 0, and says whether there are
 * more. */
#define BRAVE_LAST_PAGE 9u

int bylaw__search_read_brave(struct crawl_leads *leads, const json_t *json,
                             const struct bylaw__answer *answer,
                             struct bylaw_error *err)
{
    static const struct form form = {"web",         "results",  "url", "title",
                                     "description", "page_age", true,  true};
    const json_t *more = json_object_get(json_object_get(json, "query"),
                                         "more_results_available");
    unsigned page = bylaw__search_number(answer->base, "offset", 0);
    size_t count;
    int rc = read_form(leads, &form, json, &count, err);

    if (!rc && count && json_is_true(more) && page < BRAVE_LAST_PAGE)
        bylaw__search_next(leads, answer->base, "offset", page + 1, page + 2);
    return rc;
}

/* GDELT has no second page. */
int bylaw__search_read_gdelt(struct crawl_leads *leads, const json_t *json,
                             const struct bylaw__answer *answer,
                             struct bylaw_error *err)
{
    static const struct form form = {NULL, "articles", "url", "title",
                                     "",   "seendate", false, true};
    unsigned most = bylaw__search_number(answer->base, "maxrecords", 250);
    size_t count;
    int rc = read_form(leads, &form, json, &count, err);

    if (!rc && count >= most)
        bylaw__leads_cut(leads, "the service tells of no more than %u pages",
                         most);
    return rc;
}

/* An engine that did not answer leaves a gap that nothing else shows. How many
 * results there are in all is not told: the last page is the empty one. */
int bylaw__search_read_searxng(struct crawl_leads *leads, const json_t *json,
                               const struct bylaw__answer *answer,
                               struct bylaw_error *err)
{
    static const struct form form = {NULL,      "results",       "url", "title",
                                     "content", "publishedDate", false, false};
    const json_t *silent = json_object_get(json, "unresponsive_engines");
    unsigned page = bylaw__search_number(answer->base, "pageno", 1);
    size_t count;
    int rc;

    if (json_array_size(silent))
        bylaw__leads_cut(leads, "%zu search engines did not answer",
                         json_array_size(silent));
    rc = read_form(leads, &form, json, &count, err);
    if (!rc && count)
        bylaw__search_next(leads, answer->base, "pageno", page + 1, page + 1);
    return rc;
}

static void add_post(struct crawl_leads *leads, const json_t *post)
{
    static const struct form form = {NULL, NULL, "url", "title",
                                     "",   "",   false, false};
    struct bylaw__lead lead = {.kind = BYLAW__LEAD_PAGE};
    struct bylaw__buf title = {0};

    if (!bylaw__json_member(post, "link").len) {
        add_result(leads, &form, post); /* of /wp/v2/search */
        return;
    }
    bylaw__html_to_text(&title,
                        bylaw__json_member(json_object_get(post, "title"),
                                           "rendered"));
    lead.text =
        bylaw__json_member(json_object_get(post, "content"), "rendered");
    lead.published_ms = bylaw__lead_date(bylaw__json_member(post, "date_gmt"));
    bylaw__leads_add(leads, &lead, bylaw__json_member(post, "link"), NULL,
                     bylaw__buf_span(&title));
    if (title.failed)
        leads->failed = true;
    bylaw__buf_release(&title);
}

/* A header tells how many pages there are; a site that keeps it back may have
 * a further one where this one is full. */
static bool has_next(const struct bylaw__answer *answer, unsigned page,
                     size_t count)
{
    unsigned long total = answer->total ? strtoul(answer->total, NULL, 10) : 0;

    if (answer->total)
        return page < total;
    return count >= bylaw__search_number(answer->base, "per_page", 10);
}

int bylaw__search_read_wordpress(struct crawl_leads *leads, const json_t *json,
                                 const struct bylaw__answer *answer,
                                 struct bylaw_error *err)
{
    unsigned page = bylaw__search_number(answer->base, "page", 1);
    size_t i;
    json_t *post;

    if (!json_is_array(json))
        return bylaw__search_refused(complaint_of(json), err);
    json_array_foreach(json, i, post)
    {
        if (!bylaw__leads_count(leads))
            break;
        add_post(leads, post);
    }
    if (has_next(answer, page, json_array_size(json)))
        bylaw__search_next(leads, answer->base, "page", page + 1, page + 1);
    return 0;
}
