/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a page's layout puts among the words of a text: numbers of notes, lines
 * and paragraphs, and the same few words in a box of their own again and again
 * ("opens in a new window", "tweet this"). Nobody rewrites a text that way.
 */
#include "judge_int.h"

#define MARK_BYTES 256u
/* A number of a note or a paragraph; longer ones are amounts and years. */
#define MARK_DIGITS 3u
/* So often the same words are put in by a machine. */
#define REPEATS_MIN 3u
/* Edits that are compared with one another. */
#define COMPARED_MAX 512u
#define AROUND_BYTES 8u

/* Letters and digits of a range of the page, tags taken out; false where it is
 * too long for a mark. digits: kept, or left out. */
static bool read_words(struct bylaw__buf *out, const struct scene *scene,
                       struct bylaw_range page, bool digits)
{
    struct bylaw_span text =
        bylaw__span_sub(scene->c->document->text, page.begin, page.end);
    bool in_tag = false;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];

        if (c == '<')
            in_tag = true;
        if (!in_tag &&
            (bylaw__is_alpha(c) || c >= 0x80 || (digits && bylaw__is_digit(c))))
            bylaw__buf_add_char(out, (char)c);
        if (c == '>')
            in_tag = false;
    }
    return !out->failed && page.end - page.begin <= MARK_BYTES;
}

static bool is_number(struct bylaw_span words)
{
    for (size_t i = 0; i < words.len; i++)
        if (!bylaw__is_digit((unsigned char)words.ptr[i]))
            return false;
    return words.len > 0 && words.len <= MARK_DIGITS;
}

/* "word<sup>1</sup>", "word[1]": the number hangs on a word of the text. */
static bool is_hung_on(struct bylaw_span text)
{
    size_t end = text.len, digits;

    while (end && !bylaw__is_digit((unsigned char)text.ptr[end - 1]) &&
           text.len - end < MARK_BYTES)
        end--;
    digits = end;
    while (digits && bylaw__is_digit((unsigned char)text.ptr[digits - 1]))
        digits--;
    return end && digits && end - digits <= MARK_DIGITS &&
           strchr(">[(", text.ptr[digits - 1]) &&
           bylaw__is_alpha((unsigned char)text.ptr[0]);
}

bool is_mark(const struct scene *scene, const struct bylaw_edit *edit)
{
    struct bylaw__buf words;
    bool is = false;

    if (edit->kind == BYLAW_EDIT_REPLACED)
        return edit->page_words == 1 && edit->source_words == 1 &&
               is_hung_on(bylaw__span_sub(scene->c->document->text,
                                          edit->page.begin, edit->page.end));
    if (edit->kind != BYLAW_EDIT_INSERTED || edit->page_words > 2)
        return false;
    bylaw__buf_init(&words, 0);
    is = read_words(&words, scene, edit->page, true) &&
         (is_number(bylaw__buf_span(&words)) ||
          /* "00:05", a place in a recording */
          (edit->page_words == 2 && words.len == 4 && !words.failed &&
           bylaw__is_digit((unsigned char)words.ptr[0]) &&
           bylaw__is_digit((unsigned char)words.ptr[3])));
    bylaw__buf_release(&words);
    return is;
}

/* An element of its own: marks aside, a tag ends before it and one begins
 * after it. */
static bool is_enclosed(const struct scene *scene, struct bylaw_range page)
{
    struct bylaw_span text = scene->c->document->text;
    size_t before = page.begin, after = page.end;

    while (before && page.begin - before < AROUND_BYTES &&
           strchr(" \n\t([\"", text.ptr[before - 1]))
        before--;
    while (after < text.len && after - page.end < AROUND_BYTES &&
           strchr(" \n\t)].\":", text.ptr[after]))
        after++;
    return before && after < text.len && text.ptr[before - 1] == '>' &&
           text.ptr[after] == '<';
}

/* Numbers in it may run on: "Pg 10", "Pg 11". */
static uint64_t words_hash(const struct scene *scene, struct bylaw_range page)
{
    struct bylaw__buf words;
    uint64_t hash = 0;

    bylaw__buf_init(&words, 0);
    if (read_words(&words, scene, page, false) && words.len)
        hash = bylaw__hash64(bylaw__buf_span(&words));
    bylaw__buf_release(&words);
    return hash;
}

bool is_put_in_often(const struct scene *scene, const struct bylaw_edit *edit)
{
    const struct bylaw_match *match = scene->c->match;
    unsigned repeats = 0;
    uint64_t hash;

    if (edit->kind != BYLAW_EDIT_INSERTED || !is_enclosed(scene, edit->page))
        return false;
    hash = words_hash(scene, edit->page);
    for (size_t i = 0; hash && i < match->edit_count && i < COMPARED_MAX; i++) {
        const struct bylaw_edit *other = &match->edits[i];

        if (other->kind == BYLAW_EDIT_INSERTED &&
            other->page_words == edit->page_words &&
            is_enclosed(scene, other->page) &&
            words_hash(scene, other->page) == hash && ++repeats == REPEATS_MIN)
            return true;
    }
    return false;
}
