/* SPDX-License-Identifier: Apache-2.0 */
/* Freeing the values that flow, and small look-ups inside them. */
#include "model.h"

#include <bylaw/survey.h>

#include <stdlib.h>

struct bylaw__arena *bylaw__owner_new(size_t ceiling)
{
    struct bylaw__arena *arena = malloc(sizeof(*arena));

    if (arena)
        bylaw__arena_init(arena, ceiling);
    return arena;
}

void bylaw__owner_free(void *owner)
{
    if (!owner)
        return;
    bylaw__arena_release(owner);
    free(owner);
}

/* Every value lies inside its own arena, so freeing the owner frees it. */

void bylaw_response_free(struct bylaw_response *response)
{
    if (response)
        bylaw__owner_free(response->owner);
}

void bylaw_document_free(struct bylaw_document *document)
{
    if (document)
        bylaw__owner_free(document->owner);
}

void bylaw_match_free(struct bylaw_match *match)
{
    if (match)
        bylaw__owner_free(match->owner);
}

void bylaw_rules_free(struct bylaw_rules *rules)
{
    if (rules)
        bylaw__owner_free(rules->owner);
}

void bylaw_judgement_free(struct bylaw_judgement *judgement)
{
    if (judgement)
        bylaw__owner_free(judgement->owner);
}

void bylaw__placement_free(struct bylaw__placement *placement)
{
    if (placement)
        bylaw__owner_free(placement->owner);
}

void bylaw__source_forget_document(struct bylaw_source *source)
{
    /* The document was made elsewhere and handed over; it is owned alone, so
     * the constness that readers rely on ends here. */
    union {
        const struct bylaw_document *read_only;
        struct bylaw_document *owned;
    } document = {source->document};

    bylaw_document_free(document.owned);
    source->document = NULL;
    source->is_furniture = NULL;
}

void bylaw_source_free(struct bylaw_source *source)
{
    if (!source)
        return;
    bylaw__source_forget_document(source);
    bylaw__owner_free(source->owner);
}

const struct bylaw_meta *
bylaw_document_meta(const struct bylaw_document *document,
                    enum bylaw_meta_key key)
{
    for (size_t i = 0; i < document->meta_count; i++)
        if (document->metas[i].key == key)
            return &document->metas[i];
    return NULL;
}

const struct bylaw_rule *bylaw_rules_find(const struct bylaw_rules *rules,
                                          const char *id)
{
    for (size_t i = 0; id && i < rules->count; i++)
        if (!strcmp(rules->items[i].id, id))
            return &rules->items[i];
    return NULL;
}

const char *bylaw_term_param(const struct bylaw_term *term, const char *name)
{
    for (size_t i = 0; i < term->param_count; i++)
        if (!strcmp(term->params[i].name, name))
            return term->params[i].value;
    return NULL;
}

void bylaw_survey_free(struct bylaw_survey *survey)
{
    if (survey)
        bylaw__owner_free(survey->owner);
}
