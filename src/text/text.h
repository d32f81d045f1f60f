/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: text (floor 1)
 *
 * Purpose  Words that can be compared, each knowing the bytes it came from.
 * Takes    UTF-8 text with a map back to the page.
 * Gives    normalised tokens, folded strings, name matches.
 * May include  base; ICU (NFKC, casefold, categories, transliteration).
 *
 * Invariants
 *  1. Normalisation is versioned (BYLAW__TEXT_VERSION): NFKC, full casefold,
 *     format characters dropped, quotes and dashes unified, "don't" one word.
 *     Arabic vowel signs and tatweel are dropped; "1,000" and "1 000" with a
 *     no-break space are "1000", "5,5" is "5.5".
 *  2. A token is a run of letters, marks and digits; Han, Kana, Thai, Lao,
 *     Khmer and Myanmar give one token a code point. Words longer than
 *     BYLAW_LIMIT_WORD_BYTES are cut in pieces.
 *  3. Every token maps to the exact half-open byte range of the page that
 *     made it, through entities and escapes; ranges never decrease.
 *  4. Equal normalised words have equal hashes, on any machine.
 *  5. No input, however broken, fails other than by memory or ceiling.
 */
#ifndef BYLAW_TEXT_H
#define BYLAW_TEXT_H

#include "base/base.h"

#define BYLAW__TEXT_VERSION 1

/**
 * One piece of a map from decoded text to page bytes. Pieces cover the text
 * from 0 on without gaps. Equal lengths: byte i is byte i. Unequal (an entity,
 * an escape, collapsed white space): the piece is indivisible.
 */
struct bylaw__textmap {
    uint32_t text_off, text_len; /* bytes of decoded text */
    uint32_t page_off, page_len; /* bytes of the page */
};

/** Page bytes of text bytes [begin, end); an empty map means identity. */
struct bylaw_range bylaw__textmap_range(const struct bylaw__textmap *map,
                                        size_t count, uint32_t begin,
                                        uint32_t end);

enum bylaw__token_flags {
    BYLAW__TOKEN_QUOTED = 1,    /* inside quotation marks or blockquote/q */
    BYLAW__TOKEN_FURNITURE = 2, /* the publisher's frame, not the article */
    BYLAW__TOKEN_HIDDEN = 4,    /* hidden from a reader of the page */
    BYLAW__TOKEN_OFF_MAIN = 8,  /* outside the page's main text */
    BYLAW__TOKEN_HEADING = 16,  /* in a heading */
    BYLAW__TOKEN_SENTENCE = 32, /* first word of a sentence */
    BYLAW__TOKEN_BLOCK = 64,    /* first word of a block */
    BYLAW__TOKEN_PERCENT = 128, /* a percent sign, no word, stands behind it */
    BYLAW__TOKEN_CAPITAL = 256  /* begins with a capital, or with no ASCII */
};

#define BYLAW__MARKS_AFTER 3

/**
 * Marks that stand right at a word, with no white space between: the quotation
 * mark before it, the full stop behind it. Each as the mark of ASCII that it
 * stands for; 0: none. Bytes are of the page; marks further than they can say
 * are left out.
 */
struct bylaw__marks {
    uint8_t before, before_bytes; /* from the mark to the word */
    uint8_t after[BYLAW__MARKS_AFTER];
    uint8_t after_bytes[BYLAW__MARKS_AFTER]; /* from the word to its end */
};

struct bylaw__token {
    uint64_t hash;            /* of the normalised word */
    uint32_t norm_off;        /* into tokens.norm */
    uint32_t norm_len;        /* bytes, > 0 */
    struct bylaw_range bytes; /* in the page, or the source's text */
    uint32_t block;           /* number the caller gave */
    uint32_t flags;           /* enum bylaw__token_flags */
    struct bylaw__marks marks;
};

/** The words of a page or a source, in reading order. */
struct bylaw__tokens {
    struct bylaw__token *items;
    size_t count, cap;
    struct bylaw__buf norm; /* normalised words, one space between each */
    bool truncated;         /* BYLAW_LIMIT_TOKENS was reached */
};

void bylaw__tokens_init(struct bylaw__tokens *tokens);
void bylaw__tokens_release(struct bylaw__tokens *tokens);

/**
 * Appends the words of one block. flags go onto each; quotation marks inside
 * the text add QUOTED to the words between them (paired within the block; an
 * unclosed mark quotes nothing). At the ceiling, truncated is set and the rest
 * is left out. 0 or BYLAW_ENOMEM.
 */
int bylaw__tokens_add(struct bylaw__tokens *tokens, struct bylaw_span text,
                      const struct bylaw__textmap *map, size_t map_count,
                      uint32_t block, uint32_t flags, struct bylaw_error *err);

/** The words of a text that is kept for long, in about a quarter of the memory;
 *  zeroed: of no words. */
struct bylaw__packed_tokens {
    unsigned char *bytes; /* the normalised words, then a few bytes for each */
    size_t len, norm_len;
    uint32_t count;
    bool truncated;
};

/** 0 or BYLAW_ENOMEM. */
int bylaw__tokens_pack(struct bylaw__packed_tokens *out,
                       const struct bylaw__tokens *tokens);
