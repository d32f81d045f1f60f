/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A ledger of a million entries (BYLAW_BENCH_ENTRIES): entries a second that
 * are on disk, alone and in the batches of a scan; entries a second that are
 * verified; size of a proof. The file goes into BYLAW_BENCH_DIR.
 */
#include "evidence/evidence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BATCH  64 /* visits that a scan commits at once */
#define SINGLE 2000

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void stop(const struct bylaw_error *err)
{
    fprintf(stderr, "bench-ledger: %s: %s\n", err->id, err->what);
    exit(1);
}

static int64_t due;

static void add(bylaw__ledger *ledger, struct bylaw__moment *now)
{
    static const char because[] =
        "The credit \\\"Global Research\\\" looks like a link but its target "
        "is \\\"#\\\".";
    struct bylaw_error err = {0};
    char body[512];

    due++;
    now->utc_ms++;
    now->ticks_ms++;
    snprintf(
        body, sizeof(body),
        "{\"row\":%lld,\"visit\":%lld,\"url\":\"https://example.org/%lld\","
        "\"source\":\"an-article\",\"verdict\":\"not-met\",\"because\":"
        "\"%s\",\"severity\":3}",
        (long long)due, (long long)due, (long long)due, because);
    if (bylaw__ledger_add(ledger, "verdict", bylaw__span_of(body), due, now,
                          &err))
        stop(&err);
}

static void commit(bylaw__ledger *ledger)
{
    struct bylaw_error err = {0};

    if (bylaw__ledger_commit(ledger, &err))
        stop(&err);
}

static double fill(bylaw__ledger *ledger, struct bylaw__moment *now, long count,
                   long batch)
{
    double began = seconds();

    for (long i = 0; i < count; i++) {
        add(ledger, now);
        if (i % batch == batch - 1)
            commit(ledger);
    }
    commit(ledger);
    return (double)count / (seconds() - began);
}

static void take_fault(void *payload, const struct bylaw__fault *fault)
{
    (void)payload;
    stop(&fault->what);
}

struct leaves {
    struct bylaw__digest *items;
    size_t count;
};

static int take_leaf(void *payload, const struct bylaw__ledger_row *row)
{
    struct leaves *leaves = payload;

    memcpy(leaves->items[leaves->count++].bytes, row->leaf.ptr,
           BYLAW__SHA256_BYTES);
    return 0;
}

static double prove(size_t *out_bytes, bylaw__ledger *ledger, uint64_t size)
{
    struct leaves leaves = {calloc(size, sizeof(*leaves.items)), 0};
    struct bylaw__path path;
    bylaw__sha256 *sha = NULL;
    double began = seconds();

    if (!leaves.items || bylaw__sha256_new(&sha, NULL) ||
        bylaw__ledger_rows(ledger, 0, take_leaf, &leaves, NULL) ||
        bylaw__path_of_leaf(&path, sha, leaves.items, size, size / 3))
        exit(1);
    *out_bytes = path.count * sizeof(path.steps[0]);
    bylaw__sha256_free(sha);
    free(leaves.items);
    return seconds() - began;
}

int main(void)
{
    const char *folder = getenv("BYLAW_BENCH_DIR");
    const char *wanted = getenv("BYLAW_BENCH_ENTRIES");
    long count = wanted ? strtol(wanted, NULL, 10) : 1000000;
    struct bylaw__moment now = {.utc_ms = 1795392000000,
                                .boot = "11111111-2222-3333-4444-555555555555"};
    struct bylaw__verify_options options = {.fault = take_fault};
    struct bylaw__verify_result result;
    struct bylaw_error err = {0};
    bylaw__ledger *ledger = NULL;
    bylaw__key *key = NULL;
    struct bylaw__buf body = {0};
    char path[512], key_path[512];
    double single, batched, began, verified, proof;
    size_t proof_bytes;

    snprintf(path, sizeof(path), "%s/bench-ledger.db", folder ? folder : ".");
    snprintf(key_path, sizeof(key_path), "%s/bench-ledger.key",
             folder ? folder : ".");
    unlink(path);
    unlink(key_path);
    if (bylaw__ledger_make(path, "bylaw-ledger/bench", &err) ||
        bylaw__ledger_open(&ledger, path, &err) ||
        bylaw__key_make(key_path, &err) ||
        bylaw__key_load(&key, key_path, &err))
        stop(&err);
    bylaw__buf_add_text(&body, "{\"key\":\"");
    bylaw__buf_add_base64(
        &body, (struct bylaw_span){(const char *)bylaw__key_public(key),
                                   BYLAW__KEY_BYTES});
    bylaw__buf_add_text(&body, "\"}");
    if (bylaw__ledger_add(ledger, "workspace", bylaw__buf_span(&body), 0, &now,
                          &err))
        stop(&err);
    single = fill(ledger, &now, SINGLE < count ? SINGLE : count, 1);
    batched =
        fill(ledger, &now, count - SINGLE > 0 ? count - SINGLE : 1, BATCH);
    if (bylaw__ledger_checkpoint(ledger, key, now.utc_ms, &err))
        stop(&err);
    bylaw__ledger_close(ledger);
    if (bylaw__ledger_open_read(&ledger, path, &err))
        stop(&err);
    began = seconds();
    if (bylaw__verify(&result, ledger, &options, &err))
        stop(&err);
    verified = (double)result.entries / (seconds() - began);
    proof = prove(&proof_bytes, ledger, result.entries);
    bylaw__ledger_close(ledger);
    bylaw__key_free(key);
    bylaw__buf_release(&body);
    printf("{\"bench\":\"ledger\",\"entries\":%llu,\"append_alone_per_s\":%.0f,"
           "\"append_batched_per_s\":%.0f,\"verify_per_s\":%.0f,"
           "\"proof_bytes\":%zu,\"proof_ms\":%.0f}\n",
           (unsigned long long)result.entries, single, batched, verified,
           proof_bytes, proof * 1000);
    unlink(path);
    unlink(key_path);
    return 0;
}
