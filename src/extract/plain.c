/* SPDX-License-Identifier: Apache-2.0 */
/* Plain text and Markdown become blocks and links, each mapped to its bytes. */
#include "extract_text.h"

#include <stdlib.h>

#define HEADING_MOST     6u
#define FENCE_LEAST      3u  /* marks of a rule or of a code fence */
#define ORDINAL_DIGITS   9u  /* of a numbered list item, as in CommonMark */
#define TITLE_WORDS_MOST 30u /* a longer first line is a paragraph */
#define HEAD_LINES       12u /* by-lines there stand alone, blank line or not */

enum line_kind {
    LINE_BLANK,
    LINE_TEXT,
    LINE_HEADING,   /* "## Text" */
    LINE_UNDERLINE, /* "===" or "---" below a paragraph */
    LINE_RULE,      /* "* * *", or one mark alone */
    LINE_FENCE,     /* "```" */
    LINE_ITEM       /* "- Text", "1. Text" */
};

struct line {
    enum line_kind kind;
    struct bylaw_range bytes; /* without marks and line end */
    unsigned level;           /* heading, underline */
    bool is_quote;
};

struct reader {
    struct bylaw__extraction *x;
    struct bylaw_span text;
    struct bylaw__run run;
    bool is_markdown, in_fence;
    size_t pos;
    unsigned line_count;
    struct bylaw_range pending; /* the open paragraph; empty where none */
    bool is_quote, is_item;     /* of the open paragraph */
    struct bylaw_error *err;
};

/* --------------------------------------------------------------- lines --- */

static char at(const struct reader *r, size_t i, const struct line *line)
{
    return i < line->bytes.end ? r->text.ptr[i] : '\0';
}

static void skip_blanks(const struct reader *r, struct line *line)
{
    while (line->bytes.begin < line->bytes.end &&
           bylaw__is_space((unsigned char)r->text.ptr[line->bytes.begin]))
        line->bytes.begin++;
    while (line->bytes.begin < line->bytes.end &&
           bylaw__is_space((unsigned char)r->text.ptr[line->bytes.end - 1]))
        line->bytes.end--;
}

static void skip_quote_marks(const struct reader *r, struct line *line)
{
    while (at(r, line->bytes.begin, line) == '>') {
        line->is_quote = true;
        line->bytes.begin++;
        skip_blanks(r, line);
    }
}

static size_t count_marks(const struct reader *r, const struct line *line,
                          char mark)
{
    size_t i = line->bytes.begin;

    while (at(r, i, line) == mark)
        i++;
    return i - line->bytes.begin;
}

/* True where the line holds only that mark and white space. */
static bool is_only(const struct reader *r, const struct line *line, char mark)
{
    for (size_t i = line->bytes.begin; i < line->bytes.end; i++)
        if (r->text.ptr[i] != mark &&
            !bylaw__is_space((unsigned char)r->text.ptr[i]))
            return false;
    return true;
}

static bool read_heading(const struct reader *r, struct line *line)
{
    size_t level = count_marks(r, line, '#');
    char next = at(r, line->bytes.begin + level, line);

    if (!level || level > HEADING_MOST ||
        (next && !bylaw__is_space((unsigned char)next)))
        return false;
    line->kind = LINE_HEADING;
    line->level = (unsigned)level;
    line->bytes.begin += (uint32_t)level;
    skip_blanks(r, line);
    while (at(r, line->bytes.end - 1u, line) == '#' &&
           line->bytes.end > line->bytes.begin)
        line->bytes.end--;
    skip_blanks(r, line);
    return true;
}

static bool read_rule(const struct reader *r, struct line *line)
{
    char mark = at(r, line->bytes.begin, line);

    if (mark == '=' && is_only(r, line, '=')) {
        line->kind = LINE_UNDERLINE;
        line->level = 1;
        return true;
    }
    if ((mark != '*' && mark != '-' && mark != '_') || !is_only(r, line, mark))
        return false;
    line->kind = mark == '-' && count_marks(r, line, '-') > 1 ? LINE_UNDERLINE
                                                              : LINE_RULE;
    line->level = 2;
    return true;
}

