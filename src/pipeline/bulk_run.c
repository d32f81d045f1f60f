/* SPDX-License-Identifier: Apache-2.0 */
/* Archives looked through by several threads, told of in order. */
#include "bulk.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PART_BYTES ((uint64_t)4 << 20) /* as they stand in the file */
#define AHEAD      3u                  /* parts for each thread, on their way */

struct planner {
    size_t input;  /* the next to be cut, or being cut */
    uint64_t at;   /* its next byte */
    uint64_t size; /* of what is being cut; 0: none is */
};

/** An input whose parts are being put together. */
struct joining {
    uint64_t next; /* where its next record begins; UINT64_MAX: nowhere */
    struct bylaw__match_counts counts;
    struct bylaw_error why;
    struct bulk_memory memory;
};

struct runner {
    const bylaw_auditor *auditor;
    const struct bylaw__bulk_options *options;
    const char *const *paths;
    size_t path_count;
    struct planner planner;
    struct joining joining;
    struct bulk_reader own; /* for parts that are read again */
    struct bylaw_error *err;

    pthread_mutex_t lock; /* of all that follows */
    pthread_cond_t work, done;
    struct bulk_part *ring;
    size_t room, merged, planned, taken; /* counted on, not wrapped */
    bool is_over;
};

/* ------------------------------------------------------------- planning --- */

/* Only what is packed in members has places to begin at. */
static uint64_t size_to_cut(const char *path, uint64_t part_bytes)
{
    unsigned char head[2] = {0};
    struct stat st;
    uint64_t size = 0;
    int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : -1;

    if (fd < 0)
        return 0;
    if (!fstat(fd, &st) && S_ISREG(st.st_mode) && pread(fd, head, 2, 0) == 2 &&
        head[0] == 0x1f && head[1] == 0x8b &&
        (uint64_t)st.st_size > 2 * part_bytes)
        size = (uint64_t)st.st_size;
    close(fd);
    return size;
}

static uint64_t part_bytes_of(const struct runner *r)
{
    return r->options->part_bytes ? r->options->part_bytes : PART_BYTES;
}

/* The next part; false where all inputs are cut. */
static bool plan(struct bulk_part *out, struct runner *r)
{
    struct planner *planner = &r->planner;
    uint64_t bytes = part_bytes_of(r);

    if (planner->input >= r->path_count)
        return false;
    if (!planner->at)
        planner->size = size_to_cut(r->paths[planner->input], bytes);
    *out = (struct bulk_part){.input = planner->input,
                              .path = r->paths[planner->input],
                              .from = planner->at,
                              .to = UINT64_MAX,
                              .is_known = !planner->at,
                              .is_first = !planner->at};
    if (planner->size && planner->at + 2 * bytes < planner->size) {
        planner->at += bytes;
        out->to = planner->at;
        return true;
    }
    out->is_last = true;
    *planner = (struct planner){.input = planner->input + 1};
    return true;
}

/* -------------------------------------------------------------- threads --- */

static struct bulk_part *part_at(const struct runner *r, size_t number)
{
    return &r->ring[number % r->room];
}

static void *work_on(void *payload)
{
    struct runner *r = payload;
    struct bulk_reader reader = {.auditor = r->auditor,
                                 .reads_all = r->options->reads_all};

    pthread_mutex_lock(&r->lock);
    for (;;) {
        struct bulk_part *part;

        while (r->taken == r->planned && !r->is_over)
            pthread_cond_wait(&r->work, &r->lock);
        if (r->is_over)
            break;
        part = part_at(r, r->taken++);
        pthread_mutex_unlock(&r->lock);
        bylaw__bulk_read(part, &reader);
        pthread_mutex_lock(&r->lock);
        part->is_done = true;
        pthread_cond_signal(&r->done);
    }
    pthread_mutex_unlock(&r->lock);
    bylaw__bulk_reader_release(&reader);
    return NULL;
}

