/* SPDX-License-Identifier: Apache-2.0 */
/* What bulk matching finds, one JSON object a line: written, and read again. */
#include "report_int.h"

#include <jansson.h>

#define SCHEMA    "bylaw.match/1"
#define ID_PREFIX "bylaw-match 1\n"

/* The same copy of the same article at the same time is the same match,
 * whichever archive or run it comes from. */
static int make_id(char out[BYLAW__SHA256_HEX],
                   const struct bylaw__match_line *line)
{
    struct bylaw__buf text = {0};
    int rc;

    bylaw__buf_printf(&text, ID_PREFIX "%s\n%s\n%s\n%s\n%s\n", line->page_url,
                      line->captured_at, line->page_sha256, line->source_id,
                      line->source_sha256);
    rc = text.failed || bylaw__sha256_hex(out, bylaw__buf_span(&text));
    bylaw__buf_release(&text);
    return rc ? BYLAW_ENOMEM : 0;
}

static void add_page(struct bylaw__json *json,
                     const struct bylaw__match_line *line)
{
    bylaw__json_key(json, "page");
    bylaw__json_object(json);
    bylaw__report_text_json(json, "url", line->page_url);
    bylaw__report_text_json(json, "captured_at", line->captured_at);
    bylaw__report_text_json(json, "sha256", line->page_sha256);
    bylaw__report_text_json(json, "title", line->page_title);
    bylaw__report_text_json(json, "language", line->page_language);
    bylaw__json_key(json, "complete");
    bylaw__json_bool(json, line->is_complete);
    bylaw__json_object_end(json);
    bylaw__json_key(json, "archive");
    bylaw__json_object(json);
    bylaw__report_text_json(json, "file", line->file);
    bylaw__json_add_count(json, "offset", line->offset);
    bylaw__json_add_count(json, "length", line->length);
    bylaw__report_text_json(json, "record", line->record);
    if (line->refers_to && *line->refers_to)
        bylaw__report_text_json(json, "refers_to", line->refers_to);
    bylaw__json_object_end(json);
}

/* All of a line but the match. */
static int begin_line(struct bylaw__json *json, struct bylaw__buf *out,
                      const struct bylaw__match_line *line)
{
    char id[BYLAW__SHA256_HEX];

    if (make_id(id, line))
        return BYLAW_ENOMEM;
    bylaw__json_init(json, out, false);
    bylaw__json_object(json);
    bylaw__report_text_json(json, "schema", SCHEMA);
    bylaw__report_text_json(json, "id", id);
    add_page(json, line);
    bylaw__json_key(json, "source");
    bylaw__json_object(json);
    bylaw__report_text_json(json, "id", line->source_id);
    bylaw__report_text_json(json, "url", line->source_url);
    bylaw__report_text_json(json, "title", line->source_title);
    bylaw__report_text_json(json, "sha256", line->source_sha256);
    bylaw__json_object_end(json);
    bylaw__json_key(json, "match");
    return 0;
}

static int end_line(struct bylaw__json *json, struct bylaw__buf *out)
{
    bylaw__json_object_end(json);
    bylaw__buf_add_char(out, '\n');
    return out->failed ? BYLAW_ENOMEM : 0;
}

int bylaw__match_line_write(struct bylaw__buf *out,
                            const struct bylaw__match_line *line,
                            const struct bylaw_match *match)
{
    struct bylaw__json json;

    if (begin_line(&json, out, line))
        return BYLAW_ENOMEM;
    bylaw__json_object(&json);
    bylaw__report_match_members(&json, match);
    bylaw__json_object_end(&json);
    return end_line(&json, out);
}

/* ------------------------------------------------------------- reading --- */

static const char *text_of(struct bylaw__arena *arena, const json_t *object,
                           const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return bylaw__arena_strdup(arena, text ? text : "");
}

static bool is_hex(const char *text)
{
    size_t len = strspn(text, "0123456789abcdef");

    return len == BYLAW__SHA256_HEX - 1 && !text[len];
}

static void read_members(struct bylaw__match_line *out,
                         struct bylaw__arena *arena, const json_t *object)
{
    const json_t *page = json_object_get(object, "page");
    const json_t *source = json_object_get(object, "source");
    const json_t *archive = json_object_get(object, "archive");

    *out = (struct bylaw__match_line){
        .id = text_of(arena, object, "id"),
        .page_url = text_of(arena, page, "url"),
        .captured_at = text_of(arena, page, "captured_at"),
        .page_sha256 = text_of(arena, page, "sha256"),
        .page_title = text_of(arena, page, "title"),
        .page_language = text_of(arena, page, "language"),
        .is_complete = json_is_true(json_object_get(page, "complete")),
        .file = text_of(arena, archive, "file"),
        .record = text_of(arena, archive, "record"),
        .source_id = text_of(arena, source, "id"),
        .source_url = text_of(arena, source, "url"),
        .source_title = text_of(arena, source, "title"),
        .source_sha256 = text_of(arena, source, "sha256"),
    };
}

