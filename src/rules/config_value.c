/* SPDX-License-Identifier: Apache-2.0 */
/* Reading one setting: each kind of value has one test and one sentence. */
#include "config_int.h"

#include <arpa/inet.h>

#define NUMBER_DIGITS 9 /* fits an unsigned, and times a week an int64_t */

static void complain_value(struct config_reading *c,
                           const struct yaml_node *node, const char *expected)
{
    bylaw__complain(c->reading.complaints, BYLAW_ECONFIG, "rules.bad-value",
                    node->place, "\"%s\" is not %s", node->text.ptr, expected);
}

/* One value in one line: some go into header lines, all into messages. */
static bool is_scalar(struct config_reading *c, const struct yaml_node *node)
{
    if (!bylaw__is_kind(&c->reading, node, YAML_SCALAR))
        return false;
    for (size_t i = 0; i < node->text.len; i++)
        if ((unsigned char)node->text.ptr[i] < ' ' ||
            node->text.ptr[i] == 0x7f) {
            bylaw__complain(c->reading.complaints, BYLAW_ECONFIG,
                            "rules.bad-value", node->place,
                            "the value holds a line break or another control "
                            "character");
            return false;
        }
    return true;
}

static const char *keep(struct config_reading *c, struct bylaw_span text,
                        void *target)
{
    const char *copy = bylaw__arena_copy(c->reading.arena, text);

    memcpy(target, &copy, sizeof(copy));
    return copy;
}

/* The rule reader's own readers, which leave the target as it was where they
 * complain. */
static const char *read_with(struct config_reading *c, read_fn *read,
                             const struct yaml_node *node, void *target)
{
    const char *text = NULL;

    if (!is_scalar(c, node))
        return NULL;
    read(&c->reading, node, &text);
    if (text)
        memcpy(target, &text, sizeof(text));
    return text;
}

#define READ_WITH(name, reader)                                                \
    const char *name(struct config_reading *c, const struct setting_row *row,  \
                     const struct yaml_node *node, void *target)               \
    {                                                                          \
        (void)row;                                                             \
        return read_with(c, reader, node, target);                             \
    }
READ_WITH(bylaw__setting_text, bylaw__read_text)
READ_WITH(bylaw__setting_contact, bylaw__read_contact)
READ_WITH(bylaw__setting_domain, bylaw__read_domain)
READ_WITH(bylaw__setting_date, bylaw__read_date)

/* "scheme://user:password@host": the secret is not repeated in the message. */
static bool has_userinfo(struct config_reading *c, const struct yaml_node *node)
{
    size_t begin = bylaw__span_find(node->text, BYLAW__SPAN("://"));
    const char *host, *at;

    if (begin == SIZE_MAX)
        return false;
    host = node->text.ptr + begin + 3;
    at = strchr(host, '@');
    if (!at || at >= host + strcspn(host, "/?#"))
        return false;
    bylaw__complain(c->reading.complaints, BYLAW_ECONFIG,
                    "config.secret-inline", node->place,
                    "the address holds a user name or password");
    return true;
}

const char *bylaw__setting_url(struct config_reading *c,
                               const struct setting_row *row,
                               const struct yaml_node *node, void *target)
{
    (void)row;
    if (!is_scalar(c, node) || has_userinfo(c, node))
        return NULL;
    return read_with(c, bylaw__read_url, node, target);
}

const char *bylaw__setting_email(struct config_reading *c,
                                 const struct setting_row *row,
                                 const struct yaml_node *node, void *target)
{
    (void)row;
    if (!is_scalar(c, node))
        return NULL;
    /* Whatever has a colon is a web address, which a contact may be too. */
    if (bylaw__span_find(node->text, BYLAW__SPAN(":")) == SIZE_MAX)
        return read_with(c, bylaw__read_contact, node, target);
    complain_value(c, node, "an e-mail address");
    return NULL;
}

