/* SPDX-License-Identifier: Apache-2.0 */
/* The workspace's articles, made ready for the whole scan. */
#include "scan_int.h"

#include <stdlib.h>

struct loading {
    struct scan *scan;
    struct bylaw_error *err;
};

/* The store knows the article by a name of its own. */
static int rename_last(bylaw_auditor *auditor, const char *name,
                       struct bylaw_error *err)
{
    struct bylaw_source *source =
        auditor->sources[auditor->source_count - 1].source;

    source->id = bylaw__arena_strdup(source->owner, name);
    return source->id ? 0 : bylaw__fail_memory(err, name);
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

/* An article that cannot be read now is told; the others are looked for. */
static int load_row(void *payload, const struct bylaw__source_row *row)
{
    struct loading *loading = payload;
    struct scan *scan = loading->scan;
    struct bylaw_error why = {0};
    int rc;

    if (strcmp(row->kind, "article") != 0)
        return 0;
    rc = bylaw__pipeline_add_source(scan->auditor, row->spec, row->url,
                                    row->rule, &why);
    if (!rc)
        return rename_last(scan->auditor, row->name, loading->err);
    if (rc == BYLAW_ENOMEM || rc == BYLAW_EINTERNAL) {
        if (loading->err)
            *loading->err = why;
        return rc;
    }
    bylaw__scan_complain(scan, &why);
    return skip(scan, row->name, loading->err);
}

int bylaw__scan_sources(struct scan *scan, struct bylaw_error *err)
{
    struct loading loading = {scan, err};
    int rc = bylaw__store_sources(scan->store, load_row, &loading, err);

    if (rc)
        return rc;
    if (!bylaw_auditor_source_count(scan->auditor))
        return bylaw__fail(err, BYLAW_ECONFIG, "scan.no-sources",
                           scan->options->store_path,
                           "the workspace has no article to look for");
    return bylaw__pipeline_ready(scan->auditor, err);
}
