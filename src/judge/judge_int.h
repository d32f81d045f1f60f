/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this room share: the scene, rulings, rows of terms. */
#ifndef BYLAW_JUDGE_INT_H
#define BYLAW_JUDGE_INT_H

#include "judge.h"

/* -------------------------------------------------------------- scene --- */

/** Whether a reader sees something. */
enum seen {
    SEEN_NO = 0,
    SEEN_DOUBTFUL, /* the page's bytes alone cannot tell */
    SEEN_YES
};

/** What a place on the page is worth as a place for credit. */
enum stand {
    STAND_NOWHERE = 0, /* menus, the document's head */
    STAND_OFF,         /* sidebar, comments, site footer, far away */
    STAND_PROSE,       /* among the article, where only grammar makes credit */
    STAND_CREDIT       /* by-line or credit line: a name alone is credit */
};

#define ROLE_COUNT     (BYLAW_PHRASE_PARTNER + 1)
#define ROLE_BIT(role) (1u << (role))

/** Roles after which a name stands as the one credited. */
#define ROLES_NAMING                                                           \
    (ROLE_BIT(BYLAW_PHRASE_ORIGINAL) | ROLE_BIT(BYLAW_PHRASE_SOURCE) |         \
     ROLE_BIT(BYLAW_PHRASE_REPUBLISHED) | ROLE_BIT(BYLAW_PHRASE_PERMISSION) |  \
     ROLE_BIT(BYLAW_PHRASE_FEED) | ROLE_BIT(BYLAW_PHRASE_AUTHOR) |             \
     ROLE_BIT(BYLAW_PHRASE_COPYRIGHT))
/** Roles that speak of where an article came from. */
#define ROLES_ORIGIN                                                           \
    (ROLE_BIT(BYLAW_PHRASE_ORIGINAL) | ROLE_BIT(BYLAW_PHRASE_SOURCE) |         \
     ROLE_BIT(BYLAW_PHRASE_REPUBLISHED) | ROLE_BIT(BYLAW_PHRASE_FEED))

/** A block, or the head or tail of a long one, in which credit may stand. */
struct line {
    struct bylaw_span text;
    uint32_t block;
    uint32_t offset; /* of text in the block's text */
    enum bylaw_zone zone;
    enum stand stand;
    enum seen seen;
    bool is_read;               /* its grammar was looked at */
    bool is_foreign;            /* holds letters beyond ASCII */
    struct bylaw_span words;    /* see line_words; empty: not made yet */
    struct bylaw_span squeezed; /* see line_squeezed; empty: not made yet */
    unsigned roles;             /* ROLE_BITs of the phrases found in it */
    struct bylaw_range at[ROLE_COUNT]; /* of each role's phrase, in text */
    struct bylaw_range mark;           /* copyright sign or word; or empty */
};

/** Where a link (or an address in plain text) leads, seen from the source. */
enum reach {
    REACH_ELSEWHERE = 0,
    REACH_ASTRAY,   /* elsewhere, told by following a link that is credit */
    REACH_DEAD,     /* "#", empty or script, where credit would stand */
    REACH_GONE,     /* no page is there, told by following it twice */
    REACH_UPSTREAM, /* the site that the source was taken from */
    REACH_SITE,     /* another page of the owner's */
    REACH_MAYBE,    /* another address whose words are the article's title */
    REACH_HOME,     /* the owner's front page */
    REACH_OPAQUE,   /* a redirector: may lead anywhere */
    REACH_ARTICLE   /* by its address, or by title where that is not known */
};

struct way {
    const struct bylaw_link *link; /* NULL: an address in plain text */
    const struct line *line;       /* its line, or NULL */
    struct bylaw_range at;         /* plain text: where in the line */
    enum reach reach;
    enum stand stand;
    enum bylaw_zone zone;
    enum seen seen;
    const char *hidden_why;          /* what hides it, or "" */
    bool is_copied;                  /* stands inside the copied text */
    const struct bylaw_trail *trail; /* it was followed; or NULL */
};

#define STEM_CHAINS 256u
#define STEM_NONE   UINT32_MAX

/** Why an edit is none that the rule minds. */
enum pardon {
    PARDON_NONE = 0,
    PARDON_CLASS, /* the rule permits changes of its class */
    PARDON_CUT,   /* the beginning or end was left out: an excerpt */
    PARDON_FRAME  /* the page's or the source's frame, not the article */
};

