/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw serve: the review page, served by libmicrohttpd on loopback. */
#include "review.h"
#include "workspace.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

#define WAIT_MS   500 /* a signal that comes just before waiting */
#define TIMEOUT_S 15u /* of a connection that says nothing */

static volatile sig_atomic_t interrupted;

static void interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

/* ------------------------------------------------------------ requests --- */

/* A request whose body is still coming. */
struct coming {
    struct bylaw__buf body;
};

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static const struct {
    const char *name, *value;
} headers[] = {
    {"Cache-Control", "no-store"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Content-Security-Policy", "frame-ancestors 'none'"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Referrer-Policy", "same-origin"},
};

/* Sends the answer and lets go of it. */
static enum MHD_Result send_answer(struct MHD_Connection *connection,
                                   struct review_answer *answer)
{
    static const char *const types[] = {
        [REVIEW_HTML] = "text/html; charset=utf-8",
        [REVIEW_JSON] = "application/json; charset=utf-8",
    };
    struct MHD_Response *response = NULL;
    enum MHD_Result result;
    size_t len = 0;
    char *bytes = bylaw__buf_take(&answer->body, &len);

    if (bytes)
        response =
            MHD_create_response_from_buffer(len, bytes, MHD_RESPMEM_MUST_FREE);
    if (!response) {
        free(bytes);
        return MHD_NO;
    }
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                            types[answer->kind]);
    for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
        MHD_add_response_header(response, headers[i].name, headers[i].value);
    result = MHD_queue_response(connection, answer->status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *connection,
                              const char *url, const char *method,
                              const char *version, const char *upload,
                              size_t *upload_size, void **state)
{
    const struct review *review = cls;
    struct review_request request = {
        .method = method,
        .path = url,
        .host = header(connection, MHD_HTTP_HEADER_HOST),
        .origin = header(connection, MHD_HTTP_HEADER_ORIGIN),
        .token = header(connection, "X-Bylaw-Token"),
        .type = header(connection, MHD_HTTP_HEADER_CONTENT_TYPE),
        .length = header(connection, MHD_HTTP_HEADER_CONTENT_LENGTH),
    };
    struct review_answer answer = {0};
    struct coming *coming = *state;

    (void)version;
    if (!coming) {
        /* Refused before a byte of the body is taken. */
        if (!review_admit(&answer, review, &request))
            return send_answer(connection, &answer);
        coming = calloc(1, sizeof(*coming));
        if (!coming)
            return MHD_NO;
        bylaw__buf_init(&coming->body, BYLAW_LIMIT_REVIEW_BYTES);
        *state = coming;
        return MHD_YES;
    }
    if (*upload_size) {
        bylaw__buf_add_span(&coming->body,
                            (struct bylaw_span){upload, *upload_size});
        *upload_size = 0;
        return coming->body.failed ? MHD_NO : MHD_YES;
    }
    review_answer(&answer, review, &request, bylaw__buf_span(&coming->body));
    return send_answer(connection, &answer);
}

static void forget(void *cls, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode how)
{
    struct coming *coming = *state;

    (void)cls;
    (void)connection;
    (void)how;
    if (coming)
        bylaw__buf_release(&coming->body);
    free(coming);
    *state = NULL;
}

/* ------------------------------------------------------------- serving --- */

static int make_token(struct review *review, struct bylaw_error *err)
{
    unsigned char bytes[(REVIEW_TOKEN_BYTES - 1) / 2];

    if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
        return bylaw__fail(err, BYLAW_EINTERNAL, "serve.port", "",
                           "the system gives no secret: %s", strerror(errno));
    for (size_t i = 0; i < sizeof(bytes); i++)
        snprintf(review->token + 2 * i, 3, "%02x", bytes[i]);
    return 0;
}

static int start(struct MHD_Daemon **out, struct review *review,
                 struct bylaw_error *err)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    const union MHD_DaemonInfo *info;
    unsigned port = review->cli->options.port;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)port);
    *out = MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, handle, review,
                            MHD_OPTION_SOCK_ADDR, &address,
                            MHD_OPTION_NOTIFY_COMPLETED, forget, NULL,
                            MHD_OPTION_CONNECTION_TIMEOUT, TIMEOUT_S,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                            (size_t)BYLAW_LIMIT_REVIEW_HEAD,
                            MHD_OPTION_CONNECTION_LIMIT,
                            BYLAW_LIMIT_REVIEW_ASKERS, MHD_OPTION_END);
    info = *out ? MHD_get_daemon_info(*out, MHD_DAEMON_INFO_BIND_PORT) : NULL;
    if (!info)
        return bylaw__fail(err, BYLAW_EINTERNAL, "serve.port", "127.0.0.1",
                           "the review page cannot listen on port %u", port);
    review->port = info->port;
    return 0;
}

static int tell(struct cli *cli, const struct review *review)
{
    struct bylaw__buf out = {0}, url = {0};
    struct bylaw__json json;
    int rc;

    bylaw__buf_printf(&url, "http://127.0.0.1:%u/%s/", review->port,
                      review->token);
    if (cli->options.json) {
        bylaw__json_init(&json, &out, false);
        bylaw__json_object(&json);
        bylaw__json_add_text(&json, "schema", "bylaw.serve/1");
        bylaw__json_key(&json, "url");
        bylaw__json_span(&json, bylaw__buf_span(&url));
        bylaw__json_object_end(&json);
    } else
        bylaw__buf_add_span(&out, bylaw__buf_span(&url));
    bylaw__buf_add_char(&out, '\n');
    rc = cli_print(cli, &out);
    if (!rc && fflush(stdout))
        rc = CLI_RUNTIME;
    if (!rc)
        cli_remark(cli, "Open this address in a browser; interrupt to stop.");
    bylaw__buf_release(&out);
    bylaw__buf_release(&url);
    return rc;
}

static void keep_serving(struct MHD_Daemon *daemon)
{
    struct sigaction action = {.sa_handler = interrupt};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    while (!interrupted)
        MHD_run_wait(daemon, WAIT_MS);
}

/* Opened once at first, so that what is wrong with it is said here. */
static int try_workspace(struct cli *cli)
{
    struct cli_workspace workspace;
    int rc = cli_workspace_open(&workspace, cli, CLI_WORKSPACE_READ);

    if (!rc)
        cli_workspace_close(&workspace);
    return rc;
}

int cli_serve(struct cli *cli)
{
    struct review review = {.cli = cli, .is_read_only = cli->options.read_only};
    struct MHD_Daemon *daemon = NULL;
    struct bylaw_error err = {0};
    int rc;

    if (cli->options.args.count)
        return cli_usage(cli, "usage.no-argument",
                         "\"serve\" takes no argument \"%s\"",
                         cli->options.args.items[0]);
    rc = try_workspace(cli);
    if (rc)
        return rc;
    if (make_token(&review, &err) || start(&daemon, &review, &err))
        rc = cli_complain(cli, &err);
    else
        rc = tell(cli, &review);
    if (!rc)
        keep_serving(daemon);
    if (daemon)
        MHD_stop_daemon(daemon);
    return rc;
}
