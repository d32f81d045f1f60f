/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What of a case's events is news to somebody: pure rules, without a database.
 *
 * A channel hears of a case once for each turn it takes. What was put right
 * before the channel heard of it is no news; what a person decided is known
 * to people; a page that comes and goes is told of once, and never in place
 * of what was found on it.
 */
#ifndef BYLAW_NEWS_RULES_H
#define BYLAW_NEWS_RULES_H

#include <bylaw/case.h>
#include <bylaw/news.h>

/** Scans in a row that must fail before that is news. */
#define BYLAW__NEWS_FAILING 3u

/** One event as the rules see it. */
struct bylaw__news_event {
    enum bylaw_case_state before, state;
    bool is_person; /* a person decided it */
};

/** What is to be told of a case, as its events are gone through in order. */
struct bylaw__news_fold {
    enum bylaw_news_kind told;    /* last told to this channel */
    enum bylaw_news_kind pending; /* to be told now */
};

void bylaw__news_take(struct bylaw__news_fold *fold,
                      const struct bylaw__news_event *event);

/** What a single event means to somebody who follows all of them. */
enum bylaw_news_kind bylaw__news_of(const struct bylaw__news_event *event);

/** How a scan counts when it is asked whether scans fail. */
enum bylaw__scan_worth {
    BYLAW__SCAN_WORTH_NOTHING = 0, /* a person stopped it */
    BYLAW__SCAN_WORTH_GOOD,
    BYLAW__SCAN_WORTH_FAILED
};
enum bylaw__scan_worth bylaw__scan_worth_of(const char *outcome);

/** What to say, given what was said last and about which row of failures. */
enum bylaw_news_scan bylaw__news_of_scans(unsigned failing, int64_t first,
                                          enum bylaw_news_scan told,
                                          int64_t told_first);

#endif