/* -------------------------------------------------------------- joining --- */

static void add_counts(struct bylaw__match_counts *sum,
                       const struct bylaw__match_counts *part)
{
    sum->records += part->records;
    sum->revisits += part->revisits;
    sum->pages += part->pages;
    sum->screened += part->screened;
    sum->unread += part->unread;
    sum->matches += part->matches;
    sum->losses += part->losses;
}

static int take_part(struct runner *r, struct bulk_part *part)
{
    const struct bylaw__bulk_options *options = r->options;

    if (part->rc) {
        if (r->err)
            *r->err = part->why;
        return part->rc;
    }
    if (part->why.code && !r->joining.why.code)
        r->joining.why = part->why;
    for (size_t i = 0; options->lost && i < part->told_count; i++)
        options->lost(options->payload, &part->told[i]);
    r->joining.next = part->end;
    if (part->event_count && !part->lines.failed &&
        bylaw__bulk_resolve(&r->joining.memory, part))
        return bylaw__fail_memory(r->err, part->path);
    add_counts(&r->joining.counts, &part->counts);
    if (part->lines.failed)
        return bylaw__fail_memory(r->err, part->path);
    return part->lines.len ? options->found(options->payload, part->input,
                                            bylaw__buf_span(&part->lines))
                           : 0;
}

static uint64_t size_of(const char *path)
{
    struct stat st;

    return strcmp(path, "-") && !stat(path, &st) && S_ISREG(st.st_mode)
               ? (uint64_t)st.st_size
               : 0;
}

/* What only the whole file can be said to be. */
static void see_whole(struct joining *joining, const char *path)
{
    const char *name = strcmp(path, "-") ? path : "standard input";

    if (joining->why.code || joining->counts.records)
        return;
    if (joining->counts.losses)
        bylaw__fail(&joining->why, BYLAW_EUNSUPPORTED, "archive.not-a-warc",
                    name, "nothing in it is a WARC record");
    else
        bylaw__fail(&joining->why, BYLAW_EUNSUPPORTED, "archive.empty", name,
                    "there is no record in it");
}

/* A part that begins elsewhere than it guessed is read again; one that lies
 * inside a record of the part before has nothing. */
static int join(struct runner *r, struct bulk_part *part)
{
    struct joining *joining = &r->joining;
    int rc = 0;

    if (part->is_first) {
        bylaw__bulk_memory_clear(&joining->memory);
        *joining = (struct joining){.next = part->from};
    }
    if (!joining->why.code && joining->next < part->to) {
        if (part->begin != joining->next) {
            bylaw__bulk_part_clear(part);
            part->from = joining->next;
            part->is_known = true;
            bylaw__bulk_read(part, &r->own);
        }
        rc = take_part(r, part);
    }
    if (!rc && part->is_last) {
        joining->counts.bytes = size_of(part->path);
        see_whole(joining, part->path);
        rc = r->options->ended(r->options->payload, part->input,
                               &joining->counts, &joining->why);
    }
    bylaw__bulk_part_clear(part);
    return rc;
}

static bool plan_more(struct runner *r)
{
    bool has_more = true;

    while (has_more && r->planned - r->merged < r->room) {
        struct bulk_part part;

        has_more = plan(&part, r);
        if (!has_more)
            break;
        pthread_mutex_lock(&r->lock);
        *part_at(r, r->planned++) = part;
        pthread_cond_signal(&r->work);
        pthread_mutex_unlock(&r->lock);
    }
    return r->planned > r->merged;
}

static int run(struct runner *r)
{
    int rc = 0;

    while (!rc && plan_more(r)) {
        struct bulk_part *part = part_at(r, r->merged);

        pthread_mutex_lock(&r->lock);
        while (!part->is_done)
            pthread_cond_wait(&r->done, &r->lock);
        pthread_mutex_unlock(&r->lock);
        rc = join(r, part);
        r->merged++;
    }
    return rc;
}