/** The address of a link; read once. */
struct address {
    bylaw_url *url; /* NULL: none that can be read */
    bool is_read;
};

/** The page looked at once, for all terms. */
struct scene {
    const struct bylaw__case *c;
    struct bylaw__arena *arena;
    bool is_rule_past; /* it did not hold when the page was copied */
    const char *gap;   /* why absence proves nothing here; NULL: it does */
    const char *owner; /* the publisher's name in sentences; never NULL */
    struct line *lines;
    size_t line_count;
    struct way *ways;
    size_t way_count;
    bylaw__folds **folds;      /* *folds made on demand */
    struct address *addresses; /* of the document's links, read on demand */
    bylaw_url **targets; /* the article's addresses; the first is its own */
    size_t target_count;
    bylaw_url *upstream; /* or NULL */
    const char **names;  /* the publisher's */
    size_t name_count;
    /* Of the phrases, normalised to their first slot; and by first word, so
     * that a line is held against those only that may stand in it. */
    struct bylaw_span *stems;
    uint32_t stem_chains[STEM_CHAINS + 1], *stem_next;
    bool *is_candidate;       /* of each phrase, for the line at hand */
    struct bylaw_edit *edits; /* the match's, is_permitted set */
    enum pardon *pardons;     /* of each edit, why it is permitted */
    size_t edit_count;
};

int scene_build(struct scene *scene, const struct bylaw__case *c,
                struct bylaw__arena *arena);
void scene_release(struct scene *scene);
/** Fills ways; part of scene_build. */
int scene_find_ways(struct scene *scene);
/** Reads the lines of menus and mastheads that speak as credit does, which may
 *  be this article's; part of scene_build, after the ways. */
void scene_read_mastheads(struct scene *scene);
/** Reads a line's grammar: its roles, and where they stand. */
void scene_read_line(struct scene *scene, struct line *line);
/** A line of a menu or masthead that holds the name; NULL: none. */
const struct line *menu_naming(const struct scene *scene, const char *name);
/** Marks which edits the rule allows; part of scene_build. */
void scene_permit_edits(struct scene *scene);

/** Address of a link of the page; NULL: it has none, or none that can be read.
 *  Each is taken apart once. */
const bylaw_url *link_url(const struct scene *scene,
                          const struct bylaw_link *link);
/** The line's normalised words with a space around each (of a line that was not
 *  read they are made on demand); empty: memory ran out. */
struct bylaw_span line_words(const struct scene *scene,
                             const struct line *line);
/** The line's folded words run together, made on demand; empty: memory ran
 *  out, or there is no word. */
struct bylaw_span line_squeezed(const struct scene *scene,
                                const struct line *line);
/** Where the phrase stands in the line's text; cheap where it cannot. */
bool find_in_line(struct bylaw_range *out, const struct scene *scene,
                  const struct line *line, bylaw__phrase *phrase);

/** Best way of that reach: by stand, then by being seen. NULL: none. */
const struct way *scene_way(const struct scene *scene, enum reach reach,
                            enum stand least_stand, enum seen least_seen);
/** True where the words or the line of a link make it the credit's. */
bool way_looks_like_credit(const struct scene *scene, const struct way *way);
/** States of all ways, and the links worth following, into the judgement. */
int tell_links(struct bylaw_judgement *judgement, const struct scene *scene);
/** True where url is the owner's: rule domains or the source's site. */
bool scene_is_owners(const struct scene *scene, const bylaw_url *url);
/** True where page bytes lie inside one copied passage. */
bool scene_is_copied(const struct scene *scene, struct bylaw_range page);
/** True where most of the words of the line's block were copied; a by-line
 *  between the headline and the text lies within the copied passage, and was
 *  not. */
bool is_mostly_copied(const struct scene *scene, const struct line *line);
/** Number of the first line whose block ends after that byte of the page. */
size_t first_line_after(const struct scene *scene, uint32_t at);
/** What stands at those bytes, as far as one line holds it; false: no line. */
bool scene_line_at(const struct scene *scene, struct bylaw_range page,
                   const struct line **out, struct bylaw_range *out_at);
/** Page bytes of a range of a line's text. */
struct bylaw_range line_bytes(const struct scene *scene,
                              const struct line *line, struct bylaw_range at);
