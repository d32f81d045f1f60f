/* SPDX-License-Identifier: Apache-2.0 */
/* The headline: too short for seeds, and far from the text it stands above. */
#include "match_int.h"

static bool is_heading(const struct bylaw__tokens *tokens, uint32_t word)
{
    return tokens->items[word].flags & BYLAW__TOKEN_HEADING;
}

struct stretch source_headline(const struct aligner *a)
{
    uint32_t count = (uint32_t)a->source->count;
    struct stretch words = {0, 0};

    while (words.begin < count && is_furniture(a, words.begin))
        words.begin++;
    words.end = words.begin;
    while (words.end < count && is_heading(a->source, words.end) &&
           !is_furniture(a, words.end))
        words.end++;
    return words;
}

static bool is_seen(const struct aligner *a, uint32_t page)
{
    return !(a->page->items[page].flags & BYLAW__TOKEN_HIDDEN);
}

/* The nearest heading that ends at or before a word of the page; empty where
   there is none. */
static struct stretch heading_above(const struct aligner *a, uint32_t page)
{
    struct stretch words;

    while (page && (!is_heading(a->page, page - 1) || !is_seen(a, page - 1)))
        page--;
    words.begin = words.end = page;
    while (words.begin && is_heading(a->page, words.begin - 1) &&
           is_seen(a, words.begin - 1) &&
           is_off_page(a, words.begin - 1) == is_off_page(a, page - 1))
        words.begin--;
    return words;
}

/* First copied word of the page. */
static uint32_t first_copied(const struct aligner *a)
{
    uint32_t first = (uint32_t)a->page->count;

    for (size_t p = 0; p < a->passages.count; p++) {
        const struct run *run = &a->kept.items[a->passages.items[p].first];

        first = run->page < first ? run->page : first;
    }
    return first;
}

/* Headings in the page's frame come second: a template may put the title
   there, but it puts section names there too. */
struct stretch page_headline(const struct aligner *a)
{
    struct stretch nearest = heading_above(a, first_copied(a));
    struct stretch words = nearest;

    while (words.begin < words.end && is_off_page(a, words.begin))
        words = heading_above(a, words.begin);
    return words.begin < words.end ? words : nearest;
}

/* Where in a heading of the page the source's headline stands, word for word. */
static bool find_words(uint32_t *out, const struct aligner *a,
                       struct stretch page, struct stretch source)
{
    uint32_t len = source.end - source.begin;

    for (uint32_t p = page.begin; p + len <= page.end; p++) {
        uint32_t same = 0;

        while (same < len && is_same_word(a, p + same, source.begin + same))
            same++;
        if (same < len)
            continue;
        *out = p;
        return true;
    }
    return false;
}

static bool is_found_above(uint32_t *out, const struct aligner *a,
                           struct stretch source)
{
    struct stretch page = heading_above(a, first_copied(a));

    while (page.begin < page.end && !find_words(out, a, page, source))
        page = heading_above(a, page.begin);
    return page.begin < page.end;
}

static bool is_copied(const struct aligner *a, struct stretch source)
{
    for (uint32_t s = source.begin; s < source.end; s++)
        if (a->source_state[s] & SOURCE_COPIED)
            return true;
    return false;
}

int find_headline(struct aligner *a, struct bylaw_error *err)
{
    struct stretch source = source_headline(a);
    struct run run = {.source = source.begin, .len = source.end - source.begin};
    int rc;

    if (!a->passages.count || !run.len || run.len > HEADLINE_WORDS_MAX ||
        is_copied(a, source) || !is_found_above(&run.page, a, source))
        return 0;
    rc = runs_push(&a->kept, run, err);
    if (!rc && bylaw__vec_grow(&a->passages.items, &a->passages.cap,
                               a->passages.count + 1, sizeof(struct passage)))
        rc = bylaw__fail_memory(err, "");
    if (!rc)
        a->passages.items[a->passages.count++] =
            (struct passage){a->kept.count - 1, 1, run.page, false};
    return rc;
}
