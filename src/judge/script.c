/* SPDX-License-Identifier: Apache-2.0 */
/* Credit that a script may write: what scripts and data attributes mention. */
#include "judge_int.h"

#define NEEDLE_BYTES   2048u
#define OCCURRENCES    8   /* of one needle that are looked at */
#define CONTEXT_BYTES  48u /* before a name, in which a word makes it credit */
#define NAME_BYTES_MIN 4u  /* shorter names stand in any script */
#define PATH_BYTES_MIN 4u  /* a shorter path is no article's */

/* A name that a script holds is credit only beside one of these: the data of
 * many pages hold the whole text, in which it may be a topic. */
static const char *const credit_words[] = {
    "publisher", "source",    "credit",       "author",       "byline",
    "courtesy",  "copyright", "original",     "republished",  "attribution",
    "via",       "provider",  "published on", "published by", "\xC2\xA9",
    "\\u00a9",   "&copy;",    "&#169;",       "(c)",
};

static size_t find_last(struct bylaw_span text, const char *what)
{
    struct bylaw_span needle = bylaw__span_of(what);

    for (size_t at = text.len; at-- > 0;)
        if (bylaw__span_starts_nocase(bylaw__span_sub(text, at, text.len),
                                      needle.ptr))
            return at + 1; /* 0: none */
    return 0;
}

/* Attributes that scripts, forms or buttons make something of. */
static bool is_live_attribute(struct bylaw_span name)
{
    return bylaw__span_starts_nocase(name, "data-") ||
           bylaw__span_starts_nocase(name, "on") ||
           bylaw__span_is_nocase(name, "action") ||
           bylaw__span_is_nocase(name, "formaction") ||
           bylaw__span_is_nocase(name, "value");
}

/* The name of the attribute whose value goes on at the end of the tag. */
static struct bylaw_span attribute_at_end(struct bylaw_span tag)
{
    size_t end = tag.len;

    while (end > 1 && !((tag.ptr[end - 1] == '"' || tag.ptr[end - 1] == '\'') &&
                        tag.ptr[end - 2] == '='))
        end--;
    end = end > 1 ? end - 2 : 0;
    for (size_t begin = end; begin > 0; begin--)
        if (bylaw__is_space((unsigned char)tag.ptr[begin - 1]))
            return bylaw__span_sub(tag, begin, end);
    return BYLAW__SPAN("");
}

static bool is_in_data_attribute(struct bylaw_span before)
{
    size_t open = find_last(before, "<"), close = find_last(before, ">");
    struct bylaw_span tag = bylaw__span_sub(before, open, before.len);

    return open > close && !bylaw__span_starts_nocase(tag, "!--") &&
           is_live_attribute(attribute_at_end(tag));
}

/* In words that a style sheet puts before or after an element. */
static bool is_in_style(struct bylaw_span before)
{
    size_t open = find_last(before, "<style"), at;

    if (!open || open <= find_last(before, "</style"))
        return false;
    at = find_last(before, "content:");
    return at > open && at > find_last(before, "}") &&
           at > find_last(before, ";");
}

static bool is_in_script(struct bylaw_span before)
{
    size_t open = find_last(before, "<script");

    return open && open > find_last(before, "</script");
}

static bool is_beside_credit(struct bylaw_span before)
{
    struct bylaw_span near =
        before.len > CONTEXT_BYTES
            ? bylaw__span_sub(before, before.len - CONTEXT_BYTES, before.len)
            : before;

    for (size_t i = 0; i < sizeof(credit_words) / sizeof(credit_words[0]); i++)
        if (bylaw__span_find_nocase(near, bylaw__span_of(credit_words[i])) !=
            SIZE_MAX)
            return true;
    return false;
}

/* What a mention needs around it to be worth a doubt. */
enum proof { PROOF_ALONE, PROOF_BESIDE_CREDIT, PROOF_IN_SCRIPT };

static bool is_proof(struct bylaw_span before, enum proof proof)
{
    if (is_in_style(before))
        return true;
    if (proof == PROOF_BESIDE_CREDIT && !is_beside_credit(before))
        return false;
    return is_in_script(before) ||
           (proof != PROOF_IN_SCRIPT && is_in_data_attribute(before));
}

/* Where scripts or data attributes hold the needle. */
static bool find_mention(struct bylaw_range *out, const struct scene *scene,
                         struct bylaw_span needle, enum proof proof)
{
    struct bylaw_span text = scene->c->document->text;
    size_t from = 0;

    for (int i = 0; needle.len && i < OCCURRENCES && from < text.len; i++) {
        size_t at =
            bylaw__span_find(bylaw__span_sub(text, from, text.len), needle);
        struct bylaw_span before;

        if (at == SIZE_MAX)
            return false;
        at += from;
        before = bylaw__span_sub(text, 0, at);
        if (is_proof(before, proof)) {
            *out =
                (struct bylaw_range){(uint32_t)at, (uint32_t)(at + needle.len)};
            return true;
        }
        from = at + needle.len;
    }
    return false;
}

