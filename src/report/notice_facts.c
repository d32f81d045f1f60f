/* SPDX-License-Identifier: Apache-2.0 */
/* A notice: whether one may be drafted, and the facts that go into it. */
#include "notice_int.h"

#include <stdlib.h>

#define DAY_MS       ((int64_t)86400000)
#define RECHECK_DAYS 14

static const char *const kinds[] = {
    [BYLAW__NOTICE_CORRECTION] = "correction",
    [BYLAW__NOTICE_DMCA] = "dmca",
    [BYLAW__NOTICE_DSA] = "dsa",
};

const char *bylaw__notice_kind_name(enum bylaw__notice_kind kind)
{
    return (size_t)kind < BYLAW__NOTICE_KINDS ? kinds[kind] : "";
}

int bylaw__notice_kind_of(const char *name)
{
    for (int i = 0; i < BYLAW__NOTICE_KINDS; i++)
        if (!strcmp(kinds[i], name))
            return i;
    return -1;
}

/* ---------------------------------------------------------- may it be? --- */

/* Wishes of publishers that no law backs: never a ground for a legal notice. */
static const char *const manners[] = {"track.pixel", "seo.canonical",
                                      "credit.placement", "link.anchor",
                                      "site.contact"};

static bool is_manner(const char *id)
{
    for (size_t i = 0; i < sizeof(manners) / sizeof(manners[0]); i++)
        if (!strcmp(manners[i], id))
            return true;
    return false;
}

/* A letter of the law needs a binding duty that is plainly not met. */
static bool is_ground(enum bylaw__notice_kind kind,
                      const struct finding_view *finding)
{
    if (!bylaw__finding_is_unmet(finding))
        return false;
    if (kind == BYLAW__NOTICE_CORRECTION)
        return true;
    return !is_manner(finding->id) && !finding->is_partial &&
           !strcmp(finding->force, bylaw_force_name(BYLAW_FORCE_MUST)) &&
           strcmp(finding->basis, bylaw_basis_name(BYLAW_BASIS_REQUEST)) != 0;
}

static size_t count_grounds(enum bylaw__notice_kind kind,
                            const struct audit_view *view)
{
    size_t count = 0;

    for (size_t i = 0; i < view->finding_count; i++)
        count += is_ground(kind, &view->findings[i]);
    return count;
}

/* What a person looked at and stood by, at whatever turn of the case. */
static bool was_agreed(const struct bylaw_survey_case *c)
{
    for (size_t i = 0; i < c->event_count; i++)
        if (c->events[i].state == BYLAW_CASE_CONFIRMED && *c->events[i].by)
            return true;
    return false;
}

static int check(const struct bylaw__notice_wish *wish,
                 const struct audit_view *view, struct bylaw_error *err)
{
    const struct bylaw_survey_case *c = view->c;
    char where[32];

    snprintf(where, sizeof(where), "case %lld", (long long)c->id);
    if (c->state == BYLAW_CASE_SEEN)
        return bylaw__fail(err, BYLAW_EUSAGE, "notice.not-confirmed", where,
                           "the finding was seen once only");
    if (!bylaw__state_is_unresolved(c->state))
        return bylaw__fail(err, BYLAW_EUSAGE, "notice.state", where,
                           "nothing is to be written about a case that is %s",
                           bylaw_case_state_name(c->state));
    if (wish->kind != BYLAW__NOTICE_CORRECTION && !was_agreed(c))
        return bylaw__fail(err, BYLAW_EUSAGE, "notice.not-agreed", where,
                           "no person has confirmed the finding");
    if (!count_grounds(wish->kind, view))
        return bylaw__fail(err, BYLAW_EUSAGE, "notice.no-ground", where,
                           "no duty that a notice of kind \"%s\" could rest "
                           "on is plainly not met",
                           bylaw__notice_kind_name(wish->kind));
    return 0;
}

/* --------------------------------------------------------------- facts --- */

static struct bylaw_span date_of(struct bylaw__arena *arena, int64_t ms)
{
    char text[BYLAW__TIME_BYTES];

    bylaw__time_format(text, ms);
    return bylaw__span_of(ms ? bylaw__arena_printf(arena, "%.10s", text) : "");
}

