/* SPDX-License-Identifier: Apache-2.0 */
/* Notes are those of C2SP; anchors are found in whatever they were kept in. */
#include "ledgering.h"

#include <sys/stat.h>

static void test_note__is_signed_and_read_again(void **state)
{
    struct ledgering l = full_ledger(1);
    struct bylaw__buf note = {0};
    struct bylaw__note read;

    (void)state;
    bylaw__ledger_newest(&note, l.ledger, NULL);
    assert_int_equal(bylaw__note_read(&read, bylaw__buf_span(&note), NULL), 0);
    assert_int_equal(read.checkpoint.size, 4);
    assert_true(bylaw__span_is(read.checkpoint.origin, ORIGIN));
    assert_int_equal(bylaw__note_check(&read, l.key), BYLAW__NOTE_SIGNED);
    note.ptr[3] = note.ptr[3] == 'x' ? 'y' : 'x';
    assert_int_equal(bylaw__note_read(&read, bylaw__buf_span(&note), NULL), 0);
    assert_int_not_equal(bylaw__note_check(&read, l.key), BYLAW__NOTE_SIGNED);
    bylaw__buf_release(&note);
    drop_ledger(&l);
}

/* The vector of the signed-note specification's implementations: a key named
 * PeterNeumann, and the message that it signed. */
static void test_note__knows_keys_as_others_do(void **state)
{
    static const char encoded[] =
        "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    struct bylaw__buf bytes = {0};
    bylaw__key *key = NULL;
    unsigned char id[4];

    (void)state;
    /* A verifier key holds the algorithm's number, then the key. */
    assert_true(bylaw__buf_decode_base64(&bytes, bylaw__span_of(encoded)));
    assert_int_equal(bytes.len, 33);
    assert_int_equal(bylaw__key_of_public(&key, (unsigned char *)bytes.ptr + 1,
                                          NULL),
                     0);
    assert_int_equal(bylaw__key_id(id, BYLAW__SPAN("PeterNeumann"), key), 0);
    assert_memory_equal(id, "\xc7\x4f\x20\xa3", 4);
    bylaw__key_free(key);
    bylaw__buf_release(&bytes);
}

static void test_note__refuses_what_is_none(void **state)
{
    static const char *const bad[] = {
        "",
        "a",
        "origin\n",
        "origin\n1\n",
        "origin\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "origin\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n",
        "origin\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n"
        "\xe2\x80\x94 origin AAAAAAAA\n",
        "origin\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n"
        "\xe2\x80\x94 origin AAAAAAAA\n",
        "origin\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n\n"
        "\xe2\x80\x94 origin AAAAAAAA\n",
        "or igin\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n"
        "\xe2\x80\x94 origin AAAAAAAA\n",
        "origin\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n"
        "- origin AAAAAAAA\n",
        "origin\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n"
        "\xe2\x80\x94 origin AAAA\n",
        "origin\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n"
        "\xe2\x80\x94 origin AAAAAAAA",
    };
    struct bylaw__note read;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_true(bylaw__note_read(&read, bylaw__span_of(bad[i]), NULL) < 0);
}

/* --------------------------------------------------------------- wrapped --- */

static void quote_printable(struct bylaw__buf *out, struct bylaw_span text)
{
    size_t column = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];

        if (c == '\n') {
            bylaw__buf_add_text(out, "\r\n");
            column = 0;
            continue;
        }
        if (column > 70) {
            bylaw__buf_add_text(out, "=\r\n");
            column = 0;
        }
        bylaw__buf_printf(out, c > 126 || c == '=' ? "=%02X" : "%c", c);
        column += 3;
    }
}

static void quote_json(struct bylaw__buf *out, struct bylaw_span text)
{
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__json_key(&json, "left");
    bylaw__json_int(&json, 0);
    bylaw__json_key(&json, "checkpoint");
    bylaw__json_span(&json, text);
    bylaw__json_object_end(&json);
}

static void quote_lines(struct bylaw__buf *out, struct bylaw_span text,
                        const char *prefix)
{
    bylaw__buf_add_text(out, "some words before\n");
    for (size_t i = 0; i < text.len; i++) {
        if (!i || text.ptr[i - 1] == '\n')
            bylaw__buf_add_text(out, prefix);
        bylaw__buf_add_char(out, text.ptr[i]);
    }
    bylaw__buf_add_text(out, "and after\n");
}

static void quote_reply(struct bylaw__buf *out, struct bylaw_span text)
{
    quote_lines(out, text, "> ");
}

static void quote_comment(struct bylaw__buf *out, struct bylaw_span text)
{
    quote_lines(out, text, "# ");
}

static void quote_feed(struct bylaw__buf *out, struct bylaw_span text)
{
    bylaw__buf_add_text(out, "<feed><subtitle>\n");
    bylaw__buf_add_span(out, text);
    bylaw__buf_add_text(out, "</subtitle></feed>");
}

static void test_anchors__are_found_in_whatever_they_were_kept(void **state)
{
    static void (*const wrap[])(struct bylaw__buf *, struct bylaw_span) = {
        bylaw__buf_add_span, quote_printable, quote_json,
        quote_reply,         quote_comment,   quote_feed};
    struct ledgering l = full_ledger(2);
    struct bylaw__buf note = {0};

    (void)state;
    bylaw__ledger_newest(&note, l.ledger, NULL);
    for (size_t i = 0; i < sizeof(wrap) / sizeof(wrap[0]); i++) {
        struct bylaw__anchors anchors = {0};
        struct bylaw__buf text = {0};
        struct found found;

        wrap[i](&text, bylaw__buf_span(&note));
        assert_int_equal(bylaw__anchors_find(&anchors, bylaw__buf_span(&text),
                                             "kept", NULL),
                         0);
        assert_int_equal(anchors.count, 1);
        assert_int_equal(anchors.items[0].len, note.len);
        found = verify(&l, &anchors);
        assert_holds(&found);
        assert_int_equal(found.result.anchored_size, 8);
        bylaw__anchors_release(&anchors);
        bylaw__buf_release(&text);
    }
    bylaw__buf_release(&note);
    drop_ledger(&l);
}

