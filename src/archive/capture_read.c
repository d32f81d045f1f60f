/* SPDX-License-Identifier: Apache-2.0 */
/* A capture read back from where it was written, and checked. */
#include "archive_int.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

/* A record, and what gzip may add to bytes it cannot make smaller. */
#define MOST_BYTES                                                             \
    ((uint64_t)BYLAW_LIMIT_WARC_BLOCK_BYTES + BYLAW_LIMIT_WARC_HEADER_BYTES +  \
     ((uint64_t)1 << 20))

void bylaw__capture_free(struct bylaw__capture *capture)
{
    if (capture)
        bylaw__owner_free(capture->owner);
}

static int fail_missing(const struct bylaw__capture_ref *ref,
                        struct bylaw_error *err, const char *what)
{
    return bylaw__fail(err, BYLAW_EIO, "archive.capture-missing", ref->file,
                       "%s: %" PRIu64 " bytes from byte %" PRIu64, what,
                       ref->length, ref->offset);
}

static int fail_capture(const struct bylaw__capture_ref *ref,
                        struct bylaw_error *err, const char *what)
{
    return bylaw__fail(err, BYLAW_EPARSE, "archive.capture", ref->file,
                       "the capture at byte %" PRIu64 " %s", ref->offset, what);
}

/* The file, sealed or not yet; -1 where there is none. */
static int open_capture(const char *folder, const char *file)
{
    static const char *const endings[] = {"", BYLAW__CAPTURE_OPEN};
    int fd = -1;

    /* Names are ours: one that leads elsewhere is none of them. */
    if (!*file || strchr(file, '/'))
        return -1;
    for (size_t i = 0; fd < 0 && i < 2; i++) {
        struct bylaw__buf path = {0};

        bylaw__buf_printf(&path, "%s/%s%s", folder, file, endings[i]);
        if (!path.failed)
            fd = open(path.ptr, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        bylaw__buf_release(&path);
    }
    return fd;
}

static int read_bytes(struct bylaw_span *out, struct bylaw__arena *arena,
                      int fd, const struct bylaw__capture_ref *ref,
                      struct bylaw_error *err)
{
    char *bytes = ref->length <= MOST_BYTES
                      ? bylaw__arena_alloc(arena, (size_t)ref->length + 1)
                      : NULL;
    size_t done = 0;
    ssize_t got = 1;

    if (ref->length > MOST_BYTES || ref->offset > INT64_MAX)
        return fail_capture(ref, err, "is larger than any capture is");
    if (!bytes)
        return bylaw__fail_memory(err, ref->file);
    if (fd < 0)
        return fail_missing(ref, err, "the file of captures is not there");
    while (done < ref->length && got > 0) {
        do
            got = pread(fd, bytes + done, (size_t)ref->length - done,
                        (off_t)(ref->offset + done));
        while (got < 0 && errno == EINTR);
        done += got > 0 ? (size_t)got : 0;
    }
    if (done < ref->length)
        return fail_missing(ref, err, "the file of captures ends before");
    *out = (struct bylaw_span){bytes, done};
    return 0;
}

static int check_bytes(struct bylaw_span bytes,
                       const struct bylaw__capture_ref *ref,
                       struct bylaw_error *err)
{
    char hex[BYLAW__SHA256_HEX];

    if (!ref->sha256)
        return 0;
    if (bylaw__sha256_hex(hex, bytes))
        return bylaw__fail_memory(err, ref->file);
    if (strcmp(hex, ref->sha256) == 0)
        return 0;
    return bylaw__fail(err, BYLAW_EPARSE, "archive.capture-digest", ref->file,
                       "the bytes at %" PRIu64 " are not those that were "
                       "recorded",
                       ref->offset);
}

/* Spans of the record, moved to a copy of its header and block. */
static void keep_record(struct bylaw__capture *capture,
                        struct bylaw__arena *arena,
                        const struct bylaw__warc_record *record)
{
    struct bylaw_span header = bylaw__arena_span(arena, record->header);

    bylaw__warc_header_read(&capture->record, header);
    capture->record.block = bylaw__arena_span(arena, record->block);
    capture->record.offset = record->offset;
    capture->record.length = record->length;
}

static int parse(struct bylaw__capture *capture, struct bylaw__arena *arena,
                 struct bylaw_span bytes, const struct bylaw__capture_ref *ref,
                 struct bylaw_error *err)
{
    const struct bylaw__warc_record *record = NULL;
    struct bylaw__warc *warc = NULL;
    int rc = bylaw__warc_open_bytes(&warc, bytes, ref->file, NULL, err);

    if (!rc && (bylaw__warc_next(&record, warc, NULL) || !record ||
                record->offset || record->length != bytes.len))
        rc = fail_capture(ref, err, "is not one whole record");
    if (!rc && bylaw__warc_check_block(record) == BYLAW__DIGEST_BAD)
        rc = fail_capture(ref, err, "contradicts its block digest");
    if (!rc && bylaw__warc_check_payload(record) == BYLAW__DIGEST_BAD)
        rc = fail_capture(ref, err, "contradicts its payload digest");
    if (!rc)
        keep_record(capture, arena, record);
    bylaw__warc_free(warc);
    return rc;
}

static int read_record(struct bylaw__capture **out, int fd,
                       const struct bylaw__capture_ref *ref,
                       struct bylaw_error *err)
{
    struct bylaw__arena *arena = bylaw__owner_new(0);
    struct bylaw__capture *capture =
        arena ? bylaw__arena_alloc(arena, sizeof(*capture)) : NULL;
    struct bylaw_span bytes = {NULL, 0};
    int rc = 0;

    if (!capture)
        rc = bylaw__fail_memory(err, ref->file);
    if (!rc)
        rc = read_bytes(&bytes, arena, fd, ref, err);
    if (!rc)
        rc = check_bytes(bytes, ref, err);
    if (!rc)
        rc = parse(capture, arena, bytes, ref, err);
    if (!rc && arena->failed)
        rc = bylaw__fail_memory(err, ref->file);
    if (rc) {
        bylaw__owner_free(arena);
        return rc;
    }
    capture->owner = arena;
    capture->record.offset = ref->offset;
    *out = capture;
    return 0;
}

int bylaw__capture_read(struct bylaw__capture **out, const char *folder,
                        const struct bylaw__capture_ref *ref,
                        struct bylaw_error *err)
{
    int fd = open_capture(folder, ref->file);
    int rc = read_record(out, fd, ref, err);

    if (fd >= 0)
        close(fd);
    return rc;
}

int bylaw__warc_read_at(struct bylaw__capture **out, const char *path,
                        uint64_t offset, uint64_t length,
                        struct bylaw_error *err)
{
    struct bylaw__capture_ref ref = {path, offset, length, NULL};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int rc = read_record(out, fd, &ref, err);

    if (fd >= 0)
        close(fd);
    return rc;
}
