/* SPDX-License-Identifier: Apache-2.0 */
/* Captures that nobody asked for: in the folder, and in no entry. */
#include "pipeline_int.h"
#include "verify_int.h"

#include "archive/archive.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t key_of(const char *file, uint64_t offset)
{
    char text[320];
    int len = snprintf(text, sizeof(text), "%.255s %" PRIu64, file, offset);

    return bylaw__hash64((struct bylaw_span){text, (size_t)len});
}

int bylaw__orphans_know(struct bylaw__map *known, const char *file,
                        uint64_t offset)
{
    return bylaw__map_put(known, key_of(file, offset), 1);
}

/* Requests, notes on a capture and answers that only led on stand beside the
 * answer that an entry names. */
static bool stands_alone(const struct bylaw__warc_record *record)
{
    struct bylaw__warc_work work = {0};
    struct bylaw__warc_page page;
    bool is_answer = (record->kind == BYLAW__WARC_RESPONSE ||
                      record->kind == BYLAW__WARC_REVISIT ||
                      record->kind == BYLAW__WARC_RESOURCE) &&
                     bylaw__warc_page(&page, &work, record) &&
                     (page.status < 300 || page.status >= 400);

    bylaw__warc_work_release(&work);
    return is_answer;
}

static int look_through(const struct orphans *o, const char *folder,
                        const char *file)
{
    const struct bylaw__warc_record *record = NULL;
    bylaw__warc *warc = NULL;
    char *path = NULL;
    int rc = asprintf(&path, "%s/%s", folder, file) < 0 ? BYLAW_ENOMEM : 0;

    /* What cannot be read is told of where an entry names it. */
    if (!rc && bylaw__warc_open(&warc, path, NULL, NULL)) {
        free(path);
        return 0;
    }
    while (!rc && !bylaw__warc_next(&record, warc, NULL) && record)
        if (stands_alone(record) &&
            !bylaw__map_get(o->known, key_of(file, record->offset), NULL))
            o->tell(o->payload, file, record->offset);
    bylaw__warc_free(warc);
    free(path);
    return rc;
}

static int is_archive(const struct dirent *entry)
{
    return strstr(entry->d_name, ".warc") != NULL;
}

int bylaw__orphans_find(const struct orphans *o, const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_archive, alphasort);
    int rc = 0;

    for (int i = 0; i < count; i++) {
        if (!rc)
            rc = look_through(o, folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return rc;
}
