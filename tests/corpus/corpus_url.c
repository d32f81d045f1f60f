/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The URL parser against the web-platform tests.
 *
 * Reads url/urltestdata.json below $BYLAW_CORPUS and checks every row whose
 * result is http or https; toascii.json and IdnaTestV2.json are counted for
 * information only, as they follow the Unicode version of the ICU in use.
 * Exits 1 below the required share, 0 with "skipped" without the corpus.
 */
#include "url/url.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#define REQUIRED_PERCENT 99.0
#define PATH_BYTES       4096

struct score {
    unsigned passed, failed, userinfo;
};

/* ----------------------------------------------------------- reading --- */

static bool is_escape(const char *s, char first, const char *second)
{
    return s[0] == '\\' && s[1] == 'u' && bylaw__lower(s[2]) == first &&
           strchr(second, bylaw__lower(s[3])) && s[3];
}

/* JSON may name half a surrogate pair, which is no text: an URL parser is
 * given U+FFFD there, and so is ours. Works on the escapes in place. */
static void mend_surrogates(char *json)
{
    static const char high[] = "89ab", low[] = "cdef";

    for (char *at = json; *at; at++) {
        if (at[0] == '\\' && at[1] == '\\') {
            at++;
        } else if (is_escape(at, 'd', high) && is_escape(at + 6, 'd', low)) {
            at += 11;
        } else if (is_escape(at, 'd', high) || is_escape(at, 'd', low)) {
            memcpy(at + 2, "fffd", 4);
        }
    }
}

static json_t *load(const char *folder, const char *name)
{
    char path[PATH_BYTES];
    struct bylaw__buf text;
    json_error_t problem;
    json_t *json = NULL;

    snprintf(path, sizeof(path), "%s/url/%s", folder, name);
    bylaw__buf_init(&text, 0);
    if (!bylaw__file_read(&text, path, NULL)) {
        mend_surrogates(text.ptr);
        json = json_loadb(text.ptr, text.len, JSON_ALLOW_NUL, &problem);
        if (!json)
            fprintf(stderr, "%s:%d: %s\n", path, problem.line, problem.text);
    }
    bylaw__buf_release(&text);
    return json;
}

static struct bylaw_span member(json_t *row, const char *name)
{
    json_t *value = json_object_get(row, name);

    if (!json_is_string(value))
        return (struct bylaw_span){0};
    return (struct bylaw_span){json_string_value(value),
                               json_string_length(value)};
}

/* ----------------------------------------------------------- judging --- */

static bool is_web(struct bylaw_span s)
{
    return bylaw__span_starts_nocase(s, "http:") ||
           bylaw__span_starts_nocase(s, "https:");
}

static bool has_scheme(struct bylaw_span s)
{
    size_t i = 0;

    while (i < s.len && bylaw__is_space((unsigned char)s.ptr[i]))
        i++;
    if (i == s.len || !bylaw__is_alpha((unsigned char)s.ptr[i]))
        return false;
    while (i < s.len && (bylaw__is_alnum((unsigned char)s.ptr[i]) ||
                         (s.ptr[i] && strchr("+-.", s.ptr[i]))))
        i++;
    return i < s.len && s.ptr[i] == ':';
}

/* Rows on other schemes say nothing about this parser. */
static bool concerns_us(json_t *row)
{
    struct bylaw_span base = member(row, "base");
    struct bylaw_span input = bylaw__span_trim(member(row, "input"));

    if (!json_is_object(row) || (base.len && !is_web(base)))
        return false;
    if (!json_is_true(json_object_get(row, "failure")))
        return is_web(member(row, "href"));
    return is_web(input) || (base.len && !has_scheme(input));
}

static void report(const char *what, json_t *row, const char *got)
{
    struct bylaw_span base = member(row, "base"), want = member(row, "href");
    struct bylaw_span input = member(row, "input");

    printf("%s: input '%.*s' base '%.*s' want '%.*s' got '%s'\n", what,
           (int)input.len, input.ptr ? input.ptr : "", (int)base.len,
           base.ptr ? base.ptr : "", (int)want.len, want.ptr ? want.ptr : "",
           got);
}

