/* SPDX-License-Identifier: Apache-2.0 */
/* Which changes of the text the rule in force allows. */
#include "judge_int.h"

/* A block with more of its letters in links is a list of links. */
#define LINK_DENSITY_MAX 0.5f
/* The first and last blocks as long as this are the article's own; shorter
 * ones before and after them are its date, by-line and labels. */
#define PARAGRAPH_WORDS 20u
#define MOSTLY_COPIED   0.5 /* of a block's words */

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

/* ------------------------------------------------------------- boxes --- */

/* Containers that copied paragraphs stand in; an article has few. */
#define CONTAINERS_MAX 64u
/* A box with more words is not surely one. */
#define BOX_WORDS_MAX 120u
/* A line of so few words that ends like no sentence is a label: "Share". */
#define LABEL_WORDS_MAX 4u

struct containers {
    struct {
        uint32_t id, paragraphs;
    } items[CONTAINERS_MAX];
    size_t count;
    uint32_t copied, shared; /* copied blocks; those that share a container */
};

static void count_container(struct containers *containers, uint32_t id)
{
    size_t i = 0;

    while (i < containers->count && containers->items[i].id != id)
        i++;
    if (i == CONTAINERS_MAX)
        return;
    if (i == containers->count) {
        containers->items[i].id = id;
        containers->count++;
    }
    containers->items[i].paragraphs++;
}

static void list_containers(struct containers *out, const struct bylaw__case *c)
{
    memset(out, 0, sizeof(*out));
    if (!c->placement || !c->placement->blocks)
        return;
    for (size_t i = 0; i < c->document->block_count; i++) {
        if (c->placement->blocks[i].copied < MOSTLY_COPIED)
            continue;
        count_container(out, c->document->blocks[i].container);
        out->copied++;
    }
    for (size_t i = 0; i < out->count; i++)
        if (out->items[i].paragraphs > 1)
            out->shared += out->items[i].paragraphs;
}

static bool holds_copied(const struct containers *containers, uint32_t id)
{
    for (size_t i = 0; i < containers->count; i++)
        if (containers->items[i].id == id)
            return true;
    return false;
}

/* Where each paragraph has an element of its own, elements tell nothing. */
static bool are_telling(const struct containers *containers)
{
    return containers->count && containers->count < CONTAINERS_MAX &&
           2 * containers->shared > containers->copied;
}

static bool is_label(const struct bylaw_block *block)
{
    struct bylaw_span text = bylaw__span_trim(block->text);

    return block->words <= LABEL_WORDS_MAX &&
           (!text.len || !strchr(".!?", text.ptr[text.len - 1]));
}

/* True where whole blocks were put in that stand in elements of their own,
 * beside those of the copied paragraphs, or are mere labels: boxes, teasers
 * and buttons that the site puts into every article. Who adds to the text
 * itself writes among its paragraphs. */
static bool is_box(const struct scene *scene, const struct bylaw_edit *edit,
                   const struct containers *containers)
{
    bool telling = are_telling(containers), found = false;
    uint32_t words = 0;

    for (size_t i = first_line_after(scene, edit->page.begin);
         i < scene->line_count; i++) {
        const struct bylaw_block *block =
            &scene->c->document->blocks[scene->lines[i].block];

        if (block->bytes.begin >= edit->page.end)
            break;
        if (scene->lines[i].offset)
            continue; /* another part of the same block */
        if (block->bytes.begin < edit->page.begin)
            return false; /* it begins inside of a paragraph */
        found = true;
        words += block->words;
        if (!is_label(block) &&
            (!telling || holds_copied(containers, block->container)))
            return false;
    }
    return found && words <= BOX_WORDS_MAX;
}

/* The source from its first paragraph to its last; empty: it has none. */
static struct bylaw_range paragraphs_of(const struct bylaw_source *source)
{
    struct bylaw_range whole = {0, 0};

