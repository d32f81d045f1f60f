/* SPDX-License-Identifier: Apache-2.0 */
/* Which sources a page carries, and how much of each. */
#include "pipeline_int.h"

#include <stdlib.h>

void bylaw__page_matches_release(struct page_matches *found)
{
    for (size_t i = 0; i < found->count; i++)
        bylaw_match_free(found->items[i].match);
    free(found->items);
    *found = (struct page_matches){0};
}

int bylaw__pipeline_words(struct bylaw__tokens *words,
                          const bylaw_auditor *auditor, size_t number,
                          struct bylaw_error *err)
{
    struct bylaw__index_document document;
    const struct bylaw__packed_tokens *packed = &document.tokens;
    int rc;

    if (!auditor->file)
        packed = &auditor->sources[number].tokens;
    else if (!bylaw__index_file_document(&document, auditor->file, number))
        return bylaw__fail(err, BYLAW_EINTERNAL, "base.defect", "",
                           "an index names no such article");
    rc = bylaw__tokens_unpack(words, packed);
    if (rc == BYLAW_EPARSE)
        return bylaw__fail(err, rc, "index.damaged", document.id,
                           "the words of an article are damaged");
    return rc ? bylaw__fail_memory(err, "") : 0;
}

/* One source against the page; words is room to work in. */
static int align(struct bylaw_match **out, const bylaw_auditor *auditor,
                 const struct bylaw__tokens *page, size_t number,
                 const struct bylaw__seed *seeds, size_t count,
                 bool with_rewrites, struct bylaw__tokens *words,
                 struct bylaw_error *err)
{
    int rc = bylaw__pipeline_words(words, auditor, number, err);

    return rc ? rc
              : bylaw__match_align(out, page, words, seeds, count,
                                   with_rewrites, err);
}

/* Words between two seeds that screening lets through with room to spare. */
#define NEAR_WORDS 30u

/* Whether the page shares words with articles, whichever, twice within a few:
 * no page less like them passes the screen. */
static int find_near(bool *out, const struct bylaw__seeds *seeds,
                     const struct bylaw__tokens *page, struct bylaw_error *err)
{
    uint8_t *is_seed = calloc(page->count + 1, 1);
    size_t last = SIZE_MAX;

    *out = false;
    if (!is_seed)
        return bylaw__fail_memory(err, "");
    for (size_t i = 0; i < seeds->count; i++)
        is_seed[seeds->items[i].page_word] = 1;
    for (size_t w = 0; w < page->count && !*out; w++) {
        if (!is_seed[w])
            continue;
        *out = last != SIZE_MAX && w - last <= NEAR_WORDS;
        last = w;
    }
    free(is_seed);
    return 0;
}

static int wants_rewrites(bool *out, const bylaw_auditor *auditor,
                          const struct bylaw__seeds *seeds,
                          const struct bylaw__tokens *page,
                          struct bylaw_error *err)
{
    *out = auditor->options.hints >= BYLAW_HINTS_LIKELY;
    return auditor->options.hints == BYLAW_HINTS_NEAR
               ? find_near(out, seeds, page, err)
               : 0;
}

/** The seeds of one source, and whether it is looked for in other words. */
struct group {
    uint32_t source;
    size_t begin, end;
    bool with_rewrites;
};

/*
 * Many articles may share a few words with a page (a notice, a phrase), and
 * looking for other words reads all of it again: it is done for those that
 * share most, and for fewer the longer the page is.
 */
#define RETOLD_MOST  16u
#define RETOLD_WORDS (1u << 20) /* of the page, read again and again */

static int by_seeds(const void *left, const void *right)
{
    const struct group *a = *(struct group *const *)left;
    const struct group *b = *(struct group *const *)right;
    size_t x = a->end - a->begin, y = b->end - b->begin;

    if (x != y)
        return x > y ? -1 : 1;
    return (a->source > b->source) - (a->source < b->source);
}

static int choose_retold(struct group *groups, size_t count,
                         const struct bylaw__tokens *page,
                         struct bylaw_error *err)
{
    struct group **ranks = calloc(count + 1, sizeof(*ranks));
    size_t most = RETOLD_WORDS / (page->count + 1) + 1;

