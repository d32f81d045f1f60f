/* SPDX-License-Identifier: Apache-2.0 */
/* News in each of its forms, with titles that mean harm. */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <jansson.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MONDAY       ((int64_t)1795409100000) /* 2026-11-23T04:45:00Z */
#define ID           "0123456789abcdef0123456789abcdef"

/* Ends lines, opens tags, moves the cursor, turns the text round. */
#define HOSTILE                                                                \
    "a\r\nBcc: all@x.org\r\n\r\n<script>alert(1)</script>&\x1b[2J\x01"         \
    "\xe2\x80\xae\xff]]>"

static struct bylaw_news_item item_of(enum bylaw_news_kind kind,
                                      const char *title)
{
    return (struct bylaw_news_item){.kind = kind,
                                    .case_id = 12,
                                    .event = 34,
                                    .at_ms = MONDAY,
                                    .url = "https://blog.test/a?b=1&c=\"2\"",
                                    .host = "blog.test",
                                    .source = "article",
                                    .title = title,
                                    .verdict = "not-met",
                                    .because = "the credit is missing",
                                    .severity = 3};
}

static struct bylaw_news news_of(const struct bylaw_news_item *items,
                                 size_t count)
{
    struct bylaw_news news = {.now_ms = MONDAY,
                              .items = items,
                              .item_count = count,
                              .pages = 120,
                              .unread = 4,
                              .undetermined = 2,
                              .open = 7};

    for (size_t i = 0; i < count; i++)
        news.counts[items[i].kind]++;
    return news;
}

static const char *const readers[] = {"ada@x.org", "bob@x.org"};

static int write_mail(struct bylaw__buf *out, const struct bylaw_news *news,
                      const char *from)
{
    struct bylaw__report_mail mail = {.from = from,
                                      .to = readers,
                                      .to_count = COUNT(readers),
                                      .date_ms = MONDAY,
                                      .id = ID};

    return bylaw__report_news_mail(out, news, &mail, NULL);
}

static void check_has(const struct bylaw__buf *text, const char *want)
{
    if (!text->ptr || !strstr(text->ptr, want))
        fail_msg("\"%s\" is not in:\n%s", want, text->ptr);
}

static void check_lacks(const struct bylaw__buf *text, const char *what)
{
    if (strstr(text->ptr, what))
        fail_msg("\"%s\" is in:\n%s", what, text->ptr);
}

/* Every line ends in CRLF, is of ASCII and has 78 bytes at most. */
static void check_lines(const struct bylaw__buf *text)
{
    size_t column = 0;

    for (size_t i = 0; i < text->len; i++) {
        unsigned char c = (unsigned char)text->ptr[i];

        if (c == '\r') {
            assert_int_equal(text->ptr[++i], '\n');
            column = 0;
            continue;
        }
        assert_in_range(c, ' ', '~');
        if (++column > 78)
            fail_msg("a line is too long before: %.40s", text->ptr + i);
    }
    assert_int_equal(column, 0);
}

/* --------------------------------------------------------------- mail --- */

static void test_news_mail__has_the_head_of_a_mail(void **state)
{
    struct bylaw_news_item items[] = {item_of(BYLAW_NEWS_NEW, "Title"),
                                      item_of(BYLAW_NEWS_FIXED, "Title")};
    struct bylaw_news news = news_of(items, 2);
    struct bylaw__buf mail = {0};

    (void)state;
    assert_int_equal(0, write_mail(&mail, &news, "bylaw@x.org"));
    check_lines(&mail);
    check_has(&mail, "Date: Mon, 23 Nov 2026 04:45:00 +0000\r\n"
                     "From: Bylaw <bylaw@x.org>\r\n"
                     "To: ada@x.org,\r\n bob@x.org\r\n"
                     "Subject: [Bylaw] 1 new, 1 fixed\r\n"
                     "Message-ID: <" ID ".digest@x.org>\r\n");
    check_has(&mail, "\r\nAuto-Submitted: auto-generated\r\n");
    check_has(&mail, "120 pages were looked at: 4 could not be read whole,\r\n"
                     "2 could not be judged. Open cases: 7.\r\n");
    bylaw__buf_release(&mail);
}

static void test_news_mail__writes_other_scripts_as_encoded_words(void **state)
{
    struct bylaw_news_item item = item_of(BYLAW_NEWS_NEW, "Gr\xc3\xbc\xc3\x9f"
                                                          "e aus K\xc3\xb6ln");
    struct bylaw_news news = news_of(&item, 1);
    struct bylaw__buf mail = {0};

    (void)state;
    assert_int_equal(0, write_mail(&mail, &news, "bylaw@x.org"));
    check_lines(&mail);
    check_has(&mail, "\r\nSubject: =?utf-8?B?W0J5bGF3XSAxIG5ldzogYmxvZy50ZXN0O"
                     "iBHcsO8w59lIGF1cyBL?=\r\n =?utf-8?B?w7Zsbg==?=\r\n");
    bylaw__buf_release(&mail);
}

