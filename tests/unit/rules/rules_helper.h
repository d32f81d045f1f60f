/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of this room share: the terms, and gathered complaints. */
#ifndef RULES_HELPER_H
#define RULES_HELPER_H

#include "rules/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *const author_params[] = {"all", "institution", NULL};
static const char *const publisher_params[] = {"names", NULL};
static const char *const target_params[] = {"target", NULL};
static const char *const holder_params[] = {"holders", NULL};
static const char *const amount_params[] = {"words", NULL};
static const char *const clock_params[] = {"for", NULL};
static const char *const no_params[] = {NULL};

/* The judge's terms as far as these tests need them. */
static const struct bylaw__term_spec specs[] = {
    {"credit.author", BYLAW_TERM_DUTY, author_params},
    {"credit.publisher", BYLAW_TERM_DUTY, publisher_params},
    {"credit.upstream", BYLAW_TERM_DUTY, no_params},
    {"link.original", BYLAW_TERM_DUTY, target_params},
    {"link.licence", BYLAW_TERM_DUTY, no_params},
    {"notice.copyright", BYLAW_TERM_DUTY, holder_params},
    {"notice.licence", BYLAW_TERM_DUTY, no_params},
    {"mark.changes", BYLAW_TERM_DUTY, no_params},
    {"keep.text", BYLAW_TERM_DUTY, no_params},
    {"excerpt.limit", BYLAW_TERM_DUTY, amount_params},
    {"time.window", BYLAW_TERM_DUTY, clock_params},
    {"no.commercial", BYLAW_TERM_PROHIBITION, no_params},
};

#define SPEC_COUNT (sizeof(specs) / sizeof(specs[0]))

/* Complaints of one load, in order. */
struct gathered {
    struct bylaw_error items[64];
    size_t count;
};

static inline void gather(void *payload, const struct bylaw_error *err)
{
    struct gathered *gathered = payload;

    if (gathered->count < 64)
        gathered->items[gathered->count] = *err;
    gathered->count++;
}

static inline struct bylaw_span span_of(const char *text)
{
    return (struct bylaw_span){text, strlen(text)};
}

#endif
