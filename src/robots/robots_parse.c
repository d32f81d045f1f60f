/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of a robots.txt sorted into the groups that speak to us. */
#include "robots_int.h"

/* Where the reading stands. */
struct reading {
    struct bylaw__robots *robots;
    struct bylaw_span token; /* our product token */
    struct bylaw__buf text;  /* scratch for patterns */
    unsigned line;           /* from 1 */
    bool in_rules;           /* the last user-agent line has had its rules */
    bool to_us, to_anyone;   /* whom the current group speaks to */
    int64_t delay_ms;        /* of the current group; -1 where none yet */
    bool failed;             /* memory ran out */
};

struct bylaw_span bylaw__robots_token(struct bylaw_span text)
{
    size_t len = 0;

    while (len < text.len && (bylaw__is_alpha((unsigned char)text.ptr[len]) ||
                              text.ptr[len] == '_' || text.ptr[len] == '-'))
        len++;
    return bylaw__span_sub(text, 0, len);
}

/* "*" alone, or with something after it that is no part of a name. */
static bool is_anyone(struct bylaw_span value)
{
    return bylaw__span_starts(value, "*") &&
           (value.len == 1 || bylaw__is_space((unsigned char)value.ptr[1]));
}

static void keep_longest(int64_t *delay_ms, int64_t ms)
{
    if (ms > *delay_ms)
        *delay_ms = ms;
}

/* A delay is asked of every agent of its group, even one named after it. */
static void share_delay(struct reading *r)
{
    if (r->to_us)
        keep_longest(&r->robots->ours.delay_ms, r->delay_ms);
    if (r->to_anyone)
        keep_longest(&r->robots->anyone.delay_ms, r->delay_ms);
}

static void read_agent(struct reading *r, struct bylaw_span value)
{
    struct bylaw_span token = bylaw__robots_token(value);

    if (r->in_rules) {
        r->to_us = r->to_anyone = r->in_rules = false;
        r->delay_ms = -1;
    }
    if (is_anyone(value))
        r->to_anyone = r->robots->anyone.is_named = true;
    else if (token.len && bylaw__span_eq_nocase(token, r->token))
        r->to_us = r->robots->ours.is_named = true;
    share_delay(r);
}

static void add_rule(struct reading *r, struct robots_group *group, bool allows)
{
    struct robots_rule *rule;

    if (bylaw__vec_grow(&group->rules, &group->cap, group->count + 1,
                        sizeof(*group->rules))) {
        r->failed = true;
        return;
    }
    rule = &group->rules[group->count];
    rule->pattern =
        bylaw__arena_copy(&r->robots->arena, bylaw__buf_span(&r->text));
    rule->len = (uint32_t)r->text.len;
    rule->line = r->line;
    rule->allows = allows;
    group->count++;
}

/* A rule without a path says nothing but still ends the user-agent lines. */
static void read_rule(struct reading *r, struct bylaw_span value, bool allows)
{
    r->in_rules = true;
    if (!value.len)
        return;
    bylaw__buf_clear(&r->text);
    bylaw__robots_comparable(&r->text, value, true);
    if (r->to_us)
        add_rule(r, &r->robots->ours, allows);
    if (r->to_anyone)
        add_rule(r, &r->robots->anyone, allows);
}

static void read_allow(struct reading *r, struct bylaw_span value)
{
    read_rule(r, value, true);
}

static void read_disallow(struct reading *r, struct bylaw_span value)
{
    read_rule(r, value, false);
}

/* Seconds with or without a fraction, in milliseconds; -1 for anything else. */
static int64_t read_seconds(struct bylaw_span value)
{
    int64_t ms = 0, unit = 1000;
    bool in_fraction = false, has_digit = false;

    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];

        if (c == '.' && !in_fraction) {
            in_fraction = true;
            continue;
        }
        if (!bylaw__is_digit((unsigned char)c))
            return -1;
        has_digit = true;
        if (in_fraction)
            ms += (c - '0') * (unit /= 10);
        else if (ms <= BYLAW_LIMIT_ROBOTS_DELAY_MS)
            ms = ms * 10 + (c - '0') * unit;
    }
    if (!has_digit)
        return -1;
    return ms < BYLAW_LIMIT_ROBOTS_DELAY_MS ? ms : BYLAW_LIMIT_ROBOTS_DELAY_MS;
}

