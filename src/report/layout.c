/* SPDX-License-Identifier: Apache-2.0 */
/* Colours, folding and cutting of lines for people. */
#include "report_int.h"

static const char *const tints[] = {
    [TINT_NONE] = "",        [TINT_GOOD] = "\033[32m",
    [TINT_BAD] = "\033[31m", [TINT_DOUBT] = "\033[33m",
    [TINT_DIM] = "\033[2m",  [TINT_BOLD] = "\033[1m",
};

void bylaw__report_tint(struct bylaw__buf *out,
                        const struct bylaw__report_style *style, enum tint tint,
                        const char *text)
{
    bool colored = style->color && tint != TINT_NONE;

    if (colored)
        bylaw__buf_add_text(out, tints[tint]);
    bylaw__buf_add_text(out, text);
    if (colored)
        bylaw__buf_add_text(out, "\033[0m");
}

/* Columns a word takes: code points, which is right for most scripts. */
static size_t columns_of(struct bylaw_span word)
{
    size_t columns = 0;

    for (size_t i = 0; i < word.len; i++)
        columns += ((unsigned char)word.ptr[i] & 0xc0) != 0x80;
    return columns;
}

static void fold_words(struct bylaw__buf *out, struct bylaw_span text,
                       size_t width, size_t indent, size_t column)
{
    bool is_first = true;

    for (size_t pos = 0, end; pos < text.len; pos = end + 1) {
        struct bylaw_span word;
        size_t columns;

        for (end = pos; end < text.len && text.ptr[end] != ' ';)
            end++;
        word = bylaw__span_sub(text, pos, end);
        columns = columns_of(word);
        if (!is_first && column + 1 + columns > width) {
            bylaw__buf_printf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (!is_first) {
            bylaw__buf_add_char(out, ' ');
            column++;
        }
        bylaw__buf_add_span(out, word);
        column += columns;
        is_first = false;
    }
}

void bylaw__report_fold(struct bylaw__buf *out, struct bylaw_span text,
                        const struct bylaw__report_style *style, size_t indent,
                        size_t column)
{
    struct bylaw__buf safe;
    size_t width = style->width ? style->width : 80;

    if (width < indent + 20)
        width = indent + 20;
    bylaw__buf_init(&safe, 0);
    bylaw__report_safe(&safe, text);
    fold_words(out, bylaw__span_trim(bylaw__buf_span(&safe)), width, indent,
               column);
    if (safe.failed)
        out->failed = true;
    bylaw__buf_release(&safe);
}

void bylaw__report_excerpt(struct bylaw__buf *out, struct bylaw_span text,
                           size_t most)
{
    size_t cut = most;

    if (text.len <= most) {
        bylaw__report_safe(out, text);
        return;
    }
    while (cut > most / 2 && text.ptr[cut] != ' ')
        cut--;
    /* No word border near: cut between code points at least. */
    if (text.ptr[cut] != ' ')
        for (cut = most; cut && ((unsigned char)text.ptr[cut] & 0xc0) == 0x80;)
            cut--;
    bylaw__report_safe(out, bylaw__span_sub(text, 0, cut));
    bylaw__buf_add_text(out, " \xe2\x80\xa6");
}
