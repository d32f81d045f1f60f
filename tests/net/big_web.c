/* SPDX-License-Identifier: Apache-2.0 */
/* The hosts of the big web: blogs, papers, feeds, forums, and what fails. */
#include "net/big_web.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define SEED       20261123u
#define TEXT_BYTES ((size_t)256 << 20)
#define ARCHIVED   10u /* posts on a page of an archive, threads on a board */
#define DEPTH      3u  /* of every crawl */
#define QUOTES     23u /* one in so many texts quotes an article */

/* ---------------------------------------------------------------- pages --- */

#define GROW(web, items, one)                                                  \
    grow_list(web, &(web)->items, &(web)->one##_cap, (web)->one##_count + 1,   \
              sizeof(*(web)->items))

static bool grow_list(struct big_web *web, void *items, size_t *cap,
                      size_t count, size_t size)
{
    web->failed |= bylaw__vec_grow(items, cap, count, size) != 0;
    return !web->failed;
}

static struct web_page *add_page(struct big_web *web, const char *host,
                                 const char *path, const char *body)
{
    static struct web_page spare;
    struct web_page *page = &spare;

    if (GROW(web, pages, page))
        page = &web->pages[web->page_count++];
    *page = (struct web_page){.host = host, .path = path, .body = body};
    return page;
}

static void add_watch(struct big_web *web, enum bylaw_watch_kind kind,
                      const char *host, const char *path, unsigned most)
{
    if (GROW(web, watches, watch))
        web->watches[web->watch_count++] =
            (struct bylaw_watch){kind,
                                 bylaw__arena_printf(&web->arena, "http://%s%s",
                                                     host, path),
                                 DEPTH, most};
}

static const char *new_host(struct big_web *web, const char *kind, unsigned i)
{
    web->host_count++;
    return bylaw__arena_printf(&web->arena, "%s-%u.example", kind, i);
}

static const char *new_path(struct big_web *web, const char *word, unsigned i)
{
    return bylaw__arena_printf(&web->arena, "/%s-%u", word, i);
}

static const char *keep(struct big_web *web, struct bylaw__buf *text)
{
    const char *kept = bylaw__arena_copy(&web->arena, bylaw__buf_span(text));

    web->failed |= text->failed || !kept;
    bylaw__buf_release(text);
    return kept;
}

/* ---------------------------------------------------------------- texts --- */

/** What stands around a text, by the kind of its host. */
static const struct layout {
    const char *top, *bottom;
} blog = {"<header><nav><a href=/>Home</a></nav></header><main><article>",
          "</article></main><aside><h3>About</h3><p>I write about walks.</p>"
          "</aside><footer>Made by hand.</footer></body></html>"},
  paper = {"<div id=top><ul><li><a href=/>Front page</a></ul></div>"
           "<div id=content class=story>",
           "</div><div class=related><h4>More</h4><ul><li>Weather<li>Sport"
           "</ul></div><div id=footer>All the news.</div></body></html>"},
  forum = {"<div class=head>Members: 12</div><table><tr><td class=user>someone"
           "<td class=post>",
           "</table><div class=foot>Powered by patience</div></body></html>"},
  press = {"<div class=site><div class=entry-content>",
           "</div><div class=widget-area><p>Categories</p></div></div>"
           "</body></html>"};

static void begin_page(struct bylaw__buf *out, const struct layout *layout,
                       struct big_web *web)
{
    struct bylaw__buf title = {0};

    big_sentence(&title, &web->dice);
    bylaw__buf_add_text(out, "<!doctype html><html lang=en><head>"
                             "<meta charset=utf-8><title>");
    bylaw__buf_add_span(out, bylaw__buf_span(&title));
    bylaw__buf_add_text(out, "</title></head><body>");
    bylaw__buf_add_text(out, layout->top);
    bylaw__buf_add_text(out, "<h1>");
    bylaw__buf_add_span(out, bylaw__buf_span(&title));
    bylaw__buf_add_text(out, "</h1>\n");
    bylaw__buf_release(&title);
}

static const char *end_page(struct big_web *web, struct bylaw__buf *out,
                            const struct layout *layout)
{
    bylaw__buf_add_text(out, layout->bottom);
    return keep(web, out);
}

static void add_link(struct bylaw__buf *out, const char *path)
{
    bylaw__buf_printf(out, "<p><a href=\"%s\">read on</a></p>\n", path);
}