/** The words as they were before; out was initialised or used before, and its
 *  memory is used again. 0, BYLAW_ENOMEM, or BYLAW_EPARSE where the bytes are
 *  none that were packed. */
int bylaw__tokens_unpack(struct bylaw__tokens *out,
                         const struct bylaw__packed_tokens *packed);
void bylaw__packed_tokens_release(struct bylaw__packed_tokens *packed);

/** Called with the hash of a normalised word, as bylaw__token has it. */
typedef void bylaw__word_hash_fn(void *payload, uint64_t hash);
/** The words that bylaw__tokens_add would append, in order, as hashes alone;
 *  no ceiling, no memory. */
void bylaw__text_hash_words(struct bylaw_span text, bylaw__word_hash_fn *each,
                            void *payload);

/** Normalised word i; borrowed. */
struct bylaw_span bylaw__token_text(const struct bylaw__tokens *tokens,
                                    size_t i);

/**
 * text's normalised words joined by one space, diacritics kept: what phrases
 * are compared in. Appends to out.
 */
int bylaw__text_normalise(struct bylaw__buf *out, struct bylaw_span text);

/** As above with diacritics folded and scripts transliterated to Latin. */
int bylaw__text_fold_name(struct bylaw__buf *out, struct bylaw_span text);

/** What folding made of the words of a text, to be used for the next text. */
typedef struct bylaw__folds bylaw__folds;
bylaw__folds *bylaw__folds_new(void);        /* NULL: no memory */
void bylaw__folds_free(bylaw__folds *folds); /* NULL is allowed */

/** text's folded words run together. Wherever a name of Latin letters is found
 *  in a text, one of its words stands here. */
int bylaw__text_squeeze(struct bylaw__buf *out, struct bylaw_span text,
                        bylaw__folds *folds);

/** How much of how a name sounds is kept. */
enum bylaw__sound_kind {
    BYLAW__SOUND_CLOSE = 0, /* between scripts of letters */
    BYLAW__SOUND_LOOSE      /* between letters and syllables of Chinese */
};
#define BYLAW__SOUND_LETTERS 24
/** How a folded word (Latin letters) sounds, by its
 *  consonants, so that a name is the same in two scripts; the length. */
size_t bylaw__text_sound(char out[BYLAW__SOUND_LETTERS], struct bylaw_span word,
                         enum bylaw__sound_kind kind);
/** Whether Chinese writes foreign names with this character. */
bool bylaw__text_is_transcribing(uint32_t code_point);

/** How surely a name stands in a text. */
enum bylaw__name_match {
    BYLAW__NAME_NONE = 0,
    BYLAW__NAME_PARTIAL,  /* only the surname, or only part of the words */
    BYLAW__NAME_INITIALS, /* surname with fitting initials: "A. Adel" */
    BYLAW__NAME_FULL      /* every word, in any order, next to each other */
};

/**
 * Finds name in text: case, diacritics, order, punctuation and script folded.
 * *out_range (may be NULL) is the best match's byte range in text.
 * Words of the name shorter than two letters never match alone. Titles are
 * left out, an article or a particle ("of", "van") may be. A person's name may
 * have one word more in between; a surname with the first name but without
 * the middle ones counts as INITIALS. Words run together, as in a host or a
 * handle, are FULL. Names of scripts without spaces match whole or not at all.
 */
enum bylaw__name_match bylaw__name_find(struct bylaw_range *out_range,
                                        struct bylaw_span text,
                                        struct bylaw_span name);

/**
 * Finds phrase (already or not normalised) in text as whole words; returns the
 * byte range in text by *out_range. The phrase may hold "…" or "*" for one to
 * eight words in between, "{title}" for one to forty, and other "{name}" slots,
 * which match as "…" does; three code points of a script without spaces count
 * as one word there. A gap at either
 * end of the phrase asks for nothing and is not in the range. Of overlapping
 * matches the first to end, then the shortest, is found.
 */
bool bylaw__phrase_find(struct bylaw_range *out_range, struct bylaw_span text,
                        struct bylaw_span phrase);

/** A phrase taken apart once, to be looked for in many texts. */
typedef struct bylaw__phrase bylaw__phrase;

/** BYLAW_EUSAGE: it has no word; BYLAW_ELIMIT: BYLAW_LIMIT_PHRASE_WORDS. */
int bylaw__phrase_new(bylaw__phrase **out, struct bylaw_span phrase);
void bylaw__phrase_free(bylaw__phrase *phrase); /* NULL is allowed */

/** As bylaw__phrase_find; cheap where text lacks the phrase's longest word.
 *  The phrase keeps nothing of a text, but serves one search at a time. */
bool bylaw__phrase_seek(struct bylaw_range *out_range, struct bylaw_span text,
                        bylaw__phrase *phrase);

/** False where the phrase cannot stand in a text, which the caller has
 *  normalised (bylaw__text_normalise): it lacks the longest word. */
bool bylaw__phrase_may_stand(const bylaw__phrase *phrase,
                             struct bylaw_span normalised);

#endif