/* Slashes as they stand in addresses, in JSON, and in parameters. */
static bool find_address(struct bylaw_range *out, const struct scene *scene,
                         const char *host, const char *path, enum proof proof)
{
    static const char *const slashes[] = {"/", "\\/", "%2F"};
    bool found = false;

    if (strlen(path) < PATH_BYTES_MIN)
        return false;
    if (!strncmp(host, "www.", 4))
        host += 4;
    for (size_t i = 0; !found && i < sizeof(slashes) / sizeof(slashes[0]);
         i++) {
        struct bylaw__buf needle;

        bylaw__buf_init(&needle, NEEDLE_BYTES);
        bylaw__buf_add_text(&needle, host);
        for (const char *p = path; *p; p++) {
            if (*p != '/')
                bylaw__buf_add_char(&needle, *p);
            else if (p[1]) /* the last one is often left out */
                bylaw__buf_add_text(&needle, slashes[i]);
        }
        found = !needle.failed &&
                find_mention(out, scene, bylaw__buf_span(&needle), proof);
        bylaw__buf_release(&needle);
    }
    return found;
}

static bool find_addresses(struct bylaw_range *out, const struct scene *scene)
{
    for (size_t i = 0; i < scene->target_count; i++)
        if (find_address(out, scene, bylaw_url_host(scene->targets[i]),
                         bylaw_url_path(scene->targets[i]), PROOF_ALONE))
            return true;
    return false;
}

/* Any language or form of the deed is as good. Without a version the slash
 * after the code stays, so that "by" is not found in "by-nd". */
static bool find_deed(struct bylaw_range *out, const struct scene *scene,
                      const struct licence *wanted)
{
    const char *path =
        bylaw__arena_printf(scene->arena, "/licenses/%s/%s", wanted->code,
                            *wanted->version ? wanted->version : "/");

    return path && find_address(out, scene, "creativecommons.org", path,
                                PROOF_IN_SCRIPT);
}

/* The licence's address or, where it is a code as no prose holds, its name. Only
 * scripts write it: a data attribute is kept beside a name that stands. */
static bool find_licence(struct bylaw_range *out, const struct scene *scene)
{
    struct licence wanted;
    bylaw_url *url = NULL;
    bool found = false;

    if (!licence_of_case(&wanted, scene))
        return false;
    if (*wanted.code &&
        find_mention(out, scene, bylaw__span_of(wanted.name), PROOF_IN_SCRIPT))
        return true;
    if (!strncmp(wanted.code, "by", 2))
        return find_deed(out, scene, &wanted);
    if (wanted.url &&
        !bylaw_url_parse(&url, bylaw__span_of(wanted.url), NULL, NULL))
        found = find_address(out, scene, bylaw_url_host(url),
                             bylaw_url_path(url), PROOF_IN_SCRIPT);
    bylaw_url_free(url);
    return found;
}

static bool find_any_name(struct bylaw_range *out, const struct scene *scene,
                          const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (names[i] && strlen(names[i]) >= NAME_BYTES_MIN &&
            find_mention(out, scene, bylaw__span_of(names[i]),
                         PROOF_BESIDE_CREDIT))
            return true;
    return false;
}

/* What the term asks for, in a script. */
static bool find_needed(struct bylaw_range *out, const struct scene *scene,
                        unsigned needs)
{
    const struct bylaw_source *source = scene->c->source;

    if ((needs & (NEED_LINK | NEED_PUBLISHER)) && find_addresses(out, scene))
        return true;
    if ((needs & (NEED_PUBLISHER | NEED_COPYRIGHT)) &&
        find_any_name(out, scene, scene->names, scene->name_count))
        return true;
    if ((needs & NEED_AUTHOR) &&
        find_any_name(out, scene, source->authors, source->author_count))
        return true;
    if ((needs & NEED_COPYRIGHT) &&
        find_any_name(out, scene, source->holders, source->holder_count))
        return true;
    if ((needs & NEED_LICENCE) && find_licence(out, scene))
        return true;
    return (needs & NEED_UPSTREAM) &&
           find_any_name(out, scene, &source->upstream.publisher, 1);
}

void doubt_by_scripts(struct ruling *r, const struct scene *scene,
                      unsigned needs)
{
    struct bylaw_range at;

    if (r->outcome != BYLAW_OUTCOME_FAIL || !r->by_absence ||
        !find_needed(&at, scene, needs) ||
        (r->is_partial &&
         !is_in_style(bylaw__span_sub(scene->c->document->text, 0, at.begin))))
        return;
    r->is_partial = false;
    r->outcome = BYLAW_OUTCOME_UNKNOWN;
    r->confidence = BYLAW_CONFIDENCE_LOW;
    cite_bytes(r, scene, at);
    r->clause =
        bylaw__arena_printf(scene->arena,
                            "%s, but a script or data attribute of the page "
                            "holds %s, so a script may write it",
                            r->clause,
                            quote(scene,
                                  bylaw__span_sub(scene->c->document->text,
                                                  at.begin, at.end)));
}
