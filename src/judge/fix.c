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

const char *compose_fix(const struct scene *scene, unsigned needs)
{
    static const enum need order[] = {NEED_AUTHOR,   NEED_LINK,
                                      NEED_UPSTREAM, NEED_COPYRIGHT,
                                      NEED_LICENCE,  NEED_CHANGES};
    struct bylaw__buf out;
    const char *fix = NULL;

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
    if (!out.failed)
        fix = bylaw__arena_copy(scene->arena, bylaw__buf_span(&out));
    bylaw__buf_release(&out);
    return fix;
}
