/* SPDX-License-Identifier: Apache-2.0 */
/* Diagnostics: what, where, why, what to do, and the id that explains it. */
#include "report_int.h"

void bylaw__report_error(struct bylaw__buf *out, const struct bylaw_error *err,
                         const struct bylaw__report_style *style)
{
    const struct bylaw_diagnostic *row = bylaw_diagnostic_find(err->id);

    bylaw__buf_add_text(out, "bylaw: ");
    if (err->where[0]) {
        bylaw__report_safe(out, bylaw__span_of(err->where));
        bylaw__buf_add_text(out, ": ");
    }
    bylaw__report_tint(out, style, TINT_BAD, "error: ");
    bylaw__report_safe(out, bylaw__span_of(err->what));
    if (err->id)
        bylaw__buf_printf(out, " [%s]", err->id);
    bylaw__buf_add_char(out, '\n');
    if (row && style->verbosity >= 0)
        bylaw__buf_printf(out, "  %s\n", row->hint);
}

void bylaw__report_error_json(struct bylaw__buf *out,
                              const struct bylaw_error *err)
{
    const struct bylaw_diagnostic *row = bylaw_diagnostic_find(err->id);
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "schema", "bylaw.error/1");
    bylaw__json_add_text(&json, "id", err->id);
    bylaw__json_add_text(&json, "code", bylaw_error_name(err->code));
    bylaw__json_add_text(&json, "where", err->where);
    bylaw__json_add_text(&json, "what", err->what);
    bylaw__json_add_text(&json, "hint", row ? row->hint : NULL);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}
