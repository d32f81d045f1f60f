/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addresses that lead a crawler in circles, or to what is no page. Judged by
 * form alone, so an article may be lost now and then; a crawl that never ends
 * loses more.
 */
#include "crawl_int.h"

#define SEGMENTS_MOST 12u
#define REPEATS_MOST  2u /* of one segment */
#define QUERY_MOST    500u
#define PARAMS_MOST   8u
#define FILTERS_MOST  1u
#define SAME_MOST     2u /* parameters of one name */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char *const session_names[] = {"phpsessid", "jsessionid",
                                            "sessionid", "session_id",
                                            "sid",       "cfid",
                                            "cftoken",   "zenid",
                                            "oscsid",    "aspsessionid"};

static const char *const calendar_names[] = {
    "month",     "year",           "ical",    "outlook-ical", "calendar",
    "eventdate", "tribe-bar-date", "caldate", "mes",          "monat"};

static const char *const calendar_segments[] = {"calendar",   "calendars",
                                                "kalender",   "calendario",
                                                "calendrier", "events",
                                                "agenda"};

static const char *const search_names[] = {"s",     "q",       "search",
                                           "query", "keyword", "keywords",
                                           "suche"};

static const char *const search_segments[] = {"search", "suche", "buscar",
                                              "recherche"};

static const char *const filter_names[] = {"filter",  "sort",   "order",
                                           "orderby", "sortby", "facet",
                                           "view",    "limit",  "dir",
                                           "color",   "price",  "size",
                                           "f"};

/* Copies of a page made for one reader's one act. */
static const char *const action_names[] = {"replytocom",   "share",
                                           "add-to-cart",  "print",
                                           "action",       "login",
                                           "redirect_to",  "returnurl",
                                           "attachment_id"};

static const char *const file_endings[] = {
    ".jpg", ".jpeg", ".png", ".gif",  ".webp",  ".svg",  ".ico",  ".bmp",
    ".css", ".js",   ".mjs", ".json", ".xml",   ".rss",  ".atom", ".mp3",
    ".mp4", ".m4a",  ".ogg", ".webm", ".avi",   ".mov",  ".wav",  ".pdf",
    ".doc", ".docx", ".xls", ".xlsx", ".ppt",   ".pptx", ".odt",  ".epub",
    ".zip", ".gz",   ".tgz", ".rar",  ".7z",    ".exe",  ".dmg",  ".apk",
    ".iso", ".woff", ".ttf", ".otf",  ".woff2", ".eot",  ".ics",  ".torrent"};

/* ------------------------------------------------------------- parts --- */

/* The next part of text up to a separator; false at the end. */
static bool next_part(struct bylaw_span *part, struct bylaw_span *rest,
                      const char *separator)
{
    size_t at;

    if (!rest->ptr)
        return false;
    at = bylaw__span_find(*rest, bylaw__span_of(separator));
    *part = bylaw__span_sub(*rest, 0, at);
    if (at == SIZE_MAX)
        rest->ptr = NULL;
    else
        *rest = bylaw__span_sub(*rest, at + 1, rest->len);
    return true;
}

static bool is_one_of(struct bylaw_span word, const char *const *words,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (bylaw__span_is_nocase(word, words[i]))
            return true;
    return false;
}

/* "f[0]" and "filter%5B%5D" are parameters called f and filter. */
static struct bylaw_span name_of(struct bylaw_span param)
{
    size_t len = 0;

    while (len < param.len && !strchr("=[%", param.ptr[len]))
        len++;
    return bylaw__span_sub(param, 0, len);
}

/* How many parameters bear one of the names; any with count 0. */
static size_t count_params(const bylaw_url *url, const char *const *names,
                           size_t count)
{
    struct bylaw_span rest = bylaw__span_of(bylaw_url_query(url)), param;
    size_t found = 0;

    while (next_part(&param, &rest, "&"))
        if (param.len && (!count || is_one_of(name_of(param), names, count)))
            found++;
    return found;
}

/* The path's segments that are not empty; SEGMENTS_MOST + 1 where more. */
static size_t read_segments(struct bylaw_span out[SEGMENTS_MOST + 1],
                            const bylaw_url *url)
{
    struct bylaw_span rest = bylaw__span_of(bylaw_url_path(url)), part;
    size_t count = 0;

    while (count <= SEGMENTS_MOST && next_part(&part, &rest, "/"))
        if (part.len)
            out[count++] = part;
    return count;
}

static bool has_segment(const bylaw_url *url, const char *const *names,
                        size_t count)
{
    struct bylaw_span rest = bylaw__span_of(bylaw_url_path(url)), part;

    while (next_part(&part, &rest, "/"))
        if (is_one_of(part, names, count))
            return true;
    return false;
}

