/* SPDX-License-Identifier: Apache-2.0 */
/* The table is a cache: with it and without, words are what ICU says. */
#include "text/text_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define BMP_END 0x10000u

/* Words by the table against words by ICU; false where they differ. */
static bool same_words(struct bylaw_span text)
{
    static struct bylaw__words fast, slow;
    struct bylaw__word a, b;

    bylaw__words_init(&fast, text);
    bylaw__words_init(&slow, text);
    slow.icu_only = true;
    while (bylaw__words_next(&a, &fast)) {
        if (!bylaw__words_next(&b, &slow) || !bylaw__span_eq(a.norm, b.norm) ||
            a.begin != b.begin || a.end != b.end || a.solo != b.solo)
            return false;
    }
    return !bylaw__words_next(&b, &slow);
}

/* Every character between, before and after letters, marks and digits. */
static void test_char_table__agrees_with_icu_on_every_character(void **state)
{
    static const char *const frames[][2] = {
        {"a", "b"},
        {"", "x"},
        {"1", "000"},
        {"e", "\xcc\x81."},
        {"\xe3\x81\x8b", "\xe6\x9c\xac"},
        {"\xe1\x84\x80", "\xe1\x85\xa1"},
    };

    (void)state;
    for (uint32_t c = 1; c < BMP_END; c++) {
        if (c >= 0xd800 && c < 0xe000)
            continue;
        for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
            char text[32];
            size_t len = strlen(frames[i][0]);

            memcpy(text, frames[i][0], len);
            len += bylaw__utf8_put(text + len, c);
            memcpy(text + len, frames[i][1], strlen(frames[i][1]));
            len += strlen(frames[i][1]);
            if (!same_words((struct bylaw_span){text, len}))
                fail_msg("U+%04X in frame %zu", c, i);
        }
    }
}

/* A single letter is what ICU folds it to, where that is one word. */
static void test_char_table__letters_are_folded_by_icu(void **state)
{
    (void)state;
    bylaw__chars_ready();
    for (uint32_t c = 1; c < BMP_END; c++) {
        uint32_t entry = bylaw__char_entry(c);
        uint16_t raw = (uint16_t)c;
        char want[64], got[4];
        size_t len;

        if (BYLAW__CHAR_KIND(entry) != BYLAW__CHAR_LETTER ||
            (entry & BYLAW__CHAR_COMPLEX))
            continue;
        len = bylaw__char_casefold(want, sizeof(want), &raw, 1);
        assert_int_equal(len, bylaw__utf8_put(got, BYLAW__CHAR_MAPPED(entry)));
        assert_memory_equal(want, got, len);
    }
}

static void test_char_table__agrees_with_icu_in_fifteen_languages(void **state)
{
    static const char *const texts[] = {
        "The editor’s 1,200 words – “free to copy” – cost \xc2\xa3"
        "5.50.",
        "El niño comió 3½ piñas; ¿quién pagó los 1.000 €?",
        "L’été dernier, l’œuvre de François coûtait 1\xc2\xa0"
        "000 €.",
        "Größere Straßen führen über Österreichs Ämter: „Maß“.",
        "Perché l'università è già così cara?",
        "A canção não é só coração e pão.",
        "Съёмка ещё идёт: «Йод и подъезд» за 2\xc2\xa0"
        "500 рублей.",
        "ΟΔΥΣΣΕΎΣ, ο πολυμήχανος, ταξίδεψε στην Ιθάκη.",
        "İstanbul'da ığdır çiçeği ve ŞEHİR ışığı.",
        "Tiếng Việt có nhiều dấu: đường, nghĩa, ười.",
        "كَتَبَ الأُستاذُ مقالًا عن ١٬٢٠٠ كلمة.",
        "השׁוּק בצה\"ל וג׳ירפה אחת.",
        "हिन्दी में क़लम और ज़रूरत, १२३ शब्द।",
        "本文转载自「某网」，共１２３字。ガギグ\xef\xbd\xb6\xef\xbe\x9e",
        "ภาษาไทยน้ำใจ กุ้ง ก่ำ 한국어 \xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab글.",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (!same_words(bylaw__span_of(texts[i])))
            fail_msg("text %zu: %s", i, texts[i]);
}

/* Real text, where BYLAW_CORPUS names the folder that holds it. */
static void test_char_table__agrees_with_icu_on_the_corpus(void **state)
{
    static const char *const names[] = {
        "src.eng", "ref.arb", "ref.deu",    "ref.rus",
        "ref.spa", "ref.tur", "ref.zho-CN",
    };
    const char *corpus = getenv("BYLAW_CORPUS");

    (void)state;
    if (!corpus) {
        print_message("BYLAW_CORPUS is not set\n");
        skip();
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct bylaw__buf text = {0};
        char path[4096];

        snprintf(path, sizeof(path), "%s/translations/newstest2019-%s.txt",
                 corpus, names[i]);
        assert_int_equal(bylaw__file_read(&text, path, NULL), 0);
        assert_true(same_words(bylaw__buf_span(&text)));
        bylaw__buf_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_char_table__agrees_with_icu_on_every_character),
        cmocka_unit_test(test_char_table__letters_are_folded_by_icu),
        cmocka_unit_test(test_char_table__agrees_with_icu_in_fifteen_languages),
        cmocka_unit_test(test_char_table__agrees_with_icu_on_the_corpus),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
