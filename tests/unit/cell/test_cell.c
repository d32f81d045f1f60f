/* SPDX-License-Identifier: Apache-2.0 */
/* Cells that work, that break out, that break down: what each of it costs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "cell/cell.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define ANSWER_BYTES (1u << 20)
#define MEMORY_BYTES (64u << 20)
#define CPU_MS       400
#define WALL_MS      1500

/* ------------------------------------------------- what a cell is told --- */

struct order {
    const char *name;
    int (*obey)(struct bylaw__buf *answer, struct bylaw_span rest);
};

static char secret[] = "open sesame";

static int tell(struct bylaw__buf *answer, int rc)
{
    bylaw__buf_printf(answer, "%d", rc < 0 ? errno : 0);
    return 0;
}

static int echo(struct bylaw__buf *answer, struct bylaw_span rest)
{
    bylaw__buf_add_span(answer, rest);
    return 0;
}

static int crash(struct bylaw__buf *answer, struct bylaw_span rest)
{
    (void)answer;
    (void)rest;
    raise(SIGSEGV);
    return 0;
}

static int spin(struct bylaw__buf *answer, struct bylaw_span rest)
{
    volatile unsigned turns = 0;

    (void)answer;
    (void)rest;
    while (turns + 1 != 0 || turns)
        turns++;
    return 0;
}

/* Uses no processor time: waits for a request that will not come. */
static int wait_for_ever(struct bylaw__buf *answer, struct bylaw_span rest)
{
    char byte;

    (void)answer;
    (void)rest;
    while (read(0, &byte, 1) != 0)
        ;
    return 0;
}

static int take_memory(struct bylaw__buf *answer, struct bylaw_span rest)
{
    size_t size = 2 * (size_t)MEMORY_BYTES;
    char *room = malloc(size);

    (void)answer;
    (void)rest;
    if (!room)
        return BYLAW_ENOMEM;
    memset(room, 1, size);
    free(room);
    return 0;
}

static int answer_too_long(struct bylaw__buf *answer, struct bylaw_span rest)
{
    (void)rest;
    for (size_t i = 0; i <= ANSWER_BYTES; i++)
        bylaw__buf_add_char(answer, 'x');
    return 0;
}

/* What a cell would send that somebody else has taken over. */
static int lie_about_length(struct bylaw__buf *answer, struct bylaw_span rest)
{
    static const uint32_t head[2] = {UINT32_MAX, 0};
    char byte;

    (void)answer;
    (void)rest;
    if (write(0, head, sizeof(head)) != sizeof(head))
        return BYLAW_EIO;
    for (size_t i = 0; i < ANSWER_BYTES + 100; i++)
        if (write(0, "y", 1) != 1)
            break;
    return read(0, &byte, 1) < 0 ? BYLAW_EIO : 0;
}

static int invent_a_status(struct bylaw__buf *answer, struct bylaw_span rest)
{
    static const uint32_t head[2] = {0, 7};
    char byte;

    (void)answer;
    (void)rest;
    if (write(0, head, sizeof(head)) != sizeof(head))
        return BYLAW_EIO;
    return read(0, &byte, 1) < 0 ? BYLAW_EIO : 0;
}

static int open_a_file(struct bylaw__buf *answer, struct bylaw_span rest)
{
    (void)rest;
    return tell(answer, open("/etc/passwd", O_RDONLY));
}

static int open_a_socket(struct bylaw__buf *answer, struct bylaw_span rest)
{
    (void)rest;
    return tell(answer, socket(AF_INET, SOCK_STREAM, 0));
}

static int run_a_program(struct bylaw__buf *answer, struct bylaw_span rest)
{
    char *argv[] = {NULL};

    (void)rest;
    return tell(answer, execve("/bin/true", argv, argv));
}