/* Of several delays the longest is kept. */
static void read_delay(struct reading *r, struct bylaw_span value)
{
    keep_longest(&r->delay_ms, read_seconds(value));
    share_delay(r);
}

static void read_sitemap(struct reading *r, struct bylaw_span value)
{
    struct bylaw__robots *robots = r->robots;

    if (!value.len || memchr(value.ptr, 0, value.len))
        return;
    if (bylaw__vec_grow(&robots->sitemaps, &robots->sitemap_cap,
                        robots->sitemap_count + 1, sizeof(*robots->sitemaps))) {
        r->failed = true;
        return;
    }
    robots->sitemaps[robots->sitemap_count++] =
        bylaw__arena_copy(&robots->arena, value);
}

/* The keys in use, with the misspellings that are common enough to be meant. */
static const struct {
    const char *key;
    void (*read)(struct reading *r, struct bylaw_span value);
} keys[] = {
    {"user-agent", read_agent},  {"useragent", read_agent},
    {"user agent", read_agent},  {"allow", read_allow},
    {"disallow", read_disallow}, {"dissallow", read_disallow},
    {"dissalow", read_disallow}, {"disalow", read_disallow},
    {"diasllow", read_disallow}, {"disallaw", read_disallow},
    {"crawl-delay", read_delay}, {"crawldelay", read_delay},
    {"sitemap", read_sitemap},   {"site-map", read_sitemap},
};

static size_t find_blank(struct bylaw_span s)
{
    for (size_t i = 0; i < s.len; i++)
        if (bylaw__is_space((unsigned char)s.ptr[i]))
            return i;
    return SIZE_MAX;
}

/* Without a colon two words are a key and its value, as people do write. */
static size_t find_separator(struct bylaw_span line)
{
    size_t at = bylaw__span_find(line, BYLAW__SPAN(":"));
    struct bylaw_span rest;

    if (at != SIZE_MAX)
        return at;
    at = find_blank(line);
    if (at == SIZE_MAX)
        return at;
    rest = bylaw__span_trim(bylaw__span_sub(line, at, line.len));
    return find_blank(rest) == SIZE_MAX ? at : SIZE_MAX;
}

static void read_line(struct reading *r, struct bylaw_span line)
{
    struct bylaw_span key;
    size_t at;

    line = bylaw__span_sub(line, 0, bylaw__span_find(line, BYLAW__SPAN("#")));
    line = bylaw__span_trim(line);
    at = find_separator(line);
    if (at == SIZE_MAX)
        return;
    key = bylaw__span_trim(bylaw__span_sub(line, 0, at));
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (bylaw__span_is_nocase(key, keys[i].key)) {
            keys[i].read(r, bylaw__span_trim(
                                bylaw__span_sub(line, at + 1, line.len)));
            return;
        }
}

/* A line cut in two at the ceiling could forbid more than its author meant,
 * so it is left out with the rest. */
static struct bylaw_span cut_at_ceiling(struct bylaw_span body)
{
    size_t end = BYLAW_LIMIT_ROBOTS_BYTES;

    if (body.len <= end)
        return body;
    while (end && body.ptr[end] != '\n' && body.ptr[end] != '\r')
        end--;
    return bylaw__span_sub(body, 0, end);
}

static void read_lines(struct reading *r, struct bylaw_span body)
{
    size_t begin = 0;

    while (begin < body.len && !r->failed) {
        size_t end = begin;

        while (end < body.len && body.ptr[end] != '\n' && body.ptr[end] != '\r')
            end++;
        r->line++;
        read_line(r, bylaw__span_sub(body, begin, end));
        if (end + 1 < body.len && body.ptr[end] == '\r' &&
            body.ptr[end + 1] == '\n')
            end++;
        begin = end + 1;
    }
}

int bylaw__robots_parse(struct bylaw__robots *robots, struct bylaw_span body,
                        struct bylaw_span token, struct bylaw_error *err)
{
    struct reading r = {.robots = robots, .token = token, .delay_ms = -1};

    if (bylaw__span_starts(body, "\xef\xbb\xbf"))
        body = bylaw__span_sub(body, 3, body.len);
    read_lines(&r, cut_at_ceiling(body));
    if (r.text.failed || robots->arena.failed)
        r.failed = true;
    bylaw__buf_release(&r.text);
    return r.failed ? bylaw__fail_memory(err, "robots.txt") : 0;
}
