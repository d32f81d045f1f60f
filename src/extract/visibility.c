/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a reader can see an element, by the page's own bytes, and why. */
#include "style_int.h"

#include <stdlib.h>

#define BIT(way) (1u << (way))
/* Work that matching may cost: rules tried and ancestors looked at. */
#define MOST_STEPS 10000000u

/* A child may undo these for itself; nothing undoes the others. */
#define UNDOABLE                                                               \
    (BIT(BYLAW__WAY_VISIBILITY) | BIT(BYLAW__WAY_FONT) |                       \
     BIT(BYLAW__WAY_INDENT) | BIT(BYLAW__WAY_COLOUR))

/* Weight of a declaration in the cascade, above specificity and order. */
#define IMPORTANT  ((uint64_t)1 << 62)
#define INLINE     ((uint64_t)1 << 61)
#define BY_SHEET   ((uint64_t)1 << 60)
#define ORDER_BITS 20

/* Which declaration decides about one way of hiding. */
struct winner {
    uint64_t weight;                    /* 0: none */
    const struct bylaw__css_rule *rule; /* NULL: style or hidden attribute */
    bool hides;
    bool is_attribute;    /* the hidden attribute */
    uint64_t maybe_shows; /* weight of what may show it; 0: nothing */
};

/* How an element stands, for its children. */
struct standing {
    unsigned hiding; /* undoable ways in force */
    uint32_t origin; /* element that hides; BYLAW__NO_ELEMENT if none */
    enum bylaw_visibility how;
    uint64_t ground; /* colour behind its text; 0 where not known */
    uint64_t colour; /* of its text; 0 where not known */
    bool is_picture; /* a link or heading with an image behind its text */
};

/* Which declaration decides about a colour. */
struct paint {
    uint64_t weight, colour; /* bylaw__colour_of */
};

struct judge {
    struct bylaw__page *page;
    struct bylaw__sheet sheet;
    struct bylaw__controls controls;
    struct standing *standings; /* heap; per element */
    struct winner winners[BYLAW__WAY_COUNT];
    bool moves;                  /* the element is animated */
    bool paints;                 /* its letters are not in its colour */
    struct paint colour, ground; /* of the element itself */
    struct bylaw__style own;     /* of the element's attributes */
    uint64_t page_ground;        /* white where no sheet says otherwise */
    const char *doubt;           /* why what hides may not: a clause */
    uint64_t steps;
    struct bylaw_error *err;
};

/* Elements that a reader sees only after doing something, or with a browser
 * that lacks something. */
struct shut_row {
    enum bylaw__tag tag;
    const char *open_by; /* attribute that opens it; NULL for none */
    const char *why;
};

static const struct shut_row shut_tags[] = {
    {BYLAW__TAG_DATALIST, NULL, "suggestions of a form field"},
    {BYLAW__TAG_DETAILS, "open", "inside details that are closed"},
    {BYLAW__TAG_DIALOG, "open", "inside a dialog that is not open"},
    {BYLAW__TAG_FALLBACK, NULL, "shown only where media cannot be"},
    {BYLAW__TAG_NOSCRIPT, NULL, "shown only where scripts are off"},
    {BYLAW__TAG_TEMPLATE, NULL, "inside a template, which scripts may show"},
};

/* ------------------------------------------------------------- sheets --- */

static struct bylaw_span style_text(const struct bylaw__node *style)
{
    const struct bylaw__node *text = style->first_child;

    return text && text->kind == BYLAW__NODE_TEXT ? text->text
                                                  : BYLAW__SPAN("");
}

/* Sheets outside noscript and template that are not for print alone. */
static bool is_in_force(const struct judge *j, const struct bylaw__element *e)
{
    struct bylaw_span type = bylaw__node_value(e->node, "type");
    uint32_t above = e->parent;

    if (e->node->is_foreign ||
        (type.len && !bylaw__span_is_nocase(type, "text/css")))
        return false;
    if (bylaw__is_print_only(bylaw__node_value(e->node, "media")))
        return false;
    for (unsigned i = 0; above != BYLAW__NO_ELEMENT && i < 2; i++) {
        enum bylaw__tag tag = j->page->elements[above].tag;

        if (tag == BYLAW__TAG_NOSCRIPT || tag == BYLAW__TAG_TEMPLATE)
            return false;
        above = j->page->elements[above].parent;
    }
    return true;
}

