/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns and paths in one spelling, and whether one matches the other. */
#include "robots_int.h"

/* RFC 3986 s2.3. */
static bool is_unreserved(int c)
{
    return bylaw__is_alnum(c) || (c && strchr("-._~", c));
}

/* RFC 3986 s2.2. */
static bool is_reserved(int c)
{
    return c && strchr(":/?#[]@!$&'()*+,;=", c);
}

static void add_escape(struct bylaw__buf *out, unsigned char octet)
{
    static const char digits[] = "0123456789ABCDEF";
    const char text[3] = {'%', digits[octet >> 4], digits[octet & 15]};

    bylaw__buf_add(out, text, sizeof(text));
}

/* The octet that an escape at text.ptr[i] stands for, or -1. */
static int octet_at(struct bylaw_span text, size_t i)
{
    int high, low;

    if (text.ptr[i] != '%' || text.len - i < 3)
        return -1;
    high = bylaw__hex_value((unsigned char)text.ptr[i + 1]);
    low = bylaw__hex_value((unsigned char)text.ptr[i + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

void bylaw__robots_comparable(struct bylaw__buf *out, struct bylaw_span text,
                              bool is_pattern)
{
    for (size_t i = 0; i < text.len; i++) {
        int c = (unsigned char)text.ptr[i], octet = octet_at(text, i);
        bool is_special = c == '*' || c == '$';

        if (octet >= 0) {
            i += 2;
            if (is_unreserved(octet))
                bylaw__buf_add_char(out, (char)octet);
            else
                add_escape(out, (unsigned char)octet);
        } else if (is_special && is_pattern &&
                   (c == '*' || i + 1 == text.len)) {
            bylaw__buf_add_char(out, (char)c);
        } else if (is_unreserved(c) || (is_reserved(c) && !is_special)) {
            bylaw__buf_add_char(out, (char)c);
        } else {
            add_escape(out, (unsigned char)c);
        }
    }
}

/* The pattern's bytes up to the next "*" or its end. */
static struct bylaw_span next_piece(struct bylaw_span pattern, size_t begin)
{
    struct bylaw_span rest = bylaw__span_sub(pattern, begin, pattern.len);

    return bylaw__span_sub(rest, 0, bylaw__span_find(rest, BYLAW__SPAN("*")));
}

/*
 * Each piece between stars is taken where it first fits: later choices would
 * only leave less for the pieces after it, so nothing is ever tried twice.
 */
bool bylaw__robots_matches(struct bylaw_span pattern, struct bylaw_span path)
{
    bool to_end = bylaw__span_ends(pattern, "$");
    struct bylaw_span piece;
    size_t begin, pos;

    if (to_end)
        pattern.len--;
    piece = next_piece(pattern, 0);
    if (!bylaw__span_eq(bylaw__span_sub(path, 0, piece.len), piece))
        return false;
    pos = piece.len;
    begin = piece.len;
    if (begin == pattern.len)
        return !to_end || pos == path.len;
    while (begin < pattern.len) {
        struct bylaw_span rest = bylaw__span_sub(path, pos, path.len);
        size_t at;

        piece = next_piece(pattern, begin + 1);
        begin += 1 + piece.len;
        if (to_end && begin == pattern.len)
            return rest.len >= piece.len &&
                   bylaw__span_eq(bylaw__span_sub(rest, rest.len - piece.len,
                                                  rest.len),
                                  piece);
        at = bylaw__span_find(rest, piece);
        if (at == SIZE_MAX)
            return false;
        pos += at + piece.len;
    }
    return true;
}
