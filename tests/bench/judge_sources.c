/* SPDX-License-Identifier: Apache-2.0 */
/* The seed and some gold bodies as sources, with invented names. */
#include "judge_bench.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* One row of the table below: the source, and which gold body it is. */
struct row {
    const char *gold; /* beginning of the article's id; NULL: the seed */
    struct source source;
};

static const struct row rows[] = {
    {NULL,
     {.id = "japan-nato",
      .rule = "planted-research",
      .publisher = "Global Research",
      .domain = "www.globalresearch.ca",
      .url = "https://www.globalresearch.ca/"
             "japan-open-nato-liaison-office-provocation-china-russia/5819284",
      .other_url = "https://www.globalresearch.ca/some-other-story/5701122",
      .title = "Japan to Open NATO Liaison Office: Provocation Against China "
               "and Russia",
      .author = {"Ahmed Adel", "Ahmed", "Adel", "A. Adel", "Ahméd Ádel"},
      .holders = {"Ahmed Adel", "InfoBrics"},
      .holds_author = true,
      .upstream = "InfoBrics",
      .upstream_url = "https://infobrics.org/post/38400"}},
    {"d1c57d7821e5",
     {.id = "moon-landers",
      .rule = "planted-research",
      .publisher = "Global Research",
      .domain = "www.globalresearch.ca",
      .url = "https://www.globalresearch.ca/five-firms-moon-landers/5804417",
      .other_url = "https://www.globalresearch.ca/some-other-story/5701122",
      .title = "Five Firms Compete to Bring Landers to the Moon",
      .author = {"José Núñez", "José", "Núñez", "J. Núñez", "Jose Nunez"},
      .holders = {"José Núñez"},
      .holds_author = true}},
    {"bd673bd79881",
     {.id = "feather-lung",
      .rule = "planted-research",
      .publisher = "Global Research",
      .domain = "www.globalresearch.ca",
      .url = "https://www.globalresearch.ca/feathers-in-the-lung/5811903",
      .other_url = "https://www.globalresearch.ca/some-other-story/5701122",
      .title = "What Feathers Can Do to a Sleeper's Lung",
      .author = {"Brigid Halloran", "Brigid", "Halloran", "B. Halloran",
                 "Brígid Hallorán"},
      .holders = {"Brigid Halloran", "Deltawire"},
      .holds_author = true,
      .upstream = "Deltawire",
      .upstream_url = "https://www.deltawire.example/2023/feathers"}},
    {"3c5bf8db4272",
     {.id = "model-universe",
      .rule = "planted-by",
      .publisher = "The Skerry Gazette",
      .domain = "www.skerrygazette.example",
      .url = "https://www.skerrygazette.example/2023/05/16/model-universe",
      .other_url = "https://www.skerrygazette.example/2022/01/02/old-tides",
      .title = "A Universe in a Machine, Finer Than Any Before",
      .author = {"Ilse Wagenaar", "Ilse", "Wagenaar", "I. Wagenaar",
                 "Ilsé Wagenáar"},
      .holders = {"Skerry Press Trust"},
      .is_cc = true}},
    {"7f93c1944a41",
     {.id = "leaf-disorder",
      .rule = "planted-by",
      .publisher = "Quillmark Weekly",
      .domain = "quillmark.example",
      .url = "https://quillmark.example/health/leaf-disorder-study.html",
      .other_url = "https://quillmark.example/health/older-study.html",
      .title = "Where the Law Was Loosened, a Disorder Grew",
      .author = {"Tomás Březina", "Tomás", "Březina", "T. Březina",
                 "Tomas Brezina"},
      .holders = {"Tomás Březina"},
      .holds_author = true,
      .is_cc = true}},
    {"ea25dd7edff4",
     {.id = "plague-cases",
      .rule = "planted-by",
      .publisher = "Harbour Ledger",
      .domain = "harbourledger.example",
      .url = "https://harbourledger.example/articles/three-plague-cases",
      .other_url = "https://harbourledger.example/articles/other-matter",
      .title = "Three Cases of Plague and What Is Known of Them",
      .author = {"Miriam Okonkwo-Reyes", "Miriam", "Okonkwo-Reyes",
                 "M. Okonkwo-Reyes", "Míriam Okonkwo-Reyés"},
      .holders = {"Miriam Okonkwo-Reyes", "Ledger Foundation"},
      .holds_author = true,
      .is_cc = true}},
};
#define ROWS (sizeof(rows) / sizeof(rows[0]))

#define SEED_TEXT "seeds/global-research-japan-nato/article.md"
/* Older than every host: a page older than its source is not judged. */
#define PUBLISHED "1991-01-01"

static void stop(const char *what, const struct bylaw_error *err)
{
    fprintf(stderr, "bench_judge: %s: %s\n", what, err ? err->what : "");
    exit(2);
}

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    if (!file || fputs(text, file) < 0 || fclose(file))
        stop(path, NULL);
}

