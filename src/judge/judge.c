/* SPDX-License-Identifier: Apache-2.0 */
/* The order of judgement: what comes before the duties, then the duties. */
#include "judge_int.h"

#define JUDGEMENT_BYTES ((size_t)128 << 20) /* ceiling of one judgement */
#define TITLE_BYTES     1024u               /* a longer heading is none */

/* A verdict reached before any duty: the findings only say why not. */
static int settle_early(struct bylaw_judgement *judgement,
                        const struct scene *scene, enum bylaw_verdict verdict,
                        enum bylaw_confidence confidence, const char *because)
{
    const struct bylaw_rule *rule = scene->c->rule;
    size_t count = rule ? rule->term_count : 0;
    struct bylaw_finding *findings =
        bylaw__arena_alloc_array(scene->arena, count, sizeof(*findings));

    if (!findings || !because)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < count; i++) {
        findings[i].id = rule->terms[i].id;
        findings[i].kind = rule->terms[i].kind;
        findings[i].force = rule->terms[i].force;
        findings[i].basis = rule->terms[i].basis;
        findings[i].outcome = BYLAW_OUTCOME_NOT_EVALUATED;
        findings[i].why = because;
    }
    judgement->verdict = verdict;
    judgement->confidence = confidence;
    judgement->because = because;
    judgement->findings = findings;
    judgement->finding_count = count;
    return 1;
}

/* ------------------------------------------------------ owner, partner --- */

static bool is_in_one(const bylaw_url *page, const char *const *domains,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (bylaw_url_in_domain(page, domains[i]))
            return true;
    return false;
}

static bool is_own_page(const struct scene *scene, const bylaw_url *page)
{
    const struct bylaw_rule *rule = scene->c->rule;

    if (rule && is_in_one(page, rule->domains, rule->domain_count))
        return true;
    if (is_in_one(page, scene->c->own_domains, scene->c->own_domain_count))
        return true;
    for (size_t i = 0; i < scene->target_count; i++)
        if (bylaw_url_relate(page, scene->targets[i]) == BYLAW_URL_SAME_PAGE)
            return true;
    return false;
}

/* ISO dates compare as text; a shorter limit stands for its beginning. */
int compare_dates(struct bylaw_span date, const char *limit)
{
    size_t len = strlen(limit);

    return memcmp(date.ptr, limit, len < DATE_LEN ? len : DATE_LEN);
}

/* What a partnership says of a page; the greater of several holds. */
enum partnership {
    PARTNERSHIP_NONE = 0,
    PARTNERSHIP_MAYBE, /* for a time, and the page does not say its own */
    PARTNERSHIP_HOLDS
};

/* date: empty, or at least DATE_LEN bytes */
static enum partnership partnership_then(const struct bylaw_partner *partner,
                                         struct bylaw_span date)
{
    if (!partner->from && !partner->to)
        return PARTNERSHIP_HOLDS;
    if (date.len < DATE_LEN)
        return PARTNERSHIP_MAYBE;
    return (!partner->from || compare_dates(date, partner->from) >= 0) &&
                   (!partner->to || compare_dates(date, partner->to) <= 0)
               ? PARTNERSHIP_HOLDS
               : PARTNERSHIP_NONE;
}

/* A site may have been a partner several times. */
struct partner_find {
    enum partnership how;
    const char *domain;
};

static void find_partner(struct partner_find *found, const bylaw_url *page,
                         struct bylaw_span date,
                         const struct bylaw_partner *partners, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        enum partnership how = bylaw_url_in_domain(page, partners[i].domain)
                                   ? partnership_then(&partners[i], date)
                                   : PARTNERSHIP_NONE;

        if (how > found->how)
            *found = (struct partner_find){how, partners[i].domain};
    }
}

