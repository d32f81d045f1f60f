/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The main text by heuristics alone: find the element that holds most of the
 * page's prose, then take what reads as part of it.
 */
#include "page_int.h"

#include <stdlib.h>

#define PROSE_WORDS  10u   /* a block of fewer words is no prose by itself */
#define PROSE_LINKS  0.5F  /* link density above which it is a list of links */
#define LINKED_PROSE 0.75F /* the same for long blocks among prose */
/* Shares of the prose that an element must hold to be gone into. */
#define DESCEND_SHARE 0.75
#define NARROW_SHARE  0.9  /* where a name told already */
#define HINTED_SHARE  0.4  /* of the page's prose, for one named among others */
#define LONE_WORDS    25.0 /* of prose, for the only one of its name */

struct finder {
    struct bylaw__page *page;
    double *prose;    /* heap; per element, weighted prose below it */
    bool *is_foreign; /* heap; per element: other than the article */
    uint32_t root;
};

static const struct bylaw_block *block_at(const struct finder *f, size_t i)
{
    return &f->page->x->blocks[i];
}

static uint32_t element_of(const struct finder *f, size_t i)
{
    return f->page->block_elements[i];
}

#define FOREIGN_HINTS                                                          \
    (BYLAW__HINT_SHARE | BYLAW__HINT_PROMO | BYLAW__HINT_RELATED |             \
     BYLAW__HINT_CAPTION | BYLAW__HINT_TAGS | BYLAW__HINT_BIO |                \
     BYLAW__HINT_POPUP | BYLAW__HINT_TOOL | BYLAW__HINT_COMMENTS |             \
     BYLAW__HINT_NAV | BYLAW__HINT_SIDEBAR | BYLAW__HINT_FOOTER |              \
     BYLAW__HINT_BYLINE | BYLAW__HINT_META | BYLAW__HINT_CREDIT)

static void mark_foreign(struct finder *f)
{
    const struct bylaw__page *page = f->page;
    uint32_t all = page->elements[0].prose_words;

    for (uint32_t i = 0; i < page->element_count; i++) {
        const struct bylaw__element *e = &page->elements[i];
        bool is_most = e->prose_words > all / 2;

        if (e->parent != BYLAW__NO_ELEMENT && f->is_foreign[e->parent])
            f->is_foreign[i] = true;
        else
            f->is_foreign[i] = !is_most && (bylaw__is_foreign_tag(e->tag) ||
                                            (e->hints & FOREIGN_HINTS));
    }
}

static bool is_prose(const struct finder *f, size_t i)
{
    const struct bylaw_block *b = block_at(f, i);

    return b->words >= PROSE_WORDS && b->link_density <= PROSE_LINKS &&
           bylaw__is_seen(b->visibility, b->visibility_why) &&
           (b->zone == BYLAW_ZONE_UNKNOWN) && !b->heading &&
           !f->is_foreign[element_of(f, i)];
}

static void weigh_prose(struct finder *f)
{
    for (size_t i = 0; i < f->page->x->block_count; i++)
        if (is_prose(f, i))
            f->prose[element_of(f, i)] +=
                (double)block_at(f, i)->words *
                (1.0 - (double)block_at(f, i)->link_density);
    for (uint32_t i = f->page->element_count; i-- > 1;)
        if (f->page->elements[i].parent != BYLAW__NO_ELEMENT)
            f->prose[f->page->elements[i].parent] += f->prose[i];
}

static bool is_paragraph_like(enum bylaw__tag tag)
{
    return tag == BYLAW__TAG_P || tag == BYLAW__TAG_OTHER ||
           tag == BYLAW__TAG_SPAN || tag == BYLAW__TAG_LI ||
           tag == BYLAW__TAG_LIST || tag == BYLAW__TAG_BLOCKQUOTE ||
           tag == BYLAW__TAG_A;
}

/* The child that holds the greatest share, or BYLAW__NO_ELEMENT. */
static uint32_t heaviest_child(const struct finder *f, uint32_t parent)
{
    uint32_t best = BYLAW__NO_ELEMENT;
    const struct bylaw__element *elements = f->page->elements;

    for (uint32_t i = parent + 1; i < elements[parent].end; i = elements[i].end)
        if (best == BYLAW__NO_ELEMENT || f->prose[i] > f->prose[best])
            best = i;
    return best;
}

static void descend(struct finder *f, double share)
{
    for (;;) {
        uint32_t child = heaviest_child(f, f->root);

        if (child == BYLAW__NO_ELEMENT ||
            is_paragraph_like(f->page->elements[child].tag) ||
            f->prose[child] < share * f->prose[f->root])
            return;
        f->root = child;
    }
}

/* Elements that a hint or a tag names, outermost ones only. */
struct named {
    unsigned hints;
    enum bylaw__tag tag; /* BYLAW__TAG_OTHER: none */
};

