/* SPDX-License-Identifier: Apache-2.0 */
/* A workspace's configuration: defaults, what it says, what is refused. */
#include "rules_helper.h"

#include <bylaw/config.h>

#include <sys/stat.h>
#include <unistd.h>

static const char *const services[] = {"brave", "searxng", NULL};

static int read_config(struct bylaw_config **out, struct gathered *gathered,
                       struct bylaw_error *err, const char *yaml)
{
    *out = NULL;
    return bylaw__config_read(out, span_of(yaml), "ws/bylaw.yaml", services,
                              gather, gathered, err);
}

static struct bylaw_config *read_good(const char *yaml)
{
    struct gathered gathered = {.count = 0};
    struct bylaw_config *config;
    struct bylaw_error err = {0};

    if (read_config(&config, &gathered, &err, yaml))
        fail_msg("%s: %s", err.where, err.what);
    return config;
}

static void check_setting(const struct bylaw_config *config, const char *key,
                          const char *value, const char *origin)
{
    for (size_t i = 0; i < config->setting_count; i++) {
        const struct bylaw_setting *setting = &config->settings[i];

        if (strcmp(setting->key, key))
            continue;
        if (value)
            assert_string_equal(setting->value, value);
        else
            assert_null(setting->value);
        assert_string_equal(setting->origin, origin);
        return;
    }
    fail_msg("no setting %s", key);
}

static void check_defaults(const char *yaml)
{
    struct bylaw_config *config = read_good(yaml);

    assert_null(config->contact);
    assert_string_equal(config->user_agent,
                        "bylaw/0.1.0 (licence compliance check)");
    assert_null(config->rules_dir);
    assert_int_equal(config->watch_count, 0);
    assert_int_equal(config->search_count, 0);
    assert_int_equal(config->crawl.delay_ms, 5000);
    assert_int_equal(config->crawl.max_pages_per_host, 500);
    assert_int_equal(config->crawl.max_pages_per_scan, 20000);
    assert_int_equal(config->crawl.depth, 2);
    assert_int_equal(config->crawl.concurrency, 8);
    assert_null(config->crawl.allow_address[0]);
    assert_null(config->crawl.connect_to[0]);
    assert_int_equal(config->mail.digest, BYLAW_DIGEST_NONE);
    assert_null(config->webhook.url);
    assert_int_equal(config->max_age_ms, 36 * 3600 * 1000);
    check_setting(config, "crawl.delay", "5s", "default");
    check_setting(config, "contact", NULL, "default");
    check_setting(config, "warc", NULL, "default");
    bylaw_config_free(config);
}

static void test_config__is_all_defaults_where_nothing_is_said(void **state)
{
    (void)state;
    check_defaults("");
    check_defaults("# a comment: alone\n\n   # another\n");
    check_defaults("contact:\ncrawl:\nwatch:\nalerts: {mail: , webhook: ~}\n");
    check_defaults("{}\n");
    check_defaults("crawl: {}\nsearch: []\n");
}

static const char everything[] =
    "contact: editor@x.org\n"
    "rules: my-rules\n"
    "watch:\n"
    "  - site: https://a.example/\n"
    "    depth: 3\n"
    "    max-pages: 7\n"
    "  - feed: https://b.example/feed\n"
    "  - {sitemap: https://c.example/sitemap.xml}\n"
    "  - list: addresses.txt\n"
    "  - page: https://d.example/copy\n"
    "search:\n"
    "  - {service: brave, key-file: /keys/brave, per-day: 50}\n"
    "  - {service: searxng, endpoint: 'https://s.example/search'}\n"
    "logs: [{file: /var/log/access.log, pixel: /p.gif}]\n"
    "warc: [crawl.warc.gz]\n"
    "own-domains: [x.org]\n"
    "partner-domains: [y.org, z.org]\n"
    "crawl:\n"
    "  delay: 250ms\n"
    "  max-pages-per-host: 20\n"
    "  max-pages-per-scan: 200\n"
    "  depth: 1\n"
    "  concurrency: 4\n"
    "  allow-address: [127.0.0.0/8, '::1/128']\n"
    "  connect-to: ['a.example:80:127.0.0.1:8080']\n"
    "alerts:\n"
    "  mail:\n"
    "    smtp: smtps://mail.x.org:465\n"
    "    from: bylaw@x.org\n"
    "    to: [ann@x.org, bob@x.org]\n"
    "    user: bylaw\n"
    "    password-file: mail.password\n"
    "    digest: weekly\n"
    "  webhook: {url: 'https://x.org/hook', secret-file: hook.secret}\n"
    "  atom: alerts.atom\n"
    "  prometheus: bylaw.prom\n"
    "schedule: {max-age: 2d}\n"
    "partners: [{domain: w.org, from: 2025-01-01, to: 2026-12-31}]\n"
    "allow: [{domain: v.org, reason: by mail, until: 2027-06-30},\n"
    "        {domain: u.org, reason: for good}]\n";

