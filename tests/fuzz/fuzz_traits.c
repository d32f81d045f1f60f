/* SPDX-License-Identifier: Apache-2.0 */
/* Names and numbers of an article and a page of any bytes: the article before
 * the first byte 0xff, the page behind it. */
#include "index/index.h"

#include <stdlib.h>

#define SEPARATOR 0xffu

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void read_words(struct bylaw__tokens *tokens,
                       struct bylaw__traits *traits, struct bylaw_span text,
                       bool is_page, bylaw__folds *folds)
{
    bylaw__tokens_init(tokens);
    demand(!bylaw__tokens_add(tokens, text, NULL, 0, 0, 0, NULL));
    demand(!bylaw__traits_read(traits, tokens, is_page, folds, NULL));
    for (size_t i = 0; i < traits->count; i++) {
        demand(traits->items[i].word < tokens->count);
        demand(!i || traits->items[i].key > traits->items[i - 1].key);
    }
}

static void check_kinship(const struct bylaw__kinship *k,
                          const struct bylaw__tokens *page,
                          const struct bylaw__tokens *article)
{
    demand(k->source == 0 && k->traits && k->score > 0);
    demand(k->share > 0 && k->share <= 1);
    demand(k->order > 0 && k->order <= 1);
    demand(k->page_first <= k->page_last && k->page_last < page->count);
    demand(k->source_first <= k->source_last &&
           k->source_last < article->count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *cut = size ? memchr(data, SEPARATOR, size) : NULL;
    struct bylaw__tokens article, page;
    struct bylaw__traits theirs = {0}, ours = {0};
    struct bylaw__kinship kinship[2];
    bylaw__folds *folds;
    bylaw__kin *kin = NULL;
    size_t count = 0;

    if (!cut)
        return 0;
    folds = bylaw__folds_new();
    demand(folds && !bylaw__kin_new(&kin, NULL));
    read_words(&article, &theirs,
               (struct bylaw_span){(const char *)data, (size_t)(cut - data)},
               false, folds);
    read_words(&page, &ours,
               (struct bylaw_span){(const char *)cut + 1,
                                   size - (size_t)(cut - data) - 1},
               true, folds);
    demand(!bylaw__kin_add(kin, 0, &theirs, NULL));
    demand(!bylaw__kin_finish(kin, NULL));
    demand(!bylaw__kin_rank(kinship, &count, 2, kin, &ours, NULL));
    demand(count <= 1);
    if (count)
        check_kinship(&kinship[0], &page, &article);
    bylaw__kin_free(kin);
    bylaw__folds_free(folds);
    bylaw__traits_release(&theirs);
    bylaw__traits_release(&ours);
    bylaw__tokens_release(&article);
    bylaw__tokens_release(&page);
    return 0;
}