/* For some readers only: "(min-width: 768px)". */
static bool has_condition(const struct bylaw__element *e)
{
    struct bylaw_span media = bylaw__node_value(e->node, "media");

    return media.len && !bylaw__span_is_nocase(media, "all") &&
           !bylaw__span_is_nocase(media, "screen");
}

/* A link to a sheet, or a style element that imports one. */
static bool brings_sheet(const struct judge *j, const struct bylaw__element *e)
{
    if (e->tag == BYLAW__TAG_STYLE)
        return is_in_force(j, e) &&
               bylaw__span_find_nocase(style_text(e->node),
                                       BYLAW__SPAN("@import")) != SIZE_MAX;
    return e->tag == BYLAW__TAG_LINK && is_in_force(j, e) &&
           bylaw__span_find_nocase(bylaw__node_value(e->node, "rel"),
                                   BYLAW__SPAN("stylesheet")) != SIZE_MAX;
}

static int read_sheets(struct judge *j)
{
    uint32_t last = 0;
    int rc = 0;

    for (uint32_t i = 0; i < j->page->element_count; i++)
        if (brings_sheet(j, &j->page->elements[i]))
            last = i;
    for (uint32_t i = 0; i < j->page->element_count && !rc; i++) {
        const struct bylaw__element *e = &j->page->elements[i];

        if (e->tag == BYLAW__TAG_STYLE && is_in_force(j, e))
            rc = bylaw__sheet_read(&j->sheet, style_text(e->node),
                                   has_condition(e), i < last, j->err);
    }
    return rc;
}

/* ------------------------------------------------------------ cascade --- */

static void enter(struct winner *winners, const struct bylaw__style *style,
                  uint64_t weight, const struct bylaw__css_rule *rule)
{
    unsigned ways = style->hides | style->shows;

    for (unsigned way = 0; ways >> way; way++) {
        uint64_t w = weight;

        if (!(ways & BIT(way)))
            continue;
        if (style->important & BIT(way))
            w |= IMPORTANT;
        if (w < winners[way].weight)
            continue;
        winners[way].weight = w;
        winners[way].rule = rule;
        winners[way].hides = (style->hides & BIT(way)) != 0;
        winners[way].is_attribute = false;
    }
}

/* What may show an element, for readers that meet a condition. */
static void enter_maybe(struct winner *winners,
                        const struct bylaw__style *style, uint64_t weight)
{
    for (unsigned way = 0; style->shows >> way; way++) {
        uint64_t w = weight;

        if (!(style->shows & BIT(way)))
            continue;
        if (style->important & BIT(way))
            w |= IMPORTANT;
        if (w > winners[way].maybe_shows)
            winners[way].maybe_shows = w;
    }
}

static void enter_paint(struct paint *paint, uint64_t colour, uint64_t weight)
{
    if (!colour || weight < paint->weight)
        return;
    paint->weight = weight;
    paint->colour = colour;
}

static void enter_paints(struct judge *j, const struct bylaw__style *style,
                         uint64_t weight)
{
    if (style->important & BIT(BYLAW__WAY_COLOUR))
        weight |= IMPORTANT;
    enter_paint(&j->colour, style->colour, weight);
    enter_paint(&j->ground, style->ground, weight);
    j->paints |= style->paints;
}

/* Another colour, for readers that meet a condition, may show the text. */
static void enter_maybe_paints(struct judge *j,
                               const struct bylaw__style *style,
                               uint64_t weight)
{
    struct winner *winner = &j->winners[BYLAW__WAY_COLOUR];

    if (style->important & BIT(BYLAW__WAY_COLOUR))
        weight |= IMPORTANT;
    if ((style->ground || style->paints) && weight > winner->maybe_shows)
        winner->maybe_shows = weight;
}

