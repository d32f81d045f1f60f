/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How well and how fast pages are read: the main text by heuristics and with
 * the source known, against articles, readability cases and snippets.
 * Prints one JSON object. BYLAW_CORPUS names the folder of the data, which is
 * no part of the project; BYLAW_BENCH_PAGES=1 adds a line per page on stderr.
 */
#include "extract/extract.h"
#include "index/index.h"
#include "match/match.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unicode/uchar.h>
#include <zlib.h>

#define SHINGLE      4u
#define MOST_BYTES   ((size_t)32 << 20)
#define PATH_BYTES   1024
#define DEFAULT_ROOT "../shared/corpus"

static const char *root;
static bool tells_pages;

/* --------------------------------------------------------------- input --- */

static bool read_gz(struct bylaw__buf *out, const char *path)
{
    gzFile file = gzopen(path, "rb");
    char chunk[65536];
    int n;

    bylaw__buf_clear(out);
    if (!file)
        return false;
    while ((n = gzread(file, chunk, sizeof(chunk))) > 0 &&
           out->len < MOST_BYTES)
        bylaw__buf_add(out, chunk, (size_t)n);
    gzclose(file);
    return n == 0 && !out->failed;
}

static struct bylaw_document *extract(struct bylaw_span body, const char *url)
{
    struct bylaw_response *response = NULL;
    struct bylaw_document *document = NULL;
    struct bylaw_error err = {0};

    if (bylaw__response_from_bytes(&response, url, url, body, "text/html", 0,
                                   &err) ||
        bylaw__extract(&document, response, url, &err))
        fprintf(stderr, "%s: %s\n", url, err.what);
    bylaw_response_free(response);
    return document;
}

/* ------------------------------------------------------------ shingles --- */

struct bag {
    uint64_t *items;
    size_t count, cap;
};

static int compare_hash(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static void add_hash(struct bag *bag, uint64_t hash)
{
    if (bylaw__vec_grow(&bag->items, &bag->cap, bag->count + 1, sizeof(hash)))
        abort();
    bag->items[bag->count++] = hash;
}

/* Hashes of the runs of word characters. */
static void split_words(struct bag *words, struct bylaw_span text)
{
    size_t pos = 0, begin = 0;
    bool in_word = false;

    while (pos <= text.len) {
        size_t at = pos;
        uint32_t c = pos < text.len ? bylaw__utf8_next(text, &pos) : ' ';
        bool is_word = u_isalnum((UChar32)c) || c == '_';

        if (is_word && !in_word)
            begin = at;
        if (!is_word && in_word)
            add_hash(words, bylaw__hash64(bylaw__span_sub(text, begin, at)));
        in_word = is_word;
        if (at >= text.len)
            break;
    }
}

static void make_shingles(struct bag *out, struct bylaw_span text)
{
    struct bag words = {0};

    out->count = 0;
    split_words(&words, text);
    for (size_t i = 0; words.count && i + SHINGLE <= words.count + SHINGLE - 1;
         i++) {
        size_t n = words.count < SHINGLE ? words.count : SHINGLE;
        uint64_t hash = 0;

        if (i + n > words.count)
            break;
        for (size_t k = 0; k < n; k++)
            hash = hash * 0x9E3779B97F4A7C15u + words.items[i + k];
        add_hash(out, hash);
    }
    free(words.items);
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), compare_hash);
}

/* --------------------------------------------------------------- score --- */

struct score {
    double precision, recall; /* sums over pages */
    unsigned with_precision, with_recall;
};

static void add_score(struct score *score, const char *name,
                      const struct bag *got, const struct bag *want)
{
    size_t i = 0, k = 0;
    double tp = 0, fp, fn;

    while (i < got->count && k < want->count) {
        if (got->items[i] == want->items[k]) {
            tp++;
            i++;
            k++;
        } else if (got->items[i] < want->items[k]) {
            i++;
        } else {
            k++;
        }
    }
    fp = (double)got->count - tp;
    fn = (double)want->count - tp;
    if (tp + fp > 0) {
        score->precision += tp / (tp + fp);
        score->with_precision++;
    }
    if (tp + fn > 0) {
        score->recall += tp / (tp + fn);
        score->with_recall++;
    }
    if (tells_pages)
        fprintf(stderr, "%s p %.3f r %.3f\n", name,
                tp + fp > 0 ? tp / (tp + fp) : 0.0,
                tp + fn > 0 ? tp / (tp + fn) : 0.0);
}

static void print_score(const char *name, const struct score *s)
{
    double p = s->with_precision ? s->precision / s->with_precision : 0;
    double r = s->with_recall ? s->recall / s->with_recall : 0;

    printf("\"%s\":{\"pages\":%u,\"f1\":%.4f,\"precision\":%.4f,"
           "\"recall\":%.4f}",
           name, s->with_recall, p + r > 0 ? 2 * p * r / (p + r) : 0.0, p, r);
}

/* -------------------------------------------------------- source known --- */

