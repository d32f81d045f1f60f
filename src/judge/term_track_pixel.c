/* SPDX-License-Identifier: Apache-2.0 */
/* track.pixel: the publisher's counter came along, and counts this article. */
#include "judge_int.h"

#define PATTERN_BYTES 1024u
#define MENTIONS_MOST 256u /* of a host on one page that are looked at */
#define ID_SLOT       "{id}"
#define ID_DIGITS_MIN 3u /* of a number in an address that is an article's */

/* What is looked for: any host, any pattern; the article's number. */
struct wanted {
    const char *const *hosts;
    size_t host_count;
    const char *const *paths; /* none: any address of the host will do */
    size_t path_count;
    const char *id; /* of this article, or NULL */
};

/* How well an address fits, worst first. */
enum fit {
    FIT_NONE,
    FIT_HOST,  /* the publisher's host, nothing of its counter */
    FIT_OTHER, /* the counter, of another article */
    FIT_ANY,   /* the counter; which article it counts cannot be told */
    FIT_THIS
};

/* The last long number of the article's address. */
static const char *id_of_address(const struct scene *scene)
{
    struct bylaw_span path, id = {0};

    if (!scene->target_count)
        return NULL;
    path = bylaw__span_of(bylaw_url_path(scene->targets[0]));
    for (size_t i = 0; i < path.len; i++) {
        size_t end = i;

        while (end < path.len && bylaw__is_digit((unsigned char)path.ptr[end]))
            end++;
        if (end - i >= ID_DIGITS_MIN)
            id = bylaw__span_sub(path, i, end);
        if (end > i)
            i = end;
    }
    return id.len ? bylaw__arena_copy(scene->arena, id) : NULL;
}

static struct wanted read_term(const struct scene *scene,
                               const struct bylaw_term *term)
{
    struct wanted wanted = {0};

    wanted.hosts = param_list(scene, term, "host", &wanted.host_count);
    wanted.paths = param_list(scene, term, "path", &wanted.path_count);
    wanted.id = id_of_address(scene);
    return wanted;
}

/* Where in address the pattern with that number for its slot stands. */
static bool holds_pattern(struct bylaw_span address, const char *pattern,
                          const char *id)
{
    const char *slot = strstr(pattern, ID_SLOT);
    struct bylaw__buf text;
    size_t at;
    bool holds;

    bylaw__buf_init(&text, PATTERN_BYTES);
    bylaw__buf_add(&text, pattern,
                   slot ? (size_t)(slot - pattern) : strlen(pattern));
    if (slot && id)
        bylaw__buf_add_text(&text, id);
    if (slot && id)
        bylaw__buf_add_text(&text, slot + strlen(ID_SLOT));
    at = text.failed ? SIZE_MAX
                     : bylaw__span_find(address, bylaw__buf_span(&text));
    holds = at != SIZE_MAX;
    /* "post=12" is not in "post=123" */
    if (holds && slot && id && !slot[strlen(ID_SLOT)])
        holds = at + text.len == address.len ||
                !bylaw__is_digit((unsigned char)address.ptr[at + text.len]);
    bylaw__buf_release(&text);
    return holds;
}

static enum fit fit_of_path(const bylaw_url *url, const struct wanted *wanted)
{
    struct bylaw_span address =
        bylaw__span_of(strstr(bylaw_url_href(url), "://") + 3);
    enum fit best = wanted->path_count ? FIT_HOST : FIT_ANY;

    for (size_t i = 0; i < wanted->path_count; i++) {
        const char *pattern = wanted->paths[i];
        enum fit fit = FIT_NONE;

        if (!strstr(pattern, ID_SLOT))
            fit = holds_pattern(address, pattern, NULL) ? FIT_ANY : FIT_NONE;
        else if (wanted->id && holds_pattern(address, pattern, wanted->id))
            fit = FIT_THIS;
        else if (holds_pattern(address, pattern, NULL))
            fit = wanted->id ? FIT_OTHER : FIT_ANY;
        best = fit > best ? fit : best;
    }
    return best;
}

