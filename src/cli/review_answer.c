/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the review page does: each request becomes the command that a person
 * would have given, run by the same function, with what it says taken down.
 */
#include "review.h"

#include <jansson.h>
#include <stddef.h>
#include <stdio.h>

/* What a request's JSON may say. */
struct wish {
    json_t *root;
    char number[24]; /* of the case */
    const char *state;
};

/* The texts of a request that are options of the command. */
static const struct {
    const char *name;
    size_t offset;
} texts[] = {
    {"reason", offsetof(struct cli_options, reason)},
    {"until", offsetof(struct cli_options, until)},
    {"kind", offsetof(struct cli_options, kind)},
    {"lang", offsetof(struct cli_options, language)},
};

static int fail_request(struct review_answer *out, unsigned status,
                        const char *id, const char *what)
{
    struct bylaw_error err;

    bylaw__fail(&err, BYLAW_EUSAGE, id, "", "%s", what);
    out->status = status;
    out->kind = REVIEW_JSON;
    bylaw__report_error_json(&out->body, &err);
    return -1;
}

/* ------------------------------------------------------------- running --- */

/* The command as if it were given alone, in the same workspace. */
static void begin(struct cli *out, const struct review *review,
                  const char *command, struct cli_capture *capture)
{
    const struct cli_options *given = &review->cli->options;

    *out = *review->cli;
    out->status = CLI_OK;
    out->capture = capture;
    out->command = cli_command_find(command);
    out->options = (struct cli_options){.workspace = given->workspace,
                                        .rules_dir = given->rules_dir,
                                        .by = given->by};
}

static unsigned status_of(int code)
{
    return code == CLI_LOCKED  ? 409
           : code == CLI_USAGE ? 400
           : code              ? 500
                               : 200;
}

/* The first complaint is the reason; those after it followed from it. */
static void answer_failure(struct review_answer *out, int code,
                           const struct cli_capture *capture)
{
    struct bylaw_span said = bylaw__buf_span(&capture->complaints);
    size_t end = bylaw__span_find(said, BYLAW__SPAN("\n"));

    out->status = status_of(code);
    out->kind = REVIEW_JSON;
    bylaw__buf_add_span(&out->body,
                        bylaw__span_sub(said, 0,
                                        end == SIZE_MAX ? said.len : end));
}

/* Runs it; the words after its name end with NULL. */
static int run(struct review_answer *out, struct cli *cli, const char **words)
{
    int code;

    cli->options.args.items = words;
    for (cli->options.args.count = 0; words[cli->options.args.count];)
        cli->options.args.count++;
    code = cli->command->run(cli);
    if (code)
        answer_failure(out, code, cli->capture);
    return code;
}

/* --------------------------------------------------------------- pages --- */

static void answer_page(struct review_answer *out, const struct review *review)
{
    struct bylaw__report_review shown = {review->token, review->is_read_only};
    struct cli_capture capture = {.review = &shown};
    const char *words[] = {NULL};
    struct cli cli;

    bylaw__buf_init(&capture.results, BYLAW_LIMIT_REPORT_BYTES);
    begin(&cli, review, "report", &capture);
    cli.options.format = "html";
    if (!run(out, &cli, words)) {
        out->kind = REVIEW_HTML;
        bylaw__buf_release(&out->body);
        out->body = capture.results;
        capture.results = (struct bylaw__buf){0};
    }
    cli_capture_release(&capture);
}

static void answer_case(struct review_answer *out, const struct review *review,
                        const char *number)
{
    struct cli_capture capture = {0};
    const char *words[] = {"show", number, NULL};
    struct cli cli;

    begin(&cli, review, "case", &capture);
    cli.options.json = true;
    if (!run(out, &cli, words))
        bylaw__buf_add_span(&out->body, bylaw__buf_span(&capture.results));
    out->body.failed |= capture.results.failed;
    cli_capture_release(&capture);
}

/* ----------------------------------------------------------- decisions --- */

static int set_state(struct review_answer *out, struct cli *cli,
                     const struct wish *wish)
{
    const char *words[] = {"set", wish->number, wish->state, NULL};

    cli->options.json = true;
    return run(out, cli, words);
}

