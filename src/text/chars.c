/* SPDX-License-Identifier: Apache-2.0 */
/* What each character does to words: ICU's answers, kept in a table. */
#include "text_int.h"

#include <pthread.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#define BMP_SIZE   0x10000u
#define MAP_UNITS  32 /* the longest mapping, U+FDFA, has 18 */
#define KIND(kind) ((uint32_t)(kind) << 24)
#define WORD_KINDS                                                             \
    (1u << BYLAW__CHAR_LETTER | 1u << BYLAW__CHAR_DIGIT |                      \
     1u << BYLAW__CHAR_MARK)
#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

uint32_t bylaw__char_table[BYLAW__CHAR_BMP];

static const UNormalizer2 *folder; /* ICU's; never freed */
static pthread_once_t table_once = PTHREAD_ONCE_INIT;

/* Where words need another answer than the general category gives. */
static const struct {
    uint16_t first, last;
    uint8_t kind;
} special[] = {
    {'\'', '\'', BYLAW__CHAR_APOSTROPHE},
    {',', ',', BYLAW__CHAR_COMMA},
    {'.', '.', BYLAW__CHAR_DOT},
    {'`', '`', BYLAW__CHAR_APOSTROPHE},
    {0x00a0, 0x00a0, BYLAW__CHAR_GROUP},
    {0x00b4, 0x00b4, BYLAW__CHAR_APOSTROPHE},
    {0x02bb, 0x02bc, BYLAW__CHAR_APOSTROPHE},
    {0x05f3, 0x05f3, BYLAW__CHAR_APOSTROPHE}, /* Hebrew geresh */
    {0x0640, 0x0640, BYLAW__CHAR_DROPPED},    /* Arabic tatweel */
    {0x064b, 0x0652, BYLAW__CHAR_DROPPED},    /* Arabic vowel signs */
    {0x066b, 0x066b, BYLAW__CHAR_DOT},        /* Arabic decimal separator */
    {0x066c, 0x066c, BYLAW__CHAR_GROUP},      /* Arabic thousands separator */
    {0x0670, 0x0670, BYLAW__CHAR_DROPPED},    /* Arabic superscript alef */
    {0x2007, 0x2007, BYLAW__CHAR_GROUP},
    {0x2009, 0x2009, BYLAW__CHAR_GROUP},
    {0x2018, 0x2019, BYLAW__CHAR_APOSTROPHE},
    {0x201b, 0x201b, BYLAW__CHAR_APOSTROPHE},
    {0x202f, 0x202f, BYLAW__CHAR_GROUP},
    {0x2032, 0x2032, BYLAW__CHAR_APOSTROPHE},
};

/* Written without spaces between words. */
static const UScriptCode solo_scripts[] = {
    USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_THAI,
    USCRIPT_LAO, USCRIPT_KHMER,    USCRIPT_MYANMAR,
};

static bool find_special(enum bylaw__char_kind *out, UChar32 c)
{
    for (size_t i = 0; i < COUNT(special); i++) {
        if (c < special[i].first || c > special[i].last)
            continue;
        *out = (enum bylaw__char_kind)special[i].kind;
        return true;
    }
    return false;
}

static bool is_solo(UChar32 c)
{
    for (size_t i = 0; i < COUNT(solo_scripts); i++)
        if (uscript_hasScript(c, solo_scripts[i]))
            return true;
    return false;
}

/* The kind of a character that normalisation leaves as it is. */
static enum bylaw__char_kind kind_of(UChar32 c)
{
    uint32_t category = U_GET_GC_MASK(c);
    enum bylaw__char_kind kind;

    if (find_special(&kind, c))
        return kind;
    if (category & U_GC_ND_MASK)
        return BYLAW__CHAR_DIGIT;
    if (!(category & (U_GC_L_MASK | U_GC_N_MASK | U_GC_MN_MASK | U_GC_MC_MASK)))
        return BYLAW__CHAR_SEPARATOR;
    if (is_solo(c))
        return BYLAW__CHAR_SOLO;
    if (category & U_GC_M_MASK)
        return BYLAW__CHAR_MARK;
    return BYLAW__CHAR_LETTER;
}

