/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All that a case rests on, so that others can check it without Bylaw: the
 * entries of the ledger that tell of it, each with a proof that it is in the
 * signed checkpoint, the captures and rule texts that they name, the stamp.
 */
#include "pipeline.h"

#include "archive/archive.h"
#include "evidence/evidence.h"
#include "store/store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct pack {
    const struct bylaw__pack_options *options;
    bylaw__ledger *ledger;
    bylaw__sha256 *sha;
    struct bylaw__buf *out;                    /* the archive */
    struct bylaw__buf sums;                    /* SHA256SUMS */
    struct bylaw__buf text;                    /* scratch */
    struct bylaw__map visits, rules, payloads; /* that the case rests on */
    struct bylaw__digest *leaves;
    size_t leaf_count, leaf_cap;
    uint64_t size; /* entries that the checkpoint covers */
    struct bylaw__pack_result *result;
    struct bylaw_error *err;
};

/* --------------------------------------------------------------- files --- */

static int add_file(struct pack *p, const char *name, struct bylaw_span bytes,
                    bool is_program)
{
    char sha256[BYLAW__SHA256_HEX];

    if (bylaw__sha256_hex(sha256, bytes))
        return bylaw__fail_memory(p->err, name);
    bylaw__buf_printf(&p->sums, "%s  %s\n", sha256, name);
    p->result->files++;
    return bylaw__tar_add(p->out, name, bytes, p->options->now_ms, is_program,
                          p->err);
}

/* -------------------------------------------------------------- choosing --- */

static bool text_is(struct pack *p, struct bylaw_span body, const char *name,
                    const char *value)
{
    bylaw__buf_clear(&p->text);
    return value && bylaw__body_text(&p->text, body, name) &&
           bylaw__span_is(bylaw__buf_span(&p->text), value);
}

static uint64_t key_of(struct pack *p, struct bylaw_span body, const char *name)
{
    bylaw__buf_clear(&p->text);
    return bylaw__body_text(&p->text, body, name)
               ? bylaw__hash64(bylaw__buf_span(&p->text))
               : 0;
}

static bool is_of_case(struct pack *p, const struct bylaw__entry *entry)
{
    const struct bylaw__pack_options *options = p->options;
    int64_t number;

    if (bylaw__span_is(entry->kind, "state"))
        return bylaw__body_int(&number, entry->body, "case") &&
               number == options->case_id;
    return bylaw__span_is(entry->kind, "verdict") &&
           text_is(p, entry->body, "url", options->url) &&
           text_is(p, entry->body, "source", options->source);
}

static bool has_visit(struct pack *p, const struct bylaw__entry *entry,
                      const char *name)
{
    int64_t visit;

    return bylaw__body_int(&visit, entry->body, name) &&
           bylaw__map_get(&p->visits, (uint64_t)visit, NULL);
}

/* What a case rests on stands before it: visits and rules are noted first. */
static int note_basis(struct pack *p, const struct bylaw__entry *entry)
{
    int64_t visit;
    int rc = 0;

    if (!is_of_case(p, entry))
        return 0;
    if (bylaw__body_int(&visit, entry->body, "visit"))
        rc = bylaw__map_put(&p->visits, (uint64_t)visit, 1);
    if (!rc)
        rc =
            bylaw__map_put(&p->rules, key_of(p, entry->body, "rule_sha256"), 1);
    return rc;
}

/* A capture that only says "as before" needs the one before. */
static int note_payload(struct pack *p, const struct bylaw__entry *entry)
{
    if (!bylaw__span_is(entry->kind, "capture") ||
        !has_visit(p, entry, "visit"))
        return 0;
    return bylaw__map_put(&p->payloads,
                          key_of(p, entry->body, "payload_sha256"), 1);
}

static bool is_capture_wanted(struct pack *p, const struct bylaw__entry *entry)
{
    uint64_t payload;

    if (has_visit(p, entry, "visit") ||
        text_is(p, entry->body, "source", p->options->source))
        return true;
    payload = key_of(p, entry->body, "payload_sha256");
    return payload && bylaw__map_get(&p->payloads, payload, NULL);
}

static bool is_wanted(struct pack *p, const struct bylaw__entry *entry)
{
    if (!entry->number || is_of_case(p, entry))
        return true;
    if (bylaw__span_is(entry->kind, "visit"))
        return has_visit(p, entry, "row");
    if (bylaw__span_is(entry->kind, "capture"))
        return is_capture_wanted(p, entry);
    if (bylaw__span_is(entry->kind, "rule"))
        return bylaw__map_get(&p->rules, key_of(p, entry->body, "sha256"),
                              NULL);
    return bylaw__span_is(entry->kind, "key") ||
           (bylaw__span_is(entry->kind, "source") &&
            text_is(p, entry->body, "source", p->options->source));
}

