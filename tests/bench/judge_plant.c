/* SPDX-License-Identifier: Apache-2.0 */
/* Which credit a case plants, and how it is worded and marked up. */
#include "judge_bench.h"

#include <stdio.h>
#include <unicode/ucasemap.h>

#define SEED_NUMBER 20231123u
#define NAME_BYTES  256u

/* ----------------------------------------------------------- languages --- */

/* "{P}" is the publisher (with the link, unless "{T}" takes it), "{T}" the
 * title, "{A}" the author, "{H}" the holders, "{L}" the licence. */
struct language {
    const char *name, *by, *wordings[4], *read_original, *notice, *licence;
};

static const struct language languages[LANGUAGES] = {
    {"en",
     "By {A}",
     {"This article was originally published on {P}.", "Source: {P}",
      "The post {T} appeared first on {P}.",
      "Republished from {P} with permission."},
     "Read the original article",
     "Copyright © {H}, 2023.",
     "Published under {L}."},
    {"es",
     "Por {A}",
     {"Este artículo fue publicado originalmente en {P}.", "Fuente: {P}",
      "La entrada {T} se publicó primero en {P}.",
      "Se reproduce aquí con autorización de {P}."},
     "Lea el artículo original",
     "© {H}, 2023. Todos los derechos reservados.",
     "Publicado bajo licencia {L}."},
    {"fr",
     "Par {A}",
     {"Cet article a été publié initialement sur {P}.", "Source : {P}",
      "L’article {T} est apparu en premier sur {P}.",
      "Reproduit avec l’autorisation de {P}."},
     "Lire l’article original",
     "Copyright © {H}, 2023.",
     "Publié sous licence {L}."},
    {"de",
     "Von {A}",
     {"Dieser Artikel erschien zuerst auf {P}.", "Quelle: {P}",
      "Der Beitrag {T} erschien zuerst auf {P}.",
      "Mit freundlicher Genehmigung von {P}."},
     "Zum Originalartikel",
     "Copyright © {H}, 2023.",
     "Veröffentlicht unter {L}."},
    {"it",
     "Di {A}",
     {"Pubblicato originariamente su {P}.", "Fonte: {P}",
      "L’articolo {T} proviene da {P}.", "Ripubblicato da {P}."},
     "Leggi l’articolo originale",
     "© {H}, 2023. Tutti i diritti riservati.",
     "Pubblicato con licenza {L}."},
    {"pt",
     "Por {A}",
     {"Este artigo foi publicado originalmente em {P}.", "Fonte: {P}",
      "O post {T} apareceu primeiro em {P}.",
      "Republicado aqui com permissão de {P}."},
     "Leia o artigo original",
     "© {H}, 2023. Todos os direitos reservados.",
     "Publicado sob {L}."},
    {"ja",
     "著者：{A}",
     {"原文は{P}に掲載されています。", "転載元：{P}", "本文の転載元： {P}",
      "{P}より転載"},
     "元記事",
     "© {H}, 2023",
     "ライセンス：{L}"},
    {"zh",
     "作者：{A}",
     {"本文转载自{P}。", "来源：{P}", "文章来源： {P}", "首发于{P}。"},
     "原文链接",
     "版权所有 © {H}, 2023",
     "采用 {L} 许可协议"},
    {"ar",
     "بقلم {A}",
     {"نُشر هذا المقال أصلا على {P}.", "المصدر: {P}",
      "ظهرت المقالة {T} أولاً على {P}.", "أعيد نشره بإذن من {P}."},
     "اقرأ المقال الأصلي",
     "حقوق النشر © {H}، 2023",
     "بموجب رخصة {L}."},
    {"ru",
     "Автор: {A}",
     {"Статья впервые опубликована на {P}.", "Источник: {P}",
      "Сообщение {T} появились сначала на {P}.",
      "Публикуется с разрешения {P}."},
     "Оригинал статьи",
     "© {H}, 2023. Все права защищены.",
     "На условиях лицензии {L}."},
};

const char *language_name(unsigned language)
{
    return languages[language].name;
}

/* ------------------------------------------------------------ planning --- */

static uint64_t mix(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15ULL);

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

static unsigned pick(uint64_t *state, unsigned count)
{
    return (unsigned)(mix(state) % count);
}

static bool odds(uint64_t *state, unsigned percent)
{
    return pick(state, 100) < percent;
}

