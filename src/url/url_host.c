/* SPDX-License-Identifier: Apache-2.0 */
/* Hosts: domains through UTS 46, IPv4 in all its spellings, IPv6. */
#include "url/url_int.h"

#include <pthread.h>
#include <unicode/uidna.h>

#define HOST_CEILING  ((size_t)8 * BYLAW_LIMIT_URL_BYTES)
#define IPV4_PARTS    4
#define IPV6_PIECES   8
#define IPV4_OVERFLOW ((uint64_t)1 << 32) /* larger than any address */

/* ------------------------------------------------------------ domains --- */

static UIDNA *idna; /* made once, immutable, alive as long as the process */
static pthread_once_t idna_once = PTHREAD_ONCE_INIT;

/* URL standard 3.3 with beStrict false: no hyphen, STD3 or length checks. */
static void open_idna(void)
{
    UErrorCode status = U_ZERO_ERROR;

    idna = uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                               UIDNA_NONTRANSITIONAL_TO_ASCII |
                               UIDNA_NONTRANSITIONAL_TO_UNICODE,
                           &status);
    if (U_FAILURE(status))
        idna = NULL;
}

/* What ICU complains of although beStrict is false. */
#define IDNA_TOLERATED                                                         \
    (UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG |                    \
     UIDNA_ERROR_DOMAIN_NAME_TOO_LONG | UIDNA_ERROR_LEADING_HYPHEN |           \
     UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4)

static bool map_with_icu(struct bylaw__buf *out, struct bylaw_span name)
{
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UErrorCode status = U_ZERO_ERROR;
    size_t room = 4 * name.len + 64;
    char *ascii;
    int32_t len;

    if (name.len > BYLAW_LIMIT_IDN_BYTES)
        return false;
    pthread_once(&idna_once, open_idna);
    ascii = bylaw__buf_reserve(out, room);
    if (!idna || !ascii)
        return false;
    len = uidna_nameToASCII_UTF8(idna, name.ptr, (int32_t)name.len, ascii,
                                 (int32_t)room, &info, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        ascii = bylaw__buf_reserve(out, (size_t)len);
        if (!ascii)
            return false;
        len = uidna_nameToASCII_UTF8(idna, name.ptr, (int32_t)name.len, ascii,
                                     len, &info, &status);
    }
    if (U_FAILURE(status) || (info.errors & ~(uint32_t)IDNA_TOLERATED))
        return false;
    out->len += (size_t)len;
    out->ptr[out->len] = '\0';
    return true;
}

/* The standard takes ASCII as it is, malformed A-labels too: only its case is
 * folded (section 3.3). */
static bool is_ascii(struct bylaw_span name)
{
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.ptr[i] >= 0x80)
            return false;
    return true;
}

/* Forbidden domain code points, standard 3.2. */
static bool is_forbidden(unsigned char c)
{
    return c <= 0x20 || c >= 0x7f || strchr("#/:<>?@[\\]^|%", c);
}

static bool add_domain(struct bylaw__buf *out, struct bylaw_span name)
{
    size_t start = out->len;

    if (is_ascii(name)) {
        for (size_t i = 0; i < name.len; i++)
            bylaw__buf_add_char(out, bylaw__lower(name.ptr[i]));
    } else if (!map_with_icu(out, name)) {
        return false;
    }
    if (out->failed || out->len == start)
        return false;
    for (size_t i = start; i < out->len; i++)
        if (is_forbidden((unsigned char)out->ptr[i]))
            return false;
    return true;
}

/* --------------------------------------------------------------- IPv4 --- */

/* Hex, octal or decimal; IPV4_OVERFLOW stands for anything too large. */
static bool read_number(uint64_t *out, struct bylaw_span s)
{
    unsigned radix = 10;

    *out = 0;
    if (!s.len)
        return false;
    if (bylaw__span_starts_nocase(s, "0x")) {
        radix = 16;
        s = bylaw__span_sub(s, 2, s.len);
    } else if (s.len > 1 && s.ptr[0] == '0') {
        radix = 8;
        s = bylaw__span_sub(s, 1, s.len);
    }
    for (size_t i = 0; i < s.len; i++) {
        int digit = bylaw__hex_value((unsigned char)s.ptr[i]);

        if (digit < 0 || (unsigned)digit >= radix)
            return false;
        *out = *out * radix + (unsigned)digit;
        if (*out > IPV4_OVERFLOW)
            *out = IPV4_OVERFLOW;
    }
    return true;
}

