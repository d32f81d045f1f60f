/* SPDX-License-Identifier: Apache-2.0 */
/* What an article's own lines say of it: by whom, where, when, whose. */
#include "source_int.h"

#define TOP_BLOCKS          10u  /* by-line and dateline stand there */
#define END_BLOCKS          200u /* in which credits are looked for */
#define LINE_BYTES_MOST     120u /* of a dateline */
#define NOTICE_BYTES_MOST   400u /* of a copyright line */
#define CREDIT_BYTES_MOST   400u /* of a line that names the original */
#define LEAD_BYTES_MOST     80u  /* "This article by A was ..." before it */
#define AFTER_DATE_MOST     24u  /* a time of day */
#define BARE_NAME_WORDS_MIN 2u   /* a link of one word is rather a topic */
#define BARE_NAME_WORDS_MAX 4u

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static bool is_article_block(const struct bylaw_block *block)
{
    return block->words && block->visibility == BYLAW_VISIBILITY_VISIBLE &&
           (block->zone == BYLAW_ZONE_UNKNOWN ||
            block->zone == BYLAW_ZONE_BODY ||
            block->zone == BYLAW_ZONE_BYLINE ||
            block->zone == BYLAW_ZONE_CREDIT);
}

/* The block that shows the title, or the first one. */
static size_t find_title_block(const struct bylaw_document *document)
{
    for (size_t i = 0; document->title[0] && i < document->block_count; i++)
        if (is_article_block(&document->blocks[i]) &&
            bylaw__span_is(document->blocks[i].text, document->title))
            return i;
    return 0;
}

/* --------------------------------------------------- by-line, dateline --- */

static void add_authors(struct bylaw__names *authors, struct bylaw_span list)
{
    struct bylaw__names names = {0};

    bylaw__names_split(&names, list);
    for (size_t i = 0; i < names.count; i++)
        if (bylaw__is_name_like(names.items[i]))
            bylaw__names_add(authors, names.items[i]);
}

/* A block that is nothing but a link with a person's name. */
static bool is_bare_name(const struct bylaw_document *document,
                         const struct bylaw_block *block)
{
    return block->link_count == 1 && !block->heading &&
           block->words >= BARE_NAME_WORDS_MIN &&
           block->words <= BARE_NAME_WORDS_MAX &&
           bylaw__span_eq(document->links[block->first_link].text,
                          block->text) &&
           bylaw__is_name_like(block->text);
}

/* "Published on", "Updated:" are no publishers. */
static bool is_publisher_like(struct bylaw_span text)
{
    static const char *const verbs[] = {
        "published", "posted",    "updated",   "on",         "date",
        "publié",    "publicado", "am",        "pubblicato", "veröffentlicht",
        "monday",    "tuesday",   "wednesday", "thursday",   "friday",
        "saturday",  "sunday"};

    for (size_t i = 0; i < COUNT(verbs); i++)
        if (bylaw__span_starts_nocase(text, verbs[i]))
            return false;
    return text.len > 1 && bylaw__is_name_like(text);
}

static struct bylaw_span trim_marks(struct bylaw_span text)
{
    text = bylaw__span_trim(text);
    while (text.len && strchr(",;:|-.", text.ptr[text.len - 1]))
        text = bylaw__span_trim(bylaw__span_sub(text, 0, text.len - 1));
    while (text.len && strchr(",;:|-.", text.ptr[0]))
        text = bylaw__span_trim(bylaw__span_sub(text, 1, text.len));
    return text;
}

/* "Global Research, May 16, 2023" */
static void read_dateline(struct bylaw__lines *out,
                          const struct bylaw_document *document,
                          struct bylaw_span text)
{
    bool month_first =
        !bylaw__span_starts_nocase(bylaw__span_of(document->language), "en-g");
    char date[BYLAW__DATE_BYTES];
    struct bylaw_range where;
    struct bylaw_span before;

    if (out->published[0] || text.len > LINE_BYTES_MOST ||
        !bylaw__date_find(date, &where, text, month_first) ||
        text.len - where.end > AFTER_DATE_MOST)
        return;
    memcpy(out->published, date, sizeof(date));
    before = trim_marks(bylaw__span_sub(text, 0, where.begin));
    if (is_publisher_like(before))
        out->publisher = before;
}

static void read_top(struct bylaw__lines *out,
                     const struct bylaw_document *document)
{
    size_t title = find_title_block(document);

    for (size_t i = title; i < document->block_count && i < title + TOP_BLOCKS;
         i++) {
        const struct bylaw_block *block = &document->blocks[i];
        struct bylaw_span names;

        if (!is_article_block(block) || (i == title && document->title[0]))
            continue;
        names = bylaw__byline_names(block->text);
        if (names.len)
            add_authors(&out->authors, names);
        else if (!out->authors.count && !out->published[0] &&
                 is_bare_name(document, block))
            add_authors(&out->authors, block->text);
        read_dateline(out, document, block->text);
    }
}