/* A text of the host's own; now and then it quotes an article. */
static void add_text(struct bylaw__buf *out, struct big_web *web)
{
    big_prose(out, &web->dice, 3, "<p>", "</p>\n");
    if (big_roll(&web->dice, QUOTES) == 0)
        bylaw__buf_printf(
            out, "<p>As I read:</p><blockquote><p>%s</p></blockquote>\n",
            web->sources[big_roll(&web->dice, BIG_SOURCES)].quote);
}

static void add_repost(struct bylaw__buf *out, struct big_web *web,
                       const char *host, const char *path, bool is_findable)
{
    struct big_repost *repost;
    const char *credit;

    if (!GROW(web, reposts, repost))
        return;
    repost = &web->reposts[web->repost_count];
    repost->source = &web->sources[web->repost_count++ % BIG_SOURCES];
    repost->is_findable = is_findable;
    snprintf(repost->url, sizeof(repost->url), "http://%s%s", host, path);
    credit = big_credit(&web->arena, repost->source, big_roll(&web->dice, 4),
                        &repost->verdict);
    bylaw__buf_add_text(out, repost->source->html);
    bylaw__buf_add_text(out, credit);
}

enum carries { A_TEXT, A_REPOST, A_HIDDEN_REPOST };

static void add_story(struct big_web *web, const char *host, const char *path,
                      const struct layout *layout, enum carries what)
{
    struct bylaw__buf out = {0};

    begin_page(&out, layout, web);
    if (what == A_TEXT)
        add_text(&out, web);
    else
        add_repost(&out, web, host, path, what == A_REPOST);
    add_page(web, host, path, end_page(web, &out, layout));
}

/* ---------------------------------------------------------------- blogs --- */

static void add_robots(struct big_web *web, const char *host, const char *text)
{
    add_page(web, host, "/robots.txt", text)->type = "text/plain";
}

/* Links to items from a to b (excluded) of a kind. */
static void add_index(struct big_web *web, const char *host, const char *path,
                      const struct layout *layout, const char *word, unsigned a,
                      unsigned b)
{
    struct bylaw__buf out = {0};

    begin_page(&out, layout, web);
    add_text(&out, web);
    for (unsigned i = a; i < b; i++)
        add_link(&out, new_path(web, word, i));
    add_page(web, host, path, end_page(web, &out, layout));
}

/* A post; every second has a note, and one note leads too far. */
static void add_post(struct big_web *web, const char *host, unsigned i,
                     enum carries post, enum carries note)
{
    const char *path = new_path(web, "post", i);
    struct bylaw__buf out = {0};

    begin_page(&out, &blog, web);
    if (post == A_REPOST)
        add_repost(&out, web, host, path, true);
    else
        add_text(&out, web);
    if (i % 2 == 0)
        add_link(&out, new_path(web, "note", i));
    add_page(web, host, path, end_page(web, &out, &blog));
    if (i % 2)
        return;
    path = new_path(web, "note", i);
    begin_page(&out, &blog, web);
    if (note == A_REPOST)
        add_repost(&out, web, host, path, true);
    else
        add_text(&out, web);
    if (note == A_HIDDEN_REPOST)
        add_link(&out, "/below");
    add_page(web, host, path, end_page(web, &out, &blog));
}

/* Home, then archive pages, then posts, then notes: three links deep. */
static void add_blog(struct big_web *web, unsigned number, unsigned posts)
{
    const char *host = new_host(web, "blog", number);
    unsigned chosen = big_roll(&web->dice, posts / 2) * 2;
    unsigned archives = (posts + ARCHIVED - 1) / ARCHIVED;
    struct bylaw__buf out = {0};

    begin_page(&out, &blog, web);
    for (unsigned i = 0; i < archives; i++)
        add_link(&out, new_path(web, "archive", i));
    add_link(&out, "/private/draft");
    add_page(web, host, "/", end_page(web, &out, &blog));
    for (unsigned i = 0; i < archives; i++)
        add_index(web, host, new_path(web, "archive", i), &blog, "post",
                  i * ARCHIVED,
                  (i + 1) * ARCHIVED < posts ? (i + 1) * ARCHIVED : posts);
    for (unsigned i = 0; i < posts; i++)
        add_post(web, host, i, i == chosen && number % 2 ? A_REPOST : A_TEXT,
                 i == chosen && number % 2 == 0 ? A_REPOST
                 : i == posts - 2 - posts % 2   ? A_HIDDEN_REPOST
                                                : A_TEXT);
    add_story(web, host, "/below", &blog, A_HIDDEN_REPOST);
    add_story(web, host, "/private/draft", &blog, A_HIDDEN_REPOST);
    add_robots(web, host, "User-agent: *\nDisallow: /private/\n");
    add_watch(web, BYLAW_WATCH_SITE, host, "/", 1000);
}

