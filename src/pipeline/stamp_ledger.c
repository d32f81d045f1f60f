/* SPDX-License-Identifier: Apache-2.0 */
/* The newest checkpoint, stamped by an authority. */
#include "pipeline.h"

#include "fetch/fetch.h"

#include <stdio.h>

struct stamping {
    const struct bylaw__stamp_options *options;
    bylaw__keeper *keeper;
    bylaw__fetcher *fetcher;
    struct bylaw__buf note, request, answer;
    uint64_t stamped; /* size of the newest checkpoint that has a stamp */
};

static int note_size(void *payload, const struct bylaw__stamp_row *row)
{
    struct stamping *s = payload;

    if ((uint64_t)row->size > s->stamped)
        s->stamped = (uint64_t)row->size;
    return 0;
}

static int64_t fixed_clock(void *payload)
{
    return *(const int64_t *)payload;
}

static int open_fetcher(struct stamping *s, int64_t *now_ms,
                        struct bylaw_error *err)
{
    const struct bylaw__stamp_options *options = s->options;
    struct bylaw_fetch_options fetch = {
        .user_agent = options->config->user_agent,
        .allow_ranges = options->config->tsa_allow_address,
        .connect_to = options->connect_to,
        .ca_file = options->ca_file,
    };
    struct bylaw__clock clock = {fixed_clock, now_ms};

    return bylaw__fetcher_new(&s->fetcher, &fetch, NULL, clock, err);
}

/* What went wrong with the authority; the ledger is as good as before. */
static void ask(struct stamping *s, struct bylaw_error *out_why)
{
    const struct bylaw_config *config = s->options->config;
    struct bylaw__query query = {.url = config->tsa,
                                 .content_type = "application/timestamp-query"};
    struct bylaw__stamp stamp;
    int rc =
        bylaw__stamp_request(&s->request, bylaw__buf_span(&s->note), out_why);

    query.body = bylaw__buf_span(&s->request);
    if (!rc)
        rc = bylaw__send_query(&s->answer, s->fetcher, &query, out_why);
    if (!rc)
        rc = bylaw__stamp_check(&stamp, bylaw__buf_span(&s->answer),
                                bylaw__buf_span(&s->note), config->tsa_ca,
                                out_why);
    if (!rc && !bylaw__stamp_answers(bylaw__buf_span(&s->answer),
                                     bylaw__buf_span(&s->request)))
        bylaw__fail(out_why, BYLAW_EPARSE, "stamp.nonce", config->tsa,
                    "the answer is to another request");
    if (rc && !out_why->where[0])
        snprintf(out_why->where, sizeof(out_why->where), "%s", config->tsa);
}

static int record_failure(struct stamping *s, const struct bylaw_error *why,
                          struct bylaw_error *err)
{
    struct bylaw__buf body = {0};
    struct bylaw__json json;
    int rc;

    bylaw__json_init(&json, &body, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "authority", s->options->config->tsa);
    bylaw__json_add_text(&json, "why", why->id);
    bylaw__json_object_end(&json);
    rc = body.failed ? bylaw__fail_memory(err, "")
                     : bylaw__keeper_add(s->keeper, "stamp-failed",
                                         bylaw__buf_span(&body), err);
    if (!rc)
        rc = bylaw__keeper_flush(s->keeper, err);
    bylaw__buf_release(&body);
    return rc;
}

static int stamp(struct stamping *s, struct bylaw_error *out_why,
                 struct bylaw_error *err)
{
    bylaw__ledger *ledger = bylaw__keeper_ledger(s->keeper);
    uint64_t size;
    int rc = bylaw__ledger_newest(&s->note, ledger, err);

    if (!rc)
        rc = bylaw__ledger_stamps(ledger, note_size, s, err);
    size = (uint64_t)bylaw__checkpoint_size(s->note.ptr);
    if (rc || size <= s->stamped)
        return rc;
    ask(s, out_why);
    if (out_why->code)
        return record_failure(s, out_why, err);
    return bylaw__ledger_stamp(ledger, size, s->options->config->tsa,
                               bylaw__buf_span(&s->answer), s->options->now_ms,
                               err);
}

int bylaw__pipeline_stamp(struct bylaw_error *out_why, bylaw__store *store,
                          const struct bylaw__keep_options *keep,
                          const struct bylaw__stamp_options *options,
                          struct bylaw_error *err)
{
    struct stamping s = {.options = options};
    int64_t now_ms = options->now_ms;
    int rc;

    *out_why = (struct bylaw_error){0};
    if (!options->config->tsa)
        return 0;
    bylaw__buf_init(&s.answer, BYLAW_LIMIT_STAMP_BYTES);
    rc = bylaw__keeper_open(&s.keeper, store, keep, err);
    if (!rc)
        rc = open_fetcher(&s, &now_ms, err);
    if (!rc)
        rc = stamp(&s, out_why, err);
    bylaw__fetcher_free(s.fetcher);
    bylaw__keeper_close(s.keeper);
    bylaw__buf_release(&s.note);
    bylaw__buf_release(&s.request);
    bylaw__buf_release(&s.answer);
    return rc;
}
