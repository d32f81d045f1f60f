/* SPDX-License-Identifier: Apache-2.0 */
/* Page templates filled with a source's article, for samples and the demo. */
#include "pipeline_int.h"

#include <stdlib.h>

static const char opening[] = "<!--bylaw:";
static const char closing[] = "-->";

/* "old => new", at most so many in one directive. */
#define MOST_EXCHANGES 16
#define MOST_DIGITS    6

struct directive {
    bool is_words;      /* else whole paragraphs */
    bool is_plain;      /* paragraphs without their links */
    size_t first, last; /* paragraphs, from 1; words: last is their number */
    struct {
        struct bylaw_span old_text, new_text;
    } exchanges[MOST_EXCHANGES];
    size_t exchange_count;
};

static struct bylaw_span take_word(struct bylaw_span *rest)
{
    struct bylaw_span trimmed = bylaw__span_trim(*rest);
    size_t end = 0;

    while (end < trimmed.len &&
           !bylaw__is_space((unsigned char)trimmed.ptr[end]))
        end++;
    *rest = bylaw__span_sub(trimmed, end, trimmed.len);
    return bylaw__span_sub(trimmed, 0, end);
}

static size_t number_of(struct bylaw_span digits)
{
    size_t number = 0;

    if (digits.len > MOST_DIGITS)
        return 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (!bylaw__is_digit((unsigned char)digits.ptr[i]))
            return 0;
        number = number * 10 + (size_t)(digits.ptr[i] - '0');
    }
    return number;
}

static bool parse_range(struct directive *out, struct bylaw_span text)
{
    size_t dash = bylaw__span_find(text, BYLAW__SPAN("-"));

    out->first = 1;
    out->last = SIZE_MAX;
    if (!text.len)
        return true;
    out->first = number_of(bylaw__span_sub(text, 0, dash));
    out->last = dash == SIZE_MAX
                    ? out->first
                    : number_of(bylaw__span_sub(text, dash + 1, text.len));
    return out->first && out->last >= out->first;
}

static bool parse_exchange(struct directive *out, struct bylaw_span text)
{
    size_t arrow = bylaw__span_find(text, BYLAW__SPAN("=>"));

    if (arrow == SIZE_MAX || out->exchange_count == MOST_EXCHANGES)
        return false;
    out->exchanges[out->exchange_count].old_text =
        bylaw__span_trim(bylaw__span_sub(text, 0, arrow));
    out->exchanges[out->exchange_count].new_text =
        bylaw__span_trim(bylaw__span_sub(text, arrow + 2, text.len));
    return out->exchanges[out->exchange_count++].old_text.len > 0;
}

static bool parse_directive(struct directive *out, struct bylaw_span text)
{
    size_t bar = bylaw__span_find(text, BYLAW__SPAN("|"));
    struct bylaw_span head = bylaw__span_sub(text, 0, bar);
    struct bylaw_span name = take_word(&head);

    memset(out, 0, sizeof(*out));
    while (bar != SIZE_MAX) {
        text = bylaw__span_sub(text, bar + 1, text.len);
        bar = bylaw__span_find(text, BYLAW__SPAN("|"));
        if (!parse_exchange(out, bylaw__span_sub(text, 0, bar)))
            return false;
    }
    if (bylaw__span_is(name, "words")) {
        out->is_words = true;
        out->first = number_of(take_word(&head));
        out->last = number_of(take_word(&head));
        return out->first && out->last && !bylaw__span_trim(head).len &&
               !out->exchange_count;
    }
    out->is_plain = bylaw__span_is(name, "plain");
    return (out->is_plain || bylaw__span_is(name, "article")) &&
           parse_range(out, bylaw__span_trim(head));
}

static void add_escaped(struct bylaw__buf *out, struct bylaw_span text)
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

