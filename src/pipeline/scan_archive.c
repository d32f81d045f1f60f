/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Web archives among the places where reposts may be: pages of WARC files,
 * looked through without asking anybody.
 *
 * What an archive shows is what was on the web then, not what is there now, and
 * who made it is not known. So it never decides alone: a page with a copy is
 * put on record as visited at the time of its capture, as a first finding is,
 * and asked for at once. The case becomes "new" where the live page shows the
 * same; it is closed where that page is in order, and nobody is told of one
 * that is gone. Of a page that was visited before, the archive tells nothing.
 */
#include "scan_int.h"
#include "site_works.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define LOSSES_TOLD 5u     /* of one file, each with its place */
#define REVISITS    50000u /* kept until their bodies are found */

/** A record that carries an article, to be found again for its revisits. */
struct original {
    const char *file;
    uint64_t offset, length;
};

/** A page whose body stands in another record. */
struct revisit {
    char *url, *place;
    int64_t at_ms;
    uint64_t keys[3]; /* of what it says of that record; 0: nothing */
};

struct looking {
    struct scan *scan;
    const char *file;
    struct bylaw__warc_work work;
    struct original *originals;
    size_t original_count, original_cap;
    struct bylaw__map by_key; /* to their number */
    struct revisit *revisits;
    size_t revisit_count, revisit_cap;
    bool has_told; /* that there are too many */
    size_t losses;
};

static bool is_stopped(const struct scan *scan)
{
    return scan->options->stop && *scan->options->stop;
}

/* ------------------------------------------------------------- one page --- */

static struct scan_job *new_job(struct scan *scan, const char *url)
{
    struct scan_job *job = calloc(1, sizeof(*job));

    if (!job)
        return NULL;
    bylaw__arena_init(&job->arena, 0);
    job->kind = SCAN_PAGE;
    job->url = bylaw__arena_strdup(&job->arena, url);
    job->may_screen = bylaw__scan_screens(scan);
    job->task = calloc(1, sizeof(*job->task));
    if (job->task && job->url)
        return job;
    bylaw__job_free(job);
    return NULL;
}

static int keep_row(void *payload, const struct bylaw__page_row *row)
{
    struct scan_task *task = payload;

    task->page = row->id;
    task->visit.last_ms = row->last_ms;
    return 0;
}

/* A finding of the past is put on record only where nothing is known. */
static bool is_news(const struct scan *scan, const struct scan_job *job)
{
    return !job->task->visit.last_ms && job->fetched_ms > 0 &&
           job->fetched_ms < scan->began_ms;
}

static int take_found(struct looking *looking, struct scan_job *job,
                      const char *place, struct bylaw_error *err)
{
    struct scan *scan = looking->scan;
    struct bylaw__buf via = {0};
    struct scan_naming naming = {job->url, NULL, SCAN_PAGE, SCAN_DEPTH_LEAD};
    struct bylaw__page_row row = {.url = job->url,
                                  .kind = "page",
                                  .depth = SCAN_DEPTH_LEAD,
                                  .due_ms = scan->began_ms};
    bool is_new = false, found = false;
    int rc = 0;

    bylaw__buf_printf(&via, "archive %s", looking->file);
    row.via = naming.via = via.ptr;
    if (via.failed)
        rc = bylaw__fail_memory(err, job->url);
    if (!rc)
        rc = bylaw__store_page_add(&is_new, scan->store, &row, err);
    if (!rc)
        rc = bylaw__store_page_find(&found, scan->store, job->url, "page",
                                    keep_row, job->task, err);
    scan->state.found += is_new;
    if (!rc && is_news(scan, job))
        rc = bylaw__scan_record_archived(scan, job, place, err);
    if (!rc)
        rc = bylaw__scan_name(scan, &naming, err);
    bylaw__buf_release(&via);
    return rc;
}

/* Takes the response over. *out_found: an article is on the page. */
static int judge(bool *out_found, struct looking *looking,
                 struct bylaw_response *response, const char *place,
                 struct bylaw_error *err)
{
    struct scan_job *job = new_job(looking->scan, response->url);
    int rc;

