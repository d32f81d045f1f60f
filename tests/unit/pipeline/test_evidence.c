/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every byte range that an audit names holds what the audit says it holds.
 * The page's bytes are decoded here by a routine of the test's own, which
 * shares no code with the program: tags out, references decoded, white space
 * collapsed.
 */
#include "auditing.h"

#include <ctype.h>

/* ---------------------------------------------------- reading the bytes --- */

static const struct {
    const char *name;
    uint32_t code_point;
} references[] = {
    {"amp", '&'},      {"lt", '<'},        {"gt", '>'},      {"quot", '"'},
    {"nbsp", 0xa0},    {"copy", 0xa9},     {"eacute", 0xe9}, {"ndash", 0x2013},
    {"rsquo", 0x2019}, {"hellip", 0x2026},
};

/* Decodes the reference at p, which is at most left long; 0 where none is. */
static size_t decode_reference(struct bylaw__buf *out, const char *p,
                               size_t left)
{
    char name[16] = "";
    size_t len = 0;

    while (len + 1 < left && len < sizeof(name) - 1 &&
           (isalnum((unsigned char)p[len + 1]) || p[len + 1] == '#')) {
        name[len] = p[len + 1];
        len++;
    }
    if (len + 1 >= left || p[len + 1] != ';')
        return 0;
    if (name[0] == '#') {
        bool is_hex = name[1] == 'x' || name[1] == 'X';

        bylaw__buf_add_utf8(out, (uint32_t)strtoul(name + (is_hex ? 2 : 1),
                                                   NULL, is_hex ? 16 : 10));
        return len + 2;
    }
    for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++)
        if (!strcmp(references[i].name, name)) {
            bylaw__buf_add_utf8(out, references[i].code_point);
            return len + 2;
        }
    return 0;
}

/* Tags that stand between words; others may stand inside one. */
static bool parts_words(const char *tag, size_t len)
{
    static const char *const inline_tags[] = {"a",  "b",    "i",   "em",
                                              "u",  "span", "s",   "strong",
                                              "tt", "wbr",  "font"};
    size_t begin = tag[0] == '/' ? 1 : 0, end = begin;

    while (end < len && isalnum((unsigned char)tag[end]))
        end++;
    for (size_t i = 0; i < sizeof(inline_tags) / sizeof(inline_tags[0]); i++)
        if (strlen(inline_tags[i]) == end - begin &&
            !strncasecmp(inline_tags[i], tag + begin, end - begin))
            return false;
    return true;
}

/* Bytes of the tag or comment that begins at p. */
static size_t skip_tag(const char *p, size_t left)
{
    const char *end =
        left > 4 && !strncmp(p, "<!--", 4) ? memmem(p, left, "-->", 3) : NULL;

    if (end)
        return (size_t)(end - p) + 3;
    end = memchr(p, '>', left);
    return end ? (size_t)(end - p) + 1 : left;
}

/* As a reader sees it: white space of any kind and length is one space. */
static void collapse(struct bylaw__buf *out, struct bylaw_span text)
{
    bool wants_space = false;

    for (size_t pos = 0; pos < text.len;) {
        uint32_t cp = bylaw__utf8_next(text, &pos);

        if (cp <= ' ' || cp == 0xa0) {
            wants_space = out->len > 0;
            continue;
        }
        if (wants_space)
            bylaw__buf_add_char(out, ' ');
        wants_space = false;
        bylaw__buf_add_utf8(out, cp);
    }
}

static void decode_html(struct bylaw__buf *out, struct bylaw_span bytes)
{
    struct bylaw__buf raw = {0};

    for (size_t i = 0; i < bytes.len;) {
        const char *p = bytes.ptr + i;
        size_t left = bytes.len - i, used = 0;

        if (*p == '<' && left > 1 &&
            (isalpha((unsigned char)p[1]) || p[1] == '/' || p[1] == '!')) {
            used = skip_tag(p, left);
            if (parts_words(p + 1, used - 1))
                bylaw__buf_add_char(&raw, ' ');
        } else if (*p == '&') {
            used = decode_reference(&raw, p, left);
        } else if (!*p) {
            used = 1; /* a NUL is not there for a reader */
        }
        if (!used)
            bylaw__buf_add_char(&raw, *p);
        i += used ? used : 1;
    }
    collapse(out, bylaw__buf_span(&raw));
    bylaw__buf_release(&raw);
}

