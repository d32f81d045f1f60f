/* SPDX-License-Identifier: Apache-2.0 */
/* Licences of Creative Commons by address, by identifier and by name. */
#include "model.h"

#define CC_HOST    "creativecommons.org"
#define NAME_BYTES 200u /* a longer text is no name of a licence */

/* Elements in the order of the codes; older texts order them otherwise. */
enum { ELEMENT_BY = 1, ELEMENT_NC = 2, ELEMENT_ND = 4, ELEMENT_SA = 8 };

static const struct {
    unsigned element;
    const char *code;
} elements[] = {{ELEMENT_BY, "by"},
                {ELEMENT_NC, "nc"},
                {ELEMENT_ND, "nd"},
                {ELEMENT_SA, "sa"}};

#define ELEMENT_COUNT (sizeof(elements) / sizeof(elements[0]))

/* Licences that are no set of elements; none is offered any more. */
static const char *const oddities[] = {"sampling", "sampling+", "nc-sampling+",
                                       "devnations", "publicdomain"};

/* No licence forbids changes and asks for their licence too. */
static bool set_elements(struct bylaw__licence *out, unsigned set)
{
    size_t len = 0;

    if (!set || (set & ELEMENT_ND && set & ELEMENT_SA))
        return false;
    for (size_t i = 0; i < ELEMENT_COUNT; i++) {
        if (!(set & elements[i].element))
            continue;
        if (len)
            out->code[len++] = '-';
        memcpy(out->code + len, elements[i].code, 2);
        len += 2;
    }
    out->code[len] = '\0';
    out->is_retired = !(set & ELEMENT_BY);
    return true;
}

static bool copy_lower(char *out, size_t size, struct bylaw_span part)
{
    if (!part.len || part.len >= size)
        return false;
    for (size_t i = 0; i < part.len; i++)
        out[i] = bylaw__lower(part.ptr[i]);
    out[part.len] = '\0';
    return true;
}

static bool is_version(struct bylaw_span text)
{
    return text.len == 3 && bylaw__is_digit((unsigned char)text.ptr[0]) &&
           text.ptr[1] == '.' && bylaw__is_digit((unsigned char)text.ptr[2]);
}

/* The next piece of text before one of the separators. */
static struct bylaw_span next_piece(struct bylaw_span *rest,
                                    const char *separators)
{
    struct bylaw_span piece;
    size_t begin = 0, end;

    while (begin < rest->len && strchr(separators, rest->ptr[begin]))
        begin++;
    end = begin;
    while (end < rest->len && !strchr(separators, rest->ptr[end]))
        end++;
    piece = bylaw__span_sub(*rest, begin, end);
    *rest = bylaw__span_sub(*rest, end, rest->len);
    return piece;
}

/* ----------------------------------------------------------- addresses --- */

static bool read_code(struct bylaw__licence *out, struct bylaw_span code)
{
    struct bylaw_span rest = code, piece;
    unsigned set = 0;

    for (size_t i = 0; i < sizeof(oddities) / sizeof(oddities[0]); i++)
        if (bylaw__span_is_nocase(code, oddities[i])) {
            out->is_retired = true;
            return copy_lower(out->code, sizeof(out->code), code);
        }
    while ((piece = next_piece(&rest, "-")).len) {
        size_t i = 0;

        while (i < ELEMENT_COUNT &&
               !bylaw__span_is_nocase(piece, elements[i].code))
            i++;
        if (i == ELEMENT_COUNT)
            return false;
        set |= elements[i].element;
    }
    return set_elements(out, set);
}

/* zero, mark and the retired certification */
static bool read_dedication(struct bylaw__licence *out, struct bylaw_span code)
{
    static const char *const codes[] = {"zero", "mark", "certification"};

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        if (bylaw__span_is_nocase(code, codes[i])) {
            out->is_retired = i == 2;
            return copy_lower(out->code, sizeof(out->code), code);
        }
    return false;
}

/* "us", "igo", "scotland"; "deed.de" and "legalcode" are no places. */
static void read_port(struct bylaw__licence *out, struct bylaw_span part)
{
    if (!bylaw__span_starts_nocase(part, "deed") &&
        !bylaw__span_starts_nocase(part, "legalcode") &&
        !bylaw__span_starts_nocase(part, "rdf"))
        copy_lower(out->port, sizeof(out->port), part);
}

bool bylaw__licence_of_url(struct bylaw__licence *out, const bylaw_url *url)
{
    struct bylaw_span path, kind, code, version;
    bool is_known;

    memset(out, 0, sizeof(*out));
    if (!bylaw_url_in_domain(url, CC_HOST))
        return false;
    path = bylaw__span_of(bylaw_url_path(url));
    kind = next_piece(&path, "/");
    code = next_piece(&path, "/");
    version = next_piece(&path, "/");
    if (bylaw__span_is_nocase(kind, "publicdomain"))
        is_known = read_dedication(out, code);
    else
        is_known = (bylaw__span_is_nocase(kind, "licenses") ||
                    bylaw__span_is_nocase(kind, "licences")) &&
                   read_code(out, code);
    if (!is_known || (version.len && !is_version(version))) {
        memset(out, 0, sizeof(*out));
        return false;
    }
    if (version.len) {
        copy_lower(out->version, sizeof(out->version), version);
        read_port(out, next_piece(&path, "/"));
    }
    return true;
}

