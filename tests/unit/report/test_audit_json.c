/* SPDX-License-Identifier: Apache-2.0 */
/* The report for programs: structure, types and nulls, read by jansson. */
#include "audits.h"

#include <jansson.h>

/* The value that the bytes are; fails where they are none. */
static json_t *parse(const char *bytes, size_t len)
{
    json_error_t why;
    json_t *value =
        json_loadb(bytes, len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);

    if (!value)
        fail_msg("%s in %.*s", why.text, (int)len, bytes);
    return value;
}

static json_t *json_of(const struct made *m)
{
    struct bylaw__buf out = {0};
    json_t *value;

    bylaw__report_audit_json(&out, &m->audit);
    assert_false(out.failed);
    assert_int_equal(out.ptr[out.len - 1], '\n');
    assert_null(memchr(out.ptr, '\n', out.len - 1)); /* one row, one line */
    value = parse(out.ptr, out.len);
    bylaw__buf_release(&out);
    return value;
}

/* The member at a path such as "page.url" or "findings.0.id". */
static json_t *at(json_t *value, const char *path)
{
    char name[64];
    const char *p = path;

    while (value && *p) {
        size_t len = strcspn(p, ".");

        assert_true(len < sizeof(name));
        memcpy(name, p, len);
        name[len] = '\0';
        value = json_is_array(value)
                    ? json_array_get(value, strtoul(name, NULL, 10))
                    : json_object_get(value, name);
        p += len + (p[len] == '.');
    }
    if (!value)
        fail_msg("there is no %s", path);
    return value;
}

static void check_text(json_t *root, const char *path, const char *want)
{
    json_t *value = at(root, path);

    if (want)
        assert_string_equal(json_string_value(value), want);
    else if (!json_is_null(value))
        fail_msg("%s is not null", path);
}

static void check_int(json_t *root, const char *path, int want)
{
    assert_true(json_is_integer(at(root, path)));
    assert_int_equal(json_integer_value(at(root, path)), want);
}

static void test_json__has_all_that_programs_rely_on(void **state)
{
    struct made m;
    json_t *root;

    (void)state;
    make_audit(&m);
    root = json_of(&m);
    check_text(root, "schema", "bylaw.audit/1");
    check_text(root, "page.url", "http://copy.example/a");
    check_text(root, "page.final_url", "http://copy.example/a");
    check_int(root, "page.status", 200);
    check_text(root, "page.fetched_at", "2023-11-14T22:13:20Z");
    check_text(root, "page.title", "A Copy");
    assert_true(json_is_true(at(root, "page.complete")));
    assert_int_equal(json_array_size(at(root, "page.incomplete_because")), 0);
    check_text(root, "source.id", "the-article");
    check_text(root, "source.url", NULL);
    check_text(root, "source.rule", "wire-rule");
    check_text(root, "source.ancestor", "self");
    check_text(root, "match.class", "full");
    assert_true(json_real_value(at(root, "match.source_coverage")) == 0.9877);
    check_int(root, "match.copied_words", 812);
    check_int(root, "match.spans.0.source.1", 500);
    check_int(root, "match.spans.0.page.0", 900);
    check_int(root, "match.spans.0.edit_distance", 2);
    check_text(root, "match.edits.0.kind", "replaced");
    assert_true(json_is_false(at(root, "match.edits.0.permitted")));
    check_text(root, "verdict", "not-met");
    check_text(root, "because", "The page has no link to the article.");
    check_int(root, "severity", 3);
    check_text(root, "confidence", "high");
    check_text(root, "rule.version", "0123456789abcdef");
    json_decref(root);
}

static void test_json__findings_carry_evidence_and_fix(void **state)
{
    struct made m;
    json_t *root;

    (void)state;
    make_audit(&m);
    root = json_of(&m);
    check_text(root, "findings.0.id", "link.original");
    check_text(root, "findings.0.force", "must");
    check_text(root, "findings.0.basis", "licence");
    check_text(root, "findings.0.outcome", "fail");
    check_text(root, "findings.0.why", "The credit link leads nowhere.");
    check_text(root, "findings.0.evidence.0.zone", "credit");
    check_int(root, "findings.0.evidence.0.bytes.0", 100);
    check_int(root, "findings.0.evidence.0.bytes.1", 120);
    check_text(root, "findings.0.evidence.0.text", "Source: The Wire");
    check_text(root, "findings.0.evidence.0.href", "#");
    check_text(root, "findings.0.evidence.1.href", NULL);
    check_text(root, "findings.0.fix",
               "<a href=\"https://wire.example/a\">The Wire</a>");
    json_decref(root);
}

