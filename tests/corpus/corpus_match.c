/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Real articles against real pages: each page of articles/ carries its own
 * article, and no page carries another's. Prints the figures that the
 * thresholds of src/match/match_thresholds.h were chosen by.
 */
#include "extract/extract.h"
#include "index/index.h"
#include "match/match.h"
#include "pipeline/pipeline_int.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#define OWN_COVERAGE_WANTED 0.90
#define NAME_MAX_BYTES      512
#define WORDS_SHOWN         20u /* pairs with fewer copied words stay unnamed */

/** One article: its text as people cut it out of the page. */
struct article {
    const char *id, *url;
    struct bylaw_span text;
    struct bylaw__tokens tokens;
};

struct corpus {
    const char *dir;
    json_t *truth;
    struct article *articles;
    size_t count;
    bylaw__index *index;
};

/** What came out. */
struct tally {
    size_t pages, own, own_low, foreign_pairs;
    size_t own_clean; /* own pages on which no change was seen */
    size_t own_edits[BYLAW_CHANGE_SUBSTANTIVE + 1];
    size_t classes_own[6], classes_foreign[6], classes_same_host[6];
    double lowest_own, highest_foreign;
};

static void stop(const char *what)
{
    fprintf(stderr, "corpus_match: %s\n", what);
    exit(1);
}

/* --------------------------------------------------------------- words --- */

static void article_words(struct article *article)
{
    struct bylaw_span rest = article->text;
    uint32_t block = 0;

    bylaw__tokens_init(&article->tokens);
    while (rest.len) {
        size_t end = bylaw__span_find(rest, BYLAW__SPAN("\n\n"));
        struct bylaw_span paragraph = bylaw__span_sub(rest, 0, end);
        struct bylaw__textmap map = {
            .text_len = (uint32_t)paragraph.len,
            .page_off = (uint32_t)(rest.ptr - article->text.ptr),
            .page_len = (uint32_t)paragraph.len,
        };

        if (bylaw__tokens_add(&article->tokens, paragraph, &map, 1, block++, 0,
                              NULL))
            stop("out of memory");
        rest = bylaw__span_sub(rest, end == SIZE_MAX ? rest.len : end + 2,
                               rest.len);
    }
}

/* ---------------------------------------------------------------- pages --- */

static void read_page(struct bylaw__buf *out, const char *path)
{
    gzFile file = gzopen(path, "rb");
    char chunk[1 << 14];
    int got;

    if (!file)
        stop("a page cannot be opened");
    while ((got = gzread(file, chunk, sizeof(chunk))) > 0)
        bylaw__buf_add(out, chunk, (size_t)got);
    gzclose(file);
}

static struct bylaw_span host_of(const char *url)
{
    const char *host = url ? strstr(url, "//") : NULL;

    if (!host)
        return (struct bylaw_span){NULL, 0};
    return (struct bylaw_span){host + 2, strcspn(host + 2, "/?#")};
}

/* Pages of one site share its frame, which people leave in some articles. */
static bool is_same_host(const struct corpus *corpus, const char *page,
                         const struct article *article)
{
    for (size_t i = 0; i < corpus->count; i++)
        if (!strncmp(page, corpus->articles[i].id,
                     strlen(corpus->articles[i].id)))
            return bylaw__span_eq(host_of(corpus->articles[i].url),
                                  host_of(article->url));
    return false;
}

static void note_own(struct tally *tally, const struct bylaw_match *match)
{
    tally->own++;
    tally->own_low += match->source_coverage < OWN_COVERAGE_WANTED;
    tally->classes_own[match->class]++;
    tally->own_clean += !match->edit_count;
    for (size_t i = 0; i < match->edit_count; i++)
        tally->own_edits[match->edits[i].change]++;
    if (match->source_coverage < tally->lowest_own)
        tally->lowest_own = match->source_coverage;
}

