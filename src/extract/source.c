/* SPDX-License-Identifier: Apache-2.0 */
/* A source from its own page or text: metadata first, then visible lines. */
#include "source_int.h"

#define OWNER_CEILING ((size_t)16 << 20)
#define ID_BYTES_MOST 60u
#define DIGEST_DIGITS 12 /* of an id when there are no words to make one of */
#define ALIASES_MOST  8u

struct maker {
    struct bylaw_source *source;
    struct bylaw__arena *arena;
    const struct bylaw_document *document;
    struct bylaw__lines lines;
};

/* A copy; NULL for empty text. Memory failures stay in the arena. */
static const char *keep(struct maker *m, struct bylaw_span text)
{
    return text.len ? bylaw__arena_copy(m->arena, text) : NULL;
}

static const char *const *keep_names(struct maker *m,
                                     const struct bylaw__names *names)
{
    const char **copy =
        bylaw__arena_alloc_array(m->arena, names->count, sizeof(*copy));

    for (size_t i = 0; copy && i < names->count; i++)
        copy[i] = bylaw__arena_copy(m->arena, names->items[i]);
    return copy;
}

static struct bylaw_span meta_of(const struct maker *m, enum bylaw_meta_key key)
{
    const struct bylaw_meta *meta = bylaw_document_meta(m->document, key);

    return meta ? meta->value : (struct bylaw_span){"", 0};
}

static struct bylaw_span either(struct bylaw_span first,
                                struct bylaw_span second)
{
    return first.len ? first : second;
}

/* ------------------------------------------------------------------ id --- */

static void add_slug(struct bylaw__buf *out, struct bylaw_span words)
{
    bool has_gap = false;

    for (size_t i = 0; i < words.len; i++) {
        if (!bylaw__is_alnum((unsigned char)words.ptr[i])) {
            has_gap = out->len > 0;
            continue;
        }
        if (has_gap && out->len + 1 >= ID_BYTES_MOST)
            return;
        if (has_gap)
            bylaw__buf_add_char(out, '-');
        has_gap = false;
        if (out->len < ID_BYTES_MOST)
            bylaw__buf_add_char(out, bylaw__lower(words.ptr[i]));
    }
}

/* A word that the ceiling cut is left out. */
static void cut_slug(struct bylaw__buf *slug)
{
    size_t end = slug->len;

    if (slug->len < ID_BYTES_MOST)
        return;
    while (end && slug->ptr[end - 1] != '-')
        end--;
    if (end > 1) {
        slug->len = end - 1;
        slug->ptr[slug->len] = '\0';
    }
}

static struct bylaw_span file_name(const char *path)
{
    struct bylaw_span name = bylaw__span_of(path);

    for (size_t i = name.len; i > 0; i--) {
        if (name.ptr[i - 1] != '/')
            continue;
        name = bylaw__span_sub(name, i, name.len);
        break;
    }
    for (size_t i = name.len; i > 1; i--)
        if (name.ptr[i - 1] == '.')
            return bylaw__span_sub(name, 0, i - 1);
    return name;
}

static const char *make_id(struct maker *m, const char *path)
{
    struct bylaw__buf folded = {0}, slug = {0};
    const char *id;

    if (bylaw__text_fold_name(&folded, bylaw__span_of(m->document->title)))
        m->arena->failed = true;
    add_slug(&slug, bylaw__buf_span(&folded));
    if (!slug.len)
        add_slug(&slug, file_name(path));
    cut_slug(&slug);
    if (slug.len)
        id = keep(m, bylaw__buf_span(&slug));
    else
        id = bylaw__arena_printf(m->arena, "source-%.*s", DIGEST_DIGITS,
                                 m->document->sha256);
    bylaw__buf_release(&folded);
    bylaw__buf_release(&slug);
    return id;
}

/* ----------------------------------------------------------- addresses --- */

static bool is_other_site(const char *address, const char *own)
{
    bylaw_url *a = NULL, *b = NULL;
    bool is_other = false;

    if (!bylaw_url_parse(&a, bylaw__span_of(address), NULL, NULL) &&
        !bylaw_url_parse(&b, bylaw__span_of(own), NULL, NULL))
        is_other = strcmp(bylaw_url_site(a), bylaw_url_site(b)) != 0;
    bylaw_url_free(a);
    bylaw_url_free(b);
    return is_other;
}

static bool is_address_key(enum bylaw_meta_key key)
{
    return key == BYLAW_META_CANONICAL || key == BYLAW_META_URL;
}

static bool is_origin_key(enum bylaw_meta_key key)
{
    return key == BYLAW_META_SYNDICATION || key == BYLAW_META_ORIGINAL ||
           key == BYLAW_META_BASED_ON || key == BYLAW_META_CANONICAL;
}

/*
 * The article's own address: canonical before og:url before where the page
 * was read, unless the canonical one is on another site. Then the page says
 * that it is itself a repost.
 */
static void fill_url(struct maker *m)
{
    const char *own = m->document->url;
    struct bylaw_span canonical = meta_of(m, BYLAW_META_CANONICAL);
    struct bylaw_span stated = either(canonical, meta_of(m, BYLAW_META_URL));
    const char *address = keep(m, stated);

    if (address && own[0] && is_other_site(address, own))
        address = NULL;
    m->source->url = address ? address : keep(m, bylaw__span_of(own));
}

