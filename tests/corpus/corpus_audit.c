/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole program against real pages: the seed and every gold body of
 * articles/ as sources, every page of articles/ and raw-pages/ audited. No page
 * may be called a repost of an article it does not carry, and each page of
 * articles/ must be found to carry its own.
 */
#include <bylaw/bylaw.h>

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define OWN_COVERAGE_WANTED 0.90
#define PATH_BYTES          4096

struct run {
    bylaw_auditor *auditor;
    json_t *truth;
    const char *corpus;
    char folder[64]; /* of unpacked sources and pages */
    size_t pages, own, called_foreign, unread;
};

static void stop(const char *what, const struct bylaw_error *err)
{
    fprintf(stderr, "corpus_audit: %s: %s\n", what, err ? err->what : "");
    exit(1);
}

static int64_t fixed_time(void *payload)
{
    (void)payload;
    return 1700000000000;
}

static void write_file(const char *path, const char *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");

    if (!file || fwrite(bytes, 1, len, file) != len || fclose(file))
        stop(path, NULL);
}

static void unpack(const char *from, const char *to)
{
    static char bytes[BYLAW_LIMIT_BODY_BYTES];
    gzFile file = gzopen(from, "rb");
    int len = file ? gzread(file, bytes, sizeof(bytes)) : -1;

    if (len < 0)
        stop(from, NULL);
    gzclose(file);
    write_file(to, bytes, (size_t)len);
}

static void add_sources(struct run *run)
{
    struct bylaw_error err = {0};
    const char *id;
    json_t *entry;

    if (bylaw_auditor_add_source(run->auditor,
                                 "seeds/global-research-japan-nato/source.yaml",
                                 NULL, &err))
        stop("seed", &err);
    json_object_foreach(run->truth, id, entry)
    {
        const char *body =
            json_string_value(json_object_get(entry, "articleBody"));
        char path[PATH_BYTES];

        snprintf(path, sizeof(path), "%s/%s.txt", run->folder, id);
        write_file(path, body, strlen(body));
        if (bylaw_auditor_add_source(run->auditor, path,
                                     json_string_value(
                                         json_object_get(entry, "url")),
                                     &err))
            stop(id, &err);
        unlink(path);
    }
}

/* True where the row's source is the gold body of the page of that id. */
static int is_own(const struct bylaw_audit_row *row, const char *id)
{
    return row->source && id && strstr(row->source->path, id) != NULL;
}

static void count_rows(struct run *run, const struct bylaw_audit *audit,
                       const char *page, const char *id)
{
    int found = 0;

    for (size_t i = 0; i < audit->row_count; i++) {
        const struct bylaw_audit_row *row = &audit->rows[i];
        enum bylaw_match_class class = row->match->class;

        if (is_own(row, id)) {
            found = row->match->source_coverage >= OWN_COVERAGE_WANTED;
        } else if (class == BYLAW_MATCH_FULL || class == BYLAW_MATCH_PARTIAL ||
                   class == BYLAW_MATCH_EXCERPT) {
            run->called_foreign++;
            printf("%s is called %s of %s (%.2f, %u words)\n", page,
                   bylaw_match_class_name(class), row->source->path,
                   row->match->source_coverage, row->match->copied_words);
        }
    }
    run->own += (size_t)found;
    if (id && !found)
        printf("%s is not found to carry its own article\n", page);
}

static void audit_folder(struct run *run, const char *name, int has_truth)
{
    char dir_path[PATH_BYTES], from[2 * PATH_BYTES], to[PATH_BYTES];
    struct dirent *entry;
    DIR *dir;

    snprintf(dir_path, sizeof(dir_path), "%s/%s", run->corpus, name);
    dir = opendir(dir_path);
    if (!dir)
        stop(dir_path, NULL);
    while ((entry = readdir(dir))) {
        struct bylaw_audit *audit = NULL;
        struct bylaw_error err = {0};
        char id[256];

        if (!strstr(entry->d_name, ".html.gz"))
            continue;
        snprintf(id, sizeof(id), "%.*s", (int)strcspn(entry->d_name, "."),
                 entry->d_name);
        snprintf(from, sizeof(from), "%s/%s", dir_path, entry->d_name);
        snprintf(to, sizeof(to), "%s/page.html", run->folder);
        unpack(from, to);
        if (bylaw_audit_page(&audit, run->auditor, to, NULL, &err))
            stop(entry->d_name, &err);
        run->pages++;
        run->unread += !audit->document;
        count_rows(run, audit, entry->d_name,
                   has_truth && json_object_get(run->truth, id) ? id : NULL);
        bylaw_audit_free(audit);
        unlink(to);
    }
    closedir(dir);
}

int main(void)
{
    struct bylaw_audit_options options = {.rules_dir = "rules",
                                          .now_ms = fixed_time};
    struct run run = {.corpus = getenv("BYLAW_CORPUS")};
    struct bylaw_error err = {0};
    char path[PATH_BYTES];
    int failed;

    if (!run.corpus || access(run.corpus, R_OK)) {
        printf("corpus_audit: skipped: BYLAW_CORPUS names no folder\n");
        return 0;
    }
    snprintf(path, sizeof(path), "%s/articles/truth.json", run.corpus);
    run.truth = json_load_file(path, 0, NULL);
    snprintf(run.folder, sizeof(run.folder), "/tmp/bylaw-corpus-XXXXXX");
    if (!run.truth || !mkdtemp(run.folder))
        stop(path, NULL);
    if (bylaw_auditor_new(&run.auditor, &options, &err))
        stop("rules", &err);
    add_sources(&run);
    audit_folder(&run, "articles", 1);
    audit_folder(&run, "raw-pages", 0);
    rmdir(run.folder);
    printf("pages %zu, sources %zu, own article found %zu of %zu, called a "
           "repost of another's %zu, unread %zu\n",
           run.pages, bylaw_auditor_source_count(run.auditor), run.own,
           json_object_size(run.truth), run.called_foreign, run.unread);
    failed = run.called_foreign || run.own != json_object_size(run.truth);
    bylaw_auditor_free(run.auditor);
    json_decref(run.truth);
    return failed;
}
