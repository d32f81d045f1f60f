/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Drafts from templates. A template is lines "key: value" ("subject", and
 * "duty ID" for what a duty is called in its language), an empty line, and the
 * text. In the text {{name}} stands for a fact, {{#name}} ... {{/name}} for
 * what is said where there is one (of "duties": once each), {{^name}} ...
 * {{/name}} for what is said where there is none. A name that is no fact is a
 * mistake: it would leave a hole in a letter.
 */
#include "notice_int.h"

#include <stdio.h>

#define NESTING_MAX 8u

/* ----------------------------------------------------------- the head --- */

static size_t line_end(struct bylaw_span text, size_t at)
{
    while (at < text.len && text.ptr[at] != '\n')
        at++;
    return at;
}

/* Value of a "key: value" line before the first empty one; empty: none. */
static struct bylaw_span head_value(struct bylaw_span template, const char *key)
{
    for (size_t at = 0, end; at < template.len; at = end + 1) {
        struct bylaw_span line;
        size_t colon;

        end = line_end(template, at);
        line = bylaw__span_trim(bylaw__span_sub(template, at, end));
        if (!line.len)
            break;
        colon = bylaw__span_find(line, BYLAW__SPAN(":"));
        if (colon != SIZE_MAX &&
            bylaw__span_is(bylaw__span_trim(bylaw__span_sub(line, 0, colon)),
                           key))
            return bylaw__span_trim(bylaw__span_sub(line, colon + 1, line.len));
    }
    return (struct bylaw_span){0};
}

static size_t body_begin(struct bylaw_span template)
{
    size_t at = 0;

    while (at < template.len) {
        size_t end = line_end(template, at);
        bool is_empty =
            !bylaw__span_trim(bylaw__span_sub(template, at, end)).len;

        at = end < template.len ? end + 1 : end;
        if (is_empty)
            break;
    }
    return at;
}

/* ------------------------------------------------------------ filling --- */

struct filling {
    struct bylaw__buf *out;
    const struct notice_facts *facts;
    const struct notice_duty *duty; /* inside {{#duties}} */
    struct bylaw_span template;     /* whole, for line numbers */
    const char *path;
    unsigned depth;
    struct bylaw_error *err;
};

static int fail_at(const struct filling *f, struct bylaw_span at,
                   const char *what)
{
    char where[512];
    unsigned line = 1;

    for (const char *p = f->template.ptr; p < at.ptr; p++)
        line += *p == '\n';
    snprintf(where, sizeof(where), "%s:%u", f->path, line);
    return bylaw__fail(f->err, BYLAW_ECONFIG, "notice.template", where,
                       "%s \"%.*s\"", what, (int)(at.len < 40 ? at.len : 40),
                       at.ptr);
}

static bool find_fact(struct bylaw_span *out, const struct filling *f,
                      struct bylaw_span name)
{
    const struct notice_fact *facts =
        f->duty ? f->duty->facts : f->facts->items;
    size_t count = f->duty ? NOTICE_DUTY_FACTS : f->facts->count;

    for (size_t i = 0; i < count; i++)
        if (bylaw__span_is(name, facts[i].name)) {
            *out = facts[i].value;
            return true;
        }
    if (f->duty) {
        struct filling outer = *f;

        outer.duty = NULL;
        return find_fact(out, &outer, name);
    }
    return false;
}

static int fill(struct filling *f, struct bylaw_span text);

/* Begin of the "{{/name}}" that closes a section; SIZE_MAX: none. */
static size_t find_close(struct bylaw_span text, struct bylaw_span name)
{
    size_t depth = 0;

    for (size_t at = 0; at + 3 < text.len; at++) {
        struct bylaw_span tag = bylaw__span_sub(text, at, text.len);
        bool is_open =
            bylaw__span_starts(tag, "{{#") || bylaw__span_starts(tag, "{{^");

        if (!is_open && !bylaw__span_starts(tag, "{{/"))
            continue;
        tag = bylaw__span_sub(tag, 3, tag.len);
        if (tag.len < name.len + 2 || memcmp(tag.ptr, name.ptr, name.len) ||
            tag.ptr[name.len] != '}')
            continue;
        if (is_open)
            depth++;
        else if (!depth--)
            return at;
    }
    return SIZE_MAX;
}

static int fill_each(struct filling *f, struct bylaw_span inside)
{
    int rc = 0;

    for (size_t i = 0; !rc && i < f->facts->duty_count; i++) {
        f->duty = &f->facts->duties[i];
        rc = fill(f, inside);
    }
    f->duty = NULL;
    return rc;
}

static int fill_section(struct filling *f, struct bylaw_span name, char mark,
                        struct bylaw_span inside)
{
    struct bylaw_span value = {0};
    bool is_duties = bylaw__span_is(name, "duties") && !f->duty;
    bool is_there;
    int rc = 0;

    if (!is_duties && !find_fact(&value, f, name))
        return fail_at(f, name, "there is no fact called");
    is_there = is_duties ? f->facts->duty_count > 0 : value.len > 0;
    if (++f->depth > NESTING_MAX)
        return fail_at(f, name, "sections are nested too deeply at");
    if (mark == '#' && is_duties)
        rc = fill_each(f, inside);
    else if (is_there == (mark == '#'))
        rc = fill(f, inside);
    f->depth--;
    return rc;
}

static int fill_fact(struct filling *f, struct bylaw_span name)
{
    struct bylaw_span value;

    if (!find_fact(&value, f, name))
        return fail_at(f, name, "there is no fact called");
    bylaw__buf_add_span(f->out, value);
    return 0;
}

/* A tag alone on its line takes the line's end with it. */
static size_t skip_line_end(struct bylaw_span text, size_t open, size_t close)
{
    bool begins = !open || text.ptr[open - 1] == '\n';

    return begins && close < text.len && text.ptr[close] == '\n' ? close + 1
                                                                 : close;
}

/* One tag at open; *next: where the text goes on after it. */
static int fill_tag(struct filling *f, struct bylaw_span text, size_t open,
                    size_t *next)
{
    struct bylaw_span rest = bylaw__span_sub(text, open + 2, text.len);
    size_t end = bylaw__span_find(rest, BYLAW__SPAN("}}"));
    struct bylaw_span name, inside;
    size_t begin, close, after;

    if (end == SIZE_MAX)
        return fail_at(f, rest, "a tag is not closed at");
    name = bylaw__span_trim(bylaw__span_sub(rest, 0, end));
    after = open + 2 + end + 2;
    *next = after;
    if (!name.len || (*name.ptr != '#' && *name.ptr != '^'))
        return fill_fact(f, name);
    begin = skip_line_end(text, open, after);
    inside = bylaw__span_sub(text, begin, text.len);
    close = find_close(inside, bylaw__span_sub(name, 1, name.len));
    if (close == SIZE_MAX)
        return fail_at(f, name, "a section is not closed:");
    after = begin + close + 3 + (name.len - 1) + 2;
    *next = skip_line_end(text, begin + close, after);
    return fill_section(f, bylaw__span_sub(name, 1, name.len), *name.ptr,
                        bylaw__span_sub(inside, 0, close));
}

static int fill(struct filling *f, struct bylaw_span text)
{
    size_t at = 0;
    int rc = 0;

    while (!rc && at < text.len) {
        struct bylaw_span rest = bylaw__span_sub(text, at, text.len);
        size_t open = bylaw__span_find(rest, BYLAW__SPAN("{{"));

        if (open == SIZE_MAX)
            open = rest.len;
        bylaw__buf_add_span(f->out, bylaw__span_sub(rest, 0, open));
        at += open;
        if (at < text.len)
            rc = fill_tag(f, text, at, &at);
    }
    return rc;
}

/* ------------------------------------------------------------ together --- */

struct bylaw_span bylaw__notice_label(struct bylaw_span template,
                                      const char *duty)
{
    char key[96];

    snprintf(key, sizeof(key), "duty %s", duty);
    return head_value(template, key);
}

int bylaw__notice_fill(struct bylaw__notice *out, struct bylaw_span template,
                       const char *path, const struct notice_facts *facts,
                       struct bylaw_error *err)
{
    struct filling f = {.out = &out->subject,
                        .facts = facts,
                        .template = template,
                        .path = path,
                        .err = err};
    int rc = fill(&f, head_value(template, "subject"));

    f.out = &out->body;
    if (!rc)
        rc = fill(&f, bylaw__span_sub(template, body_begin(template),
                                      template.len));
    if (!rc && (out->subject.failed || out->body.failed))
        rc = bylaw__fail_memory(err, path);
    return rc;
}