    if (!ranks)
        return bylaw__fail_memory(err, "");
    for (size_t i = 0; i < count; i++)
        ranks[i] = &groups[i];
    qsort(ranks, count, sizeof(*ranks), by_seeds);
    if (most > RETOLD_MOST)
        most = RETOLD_MOST;
    for (size_t i = 0; i < count && i < most; i++)
        ranks[i]->with_rewrites = true;
    free(ranks);
    return 0;
}

/* Seeds are by source. */
static int list_groups(struct group **out, size_t *count,
                       const struct bylaw__seeds *seeds,
                       struct bylaw_error *err)
{
    size_t cap = 0;

    for (size_t begin = 0, end; begin < seeds->count; begin = end) {
        uint32_t source = seeds->items[begin].source;

        for (end = begin; end < seeds->count; end++)
            if (seeds->items[end].source != source)
                break;
        if (bylaw__vec_grow(out, &cap, *count + 1, sizeof(**out)))
            return bylaw__fail_memory(err, "");
        (*out)[(*count)++] = (struct group){source, begin, end, false};
    }
    return 0;
}

static int match_source(struct page_matches *found,
                        const bylaw_auditor *auditor,
                        const struct bylaw__tokens *page,
                        const struct bylaw__seeds *seeds,
                        const struct group *group, struct bylaw__tokens *words,
                        struct bylaw_error *err)
{
    struct bylaw_match *match = NULL;
    int rc =
        align(&match, auditor, page, group->source, seeds->items + group->begin,
              group->end - group->begin, group->with_rewrites, words, err);

    if (!rc && (match->class != BYLAW_MATCH_NONE || match->rewrite_count)) {
        if (bylaw__vec_grow(&found->items, &found->cap, found->count + 1,
                            sizeof(*found->items)))
            rc = bylaw__fail_memory(err, "");
        else
            found->items[found->count++] =
                (struct page_match){group->source, match};
        if (!rc)
            match = NULL;
    }
    bylaw_match_free(match);
    return rc;
}

/* Of all sources that the page shares words with. */
static int match_seeds(struct page_matches *found, const bylaw_auditor *auditor,
                       const struct bylaw__tokens *page,
                       const struct bylaw__seeds *seeds,
                       struct bylaw__tokens *words, struct bylaw_error *err)
{
    struct group *groups = NULL;
    size_t count = 0;
    bool with_rewrites = false;
    int rc = list_groups(&groups, &count, seeds, err);

    if (!rc)
        rc = wants_rewrites(&with_rewrites, auditor, seeds, page, err);
    if (!rc && with_rewrites && count)
        rc = choose_retold(groups, count, page, err);
    for (size_t i = 0; !rc && i < count; i++)
        rc = match_source(found, auditor, page, seeds, &groups[i], words, err);
    free(groups);
    return rc;
}

static int find_all(struct page_matches *found, const bylaw_auditor *auditor,
                    const struct bylaw_document *document,
                    struct bylaw_error *err)
{
    struct bylaw__tokens page, words;
    struct bylaw__seeds seeds = {0};
    int rc = bylaw__pipeline_tokenise(&page, document, NULL, err);

    if (rc)
        return rc;
    bylaw__tokens_init(&words);
    rc =
        bylaw__index_lookup(&seeds, bylaw__pipeline_index(auditor), &page, err);
    if (!rc)
        rc = match_seeds(found, auditor, &page, &seeds, &words, err);
    if (!rc)
        rc = bylaw__find_hints(found, auditor, &page, document->language,
                               &words, err);
    if (page.truncated)
        found->reasons[found->reason_count++] =
            "the page has more words than are compared";
    if (seeds.truncated)
        found->reasons[found->reason_count++] =
            "the page repeats the sources too often";
    bylaw__seeds_release(&seeds);
    bylaw__tokens_release(&page);
    bylaw__tokens_release(&words);
    return rc;
}

/* Bytes that both ranges hold. */
static uint32_t overlap(struct bylaw_range a, struct bylaw_range b)
{
    uint32_t begin = a.begin > b.begin ? a.begin : b.begin;
    uint32_t end = a.end < b.end ? a.end : b.end;

    return end > begin ? end - begin : 0;
}

/* Words that are the same on both sides of a span. */
static double equal_words(const struct bylaw_match_span *span)
{
    uint32_t words = span->page_tokens < span->source_tokens
                         ? span->page_tokens
                         : span->source_tokens;

    return words > span->edit_distance ? words - span->edit_distance : 0;
}

/* Share of small's copied words that lie inside large's spans. Both are in
 * page order, so one pass does. */
