/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What platforms do to addresses, as data: tracking parameters, index files,
 * wrappers, shorteners. A row too many makes two pages of one site look alike,
 * a row too few misses a link that is there; the second harms the innocent.
 */
#include "url/url_int.h"

/* ------------------------------------------------ tracking parameters --- */

enum value_kind {
    ANY_VALUE,
    A_WORD, /* not all digits: "ref=12" may well name an article */
    THE_WORD
};

/* Names compare without regard to case; a final "*" stands for any rest. */
static const struct tracking {
    const char *name;
    enum value_kind kind;
    const char *word;
} tracking[] = {
    /* campaigns and click identifiers */
    {"utm_*", ANY_VALUE, NULL},
    {"utm", ANY_VALUE, NULL},
    {"hsa_*", ANY_VALUE, NULL},
    {"mtm_*", ANY_VALUE, NULL},
    {"matomo_*", ANY_VALUE, NULL},
    {"piwik_*", ANY_VALUE, NULL},
    {"pk_campaign", ANY_VALUE, NULL},
    {"pk_kwd", ANY_VALUE, NULL},
    {"pk_source", ANY_VALUE, NULL},
    {"pk_medium", ANY_VALUE, NULL},
    {"at_medium", ANY_VALUE, NULL},
    {"at_campaign*", ANY_VALUE, NULL},
    {"at_custom*", ANY_VALUE, NULL},
    {"at_link_*", ANY_VALUE, NULL},
    {"at_ptr_name", ANY_VALUE, NULL},
    {"at_format", ANY_VALUE, NULL},
    {"at_bbc_team", ANY_VALUE, NULL},
    {"ns_source", ANY_VALUE, NULL},
    {"ns_mchannel", ANY_VALUE, NULL},
    {"ns_campaign", ANY_VALUE, NULL},
    {"ns_linkname", ANY_VALUE, NULL},
    {"ns_fee", ANY_VALUE, NULL},
    {"fbclid", ANY_VALUE, NULL},
    {"fb_action_*", ANY_VALUE, NULL},
    {"fb_ref", ANY_VALUE, NULL},
    {"fb_source", ANY_VALUE, NULL},
    {"fb_comment_id", ANY_VALUE, NULL},
    {"gclid", ANY_VALUE, NULL},
    {"gclsrc", ANY_VALUE, NULL},
    {"gbraid", ANY_VALUE, NULL},
    {"wbraid", ANY_VALUE, NULL},
    {"dclid", ANY_VALUE, NULL},
    {"msclkid", ANY_VALUE, NULL},
    {"yclid", ANY_VALUE, NULL},
    {"ysclid", ANY_VALUE, NULL},
    {"twclid", ANY_VALUE, NULL},
    {"ttclid", ANY_VALUE, NULL},
    {"li_fat_id", ANY_VALUE, NULL},
    {"igshid", ANY_VALUE, NULL},
    {"igsh", ANY_VALUE, NULL},
    {"epik", ANY_VALUE, NULL},
    {"mc_cid", ANY_VALUE, NULL},
    {"mc_eid", ANY_VALUE, NULL},
    {"mkt_tok", ANY_VALUE, NULL},
    {"_hsenc", ANY_VALUE, NULL},
    {"_hsmi", ANY_VALUE, NULL},
    {"vero_id", ANY_VALUE, NULL},
    {"vero_conv", ANY_VALUE, NULL},
    {"oly_anon_id", ANY_VALUE, NULL},
    {"oly_enc_id", ANY_VALUE, NULL},
    {"__s", ANY_VALUE, NULL},
    {"_ga", ANY_VALUE, NULL},
    {"_gl", ANY_VALUE, NULL},
    {"ga_*", ANY_VALUE, NULL},
    {"wt_mc", ANY_VALUE, NULL},
    {"wt.mc_*", ANY_VALUE, NULL},
    {"xtor", ANY_VALUE, NULL},
    {"cmpid", ANY_VALUE, NULL},
    {"ocid", ANY_VALUE, NULL},
    {"ncid", ANY_VALUE, NULL},
    {"ito", A_WORD, NULL},
    {"icid", A_WORD, NULL},
    {"smid", A_WORD, NULL},
    {"smtyp", ANY_VALUE, NULL},
    {"sr_share", ANY_VALUE, NULL},
    {"__twitter_impression", ANY_VALUE, NULL},
    {"taid", ANY_VALUE, NULL},
    {"spm", ANY_VALUE, NULL},
    {"scm", A_WORD, NULL},
    {"guccounter", ANY_VALUE, NULL},
    {"guce_referrer", ANY_VALUE, NULL},
    {"guce_referrer_sig", ANY_VALUE, NULL},
    {"rb_clickid", ANY_VALUE, NULL},
    {"s_cid", ANY_VALUE, NULL},
    {"ss_source", ANY_VALUE, NULL},
    {"ss_campaign_*", ANY_VALUE, NULL},
    {"__hstc", ANY_VALUE, NULL},
    {"__hssc", ANY_VALUE, NULL},
    {"__hsfp", ANY_VALUE, NULL},
    /* where the reader came from, and sharing */
    {"ref", A_WORD, NULL},
    {"ref_src", ANY_VALUE, NULL},
    {"ref_url", ANY_VALUE, NULL},
    {"referrer", ANY_VALUE, NULL},
    {"referer", ANY_VALUE, NULL},
    {"source", THE_WORD, "rss"},
    {"source", THE_WORD, "twitter"},
    {"source", THE_WORD, "facebook"},
    {"source", THE_WORD, "social"},
    {"source", THE_WORD, "email"},
    {"source", THE_WORD, "newsletter"},
    {"src", THE_WORD, "rss"},
    {"src", THE_WORD, "twsrc"},
    {"from", THE_WORD, "rss"},
    {"from", THE_WORD, "singlemessage"},
    {"from", THE_WORD, "timeline"},
    {"from", THE_WORD, "groupmessage"},
    {"isappinstalled", ANY_VALUE, NULL},
    {"share", ANY_VALUE, NULL},
    {"shared", ANY_VALUE, NULL},
    {"sharetype", ANY_VALUE, NULL},
    {"nb", THE_WORD, "1"},
    {"sh", THE_WORD, "1"},
    {"ssl", THE_WORD, "1"},
    {"feature", THE_WORD, "share"},
    {"feature", THE_WORD, "youtu.be"},
    {"replytocom", ANY_VALUE, NULL},
    {"rss", ANY_VALUE, NULL},
    {"partner", THE_WORD, "rss"},
    {"partner", THE_WORD, "rssnyt"},
    {"emc", THE_WORD, "rss"},
    /* sessions */
    {"phpsessid", ANY_VALUE, NULL},
    {"jsessionid", ANY_VALUE, NULL},
    {"aspsessionid*", ANY_VALUE, NULL},
    /* AMP, mobile and print forms of the page */
    {"amp", ANY_VALUE, NULL},
    {"isamp", ANY_VALUE, NULL},
    {"noamp", ANY_VALUE, NULL},
    {"nonamp", ANY_VALUE, NULL},
    {"amp_js_v", ANY_VALUE, NULL},
    {"amp_gsa", ANY_VALUE, NULL},
    {"amp_markup", ANY_VALUE, NULL},
    {"amp_ct", ANY_VALUE, NULL},
    {"usqp", ANY_VALUE, NULL},
    {"aoh", ANY_VALUE, NULL},
    {"outputtype", THE_WORD, "amp"},
    {"output", THE_WORD, "amp"},
    {"output", THE_WORD, "print"},
    {"output", THE_WORD, "1"},
    {"mobile", ANY_VALUE, NULL},
    {"m", THE_WORD, "1"},
    {"print", ANY_VALUE, NULL},
    {"printable", ANY_VALUE, NULL},
    {"printer_friendly", ANY_VALUE, NULL},
    {"printerfriendly", ANY_VALUE, NULL},
    {"printpage", ANY_VALUE, NULL},
    {"printview", ANY_VALUE, NULL},
    {"pfstyle", ANY_VALUE, NULL},
    {"pagewanted", THE_WORD, "all"},
    {"pagewanted", THE_WORD, "print"},
    {"view", THE_WORD, "print"},
    {"view", THE_WORD, "amp"},
    {"mode", THE_WORD, "print"},
    {"format", THE_WORD, "print"},
    {"format", THE_WORD, "amp"},
    {"action", THE_WORD, "print"},
    {"tmpl", THE_WORD, "component"},
};

