/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger, kept level with the workspace. */
#include "pipeline.h"

#include "evidence/evidence.h"
#include "store/store.h"

#include <bylaw/bylaw.h>

#include <stdlib.h>
#include <unistd.h>

/* The workspace's note of which ledger is its own. */
#define NOTE "ledger"

/* Entries in the queue that are in the ledger, too, before they are dropped:
 * dropping costs a flush to disk of its own. */
#define DROP_AFTER 4096

struct bylaw__keeper {
    const struct bylaw__keep_options *options;
    bylaw__store *store;
    bylaw__ledger *ledger;
    bylaw__key *key; /* NULL until it is needed */
    int64_t dropped; /* up to this number the queue was emptied */
    struct bylaw__moment now;
    struct bylaw_error *err;
};

int bylaw__keeper_add(bylaw__keeper *keeper, const char *kind,
                      struct bylaw_span body, struct bylaw_error *err)
{
    keeper->options->now(&keeper->now, keeper->options->payload);
    return bylaw__ledger_add(keeper->ledger, kind, body, 0, &keeper->now, err);
}

bylaw__ledger *bylaw__keeper_ledger(bylaw__keeper *keeper)
{
    return keeper->ledger;
}

static int add(bylaw__keeper *keeper, const char *kind,
               const struct bylaw__buf *body, struct bylaw_error *err)
{
    if (body->failed)
        return bylaw__fail_memory(err, keeper->options->ledger_path);
    return bylaw__keeper_add(keeper, kind, bylaw__buf_span(body), err);
}

static int load_key(bylaw__keeper *keeper, struct bylaw_error *err)
{
    return keeper->key
               ? 0
               : bylaw__key_load(&keeper->key, keeper->options->key_path, err);
}

/* -------------------------------------------------------------- making --- */

/* A ledger is named after its first key. */
static int name_ledger(struct bylaw__buf *out, const bylaw__key *key,
                       struct bylaw_error *err)
{
    char hex[BYLAW__SHA256_HEX];
    struct bylaw_span public = {(const char *)bylaw__key_public(key),
                                BYLAW__KEY_BYTES};

    if (bylaw__sha256_hex(hex, public))
        return bylaw__fail_memory(err, "");
    bylaw__buf_printf(out, "bylaw-ledger/%.16s", hex);
    return out->failed ? bylaw__fail_memory(err, "") : 0;
}

static int add_unentered(void *payload, const char *kind, int64_t row)
{
    struct bylaw__json *json = payload;

    bylaw__json_add_number(json, kind, row);
    return 0;
}

static int see_any(void *payload, const char *kind, int64_t row)
{
    (void)kind;
    *(bool *)payload = *(bool *)payload || row > 0;
    return 0;
}

static void add_key(struct bylaw__buf *out, const bylaw__key *key)
{
    bylaw__buf_add_base64(
        out, (struct bylaw_span){(const char *)bylaw__key_public(key),
                                 BYLAW__KEY_BYTES});
}

/* What a workspace did before it had a ledger, its first entry only counts. */
static int write_first(struct bylaw__buf *out, bylaw__keeper *keeper,
                       struct bylaw_error *err)
{
    struct bylaw__buf key = {0};
    struct bylaw__json json;
    bool has_past = false;
    int rc = bylaw__store_unentered(keeper->store, see_any, &has_past, err);

    add_key(&key, keeper->key);
    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "what", has_past ? "adopted" : "made");
    bylaw__json_add_text(&json, "origin", bylaw__ledger_origin(keeper->ledger));
    bylaw__json_key(&json, "key");
    bylaw__json_span(&json, bylaw__buf_span(&key));
    bylaw__json_add_text(&json, "program", "bylaw " BYLAW_VERSION);
    bylaw__json_key(&json, "unentered");
    bylaw__json_object(&json);
    if (!rc)
        rc = bylaw__store_unentered(keeper->store, add_unentered, &json, err);
    bylaw__json_object_end(&json);
    bylaw__json_object_end(&json);
    bylaw__buf_release(&key);
    return rc;
}

static int begin_ledger(bylaw__keeper *keeper, struct bylaw_error *err)
{
    struct bylaw__buf body = {0};
    int rc = load_key(keeper, err);

    if (!rc)
        rc = write_first(&body, keeper, err);
    if (!rc)
        rc = add(keeper, "workspace", &body, err);
    if (!rc)
        rc = bylaw__ledger_commit(keeper->ledger, err);
    bylaw__buf_release(&body);
    return rc;
}

