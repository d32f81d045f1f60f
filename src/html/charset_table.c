/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The encodings of the web and the labels that name them (WHATWG Encoding
 * Standard, section 4.2), with the ICU converter that comes nearest.
 */
#include "html_int.h"

/* gbk is read as gb18030, as the standard has it: a superset. */
static const struct bylaw__charset charsets[] = {
    {"utf-8", BYLAW__CHARSET_UTF8, NULL,
     "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 "
     "x-unicode20utf8"},
    {"ibm866", BYLAW__CHARSET_TABLE, "ibm-866_P100-1995",
     "866 cp866 csibm866 ibm866"},
    {"iso-8859-2", BYLAW__CHARSET_TABLE, "iso-8859-2",
     "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 "
     "iso_8859-2:1987 l2 latin2"},
    {"iso-8859-3", BYLAW__CHARSET_TABLE, "iso-8859-3",
     "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 "
     "iso_8859-3:1988 l3 latin3"},
    {"iso-8859-4", BYLAW__CHARSET_TABLE, "iso-8859-4",
     "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 "
     "iso_8859-4:1988 l4 latin4"},
    {"iso-8859-5", BYLAW__CHARSET_TABLE, "iso-8859-5",
     "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 "
     "iso88595 iso_8859-5 iso_8859-5:1988"},
    {"iso-8859-6", BYLAW__CHARSET_TABLE, "iso-8859-6",
     "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 "
     "iso-8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 "
     "iso_8859-6 iso_8859-6:1987"},
    {"iso-8859-7", BYLAW__CHARSET_TABLE, "iso-8859-7",
     "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso- "
     "ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek"},
    {"iso-8859-8", BYLAW__CHARSET_TABLE, "iso-8859-8",
     "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso- "
     "ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual"},
    {"iso-8859-8-i", BYLAW__CHARSET_TABLE, "iso-8859-8",
     "csiso88598i iso-8859-8-i logical"},
    {"iso-8859-10", BYLAW__CHARSET_TABLE, "iso-8859-10",
     "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6"},
    {"iso-8859-13", BYLAW__CHARSET_TABLE, "iso-8859-13",
     "iso-8859-13 iso8859-13 iso885913"},
    {"iso-8859-14", BYLAW__CHARSET_TABLE, "iso-8859-14",
     "iso-8859-14 iso8859-14 iso885914"},
    {"iso-8859-15", BYLAW__CHARSET_TABLE, "iso-8859-15",
     "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9"},
    {"iso-8859-16", BYLAW__CHARSET_LATIN10, NULL, "iso-8859-16"},
    {"koi8-r", BYLAW__CHARSET_TABLE, "koi8-r",
     "cskoi8r koi koi8 koi8-r koi8_r"},
    {"koi8-u", BYLAW__CHARSET_TABLE, "koi8-u", "koi8-ru koi8-u"},
    {"macintosh", BYLAW__CHARSET_TABLE, "macintosh",
     "csmacintosh mac macintosh x-mac-roman"},
    {"windows-874", BYLAW__CHARSET_TABLE, "windows-874-2000",
     "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874"},
    {"windows-1250", BYLAW__CHARSET_TABLE, "windows-1250",
     "cp1250 windows-1250 x-cp1250"},
    {"windows-1251", BYLAW__CHARSET_TABLE, "windows-1251",
     "cp1251 windows-1251 x-cp1251"},
    {"windows-1252", BYLAW__CHARSET_TABLE, "windows-1252",
     "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 "
     "iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 "
     "us-ascii windows-1252 x-cp1252"},
    {"windows-1253", BYLAW__CHARSET_TABLE, "windows-1253",
     "cp1253 windows-1253 x-cp1253"},
    {"windows-1254", BYLAW__CHARSET_TABLE, "windows-1254",
     "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 "
     "iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254"},
    {"windows-1255", BYLAW__CHARSET_TABLE, "windows-1255",
     "cp1255 windows-1255 x-cp1255"},
    {"windows-1256", BYLAW__CHARSET_TABLE, "windows-1256",
     "cp1256 windows-1256 x-cp1256"},
    {"windows-1257", BYLAW__CHARSET_TABLE, "windows-1257",
     "cp1257 windows-1257 x-cp1257"},
    {"windows-1258", BYLAW__CHARSET_TABLE, "windows-1258",
     "cp1258 windows-1258 x-cp1258"},
    {"x-mac-cyrillic", BYLAW__CHARSET_TABLE, "x-mac-cyrillic",
     "x-mac-cyrillic x-mac-ukrainian"},
    {"gbk", BYLAW__CHARSET_GB, "gb18030",
     "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk "
     "iso-ir-58 x-gbk"},
    {"gb18030", BYLAW__CHARSET_GB, "gb18030", "gb18030"},
    {"big5", BYLAW__CHARSET_TABLE, "big5-hkscs",
     "big5 big5-hkscs cn-big5 csbig5 x-x-big5"},
    {"euc-jp", BYLAW__CHARSET_TABLE, "euc-jp",
     "cseucpkdfmtjapanese euc-jp x-euc-jp"},
    {"iso-2022-jp", BYLAW__CHARSET_WIDE, "iso-2022-jp",
     "csiso2022jp iso-2022-jp"},
    {"shift_jis", BYLAW__CHARSET_TABLE, "ibm-943_P15A-2003",
     "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j "
     "x-sjis"},
    {"euc-kr", BYLAW__CHARSET_TABLE, "windows-949",
     "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 "
     "ks_c_5601-1989 ksc5601 ksc_5601 windows-949"},
    {"replacement", BYLAW__CHARSET_NONE, NULL,
     "csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr "
     "replacement"},
    {"utf-16be", BYLAW__CHARSET_WIDE, "utf-16be", "unicodefffe utf-16be"},
    {"utf-16le", BYLAW__CHARSET_WIDE, "utf-16le",
     "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 "
     "utf-16le"},
    {"x-user-defined", BYLAW__CHARSET_USER, NULL, "x-user-defined"},
};

const struct bylaw__charset *bylaw__charset_find(struct bylaw_span label)
{
    char word[64];

    label = bylaw__span_trim(label);
    if (!label.len || label.len >= sizeof(word))
        return NULL;
    for (size_t i = 0; i < label.len; i++)
        if (!label.ptr[i] || bylaw__is_space((unsigned char)label.ptr[i]))
            return NULL;
    memcpy(word, label.ptr, label.len);
    word[label.len] = '\0';
    for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++)
        if (bylaw__span_has_word(bylaw__span_of(charsets[i].labels), word))
            return &charsets[i];
    return NULL;
}
