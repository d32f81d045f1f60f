/* SPDX-License-Identifier: Apache-2.0 */
/* The main text by heuristics alone. */
#include "page_int.h"

int bylaw__page_main_text(struct bylaw__page *page, struct bylaw_error *err)
{
    (void)err;
    for (size_t i = 0; i < page->x->block_count; i++) {
        struct bylaw_block *b = &page->x->blocks[i];
        b->is_main =
            bylaw__is_seen(b->visibility, b->visibility_why) &&
            b->words >= 12 && b->link_density < 0.35F &&
            page->elements[page->block_elements[i]].zone == BYLAW_ZONE_UNKNOWN;
    }
    return 0;
}
int bylaw__main_text(struct bylaw__buf *out,
                     const struct bylaw_document *document,
                     const struct bylaw__placement *placement)
{
    for (size_t i = 0; i < document->block_count; i++) {
        if (placement ? !placement->blocks[i].is_article
                      : !document->blocks[i].is_main)
            continue;
        if (out->len)
            bylaw__buf_add_text(out, "\n\n");
        bylaw__buf_add_span(out, document->blocks[i].text);
    }
    return out->failed ? BYLAW_ENOMEM : 0;
}
