/* SPDX-License-Identifier: Apache-2.0 */
/* The URL standard's parser (section 4.4), for http and https only. */
#include "url/url_int.h"

#include <stdlib.h>

/* A base and three encoded bytes for each given: never reached. */
#define PART_CEILING ((size_t)8 * BYLAW_LIMIT_URL_BYTES)
#define MAX_PORT     65535u
#define NO_PORT      (MAX_PORT + 1)

static const struct scheme {
    const char *name;
    unsigned port;
} schemes[] = {{"http", 80}, {"https", 443}};

#define SCHEME_COUNT (sizeof(schemes) / sizeof(schemes[0]))

/* An address in the making. */
struct draft {
    struct bylaw__buf input; /* trimmed, tabs and newlines gone */
    const struct scheme *scheme;
    struct bylaw__buf host, path, query, fragment;
    unsigned port; /* NO_PORT for the scheme's own */
    bool has_query, has_fragment, is_address;
    const char *where; /* the address as far as it can be shown */
    struct bylaw_error *err;
};

static int malformed(struct draft *draft, const char *what)
{
    return bylaw__fail(draft->err, BYLAW_EPARSE, "url.malformed", draft->where,
                       "%s", what);
}

static bool is_slash(char c)
{
    return c == '/' || c == '\\';
}

/* Bytes of s before the first of a few stops, from begin on. */
static size_t find_stop(struct bylaw_span s, size_t begin, const char *stops)
{
    size_t i = begin;

    while (i < s.len && !(s.ptr[i] && strchr(stops, s.ptr[i])))
        i++;
    return i;
}

/* ------------------------------------------------------------- input --- */

/* Copies text without what the parser ignores, one byte past the ceiling at
 * most: a data: address of a megabyte is told apart by its scheme alone. */
static void clean(struct bylaw__buf *out, struct bylaw_span text)
{
    while (text.len && (unsigned char)text.ptr[0] <= ' ') {
        text.ptr++;
        text.len--;
    }
    while (text.len && (unsigned char)text.ptr[text.len - 1] <= ' ')
        text.len--;
    for (size_t i = 0; i < text.len && out->len <= BYLAW_LIMIT_URL_BYTES; i++)
        if (!strchr("\t\n\r", text.ptr[i]) || !text.ptr[i])
            bylaw__buf_add_char(out, text.ptr[i]);
}

/* Length of "name:" at the start, or 0 where there is no scheme. */
static size_t scheme_length(struct bylaw_span s)
{
    size_t i = 0;

    if (!s.len || !bylaw__is_alpha((unsigned char)s.ptr[0]))
        return 0;
    while (i < s.len && (bylaw__is_alnum((unsigned char)s.ptr[i]) ||
                         (s.ptr[i] && strchr("+-.", s.ptr[i]))))
        i++;
    return i < s.len && s.ptr[i] == ':' ? i + 1 : 0;
}

static const struct scheme *find_scheme(struct bylaw_span name)
{
    for (size_t i = 0; i < SCHEME_COUNT; i++)
        if (bylaw__span_is_nocase(name, schemes[i].name))
            return &schemes[i];
    return NULL;
}

/* --------------------------------------------------------- authority --- */

static int read_port(struct draft *draft, struct bylaw_span digits)
{
    unsigned port = 0;

    if (!digits.len)
        return 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (!bylaw__is_digit((unsigned char)digits.ptr[i]))
            return malformed(draft, "the port is not a number");
        port = port * 10 + (unsigned)(digits.ptr[i] - '0');
        if (port > MAX_PORT)
            return malformed(draft, "the port is above 65535");
    }
    draft->port = port == draft->scheme->port ? NO_PORT : port;
    return 0;
}

/* Drops "user:password@"; the empty forms "@" and ":@" name nobody. */
static int drop_userinfo(struct draft *draft, struct bylaw_span *authority)
{
    size_t at = authority->len;

    while (at && authority->ptr[at - 1] != '@')
        at--;
    if (!at)
        return 0;
    if (at > 2 || (at == 2 && authority->ptr[0] != ':'))
        return bylaw__fail(draft->err, BYLAW_EREFUSED, "url.userinfo",
                           draft->where,
                           "the address carries a user name or password");
    *authority = bylaw__span_sub(*authority, at, authority->len);
    return 0;
}

static int read_authority(struct draft *draft, struct bylaw_span authority)
{
    bool in_brackets = false;
    size_t colon = 0;
    int rc = drop_userinfo(draft, &authority);

    if (rc)
        return rc;
    for (; colon < authority.len; colon++) {
        char c = authority.ptr[colon];

        if (c == '[' || c == ']')
            in_brackets = c == '[';
        if (c == ':' && !in_brackets)
            break;
    }
    if (!colon)
        return malformed(draft, "the address names no host");
    if (!bylaw__url_host(&draft->host, &draft->is_address,
                         bylaw__span_sub(authority, 0, colon)))
        return malformed(draft, "the host is neither a domain nor an address");
    draft->port = NO_PORT;
    return read_port(draft,
                     bylaw__span_sub(authority, colon + 1, authority.len));
}

