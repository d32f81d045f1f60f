/* SPDX-License-Identifier: Apache-2.0 */
/* What a source's own text or page says of it. */
#include "documents.h"

#include <dirent.h>
#include <stdio.h>

static const struct bylaw_phrase phrases[] = {
    {"en", BYLAW_PHRASE_ORIGINAL, "originally published on", true},
    {"en", BYLAW_PHRASE_ORIGINAL, "first appeared in", true},
    {"en", BYLAW_PHRASE_ORIGINAL, "the original source of this article is",
     true},
};

/* An article in the manner of a small agency's Markdown export. */
#define ARTICLE                                                                \
    "\n\nHarbour Town Opens Its Third Lighthouse: A Promise Kept\n\n"          \
    "By [Mira Olsen](#) and Jon Vale\n\nCoastal Review, March 4, 2021\n\n"     \
    "[Northern Wire](#)\n\nTopic: [Sea](#)\n\n"                                \
    "*The **mayor** of Harbour Town lit the lamp on the first of March, and "  \
    "the crowd that had waited since noon cheered as it turned.*\n\n"          \
    "It cost \\$2.5 million and was built by the people of the town for the "  \
    "ships that pass it in the night.\n\n*\n\n"

#define CREDITS                                                                \
    "The original source of this article is [Northern Wire](#)\n\n"            \
    "Copyright © [Mira Olsen](#), [Northern Wire](#), 2021\n\n"               \
    "This site contains copyrighted material.\n"

static struct bylaw_source *source_of(struct bylaw_document *document)
{
    struct bylaw_source *source = NULL;

    assert_int_equal(bylaw__source_from_document(
                         &source, document, "dir/some-file.txt", phrases,
                         sizeof(phrases) / sizeof(phrases[0]), NULL),
                     0);
    return source;
}

static struct bylaw_source *source_of_markdown(const char *text)
{
    return source_of(extract_markdown(text));
}

static void check_names(const char *const *got, size_t count,
                        const char *const *want)
{
    size_t i = 0;

    for (; want[i]; i++) {
        if (i >= count)
            fail_msg("\"%s\" is missing", want[i]);
        assert_string_equal(got[i], want[i]);
    }
    if (count > i)
        fail_msg("\"%s\" was not expected", got[i]);
}

#define CHECK_NAMES(got, count, ...)                                           \
    check_names(got, count, (const char *const[]){__VA_ARGS__, NULL})

static void test_source__reads_an_articles_own_lines(void **state)
{
    struct bylaw_source *s = source_of_markdown(ARTICLE CREDITS);

    (void)state;
    assert_text(s->title,
                "Harbour Town Opens Its Third Lighthouse: A Promise Kept");
    CHECK_NAMES(s->authors, s->author_count, "Mira Olsen", "Jon Vale");
    assert_text(s->publisher, "Coastal Review");
    assert_text(s->published, "2021-03-04");
    assert_text(s->upstream.publisher, "Northern Wire");
    assert_text(s->upstream.url, NULL); /* "#" leads nowhere */
    assert_text(s->copyright, "Copyright © Mira Olsen, Northern Wire, 2021");
    CHECK_NAMES(s->holders, s->holder_count, "Mira Olsen", "Northern Wire");
    assert_text(s->language, "en");
    assert_text(s->url, NULL);
    assert_text(s->id,
                "harbour-town-opens-its-third-lighthouse-a-promise-kept");
    bylaw_source_free(s);
}

static void test_source__owns_its_document(void **state)
{
    struct bylaw_source *s = source_of_markdown(ARTICLE);

    (void)state;
    assert_non_null(s->document);
    for (size_t i = 0; i < s->document->block_count; i++)
        assert_false(s->is_furniture[i]);
    bylaw_source_free(s); /* a leak checker sees the rest */
}

