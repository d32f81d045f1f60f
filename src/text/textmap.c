/* SPDX-License-Identifier: Apache-2.0 */
/* From bytes of decoded text to bytes of the page. */
#include "text.h"

/* The last piece that begins at or before text byte at; count > 0. */
static const struct bylaw__textmap *find_piece(const struct bylaw__textmap *map,
                                               size_t count, uint32_t at)
{
    size_t low = 0, high = count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (map[middle].text_off <= at)
            low = middle;
        else
            high = middle;
    }
    return &map[low];
}

static uint32_t page_begin(const struct bylaw__textmap *piece, uint32_t at)
{
    uint32_t shift = at < piece->text_off ? 0 : at - piece->text_off;

    if (shift >= piece->text_len && shift)
        return piece->page_off + piece->page_len;
    if (piece->text_len != piece->page_len)
        return piece->page_off;
    return piece->page_off + shift;
}

static uint32_t page_end(const struct bylaw__textmap *piece, uint32_t at)
{
    uint32_t shift = at < piece->text_off ? 0 : at - piece->text_off;

    if (shift >= piece->text_len || piece->text_len != piece->page_len)
        return piece->page_off + piece->page_len;
    return piece->page_off + shift;
}

struct bylaw_range bylaw__textmap_range(const struct bylaw__textmap *map,
                                        size_t count, uint32_t begin,
                                        uint32_t end)
{
    struct bylaw_range range = {begin, end < begin ? begin : end};

    if (!count)
        return range;
    range.begin = page_begin(find_piece(map, count, begin), begin);
    if (end <= begin) {
        range.end = range.begin;
        return range;
    }
    range.end = page_end(find_piece(map, count, end - 1), end);
    if (range.end < range.begin)
        range.end = range.begin;
    return range;
}
