/* SPDX-License-Identifier: Apache-2.0 */
/* Pages, sources and rules made by hand, so that the judge is tested alone. */
#ifndef BYLAW_TEST_JUDGE_FIXTURES_H
#define BYLAW_TEST_JUDGE_FIXTURES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "judge/judge.h"

#define PAGE_BYTES 16384
#define PAGE_ITEMS 48
#define PIECES     24

/* The article: where it stands, who wrote it, where it was taken from. */
#define ARTICLE  "https://www.globalresearch.ca/japan-open-nato-office/5819349"
#define HOME     "https://www.globalresearch.ca/"
#define UPSTREAM "https://infobrics.org/"
#define TITLE    "Japan to Open NATO Liaison Office"
#define COPIED                                                                 \
    "Japanese Foreign Minister Yoshimasa Hayashi announced that his country "  \
    "is considering opening a liaison office in the capital next year."

struct page {
    char html[PAGE_BYTES];
    size_t html_len;
    char text[PAGE_BYTES]; /* decoded text of all blocks */
    size_t text_len;
    char urls[PAGE_BYTES];
    size_t urls_len;
    struct bylaw_block blocks[PAGE_ITEMS];
    struct bylaw__place places[PAGE_ITEMS];
    struct bylaw__textmap maps[PAGE_ITEMS][PIECES];
    struct bylaw_link links[PAGE_ITEMS];
    enum bylaw_zone link_zones[PAGE_ITEMS];
    struct bylaw_meta metas[PAGE_ITEMS];
    struct bylaw_match_span spans[PAGE_ITEMS];
    struct bylaw_edit edits[PAGE_ITEMS];
    struct bylaw_document document;
    struct bylaw__placement placement;
    struct bylaw_match match;
    struct bylaw_source source;
    struct bylaw_rule rule;
    struct bylaw_term terms[PAGE_ITEMS];
    struct bylaw__case c;
};

static const struct bylaw_phrase phrases[] = {
    {"en", BYLAW_PHRASE_ORIGINAL, "originally published", true},
    {"en", BYLAW_PHRASE_ORIGINAL, "first published", true},
    {"en", BYLAW_PHRASE_ORIGINAL, "the original source of this article is",
     true},
    {"en", BYLAW_PHRASE_FEED, "the post {title} appeared first on", true},
    {"en", BYLAW_PHRASE_SOURCE, "source", true},
    {"en", BYLAW_PHRASE_REPUBLISHED, "republished from", true},
    {"en", BYLAW_PHRASE_AUTHOR, "by", true},
    {"en", BYLAW_PHRASE_COPYRIGHT, "copyright", true},
    {"en", BYLAW_PHRASE_COPYRIGHT, "all rights reserved", true},
    {"en", BYLAW_PHRASE_CHANGED, "edited", true},
    {"en", BYLAW_PHRASE_LICENCE, "licensed under", true},
    {"en", BYLAW_PHRASE_PERMISSION, "republished with permission", true},
    {"en", BYLAW_PHRASE_CONTINUE, "continue reading", true},
    {"en", BYLAW_PHRASE_PAYWALL, "subscribe to read", true},
    {"en", BYLAW_PHRASE_PARTNER, "in partnership with", true},
};

static const char *const authors[] = {"Ahmed Adel"};
static const char *const holders[] = {"Ahmed Adel", "InfoBrics"};
static const char *const domains[] = {"globalresearch.ca"};
static const struct bylaw_name names[] = {
    {.language = "en", .text = "Global Research"},
    {.language = "en", .text = "Centre for Research on Globalization"},
};