static void test_source_id__is_made_of_what_there_is(void **state)
{
    static const struct {
        const char *text, *id;
    } rows[] = {
        {"Ça va, Été?\n\nText.", "ca-va-ete"},
        {"Text that is a sentence and so no title.", "some-file"},
        {"Aaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbb ccccccc\n",
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbbbbbbb"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bylaw_source *s = source_of_markdown(rows[i].text);

        assert_string_equal(s->id, rows[i].id);
        bylaw_source_free(s);
    }
}

static void check_upstream(const char *line, const char *publisher,
                           const char *url)
{
    struct bylaw__buf text = {0};
    struct bylaw_source *s;

    bylaw__buf_add_text(&text, ARTICLE);
    bylaw__buf_add_text(&text, line);
    s = source_of_markdown(text.ptr);
    assert_text(s->upstream.publisher, publisher);
    assert_text(s->upstream.url, url);
    bylaw_source_free(s);
    bylaw__buf_release(&text);
}

static void test_source_upstream__is_who_published_first(void **state)
{
    (void)state;
    check_upstream("This article was originally published on "
                   "[Northern Wire](https://wire.example/a).\n",
                   "Northern Wire", "https://wire.example/a");
    check_upstream("Originally published on Northern Wire.\n", "Northern Wire",
                   NULL);
    check_upstream("Originally published on Coastal Review.\n", NULL, NULL);
    check_upstream("The lamp first appeared in 1950 and has burnt since.\n",
                   NULL, NULL);
    check_upstream("No such words.\n", NULL, NULL);
}

static void check_holders(const char *notice, const char *const *want)
{
    struct bylaw__buf text = {0};
    struct bylaw_source *s;

    bylaw__buf_add_text(&text, ARTICLE);
    bylaw__buf_add_text(&text, notice);
    s = source_of_markdown(text.ptr);
    check_names(s->holders, s->holder_count, want);
    bylaw_source_free(s);
    bylaw__buf_release(&text);
}

#define CHECK_HOLDERS(notice, ...)                                             \
    check_holders(notice, (const char *const[]){__VA_ARGS__, NULL})

static void test_source_holders__are_names_without_years(void **state)
{
    (void)state;
    CHECK_HOLDERS("Copyright © 2021 Ann A", "Ann A");
    CHECK_HOLDERS("© Ann A and Bo B, 2020-2021. All rights reserved.", "Ann A",
                  "Bo B");
    CHECK_HOLDERS("(c) 2021 by Example Media, Inc.", "Example Media, Inc");
    CHECK_HOLDERS("Copyright © [Smith, Jones and Sons](#), 2021",
                  "Smith, Jones and Sons");
    CHECK_HOLDERS("© Ann A 2022. This text may be shared.", "Ann A");
    CHECK_HOLDERS("© Ann Abel. Texts are free for all.", "Ann Abel");
    CHECK_HOLDERS("© Ann A. Licensed under [CC BY 4.0](https://a.example/).",
                  "Ann A");
    CHECK_HOLDERS("© [Ann A](#), [CC BY](https://a.example/)", "Ann A");
    CHECK_HOLDERS("© 2022 J. R. Ann and Dr. Bo B. Some rights reserved.",
                  "J. R. Ann", "Dr. Bo B");
    CHECK_HOLDERS("© 2019, 2022 Ann A", "Ann A");
    CHECK_HOLDERS("Copyrighted words are no notice", NULL);
}

static void check_authors(const char *line, const char *const *want)
{
    struct bylaw__buf text = {0};
    struct bylaw_source *s;

    bylaw__buf_printf(&text, "A Title Line\n\n%s\n\nThe text follows.\n", line);
    s = source_of_markdown(text.ptr);
    check_names(s->authors, s->author_count, want);
    bylaw_source_free(s);
    bylaw__buf_release(&text);
}

#define CHECK_AUTHORS(line, ...)                                               \
    check_authors(line, (const char *const[]){__VA_ARGS__, NULL})

static void test_source_authors__come_from_bylines(void **state)
{
    (void)state;
    CHECK_AUTHORS("By Ann A", "Ann A");
    CHECK_AUTHORS("By [Ann A](http://a.org/ann)", "Ann A");
    CHECK_AUTHORS("[Ann Adams](http://a.org/ann)", "Ann Adams");
    CHECK_AUTHORS("Von Ann A und Bo B", "Ann A", "Bo B");
    CHECK_AUTHORS("Par Ann A et Bo B", "Ann A", "Bo B");
    CHECK_AUTHORS("Por Ann A, Bo B y Cé C", "Ann A", "Bo B", "Cé C");
    CHECK_AUTHORS("By Ann van der Berg | May 5, 2021", "Ann van der Berg");
    CHECK_AUTHORS("By the time they came it was late", NULL);
    CHECK_AUTHORS("By Centre for Research and Policy",
                  "Centre for Research and Policy");
}

static void test_source_page__metadata_comes_before_lines(void **state)
{
    struct bylaw_source *s = source_of(extract_as(
        "text/html",
        BYLAW__SPAN("<html lang=en><title>T</title>"
                    "<link rel=canonical href='https://a.org/story'>"
                    "<meta property='og:url' content='https://a.org/story?a'>"
                    "<meta property='og:site_name' content='Paper'>"
                    "<meta name=author content='Ann A and Bo B'>"
                    "<meta property='article:published_time' "
                    "content='2021-03-04T05:00:00Z'>"
                    "<h1>T</h1><p>By Cy C</p><p>Text of the story goes on "
                    "for a while.</p>"
                    "<p>© 2021 Ann A</p>"),
        "https://www.a.org/story?from=x"));

    (void)state;
    assert_text(s->url, "https://a.org/story");
    CHECK_NAMES(s->aliases, s->alias_count, "https://a.org/story?a",
                "https://www.a.org/story?from=x");
    CHECK_NAMES(s->authors, s->author_count, "Ann A", "Bo B");
    assert_text(s->publisher, "Paper");
    assert_text(s->published, "2021-03-04");
    assert_text(s->language, "en");
    CHECK_NAMES(s->holders, s->holder_count, "Ann A");
    assert_text(s->upstream.url, NULL);
    bylaw_source_free(s);
}

static void test_source_page__canonical_elsewhere_is_upstream(void **state)
{
    struct bylaw_source *s = source_of(
        extract_as("text/html",
                   BYLAW__SPAN("<link rel=canonical href='https://b.org/x'>"
                               "<p>Text of the story.</p>"),
                   "https://a.org/copy"));

    (void)state;
    assert_text(s->url, "https://a.org/copy");
    assert_text(s->upstream.url, "https://b.org/x");
    bylaw_source_free(s);
}

/* The article that ships with Bylaw: its facts are the first real case. */
static void check_seed(const char *path)
{
    struct bylaw__buf text = {0};
    struct bylaw_source *s;

    assert_int_equal(bylaw__file_read(&text, path, NULL), 0);
    s = source_of(extract_as("text/markdown", bylaw__buf_span(&text), NULL));
    assert_text(s->title, "Japan to Open NATO Liaison Office: Provocation "
                          "Against China and Russia");
    CHECK_NAMES(s->authors, s->author_count, "Ahmed Adel");
    assert_text(s->publisher, "Global Research");
    assert_text(s->published, "2023-05-16");
    assert_text(s->upstream.publisher, "InfoBrics");
    assert_text(s->copyright, "Copyright © Ahmed Adel, InfoBrics, 2023");
    CHECK_NAMES(s->holders, s->holder_count, "Ahmed Adel", "InfoBrics");
    assert_text(s->language, "en");
    bylaw_source_free(s);
    bylaw__buf_release(&text);
}

static void test_source_seed__says_what_its_page_says(void **state)
{
    static const char folder[] = "seeds/global-research-japan-nato";
    DIR *dir = opendir(folder);
    struct dirent *entry;
    unsigned checked = 0;

    (void)state;
    while (dir && (entry = readdir(dir))) {
        struct bylaw_span name = bylaw__span_of(entry->d_name);
        char path[512];

        if (!bylaw__span_ends(name, ".txt") && !bylaw__span_ends(name, ".md"))
            continue;
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        check_seed(path);
        checked++;
    }
    if (dir)
        closedir(dir);
    if (!checked)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_source__reads_an_articles_own_lines),
        cmocka_unit_test(test_source__owns_its_document),
        cmocka_unit_test(test_source_id__is_made_of_what_there_is),
        cmocka_unit_test(test_source_upstream__is_who_published_first),
        cmocka_unit_test(test_source_holders__are_names_without_years),
        cmocka_unit_test(test_source_authors__come_from_bylines),
        cmocka_unit_test(test_source_page__metadata_comes_before_lines),
        cmocka_unit_test(test_source_page__canonical_elsewhere_is_upstream),
        cmocka_unit_test(test_source_seed__says_what_its_page_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