static void note_foreign(struct tally *tally, const struct bylaw_match *match)
{
    tally->foreign_pairs += match->span_count > 0;
    tally->classes_foreign[match->class]++;
    if (match->source_coverage > tally->highest_foreign)
        tally->highest_foreign = match->source_coverage;
}

static void note_match(struct tally *tally, const struct corpus *corpus,
                       const struct bylaw_match *match, const char *page,
                       const struct article *article)
{
    bool is_own = !strncmp(page, article->id, strlen(article->id));
    bool is_site = !is_own && is_same_host(corpus, page, article);

    if (is_own)
        note_own(tally, match);
    else if (is_site)
        tally->classes_same_host[match->class]++;
    else
        note_foreign(tally, match);
    if (is_own ? match->source_coverage < OWN_COVERAGE_WANTED
               : match->copied_words >= WORDS_SHOWN)
        printf("%s page %.12s article %.12s %s coverage %.3f words %u "
               "quoted %u longest %u spans %zu edits %zu\n",
               is_own    ? "own"
               : is_site ? "same-host"
                         : "foreign",
               page, article->id, bylaw_match_class_name(match->class),
               match->source_coverage, match->copied_words, match->quoted_words,
               match->longest_run, match->span_count, match->edit_count);
}

static void match_sources(struct tally *tally, const struct corpus *corpus,
                          const struct bylaw__tokens *page,
                          const struct bylaw__seeds *seeds, const char *name)
{
    size_t begin = 0;

    while (begin < seeds->count) {
        uint32_t source = seeds->items[begin].source;
        const struct article *article = &corpus->articles[source];
        struct bylaw_match *match = NULL;
        size_t end = begin;

        while (end < seeds->count && seeds->items[end].source == source)
            end++;
        if (bylaw__match_align(&match, page, &article->tokens,
                               seeds->items + begin, end - begin, true, NULL))
            stop("a match failed");
        note_match(tally, corpus, match, name, article);
        bylaw_match_free(match);
        begin = end;
    }
}

static void match_page(struct tally *tally, const struct corpus *corpus,
                       const char *path, const char *name)
{
    struct bylaw_response *response = NULL;
    struct bylaw_document *document = NULL;
    struct bylaw__seeds seeds = {0};
    struct bylaw__tokens tokens = {0};
    struct bylaw__buf body = {0};

    read_page(&body, path);
    if (bylaw__response_from_bytes(&response, "http://example.org/", NULL,
                                   bylaw__buf_span(&body), "text/html", 0,
                                   NULL))
        stop("out of memory");
    if (!bylaw__extract(&document, response, NULL, NULL)) {
        if (bylaw__pipeline_tokenise(&tokens, document, NULL, NULL) ||
            bylaw__index_lookup(&seeds, corpus->index, &tokens, NULL))
            stop("out of memory");
        match_sources(tally, corpus, &tokens, &seeds, name);
        tally->pages++;
        bylaw__tokens_release(&tokens);
    }
    bylaw__seeds_release(&seeds);
    bylaw_document_free(document);
    bylaw_response_free(response);
    bylaw__buf_release(&body);
}

static void match_folder(struct tally *tally, const struct corpus *corpus,
                         const char *folder)
{
    char path[4 * NAME_MAX_BYTES];
    struct dirent **names = NULL;
    int count;

    snprintf(path, sizeof(path), "%s/%s", corpus->dir, folder);
    count = scandir(path, &names, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        if (strstr(names[i]->d_name, ".htm") &&
            strlen(names[i]->d_name) < NAME_MAX_BYTES) {
            snprintf(path, sizeof(path), "%s/%s/%s", corpus->dir, folder,
                     names[i]->d_name);
            match_page(tally, corpus, path, names[i]->d_name);
        }
        free(names[i]);
    }
    free(names);
}

/* ----------------------------------------------------------------- edits */

/* The article with each word exchanged at odds of percent in 100; returns
   the share of words left as they were. */