static bool is_loaded(const struct bylaw_link *link)
{
    return link->url &&
           (!strcmp(link->element, "img") || !strcmp(link->element, "script") ||
            !strcmp(link->element, "iframe"));
}

static enum fit fit_of(const bylaw_url *url, const struct wanted *wanted)
{
    enum fit fit = FIT_NONE;

    for (size_t i = 0; url && i < wanted->host_count && !fit; i++)
        if (bylaw_url_in_domain(url, wanted->hosts[i]))
            fit = fit_of_path(url, wanted);
    return fit;
}

/* The very address that the source page itself loads: the surest there is. */
static const struct bylaw_link *own_pixel(const struct bylaw_document *document,
                                          const struct wanted *wanted)
{
    for (size_t i = 0; document && i < document->link_count; i++) {
        const struct bylaw_link *link = &document->links[i];
        bylaw_url *url = NULL;
        bool fits;

        if (!is_loaded(link) ||
            bylaw_url_parse(&url, bylaw__span_of(link->url), NULL, NULL))
            continue;
        fits = fit_of(url, wanted) >= FIT_ANY;
        bylaw_url_free(url);
        if (fits)
            return link;
    }
    return NULL;
}

static bool is_for_no_script(const struct bylaw_link *link)
{
    return link->visibility_why &&
           strstr(link->visibility_why, "scripts are off");
}

static const struct bylaw_link *best_pixel(const struct scene *scene,
                                           const struct wanted *wanted,
                                           enum fit *out)
{
    const struct bylaw_document *document = scene->c->document;
    const struct bylaw_link *best = NULL;

    *out = FIT_NONE;
    for (size_t i = 0; i < document->link_count; i++) {
        const struct bylaw_link *link = &document->links[i];
        enum fit fit =
            is_loaded(link) ? fit_of(link_url(scene, link), wanted) : FIT_NONE;

        if (fit > *out || (best && fit == *out && is_for_no_script(best))) {
            best = &document->links[i];
            *out = fit;
        }
    }
    return best;
}

/* Inside an address that was looked at already: a link to the publisher's site
 * loads nothing, though counters of some publishers stand on that very site. */
static bool is_plain_address(const struct scene *scene, uint32_t at)
{
    const struct bylaw_document *document = scene->c->document;

    for (size_t i = 0; i < document->link_count; i++)
        if (document->links[i].href_bytes.begin <= at &&
            at < document->links[i].href_bytes.end)
            return true;
    for (size_t i = 0; i < document->meta_count; i++)
        if (document->metas[i].bytes.begin <= at &&
            at < document->metas[i].bytes.end)
            return true;
    return false;
}

/* The host stands in a script, a data attribute, a comment: something may load
 * the counter that these bytes alone do not show. */
static bool is_host_mentioned(struct bylaw_range *out,
                              const struct scene *scene, const char *name)
{
    struct bylaw_span text = scene->c->document->text;
    struct bylaw_span host = bylaw__span_of(name);
    size_t from = 0;

    for (unsigned tries = 0; tries < MENTIONS_MOST; tries++) {
        size_t at =
            bylaw__span_find_nocase(bylaw__span_sub(text, from, text.len),
                                    host);

        if (at == SIZE_MAX)
            return false;
        at += from;
        from = at + host.len;
        *out = (struct bylaw_range){(uint32_t)at, (uint32_t)from};
        if (!is_plain_address(scene, (uint32_t)at))
            return true;
    }
    return true; /* so many that some may be anything */
}

static bool is_mentioned(struct ruling *r, const struct scene *scene,
                         const struct wanted *wanted)
{
    struct bylaw_range at;

    for (size_t i = 0; i < wanted->host_count; i++)
        if (is_host_mentioned(&at, scene, wanted->hosts[i])) {
            cite_bytes(r, scene, at);
            return true;
        }
    return false;
}

