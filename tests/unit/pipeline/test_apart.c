/* SPDX-License-Identifier: Apache-2.0 */
/* What is read in a cell is what is read here; what breaks, breaks alone. */
#include "auditing.h"

#include "pipeline/scan_int.h"

#include <signal.h>

#define COPY                                                                   \
    "<html><head><title>Copy &amp; more</title>"                               \
    "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\","         \
    "\"author\":{\"name\":\"A. Writer\"}}</script></head><body>"               \
    "<nav><a href=\"/\">Home</a></nav><article><h1>Japan</h1>"                 \
    "<!--bylaw:article--></article>" CREDIT                                    \
    "<footer>Contact us</footer></body></html>"

static bylaw_auditor *new_with_cells(unsigned cells)
{
    struct bylaw_audit_options options = {.rules_dir = "rules",
                                          .now_ms = fixed_now,
                                          .cells = cells};
    struct bylaw_error err = {0};
    bylaw_auditor *auditor = NULL;

    if (bylaw_auditor_new(&auditor, &options, &err))
        fail_msg("%s: %s", err.id, err.what);
    add_source(auditor, SEED, ARTICLE);
    return auditor;
}

static void tell_bytes(struct bylaw__buf *out, bylaw_auditor *auditor,
                       struct bylaw_span body)
{
    struct bylaw_audit *audit = audit_bytes(auditor, body, "text/html");

    bylaw__buf_clear(out);
    bylaw__report_audit_json(out, audit);
    bylaw_audit_free(audit);
}

/* The audit as JSON, from here and from a cell. */
static void check_same(const char *page)
{
    bylaw_auditor *here = new_with_cells(0), *apart = new_with_cells(1);
    struct bylaw__buf filled = {0}, want = {0}, got = {0};

    fill(&filled, page, bylaw_auditor_source(here, 0));
    tell_bytes(&want, here, bylaw__buf_span(&filled));
    tell_bytes(&got, apart, bylaw__buf_span(&filled));
    assert_string_equal(got.ptr, want.ptr);
    assert_null(here->cells);
    assert_non_null(apart->cells);
    bylaw__buf_release(&filled);
    bylaw__buf_release(&want);
    bylaw__buf_release(&got);
    bylaw_auditor_free(here);
    bylaw_auditor_free(apart);
}

static void test_apart__gives_the_audit_of_a_copy(void **state)
{
    (void)state;
    check_same(COPY);
}

static void test_apart__gives_the_audit_of_an_altered_part(void **state)
{
    (void)state;
    check_same("<p>Ours.</p><!--bylaw:article 2-4 | Japan => Elsewhere -->"
               "<p>By Ahmed Adel</p>");
}

static void test_apart__gives_the_audit_of_a_page_without_a_copy(void **state)
{
    (void)state;
    check_same("<p>Something else altogether.</p>");
}

static void test_apart__gives_the_refusal_of_a_page_that_is_none(void **state)
{
    (void)state;
    check_same("");
    check_same("%PDF-1.4 \x01\x02\x03\x04\x05\x06\x07");
}

/* Every value of a document, and what is placed with its outline. */
static void test_apart__gives_the_same_document(void **state)
{
    bylaw_auditor *here = new_with_cells(0), *apart = new_with_cells(1);
    struct bylaw__buf page = {0}, want = {0}, got = {0};
    struct bylaw__buf *const outs[] = {&want, &got};
    bylaw_auditor *const auditors[] = {here, apart};
    const char *path;

    (void)state;
    fill(&page, COPY, bylaw_auditor_source(here, 0));
    path = write_bytes("copy.html", bylaw__buf_span(&page));
    for (int i = 0; i < 2; i++) {
        struct bylaw__placement *placement = NULL;
        struct bylaw_document *document = NULL;

        assert_int_equal(bylaw__pipeline_extract(&document, NULL, auditors[i],
                                                 path, PAGE, NULL),
                         0);
        assert_int_equal(bylaw__pipeline_place(&placement, NULL, auditors[i],
                                               document, 0, NULL),
                         0);
        bylaw__report_document_json(outs[i], document, placement);
        assert_int_equal(bylaw__main_text(outs[i], document, placement), 0);
        bylaw__placement_free(placement);
        bylaw_document_free(document);
    }
    assert_string_equal(got.ptr, want.ptr);
    bylaw__buf_release(&page);
    bylaw__buf_release(&want);
    bylaw__buf_release(&got);
    bylaw_auditor_free(here);
    bylaw_auditor_free(apart);
}

static void test_apart__knows_sources_added_later(void **state)
{
    bylaw_auditor *auditor = new_with_cells(1);
    const char *other =
        write_file("other.txt",
                   "Seven grey herons stood along the frozen canal while the "
                   "ferry crew argued quietly about breakfast and the price "
                   "of diesel on the far side of the border that morning.\n");
    struct bylaw__buf page = {0};
    struct bylaw_audit *audit;

    (void)state;
    audit = audit_filled(auditor, COPY);
    bylaw_audit_free(audit);
    add_source(auditor, other, "https://herons.example/1");
    bylaw__buf_add_text(&page, "<!--bylaw:article-->");
    fill(&page, "<!--bylaw:article-->", bylaw_auditor_source(auditor, 1));
    audit = audit_bytes(auditor, bylaw__buf_span(&page), "text/html");
    assert_ptr_equal(audit->rows[0].source, bylaw_auditor_source(auditor, 1));
    bylaw_audit_free(audit);
    bylaw__buf_release(&page);
    bylaw_auditor_free(auditor);
}