/* A key that is there already was made by a run that got no further. */
static int make_ledger(bylaw__keeper *keeper, struct bylaw_error *err)
{
    const struct bylaw__keep_options *options = keeper->options;
    struct bylaw__buf origin = {0};
    int rc = 0;

    if (access(options->key_path, F_OK))
        rc = bylaw__key_make(options->key_path, err);
    if (!rc)
        rc = load_key(keeper, err);
    if (!rc)
        rc = name_ledger(&origin, keeper->key, err);
    if (!rc)
        rc = bylaw__ledger_make(options->ledger_path, origin.ptr, err);
    bylaw__buf_release(&origin);
    return rc;
}

/* ------------------------------------------------------------- opening --- */

/* The note is written last, so a ledger without one is new, or was put there
 * by somebody; its origin settles which. */
static int check_origin(bylaw__keeper *keeper, struct bylaw_span noted,
                        int64_t now_ms, struct bylaw_error *err)
{
    struct bylaw_span origin =
        bylaw__span_of(bylaw__ledger_origin(keeper->ledger));

    if (!noted.len)
        return bylaw__store_note_put(keeper->store, NOTE, origin, now_ms, err);
    if (bylaw__span_eq(noted, origin))
        return 0;
    return bylaw__fail(err, BYLAW_EIO, "ledger.other",
                       keeper->options->ledger_path,
                       "it is \"%s\", but the workspace's own is \"%.*s\"",
                       origin.ptr, (int)noted.len, noted.ptr);
}

static int open_ledger(bylaw__keeper *keeper, struct bylaw_error *err)
{
    const char *path = keeper->options->ledger_path;
    struct bylaw__buf noted = {0};
    int64_t at_ms;
    int rc = bylaw__store_note_get(&noted, &at_ms, keeper->store, NOTE, err);

    if (!rc && access(path, F_OK)) {
        if (noted.len)
            rc = bylaw__fail(err, BYLAW_EIO, "ledger.missing", path,
                             "the workspace's ledger is gone");
        else
            rc = make_ledger(keeper, err);
    }
    if (!rc)
        rc = bylaw__ledger_open(&keeper->ledger, path, err);
    if (!rc && !bylaw__ledger_size(keeper->ledger))
        rc = begin_ledger(keeper, err);
    if (!rc)
        rc = check_origin(keeper, bylaw__buf_span(&noted), keeper->now.utc_ms,
                          err);
    bylaw__buf_release(&noted);
    return rc;
}

/*
 * A workspace that knows of fewer entries than the ledger was put back from a
 * copy. Nothing is taken back: the ledger says so, and numbers go on above
 * those that were given.
 */
static int meet(bylaw__keeper *keeper, struct bylaw_error *err)
{
    int64_t known, recorded = bylaw__ledger_due(keeper->ledger);
    struct bylaw__buf body = {0};
    int rc = bylaw__store_due_newest(&known, keeper->store, err);

    if (rc || known >= recorded)
        return rc;
    bylaw__buf_printf(&body, "{\"workspace_due\":%lld,\"ledger_due\":%lld}",
                      (long long)known, (long long)recorded);
    rc = add(keeper, "restored", &body, err);
    if (!rc)
        rc = bylaw__ledger_commit(keeper->ledger, err);
    if (!rc)
        rc = bylaw__store_due_mark(keeper->store, recorded, err);
    bylaw__buf_release(&body);
    return rc;
}

int bylaw__keeper_open(bylaw__keeper **out, bylaw__store *store,
                       const struct bylaw__keep_options *options,
                       struct bylaw_error *err)
{
    bylaw__keeper *keeper = calloc(1, sizeof(*keeper));
    int rc;

    *out = NULL;
    if (!keeper)
        return bylaw__fail_memory(err, options->ledger_path);
    keeper->options = options;
    keeper->store = store;
    options->now(&keeper->now, options->payload);
    rc = open_ledger(keeper, err);
    if (!rc)
        rc = meet(keeper, err);
    if (!rc)
        rc = bylaw__keeper_flush(keeper, err);
    if (rc)
        bylaw__keeper_close(keeper);
    else
        *out = keeper;
    return rc;
}

void bylaw__keeper_close(bylaw__keeper *keeper)
{
    if (!keeper)
        return;
    bylaw__ledger_close(keeper->ledger);
    bylaw__key_free(keeper->key);
    free(keeper);
}

/* ------------------------------------------------------------- keeping --- */

/* The queue has no gaps; one between it and the ledger means that the ledger
 * is an older copy of itself. */
