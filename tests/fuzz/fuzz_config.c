/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a workspace's configuration: all of it, or a complaint. */
#include "rules/rules.h"

#include <stdlib.h>

const char *__lsan_default_suppressions(void);

/* libfyaml 0.7.12 forgets a buffer of its scanner for some malformed scalars;
 * nothing of ours hangs on it, and a broken file is read once. */
const char *__lsan_default_suppressions(void)
{
    return "leak:libfyaml";
}

static void require(int holds)
{
    if (!holds)
        abort();
}

static void count_complaint(void *payload, const struct bylaw_error *err)
{
    size_t *count = payload;

    require(err->code < 0 && err->id && err->what[0] && err->where[0] &&
            bylaw_diagnostic_find(err->id));
    ++*count;
}

static void check_texts(const char *const *items, size_t count)
{
    require(items && !items[count]);
    for (size_t i = 0; i < count; i++)
        require(items[i] && items[i][0]);
}

static void check_entries(const struct bylaw_config *config)
{
    for (size_t i = 0; i < config->watch_count; i++) {
        const struct bylaw_watch *watch = &config->watches[i];

        require(watch->kind != BYLAW_WATCH_NONE && watch->spec);
        require(watch->depth <= 20 && watch->max_pages >= 1);
    }
    for (size_t i = 0; i < config->search_count; i++)
        require(config->searches[i].service && config->searches[i].per_day);
    for (size_t i = 0; i < config->log_count; i++)
        require(config->logs[i].file && config->logs[i].pixel[0] == '/');
    check_texts(config->warcs, config->warc_count);
    check_texts(config->own_domains, config->own_domain_count);
    check_texts(config->partner_domains, config->partner_domain_count);
    require(config->partner_count >= config->partner_domain_count);
    for (size_t i = 0; i < config->partner_count; i++)
        require(config->partners[i].domain != NULL);
    for (size_t i = 0; i < config->allow_count; i++)
        require(config->allows[i].domain && config->allows[i].reason);
}

static void check_config(const struct bylaw_config *config)
{
    const struct bylaw_crawl *crawl = &config->crawl;
    const struct bylaw_mail *mail = &config->mail;

    check_entries(config);
    require(config->path && config->user_agent);
    require(crawl->delay_ms >= 0 && crawl->delay_ms <= 3600000);
    require(crawl->depth <= 20 && crawl->concurrency - 1 < 64);
    require(crawl->max_pages_per_host && crawl->max_pages_per_scan);
    check_texts(crawl->allow_address, crawl->allow_address_count);
    check_texts(crawl->connect_to, crawl->connect_to_count);
    check_texts(mail->to, mail->to_count);
    require(!mail->smtp == (mail->digest == BYLAW_DIGEST_NONE));
    require(!mail->smtp || (mail->from && mail->to_count));
    require(!mail->user == !mail->password_file);
    require(config->webhook.url || !config->webhook.secret_file);
    require(config->max_age_ms >= 60000);
    for (const char *p = config->user_agent; *p; p++)
        require((unsigned char)*p >= ' '); /* it goes into a header line */
    for (size_t i = 0; i < config->setting_count; i++)
        require(config->settings[i].key && config->settings[i].origin[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const services[] = {"brave", "gdelt", "searxng", NULL};
    struct bylaw_span yaml = {(const char *)data, size};
    struct bylaw_config *config = NULL;
    struct bylaw_error err = {0};
    size_t complaints = 0;
    int rc = bylaw__config_read(&config, yaml, "folder/bylaw.yaml", services,
                                count_complaint, &complaints, &err);

    require((rc == 0) == (config != NULL));
    require((rc == 0) == (complaints == 0));
    if (rc)
        require(err.code == rc && err.id);
    else
        check_config(config);
    bylaw_config_free(config);
    return 0;
}
