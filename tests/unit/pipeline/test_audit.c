/* SPDX-License-Identifier: Apache-2.0 */
/* Whole audits: pages by file, by transport, with one source and with two. */
#include "auditing.h"

#define TOP                                                                    \
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Japan to "  \
    "Open NATO Liaison Office</title></head><body><main><h1>Japan to Open "    \
    "NATO Liaison Office</h1>\n"
#define END "</main><footer>Run by volunteers.</footer></body></html>\n"

static const char compliant[] = TOP "<!--bylaw:article-->\n" CREDIT END;
static const char no_credit[] = TOP "<!--bylaw:article-->\n" END;
static const char unrelated[] =
    TOP "<p>The choir is looking for tenors who can sing on Thursdays and who "
        "do not mind the cold of the old town hall in winter.</p>" END;

static void check_filled(const char *page, enum bylaw_verdict want)
{
    bylaw_auditor *auditor = new_seeded(NULL);
    struct bylaw_audit *audit = audit_filled(auditor, page);

    check_verdict(audit, want);
    assert_int_equal(audit->row_count, 1);
    assert_true(audit->is_complete);
    bylaw_audit_free(audit);
    bylaw_auditor_free(auditor);
}

static void test_audit__tells_a_kept_licence_from_a_broken_one(void **state)
{
    (void)state;
    check_filled(compliant, BYLAW_VERDICT_COMPLIANT);
    check_filled(no_credit, BYLAW_VERDICT_NOT_MET);
    check_filled(unrelated, BYLAW_VERDICT_NOT_APPLICABLE);
}

/* -------------------------------------------------- a page in two forms --- */

/* The paragraphs of the article as Markdown, with or without the credit. */
static void add_markdown(struct bylaw__buf *out,
                         const struct bylaw_source *source, const char *credit)
{
    bylaw__buf_add_text(out, "# Japan to Open NATO Liaison Office\n\n");
    for (size_t i = 0; i < source->document->block_count; i++)
        if (!source->is_furniture[i]) {
            bylaw__buf_add_span(out, source->document->blocks[i].text);
            bylaw__buf_add_text(out, "\n\n");
        }
    bylaw__buf_add_text(out, credit);
}

static void check_markdown(const char *credit, const char *page)
{
    bylaw_auditor *auditor = new_seeded(NULL);
    struct bylaw__buf text = {0};
    struct bylaw_audit *markdown, *html;

    add_markdown(&text, bylaw_auditor_source(auditor, 0), credit);
    markdown = audit_bytes(auditor, bylaw__buf_span(&text), "text/markdown");
    html = audit_filled(auditor, page);
    check_verdict(markdown, html->rows[0].judgement->verdict);
    assert_int_equal(markdown->rows[0].match->class,
                     html->rows[0].match->class);
    bylaw_audit_free(markdown);
    bylaw_audit_free(html);
    bylaw__buf_release(&text);
    bylaw_auditor_free(auditor);
}

static void test_audit__markdown_and_html_fare_alike(void **state)
{
    (void)state;
    check_markdown("Source: [Global Research](" ARTICLE "). Copyright © Ahmed "
                   "Adel, InfoBrics, 2023.\n",
                   compliant);
    check_markdown("", no_credit);
}

/* -------------------------------------------------------- by transport --- */

struct canned {
    struct bylaw_span body;
    int status, refusal;
    bool is_truncated;
    unsigned asked;
};

static int get_canned(struct bylaw_response **out, void *payload,
                      const char *url, struct bylaw_error *err)
{
    struct canned *canned = payload;
    int rc = bylaw__response_from_bytes(out, url, url, canned->body,
                                        "text/html", 0, err);

    canned->asked++;
    if (rc)
        return rc;
    (*out)->status = canned->status;
    (*out)->is_truncated = canned->is_truncated;
    if (canned->refusal)
        bylaw__fail(&(*out)->refusal, canned->refusal, "fetch.connect", url,
                    "nobody answered");
    return 0;
}

/* Audits PAGE as the transport answers it. The audit is the caller's, and
 * the auditor too. */
static struct bylaw_audit *audit_canned(bylaw_auditor **auditor,
                                        struct canned *canned)
{
    struct bylaw_transport transport = {get_canned, canned};
    struct bylaw_audit *audit = NULL;
    struct bylaw_error err = {0};

    *auditor = new_seeded(&transport);
    if (bylaw_audit_page(&audit, *auditor, PAGE, NULL, &err))
        fail_msg("%s: %s", err.id, err.what);
    assert_int_equal(canned->asked, 1);
    return audit;
}

