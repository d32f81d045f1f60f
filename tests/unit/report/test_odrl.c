/* SPDX-License-Identifier: Apache-2.0 */
/* Rules as ODRL: every name is one of ODRL 2.2's or of the profile's. */
#include "judge/judge.h"
#include "pipeline/pipeline.h"
#include "report/report.h"
#include "rules/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>
#include <jansson.h>

/* The ODRL Vocabulary & Expression 2.2: names as published there. */
static const char *const actions[] = {"use",
                                      "transfer",
                                      "acceptTracking",
                                      "aggregate",
                                      "annotate",
                                      "anonymize",
                                      "archive",
                                      "attribute",
                                      "compensate",
                                      "concurrentUse",
                                      "delete",
                                      "derive",
                                      "digitize",
                                      "display",
                                      "distribute",
                                      "ensureExclusivity",
                                      "execute",
                                      "extract",
                                      "give",
                                      "grantUse",
                                      "include",
                                      "index",
                                      "inform",
                                      "install",
                                      "modify",
                                      "move",
                                      "nextPolicy",
                                      "obtainConsent",
                                      "play",
                                      "present",
                                      "print",
                                      "read",
                                      "reproduce",
                                      "reviewPolicy",
                                      "sell",
                                      "stream",
                                      "synchronize",
                                      "textToSpeech",
                                      "transform",
                                      "translate",
                                      "uninstall",
                                      "watermark",
                                      "cc:Attribution",
                                      "cc:CommericalUse",
                                      "cc:DerivativeWorks",
                                      "cc:Distribution",
                                      "cc:Notice",
                                      "cc:Reproduction",
                                      "cc:ShareAlike",
                                      "cc:Sharing",
                                      "cc:SourceCode",
                                      NULL};
static const char *const operands[] = {"absolutePosition",
                                       "absoluteSize",
                                       "absoluteSpatialPosition",
                                       "absoluteTemporalPosition",
                                       "count",
                                       "dateTime",
                                       "delayPeriod",
                                       "deliveryChannel",
                                       "elapsedTime",
                                       "event",
                                       "fileFormat",
                                       "industry",
                                       "language",
                                       "media",
                                       "meteredTime",
                                       "payAmount",
                                       "percentage",
                                       "product",
                                       "purpose",
                                       "recipient",
                                       "relativePosition",
                                       "relativeSize",
                                       "relativeSpatialPosition",
                                       "relativeTemporalPosition",
                                       "resolution",
                                       "spatial",
                                       "spatialCoordinates",
                                       "system",
                                       "systemDevice",
                                       "timeInterval",
                                       "unitOfCount",
                                       "version",
                                       "virtualLocation",
                                       NULL};
static const char *const operators[] = {"eq",      "gt",       "gteq",
                                        "hasPart", "isA",      "isAllOf",
                                        "isAnyOf", "isNoneOf", "isPartOf",
                                        "lt",      "lteq",     "neq",
                                        NULL};
static const char *const types[] = {"Set",  "Offer",       "Agreement",
                                    "Duty", "Prohibition", "Permission",
                                    NULL};
/* Keys that ODRL's context defines, JSON-LD's own, and Dublin Core's. */
static const char *const keys[] = {"@context",
                                   "@graph",
                                   "@id",
                                   "@type",
                                   "@value",
                                   "uid",
                                   "profile",
                                   "target",
                                   "permission",
                                   "prohibition",
                                   "obligation",
                                   "duty",
                                   "action",
                                   "refinement",
                                   "constraint",
                                   "leftOperand",
                                   "operator",
                                   "rightOperand",
                                   "unit",
                                   "assignee",
                                   "assigner",
                                   "rdf:value",
                                   "dcterms:identifier",
                                   "dcterms:title",
                                   "dcterms:source",
                                   "dcterms:license",
                                   "dcterms:description",
                                   NULL};

static bool is_in(const char *const *list, const char *name)
{
    for (; *list; list++)
        if (!strcmp(*list, name))
            return true;
    return false;
}

