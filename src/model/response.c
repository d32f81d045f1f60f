/* SPDX-License-Identifier: Apache-2.0 */
/* Responses that came from bytes at hand, and telling what bytes are. */
#include "model.h"

/* Enough to see a doctype, a tag or control bytes; reading more would let a
 * long binary tail decide about a page. */
#define SNIFF_BYTES 4096

static const struct {
    const char *type;
    enum bylaw_media media;
} media_types[] = {
    {"text/html", BYLAW_MEDIA_HTML},
    {"application/xhtml+xml", BYLAW_MEDIA_HTML},
    {"text/plain", BYLAW_MEDIA_TEXT},
    {"text/markdown", BYLAW_MEDIA_MARKDOWN},
    {"text/x-markdown", BYLAW_MEDIA_MARKDOWN},
};

static const struct {
    const char *suffix;
    enum bylaw_media media;
} endings[] = {
    {".html", BYLAW_MEDIA_HTML},         {".htm", BYLAW_MEDIA_HTML},
    {".xhtml", BYLAW_MEDIA_HTML},        {".md", BYLAW_MEDIA_MARKDOWN},
    {".markdown", BYLAW_MEDIA_MARKDOWN},
};

/* Byte order marks under which NULs are ordinary. */
static bool has_wide_mark(struct bylaw_span body)
{
    return bylaw__span_starts(body, "\xff\xfe") ||
           bylaw__span_starts(body, "\xfe\xff");
}

static bool has_wide_declaration(const char *content_type)
{
    return strstr(content_type, "utf-16") != NULL;
}

/* What files that are no text begin with. Some of it is letters, with which a
 * text may begin as well: those count only with a control byte close behind. */
static const struct {
    const char *bytes;
    bool is_letters;
} magics[] = {
    {"%PDF-", false},      {"\x89PNG", false},  {"\xff\xd8\xff", false},
    {"PK\x03\x04", false}, {"\x1f\x8b", false}, {"\177ELF", false},
    {"GIF8", true},        {"RIFF", true},      {"OggS", true},
    {"ID3", true},
};

#define MAGIC_BYTES 32 /* within which such a file has a control byte */

static size_t count_controls(struct bylaw_span s)
{
    size_t count = 0;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        count += c < 0x20 && !bylaw__is_space(c) && c != 0x1b;
    }
    return count;
}

/*
 * Binary by content: a known beginning, or many control bytes among the
 * first. A few NULs in a page are a known accident, so the share decides.
 */
static bool looks_binary(struct bylaw_span head)
{
    bool has_control =
        count_controls(bylaw__span_sub(head, 0, MAGIC_BYTES)) > 0;

    for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++)
        if (bylaw__span_starts(head, magics[i].bytes) &&
            (has_control || !magics[i].is_letters))
            return true;
    return count_controls(head) * 10 > head.len;
}

static bool looks_like_html(struct bylaw_span head)
{
    static const char *const signs[] = {
        "<!doctype html", "<html", "<head",  "<body",
        "<div",           "<p>",   "<p ",    "<article",
        "<table",         "<meta", "<title", "<h1",
        "<a href",        "<!--",  "<span",  "<br",
        "<script"};

    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
        if (bylaw__span_find_nocase(head, bylaw__span_of(signs[i])) != SIZE_MAX)
            return true;
    return false;
}

/* Text whose lines carry Markdown links or escapes reads better as Markdown. */
static bool looks_like_markdown(struct bylaw_span body)
{
    return bylaw__span_find(body, BYLAW__SPAN("](")) != SIZE_MAX ||
           bylaw__span_starts(body, "# ") ||
           bylaw__span_find(body, BYLAW__SPAN("\n# ")) != SIZE_MAX ||
           bylaw__span_find(body, BYLAW__SPAN("\n## ")) != SIZE_MAX;
}

static bool ends_nocase(struct bylaw_span name, const char *ending)
{
    size_t len = strlen(ending);

    return name.len >= len &&
           bylaw__span_is_nocase(bylaw__span_sub(name, name.len - len,
                                                 name.len),
                                 ending);
}

static enum bylaw_media declared_media(const char *content_type,
                                       const char *name)
{
    struct bylaw_span type = bylaw__span_of(content_type);

    type = bylaw__span_sub(type, 0, bylaw__span_find(type, BYLAW__SPAN(";")));
    for (size_t i = 0; i < sizeof(media_types) / sizeof(media_types[0]); i++)
        if (bylaw__span_is_nocase(bylaw__span_trim(type), media_types[i].type))
            return media_types[i].media;
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if (ends_nocase(bylaw__span_of(name), endings[i].suffix))
            return endings[i].media;
    return BYLAW_MEDIA_UNKNOWN;
}

enum bylaw_media bylaw__media_of(const char *content_type, const char *name,
                                 struct bylaw_span body)
{
    struct bylaw_span head = bylaw__span_sub(body, 0, SNIFF_BYTES);
    const char *type = content_type ? content_type : "";
    enum bylaw_media media = declared_media(type, name);

    if (!has_wide_mark(head) && !has_wide_declaration(type) &&
        looks_binary(head))
        return BYLAW_MEDIA_BINARY;
    if (media == BYLAW_MEDIA_HTML || media == BYLAW_MEDIA_MARKDOWN)
        return media;
    if (media == BYLAW_MEDIA_UNKNOWN && looks_like_html(head))
        return BYLAW_MEDIA_HTML;
    return looks_like_markdown(body) ? BYLAW_MEDIA_MARKDOWN : BYLAW_MEDIA_TEXT;
}

int bylaw__response_from_bytes(struct bylaw_response **out, const char *url,
                               const char *final_url, struct bylaw_span body,
                               const char *content_type, int64_t now_ms,
                               struct bylaw_error *err)
{
    struct bylaw__arena *arena = bylaw__owner_new(0);
    struct bylaw_response *response;

    response = arena ? bylaw__arena_alloc(arena, sizeof(*response)) : NULL;
    if (!response)
        goto fail;
    response->owner = arena;
    response->url = bylaw__arena_strdup(arena, url ? url : "");
    response->final_url =
        bylaw__arena_strdup(arena, final_url ? final_url : "");
    response->status = 200;
    response->fetched_at_ms = now_ms;
    response->content_type =
        bylaw__arena_strdup(arena, content_type ? content_type : "");
    response->charset = "";
    response->headers = BYLAW__SPAN("");
    response->body = bylaw__arena_span(arena, body);
    response->wire_bytes = body.len;
    response->media = bylaw__media_of(content_type, url, body);
    if (arena->failed)
        goto fail;
    *out = response;
    return 0;
fail:
    bylaw__owner_free(arena);
    return bylaw__fail_memory(err, url);
}
