/* SPDX-License-Identifier: Apache-2.0 */
/* The workspace's articles: read, kept for later scans, taken from lists. */
#include "scan_int.h"

#include <stdlib.h>

/* An article's page is read anew after so long, or after a refresh. */
#define KEPT_MS ((int64_t)7 * 24 * 3600 * 1000)

struct loading {
    struct scan *scan;
    int64_t refreshed_ms; /* of the article being read */
    const char *name;     /* of it */
    const char *list;     /* via which new ones come */
    int64_t parent;
    size_t added;
    bool cannot_keep; /* captures cannot be written */
    struct bylaw_error *err;
};

/* -------------------------------------------------------------- memory --- */

static int note_name(struct bylaw__buf *out, const char *url,
                     struct bylaw_error *err)
{
    bylaw__buf_printf(out, "source %s", url);
    return out->failed ? bylaw__fail_memory(err, url) : 0;
}

/* A note is the media type, a newline, the final address, a newline, the
 * body. */
static int note_page(struct loading *loading,
                     const struct bylaw_response *response,
                     struct bylaw_error *err)
{
    struct bylaw__buf name = {0}, value = {0};
    int rc = note_name(&name, response->url, err);

    bylaw__buf_printf(&value, "%s%s%s\n%s\n", response->content_type,
                      *response->charset ? "; charset=" : "", response->charset,
                      response->final_url);
    bylaw__buf_add_span(&value, response->body);
    if (!rc && value.failed)
        rc = bylaw__fail_memory(err, response->url);
    if (!rc)
        rc = bylaw__store_note_put(loading->scan->store, name.ptr,
                                   bylaw__buf_span(&value),
                                   bylaw__scan_now(loading->scan), err);
    bylaw__buf_release(&name);
    bylaw__buf_release(&value);
    return rc;
}

static const char *type_of(enum bylaw_media media)
{
    static const char *const types[] = {
        [BYLAW_MEDIA_HTML] = "text/html",
        [BYLAW_MEDIA_TEXT] = "text/plain",
        [BYLAW_MEDIA_MARKDOWN] = "text/markdown",
        [BYLAW_MEDIA_BINARY] = "application/octet-stream",
    };

    return types[media] ? types[media] : "application/octet-stream";
}

/* A page is remembered, so that it need not be asked for at each scan; page or
 * file, what the article said is kept among the captures. */
static int keep(void *payload, const struct bylaw_response *response,
                struct bylaw_error *err)
{
    struct loading *loading = payload;
    int rc = response->hop_count ? note_page(loading, response, err) : 0;

    if (rc)
        return rc;
    rc = response->hop_count
             ? bylaw__scan_capture_source(loading->scan, loading->name,
                                          response, err)
             : bylaw__scan_capture_text(loading->scan, loading->name,
                                        type_of(response->media),
                                        response->body, err);
    loading->cannot_keep = rc != 0;
    return rc;
}

static bool cut_line(struct bylaw__buf *line, struct bylaw_span *rest)
{
    size_t end = bylaw__span_find(*rest, BYLAW__SPAN("\n"));

    if (end == SIZE_MAX)
        return false;
    bylaw__buf_add_span(line, bylaw__span_sub(*rest, 0, end));
    bylaw__buf_add_text(line, "");
    *rest = bylaw__span_sub(*rest, end + 1, rest->len);
    return !line->failed;
}

static int restore(struct bylaw_response **out, struct bylaw_span note,
                   const char *url, int64_t at_ms, struct bylaw_error *err)
{
    struct bylaw__buf type = {0}, final_url = {0};
    int rc = 0;

    if (cut_line(&type, &note) && cut_line(&final_url, &note))
        rc = bylaw__response_from_bytes(out, url, final_url.ptr, note, type.ptr,
                                        at_ms, err);
    bylaw__buf_release(&type);
    bylaw__buf_release(&final_url);
    return rc;
}

static int recall(struct bylaw_response **out, void *payload, const char *url,
                  struct bylaw_error *err)
{
    struct loading *loading = payload;
    int64_t now = bylaw__scan_now(loading->scan), at_ms = 0;
    struct bylaw__buf name = {0}, value = {0};
    int rc = note_name(&name, url, err);

    if (!rc)
        rc = bylaw__store_note_get(&value, &at_ms, loading->scan->store,
                                   name.ptr, err);
    if (!rc && at_ms && at_ms >= loading->refreshed_ms && at_ms <= now &&
        now - at_ms < KEPT_MS)
        rc = restore(out, bylaw__buf_span(&value), url, at_ms, err);
    bylaw__buf_release(&name);
    bylaw__buf_release(&value);
    return rc;
}