enum stand stand_of(const struct bylaw__case *c, uint32_t block,
                    enum bylaw_zone zone);
enum seen seen_of(enum bylaw_visibility visibility);
/** Number of words in text, at most max. */
uint32_t count_words(struct bylaw_span text, uint32_t max);
bool has_foreign_letters(struct bylaw_span text);
/** True where the text holds (c), the sign, or the word copyright. */
bool find_copyright_mark(struct bylaw_range *out, struct bylaw_span text);

/** Where every copied passage is but the announcement of another page of the
 *  site: the link to the last of these; else NULL. */
const struct bylaw_link *find_announced(const struct scene *scene);

/* -------------------------------------------------------------- names --- */

/** What a name found on the page is worth, worst first. */
enum hit_worth {
    HIT_NONE = 0,
    HIT_COPIED,   /* in the copied text itself */
    HIT_META,     /* only in the page's metadata */
    HIT_OFF,      /* sidebar, comments, site footer */
    HIT_PROSE,    /* in prose beside the copied text */
    HIT_HIDDEN,   /* in credit, hidden from readers */
    HIT_DOUBTFUL, /* in credit, perhaps hidden */
    HIT_CREDIT
};
#define HIT_WORTHS (HIT_CREDIT + 1)

struct hit {
    const struct line *line;
    const struct bylaw_meta *meta; /* for HIT_META */
    struct bylaw_range at;         /* in the line's text */
    struct bylaw_range phrase;     /* of the credit phrase; empty: none */
    enum bylaw_phrase_role role;   /* 0: none, the zone alone makes it credit */
    bool is_label;                 /* begins a line that is no sentence */
    enum bylaw__name_match how;
};

/** Best find of each worth. */
struct hits {
    struct hit best[HIT_WORTHS];
};

/** Adds every place where the name stands; hits starts zeroed. */
void find_name(struct hits *hits, const struct scene *scene, const char *name);
/** As find_name for each of the names; once one of them is found in full as
 *  credit, the lines that can hold no credit are not looked at. */
void find_names(struct hits *hits, const struct scene *scene,
                const char *const *names, size_t count);
void find_name_in_line(struct hits *hits, const struct scene *scene,
                       const struct line *line, const char *name);
/** As find_name, for the metadata keys listed (0-terminated). */
void find_name_in_meta(struct hits *hits, const struct scene *scene,
                       const char *name, const enum bylaw_meta_key *keys);
/** A visible picture outside menus and footers whose alternative text holds
 *  the name: perhaps the credit as a picture. NULL: none. */
const struct bylaw_link *picture_naming(const struct scene *scene,
                                        const char *name);
/** The highest worth with a match of at least that sureness. */
enum hit_worth best_worth(const struct hits *hits,
                          enum bylaw__name_match least);
/** False where the name cannot stand in the line, told of lines in foreign
 *  letters, where looking is dear; name_in tells of the others. */
bool may_hold_name(const struct scene *scene, const struct line *line,
                   const char *name);
/** Whether the name stands in text, cheap where it cannot. */
enum bylaw__name_match name_in(struct bylaw_range *out, struct bylaw_span text,
                               bool is_foreign, const char *name);

/* ----------------------------------------------------------- sentences --- */

/** How a sentence that a rule wants stands on the page, worst first. */
enum wording_worth {
    WORDING_NONE = 0,
    WORDING_OFF,    /* away from the article */
    WORDING_HIDDEN, /* hidden from readers */
    WORDING_NEAR,   /* beside the article, in other words */
    WORDING_DOUBTFUL,
    WORDING_EXACT /* beside the article, word for word */
};

struct wording {
    enum wording_worth worth;
    const char *text; /* the sentence that was looked for, slots and all */
    const struct line *line;
    struct bylaw_range at; /* in the line's text */
    double share;          /* of its words, in order */
};

/** Best find of any of the sentences. {publisher} and {title} in them are
 *  filled in as far as they are known; other slots match any few words.
 *  nearly: lines that say it in other words are looked for too. */
void find_wording(struct wording *out, const struct scene *scene,
                  const char *const *texts, size_t count, bool nearly);
/** True where a line's text holds one of the sentences word for word. */
bool holds_wording(struct bylaw_range *out, const struct scene *scene,
                   const struct line *line, const char *const *texts,
                   size_t count);
