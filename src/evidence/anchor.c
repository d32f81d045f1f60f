/* SPDX-License-Identifier: Apache-2.0 */
/* Checkpoints found in what people keep: notes, mails, feeds, messages. */
#include "evidence_int.h"

#include <stdlib.h>

#define DASH "\xe2\x80\x94 "

void bylaw__anchors_release(struct bylaw__anchors *anchors)
{
    for (size_t i = 0; i < anchors->count; i++) {
        free(anchors->items[i].note);
        free(anchors->items[i].where);
    }
    free(anchors->items);
    *anchors = (struct bylaw__anchors){0};
}

/* ------------------------------------------------------- undoing wrappings --- */

/* Quoted-printable (RFC 2045, 6.7); what is none stays as it is. */
static void undo_quoted(struct bylaw__buf *out, struct bylaw_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        int high, low;

        if (text.ptr[i] != '=' || i + 1 >= text.len) {
            bylaw__buf_add_char(out, text.ptr[i]);
            continue;
        }
        if (text.ptr[i + 1] == '\n' ||
            (text.ptr[i + 1] == '\r' && i + 2 < text.len)) {
            i += text.ptr[i + 1] == '\n' ? 1 : 2; /* a line that goes on */
            continue;
        }
        high = bylaw__hex_value((unsigned char)text.ptr[i + 1]);
        low = i + 2 < text.len
                  ? bylaw__hex_value((unsigned char)text.ptr[i + 2])
                  : -1;
        if (high < 0 || low < 0) {
            bylaw__buf_add_char(out, '=');
            continue;
        }
        bylaw__buf_add_char(out, (char)(high << 4 | low));
        i += 2;
    }
}

static bool read_unit(uint32_t *out, struct bylaw_span text, size_t at)
{
    *out = 0;
    if (at + 4 > text.len)
        return false;
    for (size_t i = at; i < at + 4; i++) {
        int value = bylaw__hex_value((unsigned char)text.ptr[i]);

        if (value < 0)
            return false;
        *out = *out << 4 | (uint32_t)value;
    }
    return true;
}

/* The escapes of JSON strings that a note can have in it. */
static void undo_json(struct bylaw__buf *out, struct bylaw_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        char next = i + 1 < text.len ? text.ptr[i + 1] : '\0';
        uint32_t unit;

        if (text.ptr[i] == '"') {
            bylaw__buf_add_char(out, '\n'); /* a string begins or ends */
        } else if (text.ptr[i] != '\\') {
            bylaw__buf_add_char(out, text.ptr[i]);
        } else if (next == 'u' && read_unit(&unit, text, i + 2)) {
            bylaw__buf_add_utf8(out, unit);
            i += 5;
        } else {
            bylaw__buf_add_char(out, next == 'n' ? '\n' : next);
            i++;
        }
    }
}

/* -------------------------------------------------------------- finding --- */

/* The next line without what mails and comments put around it. */
static bool next_line(struct bylaw_span *out, struct bylaw_span *rest)
{
    const char *end;
    size_t len;

    if (!rest->len)
        return false;
    end = memchr(rest->ptr, '\n', rest->len);
    len = end ? (size_t)(end - rest->ptr) : rest->len;
    *out = bylaw__span_sub(*rest, 0, len);
    *rest = bylaw__span_sub(*rest, len + (end != NULL), rest->len);
    while (out->len && strchr("># \t|", out->ptr[0]))
        *out = bylaw__span_sub(*out, 1, out->len);
    while (out->len && strchr(" \t\r", out->ptr[out->len - 1]))
        *out = bylaw__span_sub(*out, 0, out->len - 1);
    return true;
}

static bool is_known(const struct bylaw__anchors *anchors,
                     struct bylaw_span note)
{
    for (size_t i = 0; i < anchors->count; i++)
        if (bylaw__span_eq((struct bylaw_span){anchors->items[i].note,
                                               anchors->items[i].len},
                           note))
            return true;
    return false;
}

