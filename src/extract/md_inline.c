/* SPDX-License-Identifier: Apache-2.0 */
/* Markdown inside one paragraph: marks go, links stay, every byte is mapped. */
#include "extract_text.h"

#include <stdlib.h>

/*
 * Two passes, each linear: find_marks() lists what is not plain text, in order
 * and without overlap; write_marks() copies the text between them. Rules:
 * https://spec.commonmark.org/0.31.2/#inlines, less strict where pairs of
 * different emphasis cross.
 */

#define PARENS_MOST 32u   /* nested in a destination, as in cmark */
#define TAG_BYTES   1024u /* longer is text, not a tag */
#define FENCE_MOST  32u   /* backticks that may open a code span */

enum mark_kind {
    MARK_DROP = 1,   /* bytes that show nothing: a tag, an escape's backslash */
    MARK_CODE,       /* shown as written between its fences */
    MARK_ENTITY,     /* shown as one decoded character */
    MARK_EMPHASIS,   /* delimiters, as many as took part in a pair are gone */
    MARK_LINK_OPEN,  /* "[" or <a ...> */
    MARK_LINK_CLOSE, /* "](...)" or </a> */
    MARK_IMAGE,      /* "![alt](src)" */
    MARK_AUTOLINK    /* "<http://...>" */
};

struct mark {
    enum mark_kind kind;
    size_t begin, end;             /* in the paragraph */
    size_t inner_begin, inner_end; /* code; alt text; autolink's address */
    size_t href_begin, href_end;   /* link, image */
    size_t used;                   /* emphasis: delimiters that pair */
    char delimiter;
    bool can_open, can_close;
};

struct scan {
    struct bylaw_span in;
    size_t pos;
    struct mark *marks;
    size_t count, cap;
    struct bylaw_range *pairs; /* each "[" with its "]", or 0 */
    size_t pair_count, pair_cap;
    size_t next_pair;               /* of the next "[" to be met */
    size_t link_end;                /* the "]" of the open link, or 0 */
    size_t link_past;               /* the byte after that link's ")" */
    bool is_barren[FENCE_MOST + 1]; /* no closing fence of that length left */
    bool is_quote, in_anchor, failed;
};

static struct mark *add_mark(struct scan *s, enum mark_kind kind, size_t begin,
                             size_t end)
{
    struct mark *mark;

    if (bylaw__vec_grow(&s->marks, &s->cap, s->count + 1, sizeof(*s->marks))) {
        s->failed = true;
        return NULL;
    }
    mark = &s->marks[s->count++];
    memset(mark, 0, sizeof(*mark));
    mark->kind = kind;
    mark->begin = begin;
    mark->end = end;
    return mark;
}

static char at(const struct scan *s, size_t i)
{
    return i < s->in.len ? s->in.ptr[i] : '\0';
}

static bool is_punctuation(char c)
{
    return c > ' ' && c < 0x7f && !bylaw__is_alnum((unsigned char)c);
}

/* ----------------------------------------------------------- brackets --- */

/* Pairs all brackets beforehand, so that "[[[[" costs no search each. */
static void pair_brackets(struct scan *s)
{
    uint32_t *open = NULL; /* stack of numbers into pairs */
    size_t open_count = 0, open_cap = 0;

    for (size_t i = 0; i < s->in.len && !s->failed; i++) {
        char c = s->in.ptr[i];

        if (c == '\\') {
            i++;
        } else if (c == '[') {
            s->failed = bylaw__vec_grow(&s->pairs, &s->pair_cap,
                                        s->pair_count + 1, sizeof(*s->pairs)) ||
                        bylaw__vec_grow(&open, &open_cap, open_count + 1,
                                        sizeof(*open));
            if (s->failed)
                break;
            s->pairs[s->pair_count] = (struct bylaw_range){(uint32_t)i, 0};
            open[open_count++] = (uint32_t)s->pair_count++;
        } else if (c == ']' && open_count) {
            s->pairs[open[--open_count]].end = (uint32_t)i;
        }
    }
    free(open);
}