/* ------------------------------------------------------------- articles --- */

/* The store knows the article by a name of its own. */
static int take_last(struct scan *scan, const struct bylaw__source_row *row,
                     struct bylaw_error *err)
{
    const bylaw_auditor *auditor = scan->auditor;
    struct prepared_source *entry =
        &auditor->sources[auditor->source_count - 1];
    struct bylaw_source *source = entry->source;
    int rc;

    source->id = bylaw__arena_strdup(source->owner, row->name);
    if (!source->id)
        return bylaw__fail_memory(err, row->name);
    bylaw__buf_printf(row->parent ? &scan->by_list : &scan->by_hand,
                      "%s %s %s\n", row->name, source->sha256,
                      entry->rule ? entry->rule->id : "");
    rc = bylaw__scan_choose_phrases(scan, entry, err);
    /* There may be very many: from here on, words and blocks will do. */
    bylaw__source_forget_document(source);
    return rc;
}

static int skip(struct scan *scan, const char *name, struct bylaw_error *err)
{
    char *copy = strdup(name);

    if (!copy ||
        bylaw__vec_grow(&scan->skipped, &scan->skipped_cap,
                        scan->skipped_count + 1, sizeof(*scan->skipped))) {
        free(copy);
        return bylaw__fail_memory(err, name);
    }
    scan->skipped[scan->skipped_count++] = copy;
    return 0;
}

static bool is_ours(int rc)
{
    return rc == BYLAW_ENOMEM || rc == BYLAW_EINTERNAL;
}

/* An article that cannot be read now is told; the others are looked for. */
static int load_row(void *payload, const struct bylaw__source_row *row)
{
    struct loading *loading = payload;
    struct scan *scan = loading->scan;
    struct bylaw_error why = {0};
    int rc;

    if (strcmp(row->kind, "article") != 0)
        return 0;
    loading->refreshed_ms = row->refreshed_ms;
    loading->name = row->name;
    rc = bylaw__pipeline_add_source(scan->auditor, row->spec, row->url,
                                    row->rule, &why);
    if (!rc)
        return take_last(scan, row, loading->err);
    if (is_ours(rc) || loading->cannot_keep) {
        if (loading->err)
            *loading->err = why;
        return rc;
    }
    bylaw__scan_complain(scan, &why);
    return skip(scan, row->name, loading->err);
}

/* --------------------------------------------------------------- lists --- */

/* An article of a list is named by its address without the scheme: what
 * makes it one page. */
static int add_article(struct loading *loading, const struct bylaw__lead *lead)
{
    struct bylaw__source_row row = {.spec = lead->url,
                                    .kind = "article",
                                    .url = lead->url,
                                    .title = lead->title,
                                    .parent = loading->parent};
    struct bylaw_error why = {0};
    bylaw_url *url = NULL;
    int64_t id;
    int rc;

    if (bylaw_url_parse(&url, bylaw__span_of(lead->url), NULL, NULL))
        return 0;
    row.name = bylaw_url_canonical(url);
    row.added_ms = bylaw__scan_now(loading->scan);
    rc = bylaw__store_source_add(&id, loading->scan->store, &row, &why);
    bylaw_url_free(url);
    loading->added += !rc;
    if (!rc || (why.id && strcmp(why.id, "store.source-known") == 0))
        return 0;
    if (loading->err)
        *loading->err = why;
    return rc;
}

/* Fetches the list and reads it as the crawl reads one. */
static int read_list(struct scan_job *job, bylaw_auditor *auditor,
                     const struct bylaw__source_row *row,
                     struct bylaw_error *why)
{
    int rc = bylaw__pipeline_read(&job->response, auditor, row->spec, NULL,
                                  BYLAW_LIMIT_XML_BYTES, why);

    if (rc)
        return rc;
    if (job->response->refusal.code) {
        *why = job->response->refusal;
        return why->code;
    }
    job->kind = strcmp(row->kind, "sitemap") == 0 ? SCAN_SITEMAP : SCAN_FEED;
    job->url = job->response->url;
    rc = bylaw__job_read_alone(job, auditor);
    *why = rc ? job->err : job->complaint;
    if (!rc && !why->code && !job->leads)
        return bylaw__fail(why, BYLAW_EPARSE, "scan.unread-list", row->spec,
                           "it is empty");
    return rc ? rc : why->code;
}

