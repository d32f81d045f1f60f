/* SPDX-License-Identifier: Apache-2.0 */
/* credit.placement: the credit stands where the publisher wants it. */
#include "judge_int.h"

#define OWN_WORDS 40u /* a line of credit is no longer */
/* Less of a block copied, and the block is the page's own. */
#define COPIED_SHARE 0.5

/* In the order of the names that rules give them. */
static const char *const places[] = {"top",    "bottom",          "both",
                                     "byline", "first-paragraph", NULL};
enum place { PLACE_TOP, PLACE_BOTTOM, PLACE_BOTH, PLACE_BYLINE, PLACE_FIRST };

static const char *const whats[] = {"publisher", "author", "link", "line",
                                    NULL};
enum what { WHAT_PUBLISHER, WHAT_AUTHOR, WHAT_LINK, WHAT_LINE };

/* Of each kind of credit: its words, and the term that asks for it. */
static const struct {
    const char *words, *term;
} kinds[] = {
    [WHAT_PUBLISHER] = {"the credit to the publisher", "credit.publisher"},
    [WHAT_AUTHOR] = {"the author's name", "credit.author"},
    [WHAT_LINK] = {"the link to the original article", "link.original"},
    [WHAT_LINE] = {"the credit line", "credit.line"},
};

static const char *const place_words[] = {
    [PLACE_TOP] = "above the text",
    [PLACE_BOTTOM] = "below the text",
    [PLACE_BOTH] = "above and below the text",
    [PLACE_BYLINE] = "in the by-line",
    [PLACE_FIRST] = "in or above the first paragraph",
};

/* The credit in question, and where on the page it was found. */
struct search {
    const struct scene *scene;
    const struct bylaw_term *term;
    enum what what;
    enum place place;
    unsigned within;      /* words that may stand between it and the edge */
    uint32_t words_total; /* of the article as it stands on the page */
    const char *const *sentences; /* of the rule's credit.line */
    size_t sentence_count;
};

static const struct bylaw__place *place_of(const struct search *s,
                                           const struct line *line)
{
    return &s->scene->c->placement->blocks[line->block];
}

/* ---------------------------------------------------------- what is it --- */

static bool is_named(const struct search *s, const struct line *line,
                     const char *const *names, size_t count,
                     struct bylaw_range *out)
{
    struct hits hits = {0};

    for (size_t i = 0; i < count; i++)
        find_name_in_line(&hits, s->scene, line, names[i]);
    *out = hits.best[HIT_CREDIT].at;
    return hits.best[HIT_CREDIT].how >= BYLAW__NAME_INITIALS;
}

/* True where the line holds the credit; *out is what to show of it. */
static bool holds_credit(const struct search *s, const struct line *line,
                         struct bylaw_range *out)
{
    const struct bylaw_source *source = s->scene->c->source;

    if (line->seen != SEEN_YES || line->stand < STAND_PROSE)
        return false;
    if (s->what == WHAT_AUTHOR)
        return is_named(s, line, source->authors, source->author_count, out);
    if (s->what == WHAT_LINE)
        return holds_wording(out, s->scene, line, s->sentences,
                             s->sentence_count);
    return is_named(s, line, s->scene->names, s->scene->name_count, out);
}

/* --------------------------------------------------------- where is it --- */

/* Words of the article on the page before that block. Its headline is none of
 * them, though copied as well: what stands below it still stands on top. */
static uint32_t words_before(const struct search *s, uint32_t block)
{
    const struct bylaw__case *c = s->scene->c;
    uint32_t words = 0;

    for (uint32_t i = 0; i < block; i++)
        if (c->placement->blocks[i].copied >= COPIED_SHARE &&
            !c->document->blocks[i].heading)
            words += c->document->blocks[i].words;
    return words;
}

/* A block of the page's own between the headline and the text. */
static bool is_below_headline(const struct search *s, const struct line *line)
{
    const struct bylaw__place *place = place_of(s, line);

    return place->side == BYLAW__SIDE_INSIDE && place->copied < COPIED_SHARE &&
           !words_before(s, line->block);
}

static bool is_first_block(const struct search *s, const struct line *line)
{
    return place_of(s, line)->side == BYLAW__SIDE_INSIDE &&
           !words_before(s, line->block);
}

static bool is_last_block(const struct search *s, const struct line *line)
{
    uint32_t own = s->scene->c->document->blocks[line->block].words;

    return place_of(s, line)->side == BYLAW__SIDE_INSIDE &&
           words_before(s, line->block) + own >= s->words_total;
}

/* "The post TITLE appeared first on X": with the title in it such a line counts
 * among the copied text, though it is the reposter's own. */
static bool is_own_line(const struct line *line)
{
    return line->offset > 0 ||
           ((line->roles & ROLES_ORIGIN) &&
            count_words(line->text, OWN_WORDS + 1) <= OWN_WORDS);
}

static bool is_at_top(const struct search *s, const struct line *line)
{
    enum bylaw__side side = place_of(s, line)->side;

    return side == BYLAW__SIDE_BEFORE || is_below_headline(s, line) ||
           (is_first_block(s, line) && !line->offset && is_own_line(line)) ||
           (side == BYLAW__SIDE_INSIDE && s->within &&
            words_before(s, line->block) <= s->within);
}

static bool is_at_bottom(const struct search *s, const struct line *line)
{
    enum bylaw__side side = place_of(s, line)->side;
    uint32_t rest;

    if (side == BYLAW__SIDE_AFTER ||
        (is_last_block(s, line) && is_own_line(line)))
        return true;
    rest = s->words_total - words_before(s, line->block);
    return side == BYLAW__SIDE_INSIDE && s->within && rest <= s->within;
}

