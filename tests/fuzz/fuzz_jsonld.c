/* SPDX-License-Identifier: Apache-2.0 */
/* The tolerant JSON-LD reader: what it mends is JSON, what was JSON it keeps */
#include "extract/extract_text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static json_t *load_strict(struct bylaw_span text)
{
    json_error_t why;

    return json_loadb(text.ptr ? text.ptr : "", text.len, JSON_ALLOW_NUL, &why);
}

/* Numbers and NULs are where mending may change a value. */
static bool is_kept_exactly(struct bylaw_span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (bylaw__is_digit((unsigned char)text.ptr[i]) || !text.ptr[i])
            return false;
    return true;
}

/* Mended text is JSON; strict JSON means the same mended, in a list. */
static void check_repair(struct bylaw_span script)
{
    struct bylaw__buf out = {0};
    json_t *strict = NULL, *mended = NULL;

    if (!bylaw__json_ld_repair(&out, script, NULL)) {
        mended = load_strict(bylaw__buf_span(&out));
        strict = load_strict(script);
        if (!mended)
            abort();
        if (strict && is_kept_exactly(script) &&
            !json_equal(json_array_get(mended, 0), strict))
            abort();
    }
    json_decref(strict);
    json_decref(mended);
    bylaw__buf_release(&out);
}

static void check_metas(const struct bylaw_document *page)
{
    for (size_t i = 0; i < page->meta_count; i++) {
        const struct bylaw_meta *meta = &page->metas[i];

        if (!meta->value.len || meta->bytes.begin > meta->bytes.end ||
            meta->bytes.end > page->text.len)
            abort();
    }
}

/* As a page whose only script it is: every meta has a value and its place. */
static void check_page(struct bylaw_span script)
{
    struct bylaw__buf html = {0};
    struct bylaw_response *response = NULL;
    struct bylaw_document *page = NULL;

    bylaw__buf_add_text(&html, "<script type=application/ld+json>");
    bylaw__buf_add_span(&html, script);
    bylaw__buf_add_text(&html, "</script><p>text");
    if (!bylaw__response_from_bytes(&response, NULL, NULL,
                                    bylaw__buf_span(&html), "text/html", 0,
                                    NULL) &&
        !bylaw__extract(&page, response, NULL, NULL))
        check_metas(page);
    bylaw_document_free(page);
    bylaw_response_free(response);
    bylaw__buf_release(&html);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw_span script = {(const char *)data, size};

    check_repair(script);
    check_page(script);
    return 0;
}
