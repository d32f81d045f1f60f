/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw source: the articles a workspace protects, and where they come from. */
#include "workspace.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#define NAME_BYTES 64

/* A workspace open for sources; the auditor is what reads articles. */
struct sources {
    struct cli *cli;
    struct cli_workspace workspace;
    bylaw_auditor *auditor;
};

static void close_sources(struct sources *s)
{
    bylaw_auditor_free(s->auditor);
    cli_workspace_close(&s->workspace);
}

static int open_sources(struct sources *s, struct cli *cli,
                        enum cli_workspace_use use)
{
    s->cli = cli;
    return cli_workspace_open(&s->workspace, cli, use);
}

/* ------------------------------------------------------------- showing --- */

static void add_time(struct bylaw__json *json, const char *key, int64_t ms)
{
    char text[BYLAW__TIME_BYTES];

    bylaw__json_key(json, key);
    if (!ms) {
        bylaw__json_null(json);
        return;
    }
    bylaw__time_format(text, ms);
    bylaw__json_text(json, text);
}

/* What became of a source. Zero: it is only shown. */
struct outcome {
    const char *done;
    const char *shown_rule; /* by its text, where that is not the recorded */
};

static void add_json(struct bylaw__buf *out, struct outcome outcome,
                     const struct bylaw__source_row *row)
{
    const char *const texts[][2] = {
        {"id", row->name},       {"kind", row->kind}, {"spec", row->spec},
        {"url", row->url},       {"rule", row->rule}, {"title", row->title},
        {"sha256", row->sha256},
    };
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "schema", "bylaw.source/1");
    if (outcome.done) {
        bylaw__json_add_text(&json, "done", outcome.done);
    }
    if (outcome.shown_rule) {
        bylaw__json_add_text(&json, "shown_rule", outcome.shown_rule);
    }
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        bylaw__json_add_text(&json, texts[i][0], texts[i][1]);
    }
    add_time(&json, "added_at", row->added_ms);
    add_time(&json, "refreshed_at", row->refreshed_ms);
    bylaw__json_key(&json, "from_list");
    bylaw__json_bool(&json, row->parent != 0);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}

static void add_field(struct bylaw__buf *out, const char *label,
                      const char *value)
{
    if (!value || !*value)
        return;
    bylaw__buf_printf(out, "  %-10s ", label);
    bylaw__report_safe(out, bylaw__span_of(value));
    bylaw__buf_add_char(out, '\n');
}

static void add_time_field(struct bylaw__buf *out, const char *label,
                           int64_t ms)
{
    char text[BYLAW__TIME_BYTES];

    bylaw__time_format(text, ms);
    add_field(out, label, ms ? text : NULL);
}

static void add_details(struct bylaw__buf *out,
                        const struct bylaw__source_row *row)
{
    bylaw__buf_printf(out, "%s\n", row->name);
    add_field(out, "kind", row->kind);
    add_field(out, "title", row->title);
    add_field(out, "rule", row->rule);
    add_field(out, "address", row->url);
    add_field(out, "read from", row->spec);
    add_field(out, "sha256", row->sha256);
    add_time_field(out, "added", row->added_ms);
    add_time_field(out, "refreshed", row->refreshed_ms);
}

/* One line; what was done goes first where something was. */
static void add_summary(struct bylaw__buf *out, struct outcome outcome,
                        const struct bylaw__source_row *row)
{
    if (outcome.done)
        bylaw__buf_printf(out, "%-9s ", outcome.done);
    bylaw__buf_printf(out, "%-32s %-8s %-18s ", row->name, row->kind,
                      row->rule ? row->rule : "-");
    bylaw__report_safe(out,
                       bylaw__span_of(row->title && *row->title ? row->title
                                                                : row->spec));
    bylaw__buf_add_char(out, '\n');
    if (outcome.shown_rule)
        bylaw__buf_printf(out,
                          "%-9s by its text it is under %s now; to follow "
                          "that, remove it and add it again\n",
                          "", outcome.shown_rule);
}