static void pick_duties(struct planted *c, uint64_t *state)
{
    static const enum notice_state notices[] = {NOTICE_FULL,    NOTICE_FULL,
                                                NOTICE_MISSING, NOTICE_MISSING,
                                                NOTICE_SOME,    NOTICE_OTHER};

    c->publisher = odds(state, 50);
    c->author = odds(state, 50);
    c->notice = notices[pick(state, 6)];
    c->licence = odds(state, 50);
    if (odds(state, 40))
        c->link = LINK_MISSING;
}

static void pick_form(struct planted *c, uint64_t *state)
{
    c->language = pick(state, LANGUAGES);
    c->wording = pick(state, 4);
    c->markup = (enum markup)pick(state, MARKUP_BARE);
}

/* Which dimension a case is about; the others stay as in a usual page. */
static void pick_family(struct planted *c, uint64_t *state)
{
    switch (c->id % 8) {
    case 0:
        pick_duties(c, state);
        break;
    case 1:
        c->zone = (enum zone_kind)pick(state, PLANT_ZONES);
        if (odds(state, 30))
            pick_duties(c, state);
        break;
    case 2:
        c->link = (enum link_state)pick(state, LINK_STATES);
        c->publisher = odds(state, 75);
        c->zone = (enum zone_kind)pick(state, PLANT_CAPTION);
        break;
    case 3:
        c->hiding = (enum hiding)pick(state, HIDINGS);
        /* Any element inside may have a colour of its own. */
        if (c->hiding == HIDDEN_WHITE)
            c->markup = MARKUP_BARE;
        break;
    case 4:
        pick_form(c, state);
        break;
    case 5:
        c->spelling = (enum spelling)pick(state, SPELLINGS);
        if (odds(state, 50))
            c->notice = NOTICE_MISSING;
        break;
    case 6:
        pick_duties(c, state);
        pick_form(c, state);
        c->zone = (enum zone_kind)pick(state, PLANT_CAPTION);
        c->spelling = (enum spelling)pick(state, SPELT_ORDER);
        if (odds(state, 50))
            c->link = (enum link_state)pick(state, LINK_STATES);
        break;
    default:
        c->publisher = c->author = c->licence = false;
        c->notice = NOTICE_MISSING;
        c->link = LINK_MISSING;
        if (odds(state, 50))
            c->notice = NOTICE_OTHER;
        break;
    }
}

struct bylaw_span number_of_address(const char *url)
{
    struct bylaw_span text = bylaw__span_of(url), number = {0};

    for (size_t i = 0; i < text.len; i++) {
        size_t end = i;

        while (end < text.len && bylaw__is_digit((unsigned char)text.ptr[end]))
            end++;
        if (end - i >= 3)
            number = bylaw__span_sub(text, i, end);
        if (end > i)
            i = end;
    }
    return number;
}

static bool is_own_page(const struct host *host, const struct source *source)
{
    return bylaw__span_find(bylaw__buf_span(&host->text),
                            bylaw__span_of(source->paragraphs[1])) != SIZE_MAX;
}

/* ---------------------------------------------------------- alterations --- */

#define LEAST_WORDS 60u /* of a paragraph that is altered */
#define FROM_WORD   6u
#define TO_WORD     36u
#define OTHER_WORDS                                                            \
    "what the harbour council had promised its fishermen in a letter that "    \
    "nobody kept was thought of differently by everyone who had been in the "  \
    "room when the lamp went out"
#define OTHER_PARAGRAPH                                                        \
    "Meanwhile the painters of the bridge have asked for better ladders, as "  \
    "the old ones bend under two men and a bucket. A committee will look at "  \
    "the ladders in spring, when the river is low enough to stand in, and "    \
    "the "                                                                     \
    "mayor has offered the barn behind the school to keep them dry until a "   \
    "decision can be reached that all three villages are able to live with."

static size_t count_of_words(const char *text)
{
    size_t count = 0;

    for (; *text; text += strspn(text, " ")) {
        count++;
        text += strcspn(text, " ");
    }
    return count;
}

/* Every other case keeps its text. What is altered is long enough to be more
 * than a slip, and not at the end: what comes last may be left out as an
 * excerpt does, or be the publisher's frame, behind which all is the site's. */
