/* SPDX-License-Identifier: Apache-2.0 */
/* An index file is made: words as they come, postings sorted in runs. */
#include "index_write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define MEMORY_LEAST ((size_t)1 << 20)

int index_write_fail(const struct bylaw__index_writer *w,
                     struct bylaw_error *err)
{
    return bylaw__fail(err, BYLAW_EIO, "file.unwritable", w->path,
                       "cannot be written: %s", strerror(errno));
}

/* ------------------------------------------------------------- making --- */

/* A file in the folder of the one to be made, without a name. */
static int open_nameless(const char *path)
{
    char *name = NULL;
    int fd;

    if (asprintf(&name, "%s.runs.%ld", path, (long)getpid()) < 0)
        return -1;
    fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0)
        unlink(name);
    free(name);
    return fd;
}

static int open_files(struct bylaw__index_writer *w, struct bylaw_error *err)
{
    if (asprintf(&w->made, "%s.new.%ld", w->path, (long)getpid()) < 0) {
        w->made = NULL;
        return bylaw__fail_memory(err, w->path);
    }
    w->fd = open(w->made, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (w->fd < 0)
        return index_write_fail(w, err);
    w->has_made = true;
    w->run_fd = open_nameless(w->path);
    if (w->run_fd < 0 || lseek(w->fd, INDEX_PAGE, SEEK_SET) < 0)
        return index_write_fail(w, err);
    return 0;
}

int bylaw__index_writer_new(struct bylaw__index_writer **out, const char *path,
                            size_t memory, struct bylaw_error *err)
{
    struct bylaw__index_writer *w = calloc(1, sizeof(*w));
    int rc = 0;

    if (!w)
        return bylaw__fail_memory(err, path);
    w->fd = w->run_fd = -1;
    w->path = strdup(path);
    w->batch_most = (memory > MEMORY_LEAST ? memory : MEMORY_LEAST) /
                    sizeof(struct posting);
    if (!w->path)
        rc = bylaw__fail_memory(err, path);
    if (!rc)
        rc = bylaw__sha256_new(&w->sha, err);
    if (!rc)
        rc = open_files(w, err);
    if (rc)
        bylaw__index_writer_free(w);
    else
        *out = w;
    return rc;
}

void bylaw__index_writer_free(struct bylaw__index_writer *w)
{
    if (!w)
        return;
    if (w->fd >= 0)
        close(w->fd);
    if (w->run_fd >= 0)
        close(w->run_fd);
    if (w->has_made)
        unlink(w->made);
    bylaw__sha256_free(w->sha);
    bylaw__buf_release(&w->message);
    bylaw__buf_release(&w->texts);
    free(w->documents);
    free(w->batch);
    free(w->runs);
    free(w->made);
    free(w->path);
    free(w);
}

/* --------------------------------------------------------------- runs --- */

static int add_run(struct bylaw__index_writer *w, uint64_t count,
                   struct bylaw_error *err)
{
    if (bylaw__vec_grow(&w->runs, &w->run_cap, w->run_count + 1,
                        sizeof(*w->runs)))
        return bylaw__fail_memory(err, w->path);
    w->runs[w->run_count++] =
        (struct index_run){.at = w->run_bytes, .left = count};
    w->run_bytes += count * sizeof(struct posting);
    return 0;
}

static int write_postings(struct bylaw__index_writer *w,
                          struct bylaw_error *err)
{
    struct bylaw_span bytes = {(const char *)w->batch,
                               w->batch_count * sizeof(*w->batch)};

    w->batch_count = 0;
    return bylaw__write_all(w->run_fd, bytes) ? index_write_fail(w, err) : 0;
}

int index_end_run(struct bylaw__index_writer *w, struct bylaw_error *err)
{
    size_t count = w->batch_count;
    int rc;

    if (!count)
        return 0;
    index_sort(w->batch, count);
    rc = write_postings(w, err);
    return rc ? rc : add_run(w, count, err);
}

static int add_posting(struct bylaw__index_writer *w,
                       const struct posting *posting, struct bylaw_error *err)
{
    int rc = 0;

    if (w->postings >= UINT32_MAX - 1)
        return bylaw__fail(err, BYLAW_ELIMIT, "index.too-many-shingles",
                           w->path,
                           "the sources hold more than 4 billion shingles");
    if (w->batch_count == w->batch_most)
        rc = index_end_run(w, err);
    if (!rc && bylaw__vec_grow(&w->batch, &w->batch_cap, w->batch_count + 1,
                               sizeof(*w->batch)))
        rc = bylaw__fail_memory(err, w->path);
    if (rc)
        return rc;
    w->batch[w->batch_count++] = *posting;
    w->postings++;
    return 0;
}

/* ------------------------------------------------------------ documents --- */

static void add_text(struct bylaw__index_writer *w, const char *text)
{
    bylaw__buf_add_text(&w->texts, text ? text : "");
    bylaw__buf_add_char(&w->texts, '\0');
}

static int add_document(struct bylaw__index_writer *w,
                        const struct bylaw__index_document *document,
                        const struct bylaw__packed_tokens *packed,
                        struct bylaw_error *err)
{
    struct index_document row = {.tokens = w->token_bytes,
                                 .tokens_len = (uint32_t)packed->len,
                                 .norm_len = (uint32_t)packed->norm_len,
                                 .words = packed->count,
                                 .flags = packed->truncated,
                                 .texts = w->texts.len};
    struct bylaw_span bytes = {(const char *)packed->bytes, packed->len};

    add_text(w, document->id);
    add_text(w, document->url);
    add_text(w, document->title);
    add_text(w, document->publisher);
    row.texts_len = (uint32_t)(w->texts.len - row.texts);
    if (w->texts.failed ||
        !bylaw__hex_read(row.sha256, sizeof(row.sha256),
                         bylaw__span_of(document->sha256)) ||
        bylaw__vec_grow(&w->documents, &w->document_cap, w->document_count + 1,
                        sizeof(row)))
        return bylaw__fail_memory(err, w->path);
    w->documents[w->document_count++] = row;
    w->token_bytes += packed->len;
    return bylaw__write_all(w->fd, bytes) ? index_write_fail(w, err) : 0;
}

int bylaw__index_writer_add(struct bylaw__index_writer *w,
                            const struct bylaw__index_document *document,
                            const struct bylaw__tokens *tokens,
                            struct bylaw_error *err)
{
    struct posting posting = {.source = (uint32_t)w->document_count};
    struct bylaw__packed_tokens packed = {0};
    size_t shingles = shingle_count(tokens);
    int rc = bylaw__tokens_pack(&packed, tokens)
                 ? bylaw__fail_memory(err, w->path)
                 : add_document(w, document, &packed, err);

    bylaw__packed_tokens_release(&packed);
    for (size_t i = 0; !rc && i < shingles; i++) {
        if (index_crosses_furniture(&tokens->items[i]))
            continue;
        posting.word = (uint32_t)i;
        rc = shingle_key(&posting.key, w->sha, &w->message, tokens, i, err);
        if (!rc)
            rc = add_posting(w, &posting, err);
    }
    return rc;
}

uint64_t bylaw__index_writer_shingles(const struct bylaw__index_writer *w)
{
    return w->postings;
}

/* ------------------------------------------------------- another index --- */

#define LEFT_OUT UINT32_MAX

/* Old numbers to new ones. The order stays, so the postings are a run. */
static int take_documents(uint32_t *numbers, struct bylaw__index_writer *w,
                          const bylaw__index_file *file, size_t count,
                          bool (*skip)(void *payload, const char *id),
                          void *payload, struct bylaw_error *err)
{
    int rc = 0;

    for (size_t i = 0; !rc && i < count; i++) {
        struct bylaw__index_document document;

        bylaw__index_file_document(&document, file, i);
        numbers[i] = LEFT_OUT;
        if (skip && skip(payload, document.id))
            continue;
        numbers[i] = (uint32_t)w->document_count;
        rc = add_document(w, &document, &document.tokens, err);
    }
    return rc;
}

static int take_postings(const uint32_t *numbers, struct bylaw__index_writer *w,
                         const bylaw__index *index, struct bylaw_error *err)
{
    struct posting_walk walk = {.index = index};
    struct posting posting;
    uint64_t kept = 0;
    int rc = 0;

    while (!rc && posting_walk_next(&posting, &walk)) {
        if (posting.source >= index->document_count ||
            numbers[posting.source] == LEFT_OUT)
            continue;
        posting.source = numbers[posting.source];
        if (w->batch_count == w->batch_most)
            rc = write_postings(w, err);
        if (!rc && bylaw__vec_grow(&w->batch, &w->batch_cap, w->batch_count + 1,
                                   sizeof(*w->batch)))
            rc = bylaw__fail_memory(err, w->path);
        if (!rc)
            w->batch[w->batch_count++] = posting;
        kept++;
    }
    if (!rc)
        rc = write_postings(w, err);
    w->postings += kept;
    return rc || !kept ? rc : add_run(w, kept, err);
}

int bylaw__index_writer_take(struct bylaw__index_writer *w,
                             const bylaw__index_file *file,
                             bool (*skip)(void *payload, const char *id),
                             void *payload, struct bylaw_error *err)
{
    const bylaw__index *index = bylaw__index_file_index(file);
    uint32_t *numbers = calloc(index->document_count + 1, sizeof(*numbers));
    int rc = numbers ? take_documents(numbers, w, file, index->document_count,
                                      skip, payload, err)
                     : bylaw__fail_memory(err, w->path);

    if (!rc)
        rc = take_postings(numbers, w, index, err);
    free(numbers);
    return rc;
}