static void enter_rule(void *payload, const struct bylaw__sheet *sheet,
                       uint32_t number, enum bylaw__fit fit)
{
    const struct bylaw__css_rule *rule = &sheet->rules[number];
    struct judge *j = payload;
    uint64_t weight =
        BY_SHEET | (uint64_t)rule->specificity << ORDER_BITS | number;

    j->moves |= rule->style.moves;
    if (rule->is_maybe || fit == BYLAW__FIT_MAYBE) {
        enter_maybe(j->winners, &rule->style, weight);
        if (!rule->is_passing)
            enter_maybe_paints(j, &rule->style, weight);
        return;
    }
    enter(j->winners, &rule->style, weight, rule);
    enter_paints(j, &rule->style, weight);
}

/* Colours that HTML attributes set (HTML 15.3.8, 15.3.10). */
static void read_colour_attributes(struct judge *j,
                                   const struct bylaw__element *e)
{
    const struct bylaw__attr *ground = bylaw__node_attr(e->node, "bgcolor");

    memset(&j->own, 0, sizeof(j->own));
    if (ground)
        j->own.ground = bylaw__colour_of(ground->value);
    if (bylaw__node_attr(e->node, "background"))
        j->own.ground = BYLAW__GROUND_UNKNOWN;
    if (bylaw__node_is(e->node, "font"))
        j->own.colour = bylaw__colour_of(bylaw__node_value(e->node, "color"));
}

/* All that is said about the element itself. */
static void collect(struct judge *j, const struct bylaw__element *e)
{
    struct bylaw_span text = bylaw__node_value(e->node, "style");
    struct bylaw__style style;

    memset(j->winners, 0, sizeof(j->winners));
    memset(&j->colour, 0, sizeof(j->colour));
    memset(&j->ground, 0, sizeof(j->ground));
    j->moves = j->paints = false;
    read_colour_attributes(j, e);
    enter_paints(j, &j->own, 1);
    if (bylaw__node_attr(e->node, "hidden")) {
        j->winners[BYLAW__WAY_DISPLAY].weight = 1;
        j->winners[BYLAW__WAY_DISPLAY].hides = true;
        j->winners[BYLAW__WAY_DISPLAY].is_attribute = true;
    }
    bylaw__sheet_match(&j->sheet, e->node, &j->steps, enter_rule, j);
    if (!text.len)
        return;
    bylaw__style_read(&style, text);
    enter(j->winners, &style, INLINE, NULL);
    enter_paints(j, &style, INLINE);
    j->moves |= style.moves;
    if (style.colour)
        j->own.colour = style.colour;
    if (style.ground)
        j->own.ground = style.ground;
}

/* The ground of the element as far as it is sure: what a sheet says may be
 * said otherwise by another one. */
static uint64_t ground_of(const struct judge *j, const struct bylaw__element *e,
                          uint64_t above)
{
    bool is_by_sheet = j->ground.weight & BY_SHEET;

    if (j->winners[BYLAW__WAY_COLOUR].maybe_shows || is_by_sheet)
        return BYLAW__GROUND_UNKNOWN;
    if (j->ground.weight)
        return j->ground.colour;
    /* A class or id may bring a ground from a sheet that was not read. */
    if (j->page->has_stylesheets &&
        (bylaw__node_attr(e->node, "class") || bylaw__node_attr(e->node, "id")))
        return 0;
    return above;
}

/* One rule has text and ground in one colour, another one the last word. */
static void weigh_paints(struct judge *j, const struct standing *above)
{
    struct winner *winner = &j->winners[BYLAW__WAY_COLOUR];
    bool is_ground_new = j->ground.weight > winner->weight;

    if (j->paints || (winner->hides && is_ground_new &&
                      j->ground.colour != j->colour.colour))
        winner->hides = false;
    if (!winner->weight && j->ground.weight &&
        j->ground.colour != above->colour)
        winner->weight = 1; /* what an ancestor hid stands out from it */
}

