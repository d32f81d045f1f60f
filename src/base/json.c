/* SPDX-License-Identifier: Apache-2.0 */
/* A JSON writer: valid UTF-8 and valid structure whatever it is given. */
#include "base.h"

#include <math.h>

enum { EMPTY = 0, HAS_MEMBERS = 1, AFTER_KEY = 2 };

void bylaw__json_init(struct bylaw__json *json, struct bylaw__buf *out,
                      bool pretty)
{
    memset(json, 0, sizeof(*json));
    json->out = out;
    json->pretty = pretty;
}

static void newline(struct bylaw__json *json)
{
    if (!json->pretty)
        return;
    bylaw__buf_add_char(json->out, '\n');
    for (unsigned i = 0; i < json->depth; i++)
        bylaw__buf_add_text(json->out, "  ");
}

/* What stands before a value: nothing after a key, else a comma if needed. */
static void lead(struct bylaw__json *json)
{
    unsigned char *state = &json->state[json->depth];

    if (*state == AFTER_KEY) {
        *state = HAS_MEMBERS;
        return;
    }
    if (*state == HAS_MEMBERS)
        bylaw__buf_add_char(json->out, ',');
    if (json->depth)
        newline(json);
    *state = HAS_MEMBERS;
}

static void open_level(struct bylaw__json *json, char bracket)
{
    lead(json);
    bylaw__buf_add_char(json->out, bracket);
    if (json->depth + 1 >= sizeof(json->state)) {
        json->out->failed = true;
        return;
    }
    json->depth++;
    json->state[json->depth] = EMPTY;
}

static void close_level(struct bylaw__json *json, char bracket)
{
    bool had_members = json->state[json->depth] != EMPTY;

    if (!json->depth) {
        json->out->failed = true;
        return;
    }
    json->depth--;
    if (had_members)
        newline(json);
    bylaw__buf_add_char(json->out, bracket);
}

void bylaw__json_object(struct bylaw__json *json)
{
    open_level(json, '{');
}

void bylaw__json_object_end(struct bylaw__json *json)
{
    close_level(json, '}');
}

void bylaw__json_array(struct bylaw__json *json)
{
    open_level(json, '[');
}

void bylaw__json_array_end(struct bylaw__json *json)
{
    close_level(json, ']');
}

/* U+007F..9F, the line separators and the marks that turn the direction of
 * text are legal JSON but hostile to terminals and to scripts that embed the
 * result, so they are escaped too. */
static bool needs_escape(uint32_t cp)
{
    return cp < 0x20 || cp == '"' || cp == '\\' || (cp >= 0x7f && cp < 0xa0) ||
           cp == 0x61c || cp == 0x200e || cp == 0x200f ||
           (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069);
}

static void add_escape(struct bylaw__buf *out, uint32_t cp)
{
    switch (cp) {
    case '"':
        bylaw__buf_add_text(out, "\\\"");
        break;
    case '\\':
        bylaw__buf_add_text(out, "\\\\");
        break;
    case '\n':
        bylaw__buf_add_text(out, "\\n");
        break;
    case '\t':
        bylaw__buf_add_text(out, "\\t");
        break;
    default:
        bylaw__buf_printf(out, "\\u%04x", (unsigned)cp);
    }
}

#define EACH_BYTE(value) (0x0101010101010101u * (uint64_t)(value))

/* The high bit of each byte that is zero, and of some behind one. */
static uint64_t zeros(uint64_t word)
{
    return (word - EACH_BYTE(1)) & ~word & EACH_BYTE(0x80);
}

/* Where the plain ASCII that begins at pos ends, or somewhat before: eight
 * bytes at a time, for most text is nothing else. */
static size_t skip_plain(struct bylaw_span value, size_t pos)
{
    while (pos + sizeof(uint64_t) <= value.len) {
        uint64_t word;

        memcpy(&word, value.ptr + pos, sizeof(word));
        if (((word - EACH_BYTE(0x20)) & ~word & EACH_BYTE(0x80)) |
            (word & EACH_BYTE(0x80)) | zeros(word ^ EACH_BYTE('"')) |
            zeros(word ^ EACH_BYTE('\\')) | zeros(word ^ EACH_BYTE(0x7f)))
            break;
        pos += sizeof(word);
    }
    return pos;
}

static void add_string(struct bylaw__buf *out, struct bylaw_span value)
{
    size_t pos = 0, plain = 0;

    bylaw__buf_add_char(out, '"');
    while ((pos = skip_plain(value, pos)) < value.len) {
        size_t begin = pos;
        uint32_t cp = bylaw__utf8_next(value, &pos);
        bool bad = cp == 0xfffd && pos - begin == 1;

        if (!bad && !needs_escape(cp))
            continue;
        bylaw__buf_add_span(out, bylaw__span_sub(value, plain, begin));
        if (bad)
            bylaw__buf_add_utf8(out, 0xfffd);
        else
            add_escape(out, cp);
        plain = pos;
    }
    bylaw__buf_add_span(out, bylaw__span_sub(value, plain, value.len));
    bylaw__buf_add_char(out, '"');
}

void bylaw__json_key(struct bylaw__json *json, const char *key)
{
    lead(json);
    add_string(json->out, bylaw__span_of(key));
    bylaw__buf_add_text(json->out, json->pretty ? ": " : ":");
    json->state[json->depth] = AFTER_KEY;
}

void bylaw__json_span(struct bylaw__json *json, struct bylaw_span value)
{
    lead(json);
    add_string(json->out, value);
}

void bylaw__json_text(struct bylaw__json *json, const char *value)
{
    if (!value) {
        bylaw__json_null(json);
        return;
    }
    bylaw__json_span(json, bylaw__span_of(value));
}

void bylaw__json_int(struct bylaw__json *json, int64_t value)
{
    lead(json);
    bylaw__buf_printf(json->out, "%lld", (long long)value);
}

void bylaw__json_real(struct bylaw__json *json, double value, int decimals)
{
    size_t begin;

    lead(json);
    begin = json->out->len;
    if (!isfinite(value)) {
        bylaw__buf_add_text(json->out, "null");
        return;
    }
    bylaw__buf_printf(json->out, "%.*f", decimals, value);
    /* The C library writes the locale's decimal mark, JSON knows but one. */
    for (size_t i = begin; i < json->out->len; i++)
        if (!bylaw__is_digit(json->out->ptr[i]) && json->out->ptr[i] != '-')
            json->out->ptr[i] = '.';
}

void bylaw__json_bool(struct bylaw__json *json, bool value)
{
    lead(json);
    bylaw__buf_add_text(json->out, value ? "true" : "false");
}

void bylaw__json_null(struct bylaw__json *json)
{
    lead(json);
    bylaw__buf_add_text(json->out, "null");
}

void bylaw__json_raw(struct bylaw__json *json, struct bylaw_span value)
{
    lead(json);
    bylaw__buf_add_span(json->out, value);
}

void bylaw__json_add_text(struct bylaw__json *json, const char *key,
                          const char *value)
{
    bylaw__json_key(json, key);
    bylaw__json_text(json, value);
}

void bylaw__json_add_number(struct bylaw__json *json, const char *key,
                            int64_t value)
{
    bylaw__json_key(json, key);
    bylaw__json_int(json, value);
}

void bylaw__json_add_count(struct bylaw__json *json, const char *key,
                           uint64_t value)
{
    bylaw__json_key(json, key);
    bylaw__json_int(json, (int64_t)value);
}
