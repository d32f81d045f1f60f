/* SPDX-License-Identifier: Apache-2.0 */
/* Character references of HTML, for text that no HTML parser has decoded. */
#include "html_int.h"

#include <stdlib.h>

#define NAME_BYTES   12
#define DIGITS_MOST  8
#define BASE_DECIMAL 10u
#define BASE_HEX     16u

struct reference {
    char name[NAME_BYTES];
    uint16_t code_point;
};

/* Latin-1, quotes, dashes and ASCII punctuation; in order of name, for the
 * search. Source: https://html.spec.whatwg.org/#named-character-references */
static const struct reference references[] = {
    {"AElig", 198},   {"Aacute", 193},  {"Acirc", 194},   {"Agrave", 192},
    {"Aring", 197},   {"Atilde", 195},  {"Auml", 196},    {"Ccedil", 199},
    {"Dagger", 8225}, {"ETH", 208},     {"Eacute", 201},  {"Ecirc", 202},
    {"Egrave", 200},  {"Euml", 203},    {"Iacute", 205},  {"Icirc", 206},
    {"Igrave", 204},  {"Iuml", 207},    {"NewLine", 10},  {"Ntilde", 209},
    {"OElig", 338},   {"Oacute", 211},  {"Ocirc", 212},   {"Ograve", 210},
    {"Oslash", 216},  {"Otilde", 213},  {"Ouml", 214},    {"Prime", 8243},
    {"Scaron", 352},  {"THORN", 222},   {"Tab", 9},       {"Uacute", 218},
    {"Ucirc", 219},   {"Ugrave", 217},  {"Uuml", 220},    {"Yacute", 221},
    {"Yuml", 376},    {"aacute", 225},  {"acirc", 226},   {"acute", 180},
    {"aelig", 230},   {"agrave", 224},  {"amp", 38},      {"apos", 39},
    {"aring", 229},   {"ast", 42},      {"atilde", 227},  {"auml", 228},
    {"bdquo", 8222},  {"brvbar", 166},  {"bsol", 92},     {"bull", 8226},
    {"ccedil", 231},  {"cedil", 184},   {"cent", 162},    {"circ", 710},
    {"colon", 58},    {"comma", 44},    {"commat", 64},   {"copy", 169},
    {"curren", 164},  {"dagger", 8224}, {"deg", 176},     {"divide", 247},
    {"dollar", 36},   {"eacute", 233},  {"ecirc", 234},   {"egrave", 232},
    {"emsp", 8195},   {"ensp", 8194},   {"equals", 61},   {"eth", 240},
    {"euml", 235},    {"euro", 8364},   {"excl", 33},     {"frac12", 189},
    {"frac14", 188},  {"frac34", 190},  {"ge", 8805},     {"grave", 96},
    {"gt", 62},       {"hellip", 8230}, {"iacute", 237},  {"icirc", 238},
    {"iexcl", 161},   {"igrave", 236},  {"iquest", 191},  {"iuml", 239},
    {"laquo", 171},   {"larr", 8592},   {"lcub", 123},    {"ldquo", 8220},
    {"le", 8804},     {"lowbar", 95},   {"lpar", 40},     {"lrm", 8206},
    {"lsaquo", 8249}, {"lsqb", 91},     {"lsquo", 8216},  {"lt", 60},
    {"macr", 175},    {"mdash", 8212},  {"micro", 181},   {"middot", 183},
    {"minus", 8722},  {"nbsp", 160},    {"ndash", 8211},  {"ne", 8800},
    {"not", 172},     {"ntilde", 241},  {"num", 35},      {"oacute", 243},
    {"ocirc", 244},   {"oelig", 339},   {"ograve", 242},  {"ordf", 170},
    {"ordm", 186},    {"oslash", 248},  {"otilde", 245},  {"ouml", 246},
    {"para", 182},    {"percnt", 37},   {"period", 46},   {"permil", 8240},
    {"plus", 43},     {"plusmn", 177},  {"pound", 163},   {"prime", 8242},
    {"quest", 63},    {"quot", 34},     {"raquo", 187},   {"rarr", 8594},
    {"rcub", 125},    {"rdquo", 8221},  {"reg", 174},     {"rlm", 8207},
    {"rpar", 41},     {"rsaquo", 8250}, {"rsqb", 93},     {"rsquo", 8217},
    {"sbquo", 8218},  {"scaron", 353},  {"sect", 167},    {"semi", 59},
    {"shy", 173},     {"sol", 47},      {"sup1", 185},    {"sup2", 178},
    {"sup3", 179},    {"szlig", 223},   {"thinsp", 8201}, {"thorn", 254},
    {"tilde", 732},   {"times", 215},   {"trade", 8482},  {"uacute", 250},
    {"ucirc", 251},   {"ugrave", 249},  {"uml", 168},     {"uuml", 252},
    {"verbar", 124},  {"yacute", 253},  {"yen", 165},     {"yuml", 255},
    {"zwj", 8205},    {"zwnj", 8204},
};

