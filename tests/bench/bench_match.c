/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What matching costs: building the index, screening a page that carries no
 * source, aligning a copy. One JSON object; CPU time. The ratios compare
 * figures of the same run, and so hold on any machine.
 * usage: bench_match [SOURCES]
 */
#include "index/index.h"
#include "match/match.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define SOURCES_DEFAULT 2000u
#define SOURCE_WORDS    700u
#define PAGE_WORDS      1000u
#define VOCABULARY      20000u
#define ROUNDS          200u

struct bench {
    bylaw__index *index;
    struct bylaw__tokens page, copy, source;
    struct bylaw__seeds seeds;
    double tokenise_us, build_ns, lookup_us, align_us, hash_all_us;
    uint64_t hashed, seed_count;
};

static double cpu_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void check(int rc)
{
    if (rc) {
        fprintf(stderr, "bench_match: %s\n", bylaw_error_name(rc));
        exit(1);
    }
}

static uint32_t next_number(uint64_t *state)
{
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (uint32_t)(*state >> 33);
}

/* Small numbers more often than large, as words are: a product of two. */
static void put_words(struct bylaw__buf *out, uint64_t seed, unsigned from,
                      unsigned words, unsigned change_each)
{
    uint64_t state = seed * 2654435761u + 17;

    for (unsigned i = 0; i < from + words; i++) {
        double a = next_number(&state) % 100000 / 100000.0;
        double b = next_number(&state) % 100000 / 100000.0;
        unsigned word = (unsigned)(a * a * b * VOCABULARY);

        if (change_each && i % change_each == 3)
            word = VOCABULARY + i;
        if (i >= from)
            bylaw__buf_printf(out, i % 12 ? "wo%urd " : "Wo%urd. ", word);
    }
}

static void tokenise(struct bylaw__tokens *tokens, struct bylaw__buf *text)
{
    bylaw__tokens_init(tokens);
    check(
        bylaw__tokens_add(tokens, bylaw__buf_span(text), NULL, 0, 0, 0, NULL));
}

static void build(struct bench *bench, unsigned sources)
{
    struct bylaw__buf text = {0};
    double spent = 0;

    check(bylaw__index_new(&bench->index, NULL));
    for (uint32_t i = 0; i < sources; i++) {
        struct bylaw__tokens tokens;

        bylaw__buf_clear(&text);
        put_words(&text, i, 0, SOURCE_WORDS, 0);
        tokenise(&tokens, &text);
        spent -= cpu_seconds();
        check(bylaw__index_add(bench->index, i, &tokens, NULL));
        spent += cpu_seconds();
        bylaw__tokens_release(&tokens);
    }
    spent -= cpu_seconds();
    check(bylaw__index_finish(bench->index, NULL));
    spent += cpu_seconds();
    bench->build_ns = spent * 1e9 / (double)bylaw__index_shingles(bench->index);
    bylaw__buf_release(&text);
}

/* The page without a source; the page with one, every tenth word changed. */
static void make_pages(struct bench *bench)
{
    struct bylaw__buf text = {0};
    double start;

    put_words(&text, 1000000007, 0, PAGE_WORDS, 0);
    start = cpu_seconds();
    for (unsigned i = 0; i < ROUNDS; i++) {
        tokenise(&bench->page, &text);
        if (i + 1 < ROUNDS)
            bylaw__tokens_release(&bench->page);
    }
    bench->tokenise_us = (cpu_seconds() - start) * 1e6 / ROUNDS;
    bylaw__buf_clear(&text);
    put_words(&text, 5, 0, SOURCE_WORDS, 0);
    tokenise(&bench->source, &text);
    bylaw__buf_clear(&text);
    put_words(&text, 1000000009, 0, 150, 0);
    put_words(&text, 5, 0, SOURCE_WORDS, 10);
    put_words(&text, 1000000021, 0, 150, 0);
    tokenise(&bench->copy, &text);
    bylaw__buf_release(&text);
}

