/* SPDX-License-Identifier: Apache-2.0 */
/* Filling a struct bylaw_error. */
#include "base.h"

#include <stdio.h>

const char *bylaw_error_name(int code)
{
    switch (code) {
#define X(name, value, sentence)                                               \
    case value:                                                                \
        return #name;
        BYLAW_ERROR_CODES(X)
#undef X
    default:
        return "unknown";
    }
}

const char *bylaw_error_sentence(int code)
{
    switch (code) {
#define X(name, value, sentence)                                               \
    case value:                                                                \
        return sentence;
        BYLAW_ERROR_CODES(X)
#undef X
    default:
        return "unknown error code";
    }
}

/* A diagnostic is one line: control characters would break or forge it. */
static void flatten(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            *text = ' ';
}

/* A text that filled its room may end inside a character: cut before it. */
static void mend_end(char *text, size_t room)
{
    size_t len = strlen(text), begin = len;

    if (len + 1 < room)
        return;
    while (begin && len - begin < 4 &&
           ((unsigned char)text[begin - 1] & 0xc0) == 0x80)
        begin--;
    if (begin && (unsigned char)text[begin - 1] >= 0xc0)
        begin--;
    if (!bylaw__utf8_valid((struct bylaw_span){text + begin, len - begin}))
        text[begin] = '\0';
}

int bylaw__fail(struct bylaw_error *err, int code, const char *id,
                const char *where, const char *fmt, ...)
{
    va_list args;

    if (!err)
        return code;
    err->code = code;
    err->id = id;
    snprintf(err->where, sizeof(err->where), "%s", where ? where : "");
    va_start(args, fmt);
    vsnprintf(err->what, sizeof(err->what), fmt, args);
    va_end(args);
    mend_end(err->where, sizeof(err->where));
    mend_end(err->what, sizeof(err->what));
    flatten(err->where);
    flatten(err->what);
    return code;
}

int bylaw__fail_memory(struct bylaw_error *err, const char *where)
{
    return bylaw__fail(err, BYLAW_ENOMEM, "base.memory", where,
                       "memory ran out");
}
