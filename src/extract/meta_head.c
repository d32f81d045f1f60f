/* SPDX-License-Identifier: Apache-2.0 */
/* Metadata in meta and link elements: Open Graph, Dublin Core and the rest. */
#include "metadata_int.h"

static const struct {
    const char *name; /* of name=, property= or http-equiv=, lower case */
    enum bylaw_meta_key key;
    const char *origin;
} names[] = {
    {"og:title", BYLAW_META_TITLE, "og"},
    {"citation_title", BYLAW_META_TITLE, "meta"},
    {"dc.title", BYLAW_META_TITLE, "dc"},
    {"dcterms.title", BYLAW_META_TITLE, "dc"},
    {"parsely-title", BYLAW_META_TITLE, "meta"},
    {"sailthru.title", BYLAW_META_TITLE, "meta"},
    {"twitter:title", BYLAW_META_TITLE, "meta"},
    {"title", BYLAW_META_TITLE, "meta"},
    {"headline", BYLAW_META_TITLE, "meta"},
    {"author", BYLAW_META_AUTHOR, "meta"},
    {"article:author", BYLAW_META_AUTHOR, "og"},
    {"article:author_name", BYLAW_META_AUTHOR, "og"},
    {"og:article:author", BYLAW_META_AUTHOR, "og"},
    {"og:author", BYLAW_META_AUTHOR, "og"},
    {"book:author", BYLAW_META_AUTHOR, "og"},
    {"parsely-author", BYLAW_META_AUTHOR, "meta"},
    {"sailthru.author", BYLAW_META_AUTHOR, "meta"},
    {"byl", BYLAW_META_AUTHOR, "meta"},
    {"citation_author", BYLAW_META_AUTHOR, "meta"},
    {"dc.creator", BYLAW_META_AUTHOR, "dc"},
    {"dc.creator.personalname", BYLAW_META_AUTHOR, "dc"},
    {"dcterms.creator", BYLAW_META_AUTHOR, "dc"},
    {"dcterms.creator.personalname", BYLAW_META_AUTHOR, "dc"},
    {"creator", BYLAW_META_AUTHOR, "meta"},
    {"cxenseparse:author", BYLAW_META_AUTHOR, "meta"},
    {"og:site_name", BYLAW_META_PUBLISHER, "og"},
    {"dc.publisher", BYLAW_META_PUBLISHER, "dc"},
    {"dcterms.publisher", BYLAW_META_PUBLISHER, "dc"},
    {"publisher", BYLAW_META_PUBLISHER, "meta"},
    {"article:publisher", BYLAW_META_PUBLISHER, "og"},
    {"citation_journal_title", BYLAW_META_PUBLISHER, "meta"},
    {"application-name", BYLAW_META_PUBLISHER, "meta"},
    {"article:published_time", BYLAW_META_PUBLISHED, "og"},
    {"article:published", BYLAW_META_PUBLISHED, "og"},
    {"og:published_time", BYLAW_META_PUBLISHED, "og"},
    {"og:article:published_time", BYLAW_META_PUBLISHED, "og"},
    {"citation_publication_date", BYLAW_META_PUBLISHED, "meta"},
    {"citation_online_date", BYLAW_META_PUBLISHED, "meta"},
    {"citation_date", BYLAW_META_PUBLISHED, "meta"},
    {"dc.date.issued", BYLAW_META_PUBLISHED, "dc"},
    {"dcterms.issued", BYLAW_META_PUBLISHED, "dc"},
    {"dc.date.created", BYLAW_META_PUBLISHED, "dc"},
    {"dcterms.created", BYLAW_META_PUBLISHED, "dc"},
    {"dcterms.date", BYLAW_META_PUBLISHED, "dc"},
    {"dc.date", BYLAW_META_PUBLISHED, "dc"},
    {"parsely-pub-date", BYLAW_META_PUBLISHED, "meta"},
    {"sailthru.date", BYLAW_META_PUBLISHED, "meta"},
    {"pubdate", BYLAW_META_PUBLISHED, "meta"},
    {"publish-date", BYLAW_META_PUBLISHED, "meta"},
    {"publish_date", BYLAW_META_PUBLISHED, "meta"},
    {"publishdate", BYLAW_META_PUBLISHED, "meta"},
    {"publication_date", BYLAW_META_PUBLISHED, "meta"},
    {"publication-date", BYLAW_META_PUBLISHED, "meta"},
    {"published", BYLAW_META_PUBLISHED, "meta"},
    {"published_at", BYLAW_META_PUBLISHED, "meta"},
    {"datepublished", BYLAW_META_PUBLISHED, "meta"},
    {"bt:pubdate", BYLAW_META_PUBLISHED, "meta"},
    {"cxenseparse:recs:publishtime", BYLAW_META_PUBLISHED, "meta"},
    {"article_date_original", BYLAW_META_PUBLISHED, "meta"},
    {"originalpublicationdate", BYLAW_META_PUBLISHED, "meta"},
    {"date", BYLAW_META_PUBLISHED, "meta"},
    {"article:modified_time", BYLAW_META_MODIFIED, "og"},
    {"og:updated_time", BYLAW_META_MODIFIED, "og"},
    {"dcterms.modified", BYLAW_META_MODIFIED, "dc"},
    {"last-modified", BYLAW_META_MODIFIED, "meta"},
    {"lastmod", BYLAW_META_MODIFIED, "meta"},
    {"og:locale", BYLAW_META_LANGUAGE, "og"},
    {"dc.language", BYLAW_META_LANGUAGE, "dc"},
    {"dcterms.language", BYLAW_META_LANGUAGE, "dc"},
    {"content-language", BYLAW_META_LANGUAGE, "meta"},
    {"language", BYLAW_META_LANGUAGE, "meta"},
    {"og:url", BYLAW_META_URL, "og"},
    {"twitter:url", BYLAW_META_URL, "meta"},
    {"description", BYLAW_META_DESCRIPTION, "meta"},
    {"og:description", BYLAW_META_DESCRIPTION, "og"},
    {"twitter:description", BYLAW_META_DESCRIPTION, "meta"},
    {"dc.description", BYLAW_META_DESCRIPTION, "dc"},
    {"dcterms.license", BYLAW_META_LICENSE, "dc"},
    {"dc.license", BYLAW_META_LICENSE, "dc"},
    {"dc.rights.license", BYLAW_META_LICENSE, "dc"},
    {"license", BYLAW_META_LICENSE, "meta"},
    {"dc.rights", BYLAW_META_COPYRIGHT_NOTICE, "dc"},
    {"dcterms.rights", BYLAW_META_COPYRIGHT_NOTICE, "dc"},
    {"rights", BYLAW_META_COPYRIGHT_NOTICE, "meta"},
    {"copyright", BYLAW_META_COPYRIGHT_NOTICE, "meta"},
    {"dcterms.rightsholder", BYLAW_META_COPYRIGHT_HOLDER, "dc"},
    {"dc.source", BYLAW_META_BASED_ON, "dc"},
    {"dcterms.source", BYLAW_META_BASED_ON, "dc"},
    {"syndication-source", BYLAW_META_SYNDICATION, "meta"},
    {"original-source", BYLAW_META_ORIGINAL, "meta"},
    {"robots", BYLAW_META_ROBOTS, "meta"},
    {"googlebot", BYLAW_META_ROBOTS, "meta"},
    {"og:type", BYLAW_META_TYPE, "og"},
};

