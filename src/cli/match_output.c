/* SPDX-License-Identifier: Apache-2.0 */
/* Where the lines of bulk matching go: one stream, or a file for each input. */
#include "match_output.h"

#include <jansson.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <zlib.h>

#define NAME_BYTES 160u /* of an input's name in its file's */
#define LEVEL      6
#define LAST_BYTES (64u << 10) /* a summary is no longer */

void cli_match_release(struct match_output *output)
{
    bylaw__buf_release(&output->lines);
}

/* -------------------------------------------------------------- naming --- */

/* The end of the input's path, and a part of its digest: two inputs of one
 * name in different folders have a file each. */
static char *path_of(const struct match_output *output, const char *input)
{
    char sha256[BYLAW__SHA256_HEX], name[NAME_BYTES + 1];
    size_t len = strlen(input);
    char *path = NULL;

    if (bylaw__sha256_hex(sha256, bylaw__span_of(input)))
        return NULL;
    snprintf(name, sizeof(name), "%s",
             input + (len > NAME_BYTES ? len - NAME_BYTES : 0));
    for (char *p = name; *p; p++)
        if (*p == '/' || *p == '\\' || (unsigned char)*p <= ' ' || *p == 0x7f)
            *p = '_';
    if (asprintf(&path, "%s/%s-%.8s.ndjson%s", output->dir, name, sha256,
                 output->is_gzip ? ".gz" : "") < 0)
        return NULL;
    return path;
}

/* --------------------------------------------------------------- resume --- */

/* A file is put in place whole, so that its last line is its summary. */
static bool read_last_line(struct bylaw__buf *out, const char *path)
{
    char piece[16384];
    gzFile file = gzopen(path, "rb");
    bool is_new = true;

    while (file && gzgets(file, piece, sizeof(piece))) {
        size_t len = strlen(piece);

        if (is_new)
            bylaw__buf_clear(out);
        if (out->len < LAST_BYTES)
            bylaw__buf_add(out, piece, len);
        is_new = len && piece[len - 1] == '\n';
    }
    if (file)
        gzclose(file);
    return file && is_new && out->len;
}

static bool says(const json_t *object, const char *key, const char *value)
{
    const char *said = json_string_value(json_object_get(object, key));

    return said && !strcmp(said, value);
}

int cli_match_done(enum match_done *out, const struct match_output *output,
                   const char *input, struct bylaw_error *err)
{
    struct bylaw__buf line = {0};
    json_t *object = NULL;
    char *path = NULL;

    *out = MATCH_TO_DO;
    if (!output->dir)
        return 0;
    path = path_of(output, input);
    if (!path)
        return bylaw__fail_memory(err, input);
    if (read_last_line(&line, path))
        object = json_loadb(line.ptr, line.len, JSON_REJECT_DUPLICATES, NULL);
    if (says(object, "schema", BYLAW__MATCH_SUMMARY_SCHEMA) &&
        says(object, "sources", output->sources) &&
        says(object, "input", input))
        *out = says(object, "outcome", "complete") ? MATCH_DONE
                                                   : MATCH_DONE_DAMAGED;
    json_decref(object);
    bylaw__buf_release(&line);
    free(path);
    return 0;
}

/* -------------------------------------------------------------- writing --- */

int cli_match_lines(struct match_output *output, struct cli *cli,
                    struct bylaw_span lines)
{
    struct bylaw__buf out = {.ptr = (char *)(uintptr_t)lines.ptr,
                             .len = lines.len};

    if (!output->dir)
        return cli_print(cli, &out);
    bylaw__buf_add_span(&output->lines, lines);
    return 0;
}

static int pack(struct bylaw__buf *out, struct bylaw_span text,
                struct bylaw_error *err)
{
    struct libdeflate_compressor *packer = libdeflate_alloc_compressor(LEVEL);
    size_t most = packer ? libdeflate_gzip_compress_bound(packer, text.len) : 0;
    char *room = packer ? bylaw__buf_reserve(out, most) : NULL;

    if (room)
        out->len =
            libdeflate_gzip_compress(packer, text.ptr, text.len, room, most);
    libdeflate_free_compressor(packer);
    return room && out->len ? 0 : bylaw__fail_memory(err, "");
}

static int put_file(const struct match_output *output, const char *input,
                    struct bylaw_error *err)
{
    struct bylaw_span text = bylaw__buf_span(&output->lines);
    struct bylaw__buf packed = {0};
    char *path = path_of(output, input);
    int rc = !path || output->lines.failed ? bylaw__fail_memory(err, input) : 0;

    if (!rc && output->is_gzip)
        rc = pack(&packed, text, err);
    if (!rc)
        rc = bylaw__file_replace(path,
                                 output->is_gzip ? bylaw__buf_span(&packed)
                                                 : text,
                                 err);
    bylaw__buf_release(&packed);
    free(path);
    return rc;
}

int cli_match_end(struct match_output *output, struct cli *cli,
                  const struct bylaw__match_summary *summary, bool is_to_redo)
{
    struct bylaw_error err = {0};
    int rc = 0;

    if (!output->dir)
        return 0;
    if (!is_to_redo) {
        bylaw__match_summary(&output->lines, summary);
        rc = put_file(output, summary->input, &err);
    }
    bylaw__buf_clear(&output->lines);
    if (!rc)
        return 0;
    cli_complain(cli, &err);
    /* A full disk is emptied some day: all that is done stays done. */
    cli->status = err.code == BYLAW_EIO ? CLI_RETRY : CLI_RUNTIME;
    return cli->status;
}