static struct bylaw_span last_part(struct bylaw_span host)
{
    size_t begin = host.len;

    while (begin && host.ptr[begin - 1] != '.')
        begin--;
    return bylaw__span_sub(host, begin, host.len);
}

/* A final dot is no part of its own. */
static struct bylaw_span without_final_dot(struct bylaw_span host)
{
    if (host.len && host.ptr[host.len - 1] == '.')
        host.len--;
    return host;
}

/* The "ends in a number checker": such a host is IPv4 or nothing. */
static bool ends_in_number(struct bylaw_span host)
{
    struct bylaw_span last = last_part(without_final_dot(host));
    uint64_t number;
    size_t digits = 0;

    while (digits < last.len &&
           bylaw__is_digit((unsigned char)last.ptr[digits]))
        digits++;
    return last.len && (digits == last.len || read_number(&number, last));
}

static bool read_ipv4(uint32_t *out, struct bylaw_span host)
{
    struct bylaw_span rest = without_final_dot(host);
    uint64_t numbers[IPV4_PARTS], last;
    size_t count = 0, begin = 0;

    for (size_t i = 0; i <= rest.len; i++) {
        if (i < rest.len && rest.ptr[i] != '.')
            continue;
        if (count == IPV4_PARTS ||
            !read_number(&numbers[count++], bylaw__span_sub(rest, begin, i)))
            return false;
        begin = i + 1;
    }
    last = numbers[count - 1];
    if (last >= (uint64_t)1 << (8 * (IPV4_PARTS + 1 - count)))
        return false;
    for (size_t i = 0; i + 1 < count; i++) {
        if (numbers[i] > 255)
            return false;
        last += numbers[i] << (8 * (IPV4_PARTS - 1 - i));
    }
    *out = (uint32_t)last;
    return true;
}

static bool add_ipv4(struct bylaw__buf *out, struct bylaw_span host)
{
    uint32_t a;

    if (!read_ipv4(&a, host))
        return false;
    bylaw__buf_printf(out, "%u.%u.%u.%u", a >> 24, a >> 16 & 255, a >> 8 & 255,
                      a & 255);
    return true;
}

/* --------------------------------------------------------------- IPv6 --- */

struct ipv6 {
    uint16_t piece[IPV6_PIECES];
    unsigned count; /* pieces read */
    int gap;        /* piece before which "::" stood, or -1 */
};

/* The dotted tail: exactly four decimal bytes without leading zeros. */
static bool read_dotted(struct ipv6 *v6, struct bylaw_span s)
{
    unsigned bytes[4], count = 0;
    size_t i = 0;

    while (i < s.len) {
        unsigned value = 0;
        size_t begin = i;

        while (i < s.len && bylaw__is_digit((unsigned char)s.ptr[i]) &&
               i - begin < 3)
            value = value * 10 + (unsigned)(s.ptr[i++] - '0');
        if (i == begin || value > 255 || count == 4 ||
            (s.ptr[begin] == '0' && i - begin > 1))
            return false;
        bytes[count++] = value;
        if (i < s.len && (s.ptr[i++] != '.' || i == s.len))
            return false;
    }
    if (count != 4 || v6->count > IPV6_PIECES - 2)
        return false;
    v6->piece[v6->count++] = (uint16_t)(bytes[0] << 8 | bytes[1]);
    v6->piece[v6->count++] = (uint16_t)(bytes[2] << 8 | bytes[3]);
    return true;
}

/* Up to four hex digits at *pos. */
static unsigned read_piece(size_t *pos, struct bylaw_span s)
{
    unsigned value = 0;
    size_t end = *pos + 4;
    int digit;

    while (*pos < s.len && *pos < end &&
           (digit = bylaw__hex_value((unsigned char)s.ptr[*pos])) >= 0) {
        value = value << 4 | (unsigned)digit;
        ++*pos;
    }
    return value;
}

