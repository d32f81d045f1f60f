/* SPDX-License-Identifier: Apache-2.0 */
/* Borrowed text: comparing, cutting, searching. ASCII only where it folds. */
#include "base.h"

bool bylaw__is_space(int c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

bool bylaw__is_digit(int c)
{
    return c >= '0' && c <= '9';
}

bool bylaw__is_alpha(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool bylaw__is_alnum(int c)
{
    return bylaw__is_alpha(c) || bylaw__is_digit(c);
}

char bylaw__lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

int bylaw__hex_value(int c)
{
    if (bylaw__is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

struct bylaw_span bylaw__span_of(const char *text)
{
    return (struct bylaw_span){text, text ? strlen(text) : 0};
}

struct bylaw_span bylaw__span_sub(struct bylaw_span s, size_t begin, size_t end)
{
    if (end > s.len)
        end = s.len;
    if (begin > end)
        begin = end;
    return (struct bylaw_span){s.ptr ? s.ptr + begin : NULL, end - begin};
}

struct bylaw_span bylaw__span_trim(struct bylaw_span s)
{
    while (s.len && bylaw__is_space((unsigned char)s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    while (s.len && bylaw__is_space((unsigned char)s.ptr[s.len - 1]))
        s.len--;
    return s;
}

bool bylaw__span_eq(struct bylaw_span a, struct bylaw_span b)
{
    return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

bool bylaw__span_is(struct bylaw_span a, const char *text)
{
    return bylaw__span_eq(a, bylaw__span_of(text));
}

bool bylaw__span_eq_nocase(struct bylaw_span a, struct bylaw_span b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (bylaw__lower(a.ptr[i]) != bylaw__lower(b.ptr[i]))
            return false;
    return true;
}

bool bylaw__span_is_nocase(struct bylaw_span a, const char *text)
{
    return bylaw__span_eq_nocase(a, bylaw__span_of(text));
}

bool bylaw__span_starts(struct bylaw_span s, const char *prefix)
{
    struct bylaw_span p = bylaw__span_of(prefix);

    return s.len >= p.len && bylaw__span_eq(bylaw__span_sub(s, 0, p.len), p);
}

bool bylaw__span_starts_nocase(struct bylaw_span s, const char *prefix)
{
    struct bylaw_span p = bylaw__span_of(prefix);

    return s.len >= p.len &&
           bylaw__span_eq_nocase(bylaw__span_sub(s, 0, p.len), p);
}

bool bylaw__span_ends(struct bylaw_span s, const char *suffix)
{
    struct bylaw_span p = bylaw__span_of(suffix);

    return s.len >= p.len &&
           bylaw__span_eq(bylaw__span_sub(s, s.len - p.len, s.len), p);
}

size_t bylaw__span_find(struct bylaw_span s, struct bylaw_span needle)
{
    const char *hit;

    if (!needle.len)
        return 0;
    if (s.len < needle.len)
        return SIZE_MAX;
    hit = memmem(s.ptr, s.len, needle.ptr, needle.len);
    return hit ? (size_t)(hit - s.ptr) : SIZE_MAX;
}

size_t bylaw__span_find_nocase(struct bylaw_span s, struct bylaw_span needle)
{
    char first = needle.len ? bylaw__lower(needle.ptr[0]) : '\0';

    if (needle.len > s.len)
        return SIZE_MAX;
    for (size_t i = 0; i + needle.len <= s.len; i++)
        if (!needle.len ||
            (bylaw__lower(s.ptr[i]) == first &&
             bylaw__span_eq_nocase(bylaw__span_sub(s, i, i + needle.len),
                                   needle)))
            return i;
    return SIZE_MAX;
}

bool bylaw__span_has_word(struct bylaw_span list, const char *word)
{
    size_t pos = 0;

    while (pos < list.len) {
        size_t begin;

        while (pos < list.len && bylaw__is_space((unsigned char)list.ptr[pos]))
            pos++;
        begin = pos;
        while (pos < list.len && !bylaw__is_space((unsigned char)list.ptr[pos]))
            pos++;
        if (pos > begin &&
            bylaw__span_is_nocase(bylaw__span_sub(list, begin, pos), word))
            return true;
    }
    return false;
}
