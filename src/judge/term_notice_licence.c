/* SPDX-License-Identifier: Apache-2.0 */
/* notice.licence: the licence is named where readers see it. */
#include "judge_int.h"

#define LONG_NAME_BYTES 160u
#define BADGE_WORDS     6u
#define CC_NAME         "creative commons"

/* What the letters of a Creative Commons code stand for, in its long name. */
static const struct {
    const char *code, *words;
} long_words[] = {
    {"by", "attribution"},
    {"nc", "noncommercial"},
    {"nd", "noderiv"}, /* NoDerivs in 3.0, NoDerivatives in 4.0 */
    {"sa", "sharealike"},
};

/* How well a line names the licence. */
enum naming { NAMING_NONE, NAMING_FAMILY, NAMING_EXACT };

static void add_long_name(struct bylaw__buf *out, const char *code)
{
    bylaw__buf_add_text(out, CC_NAME);
    while (*code) {
        for (size_t i = 0; i < sizeof(long_words) / sizeof(*long_words); i++)
            if (!strncmp(code, long_words[i].code, 2))
                bylaw__buf_printf(out, " %s", long_words[i].words);
        code += strcspn(code, "-");
        code += *code == '-';
    }
}

/* How many bytes of text spell the words, letters and digits alone compared:
 * "Attribution-NonCommercial" and "Non-Commercial" are one word here. 0: other
 * words. */
static size_t spelled(struct bylaw_span text, const char *words)
{
    size_t at = 0;

    for (; *words; words++) {
        if (*words == ' ')
            continue;
        while (at < text.len && !bylaw__is_alnum((unsigned char)text.ptr[at]))
            at++;
        if (at == text.len || bylaw__lower(text.ptr[at]) != *words)
            return 0;
        at++;
    }
    return at;
}

/* True where the text goes on with one more element of a licence. */
static bool goes_on(struct bylaw_span rest)
{
    for (size_t i = 1; i < sizeof(long_words) / sizeof(*long_words); i++)
        if (spelled(rest, long_words[i].words))
            return true;
    return false;
}

/* End of the first place that spells wanted (small letters, digits and spaces,
 * a letter first); 0: there is none. */
static size_t find_squeezed(struct bylaw_span text, const char *wanted)
{
    for (size_t i = 0; i < text.len; i++) {
        size_t len = bylaw__lower(text.ptr[i]) == *wanted
                         ? spelled(bylaw__span_sub(text, i, text.len), wanted)
                         : 0;

        if (len)
            return i + len;
    }
    return 0;
}

static bool holds_squeezed(struct bylaw_span text, const char *wanted)
{
    size_t end = find_squeezed(text, wanted);

    return end && !goes_on(bylaw__span_sub(text, end, text.len));
}

static bool holds_long_name(struct bylaw_span text, const char *code)
{
    struct bylaw__buf name;
    bool holds;

    if (strncmp(code, "by", 2) != 0 || !find_squeezed(text, CC_NAME))
        return false;
    bylaw__buf_init(&name, LONG_NAME_BYTES);
    add_long_name(&name, code);
    holds = !name.failed && holds_squeezed(text, name.ptr);
    bylaw__buf_release(&name);
    return holds;
}

/* Every code follows "CC". */
static bool may_hold_code(const struct line *line)
{
    if (line->words.len)
        return bylaw__span_find(line->words, BYLAW__SPAN("cc")) != SIZE_MAX;
    return has_foreign_letters(line->text) ||
           bylaw__span_find_nocase(line->text, BYLAW__SPAN("cc")) != SIZE_MAX;
}

/* "by" must not be found in "by-nd": what follows decides. */
static bool holds_code(const struct line *line, const char *code)
{
    struct bylaw_span text = line->text;
    static const char *const more[] = {"nc", "nd", "sa"};
    struct bylaw_range at;
    struct bylaw__buf phrase;
    bool holds;

    if (!may_hold_code(line))
        return false;
    bylaw__buf_init(&phrase, LONG_NAME_BYTES);
    bylaw__buf_printf(&phrase, "cc %s", code);
    holds = !phrase.failed &&
            bylaw__phrase_find(&at, text, bylaw__buf_span(&phrase));
    bylaw__buf_release(&phrase);
    for (size_t i = 0; holds && i < sizeof(more) / sizeof(more[0]); i++)
        holds = !bylaw__span_starts_nocase(bylaw__span_sub(text, at.end + 1,
                                                           text.len),
                                           more[i]);
    return holds;
}

static enum naming naming_of(const struct line *line,
                             const struct licence *wanted)
{
    struct bylaw_range at;

    if (!*wanted->code)
        return bylaw__phrase_find(&at, line->text, bylaw__span_of(wanted->name))
                   ? NAMING_EXACT
                   : NAMING_NONE;
    if (holds_code(line, wanted->code) ||
        holds_long_name(line->text, wanted->code) ||
        (!strcmp(wanted->code, "by-nc-nd") && /* version 1.0's order */
         holds_squeezed(line->text, "creative commons attribution noderivs "
                                    "noncommercial")) ||
        (!strcmp(wanted->code, "zero") && holds_squeezed(line->text, "cc0")))
        return NAMING_EXACT;
    return bylaw__span_find_nocase(line->text,
                                   BYLAW__SPAN("creative commons")) != SIZE_MAX
               ? NAMING_FAMILY
               : NAMING_NONE;
}

