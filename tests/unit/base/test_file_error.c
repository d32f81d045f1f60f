/* SPDX-License-Identifier: Apache-2.0 */
/* Files up to a ceiling, errors of one line, the table of diagnostics. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <stdio.h>
#include <unistd.h>

static char path[] = "/tmp/bylaw-test-file-XXXXXX";

static int make_file(void **state)
{
    int fd = mkstemp(path);

    (void)state;
    return fd < 0 || close(fd);
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

static void write_bytes(size_t len)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    for (size_t i = 0; i < len; i++)
        fputc((int)(i % 256), file);
    assert_int_equal(fclose(file), 0);
}

/* Reads the file; NULL for success, else the diagnostic's id. */
static const char *read_with(size_t ceiling, const char *name, size_t want_len)
{
    struct bylaw__buf buf;
    struct bylaw_error err = {0};
    int rc;

    bylaw__buf_init(&buf, ceiling);
    rc = bylaw__file_read(&buf, name, &err);
    assert_int_equal(rc, err.code);
    if (!rc) {
        assert_int_equal(buf.len, want_len);
        for (size_t i = 0; i < buf.len; i++)
            assert_int_equal((unsigned char)buf.ptr[i], i % 256);
    } else {
        assert_string_equal(err.where, name);
    }
    bylaw__buf_release(&buf);
    return err.id;
}

static void test_file__is_read_up_to_its_ceiling(void **state)
{
    static const size_t ceilings[] = {1, 100, 16383, 16384, 16385, 50000};

    (void)state;
    for (size_t i = 0; i < sizeof(ceilings) / sizeof(ceilings[0]); i++) {
        size_t ceiling = ceilings[i];

        write_bytes(ceiling - 1);
        assert_null(read_with(ceiling, path, ceiling - 1));
        write_bytes(ceiling);
        assert_null(read_with(ceiling, path, ceiling));
        write_bytes(ceiling + 1);
        assert_string_equal(read_with(ceiling, path, 0), "file.too-large");
    }
}

static void test_file__empty_is_no_failure(void **state)
{
    (void)state;
    write_bytes(0);
    assert_null(read_with(10, path, 0));
}

static void test_file__endless_device_ends_at_the_ceiling(void **state)
{
    (void)state;
    assert_string_equal(read_with(70000, "/dev/zero", 0), "file.too-large");
}

static void test_file__says_what_cannot_be_read(void **state)
{
    (void)state;
    assert_string_equal(read_with(10, "/tmp", 0), "file.directory");
    assert_string_equal(read_with(10, "/nowhere/at-all", 0), "file.unreadable");
    assert_string_equal(read_with(10, "", 0), "file.unreadable");
}

static void test_file__names_the_ceiling_in_force(void **state)
{
    struct bylaw__buf buf;
    struct bylaw_error err = {0};

    (void)state;
    bylaw__buf_init(&buf, 3);
    bylaw__file_read(&buf, "/dev/zero", &err);
    assert_int_equal(err.code, BYLAW_ELIMIT);
    assert_string_equal(err.what, "larger than 3 bytes");
    bylaw__buf_release(&buf);
}

static void test_file__reads_standard_input(void **state)
{
    struct bylaw__buf buf = {0};
    int saved = dup(STDIN_FILENO);

    (void)state;
    write_bytes(20000);
    assert_non_null(freopen(path, "rb", stdin));
    assert_int_equal(bylaw__file_read(&buf, "-", NULL), 0);
    assert_int_equal(buf.len, 20000);
    bylaw__buf_release(&buf);
    assert_true(dup2(saved, STDIN_FILENO) >= 0);
    close(saved);
}

static void test_fail__returns_its_code_and_needs_no_room(void **state)
{
    (void)state;
    assert_int_equal(bylaw__fail(NULL, BYLAW_ELIMIT, "base.defect", "", "x"),
                     BYLAW_ELIMIT);
    assert_int_equal(bylaw__fail_memory(NULL, ""), BYLAW_ENOMEM);
}

static void test_fail__is_one_line_without_controls(void **state)
{
    struct bylaw_error err;

    (void)state;
    bylaw__fail(&err, BYLAW_EPARSE, "base.defect", "a\nb\x1b[1m",
                "line\r\nline\t%s\x7f", "\x1b]0;title\x07");
    assert_string_equal(err.where, "a b [1m");
    assert_string_equal(err.what, "line  line  ]0;title  ");
    assert_string_equal(err.id, "base.defect");
    assert_int_equal(err.code, BYLAW_EPARSE);
    bylaw__fail(&err, BYLAW_EPARSE, "base.defect", NULL, "x");
    assert_string_equal(err.where, "");
}

