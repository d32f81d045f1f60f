/* SPDX-License-Identifier: Apache-2.0 */
/* A VFS of SQLite that keeps beside each file what of it was synced. */
#include "power_vfs.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECTOR     512
#define MOST_FILES 16
#define MOST_BYTES (256 << 10)

/* What the disk has of a file, and what the program believes it has. */
struct disk_file {
    char path[256];
    unsigned char *synced, *now;
    long synced_size, now_size;
};

static struct disk_file files[MOST_FILES];
static size_t file_count;
static unsigned writes_left;
static int is_gone;
static sqlite3_vfs *real;
static sqlite3_vfs shim;

struct shim_file {
    sqlite3_file base;
    struct disk_file *disk; /* NULL: not followed */
    sqlite3_file *inner;
};

static int spend(void)
{
    if (is_gone || !writes_left) {
        is_gone = 1;
        return SQLITE_IOERR;
    }
    writes_left--;
    return SQLITE_OK;
}

static struct disk_file *disk_of(const char *path)
{
    FILE *file;

    for (size_t i = 0; i < file_count; i++)
        if (!strcmp(files[i].path, path))
            return &files[i];
    if (file_count == MOST_FILES)
        abort();
    struct disk_file *disk = &files[file_count++];

    snprintf(disk->path, sizeof(disk->path), "%s", path);
    disk->synced = calloc(1, MOST_BYTES);
    disk->now = calloc(1, MOST_BYTES);
    file = fopen(path, "rb");
    if (file) {
        disk->now_size = (long)fread(disk->now, 1, MOST_BYTES, file);
        fclose(file);
        memcpy(disk->synced, disk->now, (size_t)disk->now_size);
        disk->synced_size = disk->now_size;
    }
    return disk;
}

/* ------------------------------------------------------------- methods --- */

#define INNER(file) (((struct shim_file *)(file))->inner)
#define DISK(file)  (((struct shim_file *)(file))->disk)

static int do_close(sqlite3_file *file)
{
    int code = INNER(file)->pMethods->xClose(INNER(file));

    sqlite3_free(INNER(file));
    return code;
}

static int do_read(sqlite3_file *file, void *to, int len, sqlite3_int64 at)
{
    return INNER(file)->pMethods->xRead(INNER(file), to, len, at);
}

static int do_write(sqlite3_file *file, const void *from, int len,
                    sqlite3_int64 at)
{
    struct disk_file *disk = DISK(file);

    if (spend())
        return SQLITE_IOERR_WRITE;
    if (at + len > MOST_BYTES)
        abort();
    memcpy(disk->now + at, from, (size_t)len);
    if (at + len > disk->now_size)
        disk->now_size = (long)at + len;
    return INNER(file)->pMethods->xWrite(INNER(file), from, len, at);
}

static int do_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct disk_file *disk = DISK(file);

    if (spend())
        return SQLITE_IOERR_TRUNCATE;
    memset(disk->now + size, 0, (size_t)(MOST_BYTES - size));
    disk->now_size = (long)size;
    return INNER(file)->pMethods->xTruncate(INNER(file), size);
}

static int do_sync(sqlite3_file *file, int flags)
{
    struct disk_file *disk = DISK(file);

    (void)flags;
    if (spend())
        return SQLITE_IOERR_FSYNC;
    memcpy(disk->synced, disk->now, MOST_BYTES);
    disk->synced_size = disk->now_size;
    return SQLITE_OK;
}

static int do_size(sqlite3_file *file, sqlite3_int64 *out)
{
    return INNER(file)->pMethods->xFileSize(INNER(file), out);
}

static int do_lock(sqlite3_file *file, int level)
{
    return INNER(file)->pMethods->xLock(INNER(file), level);
}

static int do_unlock(sqlite3_file *file, int level)
{
    return INNER(file)->pMethods->xUnlock(INNER(file), level);
}

static int do_reserved(sqlite3_file *file, int *out)
{
    return INNER(file)->pMethods->xCheckReservedLock(INNER(file), out);
}

static int do_control(sqlite3_file *file, int op, void *argument)
{
    return INNER(file)->pMethods->xFileControl(INNER(file), op, argument);
}

static int do_sector(sqlite3_file *file)
{
    (void)file;
    return SECTOR;
}

/* It promises nothing that a disk does not have to keep. */
static int do_traits(sqlite3_file *file)
{
    (void)file;
    return 0;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = do_close,
    .xRead = do_read,
    .xWrite = do_write,
    .xTruncate = do_truncate,
    .xSync = do_sync,
    .xFileSize = do_size,
    .xLock = do_lock,
    .xUnlock = do_unlock,
    .xCheckReservedLock = do_reserved,
    .xFileControl = do_control,
    .xSectorSize = do_sector,
    .xDeviceCharacteristics = do_traits,
};

static int do_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *out,
                   int flags, int *out_flags)
{
    struct shim_file *file = (struct shim_file *)out;
    int code;

    (void)vfs;
    memset(file, 0, sizeof(*file));
    file->inner = sqlite3_malloc(real->szOsFile);
    if (!file->inner)
        return SQLITE_NOMEM;
    memset(file->inner, 0, (size_t)real->szOsFile);
    file->disk = disk_of(name ? name : "");
    code = real->xOpen(real, name, file->inner, flags, out_flags);
    if (code) {
        sqlite3_free(file->inner);
        return code;
    }
    file->base.pMethods = &methods;
    return SQLITE_OK;
}

/* A journal that was rolled back is deleted; until the folder is synced it may
 * come back. An empty one is as good as none. */
static int do_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    struct disk_file *disk = disk_of(name);

    (void)vfs;
    if (spend())
        return SQLITE_IOERR_DELETE;
    memset(disk->now, 0, MOST_BYTES);
    disk->now_size = 0;
    if (sync) {
        memset(disk->synced, 0, MOST_BYTES);
        disk->synced_size = 0;
    }
    return real->xDelete(real, name, 0);
}

void power_on(unsigned writes)
{
    if (!real) {
        real = sqlite3_vfs_find(NULL);
        shim = *real;
        shim.zName = "power";
        shim.szOsFile = sizeof(struct shim_file);
        shim.xOpen = do_open;
        shim.xDelete = do_delete;
    }
    for (size_t i = 0; i < file_count; i++) {
        free(files[i].synced);
        free(files[i].now);
    }
    memset(files, 0, sizeof(files));
    file_count = 0;
    writes_left = writes;
    is_gone = 0;
    sqlite3_vfs_register(&shim, 1);
}

int power_is_gone(void)
{
    return is_gone;
}

static unsigned next(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16;
}

/* The length, too, may be the old one or the new one. */
static void cut(struct disk_file *disk, unsigned *seed)
{
    long size = next(seed) & 1 ? disk->now_size : disk->synced_size;
    FILE *file = fopen(disk->path, "wb");

    for (long at = 0; at < MOST_BYTES; at += SECTOR)
        if (memcmp(disk->synced + at, disk->now + at, SECTOR) && next(seed) & 1)
            memcpy(disk->synced + at, disk->now + at, SECTOR);
    if (!file || (size && fwrite(disk->synced, (size_t)size, 1, file) != 1))
        abort();
    fclose(file);
}

void power_cut(unsigned seed)
{
    sqlite3_vfs_unregister(&shim);
    sqlite3_vfs_register(real, 1);
    for (size_t i = 0; i < file_count; i++)
        cut(&files[i], &seed);
}
