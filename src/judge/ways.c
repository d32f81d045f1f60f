/* SPDX-License-Identifier: Apache-2.0 */
/* Where each link and plain-text address of a page leads, as to the source. */
#include "judge_int.h"

/* An address whose words are the title's: enough of them, and enough words
 * that agreement is no accident ("the war" is in many addresses). */
#define SLUG_SHARE     0.6
#define SLUG_WORDS_MIN 4u
#define TITLE_WORDS    64u

#define PLAIN_ADDRESSES_MAX 200u

bool scene_is_owners(const struct scene *scene, const bylaw_url *url)
{
    const struct bylaw_rule *rule = scene->c->rule;

    for (size_t i = 0; rule && i < rule->domain_count; i++)
        if (bylaw_url_in_domain(url, rule->domains[i]))
            return true;
    for (size_t i = 0; i < scene->target_count; i++)
        if (!strcmp(bylaw_url_site(url), bylaw_url_site(scene->targets[i])))
            return true;
    return false;
}

/* ----------------------------------------------- title and address words */

struct words {
    struct bylaw__buf folded; /* words, one space between */
    struct bylaw_span items[TITLE_WORDS];
    size_t count;
};

static void split_words(struct words *words, struct bylaw_span text)
{
    struct bylaw_span rest;

    bylaw__buf_init(&words->folded, 0);
    words->count = 0;
    if (bylaw__text_fold_name(&words->folded, text))
        return;
    rest = bylaw__buf_span(&words->folded);
    while (rest.len && words->count < TITLE_WORDS) {
        size_t end = bylaw__span_find(rest, BYLAW__SPAN(" "));

        if (end == SIZE_MAX)
            end = rest.len;
        if (end)
            words->items[words->count++] = bylaw__span_sub(rest, 0, end);
        rest = bylaw__span_sub(rest, end + (end < rest.len), rest.len);
    }
}

static bool holds_word(const struct words *words, struct bylaw_span word)
{
    for (size_t i = 0; i < words->count; i++)
        if (bylaw__span_eq(words->items[i], word))
            return true;
    return false;
}

static bool has_letter(struct bylaw_span word)
{
    for (size_t i = 0; i < word.len; i++)
        if (!bylaw__is_digit((unsigned char)word.ptr[i]))
            return true;
    return false;
}

/* The share is of the address's own words: a slug leaves out small words of
 * the title, never the other way round. Numbers in it are ids and dates. */
static bool is_slug_of_title(const bylaw_url *url, const char *title)
{
    struct words slug, wanted;
    size_t words = 0, shared = 0;
    bool is_slug;

    if (!title || !*title)
        return false;
    split_words(&slug, bylaw__span_of(bylaw_url_path(url)));
    split_words(&wanted, bylaw__span_of(title));
    for (size_t i = 0; i < slug.count; i++) {
        if (!has_letter(slug.items[i]))
            continue;
        words++;
        shared += holds_word(&wanted, slug.items[i]);
    }
    is_slug = shared >= SLUG_WORDS_MIN &&
              (double)shared >= SLUG_SHARE * (double)words;
    bylaw__buf_release(&slug.folded);
    bylaw__buf_release(&wanted.folded);
    return is_slug;
}

/* -------------------------------------------------------------- reach --- */

/* Digits of a number that is an article's and no page's or year's. */
#define ID_DIGITS_MIN 5u

/* The first number from *at on that is long enough to be an article's. */
static struct bylaw_span next_id(struct bylaw_span text, size_t *at)
{
    size_t begin = *at;

    for (; *at <= text.len; ++*at) {
        if (*at < text.len && bylaw__is_digit((unsigned char)text.ptr[*at]))
            continue;
        if (*at - begin >= ID_DIGITS_MIN)
            return bylaw__span_sub(text, begin, *at);
        begin = *at + 1;
    }
    return BYLAW__SPAN("");
}

/* The number of the article in another address of its site: "/print/1234567",
 * "/?p=1234567" for "/its-title/1234567". */
