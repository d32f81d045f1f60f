/* SPDX-License-Identifier: Apache-2.0 */
/* Rules that ask for more than those of the library, for planted credit. */
#include "judge_bench.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Wishes, so that the page's verdict is that of the rule they extend. */
#define MORE                                                                   \
    "samples: null\nrequests:\n"                                               \
    "  - {id: credit.line, text: \"This article was originally published on "  \
    "{publisher}.\"}\n"                                                        \
    "  - {id: credit.placement, what: publisher, at: bottom}\n"                \
    "  - {id: link.anchor, text: [\"{publisher}\", \"{title}\"]}\n"            \
    "  - {id: keep.title}\n  - {id: keep.whole}\n  - {id: seo.canonical}\n"    \
    "  - {id: track.pixel, host: " PIXEL_HOST ", path: \"/count/{id}.gif\"}\n"

static void stop(const char *what)
{
    fprintf(stderr, "bench_judge: %s cannot be made\n", what);
    exit(2);
}

/* more: requests besides, of what the family does not ask itself */
static void write_rule(const char *dir, const char *id, const char *family,
                       const char *more)
{
    char path[PATH_MAX];
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s.yaml", dir, id);
    file = fopen(path, "wb");
    if (!file ||
        fprintf(file, "id: %s\nextends: %s\n" MORE "%s", id, family, more) <
            0 ||
        fclose(file))
        stop(path);
}

static void link_all(const char *dir, const char *rules_dir)
{
    DIR *folder = opendir(rules_dir);
    char whole[PATH_MAX], from[2 * PATH_MAX], to[PATH_MAX];
    struct dirent *entry;

    if (!folder || !realpath(rules_dir, whole))
        stop(rules_dir);
    while ((entry = readdir(folder))) {
        snprintf(from, sizeof(from), "%s/%s", whole, entry->d_name);
        snprintf(to, sizeof(to), "%s/%s", dir, entry->d_name);
        if (entry->d_name[0] != '.' && symlink(from, to))
            stop(to);
    }
    closedir(folder);
}

char *planted_rules(const char *rules_dir)
{
    char *dir = strdup("/tmp/bench_judge.rules.XXXXXX");

    if (!dir || !mkdtemp(dir))
        stop("a folder of rules");
    link_all(dir, rules_dir);
    write_rule(dir, "planted-research", "global-research", "");
    write_rule(dir, "planted-by", "cc-by-4.0", "  - {id: keep.text}\n");
    return dir;
}

void planted_rules_remove(char *dir)
{
    DIR *folder = opendir(dir);
    char path[PATH_MAX];
    struct dirent *entry;

    while (folder && (entry = readdir(folder))) {
        snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
            unlink(path);
    }
    if (folder)
        closedir(folder);
    rmdir(dir);
    free(dir);
}
