/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What shares no words with a page may still be its origin: the articles with
 * the same names and numbers are tried as originals of a translation, or of a
 * text in other words.
 */
#include "pipeline_int.h"

#include <stdlib.h>

/* Articles tried: with 123 at hand, the right one is among the first of these
 * for every translation that names anything. */
#define KIN_MOST 8u
/* Words that a page needs to be called a translation. */
#define PAGE_WORDS_MIN 25u
/*
 * A translation is likely where so many names and numbers agree, and this much
 * of the article's stand there in its order; it is possible with less. Measured
 * on 123 news articles with translations of them (`make corpus-translations`)
 * and on 536 real pages that tell none of 91 articles: none is likely, six
 * are possible; of translations 0.97 are at least possible in Latin letters,
 * 0.93 in Russian, 0.84 in Arabic, 0.63 in Chinese.
 */
#define LIKELY_TRAITS   5u
#define LIKELY_SHARE    0.25
#define POSSIBLE_TRAITS 4u
#define POSSIBLE_SHARE  0.10
/* Names without which no article is tried for other words. */
#define RETOLD_TRAITS  2u
#define LANGUAGE_BYTES ((size_t)16 << 10) /* that tell a language */

/** A page whose origin is looked for. */
struct search {
    struct page_matches *found;
    const bylaw_auditor *auditor;
    const struct bylaw__tokens *page;
    struct bylaw__tokens *words; /* of the article at hand */
    char language[8];            /* of the page; "" where not known */
    bool is_translated;          /* an origin in another language was found */
};

/* ------------------------------------------------------------ articles --- */

static size_t article_count(const bylaw_auditor *auditor)
{
    struct bylaw__index_info info;

    if (!auditor->file)
        return auditor->source_count;
    bylaw__index_file_info(&info, auditor->file);
    return (size_t)info.documents;
}

static int add_article(bylaw__kin *kin, const bylaw_auditor *auditor,
                       size_t number, struct bylaw__tokens *words,
                       struct bylaw__traits *traits, bylaw__folds *folds,
                       struct bylaw_error *err)
{
    int rc = bylaw__pipeline_words(words, auditor, number, err);

    if (!rc)
        rc = bylaw__traits_read(traits, words, false, folds, err);
    return rc ? rc : bylaw__kin_add(kin, (uint32_t)number, traits, err);
}

int bylaw__pipeline_ready_kin(bylaw_auditor *auditor, struct bylaw_error *err)
{
    bylaw__kin *kin = NULL;
    bylaw__folds *folds = bylaw__folds_new();
    struct bylaw__traits traits = {0};
    struct bylaw__tokens words;
    int rc = folds ? bylaw__kin_new(&kin, err) : bylaw__fail_memory(err, "");

    bylaw__tokens_init(&words);
    for (size_t i = 0; !rc && i < article_count(auditor); i++)
        rc = add_article(kin, auditor, i, &words, &traits, folds, err);
    if (!rc)
        rc = bylaw__kin_finish(kin, err);
    if (!rc) {
        bylaw__kin_free(auditor->kin);
        auditor->kin = kin;
        kin = NULL;
    }
    bylaw__kin_free(kin);
    bylaw__traits_release(&traits);
    bylaw__tokens_release(&words);
    bylaw__folds_free(folds);
    return rc;
}

/* -------------------------------------------------------------- trying --- */

static bool is_found(const struct page_matches *found, uint32_t source)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].source == source)
            return true;
    return false;
}

/* By the words that a reader of the article sees; "" where it cannot be told. */
static const char *language_of(const struct bylaw__tokens *tokens)
{
    struct bylaw__buf text = {0};
    const char *language = "";

    for (size_t w = 0; w < tokens->count && text.len < LANGUAGE_BYTES; w++) {
        if (tokens->items[w].flags &
            (BYLAW__TOKEN_OFF_MAIN | BYLAW__TOKEN_HIDDEN |
             BYLAW__TOKEN_FURNITURE))
            continue;
        bylaw__buf_add_span(&text, bylaw__token_text(tokens, w));
        bylaw__buf_add_char(&text, ' ');
    }
    if (text.len && !text.failed)
        language = bylaw__language_guess(bylaw__buf_span(&text));
    bylaw__buf_release(&text);
    return language;
}

/* Where the words do not tell: what the page says of itself, "de" of "de-AT". */
static void set_language(struct search *s, const char *said)
{
    const char *language = language_of(s->page);
    size_t len;

    if (!*language && said)
        language = said;
    len = strcspn(language, "-_");
    if (len < sizeof(s->language))
        memcpy(s->language, language, len);
}

