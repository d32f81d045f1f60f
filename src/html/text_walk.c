/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a text's decoded bytes back to the page: both are walked side by side,
 * over references, line ends, dropped bytes and the markup that the tree
 * builder ignored in between.
 */
#include "html_int.h"

static const char cdata_open[] = "<![CDATA[";
static const char cdata_close[] = "]]>";

struct walk {
    struct bylaw__pieces *out;
    struct bylaw_span decoded, page;
    size_t t, s;   /* next byte of decoded, of page */
    size_t linear; /* bytes before t and s that are equal and not yet out */
    enum bylaw__reading reading;
};

static int add_piece(struct bylaw__pieces *out, size_t text_off,
                     size_t text_len, size_t page_off, size_t page_len)
{
    int rc = bylaw__vec_grow(&out->items, &out->cap, out->count + 1,
                             sizeof(*out->items));

    if (rc)
        return rc;
    out->items[out->count++] =
        (struct bylaw__textmap){(uint32_t)text_off, (uint32_t)text_len,
                                (uint32_t)page_off, (uint32_t)page_len};
    return 0;
}

static int flush_linear(struct walk *w)
{
    size_t len = w->linear;

    w->linear = 0;
    return len ? add_piece(w->out, w->t - len, len, w->s - len, len) : 0;
}

/*
 * Text that page bytes stand for as a whole. Equal lengths would read as byte
 * for byte; so all of the page goes to the first byte of text then, and none
 * to the rest.
 */
static int add_whole(struct bylaw__pieces *out, size_t text_off,
                     size_t text_len, size_t page_off, size_t page_len)
{
    int rc;

    if (text_len != page_len || text_len == 1)
        return add_piece(out, text_off, text_len, page_off, page_len);
    rc = add_piece(out, text_off, 1, page_off, page_len);
    if (!rc)
        rc = add_piece(out, text_off + 1, text_len - 1, page_off + page_len, 0);
    return rc;
}

static int replace(struct walk *w, size_t text_len, size_t page_len)
{
    int rc = flush_linear(w);

    if (!rc)
        rc = add_whole(w->out, w->t, text_len, w->s, page_len);
    w->t += text_len;
    w->s += page_len;
    return rc;
}

/* Page bytes that gave no text. */
static int drop(struct walk *w, size_t page_len)
{
    int rc = flush_linear(w);

    w->s += page_len;
    return rc;
}

static bool decoded_starts(const struct walk *w, const char *prefix)
{
    return bylaw__span_starts(bylaw__span_sub(w->decoded, w->t, w->decoded.len),
                              prefix);
}

static bool page_starts(const struct walk *w, const char *prefix)
{
    return bylaw__span_starts(bylaw__span_sub(w->page, w->s, w->page.len),
                              prefix);
}

/* The rest are steps: each moves on and returns 0, BYLAW_ENOMEM, or
 * BYLAW_EPARSE where page and text do not fit together. */

static int step_same(struct walk *w)
{
    if (w->page.ptr[w->s] != w->decoded.ptr[w->t])
        return BYLAW_EPARSE;
    w->s++;
    w->t++;
    w->linear++;
    return 0;
}

static int step_entity(struct walk *w)
{
    struct bylaw_span rest = bylaw__span_sub(w->decoded, w->t, w->decoded.len);
    struct bylaw__entity entity;
    size_t len = 0;

    if (!bylaw__entity_at(&entity, w->page, w->s, rest))
        return step_same(w);
    for (unsigned i = 0; i < entity.code_points && len < rest.len; i++)
        bylaw__utf8_next(rest, &len);
    return replace(w, len, entity.written);
}

static int step_markup(struct walk *w)
{
    struct bylaw__markup m;

    if (w->reading == BYLAW__READ_FOREIGN && page_starts(w, cdata_open)) {
        w->reading = BYLAW__READ_CDATA;
        return drop(w, strlen(cdata_open));
    }
    m = bylaw__markup_at(w->page, w->s);
    if (m.kind == BYLAW__MARKUP_NONE)
        return step_same(w);
    return drop(w, bylaw__markup_end(w->page, &m) - w->s);
}

static int step_carriage_return(struct walk *w)
{
    bool is_pair = page_starts(w, "\r\n");

    if (!decoded_starts(w, "\n"))
        return BYLAW_EPARSE;
    return replace(w, 1, is_pair ? 2 : 1);
}

/* A code point that HTML does not allow became U+FFFD. */
static int step_replaced(struct walk *w)
{
    size_t end;

    while (w->linear && (w->decoded.ptr[w->t] & 0xc0) == 0x80) {
        w->linear--;
        w->t--;
        w->s--;
    }
    if (!decoded_starts(w, BYLAW__REPLACEMENT))
        return BYLAW_EPARSE;
    end = w->s;
    bylaw__utf8_next(w->page, &end);
    return replace(w, strlen(BYLAW__REPLACEMENT), end - w->s);
}

/* In HTML content a NUL is dropped; elsewhere it became U+FFFD. */
static int step_nul(struct walk *w)
{
    return w->reading != BYLAW__READ_DATA &&
                   decoded_starts(w, BYLAW__REPLACEMENT)
               ? replace(w, strlen(BYLAW__REPLACEMENT), 1)
               : drop(w, 1);
}

static int step(struct walk *w)
{
    enum bylaw__reading reading = w->reading;
    char c = w->page.ptr[w->s];
    bool is_data =
        reading == BYLAW__READ_DATA || reading == BYLAW__READ_FOREIGN;

    if (c == '<' && is_data)
        return step_markup(w);
    if (c == '&' && (is_data || reading == BYLAW__READ_RCDATA))
        return step_entity(w);
    if (c == ']' && reading == BYLAW__READ_CDATA &&
        page_starts(w, cdata_close)) {
        w->reading = BYLAW__READ_FOREIGN;
        return drop(w, strlen(cdata_close));
    }
    if (c == '\r')
        return step_carriage_return(w);
    if (!c)
        return step_nul(w);
    return c == w->decoded.ptr[w->t] ? step_same(w) : step_replaced(w);
}

int bylaw__text_walk(struct bylaw__pieces *out, struct bylaw_span decoded,
                     struct bylaw_span page, size_t begin, size_t guess,
                     enum bylaw__reading reading)
{
    struct walk w = {out, decoded, page, 0, begin, 0, reading};
    size_t open = strlen(cdata_open);
    int rc = 0;

    out->count = 0;
    if (begin && begin < page.len && page.ptr[begin] == '\n' &&
        page.ptr[begin - 1] == '\r')
        w.s--;
    if (reading == BYLAW__READ_FOREIGN && begin >= open &&
        !memcmp(page.ptr + begin - open, cdata_open, open))
        w.reading = BYLAW__READ_CDATA;
    while (!rc && w.t < decoded.len)
        rc = w.s < page.len ? step(&w) : BYLAW_EPARSE;
    if (!rc)
        rc = flush_linear(&w);
    if (rc != BYLAW_EPARSE)
        return rc;
    out->count = 0;
    return add_whole(out, 0, decoded.len, begin,
                     guess > begin ? guess - begin : 0);
}
