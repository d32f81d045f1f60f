/* SPDX-License-Identifier: Apache-2.0 */
/* A source in any of its forms: manifest, page, Markdown or plain text. */
#include "pipeline_int.h"

#include <stdlib.h>

static bool is_manifest(const char *spec)
{
    struct bylaw_span s = bylaw__span_of(spec);

    return !strstr(spec, "://") &&
           (bylaw__span_ends(s, ".yaml") || bylaw__span_ends(s, ".yml"));
}

/* A source that could not be read is the caller's mistake to mend: unlike a
 * page, nothing can be said without it. */
static int refuse_response(const struct bylaw_response *response,
                           const char *spec, struct bylaw_error *err)
{
    if (response->refusal.code) {
        if (err)
            *err = response->refusal;
        return response->refusal.code;
    }
    if (response->is_truncated)
        return bylaw__fail(err, BYLAW_ENETWORK, "source.unreadable", spec,
                           "the source did not arrive whole");
    return 0;
}

/* Reads and extracts a source's text; out has everything it says of itself. */
static int load_document(struct bylaw_source **out, bylaw_auditor *auditor,
                         const char *spec, const char *url,
                         struct bylaw_error *err)
{
    struct bylaw_response *response = NULL;
    struct bylaw_document *document = NULL;
    int rc = bylaw__pipeline_read(&response, auditor, spec, url,
                                  BYLAW_LIMIT_SOURCE_BYTES, err);

    if (rc)
        return rc;
    rc = refuse_response(response, spec, err);
    if (!rc)
        rc = bylaw__pipeline_refuse_list(response, spec, err);
    if (!rc)
        rc = bylaw__pipeline_read_document(&document, auditor, response, url,
                                           err);
    if (!rc)
        rc = bylaw__source_from_document(out, document, spec,
                                         auditor->rules->phrases,
                                         auditor->rules->phrase_count, err);
    if (rc)
        bylaw_document_free(document);
    bylaw_response_free(response);
    return rc;
}

static const char *either(struct bylaw__arena *arena, const char *first,
                          const char *second)
{
    const char *text = first ? first : second;

    return text ? bylaw__arena_strdup(arena, text) : NULL;
}

struct names {
    const char *const *items;
    size_t count;
};

static struct names either_names(struct bylaw__arena *arena, struct names first,
                                 struct names second)
{
    struct names from = first.count ? first : second;
    const char **copy =
        bylaw__arena_alloc_array(arena, from.count, sizeof(*copy));

    for (size_t i = 0; copy && i < from.count; i++)
        copy[i] = bylaw__arena_strdup(arena, from.items[i]);
    return (struct names){copy, copy ? from.count : 0};
}

static void merge_names(struct bylaw_source *to, struct bylaw__arena *arena,
                        const struct bylaw_source *said,
                        const struct bylaw_source *read)
{
    struct names authors =
        either_names(arena, (struct names){said->authors, said->author_count},
                     (struct names){read->authors, read->author_count});
    struct names holders =
        either_names(arena, (struct names){said->holders, said->holder_count},
                     (struct names){read->holders, read->holder_count});
    struct names aliases =
        either_names(arena, (struct names){said->aliases, said->alias_count},
                     (struct names){read->aliases, read->alias_count});
    struct names upstream = either_names(
        arena,
        (struct names){said->upstream.authors, said->upstream.author_count},
        (struct names){read->upstream.authors, read->upstream.author_count});

    to->authors = authors.items;
    to->author_count = authors.count;
    to->holders = holders.items;
    to->holder_count = holders.count;
    to->aliases = aliases.items;
    to->alias_count = aliases.count;
    to->upstream.authors = upstream.items;
    to->upstream.author_count = upstream.count;
}

/*
 * What the manifest says stands over what the text shows; url stands over
 * both. read's document moves to the result.
 */
static int merge(struct bylaw_source **out, const struct bylaw_source *said,
                 struct bylaw_source *read, const char *url,
                 struct bylaw_error *err)
{
    struct bylaw__arena *arena = bylaw__owner_new(0);
    struct bylaw_source *to;

    to = arena ? bylaw__arena_alloc(arena, sizeof(*to)) : NULL;
    if (!to)
        goto fail;
    to->owner = arena;
    to->id = either(arena, said->id, read->id);
    to->url = either(arena, url, said->url ? said->url : read->url);
    to->title = either(arena, said->title, read->title);
    to->publisher = either(arena, said->publisher, read->publisher);
    to->published = either(arena, said->published, read->published);
    to->language = either(arena, said->language, read->language);
    to->rule = either(arena, said->rule, read->rule);
    to->licence = either(arena, said->licence, read->licence);
    to->copyright = either(arena, said->copyright, read->copyright);
    to->upstream.publisher =
        either(arena, said->upstream.publisher, read->upstream.publisher);
    to->upstream.url = either(arena, said->upstream.url, read->upstream.url);
    to->upstream.text = either(arena, said->upstream.text, NULL);
    to->path = either(arena, said->path, read->path);
    merge_names(to, arena, said, read);
    bylaw__pipeline_recognise_licence(to, read->document,
                                      said->licence != NULL);
    if (arena->failed)
        goto fail;
    to->document = read->document;
    memcpy(to->sha256, read->document->sha256, sizeof(to->sha256));
    read->document = NULL;
    *out = to;
    return 0;
fail:
    bylaw__owner_free(arena);
    return bylaw__fail_memory(err, "");
}

static int load_manifest(struct bylaw_source **out, bylaw_auditor *auditor,
                         const char *path, const char *url,
                         struct bylaw_error *err)
{
    struct bylaw__buf yaml;
    struct bylaw_source *said = NULL, *read = NULL;
    char *text = NULL;
    int rc;

    bylaw__buf_init(&yaml, BYLAW_LIMIT_RULE_BYTES);
    rc = bylaw__file_read(&yaml, path, err);
    if (!rc)
        rc = bylaw__manifest_read(&said, &text, bylaw__buf_span(&yaml), path,
                                  err);
    if (rc)
        goto done;
    if (!text && !said->url) {
        rc = bylaw__fail(err, BYLAW_ECONFIG, "source.no-text", path,
                         "neither \"text\" nor \"url\" says where the "
                         "article's text is");
        goto done;
    }
    rc = load_document(&read, auditor, text ? text : said->url,
                       url ? url : said->url, err);
    if (!rc)
        rc = merge(out, said, read, url, err);
done:
    free(text);
    bylaw_source_free(said);
    bylaw_source_free(read);
    bylaw__buf_release(&yaml);
    return rc;
}

int bylaw__pipeline_load_source(struct bylaw_source **out,
                                bylaw_auditor *auditor, const char *spec,
                                const char *url, struct bylaw_error *err)
{
    static const struct bylaw_source nothing_said;
    struct bylaw_source *read = NULL;
    int rc;

    if (is_manifest(spec))
        return load_manifest(out, auditor, spec, url, err);
    rc = load_document(&read, auditor, spec, url, err);
    if (!rc)
        rc = merge(out, &nothing_said, read, url, err);
    bylaw_source_free(read);
    return rc;
}
