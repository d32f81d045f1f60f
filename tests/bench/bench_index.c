/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Index files of one, ten and a hundred million shingles (BYLAW_BENCH_MILLIONS:
 * other numbers): how fast they are made, beside SHA-256 alone; how many bytes
 * a shingle takes; what looking up costs, beside searching the postings. Prints
 * a JSON object each. BYLAW_BENCH_DIR names a folder with room.
 */
#include "bench_pages.h"
#include "measure.h"

#include "index/index_format.h"

#include <openssl/evp.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MEMORY     ((size_t)256 << 20)
#define PAGES      2000u
#define PAGE_WORDS 1000u
#define SEARCHES   2000000u
#define SHA_COUNT  2000000u

/* As the library asks for it: a digest that was fetched, a context kept. */
static double sha_per_second(void)
{
    static const char text[] = "bylaw-shingle-1\nfive words as they are here";
    unsigned char digest[EVP_MAX_MD_SIZE];
    EVP_MD *sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    double began = seconds(CLOCK_MONOTONIC);

    for (unsigned i = 0; i < SHA_COUNT; i++) {
        EVP_DigestInit_ex2(context, sha256, NULL);
        EVP_DigestUpdate(context, text, sizeof(text) - 1);
        EVP_DigestFinal_ex(context, digest, NULL);
    }
    began = seconds(CLOCK_MONOTONIC) - began;
    EVP_MD_CTX_free(context);
    EVP_MD_free(sha256);
    return SHA_COUNT / began;
}

static void make_tokens(struct bylaw__tokens *tokens, uint64_t number,
                        size_t words)
{
    struct bylaw__buf text = {0};
    uint64_t state = number * 7919 + 17;

    bylaw__tokens_release(tokens);
    bylaw__tokens_init(tokens);
    add_words(&text, &state, words);
    need(!bylaw__tokens_add(tokens, bylaw__buf_span(&text), NULL, 0, 0, 0,
                            NULL),
         "no memory");
    bylaw__buf_release(&text);
}

/* Articles until there are so many shingles; seconds that the writer took. */
static double build(const char *path, uint64_t shingles)
{
    struct bylaw__index_document document = {.url = "https://a.example/",
                                             .title = "An article",
                                             .publisher = "A"};
    bylaw__index_writer *writer = NULL;
    struct bylaw__tokens tokens;
    double spent = seconds(CLOCK_MONOTONIC), began;
    char id[32];

    bylaw__tokens_init(&tokens);
    document.id = id;
    memset(document.sha256, '0', sizeof(document.sha256) - 1);
    document.sha256[sizeof(document.sha256) - 1] = '\0';
    need(!bylaw__index_writer_new(&writer, path, MEMORY, NULL), path);
    spent = seconds(CLOCK_MONOTONIC) - spent;
    for (uint64_t number = 0, done = 0; done < shingles; number++) {
        make_tokens(&tokens, number, ARTICLE_WORDS);
        snprintf(id, sizeof(id), "%llu", (unsigned long long)number);
        began = seconds(CLOCK_MONOTONIC);
        need(!bylaw__index_writer_add(writer, &document, &tokens, NULL), path);
        spent += seconds(CLOCK_MONOTONIC) - began;
        done += tokens.count - BYLAW__SHINGLE_WORDS + 1;
    }
    began = seconds(CLOCK_MONOTONIC);
    need(!bylaw__index_writer_finish(writer, NULL), path);
    spent += seconds(CLOCK_MONOTONIC) - began;
    bylaw__index_writer_free(writer);
    bylaw__tokens_release(&tokens);
    return spent;
}

/* Nanoseconds a shingle: of pages of other words (missed), or of articles that
 * are in it. */
static double look_up(const bylaw__index *index, uint64_t first, size_t words,
                      unsigned pages, size_t *out_seeds)
{
    struct bylaw__tokens *all = calloc(pages, sizeof(*all));
    struct bylaw__seeds seeds = {0};
    size_t shingles = 0;
    double began;

    need(all != NULL, "no memory");
    *out_seeds = 0;
    for (unsigned i = 0; i < pages; i++)
        make_tokens(&all[i], first + i, words);
    began = seconds(CLOCK_MONOTONIC);
    for (unsigned i = 0; i < pages; i++) {
        need(!bylaw__index_lookup(&seeds, index, &all[i], NULL), "no memory");
        shingles += all[i].count - BYLAW__SHINGLE_WORDS + 1;
        *out_seeds += seeds.count;
    }
    began = seconds(CLOCK_MONOTONIC) - began;
    for (unsigned i = 0; i < pages; i++)
        bylaw__tokens_release(&all[i]);
    free(all);
    bylaw__seeds_release(&seeds);
    return began * 1e9 / (double)shingles;
}

