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

static void add_between_spaces(struct bylaw__buf *out, struct bylaw_span text)
{
    bylaw__buf_add_char(out, ' ');
    bylaw__text_normalise(out, text);
    bylaw__buf_add_char(out, ' ');
}

/* The words, normalised, a space around each phrase; all in one buffer. */
struct names {
    struct bylaw__buf text;
    struct bylaw_span items[sizeof(words) / sizeof(words[0])];
    size_t count;
};

static void make_names(struct names *names)
{
    size_t ends[sizeof(words) / sizeof(words[0])], begin = 0;

    bylaw__buf_init(&names->text, 0);
    names->count = 0;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        add_between_spaces(&names->text, bylaw__span_of(words[i]));
        ends[i] = names->text.len;
    }
    if (names->text.failed)
        return;
    for (; names->count < sizeof(words) / sizeof(words[0]); names->count++) {
        names->items[names->count] =
            bylaw__span_sub(bylaw__buf_span(&names->text), begin,
                            ends[names->count]);
        begin = ends[names->count];
    }
}

/* Whether one of the names stands in a text, as whole words. */
static bool holds_name(const struct names *names, struct bylaw__buf *scratch,
                       struct bylaw_span text)
{
    struct bylaw_span rest;

    bylaw__buf_clear(scratch);
    add_between_spaces(scratch, text);
    rest = bylaw__buf_span(scratch);
    while (rest.len > 1) {
        const char *space = memchr(rest.ptr + 1, ' ', rest.len - 1);

        for (size_t i = 0; i < names->count; i++)
            if (rest.len >= names->items[i].len &&
                !memcmp(rest.ptr, names->items[i].ptr, names->items[i].len))
                return true;
        rest = bylaw__span_sub(rest, (size_t)(space - rest.ptr), rest.len);
    }
    return false;
}

static bool is_contact(const struct names *names, struct bylaw__buf *scratch,
                       const struct bylaw_link *link)
{
    if (strcmp(link->element, "a") || seen_of(link->visibility) == SEEN_NO)
        return false;
    if (link->kind == BYLAW_LINK_MAIL)
        return true;
    if (link->kind != BYLAW_LINK_REAL || !link->text.len ||
        link->text.len > CONTACT_BYTES)
        return false;
    return holds_name(names, scratch, link->text);
}

/* Number of the first link to a contact; that of all links: there is none. */
static size_t find_contact(const struct scene *scene)
{
    const struct bylaw_document *document = scene->c->document;
    struct bylaw__buf scratch;
    struct names names;
    size_t i = 0;

    make_names(&names);
    bylaw__buf_init(&scratch, 0);
    while (i < document->link_count &&
           (scene_is_copied(scene, document->links[i].bytes) ||
            !is_contact(&names, &scratch, &document->links[i])))
        i++;
    bylaw__buf_release(&scratch);
    bylaw__buf_release(&names.text);
    return i;
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    const struct bylaw__case *c = scene->c;

    size_t i = find_contact(scene);

    (void)term;
    if (i < c->document->link_count) {
        const struct bylaw_link *link = &c->document->links[i];

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