/* ----------------------------------------------------------- copyright --- */

/* What ends the names of a notice. */
static const char *const notice_ends[] = {"all rights reserved",
                                          "todos los derechos",
                                          "tous droits",
                                          "alle rechte",
                                          "tutti i diritti",
                                          "todos os direitos",
                                          "все права",
                                          "alle rechte vorbehalten",
                                          "some rights",
                                          "creative commons",
                                          "cc by",
                                          "cc-by",
                                          "cc0",
                                          "licensed",
                                          "this work",
                                          "this article"};

/* Words whose full stop ends no sentence. */
static const char *const short_forms[] = {"inc", "ltd", "co",  "corp", "bros",
                                          "jr",  "sr",  "dr",  "prof", "st",
                                          "mr",  "mrs", "e.v", "llc"};

/* What notices begin with; bytes of the sign itself included. */
static const char *const notice_signs[] = {"copyright", "©", "(c)", "&copy;",
                                           "℗"};

static bool is_notice(struct bylaw_span text)
{
    if (text.len > NOTICE_BYTES_MOST)
        return false;
    for (size_t i = 0; i < COUNT(notice_signs); i++) {
        size_t len = strlen(notice_signs[i]);

        if (bylaw__span_starts_nocase(text, notice_signs[i]) &&
            text.len > len && !bylaw__is_alpha((unsigned char)text.ptr[len]))
            return true;
    }
    return false;
}

static bool is_dropped(unsigned char c)
{
    return bylaw__is_digit(c) || bylaw__is_space(c) ||
           (c && strchr(",;:-.()/", c));
}

/* Without signs, years and "by" at either end. */
static struct bylaw_span strip_name(struct bylaw_span name)
{
    static const char *const lead[] = {"copyright", "©", "(c)",
                                       "by ",       "–", "℗"};
    bool changed = true;

    while (changed && name.len) {
        changed = false;
        for (size_t i = 0; i < COUNT(lead); i++) {
            if (!bylaw__span_starts_nocase(name, lead[i]))
                continue;
            name = bylaw__span_sub(name, strlen(lead[i]), name.len);
            changed = true;
        }
        if (name.len && is_dropped((unsigned char)name.ptr[0])) {
            name = bylaw__span_sub(name, 1, name.len);
            changed = true;
        }
    }
    while (name.len && is_dropped((unsigned char)name.ptr[name.len - 1]))
        name.len--;
    return name;
}

static bool is_year(struct bylaw_span text, size_t at)
{
    if (at + 4 > text.len ||
        (at && bylaw__is_alnum((unsigned char)text.ptr[at - 1])) ||
        (at + 4 < text.len && bylaw__is_alnum((unsigned char)text.ptr[at + 4])))
        return false;
    for (size_t i = at; i < at + 4; i++)
        if (!bylaw__is_digit((unsigned char)text.ptr[i]))
            return false;
    return text.ptr[at] == '1' || text.ptr[at] == '2';
}

/* A full stop and a blank after a word that is no initial or short form. */
static bool ends_sentence(struct bylaw_span text, size_t at)
{
    size_t begin = at;

    if (text.ptr[at] != '.' || at + 1 >= text.len || text.ptr[at + 1] != ' ')
        return false;
    while (begin && text.ptr[begin - 1] != ' ')
        begin--;
    if (at - begin < 2)
        return false;
    for (size_t i = 0; i < COUNT(short_forms); i++)
        if (bylaw__span_is_nocase(bylaw__span_sub(text, begin, at),
                                  short_forms[i]))
            return false;
    return true;
}

/* Up to the year behind the names, or to the end of their sentence. */
static struct bylaw_span cut_notice(struct bylaw_span notice)
{
    const char *end;

    for (size_t i = 0; i < COUNT(notice_ends); i++)
        notice = bylaw__span_sub(
            notice, 0,
            bylaw__span_find_nocase(notice, bylaw__span_of(notice_ends[i])));
    end = notice.ptr + notice.len;
    notice = strip_name(notice);
    notice.len = (size_t)(end - notice.ptr);
    for (size_t i = 0; i < notice.len; i++)
        if (is_year(notice, i) || ends_sentence(notice, i))
            notice.len = i;
    return notice;
}

static void add_holders(struct bylaw__names *out, struct bylaw_span list)
{
    struct bylaw__names names = {0};

    bylaw__names_split(&names, list);
    for (size_t i = 0; i < names.count; i++)
        bylaw__names_add(out, strip_name(names.items[i]));
}