static struct bylaw__buf filled;

static struct bylaw_span fill_once(const char *page)
{
    bylaw_auditor *auditor = new_seeded(NULL);

    bylaw__buf_clear(&filled);
    fill(&filled, page, bylaw_auditor_source(auditor, 0));
    bylaw_auditor_free(auditor);
    return bylaw__buf_span(&filled);
}

static void test_fetched__page_is_judged_where_it_stands(void **state)
{
    struct canned canned = {fill_once(compliant), 200, 0, false, 0};
    bylaw_auditor *auditor;
    struct bylaw_audit *audit = audit_canned(&auditor, &canned);

    (void)state;
    check_verdict(audit, BYLAW_VERDICT_COMPLIANT);
    assert_string_equal(audit->document->url, PAGE);
    assert_int_equal(audit->response->status, 200);
    bylaw_audit_free(audit);
    bylaw_auditor_free(auditor);
}

static void test_fetched__refusal_is_a_result(void **state)
{
    struct canned canned = {{NULL, 0}, 0, BYLAW_ENETWORK, false, 0};
    bylaw_auditor *auditor;
    struct bylaw_audit *audit = audit_canned(&auditor, &canned);

    (void)state;
    check_verdict(audit, BYLAW_VERDICT_UNDETERMINED);
    assert_null(audit->document);
    assert_null(audit->rows[0].source);
    assert_false(audit->is_complete);
    assert_int_equal(audit->incomplete_count, 1);
    assert_string_equal(audit->incomplete_because[0], "nobody answered");
    bylaw_audit_free(audit);
    bylaw_auditor_free(auditor);
}

/* What is missing from half a page does not count as absent. */
static void test_fetched__half_a_page_proves_no_absence(void **state)
{
    struct bylaw_span whole = fill_once(no_credit);
    struct canned canned = {{whole.ptr, whole.len / 2}, 200, 0, true, 0};
    bylaw_auditor *auditor;
    struct bylaw_audit *audit = audit_canned(&auditor, &canned);

    (void)state;
    check_verdict(audit, BYLAW_VERDICT_UNDETERMINED);
    assert_non_null(audit->document);
    assert_non_null(audit->rows[0].source); /* the copy itself was seen */
    assert_false(audit->is_complete);
    assert_true(audit->incomplete_count > 0);
    bylaw_audit_free(audit);
    bylaw_auditor_free(auditor);
}

static void test_fetched__an_error_page_is_no_clean_page(void **state)
{
    struct canned canned = {BYLAW__SPAN("<h1>Not here</h1><p>Look elsewhere."),
                            404, 0, false, 0};
    bylaw_auditor *auditor;
    struct bylaw_audit *audit = audit_canned(&auditor, &canned);

    (void)state;
    check_verdict(audit, BYLAW_VERDICT_UNDETERMINED);
    assert_string_equal(audit->response->refusal.id, "fetch.http-status");
    bylaw_audit_free(audit);
    bylaw_auditor_free(auditor);
}

static void test_fetched__a_body_that_is_no_text_is_a_result(void **state)
{
    struct canned canned = {BYLAW__SPAN("%PDF-1.4 stream"), 200, 0, false, 0};
    bylaw_auditor *auditor;
    struct bylaw_audit *audit = audit_canned(&auditor, &canned);

    (void)state;
    check_verdict(audit, BYLAW_VERDICT_UNDETERMINED);
    assert_string_equal(audit->response->refusal.id, "extract.binary");
    bylaw_audit_free(audit);
    bylaw_auditor_free(auditor);
}

static void test_source__may_come_by_transport(void **state)
{
    struct canned canned = {fill_once(compliant), 200, 0, false, 0};
    struct bylaw_transport transport = {get_canned, &canned};
    bylaw_auditor *auditor = new_auditor(&transport);
    const struct bylaw_source *source = add_source(auditor, PAGE, NULL);

    (void)state;
    assert_string_equal(source->path, PAGE);
    assert_string_equal(source->title, "Japan to Open NATO Liaison Office");
    bylaw_auditor_free(auditor);
}

static void check_source_refused(struct canned *canned, const char *id)
{
    struct bylaw_transport transport = {get_canned, canned};
    bylaw_auditor *auditor = new_auditor(&transport);
    struct bylaw_error err = {0};

    assert_int_not_equal(bylaw_auditor_add_source(auditor, PAGE, NULL, &err),
                         0);
    assert_string_equal(err.id, id);
    bylaw_auditor_free(auditor);
}