static void test_news_mail__a_title_adds_no_header(void **state)
{
    struct bylaw_news_item item = item_of(BYLAW_NEWS_NEW, HOSTILE);
    struct bylaw_news news = news_of(&item, 1);
    struct bylaw__buf mail = {0};
    const char *body;

    (void)state;
    assert_int_equal(0, write_mail(&mail, &news, "bylaw@x.org"));
    check_lines(&mail);
    check_lacks(&mail, "\r\nBcc");
    check_lacks(&mail, "\n Bcc");
    /* "[Bylaw] 1 new: blog.test: a Bcc: all@x.": a space, no line break. */
    check_has(
        &mail,
        "\r\nSubject: "
        "=?utf-8?B?W0J5bGF3XSAxIG5ldzogYmxvZy50ZXN0OiBhIEJjYzogYWxsQHgu?=\r\n");
    body = strstr(mail.ptr, "\r\n\r\n");
    assert_non_null(body);
    assert_non_null(strstr(body, "Open cases: 7"));
    bylaw__buf_release(&mail);
}

/* Looks encoded already, so it must not stand as it is. */
static void test_news_mail__a_title_is_not_decoded(void **state)
{
    struct bylaw_news_item item =
        item_of(BYLAW_NEWS_NEW, "=?utf-8?Q?=0D=0ABcc:?=");
    struct bylaw_news news = news_of(&item, 1);
    struct bylaw__buf mail = {0};

    (void)state;
    assert_int_equal(0, write_mail(&mail, &news, "bylaw@x.org"));
    check_has(&mail, "Subject: =?utf-8?B?");
    check_lacks(&mail, "?Q?=0D");
    bylaw__buf_release(&mail);
}

static void test_news_mail__refuses_what_is_no_address(void **state)
{
    static const char *const senders[] = {
        "",
        "x.org",
        "@x.org",
        "a@",
        "a@b@c",
        "a@x.org\r\nBcc: b@x.org",
        "a b@x.org",
        "<a@x.org>",
        "a@x.org,b@x.org",
        "\xc3\xa4@x.org",
    };
    struct bylaw_news news = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(senders); i++) {
        struct bylaw__buf mail = {0};

        assert_int_equal(BYLAW_ECONFIG, write_mail(&mail, &news, senders[i]));
        assert_int_equal(mail.len, 0);
        bylaw__buf_release(&mail);
    }
}

static void test_news_mail__lists_up_to_its_ceiling(void **state)
{
    static struct bylaw_news_item items[BYLAW_LIMIT_MAIL_ITEMS + 1];

    (void)state;
    for (size_t i = 0; i < COUNT(items); i++)
        items[i] = item_of(BYLAW_NEWS_NEW, "Title");
    for (size_t count = COUNT(items) - 2; count <= COUNT(items); count++) {
        struct bylaw_news news = news_of(items, count);
        struct bylaw__buf text = {0};

        bylaw__report_news_text(&text, &news);
        if (count > BYLAW_LIMIT_MAIL_ITEMS)
            check_has(&text, "... and 1 further ones");
        else
            check_lacks(&text, "further ones");
        bylaw__buf_release(&text);
    }
}

static void test_news_text__says_that_the_scan_fails(void **state)
{
    struct bylaw_news news = {.scan = BYLAW_NEWS_SCAN_FAILING,
                              .failing_scans = 3,
                              .last_good_ms = MONDAY};
    struct bylaw__buf text = {0};

    (void)state;
    bylaw__report_news_text(&text, &news);
    check_has(&text, "Bylaw: the scan is failing.\n");
    check_has(&text, "The last 3 scans failed");
    check_has(&text, "ended 2026-11-23 04:45 UTC.");
    bylaw__buf_release(&text);
}

static void test_news_id__follows_from_the_turns_alone(void **state)
{
    struct bylaw_news_item item = item_of(BYLAW_NEWS_NEW, "Title");
    struct bylaw_news news = news_of(&item, 1);
    char first[BYLAW__NEWS_ID_BYTES], second[BYLAW__NEWS_ID_BYTES];

    (void)state;
    assert_int_equal(0, bylaw__report_news_id(first, &news, "mail"));
    news.now_ms += 1000;
    news.pages++;
    assert_int_equal(0, bylaw__report_news_id(second, &news, "mail"));
    assert_string_equal(first, second);
    item.event++;
    assert_int_equal(0, bylaw__report_news_id(second, &news, "mail"));
    assert_string_not_equal(first, second);
    assert_int_equal(strlen(first), 32);
}

/* --------------------------------------------------------------- JSON --- */

