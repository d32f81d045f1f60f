/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of addresses say again and again. */
#ifndef BYLAW_TESTS_URL_CHECK_H
#define BYLAW_TESTS_URL_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <stdio.h>

#include "url/url.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Parses what must parse; the caller frees it. */
static inline bylaw_url *parsed(const char *text)
{
    struct bylaw_error err = {0};
    bylaw_url *url = NULL;

    if (bylaw_url_parse(&url, bylaw__span_of(text), NULL, &err))
        fail_msg("'%s': %s: %s", text, err.id, err.what);
    return url;
}

/* Parses what must not parse, and says why. */
static inline void check_refused(struct bylaw_span text, const bylaw_url *base,
                                 const char *id)
{
    struct bylaw_error err = {0};
    bylaw_url *url = NULL;

    if (!bylaw_url_parse(&url, text, base, &err))
        fail_msg("'%.*s' was read as '%s'", (int)text.len, text.ptr,
                 bylaw_url_href(url));
    assert_null(url);
    assert_string_equal(err.id, id);
    assert_non_null(bylaw_diagnostic_find(err.id));
}

#endif
