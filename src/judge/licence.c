/* SPDX-License-Identifier: Apache-2.0 */
/* Licences by their identifier and by their address. */
#include "judge_int.h"

#include <stdio.h>

#define CC_HOST "creativecommons.org"

static bool copy_part(char *out, size_t size, struct bylaw_span part)
{
    if (!part.len || part.len >= size)
        return false;
    for (size_t i = 0; i < part.len; i++)
        out[i] = bylaw__lower(part.ptr[i]);
    out[part.len] = '\0';
    return true;
}

/* The next piece of a path, up to '/'. */
static struct bylaw_span next_part(struct bylaw_span *path)
{
    struct bylaw_span part = *path;

    while (part.len && *part.ptr == '/')
        part = bylaw__span_sub(part, 1, part.len);
    *path = part;
    for (size_t i = 0; i < part.len; i++)
        if (part.ptr[i] == '/') {
            *path = bylaw__span_sub(part, i, part.len);
            return bylaw__span_sub(part, 0, i);
        }
    *path = (struct bylaw_span){part.ptr, 0};
    return part;
}

/* /licenses/by-nd/4.0/..., /publicdomain/zero/1.0/... */
bool licence_of_url(struct licence *out, const bylaw_url *url)
{
    struct bylaw_span path, kind;

    memset(out, 0, sizeof(*out));
    if (!bylaw_url_in_domain(url, CC_HOST))
        return false;
    path = bylaw__span_of(bylaw_url_path(url));
    kind = next_part(&path);
    if (!bylaw__span_is_nocase(kind, "licenses") &&
        !bylaw__span_is_nocase(kind, "licences") &&
        !bylaw__span_is_nocase(kind, "publicdomain"))
        return false;
    if (!copy_part(out->code, sizeof(out->code), next_part(&path)))
        return false;
    if (!copy_part(out->version, sizeof(out->version), next_part(&path)))
        out->version[0] = '\0';
    return true;
}

/* "CC-BY-ND-4.0", "CC0-1.0", "CC BY-NC 3.0 US": code, then a version. */
static bool licence_of_id(struct licence *out, const char *id)
{
    struct bylaw_span rest = bylaw__span_of(id), version = {0};

    if (bylaw__span_starts_nocase(rest, "CC0")) {
        return copy_part(out->code, sizeof(out->code), BYLAW__SPAN("zero")) &&
               copy_part(out->version, sizeof(out->version),
                         BYLAW__SPAN("1.0"));
    }
    if (!bylaw__span_starts_nocase(rest, "CC-BY") &&
        !bylaw__span_starts_nocase(rest, "CC BY"))
        return false;
    rest = bylaw__span_sub(rest, 3, rest.len);
    for (size_t i = 0; i < rest.len; i++)
        if (bylaw__is_digit((unsigned char)rest.ptr[i])) {
            version = bylaw__span_sub(rest, i, i + 3);
            rest = bylaw__span_sub(rest, 0, i);
            break;
        }
    while (rest.len && !bylaw__is_alpha((unsigned char)rest.ptr[rest.len - 1]))
        rest.len--;
    if (!copy_part(out->code, sizeof(out->code), rest))
        return false;
    for (char *p = out->code; *p; p++)
        if (*p == ' ')
            *p = '-';
    if (version.len)
        copy_part(out->version, sizeof(out->version), version);
    return true;
}

static void name_licence(struct licence *out, const struct scene *scene)
{
    char upper[sizeof(out->code)];
    bool is_domain = !strcmp(out->code, "zero") || !strcmp(out->code, "mark");
    const char *version = *out->version ? out->version : "4.0";
    size_t i;

    for (i = 0; out->code[i]; i++)
        upper[i] = (char)(out->code[i] >= 'a' && out->code[i] <= 'z'
                              ? out->code[i] - 'a' + 'A'
                              : out->code[i]);
    upper[i] = '\0';
    out->url =
        bylaw__arena_printf(scene->arena, "https://" CC_HOST "/%s/%s/%s/",
                            is_domain ? "publicdomain" : "licenses", out->code,
                            is_domain ? "1.0" : version);
    out->name =
        is_domain
            ? (!strcmp(out->code, "zero") ? "CC0 1.0"
                                          : "Public Domain Mark 1.0")
            : bylaw__arena_printf(scene->arena, "CC %s %s", upper, version);
}

bool licence_of_case(struct licence *out, const struct scene *scene)
{
    const struct bylaw_rule *rule = scene->c->rule;
    const char *given = scene->c->source->licence;
    bylaw_url *url = NULL;
    bool is_cc = false;

    memset(out, 0, sizeof(*out));
    if ((!given || !*given) && rule)
        given = rule->licence;
    if (!given || !*given)
        return false;
    if (!bylaw_url_parse(&url, bylaw__span_of(given), NULL, NULL)) {
        is_cc = licence_of_url(out, url);
        bylaw_url_free(url);
        if (!is_cc)
            out->url = given;
    } else
        is_cc = licence_of_id(out, given);
    if (is_cc)
        name_licence(out, scene);
    else {
        out->name = rule && rule->title ? rule->title : given;
        if (!out->url && rule)
            out->url = rule->captured_url;
    }
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
