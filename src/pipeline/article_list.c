/* SPDX-License-Identifier: Apache-2.0 */
/* Feeds and sitemaps told from articles by how they begin. */
#include "pipeline_int.h"

#define HEAD_BYTES 4096 /* that may stand before what tells */

/* Ids and words of the two kinds of list. */
static const struct list_kind {
    const char *id, *what;
} feed = {"source.feed", "it is a feed, which names articles"},
  sitemap = {"source.sitemap", "it is a sitemap, which names pages"};

static const struct {
    const char *root;
    const struct list_kind *kind;
} roots[] = {
    {"<rss", &feed},
    {"<feed", &feed},
    {"<rdf:RDF", &feed},
    {"<urlset", &sitemap},
    {"<sitemapindex", &sitemap},
};

/* Past byte order mark, XML declaration, instructions and comments. */
static struct bylaw_span skip_preamble(struct bylaw_span text)
{
    if (bylaw__span_starts(text, "\xef\xbb\xbf"))
        text = bylaw__span_sub(text, 3, text.len);
    text = bylaw__span_trim(text);
    while (bylaw__span_starts(text, "<?") || bylaw__span_starts(text, "<!--")) {
        bool is_comment = text.ptr[1] == '!';
        size_t end = is_comment ? bylaw__span_find(text, BYLAW__SPAN("-->"))
                                : bylaw__span_find(text, BYLAW__SPAN("?>"));

        if (end == SIZE_MAX)
            end = text.len;
        text = bylaw__span_sub(text, end + (is_comment ? 3 : 2), text.len);
        text = bylaw__span_trim(text);
    }
    return text;
}

static const struct list_kind *kind_of(struct bylaw_span body)
{
    struct bylaw_span head =
        skip_preamble(bylaw__span_sub(body, 0, HEAD_BYTES));

    if (bylaw__span_starts(head, "{") &&
        bylaw__span_find(head, BYLAW__SPAN("jsonfeed.org/version/")) !=
            SIZE_MAX)
        return &feed;
    for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
        if (bylaw__span_starts(head, roots[i].root))
            return roots[i].kind;
    return NULL;
}

int bylaw__pipeline_refuse_list(const struct bylaw_response *response,
                                const char *spec, struct bylaw_error *err)
{
    const struct list_kind *kind = kind_of(response->body);

    return kind ? bylaw__fail(err, BYLAW_EUNSUPPORTED, kind->id, spec, "%s",
                              kind->what)
                : 0;
}
