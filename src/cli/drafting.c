/* SPDX-License-Identifier: Apache-2.0 */
/* Drafts about cases: the template is chosen and read, the rule asked. */
#include "drafting.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct choice {
    const struct cli_drafting *drafting;
    char path[sizeof(((struct cli_drafting *)NULL)->path)];
};

static bool try_template(struct choice *choice, const char *dir,
                         const char *sub, const char *language)
{
    snprintf(choice->path, sizeof(choice->path), "%s/%s/%s.%s.txt", dir, sub,
             bylaw__notice_kind_name(choice->drafting->kind), language);
    return access(choice->path, R_OK) == 0;
}

/* The publisher's own template before ours, the page's language before
 * English. */
static int choose_template(struct choice *choice,
                           const struct bylaw_survey *survey, size_t i,
                           struct bylaw_error *err)
{
    const char *own = choice->drafting->workspace->dir;
    const char *ours = choice->drafting->cli->data_dir;
    const char *wished = choice->drafting->language;
    char pages[4] = "";
    const char *language =
        wished ? wished : bylaw__notice_language(survey, i, pages);

    if (try_template(choice, own, "notices", language) ||
        try_template(choice, ours, "audit/notice", language))
        return 0;
    if (wished) {
        try_template(choice, own, "notices", language); /* where it may go */
        return bylaw__fail(err, BYLAW_EUSAGE, "notice.no-template",
                           choice->path,
                           "there is no template in that language");
    }
    if (!try_template(choice, own, "notices", "en"))
        try_template(choice, ours, "audit/notice", "en");
    return 0;
}

/* One template serves many cases: it is read again only where it is another. */
static int read_template(struct cli_drafting *drafting, const char *path,
                         struct bylaw_error *err)
{
    int rc;

    if (!strcmp(drafting->path, path))
        return 0;
    bylaw__buf_release(&drafting->words);
    bylaw__buf_init(&drafting->words, BYLAW_LIMIT_TEMPLATE_BYTES);
    rc = bylaw__file_read(&drafting->words, path, err);
    snprintf(drafting->path, sizeof(drafting->path), "%s", rc ? "" : path);
    return rc;
}

/* What the rule says of its own text and of cure, where it is still there. */
static void ask_rule(struct bylaw__notice_wish *wish,
                     const struct bylaw_rules *rules, const char *id)
{
    const struct bylaw_rule *rule = bylaw_rules_find(rules, id);

    wish->permission = rule ? rule->captured_url : NULL;
    wish->cure_days =
        rule && rule->cure ? (unsigned)strtoul(rule->cure, NULL, 10) : 0;
}

int cli_draft(struct bylaw__notice *out, struct cli_drafting *drafting,
              const struct bylaw_survey *survey, size_t i,
              struct bylaw_error *err)
{
    struct choice choice = {.drafting = drafting};
    struct bylaw__notice_wish wish = {
        .kind = drafting->kind,
        .contact = drafting->workspace->config->contact,
        .now_ms = drafting->now_ms,
    };
    int rc = choose_template(&choice, survey, i, err);

    if (!rc)
        rc = read_template(drafting, choice.path, err);
    if (rc)
        return rc;
    ask_rule(&wish, drafting->rules, survey->cases[i].rule);
    wish.template = bylaw__buf_span(&drafting->words);
    wish.path = drafting->path;
    return bylaw__report_notice(out, survey, i, &wish, err);
}

void cli_drafting_release(struct cli_drafting *drafting)
{
    bylaw__buf_release(&drafting->words);
}
