/* SPDX-License-Identifier: Apache-2.0 */
/* Documents for tests: extracted from short texts, and asked short questions */
#ifndef TEST_DOCUMENTS_H
#define TEST_DOCUMENTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "extract/extract.h"

/* The document of a body with that media type, published at url or nowhere. */
static inline struct bylaw_document *
extract_as(const char *content_type, struct bylaw_span body, const char *url)
{
    struct bylaw_response *response = NULL;
    struct bylaw_document *document = NULL;
    struct bylaw_error err = {0};

    assert_int_equal(bylaw__response_from_bytes(&response, url, url, body,
                                                content_type, 0, &err),
                     0);
    if (bylaw__extract(&document, response, url, &err))
        fail_msg("%s: %s", err.id, err.what);
    bylaw_response_free(response);
    return document;
}

static inline struct bylaw_document *extract_page(const char *html)
{
    return extract_as("text/html", bylaw__span_of(html), NULL);
}

static inline struct bylaw_document *extract_markdown(const char *text)
{
    return extract_as("text/markdown", bylaw__span_of(text), NULL);
}

static inline struct bylaw_document *extract_text(const char *text)
{
    return extract_as("text/plain", bylaw__span_of(text), NULL);
}

static inline void assert_span(struct bylaw_span got, const char *want)
{
    if (!bylaw__span_is(got, want))
        fail_msg("got \"%.*s\", want \"%s\"", (int)got.len, got.ptr, want);
}

/* A text or NULL, where NULL stands for "not known". */
static inline void assert_text(const char *got, const char *want)
{
    if (!got && !want)
        return;
    if (!got || !want)
        fail_msg("got %s, want %s", got ? got : "NULL", want ? want : "NULL");
    assert_string_equal(got, want);
}

/* The bytes of the page that a range covers. */
static inline struct bylaw_span bytes_of(const struct bylaw_document *document,
                                         struct bylaw_range range)
{
    return bylaw__span_sub(document->text, range.begin, range.end);
}

/* Number i of the metas with that key, or NULL. */
static inline const struct bylaw_meta *
meta_at(const struct bylaw_document *document, enum bylaw_meta_key key,
        size_t i)
{
    for (size_t k = 0; k < document->meta_count; k++)
        if (document->metas[k].key == key && !i--)
            return &document->metas[k];
    return NULL;
}

/* The metas of that key are exactly the values, in order; NULL ends them. */
static inline void check_metas(const struct bylaw_document *document,
                               enum bylaw_meta_key key,
                               const char *const *values)
{
    size_t i = 0;

    for (; values[i]; i++) {
        const struct bylaw_meta *meta = meta_at(document, key, i);

        if (!meta)
            fail_msg("%s: \"%s\" is missing", bylaw_meta_key_name(key),
                     values[i]);
        assert_span(meta->value, values[i]);
    }
    if (meta_at(document, key, i))
        fail_msg("%s: \"%s\" was not expected", bylaw_meta_key_name(key),
                 meta_at(document, key, i)->value.ptr);
}

/* A page whose head and body are given states exactly these values. */
#define CHECK_PAGE(html, key, ...)                                             \
    do {                                                                       \
        struct bylaw_document *page_ = extract_page(html);                     \
        const char *const values_[] = {__VA_ARGS__};                           \
                                                                               \
        check_metas(page_, key, values_);                                      \
        bylaw_document_free(page_);                                            \
    } while (0)

#endif