static bool read_fence(const struct reader *r, struct line *line)
{
    if (count_marks(r, line, '`') < FENCE_LEAST &&
        count_marks(r, line, '~') < FENCE_LEAST)
        return false;
    line->kind = LINE_FENCE;
    return true;
}

static bool read_item(const struct reader *r, struct line *line)
{
    size_t i = line->bytes.begin;
    char mark = at(r, i, line);

    while (i - line->bytes.begin < ORDINAL_DIGITS &&
           bylaw__is_digit((unsigned char)at(r, i, line)))
        i++;
    if (i > line->bytes.begin ? at(r, i, line) != '.' && at(r, i, line) != ')'
                              : mark != '-' && mark != '*' && mark != '+')
        return false;
    if (!bylaw__is_space((unsigned char)at(r, i + 1, line)))
        return false;
    line->kind = LINE_ITEM;
    line->bytes.begin = (uint32_t)(i + 1);
    skip_blanks(r, line);
    return true;
}

static void classify(const struct reader *r, struct line *line)
{
    line->kind = LINE_TEXT;
    skip_blanks(r, line);
    if (r->is_markdown && !r->in_fence)
        skip_quote_marks(r, line);
    if (line->bytes.begin == line->bytes.end)
        line->kind = LINE_BLANK;
    else if (r->in_fence)
        read_fence(r, line);
    else if (r->is_markdown && !read_heading(r, line) && !read_rule(r, line) &&
             !read_fence(r, line))
        read_item(r, line);
}

static bool next_line(struct reader *r, struct line *line)
{
    const char *end;

    if (r->pos >= r->text.len)
        return false;
    end = memchr(r->text.ptr + r->pos, '\n', r->text.len - r->pos);
    *line = (struct line){.bytes.begin = (uint32_t)r->pos};
    line->bytes.end =
        (uint32_t)(end ? (size_t)(end - r->text.ptr) : r->text.len);
    r->pos = (size_t)line->bytes.end + 1;
    r->line_count++;
    classify(r, line);
    return true;
}

/* -------------------------------------------------------------- blocks --- */

static float link_density(const struct reader *r, size_t first_link)
{
    size_t inside = 0;

    for (size_t i = first_link; i < r->x->link_count; i++)
        if (!strcmp(r->x->links[i].element, "a"))
            inside += r->x->links[i].text.len;
    if (!r->run.letters)
        return 0;
    return inside < r->run.letters ? (float)inside / (float)r->run.letters : 1;
}

static int add_block(struct reader *r, struct bylaw_range bytes,
                     const char *tag, unsigned heading)
{
    struct bylaw_block block = {.tag = tag, .heading = heading, .depth = 1};
    size_t first_link = r->x->link_count;
    int rc = 0;

    bylaw__run_clear(&r->run);
    if (r->is_markdown && !r->in_fence)
        rc = bylaw__md_inline(r->x, &r->run, bytes, r->is_quote, r->err);
    else
        bylaw__run_add(&r->run,
                       bylaw__span_sub(r->text, bytes.begin, bytes.end),
                       bytes.begin, bytes.end - bytes.begin);
    if (rc)
        return rc;
    if (r->run.failed || r->run.text.failed)
        return bylaw__fail_memory(r->err, "text");
    if (!r->run.text.len && r->x->link_count == first_link)
        return 0;
    bylaw__run_into(&r->run, &block);
    if (!r->run.text.len) /* an image alone: the block stands where it does */
        block.bytes = bytes;
    block.zone = BYLAW_ZONE_BODY;
    block.zone_why = "text without regions";
    block.visibility = BYLAW_VISIBILITY_VISIBLE;
    block.visibility_why = "";
    block.first_link = (uint32_t)first_link;
    block.link_count = (uint32_t)(r->x->link_count - first_link);
    block.link_density = link_density(r, first_link);
    block.is_quote = r->is_quote;
    block.is_list_item = r->is_item;
    block.is_main = true;
    return bylaw__extraction_add_block(r->x, &block, r->err);
}

static int flush(struct reader *r, const char *tag, unsigned heading)
{
    struct bylaw_range bytes = r->pending;
    int rc = 0;

    if (bytes.begin < bytes.end)
        rc = add_block(r, bytes, tag, heading);
    r->pending = (struct bylaw_range){0, 0};
    r->is_quote = r->is_item = false;
    return rc;
}