static json_t *profile;

static bool is_in_profile(const char *name, const char *type)
{
    json_t *item;
    size_t i;

    json_array_foreach(
        json_object_get(profile, "@graph"), i,
        item) if (!strcmp(json_string_value(json_object_get(item, "@id")),
                          name)) return !type ||
        !strcmp(json_string_value(json_object_get(item, "@type")), type);
    return false;
}

static void check_name(const char *name, const char *const *list,
                       const char *type)
{
    if (!strncmp(name, "odrl:", 5))
        name += 5;
    if (!is_in(list, name) && !is_in_profile(name, type))
        fail_msg("neither ODRL nor the profile has the %s \"%s\"", type, name);
    if (!strcmp(name, "bylaw:meet"))
        fail_msg("a term has no action of its own");
}

static void check_value(const char *key, json_t *value);

static void check_object(json_t *object)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value)
    {
        if (!is_in(keys, key) && !is_in_profile(key, "rdf:Property"))
            fail_msg("neither ODRL nor the profile has the key \"%s\"", key);
        check_value(key, value);
    }
}

static void check_text(const char *key, const char *text)
{
    if (!strcmp(key, "action") || !strcmp(key, "@id"))
        check_name(text, actions, "odrl:Action");
    else if (!strcmp(key, "leftOperand"))
        check_name(text, operands, "odrl:LeftOperand");
    else if (!strcmp(key, "operator"))
        assert_true(is_in(operators, text));
    else if (!strcmp(key, "@type"))
        assert_true(is_in(types, text) || !strncmp(text, "xsd:", 4));
    else if (!strcmp(key, "unit") || !strcmp(key, "target"))
        assert_true(is_in_profile(text, NULL));
}

static void check_value(const char *key, json_t *value)
{
    json_t *item;
    size_t i;

    if (!strcmp(key, "@context"))
        return;
    if (json_is_object(value))
        check_object(value);
    else if (json_is_string(value))
        check_text(key, json_string_value(value));
    json_array_foreach(value, i, item) check_value(key, item);
}

static json_t *export_rules(const struct bylaw_rule *rules, size_t count)
{
    struct bylaw__buf out = {0};
    json_error_t why;
    json_t *root;

    bylaw__report_odrl(&out, rules, count);
    root = json_loadb(out.ptr, out.len, JSON_REJECT_DUPLICATES, &why);
    if (!root)
        fail_msg("%s", why.text);
    bylaw__buf_release(&out);
    return root;
}

static void test_odrl__speaks_only_of_what_is_defined(void **state)
{
    size_t spec_count = 0;
    struct bylaw__term_spec *specs = bylaw__pipeline_specs(&spec_count);
    struct bylaw_rules *rules = NULL;
    struct bylaw_error err = {0};
    json_t *root;

    (void)state;
    if (bylaw__rules_load(&rules, "rules", specs, spec_count, NULL, NULL, &err))
        fail_msg("%s: %s", err.where, err.what);
    root = export_rules(rules->items, rules->count);
    assert_int_equal(json_array_size(json_object_get(root, "@graph")),
                     rules->count);
    check_object(root);
    json_decref(root);
    bylaw_rules_free(rules);
    free(specs);
}

