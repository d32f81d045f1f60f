/* SPDX-License-Identifier: Apache-2.0 */
/*
 * XML as it is found made readable. A parser must stop at the first fault
 * (XML 1.0 s1.2), and stray ampersands, HTML's entities and control characters
 * are in so many feeds that stopping there would lose most of what they say.
 * What could harm is taken away on the same walk: document types whole.
 */
#include "crawl_int.h"

/* Room for the references that stray ampersands become. */
#define MENDED_BYTES (BYLAW_LIMIT_XML_BYTES + (BYLAW_LIMIT_XML_BYTES >> 2))

#define DIGITS_MOST 8u /* of a numeric reference */

struct mending {
    struct bylaw__buf *out;
    struct bylaw_span text;
    size_t pos;
    struct crawl_leads *leads;
    bool is_over;
    bool has_subset;
};

static struct bylaw_span rest_of(const struct mending *m)
{
    return bylaw__span_sub(m->text, m->pos, m->text.len);
}

/* XML 1.0 s2.2; surrogates cannot come up in UTF-8. */
static bool is_char(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xd7ff) ||
           (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff);
}

/* U+FFFE and U+FFFF, the two code points above space that XML forbids. */
static bool is_noncharacter(struct bylaw_span s)
{
    return bylaw__span_starts(s, "\xef\xbf\xbe") ||
           bylaw__span_starts(s, "\xef\xbf\xbf");
}

static void copy_byte(struct mending *m)
{
    unsigned char c = (unsigned char)m->text.ptr[m->pos];

    if (c == 0xef && is_noncharacter(rest_of(m))) {
        bylaw__buf_add_char(m->out, ' ');
        m->pos += 3;
        return;
    }
    bylaw__buf_add_char(m->out, is_char(c) ? (char)c : ' ');
    m->pos++;
}

static void copy_to(struct mending *m, size_t end)
{
    while (m->pos < end)
        copy_byte(m);
}

/* Where the end mark that follows pos has ended; the text's end if none. */
static size_t find_end(const struct mending *m, const char *mark)
{
    struct bylaw_span end = bylaw__span_of(mark);
    size_t at = bylaw__span_find(rest_of(m), end);

    return at == SIZE_MAX ? m->text.len : m->pos + at + end.len;
}

/* Left out but for its line ends, so that complaints name the right line. */
static void leave_out(struct mending *m, size_t end)
{
    for (; m->pos < end; m->pos++)
        if (m->text.ptr[m->pos] == '\n')
            bylaw__buf_add_char(m->out, '\n');
}

/* ---------------------------------------------------------- references --- */

/* Bytes of "&#...;" at s, and the code point it stands for; 0 where none. */
static size_t numeric_reference(uint32_t *out, struct bylaw_span s)
{
    bool is_hex = s.len > 2 && (s.ptr[2] == 'x' || s.ptr[2] == 'X');
    size_t begin = is_hex ? 3 : 2, i = begin;
    uint32_t value = 0;

    if (!bylaw__span_starts(s, "&#"))
        return 0;
    for (; i < s.len && i - begin < DIGITS_MOST; i++) {
        int digit = bylaw__hex_value((unsigned char)s.ptr[i]);

        if (digit < 0 || (!is_hex && digit > 9))
            break;
        value = value * (is_hex ? 16 : 10) + (uint32_t)digit;
    }
    *out = value;
    return i > begin && i < s.len && s.ptr[i] == ';' ? i + 1 : 0;
}

static size_t named_reference(struct bylaw_span s)
{
    static const char *const five[] = {"&amp;", "&lt;", "&gt;", "&quot;",
                                       "&apos;"};

    for (size_t i = 0; i < sizeof(five) / sizeof(five[0]); i++)
        if (bylaw__span_starts(s, five[i]))
            return strlen(five[i]);
    return 0;
}

static void mend_reference(struct mending *m)
{
    uint32_t c = 0;
    size_t numeric = numeric_reference(&c, rest_of(m));
    size_t len = numeric ? numeric : named_reference(rest_of(m));

    if (numeric && !is_char(c)) {
        bylaw__buf_add_char(m->out, ' ');
        m->pos += len;
    } else if (len && numeric) {
        bylaw__buf_printf(m->out, "&#%u;", (unsigned)c);
        m->pos += len;
    } else if (len) {
        copy_to(m, m->pos + len);
    } else {
        bylaw__buf_add_text(m->out, "&amp;");
        m->pos++;
    }
}

/* ---------------------------------------------------------------- tags --- */

/* Libxml2 compares each attribute with all before it, so their number is
 * bounded before it sees them. */
static void mend_tag(struct mending *m)
{
    unsigned attributes = 0;
    char quote = '\0';

    do {
        char c = m->text.ptr[m->pos];

        if (c == '&') {
            mend_reference(m);
            continue;
        }
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '=' && ++attributes > BYLAW_LIMIT_XML_ATTRIBUTES) {
            bylaw__leads_cut(m->leads, "a tag has more than %u attributes",
                             BYLAW_LIMIT_XML_ATTRIBUTES);
            m->is_over = true;
            return;
        }
        copy_byte(m);
        if (c == '>' && !quote)
            return;
    } while (m->pos < m->text.len);
}

/* A document type is left out; one with an internal subset is refused. */
static void skip_doctype(struct mending *m)
{
    char quote = '\0';
    size_t end = m->pos;

    for (; end < m->text.len && (quote || m->text.ptr[end] != '>'); end++) {
        char c = m->text.ptr[end];

        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '[')
            m->has_subset = m->is_over = true;
    }
    leave_out(m, end < m->text.len ? end + 1 : end);
}

static void mend_markup(struct mending *m)
{
    struct bylaw_span rest = rest_of(m);

    if (bylaw__span_starts(rest, "<!--"))
        leave_out(m, find_end(m, "-->"));
    else if (bylaw__span_starts(rest, "<?"))
        leave_out(m, find_end(m, "?>"));
    else if (bylaw__span_starts(rest, "<![CDATA["))
        copy_to(m, find_end(m, "]]>"));
    else if (bylaw__span_starts(rest, "<!"))
        skip_doctype(m);
    else
        mend_tag(m);
}

int bylaw__xml_mend(struct bylaw__buf *out, struct bylaw_span text,
                    struct crawl_leads *leads, struct bylaw_error *err)
{
    struct mending m = {.out = out, .text = text, .leads = leads};

    bylaw__buf_init(out, MENDED_BYTES);
    while (m.pos < text.len && !m.is_over && out->len < MENDED_BYTES - 16) {
        if (text.ptr[m.pos] == '<')
            mend_markup(&m);
        else if (text.ptr[m.pos] == '&')
            mend_reference(&m);
        else
            copy_byte(&m);
    }
    if (m.has_subset)
        return bylaw__fail(err, BYLAW_EREFUSED, "crawl.doctype", "",
                           "the XML declares entities or elements of its own");
    if (out->failed && out->len < MENDED_BYTES / 2)
        return bylaw__fail_memory(err, "");
    if (m.pos < text.len)
        bylaw__leads_cut(leads, "more than %u bytes remain after mending",
                         MENDED_BYTES);
    out->failed = false;
    return 0;
}