/* The newest come first in feeds. */
static int add_articles(struct loading *loading,
                        const struct bylaw__leads *leads)
{
    int rc = 0;

    for (size_t i = 0; !rc && leads && i < leads->count &&
                       loading->added < BYLAW_LIMIT_SCAN_SOURCES;
         i++)
        if (leads->items[i].kind == BYLAW__LEAD_PAGE)
            rc = add_article(loading, &leads->items[i]);
    return rc;
}

/* A list is read once a scan. */
static int load_list(void *payload, const struct bylaw__source_row *row)
{
    struct loading *loading = payload;
    struct scan *scan = loading->scan;
    struct bylaw_error why = {0};
    struct scan_job *job;
    int rc;

    if (strcmp(row->kind, "article") == 0)
        return 0;
    job = calloc(1, sizeof(*job));
    if (!job)
        return bylaw__fail_memory(loading->err, row->name);
    loading->parent = row->id;
    rc = read_list(job, scan->auditor, row, &why);
    if (rc && !is_ours(rc))
        bylaw__scan_complain(scan, &why);
    if (is_ours(rc) && loading->err)
        *loading->err = why;
    rc = is_ours(rc) ? rc : add_articles(loading, job->leads);
    bylaw__job_free(job);
    return rc;
}

int bylaw__scan_sources(struct scan *scan, struct bylaw_error *err)
{
    struct loading loading = {.scan = scan, .err = err};
    bylaw_auditor *auditor = scan->auditor;
    int rc = bylaw__store_sources(scan->store, load_list, &loading, err);

    auditor->recall = recall;
    auditor->keep = keep;
    auditor->memory = &loading;
    if (!rc)
        rc = bylaw__store_sources(scan->store, load_row, &loading, err);
    auditor->recall = NULL;
    auditor->keep = NULL;
    auditor->memory = NULL;
    if (rc)
        return rc;
    if (!bylaw_auditor_source_count(auditor))
        return bylaw__fail(err, BYLAW_ECONFIG, "scan.no-sources",
                           scan->options->store_path,
                           "the workspace has no article to look for");
    return bylaw__pipeline_ready(auditor, err);
}

/* ---------------------------------------------------------- comparison --- */

/* Whether a text is another than at the scan before; it is kept then. */
static int compare(bool *out_other, struct scan *scan, const char *name,
                   const struct bylaw__buf *text, struct bylaw_error *err)
{
    struct bylaw__buf before = {0};
    char now[BYLAW__SHA256_HEX];
    int64_t at_ms = 0;
    int rc =
        text->failed || bylaw__sha256_hex(now, bylaw__buf_span(text))
            ? bylaw__fail_memory(err, "")
            : bylaw__store_note_get(&before, &at_ms, scan->store, name, err);

    *out_other = at_ms && !bylaw__span_is(bylaw__buf_span(&before), now);
    if (!rc && (!at_ms || *out_other))
        rc = bylaw__store_note_put(scan->store, name, bylaw__span_of(now),
                                   scan->began_ms, err);
    bylaw__buf_release(&before);
    return rc;
}

/* Who is the publisher's own or a partner is judged like the rules are. */
static void add_relations(struct bylaw__buf *out,
                          const struct bylaw_config *config)
{
    for (size_t i = 0; i < config->own_domain_count; i++)
        bylaw__buf_printf(out, "own %s\n", config->own_domains[i]);
    for (size_t i = 0; i < config->partner_count; i++) {
        const struct bylaw_partner *partner = &config->partners[i];

        bylaw__buf_printf(out, "partner %s %s %s\n", partner->domain,
                          partner->from ? partner->from : "",
                          partner->to ? partner->to : "");
    }
}

/*
 * Rules, and articles that a person added, are to show on pages that are known
 * already, so all of these are due. New articles of a list are looked for when
 * a page is due anyway, or daily lists would have every page visited daily.
 */
int bylaw__scan_compare(struct scan *scan, struct bylaw_error *err)
{
    const struct bylaw_rules *rules = scan->auditor->rules;
    bool by_hand = false, by_list = false;
    int rc;

    for (size_t i = 0; i < rules->count; i++)
        bylaw__buf_printf(&scan->by_hand, "%s\n", rules->items[i].sha256);
    add_relations(&scan->by_hand, scan->options->config);
    rc = compare(&by_hand, scan, "articles by hand", &scan->by_hand, err);
    if (!rc)
        rc = compare(&by_list, scan, "articles of lists", &scan->by_list, err);
    if (!rc && (by_hand || by_list))
        rc = bylaw__store_pages_forget(scan->store,
                                       by_hand ? scan->began_ms : INT64_MAX,
                                       err);
    return rc;
}
