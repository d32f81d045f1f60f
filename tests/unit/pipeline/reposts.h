/* SPDX-License-Identifier: Apache-2.0 */
/* Pages with the article of seeds/ on them, for webs of scans. */
#ifndef TEST_REPOSTS_H
#define TEST_REPOSTS_H

#include "scanning.h"

#define TOP                                                                    \
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Japan to "  \
    "Open NATO Liaison Office</title></head><body><main><h1>Japan to Open "    \
    "NATO Liaison Office</h1>\n"
#define END "</main><footer>Run by volunteers.</footer></body></html>\n"
#define OTHER                                                                  \
    TOP "<p>The choir is looking for tenors who can sing on Thursdays and "    \
        "who do not mind the cold of the old town hall in winter.</p>"
#define LINK(path) "<p><a href=\"" path "\">more of it</a></p>"

/* The article without and with credit. */
static char *bad, *good;

static inline char *fill_page(const struct bylaw_source *source,
                              const char *text)
{
    struct bylaw__buf filled = {0};

    fill(&filled, text, source);
    return bylaw__buf_take(&filled, NULL);
}

/* Puts them where a table says "bad" or "good". */
static inline void put_bodies(struct web_page *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (table[i].body && !strcmp(table[i].body, "bad"))
            table[i].body = bad;
        else if (table[i].body && !strcmp(table[i].body, "good"))
            table[i].body = good;
}

static inline int make_reposts(void **state)
{
    bylaw_auditor *auditor;

    if (make_files(state))
        return -1;
    auditor = new_seeded(NULL);
    bad = fill_page(bylaw_auditor_source(auditor, 0),
                    TOP "<!--bylaw:article-->\n" END);
    good = fill_page(bylaw_auditor_source(auditor, 0),
                     TOP "<!--bylaw:article-->\n" CREDIT END);
    bylaw_auditor_free(auditor);
    return 0;
}

static inline int drop_reposts(void **state)
{
    free(bad);
    free(good);
    return remove_files(state);
}

static inline struct loopback_web *start(const struct web_page *table,
                                         size_t count)
{
    struct loopback_web *web = web_start(table, count);

    assert_non_null(web);
    return web;
}

#endif
