/* SPDX-License-Identifier: Apache-2.0 */
/* A cell from the inside: request in, answer out, one at a time. */
#include "cell_int.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#define CHANNEL       0
#define FIRST_BYTES   ((size_t)64 << 10) /* of a request read at once */
#define KEPT_BYTES    ((size_t)1 << 20)  /* of memory kept between requests */
#define REQUEST_BYTES ((size_t)128 << 20)

/* Where nothing can be said any more: the parent sees the channel close. */
static _Noreturn void leave(void)
{
    _exit(0);
}

/* Reads until both are full, or leaves. Returns bytes of the second. */
static size_t read_some(struct iovec parts[2], size_t need)
{
    size_t got = 0;

    while (got < need) {
        struct iovec rest[2] = {parts[0], parts[1]};
        size_t first = got < parts[0].iov_len ? got : parts[0].iov_len;
        ssize_t n;

        rest[0].iov_base = (char *)parts[0].iov_base + first;
        rest[0].iov_len -= first;
        rest[1].iov_base = (char *)parts[1].iov_base + (got - first);
        rest[1].iov_len -= got - first;
        n = readv(CHANNEL, rest, 2);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            leave();
        got += (size_t)n;
    }
    return got - parts[0].iov_len;
}

/* The next request; there is one at a time, so nothing can follow it yet. */
static void read_request(struct bylaw__buf *request)
{
    struct cell_head head;
    struct iovec parts[2] = {{&head, sizeof(head)}, {NULL, 0}};
    size_t got;

    bylaw__buf_clear(request);
    parts[1].iov_base = bylaw__buf_reserve(request, FIRST_BYTES);
    parts[1].iov_len = FIRST_BYTES;
    if (!parts[1].iov_base)
        leave();
    got = read_some(parts, sizeof(head));
    request->len = got;
    if (head.len > got) {
        parts[0].iov_len = 0;
        parts[1].iov_base = bylaw__buf_reserve(request, head.len - got);
        parts[1].iov_len = head.len - got;
        if (!parts[1].iov_base)
            leave();
        read_some(parts, head.len - got);
        request->len = head.len;
    }
}

static void write_all(const void *bytes, size_t len)
{
    const char *at = bytes;

    while (len) {
        ssize_t n = write(CHANNEL, at, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            leave();
        at += n;
        len -= (size_t)n;
    }
}

/* Head and answer lie in one buffer, so that they leave in one call. */
static void send_answer(struct bylaw__buf *answer)
{
    struct cell_head head = {.status = CELL_OK};

    head.len = (uint32_t)(answer->len - sizeof(head));
    memcpy(answer->ptr, &head, sizeof(head));
    write_all(answer->ptr, answer->len);
}

static void tell_no_memory(void)
{
    static const struct cell_head head = {0, CELL_NO_MEMORY};

    write_all(&head, sizeof(head));
}

/* The default action of SIGPROF ends the cell. Time for one request; what was
 * left of the last one's is forgotten. */
static void allow_time(unsigned ms)
{
    struct itimerval timer = {
        .it_value = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000}};

    setitimer(ITIMER_PROF, &timer, NULL);
}

static void serve(struct bylaw__buf *request, struct bylaw__buf *answer,
                  const struct bylaw__cell_options *options)
{
    static const struct cell_head blank;
    int rc;

    read_request(request);
    allow_time(options->cpu_ms);
    bylaw__buf_clear(answer);
    bylaw__buf_add(answer, &blank, sizeof(blank));
    rc = options->work(answer, options->payload, bylaw__buf_span(request));
    if (rc && rc != BYLAW_ENOMEM)
        leave();
    if (rc || answer->failed)
        tell_no_memory();
    else
        send_answer(answer);
    if (request->cap > KEPT_BYTES)
        bylaw__buf_release(request);
    if (answer->cap > KEPT_BYTES)
        bylaw__buf_release(answer);
}

/* A signal to the whole group of processes is for the parent to act on. */
static void set_signals(void)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT};
    sigset_t none;

    sigemptyset(&none);
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++)
        signal(ignored[i], SIG_IGN);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* They are others' to change; in here they are nobody's. */
static void wipe_secrets(const struct bylaw__cell_options *options)
{
    for (size_t i = 0; i < options->secret_count; i++) {
        union {
            const char *read_only;
            char *own;
        } text = {options->secrets[i].ptr};

        explicit_bzero(text.own, options->secrets[i].len);
    }
}

void bylaw__cell_follow(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        leave();
}

void bylaw__cell_settle(pid_t parent, const struct bylaw__cell_options *options)
{
    set_signals();
    bylaw__cell_follow(parent);
    wipe_secrets(options);
    if (options->settle)
        options->settle(options->payload);
}

_Noreturn void bylaw__cell_live(int channel, pid_t parent,
                                const struct bylaw__cell_options *options)
{
    struct bylaw__buf request, answer;
    struct {
        struct cell_head head;
        struct cell_hello hello;
    } first = {.head = {sizeof(struct cell_hello), CELL_HELLO}};

    bylaw__cell_follow(parent);
    bylaw__cell_lock(&first.hello, channel, options);
    write_all(&first, sizeof(first));
    bylaw__buf_init(&request, REQUEST_BYTES);
    bylaw__buf_init(&answer, options->answer_bytes + sizeof(struct cell_head));
    for (;;)
        serve(&request, &answer, options);
}
