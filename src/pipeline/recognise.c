/* SPDX-License-Identifier: Apache-2.0 */
/* Which licence a source states, and which rule it shows itself to be under. */
#include "pipeline_int.h"

#include <stdlib.h>

/** A source as it is looked at for one rule after the other. */
struct sights {
    const struct bylaw_source *source;
    struct bylaw__buf text; /* of all blocks, as normalise() gives it */
    size_t *ends;           /* heap: of each block in text; NULL: not read */
    struct bylaw__map shingles; /* of all blocks, by hash */
};

static void sights_release(struct sights *sights)
{
    bylaw__buf_release(&sights->text);
    free(sights->ends);
    bylaw__map_release(&sights->shingles);
}

/* ---------------------------------------------------------- statements --- */

/* A statement of so many words is known by its shingles, so that an edition's
 * own comma or a changed word does not hide it; a shorter one word by word. */
#define SHINGLE_WORDS   4u
#define SHINGLES_MIN    6u
#define SHINGLES_SHARE  0.6
#define STATEMENT_BYTES 4096u

/* Appends " words " of a text as phrases are compared. */
static void normalise(struct bylaw__buf *out, struct bylaw_span text)
{
    bylaw__buf_add_char(out, ' ');
    bylaw__text_normalise(out, text);
    bylaw__buf_add_char(out, ' ');
}

/* Where the next word begins: behind the next space; len at the end. */
static size_t next_word(struct bylaw_span text, size_t at)
{
    while (at < text.len && text.ptr[at] != ' ')
        at++;
    return at < text.len ? at + 1 : text.len;
}

/* The next shingle of a text that normalise() gave, from " a b c d " up to the
 * space behind the last word; *at is 1 for the first. False: no more. */
static bool next_shingle(struct bylaw_span *out, struct bylaw_span text,
                         size_t *at)
{
    size_t begin = *at, end = begin;

    for (unsigned i = 0; i < SHINGLE_WORDS; i++)
        end = next_word(text, end);
    if (begin >= text.len || end == begin ||
        (end == text.len && text.ptr[end - 1] != ' '))
        return false;
    *out = bylaw__span_sub(text, begin - 1, end);
    *at = end == text.len ? end : next_word(text, begin);
    return true;
}

/** Whether a shingle stands somewhere. */
typedef bool stands_fn(const void *where, struct bylaw_span shingle);

static bool stands_in_block(const void *where, struct bylaw_span shingle)
{
    const struct bylaw_span *block = where;

    return bylaw__span_find(*block, shingle) != SIZE_MAX;
}

static bool stands_in_any(const void *where, struct bylaw_span shingle)
{
    uint64_t seen;

    return bylaw__map_get(where, bylaw__hash64(shingle), &seen);
}

/* Share of the statement's shingles that stand there; 0 where it has too few.
 */
static double shingles_found(struct bylaw_span statement, stands_fn *stands,
                             const void *where)
{
    size_t at = 1, total = 0, found = 0;
    struct bylaw_span shingle;

    while (next_shingle(&shingle, statement, &at)) {
        total++;
        found += stands(where, shingle);
    }
    return total < SHINGLES_MIN ? 0 : (double)found / (double)total;
}

/* Of a normalised text, with a space around each. */
static size_t count_words(struct bylaw_span text)
{
    size_t words = 0;

    for (size_t at = 1; at < text.len; at = next_word(text, at))
        words++;
    return words;
}

static struct bylaw_span normal_block(const struct sights *sights, size_t i)
{
    return bylaw__span_sub(bylaw__buf_span(&sights->text),
                           i ? sights->ends[i - 1] : 0, sights->ends[i]);
}

static int note_shingles(struct sights *sights, struct bylaw_span block)
{
    struct bylaw_span shingle;
    size_t at = 1;
    int rc = 0;

    while (!rc && next_shingle(&shingle, block, &at))
        rc = bylaw__map_put(&sights->shingles, bylaw__hash64(shingle), 1);
    return rc;
}

/* Once for all rules; false where there is no memory. */
static bool read_blocks(struct sights *sights)
{
    const struct bylaw_document *document = sights->source->document;
    int rc = 0;

    if (sights->ends)
        return !sights->text.failed;
    sights->ends = calloc(document->block_count + 1, sizeof(*sights->ends));
    for (size_t i = 0; sights->ends && i < document->block_count; i++) {
        normalise(&sights->text, document->blocks[i].text);
        sights->ends[i] = sights->text.len;
    }
    for (size_t i = 0; sights->ends && !rc && i < document->block_count; i++)
        rc = note_shingles(sights, normal_block(sights, i));
    sights->text.failed |= rc != 0;
    return sights->ends && !sights->text.failed;
}