static bool is_byline(const struct search *s, const struct line *line)
{
    return line->zone == BYLAW_ZONE_BYLINE ||
           ((line->roles & ROLE_BIT(BYLAW_PHRASE_AUTHOR)) &&
            is_at_top(s, line));
}

static bool is_at_first(const struct search *s, const struct line *line)
{
    return is_at_top(s, line) || is_first_block(s, line);
}

static bool is_at(const struct search *s, const struct line *line,
                  enum place place)
{
    static bool (*const tests[])(const struct search *, const struct line *) = {
        [PLACE_TOP] = is_at_top,     [PLACE_BOTTOM] = is_at_bottom,
        [PLACE_BOTH] = is_at_top,    [PLACE_BYLINE] = is_byline,
        [PLACE_FIRST] = is_at_first,
    };

    return tests[place](s, line);
}

/* -------------------------------------------------------------- finding --- */

struct spot {
    const struct line *line;
    const struct way *way; /* of WHAT_LINK; else at in the line */
    struct bylaw_range at;
};

/* What was found: anywhere, at the place, and at the second of two places. */
struct spots {
    struct spot any, right, second;
};

static void keep_spot(struct spots *out, const struct search *s,
                      const struct spot *spot)
{
    if (!out->any.line)
        out->any = *spot;
    if (!out->right.line && is_at(s, spot->line, s->place))
        out->right = *spot;
    if (s->place == PLACE_BOTH && !out->second.line &&
        is_at(s, spot->line, PLACE_BOTTOM))
        out->second = *spot;
}

static void find_spots(struct spots *out, const struct search *s)
{
    const struct scene *scene = s->scene;

    memset(out, 0, sizeof(*out));
    for (size_t i = 0; s->what != WHAT_LINK && i < scene->line_count; i++) {
        struct spot spot = {.line = &scene->lines[i]};

        if (holds_credit(s, spot.line, &spot.at))
            keep_spot(out, s, &spot);
    }
    for (size_t i = 0; s->what == WHAT_LINK && i < scene->way_count; i++) {
        const struct way *way = &scene->ways[i];
        struct spot spot = {.line = way->line, .way = way};

        if (way->link && way->line && way->reach == REACH_ARTICLE &&
            way->stand >= STAND_PROSE && way->seen == SEEN_YES)
            keep_spot(out, s, &spot);
    }
}

static void cite_spot(struct ruling *r, const struct scene *scene,
                      const struct spot *spot)
{
    if (spot->way)
        cite_way(r, scene, spot->way);
    else
        cite_text(r, scene, spot->line, spot->at);
}

static void rule_missing(struct ruling *r, const struct search *s)
{
    if (term_of_rule(s->scene, kinds[s->what].term))
        rule_moot(r, s->scene,
                  bylaw__arena_printf(s->scene->arena,
                                      "%s was not found, which is a duty of "
                                      "its own",
                                      kinds[s->what].words));
    else
        rule_absent(r, s->scene, "%s, which has to stand %s, was not found",
                    kinds[s->what].words, place_words[s->place]);
}

static void rule_by_spots(struct ruling *r, const struct search *s,
                          const struct spots *found)
{
    const struct scene *scene = s->scene;
    const char *what = kinds[s->what].words;
    bool is_both = s->place == PLACE_BOTH;

    if (found->right.line && (!is_both || found->second.line)) {
        cite_spot(r, scene, &found->right);
        if (is_both)
            cite_spot(r, scene, &found->second);
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH, "%s stands %s", what,
                  place_words[s->place]);
        return;
    }
    cite_spot(r, scene, &found->any);
    rule_partial(r, scene, "%s is there, but not %s", what,
                 place_words[s->place]);
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    const struct bylaw_term *line = term_of_rule(scene, "credit.line");
    struct search s = {
        .scene = scene,
        .term = term,
        .what = (enum what)param_word(term, "what", whats),
        .place = (enum place)param_word(term, "at", places),
        .within = param_number(term, "within", 0),
    };
    struct spots found;

    if (!scene->c->placement) {
        rule_unknown(r, scene, "it is not known where on the page the text is");
        return;
    }
    if (line && s.what == WHAT_LINE)
        s.sentences = credit_sentences(scene, line, &s.sentence_count);
    s.words_total = words_before(&s, (uint32_t)scene->c->document->block_count);
    find_spots(&found, &s);
    if (found.any.line)
        rule_by_spots(r, &s, &found);
    else
        rule_missing(r, &s);
}

static const char *const params[] = {"what",     "at",          "within",
                                     "one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "What has to stand there: publisher (default), author, link or line (the "
    "sentence of the rule's credit.line).",
    "Where: top (default), bottom, both, byline or first-paragraph.",
    "Number of the article's words that may stand between it and the edge of "
    "the text; without it, it has to stand outside the text.",
    "Has no effect here.",
    "Has no effect here.",
    NULL};

const struct judge_term term_credit_placement = {
    .info =
        {"credit.placement", BYLAW_TERM_DUTY,
         "The credit stands where the publisher wants it.",
         "Where is told by the order of the page's bytes, as seen from the "
         "copied text. Passes when a visible credit of the kind asked for "
         "stands there. Partly met when it stands elsewhere in or beside the "
         "article. Unknown when the page was not read whole. Does not arise "
         "where there is no such credit and the rule asks for that by another "
         "duty; fails where it does not.",
         params, param_help},
    .label = "the place of the credit",
    .severity = 2,
    .evaluate = evaluate,
};
