/* SPDX-License-Identifier: Apache-2.0 */
/* The line of HTML that a republisher should add, escaped and ready. */
#include "judge_int.h"

#define FIX_BYTES   (64u << 10)
#define PLACEHOLDER "ADDRESS-OF-THE-ORIGINAL-ARTICLE"

static void add_escaped(struct bylaw__buf *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            bylaw__buf_add_text(out, "&amp;");
            break;
        case '<':
            bylaw__buf_add_text(out, "&lt;");
            break;
        case '>':
            bylaw__buf_add_text(out, "&gt;");
            break;
        case '"':
            bylaw__buf_add_text(out, "&quot;");
            break;
        default:
            bylaw__buf_add_char(out, *text);
        }
    }
}

static void add_anchor(struct bylaw__buf *out, const char *url,
                       const char *text)
{
    bylaw__buf_add_text(out, "<a href=\"");
    add_escaped(out, url);
    bylaw__buf_add_text(out, "\">");
    add_escaped(out, text);
    bylaw__buf_add_text(out, "</a>");
}

static void add_names(struct bylaw__buf *out, const char *const *names,
                      size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bylaw__buf_add_text(out, i ? ", " : "");
        add_escaped(out, names[i]);
    }
}

static void add_source(struct bylaw__buf *out, const struct scene *scene,
                       unsigned needs)
{
    const struct bylaw_source *source = scene->c->source;
    bool has_title = source->title && *source->title;

    bylaw__buf_add_text(out, "Source: ");
    if (scene->target_count || (needs & NEED_LINK))
        add_anchor(out,
                   scene->target_count ? bylaw_url_href(scene->targets[0])
                                       : PLACEHOLDER,
                   has_title ? source->title : "the original article");
    if (scene->name_count) {
        if (scene->target_count || (needs & NEED_LINK))
            bylaw__buf_add_text(out, ", ");
        add_escaped(out, scene->owner);
    }
    bylaw__buf_add_text(out, ".");
}

static void add_copyright(struct bylaw__buf *out, const struct scene *scene)
{
    const struct bylaw_source *source = scene->c->source;
    const char *year = source->published;

    bylaw__buf_add_text(out, "Copyright \xC2\xA9 ");
    if (source->holder_count)
        add_names(out, source->holders, source->holder_count);
    else
        add_escaped(out, scene->owner);
    if (year && strlen(year) >= 4)
        bylaw__buf_printf(out, ", %.4s", year);
    bylaw__buf_add_text(out, ".");
}

static void add_licence(struct bylaw__buf *out, const struct scene *scene)
{
    struct licence licence;

    if (!licence_of_case(&licence, scene))
        return;
    bylaw__buf_add_text(out, "Republished under ");
    if (licence.url)
        add_anchor(out, licence.url, licence.name);
    else
        add_escaped(out, licence.name);
    bylaw__buf_add_text(out, ".");
}

static void add_part(struct bylaw__buf *out, const struct scene *scene,
                     enum need part, unsigned needs)
{
    const struct bylaw_source *source = scene->c->source;
    size_t before = out->len;

    if (out->len > 3) /* after "<p>" */
        bylaw__buf_add_char(out, ' ');
    if (part == NEED_AUTHOR && source->author_count) {
        bylaw__buf_add_text(out, "By ");
        add_names(out, source->authors, source->author_count);
        bylaw__buf_add_text(out, ".");
    } else if (part == NEED_LINK) {
        add_source(out, scene, needs);
    } else if (part == NEED_UPSTREAM && source->upstream.publisher) {
        bylaw__buf_add_text(out, "First published by ");
        add_escaped(out, source->upstream.publisher);
        bylaw__buf_add_text(out, ".");
    } else if (part == NEED_COPYRIGHT) {
        add_copyright(out, scene);
    } else if (part == NEED_LICENCE) {
        add_licence(out, scene);
    } else if (part == NEED_CHANGES) {
        bylaw__buf_add_text(out, "The text has been edited.");
    }
    if (out->len == before + 1 && before > 3)
        out->len = before;
}

/* The slot that text begins with, or SLOT_NONE. */
enum slot { SLOT_NONE, SLOT_PUBLISHER, SLOT_TITLE, SLOT_AUTHOR };

static enum slot slot_at(const char *text, size_t *out_len)
{
    static const char *const slots[] = {
        [SLOT_PUBLISHER] = "{publisher}",
        [SLOT_TITLE] = "{title}",
        [SLOT_AUTHOR] = "{author}",
    };

    for (unsigned i = SLOT_PUBLISHER; i <= SLOT_AUTHOR; i++) {
        *out_len = strlen(slots[i]);
        if (!strncmp(text, slots[i], *out_len))
            return (enum slot)i;
    }
    return SLOT_NONE;
}

static void add_slot(struct bylaw__buf *out, const struct scene *scene,
                     enum slot slot)
{
    const struct bylaw_source *source = scene->c->source;

    if (slot == SLOT_PUBLISHER && scene->target_count)
        add_anchor(out, bylaw_url_href(scene->targets[0]), scene->owner);
    else if (slot == SLOT_PUBLISHER)
        add_escaped(out, scene->owner);
    else if (slot == SLOT_TITLE)
        add_escaped(out, source->title && *source->title
                             ? source->title
                             : "the original article");
    else if (slot == SLOT_AUTHOR)
        add_names(out, source->authors, source->author_count);
}

static const char *keep_html(const struct scene *scene, struct bylaw__buf *out)
{
    const char *html = NULL;

    if (!out->failed)
        html = bylaw__arena_copy(scene->arena, bylaw__buf_span(out));
    bylaw__buf_release(out);
    return html;
}

const char *compose_sentence(const struct scene *scene, const char *text)
{
    struct bylaw__buf out;

    bylaw__buf_init(&out, FIX_BYTES);
    bylaw__buf_add_text(&out, "<p>");
    while (*text) {
        size_t len;
        enum slot slot = slot_at(text, &len);
        char one[2] = {*text, '\0'};

        if (slot)
            add_slot(&out, scene, slot);
        else
            add_escaped(&out, one);
        text += slot ? len : 1;
    }
    bylaw__buf_add_text(&out, "</p>");
    return keep_html(scene, &out);
}

const char *compose_element(const struct scene *scene, const char *before,
                            const char *address, const char *after)
{
    struct bylaw__buf out;

    bylaw__buf_init(&out, FIX_BYTES);
    bylaw__buf_add_text(&out, before);
    add_escaped(&out, address);
    bylaw__buf_add_text(&out, after);
    return keep_html(scene, &out);
}

const char *compose_fix(const struct scene *scene, unsigned needs)
{
    static const enum need order[] = {NEED_AUTHOR,   NEED_LINK,
                                      NEED_UPSTREAM, NEED_COPYRIGHT,
                                      NEED_LICENCE,  NEED_CHANGES};
    struct bylaw__buf out;

    if (!needs)
        return NULL;
    bylaw__buf_init(&out, FIX_BYTES);
    bylaw__buf_add_text(&out, "<p>");
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        bool wanted = (needs & order[i]) ||
                      (order[i] == NEED_LINK && (needs & NEED_PUBLISHER));

        if (wanted)
            add_part(&out, scene, order[i], needs);
    }
    bylaw__buf_add_text(&out, "</p>");
    return keep_html(scene, &out);
}
