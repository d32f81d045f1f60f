/* SPDX-License-Identifier: Apache-2.0 */
/* seo.canonical: search engines are told where the original stands. */
#include "judge_int.h"

/* What the page's canonical links say, taken together. */
struct canonicals {
    const struct bylaw_link *right; /* leads to the original */
    const struct bylaw_link *other; /* leads elsewhere */
    bool is_in_body;                /* of right: outside the head */
};

static bool is_original(const struct scene *scene, const char *address)
{
    bylaw_url *url = NULL;
    bool is = false;

    if (bylaw_url_parse(&url, bylaw__span_of(address), NULL, NULL))
        return false;
    for (size_t i = 0; i < scene->target_count && !is; i++)
        is = bylaw_url_relate(url, scene->targets[i]) == BYLAW_URL_SAME_PAGE;
    bylaw_url_free(url);
    return is;
}

static struct canonicals read_canonicals(const struct scene *scene)
{
    const struct bylaw_document *document = scene->c->document;
    struct canonicals found = {0};

    for (size_t i = 0; i < document->link_count; i++) {
        const struct bylaw_link *link = &document->links[i];

        if (strcmp(link->element, "link") || !link->url ||
            !(link->rel & BYLAW_REL_CANONICAL))
            continue;
        if (!is_original(scene, link->url)) {
            found.other = found.other ? found.other : link;
        } else if (!found.right) {
            found.right = link;
            found.is_in_body = link->zone != BYLAW_ZONE_HEAD;
        }
    }
    return found;
}

/* A header or another form of metadata may say it, too. */
static const struct bylaw_meta *stated_canonical(const struct scene *scene)
{
    const struct bylaw_document *document = scene->c->document;

    for (size_t i = 0; i < document->meta_count; i++) {
        const struct bylaw_meta *meta = &document->metas[i];
        const char *address = bylaw__arena_copy(scene->arena, meta->value);

        if (meta->key == BYLAW_META_CANONICAL && address &&
            is_original(scene, address))
            return meta;
    }
    return NULL;
}

static const struct bylaw_meta *find_noindex(const struct scene *scene)
{
    const struct bylaw_document *document = scene->c->document;

    for (size_t i = 0; i < document->meta_count; i++) {
        const struct bylaw_meta *meta = &document->metas[i];

        if (meta->key == BYLAW_META_ROBOTS &&
            (bylaw__span_find_nocase(meta->value, BYLAW__SPAN("noindex")) !=
                 SIZE_MAX ||
             bylaw__span_is_nocase(meta->value, "none")))
            return meta;
    }
    return NULL;
}

static void rule_by_link(struct ruling *r, const struct scene *scene,
                         const struct canonicals *found)
{
    cite_link(r, scene, found->right, found->right->zone);
    if (found->other && !found->is_in_body) {
        cite_link(r, scene, found->other, found->other->zone);
        rule_unknown(r, scene,
                     "one canonical link leads to the original and another "
                     "to %s, and search engines heed neither then",
                     quote(scene, bylaw__span_of(found->other->url)));
    } else if (found->is_in_body) {
        rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                  "a canonical link to the original is there, if outside the "
                  "head, where search engines do not heed it");
    } else {
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                  "the page's canonical link leads to the original");
    }
}

static void rule_without(struct ruling *r, const struct scene *scene,
                         const struct canonicals *found)
{
    if (bylaw_document_meta(scene->c->document, BYLAW_META_AMP)) {
        rule_unknown(r, scene,
                     "this is an AMP page, whose canonical link leads to its "
                     "full version, where the original is to be named");
        return;
    }
    if (!found->other) {
        rule_absent(r, scene, "the canonical link to the original is missing");
        return;
    }
    cite_link(r, scene, found->other, found->other->zone);
    rule_absent(r, scene,
                "the page's canonical link leads to %s instead of the original",
                quote(scene, bylaw__span_of(found->other->url)));
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct canonicals found = read_canonicals(scene);
    const struct bylaw_meta *noindex = find_noindex(scene), *stated;

    if (found.right) {
        rule_by_link(r, scene, &found);
    } else if ((stated = stated_canonical(scene))) {
        cite_meta(r, stated);
        rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                  "the page's metadata names the original as canonical");
    } else if (noindex && param_flag(term, "noindex")) {
        cite_meta(r, noindex);
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                  "the page keeps itself out of search engines, which is "
                  "accepted in place of a canonical link");
    } else {
        rule_without(r, scene, &found);
    }
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    (void)term;
    return scene->target_count ? NULL
                               : "the article's own address is not "
                                 "known";
}

static const char *mend(const struct scene *scene,
                        const struct bylaw_term *term)
{
    (void)term;
    return scene->target_count
               ? compose_element(scene, "<link rel=\"canonical\" href=\"",
                                 bylaw_url_href(scene->targets[0]), "\">")
               : NULL;
}

static const char *const params[] = {"noindex", "one-link", "if-supplied",
                                     NULL};
static const char *const param_help[] = {
    "yes: a page that keeps itself out of search engines (robots: noindex) "
    "meets the duty too.",
    "Has no effect here: a link for readers does not tell search engines.",
    "Always so: does not arise where the article's own address is not known.",
    NULL};

const struct judge_term term_seo_canonical = {
    .info =
        {"seo.canonical", BYLAW_TERM_DUTY,
         "Search engines are told that the original stands elsewhere.",
         "Passes when link rel=canonical leads to the original, tracking "
         "parameters and the like aside, in the head or pasted along with the "
         "article; with noindex: yes also when the page keeps itself out of "
         "search engines. Unknown when several canonical links contradict "
         "each other, or the page is an AMP version of another. Fails when "
         "the page was read whole and has no canonical link or one that leads "
         "elsewhere.",
         params, param_help},
    .label = "the canonical link to the original",
    .severity = 1,
    .check = check,
    .evaluate = evaluate,
    .mend = mend,
};
