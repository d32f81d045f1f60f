/* SPDX-License-Identifier: Apache-2.0 */
/* Text is cut into words that know their bytes, quotes and sentences. */
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

struct token_case {
    const char *text;
    const char *words; /* "norm" or "norm=bytes of the text", by '|' */
};

static void describe(struct bylaw__buf *out, struct bylaw_span text)
{
    struct bylaw__tokens tokens;

    bylaw__tokens_init(&tokens);
    assert_int_equal(bylaw__tokens_add(&tokens, text, NULL, 0, 0, 0, NULL), 0);
    for (size_t i = 0; i < tokens.count; i++) {
        struct bylaw_range bytes = tokens.items[i].bytes;
        struct bylaw_span norm = bylaw__token_text(&tokens, i);
        struct bylaw_span raw = bylaw__span_sub(text, bytes.begin, bytes.end);

        if (i)
            bylaw__buf_add_char(out, '|');
        bylaw__buf_add_span(out, norm);
        if (bylaw__span_eq(norm, raw))
            continue;
        bylaw__buf_add_char(out, '=');
        bylaw__buf_add_span(out, raw);
    }
    bylaw__tokens_release(&tokens);
}

static void check_words(const struct token_case *row)
{
    struct bylaw__buf got = {0};

    describe(&got, bylaw__span_of(row->text));
    assert_string_equal(got.ptr ? got.ptr : "", row->words);
    bylaw__buf_release(&got);
}

#define CHECK_ALL(check, rows)                                                 \
    for (size_t i = 0; i < sizeof(rows) / sizeof((rows)[0]); i++)              \
    check(&(rows)[i])

static void test_tokens__fold_case_and_compatibility(void **state)
{
    static const struct token_case rows[] = {
        {"", ""},
        {"Hello, World!", "hello=Hello|world=World"},
        {"STRASSE straße", "strasse=STRASSE|strasse=straße"},
        {"ﬁne ＡＢＣ m²", "fine=ﬁne|abc=ＡＢＣ|m2=m²"},
        {"e\xcc\x81t\xc3\xa9", "été=e\xcc\x81t\xc3\xa9"},
        {"ΣΊΣΥΦΟΣ", "σίσυφοσ=ΣΊΣΥΦΟΣ"},
        {"so\xc2\xad"
         "ft z\xe2\x80\x8bw \xef\xbb\xbfx",
         "soft=so\xc2\xad"
         "ft|zw=z\xe2\x80\x8bw|x"},
        {"well-known foo_bar a/b", "well|known|foo|bar|a|b"},
        {"g7 co2 1️⃣ 😀x", "g7|co2|1=1\xef\xb8\x8f|x"},
        {"½ 3½", "1=½|2=½|3|1=½|2=½"},
        {"bad\xff"
         "byte \xe2\x80",
         "bad|byte"},
    };

    (void)state;
    CHECK_ALL(check_words, rows);
}

static void test_tokens__apostrophes_join_letters(void **state)
{
    static const struct token_case rows[] = {
        {"don't", "don't"},
        {"don’t", "don't=don’t"},
        {"don＇t", "don't=don＇t"},
        {"dogs' 'tis rock 'n' roll", "dogs|tis|rock|n|roll"},
        {"l’homme O'Neill's", "l'homme=l’homme|o'neill's=O'Neill's"},
        {"1990's 5'10", "1990's|5|10"},
        {"''a''b''", "a|b"},
    };

    (void)state;
    CHECK_ALL(check_words, rows);
}

static void test_tokens__numbers_lose_thousands_signs(void **state)
{
    static const struct token_case rows[] = {
        {"1,000 12,345,678.90", "1000=1,000|12345678.90=12,345,678.90"},
        {"1\xc2\xa0"
         "000 1\xe2\x80\xaf"
         "000\xe2\x80\xaf"
         "000",
         "1000=1\xc2\xa0"
         "000|1000000=1\xe2\x80\xaf"
         "000\xe2\x80\xaf"
         "000"},
        {"1'000 1’000", "1000=1'000|1000=1’000"},
        {"5.5 5,5 1.2.3", "5.5|5.5=5,5|1.2.3"},
        {"1 000 1234,567 1,0000 1,000,00",
         "1|000|1234|567|1|0000|1000=1,000|00"},
        {"1,2,3 1,000th g1,000", "1|2|3|1000th=1,000th|g1|000"},
        {"1. 2", "1|2"},
    };

    (void)state;
    CHECK_ALL(check_words, rows);
}

static void test_tokens__scripts_without_spaces_give_code_points(void **state)
{
    static const struct token_case rows[] = {
        {"本文转载自X", "本|文|转|载|自|x=X"},
        {"カード か\xe3\x82\x99", "カ|ー|ド|が=か\xe3\x82\x99"},
        {"ภาษา", "ภ|า|ษ|า"},
        {"2024年", "2024|年"},
        {"㌔ iPhone版", "キ=㌔|ロ=㌔|iphone=iPhone|版"},
        {"한국어 뉴스", "한국어|뉴스"},
        {"\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab",
         "한=\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab"},
        {"नमस्ते दुनिया", "नमस्ते|दुनिया"},
    };

    (void)state;
    CHECK_ALL(check_words, rows);
}