static int take_over(void *payload, const struct bylaw__due_row *row)
{
    bylaw__keeper *keeper = payload;
    int64_t last = bylaw__ledger_due(keeper->ledger);

    if (row->due != last + 1)
        return bylaw__fail(keeper->err, BYLAW_EIO, "ledger.older",
                           keeper->options->ledger_path,
                           "it ends at entry %lld of the workspace, which had "
                           "recorded up to %lld in it",
                           (long long)last, (long long)row->due - 1);
    return bylaw__ledger_add(keeper->ledger, row->kind,
                             bylaw__span_of(row->body), row->due, &keeper->now,
                             keeper->err);
}

static int drop(bylaw__keeper *keeper, struct bylaw_error *err)
{
    int64_t due = bylaw__ledger_due(keeper->ledger);
    int rc = 0;

    if (due > keeper->dropped)
        rc = bylaw__store_due_drop(keeper->store, due, err);
    keeper->dropped = due;
    return rc;
}

int bylaw__keeper_flush(bylaw__keeper *keeper, struct bylaw_error *err)
{
    int rc;

    keeper->options->now(&keeper->now, keeper->options->payload);
    keeper->err = err;
    rc = bylaw__store_due_entries(keeper->store,
                                  bylaw__ledger_due(keeper->ledger), take_over,
                                  keeper, err);
    if (!rc)
        rc = bylaw__ledger_commit(keeper->ledger, err);
    if (!rc && bylaw__ledger_due(keeper->ledger) - keeper->dropped > DROP_AFTER)
        rc = drop(keeper, err);
    return rc;
}

/* Whether the newest entry that names a key names this one. */
static int is_named(bool *out, bylaw__keeper *keeper, struct bylaw_error *err)
{
    struct bylaw__buf body = {0}, named = {0}, ours = {0};
    int rc = bylaw__ledger_last_of(&body, keeper->ledger, "key", err);

    add_key(&ours, keeper->key);
    *out = !rc && bylaw__body_text(&named, bylaw__buf_span(&body), "key") &&
           bylaw__span_eq(bylaw__buf_span(&named), bylaw__buf_span(&ours));
    bylaw__buf_release(&body);
    bylaw__buf_release(&named);
    bylaw__buf_release(&ours);
    return rc;
}

/* A checkpoint by a key that the ledger does not know would never verify. */
static int check_key(bylaw__keeper *keeper, struct bylaw_error *err)
{
    struct bylaw__buf text = {0};
    struct bylaw__note note;
    bool is_known = true;
    int rc = bylaw__ledger_newest(&text, keeper->ledger, err);

    if (!rc && text.len &&
        (bylaw__note_read(&note, bylaw__buf_span(&text), NULL) ||
         bylaw__note_check(&note, keeper->key) != BYLAW__NOTE_SIGNED))
        rc = is_named(&is_known, keeper, err);
    if (!rc && !is_known)
        rc = bylaw__fail(err, BYLAW_EIO, "ledger.key-other",
                         keeper->options->key_path,
                         "the ledger's newest checkpoint was signed by another "
                         "key");
    bylaw__buf_release(&text);
    return rc;
}

int bylaw__keeper_seal(bylaw__keeper *keeper, struct bylaw_error *err)
{
    int rc = bylaw__keeper_flush(keeper, err);

    if (!rc)
        rc = load_key(keeper, err);
    if (!rc)
        rc = check_key(keeper, err);
    if (!rc)
        rc = bylaw__ledger_checkpoint(keeper->ledger, keeper->key,
                                      keeper->now.utc_ms, err);
    return rc ? rc : drop(keeper, err);
}

int bylaw__keeper_renew(bool *out_by_old, bylaw__keeper *keeper,
                        const char *new_key_path, struct bylaw_error *err)
{
    bylaw__key *key = NULL;
    struct bylaw__buf body = {0};
    int rc = bylaw__key_load(&key, new_key_path, err);

    *out_by_old = !rc && !load_key(keeper, NULL) && !check_key(keeper, NULL);
    bylaw__buf_add_text(&body, "{\"key\":\"");
    if (!rc)
        add_key(&body, key);
    bylaw__buf_printf(&body, "\",\"is_signed_by_old\":%s}",
                      *out_by_old ? "true" : "false");
    if (!rc)
        rc = add(keeper, "key", &body, err);
    if (!rc)
        rc = bylaw__ledger_checkpoint(keeper->ledger,
                                      *out_by_old ? keeper->key : key,
                                      keeper->now.utc_ms, err);
    bylaw__buf_release(&body);
    bylaw__key_free(key);
    return rc;
}

int bylaw__keep(bylaw__store *store, const struct bylaw__keep_options *options,
                struct bylaw_error *err)
{
    bylaw__keeper *keeper = NULL;
    int rc = bylaw__keeper_open(&keeper, store, options, err);

    if (!rc)
        rc = bylaw__keeper_seal(keeper, err);
    bylaw__keeper_close(keeper);
    return rc;
}
