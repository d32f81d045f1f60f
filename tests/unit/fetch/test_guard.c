/* SPDX-License-Identifier: Apache-2.0 */
/* Which addresses a socket may be opened to. */
#include "unit/fetch/fetching.h"

#include "fetch/fetch_int.h"

#include <arpa/inet.h>

/* The address as a socket would be given it. */
static bool may_connect(const char *text, const struct fetch_range *allowed,
                        size_t count)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};

    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        return bylaw__fetch_may_connect((const struct sockaddr *)&v4, allowed,
                                        count);
    assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
    return bylaw__fetch_may_connect((const struct sockaddr *)&v6, allowed,
                                    count);
}

static void check_address(const char *text, bool want)
{
    if (may_connect(text, NULL, 0) != want ||
        bylaw__address_allowed(text, NULL) != want)
        fail_msg("%s should be %s", text, want ? "allowed" : "refused");
}

/* First and last of each refused range, and the neighbours that are open;
 * NULL where the neighbour is refused for a reason of its own. */
static const struct {
    const char *before, *first, *last, *next;
} refused[] = {
    {NULL, "0.0.0.0", "0.255.255.255", "1.0.0.0"},
    {"9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0"},
    {"100.63.255.255", "100.64.0.0", "100.127.255.255", "100.128.0.0"},
    {"126.255.255.255", "127.0.0.0", "127.255.255.255", "128.0.0.0"},
    {"169.253.255.255", "169.254.0.0", "169.254.255.255", "169.255.0.0"},
    {"172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0"},
    {"191.255.255.255", "192.0.0.0", "192.0.0.255", "192.0.1.0"},
    {"192.0.1.255", "192.0.2.0", "192.0.2.255", "192.0.3.0"},
    {"192.88.98.255", "192.88.99.0", "192.88.99.255", "192.88.100.0"},
    {"192.167.255.255", "192.168.0.0", "192.168.255.255", "192.169.0.0"},
    {"198.17.255.255", "198.18.0.0", "198.19.255.255", "198.20.0.0"},
    {"198.51.99.255", "198.51.100.0", "198.51.100.255", "198.51.101.0"},
    {"203.0.112.255", "203.0.113.0", "203.0.113.255", "203.0.114.0"},
    {"223.255.255.255", "224.0.0.0", "239.255.255.255", NULL},
    {NULL, "240.0.0.0", "255.255.255.255", NULL},
    {NULL, "::", "::1", NULL},
    {NULL, "100::", "100::ffff:ffff:ffff:ffff", NULL},
    {NULL, "::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2000::"},
    {"2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
     "2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:200::"},
    {"2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
     "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::"},
    {"3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
     "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:1000::"},
    {"3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
     "4000::", "7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
    {NULL, "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
    {NULL, "8000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
    {NULL, "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
    {NULL, "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
    {NULL, "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
    {NULL, "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
};

static void test_guard__refuses_whole_ranges_and_nothing_beside(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        check_address(refused[i].first, false);
        check_address(refused[i].last, false);
        if (refused[i].before)
            check_address(refused[i].before, true);
        if (refused[i].next)
            check_address(refused[i].next, true);
    }
}

static void test_guard__refuses_the_metadata_addresses_of_clouds(void **state)
{
    static const char *const addresses[] = {
        "169.254.169.254", "169.254.170.2", "100.100.100.200",
        "192.0.0.192",     "fd00:ec2::254", "fd20:ce::254",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(addresses); i++)
        check_address(addresses[i], false);
}

static void test_guard__looks_through_gateways_to_the_address_inside(void **s)
{
    (void)s;
    check_address("64:ff9b::10.0.0.1", false);
    check_address("64:ff9b::127.0.0.1", false);
    check_address("64:ff9b::169.254.169.254", false);
    check_address("64:ff9b::8.8.8.8", true);
    check_address("2002:7f00:1::", false);
    check_address("2002:a00:1::1", false);
    check_address("2002:c0a8:101::1", false);
    check_address("2002:808:808::1", true);
    /* For local use, translated, and tunnelled: what is inside is nowhere a
     * fixed place, or nobody's business. */
    check_address("64:ff9b:1::8.8.8.8", false);
    check_address("::ffff:0:8.8.8.8", false);
    check_address("2001:0:4136:e378:8000:63bf:3fff:fdd2", false);
}

static void test_guard__refuses_ipv4_in_disguise_even_if_public(void **state)
{
    (void)state;
    check_address("::ffff:10.0.0.1", false);
    check_address("::ffff:127.0.0.1", false);
    check_address("::ffff:8.8.8.8", false);
    check_address("::8.8.8.8", false);
    check_address("::127.0.0.1", false);
    check_address("8.8.8.8", true);
}

static void test_guard__refuses_what_is_no_internet_address(void **state)
{
    struct sockaddr local = {.sa_family = AF_UNIX};

    (void)state;
    assert_false(bylaw__fetch_may_connect(&local, NULL, 0));
    assert_false(bylaw__address_allowed("", NULL));
    assert_false(bylaw__address_allowed("site.example", NULL));
    assert_false(bylaw__address_allowed("8.8.8", NULL));
    assert_false(bylaw__address_allowed("8.8.8.8 ", NULL));
    assert_false(bylaw__address_allowed("fe80::1%lo", NULL));
}

static const struct {
    const char *range, *address;
    bool want;
} openings[] = {
    {"127.0.0.0/8", "127.0.0.1", true},
    {"127.0.0.0/8", "::ffff:127.0.0.1", true},
    {"127.0.0.0/8", "10.0.0.1", false},
    {"127.0.0.0/8", "::1", false},
    {"127.0.0.1", "127.0.0.1", true},
    {"127.0.0.1", "127.0.0.2", false},
    {"10.20.30.40/31", "10.20.30.41", true},
    {"10.20.30.40/31", "10.20.30.42", false},
    {"10.20.30.40/13", "10.16.0.0", true},
    {"10.20.30.40/13", "10.23.255.255", true},
    {"10.20.30.40/13", "10.24.0.0", false},
    {"0.0.0.0/0", "192.168.1.1", true},
    {"0.0.0.0/0", "::1", false},
    {"::1", "::1", true},
    {"::1/128", "::2", false},
    {"fd00::/8", "fd12::1", true},
    {"fd00::/8", "fe80::1", false},
    {"::/0", "fe80::1", true},
    {"::/0", "10.0.0.1", false},
    {"::/0", "::ffff:10.0.0.1", false},
    {"::ffff:10.0.0.0/104", "10.0.0.1", true},
};

static void test_guard__opens_what_an_allowed_range_holds(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(openings); i++) {
        const char *const ranges[] = {openings[i].range, NULL};
        const char *address = openings[i].address;
        struct fetch_range range;

        assert_true(bylaw__fetch_range_parse(&range, openings[i].range));
        if (may_connect(address, &range, 1) != openings[i].want ||
            bylaw__address_allowed(address, ranges) != openings[i].want)
            fail_msg("%s should %s %s", openings[i].range,
                     openings[i].want ? "open" : "not open", address);
    }
}

static void test_range__is_refused_where_malformed(void **state)
{
    static const char *const texts[] = {
        "",
        "/8",
        "127.0.0.0/",
        "127.0.0.0/33",
        "127.0.0.0/-1",
        "127.0.0.0/+8",
        "127.0.0.0/ 8",
        "127.0.0.0/8 ",
        "127.0.0.0/8/8",
        "127.0.0.0/99999999999999999999",
        "127.0.0/8",
        "127.1",
        "localhost",
        "::1/129",
        "::1/",
        "[::1]/128",
        "fe80::1%lo/64",
        "1111111111111111111111111111111111111111111111111111111111111111111",
    };
    struct fetch_range range;

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        if (bylaw__fetch_range_parse(&range, texts[i]))
            fail_msg("'%s' was read as a range", texts[i]);
}

/* Options that name no range or route are the caller's mistake. */
static void check_options(const struct bylaw_fetch_options *options,
                          const char *id)
{
    struct bylaw__clock clock = {.now_ms = stopped_clock};
    struct bylaw_error err = {0};
    bylaw__fetcher *fetcher = NULL;

    assert_int_equal(bylaw__fetcher_new(&fetcher, options, NULL, clock, &err),
                     BYLAW_EUSAGE);
    assert_null(fetcher);
    assert_string_equal(err.id, id);
    assert_non_null(bylaw_diagnostic_find(id));
}

static void test_fetcher__is_not_made_of_malformed_options(void **state)
{
    static const char *const routes[] = {
        "",          "a",         "a:1",         "a:1:b",      "a:x:b:1",
        "a:1:b:x",   "a:1:b:1:1", "[::1:1:b:1",  "a:1:[::1:1", "a:1:::1:1",
        "a:1:b:1 x", "a::b",      "[::1]:1:b:y",
    };
    const char *const ranges[] = {"127.0.0.0/8", "10.0.0.0/x", NULL};

    (void)state;
    check_options(&(struct bylaw_fetch_options){.allow_ranges = ranges},
                  "fetch.range");
    for (size_t i = 0; i < COUNT(routes); i++) {
        const char *const texts[] = {routes[i], NULL};

        check_options(&(struct bylaw_fetch_options){.connect_to = texts},
                      "fetch.route");
    }
}

static void test_fetcher__takes_routes_by_name_and_address(void **state)
{
    const char *const routes[] = {"a.example:80:127.0.0.1:8080",
                                  "a.example::127.0.0.1:8080",
                                  "[::1]:80:[::1]:8080", ":::", NULL};
    struct bylaw_fetch_options options = {.connect_to = routes};

    (void)state;
    bylaw__fetcher_free(new_fetcher(&options, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guard__refuses_whole_ranges_and_nothing_beside),
        cmocka_unit_test(test_guard__refuses_the_metadata_addresses_of_clouds),
        cmocka_unit_test(
            test_guard__looks_through_gateways_to_the_address_inside),
        cmocka_unit_test(test_guard__refuses_ipv4_in_disguise_even_if_public),
        cmocka_unit_test(test_guard__refuses_what_is_no_internet_address),
        cmocka_unit_test(test_guard__opens_what_an_allowed_range_holds),
        cmocka_unit_test(test_range__is_refused_where_malformed),
        cmocka_unit_test(test_fetcher__is_not_made_of_malformed_options),
        cmocka_unit_test(test_fetcher__takes_routes_by_name_and_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
