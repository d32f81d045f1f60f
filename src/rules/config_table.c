/* SPDX-License-Identifier: Apache-2.0 */
/* Every setting of bylaw.yaml: its key, its default, its bounds. */
#include "config_int.h"

#include <stddef.h>

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS   (60 * MINUTE_MS)
#define YEAR_MS   (365 * 24 * HOUR_MS)

#define MOST_DEPTH       20
#define MOST_CONCURRENCY 64
#define MOST_HOST_PAGES  1000000
#define MOST_SCAN_PAGES  10000000
#define MOST_PER_DAY     100000

#define AT(member) offsetof(struct bylaw_config, member)
#define OF(s, m)   offsetof(struct s, m)

/* --- entries of "watch" --- */

#define WATCH(word, kind)                                                      \
    {                                                                          \
        .key = word, .read = bylaw__setting_watch, .tag = BYLAW_WATCH_##kind   \
    }

static const struct setting_row watch_rows[] = {
    WATCH("site", SITE),
    WATCH("feed", FEED),
    WATCH("sitemap", SITEMAP),
    WATCH("list", LIST),
    WATCH("page", PAGE),
    {.key = "depth",
     .read = bylaw__setting_whole,
     .at = OF(bylaw_watch, depth),
     .fallback = "=crawl.depth",
     .most = MOST_DEPTH},
    {.key = "max-pages",
     .read = bylaw__setting_whole,
     .at = OF(bylaw_watch, max_pages),
     .fallback = "=crawl.max-pages-per-host",
     .least = 1,
     .most = MOST_HOST_PAGES},
};

static void finish_watch(struct config_reading *c, const struct yaml_node *node,
                         void *item)
{
    const struct bylaw_watch *watch = item;

    if (watch->kind == BYLAW_WATCH_NONE && !c->reading.complaints->count)
        bylaw__complain(c->reading.complaints, BYLAW_ECONFIG,
                        "rules.missing-key", node->place,
                        "the entry names no \"site\", \"feed\", \"sitemap\", "
                        "\"list\" or \"page\"");
}

static const struct setting_table watch_table = {watch_rows,
                                                 COUNT_OF(watch_rows),
                                                 sizeof(struct bylaw_watch),
                                                 finish_watch};

/* --- entries of "search" and "logs" --- */

static const struct setting_row search_rows[] = {
    {.key = "service",
     .read = bylaw__setting_service,
     .at = OF(bylaw_search, service),
     .is_required = true},
    {.key = "endpoint",
     .read = bylaw__setting_url,
     .at = OF(bylaw_search, endpoint)},
    {.key = "key-file",
     .read = bylaw__setting_path,
     .at = OF(bylaw_search, key_file)},
    {.key = "per-day",
     .read = bylaw__setting_whole,
     .at = OF(bylaw_search, per_day),
     .fallback = "100",
     .least = 1,
     .most = MOST_PER_DAY},
    {.key = "pages",
     .read = bylaw__setting_whole,
     .at = OF(bylaw_search, pages),
     .fallback = "3",
     .least = 1,
     .most = BYLAW_LIMIT_ANSWER_PAGES},
};

static const struct setting_table search_table = {search_rows,
                                                  COUNT_OF(search_rows),
                                                  sizeof(struct bylaw_search),
                                                  NULL};

static const struct setting_row log_rows[] = {
    {.key = "file",
     .read = bylaw__setting_path,
     .at = OF(bylaw_log, file),
     .is_required = true},
    {.key = "pixel",
     .read = bylaw__setting_url_path,
     .at = OF(bylaw_log, pixel),
     .is_required = true},
};

static const struct setting_table log_table = {log_rows, COUNT_OF(log_rows),
                                               sizeof(struct bylaw_log), NULL};

/* --- entries of "partners" and "allow" --- */

static const struct setting_row partner_rows[] = {
    {.key = "domain",
     .read = bylaw__setting_domain,
     .at = OF(bylaw_partner, domain),
     .is_required = true},
    {.key = "from", .read = bylaw__setting_date, .at = OF(bylaw_partner, from)},
    {.key = "to", .read = bylaw__setting_date, .at = OF(bylaw_partner, to)},
};

static void finish_partner(struct config_reading *c,
                           const struct yaml_node *node, void *item)
{
    const struct bylaw_partner *partner = item;

    bylaw__check_order(&c->reading, node, partner->from, partner->to);
}

static const struct setting_table partner_table = {partner_rows,
                                                   COUNT_OF(partner_rows),
                                                   sizeof(struct bylaw_partner),
                                                   finish_partner};

