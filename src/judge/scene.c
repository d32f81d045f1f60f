/* SPDX-License-Identifier: Apache-2.0 */
/* The page looked at once: lines in which credit may stand, and what of it */
#include "judge_int.h"

/* A line of credit is short; of a longer block only its ends can be one. */
#define LINE_WORDS 120u
#define END_BYTES  480u
/* A copied block counts as the source's own credit line only when short and
 * among the first or last few copied ones. */
#define EDGE_WORDS  40u
#define EDGE_BLOCKS 4u
/* Visible blocks beyond which text no longer belongs to the copied article */
#define NEAR_BLOCKS 6u
/* Lines whose grammar is looked at, against pages made of a million lines */
#define GRAMMAR_LINES_MAX 4000u
#define PHRASE_TRIES      4
#define STEM_BYTES        4096u
#define SLOT              "\xE2\x80\xA6" /* the ellipsis */
#define TAIL_WORDS        2u /* fewer after the copied words say nothing */
#define MOSTLY_COPIED     0.5

enum seen seen_of(enum bylaw_visibility visibility)
{
    if (visibility == BYLAW_VISIBILITY_VISIBLE)
        return SEEN_YES;
    return visibility == BYLAW_VISIBILITY_UNKNOWN ? SEEN_DOUBTFUL : SEEN_NO;
}

static const struct bylaw__place *place_of(const struct bylaw__case *c,
                                           uint32_t block)
{
    if (!c->placement || !c->placement->blocks ||
        block >= c->document->block_count)
        return NULL;
    return &c->placement->blocks[block];
}

enum stand stand_of(const struct bylaw__case *c, uint32_t block,
                    enum bylaw_zone zone)
{
    static const enum stand by_zone[] = {
        [BYLAW_ZONE_UNKNOWN] = STAND_OFF,   [BYLAW_ZONE_BODY] = STAND_PROSE,
        [BYLAW_ZONE_BYLINE] = STAND_CREDIT, [BYLAW_ZONE_CREDIT] = STAND_CREDIT,
        [BYLAW_ZONE_FOOTER] = STAND_OFF,    [BYLAW_ZONE_SIDEBAR] = STAND_OFF,
        [BYLAW_ZONE_COMMENTS] = STAND_OFF,  [BYLAW_ZONE_NAV] = STAND_NOWHERE,
        [BYLAW_ZONE_HEAD] = STAND_NOWHERE,
    };
    const struct bylaw__place *place = place_of(c, block);

    if (zone == BYLAW_ZONE_UNKNOWN && place && place->is_article)
        return STAND_PROSE;
    return (size_t)zone < sizeof(by_zone) / sizeof(by_zone[0]) ? by_zone[zone]
                                                               : STAND_OFF;
}

uint32_t count_words(struct bylaw_span text, uint32_t max)
{
    uint32_t words = 0;
    bool inside = false;

    for (size_t i = 0; i < text.len && words < max; i++) {
        bool space = bylaw__is_space((unsigned char)text.ptr[i]);

        words += !space && !inside;
        inside = !space;
    }
    return words;
}

/* Soft hyphens, zero-width spaces and the like stand inside of words, which
 * only folding joins again. */
static bool is_format(uint32_t cp)
{
    return cp == 0xAD || (cp >= 0x200B && cp <= 0x200F) ||
           (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F);
}

/* General punctuation, quotation marks, the copyright and currency signs are
 * no letters: without others, ASCII comparison of words loses nothing. */
bool has_foreign_letters(struct bylaw_span text)
{
    size_t pos = 0;

    while (pos < text.len) {
        uint32_t cp;

        if ((unsigned char)text.ptr[pos] < 0x80) {
            pos++;
            continue;
        }
        cp = bylaw__utf8_next(text, &pos);
        if (is_format(cp) || (cp >= 0xC0 && !(cp >= 0x2000 && cp <= 0x20CF)))
            return true;
    }
    return false;
}

/* A paragraph that the page put in lies between copied words, but is none. */
static bool is_put_in(const struct bylaw_match *match, struct bylaw_range page)
{
    for (size_t i = 0; i < match->edit_count; i++)
        if (match->edits[i].kind == BYLAW_EDIT_INSERTED &&
            match->edits[i].page.begin <= page.begin &&
            match->edits[i].page.end >= page.end)
            return true;
    return false;
}

