/* SPDX-License-Identifier: Apache-2.0 */
/* What a page's findings add up to: any-of groups, verdict, severity, words. */
#include "judge_int.h"

/* The scale of harm, 0 to 5 (design: severity is separate from confidence). */
#define SEVERITY_NO_CREDIT 4 /* a full copy without credit of any kind */
#define SEVERITY_DEFAULT   3
#define SEVERITY_PARTIAL   2
#define SEVERITY_SHOULD    2
#define SEVERITY_REQUEST   1

#define CLAUSES_MAX 4 /* in the sentence; the findings list them all */

static const struct bylaw_term *term_at(const struct scene *scene, size_t i)
{
    return &scene->c->rule->terms[i];
}

/* Moves the verdict: a person's questions and excused terms do not. */
static bool counts(const struct ruling *r)
{
    return !r->for_person && !r->is_excused;
}

static bool moves(const struct scene *scene, const struct ruling *r, size_t i)
{
    const struct bylaw_term *term = term_at(scene, i);

    return counts(r) && term->force > BYLAW_FORCE_MAY &&
           term->kind != BYLAW_TERM_REQUEST;
}

/* ------------------------------------------------------------- any-of --- */

static size_t term_number(const struct scene *scene, const char *id)
{
    const struct bylaw_rule *rule = scene->c->rule;

    for (size_t i = 0; i < rule->term_count; i++)
        if (!strcmp(rule->terms[i].id, id))
            return i;
    return SIZE_MAX;
}

static struct ruling *member(struct ruling *rulings, const struct scene *scene,
                             const struct bylaw_any_of *group, size_t i)
{
    size_t number = term_number(scene, group->ids[i]);

    return number == SIZE_MAX ? NULL : &rulings[number];
}

static const char *label_of(const char *id)
{
    const struct judge_term *row = term_row(id);

    return row ? row->label : id;
}

static void excuse(struct ruling *r, const struct scene *scene, const char *met)
{
    if (r->outcome != BYLAW_OUTCOME_FAIL && r->outcome != BYLAW_OUTCOME_UNKNOWN)
        return;
    r->outcome = BYLAW_OUTCOME_NOT_EVALUATED;
    r->is_excused = true;
    r->is_partial = false;
    r->clause = bylaw__arena_printf(
        scene->arena, "it is not needed, as %s is there and either suffices",
        met);
}

static void doubt(struct ruling *r, const struct scene *scene, const char *open)
{
    if (r->outcome != BYLAW_OUTCOME_FAIL)
        return;
    r->outcome = BYLAW_OUTCOME_UNKNOWN;
    r->is_partial = false;
    r->confidence = BYLAW_CONFIDENCE_LOW;
    r->clause =
        bylaw__arena_printf(scene->arena,
                            "%s, but %s would do in its place and is not known",
                            r->clause, open);
}

static void settle_group(struct ruling *rulings, const struct scene *scene,
                         const struct bylaw_any_of *group)
{
    const char *met = NULL, *open = NULL;
    bool has_partial = false;

    for (size_t i = 0; i < group->count; i++) {
        const struct ruling *r = member(rulings, scene, group, i);

        if (!r)
            continue;
        if (r->outcome == BYLAW_OUTCOME_PASS && !met)
            met = label_of(group->ids[i]);
        if (r->outcome == BYLAW_OUTCOME_UNKNOWN && !open)
            open = label_of(group->ids[i]);
        has_partial |= r->outcome == BYLAW_OUTCOME_FAIL && r->is_partial;
    }
    for (size_t i = 0; i < group->count; i++) {
        struct ruling *r = member(rulings, scene, group, i);

        if (!r)
            continue;
        if (met)
            excuse(r, scene, met);
        else if (open)
            doubt(r, scene, open);
        else if (has_partial && r->outcome == BYLAW_OUTCOME_FAIL)
            r->is_partial = true; /* the group as a whole is partly met */
    }
}

void settle_any_of(struct ruling *rulings, const struct scene *scene)
{
    const struct bylaw_rule *rule = scene->c->rule;

    for (size_t i = 0; i < rule->any_of_count; i++)
        settle_group(rulings, scene, &rule->any_of[i]);
}

/* ------------------------------------------------------------ severity --- */

/* True where the page gives no credit at all: no author, no publisher, no
 * link was found where it counts. */
static bool has_no_credit(const struct scene *scene,
                          const struct ruling *rulings)
{
    for (size_t i = 0; i < scene->c->rule->term_count; i++) {
        const struct judge_term *row = term_row(term_at(scene, i)->id);
        unsigned credit = NEED_AUTHOR | NEED_PUBLISHER | NEED_LINK |
                          NEED_UPSTREAM | NEED_COPYRIGHT;
        bool failed =
            rulings[i].outcome == BYLAW_OUTCOME_FAIL && !rulings[i].is_partial;

        if (row && (row->needs & credit) && !failed &&
            rulings[i].outcome != BYLAW_OUTCOME_NOT_EVALUATED)
            return false;
    }
    return true;
}

