/* SPDX-License-Identifier: Apache-2.0 */
/* The sections behind the words, their digests, and the file in its place. */
#include "index_write.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define OUT_POSTINGS 65536u /* written at once */

struct finishing {
    struct bylaw__index_writer *w;
    struct index_header header;
    uint64_t at; /* end of what is written */
    uint32_t *directory;
    unsigned char *out; /* packed postings */
    size_t out_count;
    unsigned char *bytes; /* the file, mapped */
    struct bylaw_error *err;
};

/* ------------------------------------------------------------- sections --- */

static void place(struct finishing *f, enum index_section which, uint64_t bytes)
{
    f->header.sections[which] =
        (struct index_place){.offset = f->at, .bytes = bytes};
    f->at = (f->at + bytes + INDEX_PAGE - 1) / INDEX_PAGE * INDEX_PAGE;
}

static int write_at(struct finishing *f, uint64_t at, const void *bytes,
                    size_t len)
{
    const char *from = bytes;

    while (len) {
        ssize_t some = pwrite(f->w->fd, from, len, (off_t)at);

        if (some < 0 && errno == EINTR)
            continue;
        if (some <= 0)
            return index_write_fail(f->w, f->err);
        from += some;
        at += (uint64_t)some;
        len -= (size_t)some;
    }
    return 0;
}

static void place_all(struct finishing *f)
{
    struct bylaw__index_writer *w = f->w;
    struct index_header *header = &f->header;

    memcpy(header->magic, INDEX_MAGIC, sizeof(header->magic));
    header->version = INDEX_VERSION;
    header->bytes = INDEX_PAGE;
    header->shingle_words = BYLAW__SHINGLE_WORDS;
    header->postings = w->postings;
    header->documents = w->document_count;
    header->filter_words = index_filter_words(w->postings);
    header->bits = index_bits(w->postings);
    f->at = INDEX_PAGE;
    place(f, INDEX_TOKENS, w->token_bytes);
    place(f, INDEX_TEXTS, w->texts.len);
    place(f, INDEX_DOCUMENTS, w->document_count * sizeof(*w->documents));
    place(f, INDEX_POSTINGS, w->postings * PACKED_BYTES);
    place(f, INDEX_DIRECTORY, ((1ULL << header->bits) + 1) * sizeof(uint32_t));
    place(f, INDEX_FILTER, 2 * header->filter_words * sizeof(uint64_t));
}

/* ------------------------------------------------------------- postings --- */

static int flush(struct finishing *f, uint64_t *at)
{
    size_t len = f->out_count * PACKED_BYTES;
    int rc = write_at(f, *at, f->out, len);

    *at += len;
    f->out_count = 0;
    return rc;
}

static int write_postings(struct finishing *f, struct index_merge *merge)
{
    unsigned bits = f->header.bits;
    uint64_t at = f->header.sections[INDEX_POSTINGS].offset, number = 0;
    size_t bucket = 0;
    struct posting posting;
    int rc = 0;

    while (!rc && index_merge_next(&posting, &rc, merge, f->err)) {
        while (bucket <= posting.key >> (64 - bits))
            f->directory[bucket++] = (uint32_t)number;
        posting_pack(f->out + f->out_count++ * PACKED_BYTES, &posting);
        number++;
        if (f->out_count == OUT_POSTINGS)
            rc = flush(f, &at);
    }
    while (bucket <= (size_t)1 << bits)
        f->directory[bucket++] = (uint32_t)number;
    return rc ? rc : flush(f, &at);
}

static int merge_runs(struct finishing *f)
{
    struct index_merge merge = {0};
    size_t buckets = ((size_t)1 << f->header.bits) + 1;
    int rc = 0;

    f->directory = calloc(buckets, sizeof(*f->directory));
    f->out = calloc(OUT_POSTINGS, PACKED_BYTES);
    if (!f->directory || !f->out)
        rc = bylaw__fail_memory(f->err, f->w->path);
    if (!rc)
        rc = index_merge_begin(&merge, f->w, f->err);
    if (!rc)
        rc = write_postings(f, &merge);
    index_merge_end(&merge);
    if (!rc)
        rc = write_at(f, f->header.sections[INDEX_DIRECTORY].offset,
                      f->directory, buckets * sizeof(*f->directory));
    return rc;
}

/* --------------------------------------------------------------- filter --- */

static void filter_document(struct finishing *f, uint64_t *filter,
                            const struct bylaw__tokens *tokens)
{
    size_t shingles = shingle_count(tokens);
    struct roller roller;

    roller_start(&roller, tokens);
    for (size_t i = 0; i < shingles; i++) {
        uint64_t key = roller_step(&roller);

        if (!index_crosses_furniture(&tokens->items[i]))
            index_filter_add(filter, f->header.filter_words, key);
    }
}

