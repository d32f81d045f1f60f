/* SPDX-License-Identifier: Apache-2.0 */
/* The dates of feeds, sitemaps and answers, as UTC milliseconds. */
#include "crawl_int.h"

#define FIRST_YEAR   1970
#define LAST_YEAR    9999
#define DAY_MS       86400000
#define MINUTE_MS    60000
#define MOST_MINUTES (24 * 60) /* of a zone's distance from UTC */

/* A date while it is read; a missing part keeps the first value it can have. */
struct moment {
    int year, month, day, hour, minute, second;
    int zone; /* minutes east of UTC */
};

/* What is left to read. */
struct cursor {
    const char *at, *end;
};

static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};

/* RFC 822 s5.1, and what people write besides. */
static const struct {
    const char *name;
    int zone;
} zones[] = {{"z", 0},      {"ut", 0},     {"utc", 0},    {"gmt", 0},
             {"bst", 60},   {"cet", 60},   {"cest", 120}, {"est", -300},
             {"edt", -240}, {"cst", -360}, {"cdt", -300}, {"mst", -420},
             {"mdt", -360}, {"pst", -480}, {"pdt", -420}};

static bool take(struct cursor *c, char wanted)
{
    if (c->at == c->end || bylaw__lower(*c->at) != wanted)
        return false;
    c->at++;
    return true;
}

static void skip_any(struct cursor *c, const char *set)
{
    while (c->at < c->end && *c->at && strchr(set, *c->at))
        c->at++;
}

/* Between least and most digits; -1 where there are fewer. */
static int take_number(struct cursor *c, int least, int most)
{
    int value = 0, count = 0;

    while (count < most && c->at < c->end &&
           bylaw__is_digit((unsigned char)*c->at)) {
        value = value * 10 + (*c->at++ - '0');
        count++;
    }
    return count < least ? -1 : value;
}

static struct bylaw_span take_word(struct cursor *c)
{
    const char *begin = c->at;

    while (c->at < c->end && bylaw__is_alpha((unsigned char)*c->at))
        c->at++;
    return (struct bylaw_span){begin, (size_t)(c->at - begin)};
}

/* "+0200", "+02:00", "-7", or a name; nothing at all is UTC. */
static bool read_zone(struct moment *m, struct cursor *c)
{
    int sign, hours, minutes = 0;
    struct bylaw_span name;

    skip_any(c, " \t");
    if (c->at == c->end)
        return true;
    if (*c->at == '+' || *c->at == '-') {
        sign = *c->at++ == '-' ? -1 : 1;
        hours = take_number(c, 1, 2);
        take(c, ':');
        if (c->at < c->end)
            minutes = take_number(c, 0, 2);
        m->zone = sign * (hours * 60 + minutes);
        return hours >= 0 && hours * 60 + minutes <= MOST_MINUTES;
    }
    name = take_word(c);
    for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++)
        if (bylaw__span_is_nocase(name, zones[i].name))
            m->zone = zones[i].zone;
    return name.len > 0; /* an unknown name is read as UTC */
}

/* "13:55", "13:55:36", "13:55:36.5", "135536"; a bare date is midnight. */
static bool read_time(struct moment *m, struct cursor *c)
{
    skip_any(c, " \t");
    if (c->at == c->end)
        return true;
    m->hour = take_number(c, 1, 2);
    take(c, ':');
    m->minute = take_number(c, 2, 2);
    if (m->hour < 0 || m->minute < 0)
        return false;
    take(c, ':');
    m->second = take_number(c, 0, 2);
    if (take(c, '.') || take(c, ','))
        skip_any(c, "0123456789");
    return read_zone(m, c);
}

/* 2023-05-16T10:00:00Z, 2023-05, 20230516T100000Z, 20230516100000 */
static bool read_iso(struct moment *m, struct cursor c)
{
    m->year = take_number(&c, 4, 4);
    if (m->year < 0)
        return false;
    skip_any(&c, "-/");
    if (c.at == c.end)
        return true;
    m->month = take_number(&c, 1, 2);
    skip_any(&c, "-/");
    if (c.at == c.end)
        return true;
    m->day = take_number(&c, 1, 2);
    take(&c, 't');
    return read_time(m, &c);
}

static int month_of(struct bylaw_span name)
{
    for (int i = 0; name.len >= 3 && i < 12; i++)
        if (bylaw__span_starts_nocase(name, months[i]))
            return i + 1;
    return -1;
}

/* RFC 822 s5: two digits are of this century until 69, as POSIX has it. */
static int full_year(int year, const char *begin, const char *end)
{
    if (end - begin != 2)
        return year;
    return year < 69 ? 2000 + year : 1900 + year;
}

/* Tue, 16 May 2023 10:00:00 +0200; 16-May-23; May 16, 2023 10:00 */
static bool read_rfc822(struct moment *m, struct cursor c)
{
    struct bylaw_span word = take_word(&c);
    const char *year;

    skip_any(&c, " ,.\t\r\n");
    m->month = month_of(word);
    m->day = take_number(&c, 1, 2);
    if (m->day < 0) {
        m->month = month_of(take_word(&c));
        skip_any(&c, " .\t");
        m->day = take_number(&c, 1, 2);
    }
    skip_any(&c, " -,.\t\r\n");
    if (c.at < c.end && bylaw__is_alpha((unsigned char)*c.at))
        m->month = month_of(take_word(&c));
    skip_any(&c, " -,.\t\r\n");
    year = c.at;
    m->year = take_number(&c, 2, 4);
    m->year = full_year(m->year, year, c.at);
    return read_time(m, &c);
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

static bool is_valid(const struct moment *m)
{
    return m->year >= FIRST_YEAR && m->year <= LAST_YEAR && m->month >= 1 &&
           m->month <= 12 && m->day >= 1 &&
           m->day <= month_days(m->year, m->month) && m->hour >= 0 &&
           m->hour <= 24 && m->minute >= 0 && m->minute <= 59 &&
           m->second >= -1 && m->second <= 60;
}

int64_t bylaw__lead_date(struct bylaw_span text)
{
    struct moment m = {.month = 1, .day = 1};
    struct cursor c;
    int64_t ms;

    text = bylaw__span_trim(text);
    if (!text.len)
        return 0;
    c = (struct cursor){text.ptr, text.ptr + text.len};
    if (!read_iso(&m, c)) {
        m = (struct moment){.month = 1, .day = 1};
        if (!read_rfc822(&m, c))
            return 0;
    }
    if (!is_valid(&m))
        return 0;
    ms = bylaw__time_days(m.year, m.month, m.day) * DAY_MS +
         (int64_t)m.hour * 60 * MINUTE_MS +
         (int64_t)(m.minute - m.zone) * MINUTE_MS +
         (m.second > 0 ? (m.second < 60 ? m.second : 59) : 0) * INT64_C(1000);
    return ms > 0 ? ms : 0;
}
