/* SPDX-License-Identifier: Apache-2.0 */
/* RSS 0.9x, 1.0, 2.0 and Atom, as a stream of tags under any prefix. */
#include "crawl_int.h"

#include <stdlib.h>

#define XML_SPACE "http://www.w3.org/XML/1998/namespace"
#define RDF_SPACE "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/* ---------------------------------------------------------- vocabulary --- */

/* What a namespace means to us. */
enum space {
    SPACE_OTHER = 0,
    SPACE_OWN, /* the feed's own: what its root says, or RSS's names */
    SPACE_ATOM,
    SPACE_CONTENT,
    SPACE_DC,
    SPACE_FEEDBURNER,
    SPACE_RDF
};

/* Namespace names, and the prefixes that feeds use without declaring them. */
static const struct {
    const char *name;
    enum space space;
} spaces[] = {
    {"http://www.w3.org/2005/Atom", SPACE_ATOM},
    {"http://purl.org/atom/ns#", SPACE_ATOM},
    {"atom", SPACE_ATOM},
    {"http://purl.org/rss/1.0/modules/content/", SPACE_CONTENT},
    {"content", SPACE_CONTENT},
    {"http://purl.org/dc/elements/1.1/", SPACE_DC},
    {"http://purl.org/dc/terms/", SPACE_DC},
    {"dc", SPACE_DC},
    {"http://rssnamespace.org/feedburner/ext/1.0", SPACE_FEEDBURNER},
    {"feedburner", SPACE_FEEDBURNER},
    {RDF_SPACE, SPACE_RDF},
    {"", SPACE_OWN},
    {"http://purl.org/rss/1.0/", SPACE_OWN},
    {"http://my.netscape.com/rdf/simple/0.9/", SPACE_OWN},
    {"http://channel.netscape.com/rdf/simple/0.9/", SPACE_OWN},
    {"http://backend.userland.com/rss2", SPACE_OWN},
};

/* What is kept of an item. Of each field the first that says something. */
enum field {
    FIELD_NONE = 0,
    FIELD_TITLE,
    FIELD_LINK,     /* absolute */
    FIELD_ORIGINAL, /* absolute: the address before a counting service's */
    FIELD_GUID,     /* absolute */
    FIELD_PUBLISHED,
    FIELD_UPDATED,
    FIELD_SUMMARY, /* HTML */
    FIELD_CONTENT, /* HTML */
    FIELD_COUNT
};

/* How text becomes HTML. */
enum form { FORM_HTML = 0, FORM_TEXT, FORM_MARKUP, FORM_IGNORED };

static const struct {
    enum space space;
    const char *local;
    enum field field;
} elements[] = {
    {SPACE_OWN, "title", FIELD_TITLE},
    {SPACE_DC, "title", FIELD_TITLE},
    {SPACE_OWN, "link", FIELD_LINK},
    {SPACE_ATOM, "link", FIELD_LINK},
    {SPACE_FEEDBURNER, "origLink", FIELD_ORIGINAL},
    {SPACE_OWN, "guid", FIELD_GUID},
    {SPACE_OWN, "id", FIELD_GUID},
    {SPACE_OWN, "pubDate", FIELD_PUBLISHED},
    {SPACE_OWN, "published", FIELD_PUBLISHED},
    {SPACE_OWN, "issued", FIELD_PUBLISHED},
    {SPACE_DC, "date", FIELD_PUBLISHED},
    {SPACE_DC, "issued", FIELD_PUBLISHED},
    {SPACE_OWN, "updated", FIELD_UPDATED},
    {SPACE_OWN, "modified", FIELD_UPDATED},
    {SPACE_DC, "modified", FIELD_UPDATED},
    {SPACE_OWN, "description", FIELD_SUMMARY},
    {SPACE_OWN, "summary", FIELD_SUMMARY},
    {SPACE_CONTENT, "encoded", FIELD_CONTENT},
    {SPACE_OWN, "content", FIELD_CONTENT},
};

/* --------------------------------------------------------------- state --- */

/* An xml:base in force from an element of that depth on. */
struct base {
    bylaw_url *url; /* owned */
    unsigned depth;
};

struct feed {
    struct crawl_leads *leads;
    const bylaw_url *address; /* of the feed, or NULL */
    struct base bases[BYLAW_LIMIT_XML_DEPTH];
    size_t base_count;
    char *own_space; /* namespace of the root; owned */
    bool is_feed, is_atom;
    bool has_further;                   /* where the feed goes on is known */
    unsigned channel_depth, item_depth; /* 0: in none */
    struct bylaw__buf fields[FIELD_COUNT];
    int link_rank; /* how well FIELD_LINK fits; 0: not at all */
    /* The element whose text is being gathered. */
    enum field field;
    unsigned field_depth;
    enum form form;
    struct bylaw__buf text, scratch;
};

