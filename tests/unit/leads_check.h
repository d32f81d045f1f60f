/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Leads written down so that tests can say what they expect: one line each,
 *   page|sitemap|feed ADDRESS ['TITLE'] [@TIME] [{TEXT}]
 * before them "= TITLE" of a feed that has one, after them "! BECAUSE" where
 * something was left out.
 */
#ifndef BYLAW_TESTS_LEADS_CHECK_H
#define BYLAW_TESTS_LEADS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "crawl/crawl.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define BASE "https://site.example/dir/list.xml"

typedef int leads_reader(struct bylaw__leads **out, struct bylaw_span body,
                         const char *base, struct bylaw_error *err);

static inline void write_lead(struct bylaw__buf *out,
                              const struct bylaw__lead *lead)
{
    static const char *const kinds[] = {"page", "sitemap", "feed", "index"};
    char time[BYLAW__TIME_BYTES];

    bylaw__buf_printf(out, "%s %s", kinds[lead->kind], lead->url);
    if (lead->title[0])
        bylaw__buf_printf(out, " '%s'", lead->title);
    if (lead->published_ms) {
        bylaw__time_format(time, lead->published_ms);
        bylaw__buf_printf(out, " @%s", time);
    }
    if (lead->text.len)
        bylaw__buf_printf(out, " {%.*s}", (int)lead->text.len, lead->text.ptr);
    bylaw__buf_add_text(out, "\n");
}

static inline void check_leads(const struct bylaw__leads *leads,
                               const char *want)
{
    struct bylaw__buf got = {0};

    bylaw__buf_add_text(&got, "\n");
    bylaw__buf_clear(&got);
    if (leads->title[0])
        bylaw__buf_printf(&got, "= %s\n", leads->title);
    for (size_t i = 0; i < leads->count; i++)
        write_lead(&got, &leads->items[i]);
    if (leads->is_cut)
        bylaw__buf_printf(&got, "! %s\n", leads->cut_because);
    assert_false(got.failed);
    assert_true(leads->is_cut == (leads->cut_because[0] != '\0'));
    assert_string_equal(got.ptr, want);
    bylaw__buf_release(&got);
}

static inline struct bylaw__leads *read_bytes(leads_reader *read,
                                              struct bylaw_span body)
{
    struct bylaw_error err = {0};
    struct bylaw__leads *leads = NULL;

    if (read(&leads, body, BASE, &err))
        fail_msg("%.*s: %s: %s", (int)(body.len < 300 ? body.len : 300),
                 body.ptr, err.id, err.what);
    return leads;
}

static inline void check_bytes(leads_reader *read, struct bylaw_span body,
                               const char *want)
{
    struct bylaw__leads *leads = read_bytes(read, body);

    check_leads(leads, want);
    bylaw__leads_free(leads);
}

static inline void check_text(leads_reader *read, const char *body,
                              const char *want)
{
    check_bytes(read, bylaw__span_of(body), want);
}

static inline void check_fails(leads_reader *read, const char *body,
                               const char *id)
{
    struct bylaw_error err = {0};
    struct bylaw__leads *leads = NULL;

    if (!read(&leads, bylaw__span_of(body), BASE, &err))
        fail_msg("was read: %s", body);
    assert_null(leads);
    assert_string_equal(err.id, id);
    assert_non_null(bylaw_diagnostic_find(err.id));
}

#endif
