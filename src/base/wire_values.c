/* SPDX-License-Identifier: Apache-2.0 */
/* Values as bytes and back, between two processes of one program. */
#include "base.h"

#include <math.h>

#define NO_SPAN UINT32_MAX /* stands for a length where there is no span */

void bylaw__wire_demand(struct bylaw__wire *wire, bool holds)
{
    if (!wire->out && !holds)
        wire->failed = true;
}

bool bylaw__wire_is_whole(const struct bylaw__wire *wire)
{
    return !wire->failed && !wire->in.len;
}

/* Writes the value's bytes, or reads them over it; zero where it cannot. */
static void move(struct bylaw__wire *wire, void *value, size_t size)
{
    if (wire->out) {
        bylaw__buf_add(wire->out, value, size);
        return;
    }
    bylaw__wire_demand(wire, wire->in.len >= size);
    if (wire->failed) {
        memset(value, 0, size);
        return;
    }
    memcpy(value, wire->in.ptr, size);
    wire->in = bylaw__span_sub(wire->in, size, wire->in.len);
}

uint32_t bylaw__wire_u32(struct bylaw__wire *wire, uint32_t value,
                         uint32_t most)
{
    move(wire, &value, sizeof(value));
    bylaw__wire_demand(wire, value <= most);
    return wire->failed ? 0 : value;
}

int64_t bylaw__wire_i64(struct bylaw__wire *wire, int64_t value)
{
    move(wire, &value, sizeof(value));
    return value;
}

double bylaw__wire_real(struct bylaw__wire *wire, double value, double most)
{
    move(wire, &value, sizeof(value));
    bylaw__wire_demand(wire, isfinite(value) && value >= 0 && value <= most);
    return wire->failed ? 0 : value;
}

bool bylaw__wire_bool(struct bylaw__wire *wire, bool value)
{
    unsigned char byte = value;

    move(wire, &byte, 1);
    bylaw__wire_demand(wire, byte <= 1);
    return !wire->failed && byte;
}

struct bylaw_span bylaw__wire_span(struct bylaw__wire *wire,
                                   struct bylaw_span value)
{
    static const struct bylaw_span none;
    uint32_t len = value.ptr ? (uint32_t)value.len : NO_SPAN;

    if (wire->out && value.ptr && value.len >= NO_SPAN)
        wire->out->failed = true;
    move(wire, &len, sizeof(len));
    if (wire->out && value.ptr)
        bylaw__buf_add_span(wire->out, value);
    if (wire->out)
        return value;
    if (len == NO_SPAN)
        return none;
    bylaw__wire_demand(wire, len <= wire->in.len);
    if (wire->failed)
        return none;
    value = bylaw__arena_span(wire->arena, bylaw__span_sub(wire->in, 0, len));
    wire->in = bylaw__span_sub(wire->in, len, wire->in.len);
    bylaw__wire_demand(wire, value.ptr != NULL);
    return value;
}

const char *bylaw__wire_text(struct bylaw__wire *wire, const char *value)
{
    struct bylaw_span text = bylaw__wire_span(wire, bylaw__span_of(value));

    if (wire->out)
        return value;
    bylaw__wire_demand(wire, !text.ptr || !memchr(text.ptr, '\0', text.len));
    return wire->failed ? NULL : text.ptr;
}

const char *bylaw__wire_some_text(struct bylaw__wire *wire, const char *value)
{
    value = bylaw__wire_text(wire, value);
    bylaw__wire_demand(wire, value != NULL);
    return value;
}

struct bylaw_range bylaw__wire_range(struct bylaw__wire *wire,
                                     struct bylaw_range value, size_t most)
{
    value.begin = bylaw__wire_u32(wire, value.begin, UINT32_MAX);
    value.end = bylaw__wire_u32(wire, value.end, UINT32_MAX);
    bylaw__wire_demand(wire, value.begin <= value.end && value.end <= most);
    return wire->failed ? (struct bylaw_range){0, 0} : value;
}

/* Every element takes a byte at least, so a count cannot outgrow its bytes. */
size_t bylaw__wire_count(struct bylaw__wire *wire, size_t count, size_t most)
{
    if (most > UINT32_MAX)
        most = UINT32_MAX;
    count = bylaw__wire_u32(wire, (uint32_t)count, (uint32_t)most);
    bylaw__wire_demand(wire, count <= wire->in.len);
    return !wire->out && wire->failed ? 0 : count;
}

void *bylaw__wire_room(struct bylaw__wire *wire, size_t count, size_t size)
{
    void *room;

    if (wire->out || wire->failed)
        return NULL;
    room = bylaw__arena_alloc_array(wire->arena, count, size);
    bylaw__wire_demand(wire, room != NULL);
    return room;
}

/* Control characters would reach a terminal or split a line of a log. */
static bool is_clause(struct bylaw_span text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < ' ' || text.ptr[i] == 0x7f)
            return false;
    return true;
}

static void move_clause(struct bylaw__wire *wire, char *text, size_t size)
{
    struct bylaw_span moved = bylaw__wire_span(wire, bylaw__span_of(text));

    if (wire->out)
        return;
    bylaw__wire_demand(wire, moved.ptr && moved.len < size && is_clause(moved));
    if (!wire->failed)
        memcpy(text, moved.ptr, moved.len + 1);
}

void bylaw__wire_error(struct bylaw__wire *wire, struct bylaw_error *error)
{
    const struct bylaw_diagnostic *row;
    uint32_t code =
        bylaw__wire_u32(wire, (uint32_t)-error->code, -BYLAW_EINTERNAL);
    const char *id = bylaw__wire_text(wire, error->id);

    move_clause(wire, error->where, sizeof(error->where));
    move_clause(wire, error->what, sizeof(error->what));
    if (wire->out)
        return;
    row = id ? bylaw_diagnostic_find(id) : NULL;
    bylaw__wire_demand(wire, (code == 0) == (row == NULL));
    error->code = wire->failed ? 0 : -(int)code;
    error->id = row && !wire->failed ? row->id : NULL;
}
