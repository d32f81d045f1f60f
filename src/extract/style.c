/* SPDX-License-Identifier: Apache-2.0 */
/* Declarations: which of them hide text, and which show it again. */
#include "style_int.h"

#include <stdlib.h>

#define BIT(way)      (1u << (way))
#define FAR_PIXELS    999.0 /* nobody scrolls there */
#define EM_PIXELS     16.0  /* the browsers' default font size */
#define VALUE_BYTES   64
#define NAME_BYTES    26
#define SMALLEST_FONT 1.0 /* pixels; text of this size cannot be read */

/* What a list of declarations says before it is weighed together. */
struct facts {
    struct bylaw__style *style;
    bool is_placed;     /* position: absolute or fixed */
    bool is_unplaced;   /* position: static, relative or sticky */
    bool is_far;        /* an offset far off the screen */
    bool is_near;       /* an offset that is not */
    bool cuts_overflow; /* overflow: hidden or clip */
    bool has_no_room;   /* width or height of a pixel or less */
    bool has_room;
    bool is_clipped, is_unclipped;
    bool is_covered;    /* the ground is, or may be, an image */
    bool has_image;     /* background-image, which a colour leaves there */
    bool paints;        /* the text has another colour than "color" says */
    unsigned important; /* ways some part of which is important */
    char colour[VALUE_BYTES], ground[VALUE_BYTES];
};

static const char *const way_names[BYLAW__WAY_COUNT] = {
    [BYLAW__WAY_DISPLAY] = "display:none",
    [BYLAW__WAY_VISIBILITY] = "visibility:hidden",
    [BYLAW__WAY_OPACITY] = "opacity:0",
    [BYLAW__WAY_FONT] = "a font size of a pixel or less",
    [BYLAW__WAY_INDENT] = "text-indent off the screen",
    [BYLAW__WAY_PLACE] = "a position off the screen",
    [BYLAW__WAY_SIZE] = "a box without room that cuts its text",
    [BYLAW__WAY_CLIP] = "a clip that leaves nothing",
    [BYLAW__WAY_COLOUR] = "text in the colour of its background",
    [BYLAW__WAY_TRANSFORM] = "a transform that scales to nothing",
};

const char *bylaw__way_name(enum bylaw__way way)
{
    return way_names[way];
}

/* Pixels of a length; false for what cannot be told (%, auto, calc). Font
 * relative units are taken at the default size. */
static bool read_pixels(double *out, const char *value)
{
    char *unit;

    *out = strtod(value, &unit);
    if (unit == value)
        return false;
    if (!strcmp(unit, "em") || !strcmp(unit, "rem") || !strcmp(unit, "ex") ||
        !strcmp(unit, "ch")) {
        *out *= EM_PIXELS;
        return true;
    }
    if (!strcmp(unit, "%") || !strcmp(unit, "vw") || !strcmp(unit, "vh"))
        return *out == 0.0 || *out <= -100.0 || *out >= 100.0
                   ? (*out *= EM_PIXELS, true)
                   : false;
    return !*unit || !strcmp(unit, "px") || !strcmp(unit, "pt");
}

static void set(struct facts *f, enum bylaw__way way, bool hides)
{
    f->style->hides &= ~BIT(way);
    f->style->shows &= ~BIT(way);
    *(hides ? &f->style->hides : &f->style->shows) |= BIT(way);
}

static void read_display(struct facts *f, const char *value)
{
    set(f, BYLAW__WAY_DISPLAY, !strcmp(value, "none"));
}

static void read_visibility(struct facts *f, const char *value)
{
    set(f, BYLAW__WAY_VISIBILITY,
        !strcmp(value, "hidden") || !strcmp(value, "collapse"));
}

static void read_opacity(struct facts *f, const char *value)
{
    char *end;
    double opacity = strtod(value, &end);

    if (end != value)
        set(f, BYLAW__WAY_OPACITY, opacity <= 0.01);
}

static void read_font_size(struct facts *f, const char *value)
{
    double pixels;
    char *end;

    /* "50%" and the like depend on what stands above; "0%" does not. */
    if (read_pixels(&pixels, value))
        set(f, BYLAW__WAY_FONT, pixels <= SMALLEST_FONT);
    else if (strtod(value, &end) > 0.0 || end == value)
        set(f, BYLAW__WAY_FONT, false);
}

