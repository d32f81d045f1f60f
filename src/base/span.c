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

/* Place of the needle's rarest letter; what is neither letter nor space is
 * taken for rarer than they are in running text. */
static size_t pick_rare(struct bylaw_span needle)
{
    /* Of a to z, in the order of how often they stand in texts. */
    static const unsigned char ranks[] = {3,  20, 12, 11, 1,  15, 17, 9,  5,
                                          24, 22, 10, 14, 6,  4,  16, 25, 8,
                                          7,  2,  13, 21, 18, 23, 19, 26};
    size_t best = 0;
    unsigned best_rank = 0;

    for (size_t i = 0; i < needle.len; i++) {
        char c = bylaw__lower(needle.ptr[i]);
        unsigned rank = c >= 'a' && c <= 'z' ? ranks[c - 'a']
                        : c == ' '           ? 0
                                             : 27;

        if (rank > best_rank) {
            best_rank = rank;
            best = i;
        }
    }
    return best;
}

/* A letter in both cases, and where each stands next; SIZE_MAX: nowhere. */
struct two_cases {
    char cases[2];
    size_t next[2];
};

static size_t next_of_two(struct two_cases *both, struct bylaw_span s,
                          size_t from)
{
    for (int i = 0; i < 2; i++)
        if (both->next[i] < from || from == 0) {
            const char *at = from < s.len ? memchr(s.ptr + from, both->cases[i],
                                                   s.len - from)
                                          : NULL;

            both->next[i] = at ? (size_t)(at - s.ptr) : SIZE_MAX;
        }
    return both->next[0] < both->next[1] ? both->next[0] : both->next[1];
}

/* Goes from one place of the needle's rarest letter to the next. */
size_t bylaw__span_find_nocase(struct bylaw_span s, struct bylaw_span needle)
{
    size_t rare = pick_rare(needle), at;
    struct two_cases both = {0};

    if (!needle.len)
        return 0;
    if (needle.len > s.len)
        return SIZE_MAX;
    both.cases[0] = bylaw__lower(needle.ptr[rare]);
    both.cases[1] = both.cases[0] >= 'a' && both.cases[0] <= 'z'
                        ? (char)(both.cases[0] - 'a' + 'A')
                        : both.cases[0];
    for (size_t from = 0; (at = next_of_two(&both, s, from)) != SIZE_MAX;
         from = at + 1)
        if (at >= rare && at - rare + needle.len <= s.len &&
            bylaw__span_eq_nocase(bylaw__span_sub(s, at - rare,
                                                  at - rare + needle.len),
                                  needle))
            return at - rare;
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
