/* SPDX-License-Identifier: Apache-2.0 */
/* The licence that a case is about, for sentences, links and the fix. */
#include "judge_int.h"

#define NAME_BYTES 64u
#define CC_ADDRESS "https://creativecommons.org"

static bool is_dedication(const struct bylaw__licence *cc)
{
    return !strcmp(cc->code, "zero") || !strcmp(cc->code, "mark");
}

/* Without a version the newest is linked: whoever asks for none takes any. */
static const char *address_of(const struct bylaw__licence *cc,
                              const struct scene *scene)
{
    if (is_dedication(cc))
        return bylaw__arena_printf(scene->arena,
                                   CC_ADDRESS "/publicdomain/%s/1.0/",
                                   cc->code);
    return bylaw__arena_printf(scene->arena, CC_ADDRESS "/licenses/%s/%s/%s%s",
                               cc->code, *cc->version ? cc->version : "4.0",
                               cc->port, *cc->port ? "/" : "");
}

static const char *name_of(const struct bylaw__licence *cc,
                           const struct scene *scene)
{
    struct bylaw__buf name;
    const char *kept;

    bylaw__buf_init(&name, NAME_BYTES);
    bylaw__licence_name(&name, cc);
    kept = bylaw__arena_copy(scene->arena, bylaw__buf_span(&name));
    bylaw__buf_release(&name);
    return kept ? kept : "";
}

static void take_code(struct licence *out, const struct bylaw__licence *cc)
{
    memset(out, 0, sizeof(*out));
    memcpy(out->code, cc->code, sizeof(cc->code));
    memcpy(out->version, cc->version, sizeof(cc->version));
}

bool licence_of_url(struct licence *out, const bylaw_url *url)
{
    struct bylaw__licence cc;

    if (!bylaw__licence_of_url(&cc, url))
        return false;
    take_code(out, &cc);
    return true;
}

bool licence_of_case(struct licence *out, const struct scene *scene)
{
    const struct bylaw_rule *rule = scene->c->rule;
    const char *given = scene->c->source->licence;
    struct bylaw__licence cc;
    bylaw_url *url = NULL;

    memset(out, 0, sizeof(*out));
    if ((!given || !*given) && rule)
        given = rule->licence;
    if (!given || !*given)
        return false;
    if (bylaw__licence_of(&cc, bylaw__span_of(given))) {
        take_code(out, &cc);
        out->name = name_of(&cc, scene);
        out->url = address_of(&cc, scene);
        return true;
    }
    if (!bylaw_url_parse(&url, bylaw__span_of(given), NULL, NULL))
        out->url = given;
    bylaw_url_free(url);
    out->name = rule && rule->title ? rule->title : given;
    if (!out->url && rule)
        out->url = rule->captured_url;
    return true;
}

const char *licence_is_stated(const struct scene *scene,
                              const struct bylaw_term *term)
{
    struct licence licence;

    return param_flag(term, "if-supplied") && !licence_of_case(&licence, scene)
               ? "neither source nor rule states a licence"
               : NULL;
}
