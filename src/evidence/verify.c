/* SPDX-License-Identifier: Apache-2.0 */
/* A ledger checked from its bytes up, in one pass over its rows. */
#include "verify_int.h"

#include <inttypes.h>
#include <stdlib.h>

static void tell(struct verify *v, int64_t entry, bool is_note, const char *id,
                 const char *fmt, va_list args) BYLAW__PRINTF(5, 0);
static void tell(struct verify *v, int64_t entry, bool is_note, const char *id,
                 const char *fmt, va_list args)
{
    struct bylaw__fault fault = {.entry = entry, .is_note = is_note};
    char where[64] = "ledger";
    char what[sizeof(fault.what.what)];

    vsnprintf(what, sizeof(what), fmt, args);
    if (entry >= 0)
        snprintf(where, sizeof(where), "ledger, entry %" PRId64, entry);
    fault.what.code = BYLAW_EPARSE;
    fault.what.id = id;
    snprintf(fault.what.where, sizeof(fault.what.where), "%s", where);
    snprintf(fault.what.what, sizeof(fault.what.what), "%s", what);
    v->result->faults += !is_note;
    v->options->fault(v->options->payload, &fault);
}

void bylaw__verify_fault(struct verify *v, int64_t entry, const char *id,
                         const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    tell(v, entry, false, id, fmt, args);
    va_end(args);
}

void bylaw__verify_note(struct verify *v, int64_t entry, const char *id,
                        const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    tell(v, entry, true, id, fmt, args);
    va_end(args);
}

/* ---------------------------------------------------------------- rows --- */

static bool is_span(struct bylaw_span a, const void *bytes, size_t len)
{
    return a.len == len && !memcmp(a.ptr, bytes, len);
}

/* Numbers go up by one: what is missing was removed, what comes again or
 * before its turn was put in. */
static void check_number(struct verify *v, const struct bylaw__ledger_row *row)
{
    int64_t expected = v->next;

    if (row->number != expected)
        bylaw__verify_fault(v, expected, "verify.number",
                            "the entry is missing: after %" PRId64
                            " comes %" PRId64,
                            expected - 1, row->number);
    v->next = row->number + 1;
}

static void check_columns(struct verify *v, const struct bylaw__ledger_row *row,
                          const struct bylaw__entry *entry)
{
    const char *which = NULL;

    if ((int64_t)entry->number != row->number)
        which = "number";
    else if (entry->due != row->due)
        which = "due";
    else if (entry->at.utc_ms != row->at_ms)
        which = "at_ms";
    else if (!bylaw__span_eq(entry->kind, row->kind))
        which = "kind";
    if (which)
        bylaw__verify_fault(v, row->number, "verify.column",
                            "its column \"%s\" is not what its bytes say",
                            which);
}

/* The entry that a wrong hash of the one before speaks of is that one, unless
 * its bytes already were found to be others. */
static void check_chain(struct verify *v, const struct bylaw__ledger_row *row,
                        const struct bylaw__entry *entry)
{
    if (row->number == 0 || v->is_broken)
        ; /* nothing before it, or nothing to compare with */
    else if (memcmp(entry->before, v->head.bytes, sizeof(entry->before)))
        bylaw__verify_fault(v, row->number - 1, "verify.chain",
                            "entry %" PRId64
                            " was written after another entry than this",
                            row->number);
}

/* Numbers of the workspace's queue have no gaps: what is left out was lost. */
static void check_due(struct verify *v, const struct bylaw__entry *entry)
{
    if (!entry->due)
        return;
    if (entry->due != v->due + 1 && !v->is_broken)
        bylaw__verify_fault(v, (int64_t)entry->number, "verify.due",
                            "it is number %" PRId64
                            " of what the workspace recorded, and follows "
                            "%" PRId64,
                            entry->due, v->due);
    v->due = entry->due;
}

static int check_bytes(struct verify *v, const struct bylaw__ledger_row *row,
                       struct bylaw_error *err)
{
    struct bylaw__entry entry;
    struct bylaw_error why = {0};

    v->is_broken = true;
    if (bylaw__entry_read(&entry, row->bytes, &why)) {
        bylaw__verify_fault(v, row->number, "verify.bytes",
                            "its bytes are no entry: %s", why.what);
        return 0;
    }
    check_columns(v, row, &entry);
    v->is_broken = false;
    check_chain(v, row, &entry);
    check_due(v, &entry);
    bylaw__verify_time(v, &entry);
    bylaw__verify_keys(v, &entry);
    return v->options->entry
               ? v->options->entry(v->options->payload, &entry, err)
               : 0;
}

static int check_row(void *payload, const struct bylaw__ledger_row *row)
{
    struct verify *v = payload;
    struct bylaw__digest leaf;
    int rc = bylaw__leaf_of(&leaf, v->sha, row->bytes);

    if (rc)
        return bylaw__fail_memory(v->err, "");
    check_number(v, row);
    rc = check_bytes(v, row, v->err);
    if (!is_span(row->leaf, leaf.bytes, sizeof(leaf.bytes))) {
        bylaw__verify_fault(v, row->number, "verify.leaf",
                            "its bytes are not those it was written with");
        /* The next one names what was written, which is not this. */
        v->is_broken = true;
    }
    v->head = leaf;
    v->result->entries++;
    if (!rc)
        rc = bylaw__tree_add(&v->tree, v->sha, &leaf);
    return rc ? rc : bylaw__verify_roots(v);
}

int bylaw__verify(struct bylaw__verify_result *out, bylaw__ledger *ledger,
                  const struct bylaw__verify_options *options,
                  struct bylaw_error *err)
{
    struct verify v = {.result = out,
                       .options = options,
                       .ledger = ledger,
                       .err = err};
    int rc;

    *out = (struct bylaw__verify_result){0};
    rc = bylaw__sha256_new(&v.sha, err);
    if (!rc)
        rc = bylaw__verify_collect(&v, err);
    if (!rc)
        rc = bylaw__verify_stamps(&v, err);
    if (!rc)
        rc = bylaw__ledger_rows(ledger, 0, check_row, &v, err);
    if (!rc)
        bylaw__verify_rest(&v);
    bylaw__verify_release(&v);
    return rc;
}
