/* SPDX-License-Identifier: Apache-2.0 */
/* News as JSON, for a webhook. */
#include "news_int.h"

/* A time; null where it never was. */
static void add_time(struct bylaw__json *json, const char *key, int64_t ms)
{
    char time[BYLAW__TIME_BYTES];

    bylaw__time_format(time, ms);
    bylaw__json_add_text(json, key, ms ? time : NULL);
}

static void add_item(struct bylaw__json *json,
                     const struct bylaw_news_item *item)
{
    bylaw__json_object(json);
    bylaw__json_add_text(json, "kind", bylaw_news_kind_name(item->kind));
    bylaw__json_add_number(json, "case", item->case_id);
    bylaw__json_add_number(json, "event", item->event);
    add_time(json, "at", item->at_ms);
    bylaw__json_add_text(json, "url", item->url);
    bylaw__json_add_text(json, "host", item->host);
    bylaw__json_add_text(json, "source", item->source);
    bylaw__json_add_text(json, "title", item->title);
    bylaw__json_add_text(json, "verdict", item->verdict);
    bylaw__json_add_text(json, "because", item->because);
    bylaw__json_add_number(json, "severity", item->severity);
    add_time(json, "expires", item->expires_ms);
    bylaw__json_object_end(json);
}

static void add_counts(struct bylaw__json *json, const struct bylaw_news *news)
{
    bylaw__json_key(json, "counts");
    bylaw__json_object(json);
    for (int kind = 1; kind < BYLAW_NEWS_KINDS; kind++)
        bylaw__json_add_count(json,
                              bylaw_news_kind_name((enum bylaw_news_kind)kind),
                              news->counts[kind]);
    bylaw__json_object_end(json);
    bylaw__json_key(json, "pages");
    bylaw__json_object(json);
    bylaw__json_add_count(json, "looked_at", news->pages);
    bylaw__json_add_count(json, "unread", news->unread);
    bylaw__json_add_count(json, "undetermined", news->undetermined);
    bylaw__json_object_end(json);
    bylaw__json_add_count(json, "open_cases", news->open);
}

static void add_scan(struct bylaw__json *json, const struct bylaw_news *news)
{
    bylaw__json_key(json, "scan");
    bylaw__json_object(json);
    bylaw__json_add_text(json, "state", bylaw_news_scan_name(news->scan));
    bylaw__json_add_count(json, "failing", news->failing_scans);
    add_time(json, "last_good", news->last_good_ms);
    bylaw__json_object_end(json);
}

void bylaw__report_news_json(struct bylaw__buf *out,
                             const struct bylaw_news *news, const char *id)
{
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "schema", "bylaw.digest/1");
    bylaw__json_add_text(&json, "id", id);
    add_time(&json, "at", news->now_ms);
    add_time(&json, "since", news->since_ms);
    add_counts(&json, news);
    add_scan(&json, news);
    bylaw__json_key(&json, "items");
    bylaw__json_array(&json);
    for (size_t i = 0; i < news->item_count; i++)
        add_item(&json, &news->items[i]);
    bylaw__json_array_end(&json);
    bylaw__json_add_count(&json, "left", news->left);
    bylaw__json_add_text(&json, "checkpoint", news->checkpoint);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}
