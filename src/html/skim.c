/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A page's words and addresses without a tree. Errs on the side of more: what
 * a tree would hide or drop may be there, what it holds must be.
 */
#include "html_int.h"

#include <stdlib.h>

#define UNKNOWN_MOST 4u   /* references of unknown names before it is unsure */
#define TAG_NAME_MAX 10u  /* bytes of the longest name below */
#define ASCII_STRIDE 8u   /* bytes looked at together */
#define ESCAPE       0x1b /* begins ISO-2022 text, which is all ASCII */

/** What an element's name does to the words around its tags. */
enum tag_effect {
    TAG_INLINE = 0, /* nothing */
    TAG_BLOCK,      /* they stand apart */
    TAG_BOXED,      /* two with nothing between them do */
    TAG_LINK,       /* as boxed, with an address */
    TAG_ADDRESS,    /* an address alone */
    TAG_RAW,        /* no words inside */
    TAG_TEXT        /* words inside, but no elements */
};

struct tag_row {
    char name[TAG_NAME_MAX + 1];
    unsigned char effect; /* enum tag_effect */
    unsigned char link;   /* enum bylaw__skim_link */
};

/* By first letter, the frequent ones first; what is not here is inline.
 * Sources: the HTML standard, section 15.3, and what extract takes for
 * boxes. */
#define TAGS_OF_LETTER 13
static const struct tag_row tags[26][TAGS_OF_LETTER] = {
    ['a' - 'a'] = {{"a", TAG_LINK, BYLAW__SKIM_A},
                   {"article", TAG_BLOCK, 0},
                   {"aside", TAG_BLOCK, 0},
                   {"address", TAG_BLOCK, 0},
                   {"area", TAG_ADDRESS, BYLAW__SKIM_AREA},
                   {"audio", TAG_BLOCK, 0}},
    ['b' - 'a'] = {{"br", TAG_BLOCK, 0},
                   {"button", TAG_BLOCK, 0},
                   {"blockquote", TAG_BLOCK, 0},
                   {"body", TAG_BLOCK, 0},
                   {"base", TAG_ADDRESS, BYLAW__SKIM_BASE}},
    ['c' - 'a'] = {{"caption", TAG_BLOCK, 0},
                   {"center", TAG_BLOCK, 0},
                   {"canvas", TAG_BLOCK, 0},
                   {"col", TAG_BLOCK, 0},
                   {"colgroup", TAG_BLOCK, 0}},
    ['d' - 'a'] = {{"div", TAG_BLOCK, 0},
                   {"dd", TAG_BLOCK, 0},
                   {"dt", TAG_BLOCK, 0},
                   {"dl", TAG_BLOCK, 0},
                   {"details", TAG_BLOCK, 0},
                   {"dialog", TAG_BLOCK, 0},
                   {"dir", TAG_BLOCK, 0},
                   {"datalist", TAG_BLOCK, 0}},
    ['f' - 'a'] = {{"figure", TAG_BLOCK, 0},
                   {"figcaption", TAG_BLOCK, 0},
                   {"form", TAG_BLOCK, 0},
                   {"footer", TAG_BLOCK, 0},
                   {"fieldset", TAG_BLOCK, 0},
                   {"frameset", TAG_BLOCK, 0}},
    ['h' - 'a'] = {{"h2", TAG_BLOCK, 0},
                   {"h3", TAG_BLOCK, 0},
                   {"h1", TAG_BLOCK, 0},
                   {"h4", TAG_BLOCK, 0},
                   {"h5", TAG_BLOCK, 0},
                   {"h6", TAG_BLOCK, 0},
                   {"hr", TAG_BLOCK, 0},
                   {"header", TAG_BLOCK, 0},
                   {"hgroup", TAG_BLOCK, 0},
                   {"head", TAG_BLOCK, 0},
                   {"html", TAG_BLOCK, 0}},
    ['i' - 'a'] = {{"iframe", TAG_TEXT, 0}},
    ['l' - 'a'] = {{"li", TAG_BLOCK, 0},
                   {"label", TAG_BOXED, 0},
                   {"legend", TAG_BLOCK, 0},
                   {"listing", TAG_BLOCK, 0}},
    ['m' - 'a'] = {{"main", TAG_BLOCK, 0}, {"menu", TAG_BLOCK, 0}},
    ['n' - 'a'] = {{"nav", TAG_BLOCK, 0},
                   {"noscript", TAG_BLOCK, 0},
                   {"noembed", TAG_TEXT, 0},
                   {"noframes", TAG_TEXT, 0}},
    ['o' - 'a'] = {{"option", TAG_BLOCK, 0},
                   {"ol", TAG_BLOCK, 0},
                   {"optgroup", TAG_BLOCK, 0},
                   {"object", TAG_BLOCK, 0}},
    ['p' - 'a'] = {{"p", TAG_BLOCK, 0},
                   {"pre", TAG_BLOCK, 0},
                   {"plaintext", TAG_TEXT, 0}},
    ['s' - 'a'] = {{"span", TAG_BOXED, 0},
                   {"script", TAG_RAW, 0},
                   {"style", TAG_RAW, 0},
                   {"section", TAG_BLOCK, 0},
                   {"small", TAG_BOXED, 0},
                   {"select", TAG_BLOCK, 0},
                   {"summary", TAG_BLOCK, 0},
                   {"search", TAG_BLOCK, 0}},
    ['t' - 'a'] = {{"td", TAG_BLOCK, 0},
                   {"tr", TAG_BLOCK, 0},
                   {"th", TAG_BLOCK, 0},
                   {"time", TAG_BOXED, 0},
                   {"table", TAG_BLOCK, 0},
                   {"tbody", TAG_BLOCK, 0},
                   {"thead", TAG_BLOCK, 0},
                   {"tfoot", TAG_BLOCK, 0},
                   {"title", TAG_TEXT, 0},
                   {"textarea", TAG_TEXT, 0},
                   {"template", TAG_BLOCK, 0}},
    ['u' - 'a'] = {{"ul", TAG_BLOCK, 0}},
    ['v' - 'a'] = {{"video", TAG_BLOCK, 0}},
    ['x' - 'a'] = {{"xmp", TAG_TEXT, 0}},
};