static void read_indent(struct facts *f, const char *value)
{
    double pixels;

    if (read_pixels(&pixels, value))
        set(f, BYLAW__WAY_INDENT, pixels <= -FAR_PIXELS);
}

static void read_position(struct facts *f, const char *value)
{
    f->is_placed = !strcmp(value, "absolute") || !strcmp(value, "fixed");
    f->is_unplaced = !f->is_placed;
}

static void read_offset(struct facts *f, const char *value)
{
    double pixels;

    if (!read_pixels(&pixels, value) && strcmp(value, "auto"))
        return;
    if (strcmp(value, "auto") && pixels <= -FAR_PIXELS)
        f->is_far = true;
    else
        f->is_near = true;
}

static void read_overflow(struct facts *f, const char *value)
{
    f->cuts_overflow = !strcmp(value, "hidden") || !strcmp(value, "clip");
    if (!f->cuts_overflow)
        f->has_room = true;
}

static void read_size(struct facts *f, const char *value)
{
    double pixels;

    if (read_pixels(&pixels, value) && pixels <= SMALLEST_FONT)
        f->has_no_room = true;
    else
        f->has_room = true;
}

/* "rect(0,0,0,0)", "rect(1px 1px 1px 1px)": all four edges near zero. */
static bool is_empty_rect(const char *value)
{
    if (strncmp(value, "rect(", 5) != 0)
        return false;
    for (value += 5; *value && *value != ')';) {
        char *end;
        double edge = strtod(value, &end);

        if (end == value || edge > SMALLEST_FONT)
            return false;
        for (value = end;
             *value == 'p' || *value == 'x' || *value == ',' || *value == ' ';)
            value++;
    }
    return true;
}

static void read_clip(struct facts *f, const char *value)
{
    f->is_clipped = is_empty_rect(value);
    f->is_unclipped = !f->is_clipped;
}

static void read_clip_path(struct facts *f, const char *value)
{
    char *end;
    bool is_empty = !strncmp(value, "inset(", 6) &&
                    strtod(value + 6, &end) >= 50.0 && *end == '%';

    if (!strncmp(value, "circle(0", 8) && !bylaw__is_digit(value[8]) &&
        value[8] != '.')
        is_empty = true;
    set(f, BYLAW__WAY_CLIP, is_empty);
}

static void read_transform(struct facts *f, const char *value)
{
    const char *scale = strstr(value, "scale(");
    char *end;
    bool is_zero = false;

    if (!scale)
        scale = strstr(value, "scalex(");
    if (!scale)
        scale = strstr(value, "scaley(");
    if (scale) {
        scale = strchr(scale, '(') + 1;
        is_zero = strtod(scale, &end) == 0.0 && end != scale;
    }
    set(f, BYLAW__WAY_TRANSFORM, is_zero);
}

static void read_colour(struct facts *f, const char *value)
{
    memcpy(f->colour, value, strlen(value) + 1);
}

/* A background may be an image, which covers the colour; that is left out. */
static void read_ground(struct facts *f, const char *value)
{
    memcpy(f->ground, value, strlen(value) + 1);
    f->is_covered = strstr(value, "url(") || strstr(value, "gradient(") ||
                    strstr(value, "var(");
    f->has_image = false;
    if (strstr(value, "text"))
        f->paints = true;
}

static void read_ground_colour(struct facts *f, const char *value)
{
    memcpy(f->ground, value, strlen(value) + 1);
}

/* The background shines through the letters. */
static void read_ground_clip(struct facts *f, const char *value)
{
    f->paints |= strstr(value, "text") != NULL;
}

/* A shadow or a fill of its own shows letters that have no colour. */
static void read_letter_paint(struct facts *f, const char *value)
{
    f->paints |=
        strcmp(value, "none") != 0 && strcmp(value, "transparent") != 0;
}

/* Whatever moves may end as something else than it begins. */
static void read_motion(struct facts *f, const char *value)
{
    if (strcmp(value, "none") != 0)
        f->style->moves = true;
}

