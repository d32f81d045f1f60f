/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the forms of news only. */
#ifndef BYLAW_NEWS_INT_H
#define BYLAW_NEWS_INT_H

#include "report_int.h"

/** "New", "Put right" ... Static. */
const char *bylaw__news_heading(enum bylaw_news_kind kind);
/** "2 new, 1 fixed": one clause, no text from pages. */
void bylaw__news_summary(struct bylaw__buf *out, const struct bylaw_news *news);

#endif
