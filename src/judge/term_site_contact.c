/* SPDX-License-Identifier: Apache-2.0 */
/* site.contact: the republisher can be reached. */
#include "judge_int.h"

#define CONTACT_BYTES 64u /* a longer text is no link of a menu */

/* How sites call the page on which they can be reached, and what legal or
 * "about" page does as well, in ten languages; folded, whole words. */
static const char *const words[] = {
    "contact",        "contact us",    "about",           "about us",
    "who we are",     "masthead",      "staff",           "contacto",
    "contáctenos",    "quiénes somos", "aviso legal",     "contactez nous",
    "nous contacter", "à propos",      "qui sommes nous", "mentions légales",
    "kontakt",        "impressum",     "über uns",        "contatti",
    "contattaci",     "chi siamo",     "contato",         "contacte",
    "quem somos",     "fale conosco",  "お問い合わせ",    "会社概要",
    "联系我们",       "聯絡我們",      "关于我们",        "關於我們",
    "اتصل بنا",       "من نحن",        "контакты",        "о нас",
    "о редакции",
};

static bool is_contact(const struct bylaw_link *link)
{
    if (strcmp(link->element, "a") || seen_of(link->visibility) == SEEN_NO)
        return false;
    if (link->kind == BYLAW_LINK_MAIL)
        return true;
    if (link->kind != BYLAW_LINK_REAL || !link->text.len ||
        link->text.len > CONTACT_BYTES)
        return false;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (bylaw__phrase_find(NULL, link->text, bylaw__span_of(words[i])))
            return true;
    return false;
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    const struct bylaw__case *c = scene->c;

    (void)term;
    for (size_t i = 0; i < c->document->link_count; i++) {
        const struct bylaw_link *link = &c->document->links[i];

        if (scene_is_copied(scene, link->bytes) || !is_contact(link))
            continue;
        cite_link(r, scene, link,
                  c->placement && c->placement->link_zones
                      ? c->placement->link_zones[i]
                      : link->zone);
        rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                  "the page says how its publisher can be reached (%s)",
                  quote(scene, link->text));
        return;
    }
    rule_unknown(r, scene,
                 "no link to a contact was found on this page; other pages "
                 "of the site may have one");
}

static const char *const params[] = {"one-link", "if-supplied", NULL};
static const char *const param_help[] = {"Has no effect here.",
                                         "Has no effect here.", NULL};

const struct judge_term term_site_contact = {
    .info = {"site.contact", BYLAW_TERM_DUTY,
             "The republisher's site says how it can be reached.",
             "Passes when a visible link of the page is a mail address or is "
             "called contact, about us, imprint or the like in one of ten "
             "languages. Otherwise unknown: one page does not show that a site "
             "has no such page, so this never fails.",
             params, param_help},
    .label = "the way to reach the republisher",
    .severity = 1,
    .evaluate = evaluate,
};
