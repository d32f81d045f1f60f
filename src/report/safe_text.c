/* SPDX-License-Identifier: Apache-2.0 */
/* Text from pages made inert for a terminal. */
#include "report_int.h"

/*
 * Code points that move the cursor, hide or reorder what a person reads:
 * C0 and C1 controls, zero-width and bidirectional marks, line separators,
 * letters without a shape, annotation marks, tags.
 */
static const struct {
    uint32_t first, last;
} treacherous[] = {
    {0x0000, 0x001f}, {0x007f, 0x009f},   {0x00ad, 0x00ad}, {0x061c, 0x061c},
    {0x115f, 0x1160}, {0x180e, 0x180e},   {0x200b, 0x200f}, {0x2028, 0x202e},
    {0x2060, 0x206f}, {0x3164, 0x3164},   {0xfeff, 0xfeff}, {0xffa0, 0xffa0},
    {0xfff9, 0xfffb}, {0xe0000, 0xe0fff},
};

static bool is_treacherous(uint32_t cp)
{
    for (size_t i = 0; i < sizeof(treacherous) / sizeof(treacherous[0]); i++)
        if (cp >= treacherous[i].first && cp <= treacherous[i].last)
            return true;
    return false;
}

/* White space becomes one space; what is treacherous is written by format. */
static void add_safe(struct bylaw__buf *out, struct bylaw_span text,
                     bool as_html)
{
    size_t pos = 0;
    bool was_space = false;

    while (pos < text.len) {
        uint32_t cp = bylaw__utf8_next(text, &pos);
        bool is_space = cp < 0x80 && bylaw__is_space((int)cp);

        if (is_space && !was_space)
            bylaw__buf_add_char(out, ' ');
        else if (!is_space && is_treacherous(cp))
            bylaw__buf_printf(out, as_html ? "&#x%X;" : "<U+%04X>",
                              (unsigned)cp);
        else if (!is_space)
            bylaw__buf_add_utf8(out, cp);
        was_space = is_space;
    }
}

void bylaw__report_safe(struct bylaw__buf *out, struct bylaw_span text)
{
    add_safe(out, text, false);
}

void bylaw__report_safe_html(struct bylaw__buf *out, struct bylaw_span html)
{
    add_safe(out, html, true);
}