static void test_anchors__that_are_none_are_said_to_be_none(void **state)
{
    struct bylaw__anchors anchors = {0};
    struct bylaw_error err = {0};

    (void)state;
    assert_true(bylaw__anchors_find(&anchors, BYLAW__SPAN("a letter\n\n1\n"),
                                    "letter.eml", &err) < 0);
    assert_string_equal(err.id, "anchor.none");
    assert_string_equal(err.where, "letter.eml");
    bylaw__anchors_release(&anchors);
}

/* ----------------------------------------------------------------- entries --- */

static void test_entry__has_one_spelling(void **state)
{
    static const char zeros[] =
        "0000000000000000000000000000000000000000000000000000000000000000";
    static const char *const bad[][2] = {
        {"bylaw-entry 1\n", "bylaw-entry 2\n"},
        {"\n5\n", "\n05\n"},
        {"\n5\n", "\n+5\n"},
        {"\n5\n", "\n5 \n"},
        {"\n5\n", "\n99999999999999999999\n"},
        {"abc", "ABC"},
        {"\n7\n", "\n-7\n"},
        {"verdict", "Verdict"},
        {"verdict", ""},
        {"{\"a\":1}\n", "{\"a\":1}"},
        {"{\"a\":1}\n", "{\"a\":1}\n\n"},
        {"{\"a\":1}\n", "[1]\n"},
        {"{\"a\":1}\n", "{\"a\":\n1}\n"},
        {"{\"a\":1}\n", "{\"\xff\":1}\n"},
        {BOOT " 12", BOOT},
        {BOOT " 12", BOOT " "},
        {BOOT " 12", "-12"},
    };
    struct bylaw__buf good = {0}, again = {0};
    struct bylaw__entry entry;

    (void)state;
    bylaw__buf_printf(&good,
                      "bylaw-entry 1\n5\n%.61sabc\n7\n%lld\n" BOOT
                      " 12\nverdict\n{\"a\":1}\n",
                      zeros, (long long)TODAY);
    assert_int_equal(bylaw__entry_read(&entry, bylaw__buf_span(&good), NULL),
                     0);
    assert_int_equal(entry.number, 5);
    assert_int_equal(entry.due, 7);
    assert_int_equal(entry.at.utc_ms, TODAY);
    assert_int_equal(entry.at.ticks_ms, 12);
    assert_true(bylaw__span_is(entry.kind, "verdict"));
    assert_int_equal(bylaw__entry_write(&again, &entry, NULL), 0);
    assert_string_equal(again.ptr, good.ptr);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        const char *at = strstr(good.ptr, bad[i][0]);
        struct bylaw__buf other = {0};

        assert_non_null(at);
        bylaw__buf_add(&other, good.ptr, (size_t)(at - good.ptr));
        bylaw__buf_add_text(&other, bad[i][1]);
        bylaw__buf_add_text(&other, at + strlen(bad[i][0]));
        assert_true(bylaw__entry_read(&entry, bylaw__buf_span(&other), NULL) <
                    0);
        bylaw__buf_release(&other);
    }
    bylaw__buf_release(&good);
    bylaw__buf_release(&again);
}

static void test_ledger__a_refused_entry_undoes_its_batch(void **state)
{
    struct ledgering l = full_ledger(1);
    struct found found;

    (void)state;
    enter_many(&l, 1);
    assert_true(bylaw__ledger_add(l.ledger, "Bad Kind", BYLAW__SPAN("{}"), 9,
                                  &l.now, NULL) < 0);
    assert_int_equal(bylaw__ledger_size(l.ledger), 4);
    l.due--;
    enter_many(&l, 1);
    assert_int_equal(bylaw__ledger_commit(l.ledger, NULL), 0);
    found = verify(&l, NULL);
    assert_holds(&found);
    assert_int_equal(found.result.entries, 5);
    drop_ledger(&l);
}

static void test_key__that_others_can_read_does_not_sign(void **state)
{
    struct ledgering l = new_ledger();
    struct bylaw_error err = {0};
    bylaw__key *key = NULL;
    FILE *file;

    (void)state;
    assert_int_equal(bylaw__key_make(l.key_path, &err), BYLAW_EUSAGE);
    assert_string_equal(err.id, "ledger.key-exists");
    assert_int_equal(chmod(l.key_path, 0640), 0);
    assert_true(bylaw__key_load(&key, l.key_path, &err) < 0);
    assert_string_equal(err.id, "ledger.key-exposed");
    assert_int_equal(chmod(l.key_path, 0600), 0);
    file = fopen(l.key_path, "w");
    fputs("no key\n", file);
    fclose(file);
    assert_true(bylaw__key_load(&key, l.key_path, &err) < 0);
    assert_string_equal(err.id, "ledger.key-damaged");
    drop_ledger(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_note__is_signed_and_read_again),
        cmocka_unit_test(test_note__knows_keys_as_others_do),
        cmocka_unit_test(test_note__refuses_what_is_none),
        cmocka_unit_test(test_anchors__are_found_in_whatever_they_were_kept),
        cmocka_unit_test(test_anchors__that_are_none_are_said_to_be_none),
        cmocka_unit_test(test_entry__has_one_spelling),
        cmocka_unit_test(test_ledger__a_refused_entry_undoes_its_batch),
        cmocka_unit_test(test_key__that_others_can_read_does_not_sign),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