static void plan_alteration(struct planted *c)
{
    uint64_t state = SEED_NUMBER ^ ((uint64_t)c->id << 20);
    const struct source *s = c->source;

    if (odds(&state, 50))
        return;
    c->alteration =
        (enum alteration)(ALTERED_STYLE + pick(&state, ALTERATIONS - 1));
    for (size_t i = 1; i <= s->paragraph_count / 2; i++)
        if (count_of_words(s->paragraphs[i]) >= LEAST_WORDS &&
            (!c->altered || odds(&state, 30)))
            c->altered = i;
    if (!c->altered)
        c->alteration = ALTERED_NOT;
}

/* Beginning of that word, counted from 0. */
static const char *word_at(const char *text, size_t number)
{
    for (; number && *text; number--) {
        text += strcspn(text, " ");
        text += strspn(text, " ");
    }
    return text;
}

static void add_until(struct bylaw__buf *out, const char *from, const char *to)
{
    bylaw__buf_add(out, from, (size_t)(to - from));
}

/* Other words from one number to another. */
static void add_exchanged(struct bylaw__buf *out, const char *text, size_t from,
                          size_t to, const char *words)
{
    add_until(out, text, word_at(text, from));
    bylaw__buf_printf(out, "%s %s", words, word_at(text, to));
}

/* Typographic signs as a keyboard has them, and the other way round. */
static void add_restyled(struct bylaw__buf *out, const char *text)
{
    static const struct {
        const char *sign, *other;
    } styles[] = {
        {"\u2019", "'"},      {"\u2018", "'"},     {"\u201c", "&quot;"},
        {"\u201d", "&quot;"}, {"\u2013", "-"},     {"\u2014", "\u2013"},
        {"&quot;", "\u201d"}, {"&#39;", "\u2019"},
    };

    while (*text) {
        size_t i = 0, count = sizeof(styles) / sizeof(styles[0]);

        while (i < count &&
               strncmp(text, styles[i].sign, strlen(styles[i].sign)) != 0)
            i++;
        if (i == count) {
            bylaw__buf_add_char(out, *text++);
            continue;
        }
        bylaw__buf_add_text(out, styles[i].other);
        text += strlen(styles[i].sign);
    }
}

void add_paragraph(struct bylaw__buf *out, const struct planted *c, size_t i)
{
    const char *text = c->source->paragraphs[i];

    if (c->alteration == ALTERED_STYLE) {
        add_restyled(out, text);
        return;
    }
    if (c->alteration == ALTERED_NOT || i != c->altered) {
        bylaw__buf_add_text(out, text);
        return;
    }
    if (c->alteration == ALTERED_WORDS)
        add_exchanged(out, text, FROM_WORD, FROM_WORD + 2, "strawberry ladder");
    else if (c->alteration == ALTERED_PASSAGE)
        add_exchanged(out, text, FROM_WORD, TO_WORD, OTHER_WORDS);
    else if (c->alteration == ALTERED_MORE)
        bylaw__buf_printf(out,
                          "%s</p>\n<p>" OTHER_PARAGRAPH
                          "</p>\n<p>" OTHER_PARAGRAPH,
                          text);
}

void plan_case(struct planted *c, unsigned id, const struct hosts *hosts,
               const struct source *sources, size_t source_count)
{
    uint64_t state = SEED_NUMBER + (uint64_t)id * 7919u;

    memset(c, 0, sizeof(*c));
    c->id = id;
    c->source =
        &sources[odds(&state, 40) ? 0 : pick(&state, (unsigned)source_count)];
    do
        c->host = &hosts->items[pick(&state, (unsigned)hosts->count)];
    while (is_own_page(c->host, c->source));
    c->publisher = c->author = c->licence = true;
    c->notice = NOTICE_FULL;
    c->is_split = odds(&state, 50);
    c->wording = pick(&state, 4);
    c->pixel = (enum pixel_state)(id / 8 % PIXEL_STATES);
    c->canonical = id / 8 % 3 == 0;
    pick_family(c, &state);
    if (c->notice == NOTICE_SOME && !c->source->holders[1])
        c->notice = NOTICE_FULL;
    /* Only a page that shows the publisher can be told from a copy of the
     * upstream's, to which the rule would not apply. */
    if (c->link == LINK_UPSTREAM && !c->source->upstream)
        c->link = LINK_HOME;
    c->publisher |= c->link == LINK_UPSTREAM;
    if (c->markup == MARKUP_TAIL && c->zone != PLANT_AFTER)
        c->markup = MARKUP_P;
    plan_alteration(c);
}

