/* SPDX-License-Identifier: Apache-2.0 */
/* A survey: the workspace read once, for a report. */
#include "store_int.h"

#include <stdlib.h>

/* The survey as it grows. Texts are the arena's, lists are moved there last. */
struct making {
    bylaw__store *store;
    struct bylaw__arena *arena;
    struct bylaw_survey *survey;
    struct bylaw_survey_case *cases;
    size_t case_count, case_cap;
    struct bylaw_survey_source *sources;
    size_t source_count, source_cap;
    struct bylaw_survey_scan *scans;
    size_t scan_count, scan_cap;
    struct bylaw_survey_event *events; /* of the case at hand */
    size_t event_count, event_cap;
    struct bylaw__map by_name; /* hash of a source's name to its number */
    struct bylaw__buf audit;
    struct bylaw_error *err;
};

static const char *keep(struct making *making, const char *text)
{
    return text ? bylaw__arena_strdup(making->arena, text) : "";
}

static int no_memory(struct making *making)
{
    return bylaw__fail_memory(making->err, making->store->path);
}

static void note_time(struct making *making, int64_t ms)
{
    if (ms > making->survey->as_of_ms)
        making->survey->as_of_ms = ms;
}

/* ------------------------------------------------------------ sources --- */

static int put_source(struct making *making, const char *name,
                      const struct bylaw_survey_source *source)
{
    if (bylaw__vec_grow(&making->sources, &making->source_cap,
                        making->source_count + 1, sizeof(*making->sources)) ||
        bylaw__map_put(&making->by_name, bylaw__hash64(bylaw__span_of(name)),
                       making->source_count))
        return no_memory(making);
    making->sources[making->source_count++] = *source;
    return 0;
}

static int take_source(void *payload, const struct bylaw__source_row *row)
{
    struct making *making = payload;
    struct bylaw_survey_source source = {
        .name = keep(making, row->name),
        .title = keep(making, row->title),
        .url = keep(making, row->url),
        .rule = keep(making, row->rule),
    };

    if (strcmp(row->kind, "article") != 0)
        return 0;
    note_time(making, row->added_ms);
    return put_source(making, row->name, &source);
}

/* A case may outlive its source, which has only a name then. */
static int find_source(size_t *out, struct making *making, const char *name)
{
    uint64_t number;
    struct bylaw_survey_source source = {.title = "",
                                         .url = "",
                                         .rule = "",
                                         .is_removed = true};

    if (!bylaw__map_get(&making->by_name, bylaw__hash64(bylaw__span_of(name)),
                        &number)) {
        number = making->source_count;
        source.name = keep(making, name);
        if (put_source(making, name, &source))
            return BYLAW_ENOMEM;
    }
    *out = (size_t)number;
    return 0;
}

/* -------------------------------------------------------------- cases --- */

static int take_event(void *payload, const struct bylaw__event_row *row)
{
    struct making *making = payload;

    if (bylaw__vec_grow(&making->events, &making->event_cap,
                        making->event_count + 1, sizeof(*making->events)))
        return no_memory(making);
    making->events[making->event_count++] = (struct bylaw_survey_event){
        .at_ms = row->at_ms,
        .before = row->before,
        .state = row->state,
        .what = keep(making, row->what),
        .by = keep(making, row->by),
        .why = keep(making, row->why),
    };
    note_time(making, row->at_ms);
    return 0;
}

static void *keep_array(struct making *making, const void *items, size_t count,
                        size_t size)
{
    void *kept = bylaw__arena_alloc_array(making->arena, count, size);

    if (kept && count)
        memcpy(kept, items, count * size);
    return kept;
}

static int read_parts(struct making *making, struct bylaw_survey_case *out)
{
    int rc;

    making->event_count = 0;
    bylaw__buf_clear(&making->audit);
    rc = bylaw__store_case_events(making->store, out->id, take_event, making,
                                  making->err);
    if (!rc)
        rc = bylaw__store_case_audit(&making->audit, making->store, out->id,
                                     making->err);
    if (rc)
        return rc;
    out->events = keep_array(making, making->events, making->event_count,
                             sizeof(*making->events));
    out->event_count = making->event_count;
    out->audit =
        bylaw__arena_span(making->arena, bylaw__buf_span(&making->audit));
    return making->arena->failed ? no_memory(making) : 0;
}

static int put_case(struct making *making, struct bylaw_survey_case *one,
                    const char *source)
{
    int rc = find_source(&one->source, making, source);

    if (rc)
        return rc;
    if (making->arena->failed ||
        bylaw__vec_grow(&making->cases, &making->case_cap,
                        making->case_count + 1, sizeof(*making->cases)))
        return no_memory(making);
    note_time(making, one->last_ms);
    making->cases[making->case_count++] = *one;
    return 0;
}

static int take_case(void *payload, const struct bylaw__case_row *row)
{
    struct making *making = payload;
    struct bylaw_survey_case one = {
        .id = row->id,
        .twin_of = row->twin_of,
        .state = row->state,
        .url = keep(making, row->url),
        .host = keep(making, row->host),
        .verdict = keep(making, row->verdict),
        .because = keep(making, row->because),
        .rule = keep(making, row->rule),
        .confidence = keep(making, row->confidence),
        .match_class = keep(making, row->match_class),
        .reason = keep(making, row->reason),
        .severity = row->severity,
        .coverage = row->coverage,
        .first_ms = row->first_ms,
        .last_ms = row->last_ms,
        .changed_ms = row->changed_ms,
        .expires_ms = row->expires_ms,
    };
    int rc = read_parts(making, &one);

    return rc ? rc : put_case(making, &one, row->source);
}