static int keep_note(struct review_answer *out, struct cli *cli,
                     const struct wish *wish)
{
    const char *words[] = {"note", wish->number, NULL};

    cli->options.json = true;
    return run(out, cli, words);
}

static int make_draft(struct review_answer *out, struct cli *cli,
                      const struct wish *wish)
{
    const char *words[] = {wish->number, NULL};

    return run(out, cli, words);
}

static const struct {
    const char *path, *command;
    int (*run)(struct review_answer *out, struct cli *cli,
               const struct wish *wish);
} decisions[] = {
    {"set", "case", set_state},
    {"note", "case", keep_note},
    {"draft", "notice", make_draft},
};

static const char *text_of(const json_t *root, const char *name)
{
    const char *text = json_string_value(json_object_get(root, name));

    return text && *text ? text : NULL;
}

static bool is_known(const char *name)
{
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (!strcmp(texts[i].name, name))
            return true;
    return !strcmp(name, "state");
}

static int read_wish(struct wish *out, struct review_answer *answer,
                     struct bylaw_span body)
{
    const char *name;
    json_t *value;

    out->root = json_loadb(body.len ? body.ptr : "", body.len,
                           JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(out->root))
        return fail_request(answer, 400, "serve.request",
                            "a decision is one JSON object");
    json_object_foreach(out->root, name, value) if (
        strcmp(name, "case")
            ? !is_known(name) || !json_is_string(value)
            : !json_is_integer(
                  value)) return fail_request(answer, 400, "serve.request",
                                              "a decision has a case's number "
                                              "and texts: "
                                              "state, reason, until, kind, "
                                              "lang");
    snprintf(out->number, sizeof(out->number), "%lld",
             (long long)json_integer_value(json_object_get(out->root, "case")));
    out->state = text_of(out->root, "state");
    return 0;
}

/* What was said, beside the case as it stands now. */
static void answer_done(struct review_answer *out, const struct review *review,
                        const struct wish *wish,
                        const struct cli_capture *capture)
{
    struct review_answer now = {0};
    struct bylaw__json json;

    answer_case(&now, review, wish->number);
    bylaw__json_init(&json, &out->body, false);
    bylaw__json_object(&json);
    bylaw__json_key(&json, "said");
    bylaw__json_span(&json, bylaw__buf_span(&capture->results));
    bylaw__json_key(&json, "remarks");
    bylaw__json_span(&json, bylaw__buf_span(&capture->remarks));
    bylaw__json_key(&json, "now");
    if (now.status && now.status != 200)
        bylaw__json_null(&json);
    else
        bylaw__json_raw(&json, bylaw__buf_span(&now.body));
    bylaw__json_object_end(&json);
    bylaw__buf_release(&now.body);
}

static void decide(struct review_answer *out, const struct review *review,
                   size_t which, struct bylaw_span body)
{
    struct cli_capture capture = {0};
    struct wish wish = {0};
    struct cli cli;

    begin(&cli, review, decisions[which].command, &capture);
    if (!read_wish(&wish, out, body)) {
        for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
            *(const char **)((char *)&cli.options + texts[i].offset) =
                text_of(wish.root, texts[i].name);
        if (!decisions[which].run(out, &cli, &wish))
            answer_done(out, review, &wish, &capture);
    }
    json_decref(wish.root);
    cli_capture_release(&capture);
}

void review_answer(struct review_answer *out, const struct review *review,
                   const struct review_request *request, struct bylaw_span body)
{
    const char *path = request->path + sizeof(review->token) + 1;
    bool is_post = !strcmp(request->method, "POST");

    out->status = 200;
    out->kind = REVIEW_JSON;
    for (size_t i = 0; is_post && i < sizeof(decisions) / sizeof(decisions[0]);
         i++)
        if (!strcmp(path, decisions[i].path)) {
            decide(out, review, i, body);
            return;
        }
    if (!is_post && !*path)
        answer_page(out, review);
    else if (!is_post && !strncmp(path, "case/", 5))
        answer_case(out, review, path + 5);
    else
        fail_request(out, 404, "serve.method", "there is no such place here");
}
