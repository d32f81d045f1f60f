/* SPDX-License-Identifier: Apache-2.0 */
/* Checkpoints and anchors: the root they name, and who signed it. */
#include "verify_int.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>

/* ------------------------------------------------------------ gathering --- */

static int collect(struct verify *v, struct bylaw_span note, const char *where,
                   struct bylaw_error *err)
{
    struct verify_root root = {.len = note.len, .where = where};
    struct bylaw__note read;
    struct bylaw_error why = {0};

    if (bylaw__note_read(&read, note, &why)) {
        bylaw__verify_fault(v, -1, "verify.checkpoint",
                            "a checkpoint is none: %s", why.what);
        return 0;
    }
    root.note = strndup(note.ptr, note.len);
    if (!root.note || bylaw__vec_grow(&v->roots, &v->root_cap,
                                      v->root_count + 1, sizeof(root))) {
        free(root.note);
        return bylaw__fail_memory(err, "");
    }
    bylaw__note_read(&read, (struct bylaw_span){root.note, root.len}, NULL);
    root.checkpoint = read.checkpoint;
    v->roots[v->root_count++] = root;
    return 0;
}

static int take_checkpoint(void *payload,
                           const struct bylaw__checkpoint_row *row)
{
    struct verify *v = payload;
    size_t before = v->root_count;
    int rc = collect(v, row->note, NULL, v->err);

    v->result->checkpoints++;
    if (!rc && v->root_count > before &&
        v->roots[before].checkpoint.size != (uint64_t)row->size)
        bylaw__verify_fault(v, -1, "verify.checkpoint",
                            "the checkpoint in row %" PRId64 " is of %" PRIu64
                            " entries",
                            row->size, v->roots[before].checkpoint.size);
    return rc;
}

static int by_size(const void *left, const void *right)
{
    const struct verify_root *a = left, *b = right;

    return (a->checkpoint.size > b->checkpoint.size) -
           (a->checkpoint.size < b->checkpoint.size);
}

int bylaw__verify_collect(struct verify *v, struct bylaw_error *err)
{
    const struct bylaw__anchors *anchors = v->options->anchors;
    int rc = bylaw__ledger_checkpoints(v->ledger, take_checkpoint, v, err);

    for (size_t i = 0; !rc && anchors && i < anchors->count; i++) {
        const struct bylaw__anchor *anchor = &anchors->items[i];

        v->result->anchors++;
        rc = collect(v, (struct bylaw_span){anchor->note, anchor->len},
                     anchor->where, err);
    }
    if (!rc && v->root_count)
        qsort(v->roots, v->root_count, sizeof(v->roots[0]), by_size);
    return rc;
}

void bylaw__verify_release(struct verify *v)
{
    for (size_t i = 0; i < v->root_count; i++)
        free(v->roots[i].note);
    for (size_t i = 0; i < v->key_count; i++)
        bylaw__key_free(v->keys[i].key);
    free(v->roots);
    free(v->keys);
    free(v->stamps);
    bylaw__sha256_free(v->sha);
}

/* ---------------------------------------------------------------- keys --- */

static bool add_key(struct verify *v, const char *base64, uint64_t from)
{
    struct bylaw__buf bytes;
    struct verify_key item = {.from = from};
    bool is_good;

    bylaw__buf_init(&bytes, BYLAW__KEY_BYTES);
    is_good =
        base64 && bylaw__buf_decode_base64(&bytes, bylaw__span_of(base64)) &&
        bytes.len == BYLAW__KEY_BYTES &&
        !bylaw__key_of_public(&item.key, (unsigned char *)bytes.ptr, NULL);
    bylaw__buf_release(&bytes);
    if (!is_good)
        return false;
    if (bylaw__vec_grow(&v->keys, &v->key_cap, v->key_count + 1,
                        sizeof(item))) {
        bylaw__key_free(item.key);
        return false;
    }
    v->keys[v->key_count++] = item;
    v->result->keys++;
    return true;
}

void bylaw__verify_keys(struct verify *v, const struct bylaw__entry *entry)
{
    json_t *body;

    if (entry->number && !bylaw__span_is(entry->kind, "key"))
        return;
    body = json_loadb(entry->body.ptr, entry->body.len, JSON_REJECT_DUPLICATES,
                      NULL);
    if (!add_key(v, json_string_value(json_object_get(body, "key")),
                 entry->number))
        bylaw__verify_fault(v, (int64_t)entry->number, "verify.key",
                            "it names no key of the ledger");
    json_decref(body);
}

/* --------------------------------------------------------------- roots --- */

static enum bylaw__note_trust check_by(const struct verify_root *root,
                                       const bylaw__key *key)
{
    struct bylaw__note note;

    bylaw__note_read(&note, (struct bylaw_span){root->note, root->len}, NULL);
    return bylaw__note_check(&note, key);
}

/* Only a key that was the ledger's when it had that size may sign: the one
 * named last, or, for the checkpoint that seals its naming, the one before. */