static void test_news_json__is_read_back(void **state)
{
    struct bylaw_news_item item = item_of(BYLAW_NEWS_REGRESSED, HOSTILE);
    struct bylaw_news news = news_of(&item, 1);
    struct bylaw__buf text = {0};
    const char *kind, *url, *schema;
    int looked_at, regressed;
    json_t *root;

    (void)state;
    bylaw__report_news_json(&text, &news, ID);
    root = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    assert_int_equal(0,
                     json_unpack(root,
                                 "{s:s, s:{s:i}, s:{s:i}, s:[{s:s, s:s}]}",
                                 "schema", &schema, "pages", "looked_at",
                                 &looked_at, "counts", "regressed", &regressed,
                                 "items", "kind", &kind, "url", &url));
    assert_string_equal(schema, "bylaw.digest/1");
    assert_string_equal(kind, "regressed");
    assert_string_equal(url, item.url);
    assert_int_equal(looked_at, 120);
    assert_int_equal(regressed, 1);
    json_decref(root);
    bylaw__buf_release(&text);
}

/* --------------------------------------------------------------- Atom --- */

static void write_atom(struct bylaw__buf *out, const struct bylaw_news *news)
{
    assert_int_equal(0, bylaw__report_news_atom(out, news, NULL));
}

static void test_news_atom__keeps_ids_and_bytes(void **state)
{
    struct bylaw_news_item item = item_of(BYLAW_NEWS_NEW, "Title");
    struct bylaw_news news = news_of(&item, 1);
    struct bylaw__buf first = {0}, second = {0};

    (void)state;
    write_atom(&first, &news);
    news.pages++;
    write_atom(&second, &news);
    assert_string_equal(first.ptr, second.ptr);
    check_has(&first, "<updated>2026-11-23T04:45:00Z</updated>\n<link");
    check_has(&first, "<title>New: blog.test: Title</title>");
    check_has(&first, "href=\"https://blog.test/a?b=1&amp;c=&quot;2&quot;\"/>");
    bylaw__buf_release(&first);
    bylaw__buf_release(&second);
}

static void test_news_atom__holds_no_markup_of_a_title(void **state)
{
    struct bylaw_news_item item =
        item_of(BYLAW_NEWS_NEW, HOSTILE "\xef\xbf\xbf\xef\xbf\xbe");
    struct bylaw_news news = news_of(&item, 1);
    struct bylaw__buf feed = {0};

    (void)state;
    write_atom(&feed, &news);
    check_lacks(&feed, "<script");
    check_lacks(&feed, "\x1b");
    check_lacks(&feed, "]]>");
    check_lacks(&feed, "\xef\xbf\xbf");
    check_lacks(&feed, "\xe2\x80\xae");
    check_has(&feed, "&lt;script&gt;alert(1)&lt;/script&gt;&amp;");
    assert_true(bylaw__utf8_valid(bylaw__buf_span(&feed)));
    bylaw__buf_release(&feed);
}

/* --------------------------------------------------------- Prometheus --- */

static void test_metrics__are_gauges_with_help_and_type(void **state)
{
    struct bylaw_metrics metrics = {.pages_read = 5,
                                    .last_good_ms = MONDAY,
                                    .last_scan_ms = MONDAY};
    struct bylaw__buf text = {0};

    (void)state;
    metrics.cases[BYLAW_CASE_NEW] = 3;
    bylaw__report_metrics(&text, &metrics, MONDAY + 1500);
    check_has(&text, "# HELP bylaw_cases Cases by state.\n"
                     "# TYPE bylaw_cases gauge\n"
                     "bylaw_cases{state=\"none\"} 0\n");
    check_has(&text, "\nbylaw_cases{state=\"new\"} 3\n");
    check_has(&text, "\nbylaw_pages{outcome=\"read\"} 5\n");
    check_has(&text, "\nbylaw_last_scan_timestamp_seconds 1795409100.000\n");
    check_has(&text, "\nbylaw_last_success_age_seconds 1.500\n");
    bylaw__buf_release(&text);
}

static void test_metrics__what_never_was_has_no_age(void **state)
{
    struct bylaw_metrics metrics = {0};
    struct bylaw__buf text = {0};

    (void)state;
    bylaw__report_metrics(&text, &metrics, MONDAY);
    check_lacks(&text, "age_seconds");
    bylaw__buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_news_mail__has_the_head_of_a_mail),
        cmocka_unit_test(test_news_mail__writes_other_scripts_as_encoded_words),
        cmocka_unit_test(test_news_mail__a_title_adds_no_header),
        cmocka_unit_test(test_news_mail__a_title_is_not_decoded),
        cmocka_unit_test(test_news_mail__refuses_what_is_no_address),
        cmocka_unit_test(test_news_mail__lists_up_to_its_ceiling),
        cmocka_unit_test(test_news_text__says_that_the_scan_fails),
        cmocka_unit_test(test_news_id__follows_from_the_turns_alone),
        cmocka_unit_test(test_news_json__is_read_back),
        cmocka_unit_test(test_news_atom__keeps_ids_and_bytes),
        cmocka_unit_test(test_news_atom__holds_no_markup_of_a_title),
        cmocka_unit_test(test_metrics__are_gauges_with_help_and_type),
        cmocka_unit_test(test_metrics__what_never_was_has_no_age),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