static struct bylaw_span text_at(const struct audit_view *view,
                                 const char *part, const char *key)
{
    return bylaw__span_of(json_string_value(
        json_object_get(json_object_get(view->root, part), key)));
}

/* "100 %": a share as people say it. */
static struct bylaw_span percent(struct bylaw__arena *arena, double share)
{
    return bylaw__span_of(
        bylaw__arena_printf(arena, "%d %%", (int)(share * 100 + 0.5)));
}

static const struct finding_view *find_ground(enum bylaw__notice_kind kind,
                                              const struct audit_view *view,
                                              size_t *at)
{
    while (*at < view->finding_count) {
        const struct finding_view *finding = &view->findings[(*at)++];

        if (is_ground(kind, finding))
            return finding;
    }
    return NULL;
}

/* Text of pages for a letter, in which it can end no line. */
static struct bylaw_span safe(struct bylaw__arena *arena,
                              struct bylaw_span text)
{
    struct bylaw__buf out = {0};
    struct bylaw_span kept;

    bylaw__report_safe(&out, text);
    kept = bylaw__arena_span(arena, bylaw__buf_span(&out));
    arena->failed |= out.failed;
    bylaw__buf_release(&out);
    return kept;
}

static struct notice_duty duty_of(struct bylaw__arena *arena,
                                  const struct bylaw__notice_wish *wish,
                                  const struct finding_view *finding)
{
    struct bylaw_span label = bylaw__notice_label(wish->template, finding->id);

    return (struct notice_duty){
        {{"id", bylaw__span_of(finding->id)},
         {"label", label.len ? label : bylaw__span_of(finding->id)},
         {"why", safe(arena, bylaw__span_of(finding->why))},
         {"must", bylaw__span_of(strcmp(finding->force, "must") ? "" : "yes")},
         {"quote", safe(arena, bylaw__span_of(finding->text))}}};
}

/* Where a browser that can goes to the first copied words by itself. */
static struct bylaw_span passage_link(struct bylaw__arena *arena,
                                      const struct audit_view *view)
{
    json_t *passage =
        json_array_get(json_object_get(view->root, "passages"), 0);
    json_t *part = json_array_get(json_object_get(passage, "parts"), 0);
    struct bylaw__buf out = {0};
    struct bylaw_span words, link = {0};
    size_t at = 0, count = 0;

    words = bylaw__span_of(json_string_value(json_array_get(part, 1)));
    bylaw__buf_printf(&out, "%s#:~:text=", view->c->url);
    for (; at < words.len && words.ptr[at] != '\n'; at++) {
        unsigned char c = (unsigned char)words.ptr[at];

        count += c == ' ';
        if (count == 8)
            break;
        bylaw__buf_printf(&out, bylaw__is_alnum(c) ? "%c" : "%%%02X", c);
    }
    if (at && !strchr(view->c->url, '#'))
        link = bylaw__arena_span(arena, bylaw__buf_span(&out));
    arena->failed |= out.failed;
    bylaw__buf_release(&out);
    return link;
}

struct drafting {
    struct bylaw__arena arena;
    struct notice_fact facts[32];
    struct notice_facts list;
};

static void put(struct drafting *d, const char *name, struct bylaw_span value)
{
    d->facts[d->list.count++] = (struct notice_fact){name, value};
}

static void put_text(struct drafting *d, const char *name, const char *value)
{
    put(d, name, safe(&d->arena, bylaw__span_of(value)));
}

static void put_case(struct drafting *d, const struct audit_view *view)
{
    const struct bylaw_survey_case *c = view->c;

    put(d, "case",
        bylaw__span_of(
            bylaw__arena_printf(&d->arena, "%lld", (long long)c->id)));
    put_text(d, "page", c->url);
    put_text(d, "site", c->host);
    put_text(d, "page-title", view->title);
    put_text(d, "because", c->because);
    put(d, "copied", percent(&d->arena, c->coverage));
    put(d, "first-seen", date_of(&d->arena, c->first_ms));
    put(d, "last-seen", date_of(&d->arena, c->last_ms));
    put(d, "read-at", text_at(view, "page", "fetched_at"));
    put(d, "sha256", text_at(view, "page", "sha256"));
    put(d, "passage", passage_link(&d->arena, view));
    put(d, "fix", bylaw__span_of(view->fix));
}