static void check_row(struct score *score, json_t *row)
{
    bool must_fail = json_is_true(json_object_get(row, "failure"));
    struct bylaw_span base_text = member(row, "base");
    struct bylaw_error err = {0};
    bylaw_url *base = NULL, *url = NULL;
    bool ok;

    if (base_text.len && bylaw_url_parse(&base, base_text, NULL, &err)) {
        ok = must_fail || !strcmp(err.id, "url.userinfo");
        score->userinfo += ok;
        score->failed += !ok;
        return;
    }
    bylaw_url_parse(&url, member(row, "input"), base, &err);
    if (member(row, "username").len || member(row, "password").len) {
        ok = !url && err.id && !strcmp(err.id, "url.userinfo");
        score->userinfo += ok;
    } else {
        ok = must_fail ? !url
                       : url && bylaw__span_is(member(row, "href"),
                                               bylaw_url_href(url));
        score->passed += ok;
    }
    score->failed += !ok;
    if (!ok)
        report("miss", row, url ? bylaw_url_href(url) : err.what);
    bylaw_url_free(url);
    bylaw_url_free(base);
}

/* Hosts are read as the host of an address made of them. */
static void check_domain(struct score *score, json_t *row)
{
    json_t *want = json_object_get(row, "output");
    struct bylaw_span input = member(row, "input");
    struct bylaw__buf text;
    bylaw_url *url = NULL;
    bool ok;

    if (!json_is_object(row) || !input.len)
        return;
    bylaw__buf_init(&text, 0);
    bylaw__buf_add_text(&text, "https://");
    bylaw__buf_add_span(&text, input);
    bylaw__buf_add_text(&text, "/x");
    bylaw_url_parse(&url, bylaw__buf_span(&text), NULL, NULL);
    ok = json_is_string(want)
             ? url && !strcmp(bylaw_url_host(url), json_string_value(want))
             : !url || strcmp(bylaw_url_path(url), "/x") != 0;
    score->passed += ok;
    score->failed += !ok;
    if (!ok && getenv("BYLAW_CORPUS_VERBOSE"))
        printf("idna: '%.*s' want '%s' got '%s'\n", (int)input.len, input.ptr,
               json_is_string(want) ? json_string_value(want) : "(failure)",
               url ? bylaw_url_host(url) : "(failure)");
    bylaw_url_free(url);
    bylaw__buf_release(&text);
}

static void check_domains(const char *folder, const char *name)
{
    struct score score = {0};
    json_t *rows = load(folder, name), *row;
    size_t i;

    json_array_foreach(rows, i, row) check_domain(&score, row);
    printf("%s: %u of %u as expected (for information)\n", name, score.passed,
           score.passed + score.failed);
    json_decref(rows);
}

int main(void)
{
    const char *folder = getenv("BYLAW_CORPUS");
    json_t *rows = folder ? load(folder, "urltestdata.json") : NULL, *row;
    struct score score = {0};
    double percent;
    size_t i;

    if (!rows) {
        printf("skipped: set BYLAW_CORPUS to a folder that holds "
               "url/urltestdata.json\n");
        return 0;
    }
    json_array_foreach(rows, i, row) if (concerns_us(row))
        check_row(&score, row);
    json_decref(rows);
    percent = 100.0 * (score.passed + score.userinfo) /
              (score.passed + score.userinfo + score.failed);
    printf("urltestdata.json: %u of %u http(s) rows as the standard says, "
           "%u refused for userinfo, %u missed: %.2f %%\n",
           score.passed, score.passed + score.failed, score.userinfo,
           score.failed, percent);
    check_domains(folder, "toascii.json");
    check_domains(folder, "IdnaTestV2.json");
    return percent >= REQUIRED_PERCENT ? 0 : 1;
}