    *out_found = false;
    if (!job) {
        bylaw_response_free(response);
        return bylaw__fail_memory(err, looking->file);
    }
    bylaw__job_take(job, response);
    rc = bylaw__site_works_read(&job->works, looking->scan->store, job->url,
                                job->fetched_ms, &job->arena, &job->err);
    if (!rc)
        rc = bylaw__job_read_alone(job, looking->scan->auditor);
    if (rc && err)
        *err = job->err;
    /* What validates the page is for its server to say. */
    job->etag = job->last_modified = NULL;
    *out_found = !rc && job->match_count;
    if (*out_found)
        rc = take_found(looking, job, place, err);
    bylaw__job_free(job);
    return rc;
}

/* ------------------------------------------------------------- revisits --- */

/* FNV tells what to look at; that it is the right one is seen there. */
static uint64_t key_of(char kind, struct bylaw_span text)
{
    uint64_t hash = bylaw__hash64(text) * 31 + (uint64_t)kind;

    return text.len ? hash | 1 : 0;
}

static int remember(struct looking *looking,
                    const struct bylaw__warc_record *record,
                    struct bylaw_error *err)
{
    struct original original = {looking->file, record->offset, record->length};
    uint64_t keys[] = {key_of('d', record->payload_digest),
                       key_of('i', record->id),
                       key_of('u', record->target_uri)};

    if (!record->length)
        return 0; /* it cannot be read again by itself */
    if (bylaw__vec_grow(&looking->originals, &looking->original_cap,
                        looking->original_count + 1, sizeof(original)))
        return bylaw__fail_memory(err, looking->file);
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (keys[i] &&
            bylaw__map_put(&looking->by_key, keys[i], looking->original_count))
            return bylaw__fail_memory(err, looking->file);
    looking->originals[looking->original_count++] = original;
    return 0;
}

static char *copy_span(struct bylaw_span text)
{
    return strndup(text.ptr, text.len);
}

static char *name_place(const struct looking *looking,
                        const struct bylaw__warc_record *record)
{
    char *place = NULL;

    if (asprintf(&place, "%s, byte %" PRIu64, looking->file, record->offset) <
        0)
        return NULL;
    return place;
}

static void tell_ceiling(struct looking *looking)
{
    struct bylaw_error why = {0};

    if (looking->has_told)
        return;
    looking->has_told = true;
    bylaw__fail(&why, BYLAW_ELIMIT, "archive.revisits", looking->file,
                "more than %u pages have their text elsewhere; the others are "
                "left out",
                REVISITS);
    bylaw__scan_complain(looking->scan, &why);
}

static int put_off(struct looking *looking,
                   const struct bylaw__warc_record *record,
                   struct bylaw_error *err)
{
    struct revisit *revisit;

    if (looking->revisit_count >= REVISITS) {
        tell_ceiling(looking);
        return 0;
    }
    if (bylaw__vec_grow(&looking->revisits, &looking->revisit_cap,
                        looking->revisit_count + 1, sizeof(*revisit)))
        return bylaw__fail_memory(err, looking->file);
    revisit = &looking->revisits[looking->revisit_count++];
    *revisit = (struct revisit){.url = copy_span(record->target_uri),
                                .place = name_place(looking, record),
                                .at_ms = record->date_ms,
                                .keys = {key_of('d', record->payload_digest),
                                         key_of('i', record->refers_to),
                                         key_of('u', record->refers_to_uri)}};
    return revisit->url && revisit->place
               ? 0
               : bylaw__fail_memory(err, looking->file);
}

