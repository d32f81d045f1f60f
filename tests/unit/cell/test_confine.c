/* SPDX-License-Identifier: Apache-2.0 */
/* A process that reads hostile bytes itself can do that and little else. */
#include "cell/cell.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/** Where the tests may write, and where not. */
struct place {
    char dir[64], beside[80], inside[80];
};

static int open_place(void **state)
{
    struct place *place = calloc(1, sizeof(*place));

    *state = place;
    strcpy(place->dir, "/tmp/bylaw-confine-XXXXXX");
    if (!mkdtemp(place->dir))
        return -1;
    snprintf(place->inside, sizeof(place->inside), "%s/made", place->dir);
    snprintf(place->beside, sizeof(place->beside), "%s-beside", place->dir);
    return 0;
}

static int close_place(void **state)
{
    struct place *place = *state;

    unlink(place->inside);
    unlink(place->beside);
    rmdir(place->dir);
    free(place);
    return 0;
}

/* Runs what in a process of its own, confined to place; the code it ended with,
 * or 200 where nothing holds it back. */
static int run_confined(const struct place *place,
                        int (*what)(const struct place *place))
{
    int status = 0;
    pid_t pid = fork();

    if (!pid) {
        struct bylaw__cell_guard guard;

        bylaw__cell_confine(&guard, place->dir);
        if (!guard.has_filter || !guard.landlock)
            _exit(200);
        _exit(what(place));
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void check_confined(const struct place *place,
                           int (*what)(const struct place *place))
{
    int code = run_confined(place, what);

    if (code == 200)
        skip(); /* a kernel without, or a build with sanitizers */
    assert_int_equal(code, 0);
}

static bool makes(const char *path)
{
    int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    bool is_made = fd >= 0 && write(fd, "x", 1) == 1 && fchmod(fd, 0644) == 0;

    if (fd >= 0)
        close(fd);
    return is_made;
}

static int read_and_write(const struct place *place)
{
    char byte;
    int fd = open("/etc/passwd", O_RDONLY);

    if (fd < 0 || read(fd, &byte, 1) != 1)
        return 1;
    if (!makes(place->inside))
        return 2;
    return chmod(place->inside, 06777) == 0 ? 3 : 0;
}

static int write_elsewhere(const struct place *place)
{
    if (makes(place->beside) || makes("/tmp/bylaw-confine-elsewhere"))
        return 1;
    return errno == EACCES ? 0 : 2;
}

static int reach_out(const struct place *place)
{
    int pair[2];

    (void)place;
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM)
        return 1;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0)
        return 2;
    return kill(getppid(), 0) == 0 ? 3 : 0;
}

static int run_programs(const struct place *place)
{
    char name[] = "true";
    char *const argv[] = {name, NULL};
    pid_t pid;

    (void)place;
    if (fork() >= 0 ||
        posix_spawn(&pid, "/bin/true", NULL, NULL, argv, argv) == 0)
        return 1;
    execv("/bin/true", argv);
    return errno == EPERM ? 0 : 2;
}

static int run_memory(const struct place *place)
{
    long page = sysconf(_SC_PAGESIZE);
    void *memory = mmap(NULL, (size_t)page, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    (void)place;
    if (memory == MAP_FAILED)
        return 1;
    if (mprotect(memory, (size_t)page, PROT_READ | PROT_EXEC) == 0)
        return 2;
    memory = mmap(NULL, (size_t)page, PROT_READ | PROT_WRITE | PROT_EXEC,
                  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? 0 : 3;
}

static void *do_nothing(void *payload)
{
    return payload;
}

static int make_a_thread(const struct place *place)
{
    pthread_t thread;

    (void)place;
    return pthread_create(&thread, NULL, do_nothing, NULL) ||
           pthread_join(thread, NULL);
}

static void test_confined__reads_files_and_writes_in_its_folder(void **state)
{
    check_confined(*state, read_and_write);
}

static void test_confined__writes_nowhere_else(void **state)
{
    struct place nowhere = {.dir = "/tmp/bylaw-confine-none"};

    check_confined(*state, write_elsewhere);
    check_confined(&nowhere, write_elsewhere);
}

static void test_confined__reaches_nobody(void **state)
{
    check_confined(*state, reach_out);
}

static void test_confined__runs_no_program(void **state)
{
    check_confined(*state, run_programs);
}

static void test_confined__runs_no_memory_it_wrote(void **state)
{
    check_confined(*state, run_memory);
}

static void test_confined__still_makes_threads(void **state)
{
    check_confined(*state, make_a_thread);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            test_confined__reads_files_and_writes_in_its_folder, open_place,
            close_place),
        cmocka_unit_test_setup_teardown(test_confined__writes_nowhere_else,
                                        open_place, close_place),
        cmocka_unit_test_setup_teardown(test_confined__reaches_nobody,
                                        open_place, close_place),
        cmocka_unit_test_setup_teardown(test_confined__runs_no_program,
                                        open_place, close_place),
        cmocka_unit_test_setup_teardown(test_confined__runs_no_memory_it_wrote,
                                        open_place, close_place),
        cmocka_unit_test_setup_teardown(test_confined__still_makes_threads,
                                        open_place, close_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
