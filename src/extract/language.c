/* SPDX-License-Identifier: Apache-2.0 */
/* Guesses the language of running text by its script and commonest words. */
#include "extract_text.h"

#define WORD_BYTES_MOST 16u
#define SAMPLE_BYTES    (16u << 10) /* enough to tell; keeps the cost flat */
#define LEAST_HITS      4u          /* fewer common words tell nothing */
#define LEAST_SHARE     12u         /* one word in so many is common */
#define LEAST_LETTERS   8u          /* of a script that names its language */

/** Scripts; those behind ARABIC are mostly of one language each. */
enum script {
    LATIN,
    CYRILLIC,
    ARABIC,
    HAN,
    KANA,
    HANGUL,
    GREEK,
    HEBREW,
    ARMENIAN,
    GEORGIAN,
    DEVANAGARI,
    BENGALI,
    GURMUKHI,
    GUJARATI,
    TAMIL,
    TELUGU,
    KANNADA,
    MALAYALAM,
    SINHALA,
    THAI,
    LAO,
    MYANMAR,
    KHMER,
    ETHIOPIC,
    SCRIPTS
};

/* What a text of that script is in where its words do not tell. */
static const char *const script_languages[SCRIPTS] = {
    [LATIN] = "",      [CYRILLIC] = "ru",   [ARABIC] = "ar",
    [HAN] = "zh",      [KANA] = "ja",       [HANGUL] = "ko",
    [GREEK] = "el",    [HEBREW] = "he",     [ARMENIAN] = "hy",
    [GEORGIAN] = "ka", [DEVANAGARI] = "hi", [BENGALI] = "bn",
    [GURMUKHI] = "pa", [GUJARATI] = "gu",   [TAMIL] = "ta",
    [TELUGU] = "te",   [KANNADA] = "kn",    [MALAYALAM] = "ml",
    [SINHALA] = "si",  [THAI] = "th",       [LAO] = "lo",
    [MYANMAR] = "my",  [KHMER] = "km",      [ETHIOPIC] = "am",
};

/* By first character, in order; Unicode's blocks. */
static const struct {
    uint32_t first, end;
    enum script script;
} blocks[] = {
    {0x0080, 0x0250, LATIN},      {0x0370, 0x0400, GREEK},
    {0x0400, 0x0530, CYRILLIC},   {0x0530, 0x0590, ARMENIAN},
    {0x0590, 0x0600, HEBREW},     {0x0600, 0x0780, ARABIC},
    {0x0900, 0x0980, DEVANAGARI}, {0x0980, 0x0a00, BENGALI},
    {0x0a00, 0x0a80, GURMUKHI},   {0x0a80, 0x0b00, GUJARATI},
    {0x0b80, 0x0c00, TAMIL},      {0x0c00, 0x0c80, TELUGU},
    {0x0c80, 0x0d00, KANNADA},    {0x0d00, 0x0d80, MALAYALAM},
    {0x0d80, 0x0e00, SINHALA},    {0x0e00, 0x0e80, THAI},
    {0x0e80, 0x0f00, LAO},        {0x1000, 0x10a0, MYANMAR},
    {0x10a0, 0x1100, GEORGIAN},   {0x1100, 0x1200, HANGUL},
    {0x1200, 0x1380, ETHIOPIC},   {0x1780, 0x1800, KHMER},
    {0x1e00, 0x1f00, LATIN},      {0x1f00, 0x2000, GREEK},
    {0x3040, 0x3100, KANA},       {0x3400, 0x4dc0, HAN},
    {0x4e00, 0xa000, HAN},        {0xac00, 0xd7b0, HANGUL},
};