/* The body of another record, at this revisit's address and time. */
static int judge_again(struct looking *looking, const struct revisit *revisit,
                       const struct original *original, struct bylaw_error *err)
{
    struct bylaw__capture *capture = NULL;
    struct bylaw_response *response = NULL;
    struct bylaw__warc_page page;
    bool found;
    int rc = bylaw__warc_read_at(&capture, original->file, original->offset,
                                 original->length, NULL);

    if (rc)
        return 0; /* the file was changed meanwhile */
    if (bylaw__warc_page(&page, &looking->work, &capture->record) &&
        !page.is_revisit) {
        page.url = bylaw__span_of(revisit->url);
        page.at_ms = revisit->at_ms;
        rc = bylaw__warc_response(&response, &page, err);
        if (!rc)
            rc = judge(&found, looking, response, revisit->place, err);
    }
    bylaw__capture_free(capture);
    return rc;
}

static int resolve(struct looking *looking, const struct revisit *revisit,
                   struct bylaw_error *err)
{
    uint64_t number;

    for (size_t i = 0; i < sizeof(revisit->keys) / sizeof(revisit->keys[0]);
         i++)
        if (revisit->keys[i] &&
            bylaw__map_get(&looking->by_key, revisit->keys[i], &number))
            return judge_again(looking, revisit, &looking->originals[number],
                               err);
    return 0;
}

static int resolve_all(struct looking *looking, struct bylaw_error *err)
{
    int rc = 0;

    for (size_t i = 0; !rc && i < looking->revisit_count; i++)
        if (!is_stopped(looking->scan))
            rc = resolve(looking, &looking->revisits[i], err);
    return rc;
}

/* --------------------------------------------------------------- one file --- */

static bool is_worth_reading(const struct scan *scan,
                             const struct bylaw__warc_page *page)
{
    bylaw_url *url = NULL;
    bool is_worth;

    if (page->status != 200 && page->status != 203)
        return false;
    if (bylaw_url_parse(&url, page->url, NULL, NULL))
        return false;
    is_worth = !bylaw__scan_is_own(scan, url) && !bylaw__trap_reason(url);
    bylaw_url_free(url);
    return is_worth;
}

static int see_record(struct looking *looking,
                      const struct bylaw__warc_record *record,
                      struct bylaw_error *err)
{
    struct bylaw_response *response = NULL;
    struct bylaw__warc_page page;
    bool found = false;
    char *place;
    int rc;

    if (!bylaw__warc_page(&page, &looking->work, record))
        return 0;
    if (page.is_revisit)
        return put_off(looking, record, err);
    if (!page.body.len || !is_worth_reading(looking->scan, &page))
        return 0;
    place = name_place(looking, record);
    rc = place ? bylaw__warc_response(&response, &page, err)
               : bylaw__fail_memory(err, looking->file);
    if (!rc)
        rc = judge(&found, looking, response, place, err);
    free(place);
    return rc || !found ? rc : remember(looking, record, err);
}

static void tell_loss(void *payload, const struct bylaw__warc_loss *loss)
{
    struct looking *looking = payload;

    if (looking->losses++ < LOSSES_TOLD)
        bylaw__scan_complain(looking->scan, &loss->why);
}

/* What an archive cannot give is told; the scan goes on without it. */
static int read_file(bool *out_whole, struct looking *looking,
                     struct bylaw_error *err)
{
    struct bylaw__warc_options options = {.check_digests = true,
                                          .lost = tell_loss,
                                          .payload = looking};
    const struct bylaw__warc_record *record = NULL;
    struct bylaw_error why = {0};
    bylaw__warc *warc = NULL;
    int rc = 0, failed = bylaw__warc_open(&warc, looking->file, &options, &why);

    while (!rc && !failed && !is_stopped(looking->scan)) {
        failed = bylaw__warc_next(&record, warc, &why);
        if (failed || !record)
            break;
        rc = see_record(looking, record, err);
    }
    if (failed)
        bylaw__scan_complain(looking->scan, &why);
    *out_whole = !rc && !failed && !is_stopped(looking->scan);
    bylaw__warc_free(warc);
    return rc;
}

/* ----------------------------------------------------------------- files --- */

/* What an archive and the articles were when it was looked through: while both
 * are the same, there is nothing new in it. */
