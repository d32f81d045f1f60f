/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A revisit says that an address answered what another record of the archive
 * holds. What was found in that one is told of the revisit too. The records
 * are looked through in any order; revisits are resolved while parts are put
 * together, so that the outcome is that of reading from beginning to end.
 */
#include "bulk.h"

#include <stdlib.h>

/* Lines kept of one archive, for later revisits; others are not resolved. */
#define MEMORY_BYTES ((size_t)64 << 20)
#define TEXTS_BYTES  ((size_t)64 << 20) /* of the revisits of one part */

/** The ways in which a record is referred to; 0: not in this one. */
enum { KEY_ID, KEY_DIGEST, KEY_PLACE, KEYS };
_Static_assert(KEYS == BULK_KEYS, "one each");

static void make_key(uint64_t *out, struct bylaw__buf *room, char kind,
                     struct bylaw_span text, struct bylaw_span more)
{
    if (!text.len || (kind == 'p' && !more.len))
        return;
    bylaw__buf_clear(room);
    bylaw__buf_printf(room, "%c %.*s %.*s", kind, (int)text.len, text.ptr,
                      (int)more.len, more.len ? more.ptr : "");
    if (!room->failed)
        *out = bylaw__hash64(bylaw__buf_span(room));
}

/* What a record is called, or what a revisit calls it. */
static void make_keys(uint64_t keys[KEYS], struct bylaw_span id,
                      struct bylaw_span digest, struct bylaw_span url,
                      struct bylaw_span date)
{
    const struct bylaw_span none = {NULL, 0};
    struct bylaw__buf room = {0};

    make_key(&keys[KEY_ID], &room, 'i', id, none);
    make_key(&keys[KEY_DIGEST], &room, 'd', digest, none);
    make_key(&keys[KEY_PLACE], &room, 'p', url, date);
    bylaw__buf_release(&room);
}

static struct bulk_event *add_event(struct bulk_part *part)
{
    if (bylaw__vec_grow(&part->events, &part->event_cap, part->event_count + 1,
                        sizeof(*part->events)))
        return NULL;
    part->events[part->event_count] = (struct bulk_event){0};
    return &part->events[part->event_count++];
}

int bylaw__bulk_note_page(struct bulk_part *part,
                          const struct bylaw__warc_record *record, size_t begin)
{
    struct bulk_event *event;

    if (part->lines.len == begin)
        return 0;
    event = add_event(part);
    if (!event)
        return BYLAW_ENOMEM;
    event->line = begin;
    event->line_len = part->lines.len - begin;
    make_keys(event->keys, record->id, record->payload_digest,
              record->target_uri, record->date);
    return 0;
}

static void add_text(struct bylaw__buf *out, struct bylaw_span text)
{
    bylaw__buf_add_span(out, text);
    bylaw__buf_add_char(out, '\0');
}

int bylaw__bulk_note_revisit(struct bulk_part *part,
                             const struct bylaw__warc_record *record)
{
    size_t begin = part->texts.len;
    struct bulk_event *event;

    if (!part->texts.ceiling)
        bylaw__buf_init(&part->texts, TEXTS_BYTES);
    add_text(&part->texts, record->target_uri);
    add_text(&part->texts, record->date);
    add_text(&part->texts, record->id);
    if (part->texts.failed)
        return 0; /* no room: it stays unresolved */
    event = add_event(part);
    if (!event)
        return BYLAW_ENOMEM;
    event->line = part->lines.len;
    event->text = begin;
    event->offset = record->offset;
    event->length = record->length;
    make_keys(event->keys, record->refers_to, record->payload_digest,
              record->refers_to_uri, record->refers_to_date);
    return 0;
}

/* -------------------------------------------------------------- memory --- */

void bylaw__bulk_memory_clear(struct bulk_memory *memory)
{
    bylaw__map_release(&memory->places);
    bylaw__buf_release(&memory->lines);
    *memory = (struct bulk_memory){0};
}

static int remember(struct bulk_memory *memory, const struct bulk_event *event,
                    struct bylaw_span lines)
{
    uint64_t place = memory->lines.len;

    if (memory->lines.len + lines.len + 1 > MEMORY_BYTES)
        return 0;
    bylaw__buf_add_span(&memory->lines, lines);
    bylaw__buf_add_char(&memory->lines, '\0');
    if (memory->lines.failed)
        return BYLAW_ENOMEM;
    for (size_t k = 0; k < KEYS; k++)
        if (event->keys[k] &&
            bylaw__map_put(&memory->places, event->keys[k], place))
            return BYLAW_ENOMEM;
    return 0;
}

/* The lines of the record that a revisit refers to; empty where none is
 * known. The surest way of referring goes first. */
static struct bylaw_span recall(const struct bulk_memory *memory,
                                const struct bulk_event *event)
{
    uint64_t place;

    for (size_t k = 0; k < KEYS; k++)
        if (event->keys[k] &&
            bylaw__map_get(&memory->places, event->keys[k], &place))
            return bylaw__span_of(memory->lines.ptr + place);
    return (struct bylaw_span){NULL, 0};
}

/* ------------------------------------------------------------ resolving --- */

static int tell_revisit(struct bylaw__buf *out, const struct bulk_part *part,
                        const struct bulk_event *event, struct bylaw_span line)
{
    const char *url = part->texts.ptr + event->text;
    const char *date = url + strlen(url) + 1;
    struct bylaw__match_line place = {.page_url = url,
                                      .captured_at = date,
                                      .file = part->path,
                                      .record = date + strlen(date) + 1,
                                      .offset = event->offset,
                                      .length = event->length};

    return bylaw__match_line_again(out, line, &place);
}

static int resolve(struct bylaw__buf *out, struct bulk_part *part,
                   const struct bulk_event *event, struct bylaw_span lines)
{
    size_t begin = 0;
    int rc = 0;

    while (!rc && begin < lines.len) {
        size_t len = bylaw__span_find(bylaw__span_sub(lines, begin, lines.len),
                                      BYLAW__SPAN("\n"));
        size_t end = len == SIZE_MAX ? lines.len : begin + len + 1;

        rc = tell_revisit(out, part, event, bylaw__span_sub(lines, begin, end));
        part->counts.matches++;
        begin = end;
    }
    return rc;
}

int bylaw__bulk_resolve(struct bulk_memory *memory, struct bulk_part *part)
{
    struct bylaw_span lines = bylaw__buf_span(&part->lines);
    struct bylaw__buf out = {0};
    size_t told = 0;
    int rc = 0;

    bylaw__buf_init(&out, part->lines.ceiling);
    for (size_t i = 0; !rc && i < part->event_count; i++) {
        const struct bulk_event *event = &part->events[i];
        size_t end = event->line + event->line_len;

        bylaw__buf_add_span(&out, bylaw__span_sub(lines, told, end));
        told = end;
        rc = event->line_len
                 ? remember(memory, event,
                            bylaw__span_sub(lines, event->line, end))
                 : resolve(&out, part, event, recall(memory, event));
    }
    bylaw__buf_add_span(&out, bylaw__span_sub(lines, told, lines.len));
    bylaw__buf_release(&part->lines);
    part->lines = out;
    return rc || out.failed ? BYLAW_ENOMEM : 0;
}
