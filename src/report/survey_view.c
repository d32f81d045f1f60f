/* SPDX-License-Identifier: Apache-2.0 */
/* A case's audit, kept as JSON, taken apart again for the forms. */
#include "survey_int.h"

#include <stdlib.h>

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

static void read_evidence(struct finding_view *out, const json_t *finding)
{
    const json_t *first =
        json_array_get(json_object_get(finding, "evidence"), 0);
    const json_t *bytes = json_object_get(first, "bytes");

    out->zone = text_of(first, "zone");
    out->text = text_of(first, "text");
    out->href = text_of(first, "href");
    out->begin = json_integer_value(json_array_get(bytes, 0));
    out->end = json_integer_value(json_array_get(bytes, 1));
}

static void read_finding(struct finding_view *out, const json_t *finding)
{
    *out = (struct finding_view){
        .id = text_of(finding, "id"),
        .kind = text_of(finding, "kind"),
        .force = text_of(finding, "force"),
        .basis = text_of(finding, "basis"),
        .outcome = text_of(finding, "outcome"),
        .why = text_of(finding, "why"),
        .fix = text_of(finding, "fix"),
        .is_partial = json_is_true(json_object_get(finding, "partial")),
        .for_person = json_is_true(json_object_get(finding, "for_person")),
        .severity =
            (int)json_integer_value(json_object_get(finding, "severity")),
    };
    read_evidence(out, finding);
}

static int read_findings(struct audit_view *view, struct bylaw_error *err)
{
    const json_t *list = json_object_get(view->root, "findings");
    size_t count = json_array_size(list);

    if (bylaw__vec_grow(&view->findings, &view->finding_cap, count,
                        sizeof(*view->findings)))
        return bylaw__fail_memory(err, "");
    for (size_t i = 0; i < count; i++)
        read_finding(&view->findings[i], json_array_get(list, i));
    view->finding_count = count;
    return 0;
}

int bylaw__view_open(struct audit_view *view, const struct bylaw_survey *survey,
                     size_t i, struct bylaw_error *err)
{
    const struct bylaw_survey_case *c = &survey->cases[i];
    struct bylaw_span audit = c->audit;

    json_decref(view->root);
    view->root = NULL;
    view->c = c;
    view->source = &survey->sources[c->source];
    if (view->is_bare) {
        bylaw__buf_clear(&view->bare);
        bylaw__audit_bare(&view->bare, audit);
        if (view->bare.failed)
            return bylaw__fail_memory(err, "");
        audit = bylaw__buf_span(&view->bare);
    }
    view->root =
        json_loadb(audit.len ? audit.ptr : "", audit.len, JSON_ALLOW_NUL, NULL);
    view->title = text_of(json_object_get(view->root, "page"), "title");
    view->fix = text_of(view->root, "fix");
    return read_findings(view, err);
}

void bylaw__view_close(struct audit_view *view)
{
    json_decref(view->root);
    free(view->findings);
    bylaw__buf_release(&view->bare);
    *view = (struct audit_view){0};
}

/* -------------------------------------------------------------- states --- */

static const enum bylaw_case_state open_states[] = {
    BYLAW_CASE_NEW,       BYLAW_CASE_CONFIRMED, BYLAW_CASE_NOTIFIED,
    BYLAW_CASE_REGRESSED, BYLAW_CASE_DISPUTED,
};

bool bylaw__state_is_unresolved(enum bylaw_case_state state)
{
    for (size_t i = 0; i < sizeof(open_states) / sizeof(open_states[0]); i++)
        if (open_states[i] == state)
            return true;
    return false;
}

bool bylaw__state_is_hidden(enum bylaw_case_state state)
{
    return state == BYLAW_CASE_ALLOWED || state == BYLAW_CASE_IGNORED;
}

bool bylaw__finding_is_unmet(const struct finding_view *finding)
{
    return !strcmp(finding->outcome, bylaw_outcome_name(BYLAW_OUTCOME_FAIL)) &&
           strcmp(finding->force, bylaw_force_name(BYLAW_FORCE_MAY)) != 0 &&
           !finding->for_person;
}