static int at_most(int value, int limit)
{
    return value < limit ? value : limit;
}

static int severity_of(const struct scene *scene, const struct ruling *r,
                       size_t i, bool no_credit)
{
    const struct bylaw_term *term = term_at(scene, i);
    const struct judge_term *row = term_row(term->id);
    int severity = term->severity > 0 ? term->severity
                   : row              ? row->severity
                                      : SEVERITY_DEFAULT;

    if (r->outcome != BYLAW_OUTCOME_FAIL)
        return 0;
    if (no_credit && row && (row->needs & (NEED_AUTHOR | NEED_PUBLISHER)) &&
        scene->c->match->class == BYLAW_MATCH_FULL &&
        severity < SEVERITY_NO_CREDIT)
        severity = SEVERITY_NO_CREDIT;
    if (r->is_partial)
        severity = at_most(severity, SEVERITY_PARTIAL);
    if (term->force == BYLAW_FORCE_SHOULD)
        severity = at_most(severity, SEVERITY_SHOULD);
    if (term->force == BYLAW_FORCE_MAY || term->kind == BYLAW_TERM_REQUEST)
        severity = at_most(severity, SEVERITY_REQUEST);
    if (r->severity_cap)
        severity = at_most(severity, r->severity_cap);
    if (scene->c->rule->has_informal_permission && severity > 0)
        severity--;
    return severity;
}

/* ------------------------------------------------------------- verdict --- */

/* What the findings that move the verdict are, counted by kind. */
struct tally {
    size_t must_failed, must_partial, should_failed, must_unknown, must_met;
    size_t for_person, by_template;
    bool is_outside; /* a bound of the grant is broken */
};

static bool is_bound(const char *id)
{
    const struct judge_term *row = term_row(id);

    return row && row->is_scope;
}

static void count_ruling(struct tally *tally, const struct ruling *r,
                         const struct bylaw_term *term)
{
    bool is_must = term->force == BYLAW_FORCE_MUST;

    if (r->outcome == BYLAW_OUTCOME_PASS)
        tally->must_met += is_must;
    else if (r->outcome == BYLAW_OUTCOME_UNKNOWN)
        tally->must_unknown += is_must;
    else if (r->outcome != BYLAW_OUTCOME_FAIL)
        return;
    else if (!is_must)
        tally->should_failed++;
    else if (r->is_partial)
        tally->must_partial++;
    else {
        tally->must_failed++;
        tally->is_outside |= is_bound(term->id);
    }
}

static struct tally tally_up(const struct scene *scene,
                             const struct ruling *rulings)
{
    struct tally tally = {0};

    for (size_t i = 0; i < scene->c->rule->term_count; i++) {
        tally.for_person += rulings[i].for_person;
        tally.by_template += rulings[i].by_template;
        if (moves(scene, &rulings[i], i))
            count_ruling(&tally, &rulings[i], term_at(scene, i));
    }
    return tally;
}

static enum bylaw_verdict verdict_of(const struct tally *tally)
{
    if (tally->is_outside)
        return BYLAW_VERDICT_OUTSIDE_GRANT;
    if (tally->must_failed)
        return BYLAW_VERDICT_NOT_MET;
    if (tally->must_partial || tally->should_failed)
        return BYLAW_VERDICT_INCOMPLETE;
    if (tally->must_unknown)
        return BYLAW_VERDICT_UNDETERMINED;
    return tally->by_template ? BYLAW_VERDICT_COMPLIANT_BY_TEMPLATE
                              : BYLAW_VERDICT_COMPLIANT;
}

static bool is_met(enum bylaw_verdict verdict)
{
    return verdict == BYLAW_VERDICT_COMPLIANT ||
           verdict == BYLAW_VERDICT_COMPLIANT_BY_TEMPLATE;
}

/* The outcome whose findings a verdict rests on. */
static enum bylaw_outcome deciding_outcome(enum bylaw_verdict verdict)
{
    if (is_met(verdict))
        return BYLAW_OUTCOME_PASS;
    return verdict == BYLAW_VERDICT_UNDETERMINED ? BYLAW_OUTCOME_UNKNOWN
                                                 : BYLAW_OUTCOME_FAIL;
}

