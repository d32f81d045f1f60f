/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes to UTF-8 to tree: what the door header promises, of any input. */
#include "html/html.h"

#include <stdlib.h>

/* The first byte of the input chooses what the transport says. */
static const char *const labels[] = {
    NULL,          "utf-8",       "windows-1252",   "windows-1255",
    "gbk",         "big5",        "shift_jis",      "euc-kr",
    "iso-2022-jp", "utf-16le",    "koi8-u",         "euc-jp",
    "iso-8859-16", "replacement", "x-user-defined", "nonsense",
};

#define LABEL_COUNT (sizeof(labels) / sizeof(labels[0]))

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_range(struct bylaw_range range, size_t len)
{
    require(range.begin <= range.end && range.end <= len);
}

static bool is_equal_piece(const struct bylaw__textmap *piece)
{
    return piece->text_len == piece->page_len;
}

/* Pieces cover the text, page offsets ascend, equal pieces are equal bytes
 * (a carriage return that became a line feed counts). */
static void check_map(const struct bylaw__node *node, struct bylaw_span page)
{
    size_t text_at = 0, page_at = node->bytes.begin;

    for (uint32_t i = 0; i < node->map_count; i++) {
        const struct bylaw__textmap *p = &node->map[i];
        const char *text = node->text.ptr + p->text_off;
        const char *from = page.ptr + p->page_off;

        require(p->text_off == text_at && p->text_len > 0);
        require(p->page_off >= page_at);
        text_at += p->text_len;
        page_at = (size_t)p->page_off + p->page_len;
        require(text_at <= node->text.len && page_at <= node->bytes.end);
        if (is_equal_piece(p) && *from == '\r')
            require(p->text_len == 1 && *text == '\n');
        else if (is_equal_piece(p))
            require(!memcmp(text, from, p->text_len));
    }
    require(text_at == node->text.len);
}

static void check_links(const struct bylaw__node *node)
{
    const struct bylaw__node *last = NULL;

    for (const struct bylaw__node *n = node->first_child; n; n = n->next) {
        require(n->parent == node && n->prev == last);
        require(n->depth == node->depth + 1);
        last = n;
    }
    require(node->last_child == last);
}

static void check_node(const struct bylaw__node *node, struct bylaw_span page)
{
    check_range(node->bytes, page.len);
    check_range(node->start_tag, page.len);
    check_links(node);
    require(node->name != NULL);
    require((node->kind == BYLAW__NODE_ELEMENT) == (node->name[0] != '\0'));
    if (node->kind == BYLAW__NODE_TEXT)
        check_map(node, page);
    for (uint32_t i = 0; i < node->attr_count; i++) {
        const struct bylaw__attr *attr = &node->attrs[i];

        check_range(attr->bytes, page.len);
        require(strlen(attr->value.ptr) == attr->value.len);
        require(bylaw__node_attr(node, attr->name) != NULL);
    }
}

static void check_tree(const bylaw__dom *dom, struct bylaw_span page)
{
    const struct bylaw__node *root = bylaw__dom_root(dom);
    const struct bylaw__node *node = root;

    require(root->kind == BYLAW__NODE_DOCUMENT && !root->parent);
    for (; node; node = bylaw__node_next(node, root))
        check_node(node, page);
}

static void count_link(void *payload, enum bylaw__skim_link element,
                       struct bylaw_span href)
{
    require(element <= BYLAW__SKIM_BASE && (href.ptr || !href.len));
    *(size_t *)payload += href.len + 1;
}

/* A skim is never longer than the page, and UTF-8 where it is sure. */
static void check_skim(struct bylaw_span body)
{
    struct bylaw__skim skim = {0};
    size_t told = 0;

    for (int again = 0; again < 2; again++) {
        require(!bylaw__html_skim(&skim, body, count_link, &told, NULL));
        require(skim.text.len <= body.len && told <= 2 * body.len);
        require(skim.is_unsure ||
                bylaw__utf8_valid(bylaw__buf_span(&skim.text)));
    }
    bylaw__skim_release(&skim);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw_span body = {(const char *)data, size};
    struct bylaw_error err = {0};
    struct bylaw__utf8 utf8;
    bylaw__dom *dom = NULL;
    const char *label = size ? labels[data[0] % LABEL_COUNT] : NULL;

    if (size)
        body = bylaw__span_sub(body, 1, size);
    check_skim(body);
    require(!bylaw__html_decode(&utf8, body, label, &err));
    require(bylaw__utf8_valid(utf8.text));
    require(utf8.charset[0] && utf8.decided_by);
    require(utf8.owned || utf8.text.ptr == body.ptr);
    if (!bylaw__dom_parse(&dom, utf8.text, &err))
        check_tree(dom, utf8.text);
    else
        require(err.code == BYLAW_EABORTED && err.id && err.what[0]);
    bylaw__dom_free(dom);
    /* A text that is no UTF-8 is parsed just as safely. */
    if (!bylaw__dom_parse(&dom, body, &err))
        check_tree(dom, body);
    bylaw__dom_free(dom);
    bylaw__utf8_release(&utf8);
    return 0;
}