static void check_watch(const struct bylaw_watch *watch,
                        enum bylaw_watch_kind kind, const char *spec,
                        unsigned depth, unsigned max_pages)
{
    assert_int_equal(watch->kind, kind);
    assert_string_equal(watch->spec, spec);
    assert_int_equal(watch->depth, depth);
    assert_int_equal(watch->max_pages, max_pages);
}

static void test_config__gives_every_watch_entry(void **state)
{
    struct bylaw_config *config = read_good(everything);

    (void)state;
    assert_int_equal(config->watch_count, 5);
    check_watch(&config->watches[0], BYLAW_WATCH_SITE, "https://a.example/", 3,
                7);
    check_watch(&config->watches[1], BYLAW_WATCH_FEED, "https://b.example/feed",
                1, 20);
    check_watch(&config->watches[2], BYLAW_WATCH_SITEMAP,
                "https://c.example/sitemap.xml", 1, 20);
    check_watch(&config->watches[3], BYLAW_WATCH_LIST, "ws/addresses.txt", 1,
                20);
    check_watch(&config->watches[4], BYLAW_WATCH_PAGE, "https://d.example/copy",
                1, 20);
    bylaw_config_free(config);
}

static void test_config__gives_where_else_to_look(void **state)
{
    struct bylaw_config *config = read_good(everything);

    (void)state;
    assert_int_equal(config->search_count, 2);
    assert_string_equal(config->searches[0].service, "brave");
    assert_null(config->searches[0].endpoint);
    assert_string_equal(config->searches[0].key_file, "/keys/brave");
    assert_int_equal(config->searches[0].per_day, 50);
    assert_string_equal(config->searches[1].endpoint,
                        "https://s.example/search");
    assert_int_equal(config->searches[1].per_day, 100);
    assert_string_equal(config->logs[0].file, "/var/log/access.log");
    assert_string_equal(config->logs[0].pixel, "/p.gif");
    assert_string_equal(config->warcs[0], "ws/crawl.warc.gz");
    assert_null(config->warcs[1]);
    assert_string_equal(config->own_domains[0], "x.org");
    assert_int_equal(config->partner_domain_count, 2);
    assert_string_equal(config->partner_domains[1], "z.org");
    assert_int_equal(config->partner_count, 3);
    assert_string_equal(config->partners[0].domain, "w.org");
    assert_string_equal(config->partners[0].from, "2025-01-01");
    assert_string_equal(config->partners[0].to, "2026-12-31");
    assert_string_equal(config->partners[2].domain, "z.org");
    assert_null(config->partners[2].from);
    assert_int_equal(config->allow_count, 2);
    assert_string_equal(config->allows[0].domain, "v.org");
    assert_string_equal(config->allows[0].reason, "by mail");
    assert_string_equal(config->allows[0].until, "2027-06-30");
    assert_null(config->allows[1].until);
    bylaw_config_free(config);
}

