/* SPDX-License-Identifier: Apache-2.0 */
/* Alerts sent to a mail server and a webhook on loopback. */
#include "fetching.h"

#include "net/alert_sink.h"

#define MESSAGE "Subject: x\r\n\r\n.a dot\r\nand more\r\n"
#define SECRET  "hush-hush"
#define BODY    "{\"schema\":\"bylaw.digest/1\"}\n"

static const char *const readers[] = {"ada@x.org", "bob@x.org"};

/* What is sent, and what came of it. */
struct sending {
    struct alert_sink *sink;
    bylaw__fetcher *fetcher;
    struct bylaw_error err;
    char url[96];
};

static struct sending new_sending(enum sink_manner manner, const char *scheme,
                                  const char *const *ranges)
{
    struct bylaw_fetch_options options = {.allow_ranges = ranges,
                                          .timeout_ms = 5000};
    struct sending sending = {.sink = sink_start(manner)};

    assert_non_null(sending.sink);
    sending.fetcher = new_fetcher(&options, NULL);
    snprintf(sending.url, sizeof(sending.url), "%s://127.0.0.1:%u%s", scheme,
             sink_port(sending.sink), manner >= SINK_HOOK ? "/token" : "");
    return sending;
}

static void end_sending(struct sending *sending)
{
    bylaw__fetcher_free(sending->fetcher);
    sink_free(sending->sink);
}

/* id NULL: it was taken. No secret is ever in a message. */
static void check_outcome(const struct sending *sending, int rc, const char *id)
{
    if (!rc != !id || (id && strcmp(sending->err.id, id)))
        fail_msg("%s (%s) instead of %s", rc ? sending->err.id : "taken",
                 sending->err.what, id ? id : "taken");
    if (!id)
        return;
    assert_non_null(bylaw_diagnostic_find(id));
    assert_null(strstr(sending->err.what, SECRET));
    assert_null(strstr(sending->err.where, "token"));
}

static void send_mail(struct sending *sending, const char *password,
                      const char *want)
{
    struct bylaw__mail_route route = {.url = sending->url,
                                      .from = "bylaw@x.org",
                                      .to = readers,
                                      .to_count = COUNT(readers),
                                      .user = password ? "bylaw" : NULL,
                                      .password = password};
    int rc = bylaw__send_mail(sending->fetcher, &route, BYLAW__SPAN(MESSAGE),
                              &sending->err);

    check_outcome(sending, rc, want);
}

static void send_post(struct sending *sending, const char *secret,
                      const char *want)
{
    struct bylaw__post post = {.url = sending->url,
                               .body = BYLAW__SPAN(BODY),
                               .id = "id-1",
                               .secret = bylaw__span_of(secret),
                               .at_ms = 1700000000999};
    int rc = bylaw__send_post(sending->fetcher, &post, &sending->err);

    check_outcome(sending, rc, want);
}

static void check_heard(struct sending *sending, const char *want)
{
    struct bylaw_span heard = sink_heard(sending->sink);

    if (bylaw__span_find(heard, bylaw__span_of(want)) == SIZE_MAX)
        fail_msg("\"%s\" was not said in:\n%.*s", want, (int)heard.len,
                 heard.ptr);
}

static void check_unheard(struct sending *sending, const char *what)
{
    struct bylaw_span heard = sink_heard(sending->sink);

    assert_true(bylaw__span_find(heard, bylaw__span_of(what)) == SIZE_MAX);
}

/* --------------------------------------------------------------- mail --- */

static void test_send_mail__hands_the_message_to_every_reader(void **state)
{
    struct sending sending = new_sending(SINK_MAIL, "smtp", loopback_ranges);

    (void)state;
    send_mail(&sending, NULL, NULL);
    check_heard(&sending, "EHLO x.org\r\n");
    check_heard(&sending, "MAIL FROM:<bylaw@x.org>");
    check_heard(&sending, "RCPT TO:<ada@x.org>\r\nRCPT TO:<bob@x.org>\r\n");
    check_heard(&sending, "Subject: x\r\n\r\n..a dot\r\nand more\r\n.\r\n");
    end_sending(&sending);
}

static void test_send_mail__says_no_password_in_the_clear(void **state)
{
    struct sending sending = new_sending(SINK_MAIL, "smtp", loopback_ranges);

    (void)state;
    send_mail(&sending, SECRET, "notify.starttls");
    check_unheard(&sending, "AUTH");
    check_unheard(&sending, "MAIL");
    end_sending(&sending);
}

static void
test_send_mail__raises_to_tls_where_the_address_says_so(void **state)
{
    struct sending sending =
        new_sending(SINK_MAIL, "smtp+starttls", loopback_ranges);

    (void)state;
    send_mail(&sending, NULL, "notify.starttls");
    check_unheard(&sending, "MAIL");
    end_sending(&sending);
}