    for (size_t i = 0; i < source->block_count; i++) {
        const struct bylaw_source_block *block = &source->blocks[i];

        if (block->words < PARAGRAPH_WORDS || block->is_furniture)
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
    bool found = false;

    for (size_t i = 0; i < source->block_count; i++) {
        const struct bylaw_source_block *block = &source->blocks[i];

        if (block->bytes.end <= range.begin)
            continue;
        if (block->bytes.begin >= range.end)
            break;
        found = true;
        if (block->is_body && !block->is_furniture &&
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

/* The page from its first copied paragraph to its last; empty: it has none.
 * What stands before or after, as a note below the headline does, is the
 * page's own and alters nothing. */
static struct bylaw_range copied_paragraphs(const struct bylaw__case *c)
{
    const struct bylaw_document *document = c->document;
    struct bylaw_range whole = {0, 0};

    if (!c->placement || !c->placement->blocks)
        return whole;
    for (size_t i = 0; i < document->block_count; i++) {
        const struct bylaw_block *block = &document->blocks[i];

        if (block->words < PARAGRAPH_WORDS ||
            c->placement->blocks[i].copied < MOSTLY_COPIED)
            continue;
        if (!whole.end)
            whole.begin = block->bytes.begin;
        whole.end = block->bytes.end;
    }
    return whole;
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

/* What edits are held against. */
struct bounds {
    struct bylaw_range part;  /* of the source: what was copied */
    struct bylaw_range whole; /* of the source: from paragraph to paragraph */
    struct bylaw_range page;  /* of the page: likewise; empty: not known */
    struct containers containers;
};

static bool is_around(struct bylaw_range page, struct bylaw_range paragraphs)
{
    return paragraphs.end &&
           (page.end <= paragraphs.begin || page.begin >= paragraphs.end);
}

/* A block that the page put in, whether or not it says that it is a note. */
static bool is_own_block(const struct bylaw_edit *edit)
{
    return edit->change == BYLAW_CHANGE_ADDED_BLOCK ||
           edit->change == BYLAW_CHANGE_NOTE;
}

/* A line of credit has no more words. */
#define CREDIT_WORDS_MAX 60u

/* A link or an address that leads to the publisher: what was put in around it
 * is credit, though it stands within a paragraph. */
static bool holds_credit_way(const struct scene *scene,
                             const struct bylaw_edit *edit)
{
    if (edit->kind != BYLAW_EDIT_INSERTED ||
        edit->page_words > CREDIT_WORDS_MAX)
        return false;
    for (size_t i = 0; i < scene->way_count; i++) {
        const struct way *way = &scene->ways[i];
        struct bylaw_range bytes = way->link
                                       ? way->link->bytes
                                       : line_bytes(scene, way->line, way->at);

        if (way->reach > REACH_UPSTREAM && bytes.begin < edit->page.end &&
            bytes.end > edit->page.begin)
            return true;
    }
    return false;
}

static enum pardon pardon_of(const struct scene *scene,
                             const struct bylaw_edit *edit,
                             const struct bounds *bounds)
{
    const struct bylaw_rule *rule = scene->c->rule;
    bool has_page = edit->page.end > edit->page.begin;

    if (edit->change == BYLAW_CHANGE_PUNCTUATION || is_mark(scene, edit) ||
        (rule && is_listed(rule, edit->change)))
        return PARDON_CLASS;
    if (has_page
            ? is_frame(scene, edit->page)
            : is_source_frame(scene->c->source, edit->source, bounds->whole))
        return PARDON_FRAME;
    if (is_put_in_often(scene, edit) || holds_credit_way(scene, edit))
        return PARDON_FRAME;
    if (edit->kind == BYLAW_EDIT_INSERTED &&
        ((is_own_block(edit) && is_around(edit->page, bounds->page)) ||
         is_box(scene, edit, &bounds->containers)))
        return PARDON_FRAME;
    return is_cut_off(scene->c->match, edit, bounds->part) ? PARDON_CUT
                                                           : PARDON_NONE;
}

void scene_permit_edits(struct scene *scene)
{
    const struct bylaw_match *match = scene->c->match;
    struct bounds bounds;

    if (!match || !match->edit_count)
        return;
    bounds.part = copied_part(match);
    bounds.whole = paragraphs_of(scene->c->source);
    bounds.page = copied_paragraphs(scene->c);
    list_containers(&bounds.containers, scene->c);
    scene->edits = bylaw__arena_alloc_array(scene->arena, match->edit_count,
                                            sizeof(*scene->edits));
    scene->pardons = bylaw__arena_alloc_array(scene->arena, match->edit_count,
                                              sizeof(*scene->pardons));
    if (!scene->edits || !scene->pardons)
        return;
    scene->edit_count = match->edit_count;
    for (size_t i = 0; i < match->edit_count; i++) {
        struct bylaw_edit *edit = &scene->edits[i];

        *edit = match->edits[i];
        scene->pardons[i] = pardon_of(scene, edit, &bounds);
        edit->is_permitted = scene->pardons[i] != PARDON_NONE;
    }
}
