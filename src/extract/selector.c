/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Selectors: reading one, and holding it against an element.
 *
 * What cannot be told from the page's bytes (whether a box is ticked, what a
 * pointer is over, which attributes scripts set) makes a selector loose: it
 * may hold, and so may show something, but hides nothing for certain.
 */
#include "style_int.h"

#define ID_WEIGHT    (1u << 16)
#define CLASS_WEIGHT (1u << 8)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
/* Elements before one that are looked at for "a ~ b". */
#define SIBLINGS_MAX 64u

/* ------------------------------------------------------------- reading --- */

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

/* Past the bracket that closes the one at *pos, or to the end. */
static struct bylaw_span read_group(struct bylaw_span s, size_t *pos)
{
    char open = s.ptr[*pos], close = open == '(' ? ')' : ']';
    size_t begin = *pos, depth = 0;

    for (; *pos < s.len; ++*pos) {
        depth += s.ptr[*pos] == open;
        if (s.ptr[*pos] == close && --depth == 0) {
            ++*pos;
            break;
        }
    }
    return bylaw__span_sub(s, begin, *pos);
}

/* States that last as long as a pointer or the keyboard stays there. */
static bool is_passing(struct bylaw_span state)
{
    static const char *const names[] = {"hover", "active", "focus",
                                        "focus-visible"};

    for (size_t i = 0; i < COUNT(names); i++)
        if (bylaw__span_is_nocase(state, names[i]))
            return true;
    return false;
}

/* ":hover", ":not(.a)"; false for "::before", which means no element. */
static bool read_state(struct bylaw__css_rule *rule, struct bylaw_span s,
                       size_t *pos)
{
    struct bylaw_span name, inside = {0};

    ++*pos;
    name = read_name(s, pos);
    if (!name.len || bylaw__span_is_nocase(name, "before") ||
        bylaw__span_is_nocase(name, "after"))
        return false;
    if (*pos < s.len && s.ptr[*pos] == '(')
        inside = read_group(s, pos);
    rule->is_loose = true;
    rule->is_passing |= is_passing(name);
    rule->specificity += inside.len && memchr(inside.ptr, '#', inside.len)
                             ? ID_WEIGHT
                             : CLASS_WEIGHT;
    return true;
}

static bool read_simple(struct bylaw__css_rule *rule,
                        struct bylaw__compound *part, struct bylaw_span s,
                        size_t *pos)
{
    char mark = s.ptr[*pos];
    struct bylaw_span name;

    if (mark == ':')
        return read_state(rule, s, pos);
    if (mark == '[') {
        read_group(s, pos);
        rule->is_loose = true;
        rule->specificity += CLASS_WEIGHT;
        return true;
    }
    if (mark == '*' || mark == '.' || mark == '#')
        ++*pos;
    if (mark == '*')
        return true;
    name = read_name(s, pos);
    if (!name.len)
        return false;
    rule->specificity += mark == '#'   ? ID_WEIGHT
                         : mark == '.' ? CLASS_WEIGHT
                                       : 1;
    if (mark == '#')
        part->id = name;
    else if (mark != '.')
        part->tag = name;
    else if (part->class_count < BYLAW__SELECTOR_CLASSES)
        part->classes[part->class_count++] = name;
    else
        rule->is_loose = true; /* it asks for more than is held against it */
    return true;
}

/* The first compound is dropped where there is no room for all of them. */
static struct bylaw__compound *next_part(struct bylaw__css_rule *rule)
{
    if (rule->part_count == BYLAW__SELECTOR_PARTS) {
        memmove(rule->parts, rule->parts + 1,
                (BYLAW__SELECTOR_PARTS - 1) * sizeof(rule->parts[0]));
        rule->part_count--;
        rule->is_loose = true;
    }
    memset(&rule->parts[rule->part_count], 0, sizeof(rule->parts[0]));
    return &rule->parts[rule->part_count++];
}

static bool is_joint(char c)
{
    return bylaw__is_space((unsigned char)c) || c == '>' || c == '+' ||
           c == '~';
}

bool bylaw__selector_read(struct bylaw__css_rule *rule, struct bylaw_span s)
{
    size_t pos = 0;

    while (pos < s.len) {
        struct bylaw__compound *part = next_part(rule);

        while (pos < s.len && !is_joint(s.ptr[pos]))
            if (!read_simple(rule, part, s, &pos))
                return false;
        for (; pos < s.len && is_joint(s.ptr[pos]); pos++) {
            if (s.ptr[pos] == '>')
                part->joint = BYLAW__JOINT_PARENT;
            else if (s.ptr[pos] == '+' || s.ptr[pos] == '~')
                part->joint = BYLAW__JOINT_SIBLING;
        }
    }
    return rule->part_count > 0;
}

/* ------------------------------------------------------------ matching --- */

/* Class names are compared as written; HTML folds their case only in quirks
 * mode, which is left aside. */
bool bylaw__has_class(struct bylaw_span list, struct bylaw_span name)
{
    size_t from = 0;

    while (name.len && from + name.len <= list.len) {
        const char *found =
            memmem(list.ptr + from, list.len - from, name.ptr, name.len);
        size_t begin, end;

        if (!found)
            return false;
        begin = (size_t)(found - list.ptr);
        end = begin + name.len;
        if ((!begin || bylaw__is_space((unsigned char)list.ptr[begin - 1])) &&
            (end == list.len || bylaw__is_space((unsigned char)list.ptr[end])))
            return true;
        from = begin + 1;
    }
    return false;
}