static bool shares_id(const bylaw_url *url, const bylaw_url *target)
{
    struct bylaw_span text = bylaw__span_of(bylaw_url_href(url)), id;
    size_t at = 0;

    while ((id = next_id(text, &at)).len) {
        struct bylaw_span other = bylaw__span_of(bylaw_url_href(target)), own;
        size_t from = 0;

        while ((own = next_id(other, &from)).len)
            if (bylaw__span_eq(id, own))
                return true;
    }
    return false;
}

static bool has_digit(struct bylaw_span word)
{
    for (size_t i = 0; i < word.len; i++)
        if (bylaw__is_digit((unsigned char)word.ptr[i]))
            return true;
    return false;
}

static bool is_file_word(struct bylaw_span word)
{
    static const char *const words[] = {"index",   "php",   "asp",     "aspx",
                                        "article", "node",  "default", "html",
                                        "post",    "story", "htm",     "s",
                                        "news",    "view"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (bylaw__span_is_nocase(word, words[i]))
            return true;
    return false;
}

/* "/?p=123", "/index.php?id=4", "/node/5", "/s/aB3x": an address without a
 * word that tells what stands there. Such ones send readers on to where the
 * article is. A query that only follows words is none. */
static bool is_wordless(const bylaw_url *url)
{
    struct bylaw_span path = bylaw__span_of(bylaw_url_path(url));
    bool has_number = bylaw_url_query(url)[0] != '\0';
    size_t begin = 0;

    for (size_t i = 0; i <= path.len; i++) {
        struct bylaw_span word = bylaw__span_sub(path, begin, i);

        if (i < path.len && bylaw__is_alnum((unsigned char)path.ptr[i]))
            continue;
        if (i < path.len && (unsigned char)path.ptr[i] >= 0x80)
            return false;
        begin = i + 1;
        if (!word.len || is_file_word(word))
            continue;
        if (!has_digit(word))
            return false;
        has_number = true;
    }
    return has_number;
}

static bool may_be_sent_on(const struct scene *scene, const bylaw_url *url)
{
    if (!is_wordless(url))
        return false;
    for (size_t i = 0; i < scene->target_count; i++)
        if (is_wordless(scene->targets[i]))
            return false; /* the site's own addresses have no words */
    return scene->target_count > 0;
}

static bool shares_any_id(const struct scene *scene, const bylaw_url *url)
{
    for (size_t i = 0; i < scene->target_count; i++)
        if (shares_id(url, scene->targets[i]))
            return true;
    return false;
}

/* Without an address of its own the article is known by its title alone. */
static enum reach reach_on_owners_site(const struct scene *scene,
                                       const bylaw_url *url)
{
    if (shares_any_id(scene, url))
        return REACH_MAYBE;
    if (may_be_sent_on(scene, url))
        return REACH_OPAQUE;
    if (bylaw_url_is_home(url))
        return REACH_HOME;
    if (!is_slug_of_title(url, scene->c->source->title))
        return REACH_SITE;
    return scene->target_count ? REACH_MAYBE : REACH_ARTICLE;
}

static enum reach reach_of_url(const struct scene *scene, const bylaw_url *url)
{
    const bylaw_url *inner = bylaw_url_unwrapped(url);

    for (size_t i = 0; i < scene->target_count; i++)
        if (bylaw_url_relate(url, scene->targets[i]) == BYLAW_URL_SAME_PAGE)
            return REACH_ARTICLE;
    if (inner)
        url = inner;
    for (size_t i = 0; inner && i < scene->target_count; i++)
        if (bylaw_url_relate(url, scene->targets[i]) == BYLAW_URL_SAME_PAGE)
            return REACH_ARTICLE;
    if (scene_is_owners(scene, url))
        return reach_on_owners_site(scene, url);
    if (scene->upstream &&
        !strcmp(bylaw_url_site(url), bylaw_url_site(scene->upstream)))
        return REACH_UPSTREAM;
    return bylaw__url_is_opaque_redirect(url) ? REACH_OPAQUE : REACH_ELSEWHERE;
}

bool way_looks_like_credit(const struct scene *scene, const struct way *way)
{
    const struct bylaw_span text = way->link->text;
    const char *title = scene->c->source->title;

    if (way->line && (way->line->roles & ROLES_ORIGIN))
        return true;
    if (title && *title && text.len &&
        bylaw__span_eq_nocase(bylaw__span_trim(text), bylaw__span_of(title)))
        return true;
    for (size_t i = 0; i < scene->name_count; i++)
        if (name_in(NULL, text, has_foreign_letters(text), scene->names[i]) ==
            BYLAW__NAME_FULL)
            return true;
    return false;
}

/* Paths and parameters by which sites send readers on to other sites. */
static bool is_detour(const bylaw_url *url)
{
    static const char *const paths[] = {"/go/",   "/out",  "/redirect",
                                        "/redir", "/exit", "/away",
                                        "/click", "/jump", "/external"};
    static const char *const parameters[] = {
        "url=", "link=", "to=", "target=", "goto=", "dest=", "u=", "redirect="};
    const char *path = bylaw_url_path(url), *query = bylaw_url_query(url);

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
        if (!strncmp(path, paths[i], strlen(paths[i])))
            return true;
    for (size_t i = 0; i < sizeof(parameters) / sizeof(parameters[0]); i++) {
        const char *at = strstr(query, parameters[i]);

        if (at && (at == query || at[-1] == '&'))
            return true;
    }
    return false;
}

static enum reach reach_of_address(const struct scene *scene,
                                   const char *address)
{
    enum reach reach = REACH_ELSEWHERE;
    bylaw_url *url = NULL;

    if (!bylaw_url_parse(&url, bylaw__span_of(address), NULL, NULL))
        reach = reach_of_url(scene, url);
    bylaw_url_free(url);
    return reach;
}

/* The page at the end may call itself by the article's address: believed of
 * the owner's own pages alone, as other copies name the original too. */
static enum reach reach_of_page(const struct scene *scene,
                                const struct bylaw_trail *trail)
{
    enum reach reach = reach_of_address(scene, trail->final_url);

    if ((reach == REACH_SITE || reach == REACH_MAYBE) && *trail->canonical &&
        reach_of_address(scene, trail->canonical) == REACH_ARTICLE)
        return REACH_ARTICLE;
    return reach == REACH_ELSEWHERE ? REACH_ASTRAY : reach;
}

/* What following the link told, over what its address tells. */
static enum reach reach_by_trail(const struct scene *scene,
                                 const struct way *way, enum reach reach)
{
    if (!way->trail || reach == REACH_ARTICLE)
        return reach;
    if (way->trail->end == BYLAW_TRAIL_PAGE)
        return reach_of_page(scene, way->trail);
    return way->trail->end == BYLAW_TRAIL_DEAD ? REACH_GONE : reach;
}

static const struct bylaw_trail *trail_of(const struct scene *scene,
                                          size_t number)
{
    for (size_t i = 0; i < scene->c->trail_count; i++)
        if (scene->c->trails[i].link == number)
            return &scene->c->trails[i];
    return NULL;
}

static enum reach reach_of_link(const struct scene *scene,
                                const struct way *way)
{
    const struct bylaw_link *link = way->link;
    enum reach reach = REACH_ELSEWHERE;

    if (link->kind == BYLAW_LINK_REAL && link->url) {
        const bylaw_url *url = link_url(scene, link);

        if (!url)
            return REACH_ELSEWHERE;
        reach = reach_of_url(scene, url);
        if (reach == REACH_ELSEWHERE && way->stand >= STAND_PROSE &&
            is_detour(url) && way_looks_like_credit(scene, way))
            reach = REACH_OPAQUE;
        return reach_by_trail(scene, way, reach);
    }
    if (link->kind == BYLAW_LINK_MAIL || link->kind == BYLAW_LINK_OTHER)
        return REACH_ELSEWHERE;
    return way->stand >= STAND_PROSE && way_looks_like_credit(scene, way)
               ? REACH_DEAD
               : REACH_ELSEWHERE;
}

/* -------------------------------------------------------------- links --- */

/* First line of each block, so that a link finds its own. */
static const struct line *line_of_link(const struct scene *scene,
                                       const struct bylaw_link *link)
{
    size_t low = 0, high = scene->line_count;
    const struct line *best;

    if (link->block == UINT32_MAX)
        return NULL;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (scene->lines[middle].block < link->block)
            low = middle + 1;
        else
            high = middle;
    }
    if (low >= scene->line_count || scene->lines[low].block != link->block)
        return NULL;
    best = &scene->lines[low];
    for (; low < scene->line_count && scene->lines[low].block == link->block;
         low++) {
        struct bylaw_range whole = {0, (uint32_t)scene->lines[low].text.len};

        if (line_bytes(scene, &scene->lines[low], whole).begin <=
            link->bytes.begin)
            best = &scene->lines[low];
    }
    return best;
}