#define TRACKING_COUNT (sizeof(tracking) / sizeof(tracking[0]))

static bool is_named(struct bylaw_span name, const char *pattern)
{
    size_t stem;

    if (!name.len || bylaw__lower(name.ptr[0]) != pattern[0])
        return false;
    stem = strlen(pattern) - 1;
    if (pattern[stem] != '*')
        return bylaw__span_is_nocase(name, pattern);
    return name.len >= stem &&
           bylaw__span_eq_nocase(bylaw__span_sub(name, 0, stem),
                                 (struct bylaw_span){pattern, stem});
}

static bool is_number(struct bylaw_span s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!bylaw__is_digit((unsigned char)s.ptr[i]))
            return false;
    return s.len > 0;
}

bool bylaw__url_is_tracking(struct bylaw_span name, struct bylaw_span value)
{
    for (size_t i = 0; i < TRACKING_COUNT; i++) {
        const struct tracking *row = &tracking[i];

        if (!is_named(name, row->name))
            continue;
        if (row->kind == ANY_VALUE ||
            (row->kind == A_WORD && !is_number(value)) ||
            (row->kind == THE_WORD && bylaw__span_is_nocase(value, row->word)))
            return true;
    }
    return false;
}

/* -------------------------------------------------------- index files --- */

static const char *const index_stems[] = {"index.", "default."};
static const char *const index_kinds[] = {"html", "htm",  "shtml", "xhtml",
                                          "php",  "php5", "asp",   "aspx",
                                          "jsp",  "cfm",  "cgi"};