/** A page without a word, the seed source, a rule without a term. */
static void page_start(struct page *p)
{
    memset(p, 0, sizeof(*p));
    p->source.id = "japan-nato";
    p->source.url = ARTICLE;
    p->source.title = TITLE;
    p->source.authors = authors;
    p->source.author_count = 1;
    p->source.publisher = "Global Research";
    p->source.published = "2023-05-16";
    p->source.holders = holders;
    p->source.holder_count = 2;
    p->rule.id = "global-research";
    p->rule.status = "verified";
    p->rule.domains = domains;
    p->rule.domain_count = 1;
    p->rule.names = names;
    p->rule.name_count = 2;
    p->rule.terms = p->terms;
    p->match.class = BYLAW_MATCH_FULL;
    p->match.source_coverage = p->match.page_coverage = 0.95;
    p->match.spans = p->spans;
    p->match.edits = p->edits;
    p->document.blocks = p->blocks;
    p->document.links = p->links;
    p->document.metas = p->metas;
    p->document.url = p->document.title = p->document.language = "";
    p->document.is_complete = true;
    p->placement.blocks = p->places;
    p->placement.link_zones = p->link_zones;
    p->c = (struct bylaw__case){
        .document = &p->document,
        .placement = &p->placement,
        .match = &p->match,
        .source = &p->source,
        .rule = &p->rule,
        .phrases = phrases,
        .phrase_count = sizeof(phrases) / sizeof(phrases[0]),
        .page_url = "https://blog.example/japan",
        .is_complete = true,
    };
}

static void put_html(struct page *p, const char *text, size_t len)
{
    assert_true(p->html_len + len < PAGE_BYTES);
    memcpy(p->html + p->html_len, text, len);
    p->html_len += len;
}

static const char *keep(struct page *p, const char *text, size_t len)
{
    char *kept = p->urls + p->urls_len;

    assert_true(p->urls_len + len + 1 < PAGE_BYTES);
    memcpy(kept, text, len);
    kept[len] = '\0';
    p->urls_len += len + 1;
    return kept;
}

/* Text of the block that is the page's own bytes, one piece of its map. */
static void put_piece(struct page *p, struct bylaw_block *block, size_t start,
                      const char *text, size_t len)
{
    struct bylaw__textmap *piece =
        &p->maps[p->document.block_count][block->map_count];

    if (!len)
        return;
    assert_true(block->map_count < PIECES);
    piece->text_off = (uint32_t)(p->text_len - start);
    piece->text_len = piece->page_len = (uint32_t)len;
    piece->page_off = (uint32_t)p->html_len;
    block->map_count++;
    memcpy(p->text + p->text_len, text, len);
    p->text_len += len;
    put_html(p, text, len);
}

static enum bylaw_link_kind kind_of(const char *href)
{
    if (!*href)
        return BYLAW_LINK_EMPTY;
    if (*href == '#')
        return BYLAW_LINK_FRAGMENT;
    return !strncmp(href, "javascript:", 11) ? BYLAW_LINK_SCRIPT
                                             : BYLAW_LINK_REAL;
}

/* A link's mark "|x" after its address says what is odd about it. */
static void mark_link(struct bylaw_link *link, const char *mark)
{
    link->visibility = BYLAW_VISIBILITY_VISIBLE;
    link->visibility_why = "";
    if (!strncmp(mark, "nofollow", 8))
        link->rel |= BYLAW_REL_NOFOLLOW;
    if (!strncmp(mark, "hidden", 6)) {
        link->visibility = BYLAW_VISIBILITY_HIDDEN_INLINE;
        link->visibility_why = "display:none on the element";
    }
    if (!strncmp(mark, "doubtful", 8)) {
        link->visibility = BYLAW_VISIBILITY_UNKNOWN;
        link->visibility_why = "a script shows it";
    }
}

/* text and href are "[text](href|mark)" taken apart. */
static void put_link(struct page *p, struct bylaw_block *block, size_t start,
                     const char *text, size_t text_len, const char *href,
                     size_t href_len)
{
    size_t number = p->document.link_count++;
    struct bylaw_link *link = &p->links[number];
    const char *mark = memchr(href, '|', href_len);
    size_t url_len = mark ? (size_t)(mark - href) : href_len;

    link->bytes.begin = (uint32_t)p->html_len;
    put_html(p, "<a href=\"", 9);
    link->href_bytes.begin = (uint32_t)p->html_len;
    put_html(p, href, url_len);
    link->href_bytes.end = (uint32_t)p->html_len;
    put_html(p, "\">", 2);
    link->text = (struct bylaw_span){p->text + p->text_len, text_len};
    put_piece(p, block, start, text, text_len);
    put_html(p, "</a>", 4);
    link->bytes.end = (uint32_t)p->html_len;
    link->href = (struct bylaw_span){keep(p, href, url_len), url_len};
    link->kind = kind_of(link->href.ptr);
    link->url = link->kind == BYLAW_LINK_REAL ? link->href.ptr : NULL;
    link->element = "a";
    link->zone = block->zone;
    link->block = (uint32_t)p->document.block_count;
    mark_link(link, mark ? mark + 1 : "");
    p->link_zones[number] = block->zone;
    block->link_count++;
}

