/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw config: what is in force, where it came from, whether it is right. */
#include "workspace.h"

#include "crawl/crawl.h"
#include "rules/rules.h"

#include <stdio.h>

#define KEY_WIDTH   28
#define VALUE_WIDTH 34

static void pad(struct bylaw__buf *out, size_t begin, size_t width)
{
    size_t used = out->len - begin;

    bylaw__buf_printf(out, "%*s", used < width ? (int)(width - used) : 1, "");
}

static void add_setting(struct bylaw__buf *out, const struct cli *cli,
                        const struct bylaw_setting *setting)
{
    size_t begin = out->len;

    bylaw__buf_add_text(out, setting->key);
    pad(out, begin, KEY_WIDTH);
    begin = out->len;
    bylaw__report_safe(out,
                       bylaw__span_of(setting->value ? setting->value : "-"));
    if (cli->options.origin) {
        pad(out, begin, VALUE_WIDTH);
        bylaw__report_safe(out, bylaw__span_of(setting->origin));
    }
    bylaw__buf_add_char(out, '\n');
}

static void add_json(struct bylaw__buf *out, const struct bylaw_config *config)
{
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__json_add_text(&json, "schema", "bylaw.config/1");
    bylaw__json_add_text(&json, "path", config->path);
    bylaw__json_key(&json, "settings");
    bylaw__json_array(&json);
    for (size_t i = 0; i < config->setting_count; i++) {
        bylaw__json_object(&json);
        bylaw__json_add_text(&json, "key", config->settings[i].key);
        bylaw__json_add_text(&json, "value", config->settings[i].value);
        bylaw__json_add_text(&json, "origin", config->settings[i].origin);
        bylaw__json_object_end(&json);
    }
    bylaw__json_array_end(&json);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}

static int config_show(struct cli *cli)
{
    struct cli_workspace workspace;
    struct bylaw__buf out = {0};
    int rc = cli_workspace_open(&workspace, cli, CLI_WORKSPACE_CONFIG);

    if (rc)
        return rc;
    if (cli->options.json)
        add_json(&out, workspace.config);
    else
        for (size_t i = 0; i < workspace.config->setting_count; i++)
            add_setting(&out, cli, &workspace.config->settings[i]);
    rc = cli_print(cli, &out);
    bylaw__buf_release(&out);
    cli_workspace_close(&workspace);
    return rc;
}

/* Where entry i of "search" stands. */
static const char *search_origin(const struct bylaw_config *config, size_t i)
{
    char key[64];

    snprintf(key, sizeof(key), "search[%zu].service", i);
    for (size_t k = 0; k < config->setting_count; k++)
        if (!strcmp(config->settings[k].key, key))
            return config->settings[k].origin;
    return config->path;
}

/* Whether a service could be asked: its question is put together, not sent.
 * "example.org" is a phrase as well as a host, which some ask for. */
static void check_search(struct cli_complaints *complaints,
                         const struct bylaw_config *config, size_t i)
{
    const struct bylaw_search *search = &config->searches[i];
    const struct bylaw__searcher *searcher =
        bylaw__searcher_find(search->service);
    const char *origin = search_origin(config, i);
    struct bylaw_error err = {0}, why = {0};
    struct bylaw__buf question = {0};

    if (!searcher)
        return; /* an unknown one was refused when the file was read */
    if (searcher->wants_key && !search->key_file)
        bylaw__fail(&err, BYLAW_ECONFIG, "search.key", origin,
                    "%s answers only to keys: \"key-file\" is not set",
                    search->service);
    else if (searcher->ask(&question, search->endpoint,
                           BYLAW__SPAN("example.org"), &why))
        bylaw__fail(&err, why.code, why.id, origin, "%s: %s", search->service,
                    why.what);
    if (err.code)
        cli_take_complaint(complaints, &err);
    bylaw__buf_release(&question);
}

/* A configuration that can be read may still not do for a scan. */
static int check(struct cli *cli, const struct bylaw_config *config)
{
    struct cli_complaints complaints = {cli, 0};
    struct bylaw_error err = {0};
    int rc = bylaw__config_check_files(config, cli_take_complaint, &complaints,
                                       &err);

    if (rc && !complaints.count)
        return cli_complain(cli, &err);
    for (size_t i = 0; i < config->search_count; i++)
        check_search(&complaints, config, i);
    if (!config->contact) {
        bylaw__fail(&err, BYLAW_ECONFIG, "config.no-contact", config->path,
                    "\"contact\" is not set");
        cli_take_complaint(&complaints, &err);
    }
    return complaints.count ? CLI_USAGE : 0;
}

static void add_verdict(struct bylaw__buf *out, const struct cli *cli,
                        const char *path)
{
    struct bylaw__json json;

    if (cli->options.json) {
        bylaw__json_init(&json, out, false);
        bylaw__json_object(&json);
        bylaw__json_add_text(&json, "schema", "bylaw.config-check/1");
        bylaw__json_add_text(&json, "path", path);
        bylaw__json_key(&json, "ok");
        bylaw__json_bool(&json, true);
        bylaw__json_object_end(&json);
        bylaw__buf_add_char(out, '\n');
    } else if (!cli->options.quiet) {
        bylaw__report_safe(out, bylaw__span_of(path));
        bylaw__buf_add_text(out, ": without a mistake\n");
    }
}

static int config_check(struct cli *cli)
{
    struct cli_workspace workspace;
    struct bylaw__buf out = {0};
    int rc = cli_workspace_open(&workspace, cli, CLI_WORKSPACE_CONFIG);

    if (rc)
        return rc;
    rc = check(cli, workspace.config);
    if (!rc) {
        add_verdict(&out, cli, workspace.config->path);
        rc = cli_print(cli, &out);
        bylaw__buf_release(&out);
    }
    cli_workspace_close(&workspace);
    return rc;
}

const struct cli_subcommand cli_config_commands[] = {
    {"show", config_show},
    {"check", config_check},
    {NULL, NULL},
};

int cli_config(struct cli *cli)
{
    return cli_run_subcommand(cli);
}