static void add_tokens(struct bylaw__tokens *tokens,
                       const struct bylaw_document *document)
{
    for (size_t i = 0; i < document->block_count; i++) {
        const struct bylaw_block *b = &document->blocks[i];
        uint32_t flags = 0;

        if (b->is_quote)
            flags |= BYLAW__TOKEN_QUOTED;
        if (b->visibility != BYLAW_VISIBILITY_VISIBLE)
            flags |= BYLAW__TOKEN_HIDDEN;
        if (!b->is_main)
            flags |= BYLAW__TOKEN_OFF_MAIN;
        if (b->heading)
            flags |= BYLAW__TOKEN_HEADING;
        if (bylaw__tokens_add(tokens, b->text, b->map, b->map_count,
                              (uint32_t)i, flags, NULL))
            abort();
    }
}

/* The article around the text that the page has in common with source. */
static void main_text_by_source(struct bylaw__buf *out,
                                const struct bylaw_document *document,
                                struct bylaw_span source)
{
    struct bylaw__tokens page_words, source_words;
    struct bylaw__seeds seeds = {0};
    struct bylaw_match *match = NULL;
    struct bylaw__placement *placement = NULL;
    bylaw__index *index = NULL;

    bylaw__tokens_init(&page_words);
    bylaw__tokens_init(&source_words);
    add_tokens(&page_words, document);
    if (bylaw__tokens_add(&source_words, source, NULL, 0, 0, 0, NULL) ||
        bylaw__index_new(&index, NULL) ||
        bylaw__index_add(index, 0, &source_words, NULL) ||
        bylaw__index_finish(index, NULL) ||
        bylaw__index_lookup(&seeds, index, &page_words, NULL) ||
        bylaw__match_align(&match, &page_words, &source_words, seeds.items,
                           seeds.count, false, NULL) ||
        bylaw__place(&placement, document, match, NULL, 0, NULL) ||
        bylaw__main_text(out, document, placement))
        abort();
    bylaw__placement_free(placement);
    bylaw_match_free(match);
    bylaw__seeds_release(&seeds);
    bylaw__index_free(index);
    bylaw__tokens_release(&page_words);
    bylaw__tokens_release(&source_words);
}

/* ------------------------------------------------------------ articles --- */

static double cpu_ms(void)
{
    return (double)clock() * 1000.0 / CLOCKS_PER_SEC;
}

static json_t *read_truth(const char *folder)
{
    char path[PATH_BYTES];

    snprintf(path, sizeof(path), "%s/%s/truth.json", root, folder);
    return json_load_file(path, 0, NULL);
}

static struct bylaw_span text_of(const json_t *object, const char *key)
{
    return bylaw__span_of(json_string_value(json_object_get(object, key)));
}

static void measure_articles(void)
{
    json_t *truth = read_truth("articles"), *row;
    struct bylaw__buf html = {0}, text = {0};
    struct score heuristic = {0}, known = {0};
    struct bag got = {0}, want = {0};
    const char *id;
    double ms = 0, bytes = 0;
    unsigned pages = 0;

    json_object_foreach(truth, id, row)
    {
        struct bylaw_span body = text_of(row, "articleBody");
        struct bylaw_document *document;
        char path[PATH_BYTES];
        double before;

        snprintf(path, sizeof(path), "%s/articles/%s.html.gz", root, id);
        if (!read_gz(&html, path))
            continue;
        before = cpu_ms();
        document = extract(bylaw__buf_span(&html),
                           json_string_value(json_object_get(row, "url")));
        ms += cpu_ms() - before;
        bytes += (double)html.len;
        pages++;
        if (!document)
            continue;
        make_shingles(&want, body);
        bylaw__buf_clear(&text);
        bylaw__main_text(&text, document, NULL);
        make_shingles(&got, bylaw__buf_span(&text));
        add_score(&heuristic, id, &got, &want);
        bylaw__buf_clear(&text);
        main_text_by_source(&text, document, body);
        make_shingles(&got, bylaw__buf_span(&text));
        if (tells_pages)
            fputs("known ", stderr);
        add_score(&known, id, &got, &want);
        bylaw_document_free(document);
    }
    print_score("articles", &heuristic);
    putchar(',');
    print_score("articles_source_known", &known);
    printf(",\"ms_per_page\":%.2f,\"kb_per_page\":%.1f",
           pages ? ms / pages : 0.0, pages ? bytes / pages / 1024 : 0.0);
    json_decref(truth);
    bylaw__buf_release(&html);
    bylaw__buf_release(&text);
    free(got.items);
    free(want.items);
}

/* --------------------------------------------------------- readability --- */

static void all_text(struct bylaw__buf *out,
                     const struct bylaw_document *document)
{
    for (size_t i = 0; i < document->block_count; i++) {
        bylaw__buf_add_span(out, document->blocks[i].text);
        bylaw__buf_add_text(out, "\n\n");
    }
}

