/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the JSON of a page: strictly first, then as what was meant by it. */
#include "extract_text.h"

#include <stdlib.h>

/*
 * What is mended: comment and CDATA wrappers, raw control characters and bad
 * escapes in strings, comments, missing and superfluous commas, several values
 * in a row, brackets and strings left open, wrong closing brackets, members
 * without a value. One pass, no recursion; the result is strict JSON.
 */

#define LITERAL_BYTES 15 /* digits that every JSON reader takes */

enum place {
    AT_FIRST,     /* a value or key may come, or the end */
    AFTER_MEMBER, /* a complete member was written */
    AFTER_KEY,    /* the key was written, its value not yet */
};

struct level {
    char bracket; /* what closes it */
    enum place place;
};

struct repair {
    struct bylaw_span in;
    size_t pos;
    struct bylaw__buf *out;
    struct level levels[BYLAW_LIMIT_JSON_LD_DEPTH + 1]; /* [0]: the wrapper */
    unsigned depth; /* of the innermost open level; 0: only the wrapper */
    bool is_too_deep;
};

static bool looking_at(const struct repair *r, const char *text)
{
    return bylaw__span_starts(bylaw__span_sub(r->in, r->pos, r->in.len), text);
}

static void skip_past(struct repair *r, const char *end)
{
    struct bylaw_span rest = bylaw__span_sub(r->in, r->pos, r->in.len);
    size_t found = bylaw__span_find(rest, bylaw__span_of(end));

    r->pos = found == SIZE_MAX ? r->in.len : r->pos + found + strlen(end);
}

/* Writes what must stand before a value; true where the value is a key. */
static bool lead_value(struct repair *r)
{
    struct level *level = &r->levels[r->depth];
    bool is_key = level->bracket == '}' && level->place != AFTER_KEY;

    if (level->place == AFTER_MEMBER)
        bylaw__buf_add_char(r->out, ',');
    level->place = is_key ? AFTER_KEY : AFTER_MEMBER;
    return is_key;
}

/* A container or literal cannot be a key: it gets one that nobody reads. */
static void lead_non_string(struct repair *r)
{
    if (!lead_value(r))
        return;
    bylaw__buf_add_text(r->out, "\"\":");
    r->levels[r->depth].place = AFTER_MEMBER;
}

static void open_level(struct repair *r, char bracket)
{
    if (r->depth >= BYLAW_LIMIT_JSON_LD_DEPTH) {
        r->is_too_deep = true;
        return;
    }
    lead_non_string(r);
    bylaw__buf_add_char(r->out, bracket);
    r->depth++;
    r->levels[r->depth].bracket = bracket == '{' ? '}' : ']';
    r->levels[r->depth].place = AT_FIRST;
}

static void close_level(struct repair *r)
{
    if (r->levels[r->depth].place == AFTER_KEY)
        bylaw__buf_add_text(r->out, "null");
    bylaw__buf_add_char(r->out, r->levels[r->depth].bracket);
    r->depth--;
}

/* Closes up to the nearest level that bracket fits; none: it is noise. */
static void close_matching(struct repair *r, char bracket)
{
    unsigned depth = r->depth;

    while (depth && r->levels[depth].bracket != bracket)
        depth--;
    while (depth && r->depth >= depth)
        close_level(r);
}