/* ------------------------------------------------------------- copies --- */

static int take_copy(struct making *making, struct bylaw__sql *sql)
{
    struct bylaw_survey_case one = {
        .url = keep(making, bylaw__sql_get_text(sql, 1)),
        .host = keep(making, bylaw__sql_get_text(sql, 2)),
        .verdict = keep(making, bylaw__sql_get_text(sql, 3)),
        .because = keep(making, bylaw__sql_get_text(sql, 4)),
        .rule = keep(making, bylaw__sql_get_text(sql, 5)),
        .confidence = keep(making, bylaw__sql_get_text(sql, 6)),
        .match_class = keep(making, bylaw__sql_get_text(sql, 7)),
        .reason = "",
        .severity = (int)bylaw__sql_get_int(sql, 8),
        .coverage = bylaw__sql_get_real(sql, 9),
        .first_ms = bylaw__sql_get_int(sql, 10),
        .last_ms = bylaw__sql_get_int(sql, 11),
        .changed_ms = bylaw__sql_get_int(sql, 10),
        .audit =
            bylaw__arena_span(making->arena,
                              bylaw__span_of(bylaw__sql_get_text(sql, 12))),
    };

    return put_case(making, &one, bylaw__sql_get_text(sql, 0));
}

/* Those that honour the licence belong to the picture, too. */
static int read_copies(struct making *making,
                       const struct bylaw__case_filter *filter)
{
    struct bylaw__sql sql;
    int rc = 0, end;

    if (filter->state > BYLAW_CASE_NONE)
        return 0;
    sql = bylaw__sql_start(making->store, BYLAW__SQL_COPIES);
    bylaw__sql_text(&sql, filter->source);
    bylaw__sql_text(&sql, filter->host);
    while (!rc && bylaw__sql_row(&sql))
        rc = take_copy(making, &sql);
    end = bylaw__sql_end(&sql, making->err);
    return rc ? rc : end;
}

/* -------------------------------------------------------------- scans --- */

static int take_scan(void *payload, const struct bylaw__scan_row *row)
{
    struct making *making = payload;

    if (bylaw__vec_grow(&making->scans, &making->scan_cap,
                        making->scan_count + 1, sizeof(*making->scans)))
        return no_memory(making);
    making->scans[making->scan_count++] = (struct bylaw_survey_scan){
        .id = row->id,
        .began_ms = row->began_ms,
        .ended_ms = row->ended_ms,
        .outcome = row->outcome,
        .fetched = row->fetched,
        .matched = row->matched,
        .failed = row->failed,
        .changed = row->changed,
    };
    note_time(making, row->ended_ms ? row->ended_ms : row->began_ms);
    return 0;
}

/* ------------------------------------------------------------ together --- */

static int start(struct making *making)
{
    making->arena = bylaw__owner_new(BYLAW_LIMIT_SURVEY_BYTES);
    making->survey = making->arena ? bylaw__arena_alloc(making->arena,
                                                        sizeof(*making->survey))
                                   : NULL;
    if (!making->survey)
        return no_memory(making);
    making->survey->owner = making->arena;
    return 0;
}

static int read_all(struct making *making,
                    const struct bylaw__case_filter *filter)
{
    bylaw__store *store = making->store;
    int rc = bylaw__store_sources(store, take_source, making, making->err);

    if (!rc)
        rc = bylaw__store_scans(store, BYLAW_LIMIT_SURVEY_SCANS, take_scan,
                                making, making->err);
    if (!rc)
        rc = bylaw__store_cases(store, filter, take_case, making, making->err);
    if (!rc)
        rc = read_copies(making, filter);
    if (!rc)
        rc = bylaw__store_metrics(&making->survey->metrics, store, making->err);
    return rc;
}

static int settle(struct making *making)
{
    struct bylaw_survey *survey = making->survey;

    survey->cases = keep_array(making, making->cases, making->case_count,
                               sizeof(*making->cases));
    survey->case_count = making->case_count;
    survey->sources = keep_array(making, making->sources, making->source_count,
                                 sizeof(*making->sources));
    survey->source_count = making->source_count;
    survey->scans = keep_array(making, making->scans, making->scan_count,
                               sizeof(*making->scans));
    survey->scan_count = making->scan_count;
    return making->arena->failed ? no_memory(making) : 0;
}

int bylaw__store_survey(struct bylaw_survey **out, bylaw__store *store,
                        const struct bylaw__case_filter *filter,
                        struct bylaw_error *err)
{
    struct making making = {.store = store, .err = err};
    int rc = start(&making);

    bylaw__buf_init(&making.audit, BYLAW_LIMIT_STORE_VALUE + 1);
    if (!rc)
        rc = read_all(&making, filter);
    if (!rc)
        rc = settle(&making);
    if (rc)
        bylaw__owner_free(making.arena);
    else
        *out = making.survey;
    free(making.cases);
    free(making.sources);
    free(making.scans);
    free(making.events);
    bylaw__map_release(&making.by_name);
    bylaw__buf_release(&making.audit);
    return rc;
}