static const struct tag_row inline_tag = {"", TAG_INLINE, 0};

struct skimmer {
    struct bylaw__skim *out;
    struct bylaw_span page;
    bylaw__skim_fn *links;
    void *payload;
    char *at;          /* end of the text so far */
    size_t no_links;   /* up to here elements are only text */
    unsigned unknown;  /* references of unknown names */
    bool is_boxed_end; /* a boxed element has ended, nothing since */
};

static const struct tag_row *find_tag(struct bylaw_span name)
{
    const struct tag_row *row;
    char lower[TAG_NAME_MAX + 1];

    if (name.len > TAG_NAME_MAX)
        return &inline_tag;
    for (size_t i = 0; i < name.len; i++)
        lower[i] = bylaw__lower(name.ptr[i]);
    lower[name.len] = '\0';
    row = tags[lower[0] - 'a'];
    for (size_t i = 0; i < TAGS_OF_LETTER && row[i].name[0]; i++)
        if (row[i].name[1] == lower[1] && !strcmp(row[i].name, lower))
            return &row[i];
    return &inline_tag;
}

/* --------------------------------------------------------------- text --- */

/* Room is never wanting: nothing is longer decoded than as it is written. */
static void put(struct skimmer *s, const char *bytes, size_t len)
{
    memcpy(s->at, bytes, len);
    s->at += len;
}

static void put_break(struct skimmer *s)
{
    *s->at++ = '\n';
    s->is_boxed_end = false;
}

static size_t run_of_name(struct bylaw_span text, size_t pos)
{
    size_t end = pos;

    while (end < text.len && bylaw__is_alnum((unsigned char)text.ptr[end]))
        end++;
    return end;
}

/* What a '&' at the start of text is decoded to; bytes read, 0 where it is
 * only itself. */
static size_t read_reference(char out[4], size_t *out_len, struct skimmer *s,
                             struct bylaw_span text, bool in_attribute)
{
    size_t used = bylaw__entity_decode(out, out_len, text), end, len;
    bool is_number = text.len > 2 && text.ptr[1] == '#';
    uint32_t code_point = 0;

