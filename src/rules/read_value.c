/* SPDX-License-Identifier: Apache-2.0 */
/* Reading one value: each kind of text has one test and one sentence. */
#include "rules_int.h"

#include <stdio.h>

#define ID_BYTES       64
#define DURATION_BYTES 5 /* digits: up to 99999 days */
#define LANGUAGE_BYTES 35

static const char *const kind_names[] = {[YAML_SCALAR] = "one value",
                                         [YAML_LIST] = "a list",
                                         [YAML_MAPPING] = "a mapping"};

bool bylaw__is_kind(struct reading *r, const struct yaml_node *node,
                    enum yaml_kind kind)
{
    if (node->is_null && r->null_is_absent)
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.wrong-type",
                        node->place, "nothing stands where %s belongs",
                        kind_names[kind]);
    else if (node->is_null)
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.nothing-to-remove",
                        node->place,
                        "null stands here, and no family has a value to "
                        "remove");
    else if (node->kind != kind)
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.wrong-type",
                        node->place, "%s stands where %s belongs",
                        kind_names[node->kind], kind_names[kind]);
    return !node->is_null && node->kind == kind;
}

static void keep_text(struct reading *r, const struct yaml_node *node,
                      void *target)
{
    const char *copy = bylaw__arena_copy(r->arena, node->text);

    memcpy(target, &copy, sizeof(copy));
}

/* Keeps the text where it passes its test, else says what was expected. */
static void read_checked(struct reading *r, const struct yaml_node *node,
                         void *target, bool (*is_good)(struct bylaw_span),
                         const char *expected)
{
    if (!bylaw__is_kind(r, node, YAML_SCALAR))
        return;
    if (is_good(node->text))
        keep_text(r, node, target);
    else
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.bad-value",
                        node->place, "\"%s\" is not %s", node->text.ptr,
                        expected);
}

static bool is_some_text(struct bylaw_span text)
{
    return bylaw__span_trim(text).len > 0;
}

bool bylaw__is_id(struct bylaw_span text)
{
    size_t i = text.len && text.ptr[0] == '_';

    if (i == text.len || text.len > ID_BYTES)
        return false;
    if (!bylaw__is_alnum(text.ptr[i]))
        return false;
    for (; i < text.len; i++)
        if (!bylaw__is_digit(text.ptr[i]) && text.ptr[i] != '-' &&
            text.ptr[i] != '.' && (text.ptr[i] < 'a' || text.ptr[i] > 'z'))
            return false;
    return true;
}

/* Digits [begin, end) as a number; -1 where one is no digit. */
static int number_at(struct bylaw_span text, size_t begin, size_t end)
{
    int value = 0;

    for (size_t i = begin; i < end; i++) {
        if (i >= text.len || !bylaw__is_digit(text.ptr[i]))
            return -1;
        value = value * 10 + (text.ptr[i] - '0');
    }
    return value;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && is_leap ? 29 : days[month - 1];
}

static bool is_date(struct bylaw_span text)
{
    int year = number_at(text, 0, 4);
    int month = number_at(text, 5, 7);
    int day = number_at(text, 8, 10);

    return text.len == 10 && text.ptr[4] == '-' && text.ptr[7] == '-' &&
           year > 0 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in_month(year, month);
}

/* "+02:00", "-05:30", "Z" or nothing. */
static bool is_zone(struct bylaw_span text)
{
    if (!text.len || bylaw__span_is(text, "Z"))
        return true;
    return text.len == 6 && (text.ptr[0] == '+' || text.ptr[0] == '-') &&
           text.ptr[3] == ':' && number_at(text, 1, 3) >= 0 &&
           number_at(text, 1, 3) <= 23 && number_at(text, 4, 6) >= 0 &&
           number_at(text, 4, 6) <= 59;
}

/* RFC 3339 without fractions of a second; seconds and zone may be missing. */
static bool is_moment(struct bylaw_span text)
{
    size_t time_len = text.len > 16 && text.ptr[16] == ':' ? 9 : 6;

    if (text.len <= 10)
        return is_date(text);
    return is_date(bylaw__span_sub(text, 0, 10)) && text.ptr[10] == 'T' &&
           text.len >= 10 + time_len && text.ptr[13] == ':' &&
           number_at(text, 11, 13) >= 0 && number_at(text, 11, 13) <= 23 &&
           number_at(text, 14, 16) >= 0 && number_at(text, 14, 16) <= 59 &&
           (time_len == 6 ||
            (number_at(text, 17, 19) >= 0 && number_at(text, 17, 19) <= 60)) &&
           is_zone(bylaw__span_sub(text, 10 + time_len, text.len));
}

