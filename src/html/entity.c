/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How long a character reference is as written (WHATWG 13.2.5.72 on). What it
 * stands for, the tree builder has said already; so of the 2,231 names only
 * those are needed here of which the length cannot be seen.
 */
#include "html_int.h"

#include <stdlib.h>

/* Names that are references without a semicolon too, even where letters
 * follow; in order of strcmp. */
static const struct bare_name {
    const char *name;
    unsigned char code_point;
} bare_names[] = {
    {"AElig", 0xc6},  {"AMP", 0x26},    {"Aacute", 0xc1}, {"Acirc", 0xc2},
    {"Agrave", 0xc0}, {"Aring", 0xc5},  {"Atilde", 0xc3}, {"Auml", 0xc4},
    {"COPY", 0xa9},   {"Ccedil", 0xc7}, {"ETH", 0xd0},    {"Eacute", 0xc9},
    {"Ecirc", 0xca},  {"Egrave", 0xc8}, {"Euml", 0xcb},   {"GT", 0x3e},
    {"Iacute", 0xcd}, {"Icirc", 0xce},  {"Igrave", 0xcc}, {"Iuml", 0xcf},
    {"LT", 0x3c},     {"Ntilde", 0xd1}, {"Oacute", 0xd3}, {"Ocirc", 0xd4},
    {"Ograve", 0xd2}, {"Oslash", 0xd8}, {"Otilde", 0xd5}, {"Ouml", 0xd6},
    {"QUOT", 0x22},   {"REG", 0xae},    {"THORN", 0xde},  {"Uacute", 0xda},
    {"Ucirc", 0xdb},  {"Ugrave", 0xd9}, {"Uuml", 0xdc},   {"Yacute", 0xdd},
    {"aacute", 0xe1}, {"acirc", 0xe2},  {"acute", 0xb4},  {"aelig", 0xe6},
    {"agrave", 0xe0}, {"amp", 0x26},    {"aring", 0xe5},  {"atilde", 0xe3},
    {"auml", 0xe4},   {"brvbar", 0xa6}, {"ccedil", 0xe7}, {"cedil", 0xb8},
    {"cent", 0xa2},   {"copy", 0xa9},   {"curren", 0xa4}, {"deg", 0xb0},
    {"divide", 0xf7}, {"eacute", 0xe9}, {"ecirc", 0xea},  {"egrave", 0xe8},
    {"eth", 0xf0},    {"euml", 0xeb},   {"frac12", 0xbd}, {"frac14", 0xbc},
    {"frac34", 0xbe}, {"gt", 0x3e},     {"iacute", 0xed}, {"icirc", 0xee},
    {"iexcl", 0xa1},  {"igrave", 0xec}, {"iquest", 0xbf}, {"iuml", 0xef},
    {"laquo", 0xab},  {"lt", 0x3c},     {"macr", 0xaf},   {"micro", 0xb5},
    {"middot", 0xb7}, {"nbsp", 0xa0},   {"not", 0xac},    {"ntilde", 0xf1},
    {"oacute", 0xf3}, {"ocirc", 0xf4},  {"ograve", 0xf2}, {"ordf", 0xaa},
    {"ordm", 0xba},   {"oslash", 0xf8}, {"otilde", 0xf5}, {"ouml", 0xf6},
    {"para", 0xb6},   {"plusmn", 0xb1}, {"pound", 0xa3},  {"quot", 0x22},
    {"raquo", 0xbb},  {"reg", 0xae},    {"sect", 0xa7},   {"shy", 0xad},
    {"sup1", 0xb9},   {"sup2", 0xb2},   {"sup3", 0xb3},   {"szlig", 0xdf},
    {"thorn", 0xfe},  {"times", 0xd7},  {"uacute", 0xfa}, {"ucirc", 0xfb},
    {"ugrave", 0xf9}, {"uml", 0xa8},    {"uuml", 0xfc},   {"yacute", 0xfd},
    {"yen", 0xa5},    {"yuml", 0xff},
};