static int trace_the_parent(struct bylaw__buf *answer, struct bylaw_span rest)
{
    (void)rest;
    return tell(answer, (int)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
}

static int make_a_process(struct bylaw__buf *answer, struct bylaw_span rest)
{
    (void)rest;
    return tell(answer, fork());
}

static int kill_the_parent(struct bylaw__buf *answer, struct bylaw_span rest)
{
    (void)rest;
    return tell(answer, kill(getppid(), SIGTERM));
}

static int map_code(struct bylaw__buf *answer, struct bylaw_span rest)
{
    void *room = mmap(NULL, 4096, PROT_READ | PROT_EXEC,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    (void)rest;
    return tell(answer, room == MAP_FAILED ? -1 : 0);
}

static int count_descriptors(struct bylaw__buf *answer, struct bylaw_span rest)
{
    int open_ones = 0;

    (void)rest;
    for (int i = 0; i < 64; i++)
        open_ones += write(i, "", 0) >= 0;
    bylaw__buf_printf(answer, "%d", open_ones);
    return 0;
}

static int tell_secret(struct bylaw__buf *answer, struct bylaw_span rest)
{
    (void)rest;
    bylaw__buf_add(answer, secret, sizeof(secret) - 1);
    return 0;
}

static int tell_pid(struct bylaw__buf *answer, struct bylaw_span rest)
{
    (void)rest;
    bylaw__buf_printf(answer, "%d", (int)getpid());
    return 0;
}

static const struct order orders[] = {
    {"echo ", echo},
    {"crash", crash},
    {"spin", spin},
    {"wait", wait_for_ever},
    {"memory", take_memory},
    {"long", answer_too_long},
    {"lie", lie_about_length},
    {"status", invent_a_status},
    {"open", open_a_file},
    {"socket", open_a_socket},
    {"exec", run_a_program},
    {"ptrace", trace_the_parent},
    {"fork", make_a_process},
    {"kill", kill_the_parent},
    {"code", map_code},
    {"descriptors", count_descriptors},
    {"secret", tell_secret},
    {"pid", tell_pid},
};

static int obey(struct bylaw__buf *answer, void *payload,
                struct bylaw_span request)
{
    (void)payload;
    for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
        if (bylaw__span_starts(request, orders[i].name))
            return orders[i].obey(answer,
                                  bylaw__span_sub(request,
                                                  strlen(orders[i].name),
                                                  request.len));
    return BYLAW_EUSAGE;
}

/* --------------------------------------------------------------- tools --- */

static bylaw__cells *new_cells(unsigned count)
{
    static const struct bylaw__cell_secret secrets[] = {
        {secret, sizeof(secret) - 1}};
    struct bylaw__cell_options options = {
        .work = obey,
        .secrets = secrets,
        .secret_count = 1,
        .memory_bytes = MEMORY_BYTES,
        .cpu_ms = CPU_MS,
        .wall_ms = WALL_MS,
        .answer_bytes = ANSWER_BYTES,
    };
    struct bylaw_error err = {0};
    bylaw__cells *cells = NULL;

    if (bylaw__cells_new(&cells, &options, count, &err))
        fail_msg("%s: %s", err.id, err.what);
    return cells;
}

static struct bylaw__cell_guard guard_of(const bylaw__cells *cells)
{
    struct bylaw__cell_guard guard;

    bylaw__cells_guard(&guard, cells);
    return guard;
}

static struct bylaw__cell_task ask(bylaw__cells *cells, const char *request)
{
    struct bylaw__cell_task task = {.head = bylaw__span_of(request)};
    struct bylaw_error err = {0};

    if (bylaw__cells_do(cells, &task, &err))
        fail_msg("%s: %s", err.id, err.what);
    return task;
}

static void check_answer(bylaw__cells *cells, const char *request,
                         const char *want)
{
    struct bylaw__cell_task task = ask(cells, request);

    assert_int_equal(task.outcome, BYLAW__CELL_ANSWERED);
    assert_string_equal(task.answer.ptr ? task.answer.ptr : "", want);
    bylaw__buf_release(&task.answer);
}

/* The request is given back with what happened, and the next one is served. */
static void check_outcome(const char *request, enum bylaw__cell_outcome want)
{
    bylaw__cells *cells = new_cells(1);
    struct bylaw__cell_task task = ask(cells, request);

    assert_int_equal(task.outcome, want);
    assert_int_equal(task.deaths, 2);
    check_answer(cells, "echo still here", "still here");
    bylaw__cells_free(cells);
}

static int pid_of_cell(bylaw__cells *cells)
{
    struct bylaw__cell_task task = ask(cells, "pid");
    int pid = atoi(task.answer.ptr);

    bylaw__buf_release(&task.answer);
    assert_true(pid > 0);
    return pid;
}

/* True once nothing of that id runs any more. */
static bool is_gone_soon(pid_t pid)
{
    char path[64], state = 'R';

    snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    for (int i = 0; i < 500; i++) {
        FILE *file = fopen(path, "re");

        if (!file)
            return true;
        if (fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
            state = 'R';
        fclose(file);
        if (state == 'Z')
            return true;
        usleep(10000);
    }
    return false;
}

/* ----------------------------------------------------------- they work --- */

static void test_cell__answers_a_request(void **state)
{
    bylaw__cells *cells = new_cells(1);

    (void)state;
    check_answer(cells, "echo hello", "hello");
    check_answer(cells, "echo ", "");
    check_answer(cells, "echo again", "again");
    bylaw__cells_free(cells);
}

static void test_cell__takes_requests_larger_than_the_channel(void **state)
{
    bylaw__cells *cells = new_cells(1);
    size_t len = ANSWER_BYTES - 1;
    char *body = malloc(len);
    struct bylaw__cell_task task = {.head = bylaw__span_of("echo "),
                                    .body = {body, len}};

    (void)state;
    assert_non_null(body);
    memset(body, 'b', len);
    assert_int_equal(bylaw__cells_do(cells, &task, NULL), 0);
    assert_int_equal(task.outcome, BYLAW__CELL_ANSWERED);
    assert_int_equal(task.answer.len, len);
    assert_memory_equal(task.answer.ptr, body, len);
    bylaw__buf_release(&task.answer);
    free(body);
    bylaw__cells_free(cells);
}

#define MANY 200

static void test_cell__several_work_through_a_queue(void **state)
{
    static struct bylaw__cell_task tasks[MANY];
    static char requests[MANY][32];
    bylaw__cells *cells = new_cells(3);
    struct bylaw__cell_task *task;
    unsigned done = 0;

    (void)state;
    for (unsigned i = 0; i < MANY; i++) {
        snprintf(requests[i], sizeof(requests[i]), "echo number %u", i);
        tasks[i].head = bylaw__span_of(requests[i]);
        tasks[i].owner = requests[i] + strlen("echo ");
        bylaw__cells_give(cells, &tasks[i]);
    }
    while (done < MANY) {
        struct pollfd polls[8];
        size_t count = bylaw__cells_polls(polls, 8, cells);

        assert_int_equal(count, 3);
        poll(polls, count, bylaw__cells_patience(cells, 1000));
        assert_int_equal(bylaw__cells_step(cells, NULL), 0);
        while ((task = bylaw__cells_take(cells))) {
            assert_int_equal(task->outcome, BYLAW__CELL_ANSWERED);
            assert_string_equal(task->answer.ptr, task->owner);
            bylaw__buf_release(&task->answer);
            done++;
        }
    }
    bylaw__cells_free(cells);
}

/* -------------------------------------------------- they break nothing --- */

static void check_refused(const char *request)
{
    bylaw__cells *cells = new_cells(1);
    char want[16];

    if (!guard_of(cells).has_filter) {
        bylaw__cells_free(cells);
        skip();
    }
    snprintf(want, sizeof(want), "%d", EPERM);
    check_answer(cells, request, want);
    bylaw__cells_free(cells);
}

static void check_killed(const char *request)
{
    bylaw__cells *cells = new_cells(1);
    struct bylaw__cell_task task;

    if (!guard_of(cells).has_filter) {
        bylaw__cells_free(cells);
        skip();
    }
    task = ask(cells, request);
    assert_int_equal(task.outcome, BYLAW__CELL_CRASHED);
    assert_int_equal(task.signal, SIGSYS);
    bylaw__cells_free(cells);
}

static void test_cell__may_open_no_file(void **state)
{
    (void)state;
    check_refused("open");
}

static void test_cell__may_open_no_socket(void **state)
{
    (void)state;
    check_refused("socket");
}

static void test_cell__that_runs_a_program_is_ended(void **state)
{
    (void)state;
    check_killed("exec");
}

static void test_cell__that_traces_its_parent_is_ended(void **state)
{
    (void)state;
    check_killed("ptrace");
}

static void test_cell__that_makes_a_process_is_ended(void **state)
{
    (void)state;
    check_killed("fork");
}

static void test_cell__that_signals_its_parent_is_ended(void **state)
{
    (void)state;
    check_killed("kill");
}

static void test_cell__that_maps_new_code_is_ended(void **state)
{
    (void)state;
    check_killed("code");
}

static void test_cell__has_its_channel_and_no_other_descriptor(void **state)
{
    bylaw__cells *cells = new_cells(2);
    bool keeps_stderr = guard_of(cells).is_instrumented;

    (void)state;
    check_answer(cells, "descriptors", keeps_stderr ? "2" : "1");
    bylaw__cells_free(cells);
}

static void test_cell__knows_no_secret(void **state)
{
    static const char wiped[sizeof(secret) - 1];
    bylaw__cells *cells = new_cells(1);
    struct bylaw__cell_task task = ask(cells, "secret");

    (void)state;
    assert_int_equal(task.answer.len, sizeof(wiped));
    assert_memory_equal(task.answer.ptr, wiped, sizeof(wiped));
    assert_string_equal(secret, "open sesame");
    bylaw__buf_release(&task.answer);
    bylaw__cells_free(cells);
}

/* ------------------------------------------------- they cost one task --- */

static void test_cell__that_crashes_costs_its_request(void **state)
{
    (void)state;
    check_outcome("crash", BYLAW__CELL_CRASHED);
}

static void test_cell__that_computes_for_ever_is_ended(void **state)
{
    (void)state;
    check_outcome("spin", BYLAW__CELL_TIMEOUT);
}

static void test_cell__that_sleeps_for_ever_is_ended(void **state)
{
    (void)state;
    check_outcome("wait", BYLAW__CELL_TIMEOUT);
}

static void test_cell__that_takes_too_much_memory_is_ended(void **state)
{
    bylaw__cells *cells = new_cells(1);
    bool is_limited =
        guard_of(cells).has_limits && !guard_of(cells).is_instrumented;

    (void)state;
    bylaw__cells_free(cells);
    if (!is_limited)
        skip();
    check_outcome("memory", BYLAW__CELL_MEMORY);
}

static void test_cell__whose_answer_is_too_long_is_ended(void **state)
{
    (void)state;
    check_outcome("long", BYLAW__CELL_MEMORY);
}

static void test_cell__that_lies_about_a_length_is_ended(void **state)
{
    (void)state;
    check_outcome("lie", BYLAW__CELL_CRASHED);
}

static void test_cell__that_invents_a_status_is_ended(void **state)
{
    (void)state;
    check_outcome("status", BYLAW__CELL_CRASHED);
}

static void test_cell__work_that_fails_is_a_crash(void **state)
{
    (void)state;
    check_outcome("no such order", BYLAW__CELL_CRASHED);
}

static void test_cell__killed_in_between_is_made_again(void **state)
{
    bylaw__cells *cells = new_cells(1);
    int pid = pid_of_cell(cells);

    (void)state;
    kill(pid, SIGKILL);
    check_answer(cells, "echo hello", "hello");
    assert_int_not_equal(pid_of_cell(cells), pid);
    bylaw__cells_free(cells);
}

/* Someone else's kill costs time, not the request: it is tried once more. */
static void test_cell__killed_at_work_is_asked_again(void **state)
{
    bylaw__cells *cells = new_cells(1);
    struct bylaw__cell_task task = {.head = bylaw__span_of("wait")};
    int pid = pid_of_cell(cells);

    (void)state;
    bylaw__cells_give(cells, &task);
    assert_int_equal(bylaw__cells_step(cells, NULL), 0);
    kill(pid, SIGKILL);
    assert_true(is_gone_soon(pid));
    while (!task.deaths)
        assert_int_equal(bylaw__cells_step(cells, NULL), 0);
    assert_int_equal(task.outcome, BYLAW__CELL_NONE);
    assert_int_equal(task.signal, SIGKILL);
    task.head = bylaw__span_of("echo at last");
    while (!bylaw__cells_take(cells))
        assert_int_equal(bylaw__cells_step(cells, NULL), 0);
    assert_int_equal(task.outcome, BYLAW__CELL_ANSWERED);
    assert_string_equal(task.answer.ptr, "at last");
    bylaw__buf_release(&task.answer);
    bylaw__cells_free(cells);
}

static int parent_of(int pid)
{
    char path[64];
    int parent = 0;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/stat", pid);
    file = fopen(path, "re");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%*d (%*[^)]) %*c %d", &parent), 1);
    fclose(file);
    return parent;
}

static void test_cell__outlives_no_loss_of_what_made_it(void **state)
{
    bylaw__cells *cells = new_cells(2);
    int pid = pid_of_cell(cells), maker = parent_of(pid);

    (void)state;
    assert_int_not_equal(maker, getpid());
    kill(maker, SIGKILL);
    assert_true(is_gone_soon(pid));
    check_answer(cells, "echo hello", "hello");
    assert_int_not_equal(parent_of(pid_of_cell(cells)), maker);
    bylaw__cells_free(cells);
}

static void test_cell__does_not_outlive_its_parent(void **state)
{
    int ends[2], pid = 0;
    pid_t parent;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    parent = fork();
    assert_true(parent >= 0);
    if (!parent) {
        bylaw__cells *cells = new_cells(1);
        int inner = pid_of_cell(cells);

        if (write(ends[1], &inner, sizeof(inner)) != sizeof(inner))
            _exit(1);
        for (;;)
            pause();
    }
    assert_int_equal(read(ends[0], &pid, sizeof(pid)), sizeof(pid));
    kill(parent, SIGKILL);
    waitpid(parent, NULL, 0);
    assert_true(is_gone_soon(pid));
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cell__answers_a_request),
        cmocka_unit_test(test_cell__takes_requests_larger_than_the_channel),
        cmocka_unit_test(test_cell__several_work_through_a_queue),
        cmocka_unit_test(test_cell__may_open_no_file),
        cmocka_unit_test(test_cell__may_open_no_socket),
        cmocka_unit_test(test_cell__that_runs_a_program_is_ended),
        cmocka_unit_test(test_cell__that_traces_its_parent_is_ended),
        cmocka_unit_test(test_cell__that_makes_a_process_is_ended),
        cmocka_unit_test(test_cell__that_signals_its_parent_is_ended),
        cmocka_unit_test(test_cell__that_maps_new_code_is_ended),
        cmocka_unit_test(test_cell__has_its_channel_and_no_other_descriptor),
        cmocka_unit_test(test_cell__knows_no_secret),
        cmocka_unit_test(test_cell__that_crashes_costs_its_request),
        cmocka_unit_test(test_cell__that_computes_for_ever_is_ended),
        cmocka_unit_test(test_cell__that_sleeps_for_ever_is_ended),
        cmocka_unit_test(test_cell__that_takes_too_much_memory_is_ended),
        cmocka_unit_test(test_cell__whose_answer_is_too_long_is_ended),
        cmocka_unit_test(test_cell__that_lies_about_a_length_is_ended),
        cmocka_unit_test(test_cell__that_invents_a_status_is_ended),
        cmocka_unit_test(test_cell__work_that_fails_is_a_crash),
        cmocka_unit_test(test_cell__killed_in_between_is_made_again),
        cmocka_unit_test(test_cell__killed_at_work_is_asked_again),
        cmocka_unit_test(test_cell__outlives_no_loss_of_what_made_it),
        cmocka_unit_test(test_cell__does_not_outlive_its_parent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
