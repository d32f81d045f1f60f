/* SPDX-License-Identifier: Apache-2.0 */
/* What the JSON writer writes, read back by another program's parser. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>

/* The value that the bytes of buf are; fails where they are none. */
static json_t *parse(const struct bylaw__buf *buf)
{
    json_error_t why;
    json_t *value;

    assert_false(buf->failed);
    value =
        json_loadb(buf->ptr, buf->len,
                   JSON_DECODE_ANY | JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL,
                   &why);
    if (!value)
        fail_msg("%s in %.*s", why.text, (int)buf->len, buf->ptr);
    return value;
}

/* A string written here comes back as want, whatever bytes it was made of. */
static void check_string(struct bylaw_span text, struct bylaw_span want)
{
    struct bylaw__buf buf = {0};
    struct bylaw__json json;
    json_t *value;

    bylaw__json_init(&json, &buf, false);
    bylaw__json_span(&json, text);
    value = parse(&buf);
    assert_int_equal(json_string_length(value), want.len);
    assert_memory_equal(json_string_value(value), want.ptr, want.len);
    json_decref(value);
    bylaw__buf_release(&buf);
}

static void check_written(struct bylaw_span text, const char *want)
{
    struct bylaw__buf buf = {0};
    struct bylaw__json json;

    bylaw__json_init(&json, &buf, false);
    bylaw__json_span(&json, text);
    assert_string_equal(buf.ptr, want);
    bylaw__buf_release(&buf);
}

#define CHECK_SAME(literal)                                                    \
    check_string(BYLAW__SPAN(literal), BYLAW__SPAN(literal))

static void test_json__every_control_character_comes_back(void **state)
{
    (void)state;
    for (int c = 0; c < 0x100; c++) {
        char utf8[4];
        struct bylaw_span s = {utf8, bylaw__utf8_put(utf8, (uint32_t)c)};

        check_string(s, s);
    }
}

static void test_json__text_of_any_script_comes_back(void **state)
{
    (void)state;
    CHECK_SAME("");
    CHECK_SAME("plain");
    CHECK_SAME("\"quoted\" \\ back / slash");
    CHECK_SAME("line\nline\r\n\ttab");
    CHECK_SAME("a\0b\0");
    CHECK_SAME("\xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80");
    CHECK_SAME("\xef\xbf\xbd"); /* U+FFFD as such */
    CHECK_SAME("\xe2\x80\xa8 \xe2\x80\xa9");
    CHECK_SAME("\xef\xbb\xbf");
    CHECK_SAME("\xf4\x8f\xbf\xbf");
}

/* Wherever among plain letters it stands, a mark is seen. */
static void test_json__marks_are_escaped_at_every_place(void **state)
{
    static const struct {
        const char *mark, *written;
    } rows[] = {{"\"", "\\\""},
                {"\\", "\\\\"},
                {"\n", "\\n"},
                {"\x01", "\\u0001"},
                {"\x1f", "\\u001f"},
                {"\x7f", "\\u007f"},
                {"\xc2\x80", "\\u0080"},
                {"\xe2\x80\xae", "\\u202e"},
                {" ", " "},
                {"~", "~"},
                {"\xc3\xa9", "\xc3\xa9"},
                {"!#[]", "!#[]"}};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        for (int before = 0; before < 20; before++)
            for (int after = 0; after < 20; after++) {
                char text[64], want[64];

                snprintf(text, sizeof(text), "%.*s%s%.*s", before,
                         "abcdefghijklmnopqrst", rows[i].mark, after,
                         "abcdefghijklmnopqrst");
                snprintf(want, sizeof(want), "\"%.*s%s%.*s\"", before,
                         "abcdefghijklmnopqrst", rows[i].written, after,
                         "abcdefghijklmnopqrst");
                check_written(bylaw__span_of(text), want);
            }
}

static void test_json__invalid_utf8_becomes_replacement_marks(void **state)
{
    (void)state;
    check_string(BYLAW__SPAN("a\xff"
                             "b"),
                 BYLAW__SPAN("a\xef\xbf\xbd"
                             "b"));
    check_string(BYLAW__SPAN("\xc3"), BYLAW__SPAN("\xef\xbf\xbd"));
    check_string(BYLAW__SPAN("\xed\xa0\x80"),
                 BYLAW__SPAN("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"));
    check_string(BYLAW__SPAN("\xc0\xaf/"),
                 BYLAW__SPAN("\xef\xbf\xbd\xef\xbf\xbd/"));
}

