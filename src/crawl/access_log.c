/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Web servers' logs in the combined format
 * (https://httpd.apache.org/docs/2.4/logs.html#combined):
 *   host ident user [time] "GET /pixel.gif HTTP/1.1" 200 43 "referer" "agent"
 * The referer of a tracking pixel is the page that carries it.
 */
#include "crawl_int.h"

struct log {
    struct crawl_leads *leads;
    struct bylaw_span body, pixel;
    struct bylaw__map seen; /* hash of a referer to its offset in body */
};

/* The next quoted text in line from *pos on, which moves behind it. Servers
 * escape a quote inside by a backslash. */
static bool next_quoted(struct bylaw_span *out, struct bylaw_span line,
                        size_t *pos)
{
    const char *quote =
        *pos < line.len ? memchr(line.ptr + *pos, '"', line.len - *pos) : NULL;
    size_t begin, end;

    if (!quote)
        return false;
    begin = end = (size_t)(quote - line.ptr) + 1;
    while (end < line.len && line.ptr[end] != '"')
        end += line.ptr[end] == '\\' ? 2 : 1;
    if (end >= line.len)
        return false;
    *out = bylaw__span_sub(line, begin, end);
    *pos = end + 1;
    return true;
}

/* The path asked for: of "GET /a?x HTTP/1.1" it is "/a". */
static struct bylaw_span path_of(struct bylaw_span request)
{
    size_t begin = bylaw__span_find(request, BYLAW__SPAN(" ")), end = 0;
    struct bylaw_span target;

    if (begin == SIZE_MAX)
        return (struct bylaw_span){NULL, 0};
    target = bylaw__span_sub(request, begin + 1, request.len);
    while (end < target.len && target.ptr[end] != ' ' &&
           target.ptr[end] != '?' && target.ptr[end] != '#')
        end++;
    return bylaw__span_sub(target, 0, end);
}

/* The pixel itself, or anything below it where its path ends in a slash. */
static bool is_pixel(const struct log *log, struct bylaw_span path)
{
    if (bylaw__span_ends(log->pixel, "/") && path.len > log->pixel.len)
        path = bylaw__span_sub(path, 0, log->pixel.len);
    return bylaw__span_eq(path, log->pixel);
}

/* Whether the quoted text at that offset is the same. */
static bool is_same(const struct log *log, size_t offset,
                    struct bylaw_span referer)
{
    struct bylaw_span before =
        bylaw__span_sub(log->body, offset, offset + referer.len + 1);

    return before.len == referer.len + 1 && before.ptr[referer.len] == '"' &&
           !memcmp(before.ptr, referer.ptr, referer.len);
}

/* False where it was there before: a popular page is named often. */
static bool is_new(struct log *log, struct bylaw_span referer)
{
    uint64_t hash = bylaw__hash64(referer), offset;

    if (bylaw__map_get(&log->seen, hash, &offset))
        return !is_same(log, (size_t)offset, referer);
    if (bylaw__map_put(&log->seen, hash,
                       (uint64_t)(referer.ptr - log->body.ptr)))
        log->leads->failed = true;
    return true;
}

static bool read_line(struct log *log, struct bylaw_span line)
{
    static const struct bylaw__lead page = {.kind = BYLAW__LEAD_PAGE};
    struct bylaw_span request, referer;
    size_t pos = 0;

    if (!next_quoted(&request, line, &pos) || !is_pixel(log, path_of(request)))
        return true;
    if (!next_quoted(&referer, line, &pos) || !referer.len ||
        memchr(referer.ptr, '\\', referer.len) || !is_new(log, referer))
        return true;
    if (!bylaw__leads_count(log->leads))
        return false;
    bylaw__leads_add(log->leads, &page, referer, NULL,
                     (struct bylaw_span){NULL, 0});
    return true;
}

int bylaw__access_log_read(struct bylaw__leads **out, struct bylaw_span body,
                           const char *pixel_path, struct bylaw_error *err)
{
    struct crawl_leads leads;
    struct log log = {.leads = &leads,
                      .body = body,
                      .pixel = bylaw__span_of(pixel_path)};
    struct bylaw_span line;
    size_t pos = 0, number = 0;
    int rc = bylaw__leads_begin(&leads, err);
    bool goes_on = !rc;

    while (goes_on && bylaw__next_line(&line, body, &pos)) {
        number++;
        if (line.len > BYLAW_LIMIT_LINE_BYTES)
            bylaw__leads_cut(&leads, "line %zu is longer than %u bytes", number,
                             BYLAW_LIMIT_LINE_BYTES);
        else
            goes_on = read_line(&log, line);
    }
    bylaw__map_release(&log.seen);
    return bylaw__leads_finish(out, &leads, rc, err);
}