static void fill_aliases(struct maker *m)
{
    struct bylaw__names aliases = {0};
    const char *own = m->source->url ? m->source->url : "";

    for (size_t i = 0; i < m->document->meta_count; i++) {
        const struct bylaw_meta *meta = &m->document->metas[i];
        struct bylaw_span *items = aliases.items;
        bool is_known = !is_address_key(meta->key) ||
                        bylaw__span_is(meta->value, own) ||
                        meta->value.len > BYLAW_LIMIT_URL_BYTES;

        for (size_t k = 0; k < aliases.count && !is_known; k++)
            is_known = bylaw__span_eq(items[k], meta->value);
        if (is_known || aliases.count >= ALIASES_MOST)
            continue;
        const char *address = keep(m, meta->value);

        if (address && !is_other_site(address, own))
            items[aliases.count++] = meta->value;
    }
    if (m->document->url[0] && aliases.count < ALIASES_MOST &&
        strcmp(m->document->url, own) != 0)
        aliases.items[aliases.count++] = bylaw__span_of(m->document->url);
    m->source->aliases = keep_names(m, &aliases);
    m->source->alias_count = aliases.count;
}

/* ------------------------------------------------------------ upstream --- */

static void fill_upstream(struct maker *m)
{
    struct bylaw_source *s = m->source;
    struct bylaw_span publisher = m->lines.upstream;

    s->upstream.url = m->lines.upstream_url
                          ? keep(m, bylaw__span_of(m->lines.upstream_url))
                          : NULL;
    for (size_t i = 0; s->url && i < m->document->meta_count; i++) {
        const struct bylaw_meta *meta = &m->document->metas[i];

        if (s->upstream.url || !is_origin_key(meta->key))
            continue;
        const char *address = keep(m, meta->value);

        if (address && is_other_site(address, s->url))
            s->upstream.url = address;
    }
    if (s->upstream.url && s->url && !is_other_site(s->upstream.url, s->url))
        s->upstream.url = NULL;
    /* Who credits itself as the original has no upstream. */
    if (s->publisher &&
        bylaw__span_eq_nocase(publisher, bylaw__span_of(s->publisher))) {
        s->upstream.url = NULL;
        return;
    }
    s->upstream.publisher = keep(m, publisher);
}

/* --------------------------------------------------------------- facts --- */

static void fill_authors(struct maker *m)
{
    struct bylaw__names names;

    bylaw__authors_of(&names, m->document);
    if (!names.count)
        names = m->lines.authors;
    m->source->authors = keep_names(m, &names);
    m->source->author_count = names.count;
}

static void fill_published(struct maker *m)
{
    struct bylaw_span stated = meta_of(m, BYLAW_META_PUBLISHED);
    char date[BYLAW__DATE_BYTES];

    if (bylaw__date_find(date, NULL, stated, true))
        m->source->published = keep(m, bylaw__span_of(date));
    else
        m->source->published = keep(m, bylaw__span_of(m->lines.published));
}

static void fill_copyright(struct maker *m)
{
    struct bylaw__names holders = m->lines.holders;
    struct bylaw_span notice = meta_of(m, BYLAW_META_COPYRIGHT_NOTICE);
    struct bylaw_span holder = meta_of(m, BYLAW_META_COPYRIGHT_HOLDER);

    if (!m->lines.copyright.len && notice.len)
        bylaw__holders_of(&holders, notice, NULL, 0);
    if (!holders.count)
        bylaw__names_add(&holders, holder);
    m->source->copyright = keep(m, either(m->lines.copyright, notice));
    m->source->holders = keep_names(m, &holders);
    m->source->holder_count = holders.count;
}

static void fill(struct maker *m, const char *path)
{
    struct bylaw_source *s = m->source;

    s->id = make_id(m, path);
    s->path = keep(m, bylaw__span_of(path));
    s->title = keep(m, bylaw__span_of(m->document->title));
    s->language = keep(m, bylaw__span_of(m->document->language));
    s->publisher =
        keep(m, either(meta_of(m, BYLAW_META_PUBLISHER), m->lines.publisher));
    s->licence = keep(m, meta_of(m, BYLAW_META_LICENSE));
    s->is_furniture =
        bylaw__arena_alloc_array(m->arena, m->document->block_count,
                                 sizeof(*s->is_furniture));
    fill_url(m);
    fill_aliases(m);
    fill_authors(m);
    fill_published(m);
    fill_copyright(m);
    fill_upstream(m);
}

static int make_source(struct maker *m, const char *path,
                       struct bylaw__credits *credits)
{
    m->source = bylaw__arena_alloc(m->arena, sizeof(*m->source));
    if (!m->source)
        return BYLAW_ENOMEM;
    m->source->owner = m->arena;
    bylaw__lines_read(&m->lines, m->document, credits);
    fill(m, path);
    return m->arena->failed ? BYLAW_ENOMEM : 0;
}

int bylaw__source_from_document(struct bylaw_source **out,
                                struct bylaw_document *document,
                                const char *path,
                                const struct bylaw_phrase *phrases,
                                size_t phrase_count, struct bylaw_error *err)
{
    struct maker m = {.document = document};
    struct bylaw__credits *credits = NULL;
    int rc = bylaw__credits_new(&credits, phrases, phrase_count);

    *out = NULL;
    m.arena = bylaw__owner_new(OWNER_CEILING);
    if (!rc)
        rc = m.arena ? make_source(&m, path, credits) : BYLAW_ENOMEM;
    bylaw__credits_free(credits);
    if (rc) {
        bylaw__owner_free(m.arena);
        return bylaw__fail_memory(err, path);
    }
    m.source->document = document;
    *out = m.source;
    return 0;
}
