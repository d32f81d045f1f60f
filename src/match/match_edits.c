/* SPDX-License-Identifier: Apache-2.0 */
/* The spans of a match and every change in, between and around them. */
#include "match_int.h"

/** Edits on their way into the match. */
struct edits {
    struct bylaw_edit *items;
    size_t count, cap;
};

static const struct run *run_at(const struct aligner *a,
                                const struct passage *passage, size_t i)
{
    return &a->kept.items[passage->first + i];
}

static const struct run *last_of(const struct aligner *a,
                                 const struct passage *passage)
{
    return run_at(a, passage, passage->count - 1);
}

/* Where a word begins with the mark before it, and ends with those behind. */
static uint32_t begin_with_mark(const struct bylaw__token *token)
{
    return token->bytes.begin - token->marks.before_bytes;
}

static uint32_t end_with_marks(const struct bylaw__token *token)
{
    uint8_t bytes = 0;

    for (size_t i = 0; i < BYLAW__MARKS_AFTER && token->marks.after[i]; i++)
        bytes = token->marks.after_bytes[i];
    return token->bytes.end + bytes;
}

struct bylaw_range bytes_of_words(const struct bylaw__tokens *tokens,
                                  struct stretch words)
{
    struct bylaw_range range = {0, 0};

    if (words.begin < words.end) {
        range.begin = tokens->items[words.begin].bytes.begin;
        range.end = tokens->items[words.end - 1].bytes.end;
    } else if (words.begin) {
        range.begin = range.end =
            end_with_marks(&tokens->items[words.begin - 1]);
    } else if (tokens->count) {
        range.begin = range.end = begin_with_mark(&tokens->items[0]);
    }
    return range;
}

struct bylaw_range bytes_with_marks(const struct bylaw__tokens *tokens,
                                    struct stretch words)
{
    return (struct bylaw_range){begin_with_mark(&tokens->items[words.begin]),
                                end_with_marks(&tokens->items[words.end - 1])};
}

/* Marks at the ends of a span belong to it where both sides have them. */
static void take_marks(struct bylaw_match_span *span, const struct aligner *a)
{
    const struct bylaw__token *page = &a->page->items[span->page_token];
    const struct bylaw__token *source = &a->source->items[span->source_token];

    if (page->marks.before && page->marks.before == source->marks.before) {
        span->page.begin -= page->marks.before_bytes;
        span->source.begin -= source->marks.before_bytes;
    }
    page += span->page_tokens - 1;
    source += span->source_tokens - 1;
    for (size_t i = 0; i < BYLAW__MARKS_AFTER && page->marks.after[i] &&
                       page->marks.after[i] == source->marks.after[i];
         i++) {
        span->page.end = page->bytes.end + page->marks.after_bytes[i];
        span->source.end = source->bytes.end + source->marks.after_bytes[i];
    }
}

/* ------------------------------------------------------------- spans --- */

static struct bylaw_match_span span_of(const struct aligner *a,
                                       const struct passage *passage)
{
    const struct run *first = run_at(a, passage, 0);
    const struct run *last = last_of(a, passage);
    struct bylaw_match_span span = {
        .source = bytes_of_words(a->source, (struct stretch){first->source,
                                                             source_end(last)}),
        .page = bytes_of_words(a->page,
                               (struct stretch){first->page, page_end(last)}),
        .source_token = first->source,
        .source_tokens = source_end(last) - first->source,
        .page_token = first->page,
        .page_tokens = page_end(last) - first->page,
    };
    uint32_t equal = 0, quoted = 0;

    for (size_t i = 0; i < passage->count; i++) {
        const struct run *run = run_at(a, passage, i);

        equal += run->len;
        for (uint32_t w = 0; w < run->len; w++)
            quoted += a->page->items[run->page + w].flags & BYLAW__TOKEN_QUOTED
                          ? 1
                          : 0;
        if (i) {
            uint32_t page = run->page - page_end(run - 1);
            uint32_t source = run->source - source_end(run - 1);

            span.edit_distance += page > source ? page : source;
        }
    }
    span.is_quoted = quoted >= SPAN_QUOTED_SHARE * equal;
    take_marks(&span, a);
    return span;
}

int write_spans(struct bylaw_match *match, struct aligner *a,
                struct bylaw_error *err)
{
    struct bylaw_match_span *spans =
        bylaw__arena_alloc_array(match->owner, a->passages.count,
                                 sizeof(*spans));

    if (!spans)
        return bylaw__fail_memory(err, "");
    for (size_t p = 0; p < a->passages.count; p++)
        spans[p] = span_of(a, &a->passages.items[p]);
    match->spans = spans;
    match->span_count = a->passages.count;
    return 0;
}

/* ------------------------------------------------------------- edits --- */

static int push_edit(struct edits *edits, const struct aligner *a,
                     struct stretch page, struct stretch source,
                     struct bylaw_error *err)
{
    struct bylaw_edit edit = {
        .kind = BYLAW_EDIT_REPLACED,
        .page_words = page.end - page.begin,
        .source_words = source.end - source.begin,
        .page = bytes_of_words(a->page, page),
        .source = bytes_of_words(a->source, source),
    };

