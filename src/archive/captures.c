/* SPDX-License-Identifier: Apache-2.0 */
/* The folder of captures: files that grow, are sealed, and never change then. */
#include "capture_int.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct bylaw__captures {
    char *folder;
    struct bylaw__captures_options options;
    char *software, *contact; /* what options point to */
    struct capture_packer packer;
    struct bylaw__buf batch; /* the records of one capture */
    unsigned next;           /* number of the next file */
    int fd;                  /* -1: no file is open */
    char file[64];           /* its name once sealed */
    uint64_t size;
    bool is_dirty; /* not all of it is on disk for certain */
};

static int fail_write(const struct bylaw__captures *captures,
                      struct bylaw_error *err)
{
    char where[512];

    snprintf(where, sizeof(where), "%s/%s" BYLAW__CAPTURE_OPEN,
             captures->folder, captures->file);
    return bylaw__fail(err, BYLAW_EIO, "archive.unwritable", where,
                       "the capture cannot be written: %s", strerror(errno));
}

/* Whole or not at all: what was written of it is taken back. */
static int append(struct bylaw__captures *captures, struct bylaw_span bytes,
                  struct bylaw_error *err)
{
    captures->is_dirty = true;
    if (bylaw__write_all(captures->fd, bytes)) {
        int rc = fail_write(captures, err);

        if (!ftruncate(captures->fd, (off_t)captures->size))
            lseek(captures->fd, (off_t)captures->size, SEEK_SET);
        return rc;
    }
    captures->size += bytes.len;
    return 0;
}

/* ---------------------------------------------------------------- files --- */

static int write_warcinfo(struct bylaw__captures *captures, int64_t at_ms,
                          struct bylaw_error *err)
{
    struct bylaw__buf text = {0};
    struct capture_packed packed;
    struct capture_record record = {.type = "warcinfo",
                                    .at_ms = at_ms,
                                    .content_type = "application/warc-fields"};
    int rc;

    bylaw__buf_printf(&text,
                      "software: %s\r\nformat: WARC File Format 1.1\r\n"
                      "conformsTo: https://iipc.github.io/warc-specifications/"
                      "specifications/warc-format/warc-1.1/\r\n",
                      captures->software);
    if (captures->contact)
        bylaw__buf_printf(&text, "operator: %s\r\n", captures->contact);
    bylaw__buf_printf(&text, "isPartOf: %s\r\n", captures->file);
    record.body = bylaw__buf_span(&text);
    bylaw__buf_clear(&captures->batch);
    captures->packer.serial = 0;
    rc = text.failed ? bylaw__fail_memory(err, captures->file)
                     : bylaw__capture_pack(&packed, &captures->batch,
                                           &captures->packer, &record, err);
    if (!rc)
        rc = append(captures, bylaw__buf_span(&captures->batch), err);
    bylaw__buf_release(&text);
    return rc;
}

/* "bylaw-000001-20261126T024100Z.warc.gz" */
static void name_file(struct bylaw__captures *captures, int64_t at_ms)
{
    char text[BYLAW__TIME_BYTES], digits[BYLAW__TIME_BYTES];
    size_t used = 0;

    bylaw__time_format(text, at_ms);
    for (const char *p = text; *p; p++)
        if (*p != '-' && *p != ':')
            digits[used++] = *p;
    digits[used] = '\0';
    snprintf(captures->file, sizeof(captures->file), "bylaw-%06u-%.20s.warc.gz",
             captures->next++, digits);
}

static int begin_file(struct bylaw__captures *captures, int64_t at_ms,
                      struct bylaw_error *err)
{
    struct bylaw__buf path = {0};
    int rc;

