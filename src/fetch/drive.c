/* SPDX-License-Identifier: Apache-2.0 */
/* Transfers under way: libcurl's multi handle over epoll. */
#include "fetch_int.h"

#include <curl/curl.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#define EVENTS    64 /* looked at in one go; what is left comes again */
#define NEVER     INT64_MAX
#define MOST_IDLE 64 /* easy handles kept; each has a buffer or two */

static pthread_once_t curl_once = PTHREAD_ONCE_INIT;

static void init_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

int64_t bylaw__drive_ticks(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

/* ------------------------------------------------------------ SIGPIPE --- */

/*
 * Writing to a connection that the other side has closed raises SIGPIPE inside
 * OpenSSL, which would end the program. It is held back for this thread and
 * taken away again, so that the program's own handling is left alone.
 */
struct pipe_guard {
    sigset_t before;
    bool was_pending;
};

static void only_sigpipe(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGPIPE);
}

static void hold_sigpipe(struct pipe_guard *guard)
{
    sigset_t set;

    sigpending(&set);
    guard->was_pending = sigismember(&set, SIGPIPE) == 1;
    only_sigpipe(&set);
    pthread_sigmask(SIG_BLOCK, &set, &guard->before);
}

static void release_sigpipe(const struct pipe_guard *guard)
{
    struct timespec at_once = {0, 0};
    sigset_t set;

    only_sigpipe(&set);
    while (!guard->was_pending && sigtimedwait(&set, NULL, &at_once) < 0 &&
           errno == EINTR)
        ;
    pthread_sigmask(SIG_SETMASK, &guard->before, NULL);
}

/* ------------------------------------------------- what libcurl wants --- */

static const uint32_t masks[] = {
    [CURL_POLL_IN] = EPOLLIN,
    [CURL_POLL_OUT] = EPOLLOUT,
    [CURL_POLL_INOUT] = EPOLLIN | EPOLLOUT,
};

/* A socket that cannot be watched stays silent: its transfer alone runs into
 * its time limit. */
static int watch_socket(CURL *curl, curl_socket_t fd, int what, void *payload,
                        void *is_known)
{
    struct fetch_drive *drive = payload;
    struct epoll_event event = {.data.fd = fd};

    (void)curl;
    if (what == CURL_POLL_REMOVE) {
        epoll_ctl(drive->epoll, EPOLL_CTL_DEL, fd, NULL);
        return 0;
    }
    if ((size_t)what < sizeof(masks) / sizeof(masks[0]))
        event.events = masks[what];
    if (epoll_ctl(drive->epoll, is_known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd,
                  &event))
        epoll_ctl(drive->epoll, is_known ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd,
                  &event);
    curl_multi_assign(drive->multi, fd, drive);
    return 0;
}

static int set_timer(CURLM *multi, long ms, void *payload)
{
    struct fetch_drive *drive = payload;

    (void)multi;
    drive->due_ms = ms < 0 ? NEVER : bylaw__drive_ticks() + ms;
    return 0;
}

/* ------------------------------------------------- opening, closing --- */

static int watch_wake(struct fetch_drive *drive)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = drive->wake};

    return epoll_ctl(drive->epoll, EPOLL_CTL_ADD, drive->wake, &event);
}

int bylaw__drive_open(struct fetch_drive *drive, struct bylaw_error *err)
{
    drive->due_ms = NEVER;
    drive->epoll = epoll_create1(EPOLL_CLOEXEC);
    drive->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (drive->epoll < 0 || drive->wake < 0 || watch_wake(drive))
        return bylaw__fail(err, BYLAW_EIO, "fetch.descriptors", "",
                           "the system gives no further descriptor");
    return 0;
}

