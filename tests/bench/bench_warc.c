/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What reading an archive costs beside unpacking its members, one core: bare
 * libdeflate over the same gzip members, the reader's records, and each record
 * read as a page; and what packing a page costs. Prints one JSON object.
 */
#include "archive/archive.h"
#include "bench_pages.h"

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define PAGES      400u
#define PAGE_BYTES 55000u
#define ROUNDS     5

static struct bylaw__buf file;
static size_t ends[PAGES];

static void need(int rc)
{
    if (!rc)
        return;
    fprintf(stderr, "bench_warc: failed with %d\n", rc);
    exit(1);
}

static double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void add_record(uint64_t number, struct libdeflate_compressor *packer)
{
    struct bylaw__buf page = {0}, plain = {0};
    char *room;
    size_t most;

    add_page(&page, number, PAGE_BYTES, 60, PAGES);
    bylaw__buf_printf(&plain,
                      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: "
                      "http://a.example/%llu\r\nWARC-Date: "
                      "2026-11-26T02:41:00Z\r\nContent-Type: "
                      "application/http;msgtype=response\r\n"
                      "Content-Length: %zu\r\n\r\n"
                      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
                      (unsigned long long)number, page.len + 44);
    bylaw__buf_add_span(&plain, bylaw__buf_span(&page));
    bylaw__buf_add_text(&plain, "\r\n\r\n");
    most = libdeflate_gzip_compress_bound(packer, plain.len);
    room = bylaw__buf_reserve(&file, most);
    need(!room);
    file.len +=
        libdeflate_gzip_compress(packer, plain.ptr, plain.len, room, most);
    ends[number] = file.len;
    bylaw__buf_release(&page);
    bylaw__buf_release(&plain);
}

static double unpack_bare(void)
{
    struct libdeflate_decompressor *unpacker = libdeflate_alloc_decompressor();
    char *room = malloc(2 * PAGE_BYTES);
    double begin = now_ms();

    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0, at = 0; i < PAGES; at = ends[i++]) {
            size_t made;

            need((int)libdeflate_gzip_decompress(unpacker, file.ptr + at,
                                                 ends[i] - at, room,
                                                 2 * PAGE_BYTES, &made));
        }
    begin = now_ms() - begin;
    free(room);
    libdeflate_free_decompressor(unpacker);
    return begin;
}

static double read_records(bool as_pages, bool check)
{
    struct bylaw__warc_options options = {.check_digests = check};
    struct bylaw__warc_work work = {0};
    double begin = now_ms();

    for (int round = 0; round < ROUNDS; round++) {
        const struct bylaw__warc_record *record;
        struct bylaw__warc_page page;
        bylaw__warc *warc = NULL;
        size_t count = 0;

        need(bylaw__warc_open_bytes(&warc, bylaw__buf_span(&file), "bench",
                                    &options, NULL));
        while (!bylaw__warc_next(&record, warc, NULL) && record)
            count += as_pages ? bylaw__warc_page(&page, &work, record) : 1;
        need(count != PAGES ||
             bylaw__warc_outcome(warc) != BYLAW__WARC_COMPLETE);
        bylaw__warc_free(warc);
    }
    bylaw__warc_work_release(&work);
    return now_ms() - begin;
}

int main(void)
{
    struct libdeflate_compressor *packer = libdeflate_alloc_compressor(4);
    double begin = now_ms(), pack, bare, records, pages;
    double count = (double)PAGES * ROUNDS;

    for (uint64_t i = 0; i < PAGES; i++)
        add_record(i, packer);
    pack = now_ms() - begin;
    libdeflate_free_compressor(packer);
    unpack_bare();
    bare = unpack_bare();
    records = read_records(false, false);
    pages = read_records(true, false);
    printf("{\"pages\":%u,\"page_bytes\":%u,\"packed_bytes\":%zu,"
           "\"make_ms\":%.3f,\"gunzip_ms\":%.4f,\"records_ms\":%.4f,"
           "\"pages_ms\":%.4f,\"pages_per_s\":%.0f,\"ratio\":%.2f}\n",
           PAGES, PAGE_BYTES, file.len / PAGES, pack / PAGES, bare / count,
           records / count, pages / count, count / pages * 1000, pages / bare);
    bylaw__buf_release(&file);
    return 0;
}
