/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the words that were copied are the words that were written. */
#include "judge_int.h"

/* Below this many changed words a slip, a conversion or a later correction of
 * the source explains it as well. */
#define ALTERED_WORDS_MIN 10u
/* Put in or moved: a paragraph; less may be a box of the site's, or a lead. */
#define MOVED_WORDS_MIN 40u
#define SHOWN_MAX       4

static uint32_t edit_words(const struct bylaw_edit *edit)
{
    return edit->page_words > edit->source_words ? edit->page_words
                                                 : edit->source_words;
}

uint32_t count_changed(const struct scene *scene,
                       const struct bylaw_edit **out_first)
{
    uint32_t words = 0;

    *out_first = NULL;
    for (size_t i = 0; i < scene->edit_count; i++) {
        const struct bylaw_edit *edit = &scene->edits[i];

        if (edit->is_permitted)
            continue;
        if (!*out_first)
            *out_first = edit;
        words += edit_words(edit);
    }
    return words;
}

/* A note that says it is one claims less than the same words without. */
static bool is_put_in(const struct bylaw_edit *edit)
{
    return edit->kind == BYLAW_EDIT_INSERTED &&
           (edit->change == BYLAW_CHANGE_ADDED_BLOCK ||
            edit->change == BYLAW_CHANGE_NOTE);
}

/* Edits beyond this number are held against the first ones alone: a text with
 * so many says more by them. */
#define COMPARED_MAX 256u

static const struct bylaw_block *
block_within(const struct scene *scene, size_t line, struct bylaw_range page)
{
    const struct bylaw_block *block;

    if (line >= scene->line_count)
        return NULL;
    block = &scene->c->document->blocks[scene->lines[line].block];
    return block->bytes.begin < page.end ? block : NULL;
}

/* By what readers see: addresses in a box may count where it stands. */
static bool is_same_text(const struct scene *scene, struct bylaw_range page,
                         struct bylaw_range other)
{
    size_t i = first_line_after(scene, page.begin);
    size_t k = first_line_after(scene, other.begin);
    const struct bylaw_block *left = block_within(scene, i, page);
    const struct bylaw_block *right = block_within(scene, k, other);
    bool found = left != NULL;

    while (left && right && bylaw__span_eq(left->text, right->text)) {
        left = block_within(scene, ++i, page);
        right = block_within(scene, ++k, other);
    }
    return found && !left && !right;
}

/* The same paragraph put in again is the site's furniture: nobody rewrites a
 * text by saying the same thing twice. */
static bool is_put_in_again(const struct scene *scene, size_t number)
{
    const struct bylaw_edit *edit = &scene->edits[number];

    for (size_t i = 0; is_put_in(edit) && i < scene->edit_count; i++) {
        const struct bylaw_edit *other = &scene->edits[i];

        if (i == COMPARED_MAX)
            break;
        if (i != number && is_put_in(other) &&
            other->page_words == edit->page_words &&
            is_same_text(scene, edit->page, other->page))
            return true;
    }
    return false;
}

bool may_be_box(const struct scene *scene)
{
    uint32_t added = 0, words = 0;

    for (size_t i = 0; i < scene->edit_count; i++) {
        const struct bylaw_edit *edit = &scene->edits[i];

        if (edit->is_permitted || is_put_in_again(scene, i))
            continue;
        words += edit_words(edit);
        if (is_put_in(edit))
            added += edit->page_words;
    }
    return words < MOVED_WORDS_MIN && words - added < ALTERED_WORDS_MIN;
}

/* Edits come in page order: several in one line are cited once. */
static bool is_cited(const struct ruling *r, struct bylaw_range bytes)
{
    return r->evidence_count &&
           r->evidence[r->evidence_count - 1].bytes.begin == bytes.begin;
}

static void cite_edit(struct ruling *r, const struct scene *scene,
                      const struct bylaw_edit *edit)
{
    const struct line *line;
    struct bylaw_range at;

    if (r->evidence_count == SHOWN_MAX ||
        !scene_line_at(scene, edit->page, &line, &at) ||
        is_cited(r, line_bytes(scene, line, at)))
        return;
    cite_text(r, scene, line, at);
}

static const char *change_words(enum bylaw_edit_class change)
{
    static const char *const words[] = {
        [BYLAW_CHANGE_UNKNOWN] = "words changed",
        [BYLAW_CHANGE_PUNCTUATION] = "punctuation changed",
        [BYLAW_CHANGE_TIME_WORDS] = "words for the time changed",
        [BYLAW_CHANGE_HOUSE_STYLE] = "spelling changed",
        [BYLAW_CHANGE_HEADLINE] = "the headline changed",
        [BYLAW_CHANGE_ADDED_BLOCK] = "a paragraph put in",
        [BYLAW_CHANGE_REMOVED_BLOCK] = "a paragraph left out",
        [BYLAW_CHANGE_PLACE] = "words for the place changed",
        [BYLAW_CHANGE_NOTE] = "a note put in",
        [BYLAW_CHANGE_SUBSTANTIVE] = "words changed",
    };

    return (size_t)change < sizeof(words) / sizeof(words[0]) ? words[change]
                                                             : words[0];
}

