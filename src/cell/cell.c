/* SPDX-License-Identifier: Apache-2.0 */
/* Cells from the outside: asked, watched, made again. */
#include "cell_int.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define START_MS    20000               /* for a new cell to lock itself */
#define STARTS      3u                  /* that may fail one after the other */
#define DEATHS      2u                  /* a task may cost */
#define CHUNK_BYTES ((size_t)256 << 10) /* of an answer read at once */

enum cell_state { CELL_GONE = 0, CELL_STARTING, CELL_IDLE, CELL_BUSY };

struct cell {
    enum cell_state state;
    pid_t pid;
    uint64_t number; /* no two cells of a pool have one */
    int channel;
    int64_t deadline_ms; /* of STARTING and BUSY */
    struct bylaw__cell_task *task;
    struct cell_head sending, head;
    size_t sent;            /* of the head and the request */
    size_t got;             /* of the answer's head */
    struct bylaw__buf read; /* of the answer, or the hello */
};

struct task_list {
    struct bylaw__cell_task *first, *last;
};

struct bylaw__cells {
    struct bylaw__cell_options options;
    struct cell_hello hello; /* the first cell's */
    bool has_hello;
    unsigned failed_starts; /* in a row */
    uint64_t starts;
    struct task_list waiting, done;
    struct nursery nursery;
    unsigned count;
    struct cell cells[];
};

