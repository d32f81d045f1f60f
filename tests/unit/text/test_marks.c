/* SPDX-License-Identifier: Apache-2.0 */
/* Words know the marks that stand right at them. */
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* Each word of text with its marks, as they stand there, by '|'. */
static void describe(struct bylaw__buf *out, struct bylaw_span text)
{
    struct bylaw__tokens tokens;

    bylaw__tokens_init(&tokens);
    assert_int_equal(bylaw__tokens_add(&tokens, text, NULL, 0, 0, 0, NULL), 0);
    for (size_t i = 0; i < tokens.count; i++) {
        const struct bylaw__token *token = &tokens.items[i];
        uint32_t begin = token->bytes.begin - token->marks.before_bytes;
        uint32_t end = token->bytes.end;

        for (size_t k = 0; k < BYLAW__MARKS_AFTER && token->marks.after[k]; k++)
            end = token->bytes.end + token->marks.after_bytes[k];
        if (i)
            bylaw__buf_add_char(out, '|');
        bylaw__buf_add_span(out, bylaw__span_sub(text, begin, end));
    }
    bylaw__tokens_release(&tokens);
}

static void test_marks__belong_to_the_word_they_touch(void **state)
{
    static const struct {
        const char *text, *words;
    } rows[] = {
        {"She said: \"We go on.\" (Yes.)", "She|said:|\"We|go|on.\"|(Yes.)"},
        {"\"Gone\"", "\"Gone\""},
        {"so ... she - left !", "so|she|left"},
        {"wait... \"What?!\"", "wait...|\"What?!\""},
        {"too many?!?!", "too|many?!?"},
        {"one,two (three)four", "one,|two|(three)|four"},
        {"a -- \"b\" -- c", "a|\"b\"|c"},
        {"“Curly” and «angled», „low“", "“Curly”|and|«angled»,|„low“"},
        {"5% of $10.", "5%|of|$10."},
        {"٥؟ نعم،", "٥؟|نعم،"},
        {"完。「好」", "完。「|好」"},
        {"", ""},
        {"\"", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bylaw__buf got = {0};

        describe(&got, bylaw__span_of(rows[i].text));
        assert_string_equal(got.ptr ? got.ptr : "", rows[i].words);
        bylaw__buf_release(&got);
    }
}

static void test_marks__are_alike_however_they_are_typeset(void **state)
{
    static const char *const texts[] = {"\"end.\"", "“end。”", "«end．»"};
    struct bylaw__tokens tokens;

    (void)state;
    bylaw__tokens_init(&tokens);
    for (size_t i = 0; i < 3; i++) {
        const struct bylaw__marks *marks;

        assert_int_equal(bylaw__tokens_add(&tokens, bylaw__span_of(texts[i]),
                                           NULL, 0, 0, 0, NULL),
                         0);
        marks = &tokens.items[i].marks;
        assert_int_equal(marks->before, '"');
        assert_int_equal(marks->after[0], '.');
        assert_int_equal(marks->after[1], '"');
        assert_int_equal(marks->after[2], 0);
    }
    bylaw__tokens_release(&tokens);
}

static void test_marks__know_the_bytes_of_the_page(void **state)
{
    /* <p>&ldquo;Go<b>!</b>&rdquo;</p> */
    static const struct bylaw__textmap map[] = {{0, 3, 3, 7},
                                                {3, 2, 10, 2},
                                                {5, 1, 15, 1},
                                                {6, 3, 20, 7}};
    const struct bylaw__marks *marks;
    struct bylaw__tokens tokens;

    (void)state;
    bylaw__tokens_init(&tokens);
    assert_int_equal(bylaw__tokens_add(&tokens, BYLAW__SPAN("“Go!”"), map, 4, 0,
                                       0, NULL),
                     0);
    assert_int_equal(tokens.count, 1);
    marks = &tokens.items[0].marks;
    assert_int_equal(marks->before_bytes, 7);
    assert_int_equal(marks->after_bytes[0], 4);
    assert_int_equal(marks->after_bytes[1], 15);
    bylaw__tokens_release(&tokens);
}

static void test_marks__too_far_in_the_page_are_left_out(void **state)
{
    /* A word, then a tag of hundreds of bytes, then its full stop. */
    static const struct bylaw__textmap map[] = {{0, 2, 0, 2}, {2, 1, 300, 1}};
    struct bylaw__tokens tokens;

    (void)state;
    bylaw__tokens_init(&tokens);
    assert_int_equal(bylaw__tokens_add(&tokens, BYLAW__SPAN("Go."), map, 2, 0,
                                       0, NULL),
                     0);
    assert_int_equal(tokens.items[0].marks.after[0], 0);
    bylaw__tokens_release(&tokens);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks__belong_to_the_word_they_touch),
        cmocka_unit_test(test_marks__are_alike_however_they_are_typeset),
        cmocka_unit_test(test_marks__know_the_bytes_of_the_page),
        cmocka_unit_test(test_marks__too_far_in_the_page_are_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
