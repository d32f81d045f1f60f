/* SPDX-License-Identifier: Apache-2.0 */
/* Real pages as hosts: where their own article's paragraphs stand. */
#include "judge_bench.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#define PARAGRAPH_WORDS 5u   /* a shorter one is no sure find */
#define SLOTS_MIN       4u   /* an article has at least so many */
#define GOLD_SHARE      0.6  /* of the article's words that were located */
#define WHOLE_SHARE     0.99 /* less, and some of it is left on the page */
#define RAW_HOSTS_MAX   120u
#define HEADLINE_WORDS  4u /* fewer are a site's or a section's name */
#define SNIPPET_WORDS   6u

static bool read_gzip(struct bylaw__buf *out, const char *path)
{
    gzFile file = gzopen(path, "rb");
    char chunk[1 << 14];
    int got;

    if (!file)
        return false;
    while ((got = gzread(file, chunk, sizeof(chunk))) > 0)
        bylaw__buf_add(out, chunk, (size_t)got);
    gzclose(file);
    return out->len > 0;
}

/* --------------------------------------------------------------- words --- */

/* " one two three ", so that whole words can be looked for. */
static void padded_words(struct bylaw__buf *out, struct bylaw_span text)
{
    bylaw__buf_clear(out);
    bylaw__buf_add_char(out, ' ');
    bylaw__text_normalise(out, text);
    bylaw__buf_add_char(out, ' ');
}

static size_t word_count(const struct bylaw__buf *padded)
{
    size_t words = 0;

    for (size_t i = 1; i < padded->len; i++)
        words += padded->ptr[i] == ' ' && padded->ptr[i - 1] != ' ';
    return words;
}

static bool holds(const struct bylaw__buf *padded,
                  const struct bylaw__buf *needle)
{
    return bylaw__span_find(bylaw__buf_span(padded), bylaw__buf_span(needle)) !=
           SIZE_MAX;
}

static bool is_mute(const struct bylaw__node *node)
{
    return bylaw__node_is(node, "script") || bylaw__node_is(node, "style") ||
           bylaw__node_is(node, "noscript");
}

static void text_of(struct bylaw__buf *out, const struct bylaw__node *root)
{
    const struct bylaw__node *node = root->first_child;
    struct bylaw__buf raw = {0};

    while (node) {
        if (node->kind == BYLAW__NODE_TEXT)
            bylaw__buf_add_span(&raw, node->text);
        if (bylaw__node_is(node, "br"))
            bylaw__buf_add_char(&raw, ' ');
        node = is_mute(node) ? bylaw__node_skip(node, root)
                             : bylaw__node_next(node, root);
    }
    padded_words(out, bylaw__buf_span(&raw));
    bylaw__buf_release(&raw);
}

/* --------------------------------------------------------------- slots --- */

static bool is_named(const struct bylaw__node *node, const char *const *tags)
{
    for (; *tags; tags++)
        if (bylaw__node_is(node, *tags))
            return true;
    return false;
}

/* The article's other text: taken out whole where it is found. */
static bool is_other_text(const struct bylaw__node *node)
{
    static const char *const tags[] = {"h2", "h3",         "h4", "h5",  "h6",
                                       "li", "blockquote", "dd", "pre", NULL};

    return is_named(node, tags);
}

/* A copy of the article that only some screens show is no place for credit. */
static bool is_hidden(const struct bylaw__node *node)
{
    for (; node; node = node->parent) {
        struct bylaw_span style = bylaw__node_value(node, "style");

        if (node->kind == BYLAW__NODE_ELEMENT &&
            (bylaw__node_attr(node, "hidden") ||
             bylaw__span_find_nocase(style, BYLAW__SPAN("display:none")) !=
                 SIZE_MAX ||
             bylaw__span_find_nocase(style, BYLAW__SPAN("display: none")) !=
                 SIZE_MAX))
            return true;
    }
    return false;
}

static void add_slot(struct host *host, const struct bylaw__node *node,
                     bool is_removed)
{
    struct slot *slot = &host->slots[host->slot_count];
    struct bylaw_span text = bylaw__buf_span(&host->text);
    struct bylaw_span outer;
    char closing[24];

    if (host->slot_count == HOST_SLOTS_MAX || !node->start_tag.end)
        return;
    slot->outer = node->bytes;
    slot->start_tag = node->start_tag;
    slot->inner.begin = node->start_tag.end;
    slot->inner.end = node->bytes.end;
    snprintf(slot->tag, sizeof(slot->tag), "%s", node->name);
    snprintf(closing, sizeof(closing), "</%s>", slot->tag);
    outer = bylaw__span_sub(text, node->bytes.begin, node->bytes.end);
    if (bylaw__span_ends(outer, closing))
        slot->inner.end -= (uint32_t)strlen(closing);
    slot->is_removed = is_removed;
    host->slot_count++;
}