static bool is_copied_line(const struct scene *scene, const struct line *line)
{
    struct bylaw_range whole = {0, (uint32_t)line->text.len};

    return scene_is_copied(scene, line_bytes(scene, line, whole));
}

/* The line that names the licence best, among those at least so placed. Prose
 * without words of licensing may speak of anything: it proves nothing, but
 * where it is the page's own it leaves the question open. */
static const struct line *best_line(const struct scene *scene,
                                    const struct licence *wanted,
                                    enum stand least, enum stand most,
                                    enum seen least_seen,
                                    enum naming *out_naming)
{
    const struct line *best = NULL;

    *out_naming = NAMING_NONE;
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct line *line = &scene->lines[i];
        enum naming naming;

        if (line->stand < least || line->stand > most ||
            line->seen < least_seen ||
            (line->stand == STAND_PROSE && !line->roles &&
             (least_seen == SEEN_YES || is_copied_line(scene, line))))
            continue;
        naming = naming_of(line, wanted);
        if (naming > *out_naming) {
            *out_naming = naming;
            best = line;
        }
    }
    return best;
}

const struct line *licence_line(const struct scene *scene,
                                const struct licence *wanted)
{
    enum naming naming;
    const struct line *line =
        best_line(scene, wanted, STAND_PROSE, STAND_CREDIT, SEEN_YES, &naming);

    return naming == NAMING_EXACT ? line : NULL;
}

static void cite_line(struct ruling *r, const struct scene *scene,
                      const struct line *line)
{
    struct bylaw_range at = {0, (uint32_t)line->text.len};

    cite_text(r, scene, line, at);
}

/* Where the match places the link: without marks of its own, a credit is told
 * only by standing beside the copied text. */
static enum bylaw_zone zone_of_link(const struct bylaw__case *c, size_t number)
{
    return c->placement && c->placement->link_zones
               ? c->placement->link_zones[number]
               : c->document->links[number].zone;
}

static const struct bylaw_link *licence_link(const struct scene *scene,
                                             const struct licence *wanted)
{
    const struct bylaw_document *document = scene->c->document;

    for (size_t i = 0; *wanted->code && i < document->link_count; i++) {
        const struct bylaw_link *link = &document->links[i];
        struct licence given;
        const bylaw_url *url;

        if (link->kind != BYLAW_LINK_REAL || strcmp(link->element, "a") ||
            link->visibility != BYLAW_VISIBILITY_VISIBLE ||
            stand_of(scene->c, link->block, zone_of_link(scene->c, i)) <
                STAND_PROSE ||
            !(url = link_url(scene, link)))
            continue;
        if (licence_of_url(&given, url) && !strcmp(given.code, wanted->code))
            return link;
    }
    return NULL;
}

/* A badge says in a few words what it shows; a longer text may be a picture's
 * own credit unless it names the very version. */
static bool may_speak_of_article(struct bylaw_span text,
                                 const struct licence *wanted)
{
    return count_words(text, BADGE_WORDS + 1) <= BADGE_WORDS ||
           (*wanted->version &&
            bylaw__span_find(text, bylaw__span_of(wanted->version)) !=
                SIZE_MAX);
}

static const struct bylaw_link *licence_picture(const struct scene *scene,
                                                const struct licence *wanted)
{
    const struct bylaw_document *document = scene->c->document;

    for (size_t i = 0; i < document->link_count; i++) {
        const struct bylaw_link *link = &document->links[i];
        struct line line = {.text = link->text};

        if (!strcmp(link->element, "img") && link->text.len &&
            seen_of(link->visibility) != SEEN_NO &&
            naming_of(&line, wanted) != NAMING_NONE &&
            may_speak_of_article(link->text, wanted))
            return link;
    }
    return NULL;
}

