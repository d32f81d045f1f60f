/* SPDX-License-Identifier: Apache-2.0 */
/* The page that carries a planted credit: how it is hidden, where it stands. */
#include "judge_bench.h"

#include <stdlib.h>

#define EDITS_MAX (HOST_SLOTS_MAX + 16u)

/* -------------------------------------------------------------- hiding --- */

static const struct {
    const char *open, *close, *head;
} covers[HIDINGS] = {
    [SHOWN_ARIA] = {"<div aria-hidden=\"true\">", "</div>", ""},
    [SHOWN_OTHER_RULE] = {"<div class=\"qz-note\">", "</div>",
                          "<style>@media print{.qz-note{display:none}}"
                          ".qz-note .x{display:none}</style>"},
    [HIDDEN_ATTRIBUTE] = {"<div hidden>", "</div>", ""},
    [HIDDEN_DISPLAY] = {"<div style=\"display: none\">", "</div>", ""},
    [HIDDEN_VISIBILITY] = {"<div style=\"visibility:hidden;\">", "</div>", ""},
    [HIDDEN_FONT] = {"<div style=\"font-size:0\">", "</div>", ""},
    [HIDDEN_OFFSCREEN] = {"<div style=\"position:absolute;left:-9999px\">",
                          "</div>", ""},
    [HIDDEN_INDENT] = {"<div style=\"text-indent:-9999px;overflow:hidden\">",
                       "</div>", ""},
    [HIDDEN_OPACITY] = {"<div style=\"opacity:0\">", "</div>", ""},
    [HIDDEN_CLIP] = {"<div style=\"position:absolute;width:1px;height:1px;"
                     "overflow:hidden;clip:rect(0,0,0,0)\">",
                     "</div>", ""},
    [HIDDEN_WHITE] = {"<p style=\"color:#fff;background:#ffffff\">", "</p>",
                      ""},
    [HIDDEN_CLASS_RULE] = {"<div class=\"qz-legal\">", "</div>",
                           "<style>.qz-ad,.qz-legal{display:none}</style>"},
    [HIDDEN_ID_RULE] = {"<div id=\"qz-legal\">", "</div>",
                        "<style>#qz-legal{visibility:hidden}</style>"},
    [HIDDEN_COMMENT] = {"<!-- ", " -->", ""},
    [HIDDEN_TEMPLATE] = {"<template>", "</template>", ""},
    [HIDDEN_NOSCRIPT] = {"<noscript>", "</noscript>", ""},
    [HIDDEN_DETAILS] = {"<details><summary>About</summary>", "</details>", ""},
};

static void add_plain_text(struct bylaw__buf *out, const struct planted *c)
{
    struct bylaw__buf parts[PARTS_MAX];
    size_t count = make_parts(parts, c);

    for (size_t i = 0; i < count; i++) {
        bool inside = false;

        for (size_t k = 0; k < parts[i].len; k++) {
            inside |= parts[i].ptr[k] == '<';
            if (!inside)
                bylaw__buf_add_char(out, parts[i].ptr[k]);
            inside &= parts[i].ptr[k] != '>';
        }
        bylaw__buf_add_char(out, ' ');
        bylaw__buf_release(&parts[i]);
    }
}

static void add_json_ld(struct bylaw__buf *out, const struct planted *c)
{
    const struct source *s = c->source;

    bylaw__buf_printf(
        out,
        "<script type=\"application/ld+json\">{\"@context\":"
        "\"https://schema.org\",\"@type\":\"NewsArticle\",\"author\":"
        "{\"@type\":\"Person\",\"name\":\"%s\"},\"sourceOrganization\":"
        "{\"@type\":\"Organization\",\"name\":\"%s\"},\"publisher\":"
        "{\"@type\":\"Organization\",\"name\":\"%s\"},\"isBasedOn\":\"%s\","
        "\"copyrightHolder\":{\"@type\":\"Organization\",\"name\":\"%s\"}}"
        "</script>",
        s->author.name, s->publisher, s->publisher, s->url, s->holders[0]);
}

