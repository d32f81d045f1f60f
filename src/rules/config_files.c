/* SPDX-License-Identifier: Apache-2.0 */
/* The files that a configuration names: are they there, are secrets secret? */
#include "rules_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOR_OTHERS (S_IRWXG | S_IRWXO)

/* Opens it without waiting for a pipe's other end. */
static int open_secret(const char *path, struct bylaw_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat st;
    int rc = 0;

    if (fd < 0)
        return bylaw__fail(err, BYLAW_EIO, "file.unreadable", path,
                           "cannot open: %s", strerror(errno));
    if (fstat(fd, &st) || !S_ISREG(st.st_mode))
        rc = bylaw__fail(err, BYLAW_EIO, "file.unreadable", path,
                         "is not a regular file");
    else if (st.st_mode & FOR_OTHERS)
        rc = bylaw__fail(err, BYLAW_ECONFIG, "config.secret-exposed", path,
                         "the file has mode %03o: others have access to the "
                         "secret in it",
                         (unsigned)st.st_mode & 0777);
    if (rc) {
        close(fd);
        return rc;
    }
    return fd;
}

/* The file's bytes into a buffer of limit + 1; their number, or negative. */
static int read_secret(char *bytes, size_t size, int fd, const char *path,
                       struct bylaw_error *err)
{
    size_t len = 0;

    while (len < size) {
        ssize_t got = read(fd, bytes + len, size - len);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return bylaw__fail(err, BYLAW_EIO, "file.unreadable", path,
                               "cannot read: %s", strerror(errno));
        if (!got)
            return (int)len;
        len += (size_t)got;
    }
    return bylaw__fail(err, BYLAW_ELIMIT, "file.too-large", path,
                       "larger than %u bytes", BYLAW_LIMIT_SECRET_BYTES);
}

static struct bylaw_span first_line(const char *bytes, size_t len)
{
    const char *end = memchr(bytes, '\n', len);

    return bylaw__span_trim(
        (struct bylaw_span){bytes, end ? (size_t)(end - bytes) : len});
}

int bylaw__secret_read(struct bylaw__buf *out, const char *path,
                       struct bylaw_error *err)
{
    char bytes[BYLAW_LIMIT_SECRET_BYTES + 1];
    struct bylaw_span line;
    int fd = open_secret(path, err);
    int rc;

    if (fd < 0)
        return fd;
    rc = read_secret(bytes, sizeof(bytes), fd, path, err);
    close(fd);
    if (rc >= 0) {
        line = first_line(bytes, (size_t)rc);
        rc = 0;
        bylaw__buf_init(out, BYLAW_LIMIT_SECRET_BYTES);
        if (!line.len || memchr(line.ptr, '\0', line.len))
            rc = bylaw__fail(err, BYLAW_ECONFIG, "config.secret-empty", path,
                             "the first line of the file holds no text");
        else if (!bylaw__buf_reserve(out, line.len))
            rc = bylaw__fail_memory(err, path);
        else
            bylaw__buf_add_span(out, line);
    }
    explicit_bzero(bytes, sizeof(bytes));
    return rc;
}

void bylaw__secret_release(struct bylaw__buf *secret)
{
    if (secret->ptr)
        explicit_bzero(secret->ptr, secret->cap);
    bylaw__buf_release(secret);
}

static int check_secret(const char *path, struct bylaw_error *err)
{
    int fd = open_secret(path, err);

    if (fd < 0)
        return fd;
    close(fd);
    return 0;
}

static int check_readable(const char *path, struct bylaw_error *err)
{
    if (access(path, R_OK))
        return bylaw__fail(err, BYLAW_EIO, "config.missing-file", path,
                           "cannot be read: %s", strerror(errno));
    return 0;
}

/* Settings that name a file, by how their key ends. */
static const struct {
    const char *ending;
    int (*check)(const char *path, struct bylaw_error *err);
} files[] = {
    {"rules", check_readable},           {"].list", check_readable},
    {"].file", check_readable},          {"].key-file", check_secret},
    {"evidence.tsa-ca", check_readable}, {"password-file", check_secret},
    {"secret-file", check_secret},
};

static void check_setting(struct complaints *complaints,
                          const struct bylaw_setting *setting)
{
    struct bylaw_span key = bylaw__span_of(setting->key);
    struct bylaw_error why = {0}, err = {0};
    int rc = 0;

    if (bylaw__span_starts(key, "warc["))
        rc = check_readable(setting->value, &why);
    for (size_t i = 0; i < COUNT_OF(files); i++)
        if (bylaw__span_ends(key, files[i].ending))
            rc = files[i].check(setting->value, &why);
    if (!rc)
        return;
    /* What is to be mended is the line that names the file. */
    bylaw__fail(&err, rc, why.id, setting->origin, "%s: %s", setting->value,
                why.what);
    bylaw__complain_error(complaints, &err);
}

int bylaw__config_check_files(const struct bylaw_config *config,
                              bylaw__complaint_fn *report, void *payload,
                              struct bylaw_error *err)
{
    struct complaints complaints = {.report = report, .payload = payload};

    for (size_t i = 0; i < config->setting_count; i++)
        if (config->settings[i].value)
            check_setting(&complaints, &config->settings[i]);
    return bylaw__complaints_end(&complaints, err);
}
