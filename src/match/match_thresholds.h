/* SPDX-License-Identifier: Apache-2.0 */
/* Every number that matching decides by, with what chose it. */
#ifndef BYLAW_MATCH_THRESHOLDS_H
#define BYLAW_MATCH_THRESHOLDS_H

/* --- chaining --- */

/* Words between two runs of one chain, on either side. */
#define CHAIN_GAP_MAX 30u
/* Runs looked back at: contained runs are gone by then, so that more than a
   few come only from texts that repeat themselves. */
#define CHAIN_LOOK_BACK 128u
/* A chain of one run is a candidate from this length on; of two, always. */
#define RUN_WORDS_MIN 8u
/* A second copy of words already found counts as a passage from here on;
   below, it is a title in a list or a pulled quote. */
#define REPEAT_WORDS_MIN 40u
#define REPEAT_SHARE     0.8
/* Comparisons while runs grow: more only where a text repeats itself. */
#define GROW_WORDS_MAX (32u << 20)

/* --- alignment --- */

/* Worth of an equal word and of a changed one: even at 40 % changed words. */
#define SCORE_EQUAL  2
#define SCORE_CHANGE (-3)
/* Six changed words in a row end an extension. */
#define SCORE_DROP 18
#define BAND_HALF  32
/* Words an extension goes at most, and cells of one gap and of one page. */
#define REACH_WORDS_MAX 4096u
#define GAP_CELLS_MAX   (1u << 20)
#define PAGE_CELLS_MAX  (32u << 20)
/* Equal words fewer than these, and fewer than the changes on either side of
   them, are chance ("the", "of the"), not copying. */
#define ISLAND_WORDS_MIN 5u
/* Passages in the same order join over this many words, or over this share of
   their length: one repost, one span. */
#define JOIN_GAP_WORDS 30u
#define JOIN_GAP_SHARE 0.15

/* --- decision --- */

/* Own words (outside quotation on either side, no furniture) a page needs,
   or this share of a source that is shorter. */
#define STRENGTH_WORDS 40u
#define STRENGTH_SHARE 0.60
/* A quotation: nearly all in quotation marks, and little. */
#define QUOTATION_SHARE        0.80
#define QUOTATION_WORDS_MIN    25u
#define QUOTATION_WORDS_MAX    150u
#define QUOTATION_COVERAGE_MAX 0.25
#define FULL_COVERAGE          0.85
#define PARTIAL_COVERAGE       0.30
/* Words of a publisher's frame count as found in runs of at least these. */
#define FURNITURE_RUN_MIN 5u
/* A span is quoted when this share of its equal words is. */
#define SPAN_QUOTED_SHARE 0.80

#endif
