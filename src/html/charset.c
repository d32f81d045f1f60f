/* SPDX-License-Identifier: Apache-2.0 */
/* Which encoding a body is in, and the body as UTF-8. */
#include "html_int.h"

#include <stdio.h>
#include <stdlib.h>

/* Bytes in which browsers look for a declaration, head or no head. */
#define PRESCAN_BYTES 1024u

static const char utf8_bom[] = "\xef\xbb\xbf";

/* What the decision rests on. */
struct decision {
    const struct bylaw__charset *charset;
    const char *decided_by;
    size_t skip; /* bytes of a byte order mark that the text leaves out */
};

static bool is_ascii(struct bylaw_span s)
{
    unsigned char all = 0;

    for (size_t i = 0; i < s.len; i++)
        all |= (unsigned char)s.ptr[i];
    return all < 0x80;
}

/* "text/html; charset=x" to x (WHATWG, extracting an encoding from a meta). */
static struct bylaw_span label_in_content(struct bylaw_span content)
{
    static const struct bylaw_span key = {"charset", 7};
    size_t pos = 0;

    for (;;) {
        size_t at =
            bylaw__span_find_nocase(bylaw__span_sub(content, pos, content.len),
                                    key);

        if (at == SIZE_MAX)
            return (struct bylaw_span){NULL, 0};
        pos += at + key.len;
        while (pos < content.len &&
               bylaw__is_space((unsigned char)content.ptr[pos]))
            pos++;
        if (pos < content.len && content.ptr[pos] == '=')
            break;
    }
    content = bylaw__span_trim(bylaw__span_sub(content, pos + 1, content.len));
    if (content.len && (content.ptr[0] == '"' || content.ptr[0] == '\'')) {
        const char *quote =
            memchr(content.ptr + 1, content.ptr[0], content.len - 1);

        if (!quote)
            return (struct bylaw_span){NULL, 0};
        return bylaw__span_sub(content, 1, (size_t)(quote - content.ptr));
    }
    for (pos = 0; pos < content.len && content.ptr[pos] != ';' &&
                  !bylaw__is_space((unsigned char)content.ptr[pos]);)
        pos++;
    return bylaw__span_sub(content, 0, pos);
}

/* The label in one meta tag whose attributes start at *pos. */
static struct bylaw_span label_in_meta(struct bylaw_span body, size_t *pos)
{
    struct bylaw_span charset = {NULL, 0}, content = {NULL, 0};
    struct bylaw__written attr;
    bool is_type = false;

    while (bylaw__markup_attr(&attr, body, pos)) {
        if (bylaw__span_is_nocase(attr.name, "charset") && !charset.ptr)
            charset = attr.value;
        else if (bylaw__span_is_nocase(attr.name, "content") && !content.ptr)
            content = label_in_content(attr.value);
        else if (bylaw__span_is_nocase(attr.name, "http-equiv"))
            is_type = bylaw__span_is_nocase(attr.value, "content-type");
    }
    if (charset.len)
        return charset;
    return is_type ? content : (struct bylaw_span){NULL, 0};
}

static bool ends_head(const struct bylaw__markup *m)
{
    if (m->kind == BYLAW__MARKUP_OPEN)
        return bylaw__span_is_nocase(m->name, "body");
    return m->kind == BYLAW__MARKUP_CLOSE &&
           bylaw__span_is_nocase(m->name, "head");
}

struct bylaw_span bylaw__charset_declared(struct bylaw_span body)
{
    size_t pos = 0;

    while (pos < body.len) {
        const char *lt = memchr(body.ptr + pos, '<', body.len - pos);
        struct bylaw__markup m;

        if (!lt)
            break;
        pos = (size_t)(lt - body.ptr);
        m = bylaw__markup_at(body, pos);
        if (pos >= PRESCAN_BYTES && ends_head(&m))
            break;
        pos = m.rest;
        if (m.kind == BYLAW__MARKUP_OPEN &&
            bylaw__span_is_nocase(m.name, "meta")) {
            struct bylaw_span label = label_in_meta(body, &pos);

            if (bylaw__charset_find(label))
                return label;
            continue;
        }
        pos = bylaw__markup_end(body, &m);
        if (m.kind == BYLAW__MARKUP_OPEN)
            pos = bylaw__markup_after_raw(body, m.name, pos);
    }
    return (struct bylaw_span){NULL, 0};
}

