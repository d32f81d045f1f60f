/* SPDX-License-Identifier: Apache-2.0 */
/* One part of an archive: its pages screened, and those that pass matched. */
#include "bulk.h"

#include "http/http.h"

#include <stdlib.h>

#define LINES_BYTES ((size_t)1 << 30) /* of one part */

void bylaw__bulk_reader_release(struct bulk_reader *reader)
{
    bylaw__warc_work_release(&reader->work);
    bylaw__screen_release(&reader->screen);
}

void bylaw__bulk_part_clear(struct bulk_part *part)
{
    bylaw__buf_release(&part->lines);
    bylaw__buf_release(&part->texts);
    free(part->events);
    part->events = NULL;
    part->event_count = part->event_cap = 0;
    memset(&part->counts, 0, sizeof(part->counts));
    part->told_count = 0;
    part->why = (struct bylaw_error){0};
    part->rc = 0;
}

/** A record's page on its way. */
struct page_work {
    struct bulk_part *part;
    struct bulk_reader *reader;
    const struct bylaw__warc_record *record;
    const struct bylaw__warc_page *page;
    struct bylaw__arena arena;
    const char *url, *type, *charset;
    enum bylaw_media media;
};

/* ------------------------------------------------------------ screening --- */

static int screen_bytes(bool *out_maybe, struct page_work *w,
                        struct bylaw_span body)
{
    struct bulk_reader *reader = w->reader;

    return bylaw__index_screen(out_maybe,
                               bylaw__pipeline_index(reader->auditor), body,
                               NULL, NULL, &reader->screen, &reader->err);
}

/* Bytes that are no UTF-8 always pass: these are looked at as a tree would be
 * made of them. */
static int screen_text(bool *out_maybe, struct page_work *w)
{
    struct bylaw_span body = w->page->body;
    struct bylaw__utf8 utf8 = {0};
    int rc = screen_bytes(out_maybe, w, body);

    if (rc || !*out_maybe || bylaw__utf8_valid(body))
        return rc;
    rc = bylaw__html_decode(&utf8, body, w->charset, &w->reader->err);
    if (!rc)
        rc = screen_bytes(out_maybe, w, utf8.text);
    bylaw__utf8_release(&utf8);
    return rc;
}

/* Plain text with a mark of HTML in it would be skimmed as what it is not. */
static bool can_screen(const struct page_work *w)
{
    struct bylaw_span body = w->page->body;

    if (w->reader->reads_all)
        return false;
    if (w->media == BYLAW_MEDIA_HTML)
        return true;
    return w->media == BYLAW_MEDIA_TEXT && !memchr(body.ptr, '<', body.len) &&
           !memchr(body.ptr, '&', body.len);
}

/* ------------------------------------------------------------- matching --- */

static int write_match(struct page_work *w, const struct bylaw_document *page,
                       const struct page_match *found)
{
    const bylaw_auditor *auditor = w->reader->auditor;
    const struct bylaw__warc_record *record = w->record;
    struct bylaw__match_line line = {
        .page_url = w->url,
        .captured_at = bylaw__arena_copy(&w->arena, record->date),
        .page_sha256 = page->sha256,
        .page_title = page->title,
        .page_language = page->language,
        .is_complete = page->is_complete && !w->page->is_truncated,
        .file = w->part->path,
        .record = bylaw__arena_copy(&w->arena, record->id),
        .offset = record->offset,
        .length = record->length,
    };
    struct bylaw__index_document document;

    if (auditor->file) {
        bylaw__index_file_document(&document, auditor->file, found->source);
        line.source_id = document.id;
        line.source_url = document.url;
        line.source_title = document.title;
        line.source_sha256 = document.sha256;
    } else {
        const struct bylaw_source *source =
            auditor->sources[found->source].source;

        line.source_id = source->id;
        line.source_url = source->url;
        line.source_title = source->title;
        line.source_sha256 = source->sha256;
    }

    w->part->counts.matches++;
    return w->arena.failed ||
                   bylaw__match_line_write(&w->part->lines, &line, found->match)
               ? bylaw__fail_memory(&w->reader->err, w->part->path)
               : 0;
}

/* A page that no document can be made of is counted, and no failure. */
static bool is_ours(int rc)
{
    return rc == BYLAW_ENOMEM || rc == BYLAW_EINTERNAL;
}