/* An empty address was written there; no address is another thing. */
static void test_json__an_empty_href_is_not_null(void **state)
{
    struct made m;
    json_t *root;

    (void)state;
    make_audit(&m);
    m.evidence[0].href = BYLAW__SPAN("");
    root = json_of(&m);
    check_text(root, "findings.0.evidence.0.href", "");
    json_decref(root);
}

static void test_json__what_the_judge_permits_is_permitted(void **state)
{
    struct made m;
    struct bylaw_edit judged;
    json_t *root;

    (void)state;
    make_audit(&m);
    judged = m.edit;
    judged.is_permitted = true;
    m.judgement.edits = &judged;
    m.judgement.edit_count = 1;
    root = json_of(&m);
    assert_true(json_is_true(at(root, "match.edits.0.permitted")));
    json_decref(root);
}

static void test_json__of_no_source_says_null_and_none(void **state)
{
    struct made m;
    json_t *root;

    (void)state;
    make_audit(&m);
    forget_source(&m);
    m.judgement.verdict = BYLAW_VERDICT_NOT_APPLICABLE;
    root = json_of(&m);
    check_text(root, "source", NULL);
    check_text(root, "rule", NULL);
    check_text(root, "match.class", "none");
    check_text(root, "verdict", "not-applicable");
    assert_int_equal(json_array_size(at(root, "findings")), 0);
    json_decref(root);
}

static void test_json__of_a_refusal_names_it(void **state)
{
    static const struct bylaw_hop hops[] = {
        {"http://a.example/", 301, "192.0.2.1", NULL},
        {"http://b.example/", 0, NULL, NULL},
    };
    static const char *const reasons[] = {"no answer"};
    struct made m;
    json_t *root;

    (void)state;
    make_audit(&m);
    forget_source(&m);
    m.audit.document = NULL;
    m.audit.is_complete = false;
    m.audit.incomplete_because = reasons;
    m.audit.incomplete_count = 1;
    m.response.status = 0;
    m.response.final_url = "";
    m.response.hops = hops;
    m.response.hop_count = 2;
    bylaw__fail(&m.response.refusal, BYLAW_ENETWORK, "fetch.connect", "", "x");
    m.judgement.verdict = BYLAW_VERDICT_UNDETERMINED;
    root = json_of(&m);
    check_text(root, "page.refusal", "fetch.connect");
    check_text(root, "page.final_url", NULL);
    check_text(root, "page.sha256", NULL);
    check_text(root, "page.title", NULL);
    check_int(root, "page.status", 0);
    assert_true(json_is_false(at(root, "page.complete")));
    check_text(root, "page.incomplete_because.0", "no answer");
    check_int(root, "page.redirects.0.status", 301);
    check_text(root, "page.redirects.1.address", NULL);
    json_decref(root);
}

static void test_json__is_one_object_a_row(void **state)
{
    struct bylaw__buf out = {0};
    struct made m;
    const char *second;

    (void)state;
    make_audit(&m);
    m.rows[1] = m.rows[0];
    m.audit.row_count = 2;
    bylaw__report_audit_json(&out, &m.audit);
    second = strchr(out.ptr, '\n') + 1;
    json_decref(parse(out.ptr, (size_t)(second - out.ptr)));
    json_decref(parse(second, strlen(second)));
    bylaw__buf_release(&out);
}

static void test_json__hostile_text_comes_back_as_it_was(void **state)
{
    static const char hostile[] =
        "\x1b[31m\"}{\\\n\xe2\x80\xae\xe2\x80\xa8<script>";
    struct bylaw__buf out = {0};
    struct made m;
    json_t *root;

    (void)state;
    make_audit(&m);
    m.response.url = m.document.title = m.source.title = hostile;
    m.judgement.because = m.judgement.fix = m.finding.why = hostile;
    m.evidence[0].text = (struct bylaw_span){hostile, sizeof(hostile)};
    root = json_of(&m);
    check_text(root, "page.title", hostile);
    check_text(root, "because", hostile);
    assert_int_equal(json_string_length(at(root, "findings.0.evidence.0.text")),
                     sizeof(hostile)); /* its NUL included */
    json_decref(root);
    bylaw__report_audit_json(&out, &m.audit);
    assert_null(memchr(out.ptr, 0x1b, out.len));
    assert_null(strstr(out.ptr, "\xe2\x80\xae"));
    bylaw__buf_release(&out);
}

