/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cells are forked by a process that was itself forked early and does nothing
 * else: it has no thread, no connection and no key that the caller came by
 * since, so none of its children has.
 */
#include "cell_int.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define CONTROL    0
#define PATIENCE_S 20 /* for an answer of the nursery */

enum nursery_call { NURSERY_START = 1, NURSERY_REAP };

struct nursery_order {
    int32_t call;
    int32_t pid; /* of REAP */
};

/* ---------------------------------------------------------- the nursery --- */

/* Receives an order, and a descriptor where one comes along (else -1). False
 * once nobody gives any more. */
static bool receive(struct nursery_order *order, int *channel)
{
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = {order, sizeof(*order)};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof(control)};
    struct cmsghdr *extra;
    ssize_t n;

    *channel = -1;
    do
        n = recvmsg(CONTROL, &message, MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    if (n != sizeof(*order))
        return false;
    extra = CMSG_FIRSTHDR(&message);
    if (extra && extra->cmsg_type == SCM_RIGHTS)
        memcpy(channel, CMSG_DATA(extra), sizeof(*channel));
    return true;
}

static int32_t start(int channel, const struct bylaw__cell_options *options)
{
    pid_t parent = getpid();
    pid_t pid = fork();

    if (!pid)
        bylaw__cell_live(channel, parent, options);
    close(channel);
    return pid;
}

static int32_t reap(pid_t pid)
{
    int status = 0, rc;

    kill(pid, SIGKILL);
    do
        rc = waitpid(pid, &status, 0);
    while (rc < 0 && errno == EINTR);
    return rc == pid && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static _Noreturn void serve(int control, pid_t parent,
                            const struct bylaw__cell_options *options)
{
    struct nursery_order order;
    int channel;

    bylaw__cell_settle(parent, options);
    if (control != CONTROL)
        dup2(control, CONTROL);
    bylaw__cell_close_from(CONTROL + 1);
    while (receive(&order, &channel)) {
        int32_t answer = order.call == NURSERY_START ? start(channel, options)
                                                     : reap(order.pid);

        if (send(CONTROL, &answer, sizeof(answer), MSG_NOSIGNAL) < 0)
            break;
    }
    _exit(0);
}

/* ------------------------------------------------------- the other side --- */

int bylaw__nursery_open(struct nursery *out,
                        const struct bylaw__cell_options *options,
                        struct bylaw_error *err)
{
    struct timeval patience = {.tv_sec = PATIENCE_S};
    pid_t parent = getpid();
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
        return bylaw__cell_fail(err, "no channel to a process for pages");
    out->pid = fork();
    if (out->pid == 0)
        serve(ends[1], parent, options);
    close(ends[1]);
    if (out->pid < 0) {
        close(ends[0]);
        out->pid = 0;
        return bylaw__cell_fail(err, "no process for pages");
    }
    setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    out->control = ends[0];
    return 0;
}

void bylaw__nursery_close(struct nursery *nursery)
{
    int rc;

    if (!nursery->pid)
        return;
    close(nursery->control);
    kill(nursery->pid, SIGKILL);
    do
        rc = waitpid(nursery->pid, NULL, 0);
    while (rc < 0 && errno == EINTR);
    nursery->pid = 0;
}

/* An order and its answer; false where the nursery is gone, and closed then. */
static bool call(int32_t *answer, struct nursery *nursery,
                 const struct nursery_order *order, int channel)
{
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {{0}};
    struct nursery_order copy = *order;
    struct iovec part = {&copy, sizeof(copy)};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    ssize_t n;

    if (channel >= 0) {
        message.msg_control = &control;
        message.msg_controllen = sizeof(control);
        control.header.cmsg_level = SOL_SOCKET;
        control.header.cmsg_type = SCM_RIGHTS;
        control.header.cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(&control.header), &channel, sizeof(channel));
    }
    n = sendmsg(nursery->control, &message, MSG_NOSIGNAL);
    while (n > 0) {
        n = recv(nursery->control, answer, sizeof(*answer), 0);
        if (n == sizeof(*answer))
            return true;
        if (n < 0 && errno == EINTR)
            n = 1;
    }
    bylaw__nursery_close(nursery);
    return false;
}

int bylaw__nursery_start(pid_t *out, struct nursery *nursery, int channel,
                         const struct bylaw__cell_options *options,
                         struct bylaw_error *err)
{
    static const struct nursery_order order = {.call = NURSERY_START};
    int32_t pid = -1;
    bool is_done = nursery->pid && call(&pid, nursery, &order, channel);

    if (!is_done) {
        int rc = bylaw__nursery_open(nursery, options, err);

        if (rc)
            return rc;
        is_done = call(&pid, nursery, &order, channel);
    }
    if (!is_done || pid < 0)
        return bylaw__cell_fail(err, "no process for pages");
    *out = pid;
    return 0;
}

int bylaw__nursery_reap(struct nursery *nursery, pid_t pid)
{
    struct nursery_order order = {.call = NURSERY_REAP, .pid = pid};
    int32_t signal = 0;

    if (!nursery->pid || !call(&signal, nursery, &order, -1))
        return 0;
    return signal;
}
