/* SPDX-License-Identifier: Apache-2.0 */
/* Which rule a source shows itself to be under, and what of it is frame. */
#include "pipeline_int.h"

static bool has_statement(const struct bylaw_document *document,
                          const char *statement)
{
    struct bylaw_range where;

    for (size_t i = 0; i < document->block_count; i++)
        if (bylaw__phrase_find(&where, document->blocks[i].text,
                               bylaw__span_of(statement)))
            return true;
    return false;
}

/* An address without what does not tell pages apart: scheme and www. */
static struct bylaw_span bare_address(struct bylaw_span address)
{
    static const char *const beginnings[] = {"https://", "http://", "www."};

    for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
        if (bylaw__span_starts_nocase(address, beginnings[i]))
            address =
                bylaw__span_sub(address, strlen(beginnings[i]), address.len);
    return address;
}

/* A mark names an address or the beginning of one up to a border: licence
 * links may carry a deed or a language behind them. */
static bool is_below(struct bylaw_span address, const char *mark)
{
    struct bylaw_span from = bare_address(bylaw__span_trim(address));
    struct bylaw_span to = bare_address(bylaw__span_of(mark));

    if (!to.len || from.len < to.len ||
        !bylaw__span_eq_nocase(bylaw__span_sub(from, 0, to.len), to))
        return false;
    return from.len == to.len || to.ptr[to.len - 1] == '/' ||
           strchr("/?#", from.ptr[to.len]);
}

static bool has_link(const struct bylaw_document *document, const char *mark)
{
    for (size_t i = 0; i < document->link_count; i++)
        if (is_below(bylaw__span_of(document->links[i].url), mark))
            return true;
    for (size_t i = 0; i < document->meta_count; i++)
        if (document->metas[i].key == BYLAW_META_LICENSE &&
            is_below(document->metas[i].value, mark))
            return true;
    return false;
}

static bool shows(const struct bylaw_source *source,
                  const struct bylaw_rule *rule, bool links)
{
    for (size_t i = 0; i < rule->mark_count; i++) {
        const struct bylaw_mark *mark = &rule->marks[i];

        if (mark->is_link != links)
            continue;
        if (links ? has_link(source->document, mark->text)
                  : has_statement(source->document, mark->text))
            return true;
    }
    return false;
}

/* A licence is named by SPDX id, by the rule's own id, or by its address. */
static bool is_licence(const struct bylaw_rule *rule, const char *licence)
{
    struct bylaw_span name = bylaw__span_of(licence);

    if (bylaw__span_is_nocase(name, rule->id) ||
        (rule->licence && bylaw__span_is_nocase(name, rule->licence)))
        return true;
    for (size_t i = 0; i < rule->mark_count; i++)
        if (rule->marks[i].is_link && is_below(name, rule->marks[i].text))
            return true;
    return false;
}

const struct bylaw_rule *
bylaw__pipeline_rule_of(const struct bylaw_rules *rules,
                        const struct bylaw_source *source)
{
    if (source->rule)
        return bylaw_rules_find(rules, source->rule);
    for (size_t i = 0; source->licence && i < rules->count; i++)
        if (is_licence(&rules->items[i], source->licence))
            return &rules->items[i];
    /* A statement in words is the publisher's own; a link may be passing. */
    for (int links = 0; links < 2; links++)
        for (size_t i = 0; i < rules->count; i++)
            if (shows(source, &rules->items[i], links))
                return &rules->items[i];
    return NULL;
}

static bool begins_with(struct bylaw_span text, struct bylaw_span beginning)
{
    return text.len >= beginning.len && beginning.len &&
           !memcmp(text.ptr, beginning.ptr, beginning.len) &&
           (text.len == beginning.len || text.ptr[beginning.len] == ' ');
}

static int is_standing_text(bool *out, const struct bylaw_block *block,
                            const struct bylaw_rule *rule,
                            struct bylaw_error *err)
{
    struct bylaw__buf text, beginning;
    int rc;

    *out = false;
    bylaw__buf_init(&text, 0);
    bylaw__buf_init(&beginning, 0);
    rc = bylaw__text_normalise(&text, block->text);
    for (size_t i = 0; !rc && !*out && i < rule->furniture_count; i++) {
        bylaw__buf_clear(&beginning);
        rc = bylaw__text_normalise(&beginning,
                                   bylaw__span_of(rule->furniture[i]));
        *out = !rc &&
               begins_with(bylaw__buf_span(&text), bylaw__buf_span(&beginning));
    }
    if (rc || text.failed || beginning.failed)
        rc = bylaw__fail_memory(err, "");
    bylaw__buf_release(&text);
    bylaw__buf_release(&beginning);
    return rc;
}

/* Most words of a line that only says who wrote or published the article. */
#define CREDIT_LINE_WORDS 12

static bool names(const struct bylaw_block *block, const char *name)
{
    return name && bylaw__name_find(NULL, block->text, bylaw__span_of(name)) ==
                       BYLAW__NAME_FULL;
}

/*
 * "By A. Author", "The Paper, May 16", "Upstream": lines about the article,
 * not of it. A reposter who writes them anew has not altered the text. A
 * sentence that happens to name somebody ends like one.
 */
static bool is_credit_line(const struct bylaw_source *source,
                           const struct bylaw_block *block)
{
    struct bylaw_span text = block->text;

    if (block->words > CREDIT_LINE_WORDS || !text.len || block->heading ||
        strchr(".!?", text.ptr[text.len - 1]) ||
        bylaw__span_is(text, source->title ? source->title : ""))
        return false;
    for (size_t i = 0; i < source->author_count; i++)
        if (names(block, source->authors[i]))
            return true;
    return names(block, source->publisher) ||
           names(block, source->upstream.publisher);
}

/* The title is of the article, wherever the page has its heading; whoever
 * copies the article from elsewhere copies it too. */
static bool is_title(const struct bylaw_source *source,
                     const struct bylaw_block *block)
{
    return block->heading && source->title &&
           bylaw__span_is_nocase(bylaw__span_trim(block->text), source->title);
}

int bylaw__pipeline_mark_furniture(struct bylaw_source *source,
                                   const struct bylaw_rule *rule,
                                   struct bylaw_error *err)
{
    const struct bylaw_document *document = source->document;
    size_t article_blocks = 0;
    bool *marks = bylaw__arena_alloc_array(source->owner, document->block_count,
                                           sizeof(*marks));
    struct bylaw_source_block *blocks =
        bylaw__arena_alloc_array(source->owner, document->block_count,
                                 sizeof(*blocks));

    if (!marks || !blocks)
        return bylaw__fail_memory(err, source->path);
    for (size_t i = 0; i < document->block_count; i++) {
        const struct bylaw_block *block = &document->blocks[i];
        bool is_heading = is_title(source, block);
        int rc = 0;

        marks[i] =
            !is_heading && (!block->is_main || block->zone != BYLAW_ZONE_BODY ||
                            is_credit_line(source, block));
        if (!marks[i] && rule)
            rc = is_standing_text(&marks[i], block, rule, err);
        if (rc)
            return rc;
        article_blocks += !marks[i] && !is_heading;
        blocks[i] = (struct bylaw_source_block){block->bytes, block->words,
                                                block->zone == BYLAW_ZONE_BODY,
                                                marks[i]};
    }
    source->is_furniture = marks;
    source->blocks = blocks;
    source->block_count = document->block_count;
    if (!article_blocks)
        return bylaw__fail(err, BYLAW_EPARSE, "source.no-article", source->path,
                           "no article text was found in it");
    return 0;
}