/** Share of the sentence's words that stand in text in order, close together;
 *  1, and where by *out, where it stands there word for word. */
double share_of_sentence(struct bylaw_range *out, const struct scene *scene,
                         struct bylaw_span text, const char *sentence);
/** text with {publisher} as that name, and {title} where it is known. */
void fill_slots(struct bylaw__buf *out, const struct scene *scene,
                const char *text, const char *name);
/** The rule's term of that id, or NULL. */
const struct bylaw_term *term_of_rule(const struct scene *scene,
                                      const char *id);
/** True where page and source are known to be in different languages. */
bool is_other_language(const struct scene *scene);

/* ------------------------------------------------------------- rulings --- */

#define EVIDENCE_MAX 8
#define QUOTE_BYTES  80 /* of the page, at most, inside a sentence */

/** Parts of a credit paragraph, for the fix. */
enum need {
    NEED_AUTHOR = 1,
    NEED_PUBLISHER = 2,
    NEED_UPSTREAM = 4,
    NEED_LINK = 8,
    NEED_COPYRIGHT = 16,
    NEED_LICENCE = 32,
    NEED_CHANGES = 64
};

/** What evaluating a term found. Texts live in the scene's arena. */
struct ruling {
    enum bylaw_outcome outcome;
    bool is_partial, for_person;
    int severity_cap; /* 0: none */
    enum bylaw_confidence confidence;
    const char *clause; /* without capital and full stop */
    struct bylaw_evidence evidence[EVIDENCE_MAX];
    size_t evidence_count;
    bool by_absence;  /* something was not found, or not where it counts */
    bool by_gap;      /* unknown only because the page has a gap */
    bool by_template; /* passes by the publisher's own credit line */
    bool is_excused;  /* another term of its any-of group suffices */
};

/** "sidebar", "footer" ...; "rest of the page" where nothing marks it. */
const char *zone_words(enum bylaw_zone zone);

/** A report knows eight zones. What lies outside the main text without any mark
 *  of its own is still the body of the page. */
enum bylaw_zone zone_of_evidence(enum bylaw_zone zone);

void rule_pass(struct ruling *r, const struct scene *scene,
               enum bylaw_confidence confidence, const char *fmt, ...)
    BYLAW__PRINTF(4, 5);
/** Nothing (or not enough) was found: unknown where the page has a gap. */
void rule_absent(struct ruling *r, const struct scene *scene, const char *fmt,
                 ...) BYLAW__PRINTF(3, 4);
/** As rule_absent, for what goes part of the way. */
void rule_partial(struct ruling *r, const struct scene *scene, const char *fmt,
                  ...) BYLAW__PRINTF(3, 4);
/** Something stands there that breaks the term, whatever else was unread. */
void rule_broken(struct ruling *r, const struct scene *scene,
                 enum bylaw_confidence confidence, const char *fmt, ...)
    BYLAW__PRINTF(4, 5);
void rule_unknown(struct ruling *r, const struct scene *scene, const char *fmt,
                  ...) BYLAW__PRINTF(3, 4);
/** The term asks nothing here, for the reason given ("as %s"). */
void rule_moot(struct ruling *r, const struct scene *scene, const char *why);
/** Rules on a sentence that was looked for; false: it is nowhere, and nothing
 *  is ruled. what: "the credit line". */
bool rule_by_wording(struct ruling *r, const struct scene *scene,
                     const struct wording *found, const char *what);
/** Unknown where a picture's text holds the name; false: it does not. */
bool rule_by_picture(struct ruling *r, const struct scene *scene,
                     const char *name);
/** Unknown where a script of the page may write what was not found. */
void doubt_by_scripts(struct ruling *r, const struct scene *scene,
                      unsigned needs);
/** Unknown where a picture whose words cannot be read may show what was not
 *  found. */
void doubt_by_pictures(struct ruling *r, const struct scene *scene,
                       unsigned needs);
/** Unknown where a line of credit may name in another script who was not
 *  found. */
void doubt_by_foreign_names(struct ruling *r, const struct scene *scene,
                            unsigned needs);
/** Under a one-link licence, a failing item beside a link is only partial. */
void rule_one_link(struct ruling *r, const struct scene *scene,
                   const struct bylaw_term *term);

