/* SPDX-License-Identifier: Apache-2.0 */
/* The tables by which events become news. */
#include "news_rules.h"

#include <string.h>

/* Turns that visits show, and what they mean. ANY stands for all states that
 * no earlier row names. */
#define ANY (-1)

static const struct turn {
    int before;
    enum bylaw_case_state state;
    enum bylaw_news_kind kind;
} turns[] = {
    {BYLAW_CASE_SEEN, BYLAW_CASE_NEW, BYLAW_NEWS_NEW},
    {BYLAW_CASE_ALLOWED, BYLAW_CASE_NEW, BYLAW_NEWS_NEW},
    {BYLAW_CASE_UNREACHABLE, BYLAW_CASE_REGRESSED, BYLAW_NEWS_NONE},
    {BYLAW_CASE_REGRESSED, BYLAW_CASE_REGRESSED, BYLAW_NEWS_NONE},
    {ANY, BYLAW_CASE_REGRESSED, BYLAW_NEWS_REGRESSED},
    {BYLAW_CASE_ALLOWED, BYLAW_CASE_ALLOWED, BYLAW_NEWS_LAPSING},
    {BYLAW_CASE_SEEN, BYLAW_CASE_GONE, BYLAW_NEWS_NONE},
    {ANY, BYLAW_CASE_GONE, BYLAW_NEWS_GONE},
    {ANY, BYLAW_CASE_FIXED, BYLAW_NEWS_FIXED},
    {ANY, BYLAW_CASE_UNREACHABLE, BYLAW_NEWS_UNREACHABLE},
};
#define TURN_COUNT (sizeof(turns) / sizeof(turns[0]))

enum bylaw_news_kind bylaw__news_of(const struct bylaw__news_event *event)
{
    if (event->is_person)
        return BYLAW_NEWS_NONE;
    for (size_t i = 0; i < TURN_COUNT; i++)
        if (turns[i].state == event->state &&
            (turns[i].before == ANY || turns[i].before == (int)event->before))
            return turns[i].kind;
    return BYLAW_NEWS_NONE;
}

/* Told kinds after which a channel takes the case for open. */
static const bool leaves_open[BYLAW_NEWS_KINDS] = {
    [BYLAW_NEWS_NEW] = true,
    [BYLAW_NEWS_REGRESSED] = true,
    [BYLAW_NEWS_LAPSING] = true,
    [BYLAW_NEWS_UNREACHABLE] = true,
};

void bylaw__news_take(struct bylaw__news_fold *fold,
                      const struct bylaw__news_event *event)
{
    enum bylaw_news_kind kind = bylaw__news_of(event);
    bool is_read_again = fold->pending == BYLAW_NEWS_UNREACHABLE &&
                         event->before == BYLAW_CASE_UNREACHABLE;

    if (event->is_person || (!kind && is_read_again))
        fold->pending = BYLAW_NEWS_NONE;
    else if (kind == BYLAW_NEWS_UNREACHABLE &&
             (fold->pending || fold->told == kind))
        return;
    else if (kind == BYLAW_NEWS_FIXED || kind == BYLAW_NEWS_GONE)
        fold->pending = leaves_open[fold->told] ? kind : BYLAW_NEWS_NONE;
    else if (kind)
        fold->pending = kind;
}

/* -------------------------------------------------------------- scans --- */

/* An outcome that is not here, or none, is that of a scan which died. */
static const struct {
    const char *outcome;
    enum bylaw__scan_worth worth;
} worths[] = {
    {"complete", BYLAW__SCAN_WORTH_GOOD},
    {"limited", BYLAW__SCAN_WORTH_GOOD},
    {"interrupted", BYLAW__SCAN_WORTH_NOTHING},
};

enum bylaw__scan_worth bylaw__scan_worth_of(const char *outcome)
{
    for (size_t i = 0; i < sizeof(worths) / sizeof(worths[0]); i++)
        if (!strcmp(worths[i].outcome, outcome))
            return worths[i].worth;
    return BYLAW__SCAN_WORTH_FAILED;
}

enum bylaw_news_scan bylaw__news_of_scans(unsigned failing, int64_t first,
                                          enum bylaw_news_scan told,
                                          int64_t told_first)
{
    bool was_told = told == BYLAW_NEWS_SCAN_FAILING;

    if (failing >= BYLAW__NEWS_FAILING)
        return was_told && told_first == first ? BYLAW_NEWS_SCAN_QUIET
                                               : BYLAW_NEWS_SCAN_FAILING;
    return was_told && !failing ? BYLAW_NEWS_SCAN_RECOVERED
                                : BYLAW_NEWS_SCAN_QUIET;
}
