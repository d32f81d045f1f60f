/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as text and back: hex and base64 (RFC 4648, section 4). */
#include "base.h"

static const char letters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void bylaw__buf_add_hex(struct bylaw__buf *out, const void *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *from = bytes;
    char *to = bylaw__buf_reserve(out, 2 * len);

    if (!to)
        return;
    for (size_t i = 0; i < len; i++) {
        to[2 * i] = digits[from[i] >> 4];
        to[2 * i + 1] = digits[from[i] & 15];
    }
    out->len += 2 * len;
    out->ptr[out->len] = '\0';
}

bool bylaw__hex_read(void *out, size_t len, struct bylaw_span text)
{
    unsigned char *to = out;

    if (text.len != 2 * len)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        int value = bylaw__hex_value((unsigned char)text.ptr[i]);

        /* One spelling: what is hashed must not have a second one. */
        if (value < 0 || (text.ptr[i] >= 'A' && text.ptr[i] <= 'F'))
            return false;
        to[i / 2] = (unsigned char)(i % 2 ? to[i / 2] | value : value << 4);
    }
    return true;
}

void bylaw__buf_add_base64(struct bylaw__buf *out, struct bylaw_span bytes)
{
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t left = bytes.len - i;
        uint32_t group = 0;

        for (size_t k = 0; k < 3; k++)
            group =
                group << 8 | (k < left ? (unsigned char)bytes.ptr[i + k] : 0u);
        for (size_t k = 0; k < 4; k++)
            bylaw__buf_add_char(out, k <= left
                                         ? letters[group >> (18 - 6 * k) & 63]
                                         : '=');
    }
}

static int letter_value(char c)
{
    const char *at = c ? strchr(letters, c) : NULL;

    return at ? (int)(at - letters) : -1;
}

bool bylaw__buf_decode_base64(struct bylaw__buf *out, struct bylaw_span text)
{
    size_t pad = 0;

    if (text.len % 4)
        return false;
    while (pad < 2 && pad < text.len && text.ptr[text.len - 1 - pad] == '=')
        pad++;
    for (size_t i = 0; i < text.len; i += 4) {
        size_t count = i + 4 == text.len ? 4 - pad : 4;
        uint32_t group = 0;

        for (size_t k = 0; k < 4; k++) {
            int value = k < count ? letter_value(text.ptr[i + k]) : 0;

            if (value < 0)
                return false;
            group = group << 6 | (uint32_t)value;
        }
        /* Bits that no byte holds must be zero: one spelling again. */
        if (count < 4 && group << (8 + 8 * (count - 1)))
            return false;
        for (size_t k = 0; k + 1 < count; k++)
            bylaw__buf_add_char(out, (char)(group >> (16 - 8 * k) & 0xff));
    }
    return !out->failed;
}
