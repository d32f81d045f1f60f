/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 in and out, strict: no overlong forms, no surrogates. */
#include "base.h"

#define REPLACEMENT 0xfffdu

static bool is_tail(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

/* Length of the well-formed sequence at p, or 0 where there is none. */
static size_t sequence(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xc2 || p[0] > 0xf4)
        return 0;
    if (p[0] < 0xe0)
        return left >= 2 && is_tail(p[1]) ? 2 : 0;
    if (left < 3 || !is_tail(p[1]) || !is_tail(p[2]))
        return 0;
    if (p[0] < 0xf0) {
        if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f))
            return 0;
        return 3;
    }
    if (left < 4 || !is_tail(p[3]))
        return 0;
    if ((p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
        return 0;
    return 4;
}

uint32_t bylaw__utf8_next(struct bylaw_span s, size_t *pos)
{
    const unsigned char *p = (const unsigned char *)s.ptr + *pos;
    size_t len = sequence(p, s.len - *pos);
    uint32_t code_point;

    if (!len) {
        *pos += 1;
        return REPLACEMENT;
    }
    *pos += len;
    if (len == 1)
        return p[0];
    code_point = p[0] & (0xffu >> (len + 1));
    for (size_t i = 1; i < len; i++)
        code_point = code_point << 6 | (p[i] & 0x3fu);
    return code_point;
}

size_t bylaw__utf8_put(char out[4], uint32_t cp)
{
    if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
        cp = REPLACEMENT;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xc0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3f));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xe0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
        out[2] = (char)(0x80 | (cp & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
    out[3] = (char)(0x80 | (cp & 0x3f));
    return 4;
}

/* Past the ASCII that begins at pos, or somewhat before its end: most text is
 * nothing else. */
static size_t skip_ascii(struct bylaw_span s, size_t pos)
{
    while (pos + 4 * sizeof(uint64_t) <= s.len) {
        uint64_t words[4];

        memcpy(words, s.ptr + pos, sizeof(words));
        if ((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080u)
            break;
        pos += sizeof(words);
    }
    return pos;
}

bool bylaw__utf8_valid(struct bylaw_span s)
{
    size_t pos = 0;

    while ((pos = skip_ascii(s, pos)) < s.len) {
        size_t len = sequence((const unsigned char *)s.ptr + pos, s.len - pos);

        if (!len)
            return false;
        pos += len;
    }
    return true;
}