/* --------------------------------------------------------------- tally --- */

static struct duty_count *count_of(struct tally *tally, const char *id)
{
    size_t at = 0;

    while (at < tally->duty_count && strcmp(tally->duties[at].id, id) < 0)
        at++;
    if (at < tally->duty_count && !strcmp(tally->duties[at].id, id))
        return &tally->duties[at];
    if (bylaw__vec_grow(&tally->duties, &tally->duty_cap, tally->duty_count + 1,
                        sizeof(*tally->duties)))
        return NULL;
    memmove(tally->duties + at + 1, tally->duties + at,
            (tally->duty_count - at) * sizeof(*tally->duties));
    tally->duty_count++;
    tally->duties[at] =
        (struct duty_count){.id = strdup(id),
                            .number = (uint32_t)tally->duty_count - 1};
    return tally->duties[at].id ? &tally->duties[at] : NULL;
}

static char letter_of(const struct finding_view *finding)
{
    if (!strcmp(finding->outcome, "pass"))
        return 'p';
    if (!strcmp(finding->outcome, "unknown"))
        return finding->for_person ? 'r' : 'u';
    if (strcmp(finding->outcome, "fail") != 0)
        return 'n';
    return finding->is_partial ? 'h' : 'f';
}

static int count_finding(struct tally *tally,
                         const struct finding_view *finding)
{
    struct duty_count *duty = count_of(tally, finding->id);

    if (!duty || bylaw__vec_grow(&tally->marks, &tally->mark_cap,
                                 tally->mark_count + 1, sizeof(*tally->marks)))
        return BYLAW_ENOMEM;
    tally->marks[tally->mark_count++] =
        (struct duty_mark){duty->number, letter_of(finding)};
    if (!strcmp(finding->outcome, "pass"))
        duty->pass++;
    else if (!strcmp(finding->outcome, "unknown"))
        duty->unknown++;
    else if (strcmp(finding->outcome, "fail") != 0)
        duty->not_evaluated++;
    else if (finding->is_partial)
        duty->partial++;
    else
        duty->fail++;
    tally->findings++;
    return 0;
}

static int count_case(struct tally *tally, const struct audit_view *view,
                      size_t at)
{
    int verdict = bylaw_verdict_of(view->c->verdict);
    int rc = 0;

    tally->briefs[at] =
        (struct case_brief){tally->titles.len, tally->mark_count,
                            view->finding_count};
    bylaw__buf_add_span(&tally->titles,
                        (struct bylaw_span){view->title,
                                            strlen(view->title) + 1});
    if (tally->titles.failed)
        return BYLAW_ENOMEM;
    if ((size_t)view->c->state < sizeof(tally->states) / sizeof(size_t))
        tally->states[view->c->state]++;
    if (verdict >= 0 && verdict < 8)
        tally->verdicts[verdict]++;
    tally->open += !view->c->twin_of && bylaw_case_wants_action(view->c->state);
    for (size_t i = 0; !rc && i < view->finding_count; i++)
        rc = count_finding(tally, &view->findings[i]);
    return rc;
}

int bylaw__tally(struct tally *out, const struct bylaw_survey *survey,
                 struct bylaw_error *err)
{
    struct audit_view view = {.is_bare = true};
    int rc = 0;

    *out = (struct tally){
        .briefs = calloc(survey->case_count + 1, sizeof(*out->briefs))};
    if (!out->briefs)
        rc = bylaw__fail_memory(err, "");
    for (size_t i = 0; !rc && i < survey->case_count; i++) {
        rc = bylaw__view_open(&view, survey, i, err);
        if (!rc && count_case(out, &view, i))
            rc = bylaw__fail_memory(err, "");
    }
    bylaw__view_close(&view);
    return rc;
}

void bylaw__tally_release(struct tally *tally)
{
    for (size_t i = 0; i < tally->duty_count; i++)
        free((char *)(uintptr_t)tally->duties[i].id);
    free(tally->duties);
    free(tally->briefs);
    free(tally->marks);
    bylaw__buf_release(&tally->titles);
    *tally = (struct tally){0};
}
