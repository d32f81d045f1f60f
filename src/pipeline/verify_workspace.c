/* SPDX-License-Identifier: Apache-2.0 */
/* The workspace's evidence as a whole: the ledger, and what should agree. */
#include "pipeline.h"
#include "verify_int.h"

#include "archive/archive.h"
#include "evidence/evidence.h"
#include "store/store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Kinds of entries that a row of the workspace stands behind. */
static const struct row_kind {
    const char *name;
    bool may_change; /* it has several entries; the last is in force */
} row_kinds[] = {
    {"scan", true},  {"visit", false}, {"verdict", false}, {"state", false},
    {"rule", false}, {"source", true}, {"capture", false},
};
#define ROW_KINDS (sizeof(row_kinds) / sizeof(row_kinds[0]))

/** The entry in force of a row that may change. */
struct latest {
    size_t kind;
    int64_t row, entry;
    char *body; /* owned */
};

struct checking {
    bylaw__store *store;
    const struct bylaw__verify_options *told; /* the caller's */
    struct bylaw__evidence_result *result;
    int64_t last[ROW_KINDS];            /* highest row that an entry told of */
    int64_t count[ROW_KINDS];           /* rows that entries told of */
    int64_t due;                        /* highest of the workspace's numbers */
    struct bylaw__map place[ROW_KINDS]; /* row to its place in latest */
    struct latest *latest;
    size_t latest_count, latest_cap;
    struct bylaw__buf now, text; /* what the workspace says */
    const char *captures;        /* folder, or NULL */
    struct bylaw__map named;     /* captures that entries name */
    struct bylaw__map visits;    /* rows that entries tell of */
    int64_t case_id;             /* the case whose sights are looked at, */
    bool has_first, has_last;    /* and which of them entries tell of */
    struct bylaw__written_files *files;
};

static void tell_as(struct checking *c, int64_t entry, const char *id,
                    const char *what, bool is_note)
{
    struct bylaw__fault fault = {.entry = entry, .is_note = is_note};

    fault.what.code = BYLAW_EPARSE;
    fault.what.id = id;
    snprintf(fault.what.where, sizeof(fault.what.where), "workspace");
    if (entry >= 0)
        snprintf(fault.what.where, sizeof(fault.what.where),
                 "ledger, entry %" PRId64, entry);
    snprintf(fault.what.what, sizeof(fault.what.what), "%s", what);
    c->result->workspace_faults += !is_note;
    c->told->fault(c->told->payload, &fault);
}

static void tell(struct checking *c, int64_t entry, const char *id,
                 const char *what)
{
    tell_as(c, entry, id, what, false);
}

static int kind_of(struct bylaw_span kind)
{
    for (size_t i = 0; i < ROW_KINDS; i++)
        if (bylaw__span_is(kind, row_kinds[i].name))
            return (int)i;
    return -1;
}

/* ---------------------------------------------------------------- rows --- */

static int compare(struct checking *c, size_t kind, int64_t row, int64_t entry,
                   struct bylaw_span body, struct bylaw_error *err)
{
    int rc;

    bylaw__buf_clear(&c->now);
    rc = bylaw__store_entry_body(&c->now, c->store, row_kinds[kind].name, row,
                                 err);
    if (rc)
        return rc;
    c->result->compared++;
    if (!c->now.len)
        tell(c, entry, "verify.row-missing",
             "the workspace has no such row any more");
    else if (!bylaw__body_same(body, bylaw__buf_span(&c->now)))
        tell(c, entry, "verify.row-changed",
             "the workspace's row says something else by now");
    return 0;
}

