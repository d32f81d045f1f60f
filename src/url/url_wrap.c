/* SPDX-License-Identifier: Apache-2.0 */
/* Redirect wrappers, AMP caches, archives, translators: the address inside. */
#include "url/url_int.h"

#include <stdlib.h>

/* ------------------------------------------------- finding candidates --- */

/* The value of the named query parameter, still encoded. */
static bool find_parameter(struct bylaw_span *out, const char *query,
                           struct bylaw_span name)
{
    const char *at = query;

    while (*at) {
        struct bylaw_span pair = {at, strcspn(at, "&")};
        bool is_named = pair.len > name.len && pair.ptr[name.len] == '=' &&
                        !strncmp(pair.ptr, name.ptr, name.len);

        if (is_named) {
            *out = bylaw__span_sub(pair, name.len + 1, pair.len);
            return true;
        }
        at += pair.len + (at[pair.len] == '&');
    }
    return false;
}

/* All that follows the first skip bytes of the path, query and fragment too:
 * wrappers of this kind put the inner address in unencoded. */
static void add_rest(struct bylaw__buf *out, const bylaw_url *url, size_t skip)
{
    bylaw__buf_add_text(out, url->path + skip);
    if (url->has_query)
        bylaw__buf_add_char(out, '?');
    bylaw__buf_add_text(out, url->query);
    if (url->has_fragment)
        bylaw__buf_add_char(out, '#');
    bylaw__buf_add_text(out, url->fragment);
}

bool bylaw__wrap_parameter(struct bylaw__buf *out, const bylaw_url *url,
                           const struct bylaw__wrapper *row)
{
    struct bylaw_span value;

    if (!find_parameter(&value, url->query, bylaw__span_of(row->argument)))
        return false;
    bylaw__url_decode_form(out, value);
    return true;
}

bool bylaw__wrap_query(struct bylaw__buf *out, const bylaw_url *url,
                       const struct bylaw__wrapper *row)
{
    (void)row;
    bylaw__url_decode(out, bylaw__span_of(url->query));
    return url->has_query;
}

bool bylaw__wrap_path(struct bylaw__buf *out, const bylaw_url *url,
                      const struct bylaw__wrapper *row)
{
    size_t skip = strlen(row->path);

    if (row->argument && strncmp(url->path + skip, "http", 4) != 0)
        bylaw__buf_add_text(out, row->argument);
    add_rest(out, url, skip);
    return true;
}

/* A time stamp or collection number in a path: digits, then dots, dashes and
 * more digits, then perhaps a replay mode such as "id_"; or "*". */
static size_t stamp_length(const char *s)
{
    size_t digits = strspn(s, "0123456789"), len;

    if (!strncmp(s, "*/", 2))
        return 2;
    len = digits + (digits >= 4 ? strspn(s + digits, "0123456789.-") : 0);
    if (digits && bylaw__is_alpha((unsigned char)s[len]) &&
        bylaw__is_alpha((unsigned char)s[len + 1]) && s[len + 2] == '_')
        len += 3;
    return digits && s[len] == '/' ? len + 1 : 0;
}

bool bylaw__wrap_archive(struct bylaw__buf *out, const bylaw_url *url,
                         const struct bylaw__wrapper *row)
{
    size_t skip = strlen(row->path);

    skip += stamp_length(url->path + skip);
    skip += stamp_length(url->path + skip);
    add_rest(out, url, skip);
    return true;
}

/* "cache:ID:ADDRESS terms" or "cache:ADDRESS terms". */
bool bylaw__wrap_cache(struct bylaw__buf *out, const bylaw_url *url,
                       const struct bylaw__wrapper *row)
{
    struct bylaw_span value;
    size_t colon, skip = strlen("cache:");

    if (!find_parameter(&value, url->query, bylaw__span_of(row->argument)) ||
        !bylaw__span_starts_nocase(value, "cache:"))
        return false;
    value = bylaw__span_sub(value, skip, value.len);
    colon = bylaw__span_find(value, BYLAW__SPAN(":"));
    if (colon != SIZE_MAX && !bylaw__span_starts_nocase(value, "http") &&
        !memchr(value.ptr, '.', colon))
        value = bylaw__span_sub(value, colon + 1, value.len);
    bylaw__url_decode_form(out, value);
    if (out->ptr)
        out->len = strcspn(out->ptr, " ");
    return true;
}