/* A text longer than its room is cut between characters. */
static void check_cut(const char *unit)
{
    struct bylaw_error err;
    struct bylaw__buf text = {0};

    for (size_t shift = 0; shift < 4; shift++) {
        bylaw__buf_clear(&text);
        bylaw__buf_printf(&text, "%.*s", (int)shift, "abcd");
        while (text.len < 2000)
            bylaw__buf_add_text(&text, unit);
        bylaw__fail(&err, BYLAW_EPARSE, "base.defect", text.ptr, "%s",
                    text.ptr);
        assert_in_range(strlen(err.what), sizeof(err.what) - 5,
                        sizeof(err.what) - 1);
        assert_in_range(strlen(err.where), sizeof(err.where) - 5,
                        sizeof(err.where) - 1);
        assert_true(bylaw__utf8_valid(bylaw__span_of(err.what)));
        assert_true(bylaw__utf8_valid(bylaw__span_of(err.where)));
        assert_memory_equal(err.what, text.ptr, strlen(err.what));
    }
    bylaw__buf_release(&text);
}

static void test_fail__cuts_long_texts_between_characters(void **state)
{
    (void)state;
    check_cut("x");
    check_cut("\xc3\xa9");
    check_cut("\xe6\x97\xa5");
    check_cut("\xf0\x9f\x98\x80");
}

static void test_fail__keeps_texts_that_just_fit(void **state)
{
    struct bylaw_error err;
    char text[sizeof(err.what)];

    (void)state;
    memset(text, 'x', sizeof(text));
    text[sizeof(text) - 1] = '\0';
    memcpy(text + sizeof(text) - 3, "\xc3\xa9", 2);
    bylaw__fail(&err, BYLAW_EPARSE, "base.defect", text, "%s", text);
    assert_string_equal(err.what, text);
    assert_string_equal(err.where, text);
}

static void test_error__every_code_has_a_name_and_a_sentence(void **state)
{
    (void)state;
#define X(name, value, sentence)                                               \
    assert_string_equal(bylaw_error_name(value), #name);                       \
    assert_string_equal(bylaw_error_sentence(value), sentence);
    BYLAW_ERROR_CODES(X)
#undef X
    assert_string_equal(bylaw_error_name(1), "unknown");
    assert_string_equal(bylaw_error_name(-999), "unknown");
    assert_non_null(bylaw_error_sentence(-999));
}

static bool is_id(const char *id)
{
    size_t dots = 0;

    for (const char *p = id; *p; p++) {
        if (*p == '.')
            dots++;
        else if (!(*p >= 'a' && *p <= 'z') && !bylaw__is_digit(*p) && *p != '-')
            return false;
    }
    return dots == 1 && id[0] != '.' && id[strlen(id) - 1] != '.';
}

static bool ends_with_stop(const char *text)
{
    size_t len = strlen(text);

    return len > 10 && text[len - 1] == '.' && text[len - 2] != '.';
}

static void test_diagnostics__are_sorted_and_say_something(void **state)
{
    const struct bylaw_diagnostic *row, *last = NULL;
    size_t i;

    (void)state;
    for (i = 0; (row = bylaw_diagnostic_at(i)); last = row, i++) {
        if (last && strcmp(last->id, row->id) >= 0)
            fail_msg("%s stands behind %s", row->id, last->id);
        if (!is_id(row->id))
            fail_msg("%s is no id", row->id);
        if (strlen(row->summary) < 10 || ends_with_stop(row->summary))
            fail_msg("%s: \"%s\" is no summary", row->id, row->summary);
        if (!ends_with_stop(row->meaning))
            fail_msg("%s: \"%s\" is no meaning", row->id, row->meaning);
        if (!ends_with_stop(row->hint))
            fail_msg("%s: \"%s\" is no hint", row->id, row->hint);
        assert_ptr_equal(bylaw_diagnostic_find(row->id), row);
    }
    assert_true(i > 20);
    assert_null(bylaw_diagnostic_find("no.such-thing"));
    assert_null(bylaw_diagnostic_find(""));
    assert_null(bylaw_diagnostic_find(NULL));
    assert_null(bylaw_diagnostic_at(SIZE_MAX));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file__is_read_up_to_its_ceiling),
        cmocka_unit_test(test_file__empty_is_no_failure),
        cmocka_unit_test(test_file__endless_device_ends_at_the_ceiling),
        cmocka_unit_test(test_file__says_what_cannot_be_read),
        cmocka_unit_test(test_file__names_the_ceiling_in_force),
        cmocka_unit_test(test_file__reads_standard_input),
        cmocka_unit_test(test_fail__returns_its_code_and_needs_no_room),
        cmocka_unit_test(test_fail__is_one_line_without_controls),
        cmocka_unit_test(test_fail__cuts_long_texts_between_characters),
        cmocka_unit_test(test_fail__keeps_texts_that_just_fit),
        cmocka_unit_test(test_error__every_code_has_a_name_and_a_sentence),
        cmocka_unit_test(test_diagnostics__are_sorted_and_say_something),
    };

    return cmocka_run_group_tests(tests, make_file, remove_file);
}