/* Where the "]" of the "[" at i is, or 0. Asked for in rising order of i. */
static size_t find_closer(struct scan *s, size_t i)
{
    while (s->next_pair < s->pair_count && s->pairs[s->next_pair].begin < i)
        s->next_pair++;
    return s->next_pair < s->pair_count && s->pairs[s->next_pair].begin == i
               ? s->pairs[s->next_pair].end
               : 0;
}

/* -------------------------------------------------------- destinations --- */

static size_t skip_space(const struct scan *s, size_t i)
{
    while (i < s->in.len && bylaw__is_space((unsigned char)s->in.ptr[i]))
        i++;
    return i;
}

/* "<dest with spaces>": true and *i past it. */
static bool read_angled(const struct scan *s, size_t *i, struct mark *mark)
{
    size_t end = *i + 1;

    while (at(s, end) && at(s, end) != '>' && at(s, end) != '<' &&
           at(s, end) != '\n')
        end++;
    if (at(s, end) != '>')
        return false;
    mark->href_begin = *i + 1;
    mark->href_end = end;
    *i = end + 1;
    return true;
}

static bool read_bare(const struct scan *s, size_t *i, struct mark *mark)
{
    unsigned parens = 0;

    mark->href_begin = *i;
    for (; *i < s->in.len; (*i)++) {
        char c = s->in.ptr[*i];

        if (bylaw__is_space((unsigned char)c) || (c == ')' && !parens))
            break;
        if (c == '(' && ++parens > PARENS_MOST)
            return false;
        if (c == ')')
            parens--;
        if (c == '\\' && is_punctuation(at(s, *i + 1)))
            (*i)++;
    }
    mark->href_end = *i < s->in.len ? *i : s->in.len;
    return !parens;
}

static bool skip_title(const struct scan *s, size_t *i)
{
    char quote = at(s, *i);

    if (quote != '"' && quote != '\'')
        return true;
    for ((*i)++; *i < s->in.len && s->in.ptr[*i] != quote; (*i)++)
        if (s->in.ptr[*i] == '\\')
            (*i)++;
    if (*i >= s->in.len)
        return false;
    (*i)++;
    return true;
}

/* At the "(" after a "]": fills mark's href; the byte past ")", or 0. */
static size_t read_destination(const struct scan *s, size_t i,
                               struct mark *mark)
{
    if (at(s, i) != '(')
        return 0;
    i = skip_space(s, i + 1);
    if (!(at(s, i) == '<' ? read_angled(s, &i, mark) : read_bare(s, &i, mark)))
        return 0;
    i = skip_space(s, i);
    if (!skip_title(s, &i))
        return 0;
    i = skip_space(s, i);
    return at(s, i) == ')' ? i + 1 : 0;
}

/* --------------------------------------------------------------- marks --- */

/* A mark that reached past the open link's "]" would leave it open. */
static bool is_crossing(const struct scan *s, size_t end)
{
    return s->link_end && end > s->link_end;
}

static void mark_bracket(struct scan *s)
{
    size_t begin = s->pos++;
    size_t close = find_closer(s, begin);
    struct mark found = {0}, *mark;

    if (s->link_end || s->in_anchor || !close)
        return;
    found.end = read_destination(s, close + 1, &found);
    if (!found.end)
        return;
    mark = add_mark(s, MARK_LINK_OPEN, begin, begin + 1);
    if (!mark)
        return;
    mark->href_begin = found.href_begin;
    mark->href_end = found.href_end;
    s->link_end = close;
    s->link_past = found.end;
}

static void mark_image(struct scan *s)
{
    size_t begin = s->pos++;
    size_t close = find_closer(s, begin + 1), end;
    struct mark found = {0}, *mark;

    end = close ? read_destination(s, close + 1, &found) : 0;
    if (!end || is_crossing(s, end))
        return;
    mark = add_mark(s, MARK_IMAGE, begin, end);
    if (!mark)
        return;
    mark->inner_begin = begin + 2;
    mark->inner_end = close;
    mark->href_begin = found.href_begin;
    mark->href_end = found.href_end;
    s->pos = end;
}

