/* SPDX-License-Identifier: Apache-2.0 */
/* What the JSON body of an entry says. */
#include "evidence.h"

#include <jansson.h>

static json_t *parse(struct bylaw_span body)
{
    return json_loadb(body.ptr, body.len, JSON_REJECT_DUPLICATES, NULL);
}

bool bylaw__body_int(int64_t *out, struct bylaw_span body, const char *name)
{
    json_t *object = parse(body);
    const json_t *value = json_object_get(object, name);
    bool is_there = json_is_integer(value);

    *out = is_there ? json_integer_value(value) : 0;
    json_decref(object);
    return is_there;
}

bool bylaw__body_text(struct bylaw__buf *out, struct bylaw_span body,
                      const char *name)
{
    json_t *object = parse(body);
    const json_t *value = json_object_get(object, name);
    bool is_there = json_is_string(value);

    if (is_there)
        bylaw__buf_add(out, json_string_value(value),
                       json_string_length(value));
    json_decref(object);
    return is_there && !out->failed;
}

bool bylaw__body_same(struct bylaw_span a, struct bylaw_span b)
{
    json_t *left, *right;
    bool is_same = bylaw__span_eq(a, b);

    if (is_same)
        return true;
    left = parse(a);
    right = parse(b);
    is_same = left && right && json_equal(left, right);
    json_decref(left);
    json_decref(right);
    return is_same;
}