static int describe(char out[BYLAW__SHA256_HEX], const struct scan *scan,
                    const char *file, struct bylaw_error *err)
{
    struct bylaw__buf text = {0};
    struct stat st = {0};
    int rc;

    if (stat(file, &st))
        st.st_size = -1;
    bylaw__buf_printf(&text, "%lld %lld.%ld\n", (long long)st.st_size,
                      (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
    bylaw__buf_add_span(&text, bylaw__buf_span(&scan->by_hand));
    bylaw__buf_add_char(&text, '\n');
    bylaw__buf_add_span(&text, bylaw__buf_span(&scan->by_list));
    rc = text.failed || bylaw__sha256_hex(out, bylaw__buf_span(&text))
             ? bylaw__fail_memory(err, file)
             : 0;
    bylaw__buf_release(&text);
    return rc;
}

static int name_note(struct bylaw__buf *out, const char *file,
                     struct bylaw_error *err)
{
    bylaw__buf_printf(out, "archive %s", file);
    return out->failed ? bylaw__fail_memory(err, file) : 0;
}

static int is_known(bool *out, const struct scan *scan, const char *note,
                    const char *described, struct bylaw_error *err)
{
    struct bylaw__buf before = {0};
    int64_t at_ms;
    int rc = bylaw__store_note_get(&before, &at_ms, scan->store, note, err);

    *out = at_ms && bylaw__span_is(bylaw__buf_span(&before), described);
    bylaw__buf_release(&before);
    return rc;
}

/** One archive, and what is known of it. */
struct archive {
    char described[BYLAW__SHA256_HEX];
    bool is_read; /* to its end, now */
};

static int look_through(struct archive *archive, struct looking *looking,
                        struct bylaw_error *err)
{
    struct scan *scan = looking->scan;
    struct bylaw__buf note = {0};
    bool known = false;
    int rc = name_note(&note, looking->file, err);

    looking->losses = 0;
    if (!rc)
        rc = describe(archive->described, scan, looking->file, err);
    if (!rc)
        rc = is_known(&known, scan, note.ptr, archive->described, err);
    if (!rc && !known)
        rc = read_file(&archive->is_read, looking, err);
    bylaw__buf_release(&note);
    return rc;
}

/* Once all that is in it was put on record, it need not be read again. */
static int note_read(const struct archive *archive, const char *file,
                     struct scan *scan, struct bylaw_error *err)
{
    struct bylaw__buf note = {0};
    int rc = name_note(&note, file, err);

    if (!rc)
        rc = bylaw__scan_batch(scan, err);
    if (!rc)
        rc = bylaw__store_note_put(scan->store, note.ptr,
                                   bylaw__span_of(archive->described),
                                   scan->began_ms, err);
    bylaw__buf_release(&note);
    return rc;
}

static int look_through_all(struct archive *archives, struct looking *looking,
                            struct bylaw_error *err)
{
    const struct bylaw_config *config = looking->scan->options->config;
    int rc = 0;

    for (size_t i = 0; !rc && i < config->warc_count; i++) {
        looking->file = config->warcs[i];
        rc = look_through(&archives[i], looking, err);
    }
    if (!rc)
        rc = resolve_all(looking, err);
    for (size_t i = 0; !rc && i < config->warc_count; i++)
        if (archives[i].is_read && !is_stopped(looking->scan))
            rc = note_read(&archives[i], config->warcs[i], looking->scan, err);
    return rc;
}

static void release(struct looking *looking)
{
    for (size_t i = 0; i < looking->revisit_count; i++) {
        free(looking->revisits[i].url);
        free(looking->revisits[i].place);
    }
    free(looking->revisits);
    free(looking->originals);
    bylaw__map_release(&looking->by_key);
    bylaw__warc_work_release(&looking->work);
}

int bylaw__scan_archives(struct scan *scan, struct bylaw_error *err)
{
    size_t count = scan->options->config->warc_count;
    struct looking looking = {.scan = scan};
    struct archive *archives = calloc(count + 1, sizeof(*archives));
    int rc = archives ? look_through_all(archives, &looking, err)
                      : bylaw__fail_memory(err, "");

    release(&looking);
    free(archives);
    return rc;
}
