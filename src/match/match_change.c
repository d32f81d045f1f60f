/* SPDX-License-Identifier: Apache-2.0 */
/* What sort of change an edit is: a table of kinds, the first that fits. */
#include "match_int.h"

#include "match_words.h"

/** One edit, looked at. */
struct change {
    const struct aligner *a;
    struct stretch page, source;
};

static struct bylaw_span word_of(const struct bylaw__tokens *tokens,
                                 uint32_t word)
{
    return bylaw__token_text(tokens, word);
}

static uint32_t length_of(struct stretch words)
{
    return words.end - words.begin;
}

static bool are_all(const struct bylaw__tokens *tokens, struct stretch words,
                    bool (*test)(struct bylaw_span word))
{
    for (uint32_t i = words.begin; i < words.end; i++)
        if (!test(word_of(tokens, i)))
            return false;
    return true;
}

/* A name of time on at least one side, and nothing else on either. */
static bool is_time_change(const struct change *c)
{
    bool names = false;

    for (uint32_t i = c->page.begin; i < c->page.end; i++)
        names |= is_time_name(word_of(c->a->page, i));
    for (uint32_t i = c->source.begin; i < c->source.end; i++)
        names |= is_time_name(word_of(c->a->source, i));
    return names && are_all(c->a->page, c->page, is_time_word) &&
           are_all(c->a->source, c->source, is_time_word);
}

#define STYLE_WORDS_MAX 8u
#define STYLE_BYTES_MAX 256u

/* A percent sign is no word; it stands right behind one. */
static bool has_percent_behind(const struct bylaw__tokens *tokens, uint32_t end)
{
    return end && tokens->items[end - 1].flags & BYLAW__TOKEN_PERCENT;
}

/* The words of one side, spelled one way, run together. */
static bool spell_side(struct bylaw__buf *out,
                       const struct bylaw__tokens *tokens, struct stretch words)
{
    if (length_of(words) > STYLE_WORDS_MAX)
        return false;
    for (uint32_t i = words.begin; i < words.end; i++)
        spell_one_way(out, word_of(tokens, i));
    if (has_percent_behind(tokens, words.end))
        bylaw__buf_add_text(out, "percent");
    return !out->failed;
}

static bool is_style_change(const struct change *c)
{
    struct bylaw__buf page, source;
    bool is_same;

    bylaw__buf_init(&page, STYLE_BYTES_MAX);
    bylaw__buf_init(&source, STYLE_BYTES_MAX);
    is_same = spell_side(&page, c->a->page, c->page) &&
              spell_side(&source, c->a->source, c->source) &&
              bylaw__span_eq(short_name_of(bylaw__buf_span(&page)),
                             short_name_of(bylaw__buf_span(&source)));
    bylaw__buf_release(&page);
    bylaw__buf_release(&source);
    return is_same;
}

/* The headline itself, or what a page puts between it and the text: byline,
   date line. */
static bool is_headline_change(const struct change *c)
{
    struct stretch headline = source_headline(c->a);

    if (headline.begin == headline.end || c->source.begin < headline.begin ||
        c->source.end > headline.end)
        return false;
    return length_of(c->source) || c->source.begin < headline.end ||
           length_of(c->page) <= HEADLINE_TAIL_WORDS;
}

/* Whole paragraphs: from the first word of one to the last word of one. */
static bool is_whole_blocks(const struct bylaw__tokens *tokens,
                            struct stretch words)
{
    return words.begin < words.end &&
           tokens->items[words.begin].flags & BYLAW__TOKEN_BLOCK &&
           (words.end == tokens->count ||
            tokens->items[words.end].flags & BYLAW__TOKEN_BLOCK);
}

static bool is_added_block(const struct change *c)
{
    return !length_of(c->source) && is_whole_blocks(c->a->page, c->page);
}

#define JOINED_WORDS_MAX 8u
#define JOINED_BYTES_MAX 256u

/* The first words of one side, run together without marks. */
static void join_words(struct bylaw__buf *out,
                       const struct bylaw__tokens *tokens, struct stretch words)
{
    for (uint32_t i = words.begin;
         i < words.end && i < words.begin + JOINED_WORDS_MAX; i++) {
        struct bylaw_span word = word_of(tokens, i);

        for (size_t k = 0; k < word.len; k++)
            if (word.ptr[k] != '\'')
                bylaw__buf_add_char(out, word.ptr[k]);
    }
}