static void read_image(struct facts *f, const char *value)
{
    f->has_image = strcmp(value, "none") != 0;
}

struct property_row {
    const char *name;
    void (*read)(struct facts *f, const char *value);
    enum bylaw__way way;
};

#define NO_WAY BYLAW__WAY_COUNT

static const struct property_row properties[] = {
    {"-webkit-animation", read_motion, NO_WAY},
    {"-webkit-background-clip", read_ground_clip, NO_WAY},
    {"-webkit-text-fill-color", read_letter_paint, NO_WAY},
    {"-webkit-text-stroke", read_letter_paint, NO_WAY},
    {"-webkit-transition", read_motion, NO_WAY},
    {"animation", read_motion, NO_WAY},
    {"animation-name", read_motion, NO_WAY},
    {"background", read_ground, BYLAW__WAY_COLOUR},
    {"background-clip", read_ground_clip, NO_WAY},
    {"background-color", read_ground_colour, BYLAW__WAY_COLOUR},
    {"background-image", read_image, NO_WAY},
    {"bottom", read_offset, BYLAW__WAY_PLACE},
    {"clip", read_clip, BYLAW__WAY_CLIP},
    {"clip-path", read_clip_path, BYLAW__WAY_CLIP},
    {"color", read_colour, BYLAW__WAY_COLOUR},
    {"display", read_display, BYLAW__WAY_DISPLAY},
    {"font-size", read_font_size, BYLAW__WAY_FONT},
    {"height", read_size, BYLAW__WAY_SIZE},
    {"left", read_offset, BYLAW__WAY_PLACE},
    {"max-height", read_size, BYLAW__WAY_SIZE},
    {"max-width", read_size, BYLAW__WAY_SIZE},
    {"opacity", read_opacity, BYLAW__WAY_OPACITY},
    {"overflow", read_overflow, BYLAW__WAY_SIZE},
    {"position", read_position, BYLAW__WAY_PLACE},
    {"right", read_offset, BYLAW__WAY_PLACE},
    {"text-indent", read_indent, BYLAW__WAY_INDENT},
    {"text-shadow", read_letter_paint, NO_WAY},
    {"top", read_offset, BYLAW__WAY_PLACE},
    {"transform", read_transform, BYLAW__WAY_TRANSFORM},
    {"transition", read_motion, NO_WAY},
    {"transition-property", read_motion, NO_WAY},
    {"visibility", read_visibility, BYLAW__WAY_VISIBILITY},
    {"width", read_size, BYLAW__WAY_SIZE},
};

static int compare_property(const void *name, const void *row)
{
    return strcmp(name, ((const struct property_row *)row)->name);
}

/* Lower case, trimmed, comments gone, white space folded; false where it does
 * not fit: no value that hides is that long. */
static bool tidy(char *out, size_t room, struct bylaw_span s)
{
    size_t len = 0;

    for (size_t i = 0; i < s.len; i++) {
        char c = bylaw__lower(s.ptr[i]);

        if (c == '/' && i + 1 < s.len && s.ptr[i + 1] == '*') {
            struct bylaw_span rest = bylaw__span_sub(s, i + 2, s.len);
            size_t end = bylaw__span_find(rest, BYLAW__SPAN("*/"));

            i = end == SIZE_MAX ? s.len : i + 3 + end;
            continue;
        }
        if (bylaw__is_space((unsigned char)c))
            c = ' ';
        if (c == ' ' && (!len || out[len - 1] == ' '))
            continue;
        if (len + 1 >= room || !c)
            return false;
        out[len++] = c;
    }
    while (len && out[len - 1] == ' ')
        len--;
    out[len] = '\0';
    return len > 0;
}

/* Cuts a trailing "!important" off. */
static bool cut_important(char *value)
{
    char *mark = strrchr(value, '!');

    if (!mark || !strstr(mark, "important"))
        return false;
    while (mark > value && mark[-1] == ' ')
        mark--;
    *mark = '\0';
    return true;
}

