/* SPDX-License-Identifier: Apache-2.0 */
/* Phrases to search for are plain, telling, spread, and always the same. */
#include "unit/extract/documents.h"

#include "crawl/crawl.h"

#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The first and last paragraph, which are left out. */
#define FIRST "<p>Tokyo datelines open every single story written here.</p>"
#define LAST  "<p>Republish freely under whatever notice stands below.</p>"

static void check_phrases(struct bylaw_document *document,
                          const bool *furniture, const char *language,
                          size_t most, const char *const *want)
{
    struct bylaw_source source = {.id = "s",
                                  .language = language,
                                  .document = document,
                                  .is_furniture = furniture};
    struct bylaw__phrases_out *got = NULL;
    size_t i = 0;

    assert_int_equal(bylaw__query_phrases(&got, &source, most, NULL), 0);
    for (; i < got->count && want[i]; i++)
        assert_string_equal(got->items[i], want[i]);
    if (i < got->count)
        fail_msg("not expected: %s", got->items[i]);
    if (want[i])
        fail_msg("missing: %s", want[i]);
    bylaw__query_phrases_free(got);
}

static void check_page(const char *body, const char *const *want)
{
    struct bylaw_document *document = extract_page(body);

    check_phrases(document, NULL, "en", 1, want);
    bylaw_document_free(document);
}