/* Host labels joined: "-" for ".", "--" for "-". */
static void add_joined_host(struct bylaw__buf *out, struct bylaw_span label)
{
    for (size_t i = 0; i < label.len; i++) {
        bool doubled =
            i + 1 < label.len && label.ptr[i] == '-' && label.ptr[i + 1] == '-';

        bylaw__buf_add_char(out, label.ptr[i] == '-' && !doubled
                                     ? '.'
                                     : label.ptr[i]);
        i += doubled;
    }
}

static void add_foreign_query(struct bylaw__buf *out, const char *query,
                              const char *own_prefix)
{
    char joint = '?';

    for (const char *at = query; *at;) {
        size_t len = strcspn(at, "&");

        if (strncmp(at, own_prefix, strlen(own_prefix)) != 0) {
            bylaw__buf_add_char(out, joint);
            bylaw__buf_add(out, at, len);
            joint = '&';
        }
        at += len + (at[len] == '&');
    }
}

/* "www-example-org.translate.goog/a?_x_tr_sl=en" is www.example.org/a. */
bool bylaw__wrap_translator(struct bylaw__buf *out, const bylaw_url *url,
                            const struct bylaw__wrapper *row)
{
    struct bylaw_span host = bylaw__url_rootless(url->host);
    size_t label = strcspn(host.ptr, ".");

    if (label + 1 + strlen(row->host) != host.len)
        return false;
    bylaw__buf_add_text(out, strstr(url->query, "_x_tr_sch=http") ? "http://"
                                                                  : "https://");
    add_joined_host(out, bylaw__span_sub(host, 0, label));
    bylaw__buf_add_text(out, url->path);
    add_foreign_query(out, url->query, row->argument);
    if (url->has_fragment)
        bylaw__buf_printf(out, "#%s", url->fragment);
    return true;
}

/* ----------------------------------------------- reading a candidate --- */

/* "example.org/a": a name with a dot in it before the first "/?#:". */
static bool looks_like_host(struct bylaw_span s)
{
    size_t dots = 0;

    for (size_t i = 0; i < s.len && s.ptr[i] && !strchr("/?#:", s.ptr[i]);
         i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (!bylaw__is_alnum(c) && c < 0x80 && c != '-' && c != '.')
            return false;
        dots += c == '.' && i;
    }
    return dots;
}

/* Makes the address that stood in a wrapper absolute: it may be encoded once
 * more, or lack its scheme. What is no address stays as it is. */
static void complete(struct bylaw__buf *out, struct bylaw_span s)
{
    if (bylaw__span_starts_nocase(s, "http%3a") ||
        bylaw__span_starts_nocase(s, "https%3a")) {
        bylaw__url_decode(out, s);
        return;
    }
    if (bylaw__span_starts(s, "//"))
        bylaw__buf_add_text(out, "http:");
    else if (looks_like_host(s))
        bylaw__buf_add_text(out, "http://");
    bylaw__buf_add_span(out, s);
}

/* --------------------------------------------------------- unwrapping --- */

static bool is_path_of(const bylaw_url *url, const char *prefix)
{
    size_t len = strlen(prefix);

    if (strncmp(url->path, prefix, len) != 0)
        return false;
    return prefix[len - 1] == '/' || !url->path[len] || url->path[len] == '/';
}

/* Reads the address that row finds in url. 0 with *out NULL where none is. How
 * long the result is does not matter, or the key would hang on the spelling of
 * the wrapper; the ceiling on wrappers ends every chain. */