static size_t count_spaces(struct bylaw_span text)
{
    size_t spaces = 0;

    for (size_t i = 0; i < text.len; i++)
        spaces += text.ptr[i] == ' ';
    return spaces;
}

/**
 * A block; "[text](href)" in it is a link, "[text](href|hidden)" a hidden one
 * ("doubtful", "nofollow" likewise). Returned for further change.
 */
static struct bylaw_block *add(struct page *p, enum bylaw_zone zone,
                               const char *text)
{
    struct bylaw_block *block = &p->blocks[p->document.block_count];
    size_t start = p->text_len;

    assert_true(p->document.block_count < PAGE_ITEMS);
    put_html(p, "<p>", 3);
    block->zone = zone;
    block->visibility = BYLAW_VISIBILITY_VISIBLE;
    block->visibility_why = block->zone_why = "";
    block->tag = "p";
    block->first_link = (uint32_t)p->document.link_count;
    block->bytes.begin = (uint32_t)p->html_len;
    while (*text) {
        const char *open = strchr(text, '['), *middle, *close;

        middle = open ? strstr(open, "](") : NULL;
        close = middle ? strchr(middle, ')') : NULL;
        if (!close) {
            put_piece(p, block, start, text, strlen(text));
            break;
        }
        put_piece(p, block, start, text, (size_t)(open - text));
        put_link(p, block, start, open + 1, (size_t)(middle - open - 1),
                 middle + 2, (size_t)(close - middle - 2));
        text = close + 1;
    }
    block->bytes.end = (uint32_t)p->html_len;
    block->text = (struct bylaw_span){p->text + start, p->text_len - start};
    block->words = (uint32_t)count_spaces(block->text) + 1;
    block->map = p->maps[p->document.block_count];
    put_html(p, "</p>\n", 5);
    p->document.block_count++;
    return block;
}

/** A block that hides itself from readers. */
static inline void add_hidden(struct page *p, enum bylaw_zone zone,
                              const char *text)
{
    struct bylaw_block *block = add(p, zone, text);

    block->visibility = BYLAW_VISIBILITY_HIDDEN_STYLE;
    block->visibility_why = "display:none in a style sheet";
    for (uint32_t i = 0; i < block->link_count; i++)
        p->links[block->first_link + i].visibility =
            BYLAW_VISIBILITY_HIDDEN_STYLE;
}

static inline void add_doubtful(struct page *p, enum bylaw_zone zone,
                                const char *text)
{
    add(p, zone, text)->visibility = BYLAW_VISIBILITY_UNKNOWN;
}

/** A block of the copied text. */
static void add_copied(struct page *p, const char *text)
{
    size_t number = p->document.block_count;
    struct bylaw_match_span *span = &p->spans[p->match.span_count++];

    span->page = add(p, BYLAW_ZONE_BODY, text)->bytes;
    span->source = span->page;
    p->places[number].copied = 1.0;
}

/** The article's body: enough copied blocks that its middle is no edge. */
static inline void add_article(struct page *p)
{
    for (int i = 0; i < 12; i++)
        add_copied(p, COPIED);
}

/** A picture whose alternative text says something; stands in no block. */
static inline void add_picture(struct page *p, const char *alt)
{
    struct bylaw_link *link = &p->links[p->document.link_count];

    p->link_zones[p->document.link_count++] = BYLAW_ZONE_UNKNOWN;
    link->element = "img";
    link->bytes.begin = (uint32_t)p->html_len;
    put_html(p, alt, strlen(alt));
    link->bytes.end = (uint32_t)p->html_len;
    link->text = bylaw__span_of(alt);
    link->visibility = BYLAW_VISIBILITY_VISIBLE;
    link->visibility_why = "";
    link->block = UINT32_MAX;
}

/** An element that is loaded or read by machines: "img", "script", "link"... */
static inline struct bylaw_link *add_element(struct page *p,
                                             const char *element,
                                             const char *url,
                                             enum bylaw_zone zone)
{
    size_t number = p->document.link_count++;
    struct bylaw_link *link = &p->links[number];

