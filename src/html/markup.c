/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where tags, comments and attributes begin and end, without building
 * anything: what is asked before and beside the real parse. Every function
 * looks at a byte a bounded number of times.
 */
#include "html_int.h"

/* Elements whose content is text up to their end tag. */
static const char *const raw_elements[] = {
    "script", "style",  "title",   "textarea",
    "xmp",    "iframe", "noembed", "noframes",
};

static size_t find_byte(struct bylaw_span text, size_t pos, char byte)
{
    const char *at =
        pos < text.len ? memchr(text.ptr + pos, byte, text.len - pos) : NULL;

    return at ? (size_t)(at - text.ptr) : SIZE_MAX;
}

/* By its first byte: two bytes are looked for much more slowly than one. */
static size_t find_end_tag(struct bylaw_span text, size_t pos)
{
    while ((pos = find_byte(text, pos, '<')) != SIZE_MAX) {
        if (pos + 1 < text.len && text.ptr[pos + 1] == '/')
            return pos;
        pos++;
    }
    return SIZE_MAX;
}

/* Past the end of the comment whose "<!--" is at pos. */
static size_t comment_end(struct bylaw_span text, size_t pos)
{
    size_t begin = pos + 4, gt = begin;

    if (bylaw__span_starts(bylaw__span_sub(text, pos, text.len), "<!-->"))
        return pos + 5;
    if (bylaw__span_starts(bylaw__span_sub(text, pos, text.len), "<!--->"))
        return pos + 6;
    for (; (gt = find_byte(text, gt, '>')) != SIZE_MAX; gt++) {
        size_t end = gt;

        if (end > begin + 2 && text.ptr[end - 1] == '!')
            end--;
        if (end >= begin + 2 && text.ptr[end - 1] == '-' &&
            text.ptr[end - 2] == '-')
            return gt + 1;
    }
    return text.len;
}

static size_t past_gt(struct bylaw_span text, size_t pos)
{
    const char *gt =
        pos < text.len ? memchr(text.ptr + pos, '>', text.len - pos) : NULL;

    return gt ? (size_t)(gt - text.ptr) + 1 : text.len;
}

static bool ends_name(char c)
{
    return bylaw__is_space((unsigned char)c) || c == '/' || c == '>';
}

static struct bylaw__markup tag_at(struct bylaw_span text, size_t name,
                                   enum bylaw__markup_kind kind)
{
    size_t end = name;

    while (end < text.len && !ends_name(text.ptr[end]))
        end++;
    return (struct bylaw__markup){kind, bylaw__span_sub(text, name, end), end};
}

struct bylaw__markup bylaw__markup_at(struct bylaw_span text, size_t pos)
{
    struct bylaw__markup none = {BYLAW__MARKUP_NONE, {NULL, 0}, pos + 1};
    struct bylaw__markup comment = {BYLAW__MARKUP_COMMENT, {NULL, 0}, 0};
    bool is_close = pos + 1 < text.len && text.ptr[pos + 1] == '/';
    size_t name = pos + (is_close ? 2 : 1);

    if (name >= text.len)
        return none;
    if (bylaw__is_alpha((unsigned char)text.ptr[name]))
        return tag_at(text, name,
                      is_close ? BYLAW__MARKUP_CLOSE : BYLAW__MARKUP_OPEN);
    if (!is_close && text.ptr[name] != '!' && text.ptr[name] != '?')
        return none;
    if (bylaw__span_starts(bylaw__span_sub(text, pos, text.len), "<!--"))
        comment.rest = comment_end(text, pos);
    else
        comment.rest = past_gt(text, name);
    return comment;
}

static size_t skip_space(struct bylaw_span text, size_t pos)
{
    while (pos < text.len && bylaw__is_space((unsigned char)text.ptr[pos]))
        pos++;
    return pos;
}

/* The value at pos, past '=' and space; *pos moves past it and its quotes. */
static struct bylaw_span value_at(struct bylaw_span text, size_t *pos)
{
    size_t begin = *pos, end;

    if (begin < text.len &&
        (text.ptr[begin] == '"' || text.ptr[begin] == '\'')) {
        const char *quote =
            memchr(text.ptr + begin + 1, text.ptr[begin], text.len - begin - 1);

        end = quote ? (size_t)(quote - text.ptr) : text.len;
        *pos = quote ? end + 1 : end;
        return bylaw__span_sub(text, begin + 1, end);
    }
    for (end = begin; end < text.len && text.ptr[end] != '>' &&
                      !bylaw__is_space((unsigned char)text.ptr[end]);)
        end++;
    *pos = end;
    return bylaw__span_sub(text, begin, end);
}

bool bylaw__markup_attr(struct bylaw__written *out, struct bylaw_span text,
                        size_t *pos)
{
    struct bylaw__written attr = {{NULL, 0}, {NULL, 0}};
    size_t at = *pos, begin;

    while (at < text.len && (text.ptr[at] == '/' ||
                             bylaw__is_space((unsigned char)text.ptr[at])))
        at++;
    if (at >= text.len || text.ptr[at] == '>') {
        *pos = at < text.len ? at + 1 : text.len;
        return false;
    }
    begin = at++;
    while (at < text.len && text.ptr[at] != '=' && !ends_name(text.ptr[at]))
        at++;
    attr.name = bylaw__span_sub(text, begin, at);
    *pos = at;
    at = skip_space(text, at);
    if (at < text.len && text.ptr[at] == '=') {
        *pos = skip_space(text, at + 1);
        attr.value = value_at(text, pos);
    }
    if (out)
        *out = attr;
    return true;
}

size_t bylaw__markup_end(struct bylaw_span text, const struct bylaw__markup *m)
{
    size_t pos = m->rest;

    if (m->kind == BYLAW__MARKUP_OPEN || m->kind == BYLAW__MARKUP_CLOSE)
        while (bylaw__markup_attr(NULL, text, &pos))
            ;
    return pos;
}

static bool is_raw(struct bylaw_span name)
{
    for (size_t i = 0; i < sizeof(raw_elements) / sizeof(raw_elements[0]); i++)
        if (bylaw__span_is_nocase(name, raw_elements[i]))
            return true;
    return false;
}

size_t bylaw__markup_after_raw(struct bylaw_span text, struct bylaw_span name,
                               size_t pos)
{
    if (bylaw__span_is_nocase(name, "plaintext"))
        return text.len;
    if (!is_raw(name))
        return pos;
    while ((pos = find_end_tag(text, pos)) != SIZE_MAX) {
        size_t end = pos + 2 + name.len;

        if (end < text.len && ends_name(text.ptr[end]) &&
            bylaw__span_eq_nocase(bylaw__span_sub(text, pos + 2, end), name))
            return pos;
        pos += 2;
    }
    return text.len;
}

size_t bylaw__markup_most_attrs(struct bylaw_span text, size_t max)
{
    size_t pos = 0, most = 0;

    while (pos < text.len && most <= max) {
        const char *lt = memchr(text.ptr + pos, '<', text.len - pos);
        struct bylaw__markup m;
        size_t count = 0;

        if (!lt)
            break;
        m = bylaw__markup_at(text, (size_t)(lt - text.ptr));
        pos = m.rest;
        if (m.kind != BYLAW__MARKUP_OPEN && m.kind != BYLAW__MARKUP_CLOSE)
            continue;
        while (count <= max && bylaw__markup_attr(NULL, text, &pos))
            count++;
        most = count > most ? count : most;
        if (m.kind == BYLAW__MARKUP_OPEN)
            pos = bylaw__markup_after_raw(text, m.name, pos);
    }
    return most;
}