static int settle_partner(struct bylaw_judgement *judgement,
                          const struct scene *scene, const bylaw_url *page)
{
    const struct bylaw_rule *rule = scene->c->rule;
    const struct bylaw_meta *published =
        bylaw_document_meta(scene->c->document, BYLAW_META_PUBLISHED);
    struct bylaw_span date =
        published ? published->value : (struct bylaw_span){NULL, 0};
    struct partner_find found = {PARTNERSHIP_NONE, NULL};

    if (rule)
        find_partner(&found, page, date, rule->partners, rule->partner_count);
    find_partner(&found, page, date, scene->c->partners,
                 scene->c->partner_count);
    if (found.how == PARTNERSHIP_NONE)
        return 0;
    if (found.how == PARTNERSHIP_MAYBE)
        return settle_early(
            judgement, scene, BYLAW_VERDICT_UNDETERMINED, BYLAW_CONFIDENCE_LOW,
            bylaw__arena_printf(scene->arena,
                                "The site %s is a partner of %s for a "
                                "certain time, and the page "
                                "does not say when it was published.",
                                found.domain, scene->owner));
    return settle_early(
        judgement, scene, BYLAW_VERDICT_NOT_APPLICABLE, BYLAW_CONFIDENCE_HIGH,
        bylaw__arena_printf(scene->arena,
                            "The site %s is a partner of %s, so the terms for "
                            "others do not apply.",
                            found.domain, scene->owner));
}

static int settle_by_address(struct bylaw_judgement *judgement,
                             const struct scene *scene)
{
    bylaw_url *page = NULL;
    int rc = 0;

    if (!scene->c->page_url || !*scene->c->page_url ||
        bylaw_url_parse(&page, bylaw__span_of(scene->c->page_url), NULL, NULL))
        return 0;
    if (is_own_page(scene, page))
        rc = settle_early(judgement, scene, BYLAW_VERDICT_NOT_APPLICABLE,
                          BYLAW_CONFIDENCE_HIGH,
                          bylaw__arena_printf(scene->arena,
                                              "The page is %s's own.",
                                              scene->owner));
    else
        rc = settle_partner(judgement, scene, page);
    bylaw_url_free(page);
    return rc;
}

/* ---------------------------------------------------------- the match --- */

static const char *article_name(const struct scene *scene)
{
    const struct bylaw_source *source = scene->c->source;

    return source->title && *source->title
               ? quote(scene, bylaw__span_of(source->title))
               : source->id;
}

/* What a page may tell in other words, or another language, is no repost; of
 * one that was not read whole, not even that is known. */
static int settle_by_hint(struct bylaw_judgement *judgement,
                          const struct scene *scene,
                          const struct bylaw_match *match)
{
    const char *because =
        match->rewrite_count
            ? bylaw__arena_printf(
                  scene->arena,
                  "Too little of %s is copied word for word for a repost; %u "
                  "of its words seem to be told in other words, which is for "
                  "a person to compare.",
                  article_name(scene), match->rewritten_words)
            : bylaw__arena_printf(
                  scene->arena,
                  "Too little of %s is copied for a repost; %u names and "
                  "numbers of it stand on the page, so that it may be a "
                  "translation, which is for a person to compare.",
                  article_name(scene), match->kinship.traits);

    return settle_early(judgement, scene, BYLAW_VERDICT_NOT_APPLICABLE,
                        BYLAW_CONFIDENCE_LOW, because);
}

static int settle_by_match(struct bylaw_judgement *judgement,
                           const struct scene *scene)
{
    const struct bylaw_match *match = scene->c->match;

    if (match && match->class == BYLAW_MATCH_NONE && !scene->gap &&
        (match->rewrite_count || match->kinship.traits))
        return settle_by_hint(judgement, scene, match);
    if (!match || match->class == BYLAW_MATCH_NONE)
        return scene->gap
                   ? settle_early(judgement, scene, BYLAW_VERDICT_UNDETERMINED,
                                  BYLAW_CONFIDENCE_LOW,
                                  bylaw__arena_printf(
                                      scene->arena,
                                      "No text of %s was found, but this "
                                      "proves nothing, as %s.",
                                      article_name(scene), scene->gap))
                   : settle_early(
                         judgement, scene, BYLAW_VERDICT_NOT_APPLICABLE,
                         BYLAW_CONFIDENCE_HIGH,
                         bylaw__arena_printf(scene->arena,
                                             "The page carries no text of %s.",
                                             article_name(scene)));
    if (match->class == BYLAW_MATCH_QUOTATION)
        return settle_early(
            judgement, scene, BYLAW_VERDICT_NOT_APPLICABLE,
            BYLAW_CONFIDENCE_MEDIUM,
            bylaw__arena_printf(scene->arena,
                                "The page only quotes %s, which needs no "
                                "permission.",
                                article_name(scene)));
    if (!scene->c->rule)
        return settle_early(judgement, scene, BYLAW_VERDICT_UNDETERMINED,
                            BYLAW_CONFIDENCE_LOW,
                            bylaw__arena_printf(scene->arena,
                                                "No rule is known for this "
                                                "source."));
    return 0;
}

