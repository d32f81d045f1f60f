/* SPDX-License-Identifier: Apache-2.0 */
/* Paths, as the kernel's Landlock takes them away. Its numbers are written out
 * here: older headers lack some. */
#include "cell_int.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* struct landlock_ruleset_attr as of ABI 6. */
struct ruleset {
    uint64_t fs, net, scoped;
};

/* All rights that an ABI can take away, as bits from the lowest. A kernel
 * accepts none that it does not know. */
static const struct {
    unsigned abi;
    struct ruleset handled;
} rights[] = {
    {6, {0xffff, 3, 3}}, /* abstract sockets, signals */
    {5, {0xffff, 3, 0}}, /* ioctl on devices */
    {4, {0x7fff, 3, 0}}, /* TCP: bind, connect */
    {3, {0x7fff, 0, 0}}, /* truncate */
    {2, {0x3fff, 0, 0}}, /* refer */
    {1, {0x1fff, 0, 0}},
};

/* Rights on files and folders: READ_FILE and READ_DIR; to write besides:
 * WRITE_FILE, REMOVE_FILE, MAKE_REG, TRUNCATE. None to run anything. */
static const uint64_t granted[] = {
    [BYLAW__LANDLOCK_READ] = 0x000c,
    [BYLAW__LANDLOCK_WRITE] = 0x000c | 0x0002 | 0x0020 | 0x0100 | 0x4000,
};

/* struct landlock_path_beneath_attr. */
struct beneath {
    uint64_t rights;
    int32_t parent;
} __attribute__((packed));

#define RULE_PATH_BENEATH 1

static const struct ruleset *handled_by(unsigned abi)
{
    size_t row = 0;

    while (rights[row].abi > abi)
        row++;
    return &rights[row].handled;
}

int bylaw__landlock_open(unsigned *abi)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1u);

    *abi = version < 1 ? 0 : (unsigned)version;
    if (!*abi)
        return -1;
    return (int)syscall(SYS_landlock_create_ruleset, handled_by(*abi),
                        sizeof(struct ruleset), 0u);
}

bool bylaw__landlock_allow(int set, unsigned abi, const char *path,
                           enum bylaw__landlock_use use)
{
    struct beneath rule = {granted[use] & handled_by(abi)->fs,
                           open(path, O_PATH | O_CLOEXEC)};
    long rc;

    if (rule.parent < 0)
        return false;
    rc = syscall(SYS_landlock_add_rule, set, RULE_PATH_BENEATH, &rule, 0u);
    close(rule.parent);
    return rc == 0;
}

bool bylaw__landlock_enforce(int set)
{
    long rc = syscall(SYS_landlock_restrict_self, set, 0u);

    close(set);
    return rc == 0;
}
