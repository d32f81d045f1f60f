/* SPDX-License-Identifier: Apache-2.0 */
/* Alerts: the news of each channel, sent once, retried until it arrived. */
#include "pipeline.h"

#include "fetch/fetch.h"
#include "report/report.h"
#include "rules/rules.h"
#include "store/store.h"

#define HOUR_MS ((int64_t)3600000)
/* A mail goes out with the scan nearest to its day: a timer that fires some
 * minutes earlier than yesterday must not cost a whole day. */
#define SLACK_MS   HOUR_MS
#define FEED_ITEMS 100u

struct notify {
    const struct bylaw__notify_options *options;
    bylaw__store *store;
    bylaw__fetcher *fetcher;
    struct bylaw__buf password, secret;
};

/** One way to tell people. */
struct channel {
    const char *name;
    const char *(*where)(const struct bylaw_config *config); /* NULL: none */
    /** How long to wait between two tellings, milliseconds. */
    int64_t (*pause)(const struct bylaw_config *config);
    bool (*is_each)(const struct bylaw_config *config); /* one case at a time */
    /** Tells the news; for a channel that is told. */
    int (*tell)(struct notify *notify, const struct bylaw_news *news,
                const char *id, struct bylaw_error *err);
    /** Writes what the workspace says; for one that is a file. */
    int (*write)(struct bylaw__buf *out, struct notify *notify,
                 struct bylaw_error *err);
};

const char *bylaw__notify_outcome_name(enum bylaw__notify_outcome outcome)
{
    static const char *const names[] = {"nothing", "waiting", "sent", "written",
                                        "failed"};

    return names[(size_t)outcome < sizeof(names) / sizeof(names[0]) ? outcome
                                                                    : 0];
}

/* --------------------------------------------------------------- mail --- */

static const char *mail_where(const struct bylaw_config *config)
{
    return config->mail.smtp;
}

static int64_t mail_pause(const struct bylaw_config *config)
{
    static const int64_t days[] = {
        [BYLAW_DIGEST_NONE] = 0,
        [BYLAW_DIGEST_EACH] = 0,
        [BYLAW_DIGEST_DAILY] = 1,
        [BYLAW_DIGEST_WEEKLY] = 7,
    };
    int64_t pause = days[config->mail.digest] * 24 * HOUR_MS;

    return pause ? pause - SLACK_MS : 0;
}

static bool mail_is_each(const struct bylaw_config *config)
{
    return config->mail.digest == BYLAW_DIGEST_EACH;
}

static int tell_mail(struct notify *notify, const struct bylaw_news *news,
                     const char *id, struct bylaw_error *err)
{
    const struct bylaw_mail *mail = &notify->options->config->mail;
    struct bylaw__report_mail letter = {.from = mail->from,
                                        .to = mail->to,
                                        .to_count = mail->to_count,
                                        .date_ms = notify->options->now_ms,
                                        .id = id};
    struct bylaw__mail_route route = {.url = mail->smtp,
                                      .from = mail->from,
                                      .to = mail->to,
                                      .to_count = mail->to_count};
    struct bylaw__buf message = {0};
    int rc = 0;

    if (mail->password_file && !notify->password.len)
        rc = bylaw__secret_read(&notify->password, mail->password_file, err);
    if (!rc)
        rc = bylaw__report_news_mail(&message, news, &letter, err);
    if (!rc && mail->user) {
        route.user = mail->user;
        route.password = notify->password.ptr;
    }
    if (!rc)
        rc = bylaw__send_mail(notify->fetcher, &route,
                              bylaw__buf_span(&message), err);
    bylaw__buf_release(&message);
    return rc;
}

/* ------------------------------------------------------------ webhook --- */

static const char *webhook_where(const struct bylaw_config *config)
{
    return config->webhook.url;
}

static int64_t no_pause(const struct bylaw_config *config)
{
    (void)config;
    return 0;
}

static bool never_each(const struct bylaw_config *config)
{
    (void)config;
    return false;
}

static int tell_webhook(struct notify *notify, const struct bylaw_news *news,
                        const char *id, struct bylaw_error *err)
{
    const struct bylaw_webhook *hook = &notify->options->config->webhook;
    struct bylaw__post post = {.url = hook->url,
                               .id = id,
                               .at_ms = notify->options->now_ms};
    struct bylaw__buf body = {0};
    int rc = 0;

    if (hook->secret_file && !notify->secret.len)
        rc = bylaw__secret_read(&notify->secret, hook->secret_file, err);
    if (rc)
        return rc;
    bylaw__report_news_json(&body, news, id);
    post.body = bylaw__buf_span(&body);
    post.secret = bylaw__buf_span(&notify->secret);
    rc = body.failed ? bylaw__fail_memory(err, "")
                     : bylaw__send_post(notify->fetcher, &post, err);
    bylaw__buf_release(&body);
    return rc;
}