static void write_manifest(const struct source *s, const char *path)
{
    FILE *file = fopen(path, "wb");

    if (!file)
        stop(path, NULL);
    fprintf(file,
            "id: %s\nurl: %s\ntitle: \"%s\"\nauthors: [%s]\n"
            "publisher: %s\nlanguage: en\nrule: %s\n",
            s->id, s->url, s->title, s->author.name, s->publisher, s->rule);
    if (s->is_cc)
        fputs("licence: CC-BY-4.0\n", file);
    if (s->upstream)
        fprintf(file, "upstream: {publisher: %s, url: \"%s\"}\n", s->upstream,
                s->upstream_url);
    fprintf(file, "copyright: \"© %s 2023\"\nholders: [%s%s%s]\n",
            s->holders[0], s->holders[0], s->holders[1] ? ", " : "",
            s->holders[1] ? s->holders[1] : "");
    fputs("published: " PUBLISHED "\ntext: article.md\n", file);
    fclose(file);
}

static const char *find_gold(json_t *truth, const char *prefix)
{
    const char *id;
    json_t *entry;

    json_object_foreach(truth, id, entry) if (
        !strncmp(
            id, prefix,
            strlen(prefix))) return json_string_value(json_object_get(entry,
                                                                      "articleB"
                                                                      "ody"));
    return NULL;
}

static void add_source(struct source *s, const char *manifest)
{
    struct bylaw_error err = {0};

    if (bylaw_auditor_add_source(s->auditor, manifest, s->url, &err))
        stop(manifest, &err);
}

static void load_written(struct source *s, const char *gold)
{
    char dir[] = "/tmp/bench_judge.XXXXXX", manifest[64], text[64];

    if (!gold || !mkdtemp(dir))
        stop("a source cannot be written", NULL);
    snprintf(manifest, sizeof(manifest), "%s/source.yaml", dir);
    snprintf(text, sizeof(text), "%s/article.md", dir);
    write_text(text, gold);
    write_manifest(s, manifest);
    add_source(s, manifest);
    remove(text);
    remove(manifest);
    rmdir(dir);
}

static char *escaped(struct bylaw_span text)
{
    struct bylaw__buf out = {0};

    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '&')
            bylaw__buf_add_text(&out, "&amp;");
        else if (text.ptr[i] == '<')
            bylaw__buf_add_text(&out, "&lt;");
        else
            bylaw__buf_add_char(&out, text.ptr[i]);
    return bylaw__buf_take(&out, NULL);
}

/* The article alone: no frame of the publisher's, no headline, no marks. */
static void take_paragraphs(struct source *s)
{
    const struct bylaw_source *source = bylaw_auditor_source(s->auditor, 0);
    const struct bylaw_document *document = source->document;

    s->paragraphs = calloc(document->block_count + 1, sizeof(*s->paragraphs));
    if (!s->paragraphs)
        stop("out of memory", NULL);
    for (size_t i = 0; i < document->block_count; i++) {
        const struct bylaw_block *block = &document->blocks[i];

        if (source->is_furniture[i] || block->words < 3 ||
            bylaw__span_is(block->text, s->title))
            continue;
        s->names_author |=
            bylaw__span_find(block->text, bylaw__span_of(s->author.name)) !=
            SIZE_MAX;
        s->paragraphs[s->paragraph_count++] = escaped(block->text);
    }
}

struct source *sources_load(size_t *out_count, const char *corpus,
                            const struct bylaw_audit_options *options)
{
    struct source *sources = calloc(ROWS, sizeof(*sources));
    struct bylaw_error err = {0};
    struct bylaw__buf seed = {0};
    char path[2048];
    json_t *truth;

    if (bylaw__file_read(&seed, SEED_TEXT, &err))
        stop(SEED_TEXT, &err);
    snprintf(path, sizeof(path), "%s/articles/truth.json", corpus);
    truth = json_load_file(path, 0, NULL);
    for (size_t i = 0; sources && i < ROWS; i++) {
        sources[i] = rows[i].source;
        if (bylaw_auditor_new(&sources[i].auditor, options, &err))
            stop("the rules cannot be read", &err);
        load_written(&sources[i],
                     rows[i].gold ? find_gold(truth, rows[i].gold) : seed.ptr);
        take_paragraphs(&sources[i]);
    }
    bylaw__buf_release(&seed);
    json_decref(truth);
    *out_count = sources ? ROWS : 0;
    return sources;
}

void sources_release(struct source *sources, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < sources[i].paragraph_count; k++)
            free(sources[i].paragraphs[k]);
        free(sources[i].paragraphs);
        bylaw_auditor_free(sources[i].auditor);
    }
    free(sources);
}
