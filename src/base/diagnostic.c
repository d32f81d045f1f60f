/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of diagnostics: every id that a failure can carry, with what
 * `bylaw explain ID` says about it. Kept in order of id (a test checks it, and
 * that no id used in the sources is missing here).
 */
#include "base.h"

static const struct bylaw_diagnostic diagnostics[] = {
    {"base.defect", "an impossible state was reached",
     "Something that the program itself guarantees did not hold. No verdict is "
     "given rather than a doubtful one.",
     "Report it with the command line and, where possible, the input."},
    {"base.memory", "memory ran out",
     "An allocation failed. What was being worked on is given up as a whole; "
     "nothing half-made is reported.",
     "Free memory or give Bylaw a smaller input, then run it again."},
    {"file.directory", "a directory was given where a file was expected",
     "Pages and sources are single files.",
     "Name the file inside the directory."},
    {"file.too-large", "a file is larger than its ceiling",
     "Every input has a ceiling so that a hostile or mistaken one cannot "
     "exhaust the machine; the ceilings are in include/bylaw/limits.h.",
     "Give a smaller file, or only the part that matters."},
    {"file.unreadable", "a file cannot be read",
     "The path does not exist, or permissions or the device refused it.",
     "Check the path and its permissions."},
    {"html.aborted", "a page could not be parsed within its ceilings",
     "Some pages, made so or by mistake, would take a parser minutes and "
     "gigabytes. The parse was given up as a whole, so nothing is known of the "
     "page: no attribution is reported missing on it.",
     "Look at the page in a browser, or audit a saved copy without the part "
     "that the message names."},
    {"html.too-large", "a page is too long as text",
     "A page is converted to UTF-8 before it is read, and that text has a "
     "ceiling; see include/bylaw/limits.h.",
     "Audit a saved copy that holds only the part that matters."},
    {"index.too-many-shingles", "the sources are too many for one index",
     "An index counts its shingles in 32 bits: 4 billion, some six million "
     "articles.",
     "Split the sources over several workspaces or index files."},
};

#define DIAGNOSTIC_COUNT (sizeof(diagnostics) / sizeof(diagnostics[0]))

const struct bylaw_diagnostic *bylaw_diagnostic_find(const char *id)
{
    for (size_t i = 0; id && i < DIAGNOSTIC_COUNT; i++)
        if (!strcmp(diagnostics[i].id, id))
            return &diagnostics[i];
    return NULL;
}

const struct bylaw_diagnostic *bylaw_diagnostic_at(size_t i)
{
    return i < DIAGNOSTIC_COUNT ? &diagnostics[i] : NULL;
}