static void test_tokens__arabic_loses_vowel_signs_and_tatweel(void **state)
{
    static const struct token_case rows[] = {
        {"كِتَابٌ", "كتاب=كِتَابٌ"},
        {"كـــتاب", "كتاب=كـــتاب"},
        {"أحمد", "أحمد"},
    };

    (void)state;
    CHECK_ALL(check_words, rows);
}

/* Words that carry flag, joined by one space. */
static void check_flagged(const char *text, uint32_t flag, const char *want)
{
    struct bylaw__tokens tokens;
    struct bylaw__buf got = {0};

    bylaw__tokens_init(&tokens);
    assert_int_equal(bylaw__tokens_add(&tokens, bylaw__span_of(text), NULL, 0,
                                       0, 0, NULL),
                     0);
    for (size_t i = 0; i < tokens.count; i++) {
        if (!(tokens.items[i].flags & flag))
            continue;
        if (got.len)
            bylaw__buf_add_char(&got, ' ');
        bylaw__buf_add_span(&got, bylaw__token_text(&tokens, i));
    }
    assert_string_equal(got.ptr ? got.ptr : "", want);
    bylaw__buf_release(&got);
    bylaw__tokens_release(&tokens);
}

struct flag_case {
    const char *text, *want;
};

static void check_quoted(const struct flag_case *row)
{
    check_flagged(row->text, BYLAW__TOKEN_QUOTED, row->want);
}

static void check_sentence(const struct flag_case *row)
{
    check_flagged(row->text, BYLAW__TOKEN_SENTENCE, row->want);
}

static void test_tokens__words_between_paired_marks_are_quoted(void **state)
{
    static const struct flag_case rows[] = {
        {"he “said so” twice", "said so"},
        {"he „said so“ twice", "said so"},
        {"he „said so” twice", "said so"},
        {"he ”said so” twice", "said so"},
        {"he «said so» twice", "said so"},
        {"he « said so » twice", "said so"},
        {"he »said so« twice", "said so"},
        {"he ‹said so› twice", "said so"},
        {"他「说 so」 twice", "说 so"},
        {"『a「b」c』 d", "a b c"},
        {"he \"said so\" twice \"more\"", "said so more"},
        {"he ‘said so’ twice", "said so"},
        {"he ‘don’t say so,’ twice", "don't say so"},
        {"an “open mark", ""},
        {"an “open “closed” mark", "closed"},
        {"a close” mark", ""},
        {"6' 2\" tall and 5' 3\" tall", ""},
        {"the dogs’ and the cats’ homes", ""},
        {"rock ’n’ roll", ""},
        {"צה\"ל של \"ישראל\" כאן", "ישראל"},
    };

    (void)state;
    CHECK_ALL(check_quoted, rows);
}

static void test_tokens__quotes_do_not_cross_blocks(void **state)
{
    struct bylaw__tokens tokens;

    (void)state;
    bylaw__tokens_init(&tokens);
    bylaw__tokens_add(&tokens, BYLAW__SPAN("an \"open"), NULL, 0, 1, 0, NULL);
    bylaw__tokens_add(&tokens, BYLAW__SPAN("mark\" here"), NULL, 0, 2,
                      BYLAW__TOKEN_HEADING, NULL);
    for (size_t i = 0; i < tokens.count; i++)
        assert_false(tokens.items[i].flags & BYLAW__TOKEN_QUOTED);
    assert_int_equal(tokens.items[1].block, 1);
    assert_int_equal(tokens.items[2].block, 2);
    assert_int_equal(tokens.items[2].flags, BYLAW__TOKEN_HEADING |
                                                BYLAW__TOKEN_BLOCK |
                                                BYLAW__TOKEN_SENTENCE);
    assert_int_equal(tokens.items[3].flags, BYLAW__TOKEN_HEADING);
    bylaw__tokens_release(&tokens);
}

static void test_tokens__sentences_begin_after_stops(void **state)
{
    static const struct flag_case rows[] = {
        {"One two. Three! Four? Five… Six", "one three four five six"},
        {"He said “one.” Two", "he two"},
        {"Mr. Smith of the U.S. army met Dr. Jones vs. St. Paul", "mr"},
        {"See globalresearch.ca and 5.5 now", "see"},
        {"一。二！三？四", "一 二 三 四"},
        {"نعم؟ لا", "نعم لا"},
        {"(One.) Two", "one two"},
    };

    (void)state;
    CHECK_ALL(check_sentence, rows);
}

static void test_tokens__map_to_page_bytes_through_entities(void **state)
{
    /* page: <p>A&amp;B caf&eacute; end</p> */
    static const struct bylaw__textmap map[] = {
        {0, 1, 3, 1}, {1, 1, 4, 5}, {2, 5, 9, 5}, {7, 2, 14, 8}, {9, 4, 22, 4},
    };
    static const struct bylaw_range want[] = {{3, 4},
                                              {9, 10},
                                              {11, 22},
                                              {23, 26}};
    struct bylaw__tokens tokens;

    (void)state;
    bylaw__tokens_init(&tokens);
    bylaw__tokens_add(&tokens, BYLAW__SPAN("A&B caf\xc3\xa9 end"), map, 5, 0, 0,
                      NULL);
    assert_int_equal(tokens.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(tokens.items[i].bytes.begin, want[i].begin);
        assert_int_equal(tokens.items[i].bytes.end, want[i].end);
    }
    bylaw__tokens_release(&tokens);
}