static void rule_by_pixel(struct ruling *r, const struct scene *scene,
                          const struct bylaw_link *link, enum fit fit)
{
    cite_link(r, scene, link, link->zone);
    if (fit == FIT_OTHER)
        rule_broken(r, scene, BYLAW_CONFIDENCE_HIGH,
                    "the publisher's counter is there, but counts another "
                    "article: %s",
                    quote(scene, bylaw__span_of(link->url)));
    else if (is_for_no_script(link))
        rule_unknown(r, scene,
                     "the publisher's counter stands where it is only loaded "
                     "with scripts off; a script may load it otherwise");
    else
        rule_pass(r, scene,
                  fit == FIT_THIS ? BYLAW_CONFIDENCE_HIGH
                                  : BYLAW_CONFIDENCE_MEDIUM,
                  "the publisher's counter is there (%s)",
                  quote(scene, bylaw__span_of(link->url)));
}

static void evaluate(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term)
{
    struct wanted wanted = read_term(scene, term);
    enum fit fit;
    const struct bylaw_link *link = best_pixel(scene, &wanted, &fit);

    if (link && fit > FIT_HOST)
        rule_by_pixel(r, scene, link, fit);
    else if (is_mentioned(r, scene, &wanted))
        rule_unknown(r, scene,
                     "the page names the counter's host, but no element of "
                     "it loads the counter; a script may");
    else if (bylaw_document_meta(scene->c->document, BYLAW_META_AMP))
        rule_unknown(r, scene,
                     "this is an AMP page, which carries counters in other "
                     "ways");
    else
        rule_absent(r, scene, "the publisher's counter (%s) is missing",
                    join_names(scene, wanted.hosts, wanted.host_count));
}

static const char *check(const struct scene *scene,
                         const struct bylaw_term *term)
{
    struct wanted wanted = read_term(scene, term);

    if (!wanted.host_count)
        return "the rule does not say where the counter is loaded from";
    if (param_flag(term, "if-supplied") &&
        !own_pixel(scene->c->source->document, &wanted))
        return "the source's own page shows no such counter";
    return NULL;
}

/* The source's own counter, or one made of host and pattern. */
static const char *mend(const struct scene *scene,
                        const struct bylaw_term *term)
{
    struct wanted wanted = read_term(scene, term);
    const struct bylaw_link *own =
        own_pixel(scene->c->source->document, &wanted);
    const char *path = wanted.path_count ? wanted.paths[0] : "";
    const char *slot = strstr(path, ID_SLOT), *address = NULL;

    if (own)
        address = own->url;
    else if (*path == '/' && slot && wanted.id)
        address = bylaw__arena_printf(scene->arena, "https://%s%.*s%s%s",
                                      wanted.hosts[0], (int)(slot - path), path,
                                      wanted.id, slot + strlen(ID_SLOT));
    else if (*path == '/' && !slot)
        address = bylaw__arena_printf(scene->arena, "https://%s%s",
                                      wanted.hosts[0], path);
    return address ? compose_element(scene, "<img src=\"", address,
                                     "\" alt=\"\" width=\"1\" height=\"1\">")
                   : NULL;
}

static const char *const params[] = {"host", "path", "one-link", "if-supplied",
                                     NULL};
static const char *const param_help[] = {
    "The host, or hosts, that the counter is loaded from.",
    "Part of its address behind the host, or a list; {id} stands for the "
    "article's number, which is the last long number of the article's own "
    "address. Without it, any picture, script or frame of the host will do.",
    "Has no effect here: a link does not count readers.",
    "Asked for only where the source's own page loads such a counter.", NULL};

const struct judge_term term_track_pixel = {
    .info =
        {"track.pixel", BYLAW_TERM_DUTY, "The publisher's counter was kept.",
         "Passes when a picture, script or frame of the page is loaded from "
         "the counter's host under the article's own number. Unknown when the "
         "host is only named in scripts, data attributes or comments, the "
         "counter stands in a noscript element, or the page is an AMP page: "
         "something may load it that the page's bytes do not show. Fails when "
         "the page was read whole and the host is nowhere in it, or the "
         "counter is another article's. It proves presence, never "
         "compliance.",
         params, param_help},
    .label = "the publisher's counter",
    .severity = 1,
    .check = check,
    .evaluate = evaluate,
    .mend = mend,
};