static void exchange(struct bylaw__buf *out, struct bylaw_span text,
                     const struct directive *directive)
{
    while (text.len) {
        size_t best = SIZE_MAX, which = 0;

        for (size_t i = 0; i < directive->exchange_count; i++) {
            size_t at =
                bylaw__span_find(text, directive->exchanges[i].old_text);

            if (at < best) {
                best = at;
                which = i;
            }
        }
        add_escaped(out, bylaw__span_sub(text, 0, best));
        if (best == SIZE_MAX)
            return;
        add_escaped(out, directive->exchanges[which].new_text);
        text = bylaw__span_sub(text,
                               best + directive->exchanges[which].old_text.len,
                               text.len);
    }
}

/* A paragraph with its links to other pages, which readers of a copy expect
 * as well; each is looked for behind the one before. */
static void add_linked(struct bylaw__buf *out, size_t number,
                       const struct directive *directive,
                       const struct bylaw_document *document)
{
    struct bylaw_span rest = document->blocks[number].text;

    for (size_t i = 0; i < document->link_count && !directive->is_plain; i++) {
        const struct bylaw_link *link = &document->links[i];
        size_t at;

        if (link->block != number || link->kind != BYLAW_LINK_REAL ||
            !link->text.len)
            continue;
        at = bylaw__span_find(rest, link->text);
        if (at == SIZE_MAX)
            continue;
        exchange(out, bylaw__span_sub(rest, 0, at), directive);
        bylaw__buf_add_text(out, "<a href=\"");
        add_escaped(out, bylaw__span_of(link->url));
        bylaw__buf_add_text(out, "\">");
        exchange(out, link->text, directive);
        bylaw__buf_add_text(out, "</a>");
        rest = bylaw__span_sub(rest, at + link->text.len, rest.len);
    }
    exchange(out, rest, directive);
}

static struct bylaw_span first_words(struct bylaw_span text, size_t count)
{
    size_t end = 0;

    for (size_t word = 0; word < count && end < text.len; word++) {
        while (end < text.len && bylaw__is_space((unsigned char)text.ptr[end]))
            end++;
        while (end < text.len && !bylaw__is_space((unsigned char)text.ptr[end]))
            end++;
    }
    return bylaw__span_sub(text, 0, end);
}

static void add_article(struct bylaw__buf *out,
                        const struct directive *directive,
                        const struct bylaw_source *source)
{
    const struct bylaw_document *document = source->document;
    size_t paragraph = 0;

    for (size_t i = 0; i < document->block_count; i++) {
        const struct bylaw_block *block = &document->blocks[i];

        /* A page has a headline of its own, so the source's is left out. */
        if (source->is_furniture[i] || !block->words ||
            bylaw__span_is(block->text, source->title ? source->title : ""))
            continue;
        paragraph++;
        if (directive->is_words && paragraph == directive->first)
            add_escaped(out, first_words(block->text, directive->last));
        if (directive->is_words || paragraph < directive->first ||
            paragraph > directive->last)
            continue;
        bylaw__buf_add_text(out, "<p>");
        add_linked(out, i, directive, document);
        bylaw__buf_add_text(out, "</p>\n");
    }
}

int bylaw__pipeline_fill(struct bylaw__buf *out, struct bylaw_span page,
                         const struct bylaw_source *source, const char *name,
                         struct bylaw_error *err)
{
    for (;;) {
        struct directive directive;
        size_t begin = bylaw__span_find(page, bylaw__span_of(opening));
        struct bylaw_span rest;
        size_t end;

        bylaw__buf_add_span(out, bylaw__span_sub(page, 0, begin));
        if (begin == SIZE_MAX)
            break;
        rest = bylaw__span_sub(page, begin + sizeof(opening) - 1, page.len);
        end = bylaw__span_find(rest, bylaw__span_of(closing));
        if (end == SIZE_MAX ||
            !parse_directive(&directive, bylaw__span_sub(rest, 0, end)))
            return bylaw__fail(err, BYLAW_ECONFIG, "template.directive", name,
                               "a bylaw: directive is not understood");
        add_article(out, &directive, source);
        page = bylaw__span_sub(rest, end + sizeof(closing) - 1, rest.len);
    }
    return out->failed ? bylaw__fail_memory(err, name) : 0;
}