static int flush_paragraph(struct reader *r)
{
    return flush(r, r->is_item ? "li" : r->in_fence ? "pre" : "p", 0);
}

/* Near the top a by-line is a line of its own, whatever stands next to it. */
static bool is_alone(const struct reader *r, struct bylaw_range bytes)
{
    struct bylaw_span line = bylaw__span_sub(r->text, bytes.begin, bytes.end);

    return r->line_count <= HEAD_LINES && bylaw__byline_names(line).len;
}

static int add_text(struct reader *r, const struct line *line)
{
    bool alone = is_alone(r, line->bytes);
    int rc = 0;

    if (line->is_quote != r->is_quote || alone || line->kind == LINE_ITEM)
        rc = flush_paragraph(r);
    if (rc)
        return rc;
    if (r->pending.begin == r->pending.end)
        r->pending.begin = line->bytes.begin;
    r->pending.end = line->bytes.end;
    r->is_quote = line->is_quote;
    r->is_item |= line->kind == LINE_ITEM;
    return alone ? flush_paragraph(r) : 0;
}

static const char *const heading_tags[] = {"p",  "h1", "h2", "h3",
                                           "h4", "h5", "h6"};

static int add_line(struct reader *r, const struct line *line)
{
    bool has_paragraph = r->pending.begin < r->pending.end;
    int rc;

    switch (line->kind) {
    case LINE_TEXT:
    case LINE_ITEM:
        return add_text(r, line);
    case LINE_UNDERLINE:
        if (has_paragraph && !r->is_item && !r->is_quote)
            return flush(r, heading_tags[line->level], line->level);
        return flush_paragraph(r);
    case LINE_HEADING:
        rc = flush_paragraph(r);
        r->pending = line->bytes;
        r->is_quote = line->is_quote;
        return rc ? rc : flush(r, heading_tags[line->level], line->level);
    case LINE_FENCE:
        rc = flush_paragraph(r);
        r->in_fence = !r->in_fence;
        return rc;
    case LINE_BLANK:
    case LINE_RULE:
        break;
    }
    return flush_paragraph(r);
}

/* --------------------------------------------------------------- title --- */

static bool is_title_like(const struct bylaw_block *block)
{
    return block->words && block->words <= TITLE_WORDS_MOST &&
           !bylaw__span_ends(block->text, ".") &&
           !bylaw__byline_names(block->text).len;
}

static const struct bylaw_block *find_title(const struct bylaw__extraction *x)
{
    for (size_t i = 0; i < x->block_count; i++)
        if (x->blocks[i].heading && x->blocks[i].words)
            return &x->blocks[i];
    for (size_t i = 0; i < x->block_count; i++)
        if (x->blocks[i].words)
            return is_title_like(&x->blocks[i]) ? &x->blocks[i] : NULL;
    return NULL;
}

static int describe(struct bylaw__extraction *x, struct bylaw_span text,
                    struct bylaw_error *err)
{
    const struct bylaw_block *title = find_title(x);

    x->document->language = bylaw__language_guess(text);
    x->document->title = "";
    if (!title)
        return 0;
    x->document->title = bylaw__arena_copy(x->arena, title->text);
    if (!x->document->title)
        return bylaw__fail_memory(err, "text");
    return bylaw__extraction_add_meta(x, BYLAW_META_TITLE, title->text,
                                      title->bytes, "text", err);
}

int bylaw__extract_plain(struct bylaw__extraction *x, bool is_markdown,
                         struct bylaw_error *err)
{
    struct reader r = {.x = x, .is_markdown = is_markdown, .err = err};
    struct line line;
    int rc = 0;

    r.text = x->document->text;
    if (bylaw__span_starts(r.text, "\xef\xbb\xbf"))
        r.pos = 3; /* a byte order mark is no text */
    while (!rc && next_line(&r, &line))
        rc = add_line(&r, &line);
    if (!rc)
        rc = flush_paragraph(&r);
    if (!rc)
        rc = describe(x, r.text, err);
    bylaw__run_release(&r.run);
    return rc;
}