/* ------------------------------------------------------------- all of it --- */

static void end_threads(struct runner *r, pthread_t *threads, unsigned count)
{
    pthread_mutex_lock(&r->lock);
    r->is_over = true;
    pthread_cond_broadcast(&r->work);
    pthread_mutex_unlock(&r->lock);
    for (unsigned i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
}

static int run_threads(struct runner *r, unsigned wanted)
{
    pthread_t threads[BYLAW_LIMIT_MATCH_THREADS];
    unsigned count = 0;
    int rc;

    while (count < wanted && !pthread_create(&threads[count], NULL, work_on, r))
        count++;
    rc = count ? run(r) : bylaw__fail_memory(r->err, "");
    end_threads(r, threads, count);
    return rc;
}

/* Nothing that no words are known of is found anywhere. Cells were for reading
 * the articles. */
static int ready(bylaw_auditor *auditor,
                 const struct bylaw__bulk_options *options,
                 struct bylaw_error *err)
{
    int rc = bylaw__pipeline_ready(auditor, err);

    if (!rc && !bylaw__index_shingles(bylaw__pipeline_index(auditor)))
        rc = bylaw__fail(err, BYLAW_EUSAGE, "index.empty", "",
                         "no article has five words in a row to be found by");
    bylaw__cells_free(auditor->cells);
    auditor->cells = NULL;
    if (!rc && options->settle)
        options->settle(options->payload);
    return rc;
}

int bylaw__bulk_match(bylaw_auditor *auditor, const char *const *paths,
                      size_t count, const struct bylaw__bulk_options *options,
                      struct bylaw_error *err)
{
    struct runner r = {.auditor = auditor,
                       .options = options,
                       .paths = paths,
                       .path_count = count,
                       .own = {.auditor = auditor,
                               .reads_all = options->reads_all},
                       .lock = PTHREAD_MUTEX_INITIALIZER,
                       .work = PTHREAD_COND_INITIALIZER,
                       .done = PTHREAD_COND_INITIALIZER,
                       .err = err};
    unsigned threads = options->threads ? options->threads : 1;
    int rc = ready(auditor, options, err);

    if (threads > BYLAW_LIMIT_MATCH_THREADS)
        threads = BYLAW_LIMIT_MATCH_THREADS;
    r.room = (size_t)threads * AHEAD;
    r.ring = calloc(r.room, sizeof(*r.ring));
    if (!rc && !r.ring)
        rc = bylaw__fail_memory(err, "");
    if (!rc)
        rc = run_threads(&r, threads);
    for (size_t i = 0; r.ring && i < r.room; i++)
        bylaw__bulk_part_clear(&r.ring[i]);
    free(r.ring);
    bylaw__bulk_memory_clear(&r.joining.memory);
    bylaw__bulk_reader_release(&r.own);
    return rc;
}

int bylaw__bulk_sources(char out[BYLAW__SHA256_HEX],
                        const bylaw_auditor *auditor, struct bylaw_error *err)
{
    struct bylaw__index_document document;
    struct bylaw__buf text = {0};
    int rc;

    for (size_t i = 0; i < auditor->source_count; i++)
        bylaw__buf_printf(&text, "%s %s\n", auditor->sources[i].source->id,
                          auditor->sources[i].source->sha256);
    for (size_t i = 0; auditor->file &&
                       bylaw__index_file_document(&document, auditor->file, i);
         i++)
        bylaw__buf_printf(&text, "%s %s\n", document.id, document.sha256);
    /* What was found without hints is not what is looked for with them. */
    if (auditor->options.hints >= BYLAW_HINTS_LIKELY)
        bylaw__buf_printf(&text, "hints %d\n", (int)auditor->options.hints);
    rc = text.failed || bylaw__sha256_hex(out, bylaw__buf_span(&text));
    bylaw__buf_release(&text);
    return rc ? bylaw__fail_memory(err, "") : 0;
}