void cite_text(struct ruling *r, const struct scene *scene,
               const struct line *line, struct bylaw_range at);
void cite_hit(struct ruling *r, const struct scene *scene,
              const struct hit *hit);
void cite_way(struct ruling *r, const struct scene *scene,
              const struct way *way);
void cite_link(struct ruling *r, const struct scene *scene,
               const struct bylaw_link *link, enum bylaw_zone zone);
void cite_meta(struct ruling *r, const struct bylaw_meta *meta);
/** Where the copied passage of that number begins; nothing past the last. */
void cite_copied(struct ruling *r, const struct scene *scene, size_t number);
/** Bytes of the page as they stand there, markup or script. */
void cite_bytes(struct ruling *r, const struct scene *scene,
                struct bylaw_range bytes);

/** Text of the page made fit for a sentence: short, one line. */
const char *quote(const struct scene *scene, struct bylaw_span text);
/** Names joined: "A", "A and B", "A, B and C". */
const char *join_names(const struct scene *scene, const char *const *names,
                       size_t count);
/** Lines of a parameter's value. *out_count 0 where it is not given. */
const char *const *param_list(const struct scene *scene,
                              const struct bylaw_term *term, const char *name,
                              size_t *out_count);
bool param_flag(const struct bylaw_term *term, const char *name);
/** Number a parameter states; fallback where it states none. */
unsigned param_number(const struct bylaw_term *term, const char *name,
                      unsigned fallback);
/** Place of a parameter's value in a NULL-terminated list; 0 without one. */
unsigned param_word(const struct bylaw_term *term, const char *name,
                    const char *const *words);

/* --------------------------------------------------------------- hints --- */

/** What was found that speaks of a question only a person can decide. */
struct hints {
    const char *items[EVIDENCE_MAX];
    size_t count;
};

/** Domains whose links are a hint of something. */
struct domain_hint {
    const char *domain, *hint;
};

/** False where the hint is there already, or there are too many. */
bool add_hint(struct hints *hints, const char *hint);
/** Adds and cites the first line of the page's own that holds the role. */
void add_role_hint(struct hints *hints, struct ruling *r,
                   const struct scene *scene, enum bylaw_phrase_role role,
                   const char *hint);
/** Adds and cites each new hint that hint_of finds in a link (NULL: none). */
typedef const char *hint_of_link_fn(const struct scene *scene,
                                    const struct bylaw_link *link);
void add_link_hints(struct hints *hints, struct ruling *r,
                    const struct scene *scene, hint_of_link_fn *hint_of);
/** Hint of the first domain that the link leads to, or NULL. */
const char *link_in_domains(const struct scene *scene,
                            const struct bylaw_link *link,
                            const struct domain_hint *domains, size_t count);
/** Unknown and for a person; question without capital: "whether ...". */
void rule_by_person(struct ruling *r, const struct scene *scene,
                    const struct hints *hints, const char *question);

/* ---------------------------------------------------- text and amount --- */

/** The edit only numbers a note, a line or a paragraph. */
bool is_mark(const struct scene *scene, const struct bylaw_edit *edit);
/** The edit puts in what the page puts in again and again, in an element. */
bool is_put_in_often(const struct scene *scene, const struct bylaw_edit *edit);
/** Words that were changed and may not be; the first such edit or NULL. */
uint32_t count_changed(const struct scene *scene,
                       const struct bylaw_edit **out_first);
/** True where what was changed is little and nearly all of it whole blocks put
 *  in, which may be a box of the site's own. */
bool may_be_box(const struct scene *scene);
/** Whether the copied text was altered, for the terms that ask it. */
void rule_alteration(struct ruling *r, const struct scene *scene);

/** How much of the article was copied. */
struct amount {
    uint32_t words;
    double percent;
    uint32_t paragraphs; /* of the source, copied at least by half */
    uint32_t last;       /* number of the last of them, from 1 */
    uint32_t shortest;   /* words of the shortest of them */
    uint32_t total;      /* paragraphs of the source; 0: not known */
};
/** False where the source's paragraphs are not known; words and percent are
 *  set all the same. */
bool count_amount(struct amount *out, const struct scene *scene);
/** Words of the article that are not on the page, its frame left aside. */
uint32_t count_missing(const struct scene *scene);

/* --------------------------------------------------------------- dates --- */

