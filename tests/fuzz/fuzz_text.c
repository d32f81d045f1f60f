/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words, names and phrases of any bytes. The input is a length, that many
 * bytes of a name or phrase, then the text.
 */
#include "text/text_int.h"

#include <stdlib.h>

#define MAP_PIECES 64

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* A map over the text that the text's own bytes choose: pieces of one to
 * eight bytes that stay, grow or shrink, with bytes of markup in between. */
static size_t make_map(struct bylaw__textmap *map, uint32_t *out_page,
                       struct bylaw_span text)
{
    uint32_t at = 0, page = 0;
    size_t count = 0;

    while (at < text.len && count < MAP_PIECES) {
        unsigned seed = (unsigned char)text.ptr[at];
        uint32_t len =
            count + 1 < MAP_PIECES ? 1 + (seed & 7) : (uint32_t)text.len;

        if (len > text.len - at)
            len = (uint32_t)text.len - at;
        page += seed >> 6;
        map[count].text_off = at;
        map[count].text_len = len;
        map[count].page_off = page;
        map[count].page_len = seed & 8 ? len : len + (seed >> 4 & 3);
        page += map[count++].page_len;
        at += len;
    }
    *out_page = page;
    return count;
}

/* Marks lie in the page, from the word outwards. */
static void require_marks(const struct bylaw__token *token, uint32_t page)
{
    const struct bylaw__marks *marks = &token->marks;

    require(marks->before_bytes <= token->bytes.begin);
    for (size_t i = 0; i < BYLAW__MARKS_AFTER && marks->after[i]; i++) {
        require(token->bytes.end + marks->after_bytes[i] <= page);
        require(!i || marks->after_bytes[i] >= marks->after_bytes[i - 1]);
    }
}

static void check_tokens(const struct bylaw__tokens *tokens, uint32_t page)
{
    struct bylaw_range last = {0, 0};
    size_t norm = 0;

    for (size_t i = 0; i < tokens->count; i++) {
        const struct bylaw__token *token = &tokens->items[i];

        require(token->bytes.begin <= token->bytes.end);
        require(token->bytes.end <= page);
        require(token->bytes.begin >= last.begin);
        require(token->bytes.end >= last.end);
        require(token->norm_len && token->norm_len <= BYLAW_LIMIT_WORD_BYTES);
        require(token->norm_off == norm + (i > 0));
        require(token->hash == bylaw__hash64(bylaw__token_text(tokens, i)));
        require(bylaw__utf8_valid(bylaw__token_text(tokens, i)));
        norm = token->norm_off + token->norm_len;
        require_marks(token, page);
        last = token->bytes;
    }
    require(norm == tokens->norm.len);
}

static void try_tokens(struct bylaw_span text)
{
    struct bylaw__textmap map[MAP_PIECES];
    struct bylaw__tokens plain, mapped;
    struct bylaw__buf line = {0};
    uint32_t page;
    size_t count = make_map(map, &page, text);

    bylaw__tokens_init(&plain);
    bylaw__tokens_init(&mapped);
    require(!bylaw__tokens_add(&plain, text, NULL, 0, 0, 0, NULL));
    require(!bylaw__tokens_add(&mapped, text, map, count, 0, 0, NULL));
    require(!bylaw__text_normalise(&line, text));
    check_tokens(&plain, (uint32_t)text.len);
    check_tokens(&mapped, count ? page : 0);
    require(plain.count == mapped.count);
    require(
        bylaw__span_eq(bylaw__buf_span(&line), bylaw__buf_span(&plain.norm)));
    bylaw__buf_release(&line);
    bylaw__tokens_release(&plain);
    bylaw__tokens_release(&mapped);
}

/* The table's short way gives what ICU gives. */
static void try_table(struct bylaw_span text)
{
    static struct bylaw__words fast, slow;
    struct bylaw__word a, b;
    bool more;

    bylaw__words_init(&fast, text);
    bylaw__words_init(&slow, text);
    slow.icu_only = true;
    do {
        more = bylaw__words_next(&a, &fast);
        require(more == bylaw__words_next(&b, &slow));
        if (!more)
            break;
        require(bylaw__span_eq(a.norm, b.norm));
        require(a.begin == b.begin && a.end == b.end && a.solo == b.solo);
    } while (more);
}