    name_file(captures, at_ms);
    bylaw__buf_printf(&path, "%s/%s" BYLAW__CAPTURE_OPEN, captures->folder,
                      captures->file);
    if (path.failed)
        return bylaw__fail_memory(err, captures->folder);
    captures->fd =
        open(path.ptr, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    captures->size = 0;
    rc = captures->fd < 0 ? fail_write(captures, err)
                          : write_warcinfo(captures, at_ms, err);
    if (rc && captures->fd >= 0) {
        close(captures->fd);
        captures->fd = -1;
        unlink(path.ptr);
    }
    bylaw__buf_release(&path);
    return rc;
}

static int end_file(struct bylaw__captures *captures, struct bylaw_error *err)
{
    if (captures->fd < 0)
        return 0;
    close(captures->fd);
    captures->fd = -1;
    captures->is_dirty = false;
    return bylaw__captures_seal(captures->folder, captures->file, err);
}

static uint64_t most_bytes(const struct bylaw__captures *captures)
{
    return captures->options.most_bytes ? captures->options.most_bytes
                                        : BYLAW_LIMIT_CAPTURE_FILE;
}

/* A file that so many bytes fit into, a new one where need be. */
static int make_room(struct bylaw__captures *captures, size_t len,
                     int64_t at_ms, struct bylaw_error *err)
{
    int rc = 0;

    if (captures->fd >= 0 && captures->size + len > most_bytes(captures))
        rc = end_file(captures, err);
    if (!rc && captures->fd < 0)
        rc = begin_file(captures, at_ms, err);
    return rc;
}

/* -------------------------------------------------------------- putting --- */

/* Writes the batch; places in it become places in the file. */
static int put_batch(struct bylaw__captured *out,
                     struct bylaw__captures *captures, struct bylaw__buf *batch,
                     int64_t at_ms, struct bylaw_error *err)
{
    int rc = make_room(captures, batch->len, at_ms, err);

    if (rc)
        return rc;
    memcpy(out->file, captures->file, sizeof(out->file));
    out->begin = captures->size;
    out->end = captures->size + batch->len;
    out->offset += captures->size;
    return append(captures, bylaw__buf_span(batch), err);
}

int bylaw__captures_put(struct bylaw__captured *out,
                        struct bylaw__captures *captures,
                        const struct bylaw_response *response,
                        const struct bylaw__capture_before *before,
                        struct bylaw_error *err)
{
    struct bylaw__buf batch = {0};
    int rc;

    memset(out, 0, sizeof(*out));
    rc = bylaw__capture_compose(out, &batch, &captures->packer, response,
                                before, err);
    if (!rc)
        rc = put_batch(out, captures, &batch, response->fetched_at_ms, err);
    bylaw__buf_release(&batch);
    return rc;
}

int bylaw__captures_put_bytes(struct bylaw__captured *out,
                              struct bylaw__captures *captures, const char *uri,
                              const char *content_type, struct bylaw_span bytes,
                              int64_t at_ms, struct bylaw_error *err)
{
    struct capture_record record = {.type = "resource",
                                    .uri = uri,
                                    .at_ms = at_ms,
                                    .content_type = content_type,
                                    .body = bytes,
                                    .has_payload = true};
    struct capture_packed packed;
    struct bylaw__buf batch = {0};
    int rc;

    memset(out, 0, sizeof(*out));
    captures->packer.serial = 0;
    rc = bylaw__capture_pack(&packed, &batch, &captures->packer, &record, err);
    if (!rc) {
        bylaw__capture_tell(out, &packed, BYLAW__WARC_RESOURCE);
        rc = put_batch(out, captures, &batch, at_ms, err);
    }
    bylaw__buf_release(&batch);
    return rc;
}

int bylaw__captures_sync(struct bylaw__captures *captures,
                         struct bylaw_error *err)
{
    if (captures->fd < 0 || !captures->is_dirty)
        return 0;
    if (fdatasync(captures->fd))
        return fail_write(captures, err);
    captures->is_dirty = false;
    return 0;
}

/* -------------------------------------------------------------- opening --- */

static bool copy_text(char **out, const char *text)
{
    *out = text ? strdup(text) : NULL;
    return !text || *out;
}

int bylaw__captures_open(struct bylaw__captures **out, const char *folder,
                         const struct bylaw__captures_options *options,
                         struct bylaw_error *err)
{
    struct bylaw__captures *captures = calloc(1, sizeof(*captures));
    int rc = 0;

    if (!captures)
        return bylaw__fail_memory(err, folder);
    captures->fd = -1;
    captures->options = *options;
    if (!copy_text(&captures->folder, folder) ||
        !copy_text(&captures->software, options->software) ||
        !copy_text(&captures->contact, options->contact))
        rc = bylaw__fail_memory(err, folder);
    if (!rc)
        rc = bylaw__capture_packer_open(&captures->packer, err);
    if (!rc)
        rc = bylaw__captures_mend(&captures->next, folder, options, err);
    if (rc) {
        bylaw__captures_abandon(captures);
        return rc;
    }
    *out = captures;
    return 0;
}

void bylaw__captures_abandon(struct bylaw__captures *captures)
{
    if (!captures)
        return;
    if (captures->fd >= 0)
        close(captures->fd);
    bylaw__capture_packer_release(&captures->packer);
    bylaw__buf_release(&captures->batch);
    free(captures->folder);
    free(captures->software);
    free(captures->contact);
    free(captures);
}

int bylaw__captures_close(struct bylaw__captures *captures,
                          struct bylaw_error *err)
{
    int rc = captures ? end_file(captures, err) : 0;

    bylaw__captures_abandon(captures);
    return rc;
}