/* References to 128..159 mean windows-1252, as in the HTML standard. */
static const uint16_t windows_1252[32] = {
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
    0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178};

static int compare_reference(const void *key, const void *row)
{
    const struct bylaw_span *name = key;
    const struct reference *reference = row;
    int order = strncmp(name->ptr, reference->name, name->len);

    return order ? order : -(reference->name[name->len] != '\0');
}

static uint32_t find_named(struct bylaw_span name)
{
    const struct reference *row;

    if (!name.len || name.len >= NAME_BYTES || memchr(name.ptr, 0, name.len))
        return 0;
    row = bsearch(&name, references, sizeof(references) / sizeof(references[0]),
                  sizeof(references[0]), compare_reference);
    return row ? row->code_point : 0;
}

/* digits: what stands between "&#" and ";". */
static uint32_t read_number(struct bylaw_span digits)
{
    uint32_t base = BASE_DECIMAL, value = 0;

    if (digits.len && (digits.ptr[0] == 'x' || digits.ptr[0] == 'X')) {
        base = BASE_HEX;
        digits = bylaw__span_sub(digits, 1, digits.len);
    }
    if (!digits.len || digits.len > DIGITS_MOST)
        return 0;
    for (size_t i = 0; i < digits.len; i++) {
        int digit = bylaw__hex_value((unsigned char)digits.ptr[i]);

        if (digit < 0 || (uint32_t)digit >= base)
            return 0;
        value = value * base + (uint32_t)digit;
    }
    if (value >= 128 && value < 160)
        value = windows_1252[value - 128];
    return value < 0x110000 ? value : 0xfffd;
}

size_t bylaw__entity_decode(char out[4], size_t *out_len, struct bylaw_span s)
{
    size_t end = 1;
    uint32_t code_point;

    if (s.len < 3 || s.ptr[0] != '&')
        return 0;
    if (s.ptr[1] == '#')
        end = 2;
    while (end < s.len && end < NAME_BYTES &&
           bylaw__is_alnum((unsigned char)s.ptr[end]))
        end++;
    if (end >= s.len || s.ptr[end] != ';')
        return 0;
    code_point = s.ptr[1] == '#' ? read_number(bylaw__span_sub(s, 2, end))
                                 : find_named(bylaw__span_sub(s, 1, end));
    if (!code_point)
        return 0;
    *out_len = bylaw__utf8_put(out, code_point);
    return end + 1;
}

void bylaw__entity_decode_all(struct bylaw__buf *out, struct bylaw_span s)
{
    for (size_t i = 0; i < s.len;) {
        char bytes[4];
        size_t len = 0;
        size_t used =
            bylaw__entity_decode(bytes, &len, bylaw__span_sub(s, i, s.len));

        if (used)
            bylaw__buf_add(out, bytes, len);
        else
            bylaw__buf_add_char(out, s.ptr[i]);
        i += used ? used : 1;
    }
}