/* Of a key all bytes but the first are in the file; that one is nearly its
 * place's share of all. */
static uint64_t key_at(const bylaw__index *index, size_t at)
{
    uint64_t like = (uint64_t)at * 256 / index->count << 56;

    return index_posting(index, at, like).key;
}

/* One key at a time by halving, as any sorted file is searched. */
static double search_plainly(const bylaw__index *index)
{
    uint64_t state = 99, found = 0;
    double began = seconds(CLOCK_MONOTONIC);

    for (unsigned i = 0; i < SEARCHES; i++) {
        uint64_t key = next_random(&state) << 33 ^ next_random(&state) << 11;
        size_t low = 0, high = index->count;

        while (low < high) {
            size_t middle = low + (high - low) / 2;

            if (key_at(index, middle) < key)
                low = middle + 1;
            else
                high = middle;
        }
        found += low < index->count && key_at(index, low) == key;
    }
    need(found < SEARCHES, "keys that are none were found");
    return (seconds(CLOCK_MONOTONIC) - began) * 1e9 / SEARCHES;
}

static void measure(const char *path, unsigned millions, double sha)
{
    uint64_t shingles = (uint64_t)millions * 1000000;
    double built = build(path, shingles), missed, hit, plain, opened;
    bylaw__index_file *file = NULL;
    struct bylaw__index_info info;
    size_t seeds, none;

    opened = seconds(CLOCK_MONOTONIC);
    need(!bylaw__index_file_open(&file, path, NULL), path);
    opened = seconds(CLOCK_MONOTONIC) - opened;
    bylaw__index_file_info(&info, file);
    /* Once to have the file in memory, once to measure. */
    look_up(bylaw__index_file_index(file), 1u << 30, PAGE_WORDS, PAGES, &none);
    missed = look_up(bylaw__index_file_index(file), 1u << 30, PAGE_WORDS, PAGES,
                     &none);
    hit = look_up(bylaw__index_file_index(file), 0, ARTICLE_WORDS, 200, &seeds);
    plain = search_plainly(bylaw__index_file_index(file));
    need(!none && seeds, "what is in the index was not told from what is not");
    printf("{\"bench\":\"index\",\"shingles\":%llu,\"articles\":%llu,"
           "\"bytes_a_posting\":%.2f,\"filter_bytes_a_posting\":%.2f,"
           "\"build_shingles_per_s\":%.0f,\"sha256_per_s\":%.0f,"
           "\"build_to_sha256\":%.2f,\"open_ms\":%.1f,\"miss_ns\":%.1f,"
           "\"hit_ns\":%.0f,\"plain_search_ns\":%.0f,\"peak_mb\":%.0f}\n",
           (unsigned long long)info.postings,
           (unsigned long long)info.documents,
           (double)info.posting_bytes / (double)info.postings,
           (double)info.filter_bytes / (double)info.postings,
           (double)info.postings / built, sha,
           (double)info.postings / built / sha, opened * 1e3, missed, hit,
           plain, peak_mb(RUSAGE_SELF));
    fflush(stdout);
    bylaw__index_file_free(file);
    unlink(path);
}

int main(void)
{
    const char *dir = getenv("BYLAW_BENCH_DIR");
    const char *wanted = getenv("BYLAW_BENCH_MILLIONS");
    double sha = sha_per_second();
    char path[512], *end;

    snprintf(path, sizeof(path), "%s/bench.bix", dir ? dir : ".");
    if (!wanted || !*wanted)
        wanted = "1 10 100";
    for (unsigned long millions = strtoul(wanted, &end, 10); end != wanted;
         wanted = end, millions = strtoul(wanted, &end, 10))
        measure(path, (unsigned)millions, sha);
    return 0;
}