    p->link_zones[number] = link->zone = zone;
    link->element = element;
    link->bytes.begin = (uint32_t)p->html_len;
    put_html(p, "<img src=\"", 10);
    put_html(p, url, strlen(url));
    put_html(p, "\">", 2);
    link->bytes.end = (uint32_t)p->html_len;
    link->href = bylaw__span_of(url);
    link->kind = BYLAW_LINK_REAL;
    link->url = url;
    link->text = bylaw__span_of("");
    link->visibility = BYLAW_VISIBILITY_VISIBLE;
    link->visibility_why = "";
    link->block = UINT32_MAX;
    return link;
}

/** Markup that no block or link is made of. */
static inline void add_raw(struct page *p, const char *html)
{
    put_html(p, html, strlen(html));
}

static inline void add_meta(struct page *p, enum bylaw_meta_key key,
                            const char *value)
{
    struct bylaw_meta *meta = &p->metas[p->document.meta_count++];

    meta->key = key;
    meta->origin = "json-ld";
    meta->bytes.begin = (uint32_t)p->html_len;
    put_html(p, value, strlen(value));
    meta->bytes.end = (uint32_t)p->html_len;
    meta->value = bylaw__span_of(value);
}

static struct bylaw_term *add_term(struct page *p, const char *id,
                                   enum bylaw_force force)
{
    struct bylaw_term *term = &p->terms[p->rule.term_count++];

    term->kind =
        strncmp(id, "no.", 3) ? BYLAW_TERM_DUTY : BYLAW_TERM_PROHIBITION;
    term->id = id;
    term->force = force;
    term->basis = BYLAW_BASIS_LICENCE;
    term->severity = 3;
    return term;
}

static inline void must(struct page *p, const char *id)
{
    add_term(p, id, BYLAW_FORCE_MUST);
}

/** A must duty with one parameter. */
static inline void must_with(struct page *p, const char *id,
                             const struct bylaw_param *param)
{
    struct bylaw_term *term = add_term(p, id, BYLAW_FORCE_MUST);

    term->params = param;
    term->param_count = 1;
}

/** A must duty with as many parameters as it takes. */
static inline void must_so(struct page *p, const char *id,
                           const struct bylaw_param *params, size_t count)
{
    struct bylaw_term *term = add_term(p, id, BYLAW_FORCE_MUST);

    term->params = params;
    term->param_count = count;
}

static inline void incomplete(struct page *p)
{
    static const char *const because[] = {"the body was cut short"};

    p->c.is_complete = p->document.is_complete = false;
    p->c.incomplete_because = because;
    p->c.incomplete_count = 1;
}

/* Sides and distances as seen from the copied blocks. */
static void place_blocks(struct page *p)
{
    size_t count = p->document.block_count, first = count, last = 0;

    for (size_t i = 0; i < count; i++)
        if (p->places[i].copied > 0) {
            first = i < first ? i : first;
            last = i;
        }
    for (size_t i = 0; i < count; i++) {
        struct bylaw__place *place = &p->places[i];

        place->zone = p->blocks[i].zone;
        place->is_article = place->zone == BYLAW_ZONE_BODY;
        place->side = i < first  ? BYLAW__SIDE_BEFORE
                      : i > last ? BYLAW__SIDE_AFTER
                                 : BYLAW__SIDE_INSIDE;
        place->distance = (uint32_t)(i < first  ? first - i
                                     : i > last ? i - last
                                                : 0);
    }
}

static struct bylaw_judgement *judge_page(struct page *p)
{
    struct bylaw_judgement *judgement = NULL;
    struct bylaw_error err = {0};

    place_blocks(p);
    p->document.text = (struct bylaw_span){p->html, p->html_len};
    assert_int_equal(bylaw__judge(&judgement, &p->c, &err), 0);
    return judgement;
}

static const struct bylaw_finding *
finding_of(const struct bylaw_judgement *judgement, const char *id)
{
    for (size_t i = 0; i < judgement->finding_count; i++)
        if (!strcmp(judgement->findings[i].id, id))
            return &judgement->findings[i];
    fail_msg("no finding %s", id);
    return NULL;
}

