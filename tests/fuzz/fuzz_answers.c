/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers of search services, lists and logs: any bytes keep the room's
 * invariants, and any phrase makes an address. The first byte says whose.
 */
#include "fuzz_leads.h"

/* A phrase can add nothing to the address but itself. */
static void check_ask(const struct bylaw__searcher *searcher,
                      struct bylaw_span phrase)
{
    struct bylaw__buf with = {0}, without = {0};
    bylaw_url *url = NULL;

    phrase = bylaw__span_sub(phrase, 0, 300);
    if (!searcher->ask(&with, "https://e.org/x", phrase, NULL) &&
        !searcher->ask(&without, "https://e.org/x", BYLAW__SPAN("x"), NULL)) {
        size_t params[2] = {0, 0};

        require(!bylaw_url_parse(&url, bylaw__buf_span(&with), NULL, NULL));
        for (size_t i = 0; i < with.len; i++)
            params[0] += strchr("&?#", with.ptr[i]) != NULL;
        for (size_t i = 0; i < without.len; i++)
            params[1] += strchr("&?#", without.ptr[i]) != NULL;
        require(params[0] == params[1]);
        bylaw_url_free(url);
    }
    bylaw__buf_release(&with);
    bylaw__buf_release(&without);
}

static size_t count_searchers(void)
{
    size_t count = 0;

    while (bylaw__searcher_at(count))
        count++;
    return count;
}

static int read_body(struct bylaw__leads **out, size_t which,
                     struct bylaw_span body, struct bylaw_error *err)
{
    const struct bylaw__searcher *searcher = bylaw__searcher_at(which);
    struct bylaw__answer answer = {body, "https://site.example/?page=2", NULL,
                                   400};

    if (!searcher)
        return which % 2 ? bylaw__url_list_read(out, body, err)
                         : bylaw__access_log_read(out, body, "/p/", err);
    check_ask(searcher, body);
    answer.total = body.len % 2 ? "7" : NULL;
    if (searcher->is_none)
        searcher->is_none(&answer);
    return searcher->read(out, &answer, err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw_span all = {(const char *)data, size};
    struct bylaw__leads *leads = NULL;
    struct bylaw_error err = {0};
    int rc;

    if (!size)
        return 0;
    rc = read_body(&leads, data[0] % (count_searchers() + 2),
                   bylaw__span_sub(all, 1, size), &err);
    check_reading(rc, leads, &err);
    return 0;
}
