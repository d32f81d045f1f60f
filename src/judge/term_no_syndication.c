/* SPDX-License-Identifier: Apache-2.0 */
/* no.syndication: the copy is not passed on to others; hints for a person. */
#include "judge_int.h"

/* Services that carry what sites submit to them. */
static const struct domain_hint services[] = {
    {"news.google.com", "a Google News publication"},
    {"apple.news", "an Apple News channel"},
    {"flipboard.com", "a Flipboard magazine"},
    {"smartnews.com", "a SmartNews channel"},
    {"newsbreak.com", "a NewsBreak channel"},
    {"msn.com", "a channel of MSN"},
    {"dailyhunt.in", "a Dailyhunt channel"},
    {"substack.com", "a Substack letter"},
};

static const char *hint_of(const struct scene *scene,
                           const struct bylaw_link *link)
{
    if (strcmp(link->element, "a"))
        return NULL;
    return link_in_domains(scene, link, services,
                           sizeof(services) / sizeof(services[0]));
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct hints hints = {0};

    (void)term;
    add_link_hints(&hints, r, scene, hint_of);
    rule_by_person(r, scene, &hints, "whether the copy is passed on to others");
}

static const char *const params[] = {"one-link", "if-supplied", NULL};
static const char *const param_help[] = {"Has no effect here.",
                                         "Has no effect here.", NULL};

const struct judge_term term_no_syndication = {
    .info = {"no.syndication", BYLAW_TERM_PROHIBITION,
             "The copy is not sold, licensed or passed on to others.",
             "Never decided from a page, which does not show where else its "
             "text goes. Always unknown and for a person, with the hints that "
             "were found: links to channels of news services that carry what "
             "sites submit to them.",
             params, param_help},
    .label = "no passing on to others",
    .severity = 2,
    .needs = 0,
    .check = NULL,
    .evaluate = evaluate,
};
