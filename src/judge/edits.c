/* SPDX-License-Identifier: Apache-2.0 */
/* Which changes of the text the rule in force allows. */
#include "judge_int.h"

/* A block with more of its letters in links is a list of links. */
#define LINK_DENSITY_MAX 0.5f
/* The first and last blocks as long as this are the article's own; shorter
 * ones before and after them are its date, by-line and labels. */
#define PARAGRAPH_WORDS 20u

static bool is_listed(const struct bylaw_rule *rule,
                      enum bylaw_edit_class change)
{
    const char *name = bylaw_edit_class_name(change);

    for (size_t i = 0; i < rule->permitted_change_count; i++)
        if (!strcmp(rule->permitted_changes[i], name))
            return true;
    return false;
}

/* True where what stands on the page is its furniture or the credit itself:
 * advertising boxes, captions, "read also", by-lines. */
static bool is_frame(const struct scene *scene, struct bylaw_range page)
{
    size_t i = first_line_after(scene, page.begin);
    bool found = false;

    for (; i < scene->line_count; i++) {
        const struct line *line = &scene->lines[i];
        const struct bylaw_block *block =
            &scene->c->document->blocks[line->block];

        if (block->bytes.begin >= page.end)
            break;
        found = true;
        if (line->stand == STAND_PROSE && line->seen &&
            !(line->roles & ROLES_NAMING) && !block->is_caption &&
            block->link_density <= LINK_DENSITY_MAX)
            return false;
    }
    return found;
}

/* The source from its first paragraph to its last; empty: it has none. */
static struct bylaw_range paragraphs_of(const struct bylaw_source *source)
{
    const struct bylaw_document *document = source->document;
    struct bylaw_range whole = {0, 0};

    for (size_t i = 0; document && i < document->block_count; i++) {
        const struct bylaw_block *block = &document->blocks[i];

        if (block->words < PARAGRAPH_WORDS ||
            (source->is_furniture && source->is_furniture[i]))
            continue;
        if (!whole.end)
            whole.begin = block->bytes.begin;
        whole.end = block->bytes.end;
    }
    return whole;
}

/* True where what the page leaves out is the source's own frame: its date and
 * by-line, standing paragraphs, lines beside the article. */
static bool is_source_frame(const struct bylaw_source *source,
                            struct bylaw_range range, struct bylaw_range whole)
{
    const struct bylaw_document *document = source->document;
    bool found = false;

    for (size_t i = 0; document && i < document->block_count; i++) {
        const struct bylaw_block *block = &document->blocks[i];

        if (block->bytes.end <= range.begin)
            continue;
        if (block->bytes.begin >= range.end)
            break;
        found = true;
        if (block->zone == BYLAW_ZONE_BODY &&
            !(source->is_furniture && source->is_furniture[i]) &&
            block->bytes.end > whole.begin && block->bytes.begin < whole.end)
            return false;
    }
    return found;
}

/* The part of the source that was copied, from its first to its last word. */
static struct bylaw_range copied_part(const struct bylaw_match *match)
{
    struct bylaw_range part = {UINT32_MAX, 0};

    for (size_t i = 0; i < match->span_count; i++) {
        if (match->spans[i].source.begin < part.begin)
            part.begin = match->spans[i].source.begin;
        if (match->spans[i].source.end > part.end)
            part.end = match->spans[i].source.end;
    }
    return part;
}

/* Cutting off the head or the tail makes an excerpt, not another text. */
static bool is_cut_off(const struct bylaw_match *match,
                       const struct bylaw_edit *edit, struct bylaw_range part)
{
    bool is_outside =
        edit->source.end <= part.begin || edit->source.begin >= part.end;

    if (edit->page.end > edit->page.begin)
        return false;
    return is_outside || (edit->change == BYLAW_CHANGE_REMOVED_BLOCK &&
                          match->class != BYLAW_MATCH_FULL);
}

/* part: of the source, what was copied; whole: from paragraph to paragraph */
static bool is_allowed(const struct scene *scene, const struct bylaw_edit *edit,
                       struct bylaw_range part, struct bylaw_range whole)
{
    const struct bylaw_rule *rule = scene->c->rule;
    bool has_page = edit->page.end > edit->page.begin;

    if (edit->change == BYLAW_CHANGE_PUNCTUATION ||
        (rule && is_listed(rule, edit->change)))
        return true;
    if (is_cut_off(scene->c->match, edit, part))
        return true;
    return has_page ? is_frame(scene, edit->page)
                    : is_source_frame(scene->c->source, edit->source, whole);
}

void scene_permit_edits(struct scene *scene)
{
    const struct bylaw_match *match = scene->c->match;
    struct bylaw_range part, whole;

    if (!match || !match->edit_count)
        return;
    part = copied_part(match);
    whole = paragraphs_of(scene->c->source);
    scene->edits = bylaw__arena_alloc_array(scene->arena, match->edit_count,
                                            sizeof(*scene->edits));
    if (!scene->edits)
        return;
    scene->edit_count = match->edit_count;
    for (size_t i = 0; i < match->edit_count; i++) {
        struct bylaw_edit *edit = &scene->edits[i];

        *edit = match->edits[i];
        edit->is_permitted = is_allowed(scene, edit, part, whole);
    }
}
