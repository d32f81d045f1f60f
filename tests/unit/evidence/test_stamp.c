/* SPDX-License-Identifier: Apache-2.0 */
/* Time stamps: what makes one good, and everything that makes one bad. */
#include "authority.h"
#include "ledgering.h"

#define MESSAGE "a checkpoint"

static const char *check(struct authority *a, const struct bylaw__buf *answer,
                         const char *message)
{
    static struct bylaw_error err;
    struct bylaw__stamp stamp;

    err = (struct bylaw_error){0};
    if (!bylaw__stamp_check(&stamp, bylaw__buf_span(answer),
                            bylaw__span_of(message), a->ca_path, &err))
        return "good";
    assert_non_null(bylaw_diagnostic_find(err.id));
    return err.id;
}

static void test_stamp__says_when_and_by_whom(void **state)
{
    struct authority a = new_authority(-1, 1);
    struct bylaw__buf answer = stamp_of(&a, MESSAGE);
    struct bylaw__stamp stamp;

    (void)state;
    assert_int_equal(bylaw__stamp_check(&stamp, bylaw__buf_span(&answer),
                                        bylaw__span_of(MESSAGE), a.ca_path,
                                        NULL),
                     0);
    assert_int_equal(stamp.at_ms, (int64_t)a.at * 1000);
    assert_int_equal(stamp.expires_ms, ((int64_t)a.at + DAY_S) * 1000);
    assert_string_equal(stamp.authority, "/CN=Stamps");
    bylaw__buf_release(&answer);
    drop_authority(&a);
}

static void test_stamp__of_something_else_is_refused(void **state)
{
    struct authority a = new_authority(-1, 1);
    struct bylaw__buf answer = stamp_of(&a, "another");

    (void)state;
    assert_string_equal(check(&a, &answer, MESSAGE), "stamp.imprint");
    bylaw__buf_release(&answer);
    drop_authority(&a);
}

static void test_stamp__that_was_changed_is_refused(void **state)
{
    struct authority a = new_authority(-1, 1);
    struct bylaw__buf answer = stamp_of(&a, MESSAGE);

    (void)state;
    answer.ptr[answer.len - 1] ^= 1; /* the signature stands last */
    assert_string_equal(check(&a, &answer, MESSAGE), "stamp.signature");
    bylaw__buf_release(&answer);
    drop_authority(&a);
}

static void test_stamp__of_a_stranger_is_refused(void **state)
{
    struct authority a = new_authority(-1, 1), b = new_authority(-1, 1);
    struct bylaw__buf answer = stamp_of(&b, MESSAGE);

    (void)state;
    assert_string_equal(check(&a, &answer, MESSAGE), "stamp.untrusted");
    bylaw__buf_release(&answer);
    drop_authority(&a);
    drop_authority(&b);
}

static void
test_stamp__by_a_certificate_for_something_else_is_refused(void **state)
{
    struct authority a = new_authority(-1, 1);
    struct bylaw__buf request = {0}, answer_der = {0};
    TS_RESP *resp;
    PKCS7_SIGNED *signed_part;
    X509 *other = make_cert(a.key, "Stamps", a.root, a.root_key, a.at - DAY_S,
                            a.at + DAY_S, "serverAuth");

    (void)state;
    bylaw__stamp_request(&request, BYLAW__SPAN(MESSAGE), NULL);
    resp = answer(&a, bylaw__buf_span(&request));
    /* Same key, name and serial number, another purpose. */
    signed_part = TS_RESP_get_token(resp)->d.sign;
    X509_free(sk_X509_pop(signed_part->cert));
    sk_X509_push(signed_part->cert, other);
    add_der(&answer_der, resp);
    assert_string_equal(check(&a, &answer_der, MESSAGE), "stamp.purpose");
    TS_RESP_free(resp);
    bylaw__buf_release(&request);
    bylaw__buf_release(&answer_der);
    drop_authority(&a);
}

static void
test_stamp__made_after_its_certificate_ended_is_refused(void **state)
{
    struct authority a = new_authority(-10, -5);
    struct bylaw__buf answer = stamp_of(&a, MESSAGE);

    (void)state;
    assert_string_equal(check(&a, &answer, MESSAGE), "stamp.expired");
    bylaw__buf_release(&answer);
    drop_authority(&a);
}

static void test_stamp__outlives_its_certificate(void **state)
{
    struct authority a = new_authority(-10, -5);
    struct bylaw__buf answer;

    (void)state;
    a.at -= 7 * DAY_S;
    answer = stamp_of(&a, MESSAGE);
    assert_string_equal(check(&a, &answer, MESSAGE), "good");
    bylaw__buf_release(&answer);
    drop_authority(&a);
}