static void close_link(struct scan *s)
{
    add_mark(s, MARK_LINK_CLOSE, s->pos, s->link_past);
    s->pos = s->link_past;
    s->link_end = 0;
}

static void mark_escape(struct scan *s)
{
    if (!is_punctuation(at(s, s->pos + 1))) {
        s->pos++;
        return;
    }
    add_mark(s, MARK_DROP, s->pos, s->pos + 1);
    s->pos += 2; /* the escaped character itself is plain */
}

static size_t count_run(const struct scan *s, size_t i)
{
    size_t begin = i;

    while (i < s->in.len && s->in.ptr[i] == s->in.ptr[begin])
        i++;
    return i - begin;
}

static size_t find_fence(const struct scan *s, size_t i, size_t fence)
{
    while (i < s->in.len) {
        size_t run = s->in.ptr[i] == '`' ? count_run(s, i) : 0;

        if (run == fence)
            return i;
        i += run ? run : 1;
    }
    return i;
}

static void mark_code(struct scan *s)
{
    size_t fence = count_run(s, s->pos), begin = s->pos, close;
    struct mark *mark;

    s->pos += fence;
    if (fence > FENCE_MOST || s->is_barren[fence])
        return;
    close = find_fence(s, s->pos, fence);
    if (close >= s->in.len) {
        s->is_barren[fence] = true;
        return;
    }
    if (is_crossing(s, close + fence))
        return;
    mark = add_mark(s, MARK_CODE, begin, close + fence);
    if (!mark)
        return;
    mark->inner_begin = begin + fence;
    mark->inner_end = close;
    s->pos = close + fence;
}

/* -------------------------------------------------- tags and autolinks --- */

/* href="..." of a tag's text, or an empty range at 0. */
static void find_href(const struct scan *s, struct mark *tag)
{
    struct bylaw_span text = bylaw__span_sub(s->in, tag->begin, tag->end);
    size_t found = bylaw__span_find_nocase(text, BYLAW__SPAN(" href="));
    size_t i = tag->begin + found + strlen(" href=");
    char quote;

    if (found == SIZE_MAX || i + 1 >= tag->end)
        return;
    quote = s->in.ptr[i];
    if (quote == '"' || quote == '\'')
        i++;
    tag->href_begin = tag->href_end = i;
    while (tag->href_end + 1 < tag->end) {
        char c = s->in.ptr[tag->href_end];

        if (quote == '"' || quote == '\'' ? c == quote
                                          : bylaw__is_space((unsigned char)c))
            break;
        tag->href_end++;
    }
}

static void mark_tag(struct scan *s, size_t end)
{
    struct bylaw_span text = bylaw__span_sub(s->in, s->pos, end);
    struct mark *mark = add_mark(s, MARK_DROP, s->pos, end);

    s->pos = end;
    if (!mark || s->link_end)
        return;
    if (!s->in_anchor && bylaw__span_starts_nocase(text, "<a ")) {
        mark->kind = MARK_LINK_OPEN;
        find_href(s, mark);
        s->in_anchor = true;
    } else if (s->in_anchor && bylaw__span_starts_nocase(text, "</a")) {
        mark->kind = MARK_LINK_CLOSE;
        s->in_anchor = false;
    }
}

static bool is_address(struct bylaw_span s)
{
    if (bylaw__span_find(s, BYLAW__SPAN(" ")) != SIZE_MAX)
        return false;
    return bylaw__span_starts_nocase(s, "http://") ||
           bylaw__span_starts_nocase(s, "https://") ||
           bylaw__span_starts_nocase(s, "mailto:");
}