static bool is_sentence(const char *text)
{
    return text && strlen(text) > 10 && text[strlen(text) - 1] == '.' &&
           !(text[0] >= 'a' && text[0] <= 'z') && !strstr(text, "(null)");
}

/* The bytes as a reader sees them: without tags. */
static struct bylaw_span strip_tags(char out[PAGE_BYTES],
                                    struct bylaw_span html)
{
    size_t len = 0;
    bool is_tag = false;

    for (size_t i = 0; i < html.len; i++) {
        is_tag |= html.ptr[i] == '<';
        if (!is_tag)
            out[len++] = html.ptr[i];
        is_tag &= html.ptr[i] != '>';
    }
    return (struct bylaw_span){out, len};
}

/* Invariant 3: what evidence says stands in the bytes that it names. */
static void check_evidence(const struct page *p,
                           const struct bylaw_finding *finding)
{
    static char seen[PAGE_BYTES];

    for (size_t i = 0; i < finding->evidence_count; i++) {
        const struct bylaw_evidence *e = &finding->evidence[i];
        struct bylaw_span cut;

        assert_true(e->bytes.begin <= e->bytes.end);
        assert_true(e->bytes.end <= p->html_len);
        cut = (struct bylaw_span){p->html + e->bytes.begin,
                                  e->bytes.end - e->bytes.begin};
        if (e->href.len)
            assert_true(bylaw__span_find(cut, e->href) != SIZE_MAX);
        if (!bylaw__span_eq(strip_tags(seen, cut), e->text))
            fail_msg("%s: the bytes of \"%.*s\" hold \"%.*s\"", finding->id,
                     (int)e->text.len, e->text.ptr, (int)cut.len, cut.ptr);
    }
}

static void check_all(const struct page *p,
                      const struct bylaw_judgement *judgement)
{
    assert_true(is_sentence(judgement->because));
    for (size_t i = 0; i < judgement->finding_count; i++) {
        const struct bylaw_finding *finding = &judgement->findings[i];

        check_evidence(p, finding);
        if (!is_sentence(finding->why))
            fail_msg("%s: not a sentence: %s", finding->id, finding->why);
        if (finding->outcome == BYLAW_OUTCOME_PASS)
            assert_true(finding->evidence_count > 0);
        assert_int_equal(finding->severity > 0 || finding->is_partial,
                         finding->outcome == BYLAW_OUTCOME_FAIL &&
                             (finding->severity > 0 || finding->is_partial));
    }
}

#define PASS    "pass"
#define FAIL    "fail"
#define PARTIAL "partial"
#define UNKNOWN "unknown"
#define MOOT    "not-evaluated"

static const char *outcome_of(const struct bylaw_finding *finding)
{
    return finding->is_partial ? PARTIAL : bylaw_outcome_name(finding->outcome);
}

/**
 * The page's only (or that) term ends so, and its sentence holds `says`
 * (NULL: whatever).
 */
static inline void check_term(struct page *p, const char *id, const char *want,
                              const char *says)
{
    struct bylaw_judgement *judgement = judge_page(p);
    const struct bylaw_finding *finding = finding_of(judgement, id);

    if (strcmp(outcome_of(finding), want))
        fail_msg("%s: %s, not %s: %s", id, outcome_of(finding), want,
                 finding->why);
    if (says && !strstr(finding->why, says))
        fail_msg("%s: \"%s\" does not say \"%s\"", id, finding->why, says);
    check_all(p, judgement);
    bylaw_judgement_free(judgement);
}

static inline void check_verdict(struct page *p, enum bylaw_verdict want,
                                 const char *says)
{
    struct bylaw_judgement *judgement = judge_page(p);

    if (judgement->verdict != want)
        fail_msg("%s, not %s: %s", bylaw_verdict_name(judgement->verdict),
                 bylaw_verdict_name(want), judgement->because);
    if (says && !strstr(judgement->because, says))
        fail_msg("\"%s\" does not say \"%s\"", judgement->because, says);
    check_all(p, judgement);
    bylaw_judgement_free(judgement);
}

static inline int check_severity(struct page *p)
{
    struct bylaw_judgement *judgement = judge_page(p);
    int severity = judgement->severity;

    check_all(p, judgement);
    bylaw_judgement_free(judgement);
    return severity;
}

#endif