static void add_covered(struct bylaw__buf *out, const struct planted *c)
{
    if (c->hiding == HIDDEN_JSON_LD)
        return; /* stands in the head */
    if (c->hiding == HIDDEN_ALT) {
        bylaw__buf_add_text(out, "<p><img src=\"/m/credit.png\" alt=\"");
        add_plain_text(out, c);
        bylaw__buf_add_text(out, "\"></p>");
        return;
    }
    bylaw__buf_add_text(out,
                        covers[c->hiding].open ? covers[c->hiding].open : "");
    add_credit(out, c);
    bylaw__buf_add_text(out,
                        covers[c->hiding].close ? covers[c->hiding].close : "");
}

/* --------------------------------------------------------------- zones --- */

static const struct {
    const char *open, *close;
} frames[PLANT_ZONES] = {
    [PLANT_AFTER] = {"\n", "\n"},
    [PLANT_BEFORE] = {"\n", "\n"},
    [PLANT_BYLINE] = {"\n<div class=\"byline\">", "</div>\n"},
    [PLANT_ARTICLE_FOOTER] = {"\n<footer class=\"entry-footer\">",
                              "</footer>\n"},
    [PLANT_CAPTION] = {"\n<figure><img src=\"/m/p.jpg\" alt=\"\"><figcaption>",
                       "</figcaption></figure>\n"},
    [PLANT_SIDEBAR] = {"\n<aside class=\"sidebar\"><h3>Elsewhere</h3>",
                       "</aside>\n"},
    [PLANT_COMMENTS] = {"\n<div id=\"comments\"><h3>2 comments</h3>"
                        "<div class=\"comment\">",
                        "</div></div>\n"},
    [PLANT_NAV] = {"\n<nav class=\"main-menu\">", "</nav>\n"},
    [PLANT_SITE_FOOTER] = {"\n<footer class=\"site-footer\">", "</footer>\n"},
};

/* An exchange of page bytes for text. */
struct edit {
    struct bylaw_range at;
    struct bylaw__buf text;
};

struct edits {
    struct edit items[EDITS_MAX];
    size_t count;
};

static struct bylaw__buf *edit_at(struct edits *edits, size_t begin, size_t end)
{
    struct edit *edit = &edits->items[edits->count++];

    memset(edit, 0, sizeof(*edit));
    edit->at.begin = (uint32_t)begin;
    edit->at.end = (uint32_t)end;
    return &edit->text;
}

/* Paragraphs from..to of the source in one slot; more than one repeat its
 * start tag. */
static void fill_slot(struct edits *edits, const struct planted *c,
                      const struct slot *slot, size_t from, size_t to,
                      bool is_last)
{
    struct bylaw_span tag =
        bylaw__span_sub(bylaw__buf_span(&c->host->text), slot->start_tag.begin,
                        slot->start_tag.end);
    struct bylaw__buf *out;

    if (from == to || slot->is_removed) {
        edit_at(edits, slot->outer.begin, slot->outer.end);
        return;
    }
    out = edit_at(edits, slot->inner.begin, slot->inner.end);
    for (size_t i = from; i < to; i++) {
        if (i > from) {
            bylaw__buf_printf(out, "</%s>\n", slot->tag);
            bylaw__buf_add_span(out, tag);
        }
        add_paragraph(out, c, i);
    }
    if (is_last && c->markup == MARKUP_TAIL)
        add_covered(out, c);
}

static void fill_slots(struct edits *edits, const struct planted *c)
{
    const struct host *host = c->host;
    size_t slots = 0, number = 0, total = c->source->paragraph_count;

    for (size_t i = 0; i < host->slot_count; i++)
        slots += !host->slots[i].is_removed;
    for (size_t i = 0; i < host->slot_count; i++) {
        const struct slot *slot = &host->slots[i];
        size_t from = number * total / slots;
        size_t to = (number + 1) * total / slots;

        if (slot->is_removed)
            from = to = 0;
        else
            number++;
        fill_slot(edits, c, slot, from, to, number == slots);
    }
}