static void test_source__is_not_had_by_halves(void **state)
{
    struct canned gone = {BYLAW__SPAN("<p>Gone"), 410, 0, false, 0};
    struct canned half = {fill_once(compliant), 200, 0, true, 0};
    struct canned silent = {{NULL, 0}, 0, BYLAW_ENETWORK, false, 0};

    (void)state;
    check_source_refused(&gone, "fetch.http-status");
    check_source_refused(&half, "source.unreadable");
    check_source_refused(&silent, "fetch.connect");
}

/* ---------------------------------------------------- sources and rows --- */

static const char lamp[] =
    "# The Third Lamp\n\nThe harbour town lit its third lamp on the first of "
    "March, and the crowd that had waited since noon cheered as it began to "
    "turn above the roofs.\n\nIt was built by the people of the town for the "
    "ships that pass it in the night, and it cost less than anyone had "
    "thought it would when the first stone was laid.\n\nLicensed under "
    "Creative Commons Attribution 4.0.\n";

#define LAMP                                                                   \
    "<p>The harbour town lit its third lamp on the first of March, and the "   \
    "crowd that had waited since noon cheered as it began to turn above the "  \
    "roofs.</p><p>It was built by the people of the town for the ships that "  \
    "pass it in the night, and it cost less than anyone had thought it would " \
    "when the first stone was laid.</p>"

static void test_rows__one_a_matched_source_each_by_its_own_rule(void **state)
{
    bylaw_auditor *auditor = new_seeded(NULL);
    struct bylaw_audit *audit;

    (void)state;
    add_source(auditor, write_file("lamp.md", lamp),
               "https://wire.example/lamp");
    audit = audit_filled(auditor, TOP "<!--bylaw:article-->" CREDIT LAMP END);
    assert_int_equal(audit->row_count, 2);
    assert_ptr_equal(audit->rows[0].source, bylaw_auditor_source(auditor, 0));
    assert_ptr_equal(audit->rows[1].source, bylaw_auditor_source(auditor, 1));
    assert_string_equal(audit->rows[0].rule->id, "global-research");
    assert_string_equal(audit->rows[1].rule->id, "cc-by-4.0");
    bylaw_audit_free(audit);
    audit = audit_filled(auditor, TOP LAMP END);
    assert_int_equal(audit->row_count, 1);
    assert_ptr_equal(audit->rows[0].source, bylaw_auditor_source(auditor, 1));
    bylaw_audit_free(audit);
    bylaw_auditor_free(auditor);
}

static void test_rows__a_source_may_be_added_after_an_audit(void **state)
{
    bylaw_auditor *auditor = new_seeded(NULL);
    struct bylaw_audit *audit = audit_filled(auditor, TOP LAMP END);

    (void)state;
    assert_null(audit->rows[0].source);
    bylaw_audit_free(audit);
    add_source(auditor, write_file("later.md", lamp), NULL);
    audit = audit_filled(auditor, TOP LAMP END);
    assert_non_null(audit->rows[0].source);
    bylaw_audit_free(audit);
    bylaw_auditor_free(auditor);
}

/* The article twice on one page is still one copy of all of it. */
static void test_rows__the_article_twice_is_one_row(void **state)
{
    bylaw_auditor *auditor = new_seeded(NULL);
    struct bylaw_audit *audit =
        audit_filled(auditor,
                     TOP "<!--bylaw:article--><!--bylaw:article-->" CREDIT END);
    const struct bylaw_match *match = audit->rows[0].match;

    (void)state;
    assert_int_equal(audit->row_count, 1);
    assert_int_equal(match->class, BYLAW_MATCH_FULL);
    assert_true(match->source_coverage <= 1.0);
    assert_true(match->page_coverage <= 1.0);
    check_verdict(audit, BYLAW_VERDICT_COMPLIANT);
    bylaw_audit_free(audit);
    bylaw_auditor_free(auditor);
}

/* -------------------------------------------------------------- ceiling --- */

static struct bylaw_audit *audit_words(bylaw_auditor *auditor, size_t words)
{
    struct bylaw__buf page = {0};
    struct bylaw_audit *audit;

    bylaw__buf_add_text(&page, "<!doctype html><title>x</title><p>");
    for (size_t i = 0; i < words; i++)
        bylaw__buf_add_text(&page, i % 100 ? "ab " : "</p><p>ab ");
    audit = audit_bytes(auditor, bylaw__buf_span(&page), "text/html");
    bylaw__buf_release(&page);
    return audit;
}

