/* SPDX-License-Identifier: Apache-2.0 */
/* Normalised words in one line, for phrases to be compared in. */
#include "text_int.h"

int bylaw__text_normalise(struct bylaw__buf *out, struct bylaw_span text)
{
    struct bylaw__words words;
    struct bylaw__word word;
    bool first = true;

    bylaw__words_init(&words, text);
    while (!out->failed && bylaw__words_next(&word, &words)) {
        if (!first)
            bylaw__buf_add_char(out, ' ');
        bylaw__buf_add_span(out, word.norm);
        first = false;
    }
    return out->failed ? BYLAW_ENOMEM : 0;
}