static void test_phrases__are_plain_runs_of_words(void **state)
{
    static const struct {
        const char *body;
        const char *want[2];
    } rows[] = {
        {FIRST "<p>Ministers quietly abandoned shipping guarantees despite "
               "repeated warnings yesterday.</p>" LAST,
         {"Ministers quietly abandoned shipping guarantees despite repeated "
          "warnings"}},
        {FIRST "<p>Six plainly written words stand here, then two.</p>" LAST,
         {"Six plainly written words stand here"}},
        {FIRST "<p>Only five plain words stand, then some more words.</p>" LAST,
         {NULL}},
        /* Digits, apostrophes, dashes and marks end a run. */
        {FIRST "<p>Ministers abandoned 17 guarantees despite warnings; "
               "nobody\xe2\x80\x99s vessel well-known sailed.</p>" LAST,
         {NULL}},
        {FIRST "<p>He \xe2\x80\x9cwould never abandon shipping guarantees "
               "despite warnings\xe2\x80\x9d though.</p>" LAST,
         {NULL}},
        {FIRST "<blockquote><p>Ministers quietly abandoned shipping guarantees "
               "despite warnings.</p></blockquote><p>Short one.</p>" LAST,
         {NULL}},
        {FIRST "<h2>Ministers quietly abandoned shipping guarantees despite "
               "warnings</h2><p>Short one.</p>" LAST,
         {NULL}},
        {FIRST "<p>Ministers quietly <a href=x>abandoned shipping</a> "
               "guarantees despite repeated warnings.</p>" LAST,
         {NULL}},
        /* Markup would stand between the words where they are looked for. */
        {FIRST "<p>Ministers quietly <b>abandoned</b> shipping guarantees "
               "despite repeated warnings.</p>" LAST,
         {NULL}},
        {FIRST "<p>Ministers quietly\nabandoned shipping guarantees "
               "despite warnings.</p>" LAST,
         {"Ministers quietly abandoned shipping guarantees despite warnings"}},
        {FIRST "<p style=display:none>Ministers quietly abandoned shipping "
               "guarantees despite warnings.</p><p>Short one.</p>" LAST,
         {NULL}},
        /* Nothing but the commonest words. */
        {FIRST "<p>It is what it was and that is all there is to it.</p>" LAST,
         {NULL}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char page[2048];

        snprintf(page, sizeof(page), "<article>%s</article>", rows[i].body);
        check_page(page, rows[i].want);
    }
}

static void test_phrases__prefer_long_words_to_common_ones(void **state)
{
    static const char *const want[] = {
        "guarantees despite extraordinary parliamentary warnings concerning "
        "insufficient compensation",
        NULL};

    (void)state;
    check_page(
        "<article>" FIRST
        "<p>There is a man who has said that he will be in the guarantees "
        "despite extraordinary parliamentary warnings concerning "
        "insufficient compensation and so on and on.</p>" LAST "</article>",
        want);
}

static void
test_phrases__leave_out_first_and_last_only_where_others_are(void **state)
{
    static const char *const want[] = {
        "Tokyo datelines open every single story written here", NULL};

    (void)state;
    check_page("<article>" FIRST "</article>", want);
}

static void test_phrases__are_spread_over_the_source(void **state)
{
    static const char page[] =
        "<article>" FIRST
        "<p>Alpha ministers abandoned shipping guarantees yesterday.</p>"
        "<p>Bravo ministers abandoned shipping guarantees yesterday.</p>"
        "<p>Delta ministers abandoned shipping guarantees yesterday.</p>"
        "<p>Bravo ministers abandoned shipping guarantees yesterday.</p>" LAST
        "</article>";
    static const char *const want[] = {
        "Alpha ministers abandoned shipping guarantees yesterday",
        "Bravo ministers abandoned shipping guarantees yesterday",
        "Delta ministers abandoned shipping guarantees yesterday",
        NULL, /* the fourth is the second again */
    };
    struct bylaw_document *document = extract_page(page);

    (void)state;
    check_phrases(document, NULL, "en", 4, want);
    check_phrases(document, NULL, "en", 4, want);
    bylaw_document_free(document);
}

/* The best run of the first half reaches into the second. */
static void test_phrases__never_overlap(void **state)
{
    static const char *const want[] = {
        "extraordinary parliamentary warnings concerning insufficient "
        "compensation agreements negotiated",
        NULL};
    struct bylaw_document *document = extract_page(
        "<article>" FIRST
        "<p>Old men may cry hot tears extraordinary parliamentary warnings "
        "concerning insufficient compensation agreements negotiated by sea."
        "</p>" LAST "</article>");

    (void)state;
    check_phrases(document, NULL, "en", 2, want);
    bylaw_document_free(document);
}

static void test_phrases__leave_furniture_out(void **state)
{
    static const char *const want[] = {
        "Delta ministers abandoned shipping guarantees yesterday", NULL};
    struct bylaw_document *document = extract_text(
        "First paragraph of all.\n\n"
        "Subscribe to our extraordinary newsletter right away.\n\n"
        "Delta ministers abandoned shipping guarantees yesterday.\n\n"
        "Last paragraph of all.\n");
    bool furniture[16] = {false, true};

    (void)state;
    assert_true(document->block_count <= COUNT(furniture));
    check_phrases(document, furniture, NULL, 4, want);
    bylaw_document_free(document);
}

static void test_phrases__of_scripts_without_spaces_are_longer(void **state)
{
    struct bylaw_document *document = extract_text(
        "\xe4\xb8\x80\xe4\xba\x8c\xe4\xb8\x89\n\n"
        "\xe6\x94\xbf\xe5\xba\x9c\xe6\x98\xa8\xe5\xa4\xa9\xe6\x82\x84\xe6\x82"
        "\x84\xe6\x94\xbe\xe5\xbc\x83\xe4\xba\x86\xe8\x88\xaa\xe8\xbf\x90\xe6"
        "\x8b\x85\xe4\xbf\x9d\xe5\xb0\xbd\xe7\xae\xa1\xe4\xb8\x80\xe5\x86\x8d"
        "\xe8\xad\xa6\xe5\x91\x8a\xe3\x80\x82\n\n"
        "\xe4\xb8\x80\xe4\xba\x8c\xe4\xb8\x89\n");
    struct bylaw_source source = {.id = "s", .document = document};
    struct bylaw__phrases_out *got = NULL;

    (void)state;
    assert_int_equal(bylaw__query_phrases(&got, &source, 1, NULL), 0);
    assert_int_equal(got->count, 1);
    assert_int_equal(strlen(got->items[0]), 3 * 19);
    bylaw__query_phrases_free(got);
    bylaw_document_free(document);
}

static void test_phrases__of_nothing_are_none(void **state)
{
    static const char *const want[] = {NULL};
    struct bylaw_document *document = extract_page("<p></p>");

    (void)state;
    check_phrases(document, NULL, "en", 4, want);
    check_phrases(document, NULL, "en", 0, want);
    check_phrases(NULL, NULL, NULL, SIZE_MAX, want);
    bylaw_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_phrases__are_plain_runs_of_words),
        cmocka_unit_test(test_phrases__prefer_long_words_to_common_ones),
        cmocka_unit_test(
            test_phrases__leave_out_first_and_last_only_where_others_are),
        cmocka_unit_test(test_phrases__are_spread_over_the_source),
        cmocka_unit_test(test_phrases__never_overlap),
        cmocka_unit_test(test_phrases__leave_furniture_out),
        cmocka_unit_test(test_phrases__of_scripts_without_spaces_are_longer),
        cmocka_unit_test(test_phrases__of_nothing_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