/* Words past the ceiling are not compared, so nothing is said about them. */
static void
test_ceiling__more_words_than_are_compared_is_undetermined(void **state)
{
    bylaw_auditor *auditor = new_seeded(NULL);

    (void)state;
    for (size_t words = BYLAW_LIMIT_TOKENS - 1; words <= BYLAW_LIMIT_TOKENS + 1;
         words++) {
        struct bylaw_audit *audit = audit_words(auditor, words);
        bool fits = words <= BYLAW_LIMIT_TOKENS;

        assert_int_equal(audit->is_complete, fits);
        check_verdict(audit, fits ? BYLAW_VERDICT_NOT_APPLICABLE
                                  : BYLAW_VERDICT_UNDETERMINED);
        bylaw_audit_free(audit);
    }
    bylaw_auditor_free(auditor);
}

/* ---------------------------------------------------------- determinism --- */

static void add_json(struct bylaw__buf *out, const char *page)
{
    bylaw_auditor *auditor = new_seeded(NULL);
    struct bylaw_audit *audit;

    add_source(auditor, write_file("again.md", lamp), NULL);
    audit = audit_filled(auditor, page);
    bylaw__report_audit_json(out, audit);
    bylaw_audit_free(audit);
    bylaw_auditor_free(auditor);
}

static void test_audit__twice_is_the_same_to_the_byte(void **state)
{
    static const char *const pages[] = {
        compliant, no_credit, unrelated,
        TOP "<!--bylaw:article 2-9 | Japan => Nippon-->" LAMP CREDIT END};

    (void)state;
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        struct bylaw__buf a = {0}, b = {0};

        add_json(&a, pages[i]);
        add_json(&b, pages[i]);
        assert_true(a.len > 500);
        assert_true(bylaw__span_eq(bylaw__buf_span(&a), bylaw__buf_span(&b)));
        bylaw__buf_release(&a);
        bylaw__buf_release(&b);
    }
}

/* A scan with very many articles keeps their words and blocks alone. */
static void check_without_text(const char *page)
{
    bylaw_auditor *whole = new_seeded(NULL), *lean = new_seeded(NULL);
    struct bylaw_audit *a = audit_filled(whole, page), *b;
    struct bylaw__buf one = {0}, other = {0};

    bylaw__source_forget_document(lean->sources[0].source);
    assert_null(bylaw_auditor_source(lean, 0)->document);
    b = audit_bytes(lean, a->response->body, "text/html");
    bylaw__report_audit_json(&one, a);
    bylaw__report_audit_json(&other, b);
    assert_true(one.len > 500);
    assert_string_equal(one.ptr, other.ptr);
    bylaw__buf_release(&one);
    bylaw__buf_release(&other);
    bylaw_audit_free(a);
    bylaw_audit_free(b);
    bylaw_auditor_free(whole);
    bylaw_auditor_free(lean);
}

static void test_source__is_judged_the_same_once_its_text_is_gone(void **state)
{
    static const char *const pages[] = {
        compliant,
        no_credit,
        unrelated,
        TOP "<!--bylaw:article 2-9 | Japan => Nippon-->" CREDIT END,
        TOP "<!--bylaw:article 1-3--><!--bylaw:article 6-9-->" CREDIT END,
        TOP "<!--bylaw:article 4-5-->" END,
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
        check_without_text(pages[i]);
}

static int tear_down(void **state)
{
    bylaw__buf_release(&filled);
    return remove_files(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_audit__tells_a_kept_licence_from_a_broken_one),
        cmocka_unit_test(test_audit__markdown_and_html_fare_alike),
        cmocka_unit_test(test_fetched__page_is_judged_where_it_stands),
        cmocka_unit_test(test_fetched__refusal_is_a_result),
        cmocka_unit_test(test_fetched__half_a_page_proves_no_absence),
        cmocka_unit_test(test_fetched__an_error_page_is_no_clean_page),
        cmocka_unit_test(test_fetched__a_body_that_is_no_text_is_a_result),
        cmocka_unit_test(test_source__may_come_by_transport),
        cmocka_unit_test(test_source__is_not_had_by_halves),
        cmocka_unit_test(test_rows__one_a_matched_source_each_by_its_own_rule),
        cmocka_unit_test(test_rows__a_source_may_be_added_after_an_audit),
        cmocka_unit_test(test_rows__the_article_twice_is_one_row),
        cmocka_unit_test(
            test_ceiling__more_words_than_are_compared_is_undetermined),
        cmocka_unit_test(test_audit__twice_is_the_same_to_the_byte),
        cmocka_unit_test(test_source__is_judged_the_same_once_its_text_is_gone),
    };

    return cmocka_run_group_tests(tests, make_files, tear_down);
}
