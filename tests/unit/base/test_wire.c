/* SPDX-License-Identifier: Apache-2.0 */
/* Values that go through bytes and come back, or do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/base.h"

#include <math.h>

/* One of everything. */
struct value {
    uint32_t number;
    int64_t time;
    double share;
    bool flag;
    struct bylaw_span bytes, nothing;
    const char *text, *no_text;
    struct bylaw_range range;
    struct bylaw_error error;
    size_t count;
};

static void wire_value(struct bylaw__wire *wire, struct value *v)
{
    v->number = bylaw__wire_u32(wire, v->number, 100);
    v->time = bylaw__wire_i64(wire, v->time);
    v->share = bylaw__wire_real(wire, v->share, 1);
    v->flag = bylaw__wire_bool(wire, v->flag);
    v->bytes = bylaw__wire_span(wire, v->bytes);
    v->nothing = bylaw__wire_span(wire, v->nothing);
    v->text = bylaw__wire_some_text(wire, v->text);
    v->no_text = bylaw__wire_text(wire, v->no_text);
    v->range = bylaw__wire_range(wire, v->range, 50);
    bylaw__wire_error(wire, &v->error);
    v->count = bylaw__wire_count(wire, v->count, 10);
}

static struct value sample(void)
{
    return (struct value){
        .number = 100,
        .time = -5,
        .share = 0.25,
        .flag = true,
        .bytes = {"a\0b", 3},
        .text = "Grüße",
        .range = {10, 50},
        .error = {BYLAW_ELIMIT, "html.too-large", "page", "it is too large"},
    };
}

static void write_value(struct bylaw__buf *out, struct value v)
{
    struct bylaw__wire wire = {.out = out};

    wire_value(&wire, &v);
    assert_false(out->failed);
}

/* False where the bytes are refused. */
static bool read_value(struct value *out, struct bylaw__arena *arena,
                       struct bylaw_span bytes)
{
    struct bylaw__wire wire = {.in = bytes, .arena = arena};

    memset(out, 0, sizeof(*out));
    wire_value(&wire, out);
    return bylaw__wire_is_whole(&wire);
}

static void check_refused(struct value v)
{
    struct bylaw__buf bytes = {0};
    struct bylaw__arena arena = {0};
    struct value back;

    write_value(&bytes, v);
    assert_false(read_value(&back, &arena, bylaw__buf_span(&bytes)));
    bylaw__arena_release(&arena);
    bylaw__buf_release(&bytes);
}

static void test_wire__brings_every_kind_of_value_back(void **state)
{
    struct bylaw__buf bytes = {0};
    struct bylaw__arena arena = {0};
    struct value v = sample(), back;

    (void)state;
    write_value(&bytes, v);
    assert_true(read_value(&back, &arena, bylaw__buf_span(&bytes)));
    bylaw__buf_release(&bytes);
    assert_int_equal(back.number, 100);
    assert_int_equal(back.time, -5);
    assert_true(back.share > 0.2499 && back.share < 0.2501);
    assert_true(back.flag);
    assert_int_equal(back.bytes.len, 3);
    assert_memory_equal(back.bytes.ptr, "a\0b", 4);
    assert_null(back.nothing.ptr);
    assert_string_equal(back.text, "Grüße");
    assert_null(back.no_text);
    assert_int_equal(back.range.begin, 10);
    assert_int_equal(back.range.end, 50);
    assert_int_equal(back.error.code, BYLAW_ELIMIT);
    assert_ptr_equal(back.error.id,
                     bylaw_diagnostic_find("html.too-large")->id);
    assert_string_equal(back.error.what, "it is too large");
    bylaw__arena_release(&arena);
}

static void test_wire__refuses_what_is_cut_short_anywhere(void **state)
{
    struct bylaw__buf bytes = {0};
    struct value back;

    (void)state;
    write_value(&bytes, sample());
    for (size_t len = 0; len < bytes.len; len++) {
        struct bylaw__arena arena = {0};

        assert_false(
            read_value(&back, &arena, (struct bylaw_span){bytes.ptr, len}));
        bylaw__arena_release(&arena);
    }
    bylaw__buf_release(&bytes);
}

static void test_wire__refuses_values_out_of_bounds(void **state)
{
    struct value v;

    (void)state;
    v = sample();
    v.number = 101;
    check_refused(v);
    v = sample();
    v.share = 1.5;
    check_refused(v);
    v = sample();
    v.share = -0.5;
    check_refused(v);
    v = sample();
    v.share = NAN;
    check_refused(v);
    v = sample();
    v.range.end = 51;
    check_refused(v);
    v = sample();
    v.range.end = 9;
    check_refused(v);
    v = sample();
    v.count = 11;
    check_refused(v);
}

static void test_wire__refuses_a_count_that_its_bytes_cannot_hold(void **state)
{
    struct value v = sample();

    (void)state;
    v.count = 10;
    check_refused(v);
}

static void test_wire__refuses_text_that_is_none(void **state)
{
    struct value v = sample();

    (void)state;
    v.text = NULL;
    check_refused(v);
    v = sample();
    v.error.id = "no.such-id";
    check_refused(v);
    v = sample();
    memcpy(v.error.what, "two\nlines", 10);
    check_refused(v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wire__brings_every_kind_of_value_back),
        cmocka_unit_test(test_wire__refuses_what_is_cut_short_anywhere),
        cmocka_unit_test(test_wire__refuses_values_out_of_bounds),
        cmocka_unit_test(test_wire__refuses_a_count_that_its_bytes_cannot_hold),
        cmocka_unit_test(test_wire__refuses_text_that_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