/* The page behind the link is the one that owes the credit. */
static int settle_by_teasers(struct bylaw_judgement *judgement,
                             const struct scene *scene)
{
    const struct bylaw_link *link = find_announced(scene);

    if (!link)
        return 0;
    return settle_early(
        judgement, scene, BYLAW_VERDICT_NOT_APPLICABLE, BYLAW_CONFIDENCE_MEDIUM,
        bylaw__arena_printf(scene->arena,
                            "The page only announces another page of its site, "
                            "%s, by a few words of %s; that page is to be "
                            "judged.",
                            quote(scene, bylaw__span_of(link->url)),
                            article_name(scene)));
}

static int settle_by_ancestor(struct bylaw_judgement *judgement,
                              const struct scene *scene)
{
    const struct bylaw_upstream *upstream = &scene->c->source->upstream;

    judgement->ancestor = find_ancestor(scene, &judgement->ancestor_why);
    if (judgement->ancestor != BYLAW_ANCESTOR_UPSTREAM)
        return 0;
    return settle_early(
        judgement, scene, BYLAW_VERDICT_NOT_APPLICABLE, BYLAW_CONFIDENCE_MEDIUM,
        bylaw__arena_printf(
            scene->arena,
            "The text was copied from %s, the article's own source (%s), so "
            "the terms of %s do not apply.",
            upstream->publisher ? upstream->publisher : upstream->url,
            judgement->ancestor_why, scene->owner));
}

static bool holds_folded(struct bylaw_span text, struct bylaw_span folded)
{
    struct bylaw__buf own;
    bool holds;

    bylaw__buf_init(&own, 0);
    holds = !bylaw__text_fold_name(&own, text) &&
            bylaw__span_find(bylaw__buf_span(&own), folded) != SIZE_MAX;
    bylaw__buf_release(&own);
    return holds;
}

/* Whether the page bears the article's title: then its date is that of the
 * copied text, not of something else that the text stands in. */
static bool bears_title(const struct scene *scene)
{
    const struct bylaw_document *document = scene->c->document;
    struct bylaw_span title = bylaw__span_of(scene->c->source->title);
    struct bylaw__buf folded;
    bool bears = false;

    bylaw__buf_init(&folded, 0);
    if (!bylaw__text_fold_name(&folded, title) && folded.len) {
        title = bylaw__buf_span(&folded);
        bears = holds_folded(bylaw__span_of(document->title), title);
        for (size_t i = 0; i < document->block_count && !bears; i++)
            bears = document->blocks[i].heading &&
                    document->blocks[i].text.len < TITLE_BYTES &&
                    holds_folded(document->blocks[i].text, title);
    }
    bylaw__buf_release(&folded);
    return bears;
}

/*
 * What was published before the source cannot have been copied from it. A
 * page that credits or links the publisher contradicts its own date, which
 * may be a mistake, so it is judged.
 */
static int settle_by_age(struct bylaw_judgement *judgement,
                         const struct scene *scene)
{
    const struct bylaw_meta *published =
        bylaw_document_meta(scene->c->document, BYLAW_META_PUBLISHED);
    const char *since = scene->c->source->published;

    if (!published || published->value.len < DATE_LEN || !since ||
        strlen(since) < DATE_LEN ||
        compare_dates(published->value, since) >= 0 || !bears_title(scene) ||
        credits_or_links_publisher(scene))
        return 0;
    return settle_early(
        judgement, scene, BYLAW_VERDICT_NOT_APPLICABLE, BYLAW_CONFIDENCE_LOW,
        bylaw__arena_printf(scene->arena,
                            "The page is dated %.*s, before %s published the "
                            "article on %.*s, so it may be the older of the "
                            "two.",
                            (int)DATE_LEN, published->value.ptr, scene->owner,
                            (int)DATE_LEN, since));
}

/* ------------------------------------------------- the version, the grant */