static bool holds_image(const struct bylaw_document *document, size_t number)
{
    struct bylaw_range whole = document->links[number].bytes;

    for (size_t i = number + 1; i < document->link_count; i++) {
        const struct bylaw_link *link = &document->links[i];

        if (link->bytes.begin >= whole.end)
            return false;
        if (!strcmp(link->element, "img"))
            return true;
    }
    return false;
}

/* A link without text or image is there for machines, not for readers. */
static void judge_visibility(struct way *way, const struct scene *scene,
                             size_t number)
{
    const struct bylaw_document *document = scene->c->document;
    const struct bylaw_link *link = way->link;

    way->seen = seen_of(link->visibility);
    way->hidden_why = link->visibility_why ? link->visibility_why : "";
    if (way->line && way->line->seen < way->seen) {
        const struct bylaw_block *block = &document->blocks[way->line->block];

        way->seen = way->line->seen;
        way->hidden_why = block->visibility_why ? block->visibility_why : "";
    }
    if (way->seen == SEEN_NO || bylaw__span_trim(link->text).len ||
        !strcmp(link->element, "area") || holds_image(document, number))
        return;
    way->seen = SEEN_NO;
    way->hidden_why = "no text or image to click on";
}

static void add_link(struct scene *scene, size_t number)
{
    const struct bylaw__case *c = scene->c;
    const struct bylaw_link *link = &c->document->links[number];
    struct way *way = &scene->ways[scene->way_count];

    if (strcmp(link->element, "a") && strcmp(link->element, "area"))
        return;
    memset(way, 0, sizeof(*way));
    way->link = link;
    way->trail = trail_of(scene, number);
    way->line = line_of_link(scene, link);
    way->zone = c->placement && c->placement->link_zones
                    ? c->placement->link_zones[number]
                    : link->zone;
    way->stand = stand_of(c, link->block, way->zone);
    way->is_copied = scene_is_copied(scene, link->bytes);
    way->reach = reach_of_link(scene, way);
    if (way->reach == REACH_ELSEWHERE)
        return;
    judge_visibility(way, scene, number);
    scene->way_count++;
}

