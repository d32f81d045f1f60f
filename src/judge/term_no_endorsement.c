/* SPDX-License-Identifier: Apache-2.0 */
/* no.endorsement: nothing says that the publisher stands behind the site. */
#include "judge_int.h"

/* Places to give to, which beside a copied text may seem its publisher's. */
static const struct domain_hint givings[] = {
    {"donorbox.org", "a request for donations"},
    {"patreon.com", "a request for donations"},
    {"ko-fi.com", "a request for donations"},
    {"buymeacoffee.com", "a request for donations"},
    {"gofundme.com", "a request for donations"},
    {"givebutter.com", "a request for donations"},
    {"liberapay.com", "a request for donations"},
};

static const char *hint_of(const struct scene *scene,
                           const struct bylaw_link *link)
{
    if (strcmp(link->element, "a"))
        return NULL;
    return link_in_domains(scene, link, givings,
                           sizeof(givings) / sizeof(givings[0]));
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct hints hints = {0};

    (void)term;
    add_role_hint(&hints, r, scene, BYLAW_PHRASE_PARTNER,
                  "words of a partnership");
    add_link_hints(&hints, r, scene, hint_of);
    rule_by_person(r, scene, &hints,
                   bylaw__arena_printf(scene->arena,
                                       "whether the page implies that %s "
                                       "endorses the site or gains by it",
                                       scene->owner));
}

static const char *const params[] = {"one-link", "if-supplied", NULL};
static const char *const param_help[] = {"Has no effect here.",
                                         "Has no effect here.", NULL};

const struct judge_term term_no_endorsement = {
    .info = {"no.endorsement", BYLAW_TERM_PROHIBITION,
             "Nothing implies that the publisher endorses the site, or that "
             "gifts to the site support it.",
             "Never decided from a page, for what its words imply is a matter "
             "of reading. Always unknown and for a person, with the hints that "
             "were found: words of a partnership in one of ten languages, "
             "links to places where money is given.",
             params, param_help},
    .label = "no implied endorsement",
    .severity = 3,
    .needs = 0,
    .check = NULL,
    .evaluate = evaluate,
};