/* --------------------------------------------------------------- papers --- */

#define MAPS "http://www.sitemaps.org/schemas/sitemap/0.9"

static void pack(struct big_web *web, struct web_page *page)
{
    size_t len = strlen(page->body), cap = len + 64;
    unsigned char *packed = bylaw__arena_alloc(&web->arena, cap);
    z_stream stream = {0};

    web->failed |= !packed || deflateInit2(&stream, 9, Z_DEFLATED, 31, 8,
                                           Z_DEFAULT_STRATEGY) != Z_OK;
    if (web->failed)
        return;
    stream.next_in = (unsigned char *)(uintptr_t)page->body;
    stream.avail_in = (unsigned)len;
    stream.next_out = packed;
    stream.avail_out = (unsigned)cap;
    web->failed |= deflate(&stream, Z_FINISH) != Z_STREAM_END;
    page->body = (const char *)packed;
    page->size = stream.total_out;
    page->type = "application/gzip";
    deflateEnd(&stream);
}

static struct web_page *add_map(struct big_web *web, const char *host,
                                const char *path, unsigned a, unsigned b)
{
    struct bylaw__buf out = {0};
    struct web_page *page;

    bylaw__buf_add_text(&out,
                        "<?xml version=\"1.0\"?><urlset xmlns=\"" MAPS "\">\n");
    for (unsigned i = a; i < b; i++)
        bylaw__buf_printf(&out, "<url><loc>http://%s/story-%u</loc></url>\n",
                          host, i);
    bylaw__buf_add_text(&out, "</urlset>\n");
    page = add_page(web, host, path, keep(web, &out));
    page->type = "application/xml";
    return page;
}

/* A sitemap index, a plain sitemap and a compressed one; a repost in each. */
static void add_paper(struct big_web *web, unsigned number, unsigned stories)
{
    const char *host = new_host(web, "paper", number);
    struct bylaw__buf out = {0};
    unsigned half = stories / 2;

    bylaw__buf_printf(&out,
                      "<?xml version=\"1.0\"?><sitemapindex xmlns=\"" MAPS
                      "\"><sitemap><loc>http://%s/one.xml</loc></sitemap>"
                      "<sitemap><loc>http://%s/two.xml.gz</loc></sitemap>"
                      "</sitemapindex>",
                      host, host);
    add_page(web, host, "/sitemap.xml", keep(web, &out))->type =
        "application/xml";
    add_map(web, host, "/one.xml", 0, half);
    pack(web, add_map(web, host, "/two.xml.gz", half, stories));
    for (unsigned i = 0; i < stories; i++)
        add_story(web, host, new_path(web, "story", i), &paper,
                  i == number % half || i == half + number % half ? A_REPOST
                                                                  : A_TEXT);
    add_robots(web, host, "User-agent: *\nAllow: /\n");
    add_watch(web, BYLAW_WATCH_SITEMAP, host, "/sitemap.xml", 0);
}

/* ---------------------------------------------------------------- feeds --- */

/* One row a format: "%" is an entry's address. */
static const struct {
    const char *top, *entry, *between, *bottom, *type;
} formats[] = {
    {"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>",
     "<item><title>a</title><link>%</link></item>\n", "", "</channel></rss>",
     "application/rss+xml"},
    {"<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\">"
     "<title>News</title>",
     "<entry><title>a</title><link href=\"%\"/></entry>\n", "", "</feed>",
     "application/atom+xml"},
    {"{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"News\","
     "\"items\":[",
     "{\"id\":\"%\",\"url\":\"%\",\"title\":\"a\"}", ",", "]}",
     "application/feed+json"},
};

static void add_entry(struct bylaw__buf *out, const char *pattern,
                      const char *host, unsigned i)
{
    for (const char *c = pattern; *c; c++)
        if (*c == '%')
            bylaw__buf_printf(out, "http://%s/entry-%u", host, i);
        else
            bylaw__buf_add_char(out, *c);
}