static UChar32 next_unit(const UChar *units, int32_t *pos, int32_t len)
{
    uint32_t c = units[(*pos)++];

    if (U16_IS_LEAD(c) && *pos < len)
        c = 0x10000 + ((c & 0x3ff) << 10) + (units[(*pos)++] & 0x3ffu);
    return (UChar32)c;
}

/* One kind for a mapping of several characters. */
static enum bylaw__char_kind kind_of_all(const UChar *mapped, int32_t len)
{
    unsigned seen = 0;
    int32_t i = 0;

    while (i < len)
        seen |= 1u << kind_of(next_unit(mapped, &i, len));
    seen &= ~(1u << BYLAW__CHAR_DROPPED);
    if (!seen)
        return BYLAW__CHAR_DROPPED;
    if (seen == 1u << BYLAW__CHAR_MARK)
        return BYLAW__CHAR_MARK;
    if (!(seen & ~(1u << BYLAW__CHAR_SOLO)))
        return BYLAW__CHAR_SOLO;
    if (!(seen & ~WORD_KINDS))
        return BYLAW__CHAR_LETTER;
    if (!(seen & (WORD_KINDS | 1u << BYLAW__CHAR_SOLO)))
        return BYLAW__CHAR_SEPARATOR;
    return BYLAW__CHAR_MIXED;
}

static uint32_t classify(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar raw[2], mapped[MAP_UNITS];
    int32_t len, i = 0;
    uint32_t flags = 0;
    enum bylaw__char_kind kind;
    UChar32 first;

    if (U_GET_GC_MASK(c) & U_GC_MN_MASK)
        flags = BYLAW__CHAR_BOUND;
    if (find_special(&kind, c))
        return KIND(kind) | flags | (uint32_t)c;
    raw[0] = c < 0x10000 ? (UChar)c : U16_LEAD(c);
    raw[1] = U16_TRAIL(c);
    len = unorm2_normalize(folder, raw, U16_LENGTH(c), mapped, MAP_UNITS,
                           &status);
    if (U_FAILURE(status))
        return KIND(BYLAW__CHAR_SEPARATOR);
    if (!len)
        return KIND(BYLAW__CHAR_DROPPED) | flags;
    first = next_unit(mapped, &i, len);
    flags = unorm2_hasBoundaryBefore(folder, c)
                ? 0
                : BYLAW__CHAR_COMPLEX | BYLAW__CHAR_BOUND;
    if (i == len)
        return KIND(kind_of(first)) | flags | (uint32_t)first;
    kind = kind_of_all(mapped, len);
    return KIND(kind) | flags | BYLAW__CHAR_COMPLEX | (uint32_t)first;
}

static void build_table(void)
{
    UErrorCode status = U_ZERO_ERROR;

    folder = unorm2_getNFKCCasefoldInstance(&status);
    for (uint32_t c = 0; U_SUCCESS(status) && c < BYLAW__CHAR_BMP; c++)
        bylaw__char_table[c] = classify((UChar32)c);
}

void bylaw__chars_ready(void)
{
    pthread_once(&table_once, build_table);
}

uint32_t bylaw__char_classify(uint32_t code_point)
{
    return folder ? classify((UChar32)code_point) : 0;
}

size_t bylaw__char_casefold(char *out, size_t cap, const uint16_t *raw,
                            size_t len)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar folded[BYLAW__WORD_NORM];
    int32_t units, bytes = 0;

    units = unorm2_normalize(folder, raw, (int32_t)len, folded,
                             BYLAW__WORD_NORM, &status);
    u_strToUTF8(out, (int32_t)cap, &bytes, folded, units, &status);
    return U_SUCCESS(status) && bytes > 0 ? (size_t)bytes : 0;
}
