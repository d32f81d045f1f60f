/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of addresses that people keep, one a line. */
#include "crawl_int.h"

/* "#" begins a comment at the start of a line or after white space; inside an
 * address it begins the fragment. */
static struct bylaw_span without_comment(struct bylaw_span line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.ptr[i] == '#' &&
            (!i || bylaw__is_space((unsigned char)line.ptr[i - 1])))
            return bylaw__span_sub(line, 0, i);
    return line;
}

static void read_line(struct crawl_leads *leads, struct bylaw_span line,
                      size_t number)
{
    static const struct bylaw__lead page = {.kind = BYLAW__LEAD_PAGE};

    line = bylaw__span_trim(without_comment(line));
    if (line.len && !bylaw__leads_add(leads, &page, line, NULL,
                                      (struct bylaw_span){NULL, 0}))
        bylaw__leads_cut(leads, "line %zu is no http(s) address", number);
}

int bylaw__url_list_read(struct bylaw__leads **out, struct bylaw_span body,
                         struct bylaw_error *err)
{
    struct crawl_leads leads;
    struct bylaw_span line;
    size_t pos = 0, number = 0;
    int rc = bylaw__leads_begin(&leads, err);

    if (bylaw__span_starts(body, "\xef\xbb\xbf"))
        body = bylaw__span_sub(body, 3, body.len);
    while (!rc && bylaw__next_line(&line, body, &pos)) {
        number++;
        if (!bylaw__span_trim(without_comment(line)).len)
            continue;
        if (!bylaw__leads_count(&leads))
            break;
        read_line(&leads, line, number);
    }
    return bylaw__leads_finish(out, &leads, rc, err);
}