/* --------------------------------------------------------------- names --- */

static void upper(char *out, size_t size, const char *name)
{
    UErrorCode status = U_ZERO_ERROR;
    UCaseMap *map = ucasemap_open("", 0, &status);

    ucasemap_utf8ToUpper(map, out, (int32_t)size, name, -1, &status);
    ucasemap_close(map);
}

static void add_entities(struct bylaw__buf *out, const char *name)
{
    struct bylaw_span span = bylaw__span_of(name);
    size_t pos = 0;

    for (unsigned i = 0; pos < span.len; i++) {
        uint32_t cp = bylaw__utf8_next(span, &pos);

        if (cp == ' ')
            bylaw__buf_add_text(out, "&nbsp;");
        else if (i % 2 == 0 || cp >= 0x80)
            bylaw__buf_printf(out, i % 4 ? "&#%u;" : "&#x%x;", cp);
        else
            bylaw__buf_add_utf8(out, cp);
    }
}

static void add_softened(struct bylaw__buf *out, const char *name)
{
    struct bylaw_span span = bylaw__span_of(name);
    size_t pos = 0;

    for (unsigned i = 0; pos < span.len; i++) {
        uint32_t cp = bylaw__utf8_next(span, &pos);

        bylaw__buf_add_utf8(out, cp);
        if (i % 4 == 2 && cp != ' ')
            bylaw__buf_add_text(out, "&shy;");
    }
}

static void add_tagged(struct bylaw__buf *out, const char *name)
{
    const char *space = strchr(name, ' ');

    if (!space)
        bylaw__buf_printf(out, "<strong>%s</strong>", name);
    else
        bylaw__buf_printf(out, "<strong>%.*s</strong> <i>%s</i>",
                          (int)(space - name), name, space + 1);
}

static void add_spelt(struct bylaw__buf *out, const char *name,
                      enum spelling spelling)
{
    char text[NAME_BYTES];

    if (spelling == SPELT_ENTITIES)
        add_entities(out, name);
    else if (spelling == SPELT_SOFT_HYPHEN)
        add_softened(out, name);
    else if (spelling == SPELT_TAGS)
        add_tagged(out, name);
    else if (spelling == SPELT_CURLY)
        bylaw__buf_printf(out, "“%s”", name);
    else if (spelling == SPELT_UPPER) {
        upper(text, sizeof(text), name);
        bylaw__buf_add_text(out, text);
    } else if (spelling == SPELT_NBSP) {
        for (; *name; name++)
            bylaw__buf_add_text(out, *name == ' ' ? "\xC2\xA0"
                                                  : (char[]){*name, '\0'});
    } else {
        bylaw__buf_add_text(out, name);
    }
}

static void add_author(struct bylaw__buf *out, const struct planted *c)
{
    const struct person *a = &c->source->author;

    if (c->spelling == SPELT_ORDER)
        bylaw__buf_printf(out, "%s, %s", a->last, a->first);
    else if (c->spelling == SPELT_INITIALS)
        bylaw__buf_add_text(out, a->initials);
    else if (c->spelling == SPELT_SURNAME)
        bylaw__buf_add_text(out, a->last);
    else if (c->spelling == SPELT_RESPELT)
        bylaw__buf_add_text(out, a->respelt);
    else
        add_spelt(out, a->name, c->spelling);
}

static void add_holders(struct bylaw__buf *out, const struct planted *c)
{
    const char *const *holders = c->source->holders;

    if (c->notice == NOTICE_OTHER) {
        bylaw__buf_add_text(out, "Pressbridge Media Group");
        return;
    }
    if (c->notice == NOTICE_SOME) {
        add_spelt(out, holders[1], c->spelling);
        return;
    }
    add_spelt(out, holders[0], c->spelling);
    if (holders[1]) {
        bylaw__buf_add_text(out, ", ");
        add_spelt(out, holders[1], c->spelling);
    }
}

/* --------------------------------------------------------------- links --- */

static void add_encoded(struct bylaw__buf *out, const char *url)
{
    for (; *url; url++)
        if (bylaw__is_alnum((unsigned char)*url) || strchr("-._~", *url))
            bylaw__buf_add_char(out, *url);
        else
            bylaw__buf_printf(out, "%%%02X", (unsigned char)*url);
}

