/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The canonical key: "host/path?query", what two spellings of one page share.
 *
 * Folding too much makes two pages of one site look alike; folding too little
 * accuses a site that did link. So what readers and platforms add or change
 * is folded wherever it cannot carry content.
 */
#include "url/url_int.h"

#include <stdlib.h>

static const unsigned web_ports[] = {80, 443};

static bool is_web_port(unsigned port)
{
    for (size_t i = 0; i < sizeof(web_ports) / sizeof(web_ports[0]); i++)
        if (port == web_ports[i])
            return true;
    return false;
}

static void cut(struct bylaw__buf *buf, size_t len)
{
    buf->len = len;
    if (buf->ptr)
        buf->ptr[len] = '\0';
}

/* True where s is one of a NULL-ended list, ASCII case folded. */
static bool is_one_of(struct bylaw_span s, const char *const *list)
{
    while (*list && !bylaw__span_is_nocase(s, *list))
        list++;
    return *list;
}

/* -------------------------------------------------------------- host --- */

/* Labels above the registrable domain that name a device, not content. */
static const char *const device_labels[] = {"www", "m", "mobile", "amp", NULL};

static void add_host(struct bylaw__buf *out, const bylaw_url *url)
{
    struct bylaw_span host = bylaw__url_rootless(url->host);
    size_t above = host.len - strlen(url->site), begin = 0;

    for (size_t i = 0; i < above; i++) {
        if (host.ptr[i] != '.')
            continue;
        if (!is_one_of(bylaw__span_sub(host, begin, i), device_labels))
            bylaw__buf_add_span(out, bylaw__span_sub(host, begin, i + 1));
        begin = i + 1;
    }
    bylaw__buf_add_text(out, url->site);
    if (!url->port_is_default && !is_web_port(url->port))
        bylaw__buf_printf(out, ":%u", url->port);
}

/* -------------------------------------------------------------- path --- */

static const char *const amp_segments[] = {"amp", NULL};
static const char *const print_segments[] = {"print", "printable", "print.html",
                                             "print.php", NULL};

/* Server-side session ids in the path, as Java and PHP write them. */
static const char *const session_marks[] = {";jsessionid=", ";phpsessid=",
                                            ";sid=", NULL};

static struct bylaw_span without_session(struct bylaw_span segment)
{
    for (const char *const *mark = session_marks; *mark; mark++) {
        size_t at = bylaw__span_find_nocase(segment, bylaw__span_of(*mark));

        if (at != SIZE_MAX && at)
            segment.len = at;
    }
    return segment;
}

/* A segment that a parser would read as "here" or "up". */
static bool is_dots(struct bylaw_span s)
{
    return bylaw__span_is(s, ".") || bylaw__span_is(s, "..");
}

/* Appends "/segment" in its one spelling, or nothing where it is folded. */
static void add_segment(struct bylaw__buf *out, struct bylaw_span raw)
{
    size_t start = out->len;
    struct bylaw_span done, bare;

    bylaw__buf_add_char(out, '/');
    bylaw__url_respell(out, raw, BYLAW__URL_PATH);
    if (out->failed)
        return;
    done = bylaw__span_sub(bylaw__buf_span(out), start + 1, out->len);
    bare = without_session(done);
    if (!is_dots(bare))
        cut(out, start + 1 + bare.len);
    if (!bare.len || is_one_of(bare, amp_segments))
        cut(out, start);
}

/* "story.amp.html" is story.html and "story.amp" is story. */
static bool fold_amp_suffix(struct bylaw__buf *out, struct bylaw_span last)
{
    bool is_html = bylaw__span_ends(last, ".amp.html");
    size_t stem = last.len - (is_html ? strlen(".html") : 0), bare = stem;

    while (bare > strlen(".amp") &&
           bylaw__span_ends(bylaw__span_sub(last, 0, bare), ".amp") &&
           !is_dots(bylaw__span_sub(last, 0, bare - strlen(".amp"))))
        bare -= strlen(".amp");
    if (bare == stem)
        return false;
    cut(out, out->len - (last.len - bare));
    if (is_html)
        bylaw__buf_add_text(out, ".html");
    return true;
}

/* Folds the last segment after host_len bytes; false when nothing is left to
 * fold. Each turn makes the path shorter. */