/* --------------------------------------------------------------- adding --- */

/* The proof: a line with the entry's number and the tree's size, then the
 * hashes from the leaf up. */
static int add_proof(struct pack *p, uint64_t number)
{
    struct bylaw__path path;
    struct bylaw__buf text = {0};
    char name[64];
    int rc = bylaw__path_of_leaf(&path, p->sha, p->leaves, p->size, number);

    if (rc)
        return rc;
    bylaw__buf_printf(&text, "%" PRIu64 " %" PRIu64 "\n", number, p->size);
    for (unsigned i = 0; i < path.count; i++) {
        bylaw__buf_add_hex(&text, path.steps[i].bytes,
                           sizeof(path.steps[i].bytes));
        bylaw__buf_add_char(&text, '\n');
    }
    snprintf(name, sizeof(name), "proofs/%08" PRIu64 ".proof", number);
    rc = text.failed ? bylaw__fail_memory(p->err, name)
                     : add_file(p, name, bylaw__buf_span(&text), false);
    bylaw__buf_release(&text);
    return rc;
}

/** Where an entry says that a capture stands. */
struct capture_place {
    struct bylaw__buf file;
    char *path; /* owned; NULL where the name is none of ours */
    int64_t offset, length;
};

static void find_place(struct capture_place *out, struct pack *p,
                       const struct bylaw__entry *entry)
{
    *out = (struct capture_place){.path = NULL};
    bylaw__body_text(&out->file, entry->body, "file");
    bylaw__body_int(&out->offset, entry->body, "offset");
    bylaw__body_int(&out->length, entry->body, "length");
    if (out->file.len && !memchr(out->file.ptr, '/', out->file.len) &&
        asprintf(&out->path, "%s/%s", p->options->captures_path,
                 out->file.ptr) < 0)
        out->path = NULL;
}

static void release_place(struct capture_place *place)
{
    free(place->path);
    bylaw__buf_release(&place->file);
}

/* Appends bytes of a file; false where they are not there, or too many. */
static bool read_bytes(struct bylaw__buf *out, const char *path, int64_t from,
                       int64_t to)
{
    FILE *file = NULL;
    char *room = NULL;
    size_t len = (size_t)(to - from);
    bool is_read;

    if (from < 0 || to < from || to - from > (int64_t)BYLAW_LIMIT_PACK_CAPTURE)
        return false;
    if (to == from)
        return true;
    file = path ? fopen(path, "rbe") : NULL;
    if (file && !fseeko(file, (off_t)from, SEEK_SET))
        room = bylaw__buf_reserve(out, len);
    is_read = room && fread(room, len, 1, file) == 1;
    if (is_read)
        out->len += len;
    if (file)
        fclose(file);
    return is_read;
}

/* The records of one capture: from what was asked first, each redirect, to
 * what the connection told, which ends it. False where it is not found. */
static bool find_group(int64_t *begin, int64_t *end, bylaw__warc *warc,
                       const struct capture_place *place)
{
    const struct bylaw__warc_record *record;
    bool is_ours = false, is_open = false;

    while (!bylaw__warc_next(&record, warc, NULL) && record) {
        int64_t at = (int64_t)record->offset;
        bool is_alone = record->kind == BYLAW__WARC_WARCINFO ||
                        record->kind == BYLAW__WARC_RESOURCE;

        if (at > place->offset && !is_ours)
            return false;
        if (!is_open)
            *begin = at;
        is_ours |= at == place->offset;
        *end = at + (int64_t)record->length;
        is_open = !is_alone && record->kind != BYLAW__WARC_METADATA;
        if (is_ours && !is_open)
            return !is_alone;
    }
    return false;
}

/* What was asked, where it was redirected, what the connection told (address,
 * certificates, times): the records beside the answer, as they stand. */
static int add_context(struct pack *p, const struct capture_place *place,
                       uint64_t number)
{
    struct bylaw__buf bytes = {0};
    bylaw__warc *warc = NULL;
    int64_t begin = 0, end = 0;
    char name[64];
    int rc = 0;

    snprintf(name, sizeof(name), "context/%08" PRIu64 ".warc.gz", number);
    if (!bylaw__warc_open(&warc, place->path, NULL, NULL) &&
        find_group(&begin, &end, warc, place) &&
        read_bytes(&bytes, place->path, begin, place->offset) &&
        read_bytes(&bytes, place->path, place->offset + place->length, end) &&
        bytes.len)
        rc = add_file(p, name, bylaw__buf_span(&bytes), false);
    bylaw__warc_free(warc);
    bylaw__buf_release(&bytes);
    return rc;
}