static void test_json__the_same_audit_gives_the_same_bytes(void **state)
{
    struct bylaw__buf a = {0}, b = {0};
    struct made m;

    (void)state;
    make_audit(&m);
    bylaw__report_audit_json(&a, &m.audit);
    make_audit(&m);
    bylaw__report_audit_json(&b, &m.audit);
    assert_true(bylaw__span_eq(bylaw__buf_span(&a), bylaw__buf_span(&b)));
    bylaw__buf_release(&a);
    bylaw__buf_release(&b);
}

static void test_error_json__has_the_hint(void **state)
{
    struct bylaw__buf out = {0};
    struct bylaw_error err;
    json_t *root;

    (void)state;
    bylaw__fail(&err, BYLAW_EIO, "file.directory", "x", "is a \"directory\"");
    bylaw__report_error_json(&out, &err);
    root = parse(out.ptr, out.len);
    check_text(root, "schema", "bylaw.error/1");
    check_text(root, "id", "file.directory");
    check_text(root, "code", "EIO");
    check_text(root, "what", "is a \"directory\"");
    check_text(root, "hint", bylaw_diagnostic_find("file.directory")->hint);
    json_decref(root);
    bylaw__buf_release(&out);
}

static void test_document_json__holds_blocks_links_and_facts(void **state)
{
    static const struct bylaw_block block = {.bytes = {3, 9},
                                             .text = {"words", 5},
                                             .tag = "p",
                                             .zone = BYLAW_ZONE_BODY,
                                             .zone_why = "main element",
                                             .link_count = 1,
                                             .is_main = true};
    static const struct bylaw_link link = {.href = {"#", 1},
                                           .element = "a",
                                           .kind = BYLAW_LINK_FRAGMENT,
                                           .rel = BYLAW_REL_NOFOLLOW |
                                                  BYLAW_REL_UGC,
                                           .block = UINT32_MAX};
    static const struct bylaw_meta meta = {.key = BYLAW_META_AUTHOR,
                                           .value = {"A", 1},
                                           .origin = "meta"};
    struct bylaw_document document = {.title = "T",
                                      .language = "",
                                      .charset = "utf-8",
                                      .url = "",
                                      .blocks = &block,
                                      .block_count = 1,
                                      .links = &link,
                                      .link_count = 1,
                                      .metas = &meta,
                                      .meta_count = 1};
    struct bylaw__buf out = {0};
    json_t *root;

    (void)state;
    bylaw__report_document_json(&out, &document, NULL);
    root = parse(out.ptr, out.len);
    check_text(root, "schema", "bylaw.document/1");
    check_text(root, "blocks.0.text", "words");
    check_text(root, "blocks.0.zone", "body");
    check_int(root, "blocks.0.bytes.1", 9);
    check_int(root, "blocks.0.links.0", 0);
    check_text(root, "links.0.kind", "fragment");
    check_text(root, "links.0.rel.1", "ugc");
    check_text(root, "links.0.block", NULL);
    check_text(root, "metadata.0.key", "author");
    json_decref(root);
    bylaw__buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json__has_all_that_programs_rely_on),
        cmocka_unit_test(test_json__findings_carry_evidence_and_fix),
        cmocka_unit_test(test_json__an_empty_href_is_not_null),
        cmocka_unit_test(test_json__what_the_judge_permits_is_permitted),
        cmocka_unit_test(test_json__of_no_source_says_null_and_none),
        cmocka_unit_test(test_json__of_a_refusal_names_it),
        cmocka_unit_test(test_json__is_one_object_a_row),
        cmocka_unit_test(test_json__hostile_text_comes_back_as_it_was),
        cmocka_unit_test(test_json__the_same_audit_gives_the_same_bytes),
        cmocka_unit_test(test_error_json__has_the_hint),
        cmocka_unit_test(test_document_json__holds_blocks_links_and_facts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
