/* SPDX-License-Identifier: Apache-2.0 */
/* A phrase made into an address to ask a search service by. */
#include "search_int.h"

/* Everything but RFC 3986's unreserved characters is escaped: what a phrase
 * holds can never end its parameter. */
void bylaw__search_escape(struct bylaw__buf *out, struct bylaw_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];

        if (bylaw__is_alnum(c) || (c && strchr("-._~", c)))
            bylaw__buf_add_char(out, (char)c);
        else
            bylaw__buf_printf(out, "%%%02X", (unsigned)c);
    }
}

/* A quotation mark inside would end the phrase early. */
static void add_phrase(struct bylaw__buf *out, struct bylaw_span phrase)
{
    for (size_t i = 0; i < phrase.len; i++) {
        bool is_mark =
            phrase.ptr[i] == '"' || (unsigned char)phrase.ptr[i] < 0x20;

        bylaw__search_escape(out, is_mark ? BYLAW__SPAN(" ")
                                          : bylaw__span_sub(phrase, i, i + 1));
    }
}

static void begin_param(struct bylaw__buf *out, const char *name)
{
    bool is_first = !out->len || !memchr(out->ptr, '?', out->len);

    bylaw__buf_add_char(out, is_first ? '?' : '&');
    bylaw__buf_add_text(out, name);
    bylaw__buf_add_char(out, '=');
}

/* An endpoint with a query, or one that ends with the path, is complete. */
static int add_endpoint(struct bylaw__buf *out,
                        const struct search_question *question,
                        struct bylaw_error *err)
{
    const char *text = question->endpoint && question->endpoint[0]
                           ? question->endpoint
                           : question->fallback;
    struct bylaw_span href;
    bylaw_url *url = NULL;

    if (!text)
        return bylaw__fail(err, BYLAW_ECONFIG, "search.endpoint", "",
                           "the search service has no endpoint");
    if (bylaw_url_parse(&url, bylaw__span_of(text), NULL, NULL))
        return bylaw__fail(err, BYLAW_ECONFIG, "search.endpoint", "",
                           "the search service's endpoint is no address");
    href = (struct bylaw_span){bylaw_url_href(url),
                               strcspn(bylaw_url_href(url), "#")};
    if (!memchr(href.ptr, '?', href.len) &&
        !bylaw__span_ends(href, question->path)) {
        while (bylaw__span_ends(href, "/"))
            href.len--;
        bylaw__buf_add_span(out, href);
        bylaw__buf_add_text(out, question->path);
    } else {
        bylaw__buf_add_span(out, href);
    }
    bylaw_url_free(url);
    return 0;
}

int bylaw__search_ask(struct bylaw__buf *out,
                      const struct search_question *question,
                      struct bylaw_span phrase, struct bylaw_error *err)
{
    int rc;

    phrase = bylaw__span_trim(phrase);
    if (!phrase.len ||
        (question->most_bytes && phrase.len > question->most_bytes))
        return bylaw__fail(err, BYLAW_EUSAGE, "search.phrase", "",
                           "the phrase to search for is empty or too long");
    rc = add_endpoint(out, question, err);
    if (rc)
        return rc;
    for (size_t i = 0; question->fixed[i][0]; i++) {
        begin_param(out, question->fixed[i][0]);
        bylaw__search_escape(out, bylaw__span_of(question->fixed[i][1]));
    }
    begin_param(out, question->phrase);
    if (question->is_quoted)
        bylaw__buf_add_text(out, "%22");
    add_phrase(out, phrase);
    if (question->is_quoted)
        bylaw__buf_add_text(out, "%22");
    return out->failed ? bylaw__fail_memory(err, "") : 0;
}
