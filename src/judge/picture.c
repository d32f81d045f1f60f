/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pictures whose words a program cannot read: a credit drawn as an image, the
 * publisher's badge without an alternative text, an image map. What is missing
 * on the page may stand in one of them.
 */
#include "judge_int.h"

/* Words beside a picture that only introduce it: "Source:". */
#define INTRODUCING_WORDS 3u

/* Whether an attribute of the tag sets a size of nothing or one pixel. */
static bool has_no_size(struct bylaw_span tag, const char *attribute)
{
    size_t at = bylaw__span_find_nocase(tag, bylaw__span_of(attribute));

    if (at == SIZE_MAX)
        return false;
    at += strlen(attribute);
    while (at < tag.len && strchr(" =\"':", tag.ptr[at]))
        at++;
    return at < tag.len && (tag.ptr[at] == '0' || tag.ptr[at] == '1') &&
           (at + 1 == tag.len ||
            !bylaw__is_digit((unsigned char)tag.ptr[at + 1]));
}

/* Counting pixels are there for machines. */
static bool is_pixel(const struct scene *scene, const struct bylaw_link *link)
{
    struct bylaw_span tag = bylaw__span_sub(scene->c->document->text,
                                            link->bytes.begin, link->bytes.end);

    return has_no_size(tag, "width") || has_no_size(tag, "height");
}

/* The word with no letter on either side: "credit-1.png", not "creditors". */
static bool holds_word(struct bylaw_span file, const char *word)
{
    struct bylaw_span rest = file;
    size_t len = strlen(word), at;

    while ((at = bylaw__span_find_nocase(rest, bylaw__span_of(word))) !=
           SIZE_MAX) {
        if ((at == 0 || !bylaw__is_alpha((unsigned char)rest.ptr[at - 1])) &&
            (at + len == rest.len ||
             !bylaw__is_alpha((unsigned char)rest.ptr[at + len])))
            return true;
        rest = bylaw__span_sub(rest, at + len, rest.len);
    }
    return false;
}

/* The file's name says what is drawn there. */
static bool is_named_credit(const struct bylaw_link *link)
{
    static const char *const words[] = {"credit",      "credits",
                                        "copyright",   "attribution",
                                        "republished", "source-note",
                                        "licence"};
    struct bylaw_span file = link->href;

    for (size_t i = file.len; i-- > 0;)
        if (file.ptr[i] == '/') {
            file = bylaw__span_sub(file, i + 1, file.len);
            break;
        }
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (holds_word(file, words[i]))
            return true;
    return false;
}

/* Nothing but the picture stands where the credit would. */
static bool is_alone_in_credit(const struct scene *scene, size_t number)
{
    const struct bylaw__case *c = scene->c;
    const struct bylaw_link *link = &c->document->links[number];
    enum bylaw_zone zone = c->placement && c->placement->link_zones
                               ? c->placement->link_zones[number]
                               : link->zone;

    if (zone != BYLAW_ZONE_CREDIT)
        return false;
    return link->block == UINT32_MAX ||
           c->document->blocks[link->block].words <= INTRODUCING_WORDS;
}

/* A link to the article that shows a picture in place of words. */
static bool is_in_credit_link(const struct scene *scene,
                              const struct bylaw_link *picture)
{
    for (size_t i = 0; i < scene->way_count; i++) {
        const struct way *way = &scene->ways[i];

        if (way->link && way->reach == REACH_ARTICLE && way->seen &&
            way->stand >= STAND_PROSE && !way->is_copied &&
            way->link->bytes.begin <= picture->bytes.begin &&
            way->link->bytes.end >= picture->bytes.end)
            return true;
    }
    return false;
}

/* An area of an image map has no words but its alternative text. */
static const struct bylaw_link *find_area(const struct scene *scene)
{
    for (size_t i = 0; i < scene->way_count; i++) {
        const struct way *way = &scene->ways[i];

        if (way->link && way->reach == REACH_ARTICLE && way->seen &&
            !strcmp(way->link->element, "area"))
            return way->link;
    }
    return NULL;
}

static const struct bylaw_link *find_picture(const struct scene *scene)
{
    const struct bylaw_document *document = scene->c->document;

    for (size_t i = 0; i < document->link_count; i++) {
        const struct bylaw_link *link = &document->links[i];

        if (strcmp(link->element, "img") || bylaw__span_trim(link->text).len ||
            seen_of(link->visibility) == SEEN_NO ||
            link->zone == BYLAW_ZONE_NAV || link->zone == BYLAW_ZONE_SIDEBAR ||
            link->zone == BYLAW_ZONE_COMMENTS)
            continue;
        if ((is_named_credit(link) || is_alone_in_credit(scene, i) ||
             is_in_credit_link(scene, link)) &&
            !is_pixel(scene, link))
            return link;
    }
    return find_area(scene);
}

void doubt_by_pictures(struct ruling *r, const struct scene *scene,
                       unsigned needs)
{
    const unsigned drawn = NEED_AUTHOR | NEED_PUBLISHER | NEED_UPSTREAM |
                           NEED_COPYRIGHT | NEED_LICENCE | NEED_CHANGES;
    const struct bylaw_link *picture;

    if (r->outcome != BYLAW_OUTCOME_FAIL || !r->by_absence || !(needs & drawn))
        return;
    picture = find_picture(scene);
    if (!picture)
        return;
    r->outcome = BYLAW_OUTCOME_UNKNOWN;
    r->confidence = BYLAW_CONFIDENCE_LOW;
    r->is_partial = false;
    cite_link(r, scene, picture, picture->zone);
    r->clause = bylaw__arena_printf(scene->arena,
                                    "%s, but a picture of which only the "
                                    "address is known, %s, may show it",
                                    r->clause, quote(scene, picture->href));
}