static int remember(struct checking *c, size_t kind, int64_t row,
                    const struct bylaw__entry *entry, struct bylaw_error *err)
{
    struct latest item = {kind, row, (int64_t)entry->number,
                          strndup(entry->body.ptr, entry->body.len)};
    uint64_t place = c->latest_count;

    if (!item.body)
        return bylaw__fail_memory(err, "");
    if (bylaw__map_get(&c->place[kind], (uint64_t)row, &place)) {
        free(c->latest[place].body);
        c->latest[place] = item;
        return 0;
    }
    if (bylaw__vec_grow(&c->latest, &c->latest_cap, c->latest_count + 1,
                        sizeof(item)) ||
        bylaw__map_put(&c->place[kind], (uint64_t)row, place)) {
        free(item.body);
        return bylaw__fail_memory(err, "");
    }
    c->latest[c->latest_count++] = item;
    return 0;
}

/* The hash that an entry names is that of the text which is kept beside it. */
static int check_text(struct checking *c, const struct bylaw__entry *entry,
                      const char *name, const struct bylaw__buf *text)
{
    char sha256[BYLAW__SHA256_HEX];

    if (!text->len)
        return 0;
    bylaw__buf_clear(&c->now);
    if (bylaw__sha256_hex(sha256, bylaw__buf_span(text)))
        return BYLAW_ENOMEM;
    if (!bylaw__body_text(&c->now, entry->body, name) ||
        !bylaw__span_is(bylaw__buf_span(&c->now), sha256))
        tell(c, (int64_t)entry->number, "verify.text-changed",
             "the text that it names by its hash is another by now");
    return 0;
}

/* From the bytes of its file: their digest, one whole record, its own digests,
 * and that it is the record which the entry names. */
static int check_capture(struct checking *c, const struct bylaw__entry *entry)
{
    struct bylaw__buf file = {0}, sha256 = {0}, record = {0};
    struct bylaw__capture_ref ref = {0};
    struct bylaw__capture *capture = NULL;
    struct bylaw_error why = {0};
    int64_t offset = 0, length = 0;

    bylaw__body_text(&file, entry->body, "file");
    bylaw__body_text(&sha256, entry->body, "sha256");
    bylaw__body_text(&record, entry->body, "record");
    bylaw__body_int(&offset, entry->body, "offset");
    bylaw__body_int(&length, entry->body, "length");
    ref.file = file.ptr;
    ref.sha256 = sha256.ptr;
    ref.offset = (uint64_t)offset;
    ref.length = (uint64_t)length;
    c->result->captures++;
    if (!file.len || !sha256.len)
        tell(c, (int64_t)entry->number, "verify.capture",
             "it names no place of a capture");
    else if (bylaw__capture_read(&capture, c->captures, &ref, &why))
        tell(c, (int64_t)entry->number, "verify.capture", why.what);
    else if (!bylaw__span_eq(capture->record.id, bylaw__buf_span(&record)))
        tell(c, (int64_t)entry->number, "verify.capture",
             "another record stands where it was put");
    if (file.len && bylaw__orphans_know(&c->named, file.ptr, ref.offset))
        why.code = BYLAW_ENOMEM;
    bylaw__capture_free(capture);
    bylaw__buf_release(&file);
    bylaw__buf_release(&sha256);
    bylaw__buf_release(&record);
    return why.code == BYLAW_ENOMEM ? BYLAW_ENOMEM : 0;
}

static int check_kept(struct checking *c, const struct bylaw__entry *entry,
                      int64_t row, struct bylaw_error *err)
{
    int rc = 0;

    bylaw__buf_clear(&c->text);
    if (bylaw__span_is(entry->kind, "rule")) {
        bylaw__body_text(&c->text, entry->body, "text");
        rc = check_text(c, entry, "sha256", &c->text);
    } else if (c->captures && bylaw__span_is(entry->kind, "capture")) {
        rc = check_capture(c, entry);
    } else if (bylaw__span_is(entry->kind, "verdict")) {
        rc = bylaw__store_match_audit(&c->text, c->store, row, err);
        if (!rc)
            rc = check_text(c, entry, "audit_sha256", &c->text);
    }
    return rc;
}

