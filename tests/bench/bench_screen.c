/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What screening a page without a copy costs against 1,000 articles, beside
 * copying its bytes and building its tree. Prints one JSON object.
 */
#include "bench_pages.h"
#include "index/index.h"
#include "measure.h"

#include <stdio.h>
#include <stdlib.h>

#define SOURCES    1000u
#define PAGES      100u
#define PAGE_BYTES 55000u
#define ROUNDS     20
#define TREES      1 /* rounds of the slow part */

static struct bylaw__buf pages[PAGES];
static struct bylaw__screen_work work;

static bylaw__index *make_index(void)
{
    bylaw__index *index = NULL;

    need(!bylaw__index_new(&index, NULL), "an index cannot be made");
    for (uint32_t i = 0; i < SOURCES; i++) {
        struct bylaw__tokens tokens = {0};
        struct bylaw__buf text = {0};

        add_article(&text, i);
        need(!bylaw__tokens_add(&tokens, bylaw__buf_span(&text), NULL, 0, 0, 0,
                                NULL),
             "an article cannot be read");
        need(!bylaw__index_add(index, i, &tokens, NULL),
             "an article cannot be added");
        bylaw__tokens_release(&tokens);
        bylaw__buf_release(&text);
    }
    need(!bylaw__index_finish(index, NULL), "an index cannot be finished");
    return index;
}

static void ignore_link(void *payload, enum bylaw__skim_link element,
                        struct bylaw_span href)
{
    (void)element;
    *(size_t *)payload += href.len;
}

static size_t screen_page(const bylaw__index *index, struct bylaw_span page)
{
    bool maybe = false;
    size_t bytes = 0;

    need(!bylaw__index_screen(&maybe, index, page, ignore_link, &bytes, &work,
                              NULL),
         "a page cannot be screened");
    return maybe;
}

static size_t skim_page(const bylaw__index *index, struct bylaw_span page)
{
    size_t bytes = 0;

    (void)index;
    need(!bylaw__html_skim(&work.skim, page, ignore_link, &bytes, NULL),
         "a page cannot be skimmed");
    return 0;
}

static size_t copy_page(const bylaw__index *index, struct bylaw_span page)
{
    static char room[2 * PAGE_BYTES];

    (void)index;
    memcpy(room, page.ptr, page.len);
    __asm__ volatile("" : : "r"(room) : "memory");
    return 0;
}

static size_t parse_page(const bylaw__index *index, struct bylaw_span page)
{
    bylaw__dom *dom = NULL;

    (void)index;
    need(!bylaw__dom_parse(&dom, page, NULL), "a page cannot be parsed");
    bylaw__dom_free(dom);
    return 0;
}

/* Microseconds a page. */
static double time_of(size_t (*each)(const bylaw__index *, struct bylaw_span),
                      size_t *out_sum, const bylaw__index *index, int rounds)
{
    double began = seconds(CLOCK_PROCESS_CPUTIME_ID);

    *out_sum = 0;
    for (int round = 0; round < rounds; round++)
        for (size_t i = 0; i < PAGES; i++)
            *out_sum += each(index, bylaw__buf_span(&pages[i]));
    return (seconds(CLOCK_PROCESS_CPUTIME_ID) - began) * 1e6 / rounds / PAGES;
}

int main(void)
{
    bylaw__index *index = make_index();
    size_t bytes = 0, passed, none;
    double screen, skim, copy, parse;

    for (size_t i = 0; i < PAGES; i++) {
        add_page(&pages[i], i, PAGE_BYTES, 100, PAGES);
        bytes += pages[i].len;
    }
    skim = time_of(skim_page, &none, index, ROUNDS);
    screen = time_of(screen_page, &passed, index, ROUNDS);
    copy = time_of(copy_page, &none, index, ROUNDS);
    parse = time_of(parse_page, &none, index, TREES);
    printf("{\"bench\":\"screen\",\"shingles\":%zu,\"page_bytes\":%zu,"
           "\"words\":%u,\"screen_us\":%.1f,\"skim_us\":%.1f,"
           "\"mb_per_s\":%.0f,\"passed\":%.4f,\"memcpy_us\":%.1f,"
           "\"tree_us\":%.1f,\"tree_per_screen\":%.1f}\n",
           bylaw__index_shingles(index), bytes / PAGES, work.words, screen,
           skim, (double)bytes / PAGES / screen,
           (double)passed / (PAGES * ROUNDS), copy, parse, parse / screen);
    for (size_t i = 0; i < PAGES; i++)
        bylaw__buf_release(&pages[i]);
    bylaw__screen_release(&work);
    bylaw__index_free(index);
    return 0;
}
