/* SPDX-License-Identifier: Apache-2.0 */
/* An entry's bytes: eight lines, written and read in one spelling. */
#include "evidence_int.h"

#include <inttypes.h>

#define FIRST_LINE "bylaw-entry 1"
#define KIND_MOST  32u
#define BOOT_CHARS (BYLAW__BOOT_BYTES - 1)

static int refuse(struct bylaw_error *err, const char *what)
{
    return bylaw__fail(err, BYLAW_EPARSE, "ledger.entry", "", "%s", what);
}

/* -------------------------------------------------------------- checks --- */

static bool is_kind(struct bylaw_span kind)
{
    for (size_t i = 0; i < kind.len; i++)
        if (kind.ptr[i] != '-' && (kind.ptr[i] < 'a' || kind.ptr[i] > 'z'))
            return false;
    return kind.len && kind.len <= KIND_MOST;
}

/* Whether it is good JSON is for whoever reads it; that it ends where the
 * line does is what makes the spelling one. */
static bool is_body(struct bylaw_span body)
{
    return body.len >= 2 && body.len <= BYLAW_LIMIT_LEDGER_BODY &&
           body.ptr[0] == '{' && body.ptr[body.len - 1] == '}' &&
           !memchr(body.ptr, '\n', body.len) && bylaw__utf8_valid(body);
}

static bool is_boot(struct bylaw_span boot)
{
    for (size_t i = 0; i < boot.len; i++)
        if (boot.ptr[i] != '-' &&
            bylaw__hex_value((unsigned char)boot.ptr[i]) < 0)
            return false;
    return boot.len == BOOT_CHARS;
}

/* ------------------------------------------------------------- writing --- */

int bylaw__entry_write(struct bylaw__buf *out, const struct bylaw__entry *entry,
                       struct bylaw_error *err)
{
    const struct bylaw__moment *at = &entry->at;

    if (!is_kind(entry->kind))
        return refuse(err, "the kind is not a word of a-z and \"-\"");
    if (!is_body(entry->body))
        return refuse(err, "the body is not one line with a JSON object");
    if (entry->number > INT64_MAX || entry->due < 0 || at->utc_ms < 0 ||
        at->ticks_ms < 0)
        return refuse(err, "a number is negative");
    bylaw__buf_printf(out, FIRST_LINE "\n%" PRIu64 "\n", entry->number);
    bylaw__buf_add_hex(out, entry->before, sizeof(entry->before));
    bylaw__buf_printf(out, "\n%" PRId64 "\n%" PRId64 "\n", entry->due,
                      at->utc_ms);
    if (is_boot(bylaw__span_of(at->boot)))
        bylaw__buf_printf(out, "%s %" PRId64 "\n", at->boot, at->ticks_ms);
    else
        bylaw__buf_add_text(out, "-\n");
    bylaw__buf_add_span(out, entry->kind);
    bylaw__buf_add_char(out, '\n');
    bylaw__buf_add_span(out, entry->body);
    bylaw__buf_add_char(out, '\n');
    return out->failed ? bylaw__fail_memory(err, "") : 0;
}

/* ------------------------------------------------------------- reading --- */

bool bylaw__line_take(struct bylaw_span *out, struct bylaw_span *rest)
{
    const char *end = rest->len ? memchr(rest->ptr, '\n', rest->len) : NULL;

    if (!end)
        return false;
    *out = (struct bylaw_span){rest->ptr, (size_t)(end - rest->ptr)};
    *rest = bylaw__span_sub(*rest, out->len + 1, rest->len);
    return true;
}

bool bylaw__decimal_read(int64_t *out, struct bylaw_span digits)
{
    int64_t value = 0;

    if (!digits.len || (digits.len > 1 && digits.ptr[0] == '0'))
        return false;
    for (size_t i = 0; i < digits.len; i++) {
        int digit = digits.ptr[i] - '0';

        if (digit < 0 || digit > 9 || value > (INT64_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

static bool take_number(int64_t *out, struct bylaw_span *rest)
{
    struct bylaw_span line;

    return bylaw__line_take(&line, rest) && bylaw__decimal_read(out, line);
}

static bool take_ticks(struct bylaw__moment *at, struct bylaw_span *rest)
{
    struct bylaw_span line;

    if (!bylaw__line_take(&line, rest))
        return false;
    at->boot[0] = '\0';
    at->ticks_ms = 0;
    if (bylaw__span_is(line, "-"))
        return true;
    if (line.len < BOOT_CHARS + 2 || line.ptr[BOOT_CHARS] != ' ' ||
        !is_boot(bylaw__span_sub(line, 0, BOOT_CHARS)))
        return false;
    memcpy(at->boot, line.ptr, BOOT_CHARS);
    at->boot[BOOT_CHARS] = '\0';
    return bylaw__decimal_read(&at->ticks_ms,
                               bylaw__span_sub(line, BOOT_CHARS + 1, line.len));
}

int bylaw__entry_read(struct bylaw__entry *out, struct bylaw_span bytes,
                      struct bylaw_error *err)
{
    struct bylaw_span rest = bytes, line;
    int64_t number;

    if (!bylaw__line_take(&line, &rest) || !bylaw__span_is(line, FIRST_LINE))
        return refuse(err, "the first line is not \"" FIRST_LINE "\"");
    if (!take_number(&number, &rest))
        return refuse(err, "the number is none");
    out->number = (uint64_t)number;
    if (!bylaw__line_take(&line, &rest) ||
        !bylaw__hex_read(out->before, sizeof(out->before), line))
        return refuse(err, "the hash of the entry before is none");
    if (!take_number(&out->due, &rest) || !take_number(&out->at.utc_ms, &rest))
        return refuse(err, "the number in the queue or the time is none");
    if (!take_ticks(&out->at, &rest))
        return refuse(err, "the boot and its clock are malformed");
    if (!bylaw__line_take(&out->kind, &rest) || !is_kind(out->kind))
        return refuse(err, "the kind is none");
    if (!bylaw__line_take(&out->body, &rest) || !is_body(out->body) || rest.len)
        return refuse(err, "the body is not one last line with an object");
    return 0;
}
