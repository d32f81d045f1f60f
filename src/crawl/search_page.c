/* SPDX-License-Identifier: Apache-2.0 */
/* Further pages of an answer: the same question with another parameter. */
#include "search_int.h"

#define NUMBER_MOST 1000000u

/* The value of a parameter called name; false where part is another. */
static bool is_param(struct bylaw_span *value, struct bylaw_span part,
                     const char *name)
{
    size_t len = strlen(name);

    if (part.len < len || memcmp(part.ptr, name, len) != 0 ||
        (part.len > len && part.ptr[len] != '='))
        return false;
    *value = bylaw__span_sub(part, part.len > len ? len + 1 : len, part.len);
    return true;
}

/* Cuts the next parameter off a query; false at its end. */
static bool next_param(struct bylaw_span *part, struct bylaw_span *rest)
{
    size_t at;

    if (!rest->len)
        return false;
    at = bylaw__span_find(*rest, BYLAW__SPAN("&"));
    *part = bylaw__span_sub(*rest, 0, at);
    *rest = at == SIZE_MAX ? (struct bylaw_span){NULL, 0}
                           : bylaw__span_sub(*rest, at + 1, rest->len);
    return true;
}

static struct bylaw_span query_of(const char *address)
{
    const char *mark = strchr(address, '?');

    return mark ? (struct bylaw_span){mark + 1, strcspn(mark + 1, "#")}
                : (struct bylaw_span){NULL, 0};
}

static void add_separator(struct bylaw__buf *out, bool *is_first)
{
    bylaw__buf_add_char(out, *is_first ? '?' : '&');
    *is_first = false;
}

void bylaw__search_set(struct bylaw__buf *out, const char *address,
                       const char *name, struct bylaw_span value)
{
    struct bylaw_span rest = query_of(address), part, old;
    bool is_first = true;

    bylaw__buf_add_span(out,
                        (struct bylaw_span){address, strcspn(address, "?#")});
    while (next_param(&part, &rest))
        if (part.len && !is_param(&old, part, name)) {
            add_separator(out, &is_first);
            bylaw__buf_add_span(out, part);
        }
    if (value.len) {
        add_separator(out, &is_first);
        bylaw__buf_add_text(out, name);
        bylaw__buf_add_char(out, '=');
        bylaw__search_escape(out, value);
    }
    bylaw__buf_add_text(out, "");
}

unsigned bylaw__search_number(const char *address, const char *name,
                              unsigned fallback)
{
    struct bylaw_span rest = query_of(address), part, value;
    unsigned number = 0;

    while (next_param(&part, &rest)) {
        if (!is_param(&value, part, name) || !value.len)
            continue;
        for (size_t i = 0; i < value.len; i++) {
            if (!bylaw__is_digit((unsigned char)value.ptr[i]) ||
                number >= NUMBER_MOST)
                return fallback;
            number = number * 10 + (unsigned)(value.ptr[i] - '0');
        }
        return number < NUMBER_MOST ? number : fallback;
    }
    return fallback;
}

void bylaw__search_more(struct crawl_leads *leads, const char *address,
                        const char *name, struct bylaw_span value,
                        unsigned page)
{
    struct bylaw__lead lead = {.kind = BYLAW__LEAD_FEED, .page = page};
    struct bylaw__buf next = {0};

    bylaw__search_set(&next, address, name, value);
    if (next.failed)
        leads->failed = true;
    else
        bylaw__leads_add(leads, &lead, bylaw__buf_span(&next), NULL,
                         (struct bylaw_span){NULL, 0});
    bylaw__buf_release(&next);
}

void bylaw__search_next(struct crawl_leads *leads, const char *address,
                        const char *name, unsigned number, unsigned page)
{
    struct bylaw__buf value = {0};

    bylaw__buf_printf(&value, "%u", number);
    if (value.failed)
        leads->failed = true;
    else
        bylaw__search_more(leads, address, name, bylaw__buf_span(&value), page);
    bylaw__buf_release(&value);
}
