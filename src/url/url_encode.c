/* SPDX-License-Identifier: Apache-2.0 */
/* Percent-encoding: the standard's sets, and one spelling for keys. */
#include "url/url_int.h"

/* Which sets an ASCII byte is in; controls and bytes above "~" are in all. */
#define F BYLAW__URL_FRAGMENT
#define Q BYLAW__URL_QUERY
#define P BYLAW__URL_PATH
static const unsigned char sets[0x7f] = {
    [' '] = F | Q | P, ['"'] = F | Q | P, ['<'] = F | Q | P, ['>'] = F | Q | P,
    ['`'] = F | P,     ['#'] = Q | P,     ['\''] = Q,        ['?'] = P,
    ['^'] = P,         ['{'] = P,         ['}'] = P,
};
#undef F
#undef Q
#undef P

/* Bytes that mean something else encoded than bare, so a key keeps both. */
#define KEEP_IN_PATH  "%/\\"
#define KEEP_IN_QUERY "%&+="

static bool is_in_set(unsigned char c, int set)
{
    return c < 0x20 || c > 0x7e || (sets[c] & set);
}

static void add_encoded(struct bylaw__buf *out, unsigned char c)
{
    static const char digits[] = "0123456789ABCDEF";
    const char bytes[3] = {'%', digits[c >> 4], digits[c & 15]};

    bylaw__buf_add(out, bytes, sizeof(bytes));
}

/* The byte that %XX at s[i] stands for, or -1. */
static int encoded_byte(struct bylaw_span s, size_t i)
{
    int high, low;

    if (s.ptr[i] != '%' || s.len - i < 3)
        return -1;
    high = bylaw__hex_value((unsigned char)s.ptr[i + 1]);
    low = bylaw__hex_value((unsigned char)s.ptr[i + 2]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

void bylaw__url_encode(struct bylaw__buf *out, struct bylaw_span s, int set)
{
    size_t plain = 0; /* start of the run that needs no encoding */

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (!is_in_set(c, set))
            continue;
        bylaw__buf_add_span(out, bylaw__span_sub(s, plain, i));
        add_encoded(out, c);
        plain = i + 1;
    }
    bylaw__buf_add_span(out, bylaw__span_sub(s, plain, s.len));
}

void bylaw__url_decode(struct bylaw__buf *out, struct bylaw_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        int byte = encoded_byte(s, i);

        bylaw__buf_add_char(out, byte < 0 ? s.ptr[i] : (char)byte);
        if (byte >= 0)
            i += 2;
    }
}

void bylaw__url_decode_form(struct bylaw__buf *out, struct bylaw_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        int byte = encoded_byte(s, i);

        if (byte >= 0)
            i += 2;
        else
            byte = s.ptr[i] == '+' ? ' ' : s.ptr[i];
        bylaw__buf_add_char(out, (char)byte);
    }
}

void bylaw__url_respell(struct bylaw__buf *out, struct bylaw_span s, int set)
{
    const char *keep = set == BYLAW__URL_PATH ? KEEP_IN_PATH : KEEP_IN_QUERY;

    for (size_t i = 0; i < s.len; i++) {
        int byte = encoded_byte(s, i);

        if (byte >= 0) {
            i += 2;
            if (is_in_set((unsigned char)byte, set) ||
                (byte && strchr(keep, byte)))
                add_encoded(out, (unsigned char)byte);
            else
                bylaw__buf_add_char(out, (char)byte);
        } else if (s.ptr[i] == '%') {
            add_encoded(out, '%');
        } else if (s.ptr[i] == '+' && set == BYLAW__URL_QUERY) {
            add_encoded(out, ' ');
        } else {
            bylaw__buf_add_char(out, s.ptr[i]);
        }
    }
}