/* ------------------------------------------------------- what breaks --- */

/* Cells that do as a test says instead of reading pages. */
static int (*misbehave)(struct bylaw__buf *answer);

static int work(struct bylaw__buf *answer, void *payload,
                struct bylaw_span request)
{
    (void)payload;
    (void)request;
    return misbehave(answer);
}

static int crash(struct bylaw__buf *answer)
{
    (void)answer;
    raise(SIGSEGV);
    return 0;
}

static int spin(struct bylaw__buf *answer)
{
    volatile unsigned turns = 0;

    (void)answer;
    while (turns + 1 != 0 || turns)
        turns++;
    return 0;
}

static int run_out(struct bylaw__buf *answer)
{
    (void)answer;
    return BYLAW_ENOMEM;
}

static int babble(struct bylaw__buf *answer)
{
    bylaw__buf_add_text(answer, "all is well, believe me");
    return 0;
}

static void use_bad_cells(bylaw_auditor *auditor,
                          int (*behaviour)(struct bylaw__buf *answer))
{
    struct bylaw__cell_options options = {.work = work,
                                          .memory_bytes = 64u << 20,
                                          .cpu_ms = 300,
                                          .wall_ms = 5000,
                                          .answer_bytes = 1u << 20};

    misbehave = behaviour;
    bylaw__cells_free(auditor->cells);
    auditor->cells = NULL;
    assert_int_equal(bylaw__cells_new(&auditor->cells, &options, 1, NULL), 0);
    auditor->known_to_cells = auditor->source_count;
}

/* The page is undetermined and says why; the next one is judged. */
static void check_failure(int (*behaviour)(struct bylaw__buf *answer),
                          const char *id)
{
    bylaw_auditor *auditor = new_with_cells(1);
    struct bylaw_audit *audit;

    use_bad_cells(auditor, behaviour);
    audit = audit_filled(auditor, COPY);
    check_verdict(audit, BYLAW_VERDICT_UNDETERMINED);
    assert_string_equal(audit->response->refusal.id, id);
    assert_false(audit->is_complete);
    assert_int_equal(audit->row_count, 1);
    assert_null(audit->rows[0].source);
    assert_non_null(bylaw_diagnostic_find(id));
    bylaw_audit_free(audit);

    bylaw__cells_free(auditor->cells);
    auditor->cells = NULL;
    audit = audit_filled(auditor, COPY);
    check_verdict(audit, BYLAW_VERDICT_COMPLIANT);
    bylaw_audit_free(audit);
    bylaw_auditor_free(auditor);
}

static void test_apart__a_crash_leaves_the_page_undetermined(void **state)
{
    (void)state;
    check_failure(crash, "parse.crashed");
}

static void test_apart__a_hang_leaves_the_page_undetermined(void **state)
{
    (void)state;
    check_failure(spin, "parse.timeout");
}

static void
test_apart__lack_of_memory_leaves_the_page_undetermined(void **state)
{
    (void)state;
    check_failure(run_out, "parse.memory");
}

static void test_apart__nonsense_leaves_the_page_undetermined(void **state)
{
    (void)state;
    check_failure(babble, "parse.nonsense");
}

static void test_apart__a_source_that_breaks_the_cell_is_refused(void **state)
{
    bylaw_auditor *auditor = new_with_cells(1);
    const char *path = write_file("bad.html", "<p>Words of a source.</p>");
    struct bylaw_error err = {0};

    (void)state;
    use_bad_cells(auditor, crash);
    assert_int_equal(bylaw_auditor_add_source(auditor, path, NULL, &err),
                     BYLAW_EABORTED);
    assert_string_equal(err.id, "parse.crashed");
    assert_string_equal(err.where, path);
    bylaw_auditor_free(auditor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_apart__gives_the_audit_of_a_copy),
        cmocka_unit_test(test_apart__gives_the_audit_of_an_altered_part),
        cmocka_unit_test(test_apart__gives_the_audit_of_a_page_without_a_copy),
        cmocka_unit_test(test_apart__gives_the_refusal_of_a_page_that_is_none),
        cmocka_unit_test(test_apart__gives_the_same_document),
        cmocka_unit_test(test_apart__knows_sources_added_later),
        cmocka_unit_test(test_apart__a_crash_leaves_the_page_undetermined),
        cmocka_unit_test(test_apart__a_hang_leaves_the_page_undetermined),
        cmocka_unit_test(
            test_apart__lack_of_memory_leaves_the_page_undetermined),
        cmocka_unit_test(test_apart__nonsense_leaves_the_page_undetermined),
        cmocka_unit_test(test_apart__a_source_that_breaks_the_cell_is_refused),
    };

    return cmocka_run_group_tests(tests, make_files, remove_files);
}