static int settle_by_version(struct bylaw_judgement *judgement,
                             const struct scene *scene)
{
    const struct bylaw_rule *rule = scene->c->rule;

    if (!scene->is_rule_past)
        return 0;
    return settle_early(
        judgement, scene, BYLAW_VERDICT_UNDETERMINED, BYLAW_CONFIDENCE_LOW,
        bylaw__arena_printf(scene->arena,
                            "The page was copied at a time for which no "
                            "version of the rule %s is known (it holds%s%s%s%s"
                            ").",
                            rule->id, rule->valid_from ? " from " : "",
                            rule->valid_from ? rule->valid_from : "",
                            rule->valid_to ? " to " : "",
                            rule->valid_to ? rule->valid_to : ""));
}

/* Where nothing is granted no duty can be met. */
static int settle_by_grant(struct bylaw_judgement *judgement,
                           const struct scene *scene)
{
    struct outside outside;

    find_outside(&outside, scene);
    if (!outside.because)
        return 0;
    if (!outside.is_open)
        judgement->severity = outside.severity;
    return settle_early(judgement, scene,
                        outside.is_open ? BYLAW_VERDICT_UNDETERMINED
                                        : BYLAW_VERDICT_OUTSIDE_GRANT,
                        outside.is_open ? BYLAW_CONFIDENCE_LOW
                                        : BYLAW_CONFIDENCE_MEDIUM,
                        outside.because);
}

/* ------------------------------------------------------------- duties --- */

/* why: what keeps the page from deciding. */
static void leave_to_person(struct ruling *r, const struct scene *scene,
                            const char *why)
{
    r->outcome = BYLAW_OUTCOME_UNKNOWN;
    r->is_partial = false;
    r->for_person = true;
    r->confidence = BYLAW_CONFIDENCE_LOW;
    r->clause = bylaw__arena_printf(scene->arena, "%s; on the page, %s", why,
                                    r->clause);
}

static void judge_term(struct ruling *r, const struct scene *scene,
                       const struct bylaw_term *term)
{
    const struct judge_term *row = term_row(term->id);
    const char *moot;

    if (scene->c->switched_off && !strcmp(scene->c->switched_off, term->id)) {
        rule_pass(r, scene, BYLAW_CONFIDENCE_HIGH, "it is not looked at");
        return;
    }
    if (!row) {
        rule_unknown(r, scene, "this is beyond what can be read off a page");
        r->for_person = true;
        return;
    }
    moot = row->check ? row->check(scene, term) : NULL;
    if (moot)
        rule_moot(r, scene, moot);
    else
        row->evaluate(r, scene, term);
    doubt_by_scripts(r, scene, row->needs);
    doubt_by_pictures(r, scene, row->needs);
    doubt_by_foreign_names(r, scene, row->needs);
    if (is_likely_translation(scene) && r->outcome == BYLAW_OUTCOME_FAIL)
        leave_to_person(r, scene, LIKELY_TRANSLATION);
    if (r->for_person || r->outcome == BYLAW_OUTCOME_NOT_EVALUATED)
        return;
    if (term->decide == BYLAW_DECIDE_HUMAN ||
        (term->decide == BYLAW_DECIDE_ASSIST &&
         r->outcome == BYLAW_OUTCOME_FAIL))
        leave_to_person(r, scene, "a person has to decide this");
}

static int judge_terms(struct bylaw_judgement *judgement,
                       const struct scene *scene)
{
    const struct bylaw_rule *rule = scene->c->rule;
    struct ruling *rulings =
        bylaw__arena_alloc_array(scene->arena, rule->term_count,
                                 sizeof(*rulings));

    if (!rulings)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < rule->term_count && !scene->arena->failed; i++)
        judge_term(&rulings[i], scene, &rule->terms[i]);
    if (scene->arena->failed)
        return BYLAW_ENOMEM;
    if (tell_links(judgement, scene))
        return BYLAW_ENOMEM;
    accept_templates(rulings, scene);
    settle_any_of(rulings, scene);
    return reach_verdict(judgement, rulings, scene);
}

/* 0 or negative. Each step settles the case (1), fails, or passes it on. */
static int judge_scene(struct bylaw_judgement *judgement,
                       const struct scene *scene)
{
    int rc;

    if ((rc = settle_by_address(judgement, scene)) ||
        (rc = settle_by_match(judgement, scene)) ||
        (rc = settle_by_teasers(judgement, scene)) ||
        (rc = settle_by_age(judgement, scene)) ||
        (rc = settle_by_ancestor(judgement, scene)) ||
        (rc = settle_by_version(judgement, scene)) ||
        (rc = settle_by_grant(judgement, scene)))
        return rc < 0 ? rc : 0;
    return judge_terms(judgement, scene);
}