/* Paragraphs of the gold body; each text once, a second copy is taken out. */
static double find_gold(struct host *host, const struct bylaw__node *root,
                        const struct bylaw__buf *gold)
{
    const struct bylaw__node *node = root;
    struct bylaw__buf words = {0}, seen = {0};
    size_t located = 0, total = word_count(gold);

    while (node) {
        bool is_p = bylaw__node_is(node, "p");
        bool is_taken = false;

        if (is_p || is_other_text(node)) {
            size_t count;

            text_of(&words, node);
            count = word_count(&words);
            if (count && holds(gold, &words)) {
                bool again = holds(&seen, &words);

                add_slot(host, node,
                         !is_p || again || count < PARAGRAPH_WORDS ||
                             is_hidden(node));
                located += again ? 0 : count;
                bylaw__buf_add_span(&seen, bylaw__buf_span(&words));
                is_taken = true;
            }
        }
        node = is_taken ? bylaw__node_skip(node, root)
                        : bylaw__node_next(node, root);
    }
    bylaw__buf_release(&words);
    bylaw__buf_release(&seen);
    return total ? (double)located / (double)total : 0;
}

/* A heading or list item far from the paragraphs is some other list's. */
static void drop_far_removals(struct host *host)
{
    size_t first = SIZE_MAX, last = 0, kept = 0;

    for (size_t i = 0; i < host->slot_count; i++)
        if (!host->slots[i].is_removed) {
            first = first == SIZE_MAX ? i : first;
            last = i;
        }
    for (size_t i = 0; i < host->slot_count; i++)
        if (!host->slots[i].is_removed || (i > first && i < last) ||
            (i == last + 1 && first != SIZE_MAX))
            host->slots[kept++] = host->slots[i];
    host->slot_count = kept;
}

/* The parent under which most of the snippets' paragraphs stand. */
static const struct bylaw__node *snippet_parent(const struct bylaw__node *root,
                                                json_t *snippets)
{
    const struct bylaw__node *best = NULL;
    struct bylaw__buf words = {0}, wanted = {0};
    size_t best_count = 0, i;
    json_t *snippet;

    json_array_foreach(snippets, i, snippet)
    {
        const struct bylaw__node *node;

        padded_words(&wanted, bylaw__span_of(json_string_value(snippet)));
        if (word_count(&wanted) < SNIPPET_WORDS)
            continue;
        for (node = root; node; node = bylaw__node_next(node, root)) {
            if (!bylaw__node_is(node, "p"))
                continue;
            text_of(&words, node);
            if (!holds(&words, &wanted))
                continue;
            best_count += best == node->parent;
            if (!best) {
                best = node->parent;
                best_count = 1;
            }
            break;
        }
    }
    bylaw__buf_release(&words);
    bylaw__buf_release(&wanted);
    return best_count >= 2 ? best : NULL;
}

static void find_siblings(struct host *host, const struct bylaw__node *parent)
{
    struct bylaw__buf words = {0};

    for (const struct bylaw__node *node = parent->first_child; node;
         node = node->next) {
        if (!bylaw__node_is(node, "p"))
            continue;
        text_of(&words, node);
        if (word_count(&words) >= PARAGRAPH_WORDS)
            add_slot(host, node, is_hidden(node));
    }
    bylaw__buf_release(&words);
}

/* -------------------------------------------------------------- places --- */

static size_t last_of(struct bylaw_span text, const char *what)
{
    size_t found = text.len, from = 0, at;

    while ((at = bylaw__span_find_nocase(bylaw__span_sub(text, from, text.len),
                                         bylaw__span_of(what))) != SIZE_MAX) {
        found = from + at;
        from = found + 1;
    }
    return found;
}

static size_t filled_slots(const struct host *host)
{
    size_t count = 0;

    for (size_t i = 0; i < host->slot_count; i++)
        count += !host->slots[i].is_removed;
    return count;
}

/* The page's title begins with its headline; a site's name in h1 does not
 * have a by-line below it. */
static bool is_headline(const struct bylaw__node *h1,
                        const struct bylaw__node *root)
{
    struct bylaw__buf heading = {0}, title = {0};
    const struct bylaw__node *node = root;
    bool is_found = false;

    text_of(&heading, h1);
    while (node && !bylaw__node_is(node, "title"))
        node = bylaw__node_next(node, root);
    if (node && word_count(&heading) >= HEADLINE_WORDS) {
        text_of(&title, node);
        is_found = holds(&title, &heading);
    }
    bylaw__buf_release(&heading);
    bylaw__buf_release(&title);
    return is_found;
}