/* --------------------------------------------------- plain-text addresses */

static bool is_address_byte(unsigned char byte)
{
    return byte > ' ' && byte < 0x7F && !strchr("<>\"'`{}|\\^", byte);
}

/* Where in a word an address begins, or SIZE_MAX. */
static size_t find_scheme(struct bylaw_span word, const char **out_prefix)
{
    static const char *const beginnings[] = {"http://", "https://"};

    *out_prefix = "";
    for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++) {
        size_t at =
            bylaw__span_find_nocase(word, bylaw__span_of(beginnings[i]));

        if (at != SIZE_MAX)
            return at;
    }
    return SIZE_MAX;
}

/* "www.example.org" or the owner's bare domain, after brackets and quotes. */
static size_t find_bare(const struct scene *scene, struct bylaw_span word,
                        const char **out_prefix)
{
    const struct bylaw_rule *rule = scene->c->rule;
    struct bylaw_span rest;
    size_t at = 0;

    *out_prefix = "https://";
    while (at < word.len && !bylaw__is_alnum((unsigned char)word.ptr[at]))
        at++;
    rest = bylaw__span_sub(word, at, word.len);
    if (bylaw__span_starts_nocase(rest, "www."))
        return at;
    for (size_t i = 0; rule && i < rule->domain_count; i++)
        if (bylaw__span_starts_nocase(rest, rule->domains[i]))
            return at;
    return SIZE_MAX;
}