/* Not to know the time, but to tell a request that does not end. */
static int64_t ticks_ms(void)
{
    struct timespec now = {0, 0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void put(struct task_list *list, struct bylaw__cell_task *task)
{
    task->next = NULL;
    if (list->last)
        list->last->next = task;
    else
        list->first = task;
    list->last = task;
}

static struct bylaw__cell_task *get(struct task_list *list)
{
    struct bylaw__cell_task *task = list->first;

    if (task)
        list->first = task->next;
    if (!list->first)
        list->last = NULL;
    return task;
}

/* -------------------------------------------------------------- making --- */

int bylaw__cell_fail(struct bylaw_error *err, const char *what)
{
    return bylaw__fail(err, BYLAW_EIO, "cell.start", "", "%s: %s", what,
                       strerror(errno));
}

static int start(struct cell *cell, struct bylaw__cells *cells,
                 struct bylaw_error *err)
{
    int ends[2], rc;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
        return bylaw__cell_fail(err, "no channel to a process for pages");
    rc = bylaw__nursery_start(&cell->pid, &cells->nursery, ends[1],
                              &cells->options, err);
    close(ends[1]);
    if (rc) {
        close(ends[0]);
        return rc;
    }
    cell->channel = ends[0];
    cell->state = CELL_STARTING;
    cell->number = ++cells->starts;
    cell->deadline_ms = ticks_ms() + START_MS;
    cell->got = 0;
    bylaw__buf_init(&cell->read, cells->options.answer_bytes);
    return 0;
}

/* Returns the signal that ended it; 0 where it ended otherwise. */
static int stop(struct cell *cell, struct bylaw__cells *cells)
{
    int signal = bylaw__nursery_reap(&cells->nursery, cell->pid);

    close(cell->channel);
    bylaw__buf_release(&cell->read);
    cell->state = CELL_GONE;
    return signal;
}

/* ------------------------------------------------------------- tasks --- */

static void begin_task(struct cell *cell, struct bylaw__cell_task *task,
                       const struct bylaw__cells *cells)
{
    cell->state = CELL_BUSY;
    cell->task = task;
    cell->deadline_ms = ticks_ms() + cells->options.wall_ms;
    cell->sending.len = (uint32_t)(task->head.len + task->body.len);
    cell->sent = 0;
    cell->got = 0;
}

static enum bylaw__cell_outcome outcome_of(int signal, bool is_late)
{
    if (is_late || signal == SIGPROF || signal == SIGXCPU)
        return BYLAW__CELL_TIMEOUT;
    return BYLAW__CELL_CRASHED;
}

/* A task that has cost too many cells is not tried again. */
static void end_task(struct bylaw__cells *cells, struct bylaw__cell_task *task,
                     enum bylaw__cell_outcome outcome, int signal)
{
    task->signal = signal;
    if (outcome != BYLAW__CELL_ANSWERED && ++task->deaths < DEATHS) {
        task->outcome = BYLAW__CELL_NONE;
        put(&cells->waiting, task);
        return;
    }
    task->outcome = outcome;
    put(&cells->done, task);
}

/* A cell that misbehaved: its task is told, and it is made again later. A
 * death that the kill itself brought is none of the task's doing. */
static void lose(struct bylaw__cells *cells, struct cell *cell,
                 enum bylaw__cell_outcome known)
{
    struct bylaw__cell_task *task = cell->task;
    bool is_late = ticks_ms() >= cell->deadline_ms;
    bool was_starting = cell->state == CELL_STARTING;
    int signal = stop(cell, cells);

    cells->failed_starts += was_starting;
    cell->task = NULL;
    if (task)
        end_task(cells, task,
                 known != BYLAW__CELL_NONE ? known
                                           : outcome_of(signal, is_late),
                 signal);
}

/* ------------------------------------------------------------ channels --- */

/* Sends what the channel takes. False where it is broken. */
static bool push(struct cell *cell)
{
    const struct bylaw_span parts[] = {{(const char *)&cell->sending,
                                        sizeof(cell->sending)},
                                       cell->task->head,
                                       cell->task->body};
    struct iovec left[3];
    struct msghdr message = {.msg_iov = left};
    size_t skip = cell->sent;
    ssize_t n;

    for (size_t i = 0; i < 3; i++) {
        size_t done = skip < parts[i].len ? skip : parts[i].len;
        /* sendmsg only reads. */
        union {
            const char *read_only;
            void *base;
        } at = {parts[i].ptr ? parts[i].ptr + done : NULL};

        skip -= done;
        if (parts[i].len > done)
            left[message.msg_iovlen++] =
                (struct iovec){at.base, parts[i].len - done};
    }
    if (!message.msg_iovlen)
        return true;
    n = sendmsg(cell->channel, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    cell->sent += (size_t)n;
    return true;
}

static bool has_sent_all(const struct cell *cell)
{
    return cell->sent == sizeof(cell->sending) + cell->sending.len;
}

/* Reads into room; bytes read, 0 where there is nothing now, -1 at the end. */
static ssize_t pull(const struct cell *cell, void *room, size_t len)
{
    ssize_t n = recv(cell->channel, room, len, MSG_DONTWAIT);

    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    return n ? n : -1;
}

enum progress { BROKEN = -1, PARTIAL, WHOLE };

static enum progress pull_head(struct cell *cell)
{
    ssize_t n = pull(cell, (char *)&cell->head + cell->got,
                     sizeof(cell->head) - cell->got);

    if (n <= 0)
        return n ? BROKEN : PARTIAL;
    cell->got += (size_t)n;
    bylaw__buf_clear(&cell->read);
    return cell->got == sizeof(cell->head) ? WHOLE : PARTIAL;
}

/* Of a length within bounds, too, only so much is believed as bytes come. */
static enum progress pull_answer(struct cell *cell)
{
    struct bylaw__buf *read = &cell->read;

    if (cell->got < sizeof(cell->head)) {
        enum progress progress = pull_head(cell);

        if (progress != WHOLE)
            return progress;
    }
    if (cell->head.len > read->ceiling)
        return BROKEN;
    while (read->len < cell->head.len) {
        size_t want = cell->head.len - read->len;
        char *room;
        ssize_t n;

        want = want < CHUNK_BYTES ? want : CHUNK_BYTES;
        room = bylaw__buf_reserve(read, want);
        n = room ? pull(cell, room, want) : -1;
        if (n <= 0)
            return n ? BROKEN : PARTIAL;
        read->len += (size_t)n;
        read->ptr[read->len] = '\0';
    }
    return WHOLE;
}

/* ------------------------------------------------------------ stepping --- */

static void take_hello(struct bylaw__cells *cells, struct cell *cell)
{
    if (cell->head.status != CELL_HELLO ||
        cell->read.len != sizeof(cells->hello)) {
        lose(cells, cell, BYLAW__CELL_NONE);
        return;
    }
    if (!cells->has_hello)
        memcpy(&cells->hello, cell->read.ptr, sizeof(cells->hello));
    cells->has_hello = true;
    cells->failed_starts = 0;
    cell->state = CELL_IDLE;
    cell->got = 0;
}

/* An answer before the whole question, or under a status that there is not,
 * is no answer. */
static void take_answer(struct bylaw__cells *cells, struct cell *cell)
{
    struct bylaw__cell_task *task = cell->task;

    if (!has_sent_all(cell) || cell->head.status > CELL_NO_MEMORY) {
        lose(cells, cell, BYLAW__CELL_CRASHED);
        return;
    }
    if (cell->head.status == CELL_NO_MEMORY) {
        lose(cells, cell, BYLAW__CELL_MEMORY);
        return;
    }
    task->answer = cell->read;
    task->answered_by = cell->number;
    bylaw__buf_init(&cell->read, cells->options.answer_bytes);
    cell->state = CELL_IDLE;
    cell->task = NULL;
    cell->got = 0;
    end_task(cells, task, BYLAW__CELL_ANSWERED, 0);
}

static void step_cell(struct bylaw__cells *cells, struct cell *cell)
{
    enum progress progress;

    if (cell->state == CELL_BUSY && !has_sent_all(cell) && !push(cell)) {
        lose(cells, cell, BYLAW__CELL_NONE);
        return;
    }
    progress = pull_answer(cell);
    if (progress == WHOLE && cell->state == CELL_STARTING)
        take_hello(cells, cell);
    else if (progress == WHOLE && cell->state == CELL_BUSY)
        take_answer(cells, cell);
    else if (progress != PARTIAL)
        lose(cells, cell, BYLAW__CELL_NONE); /* or it speaks unasked */
    else if (cell->state != CELL_IDLE && ticks_ms() >= cell->deadline_ms)
        lose(cells, cell, BYLAW__CELL_TIMEOUT);
}

static int make_again(struct bylaw__cells *cells, struct cell *cell,
                      struct bylaw_error *err)
{
    if (cells->failed_starts >= STARTS)
        return bylaw__fail(err, BYLAW_EIO, "cell.start", "",
                           "processes for pages end before they begin");
    return start(cell, cells, err);
}

int bylaw__cells_step(bylaw__cells *cells, struct bylaw_error *err)
{
    for (unsigned i = 0; i < cells->count; i++) {
        struct cell *cell = &cells->cells[i];

        if (cell->state != CELL_GONE)
            step_cell(cells, cell);
        if (cell->state == CELL_IDLE && cells->waiting.first) {
            begin_task(cell, get(&cells->waiting), cells);
            step_cell(cells, cell);
        }
        if (cell->state == CELL_GONE) {
            int rc = make_again(cells, cell, err);

            if (rc)
                return rc;
        }
    }
    return 0;
}

/* ------------------------------------------------------------- waiting --- */

size_t bylaw__cells_polls(struct pollfd *out, size_t most,
                          const bylaw__cells *cells)
{
    for (unsigned i = 0; i < cells->count && i < most; i++) {
        const struct cell *cell = &cells->cells[i];
        bool is_sending = cell->state == CELL_BUSY && !has_sent_all(cell);

        out[i].fd = cell->state == CELL_GONE ? -1 : cell->channel;
        out[i].events = is_sending ? POLLIN | POLLOUT : POLLIN;
        out[i].revents = 0;
    }
    return cells->count;
}

int bylaw__cells_patience(const bylaw__cells *cells, int most)
{
    int64_t now = ticks_ms(), wait = most;

    for (unsigned i = 0; i < cells->count; i++) {
        const struct cell *cell = &cells->cells[i];

        if (cell->state == CELL_GONE ||
            (cell->state == CELL_IDLE && cells->waiting.first))
            return 0;
        if (cell->state != CELL_IDLE && cell->deadline_ms - now < wait)
            wait = cell->deadline_ms - now;
    }
    return wait > 0 ? (int)wait : 0;
}

static int wait_and_step(bylaw__cells *cells, struct bylaw_error *err)
{
    struct pollfd polls[BYLAW_LIMIT_CELLS];
    size_t count = bylaw__cells_polls(polls, BYLAW_LIMIT_CELLS, cells);

    poll(polls, (nfds_t)count, bylaw__cells_patience(cells, START_MS));
    return bylaw__cells_step(cells, err);
}

void bylaw__cells_give(bylaw__cells *cells, struct bylaw__cell_task *task)
{
    task->outcome = BYLAW__CELL_NONE;
    task->deaths = 0;
    put(&cells->waiting, task);
}

struct bylaw__cell_task *bylaw__cells_take(bylaw__cells *cells)
{
    return get(&cells->done);
}

/* What the cell works at by now is asked of another. */
void bylaw__cells_reject(bylaw__cells *cells, struct bylaw__cell_task *task)
{
    for (unsigned i = 0; i < cells->count; i++) {
        struct cell *cell = &cells->cells[i];

        if (cell->state == CELL_GONE || cell->number != task->answered_by)
            continue;
        if (cell->task)
            put(&cells->waiting, cell->task);
        cell->task = NULL;
        stop(cell, cells);
    }
    bylaw__buf_release(&task->answer);
    end_task(cells, task, BYLAW__CELL_NONSENSE, 0);
}

static int wait_for_one(bylaw__cells *cells, struct bylaw_error *err)
{
    int rc = 0;

    while (!rc && !cells->done.first)
        rc = wait_and_step(cells, err);
    get(&cells->done);
    return rc;
}

int bylaw__cells_redo(bylaw__cells *cells, struct bylaw__cell_task *task,
                      struct bylaw_error *err)
{
    bylaw__cells_reject(cells, task);
    return wait_for_one(cells, err);
}

int bylaw__cells_do(bylaw__cells *cells, struct bylaw__cell_task *task,
                    struct bylaw_error *err)
{
    int rc;

    bylaw__cells_give(cells, task);
    rc = bylaw__cells_step(cells, err);
    return rc ? rc : wait_for_one(cells, err);
}

/* --------------------------------------------------------------- whole --- */

static bool are_all_locked(const bylaw__cells *cells)
{
    for (unsigned i = 0; i < cells->count; i++)
        if (cells->cells[i].state < CELL_IDLE)
            return false;
    return true;
}

int bylaw__cells_new(bylaw__cells **out,
                     const struct bylaw__cell_options *options, unsigned count,
                     struct bylaw_error *err)
{
    bylaw__cells *cells;
    int rc;

    count = count < 1                   ? 1
            : count < BYLAW_LIMIT_CELLS ? count
                                        : BYLAW_LIMIT_CELLS;
    cells = calloc(1, sizeof(*cells) + count * sizeof(cells->cells[0]));
    if (!cells)
        return bylaw__fail_memory(err, "");
    cells->options = *options;
    cells->count = count;
    rc = bylaw__cells_step(cells, err);
    while (!rc && !are_all_locked(cells))
        rc = wait_and_step(cells, err);
    if (rc) {
        bylaw__cells_free(cells);
        return rc;
    }
    *out = cells;
    return 0;
}

void bylaw__cells_free(bylaw__cells *cells)
{
    if (!cells)
        return;
    for (unsigned i = 0; i < cells->count; i++)
        if (cells->cells[i].state != CELL_GONE)
            stop(&cells->cells[i], cells);
    bylaw__nursery_close(&cells->nursery);
    free(cells);
}

void bylaw__cells_guard(struct bylaw__cell_guard *out,
                        const bylaw__cells *cells)
{
    out->has_limits = cells->hello.has_limits != 0;
    out->has_filter = cells->hello.has_filter != 0;
    out->landlock = cells->hello.landlock;
    out->is_instrumented = cells->hello.is_instrumented != 0;
}

int bylaw__cells_probe(struct bylaw__cell_guard *out, struct bylaw_error *err)
{
    static const struct bylaw__cell_options idle = {
        .memory_bytes = BYLAW_LIMIT_CELL_BYTES,
        .answer_bytes = sizeof(struct cell_hello),
    };
    bylaw__cells *cells = NULL;
    int rc = bylaw__cells_new(&cells, &idle, 1, err);

    if (!rc)
        bylaw__cells_guard(out, cells);
    bylaw__cells_free(cells);
    return rc;
}

void bylaw__cell_guard_tell(struct bylaw__buf *out,
                            const struct bylaw__cell_guard *guard)
{
    bylaw__buf_printf(out, "%sseccomp, ", guard->has_filter ? "" : "no ");
    if (guard->landlock)
        bylaw__buf_printf(out, "Landlock %u, ", guard->landlock);
    else
        bylaw__buf_add_text(out, "no Landlock, ");
    bylaw__buf_printf(out, "%slimits", guard->has_limits ? "" : "no ");
    if (guard->is_instrumented)
        bylaw__buf_add_text(out, "; widened for sanitizers");
}
