/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a reader can open on a page: tabs, accordions, popovers, "show the
 * source" buttons, and what the page's own scripts name. Text behind one of
 * them is not hidden from readers, though the page's bytes cannot show it open.
 */
#include "style_int.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define OPENERS_MAX  20000u
#define SCRIPTS_MAX  2000u
#define SCAN_BYTES   (16u << 20) /* of scripts searched, for all of a page */
/* Ancestors of what a control names, that it may open too. */
#define ABOVE_MAX 32u
/* A heading, in which the button of an accordion is looked for, has no more
 * elements and no more text than that. */
#define HEADING_ELEMENTS 8u
#define HEADING_BYTES    60u

/** The first and the last element that name a target. */
struct bylaw__opener {
    uint32_t first, last;
};

/* ------------------------------------------------------- what is named --- */

static uint64_t key_of(char kind, struct bylaw_span name)
{
    return bylaw__hash64(name) * 31 + (unsigned char)kind;
}

static int add_name(struct bylaw__controls *c, char kind,
                    struct bylaw_span name, uint32_t element)
{
    uint64_t key = key_of(kind, name), at;

    if (!name.len || c->opener_count >= OPENERS_MAX)
        return 0;
    if (bylaw__map_get(&c->names, key, &at)) {
        c->openers[at].last = element;
        return 0;
    }
    if (bylaw__vec_grow(&c->openers, &c->opener_cap, c->opener_count + 1,
                        sizeof(*c->openers)))
        return BYLAW_ENOMEM;
    c->openers[c->opener_count] =
        (struct bylaw__opener){.first = element, .last = element};
    return bylaw__map_put(&c->names, key, c->opener_count++);
}

/* "a b", "#a", ".a, .b": names that are neither ids nor classes match none. */
static int add_names(struct bylaw__controls *c, struct bylaw_span list,
                     uint32_t element)
{
    size_t i = 0;
    int rc = 0;

    while (i < list.len && !rc) {
        size_t begin;
        char kind = '#';

        while (i < list.len && (bylaw__is_space((unsigned char)list.ptr[i]) ||
                                list.ptr[i] == ','))
            i++;
        if (i < list.len && (list.ptr[i] == '#' || list.ptr[i] == '.'))
            kind = list.ptr[i++];
        begin = i;
        while (i < list.len && !bylaw__is_space((unsigned char)list.ptr[i]) &&
               list.ptr[i] != ',')
            i++;
        rc = add_name(c, kind, bylaw__span_sub(list, begin, i), element);
    }
    return rc;
}

/* Attributes by which a control says what it opens. */
static bool names_target(const struct bylaw__attr *attr)
{
    static const char *const names[] = {
        "aria-controls", "commandfor",    "data-bs-target", "data-collapse",
        "data-content",  "data-controls", "data-href",      "data-id",
        "data-mfp-src",  "data-modal",    "data-open",      "data-popover",
        "data-reveal",   "data-src",      "data-tab",       "data-target",
        "data-toggle",   "popovertarget", "uk-toggle"};

    if (!strcmp(attr->name, "href"))
        return attr->value.len > 1 && attr->value.ptr[0] == '#';
    for (size_t i = 0; i < COUNT(names); i++)
        if (!strcmp(attr->name, names[i]))
            return true;
    return false;
}

static int read_openers(struct bylaw__controls *c)
{
    int rc = 0;

    for (uint32_t i = 0; i < c->page->element_count && !rc; i++) {
        const struct bylaw__node *node = c->page->elements[i].node;

        for (uint32_t k = 0; k < node->attr_count && !rc; k++)
            if (names_target(&node->attrs[k]))
                rc = add_names(c, node->attrs[k].value, i);
    }
    return rc;
}

/* ------------------------------------------------------- the scripts --- */

static struct bylaw_span script_text(const struct bylaw__element *e)
{
    const struct bylaw__node *text = e->node->first_child;