bool scene_is_copied(const struct scene *scene, struct bylaw_range page)
{
    const struct bylaw_match *match = scene->c->match;
    size_t low = 0, high = match ? match->span_count : 0;

    while (low < high) { /* last span that begins at or before page.begin */
        size_t middle = low + (high - low) / 2;

        if (match->spans[middle].page.begin <= page.begin)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && match->spans[low - 1].page.end >= page.end &&
           !is_put_in(match, page);
}

struct bylaw_range line_bytes(const struct scene *scene,
                              const struct line *line, struct bylaw_range at)
{
    const struct bylaw_block *block = &scene->c->document->blocks[line->block];

    if (!block->map_count)
        return block->bytes;
    return bylaw__textmap_range(block->map, block->map_count,
                                line->offset + at.begin, line->offset + at.end);
}

/* Lines are in page order, and blocks do not overlap. */
size_t first_line_after(const struct scene *scene, uint32_t at)
{
    const struct bylaw_block *blocks = scene->c->document->blocks;
    size_t low = 0, high = scene->line_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (blocks[scene->lines[middle].block].bytes.end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool scene_line_at(const struct scene *scene, struct bylaw_range page,
                   const struct line **out, struct bylaw_range *out_at)
{
    const struct bylaw_block *blocks = scene->c->document->blocks;

    for (size_t i = first_line_after(scene, page.begin); i < scene->line_count;
         i++) {
        const struct line *line = &scene->lines[i];
        struct bylaw_range whole = {0, (uint32_t)line->text.len};
        struct bylaw_range bytes = line_bytes(scene, line, whole);

        if (blocks[line->block].bytes.begin > page.begin)
            return false;
        if (bytes.end <= page.begin || bytes.begin > page.begin)
            continue;
        *out = line;
        *out_at = whole;
        return true;
    }
    return false;
}

bool find_copyright_mark(struct bylaw_range *out, struct bylaw_span text)
{
    static const char *const marks[] = {"\xC2\xA9", "copyright", "(c)"};

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        struct bylaw_span mark = bylaw__span_of(marks[i]);
        size_t at = bylaw__span_find_nocase(text, mark);

        if (at == SIZE_MAX)
            continue;
        out->begin = (uint32_t)at;
        out->end = (uint32_t)(at + mark.len);
        return true;
    }
    return false;
}

/* ------------------------------------------------ what is made on demand */

const bylaw_url *link_url(const struct scene *scene,
                          const struct bylaw_link *link)
{
    struct address *address =
        &scene->addresses[link - scene->c->document->links];

    if (!address->is_read && link->url)
        bylaw_url_parse(&address->url, bylaw__span_of(link->url), NULL, NULL);
    address->is_read = true;
    return address->url;
}

struct bylaw_span line_words(const struct scene *scene, const struct line *line)
{
    struct bylaw_span *words = &scene->lines[line - scene->lines].words;
    struct bylaw__buf buf;

    if (words->len)
        return *words;
    bylaw__buf_init(&buf, 0);
    bylaw__buf_add_char(&buf, ' ');
    bylaw__text_normalise(&buf, line->text);
    bylaw__buf_add_char(&buf, ' ');
    if (!buf.failed)
        *words = bylaw__arena_span(scene->arena, bylaw__buf_span(&buf));
    else
        scene->arena->failed = true;
    bylaw__buf_release(&buf);
    return *words;
}

struct bylaw_span line_squeezed(const struct scene *scene,
                                const struct line *line)
{
    struct bylaw_span *squeezed = &scene->lines[line - scene->lines].squeezed;
    struct bylaw__buf buf;

    if (squeezed->len)
        return *squeezed;
    if (!*scene->folds)
        *scene->folds = bylaw__folds_new();
    bylaw__buf_init(&buf, 0);
    if (*scene->folds && !bylaw__text_squeeze(&buf, line->text, *scene->folds))
        *squeezed = bylaw__arena_span(scene->arena, bylaw__buf_span(&buf));
    else
        scene->arena->failed = true;
    bylaw__buf_release(&buf);
    return *squeezed;
}

bool find_in_line(struct bylaw_range *out, const struct scene *scene,
                  const struct line *line, bylaw__phrase *phrase)
{
    if ((line->words.len || line->is_foreign) &&
        !bylaw__phrase_may_stand(phrase, line_words(scene, line)))
        return false;
    return bylaw__phrase_seek(out, line->text, phrase);
}

/* ------------------------------------------------------------ grammar --- */

/* True where a new clause may begin at that byte: the safeguard that keeps
 * "a source told ..." and "said by ..." from being read as credit. */
static bool starts_clause(struct bylaw_span text, size_t at)
{
    unsigned char before;

    while (at > 0 && text.ptr[at - 1] == ' ')
        at--;
    if (at == 0)
        return true;
    before = (unsigned char)text.ptr[at - 1];
    if (before >= 0x80)
        return at >= 3 && (unsigned char)text.ptr[at - 3] == 0xE2;
    return !bylaw__is_alnum(before) && before != ',' && before != '\'';
}

static bool needs_clause_start(const struct bylaw_phrase *phrase)
{
    return (phrase->role == BYLAW_PHRASE_AUTHOR ||
            phrase->role == BYLAW_PHRASE_SOURCE) &&
           (unsigned char)phrase->stem[0] < 0x80;
}

static bool find_phrase(struct bylaw_range *out, const struct line *line,
                        const struct bylaw_phrase *phrase)
{
    size_t from = 0;

    for (int i = 0; i < PHRASE_TRIES && from < line->text.len; i++) {
        struct bylaw_span rest =
            bylaw__span_sub(line->text, from, line->text.len);

        if (!bylaw__phrase_find(out, rest, bylaw__span_of(phrase->stem)))
            return false;
        out->begin += (uint32_t)from;
        out->end += (uint32_t)from;
        if (!needs_clause_start(phrase) ||
            starts_clause(line->text, out->begin))
            return true;
        from = out->end > from ? out->end : from + 1;
    }
    return false;
}

/* " words of the stem " up to its first slot, as they stand between spaces in
 * a normalised line: most stems are ruled out by a search for that. */
static void add_stem(struct bylaw__buf *out, const char *stem)
{
    size_t len = strcspn(stem, "*{"), start;
    const char *slot = strstr(stem, SLOT);

    if (slot && (size_t)(slot - stem) < len)
        len = (size_t)(slot - stem);
    bylaw__buf_add_char(out, ' ');
    start = out->len;
    bylaw__text_normalise(out, (struct bylaw_span){stem, len});
    if (out->len > start)
        bylaw__buf_add_char(out, ' ');
}

/* Length of a stem's first word with the spaces around it; 0 where a slot cuts
 * the word off, so that it may stand anywhere in a word. */
static size_t first_word(struct bylaw_span stem)
{
    const char *end =
        stem.len > 1 ? memchr(stem.ptr + 1, ' ', stem.len - 1) : NULL;

    return end ? (size_t)(end - stem.ptr) + 1 : 0;
}

static size_t chain_of(const char *word, size_t len)
{
    return (size_t)(bylaw__hash64((struct bylaw_span){word, len}) %
                    STEM_CHAINS);
}

/* Each stem joins the chain of its first word; those without one, the last. */
static void chain_stems(struct scene *scene)
{
    for (size_t i = 0; i <= STEM_CHAINS; i++)
        scene->stem_chains[i] = STEM_NONE;
    for (size_t i = scene->c->phrase_count; i-- > 0;) {
        size_t len = first_word(scene->stems[i]);
        size_t chain = len ? chain_of(scene->stems[i].ptr, len) : STEM_CHAINS;

        scene->stem_next[i] = scene->stem_chains[chain];
        scene->stem_chains[chain] = (uint32_t)i;
    }
}

static int read_stems(struct scene *scene)
{
    const struct bylaw__case *c = scene->c;
    struct bylaw__buf stem;
    int rc = 0;

    bylaw__buf_init(&stem, STEM_BYTES);
    scene->stems = bylaw__arena_alloc_array(scene->arena, c->phrase_count,
                                            sizeof(*scene->stems));
    scene->stem_next = bylaw__arena_alloc_array(scene->arena, c->phrase_count,
                                                sizeof(*scene->stem_next));
    scene->is_candidate =
        bylaw__arena_alloc_array(scene->arena, c->phrase_count,
                                 sizeof(*scene->is_candidate));
    if (!scene->stems || !scene->stem_next || !scene->is_candidate)
        rc = BYLAW_ENOMEM;
    for (size_t i = 0; !rc && i < c->phrase_count; i++) {
        bylaw__buf_clear(&stem);
        add_stem(&stem, c->phrases[i].stem);
        scene->stems[i] =
            bylaw__arena_span(scene->arena, bylaw__buf_span(&stem));
    }
    if (stem.failed || scene->arena->failed)
        rc = BYLAW_ENOMEM;
    if (!rc)
        chain_stems(scene);
    bylaw__buf_release(&stem);
    return rc;
}

/* Marks the phrases whose stem stands in the words (" a b c "). */
static void find_candidates(struct scene *scene, struct bylaw_span words)
{
    size_t at = 0, count = scene->c->phrase_count;

    if (count)
        memset(scene->is_candidate, 0, count * sizeof(*scene->is_candidate));
    for (uint32_t i = scene->stem_chains[STEM_CHAINS]; i != STEM_NONE;
         i = scene->stem_next[i])
        scene->is_candidate[i] =
            bylaw__span_find(words, scene->stems[i]) != SIZE_MAX;
    while (at + 1 < words.len) {
        struct bylaw_span rest = bylaw__span_sub(words, at, words.len);
        size_t len = first_word(rest);

        if (!len)
            return;
        for (uint32_t i = scene->stem_chains[chain_of(rest.ptr, len)];
             i != STEM_NONE; i = scene->stem_next[i])
            if (!scene->is_candidate[i] && rest.len >= scene->stems[i].len &&
                !memcmp(rest.ptr, scene->stems[i].ptr, scene->stems[i].len))
                scene->is_candidate[i] = true;
        at += len - 1;
    }
}

/* Of several phrases of one role the longest is kept: it says most. */
static void keep_phrase(struct line *line, enum bylaw_phrase_role role,
                        struct bylaw_range at)
{
    struct bylaw_range *kept = &line->at[role];

    if (!(line->roles & ROLE_BIT(role)) ||
        at.end - at.begin > kept->end - kept->begin)
        *kept = at;
    line->roles |= ROLE_BIT(role);
}

static void read_grammar(struct line *line, struct scene *scene)
{
    const struct bylaw__case *c = scene->c;
    struct bylaw_range at;

    find_candidates(scene, line_words(scene, line));
    for (size_t i = 0; i < c->phrase_count; i++) {
        const struct bylaw_phrase *phrase = &c->phrases[i];

        if (scene->is_candidate[i] && (size_t)phrase->role < ROLE_COUNT &&
            find_phrase(&at, line, phrase))
            keep_phrase(line, phrase->role, at);
    }
    if (find_copyright_mark(&line->mark, line->text) &&
        !(line->roles & ROLE_BIT(BYLAW_PHRASE_COPYRIGHT)))
        keep_phrase(line, BYLAW_PHRASE_COPYRIGHT, line->mark);
}

void scene_read_line(struct scene *scene, struct line *line)
{
    line->is_read = true;
    read_grammar(line, scene);
}

/* -------------------------------------------------------------- lines --- */

/* What the making of lines knows of the blocks around. */
struct surroundings {
    size_t copied_before, copied_total; /* mostly copied blocks */
    size_t grammar_lines;
};

static double copied_share(const struct bylaw__case *c, uint32_t block)
{
    const struct bylaw__place *place = place_of(c, block);

    return place ? place->copied : 0;
}

bool is_mostly_copied(const struct scene *scene, const struct line *line)
{
    return copied_share(scene->c, line->block) >= MOSTLY_COPIED;
}

/* The end of a copied block that was cut off as the reposter's own. */
static bool is_own_tail(const struct bylaw__case *c, const struct line *line)
{
    const struct bylaw_block *block = &c->document->blocks[line->block];

    return line->offset > 0 && line->text.len <= END_BYTES &&
           line->offset + line->text.len == block->text.len;
}

static bool has_grammar(const struct bylaw__case *c, const struct line *line,
                        const struct surroundings *around)
{
    const struct bylaw__place *place = place_of(c, line->block);

    if (around->grammar_lines >= GRAMMAR_LINES_MAX)
        return false;
    if (line->stand == STAND_CREDIT)
        return true;
    if (line->stand != STAND_PROSE)
        return false;
    if (!place)
        return true;
    if (place->copied < MOSTLY_COPIED || is_own_tail(c, line))
        return place->is_article || place->distance <= NEAR_BLOCKS;
    return line->text.len < END_BYTES &&
           count_words(line->text, EDGE_WORDS + 1) <= EDGE_WORDS &&
           (around->copied_before < EDGE_BLOCKS ||
            around->copied_before + EDGE_BLOCKS >= around->copied_total);
}

static void add_line(struct scene *scene, uint32_t number, size_t begin,
                     size_t end, struct surroundings *around)
{
    const struct bylaw__case *c = scene->c;
    const struct bylaw_block *block = &c->document->blocks[number];
    const struct bylaw__place *place = place_of(c, number);
    struct line *line = &scene->lines[scene->line_count];

    line->text = bylaw__span_sub(block->text, begin, end);
    if (!line->text.len)
        return;
    scene->line_count++;
    line->block = number;
    line->offset = (uint32_t)begin;
    line->zone = place ? place->zone : block->zone;
    line->stand = stand_of(c, number, line->zone);
    line->seen = seen_of(block->visibility);
    line->is_foreign = has_foreign_letters(line->text);
    if (!has_grammar(c, line, around))
        return;
    around->grammar_lines++;
    scene_read_line(scene, line);
}

/* A byte of text where it may be cut: not inside a UTF-8 sequence. */
static size_t cut_at(struct bylaw_span text, size_t at)
{
    while (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
        at++;
    return at;
}

/* Where in a block's text a byte of the page stands. */
static size_t text_offset(const struct bylaw_block *block, uint32_t page)
{
    for (uint32_t i = 0; i < block->map_count; i++) {
        const struct bylaw__textmap *piece = &block->map[i];

        if (page <= piece->page_off)
            return piece->text_off;
        if (page < piece->page_off + piece->page_len)
            return piece->text_len == piece->page_len
                       ? piece->text_off + (page - piece->page_off)
                       : piece->text_off + piece->text_len;
    }
    return block->map_count ? block->text.len : page - block->bytes.begin;
}

/* Where the reposter's own words begin that end a copied paragraph, or the
 * length of its text: "... in Seoul too. (Source: X)". */
static size_t own_tail(const struct scene *scene, uint32_t number)
{
    const struct bylaw_block *block = &scene->c->document->blocks[number];
    const struct bylaw_match *match = scene->c->match;
    size_t last = match ? match->span_count : 0, tail;

    if (copied_share(scene->c, number) < MOSTLY_COPIED ||
        count_words(block->text, EDGE_WORDS + 1) <= EDGE_WORDS)
        return block->text.len;
    while (last > 0 && match->spans[last - 1].page.begin >= block->bytes.end)
        last--;
    if (!last || match->spans[last - 1].page.end <= block->bytes.begin ||
        match->spans[last - 1].page.end >= block->bytes.end)
        return block->text.len;
    tail = cut_at(block->text,
                  text_offset(block, match->spans[last - 1].page.end));
    return count_words(bylaw__span_sub(block->text, tail, block->text.len),
                       TAIL_WORDS) == TAIL_WORDS
               ? tail
               : block->text.len;
}

static void add_block(struct scene *scene, uint32_t number,
                      struct surroundings *around)
{
    struct bylaw_span text = scene->c->document->blocks[number].text;
    size_t head, tail = own_tail(scene, number);

    if (tail < text.len) {
        add_line(scene, number, 0, tail, around);
        add_line(scene, number, tail, text.len, around);
        return;
    }
    if (text.len <= 2 * END_BYTES ||
        count_words(text, LINE_WORDS + 1) <= LINE_WORDS) {
        add_line(scene, number, 0, text.len, around);
        return;
    }
    head = cut_at(text, END_BYTES);
    tail = cut_at(text, text.len - END_BYTES);
    add_line(scene, number, 0, head, around);
    add_line(scene, number, head, tail, around);
    add_line(scene, number, tail, text.len, around);
}

static int make_lines(struct scene *scene)
{
    const struct bylaw_document *document = scene->c->document;
    struct surroundings around = {0};

    scene->lines =
        bylaw__arena_alloc_array(scene->arena, document->block_count * 3 + 1,
                                 sizeof(*scene->lines));
    if (!scene->lines)
        return BYLAW_ENOMEM;
    for (uint32_t i = 0; i < document->block_count; i++)
        around.copied_total += copied_share(scene->c, i) >= MOSTLY_COPIED;
    for (uint32_t i = 0; i < document->block_count; i++) {
        add_block(scene, i, &around);
        around.copied_before += copied_share(scene->c, i) >= MOSTLY_COPIED;
    }
    return 0;
}

/* ------------------------------------------------- source and the rule --- */

static void add_target(struct scene *scene, const char *text)
{
    if (text && *text &&
        !bylaw_url_parse(&scene->targets[scene->target_count],
                         bylaw__span_of(text), NULL, NULL))
        scene->target_count++;
}

static int read_addresses(struct scene *scene)
{
    const struct bylaw_source *source = scene->c->source;

    scene->targets =
        bylaw__arena_alloc_array(scene->arena, source->alias_count + 1,
                                 sizeof(*scene->targets));
    if (!scene->targets)
        return BYLAW_ENOMEM;
    add_target(scene, source->url);
    for (size_t i = 0; i < source->alias_count; i++)
        add_target(scene, source->aliases[i]);
    if (source->upstream.url)
        bylaw_url_parse(&scene->upstream, bylaw__span_of(source->upstream.url),
                        NULL, NULL);
    return 0;
}

static int make_stores(struct scene *scene)
{
    size_t count = scene->c->document->link_count;

    scene->addresses = bylaw__arena_alloc_array(scene->arena, count + 1,
                                                sizeof(*scene->addresses));
    scene->folds = bylaw__arena_alloc(scene->arena, sizeof(*scene->folds));
    return scene->addresses && scene->folds ? 0 : BYLAW_ENOMEM;
}

static int read_names(struct scene *scene)
{
    const struct bylaw_rule *rule = scene->c->rule;
    const struct bylaw_source *source = scene->c->source;
    size_t room = (rule ? rule->name_count : 0) + 1;

    scene->names =
        bylaw__arena_alloc_array(scene->arena, room, sizeof(*scene->names));
    if (!scene->names)
        return BYLAW_ENOMEM;
    if (source->publisher && *source->publisher)
        scene->names[scene->name_count++] = source->publisher;
    for (size_t i = 0; rule && i < rule->name_count; i++)
        scene->names[scene->name_count++] = rule->names[i].text;
    scene->owner = scene->name_count ? scene->names[0] : "the publisher";
    return 0;
}

static void read_gap(struct scene *scene)
{
    const struct bylaw__case *c = scene->c;

    if (!c->is_complete)
        scene->gap =
            bylaw__arena_printf(scene->arena,
                                "the page could not be read whole%s%s",
                                c->incomplete_count ? ": " : "",
                                c->incomplete_count ? c->incomplete_because[0]
                                                    : "");
    else if (c->match && c->match->class == BYLAW_MATCH_TRANSLATION)
        scene->gap = "the page seems to be a translation, in which credit may "
                     "be worded in ways that are not known";
}

int scene_build(struct scene *scene, const struct bylaw__case *c,
                struct bylaw__arena *arena)
{
    int rc;

    memset(scene, 0, sizeof(*scene));
    scene->c = c;
    scene->arena = arena;
    if ((rc = read_names(scene)) || (rc = read_addresses(scene)) ||
        (rc = make_stores(scene)) || (rc = read_stems(scene)) ||
        (rc = make_lines(scene)) || (rc = scene_find_ways(scene)))
        return rc;
    scene_read_mastheads(scene);
    read_gap(scene);
    scene_permit_edits(scene);
    return arena->failed ? BYLAW_ENOMEM : 0;
}

void scene_release(struct scene *scene)
{
    for (size_t i = 0; i < scene->target_count; i++)
        bylaw_url_free(scene->targets[i]);
    bylaw_url_free(scene->upstream);
    for (size_t i = 0; scene->addresses && i < scene->c->document->link_count;
         i++)
        bylaw_url_free(scene->addresses[i].url);
    bylaw__folds_free(scene->folds ? *scene->folds : NULL);
}