static int print_row(struct cli *cli, struct outcome outcome,
                     const struct bylaw__source_row *row)
{
    struct bylaw__buf out = {0};
    int rc;

    if (cli->options.json)
        add_json(&out, outcome, row);
    else if (!outcome.done || !cli->options.quiet)
        add_summary(&out, outcome, row);
    rc = cli_print(cli, &out);
    bylaw__buf_release(&out);
    return rc;
}

/* -------------------------------------------------------------- adding --- */

static bool is_address(const char *spec)
{
    return bylaw__span_starts_nocase(bylaw__span_of(spec), "http://") ||
           bylaw__span_starts_nocase(bylaw__span_of(spec), "https://");
}

/* "https://x.org/a/feed" gives "x-org-a-feed". */
static void name_list(char out[NAME_BYTES], const char *address)
{
    const char *p = strstr(address, "://");
    size_t len = 0;

    for (p = p ? p + 3 : address; *p && len + 1 < NAME_BYTES; p++) {
        char c = bylaw__lower(*p);

        if (bylaw__is_alnum((unsigned char)c))
            out[len++] = c;
        else if (len && out[len - 1] != '-')
            out[len++] = '-';
    }
    while (len && out[len - 1] == '-')
        len--;
    out[len] = '\0';
}

/* It is in the ledger before anybody is told that it is recorded. */
static int keep_and_print(struct sources *s, struct outcome outcome,
                          const struct bylaw__source_row *row)
{
    int rc = cli_workspace_keep(&s->workspace);

    return rc ? rc : print_row(s->cli, outcome, row);
}

static int keep_row(struct sources *s, struct bylaw__source_row *row)
{
    struct bylaw_error err = {0};

    row->added_ms = cli_now_ms(s->cli);
    if (bylaw__store_source_add(&row->id, s->workspace.store, row, &err))
        return cli_complain(s->cli, &err);
    return keep_and_print(s, (struct outcome){.done = "added"}, row);
}

static int add_list(struct sources *s, const char *address, const char *kind)
{
    char name[NAME_BYTES];
    struct bylaw__source_row row = {.name = name,
                                    .spec = address,
                                    .kind = kind,
                                    .title = ""};
    struct bylaw_error err = {0};
    bylaw_url *url = NULL;

    /* The scan reads it; until then only its address can be wrong. */
    if (bylaw_url_parse(&url, bylaw__span_of(address), NULL, &err))
        return cli_complain(s->cli, &err);
    name_list(name, address);
    bylaw_url_free(url);
    return keep_row(s, &row);
}

/* A fresh auditor each time: its last source is then source 0. */
static int read_article(struct sources *s, const char *spec, const char *url,
                        const char *rule, struct bylaw_error *err)
{
    struct bylaw_audit_options options;
    int rc;

    bylaw_auditor_free(s->auditor);
    s->auditor = NULL;
    cli_workspace_options(&s->workspace, s->cli, &options);
    rc = bylaw_auditor_new(&s->auditor, &options, err);
    return rc ? rc
              : bylaw__pipeline_add_source(s->auditor, spec, url, rule, err);
}

/* What a refusal to read an article says it is instead; NULL: nothing. */
static const char *list_kind(const struct bylaw_error *err)
{
    if (!strcmp(err->id, "source.feed"))
        return "feed";
    return strcmp(err->id, "source.sitemap") ? NULL : "sitemap";
}

static int add_article(struct sources *s, const char *spec)
{
    const char *url = s->cli->options.source_url;
    struct bylaw__source_row row = {.spec = spec, .kind = "article"};
    const struct bylaw_source *source;
    const struct bylaw_rule *rule;
    struct bylaw_error err = {0};

    if (read_article(s, spec, url, NULL, &err)) {
        const char *list = list_kind(&err);

        return list && !s->cli->options.kind ? add_list(s, spec, list)
                                             : cli_complain(s->cli, &err);
    }
    source = bylaw_auditor_source(s->auditor, 0);
    rule = bylaw__pipeline_source_rule(s->auditor, 0);
    row.name = source->id;
    row.url = source->url;
    row.title = source->title ? source->title : "";
    row.sha256 = source->sha256;
    row.rule = rule ? rule->id : NULL;
    row.refreshed_ms = cli_now_ms(s->cli);
    return keep_row(s, &row);
}