static bool is_duration(struct bylaw_span text)
{
    size_t digits = text.len ? text.len - 1 : 0;

    return digits >= 1 && digits <= DURATION_BYTES &&
           number_at(text, 0, digits) > 0 &&
           memchr("hdw", text.ptr[digits], 3) != NULL;
}

static bool is_sha256(struct bylaw_span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (bylaw__hex_value(text.ptr[i]) < 0 ||
            (text.ptr[i] >= 'A' && text.ptr[i] <= 'F'))
            return false;
    return text.len == BYLAW__SHA256_HEX - 1;
}

static bool is_domain(struct bylaw_span text)
{
    size_t label = 0, dots = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool is_hyphen_inside =
            c == '-' && label && i + 1 < text.len && text.ptr[i + 1] != '.';

        if (c == '.' && label) {
            label = 0;
            dots++;
        } else if (bylaw__is_digit(c) || (c >= 'a' && c <= 'z') ||
                   is_hyphen_inside) {
            label++;
        } else {
            return false;
        }
        if (label > 63)
            return false;
    }
    return label && dots && text.len <= 253;
}

/* The shape of BCP 47 tags: letters, then short groups after hyphens. */
static bool is_language(struct bylaw_span text)
{
    size_t group = 0, groups = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == '-' && group) {
            groups++;
            group = 0;
        } else if (bylaw__is_alpha(c) || (groups && bylaw__is_digit(c))) {
            group++;
        } else {
            return false;
        }
        if (group > 8 || (!groups && group > 3))
            return false;
    }
    return group && (groups || group > 1) && text.len <= LANGUAGE_BYTES;
}

/* Stricter than a browser, which would strip or escape white space. */
static bool is_url(struct bylaw_span text)
{
    bylaw_url *url = NULL;
    bool is_good;

    if (!bylaw__span_starts(text, "https://") &&
        !bylaw__span_starts(text, "http://"))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] <= ' ' || text.ptr[i] == 0x7f)
            return false;
    is_good = text.len <= BYLAW_LIMIT_URL_BYTES &&
              !bylaw_url_parse(&url, text, NULL, NULL);
    bylaw_url_free(url);
    return is_good;
}

/* An SPDX id or expression of one id, a LicenseRef, or an address. */
static bool is_licence(struct bylaw_span text)
{
    if (is_url(text))
        return true;
    for (size_t i = 0; i < text.len; i++)
        if (!bylaw__is_alnum(text.ptr[i]) && !strchr(".+-", text.ptr[i]))
            return false;
    return text.len && text.len <= 128 && bylaw__is_alpha(text.ptr[0]);
}

static bool is_contact(struct bylaw_span text)
{
    size_t at = bylaw__span_find(text, BYLAW__SPAN("@"));

    if (is_url(text))
        return true;
    return at != SIZE_MAX && at > 0 && text.len <= 254 &&
           is_domain(bylaw__span_sub(text, at + 1, text.len)) &&
           bylaw__span_find(text, BYLAW__SPAN(" ")) == SIZE_MAX;
}

/* One reader a row: its name, its test, what it expects in words. */
#define CHECKED_READERS(X)                                                     \
    X(bylaw__read_text, is_some_text, "a text: it is empty")                   \
    X(bylaw__read_id, bylaw__is_id,                                            \
      "an id: lower-case letters, digits, \".\" and \"-\", up to 64")          \
    X(bylaw__read_date, is_date, "a date such as 2023-05-16")                  \
    X(bylaw__read_moment, is_moment,                                           \
      "a date such as 2023-05-16 or 2023-05-16T10:00:00Z")                     \
    X(bylaw__read_duration, is_duration,                                       \
      "a length of time such as 12h, 30d or 2w")                               \
    X(bylaw__read_sha256, is_sha256, "a SHA-256 of 64 lower-case hex digits")  \
    X(bylaw__read_domain, is_domain,                                           \
      "a domain such as example.org: lower case, no scheme, no path")          \
    X(bylaw__read_language, is_language, "a language tag such as en or pt-BR") \
    X(bylaw__read_url, is_url, "an address that starts with http(s)://")       \
    X(bylaw__read_licence, is_licence,                                         \
      "a licence: an SPDX id, LicenseRef-NAME or an address")                  \
    X(bylaw__read_contact, is_contact, "an e-mail or web address")

