/* SPDX-License-Identifier: Apache-2.0 */
/* Names are found however they are written, and only as whole words. */
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define NONE     BYLAW__NAME_NONE
#define PARTIAL  BYLAW__NAME_PARTIAL
#define INITIALS BYLAW__NAME_INITIALS
#define FULL     BYLAW__NAME_FULL

struct name_case {
    const char *name, *text;
    enum bylaw__name_match want;
    const char *found; /* what the range cuts out of the text; NULL: nothing */
};

static void check_name(const struct name_case *row)
{
    struct bylaw_span text = bylaw__span_of(row->text);
    struct bylaw_range range = {0, 0};
    struct bylaw_span found;
    enum bylaw__name_match match =
        bylaw__name_find(&range, text, bylaw__span_of(row->name));

    found = bylaw__span_sub(text, range.begin, range.end);
    if (match == row->want &&
        bylaw__span_is(found, row->found ? row->found : ""))
        return;
    fail_msg("\"%s\" in \"%s\": match %d, \"%.*s\"", row->name, row->text,
             (int)match, (int)found.len, found.ptr ? found.ptr : "");
}

#define CHECK_ALL(rows)                                                        \
    for (size_t i = 0; i < sizeof(rows) / sizeof((rows)[0]); i++)              \
    check_name(&(rows)[i])

static void test_name_find__full_is_every_word_in_any_order(void **state)
{
    static const struct name_case rows[] = {
        {"Ahmed Adel", "By Ahmed Adel, 3 May", FULL, "Ahmed Adel"},
        {"Ahmed Adel", "AHMED ADEL", FULL, "AHMED ADEL"},
        {"Ahmed Adel", "Adel, Ahmed (Cairo)", FULL, "Adel, Ahmed"},
        {"Adel, Ahmed", "written by Ahmed Adel", FULL, "Ahmed Adel"},
        {"Ahmed Adel", "Ahmed K. Adel", FULL, "Ahmed K. Adel"},
        {"Ahmed Adel", "Ahmed Hassan Adel", FULL, "Ahmed Hassan Adel"},
        {"Michel E. Chossudovsky", "Michel Chossudovsky", FULL,
         "Michel Chossudovsky"},
        {"Prof. Michel Chossudovsky", "Michel Chossudovsky", FULL,
         "Michel Chossudovsky"},
        {"Michel Chossudovsky", "Dr. Michel Chossudovsky, Ph.D.", FULL,
         "Michel Chossudovsky"},
        {"Jane Doe, Ph.D.", "by Jane Doe", FULL, "Jane Doe"},
        {"Ursula von der Leyen", "Ursula von der Leyen", FULL,
         "Ursula von der Leyen"},
        {"Ursula Leyen", "Ursula von der Leyen", FULL, "Ursula von der Leyen"},
        {"Pat O'Brien", "Pat O’Brien", FULL, "Pat O’Brien"},
        {"Pat O'Brien", "Pat O Brien", FULL, "Pat O Brien"},
        {"Ahmed Adel", "Ahmed Adel's article", FULL, "Ahmed Adel's"},
        {"Ahmed Adel", "Ahmed Adel and Ahmed Ali", FULL, "Ahmed Adel"},
    };

    (void)state;
    CHECK_ALL(rows);
}

static void test_name_find__folds_diacritics_and_scripts(void **state)
{
    static const struct name_case rows[] = {
        {"José Núñez", "por Jose Nunez", FULL, "Jose Nunez"},
        {"Jose Nunez", "por José Núñez", FULL, "José Núñez"},
        {"Łukasz Żak", "Lukasz Zak", FULL, "Lukasz Zak"},
        {"Aleksandr Dugin", "Автор: Александр Дугин", FULL, "Александр Дугин"},
        {"Александр Дугин", "by Aleksandr Dugin", FULL, "Aleksandr Dugin"},
        {"刘慈欣", "作者：刘慈欣。", FULL, "刘慈欣"},
        {"刘慈欣", "by Liu Cixin", FULL, "Liu Cixin"},
        {"Liu Cixin", "作者刘慈欣", FULL, "刘慈欣"},
        {"刘慈欣", "流词新", NONE, NULL},
        {"新华社", "据新华社报道", FULL, "新华社"},
        {"محمد علي", "بقلم مُحَمَّد علي", FULL, "مُحَمَّد علي"},
        {"D\xc3\xa9"
         "chelette",
         "De\xcc\x81"
         "chelette",
         FULL,
         "De\xcc\x81"
         "chelette"},
    };

    (void)state;
    CHECK_ALL(rows);
}

static void test_name_find__initials_need_the_surname_and_fit(void **state)
{
    static const struct name_case rows[] = {
        {"Ahmed Adel", "by A. Adel", INITIALS, "A. Adel"},
        {"Ahmed Adel", "Adel, A.", INITIALS, "Adel, A"},
        {"Adel, Ahmed", "A. Adel", INITIALS, "A. Adel"},
        {"Ahmed Adel", "by B. Adel", PARTIAL, "Adel"},
        {"Ahmed Adel", "Adel, a journalist", PARTIAL, "Adel"},
        {"John Ronald Tolkien", "J. R. Tolkien", INITIALS, "J. R. Tolkien"},
        {"John Ronald Tolkien", "J. X. Tolkien", PARTIAL, "Tolkien"},
        {"John Ronald Tolkien", "John Tolkien", INITIALS, "John Tolkien"},
        {"J. K. Rowling", "Joanne Rowling", INITIALS, "Joanne Rowling"},
        {"J. K. Rowling", "J. K. Rowling", FULL, "J. K. Rowling"},
        {"Global Research", "G. Research", PARTIAL, "Research"},
    };

    (void)state;
    CHECK_ALL(rows);
}

