/* SPDX-License-Identifier: Apache-2.0 */
/* From a response to a sealed document: decode, read by media, seal. */
#include "page_int.h"

#include <stdio.h>
#include <stdlib.h>

#define WHERE                 "extract"
#define OWNER_CEILING         ((size_t)256 << 20)
#define STATUS_WANTED(status) ((status) >= 200 && (status) < 300)

/* ---------------------------------------------------------- beginning --- */

static int begin(struct bylaw__extraction *x,
                 const struct bylaw_response *response, const char *url,
                 struct bylaw_error *err)
{
    x->response = response;
    x->arena = bylaw__owner_new(OWNER_CEILING);
    if (!x->arena)
        return bylaw__fail_memory(err, WHERE);
    x->document = bylaw__arena_alloc(x->arena, sizeof(*x->document));
    if (!x->document)
        return bylaw__fail_memory(err, WHERE);
    x->document->owner = x->arena;
    x->document->title = x->document->language = "";
    x->document->url = bylaw__arena_strdup(x->arena, url);
    if (!x->document->url)
        return bylaw__fail_memory(err, WHERE);
    if (url[0] && bylaw_url_parse(&x->base_url, bylaw__span_of(url), NULL,
                                  NULL) == BYLAW_ENOMEM)
        return bylaw__fail_memory(err, WHERE);
    return bylaw__sha256_hex(x->document->sha256, response->body)
               ? bylaw__fail(err, BYLAW_EINTERNAL, "base.defect", WHERE,
                             "the page's digest could not be made")
               : 0;
}

static int decode(struct bylaw__extraction *x, struct bylaw_error *err)
{
    struct bylaw__utf8 utf8 = {0};
    int rc =
        bylaw__html_decode(&utf8, x->response->body, x->response->charset, err);

    if (rc)
        return rc;
    x->document->text = bylaw__arena_span(x->arena, utf8.text);
    x->document->charset = bylaw__arena_strdup(x->arena, utf8.charset);
    bylaw__utf8_release(&utf8);
    if (!x->document->text.ptr || !x->document->charset)
        return bylaw__fail_memory(err, WHERE);
    return 0;
}

/* ------------------------------------------------------------- reasons --- */

static int note_response(struct bylaw__extraction *x, struct bylaw_error *err)
{
    const struct bylaw_response *r = x->response;
    char reason[64];
    int rc = 0;

    if (r->is_truncated)
        rc = bylaw__extraction_incomplete(
            x, "the response was cut off before its end", err);
    if (!rc && !STATUS_WANTED(r->status)) {
        snprintf(reason, sizeof(reason), "the server answered with status %d",
                 r->status);
        rc = bylaw__extraction_incomplete(x, reason, err);
    }
    return rc;
}

/* ------------------------------------------------------------- readers --- */

static int read_html(struct bylaw__extraction *x, struct bylaw_error *err)
{
    int rc = bylaw__dom_parse(&x->dom, x->document->text, err);

    if (!rc)
        rc = bylaw__extract_html(x, err);
    return rc;
}

static int read_body(struct bylaw__extraction *x, struct bylaw_error *err)
{
    switch (x->response->media) {
    case BYLAW_MEDIA_HTML:
        return read_html(x, err);
    case BYLAW_MEDIA_MARKDOWN:
        return bylaw__extract_plain(x, true, err);
    case BYLAW_MEDIA_TEXT:
        return bylaw__extract_plain(x, false, err);
    default:
        return bylaw__fail(err, BYLAW_EUNSUPPORTED, "extract.binary",
                           x->document->url, "the page is not text");
    }
}

/* ------------------------------------------------------------- sealing --- */

/* Moves a heap array into the arena; NULL when memory ran out. */
static void *keep(struct bylaw__extraction *x, const void *items, size_t count,
                  size_t size)
{
    void *kept = bylaw__arena_alloc_array(x->arena, count, size);

    if (kept && count)
        memcpy(kept, items, count * size);
    return kept;
}

static int seal(struct bylaw__extraction *x, struct bylaw_error *err)
{
    struct bylaw_document *d = x->document;

    d->blocks = keep(x, x->blocks, x->block_count, sizeof(*x->blocks));
    d->links = keep(x, x->links, x->link_count, sizeof(*x->links));
    d->metas = keep(x, x->metas, x->meta_count, sizeof(*x->metas));
    d->incomplete_because =
        keep(x, x->reasons, x->reason_count, sizeof(*x->reasons));
    if (!d->blocks || !d->links || !d->metas || !d->incomplete_because)
        return bylaw__fail_memory(err, WHERE);
    d->block_count = x->block_count;
    d->link_count = x->link_count;
    d->meta_count = x->meta_count;
    d->incomplete_count = x->reason_count;
    d->is_complete = x->reason_count == 0;
    return 0;
}

static void release(struct bylaw__extraction *x)
{
    bylaw__dom_free(x->dom);
    bylaw_url_free(x->base_url);
    free(x->blocks);
    free(x->links);
    free(x->metas);
    free(x->reasons);
    bylaw__owner_free(x->arena);
}

int bylaw__extract(struct bylaw_document **out,
                   const struct bylaw_response *response,
                   const char *published_url, struct bylaw_error *err)
{
    struct bylaw__extraction x = {0};
    const char *url = published_url ? published_url : response->final_url;
    int rc;

    *out = NULL;
    if (!bylaw__span_trim(response->body).len)
        return bylaw__fail(err, BYLAW_EPARSE, "extract.empty", url ? url : "",
                           "the page has no content");
    rc = begin(&x, response, url ? url : "", err);
    if (!rc)
        rc = decode(&x, err);
    if (!rc)
        rc = note_response(&x, err);
    if (!rc)
        rc = read_body(&x, err);
    if (!rc)
        rc = seal(&x, err);
    if (rc)
        goto done;
    *out = x.document;
    x.arena = NULL;
done:
    release(&x);
    return rc;
}
