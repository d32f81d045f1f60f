/* SPDX-License-Identifier: Apache-2.0 */
/* One block's text as it grows: white space collapsed, every byte mapped. */
#include "extract_int.h"

#include <stdlib.h>

void bylaw__run_release(struct bylaw__run *run)
{
    bylaw__buf_release(&run->text);
    free(run->map);
    memset(run, 0, sizeof(*run));
}

void bylaw__run_clear(struct bylaw__run *run)
{
    bylaw__buf_clear(&run->text);
    run->map_count = 0;
    run->words = run->letters = run->first = run->last = 0;
    run->has_space = false;
}

/* Appends a piece, joined to the last one where both are byte for byte. */
static void add_piece(struct bylaw__run *run, struct bylaw__textmap piece)
{
    struct bylaw__textmap *last =
        run->map_count ? &run->map[run->map_count - 1] : NULL;

    if (last && last->text_len == last->page_len &&
        piece.text_len == piece.page_len &&
        last->page_off + last->page_len == piece.page_off) {
        last->text_len += piece.text_len;
        last->page_len += piece.page_len;
        return;
    }
    if (bylaw__vec_grow(&run->map, &run->map_cap, run->map_count + 1,
                        sizeof(*run->map))) {
        run->failed = true;
        return;
    }
    run->map[run->map_count++] = piece;
}

/* Writes the white space held back, now that a word follows it. */
static void flush_space(struct bylaw__run *run)
{
    if (!run->has_space)
        return;
    run->has_space = false;
    run->space.text_off = (uint32_t)run->text.len;
    run->space.text_len = 1;
    bylaw__buf_add_char(&run->text, ' ');
    add_piece(run, run->space);
}

static void hold_space(struct bylaw__run *run, uint32_t off, uint32_t len)
{
    if (!run->text.len)
        return;
    if (!run->has_space) {
        run->has_space = true;
        run->space.page_off = off;
        run->space.page_len = len;
    } else if (run->space.page_off + run->space.page_len == off) {
        run->space.page_len += len;
    }
}

/* Bytes of scripts that are written without spaces: kana and Han lead with E3
 * to E9, Thai with E0 B8 or E0 B9. */
static bool is_spaceless(const char *c, size_t left)
{
    unsigned lead = (unsigned char)c[0];

    if (lead == 0xE0 && left > 1)
        return ((unsigned char)c[1] & 0xFE) == 0xB8;
    return lead >= 0xE3 && lead <= 0xE9;
}

/* Such scripts have no spaces to count; two letters stand for a word. */
static uint32_t count_spaceless(struct bylaw_span word)
{
    uint32_t letters = 0;

    for (size_t i = 0; i < word.len; i++)
        letters += is_spaceless(word.ptr + i, word.len - i);
    return letters / 2;
}

static void add_word(struct bylaw__run *run, struct bylaw_span word,
                     uint32_t page_off, uint32_t page_len)
{
    struct bylaw__textmap piece = {0, (uint32_t)word.len, page_off, page_len};

    if (!run->text.len || run->has_space)
        run->words++;
    run->words += count_spaceless(word);
    if (!run->text.len)
        run->first = page_off;
    flush_space(run);
    piece.text_off = (uint32_t)run->text.len;
    bylaw__buf_add_span(&run->text, word);
    add_piece(run, piece);
    run->letters += (uint32_t)word.len;
    run->last = page_off + page_len;
}

void bylaw__run_add(struct bylaw__run *run, struct bylaw_span text,
                    uint32_t page_off, uint32_t page_len)
{
    size_t i = 0;
    bool is_identity = text.len == page_len;

    while (i < text.len) {
        bool is_space = bylaw__is_space((unsigned char)text.ptr[i]);
        size_t begin = i;
        uint32_t off, len;

        while (i < text.len &&
               bylaw__is_space((unsigned char)text.ptr[i]) == is_space)
            i++;
        off = is_identity ? page_off + (uint32_t)begin : page_off;
        len = is_identity ? (uint32_t)(i - begin) : page_len;
        if (is_space)
            hold_space(run, off, len);
        else
            add_word(run, bylaw__span_sub(text, begin, i), off, len);
    }
}

void bylaw__run_add_mapped(struct bylaw__run *run, struct bylaw_span text,
                           const struct bylaw__textmap *map, size_t count)
{
    if (!count)
        bylaw__run_add(run, text, 0, (uint32_t)text.len);
    for (size_t i = 0; i < count; i++)
        bylaw__run_add(run,
                       bylaw__span_sub(text, map[i].text_off,
                                       (size_t)map[i].text_off +
                                           map[i].text_len),
                       map[i].page_off, map[i].page_len);
}

void bylaw__run_break(struct bylaw__run *run, uint32_t page_off,
                      uint32_t page_len)
{
    hold_space(run, page_off, page_len);
}

void bylaw__run_into(const struct bylaw__run *run, struct bylaw_block *block)
{
    block->text = bylaw__buf_span(&run->text);
    block->map = run->map;
    block->map_count = (uint32_t)run->map_count;
    block->words = run->words;
    block->bytes.begin = run->first;
    block->bytes.end = run->last;
}
