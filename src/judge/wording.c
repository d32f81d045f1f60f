/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences that a rule asks for: where they stand, word for word or nearly. */
#include "judge_int.h"

#define SENTENCE_BYTES 4096u
/* A sentence in other words keeps most of its own, close together; of fewer
 * words than these nearness says nothing. */
#define NEAR_SHARE     0.6
#define NEAR_WORDS_MIN 4u
#define WORDS_MAX      256u /* of sentence and line that are compared */
#define SLOT           "\xE2\x80\xA6"

/* A slot that is known is filled in, so that another publisher's credit of
 * the same wording is not taken for this one. Others match any few words. */
void fill_slots(struct bylaw__buf *out, const struct scene *scene,
                const char *text, const char *name)
{
    const char *title = scene->c->source->title;

    while (*text) {
        if (!strncmp(text, "{publisher}", 11)) {
            bylaw__buf_add_text(out, name);
            text += 11;
        } else if (title && *title && !strncmp(text, "{title}", 7)) {
            bylaw__buf_add_text(out, title);
            text += 7;
        } else {
            bylaw__buf_add_char(out, *text++);
        }
    }
}

const struct bylaw_term *term_of_rule(const struct scene *scene, const char *id)
{
    const struct bylaw_rule *rule = scene->c->rule;

    for (size_t i = 0; rule && i < rule->term_count; i++)
        if (!strcmp(rule->terms[i].id, id))
            return &rule->terms[i];
    return NULL;
}

bool is_other_language(const struct scene *scene)
{
    const char *page = scene->c->document->language;
    const char *source = scene->c->source->language;

    return page && strlen(page) >= 2 && source && strlen(source) >= 2 &&
           !bylaw__span_eq_nocase((struct bylaw_span){page, 2},
                                  (struct bylaw_span){source, 2});
}

/* -------------------------------------------------- one sentence, ready --- */

struct sentence {
    struct bylaw__buf filled; /* with the slots that are known filled in */
    struct bylaw__buf plain;  /* its words, normalised, without slots */
    bylaw__phrase *phrase;    /* NULL: too long to be found as a whole */
    const char *text;         /* as the rule words it */
    uint64_t words[WORDS_MAX];
    size_t count;
};

static size_t split(uint64_t words[WORDS_MAX], struct bylaw_span text)
{
    size_t count = 0;

    text = bylaw__span_trim(text);
    while (text.len && count < WORDS_MAX) {
        size_t end = bylaw__span_find(text, BYLAW__SPAN(" "));
        struct bylaw_span word;

        if (end == SIZE_MAX)
            end = text.len;
        word = bylaw__span_sub(text, 0, end);
        if (word.len)
            words[count++] = bylaw__hash64(word);
        text = bylaw__span_sub(text, end + (end < text.len), text.len);
    }
    return count;
}

/* The words between the slots. */
static void add_plain(struct bylaw__buf *out, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "{*\xE2");
        const char *close;

        if (!len && !strncmp(text, SLOT, 3))
            text += 3;
        else if (!len && *text == '{' && (close = strchr(text, '}')))
            text = close + 1;
        else {
            len += !len;
            bylaw__text_normalise(out, (struct bylaw_span){text, len});
            bylaw__buf_add_char(out, ' ');
            text += len;
        }
    }
}

static bool make_sentence(struct sentence *s, const struct scene *scene,
                          const char *text, const char *name)
{
    bylaw__buf_init(&s->filled, SENTENCE_BYTES);
    bylaw__buf_init(&s->plain, SENTENCE_BYTES);
    s->phrase = NULL;
    s->text = text;
    fill_slots(&s->filled, scene, text, name);
    if (!s->filled.failed && s->filled.ptr)
        add_plain(&s->plain, s->filled.ptr);
    s->count = split(s->words, bylaw__buf_span(&s->plain));
    if (s->filled.failed || s->plain.failed || !s->count)
        return false;
    bylaw__phrase_new(&s->phrase, bylaw__buf_span(&s->filled));
    return true;
}

static void release_sentence(struct sentence *s)
{
    bylaw__buf_release(&s->filled);
    bylaw__buf_release(&s->plain);
    bylaw__phrase_free(s->phrase);
}

/* ------------------------------------------------------------- nearness --- */

/* One way of laying sentence over line that ends at a word. */
struct lay {
    int score;
    unsigned same;
};

static void keep_better(struct lay *best, struct lay other)
{
    if (other.score > best->score)
        *best = other;
}

/* Most words that both have in the same order, close together: the best local
 * alignment, two for a word that is the same, less one for any other. */
static unsigned words_in_common(const struct sentence *s, const uint64_t *words,
                                size_t count)
{
    struct lay row[WORDS_MAX + 1] = {0}, best = {0};

    for (size_t i = 0; i < count; i++) {
        struct lay diagonal = {0};

        for (size_t k = 1; k <= s->count; k++) {
            struct lay here = {0}, next = row[k];
            bool same = words[i] == s->words[k - 1];

            keep_better(&here, (struct lay){diagonal.score + (same ? 2 : -1),
                                            diagonal.same + same});
            keep_better(&here, (struct lay){next.score - 1, next.same});
            keep_better(&here,
                        (struct lay){row[k - 1].score - 1, row[k - 1].same});
            diagonal = next;
            row[k] = here;
            keep_better(&best, here);
        }
    }
    return best.same;
}