/* libcurl costs a few milliseconds: those who only read files do without. */
static int open_multi(struct fetch_drive *drive)
{
    if (drive->multi)
        return 0;
    pthread_once(&curl_once, init_curl);
    drive->multi = curl_multi_init();
    if (!drive->multi)
        return BYLAW_ENOMEM;
    curl_multi_setopt(drive->multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
    curl_multi_setopt(drive->multi, CURLMOPT_SOCKETDATA, drive);
    curl_multi_setopt(drive->multi, CURLMOPT_TIMERFUNCTION, set_timer);
    curl_multi_setopt(drive->multi, CURLMOPT_TIMERDATA, drive);
    curl_multi_setopt(drive->multi, CURLMOPT_PIPELINING,
                      (long)CURLPIPE_MULTIPLEX);
    return 0;
}

void bylaw__drive_close(struct fetch_drive *drive)
{
    struct pipe_guard guard;

    hold_sigpipe(&guard);
    for (size_t i = 0; i < drive->idle_count; i++)
        curl_easy_cleanup(drive->idle[i]);
    curl_multi_cleanup(drive->multi);
    release_sigpipe(&guard);
    if (drive->epoll >= 0)
        close(drive->epoll);
    if (drive->wake >= 0)
        close(drive->wake);
    free(drive->idle);
    free(drive->polled);
    *drive = (struct fetch_drive){.epoll = -1, .wake = -1};
}

void bylaw__drive_wake(const struct fetch_drive *drive)
{
    uint64_t one = 1;

    /* It fails only where so many wakes are waiting that one more is none. */
    (void)!write(drive->wake, &one, sizeof(one));
}

/* ---------------------------------------------------------- transfers --- */

int bylaw__drive_lend(struct fetch_exchange *exchange)
{
    struct fetch_drive *drive = &exchange->fetcher->drive;

    if (open_multi(drive))
        return BYLAW_ENOMEM;
    exchange->curl =
        drive->idle_count ? drive->idle[--drive->idle_count] : curl_easy_init();
    return exchange->curl ? 0 : BYLAW_ENOMEM;
}

/* libcurl counts those in use among those that it keeps: were they not allowed
 * for, many at once would leave none open for the next request. */
static void count_running(struct fetch_drive *drive, size_t running)
{
    drive->running = running;
    curl_multi_setopt(drive->multi, CURLMOPT_MAXCONNECTS,
                      (long)(running + BYLAW_LIMIT_CONNECTIONS));
}

int bylaw__drive_add(struct fetch_exchange *exchange)
{
    struct fetch_drive *drive = &exchange->fetcher->drive;

    curl_easy_setopt(exchange->curl, CURLOPT_PRIVATE, exchange);
    if (curl_multi_add_handle(drive->multi, exchange->curl) != CURLM_OK)
        return BYLAW_ENOMEM;
    exchange->is_added = true;
    count_running(drive, drive->running + 1);
    return 0;
}

static void take_out(struct fetch_exchange *exchange)
{
    struct pipe_guard guard;

    if (!exchange->is_added)
        return;
    hold_sigpipe(&guard);
    curl_multi_remove_handle(exchange->fetcher->drive.multi, exchange->curl);
    release_sigpipe(&guard);
    exchange->is_added = false;
    count_running(&exchange->fetcher->drive,
                  exchange->fetcher->drive.running - 1);
}

void bylaw__drive_return(struct fetch_exchange *exchange)
{
    struct fetch_drive *drive;

    if (!exchange->curl)
        return;
    take_out(exchange);
    drive = &exchange->fetcher->drive;
    if (drive->idle_count < MOST_IDLE &&
        !bylaw__vec_grow(&drive->idle, &drive->idle_cap, drive->idle_count + 1,
                         sizeof(*drive->idle))) {
        curl_easy_reset(exchange->curl);
        drive->idle[drive->idle_count++] = exchange->curl;
    } else {
        curl_easy_cleanup(exchange->curl);
    }
    exchange->curl = NULL;
}

/* ------------------------------------------------------------ rounds --- */

/* How long a wait may be, libcurl's own wishes included. */
static int cut_wait(const struct fetch_drive *drive, int64_t wait_ms)
{
    int64_t due =
        drive->due_ms == NEVER ? NEVER : drive->due_ms - bylaw__drive_ticks();

    if (wait_ms < 0)
        wait_ms = NEVER;
    if (due < wait_ms)
        wait_ms = due > 0 ? due : 0;
    return wait_ms == NEVER ? -1 : wait_ms < INT_MAX ? (int)wait_ms : INT_MAX;
}

/* The set of sockets is a descriptor itself: it is polled with the others. */
static int poll_others(struct fetch_drive *drive, int wait_ms,
                       struct pollfd *others, size_t count)
{
    struct pollfd *polled;

    if (bylaw__vec_grow(&drive->polled, &drive->polled_cap, count + 1,
                        sizeof(*drive->polled)))
        return BYLAW_ENOMEM;
    polled = drive->polled;
    memcpy(polled, others, count * sizeof(*polled));
    polled[count] = (struct pollfd){.fd = drive->epoll, .events = POLLIN};
    if (poll(polled, (nfds_t)count + 1, wait_ms) < 0)
        return 0; /* a signal: none of them is ready, then */
    memcpy(others, polled, count * sizeof(*polled));
    return 0;
}

static void drain_wake(struct fetch_drive *drive)
{
    uint64_t count;

    drive->was_woken |= read(drive->wake, &count, sizeof(count)) > 0;
}

static void act(struct fetch_drive *drive, const struct epoll_event *event)
{
    int mask = 0, running;

    if (event->data.fd == drive->wake) {
        drain_wake(drive);
        return;
    }
    if (event->events & EPOLLIN)
        mask |= CURL_CSELECT_IN;
    if (event->events & EPOLLOUT)
        mask |= CURL_CSELECT_OUT;
    if (event->events & (EPOLLERR | EPOLLHUP))
        mask |= CURL_CSELECT_ERR;
    curl_multi_socket_action(drive->multi, event->data.fd, mask, &running);
}

static void act_on_time(struct fetch_drive *drive)
{
    int running;

    if (drive->due_ms > bylaw__drive_ticks())
        return;
    drive->due_ms = NEVER;
    curl_multi_socket_action(drive->multi, CURL_SOCKET_TIMEOUT, 0, &running);
}

static void tell_ends(struct fetch_drive *drive)
{
    CURLMsg *message;
    int left;

    while (drive->multi &&
           (message = curl_multi_info_read(drive->multi, &left))) {
        struct fetch_exchange *exchange = NULL;
        CURLcode result = message->data.result;

        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange);
        take_out(exchange);
        exchange->ended(exchange, (int)result);
    }
}