static void test_stamp__malformed_or_cut_anywhere_is_refused(void **state)
{
    struct authority a = new_authority(-1, 1);
    struct bylaw__buf answer = stamp_of(&a, MESSAGE);
    size_t whole = answer.len;

    (void)state;
    for (size_t len = 0; len < whole; len += 7) {
        answer.len = len;
        assert_string_equal(check(&a, &answer, MESSAGE), "stamp.malformed");
    }
    answer.len = whole;
    /* Some bytes are signed by nobody (lists of algorithms); whatever is
     * changed, it never says another time. */
    for (size_t i = 0; i < whole; i++) {
        struct bylaw__stamp stamp;

        answer.ptr[i] ^= 0x55;
        if (!bylaw__stamp_check(&stamp, bylaw__buf_span(&answer),
                                bylaw__span_of(MESSAGE), a.ca_path, NULL))
            assert_int_equal(stamp.at_ms, (int64_t)a.at * 1000);
        answer.ptr[i] ^= 0x55;
    }
    assert_string_equal(check(&a, &answer, MESSAGE), "good");
    bylaw__buf_release(&answer);
    drop_authority(&a);
}

static void test_stamp__that_was_declined_says_so(void **state)
{
    struct authority a = new_authority(-1, 1);
    struct bylaw__buf der = {0};
    TS_RESP *resp;

    (void)state;
    resp = answer(&a, BYLAW__SPAN("no request"));
    add_der(&der, resp);
    assert_string_equal(check(&a, &der, MESSAGE), "stamp.refused");
    TS_RESP_free(resp);
    bylaw__buf_release(&der);
    drop_authority(&a);
}

/* ------------------------------------------------------------ in a ledger --- */

static struct found verify_by(const struct ledgering *l, const char *ca_path)
{
    struct found found = {0};
    struct bylaw__verify_options options = {.ca_path = ca_path,
                                            .now_ms = TODAY,
                                            .fault = take_fault,
                                            .payload = &found};
    bylaw__ledger *ledger = NULL;

    assert_int_equal(bylaw__ledger_open_read(&ledger, l->path, NULL), 0);
    assert_int_equal(bylaw__verify(&found.result, ledger, &options, NULL), 0);
    bylaw__ledger_close(ledger);
    return found;
}

static void stamp_newest(struct ledgering *l, struct authority *a)
{
    struct bylaw__buf note = {0}, der;

    a->at = (time_t)(l->now.utc_ms / 1000);
    bylaw__ledger_newest(&note, l->ledger, NULL);
    der = stamp_of(a, note.ptr);
    assert_int_equal(bylaw__ledger_stamp(
                         l->ledger, (uint64_t)bylaw__checkpoint_size(note.ptr),
                         "http://tsa.test/", bylaw__buf_span(&der),
                         l->now.utc_ms, NULL),
                     0);
    bylaw__buf_release(&note);
    bylaw__buf_release(&der);
}

static void test_verify__counts_good_time_stamps(void **state)
{
    struct authority a = new_authority(-3650, 3650), b = new_authority(-1, 1);
    struct ledgering l = full_ledger(2);
    struct found found;

    (void)state;
    stamp_newest(&l, &a);
    found = verify_by(&l, a.ca_path);
    assert_holds(&found);
    assert_int_equal(found.result.good_stamps, 1);
    assert_int_equal(found.result.stamped_size, 8);
    found = verify_by(&l, b.ca_path);
    assert_fault(&found, "stamp.untrusted", 7);
    found = verify_by(&l, NULL); /* nobody said whom to trust */
    assert_holds(&found);
    assert_int_equal(found.result.stamps, 1);
    assert_int_equal(found.result.good_stamps, 0);
    drop_authority(&a);
    drop_authority(&b);
    drop_ledger(&l);
}

static void test_verify__finds_a_time_that_no_stamp_allows(void **state)
{
    struct authority a = new_authority(-3650, 3650);
    struct ledgering l = full_ledger(2);
    struct found found;

    (void)state;
    l.now.utc_ms += 7200000;
    l.now.boot[0] = '\0'; /* nothing but the stamp gives it away */
    stamp_newest(&l, &a);
    l.now.utc_ms -= 3600000;
    enter_many(&l, 1);
    bylaw__ledger_commit(l.ledger, NULL);
    found = verify_by(&l, a.ca_path);
    assert_int_equal(found.count, 1);
    assert_fault(&found, "verify.clock", 8);
    drop_authority(&a);
    drop_ledger(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stamp__says_when_and_by_whom),
        cmocka_unit_test(test_stamp__of_something_else_is_refused),
        cmocka_unit_test(test_stamp__that_was_changed_is_refused),
        cmocka_unit_test(test_stamp__of_a_stranger_is_refused),
        cmocka_unit_test(
            test_stamp__by_a_certificate_for_something_else_is_refused),
        cmocka_unit_test(
            test_stamp__made_after_its_certificate_ended_is_refused),
        cmocka_unit_test(test_stamp__outlives_its_certificate),
        cmocka_unit_test(test_stamp__malformed_or_cut_anywhere_is_refused),
        cmocka_unit_test(test_stamp__that_was_declined_says_so),
        cmocka_unit_test(test_verify__counts_good_time_stamps),
        cmocka_unit_test(test_verify__finds_a_time_that_no_stamp_allows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