static bool read_pieces(struct ipv6 *v6, struct bylaw_span s)
{
    size_t i = 0;

    if (bylaw__span_starts(s, "::")) {
        i = 2;
        v6->gap = 0;
    }
    while (i < s.len) {
        size_t begin = i;
        unsigned value;

        if (v6->count == IPV6_PIECES)
            return false;
        if (s.ptr[i] == ':') { /* the second colon of "::" */
            if (v6->gap >= 0 || !v6->count)
                return false;
            v6->gap = (int)v6->count;
            i++;
            continue;
        }
        value = read_piece(&i, s);
        if (i < s.len && s.ptr[i] == '.' && i > begin)
            return read_dotted(v6, bylaw__span_sub(s, begin, s.len));
        if (i == begin || (i < s.len && s.ptr[i] != ':'))
            return false;
        v6->piece[v6->count++] = (uint16_t)value;
        if (i < s.len && ++i == s.len)
            return false;
    }
    return true;
}

/* Moves what follows "::" to the end; false unless eight pieces result. */
static bool spread(struct ipv6 *v6)
{
    unsigned tail;

    if (v6->gap < 0)
        return v6->count == IPV6_PIECES;
    if (v6->count == IPV6_PIECES)
        return false;
    tail = v6->count - (unsigned)v6->gap;
    memmove(&v6->piece[IPV6_PIECES - tail], &v6->piece[v6->gap],
            tail * sizeof(v6->piece[0]));
    memset(&v6->piece[v6->gap], 0,
           (IPV6_PIECES - v6->count) * sizeof(v6->piece[0]));
    return true;
}

/* The first longest run of two or more zero pieces. */
static unsigned longest_zeros(unsigned *out_len, const struct ipv6 *v6)
{
    unsigned best = IPV6_PIECES, run = 0;

    *out_len = 1;
    for (unsigned i = 0; i < IPV6_PIECES; i++) {
        run = v6->piece[i] ? 0 : run + 1;
        if (run > *out_len) {
            *out_len = run;
            best = i + 1 - run;
        }
    }
    return best;
}

static void write_ipv6(struct bylaw__buf *out, const struct ipv6 *v6)
{
    unsigned zeros, gap = longest_zeros(&zeros, v6), i = 0;

    bylaw__buf_add_char(out, '[');
    while (i < IPV6_PIECES) {
        if (i == gap) {
            bylaw__buf_add_text(out, i ? ":" : "::");
            i += zeros;
            continue;
        }
        bylaw__buf_printf(out, "%x", v6->piece[i++]);
        if (i < IPV6_PIECES)
            bylaw__buf_add_char(out, ':');
    }
    bylaw__buf_add_char(out, ']');
}

static bool add_ipv6(struct bylaw__buf *out, struct bylaw_span text)
{
    struct ipv6 v6 = {.gap = -1};

    if (!read_pieces(&v6, text) || !spread(&v6))
        return false;
    write_ipv6(out, &v6);
    return true;
}

/* --------------------------------------------------------------- hosts --- */

bool bylaw__url_host(struct bylaw__buf *out, bool *is_address,
                     struct bylaw_span text)
{
    struct bylaw__buf decoded, domain;
    bool ok = false;

    *is_address = false;
    if (text.len && text.ptr[0] == '[') {
        *is_address = true;
        return text.len > 1 && text.ptr[text.len - 1] == ']' &&
               add_ipv6(out, bylaw__span_sub(text, 1, text.len - 1));
    }
    bylaw__buf_init(&decoded, HOST_CEILING);
    bylaw__buf_init(&domain, HOST_CEILING);
    bylaw__url_decode(&decoded, text);
    if (decoded.failed || !decoded.len ||
        !bylaw__utf8_valid(bylaw__buf_span(&decoded)) ||
        !add_domain(&domain, bylaw__buf_span(&decoded)))
        goto done;
    *is_address = ends_in_number(bylaw__buf_span(&domain));
    ok = true;
    if (*is_address)
        ok = add_ipv4(out, bylaw__buf_span(&domain));
    else
        bylaw__buf_add_span(out, bylaw__buf_span(&domain));
done:
    bylaw__buf_release(&decoded);
    bylaw__buf_release(&domain);
    return ok;
}
