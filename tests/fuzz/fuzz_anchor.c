/* SPDX-License-Identifier: Apache-2.0 */
/* What people keep and hand back: checkpoints in mails, entries, stamps. */
#include "evidence/evidence.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every checkpoint that is found is one, and is found again. */
static void find_anchors(struct bylaw_span text)
{
    struct bylaw__anchors anchors = {0}, again = {0};

    if (!bylaw__anchors_find(&anchors, text, "fuzz", NULL)) {
        for (size_t i = 0; i < anchors.count; i++) {
            struct bylaw_span note = {anchors.items[i].note,
                                      anchors.items[i].len};
            struct bylaw__note read;

            if (bylaw__note_read(&read, note, NULL) ||
                bylaw__anchors_find(&again, note, "fuzz", NULL))
                abort();
        }
    }
    bylaw__anchors_release(&anchors);
    bylaw__anchors_release(&again);
}

/* An entry has one spelling. */
static void read_entry(struct bylaw_span text)
{
    struct bylaw__entry entry;
    struct bylaw__buf bytes = {0};
    int64_t row;

    if (!bylaw__entry_read(&entry, text, NULL)) {
        if (bylaw__entry_write(&bytes, &entry, NULL) ||
            !bylaw__span_eq(bylaw__buf_span(&bytes), text))
            abort();
        bylaw__body_int(&row, entry.body, "row");
    }
    bylaw__buf_release(&bytes);
}

/* Nobody is trusted here, so nothing may be found to hold. */
static void read_stamp(struct bylaw_span text)
{
    struct bylaw__stamp stamp;

    if (!bylaw__stamp_check(&stamp, text, BYLAW__SPAN("a note"), "/dev/null",
                            NULL))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw_span text = {(const char *)data, size};

    find_anchors(text);
    read_entry(text);
    read_stamp(text);
    return 0;
}