/* A line says of itself which match it is: one that was altered is none. */
static bool is_whole(const struct bylaw__match_line *line, const json_t *object)
{
    const char *class = json_string_value(
        json_object_get(json_object_get(object, "match"), "class"));
    char id[BYLAW__SHA256_HEX];

    return class && is_hex(line->id) && *line->page_url &&
           is_hex(line->page_sha256) && is_hex(line->source_sha256) &&
           *line->source_id && !make_id(id, line) && !strcmp(id, line->id);
}

static bool is_hint(const json_t *object)
{
    const char *class = json_string_value(
        json_object_get(json_object_get(object, "match"), "class"));

    return !strcmp(class, bylaw_match_class_name(BYLAW_MATCH_NONE)) ||
           !strcmp(class, bylaw_match_class_name(BYLAW_MATCH_TRANSLATION));
}

static bool is_schema(const json_t *object, const char *schema)
{
    const char *said = json_string_value(json_object_get(object, "schema"));

    return said && !strcmp(said, schema);
}

int bylaw__match_line_read(struct bylaw__match_line *out, bool *out_is_match,
                           struct bylaw__arena *arena, struct bylaw_span line,
                           struct bylaw_error *err)
{
    json_t *object = NULL;
    bool is_good = line.len <= BYLAW_LIMIT_MATCH_LINE;

    *out_is_match = false;
    if (is_good)
        object = json_loadb(line.ptr ? line.ptr : "", line.len,
                            JSON_REJECT_DUPLICATES, NULL);
    is_good = json_is_object(object);
    if (is_good && is_schema(object, SCHEMA)) {
        read_members(out, arena, object);
        is_good = !arena->failed && is_whole(out, object);
        /* What is only like an article is for a person to look at. */
        *out_is_match = is_good && !is_hint(object);
    } else if (is_good) {
        is_good = is_schema(object, BYLAW__MATCH_SUMMARY_SCHEMA);
    }
    json_decref(object);
    if (arena->failed)
        return bylaw__fail_memory(err, "");
    return is_good ? 0
                   : bylaw__fail(err, BYLAW_EPARSE, "import.line", "",
                                 "a line is none that `bylaw match` wrote, or "
                                 "was altered");
}

/* ----------------------------------------------------------- once more --- */

/* Quotation marks inside a text are escaped: only the member itself reads so. */
#define MATCH_MEMBER ",\"match\":"

/* What stands behind the member's name, without the end of the line. */
static struct bylaw_span match_of(struct bylaw_span line)
{
    size_t at = bylaw__span_find(line, BYLAW__SPAN(MATCH_MEMBER));
    struct bylaw_span match;

    if (at == SIZE_MAX)
        return (struct bylaw_span){NULL, 0};
    match = bylaw__span_trim(
        bylaw__span_sub(line, at + strlen(MATCH_MEMBER), line.len));
    return bylaw__span_sub(match, 0, match.len ? match.len - 1 : 0);
}

int bylaw__match_line_again(struct bylaw__buf *out, struct bylaw_span line,
                            const struct bylaw__match_line *place)
{
    struct bylaw__match_line again = {0};
    struct bylaw_span match = match_of(line);
    struct bylaw__arena arena;
    struct bylaw__json json;
    bool is_match;
    int rc;

    bylaw__arena_init(&arena, 0);
    rc = bylaw__match_line_read(&again, &is_match, &arena, line, NULL);
    if (!rc && match.len) {
        again.refers_to = again.record;
        again.page_url = place->page_url;
        again.captured_at = place->captured_at;
        again.file = place->file;
        again.record = place->record;
        again.offset = place->offset;
        again.length = place->length;
        rc = begin_line(&json, out, &again);
        if (!rc)
            bylaw__json_raw(&json, match);
        if (!rc)
            rc = end_line(&json, out);
    }
    bylaw__arena_release(&arena);
    return rc;
}

/* ------------------------------------------------------------- summary --- */

static void add_counts(struct bylaw__json *json,
                       const struct bylaw__match_counts *counts)
{
    bylaw__json_add_count(json, "bytes", counts->bytes);
    bylaw__json_add_count(json, "records", counts->records);
    bylaw__json_add_count(json, "revisits", counts->revisits);
    bylaw__json_add_count(json, "pages", counts->pages);
    bylaw__json_add_count(json, "screened_out", counts->screened);
    bylaw__json_add_count(json, "unread", counts->unread);
    bylaw__json_add_count(json, "matches", counts->matches);
    bylaw__json_add_count(json, "losses", counts->losses);
}

void bylaw__match_summary(struct bylaw__buf *out,
                          const struct bylaw__match_summary *summary)
{
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    bylaw__report_text_json(&json, "schema", BYLAW__MATCH_SUMMARY_SCHEMA);
    bylaw__report_text_json(&json, "input", summary->input);
    if (!summary->input) {
        bylaw__json_add_count(&json, "inputs", summary->inputs);
        bylaw__json_add_count(&json, "skipped", summary->skipped);
        bylaw__json_add_count(&json, "failed", summary->failed);
    }
    bylaw__report_text_json(&json, "sources", summary->sources);
    bylaw__report_text_json(&json, "outcome", summary->outcome);
    bylaw__report_text_json(&json, "why", summary->why);
    add_counts(&json, &summary->counts);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}