static bool is_port(struct bylaw_span text)
{
    unsigned value = 0;

    if (!text.len || text.len > 5)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!bylaw__is_digit((unsigned char)text.ptr[i]))
            return false;
        value = value * 10 + (unsigned)(text.ptr[i] - '0');
    }
    return value >= 1 && value <= 65535;
}

/* Letters, digits, dots and hyphens, or an address in brackets. */
static bool is_host(struct bylaw_span text)
{
    bool is_bracketed =
        text.len > 2 && text.ptr[0] == '[' && text.ptr[text.len - 1] == ']';

    if (is_bracketed)
        text = bylaw__span_sub(text, 1, text.len - 1);
    for (size_t i = 0; i < text.len; i++)
        if (!bylaw__is_alnum((unsigned char)text.ptr[i]) &&
            text.ptr[i] != '.' && text.ptr[i] != '-' &&
            !(is_bracketed && text.ptr[i] == ':'))
            return false;
    return text.len > 0 && text.len <= 253;
}

/* Splits "HOST:PORT" off the front; a bracketed host may hold colons. */
static bool take_host_port(struct bylaw_span *rest)
{
    const char *from = rest->ptr;
    size_t host = strcspn(from, *from == '[' ? "]" : ":");
    size_t port;

    if (from[host] == ']')
        host++;
    if (from[host] != ':' || !is_host((struct bylaw_span){from, host}))
        return false;
    port = strcspn(from + host + 1, ":");
    if (!is_port((struct bylaw_span){from + host + 1, port}))
        return false;
    *rest = bylaw__span_sub(*rest, host + 1 + port, rest->len);
    return true;
}

const char *bylaw__setting_smtp(struct config_reading *c,
                                const struct setting_row *row,
                                const struct yaml_node *node, void *target)
{
    static const char *const schemes[] = {"smtp://", "smtps://",
                                          "smtp+starttls://"};
    struct bylaw_span rest;
    bool is_good = false;

    (void)row;
    if (!is_scalar(c, node) || has_userinfo(c, node))
        return NULL;
    rest = node->text;
    for (size_t i = 0; !is_good && i < sizeof(schemes) / sizeof(*schemes);
         i++) {
        is_good = bylaw__span_starts(rest, schemes[i]);
        if (is_good)
            rest = bylaw__span_sub(rest, strlen(schemes[i]), rest.len);
    }
    if (is_good) {
        if (bylaw__span_find(rest, BYLAW__SPAN(":")) == SIZE_MAX)
            is_good = is_host(rest);
        else
            is_good = take_host_port(&rest) && !rest.len;
    }
    if (is_good)
        return keep(c, node->text, target);
    complain_value(c, node,
                   "a mail server such as smtps://mail.example.org:465");
    return NULL;
}

const char *bylaw__setting_connect_to(struct config_reading *c,
                                      const struct setting_row *row,
                                      const struct yaml_node *node,
                                      void *target)
{
    struct bylaw_span rest;

    (void)row;
    if (!is_scalar(c, node))
        return NULL;
    rest = node->text;
    if (take_host_port(&rest) && bylaw__span_starts(rest, ":")) {
        rest = bylaw__span_sub(rest, 1, rest.len);
        if (take_host_port(&rest) && !rest.len)
            return keep(c, node->text, target);
    }
    complain_value(c, node, "HOST:PORT:ADDRESS:PORT");
    return NULL;
}

/* Bits after the slash, or -1. */
static int prefix_bits(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    int bits = 0;

    if (!digits || digits > 3 || text[digits])
        return -1;
    for (size_t i = 0; i < digits; i++)
        bits = bits * 10 + (text[i] - '0');
    return bits;
}

static bool is_range(struct bylaw_span text)
{
    char address[INET6_ADDRSTRLEN];
    unsigned char bytes[16];
    size_t slash = bylaw__span_find(text, BYLAW__SPAN("/"));
    int bits;

    if (slash == SIZE_MAX || slash >= sizeof(address))
        return false;
    memcpy(address, text.ptr, slash);
    address[slash] = '\0';
    bits = prefix_bits(text.ptr + slash + 1);
    if (inet_pton(AF_INET, address, bytes) == 1)
        return bits >= 0 && bits <= 32;
    return inet_pton(AF_INET6, address, bytes) == 1 && bits >= 0 && bits <= 128;
}