static const bylaw_url *base_of(const struct feed *f)
{
    return f->base_count ? f->bases[f->base_count - 1].url : f->address;
}

static enum space space_of(const struct feed *f, const char *name)
{
    if (f->own_space && !strcmp(name, f->own_space))
        return SPACE_OWN;
    for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++)
        if (!strcmp(name, spaces[i].name))
            return spaces[i].space;
    return SPACE_OTHER;
}

static const char *attr_of(struct feed *f, const struct xml_tag *tag,
                           const char *space, const char *local)
{
    if (!bylaw__xml_attr(&f->scratch, tag, space, local) || !f->scratch.len)
        return "";
    return f->scratch.failed ? "" : f->scratch.ptr;
}

/* ------------------------------------------------------------ opening --- */

static bool open_root(struct feed *f, const struct xml_tag *tag)
{
    static const char *const roots[] = {"rss", "RDF", "feed"};
    size_t i = 0;

    while (i < sizeof(roots) / sizeof(roots[0]) && strcmp(tag->local, roots[i]))
        i++;
    if (i == sizeof(roots) / sizeof(roots[0]))
        return false;
    f->is_feed = true;
    f->is_atom = i == 2;
    if (f->is_atom)
        f->channel_depth = tag->depth;
    if (strcmp(tag->space, RDF_SPACE))
        f->own_space = strdup(tag->space);
    if (!f->own_space && strcmp(tag->space, RDF_SPACE))
        f->leads->failed = true;
    return true;
}

static void open_base(struct feed *f, const struct xml_tag *tag)
{
    const char *value = attr_of(f, tag, XML_SPACE, "base");
    bylaw_url *url = NULL;

    if (!*value ||
        bylaw_url_parse(&url, bylaw__span_of(value), base_of(f), NULL))
        return;
    f->bases[f->base_count++] = (struct base){url, tag->depth};
}

/* Stores an absolute address of ref, where it is one. */
static bool keep_url(struct feed *f, enum field field, struct bylaw_span ref,
                     const bylaw_url *base)
{
    bylaw_url *url = NULL;

    ref = bylaw__span_trim(ref);
    if (!ref.len || bylaw_url_parse(&url, ref, base, NULL))
        return false;
    bylaw__buf_clear(&f->fields[field]);
    bylaw__buf_add_text(&f->fields[field], bylaw_url_href(url));
    bylaw_url_free(url);
    return true;
}

/* How well an Atom link names the page itself: HTML before other kinds. */
static int rank_link(struct feed *f, const struct xml_tag *tag)
{
    const char *rel = attr_of(f, tag, "", "rel");
    const char *type;

    if (*rel && strcmp(rel, "alternate"))
        return 0;
    type = attr_of(f, tag, "", "type");
    return !*type ||
                   bylaw__span_starts_nocase(bylaw__span_of(type), "text/html")
               ? 3
               : 1;
}

static void open_item_link(struct feed *f, const struct xml_tag *tag)
{
    int rank = rank_link(f, tag);
    const char *href;

    if (rank <= f->link_rank)
        return;
    href = attr_of(f, tag, "", "href");
    if (keep_url(f, FIELD_LINK, bylaw__span_of(href), base_of(f)))
        f->link_rank = rank;
}

/* The next page of a feed that goes on (RFC 5005 s3), and the one before an
 * archive's (s4). */
static void open_feed_link(struct feed *f, const struct xml_tag *tag)
{
    static const struct bylaw__lead further = {.kind = BYLAW__LEAD_FEED};
    const char *rel = attr_of(f, tag, "", "rel");

    if (f->has_further || (strcmp(rel, "next") && strcmp(rel, "prev-archive")))
        return;
    f->has_further =
        bylaw__leads_add(f->leads, &further,
                         bylaw__span_of(attr_of(f, tag, "", "href")),
                         base_of(f), (struct bylaw_span){NULL, 0});
}

static bool is_item(const struct feed *f, const struct xml_tag *tag)
{
    return space_of(f, tag->space) == SPACE_OWN &&
           !strcmp(tag->local, f->is_atom ? "entry" : "item");
}