/* Words that are common in one language and rare in the others. */
static const struct {
    char language[3];
    uint8_t script;
    const char *words;
} stop_words[] = {
    {"en", LATIN,
     "the of and to is that for was with are this have from by not it"},
    {"es", LATIN,
     "el los las del y una por con que para se su al lo como pero más está "
     "fue"},
    {"fr", LATIN,
     "le les des et une dans du est pour qui pas sur au ce plus sont aux avec "
     "cette"},
    {"de", LATIN,
     "der die und das ist nicht den von zu mit des auf dem ein eine für sich "
     "auch wird"},
    {"it", LATIN,
     "il di che della per non sono gli una dei alla con nel più anche delle è "
     "si"},
    {"pt", LATIN,
     "o os as do da em não uma dos para com um ao pelo mais foi é são na"},
    {"ca", LATIN,
     "els amb per una és les del al com són i que aquest també va dels"},
    {"ro", LATIN,
     "și în cu pe din care mai pentru este sunt la fost că nu o să"},
    {"tr", LATIN,
     "ve bir bu için ile da olarak çok daha olan gibi kadar ancak sonra en "
     "olduğunu var ne"},
    {"az", LATIN,
     "və bir bu ilə də üçün olan idi ki daha kimi isə edib olub onun"},
    {"nl", LATIN,
     "het een van en dat niet voor met zijn aan ook door maar werd op te naar "
     "bij"},
    {"sv", LATIN,
     "och att det som på är av för med den till inte har om ett vid"},
    {"da", LATIN,
     "og det er at til på af for med den der ikke som et har fra blev"},
    {"no", LATIN,
     "og det er å til på av for med som ikke har den et fra om ble"},
    {"fi", LATIN,
     "ja on ei että se oli hän myös kun mutta ovat joka kuin tai hänen"},
    {"et", LATIN, "ja on ei et see oli ka kui oma ning aga mis tema kes"},
    {"hu", LATIN,
     "a az és hogy nem is egy van volt meg csak már még ez azt el"},
    {"pl", LATIN,
     "w i na z do się nie że jest jak oraz przez przy po od ale dla"},
    {"cs", LATIN,
     "a se na je že v z s do pro jako ale podle byl jsou které také"},
    {"sk", LATIN, "a sa na je že v z s do pre ako ale podľa bol sú ktoré tiež"},
    {"hr", LATIN, "i je u na se da su za od koji što ali kao nije bi"},
    {"sl", LATIN, "in je na da se za v so ki pa tudi kot bi ni bil"},
    {"lv", LATIN, "un ir ar no par ka uz kas bija arī vai lai tā pēc"},
    {"lt", LATIN, "ir kad yra su į iš kaip bet tai buvo už po dėl jo"},
    {"vi", LATIN, "của và là có được trong cho không với các những một đã này"},
    {"id", LATIN,
     "yang dan di dengan untuk dari ini itu pada tidak dalam akan adalah juga"},
    {"eo", LATIN,
     "la kaj estas en ne por al ke kun pri oni ĉi tiu ankaŭ sed li"},
    {"ru", CYRILLIC, "и в не на что он с как это по из но за от было также"},
    {"uk", CYRILLIC, "і в не на що він з як це до та але за від було про у"},
    {"be", CYRILLIC, "і ў не на што ён з як гэта да але за ад было пра"},
    {"bg", CYRILLIC, "и в не на че с като това по от но за е са да се при"},
    {"sr", CYRILLIC, "и у не на да се је су за од који што али као би"},
    {"ar", ARABIC, "في من على أن إلى عن التي الذي هذا هذه مع كان لا ما بعد"},
    {"fa", ARABIC, "و در به از که این را با است برای آن یک های می شد"},
    {"ur", ARABIC, "کے کی میں ہے اور سے کا نے کو پر ہیں کہ یہ"},
};

#define LANGUAGE_COUNT (sizeof(stop_words) / sizeof(stop_words[0]))

struct counts {
    struct bylaw__map languages; /* of a word's hash: bits of stop_words */
    unsigned hits[LANGUAGE_COUNT], words;
    unsigned letters[SCRIPTS];
};

static void count_script(struct counts *counts, uint32_t c)
{
    size_t low = 0, high = sizeof(blocks) / sizeof(blocks[0]);

    if (c < 0x80) {
        counts->letters[LATIN] += bylaw__is_alpha((int)c);
        return;
    }
    while (low < high) {
        size_t mid = (low + high) / 2;

        if (blocks[mid].end <= c)
            low = mid + 1;
        else
            high = mid;
    }
    if (low < sizeof(blocks) / sizeof(blocks[0]) && blocks[low].first <= c)
        counts->letters[blocks[low].script]++;
}

