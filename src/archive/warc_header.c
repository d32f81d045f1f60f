/* SPDX-License-Identifier: Apache-2.0 */
/* The header of a WARC record (ISO 28500 section 4). */
#include "archive_int.h"

#define AT(member) offsetof(struct bylaw__warc_record, member)

static const struct {
    const char *name;
    size_t at; /* of the span in the record */
} fields[] = {
    {"WARC-Record-ID", AT(id)},
    {"WARC-Target-URI", AT(target_uri)},
    {"WARC-Date", AT(date)},
    {"Content-Type", AT(content_type)},
    {"WARC-Concurrent-To", AT(concurrent_to)},
    {"WARC-Refers-To", AT(refers_to)},
    {"WARC-Refers-To-Target-URI", AT(refers_to_uri)},
    {"WARC-Refers-To-Date", AT(refers_to_date)},
    {"WARC-IP-Address", AT(ip_address)},
    {"WARC-Profile", AT(profile)},
    {"WARC-Truncated", AT(truncated)},
    {"WARC-Protocol", AT(protocol)},
    {"WARC-Block-Digest", AT(block_digest)},
    {"WARC-Payload-Digest", AT(payload_digest)},
    {"WARC-Segment-Number", AT(segment)},
};

static const struct {
    const char *name;
    enum bylaw__warc_kind kind;
} kinds[] = {
    {"response", BYLAW__WARC_RESPONSE},
    {"request", BYLAW__WARC_REQUEST},
    {"metadata", BYLAW__WARC_METADATA},
    {"revisit", BYLAW__WARC_REVISIT},
    {"warcinfo", BYLAW__WARC_WARCINFO},
    {"resource", BYLAW__WARC_RESOURCE},
    {"conversion", BYLAW__WARC_CONVERSION},
    {"continuation", BYLAW__WARC_CONTINUATION},
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

size_t bylaw__warc_header_end(struct bylaw_span text, size_t from)
{
    for (size_t i = from; i < text.len; i++) {
        const char *at = memchr(text.ptr + i, '\n', text.len - i);

        if (!at)
            return 0;
        i = (size_t)(at - text.ptr);
        if (i + 1 < text.len && text.ptr[i + 1] == '\n')
            return i + 2;
        if (i + 2 < text.len && text.ptr[i + 1] == '\r' &&
            text.ptr[i + 2] == '\n')
            return i + 3;
    }
    return 0;
}

/* WARC/1.0 has addresses and ids in "<" and ">", and some writers all. */
static struct bylaw_span without_brackets(struct bylaw_span value)
{
    if (value.len > 1 && value.ptr[0] == '<' && value.ptr[value.len - 1] == '>')
        return bylaw__span_sub(value, 1, value.len - 1);
    return value;
}

static enum bylaw__warc_kind kind_of(struct bylaw_span name)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (bylaw__span_is_nocase(name, kinds[i].name))
            return kinds[i].kind;
    return BYLAW__WARC_OTHER;
}

/* False where it is no number that a file could hold. */
static bool read_length(uint64_t *out, struct bylaw_span digits)
{
    uint64_t value = 0;

    if (!digits.len || digits.len > 18)
        return false;
    for (size_t i = 0; i < digits.len; i++) {
        if (!bylaw__is_digit((unsigned char)digits.ptr[i]))
            return false;
        value = value * 10 + (uint64_t)(digits.ptr[i] - '0');
    }
    *out = value;
    return true;
}

static void set_field(struct bylaw__warc_record *record, struct bylaw_span name,
                      struct bylaw_span value)
{
    for (size_t i = 0; i < COUNT(fields); i++)
        if (bylaw__span_is_nocase(name, fields[i].name)) {
            struct bylaw_span *slot =
                (struct bylaw_span *)(void *)((char *)record + fields[i].at);

            if (!slot->ptr)
                *slot = without_brackets(value);
            return;
        }
}

bool bylaw__warc_header_read(struct bylaw__warc_record *out,
                             struct bylaw_span header)
{
    size_t pos = bylaw__span_find(header, BYLAW__SPAN("\n"));
    bool has_length = false, has_type = false;
    struct bylaw_span name, value;

    memset(out, 0, sizeof(*out));
    out->header = header;
    if (!bylaw__span_starts(header, "WARC/") || pos == SIZE_MAX)
        return false;
    while (bylaw__field_next(&name, &value, header, &pos)) {
        if (bylaw__span_is_nocase(name, "Content-Length")) {
            if (has_length || !read_length(&out->block_bytes, value))
                return false;
            has_length = true;
        } else if (bylaw__span_is_nocase(name, "WARC-Type")) {
            out->kind = kind_of(value);
            has_type = true;
        } else {
            set_field(out, name, value);
        }
    }
    out->date_ms = bylaw__warc_date_ms(out->date);
    return has_length && has_type;
}

/* ---------------------------------------------------------------- dates --- */

/* So many digits at *pos, with what must stand before them; -1: none. */
static int take_number(struct bylaw_span text, size_t *pos, char before,
                       size_t digits)
{
    int value = 0;

    if (before && (*pos >= text.len || text.ptr[*pos] != before))
        return -1;
    *pos += before != '\0';
    if (text.len - *pos < digits)
        return -1;
    for (size_t i = 0; i < digits; i++, (*pos)++) {
        if (!bylaw__is_digit((unsigned char)text.ptr[*pos]))
            return -1;
        value = value * 10 + (text.ptr[*pos] - '0');
    }
    return value;
}

/* ".123456789" as milliseconds. */
static int take_fraction(struct bylaw_span text, size_t *pos)
{
    int ms = 0, scale = 100;

    if (*pos >= text.len || text.ptr[*pos] != '.')
        return 0;
    for ((*pos)++;
         *pos < text.len && bylaw__is_digit((unsigned char)text.ptr[*pos]);
         (*pos)++, scale /= 10)
        ms += scale * (text.ptr[*pos] - '0');
    return ms;
}

/* Parts of a W3C date, coarsest first: WARC/1.1 lets the finer ones out. */
static const struct {
    char before;
    int least, most;
} parts[] = {
    {'-', 1, 12}, {'-', 1, 31}, {'T', 0, 23}, {':', 0, 59}, {':', 0, 60}};

int64_t bylaw__warc_date_ms(struct bylaw_span text)
{
    int values[COUNT(parts)] = {1, 1, 0, 0, 0};
    size_t pos = 0;
    int year = take_number(text, &pos, '\0', 4);
    int64_t days;

    if (year < 1970)
        return 0;
    for (size_t i = 0; i < COUNT(parts) && pos < text.len; i++) {
        if (text.ptr[pos] == 'Z')
            break;
        values[i] = take_number(text, &pos, parts[i].before, 2);
        if (values[i] < parts[i].least || values[i] > parts[i].most)
            return 0;
    }
    days = bylaw__time_days(year, values[0], values[1]);
    return (((days * 24 + values[2]) * 60 + values[3]) * 60 + values[4]) *
               1000 +
           take_fraction(text, &pos);
}
