/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a page: the promises of extract.h hold, or it fails cleanly. */
#include "extract/extract.h"

#include <stdlib.h>

#define MOST_BYTES 65536u

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_map(const struct bylaw_document *d,
                      const struct bylaw_block *b)
{
    uint32_t text = 0, page = b->bytes.begin;

    for (uint32_t i = 0; i < b->map_count; i++) {
        require(b->map[i].text_off == text && b->map[i].text_len > 0);
        require(b->map[i].page_off >= page);
        text += b->map[i].text_len;
        page = b->map[i].page_off;
        require(page + b->map[i].page_len <= d->text.len);
    }
    require(text == b->text.len);
}

static void check_blocks(const struct bylaw_document *d)
{
    uint32_t end = 0;

    for (size_t i = 0; i < d->block_count; i++) {
        const struct bylaw_block *b = &d->blocks[i];

        require(b->text.len > 0 && b->words > 0);
        require(b->bytes.begin >= end && b->bytes.begin < b->bytes.end);
        require(b->bytes.end <= d->text.len);
        require(b->first_link + (size_t)b->link_count <= d->link_count);
        require(b->tag && b->zone_why && b->visibility_why);
        require(b->visibility == BYLAW_VISIBILITY_VISIBLE ||
                b->visibility_why[0]);
        require(b->link_density >= 0 && b->link_density <= 1.01F);
        end = b->bytes.end;
        check_map(d, b);
    }
}

static void check_links(const struct bylaw_document *d)
{
    for (size_t i = 0; i < d->link_count; i++) {
        const struct bylaw_link *link = &d->links[i];

        require(link->bytes.begin <= link->bytes.end &&
                link->bytes.end <= d->text.len);
        require(link->href_bytes.begin <= link->href_bytes.end &&
                link->href_bytes.end <= d->text.len);
        require(link->block == UINT32_MAX || link->block < d->block_count);
        require(!link->url || link->kind == BYLAW_LINK_REAL);
        require(link->element && link->visibility_why);
    }
}

/* Half of the blocks as if they were copied. */
static void check_placing(const struct bylaw_document *d)
{
    static const struct bylaw_phrase phrases[] = {
        {.language = "en", .role = BYLAW_PHRASE_SOURCE, .stem = "source"},
        {.language = "en", .role = BYLAW_PHRASE_AUTHOR, .stem = "by"},
    };
    struct bylaw_match_span spans[64];
    struct bylaw_match match = {.spans = spans};
    struct bylaw__placement *placement = NULL;
    struct bylaw__buf text = {0};

    memset(spans, 0, sizeof(spans));
    for (size_t i = 0; i < d->block_count && match.span_count < 64; i += 2) {
        spans[match.span_count].source_tokens = d->blocks[i].words;
        spans[match.span_count++].page = d->blocks[i].bytes;
    }
    if (bylaw__place(&placement, d, &match, phrases, 2, NULL))
        return;
    for (size_t i = 0; i < d->block_count; i++)
        require(placement->blocks[i].copied >= 0 &&
                placement->blocks[i].copied <= 1);
    require(placement->article.end <= d->text.len);
    bylaw__main_text(&text, d, placement);
    bylaw__buf_clear(&text);
    bylaw__main_text(&text, d, NULL);
    bylaw__buf_release(&text);
    bylaw__placement_free(placement);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw_span body = {(const char *)data, size};
    struct bylaw_response *response = NULL;
    struct bylaw_document *d = NULL;

    if (size > MOST_BYTES ||
        bylaw__response_from_bytes(&response, "http://a.example/b/c",
                                   "http://a.example/b/c", body, "text/html", 0,
                                   NULL))
        return 0;
    if (!bylaw__extract(&d, response, NULL, NULL)) {
        check_blocks(d);
        check_links(d);
        check_placing(d);
        require(d->is_complete == (d->incomplete_count == 0));
    }
    bylaw_document_free(d);
    bylaw_response_free(response);
    return 0;
}
