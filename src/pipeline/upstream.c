/* SPDX-License-Identifier: Apache-2.0 */
/* What a source's text and its own source's text do not have in common. */
#include "pipeline_int.h"

#include <stdlib.h>

/* Fewer words stand in many texts; more need not be looked for. */
#define WORDS_MIN  3u
#define WORDS_MAX  16u
#define MARKS_MAX  32u
#define TEXT_BYTES 1024u

/* Marks of one version while they are gathered, in the source's memory. */
struct marks {
    struct bylaw__arena *arena;
    const char **items;
    size_t count;
};

static int marks_init(struct marks *marks, struct bylaw__arena *arena)
{
    marks->arena = arena;
    marks->count = 0;
    marks->items =
        bylaw__arena_alloc_array(arena, MARKS_MAX, sizeof(*marks->items));
    return marks->items ? 0 : BYLAW_ENOMEM;
}

static void add_mark(struct marks *marks, struct bylaw_span text)
{
    if (marks->count < MARKS_MAX && text.len)
        marks->items[marks->count++] = bylaw__arena_copy(marks->arena, text);
}

/* The words of a range, as they are compared. */
static void add_words(struct marks *marks, const struct bylaw__tokens *tokens,
                      struct bylaw_range range)
{
    struct bylaw__buf text;
    uint32_t words = 0;

    bylaw__buf_init(&text, TEXT_BYTES);
    for (uint32_t i = 0; i < tokens->count && words < WORDS_MAX; i++) {
        const struct bylaw__token *token = &tokens->items[i];

        if (token->bytes.begin < range.begin || token->bytes.end > range.end ||
            token->flags & BYLAW__TOKEN_FURNITURE)
            continue;
        if (words++)
            bylaw__buf_add_char(&text, ' ');
        bylaw__buf_add_span(&text, bylaw__token_text(tokens, i));
    }
    if (words >= WORDS_MIN && !text.failed)
        add_mark(marks, bylaw__buf_span(&text));
    bylaw__buf_release(&text);
}

static bool is_wording(const struct bylaw_edit *edit)
{
    return edit->change != BYLAW_CHANGE_HEADLINE &&
           edit->change != BYLAW_CHANGE_PUNCTUATION;
}

static bool has_link(const struct bylaw_document *document, const char *url)
{
    for (size_t i = 0; i < document->link_count; i++)
        if (document->links[i].url && !strcmp(document->links[i].url, url))
            return true;
    return false;
}

/* Links of an article's text that the other version's page does not have. */
static void add_links(struct marks *marks, const struct bylaw_document *own,
                      const struct bylaw_document *other)
{
    for (size_t i = 0; i < own->link_count; i++) {
        const struct bylaw_link *link = &own->links[i];

        if (link->url && link->zone == BYLAW_ZONE_BODY &&
            !strcmp(link->element, "a") && link->kind == BYLAW_LINK_REAL &&
            !has_link(other, link->url))
            add_mark(marks, bylaw__span_of(link->url));
    }
}

/* Both texts while they are compared. */
struct pair {
    const struct bylaw__tokens *ours;
    struct bylaw__tokens theirs;
    struct bylaw__seeds seeds;
    struct bylaw_match *match;
};

static int align(struct pair *pair, struct bylaw_error *err)
{
    bylaw__index *index = NULL;
    int rc = bylaw__index_new(&index, err);

    if (!rc)
        rc = bylaw__index_add(index, 0, pair->ours, err);
    if (!rc)
        rc = bylaw__index_finish(index, err);
    if (!rc)
        rc = bylaw__index_lookup(&pair->seeds, index, &pair->theirs, err);
    if (!rc)
        rc = bylaw__match_align(&pair->match, &pair->theirs, pair->ours,
                                pair->seeds.items, pair->seeds.count, false,
                                err);
    bylaw__index_free(index);
    return rc;
}

static int gather(struct bylaw_source *source, const struct pair *pair,
                  const struct bylaw_document *upstream)
{
    struct marks ours, theirs, our_links, their_links;
    struct bylaw__arena *arena = source->owner;
    const struct bylaw_match *match = pair->match;

    if (marks_init(&ours, arena) || marks_init(&theirs, arena) ||
        marks_init(&our_links, arena) || marks_init(&their_links, arena))
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < match->edit_count; i++) {
        if (!is_wording(&match->edits[i]))
            continue;
        add_words(&ours, pair->ours, match->edits[i].source);
        add_words(&theirs, &pair->theirs, match->edits[i].page);
    }
    add_links(&our_links, source->document, upstream);
    add_links(&their_links, upstream, source->document);
    source->upstream.own_words =
        (struct bylaw_texts){theirs.items, theirs.count};
    source->upstream.own_links =
        (struct bylaw_texts){their_links.items, their_links.count};
    source->own_words = (struct bylaw_texts){ours.items, ours.count};
    source->own_links = (struct bylaw_texts){our_links.items, our_links.count};
    return arena->failed ? BYLAW_ENOMEM : 0;
}

int bylaw__pipeline_compare_upstream(struct bylaw_source *source,
                                     const struct bylaw__tokens *tokens,
                                     bylaw_auditor *auditor,
                                     struct bylaw_error *err)
{
    struct bylaw_source *upstream = NULL;
    struct pair pair = {.ours = tokens};
    int rc;

    if (!source->upstream.text)
        return 0;
    rc = bylaw__pipeline_load_source(&upstream, auditor, source->upstream.text,
                                     source->upstream.url, err);
    if (!rc)
        rc = bylaw__pipeline_tokenise(&pair.theirs, upstream->document, NULL,
                                      err);
    if (rc)
        goto done;
    rc = align(&pair, err);
    if (!rc && pair.match->class != BYLAW_MATCH_NONE &&
        gather(source, &pair, upstream->document))
        rc = bylaw__fail_memory(err, source->path);
    bylaw__tokens_release(&pair.theirs);
done:
    bylaw_match_free(pair.match);
    bylaw__seeds_release(&pair.seeds);
    bylaw_source_free(upstream);
    return rc;
}