/* Text in the colour of what stands behind it, both said by attributes. */
static void weigh_ground(struct judge *j, const struct bylaw__element *e,
                         const struct standing *above, struct standing *mine)
{
    struct winner *winner = &j->winners[BYLAW__WAY_COLOUR];

    weigh_paints(j, above);
    mine->ground = ground_of(j, e, above->ground);
    if (j->colour.weight)
        mine->colour = j->colour.colour;
    mine->is_picture = j->ground.colour == BYLAW__GROUND_UNKNOWN &&
                       (e->tag == BYLAW__TAG_A || e->tag == BYLAW__TAG_HEADING);
    if (!j->own.colour || winner->weight > INLINE || j->paints)
        return;
    winner->weight = INLINE;
    winner->rule = NULL;
    winner->hides |= j->own.colour == mine->ground;
}

/* ------------------------------------------------------------- reasons --- */

static const char *reason_of(struct judge *j, enum bylaw__way way)
{
    const struct winner *winner = &j->winners[way];

    if (winner->is_attribute)
        return "hidden attribute";
    if (!winner->rule)
        return bylaw__way_name(way);
    return bylaw__arena_printf(j->page->x->arena, "%s by the rule \"%.*s\"",
                               bylaw__way_name(way),
                               (int)(winner->rule->selector.len > 60
                                         ? 60
                                         : winner->rule->selector.len),
                               winner->rule->selector.ptr);
}

static int hide(struct judge *j, struct bylaw__element *e,
                struct standing *standing, enum bylaw__way way)
{
    e->visibility = j->winners[way].rule ? BYLAW_VISIBILITY_HIDDEN_STYLE
                                         : BYLAW_VISIBILITY_HIDDEN_INLINE;
    e->visibility_why = reason_of(j, way);
    standing->origin = (uint32_t)(e - j->page->elements);
    standing->how = e->visibility;
    return e->visibility_why ? 0 : bylaw__fail_memory(j->err, "extract");
}

/* Hidden, but for what may show it: a doubt, with both said. */
static int doubt(struct judge *j, struct bylaw__element *e,
                 struct standing *standing)
{
    e->visibility = standing->how = BYLAW_VISIBILITY_UNKNOWN;
    e->may_show = true;
    e->visibility_why = bylaw__arena_printf(j->page->x->arena, "%s, which %s",
                                            e->visibility_why, j->doubt);
    return e->visibility_why ? 0 : bylaw__fail_memory(j->err, "extract");
}

/* The same reason, seen from below; one text per element that hides. */
static int take_over(struct judge *j, struct bylaw__element *e,
                     const struct standing *parent)
{
    struct bylaw__element *origin = &j->page->elements[parent->origin];

    if (!origin->why_below)
        origin->why_below =
            bylaw__arena_printf(j->page->x->arena, "%s on an ancestor",
                                origin->visibility_why);
    if (!origin->why_below)
        return bylaw__fail_memory(j->err, "extract");
    e->visibility = parent->how;
    e->visibility_why = origin->why_below;
    return 0;
}

/* ------------------------------------------------------------- judging --- */

/* Why the element is shut until somebody opens it, or NULL. */
static const char *shut_by(const struct bylaw__element *e)
{
    for (size_t i = 0; i < sizeof(shut_tags) / sizeof(shut_tags[0]); i++)
        if (shut_tags[i].tag == e->tag &&
            (!shut_tags[i].open_by ||
             !bylaw__node_attr(e->node, shut_tags[i].open_by)))
            return shut_tags[i].why;
    if (bylaw__node_attr(e->node, "popover"))
        return "inside a popover that is not open";
    return NULL;
}

/* Ways that hide the element by its own declarations. */
static unsigned own_ways(const struct judge *j, unsigned inherited,
                         unsigned *undone)
{
    unsigned ways = 0;

    *undone = 0;
    for (unsigned way = 0; way < BYLAW__WAY_COUNT; way++) {
        if (!j->winners[way].weight)
            continue;
        if (j->winners[way].hides)
            ways |= BIT(way);
        else
            *undone |= inherited & UNDOABLE & BIT(way);
    }
    return ways;
}

