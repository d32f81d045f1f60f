/* SPDX-License-Identifier: Apache-2.0 */
/* Names in any script as plain Latin letters. */
#include "text_int.h"

#include <pthread.h>
#include <stdlib.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

/* Opening one loads data for milliseconds: once a process. Never freed. */
static UTransliterator *rules;
static pthread_once_t rules_once = PTHREAD_ONCE_INIT;

static void open_rules(void)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar id[64];

    u_uastrncpy(id, "Any-Latin; Latin-ASCII; Lower",
                (int32_t)(sizeof(id) / sizeof(id[0])));
    rules = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
}

/* Latin letters that have no decomposition, as Latin-ASCII spells them. */
static const struct {
    uint16_t letter;
    char text[3];
} spellings[] = {
    {0x00df, "ss"}, {0x00e6, "ae"}, {0x00f0, "d"}, {0x00f8, "o"},
    {0x00fe, "th"}, {0x0111, "d"},  {0x0127, "h"}, {0x0131, "i"},
    {0x0138, "q"},  {0x0142, "l"},  {0x014b, "n"}, {0x0153, "oe"},
    {0x0167, "t"},
};

/* The plain form of a letter up to U+017F; NULL when there is none. */
static const char *spell_letter(char out[3], const UNormalizer2 *nfd,
                                uint32_t c)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar parts[8];

    if (c >= 0x300 && c < 0x370)
        return ""; /* a mark */
    if (c >= 0x180)
        return NULL;
    for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
        if (spellings[i].letter == c)
            return spellings[i].text;
    if (c >= 0x80) {
        if (unorm2_getRawDecomposition(nfd, (UChar32)c, parts, 8, &status) <
                1 ||
            U_FAILURE(status) || parts[0] >= 0x80)
            return NULL;
        c = parts[0];
    }
    out[0] = bylaw__is_alnum((int)c) ? bylaw__lower((char)c) : '\0';
    out[1] = '\0';
    return out;
}

/* Words in the commoner Latin letters, without a transliterator: opening one
 * takes longer than judging a page. False when a letter is none of them. */
static bool fold_latin(size_t *out_len, char *out, struct bylaw_span norm)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
    size_t pos = 0;

    *out_len = 0;
    while (U_SUCCESS(status) && pos < norm.len) {
        char buf[3];
        const char *text = spell_letter(buf, nfd, bylaw__utf8_next(norm, &pos));

        if (!text)
            return false;
        while (*text)
            out[(*out_len)++] = *text++;
    }
    return U_SUCCESS(status);
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
    size_t latin;

    if (norm.len > BYLAW_LIMIT_WORD_BYTES)
        return 0;
    if (fold_latin(&latin, out, norm))
        return latin;
    pthread_once(&rules_once, open_rules);
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

size_t bylaw__word_fold_again(char *out, struct bylaw_span norm,
                              struct bylaw__folds *folds)
{
    size_t row = (size_t)(bylaw__hash64(norm) % BYLAW__FOLD_ROWS), len;

    if (norm.len && norm.len == folds->rows[row].norm_len &&
        !memcmp(folds->rows[row].norm, norm.ptr, norm.len)) {
        memcpy(out, folds->rows[row].form, folds->rows[row].form_len);
        return folds->rows[row].form_len;
    }
    len = bylaw__word_fold(out, norm);
    if (norm.len > BYLAW__FOLD_NORM || len > BYLAW__FOLD_FORM)
        return len;
    folds->rows[row].norm_len = (uint8_t)norm.len;
    folds->rows[row].form_len = (uint8_t)len;
    memcpy(folds->rows[row].norm, norm.ptr, norm.len);
    memcpy(folds->rows[row].form, out, len);
    return len;
}

bylaw__folds *bylaw__folds_new(void)
{
    return calloc(1, sizeof(bylaw__folds));
}

void bylaw__folds_free(bylaw__folds *folds)
{
    free(folds);
}

int bylaw__text_squeeze(struct bylaw__buf *out, struct bylaw_span text,
                        bylaw__folds *folds)
{
    struct bylaw__words words;
    struct bylaw__word word;
    char folded[BYLAW__FOLD_BYTES];

    bylaw__words_init(&words, text);
    while (!out->failed && bylaw__words_next(&word, &words))
        bylaw__buf_add(out, folded,
                       bylaw__word_fold_again(folded, word.norm, folds));
    return out->failed ? BYLAW_ENOMEM : 0;
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