static int note_written(struct checking *c, const struct bylaw__entry *entry)
{
    struct bylaw__buf form = {0};

    bylaw__buf_clear(&c->now);
    bylaw__body_text(&c->now, entry->body, "sha256");
    bylaw__body_text(&form, entry->body, "form");
    for (size_t i = 0; c->files && i < c->files->count; i++) {
        struct bylaw__written_file *file = &c->files->items[i];

        if (file->entry >= 0 ||
            !bylaw__span_is(bylaw__buf_span(&c->now), file->sha256))
            continue;
        file->entry = (int64_t)entry->number;
        file->at_ms = entry->at.utc_ms;
        snprintf(file->form, sizeof(file->form), "%.*s", (int)form.len,
                 form.ptr ? form.ptr : "");
    }
    bylaw__buf_release(&form);
    return c->now.failed ? BYLAW_ENOMEM : 0;
}

/* What no checkpoint covers, anybody can have put there. */
static void check_written(struct checking *c)
{
    for (size_t i = 0; c->files && i < c->files->count; i++) {
        const struct bylaw__written_file *file = &c->files->items[i];
        struct bylaw__fault fault = {.entry = file->entry};

        if (file->entry >= 0 &&
            (uint64_t)file->entry < c->result->ledger.signed_size)
            continue;
        fault.what.code = BYLAW_EPARSE;
        fault.what.id = "verify.written";
        snprintf(fault.what.where, sizeof(fault.what.where), "%s", file->name);
        if (file->entry < 0)
            snprintf(fault.what.what, sizeof(fault.what.what),
                     "no entry notes a file of these bytes: it was changed "
                     "since, or not written by this workspace with -o");
        else
            snprintf(fault.what.what, sizeof(fault.what.what),
                     "entry %" PRId64 " notes it, but no good checkpoint "
                     "covers that entry",
                     file->entry);
        c->result->workspace_faults++;
        c->told->fault(c->told->payload, &fault);
    }
}

static int check_entry(void *payload, const struct bylaw__entry *entry,
                       struct bylaw_error *err)
{
    struct checking *c = payload;
    int kind = kind_of(entry->kind);
    int64_t row = 0;
    int rc;

    if (entry->due > c->due)
        c->due = entry->due;
    if (bylaw__span_is(entry->kind, "written"))
        return note_written(c, entry);
    if (kind < 0 || !bylaw__body_int(&row, entry->body, "row"))
        return 0;
    if (row > c->last[kind]) {
        c->last[kind] = row;
        c->count[kind]++;
    }
    if (bylaw__span_is(entry->kind, "visit") &&
        bylaw__map_put(&c->visits, (uint64_t)row, 1))
        return bylaw__fail_memory(err, "");
    if (row_kinds[kind].may_change)
        return remember(c, (size_t)kind, row, entry, err);
    rc =
        compare(c, (size_t)kind, row, (int64_t)entry->number, entry->body, err);
    return rc ? rc : check_kept(c, entry, row, err);
}

static void pass_fault(void *payload, const struct bylaw__fault *fault)
{
    struct checking *c = payload;

    c->told->fault(c->told->payload, fault);
}

static int check_store(struct checking *c, struct bylaw_error *err)
{
    struct bylaw_error why = {0};
    int rc = bylaw__store_check(c->store, &why);

    if (!rc)
        return 0;
    if (strcmp(why.id, "store.damaged")) {
        *err = why;
        return rc;
    }
    tell(c, -1, "verify.workspace", why.what);
    return 0;
}

static int check_latest(struct checking *c, struct bylaw_error *err)
{
    int rc = 0;

    for (size_t i = 0; !rc && i < c->latest_count; i++) {
        const struct latest *item = &c->latest[i];

        rc = compare(c, item->kind, item->row, item->entry,
                     bylaw__span_of(item->body), err);
    }
    return rc;
}

/* What no entry tells of was put in past the program. A source that was there
 * before has its first entry whenever it changes. */
static int check_counts(struct checking *c, struct bylaw_error *err)
{
    char what[128];
    int rc = 0;

    for (size_t i = 0; !rc && i < ROW_KINDS; i++) {
        int64_t count = 0;

        rc = bylaw__store_entry_rows(&count, c->store, row_kinds[i].name,
                                     c->due, err);
        if (rc || count <= c->count[i])
            continue;
        snprintf(what, sizeof(what),
                 "%" PRId64 " of its rows of kind \"%s\" are in no entry",
                 count - c->count[i], row_kinds[i].name);
        tell(c, -1, "verify.row-unknown", what);
    }
    return rc;
}

