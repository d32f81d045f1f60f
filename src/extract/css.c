/* SPDX-License-Identifier: Apache-2.0 */
/* Style sheets: rules of simple selectors, found by the subject they name. */
#include "style_int.h"

#include <stdlib.h>

#define MOST_RULES     20000u
#define ID_WEIGHT      (1u << 16)
#define CLASS_WEIGHT   (1u << 8)
#define BYTES_PER_STEP 8u /* of a class attribute that is searched */
#define COUNT(array)   (sizeof(array) / sizeof((array)[0]))

/* A sheet being read. */
struct reader {
    struct bylaw_span text;
    size_t pos;
    size_t maybe_end; /* rules before it are of a block with a condition */
};

void bylaw__sheet_release(struct bylaw__sheet *sheet)
{
    free(sheet->rules);
    bylaw__map_release(&sheet->index);
    memset(sheet, 0, sizeof(*sheet));
}

/* ---------------------------------------------------------- selectors --- */

static bool is_name_char(char c)
{
    return bylaw__is_alnum((unsigned char)c) || c == '-' || c == '_' ||
           (unsigned char)c >= 0x80;
}

static struct bylaw_span read_name(struct bylaw_span s, size_t *pos)
{
    size_t begin = *pos;

    while (*pos < s.len && is_name_char(s.ptr[*pos]))
        ++*pos;
    return bylaw__span_sub(s, begin, *pos);
}

static bool read_simple(struct bylaw__compound *part, struct bylaw_span s,
                        size_t *pos)
{
    char mark = s.ptr[*pos];
    struct bylaw_span name;

    if (mark == '*') {
        ++*pos;
        return true;
    }
    if (mark == '.' || mark == '#')
        ++*pos;
    name = read_name(s, pos);
    if (!name.len)
        return false;
    if (mark == '#')
        part->id = name;
    else if (mark != '.')
        part->tag = name;
    else if (part->class_count < BYLAW__SELECTOR_CLASSES)
        part->classes[part->class_count++] = name;
    else
        return false;
    return true;
}

/* A selector of up to three compounds; false for any other kind, which is
 * then left out: a rule not understood neither hides nor shows. */
static bool read_selector(struct bylaw__css_rule *rule, struct bylaw_span s)
{
    size_t pos = 0;

    while (pos < s.len) {
        struct bylaw__compound *part;

        if (rule->part_count == BYLAW__SELECTOR_PARTS)
            return false;
        part = &rule->parts[rule->part_count++];
        while (pos < s.len && !bylaw__is_space((unsigned char)s.ptr[pos]) &&
               s.ptr[pos] != '>')
            if (!read_simple(part, s, &pos))
                return false;
        for (; pos < s.len && (bylaw__is_space((unsigned char)s.ptr[pos]) ||
                               s.ptr[pos] == '>');
             pos++)
            part->is_child |= s.ptr[pos] == '>';
        rule->specificity += (part->id.len ? ID_WEIGHT : 0) +
                             part->class_count * CLASS_WEIGHT +
                             (part->tag.len ? 1 : 0);
    }
    return rule->part_count > 0;
}

/* Key under which a rule is found: the rarest thing its subject names. */
static uint64_t key_of(char kind, struct bylaw_span name)
{
    return bylaw__hash64(name) * 31 + (unsigned char)kind;
}

static uint64_t subject_key(const struct bylaw__css_rule *rule)
{
    const struct bylaw__compound *subject = &rule->parts[rule->part_count - 1];

    if (subject->id.len)
        return key_of('#', subject->id);
    if (subject->class_count)
        return key_of('.', subject->classes[0]);
    if (subject->tag.len)
        return key_of('t', subject->tag);
    return key_of('*', BYLAW__SPAN("*"));
}

static int add_rule(struct bylaw__sheet *sheet, struct bylaw_span selector,
                    const struct bylaw__style *style, bool is_maybe)
{
    struct bylaw__css_rule rule = {.selector = bylaw__span_trim(selector),
                                   .style = *style,
                                   .is_maybe = is_maybe,
                                   .next = UINT32_MAX};
    uint64_t before;

    if (!read_selector(&rule, rule.selector))
        return 0;
    if (sheet->count >= MOST_RULES) {
        sheet->is_cut = true;
        return 0;
    }
    if (bylaw__vec_grow(&sheet->rules, &sheet->cap, sheet->count + 1,
                        sizeof(*sheet->rules)))
        return BYLAW_ENOMEM;
    if (bylaw__map_get(&sheet->index, subject_key(&rule), &before))
        rule.next = (uint32_t)before;
    sheet->rules[sheet->count] = rule;
    return bylaw__map_put(&sheet->index, subject_key(&rule), sheet->count++);
}

static int add_rules(struct bylaw__sheet *sheet, struct bylaw_span selectors,
                     struct bylaw_span declarations, bool is_maybe)
{
    struct bylaw__style style;
    size_t begin = 0;
    int rc = 0;

