/* SPDX-License-Identifier: Apache-2.0 */
/* A source manifest: what a publisher says of an article to protect. */
#include "rules_int.h"

#include <stddef.h>
#include <stdlib.h>

/* A manifest while it is read. */
struct manifest {
    struct bylaw_source *source;
    const char *text; /* path as written */
};

/* Reads one list of texts into the two members that hold it. */
static void read_list_into(struct reading *r, const struct yaml_node *value,
                           read_fn *read_item, const char *const **out,
                           size_t *out_count)
{
    struct text_list list = bylaw__read_texts(r, value, read_item);

    *out = list.items;
    *out_count = list.count;
}

static void read_authors(struct reading *r, const struct yaml_node *value,
                         void *target)
{
    struct bylaw_source *source = ((struct manifest *)target)->source;

    read_list_into(r, value, bylaw__read_text, &source->authors,
                   &source->author_count);
}

static void read_holders(struct reading *r, const struct yaml_node *value,
                         void *target)
{
    struct bylaw_source *source = ((struct manifest *)target)->source;

    read_list_into(r, value, bylaw__read_text, &source->holders,
                   &source->holder_count);
}

static void read_aliases(struct reading *r, const struct yaml_node *value,
                         void *target)
{
    struct bylaw_source *source = ((struct manifest *)target)->source;

    read_list_into(r, value, bylaw__read_url, &source->aliases,
                   &source->alias_count);
}

static void read_upstream_authors(struct reading *r,
                                  const struct yaml_node *value, void *target)
{
    struct bylaw_upstream *upstream = target;

    read_list_into(r, value, bylaw__read_text, &upstream->authors,
                   &upstream->author_count);
}

/* A path from the manifest's folder on. */
static void read_relative(struct reading *r, const struct yaml_node *value,
                          void *target)
{
    const char **out = target;

    bylaw__read_text(r, value, out);
    if (*out && (*out)[0] == '/')
        bylaw__complain(r->complaints, BYLAW_ECONFIG, "rules.bad-value",
                        value->place,
                        "\"%s\" is absolute: give the path from the "
                        "manifest's folder",
                        *out);
}

static void read_upstream(struct reading *r, const struct yaml_node *value,
                          void *target)
{
    static const struct key_row rows[] = {
        {"publisher", bylaw__read_text,
         offsetof(struct bylaw_upstream, publisher), false},
        {"url", bylaw__read_url, offsetof(struct bylaw_upstream, url), false},
        {"authors", read_upstream_authors, 0, false},
        {"text", read_relative, offsetof(struct bylaw_upstream, text), false},
    };
    struct manifest *manifest = target;

    bylaw__read_mapping(r, value, rows, COUNT_OF(rows),
                        &manifest->source->upstream);
}

/* One row a key of the source that is a single text. */
#define TEXT_READER(name, reader, member)                                      \
    static void name(struct reading *r, const struct yaml_node *value,         \
                     void *target)                                             \
    {                                                                          \
        reader(r, value, &((struct manifest *)target)->source->member);        \
    }

TEXT_READER(read_source_id, bylaw__read_id, id)
TEXT_READER(read_url, bylaw__read_url, url)
TEXT_READER(read_title, bylaw__read_text, title)
TEXT_READER(read_publisher, bylaw__read_text, publisher)
TEXT_READER(read_published, bylaw__read_moment, published)
TEXT_READER(read_language, bylaw__read_language, language)
TEXT_READER(read_rule, bylaw__read_id, rule)
TEXT_READER(read_licence, bylaw__read_licence, licence)
TEXT_READER(read_copyright, bylaw__read_text, copyright)

static void read_path(struct reading *r, const struct yaml_node *value,
                      void *target)
{
    read_relative(r, value, &((struct manifest *)target)->text);
}

