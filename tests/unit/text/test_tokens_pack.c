/* SPDX-License-Identifier: Apache-2.0 */
/* Words that were packed are the words they were. */
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void check_same(const struct bylaw__tokens *a,
                       const struct bylaw__tokens *b)
{
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->truncated, b->truncated);
    assert_true(
        bylaw__span_eq(bylaw__buf_span(&a->norm), bylaw__buf_span(&b->norm)));
    for (size_t i = 0; i < a->count; i++) {
        const struct bylaw__token *x = &a->items[i], *y = &b->items[i];

        assert_true(x->hash == y->hash);
        assert_int_equal(x->norm_off, y->norm_off);
        assert_int_equal(x->norm_len, y->norm_len);
        assert_int_equal(x->bytes.begin, y->bytes.begin);
        assert_int_equal(x->bytes.end, y->bytes.end);
        assert_int_equal(x->block, y->block);
        assert_int_equal(x->flags, y->flags);
        assert_memory_equal(&x->marks, &y->marks, sizeof(x->marks));
    }
}

/* Packs tokens and unpacks them over whatever out had. */
static void check_through(const struct bylaw__tokens *tokens,
                          struct bylaw__tokens *out)
{
    struct bylaw__packed_tokens packed = {0};

    assert_int_equal(bylaw__tokens_pack(&packed, tokens), 0);
    assert_int_equal(bylaw__tokens_unpack(out, &packed), 0);
    check_same(tokens, out);
    assert_int_equal(bylaw__tokens_unpack(out, &packed), 0);
    check_same(tokens, out);
    bylaw__packed_tokens_release(&packed);
}

static void add(struct bylaw__tokens *tokens, const char *text, uint32_t block,
                uint32_t flags)
{
    assert_int_equal(bylaw__tokens_add(tokens, bylaw__span_of(text), NULL, 0,
                                       block, flags, NULL),
                     0);
}

static void test_pack__keeps_every_word_as_it_was(void **state)
{
    struct bylaw__tokens tokens, out;

    (void)state;
    bylaw__tokens_init(&tokens);
    bylaw__tokens_init(&out);
    check_through(&tokens, &out);
    add(&tokens, "Prices rose by 5% - \"a lot\", she said. Don't ask why.", 0,
        0);
    add(&tokens, "ﬁne m² 東京 e\xcc\x81t", 70000, BYLAW__TOKEN_FURNITURE);
    add(&tokens, "An earlier place, for maps may go back", 3,
        BYLAW__TOKEN_QUOTED | BYLAW__TOKEN_HEADING);
    check_through(&tokens, &out);
    tokens.count = 1;
    tokens.norm.len = tokens.items[0].norm_len;
    check_through(&tokens, &out);
    bylaw__tokens_release(&tokens);
    bylaw__tokens_release(&out);
}

/* Numbers at the ends of what 32 bits hold, ranges that go back. */
static void test_pack__keeps_numbers_of_any_size(void **state)
{
    static const struct bylaw_range ranges[] = {
        {0, UINT32_MAX}, {0, 0},     {UINT32_MAX, UINT32_MAX}, {127, 255},
        {128, 16383},    {64, 1000}, {2097151, 2097152},       {5, 6},
    };
    static const uint32_t blocks[] = {UINT32_MAX, 0,   1u << 31, 127,
                                      128,        255, 1u << 28, 3};
    struct bylaw__tokens tokens, out;

    (void)state;
    bylaw__tokens_init(&tokens);
    bylaw__tokens_init(&out);
    add(&tokens, "one two three four five six seven eight", 0, 0);
    assert_int_equal(tokens.count, 8);
    for (size_t i = 0; i < 8; i++) {
        tokens.items[i].bytes = ranges[i];
        tokens.items[i].block = blocks[i];
        tokens.items[i].flags = (uint32_t)(i * 36);
    }
    tokens.truncated = true;
    check_through(&tokens, &out);
    bylaw__tokens_release(&tokens);
    bylaw__tokens_release(&out);
}

static void test_pack__takes_a_fraction_of_the_memory(void **state)
{
    struct bylaw__tokens tokens;
    struct bylaw__packed_tokens packed = {0};

    (void)state;
    bylaw__tokens_init(&tokens);
    for (uint32_t i = 0; i < 100; i++)
        add(&tokens, "Nobody in the harbour had seen the ship come in.", i, 0);
    assert_int_equal(bylaw__tokens_pack(&packed, &tokens), 0);
    assert_true(packed.len * 3 <
                tokens.count * sizeof(tokens.items[0]) + tokens.norm.len);
    bylaw__packed_tokens_release(&packed);
    bylaw__tokens_release(&tokens);
}

static void test_percent__is_noted_on_the_word_before_it(void **state)
{
    struct bylaw__tokens tokens;

    (void)state;
    bylaw__tokens_init(&tokens);
    add(&tokens, "5% of 10 % and 7%", 0, 0);
    assert_int_equal(tokens.count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(!!(tokens.items[i].flags & BYLAW__TOKEN_PERCENT),
                         i == 0 || i == 4);
    bylaw__tokens_release(&tokens);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pack__keeps_every_word_as_it_was),
        cmocka_unit_test(test_pack__keeps_numbers_of_any_size),
        cmocka_unit_test(test_pack__takes_a_fraction_of_the_memory),
        cmocka_unit_test(test_percent__is_noted_on_the_word_before_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
