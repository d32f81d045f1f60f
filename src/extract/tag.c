/* SPDX-License-Identifier: Apache-2.0 */
/* What an element's name says: box or run of words, seen or mute. */
#include "page_int.h"

#include <stdlib.h>

#define BLOCK BYLAW__TAG_IS_BLOCK
#define MUTE  BYLAW__TAG_IS_MUTE
#define BOXED BYLAW__TAG_IS_BOXED

struct tag_row {
    const char *name;
    enum bylaw__tag tag;
    unsigned flags;
};

/* In order of name. Sources: the HTML standard, sections 4 and 15.3
 * (rendering); "boxed" is our own: names that pages style as boxes. */
static const struct tag_row tags[] = {
    {"a", BYLAW__TAG_A, BOXED},
    {"address", BYLAW__TAG_OTHER, BLOCK},
    {"annotation", BYLAW__TAG_OTHER, MUTE},
    {"area", BYLAW__TAG_AREA, 0},
    {"article", BYLAW__TAG_ARTICLE, BLOCK},
    {"aside", BYLAW__TAG_ASIDE, BLOCK},
    {"audio", BYLAW__TAG_FALLBACK, BLOCK},
    {"base", BYLAW__TAG_BASE, 0},
    {"blockquote", BYLAW__TAG_BLOCKQUOTE, BLOCK},
    {"body", BYLAW__TAG_BODY, BLOCK},
    {"br", BYLAW__TAG_BR, 0},
    {"button", BYLAW__TAG_BUTTON, BLOCK},
    {"canvas", BYLAW__TAG_FALLBACK, BLOCK},
    {"caption", BYLAW__TAG_CAPTION, BLOCK},
    {"center", BYLAW__TAG_DIV, BLOCK},
    {"col", BYLAW__TAG_OTHER, BLOCK},
    {"colgroup", BYLAW__TAG_OTHER, BLOCK},
    {"datalist", BYLAW__TAG_DATALIST, BLOCK},
    {"dd", BYLAW__TAG_LI, BLOCK},
    {"desc", BYLAW__TAG_OTHER, MUTE},
    {"details", BYLAW__TAG_DETAILS, BLOCK},
    {"dialog", BYLAW__TAG_DIALOG, BLOCK},
    {"dir", BYLAW__TAG_LIST, BLOCK},
    {"div", BYLAW__TAG_DIV, BLOCK},
    {"dl", BYLAW__TAG_DIV, BLOCK},
    {"dt", BYLAW__TAG_LI, BLOCK},
    {"fieldset", BYLAW__TAG_FORM, BLOCK},
    {"figcaption", BYLAW__TAG_FIGCAPTION, BLOCK},
    {"figure", BYLAW__TAG_FIGURE, BLOCK},
    {"footer", BYLAW__TAG_FOOTER, BLOCK},
    {"form", BYLAW__TAG_FORM, BLOCK},
    {"frameset", BYLAW__TAG_OTHER, BLOCK},
    {"h1", BYLAW__TAG_HEADING, BLOCK},
    {"h2", BYLAW__TAG_HEADING, BLOCK},
    {"h3", BYLAW__TAG_HEADING, BLOCK},
    {"h4", BYLAW__TAG_HEADING, BLOCK},
    {"h5", BYLAW__TAG_HEADING, BLOCK},
    {"h6", BYLAW__TAG_HEADING, BLOCK},
    {"head", BYLAW__TAG_HEAD, BLOCK | MUTE},
    {"header", BYLAW__TAG_HEADER, BLOCK},
    {"hgroup", BYLAW__TAG_DIV, BLOCK},
    {"hr", BYLAW__TAG_OTHER, BLOCK},
    {"html", BYLAW__TAG_HTML, BLOCK},
    {"iframe", BYLAW__TAG_IFRAME, MUTE},
    {"img", BYLAW__TAG_IMG, 0},
    {"input", BYLAW__TAG_OTHER, 0},
    {"label", BYLAW__TAG_SPAN, BOXED},
    {"legend", BYLAW__TAG_OTHER, BLOCK},
    {"li", BYLAW__TAG_LI, BLOCK},
    {"link", BYLAW__TAG_LINK, 0},
    {"listing", BYLAW__TAG_OTHER, BLOCK},
    {"main", BYLAW__TAG_MAIN, BLOCK},
    {"menu", BYLAW__TAG_LIST, BLOCK},
    {"meta", BYLAW__TAG_META, 0},
    {"metadata", BYLAW__TAG_OTHER, MUTE},
    {"nav", BYLAW__TAG_NAV, BLOCK},
    {"noembed", BYLAW__TAG_OTHER, MUTE},
    {"noframes", BYLAW__TAG_OTHER, MUTE},
    {"noscript", BYLAW__TAG_NOSCRIPT, BLOCK},
    {"object", BYLAW__TAG_FALLBACK, BLOCK},
    {"ol", BYLAW__TAG_LIST, BLOCK},
    {"optgroup", BYLAW__TAG_OTHER, BLOCK},
    {"option", BYLAW__TAG_OTHER, BLOCK},
    {"p", BYLAW__TAG_P, BLOCK},
    {"plaintext", BYLAW__TAG_OTHER, BLOCK},
    {"pre", BYLAW__TAG_OTHER, BLOCK},
    {"q", BYLAW__TAG_Q, 0},
    {"rp", BYLAW__TAG_OTHER, MUTE},
    {"script", BYLAW__TAG_SCRIPT, MUTE},
    {"search", BYLAW__TAG_FORM, BLOCK},
    {"section", BYLAW__TAG_DIV, BLOCK},
    {"select", BYLAW__TAG_SELECT, BLOCK},
    {"small", BYLAW__TAG_SPAN, BOXED},
    {"span", BYLAW__TAG_SPAN, BOXED},
    {"style", BYLAW__TAG_STYLE, MUTE},
    {"summary", BYLAW__TAG_SUMMARY, BLOCK},
    {"table", BYLAW__TAG_DIV, BLOCK},
    {"tbody", BYLAW__TAG_DIV, BLOCK},
    {"td", BYLAW__TAG_DIV, BLOCK},
    {"template", BYLAW__TAG_TEMPLATE, BLOCK},
    {"textarea", BYLAW__TAG_TEXTAREA, BLOCK},
    {"tfoot", BYLAW__TAG_DIV, BLOCK},
    {"th", BYLAW__TAG_DIV, BLOCK},
    {"thead", BYLAW__TAG_DIV, BLOCK},
    {"time", BYLAW__TAG_OTHER, BOXED},
    {"title", BYLAW__TAG_OTHER, MUTE},
    {"tr", BYLAW__TAG_DIV, BLOCK},
    {"ul", BYLAW__TAG_LIST, BLOCK},
    {"video", BYLAW__TAG_FALLBACK, BLOCK},
    {"xmp", BYLAW__TAG_OTHER, BLOCK},
};

static int compare_name(const void *name, const void *row)
{
    return strcmp(name, ((const struct tag_row *)row)->name);
}

enum bylaw__tag bylaw__tag_of(const char *name, const char **out_name,
                              unsigned *flags)
{
    const struct tag_row *row =
        bsearch(name, tags, sizeof(tags) / sizeof(tags[0]), sizeof(tags[0]),
                compare_name);

    *out_name = row ? row->name : "";
    *flags = row ? row->flags : 0;
    return row ? row->tag : BYLAW__TAG_OTHER;
}

bool bylaw__is_foreign_tag(enum bylaw__tag tag)
{
    return tag == BYLAW__TAG_NAV || tag == BYLAW__TAG_ASIDE ||
           tag == BYLAW__TAG_FOOTER || tag == BYLAW__TAG_FORM ||
           tag == BYLAW__TAG_FIGCAPTION || tag == BYLAW__TAG_FIGURE ||
           tag == BYLAW__TAG_BUTTON || tag == BYLAW__TAG_SELECT ||
           tag == BYLAW__TAG_TEXTAREA || tag == BYLAW__TAG_CAPTION;
}