static size_t place_of(const struct planted *c)
{
    const struct host *host = c->host;
    size_t last = host->slot_count - 1;

    while (host->slots[last].is_removed)
        last--;
    switch (c->zone) {
    case PLANT_BEFORE:
        return host->slots[0].outer.begin;
    case PLANT_BYLINE:
        return host->below_heading ? host->below_heading
                                   : host->slots[0].outer.begin;
    case PLANT_NAV:
        return host->body_begin;
    case PLANT_SIDEBAR:
    case PLANT_COMMENTS:
    case PLANT_SITE_FOOTER:
        return host->body_end;
    default:
        return host->slots[last].outer.end;
    }
}

static void plant_credit(struct edits *edits, const struct planted *c)
{
    size_t at = place_of(c);
    struct bylaw__buf *out;

    if (c->markup == MARKUP_TAIL)
        return;
    out = edit_at(edits, at, at);
    bylaw__buf_add_text(out, frames[c->zone].open);
    add_covered(out, c);
    bylaw__buf_add_text(out, frames[c->zone].close);
}

static void plant_pixel(struct bylaw__buf *out, const struct planted *c)
{
    struct bylaw_span number = number_of_address(c->source->url);

    if (!number.len)
        number = BYLAW__SPAN("777");
    if (c->pixel == PIXEL_OTHER)
        number = BYLAW__SPAN("123123");
    if (c->pixel == PIXEL_IN_SCRIPT)
        bylaw__buf_add_text(out, "<script>load('https://" PIXEL_HOST
                                 "/count/')</script>");
    else if (c->pixel != PIXEL_MISSING)
        bylaw__buf_printf(out,
                          "<img src=\"https://" PIXEL_HOST "/count/%.*s.gif\" "
                          "alt=\"\" width=\"1\" height=\"1\">",
                          (int)number.len, number.ptr);
}

static int compare_edits(const void *left, const void *right)
{
    const struct edit *a = left, *b = right;

    if (a->at.begin != b->at.begin)
        return a->at.begin < b->at.begin ? -1 : 1;
    return a->at.end < b->at.end ? -1 : a->at.end > b->at.end;
}

void compose_page(struct bylaw__buf *out, const struct planted *c)
{
    static struct edits edits;
    struct bylaw_span text = bylaw__buf_span(&c->host->text);
    struct bylaw__buf *head;
    size_t at = 0;

    edits.count = 0;
    head = edit_at(&edits, c->host->head_end, c->host->head_end);
    bylaw__buf_add_text(head,
                        covers[c->hiding].head ? covers[c->hiding].head : "");
    if (c->hiding == HIDDEN_JSON_LD)
        add_json_ld(head, c);
    if (c->canonical)
        bylaw__buf_printf(head, "<link rel=\"canonical\" href=\"%s\">",
                          c->source->url);
    plant_pixel(edit_at(&edits, c->host->body_begin, c->host->body_begin), c);
    fill_slots(&edits, c);
    plant_credit(&edits, c);
    qsort(edits.items, edits.count, sizeof(edits.items[0]), compare_edits);
    for (size_t i = 0; i < edits.count; i++) {
        struct edit *edit = &edits.items[i];

        if (edit->at.begin >= at) {
            bylaw__buf_add_span(out, bylaw__span_sub(text, at, edit->at.begin));
            bylaw__buf_add_span(out, bylaw__buf_span(&edit->text));
            at = edit->at.end;
        }
        bylaw__buf_release(&edit->text);
    }
    bylaw__buf_add_span(out, bylaw__span_sub(text, at, text.len));
}
