/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What looking through an archive costs beside unpacking its members: bare
 * libdeflate, then bulk matching by an index of a thousand articles that no
 * page carries, with one thread and with two. Pages are those of the folder
 * BYLAW_CORPUS (raw-pages/, as servers sent them), else made-up ones. Prints
 * one JSON object. BYLAW_BENCH_DIR names a folder with room.
 */
#include "bench_pages.h"
#include "measure.h"

#include "index/index.h"
#include "pipeline/pipeline.h"
#include "report/report.h"

#include <bylaw/audit.h>

#include <dirent.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#define SOURCES    1000u
#define RECORDS    4000u
#define PAGE_BYTES 55000u
#define PAGES_MAX  1000u
#define ROOM       ((size_t)16 << 20)

static struct bylaw__buf pages[PAGES_MAX]; /* to be taken in turns */
static size_t page_count;
static struct bylaw__buf file; /* the archive, to be unpacked bare */
static size_t ends[RECORDS + 1], record_count;
static uint64_t plain_bytes;

/* ---------------------------------------------------------------- pages --- */

static void read_page(const char *folder, const char *name)
{
    struct bylaw__buf *page = &pages[page_count];
    char path[1024], piece[65536];
    gzFile from;
    int got;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    from = gzopen(path, "rb");
    while (from && (got = gzread(from, piece, sizeof(piece))) > 0)
        bylaw__buf_add(page, piece, (size_t)got);
    if (from)
        gzclose(from);
    page_count += page->len > 0;
}

/* By name: a folder's own order is another on each machine. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void read_pages(const char *corpus)
{
    struct dirent **entries = NULL;
    char folder[768];
    int count;

    snprintf(folder, sizeof(folder), "%s/raw-pages", corpus);
    count = scandir(folder, &entries, NULL, by_name);
    for (int i = 0; i < count; i++) {
        if (strstr(entries[i]->d_name, ".html.gz") && page_count < PAGES_MAX)
            read_page(folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
}

static void make_pages(void)
{
    for (page_count = 0; page_count < 400; page_count++)
        add_page(&pages[page_count], page_count, PAGE_BYTES, 60, 400);
}

static void add_record(size_t number, struct libdeflate_compressor *packer)
{
    const struct bylaw__buf *page = &pages[number % page_count];
    struct bylaw__buf plain = {0};
    char *room;
    size_t most;

    bylaw__buf_printf(&plain,
                      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: "
                      "http://a.example/%zu\r\nWARC-Date: "
                      "2026-11-26T02:41:00Z\r\nContent-Type: "
                      "application/http;msgtype=response\r\n"
                      "Content-Length: %zu\r\n\r\n"
                      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
                      number, page->len + 44);
    bylaw__buf_add_span(&plain, bylaw__buf_span(page));
    bylaw__buf_add_text(&plain, "\r\n\r\n");
    plain_bytes += plain.len;
    most = libdeflate_gzip_compress_bound(packer, plain.len);
    room = bylaw__buf_reserve(&file, most);
    need(room != NULL, "no memory");
    file.len +=
        libdeflate_gzip_compress(packer, plain.ptr, plain.len, room, most);
    ends[record_count++] = file.len;
    bylaw__buf_release(&plain);
}

static void make_archive(const char *path)
{
    struct libdeflate_compressor *packer = libdeflate_alloc_compressor(6);

    for (size_t i = 0; i < RECORDS; i++)
        add_record(i, packer);
    libdeflate_free_compressor(packer);
    need(!bylaw__file_replace(path, bylaw__buf_span(&file), NULL), path);
}

static double unpack_bare(void)
{
    struct libdeflate_decompressor *unpacker = libdeflate_alloc_decompressor();
    char *room = malloc(ROOM);
    double began = seconds(CLOCK_PROCESS_CPUTIME_ID);

    for (size_t i = 0, at = 0; i < record_count; at = ends[i++]) {
        size_t made;

        need(!libdeflate_gzip_decompress(unpacker, file.ptr + at, ends[i] - at,
                                         room, ROOM, &made),
             "a member does not unpack");
    }
    began = seconds(CLOCK_PROCESS_CPUTIME_ID) - began;
    free(room);
    libdeflate_free_decompressor(unpacker);
    return began;
}

/* ------------------------------------------------------------- matching --- */