/* Where other zones go. False where the page lacks what they hang on. */
static bool find_places(struct host *host, const struct bylaw__node *root)
{
    struct bylaw_span text = bylaw__buf_span(&host->text);
    size_t head = bylaw__span_find_nocase(text, BYLAW__SPAN("</head"));

    if (filled_slots(host) < SLOTS_MIN || head == SIZE_MAX)
        return false;
    host->head_end = head;
    host->body_end = last_of(text, "</body");
    host->has_licences =
        bylaw__span_find_nocase(text, BYLAW__SPAN("creative")) != SIZE_MAX &&
        bylaw__span_find_nocase(text, BYLAW__SPAN("commons")) != SIZE_MAX;
    for (const struct bylaw__node *node = root; node;
         node = bylaw__node_next(node, root)) {
        if (bylaw__node_is(node, "body"))
            host->body_begin = node->start_tag.end;
        if (bylaw__node_is(node, "h1") &&
            node->bytes.end <= host->slots[0].outer.begin &&
            is_headline(node, root))
            host->below_heading = node->bytes.end;
    }
    return host->body_begin > head &&
           host->body_end >= host->slots[host->slot_count - 1].outer.end;
}

/* A slot inside another, or out of order, cannot be exchanged. */
static bool is_orderly(const struct host *host)
{
    for (size_t i = 1; i < host->slot_count; i++)
        if (host->slots[i].outer.begin < host->slots[i - 1].outer.end)
            return false;
    return true;
}

/* ------------------------------------------------------------- loading --- */

static struct host *new_host(struct hosts *hosts, const char *name,
                             struct bylaw_span body)
{
    struct bylaw__utf8 utf8 = {0};
    struct host *host;

    if (bylaw__vec_grow(&hosts->items, &hosts->cap, hosts->count + 1,
                        sizeof(*hosts->items)) ||
        bylaw__html_decode(&utf8, body, NULL, NULL))
        return NULL;
    host = &hosts->items[hosts->count];
    memset(host, 0, sizeof(*host));
    bylaw__buf_add_span(&host->text, utf8.text);
    bylaw__utf8_release(&utf8);
    host->name = strdup(name);
    return host;
}

static void try_host(struct hosts *hosts, const char *path, const char *name,
                     const struct bylaw__buf *gold, json_t *snippets)
{
    struct bylaw__buf body = {0};
    bylaw__dom *dom = NULL;
    struct host *host = NULL;
    const struct bylaw__node *root, *parent;
    bool is_good = false;

    hosts->seen++;
    if (read_gzip(&body, path))
        host = new_host(hosts, name, bylaw__buf_span(&body));
    if (!host || bylaw__dom_parse(&dom, bylaw__buf_span(&host->text), NULL)) {
        hosts->unreadable++;
        goto done;
    }
    root = bylaw__dom_root(dom);
    if (gold) {
        double share = find_gold(host, root, gold);

        is_good = share >= GOLD_SHARE;
        host->has_remains = share < WHOLE_SHARE;
        drop_far_removals(host);
    } else if ((parent = snippet_parent(root, snippets))) {
        find_siblings(host, parent);
        host->has_remains = is_good = true;
    }
    is_good = is_good && find_places(host, root) && is_orderly(host);
    hosts->unlocated += !is_good;
done:
    if (is_good) {
        hosts->count++;
    } else if (host) {
        free(host->name);
        bylaw__buf_release(&host->text);
    }
    bylaw__dom_free(dom);
    bylaw__buf_release(&body);
}

static void load_articles(struct hosts *hosts, const char *dir, json_t *truth)
{
    const char *id;
    json_t *entry;

    json_object_foreach(truth, id, entry)
    {
        struct bylaw__buf gold = {0};
        char path[2048];

        padded_words(&gold, bylaw__span_of(json_string_value(
                                json_object_get(entry, "articleBody"))));
        snprintf(path, sizeof(path), "%s/articles/%s.html.gz", dir, id);
        try_host(hosts, path, id, &gold, NULL);
        bylaw__buf_release(&gold);
    }
}

static void load_raw(struct hosts *hosts, const char *dir, json_t *truth)
{
    size_t most = hosts->count + RAW_HOSTS_MAX;
    const char *id;
    json_t *entry;

    json_object_foreach(truth, id, entry)
    {
        const char *file = json_string_value(json_object_get(entry, "file"));
        char path[2048];

        if (!file || hosts->count >= most)
            continue;
        snprintf(path, sizeof(path), "%s/raw-pages/%s", dir, file);
        try_host(hosts, path, file, NULL, json_object_get(entry, "with"));
    }
}

static json_t *load_truth(const char *dir, const char *folder)
{
    char path[2048];

    snprintf(path, sizeof(path), "%s/%s/truth.json", dir, folder);
    return json_load_file(path, 0, NULL);
}

bool hosts_load(struct hosts *hosts, const char *dir)
{
    json_t *articles = load_truth(dir, "articles");
    json_t *raw = load_truth(dir, "raw-pages");

    memset(hosts, 0, sizeof(*hosts));
    if (articles)
        load_articles(hosts, dir, articles);
    if (raw)
        load_raw(hosts, dir, raw);
    json_decref(articles);
    json_decref(raw);
    return hosts->count > 0;
}

void hosts_release(struct hosts *hosts)
{
    for (size_t i = 0; i < hosts->count; i++) {
        free(hosts->items[i].name);
        bylaw__buf_release(&hosts->items[i].text);
    }
    free(hosts->items);
    memset(hosts, 0, sizeof(*hosts));
}