    if (used)
        return used;
    end = run_of_name(text, is_number ? 2 : 1);
    len = bylaw__entity_bare(&code_point, bylaw__span_sub(text, 1, end));
    if (!len) {
        s->unknown +=
            end > 1 && (is_number || (end < text.len && text.ptr[end] == ';'));
        return 0;
    }
    if (in_attribute &&
        (len + 1 < end || (end < text.len && text.ptr[end] == '=')))
        return 0;
    *out_len = bylaw__utf8_put(out, code_point);
    return len + 1;
}

static void add_references(struct skimmer *s, struct bylaw_span text)
{
    while (text.len) {
        const char *amp = memchr(text.ptr, '&', text.len);
        size_t before = amp ? (size_t)(amp - text.ptr) : text.len, used;
        char bytes[4];
        size_t len = 0;

        put(s, text.ptr, before);
        text = bylaw__span_sub(text, before, text.len);
        if (!text.len)
            break;
        used = read_reference(bytes, &len, s, text, false);
        if (used)
            put(s, bytes, len);
        else
            *s->at++ = '&';
        text = bylaw__span_sub(text, used ? used : 1, text.len);
    }
}

/* Indentation between tags is much of a page; one space stands for it. */
static void add_text(struct skimmer *s, struct bylaw_span text)
{
    size_t first = 0;

    while (first < text.len && bylaw__is_space((unsigned char)text.ptr[first]))
        first++;
    if (first)
        *s->at++ = ' ';
    if (first == text.len)
        return;
    s->is_boxed_end = false;
    add_references(s, bylaw__span_sub(text, first, text.len));
}

/* ----------------------------------------------------------- elements --- */

static void tell_link(struct skimmer *s, const struct tag_row *row,
                      struct bylaw_span value)
{
    struct bylaw__buf *href = &s->out->href;

    bylaw__buf_clear(href);
    while (value.len) {
        const char *amp = memchr(value.ptr, '&', value.len);
        size_t before = amp ? (size_t)(amp - value.ptr) : value.len, used;
        char bytes[4];
        size_t len = 0;

        bylaw__buf_add(href, value.ptr, before);
        value = bylaw__span_sub(value, before, value.len);
        if (!value.len)
            break;
        used = read_reference(bytes, &len, s, value, true);
        bylaw__buf_add(href, used ? bytes : "&", used ? len : 1);
        value = bylaw__span_sub(value, used ? used : 1, value.len);
    }
    s->links(s->payload, (enum bylaw__skim_link)row->link,
             bylaw__buf_span(href));
}

/* Past the start tag's end; its first href is told. */
static size_t read_attributes(struct skimmer *s, const struct tag_row *row,
                              size_t pos)
{
    struct bylaw__written attr;
    bool is_told = !s->links || pos < s->no_links ||
                   (row->effect != TAG_LINK && row->effect != TAG_ADDRESS);

    while (bylaw__markup_attr(is_told ? NULL : &attr, s->page, &pos)) {
        if (is_told)
            continue;
        /* An address in SVG, nothing in HTML. */
        s->out->is_unsure |= bylaw__span_is_nocase(attr.name, "xlink:href");
        if (!bylaw__span_is_nocase(attr.name, "href"))
            continue;
        tell_link(s, row, attr.value);
        is_told = true;
    }
    return pos;
}

/* Past the words of a script or style sheet. In SVG "<style/>" is empty, in
 * HTML it goes on: only a tree can tell. */
static size_t skip_raw(struct skimmer *s, const struct bylaw__markup *m,
                       size_t pos)
{
    size_t end = bylaw__markup_after_raw(s->page, m->name, pos);

    if (s->page.ptr[pos - 1] == '>' && s->page.ptr[pos - 2] == '/' &&
        bylaw__span_trim(bylaw__span_sub(s->page, pos, end)).len)
        s->out->is_unsure = true;
    return end;
}