/* -------------------------------------------------------------- files --- */

static const char *atom_where(const struct bylaw_config *config)
{
    return config->atom_file;
}

static int write_atom(struct bylaw__buf *out, struct notify *notify,
                      struct bylaw_error *err)
{
    struct bylaw_news *news = NULL;
    int rc = bylaw__store_news_feed(&news, notify->store, FEED_ITEMS, err);

    if (!rc) {
        news->checkpoint = notify->options->checkpoint;
        rc = bylaw__report_news_atom(out, news, err);
    }
    bylaw_news_free(news);
    return rc;
}

static const char *prometheus_where(const struct bylaw_config *config)
{
    return config->prometheus_file;
}

static int write_prometheus(struct bylaw__buf *out, struct notify *notify,
                            struct bylaw_error *err)
{
    struct bylaw_metrics metrics;
    int rc = bylaw__store_metrics(&metrics, notify->store, err);

    metrics.checkpoint = notify->options->checkpoint;
    metrics.ledger_entries = bylaw__checkpoint_size(metrics.checkpoint);
    if (!rc)
        bylaw__report_metrics(out, &metrics, notify->options->now_ms);
    return rc;
}

static const struct channel channels[] = {
    {"mail", mail_where, mail_pause, mail_is_each, tell_mail, NULL},
    {"webhook", webhook_where, no_pause, never_each, tell_webhook, NULL},
    {"atom", atom_where, NULL, NULL, NULL, write_atom},
    {"prometheus", prometheus_where, NULL, NULL, NULL, write_prometheus},
};
#define CHANNEL_COUNT (sizeof(channels) / sizeof(channels[0]))

/* ------------------------------------------------------------ telling --- */

static void give_result(const struct notify *notify,
                        const struct channel *channel,
                        enum bylaw__notify_outcome outcome, size_t cases,
                        const struct bylaw_error *why)
{
    const struct bylaw__notify_options *options = notify->options;
    const char *where = channel->where(options->config);
    char name[512];
    struct bylaw__notify_result result = {
        .channel = channel->name,
        .where = name,
        .outcome = outcome,
        .cases = cases,
        .why = why,
    };

    if (channel->write)
        result.where = where;
    else
        bylaw__post_name(name, where);
    options->each(options->payload, &result);
}

/* Tells and records it. *out_why: why it did not arrive; its code is 0 where
 * it did. Negative only where it could not be recorded. */
static int tell(struct notify *notify, const struct channel *channel,
                const struct bylaw_news *news, struct bylaw_error *out_why,
                struct bylaw_error *err)
{
    char id[BYLAW__NEWS_ID_BYTES];
    int64_t telling = 0;
    int rc;

    *out_why = (struct bylaw_error){0};
    if (bylaw__report_news_id(id, news, channel->name))
        return bylaw__fail_memory(err, "");
    if (notify->options->is_test) {
        channel->tell(notify, news, id, out_why);
        return 0;
    }
    rc = bylaw__store_telling_begin(&telling, notify->store, channel->name,
                                    news, id, err);
    if (rc)
        return rc;
    channel->tell(notify, news, id, out_why);
    return bylaw__store_telling_end(notify->store, telling, !out_why->code,
                                    err);
}

/* One telling for the scans, if they are news, then one a case. */
static int tell_each(struct notify *notify, const struct channel *channel,
                     const struct bylaw_news *news, struct bylaw_error *out_why,
                     struct bylaw_error *err)
{
    struct bylaw_news one = *news;
    int rc = 0;

    one.item_count = one.left = 0;
    memset(one.counts, 0, sizeof(one.counts));
    if (news->scan)
        rc = tell(notify, channel, &one, out_why, err);
    one.scan = BYLAW_NEWS_SCAN_QUIET;
    for (size_t i = 0; !rc && !out_why->code && i < news->item_count; i++) {
        one.items = &news->items[i];
        one.item_count = 1;
        one.counts[one.items->kind] = 1;
        rc = tell(notify, channel, &one, out_why, err);
        one.counts[one.items->kind] = 0;
    }
    return rc;
}

/* Time that was set back makes nothing wait. */
static bool is_due(const struct channel *channel, const struct notify *notify,
                   const struct bylaw_news *news)
{
    int64_t since = notify->options->now_ms - news->since_ms;

    return !news->since_ms || since < 0 ||
           news->scan != BYLAW_NEWS_SCAN_QUIET ||
           since >= channel->pause(notify->options->config);
}

