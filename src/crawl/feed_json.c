/* SPDX-License-Identifier: Apache-2.0 */
/* JSON Feed, https://www.jsonfeed.org/version/1.1/ */
#include "crawl_int.h"

static struct bylaw_span first_member(const json_t *item, const char *a,
                                      const char *b)
{
    struct bylaw_span value = bylaw__json_member(item, a);

    return value.len ? value : bylaw__json_member(item, b);
}

static int64_t date_of(const json_t *item)
{
    int64_t ms = bylaw__lead_date(bylaw__json_member(item, "date_published"));

    return ms ? ms
              : bylaw__lead_date(bylaw__json_member(item, "date_modified"));
}

/* An item's id is often its address (version 1.1, "id"). */
static void read_item(struct crawl_leads *leads, const json_t *item,
                      const bylaw_url *base)
{
    struct bylaw__lead lead = {.kind = BYLAW__LEAD_PAGE,
                               .published_ms = date_of(item)};
    struct bylaw_span title = bylaw__json_member(item, "title");
    struct bylaw__buf html = {0};

    lead.text = bylaw__json_member(item, "content_html");
    if (!lead.text.len) {
        bylaw__text_to_html(&html,
                            first_member(item, "content_text", "summary"));
        lead.text = bylaw__buf_span(&html);
    }
    if (!bylaw__leads_add(leads, &lead,
                          first_member(item, "url", "external_url"), base,
                          title))
        bylaw__leads_add(leads, &lead, bylaw__json_member(item, "id"), NULL,
                         title);
    if (html.failed)
        leads->failed = true;
    bylaw__buf_release(&html);
}

int bylaw__json_feed_read(struct crawl_leads *leads, struct bylaw_span body,
                          const bylaw_url *base, struct bylaw_error *err)
{
    static const struct bylaw__lead further = {.kind = BYLAW__LEAD_FEED};
    json_t *feed = NULL, *items, *item;
    size_t i;
    int rc = bylaw__answer_parse(&feed, body, err);

    if (rc)
        return rc;
    items = json_object_get(feed, "items");
    if (!json_is_array(items)) {
        rc = bylaw__fail(err, BYLAW_EPARSE, "crawl.not-a-feed", "",
                         "the JSON lists no items");
        goto done;
    }
    bylaw__leads_set_title(leads, bylaw__json_member(feed, "title"));
    json_array_foreach(items, i, item)
    {
        if (!bylaw__leads_count(leads))
            break;
        read_item(leads, item, base);
    }
    bylaw__leads_add(leads, &further, bylaw__json_member(feed, "next_url"),
                     base, (struct bylaw_span){NULL, 0});
done:
    json_decref(feed);
    return rc;
}