/* The record as it stands in its file, which is a whole file of its own. */
static int add_capture(struct pack *p, const struct bylaw__entry *entry)
{
    struct capture_place place;
    struct bylaw__buf bytes = {0};
    char name[64];
    int rc;

    find_place(&place, p, entry);
    snprintf(name, sizeof(name), "captures/%08" PRIu64 ".warc.gz",
             entry->number);
    if (place.path && place.length > 0 &&
        read_bytes(&bytes, place.path, place.offset,
                   place.offset + place.length)) {
        rc = add_file(p, name, bylaw__buf_span(&bytes), false);
        p->result->captures++;
        if (!rc)
            rc = add_context(p, &place, entry->number);
    } else {
        rc = bylaw__fail(p->err, BYLAW_EIO, "pack.no-capture", name,
                         "the capture of entry %" PRIu64 " cannot be read",
                         entry->number);
    }
    release_place(&place);
    bylaw__buf_release(&bytes);
    return rc;
}

static int add_rule(struct pack *p, const struct bylaw__entry *entry)
{
    struct bylaw__buf text = {0};
    char name[64];
    int rc = 0;

    snprintf(name, sizeof(name), "rules/%08" PRIu64 ".yaml", entry->number);
    if (bylaw__body_text(&text, entry->body, "text"))
        rc = add_file(p, name, bylaw__buf_span(&text), false);
    bylaw__buf_release(&text);
    return rc;
}

static int add_entry(struct pack *p, const struct bylaw__entry *entry,
                     struct bylaw_span bytes)
{
    char name[64];
    int rc;

    snprintf(name, sizeof(name), "entries/%08" PRIu64 ".entry", entry->number);
    rc = add_file(p, name, bytes, false);
    p->result->entries++;
    if (!rc)
        rc = add_proof(p, entry->number);
    if (!rc && bylaw__span_is(entry->kind, "capture"))
        rc = add_capture(p, entry);
    if (!rc && bylaw__span_is(entry->kind, "rule"))
        rc = add_rule(p, entry);
    return rc;
}

/* --------------------------------------------------------------- passes --- */

struct pass {
    struct pack *pack;
    int (*act)(struct pack *p, const struct bylaw__entry *entry);
};

static int run_act(void *payload, const struct bylaw__ledger_row *row)
{
    struct pass *pass = payload;
    struct bylaw__entry entry;

    if ((uint64_t)row->number >= pass->pack->size)
        return 0;
    return bylaw__entry_read(&entry, row->bytes, pass->pack->err)
               ? BYLAW_EPARSE
               : pass->act(pass->pack, &entry);
}

static int take_leaf(void *payload, const struct bylaw__ledger_row *row)
{
    struct pack *p = payload;

    if (bylaw__vec_grow(&p->leaves, &p->leaf_cap, p->leaf_count + 1,
                        sizeof(*p->leaves)))
        return bylaw__fail_memory(p->err, "");
    return bylaw__leaf_of(&p->leaves[p->leaf_count++], p->sha, row->bytes);
}

static int pack_row(void *payload, const struct bylaw__ledger_row *row)
{
    struct pack *p = payload;
    struct bylaw__entry entry;

    if ((uint64_t)row->number >= p->size)
        return 0;
    if (bylaw__entry_read(&entry, row->bytes, p->err))
        return BYLAW_EPARSE;
    return is_wanted(p, &entry) ? add_entry(p, &entry, row->bytes) : 0;
}

/* ---------------------------------------------------------- checkpoints --- */

/* The note as it is, and in the pieces that `openssl pkeyutl` wants. */
static int add_checkpoint(struct pack *p, struct bylaw_span text)
{
    struct bylaw__note note;
    struct bylaw__buf signature = {0}, pem = {0};
    int rc = bylaw__note_read(&note, text, p->err);

    if (rc)
        return rc;
    p->size = note.checkpoint.size;
    p->result->size = note.checkpoint.size;
    rc = add_file(p, "checkpoint.txt", text, false);
    if (!rc)
        rc = add_file(p, "checkpoint.signed", note.text, false);
    bylaw__buf_decode_base64(&signature, note.signatures[0].bytes);
    if (!rc && signature.len > 4)
        rc = add_file(p, "checkpoint.sig",
                      bylaw__span_sub(bylaw__buf_span(&signature), 4,
                                      signature.len),
                      false);
    if (!rc)
        rc = bylaw__key_public_pem(&pem, p->options->key, p->err);
    if (!rc)
        rc = add_file(p, "ledger.pub", bylaw__buf_span(&pem), false);
    bylaw__buf_release(&signature);
    bylaw__buf_release(&pem);
    return rc;
}