/* Names that stand for two code points; in order of strcmp. */
static const char *const double_names[] = {
    "NotEqualTilde",
    "NotGreaterFullEqual",
    "NotGreaterGreater",
    "NotGreaterSlantEqual",
    "NotHumpDownHump",
    "NotHumpEqual",
    "NotLeftTriangleBar",
    "NotLessLess",
    "NotLessSlantEqual",
    "NotNestedGreaterGreater",
    "NotNestedLessLess",
    "NotPrecedesEqual",
    "NotRightTriangleBar",
    "NotSquareSubset",
    "NotSquareSuperset",
    "NotSubset",
    "NotSucceedsEqual",
    "NotSucceedsTilde",
    "NotSuperset",
    "ThickSpace",
    "acE",
    "bne",
    "bnequiv",
    "caps",
    "cups",
    "fjlig",
    "gesl",
    "gvertneqq",
    "gvnE",
    "lates",
    "lesg",
    "lvertneqq",
    "lvnE",
    "nGg",
    "nGt",
    "nGtv",
    "nLl",
    "nLt",
    "nLtv",
    "nang",
    "napE",
    "napid",
    "nbump",
    "nbumpe",
    "ncongdot",
    "nedot",
    "nesim",
    "ngE",
    "ngeqq",
    "ngeqslant",
    "nges",
    "nlE",
    "nleqq",
    "nleqslant",
    "nles",
    "notinE",
    "notindot",
    "nparsl",
    "npart",
    "npre",
    "npreceq",
    "nrarrc",
    "nrarrw",
    "nsce",
    "nsubE",
    "nsubset",
    "nsubseteqq",
    "nsucceq",
    "nsupE",
    "nsupset",
    "nsupseteqq",
    "nvap",
    "nvge",
    "nvgt",
    "nvle",
    "nvlt",
    "nvltrie",
    "nvrtrie",
    "nvsim",
    "race",
    "smtes",
    "sqcaps",
    "sqcups",
    "varsubsetneq",
    "varsubsetneqq",
    "varsupsetneq",
    "varsupsetneqq",
    "vnsub",
    "vnsup",
    "vsubnE",
    "vsubne",
    "vsupnE",
    "vsupne",
};

#define BARE_COUNT   (sizeof(bare_names) / sizeof(bare_names[0]))
#define DOUBLE_COUNT (sizeof(double_names) / sizeof(double_names[0]))

/* Length of the longest of bare_names and of all names. */
#define BARE_MAX       6u
#define NAME_MAX_BYTES 31u

static int compare_bare(const void *key, const void *row)
{
    return strcmp(key, ((const struct bare_name *)row)->name);
}

static int compare_double(const void *key, const void *row)
{
    return strcmp(key, *(const char *const *)row);
}

static const struct bare_name *find_bare(struct bylaw_span run)
{
    char name[BARE_MAX + 1];

    for (size_t len = run.len < BARE_MAX ? run.len : BARE_MAX; len; len--) {
        const struct bare_name *row;

        memcpy(name, run.ptr, len);
        name[len] = '\0';
        row = bsearch(name, bare_names, BARE_COUNT, sizeof(bare_names[0]),
                      compare_bare);
        if (row)
            return row;
    }
    return NULL;
}

size_t bylaw__entity_bare(uint32_t *out_code_point, struct bylaw_span run)
{
    const struct bare_name *row = find_bare(run);

    if (!row)
        return 0;
    *out_code_point = row->code_point;
    return strlen(row->name);
}

static unsigned count_code_points(struct bylaw_span run)
{
    char name[NAME_MAX_BYTES + 1];

    if (run.len > NAME_MAX_BYTES)
        return 1;
    memcpy(name, run.ptr, run.len);
    name[run.len] = '\0';
    return bsearch(name, double_names, DOUBLE_COUNT, sizeof(double_names[0]),
                   compare_double)
               ? 2
               : 1;
}

/* Bytes of a numeric reference at text[pos], or 0. */
static size_t numeric_length(struct bylaw_span text, size_t pos)
{
    size_t at = pos + 2, digits;
    bool is_hex = at < text.len && (text.ptr[at] | 0x20) == 'x';

    at += is_hex;
    for (digits = at; at < text.len; at++) {
        int value = bylaw__hex_value((unsigned char)text.ptr[at]);

        if (value < 0 || (value > 9 && !is_hex))
            break;
    }
    if (at == digits)
        return 0;
    return at - pos + (at < text.len && text.ptr[at] == ';');
}

/* True where decoded is what bare followed by the rest of run gives. */
static bool is_bare_prefix(const struct bare_name *bare, struct bylaw_span run,
                           struct bylaw_span decoded)
{
    size_t pos = 0, len = strlen(bare->name);
    struct bylaw_span rest = bylaw__span_sub(run, len, run.len);

    if (!decoded.len || bylaw__utf8_next(decoded, &pos) != bare->code_point)
        return false;
    return bylaw__span_eq(bylaw__span_sub(decoded, pos, pos + rest.len), rest);
}

bool bylaw__entity_at(struct bylaw__entity *out, struct bylaw_span text,
                      size_t pos, struct bylaw_span decoded)
{
    const struct bare_name *bare;
    struct bylaw_span run;
    size_t end = pos + 1;
    bool has_semicolon;

    out->code_points = 1;
    if (end < text.len && text.ptr[end] == '#') {
        out->written = numeric_length(text, pos);
        return out->written > 0;
    }
    while (end < text.len && end - pos <= NAME_MAX_BYTES + 1 &&
           bylaw__is_alnum((unsigned char)text.ptr[end]))
        end++;
    run = bylaw__span_sub(text, pos + 1, end);
    has_semicolon = end < text.len && text.ptr[end] == ';';
    bare = find_bare(run);
    if (bare && (!has_semicolon || is_bare_prefix(bare, run, decoded))) {
        size_t len = strlen(bare->name);

        out->written = 1 + len + (has_semicolon && len == run.len);
        return true;
    }
    if (!has_semicolon || bylaw__span_starts(decoded, "&"))
        return false;
    out->written = run.len + 2;
    out->code_points = count_code_points(run);
    return true;
}
