/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Real archives: every record is read, and agrees with the digests it names.
 * Reads $BYLAW_CORPUS/warc; prints one line a file.
 */
#include "archive/archive.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

struct totals {
    size_t files, records, pages, revisits, good, bad, losses;
};

static void tell_loss(void *payload, const struct bylaw__warc_loss *loss)
{
    (void)payload;
    printf("  lost: %s: %s\n", loss->why.where, loss->why.what);
}

static void count_digest(struct totals *totals, enum bylaw__digest_state state)
{
    totals->good += state == BYLAW__DIGEST_GOOD;
    totals->bad += state == BYLAW__DIGEST_BAD;
}

static void read_file(struct totals *totals, const char *path)
{
    struct bylaw__warc_options options = {.lost = tell_loss};
    const struct bylaw__warc_record *record;
    struct bylaw__warc_work work = {0};
    struct bylaw__warc_page page;
    struct bylaw_error err = {0};
    bylaw__warc *warc = NULL;

    if (bylaw__warc_open(&warc, path, &options, &err)) {
        printf("  %s\n", err.what);
        totals->losses++;
        return;
    }
    while (!bylaw__warc_next(&record, warc, &err) && record) {
        totals->records++;
        count_digest(totals, bylaw__warc_check_block(record));
        count_digest(totals, bylaw__warc_check_payload(record));
        if (!bylaw__warc_page(&page, &work, record))
            continue;
        totals->pages += !page.is_revisit;
        totals->revisits += page.is_revisit;
    }
    totals->losses += bylaw__warc_losses(warc);
    totals->files++;
    bylaw__warc_work_release(&work);
    bylaw__warc_free(warc);
}

static int read_folder(struct totals *totals, const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;

    if (!dir)
        return -1;
    while ((entry = readdir(dir))) {
        char path[4096];

        if (!strstr(entry->d_name, ".warc"))
            continue;
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        read_file(totals, path);
    }
    closedir(dir);
    return 0;
}

int main(void)
{
    const char *corpus = getenv("BYLAW_CORPUS");
    struct totals totals = {0};
    char folder[2048];

    snprintf(folder, sizeof(folder), "%s/warc", corpus ? corpus : "");
    if (!corpus || read_folder(&totals, folder)) {
        puts("skipped: BYLAW_CORPUS names no folder with archives");
        return 0;
    }
    printf("{\"files\":%zu,\"records\":%zu,\"pages\":%zu,\"revisits\":%zu,"
           "\"digests_good\":%zu,\"digests_bad\":%zu,\"losses\":%zu}\n",
           totals.files, totals.records, totals.pages, totals.revisits,
           totals.good, totals.bad, totals.losses);
    return totals.losses || totals.bad ? 1 : 0;
}
