/* SPDX-License-Identifier: Apache-2.0 */
/* Planted credit: real pages as hosts, source articles, cases and scores. */
#ifndef JUDGE_BENCH_H
#define JUDGE_BENCH_H

#include "html/html.h"

#include <bylaw/audit.h>

#define HOST_SLOTS_MAX   400u
#define SOURCE_NAMES_MAX 2u

/* -------------------------------------------------------------- hosts --- */

/** A paragraph of the host's own article, to be filled or taken out. */
struct slot {
    struct bylaw_range outer, inner, start_tag;
    char tag[16];
    bool is_removed; /* text that has no place in the source: taken out */
};

/** A real page whose article can be exchanged for another. */
struct host {
    char *name;
    struct bylaw__buf text; /* the page as UTF-8 */
    struct slot slots[HOST_SLOTS_MAX];
    size_t slot_count;
    size_t head_end, body_begin, body_end, below_heading;
    bool has_remains;  /* parts of its own article may be left among it */
    bool has_licences; /* speaks of Creative Commons itself */
};

struct hosts {
    struct host *items;
    size_t count, cap;
    size_t seen, unlocated, unreadable; /* pages looked at; why not used */
};

/** False where dir holds no corpus. */
bool hosts_load(struct hosts *hosts, const char *dir);
void hosts_release(struct hosts *hosts);

/* ------------------------------------------------------------ sources --- */

struct person {
    const char *name, *first, *last, *initials;
    const char *respelt; /* accents dropped or added */
};

struct source {
    const char *id, *rule, *publisher, *domain, *url, *other_url, *title;
    struct person author;
    const char *holders[SOURCE_NAMES_MAX]; /* NULL where fewer */
    bool holds_author;                     /* author among the holders */
    const char *upstream, *upstream_url;   /* or NULL */
    bool is_cc;
    bool names_author; /* the text itself does, in a note on the author */
    bylaw_auditor *auditor;
    char **paragraphs; /* HTML-escaped */
    size_t paragraph_count;
};

/** Seed and gold bodies made sources; exits with a message on failure. */
struct source *sources_load(size_t *out_count, const char *corpus,
                            const struct bylaw_audit_options *options);
/** A folder with the project's rules, and two that ask for more besides: words,
 *  place, anchor, headline, canonical link, counter. Heap; exits on failure. */
char *planted_rules(const char *rules_dir);
void planted_rules_remove(char *dir);
void sources_release(struct source *sources, size_t count);

/* -------------------------------------------------------------- cases --- */

enum zone_kind {
    PLANT_AFTER,
    PLANT_BEFORE,
    PLANT_BYLINE,
    PLANT_ARTICLE_FOOTER,
    PLANT_CAPTION,
    PLANT_SIDEBAR,
    PLANT_COMMENTS,
    PLANT_NAV,
    PLANT_SITE_FOOTER,
    PLANT_ZONES
};

enum link_state {
    LINK_GOOD,
    LINK_HTTP,
    LINK_WWW,
    LINK_UTM,
    LINK_SLASH,
    LINK_AMP,
    LINK_PRINT,
    LINK_FRAGMENT_PART,
    LINK_ARCHIVE,
    LINK_TRANSLATE,
    LINK_FACEBOOK,
    LINK_GOOGLE,
    LINK_HOME,
    LINK_OTHER_ARTICLE,
    LINK_HASH,
    LINK_EMPTY,
    LINK_SCRIPT,
    LINK_MAIL,
    LINK_NO_HREF,
    LINK_PLAIN,
    LINK_SHORTENER,
    LINK_UPSTREAM,
    LINK_MISSING,
    LINK_STATES
};

enum hiding {
    SHOWN,
    SHOWN_ARIA,
    SHOWN_OTHER_RULE,
    HIDDEN_ATTRIBUTE,
    HIDDEN_DISPLAY,
    HIDDEN_VISIBILITY,
    HIDDEN_FONT,
    HIDDEN_OFFSCREEN,
    HIDDEN_INDENT,
    HIDDEN_OPACITY,
    HIDDEN_CLIP,
    HIDDEN_WHITE,
    HIDDEN_CLASS_RULE,
    HIDDEN_ID_RULE,
    HIDDEN_COMMENT,
    HIDDEN_TEMPLATE,
    HIDDEN_NOSCRIPT,
    HIDDEN_DETAILS,
    HIDDEN_ALT,
    HIDDEN_JSON_LD,
    HIDINGS
};