/* Long names of the elements in other languages. */
static bool says_element(struct bylaw_span text)
{
    static const char *const words[] = {"reconocimiento",
                                        "atribución",
                                        "paternité",
                                        "namensnennung",
                                        "attribuzione",
                                        "atribuição",
                                        "naamsvermelding",
                                        "erkännande",
                                        "navngivelse",
                                        "nimeä",
                                        "uznanie autorstwa",
                                        "uveďte",
                                        "表示",
                                        "署名",
                                        "姓名標示",
                                        "저작자",
                                        "С указанием",
                                        "с указанием",
                                        "نَسب",
                                        "نسب المُصنَّف"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (bylaw__span_find_nocase(text, bylaw__span_of(words[i])) != SIZE_MAX)
            return true;
    return false;
}

/* A link to the very licence that stands away from the article. */
static const struct bylaw_link *licence_elsewhere(const struct scene *scene,
                                                  const struct licence *wanted)
{
    const struct bylaw_document *document = scene->c->document;

    for (size_t i = 0; *wanted->code && i < document->link_count; i++) {
        const struct bylaw_link *link = &document->links[i];
        struct licence given;
        const bylaw_url *url;

        if (link->kind == BYLAW_LINK_REAL && !strcmp(link->element, "a") &&
            seen_of(link->visibility) != SEEN_NO &&
            (url = link_url(scene, link)) && licence_of_url(&given, url) &&
            !strcmp(given.code, wanted->code))
            return link;
    }
    return NULL;
}

/* A badge of Creative Commons without words of its own. */
static const struct bylaw_link *wordless_badge(const struct scene *scene)
{
    static const char *const marks[] = {"licensebuttons.net",
                                        "creativecommons.org/l/",
                                        "/cc-by",
                                        "/cc_by",
                                        "/cc-icon",
                                        "/cc.svg",
                                        "/cc.png"};
    const struct bylaw_document *document = scene->c->document;

    for (size_t i = 0; i < document->link_count; i++) {
        const struct bylaw_link *link = &document->links[i];

        if (strcmp(link->element, "img") ||
            seen_of(link->visibility) == SEEN_NO)
            continue;
        for (size_t k = 0; k < sizeof(marks) / sizeof(marks[0]); k++)
            if (bylaw__span_find_nocase(link->href, bylaw__span_of(marks[k])) !=
                SIZE_MAX)
                return link;
    }
    return NULL;
}

/* Unknown where a link or a badge somewhere says what no line does. */
static bool is_open_elsewhere(struct ruling *r, const struct scene *scene,
                              const struct licence *wanted)
{
    const struct bylaw_link *link = licence_elsewhere(scene, wanted);

    if (link)
        rule_unknown(r, scene,
                     "the licence %s is linked only away from the article, "
                     "where it may speak of the whole site",
                     wanted->name);
    else if ((link = wordless_badge(scene)))
        rule_unknown(r, scene,
                     "a licence is shown only by a picture without words");
    else
        return false;
    cite_link(r, scene, link, link->zone);
    return true;
}

static void rule_by_line(struct ruling *r, const struct scene *scene,
                         const struct licence *wanted)
{
    enum naming naming, loose;
    const struct line *line =
        best_line(scene, wanted, STAND_PROSE, STAND_CREDIT, SEEN_YES, &naming);
    const struct bylaw_link *link = licence_link(scene, wanted);
    const struct bylaw_link *picture;
    const struct line *other;

    if (naming == NAMING_EXACT || link) {
        if (naming == NAMING_EXACT)
            cite_line(r, scene, line);
        else
            cite_link(r, scene, link, link->zone);
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH, "the licence %s is named",
                  wanted->name);
        return;
    }
    if (naming == NAMING_FAMILY) {
        cite_line(r, scene, line);
        if (says_element(line->text)) {
            rule_unknown(r, scene,
                         "a Creative Commons licence is named in another "
                         "language, in which it cannot be compared with %s",
                         wanted->name);
            return;
        }
        rule_partial(r, scene,
                     "a Creative Commons licence is mentioned without saying "
                     "that it is %s",
                     wanted->name);
        return;
    }
    picture = licence_picture(scene, wanted);
    other = best_line(scene, wanted, STAND_NOWHERE, STAND_CREDIT, SEEN_DOUBTFUL,
                      &loose);
    if (other) {
        cite_line(r, scene, other);
        rule_unknown(r, scene,
                     "a licence is named only away from the article or where "
                     "readers may not see it");
        return;
    }
    if (picture) {
        cite_link(r, scene, picture, picture->zone);
        rule_unknown(r, scene,
                     "a licence is named only in the alternative text of a "
                     "picture");
        return;
    }
    if (is_open_elsewhere(r, scene, wanted))
        return;
    rule_absent(r, scene, "the licence %s is not named", wanted->name);
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct licence wanted;

    if (!licence_of_case(&wanted, scene)) {
        rule_unknown(r, scene,
                     "it is not known under which licence the article is");
        return;
    }
    rule_by_line(r, scene, &wanted);
    rule_one_link(r, scene, term);
}

static const char *const params[] = {"one-link", "if-supplied", NULL};
static const char *const param_help[] = {
    "A link to the original may stand in for it: missing is then incomplete.",
    "Asked for only where a licence is stated.", NULL};

const struct judge_term term_notice_licence = {
    .info =
        {"notice.licence", BYLAW_TERM_DUTY, "The licence is named.",
         "Passes when a credit line or sentence names the licence in its "
         "short or long form, or a visible link there leads to it. Partly met "
         "when only its family is named (\"a Creative Commons license\"). "
         "Unknown when it is named only away from the article or may be "
         "hidden. Fails when the page was read whole and no licence is named.",
         params, param_help},
    .label = "the name of the licence",
    .severity = 2,
    .needs = NEED_LICENCE,
    .check = licence_is_stated,
    .evaluate = evaluate,
};