static int keep(struct bylaw__anchors *anchors, struct bylaw_span note,
                const char *where, struct bylaw_error *err)
{
    struct bylaw__anchor anchor = {.len = note.len};

    if (is_known(anchors, note))
        return 0;
    if (anchors->count >= BYLAW_LIMIT_ANCHORS)
        return bylaw__fail(err, BYLAW_ELIMIT, "anchor.too-many", where,
                           "it holds more than %u checkpoints",
                           BYLAW_LIMIT_ANCHORS);
    anchor.note = strndup(note.ptr, note.len);
    anchor.where = strdup(where);
    if (!anchor.note || !anchor.where ||
        bylaw__vec_grow(&anchors->items, &anchors->cap, anchors->count + 1,
                        sizeof(*anchors->items))) {
        free(anchor.note);
        free(anchor.where);
        return bylaw__fail_memory(err, where);
    }
    anchors->items[anchors->count++] = anchor;
    return 0;
}

/* A note stands where a line is the last of three, a blank line follows, and
 * then signatures. The last lines seen are kept for that. */
struct window {
    struct bylaw_span lines[4]; /* origin, size, root, blank */
};

static void push(struct window *window, struct bylaw_span line)
{
    memmove(window->lines, window->lines + 1, 3 * sizeof(window->lines[0]));
    window->lines[3] = line;
}

/* *out_found: there is one, new or known. */
static int take_note(bool *out_found, struct bylaw__anchors *anchors,
                     const struct window *window, struct bylaw_span first,
                     struct bylaw_span *rest, const char *where,
                     struct bylaw_error *err)
{
    struct bylaw__buf note;
    struct bylaw__note read;
    struct bylaw_span line = first;
    int rc = 0;

    bylaw__buf_init(&note, BYLAW_LIMIT_NOTE_BYTES);
    for (size_t i = 0; i < 3; i++) {
        bylaw__buf_add_span(&note, window->lines[i]);
        bylaw__buf_add_char(&note, '\n');
    }
    bylaw__buf_add_char(&note, '\n');
    do {
        struct bylaw_span before = *rest;

        bylaw__buf_add_span(&note, line);
        bylaw__buf_add_char(&note, '\n');
        if (!next_line(&line, rest))
            break;
        if (!bylaw__span_starts(line, DASH)) {
            *rest = before;
            break;
        }
    } while (!note.failed);
    if (!note.failed &&
        !bylaw__note_read(&read, bylaw__buf_span(&note), NULL)) {
        *out_found = true;
        rc = keep(anchors, bylaw__buf_span(&note), where, err);
    }
    bylaw__buf_release(&note);
    return rc;
}

static int find_in(bool *out_found, struct bylaw__anchors *anchors,
                   struct bylaw_span text, const char *where,
                   struct bylaw_error *err)
{
    struct window window = {{{0}}};
    struct bylaw_span line;
    int rc = 0;

    while (!rc && next_line(&line, &text)) {
        if (bylaw__span_starts(line, DASH) && window.lines[2].len &&
            !window.lines[3].len)
            rc =
                take_note(out_found, anchors, &window, line, &text, where, err);
        push(&window, line);
    }
    return rc;
}

int bylaw__anchors_find(struct bylaw__anchors *anchors, struct bylaw_span text,
                        const char *where, struct bylaw_error *err)
{
    static void (*const undo[])(struct bylaw__buf *,
                                struct bylaw_span) = {undo_quoted, undo_json};
    bool is_found = false;
    int rc = find_in(&is_found, anchors, text, where, err);

    for (size_t i = 0; !rc && i < sizeof(undo) / sizeof(undo[0]); i++) {
        struct bylaw__buf plain;

        bylaw__buf_init(&plain, BYLAW_LIMIT_ANCHOR_FILE);
        undo[i](&plain, text);
        rc = plain.failed ? bylaw__fail_memory(err, where)
                          : find_in(&is_found, anchors, bylaw__buf_span(&plain),
                                    where, err);
        bylaw__buf_release(&plain);
    }
    if (!rc && !is_found)
        rc = bylaw__fail(err, BYLAW_EUSAGE, "anchor.none", where,
                         "there is no checkpoint of a ledger in it");
    return rc;
}