static double edit_article(struct bylaw__buf *out,
                           const struct article *article, unsigned percent)
{
    uint64_t state = percent;
    size_t left = 0;
    uint32_t at = 0;

    for (size_t i = 0; i < article->tokens.count; i++) {
        struct bylaw_range word = article->tokens.items[i].bytes;

        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        bylaw__buf_add_span(out,
                            bylaw__span_sub(article->text, at, word.begin));
        at = word.end;
        if ((state >> 33) % 100 < percent) {
            bylaw__buf_printf(out, "zq%zu", i);
        } else {
            bylaw__buf_add_span(out, bylaw__span_sub(article->text, word.begin,
                                                     word.end));
            left++;
        }
    }
    return article->tokens.count ? (double)left / (double)article->tokens.count
                                 : 0;
}

static double coverage_of(const struct corpus *corpus, size_t source,
                          struct bylaw_span text, size_t *spans)
{
    const struct article *article = &corpus->articles[source];
    struct article copy = {.text = text};
    struct bylaw__seeds seeds = {0};
    struct bylaw_match *match = NULL;
    size_t begin = 0, end;
    double coverage;

    article_words(&copy);
    if (bylaw__index_lookup(&seeds, corpus->index, &copy.tokens, NULL))
        stop("a look-up failed");
    while (begin < seeds.count && seeds.items[begin].source != source)
        begin++;
    for (end = begin; end < seeds.count && seeds.items[end].source == source;)
        end++;
    if (bylaw__match_align(&match, &copy.tokens, &article->tokens,
                           seeds.items + begin, end - begin, true, NULL))
        stop("a match failed");
    coverage = match->source_coverage;
    *spans += match->span_count;
    bylaw_match_free(match);
    bylaw__seeds_release(&seeds);
    bylaw__tokens_release(&copy.tokens);
    return coverage;
}

static void match_edited(const struct corpus *corpus, unsigned percent)
{
    double sum = 0, worst = 0;
    size_t spans = 0;

    for (size_t i = 0; i < corpus->count; i++) {
        struct bylaw__buf text = {0};
        double share = edit_article(&text, &corpus->articles[i], percent);
        double coverage =
            coverage_of(corpus, i, bylaw__buf_span(&text), &spans);
        double error = coverage > share ? coverage - share : share - coverage;

        sum += error;
        if (error > worst)
            worst = error;
        bylaw__buf_release(&text);
    }
    printf("%u words changed in 100: coverage off by %.4f on average, %.4f at "
           "most; spans an article %.2f\n",
           percent, sum / (double)corpus->count, worst,
           (double)spans / (double)corpus->count);
}

/* The middle half of each article inside another: nothing of the words around
   it may be taken for copied. */
static void match_spliced(const struct corpus *corpus)
{
    double sum = 0, worst = 0;
    size_t spans = 0;

    for (size_t i = 0; i < corpus->count; i++) {
        const struct article *a = &corpus->articles[i];
        const struct article *b = &corpus->articles[(i + 1) % corpus->count];
        size_t from = a->tokens.count / 4, to = a->tokens.count * 3 / 4;
        size_t middle = b->tokens.count / 2;
        struct bylaw__buf text = {0};
        double error;

        bylaw__buf_add_span(
            &text,
            bylaw__span_sub(b->text, 0, b->tokens.items[middle].bytes.begin));
        bylaw__buf_add_span(&text,
                            bylaw__span_sub(a->text,
                                            a->tokens.items[from].bytes.begin,
                                            a->tokens.items[to].bytes.begin));
        bylaw__buf_add_span(&text,
                            bylaw__span_sub(b->text,
                                            b->tokens.items[middle].bytes.begin,
                                            b->text.len));
        error = coverage_of(corpus, i, bylaw__buf_span(&text), &spans) *
                    (double)a->tokens.count -
                (double)(to - from);
        sum += error < 0 ? -error : error;
        if (error > worst || -error > worst)
            worst = error < 0 ? -error : error;
        bylaw__buf_release(&text);
    }
    printf("half an article in another: off by %.2f words on average, %.0f at "
           "most; spans an article %.2f\n",
           sum / (double)corpus->count, worst,
           (double)spans / (double)corpus->count);
}