/* A block with enough of them; mostly all blocks together have too few. */
static bool has_shingles(struct sights *sights, struct bylaw_span wanted)
{
    bool has = false;

    if (shingles_found(wanted, stands_in_any, &sights->shingles) <
        SHINGLES_SHARE)
        return false;
    for (size_t i = 0; i < sights->source->document->block_count && !has; i++) {
        struct bylaw_span block = normal_block(sights, i);

        has = shingles_found(wanted, stands_in_block, &block) >= SHINGLES_SHARE;
    }
    return has;
}

static bool says_about(struct sights *sights, const char *statement)
{
    struct bylaw__buf wanted;
    bool has;

    bylaw__buf_init(&wanted, STATEMENT_BYTES);
    normalise(&wanted, bylaw__span_of(statement));
    has = !wanted.failed &&
          count_words(bylaw__buf_span(&wanted)) >=
              SHINGLES_MIN + SHINGLE_WORDS - 1 &&
          has_shingles(sights, bylaw__buf_span(&wanted));
    bylaw__buf_release(&wanted);
    return has;
}

static bool says_just(struct sights *sights, const char *statement)
{
    const struct bylaw_document *document = sights->source->document;
    struct bylaw_range where;
    bylaw__phrase *phrase;
    bool has = false;

    if (bylaw__phrase_new(&phrase, bylaw__span_of(statement)))
        return false;
    for (size_t i = 0; i < document->block_count && !has; i++)
        has = bylaw__phrase_may_stand(phrase, normal_block(sights, i)) &&
              bylaw__phrase_seek(&where, document->blocks[i].text, phrase);
    bylaw__phrase_free(phrase);
    return has;
}