static void test_config__gives_bounds_and_alerts(void **state)
{
    struct bylaw_config *config = read_good(everything);

    (void)state;
    assert_string_equal(config->contact, "editor@x.org");
    assert_string_equal(config->user_agent, "bylaw/0.1.0 (+editor@x.org)");
    assert_string_equal(config->rules_dir, "ws/my-rules");
    assert_int_equal(config->crawl.delay_ms, 250);
    assert_int_equal(config->crawl.concurrency, 4);
    assert_int_equal(config->crawl.allow_address_count, 2);
    assert_string_equal(config->crawl.allow_address[1], "::1/128");
    assert_null(config->crawl.allow_address[2]);
    assert_string_equal(config->crawl.connect_to[0],
                        "a.example:80:127.0.0.1:8080");
    assert_string_equal(config->mail.smtp, "smtps://mail.x.org:465");
    assert_string_equal(config->mail.to[1], "bob@x.org");
    assert_string_equal(config->mail.password_file, "ws/mail.password");
    assert_int_equal(config->mail.digest, BYLAW_DIGEST_WEEKLY);
    assert_string_equal(config->webhook.url, "https://x.org/hook");
    assert_string_equal(config->webhook.secret_file, "ws/hook.secret");
    assert_string_equal(config->atom_file, "ws/alerts.atom");
    assert_string_equal(config->prometheus_file, "ws/bylaw.prom");
    assert_int_equal(config->max_age_ms, 2 * 86400000);
    bylaw_config_free(config);
}

static void test_config__says_where_each_value_came_from(void **state)
{
    struct bylaw_config *config = read_good(everything);

    (void)state;
    check_setting(config, "contact", "editor@x.org", "ws/bylaw.yaml:1:10");
    check_setting(config, "user-agent", config->user_agent, "default");
    check_setting(config, "watch[0].depth", "3", "ws/bylaw.yaml:5:12");
    check_setting(config, "watch[1].depth", "1", "crawl.depth");
    check_setting(config, "watch[3].list", "ws/addresses.txt",
                  "ws/bylaw.yaml:9:11");
    check_setting(config, "search[1].per-day", "100", "default");
    check_setting(config, "partner-domains[1]", "z.org", "ws/bylaw.yaml:17:26");
    check_setting(config, "crawl.delay", "250ms", "ws/bylaw.yaml:19:10");
    check_setting(config, "alerts.mail.digest", "weekly",
                  "ws/bylaw.yaml:33:13");
    bylaw_config_free(config);
}

struct refusal {
    const char *yaml, *id, *where, *what;
};

