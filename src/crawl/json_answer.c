/* SPDX-License-Identifier: Apache-2.0 */
/* JSON from outside, below ceilings that jansson does not have. */
#include "crawl_int.h"

/* Numbers are of no interest, so none may be too large to be read. */
#define FLAGS (JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL)

/* What the walk over a text counts; strings are stepped over. */
struct count {
    unsigned depth, deepest;
    size_t values;
    bool in_string, is_escaped;
};

static void count_byte(struct count *n, char c)
{
    if (n->in_string) {
        if (n->is_escaped)
            n->is_escaped = false;
        else if (c == '\\')
            n->is_escaped = true;
        else if (c == '"')
            n->in_string = false;
    } else if (c == '"') {
        n->in_string = true;
    } else if (c == '{' || c == '[') {
        n->values++;
        if (++n->depth > n->deepest)
            n->deepest = n->depth;
    } else if ((c == '}' || c == ']') && n->depth) {
        n->depth--;
    } else if (c == ',') {
        n->values++;
    }
}

/* Recursion and memory are bounded by what is counted here. */
static int check_size(struct bylaw_span body, struct bylaw_error *err)
{
    struct count n = {0};

    if (body.len > BYLAW_LIMIT_ANSWER_BYTES)
        return bylaw__fail(err, BYLAW_ELIMIT, "answer.too-large", "",
                           "the JSON is larger than %u bytes",
                           BYLAW_LIMIT_ANSWER_BYTES);
    for (size_t i = 0; i < body.len; i++)
        count_byte(&n, body.ptr[i]);
    if (n.deepest > BYLAW_LIMIT_ANSWER_DEPTH)
        return bylaw__fail(err, BYLAW_ELIMIT, "answer.too-large", "",
                           "the JSON is nested deeper than %u",
                           BYLAW_LIMIT_ANSWER_DEPTH);
    if (n.values > BYLAW_LIMIT_ANSWER_ITEMS)
        return bylaw__fail(err, BYLAW_ELIMIT, "answer.too-large", "",
                           "the JSON holds more than %u values",
                           BYLAW_LIMIT_ANSWER_ITEMS);
    return 0;
}

/* Some services write control characters as they are (RFC 8259 s7 forbids
 * it); between values white space may stand as well, so all become spaces.
 * Others cut a text in the middle of a character. */
static void add_cleaned(struct bylaw__buf *out, struct bylaw_span body)
{
    size_t pos = 0;

    while (pos < body.len) {
        uint32_t c = bylaw__utf8_next(body, &pos);

        bylaw__buf_add_utf8(out, c < 0x20 ? ' ' : c);
    }
}

int bylaw__answer_parse(json_t **out, struct bylaw_span body,
                        struct bylaw_error *err)
{
    struct bylaw__buf text = {0};
    json_error_t why;
    int rc;

    *out = NULL;
    if (bylaw__span_starts(body, "\xef\xbb\xbf"))
        body = bylaw__span_sub(body, 3, body.len);
    rc = check_size(body, err);
    if (rc)
        return rc;
    add_cleaned(&text, body);
    if (!text.failed)
        *out = json_loadb(text.ptr ? text.ptr : "", text.len, FLAGS, &why);
    if (text.failed)
        rc = bylaw__fail_memory(err, "");
    else if (!*out)
        rc =
            bylaw__fail(err, BYLAW_EPARSE, "answer.malformed", "",
                        "the answer is not JSON from byte %d on", why.position);
    bylaw__buf_release(&text);
    return rc;
}

struct bylaw_span bylaw__json_member(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    return (struct bylaw_span){json_string_value(value),
                               json_string_length(value)};
}
