/* SPDX-License-Identifier: Apache-2.0 */
/* News as an Atom feed (RFC 4287), one entry a turn of a case. */
#include "news_int.h"

#include <inttypes.h>
#include <stdio.h>

/* A name-based UUID of version 8 (RFC 9562, 5.8), so that an id needs no
 * domain of anybody's and stays the same for good. */
static void add_id(struct bylaw__buf *out, const struct bylaw__buf *name)
{
    char hex[BYLAW__SHA256_HEX];

    if (name->failed || bylaw__sha256_hex(hex, bylaw__buf_span(name))) {
        out->failed = true;
        return;
    }
    hex[12] = '8';
    hex[16] = "89ab"[bylaw__hex_value(hex[16]) & 3];
    bylaw__buf_printf(out, "<id>urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s</id>\n", hex,
                      hex + 8, hex + 12, hex + 16, hex + 20);
}

static void add_updated(struct bylaw__buf *out, int64_t ms)
{
    char time[BYLAW__TIME_BYTES];

    bylaw__time_format(time, ms);
    bylaw__buf_printf(out, "<updated>%s</updated>\n", time);
}

static void add_entry(struct bylaw__buf *out,
                      const struct bylaw_news_item *item)
{
    struct bylaw__buf name = {0};

    bylaw__buf_printf(&name, "bylaw.event\n%" PRId64 "\n%" PRId64 "\n%s\n%s",
                      item->event, item->at_ms, item->source, item->url);
    bylaw__buf_add_text(out, "<entry>\n");
    add_id(out, &name);
    bylaw__buf_release(&name);
    bylaw__buf_printf(out, "<title>%s: ", bylaw__news_heading(item->kind));
    bylaw__report_xml(out, item->host);
    bylaw__buf_add_text(out, ": ");
    bylaw__report_xml(out, *item->title ? item->title : item->source);
    bylaw__buf_add_text(out, "</title>\n");
    add_updated(out, item->at_ms);
    bylaw__buf_add_text(out, "<link rel=\"alternate\" href=\"");
    bylaw__report_xml(out, item->url);
    bylaw__buf_printf(out, "\"/>\n<category term=\"%s\"/>\n<content>",
                      bylaw_news_kind_name(item->kind));
    bylaw__report_xml(out, item->verdict);
    bylaw__buf_add_text(out, ": ");
    bylaw__report_xml(out, item->because);
    bylaw__buf_printf(out, " (case %" PRId64 ")</content>\n</entry>\n",
                      item->case_id);
}

/* A checkpoint is one by its lines. */
static void add_lines(struct bylaw__buf *out, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        char line[512];

        snprintf(line, sizeof(line), "%.*s", (int)len, text);
        bylaw__report_xml(out, line);
        bylaw__buf_add_char(out, '\n');
        text += len + (text[len] == '\n');
    }
}

int bylaw__report_news_atom(struct bylaw__buf *out,
                            const struct bylaw_news *news,
                            struct bylaw_error *err)
{
    struct bylaw__buf name = {0};

    bylaw__buf_printf(&name, "bylaw.feed\n%" PRId64, news->since_ms);
    bylaw__buf_add_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                             "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    add_id(out, &name);
    bylaw__buf_release(&name);
    bylaw__buf_add_text(out, "<title>Bylaw: what changed</title>\n"
                             "<author><name>Bylaw</name></author>\n");
    add_updated(out, news->item_count ? news->now_ms : news->since_ms);
    if (news->checkpoint) {
        bylaw__buf_add_text(out, "<subtitle>\n");
        add_lines(out, news->checkpoint);
        bylaw__buf_add_text(out, "</subtitle>\n");
    }
    for (size_t i = 0; i < news->item_count; i++)
        add_entry(out, &news->items[i]);
    bylaw__buf_add_text(out, "</feed>\n");
    return out->failed ? bylaw__fail_memory(err, "") : 0;
}