/* Files are recorded by their whole path: a scan may run from anywhere. */
static int add_one(struct sources *s, const char *spec)
{
    const char *kind = s->cli->options.kind;
    struct bylaw_error err = {0};
    char whole[PATH_MAX];

    if (kind && strcmp(kind, "article"))
        return add_list(s, spec, kind);
    if (is_address(spec))
        return add_article(s, spec);
    if (!strcmp(spec, "-"))
        return cli_usage(s->cli, "usage.source-stdin",
                         "a source is read again and again, which standard "
                         "input cannot be");
    if (realpath(spec, whole))
        return add_article(s, whole);
    bylaw__fail(&err, BYLAW_EIO, "file.unreadable", spec, "cannot open: %s",
                strerror(errno));
    return cli_complain(s->cli, &err);
}

static int check_add(struct cli *cli)
{
    static const char *const kinds[] = {"article", "feed", "sitemap"};
    const struct cli_options *options = &cli->options;
    bool is_known = !options->kind;

    if (options->args.count < 2)
        return cli_usage(cli, "usage.no-source", "no source was named to add");
    if (options->source_url && options->args.count != 2)
        return cli_usage(cli, "usage.one-source",
                         "--source-url speaks of one source, but %zu were "
                         "named",
                         options->args.count - 1);
    for (size_t i = 0; !is_known && i < 3; i++)
        is_known = !strcmp(options->kind, kinds[i]);
    if (!is_known)
        return cli_usage(cli, "usage.kind",
                         "--kind is article, feed or sitemap, not \"%s\"",
                         options->kind);
    return 0;
}

static int source_add(struct cli *cli)
{
    const struct cli_list *args = &cli->options.args;
    struct sources s = {0};
    int rc = check_add(cli);

    if (!rc)
        rc = open_sources(&s, cli, CLI_WORKSPACE_WRITE);
    if (rc)
        return rc;
    for (size_t i = 1; i < args->count; i++)
        cli_note(cli, add_one(&s, args->items[i]));
    close_sources(&s);
    return 0;
}

/* ------------------------------------------------------------- listing --- */

struct listing {
    struct cli *cli;
    size_t count;
};

static int list_row(void *payload, const struct bylaw__source_row *row)
{
    struct listing *listing = payload;

    listing->count++;
    return print_row(listing->cli, (struct outcome){0}, row) ? BYLAW_EINTERNAL
                                                             : 0;
}

static int source_list(struct cli *cli)
{
    struct sources s = {0};
    struct listing listing = {.cli = cli};
    struct bylaw_error err = {0};
    int rc = open_sources(&s, cli, CLI_WORKSPACE_READ);

    if (rc)
        return rc;
    rc = bylaw__store_sources(s.workspace.store, list_row, &listing, &err);
    if (rc && err.id)
        cli_complain(cli, &err);
    else if (!rc && !listing.count && !cli->options.json)
        cli_remark(cli, "No article is protected yet; add one with \"bylaw "
                        "source add\" and its address, file or manifest.");
    close_sources(&s);
    return 0;
}

/* What is to be done with each source that the arguments name. */
typedef int row_fn(struct sources *s, const struct bylaw__source_row *row);

struct visit {
    struct sources *s;
    row_fn *act;
    bool *found; /* by argument; NULL: all sources */
};

static int visit_row(void *payload, const struct bylaw__source_row *row)
{
    struct visit *visit = payload;
    const struct cli_list *args = &visit->s->cli->options.args;

    if (!visit->found) {
        cli_note(visit->s->cli, visit->act(visit->s, row));
        return 0;
    }
    for (size_t i = 1; i < args->count; i++)
        if (!strcmp(args->items[i], row->name)) {
            visit->found[i] = true;
            cli_note(visit->s->cli, visit->act(visit->s, row));
            break;
        }
    return 0;
}

