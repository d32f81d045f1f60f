/* SPDX-License-Identifier: Apache-2.0 */
/* link.anchor: the words that link to the original are those asked for. */
#include "judge_int.h"

#define ANCHOR_BYTES 1024u

static const char *const targets[] = {"article", "home", "either", NULL};
enum target { TARGET_ARTICLE, TARGET_HOME, TARGET_EITHER };

static bool is_wanted(const struct way *way, enum target target)
{
    if (!way->link || way->stand < STAND_PROSE)
        return false;
    return (target != TARGET_HOME && way->reach == REACH_ARTICLE) ||
           (target != TARGET_ARTICLE && way->reach == REACH_HOME);
}

/* What the anchor says of the words asked for, worst first. */
enum saying { SAYS_OTHER, SAYS_NOTHING, SAYS_AMONG, SAYS_THEM };

static bool is_same_text(struct bylaw_span a, struct bylaw_span b)
{
    struct bylaw__buf left, right;
    bool same;

    bylaw__buf_init(&left, ANCHOR_BYTES);
    bylaw__buf_init(&right, ANCHOR_BYTES);
    bylaw__text_normalise(&left, a);
    bylaw__text_normalise(&right, b);
    same = !left.failed && !right.failed && left.len &&
           bylaw__span_eq(bylaw__buf_span(&left), bylaw__buf_span(&right));
    bylaw__buf_release(&left);
    bylaw__buf_release(&right);
    return same;
}

static enum saying compare(const struct scene *scene, struct bylaw_span anchor,
                           const char *text, const char *name)
{
    struct bylaw__buf wanted;
    enum saying says = SAYS_OTHER;

    bylaw__buf_init(&wanted, ANCHOR_BYTES);
    fill_slots(&wanted, scene, text, name);
    if (!wanted.failed && is_same_text(anchor, bylaw__buf_span(&wanted)))
        says = SAYS_THEM;
    else if (!wanted.failed &&
             bylaw__phrase_find(NULL, anchor, bylaw__buf_span(&wanted)))
        says = SAYS_AMONG;
    bylaw__buf_release(&wanted);
    return says;
}

static enum saying saying_of(const struct scene *scene, const struct way *way,
                             const char *const *texts, size_t count)
{
    struct bylaw_span anchor = bylaw__span_trim(way->link->text);
    enum saying best = SAYS_OTHER;

    if (!anchor.len)
        return SAYS_NOTHING;
    for (size_t t = 0; t < count; t++)
        for (size_t n = 0; n == 0 || n < scene->name_count; n++) {
            enum saying says =
                compare(scene, anchor, texts[t],
                        scene->name_count ? scene->names[n] : "");

            best = says > best ? says : best;
        }
    return best;
}

/* The visible link whose words fit best; NULL: none leads there. */
static const struct way *best_way(const struct scene *scene,
                                  const struct bylaw_term *term, enum seen seen,
                                  enum saying *out)
{
    enum target target = (enum target)param_word(term, "target", targets);
    const struct way *best = NULL;
    size_t count;
    const char *const *texts = param_list(scene, term, "text", &count);

    for (size_t i = 0; i < scene->way_count; i++) {
        const struct way *way = &scene->ways[i];
        enum saying says;

        if (way->seen != seen || !is_wanted(way, target))
            continue;
        says = saying_of(scene, way, texts, count);
        if (best && says <= *out)
            continue;
        best = way;
        *out = says;
    }
    return best;
}

static const char *wanted_words(const struct scene *scene,
                                const struct bylaw_term *term)
{
    size_t count;
    const char *const *texts = param_list(scene, term, "text", &count);
    struct bylaw__buf words;
    const char *quoted;

    bylaw__buf_init(&words, ANCHOR_BYTES);
    fill_slots(&words, scene, count ? texts[0] : "", scene->owner);
    quoted = quote(scene, bylaw__buf_span(&words));
    bylaw__buf_release(&words);
    return quoted;
}

static void rule_by_way(struct ruling *r, const struct scene *scene,
                        const struct bylaw_term *term, const struct way *way,
                        enum saying says)
{
    cite_way(r, scene, way);
    if (says == SAYS_THEM)
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH,
                  "the words %s are linked, as asked for",
                  wanted_words(scene, term));
    else if (says == SAYS_AMONG)
        rule_pass(r, scene, BYLAW_CONFIDENCE_MEDIUM,
                  "the words %s are linked, with others around them",
                  wanted_words(scene, term));
    else if (says == SAYS_NOTHING)
        rule_unknown(r, scene,
                     "a picture without text is linked, which may show the "
                     "words %s",
                     wanted_words(scene, term));
    else
        rule_partial(r, scene, "the link is on the words %s instead of %s",
                     quote(scene, way->link->text), wanted_words(scene, term));
}

/* Links that lead nobody knows where, and those that readers may not see. */
static bool is_open(const struct scene *scene, const struct bylaw_term *term)
{
    enum saying says;

    return best_way(scene, term, SEEN_DOUBTFUL, &says) ||
           scene_way(scene, REACH_OPAQUE, STAND_PROSE, SEEN_DOUBTFUL) ||
           scene_way(scene, REACH_MAYBE, STAND_PROSE, SEEN_DOUBTFUL);
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    enum saying says = SAYS_OTHER;
    const struct way *way = best_way(scene, term, SEEN_YES, &says);

    if (way)
        rule_by_way(r, scene, term, way, says);
    else if (is_open(scene, term))
        rule_unknown(r, scene,
                     "no link surely leads to the original and is seen by "
                     "readers, so its words are not known");
    else if (term_of_rule(scene, "link.original"))
        rule_moot(r, scene, "no link leads there, which is a duty of its own");
    else
        rule_absent(r, scene, "no link with the words %s leads to the original",
                    wanted_words(scene, term));
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    size_t count;

    param_list(scene, term, "text", &count);
    return count ? NULL : "the rule names no words that are to be linked";
}

static const char *const params[] = {"text", "target", "one-link",
                                     "if-supplied", NULL};
static const char *const param_help[] = {
    "The words, or a list of which one suffices; {publisher} and {title} "
    "stand for what they name.",
    "Where the link has to lead: article (default), home or either.",
    "Has no effect here.", "Has no effect here.", NULL};

const struct judge_term term_link_anchor = {
    .info =
        {"link.anchor", BYLAW_TERM_DUTY,
         "The link to the original is on the words asked for.",
         "Passes when a visible link that leads where it should is on those "
         "words, case and punctuation aside, or on a phrase that holds them. "
         "Partly met when the link is there on other words. Unknown when it "
         "is on a picture without text, may be hidden, or leads through a "
         "shortener. Does not arise where there is no such link and the rule "
         "asks for it by link.original; fails where it does not.",
         params, param_help},
    .label = "the words of the link",
    .severity = 2,
    .needs = NEED_LINK,
    .check = check,
    .evaluate = evaluate,
};