static bool has_statement(struct sights *sights, const char *statement)
{
    return read_blocks(sights) &&
           (says_just(sights, statement) || says_about(sights, statement));
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

static bool shows(struct sights *sights, const struct bylaw_rule *rule,
                  bool links)
{
    for (size_t i = 0; i < rule->mark_count; i++) {
        const struct bylaw_mark *mark = &rule->marks[i];

        if (mark->is_link != links)
            continue;
        if (links ? has_link(sights->source->document, mark->text)
                  : has_statement(sights, mark->text))
            return true;
    }
    return false;
}

static bool says(struct sights *sights, const struct bylaw_rule *rule)
{
    return shows(sights, rule, false);
}

static bool links_to(struct sights *sights, const struct bylaw_rule *rule)
{
    return shows(sights, rule, true);
}

/* What a licence without a version is taken for: the version that asks least. */
#define NEWEST_VERSION "4.0"

/* A licence is named by SPDX id, by the rule's own id, or by its address; that
 * of Creative Commons by what any of these says, whatever its port. */
static bool is_licence(const struct bylaw_rule *rule, const char *licence)
{
    struct bylaw_span name = bylaw__span_of(licence);
    struct bylaw__licence wanted, own;

    if (bylaw__span_is_nocase(name, rule->id) ||
        (rule->licence && bylaw__span_is_nocase(name, rule->licence)))
        return true;
    if (rule->licence && bylaw__licence_of(&wanted, name) &&
        bylaw__licence_of(&own, bylaw__span_of(rule->licence)) &&
        bylaw__licence_is_same(&wanted, &own))
        return *wanted.version || !strcmp(own.version, NEWEST_VERSION);
    for (size_t i = 0; i < rule->mark_count; i++)
        if (rule->marks[i].is_link && is_below(name, rule->marks[i].text))
            return true;
    return false;
}

static bool is_licensed(struct sights *sights, const struct bylaw_rule *rule)
{
    return sights->source->licence && is_licence(rule, sights->source->licence);
}

static bool is_at_home(const struct bylaw_source *source,
                       const struct bylaw_rule *rule)
{
    bylaw_url *url = NULL;
    bool is_home = false;

    if (!source->url ||
        bylaw_url_parse(&url, bylaw__span_of(source->url), NULL, NULL))
        return false;
    for (size_t i = 0; i < rule->domain_count && !is_home; i++)
        is_home = bylaw_url_in_domain(url, rule->domains[i]);
    bylaw_url_free(url);
    return is_home;
}

static bool is_licensed_at_home(struct sights *sights,
                                const struct bylaw_rule *rule)
{
    return is_licensed(sights, rule) && is_at_home(sights->source, rule);
}

static bool links_at_home(struct sights *sights, const struct bylaw_rule *rule)
{
    return links_to(sights, rule) &&
           (!sights->source->url || is_at_home(sights->source, rule));
}

/* What speaks for a rule, the surest first. A publisher's policy is more than
 * the licence it builds on, so its own words go first, and its rule is never
 * taken for others' articles under the same licence. Elsewhere than at home a
 * link to a policy is in passing. */
typedef bool sign_fn(struct sights *sights, const struct bylaw_rule *rule);

static const struct bylaw_rule *find_fitting(const struct bylaw_rules *rules,
                                             struct sights *sights,
                                             bool is_policy, sign_fn *fits)
{
    for (size_t i = 0; i < rules->count; i++) {
        const struct bylaw_rule *rule = &rules->items[i];

        if ((rule->domain_count > 0) == is_policy && fits(sights, rule))
            return rule;
    }
    return NULL;
}

/* The policy of the site that the source stands on, where it has but one. */
static const struct bylaw_rule *
find_only_policy(const struct bylaw_rules *rules,
                 const struct bylaw_source *source)
{
    const struct bylaw_rule *only = NULL;

    for (size_t i = 0; i < rules->count; i++)
        if (rules->items[i].domain_count &&
            is_at_home(source, &rules->items[i])) {
            if (only)
                return NULL;
            only = &rules->items[i];
        }
    return only;
}

static sign_fn *const policy_signs[] = {says, links_at_home,
                                        is_licensed_at_home};
static sign_fn *const licence_signs[] = {is_licensed, says, links_to};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct bylaw_rule *
bylaw__pipeline_rule_of(const struct bylaw_rules *rules,
                        const struct bylaw_source *source)
{
    struct sights sights = {.source = source};
    const struct bylaw_rule *found = NULL;

    if (source->rule)
        return bylaw_rules_find(rules, source->rule);
    for (size_t k = 0; !found && k < COUNT(policy_signs); k++)
        found = find_fitting(rules, &sights, true, policy_signs[k]);
    if (!found)
        found = find_only_policy(rules, source);
    for (size_t k = 0; !found && k < COUNT(licence_signs); k++)
        found = find_fitting(rules, &sights, false, licence_signs[k]);
    sights_release(&sights);
    return found;
}

/* ----------------------------------------------------- what it states ---- */

/* One place in which a source states a licence. */
struct stated {
    struct bylaw__licence licence;
    const char *how;
};

#define STATED_MAX 8

static const char *how_stated(const char *origin)
{
    static const struct {
        const char *origin, *how;
    } rows[] = {{"link", "a link with rel=license"}, {"json-ld", "JSON-LD"},
                {"microdata", "microdata"},          {"rdfa", "RDFa"},
                {"dc", "Dublin Core metadata"},      {"meta", "a meta element"},
                {"html", "a link to a licence"}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!strcmp(origin, rows[i].origin))
            return rows[i].how;
    return "its metadata";
}

/* The first statement of each licence; a link in passing only where nothing
 * says outright what the page is under. */
static size_t list_stated(struct stated *out,
                          const struct bylaw_document *document, bool passing)
{
    size_t count = 0;

    for (size_t i = 0; i < document->meta_count && count < STATED_MAX; i++) {
        const struct bylaw_meta *meta = &document->metas[i];
        struct bylaw__licence licence;
        size_t k = 0;

        if ((meta->key != BYLAW_META_LICENSE &&
             meta->key != BYLAW_META_COPYRIGHT_NOTICE) ||
            !strcmp(meta->origin, "html") != passing ||
            !bylaw__licence_of(&licence, meta->value))
            continue;
        while (k < count && !bylaw__licence_is_same(&out[k].licence, &licence))
            k++;
        if (k == count)
            out[count++] = (struct stated){licence, how_stated(meta->origin)};
    }
    return count;
}

static const char *conflict_of(struct bylaw__arena *arena,
                               const struct stated *stated, size_t count)
{
    struct bylaw__buf text;
    const char *conflict;

    if (count < 2)
        return NULL;
    bylaw__buf_init(&text, STATEMENT_BYTES);
    for (size_t i = 0; i < count; i++) {
        bylaw__buf_printf(&text, "%s%s says ", i ? ", " : "", stated[i].how);
        bylaw__licence_name(&text, &stated[i].licence);
    }
    conflict = bylaw__arena_copy(arena, bylaw__buf_span(&text));
    bylaw__buf_release(&text);
    return conflict;
}

/* Blocks behind the last paragraph in which a line still speaks of it. */
#define NOTICE_BLOCKS 3u

/* A site's own footer speaks of the site, not of the article. */
static bool is_beside_article(const struct bylaw_document *document,
                              size_t number)
{
    for (size_t i = number;; i--) {
        const struct bylaw_block *block = &document->blocks[i];

        if (block->zone == BYLAW_ZONE_FOOTER ||
            block->zone == BYLAW_ZONE_SIDEBAR ||
            block->zone == BYLAW_ZONE_NAV || block->zone == BYLAW_ZONE_COMMENTS)
            return false;
        if (block->is_main)
            return true;
        if (i == 0 || number - i >= NOTICE_BLOCKS)
            return false;
    }
}

static bool reserves_all(const struct bylaw_document *document)
{
    struct bylaw_range at;

    for (size_t i = 0; i < document->block_count; i++)
        if (bylaw__phrase_find(&at, document->blocks[i].text,
                               BYLAW__SPAN("all rights reserved")) &&
            is_beside_article(document, i))
            return true;
    return false;
}

/* A licence of Creative Commons beside a notice that reserves everything. */
static const char *reserved_conflict(struct bylaw__arena *arena,
                                     const struct stated *stated)
{
    struct bylaw__buf text;
    const char *conflict;

    bylaw__buf_init(&text, STATEMENT_BYTES);
    bylaw__buf_printf(&text, "%s says ", stated->how);
    bylaw__licence_name(&text, &stated->licence);
    bylaw__buf_add_text(&text, ", a line beside the text reserves all rights");
    conflict = bylaw__arena_copy(arena, bylaw__buf_span(&text));
    bylaw__buf_release(&text);
    return conflict;
}

/* The manifest's word as one more statement, where no other says the same. */
static size_t add_said(struct stated *stated, size_t count, const char *said)
{
    struct bylaw__licence licence;

    if (!said || !count || count == STATED_MAX ||
        !bylaw__licence_of(&licence, bylaw__span_of(said)))
        return count;
    for (size_t i = 0; i < count; i++)
        if (bylaw__licence_is_same(&licence, &stated[i].licence))
            return count;
    stated[count] = (struct stated){licence, "the manifest"};
    return count + 1;
}

void bylaw__pipeline_recognise_licence(struct bylaw_source *source,
                                       const struct bylaw_document *document,
                                       bool is_said)
{
    struct stated stated[STATED_MAX];
    size_t count = list_stated(stated, document, false);
    struct bylaw__buf name;

    if (!count && !is_said)
        count = list_stated(stated, document, true);
    if (is_said)
        count = add_said(stated, count, source->licence);
    source->licence_conflict = conflict_of(source->owner, stated, count);
    if (count == 1 && reserves_all(document))
        source->licence_conflict = reserved_conflict(source->owner, stated);
    if (is_said || !count)
        return;
    bylaw__buf_init(&name, STATEMENT_BYTES);
    bylaw__licence_name(&name, &stated[0].licence);
    source->licence = bylaw__arena_copy(source->owner, bylaw__buf_span(&name));
    bylaw__buf_release(&name);
}

/* ------------------------------------------- what judging asks of it ---- */

#define PICTURES_MAX 200u

static int list_pictures(struct bylaw_source *source)
{
    const struct bylaw_document *document = source->document;
    const char **urls =
        bylaw__arena_alloc_array(source->owner, PICTURES_MAX, sizeof(*urls));
    size_t count = 0;

    if (!urls)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < document->link_count && count < PICTURES_MAX; i++)
        if (!strcmp(document->links[i].element, "img") &&
            document->links[i].url)
            urls[count++] =
                bylaw__arena_strdup(source->owner, document->links[i].url);
    source->pictures = (struct bylaw_texts){urls, count};
    return 0;
}

