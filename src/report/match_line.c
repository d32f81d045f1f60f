/* SPDX-License-Identifier: Apache-2.0 */
/* What bulk matching finds, one JSON object a line: written, and read again. */
#include "report_int.h"

#include <jansson.h>

#define SCHEMA       "bylaw.match/1"
#define ID_PREFIX    "bylaw-match 1\n"
#define COVER_DIGITS 4 /* of a share */

static void add_member(struct bylaw__json *json, const char *key,
                       const char *text)
{
    bylaw__json_key(json, key);
    bylaw__json_text(json, text && *text ? text : NULL);
}

static void add_number(struct bylaw__json *json, const char *key,
                       uint64_t value)
{
    bylaw__json_key(json, key);
    bylaw__json_int(json, (int64_t)value);
}

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

static void add_range(struct bylaw__json *json, const char *key,
                      struct bylaw_range range)
{
    bylaw__json_key(json, key);
    bylaw__json_array(json);
    bylaw__json_int(json, range.begin);
    bylaw__json_int(json, range.end);
    bylaw__json_array_end(json);
}

static void add_spans(struct bylaw__json *json, const struct bylaw_match *match)
{
    bylaw__json_key(json, "spans");
    bylaw__json_array(json);
    for (size_t i = 0; i < match->span_count; i++) {
        bylaw__json_object(json);
        add_range(json, "source", match->spans[i].source);
        add_range(json, "page", match->spans[i].page);
        add_number(json, "edit_distance", match->spans[i].edit_distance);
        bylaw__json_object_end(json);
    }
    bylaw__json_array_end(json);
}

static void add_match(struct bylaw__json *json, const struct bylaw_match *match)
{
    bylaw__json_key(json, "match");
    bylaw__json_object(json);
    add_member(json, "class", bylaw_match_class_name(match->class));
    bylaw__json_key(json, "source_coverage");
    bylaw__json_real(json, match->source_coverage, COVER_DIGITS);
    bylaw__json_key(json, "page_coverage");
    bylaw__json_real(json, match->page_coverage, COVER_DIGITS);
    add_number(json, "copied_words", match->copied_words);
    add_number(json, "quoted_words", match->quoted_words);
    add_number(json, "longest_run", match->longest_run);
    add_spans(json, match);
    bylaw__json_object_end(json);
}

static void add_page(struct bylaw__json *json,
                     const struct bylaw__match_line *line)
{
    bylaw__json_key(json, "page");
    bylaw__json_object(json);
    add_member(json, "url", line->page_url);
    add_member(json, "captured_at", line->captured_at);
    add_member(json, "sha256", line->page_sha256);
    add_member(json, "title", line->page_title);
    add_member(json, "language", line->page_language);
    bylaw__json_key(json, "complete");
    bylaw__json_bool(json, line->is_complete);
    bylaw__json_object_end(json);
    bylaw__json_key(json, "archive");
    bylaw__json_object(json);
    add_member(json, "file", line->file);
    add_number(json, "offset", line->offset);
    add_number(json, "length", line->length);
    add_member(json, "record", line->record);
    bylaw__json_object_end(json);
}

int bylaw__match_line_write(struct bylaw__buf *out,
                            const struct bylaw__match_line *line,
                            const struct bylaw_match *match)
{
    char id[BYLAW__SHA256_HEX];
    struct bylaw__json json;

    if (make_id(id, line))
        return BYLAW_ENOMEM;
    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    add_member(&json, "schema", SCHEMA);
    add_member(&json, "id", id);
    add_page(&json, line);
    bylaw__json_key(&json, "source");
    bylaw__json_object(&json);
    add_member(&json, "id", line->source_id);
    add_member(&json, "url", line->source_url);
    add_member(&json, "title", line->source_title);
    add_member(&json, "sha256", line->source_sha256);
    bylaw__json_object_end(&json);
    add_match(&json, match);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
    return out->failed ? BYLAW_ENOMEM : 0;
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
        *out_is_match = is_good;
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

/* ------------------------------------------------------------- summary --- */

static void add_counts(struct bylaw__json *json,
                       const struct bylaw__match_counts *counts)
{
    add_number(json, "bytes", counts->bytes);
    add_number(json, "records", counts->records);
    add_number(json, "revisits", counts->revisits);
    add_number(json, "pages", counts->pages);
    add_number(json, "screened_out", counts->screened);
    add_number(json, "unread", counts->unread);
    add_number(json, "matches", counts->matches);
    add_number(json, "losses", counts->losses);
}

void bylaw__match_summary(struct bylaw__buf *out,
                          const struct bylaw__match_summary *summary)
{
    struct bylaw__json json;

    bylaw__json_init(&json, out, false);
    bylaw__json_object(&json);
    add_member(&json, "schema", BYLAW__MATCH_SUMMARY_SCHEMA);
    add_member(&json, "input", summary->input);
    if (!summary->input) {
        add_number(&json, "inputs", summary->inputs);
        add_number(&json, "skipped", summary->skipped);
        add_number(&json, "failed", summary->failed);
    }
    add_member(&json, "sources", summary->sources);
    add_member(&json, "outcome", summary->outcome);
    add_member(&json, "why", summary->why);
    add_counts(&json, &summary->counts);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}