static void put_article(struct drafting *d, const struct audit_view *view,
                        const struct bylaw__notice_wish *wish)
{
    const struct bylaw_survey_source *source = view->source;

    put_text(d, "article", *source->title ? source->title : source->name);
    put_text(d, "article-address", source->url);
    put(d, "publisher", safe(&d->arena, text_at(view, "source", "publisher")));
    put(d, "rule", text_at(view, "rule", "title"));
    put_text(d, "permission", wish->permission);
    put_text(d, "contact", wish->contact);
}

static void put_dates(struct drafting *d, const struct bylaw__notice_wish *wish)
{
    int64_t days = wish->cure_days ? wish->cure_days : RECHECK_DAYS;

    put(d, "today", date_of(&d->arena, wish->now_ms));
    put(d, "check-again", date_of(&d->arena, wish->now_ms + days * DAY_MS));
    put(d, "cure-until",
        date_of(&d->arena, wish->cure_days ? wish->now_ms + days * DAY_MS : 0));
}

static int put_duties(struct drafting *d, const struct audit_view *view,
                      const struct bylaw__notice_wish *wish)
{
    size_t count = count_grounds(wish->kind, view), at = 0;
    struct notice_duty *duties =
        bylaw__arena_alloc_array(&d->arena, count, sizeof(*duties));

    for (size_t i = 0; duties && i < count; i++)
        duties[i] =
            duty_of(&d->arena, wish, find_ground(wish->kind, view, &at));
    d->list.duties = duties;
    d->list.duty_count = count;
    return duties ? 0 : BYLAW_ENOMEM;
}

static int draft(struct bylaw__notice *out, const struct audit_view *view,
                 const struct bylaw__notice_wish *wish, struct bylaw_error *err)
{
    struct drafting d = {.arena = {0}};
    int rc;

    d.list.items = d.facts;
    put_case(&d, view);
    put_article(&d, view, wish);
    put_dates(&d, wish);
    rc = put_duties(&d, view, wish);
    rc = rc || d.arena.failed ? bylaw__fail_memory(err, "")
                              : bylaw__notice_fill(out, wish->template,
                                                   wish->path, &d.list, err);
    bylaw__arena_release(&d.arena);
    return rc;
}

int bylaw__report_notice(struct bylaw__notice *out,
                         const struct bylaw_survey *survey, size_t i,
                         const struct bylaw__notice_wish *wish,
                         struct bylaw_error *err)
{
    struct audit_view view = {0};
    int rc = bylaw__view_open(&view, survey, i, err);

    if (!rc)
        rc = check(wish, &view, err);
    if (!rc)
        rc = draft(out, &view, wish, err);
    bylaw__view_close(&view);
    return rc;
}

void bylaw__notice_release(struct bylaw__notice *notice)
{
    bylaw__buf_release(&notice->subject);
    bylaw__buf_release(&notice->body);
}

const char *bylaw__notice_language(const struct bylaw_survey *survey, size_t i,
                                   char out[4])
{
    struct audit_view view = {0};
    struct bylaw_span language;

    memset(out, 0, 4);
    if (!bylaw__view_open(&view, survey, i, NULL)) {
        language = text_at(&view, "page", "language");
        for (size_t k = 0; k < 3 && k < language.len &&
                           bylaw__is_alpha((unsigned char)language.ptr[k]);
             k++)
            out[k] = bylaw__lower(language.ptr[k]);
    }
    bylaw__view_close(&view);
    return out;
}

void bylaw__notice_mail(struct bylaw__buf *out,
                        const struct bylaw__notice *notice)
{
    bylaw__buf_add_text(out, "To: \r\n");
    bylaw__mail_header(out, "Subject", bylaw__buf_span(&notice->subject));
    /* Mail programs open a message so marked as one that is being written. */
    bylaw__buf_add_text(out, "X-Unsent: 1\r\n"
                             "MIME-Version: 1.0\r\n"
                             "Content-Type: text/plain; charset=utf-8\r\n"
                             "Content-Transfer-Encoding: quoted-printable\r\n"
                             "\r\n");
    bylaw__mail_quoted(out, bylaw__buf_span(&notice->body));
}
