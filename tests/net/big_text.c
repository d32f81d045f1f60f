/* SPDX-License-Identifier: Apache-2.0 */
/* Generated prose about nothing, and the articles made of it. */
#include "net/big_web.h"

#include <stdio.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define PARAGRAPHS 9u
#define SENTENCES  4u /* of a paragraph */

unsigned big_roll(struct big_dice *dice, unsigned below)
{
    dice->state = dice->state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((dice->state >> 33) % below);
}

/* --------------------------------------------------------------- words --- */

static const char *const nouns[] = {
    "harbour", "orchard", "library", "bridge",  "kettle",    "lantern",
    "market",  "meadow",  "mill",    "museum",  "orchestra", "pond",
    "railway", "school",  "station", "theatre", "tower",     "valley",
    "village", "wharf",   "garden",  "council", "bakery",    "choir"};
static const char *const adjectives[] = {"quiet",   "narrow",  "early",
                                         "patient", "green",   "northern",
                                         "small",   "wooden",  "cheerful",
                                         "older",   "curious", "distant"};
static const char *const verbs[] = {"visited",  "painted",  "described",
                                    "repaired", "measured", "praised",
                                    "opened",   "followed", "counted",
                                    "borrowed", "noticed",  "carried"};
static const char *const places[] = {"near",  "behind", "beside",
                                     "above", "below",  "beyond"};
static const char *const joints[] = {"while", "because", "although",
                                     "after", "before",  "until"};
static const char *const syllables[] = {"bel", "dor",  "fen", "gal", "har",
                                        "jun", "kel",  "lom", "mar", "nor",
                                        "pel", "quin", "ros", "sal", "tor",
                                        "ul",  "ven",  "wil", "yar", "zan"};

#define PICK(table) table[big_roll(dice, (unsigned)COUNT(table))]

static void add_name(struct bylaw__buf *out, struct big_dice *dice)
{
    const char *first = PICK(syllables);

    bylaw__buf_add_char(out, (char)(first[0] - 'a' + 'A'));
    bylaw__buf_add_text(out, first + 1);
    bylaw__buf_add_text(out, PICK(syllables));
    bylaw__buf_add_text(out, PICK(syllables));
}

/* One letter stands for one word: N name, a adjective, n noun, v verb,
 * p place, j joint; all else for itself. */
static const char *const patterns[] = {
    "The a n of N v the n p N, j N v a n.",
    "N v the a n p the n of N j the n of N was closed.",
    "In the a n, N and N v every n p N.",
    "Nobody in N had v the a n of N j the people of N v it.",
    "Last week N v the n p N, where the a n of N is kept.",
    "It was N who v the a n, j N had v the one p N.",
};