bool bylaw__is_state_class(struct bylaw_span name)
{
    static const char *const states[] = {
        "active",   "animated", "checked", "current",  "expanded", "in",
        "js",       "loaded",   "on",      "open",     "opened",   "ready",
        "revealed", "scrolled", "select",  "selected", "show",     "showing",
        "shown",    "toggled",  "unfold",  "unfolded", "visible"};
    static const char *const ends[] = {"-active",   "-open",  "-opened",
                                       "-expanded", "-show",  "-shown",
                                       "-visible",  "-ready", "-loaded"};

    if (bylaw__span_starts_nocase(name, "is-") ||
        bylaw__span_starts_nocase(name, "has-") ||
        bylaw__span_starts_nocase(name, "js-"))
        return true;
    for (size_t i = 0; i < COUNT(states); i++)
        if (bylaw__span_is_nocase(name, states[i]))
            return true;
    for (size_t i = 0; i < COUNT(ends); i++)
        if (name.len > strlen(ends[i]) &&
            bylaw__span_is_nocase(
                bylaw__span_sub(name, name.len - strlen(ends[i]), name.len),
                ends[i]))
            return true;
    return false;
}

static bool has_no_scripts_class(const struct bylaw__compound *part)
{
    static const char *const names[] = {"no-js",   "nojs",       "no_js",
                                        "loading", "is-loading", "preload"};

    for (unsigned i = 0; i < part->class_count; i++)
        for (size_t k = 0; k < COUNT(names); k++)
            if (bylaw__span_is_nocase(part->classes[i], names[k]))
                return true;
    return false;
}

bool bylaw__selector_ends_with_scripts(const struct bylaw__css_rule *rule)
{
    for (unsigned i = 0; i < rule->part_count; i++)
        if (has_no_scripts_class(&rule->parts[i]))
            return true;
    return false;
}

/* Classes that the element has of those that the compound asks for. */
static unsigned count_classes(const struct bylaw__compound *part,
                              const struct bylaw__node *node)
{
    struct bylaw_span list = bylaw__node_value(node, "class");
    unsigned count = 0;

    for (unsigned i = 0; i < part->class_count; i++)
        count += bylaw__has_class(list, part->classes[i]);
    return count;
}

/* How well a compound fits: all of it, or but for classes that may come. */
static enum bylaw__fit fit_part(const struct bylaw__compound *part,
                                const struct bylaw__node *node)
{
    unsigned classes;

    if (node->kind != BYLAW__NODE_ELEMENT ||
        (part->tag.len && !bylaw__span_is_nocase(part->tag, node->name)))
        return BYLAW__FIT_NONE;
    if (part->id.len &&
        !bylaw__span_eq(bylaw__node_value(node, "id"), part->id))
        return BYLAW__FIT_NONE;
    classes = count_classes(part, node);
    if (classes == part->class_count)
        return BYLAW__FIT_ALL;
    return classes || part->id.len ? BYLAW__FIT_MAYBE : BYLAW__FIT_NONE;
}

/* ".js", "body.menu-open": what scripts put on elements far above. */
static bool is_state_alone(const struct bylaw__compound *part)
{
    for (unsigned i = 0; i < part->class_count; i++)
        if (!bylaw__is_state_class(part->classes[i]))
            return false;
    return part->class_count > 0 && !part->id.len;
}

/* An element before node that fits, for "a + b" and "a ~ b". */
static const struct bylaw__node *
sibling_before(const struct bylaw__compound *part,
               const struct bylaw__node *node, enum bylaw__fit *fit,
               uint64_t *steps)
{
    const struct bylaw__node *before = node->prev;

    for (unsigned i = 0; before && i < SIBLINGS_MAX && *steps;
         i++, before = before->prev) {
        --*steps;
        *fit = fit_part(part, before);
        if (*fit != BYLAW__FIT_NONE)
            return before;
    }
    return NULL;
}

/* The nearest ancestor that fits, or only the parent. */
static const struct bylaw__node *
ancestor_above(const struct bylaw__compound *part,
               const struct bylaw__node *node, enum bylaw__fit *fit,
               uint64_t *steps)
{
    const struct bylaw__node *maybe = NULL;

    while ((node = node->parent) != NULL && *steps) {
        enum bylaw__fit found;

        --*steps;
        found = fit_part(part, node);
        if (found == BYLAW__FIT_ALL) {
            *fit = found;
            return node;
        }
        if (found == BYLAW__FIT_MAYBE && !maybe)
            maybe = node;
        if (part->joint == BYLAW__JOINT_PARENT)
            break;
    }
    *fit = maybe ? BYLAW__FIT_MAYBE : BYLAW__FIT_NONE;
    return maybe;
}

/* Greedy: the nearest ancestor that fits is taken, as no more than three
 * compounds are read. */
enum bylaw__fit bylaw__selector_fit(const struct bylaw__css_rule *rule,
                                    const struct bylaw__node *node,
                                    uint64_t *steps)
{
    unsigned part = rule->part_count - 1;
    enum bylaw__fit fit = fit_part(&rule->parts[part], node), one;

    if (rule->is_loose && fit == BYLAW__FIT_ALL)
        fit = BYLAW__FIT_MAYBE;
    while (part > 0 && fit != BYLAW__FIT_NONE) {
        const struct bylaw__compound *next = &rule->parts[--part];
        const struct bylaw__node *found =
            next->joint == BYLAW__JOINT_SIBLING
                ? sibling_before(next, node, &one, steps)
                : ancestor_above(next, node, &one, steps);

        if (!*steps)
            return BYLAW__FIT_NONE;
        if (found)
            node = found;
        else if (!is_state_alone(next))
            return BYLAW__FIT_NONE;
        if (!found || one == BYLAW__FIT_MAYBE)
            fit = BYLAW__FIT_MAYBE;
    }
    return fit;
}