enum markup {
    MARKUP_P,
    MARKUP_DIV,
    MARKUP_SPAN,
    MARKUP_LI,
    MARKUP_EM,
    MARKUP_TD,
    MARKUP_FOOTER,
    MARKUP_FIGCAPTION,
    MARKUP_HEADING,
    MARKUP_SMALL,
    MARKUP_BREAKS,
    MARKUP_SECTION,
    MARKUP_TAIL,
    MARKUP_BARE, /* right in what covers it; never picked at random */
    MARKUPS
};

enum spelling {
    SPELT_PLAIN,
    SPELT_ENTITIES,
    SPELT_CURLY,
    SPELT_NBSP,
    SPELT_SOFT_HYPHEN,
    SPELT_UPPER,
    SPELT_TAGS,
    SPELT_RESPELT,
    SPELT_ORDER,
    SPELT_INITIALS,
    SPELT_SURNAME,
    SPELLINGS
};

enum notice_state { NOTICE_MISSING, NOTICE_FULL, NOTICE_SOME, NOTICE_OTHER };
#define NOTICE_STATES (NOTICE_OTHER + 1)

/** What of the publisher's counter is on the page. */
enum pixel_state { PIXEL_MISSING, PIXEL_GOOD, PIXEL_OTHER, PIXEL_IN_SCRIPT };
#define PIXEL_STATES (PIXEL_IN_SCRIPT + 1)
#define PIXEL_HOST   "counter.press.example"

/** What was done to the article's text. */
enum alteration {
    ALTERED_NOT,
    ALTERED_STYLE,   /* quotation marks and dashes, as a house sets them */
    ALTERED_WORDS,   /* two words in all */
    ALTERED_PASSAGE, /* half a paragraph in other words */
    ALTERED_LESS,    /* a paragraph from the middle left out */
    ALTERED_MORE,    /* two paragraphs of somebody else's put in */
    ALTERATIONS
};

#define LANGUAGES 10

struct planted {
    unsigned id;
    const struct host *host;
    const struct source *source;
    bool publisher, author, licence;
    enum notice_state notice;
    enum zone_kind zone;
    enum link_state link;
    enum hiding hiding;
    enum markup markup;
    enum spelling spelling;
    unsigned language, wording;
    bool is_split; /* each part in an element of its own */
    enum pixel_state pixel;
    bool canonical; /* a canonical link to the original, beside the host's */
    enum alteration alteration;
    size_t altered; /* number of the paragraph */
};

void plan_case(struct planted *out, unsigned id, const struct hosts *hosts,
               const struct source *sources, size_t source_count);
#define PARTS_MAX 4u
/** The credit's parts that are there, as HTML; returns their number. */
size_t make_parts(struct bylaw__buf parts[PARTS_MAX], const struct planted *c);
/** The parts in their markup. */
void add_credit(struct bylaw__buf *out, const struct planted *c);
/** A paragraph of the source as the case alters it. */
void add_paragraph(struct bylaw__buf *out, const struct planted *c, size_t i);
/** The page with the source's text and the credit in it. */
void compose_page(struct bylaw__buf *out, const struct planted *c);
const char *language_name(unsigned language);
/** The last long number of an address; empty where it has none. */
struct bylaw_span number_of_address(const char *url);

/* ------------------------------------------------------- expectations --- */

enum found {
    FOUND_PASS,
    FOUND_PARTIAL,
    FOUND_FAIL,
    FOUND_UNKNOWN,
    FOUND_NONE, /* not evaluated, or no such finding */
    FOUND_KINDS
};
#define ALLOWS(kind) (1u << (kind))

enum duty {
    DUTY_PUBLISHER,
    DUTY_AUTHOR,
    DUTY_COPYRIGHT,
    DUTY_LINK,
    DUTY_LICENCE_LINK,
    DUTY_LICENCE_NOTICE,
    DUTY_TEXT,
    DUTY_WHOLE,
    DUTY_LINE,
    DUTY_PLACE,
    DUTY_ANCHOR,
    DUTY_TITLE,
    DUTY_CANONICAL,
    DUTY_PIXEL,
    DUTIES
};

/** Which outcomes are right; 0: not scored. One bit: decidable. */
unsigned expect(const struct planted *c, enum duty duty);

#endif