static int tell_channel(struct notify *notify, const struct channel *channel,
                        const struct bylaw_news *news, struct bylaw_error *err)
{
    struct bylaw_error why = {0};
    int rc;

    if (!bylaw_news_matters(news)) {
        give_result(notify, channel, BYLAW__NOTIFY_NOTHING, 0, NULL);
        return 0;
    }
    if (!is_due(channel, notify, news)) {
        give_result(notify, channel, BYLAW__NOTIFY_WAITING, news->item_count,
                    NULL);
        return 0;
    }
    rc = channel->is_each(notify->options->config)
             ? tell_each(notify, channel, news, &why, err)
             : tell(notify, channel, news, &why, err);
    if (!rc)
        give_result(notify, channel,
                    why.code ? BYLAW__NOTIFY_FAILED : BYLAW__NOTIFY_SENT,
                    news->item_count, why.code ? &why : NULL);
    return rc;
}

static int write_channel(struct notify *notify, const struct channel *channel,
                         struct bylaw_error *err)
{
    const char *path = channel->where(notify->options->config);
    struct bylaw__buf text = {0};
    struct bylaw_error why = {0};
    int rc = channel->write(&text, notify, err);

    if (!rc && text.failed)
        rc = bylaw__fail_memory(err, path);
    if (!rc) {
        bylaw__file_replace(path, bylaw__buf_span(&text), &why);
        give_result(notify, channel,
                    why.code ? BYLAW__NOTIFY_FAILED : BYLAW__NOTIFY_WRITTEN, 0,
                    why.code ? &why : NULL);
    }
    bylaw__buf_release(&text);
    return rc;
}

/* ------------------------------------------------------------- sample --- */

static const struct bylaw_news_item sample_item = {
    .kind = BYLAW_NEWS_NEW,
    .case_id = 0,
    .url = "https://example.org/sample",
    .host = "example.org",
    .source = "sample",
    .title = "This is a test of the alerts; no page was found",
    .verdict = "not-applicable",
    .because = "Somebody ran \"bylaw notify test\".",
};

static int tell_sample(struct notify *notify, const struct channel *channel,
                       struct bylaw_error *err)
{
    struct bylaw_news_item item = sample_item;
    struct bylaw_news news = {.now_ms = notify->options->now_ms,
                              .items = &item,
                              .item_count = 1,
                              .checkpoint = notify->options->checkpoint};

    item.at_ms = notify->options->now_ms;
    news.counts[item.kind] = 1;
    return tell_channel(notify, channel, &news, err);
}

/* ----------------------------------------------------------- channels --- */

static int run_channel(struct notify *notify, const struct channel *channel,
                       struct bylaw_error *err)
{
    struct bylaw_news *news = NULL;
    int rc;

    if (channel->write)
        return write_channel(notify, channel, err);
    if (notify->options->is_test)
        return tell_sample(notify, channel, err);
    rc = bylaw__store_news(&news, notify->store, channel->name,
                           notify->options->now_ms, err);
    if (!rc) {
        news->checkpoint = notify->options->checkpoint;
        rc = tell_channel(notify, channel, news, err);
    }
    bylaw_news_free(news);
    return rc;
}

static void complain_unsure(void *payload, const char *channel,
                            const char *message)
{
    const struct notify *notify = payload;
    struct bylaw_error why;

    bylaw__fail(&why, BYLAW_EABORTED, "notify.unsure", channel,
                "the alert %s was being sent when the program ended", message);
    notify->options->complain(notify->options->payload, &why);
}

static int64_t fixed_clock(void *payload)
{
    return *(const int64_t *)payload;
}

static int begin(struct notify *notify, struct bylaw_error *err)
{
    const struct bylaw__notify_options *options = notify->options;
    struct bylaw_fetch_options fetch = {
        .user_agent = options->config->user_agent,
        .allow_ranges = options->config->alerts_allow_address,
        .connect_to = options->connect_to,
        .ca_file = options->ca_file,
    };
    int64_t now_ms = options->now_ms;
    struct bylaw__clock clock = {fixed_clock, &now_ms};
    int rc = bylaw__fetcher_new(&notify->fetcher, &fetch, NULL, clock, err);

    if (!rc && !options->is_test)
        rc = bylaw__store_tellings_unsure(notify->store, complain_unsure,
                                          notify, err);
    return rc;
}

int bylaw__pipeline_notify(size_t *out_count, bylaw__store *store,
                           const struct bylaw__notify_options *options,
                           struct bylaw_error *err)
{
    struct notify notify = {.options = options, .store = store};
    int rc = begin(&notify, err);

    *out_count = 0;
    for (size_t i = 0; !rc && i < CHANNEL_COUNT; i++)
        if (channels[i].where(options->config)) {
            ++*out_count;
            rc = run_channel(&notify, &channels[i], err);
        }
    bylaw__fetcher_free(notify.fetcher);
    bylaw__secret_release(&notify.password);
    bylaw__secret_release(&notify.secret);
    return rc;
}