static void mark_angle(struct scan *s)
{
    size_t begin = s->pos, end = begin + 1;
    struct bylaw_span inner;
    struct mark *mark;
    char first = at(s, end);

    while (end < s->in.len && end - begin < TAG_BYTES &&
           s->in.ptr[end] != '>' && s->in.ptr[end] != '<')
        end++;
    inner = bylaw__span_sub(s->in, begin + 1, end);
    s->pos++;
    if (at(s, end) != '>' || is_crossing(s, end + 1))
        return;
    if (is_address(inner) && !s->link_end && !s->in_anchor) {
        mark = add_mark(s, MARK_AUTOLINK, begin, end + 1);
        if (mark) {
            mark->inner_begin = mark->href_begin = begin + 1;
            mark->inner_end = mark->href_end = end;
        }
        s->pos = end + 1;
    } else if (bylaw__is_alpha((unsigned char)first) || first == '/' ||
               first == '!') {
        s->pos = begin;
        mark_tag(s, end + 1);
    }
}

static void mark_entity(struct scan *s)
{
    char bytes[4];
    size_t len,
        used = bylaw__entity_decode(bytes, &len,
                                    bylaw__span_sub(s->in, s->pos, s->in.len));

    if (used)
        add_mark(s, MARK_ENTITY, s->pos, s->pos + used);
    s->pos += used ? used : 1;
}

/* ------------------------------------------------------------ emphasis --- */

/* Bytes of other scripts count as letters. */
static bool is_word_byte(char c)
{
    return (unsigned char)c >= 0x80 || bylaw__is_alnum((unsigned char)c);
}

static bool is_blank_at(char c)
{
    return !c || bylaw__is_space((unsigned char)c);
}

static void mark_delimiters(struct scan *s)
{
    size_t len = count_run(s, s->pos);
    char before = s->pos ? s->in.ptr[s->pos - 1] : '\0';
    char after = at(s, s->pos + len);
    struct mark *mark = add_mark(s, MARK_EMPHASIS, s->pos, s->pos + len);

    if (mark) {
        bool left = !is_blank_at(after) &&
                    (is_word_byte(after) || !is_word_byte(before));
        bool right = !is_blank_at(before) &&
                     (is_word_byte(before) || !is_word_byte(after));

        mark->delimiter = s->in.ptr[s->pos];
        if (mark->delimiter == '_') {
            mark->can_open = left && !is_word_byte(before);
            mark->can_close = right && !is_word_byte(after);
        } else {
            mark->can_open = left;
            mark->can_close = right;
        }
    }
    s->pos += len;
}

static size_t delimiters_left(const struct mark *mark)
{
    return mark->end - mark->begin - mark->used;
}

/* Pairs closer with the open runs on stack; what is left may open. */
static void pair_closer(struct scan *s, struct mark *closer, uint32_t *stack,
                        size_t *depth)
{
    while (*depth && delimiters_left(closer)) {
        struct mark *opener = &s->marks[stack[*depth - 1]];
        size_t left = delimiters_left(opener);
        size_t pair =
            left < delimiters_left(closer) ? left : delimiters_left(closer);

        opener->used += pair;
        closer->used += pair;
        if (!delimiters_left(opener))
            (*depth)--;
    }
}

static void pair_emphasis(struct scan *s, char delimiter)
{
    uint32_t *stack = malloc((s->count + 1) * sizeof(*stack));
    size_t depth = 0;

    if (!stack) {
        s->failed = true;
        return;
    }
    for (size_t i = 0; i < s->count; i++) {
        struct mark *mark = &s->marks[i];

        if (mark->kind != MARK_EMPHASIS || mark->delimiter != delimiter)
            continue;
        if (mark->can_close)
            pair_closer(s, mark, stack, &depth);
        if (mark->can_open && delimiters_left(mark))
            stack[depth++] = (uint32_t)i;
    }
    free(stack);
}

/* ---------------------------------------------------------- first pass --- */

/* At a line's start inside a quotation: its ">" marks show nothing. */
static void mark_line_start(struct scan *s)
{
    size_t begin = ++s->pos;

    if (!s->is_quote)
        return;
    while (at(s, s->pos) == '>' || at(s, s->pos) == ' ')
        s->pos++;
    if (s->pos > begin && !is_crossing(s, s->pos))
        add_mark(s, MARK_DROP, begin, s->pos);
}