/* A rule with each term of the judge's, as a must and with its parameters. */
static void test_odrl__has_a_word_for_every_term(void **state)
{
    static const struct bylaw_grant grant = {"reproduce", "anywhere"};
    struct bylaw_term terms[64] = {{0}};
    struct bylaw_param params[64][8] = {{{0}}};
    struct bylaw_rule rule = {.id = "x",
                              .status = "verified",
                              .title = "X",
                              .licence = "X",
                              .captured_url = "https://x.example/",
                              .captured_date = "2024-01-01",
                              .grants = &grant,
                              .grant_count = 1,
                              .terms = terms,
                              .window = "90d",
                              .delay = "12h",
                              .remove_after = "2w",
                              .volume_works = 2,
                              .volume_per = "month"};
    json_t *root;

    (void)state;
    memset(rule.sha256, 'a', 64);
    for (size_t i = 0; bylaw__term_at(i); i++) {
        const struct bylaw__term_info *info = bylaw__term_at(i);
        struct bylaw_term *term = &terms[rule.term_count++];

        term->id = info->id;
        term->kind = info->kind;
        term->force = BYLAW_FORCE_MUST;
        term->params = params[i];
        for (size_t k = 0; info->params[k] && k < 8; k++)
            params[i][term->param_count++] =
                (struct bylaw_param){info->params[k], "3"};
    }
    root = export_rules(&rule, 1);
    check_object(root);
    json_decref(root);
}

static void test_odrl__keeps_requests_apart_from_duties(void **state)
{
    static const struct bylaw_grant grant = {"reproduce", "news media"};
    struct bylaw_term terms[3] = {{.kind = BYLAW_TERM_DUTY,
                                   .id = "credit.author",
                                   .force = BYLAW_FORCE_MUST},
                                  {.kind = BYLAW_TERM_REQUEST,
                                   .id = "link.original"},
                                  {.kind = BYLAW_TERM_DUTY,
                                   .id = "time.window",
                                   .force = BYLAW_FORCE_MUST}};
    struct bylaw_rule rule = {.id = "x",
                              .grants = &grant,
                              .grant_count = 1,
                              .terms = terms,
                              .term_count = 3,
                              .window = "90d"};
    json_t *root, *permission, *constraints, *value;

    (void)state;
    memset(rule.sha256, 'b', 64);
    root = export_rules(&rule, 1);
    permission = json_array_get(json_object_get(root, "permission"), 0);
    constraints = json_object_get(permission, "constraint");
    assert_int_equal(json_array_size(json_object_get(permission, "duty")), 1);
    assert_int_equal(json_array_size(json_object_get(root, "bylaw:request")),
                     1);
    assert_int_equal(json_array_size(constraints), 2);
    value = json_object_get(json_array_get(constraints, 1), "rightOperand");
    assert_string_equal(json_string_value(json_object_get(value, "@value")),
                        "P90D");
    json_decref(root);
}

static void test_odrl__of_no_grant_is_a_prohibition(void **state)
{
    struct bylaw_rule rule = {.id = "x"};
    json_t *root, *rules;

    (void)state;
    memset(rule.sha256, 'c', 64);
    root = export_rules(&rule, 1);
    rules = json_object_get(root, "prohibition");
    assert_null(json_object_get(root, "permission"));
    assert_string_equal(
        json_string_value(json_object_get(json_array_get(rules, 0), "action")),
        "reproduce");
    json_decref(root);
}

static void test_profile__builds_on_odrls_own_actions(void **state)
{
    json_t *item;
    size_t i;

    (void)state;
    json_array_foreach(json_object_get(profile, "@graph"), i, item)
    {
        json_t *in = json_object_get(item, "odrl:includedIn");

        assert_true(!in || is_in(actions, json_string_value(in) + 5));
        assert_non_null(json_object_get(item, "skos:definition"));
    }
}

static int read_profile(void **state)
{
    json_error_t why;

    (void)state;
    profile = json_load_file("audit/odrl/profile.jsonld", 0, &why);
    return profile ? 0 : -1;
}

static int drop_profile(void **state)
{
    (void)state;
    json_decref(profile);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_odrl__speaks_only_of_what_is_defined),
        cmocka_unit_test(test_odrl__has_a_word_for_every_term),
        cmocka_unit_test(test_odrl__keeps_requests_apart_from_duties),
        cmocka_unit_test(test_odrl__of_no_grant_is_a_prohibition),
        cmocka_unit_test(test_profile__builds_on_odrls_own_actions),
    };

    return cmocka_run_group_tests(tests, read_profile, drop_profile);
}