#define NAME_COUNT (sizeof(names) / sizeof(names[0]))

/* "dc:title" and "dct.title" are other spellings of what the table holds. */
static bool is_same_name(struct bylaw_span written, const char *name)
{
    static const char *const spellings[][2] = {{"dc:", "dc."},
                                               {"dcterms:", "dcterms."},
                                               {"dct:", "dcterms."},
                                               {"dct.", "dcterms."}};

    if (bylaw__span_is_nocase(written, name))
        return true;
    for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
        size_t from = strlen(spellings[i][0]), to = strlen(spellings[i][1]);

        if (bylaw__span_starts_nocase(written, spellings[i][0]) &&
            !strncmp(name, spellings[i][1], to) &&
            bylaw__span_is_nocase(bylaw__span_sub(written, from, written.len),
                                  name + to))
            return true;
    }
    return false;
}

static int add_named(struct bylaw__meta_reader *reader, struct bylaw_span name,
                     const struct bylaw__attr *content)
{
    for (size_t i = 0; i < NAME_COUNT; i++) {
        enum bylaw_meta_key key = names[i].key;

        if (!is_same_name(name, names[i].name))
            continue;
        if (key == BYLAW_META_COPYRIGHT_NOTICE &&
            bylaw__is_cc_address(content->value))
            key = BYLAW_META_LICENSE;
        return bylaw__meta_add_decoded(reader, key, content->value,
                                       content->bytes, names[i].origin);
    }
    return 0;
}

static int read_meta(struct bylaw__meta_reader *reader,
                     const struct bylaw__node *node)
{
    static const char *const attributes[] = {"property", "name", "http-equiv"};
    const struct bylaw__attr *content = bylaw__node_attr(node, "content");
    int rc = 0;

    for (size_t i = 0; content && i < 3 && !rc; i++) {
        struct bylaw_span list = bylaw__node_value(node, attributes[i]);
        size_t begin = 0;

        for (size_t at = 0; at <= list.len && !rc; at++) {
            if (at < list.len && !bylaw__is_space((unsigned char)list.ptr[at]))
                continue;
            if (at > begin)
                rc = add_named(reader, bylaw__span_sub(list, begin, at),
                               content);
            begin = at + 1;
        }
    }
    return rc;
}

static int read_link(struct bylaw__meta_reader *reader,
                     const struct bylaw__node *node)
{
    struct bylaw_span rel = bylaw__node_value(node, "rel");
    const struct bylaw__attr *href = bylaw__node_attr(node, "href");
    int rc = 0;

    if (!href)
        return 0;
    if (bylaw__span_has_word(rel, "canonical"))
        rc = bylaw__meta_add_decoded(reader, BYLAW_META_CANONICAL, href->value,
                                     href->bytes, "link");
    if (!rc && bylaw__span_has_word(rel, "license"))
        rc = bylaw__meta_add_decoded(reader, BYLAW_META_LICENSE, href->value,
                                     href->bytes, "link");
    return rc;
}

/* <html amp> or <html ⚡> */
static int read_html(struct bylaw__meta_reader *reader,
                     const struct bylaw__node *node)
{
    if (!bylaw__node_attr(node, "amp") && !bylaw__node_attr(node, "⚡"))
        return 0;
    return bylaw__meta_add_decoded(reader, BYLAW_META_AMP, BYLAW__SPAN("true"),
                                   node->start_tag, "html");
}

int bylaw__head_read(struct bylaw__meta_reader *reader)
{
    const struct bylaw__node *node = reader->root;
    int rc = 0;

    for (; node && !rc; node = bylaw__node_next(node, reader->root)) {
        if (bylaw__node_is(node, "meta"))
            rc = read_meta(reader, node);
        else if (bylaw__node_is(node, "link"))
            rc = read_link(reader, node);
        else if (bylaw__node_is(node, "html"))
            rc = read_html(reader, node);
    }
    return rc;
}
