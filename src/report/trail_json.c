/* SPDX-License-Identifier: Apache-2.0 */
/* Where links led, as JSON to be kept, and read again. */
#include "report_int.h"

#include <jansson.h>

#define HOPS_MOST (BYLAW_LIMIT_REDIRECTS + 1u)

static void add_hops(struct bylaw__json *json, const struct bylaw_trail *trail)
{
    bylaw__json_key(json, "hops");
    bylaw__json_array(json);
    for (size_t i = 0; i < trail->hop_count; i++) {
        bylaw__json_object(json);
        bylaw__json_add_text(json, "url", trail->hops[i].url);
        bylaw__json_add_number(json, "status", trail->hops[i].status);
        bylaw__json_add_text(json, "address", trail->hops[i].address);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
}

void bylaw__trails_json(struct bylaw__buf *out,
                        const struct bylaw_trail *trails, size_t count)
{
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_array(&json);
    for (size_t i = 0; i < count; i++) {
        bylaw__json_object(&json);
        bylaw__json_add_number(&json, "link", trails[i].link);
        bylaw__json_add_text(&json, "end", bylaw_trail_end_name(trails[i].end));
        bylaw__json_add_text(&json, "final_url", trails[i].final_url);
        bylaw__json_add_text(&json, "canonical", trails[i].canonical);
        bylaw__json_add_number(&json, "tries", trails[i].tries);
        bylaw__json_add_text(&json, "why", trails[i].why);
        add_hops(&json, &trails[i]);
        bylaw__json_object_end(&json);
    }
    bylaw__json_array_end(&json);
}

/* ------------------------------------------------------------- reading --- */

/* Never NULL where there is memory: of what is no text, "". */
static const char *text_of(struct bylaw__arena *arena, const json_t *object,
                           const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return bylaw__arena_strdup(arena, text ? text : "");
}

static int64_t number_of(const json_t *object, const char *key, int64_t most)
{
    json_int_t value = json_integer_value(json_object_get(object, key));

    return value < 0 ? 0 : value > most ? most : value;
}

static bool read_end(enum bylaw_trail_end *out, const json_t *object)
{
    const char *name = json_string_value(json_object_get(object, "end"));

    for (int end = BYLAW_TRAIL_NONE; name && end <= BYLAW_TRAIL_BLOCKED; end++)
        if (!strcmp(name, bylaw_trail_end_name((enum bylaw_trail_end)end))) {
            *out = (enum bylaw_trail_end)end;
            return true;
        }
    return false;
}

static bool read_hops(struct bylaw_trail *out, struct bylaw__arena *arena,
                      const json_t *list)
{
    size_t count = json_array_size(list);
    struct bylaw_hop *hops;

    if (count > HOPS_MOST)
        return false;
    hops = bylaw__arena_alloc_array(arena, count + 1, sizeof(*hops));
    for (size_t i = 0; hops && i < count; i++) {
        const json_t *hop = json_array_get(list, i);
        const char *address = text_of(arena, hop, "address");

        hops[i].url = text_of(arena, hop, "url");
        hops[i].status = (int)number_of(hop, "status", 999);
        hops[i].address = address && *address ? address : NULL;
    }
    out->hops = hops;
    out->hop_count = count;
    return true;
}

static bool read_trail(struct bylaw_trail *out, struct bylaw__arena *arena,
                       const json_t *object)
{
    *out = (struct bylaw_trail){
        .link = (uint32_t)number_of(object, "link", BYLAW_LIMIT_LINKS),
        .final_url = text_of(arena, object, "final_url"),
        .canonical = text_of(arena, object, "canonical"),
        .tries = (unsigned)number_of(object, "tries", 100),
        .why = text_of(arena, object, "why"),
    };
    return read_end(&out->end, object) &&
           read_hops(out, arena, json_object_get(object, "hops"));
}

int bylaw__trails_read(struct bylaw_trail out[BYLAW_LIMIT_TRAILS],
                       size_t *out_count, struct bylaw__arena *arena,
                       struct bylaw_span text, struct bylaw_error *err)
{
    json_t *list = json_loadb(text.ptr ? text.ptr : "", text.len,
                              JSON_REJECT_DUPLICATES, NULL);
    size_t count = json_array_size(list);
    bool is_good = json_is_array(list) && count <= BYLAW_LIMIT_TRAILS;

    for (size_t i = 0; is_good && i < count; i++)
        is_good = read_trail(&out[i], arena, json_array_get(list, i));
    json_decref(list);
    *out_count = is_good ? count : 0;
    if (arena->failed)
        return bylaw__fail_memory(err, "");
    return is_good ? 0
                   : bylaw__fail(err, BYLAW_EPARSE, "rejudge.trails", "",
                                 "what is kept of the links followed then "
                                 "cannot be read");
}