/* The newest checkpoint that is stamped, with its own stamp: later entries may
 * follow it, so it is a proof of its own. */
struct stamped {
    struct pack *pack;
    struct bylaw__buf note, answer;
    int64_t size;
};

static int take_stamp(void *payload, const struct bylaw__stamp_row *row)
{
    struct stamped *stamped = payload;

    stamped->size = row->size;
    bylaw__buf_clear(&stamped->answer);
    bylaw__buf_add_span(&stamped->answer, row->answer);
    return 0;
}

static int take_note(void *payload, const struct bylaw__checkpoint_row *row)
{
    struct stamped *stamped = payload;

    if (row->size == stamped->size)
        bylaw__buf_add_span(&stamped->note, row->note);
    return 0;
}

static int add_stamp(struct pack *p)
{
    struct stamped stamped = {.pack = p};
    int rc = bylaw__ledger_stamps(p->ledger, take_stamp, &stamped, p->err);

    if (!rc && stamped.size)
        rc = bylaw__ledger_checkpoints(p->ledger, take_note, &stamped, p->err);
    if (!rc && stamped.note.len)
        rc = add_file(p, "stamped.txt", bylaw__buf_span(&stamped.note), false);
    if (!rc && stamped.note.len)
        rc =
            add_file(p, "stamped.tsr", bylaw__buf_span(&stamped.answer), false);
    if (!rc && stamped.note.len && p->options->tsa_ca.len)
        rc = add_file(p, "tsa-ca.pem", p->options->tsa_ca, false);
    bylaw__buf_release(&stamped.note);
    bylaw__buf_release(&stamped.answer);
    return rc;
}

/* ---------------------------------------------------------------- whole --- */

static int fill(struct pack *p)
{
    struct pass basis = {p, note_basis}, payloads = {p, note_payload};
    struct bylaw__buf note = {0};
    int rc = bylaw__ledger_newest(&note, p->ledger, p->err);

    if (!rc)
        rc = add_checkpoint(p, bylaw__buf_span(&note));
    bylaw__buf_release(&note);
    if (!rc)
        rc = bylaw__ledger_rows(p->ledger, 0, take_leaf, p, p->err);
    if (!rc)
        rc = bylaw__ledger_rows(p->ledger, 0, run_act, &basis, p->err);
    if (!rc)
        rc = bylaw__ledger_rows(p->ledger, 0, run_act, &payloads, p->err);
    if (!rc)
        rc = bylaw__ledger_rows(p->ledger, 0, pack_row, p, p->err);
    if (!rc)
        rc = add_stamp(p);
    for (size_t i = 0; !rc && i < p->options->file_count; i++)
        rc = add_file(p, p->options->files[i].name, p->options->files[i].bytes,
                      p->options->files[i].is_program);
    if (!rc)
        rc = bylaw__tar_add(p->out, "SHA256SUMS", bylaw__buf_span(&p->sums),
                            p->options->now_ms, false, p->err);
    return rc ? rc : bylaw__tar_end(p->out, p->err);
}

int bylaw__pipeline_case_pack(struct bylaw__pack_result *out,
                              struct bylaw__buf *archive,
                              const struct bylaw__pack_options *options,
                              struct bylaw_error *err)
{
    struct pack p = {.options = options,
                     .out = archive,
                     .result = out,
                     .err = err};
    int rc = bylaw__sha256_new(&p.sha, err);

    *out = (struct bylaw__pack_result){0};
    if (!rc)
        rc = bylaw__ledger_open_read(&p.ledger, options->ledger_path, err);
    if (!rc)
        rc = fill(&p);
    bylaw__ledger_close(p.ledger);
    bylaw__sha256_free(p.sha);
    bylaw__map_release(&p.visits);
    bylaw__map_release(&p.rules);
    bylaw__map_release(&p.payloads);
    bylaw__buf_release(&p.sums);
    bylaw__buf_release(&p.text);
    free(p.leaves);
    return rc;
}
