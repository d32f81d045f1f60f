/* SPDX-License-Identifier: Apache-2.0 */
/* A case as a line for people and as an object for programs. */
#include "case_view.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

void cli_case_line(struct bylaw__buf *out, const struct bylaw__case_row *row,
                   const struct bylaw__report_style *style)
{
    bylaw__buf_printf(out, "%5lld  %-11s  %-13s  ", (long long)row->id,
                      bylaw_case_state_name(row->state), row->verdict);
    bylaw__report_safe(out, bylaw__span_of(row->url));
    bylaw__buf_add_text(out, "  (");
    bylaw__report_safe(out, bylaw__span_of(row->source));
    bylaw__buf_add_text(out, ")\n");
    if (style->verbosity > 0 && row->because) {
        bylaw__buf_add_text(out, "       ");
        bylaw__report_safe(out, bylaw__span_of(row->because));
        bylaw__buf_add_char(out, '\n');
    }
}

static void add_time(struct bylaw__json *json, const char *key, int64_t ms)
{
    char text[BYLAW__TIME_BYTES];

    if (ms)
        bylaw__time_format(text, ms);
    bylaw__json_add_text(json, key, ms ? text : NULL);
}

void cli_case_members(struct bylaw__json *json,
                      const struct bylaw__case_row *row)
{
    bylaw__json_add_text(json, "schema", "bylaw.case/1");
    bylaw__json_add_number(json, "id", row->id);
    bylaw__json_add_text(json, "state", bylaw_case_state_name(row->state));
    bylaw__json_add_text(json, "url", row->url);
    bylaw__json_add_text(json, "host", row->host);
    bylaw__json_add_text(json, "source", row->source);
    bylaw__json_add_text(json, "verdict", row->verdict);
    bylaw__json_add_text(json, "because", row->because);
    bylaw__json_add_number(json, "severity", row->severity);
    bylaw__json_add_text(json, "confidence", row->confidence);
    bylaw__json_add_text(json, "rule", row->rule);
    bylaw__json_add_text(json, "match_class", row->match_class);
    bylaw__json_key(json, "source_coverage");
    bylaw__json_real(json, row->coverage, 4);
    bylaw__json_add_text(json, "reason", row->reason);
    add_time(json, "first_at", row->first_ms);
    add_time(json, "last_at", row->last_ms);
    add_time(json, "changed_at", row->changed_ms);
    add_time(json, "expires_at", row->expires_ms);
    bylaw__json_key(json, "twin_of");
    if (row->twin_of)
        bylaw__json_int(json, row->twin_of);
    else
        bylaw__json_null(json);
}

void cli_case_json(struct bylaw__buf *out, const struct bylaw__case_row *row)
{
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    cli_case_members(&json, row);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}

int cli_check_state(int *out, struct cli *cli, const char *name)
{
    *out = name ? bylaw_case_state_of(name) : -1;
    if (!name || *out >= 0)
        return 0;
    return cli_usage(cli, "usage.case-state", "there is no state \"%s\"", name);
}

int cli_case_number(int64_t *out, struct cli *cli, size_t at)
{
    const struct cli_list *args = &cli->options.args;
    const char *text = args->count > at ? args->items[at] : "";
    char *end = NULL;

    *out = bylaw__is_digit((unsigned char)*text) ? strtoll(text, &end, 10) : 0;
    if (*out > 0 && !*end)
        return 0;
    return cli_usage(cli, "usage.case-id",
                     "\"%s%s%s\" wants the number of a case%s%s%s",
                     cli->command->name, at ? " " : "",
                     at ? args->items[0] : "", *text ? ", not \"" : "", text,
                     *text ? "\"" : "");
}

const char *cli_own_name(void)
{
    const struct passwd *user = getpwuid(geteuid());

    return user && user->pw_name ? user->pw_name : "somebody";
}