/* An image stands in for words that are moved or shrunk out of sight. */
static bool is_replaced(const struct judge *j, const struct standing *above,
                        unsigned way)
{
    unsigned shrunk =
        BIT(BYLAW__WAY_INDENT) | BIT(BYLAW__WAY_FONT) | BIT(BYLAW__WAY_COLOUR);

    return (j->ground.colour == BYLAW__GROUND_UNKNOWN && (shrunk & BIT(way))) ||
           (above->is_picture && way != BYLAW__WAY_OPACITY);
}

/* Why what hides in that way may be undone, or NULL. */
static const char *doubt_of(const struct judge *j, const struct standing *above,
                            unsigned way)
{
    unsigned fading = BIT(BYLAW__WAY_OPACITY) | BIT(BYLAW__WAY_VISIBILITY) |
                      BIT(BYLAW__WAY_TRANSFORM);
    const struct winner *winner = &j->winners[way];

    if (winner->maybe_shows >= winner->weight ||
        (j->moves && (fading & BIT(way))))
        return "may be undone";
    if (winner->rule && winner->rule->is_early && winner->weight < IMPORTANT)
        return "a style sheet that was not read may undo";
    if (is_replaced(j, above, way))
        return "a picture may stand for";
    return NULL;
}

/* Those of the ways that nothing may undo. */
static unsigned certain_ways(struct judge *j, const struct standing *above,
                             unsigned ways)
{
    unsigned certain = ways;

    for (unsigned way = 0; way < BYLAW__WAY_COUNT; way++) {
        const char *doubt = (ways & BIT(way)) ? doubt_of(j, above, way) : NULL;

        if (!doubt)
            continue;
        j->doubt = doubt;
        certain &= ~BIT(way);
    }
    return certain;
}

/* Hides by what is certain, before what cannot be undone below. */
static int hide_by(struct judge *j, struct bylaw__element *e,
                   const struct standing *above, struct standing *mine,
                   unsigned ways)
{
    unsigned certain = certain_ways(j, above, ways);
    unsigned by = certain ? certain : ways;
    unsigned lasting = by & ~UNDOABLE;
    int rc;

    if (certain && bylaw__may_open(&j->controls, e)) {
        j->doubt = "a control of the page may open";
        certain = 0;
    }
    mine->hiding = lasting ? 0 : by;
    rc = hide(j, e, mine,
              (enum bylaw__way)__builtin_ctz(lasting ? lasting : by));
    return rc || certain ? rc : doubt(j, e, mine);
}

/* Something may show the element though an ancestor hides it. */
static bool may_undo(const struct judge *j, unsigned hiding)
{
    for (unsigned way = 0; way < BYLAW__WAY_COUNT; way++)
        if ((hiding & UNDOABLE & BIT(way)) && j->winners[way].maybe_shows)
            return true;
    return false;
}

static bool is_summary_of_shut(const struct judge *j,
                               const struct bylaw__element *e)
{
    return e->tag == BYLAW__TAG_SUMMARY && e->parent != BYLAW__NO_ELEMENT &&
           j->page->elements[e->parent].tag == BYLAW__TAG_DETAILS &&
           j->page->elements[e->parent].visibility == BYLAW_VISIBILITY_UNKNOWN;
}