static void test_name_find__part_of_a_name_is_partial(void **state)
{
    static const struct name_case rows[] = {
        {"Ahmed Adel", "Mr Adel said", PARTIAL, "Adel"},
        {"Ahmed Adel", "thanks, Ahmed!", PARTIAL, "Ahmed"},
        {"Ahmed Adel", "Ahmed went home. Adel stayed.", PARTIAL, "Ahmed"},
        {"Ahmed Adel", "Ahmed met the tall Adel", PARTIAL, "Ahmed"},
        {"Global Research", "Global Policy Research", PARTIAL, "Global"},
        {"Ahmed Adel", "staff writers", NONE, NULL},
        {"Ahmed Adel", "Adelaide", NONE, NULL},
        {"Ahmed Adel", "", NONE, NULL},
        {"", "Ahmed Adel", NONE, NULL},
        {"...", "Ahmed Adel", NONE, NULL},
        {"J. K. Rowling", "J. and K.", NONE, NULL},
    };

    (void)state;
    CHECK_ALL(rows);
}

static void test_name_find__organisations_join_and_drop_articles(void **state)
{
    static const struct name_case rows[] = {
        {"Global Research", "Source: Global Research", FULL, "Global Research"},
        {"Global Research", "www.globalresearch.ca", FULL, "globalresearch"},
        {"Global Research", "follow @GlobalResearch", FULL, "GlobalResearch"},
        {"Global Research", "global-research.ca", FULL, "global-research"},
        {"GlobalResearch", "Global Research", FULL, "Global Research"},
        {"Global Research", "globalresearchers.org", NONE, NULL},
        {"Global Research", "Global Research’s page", FULL,
         "Global Research’s"},
        {"The Conversation", "from The Conversation under", FULL,
         "The Conversation"},
        {"The Conversation", "via theconversation.com", FULL,
         "theconversation"},
        {"The Conversation", "via Conversation UK", FULL, "Conversation"},
        {"The Conversation", "in conversation with", PARTIAL, "conversation"},
        {"The New York Times", "New York Times", FULL, "New York Times"},
        {"The New York Times", "nytimes.com in New York", PARTIAL, "New York"},
        {"Reuters", "(Reuters) - London", FULL, "Reuters"},
        {"Time", "Timely news", NONE, NULL},
        {"KFF Health News", "KHN became KFF Health News", FULL,
         "KFF Health News"},
        {"L'Humanité", "dans l’Humanité du jour", FULL, "l’Humanité"},
        {"Amnesty International", "rapport d’Amnesty International", FULL,
         "d’Amnesty International"},
        {"Council of Europe", "the Council of Europe", FULL,
         "Council of Europe"},
        {"St. Louis Post-Dispatch", "St. Louis Post-Dispatch", FULL,
         "St. Louis Post-Dispatch"},
    };

    (void)state;
    CHECK_ALL(rows);
}

static void test_name_find__the_best_match_wins(void **state)
{
    static const struct name_case rows[] = {
        {"Ahmed Adel", "Adel wrote; A. Adel signed; Ahmed Adel is he", FULL,
         "Ahmed Adel"},
        {"Ahmed Adel", "Adel wrote; A. Adel signed", INITIALS, "A. Adel"},
        {"The New York Times", "York is not the New York Times of", FULL,
         "New York Times"},
    };

    (void)state;
    CHECK_ALL(rows);
}

static void test_name_find__reads_a_megabyte(void **state)
{
    enum { SIZE = 1 << 20 };
    char *text = malloc(SIZE);
    struct bylaw_range range;

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < SIZE; i++)
        text[i] = "word b. "[i % 8];
    memcpy(text + SIZE - 11, " Ahmed Adel", 11);
    assert_int_equal(bylaw__name_find(&range, (struct bylaw_span){text, SIZE},
                                      BYLAW__SPAN("Ahmed Adel")),
                     FULL);
    assert_int_equal(range.end, SIZE);
    free(text);
}

static void test_name_find__ignores_words_past_the_ceiling(void **state)
{
    struct bylaw__buf name = {0};

    (void)state;
    for (unsigned i = 0; i < BYLAW_LIMIT_NAME_WORDS; i++)
        bylaw__buf_printf(&name, "word%u ", i);
    assert_int_equal(bylaw__name_find(NULL, bylaw__buf_span(&name),
                                      bylaw__buf_span(&name)),
                     FULL);
    {
        struct bylaw_span text = {name.ptr, name.len};

        /* One word more in the name: it is not asked for. */
        char *longer = malloc(name.len + 8);
        assert_non_null(longer);
        memcpy(longer, name.ptr, name.len);
        memcpy(longer + name.len, "surplus", 7);
        assert_int_equal(bylaw__name_find(NULL, text,
                                          (struct bylaw_span){longer,
                                                              name.len + 7}),
                         FULL);
        free(longer);
    }
    bylaw__buf_release(&name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_name_find__full_is_every_word_in_any_order),
        cmocka_unit_test(test_name_find__folds_diacritics_and_scripts),
        cmocka_unit_test(test_name_find__initials_need_the_surname_and_fit),
        cmocka_unit_test(test_name_find__part_of_a_name_is_partial),
        cmocka_unit_test(test_name_find__organisations_join_and_drop_articles),
        cmocka_unit_test(test_name_find__the_best_match_wins),
        cmocka_unit_test(test_name_find__reads_a_megabyte),
        cmocka_unit_test(test_name_find__ignores_words_past_the_ceiling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