static void add_plain(struct scene *scene, const struct line *line,
                      struct bylaw_range at, const char *prefix)
{
    struct bylaw_span text = bylaw__span_sub(line->text, at.begin, at.end);
    struct way *way = &scene->ways[scene->way_count];
    struct bylaw__buf address = {0};
    bylaw_url *url = NULL;

    bylaw__buf_init(&address, BYLAW_LIMIT_URL_BYTES);
    bylaw__buf_add_text(&address, prefix);
    bylaw__buf_add_span(&address, text);
    if (address.failed ||
        bylaw_url_parse(&url, bylaw__buf_span(&address), NULL, NULL))
        goto done;
    memset(way, 0, sizeof(*way));
    way->line = line;
    way->at = at;
    way->zone = line->zone;
    way->stand = line->stand;
    way->seen = line->seen;
    way->hidden_why = "";
    way->is_copied = scene_is_copied(scene, line_bytes(scene, line, at));
    way->reach = reach_of_url(scene, url);
    if (way->reach != REACH_ELSEWHERE)
        scene->way_count++;
done:
    bylaw_url_free(url);
    bylaw__buf_release(&address);
}

static void read_word(struct scene *scene, const struct line *line,
                      size_t begin, size_t end)
{
    struct bylaw_span word = bylaw__span_sub(line->text, begin, end);
    const char *prefix;
    size_t at, stop;

    if (!word.len || !memchr(word.ptr, '.', word.len))
        return;
    at = find_scheme(word, &prefix);
    if (at == SIZE_MAX)
        at = find_bare(scene, word, &prefix);
    if (at == SIZE_MAX)
        return;
    for (stop = at; stop < word.len; stop++)
        if (!is_address_byte((unsigned char)word.ptr[stop]))
            break;
    while (stop > at && strchr(".,;:!?)]*_", word.ptr[stop - 1]))
        stop--;
    if (stop > at && stop - at <= BYLAW_LIMIT_URL_BYTES)
        add_plain(scene, line,
                  (struct bylaw_range){(uint32_t)(begin + at),
                                       (uint32_t)(begin + stop)},
                  prefix);
}

static void find_plain(struct scene *scene, const struct line *line,
                       size_t room)
{
    struct bylaw_span text = line->text;
    size_t begin = 0;

    while (begin < text.len && scene->way_count < room) {
        const char *space = memchr(text.ptr + begin, ' ', text.len - begin);
        size_t end = space ? (size_t)(space - text.ptr) : text.len;

        read_word(scene, line, begin, end);
        begin = end + 1;
    }
}

int scene_find_ways(struct scene *scene)
{
    size_t links = scene->c->document->link_count, room;

    room = links + PLAIN_ADDRESSES_MAX;
    scene->ways =
        bylaw__arena_alloc_array(scene->arena, room + 1, sizeof(*scene->ways));
    if (!scene->ways)
        return BYLAW_ENOMEM;
    for (size_t i = 0; i < links; i++)
        add_link(scene, i);
    room = scene->way_count + PLAIN_ADDRESSES_MAX;
    for (size_t i = 0; i < scene->line_count; i++)
        if (scene->lines[i].stand >= STAND_PROSE && scene->lines[i].seen)
            find_plain(scene, &scene->lines[i], room);
    return 0;
}

static bool is_better(const struct way *a, const struct way *b)
{
    if (!b)
        return true;
    if (a->seen != b->seen)
        return a->seen > b->seen;
    if (a->stand != b->stand)
        return a->stand > b->stand;
    return a->is_copied < b->is_copied;
}

const struct way *scene_way(const struct scene *scene, enum reach reach,
                            enum stand least_stand, enum seen least_seen)
{
    const struct way *best = NULL;

    for (size_t i = 0; i < scene->way_count; i++) {
        const struct way *way = &scene->ways[i];

        if (way->link && way->reach == reach && way->stand >= least_stand &&
            way->seen >= least_seen && is_better(way, best))
            best = way;
    }
    return best;
}