static void make_index(const char *path)
{
    struct bylaw__index_document document = {.url = "", .title = "Made up"};
    bylaw__index_writer *writer = NULL;

    memset(document.sha256, '0', sizeof(document.sha256) - 1);
    document.sha256[sizeof(document.sha256) - 1] = '\0';
    need(!bylaw__index_writer_new(&writer, path, 64u << 20, NULL), path);
    for (uint64_t i = 0; i < SOURCES; i++) {
        struct bylaw__buf text = {0};
        struct bylaw__tokens tokens;
        char id[32];

        add_article(&text, 1000000 + i);
        snprintf(id, sizeof(id), "%llu", (unsigned long long)i);
        document.id = id;
        bylaw__tokens_init(&tokens);
        need(!bylaw__tokens_add(&tokens, bylaw__buf_span(&text), NULL, 0, 0, 0,
                                NULL),
             "no memory");
        need(!bylaw__index_writer_add(writer, &document, &tokens, NULL), path);
        bylaw__tokens_release(&tokens);
        bylaw__buf_release(&text);
    }
    need(!bylaw__index_writer_finish(writer, NULL), path);
    bylaw__index_writer_free(writer);
}

static int64_t fixed_time(void *payload)
{
    (void)payload;
    return 0;
}

static int take_lines(void *payload, size_t input, struct bylaw_span lines)
{
    (void)payload;
    (void)input;
    (void)lines;
    return 0;
}

static int take_end(void *payload, size_t input,
                    const struct bylaw__match_counts *counts,
                    const struct bylaw_error *why)
{
    (void)input;
    need(!why->code, why->what);
    *(struct bylaw__match_counts *)payload = *counts;
    return 0;
}

struct cost {
    double cpu, wall;
    struct bylaw__match_counts counts;
};

static struct cost match(bylaw_auditor *auditor, const char *path,
                         unsigned threads)
{
    struct cost cost = {.cpu = seconds(CLOCK_PROCESS_CPUTIME_ID),
                        .wall = seconds(CLOCK_MONOTONIC)};
    struct bylaw__bulk_options options = {.threads = threads,
                                          .found = take_lines,
                                          .ended = take_end,
                                          .payload = &cost.counts};

    need(!bylaw__bulk_match(auditor, &path, 1, &options, NULL), path);
    cost.cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cost.cpu;
    cost.wall = seconds(CLOCK_MONOTONIC) - cost.wall;
    return cost;
}

int main(void)
{
    struct bylaw_audit_options options = {.rules_dir = "rules",
                                          .now_ms = fixed_time};
    const char *dir = getenv("BYLAW_BENCH_DIR");
    const char *corpus = getenv("BYLAW_CORPUS");
    bylaw_auditor *auditor = NULL;
    char archive[512], index[512];
    struct cost one, two;
    double bare;
    double before;

    snprintf(archive, sizeof(archive), "%s/bench.warc.gz", dir ? dir : ".");
    snprintf(index, sizeof(index), "%s/bench.bix", dir ? dir : ".");
    if (corpus && *corpus)
        read_pages(corpus);
    if (!page_count)
        make_pages();
    make_archive(archive);
    make_index(index);
    unpack_bare();
    bare = unpack_bare();
    bylaw__buf_release(&file);
    need(!bylaw_auditor_new(&auditor, &options, NULL), "rules/");
    need(!bylaw__pipeline_use_index(auditor, index, NULL), index);
    match(auditor, archive, 1);
    before = peak_mb(RUSAGE_SELF);
    one = match(auditor, archive, 1);
    two = match(auditor, archive, 2);
    printf("{\"bench\":\"match\",\"pages\":%llu,\"page_bytes\":%llu,"
           "\"is_real\":%s,\"screened_out\":%llu,\"gunzip_s\":%.3f,"
           "\"match_s\":%.3f,\"to_gunzip\":%.2f,\"pages_per_s_core\":%.0f,"
           "\"pages_of_55_kb_per_s_core\":%.0f,\"two_threads\":%.2f,"
           "\"two_threads_cpu\":%.2f,\"core_s_per_packed_gb\":%.1f,"
           "\"peak_mb\":%.0f,\"peak_grown_mb\":%.0f}\n",
           (unsigned long long)one.counts.pages,
           (unsigned long long)(plain_bytes / record_count),
           corpus && *corpus ? "true" : "false",
           (unsigned long long)one.counts.screened, bare, one.cpu,
           one.cpu / bare, (double)one.counts.pages / one.cpu,
           (double)plain_bytes / 55000 / one.cpu, one.wall / two.wall,
           two.cpu / one.cpu, one.cpu / ((double)ends[record_count - 1] / 1e9),
           peak_mb(RUSAGE_SELF), peak_mb(RUSAGE_SELF) - before);
    bylaw_auditor_free(auditor);
    unlink(archive);
    unlink(index);
    for (size_t i = 0; i < page_count; i++)
        bylaw__buf_release(&pages[i]);
    return 0;
}
