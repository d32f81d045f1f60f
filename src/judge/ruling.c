/* SPDX-License-Identifier: Apache-2.0 */
/* How a term's evaluation says what it found, and shows the bytes. */
#include "judge_int.h"

#include <stdarg.h>
#include <stdio.h>

#define CLAUSE_BYTES 1024u
#define NAMES_SHOWN  8u /* in a sentence; the rest is counted */

static void set_clause(struct ruling *r, const struct scene *scene,
                       const char *fmt, va_list args)
    __attribute__((format(printf, 3, 0)));

static void set_clause(struct ruling *r, const struct scene *scene,
                       const char *fmt, va_list args)
{
    char text[CLAUSE_BYTES];
    struct bylaw_span span = {text, 0};
    int len = vsnprintf(text, sizeof(text), fmt, args);

    span.len = len < 0 ? 0 : (size_t)len;
    if (span.len >= sizeof(text)) {
        span.len = sizeof(text) - 1;
        while (span.len && !bylaw__utf8_valid(span))
            span.len--;
    }
    r->clause = bylaw__arena_copy(scene->arena, span);
}

void rule_pass(struct ruling *r, const struct scene *scene,
               enum bylaw_confidence confidence, const char *fmt, ...)
{
    va_list args;

    r->outcome = BYLAW_OUTCOME_PASS;
    r->confidence = confidence;
    va_start(args, fmt);
    set_clause(r, scene, fmt, args);
    va_end(args);
}

/* A gap turns what was not found into what is not known. */
static void doubt_absence(struct ruling *r, const struct scene *scene)
{
    r->outcome = BYLAW_OUTCOME_FAIL;
    r->confidence = BYLAW_CONFIDENCE_HIGH;
    r->by_absence = true;
    if (!scene->gap)
        return;
    r->outcome = BYLAW_OUTCOME_UNKNOWN;
    r->confidence = BYLAW_CONFIDENCE_LOW;
    r->is_partial = false;
    r->by_gap = true;
    r->clause =
        bylaw__arena_printf(scene->arena, "%s, but this proves nothing, as %s",
                            r->clause, scene->gap);
}

void rule_absent(struct ruling *r, const struct scene *scene, const char *fmt,
                 ...)
{
    va_list args;

    va_start(args, fmt);
    set_clause(r, scene, fmt, args);
    va_end(args);
    doubt_absence(r, scene);
}

void rule_partial(struct ruling *r, const struct scene *scene, const char *fmt,
                  ...)
{
    va_list args;

    r->is_partial = true;
    va_start(args, fmt);
    set_clause(r, scene, fmt, args);
    va_end(args);
    doubt_absence(r, scene);
}

void rule_broken(struct ruling *r, const struct scene *scene,
                 enum bylaw_confidence confidence, const char *fmt, ...)
{
    va_list args;

    r->outcome = BYLAW_OUTCOME_FAIL;
    r->confidence = confidence;
    va_start(args, fmt);
    set_clause(r, scene, fmt, args);
    va_end(args);
}

void rule_unknown(struct ruling *r, const struct scene *scene, const char *fmt,
                  ...)
{
    va_list args;

    r->outcome = BYLAW_OUTCOME_UNKNOWN;
    r->confidence = BYLAW_CONFIDENCE_LOW;
    va_start(args, fmt);
    set_clause(r, scene, fmt, args);
    va_end(args);
}

void rule_moot(struct ruling *r, const struct scene *scene, const char *why)
{
    r->outcome = BYLAW_OUTCOME_NOT_EVALUATED;
    r->clause = bylaw__arena_printf(scene->arena,
                                    "the question does not arise, as %s", why);
}

/* CC 4.0 section 3(a)(2): a link to a page that carries the information may
 * be enough, so what is missing beside one is incomplete at worst. */
void rule_one_link(struct ruling *r, const struct scene *scene,
                   const struct bylaw_term *term)
{
    if (r->outcome != BYLAW_OUTCOME_FAIL || !param_flag(term, "one-link") ||
        !scene_way(scene, REACH_ARTICLE, STAND_PROSE, SEEN_YES))
        return;
    r->is_partial = true;
    r->severity_cap = 1;
    r->clause =
        bylaw__arena_printf(scene->arena,
                            "%s, though the linked original may carry it",
                            r->clause);
}

bool rule_by_picture(struct ruling *r, const struct scene *scene,
                     const char *name)
{
    const struct bylaw_link *picture = picture_naming(scene, name);

    if (!picture)
        return false;
    cite_link(r, scene, picture, picture->zone);
    rule_unknown(r, scene,
                 "%s is named only in the alternative text of a picture, which "
                 "may show the credit",
                 name);
    return true;
}

/* ----------------------------------------------------------- evidence --- */

static struct bylaw_evidence *add_evidence(struct ruling *r)
{
    if (r->evidence_count >= EVIDENCE_MAX)
        return NULL;
    return &r->evidence[r->evidence_count++];
}

const char *zone_words(enum bylaw_zone zone)
{
    return zone == BYLAW_ZONE_UNKNOWN ? "rest of the page"
                                      : bylaw_zone_name(zone);
}

enum bylaw_zone zone_of_evidence(enum bylaw_zone zone)
{
    return zone == BYLAW_ZONE_UNKNOWN ? BYLAW_ZONE_BODY : zone;
}

void cite_text(struct ruling *r, const struct scene *scene,
               const struct line *line, struct bylaw_range at)
{
    struct bylaw_evidence *evidence = add_evidence(r);

    if (!evidence)
        return;
    evidence->zone = zone_of_evidence(line->zone);
    evidence->text = bylaw__span_sub(line->text, at.begin, at.end);
    evidence->bytes = line_bytes(scene, line, at);
}