static bool is_named(const struct bylaw__element *e, const struct named *name)
{
    return (e->hints & name->hints) ||
           (name->tag != BYLAW__TAG_OTHER && e->tag == name->tag);
}

/* The one of these that holds the most prose, if that is enough: a fair share
 * of the page's, or any where the page has no other of that name. */
static uint32_t find_named(const struct finder *f, const struct named *name)
{
    const struct bylaw__element *elements = f->page->elements;
    uint32_t best = BYLAW__NO_ELEMENT, count = 0, i = 0;

    while (i < f->page->element_count) {
        if (!is_named(&elements[i], name) || f->prose[i] <= 0) {
            i++;
            continue;
        }
        count++;
        if (best == BYLAW__NO_ELEMENT || f->prose[i] > f->prose[best])
            best = i;
        i = elements[i].end;
    }
    if (best == BYLAW__NO_ELEMENT ||
        (f->prose[best] < HINTED_SHARE * f->prose[0] &&
         (count > 1 || f->prose[best] < LONE_WORDS)))
        return BYLAW__NO_ELEMENT;
    return best;
}

static void find_root(struct finder *f)
{
    static const struct named names[] = {
        {BYLAW__HINT_ITEMPROP_BODY, BYLAW__TAG_OTHER},
        {BYLAW__HINT_BODY, BYLAW__TAG_OTHER},
        {0, BYLAW__TAG_ARTICLE},
    };
    uint32_t found = BYLAW__NO_ELEMENT;

    for (size_t i = 0;
         i < sizeof(names) / sizeof(names[0]) && found == BYLAW__NO_ELEMENT;
         i++)
        found = find_named(f, &names[i]);
    if (found == BYLAW__NO_ELEMENT) {
        f->root = 0;
        descend(f, DESCEND_SHARE);
        return;
    }
    f->root = found;
    descend(f, NARROW_SHARE);
}

static bool is_candidate(const struct finder *f, size_t i)
{
    const struct bylaw_block *b = block_at(f, i);

    return bylaw__page_within(f->page, element_of(f, i), f->root) &&
           bylaw__is_seen(b->visibility, b->visibility_why) &&
           !f->is_foreign[element_of(f, i)] &&
           (b->link_density <= PROSE_LINKS ||
            (b->words >= PROSE_WORDS && b->link_density <= LINKED_PROSE));
}

static void mark(struct finder *f)
{
    struct bylaw_block *blocks = f->page->x->blocks;
    size_t count = f->page->x->block_count, first = count, last = 0;

    for (size_t i = 0; i < count; i++)
        if (is_candidate(f, i) && is_prose(f, i)) {
            blocks[i].is_main = true;
            if (first == count)
                first = i;
            last = i;
        }
    for (size_t i = first; i < last; i++)
        if (is_candidate(f, i))
            blocks[i].is_main = true;
}

static bool has_main(const struct finder *f)
{
    for (size_t i = 0; i < f->page->x->block_count; i++)
        if (block_at(f, i)->is_main)
            return true;
    return false;
}

/* A page without prose: whatever no zone claims and is no list of links. */
static void mark_all(struct finder *f)
{
    for (size_t i = 0; i < f->page->x->block_count; i++) {
        struct bylaw_block *b = &f->page->x->blocks[i];

        b->is_main = bylaw__is_seen(b->visibility, b->visibility_why) &&
                     b->zone == BYLAW_ZONE_UNKNOWN &&
                     b->link_density <= PROSE_LINKS;
    }
}

int bylaw__page_main_text(struct bylaw__page *page, struct bylaw_error *err)
{
    struct finder f = {.page = page};
    int rc = 0;

    f.prose = calloc((size_t)page->element_count + 1, sizeof(*f.prose));
    f.is_foreign =
        calloc((size_t)page->element_count + 1, sizeof(*f.is_foreign));
    if (!f.prose || !f.is_foreign) {
        rc = bylaw__fail_memory(err, "extract");
        goto done;
    }
    mark_foreign(&f);
    weigh_prose(&f);
    find_root(&f);
    mark(&f);
    if (!has_main(&f))
        mark_all(&f);
    page->main_element = f.root;
done:
    free(f.prose);
    free(f.is_foreign);
    return rc;
}

int bylaw__main_text(struct bylaw__buf *out,
                     const struct bylaw_document *document,
                     const struct bylaw__placement *placement)
{
    for (size_t i = 0; i < document->block_count; i++) {
        if (placement ? !placement->blocks[i].is_article
                      : !document->blocks[i].is_main)
            continue;
        if (out->len)
            bylaw__buf_add_text(out, "\n\n");
        bylaw__buf_add_span(out, document->blocks[i].text);
    }
    return out->failed ? BYLAW_ENOMEM : 0;
}