static void complain_missing(struct sources *s, const bool *found)
{
    const struct cli_list *args = &s->cli->options.args;

    for (size_t i = 1; i < args->count; i++)
        if (!found[i])
            cli_usage(s->cli, "store.no-source",
                      "no source is called \"%.200s\"", args->items[i]);
}

static int for_each(struct cli *cli, enum cli_workspace_use use, row_fn *act,
                    bool is_all_without_names)
{
    size_t count = cli->options.args.count;
    struct sources s = {0};
    struct bylaw_error err = {0};
    struct visit visit = {&s, act, NULL};
    int rc;

    if (count < 2 && !is_all_without_names)
        return cli_usage(cli, "usage.no-name", "no source was named");
    rc = open_sources(&s, cli, use);
    if (rc)
        return rc;
    if (count > 1)
        visit.found = calloc(count, sizeof(*visit.found));
    if (count > 1 && !visit.found)
        rc = bylaw__fail_memory(&err, "");
    else
        rc = bylaw__store_sources(s.workspace.store, visit_row, &visit, &err);
    if (rc)
        rc = cli_complain(cli, &err);
    else if (visit.found)
        complain_missing(&s, visit.found);
    free(visit.found);
    close_sources(&s);
    return rc;
}

static int show_row(struct sources *s, const struct bylaw__source_row *row)
{
    struct bylaw__buf out = {0};
    int rc;

    if (s->cli->options.json)
        add_json(&out, (struct outcome){0}, row);
    else
        add_details(&out, row);
    rc = cli_print(s->cli, &out);
    bylaw__buf_release(&out);
    return rc;
}

static int source_show(struct cli *cli)
{
    return for_each(cli, CLI_WORKSPACE_READ, show_row, false);
}

/* ---------------------------------------------------- reading it again --- */

/* The recorded rule stays in force; that the article shows another by now is
 * for a person to weigh. NULL where it does not. */
static const char *other_rule(const struct sources *s,
                              const struct bylaw__source_row *row)
{
    const struct bylaw_rule *shown = bylaw__pipeline_source_rule(s->auditor, 0);

    return row->rule && shown && strcmp(shown->id, row->rule) ? shown->id
                                                              : NULL;
}

static int refresh_row(struct sources *s, const struct bylaw__source_row *row)
{
    struct bylaw__source_row now = *row;
    const struct bylaw_source *source;
    struct bylaw_error err = {0};
    struct outcome outcome = {.done = "unchanged"};

    if (strcmp(row->kind, "article"))
        return 0; /* a list is read by every scan anyway */
    if (read_article(s, row->spec, row->url, NULL, &err))
        return cli_complain(s->cli, &err);
    source = bylaw_auditor_source(s->auditor, 0);
    now.title = source->title ? source->title : "";
    now.sha256 = source->sha256;
    now.refreshed_ms = cli_now_ms(s->cli);
    if (!row->sha256 || strcmp(row->sha256, now.sha256))
        outcome.done = "changed";
    outcome.shown_rule = other_rule(s, row);
    if (bylaw__store_source_refresh(s->workspace.store, row->name, now.title,
                                    now.sha256, now.refreshed_ms, &err))
        return cli_complain(s->cli, &err);
    return keep_and_print(s, outcome, &now);
}

static int source_refresh(struct cli *cli)
{
    return for_each(cli, CLI_WORKSPACE_WRITE, refresh_row, true);
}

static int remove_row(struct sources *s, const struct bylaw__source_row *row)
{
    struct bylaw_error err = {0};

    if (bylaw__store_source_remove(s->workspace.store, row->name,
                                   cli_now_ms(s->cli), &err))
        return cli_complain(s->cli, &err);
    return keep_and_print(s, (struct outcome){.done = "removed"}, row);
}

static int source_remove(struct cli *cli)
{
    return for_each(cli, CLI_WORKSPACE_WRITE, remove_row, false);
}

const struct cli_subcommand cli_source_commands[] = {
    {"add", source_add},       {"list", source_list},
    {"show", source_show},     {"refresh", source_refresh},
    {"remove", source_remove}, {NULL, NULL},
};

int cli_source(struct cli *cli)
{
    return cli_run_subcommand(cli);
}