/* ------------------------------------------------------------- articles --- */

static void load_articles(struct corpus *corpus)
{
    char path[2 * NAME_MAX_BYTES];
    const char *id;
    json_t *value;
    size_t i = 0;

    snprintf(path, sizeof(path), "%s/articles/truth.json", corpus->dir);
    corpus->truth = json_load_file(path, 0, NULL);
    if (!corpus->truth || bylaw__index_new(&corpus->index, NULL))
        stop("articles/truth.json cannot be read");
    corpus->count = json_object_size(corpus->truth);
    corpus->articles = calloc(corpus->count, sizeof(*corpus->articles));
    json_object_foreach(corpus->truth, id, value)
    {
        struct article *article = &corpus->articles[i];

        article->id = id;
        article->url = json_string_value(json_object_get(value, "url"));
        article->text = bylaw__span_of(
            json_string_value(json_object_get(value, "articleBody")));
        article_words(article);
        if (bylaw__index_add(corpus->index, (uint32_t)i++, &article->tokens,
                             NULL))
            stop("out of memory");
    }
    if (bylaw__index_finish(corpus->index, NULL))
        stop("out of memory");
}

static void print_classes(const char *what, const size_t *classes)
{
    printf("%s:", what);
    for (int c = BYLAW_MATCH_NONE; c <= BYLAW_MATCH_TRANSLATION; c++)
        printf(" %s %zu", bylaw_match_class_name((enum bylaw_match_class)c),
               classes[c]);
    printf("\n");
}

int main(void)
{
    struct corpus corpus = {.dir = getenv("BYLAW_CORPUS")};
    struct tally tally = {.lowest_own = 1.0};
    size_t wrong = 0;

    if (!corpus.dir) {
        printf("skipped: BYLAW_CORPUS does not name a folder\n");
        return 0;
    }
    load_articles(&corpus);
    match_folder(&tally, &corpus, "articles");
    match_folder(&tally, &corpus, "raw-pages");
    printf("pages %zu, articles %zu, found on their own page %zu, below %.2f "
           "%zu, lowest %.3f\n",
           tally.pages, corpus.count, tally.own, OWN_COVERAGE_WANTED,
           tally.own_low, tally.lowest_own);
    print_classes("own", tally.classes_own);
    printf("own pages without a change %zu; changes", tally.own_clean);
    for (int c = BYLAW_CHANGE_PUNCTUATION; c <= BYLAW_CHANGE_SUBSTANTIVE; c++)
        printf(" %s %zu", bylaw_edit_class_name((enum bylaw_edit_class)c),
               tally.own_edits[c]);
    printf("\n");
    print_classes("foreign", tally.classes_foreign);
    print_classes("same host", tally.classes_same_host);
    printf("foreign pairs with a passage %zu, highest coverage %.3f\n",
           tally.foreign_pairs, tally.highest_foreign);
    for (unsigned percent = 5; percent <= 40; percent += 5)
        match_edited(&corpus, percent);
    match_spliced(&corpus);
    wrong = tally.classes_foreign[BYLAW_MATCH_FULL] +
            tally.classes_foreign[BYLAW_MATCH_PARTIAL] +
            tally.classes_foreign[BYLAW_MATCH_EXCERPT];
    for (size_t i = 0; i < corpus.count; i++)
        bylaw__tokens_release(&corpus.articles[i].tokens);
    free(corpus.articles);
    bylaw__index_free(corpus.index);
    json_decref(corpus.truth);
    return wrong || tally.own < corpus.count || tally.own_low;
}