    bylaw__style_read(&style, declarations);
    if (is_maybe)
        style.hides = 0;
    if (!style.hides && !style.shows && !style.moves)
        return 0;
    for (size_t i = 0; i <= selectors.len && !rc; i++) {
        if (i < selectors.len && selectors.ptr[i] != ',')
            continue;
        rc = add_rule(sheet, bylaw__span_sub(selectors, begin, i), &style,
                      is_maybe);
        begin = i + 1;
    }
    return rc;
}

/* -------------------------------------------------------------- sheets --- */

static bool starts_here(const struct reader *r, const char *what)
{
    return bylaw__span_starts(bylaw__span_sub(r->text, r->pos, r->text.len),
                              what);
}

static void skip_past(struct reader *r, const char *what)
{
    size_t at = bylaw__span_find(bylaw__span_sub(r->text, r->pos, r->text.len),
                                 bylaw__span_of(what));

    r->pos = at == SIZE_MAX ? r->text.len : r->pos + at + strlen(what);
}

/* White space, comments, and the HTML comment marks that sheets may bear. */
static void skip_blank(struct reader *r)
{
    while (r->pos < r->text.len) {
        if (bylaw__is_space((unsigned char)r->text.ptr[r->pos]))
            r->pos++;
        else if (starts_here(r, "/*"))
            skip_past(r, "*/");
        else if (starts_here(r, "<!--"))
            r->pos += 4;
        else if (starts_here(r, "-->"))
            r->pos += 3;
        else
            return;
    }
}

/* Up to one of the marks outside strings and comments, which is not passed. */
static struct bylaw_span read_until(struct reader *r, const char *marks)
{
    size_t begin = r->pos;

    while (r->pos < r->text.len) {
        char c = r->text.ptr[r->pos];

        if (c && strchr(marks, c))
            break;
        if (c == '"' || c == '\'') {
            r->pos++;
            skip_past(r, c == '"' ? "\"" : "'");
        } else if (starts_here(r, "/*")) {
            skip_past(r, "*/");
        } else {
            r->pos++;
        }
    }
    return bylaw__span_sub(r->text, begin, r->pos);
}

/* The inside of "{...}", nested braces included; passes the closing one. */
static struct bylaw_span read_braces(struct reader *r)
{
    size_t begin = ++r->pos, depth = 1;
    struct bylaw_span inside;

    while (r->pos < r->text.len) {
        read_until(r, "{}");
        if (r->pos >= r->text.len)
            break;
        depth += r->text.ptr[r->pos] == '{' ? 1 : (size_t)-1;
        if (!depth)
            break;
        r->pos++;
    }
    inside = bylaw__span_sub(r->text, begin, r->pos);
    if (r->pos < r->text.len)
        r->pos++;
    return inside;
}

/* Media that every reader at a screen has; conditions on size do not count. */
static bool is_screen(struct bylaw_span media)
{
    static const char *const screens[] = {"screen", "all", "only screen", ""};
    size_t begin = 0;

    for (size_t i = 0; i <= media.len; i++) {
        struct bylaw_span one;

        if (i < media.len && media.ptr[i] != ',')
            continue;
        one = bylaw__span_trim(bylaw__span_sub(media, begin, i));
        for (size_t k = 0; k < COUNT(screens); k++)
            if (bylaw__span_is_nocase(one, screens[k]))
                return true;
        begin = i + 1;
    }
    return false;
}

bool bylaw__is_print_only(struct bylaw_span media)
{
    size_t begin = 0;

    for (size_t i = 0; i <= media.len; i++) {
        struct bylaw_span one;

        if (i < media.len && media.ptr[i] != ',')
            continue;
        one = bylaw__span_trim(bylaw__span_sub(media, begin, i));
        if (!bylaw__span_starts_nocase(one, "print") &&
            !bylaw__span_starts_nocase(one, "only print"))
            return false;
        begin = i + 1;
    }
    return true;
}

/* Blocks whose rules hold for some readers. */
static bool is_conditional(struct bylaw_span prelude)
{
    if (bylaw__span_starts_nocase(prelude, "@media"))
        return !bylaw__is_print_only(bylaw__span_sub(prelude, 6, prelude.len));
    return bylaw__span_starts_nocase(prelude, "@supports") ||
           bylaw__span_starts_nocase(prelude, "@container");
}

/* Notes where the block ends. One inside another is not measured again, so
 * that nesting costs no more than its length. */
static void step_into_maybe(struct reader *r)
{
    size_t begin = r->pos;

    if (r->pos >= r->maybe_end) {
        read_braces(r);
        r->maybe_end = r->pos;
    }
    r->pos = begin + 1;
}

/* "@media screen {" is stepped into, its closing brace skipped later on, and
 * so are blocks with a condition; all others are passed as a whole. */
static void read_at_rule(struct reader *r)
{
    struct bylaw_span prelude = read_until(r, ";{");

    if (r->pos >= r->text.len)
        return;
    if (r->text.ptr[r->pos] == ';') {
        r->pos++;
        return;
    }
    if (bylaw__span_starts_nocase(prelude, "@media") &&
        is_screen(bylaw__span_sub(prelude, 6, prelude.len)))
        r->pos++;
    else if (is_conditional(prelude))
        step_into_maybe(r);
    else
        read_braces(r);
}

