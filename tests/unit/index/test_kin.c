/* SPDX-License-Identifier: Apache-2.0 */
/* Which article a text in another language stems from. */
#include "index/index.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const articles[] = {
    "The harbour authority of Lindesund closed its northern pier on 14 May "
    "2024 after divers found cracks in 117 pillars. Mayor Karin Holt told "
    "Radio Nord that ferries to Vestholm and Grimsey leave from the market. "
    "Engineer Pavel Sokolov of Aarhus University will report by June.",
    "The sailing club of Marstal expects 340 crews at its regatta on 9 August "
    "2024. Chairman Emil Thorsen said that teams from Kiel, Gdansk and Turku "
    "have entered. Visitors may watch the race from Fort Christian.",
    "Readers of the library in Odda borrowed 52,300 books in 2023, its "
    "director Ingrid Solberg said. The council of Hordaland grants 75,000 "
    "crowns for evenings with Jon Fosse."};
#define ARTICLES (sizeof(articles) / sizeof(articles[0]))

struct words {
    struct bylaw__tokens tokens;
    struct bylaw__traits traits;
};

static void read_words(struct words *w, const char *text, bool is_page)
{
    bylaw__folds *folds = bylaw__folds_new();

    *w = (struct words){0};
    bylaw__tokens_init(&w->tokens);
    assert_int_equal(0, bylaw__tokens_add(&w->tokens, bylaw__span_of(text),
                                          NULL, 0, 0, 0, NULL));
    assert_non_null(folds);
    assert_int_equal(0, bylaw__traits_read(&w->traits, &w->tokens, is_page,
                                           folds, NULL));
    bylaw__folds_free(folds);
}

static void release(struct words *w)
{
    bylaw__tokens_release(&w->tokens);
    bylaw__traits_release(&w->traits);
}

static bylaw__kin *make_kin(void)
{
    bylaw__kin *kin = NULL;

    assert_int_equal(0, bylaw__kin_new(&kin, NULL));
    for (uint32_t i = 0; i < ARTICLES; i++) {
        struct words w;

        read_words(&w, articles[i], false);
        assert_int_equal(0, bylaw__kin_add(kin, i, &w.traits, NULL));
        release(&w);
    }
    assert_int_equal(0, bylaw__kin_finish(kin, NULL));
    return kin;
}

/* The article most akin, or ARTICLES; *out may be NULL. */
static uint32_t most_akin(struct bylaw__kinship *out, const char *page)
{
    bylaw__kin *kin = make_kin();
    struct bylaw__kinship best[ARTICLES];
    struct words w;
    size_t count;

    read_words(&w, page, true);
    assert_int_equal(0, bylaw__kin_rank(best, &count, ARTICLES, kin, &w.traits,
                                        NULL));
    release(&w);
    bylaw__kin_free(kin);
    if (count && out)
        *out = best[0];
    for (size_t i = 1; i < count; i++)
        assert_true(best[i].score <= best[i - 1].score);
    return count ? best[0].source : ARTICLES;
}

