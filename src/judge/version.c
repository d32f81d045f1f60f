/* SPDX-License-Identifier: Apache-2.0 */
/* Which versions of a rule may have held when the page was copied. */
#include "judge_int.h"

/* The days between which the copy was made, as far as they are known. */
struct copying {
    int64_t from, to;
};

static struct copying find_copying(const struct bylaw__case *c)
{
    const struct scene bare = {.c = c}, *scene = &bare;
    struct copying days = {INT64_MIN, INT64_MAX};
    struct page_date date;
    struct moment at;

    read_page_date(&date, scene);
    if (is_date_believed(&date)) {
        days.from = date.at.seconds - date.at.slack;
        days.to = date.at.seconds + date.at.slack;
        return days;
    }
    if (c->source->published &&
        read_moment(&at, bylaw__span_of(c->source->published)))
        days.from = at.seconds - at.slack;
    if (fetched_at(&at, scene))
        days.to = at.seconds + at.slack;
    return days;
}

static bool may_hold(const struct bylaw_rule *rule, struct copying days)
{
    struct moment at;

    if (rule->valid_from &&
        read_moment(&at, bylaw__span_of(rule->valid_from)) &&
        at.seconds - at.slack > days.to)
        return false;
    return !rule->valid_to ||
           !read_moment(&at, bylaw__span_of(rule->valid_to)) ||
           at.seconds + at.slack >= days.from;
}

/* Dates of ISO 8601 compare as text; no date is before all others. */
static bool is_newer(const struct bylaw_rule *a, const struct bylaw_rule *b)
{
    if (!a->valid_from || !b->valid_from)
        return a->valid_from != NULL;
    return strcmp(a->valid_from, b->valid_from) > 0;
}

size_t find_versions(const struct bylaw_rule **out, const struct bylaw__case *c)
{
    const struct bylaw_rule *const *versions =
        c->version_count ? c->versions : &c->rule;
    size_t most = c->version_count ? c->version_count : 1, count = 0;
    struct copying days = find_copying(c);

    for (size_t i = 0; i < most && count < VERSIONS_MAX; i++) {
        size_t at = count;

        if (!may_hold(versions[i], days))
            continue;
        for (; at > 0 && is_newer(versions[i], out[at - 1]); at--)
            out[at] = out[at - 1];
        out[at] = versions[i];
        count++;
    }
    return count;
}
