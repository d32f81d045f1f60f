/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a whole file up to a ceiling. */
#define _POSIX_C_SOURCE 200809L
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static int read_all(struct bylaw__buf *out, int fd, const char *path,
                    struct bylaw_error *err)
{
    for (;;) {
        char piece[16384];
        ssize_t got = read(fd, piece, sizeof(piece));

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return bylaw__fail(err, BYLAW_EIO, "file.unreadable", path,
                               "cannot read: %s", strerror(errno));
        if (!got)
            return 0;
        bylaw__buf_add(out, piece, (size_t)got);
        if (out->failed &&
            (!out->ceiling || out->len + (size_t)got <= out->ceiling))
            return bylaw__fail_memory(err, path);
        if (out->failed)
            return bylaw__fail(err, BYLAW_ELIMIT, "file.too-large", path,
                               "larger than %zu bytes", out->ceiling);
    }
}

int bylaw__file_read(struct bylaw__buf *out, const char *path,
                     struct bylaw_error *err)
{
    struct stat st;
    int fd, rc;

    if (!strcmp(path, "-"))
        return read_all(out, STDIN_FILENO, "standard input", err);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return bylaw__fail(err, BYLAW_EIO, "file.unreadable", path,
                           "cannot open: %s", strerror(errno));
    if (!fstat(fd, &st) && S_ISDIR(st.st_mode))
        rc = bylaw__fail(err, BYLAW_EIO, "file.directory", path,
                         "is a directory, not a file");
    else
        rc = read_all(out, fd, path, err);
    close(fd);
    return rc;
}