static void measure_case(struct score *score, const char *name)
{
    struct bylaw__buf html = {0}, text = {0};
    struct bylaw_document *document = NULL, *expected = NULL;
    struct bag got = {0}, want = {0};
    char path[PATH_BYTES];

    snprintf(path, sizeof(path), "%s/readability/%s/source.html.gz", root,
             name);
    if (!read_gz(&html, path))
        goto done;
    document = extract(bylaw__buf_span(&html), "http://fakehost/");
    snprintf(path, sizeof(path), "%s/readability/%s/expected.html.gz", root,
             name);
    if (!document || !read_gz(&html, path))
        goto done;
    expected = extract(bylaw__buf_span(&html), "http://fakehost/");
    if (!expected)
        goto done;
    all_text(&text, expected);
    make_shingles(&want, bylaw__buf_span(&text));
    bylaw__buf_clear(&text);
    bylaw__main_text(&text, document, NULL);
    make_shingles(&got, bylaw__buf_span(&text));
    add_score(score, name, &got, &want);
done:
    bylaw_document_free(document);
    bylaw_document_free(expected);
    bylaw__buf_release(&html);
    bylaw__buf_release(&text);
    free(got.items);
    free(want.items);
}

static void measure_readability(void)
{
    struct score score = {0};
    struct dirent **names = NULL;
    char path[PATH_BYTES];
    int count;

    snprintf(path, sizeof(path), "%s/readability", root);
    count = scandir(path, &names, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        if (names[i]->d_name[0] != '.')
            measure_case(&score, names[i]->d_name);
        free(names[i]);
    }
    free(names);
    print_score("readability", &score);
}

/* ------------------------------------------------------------ snippets --- */

/* White space folded, as snippets were cut from laid-out text. */
static void fold(struct bylaw__buf *out, struct bylaw_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (!bylaw__is_space((unsigned char)c))
            bylaw__buf_add_char(out, c);
    }
}

static unsigned count_found(json_t *list, struct bylaw_span text)
{
    struct bylaw__buf snippet = {0};
    unsigned found = 0;
    json_t *item;
    size_t i;

    json_array_foreach(list, i, item)
    {
        bylaw__buf_clear(&snippet);
        fold(&snippet, bylaw__span_of(json_string_value(item)));
        found += bylaw__span_find(text, bylaw__buf_span(&snippet)) != SIZE_MAX;
    }
    bylaw__buf_release(&snippet);
    return found;
}

static void measure_snippets(void)
{
    json_t *truth = read_truth("raw-pages"), *row;
    struct bylaw__buf html = {0}, text = {0}, folded = {0};
    unsigned with = 0, with_found = 0, without = 0, without_found = 0;
    unsigned pages = 0, seen = 0;
    const char *url;

    json_object_foreach(truth, url, row)
    {
        json_t *wanted = json_object_get(row, "with");
        json_t *unwanted = json_object_get(row, "without");
        struct bylaw_document *document;
        char path[PATH_BYTES];

        snprintf(path, sizeof(path), "%s/raw-pages/%s", root,
                 json_string_value(json_object_get(row, "file")));
        if (!read_gz(&html, path))
            continue;
        document = extract(bylaw__buf_span(&html), url);
        if (!document)
            continue;
        pages++;
        bylaw__buf_clear(&text);
        bylaw__buf_clear(&folded);
        bylaw__main_text(&text, document, NULL);
        fold(&folded, bylaw__buf_span(&text));
        with += (unsigned)json_array_size(wanted);
        without += (unsigned)json_array_size(unwanted);
        if (tells_pages)
            fprintf(stderr, "%s with %u of %zu without %u of %zu\n",
                    json_string_value(json_object_get(row, "file")),
                    count_found(wanted, bylaw__buf_span(&folded)),
                    json_array_size(wanted),
                    count_found(unwanted, bylaw__buf_span(&folded)),
                    json_array_size(unwanted));
        with_found += count_found(wanted, bylaw__buf_span(&folded));
        without_found += count_found(unwanted, bylaw__buf_span(&folded));
        bylaw__buf_clear(&text);
        bylaw__buf_clear(&folded);
        all_text(&text, document);
        fold(&folded, bylaw__buf_span(&text));
        seen += count_found(wanted, bylaw__buf_span(&folded));
        bylaw_document_free(document);
    }
    printf("\"snippets\":{\"pages\":%u,\"f1\":%.4f,\"precision\":%.4f,"
           "\"recall\":%.4f,\"in_any_block\":%.4f}",
           pages,
           with ? 2.0 * with_found / (with + with_found + without_found) : 0,
           with_found ? (double)with_found / (with_found + without_found) : 0,
           with ? (double)with_found / with : 0,
           with ? (double)seen / with : 0);
    (void)without;
    json_decref(truth);
    bylaw__buf_release(&html);
    bylaw__buf_release(&text);
    bylaw__buf_release(&folded);
}

int main(void)
{
    json_t *truth;

    root = getenv("BYLAW_CORPUS");
    if (!root)
        root = DEFAULT_ROOT;
    tells_pages = getenv("BYLAW_BENCH_PAGES") != NULL;
    truth = read_truth("articles");
    if (!truth) {
        printf("bench-extract: skipped, no corpus in %s (set BYLAW_CORPUS)\n",
               root);
        return 0;
    }
    json_decref(truth);
    putchar('{');
    measure_articles();
    putchar(',');
    measure_readability();
    putchar(',');
    measure_snippets();
    puts("}");
    return 0;
}