#define X(name, test, expected)                                                \
    void name(struct reading *r, const struct yaml_node *value, void *target)  \
    {                                                                          \
        read_checked(r, value, target, test, expected);                        \
    }
CHECKED_READERS(X)
#undef X

int bylaw__read_word(struct reading *r, const struct yaml_node *node,
                     const char *const *words, size_t count)
{
    const char *near;

    if (!bylaw__is_kind(r, node, YAML_SCALAR))
        return -1;
    for (size_t i = 0; i < count; i++)
        if (bylaw__span_is(node->text, words[i]))
            return (int)i;
    near = bylaw__nearest(node->text, words, count, sizeof(*words));
    if (near)
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.unknown-value",
                        node->place,
                        "\"%s\" is not known here; did you "
                        "mean \"%s\"?",
                        node->text.ptr, near);
    else
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.unknown-value",
                        node->place,
                        "\"%s\" is not known here; \"%s\" would "
                        "be",
                        node->text.ptr, words[0]);
    return -1;
}

void bylaw__read_bool(struct reading *r, const struct yaml_node *value,
                      void *target)
{
    static const char *const words[] = {"false", "no", "true", "yes"};
    int i = bylaw__read_word(r, value, words, COUNT_OF(words));
    bool *out = target;

    if (i >= 0)
        *out = i >= 2;
}

static const struct key_row *find_row(const struct key_row *rows, size_t count,
                                      struct bylaw_span key)
{
    for (size_t i = 0; i < count; i++)
        if (bylaw__span_is(key, rows[i].key))
            return &rows[i];
    return NULL;
}

static void complain_unknown_key(struct reading *r, const struct yaml_node *key,
                                 const struct key_row *rows, size_t count)
{
    const char *near = bylaw__nearest(key->text, rows, count, sizeof(*rows));

    if (near)
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.unknown-key",
                        key->place,
                        "key \"%s\" is not known here; did you "
                        "mean \"%s\"?",
                        key->text.ptr, near);
    else
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.unknown-key",
                        key->place, "key \"%s\" is not known here",
                        key->text.ptr);
}

void bylaw__read_mapping(struct reading *r, const struct yaml_node *node,
                         const struct key_row *rows, size_t count, void *target)
{
    if (!bylaw__is_kind(r, node, YAML_MAPPING))
        return;
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_pair *pair = &node->pairs[i];
        const struct key_row *row = find_row(rows, count, pair->key->text);

        if (!row)
            complain_unknown_key(r, pair->key, rows, count);
        else if (!pair->value->is_null || !r->null_is_absent)
            row->read(r, pair->value, (char *)target + row->offset);
    }
    for (size_t i = 0; i < count; i++)
        if (rows[i].is_required && !bylaw__yaml_get(node, rows[i].key))
            bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.missing-key",
                            node->place, "key \"%s\" is missing", rows[i].key);
}

void *bylaw__read_list(struct reading *r, const struct yaml_node *node,
                       size_t elem, read_fn *read_item, size_t *out_count)
{
    char *items;

    *out_count = 0;
    if (!bylaw__is_kind(r, node, YAML_LIST))
        return NULL;
    items = bylaw__arena_alloc_array(r->arena, node->count, elem);
    if (!items)
        return NULL;
    for (size_t i = 0; i < node->count; i++)
        read_item(r, node->pairs[i].value, items + i * elem);
    *out_count = node->count;
    return items;
}

struct text_list bylaw__read_texts(struct reading *r,
                                   const struct yaml_node *node,
                                   read_fn *read_item)
{
    struct text_list list = {NULL, 0};

    list.items =
        bylaw__read_list(r, node, sizeof(const char *), read_item, &list.count);
    return list;
}