static bool is_word_byte(char c)
{
    return (unsigned char)c >= 0x80 || bylaw__is_alpha((unsigned char)c);
}

/* The next word of text from *at on; empty at the end. */
static struct bylaw_span next_word(struct bylaw_span text, size_t *at)
{
    size_t begin = *at, end;

    while (begin < text.len && !is_word_byte(text.ptr[begin]))
        begin++;
    for (end = begin; end < text.len && is_word_byte(text.ptr[end]);)
        end++;
    *at = end;
    return bylaw__span_sub(text, begin, end);
}

static int list_words(struct counts *counts, size_t language)
{
    struct bylaw_span words = bylaw__span_of(stop_words[language].words), word;
    size_t at = 0;
    int rc = 0;

    while (!rc && (word = next_word(words, &at)).len) {
        uint64_t key = bylaw__hash64(word), bits = 0;

        bylaw__map_get(&counts->languages, key, &bits);
        rc = bylaw__map_put(&counts->languages, key, bits | 1ull << language);
    }
    return rc;
}

static void count_word(struct counts *counts, struct bylaw_span word)
{
    char lower[WORD_BYTES_MOST];
    uint64_t bits = 0;

    counts->words++;
    if (word.len > sizeof(lower))
        return;
    for (size_t i = 0; i < word.len; i++)
        lower[i] = bylaw__lower(word.ptr[i]);
    if (!bylaw__map_get(&counts->languages,
                        bylaw__hash64((struct bylaw_span){lower, word.len}),
                        &bits))
        return;
    for (size_t i = 0; i < LANGUAGE_COUNT; i++)
        counts->hits[i] += (unsigned)(bits >> i & 1);
}

static void count_all(struct counts *counts, struct bylaw_span text)
{
    struct bylaw_span word;
    size_t pos = 0;

    while (pos < text.len)
        count_script(counts, bylaw__utf8_next(text, &pos));
    pos = 0;
    while ((word = next_word(text, &pos)).len)
        count_word(counts, word);
}

/* The script that most letters are of. Japanese is kana with Han among them; a
 * text with a few foreign letters is still of its own script. */
static enum script main_script(const struct counts *counts)
{
    enum script best = LATIN;

    for (size_t i = LATIN + 1; i < SCRIPTS; i++)
        if (counts->letters[i] > LEAST_LETTERS &&
            counts->letters[i] > counts->letters[best])
            best = (enum script)i;
    if (best == HAN && counts->letters[KANA] > LEAST_LETTERS)
        return KANA;
    return best;
}

static const char *most_common(const struct counts *counts, enum script script)
{
    size_t best = LANGUAGE_COUNT;
    unsigned most = 0, second = 0;

    for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
        if (stop_words[i].script != script)
            continue;
        if (counts->hits[i] > most) {
            second = most;
            most = counts->hits[i];
            best = i;
        } else if (counts->hits[i] > second) {
            second = counts->hits[i];
        }
    }
    /* A name such as "The Times" makes no text English. */
    return most >= LEAST_HITS && most > second &&
                   most * LEAST_SHARE >= counts->words
               ? stop_words[best].language
               : script_languages[script];
}

const char *bylaw__language_guess(struct bylaw_span text)
{
    struct counts counts = {.words = 0};
    const char *language = "";
    int rc = 0;

    _Static_assert(LANGUAGE_COUNT <= 64, "a bit each");
    for (size_t i = 0; !rc && i < LANGUAGE_COUNT; i++)
        rc = list_words(&counts, i);
    if (!rc) {
        count_all(&counts, bylaw__span_sub(text, 0, SAMPLE_BYTES));
        language = most_common(&counts, main_script(&counts));
    }
    bylaw__map_release(&counts.languages);
    return language;
}
