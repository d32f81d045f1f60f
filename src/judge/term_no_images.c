/* SPDX-License-Identifier: Apache-2.0 */
/* no.images: the article's pictures are not taken along with its text. */
#include "judge_int.h"

/* Endings of addresses of photographs and drawings; counters are GIFs. */
static const char *const endings[] = {".jpg", ".jpeg", ".png", ".webp",
                                      ".avif"};
/* Words in the addresses of pictures that are no part of an article. */
static const char *const furniture[] = {"logo",  "icon",  "avatar", "badge",
                                        "pixel", "badge", "banner", "button"};

static bool is_picture(const struct bylaw_link *link)
{
    struct bylaw_span path;
    size_t end;

    if (strcmp(link->element, "img") || !link->url)
        return false;
    path = bylaw__span_of(link->url);
    end = bylaw__span_find(path, BYLAW__SPAN("?"));
    path = bylaw__span_sub(path, 0, end == SIZE_MAX ? path.len : end);
    for (size_t i = 0; i < sizeof(furniture) / sizeof(furniture[0]); i++)
        if (bylaw__span_find_nocase(path, bylaw__span_of(furniture[i])) !=
            SIZE_MAX)
            return false;
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if (bylaw__span_ends(path, endings[i]))
            return true;
    return false;
}

/* Between the first and the last copied words: what stands around them may
 * belong to the site. */
static bool is_inside(const struct scene *scene, const struct bylaw_link *link)
{
    const struct bylaw_match *match = scene->c->match;

    return match->span_count &&
           link->bytes.begin >= match->spans[0].page.begin &&
           link->bytes.end <= match->spans[match->span_count - 1].page.end;
}

/* A picture of the source by its own address. */
static bool is_sources(const struct scene *scene, const struct bylaw_link *link)
{
    const struct bylaw_texts *pictures = &scene->c->source->pictures;

    for (size_t i = 0; i < pictures->count; i++)
        if (!strcmp(pictures->items[i], link->url))
            return true;
    return false;
}

static bool is_on_owners_site(const struct scene *scene,
                              const struct bylaw_link *link)
{
    const bylaw_url *url = link_url(scene, link);

    return url && scene_is_owners(scene, url);
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    const struct bylaw_document *document = scene->c->document;
    const struct bylaw_link *other = NULL;

    (void)term;
    for (size_t i = 0; i < document->link_count; i++) {
        const struct bylaw_link *link = &document->links[i];

        if (!is_picture(link))
            continue;
        if (is_sources(scene, link) ||
            (is_inside(scene, link) && is_on_owners_site(scene, link))) {
            cite_link(r, scene, link, link->zone);
            rule_broken(r, scene, BYLAW_CONFIDENCE_HIGH,
                        "the page shows a picture from the site of %s",
                        scene->owner);
            return;
        }
        if (!other && is_inside(scene, link))
            other = link;
    }
    if (other) {
        cite_link(r, scene, other, other->zone);
        rule_unknown(r, scene,
                     "pictures stand in the text, and whether they are the "
                     "article's has to be seen by a person");
        r->for_person = true;
        return;
    }
    cite_copied(r, scene, 0);
    rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
              "no picture stands in the copied text");
}

static const char *const params[] = {"one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "Has no effect here: a link does not undo a picture.",
    "Has no effect here: it arises for every page.", NULL};

const struct judge_term term_no_images = {
    .info =
        {"no.images", BYLAW_TERM_PROHIBITION,
         "The article's pictures are not taken along with its text.",
         "Passes when no picture stands within the copied text. Unknown and "
         "for a person when pictures do, whose addresses do not show where "
         "they are from: the site may have its own right to them. Fails when "
         "the page shows a picture by its address on the publisher's site. "
         "Logos, counters and buttons are none.",
         params, param_help},
    .label = "no pictures of the article's",
    .severity = 2,
    .needs = 0,
    .check = NULL,
    .evaluate = evaluate,
};