/* ------------------------------------------------------------- checks --- */

static bool is_deep(const bylaw_url *url)
{
    struct bylaw_span segments[SEGMENTS_MOST + 1];

    return read_segments(segments, url) > SEGMENTS_MOST;
}

static size_t count_equal(const struct bylaw_span *segments, size_t count,
                          size_t i)
{
    size_t equal = 0;

    for (size_t j = 0; j < count; j++)
        equal += bylaw__span_eq(segments[i], segments[j]);
    return equal;
}

/* One segment again and again, or two in turn: relative links gone astray. */
static bool is_repeating(const bylaw_url *url)
{
    struct bylaw_span s[SEGMENTS_MOST + 1];
    size_t count = read_segments(s, url);

    for (size_t i = 0; i < count; i++) {
        if (count_equal(s, count, i) > REPEATS_MOST)
            return true;
        if (i + 3 < count && bylaw__span_eq(s[i], s[i + 2]) &&
            bylaw__span_eq(s[i + 1], s[i + 3]))
            return true;
    }
    return false;
}

/* "2023", "2023-05", "2023-05-16" */
static bool is_date(struct bylaw_span segment)
{
    size_t digits = 0;

    for (size_t i = 0; i < segment.len; i++) {
        if (!bylaw__is_digit((unsigned char)segment.ptr[i]) &&
            segment.ptr[i] != '-')
            return false;
        digits += segment.ptr[i] != '-';
    }
    return digits >= 4;
}

static bool is_calendar(const bylaw_url *url)
{
    struct bylaw_span rest = bylaw__span_of(bylaw_url_path(url)), part;

    if (count_params(url, calendar_names, COUNT(calendar_names)))
        return true;
    if (!has_segment(url, calendar_segments, COUNT(calendar_segments)))
        return false;
    while (next_part(&part, &rest, "/"))
        if (is_date(part))
            return true;
    return false;
}

static bool has_session(const bylaw_url *url)
{
    struct bylaw_span path = bylaw__span_of(bylaw_url_path(url));

    return count_params(url, session_names, COUNT(session_names)) ||
           bylaw__span_find_nocase(path, BYLAW__SPAN(";jsessionid=")) !=
               SIZE_MAX;
}

static bool has_long_query(const bylaw_url *url)
{
    return strlen(bylaw_url_query(url)) > QUERY_MOST;
}

static bool has_many_params(const bylaw_url *url)
{
    return count_params(url, NULL, 0) > PARAMS_MOST;
}

/* A link that adds a parameter to where it stands goes on for ever. */
static bool repeats_param(const bylaw_url *url)
{
    struct bylaw_span rest = bylaw__span_of(bylaw_url_query(url)), param, again;

    while (next_part(&param, &rest, "&")) {
        struct bylaw_span later = rest, name = name_of(param);
        size_t same = 1;

        while (name.len && next_part(&again, &later, "&"))
            same += bylaw__span_eq_nocase(name_of(again), name);
        if (same > SAME_MOST)
            return true;
    }
    return false;
}

static bool is_search(const bylaw_url *url)
{
    return count_params(url, search_names, COUNT(search_names)) ||
           has_segment(url, search_segments, COUNT(search_segments));
}

static bool is_filtered(const bylaw_url *url)
{
    return count_params(url, filter_names, COUNT(filter_names)) > FILTERS_MOST;
}

static bool is_action(const bylaw_url *url)
{
    return count_params(url, action_names, COUNT(action_names));
}

static bool is_file(const bylaw_url *url)
{
    struct bylaw_span path = bylaw__span_of(bylaw_url_path(url));

    for (size_t i = 0; i < COUNT(file_endings); i++) {
        size_t len = strlen(file_endings[i]);

        if (path.len > len &&
            bylaw__span_is_nocase(bylaw__span_sub(path, path.len - len,
                                                  path.len),
                                  file_endings[i]))
            return true;
    }
    return false;
}

static const struct {
    bool (*is_trap)(const bylaw_url *url);
    const char *reason;
} traps[] = {
    {is_file, "its ending is of a file that is no page"},
    {is_deep, "its path is too deep"},
    {is_repeating, "its path repeats itself"},
    {has_long_query, "its query is too long"},
    {has_many_params, "its query has too many parameters"},
    {repeats_param, "its query repeats a parameter"},
    {has_session, "it carries a session's number"},
    {is_calendar, "it is a page of a calendar"},
    {is_search, "it is a search"},
    {is_filtered, "it is one of many filtered views"},
    {is_action, "it repeats a page for one reader's act"},
};

const char *bylaw__trap_reason(const bylaw_url *url)
{
    for (size_t i = 0; i < COUNT(traps); i++)
        if (traps[i].is_trap(url))
            return traps[i].reason;
    return NULL;
}