static const struct setting_row allow_rows[] = {
    {.key = "domain",
     .read = bylaw__setting_domain,
     .at = OF(bylaw_allow, domain),
     .is_required = true},
    {.key = "reason",
     .read = bylaw__setting_text,
     .at = OF(bylaw_allow, reason),
     .is_required = true},
    {.key = "until", .read = bylaw__setting_date, .at = OF(bylaw_allow, until)},
};

static const struct setting_table allow_table = {allow_rows,
                                                 COUNT_OF(allow_rows),
                                                 sizeof(struct bylaw_allow),
                                                 NULL};

/* --- the whole --- */

/* "crawl" stands first: entries of "watch" take their defaults from it. */
static const struct setting_row config_rows[] = {
    {.key = "contact", .read = bylaw__setting_contact, .at = AT(contact)},
    {.key = "user-agent", .read = bylaw__setting_text, .at = AT(user_agent)},
    {.key = "rules", .read = bylaw__setting_path, .at = AT(rules_dir)},
    {.key = "hints",
     .read = bylaw__setting_hints,
     .at = AT(hints),
     .fallback = "none"},
    {.key = "crawl.delay",
     .read = bylaw__setting_duration,
     .at = AT(crawl.delay_ms),
     .fallback = "5s",
     .most = HOUR_MS},
    {.key = "crawl.max-pages-per-host",
     .read = bylaw__setting_whole,
     .at = AT(crawl.max_pages_per_host),
     .fallback = "500",
     .least = 1,
     .most = MOST_HOST_PAGES},
    {.key = "crawl.max-pages-per-scan",
     .read = bylaw__setting_whole,
     .at = AT(crawl.max_pages_per_scan),
     .fallback = "20000",
     .least = 1,
     .most = MOST_SCAN_PAGES},
    {.key = "crawl.depth",
     .read = bylaw__setting_whole,
     .at = AT(crawl.depth),
     .fallback = "2",
     .most = MOST_DEPTH},
    {.key = "crawl.concurrency",
     .read = bylaw__setting_whole,
     .at = AT(crawl.concurrency),
     .fallback = "8",
     .least = 1,
     .most = MOST_CONCURRENCY},
    {.key = "crawl.allow-address",
     .shape = SETTING_LIST,
     .read = bylaw__setting_range,
     .at = AT(crawl.allow_address),
     .count_at = AT(crawl.allow_address_count)},
    {.key = "crawl.connect-to",
     .shape = SETTING_LIST,
     .read = bylaw__setting_connect_to,
     .at = AT(crawl.connect_to),
     .count_at = AT(crawl.connect_to_count)},
    {.key = "watch",
     .shape = SETTING_ITEMS,
     .at = AT(watches),
     .count_at = AT(watch_count),
     .items = &watch_table},
    {.key = "search",
     .shape = SETTING_ITEMS,
     .at = AT(searches),
     .count_at = AT(search_count),
     .items = &search_table},
    {.key = "logs",
     .shape = SETTING_ITEMS,
     .at = AT(logs),
     .count_at = AT(log_count),
     .items = &log_table},
    {.key = "warc",
     .shape = SETTING_LIST,
     .read = bylaw__setting_path,
     .at = AT(warcs),
     .count_at = AT(warc_count)},
    {.key = "own-domains",
     .shape = SETTING_LIST,
     .read = bylaw__setting_domain,
     .at = AT(own_domains),
     .count_at = AT(own_domain_count)},
    {.key = "partner-domains",
     .shape = SETTING_LIST,
     .read = bylaw__setting_domain,
     .at = AT(partner_domains),
     .count_at = AT(partner_domain_count)},
    {.key = "partners",
     .shape = SETTING_ITEMS,
     .at = AT(partners),
     .count_at = AT(partner_count),
     .items = &partner_table},
    {.key = "allow",
     .shape = SETTING_ITEMS,
     .at = AT(allows),
     .count_at = AT(allow_count),
     .items = &allow_table},
    {.key = "alerts.mail.smtp",
     .read = bylaw__setting_smtp,
     .at = AT(mail.smtp)},
    {.key = "alerts.mail.from",
     .read = bylaw__setting_email,
     .at = AT(mail.from)},
    {.key = "alerts.mail.to",
     .shape = SETTING_LIST,
     .read = bylaw__setting_email,
     .at = AT(mail.to),
     .count_at = AT(mail.to_count)},
    {.key = "alerts.mail.user",
     .read = bylaw__setting_text,
     .at = AT(mail.user)},
    {.key = "alerts.mail.password-file",
     .read = bylaw__setting_path,
     .at = AT(mail.password_file)},
    {.key = "alerts.mail.digest",
     .read = bylaw__setting_digest,
     .at = AT(mail.digest),
     .fallback = "daily"},
    {.key = "alerts.webhook.url",
     .read = bylaw__setting_url,
     .at = AT(webhook.url)},
    {.key = "alerts.webhook.secret-file",
     .read = bylaw__setting_path,
     .at = AT(webhook.secret_file)},
    {.key = "alerts.atom", .read = bylaw__setting_path, .at = AT(atom_file)},
    {.key = "alerts.prometheus",
     .read = bylaw__setting_path,
     .at = AT(prometheus_file)},
    {.key = "alerts.allow-address",
     .shape = SETTING_LIST,
     .read = bylaw__setting_range,
     .at = AT(alerts_allow_address),
     .count_at = AT(alerts_allow_address_count)},
    {.key = "evidence.tsa", .read = bylaw__setting_url, .at = AT(tsa)},
    {.key = "evidence.tsa-ca", .read = bylaw__setting_path, .at = AT(tsa_ca)},
    {.key = "evidence.allow-address",
     .shape = SETTING_LIST,
     .read = bylaw__setting_range,
     .at = AT(tsa_allow_address),
     .count_at = AT(tsa_allow_address_count)},
    {.key = "schedule.max-age",
     .read = bylaw__setting_duration,
     .at = AT(max_age_ms),
     .fallback = "36h",
     .least = MINUTE_MS,
     .most = YEAR_MS},
};

