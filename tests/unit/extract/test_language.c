/* SPDX-License-Identifier: Apache-2.0 */
/* The language of a text is told by its script and its commonest words, and
 * not told where they say too little. */
#include "extract/extract.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

struct told {
    const char *language, *text;
};

static void check_all(const struct told *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *got = bylaw__language_guess(bylaw__span_of(rows[i].text));

        if (!bylaw__span_is(bylaw__span_of(got), rows[i].language))
            fail_msg("\"%s\" instead of \"%s\": %s", got, rows[i].language,
                     rows[i].text);
    }
}

#define CHECK_ALL(rows) check_all(rows, sizeof(rows) / sizeof((rows)[0]))

static void test_language__is_told_by_common_words(void **state)
{
    static const struct told rows[] = {
        {"en",
         "The ship that was lost in the fog is back, and it is not sunk."},
        {"de", "Das Schiff, das im Nebel verloren war, ist zurück und nicht "
               "mit dem Rest gesunken, auch wenn es so aussah."},
        {"fr", "Le navire perdu dans la brume est revenu avec les marins, et "
               "ce n'est pas une surprise pour le port."},
        {"es", "El barco que se perdió por la niebla está de vuelta con los "
               "marineros, como se esperaba, y no es una sorpresa."},
        {"it", "La nave che si era persa nella nebbia è tornata con gli "
               "uomini, e non è una sorpresa per il porto."},
        {"pt", "O navio que foi perdido não está mais em perigo, e os homens "
               "da tripulação são livres."},
        {"ro", "Nava care a fost pierdută în ceață este din nou în port, și "
               "oamenii sunt bine, cu toate că nu au mâncat."},
        {"da", "Skibet, der var væk i tågen, er til sidst kommet hjem, og det "
               "er ikke en overraskelse for havnen, som har ventet."},
        {"no", "Skipet som var borte i tåken, er til slutt kommet hjem, og "
               "det er ikke en overraskelse for havna, som ble advart av "
               "å høre om det."},
        {"fi", "Laiva, joka oli kadonnut sumuun, on nyt satamassa, ja se ei "
               "ole yllätys, mutta hän sanoi että he ovat väsyneitä."},
        {"hu", "A hajó, amely a ködben volt, már meg is jött, és ez nem egy "
               "meglepetés, csak az öreg nem hitte el, hogy így van."},
        {"cs", "Loď, která se ztratila v mlze, je zpět a podle kapitána to "
               "není z viny posádky, ale také ne náhoda, že byl klid."},
        {"lv", "Kuģis, kas bija pazudis miglā, ir atgriezies, un tas nav "
               "pārsteigums ostai, jo arī kapteinis par to runāja pēc vakara."},
        {"lt", "Laivas, kuris dingo rūke, yra uoste, ir tai ne staigmena, "
               "kad jis grįžo su visais, bet po nakties buvo šalta."},
        {"vi", "Con tàu bị mất trong sương mù đã trở về với các thủy thủ, và "
               "đó không phải là một điều bất ngờ cho cảng này."},
        {"az", "Dumanda itən gəmi geri qayıdıb və bu, liman üçün sürpriz "
               "deyil, ki onun kapitanı da bir söz deyib və limanda olub."},
        {"ru", "Корабль, который пропал в тумане, вернулся, и это не было "
               "сюрпризом для порта, как он и сказал."},
        {"uk", "Корабель, що зник у тумані, повернувся, і це не було "
               "несподіванкою для порту, як він і казав про це."},
        {"sr", "Брод који је нестао у магли вратио се, и то није изненађење "
               "за луку, али су се сви радовали што је цео."},
        {"ar", "عادت السفينة التي كانت في الضباب إلى الميناء، وكان هذا على "
               "غير ما قال القبطان عن الرحلة"},
        {"fa", "کشتی که در مه گم شد به بندر بازگشت و این برای آن شهر از یک "
               "خبر است"},
    };

    (void)state;
    CHECK_ALL(rows);
}

static void test_language__is_told_by_a_script_of_its_own(void **state)
{
    static const struct told rows[] = {
        {"el", "Το πλοίο που χάθηκε στην ομίχλη επέστρεψε στο λιμάνι."},
        {"he", "הספינה שאבדה בערפל חזרה לנמל עם המלחים."},
        {"hi", "कोहरे में खोया हुआ जहाज बंदरगाह पर लौट आया।"},
        {"th", "เรือที่หายไปในหมอกกลับมาที่ท่าเรือแล้ว"},
        {"ta", "மூடுபனியில் காணாமல் போன கப்பல் துறைமுகத்திற்குத் திரும்பியது."},
        {"ko", "안개 속에서 사라졌던 배가 항구로 돌아왔다."},
        {"ja", "霧の中で行方不明になっていた船が港に戻ってきた。"},
        {"zh", "在雾中失踪的船已经带着所有水手回到了港口。"},
        {"ka", "ნისლში დაკარგული გემი პორტში დაბრუნდა."},
    };

    (void)state;
    CHECK_ALL(rows);
}

static void test_language__is_not_told_by_little(void **state)
{
    static const struct told rows[] = {
        {"", ""},
        {"", "The Times"},
        {"", "Mara Lindqvist, Ole Brandt, Katrin Voss, 12 34 56"},
        {"", "Αθήνα"},
        {"en", "Of the name 漢字 it is said that this is not from the north."},
    };

    (void)state;
    CHECK_ALL(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_language__is_told_by_common_words),
        cmocka_unit_test(test_language__is_told_by_a_script_of_its_own),
        cmocka_unit_test(test_language__is_not_told_by_little),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
