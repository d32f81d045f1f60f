/* SPDX-License-Identifier: Apache-2.0 */
/* Times that a rule sets, held against the page's date or its fetching. */
#include "judge_int.h"

/* With the slack of a date alone, the 26 hours around its noon for which it is
 * that day somewhere on Earth. */
#define FETCH_SLACK ((int64_t)6 * 60 * 60)

bool set_clock(struct time_limit *out, const struct scene *scene,
               const struct bylaw_term *term, const char *of_rule)
{
    const char *own = bylaw_term_param(term, "for");
    const char *published = scene->c->source->published;
    struct moment since;
    int64_t length;

    memset(out, 0, sizeof(*out));
    if (!read_duration(&length, own ? own : of_rule) || !published ||
        !read_moment(&since, bylaw__span_of(published)))
        return false;
    out->at.seconds = since.seconds + length;
    out->at.slack = since.slack;
    out->day = say_day(scene, out->at.seconds);
    return true;
}

const char *no_clock(const struct bylaw_term *term, const char *of_rule)
{
    const char *own = bylaw_term_param(term, "for");
    int64_t length;

    return read_duration(&length, own ? own : of_rule)
               ? NULL
               : "the rule names no length of time for it";
}

void rule_no_clock(struct ruling *r, const struct scene *scene)
{
    rule_unknown(r, scene, "it is not known when %s published the article",
                 scene->owner);
}

bool fetched_at(struct moment *out, const struct scene *scene)
{
    out->seconds = scene->c->fetched_ms / 1000;
    out->slack = FETCH_SLACK;
    return scene->c->fetched_ms > 0;
}

enum bylaw_outcome is_kept(const struct time_limit *limit,
                           const struct moment *at)
{
    int64_t slack = limit->at.slack + at->slack;
    int64_t late = limit->is_earliest ? limit->at.seconds - at->seconds
                                      : at->seconds - limit->at.seconds;

    if (late <= 0)
        return BYLAW_OUTCOME_PASS;
    return late > slack ? BYLAW_OUTCOME_FAIL : BYLAW_OUTCOME_UNKNOWN;
}

/* "from 2023-05-18 on" */
static const char *say_limit(const struct scene *scene,
                             const struct time_limit *limit)
{
    return bylaw__arena_printf(scene->arena,
                               limit->is_earliest ? "from %s on" : "until %s",
                               limit->day);
}

void rule_by_page_date(struct ruling *r, const struct scene *scene,
                       const struct time_limit *limit)
{
    const char *allowed = say_limit(scene, limit), *day;
    struct page_date date;
    enum bylaw_outcome outcome;

    read_page_date(&date, scene);
    cite_date(r, scene, &date);
    if (!is_date_believed(&date)) {
        rule_unknown(r, scene, "copies were allowed %s, and %s", allowed,
                     why_no_date(&date));
        return;
    }
    day = say_day(scene, date.at.seconds);
    outcome = is_kept(limit, &date.at);
    if (outcome == BYLAW_OUTCOME_PASS)
        rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                  "the page is dated %s, and copies were allowed %s", day,
                  allowed);
    else if (outcome == BYLAW_OUTCOME_UNKNOWN)
        rule_unknown(r, scene,
                     "the page is dated %s and copies were allowed %s, which "
                     "is so near that the hour would decide",
                     day, allowed);
    else
        rule_broken(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                    "the page is dated %s, but copies were allowed only %s",
                    day, allowed);
}
