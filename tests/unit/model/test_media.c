/* SPDX-License-Identifier: Apache-2.0 */
/* What bytes are, by media type, name and content; responses of bytes. */
#include "model/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum {
    HTML = BYLAW_MEDIA_HTML,
    TEXT = BYLAW_MEDIA_TEXT,
    MARKDOWN = BYLAW_MEDIA_MARKDOWN,
    BINARY = BYLAW_MEDIA_BINARY
};

#define BYTES(literal) (literal), sizeof(literal) - 1

static const struct {
    const char *type, *name, *body;
    size_t len;
    int want;
} cases[] = {
    /* by media type */
    {"text/html", "", BYTES("words alone"), HTML},
    {"TEXT/HTML", "", BYTES("words alone"), HTML},
    {"text/html; charset=utf-8", "", BYTES("words alone"), HTML},
    {"application/xhtml+xml", "x.txt", BYTES("<p>a</p>"), HTML},
    {"text/markdown", "a.html", BYTES("words"), MARKDOWN},
    {"text/x-markdown", "", BYTES("words"), MARKDOWN},
    {"text/plain", "", BYTES("words"), TEXT},
    /* browsers show markup in text/plain as text, so it is text */
    {"text/plain", "", BYTES("<!doctype html><p>markup</p>"), TEXT},
    {"text/plain", "page.html", BYTES("<p>markup</p>"), TEXT},
    {"text/plain", "", BYTES("see [there](http://a.example/)"), MARKDOWN},
    {"text/htmlish", "", BYTES("words"), TEXT},
    /* types that name no text: content decides */
    {"application/octet-stream", "", BYTES("<html><body>a"), HTML},
    {"application/octet-stream", "", BYTES("plain words"), TEXT},
    {"image/png", "", BYTES("\x89PNG\r\n\x1a\n"), BINARY},
    /* by name */
    {"", "page.html", BYTES("words"), HTML},
    {"", "page.htm", BYTES("words"), HTML},
    {"", "PAGE.HTML", BYTES("words"), HTML},
    {"", "page.xhtml", BYTES("words"), HTML},
    {"", "note.md", BYTES("words"), MARKDOWN},
    {"", "NOTE.MD", BYTES("words"), MARKDOWN},
    {"", "note.md", BYTES("<div>markup in Markdown</div>"), MARKDOWN},
    {"", "note.markdown", BYTES(""), MARKDOWN},
    {"", "note.txt", BYTES("words"), TEXT},
    {"", "md", BYTES("words"), TEXT},
    {NULL, NULL, BYTES("words"), TEXT},
    /* by content */
    {"", "page", BYTES("<!DOCTYPE html>"), HTML},
    {"", "page", BYTES("\xef\xbb\xbf<!DOCTYPE html>"), HTML},
    {"", "page", BYTES("\n\n <P>A paragraph</P>"), HTML},
    {"", "page", BYTES("a < b and c > d"), TEXT},
    {"", "page", BYTES("# Title\n\nwords"), MARKDOWN},
    {"", "page", BYTES("words\n\n## Part\n"), MARKDOWN},
    {"", "page", BYTES("a # b"), TEXT},
    {"", "page", BYTES("a [link](#) here"), MARKDOWN},
    {"", "page", BYTES("caf\xc3\xa9"), TEXT},
    {"", "page", BYTES("caf\xe9"), TEXT},
    /* nothing at all */
    {"", "", BYTES(""), TEXT},
    {"text/html", "", BYTES(""), HTML},
    {"", "page.html", BYTES(""), HTML},
    /* binary, whatever it calls itself */
    {"text/html", "a.html", BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), BINARY},
    {"text/html", "", BYTES("%PDF-1.7\n%\xe2\xe3\xcf\xd3"), BINARY},
    {"text/plain", "", BYTES("\x1f\x8b\x08\0\0\0\0\0\0\x03"), BINARY},
    {"", "a.md", BYTES("PK\x03\x04\x14\0"), BINARY},
    {"", "", BYTES("GIF89a\x01\0\x01\0"), BINARY},
    {"", "", BYTES("\xff\xd8\xff\xe0\0\x10JFIF"), BINARY},
    {"", "", BYTES("\177ELF\x02\x01\x01"), BINARY},
    {"", "", BYTES("ID3\x04\0\0\0\0\0\x23TSSE"), BINARY},
    {"", "", BYTES("RIFF\x24\x08\0\0WAVEfmt "), BINARY},
    {"text/html", "", BYTES("\0\0\0\0\0\0\0\0"), BINARY},
    /* words that only begin like a binary kind */
    {"", "", BYTES("ID3 tags are how music files carry their titles."), TEXT},
    {"", "", BYTES("RIFF raff, said the judge, and sent them home."), TEXT},
    {"", "", BYTES("GIF89a is the second version of the format."), TEXT},
    {"", "", BYTES("OggS is what each page of an Ogg file begins with."), TEXT},
    /* a few NULs or controls are a known accident of pages */
    {"text/html", "", BYTES("<p>one\0 two three four five six</p>"), HTML},
    {"", "", BYTES("<p>one\0 two\x01 three four five six seven</p>"), HTML},
    {"", "", BYTES("\x1b[1mbold\x1b[0m words"), TEXT},
    /* UTF-16 is full of NULs and still text */
    {"text/html", "", BYTES("\xff\xfe<\0p\0>\0a\0<\0/\0p\0>\0"), HTML},
    {"text/html", "", BYTES("\xfe\xff\0<\0p\0>\0a"), HTML},
    {"", "a.html", BYTES("\xff\xfe<\0p\0>\0a\0"), HTML},
    {"text/html;charset=utf-16le", "", BYTES("<\0p\0>\0a\0"), HTML},
};