/* --------------------------------------------------------------- checks --- */

static struct bylaw_span bytes_of(const struct bylaw_document *document,
                                  struct bylaw_range range)
{
    assert_true(range.begin <= range.end);
    assert_true(range.end <= document->text.len);
    return bylaw__span_sub(document->text, range.begin, range.end);
}

static size_t evidence_count; /* of one page, so that none slips through */

static void check_evidence(const struct bylaw_document *page,
                           const struct bylaw_finding *finding,
                           const struct bylaw_evidence *evidence)
{
    struct bylaw_span bytes = bytes_of(page, evidence->bytes);
    struct bylaw__buf read = {0}, said = {0};

    decode_html(&read, bytes);
    collapse(&said, evidence->text);
    if (!bylaw__span_eq(bylaw__buf_span(&read), bylaw__buf_span(&said)))
        fail_msg("%s: bytes %u-%u read \"%.*s\" (%.*s), not \"%.*s\"",
                 finding->id, evidence->bytes.begin, evidence->bytes.end,
                 (int)read.len, read.ptr, (int)bytes.len, bytes.ptr,
                 (int)said.len, said.ptr);
    evidence_count++;
    bylaw__buf_release(&read);
    bylaw__buf_release(&said);
}

/* The words of those bytes, one space between each. */
static void words_of(struct bylaw__buf *out,
                     const struct bylaw_document *document,
                     struct bylaw_range range, bool is_html)
{
    struct bylaw__buf read = {0};

    if (is_html)
        decode_html(&read, bytes_of(document, range));
    else
        bylaw__buf_add_span(&read, bytes_of(document, range));
    assert_int_equal(bylaw__text_normalise(out, bylaw__buf_span(&read)), 0);
    bylaw__buf_add(out, "", 0);
    bylaw__buf_release(&read);
}

static size_t split(char *text, char **words, size_t most)
{
    size_t count = 0;

    for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) {
        assert_true(count < most);
        words[count++] = word;
    }
    return count;
}

#define MOST_WORDS 2000

/* Words that have to be put in, left out or replaced between the two. */
static size_t word_distance(char *a, char *b)
{
    static char *x[MOST_WORDS], *y[MOST_WORDS];
    static size_t rows[2][MOST_WORDS + 1];
    size_t xs = split(a, x, MOST_WORDS), ys = split(b, y, MOST_WORDS);

    for (size_t k = 0; k <= ys; k++)
        rows[0][k] = k;
    for (size_t i = 1; i <= xs; i++) {
        size_t *above = rows[(i + 1) % 2], *here = rows[i % 2];

        here[0] = i;
        for (size_t k = 1; k <= ys; k++) {
            size_t best = above[k - 1] + (strcmp(x[i - 1], y[k - 1]) != 0);

            best = above[k] + 1 < best ? above[k] + 1 : best;
            here[k] = here[k - 1] + 1 < best ? here[k - 1] + 1 : best;
        }
    }
    return rows[xs % 2][ys];
}

static void check_span(const struct bylaw_audit *audit,
                       const struct bylaw_match_span *span)
{
    struct bylaw__buf page = {0}, source = {0};
    size_t distance;

    words_of(&page, audit->document, span->page, true);
    words_of(&source, audit->rows[0].source->document, span->source, false);
    assert_true(page.len > 0);
    distance = word_distance(page.ptr, source.ptr);
    if (distance > span->edit_distance)
        fail_msg("span %u-%u: %zu words differ, not %u", span->page.begin,
                 span->page.end, distance, span->edit_distance);
    bylaw__buf_release(&page);
    bylaw__buf_release(&source);
}

