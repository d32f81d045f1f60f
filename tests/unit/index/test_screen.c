/* SPDX-License-Identifier: Apache-2.0 */
/* The screen loses no page that shares words with a source. */
#include "index/index_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define SOURCE                                                                 \
    "The harbour master's café wrote that nothing had been moved since the "  \
    "winter of 1,250 storms, and nobody in the naïve old town believed him "  \
    "until the lighthouse keeper's daughter found the missing ledger."
#define OTHER                                                                  \
    "Tenors who can sing on Thursdays are wanted by our choir, which meets "   \
    "above a bakery and pays in bread rolls, warm ones if the baker slept "    \
    "well and cold ones otherwise, as he is proud to tell whoever asks."

static bool screen(const char *source, struct bylaw_span page)
{
    struct bylaw__screen_work work = {0};
    struct bylaw__tokens words = {0};
    bylaw__index *index = NULL;
    bool maybe = false;

    assert_int_equal(bylaw__tokens_add(&words, bylaw__span_of(source), NULL, 0,
                                       0, 0, NULL),
                     0);
    assert_int_equal(bylaw__index_new(&index, NULL), 0);
    assert_int_equal(bylaw__index_add(index, 0, &words, NULL), 0);
    assert_int_equal(bylaw__index_finish(index, NULL), 0);
    assert_int_equal(bylaw__index_screen(&maybe, index, page, NULL, NULL, &work,
                                         NULL),
                     0);
    bylaw__screen_release(&work);
    bylaw__index_free(index);
    bylaw__tokens_release(&words);
    return maybe;
}

static void check(const char *page, bool want)
{
    if (screen(SOURCE, bylaw__span_of(page)) != want)
        fail_msg("%s: %s", want ? "lost" : "passed", page);
}

static void test_screen__lets_a_copy_through_however_it_is_written(void **state)
{
    static const char *const pages[] = {
        OTHER SOURCE,
        OTHER "<p>the harbour master&#39;s caf&eacute; wrote that nothing had "
              "been moved</p>",
        OTHER "<p>Had be<b>en</b> mo<!-- x -->ved si<i></i>nce the win&shy;ter "
              "of 1<span>,</span>250</p>",
        OTHER "<p>nobody in the na&iuml;ve old</p><div>town believed him</div>",
        OTHER "<p>NOBODY  IN\n\tTHE <script>x y z</script>NAÏVE OLD TOWN "
              "BELIEVED HIM UNTIL</p>",
        OTHER "<p>nobody in the nai\xcc\x88ve old town be\xc2\xadlieved him",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
        check(pages[i], true);
}

static void test_screen__stops_pages_without_a_copy(void **state)
{
    (void)state;
    check(OTHER, false);
    check("<p>" OTHER "</p><script>" SOURCE "</script><!--" SOURCE "-->",
          false);
    /* One shared shingle alone is no copy. */
    check(OTHER " since the winter of 1250 " OTHER, false);
}

static void test_screen__takes_two_shingles_only_near_each_other(void **state)
{
    struct bylaw__buf page = {0};

    (void)state;
    for (int far = 0; far <= 1; far++) {
        bylaw__buf_clear(&page);
        bylaw__buf_add_text(&page, OTHER " since the winter of 1250 ");
        for (int i = 0; i < (far ? 110 : 90); i++)
            bylaw__buf_printf(&page, "w%d ", i);
        bylaw__buf_add_text(&page, "nobody in the naïve old, ");
        check(page.ptr, !far);
    }
    bylaw__buf_release(&page);
}

static void test_screen__passes_what_it_cannot_read(void **state)
{
    (void)state;
    assert_true(screen(SOURCE, BYLAW__SPAN(OTHER " caf\xe9")));
    assert_true(screen(SOURCE, BYLAW__SPAN(OTHER "\0")));
    assert_true(screen(SOURCE, BYLAW__SPAN("")));
    check("too few words to tell", true);
}

static void test_screen__of_no_sources_stops_all(void **state)
{
    (void)state;
    assert_false(screen("", bylaw__span_of(OTHER)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_screen__lets_a_copy_through_however_it_is_written),
        cmocka_unit_test(test_screen__stops_pages_without_a_copy),
        cmocka_unit_test(test_screen__takes_two_shingles_only_near_each_other),
        cmocka_unit_test(test_screen__passes_what_it_cannot_read),
        cmocka_unit_test(test_screen__of_no_sources_stops_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
