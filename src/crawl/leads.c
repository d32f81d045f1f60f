/* SPDX-License-Identifier: Apache-2.0 */
/* Leads in the making: each a valid address, all below the ceilings. */
#include "crawl_int.h"

#include <stdio.h>
#include <stdlib.h>

int bylaw__leads_begin(struct crawl_leads *leads, struct bylaw_error *err)
{
    memset(leads, 0, sizeof(*leads));
    leads->arena = bylaw__owner_new(0);
    leads->title = "";
    return leads->arena ? 0 : bylaw__fail_memory(err, "");
}

void bylaw__leads_cut(struct crawl_leads *leads, const char *fmt, ...)
{
    va_list args;

    if (leads->is_cut)
        return;
    leads->is_cut = true;
    va_start(args, fmt);
    vsnprintf(leads->cut_because, sizeof(leads->cut_because), fmt, args);
    va_end(args);
}

bool bylaw__leads_count(struct crawl_leads *leads)
{
    if (leads->entries == BYLAW_LIMIT_LEADS) {
        bylaw__leads_cut(leads, "there are more than %u entries",
                         BYLAW_LIMIT_LEADS);
        return false;
    }
    leads->entries++;
    return true;
}

/* Room for one lead more of so many bytes of text. */
static bool has_room(struct crawl_leads *leads, size_t bytes)
{
    if (leads->failed || bytes > BYLAW_LIMIT_LEADS_BYTES ||
        leads->arena->used > BYLAW_LIMIT_LEADS_BYTES - bytes) {
        bylaw__leads_cut(leads, "the entries hold more than %u bytes",
                         BYLAW_LIMIT_LEADS_BYTES);
        return false;
    }
    if (bylaw__vec_grow(&leads->items, &leads->cap, leads->count + 1,
                        sizeof(*leads->items)))
        leads->failed = true;
    return !leads->failed;
}

static void store(struct crawl_leads *leads, const struct bylaw__lead *about,
                  const char *href, struct bylaw_span title)
{
    struct bylaw__lead *lead;

    if (!has_room(leads, strlen(href) + title.len + about->text.len))
        return;
    lead = &leads->items[leads->count];
    *lead = *about;
    lead->url = bylaw__arena_strdup(leads->arena, href);
    lead->title = bylaw__arena_copy(leads->arena, title);
    lead->text = bylaw__arena_span(leads->arena, about->text);
    if (leads->arena->failed)
        leads->failed = true;
    else
        leads->count++;
}

bool bylaw__leads_add(struct crawl_leads *leads,
                      const struct bylaw__lead *about, struct bylaw_span ref,
                      const bylaw_url *base, struct bylaw_span title)
{
    bylaw_url *url = NULL;

    ref = bylaw__span_trim(ref);
    if (!ref.len)
        return false;
    switch (bylaw_url_parse(&url, ref, base, NULL)) {
    case 0:
        break;
    case BYLAW_ENOMEM:
        leads->failed = true;
        return false;
    default:
        return false;
    }
    store(leads, about, bylaw_url_href(url), title);
    bylaw_url_free(url);
    return true;
}

void bylaw__leads_set_title(struct crawl_leads *leads, struct bylaw_span title)
{
    if (leads->title[0] || !title.len)
        return;
    leads->title = bylaw__arena_copy(leads->arena, title);
    if (!leads->title) {
        leads->title = "";
        leads->failed = true;
    }
}

static struct bylaw__leads *hand_over(struct crawl_leads *leads)
{
    struct bylaw__leads *done = bylaw__arena_alloc(leads->arena, sizeof(*done));
    struct bylaw__lead *items =
        bylaw__arena_alloc_array(leads->arena, leads->count, sizeof(*items));

    if (!done || !items)
        return NULL;
    if (leads->count)
        memcpy(items, leads->items, leads->count * sizeof(*items));
    done->items = items;
    done->count = leads->count;
    done->title = leads->title;
    done->is_cut = leads->is_cut;
    memcpy(done->cut_because, leads->cut_because, sizeof(done->cut_because));
    done->owner = leads->arena;
    leads->arena = NULL;
    return done;
}

int bylaw__leads_finish(struct bylaw__leads **out, struct crawl_leads *leads,
                        int rc, struct bylaw_error *err)
{
    *out = NULL;
    if (!rc && !leads->failed)
        *out = hand_over(leads);
    if (!rc && !*out)
        rc = bylaw__fail_memory(err, "");
    bylaw__owner_free(leads->arena);
    free(leads->items);
    return rc;
}

void bylaw__leads_free(struct bylaw__leads *leads)
{
    if (leads)
        bylaw__owner_free(leads->owner);
}

bylaw_url *bylaw__base_url(const char *base)
{
    bylaw_url *url = NULL;

    if (!base || bylaw_url_parse(&url, bylaw__span_of(base), NULL, NULL))
        return NULL;
    return url;
}