/* From the words that are in the file: how many shingles there would be was
 * not known when they came. */
static int fill_filter(struct finishing *f)
{
    uint64_t *filter =
        (void *)(f->bytes + f->header.sections[INDEX_FILTER].offset);
    struct bylaw__tokens tokens;
    int rc = 0;

    bylaw__tokens_init(&tokens);
    for (size_t i = 0; !rc && i < f->w->document_count; i++) {
        const struct index_document *row = &f->w->documents[i];
        struct bylaw__packed_tokens packed = {.bytes = f->bytes + INDEX_PAGE +
                                                       row->tokens,
                                              .len = row->tokens_len,
                                              .norm_len = row->norm_len,
                                              .count = row->words};

        rc = bylaw__tokens_unpack(&tokens, &packed);
        if (!rc)
            filter_document(f, filter, &tokens);
    }
    bylaw__tokens_release(&tokens);
    return rc ? bylaw__fail_memory(f->err, f->w->path) : 0;
}

/* -------------------------------------------------------------- sealing --- */

/* The id is of all that the file holds: two of one id are the same. */
int index_seal(struct index_header *header, bylaw__sha256 *sha)
{
    unsigned char digests[INDEX_SECTIONS][BYLAW__SHA256_BYTES];
    struct bylaw_span all = {(const char *)digests, sizeof(digests)};
    struct bylaw_span before = {(const char *)header,
                                INDEX_PAGE - BYLAW__SHA256_BYTES};

    for (size_t i = 0; i < INDEX_SECTIONS; i++)
        memcpy(digests[i], header->sections[i].sha256, sizeof(digests[i]));
    if (bylaw__sha256_of(header->id, sha, all))
        return BYLAW_ENOMEM;
    return bylaw__sha256_of(header->sha256, sha, before);
}

static int seal(struct finishing *f)
{
    int rc = 0;

    for (size_t i = 0; !rc && i < INDEX_SECTIONS; i++) {
        struct index_place *section = &f->header.sections[i];
        struct bylaw_span bytes = {(const char *)f->bytes + section->offset,
                                   (size_t)section->bytes};

        rc = bylaw__sha256_of(section->sha256, f->w->sha, bytes);
    }
    if (!rc)
        rc = index_seal(&f->header, f->w->sha);
    if (rc)
        return bylaw__fail_memory(f->err, f->w->path);
    memcpy(f->bytes, &f->header, sizeof(f->header));
    return msync(f->bytes, (size_t)f->at, MS_SYNC)
               ? index_write_fail(f->w, f->err)
               : 0;
}

static int fill_and_seal(struct finishing *f)
{
    void *bytes;
    int rc;

    if (ftruncate(f->w->fd, (off_t)f->at))
        return index_write_fail(f->w, f->err);
    /* Room on the disk now, or a write through the mapping would be fatal. */
    errno = posix_fallocate(f->w->fd, 0, (off_t)f->at);
    if (errno)
        return index_write_fail(f->w, f->err);
    bytes = mmap(NULL, (size_t)f->at, PROT_READ | PROT_WRITE, MAP_SHARED,
                 f->w->fd, 0);
    if (bytes == MAP_FAILED)
        return index_write_fail(f->w, f->err);
    f->bytes = bytes;
    rc = fill_filter(f);
    if (!rc)
        rc = seal(f);
    munmap(bytes, (size_t)f->at);
    return rc;
}

static int put_in_place(struct finishing *f)
{
    struct bylaw__index_writer *w = f->w;
    char *folder;
    int fd;

    if (fsync(w->fd) || rename(w->made, w->path))
        return index_write_fail(w, f->err);
    w->has_made = false;
    folder = strdup(w->path);
    fd = folder ? open(dirname(folder), O_RDONLY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
    return 0;
}

int bylaw__index_writer_finish(struct bylaw__index_writer *w,
                               struct bylaw_error *err)
{
    struct finishing f = {.w = w, .err = err};
    int rc = index_end_run(w, err);

    free(w->batch);
    w->batch = NULL;
    w->batch_cap = 0;
    place_all(&f);
    if (!rc)
        rc = write_at(&f, f.header.sections[INDEX_TEXTS].offset, w->texts.ptr,
                      w->texts.len);
    if (!rc)
        rc = write_at(&f, f.header.sections[INDEX_DOCUMENTS].offset,
                      w->documents, w->document_count * sizeof(*w->documents));
    if (!rc)
        rc = merge_runs(&f);
    if (!rc)
        rc = fill_and_seal(&f);
    if (!rc)
        rc = put_in_place(&f);
    free(f.directory);
    free(f.out);
    return rc;
}
