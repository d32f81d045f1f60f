/* SPDX-License-Identifier: Apache-2.0 */
/* News for a person, and the name by which a receiver knows it. */
#include "news_int.h"

#include <inttypes.h>
#include <stdio.h>

static const char *const headings[BYLAW_NEWS_KINDS] = {
    [BYLAW_NEWS_NEW] = "New",
    [BYLAW_NEWS_REGRESSED] = "Back after being put right",
    [BYLAW_NEWS_LAPSING] = "Allowances that end soon",
    [BYLAW_NEWS_UNREACHABLE] = "No longer to be read",
    [BYLAW_NEWS_GONE] = "Gone",
    [BYLAW_NEWS_FIXED] = "Put right",
};

static const struct bylaw__report_style mail_style = {.width = 72};

const char *bylaw__news_heading(enum bylaw_news_kind kind)
{
    return headings[(size_t)kind < BYLAW_NEWS_KINDS ? kind : 0];
}

void bylaw__news_summary(struct bylaw__buf *out, const struct bylaw_news *news)
{
    const char *comma = "";

    if (news->scan == BYLAW_NEWS_SCAN_FAILING) {
        bylaw__buf_printf(out, "the scan is failing");
        comma = ", ";
    } else if (news->scan == BYLAW_NEWS_SCAN_RECOVERED) {
        bylaw__buf_printf(out, "the scan works again");
        comma = ", ";
    }
    for (int kind = 1; kind < BYLAW_NEWS_KINDS; kind++)
        if (news->counts[kind]) {
            bylaw__buf_printf(out, "%s%zu %s", comma, news->counts[kind],
                              bylaw_news_kind_name((enum bylaw_news_kind)kind));
            comma = ", ";
        }
    if (!*comma)
        bylaw__buf_add_text(out, "nothing changed");
}

static void add_day(struct bylaw__buf *out, int64_t ms)
{
    char time[BYLAW__TIME_BYTES];

    bylaw__time_format(time, ms);
    bylaw__buf_printf(out, "%.10s %.5s UTC", time, time + 11);
}

static void add_line(struct bylaw__buf *out, const char *label,
                     const char *text)
{
    bylaw__buf_printf(out, "    %s: ", label);
    bylaw__report_fold(out, bylaw__span_of(text), &mail_style, 6,
                       6 + strlen(label));
    bylaw__buf_add_char(out, '\n');
}

static void add_item(struct bylaw__buf *out, const struct bylaw_news_item *item)
{
    bylaw__buf_add_text(out, "  ");
    bylaw__report_safe(out, bylaw__span_of(item->url));
    bylaw__buf_add_char(out, '\n');
    add_line(out, "Article", *item->title ? item->title : item->source);
    add_line(out, "Verdict", item->verdict);
    add_line(out, "Because", item->because);
    if (item->kind == BYLAW_NEWS_LAPSING && item->expires_ms) {
        bylaw__buf_add_text(out, "    Ends: ");
        add_day(out, item->expires_ms);
        bylaw__buf_add_char(out, '\n');
    }
    bylaw__buf_printf(out, "    Case %" PRId64 "\n", item->case_id);
}

static void add_items(struct bylaw__buf *out, const struct bylaw_news *news)
{
    enum bylaw_news_kind kind = BYLAW_NEWS_NONE;
    size_t most = BYLAW_LIMIT_MAIL_ITEMS;
    size_t shown = news->item_count < most ? news->item_count : most;
    size_t rest = news->item_count - shown + news->left;

    for (size_t i = 0; i < shown; i++) {
        const struct bylaw_news_item *item = &news->items[i];

        if (item->kind != kind)
            bylaw__buf_printf(out, "\n%s\n", bylaw__news_heading(item->kind));
        else
            bylaw__buf_add_char(out, '\n');
        kind = item->kind;
        add_item(out, item);
    }
    if (rest)
        bylaw__buf_printf(out,
                          "\n... and %zu further ones: see \"bylaw case "
                          "list\".\n",
                          rest);
}

static void add_scan(struct bylaw__buf *out, const struct bylaw_news *news)
{
    if (news->scan == BYLAW_NEWS_SCAN_QUIET)
        return;
    if (news->scan == BYLAW_NEWS_SCAN_FAILING)
        bylaw__buf_printf(out,
                          "\nThe last %u scans failed: what this message does "
                          "not name may have changed all the\nsame. ",
                          news->failing_scans);
    else
        bylaw__buf_add_text(out, "\nThe scan works again. ");
    bylaw__buf_add_text(out, "The last scan that worked ended ");
    if (news->last_good_ms)
        add_day(out, news->last_good_ms);
    else
        bylaw__buf_add_text(out, "never");
    bylaw__buf_add_text(out, ".\n");
}

static void add_denominators(struct bylaw__buf *out,
                             const struct bylaw_news *news)
{
    bylaw__buf_printf(out, "\n%" PRIu64 " page%s looked at", news->pages,
                      news->pages == 1 ? " was" : "s were");
    if (news->since_ms) {
        bylaw__buf_add_text(out, " since ");
        add_day(out, news->since_ms);
    }
    bylaw__buf_printf(out,
                      ": %" PRIu64 " could not be read whole,\n%" PRIu64
                      " could not be judged. Open cases: %" PRIu64 ".\n",
                      news->unread, news->undetermined, news->open);
}

void bylaw__report_news_text(struct bylaw__buf *out,
                             const struct bylaw_news *news)
{
    bylaw__buf_add_text(out, "Bylaw: ");
    bylaw__news_summary(out, news);
    bylaw__buf_add_text(out, ".\n");
    add_scan(out, news);
    add_items(out, news);
    add_denominators(out, news);
    bylaw__buf_add_text(out, "\nA finding is not an accusation: nothing is a "
                             "violation until a person has\nconfirmed it.\n");
    if (news->checkpoint)
        bylaw__buf_printf(out,
                          "\nWhat was recorded up to now, as a signed "
                          "checkpoint. Keep this message: given to\n`bylaw "
                          "verify --anchor FILE` it shows whether the record "
                          "was changed since.\n\n%s",
                          news->checkpoint);
}

int bylaw__report_news_id(char out[BYLAW__NEWS_ID_BYTES],
                          const struct bylaw_news *news, const char *channel)
{
    struct bylaw__buf turns = {0};
    char hex[BYLAW__SHA256_HEX];
    int rc;

    bylaw__buf_printf(&turns, "%s\n%s %" PRId64 " %" PRId64 "\n", channel,
                      bylaw_news_scan_name(news->scan), news->failing_scan,
                      news->scan ? news->last_good_ms : 0);
    for (size_t i = 0; i < news->item_count; i++)
        bylaw__buf_printf(&turns, "%s %" PRId64 " %" PRId64 " %s\n",
                          bylaw_news_kind_name(news->items[i].kind),
                          news->items[i].event, news->items[i].at_ms,
                          news->items[i].url);
    rc = turns.failed ? BYLAW_ENOMEM
                      : bylaw__sha256_hex(hex, bylaw__buf_span(&turns));
    bylaw__buf_release(&turns);
    out[0] = '\0';
    if (!rc)
        snprintf(out, BYLAW__NEWS_ID_BYTES, "%.32s", hex);
    return rc;
}