/** A point in time as well as it is known. */
struct moment {
    int64_t seconds; /* UTC since 1970; of a date alone, its noon */
    int64_t slack;   /* it may lie so many seconds earlier or later */
};

/** False where text does not begin with a date of ISO 8601. */
bool read_moment(struct moment *out, struct bylaw_span iso);
/** Seconds of "12h", "30d", "2w"; false for anything else, and NULL. */
bool read_duration(int64_t *out, const char *text);
/** "2023-05-16", in the scene's arena. */
const char *say_day(const struct scene *scene, int64_t seconds);

/** How a page states its date. */
enum claim_kind {
    CLAIM_MACHINE = 0, /* metadata */
    CLAIM_SHOWN,       /* a line that readers see */
    CLAIM_ADDRESS,     /* parts of its address */
    CLAIM_KINDS
};

#define DATE_LEN 10u /* "2023-05-16" */
/** As memcmp, of the days; date has DATE_LEN bytes or more, a shorter limit
 *  stands for its beginning. */
int compare_dates(struct bylaw_span date, const char *limit);

struct page_date {
    struct moment at; /* the most exact statement; set where kinds is */
    unsigned kinds;   /* a bit for each claim_kind that states a date */
    bool is_contradicted;
    const struct bylaw_meta *metas[CLAIM_KINDS]; /* one of each kind */
    size_t meta_count;
};

void read_page_date(struct page_date *out, const struct scene *scene);
/** True where two statements of different kinds agree and none differs. */
bool is_date_believed(const struct page_date *date);
/** A clause that says why the date is not believed. */
const char *why_no_date(const struct page_date *date);
void cite_date(struct ruling *r, const struct scene *scene,
               const struct page_date *date);

/** A time from which on, or until which, something is allowed. */
struct time_limit {
    struct moment at;
    bool is_earliest;
    const char *day; /* of at, for sentences */
};

/** The time that a term sets: its own "for", else of_rule, after the article
 *  was published. False where either is not known. */
bool set_clock(struct time_limit *out, const struct scene *scene,
               const struct bylaw_term *term, const char *of_rule);
/** Check of the terms on time: why no clock runs, or NULL. */
const char *no_clock(const struct bylaw_term *term, const char *of_rule);
void rule_no_clock(struct ruling *r, const struct scene *scene);
/** When the page was seen on the web; false where that is not known. */
bool fetched_at(struct moment *out, const struct scene *scene);
enum bylaw_outcome is_kept(const struct time_limit *limit,
                           const struct moment *at);
/** Holds the page's own date, as far as it is believed, against the limit. */
void rule_by_page_date(struct ruling *r, const struct scene *scene,
                       const struct time_limit *limit);

/* --------------------------------------------------------------- terms --- */

struct judge_term {
    struct bylaw__term_info info;
    const char *label; /* "the link to the original article" */
    int severity;      /* harm when the rule states none */
    unsigned needs;    /* NEED_ bits that would mend it */
    /* HTML of its own that mends it and the needs in `covers` with it; NULL or
     * giving NULL: the needs alone. */
    const char *(*mend)(const struct scene *scene,
                        const struct bylaw_term *term);
    unsigned covers;
    bool is_scope; /* bounds the grant: broken, the use lies outside */
    /* Why the term does not arise in this case, or NULL. */
    const char *(*check)(const struct scene *scene,
                         const struct bylaw_term *term);
    void (*evaluate)(struct ruling *r, const struct scene *scene,
                     const struct bylaw_term *term);
};

extern const struct judge_term term_credit_author;
extern const struct judge_term term_credit_line;
extern const struct judge_term term_credit_placement;
extern const struct judge_term term_credit_publisher;
extern const struct judge_term term_credit_upstream;
extern const struct judge_term term_excerpt_continue;
extern const struct judge_term term_excerpt_limit;
extern const struct judge_term term_keep_text;
extern const struct judge_term term_link_anchor;
extern const struct judge_term term_keep_whole;
extern const struct judge_term term_link_licence;
extern const struct judge_term term_link_original;
extern const struct judge_term term_mark_changes;
extern const struct judge_term term_no_alteration;
extern const struct judge_term term_no_commercial;
extern const struct judge_term term_no_bulk;
extern const struct judge_term term_no_endorsement;
extern const struct judge_term term_no_false_authorship;
extern const struct judge_term term_no_framing;
extern const struct judge_term term_no_images;
extern const struct judge_term term_no_paywall;
extern const struct judge_term term_no_syndication;
extern const struct judge_term term_no_translation;
extern const struct judge_term term_notice_copyright;
extern const struct judge_term term_notice_licence;
extern const struct judge_term term_time_delay;
extern const struct judge_term term_time_remove;
extern const struct judge_term term_time_window;
extern const struct judge_term term_seo_canonical;
extern const struct judge_term term_track_pixel;