static void add_exclusions(const char **said, size_t *count,
                           struct sights *sights, const struct bylaw_rule *rule)
{
    for (size_t i = 0; i < rule->exclusion_count; i++)
        if (rule->exclusions[i].kind == BYLAW_EXCLUDES_STATEMENT &&
            has_statement(sights, rule->exclusions[i].text))
            said[(*count)++] = rule->exclusions[i].text;
}

int bylaw__pipeline_gather_facts(struct bylaw_source *source,
                                 const struct bylaw_rule *const *rules,
                                 size_t rule_count, struct bylaw_error *err)
{
    struct sights sights = {.source = source};
    const char **said;
    size_t most = 0, count = 0;

    for (size_t i = 0; i < rule_count; i++)
        most += rules[i]->exclusion_count;
    said = bylaw__arena_alloc_array(source->owner, most, sizeof(*said));
    if (!said || list_pictures(source))
        return bylaw__fail_memory(err, source->path);
    for (size_t i = 0; i < rule_count; i++)
        add_exclusions(said, &count, &sights, rules[i]);
    sights_release(&sights);
    source->exclusions = (struct bylaw_texts){said, count};
    return 0;
}

void bylaw__pipeline_compare_licence(struct bylaw_source *source,
                                     const struct bylaw_rule *rule)
{
    struct stated both[2] = {{.how = "the source"}, {.how = "its rule"}};

    if (source->licence_conflict || !rule || !rule->licence ||
        !source->licence ||
        !bylaw__licence_of(&both[0].licence, bylaw__span_of(source->licence)) ||
        !bylaw__licence_of(&both[1].licence, bylaw__span_of(rule->licence)) ||
        bylaw__licence_is_same(&both[0].licence, &both[1].licence))
        return;
    source->licence_conflict = conflict_of(source->owner, both, 2);
}
