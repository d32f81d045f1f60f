/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many articles of one publisher a site took over within a period. What is
 * known of each copy are two times it lies between: the article was published
 * before, and the copy was seen after. Only copies of which both lie within one
 * period are sure to be of that period.
 */
#include "site_works.h"

#include "store/store.h"

#include <stdio.h>

#define DAY_MS ((int64_t)24 * 60 * 60 * 1000)

/* ------------------------------------------------------ from the store --- */

static int take_work(void *payload, const char *source, int64_t first_ms)
{
    struct site_works *works = payload;
    struct site_work *work = &works->items[works->count];

    if (works->count == SITE_WORKS_MOST)
        return 0;
    work->source = bylaw__arena_strdup(works->arena, source);
    work->first_ms = first_ms;
    if (!work->source)
        return BYLAW_ENOMEM;
    works->count++;
    return 0;
}

int bylaw__site_works_read(struct site_works **out, bylaw__store *store,
                           const char *page, int64_t at_ms,
                           struct bylaw__arena *arena, struct bylaw_error *err)
{
    struct site_works *works = bylaw__arena_alloc(arena, sizeof(*works));
    bylaw_url *url = NULL;
    int rc = 0;

    *out = NULL;
    if (!works)
        return bylaw__fail_memory(err, page);
    works->arena = arena;
    if (bylaw_url_parse(&url, bylaw__span_of(page), NULL, NULL))
        return 0;
    rc = bylaw__store_site_works(store, bylaw_url_host(url), at_ms, take_work,
                                 works, err);
    bylaw_url_free(url);
    if (!rc)
        *out = works;
    return rc;
}

struct site_works *bylaw__site_works_wire(struct bylaw__wire *wire,
                                          struct site_works *works)
{
    size_t count;

    if (!bylaw__wire_bool(wire, works != NULL))
        return NULL;
    if (!wire->out)
        works = bylaw__wire_room(wire, 1, sizeof(*works));
    count = bylaw__wire_count(wire, works ? works->count : 0, SITE_WORKS_MOST);
    for (size_t i = 0; i < count && works && !wire->failed; i++) {
        struct site_work *work = &works->items[i];

        work->source = bylaw__wire_some_text(wire, work->source);
        work->first_ms = bylaw__wire_i64(wire, work->first_ms);
    }
    if (works && !wire->out)
        works->count = wire->failed ? 0 : count;
    return works;
}

/* -------------------------------------------------------------- counting --- */

/* A copy, and the times that it lies between. */
struct copy {
    int64_t from_ms, to_ms; /* from_ms INT64_MIN: not known */
};

static int64_t published_ms(const struct bylaw_source *source)
{
    int year, month, day;

    if (!source->published ||
        sscanf(source->published, "%4d-%2d-%2d", &year, &month, &day) != 3)
        return INT64_MIN;
    return bylaw__time_days(year, month, day) * DAY_MS;
}

static int64_t period_ms(const struct bylaw_rule *rule,
                         const struct bylaw_term *term)
{
    static const struct {
        const char *word;
        int days;
    } periods[] = {{"day", 1}, {"week", 7}, {"month", 31}, {"year", 366}};
    const char *per = bylaw_term_param(term, "per");

    if (!per)
        per = rule->volume_per;
    for (size_t i = 0; per && i < sizeof(periods) / sizeof(periods[0]); i++)
        if (!strcmp(per, periods[i].word))
            return periods[i].days * DAY_MS;
    return 31 * DAY_MS;
}

/* One publisher's: under the same rule or another version of it. */
static bool is_of_rule(const struct prepared_source *entry,
                       const struct bylaw_rule *rule)
{
    return entry->rule == rule ||
           (entry->rule && entry->rule->series && rule->series &&
            !strcmp(entry->rule->series, rule->series));
}

static const struct prepared_source *find_source(const bylaw_auditor *auditor,
                                                 const char *id)
{
    for (size_t i = 0; i < auditor->source_count; i++)
        if (!strcmp(auditor->sources[i].source->id, id))
            return &auditor->sources[i];
    return NULL;
}

/* Copies that surely fall, with this one, into one period that ends when one of
 * them was seen. */
static uint32_t count_sure(const struct copy *copies, size_t count,
                           const struct copy *this, int64_t period)
{
    uint32_t best = 1;

    for (size_t end = 0; end < count; end++) {
        int64_t to = copies[end].to_ms;
        uint32_t within = 0;

        if (this->to_ms > to || this->from_ms < to - period)
            continue;
        for (size_t i = 0; i < count; i++)
            within += copies[i].to_ms <= to && copies[i].from_ms >= to - period;
        best = within > best ? within : best;
    }
    return best;
}

static const struct bylaw_term *bulk_term(const struct bylaw_rule *rule)
{
    for (size_t i = 0; rule && i < rule->term_count; i++)
        if (!strcmp(rule->terms[i].id, "no.bulk"))
            return &rule->terms[i];
    return NULL;
}

void bylaw__site_works_count(struct bylaw__site_count *out,
                             const bylaw_auditor *auditor,
                             const struct prepared_source *entry,
                             int64_t fetched_ms)
{
    const struct bylaw_term *term = bulk_term(entry->rule);
    struct copy copies[SITE_WORKS_MOST + 1];
    size_t count = 0;

    memset(out, 0, sizeof(*out));
    if (!term || !auditor->works)
        return;
    copies[count++] = (struct copy){published_ms(entry->source), fetched_ms};
    for (size_t i = 0; i < auditor->works->count; i++) {
        const struct site_work *work = &auditor->works->items[i];
        const struct prepared_source *other =
            find_source(auditor, work->source);

        if (other && other != entry && is_of_rule(other, entry->rule))
            copies[count++] =
                (struct copy){published_ms(other->source), work->first_ms};
    }
    out->sure =
        count_sure(copies, count, &copies[0], period_ms(entry->rule, term));
    out->most = (uint32_t)count;
}