/* ------------------------------------------------------------- names --- */

/* Words of names and identifiers; two words may make one element. */
static const struct {
    const char *word;
    unsigned element;
} name_words[] = {
    {"by", ELEMENT_BY},
    {"attribution", ELEMENT_BY},
    {"nc", ELEMENT_NC},
    {"noncommercial", ELEMENT_NC},
    {"commercial", ELEMENT_NC}, /* "Non-Commercial" */
    {"nd", ELEMENT_ND},
    {"noderivs", ELEMENT_ND},
    {"noderivatives", ELEMENT_ND},
    {"derivs", ELEMENT_ND},
    {"derivatives", ELEMENT_ND},
    {"derivative", ELEMENT_ND},
    {"sa", ELEMENT_SA},
    {"sharealike", ELEMENT_SA},
    {"alike", ELEMENT_SA},
};

static unsigned element_of(struct bylaw_span word)
{
    for (size_t i = 0; i < sizeof(name_words) / sizeof(name_words[0]); i++)
        if (bylaw__span_is_nocase(word, name_words[i].word))
            return name_words[i].element;
    return 0;
}

/* Ports as identifiers write them; words that follow a version in prose are
 * not among them. */
static bool is_port(struct bylaw_span word)
{
    return word.len == 2 || bylaw__span_is_nocase(word, "igo") ||
           bylaw__span_is_nocase(word, "scotland");
}

static bool names_creative_commons(struct bylaw_span text)
{
    return bylaw__span_starts_nocase(text, "cc") ||
           bylaw__span_find_nocase(text, BYLAW__SPAN("creative commons")) !=
               SIZE_MAX ||
           bylaw__span_find_nocase(text, BYLAW__SPAN("creativecommons")) !=
               SIZE_MAX;
}

static bool is_cc_zero(struct bylaw_span word)
{
    return bylaw__span_is_nocase(word, "cc0") ||
           bylaw__span_is_nocase(word, "zero");
}

bool bylaw__licence_of_name(struct bylaw__licence *out, struct bylaw_span name)
{
    struct bylaw_span rest = bylaw__span_trim(name), word;
    unsigned set = 0;
    bool is_zero = false;

    memset(out, 0, sizeof(*out));
    if (rest.len > NAME_BYTES || !names_creative_commons(rest))
        return false;
    while ((word = next_piece(&rest, " -_,;:()/")).len) {
        is_zero |= is_cc_zero(word);
        set |= element_of(word);
        if (is_version(word) && !*out->version)
            copy_lower(out->version, sizeof(out->version), word);
        else if (*out->version && !*out->port && is_port(word))
            copy_lower(out->port, sizeof(out->port), word);
    }
    if (is_zero && !set)
        return copy_lower(out->code, sizeof(out->code), BYLAW__SPAN("zero"));
    if (set & ELEMENT_BY && set_elements(out, set))
        return true;
    memset(out, 0, sizeof(*out));
    return false;
}

bool bylaw__licence_of(struct bylaw__licence *out, struct bylaw_span text)
{
    bylaw_url *url = NULL;
    bool is_known;

    if (bylaw_url_parse(&url, text, NULL, NULL))
        return bylaw__licence_of_name(out, text);
    is_known = bylaw__licence_of_url(out, url);
    bylaw_url_free(url);
    return is_known;
}

bool bylaw__licence_is_same(const struct bylaw__licence *a,
                            const struct bylaw__licence *b)
{
    return !strcmp(a->code, b->code) &&
           (!*a->version || !*b->version || !strcmp(a->version, b->version));
}

void bylaw__licence_name(struct bylaw__buf *out,
                         const struct bylaw__licence *licence)
{
    if (!strcmp(licence->code, "zero")) {
        bylaw__buf_add_text(out, "CC0 1.0");
        return;
    }
    if (!strcmp(licence->code, "mark")) {
        bylaw__buf_add_text(out, "Public Domain Mark 1.0");
        return;
    }
    bylaw__buf_add_text(out, "CC ");
    for (const char *p = licence->code; *p; p++)
        bylaw__buf_add_char(out, *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A')
                                                        : *p);
    if (*licence->version)
        bylaw__buf_printf(out, " %s", licence->version);
    if (*licence->port)
        bylaw__buf_add_char(out, ' ');
    for (const char *p = licence->port; *p; p++)
        bylaw__buf_add_char(out, *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A')
                                                        : *p);
}
