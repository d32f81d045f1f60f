/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Serves the faults until standard input ends. Prints where, as lines
 * "NAME PORT".
 * usage: serve_faults CA-FILE [PAGE]
 *   CA-FILE  written: the certificates of all the TLS ports
 *   PAGE     a file that "/page" answers with
 */
#include "net/fault_server.h"

#include <stdio.h>
#include <unistd.h>

static const char *const port_names[] = {
    [FAULT_PLAIN] = "PORT",
    [FAULT_SELF_SIGNED] = "TLS-PORT",
    [FAULT_WRONG_HOST] = "WRONG-HOST-PORT",
    [FAULT_EXPIRED] = "EXPIRED-PORT",
};

#define SERVERS (sizeof(port_names) / sizeof(port_names[0]))

static void wait_for_end(void)
{
    char bytes[256];

    fflush(stdout);
    while (read(STDIN_FILENO, bytes, sizeof(bytes)) > 0)
        ;
}

int main(int argc, char **argv)
{
    struct fault_server *servers[SERVERS] = {NULL};
    struct bylaw__buf page = {0};
    FILE *bundle = argc > 1 ? fopen(argv[1], "w") : NULL;
    int status = 1;

    if (!bundle || (argc > 2 && bylaw__file_read(&page, argv[2], NULL)))
        goto done;
    for (size_t i = 0; i < SERVERS; i++) {
        servers[i] = fault_server_start((enum fault_identity)i, "127.0.0.1", 0,
                                        bylaw__buf_span(&page));
        if (!servers[i])
            goto done;
        fputs(fault_server_pem(servers[i]), bundle);
        printf("%s %u\n", port_names[i], fault_server_port(servers[i]));
    }
    fflush(bundle);
    wait_for_end();
    status = 0;
done:
    for (size_t i = 0; i < SERVERS; i++)
        fault_server_stop(servers[i]);
    if (bundle)
        fclose(bundle);
    bylaw__buf_release(&page);
    if (status)
        fprintf(stderr, "usage: serve_faults CA-FILE [PAGE]\n");
    return status;
}
