/* SPDX-License-Identifier: Apache-2.0 */
/* The table of terms: what can be asked of a page. */
#include "judge_int.h"

/* One row a line. */
/* clang-format off */
static const struct judge_term *const rows[] = {
    &term_credit_author,
    &term_credit_publisher,
    &term_credit_upstream,
    &term_credit_line,
    &term_credit_placement,
    &term_credit_remove,
    &term_link_original,
    &term_link_anchor,
    &term_link_licence,
    &term_notice_copyright,
    &term_notice_licence,
    &term_notice_disclaimer,
    &term_mark_changes,
    &term_keep_text,
    &term_keep_links,
    &term_keep_title,
    &term_keep_tagline,
    &term_track_pixel,
    &term_seo_canonical,
    &term_media_credit,
    &term_site_contact,
    &term_share_alike,
    &term_operator_fact,
    &term_time_delay,
    &term_time_window,
    &term_time_remove,
    &term_no_commercial,
    &term_keep_whole,
    &term_excerpt_limit,
    &term_excerpt_continue,
    &term_no_alteration,
    &term_no_bulk,
    &term_no_endorsement,
    &term_no_false_authorship,
    &term_no_framing,
    &term_no_images,
    &term_no_paywall,
    &term_no_syndication,
    &term_no_translation,
};
/* clang-format on */

#define ROW_COUNT (sizeof(rows) / sizeof(rows[0]))

const struct judge_term *term_row(const char *id)
{
    for (size_t i = 0; id && i < ROW_COUNT; i++)
        if (!strcmp(rows[i]->info.id, id))
            return rows[i];
    return NULL;
}

const struct bylaw__term_info *bylaw__term_find(const char *id)
{
    const struct judge_term *row = term_row(id);

    return row ? &row->info : NULL;
}

const struct bylaw__term_info *bylaw__term_at(size_t i)
{
    return i < ROW_COUNT ? &rows[i]->info : NULL;
}