/* -------------------------------------------------------------- path --- */

/* How many dots a segment consists of, "%2e" among them; 0 for others. */
static unsigned count_dots(struct bylaw_span segment)
{
    unsigned dots = 0;

    while (segment.len && dots < 3) {
        size_t step = bylaw__span_starts_nocase(segment, "%2e") ? 3 : 1;

        if (step == 1 && segment.ptr[0] != '.')
            return 0;
        dots++;
        segment = bylaw__span_sub(segment, step, segment.len);
    }
    return dots < 3 ? dots : 0;
}

/* Takes the last segment away; the path is "" or "/a/b". */
static void shorten(struct bylaw__buf *path)
{
    size_t len = path->len;

    while (len && path->ptr[len - 1] != '/')
        len--;
    if (!path->len)
        return;
    path->len = len ? len - 1 : 0;
    path->ptr[path->len] = '\0';
}

static void read_path(struct draft *draft, struct bylaw_span s)
{
    size_t begin = 0, end;

    do {
        struct bylaw_span segment;
        unsigned dots;

        end = find_stop(s, begin, "/\\");
        segment = bylaw__span_sub(s, begin, end);
        dots = count_dots(segment);
        if (dots == 2)
            shorten(&draft->path);
        if (!dots || end == s.len)
            bylaw__buf_add_char(&draft->path, '/');
        if (!dots)
            bylaw__url_encode(&draft->path, segment, BYLAW__URL_PATH);
        begin = end + 1;
    } while (end < s.len);
}

/* ------------------------------------------------------------- parts --- */

/* Cuts "?query#fragment" off the end of s and reads both. */
static void read_tail(struct draft *draft, struct bylaw_span *s)
{
    size_t hash = find_stop(*s, 0, "#");
    size_t mark = find_stop(bylaw__span_sub(*s, 0, hash), 0, "?");

    if (hash < s->len) {
        draft->has_fragment = true;
        bylaw__url_encode(&draft->fragment,
                          bylaw__span_sub(*s, hash + 1, s->len),
                          BYLAW__URL_FRAGMENT);
    }
    if (mark < hash) {
        draft->has_query = true;
        bylaw__buf_clear(&draft->query);
        bylaw__url_encode(&draft->query, bylaw__span_sub(*s, mark + 1, hash),
                          BYLAW__URL_QUERY);
    }
    *s = bylaw__span_sub(*s, 0, mark);
}

static int read_absolute(struct draft *draft, struct bylaw_span s)
{
    size_t begin = 0, end;
    int rc;

    while (begin < s.len && is_slash(s.ptr[begin]))
        begin++;
    s = bylaw__span_sub(s, begin, s.len);
    end = find_stop(s, 0, "/\\?#");
    rc = read_authority(draft, bylaw__span_sub(s, 0, end));
    if (rc)
        return rc;
    s = bylaw__span_sub(s, end, s.len);
    read_tail(draft, &s);
    read_path(draft, bylaw__span_sub(s, s.len ? 1 : 0, s.len));
    return 0;
}

static void take_base(struct draft *draft, const bylaw_url *base)
{
    bylaw__buf_add_text(&draft->host, base->host);
    draft->is_address = base->is_address;
    draft->port = base->port_is_default ? NO_PORT : base->port;
}

static int read_relative(struct draft *draft, struct bylaw_span s,
                         const bylaw_url *base)
{
    if (s.len > 1 && is_slash(s.ptr[0]) && is_slash(s.ptr[1]))
        return read_absolute(draft, s);
    take_base(draft, base);
    if (!s.len || s.ptr[0] == '#') {
        bylaw__buf_add_text(&draft->query, base->query);
        draft->has_query = base->has_query;
    }
    read_tail(draft, &s);
    if (s.len && is_slash(s.ptr[0])) {
        read_path(draft, bylaw__span_sub(s, 1, s.len));
        return 0;
    }
    bylaw__buf_add_text(&draft->path, base->path);
    if (s.len) {
        shorten(&draft->path);
        read_path(draft, s);
    }
    return 0;
}