static void add_feed(struct big_web *web, unsigned number, unsigned entries)
{
    const char *host = new_host(web, "feed", number);
    size_t f = number % COUNT(formats);
    struct bylaw__buf out = {0};

    bylaw__buf_add_text(&out, formats[f].top);
    for (unsigned i = 0; i < entries; i++) {
        bylaw__buf_add_text(&out, i ? formats[f].between : "");
        add_entry(&out, formats[f].entry, host, i);
    }
    bylaw__buf_add_text(&out, formats[f].bottom);
    add_page(web, host, "/feed", keep(web, &out))->type = formats[f].type;
    for (unsigned i = 0; i < entries; i++)
        add_story(web, host, new_path(web, "entry", i), &press,
                  i == entries / 2 ? A_REPOST : A_TEXT);
    add_watch(web, BYLAW_WATCH_FEED, host, "/feed", 0);
}

/* --------------------------------------------------------------- forums --- */

static const char *const forbidden[] = {"/calendar",   "sid=",      "&order=",
                                        "replytocom=", "/private/", "/below"};

bool big_web_is_forbidden(const char *path)
{
    for (size_t i = 0; i < COUNT(forbidden); i++)
        if (strstr(path, forbidden[i]))
            return true;
    return false;
}

/* What a forum's software adds to every thread. */
static void add_traps(struct bylaw__buf *out, unsigned i)
{
    for (unsigned k = 1; k <= 4; k++) {
        bylaw__buf_printf(out,
                          "<p><a href=\"/calendar?month=2026-%02u\">month</a> "
                          "<a href=\"/thread-%u?sid=%u%u\">you</a> "
                          "<a href=\"/shelf?sort=%u&amp;order=%u\">sort</a> "
                          "<a href=\"/thread-%u?replytocom=%u\">reply</a></p>",
                          k, i, i, k, i, k, i, k);
    }
}

/* One thread under four addresses. */
static void add_forms(struct bylaw__buf *out, unsigned i)
{
    bylaw__buf_printf(out,
                      "<p><a href=\"/thread-%u/\">a</a> "
                      "<a href=\"/thread-%u?utm_source=forum\">b</a> "
                      "<a href=\"/thread-%u?fbclid=x%u\">c</a> "
                      "<a href=\"/thread-%u#last\">d</a></p>",
                      i, i, i, i, i);
}

static void add_thread(struct big_web *web, const char *host, unsigned i,
                       unsigned threads)
{
    const char *path = new_path(web, "thread", i);
    struct bylaw__buf out = {0};
    const char *body;

    begin_page(&out, &forum, web);
    if (i == threads / 3)
        add_repost(&out, web, host, path, true);
    else
        add_text(&out, web);
    add_traps(&out, i);
    add_forms(&out, (i + 7) % threads);
    body = end_page(web, &out, &forum);
    add_page(web, host, path, body);
    add_page(web, host, bylaw__arena_printf(&web->arena, "%s/", path), body);
    add_page(web, host, bylaw__arena_printf(&web->arena, "%s?*", path), body);
}

static void add_forum(struct big_web *web, unsigned number, unsigned threads)
{
    const char *host = new_host(web, "forum", number);
    unsigned boards = (threads + ARCHIVED - 1) / ARCHIVED;

    add_index(web, host, "/", &forum, "board", 0, boards);
    for (unsigned i = 0; i < boards; i++)
        add_index(web, host, new_path(web, "board", i), &forum, "thread",
                  i * ARCHIVED,
                  (i + 1) * ARCHIVED < threads ? (i + 1) * ARCHIVED : threads);
    for (unsigned i = 0; i < threads; i++)
        add_thread(web, host, i, threads);
    add_watch(web, BYLAW_WATCH_SITE, host, "/", 1000);
}

/* ------------------------------------------------------------- searched --- */

static void add_search(struct big_web *web, const char *host)
{
    struct bylaw_search search = {.service = "wordpress", .per_day = 10000};

    search.endpoint = bylaw__arena_printf(&web->arena, "http://%s", host);
    if (GROW(web, searches, search))
        web->searches[web->search_count++] = search;
}

/* Its posts are named by nothing but the answers of its search. */
static void add_searched(struct big_web *web, unsigned number, unsigned results)
{
    const char *host = new_host(web, "press", number);
    struct bylaw__buf out = {0};

    bylaw__buf_add_text(&out, "[");
    for (unsigned i = 0; i < results; i++)
        bylaw__buf_printf(&out,
                          "%s{\"id\":%u,\"link\":\"http://%s/found-%u\","
                          "\"date_gmt\":\"2026-01-01T00:00:00\",\"title\":"
                          "{\"rendered\":\"a\"},\"content\":{\"rendered\":"
                          "\"\"}}",
                          i ? "," : "", i, host, i);
    bylaw__buf_add_text(&out, "]");
    add_page(web, host, "/wp-json/*", keep(web, &out))->type =
        "application/json";
    for (unsigned i = 0; i < results; i++)
        add_story(web, host, new_path(web, "found", i), &press,
                  i == results / 4 ? A_REPOST : A_TEXT);
    add_search(web, host);
}