static size_t count_words(struct bylaw__buf *words)
{
    char *list[MOST_WORDS];

    return split(words->ptr, list, MOST_WORDS);
}

/* The bytes of an edit hold the number of words that the edit speaks of, and
 * what was replaced is not what it was replaced by. */
static void check_edit(const struct bylaw_audit *audit,
                       const struct bylaw_edit *edit)
{
    struct bylaw__buf page = {0}, source = {0};
    bool differ;

    words_of(&page, audit->document, edit->page, true);
    words_of(&source, audit->rows[0].source->document, edit->source, false);
    differ = !bylaw__span_eq(bylaw__buf_span(&page), bylaw__buf_span(&source));
    if (edit->change != BYLAW_CHANGE_PUNCTUATION)
        assert_true(differ);
    if (edit->kind == BYLAW_EDIT_INSERTED)
        assert_int_equal(source.len, 0);
    if (edit->kind == BYLAW_EDIT_DELETED)
        assert_int_equal(page.len, 0);
    assert_int_equal(count_words(&page), edit->page_words);
    assert_int_equal(count_words(&source), edit->source_words);
    bylaw__buf_release(&page);
    bylaw__buf_release(&source);
}

static void check_audit(const struct bylaw_audit *audit)
{
    const struct bylaw_audit_row *row = &audit->rows[0];

    assert_non_null(row->source);
    evidence_count = 0;
    for (size_t i = 0; i < row->judgement->finding_count; i++)
        for (size_t k = 0; k < row->judgement->findings[i].evidence_count; k++)
            check_evidence(audit->document, &row->judgement->findings[i],
                           &row->judgement->findings[i].evidence[k]);
    for (size_t i = 0; i < row->match->span_count; i++)
        check_span(audit, &row->match->spans[i]);
    for (size_t i = 0; i < row->match->edit_count; i++)
        check_edit(audit, &row->match->edits[i]);
}

static bylaw_auditor *auditor;

