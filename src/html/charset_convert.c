/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes in one encoding to UTF-8, U+FFFD for what cannot be read. */
#include "html_int.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/utf16.h>

#define CHUNK       1024 /* UTF-16 units at a time */
#define REPLACEMENT 0xfffdu
#define EURO_SIGN   0x20acu

/* Private-use block that x-user-defined maps 0x80..0xff to. */
#define USER_BASE 0xf780u

/* What the converter's callback needs to know and to tell. */
struct reading {
    const struct bylaw__charset *charset;
    const struct mend *mends;
    size_t mend_count;
    size_t replaced;
};

/* ISO-8859-16 from 0xa0 on. */
static const uint16_t latin10[96] = {
    0x0a0, 0x104,  0x105, 0x141, 0x20ac, 0x201e, 0x160, 0x0a7, 0x161, 0x0a9,
    0x218, 0x0ab,  0x179, 0x0ad, 0x17a,  0x17b,  0x0b0, 0x0b1, 0x10c, 0x142,
    0x17d, 0x201d, 0x0b6, 0x0b7, 0x17e,  0x10d,  0x219, 0x0bb, 0x152, 0x153,
    0x178, 0x17c,  0x0c0, 0x0c1, 0x0c2,  0x102,  0x0c4, 0x106, 0x0c6, 0x0c7,
    0x0c8, 0x0c9,  0x0ca, 0x0cb, 0x0cc,  0x0cd,  0x0ce, 0x0cf, 0x110, 0x143,
    0x0d2, 0x0d3,  0x0d4, 0x150, 0x0d6,  0x15a,  0x170, 0x0d9, 0x0da, 0x0db,
    0x0dc, 0x118,  0x21a, 0x0df, 0x0e0,  0x0e1,  0x0e2, 0x103, 0x0e4, 0x107,
    0x0e6, 0x0e7,  0x0e8, 0x0e9, 0x0ea,  0x0eb,  0x0ec, 0x0ed, 0x0ee, 0x0ef,
    0x111, 0x144,  0x0f2, 0x0f3, 0x0f4,  0x151,  0x0f6, 0x15b, 0x171, 0x0f9,
    0x0fa, 0x0fb,  0x0fc, 0x119, 0x21b,  0x0ff,
};

/*
 * Bytes of the well-formed UTF-8 sequence at s[pos], or 0; then *out_bad is
 * the length of the maximal subpart, which one U+FFFD replaces (Unicode 15,
 * section 3.9, table 3-8).
 */
static size_t sequence_at(size_t *out_bad, struct bylaw_span s, size_t pos)
{
    const unsigned char *p = (const unsigned char *)s.ptr + pos;
    unsigned char low = 0x80, high = 0xbf;
    size_t need = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;

    *out_bad = 1;
    if ((p[0] >= 0x80 && p[0] < 0xc2) || p[0] > 0xf4)
        return 0;
    if (p[0] == 0xe0)
        low = 0xa0;
    else if (p[0] == 0xf0)
        low = 0x90;
    else if (p[0] == 0xed)
        high = 0x9f;
    else if (p[0] == 0xf4)
        high = 0x8f;
    for (size_t i = 1; i < need; i++) {
        *out_bad = i;
        if (pos + i >= s.len || p[i] < low || p[i] > high)
            return 0;
        low = 0x80;
        high = 0xbf;
    }
    return need;
}

static size_t convert_utf8(struct bylaw__buf *out, struct bylaw_span body)
{
    size_t good = 0, replaced = 0;

    for (size_t pos = 0; pos < body.len;) {
        size_t bad, len = sequence_at(&bad, body, pos);

        if (len) {
            pos += len;
            continue;
        }
        bylaw__buf_add(out, body.ptr + good, pos - good);
        bylaw__buf_add_text(out, BYLAW__REPLACEMENT);
        replaced += bad;
        pos += bad;
        good = pos;
    }
    bylaw__buf_add(out, body.ptr + good, body.len - good);
    return replaced;
}

static uint32_t map_own(enum bylaw__charset_kind kind, unsigned char byte)
{
    if (kind == BYLAW__CHARSET_USER)
        return byte < 0x80 ? byte : USER_BASE + (byte - 0x80u);
    return byte < 0xa0 ? byte : latin10[byte - 0xa0];
}

static void convert_own(struct bylaw__buf *out, struct bylaw_span body,
                        enum bylaw__charset_kind kind)
{
    for (size_t i = 0; i < body.len; i++)
        bylaw__buf_add_utf8(out, map_own(kind, (unsigned char)body.ptr[i]));
}

/* What stands for bytes that ICU cannot map: the standard reads a lone 0x80 as
 * the euro sign in the Chinese encodings. */
static UChar unmapped_unit(const struct bylaw__charset *charset,
                           const char *bytes, int32_t len)
{
    bool is_euro = charset->kind == BYLAW__CHARSET_GB && len == 1 &&
                   (unsigned char)bytes[0] == 0x80;

    return (UChar)(is_euro ? EURO_SIGN : REPLACEMENT);
}