static int read_hex4(struct bylaw_span s, size_t at)
{
    int value = 0;

    for (size_t i = at; i < at + 4; i++) {
        int digit = i < s.len ? bylaw__hex_value((unsigned char)s.ptr[i]) : -1;

        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* At "\u": copies it if it is whole and not half of a surrogate pair. */
static void copy_unicode_escape(struct repair *r)
{
    int unit = read_hex4(r->in, r->pos + 2);
    size_t len = 6;

    if (unit < 0) {
        r->pos += 2;
        return;
    }
    if (unit >= 0xd800 && unit < 0xdc00 && r->in.len - r->pos >= 12 &&
        r->in.ptr[r->pos + 6] == '\\' && r->in.ptr[r->pos + 7] == 'u') {
        int low = read_hex4(r->in, r->pos + 8);

        len = low >= 0xdc00 && low < 0xe000 ? 12 : 6;
    }
    if (!unit || (unit >= 0xd800 && unit < 0xe000 && len == 6))
        bylaw__buf_add_text(r->out, "\\ufffd");
    else
        bylaw__buf_add(r->out, r->in.ptr + r->pos, len);
    r->pos += len;
}

static void copy_escape(struct repair *r)
{
    char c = r->pos + 1 < r->in.len ? r->in.ptr[r->pos + 1] : '\0';

    if (c == 'u') {
        copy_unicode_escape(r);
        return;
    }
    if (c && strchr("\"\\/bfnrt", c)) {
        bylaw__buf_add(r->out, r->in.ptr + r->pos, 2);
        r->pos += 2;
        return;
    }
    r->pos++; /* a backslash that escapes nothing is dropped */
}

static void copy_character(struct repair *r)
{
    unsigned char c = (unsigned char)r->in.ptr[r->pos];

    if (c == '\\') {
        copy_escape(r);
    } else if (!c) { /* jansson takes no NUL in a key */
        bylaw__buf_add_text(r->out, "\\ufffd");
        r->pos++;
    } else if (c < 0x20) {
        bylaw__buf_printf(r->out, "\\u%04x", c);
        r->pos++;
    } else {
        bylaw__buf_add_utf8(r->out, bylaw__utf8_next(r->in, &r->pos));
    }
}

static void copy_string(struct repair *r)
{
    bool is_key = lead_value(r);

    r->pos++;
    bylaw__buf_add_char(r->out, '"');
    while (r->pos < r->in.len && r->in.ptr[r->pos] != '"')
        copy_character(r);
    r->pos++;
    bylaw__buf_add_text(r->out, is_key ? "\":" : "\"");
}

static bool is_literal_byte(char c)
{
    return bylaw__is_alnum((unsigned char)c) || c == '-' || c == '+' ||
           c == '.' || c == '_' || c == '$';
}

static bool is_plain_number(struct bylaw_span s)
{
    size_t i = s.ptr[0] == '-';

    if (s.len > LITERAL_BYTES || i >= s.len ||
        (s.ptr[i] == '0' && s.len > i + 1))
        return false;
    for (; i < s.len; i++)
        if (!bylaw__is_digit((unsigned char)s.ptr[i]))
            return false;
    return true;
}

/* true, false, null, whole numbers; any other bare word becomes a string. */
static void copy_literal(struct repair *r)
{
    size_t begin = r->pos;
    struct bylaw_span word;

    while (r->pos < r->in.len && is_literal_byte(r->in.ptr[r->pos]))
        r->pos++;
    word = bylaw__span_sub(r->in, begin, r->pos);
    if (bylaw__span_is(word, "true") || bylaw__span_is(word, "false") ||
        bylaw__span_is(word, "null") || is_plain_number(word)) {
        lead_non_string(r);
        bylaw__buf_add_span(r->out, word);
        return;
    }
    bool is_key = lead_value(r);

    bylaw__buf_add_char(r->out, '"');
    bylaw__buf_add_span(r->out, word);
    bylaw__buf_add_text(r->out, is_key ? "\":" : "\"");
}

static bool skip_noise(struct repair *r)
{
    if (looking_at(r, "<![CDATA["))
        r->pos += strlen("<![CDATA[");
    else if (looking_at(r, "/*"))
        skip_past(r, "*/");
    else if (looking_at(r, "//") && !looking_at(r, "//<!"))
        skip_past(r, "\n");
    else
        return false;
    return true;
}

static void copy_token(struct repair *r)
{
    char c = r->in.ptr[r->pos];

    if (c == '{' || c == '[') {
        open_level(r, c);
        r->pos++;
    } else if (c == '}' || c == ']') {
        close_matching(r, c);
        r->pos++;
    } else if (!r->depth) {
        r->pos++; /* outside of any value only brackets mean anything */
    } else if (c == '"') {
        copy_string(r);
    } else if (is_literal_byte(c)) {
        copy_literal(r);
    } else {
        r->pos++;
    }
}

int bylaw__json_ld_repair(struct bylaw__buf *out, struct bylaw_span script,
                          struct bylaw_error *err)
{
    struct repair r = {.in = script, .out = out};

    r.levels[0].bracket = ']';
    bylaw__buf_add_char(out, '[');
    while (r.pos < r.in.len && !r.is_too_deep)
        if (!skip_noise(&r))
            copy_token(&r);
    while (r.depth)
        close_level(&r);
    bylaw__buf_add_char(out, ']');
    if (r.is_too_deep)
        return bylaw__fail(err, BYLAW_ELIMIT, "extract.json-ld-depth", "",
                           "JSON-LD is nested deeper than %u levels",
                           BYLAW_LIMIT_JSON_LD_DEPTH);
    return out->failed ? bylaw__fail_memory(err, "") : 0;
}

/* Before the first error a strict reader sees the same brackets as this. */
static bool is_deeper_than_limit(struct bylaw_span s)
{
    unsigned depth = 0;
    bool in_string = false;

    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (in_string && c == '\\')
            i++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && (c == '{' || c == '['))
            depth++;
        else if (!in_string && (c == '}' || c == ']') && depth)
            depth--;
        if (depth > BYLAW_LIMIT_JSON_LD_DEPTH)
            return true;
    }
    return false;
}

int bylaw__json_ld_load(json_t **out, struct bylaw_span script,
                        struct bylaw_error *err)
{
    struct bylaw__buf buf = {0};
    json_error_t why;
    int rc = 0;

    *out = NULL;
    if (script.len > BYLAW_LIMIT_JSON_LD_BYTES)
        return bylaw__fail(err, BYLAW_ELIMIT, "extract.json-ld-bytes", "",
                           "JSON-LD is larger than %u bytes",
                           BYLAW_LIMIT_JSON_LD_BYTES);
    if (!is_deeper_than_limit(script))
        *out = json_loadb(script.ptr ? script.ptr : "", script.len,
                          JSON_ALLOW_NUL, &why);
    if (*out)
        return 0;
    rc = bylaw__json_ld_repair(&buf, script, err);
    if (!rc && buf.len > 2) /* an empty wrapper holds nothing */
        *out = json_loadb(buf.ptr, buf.len, JSON_ALLOW_NUL, &why);
    if (!rc && !*out)
        rc = bylaw__fail(err, BYLAW_EPARSE, "extract.json-ld-malformed", "",
                         "a JSON-LD script holds no JSON");
    bylaw__buf_release(&buf);
    return rc;
}
