/* SPDX-License-Identifier: Apache-2.0 */
/* What a link's target is: its kind, its address, its rel tokens. */
#include "extract_int.h"

#define SCHEME_BYTES 16

struct rel_row {
    const char *token;
    unsigned flag;
};

static const struct rel_row rels[] = {
    {"nofollow", BYLAW_REL_NOFOLLOW},   {"ugc", BYLAW_REL_UGC},
    {"sponsored", BYLAW_REL_SPONSORED}, {"license", BYLAW_REL_LICENSE},
    {"canonical", BYLAW_REL_CANONICAL}, {"author", BYLAW_REL_AUTHOR},
    {"alternate", BYLAW_REL_ALTERNATE}, {"amphtml", BYLAW_REL_AMPHTML},
    {"next", BYLAW_REL_NEXT},
};

struct scheme_row {
    const char *scheme;
    enum bylaw_link_kind kind;
};

static const struct scheme_row schemes[] = {
    {"http", BYLAW_LINK_REAL},         {"https", BYLAW_LINK_REAL},
    {"javascript", BYLAW_LINK_SCRIPT}, {"vbscript", BYLAW_LINK_SCRIPT},
    {"mailto", BYLAW_LINK_MAIL},
};

static unsigned rel_flags(struct bylaw_span rel)
{
    unsigned flags = 0;

    for (size_t i = 0; i < sizeof(rels) / sizeof(rels[0]); i++)
        if (bylaw__span_has_word(rel, rels[i].token))
            flags |= rels[i].flag;
    return flags;
}

/* The scheme in lower case; "" where there is none. Tabs and line ends inside
 * it are skipped, as browsers do (URL standard, basic URL parser, step 3). */
static void read_scheme(char out[SCHEME_BYTES], struct bylaw_span href)
{
    size_t len = 0;

    out[0] = '\0';
    for (size_t i = 0; i < href.len; i++) {
        char c = bylaw__lower(href.ptr[i]);

        if (c == '\t' || c == '\n' || c == '\r')
            continue;
        if (c == ':') {
            out[len] = '\0';
            return;
        }
        if (!bylaw__is_alnum((unsigned char)c) && c != '+' && c != '-' &&
            c != '.')
            break;
        if (len < SCHEME_BYTES - 1)
            out[len++] = c;
    }
    out[0] = '\0';
}

/* Browsers strip C0 controls and spaces from both ends of an address. */
static struct bylaw_span strip_controls(struct bylaw_span s)
{
    while (s.len && (unsigned char)s.ptr[0] <= ' ') {
        s.ptr++;
        s.len--;
    }
    while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ')
        s.len--;
    return s;
}

static enum bylaw_link_kind kind_of(struct bylaw_span href)
{
    char scheme[SCHEME_BYTES];

    if (!href.len)
        return BYLAW_LINK_EMPTY;
    if (href.ptr[0] == '#')
        return BYLAW_LINK_FRAGMENT;
    read_scheme(scheme, href);
    if (!scheme[0])
        return BYLAW_LINK_REAL;
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
        if (!strcmp(schemes[i].scheme, scheme))
            return schemes[i].kind;
    return BYLAW_LINK_OTHER;
}

/* Where the page's own address is unknown, a relative address still has a
 * kind: it is tried against one that cannot exist (RFC 2606). */
static bool is_well_formed(struct bylaw_span href)
{
    bylaw_url *nowhere = NULL, *url = NULL;
    bool ok = !bylaw_url_parse(&nowhere, BYLAW__SPAN("http://page.invalid/"),
                               NULL, NULL) &&
              !bylaw_url_parse(&url, href, nowhere, NULL);

    bylaw_url_free(url);
    bylaw_url_free(nowhere);
    return ok;
}

int bylaw__extraction_resolve(struct bylaw__extraction *x,
                              struct bylaw_link *link, bool has_href,
                              struct bylaw_span rel_tokens,
                              struct bylaw_error *err)
{
    struct bylaw_span href = strip_controls(link->href);
    bylaw_url *url = NULL;
    int rc;

    link->rel = rel_flags(rel_tokens);
    link->url = NULL;
    link->kind = has_href ? kind_of(href) : BYLAW_LINK_NONE;
    if (link->kind != BYLAW_LINK_REAL)
        return 0;
    rc = bylaw_url_parse(&url, href, x->base_url, NULL);
    if (rc == BYLAW_ENOMEM)
        return bylaw__fail_memory(err, "extract");
    if (!rc) {
        link->url = bylaw__arena_strdup(x->arena, bylaw_url_href(url));
        rc = link->url ? 0 : bylaw__fail_memory(err, "extract");
        bylaw_url_free(url);
        return rc;
    }
    if (x->base_url || !is_well_formed(href))
        link->kind = BYLAW_LINK_INVALID;
    return 0;
}
