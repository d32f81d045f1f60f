/* SPDX-License-Identifier: Apache-2.0 */
/* Indexes of web archives: which pages of a host were ever captured. */
#include "search_int.h"

/* Columns of the Wayback Machine's table; -1 where it lacks one. */
struct columns {
    int url, status, media;
};

static bool is_page(struct bylaw_span status, struct bylaw_span media)
{
    bool is_found = !status.len || bylaw__span_is(status, "200") ||
                    bylaw__span_is(status, "-");

    /* "warc/revisit" stands for a page that had not changed. */
    return is_found &&
           (!media.len ||
            bylaw__span_find_nocase(media, BYLAW__SPAN("html")) != SIZE_MAX ||
            bylaw__span_is(media, "warc/revisit"));
}

/* Captures of one page follow each other; one lead is enough for them. */
static void add_capture(struct crawl_leads *leads, struct bylaw_span url,
                        struct bylaw_span status, struct bylaw_span media)
{
    static const struct bylaw__lead page = {.kind = BYLAW__LEAD_PAGE};
    size_t before = leads->count;

    if (!is_page(status, media))
        return;
    bylaw__leads_add(leads, &page, url, NULL, (struct bylaw_span){NULL, 0});
    if (before && leads->count > before &&
        !strcmp(leads->items[before].url, leads->items[before - 1].url))
        leads->count = before;
}

static struct bylaw_span cell(const json_t *row, int column)
{
    const json_t *value =
        column < 0 ? NULL : json_array_get(row, (size_t)column);

    return (struct bylaw_span){json_string_value(value),
                               json_string_length(value)};
}

static struct columns find_columns(const json_t *header)
{
    struct columns columns = {-1, -1, -1};

    for (int i = 0; (size_t)i < json_array_size(header); i++) {
        struct bylaw_span name = cell(header, i);

        if (bylaw__span_is(name, "original"))
            columns.url = i;
        else if (bylaw__span_is(name, "statuscode"))
            columns.status = i;
        else if (bylaw__span_is(name, "mimetype"))
            columns.media = i;
    }
    return columns;
}

int bylaw__search_read_wayback(struct crawl_leads *leads, const json_t *answer,
                               struct bylaw_error *err)
{
    struct columns columns;

    if (!json_is_array(answer))
        return bylaw__search_refused(bylaw__json_member(answer, "message"),
                                     err);
    if (!json_array_size(answer))
        return 0;
    columns = find_columns(json_array_get(answer, 0));
    if (columns.url < 0)
        return bylaw__fail(err, BYLAW_EPARSE, "answer.malformed", "",
                           "the table has no column \"original\"");
    for (size_t i = 1; i < json_array_size(answer); i++) {
        const json_t *row = json_array_get(answer, i);

        if (!bylaw__leads_count(leads))
            break;
        add_capture(leads, cell(row, columns.url), cell(row, columns.status),
                    cell(row, columns.media));
    }
    return 0;
}

/* A first line that is an object without an address is the service's word on
 * why there are none; that nothing was captured is no error. */
static int read_message(const json_t *object, struct bylaw_error *err)
{
    struct bylaw_span words = bylaw__json_member(object, "message");

    if (!words.len)
        words = bylaw__json_member(object, "error");
    if (!words.len || bylaw__span_starts_nocase(words, "no captures"))
        return 0;
    return bylaw__search_refused(words, err);
}

static int read_line(struct crawl_leads *leads, struct bylaw_span line,
                     size_t number, struct bylaw_error *err)
{
    json_t *capture = NULL;
    int rc = 0;

    if (bylaw__answer_parse(&capture, line, NULL)) {
        bylaw__leads_cut(leads, "line %zu is damaged", number);
        return 0;
    }
    if (!bylaw__json_member(capture, "url").len)
        rc = read_message(capture, err);
    else
        add_capture(leads, bylaw__json_member(capture, "url"),
                    bylaw__json_member(capture, "status"),
                    bylaw__json_member(capture, "mime"));
    json_decref(capture);
    return rc;
}

int bylaw__search_read_lines(struct crawl_leads *leads, struct bylaw_span body,
                             struct bylaw_error *err)
{
    struct bylaw_span line;
    size_t pos = 0, number = 0;
    int rc = 0;

    while (!rc && bylaw__next_line(&line, body, &pos)) {
        size_t begin = bylaw__span_find(line, BYLAW__SPAN("{"));

        number++;
        if (!bylaw__span_trim(line).len)
            continue;
        /* Key and time may stand before the object (CDXJ). */
        if (begin == SIZE_MAX && number == 1)
            return bylaw__search_refused(body, err);
        if (!bylaw__leads_count(leads))
            break;
        rc = read_line(leads,
                       begin == SIZE_MAX
                           ? line
                           : bylaw__span_sub(line, begin, line.len),
                       number, err);
    }
    return rc;
}