/* What is normalised stays so, as long as no word had to be cut. */
static void try_again(struct bylaw_span text)
{
    struct bylaw__buf once = {0}, twice = {0};
    struct bylaw__words words;
    struct bylaw__word word;
    size_t longest = 0;

    bylaw__words_init(&words, text);
    while (bylaw__words_next(&word, &words))
        if (word.norm.len > longest)
            longest = word.norm.len;
    require(!bylaw__text_normalise(&once, text));
    require(!bylaw__text_normalise(&twice, bylaw__buf_span(&once)));
    if (longest < BYLAW_LIMIT_WORD_BYTES / 2)
        require(
            bylaw__span_eq(bylaw__buf_span(&once), bylaw__buf_span(&twice)));
    bylaw__buf_release(&once);
    bylaw__buf_release(&twice);
}

static void try_finding(struct bylaw_span text, struct bylaw_span pattern)
{
    struct bylaw_range range = {0, 0};
    struct bylaw__buf folded = {0};

    bylaw__name_find(&range, text, pattern);
    require(range.begin <= range.end && range.end <= text.len);
    range = (struct bylaw_range){0, 0};
    bylaw__phrase_find(&range, text, pattern);
    require(range.begin <= range.end && range.end <= text.len);
    require(!bylaw__text_fold_name(&folded, text));
    bylaw__buf_release(&folded);
}

/* A phrase made once finds what it finds anew, twice over; nothing is ruled out
 * by the first look that the long way finds: a letter beyond ASCII behind the
 * text leaves only that. */
static void try_first_look(struct bylaw_span text, struct bylaw_span pattern)
{
    struct bylaw_range once = {0, 0}, twice = {0, 0}, longer = {0, 0};
    struct bylaw__buf words = {0}, more = {0};
    bylaw__phrase *phrase = NULL;
    bool found;

    if (bylaw__phrase_new(&phrase, pattern))
        return;
    found = bylaw__phrase_seek(&once, text, phrase);
    require(found == bylaw__phrase_seek(&twice, text, phrase));
    require(once.begin == twice.begin && once.end == twice.end);
    require(!bylaw__text_normalise(&words, text));
    require(!found || bylaw__phrase_may_stand(phrase, bylaw__buf_span(&words)));
    bylaw__buf_add_span(&more, text);
    bylaw__buf_add_text(&more, " \xc3\xa9");
    require(found ||
            !bylaw__phrase_seek(&longer, bylaw__buf_span(&more), phrase) ||
            longer.end > text.len);
    bylaw__buf_release(&words);
    bylaw__buf_release(&more);
    bylaw__phrase_free(phrase);
}

static bool is_ascii(struct bylaw_span s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
    return true;
}

/* One of the folded words of a name that was found stands in what the text is
 * squeezed to. */
static void try_squeeze(struct bylaw_span text, struct bylaw_span name)
{
    struct bylaw__buf squeezed = {0}, folded = {0};
    bylaw__folds *folds = bylaw__folds_new();
    bool stands = false;
    struct bylaw_span rest;

    require(folds && !bylaw__text_squeeze(&squeezed, text, folds));
    require(!bylaw__text_fold_name(&folded, name));
    rest = bylaw__buf_span(&folded);
    while (rest.len && !stands) {
        size_t end = bylaw__span_find(rest, BYLAW__SPAN(" "));
        struct bylaw_span word =
            bylaw__span_sub(rest, 0, end == SIZE_MAX ? rest.len : end);

        stands = bylaw__span_find(bylaw__buf_span(&squeezed), word) != SIZE_MAX;
        rest = bylaw__span_sub(rest, word.len + 1, rest.len);
    }
    if (is_ascii(name) &&
        bylaw__name_find(NULL, text, name) > BYLAW__NAME_INITIALS)
        require(stands);
    bylaw__folds_free(folds);
    bylaw__buf_release(&squeezed);
    bylaw__buf_release(&folded);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw_span input = {(const char *)data, size}, text, pattern;
    size_t len = size ? data[0] : 0;

    pattern = bylaw__span_sub(input, 1, 1 + len);
    text = bylaw__span_sub(input, 1 + len, size);
    try_tokens(text);
    try_table(text);
    try_again(text);
    try_finding(text, pattern);
    try_first_look(text, pattern);
    try_squeeze(text, pattern);
    return 0;
}
