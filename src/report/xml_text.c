/* SPDX-License-Identifier: Apache-2.0 */
/* Text made fit for XML. */
#include "report_int.h"

static const struct {
    char c;
    const char *reference;
} references[] = {
    {'&', "&amp;"},
    {'<', "&lt;"},
    {'>', "&gt;"},
    {'"', "&quot;"},
};

static void add_reference(struct bylaw__buf *out, char c)
{
    for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++)
        if (references[i].c == c) {
            bylaw__buf_add_text(out, references[i].reference);
            return;
        }
    bylaw__buf_add_char(out, c);
}

/* Controls are gone by then; two code points are left that no XML may hold. */
void bylaw__report_xml(struct bylaw__buf *out, const char *text)
{
    struct bylaw__buf safe = {0};
    struct bylaw_span span;

    bylaw__report_safe(&safe, bylaw__span_of(text));
    span = bylaw__buf_span(&safe);
    for (size_t pos = 0; pos < span.len;) {
        uint32_t cp = bylaw__utf8_next(span, &pos);

        if (cp < 0x80)
            add_reference(out, (char)cp);
        else
            bylaw__buf_add_utf8(out,
                                cp == 0xfffe || cp == 0xffff ? 0xfffd : cp);
    }
    out->failed |= safe.failed;
    bylaw__buf_release(&safe);
}