    return e->tag == BYLAW__TAG_SCRIPT && text && text->kind == BYLAW__NODE_TEXT
               ? text->text
               : BYLAW__SPAN("");
}

static int add_script(struct bylaw__controls *c, struct bylaw_span script)
{
    if (!script.len || c->script_count >= SCRIPTS_MAX)
        return 0;
    if (bylaw__vec_grow(&c->scripts, &c->script_cap, c->script_count + 1,
                        sizeof(*c->scripts)))
        return BYLAW_ENOMEM;
    c->scripts[c->script_count++] = script;
    return 0;
}

/* Script elements and handlers: "onclick". */
static int read_scripts(struct bylaw__controls *c)
{
    int rc = 0;

    for (uint32_t i = 0; i < c->page->element_count && !rc; i++) {
        const struct bylaw__element *e = &c->page->elements[i];

        rc = add_script(c, script_text(e));
        for (uint32_t k = 0; k < e->node->attr_count && !rc; k++)
            if (!strncmp(e->node->attrs[k].name, "on", 2))
                rc = add_script(c, e->node->attrs[k].value);
    }
    return rc;
}

/* ------------------------------------------------------ what is opened --- */

static bool is_outside(const struct bylaw__page *page, uint32_t element,
                       uint32_t box)
{
    return element < box || element >= page->elements[box].end;
}

/* The element that is named, and those that it stands in, as far up as the
 * control is not in them itself. */
static void mark_up(struct bylaw__controls *c, uint32_t element,
                    const struct bylaw__opener *opener)
{
    for (unsigned i = 0; i < ABOVE_MAX && element != BYLAW__NO_ELEMENT; i++) {
        if (!is_outside(c->page, opener->first, element) &&
            !is_outside(c->page, opener->last, element))
            return;
        c->is_opened[element] = true;
        element = c->page->elements[element].parent;
    }
}

static void mark_named(struct bylaw__controls *c, uint32_t element)
{
    const struct bylaw__node *node = c->page->elements[element].node;
    struct bylaw_span id = bylaw__node_value(node, "id");
    struct bylaw_span list = bylaw__node_value(node, "class");
    uint64_t at;
    size_t i = 0;

    if (id.len && bylaw__map_get(&c->names, key_of('#', id), &at))
        mark_up(c, element, &c->openers[at]);
    while (i < list.len) {
        size_t begin;

        while (i < list.len && bylaw__is_space((unsigned char)list.ptr[i]))
            i++;
        begin = i;
        while (i < list.len && !bylaw__is_space((unsigned char)list.ptr[i]))
            i++;
        if (i > begin &&
            bylaw__map_get(&c->names,
                           key_of('.', bylaw__span_sub(list, begin, i)), &at))
            mark_up(c, element, &c->openers[at]);
    }
}

int bylaw__controls_read(struct bylaw__controls *controls,
                         const struct bylaw__page *page,
                         struct bylaw_error *err)
{
    controls->page = page;
    controls->scan = SCAN_BYTES;
    controls->is_opened =
        calloc((size_t)page->element_count + 1, sizeof(*controls->is_opened));
    if (!controls->is_opened || read_openers(controls) ||
        read_scripts(controls))
        return bylaw__fail_memory(err, "extract");
    for (uint32_t i = 0; i < page->element_count && controls->opener_count; i++)
        mark_named(controls, i);
    return 0;
}

void bylaw__controls_release(struct bylaw__controls *controls)
{
    bylaw__map_release(&controls->names);
    free(controls->openers);
    free(controls->scripts);
    free(controls->is_opened);
}

/* ------------------------------------------------- what says so itself --- */

