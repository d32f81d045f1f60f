/* SPDX-License-Identifier: Apache-2.0 */
/* Guesses the language of running text by its script and commonest words. */
#include "extract_text.h"

#define WORD_BYTES_MOST 16u
#define SAMPLE_BYTES    (16u << 10) /* enough to tell; keeps the cost flat */
#define LEAST_HITS      4u          /* fewer common words tell nothing */
#define LEAST_SHARE     12u         /* one word in so many is common */
#define LEAST_LETTERS   8u          /* of a script that names its language */

/* Words that are common in one language and rare in the others. */
static const struct {
    const char *language;
    const char *words; /* with a space around each */
} stop_words[] = {
    {"en", " the of and to is that for was with are this have from by not it "},
    {"es", " el los las del y una por con que para se su al lo como pero "
           "más está fue "},
    {"fr", " le les des et une dans du est pour qui pas sur au ce plus sont "
           "aux avec cette "},
    {"de", " der die und das ist nicht den von zu mit des auf dem ein eine "
           "für sich auch wird "},
    {"it", " il di che della per non sono gli una dei alla con nel più "
           "anche delle è si "},
    {"pt", " o os as do da em não uma dos para com um ao pelo mais foi "
           "é são na "},
    {"tr", " ve bir bu için ile da olarak çok daha olan gibi kadar ancak sonra "
           "en olduğunu var ne "},
    {"nl",
     " het een van en dat niet voor met zijn aan ook door maar werd op te "
     "naar bij "},
    {"pl", " w i na z do się nie że jest jak oraz przez przy po od ale dla "},
    {"sv", " och att det som på är av för med den till inte har om ett vid "},
    {"id", " yang dan di dengan untuk dari ini itu pada tidak dalam akan "
           "adalah juga "},
    {"eo", " la kaj estas en ne por al ke kun pri oni ĉi tiu ankaŭ sed li "},
};

#define LANGUAGE_COUNT (sizeof(stop_words) / sizeof(stop_words[0]))

struct counts {
    unsigned hits[LANGUAGE_COUNT], words;
    unsigned latin, cyrillic, arabic, kana, han;
};

static void count_script(struct counts *counts, uint32_t c)
{
    if (c < 0x250 && (c >= 0x80 || bylaw__is_alpha((int)c)))
        counts->latin++;
    else if (c >= 0x400 && c < 0x530)
        counts->cyrillic++;
    else if (c >= 0x600 && c < 0x700)
        counts->arabic++;
    else if (c >= 0x3040 && c < 0x3100)
        counts->kana++;
    else if (c >= 0x4e00 && c < 0xa000)
        counts->han++;
}

static bool is_word_byte(char c)
{
    return (unsigned char)c >= 0x80 || bylaw__is_alpha((unsigned char)c);
}

static void count_word(struct counts *counts, struct bylaw_span word)
{
    char padded[WORD_BYTES_MOST + 2] = " ";
    struct bylaw_span needle = {padded, word.len + 2};

    counts->words++;
    if (word.len > WORD_BYTES_MOST)
        return;
    for (size_t i = 0; i < word.len; i++)
        padded[i + 1] = bylaw__lower(word.ptr[i]);
    padded[word.len + 1] = ' ';
    for (size_t i = 0; i < LANGUAGE_COUNT; i++)
        if (bylaw__span_find(bylaw__span_of(stop_words[i].words), needle) !=
            SIZE_MAX)
            counts->hits[i]++;
}

static void count_all(struct counts *counts, struct bylaw_span text)
{
    size_t pos = 0, begin = 0;

    while (pos < text.len)
        count_script(counts, bylaw__utf8_next(text, &pos));
    for (pos = 0; pos <= text.len; pos++) {
        if (pos < text.len && is_word_byte(text.ptr[pos]))
            continue;
        if (pos > begin)
            count_word(counts, bylaw__span_sub(text, begin, pos));
        begin = pos + 1;
    }
}

static const char *most_common(const struct counts *counts)
{
    size_t best = 0;
    unsigned second = 0;

    for (size_t i = 1; i < LANGUAGE_COUNT; i++) {
        if (counts->hits[i] > counts->hits[best]) {
            second = counts->hits[best];
            best = i;
        } else if (counts->hits[i] > second) {
            second = counts->hits[i];
        }
    }
    /* A name such as "The Times" makes no text English. */
    return counts->hits[best] >= LEAST_HITS && counts->hits[best] > second &&
                   counts->hits[best] * LEAST_SHARE >= counts->words
               ? stop_words[best].language
               : "";
}

const char *bylaw__language_guess(struct bylaw_span text)
{
    struct counts counts = {0};
    unsigned others;

    count_all(&counts, bylaw__span_sub(text, 0, SAMPLE_BYTES));
    others = counts.latin;
    if (counts.kana > LEAST_LETTERS && counts.kana + counts.han > others)
        return "ja";
    if (counts.han > LEAST_LETTERS && counts.han > others)
        return "zh";
    if (counts.arabic > LEAST_LETTERS && counts.arabic > others)
        return "ar";
    if (counts.cyrillic > LEAST_LETTERS && counts.cyrillic > others)
        return "ru";
    return most_common(&counts);
}
