/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Titles, authors, dates and licences against pages as servers sent them.
 *
 * Reads raw-pages/truth.json below $BYLAW_CORPUS and prints, per field, the
 * share that is equal, beside the figure to reach. "-v" as the argument lists
 * each miss. Exits 1 below what was once measured (the floor), 0 with
 * "skipped" without the corpus.
 */
#include "extract/extract_text.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#define PATH_BYTES 4096
#define FORM_BYTES 2048

enum field { TITLE, AUTHOR, DATE, LICENCE, FIELDS };

struct score {
    const char *name;
    double wanted; /* share to reach of those the truth knows */
    double floor;  /* share below which something broke */
    unsigned known, equal, invented;
};

static struct score scores[FIELDS] = {
    {"title", 0.66, 0.78, 0, 0, 0},
    {"author", 0.72, 0.67, 0, 0, 0},
    {"date", 0.85, 0.83, 0, 0, 0},
    {"licence", 0.85, 0.85, 0, 0, 0},
};

static bool is_verbose;

/* ------------------------------------------------------------- reading --- */

static bool read_gzip(struct bylaw__buf *out, const char *path)
{
    char chunk[1 << 15];
    gzFile file = gzopen(path, "rb");
    int got;

    if (!file)
        return false;
    while ((got = gzread(file, chunk, sizeof(chunk))) > 0)
        bylaw__buf_add(out, chunk, (size_t)got);
    gzclose(file);
    return got == 0 && !out->failed;
}

static struct bylaw_document *load_page(const char *folder, const char *name,
                                        const char *url)
{
    char path[PATH_BYTES];
    struct bylaw__buf body = {0};
    struct bylaw_response *response = NULL;
    struct bylaw_document *document = NULL;

    if (strncmp(url, "http", 4) != 0)
        url = NULL;
    snprintf(path, sizeof(path), "%s/raw-pages/%s", folder, name);
    if (read_gzip(&body, path) &&
        !bylaw__response_from_bytes(&response, url, url, bylaw__buf_span(&body),
                                    "text/html", 0, NULL))
        bylaw__extract(&document, response, url, NULL);
    bylaw_response_free(response);
    bylaw__buf_release(&body);
    return document;
}

/* ----------------------------------------------------------- comparing --- */

/* Words only, folded: case and punctuation do not count. */
static void fold(char out[FORM_BYTES], struct bylaw_span text)
{
    struct bylaw__buf words = {0};

    bylaw__text_normalise(&words, text);
    snprintf(out, FORM_BYTES, "%.*s", (int)words.len,
             words.ptr ? words.ptr : "");
    bylaw__buf_release(&words);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Names of a list, folded and in order: one text that stands for the set. */
static void fold_names(char out[FORM_BYTES], const struct bylaw__names *names)
{
    static char folded[BYLAW__NAMES_MOST][FORM_BYTES];
    size_t used = 0;

    for (size_t i = 0; i < names->count; i++)
        fold(folded[i], names->items[i]);
    qsort(folded, names->count, sizeof(folded[0]), compare_names);
    out[0] = '\0';
    for (size_t i = 0; i < names->count && used < FORM_BYTES; i++)
        used +=
            (size_t)snprintf(out + used, FORM_BYTES - used, "%s; ", folded[i]);
}

static void authors_of(char out[FORM_BYTES], const struct bylaw_document *page)
{
    struct bylaw__names names;

    bylaw__authors_of(&names, page);
    fold_names(out, &names);
}

/* The truth has by-lines as printed: "Von A und B". */
static void known_authors(char out[FORM_BYTES], const char *truth)
{
    struct bylaw_span text = bylaw__span_of(truth);
    struct bylaw_span stated = bylaw__byline_names(text);
    struct bylaw__names names = {0};

    bylaw__names_split(&names, stated.len ? stated : text);
    fold_names(out, &names);
}

/* "CC BY-ND 4.0 DE" of a licence's address, folded; "" of anything else. */
static void licence_of(char out[FORM_BYTES], const struct bylaw_document *page)
{
    const struct bylaw_meta *meta =
        bylaw_document_meta(page, BYLAW_META_LICENSE);
    static const char marker[] = "/licenses/";
    char kind[32] = "", version[8] = "", country[8] = "", name[64];
    const char *at = meta ? strstr(meta->value.ptr, marker) : NULL;

    out[0] = '\0';
    if (!at)
        return;
    sscanf(at + strlen(marker), "%31[a-z+-]/%7[0-9.]/%7[a-z]", kind, version,
           country);
    if (!strcmp(country, "deed") || !strcmp(country, "legalco"))
        country[0] = '\0';
    snprintf(name, sizeof(name), "CC %s %s %s", kind, version, country);
    fold(out, bylaw__span_of(name));
}

static void report(enum field field, const char *url, const char *want,
                   const char *got)
{
    struct score *score = &scores[field];
    bool is_equal = !strcmp(want, got);

    score->known += want[0] != '\0';
    score->equal += want[0] && is_equal;
    score->invented += !want[0] && got[0];
    if (is_verbose && !is_equal && (want[0] || field == LICENCE))
        printf("%s %s\n  want \"%s\"\n  got  \"%s\"\n", score->name, url, want,
               got);
}

static const char *text_of(const json_t *row, const char *key)
{
    const char *text = json_string_value(json_object_get(row, key));

    return text ? text : "";
}

static void check_page(const char *folder, const char *url, const json_t *row)
{
    struct bylaw_document *page = load_page(folder, text_of(row, "file"), url);
    char want[FORM_BYTES], got[FORM_BYTES], date[BYLAW__DATE_BYTES] = "";
    const struct bylaw_meta *published;

    if (!json_object_get(row, "title")) /* nobody annotated this page */
        return;
    page = load_page(folder, text_of(row, "file"), url);
    if (!page) {
        printf("%s: not read\n", url);
        return;
    }
    fold(want, bylaw__span_of(text_of(row, "title")));
    fold(got, bylaw__span_of(page->title));
    report(TITLE, url, want, got);
    known_authors(want, text_of(row, "author"));
    authors_of(got, page);
    report(AUTHOR, url, want, got);
    published = bylaw_document_meta(page, BYLAW_META_PUBLISHED);
    if (published)
        bylaw__date_find(date, NULL, published->value, true);
    report(DATE, url, text_of(row, "date"), date);
    licence_of(got, page);
    fold(want, bylaw__span_of(text_of(row, "license")));
    report(LICENCE, url, want, got);
    bylaw_document_free(page);
}

static int print_scores(void)
{
    int rc = 0;

    for (size_t i = 0; i < FIELDS; i++) {
        const struct score *s = &scores[i];
        double rate = s->known ? (double)s->equal / s->known : 0;

        printf("%-8s %.3f (%u of %u), wanted %.2f; %u where none is known\n",
               s->name, rate, s->equal, s->known, s->wanted, s->invented);
        if (rate < s->floor)
            rc = 1;
    }
    return rc;
}

int main(int argc, char **argv)
{
    const char *folder = getenv("BYLAW_CORPUS");
    char path[PATH_BYTES];
    const char *url;
    json_t *truth, *row;
    json_error_t problem;

    is_verbose = argc > 1 && !strcmp(argv[1], "-v");
    snprintf(path, sizeof(path), "%s/raw-pages/truth.json",
             folder ? folder : ".");
    truth = json_load_file(path, 0, &problem);
    if (!truth) {
        printf("skipped: no raw-pages below BYLAW_CORPUS\n");
        return 0;
    }
    json_object_foreach(truth, url, row)
    {
        check_page(folder, url, row);
    }
    json_decref(truth);
    return print_scores();
}