static bool fold_last(struct bylaw__buf *out, size_t host_len)
{
    size_t begin = out->len;
    struct bylaw_span last;

    while (begin > host_len && out->ptr[begin - 1] != '/')
        begin--;
    if (begin == host_len)
        return false;
    last = bylaw__span_sub(bylaw__buf_span(out), begin, out->len);
    if (!last.len || bylaw__url_is_index(last) ||
        is_one_of(last, amp_segments) || is_one_of(last, print_segments)) {
        cut(out, begin - 1);
        return true;
    }
    return fold_amp_suffix(out, last);
}

static void add_path(struct bylaw__buf *out, const char *path)
{
    struct bylaw_span s = bylaw__span_of(path);
    size_t host_len = out->len, begin = 1;

    for (size_t i = 1; i <= s.len; i++) {
        if (i < s.len && s.ptr[i] != '/')
            continue;
        add_segment(out, bylaw__span_sub(s, begin, i));
        begin = i + 1;
    }
    while (!out->failed && fold_last(out, host_len))
        continue;
    if (out->len == host_len)
        bylaw__buf_add_char(out, '/');
}

/* ------------------------------------------------------------- query --- */

/* Where a parameter stands in the scratch buffer. */
struct parameters {
    struct bylaw__buf text;
    struct bylaw_range *at; /* owned */
    size_t count, cap;
};

/* Respells one parameter and keeps it unless it only tracks. */
static void take_parameter(struct parameters *all, struct bylaw_span raw)
{
    struct bylaw_span name, value;
    size_t start = all->text.len, equals;

    bylaw__url_respell(&all->text, raw, BYLAW__URL_QUERY);
    if (all->text.failed)
        return;
    value = bylaw__span_sub(bylaw__buf_span(&all->text), start, all->text.len);
    equals = bylaw__span_find(value, BYLAW__SPAN("="));
    name = bylaw__span_sub(value, 0, equals);
    value = bylaw__span_sub(value, equals == SIZE_MAX ? value.len : equals + 1,
                            value.len);
    if (!name.len && !value.len)
        return;
    if (bylaw__url_is_tracking(name, value))
        return;
    if (bylaw__vec_grow(&all->at, &all->cap, all->count + 1,
                        sizeof(*all->at))) {
        all->text.failed = true;
        return;
    }
    if (!value.len) /* "a=" is "a" */
        cut(&all->text, start + name.len);
    all->at[all->count++] =
        (struct bylaw_range){(uint32_t)start, (uint32_t)all->text.len};
}

static int compare_parameters(const void *a, const void *b, void *text)
{
    const struct bylaw_range *x = a, *y = b;
    size_t x_len = x->end - x->begin, y_len = y->end - y->begin;
    int order =
        memcmp((const char *)text + x->begin, (const char *)text + y->begin,
               x_len < y_len ? x_len : y_len);

    return order ? order : (x_len > y_len) - (x_len < y_len);
}

static void add_query(struct bylaw__buf *out, const char *query)
{
    struct bylaw_span s = bylaw__span_of(query);
    struct parameters all = {0};
    size_t begin = 0;

    for (size_t i = 0; i <= s.len; i++) {
        if (i < s.len && s.ptr[i] != '&')
            continue;
        take_parameter(&all, bylaw__span_sub(s, begin, i));
        begin = i + 1;
    }
    if (all.count)
        qsort_r(all.at, all.count, sizeof(*all.at), compare_parameters,
                all.text.ptr);
    for (size_t i = 0; i < all.count; i++) {
        bylaw__buf_add_char(out, i ? '&' : '?');
        bylaw__buf_add_span(out,
                            bylaw__span_sub(bylaw__buf_span(&all.text),
                                            all.at[i].begin, all.at[i].end));
    }
    if (all.text.failed)
        out->failed = true;
    bylaw__buf_release(&all.text);
    free(all.at);
}

void bylaw__url_key(struct bylaw__buf *out, bool *is_front,
                    const bylaw_url *url)
{
    size_t front;

    add_host(out, url);
    front = out->len + 1;
    add_path(out, url->path);
    add_query(out, url->query);
    /* "#!/story" is how scripted sites name pages; other fragments are places
     * in a page. */
    if (url->fragment[0] == '!' && url->fragment[1]) {
        bylaw__buf_add_char(out, '#');
        bylaw__buf_add_text(out, url->fragment);
    }
    *is_front = out->len == front;
}
