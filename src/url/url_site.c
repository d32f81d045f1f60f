/* SPDX-License-Identifier: Apache-2.0 */
/* Sites: the public suffix list, and names below a name. */
#include "url/url_int.h"

#include <libpsl.h>

struct bylaw_span bylaw__url_rootless(const char *host)
{
    struct bylaw_span s = bylaw__span_of(host);

    if (s.len > 1 && s.ptr[s.len - 1] == '.' && s.ptr[s.len - 2] != '.')
        s.len--;
    return s;
}

void bylaw__url_registrable(struct bylaw__buf *out, const char *host,
                            bool is_address)
{
    /* The built-in list is static data of the library: nothing to free, and
     * safe to read from any thread. */
    const psl_ctx_t *list = psl_builtin();
    const char *site = NULL;
    size_t at;

    bylaw__buf_add_span(out, bylaw__url_rootless(host));
    if (out->failed || !list || is_address)
        return;
    site = psl_registrable_domain(list, out->ptr);
    if (!site || !*site)
        return;
    at = (size_t)(site - out->ptr);
    out->len -= at;
    memmove(out->ptr, out->ptr + at, out->len + 1);
}

static bool is_registry(const char *suffix)
{
    const psl_ctx_t *list = psl_builtin();

    return list &&
           psl_is_public_suffix2(list, suffix,
                                 PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE);
}

bool bylaw__url_below(struct bylaw_span h, const char *domain)
{
    struct bylaw_span d = bylaw__span_of(domain);

    if (!d.len || h.len < d.len)
        return false;
    if (h.len > d.len && h.ptr[h.len - d.len - 1] != '.')
        return false;
    return bylaw__span_eq_nocase(bylaw__span_sub(h, h.len - d.len, h.len), d);
}

bool bylaw__url_is_host_of(const bylaw_url *url, const char *pattern)
{
    size_t stem = strlen(pattern) - 1;

    if (pattern[stem] != '*')
        return bylaw__url_below(bylaw__url_rootless(url->host), pattern);
    return !strncmp(url->site, pattern, stem) && is_registry(url->site + stem);
}
