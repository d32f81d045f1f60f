/* SPDX-License-Identifier: Apache-2.0 */
/* Every term that rules may speak of, whether or not it can be judged yet. */
#include "rules_int.h"

static const struct {
    const char *id; /* first, so that the nearest id can be looked up */
    enum bylaw_term_kind kind;
} vocabulary[] = {
    {"credit.author", BYLAW_TERM_DUTY},
    {"credit.publisher", BYLAW_TERM_DUTY},
    {"credit.upstream", BYLAW_TERM_DUTY},
    {"credit.line", BYLAW_TERM_DUTY},
    {"credit.placement", BYLAW_TERM_DUTY},
    {"credit.remove", BYLAW_TERM_DUTY},
    {"link.original", BYLAW_TERM_DUTY},
    {"link.anchor", BYLAW_TERM_DUTY},
    {"link.licence", BYLAW_TERM_DUTY},
    {"notice.copyright", BYLAW_TERM_DUTY},
    {"notice.licence", BYLAW_TERM_DUTY},
    {"notice.disclaimer", BYLAW_TERM_DUTY},
    {"mark.changes", BYLAW_TERM_DUTY},
    {"keep.links", BYLAW_TERM_DUTY},
    {"keep.text", BYLAW_TERM_DUTY},
    {"keep.whole", BYLAW_TERM_DUTY},
    {"keep.title", BYLAW_TERM_DUTY},
    {"keep.tagline", BYLAW_TERM_DUTY},
    {"track.pixel", BYLAW_TERM_DUTY},
    {"seo.canonical", BYLAW_TERM_DUTY},
    {"media.credit", BYLAW_TERM_DUTY},
    {"time.delay", BYLAW_TERM_DUTY},
    {"time.window", BYLAW_TERM_DUTY},
    {"time.remove", BYLAW_TERM_DUTY},
    {"site.contact", BYLAW_TERM_DUTY},
    {"share.alike", BYLAW_TERM_DUTY},
    {"excerpt.limit", BYLAW_TERM_DUTY},
    {"excerpt.continue", BYLAW_TERM_DUTY},
    {"operator.fact", BYLAW_TERM_DUTY},
    {"no.alteration", BYLAW_TERM_PROHIBITION},
    {"no.translation", BYLAW_TERM_PROHIBITION},
    {"no.commercial", BYLAW_TERM_PROHIBITION},
    {"no.paywall", BYLAW_TERM_PROHIBITION},
    {"no.bulk", BYLAW_TERM_PROHIBITION},
    {"no.images", BYLAW_TERM_PROHIBITION},
    {"no.endorsement", BYLAW_TERM_PROHIBITION},
    {"no.framing", BYLAW_TERM_PROHIBITION},
    {"no.syndication", BYLAW_TERM_PROHIBITION},
    {"no.false-authorship", BYLAW_TERM_PROHIBITION},
};

enum bylaw_term_kind bylaw__vocabulary_kind(const char *id)
{
    for (size_t i = 0; i < COUNT_OF(vocabulary); i++)
        if (!strcmp(vocabulary[i].id, id))
            return vocabulary[i].kind;
    return 0;
}

const char *bylaw__vocabulary_nearest(struct bylaw_span text)
{
    return bylaw__nearest(text, vocabulary, COUNT_OF(vocabulary),
                          sizeof(vocabulary[0]));
}