static bool open_item(struct feed *f, const struct xml_tag *tag)
{
    f->item_depth = tag->depth;
    f->link_rank = 0;
    for (size_t i = 0; i < FIELD_COUNT; i++)
        bylaw__buf_clear(&f->fields[i]);
    keep_url(f, FIELD_GUID, bylaw__span_of(attr_of(f, tag, RDF_SPACE, "about")),
             NULL);
    return bylaw__leads_count(f->leads);
}

/* RFC 4287 s3.1.1, s4.1.3.1; the media types are Atom 0.3's. */
static enum form form_of(struct feed *f, const struct xml_tag *tag)
{
    static const struct {
        const char *type;
        enum form form;
    } forms[] = {
        {"html", FORM_HTML},
        {"text/html", FORM_HTML},
        {"text", FORM_TEXT},
        {"text/plain", FORM_TEXT},
        {"", FORM_TEXT},
        {"xhtml", FORM_MARKUP},
        {"application/xhtml+xml", FORM_MARKUP},
    };
    const char *type;

    if (!f->is_atom)
        return FORM_HTML;
    type = attr_of(f, tag, "", "type");
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
        if (!strcmp(type, forms[i].type))
            return forms[i].form;
    return FORM_IGNORED;
}

static enum field field_of(const struct feed *f, const struct xml_tag *tag)
{
    enum space space = space_of(f, tag->space);

    for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++)
        if (elements[i].space == space &&
            !strcmp(elements[i].local, tag->local))
            return elements[i].field;
    return FIELD_NONE;
}

static void open_field(struct feed *f, const struct xml_tag *tag)
{
    enum field field = field_of(f, tag);
    bool is_link = field == FIELD_LINK &&
                   (f->is_atom || space_of(f, tag->space) == SPACE_ATOM);

    if (is_link && f->item_depth)
        open_item_link(f, tag);
    else if (is_link)
        open_feed_link(f, tag);
    if (is_link || !field || (!f->item_depth && field != FIELD_TITLE))
        return;
    if (field == FIELD_GUID && !f->is_atom &&
        !strcmp(attr_of(f, tag, "", "isPermaLink"), "false"))
        return;
    f->field = field;
    f->field_depth = tag->depth;
    f->form = form_of(f, tag);
    bylaw__buf_clear(&f->text);
}

/* ----------------------------------------------------- markup in a field --- */

static bool is_html_name(const char *name)
{
    return bylaw__is_alpha((unsigned char)*name) &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen(name);
}

/* Elements inside a field are written as HTML; of attributes only where a
 * link leads is kept. */
static void open_markup(struct feed *f, const struct xml_tag *tag)
{
    const char *href;

    if (f->form == FORM_TEXT || !is_html_name(tag->local))
        return;
    bylaw__buf_printf(&f->text, "<%s", tag->local);
    href = attr_of(f, tag, "", "href");
    if (*href && !strchr(href, '"')) {
        bylaw__buf_add_text(&f->text, " href=\"");
        bylaw__text_to_html(&f->text, bylaw__span_of(href));
        bylaw__buf_add_char(&f->text, '"');
    }
    bylaw__buf_add_char(&f->text, '>');
}

static void close_markup(struct feed *f, const char *local)
{
    if (f->form != FORM_TEXT && is_html_name(local))
        bylaw__buf_printf(&f->text, "</%s>", local);
}

static bool on_start(void *payload, const struct xml_tag *tag)
{
    struct feed *f = payload;
    unsigned parent = tag->depth - 1;

    if (tag->depth == 1 && !open_root(f, tag))
        return false;
    open_base(f, tag);
    if (tag->depth == 1)
        return true;
    if (f->field)
        open_markup(f, tag);
    else if (!f->item_depth && is_item(f, tag))
        return open_item(f, tag);
    else if (parent == (f->item_depth ? f->item_depth : f->channel_depth))
        open_field(f, tag);
    else if (!f->item_depth && !strcmp(tag->local, "channel"))
        f->channel_depth = tag->depth;
    return true;
}

static void on_text(void *payload, struct bylaw_span text)
{
    struct feed *f = payload;

    if (!f->field || f->form == FORM_IGNORED)
        return;
    if (f->form == FORM_MARKUP)
        bylaw__text_to_html(&f->text, text);
    else
        bylaw__buf_add_span(&f->text, text);
}

/* ------------------------------------------------------------- closing --- */

static bool is_title_markup(const struct feed *f)
{
    return f->form != FORM_TEXT;
}