static const char *without_scheme(const char *url)
{
    return strstr(url, "//") + 2;
}

static void add_href(struct bylaw__buf *out, const struct planted *c)
{
    const struct source *s = c->source;
    const char *rest = without_scheme(s->url);
    bool has_www = !strncmp(rest, "www.", 4);
    size_t len = strlen(s->url);

    switch (c->link) {
    case LINK_HTTP:
        bylaw__buf_printf(out, "http://%s", rest);
        break;
    case LINK_WWW:
        bylaw__buf_printf(out, "https://%s%s", has_www ? "" : "www.",
                          has_www ? rest + 4 : rest);
        break;
    case LINK_UTM:
        bylaw__buf_printf(out,
                          "%s?utm_source=feed&amp;utm_medium=rss&amp;fbclid=Iw",
                          s->url);
        break;
    case LINK_SLASH:
        bylaw__buf_printf(out, "%.*s%s",
                          (int)(s->url[len - 1] == '/' ? len - 1 : len), s->url,
                          s->url[len - 1] == '/' ? "" : "/");
        break;
    case LINK_AMP:
        bylaw__buf_printf(out, "%s/amp/", s->url);
        break;
    case LINK_PRINT:
        bylaw__buf_printf(out, "%s?print=1", s->url);
        break;
    case LINK_FRAGMENT_PART:
        bylaw__buf_printf(out, "%s#content", s->url);
        break;
    case LINK_ARCHIVE:
        bylaw__buf_printf(out, "https://web.archive.org/web/20230520120000/%s",
                          s->url);
        break;
    case LINK_TRANSLATE:
        bylaw__buf_add_text(
            out,
            "https://translate.google.com/translate?sl=en&amp;tl=fr&amp;u=");
        add_encoded(out, s->url);
        break;
    case LINK_FACEBOOK:
        bylaw__buf_add_text(out, "https://l.facebook.com/l.php?u=");
        add_encoded(out, s->url);
        bylaw__buf_add_text(out, "&amp;h=AT0xyz");
        break;
    case LINK_GOOGLE:
        bylaw__buf_add_text(out, "https://www.google.com/url?q=");
        add_encoded(out, s->url);
        break;
    case LINK_HOME:
        bylaw__buf_printf(out, "https://%s/", s->domain);
        break;
    case LINK_OTHER_ARTICLE:
        bylaw__buf_add_text(out, s->other_url);
        break;
    case LINK_HASH:
        bylaw__buf_add_text(out, "#");
        break;
    case LINK_SCRIPT:
        bylaw__buf_add_text(out, "javascript:void(0)");
        break;
    case LINK_MAIL:
        bylaw__buf_printf(out, "mailto:desk@%s", s->domain);
        break;
    case LINK_SHORTENER:
        bylaw__buf_add_text(out, "https://bit.ly/3xK9qPz");
        break;
    case LINK_UPSTREAM:
        bylaw__buf_add_text(out, s->upstream_url);
        break;
    case LINK_EMPTY:
        break;
    default:
        bylaw__buf_add_text(out, s->url);
        break;
    }
}

static bool has_anchor(const struct planted *c)
{
    return c->link != LINK_MISSING && c->link != LINK_PLAIN;
}

static void open_link(struct bylaw__buf *out, const struct planted *c)
{
    if (!has_anchor(c))
        return;
    if (c->link == LINK_NO_HREF) {
        bylaw__buf_add_text(out, "<a>");
        return;
    }
    bylaw__buf_add_text(out, "<a href=\"");
    add_href(out, c);
    bylaw__buf_add_text(out, "\">");
}

static void close_link(struct bylaw__buf *out, const struct planted *c)
{
    if (has_anchor(c))
        bylaw__buf_add_text(out, "</a>");
}

/* --------------------------------------------------------------- parts --- */

static void add_slot_text(struct bylaw__buf *out, const struct planted *c,
                          char slot, bool link_on_title)
{
    if (slot == 'A')
        add_author(out, c);
    if (slot == 'H')
        add_holders(out, c);
    if (slot == 'L')
        bylaw__buf_add_text(
            out, "<a rel=\"license\" href=\"https://creativecommons.org/"
                 "licenses/by/4.0/\">CC BY 4.0</a>");
    if (slot == 'T') {
        open_link(out, c);
        bylaw__buf_add_text(out, c->source->title);
        close_link(out, c);
    }
    if (slot != 'P')
        return;
    if (!link_on_title)
        open_link(out, c);
    add_spelt(out, c->source->publisher, c->spelling);
    if (!link_on_title)
        close_link(out, c);
}