const char *bylaw__setting_range(struct config_reading *c,
                                 const struct setting_row *row,
                                 const struct yaml_node *node, void *target)
{
    (void)row;
    if (!is_scalar(c, node))
        return NULL;
    if (is_range(node->text))
        return keep(c, node->text, target);
    complain_value(c, node, "an address range such as 127.0.0.0/8");
    return NULL;
}

const char *bylaw__setting_path(struct config_reading *c,
                                const struct setting_row *row,
                                const struct yaml_node *node, void *target)
{
    struct bylaw_span folder = c->folder;
    const char *path;

    (void)row;
    if (!is_scalar(c, node))
        return NULL;
    if (!bylaw__span_trim(node->text).len) {
        complain_value(c, node, "a path: it is empty");
        return NULL;
    }
    if (node->text.ptr[0] == '/')
        folder.len = 0;
    path = bylaw__arena_printf(c->reading.arena, "%.*s%s", (int)folder.len,
                               folder.len ? folder.ptr : "", node->text.ptr);
    memcpy(target, &path, sizeof(path));
    return path;
}

const char *bylaw__setting_url_path(struct config_reading *c,
                                    const struct setting_row *row,
                                    const struct yaml_node *node, void *target)
{
    (void)row;
    if (!is_scalar(c, node))
        return NULL;
    if (node->text.ptr[0] == '/' && node->text.len > 1 &&
        !node->text.ptr[strcspn(node->text.ptr, " \t\r\n")])
        return keep(c, node->text, target);
    complain_value(c, node, "the path of an address, such as /pixel.gif");
    return NULL;
}

const char *bylaw__setting_service(struct config_reading *c,
                                   const struct setting_row *row,
                                   const struct yaml_node *node, void *target)
{
    size_t count = 0;
    int i;

    (void)row;
    if (!is_scalar(c, node))
        return NULL;
    if (!c->services)
        return read_with(c, bylaw__read_id, node, target);
    while (c->services[count])
        count++;
    i = bylaw__read_word(&c->reading, node, c->services, count);
    return i < 0 ? NULL : keep(c, node->text, target);
}

/* Digits at the front of a text; false where there are none or too many. */
static bool take_number(int64_t *out, struct bylaw_span *rest)
{
    size_t digits = 0;
    int64_t value = 0;

    while (digits < rest->len &&
           bylaw__is_digit((unsigned char)rest->ptr[digits])) {
        if (digits == NUMBER_DIGITS)
            return false;
        value = value * 10 + (rest->ptr[digits++] - '0');
    }
    *rest = bylaw__span_sub(*rest, digits, rest->len);
    *out = value;
    return digits > 0;
}

static const struct {
    const char *name;
    int64_t ms;
} time_units[] = {{"w", INT64_C(604800000)},
                  {"d", 86400000},
                  {"h", 3600000},
                  {"m", 60000},
                  {"s", 1000},
                  {"ms", 1}};

static void complain_range(struct config_reading *c,
                           const struct yaml_node *node, const char *least,
                           const char *most)
{
    bylaw__complain(c->reading.complaints, BYLAW_ECONFIG, "config.out-of-range",
                    node->place, "\"%s\" lies outside %s to %s", node->text.ptr,
                    least, most);
}

const char *bylaw__setting_whole(struct config_reading *c,
                                 const struct setting_row *row,
                                 const struct yaml_node *node, void *target)
{
    struct bylaw_span rest;
    int64_t value;
    unsigned *out = target;

    if (!is_scalar(c, node))
        return NULL;
    rest = node->text;
    if (!take_number(&value, &rest) || rest.len) {
        complain_value(c, node, "a whole number of up to nine digits");
        return NULL;
    }
    if (value < row->least || value > row->most) {
        complain_range(c, node,
                       bylaw__arena_printf(c->reading.arena, "%lld",
                                           (long long)row->least),
                       bylaw__arena_printf(c->reading.arena, "%lld",
                                           (long long)row->most));
        return NULL;
    }
    *out = (unsigned)value;
    return bylaw__arena_copy(c->reading.arena, node->text);
}

