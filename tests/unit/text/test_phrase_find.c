/* SPDX-License-Identifier: Apache-2.0 */
/* Credit phrases are found as whole words, in any of ten languages. */
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

struct phrase_case {
    const char *phrase, *text;
    const char *found; /* NULL: not found */
};

static void check_phrase(const struct phrase_case *row)
{
    struct bylaw_span text = bylaw__span_of(row->text);
    struct bylaw_range range = {0, 0};
    struct bylaw_span found;
    bool hit = bylaw__phrase_find(&range, text, bylaw__span_of(row->phrase));

    found = bylaw__span_sub(text, range.begin, range.end);
    if (hit == (row->found != NULL) &&
        bylaw__span_is(found, row->found ? row->found : ""))
        return;
    fail_msg("\"%s\" in \"%s\": \"%.*s\"", row->phrase, row->text,
             (int)found.len, found.ptr);
}

#define CHECK_ALL(rows)                                                        \
    for (size_t i = 0; i < sizeof(rows) / sizeof((rows)[0]); i++)              \
    check_phrase(&(rows)[i])

static void test_phrase_find__matches_whole_words(void **state)
{
    static const struct phrase_case rows[] = {
        {"originally published", "It was Originally  Published on X",
         "Originally  Published"},
        {"originally published", "originally, published",
         "originally, published"},
        {"originally published", "originally republished", NULL},
        {"via", "viable", NULL},
        {"via", "Via: X", "Via"},
        {"a b", "a a b", "a b"},
        {"a b a c", "a b a b a c", "a b a c"},
        {"don't copy", "Don’t copy", "Don’t copy"},
        {"", "text", NULL},
        {"...", "text", NULL},
        {"text", "", NULL},
    };

    (void)state;
    CHECK_ALL(rows);
}

static void test_phrase_find__a_gap_is_one_to_eight_words(void **state)
{
    static const struct phrase_case rows[] = {
        {"post … appeared first", "The post X appeared first on Y",
         "post X appeared first"},
        {"post {title} appeared", "post appeared", NULL},
        {"post * appeared", "post 1 2 3 4 5 6 7 8 appeared",
         "post 1 2 3 4 5 6 7 8 appeared"},
        {"post * appeared", "post 1 2 3 4 5 6 7 8 9 appeared", NULL},
        {"post ... appeared", "post post 2 3 4 5 6 7 8 9 appeared",
         "post 2 3 4 5 6 7 8 9 appeared"},
        {"post {title} appeared", "post 1 2 3 4 5 6 7 8 9 10 11 12 appeared",
         "post 1 2 3 4 5 6 7 8 9 10 11 12 appeared"},
        {"post {name} appeared", "post 1 2 3 4 5 6 7 8 9 appeared", NULL},
        {"a {x} b {y} c", "a 1 b c 2 b 3 c", "a 1 b c 2 b 3 c"},
        {"a {x} b {y} c", "a 1 b c", NULL},
        {"a {x} a", "a a a", "a a a"},
        {"{author} wrote", "wrote", "wrote"},
        {"published on {site}", "published on", "published on"},
        {"由{author}发布", "本文由一二三四五六七八九十发布",
         "由一二三四五六七八九十发布"},
        {"{unclosed b", "unclosed b", "unclosed b"},
    };

    (void)state;
    CHECK_ALL(rows);
}

static void test_phrase_find__speaks_ten_languages(void **state)
{
    static const struct phrase_case rows[] = {
        {"originally published on {site}",
         "This article was originally published on Global Research.",
         "originally published on"},
        {"fue publicado originalmente en",
         "Este artículo fue publicado originalmente en X.",
         "fue publicado originalmente en"},
        {"publié à l’origine sur", "Publié a\xcc\x80 l'origine sur X",
         "Publié a\xcc\x80 l'origine sur"},
        {"dieser beitrag erschien zuerst", "DIESER BEITRAG ERSCHIEN ZUERST auf",
         "DIESER BEITRAG ERSCHIEN ZUERST"},
        {"pubblicato originariamente su",
         "Articolo pubblicato originariamente su X",
         "pubblicato originariamente su"},
        {"publicado originalmente no",
         "Este artigo foi publicado originalmente no X",
         "publicado originalmente no"},
        {"впервые опубликована", "Статья Впервые опубликована на",
         "Впервые опубликована"},
        {"本文转载自", "说明：本文转载自：某网", "本文转载自"},
        {"に掲載されています", "原文はＸに掲載されています。",
         "に掲載されています"},
        {"نشر هذا المقال", "نُشر هذا المقالُ أصلا", "نُشر هذا المقالُ"},
        {"aperis origine en", "Tiu rakonto aperis origine en X",
         "aperis origine en"},
    };

    (void)state;
    CHECK_ALL(rows);
}

/* The first look for a phrase's longest word must not miss it in what only
 * normalising makes that word. */
static void test_phrase_find__sees_words_through_their_spellings(void **state)
{
    static const struct phrase_case rows[] = {
        {"first appeared on", "\xef\xac\x81rst ａｐｐｅａｒｅｄ on X",
         "\xef\xac\x81rst ａｐｐｅａｒｅｄ on"},
        {"originally published", "Origi\xc2\xadnally pub\xc2\xadlished on",
         "Origi\xc2\xadnally pub\xc2\xadlished"},
        {"sold 5500 copies", "it sold 5,500 copies", "sold 5,500 copies"},
        {"first appeared on", "“First — appeared on” X", "First — appeared on"},
        {"first appeared on", "the second appeared on", NULL},
    };

    (void)state;
    CHECK_ALL(rows);
}

static void test_phrase_seek__keeps_nothing_of_a_text(void **state)
{
    struct bylaw_range at;
    bylaw__phrase *phrase = NULL;

    (void)state;
    assert_int_equal(bylaw__phrase_new(&phrase, BYLAW__SPAN("a … b")), 0);
    assert_false(bylaw__phrase_seek(&at, BYLAW__SPAN("a x"), phrase));
    assert_false(bylaw__phrase_seek(&at, BYLAW__SPAN("y b"), phrase));
    assert_true(bylaw__phrase_seek(&at, BYLAW__SPAN("z a x b"), phrase));
    assert_int_equal(at.begin, 2);
    assert_int_equal(at.end, 7);
    bylaw__phrase_free(phrase);
    assert_int_equal(bylaw__phrase_new(&phrase, BYLAW__SPAN(" … ")),
                     BYLAW_EUSAGE);
    assert_null(phrase);
}

static void test_phrase_find__has_a_ceiling_of_words(void **state)
{
    struct bylaw__buf text = {0};

    (void)state;
    for (unsigned i = 1; i <= BYLAW_LIMIT_PHRASE_WORDS + 1; i++) {
        bool hit;

        bylaw__buf_printf(&text, "w%u ", i);
        if (i + 1 < BYLAW_LIMIT_PHRASE_WORDS)
            continue;
        hit = bylaw__phrase_find(NULL, bylaw__buf_span(&text),
                                 bylaw__buf_span(&text));
        assert_int_equal(hit, i <= BYLAW_LIMIT_PHRASE_WORDS);
    }
    bylaw__buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_phrase_find__matches_whole_words),
        cmocka_unit_test(test_phrase_find__a_gap_is_one_to_eight_words),
        cmocka_unit_test(test_phrase_find__speaks_ten_languages),
        cmocka_unit_test(test_phrase_find__sees_words_through_their_spellings),
        cmocka_unit_test(test_phrase_seek__keeps_nothing_of_a_text),
        cmocka_unit_test(test_phrase_find__has_a_ceiling_of_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