static int push(struct search *s, uint32_t source, struct bylaw_match *match,
                struct bylaw_error *err)
{
    struct page_matches *found = s->found;

    if (bylaw__vec_grow(&found->items, &found->cap, found->count + 1,
                        sizeof(*found->items))) {
        bylaw_match_free(match);
        return bylaw__fail_memory(err, "");
    }
    found->items[found->count++] = (struct page_match){source, match};
    return 0;
}

static bool is_possible(const struct bylaw__kinship *kinship,
                        enum bylaw_hints hints)
{
    return hints >= BYLAW_HINTS_ANY ||
           (hints == BYLAW_HINTS_POSSIBLE &&
            kinship->traits >= POSSIBLE_TRAITS &&
            kinship->share * kinship->order >= POSSIBLE_SHARE);
}

static int try_translation(struct search *s,
                           const struct bylaw__kinship *kinship, bool is_other,
                           struct bylaw_error *err)
{
    struct bylaw_kinship shown = {kinship->traits, kinship->score,
                                  kinship->share, kinship->order};
    struct bylaw__told_place place = {{kinship->page_first,
                                       kinship->page_last + 1},
                                      {kinship->source_first,
                                       kinship->source_last + 1}};
    struct bylaw_match *match = NULL;
    bool is_likely = is_other && kinship->traits >= LIKELY_TRAITS &&
                     kinship->share * kinship->order >= LIKELY_SHARE;
    int rc;

    if (s->is_translated || s->page->count < PAGE_WORDS_MIN ||
        (!is_likely && !is_possible(kinship, s->auditor->options.hints)))
        return 0;
    s->is_translated = true;
    rc = bylaw__match_translation(&match, s->page, s->words, &shown,
                                  is_likely ? &place : NULL, err);
    return rc ? rc : push(s, kinship->source, match, err);
}

static int try_retelling(struct search *s, const struct bylaw__kinship *kinship,
                         struct bylaw_error *err)
{
    struct bylaw_match *match = NULL;
    int rc;

    if (kinship->traits < RETOLD_TRAITS)
        return 0;
    rc = bylaw__match_align(&match, s->page, s->words, NULL, 0, true, err);
    if (rc || !match->rewrite_count) {
        bylaw_match_free(match);
        return rc;
    }
    return push(s, kinship->source, match, err);
}

static int try_article(struct search *s, const struct bylaw__kinship *kinship,
                       struct bylaw_error *err)
{
    const char *language;
    bool is_known;
    int rc;

    if (is_found(s->found, kinship->source))
        return 0;
    rc = bylaw__pipeline_words(s->words, s->auditor, kinship->source, err);
    if (rc)
        return rc;
    language = language_of(s->words);
    is_known = *language && *s->language;
    if (is_known && strcmp(language, s->language) != 0)
        return try_translation(s, kinship, true, err);
    rc = try_retelling(s, kinship, err);
    /* Of a language that is not known, no translation is likely. */
    if (rc || is_known || is_found(s->found, kinship->source))
        return rc;
    return try_translation(s, kinship, false, err);
}

/* A page that carries an article needs no other origin. */
static bool is_settled(const struct page_matches *found)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].match->class == BYLAW_MATCH_FULL ||
            found->items[i].match->class == BYLAW_MATCH_PARTIAL)
            return true;
    return false;
}

int bylaw__find_hints(struct page_matches *found, const bylaw_auditor *auditor,
                      const struct bylaw__tokens *page, const char *language,
                      struct bylaw__tokens *words, struct bylaw_error *err)
{
    struct search s = {.found = found,
                       .auditor = auditor,
                       .page = page,
                       .words = words};
    struct bylaw__kinship kin[KIN_MOST];
    struct bylaw__traits traits = {0};
    bylaw__folds *folds;
    size_t count = 0;
    int rc;

    if (!auditor->kin || is_settled(found))
        return 0;
    folds = bylaw__folds_new();
    set_language(&s, language);
    rc = folds ? bylaw__traits_read(&traits, page, true, folds, err)
               : bylaw__fail_memory(err, "");
    if (!rc)
        rc = bylaw__kin_rank(kin, &count, KIN_MOST, auditor->kin, &traits, err);
    for (size_t i = 0; !rc && i < count; i++)
        rc = try_article(&s, &kin[i], err);
    bylaw__traits_release(&traits);
    bylaw__folds_free(folds);
    return rc;
}