static int judge_by_rule(struct bylaw_judgement **out,
                         const struct bylaw__case *c, bool may_hold)
{
    struct bylaw__arena *arena = bylaw__owner_new(JUDGEMENT_BYTES);
    struct bylaw_judgement *judgement = NULL;
    struct scene scene = {0};
    int rc = BYLAW_ENOMEM;

    *out = NULL;
    if (arena)
        judgement = bylaw__arena_alloc(arena, sizeof(*judgement));
    if (!judgement)
        goto done;
    judgement->owner = arena;
    judgement->ancestor_why = "";
    judgement->rule = c->rule;
    rc = scene_build(&scene, c, arena);
    if (rc)
        goto done;
    scene.is_rule_past = !may_hold;
    judgement->edits = scene.edits;
    judgement->edit_count = scene.edit_count;
    rc = judge_scene(judgement, &scene);
    if (!rc && arena->failed)
        rc = BYLAW_ENOMEM;
    if (rc)
        goto done;
    *out = judgement;
    arena = NULL;
done:
    scene_release(&scene);
    bylaw__owner_free(arena);
    return rc;
}

/* How grave a verdict is; from the first adverse one on it asks to act. */
static int gravity_of(enum bylaw_verdict verdict)
{
    static const int gravity[] = {
        [BYLAW_VERDICT_NOT_APPLICABLE] = 0,
        [BYLAW_VERDICT_COMPLIANT] = 1,
        [BYLAW_VERDICT_COMPLIANT_BY_TEMPLATE] = 1,
        [BYLAW_VERDICT_UNDETERMINED] = 2,
        [BYLAW_VERDICT_INCOMPLETE] = 3,
        [BYLAW_VERDICT_NOT_MET] = 4,
        [BYLAW_VERDICT_OUTSIDE_GRANT] = 5,
    };

    return gravity[verdict];
}

static bool is_adverse(const struct bylaw_judgement *judgement)
{
    return gravity_of(judgement->verdict) >
           gravity_of(BYLAW_VERDICT_UNDETERMINED);
}

/* Adverse by one version and not by another: nothing is known. */
static void leave_open(struct bylaw_judgement *grave,
                       const struct bylaw_judgement *mild)
{
    const char *because = bylaw__arena_printf(
        grave->owner,
        "The verdict would be %s by the rule %s and %s by its version %s, and "
        "it is not known which of them held when the page was copied.",
        bylaw_verdict_name(grave->verdict), grave->rule->id,
        bylaw_verdict_name(mild->verdict), mild->rule->id);

    grave->verdict = BYLAW_VERDICT_UNDETERMINED;
    grave->confidence = BYLAW_CONFIDENCE_LOW;
    grave->severity = 0;
    grave->because = because ? because : "";
}

/* Takes over other where it is the milder of two; frees the one not kept. */
static void keep_milder(struct bylaw_judgement **kept,
                        struct bylaw_judgement *other)
{
    struct bylaw_judgement *grave = *kept, *mild = other;

    if (gravity_of(grave->verdict) <= gravity_of(mild->verdict)) {
        grave = other;
        mild = *kept;
    }
    if (is_adverse(grave) && !is_adverse(mild)) {
        leave_open(grave, mild);
        *kept = grave;
        bylaw_judgement_free(mild);
        return;
    }
    *kept = mild;
    bylaw_judgement_free(grave);
}

int bylaw__judge(struct bylaw_judgement **out, const struct bylaw__case *c,
                 struct bylaw_error *err)
{
    const struct bylaw_rule *versions[VERSIONS_MAX] = {c->rule};
    struct bylaw__case own = *c;
    size_t count = 1;
    int rc;

    if (c->rule)
        count = find_versions(versions, c);
    own.rule = count ? versions[0] : c->rule;
    rc = judge_by_rule(out, &own, count > 0);
    for (size_t i = 1; !rc && i < count; i++) {
        struct bylaw_judgement *other = NULL;

        own.rule = versions[i];
        rc = judge_by_rule(&other, &own, true);
        if (!rc)
            keep_milder(out, other);
    }
    if (!rc)
        return 0;
    bylaw_judgement_free(*out);
    *out = NULL;
    return bylaw__fail_memory(err, "judge");
}