static void close_feed_title(struct feed *f, struct bylaw_span text)
{
    bylaw__buf_clear(&f->scratch);
    if (is_title_markup(f))
        bylaw__html_to_text(&f->scratch, text);
    else
        bylaw__buf_add_span(&f->scratch, text);
    bylaw__leads_set_title(f->leads, bylaw__buf_span(&f->scratch));
}

/* A title is text, all other prose HTML, a date as it is written. */
static void keep_text(struct feed *f, struct bylaw_span text)
{
    struct bylaw__buf *field = &f->fields[f->field];
    bool is_prose = f->field == FIELD_SUMMARY || f->field == FIELD_CONTENT;

    if (field->len)
        return;
    if (f->field == FIELD_TITLE && is_title_markup(f))
        bylaw__html_to_text(field, text);
    else if (is_prose && f->form == FORM_TEXT)
        bylaw__text_to_html(field, text);
    else
        bylaw__buf_add_span(field, text);
}

static void close_field(struct feed *f)
{
    struct bylaw_span text = bylaw__span_trim(bylaw__buf_span(&f->text));

    if (!text.len)
        return;
    if (!f->item_depth)
        close_feed_title(f, text);
    else if (f->field == FIELD_LINK && f->link_rank < 2)
        f->link_rank = keep_url(f, FIELD_LINK, text, base_of(f)) ? 2 : 0;
    else if (f->field == FIELD_GUID || f->field == FIELD_ORIGINAL)
        keep_url(f, f->field, text, NULL);
    else if (f->field != FIELD_LINK)
        keep_text(f, text);
}

/* The first of these fields that says something. */
static struct bylaw_span first_of(const struct feed *f, enum field a,
                                  enum field b, enum field c)
{
    const struct bylaw__buf *found = &f->fields[a];

    if (!found->len)
        found = &f->fields[b];
    if (!found->len)
        found = &f->fields[c];
    return bylaw__buf_span(found);
}

static int64_t date_of(const struct feed *f, enum field field)
{
    return bylaw__lead_date(bylaw__buf_span(&f->fields[field]));
}

static void close_item(struct feed *f)
{
    struct bylaw__lead lead = {.kind = BYLAW__LEAD_PAGE};

    lead.published_ms = date_of(f, FIELD_PUBLISHED);
    if (!lead.published_ms)
        lead.published_ms = date_of(f, FIELD_UPDATED);
    lead.text = first_of(f, FIELD_CONTENT, FIELD_SUMMARY, FIELD_NONE);
    bylaw__leads_add(f->leads, &lead,
                     first_of(f, FIELD_ORIGINAL, FIELD_LINK, FIELD_GUID), NULL,
                     bylaw__buf_span(&f->fields[FIELD_TITLE]));
    f->item_depth = 0;
}

static void on_end(void *payload, const char *local, unsigned depth)
{
    struct feed *f = payload;

    if (f->field && depth == f->field_depth) {
        close_field(f);
        f->field = FIELD_NONE;
    } else if (f->field) {
        close_markup(f, local);
    } else if (f->item_depth && depth == f->item_depth) {
        close_item(f);
    } else if (!f->is_atom && depth == f->channel_depth) {
        f->channel_depth = 0;
    }
    if (f->base_count && f->bases[f->base_count - 1].depth == depth)
        bylaw_url_free(f->bases[--f->base_count].url);
}

static void release(struct feed *f)
{
    while (f->base_count)
        bylaw_url_free(f->bases[--f->base_count].url);
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (f->fields[i].failed)
            f->leads->failed = true;
        bylaw__buf_release(&f->fields[i]);
    }
    if (f->text.failed || f->scratch.failed)
        f->leads->failed = true;
    bylaw__buf_release(&f->text);
    bylaw__buf_release(&f->scratch);
    free(f->own_space);
}

int bylaw__xml_feed_read(struct crawl_leads *leads, struct bylaw_span text,
                         const bylaw_url *base, struct bylaw_error *err)
{
    static const struct xml_handler handler = {on_start, on_text, on_end};
    struct feed f = {.leads = leads, .address = base};
    struct bylaw__buf mended = {0};
    int rc = bylaw__xml_mend(&mended, text, leads, err);

    if (!rc)
        rc =
            bylaw__xml_read(bylaw__buf_span(&mended), &handler, &f, leads, err);
    if (!rc && !f.is_feed)
        rc = bylaw__fail(err, BYLAW_EPARSE, "crawl.not-a-feed", "",
                         "its root element is no feed's");
    release(&f);
    bylaw__buf_release(&mended);
    return rc;
}
