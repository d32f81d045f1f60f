/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sealing, and what a crash may have left of it. In this order, each step on
 * disk before the next: the file's bytes, its line in the list of digests, its
 * name without ".open". A file that is open when nobody writes is behind one of
 * these steps; a record cut short can only stand at its end.
 */
#include "capture_int.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define DIGESTS      "SHA256SUMS" /* as sha256sum -c reads it */
#define DIGESTS_MOST ((size_t)64 << 20)

static int fail_seal(const char *path, struct bylaw_error *err)
{
    return bylaw__fail(err, BYLAW_EIO, "archive.unwritable", path,
                       "the file of captures cannot be sealed: %s",
                       strerror(errno));
}

static int sync_path(const char *path, int flags, struct bylaw_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
    int rc = fd < 0 || fsync(fd) ? fail_seal(path, err) : 0;

    if (fd >= 0)
        close(fd);
    return rc;
}

/* The list without that file's line, which a crash may have left. */
static void copy_others(struct bylaw__buf *out, struct bylaw_span list,
                        const char *file)
{
    while (list.len) {
        size_t end = bylaw__span_find(list, BYLAW__SPAN("\n"));
        struct bylaw_span line =
            bylaw__span_sub(list, 0, end == SIZE_MAX ? list.len : end);
        size_t name = BYLAW__SHA256_HEX + 1;

        if (line.len > name &&
            !bylaw__span_is(bylaw__span_sub(line, name, line.len), file)) {
            bylaw__buf_add_span(out, line);
            bylaw__buf_add_char(out, '\n');
        }
        list = bylaw__span_sub(list, line.len + 1, list.len);
    }
}

static int list_digest(const char *folder, const char *file, const char *path,
                       struct bylaw_error *err)
{
    struct bylaw__buf name = {0}, before, after = {0};
    char hex[BYLAW__SHA256_HEX];
    int rc = bylaw__sha256_file_hex(hex, path, err);

    bylaw__buf_init(&before, DIGESTS_MOST);
    bylaw__buf_printf(&name, "%s/" DIGESTS, folder);
    if (!rc && name.failed)
        rc = bylaw__fail_memory(err, folder);
    if (!rc && !access(name.ptr, F_OK))
        rc = bylaw__file_read(&before, name.ptr, err);
    if (!rc) {
        copy_others(&after, bylaw__buf_span(&before), file);
        bylaw__buf_printf(&after, "%s  %s\n", hex, file);
        rc = after.failed
                 ? bylaw__fail_memory(err, folder)
                 : bylaw__file_replace(name.ptr, bylaw__buf_span(&after), err);
    }
    bylaw__buf_release(&name);
    bylaw__buf_release(&before);
    bylaw__buf_release(&after);
    return rc;
}

int bylaw__captures_seal(const char *folder, const char *file,
                         struct bylaw_error *err)
{
    struct bylaw__buf sealed = {0}, open = {0};
    int rc = 0;

    bylaw__buf_printf(&sealed, "%s/%s", folder, file);
    bylaw__buf_printf(&open, "%s" BYLAW__CAPTURE_OPEN, sealed.ptr);
    if (sealed.failed || open.failed)
        rc = bylaw__fail_memory(err, folder);
    if (!rc)
        rc = sync_path(open.ptr, 0, err);
    if (!rc)
        rc = list_digest(folder, file, open.ptr, err);
    if (!rc && rename(open.ptr, sealed.ptr))
        rc = fail_seal(sealed.ptr, err);
    if (!rc)
        rc = sync_path(folder, O_DIRECTORY, err);
    bylaw__buf_release(&sealed);
    bylaw__buf_release(&open);
    return rc;
}

/* --------------------------------------------------------------- mending --- */