bool bylaw__url_is_index(struct bylaw_span segment)
{
    for (size_t i = 0; i < sizeof(index_stems) / sizeof(index_stems[0]); i++) {
        struct bylaw_span kind =
            bylaw__span_sub(segment, strlen(index_stems[i]), segment.len);

        if (!bylaw__span_starts_nocase(segment, index_stems[i]))
            continue;
        for (size_t k = 0; k < sizeof(index_kinds) / sizeof(index_kinds[0]);
             k++)
            if (bylaw__span_is_nocase(kind, index_kinds[k]))
                return true;
    }
    return false;
}

/* ----------------------------------------------------------- wrappers --- */

/* Share buttons (facebook.com/sharer, twitter.com/intent) are left out on
 * purpose: they hold an address but do not lead a reader to it. */
#define PARAMETER(host, path, name)                                            \
    {                                                                          \
        host, path, name, bylaw__wrap_parameter                                \
    }
#define ARCHIVE(host, path)                                                    \
    {                                                                          \
        host, path, NULL, bylaw__wrap_archive                                  \
    }

const struct bylaw__wrapper bylaw__url_wrappers[] = {
    /* search engines and their caches */
    PARAMETER("google.*", "/url", "q"),
    PARAMETER("google.*", "/url", "url"),
    PARAMETER("google.*", "/imgres", "imgrefurl"),
    PARAMETER("google.*", "/translate", "u"),
    PARAMETER("google.*", "/website", "u"),
    {"google.*", "/amp/s/", "https://", bylaw__wrap_path},
    {"google.*", "/amp/", "http://", bylaw__wrap_path},
    {"google.*", "/search", "q", bylaw__wrap_cache},
    {"webcache.googleusercontent.com", "/search", "q", bylaw__wrap_cache},
    PARAMETER("translate.googleusercontent.com", "/translate_c", "u"),
    {"translate.goog", "/", "_x_tr_", bylaw__wrap_translator},
    PARAMETER("feedproxy.google.com", "/", "url"),
    {"cdn.ampproject.org", "/c/s/", "https://", bylaw__wrap_path},
    {"cdn.ampproject.org", "/v/s/", "https://", bylaw__wrap_path},
    {"cdn.ampproject.org", "/r/s/", "https://", bylaw__wrap_path},
    {"cdn.ampproject.org", "/c/", "http://", bylaw__wrap_path},
    {"cdn.ampproject.org", "/v/", "http://", bylaw__wrap_path},
    {"bing-amp.com", "/c/s/", "https://", bylaw__wrap_path},
    {"bing-amp.com", "/c/", "http://", bylaw__wrap_path},
    PARAMETER("duckduckgo.com", "/l/", "uddg"),
    PARAMETER("microsofttranslator.com", "/bv.aspx", "a"),
    PARAMETER("translatoruser-int.com", "/bv.aspx", "a"),
    PARAMETER("translate.yandex.ru", "/translate", "url"),
    PARAMETER("translate.yandex.com", "/translate", "url"),
    PARAMETER("papago.naver.net", "/website", "url"),
    /* social networks and messengers */
    PARAMETER("facebook.com", "/l.php", "u"),
    PARAMETER("facebook.com", "/flx/warn", "u"),
    PARAMETER("l.instagram.com", "/", "u"),
    PARAMETER("l.threads.net", "/", "u"),
    PARAMETER("l.threads.com", "/", "u"),
    PARAMETER("l.messenger.com", "/l.php", "u"),
    PARAMETER("out.reddit.com", "/", "url"),
    PARAMETER("t.umblr.com", "/redirect", "z"),
    PARAMETER("youtube.com", "/redirect", "q"),
    PARAMETER("vk.com", "/away.php", "to"),
    PARAMETER("away.vk.com", "/", "to"),
    PARAMETER("linkedin.com", "/redir/redirect", "url"),
    PARAMETER("linkedin.com", "/redirect", "url"),
    PARAMETER("linkedin.com", "/safety/go", "url"),
    PARAMETER("steamcommunity.com", "/linkfilter", "url"),
    PARAMETER("steamcommunity.com", "/linkfilter", "u"),
    PARAMETER("slack-redir.net", "/link", "url"),
    PARAMETER("exit.sc", "/", "url"),
    PARAMETER("gate.sc", "/", "url"),
    PARAMETER("getpocket.com", "/redirect", "url"),
    PARAMETER("medium.com", "/r/", "url"),
    PARAMETER("link.zhihu.com", "/", "target"),
    PARAMETER("link.juejin.cn", "/", "target"),
    PARAMETER("link.csdn.net", "/", "target"),
    PARAMETER("link.jianshu.com", "/", "t"),
    PARAMETER("jianshu.com", "/go-wild", "url"),
    PARAMETER("douban.com", "/link2", "url"),
    PARAMETER("weibo.cn", "/sinaurl", "u"),
    PARAMETER("weibo.cn", "/sinaurl", "toasturl"),
    /* mail filters, affiliates, referrer hiders */
    PARAMETER("safelinks.protection.outlook.com", "/", "url"),
    PARAMETER("go.redirectingat.com", "/", "url"),
    PARAMETER("go.skimresources.com", "/", "url"),
    PARAMETER("click.linksynergy.com", "/deeplink", "murl"),
    {"href.li", "/", NULL, bylaw__wrap_query},
    {"anonym.to", "/", NULL, bylaw__wrap_query},
    {"nullrefer.com", "/", NULL, bylaw__wrap_query},
    /* archives */
    ARCHIVE("web.archive.org", "/web/"),
    ARCHIVE("web.archive.org", "/save/"),
    ARCHIVE("wayback.archive.org", "/web/"),
    ARCHIVE("archive.org", "/web/"),
    ARCHIVE("archive.org", "/wayback/"),
    ARCHIVE("wayback.archive-it.org", "/all/"),
    ARCHIVE("wayback.archive-it.org", "/"),
    ARCHIVE("webarchive.nationalarchives.gov.uk", "/ukgwa/"),
    ARCHIVE("webarchive.nationalarchives.gov.uk", "/"),
    ARCHIVE("webarchive.org.uk", "/wayback/archive/"),
    ARCHIVE("arquivo.pt", "/wayback/"),
    ARCHIVE("swap.stanford.edu", "/"),
    ARCHIVE("archive.ph", "/newest/"),
    ARCHIVE("archive.ph", "/"),
    ARCHIVE("archive.today", "/newest/"),
    ARCHIVE("archive.today", "/"),
    ARCHIVE("archive.is", "/newest/"),
    ARCHIVE("archive.is", "/"),
    ARCHIVE("archive.fo", "/newest/"),
    ARCHIVE("archive.fo", "/"),
    ARCHIVE("archive.li", "/newest/"),
    ARCHIVE("archive.li", "/"),
    ARCHIVE("archive.md", "/newest/"),
    ARCHIVE("archive.md", "/"),
    ARCHIVE("archive.vn", "/newest/"),
    ARCHIVE("archive.vn", "/"),
    ARCHIVE("12ft.io", "/"),
    PARAMETER("webcitation.org", "/query", "url"),
    {NULL, NULL, NULL, NULL},
};

