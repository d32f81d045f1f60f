/* SPDX-License-Identifier: Apache-2.0 */
/* Between words: quotation marks that open and close, sentences that end. */
#include "text_int.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/* Marks of one kind pair only with each other. */
enum quote_kind {
    QUOTE_DOUBLE,
    QUOTE_STRAIGHT,
    QUOTE_SINGLE,
    QUOTE_GUILLEMET,
    QUOTE_SMALL_GUILLEMET,
    QUOTE_CORNER,
    QUOTE_WHITE_CORNER
};

/* How a mark behaves: some languages turn the same marks the other way. */
enum quote_role {
    ROLE_OPENS,  /* always */
    ROLE_CLOSES, /* always */
    ROLE_TURNS   /* by what is open and which side touches a word */
};

static const struct quote_mark {
    uint16_t mark;
    uint8_t kind, role;
} quote_marks[] = {
    {'"', QUOTE_STRAIGHT, ROLE_TURNS},
    {0x00ab, QUOTE_GUILLEMET, ROLE_TURNS},
    {0x00bb, QUOTE_GUILLEMET, ROLE_TURNS},
    {0x2018, QUOTE_SINGLE, ROLE_OPENS},
    {0x2019, QUOTE_SINGLE, ROLE_CLOSES},
    {0x201c, QUOTE_DOUBLE, ROLE_TURNS},
    {0x201d, QUOTE_DOUBLE, ROLE_TURNS},
    {0x201e, QUOTE_DOUBLE, ROLE_OPENS},
    {0x2039, QUOTE_SMALL_GUILLEMET, ROLE_TURNS},
    {0x203a, QUOTE_SMALL_GUILLEMET, ROLE_TURNS},
    {0x300c, QUOTE_CORNER, ROLE_OPENS},
    {0x300d, QUOTE_CORNER, ROLE_CLOSES},
    {0x300e, QUOTE_WHITE_CORNER, ROLE_OPENS},
    {0x300f, QUOTE_WHITE_CORNER, ROLE_CLOSES},
    {0xff02, QUOTE_STRAIGHT, ROLE_TURNS},
    {0xff62, QUOTE_CORNER, ROLE_OPENS},
    {0xff63, QUOTE_CORNER, ROLE_CLOSES},
};

/* What stands on either side of a mark. */
struct sides {
    bool space_before, space_after; /* or the edge of the block */
    bool word_before, word_after;
};

static const struct quote_mark *find_mark(uint32_t c)
{
    if (c < 0x80 && c != '"')
        return NULL;
    for (size_t i = 0; i < COUNT(quote_marks); i++)
        if (quote_marks[i].mark == c)
            return &quote_marks[i];
    return NULL;
}

static bool is_white(uint32_t c)
{
    return c <= ' ' || c == 0xa0 || c == 0x3000 || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || (c >= 0x2000 && c <= 0x200b);
}

/*
 * A mark that may open or close. With nothing open it opens unless it hangs
 * on the end of a word (an inch sign, a stray close); with one open it closes
 * unless it hangs on the front of a word, where it opens anew.
 */
static bool turn_opens(const struct sides *sides, bool open)
{
    bool hangs_before = sides->space_before && !sides->space_after;
    bool hangs_after = sides->space_after && !sides->space_before;

    return open ? hangs_before : !hangs_after;
}

/* „a“ and ‚a‘: after a low mark the high one always closes; « closes only »,
 * and » only «, unless the same mark serves for both. */
static bool mark_opens(const struct quote_mark *mark, const struct sides *sides,
                       uint32_t open)
{
    if (mark->role != ROLE_TURNS)
        return mark->role == ROLE_OPENS;
    if (mark->mark == 0x201c)
        return open != 0x201e;
    if (mark->mark == 0x201d && open == 0x201c)
        return false;
    if (mark->kind != QUOTE_STRAIGHT && open && open != mark->mark)
        return false;
    if (mark->mark == 0x00ab || mark->mark == 0x2039)
        return true;
    return turn_opens(sides, open != 0);
}

/* Apostrophes are left alone: ’ closes only after a word or its stop, and
 * never before a letter; ‘ opens only before a word. " inside a word is a
 * Hebrew abbreviation. */
static bool is_quote(const struct quote_mark *mark, const struct sides *sides)
{
    if (mark->kind == QUOTE_STRAIGHT)
        return !(sides->word_before && sides->word_after);
    if (mark->kind != QUOTE_SINGLE)
        return true;
    if (mark->role == ROLE_OPENS)
        return !sides->word_before && !sides->space_after;
    return !sides->space_before && !sides->word_after;
}