int bylaw__sheet_read(struct bylaw__sheet *sheet, struct bylaw_span text,
                      bool is_maybe, struct bylaw_error *err)
{
    struct reader r = {text, 0, is_maybe ? text.len : 0};
    int rc = 0;

    while (!rc) {
        struct bylaw_span selectors, inside;
        size_t begin;

        skip_blank(&r);
        if (r.pos >= text.len)
            break;
        if (text.ptr[r.pos] == '}') {
            r.pos++;
            continue;
        }
        if (text.ptr[r.pos] == '@') {
            read_at_rule(&r);
            continue;
        }
        begin = r.pos;
        selectors = read_until(&r, "{}");
        if (r.pos >= text.len || text.ptr[r.pos] == '}')
            continue;
        inside = read_braces(&r);
        rc = add_rules(sheet, selectors, inside, begin < r.maybe_end);
    }
    return rc ? bylaw__fail_memory(err, "extract") : 0;
}

/* ------------------------------------------------------------ matching --- */

/* Class names are compared as written; HTML folds their case only in quirks
 * mode, which is left aside. */
static bool has_class(struct bylaw_span list, struct bylaw_span name)
{
    size_t i = 0;

    while (i < list.len) {
        size_t begin;

        while (i < list.len && bylaw__is_space((unsigned char)list.ptr[i]))
            i++;
        begin = i;
        while (i < list.len && !bylaw__is_space((unsigned char)list.ptr[i]))
            i++;
        if (i > begin && bylaw__span_eq(bylaw__span_sub(list, begin, i), name))
            return true;
    }
    return false;
}

static bool matches_part(const struct bylaw__compound *part,
                         const struct bylaw__node *node)
{
    if (node->kind != BYLAW__NODE_ELEMENT ||
        (part->tag.len && !bylaw__span_is_nocase(part->tag, node->name)))
        return false;
    if (part->id.len &&
        !bylaw__span_eq(bylaw__node_value(node, "id"), part->id))
        return false;
    for (unsigned i = 0; i < part->class_count; i++)
        if (!has_class(bylaw__node_value(node, "class"), part->classes[i]))
            return false;
    return true;
}

/* The subject fits; do the compounds before it, going up? Greedy: the nearest
 * ancestor that fits is taken, as no more than three compounds are read. */
static bool matches_above(const struct bylaw__css_rule *rule,
                          const struct bylaw__node *node, uint64_t *steps)
{
    unsigned part = rule->part_count - 1;

    while (part > 0 && (node = node->parent) != NULL) {
        const struct bylaw__compound *above = &rule->parts[part - 1];

        if (!*steps)
            return false;
        --*steps;
        if (matches_part(above, node))
            part--;
        else if (above->is_child)
            return false;
    }
    return part == 0;
}

/* A finder of rules for one element. */
struct finder {
    const struct bylaw__sheet *sheet;
    const struct bylaw__node *node;
    uint64_t *steps;
    uint64_t cost; /* steps that one look at the element's names takes */
    bylaw__rule_visit *visit;
    void *payload;
};

static void try_key(const struct finder *f, uint64_t key)
{
    uint64_t found;
    uint32_t i;

    if (!bylaw__map_get(&f->sheet->index, key, &found))
        return;
    for (i = (uint32_t)found; i != UINT32_MAX; i = f->sheet->rules[i].next) {
        const struct bylaw__css_rule *rule = &f->sheet->rules[i];

        if (*f->steps < f->cost) {
            *f->steps = 0;
            return;
        }
        *f->steps -= f->cost;
        if (matches_part(&rule->parts[rule->part_count - 1], f->node) &&
            matches_above(rule, f->node, f->steps))
            f->visit(f->payload, f->sheet, i);
    }
}

static void try_classes(const struct finder *f, struct bylaw_span list)
{
    size_t i = 0;

    while (i < list.len && *f->steps) {
        size_t begin;

        while (i < list.len && bylaw__is_space((unsigned char)list.ptr[i]))
            i++;
        begin = i;
        while (i < list.len && !bylaw__is_space((unsigned char)list.ptr[i]))
            i++;
        if (i > begin)
            try_key(f, key_of('.', bylaw__span_sub(list, begin, i)));
    }
}

void bylaw__sheet_match(const struct bylaw__sheet *sheet,
                        const struct bylaw__node *node, uint64_t *steps,
                        bylaw__rule_visit *visit, void *payload)
{
    struct bylaw_span id = bylaw__node_value(node, "id");
    struct bylaw_span classes = bylaw__node_value(node, "class");
    struct finder f = {.sheet = sheet,
                       .node = node,
                       .steps = steps,
                       .cost = 1 + classes.len / BYTES_PER_STEP,
                       .visit = visit,
                       .payload = payload};

    if (!sheet->count)
        return;
    try_key(&f, key_of('*', BYLAW__SPAN("*")));
    try_key(&f, key_of('t', bylaw__span_of(node->name)));
    if (id.len)
        try_key(&f, key_of('#', id));
    try_classes(&f, classes);
}