static int set_up(void **state)
{
    (void)state;
    auditor = new_seeded(NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    bylaw_auditor_free(auditor);
    return 0;
}

static void check_bytes(struct bylaw_span body, const char *type,
                        enum bylaw_verdict want)
{
    struct bylaw_audit *audit = audit_bytes(auditor, body, type);

    check_verdict(audit, want);
    check_audit(audit);
    assert_true(evidence_count >= 3); /* publisher, copyright, link */
    bylaw_audit_free(audit);
}

/* The filled template, with every old exchanged for new. */
static void fill_with(struct bylaw__buf *out, const char *page, const char *old,
                      const char *new_text)
{
    struct bylaw__buf filled = {0};
    struct bylaw_span rest;

    fill(&filled, page, bylaw_auditor_source(auditor, 0));
    rest = bylaw__buf_span(&filled);
    for (;;) {
        size_t hit =
            old ? bylaw__span_find(rest, bylaw__span_of(old)) : SIZE_MAX;

        bylaw__buf_add_span(out, bylaw__span_sub(rest, 0, hit));
        if (hit == SIZE_MAX)
            break;
        bylaw__buf_add_text(out, new_text);
        rest = bylaw__span_sub(rest, hit + strlen(old), rest.len);
    }
    bylaw__buf_release(&filled);
}

static void check_page(const char *page, const char *old, const char *new_text,
                       enum bylaw_verdict want)
{
    struct bylaw__buf body = {0};

    fill_with(&body, page, old, new_text);
    check_bytes(bylaw__buf_span(&body), "text/html", want);
    bylaw__buf_release(&body);
}

#define HEAD                                                                   \
    "<!doctype html>\n<html lang=en><head><title>Japan to Open NATO Liaison "  \
    "Office</title></head><body>\n<main><h1>Japan to Open NATO Liaison "       \
    "Office</h1>\n"
#define TAIL  "</main><footer>Run by volunteers.</footer></body></html>\n"
#define PLAIN HEAD "<!--bylaw:article-->\n" CREDIT TAIL

static void test_evidence__of_a_plain_page(void **state)
{
    (void)state;
    check_page(PLAIN, NULL, NULL, BYLAW_VERDICT_COMPLIANT);
}

static void test_evidence__through_character_references(void **state)
{
    (void)state;
    check_page(PLAIN, "Tokyo", "T&#111;k&#x79;o", BYLAW_VERDICT_COMPLIANT);
    check_page(PLAIN, " the ", " t&#x68;e&nbsp;", BYLAW_VERDICT_COMPLIANT);
    check_page(HEAD "<!--bylaw:article--><p>Source:&nbsp;<a href=\"" ARTICLE
                    "\">Global&nbsp;Rese&#97;rch</a> &ndash; Copyright &copy; "
                    "Ahmed&nbsp;Adel, InfoBrics&hellip;</p>" TAIL,
               NULL, NULL, BYLAW_VERDICT_COMPLIANT);
}

static void test_evidence__through_inline_tags(void **state)
{
    (void)state;
    check_page(HEAD
               "<!--bylaw:article--><p>So<b>ur<i>ce</i></b>: <a href=\"" ARTICLE
               "\"><span>Glo<em>bal</em></span> <b>Research</b>"
               "</a>. <!-- not shown > here --> Copy<wbr>right © <u>Ahmed "
               "<b>Adel</b></u>, Info<font color=red>Brics</font>.</p>" TAIL,
               NULL, NULL, BYLAW_VERDICT_COMPLIANT);
    check_page(PLAIN, "NATO", "<b>NA</b><i>TO</i>", BYLAW_VERDICT_COMPLIANT);
}

static void test_evidence__through_line_breaks_of_any_kind(void **state)
{
    (void)state;
    check_page(PLAIN, " ", "\r\n\t ", BYLAW_VERDICT_COMPLIANT);
    check_page(PLAIN, "\n", "\r", BYLAW_VERDICT_COMPLIANT);
}

static void test_evidence__behind_a_byte_order_mark(void **state)
{
    struct bylaw__buf body = {0};

    (void)state;
    bylaw__buf_add_text(&body, "\xef\xbb\xbf");
    fill_with(&body, PLAIN, NULL, NULL);
    check_bytes(bylaw__buf_span(&body), "text/html", BYLAW_VERDICT_COMPLIANT);
    bylaw__buf_release(&body);
}

static void test_evidence__among_nul_bytes(void **state)
{
    struct bylaw__buf filled = {0}, body = {0};

    (void)state;
    fill_with(&filled, PLAIN, NULL, NULL);
    for (size_t i = 0; i < filled.len; i++) {
        bylaw__buf_add_char(&body, filled.ptr[i]);
        if (i > 200 && filled.ptr[i] == ' ' && i % 3 == 0 &&
            bylaw__is_alpha(filled.ptr[i + 1]) &&
            bylaw__is_alpha(filled.ptr[i - 1]))
            bylaw__buf_add_char(&body, '\0');
    }
    assert_true(memchr(body.ptr, 0, body.len) != NULL);
    check_bytes(bylaw__buf_span(&body), "text/html", BYLAW_VERDICT_COMPLIANT);
    bylaw__buf_release(&filled);
    bylaw__buf_release(&body);
}

/* Latin 1 as one byte each; windows-1252 agrees with it where © is. */
static void test_evidence__in_windows_1252(void **state)
{
    struct bylaw__buf filled = {0}, body = {0};

    (void)state;
    fill_with(&filled, PLAIN, "<head>", "<head><meta charset=windows-1252>");
    for (size_t pos = 0; pos < filled.len;) {
        uint32_t cp = bylaw__utf8_next(bylaw__buf_span(&filled), &pos);

        bylaw__buf_add_char(&body, cp < 0x100 ? (char)cp : '?');
    }
    assert_non_null(memchr(body.ptr, 0xa9, body.len));
    check_bytes(bylaw__buf_span(&body), "text/html", BYLAW_VERDICT_COMPLIANT);
    bylaw__buf_release(&filled);
    bylaw__buf_release(&body);
}

static void check_utf16(bool is_big)
{
    struct bylaw__buf filled = {0}, body = {0};

    fill_with(&filled, PLAIN, NULL, NULL);
    bylaw__buf_add(&body, is_big ? "\xfe\xff" : "\xff\xfe", 2);
    for (size_t pos = 0; pos < filled.len;) {
        uint32_t cp = bylaw__utf8_next(bylaw__buf_span(&filled), &pos);
        char high = (char)(cp >> 8), low = (char)cp;

        bylaw__buf_add_char(&body, is_big ? high : low);
        bylaw__buf_add_char(&body, is_big ? low : high);
    }
    check_bytes(bylaw__buf_span(&body), "text/html", BYLAW_VERDICT_COMPLIANT);
    bylaw__buf_release(&filled);
    bylaw__buf_release(&body);
}

static void test_evidence__in_utf_16(void **state)
{
    (void)state;
    check_utf16(false);
    check_utf16(true);
}

static void test_evidence__of_malformed_html(void **state)
{
    (void)state;
    check_page("<h1>Japan to Open NATO Liaison Office</h1><b><p><i>"
               "<!--bylaw:article--></b><p>Source: <a href='" ARTICLE
               "'>Global Research<p></i>Copyright © Ahmed Adel, InfoBrics",
               NULL, NULL, BYLAW_VERDICT_COMPLIANT);
    check_page(PLAIN, "</p>", "", BYLAW_VERDICT_COMPLIANT);
    check_page(PLAIN, "</main>", "</div></span></main>",
               BYLAW_VERDICT_COMPLIANT);
}

static void test_evidence__of_a_link_in_part(void **state)
{
    (void)state;
    check_page(HEAD "<!--bylaw:article--><p>Source: <a href=\"#\">Global "
                    "Research</a>, Copyright © Ahmed Adel, InfoBrics.</p>" TAIL,
               NULL, NULL, BYLAW_VERDICT_NOT_MET);
    check_page(HEAD "<!--bylaw:article--><p>Source: <a href=\"https://www."
                    "globalresearch.ca/\">Global Research</a>, Copyright © "
                    "Ahmed Adel, InfoBrics.</p>" TAIL,
               NULL, NULL, BYLAW_VERDICT_INCOMPLETE);
    check_page(HEAD "<!--bylaw:article--><p>Source: Global Research, " ARTICLE
                    " . Copyright © Ahmed Adel, InfoBrics.</p>" TAIL,
               NULL, NULL, BYLAW_VERDICT_INCOMPLETE);
}

static void test_edits__hold_the_words_they_speak_of(void **state)
{
    struct bylaw_audit *audit = audit_filled(
        auditor, HEAD
        "<!--bylaw:article 1-4 | Ukraine => the Black Sea region | "
        "Hayashi => the minister | not => hardly ever-->"
        "<p>Here the editors add a paragraph of their own that nobody at "
        "the publisher has written and that says something else.</p>"
        "<!--bylaw:article 6-99 | Tokyo => Edo | China => -->" CREDIT TAIL);

    (void)state;
    assert_true(audit->rows[0].match->edit_count >= 4);
    check_audit(audit);
    bylaw_audit_free(audit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_evidence__of_a_plain_page),
        cmocka_unit_test(test_evidence__through_character_references),
        cmocka_unit_test(test_evidence__through_inline_tags),
        cmocka_unit_test(test_evidence__through_line_breaks_of_any_kind),
        cmocka_unit_test(test_evidence__behind_a_byte_order_mark),
        cmocka_unit_test(test_evidence__among_nul_bytes),
        cmocka_unit_test(test_evidence__in_windows_1252),
        cmocka_unit_test(test_evidence__in_utf_16),
        cmocka_unit_test(test_evidence__of_malformed_html),
        cmocka_unit_test(test_evidence__of_a_link_in_part),
        cmocka_unit_test(test_edits__hold_the_words_they_speak_of),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
