/* SPDX-License-Identifier: Apache-2.0 */
/* A match as audits and bulk matching tell it. */
#include "report_int.h"

#define COVER_DIGITS 4 /* of a share */

void bylaw__report_range_json(struct bylaw__json *json, const char *key,
                              struct bylaw_range range)
{
    bylaw__json_key(json, key);
    bylaw__json_array(json);
    bylaw__json_int(json, range.begin);
    bylaw__json_int(json, range.end);
    bylaw__json_array_end(json);
}

static void add_span_members(struct bylaw__json *json,
                             const struct bylaw_match_span *span)
{
    bylaw__report_range_json(json, "source", span->source);
    bylaw__report_range_json(json, "page", span->page);
    bylaw__json_add_count(json, "edit_distance", span->edit_distance);
    bylaw__json_key(json, "quoted");
    bylaw__json_bool(json, span->is_quoted);
}

static void add_span(struct bylaw__json *json,
                     const struct bylaw_match_span *span)
{
    bylaw__json_object(json);
    add_span_members(json, span);
    bylaw__json_object_end(json);
}

/* A rewritten stretch with the copied passages inside it; returns the first
 * passage behind it. */
static size_t add_parts(struct bylaw__json *json,
                        const struct bylaw_match *match, size_t next,
                        const struct bylaw_match_span *rewrite)
{
    bylaw__json_object(json);
    add_span_members(json, rewrite);
    bylaw__json_key(json, "rewritten");
    bylaw__json_bool(json, true);
    bylaw__json_key(json, "parts");
    bylaw__json_array(json);
    for (; next < match->span_count &&
           match->spans[next].page.begin < rewrite->page.end;
         next++)
        add_span(json, &match->spans[next]);
    bylaw__json_array_end(json);
    bylaw__json_object_end(json);
    return next;
}

/* Copied passages and rewritten stretches in the order of the page; passages
 * inside a stretch are its parts, so that none overlap. */
static void add_spans(struct bylaw__json *json, const struct bylaw_match *match)
{
    size_t next = 0;

    bylaw__json_key(json, "spans");
    bylaw__json_array(json);
    for (size_t r = 0; r < match->rewrite_count; r++) {
        const struct bylaw_match_span *rewrite = &match->rewrites[r];

        while (next < match->span_count &&
               match->spans[next].page.end <= rewrite->page.begin)
            add_span(json, &match->spans[next++]);
        next = add_parts(json, match, next, rewrite);
    }
    while (next < match->span_count)
        add_span(json, &match->spans[next++]);
    bylaw__json_array_end(json);
}

static void add_kinship(struct bylaw__json *json,
                        const struct bylaw_kinship *kinship)
{
    bylaw__json_key(json, "kinship");
    bylaw__json_object(json);
    bylaw__json_add_count(json, "names_and_numbers", kinship->traits);
    bylaw__json_key(json, "score");
    bylaw__json_real(json, kinship->score, COVER_DIGITS);
    bylaw__json_key(json, "share");
    bylaw__json_real(json, kinship->share, COVER_DIGITS);
    bylaw__json_key(json, "order");
    bylaw__json_real(json, kinship->order, COVER_DIGITS);
    bylaw__json_object_end(json);
}

void bylaw__report_match_members(struct bylaw__json *json,
                                 const struct bylaw_match *match)
{
    bylaw__json_add_text(json, "class", bylaw_match_class_name(match->class));
    bylaw__json_key(json, "source_coverage");
    bylaw__json_real(json, match->source_coverage, COVER_DIGITS);
    bylaw__json_key(json, "page_coverage");
    bylaw__json_real(json, match->page_coverage, COVER_DIGITS);
    bylaw__json_add_count(json, "copied_words", match->copied_words);
    bylaw__json_add_count(json, "quoted_words", match->quoted_words);
    bylaw__json_add_count(json, "longest_run", match->longest_run);
    if (match->kinship.traits)
        add_kinship(json, &match->kinship);
    if (match->rewrite_count)
        bylaw__json_add_count(json, "rewritten_words", match->rewritten_words);
    add_spans(json, match);
}