static int try_row(bylaw_url **out, const bylaw_url *url,
                   const struct bylaw__wrapper *row, struct bylaw_error *err)
{
    struct bylaw__buf found, text;
    int rc = 0;

    bylaw__buf_init(&found, 0);
    bylaw__buf_init(&text, 0);
    if (!row->extract(&found, url, row))
        goto done;
    complete(&text, bylaw__span_trim(bylaw__buf_span(&found)));
    if (found.failed || text.failed) {
        rc = bylaw__fail_memory(err, url->href);
        goto done;
    }
    rc = bylaw__url_read(out, bylaw__buf_span(&text), NULL, NULL);
    if (rc == BYLAW_ENOMEM)
        bylaw__fail_memory(err, url->href);
    else
        rc = 0; /* whatever stood there was no address of the web */
done:
    bylaw__buf_release(&found);
    bylaw__buf_release(&text);
    return rc;
}

/* True where row speaks of the site, be it of another host there, or of the
 * public suffix above it. Most rows fail at the last letter. */
static bool is_site_of(struct bylaw_span site, const struct bylaw__wrapper *row)
{
    struct bylaw_span host = bylaw__span_of(row->host);
    char last = host.ptr[host.len - 1];

    if (last == '*')
        return !strncmp(site.ptr, host.ptr, host.len - 1);
    return last == site.ptr[site.len - 1] &&
           (bylaw__url_below(host, site.ptr) ||
            bylaw__url_below(site, host.ptr));
}

/* *is_known tells whether any row speaks of the site at all. */
static int try_table(bylaw_url **out, bool *is_known, const bylaw_url *url,
                     struct bylaw_error *err)
{
    const struct bylaw__wrapper *row = bylaw__url_wrappers;
    struct bylaw_span site = bylaw__span_of(url->site);
    int rc = 0;

    for (; !rc && !*out && row->host; row++) {
        if (!is_site_of(site, row))
            continue;
        *is_known = true;
        if (is_path_of(url, row->path) && bylaw__url_is_host_of(url, row->host))
            rc = try_row(out, url, row, err);
    }
    return rc;
}

/* Unwraps once: as it stands, or else in the spelling of its key, so that
 * "//url/?q=" unwraps as "/url?q=" does and keys stay stable. */
static int unwrap_once(bylaw_url **out, const bylaw_url *url,
                       struct bylaw_error *err)
{
    struct bylaw__buf key;
    bylaw_url *plain = NULL;
    bool is_known = false, is_front;
    int rc = try_table(out, &is_known, url, err);

    if (rc || *out || !is_known)
        return rc;
    bylaw__buf_init(&key, 0);
    bylaw__buf_add_text(&key, "http://");
    bylaw__url_key(&key, &is_front, url);
    if (!key.failed)
        rc = bylaw__url_read(&plain, bylaw__buf_span(&key), NULL, NULL);
    if (key.failed || rc == BYLAW_ENOMEM)
        rc = bylaw__fail_memory(err, url->href);
    else
        rc = 0;
    if (plain && !rc)
        rc = try_table(out, &is_known, plain, err);
    bylaw_url_free(plain);
    bylaw__buf_release(&key);
    return rc;
}

int bylaw__url_unwrap(bylaw_url *url, struct bylaw_error *err)
{
    bylaw_url *inner = NULL, *next = NULL;
    unsigned depth = 0;
    int rc = unwrap_once(&next, url, err);

    while (!rc && next && depth < BYLAW_LIMIT_URL_WRAPPERS) {
        bylaw_url_free(inner);
        inner = next;
        next = NULL;
        depth++;
        rc = unwrap_once(&next, inner, err);
    }
    /* Still wrapped at the ceiling: it may lead anywhere. */
    url->is_too_deep = next != NULL;
    if (!rc && !next) {
        url->inner = inner;
        inner = NULL;
    }
    bylaw_url_free(inner);
    bylaw_url_free(next);
    return rc;
}
