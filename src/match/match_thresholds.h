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

/*
 * Worth of an equal word and of a changed one; six changed words more than
 * equal ones end an extension. Measured on 91 news articles with words
 * exchanged at random: coverage is off by 0.001 on average (0.015 at most)
 * at 10 changed in 100, 0.004 (0.03) at 20, 0.014 (0.11) at 30, 0.17 at 40;
 * with 2, -3 and 18 (even at 40 changed in 100 instead of 50) it is 0.001,
 * 0.004, 0.030 and 0.35. Half an article set into another one gains no word
 * from its surroundings either way.
 */
#define SCORE_EQUAL  1
#define SCORE_CHANGE (-1)
#define SCORE_DROP   6
#define BAND_HALF    32
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

/* A headline is looked for by its words up to this length; between it and the
   text a page may put so many words of its own (byline, date) that count as
   part of the headline's change. */
#define HEADLINE_WORDS_MAX  60u
#define HEADLINE_TAIL_WORDS 20u

/*
 * --- decision ---
 *
 * Measured with 91 news articles against 627 real pages as they are extracted
 * (`make corpus-match`): each of the 91 pages that carry one gives coverage
 * 0.997 or more, and 81 of them not one edit; of 129 foreign pairs on other
 * hosts that share a shingle, 15 share a passage, none is classed as a copy,
 * one is a quotation, and the highest coverage is 0.125.
 * Two pages of one site share 86 words of production credits, which is an
 * excerpt to this room: only their publisher's frame tells it apart.
 */

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