static void screen(struct bench *bench)
{
    double start = cpu_seconds();

    for (unsigned i = 0; i < ROUNDS; i++)
        check(bylaw__index_lookup(&bench->seeds, bench->index, &bench->page,
                                  NULL));
    bench->lookup_us = (cpu_seconds() - start) * 1e6 / ROUNDS;
    bench->hashed = bench->seeds.hashed;
}

/* What the same page would cost if each shingle were hashed. */
static void hash_all(struct bench *bench)
{
    unsigned char digest[BYLAW__SHA256_BYTES];
    bylaw__sha256 *sha = NULL;
    double start;

    check(bylaw__sha256_new(&sha, NULL));
    start = cpu_seconds();
    for (unsigned i = 0; i < ROUNDS; i++)
        for (size_t w = 0; w + BYLAW__SHINGLE_WORDS <= bench->page.count; w++) {
            const struct bylaw__token *first = &bench->page.items[w];
            const struct bylaw__token *last = first + BYLAW__SHINGLE_WORDS - 1;

            check(bylaw__sha256_of(
                digest, sha,
                (struct bylaw_span){bench->page.norm.ptr + first->norm_off,
                                    last->norm_off + last->norm_len -
                                        first->norm_off}));
        }
    bench->hash_all_us = (cpu_seconds() - start) * 1e6 / ROUNDS;
    bylaw__sha256_free(sha);
}

static void align(struct bench *bench)
{
    size_t count = 0;
    double start;

    check(bylaw__index_lookup(&bench->seeds, bench->index, &bench->copy, NULL));
    for (size_t i = 0; i < bench->seeds.count; i++)
        if (bench->seeds.items[i].source == 5)
            bench->seeds.items[count++] = bench->seeds.items[i];
    bench->seed_count = count;
    start = cpu_seconds();
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct bylaw_match *match = NULL;

        check(bylaw__match_align(&match, &bench->copy, &bench->source,
                                 bench->seeds.items, count, false, NULL));
        bylaw_match_free(match);
    }
    bench->align_us = (cpu_seconds() - start) * 1e6 / ROUNDS;
}

int main(int argc, char **argv)
{
    unsigned sources =
        argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : SOURCES_DEFAULT;
    struct bench bench = {0};

    build(&bench, sources < 6 ? 6 : sources);
    make_pages(&bench);
    screen(&bench);
    hash_all(&bench);
    align(&bench);
    printf("{\"sources\":%u,\"shingles\":%zu,\"page_words\":%zu,"
           "\"build_ns_per_shingle\":%.1f,\"build_shingles_per_s\":%.0f,"
           "\"clean_page_us\":%.2f,\"clean_ns_per_shingle\":%.1f,"
           "\"clean_hashed\":%llu,\"align_copy_us\":%.1f,"
           "\"align_seeds\":%llu,\"tokenise_us\":%.1f,"
           "\"ratio_clean_to_hashing_all\":%.3f,"
           "\"ratio_clean_to_tokenise\":%.3f,"
           "\"ratio_align_to_tokenise\":%.3f}\n",
           sources, bylaw__index_shingles(bench.index), bench.page.count,
           bench.build_ns, 1e9 / bench.build_ns, bench.lookup_us,
           bench.lookup_us * 1e3 / (double)bench.page.count,
           (unsigned long long)bench.hashed, bench.align_us,
           (unsigned long long)bench.seed_count, bench.tokenise_us,
           bench.lookup_us / bench.hash_all_us,
           bench.lookup_us / bench.tokenise_us,
           bench.align_us / bench.tokenise_us);
    bylaw__seeds_release(&bench.seeds);
    bylaw__tokens_release(&bench.page);
    bylaw__tokens_release(&bench.copy);
    bylaw__tokens_release(&bench.source);
    bylaw__index_free(bench.index);
    return 0;
}