static const struct refusal refusals[] = {
    {"watsh: []\n", "config.unknown-key", "ws/bylaw.yaml:1:1",
     "key \"watsh\" is not known here; did you mean \"watch\"?"},
    {"crawl:\n  dealy: 5s\n", "config.unknown-key", "ws/bylaw.yaml:2:3",
     "key \"dealy\" is not known here; did you mean \"delay\"?"},
    {"crawl.delay: 5s\n", "config.unknown-key", "ws/bylaw.yaml:1:1", NULL},
    {"alerts: {mail: {smpt: x}}\n", "config.unknown-key", "ws/bylaw.yaml:1:17",
     "key \"smpt\" is not known here; did you mean \"smtp\"?"},
    {"watch:\n  - site: https://a.example/\n    dept: 1\n",
     "config.unknown-key", "ws/bylaw.yaml:3:5",
     "key \"dept\" is not known here; did you mean \"depth\"?"},
    {"crawl: 5\n", "rules.wrong-type", "ws/bylaw.yaml:1:8",
     "one value stands where a mapping belongs"},
    {"watch: https://a.example/\n", "rules.wrong-type", "ws/bylaw.yaml:1:8",
     "one value stands where a list belongs"},
    {"watch: [https://a.example/]\n", "rules.wrong-type", "ws/bylaw.yaml:1:9",
     "one value stands where a mapping belongs"},
    {"warc: [a.warc, ~]\n", "rules.wrong-type", "ws/bylaw.yaml:1:16",
     "nothing stands where one value belongs"},
    {"crawl: {delay: soon}\n", "rules.bad-value", "ws/bylaw.yaml:1:16", NULL},
    {"crawl: {delay: 5}\n", "rules.bad-value", "ws/bylaw.yaml:1:16", NULL},
    {"crawl: {delay: -5s}\n", "rules.bad-value", "ws/bylaw.yaml:1:16", NULL},
    {"crawl: {depth: two}\n", "rules.bad-value", "ws/bylaw.yaml:1:16",
     "\"two\" is not a whole number of up to nine digits"},
    {"crawl: {depth: 1234567890}\n", "rules.bad-value", "ws/bylaw.yaml:1:16",
     NULL},
    {"crawl: {connect-to: [a:80:b]}\n", "rules.bad-value", "ws/bylaw.yaml:1:22",
     "\"a:80:b\" is not HOST:PORT:ADDRESS:PORT"},
    {"crawl: {allow-address: [127.0.0.1]}\n", "rules.bad-value",
     "ws/bylaw.yaml:1:25",
     "\"127.0.0.1\" is not an address range such as 127.0.0.0/8"},
    {"crawl: {allow-address: [127.0.0.0/33]}\n", "rules.bad-value",
     "ws/bylaw.yaml:1:25", NULL},
    {"own-domains: [https://x.org]\n", "rules.bad-value", "ws/bylaw.yaml:1:15",
     NULL},
    {"user-agent: \"a\\r\\nCookie: b\"\n", "rules.bad-value", NULL,
     "the value holds a line break or another control character"},
    {"contact: \"a\\n@x.org\"\n", "rules.bad-value", NULL, NULL},
    {"contact: me\n", "rules.bad-value", "ws/bylaw.yaml:1:10", NULL},
    {"watch: [{depth: 1}]\n", "rules.missing-key", "ws/bylaw.yaml:1:9", NULL},
    {"watch: [{site: https://a.org/, feed: https://b.org/}]\n",
     "rules.contradiction", "ws/bylaw.yaml:1:38",
     "the entry names a site and a feed: make two entries"},
    {"watch: [{site: a.org}]\n", "rules.bad-value", "ws/bylaw.yaml:1:16", NULL},
    {"search: [{service: brav}]\n", "rules.unknown-value", "ws/bylaw.yaml:1:20",
     "\"brav\" is not known here; did you mean \"brave\"?"},
    {"search: [{per-day: 5}]\n", "rules.missing-key", "ws/bylaw.yaml:1:10",
     "key \"service\" is missing"},
    {"logs: [{file: a.log, pixel: p.gif}]\n", "rules.bad-value",
     "ws/bylaw.yaml:1:29", NULL},
    {"alerts: {mail: {from: a@b.org}}\n", "rules.missing-key",
     "ws/bylaw.yaml:1:16", "key \"smtp\" is missing: mail needs a server"},
    {"alerts: {mail: {digest: hourly}}\n", "rules.unknown-value",
     "ws/bylaw.yaml:1:25", NULL},
    {"alerts: {mail: {smtp: https://m.org}}\n", "rules.bad-value",
     "ws/bylaw.yaml:1:23", NULL},
    {"alerts: {webhook: {secret-file: s}}\n", "rules.missing-key",
     "ws/bylaw.yaml:1:19",
     "key \"url\" is missing: a webhook needs an "
     "address"},
    {"allow: [{domain: x.org}]\n", "rules.missing-key", "ws/bylaw.yaml:1:9",
     "key \"reason\" is missing"},
    {"allow: [{domain: x.org, reason: r, until: 2026-02-30}]\n",
     "rules.bad-value", "ws/bylaw.yaml:1:43", NULL},
    {"allow: [{domain: 'https://x.org', reason: r}]\n", "rules.bad-value",
     "ws/bylaw.yaml:1:19", NULL},
    {"partners: [{from: 2026-01-01}]\n", "rules.missing-key",
     "ws/bylaw.yaml:1:12", "key \"domain\" is missing"},
    {"partners: [{domain: x.org, from: 2026-01-02, to: 2026-01-01}]\n",
     "rules.contradiction", "ws/bylaw.yaml:1:12", NULL},
    {"contact: [a\n", "rules.yaml-syntax", NULL, NULL},
};

static void test_config__says_where_and_what_is_wrong(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
        const struct refusal *want = &refusals[i];
        struct gathered gathered = {.count = 0};
        struct bylaw_config *config;
        struct bylaw_error err = {0};

        if (!read_config(&config, &gathered, &err, want->yaml))
            fail_msg("accepted: %s", want->yaml);
        assert_null(config);
        assert_string_equal(err.id, want->id);
        if (want->where)
            assert_string_equal(err.where, want->where);
        if (want->what)
            assert_string_equal(err.what, want->what);
        assert_non_null(bylaw_diagnostic_find(err.id));
    }
}

static void test_config__reports_every_mistake(void **state)
{
    struct gathered gathered = {.count = 0};
    struct bylaw_config *config;
    struct bylaw_error err = {0};

    (void)state;
    assert_int_equal(read_config(&config, &gathered, &err,
                                 "contact: me\nnope: 1\n"
                                 "crawl: {delay: x, depth: 21}\n"
                                 "watch: [{site: y}, {}]\n"),
                     BYLAW_ECONFIG);
    assert_int_equal(gathered.count, 5);
    assert_string_equal(gathered.items[0].where, "ws/bylaw.yaml:2:1");
}