static void test_media__table(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int got = (int)bylaw__media_of(cases[i].type, cases[i].name,
                                       (struct bylaw_span){cases[i].body,
                                                           cases[i].len});

        if (got != cases[i].want)
            fail_msg("row %zu (type %s, name %s, \"%.30s\"): %d, not %d", i,
                     cases[i].type ? cases[i].type : "NULL",
                     cases[i].name ? cases[i].name : "NULL", cases[i].body, got,
                     cases[i].want);
    }
}

/* One control byte in ten is the border between a page and a binary file. */
static void test_media__share_of_controls_decides(void **state)
{
    char body[1000];

    (void)state;
    for (size_t controls = 98; controls <= 102; controls++) {
        int want = controls > 100 ? BINARY : TEXT;

        memset(body, 'w', sizeof(body));
        memset(body, 1, controls);
        assert_int_equal(
            bylaw__media_of("", "", (struct bylaw_span){body, sizeof(body)}),
            want);
    }
}

/* A long tail of anything does not decide about what begins as text. */
static void test_media__only_the_beginning_is_looked_at(void **state)
{
    char body[50000];

    (void)state;
    memset(body, 'w', 4096);
    memset(body + 4096, 0, sizeof(body) - 4096);
    assert_int_equal(bylaw__media_of("", "",
                                     (struct bylaw_span){body, sizeof(body)}),
                     TEXT);
}

static void test_response__of_bytes_copies_what_it_is_given(void **state)
{
    char body[] = "<p>a\0b</p>", url[] = "dir/a.html";
    struct bylaw_response *r = NULL;

    (void)state;
    assert_int_equal(
        bylaw__response_from_bytes(&r, url, "http://a.example/",
                                   (struct bylaw_span){body, sizeof(body) - 1},
                                   NULL, 1234, NULL),
        0);
    memset(body, '#', sizeof(body));
    memset(url, '#', sizeof(url) - 1);
    assert_string_equal(r->url, "dir/a.html");
    assert_string_equal(r->final_url, "http://a.example/");
    assert_int_equal(r->body.len, 10);
    assert_memory_equal(r->body.ptr, "<p>a\0b</p>", 10);
    assert_int_equal(r->status, 200);
    assert_int_equal(r->media, BYLAW_MEDIA_HTML);
    assert_int_equal(r->wire_bytes, 10);
    assert_true(r->fetched_at_ms == 1234);
    assert_int_equal(r->refusal.code, 0);
    assert_false(r->is_truncated);
    assert_int_equal(r->hop_count, 0);
    bylaw_response_free(r);
}

static void test_response__of_nothing_has_no_null_texts(void **state)
{
    struct bylaw_response *r = NULL;

    (void)state;
    assert_int_equal(bylaw__response_from_bytes(&r, NULL, NULL,
                                                (struct bylaw_span){NULL, 0},
                                                NULL, 0, NULL),
                     0);
    assert_string_equal(r->url, "");
    assert_string_equal(r->final_url, "");
    assert_string_equal(r->content_type, "");
    assert_string_equal(r->charset, "");
    assert_int_equal(r->body.len, 0);
    assert_int_equal(r->media, BYLAW_MEDIA_TEXT);
    bylaw_response_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_media__table),
        cmocka_unit_test(test_media__share_of_controls_decides),
        cmocka_unit_test(test_media__only_the_beginning_is_looked_at),
        cmocka_unit_test(test_response__of_bytes_copies_what_it_is_given),
        cmocka_unit_test(test_response__of_nothing_has_no_null_texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