static void test_kin__names_and_numbers_outlive_translation(void **state)
{
    static const struct {
        const char *page;
        uint32_t article;
    } rows[] = {
        {"Die Hafenbehörde von Lindesund sperrte am 14. Mai 2024 die nördliche "
         "Pier, weil Taucher in 117 Pfeilern Risse fanden. Bürgermeisterin "
         "Karin Holt sagte Radio Nord, die Fähren legten am Markt ab.",
         0},
        {"Парусный клуб Марсталя ожидает 340 экипажей на регате 9 августа. "
         "Председатель Эмиль Торсен сказал, что заявлены команды из Киля, "
         "Гданьска и Турку.",
         1},
        {"在奥达图书馆，读者借阅了52300本书，馆长索尔贝格说。"
         "议会将拨款75000克朗。",
         2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(most_akin(NULL, rows[i].page), rows[i].article);
}

/* Nothing but names, as each script spells them; no number to go by. */
static void test_kin__names_are_heard_in_scripts_without_gaps(void **state)
{
    static const struct {
        const char *page;
        uint32_t article;
    } rows[] = {
        {"นายกเทศมนตรีแคริน โฮลต์ แห่งลินเดซุนด์กล่าวว่าเรือข้ามฟากไปเวสต์โฮล์มออกจากตลาด",
         0},
        {"ประธานสโมสร เอมิล ทอร์เซน กล่าวว่าทีมจากกดัญสก์เข้าร่วมที่คริสเตียน", 1},
        {"ເຈົ້າເມືອງ ກາຣິນ ໂຮລ ຂອງ ລິນເດຊຸນ ກ່າວ", 0},
        {"馬爾斯塔爾帆船俱樂部主席說，圖爾庫的船員也會參加。", 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(most_akin(NULL, rows[i].page), rows[i].article);
}

static void test_kin__tells_how_much_agrees_and_in_which_order(void **state)
{
    struct bylaw__kinship kinship = {0};

    (void)state;
    assert_int_equal(0, most_akin(&kinship, articles[0]));
    assert_true(kinship.traits >= 10);
    assert_true(kinship.share > 0.5 && kinship.share <= 1.0);
    assert_true(kinship.order > 0.99 && kinship.order <= 1.0);
    assert_true(kinship.page_first < kinship.page_last);
    assert_true(kinship.source_first < kinship.source_last);
    assert_int_equal(0,
                     most_akin(&kinship,
                               "Sokolov, Aarhus: Vestholm 117; Grimsey, Radio "
                               "Nord, Karin Holt, 2024 Lindesund."));
    assert_true(kinship.order < 0.7);
}

static void test_kin__without_a_name_in_common_is_none(void **state)
{
    (void)state;
    assert_int_equal(ARTICLES, most_akin(NULL, ""));
    assert_int_equal(ARTICLES, most_akin(NULL, "nichts als kleine wörter"));
}

static void test_kin__words_of_the_frame_are_no_traits(void **state)
{
    struct words w;
    bylaw__folds *folds = bylaw__folds_new();

    (void)state;
    assert_non_null(folds);
    read_words(&w, articles[0], true);
    for (size_t i = 0; i < w.tokens.count; i++)
        w.tokens.items[i].flags |= BYLAW__TOKEN_OFF_MAIN;
    assert_int_equal(0, bylaw__traits_read(&w.traits, &w.tokens, true, folds,
                                           NULL));
    assert_int_equal(0, w.traits.count);
    for (size_t i = 0; i < w.tokens.count; i++)
        w.tokens.items[i].flags |= BYLAW__TOKEN_FURNITURE;
    assert_int_equal(0, bylaw__traits_read(&w.traits, &w.tokens, false, folds,
                                           NULL));
    assert_int_equal(0, w.traits.count);
    bylaw__folds_free(folds);
    release(&w);
}

/* "The" begins a sentence: its capital says nothing. */
static void
test_kin__a_capital_at_the_start_of_a_sentence_is_no_name(void **state)
{
    struct words once, again;

    (void)state;
    read_words(&once, "Readers came. Visitors left.", false);
    read_words(&again, "Readers came. Many Readers left.", false);
    assert_int_equal(0, once.traits.count);
    assert_true(again.traits.count > 0);
    release(&once);
    release(&again);
}

static void test_kin__of_no_article_ranks_nothing(void **state)
{
    bylaw__kin *kin = NULL;
    struct bylaw__kinship best;
    struct words w;
    size_t count = 7;

    (void)state;
    assert_int_equal(0, bylaw__kin_new(&kin, NULL));
    assert_int_equal(0, bylaw__kin_finish(kin, NULL));
    read_words(&w, articles[0], true);
    assert_int_equal(0,
                     bylaw__kin_rank(&best, &count, 1, kin, &w.traits, NULL));
    assert_int_equal(0, count);
    release(&w);
    bylaw__kin_free(kin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kin__names_and_numbers_outlive_translation),
        cmocka_unit_test(test_kin__names_are_heard_in_scripts_without_gaps),
        cmocka_unit_test(test_kin__tells_how_much_agrees_and_in_which_order),
        cmocka_unit_test(test_kin__without_a_name_in_common_is_none),
        cmocka_unit_test(test_kin__words_of_the_frame_are_no_traits),
        cmocka_unit_test(
            test_kin__a_capital_at_the_start_of_a_sentence_is_no_name),
        cmocka_unit_test(test_kin__of_no_article_ranks_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
