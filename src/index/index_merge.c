/* SPDX-License-Identifier: Apache-2.0 */
/* Many sorted runs read as one: a heap of their first postings. */
#include "index_write.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static const struct posting *head_of(const struct index_merge *merge, size_t at)
{
    const struct index_run *run = &merge->w->runs[merge->heap[at]];

    return &run->items[run->next];
}

static bool comes_before(const struct posting *a, const struct posting *b)
{
    if (a->key != b->key)
        return a->key < b->key;
    return a->source != b->source ? a->source < b->source : a->word < b->word;
}

static void swap(struct index_merge *merge, size_t a, size_t b)
{
    size_t run = merge->heap[a];

    merge->heap[a] = merge->heap[b];
    merge->heap[b] = run;
}

static void sift_down(struct index_merge *merge, size_t at)
{
    for (;;) {
        size_t child = at * 2 + 1;

        if (child + 1 < merge->count &&
            comes_before(head_of(merge, child + 1), head_of(merge, child)))
            child++;
        if (child >= merge->count ||
            !comes_before(head_of(merge, child), head_of(merge, at)))
            return;
        swap(merge, at, child);
        at = child;
    }
}

/* Some more of a run. */
static int read_run(struct bylaw__index_writer *w, struct index_run *run,
                    struct bylaw_error *err)
{
    size_t wanted =
        run->left < INDEX_RUN_POSTINGS ? (size_t)run->left : INDEX_RUN_POSTINGS;
    char *room = (char *)run->items;
    size_t len = wanted * sizeof(*run->items), got = 0;

    while (got < len) {
        ssize_t some =
            pread(w->run_fd, room + got, len - got, (off_t)(run->at + got));

        if (some < 0 && errno == EINTR)
            continue;
        if (some <= 0)
            return index_write_fail(w, err);
        got += (size_t)some;
    }
    run->at += len;
    run->left -= wanted;
    run->count = wanted;
    run->next = 0;
    return 0;
}

int index_merge_begin(struct index_merge *merge, struct bylaw__index_writer *w,
                      struct bylaw_error *err)
{
    int rc = 0;

    *merge = (struct index_merge){.w = w};
    merge->heap = calloc(w->run_count + 1, sizeof(*merge->heap));
    if (!merge->heap)
        return bylaw__fail_memory(err, w->path);
    for (size_t i = 0; !rc && i < w->run_count; i++) {
        struct index_run *run = &w->runs[i];

        run->items = calloc(INDEX_RUN_POSTINGS, sizeof(*run->items));
        rc = run->items ? read_run(w, run, err)
                        : bylaw__fail_memory(err, w->path);
        merge->heap[merge->count++] = i;
    }
    for (size_t i = merge->count; !rc && i-- > 0;)
        sift_down(merge, i);
    return rc;
}

bool index_merge_next(struct posting *out, int *rc, struct index_merge *merge,
                      struct bylaw_error *err)
{
    struct index_run *run;

    if (!merge->count)
        return false;
    run = &merge->w->runs[merge->heap[0]];
    *out = run->items[run->next++];
    if (run->next == run->count && run->left)
        *rc = read_run(merge->w, run, err);
    else if (run->next == run->count)
        merge->heap[0] = merge->heap[--merge->count];
    if (!*rc && merge->count)
        sift_down(merge, 0);
    return !*rc;
}

void index_merge_end(struct index_merge *merge)
{
    for (size_t i = 0; merge->w && i < merge->w->run_count; i++) {
        free(merge->w->runs[i].items);
        merge->w->runs[i].items = NULL;
    }
    free(merge->heap);
}
