/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is right to say of a planted credit, duty by duty: what a careful
 * reader of the page could say, and no more. Where two people could differ
 * (a caption, a menu, text that only a browser without scripts shows) more
 * than one answer is right and the case is not counted as decidable.
 */
#include "judge_bench.h"

#define PASS    ALLOWS(FOUND_PASS)
#define PARTIAL ALLOWS(FOUND_PARTIAL)
#define FAIL    ALLOWS(FOUND_FAIL)
#define UNKNOWN ALLOWS(FOUND_UNKNOWN)

/* Where the credit stands, as far as reading it goes. */
enum reading {
    READ,         /* beside the article, for all to see */
    READ_PERHAPS, /* a caption, closed details: perhaps not meant, or unseen */
    READ_AWAY,    /* sidebar, comments, menu, site footer */
    READ_OPENED,  /* only where scripts are off, or put it there */
    READ_NOT      /* hidden from every reader */
};

static enum reading reading_of(const struct planted *c)
{
    switch (c->hiding) {
    case SHOWN:
    case SHOWN_ARIA: /* hidden from screen readers only */
    case SHOWN_OTHER_RULE:
        break;
    case HIDDEN_DETAILS:
        return READ_PERHAPS;
    case HIDDEN_TEMPLATE:
    case HIDDEN_NOSCRIPT:
        return READ_OPENED;
    default:
        return READ_NOT;
    }
    if (c->zone == PLANT_CAPTION || c->markup == MARKUP_FIGCAPTION)
        return READ_PERHAPS;
    return c->zone > PLANT_CAPTION ? READ_AWAY : READ;
}

/* What is right where a credit stands that would be worth `worth` if read. */
static unsigned as_read(const struct planted *c, unsigned worth)
{
    static const unsigned others[] = {
        [READ_PERHAPS] = UNKNOWN,
        [READ_AWAY] = UNKNOWN | FAIL,
        [READ_OPENED] = UNKNOWN | FAIL,
        [READ_NOT] = FAIL,
    };
    enum reading reading = reading_of(c);

    if (reading == READ)
        return worth;
    if (reading == READ_PERHAPS)
        return worth | UNKNOWN;
    /* The sidebar is the one place that is named undecidable outright. */
    if (reading == READ_AWAY && c->zone == PLANT_SIDEBAR)
        return UNKNOWN;
    return others[reading];
}

/* A browser gives links a colour of their own, so what hides by colour leaves
 * them to be seen unless a style sheet says otherwise. */
static bool shows_links_only(const struct planted *c)
{
    return c->hiding == HIDDEN_WHITE;
}

static bool reaches_article(const struct planted *c)
{
    return c->link <= LINK_GOOGLE;
}

/* One link may carry the rest (CC BY 4.0): then what is missing is partly
 * met. Both are a duty that is not met. */
static unsigned absent(const struct planted *c)
{
    if (!c->source->is_cc || !reaches_article(c))
        return FAIL;
    if (reading_of(c) == READ)
        return PARTIAL;
    return reading_of(c) == READ_NOT ? FAIL : FAIL | PARTIAL;
}

static unsigned expect_publisher(const struct planted *c)
{
    if (shows_links_only(c))
        return PASS | FAIL | UNKNOWN;
    if (c->hiding == HIDDEN_JSON_LD)
        return UNKNOWN;
    if (c->hiding == HIDDEN_ALT)
        return PASS | UNKNOWN;
    if (c->publisher)
        return as_read(c, PASS);
    if (c->link == LINK_PLAIN) /* its host spells the publisher's name */
        return as_read(c, PARTIAL | PASS);
    if (reaches_article(c) || c->link == LINK_HOME ||
        c->link == LINK_OTHER_ARTICLE)
        return as_read(c, PARTIAL) | (reading_of(c) == READ ? 0 : FAIL);
    return absent(c);
}

static unsigned expect_author(const struct planted *c)
{
    bool in_notice = c->notice == NOTICE_FULL && c->source->holds_author;
    /* "A. Adel is a researcher", copied along, names him as somebody. */
    unsigned otherwise = c->source->names_author ? UNKNOWN : 0;

    if (c->hiding == HIDDEN_JSON_LD)
        return PASS;
    if (c->hiding == HIDDEN_ALT) /* a picture of the credit */
        return PASS | UNKNOWN;
    if (in_notice || (c->author && c->spelling != SPELT_SURNAME))
        return reading_of(c) == READ ? PASS : as_read(c, PASS) | otherwise;
    return c->author ? as_read(c, UNKNOWN) | otherwise : absent(c) | otherwise;
}

static unsigned expect_copyright(const struct planted *c)
{
    if (c->hiding == HIDDEN_JSON_LD)
        return UNKNOWN;
    if (c->hiding == HIDDEN_ALT)
        return PASS | UNKNOWN;
    if (c->notice == NOTICE_FULL)
        return as_read(c, PASS);
    if (c->notice == NOTICE_SOME)
        return as_read(c, PARTIAL);
    if (c->notice == NOTICE_OTHER && reading_of(c) != READ)
        return absent(c) | UNKNOWN;
    return absent(c);
}

