/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a name sounds, roughly: what is left of it when it goes through another
 * script and back. Vowels, h, w and y fall away; letters that languages and
 * transliterations exchange become one.
 */
#include "sound_table.h"
#include "text_int.h"

/** Letters that count as another, the longer spelling first. */
struct rule {
    char from[4], to[3];
};

static const struct rule close_rules[] = {
    {"sch", "s"}, {"ph", "f"}, {"ck", "k"}, {"sh", "s"}, {"ch", "k"},
    {"th", "t"},  {"kh", "k"}, {"zh", "s"}, {"x", "ks"}, {"q", "k"},
    {"c", "k"},   {"z", "s"},  {"v", "f"},  {"p", "b"},  {"d", "t"},
    {"g", "k"},   {"j", "k"},
};

/* Syllables of Chinese keep r and l, m and n, n and ng apart even less. */
static const struct rule loose_rules[] = {
    {"sch", "s"}, {"ng", "n"}, {"ph", "f"}, {"ck", "k"}, {"sh", "s"},
    {"zh", "s"},  {"ch", "s"}, {"th", "t"}, {"x", "s"},  {"q", "s"},
    {"j", "s"},   {"c", "k"},  {"z", "s"},  {"v", "f"},  {"w", "f"},
    {"p", "b"},   {"d", "t"},  {"g", "k"},  {"r", "l"},  {"m", "n"},
};

static const struct {
    const struct rule *rules;
    size_t count;
    const char *silent;
    bool keeps_first; /* a vowel that a name begins with is heard */
} tables[] = {
    [BYLAW__SOUND_CLOSE] = {close_rules,
                            sizeof(close_rules) / sizeof(close_rules[0]),
                            "aeiouyhw", true},
    [BYLAW__SOUND_LOOSE] = {loose_rules,
                            sizeof(loose_rules) / sizeof(loose_rules[0]),
                            "aeiouyh", false},
};

static const struct rule *rule_for(const struct rule *rules, size_t count,
                                   const char *text, size_t left)
{
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(rules[i].from);

        if (len <= left && !memcmp(text, rules[i].from, len))
            return &rules[i];
    }
    return NULL;
}

/* The same letter twice is heard once. */
static size_t add_letter(char *out, size_t len, char letter)
{
    if (len && out[len - 1] == letter)
        return len;
    out[len] = letter;
    return len + 1;
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

size_t bylaw__text_sound(char out[BYLAW__SOUND_LETTERS], struct bylaw_span word,
                         enum bylaw__sound_kind kind)
{
    size_t len = 0;

    for (size_t i = 0; i < word.len && len + 2 <= BYLAW__SOUND_LETTERS;) {
        const char *at = word.ptr + i;
        const struct rule *rule =
            rule_for(tables[kind].rules, tables[kind].count, at, word.len - i);
        bool is_first = i == 0 && tables[kind].keeps_first;

        if (rule) {
            for (const char *to = rule->to; *to; to++)
                len = add_letter(out, len, *to);
            i += strlen(rule->from);
            continue;
        }
        i++;
        if (!is_letter(*at))
            continue;
        if (!strchr(tables[kind].silent, *at))
            len = add_letter(out, len, *at);
        else if (is_first)
            len = add_letter(out, len, *at == 'h' ? 'h' : 'a');
    }
    return len;
}

bool bylaw__text_is_transcribing(uint32_t code_point)
{
    size_t low = 0, high = sizeof(transcribing) / sizeof(transcribing[0]);

    while (low < high) {
        size_t mid = (low + high) / 2;

        if (transcribing[mid] < code_point)
            low = mid + 1;
        else
            high = mid;
    }
    return low < sizeof(transcribing) / sizeof(transcribing[0]) &&
           transcribing[low] == code_point;
}