static const struct {
    char byte;
    void (*mark)(struct scan *s);
} markers[] = {
    {'\\', mark_escape},    {'[', mark_bracket},     {'`', mark_code},
    {'<', mark_angle},      {'&', mark_entity},      {'*', mark_delimiters},
    {'_', mark_delimiters}, {'\n', mark_line_start},
};

static void mark_next(struct scan *s)
{
    if (s->link_end && s->pos == s->link_end) {
        close_link(s);
        return;
    }
    if (at(s, s->pos) == '!' && at(s, s->pos + 1) == '[') {
        mark_image(s);
        return;
    }
    for (size_t i = 0; i < sizeof(markers) / sizeof(markers[0]); i++) {
        if (at(s, s->pos) == markers[i].byte) {
            markers[i].mark(s);
            return;
        }
    }
    s->pos++;
}

static void find_marks(struct scan *s)
{
    pair_brackets(s);
    while (s->pos < s->in.len && !s->failed)
        mark_next(s);
    if (!s->failed)
        pair_emphasis(s, '*');
    if (!s->failed)
        pair_emphasis(s, '_');
}

/* --------------------------------------------------------- second pass --- */

struct writer {
    struct bylaw__extraction *x;
    struct bylaw__run *run;
    struct bylaw_span in;
    uint32_t base;    /* page offset of the paragraph */
    size_t open_link; /* its number in x->links */
    size_t link_text; /* where its text begins in the run */
    bool is_open;
    struct bylaw__buf href;
    struct bylaw_error *err;
};

static struct bylaw_range page_range(const struct writer *w, size_t begin,
                                     size_t end)
{
    return (struct bylaw_range){w->base + (uint32_t)begin,
                                w->base + (uint32_t)end};
}

static void write_plain(struct writer *w, size_t begin, size_t end)
{
    struct bylaw_range page = page_range(w, begin, end);

    if (begin < end)
        bylaw__run_add(w->run, bylaw__span_sub(w->in, begin, end), page.begin,
                       page.end - page.begin);
}

/* The address with its escapes and references decoded. */
static struct bylaw_span decode_href(struct writer *w, const struct mark *mark)
{
    struct bylaw_span raw =
        bylaw__span_sub(w->in, mark->href_begin, mark->href_end);
    struct bylaw__buf plain = {0};

    for (size_t i = 0; i < raw.len; i++) {
        if (raw.ptr[i] == '\\' && i + 1 < raw.len &&
            is_punctuation(raw.ptr[i + 1]))
            i++;
        bylaw__buf_add_char(&plain, raw.ptr[i]);
    }
    bylaw__buf_clear(&w->href);
    bylaw__entity_decode_all(&w->href, bylaw__buf_span(&plain));
    w->href.failed |= plain.failed;
    bylaw__buf_release(&plain);
    return bylaw__buf_span(&w->href);
}

static int add_link(struct writer *w, struct bylaw_link *link,
                    const struct mark *mark)
{
    bool has_href = mark->href_begin > 0; /* something stands before any */
    int rc;

    link->href = decode_href(w, mark);
    link->href_bytes = page_range(w, mark->href_begin, mark->href_end);
    if (!has_href)
        link->href_bytes = (struct bylaw_range){0, 0};
    link->zone = BYLAW_ZONE_BODY;
    link->visibility = BYLAW_VISIBILITY_VISIBLE;
    link->visibility_why = "";
    link->block = (uint32_t)w->x->block_count;
    if (w->href.failed)
        return bylaw__fail_memory(w->err, "markdown");
    rc = bylaw__extraction_resolve(w->x, link, has_href, BYLAW__SPAN(""),
                                   w->err);
    return rc ? rc : bylaw__extraction_add_link(w->x, link, w->err);
}

