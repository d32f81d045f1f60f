/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a process gives up that reads hostile bytes itself, because there are
 * too many to pass each to a cell: it still opens the files it was told to
 * read and writes what it found, and does nothing else.
 */
#include "cell_int.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Running anything, reaching anybody, looking into others, changing what the
 * system is: what breaks out needs one of these. They fail, so that a library
 * that tries does without. */
static const int refused[] = {
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),
    SCMP_SYS(sendmmsg),
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(kill),
    SCMP_SYS(tkill),
    SCMP_SYS(pidfd_open),
    SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(kcmp),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(chroot),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chmod),

    SCMP_SYS(fchmodat),
    SCMP_SYS(chown),
    SCMP_SYS(lchown),
    SCMP_SYS(fchown),
    SCMP_SYS(fchownat),
    SCMP_SYS(setxattr),
    SCMP_SYS(lsetxattr),
    SCMP_SYS(fsetxattr),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(personality),
};

#define COUNT(list)  (sizeof(list) / sizeof((list)[0]))
#define CLONE_THREAD 0x10000u

/* A thread may be made, a process may not. clone3 hides its flags behind a
 * pointer; the C library does without it where it is not there. */
static int add_clone(scmp_filter_ctx filter)
{
    int rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                              SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));

    return rc ? rc
              : seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS),
                                 SCMP_SYS(clone3), 0);
}

/* No memory that can be written and run. */
static int add_memory(scmp_filter_ctx filter)
{
    static const int calls[] = {SCMP_SYS(mprotect), SCMP_SYS(pkey_mprotect)};
    int rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(mmap), 1,
                              SCMP_A2(SCMP_CMP_MASKED_EQ, 6, 6));

    for (size_t i = 0; !rc && i < COUNT(calls); i++)
        rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), calls[i], 1,
                              SCMP_A2(SCMP_CMP_MASKED_EQ, 4, 4));
    return rc;
}

/* Files are made readable for all, and nothing else. */
static int add_mode(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(fchmod), 1,
                            SCMP_A1(SCMP_CMP_NE, 0644, 0));
}

static bool filter_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int rc = filter ? 0 : -ENOMEM;

    for (size_t i = 0; !rc && i < COUNT(refused); i++)
        rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
    if (!rc)
        rc = add_clone(filter);
    if (!rc)
        rc = add_memory(filter);
    if (!rc)
        rc = add_mode(filter);
    if (!rc)
        rc = seccomp_load(filter);
    if (filter)
        seccomp_release(filter);
    return !rc;
}

/* A folder that is not there cannot be granted, nor written into. */
static unsigned forbid_paths(const char *written)
{
    unsigned abi;
    int set = bylaw__landlock_open(&abi);

    if (set < 0)
        return 0;
    if (written)
        bylaw__landlock_allow(set, abi, written, BYLAW__LANDLOCK_WRITE);
    if (!bylaw__landlock_allow(set, abi, "/", BYLAW__LANDLOCK_READ)) {
        close(set);
        return 0;
    }
    return bylaw__landlock_enforce(set) ? abi : 0;
}

static bool forbid_core(void)
{
    const struct rlimit none = {0, 0};

    return setrlimit(RLIMIT_CORE, &none) == 0;
}

void bylaw__cell_confine(struct bylaw__cell_guard *out, const char *written)
{
    *out = (struct bylaw__cell_guard){.is_instrumented = IS_INSTRUMENTED};
    /* The run-time of a sanitizer looks for leaks in a process of its own. */
    if (IS_INSTRUMENTED)
        return;
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    out->landlock = forbid_paths(written);
    out->has_limits = forbid_core();
    out->has_filter = filter_calls();
}
