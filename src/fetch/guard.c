/* SPDX-License-Identifier: Apache-2.0 */
/* Which addresses a socket may be opened to. */
#include "fetch_int.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>

static const unsigned char mapped_prefix[12] = {0, 0, 0, 0, 0,    0,
                                                0, 0, 0, 0, 0xff, 0xff};

/*
 * Not on the public internet (IANA special-purpose registries, RFC 6890 and
 * successors); cloud metadata lies in link-local. Of IPv6 only 2000::/3 is
 * given out for the public: everything around it is refused as a whole, which
 * covers loopback, mapped and compatible IPv4, NAT64 for local use, discard,
 * unique local, link-local, site-local and multicast.
 */
static const char *const refused_texts[] = {
    "0.0.0.0/8",      "10.0.0.0/8",     "100.64.0.0/10", "127.0.0.0/8",
    "169.254.0.0/16", "172.16.0.0/12",  "192.0.0.0/24",  "192.0.2.0/24",
    "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",   "::/3",
    "4000::/2",       "8000::/1",       "2001::/23",     "2001:db8::/32",
    "3fff::/20",
};

/* Prefixes under which a public gateway reaches the IPv4 address that stands
 * in the IPv6 one, and where its four bytes are. */
static const struct {
    const char *prefix;
    size_t at;
} embeddings[] = {
    {"64:ff9b::/96", 12}, /* NAT64, RFC 6052 */
    {"2002::/16", 2},     /* 6to4, RFC 3056 */
};

static bool parse_address(unsigned char out[16], const char *text)
{
    memcpy(out, mapped_prefix, sizeof(mapped_prefix));
    return inet_pton(AF_INET, text, out + 12) == 1 ||
           inet_pton(AF_INET6, text, out) == 1;
}

bool bylaw__fetch_range_parse(struct fetch_range *out, const char *text)
{
    char address[64];
    const char *slash = strchr(text, '/');
    size_t len = slash ? (size_t)(slash - text) : strlen(text);
    bool is_v4 = !memchr(text, ':', len);
    unsigned most = is_v4 ? 32 : 128;
    unsigned long bits = most;
    char *end;

    if (len >= sizeof(address))
        return false;
    memcpy(address, text, len);
    address[len] = '\0';
    if (slash) {
        if (!bylaw__is_digit((unsigned char)slash[1]))
            return false;
        bits = strtoul(slash + 1, &end, 10);
        if (*end || bits > most)
            return false;
    }
    out->bits = (unsigned)bits + (is_v4 ? 96 : 0);
    return parse_address(out->bytes, address);
}

static bool is_mapped(const unsigned char address[16])
{
    return !memcmp(address, mapped_prefix, sizeof(mapped_prefix));
}

/* An IPv6 range, however wide, says nothing about IPv4. */
static bool in_range(const unsigned char address[16],
                     const struct fetch_range *range)
{
    unsigned whole = range->bits / 8, rest = range->bits % 8;

    if (is_mapped(address) && range->bits < 8 * sizeof(mapped_prefix))
        return false;
    if (memcmp(address, range->bytes, whole))
        return false;
    return !rest ||
           !((address[whole] ^ range->bytes[whole]) >> (8 - rest) & 0xff);
}

static bool in_text_range(const unsigned char address[16], const char *text)
{
    struct fetch_range range;

    return bylaw__fetch_range_parse(&range, text) && in_range(address, &range);
}

static bool is_refused(const unsigned char address[16])
{
    size_t count = sizeof(refused_texts) / sizeof(refused_texts[0]);

    for (size_t i = 0; i < count; i++)
        if (in_text_range(address, refused_texts[i]))
            return true;
    return false;
}

/* The IPv4 address inside, as mapped; false where there is none. */
static bool unembed(unsigned char out[16], const unsigned char address[16])
{
    size_t count = sizeof(embeddings) / sizeof(embeddings[0]);

    for (size_t i = 0; i < count; i++)
        if (in_text_range(address, embeddings[i].prefix)) {
            memcpy(out, mapped_prefix, sizeof(mapped_prefix));
            memcpy(out + 12, address + embeddings[i].at, 4);
            return true;
        }
    return false;
}

static bool in_any(const unsigned char address[16],
                   const struct fetch_range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (in_range(address, &ranges[i]))
            return true;
    return false;
}

/* Of an address that no allowed range holds. */
static bool is_public(const unsigned char address[16])
{
    unsigned char inner[16];

    return !is_refused(unembed(inner, address) ? inner : address);
}

/* An IPv4 address in the disguise of an IPv6 one has no business in DNS or in
 * a page: it is refused even where the plain one would do. */
bool bylaw__fetch_may_connect(const struct sockaddr *address,
                              const struct fetch_range *allowed, size_t count)
{
    unsigned char bytes[16];
    bool is_v6 = address->sa_family == AF_INET6;

    if (address->sa_family == AF_INET) {
        struct sockaddr_in v4;

        memcpy(&v4, address, sizeof(v4));
        memcpy(bytes, mapped_prefix, sizeof(mapped_prefix));
        memcpy(bytes + 12, &v4.sin_addr, 4);
    } else if (is_v6) {
        struct sockaddr_in6 v6;

        memcpy(&v6, address, sizeof(v6));
        memcpy(bytes, &v6.sin6_addr, 16);
    } else {
        return false;
    }
    if (in_any(bytes, allowed, count))
        return true;
    return is_public(bytes) && !(is_v6 && is_mapped(bytes));
}

bool bylaw__address_allowed(const char *address,
                            const char *const *allow_ranges)
{
    unsigned char bytes[16];
    bool is_v6 = strchr(address, ':');

    if (!parse_address(bytes, address))
        return false;
    for (; allow_ranges && *allow_ranges; allow_ranges++)
        if (in_text_range(bytes, *allow_ranges))
            return true;
    return is_public(bytes) && !(is_v6 && is_mapped(bytes));
}
