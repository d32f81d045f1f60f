/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Screening against the full reading, on real pages: articles set into pages
 * of other sites, whole and in part, tidy and marked up within words. What the
 * full reading reports, the screen must let through. Prints how many of the
 * pages without a copy pass too, and what the two cost.
 */
#include "pipeline/pipeline_int.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#define PATH_BYTES     4096
#define CHANGED_WORDS  10 /* one word in so many is another */
#define EMPHASIS_WORDS 7  /* one word in so many has a tag inside */

enum plant_kind {
    PLANT_NONE = 0,
    PLANT_FULL,
    PLANT_HALF,
    PLANT_THREE,
    PLANT_ONE,
    PLANT_CHANGED,
    PLANT_KINDS
};

static const char *const plant_names[] = {
    "as it is",         "full",          "half",
    "three paragraphs", "one paragraph", "10 % of words changed"};

struct run {
    bylaw_auditor *auditor;
    struct bylaw__screen_work work;
    char folder[64];
    size_t next_source, lost;
    struct tally {
        size_t pages, reported, passed, passed_unreported, unsure;
    } tallies[PLANT_KINDS];
    double screen_s, full_s, bytes;
};

static void stop(const char *what, const struct bylaw_error *err)
{
    fprintf(stderr, "corpus_screen: %s: %s\n", what, err ? err->what : "");
    exit(1);
}

