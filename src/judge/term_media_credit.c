/* SPDX-License-Identifier: Apache-2.0 */
/* media.credit: whoever made the pictures is named beside them. */
#include "judge_int.h"

#define FILE_STEM_MIN 5u /* shorter names ("1.jpg") say nothing */

static bool is_in_article(const struct scene *scene, size_t number)
{
    const struct bylaw__case *c = scene->c;
    const struct bylaw_link *link = &c->document->links[number];
    enum bylaw_zone zone = c->placement && c->placement->link_zones
                               ? c->placement->link_zones[number]
                               : link->zone;

    return !strcmp(link->element, "img") && link->url &&
           seen_of(link->visibility) != SEEN_NO &&
           stand_of(c, link->block, zone) >= STAND_PROSE;
}

static const struct bylaw_link *first_picture(const struct scene *scene)
{
    for (size_t i = 0; i < scene->c->document->link_count; i++)
        if (is_in_article(scene, i))
            return &scene->c->document->links[i];
    return NULL;
}

/* "japan-nato" of ".../uploads/japan-nato-1024x683.jpg?w=300": picture files
 * keep their names when they are copied, sizes aside. */
static struct bylaw_span stem_of(const char *address)
{
    struct bylaw_span rest = bylaw__span_of(address), stem;
    size_t slash = 0, end;

    rest.len = strcspn(address, "?#");
    for (size_t i = 0; i < rest.len; i++)
        if (rest.ptr[i] == '/')
            slash = i + 1;
    stem = bylaw__span_sub(rest, slash, rest.len);
    for (end = stem.len; end && stem.ptr[end - 1] != '.';)
        end--;
    if (end)
        stem.len = end - 1;
    end = stem.len;
    while (end && (bylaw__is_digit((unsigned char)stem.ptr[end - 1]) ||
                   stem.ptr[end - 1] == 'x'))
        end--;
    if (end && end < stem.len && stem.ptr[end - 1] == '-')
        stem.len = end - 1;
    return stem;
}

/* A picture of the article's on the page that the source's page shows too. */
static const struct bylaw_link *shared_picture(const struct scene *scene)
{
    const struct bylaw_document *source = scene->c->source->document;
    const struct bylaw_document *document = scene->c->document;

    for (size_t i = 0; source && i < document->link_count; i++) {
        struct bylaw_span stem;

        if (!is_in_article(scene, i))
            continue;
        stem = stem_of(document->links[i].url);
        for (size_t k = 0; stem.len >= FILE_STEM_MIN && k < source->link_count;
             k++)
            if (!strcmp(source->links[k].element, "img") &&
                source->links[k].url &&
                bylaw__span_eq(stem_of(source->links[k].url), stem))
                return &document->links[i];
    }
    return NULL;
}

/* The name in a caption, a credit or a sentence of credit. */
static bool find_credit(struct ruling *r, const struct scene *scene,
                        const char *name)
{
    struct hits hits = {0};
    const struct hit *hit = &hits.best[HIT_CREDIT];

    for (size_t i = 0; i < scene->line_count; i++) {
        const struct line *line = &scene->lines[i];
        struct bylaw_range at;

        if (line->seen == SEEN_YES && line->stand >= STAND_PROSE &&
            scene->c->document->blocks[line->block].is_caption &&
            name_in(&at, line->text, line->is_foreign, name) ==
                BYLAW__NAME_FULL) {
            cite_text(r, scene, line, at);
            return true;
        }
        find_name_in_line(&hits, scene, line, name);
    }
    if (hit->how == BYLAW__NAME_FULL)
        cite_hit(r, scene, hit);
    return hit->how == BYLAW__NAME_FULL;
}

static void rule_missing(struct ruling *r, const struct scene *scene,
                         const char *name)
{
    const struct bylaw_link *picture = shared_picture(scene);

    if (picture) {
        cite_link(r, scene, picture, picture->zone);
        rule_absent(r, scene,
                    "a picture of the article's is there and %s is not named "
                    "beside it",
                    name);
        return;
    }
    rule_unknown(r, scene,
                 "%s is not named, but whether the pictures are those of the "
                 "article cannot be told",
                 name);
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    size_t count;
    const char *const *names = param_list(scene, term, "names", &count);

    if (!count) {
        cite_link(r, scene, first_picture(scene), BYLAW_ZONE_BODY);
        rule_unknown(r, scene,
                     "there are pictures, and who has to be credited for them "
                     "is a question for a person");
        r->for_person = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (find_credit(r, scene, names[i]))
            continue;
        r->evidence_count = 0;
        if (!rule_by_picture(r, scene, names[i]))
            rule_missing(r, scene, names[i]);
        return;
    }
    rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM, "%s %s named",
              join_names(scene, names, count), count == 1 ? "is" : "are");
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    (void)term;
    return first_picture(scene) ? NULL : "there is no picture in the article";
}

static const char *const params[] = {"names", "one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "Who has to be named; all of them.", "Has no effect here.",
    "Has no effect here: without a picture the duty does not arise.", NULL};

const struct judge_term term_media_credit = {
    .info =
        {"media.credit", BYLAW_TERM_DUTY,
         "The makers of the pictures are credited.",
         "Does not arise without a visible picture in or beside the article. "
         "Passes when every name asked for stands in a caption, credit line "
         "or sentence of credit. Unknown when the rule names nobody, the name "
         "is only in a picture's alternative text, or the pictures need not "
         "be the article's. Fails when the page was read whole, shows a "
         "picture file of the source's page, and the name is not there.",
         params, param_help},
    .label = "the credit for the pictures",
    .severity = 2,
    .check = check,
    .evaluate = evaluate,
};
