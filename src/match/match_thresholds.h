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

/*
 * --- rewriting ---
 *
 * Sentences as bags of groups of four letters, weighed by rarity in both
 * texts. Measured on texts with 68 passages taken over word for word, stirred,
 * with exchanged words, or written anew by people (`make corpus-reuse`): see
 * there for what today's numbers give.
 */
#define SENTENCE_WORDS_MIN 4u
#define SENTENCE_WORDS_MAX 120u
/* Two sentences less alike than this are not looked at; of one sentence's
   likes, so many at most. */
#define ALIKE_MIN  0.10f
#define ALIKE_MOST 16u
/* What sentences of one language on one subject have in common by chance; a
   pair counts by what it exceeds this, in full from so many words on. */
#define ALIKE_CHANCE 0.25
#define ALIKE_WORDS  8.0
/* Sentences without a like between two of one chain, on either side, and what
   each costs. */
#define SKIP_SENTENCES 4u
#define SKIP_COST      0.03
/* Chains from this worth on are looked at; neighbours over so many sentences
   are one; a stretch is told from this worth and these words on, if it is as
   much alike as a whole. */
#define CHAIN_SCORE_MIN   0.1
#define MERGE_SENTENCES   2
#define STRETCH_SCORE_MIN 0.5
#define STRETCH_WORDS_MIN 20u
#define ALIKE_WHOLE       0.30
#define STRETCHES_MOST    256u
/* In texts of many sentences, a term in more than this share of them is left
   out; so are more, where pairs to be looked at would be more than these. */
#define COMMON_SENTENCES 2000u
#define COMMON_SHARE     0.3
#define POINT_WORK_MAX   (16u << 20)
#define PROBES_MAX       (16u << 20)
/* Copied passages in order tell a stretch when they cover this share of it. */
#define TOLD_SHARE 0.85
/* Times that passages beside a stretch are looked for. */
#define TAKING_ROUNDS 16u
/* Of a retelling and what it tells, one is at most so many times as long. */
#define LENGTH_RATIO 5u

#endif