static int64_t fixed_time(void *payload)
{
    (void)payload;
    return 1700000000000;
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void add_sources(struct run *run, const json_t *truth)
{
    struct bylaw_error err = {0};
    const char *id;
    json_t *entry;

    json_object_foreach((json_t *)(uintptr_t)truth, id, entry)
    {
        char path[PATH_BYTES];
        FILE *file;

        snprintf(path, sizeof(path), "%s/%s.txt", run->folder, id);
        file = fopen(path, "wb");
        if (!file)
            stop(path, NULL);
        fputs(json_string_value(json_object_get(entry, "articleBody")), file);
        fclose(file);
        if (bylaw_auditor_add_source(run->auditor, path,
                                     json_string_value(
                                         json_object_get(entry, "url")),
                                     &err))
            stop(id, &err);
        unlink(path);
    }
    if (bylaw__pipeline_ready(run->auditor, &err))
        stop("index", &err);
}

/* ------------------------------------------------------------- planting --- */

static void add_escaped(struct bylaw__buf *out, char c)
{
    if (c == '&')
        bylaw__buf_add_text(out, "&amp;");
    else if (c == '<')
        bylaw__buf_add_text(out, "&lt;");
    else
        bylaw__buf_add_char(out, c);
}

/* A paragraph as pages write it: emphasis that begins within a word. */
static void add_paragraph(struct bylaw__buf *out, struct bylaw_span text,
                          bool is_changed)
{
    size_t word = 0, in_word = 0;

    bylaw__buf_add_text(out, "<p>");
    for (size_t i = 0; i < text.len; i++) {
        bool is_space = bylaw__is_space((unsigned char)text.ptr[i]);

        if (is_space) {
            word++;
            in_word = 0;
        } else if (++in_word == 2 && word % EMPHASIS_WORDS == 3 &&
                   ((unsigned char)text.ptr[i] & 0xc0) != 0x80) {
            bylaw__buf_add_text(out, "<em></em><!-- - -->");
        }
        if (!is_space && is_changed && word % CHANGED_WORDS == 5)
            bylaw__buf_add_char(out, 'q');
        else
            add_escaped(out, text.ptr[i]);
    }
    bylaw__buf_add_text(out, "</p>\n");
}

static void add_article(struct bylaw__buf *out,
                        const struct bylaw_document *article,
                        enum plant_kind kind)
{
    size_t begin = 0, end = article->block_count;

    if (kind == PLANT_HALF)
        end = (end + 1) / 2;
    if (kind == PLANT_THREE || kind == PLANT_ONE) {
        size_t most = kind == PLANT_ONE ? 1 : 3;

        begin = end / 3;
        end = begin + most < end ? begin + most : end;
    }
    for (size_t i = begin; i < end; i++)
        add_paragraph(out, article->blocks[i].text, kind == PLANT_CHANGED);
}

/* After the middle paragraph of the page, or where it ends. */
static size_t place_for(struct bylaw_span page)
{
    size_t middle = page.len / 2;
    size_t at = bylaw__span_find_nocase(bylaw__span_sub(page, middle, page.len),
                                        BYLAW__SPAN("</p>"));

    if (at != SIZE_MAX)
        return middle + at + 4;
    at = bylaw__span_find_nocase(page, BYLAW__SPAN("</body>"));
    return at != SIZE_MAX ? at : page.len;
}

static void plant(struct bylaw__buf *out, struct run *run,
                  struct bylaw_span page, enum plant_kind kind)
{
    size_t source = run->next_source++ % run->auditor->source_count;
    size_t at = place_for(page);

    bylaw__buf_clear(out);
    bylaw__buf_add_span(out, bylaw__span_sub(page, 0, at));
    if (kind != PLANT_NONE)
        add_article(out, run->auditor->sources[source].source->document, kind);
    bylaw__buf_add_span(out, bylaw__span_sub(page, at, page.len));
}

/* ------------------------------------------------------------ comparing --- */

static bool is_reported(struct run *run, struct bylaw_span html)
{
    struct bylaw_response *response = NULL;
    struct bylaw_audit *audit = NULL;
    struct bylaw_error err = {0};
    bool found = false;
    double began = seconds();

    if (bylaw__response_from_bytes(&response, "http://page.example/", NULL,
                                   html, NULL, 0, &err) ||
        bylaw__pipeline_audit(&audit, run->auditor, response, NULL, NULL, &err))
        stop("audit", &err);
    for (size_t i = 0; i < audit->row_count; i++)
        found |= audit->rows[i].source != NULL;
    bylaw_audit_free(audit);
    run->full_s += seconds() - began;
    return found;
}

static bool is_passed(struct run *run, struct bylaw_span html)
{
    bool maybe = false;
    double began = seconds();

    if (bylaw__index_screen(&maybe, run->auditor->index, html, NULL, NULL,
                            &run->work, NULL))
        stop("memory", NULL);
    run->screen_s += seconds() - began;
    run->bytes += (double)html.len;
    return maybe;
}

static void compare(struct run *run, struct bylaw_span html,
                    enum plant_kind kind, const char *name)
{
    struct tally *tally = &run->tallies[kind];
    bool reported = is_reported(run, html), passed = is_passed(run, html);

    tally->pages++;
    tally->reported += reported;
    tally->passed += passed;
    tally->passed_unreported += passed && !reported;
    tally->unsure += run->work.skim.is_unsure;
    if (!reported || passed)
        return;
    run->lost++;
    printf("lost: %s, %s\n", name, plant_names[kind]);
}

static void read_page(struct bylaw__buf *out, const char *path)
{
    gzFile file = gzopen(path, "rb");
    char chunk[1 << 14];
    int got;

    if (!file)
        stop(path, NULL);
    while ((got = gzread(file, chunk, sizeof(chunk))) > 0)
        bylaw__buf_add(out, chunk, (size_t)got);
    gzclose(file);
}

static void read_folder(struct run *run, const char *corpus, const char *name)
{
    char path[PATH_BYTES];
    struct bylaw__buf page = {0}, planted = {0};
    struct dirent *entry;
    DIR *dir;

    snprintf(path, sizeof(path), "%s/%s", corpus, name);
    dir = opendir(path);
    if (!dir)
        stop(path, NULL);
    while ((entry = readdir(dir))) {
        char from[PATH_BYTES + 512];

        if (!strstr(entry->d_name, ".html.gz"))
            continue;
        snprintf(from, sizeof(from), "%s/%s", path, entry->d_name);
        bylaw__buf_clear(&page);
        read_page(&page, from);
        for (int kind = 0; kind < PLANT_KINDS; kind++) {
            plant(&planted, run, bylaw__buf_span(&page), (enum plant_kind)kind);
            compare(run, bylaw__buf_span(&planted), (enum plant_kind)kind,
                    entry->d_name);
        }
    }
    closedir(dir);
    bylaw__buf_release(&page);
    bylaw__buf_release(&planted);
}

static void show(const struct run *run)
{
    size_t pages = 0;

    for (int kind = 0; kind < PLANT_KINDS; kind++) {
        const struct tally *tally = &run->tallies[kind];

        pages += tally->pages;
        printf("%-22s pages %zu, reported %zu, passed %zu "
               "(unreported %zu, unsure %zu)\n",
               plant_names[kind], tally->pages, tally->reported, tally->passed,
               tally->passed_unreported, tally->unsure);
    }
    printf("lost %zu; screening %.0f us a page of %.0f KB (%.0f MB/s), full "
           "reading %.0f us\n",
           run->lost, run->screen_s * 1e6 / (double)pages,
           run->bytes / 1e3 / (double)pages, run->bytes / 1e6 / run->screen_s,
           run->full_s * 1e6 / (double)pages);
}

int main(void)
{
    struct bylaw_audit_options options = {.rules_dir = "rules",
                                          .now_ms = fixed_time};
    const char *corpus = getenv("BYLAW_CORPUS");
    static struct run run;
    struct bylaw_error err = {0};
    char path[PATH_BYTES];
    json_t *truth;

    if (!corpus || access(corpus, R_OK)) {
        printf("corpus_screen: skipped: BYLAW_CORPUS names no folder\n");
        return 0;
    }
    snprintf(path, sizeof(path), "%s/articles/truth.json", corpus);
    truth = json_load_file(path, 0, NULL);
    snprintf(run.folder, sizeof(run.folder), "/tmp/bylaw-corpus-XXXXXX");
    if (!truth || !mkdtemp(run.folder))
        stop(path, NULL);
    if (bylaw_auditor_new(&run.auditor, &options, &err))
        stop("rules", &err);
    add_sources(&run, truth);
    read_folder(&run, corpus, "raw-pages");
    read_folder(&run, corpus, "articles");
    show(&run);
    rmdir(run.folder);
    bylaw__screen_release(&run.work);
    bylaw_auditor_free(run.auditor);
    json_decref(truth);
    return run.lost > 0;
}
