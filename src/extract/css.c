/* SPDX-License-Identifier: Apache-2.0 */
/* Style sheets: rules of simple selectors, found by the subject they name. */
#include "style_int.h"

#include <stdlib.h>

#define MOST_RULES     20000u
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

/* Key under which a rule is found: the rarest thing its subject names. */
static uint64_t key_of(char kind, struct bylaw_span name)
{
    return bylaw__hash64(name) * 31 + (unsigned char)kind;
}

/* Of ".open.box" it is "box" that elements have from the start. */
static struct bylaw_span lasting_class(const struct bylaw__compound *subject)
{
    for (unsigned i = 0; i < subject->class_count; i++)
        if (!bylaw__is_state_class(subject->classes[i]))
            return subject->classes[i];
    return subject->classes[0];
}

static uint64_t subject_key(const struct bylaw__css_rule *rule)
{
    const struct bylaw__compound *subject = &rule->parts[rule->part_count - 1];

    if (subject->id.len)
        return key_of('#', subject->id);
    if (subject->class_count)
        return key_of('.', lasting_class(subject));
    if (subject->tag.len)
        return key_of('t', subject->tag);
    return key_of('*', BYLAW__SPAN("*"));
}

/* How the rules of a block are meant. */
struct manner {
    bool is_maybe, is_early;
};

/* Ways that nobody undoes by pointing there: what is not seen is not found. */
#define UNPOINTED                                                              \
    (1u << BYLAW__WAY_COLOUR | 1u << BYLAW__WAY_FONT | 1u << BYLAW__WAY_INDENT)

/* False where nothing is left that the rule could do. */
static bool weaken(struct bylaw__css_rule *rule)
{
    struct bylaw__style *style = &rule->style;

    if (bylaw__selector_ends_with_scripts(rule))
        rule->is_maybe = true;
    if (rule->is_maybe || rule->is_loose)
        style->hides = 0;
    if (rule->is_passing)
        style->shows &= ~UNPOINTED;
    /* "*:checked" and ":target" may mean anything, and so tell nothing. */
    if (rule->is_loose && rule->part_count == 1 && !rule->parts[0].id.len &&
        !rule->parts[0].class_count)
        return false;
    return style->hides || style->shows || style->moves || style->paints ||
           style->ground;
}

static int add_rule(struct bylaw__sheet *sheet, struct bylaw_span selector,
                    const struct bylaw__style *style, struct manner manner)
{
    struct bylaw__css_rule rule = {.selector = bylaw__span_trim(selector),
                                   .style = *style,
                                   .is_maybe = manner.is_maybe,
                                   .is_early = manner.is_early,
                                   .next = UINT32_MAX};
    uint64_t before;

    if (!bylaw__selector_read(&rule, rule.selector) || !weaken(&rule))
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

/* A list of selectors is split at its commas, not at those in brackets. */
static int add_list(struct bylaw__sheet *sheet, struct bylaw_span selectors,
                    const struct bylaw__style *style, struct manner manner)
{
    size_t begin = 0, depth = 0;
    int rc = 0;

    for (size_t i = 0; i <= selectors.len && !rc; i++) {
        char c = i < selectors.len ? selectors.ptr[i] : ',';

        depth += c == '(';
        depth -= c == ')' && depth;
        if (i < selectors.len && (c != ',' || depth))
            continue;
        rc = add_rule(sheet, bylaw__span_sub(selectors, begin, i), style,
                      manner);
        begin = i + 1;
    }
    return rc;
}

/* Rules inside of a rule: "&.is-open {display: block}". What stands before the
 * nested braces may be any state of the element, so what shows it there may. */
static int add_nested(struct bylaw__sheet *sheet, struct bylaw_span selectors,
                      struct bylaw_span declarations, struct manner manner)
{
    struct bylaw__style style;
    struct bylaw_span rest = declarations;
    size_t at;
    int rc = 0;

    manner.is_maybe = true;
    while (!rc && (at = bylaw__span_find(rest, BYLAW__SPAN("{"))) != SIZE_MAX) {
        size_t end;

        rest = bylaw__span_sub(rest, at + 1, rest.len);
        end = bylaw__span_find(rest, BYLAW__SPAN("}"));
        if (end == SIZE_MAX)
            end = rest.len;
        bylaw__style_read(&style, bylaw__span_sub(rest, 0, end));
        rc = add_list(sheet, selectors, &style, manner);
    }
    return rc;
}

static int add_rules(struct bylaw__sheet *sheet, struct bylaw_span selectors,
                     struct bylaw_span declarations, struct manner manner)
{
    struct bylaw__style style;
    int rc;

    bylaw__style_read(&style, declarations);
    rc = add_list(sheet, selectors, &style, manner);
    return rc ? rc : add_nested(sheet, selectors, declarations, manner);
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

/* Blocks whose rules hold for some readers, or give way to others. */
static bool is_conditional(struct bylaw_span prelude)
{
    if (bylaw__span_starts_nocase(prelude, "@media"))
        return !bylaw__is_print_only(bylaw__span_sub(prelude, 6, prelude.len));
    return bylaw__span_starts_nocase(prelude, "@supports") ||
           bylaw__span_starts_nocase(prelude, "@container") ||
           bylaw__span_starts_nocase(prelude, "@layer") ||
           bylaw__span_starts_nocase(prelude, "@scope");
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
                      bool is_maybe, bool is_early, struct bylaw_error *err)
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
        rc = add_rules(sheet, selectors, inside,
                       (struct manner){begin < r.maybe_end, is_early});
    }
    return rc ? bylaw__fail_memory(err, "extract") : 0;
}

/* ------------------------------------------------------------ matching --- */

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
        enum bylaw__fit fit;

        if (*f->steps < f->cost) {
            *f->steps = 0;
            return;
        }
        *f->steps -= f->cost;
        fit = bylaw__selector_fit(rule, f->node, f->steps);
        if (fit != BYLAW__FIT_NONE)
            f->visit(f->payload, f->sheet, i, fit);
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
