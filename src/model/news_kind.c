/* SPDX-License-Identifier: Apache-2.0 */
/* News: its names, and whether there is any. */
#include "model.h"

#include <bylaw/news.h>

static const char *const kinds[BYLAW_NEWS_KINDS] = {
    [BYLAW_NEWS_NONE] = "none",
    [BYLAW_NEWS_NEW] = "new",
    [BYLAW_NEWS_REGRESSED] = "regressed",
    [BYLAW_NEWS_LAPSING] = "lapsing",
    [BYLAW_NEWS_UNREACHABLE] = "unreachable",
    [BYLAW_NEWS_GONE] = "gone",
    [BYLAW_NEWS_FIXED] = "fixed",
};

static const char *const scans[] = {
    [BYLAW_NEWS_SCAN_QUIET] = "quiet",
    [BYLAW_NEWS_SCAN_FAILING] = "failing",
    [BYLAW_NEWS_SCAN_RECOVERED] = "recovered",
};

const char *bylaw_news_kind_name(enum bylaw_news_kind kind)
{
    return kinds[(size_t)kind < BYLAW_NEWS_KINDS ? kind : BYLAW_NEWS_NONE];
}

const char *bylaw_news_scan_name(enum bylaw_news_scan scan)
{
    return scans[(size_t)scan < sizeof(scans) / sizeof(scans[0]) ? scan : 0];
}

bool bylaw_news_matters(const struct bylaw_news *news)
{
    return news->item_count || news->scan != BYLAW_NEWS_SCAN_QUIET;
}

void bylaw_news_free(struct bylaw_news *news)
{
    if (news)
        bylaw__owner_free(news->owner);
}
