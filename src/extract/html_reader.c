/* SPDX-License-Identifier: Apache-2.0 */
/* The passes over one HTML page, in their order. */
#include "page_int.h"

/* The first <base href> is what links resolve against (HTML 4.2.3). */
static int apply_base(struct bylaw__page *page, struct bylaw_error *err)
{
    struct bylaw__extraction *x = page->x;

    for (uint32_t i = 0; i < page->element_count; i++) {
        const struct bylaw__attr *href;
        bylaw_url *url = NULL;
        int rc;

        if (page->elements[i].tag != BYLAW__TAG_BASE)
            continue;
        href = bylaw__node_attr(page->elements[i].node, "href");
        if (!href)
            continue;
        rc = bylaw_url_parse(&url, href->value, x->base_url, NULL);
        if (rc == BYLAW_ENOMEM)
            return bylaw__fail_memory(err, "extract");
        if (rc)
            return 0;
        bylaw_url_free(x->base_url);
        x->base_url = url;
        return 0;
    }
    return 0;
}

typedef int page_pass(struct bylaw__page *page, struct bylaw_error *err);

static int read_metadata(struct bylaw__page *page, struct bylaw_error *err)
{
    return bylaw__extract_metadata(page->x, err);
}

/* Author and date as shown, where nothing states them: needs the blocks. */
static int read_visible(struct bylaw__page *page, struct bylaw_error *err)
{
    return bylaw__extract_visible(page->x, err);
}

int bylaw__extract_html(struct bylaw__extraction *x, struct bylaw_error *err)
{
    static page_pass *const passes[] = {
        bylaw__page_outline,
        apply_base,
        read_metadata,
        bylaw__page_visibility,
        bylaw__page_blocks,
        bylaw__page_zones,
        bylaw__page_main_text,
        bylaw__page_label,
        read_visible,
        bylaw__page_completeness,
        bylaw__page_keep_outline,
    };
    struct bylaw__page page = {.x = x};
    int rc = 0;

    for (size_t i = 0; i < sizeof(passes) / sizeof(passes[0]) && !rc; i++)
        rc = passes[i](&page, err);
    bylaw__page_release(&page);
    return rc;
}