/* --------------------------------------------------------- shorteners --- */

/* Shorteners, click counters, and archives by number: nothing of the target
 * stands in the address. */
static const struct shortener {
    const char *host; /* or below it; "name.*" as for wrappers */
    const char *path; /* prefix */
} shorteners[] = {
    {"t.co", "/"},
    {"bit.ly", "/"},
    {"j.mp", "/"},
    {"ow.ly", "/"},
    {"ht.ly", "/"},
    {"tinyurl.com", "/"},
    {"goo.gl", "/"},
    {"share.google", "/"},
    {"g.co", "/"},
    {"buff.ly", "/"},
    {"dlvr.it", "/"},
    {"ift.tt", "/"},
    {"trib.al", "/"},
    {"lnkd.in", "/"},
    {"is.gd", "/"},
    {"v.gd", "/"},
    {"cutt.ly", "/"},
    {"rb.gy", "/"},
    {"rebrand.ly", "/"},
    {"shorturl.at", "/"},
    {"short.gy", "/"},
    {"tiny.cc", "/"},
    {"tiny.one", "/"},
    {"t.ly", "/"},
    {"s.id", "/"},
    {"su.pr", "/"},
    {"snip.ly", "/"},
    {"soo.gd", "/"},
    {"shar.es", "/"},
    {"adf.ly", "/"},
    {"po.st", "/"},
    {"fb.me", "/"},
    {"wp.me", "/"},
    {"tcrn.ch", "/"},
    {"flip.it", "/"},
    {"apple.news", "/"},
    {"t.cn", "/"},
    {"url.cn", "/"},
    {"dwz.cn", "/"},
    {"clck.ru", "/"},
    {"vk.cc", "/"},
    {"t.umblr.com", "/"},
    {"l.facebook.com", "/"},
    {"lm.facebook.com", "/"},
    {"out.reddit.com", "/"},
    {"redd.it", "/"},
    {"feedproxy.google.com", "/"},
    {"feeds.feedburner.com", "/"},
    {"feedburner.com", "/~r/"},
    {"google.*", "/url"},
    {"google.*", "/aclk"},
    {"news.google.com", "/articles/"},
    {"news.google.com", "/rss/articles/"},
    {"news.google.com", "/read/"},
    {"bing.com", "/ck/"},
    {"bing.com", "/news/apiclick.aspx"},
    {"baidu.com", "/link"},
    {"list-manage.com", "/track/click"},
    {"hubspotlinks.com", "/"},
    {"sendgrid.net", "/ls/click"},
    {"urldefense.com", "/"},
    {"urldefense.proofpoint.com", "/"},
    {"linkprotect.cudasvc.com", "/"},
    {"perma.cc", "/"},
    {"ghostarchive.org", "/archive/"},
    {"archive.ph", "/"},
    {"archive.today", "/"},
    {"archive.is", "/"},
    {"archive.fo", "/"},
    {"archive.li", "/"},
    {"archive.md", "/"},
    {"archive.vn", "/"},
    {"nyti.ms", "/"},
    {"wapo.st", "/"},
    {"reut.rs", "/"},
    {"bbc.in", "/"},
    {"cnn.it", "/"},
    {"econ.st", "/"},
    {"on.ft.com", "/"},
    {"on.wsj.com", "/"},
    {"bloom.bg", "/"},
    {"huff.to", "/"},
    {"apne.ws", "/"},
    {"politi.co", "/"},
    {"theatln.tc", "/"},
    {"n.pr", "/"},
    {"abcn.ws", "/"},
    {"nbcnews.to", "/"},
    {"usat.ly", "/"},
    {"lat.ms", "/"},
    {"fxn.ws", "/"},
    {"aje.io", "/"},
    {"propub.li", "/"},
    {"gu.com", "/"},
};

/* Most rows fail at the last letter. */
static bool may_be_host_of(struct bylaw_span host, const char *pattern)
{
    char last = pattern[strlen(pattern) - 1];

    return last == '*' || (host.len && host.ptr[host.len - 1] == last);
}

bool bylaw__url_is_shortener(const bylaw_url *url)
{
    struct bylaw_span host = bylaw__url_rootless(url->host);

    for (size_t i = 0; i < sizeof(shorteners) / sizeof(shorteners[0]); i++)
        if (may_be_host_of(host, shorteners[i].host) &&
            bylaw__url_is_host_of(url, shorteners[i].host) &&
            bylaw__span_starts(bylaw__span_of(url->path), shorteners[i].path))
            return true;
    return false;
}
