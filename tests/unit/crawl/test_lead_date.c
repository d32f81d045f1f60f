/* SPDX-License-Identifier: Apache-2.0 */
/* Dates are read as feeds write them: through a feed, as only that counts. */
#include "unit/leads_check.h"

/* want: the time in UTC, or NULL where there is none. */
static void check_date(const char *text, const char *want)
{
    char body[512], line[128];

    snprintf(body, sizeof(body),
             "<rss><item><link>https://e.org/</link><pubDate>%s</pubDate>"
             "</item></rss>",
             text);
    snprintf(line, sizeof(line), "page https://e.org/%s%s\n", want ? " @" : "",
             want ? want : "");
    check_text(bylaw__feed_read, body, line);
}

static void test_date__rfc_822(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"Tue, 16 May 2023 10:00:00 GMT", "2023-05-16T10:00:00Z"},
        {"16 May 2023 10:00:00 +0200", "2023-05-16T08:00:00Z"},
        {"Tue, 16 May 2023 10:00 -0730", "2023-05-16T17:30:00Z"},
        {"Tue, 16 May 23 10:00:00 EST", "2023-05-16T15:00:00Z"},
        {"Tue, 16 May 70 10:00:00 UT", "1970-05-16T10:00:00Z"},
        {"Tue,  6 June 2023 10:00:00 PDT", "2023-06-06T17:00:00Z"},
        {"Tuesday, 16-May-23 10:00:00 Z", "2023-05-16T10:00:00Z"},
        {"tue, 16 MAY 2023 10:00:00 XYZ", "2023-05-16T10:00:00Z"},
        {"May 16, 2023 10:00:00", "2023-05-16T10:00:00Z"},
        {"Tue May 16, 2023", "2023-05-16T00:00:00Z"},
        {"Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59Z"},
        {"Thu, 29 Feb 2024 00:00:00 GMT", "2024-02-29T00:00:00Z"},
        {"Wed, 29 Feb 2023 00:00:00 GMT", NULL},
        {"Tue, 31 Apr 2023 10:00:00 GMT", NULL},
        {"Tue, 16 Foo 2023 10:00:00 GMT", NULL},
        {"Tue, 16 May 2023 25:00:00 GMT", NULL},
        {"Tue, 16 May 2023 10:61:00 GMT", NULL},
        {"Tue, 16 May", NULL},
        {"yesterday", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_date(rows[i].text, rows[i].want);
}

static void test_date__iso_8601(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"2023", "2023-01-01T00:00:00Z"},
        {"2023-05", "2023-05-01T00:00:00Z"},
        {"2023-05-16", "2023-05-16T00:00:00Z"},
        {"2023-05-16T10:00Z", "2023-05-16T10:00:00Z"},
        {"2023-05-16T10:00:30Z", "2023-05-16T10:00:30Z"},
        {"2023-05-16t10:00:30.123z", "2023-05-16T10:00:30Z"},
        {"2023-05-16T10:00:30+05:30", "2023-05-16T04:30:30Z"},
        {"2023-05-16T23:00:00-0200", "2023-05-17T01:00:00Z"},
        {"2023-05-16T10:00:30-05", "2023-05-16T15:00:30Z"},
        {"2023-05-16 10:00:30", "2023-05-16T10:00:30Z"},
        {"2023-05-16 10:00:30 +0200", "2023-05-16T08:00:30Z"},
        {"2023/05/16", "2023-05-16T00:00:00Z"},
        {"20230516T100000Z", "2023-05-16T10:00:00Z"},
        {"20230516100000", "2023-05-16T10:00:00Z"},
        {"  2023-05-16\n", "2023-05-16T00:00:00Z"},
        {"2000-02-29", "2000-02-29T00:00:00Z"},
        {"2100-02-29", NULL},
        {"2023-13-01", NULL},
        {"2023-00-01", NULL},
        {"2023-05-00", NULL},
        {"2023-05-16T10", NULL},
        {"1969-12-31", NULL},
        {"0000-00-00T00:00:00Z", NULL},
        {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
        {"2023-05-16T10:00:00+99:99", NULL},
        {"", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_date(rows[i].text, rows[i].want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_date__rfc_822),
        cmocka_unit_test(test_date__iso_8601),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