static void read_declaration(struct facts *f, struct bylaw_span declaration)
{
    size_t colon = bylaw__span_find(declaration, BYLAW__SPAN(":"));
    char name[NAME_BYTES], value[VALUE_BYTES];
    const struct property_row *row;
    bool is_important;

    if (colon == SIZE_MAX ||
        !tidy(name, sizeof(name), bylaw__span_sub(declaration, 0, colon)))
        return;
    row = bsearch(name, properties, sizeof(properties) / sizeof(properties[0]),
                  sizeof(properties[0]), compare_property);
    if (!row)
        return;
    if (!tidy(value, sizeof(value),
              bylaw__span_sub(declaration, colon + 1, declaration.len))) {
        /* Too long to keep; a list of motions is one all the same, and such
         * a background is made of images. */
        f->style->moves |= row->read == read_motion;
        f->has_image |= row->read == read_image || row->read == read_ground;
        f->paints |= row->read == read_letter_paint;
        return;
    }
    is_important = cut_important(value);
    row->read(f, value);
    if (is_important)
        f->important |= BIT(row->way);
}

uint64_t bylaw__colour_of(struct bylaw_span colour)
{
    static const char *const same[][2] = {
        {"white", "#ffffff"},
        {"#fff", "#ffffff"},
        {"rgb(255,255,255)", "#ffffff"},
        {"rgb(255, 255, 255)", "#ffffff"},
        {"black", "#000000"},
        {"#000", "#000000"},
        {"rgb(0,0,0)", "#000000"},
        {"rgb(0, 0, 0)", "#000000"},
    };
    char value[VALUE_BYTES];

    if (!tidy(value, sizeof(value), colour))
        return 0;
    for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
        if (!strcmp(value, same[i][0]))
            return bylaw__hash64(bylaw__span_of(same[i][1]));
    return bylaw__hash64(bylaw__span_of(value));
}

static void weigh_colours(struct facts *f)
{
    struct bylaw__style *style = f->style;

    if (f->ground[0] || f->has_image)
        style->ground = f->is_covered || f->has_image
                            ? BYLAW__GROUND_UNKNOWN
                            : bylaw__colour_of(bylaw__span_of(f->ground));
    style->paints = f->paints;
    if (!f->colour[0])
        return;
    style->colour = bylaw__colour_of(bylaw__span_of(f->colour));
    set(f, BYLAW__WAY_COLOUR,
        !f->paints && (!strcmp(f->colour, "transparent") ||
                       style->colour == style->ground));
}

/* Declarations that only hide together. */
static void weigh(struct facts *f)
{
    if (f->is_placed && f->is_far)
        set(f, BYLAW__WAY_PLACE, true);
    else if (f->is_unplaced || (f->is_near && !f->is_far))
        set(f, BYLAW__WAY_PLACE, false);
    if (f->has_no_room && f->cuts_overflow)
        set(f, BYLAW__WAY_SIZE, true);
    else if (f->has_room && !f->has_no_room)
        set(f, BYLAW__WAY_SIZE, false);
    if (f->is_clipped && f->is_placed)
        set(f, BYLAW__WAY_CLIP, true);
    else if (f->is_unclipped)
        set(f, BYLAW__WAY_CLIP, false);
    weigh_colours(f);
}

void bylaw__style_read(struct bylaw__style *out, struct bylaw_span text)
{
    struct facts f = {.style = out};
    size_t begin = 0, i;
    unsigned parens = 0, braces = 0;

    memset(out, 0, sizeof(*out));
    for (i = 0; i < text.len; i++) {
        if (text.ptr[i] == '(')
            parens++;
        else if (text.ptr[i] == ')' && parens)
            parens--;
        /* Rules inside of this one are not its declarations. */
        if (text.ptr[i] == '{')
            braces++;
        else if (text.ptr[i] == '}' && braces && --braces == 0)
            begin = i + 1;
        if (text.ptr[i] != ';' || parens || braces)
            continue;
        read_declaration(&f, bylaw__span_sub(text, begin, i));
        begin = i + 1;
    }
    read_declaration(&f, bylaw__span_sub(text, begin, text.len));
    weigh(&f);
    out->important =
        f.important & (out->hides | out->shows | BIT(BYLAW__WAY_COLOUR));
}