static int read_draft(struct draft *draft, struct bylaw_span text,
                      const bylaw_url *base)
{
    struct bylaw_span s;
    size_t scheme;

    clean(&draft->input, text);
    s = bylaw__buf_span(&draft->input);
    scheme = scheme_length(s);
    if (scheme)
        draft->scheme = find_scheme(bylaw__span_sub(s, 0, scheme - 1));
    else if (base)
        draft->scheme = find_scheme(bylaw__span_of(base->scheme));
    if (scheme && !draft->scheme)
        return bylaw__fail(draft->err, BYLAW_EREFUSED, "url.scheme",
                           draft->where,
                           "the address is neither http nor https");
    if (s.len > BYLAW_LIMIT_URL_BYTES)
        return bylaw__fail(draft->err, BYLAW_ELIMIT, "url.too-long",
                           draft->where, "the address is longer than %u bytes",
                           BYLAW_LIMIT_URL_BYTES);
    if (!draft->scheme)
        return malformed(draft, "a relative address stands without a base");
    s = bylaw__span_sub(s, scheme, s.len);
    if (!base || (scheme && strcmp(base->scheme, draft->scheme->name) != 0))
        return read_absolute(draft, s);
    return read_relative(draft, s, base);
}

/* ---------------------------------------------------------- assembly --- */

/* Copies s with a NUL to *at, which moves on. */
static char *place(char **at, struct bylaw_span s)
{
    char *copy = *at;

    if (s.len)
        memcpy(copy, s.ptr, s.len);
    copy[s.len] = '\0';
    *at += s.len + 1;
    return copy;
}

static void write_href(struct bylaw__buf *out, const struct draft *draft)
{
    bylaw__buf_add_text(out, draft->scheme->name);
    bylaw__buf_add_text(out, "://");
    bylaw__buf_add_span(out, bylaw__buf_span(&draft->host));
    if (draft->port != NO_PORT)
        bylaw__buf_printf(out, ":%u", draft->port);
    bylaw__buf_add_span(out, bylaw__buf_span(&draft->path));
    if (draft->has_query)
        bylaw__buf_add_char(out, '?');
    bylaw__buf_add_span(out, bylaw__buf_span(&draft->query));
    if (draft->has_fragment)
        bylaw__buf_add_char(out, '#');
    bylaw__buf_add_span(out, bylaw__buf_span(&draft->fragment));
}

static bool has_failed(const struct draft *draft)
{
    return draft->input.failed || draft->host.failed || draft->path.failed ||
           draft->query.failed || draft->fragment.failed;
}

static int assemble(bylaw_url **out, const struct draft *draft)
{
    struct bylaw__buf href, site;
    bylaw_url *url = NULL;
    char *at;
    int rc = 0;

    bylaw__buf_init(&href, 0);
    bylaw__buf_init(&site, 0);
    write_href(&href, draft);
    bylaw__url_registrable(&site, draft->host.ptr, draft->is_address);
    if (has_failed(draft) || href.failed || site.failed) {
        rc = bylaw__fail_memory(draft->err, draft->where);
        goto done;
    }
    if (href.len > BYLAW_LIMIT_URL_BYTES) {
        rc = bylaw__fail(draft->err, BYLAW_ELIMIT, "url.too-long", draft->where,
                         "the encoded address is longer than %u bytes",
                         BYLAW_LIMIT_URL_BYTES);
        goto done;
    }
    url = calloc(1, sizeof(*url) + 2 * href.len + site.len + 6);
    if (!url) {
        rc = bylaw__fail_memory(draft->err, draft->where);
        goto done;
    }
    at = url->text;
    url->href = place(&at, bylaw__buf_span(&href));
    url->host = place(&at, bylaw__buf_span(&draft->host));
    url->site = place(&at, bylaw__buf_span(&site));
    url->path = place(&at, bylaw__buf_span(&draft->path));
    url->query = place(&at, bylaw__buf_span(&draft->query));
    url->fragment = place(&at, bylaw__buf_span(&draft->fragment));
    url->scheme = draft->scheme->name;
    url->port_is_default = draft->port == NO_PORT;
    url->port = url->port_is_default ? draft->scheme->port : draft->port;
    url->has_query = draft->has_query;
    url->has_fragment = draft->has_fragment;
    url->is_address = draft->is_address;
    *out = url;
done:
    bylaw__buf_release(&href);
    bylaw__buf_release(&site);
    return rc;
}

/* Bytes of the address that a diagnostic shows. */
#define SHOWN 200

int bylaw__url_read(bylaw_url **out, struct bylaw_span text,
                    const bylaw_url *base, struct bylaw_error *err)
{
    char where[SHOWN + 1];
    struct draft draft = {.port = NO_PORT, .where = where, .err = err};
    struct bylaw__buf *parts[] = {&draft.input, &draft.host, &draft.path,
                                  &draft.query, &draft.fragment};
    struct bylaw_span shown = bylaw__span_sub(text, 0, SHOWN);
    char *end = where;
    int rc;

    *out = NULL;
    place(&end, shown);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        bylaw__buf_init(parts[i], PART_CEILING);
    rc = read_draft(&draft, text, base);
    if (!rc)
        rc = assemble(out, &draft);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        bylaw__buf_release(parts[i]);
    return rc;
}
