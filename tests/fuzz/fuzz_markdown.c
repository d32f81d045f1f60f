/* SPDX-License-Identifier: Apache-2.0 */
/* Markdown and plain text: blocks, links and maps keep their invariants. */
#include "extract/extract.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_range(struct bylaw_range range, size_t len)
{
    if (range.begin > range.end || range.end > len)
        abort();
}

/* The same bytes, but that any white space is shown as a space. */
static bool is_same_text(const char *text, const char *page, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] != page[i] &&
            !(text[i] == ' ' && bylaw__is_space((unsigned char)page[i])))
            return false;
    return true;
}

/* Pieces cover the text without gaps and never go back on the page; equal
 * lengths mean the same bytes. */
static void check_map(const struct bylaw_document *d,
                      const struct bylaw_block *block)
{
    size_t text = 0, page = 0;

    for (uint32_t i = 0; i < block->map_count; i++) {
        const struct bylaw__textmap *piece = &block->map[i];

        if (piece->text_off != text || piece->page_off < page ||
            (size_t)piece->page_off + piece->page_len > d->text.len)
            abort();
        if (piece->text_len == piece->page_len && piece->text_len > 1 &&
            !is_same_text(block->text.ptr + piece->text_off,
                          d->text.ptr + piece->page_off, piece->text_len))
            abort();
        text += piece->text_len;
        page = (size_t)piece->page_off + piece->page_len;
    }
    if (text != block->text.len)
        abort();
}

static void check_blocks(const struct bylaw_document *d)
{
    uint32_t end = 0;

    for (size_t i = 0; i < d->block_count; i++) {
        const struct bylaw_block *block = &d->blocks[i];

        check_range(block->bytes, d->text.len);
        if (block->bytes.begin < end || !block->is_main ||
            (size_t)block->first_link + block->link_count > d->link_count)
            abort();
        end = block->bytes.end;
        check_map(d, block);
    }
}

static void check_links(const struct bylaw_document *d)
{
    uint32_t begin = 0;

    for (size_t i = 0; i < d->link_count; i++) {
        const struct bylaw_link *link = &d->links[i];

        check_range(link->bytes, d->text.len);
        check_range(link->href_bytes, d->text.len);
        if (link->bytes.begin < begin || link->block >= d->block_count ||
            (link->url && link->kind != BYLAW_LINK_REAL))
            abort();
        begin = link->bytes.begin;
    }
}

static void check_as(const char *content_type, struct bylaw_span body)
{
    struct bylaw_response *response = NULL;
    struct bylaw_document *document = NULL;
    struct bylaw_source *source = NULL;
    static const struct bylaw_phrase phrase = {"en", BYLAW_PHRASE_ORIGINAL,
                                               "originally published on", true};

    if (!bylaw__response_from_bytes(&response, NULL, NULL, body, content_type,
                                    0, NULL) &&
        !bylaw__extract(&document, response, NULL, NULL)) {
        check_blocks(document);
        check_links(document);
        if (!bylaw__source_from_document(&source, document, "f.md", &phrase, 1,
                                         NULL)) {
            if (!source->id || !source->id[0])
                abort();
            document = NULL;
        }
    }
    bylaw_source_free(source);
    bylaw_document_free(document);
    bylaw_response_free(response);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw_span body = {(const char *)data, size};

    check_as("text/markdown", body);
    check_as("text/plain", body);
    return 0;
}
