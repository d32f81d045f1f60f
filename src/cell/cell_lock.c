/* SPDX-License-Identifier: Apache-2.0 */
/* What a cell gives up for good before it reads the first hostile byte. */
#include "cell_int.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define CHANNEL 0

/* ------------------------------------------------------------- limits --- */

/* Bytes of addresses in use; 0 where the system does not tell. */
static size_t address_space(void)
{
    FILE *file = fopen("/proc/self/statm", "re");
    unsigned long pages = 0;

    if (!file)
        return 0;
    if (fscanf(file, "%lu", &pages) != 1)
        pages = 0;
    fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static bool limit(__rlimit_resource_t resource, size_t most)
{
    struct rlimit now, value = {most, most};

    if (getrlimit(resource, &now))
        return false;
    if (now.rlim_max < most)
        value.rlim_cur = value.rlim_max = now.rlim_max;
    return setrlimit(resource, &value) == 0;
}

static bool set_limits(size_t used, size_t memory_bytes)
{
    bool is_set = limit(RLIMIT_CORE, 0);

    is_set = limit(RLIMIT_FSIZE, 0) && is_set;
    is_set = limit(RLIMIT_NOFILE, 0) && is_set;
    if (IS_INSTRUMENTED)
        return is_set;
    return used && limit(RLIMIT_AS, used + memory_bytes) && is_set;
}

/* -------------------------------------------------------------- paths --- */

/* Handles every right and grants none. */
static unsigned forbid_paths(void)
{
    unsigned abi;
    int set = bylaw__landlock_open(&abi);

    return set >= 0 && bylaw__landlock_enforce(set) ? abi : 0;
}

/* ------------------------------------------------------------ seccomp --- */

/* Computing, reading and answering, ending. */
static const int allowed[] = {
    SCMP_SYS(read),         SCMP_SYS(readv),
    SCMP_SYS(write),        SCMP_SYS(writev),
    SCMP_SYS(brk),          SCMP_SYS(munmap),
    SCMP_SYS(mremap),       SCMP_SYS(madvise),
    SCMP_SYS(futex),        SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday),
    SCMP_SYS(time),         SCMP_SYS(getrandom),
    SCMP_SYS(sysinfo), /* glibc's qsort asks how much memory there is */
    SCMP_SYS(getpid),       SCMP_SYS(gettid),
    SCMP_SYS(setitimer),    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),         SCMP_SYS(exit_group),
};

/* Libraries try these and do without: they fail, as if the file or right was
 * not there. Everything else ends the cell. */
static const int refused[] = {
    SCMP_SYS(open),       SCMP_SYS(openat),    SCMP_SYS(stat),
    SCMP_SYS(lstat),      SCMP_SYS(fstat),     SCMP_SYS(newfstatat),
    SCMP_SYS(statx),      SCMP_SYS(access),    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2), SCMP_SYS(readlink),  SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd),     SCMP_SYS(uname),     SCMP_SYS(ioctl),
    SCMP_SYS(lseek),      SCMP_SYS(close),     SCMP_SYS(sched_getaffinity),
    SCMP_SYS(socket),     SCMP_SYS(prlimit64), SCMP_SYS(getrlimit),
};

/* What the run-time of a sanitizer asks for besides. */
static const int for_sanitizers[] = {
    SCMP_SYS(sigaltstack),
    SCMP_SYS(sched_yield),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(prctl),
};

static int add_all(scmp_filter_ctx filter, uint32_t action, const int *calls,
                   size_t count)
{
    int rc = 0;

    for (size_t i = 0; !rc && i < count; i++)
        rc = seccomp_rule_add(filter, action, calls[i], 0);
    return rc;
}

/* Memory may be had, but none that can be run. */
static int add_memory(scmp_filter_ctx filter)
{
    static const int calls[] = {SCMP_SYS(mmap), SCMP_SYS(mprotect)};
    int rc = 0;

    for (size_t i = 0; !rc && i < 2; i++)
        rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 1,
                              SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    return rc;
}

/* A library's failed assertion ends the cell itself, and it alone. */
static int add_raise(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                            SCMP_A0(SCMP_CMP_EQ, (uint64_t)getpid(), 0));
}

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static bool filter_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    int rc = filter ? 0 : -ENOMEM;

    if (!rc)
        rc = add_all(filter, SCMP_ACT_ALLOW, allowed, COUNT(allowed));
    if (!rc)
        rc = add_all(filter, SCMP_ACT_ERRNO(EPERM), refused, COUNT(refused));
    if (!rc && IS_INSTRUMENTED)
        rc = add_all(filter, SCMP_ACT_ALLOW, for_sanitizers,
                     COUNT(for_sanitizers));
    if (!rc)
        rc = add_memory(filter);
    if (!rc)
        rc = add_raise(filter);
    if (!rc)
        rc = seccomp_load(filter);
    if (filter)
        seccomp_release(filter);
    return !rc;
}

/* ---------------------------------------------------------------- all --- */

void bylaw__cell_close_from(int descriptor)
{
    if (!IS_INSTRUMENTED) {
        closefrom(descriptor);
        return;
    }
    for (; descriptor < STDERR_FILENO; descriptor++)
        close(descriptor);
    closefrom(STDERR_FILENO + 1);
}

void bylaw__cell_lock(struct cell_hello *out, int channel,
                      const struct bylaw__cell_options *options)
{
    size_t used = address_space(); /* asked while there are paths */

    memset(out, 0, sizeof(*out));
    if (channel != CHANNEL)
        dup2(channel, CHANNEL);
    bylaw__cell_close_from(CHANNEL + 1);
    out->is_instrumented = IS_INSTRUMENTED;
    /* Without it neither of the two comes into force, except for root. */
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    out->landlock = forbid_paths();
    out->has_limits = set_limits(used, options->memory_bytes);
    out->has_filter = filter_calls();
}
