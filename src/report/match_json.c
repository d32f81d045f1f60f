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

static void add_spans(struct bylaw__json *json, const struct bylaw_match *match)
{
    bylaw__json_key(json, "spans");
    bylaw__json_array(json);
    for (size_t i = 0; i < match->span_count; i++) {
        const struct bylaw_match_span *span = &match->spans[i];

        bylaw__json_object(json);
        bylaw__report_range_json(json, "source", span->source);
        bylaw__report_range_json(json, "page", span->page);
        bylaw__json_add_count(json, "edit_distance", span->edit_distance);
        bylaw__json_key(json, "quoted");
        bylaw__json_bool(json, span->is_quoted);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
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
    add_spans(json, match);
}