static bool add_slot(struct bylaw__buf *out, struct big_dice *dice, char slot)
{
    if (slot == 'N')
        add_name(out, dice);
    else if (slot == 'a')
        bylaw__buf_add_text(out, PICK(adjectives));
    else if (slot == 'n')
        bylaw__buf_add_text(out, PICK(nouns));
    else if (slot == 'v')
        bylaw__buf_add_text(out, PICK(verbs));
    else if (slot == 'p')
        bylaw__buf_add_text(out, PICK(places));
    else if (slot == 'j')
        bylaw__buf_add_text(out, PICK(joints));
    else
        return false;
    return true;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void big_sentence(struct bylaw__buf *out, struct big_dice *dice)
{
    const char *pattern = PICK(patterns);

    for (const char *c = pattern; *c; c++) {
        bool is_word = (c == pattern || !is_letter(c[-1])) && !is_letter(c[1]);

        if (!is_word || !add_slot(out, dice, *c))
            bylaw__buf_add_char(out, *c);
    }
}

void big_prose(struct bylaw__buf *out, struct big_dice *dice, unsigned count,
               const char *before, const char *after)
{
    for (unsigned i = 0; i < count; i++) {
        bylaw__buf_add_text(out, before);
        for (unsigned s = 0; s < SENTENCES; s++) {
            bylaw__buf_add_text(out, s ? " " : "");
            big_sentence(out, dice);
        }
        bylaw__buf_add_text(out, after);
    }
}

/* ------------------------------------------------------------ articles --- */

static int write_file(const char *path, struct bylaw_span text)
{
    FILE *file = fopen(path, "wb");
    size_t written;

    if (!file)
        return -1;
    written = fwrite(text.ptr, 1, text.len, file);
    return fclose(file) || written != text.len ? -1 : 0;
}

/* The text as Markdown and as HTML. */
static int write_article(struct big_source *source, struct bylaw__arena *arena,
                         const char *dir, struct big_dice *dice)
{
    struct bylaw__buf text = {0}, html = {0};
    struct big_dice again = *dice;
    const char *path =
        bylaw__arena_printf(arena, "%s/%s.md", dir, source->name);
    struct bylaw__buf quote = {0};
    int rc;

    big_sentence(&quote, &again);
    source->quote = bylaw__arena_copy(arena, bylaw__buf_span(&quote));
    bylaw__buf_release(&quote);
    again = *dice;
    big_prose(&text, dice, PARAGRAPHS, "", "\n\n");
    big_prose(&html, &again, PARAGRAPHS, "<p>", "</p>\n");
    source->html = bylaw__arena_copy(arena, bylaw__buf_span(&html));
    rc = path ? write_file(path, bylaw__buf_span(&text)) : -1;
    bylaw__buf_release(&text);
    bylaw__buf_release(&html);
    return rc;
}

/* Who published it, by is_cc. */
static const struct {
    const char *publisher, *address, *rule;
} publishers[] = {
    {"Global Research", "https://www.globalresearch.ca/story/",
     "global-research"},
    {"Tidewater Notes", "https://tidewater.example/articles/", "cc-by-4.0"},
};

static int write_manifest(struct big_source *source, struct bylaw__arena *arena,
                          const char *dir, unsigned number)
{
    const char *publisher = publishers[source->is_cc].publisher;
    struct bylaw__buf text = {0};
    int rc;

    snprintf(source->path, sizeof(source->path), "%s/%s.yaml", dir,
             source->name);
    source->url =
        bylaw__arena_printf(arena, "%s%u", publishers[source->is_cc].address,
                            58190 + number);
    bylaw__buf_printf(&text,
                      "id: %s\nurl: %s\ntitle: A Walk Through %s\n"
                      "authors: [Marta Quill]\npublisher: %s\n"
                      "published: 2023-05-16\nlanguage: en\nrule: %s\n"
                      "copyright: Copyright © Marta Quill, %s, 2023\n"
                      "holders: [Marta Quill, %s]\ntext: %s.md\n",
                      source->name, source->url, source->name, publisher,
                      publishers[source->is_cc].rule, publisher, publisher,
                      source->name);
    rc = text.failed ? -1 : write_file(source->path, bylaw__buf_span(&text));
    bylaw__buf_release(&text);
    return rc;
}

int big_sources_write(struct big_source out[BIG_SOURCES],
                      struct bylaw__arena *arena, const char *dir,
                      struct big_dice *dice)
{
    for (unsigned i = 0; i < BIG_SOURCES; i++) {
        out[i] = (struct big_source){.is_cc = i % 2};
        snprintf(out[i].name, sizeof(out[i].name), "story-%u", i);
        if (write_article(&out[i], arena, dir, dice) ||
            write_manifest(&out[i], arena, dir, i))
            return -1;
    }
    return arena->failed ? -1 : 0;
}

/* ------------------------------------------------------------- credits --- */

#define LICENCE "https://creativecommons.org/licenses/by/4.0/"

/* By is_cc; "@" is the original's address, "^" its publisher's, "$" its
 * publisher. */
static const struct {
    const char *text, *verdict;
} credits[2][4] = {
    {{"<p>Source: <a href=\"@\">$</a>. Copyright © Marta Quill, $, 2023.</p>",
      "compliant"},
     {"", "not-met"},
     {"<p>Source: <a href=\"^\">$</a>. Copyright © Marta Quill, $, 2023.</p>",
      "incomplete"},
     {"<p>Source: <a href=\"@\">$</a>.</p>", "not-met"}},
    {{"<p>By Marta Quill. First published by <a href=\"@\">$</a>.</p>"
      "<p>Copyright © Marta Quill, $, 2023</p><p>It is licensed under a "
      "<a rel=license href=\"" LICENCE "\">Creative Commons Attribution 4.0 "
      "International licence</a>.</p>",
      "compliant"},
     {"", "not-met"},
     {"<p>By Marta Quill. First published by <a href=\"@\">$</a>.</p>",
      "incomplete"},
     {"<p>Found somewhere on the web.</p>", "not-met"}},
};

static void add_filled(struct bylaw__buf *out, const char *text,
                       const struct big_source *source)
{
    size_t home =
        (size_t)(strchr(source->url + strlen("https://"), '/') - source->url);

    for (const char *c = text; *c; c++)
        if (*c == '@')
            bylaw__buf_add_text(out, source->url);
        else if (*c == '^')
            bylaw__buf_add(out, source->url, home + 1);
        else if (*c == '$')
            bylaw__buf_add_text(out, publishers[source->is_cc].publisher);
        else
            bylaw__buf_add_char(out, *c);
}

const char *big_credit(struct bylaw__arena *arena,
                       const struct big_source *source, unsigned variant,
                       const char **out_verdict)
{
    unsigned number = variant % (unsigned)COUNT(credits[0]);
    struct bylaw__buf out = {0};
    const char *text;

    *out_verdict = credits[source->is_cc][number].verdict;
    add_filled(&out, credits[source->is_cc][number].text, source);
    text = bylaw__arena_copy(arena, bylaw__buf_span(&out));
    bylaw__buf_release(&out);
    return text;
}
