/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a text as hashes alone, for those who only screen it. */
#include "text_int.h"

void bylaw__text_hash_words(struct bylaw_span text, bylaw__word_hash_fn *each,
                            void *payload)
{
    struct bylaw__words words;
    struct bylaw__word word;

    bylaw__words_init(&words, text);
    while (bylaw__words_next(&word, &words))
        each(payload, bylaw__hash64(word.norm));
}