void bylaw__holders_of(struct bylaw__names *out, struct bylaw_span notice,
                       const struct bylaw_link *links, size_t link_count)
{
    notice = cut_notice(notice);
    for (size_t i = 0; i < link_count; i++) {
        size_t at = links[i].text.len ? bylaw__span_find(notice, links[i].text)
                                      : SIZE_MAX;

        if (at == SIZE_MAX)
            continue;
        /* A link names one holder, whatever commas its text has. */
        add_holders(out, strip_name(bylaw__span_sub(notice, 0, at)));
        bylaw__names_add(out, strip_name(links[i].text));
        notice = bylaw__span_sub(notice, at + links[i].text.len, notice.len);
    }
    add_holders(out, strip_name(notice));
}

static void read_copyright(struct bylaw__lines *out,
                           const struct bylaw_document *document,
                           const struct bylaw_block *block)
{
    if (out->copyright.len || !is_notice(block->text))
        return;
    out->copyright = block->text;
    bylaw__holders_of(&out->holders, block->text,
                      document->links + block->first_link, block->link_count);
}

/* ------------------------------------------------------------ original --- */

/* The first link of the block that stands after byte `after` of its text. */
static const struct bylaw_link *
find_link_after(const struct bylaw_document *document,
                const struct bylaw_block *block, size_t after)
{
    uint32_t page = bylaw__textmap_range(block->map, block->map_count,
                                         (uint32_t)(after ? after - 1 : 0),
                                         (uint32_t)(after ? after : 1))
                        .end;

    for (uint32_t i = 0; i < block->link_count; i++) {
        const struct bylaw_link *link = &document->links[block->first_link + i];

        if (!strcmp(link->element, "a") && link->bytes.end > page &&
            link->text.len)
            return link;
    }
    return NULL;
}

/* What follows the phrase up to the end of the clause. */
static struct bylaw_span name_after(struct bylaw_span text, size_t after)
{
    static const char *const ends[] = {". ",    ", ",   "; ",     " | ",
                                       " and ", " on ", " under "};
    struct bylaw_span rest = trim_marks(bylaw__span_sub(text, after, text.len));

    for (size_t i = 0; i < COUNT(ends); i++)
        rest = bylaw__span_sub(rest, 0,
                               bylaw__span_find(rest, bylaw__span_of(ends[i])));
    return trim_marks(rest);
}

static void read_original(struct bylaw__lines *out,
                          const struct bylaw_document *document,
                          const struct bylaw_block *block,
                          struct bylaw_range phrase)
{
    const struct bylaw_link *link =
        find_link_after(document, block, phrase.end);
    struct bylaw_span rest =
        bylaw__span_sub(block->text, phrase.end, block->text.len);
    struct bylaw_span name = name_after(block->text, phrase.end);

    if (link && bylaw__span_find(rest, link->text) != SIZE_MAX)
        name = link->text;
    if (!bylaw__is_name_like(name) && !(link && link->url))
        return;
    if (bylaw__is_name_like(name))
        out->upstream = name;
    if (link && link->kind == BYLAW_LINK_REAL)
        out->upstream_url = link->url;
}

static void read_credit(struct bylaw__lines *out,
                        const struct bylaw_document *document,
                        const struct bylaw_block *block,
                        struct bylaw__credits *credits)
{
    struct bylaw_range where;
    size_t at = 0;

    while (!out->upstream.len && !out->upstream_url &&
           bylaw__credits_next(&where, &at, credits, block->text,
                               BYLAW_PHRASE_ORIGINAL))
        if (where.begin <= LEAD_BYTES_MOST)
            read_original(out, document, block, where);
}

/*
 * A credit to the original stands around the article, not in the middle of
 * it, where the same words tell of other works.
 */
static bool is_credit_place(const struct bylaw_document *document, size_t i)
{
    bool is_end = i * 2 >= document->block_count &&
                  i + END_BLOCKS >= document->block_count;

    return (i < TOP_BLOCKS || is_end) &&
           document->blocks[i].text.len <= CREDIT_BYTES_MOST;
}

void bylaw__lines_read(struct bylaw__lines *out,
                       const struct bylaw_document *document,
                       struct bylaw__credits *credits)
{
    memset(out, 0, sizeof(*out));
    read_top(out, document);
    for (size_t i = 0; i < document->block_count; i++) {
        const struct bylaw_block *block = &document->blocks[i];

        if (!is_article_block(block))
            continue;
        read_copyright(out, document, block);
        if (is_credit_place(document, i))
            read_credit(out, document, block, credits);
    }
    /* The site's own notice stands in for an article's. */
    for (size_t i = document->block_count; i > 0; i--)
        if (document->blocks[i - 1].zone == BYLAW_ZONE_FOOTER)
            read_copyright(out, document, &document->blocks[i - 1]);
}
