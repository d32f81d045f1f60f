/* SPDX-License-Identifier: Apache-2.0 */
/* Sitemaps (https://www.sitemaps.org/protocol.html), with Google's news. */
#include "crawl_int.h"

#include <stdlib.h>

#define NEWS_SPACE "http://www.google.com/schemas/sitemap-news/0.9"

enum field {
    FIELD_NONE = 0,
    FIELD_LOC,
    FIELD_CHANGED,
    FIELD_PUBLISHED,
    FIELD_TITLE,
    FIELD_COUNT
};

static const struct {
    bool is_news; /* in the news namespace, else in the root's own */
    const char *local;
    enum field field;
} elements[] = {
    {false, "loc", FIELD_LOC},
    {false, "lastmod", FIELD_CHANGED},
    {true, "publication_date", FIELD_PUBLISHED},
    {true, "title", FIELD_TITLE},
};

static const struct {
    const char *root, *entry;
    enum bylaw__lead_kind kind;
} kinds[] = {
    {"urlset", "url", BYLAW__LEAD_PAGE},
    {"sitemapindex", "sitemap", BYLAW__LEAD_SITEMAP},
};

#define KIND_COUNT (sizeof(kinds) / sizeof(kinds[0]))

struct sitemap {
    struct crawl_leads *leads;
    const bylaw_url *address; /* of the sitemap, or NULL */
    char *own_space;          /* namespace of the root; owned */
    size_t kind;              /* of kinds; KIND_COUNT while unknown */
    bool is_feed;             /* the root is a feed's */
    unsigned entry_depth;     /* 0: in none */
    enum field field;
    unsigned field_depth;
    struct bylaw__buf fields[FIELD_COUNT];
};

static bool open_root(struct sitemap *s, const struct xml_tag *tag)
{
    for (s->kind = 0; s->kind < KIND_COUNT; s->kind++)
        if (!strcmp(tag->local, kinds[s->kind].root))
            break;
    s->is_feed = !strcmp(tag->local, "rss") || !strcmp(tag->local, "feed") ||
                 !strcmp(tag->local, "RDF");
    s->own_space = strdup(tag->space);
    if (!s->own_space)
        s->leads->failed = true;
    return s->kind < KIND_COUNT && s->own_space;
}

static bool open_entry(struct sitemap *s, const struct xml_tag *tag)
{
    s->entry_depth = tag->depth;
    for (size_t i = 0; i < FIELD_COUNT; i++)
        bylaw__buf_clear(&s->fields[i]);
    return bylaw__leads_count(s->leads);
}

static enum field field_of(const struct sitemap *s, const struct xml_tag *tag)
{
    bool is_own = !strcmp(tag->space, s->own_space);
    bool is_news =
        !strcmp(tag->space, NEWS_SPACE) || !strcmp(tag->space, "news");

    for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++)
        if ((elements[i].is_news ? is_news : is_own) &&
            !strcmp(elements[i].local, tag->local))
            return elements[i].field;
    return FIELD_NONE;
}

static bool on_start(void *payload, const struct xml_tag *tag)
{
    struct sitemap *s = payload;

    if (tag->depth == 1)
        return open_root(s, tag);
    if (!s->entry_depth && !strcmp(tag->space, s->own_space) &&
        !strcmp(tag->local, kinds[s->kind].entry))
        return open_entry(s, tag);
    if (s->entry_depth && !s->field) {
        s->field = field_of(s, tag);
        s->field_depth = tag->depth;
        /* Of two of a kind the first counts. */
        if (s->fields[s->field].len)
            s->field = FIELD_NONE;
    }
    return true;
}

static void on_text(void *payload, struct bylaw_span text)
{
    struct sitemap *s = payload;

    if (s->field)
        bylaw__buf_add_span(&s->fields[s->field], text);
}

static void close_entry(struct sitemap *s)
{
    struct bylaw__lead lead = {.kind = kinds[s->kind].kind};
    struct bylaw__buf title = {0};

    lead.published_ms =
        bylaw__lead_date(bylaw__buf_span(&s->fields[FIELD_PUBLISHED]));
    if (!lead.published_ms)
        lead.published_ms =
            bylaw__lead_date(bylaw__buf_span(&s->fields[FIELD_CHANGED]));
    bylaw__html_to_text(&title, bylaw__buf_span(&s->fields[FIELD_TITLE]));
    bylaw__leads_add(s->leads, &lead, bylaw__buf_span(&s->fields[FIELD_LOC]),
                     s->address, bylaw__buf_span(&title));
    if (title.failed)
        s->leads->failed = true;
    bylaw__buf_release(&title);
    s->entry_depth = 0;
}

static void on_end(void *payload, const char *local, unsigned depth)
{
    struct sitemap *s = payload;

    (void)local;
    if (s->field && depth == s->field_depth)
        s->field = FIELD_NONE;
    else if (s->entry_depth && depth == s->entry_depth)
        close_entry(s);
}

static void release(struct sitemap *s)
{
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (s->fields[i].failed)
            s->leads->failed = true;
        bylaw__buf_release(&s->fields[i]);
    }
    free(s->own_space);
}

static int read_xml(struct crawl_leads *leads, struct bylaw_span text,
                    const bylaw_url *base, struct bylaw_error *err)
{
    static const struct xml_handler handler = {on_start, on_text, on_end};
    struct sitemap s = {.leads = leads, .address = base, .kind = KIND_COUNT};
    struct bylaw__buf mended = {0};
    int rc = bylaw__xml_mend(&mended, text, leads, err);

    if (!rc)
        rc =
            bylaw__xml_read(bylaw__buf_span(&mended), &handler, &s, leads, err);
    bylaw__buf_release(&mended);
    if (!rc && s.is_feed)
        rc = bylaw__xml_feed_read(leads, text, base, err);
    else if (!rc && s.kind == KIND_COUNT)
        rc = bylaw__fail(err, BYLAW_EPARSE, "crawl.not-a-sitemap", "",
                         "its root element is no sitemap's");
    release(&s);
    return rc;
}

/* One address a line; a list in which nothing is one is no sitemap. */
static int read_list(struct crawl_leads *leads, struct bylaw_span text,
                     const bylaw_url *base, struct bylaw_error *err)
{
    static const struct bylaw__lead page = {.kind = BYLAW__LEAD_PAGE};
    struct bylaw_span line;
    size_t pos = 0;

    (void)base;
    while (bylaw__next_line(&line, text, &pos)) {
        if (!bylaw__span_trim(line).len)
            continue;
        if (!bylaw__leads_count(leads))
            break;
        bylaw__leads_add(leads, &page, line, NULL,
                         (struct bylaw_span){NULL, 0});
    }
    if (leads->entries && !leads->count && !leads->failed)
        return bylaw__fail(err, BYLAW_EPARSE, "crawl.not-a-sitemap", "",
                           "it is neither XML nor a list of addresses");
    return 0;
}

int bylaw__sitemap_read(struct bylaw__leads **out, struct bylaw_span body,
                        const char *base, struct bylaw_error *err)
{
    struct crawl_leads leads;
    struct crawl_body opened = {0};
    bylaw_url *url = bylaw__base_url(base);
    int rc = bylaw__leads_begin(&leads, err);

    if (!rc)
        rc = bylaw__body_open(&opened, body, &leads, err);
    if (!rc)
        rc = (bylaw__span_starts(bylaw__span_trim(opened.text), "<")
                  ? read_xml
                  : read_list)(&leads, opened.text, url, err);
    bylaw__body_close(&opened);
    bylaw_url_free(url);
    return bylaw__leads_finish(out, &leads, rc, err);
}