/* A sentence that names the publisher is not near where the line does not. */
static double nearness(const struct line *line, struct bylaw_span own,
                       const struct sentence *s, const char *name)
{
    uint64_t words[WORDS_MAX];
    size_t count;

    if (s->count < NEAR_WORDS_MIN ||
        (*name &&
         name_in(NULL, line->text, line->is_foreign, name) != BYLAW__NAME_FULL))
        return 0;
    count = split(words, own);
    return (double)words_in_common(s, words, count) / (double)s->count;
}

double share_of_sentence(struct bylaw_range *out, const struct scene *scene,
                         struct bylaw_span text, const char *sentence)
{
    struct line line = {.text = text, .is_foreign = has_foreign_letters(text)};
    struct bylaw__buf words;
    struct sentence s;
    double share = 0;

    bylaw__buf_init(&words, 0);
    bylaw__text_normalise(&words, text);
    if (make_sentence(&s, scene, sentence, "") && !words.failed)
        share = s.phrase && bylaw__phrase_seek(out, text, s.phrase)
                    ? 1
                    : nearness(&line, bylaw__buf_span(&words), &s, "");
    release_sentence(&s);
    bylaw__buf_release(&words);
    return share;
}

/* ---------------------------------------------------------- on the page --- */

static enum wording_worth worth_of(const struct line *line)
{
    if (line->stand < STAND_PROSE)
        return line->seen ? WORDING_OFF : WORDING_NONE;
    if (line->seen == SEEN_YES)
        return WORDING_EXACT;
    return line->seen == SEEN_DOUBTFUL ? WORDING_DOUBTFUL : WORDING_HIDDEN;
}

static void keep_find(struct wording *out, const struct wording *find)
{
    if (find->worth > out->worth ||
        (find->worth == out->worth && find->share > out->share))
        *out = *find;
}

/* name: what a line in other words has to hold too; NULL: such lines are not
 * looked for. */
static void look_at_line(struct wording *out, const struct scene *scene,
                         const struct line *line, const struct sentence *s,
                         const char *name)
{
    struct wording find = {.text = s->text, .line = line, .share = 1};

    if (s->phrase && find_in_line(&find.at, scene, line, s->phrase)) {
        find.worth = worth_of(line);
    } else if (name && line->is_read && line->seen == SEEN_YES &&
               out->worth <= WORDING_NEAR && may_hold_name(scene, line, name)) {
        find.share = nearness(line, line_words(scene, line), s, name);
        find.at = (struct bylaw_range){0, (uint32_t)line->text.len};
        if (find.share >= NEAR_SHARE)
            find.worth = WORDING_NEAR;
    }
    keep_find(out, &find);
}

static void find_sentence(struct wording *out, const struct scene *scene,
                          const char *text, const char *name, bool nearly)
{
    struct sentence s;
    const char *within = strstr(text, "{publisher}") ? name : "";

    if (make_sentence(&s, scene, text, name))
        for (size_t i = 0; i < scene->line_count && out->worth != WORDING_EXACT;
             i++)
            look_at_line(out, scene, &scene->lines[i], &s,
                         nearly ? within : NULL);
    release_sentence(&s);
}

/* How many names the sentence has to be tried with. */
static size_t tries_of(const struct scene *scene, const char *text)
{
    return scene->name_count && strstr(text, "{publisher}") ? scene->name_count
                                                            : 1;
}

static const char *name_at(const struct scene *scene, size_t i)
{
    return scene->name_count ? scene->names[i] : "{publisher}";
}

void find_wording(struct wording *out, const struct scene *scene,
                  const char *const *texts, size_t count, bool nearly)
{
    memset(out, 0, sizeof(*out));
    for (size_t t = 0; t < count; t++)
        for (size_t i = 0; i < tries_of(scene, texts[t]); i++)
            find_sentence(out, scene, texts[t], name_at(scene, i), nearly);
}

bool holds_wording(struct bylaw_range *out, const struct scene *scene,
                   const struct line *line, const char *const *texts,
                   size_t count)
{
    bool holds = false;

    for (size_t t = 0; t < count && !holds; t++)
        for (size_t i = 0; i < tries_of(scene, texts[t]) && !holds; i++) {
            struct sentence s;

            holds = make_sentence(&s, scene, texts[t], name_at(scene, i)) &&
                    s.phrase && find_in_line(out, scene, line, s.phrase);
            release_sentence(&s);
        }
    return holds;
}

/* --------------------------------------------------------------- ruling --- */

bool rule_by_wording(struct ruling *r, const struct scene *scene,
                     const struct wording *found, const char *what)
{
    if (found->worth == WORDING_NONE)
        return false;
    cite_text(r, scene, found->line, found->at);
    if (found->worth == WORDING_EXACT)
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                  "the page carries %s in the words asked for", what);
    else if (found->worth == WORDING_NEAR)
        rule_partial(r, scene,
                     "%s is there in other words than those asked for (%s): %s",
                     what, quote(scene, bylaw__span_of(found->text)),
                     quote(scene, found->line->text));
    else if (found->worth == WORDING_DOUBTFUL)
        rule_unknown(r, scene, "%s is there, but readers may not see it", what);
    else if (found->worth == WORDING_HIDDEN)
        rule_absent(r, scene, "%s is there, but hidden from readers", what);
    else
        rule_unknown(r, scene,
                     "%s stands only away from the article, in the %s", what,
                     zone_words(found->line->zone));
    return true;
}
