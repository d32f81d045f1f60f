/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Libxml2 as a stream of tags and text: no tree, no entities, no network, and
 * not a word of its own on standard error.
 */
#include "crawl_int.h"

#include <libxml/parserInternals.h>

#define OPTIONS                                                                \
    (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |               \
     XML_PARSE_NOCDATA | XML_PARSE_IGNORE_ENC)

/* SAX2 gives an attribute as name, prefix, namespace, value, value's end. */
enum {
    ATTR_LOCAL = 0,
    ATTR_SPACE = 2,
    ATTR_VALUE = 3,
    ATTR_END = 4,
    ATTR_PARTS = 5
};

#if LIBXML_VERSION >= 21200
typedef const xmlError *xml_fault;
#else
typedef xmlErrorPtr xml_fault;
#endif

struct run {
    xmlParserCtxt *parser;
    const struct xml_handler *handler;
    void *payload;
    struct crawl_leads *leads;
    unsigned depth;
    unsigned namespaces; /* declared by the elements that are open */
    /* Declarations of each open element, to be taken off again. */
    unsigned char declared[BYLAW_LIMIT_XML_DEPTH + 1];
    bool is_over;
};

static const char *text_of(const xmlChar *text)
{
    return text ? (const char *)text : "";
}

static void stop(struct run *run)
{
    run->is_over = true;
    xmlStopParser(run->parser);
}

static bool is_within_ceilings(struct run *run, int namespaces)
{
    if (run->depth == BYLAW_LIMIT_XML_DEPTH)
        bylaw__leads_cut(run->leads, "elements are nested deeper than %u",
                         BYLAW_LIMIT_XML_DEPTH);
    else if (run->namespaces + (unsigned)namespaces >
             BYLAW_LIMIT_XML_NAMESPACES)
        bylaw__leads_cut(run->leads, "more than %u namespaces are in force",
                         BYLAW_LIMIT_XML_NAMESPACES);
    else
        return true;
    return false;
}

static void on_start(void *payload, const xmlChar *local, const xmlChar *prefix,
                     const xmlChar *space, int namespaces,
                     const xmlChar **declarations, int attributes,
                     int defaulted, const xmlChar **attrs)
{
    struct run *run = payload;
    struct xml_tag tag = {text_of(space ? space : prefix), text_of(local),
                          run->depth + 1, attrs, attributes};

    (void)declarations;
    (void)defaulted;
    if (run->is_over)
        return;
    if (!is_within_ceilings(run, namespaces)) {
        stop(run);
        return;
    }
    run->depth++;
    run->declared[run->depth] = (unsigned char)namespaces;
    run->namespaces += (unsigned)namespaces;
    if (!run->handler->start(run->payload, &tag))
        stop(run);
}

/* What stands after the root's end tells nothing and is not looked at. */
static void on_end(void *payload, const xmlChar *local, const xmlChar *prefix,
                   const xmlChar *space)
{
    struct run *run = payload;

    (void)prefix;
    (void)space;
    if (run->is_over || !run->depth)
        return;
    run->handler->end(run->payload, text_of(local), run->depth);
    run->namespaces -= run->declared[run->depth];
    if (!--run->depth)
        stop(run);
}

static void on_text(void *payload, const xmlChar *text, int len)
{
    struct run *run = payload;

    if (!run->is_over && len > 0)
        run->handler->text(run->payload, (struct bylaw_span){(const char *)text,
                                                             (size_t)len});
}

/* The first fault; what follows from it, and warnings, are not looked at. */
static void on_error(void *payload, xml_fault error)
{
    struct run *run = payload;

    if (run->is_over || error->level != XML_ERR_FATAL)
        return;
    bylaw__leads_cut(run->leads, "the XML is damaged in line %d", error->line);
}

bool bylaw__xml_attr(struct bylaw__buf *out, const struct xml_tag *tag,
                     const char *space, const char *local)
{
    const xmlChar *const *attr = tag->attrs;
    const char *value, *end;

    bylaw__buf_clear(out);
    for (int i = 0; i < tag->attr_count; i++, attr += ATTR_PARTS) {
        if (strcmp(text_of(attr[ATTR_LOCAL]), local) ||
            strcmp(text_of(attr[ATTR_SPACE]), space))
            continue;
        value = (const char *)attr[ATTR_VALUE];
        end = (const char *)attr[ATTR_END];
        while (value < end) {
            bylaw__buf_add_char(out, *value);
            /* Libxml2 leaves ampersands, and only them, as references. */
            value +=
                *value == '&' && end - value >= 5 && !memcmp(value, "&#38;", 5)
                    ? 5
                    : 1;
        }
        return true;
    }
    return false;
}

int bylaw__xml_read(struct bylaw_span text, const struct xml_handler *handler,
                    void *payload, struct crawl_leads *leads,
                    struct bylaw_error *err)
{
    struct run run = {.handler = handler, .payload = payload, .leads = leads};
    xmlSAXHandler sax = {
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .serror = on_error,
    };

    if (!text.len) {
        bylaw__leads_cut(leads, "there is nothing in it");
        return 0;
    }
    run.parser = xmlCreateMemoryParserCtxt(text.ptr, (int)text.len);
    if (!run.parser)
        return bylaw__fail_memory(err, "");
    *run.parser->sax = sax;
    run.parser->userData = &run;
    xmlCtxtUseOptions(run.parser, OPTIONS);
    xmlParseDocument(run.parser);
    if (run.parser->errNo == XML_ERR_NO_MEMORY)
        leads->failed = true;
    xmlFreeDoc(run.parser->myDoc);
    xmlFreeParserCtxt(run.parser);
    return 0;
}
