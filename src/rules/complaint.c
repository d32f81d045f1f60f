/* SPDX-License-Identifier: Apache-2.0 */
/* Saying what is wrong, where, and which word was probably meant. */
#include "rules_int.h"

#include <stdio.h>

/* Path bytes kept in a place: room stays for ":line:column" after them. */
#define PLACE_PATH_BYTES 470

/* Words longer than this are no misspelling of a known one. */
#define WORD_BYTES 48

void bylaw__place_text(char *out, size_t size, struct place place)
{
    const char *file = place.file ? place.file : "";
    size_t len = strlen(file);
    bool is_long = len > PLACE_PATH_BYTES;
    const char *dots = is_long ? "..." : "";

    if (is_long)
        file += len - PLACE_PATH_BYTES;
    if (place.line)
        snprintf(out, size, "%s%s:%u:%u", dots, file, place.line, place.column);
    else
        snprintf(out, size, "%s%s", dots, file);
}

/* False where the same complaint was made before. */
static bool note_once(struct complaints *c, const struct bylaw_error *err)
{
    uint64_t key = bylaw__hash64(bylaw__span_of(err->where)) * 31 +
                   bylaw__hash64(bylaw__span_of(err->what));
    uint64_t ignored;

    if (bylaw__map_get(&c->seen, key, &ignored))
        return false;
    /* Without memory for the note, at worst a line is said twice. */
    (void)bylaw__map_put(&c->seen, key, 1);
    return true;
}

void bylaw__complain_error(struct complaints *c, const struct bylaw_error *err)
{
    if (c->count >= BYLAW_LIMIT_COMPLAINTS || !note_once(c, err))
        return;
    if (!c->count++)
        c->first = *err;
    if (c->report)
        c->report(c->payload, err);
}

void bylaw__complain(struct complaints *c, int code, const char *id,
                     struct place place, const char *fmt, ...)
{
    struct bylaw_error err = {0};
    char what[sizeof(err.what)];
    char where[sizeof(err.where)];
    va_list args;

    va_start(args, fmt);
    vsnprintf(what, sizeof(what), fmt, args);
    va_end(args);
    bylaw__place_text(where, sizeof(where), place);
    bylaw__fail(&err, code, id, where, "%s", what);
    bylaw__complain_error(c, &err);
}

int bylaw__complaints_end(struct complaints *c, struct bylaw_error *err)
{
    bylaw__map_release(&c->seen);
    if (err && c->count)
        *err = c->first;
    return c->first.code;
}

void bylaw__complain_removal(struct reading *r, const struct yaml_node *item)
{
    bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.nothing-to-remove",
                    item->place, "no family has \"%s\" in this list to remove",
                    item->pairs[0].key->text.ptr);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein distance of two short words, one row at a time. */
static size_t edit_distance(struct bylaw_span a, struct bylaw_span b)
{
    size_t row[WORD_BYTES + 1];

    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t above = row[j];
            bool same = bylaw__lower(a.ptr[i - 1]) == b.ptr[j - 1];

            row[j] = least(least(above, row[j - 1]) + 1, diagonal + !same);
            diagonal = above;
        }
    }
    return row[b.len];
}

const char *bylaw__nearest(struct bylaw_span text, const void *rows,
                           size_t count, size_t stride)
{
    /* A third of the letters may be wrong, two in any case. */
    size_t best = text.len / 3 > 2 ? text.len / 3 : 2;
    const char *nearest = NULL;

    if (!text.len || text.len > WORD_BYTES)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        const char *word;
        size_t distance;

        memcpy(&word, (const char *)rows + i * stride, sizeof(word));
        if (strlen(word) > WORD_BYTES)
            continue;
        distance = edit_distance(text, bylaw__span_of(word));
        if (distance > best || (nearest && distance == best))
            continue;
        best = distance;
        nearest = word;
    }
    return nearest;
}