const struct setting_table bylaw__config_table = {config_rows,
                                                  COUNT_OF(config_rows),
                                                  sizeof(struct bylaw_config),
                                                  NULL};

/* --- what must go together --- */

/* The place of a section, or of the file where it is not written. */
static struct place place_of(const struct yaml_node *tree, const char *section,
                             const char *part)
{
    const struct yaml_node *node = bylaw__yaml_get(tree, section);

    if (node && node->kind == YAML_MAPPING && bylaw__yaml_get(node, part))
        node = bylaw__yaml_get(node, part);
    return node ? node->place : tree->place;
}

static void require(struct config_reading *c, struct place place, bool is_there,
                    const char *key, const char *because)
{
    if (!is_there)
        bylaw__complain(c->reading.complaints, BYLAW_ECONFIG,
                        "rules.missing-key", place, "key \"%s\" is missing: %s",
                        key, because);
}

static void check_mail(struct config_reading *c, struct place place)
{
    struct bylaw_mail *mail = &c->config->mail;

    if (!mail->smtp && !mail->from && !mail->to_count && !mail->user &&
        !mail->password_file) {
        mail->digest = BYLAW_DIGEST_NONE;
        return;
    }
    require(c, place, mail->smtp, "smtp", "mail needs a server");
    require(c, place, mail->from, "from", "mail needs a sender");
    require(c, place, mail->to_count, "to", "mail needs a reader");
    require(c, place, mail->user || !mail->password_file, "user",
            "a password goes with an account");
    require(c, place, mail->password_file || !mail->user, "password-file",
            "an account goes with a password");
}

/* Partners without a time are written shorter, and are partners like others. */
static void join_partners(struct config_reading *c)
{
    struct bylaw_config *config = c->config;
    size_t dated = config->partner_count;
    struct bylaw_partner *all =
        bylaw__arena_alloc_array(c->reading.arena,
                                 dated + config->partner_domain_count,
                                 sizeof(*all));

    if (!all)
        return;
    if (dated)
        memcpy(all, config->partners, dated * sizeof(*all));
    for (size_t i = 0; i < config->partner_domain_count; i++)
        all[dated + i].domain = config->partner_domains[i];
    config->partners = all;
    config->partner_count = dated + config->partner_domain_count;
}

void bylaw__config_check_parts(struct config_reading *c,
                               const struct yaml_node *tree)
{
    const struct bylaw_webhook *webhook = &c->config->webhook;

    /* What was misread is missing too, and was complained of already. */
    if (c->reading.complaints->count)
        return;
    join_partners(c);
    check_mail(c, place_of(tree, "alerts", "mail"));
    require(c, place_of(tree, "evidence", "tsa"),
            c->config->tsa_ca || !c->config->tsa, "tsa-ca",
            "a time stamp is worth what its authority is trusted by");
    require(c, place_of(tree, "alerts", "webhook"),
            webhook->url || !webhook->secret_file, "url",
            "a webhook needs an address");
}
