/* SPDX-License-Identifier: Apache-2.0 */
/* Articles become documents of an index file, one at a time. */
#include "pipeline_int.h"

/* The auditor is as it was before the source was added. */
static void drop_last(bylaw_auditor *auditor)
{
    struct prepared_source *entry = &auditor->sources[--auditor->source_count];

    bylaw__packed_tokens_release(&entry->tokens);
    bylaw__query_phrases_free(entry->phrases);
    bylaw_source_free(entry->source);
}

static int fail_empty(const char *spec, struct bylaw_error *err)
{
    return bylaw__fail(err, BYLAW_EUSAGE, "index.empty", spec,
                       "it has no five words in a row to be found by");
}

static int write_last(bylaw__index_writer *writer, const bylaw_auditor *auditor,
                      const struct bylaw__tokens *tokens,
                      struct bylaw_error *err)
{
    const struct bylaw_source *source =
        auditor->sources[auditor->source_count - 1].source;
    struct bylaw__index_document document = {.id = source->id,
                                             .url = source->url,
                                             .title = source->title,
                                             .publisher = source->publisher};

    memcpy(document.sha256, source->sha256, sizeof(document.sha256));
    return bylaw__index_writer_add(writer, &document, tokens, err);
}

int bylaw__pipeline_index_source(bylaw__index_writer *writer,
                                 bylaw_auditor *auditor, const char *spec,
                                 bool (*is_known)(void *payload,
                                                  const char *id),
                                 void *payload, struct bylaw_error *err)
{
    struct bylaw_error why = {0};
    const struct prepared_source *entry;
    struct bylaw__tokens tokens;
    int rc;

    auditor->is_for_file = true;
    rc = bylaw__pipeline_add_source(auditor, spec, NULL, NULL, &why);
    if (rc && why.id && !strcmp(why.id, "extract.empty"))
        return fail_empty(spec, err);
    if (rc) {
        if (err)
            *err = why;
        return rc;
    }
    entry = &auditor->sources[auditor->source_count - 1];
    bylaw__tokens_init(&tokens);
    if (bylaw__tokens_unpack(&tokens, &entry->tokens))
        rc = bylaw__fail_memory(err, spec);
    else if (!bylaw__index_holds(&tokens))
        rc = fail_empty(spec, err);
    else if (is_known && is_known(payload, entry->source->id))
        rc = bylaw__fail(err, BYLAW_EUSAGE, "index.known", spec,
                         "an article \"%s\" is in the index already",
                         entry->source->id);
    if (!rc)
        rc = write_last(writer, auditor, &tokens, err);
    bylaw__tokens_release(&tokens);
    drop_last(auditor);
    return rc;
}
