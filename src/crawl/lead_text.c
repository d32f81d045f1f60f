/* SPDX-License-Identifier: Apache-2.0 */
/* Titles out of HTML, text into HTML, and lines out of a body. */
#include "crawl_int.h"

/* White space collapsed and trimmed; no-break spaces are left alone. */
static void add_collapsed(struct bylaw__buf *out, size_t begin,
                          struct bylaw_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        bool is_space = bylaw__is_space((unsigned char)text.ptr[i]);

        if (!is_space)
            bylaw__buf_add_char(out, text.ptr[i]);
        else if (out->len > begin && out->ptr[out->len - 1] != ' ')
            bylaw__buf_add_char(out, ' ');
    }
}

static void trim_end(struct bylaw__buf *out, size_t begin)
{
    if (!out->failed && out->len > begin && out->ptr[out->len - 1] == ' ')
        out->ptr[--out->len] = '\0';
}

static bool is_plain(struct bylaw_span html)
{
    return !html.len || (!memchr(html.ptr, '<', html.len) &&
                         !memchr(html.ptr, '&', html.len));
}

/* A title is parsed as a page is, and there may be as many as entries: what
 * each costs is bounded by its length. */
static struct bylaw_span cut_title(struct bylaw_span html)
{
    size_t end = BYLAW_LIMIT_TITLE_BYTES;

    if (html.len <= end)
        return html;
    while (end && ((unsigned char)html.ptr[end] & 0xc0) == 0x80)
        end--;
    return bylaw__span_sub(html, 0, end);
}

void bylaw__html_to_text(struct bylaw__buf *out, struct bylaw_span html)
{
    const struct bylaw__node *root, *node;
    size_t begin = out->len;
    bylaw__dom *dom = NULL;

    html = cut_title(html);
    if (is_plain(html) || bylaw__dom_parse(&dom, html, NULL)) {
        add_collapsed(out, begin, html);
        trim_end(out, begin);
        return;
    }
    root = bylaw__dom_root(dom);
    for (node = root; node; node = bylaw__node_next(node, root))
        if (node->kind == BYLAW__NODE_TEXT)
            add_collapsed(out, begin, node->text);
    trim_end(out, begin);
    bylaw__dom_free(dom);
}

void bylaw__text_to_html(struct bylaw__buf *out, struct bylaw_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == '&')
            bylaw__buf_add_text(out, "&amp;");
        else if (c == '<')
            bylaw__buf_add_text(out, "&lt;");
        else if (c == '>')
            bylaw__buf_add_text(out, "&gt;");
        else
            bylaw__buf_add_char(out, c);
    }
}

bool bylaw__next_line(struct bylaw_span *out, struct bylaw_span body,
                      size_t *pos)
{
    size_t end = *pos;

    if (*pos >= body.len)
        return false;
    while (end < body.len && body.ptr[end] != '\n' && body.ptr[end] != '\r')
        end++;
    *out = bylaw__span_sub(body, *pos, end);
    *pos = end + 1;
    return true;
}