static size_t open_tag(struct skimmer *s, const struct bylaw__markup *m)
{
    const struct tag_row *row = find_tag(m->name);
    size_t pos;

    if (row->effect == TAG_BLOCK || row->effect == TAG_TEXT)
        put_break(s);
    else if ((row->effect == TAG_BOXED || row->effect == TAG_LINK) &&
             s->is_boxed_end)
        put_break(s);
    pos = read_attributes(s, row, m->rest);
    if (row->effect == TAG_RAW)
        return skip_raw(s, m, pos);
    if (row->effect == TAG_TEXT && pos >= s->no_links)
        s->no_links = bylaw__markup_after_raw(s->page, m->name, pos);
    return pos;
}

static size_t close_tag(struct skimmer *s, const struct bylaw__markup *m)
{
    const struct tag_row *row = find_tag(m->name);

    if (row->effect == TAG_BLOCK || row->effect == TAG_TEXT)
        put_break(s);
    else if (row->effect == TAG_BOXED || row->effect == TAG_LINK)
        s->is_boxed_end = true;
    return bylaw__markup_end(s->page, m);
}

/* What stands at the '<' at pos; past it. */
static size_t read_markup(struct skimmer *s, size_t pos)
{
    struct bylaw__markup m = bylaw__markup_at(s->page, pos);

    switch (m.kind) {
    case BYLAW__MARKUP_OPEN:
        return open_tag(s, &m);
    case BYLAW__MARKUP_CLOSE:
        return close_tag(s, &m);
    case BYLAW__MARKUP_COMMENT:
        return m.rest;
    default:
        *s->at++ = '<';
        return pos + 1;
    }
}

static void read_page(struct skimmer *s)
{
    size_t pos = 0;

    while (pos < s->page.len) {
        const char *lt = memchr(s->page.ptr + pos, '<', s->page.len - pos);
        size_t end = lt ? (size_t)(lt - s->page.ptr) : s->page.len;

        if (end > pos)
            add_text(s, bylaw__span_sub(s->page, pos, end));
        pos = lt ? read_markup(s, end) : end;
    }
}

/* --------------------------------------------------------------- bytes --- */

static size_t ascii_end(struct bylaw_span page)
{
    size_t pos = 0;
    uint64_t eight;

    for (; pos + ASCII_STRIDE <= page.len; pos += ASCII_STRIDE) {
        memcpy(&eight, page.ptr + pos, ASCII_STRIDE);
        if (eight & 0x8080808080808080ULL)
            break;
    }
    return pos;
}

static bool is_valid_utf8(struct bylaw_span page)
{
    while (page.len) {
        size_t ascii = ascii_end(page), pos = 0;

        page = bylaw__span_sub(page, ascii, page.len);
        /* A stretch of other letters, up to ASCII again. */
        while (pos < page.len &&
               (pos < ASCII_STRIDE || (unsigned char)page.ptr[pos] >= 0x80)) {
            size_t before = pos;

            if (bylaw__utf8_next(page, &pos) == 0xfffd &&
                !bylaw__span_starts(bylaw__span_sub(page, before, page.len),
                                    BYLAW__REPLACEMENT))
                return false;
        }
        page = bylaw__span_sub(page, pos, page.len);
    }
    return true;
}

static bool is_plain_utf8(struct bylaw_span page)
{
    return !memchr(page.ptr, '\0', page.len) &&
           !memchr(page.ptr, ESCAPE, page.len) && is_valid_utf8(page);
}

int bylaw__html_skim(struct bylaw__skim *out, struct bylaw_span body,
                     bylaw__skim_fn *links, void *payload,
                     struct bylaw_error *err)
{
    struct skimmer s = {.out = out,
                        .page = body,
                        .links = links,
                        .payload = payload};

    bylaw__buf_clear(&out->text);
    out->is_unsure = !body.len || !is_plain_utf8(body);
    if (out->is_unsure)
        return 0;
    s.at = bylaw__buf_reserve(&out->text, body.len);
    if (!s.at)
        return bylaw__fail_memory(err, "");
    read_page(&s);
    out->text.len = (size_t)(s.at - out->text.ptr);
    *s.at = '\0';
    out->is_unsure |= s.unknown > UNKNOWN_MOST;
    if (out->href.failed)
        return bylaw__fail_memory(err, "");
    return 0;
}

void bylaw__skim_release(struct bylaw__skim *skim)
{
    bylaw__buf_release(&skim->text);
    bylaw__buf_release(&skim->href);
    skim->is_unsure = false;
}