/* Where the last whole record of a file ends. */
static int find_end(uint64_t *out, const char *path, struct bylaw_error *err)
{
    const struct bylaw__warc_record *record;
    bylaw__warc *warc = NULL;
    struct bylaw_error why = {0};
    int rc = bylaw__warc_open(&warc, path, NULL, err);

    *out = 0;
    if (rc)
        return rc;
    while (!(rc = bylaw__warc_next(&record, warc, &why)) && record)
        *out = record->offset + record->length;
    bylaw__warc_free(warc);
    if (rc != BYLAW_EIO && rc != BYLAW_ENOMEM)
        return 0;
    if (err)
        *err = why;
    return rc;
}

static void tell(const struct bylaw__captures_options *options,
                 const char *path, uint64_t bytes)
{
    struct bylaw_error why = {0};

    bylaw__fail(&why, BYLAW_EIO, "archive.mended", path,
                "%" PRIu64 " bytes of a record that was not finished are cut "
                "off",
                bytes);
    if (options->complain)
        options->complain(options->payload, &why);
}

/* Cuts off what stands behind the last whole record. *out_left: bytes that
 * stay. */
static int cut_tail(uint64_t *out_left, const char *path,
                    const struct bylaw__captures_options *options,
                    struct bylaw_error *err)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    off_t size = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
    int rc = size < 0 ? fail_seal(path, err) : find_end(out_left, path, err);

    if (!rc && (uint64_t)size > *out_left) {
        tell(options, path, (uint64_t)size - *out_left);
        if (ftruncate(fd, (off_t)*out_left) || fsync(fd))
            rc = fail_seal(path, err);
    }
    if (fd >= 0)
        close(fd);
    return rc;
}

/* file: its name once sealed. */
static int mend_file(const char *folder, const char *file,
                     const struct bylaw__captures_options *options,
                     struct bylaw_error *err)
{
    struct bylaw__buf path = {0};
    uint64_t left = 0;
    int rc;

    bylaw__buf_printf(&path, "%s/%s" BYLAW__CAPTURE_OPEN, folder, file);
    rc = path.failed ? bylaw__fail_memory(err, folder)
                     : cut_tail(&left, path.ptr, options, err);
    if (!rc && left)
        rc = bylaw__captures_seal(folder, file, err);
    else if (!rc && unlink(path.ptr))
        rc = fail_seal(path.ptr, err);
    bylaw__buf_release(&path);
    return rc;
}

/* Number of "bylaw-NUMBER-..."; 0 where a file is none of ours. */
static unsigned number_of(const char *name)
{
    unsigned number = 0;

    return sscanf(name, "bylaw-%6u-", &number) == 1 ? number : 0;
}

static bool is_open(struct bylaw_span name)
{
    return bylaw__span_ends(name, ".warc.gz" BYLAW__CAPTURE_OPEN);
}

static int mend_all(unsigned *out_next, DIR *dir, const char *folder,
                    const struct bylaw__captures_options *options,
                    struct bylaw_error *err)
{
    struct dirent *entry;
    int rc = 0;

    while (!rc && (entry = readdir(dir))) {
        struct bylaw_span name = bylaw__span_of(entry->d_name);
        unsigned number = number_of(entry->d_name);
        char file[256];

        if (number >= *out_next)
            *out_next = number + 1;
        if (!number || !is_open(name))
            continue;
        snprintf(file, sizeof(file), "%.*s",
                 (int)(name.len - strlen(BYLAW__CAPTURE_OPEN)), name.ptr);
        rc = mend_file(folder, file, options, err);
    }
    return rc;
}

int bylaw__captures_mend(unsigned *out_next, const char *folder,
                         const struct bylaw__captures_options *options,
                         struct bylaw_error *err)
{
    DIR *dir = opendir(folder);
    int rc;

    *out_next = 1;
    if (!dir)
        return bylaw__fail(err, BYLAW_EIO, "archive.folder", folder,
                           "the folder of captures cannot be read: %s",
                           strerror(errno));
    rc = mend_all(out_next, dir, folder, options, err);
    closedir(dir);
    return rc;
}