/* Added at once, to keep document order; its text and end come later. */
static int open_link(struct writer *w, const struct mark *mark)
{
    struct bylaw_link link = {.element = "a"};
    int rc;

    w->open_link = w->x->link_count;
    w->link_text = w->run->text.len;
    link.text = BYLAW__SPAN("");
    link.bytes = page_range(w, mark->begin, mark->end);
    rc = add_link(w, &link, mark);
    w->is_open = !rc && w->x->link_count > w->open_link;
    return rc;
}

static int finish_link(struct writer *w, size_t end)
{
    struct bylaw_span text = bylaw__span_sub(bylaw__buf_span(&w->run->text),
                                             w->link_text, w->run->text.len);
    struct bylaw_link *link;

    if (!w->is_open)
        return 0;
    w->is_open = false;
    link = &w->x->links[w->open_link];
    link->bytes.end = w->base + (uint32_t)end;
    link->text = bylaw__arena_span(w->x->arena, bylaw__span_trim(text));
    return link->text.ptr ? 0 : bylaw__fail_memory(w->err, "markdown");
}

static int write_image(struct writer *w, const struct mark *mark)
{
    struct bylaw_link link = {.element = "img"};

    link.text = bylaw__span_sub(w->in, mark->inner_begin, mark->inner_end);
    link.bytes = page_range(w, mark->begin, mark->end);
    return add_link(w, &link, mark);
}

static int write_autolink(struct writer *w, const struct mark *mark)
{
    struct bylaw_link link = {.element = "a"};

    write_plain(w, mark->inner_begin, mark->inner_end);
    link.text = bylaw__span_sub(w->in, mark->inner_begin, mark->inner_end);
    link.bytes = page_range(w, mark->begin, mark->end);
    return add_link(w, &link, mark);
}

static void write_entity(struct writer *w, const struct mark *mark)
{
    char bytes[4];
    size_t len = 0;
    struct bylaw_range page = page_range(w, mark->begin, mark->end);

    bylaw__entity_decode(bytes, &len,
                         bylaw__span_sub(w->in, mark->begin, mark->end));
    bylaw__run_add(w->run, (struct bylaw_span){bytes, len}, page.begin,
                   page.end - page.begin);
}

static int write_mark(struct writer *w, const struct mark *mark)
{
    switch (mark->kind) {
    case MARK_CODE:
        write_plain(w, mark->inner_begin, mark->inner_end);
        return 0;
    case MARK_ENTITY:
        write_entity(w, mark);
        return 0;
    case MARK_EMPHASIS:
        write_plain(w, mark->begin + mark->used, mark->end);
        return 0;
    case MARK_LINK_OPEN:
        return open_link(w, mark);
    case MARK_LINK_CLOSE:
        return finish_link(w, mark->end);
    case MARK_IMAGE:
        return write_image(w, mark);
    case MARK_AUTOLINK:
        return write_autolink(w, mark);
    case MARK_DROP:
        break;
    }
    return 0;
}

int bylaw__md_inline(struct bylaw__extraction *x, struct bylaw__run *run,
                     struct bylaw_range bytes, bool is_quote,
                     struct bylaw_error *err)
{
    struct scan s = {.is_quote = is_quote};
    struct writer w = {.x = x, .run = run, .base = bytes.begin, .err = err};
    size_t done = 0;
    int rc = 0;

    s.in = w.in = bylaw__span_sub(x->document->text, bytes.begin, bytes.end);
    find_marks(&s);
    if (s.failed)
        rc = bylaw__fail_memory(err, "markdown");
    for (size_t i = 0; i < s.count && !rc; i++) {
        write_plain(&w, done, s.marks[i].begin);
        rc = write_mark(&w, &s.marks[i]);
        done = s.marks[i].end;
    }
    if (!rc) {
        write_plain(&w, done, s.in.len);
        rc = finish_link(&w, s.in.len); /* an <a> that nothing closed */
    }
    bylaw__buf_release(&w.href);
    free(s.marks);
    free(s.pairs);
    return rc;
}