struct bound {
    const char *key, *good, *bad;
};

static const struct bound bounds[] = {
    {"crawl: {delay: %s}", "0s", NULL},
    {"crawl: {delay: %s}", "1h", "3601s"},
    {"crawl: {delay: %s}", "3600000ms", "3600001ms"},
    {"crawl: {depth: %s}", "0", NULL},
    {"crawl: {depth: %s}", "20", "21"},
    {"crawl: {concurrency: %s}", "1", "0"},
    {"crawl: {concurrency: %s}", "64", "65"},
    {"crawl: {max-pages-per-host: %s}", "1", "0"},
    {"crawl: {max-pages-per-host: %s}", "1000000", "1000001"},
    {"crawl: {max-pages-per-scan: %s}", "10000000", "10000001"},
    {"search: [{service: brave, per-day: %s}]", "1", "0"},
    {"search: [{service: brave, per-day: %s}]", "100000", "100001"},
    {"search: [{service: brave, pages: %s}]", "1", "0"},
    {"search: [{service: brave, pages: %s}]", "100", "101"},
    {"watch: [{page: 'https://a.org/', depth: %s}]", "20", "21"},
    {"watch: [{page: 'https://a.org/', max-pages: %s}]", "1", "0"},
    {"schedule: {max-age: %s}", "1m", "59s"},
    {"schedule: {max-age: %s}", "365d", "366d"},
    {"schedule: {max-age: %s}", "52w", "999999999w"},
};

static int read_bound(const char *key, const char *value, const char **out_id)
{
    const char *hole = strstr(key, "%s");
    struct gathered gathered = {.count = 0};
    struct bylaw_config *config;
    struct bylaw_error err = {0};
    char yaml[256];
    int rc;

    snprintf(yaml, sizeof(yaml), "%.*s%s%s\n", (int)(hole - key), key, value,
             hole + 2);
    rc = read_config(&config, &gathered, &err, yaml);
    *out_id = err.id;
    bylaw_config_free(config);
    return rc;
}

static void test_config__holds_every_number_to_its_bounds(void **state)
{
    const char *id;

    (void)state;
    for (size_t i = 0; i < sizeof(bounds) / sizeof(bounds[0]); i++) {
        if (read_bound(bounds[i].key, bounds[i].good, &id))
            fail_msg("refused: %s %s", bounds[i].key, bounds[i].good);
        if (!bounds[i].bad)
            continue;
        if (!read_bound(bounds[i].key, bounds[i].bad, &id))
            fail_msg("accepted: %s %s", bounds[i].key, bounds[i].bad);
        assert_string_equal(id, "config.out-of-range");
    }
}

/* Each holds the word hunter2, which no message may repeat. */
static const char *const inline_secrets[] = {
    "search: [{service: brave, key: hunter2}]\n",
    "search: [{service: brave, api-key: hunter2}]\n",
    "search: [{service: searxng, endpoint: 'https://u:hunter2@x.org/'}]\n",
    "alerts: {mail: {password: hunter2}}\n",
    "alerts: {mail: {smtp: 'smtp://bylaw:hunter2@mail.org'}}\n",
    "alerts: {webhook: {url: 'https://hunter2@x.org/', secret: hunter2}}\n",
};

static void test_config__refuses_secrets_without_repeating_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(inline_secrets) / sizeof(inline_secrets[0]);
         i++) {
        struct gathered gathered = {.count = 0};
        struct bylaw_config *config;
        struct bylaw_error err = {0};

        assert_int_not_equal(read_config(&config, &gathered, &err,
                                         inline_secrets[i]),
                             0);
        assert_string_equal(err.id, "config.secret-inline");
        for (size_t j = 0; j < gathered.count; j++)
            assert_null(strstr(gathered.items[j].what, "hunter2"));
    }
}

/* ------------------------------------------------------------- files --- */

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/bylaw-config-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    char path[128];

    (void)state;
    snprintf(path, sizeof(path), "%s/secret", folder);
    unlink(path);
    return rmdir(folder);
}