static void test_json__what_a_terminal_obeys_is_escaped(void **state)
{
    (void)state;
    check_written(BYLAW__SPAN("\x1b[31m"), "\"\\u001b[31m\"");
    check_written(BYLAW__SPAN("\x7f"), "\"\\u007f\"");
    check_written(BYLAW__SPAN("\xc2\x9b"), "\"\\u009b\"");
    check_written(BYLAW__SPAN("\xe2\x80\xa8"), "\"\\u2028\"");
    check_written(BYLAW__SPAN("\xe2\x80\xae"), "\"\\u202e\"");
    check_written(BYLAW__SPAN("\xe2\x81\xa6"), "\"\\u2066\"");
    check_written(BYLAW__SPAN("\xd8\x9c"), "\"\\u061c\"");
    check_written(BYLAW__SPAN("\xc3\xa9"), "\"\xc3\xa9\"");
}

/* Every pair of bytes makes valid JSON. */
static void test_json__any_bytes_make_valid_json(void **state)
{
    struct bylaw__buf buf = {0};

    (void)state;
    for (unsigned first = 0; first < 256; first++) {
        struct bylaw__json json;
        json_t *value;

        bylaw__buf_clear(&buf);
        bylaw__json_init(&json, &buf, false);
        bylaw__json_array(&json);
        for (unsigned second = 0; second < 256; second++)
            bylaw__json_span(&json, (struct bylaw_span){(char[]){(char)first,
                                                                 (char)second,
                                                                 (char)first},
                                                        3});
        bylaw__json_array_end(&json);
        assert_true(bylaw__utf8_valid(bylaw__buf_span(&buf)));
        value = parse(&buf);
        assert_int_equal(json_array_size(value), 256);
        json_decref(value);
    }
    bylaw__buf_release(&buf);
}

static void write_sample(struct bylaw__json *json)
{
    bylaw__json_object(json);
    bylaw__json_key(json, "empty");
    bylaw__json_object(json);
    bylaw__json_object_end(json);
    bylaw__json_key(json, "list");
    bylaw__json_array(json);
    bylaw__json_int(json, 1);
    bylaw__json_array(json);
    bylaw__json_array_end(json);
    bylaw__json_bool(json, true);
    bylaw__json_null(json);
    bylaw__json_array_end(json);
    bylaw__json_key(json, "text");
    bylaw__json_text(json, "x");
    bylaw__json_key(json, "none");
    bylaw__json_text(json, NULL);
    bylaw__json_key(json, "a \"key\"\n");
    bylaw__json_bool(json, false);
    bylaw__json_object_end(json);
}

static void test_json__commas_stand_between_members_only(void **state)
{
    struct bylaw__buf buf = {0};
    struct bylaw__json json;

    (void)state;
    bylaw__json_init(&json, &buf, false);
    write_sample(&json);
    assert_string_equal(buf.ptr, "{\"empty\":{},\"list\":[1,[],true,null],"
                                 "\"text\":\"x\",\"none\":null,"
                                 "\"a \\\"key\\\"\\n\":false}");
    bylaw__buf_release(&buf);
}

static void test_json__pretty_form_says_the_same(void **state)
{
    struct bylaw__buf plain = {0}, pretty = {0};
    struct bylaw__json json;
    json_t *a, *b;

    (void)state;
    bylaw__json_init(&json, &plain, false);
    write_sample(&json);
    bylaw__json_init(&json, &pretty, true);
    write_sample(&json);
    a = parse(&plain);
    b = parse(&pretty);
    assert_true(json_equal(a, b));
    assert_non_null(strstr(pretty.ptr, "\n  \"list\": [\n    1,"));
    json_decref(a);
    json_decref(b);
    bylaw__buf_release(&plain);
    bylaw__buf_release(&pretty);
}

/* Opens that many arrays, closes them; whether that went well. */
static bool nests(unsigned depth)
{
    struct bylaw__buf buf = {0};
    struct bylaw__json json;
    bool well;

    bylaw__json_init(&json, &buf, false);
    for (unsigned i = 0; i < depth; i++)
        bylaw__json_array(&json);
    for (unsigned i = 0; i < depth; i++)
        bylaw__json_array_end(&json);
    well = !buf.failed;
    if (well)
        json_decref(parse(&buf));
    bylaw__buf_release(&buf);
    return well;
}