/* "words changed, a paragraph put in": each sort of change once. */
static const char *list_changes(const struct scene *scene)
{
    struct bylaw__buf list;
    const char *text;

    bylaw__buf_init(&list, 0);
    for (size_t i = 0; i < scene->edit_count; i++) {
        const char *words = change_words(scene->edits[i].change);

        if (scene->edits[i].is_permitted ||
            (list.len && strstr(list.ptr, words)))
            continue;
        bylaw__buf_printf(&list, "%s%s", list.len ? ", " : "", words);
    }
    text = bylaw__arena_copy(scene->arena, bylaw__buf_span(&list));
    bylaw__buf_release(&list);
    return text ? text : "";
}

static uint32_t count_altered(struct ruling *r, const struct scene *scene)
{
    uint32_t words = 0;

    for (size_t i = 0; i < scene->edit_count; i++) {
        const struct bylaw_edit *edit = &scene->edits[i];

        if (edit->is_permitted)
            continue;
        cite_edit(r, scene, edit);
        words += edit_words(edit);
    }
    return words;
}

/* Passages beyond this number are not looked at: a text in so many pieces has
 * edits that say more. */
#define ORDERED_MAX 256u

/* A passage counts as moved where the source has it before one that precedes
 * it on the page, and it is no repetition of what stands in place. */
static bool is_repeated(const struct bylaw_match *match, size_t number,
                        size_t count)
{
    struct bylaw_range own = match->spans[number].source;

    for (size_t i = 0; i < count; i++) {
        struct bylaw_range other = match->spans[i].source;

        if (i != number && other.begin < own.end && own.begin < other.end)
            return true;
    }
    return false;
}

/* Words of the fewest passages whose removal leaves the rest in order: those
 * outside the heaviest sequence that rises in the source. */
static uint32_t count_moved(const struct bylaw_match *match)
{
    uint32_t weight[ORDERED_MAX] = {0}, total = 0, most = 0;
    size_t count =
        match->span_count < ORDERED_MAX ? match->span_count : ORDERED_MAX;

    for (size_t i = 0; i < count; i++) {
        uint32_t own = match->spans[i].source_tokens;

        if (match->spans[i].is_quoted || is_repeated(match, i, count))
            continue;
        total += own;
        for (size_t k = 0; k < i; k++)
            if (match->spans[k].source.end <= match->spans[i].source.begin &&
                weight[k] > weight[i])
                weight[i] = weight[k];
        weight[i] += own;
        if (weight[i] > most)
            most = weight[i];
    }
    return total - most;
}

/* The first passage that goes back in the source. */
static void cite_turn(struct ruling *r, const struct scene *scene)
{
    const struct bylaw_match *match = scene->c->match;

    for (size_t i = 1; i < match->span_count; i++) {
        if (match->spans[i].source.begin >= match->spans[i - 1].source.begin)
            continue;
        cite_copied(r, scene, i);
        return;
    }
}

void rule_alteration(struct ruling *r, const struct scene *scene)
{
    uint32_t words = count_altered(r, scene);
    uint32_t moved = count_moved(scene->c->match);

    if (scene->c->match->class == BYLAW_MATCH_TRANSLATION)
        rule_unknown(r, scene,
                     "the text seems to be translated, which a "
                     "person has to compare");
    else if (words >= ALTERED_WORDS_MIN && may_be_box(scene))
        rule_unknown(r, scene,
                     "%u words stand in the text that are not of it (%s), "
                     "which may be a box of the site's own",
                     words, list_changes(scene));
    else if (words >= ALTERED_WORDS_MIN)
        rule_broken(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                    "the text was altered in %u words (%s)", words,
                    list_changes(scene));
    else if (moved >= MOVED_WORDS_MIN) {
        cite_turn(r, scene);
        rule_broken(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                    "passages of %u words stand in another order than in the "
                    "original",
                    moved);
    } else if (words)
        rule_unknown(r, scene,
                     "the text differs in %u words (%s), which may be a slip "
                     "or a later correction of the original",
                     words, list_changes(scene));
    else if (!scene->c->is_complete)
        rule_unknown(r, scene,
                     "what could be read of the copied text is unchanged, but "
                     "the page was not read whole");
    else {
        cite_copied(r, scene, 0);
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                  "the copied text is unchanged but for what is allowed");
    }
}
