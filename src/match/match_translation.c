/* SPDX-License-Identifier: Apache-2.0 */
/* The match of a page that may be a translation: nothing is copied in it. */
#include "match_int.h"

/* One span from the first name or number in common to the last. */
static int write_place(struct bylaw_match *match,
                       const struct bylaw__tokens *page,
                       const struct bylaw__tokens *source,
                       const struct bylaw__told_place *place,
                       struct bylaw_error *err)
{
    struct bylaw_match_span *span =
        bylaw__arena_alloc(match->owner, sizeof(*span));
    struct stretch of_page = {place->page.begin, place->page.end};
    struct stretch of_source = {place->source.begin, place->source.end};
    uint32_t words[] = {of_page.end - of_page.begin,
                        of_source.end - of_source.begin};

    if (!span)
        return bylaw__fail_memory(err, "");
    *span = (struct bylaw_match_span){
        .source = bytes_of_words(source, of_source),
        .page = bytes_of_words(page, of_page),
        .source_token = of_source.begin,
        .source_tokens = words[1],
        .page_token = of_page.begin,
        .page_tokens = words[0],
        .edit_distance = words[0] > words[1] ? words[0] : words[1],
    };
    match->class = BYLAW_MATCH_TRANSLATION;
    match->spans = span;
    match->span_count = 1;
    return 0;
}

int bylaw__match_translation(struct bylaw_match **out,
                             const struct bylaw__tokens *page,
                             const struct bylaw__tokens *source,
                             const struct bylaw_kinship *kinship,
                             const struct bylaw__told_place *place,
                             struct bylaw_error *err)
{
    struct bylaw_match *match = new_match();
    int rc;

    if (!match)
        return bylaw__fail_memory(err, "");
    match->kinship = *kinship;
    rc = place ? write_place(match, page, source, place, err) : 0;
    if (rc)
        bylaw_match_free(match);
    else
        *out = match;
    return rc;
}