static int judge_element(struct judge *j, uint32_t i)
{
    struct bylaw__element *e = &j->page->elements[i];
    struct standing *mine = &j->standings[i];
    struct standing open = {.origin = BYLAW__NO_ELEMENT,
                            .how = BYLAW_VISIBILITY_VISIBLE,
                            .ground = j->page_ground};
    const struct standing *above =
        e->parent == BYLAW__NO_ELEMENT ? &open : &j->standings[e->parent];
    const char *shut;
    unsigned ways, undone;
    int rc;

    collect(j, e);
    *mine = *above;
    weigh_ground(j, e, above, mine);
    open.ground = mine->ground;
    open.colour = mine->colour;
    open.is_picture = mine->is_picture;
    ways = own_ways(j, above->hiding, &undone);
    mine->hiding &= ~undone;
    if (undone && !mine->hiding && above->hiding)
        *mine = open;
    if (is_summary_of_shut(j, e) && mine->how == BYLAW_VISIBILITY_UNKNOWN)
        *mine = open;
    if (mine->origin != BYLAW__NO_ELEMENT &&
        mine->how != BYLAW_VISIBILITY_UNKNOWN) {
        rc = take_over(j, e, mine);
        if (rc || !may_undo(j, mine->hiding))
            return rc;
        mine->origin = i;
        j->doubt = "may be undone";
        return doubt(j, e, mine);
    }
    if (ways)
        return hide_by(j, e, above, mine, ways);
    if (mine->origin != BYLAW__NO_ELEMENT)
        return take_over(j, e, mine);
    e->visibility = BYLAW_VISIBILITY_VISIBLE;
    shut = shut_by(e);
    if (!shut)
        return 0;
    e->visibility = mine->how = BYLAW_VISIBILITY_UNKNOWN;
    e->visibility_why = e->why_below = shut;
    mine->origin = i;
    return 0;
}

/* ---------------------------------------------------------- relaxation --- */

#define SCRIPT_MAY_SHOW                                                        \
    "hidden together with most of the page until a script shows it"

bool bylaw__is_seen(enum bylaw_visibility visibility, const char *why)
{
    return visibility == BYLAW_VISIBILITY_VISIBLE ||
           (visibility == BYLAW_VISIBILITY_UNKNOWN &&
            !strcmp(why, SCRIPT_MAY_SHOW));
}

static void relax_below(struct bylaw__page *page, uint32_t root)
{
    const char *why = page->elements[root].visibility_why;
    const char *why_below = page->elements[root].why_below;

    for (uint32_t i = root; i < page->elements[root].end; i++) {
        struct bylaw__element *e = &page->elements[i];

        if (e->visibility_why != why && e->visibility_why != why_below)
            continue;
        e->visibility = BYLAW_VISIBILITY_UNKNOWN;
        e->visibility_why = SCRIPT_MAY_SHOW;
    }
}

/* Pages that hide nearly all of themselves do so until a script has run; that
 * is no way of hiding a credit. */
static void relax(struct bylaw__page *page)
{
    for (uint32_t i = 0; i < page->element_count && page->has_scripts; i++) {
        const struct bylaw__element *e = &page->elements[i];

        if ((e->may_show || e->visibility == BYLAW_VISIBILITY_HIDDEN_INLINE ||
             e->visibility == BYLAW_VISIBILITY_HIDDEN_STYLE) &&
            e->raw_letters > page->elements[0].raw_letters / 2)
            relax_below(page, i);
    }
}

int bylaw__page_visibility(struct bylaw__page *page, struct bylaw_error *err)
{
    struct judge j = {.page = page, .steps = MOST_STEPS, .err = err};
    int rc;

    j.standings = calloc((size_t)page->element_count + 1, sizeof(*j.standings));
    if (!j.standings)
        return bylaw__fail_memory(err, "extract");
    rc = bylaw__controls_read(&j.controls, page, err);
    if (!rc)
        rc = read_sheets(&j);
    if (!page->has_stylesheets && !page->has_styles)
        j.page_ground = bylaw__colour_of(BYLAW__SPAN("#ffffff"));
    for (uint32_t i = 0; i < page->element_count && !rc; i++)
        rc = judge_element(&j, i);
    if (!rc && (!j.steps || j.sheet.is_cut))
        rc = bylaw__extraction_incomplete(
            page->x, "the page's style sheets are too large to be weighed",
            err);
    if (!rc)
        relax(page);
    bylaw__sheet_release(&j.sheet);
    bylaw__controls_release(&j.controls);
    free(j.standings);
    return rc;
}
