/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When the copy was made, and how far that can be believed.
 *
 * A page's date is its own claim: templates print today's, systems restamp old
 * texts, related articles bring theirs along. It settles something only where
 * two statements of different kinds agree: what the page tells machines, what
 * it shows to readers, what stands in its address.
 */
#include "judge_int.h"

#include <stdlib.h>

#define MINUTE ((int64_t)60)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)
/* A date alone, or a time without a zone, is true somewhere on Earth for most
 * of a day around what UTC makes of it. */
#define ZONE_SLACK (20 * HOUR)
#define DATE_BYTES 10u /* "2023-05-16" */

/* ------------------------------------------------------ dates as numbers */

static int digits(struct bylaw_span text, size_t begin, size_t count)
{
    int value = 0;

    for (size_t i = begin; i < begin + count; i++) {
        if (i >= text.len || !bylaw__is_digit((unsigned char)text.ptr[i]))
            return -1;
        value = value * 10 + (text.ptr[i] - '0');
    }
    return value;
}

static bool is_day(int year, int month, int day)
{
    return year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool set_day(struct moment *out, int year, int month, int day)
{
    if (!is_day(year, month, day))
        return false;
    out->seconds = bylaw__time_days(year, month, day) * DAY + DAY / 2;
    out->slack = ZONE_SLACK;
    return true;
}

/* "Z", "+02:00", "-0530" behind a time; false: none, the zone is not known. */
static bool read_zone(int64_t *out, struct bylaw_span text)
{
    int hours, minutes;

    *out = 0;
    if (text.len && (*text.ptr == 'Z' || *text.ptr == 'z'))
        return true;
    if (!text.len || (*text.ptr != '+' && *text.ptr != '-'))
        return false;
    hours = digits(text, 1, 2);
    minutes = digits(text, text.len > 3 && text.ptr[3] == ':' ? 4 : 3, 2);
    if (hours < 0 || hours > 14)
        return false;
    *out = hours * HOUR + (minutes > 0 ? minutes * MINUTE : 0);
    if (*text.ptr == '-')
        *out = -*out;
    return true;
}

static void read_time(struct moment *out, struct bylaw_span text)
{
    int hour = digits(text, 0, 2), minute = digits(text, 3, 2);
    size_t at = 5;
    int64_t zone;

    if (hour < 0 || hour > 24 || minute < 0 || minute > 59)
        return;
    while (at < text.len && strchr(":.0123456789 ", text.ptr[at]))
        at++;
    out->seconds += hour * HOUR + minute * MINUTE - DAY / 2;
    if (read_zone(&zone, bylaw__span_sub(text, at, text.len))) {
        out->seconds -= zone;
        out->slack = MINUTE;
    }
}

bool read_moment(struct moment *out, struct bylaw_span iso)
{
    memset(out, 0, sizeof(*out));
    if (iso.len < DATE_BYTES || iso.ptr[4] != '-' || iso.ptr[7] != '-' ||
        !set_day(out, digits(iso, 0, 4), digits(iso, 5, 2), digits(iso, 8, 2)))
        return false;
    if (iso.len > DATE_BYTES + 5 &&
        (iso.ptr[DATE_BYTES] == 'T' || iso.ptr[DATE_BYTES] == ' '))
        read_time(out, bylaw__span_sub(iso, DATE_BYTES + 1, iso.len));
    return true;
}

bool read_duration(int64_t *out, const char *text)
{
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = {{'h', HOUR}, {'d', DAY}, {'w', 7 * DAY}};
    char *end = NULL;
    long count = text ? strtol(text, &end, 10) : 0;

    for (size_t i = 0; text && i < sizeof(units) / sizeof(units[0]); i++)
        if (*end == units[i].unit && !end[1] && count > 0 && count < 100000) {
            *out = count * units[i].seconds;
            return true;
        }
    return false;
}

const char *say_day(const struct scene *scene, int64_t seconds)
{
    char text[BYLAW__TIME_BYTES];

    bylaw__time_format(text, seconds * 1000);
    return bylaw__arena_printf(scene->arena, "%.10s", text);
}

/* ---------------------------------------------------- the page's claims */

static enum claim_kind kind_of_origin(const char *origin)
{
    return !strcmp(origin, "text") ? CLAIM_SHOWN : CLAIM_MACHINE;
}

static void add_claim(struct page_date *date, enum claim_kind kind,
                      const struct moment *at, const struct bylaw_meta *meta)
{
    if (!date->kinds)
        date->at = *at;
    else if (llabs(at->seconds - date->at.seconds) >
             DAY + at->slack + date->at.slack)
        date->is_contradicted = true;
    else if (at->slack < date->at.slack)
        date->at = *at;
    if (meta && !(date->kinds & (1u << kind)) && date->meta_count < CLAIM_KINDS)
        date->metas[date->meta_count++] = meta;
    date->kinds |= 1u << kind;
}

/* The date that text begins with: 2023/05/18, 2023-05-18-x, 20230518. */
static bool read_path_date(struct moment *out, struct bylaw_span text)
{
    bool is_apart = text.len > DATE_BYTES && strchr("/-_.", text.ptr[4]);
    size_t month = is_apart ? 5 : 4, day = is_apart ? 8 : 6;

    if (is_apart && text.ptr[4] != text.ptr[7])
        return false;
    if (text.len > day + 2 && bylaw__is_digit((unsigned char)text.ptr[day + 2]))
        return false;
    return set_day(out, digits(text, 0, 4), digits(text, month, 2),
                   digits(text, day, 2));
}

static bool read_address_date(struct moment *out, struct bylaw_span path)
{
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] == '/' &&
            read_path_date(out, bylaw__span_sub(path, i + 1, path.len)))
            return true;
    return false;
}

static void read_address(struct page_date *date, const char *address)
{
    struct moment at;
    bylaw_url *url = NULL;

    if (!address || !*address ||
        bylaw_url_parse(&url, bylaw__span_of(address), NULL, NULL))
        return;
    if (read_address_date(&at, bylaw__span_of(bylaw_url_path(url))))
        add_claim(date, CLAIM_ADDRESS, &at, NULL);
    bylaw_url_free(url);
}

void read_page_date(struct page_date *out, const struct scene *scene)
{
    const struct bylaw_document *document = scene->c->document;
    struct moment at;

    memset(out, 0, sizeof(*out));
    for (size_t i = 0; i < document->meta_count; i++) {
        const struct bylaw_meta *meta = &document->metas[i];

        if (meta->key == BYLAW_META_PUBLISHED && read_moment(&at, meta->value))
            add_claim(out, kind_of_origin(meta->origin), &at, meta);
    }
    read_address(out, scene->c->page_url);
    /* What has been fetched was published before. */
    if (out->kinds && scene->c->fetched_ms &&
        out->at.seconds - out->at.slack > scene->c->fetched_ms / 1000)
        out->is_contradicted = true;
}

bool is_date_believed(const struct page_date *date)
{
    /* Two bits: statements of two kinds. */
    return date->kinds & (date->kinds - 1) && !date->is_contradicted;
}

const char *why_no_date(const struct page_date *date)
{
    if (!date->kinds)
        return "the page does not say when it was published";
    return date->is_contradicted
               ? "the page's statements of when it was published contradict "
                 "each other"
               : "the page's date stands in one place only, and nothing else "
                 "bears it out";
}

void cite_date(struct ruling *r, const struct scene *scene,
               const struct page_date *date)
{
    for (size_t i = 0; i < date->meta_count; i++)
        cite_meta(r, date->metas[i]);
    if (!r->evidence_count)
        cite_copied(r, scene, 0);
}