/* Attributes and class names of boxes that are made to be opened. */
static bool is_made_to_open(const struct bylaw__page *page,
                            const struct bylaw__node *node)
{
    static const char *const parts[] = {"accordion", "collaps",   "tab-pane",
                                        "tabpanel",  "tab-panel", "spoiler",
                                        "toggle",    "expand",    "popover",
                                        "modal",     "tooltip",   "lightbox",
                                        "offcanvas", "drawer",    "dropdown"};
    struct bylaw_span list = bylaw__node_value(node, "class");

    if (bylaw__span_is_nocase(bylaw__node_value(node, "role"), "tabpanel") ||
        bylaw__node_attr(node, "popover") ||
        bylaw__span_is_nocase(bylaw__node_value(node, "hidden"), "until-found"))
        return true;
    for (size_t i = 0; page->has_scripts && i < COUNT(parts); i++)
        if (bylaw__span_find_nocase(list, bylaw__span_of(parts[i])) != SIZE_MAX)
            return true;
    return false;
}

static bool is_button(const struct bylaw__element *e)
{
    return e->tag == BYLAW__TAG_BUTTON || e->tag == BYLAW__TAG_SUMMARY ||
           bylaw__node_attr(e->node, "aria-expanded") ||
           bylaw__span_is_nocase(bylaw__node_value(e->node, "role"), "button");
}

/* "<button>Credits</button><div>": a script opens what stands behind it. */
static bool is_behind_button(const struct bylaw__page *page,
                             const struct bylaw__element *element)
{
    const struct bylaw__node *before = element->node->prev;
    uint32_t i = (uint32_t)(element - page->elements);

    while (before && before->kind != BYLAW__NODE_ELEMENT)
        before = before->prev;
    if (!before || !page->has_scripts)
        return false;
    while (i > 0 && page->elements[i - 1].node != before)
        i--;
    if (!i--)
        return false;
    if (is_button(&page->elements[i]))
        return true;
    for (uint32_t k = i; page->elements[i].raw_letters <= HEADING_BYTES &&
                         k < page->elements[i].end && k - i < HEADING_ELEMENTS;
         k++)
        if (is_button(&page->elements[k]))
            return true;
    return false;
}

/* ---------------------------------------------------- what scripts name --- */

static bool is_name_byte(char c)
{
    return bylaw__is_alnum((unsigned char)c) || c == '-' || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* The name between quotes, or behind "#" or "." in them. */
static bool holds_name(struct bylaw_span script, struct bylaw_span name)
{
    size_t from = 0;

    while (from < script.len) {
        size_t at =
            bylaw__span_find(bylaw__span_sub(script, from, script.len), name);

        if (at == SIZE_MAX)
            return false;
        at += from;
        if (at > 0 && strchr("\"'`#.", script.ptr[at - 1]) &&
            at + name.len < script.len &&
            !is_name_byte(script.ptr[at + name.len]))
            return true;
        from = at + 1;
    }
    return false;
}

static bool script_names(struct bylaw__controls *c, struct bylaw_span script,
                         struct bylaw_span id, struct bylaw_span first_class)
{
    if (!script.len || c->scan < script.len)
        return false;
    c->scan -= script.len;
    return (id.len && holds_name(script, id)) ||
           (first_class.len && holds_name(script, first_class));
}

static struct bylaw_span first_word(struct bylaw_span list)
{
    size_t end = 0;

    list = bylaw__span_trim(list);
    while (end < list.len && !bylaw__is_space((unsigned char)list.ptr[end]))
        end++;
    return bylaw__span_sub(list, 0, end);
}

/* A script or a handler of the page names the element by its id or class. */
static bool is_scripted(struct bylaw__controls *c,
                        const struct bylaw__element *element)
{
    struct bylaw_span id = bylaw__node_value(element->node, "id");
    struct bylaw_span name =
        first_word(bylaw__node_value(element->node, "class"));

    for (size_t i = 0; (id.len || name.len) && i < c->script_count; i++)
        if (script_names(c, c->scripts[i], id, name))
            return true;
    return false;
}

bool bylaw__may_open(struct bylaw__controls *controls,
                     const struct bylaw__element *element)
{
    return controls->is_opened[element - controls->page->elements] ||
           is_made_to_open(controls->page, element->node) ||
           is_behind_button(controls->page, element) ||
           is_scripted(controls, element);
}