static int match_document(struct page_work *w,
                          const struct bylaw_document *document)
{
    struct page_matches found = {0};
    int rc = bylaw__match_page(&found, w->reader->auditor, document,
                               &w->reader->err);

    for (size_t i = 0; !rc && i < found.count; i++)
        rc = write_match(w, document, &found.items[i]);
    bylaw__page_matches_release(&found);
    return rc;
}

static int read_page(struct page_work *w)
{
    struct bylaw_response *response = NULL;
    struct bylaw_document *document = NULL;
    int rc = bylaw__warc_response(&response, w->page, &w->reader->err);

    if (!rc)
        rc = bylaw__extract(&document, response, NULL, &w->reader->err);
    bylaw_response_free(response);
    if (rc && !is_ours(rc)) {
        w->part->counts.unread++;
        return 0;
    }
    if (!rc)
        rc = match_document(w, document);
    bylaw_document_free(document);
    return rc;
}

static int see_page(struct page_work *w)
{
    bool maybe = true;
    int rc = 0;

    w->url = bylaw__arena_copy(&w->arena, w->page->url);
    bylaw__content_type(&w->type, &w->charset, &w->arena,
                        w->page->content_type);
    if (w->arena.failed)
        return bylaw__fail_memory(&w->reader->err, w->part->path);
    w->media = bylaw__media_of(w->type, w->url, w->page->body);
    if (w->media == BYLAW_MEDIA_BINARY)
        return 0;
    w->part->counts.pages++;
    if (can_screen(w))
        rc = screen_text(&maybe, w);
    w->part->counts.screened += !maybe;
    return rc || !maybe ? rc : read_page(w);
}

static int see_record(struct bulk_part *part, struct bulk_reader *reader,
                      const struct bylaw__warc_record *record)
{
    struct bylaw__warc_page page;
    struct page_work w = {.part = part,
                          .reader = reader,
                          .record = record,
                          .page = &page};
    size_t begin = part->lines.len;
    int rc;

    part->counts.records++;
    if (!bylaw__warc_page(&page, &reader->work, record))
        return 0;
    part->counts.revisits += page.is_revisit;
    if (page.is_revisit)
        return bylaw__bulk_note_revisit(part, record)
                   ? bylaw__fail_memory(&reader->err, part->path)
                   : 0;
    if (!page.body.len || (page.status != 200 && page.status != 203))
        return 0;
    bylaw__arena_init(&w.arena, 0);
    rc = see_page(&w);
    if (!rc && bylaw__bulk_note_page(part, record, begin))
        rc = bylaw__fail_memory(&reader->err, part->path);
    bylaw__arena_release(&w.arena);
    return rc;
}

/* -------------------------------------------------------------- the part --- */

static void note_loss(void *payload, const struct bylaw__warc_loss *loss)
{
    struct bulk_part *part = payload;

    if (part->told_count < BULK_LOSSES_TOLD)
        part->told[part->told_count++] = loss->why;
    part->counts.losses++;
}

/* Nothing but the whole file can be said to hold no record. */
static bool is_about_whole(const struct bulk_part *part,
                           const struct bylaw_error *why)
{
    return !(part->is_first && part->is_last) && why->id &&
           !strcmp(why->id, "archive.not-a-warc");
}

static void read_records(struct bulk_part *part, struct bulk_reader *reader,
                         bylaw__warc *warc)
{
    const struct bylaw__warc_record *record = NULL;
    struct bylaw_error why = {0};

    while (!part->rc) {
        int failed = bylaw__warc_next(&record, warc, &why);

        if (failed && !is_about_whole(part, &why))
            part->why = why;
        if (failed || !record)
            return;
        if (record->offset >= part->to && !record->inner) {
            part->end = record->offset;
            return;
        }
        part->rc = see_record(part, reader, record);
    }
}

void bylaw__bulk_read(struct bulk_part *part, struct bulk_reader *reader)
{
    struct bylaw__warc_options options = {.check_digests = true,
                                          .lost = note_loss,
                                          .payload = part};
    bylaw__warc *warc = NULL;
    int failed = 0;

    bylaw__buf_init(&part->lines, LINES_BYTES);
    part->begin = part->from;
    part->end = UINT64_MAX;
    if (!part->is_known)
        failed = bylaw__warc_find_member(&part->begin, part->path, part->from,
                                         part->to, &part->why);
    if (failed || part->begin == UINT64_MAX)
        return;
    if (!bylaw__warc_open_from(&warc, part->path, part->begin, &options,
                               &part->why))
        read_records(part, reader, warc);
    bylaw__warc_free(warc);
    if (part->rc)
        part->why = reader->err;
}