static void test_send_mail__tells_a_refusal(void **state)
{
    struct sending sending =
        new_sending(SINK_MAIL_REFUSES, "smtp", loopback_ranges);

    (void)state;
    send_mail(&sending, NULL, "notify.mail-refused");
    assert_non_null(strstr(sending.err.what, "550"));
    check_unheard(&sending, "Subject");
    end_sending(&sending);
}

static void test_send_mail__keeps_off_private_addresses(void **state)
{
    struct sending sending = new_sending(SINK_MAIL, "smtp", NULL);

    (void)state;
    send_mail(&sending, NULL, "notify.private-address");
    assert_int_equal(sink_count(sending.sink), 0);
    end_sending(&sending);
}

static void test_send_mail__nobody_listens(void **state)
{
    struct sending sending = new_sending(SINK_MAIL, "smtp", loopback_ranges);

    (void)state;
    sink_heard(sending.sink);
    send_mail(&sending, NULL, "fetch.connect");
    end_sending(&sending);
}

/* ------------------------------------------------------------ webhook --- */

static void test_send_post__is_signed(void **state)
{
    struct sending sending = new_sending(SINK_HOOK, "http", loopback_ranges);
    char hex[BYLAW__SHA256_HEX], want[160];

    (void)state;
    send_post(&sending, SECRET, NULL);
    assert_int_equal(0,
                     bylaw__hmac_sha256_hex(hex, BYLAW__SPAN(SECRET),
                                            BYLAW__SPAN("1700000000." BODY)));
    snprintf(want, sizeof(want), "\r\nBylaw-Signature: t=1700000000,v1=%s\r\n",
             hex);
    check_heard(&sending, want);
    check_heard(&sending, "POST /token HTTP/1.1\r\n");
    check_heard(&sending, "\r\nContent-Type: application/json\r\n");
    check_heard(&sending, "\r\nBylaw-Id: id-1\r\n");
    check_heard(&sending, "\r\n\r\n" BODY);
    check_unheard(&sending, SECRET);
    end_sending(&sending);
}

static void test_send_post__without_a_secret_is_not_signed(void **state)
{
    struct sending sending = new_sending(SINK_HOOK, "http", loopback_ranges);

    (void)state;
    send_post(&sending, NULL, NULL);
    check_unheard(&sending, "Bylaw-Signature");
    end_sending(&sending);
}

static void test_send_post__takes_2xx_for_yes_alone(void **state)
{
    static const enum sink_manner manners[] = {SINK_HOOK_FAILS,
                                               SINK_HOOK_REDIRECTS};

    (void)state;
    for (size_t i = 0; i < COUNT(manners); i++) {
        struct sending sending =
            new_sending(manners[i], "http", loopback_ranges);

        send_post(&sending, SECRET, "notify.http-status");
        assert_int_equal(sink_count(sending.sink), 1);
        end_sending(&sending);
    }
}

static void test_send_post__keeps_off_private_addresses(void **state)
{
    struct sending sending = new_sending(SINK_HOOK, "http", NULL);

    (void)state;
    send_post(&sending, SECRET, "notify.private-address");
    assert_int_equal(sink_count(sending.sink), 0);
    end_sending(&sending);
}

static void test_post_name__is_the_host_alone(void **state)
{
    static const struct {
        const char *url, *want;
    } rows[] = {
        {"https://x.org/hook/token", "https://x.org"},
        {"http://x.org:81?key=1", "http://x.org:81"},
        {"https://x.org#f", "https://x.org"},
        {"smtps://x.org:465", "smtps://x.org:465"},
    };
    char name[512];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        bylaw__post_name(name, rows[i].url);
        assert_string_equal(name, rows[i].want);
    }
}

/* RFC 4231, test case 2. */
static void test_hmac__agrees_with_the_standard(void **state)
{
    char hex[BYLAW__SHA256_HEX];

    (void)state;
    assert_int_equal(
        0, bylaw__hmac_sha256_hex(hex, BYLAW__SPAN("Jefe"),
                                  BYLAW__SPAN("what do ya want for nothing?")));
    assert_string_equal(hex, "5bdcc146bf60754e6a042426089575c7"
                             "5a003f089d2739839dec58b964ec3843");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_send_mail__hands_the_message_to_every_reader),
        cmocka_unit_test(test_send_mail__says_no_password_in_the_clear),
        cmocka_unit_test(
            test_send_mail__raises_to_tls_where_the_address_says_so),
        cmocka_unit_test(test_send_mail__tells_a_refusal),
        cmocka_unit_test(test_send_mail__keeps_off_private_addresses),
        cmocka_unit_test(test_send_mail__nobody_listens),
        cmocka_unit_test(test_send_post__is_signed),
        cmocka_unit_test(test_send_post__without_a_secret_is_not_signed),
        cmocka_unit_test(test_send_post__takes_2xx_for_yes_alone),
        cmocka_unit_test(test_send_post__keeps_off_private_addresses),
        cmocka_unit_test(test_post_name__is_the_host_alone),
        cmocka_unit_test(test_hmac__agrees_with_the_standard),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