void cite_hit(struct ruling *r, const struct scene *scene,
              const struct hit *hit)
{
    struct bylaw_range at = hit->at;

    if (hit->meta) {
        cite_meta(r, hit->meta);
        return;
    }
    if (hit->role && hit->phrase.begin < at.begin)
        at.begin = hit->phrase.begin;
    if (hit->role && hit->phrase.end > at.end)
        at.end = hit->phrase.end;
    cite_text(r, scene, hit->line, at);
}

void cite_link(struct ruling *r, const struct scene *scene,
               const struct bylaw_link *link, enum bylaw_zone zone)
{
    struct bylaw_evidence *evidence = add_evidence(r);

    (void)scene;
    if (!evidence)
        return;
    evidence->zone = zone_of_evidence(zone);
    evidence->bytes = link->bytes;
    evidence->text = link->text;
    evidence->href = link->href;
    if (!evidence->href.ptr)
        evidence->href = (struct bylaw_span){"", 0};
}

void cite_way(struct ruling *r, const struct scene *scene,
              const struct way *way)
{
    size_t before = r->evidence_count;

    if (way->link)
        cite_link(r, scene, way->link, way->zone);
    else
        cite_text(r, scene, way->line, way->at);
    if (r->evidence_count > before)
        r->evidence[before].trail = way->trail;
}

void cite_copied(struct ruling *r, const struct scene *scene, size_t number)
{
    const struct bylaw_match *match = scene->c->match;
    const struct line *line;
    struct bylaw_range at;

    if (number < match->span_count &&
        scene_line_at(scene, match->spans[number].page, &line, &at))
        cite_text(r, scene, line, at);
}

void cite_meta(struct ruling *r, const struct bylaw_meta *meta)
{
    struct bylaw_evidence *evidence = add_evidence(r);

    if (!evidence)
        return;
    evidence->zone = BYLAW_ZONE_HEAD;
    evidence->bytes = meta->bytes;
    evidence->text = meta->value;
}

void cite_bytes(struct ruling *r, const struct scene *scene,
                struct bylaw_range bytes)
{
    struct bylaw_evidence *evidence = add_evidence(r);

    if (!evidence)
        return;
    evidence->zone = BYLAW_ZONE_HEAD;
    evidence->bytes = bytes;
    evidence->text =
        bylaw__span_sub(scene->c->document->text, bytes.begin, bytes.end);
}

/* -------------------------------------------------------------- words --- */

const char *quote(const struct scene *scene, struct bylaw_span text)
{
    struct bylaw_span cut = bylaw__span_trim(text);
    bool is_cut = cut.len > QUOTE_BYTES;
    char *copy;

    if (is_cut) {
        cut.len = QUOTE_BYTES;
        while (cut.len && ((unsigned char)cut.ptr[cut.len] & 0xC0) == 0x80)
            cut.len--;
    }
    copy = bylaw__arena_printf(scene->arena, "\"%.*s%s\"", (int)cut.len,
                               cut.len ? cut.ptr : "", is_cut ? "..." : "");
    for (char *p = copy; p && *p; p++)
        if ((unsigned char)*p < ' ')
            *p = ' ';
    return copy ? copy : "";
}

const char *join_names(const struct scene *scene, const char *const *names,
                       size_t count)
{
    const char *joined = count ? names[0] : "";
    size_t shown = count > NAMES_SHOWN ? NAMES_SHOWN : count;

    for (size_t i = 1; i < shown && joined; i++)
        joined = bylaw__arena_printf(scene->arena, "%s%s%s", joined,
                                     i + 1 == count ? " and " : ", ", names[i]);
    if (count > shown && joined)
        joined = bylaw__arena_printf(scene->arena, "%s and %zu more", joined,
                                     count - shown);
    return joined ? joined : "";
}

const char *const *param_list(const struct scene *scene,
                              const struct bylaw_term *term, const char *name,
                              size_t *out_count)
{
    struct bylaw_span rest = bylaw__span_of(bylaw_term_param(term, name));
    const char **items =
        bylaw__arena_alloc_array(scene->arena, rest.len / 2 + 1,
                                 sizeof(*items));

    *out_count = 0;
    while (items && rest.len) {
        size_t end = bylaw__span_find(rest, BYLAW__SPAN("\n"));
        struct bylaw_span item;

        if (end == SIZE_MAX)
            end = rest.len;
        item = bylaw__span_trim(bylaw__span_sub(rest, 0, end));
        if (item.len)
            items[(*out_count)++] = bylaw__arena_copy(scene->arena, item);
        rest = bylaw__span_sub(rest, end + (end < rest.len), rest.len);
    }
    return items;
}

bool param_flag(const struct bylaw_term *term, const char *name)
{
    const char *value = bylaw_term_param(term, name);

    return value && (!strcmp(value, "true") || !strcmp(value, "yes"));
}

unsigned param_number(const struct bylaw_term *term, const char *name,
                      unsigned fallback)
{
    const char *value = bylaw_term_param(term, name);
    unsigned number = 0;

    if (!value || !bylaw__is_digit((unsigned char)*value))
        return fallback;
    while (bylaw__is_digit((unsigned char)*value) && number < UINT16_MAX)
        number = number * 10 + (unsigned)(*value++ - '0');
    return number;
}

unsigned param_word(const struct bylaw_term *term, const char *name,
                    const char *const *words)
{
    const char *value = bylaw_term_param(term, name);

    for (unsigned i = 0; value && words[i]; i++)
        if (!strcmp(value, words[i]))
            return i;
    return 0;
}
