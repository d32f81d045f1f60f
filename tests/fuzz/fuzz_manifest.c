/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a source manifest: a whole source, or a complaint. */
#include "rules/rules.h"

#include <stdlib.h>

const char *__lsan_default_suppressions(void);

/* libfyaml 0.7.12 forgets a buffer of its scanner for some malformed scalars;
 * nothing of ours hangs on it, and a broken file is read once. */
const char *__lsan_default_suppressions(void)
{
    return "leak:libfyaml";
}

static void require(int holds)
{
    if (!holds)
        abort();
}

static void check_list(const char *const *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        require(items[i] && items[i][0]);
}

static void check_source(const struct bylaw_source *source, const char *text)
{
    require(source->id && source->id[0] && source->path && !source->document);
    require(source->url || text);
    require(!text || !strncmp(text, "folder/", 7));
    check_list(source->authors, source->author_count);
    check_list(source->holders, source->holder_count);
    check_list(source->aliases, source->alias_count);
    check_list(source->upstream.authors, source->upstream.author_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw_span yaml = {(const char *)data, size};
    struct bylaw_source *source = NULL;
    struct bylaw_error err = {0};
    char *text = NULL;
    int rc =
        bylaw__manifest_read(&source, &text, yaml, "folder/source.yaml", &err);

    require((rc == 0) == (source != NULL));
    if (rc)
        require(!text && err.code == rc && err.id && err.what[0] &&
                bylaw_diagnostic_find(err.id));
    else
        check_source(source, text);
    bylaw_source_free(source);
    free(text);
    return 0;
}
