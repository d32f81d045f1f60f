/* SPDX-License-Identifier: Apache-2.0 */
/* Names in any script as plain Latin letters. */
#include "text_int.h"

#include <pthread.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

/* Opening one costs milliseconds and loads data: once a process, and the
 * second only when a text leaves the Latin script. Never freed. */
static UTransliterator *latin_ascii, *any_ascii;
static pthread_once_t latin_once = PTHREAD_ONCE_INIT;
static pthread_once_t any_once = PTHREAD_ONCE_INIT;

static UTransliterator *open_rules(const char *id)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar units[64];

    u_uastrncpy(units, id, (int32_t)(sizeof(units) / sizeof(units[0])));
    return utrans_openU(units, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
}

static void open_latin(void)
{
    latin_ascii = open_rules("Latin-ASCII; Lower");
}

static void open_any(void)
{
    any_ascii = open_rules("Any-Latin; Latin-ASCII; Lower");
}

/* Two-byte sequences up to U+036F: Latin letters and combining marks. */
static bool is_latin(struct bylaw_span norm)
{
    for (size_t i = 0; i < norm.len; i++)
        if ((unsigned char)norm.ptr[i] >= 0xcd)
            return false;
    return true;
}

static bool is_ascii(struct bylaw_span norm)
{
    for (size_t i = 0; i < norm.len; i++)
        if ((unsigned char)norm.ptr[i] >= 0x80)
            return false;
    return true;
}

static const UTransliterator *choose_rules(struct bylaw_span norm)
{
    if (is_latin(norm)) {
        pthread_once(&latin_once, open_latin);
        return latin_ascii;
    }
    pthread_once(&any_once, open_any);
    return any_ascii;
}

/* Letters and digits, and whatever has no Latin form. */
static size_t keep_letters(char *out, const char *in, size_t len)
{
    size_t kept = 0;

    for (size_t i = 0; i < len; i++)
        if ((unsigned char)in[i] >= 0x80 ||
            bylaw__is_alnum((unsigned char)in[i]))
            out[kept++] = bylaw__lower(in[i]);
    return kept;
}

size_t bylaw__word_fold(char *out, struct bylaw_span norm)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar units[BYLAW__FOLD_BYTES];
    int32_t len = 0, limit, bytes = 0;
    const UTransliterator *rules;

    if (norm.len > BYLAW_LIMIT_WORD_BYTES)
        return 0;
    if (is_ascii(norm))
        return keep_letters(out, norm.ptr, norm.len);
    rules = choose_rules(norm);
    u_strFromUTF8(units, BYLAW__FOLD_BYTES, &len, norm.ptr, (int32_t)norm.len,
                  &status);
    limit = len;
    if (rules)
        utrans_transUChars(rules, units, &len, BYLAW__FOLD_BYTES, 0, &limit,
                           &status);
    u_strToUTF8(out, BYLAW__FOLD_BYTES, &bytes, units, len, &status);
    if (U_FAILURE(status))
        return 0;
    return keep_letters(out, out, (size_t)bytes);
}

int bylaw__text_fold_name(struct bylaw__buf *out, struct bylaw_span text)
{
    struct bylaw__words words;
    struct bylaw__word word;
    char folded[BYLAW__FOLD_BYTES];
    bool first = true;

    bylaw__words_init(&words, text);
    while (!out->failed && bylaw__words_next(&word, &words)) {
        size_t len = bylaw__word_fold(folded, word.norm);

        if (!len)
            continue;
        if (!first)
            bylaw__buf_add_char(out, ' ');
        bylaw__buf_add(out, folded, len);
        first = false;
    }
    return out->failed ? BYLAW_ENOMEM : 0;
}
