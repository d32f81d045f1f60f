/* SPDX-License-Identifier: Apache-2.0 */
/* Articles and pages of made-up words, the same on every machine. */
#ifndef BYLAW_BENCH_PAGES_H
#define BYLAW_BENCH_PAGES_H

#include "base/base.h"

#define VOCABULARY    20000u
#define ARTICLE_WORDS 800u

static inline uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return *state >> 33;
}

/* Three to nine letters; the same number gives the same word. */
static inline void add_word(struct bylaw__buf *out, uint64_t number)
{
    uint64_t state = number * 2654435761u + 1;
    size_t len = 3 + next_random(&state) % 7;

    for (size_t i = 0; i < len; i++)
        bylaw__buf_add_char(out, (char)('a' + next_random(&state) % 26));
}

static inline void add_words(struct bylaw__buf *out, uint64_t *state,
                             size_t count)
{
    for (size_t i = 0; i < count; i++) {
        add_word(out, next_random(state) % VOCABULARY);
        bylaw__buf_add_text(out, i % 13 == 12 ? ". " : " ");
    }
}

static inline void add_article(struct bylaw__buf *out, uint64_t number)
{
    uint64_t state = number * 7919 + 17;

    for (unsigned i = 0; i < ARTICLE_WORDS; i += 80) {
        add_words(out, &state, 80);
        bylaw__buf_add_text(out, "\n\n");
    }
}

/* A page as sites make them: links in boxes, a script, text, `links` links
 * to pages below the number `pages` of the same site. */
static inline void add_page(struct bylaw__buf *out, uint64_t number,
                            size_t bytes, unsigned links, uint64_t pages)
{
    uint64_t state = number * 104729 + 5;
    size_t end = out->len + bytes;

    bylaw__buf_printf(out,
                      "<!doctype html><html lang=\"en\"><head><meta "
                      "charset=\"utf-8\"><title>Page %llu</title>"
                      "<script>var settings = {",
                      (unsigned long long)number);
    for (int i = 0; i < 300; i++)
        bylaw__buf_printf(out, "\"key%d\":\"<b>%llu</b>\",", i,
                          (unsigned long long)next_random(&state));
    bylaw__buf_add_text(out, "};</script></head>\n<body class=\"post\">\n");
    for (unsigned i = 0; i < links; i++) {
        bylaw__buf_printf(out,
                          "    <div class=\"menu-item level-%u\"\n      "
                          "id=\"item-%u\"><a class=\"link\" href=\"/p%llu\">"
                          "<span>",
                          i % 3, i,
                          (unsigned long long)(next_random(&state) % pages));
        add_words(out, &state, 3);
        bylaw__buf_add_text(out, "</span></a></div>\n");
    }
    while (out->len < end) {
        bylaw__buf_add_text(out, "  <p class=\"text\">");
        add_words(out, &state, 30);
        bylaw__buf_printf(
            out, "<em>said&rsquo;s</em> <a href=\"https://o.test/%llu\">",
            (unsigned long long)next_random(&state));
        add_words(out, &state, 10);
        bylaw__buf_add_text(out, "</a></p>\n");
    }
    bylaw__buf_add_text(out, "</body></html>\n");
}

#endif