/* "2d" of milliseconds: in the largest unit that divides them. */
static const char *duration_text(struct config_reading *c, int64_t ms)
{
    for (size_t i = 0; ms && i < COUNT_OF(time_units); i++)
        if (ms % time_units[i].ms == 0)
            return bylaw__arena_printf(c->reading.arena, "%lld%s",
                                       (long long)(ms / time_units[i].ms),
                                       time_units[i].name);
    return "0s";
}

static bool read_duration(int64_t *out, struct bylaw_span text)
{
    if (!take_number(out, &text))
        return false;
    for (size_t i = 0; i < COUNT_OF(time_units); i++)
        if (bylaw__span_is(text, time_units[i].name)) {
            *out *= time_units[i].ms;
            return true;
        }
    return false;
}

const char *bylaw__setting_duration(struct config_reading *c,
                                    const struct setting_row *row,
                                    const struct yaml_node *node, void *target)
{
    int64_t *out = target;
    int64_t value;

    if (!is_scalar(c, node))
        return NULL;
    if (!read_duration(&value, node->text)) {
        complain_value(c, node,
                       "a length of time such as 500ms, 5s, 10m, 36h, 2d, 1w");
        return NULL;
    }
    if (value < row->least || value > row->most) {
        complain_range(c, node, duration_text(c, row->least),
                       duration_text(c, row->most));
        return NULL;
    }
    *out = value;
    return bylaw__arena_copy(c->reading.arena, node->text);
}

/* A word of a list, by its number; -1: none of them, which was said. */
static int read_choice(struct config_reading *c, const struct yaml_node *node,
                       const char *const *words, size_t count)
{
    return is_scalar(c, node)
               ? bylaw__read_word(&c->reading, node, words, count)
               : -1;
}

const char *bylaw__setting_digest(struct config_reading *c,
                                  const struct setting_row *row,
                                  const struct yaml_node *node, void *target)
{
    static const char *const words[] = {"daily", "each", "weekly"};
    static const enum bylaw_digest digests[] = {BYLAW_DIGEST_DAILY,
                                                BYLAW_DIGEST_EACH,
                                                BYLAW_DIGEST_WEEKLY};
    enum bylaw_digest *out = target;
    int i = read_choice(c, node, words, COUNT_OF(words));

    (void)row;
    if (i < 0)
        return NULL;
    *out = digests[i];
    return words[i];
}

const char *bylaw__setting_hints(struct config_reading *c,
                                 const struct setting_row *row,
                                 const struct yaml_node *node, void *target)
{
    static const char *const words[] = {"none", "likely", "possible"};
    static const enum bylaw_hints levels[] = {BYLAW_HINTS_NONE,
                                              BYLAW_HINTS_LIKELY,
                                              BYLAW_HINTS_POSSIBLE};
    enum bylaw_hints *out = target;
    int i = read_choice(c, node, words, COUNT_OF(words));

    (void)row;
    if (i < 0)
        return NULL;
    *out = levels[i];
    return words[i];
}

const char *bylaw__setting_watch(struct config_reading *c,
                                 const struct setting_row *row,
                                 const struct yaml_node *node, void *target)
{
    struct bylaw_watch *watch = target;
    enum bylaw_watch_kind kind = (enum bylaw_watch_kind)row->tag;

    if (watch->kind != BYLAW_WATCH_NONE) {
        bylaw__complain(c->reading.complaints, BYLAW_ECONFIG,
                        "rules.contradiction", node->place,
                        "the entry names a %s and a %s: make two entries",
                        bylaw_watch_kind_name(watch->kind), row->key);
        return NULL;
    }
    watch->kind = kind;
    return kind == BYLAW_WATCH_LIST
               ? bylaw__setting_path(c, row, node, &watch->spec)
               : bylaw__setting_url(c, row, node, &watch->spec);
}
