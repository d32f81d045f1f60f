/* SPDX-License-Identifier: Apache-2.0 */
/* A feed of any kind: which one it is, and whose reader takes it. */
#include "crawl_int.h"

/* Whether the first character that is not white space is c. */
static bool opens_with(struct bylaw_span text, char c)
{
    text = bylaw__span_trim(text);
    return text.len && text.ptr[0] == c;
}

static int read_kind(struct crawl_leads *leads, struct bylaw_span text,
                     const bylaw_url *base, struct bylaw_error *err)
{
    if (opens_with(text, '{'))
        return bylaw__json_feed_read(leads, text, base, err);
    if (opens_with(text, '<'))
        return bylaw__xml_feed_read(leads, text, base, err);
    return bylaw__fail(err, BYLAW_EPARSE, "crawl.not-a-feed", "",
                       "it is neither XML nor JSON");
}

int bylaw__feed_leads(struct crawl_leads *leads, struct bylaw_span body,
                      const char *base, struct bylaw_error *err)
{
    struct crawl_body opened = {0};
    bylaw_url *url = bylaw__base_url(base);
    int rc = bylaw__body_open(&opened, body, leads, err);

    if (!rc)
        rc = read_kind(leads, opened.text, url, err);
    bylaw__body_close(&opened);
    bylaw_url_free(url);
    return rc;
}

int bylaw__feed_read(struct bylaw__leads **out, struct bylaw_span body,
                     const char *base, struct bylaw_error *err)
{
    struct crawl_leads leads;
    int rc = bylaw__leads_begin(&leads, err);

    if (!rc)
        rc = bylaw__feed_leads(&leads, body, base, err);
    return bylaw__leads_finish(out, &leads, rc, err);
}
