/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw notice: a draft for a person to read, complete and send. */
#include "case_view.h"
#include "drafting.h"

#define DAY_MS      ((int64_t)86400000)
#define PATIENCE_MS (14 * DAY_MS) /* between two first letters to one site */

static const char *const remarks[] = {
    [BYLAW__NOTICE_CORRECTION] = "a correction request",
    [BYLAW__NOTICE_DMCA] = "a notice under 17 USC 512",
    [BYLAW__NOTICE_DSA] = "a notice under DSA Art. 16",
};

struct drafting {
    struct cli *cli;
    struct cli_workspace workspace;
    struct cli_drafting with;
    int64_t wanted;
    bool is_mail;
    char language[4];
    struct bylaw_rules *rules;
    struct bylaw_survey *survey; /* of the one case */
    struct bylaw__notice notice;
};

/* ----------------------------------------------------------- arguments --- */

static int read_kind(struct drafting *d)
{
    const char *name = d->cli->options.kind;
    int kind = name ? bylaw__notice_kind_of(name) : BYLAW__NOTICE_CORRECTION;

    if (kind < 0)
        return cli_usage(d->cli, "usage.notice-kind",
                         "there is no notice of kind \"%s\"; there are "
                         "correction, dmca, dsa",
                         name);
    d->with.kind = (enum bylaw__notice_kind)kind;
    return 0;
}

static int read_form(struct drafting *d)
{
    const char *name = d->cli->options.format;

    d->is_mail = name && !strcmp(name, "eml");
    if (!name || d->is_mail || !strcmp(name, "txt"))
        return 0;
    return cli_usage(d->cli, "usage.format",
                     "a notice has no format \"%s\"; there are txt, eml", name);
}

static int read_language(struct drafting *d)
{
    const char *name = d->cli->options.language;
    size_t len = name ? strlen(name) : 0;

    for (size_t i = 0; i < len; i++)
        if (len > 3 || !bylaw__is_alpha((unsigned char)name[i]))
            return cli_usage(d->cli, "usage.language",
                             "--lang takes a code such as en or fr, not \"%s\"",
                             name);
    for (size_t i = 0; i < len; i++)
        d->language[i] = bylaw__lower(name[i]);
    return 0;
}

/* ----------------------------------------------------------- the parts --- */

static int read_case(struct drafting *d, struct bylaw_error *err)
{
    struct bylaw__case_filter filter = {.id = d->wanted, .state = -1};
    int rc = bylaw__store_survey(&d->survey, d->workspace.store, &filter, err);

    if (!rc && !d->survey->case_count)
        rc = bylaw__fail(err, BYLAW_EUSAGE, "store.no-case", "",
                         "no case has the number %lld", (long long)d->wanted);
    return rc;
}

/* ------------------------------------------------------------- telling --- */

/* True where a site was written to lately about another case. */
static bool was_written_to(const struct drafting *d,
                           const struct bylaw_survey *host)
{
    for (size_t i = 0; i < host->case_count; i++)
        for (size_t k = 0; k < host->cases[i].event_count; k++) {
            const struct bylaw_survey_event *event = &host->cases[i].events[k];

            if (!strncmp(event->what, BYLAW__STORE_DRAFTED,
                         sizeof(BYLAW__STORE_DRAFTED) - 1) &&
                d->with.now_ms - event->at_ms < PATIENCE_MS)
                return true;
        }
    return false;
}

/* Ten letters on ten pages are read as one attack: better one with all. */
static void warn(const struct drafting *d)
{
    struct bylaw__case_filter filter = {.host = d->survey->cases[0].host,
                                        .state = -1};
    struct bylaw_survey *host = NULL;

    if (bylaw__store_survey(&host, d->workspace.store, &filter, NULL))
        return;
    if (was_written_to(d, host))
        cli_remark(d->cli,
                   "A notice to this site was drafted in the last 14 days; one "
                   "message about all its pages reaches more than several.");
    bylaw_survey_free(host);
}

static int deliver(struct drafting *d)
{
    struct bylaw__buf out = {0};
    struct cli_written written = {0};
    int rc;

    if (d->is_mail)
        bylaw__notice_mail(&out, &d->notice);
    else {
        bylaw__buf_add_text(&out, "Subject: ");
        bylaw__buf_add_span(&out, bylaw__buf_span(&d->notice.subject));
        bylaw__buf_add_text(&out, "\n\n");
        bylaw__buf_add_span(&out, bylaw__buf_span(&d->notice.body));
    }
    rc = cli_deliver(d->cli, &out);
    cli_workspace_close(&d->workspace);
    if (!rc && cli_has_file(d->cli) &&
        !cli_written_of(&written, "notice",
                        bylaw__notice_kind_name(d->with.kind),
                        bylaw__buf_span(&out)))
        cli_note_written(d->cli, &written);
    bylaw__buf_release(&out);
    return rc;
}

/* It is on record before it is out of our hands. */
static int record(struct drafting *d, struct bylaw_error *err)
{
    const char *by = d->cli->options.by;
    int rc = bylaw__store_case_drafted(d->workspace.store, d->wanted,
                                       remarks[d->with.kind],
                                       by ? by : cli_own_name(), d->with.now_ms,
                                       err);

    return rc ? rc : cli_workspace_keep(&d->workspace);
}

static int draft(struct drafting *d, struct bylaw_error *err)
{
    int rc = read_case(d, err);

    if (rc)
        return rc;
    d->with.workspace = &d->workspace;
    d->with.rules = d->rules;
    d->with.language = *d->language ? d->language : NULL;
    rc = cli_draft(&d->notice, &d->with, d->survey, 0, err);
    if (rc)
        return rc;
    warn(d);
    return record(d, err);
}

int cli_notice(struct cli *cli)
{
    struct drafting d = {.cli = cli,
                         .with = {.cli = cli, .now_ms = cli_now_ms(cli)}};
    struct bylaw_error err = {0};
    int rc = cli_case_number(&d.wanted, cli, 0);

    if (!rc)
        rc = read_kind(&d);
    if (!rc)
        rc = read_form(&d);
    if (!rc)
        rc = read_language(&d);
    if (!rc)
        rc = cli_workspace_open(&d.workspace, cli, CLI_WORKSPACE_WRITE);
    if (rc)
        return rc;
    rc = cli_load_rules(&d.rules, cli);
    if (!rc)
        rc = draft(&d, &err) ? cli_complain(cli, &err) : deliver(&d);
    bylaw__notice_release(&d.notice);
    cli_drafting_release(&d.with);
    bylaw_survey_free(d.survey);
    bylaw_rules_free(d.rules);
    cli_workspace_close(&d.workspace);
    return rc;
}