static void on_unmapped(const void *context, UConverterToUnicodeArgs *args,
                        const char *bytes, int32_t len,
                        UConverterCallbackReason reason, UErrorCode *status)
{
    /* ICU keeps the context const; what it points to is not. */
    struct reading *reading = *(struct reading *const *)context;
    UChar unit;

    if (reason > UCNV_IRREGULAR)
        return;
    *status = U_ZERO_ERROR;
    unit = unmapped_unit(reading->charset, bytes, len);
    if (unit == REPLACEMENT)
        reading->replaced += (size_t)len;
    ucnv_cbToUWriteUChars(args, &unit, 1, 0, status);
}

/* Where ICU's tables differ from the standard's; rows of one name together. */
static const struct mend {
    const char *name;
    uint16_t from, to;
} mends[] = {
    {"euc-kr", 0xf8f7, 0xfffd},      {"koi8-u", 0x255d, 0x45e},
    {"koi8-u", 0x256c, 0x40e},       {"windows-1253", 0xaa, 0xfffd},
    {"windows-874", 0xf8c1, 0xfffd}, {"windows-874", 0xf8c2, 0xfffd},
    {"windows-874", 0xf8c3, 0xfffd}, {"windows-874", 0xf8c4, 0xfffd},
    {"windows-874", 0xf8c5, 0xfffd}, {"windows-874", 0xf8c6, 0xfffd},
    {"windows-874", 0xf8c7, 0xfffd}, {"windows-874", 0xf8c8, 0xfffd},
};

#define MEND_COUNT (sizeof(mends) / sizeof(mends[0]))

/* Narrows reading's rows of mends to those of its charset. */
static void find_mends(struct reading *reading)
{
    size_t begin = 0, end;

    while (begin < MEND_COUNT &&
           strcmp(mends[begin].name, reading->charset->name))
        begin++;
    for (end = begin;
         end < MEND_COUNT && !strcmp(mends[end].name, reading->charset->name);)
        end++;
    reading->mends = mends + begin;
    reading->mend_count = end - begin;
}

static uint32_t mend(struct reading *reading, uint32_t code_point)
{
    for (size_t i = 0; i < reading->mend_count; i++)
        if (reading->mends[i].from == code_point) {
            reading->replaced += reading->mends[i].to == REPLACEMENT;
            return reading->mends[i].to;
        }
    return code_point;
}

/* Appends units; *high is a surrogate that waits for its other half. */
static void add_units(struct bylaw__buf *out, const UChar *units, size_t count,
                      UChar *high, struct reading *reading)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t code_point = units[i];

        if (U16_IS_LEAD(units[i])) {
            *high = units[i];
            continue;
        }
        if (*high && U16_IS_TRAIL(units[i]))
            code_point = (uint32_t)U16_GET_SUPPLEMENTARY(*high, units[i]);
        *high = 0;
        bylaw__buf_add_utf8(out, mend(reading, code_point));
    }
}

static void run_converter(struct bylaw__buf *out, UConverter *converter,
                          struct bylaw_span body, struct reading *reading)
{
    const char *from = body.ptr, *end = body.ptr + body.len;
    UErrorCode status;
    UChar high = 0;

    do {
        UChar units[CHUNK], *to = units;

        status = U_ZERO_ERROR;
        ucnv_toUnicode(converter, &to, units + CHUNK, &from, end, NULL, true,
                       &status);
        add_units(out, units, (size_t)(to - units), &high, reading);
    } while (status == U_BUFFER_OVERFLOW_ERROR && !out->failed);
    if (U_FAILURE(status))
        out->failed = true;
}

static size_t convert_icu(struct bylaw__buf *out, struct bylaw_span body,
                          const struct bylaw__charset *charset)
{
    UErrorCode status = U_ZERO_ERROR;
    struct reading reading = {.charset = charset}, *context = &reading;
    UConverter *converter = ucnv_open(charset->icu, &status);

    find_mends(&reading);
    if (U_SUCCESS(status))
        ucnv_setToUCallBack(converter, on_unmapped, &context, NULL, NULL,
                            &status);
    if (U_SUCCESS(status))
        run_converter(out, converter, body, &reading);
    else
        out->failed = true;
    ucnv_close(converter);
    return reading.replaced;
}

size_t bylaw__charset_convert(struct bylaw__buf *out, struct bylaw_span body,
                              const struct bylaw__charset *charset)
{
    switch (charset->kind) {
    case BYLAW__CHARSET_UTF8:
        return convert_utf8(out, body);
    case BYLAW__CHARSET_LATIN10:
    case BYLAW__CHARSET_USER:
        convert_own(out, body, charset->kind);
        return 0;
    case BYLAW__CHARSET_NONE:
        /* Encodings in which ASCII markup can hide: the standard refuses to
         * read them (4.2, "replacement"). */
        bylaw__buf_add_text(out, BYLAW__REPLACEMENT);
        return body.len;
    default:
        return convert_icu(out, body, charset);
    }
}
