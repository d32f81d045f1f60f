/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checkpoints as signed notes (C2SP signed-note and tlog-checkpoint): a text
 * whose lines are origin, size and root, a blank line, then signature lines
 * "— NAME BASE64", where BASE64 is the key's id and an Ed25519 signature.
 */
#include "evidence_int.h"

#include <inttypes.h>

#define DASH "\xe2\x80\x94 " /* U+2014 and a space */

/* Algorithm number of Ed25519 in key ids. */
#define ED25519 1

static int refuse(struct bylaw_error *err, const char *what)
{
    return bylaw__fail(err, BYLAW_EPARSE, "note.malformed", "", "%s", what);
}

/* As the format wants names of keys: not empty, no white space, no "+". */
static bool is_name(struct bylaw_span name)
{
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.ptr[i] <= ' ' || name.ptr[i] == '+' ||
            name.ptr[i] == 0x7f)
            return false;
    return name.len && bylaw__utf8_valid(name);
}

int bylaw__key_id(unsigned char out[4], struct bylaw_span name,
                  const bylaw__key *key)
{
    static const char middle[] = {'\n', ED25519};
    const struct bylaw_span parts[] = {name,
                                       {middle, sizeof(middle)},
                                       {(const char *)bylaw__key_public(key),
                                        BYLAW__KEY_BYTES}};
    unsigned char digest[BYLAW__SHA256_BYTES];
    bylaw__sha256 *sha = NULL;
    int rc = bylaw__sha256_new(&sha, NULL);

    if (!rc)
        rc = bylaw__sha256_of_parts(digest, sha, parts, 3);
    bylaw__sha256_free(sha);
    if (!rc)
        memcpy(out, digest, 4);
    return rc;
}

/* ------------------------------------------------------------- signing --- */

static void add_text(struct bylaw__buf *out,
                     const struct bylaw__checkpoint *checkpoint)
{
    bylaw__buf_add_span(out, checkpoint->origin);
    bylaw__buf_printf(out, "\n%" PRIu64 "\n", checkpoint->size);
    bylaw__buf_add_base64(
        out, (struct bylaw_span){(const char *)checkpoint->root.bytes,
                                 sizeof(checkpoint->root.bytes)});
    bylaw__buf_add_char(out, '\n');
}

int bylaw__note_sign(struct bylaw__buf *out,
                     const struct bylaw__checkpoint *checkpoint,
                     const bylaw__key *key, struct bylaw_error *err)
{
    unsigned char bytes[4 + BYLAW__SIGNATURE_BYTES];
    size_t begin = out->len;
    int rc;

    if (!is_name(checkpoint->origin))
        return refuse(err, "the ledger's name cannot sign");
    add_text(out, checkpoint);
    rc = out->failed ? bylaw__fail_memory(err, "")
                     : bylaw__key_id(bytes, checkpoint->origin, key);
    if (!rc)
        rc = bylaw__key_sign(bytes + 4, key,
                             bylaw__span_sub(bylaw__buf_span(out), begin,
                                             out->len),
                             err);
    if (rc)
        return rc;
    bylaw__buf_add_text(out, "\n" DASH);
    bylaw__buf_add_span(out, checkpoint->origin);
    bylaw__buf_add_char(out, ' ');
    bylaw__buf_add_base64(out, (struct bylaw_span){(const char *)bytes,
                                                   sizeof(bytes)});
    bylaw__buf_add_char(out, '\n');
    return out->failed ? bylaw__fail_memory(err, "") : 0;
}

/* ------------------------------------------------------------- reading --- */

static bool read_digest(struct bylaw__digest *out, struct bylaw_span text)
{
    struct bylaw__buf bytes;
    bool is_good;

    bylaw__buf_init(&bytes, sizeof(out->bytes));
    is_good = bylaw__buf_decode_base64(&bytes, text) &&
              bytes.len == sizeof(out->bytes);
    if (is_good)
        memcpy(out->bytes, bytes.ptr, sizeof(out->bytes));
    bylaw__buf_release(&bytes);
    return is_good;
}

static int read_text(struct bylaw__checkpoint *out, struct bylaw_span *rest,
                     struct bylaw_error *err)
{
    struct bylaw_span line;
    int64_t size;