static struct decision decide_by_bom(struct bylaw_span body)
{
    if (bylaw__span_starts(body, utf8_bom))
        return (struct decision){bylaw__charset_find(BYLAW__SPAN("utf-8")),
                                 "bom", 0};
    if (bylaw__span_starts(body, "\xff\xfe"))
        return (struct decision){bylaw__charset_find(BYLAW__SPAN("utf-16le")),
                                 "bom", 2};
    if (bylaw__span_starts(body, "\xfe\xff"))
        return (struct decision){bylaw__charset_find(BYLAW__SPAN("utf-16be")),
                                 "bom", 2};
    return (struct decision){NULL, NULL, 0};
}

/* A meta tag that can be read at all is not in UTF-16, and x-user-defined is
 * a trick of scripts: the standard reads them as these. */
static const struct bylaw__charset *find_meta(struct bylaw_span body)
{
    const struct bylaw__charset *charset =
        bylaw__charset_find(bylaw__charset_declared(body));

    if (!charset)
        return NULL;
    if (bylaw__span_starts(bylaw__span_of(charset->name), "utf-16"))
        return bylaw__charset_find(BYLAW__SPAN("utf-8"));
    if (charset->kind == BYLAW__CHARSET_USER)
        return bylaw__charset_find(BYLAW__SPAN("windows-1252"));
    return charset;
}

static struct decision decide(struct bylaw_span body, const char *http,
                              bool is_utf8, bool is_plain)
{
    struct decision d = decide_by_bom(body);

    if (d.charset)
        return d;
    d.charset = bylaw__charset_find(bylaw__span_of(http));
    d.decided_by = "http";
    if (!d.charset) {
        d.charset = find_meta(body);
        d.decided_by = "meta";
    }
    if (is_utf8 &&
        (!d.charset || (!is_plain && d.charset->kind != BYLAW__CHARSET_UTF8))) {
        d.charset = bylaw__charset_find(BYLAW__SPAN("utf-8"));
        d.decided_by = "valid-utf-8";
    }
    if (!d.charset) {
        d.charset = bylaw__charset_find(BYLAW__SPAN("windows-1252"));
        d.decided_by = "fallback";
    }
    return d;
}

/* True where the body already is the UTF-8 it would be converted to. */
static bool is_same(const struct bylaw__charset *charset, bool is_utf8,
                    bool is_plain)
{
    if (charset->kind == BYLAW__CHARSET_UTF8)
        return is_utf8;
    return is_plain && charset->kind != BYLAW__CHARSET_WIDE &&
           charset->kind != BYLAW__CHARSET_NONE;
}

static int fail_too_long(struct bylaw_error *err, size_t len)
{
    return bylaw__fail(err, BYLAW_ELIMIT, "html.too-large", "",
                       "the page is %zu bytes or more as UTF-8, the ceiling "
                       "is %zu",
                       len, BYLAW__HTML_TEXT_MAX);
}

int bylaw__html_decode(struct bylaw__utf8 *out, struct bylaw_span body,
                       const char *http_charset, struct bylaw_error *err)
{
    struct bylaw__buf text;
    struct decision d;
    bool is_utf8, is_plain;
    int rc = 0;

    memset(out, 0, sizeof(*out));
    bylaw__buf_init(&text, BYLAW__HTML_TEXT_MAX);
    if (body.len > BYLAW__HTML_TEXT_MAX) {
        rc = fail_too_long(err, body.len);
        goto done;
    }
    is_plain = is_ascii(body);
    is_utf8 = is_plain || bylaw__utf8_valid(body);
    d = decide(body, http_charset, is_utf8, is_plain);
    snprintf(out->charset, sizeof(out->charset), "%s", d.charset->name);
    out->decided_by = d.decided_by;
    if (is_same(d.charset, is_utf8, is_plain)) {
        out->text = body;
        goto done;
    }
    out->replaced =
        bylaw__charset_convert(&text, bylaw__span_sub(body, d.skip, body.len),
                               d.charset);
    if (text.failed) {
        rc = text.len < BYLAW__HTML_TEXT_MAX / 2 ? bylaw__fail_memory(err, "")
                                                 : fail_too_long(err, text.len);
        goto done;
    }
    out->owned = bylaw__buf_take(&text, &out->text.len);
    if (!out->owned)
        rc = bylaw__fail_memory(err, "");
    out->text.ptr = out->owned;

done:
    bylaw__buf_release(&text);
    if (rc)
        bylaw__utf8_release(out);
    return rc;
}

void bylaw__utf8_release(struct bylaw__utf8 *utf8)
{
    if (!utf8)
        return;
    free(utf8->owned);
    memset(utf8, 0, sizeof(*utf8));
}