static void end_sights(struct checking *c)
{
    char what[128];

    if (!c->case_id || (c->has_first && c->has_last))
        return;
    snprintf(what, sizeof(what),
             "case %" PRId64 " was %s seen by a visit that is in no entry",
             c->case_id, c->has_first ? "last" : "first");
    tell(c, -1, "verify.row-unknown", what);
}

static int check_sight(void *payload, const struct bylaw__sight_row *row)
{
    struct checking *c = payload;
    bool is_known = row->is_unentered ||
                    bylaw__map_get(&c->visits, (uint64_t)row->visit, NULL);

    if (row->case_id != c->case_id) {
        end_sights(c);
        c->case_id = row->case_id;
        c->has_first = c->has_last = false;
    }
    c->has_first |= is_known && row->is_first;
    c->has_last |= is_known && row->is_last;
    return 0;
}

/* Visits are not counted: of most pages nothing is on record. Those that a case
 * takes its times from have to be. */
static int check_sights(struct checking *c, struct bylaw_error *err)
{
    int rc = bylaw__store_case_sights(c->store, c->due, check_sight, c, err);

    if (!rc)
        end_sights(c);
    return rc;
}

/* A run that was cut off leaves such; so does whoever puts captures in. They
 * prove nothing, and take nothing from what entries name. */
static void tell_orphan(void *payload, const char *file, uint64_t offset)
{
    char what[400];

    snprintf(what, sizeof(what),
             "no entry names the capture in %.255s at byte %" PRIu64, file,
             offset);
    tell_as(payload, -1, "verify.orphan", what, true);
}

static int check_orphans(struct checking *c)
{
    struct orphans orphans = {&c->named, tell_orphan, c};

    return c->captures ? bylaw__orphans_find(&orphans, c->captures) : 0;
}

static void release(struct checking *c)
{
    bylaw__map_release(&c->named);
    bylaw__map_release(&c->visits);
    for (size_t i = 0; i < c->latest_count; i++)
        free(c->latest[i].body);
    for (size_t i = 0; i < ROW_KINDS; i++)
        bylaw__map_release(&c->place[i]);
    free(c->latest);
    bylaw__buf_release(&c->now);
    bylaw__buf_release(&c->text);
}

int bylaw__pipeline_verify(struct bylaw__evidence_result *out,
                           struct bylaw__written_files *files,
                           bylaw__store *store, const char *ledger_path,
                           const char *captures_path,
                           const struct bylaw__verify_options *options,
                           struct bylaw_error *err)
{
    struct checking c = {.store = store,
                         .told = options,
                         .result = out,
                         .captures = captures_path,
                         .files = files};
    struct bylaw__verify_options mine = {.anchors = options->anchors,
                                         .ca_path = options->ca_path,
                                         .now_ms = options->now_ms,
                                         .fault = pass_fault,
                                         .entry = check_entry,
                                         .payload = &c};
    bylaw__ledger *ledger = NULL;
    int rc;

    *out = (struct bylaw__evidence_result){0};
    rc = bylaw__ledger_open_read(&ledger, ledger_path, err);
    if (!rc)
        rc = bylaw__verify(&out->ledger, ledger, &mine, err);
    if (!rc)
        rc = check_store(&c, err);
    if (!rc)
        rc = check_latest(&c, err);
    if (!rc)
        rc = check_counts(&c, err);
    if (!rc)
        rc = check_sights(&c, err);
    if (!rc)
        rc = check_orphans(&c);
    if (!rc)
        check_written(&c);
    if (!rc)
        rc = bylaw__store_due_newest(&out->waiting, store, err);
    out->waiting -= out->waiting > c.due ? c.due : out->waiting;
    bylaw__ledger_close(ledger);
    release(&c);
    return rc;
}