static void test_textmap_range__covers_pieces_it_cannot_divide(void **state)
{
    static const struct bylaw__textmap map[] = {{0, 4, 10, 4}, {4, 1, 20, 6}};
    static const struct {
        uint32_t begin, end;
        struct bylaw_range want;
    } rows[] = {
        {0, 4, {10, 14}}, {1, 3, {11, 13}}, {3, 5, {13, 26}},  {4, 5, {20, 26}},
        {2, 2, {12, 12}}, {5, 5, {26, 26}}, {9, 12, {26, 26}}, {4, 2, {20, 20}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bylaw_range got =
            bylaw__textmap_range(map, 2, rows[i].begin, rows[i].end);

        assert_int_equal(got.begin, rows[i].want.begin);
        assert_int_equal(got.end, rows[i].want.end);
    }
    assert_int_equal(bylaw__textmap_range(NULL, 0, 3, 7).begin, 3);
    assert_int_equal(bylaw__textmap_range(NULL, 0, 3, 7).end, 7);
}

static void test_tokens__stop_at_the_ceiling(void **state)
{
    (void)state;
    for (size_t words = BYLAW_LIMIT_TOKENS - 1; words <= BYLAW_LIMIT_TOKENS + 1;
         words++) {
        struct bylaw__tokens tokens;
        struct bylaw__buf text = {0};

        for (size_t i = 0; i < words; i++)
            bylaw__buf_add(&text, "a ", 2);
        bylaw__tokens_init(&tokens);
        bylaw__tokens_add(&tokens, bylaw__buf_span(&text), NULL, 0, 0, 0, NULL);
        assert_int_equal(tokens.truncated, words > BYLAW_LIMIT_TOKENS);
        assert_int_equal(tokens.count, words > BYLAW_LIMIT_TOKENS
                                           ? BYLAW_LIMIT_TOKENS
                                           : words);
        bylaw__tokens_release(&tokens);
        bylaw__buf_release(&text);
    }
}

static void test_tokens__cut_the_longest_words(void **state)
{
    char text[BYLAW_LIMIT_WORD_BYTES + 1];

    (void)state;
    memset(text, 'a', sizeof(text));
    for (size_t len = BYLAW_LIMIT_WORD_BYTES - 1; len <= sizeof(text); len++) {
        struct bylaw__tokens tokens;

        bylaw__tokens_init(&tokens);
        bylaw__tokens_add(&tokens, (struct bylaw_span){text, len}, NULL, 0, 0,
                          0, NULL);
        assert_int_equal(tokens.count, len > BYLAW_LIMIT_WORD_BYTES ? 2 : 1);
        assert_int_equal(tokens.items[tokens.count - 1].bytes.end, len);
        bylaw__tokens_release(&tokens);
    }
}

static void test_text_normalise__gives_the_same_words_on_one_line(void **state)
{
    struct bylaw__buf out = {0};

    (void)state;
    assert_int_equal(
        bylaw__text_normalise(&out, BYLAW__SPAN(" “Don’t” — 1,000\nWÖRLD! ")),
        0);
    assert_string_equal(out.ptr, "don't 1000 wörld");
    bylaw__buf_release(&out);
}

static void test_text_fold_name__gives_plain_latin(void **state)
{
    struct bylaw__buf out = {0};

    (void)state;
    assert_int_equal(bylaw__text_fold_name(
                         &out,
                         BYLAW__SPAN("Łódź, Ærø; Дугин – Αθήνα 刘 김 O’Brien")),
                     0);
    assert_string_equal(out.ptr, "lodz aero dugin athena liu gim obrien");
    bylaw__buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens__fold_case_and_compatibility),
        cmocka_unit_test(test_tokens__apostrophes_join_letters),
        cmocka_unit_test(test_tokens__numbers_lose_thousands_signs),
        cmocka_unit_test(test_tokens__scripts_without_spaces_give_code_points),
        cmocka_unit_test(test_tokens__arabic_loses_vowel_signs_and_tatweel),
        cmocka_unit_test(test_tokens__words_between_paired_marks_are_quoted),
        cmocka_unit_test(test_tokens__quotes_do_not_cross_blocks),
        cmocka_unit_test(test_tokens__sentences_begin_after_stops),
        cmocka_unit_test(test_tokens__map_to_page_bytes_through_entities),
        cmocka_unit_test(test_textmap_range__covers_pieces_it_cannot_divide),
        cmocka_unit_test(test_tokens__stop_at_the_ceiling),
        cmocka_unit_test(test_tokens__cut_the_longest_words),
        cmocka_unit_test(test_text_normalise__gives_the_same_words_on_one_line),
        cmocka_unit_test(test_text_fold_name__gives_plain_latin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