static const struct key_row manifest_rows[] = {
    {"id", read_source_id, 0, true},
    {"url", read_url, 0, false},
    {"title", read_title, 0, false},
    {"authors", read_authors, 0, false},
    {"publisher", read_publisher, 0, false},
    {"published", read_published, 0, false},
    {"language", read_language, 0, false},
    {"rule", read_rule, 0, false},
    {"licence", read_licence, 0, false},
    {"upstream", read_upstream, 0, false},
    {"copyright", read_copyright, 0, false},
    {"holders", read_holders, 0, false},
    {"aliases", read_aliases, 0, false},
    {"text", read_path, 0, false},
};

/* "dir/source.yaml" and "article.md" give "dir/article.md". */
static char *resolve_text(const char *path, const char *text)
{
    const char *slash = strrchr(path, '/');
    struct bylaw__buf buf;

    bylaw__buf_init(&buf, 0);
    if (slash)
        bylaw__buf_add(&buf, path, (size_t)(slash - path) + 1);
    bylaw__buf_add_text(&buf, text);
    return bylaw__buf_take(&buf, NULL);
}

static int resolve_upstream(struct bylaw_source *source,
                            struct bylaw__arena *owner, const char *path)
{
    char *text;

    if (!source->upstream.text)
        return 0;
    text = resolve_text(path, source->upstream.text);
    source->upstream.text = text ? bylaw__arena_strdup(owner, text) : NULL;
    free(text);
    return source->upstream.text ? 0 : BYLAW_ENOMEM;
}

static void check_has_words(struct complaints *c, const struct yaml_node *tree,
                            const struct manifest *manifest)
{
    if (!manifest->source->url && !manifest->text && !c->count)
        bylaw__complain(c, BYLAW_ECONFIG, "rules.missing-key", tree->place,
                        "neither \"url\" nor \"text\" says where the article "
                        "is to be read");
}

/* Arena for the source itself, filled from a tree in scratch memory. */
static int read_source(struct manifest *manifest, struct bylaw__arena *owner,
                       struct bylaw_span yaml, const char *path,
                       struct bylaw_error *err)
{
    struct bylaw__arena scratch = {0};
    struct complaints complaints = {0};
    struct reading reading = {.arena = owner,
                              .complaints = &complaints,
                              .null_is_absent = true};
    const struct yaml_node *tree =
        bylaw__yaml_read(&scratch, yaml, path, &complaints);
    int rc;

    if (tree) {
        bylaw__read_mapping(&reading, tree, manifest_rows,
                            COUNT_OF(manifest_rows), manifest);
        check_has_words(&complaints, tree, manifest);
    }
    if (tree && !manifest->source->id && !complaints.count)
        bylaw__complain(&complaints, BYLAW_ECONFIG, "rules.missing-key",
                        tree->place, "key \"id\" is empty");
    rc = bylaw__complaints_end(&complaints, err);
    if (scratch.failed || owner->failed || (!tree && !rc))
        rc = bylaw__fail_memory(err, path);
    bylaw__arena_release(&scratch);
    return rc;
}

int bylaw__manifest_read(struct bylaw_source **out, char **out_text,
                         struct bylaw_span yaml, const char *path,
                         struct bylaw_error *err)
{
    struct bylaw__arena *owner = bylaw__owner_new(0);
    struct manifest manifest = {NULL, NULL};
    char *text = NULL;
    int rc;

    if (owner)
        manifest.source = bylaw__arena_alloc(owner, sizeof(*manifest.source));
    if (!manifest.source) {
        rc = bylaw__fail_memory(err, path);
        goto done;
    }
    rc = read_source(&manifest, owner, yaml, path, err);
    if (rc)
        goto done;
    manifest.source->path = bylaw__arena_strdup(owner, path);
    if (manifest.text)
        text = resolve_text(path, manifest.text);
    if (!manifest.source->path || (manifest.text && !text) ||
        resolve_upstream(manifest.source, owner, path)) {
        rc = bylaw__fail_memory(err, path);
        goto done;
    }
    manifest.source->owner = owner;
    *out = manifest.source;
    *out_text = text;
    owner = NULL;
    text = NULL;
done:
    free(text);
    bylaw__owner_free(owner);
    return rc;
}