static void test_json__nests_63_levels_and_then_fails(void **state)
{
    (void)state;
    assert_true(nests(1));
    assert_true(nests(62));
    assert_true(nests(63));
    assert_false(nests(64));
    assert_false(nests(5000));
}

static void test_json__closing_more_than_was_opened_fails(void **state)
{
    struct bylaw__buf buf = {0};
    struct bylaw__json json;

    (void)state;
    bylaw__json_init(&json, &buf, false);
    bylaw__json_array(&json);
    bylaw__json_array_end(&json);
    assert_false(buf.failed);
    bylaw__json_array_end(&json);
    assert_true(buf.failed);
    bylaw__buf_release(&buf);
}

static void test_json__a_full_buffer_is_failed_not_cut_json(void **state)
{
    struct bylaw__buf buf;
    struct bylaw__json json;

    (void)state;
    bylaw__buf_init(&buf, 20);
    bylaw__json_init(&json, &buf, false);
    bylaw__json_array(&json);
    for (int i = 0; i < 100; i++)
        bylaw__json_text(&json, "word");
    bylaw__json_array_end(&json);
    assert_true(buf.failed);
    bylaw__buf_release(&buf);
}

static void check_number(double value, int decimals, const char *want)
{
    struct bylaw__buf buf = {0};
    struct bylaw__json json;

    bylaw__json_init(&json, &buf, false);
    bylaw__json_real(&json, value, decimals);
    assert_string_equal(buf.ptr, want);
    json_decref(parse(&buf));
    bylaw__buf_release(&buf);
}

static void test_json__numbers_that_json_lacks_are_null(void **state)
{
    (void)state;
    check_number((double)NAN, 4, "null");
    check_number((double)INFINITY, 4, "null");
    check_number(-(double)INFINITY, 0, "null");
    check_number(0.98765, 4, "0.9877");
    check_number(-0.5, 2, "-0.50");
    check_number(1, 0, "1");
    check_number(0, 4, "0.0000");
}

static void test_json__whole_numbers_keep_all_digits(void **state)
{
    static const int64_t values[] = {0, -1, INT64_MAX, INT64_MIN};

    (void)state;
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        struct bylaw__buf buf = {0};
        struct bylaw__json json;
        json_t *value;

        bylaw__json_init(&json, &buf, false);
        bylaw__json_int(&json, values[i]);
        value = parse(&buf);
        assert_true(json_integer_value(value) == values[i]);
        json_decref(value);
        bylaw__buf_release(&buf);
    }
}

static void test_json__a_member_is_a_key_and_its_value(void **state)
{
    struct bylaw__buf buf = {0};
    struct bylaw__json json;

    (void)state;
    bylaw__json_init(&json, &buf, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "text", "a \"b\"");
    bylaw__json_add_text(&json, "nothing", NULL);
    bylaw__json_add_text(&json, "empty", "");
    bylaw__json_add_number(&json, "number", INT64_MIN);
    bylaw__json_add_count(&json, "count", INT64_MAX);
    bylaw__json_object_end(&json);
    assert_false(buf.failed);
    assert_string_equal(buf.ptr,
                        "{\"text\":\"a \\\"b\\\"\",\"nothing\":null,"
                        "\"empty\":\"\",\"number\":-9223372036854775808,"
                        "\"count\":9223372036854775807}");
    bylaw__buf_release(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json__every_control_character_comes_back),
        cmocka_unit_test(test_json__text_of_any_script_comes_back),
        cmocka_unit_test(test_json__marks_are_escaped_at_every_place),
        cmocka_unit_test(test_json__invalid_utf8_becomes_replacement_marks),
        cmocka_unit_test(test_json__what_a_terminal_obeys_is_escaped),
        cmocka_unit_test(test_json__any_bytes_make_valid_json),
        cmocka_unit_test(test_json__commas_stand_between_members_only),
        cmocka_unit_test(test_json__pretty_form_says_the_same),
        cmocka_unit_test(test_json__nests_63_levels_and_then_fails),
        cmocka_unit_test(test_json__closing_more_than_was_opened_fails),
        cmocka_unit_test(test_json__a_full_buffer_is_failed_not_cut_json),
        cmocka_unit_test(test_json__numbers_that_json_lacks_are_null),
        cmocka_unit_test(test_json__whole_numbers_keep_all_digits),
        cmocka_unit_test(test_json__a_member_is_a_key_and_its_value),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