static const char *write_secret(const char *text, size_t len, mode_t mode)
{
    static char path[128];
    FILE *file;

    snprintf(path, sizeof(path), "%s/secret", folder);
    unlink(path);
    file = fopen(path, "w");
    assert_non_null(file);
    fwrite(text, 1, len, file);
    fclose(file);
    assert_int_equal(chmod(path, mode), 0);
    return path;
}

static void check_secret(const char *text, mode_t mode, const char *want,
                         const char *want_id)
{
    const char *path = write_secret(text, strlen(text), mode);
    struct bylaw__buf secret = {0};
    struct bylaw_error err = {0};
    int rc = bylaw__secret_read(&secret, path, &err);

    if (want) {
        assert_int_equal(rc, 0);
        assert_string_equal(secret.ptr, want);
    } else {
        assert_int_not_equal(rc, 0);
        assert_string_equal(err.id, want_id);
    }
    bylaw__secret_release(&secret);
}

static void test_secret__is_the_first_line_of_a_private_file(void **state)
{
    (void)state;
    check_secret("hunter2\n", 0600, "hunter2", NULL);
    check_secret("  hunter2 \r\nmore\n", 0400, "hunter2", NULL);
    check_secret("", 0600, NULL, "config.secret-empty");
    check_secret("\nhunter2\n", 0600, NULL, "config.secret-empty");
    check_secret("hunter2\n", 0640, NULL, "config.secret-exposed");
    check_secret("hunter2\n", 0604, NULL, "config.secret-exposed");
    check_secret("hunter2\n", 0602, NULL, "config.secret-exposed");
}

static void test_secret__has_a_ceiling(void **state)
{
    static char text[BYLAW_LIMIT_SECRET_BYTES + 1];
    struct bylaw__buf secret = {0};
    struct bylaw_error err = {0};

    (void)state;
    memset(text, 'x', sizeof(text));
    for (size_t len = sizeof(text) - 2; len < sizeof(text); len++) {
        assert_int_equal(bylaw__secret_read(&secret,
                                            write_secret(text, len, 0600),
                                            &err),
                         0);
        assert_int_equal(secret.len, len);
        bylaw__secret_release(&secret);
    }
    assert_int_equal(bylaw__secret_read(&secret,
                                        write_secret(text, sizeof(text), 0600),
                                        &err),
                     BYLAW_ELIMIT);
    bylaw__secret_release(&secret);
}

static void test_config__complains_of_files_at_their_setting(void **state)
{
    struct gathered gathered = {.count = 0};
    struct bylaw_config *config;
    struct bylaw_error err = {0};
    char yaml[512];

    (void)state;
    snprintf(yaml, sizeof(yaml),
             "warc: [/nowhere/a.warc]\n"
             "search:\n  - {service: brave, key-file: %s}\n"
             "alerts: {atom: /nowhere/yet.atom}\n",
             write_secret("k\n", 2, 0644));
    config = read_good(yaml);
    assert_int_equal(bylaw__config_check_files(config, gather, &gathered, &err),
                     BYLAW_ECONFIG);
    assert_int_equal(gathered.count, 2);
    assert_string_equal(gathered.items[0].id, "config.secret-exposed");
    assert_string_equal(gathered.items[0].where, "ws/bylaw.yaml:3:32");
    assert_string_equal(gathered.items[1].id, "config.missing-file");
    assert_string_equal(gathered.items[1].where, "ws/bylaw.yaml:1:8");
    bylaw_config_free(config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_config__is_all_defaults_where_nothing_is_said),
        cmocka_unit_test(test_config__gives_every_watch_entry),
        cmocka_unit_test(test_config__gives_where_else_to_look),
        cmocka_unit_test(test_config__gives_bounds_and_alerts),
        cmocka_unit_test(test_config__says_where_each_value_came_from),
        cmocka_unit_test(test_config__says_where_and_what_is_wrong),
        cmocka_unit_test(test_config__reports_every_mistake),
        cmocka_unit_test(test_config__holds_every_number_to_its_bounds),
        cmocka_unit_test(test_config__refuses_secrets_without_repeating_them),
        cmocka_unit_test(test_secret__is_the_first_line_of_a_private_file),
        cmocka_unit_test(test_secret__has_a_ceiling),
        cmocka_unit_test(test_config__complains_of_files_at_their_setting),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