    if (!edit.page_words && !edit.source_words)
        return 0;
    if (!edit.page_words)
        edit.kind = BYLAW_EDIT_DELETED;
    else if (!edit.source_words)
        edit.kind = BYLAW_EDIT_INSERTED;
    edit.change = classify_edit(a, page, source);
    if (bylaw__vec_grow(&edits->items, &edits->cap, edits->count + 1,
                        sizeof(edit)))
        return bylaw__fail_memory(err, "");
    edits->items[edits->count++] = edit;
    return 0;
}

/* Words of the reposter's frame, or unseen, around a change are no change. */
static struct stretch trim_page(const struct aligner *a, struct stretch page)
{
    struct stretch trimmed = page;

    while (trimmed.begin < trimmed.end && is_off_page(a, trimmed.begin))
        trimmed.begin++;
    while (trimmed.begin < trimmed.end && is_off_page(a, trimmed.end - 1))
        trimmed.end--;
    if (trimmed.begin == trimmed.end)
        return (struct stretch){page.begin, page.begin};
    return trimmed;
}

/* The next piece of [*at, end) that is the article's, not its frame. */
static struct stretch next_piece(const struct aligner *a, uint32_t *at,
                                 uint32_t end)
{
    struct stretch piece;

    while (*at < end && is_furniture(a, *at))
        ++*at;
    piece.begin = *at;
    while (*at < end && !is_furniture(a, *at))
        ++*at;
    piece.end = *at;
    return piece;
}

/* True where the words stand in the source just so; false, too, where that
 * would take more work than a page may cost. */
static bool is_run_of_source(struct aligner *a, struct stretch words)
{
    uint32_t count = words.end - words.begin;

    if (count < RUN_WORDS_MIN)
        return false;
    for (uint32_t s = 0; s + count <= a->source->count && a->cells_left; s++) {
        uint32_t w = 0;

        for (; w < count && a->cells_left; w++, a->cells_left--)
            if (!is_same_word(a, words.begin + w, s + w))
                break;
        if (w == count)
            return true;
        a->cells_left -= a->cells_left ? 1 : 0;
    }
    return false;
}

static bool begins_block(const struct bylaw__tokens *tokens, size_t word)
{
    return word >= tokens->count ||
           tokens->items[word].flags & BYLAW__TOKEN_BLOCK;
}

/* The words behind the blocks at the front that are runs of the source. */
static uint32_t skip_repeats(struct aligner *a, struct stretch page)
{
    while (page.begin < page.end && begins_block(a->page, page.begin)) {
        struct stretch block = {page.begin, page.begin + 1};

        while (!begins_block(a->page, block.end))
            block.end++;
        if (block.end > page.end || !is_run_of_source(a, block))
            break;
        page.begin = block.end;
    }
    return page.begin;
}

/* Blocks that say a run of the source once more, as a standfirst or a pulled
 * quote does, change nothing at either end of what was put in. */
static struct stretch trim_repeats(struct aligner *a, struct stretch page)
{
    page.begin = skip_repeats(a, page);
    while (page.begin < page.end && begins_block(a->page, page.end)) {
        struct stretch block = {page.end - 1, page.end};

        while (block.begin > page.begin && !begins_block(a->page, block.begin))
            block.begin--;
        if (!begins_block(a->page, block.begin) || !is_run_of_source(a, block))
            break;
        page.end = block.begin;
    }
    return page;
}

/* One change: words of the page in place of words of the source. */
static int add_change(struct edits *edits, struct aligner *a,
                      struct stretch page, struct stretch source,
                      struct bylaw_error *err)
{
    uint32_t at = source.begin;
    struct stretch piece = next_piece(a, &at, source.end);
    int rc;

    page = trim_page(a, page);
    if (source.begin == source.end)
        page = trim_repeats(a, page);
    if (piece.begin == piece.end)
        piece = (struct stretch){source.begin, source.begin};
    rc = push_edit(edits, a, page, piece, err);
    while (!rc && at < source.end) {
        piece = next_piece(a, &at, source.end);
        rc = push_edit(edits, a, (struct stretch){page.end, page.end}, piece,
                       err);
    }
    return rc;
}

static void mark_spanned(struct aligner *a, uint32_t begin, uint32_t end)
{
    for (uint32_t s = begin; s < end; s++)
        a->source_state[s] |= SOURCE_SPANNED;
}

static int add_inner_changes(struct edits *edits, struct aligner *a,
                             const struct passage *passage,
                             struct bylaw_error *err)
{
    int rc = 0;

    for (size_t i = 1; !rc && i < passage->count; i++) {
        const struct run *left = run_at(a, passage, i - 1);
        const struct run *right = run_at(a, passage, i);

        rc = add_change(edits, a, (struct stretch){page_end(left), right->page},
                        (struct stretch){source_end(left), right->source}, err);
    }
    mark_spanned(a, run_at(a, passage, 0)->source,
                 source_end(last_of(a, passage)));
    return rc;
}