static unsigned expect_link(const struct planted *c)
{
    if (shows_links_only(c))
        return PASS | FAIL | UNKNOWN;
    /* Neither a picture of a link nor metadata can be followed. */
    if (c->hiding == HIDDEN_ALT)
        return FAIL;
    /* Scripts may make a link of what their data hold. */
    if (c->hiding == HIDDEN_JSON_LD)
        return FAIL | UNKNOWN;
    if (reaches_article(c))
        return as_read(c, PASS);
    if (c->link == LINK_HOME || c->link == LINK_PLAIN)
        return as_read(c, PARTIAL);
    if (c->link == LINK_SHORTENER)
        return as_read(c, UNKNOWN);
    return reading_of(c) == READ ? FAIL : FAIL | UNKNOWN;
}

static unsigned expect_licence(const struct planted *c, bool is_link)
{
    if (!c->source->is_cc || c->host->has_licences)
        return 0;
    if (shows_links_only(c))
        return PASS | FAIL | UNKNOWN;
    if (c->hiding == HIDDEN_JSON_LD)
        return FAIL;
    if (c->hiding == HIDDEN_ALT)
        return is_link ? FAIL : PASS | UNKNOWN;
    return c->licence ? as_read(c, PASS) : absent(c);
}

/* The sentence asked for is the first English wording. A page of another
 * language than the article's may carry it translated. */
static unsigned expect_line(const struct planted *c)
{
    if (reading_of(c) != READ || shows_links_only(c))
        return 0;
    if (c->publisher && c->language == 0 && c->wording == 0)
        return PASS;
    if (c->publisher)
        return PARTIAL | UNKNOWN;
    return FAIL | UNKNOWN | (c->link == LINK_PLAIN ? PARTIAL : 0);
}

/* Below the text is asked for. */
static unsigned expect_place(const struct planted *c)
{
    if (reading_of(c) != READ || shows_links_only(c) || !c->publisher)
        return 0;
    return c->zone == PLANT_AFTER || c->zone == PLANT_ARTICLE_FOOTER ? PASS
                                                                     : PARTIAL;
}

static unsigned expect_anchor(const struct planted *c)
{
    if (reading_of(c) != READ || shows_links_only(c) || !reaches_article(c))
        return 0;
    return c->publisher ? PASS : PARTIAL;
}

/* Many hosts name themselves, and two that differ are heeded by nobody. */
static unsigned expect_canonical(const struct planted *c)
{
    return c->canonical ? PASS | UNKNOWN : FAIL | UNKNOWN;
}

static unsigned expect_pixel(const struct planted *c)
{
    static const unsigned right[PIXEL_STATES] = {
        [PIXEL_MISSING] = FAIL,
        [PIXEL_GOOD] = PASS,
        [PIXEL_OTHER] = FAIL,
        [PIXEL_IN_SCRIPT] = UNKNOWN,
    };

    if (c->pixel == PIXEL_OTHER && !number_of_address(c->source->url).len)
        return PASS;
    return right[c->pixel];
}

/* Text that the host left among the article would be an alteration itself. */
static unsigned expect_text(const struct planted *c)
{
    static const unsigned right[ALTERATIONS] = {
        [ALTERED_NOT] = PASS,
        [ALTERED_STYLE] = PASS,
        [ALTERED_WORDS] = UNKNOWN, /* slips, or a later correction */
        [ALTERED_PASSAGE] = FAIL,
        [ALTERED_LESS] = FAIL,
        [ALTERED_MORE] = FAIL | UNKNOWN, /* or a box of the site's own */
    };

    return c->host->has_remains ? 0 : right[c->alteration];
}

/* Other words are no missing ones. */
static unsigned expect_whole(const struct planted *c)
{
    static const unsigned right[ALTERATIONS] = {
        [ALTERED_NOT] = PASS,  [ALTERED_STYLE] = PASS, [ALTERED_WORDS] = PASS,
        [ALTERED_PASSAGE] = 0, [ALTERED_LESS] = FAIL,  [ALTERED_MORE] = PASS,
    };

    /* What the host left there may stand for the paragraph that is not. */
    return c->host->has_remains && c->alteration == ALTERED_LESS
               ? 0
               : right[c->alteration];
}

unsigned expect(const struct planted *c, enum duty duty)
{
    switch (duty) {
    case DUTY_PUBLISHER:
        return expect_publisher(c);
    case DUTY_AUTHOR:
        return expect_author(c);
    case DUTY_COPYRIGHT:
        return expect_copyright(c);
    case DUTY_LINK:
        return expect_link(c);
    case DUTY_LICENCE_LINK:
        return expect_licence(c, true);
    case DUTY_LICENCE_NOTICE:
        return expect_licence(c, false);
    case DUTY_TEXT:
        return expect_text(c);
    case DUTY_WHOLE:
        return expect_whole(c);
    case DUTY_LINE:
        return expect_line(c);
    case DUTY_PLACE:
        return expect_place(c);
    case DUTY_ANCHOR:
        return expect_anchor(c);
    case DUTY_TITLE: /* the host's own headline stays */
        return FAIL | UNKNOWN;
    case DUTY_CANONICAL:
        return expect_canonical(c);
    case DUTY_PIXEL:
        return expect_pixel(c);
    default:
        return 0;
    }
}