extern const struct judge_term term_credit_remove;
extern const struct judge_term term_keep_links;
extern const struct judge_term term_keep_tagline;
extern const struct judge_term term_keep_title;
extern const struct judge_term term_media_credit;
extern const struct judge_term term_notice_disclaimer;
extern const struct judge_term term_operator_fact;
extern const struct judge_term term_share_alike;
extern const struct judge_term term_site_contact;

const struct judge_term *term_row(const char *id);

/** Sentences of a credit.line term, else those of the rule's templates. */
const char *const *credit_sentences(const struct scene *scene,
                                    const struct bylaw_term *term,
                                    size_t *out_count);

/** A Creative Commons (or other known) licence, from an id or an address. */
struct licence {
    char code[24];    /* "by-nc-nd", "zero"; "" where it is none of CC's */
    char version[8];  /* "4.0", or "" */
    const char *url;  /* address of its deed or text, or NULL */
    const char *name; /* "CC BY-NC-ND 4.0", or as given */
};
/** False where the case states no licence. */
bool licence_of_case(struct licence *out, const struct scene *scene);
/** A visible line in or beside the article that names the very licence. */
const struct line *licence_line(const struct scene *scene,
                                const struct licence *wanted);
/** Check of the terms on licences: with if-supplied, only a stated one is asked
 *  for. NULL where there is something to look for, else why not. */
const char *licence_is_stated(const struct scene *scene,
                              const struct bylaw_term *term);
/** Code and version of an address under creativecommons.org; false: none. */
bool licence_of_url(struct licence *out, const bylaw_url *url);

/* ------------------------------------------------- grant and version --- */

/** A use that the rule does not grant. */
struct outside {
    const char *because; /* a sentence; NULL: the use is granted */
    bool is_open;        /* it may be allowed all the same */
    int severity;
};

void find_outside(struct outside *out, const struct scene *scene);
/** True where the page says itself that its text is a translation, is in
 *  another language and links to the original. */
bool is_stated_translation(const struct scene *scene);
/** The page has only names and numbers in common with the article: whatever it
 *  says of itself, no duty is unmet by it before a person has compared. */
bool is_likely_translation(const struct scene *scene);
#define LIKELY_TRANSLATION                                                     \
    "that the text is a translation is only likely, which a person has to "    \
    "compare"

#define VERSIONS_MAX 8

/** The case's versions of the rule that may have held when the page was
 *  copied, newest first; at most VERSIONS_MAX. */
size_t find_versions(const struct bylaw_rule **out,
                     const struct bylaw__case *c);

/* ------------------------------------------------------------- verdict --- */

/** Which version of the article was copied; why by *out_why. */
enum bylaw_ancestor find_ancestor(const struct scene *scene,
                                  const char **out_why);

/** True where the page credits the publisher or links to its site. */
bool credits_or_links_publisher(const struct scene *scene);

/** HTML that mends the needs, or NULL where they are none. */
const char *compose_fix(const struct scene *scene, unsigned needs);
/** A required sentence as HTML, slots filled, the publisher's name linked. */
const char *compose_sentence(const struct scene *scene, const char *text);
/** An element with one address in it: before, the address escaped, after. */
const char *compose_element(const struct scene *scene, const char *before,
                            const char *address, const char *after);

/** Passes what the rule says that the publisher's own credit line satisfies. */
void accept_templates(struct ruling *rulings, const struct scene *scene);

/** Excuses and doubts failing terms by the rule's any-of groups. */
void settle_any_of(struct ruling *rulings, const struct scene *scene);

/** Findings, verdict, severity, confidence and sentence of the judgement. */
int reach_verdict(struct bylaw_judgement *judgement, struct ruling *rulings,
                  const struct scene *scene);

#endif
