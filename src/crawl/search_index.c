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

static int hex_of(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at =
        c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;

    return at ? (int)(at - digits) : -1;
}

/* The key comes escaped, as an address wants it. */
static void add_unescaped(struct bylaw__buf *out, struct bylaw_span key)
{
    for (size_t i = 0; i < key.len; i++) {
        int high = i + 2 < key.len ? hex_of(key.ptr[i + 1]) : -1;
        int low = high < 0 ? -1 : hex_of(key.ptr[i + 2]);

        if (key.ptr[i] == '%' && low >= 0) {
            bylaw__buf_add_char(out, (char)(high * 16 + low));
            i += 2;
        } else {
            bylaw__buf_add_char(out, key.ptr[i] == '+' ? ' ' : key.ptr[i]);
        }
    }
}

/* After the last row an empty one, then one with the key of what follows. */
static void read_resume_key(struct crawl_leads *leads, const json_t *json,
                            const struct bylaw__answer *answer)
{
    size_t count = json_array_size(json);
    const json_t *row = count > 2 ? json_array_get(json, count - 1) : NULL;
    const json_t *before = row ? json_array_get(json, count - 2) : NULL;
    struct bylaw__buf key = {0};

    if (!json_is_array(before) || json_array_size(before) ||
        json_array_size(row) != 1)
        return;
    add_unescaped(&key, cell(row, 0));
    if (key.failed)
        leads->failed = true;
    else if (key.len)
        bylaw__search_more(leads, answer->base, "resumeKey",
                           bylaw__buf_span(&key), 0);
    bylaw__buf_release(&key);
}

int bylaw__search_read_wayback(struct crawl_leads *leads, const json_t *json,
                               const struct bylaw__answer *answer,
                               struct bylaw_error *err)
{
    struct columns columns;

    if (!json_is_array(json))
        return bylaw__search_refused(bylaw__json_member(json, "message"), err);
    if (!json_array_size(json))
        return 0;
    columns = find_columns(json_array_get(json, 0));
    if (columns.url < 0)
        return bylaw__fail(err, BYLAW_EPARSE, "answer.malformed", "",
                           "the table has no column \"original\"");
    for (size_t i = 1; i < json_array_size(json); i++) {
        const json_t *row = json_array_get(json, i);

        if (!bylaw__leads_count(leads))
            break;
        add_capture(leads, cell(row, columns.url), cell(row, columns.status),
                    cell(row, columns.media));
    }
    read_resume_key(leads, json, answer);
    return 0;
}

/* ------------------------------------------------------ Common Crawl --- */

/* Their names hold the year and the week: the greatest is the latest. */
static const json_t *latest_index(const json_t *list)
{
    const json_t *latest = NULL, *index;
    size_t i;

    json_array_foreach(list, i, index)
    {
        const char *id = json_string_value(json_object_get(index, "id"));
        const char *best = json_string_value(json_object_get(latest, "id"));

        if (id && bylaw__json_member(index, "cdx-api").len &&
            (!best || strcmp(id, best) > 0))
            latest = index;
    }
    return latest;
}

static int read_collections(struct crawl_leads *leads, struct bylaw_span body,
                            struct bylaw_error *err)
{
    static const struct bylaw__lead lead = {.kind = BYLAW__LEAD_INDEX};
    json_t *list = NULL;
    const json_t *latest;
    int rc = bylaw__answer_parse(&list, body, err);

    if (rc)
        return rc;
    latest = latest_index(list);
    if (!latest ||
        !bylaw__leads_add(leads, &lead, bylaw__json_member(latest, "cdx-api"),
                          NULL, bylaw__json_member(latest, "id")))
        rc = bylaw__fail(err, BYLAW_EPARSE, "answer.malformed", "",
                         "the list names no index");
    json_decref(list);
    return rc;
}

/* The answer to "showNumPages": each page is a question of its own. */
static void read_page_count(struct crawl_leads *leads, double count,
                            const struct bylaw__answer *answer)
{
    struct bylaw__buf address = {0};

    bylaw__search_set(&address, answer->base, "showNumPages",
                      (struct bylaw_span){NULL, 0});
    if (address.failed)
        leads->failed = true;
    for (unsigned i = 0;
         !leads->failed && i < count && i < BYLAW_LIMIT_ANSWER_PAGES; i++)
        bylaw__search_next(leads, address.ptr, "page", i, i + 1);
    bylaw__buf_release(&address);
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
                     size_t number, const struct bylaw__answer *answer,
                     struct bylaw_error *err)
{
    json_t *capture = NULL;
    const json_t *pages;
    int rc = 0;

    if (bylaw__answer_parse(&capture, line, NULL)) {
        bylaw__leads_cut(leads, "line %zu is damaged", number);
        return 0;
    }
    pages = json_object_get(capture, "pages");
    if (number == 1 && json_is_number(pages))
        read_page_count(leads, json_number_value(pages), answer);
    else if (!bylaw__json_member(capture, "url").len)
        rc = read_message(capture, err);
    else
        add_capture(leads, bylaw__json_member(capture, "url"),
                    bylaw__json_member(capture, "status"),
                    bylaw__json_member(capture, "mime"));
    json_decref(capture);
    return rc;
}

static int read_lines(struct crawl_leads *leads,
                      const struct bylaw__answer *answer,
                      struct bylaw_error *err)
{
    struct bylaw_span body = answer->body, line;
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
                       number, answer, err);
    }
    return rc;
}

int bylaw__search_read_index(struct crawl_leads *leads,
                             const struct bylaw__answer *answer,
                             struct bylaw_error *err)
{
    struct bylaw_span body = bylaw__span_trim(answer->body);

    return bylaw__span_starts(body, "[") ? read_collections(leads, body, err)
                                         : read_lines(leads, answer, err);
}