static enum bylaw__note_trust check_signature(const struct verify *v,
                                              const struct verify_root *root)
{
    enum bylaw__note_trust trust = BYLAW__NOTE_UNKNOWN_KEY;

    for (size_t i = v->key_count; i-- > 0 && !trust;) {
        bool is_past = i + 1 < v->key_count &&
                       v->keys[i + 1].from + 1 < root->checkpoint.size;

        if (v->keys[i].from < root->checkpoint.size && !is_past)
            trust = check_by(root, v->keys[i].key);
    }
    return trust;
}

static const char *kind_of(const struct verify_root *root)
{
    return root->where ? "anchor" : "checkpoint";
}

/* A key that the one before did not sign for may be anybody's. */
static void tell_stranger(struct verify *v, const struct verify_root *root)
{
    const struct verify_key *last = &v->keys[v->key_count - 1];

    if (v->key_count < 2 || root->where ||
        last->from + 1 != root->checkpoint.size)
        return;
    if (check_by(root, v->keys[v->key_count - 2].key) != BYLAW__NOTE_SIGNED)
        bylaw__verify_note(v, (int64_t)last->from, "verify.key-change",
                           "the key before did not sign for the one that "
                           "it names");
}

static bool is_signature_good(struct verify *v, const struct verify_root *root)
{
    enum bylaw__note_trust trust = check_signature(v, root);

    if (trust == BYLAW__NOTE_UNKNOWN_KEY)
        bylaw__verify_fault(v, -1, "verify.key",
                            "the %s of %" PRIu64
                            " entries%s%s is signed by a key that is not the "
                            "ledger's",
                            kind_of(root), root->checkpoint.size,
                            root->where ? " in " : "",
                            root->where ? root->where : "");
    if (trust == BYLAW__NOTE_FORGED)
        bylaw__verify_fault(v, -1, "verify.signature",
                            "the signature of the %s of %" PRIu64
                            " entries%s%s is none",
                            kind_of(root), root->checkpoint.size,
                            root->where ? " in " : "",
                            root->where ? root->where : "");
    return trust == BYLAW__NOTE_SIGNED;
}

/* Whoever has the key can sign another history, so only what an older anchor
 * witnessed is beyond doubt when an anchor does not agree. */
static void tell_other(struct verify *v, const struct verify_root *root)
{
    if (root->where)
        bylaw__verify_fault(v, (int64_t)v->result->anchored_size,
                            "verify.anchor",
                            "entries from this to %" PRIu64
                            " are not those that %s witnessed",
                            root->checkpoint.size - 1, root->where);
    else
        bylaw__verify_fault(v, (int64_t)v->good_size, "verify.root",
                            "entries from this to %" PRIu64
                            " are not those that were signed",
                            root->checkpoint.size - 1);
}

static int check_root(struct verify *v, const struct verify_root *root)
{
    struct bylaw__digest now;
    bool is_ours = bylaw__span_is(root->checkpoint.origin,
                                  bylaw__ledger_origin(v->ledger));
    int rc = bylaw__tree_root(&now, &v->tree, v->sha);

    if (rc)
        return rc;
    if (!is_ours) {
        bylaw__verify_fault(v, -1, "verify.origin",
                            "the %s%s%s is of another ledger, \"%.*s\"",
                            kind_of(root), root->where ? " in " : "",
                            root->where ? root->where : "",
                            (int)root->checkpoint.origin.len,
                            root->checkpoint.origin.ptr);
        return 0;
    }
    if (!is_signature_good(v, root))
        return 0;
    if (!bylaw__digest_eq(&now, &root->checkpoint.root)) {
        if (!v->has_bad_root || root->where)
            tell_other(v, root);
        v->has_bad_root = true;
        return 0;
    }
    tell_stranger(v, root);
    v->good_size = v->tree.size;
    if (root->where)
        v->result->anchored_size = v->tree.size;
    else
        v->result->signed_size = v->tree.size;
    return 0;
}

int bylaw__verify_roots(struct verify *v)
{
    int rc = 0;

    while (!rc && v->root_at < v->root_count &&
           v->roots[v->root_at].checkpoint.size <= v->tree.size)
        rc = check_root(v, &v->roots[v->root_at++]);
    return rc;
}

void bylaw__verify_rest(struct verify *v)
{
    for (; v->root_at < v->root_count; v->root_at++) {
        const struct verify_root *root = &v->roots[v->root_at];

        if (!bylaw__span_is(root->checkpoint.origin,
                            bylaw__ledger_origin(v->ledger)))
            check_root(v, root);
        else if (is_signature_good(v, root))
            bylaw__verify_fault(v, (int64_t)v->tree.size, "verify.short",
                                "the %s of %" PRIu64
                                " entries%s%s tells of entries that are not "
                                "there any more",
                                kind_of(root), root->checkpoint.size,
                                root->where ? " in " : "",
                                root->where ? root->where : "");
    }
}
