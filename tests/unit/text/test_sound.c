/* SPDX-License-Identifier: Apache-2.0 */
/* How names sound: the same in two scripts, other names otherwise. */
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static size_t sound_of(char *out, const char *name, enum bylaw__sound_kind kind)
{
    struct bylaw__buf letters = {0};
    bylaw__folds *folds = bylaw__folds_new();
    size_t len;

    assert_non_null(folds);
    assert_int_equal(0, bylaw__text_squeeze(&letters, bylaw__span_of(name),
                                            folds));
    len = bylaw__text_sound(out, bylaw__buf_span(&letters), kind);
    bylaw__buf_release(&letters);
    bylaw__folds_free(folds);
    return len;
}

static bool sound_alike(const char *a, const char *b,
                        enum bylaw__sound_kind kind)
{
    char left[BYLAW__SOUND_LETTERS], right[BYLAW__SOUND_LETTERS];
    size_t left_len = sound_of(left, a, kind);
    size_t right_len = sound_of(right, b, kind);

    return left_len && left_len == right_len && !memcmp(left, right, left_len);
}

static void test_sound__is_the_same_in_two_scripts(void **state)
{
    static const char *const pairs[][2] = {{"Putin", "Путин"},
                                           {"Netanyahu", "نتنياهو"},
                                           {"Netanyahu", "Нетаньяху"},
                                           {"Sokolov", "Соколов"},
                                           {"Papadopoulos", "Παπαδόπουλος"}};

    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        if (!sound_alike(pairs[i][0], pairs[i][1], BYLAW__SOUND_CLOSE))
            fail_msg("%s is not heard in %s", pairs[i][0], pairs[i][1]);
}

static void test_sound__of_other_names_differs(void **state)
{
    (void)state;
    assert_false(sound_alike("Putin", "Merkel", BYLAW__SOUND_CLOSE));
    assert_false(sound_alike("Holt", "Karin", BYLAW__SOUND_CLOSE));
    assert_false(sound_alike("Rome", "Lome", BYLAW__SOUND_CLOSE));
}

static void test_sound__is_loose_between_letters_and_chinese(void **state)
{
    (void)state;
    assert_true(sound_alike("Clinton", "克林顿", BYLAW__SOUND_LOOSE));
    assert_true(sound_alike("Trudeau", "特鲁多", BYLAW__SOUND_LOOSE));
    assert_false(sound_alike("Clinton", "特鲁多", BYLAW__SOUND_LOOSE));
}

static void test_sound__fits_whatever_the_word(void **state)
{
    char out[BYLAW__SOUND_LETTERS];
    char word[300];

    (void)state;
    for (size_t i = 0; i < sizeof(word); i++)
        word[i] = "bxkxmxtx"[i % 8];
    for (size_t len = 0; len <= sizeof(word); len++)
        assert_true(bylaw__text_sound(out, (struct bylaw_span){word, len},
                                      len % 2 ? BYLAW__SOUND_CLOSE
                                              : BYLAW__SOUND_LOOSE) <=
                    BYLAW__SOUND_LETTERS);
    assert_int_equal(0, bylaw__text_sound(out, BYLAW__SPAN("123"),
                                          BYLAW__SOUND_CLOSE));
}

static void test_sound__characters_that_spell_names_are_known(void **state)
{
    (void)state;
    assert_true(bylaw__text_is_transcribing(0x514b));  /* ke */
    assert_true(bylaw__text_is_transcribing(0x65af));  /* si */
    assert_false(bylaw__text_is_transcribing(0x7684)); /* of */
    assert_false(bylaw__text_is_transcribing('a'));
    assert_false(bylaw__text_is_transcribing(0x10ffff));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sound__is_the_same_in_two_scripts),
        cmocka_unit_test(test_sound__of_other_names_differs),
        cmocka_unit_test(test_sound__is_loose_between_letters_and_chinese),
        cmocka_unit_test(test_sound__fits_whatever_the_word),
        cmocka_unit_test(test_sound__characters_that_spell_names_are_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
