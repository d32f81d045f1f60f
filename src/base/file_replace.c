/* SPDX-License-Identifier: Apache-2.0 */
/* Putting a whole file in the place of another. */
#define _POSIX_C_SOURCE 200809L
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_same(const char *path, struct bylaw_span bytes)
{
    struct bylaw__buf now;
    bool same;

    bylaw__buf_init(&now, bytes.len + 1);
    same = !bylaw__file_read(&now, path, NULL) &&
           bylaw__span_eq(bylaw__buf_span(&now), bytes);
    bylaw__buf_release(&now);
    return same;
}

int bylaw__write_all(int fd, struct bylaw_span bytes)
{
    for (size_t done = 0; done < bytes.len;) {
        ssize_t put = write(fd, bytes.ptr + done, bytes.len - done);

        if (put < 0 && errno != EINTR)
            return -1;
        if (put > 0)
            done += (size_t)put;
    }
    return 0;
}

/* As open() would have made it; the mask can only be read by setting it, which
 * other threads would see, so this one is fixed. */
#define FILE_MODE 0644

static int fill(int fd, struct bylaw_span bytes)
{
    int rc = bylaw__write_all(fd, bytes);

    if (!rc)
        rc = fchmod(fd, FILE_MODE);
    if (!rc)
        rc = fsync(fd);
    return close(fd) || rc ? -1 : 0;
}

int bylaw__file_replace(const char *path, struct bylaw_span bytes,
                        struct bylaw_error *err)
{
    struct bylaw__buf name = {0};
    int fd, rc = 0;

    if (is_same(path, bytes))
        return 0;
    bylaw__buf_printf(&name, "%s.XXXXXX", path);
    if (name.failed)
        return bylaw__fail_memory(err, path);
    fd = mkstemp(name.ptr);
    if (fd < 0 || fill(fd, bytes) || rename(name.ptr, path)) {
        rc = bylaw__fail(err, BYLAW_EIO, "file.unwritable", path,
                         "cannot be written: %s", strerror(errno));
        if (fd >= 0)
            unlink(name.ptr);
    }
    bylaw__buf_release(&name);
    return rc;
}
