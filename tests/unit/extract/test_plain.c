/* SPDX-License-Identifier: Apache-2.0 */
/* Plain text: paragraphs by blank lines, no marks, no links. */
#include "documents.h"

static void check_blocks(const char *text, const char *const *want)
{
    struct bylaw_document *d = extract_text(text);
    size_t i = 0;

    for (; want[i]; i++) {
        assert_true(i < d->block_count);
        assert_span(d->blocks[i].text, want[i]);
    }
    assert_int_equal(d->block_count, i);
    bylaw_document_free(d);
}

#define CHECK_BLOCKS(text, ...)                                                \
    check_blocks(text, (const char *const[]){__VA_ARGS__, NULL})

static void test_plain__blank_lines_part_paragraphs(void **state)
{
    (void)state;
    CHECK_BLOCKS("one\ntwo\n\nthree", "one two", "three");
    CHECK_BLOCKS("\n\n one \r\n two \r\n \t \r\nthree\n\n\n", "one two",
                 "three");
    CHECK_BLOCKS("no line end", "no line end");
    CHECK_BLOCKS("\xef\xbb\xbf"
                 "after a mark",
                 "after a mark");
}

static void test_plain__marks_are_just_text(void **state)
{
    (void)state;
    CHECK_BLOCKS("5 * 3 or _x_ here\n\nfish &amp; chips for C:\\dir",
                 "5 * 3 or _x_ here", "fish &amp; chips for C:\\dir");
}

static void test_plain__has_no_links(void **state)
{
    struct bylaw_document *d =
        extract_text("Title\n\nSource: https://a.org/x or www.a.org\n");

    (void)state;
    assert_int_equal(d->link_count, 0);
    bylaw_document_free(d);
}

static void test_plain__a_byline_stands_alone(void **state)
{
    (void)state;
    CHECK_BLOCKS("The Title\nBy Ann Author\nText goes\non.", "The Title",
                 "By Ann Author", "Text goes on.");
    CHECK_BLOCKS("He left\nby the way\nhe came.",
                 "He left by the way he came.");
}

static void test_plain_title__is_a_short_first_line(void **state)
{
    static const struct {
        const char *text, *title;
    } rows[] = {
        {"The Title\n\nText.", "The Title"},
        {"\n\nThe Title\n\nText.", "The Title"},
        {"A sentence ends.\n\nText", ""},
        {"By Ann Author\n\nText", ""},
        {"a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a\n\nx",
         ""},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i + 1 < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bylaw_document *d = extract_text(rows[i].text);

        assert_string_equal(d->title, rows[i].title);
        bylaw_document_free(d);
    }
}

static void test_plain_language__is_guessed_from_common_words(void **state)
{
    static const struct {
        const char *language, *text;
    } rows[] = {
        {"en", "The cat was on the mat and it is not from this house."},
        {"de", "Der Hund und die Katze sind nicht von dem Haus, das ist klar."},
        {"fr", "Le chat est sur la table et les souris sont dans une maison "
               "pour la nuit."},
        {"es", "El gato está en la mesa y los ratones fueron por las casas "
               "con una luz."},
        {"it", "Il gatto è nella casa e gli altri sono con una luce che non "
               "si spegne più."},
        {"pt", "O gato não está na mesa e os ratos foram para uma casa com o "
               "cão, são dois."},
        {"ru", "Кошка сидит на столе, а мыши ушли из дома этой ночью."},
        {"ja", "これは日本語の文章です。猫は机の上に座っていました。"},
        {"zh",
         "这是一个中文句子。猫坐在桌子上，老鼠已经离开了房子，夜里很安静。"},
        {"ar", "جلست القطة على الطاولة وغادرت الفئران المنزل هذه الليلة"},
        {"eo", "La kato estas sur la tablo kaj la musoj ne estas en ĉi tiu "
               "domo, sed oni ankaŭ venos."},
        {"", "xyzzy"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bylaw_document *d = extract_text(rows[i].text);

        assert_string_equal(d->language, rows[i].language);
        bylaw_document_free(d);
    }
}

static void test_plain__maps_each_word_to_its_bytes(void **state)
{
    struct bylaw_document *d = extract_text("one  two\nthree");
    const struct bylaw_block *block = &d->blocks[0];

    (void)state;
    assert_span(block->text, "one two three");
    assert_span(bytes_of(d, bylaw__textmap_range(block->map, block->map_count,
                                                 4, 13)),
                "two\nthree");
    assert_span(bytes_of(d, block->bytes), "one  two\nthree");
    assert_int_equal(block->words, 3);
    bylaw_document_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain__blank_lines_part_paragraphs),
        cmocka_unit_test(test_plain__marks_are_just_text),
        cmocka_unit_test(test_plain__has_no_links),
        cmocka_unit_test(test_plain__a_byline_stands_alone),
        cmocka_unit_test(test_plain_title__is_a_short_first_line),
        cmocka_unit_test(test_plain_language__is_guessed_from_common_words),
        cmocka_unit_test(test_plain__maps_each_word_to_its_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
