/* SPDX-License-Identifier: Apache-2.0 */
/* Text from pages made inert for a terminal. */
#include "report.h"

/*
 * Code points that move the cursor, hide or reorder what a person reads:
 * C0 and C1 controls, zero-width and bidirectional marks, line separators.
 */
static bool is_treacherous(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0xad ||
           (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x2028 && cp <= 0x202e) ||
           (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff ||
           (cp >= 0xe0000 && cp <= 0xe0fff);
}

void bylaw__report_safe(struct bylaw__buf *out, struct bylaw_span text)
{
    size_t pos = 0;
    bool was_space = false;

    while (pos < text.len) {
        uint32_t cp = bylaw__utf8_next(text, &pos);
        bool is_space = cp < 0x80 && bylaw__is_space((int)cp);

        if (is_space && !was_space)
            bylaw__buf_add_char(out, ' ');
        else if (!is_space && is_treacherous(cp))
            bylaw__buf_printf(out, "<U+%04X>", (unsigned)cp);
        else if (!is_space)
            bylaw__buf_add_utf8(out, cp);
        was_space = is_space;
    }
}