static void add_wording(struct bylaw__buf *out, const struct planted *c,
                        const char *wording)
{
    bool link_on_title = strstr(wording, "{T}") != NULL;

    while (*wording) {
        if (wording[0] == '{' && wording[2] == '}') {
            add_slot_text(out, c, wording[1], link_on_title);
            wording += 3;
        } else {
            bylaw__buf_add_char(out, *wording++);
        }
    }
}

/* Where the article came from: the publisher, or a bare link to it. */
static void add_origin(struct bylaw__buf *out, const struct planted *c)
{
    const struct language *l = &languages[c->language];

    if (c->publisher)
        add_wording(out, c, l->wordings[c->wording]);
    else if (has_anchor(c)) {
        open_link(out, c);
        bylaw__buf_add_text(out, l->read_original);
        close_link(out, c);
    } else if (c->link == LINK_PLAIN)
        bylaw__buf_printf(out, "%s:", l->read_original);
    if (c->link == LINK_PLAIN)
        bylaw__buf_printf(out, " %s", c->source->url);
}

/* The parts of the credit that are there; returns their number. */
size_t make_parts(struct bylaw__buf parts[PARTS_MAX], const struct planted *c)
{
    const struct language *l = &languages[c->language];
    size_t count = 0;

    memset(parts, 0, PARTS_MAX * sizeof(*parts));
    if (c->author)
        add_wording(&parts[count++], c, l->by);
    add_origin(&parts[count], c);
    count += parts[count].len > 0;
    if (c->notice != NOTICE_MISSING)
        add_wording(&parts[count++], c, l->notice);
    if (c->licence && c->source->is_cc)
        add_wording(&parts[count++], c, l->licence);
    return count;
}

/* -------------------------------------------------------------- markup --- */

struct wrap {
    const char *name, *begin, *open, *close, *end;
};

static const struct wrap wraps[MARKUPS] = {
    [MARKUP_P] = {"p", "", "<p>", "</p>\n", ""},
    [MARKUP_DIV] = {"div", "<div>", "<div>", "</div>\n", "</div>"},
    [MARKUP_SPAN] = {"span", "<div>", "<span>", "</span> ", "</div>"},
    [MARKUP_LI] = {"li", "<ul>", "<li>", "</li>\n", "</ul>"},
    [MARKUP_EM] = {"em", "", "<p><em>", "</em></p>\n", ""},
    [MARKUP_TD] = {"td", "<table><tbody><tr>", "<td>", "</td>",
                   "</tr></tbody></table>"},
    [MARKUP_FOOTER] = {"footer", "<footer>", "<p>", "</p>\n", "</footer>"},
    [MARKUP_FIGCAPTION] = {"figcaption",
                           "<figure><img src=\"/m/logo.png\" alt=\"\">",
                           "<figcaption>", "</figcaption>", "</figure>"},
    [MARKUP_HEADING] = {"h4", "", "<h4>", "</h4>\n", ""},
    [MARKUP_SMALL] = {"small", "<p>", "<small>", "</small> ", "</p>"},
    [MARKUP_BREAKS] = {"br", "<p>", "", "<br>\n", "</p>"},
    [MARKUP_SECTION] = {"section", "<hr><section class=\"source-note\">", "<p>",
                        "</p>\n", "</section>"},
    [MARKUP_TAIL] = {"tail", "", " ", "", ""},
    [MARKUP_BARE] = {"bare", "", " ", "", ""},
};

void add_credit(struct bylaw__buf *out, const struct planted *c)
{
    const struct wrap *wrap = &wraps[c->markup];
    struct bylaw__buf parts[PARTS_MAX];
    size_t count = make_parts(parts, c);

    if (count)
        bylaw__buf_add_text(out, wrap->begin);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || c->is_split)
            bylaw__buf_add_text(out, wrap->open);
        else
            bylaw__buf_add_char(out, ' ');
        bylaw__buf_add_span(out, bylaw__buf_span(&parts[i]));
        if (i + 1 == count || c->is_split)
            bylaw__buf_add_text(out, wrap->close);
        bylaw__buf_release(&parts[i]);
    }
    if (count)
        bylaw__buf_add_text(out, wrap->end);
}
