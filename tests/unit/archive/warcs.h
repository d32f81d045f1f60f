/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of archives say again and again. */
#ifndef BYLAW_TESTS_WARCS_H
#define BYLAW_TESTS_WARCS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <inttypes.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>

#include "archive/archive.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define PAGE_TEXT                                                              \
    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"        \
    "<p>hello</p>"

/* Appends a record; more: further header lines, each with its CR LF. */
static inline void add_record(struct bylaw__buf *out, const char *type,
                              const char *uri, const char *more,
                              struct bylaw_span block)
{
    bylaw__buf_printf(out,
                      "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\n"
                      "WARC-Date: 2026-11-26T02:41:00.123Z\r\n"
                      "WARC-Record-ID: <urn:x:%s>\r\n%s"
                      "Content-Length: %zu\r\n\r\n",
                      type, uri, uri, more, block.len);
    bylaw__buf_add_span(out, block);
    bylaw__buf_add_text(out, "\r\n\r\n");
    assert_false(out->failed);
}

static inline void add_page(struct bylaw__buf *out, const char *uri)
{
    add_record(out, "response", uri, "Content-Type: application/http\r\n",
               bylaw__span_of(PAGE_TEXT));
}

/* Appends one gzip member. */
static inline void pack(struct bylaw__buf *out, struct bylaw_span bytes)
{
    struct libdeflate_compressor *packer = libdeflate_alloc_compressor(4);
    size_t most = libdeflate_gzip_compress_bound(packer, bytes.len);
    char *room = bylaw__buf_reserve(out, most);

    assert_non_null(room);
    out->len +=
        libdeflate_gzip_compress(packer, bytes.ptr, bytes.len, room, most);
    libdeflate_free_compressor(packer);
}

static inline void pack_page(struct bylaw__buf *out, const char *uri)
{
    struct bylaw__buf plain = {0};

    add_page(&plain, uri);
    pack(out, bylaw__buf_span(&plain));
    bylaw__buf_release(&plain);
}

static inline void tell_loss(void *payload, const struct bylaw__warc_loss *loss)
{
    struct bylaw__buf *out = payload;

    assert_non_null(bylaw_diagnostic_find(loss->why.id));
    bylaw__buf_printf(out, "! %" PRIu64 "-%" PRIu64 " %s: %s\n", loss->offset,
                      loss->end, loss->why.id, loss->why.what);
}

static inline const char *outcome_word(enum bylaw__warc_outcome outcome)
{
    static const char *const words[] = {"unread", "complete", "damaged",
                                        "unreadable"};

    return words[outcome];
}

static inline void tell_record(struct bylaw__buf *out,
                               const struct bylaw__warc_record *record)
{
    bylaw__buf_printf(out, "%.*s %zu\n", (int)record->target_uri.len,
                      record->target_uri.ptr, record->block.len);
}

/* All that reading finds: an address and a length a record, "!" a loss, "="
 * the outcome. */
static inline void tell_all(struct bylaw__buf *out, bylaw__warc *warc)
{
    const struct bylaw__warc_record *record;
    struct bylaw_error err = {0};
    int rc;

    while (!(rc = bylaw__warc_next(&record, warc, &err)) && record)
        tell_record(out, record);
    if (rc)
        bylaw__buf_printf(out, "? %s\n", err.id);
    bylaw__buf_printf(out, "= %s\n", outcome_word(bylaw__warc_outcome(warc)));
}

static inline void read_all(struct bylaw__buf *out, struct bylaw_span bytes,
                            bool check_digests)
{
    struct bylaw__warc_options options = {.check_digests = check_digests,
                                          .lost = tell_loss,
                                          .payload = out};
    bylaw__warc *warc = NULL;

    assert_int_equal(bylaw__warc_open_bytes(&warc, bytes, "test", &options,
                                            NULL),
                     0);
    tell_all(out, warc);
    bylaw__warc_free(warc);
}

static inline void check_reading(struct bylaw_span bytes, const char *expected)
{
    struct bylaw__buf told = {0};

    read_all(&told, bytes, true);
    assert_string_equal(told.ptr, expected);
    bylaw__buf_release(&told);
}

#endif