int bylaw__drive_on(struct fetch_drive *drive, int64_t wait_ms,
                    struct pollfd *others, size_t other_count)
{
    struct epoll_event events[EVENTS];
    struct pipe_guard guard;
    int wait = cut_wait(drive, wait_ms), count;

    if (other_count) {
        if (poll_others(drive, wait, others, other_count))
            return BYLAW_ENOMEM;
        wait = 0;
    }
    count = epoll_wait(drive->epoll, events, EVENTS, wait);
    hold_sigpipe(&guard);
    for (int i = 0; i < count; i++)
        act(drive, &events[i]);
    act_on_time(drive);
    release_sigpipe(&guard);
    tell_ends(drive);
    return 0;
}

struct waiting {
    bool is_over;
    int result;
};

static void note_end(struct fetch_exchange *exchange, int curl_code)
{
    struct waiting *waiting = exchange->payload;

    waiting->result = curl_code;
    waiting->is_over = true;
}

int bylaw__drive_through(struct fetch_exchange *exchange)
{
    struct waiting waiting = {false, CURLE_OUT_OF_MEMORY};

    exchange->ended = note_end;
    /* cppcheck-suppress autoVariables ; taken back before it ends */
    exchange->payload = &waiting;
    if (!bylaw__drive_add(exchange))
        while (!waiting.is_over)
            bylaw__drive_on(&exchange->fetcher->drive, -1, NULL, 0);
    exchange->payload = NULL;
    return waiting.result;
}