/* A paragraph, or the beginning of one, that says whose note it is. */
static bool is_note(const struct change *c)
{
    struct bylaw__buf joined;
    bool is;

    if (length_of(c->source) || !length_of(c->page) ||
        !(c->a->page->items[c->page.begin].flags & BYLAW__TOKEN_BLOCK))
        return false;
    bylaw__buf_init(&joined, JOINED_BYTES_MAX);
    join_words(&joined, c->a->page, c->page);
    is = !joined.failed && is_note_beginning(bylaw__buf_span(&joined));
    bylaw__buf_release(&joined);
    return is;
}

#define PLACE_WORDS_MAX 6u

/* What one side of a change says of a place. */
struct place_side {
    bool is_only;  /* nothing else stands there */
    unsigned says; /* a bit for each place_word */
    bool has_name; /* words in capitals, behind a word like "in" */
};

#define SAYS(side, what) ((side)->says & (1u << (what)))

static bool is_introduced(const struct bylaw__tokens *tokens, uint32_t word)
{
    return word && place_word_of(word_of(tokens, word - 1)) == PLACE_FILLER;
}

static struct place_side look_at_place(const struct bylaw__tokens *tokens,
                                       struct stretch words)
{
    struct place_side side = {.is_only = length_of(words) <= PLACE_WORDS_MAX};

    for (uint32_t i = words.begin; side.is_only && i < words.end; i++) {
        enum place_word what = place_word_of(word_of(tokens, i));

        if (what)
            side.says |= 1u << what;
        else if (tokens->items[i].flags & BYLAW__TOKEN_CAPITAL &&
                 (side.has_name || is_introduced(tokens, i)))
            side.has_name = true;
        else
            side.is_only = false;
    }
    return side;
}

static bool is_named(const struct place_side *side)
{
    return side->has_name || SAYS(side, PLACE_LAND);
}

static bool is_unnamed(const struct place_side *side)
{
    return !is_named(side) &&
           (SAYS(side, PLACE_HERE) || SAYS(side, PLACE_KIND));
}

/* "in Boston" for "here", "in the state" for "in Texas", "Calif." added behind
 * a town. A name for another name is no change of wording. */
static bool is_place_change(const struct change *c)
{
    struct place_side page = look_at_place(c->a->page, c->page);
    struct place_side source = look_at_place(c->a->source, c->source);

    if (!page.is_only || !source.is_only)
        return false;
    if (!length_of(c->page))
        return SAYS(&source, PLACE_LAND) && !source.has_name;
    if (!length_of(c->source))
        return SAYS(&page, PLACE_LAND) && !page.has_name;
    return (is_named(&page) && is_unnamed(&source)) ||
           (is_unnamed(&page) && is_named(&source)) ||
           (SAYS(&page, PLACE_HERE) && SAYS(&source, PLACE_KIND)) ||
           (SAYS(&page, PLACE_KIND) && SAYS(&source, PLACE_HERE));
}

static bool is_removed_block(const struct change *c)
{
    return !length_of(c->page) && is_whole_blocks(c->a->source, c->source);
}

static bool is_any_change(const struct change *c)
{
    (void)c;
    return true;
}

enum bylaw_edit_class classify_edit(const struct aligner *a,
                                    struct stretch page, struct stretch source)
{
    static const struct {
        enum bylaw_edit_class class;
        bool (*test)(const struct change *c);
    } kinds[] = {
        {BYLAW_CHANGE_HEADLINE, is_headline_change},
        {BYLAW_CHANGE_TIME_WORDS, is_time_change},
        {BYLAW_CHANGE_HOUSE_STYLE, is_style_change},
        {BYLAW_CHANGE_PLACE, is_place_change},
        {BYLAW_CHANGE_NOTE, is_note},
        {BYLAW_CHANGE_ADDED_BLOCK, is_added_block},
        {BYLAW_CHANGE_REMOVED_BLOCK, is_removed_block},
        {BYLAW_CHANGE_SUBSTANTIVE, is_any_change},
    };
    struct change c = {a, page, source};
    size_t i = 0;

    while (!kinds[i].test(&c))
        i++;
    return kinds[i].class;
}