/* A verdict is as sure as the surest failure, or as the least sure pass. */
static enum bylaw_confidence
confidence_of(const struct bylaw_judgement *judgement,
              const struct scene *scene, const struct ruling *rulings)
{
    enum bylaw_outcome deciding = deciding_outcome(judgement->verdict);
    bool is_fail = deciding == BYLAW_OUTCOME_FAIL;
    int sure = is_fail ? BYLAW_CONFIDENCE_LOW : BYLAW_CONFIDENCE_HIGH;
    const char *status = scene->c->rule->status;

    for (size_t i = 0; i < judgement->finding_count; i++) {
        int own = (int)rulings[i].confidence;

        if (rulings[i].outcome != deciding || !moves(scene, &rulings[i], i))
            continue;
        if (is_fail ? own > sure : own < sure)
            sure = own;
    }
    if (judgement->ancestor == BYLAW_ANCESTOR_UNKNOWN ||
        scene->c->source->licence_conflict ||
        (status && !strcmp(status, "provisional")))
        sure = at_most(sure, BYLAW_CONFIDENCE_MEDIUM);
    return (enum bylaw_confidence)sure;
}

/* ------------------------------------------------------------ sentence --- */

static const char *as_sentence(const struct scene *scene, const char *clause)
{
    char *text = bylaw__arena_printf(scene->arena, "%s.", clause);

    if (text && text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
    return text ? text : "";
}

/* One clause for all that a gap in the page leaves open. */
static const char *gap_clause(const struct scene *scene,
                              const struct ruling *rulings)
{
    const char *missed = "";

    for (size_t i = 0; i < scene->c->rule->term_count; i++) {
        if (!rulings[i].by_gap || !moves(scene, &rulings[i], i))
            continue;
        missed = bylaw__arena_printf(scene->arena, "%s%s%s", missed,
                                     *missed ? ", " : "",
                                     label_of(term_at(scene, i)->id));
    }
    if (!*missed)
        return "";
    return bylaw__arena_printf(scene->arena,
                               "%s; what was not seen may stand in the rest "
                               "(%s)",
                               scene->gap, missed);
}

/* Clauses of the findings that a verdict rests on, joined. */
static const char *join_clauses(const struct scene *scene,
                                const struct ruling *rulings,
                                enum bylaw_outcome outcome)
{
    const char *joined =
        outcome == BYLAW_OUTCOME_UNKNOWN ? gap_clause(scene, rulings) : "";
    size_t shown = *joined ? 1 : 0, more = 0;

    for (size_t i = 0; i < scene->c->rule->term_count; i++) {
        const struct ruling *r = &rulings[i];

        if (r->outcome != outcome || !moves(scene, r, i) || r->by_gap ||
            (outcome == BYLAW_OUTCOME_UNKNOWN &&
             term_at(scene, i)->force != BYLAW_FORCE_MUST))
            continue;
        if (shown == CLAUSES_MAX) {
            more++;
            continue;
        }
        joined = bylaw__arena_printf(scene->arena, "%s%s%s", joined,
                                     shown ? "; " : "", r->clause);
        shown++;
    }
    return more ? bylaw__arena_printf(scene->arena, "%s; and %zu more", joined,
                                      more)
                : joined;
}

static const char *met_clause(const struct scene *scene,
                              const struct tally *tally)
{
    const char *id = scene->c->rule->id;

    if (!tally->must_met)
        return bylaw__arena_printf(scene->arena,
                                   "nothing that the rule %s asks for is "
                                   "missing",
                                   id);
    if (tally->must_met == 1)
        return bylaw__arena_printf(scene->arena,
                                   "the one duty of the rule %s that a page "
                                   "can show is met",
                                   id);
    return bylaw__arena_printf(scene->arena,
                               "all %zu duties of the rule %s that a page can "
                               "show are met",
                               tally->must_met, id);
}

/* What qualifies the sentence: whose terms, whose permission, who decides. */
static const char *qualify(const struct bylaw_judgement *judgement,
                           const struct scene *scene, const char *clause,
                           const struct tally *tally)
{
    const struct bylaw_upstream *upstream = &scene->c->source->upstream;
    bool failed = judgement->severity > 0 ||
                  judgement->verdict == BYLAW_VERDICT_NOT_MET ||
                  judgement->verdict == BYLAW_VERDICT_INCOMPLETE;

    if (judgement->ancestor == BYLAW_ANCESTOR_UNKNOWN && failed)
        clause = bylaw__arena_printf(
            scene->arena,
            "%s; the copy may however stem from %s, whose terms may differ",
            clause, upstream->publisher ? upstream->publisher : upstream->url);
    if (failed && scene->c->rule->has_informal_permission)
        clause = bylaw__arena_printf(
            scene->arena,
            "%s; %s also invites reposting without naming conditions, which "
            "makes this less grave",
            clause, scene->owner);
    if (judgement->verdict == BYLAW_VERDICT_COMPLIANT_BY_TEMPLATE)
        clause = bylaw__arena_printf(
            scene->arena, "%s, %zu of them by the credit line that %s supplies",
            clause, tally->by_template, scene->owner);
    if (scene->c->source->licence_conflict)
        clause = bylaw__arena_printf(
            scene->arena,
            "%s; the article's own statements of its licence contradict each "
            "other (%s)",
            clause, scene->c->source->licence_conflict);
    if (!failed && tally->for_person)
        clause = bylaw__arena_printf(scene->arena,
                                     "%s; %zu %s left for a person to decide",
                                     clause, tally->for_person,
                                     tally->for_person == 1 ? "question is"
                                                            : "questions are");
    return clause;
}

/* ------------------------------------------------------------ findings --- */

static const char *mend(const struct scene *scene, const struct judge_term *row,
                        const struct bylaw_term *term)
{
    const char *own = row->mend ? row->mend(scene, term) : NULL;

    return own ? own : compose_fix(scene, row->needs);
}

/* A licence that comes back once the breach is mended in time: the clock runs
 * from the day on which the site can first have heard of it. */
static const char *cure_until(const struct scene *scene)
{
    struct moment seen;
    int64_t length;

    return read_duration(&length, scene->c->rule->cure) &&
                   fetched_at(&seen, scene)
               ? say_day(scene, seen.seconds + length)
               : NULL;
}

static void fill_finding(struct bylaw_finding *finding,
                         const struct scene *scene, const struct ruling *r,
                         size_t i, bool no_credit)
{
    const struct bylaw_term *term = term_at(scene, i);
    const struct judge_term *row = term_row(term->id);
    struct bylaw_evidence *evidence =
        bylaw__arena_alloc_array(scene->arena, r->evidence_count,
                                 sizeof(*evidence));

    finding->id = term->id;
    finding->kind = term->kind;
    finding->force = term->force;
    finding->basis = term->basis;
    finding->outcome = r->outcome;
    finding->is_partial = r->is_partial;
    finding->for_person = r->for_person;
    finding->severity = severity_of(scene, r, i, no_credit);
    finding->confidence = r->confidence;
    finding->why = as_sentence(scene, r->clause ? r->clause : "not looked at");
    if (evidence && r->evidence_count)
        memcpy(evidence, r->evidence, r->evidence_count * sizeof(*evidence));
    finding->evidence = evidence;
    finding->evidence_count = evidence ? r->evidence_count : 0;
    if (r->outcome != BYLAW_OUTCOME_FAIL)
        return;
    finding->cure_until = cure_until(scene);
    if (row)
        finding->fix = mend(scene, row, term);
}

/* All that is to be added, as one piece: what terms mend by HTML of their own,
 * then one credit paragraph for the rest. */
static const char *mend_all(const struct scene *scene,
                            const struct bylaw_finding *findings)
{
    const char *all = "";
    unsigned needs = 0, covered = 0;

    for (size_t i = 0; i < scene->c->rule->term_count; i++) {
        const struct judge_term *row = term_row(term_at(scene, i)->id);
        const char *own;

        if (findings[i].outcome != BYLAW_OUTCOME_FAIL || !row)
            continue;
        own = row->mend ? row->mend(scene, term_at(scene, i)) : NULL;
        if (own && !strstr(all, own))
            all = bylaw__arena_printf(scene->arena, "%s%s%s", all,
                                      *all ? "\n" : "", own);
        if (own)
            covered |= row->covers;
        else
            needs |= row->needs;
        if (!all)
            return NULL;
    }
    needs &= ~covered;
    if (!*all)
        return compose_fix(scene, needs);
    return needs ? bylaw__arena_printf(scene->arena, "%s\n%s",
                                       compose_fix(scene, needs), all)
                 : all;
}

int reach_verdict(struct bylaw_judgement *judgement, struct ruling *rulings,
                  const struct scene *scene)
{
    size_t count = scene->c->rule->term_count;
    struct bylaw_finding *findings =
        bylaw__arena_alloc_array(scene->arena, count, sizeof(*findings));
    bool no_credit = has_no_credit(scene, rulings);
    struct tally tally = tally_up(scene, rulings);
    const char *clause;

    if (!findings)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < count; i++) {
        fill_finding(&findings[i], scene, &rulings[i], i, no_credit);
        if (findings[i].severity > judgement->severity)
            judgement->severity = findings[i].severity;
        if (findings[i].cure_until)
            judgement->cure_until = findings[i].cure_until;
    }
    judgement->findings = findings;
    judgement->finding_count = count;
    judgement->verdict = verdict_of(&tally);
    judgement->confidence = confidence_of(judgement, scene, rulings);
    judgement->fix = mend_all(scene, findings);
    clause = is_met(judgement->verdict)
                 ? met_clause(scene, &tally)
                 : join_clauses(scene, rulings,
                                deciding_outcome(judgement->verdict));
    judgement->because =
        as_sentence(scene, qualify(judgement, scene, clause, &tally));
    return 0;
}