static bool is_spanned(const struct aligner *a, uint32_t begin, uint32_t end)
{
    for (uint32_t s = begin; s < end; s++)
        if (a->source_state[s] & SOURCE_SPANNED)
            return true;
    return false;
}

/* What stands on the page between two passages, in place of what the source
   has there where nothing else of the page carries that. */
static int add_outer_change(struct edits *edits, struct aligner *a,
                            const struct passage *before,
                            const struct passage *after,
                            struct bylaw_error *err)
{
    const struct run *left = last_of(a, before);
    const struct run *right = run_at(a, after, 0);
    struct stretch page = {page_end(left), right->page};
    struct stretch source = {source_end(left), right->source};

    if (after->is_repeat || before->is_repeat)
        return 0;
    if (source.begin > source.end || is_spanned(a, source.begin, source.end))
        source.end = source.begin;
    mark_spanned(a, source.begin, source.end);
    return add_change(edits, a, page, source, err);
}

/** Where a passage ends, for finding the one before a source word. */
struct ending {
    uint32_t source, page;
};

static int by_source_end(const void *left, const void *right)
{
    const struct ending *a = left, *b = right;

    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    return (a->page > b->page) - (a->page < b->page);
}

/* Ends of all passages in the order of the source; before them the begin of
   the one that comes first there. NULL when memory ran out. */
static struct ending *list_endings(const struct aligner *a)
{
    size_t count = a->passages.count;
    struct ending *endings = calloc(count + 1, sizeof(*endings));
    uint32_t first = UINT32_MAX;

    if (!endings)
        return NULL;
    for (size_t p = 0; p < count; p++) {
        const struct run *begin = run_at(a, &a->passages.items[p], 0);
        const struct run *last = last_of(a, &a->passages.items[p]);

        endings[p + 1] = (struct ending){source_end(last), page_end(last)};
        if (begin->source < first) {
            first = begin->source;
            endings[0] = (struct ending){0, begin->page};
        }
    }
    if (count)
        qsort(endings + 1, count, sizeof(*endings), by_source_end);
    return endings;
}

/* The headline left out, with the page's own in its place if it has one. */
static int add_headline(struct edits *edits, struct aligner *a,
                        struct bylaw_error *err)
{
    struct stretch source = source_headline(a), page = page_headline(a);

    if (source.begin == source.end || is_spanned(a, source.begin, source.end))
        return 0;
    mark_spanned(a, source.begin, source.end);
    return push_edit(edits, a, page, source, err);
}

/* What no passage spans was left out: behind the passage that comes just
   before it in the source, or before the first. */
static int add_left_out(struct edits *edits, struct aligner *a,
                        struct bylaw_error *err)
{
    uint32_t count = (uint32_t)a->source->count, at = 0;
    struct ending *endings = list_endings(a);
    size_t nearest = 0;
    int rc = endings ? 0 : bylaw__fail_memory(err, "");

    while (!rc && at < count) {
        struct stretch source;

        while (at < count && a->source_state[at] & SOURCE_SPANNED)
            at++;
        source.begin = at;
        while (at < count && !(a->source_state[at] & SOURCE_SPANNED))
            at++;
        source.end = at;
        while (nearest < a->passages.count &&
               endings[nearest + 1].source <= source.begin)
            nearest++;
        uint32_t point = endings[nearest].page;
        if (source.begin < source.end)
            rc = add_change(edits, a, (struct stretch){point, point}, source,
                            err);
    }
    free(endings);
    return rc;
}

static int by_place(const void *left, const void *right)
{
    const struct bylaw_edit *a = left, *b = right;

    if (a->page.begin != b->page.begin)
        return a->page.begin < b->page.begin ? -1 : 1;
    if (a->page.end != b->page.end)
        return a->page.end < b->page.end ? -1 : 1;
    return (a->source.begin > b->source.begin) -
           (a->source.begin < b->source.begin);
}

int write_edits(struct bylaw_match *match, struct aligner *a,
                struct bylaw_error *err)
{
    const struct passage *passages = a->passages.items;
    struct edits edits = {0};
    struct bylaw_edit *kept;
    int rc = 0;

    for (size_t p = 0; !rc && p < a->passages.count; p++)
        rc = add_inner_changes(&edits, a, &passages[p], err);
    for (size_t p = 1; !rc && p < a->passages.count; p++)
        rc = add_outer_change(&edits, a, &passages[p - 1], &passages[p], err);
    if (!rc)
        rc = add_headline(&edits, a, err);
    if (!rc)
        rc = add_left_out(&edits, a, err);
    if (rc)
        goto done;
    kept = bylaw__arena_alloc_array(match->owner, edits.count, sizeof(*kept));
    if (!kept) {
        rc = bylaw__fail_memory(err, "");
        goto done;
    }
    if (edits.count) {
        qsort(edits.items, edits.count, sizeof(*edits.items), by_place);
        memcpy(kept, edits.items, edits.count * sizeof(*kept));
    }
    match->edits = kept;
    match->edit_count = edits.count;
done:
    free(edits.items);
    return rc;
}
