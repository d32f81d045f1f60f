/* SPDX-License-Identifier: Apache-2.0 */
/* Which words may stand in a phrase to search for, and which tell little. */
#include "phrase_words.h"

#define LONGEST_STOP_WORD 24u /* bytes */

/* The commonest words of written news, by language; normalised. */
static const struct {
    const char *language, *words;
} stop_words[] = {
    {"en", "the of and to a in is that for it on with as was by at from this "
           "are be have has had not but they their which its were been will "
           "would an or he she his her we our you your who what there when "
           "more also one all can into than so if no out about up over after "
           "said other some such only any these those"},
    {"es", "de la que el en y a los se del las un por con no una su para es al "
           "lo como más o pero sus le ha me si sin sobre este ya entre cuando "
           "todo esta ser son también fue había era muy hasta desde"},
    {"fr", "de la le et les des en un du une que est pour qui dans a par plus "
           "pas au sur ne se ce il sont la avec son ses aux d l ont elle mais "
           "ou comme leur cette été être fait nous vous tout aussi"},
    {"de", "der die und in den von zu das mit sich des auf für ist im dem "
           "nicht ein eine als auch es an werden aus er hat dass sie nach wird "
           "bei einer um am sind noch wie einem über einen so zum war haben "
           "nur oder aber vor zur bis mehr durch man sein"},
    {"it", "di e il la che in a per un del non è una i della con da si le sono "
           "al come più dei nel alla anche lo ha ma gli su delle ci questo "
           "dal se o suo cui tra dalla essere"},
    {"pt", "de a o que e do da em um para com não uma os no se na por mais as "
           "dos como mas ao ele das à seu sua ou quando muito nos já eu também "
           "só pelo pela até isso ela entre era depois sem mesmo são foi"},
    {"ru", "и в не на что с он как это по но из у за от к о же для так то все "
           "она был бы его было мы вы они её а или если еще уже при до об "
           "который которые быть также"},
    {"ar", "في من على أن إلى التي عن مع هذا هذه الذي ما لا كان كما بعد قد بين "
           "كل أو و لم ذلك قال حيث"},
    {"eo", "la de kaj en estas ne al kiu por li mi ke kiel sed ili el pri per "
           "kun ĝi ankaŭ tiu unu pli ĉi oni aŭ da"},
    {"tr", "ve bir bu da de için ile çok olarak daha olan gibi kadar en ama "
           "sonra o ne var"},
};

/* Scripts without spaces, as bylaw__tokens_add takes them apart. */
static const struct {
    uint32_t first, last;
} unspaced[] = {
    {0x0e00, 0x0eff}, {0x1000, 0x109f}, {0x1780, 0x17ff}, {0x3040, 0x30ff},
    {0x3400, 0x4dbf}, {0x4e00, 0x9fff}, {0xf900, 0xfaff}, {0x20000, 0x323af},
};

/* Digits of Latin, Arabic and Persian; marks that stand inside words. */
static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return bylaw__is_alpha((int)c);
    return c != 0xad && !(c >= 0x660 && c <= 0x669) &&
           !(c >= 0x6f0 && c <= 0x6f9) && !(c >= 0x2000 && c <= 0x206f) &&
           c != 0xfffd;
}

bool bylaw__is_plain_word(struct bylaw_span word)
{
    size_t pos = 0;

    while (pos < word.len)
        if (!is_letter(bylaw__utf8_next(word, &pos)))
            return false;
    return true;
}

bool bylaw__is_unspaced_word(struct bylaw_span word)
{
    size_t pos = 0;
    uint32_t c = word.len ? bylaw__utf8_next(word, &pos) : 0;

    for (size_t i = 0; i < sizeof(unspaced) / sizeof(unspaced[0]); i++)
        if (c >= unspaced[i].first && c <= unspaced[i].last)
            return true;
    return false;
}

static bool speaks(const char *language, const char *prefix)
{
    size_t len = strlen(prefix);

    return bylaw__span_starts_nocase(bylaw__span_of(language), prefix) &&
           (!language[len] || language[len] == '-');
}

static bool is_listed_language(const char *language)
{
    for (size_t i = 0; i < sizeof(stop_words) / sizeof(stop_words[0]); i++)
        if (speaks(language, stop_words[i].language))
            return true;
    return false;
}

bool bylaw__is_stop_word(struct bylaw_span word, const char *language)
{
    bool is_one = language && *language && is_listed_language(language);
    char text[LONGEST_STOP_WORD + 1] = "";

    if (word.len > LONGEST_STOP_WORD)
        return false;
    memcpy(text, word.ptr, word.len);

    for (size_t i = 0; i < sizeof(stop_words) / sizeof(stop_words[0]); i++)
        if ((!is_one || speaks(language, stop_words[i].language)) &&
            bylaw__span_has_word(bylaw__span_of(stop_words[i].words), text))
            return true;
    return false;
}
