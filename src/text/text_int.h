/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this room share: characters, and the walk over words. */
#ifndef BYLAW_TEXT_INT_H
#define BYLAW_TEXT_INT_H

#include "text.h"

/* ---------------------------------------------------------- characters --- */

/** What a character does to words, after compatibility mapping. */
enum bylaw__char_kind {
    BYLAW__CHAR_SEPARATOR = 0,
    BYLAW__CHAR_DROPPED, /* as if it were not there */
    BYLAW__CHAR_LETTER,
    BYLAW__CHAR_DIGIT,
    BYLAW__CHAR_MARK,       /* belongs to the letter before it */
    BYLAW__CHAR_SOLO,       /* a word of its own: Han, Kana, Thai ... */
    BYLAW__CHAR_MIXED,      /* maps to words and separators: "¼", "㏂" */
    BYLAW__CHAR_APOSTROPHE, /* joins letters, groups digits */
    BYLAW__CHAR_DOT,        /* joins digits */
    BYLAW__CHAR_COMMA,      /* groups digits, or a decimal comma */
    BYLAW__CHAR_GROUP       /* no-break and thin spaces: groups digits */
};

/*
 * A character in one number: bits 0..20 what it maps to, 24..27 its kind, and
 * two flags. Zero is a separator.
 */
#define BYLAW__CHAR_MAPPED(entry) ((entry)&0x1fffffu)
#define BYLAW__CHAR_KIND(entry)   ((enum bylaw__char_kind)((entry) >> 24 & 15u))
#define BYLAW__CHAR_COMPLEX       0x10000000u /* its word must go through ICU */
/* May combine with what precedes; of a dropped one: it is a mark. */
#define BYLAW__CHAR_BOUND 0x20000000u

#define BYLAW__CHAR_BMP 0x10000u

/* Entries of the BMP; read only after bylaw__chars_ready(). */
extern uint32_t bylaw__char_table[BYLAW__CHAR_BMP];
/** Builds the table, once a process. */
void bylaw__chars_ready(void);
/** Computed from ICU: the definition that the table caches. */
uint32_t bylaw__char_classify(uint32_t code_point);

/** Looked up in the table for the BMP, computed beyond it. */
static inline uint32_t bylaw__char_entry(uint32_t code_point)
{
    return code_point < BYLAW__CHAR_BMP ? bylaw__char_table[code_point]
                                        : bylaw__char_classify(code_point);
}

/** NFKC_Casefold of UTF-16 into UTF-8; bytes written, 0 on failure. */
size_t bylaw__char_casefold(char *out, size_t cap, const uint16_t *raw,
                            size_t len);

/* --------------------------------------------------------------- words --- */

#define BYLAW__WORD_UTF16 (BYLAW_LIMIT_WORD_BYTES + 8)
/* No character grows more than elevenfold (U+FDFA: 3 bytes to 33). */
#define BYLAW__WORD_NORM (BYLAW_LIMIT_WORD_BYTES * 12)

/** One word: borrowed from the walk until its next step. */
struct bylaw__word {
    struct bylaw_span norm; /* never empty */
    uint32_t begin, end;    /* bytes of the text */
    bool solo;              /* one code point of a script without spaces */
};

/** A walk over the words of a text. */
struct bylaw__words {
    struct bylaw_span text;
    size_t pos;
    bool icu_only;               /* never the table's short way; for tests */
    uint32_t run_begin, run_end; /* text bytes of the run in norm */
    size_t norm_pos, norm_len;   /* what is still to be handed out */
    bool split;                  /* norm holds separators and solo words */
    bool same;                   /* norm is the text's bytes, unchanged */
    bool solo;                   /* the run is one solo word */
    char norm[BYLAW__WORD_NORM]; /* the run, normalised */
};

void bylaw__words_init(struct bylaw__words *words, struct bylaw_span text);
bool bylaw__words_next(struct bylaw__word *out, struct bylaw__words *words);

/* ------------------------------------------------------------- folding --- */

#define BYLAW__FOLD_ROWS 512u
#define BYLAW__FOLD_NORM 24u
#define BYLAW__FOLD_FORM 40u

/** Short words and what folding made of them. Transliterating is slow and texts
 *  repeat themselves. All zero: empty. */
struct bylaw__folds {
    struct {
        uint8_t norm_len, form_len;
        char norm[BYLAW__FOLD_NORM];
        char form[BYLAW__FOLD_FORM];
    } rows[BYLAW__FOLD_ROWS];
};

/* Transliteration grows a word at most fourfold, then it is left out. */
#define BYLAW__FOLD_BYTES (BYLAW_LIMIT_WORD_BYTES * 4)

/**
 * A normalised word in Latin letters without diacritics or signs, into out
 * (BYLAW__FOLD_BYTES); bytes written, 0 when nothing is left.
 */
size_t bylaw__word_fold(char *out, struct bylaw_span norm);
/** As bylaw__word_fold, looked up where it was done before. */
size_t bylaw__word_fold_again(char *out, struct bylaw_span norm,
                              struct bylaw__folds *folds);

/* ------------------------------------------- quotes, marks, sentences --- */

#define BYLAW__QUOTE_KINDS 7

/** Quotation marks that are open in a block, one slot a kind. */
struct bylaw__quotes {
    struct {
        uint32_t mark; /* 0 when none is open */
        size_t token;  /* first word after it */
    } open[BYLAW__QUOTE_KINDS];
};

/**
 * Reads the marks in text[begin, end), the gap before word number count; what
 * a mark closes is flagged QUOTED in items.
 */
void bylaw__quotes_read(struct bylaw__quotes *quotes,
                        struct bylaw__token *items, size_t count,
                        struct bylaw_span text, size_t begin, size_t end);

/** A mark of ASCII that a mark of the text stands for, and where in it. */
struct bylaw__mark {
    uint8_t mark;
    uint32_t at;
};

/** The marks right behind a word, in the gap text[begin, end) up to the next
 *  word; at: where each ends. Returns how many. */
size_t bylaw__marks_after(struct bylaw__mark out[BYLAW__MARKS_AFTER],
                          struct bylaw_span text, size_t begin, size_t end);
/** The mark right before a word, the last of the gap; at: where it begins. */
bool bylaw__mark_before(struct bylaw__mark *out, struct bylaw_span text,
                        size_t begin, size_t end);

/** True when a gap after the word before ends a sentence. */
bool bylaw__gap_ends_sentence(struct bylaw_span gap, struct bylaw_span before);

/** "mr", "dr", "u": words whose full stop does not end a sentence. */
bool bylaw__word_is_abbreviation(struct bylaw_span norm);

#endif
