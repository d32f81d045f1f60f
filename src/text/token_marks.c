/* SPDX-License-Identifier: Apache-2.0 */
/* Marks that stand right at a word: the full stop behind it, the quotation
 * mark before it. */
#include "text_int.h"

#define FULL_WIDTH     0xff01u /* these stand for ASCII, in its order */
#define FULL_WIDTH_END 0xff5fu

/* What other scripts and typesetters write for a mark of ASCII. */
static const struct {
    uint16_t mark;
    char as;
} forms[] = {
    {0x00ab, '"'},  {0x00bb, '"'},  {0x060c, ','},  {0x061b, ';'},
    {0x061f, '?'},  {0x0964, '.'},  {0x2018, '\''}, {0x2019, '\''},
    {0x201a, '\''}, {0x201c, '"'},  {0x201d, '"'},  {0x201e, '"'},
    {0x2039, '\''}, {0x203a, '\''}, {0x3001, ','},  {0x3002, '.'},
    {0x300c, '"'},  {0x300d, '"'},  {0x300e, '"'},  {0x300f, '"'},
    {0xff61, '.'},  {0xff62, '"'},  {0xff63, '"'},  {0xff64, ','},
};

static char mark_of(uint32_t c)
{
    if (c >= FULL_WIDTH && c < FULL_WIDTH_END)
        return (char)(c - FULL_WIDTH + '!');
    if (c < 0x80)
        return (char)c;
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
        if (forms[i].mark == c)
            return forms[i].as;
    return '\0';
}

static bool is_one_of(char mark, const char *marks)
{
    return mark && strchr(marks, mark);
}

size_t bylaw__marks_after(struct bylaw__mark out[BYLAW__MARKS_AFTER],
                          struct bylaw_span text, size_t begin, size_t end)
{
    struct bylaw_span gap = bylaw__span_sub(text, begin, end);
    size_t count = 0, pos = 0;

    while (count < BYLAW__MARKS_AFTER && pos < gap.len) {
        char mark = mark_of(bylaw__utf8_next(gap, &pos));

        if (!is_one_of(mark, ".,;:!?\"')]}%"))
            break;
        out[count++] =
            (struct bylaw__mark){(uint8_t)mark, (uint32_t)(begin + pos)};
    }
    return count;
}

bool bylaw__mark_before(struct bylaw__mark *out, struct bylaw_span text,
                        size_t begin, size_t end)
{
    size_t last = end;
    char mark;

    while (last > begin && ((unsigned char)text.ptr[--last] & 0xc0) == 0x80)
        ;
    out->at = (uint32_t)last;
    mark = last < end ? mark_of(bylaw__utf8_next(text, &last)) : '\0';
    out->mark = (uint8_t)mark;
    return last == end && is_one_of(mark, "\"'([{$#@");
}