static void turn_mark(struct bylaw__quotes *quotes, struct bylaw__token *items,
                      size_t count, const struct quote_mark *mark,
                      const struct sides *sides)
{
    uint32_t open = quotes->open[mark->kind].mark;

    if (!is_quote(mark, sides))
        return;
    if (mark_opens(mark, sides, open)) {
        quotes->open[mark->kind].mark = mark->mark;
        quotes->open[mark->kind].token = count;
        return;
    }
    if (!open)
        return;
    for (size_t i = quotes->open[mark->kind].token; i < count; i++)
        items[i].flags |= BYLAW__TOKEN_QUOTED;
    quotes->open[mark->kind].mark = 0;
}

/* The character that ends just before at; a space at the beginning. */
static uint32_t char_before(struct bylaw_span text, size_t at)
{
    size_t begin = at;

    while (begin && at - begin < 4) {
        begin--;
        if (((unsigned char)text.ptr[begin] & 0xc0) != 0x80)
            break;
    }
    return begin < at ? bylaw__utf8_next(text, &begin) : ' ';
}

static uint32_t char_at(struct bylaw_span text, size_t at)
{
    return at < text.len ? bylaw__utf8_next(text, &at) : ' ';
}

static bool is_word_char(uint32_t c)
{
    enum bylaw__char_kind kind = BYLAW__CHAR_KIND(bylaw__char_entry(c));

    return kind == BYLAW__CHAR_LETTER || kind == BYLAW__CHAR_DIGIT ||
           kind == BYLAW__CHAR_MARK;
}

void bylaw__quotes_read(struct bylaw__quotes *quotes,
                        struct bylaw__token *items, size_t count,
                        struct bylaw_span text, size_t begin, size_t end)
{
    if (begin + 1 == end && text.ptr[begin] == ' ')
        return;
    while (begin < end) {
        size_t at = begin;
        uint32_t c = bylaw__utf8_next(text, &begin);
        const struct quote_mark *mark = find_mark(c);
        struct sides sides;
        uint32_t before, after;

        if (!mark)
            continue;
        before = char_before(text, at);
        after = char_at(text, begin);
        sides.space_before = is_white(before);
        sides.space_after = is_white(after);
        sides.word_before = is_word_char(before);
        sides.word_after = is_word_char(after);
        turn_mark(quotes, items, count, mark, &sides);
    }
}

/* Ends a sentence when white space or a closing mark follows it. */
static bool is_stop(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x061f ||
           c == 0x06d4 || c == 0x0964 || c == 0x0589 || c == 0x1362;
}

/* Ends a sentence whatever follows. */
static bool is_full_stop(uint32_t c)
{
    return c == 0x3002 || c == 0xff01 || c == 0xff1f || c == 0xff61;
}

static bool is_closing(uint32_t c)
{
    return c == ')' || c == ']' || find_mark(c);
}

bool bylaw__gap_ends_sentence(struct bylaw_span gap, struct bylaw_span before)
{
    uint32_t stop = 0;
    size_t pos = 0;

    if (gap.len == 1)
        return false;
    while (pos < gap.len) {
        size_t at = pos;
        uint32_t c = bylaw__utf8_next(gap, &pos);

        if (is_full_stop(c))
            return true;
        if (stop && (is_white(c) || is_closing(c)))
            return true;
        stop = is_stop(c) ? c : 0;
        /* The stop of "Dr." belongs to the word. */
        if (!at && c == '.' && bylaw__word_is_abbreviation(before))
            stop = 0;
    }
    return false;
}

static const char *const abbreviations[] = {
    "adm", "al",  "approx", "art", "bzw", "ca",     "capt", "cf",  "co",
    "col", "dr",  "ed",     "eg",  "etc", "fig",    "gen",  "gov", "hon",
    "ie",  "inc", "jr",     "lt",  "ltd", "messrs", "mlle", "mme", "mr",
    "mrs", "ms",  "no",     "nr",  "p",   "pp",     "prof", "rep", "rev",
    "sen", "sgt", "sr",     "st",  "usw", "vol",    "vs",
};

bool bylaw__word_is_abbreviation(struct bylaw_span norm)
{
    size_t pos = 0;

    if (!norm.len)
        return false;
    bylaw__utf8_next(norm, &pos);
    /* A single letter is an initial; three bytes begin at the Indic scripts. */
    if (pos == norm.len && pos < 3)
        return !bylaw__is_digit((unsigned char)norm.ptr[0]);
    for (size_t i = 0; i < COUNT(abbreviations); i++)
        if (bylaw__span_is(norm, abbreviations[i]))
            return true;
    return false;
}
