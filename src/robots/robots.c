/* SPDX-License-Identifier: Apache-2.0 */
/* What a robots.txt permits: the longest rule that matches decides. */
#include "robots_int.h"

#include <stdlib.h>

/* The first rule of this order that matches is the one that decides: longest
 * first, allow before disallow, then as written. */
static int compare_rules(const void *left, const void *right)
{
    const struct robots_rule *a = left, *b = right;

    if (a->len != b->len)
        return a->len > b->len ? -1 : 1;
    if (a->allows != b->allows)
        return a->allows ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

static void sort_rules(struct robots_group *group)
{
    if (group->count)
        qsort(group->rules, group->count, sizeof(*group->rules), compare_rules);
}

int bylaw__robots_new(bylaw__robots **out, enum bylaw__robots_fetch fetch,
                      struct bylaw_span body, const char *agent,
                      struct bylaw_error *err)
{
    bylaw__robots *robots = calloc(1, sizeof(*robots));
    int rc = 0;

    *out = NULL;
    if (!robots)
        return bylaw__fail_memory(err, "robots.txt");
    bylaw__arena_init(&robots->arena, 0);
    robots->fetch = fetch;
    robots->ours.delay_ms = robots->anyone.delay_ms = -1;
    if (fetch == BYLAW__ROBOTS_FETCHED)
        rc = bylaw__robots_parse(robots, body,
                                 bylaw__robots_token(bylaw__span_of(agent)),
                                 err);
    if (rc)
        goto done;
    sort_rules(&robots->ours);
    sort_rules(&robots->anyone);
    *out = robots;
    robots = NULL;
done:
    bylaw__robots_free(robots);
    return rc;
}

void bylaw__robots_free(bylaw__robots *robots)
{
    if (!robots)
        return;
    bylaw__arena_release(&robots->arena);
    free(robots->ours.rules);
    free(robots->anyone.rules);
    free(robots->sitemaps);
    free(robots);
}

/* What is said to anyone counts only where nothing is said to us. */
static const struct robots_group *group_for_us(const bylaw__robots *robots)
{
    return robots->ours.is_named ? &robots->ours : &robots->anyone;
}

static const struct robots_rule *find_rule(const struct robots_group *group,
                                           struct bylaw_span path)
{
    for (size_t i = 0; i < group->count; i++) {
        const struct robots_rule *rule = &group->rules[i];

        if (bylaw__robots_matches((struct bylaw_span){rule->pattern, rule->len},
                                  path))
            return rule;
    }
    return NULL;
}

/* Path and query of a serialised address, a lone "?" included. */
static struct bylaw_span path_and_query(const bylaw_url *url)
{
    const char *authority = strstr(bylaw_url_href(url), "://") + 3;
    const char *path = strchr(authority, '/');

    return (struct bylaw_span){path, strcspn(path, "#")};
}

bool bylaw__robots_allows(const bylaw__robots *robots, const bylaw_url *url,
                          unsigned *out_line)
{
    const struct robots_rule *rule;
    struct bylaw_span path = path_and_query(url);
    struct bylaw__buf text = {0};
    bool allows = false;

    if (out_line)
        *out_line = 0;
    if (bylaw__span_is(path, "/robots.txt"))
        return true;
    if (robots->fetch != BYLAW__ROBOTS_FETCHED)
        return robots->fetch == BYLAW__ROBOTS_UNAVAILABLE;
    bylaw__robots_comparable(&text, path, false);
    if (text.failed)
        goto done; /* what cannot be looked up is not fetched */
    rule = find_rule(group_for_us(robots), bylaw__buf_span(&text));
    allows = !rule || rule->allows;
    if (rule && out_line)
        *out_line = rule->line;
done:
    bylaw__buf_release(&text);
    return allows;
}

int64_t bylaw__robots_delay_ms(const bylaw__robots *robots)
{
    return group_for_us(robots)->delay_ms;
}

const char *bylaw__robots_sitemap(const bylaw__robots *robots, size_t i)
{
    return i < robots->sitemap_count ? robots->sitemaps[i] : NULL;
}