    if (!bylaw__line_take(&out->origin, rest) || !is_name(out->origin))
        return refuse(err, "its first line names no ledger");
    if (!bylaw__line_take(&line, rest) || !bylaw__decimal_read(&size, line))
        return refuse(err, "its second line is no number of entries");
    out->size = (uint64_t)size;
    if (!bylaw__line_take(&line, rest) || !read_digest(&out->root, line))
        return refuse(err, "its third line is no root");
    /* Further lines are of no concern here; they are signed all the same. */
    while (bylaw__line_take(&line, rest))
        if (!line.len)
            return 0;
    return refuse(err, "no blank line ends its text");
}

static bool read_signature(struct bylaw__signature *out, struct bylaw_span line)
{
    struct bylaw__buf bytes;
    size_t space;
    bool is_good;

    if (!bylaw__span_starts(line, DASH))
        return false;
    line = bylaw__span_sub(line, sizeof(DASH) - 1, line.len);
    space = bylaw__span_find(line, BYLAW__SPAN(" "));
    if (space == SIZE_MAX)
        return false;
    out->name = bylaw__span_sub(line, 0, space);
    out->bytes = bylaw__span_sub(line, space + 1, line.len);
    bylaw__buf_init(&bytes, BYLAW_LIMIT_NOTE_BYTES);
    is_good = is_name(out->name) &&
              bylaw__buf_decode_base64(&bytes, out->bytes) && bytes.len > 4;
    if (is_good)
        memcpy(out->id, bytes.ptr, sizeof(out->id));
    bylaw__buf_release(&bytes);
    return is_good;
}

int bylaw__note_read(struct bylaw__note *out, struct bylaw_span note,
                     struct bylaw_error *err)
{
    struct bylaw_span rest = note, line;
    int rc;

    *out = (struct bylaw__note){0};
    if (note.len > BYLAW_LIMIT_NOTE_BYTES || !bylaw__utf8_valid(note))
        return refuse(err, "it is too long, or no text");
    rc = read_text(&out->checkpoint, &rest, err);
    if (rc)
        return rc;
    out->text = bylaw__span_sub(note, 0, note.len - rest.len - 1);
    while (bylaw__line_take(&line, &rest)) {
        if (out->signature_count == BYLAW__NOTE_SIGNATURES)
            return refuse(err, "it has too many signatures");
        if (!read_signature(&out->signatures[out->signature_count++], line))
            return refuse(err, "a line after its text is no signature");
    }
    return rest.len || !out->signature_count
               ? refuse(err, "it has no signature, or a line without end")
               : 0;
}

/* ------------------------------------------------------------ checking --- */

static bool is_signed(const struct bylaw__note *note,
                      const struct bylaw__signature *signature,
                      const bylaw__key *key)
{
    struct bylaw__buf bytes;
    bool is_good;

    bylaw__buf_init(&bytes, BYLAW_LIMIT_NOTE_BYTES);
    is_good = bylaw__buf_decode_base64(&bytes, signature->bytes) &&
              bytes.len == 4 + BYLAW__SIGNATURE_BYTES &&
              bylaw__key_verify(key, note->text,
                                (const unsigned char *)bytes.ptr + 4);
    bylaw__buf_release(&bytes);
    return is_good;
}

enum bylaw__note_trust bylaw__note_check(const struct bylaw__note *note,
                                         const bylaw__key *key)
{
    enum bylaw__note_trust trust = BYLAW__NOTE_UNKNOWN_KEY;

    for (unsigned i = 0; i < note->signature_count; i++) {
        const struct bylaw__signature *signature = &note->signatures[i];
        unsigned char id[4];

        if (!bylaw__span_eq(signature->name, note->checkpoint.origin) ||
            bylaw__key_id(id, signature->name, key) ||
            memcmp(id, signature->id, sizeof(id)))
            continue;
        if (!is_signed(note, signature, key))
            return BYLAW__NOTE_FORGED;
        trust = BYLAW__NOTE_SIGNED;
    }
    return trust;
}

int64_t bylaw__checkpoint_size(const char *note)
{
    struct bylaw__note read;

    return note && !bylaw__note_read(&read, bylaw__span_of(note), NULL)
               ? (int64_t)read.checkpoint.size
               : 0;
}