/* ------------------------------------------------ the slow, the failing --- */

/* Hosts with one repost each, watched as a page. */
static const struct {
    const char *host;
    enum carries what;
    struct web_page robots, page; /* what they answer besides */
} odd[] = {
    {"slow.example",
     A_REPOST,
     {.body = "User-agent: *\nCrawl-delay: 0.2\n"},
     {.slow_ms = 400}},
    {"late.example", A_REPOST, {.body = NULL}, {.slow_ms = 900}},
    {"gone.example", A_HIDDEN_REPOST, {.body = NULL}, {.status = 410}},
    {"ill.example", A_HIDDEN_REPOST, {.body = NULL}, {.status = 500}},
    {"torn.example", A_HIDDEN_REPOST, {.body = NULL}, {.status = WEB_HANGS_UP}},
    {"sealed.example", A_HIDDEN_REPOST, {.status = 503}, {.body = NULL}},
    {"closed.example",
     A_HIDDEN_REPOST,
     {.body = "User-agent: bylaw\nDisallow: /\n"},
     {.body = NULL}},
    {"dead.example", A_HIDDEN_REPOST, {.body = NULL}, {.body = NULL}},
};

static void add_odd(struct big_web *web)
{
    for (size_t i = 0; i < COUNT(odd); i++) {
        struct web_page *page;

        web->host_count++;
        add_story(web, odd[i].host, "/copy", &press, odd[i].what);
        if (web->failed)
            return;
        page = &web->pages[web->page_count - 1];
        page->slow_ms = odd[i].page.slow_ms;
        page->status = odd[i].page.status;
        if (odd[i].robots.body || odd[i].robots.status)
            add_page(web, odd[i].host, "/robots.txt", odd[i].robots.body)
                ->status = odd[i].robots.status;
        add_watch(web, BYLAW_WATCH_PAGE, odd[i].host, "/copy", 0);
    }
}

/* What has moved to another host. */
static void add_moved(struct big_web *web)
{
    static const char from[] = "old.example", to[] = "new.example";

    for (unsigned i = 0; i < 3; i++) {
        const char *path = new_path(web, "moved", i);

        add_story(web, to, path, &press, A_REPOST);
        add_page(web, from, path, NULL)->location =
            bylaw__arena_printf(&web->arena, "http://%s%s", to, path);
        add_watch(web, BYLAW_WATCH_PAGE, from, path, 0);
    }
    web->host_count += 2;
}

/* More pages than anybody wants, at addresses that look like any other. */
static void add_mill(struct big_web *web)
{
    struct bylaw__buf out = {0};

    begin_page(&out, &forum, web);
    add_text(&out, web);
    for (unsigned i = 0; i < 400; i++)
        bylaw__buf_printf(&out, "<a href=\"/wares?tone=%u&amp;form=%u\">w</a> ",
                          i / 20, i % 20);
    add_robots(web, BIG_MILL, "User-agent: *\nAllow: /\n");
    add_page(web, BIG_MILL, "/*", end_page(web, &out, &forum));
    add_watch(web, BYLAW_WATCH_SITE, BIG_MILL, "/", BIG_MILL_MOST);
    web->host_count++;
}

int big_web_make(struct big_web *web, const struct big_size *size,
                 const char *dir)
{
    memset(web, 0, sizeof(*web));
    bylaw__arena_init(&web->arena, TEXT_BYTES);
    web->dice.state = SEED;
    if (big_sources_write(web->sources, &web->arena, dir, &web->dice))
        return -1;
    for (unsigned i = 0; i < size->blogs; i++)
        add_blog(web, i, size->posts);
    for (unsigned i = 0; i < size->papers; i++)
        add_paper(web, i, size->stories);
    for (unsigned i = 0; i < size->feeds; i++)
        add_feed(web, i, size->entries);
    for (unsigned i = 0; i < size->forums; i++)
        add_forum(web, i, size->threads);
    for (unsigned i = 0; i < size->searched; i++)
        add_searched(web, i, size->results);
    add_odd(web);
    add_moved(web);
    add_mill(web);
    return web->failed || web->arena.failed ? -1 : 0;
}

void big_web_release(struct big_web *web)
{
    bylaw__arena_release(&web->arena);
    free(web->pages);
    free(web->watches);
    free(web->searches);
    free(web->reposts);
}