static double share_inside(const struct bylaw_match *small,
                           const struct bylaw_match *large)
{
    double inside = 0, total = 0;
    size_t k = 0;

    for (size_t i = 0; i < small->span_count; i++) {
        const struct bylaw_match_span *span = &small->spans[i];
        uint64_t bytes = 0;

        while (k < large->span_count &&
               large->spans[k].page.end <= span->page.begin)
            k++;
        for (size_t j = k; j < large->span_count &&
                           large->spans[j].page.begin < span->page.end;
             j++)
            bytes += overlap(span->page, large->spans[j].page);
        total += equal_words(span);
        if (span->page.end > span->page.begin)
            inside += equal_words(span) * (double)bytes /
                      (double)(span->page.end - span->page.begin);
    }
    return total > 0 ? inside / total : 0;
}

/* With most of its words there, an excerpt is explained by the other article;
 * one taken besides it lies elsewhere on the page. */
#define EXPLAINED_SHARE 0.6

/* Share of the page's words in hint's stretches that large's spans hold. */
static double share_told(const struct bylaw_match *hint,
                         const struct bylaw_match *large)
{
    uint64_t inside = 0, total = 0;

    for (size_t i = 0; i < hint->rewrite_count; i++) {
        struct bylaw_range page = hint->rewrites[i].page;

        total += page.end - page.begin;
        for (size_t k = 0; k < large->span_count; k++)
            inside += overlap(page, large->spans[k].page);
    }
    return total ? (double)inside / (double)total : 0;
}

/*
 * What two articles share (a speech, a release, a credits list) is found under
 * both when one of them is copied. A mere excerpt whose passages all belong to
 * an article that the page carries much more of was not taken from here. Nor
 * was what another article is told in: two that tell of one event.
 */
static bool is_explained(const struct page_matches *found, size_t i)
{
    const struct bylaw_match *match = found->items[i].match;
    bool is_hint = match->class == BYLAW_MATCH_NONE;

    if (match->class != BYLAW_MATCH_EXCERPT &&
        match->class != BYLAW_MATCH_QUOTATION && !is_hint)
        return false;
    for (size_t k = 0; k < found->count; k++) {
        const struct bylaw_match *other = found->items[k].match;

        if (k != i &&
            (other->class == BYLAW_MATCH_FULL ||
             other->class == BYLAW_MATCH_PARTIAL) &&
            other->source_coverage > match->source_coverage &&
            (is_hint ? share_told(match, other) : share_inside(match, other)) >=
                EXPLAINED_SHARE)
            return true;
    }
    return false;
}

int bylaw__match_page(struct page_matches *out, const bylaw_auditor *auditor,
                      const struct bylaw_document *document,
                      struct bylaw_error *err)
{
    bool *is_out = NULL;
    size_t kept = 0;
    int rc = find_all(out, auditor, document, err);

    if (!rc) {
        is_out = calloc(out->count + 1, sizeof(*is_out));
        rc = is_out ? 0 : bylaw__fail_memory(err, "");
    }
    for (size_t i = 0; !rc && i < out->count; i++)
        is_out[i] = is_explained(out, i);
    for (size_t i = 0; !rc && i < out->count; i++) {
        if (is_out[i])
            bylaw_match_free(out->items[i].match);
        else
            out->items[kept++] = out->items[i];
    }
    if (!rc)
        out->count = kept;
    free(is_out);
    if (rc)
        bylaw__page_matches_release(out);
    return rc;
}

int bylaw__match_one(struct bylaw_match **out, const bylaw_auditor *auditor,
                     const struct bylaw__tokens *page, size_t number,
                     struct bylaw_error *err)
{
    struct bylaw__tokens words;
    struct bylaw__seeds seeds = {0};
    size_t begin = 0, end;
    int rc =
        bylaw__index_lookup(&seeds, bylaw__pipeline_index(auditor), page, err);

    if (rc)
        return rc;
    while (begin < seeds.count && seeds.items[begin].source != number)
        begin++;
    for (end = begin; end < seeds.count; end++)
        if (seeds.items[end].source != number)
            break;
    bylaw__tokens_init(&words);
    rc = align(out, auditor, page, number,
               seeds.items ? seeds.items + begin : NULL, end - begin, false,
               &words, err);
    bylaw__tokens_release(&words);
    bylaw__seeds_release(&seeds);
    return rc;
}
