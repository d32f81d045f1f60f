/* SPDX-License-Identifier: Apache-2.0 */
/* no.commercial: hints for the person who decides; never a verdict. */
#include "judge_int.h"

/* Hosts that serve advertisements (names of the networks' own domains). */
#define ADVERTISING "advertisements"
static const struct domain_hint ad_hosts[] = {
    {"doubleclick.net", ADVERTISING},
    {"googlesyndication.com", ADVERTISING},
    {"googleadservices.com", ADVERTISING},
    {"adnxs.com", ADVERTISING},
    {"taboola.com", ADVERTISING},
    {"outbrain.com", ADVERTISING},
    {"criteo.com", ADVERTISING},
    {"criteo.net", ADVERTISING},
    {"amazon-adsystem.com", ADVERTISING},
    {"pubmatic.com", ADVERTISING},
    {"rubiconproject.com", ADVERTISING},
    {"openx.net", ADVERTISING},
    {"mgid.com", ADVERTISING},
    {"revcontent.com", ADVERTISING},
    {"adform.net", ADVERTISING},
    {"smartadserver.com", ADVERTISING},
    {"media.net", ADVERTISING},
    {"propellerads.com", ADVERTISING},
};

/* Words of link texts and addresses that ask for money. */
static const struct {
    const char *word, *hint;
} money_words[] = {
    {"shop", "a shop"},
    {"store", "a shop"},
    {"subscribe", "subscriptions"},
    {"subscription", "subscriptions"},
    {"membership", "memberships"},
    {"donate", "donations"},
    {"advertise", "advertising"},
};

static const char *ad_hint(const struct scene *scene,
                           const struct bylaw_link *link)
{
    if (!strcmp(link->element, "a") || !strcmp(link->element, "link"))
        return NULL;
    return link_in_domains(scene, link, ad_hosts,
                           sizeof(ad_hosts) / sizeof(ad_hosts[0]));
}

static const char *money_hint(const struct bylaw_link *link)
{
    struct bylaw_range at;

    if (strcmp(link->element, "a") || link->text.len > QUOTE_BYTES)
        return NULL;
    for (size_t i = 0; i < sizeof(money_words) / sizeof(money_words[0]); i++)
        if (bylaw__span_find_nocase(link->text,
                                    bylaw__span_of(money_words[i].word)) !=
                SIZE_MAX &&
            bylaw__phrase_find(&at, link->text,
                               bylaw__span_of(money_words[i].word)))
            return money_words[i].hint;
    return NULL;
}

/* A currency sign beside a number, in text that was not copied. */
static bool find_price(struct bylaw_range *out, struct bylaw_span text)
{
    static const char *const signs[] = {"$", "\xE2\x82\xAC", "\xC2\xA3"};

    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        struct bylaw_span sign = bylaw__span_of(signs[i]);
        size_t at = bylaw__span_find(text, sign), end;

        if (at == SIZE_MAX)
            continue;
        end = at + sign.len;
        while (end < text.len &&
               (bylaw__is_digit((unsigned char)text.ptr[end]) ||
                text.ptr[end] == '.' || text.ptr[end] == ','))
            end++;
        if (end == at + sign.len)
            continue;
        *out = (struct bylaw_range){(uint32_t)at, (uint32_t)end};
        return true;
    }
    return false;
}

static const char *hint_of(const struct scene *scene,
                           const struct bylaw_link *link)
{
    const char *hint = ad_hint(scene, link);

    return hint ? hint : money_hint(link);
}

static void find_price_hint(struct ruling *r, const struct scene *scene,
                            struct hints *hints)
{
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct line *line = &scene->lines[i];
        struct bylaw_range at;

        if (line->seen != SEEN_YES || line->stand == STAND_PROSE ||
            !find_price(&at, line->text) ||
            scene_is_copied(scene, line_bytes(scene, line, at)))
            continue;
        cite_text(r, scene, line, at);
        add_hint(hints, "prices");
        return;
    }
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct hints hints = {0};

    (void)term;
    add_link_hints(&hints, r, scene, hint_of);
    find_price_hint(r, scene, &hints);
    rule_by_person(r, scene, &hints, "whether the use is commercial");
}

static const char *const params[] = {"one-link", "if-supplied", NULL};
static const char *const param_help[] = {"Has no effect here.",
                                         "Has no effect here.", NULL};

const struct judge_term term_no_commercial = {
    .info = {"no.commercial", BYLAW_TERM_PROHIBITION,
             "The article is not used commercially.",
             "Never decided from a page: what counts as commercial is the "
             "publisher's to say, and advertisements alone do not make it so. "
             "Always unknown and for a person, with the hints that were found: "
             "advertising networks, shops, subscriptions, donations, prices.",
             params, param_help},
    .label = "no commercial use",
    .severity = 3,
    .needs = 0,
    .check = NULL,
    .evaluate = evaluate,
};
