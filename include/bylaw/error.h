/* SPDX-License-Identifier: Apache-2.0 */
/* How a function says what went wrong: by hand, in an argument. */
#ifndef BYLAW_ERROR_H
#define BYLAW_ERROR_H

#include <bylaw/span.h>

/* One row a code: name, value, sentence. Every failing function returns one. */
#define BYLAW_ERROR_CODES(X)                                                   \
    X(OK, 0, "no error")                                                       \
    X(ENOMEM, -1, "memory ran out")                                            \
    X(EUSAGE, -2, "the call or the command line is wrong")                     \
    X(ECONFIG, -3, "a rule, manifest or configuration file is wrong")          \
    X(EIO, -4, "a file could not be read or written")                          \
    X(EPARSE, -5, "input is malformed")                                        \
    X(ELIMIT, -6, "a ceiling was reached")                                     \
    X(EREFUSED, -7, "an address or scheme is not allowed")                     \
    X(ENETWORK, -8, "the network or the other side failed")                    \
    X(EABORTED, -9, "a time or memory budget was spent")                       \
    X(EUNSUPPORTED, -10, "the input is of a kind that is not handled")         \
    X(EINTERNAL, -11, "a defect in this program")

enum bylaw_error_code {
#define X(name, value, sentence) BYLAW_##name = (value),
    BYLAW_ERROR_CODES(X)
#undef X
};

/**
 * What went wrong, where, why, and under which diagnostic id.
 *
 * Fixed size, never allocates. A function writes it only when it fails, so a
 * caller may pass the same one to several calls. NULL is accepted everywhere.
 */
struct bylaw_error {
    int code;        /**< enum bylaw_error_code; 0 until something failed */
    const char *id;  /**< diagnostic id such as "fetch.private-address"; static
                          text, known to `bylaw explain`; NULL when code is 0 */
    char where[512]; /**< "file:line:column", URL or "" when nowhere */
    char what[512];  /**< one clause, no full stop, no newline */
};

/** Name of a code, "EPARSE"; "unknown" for values that are none. Static. */
BYLAW_API const char *bylaw_error_name(int code);

/** One sentence on a code. Static text. */
BYLAW_API const char *bylaw_error_sentence(int code);

/** One row of the table of diagnostics: what `bylaw explain ID` prints. */
struct bylaw_diagnostic {
    const char *id;      /**< "fetch.private-address" */
    const char *summary; /**< one line: what happened */
    const char *meaning; /**< why Bylaw stops here, in a few sentences */
    const char *hint;    /**< what to do about it, one imperative sentence */
};

/** The row for an id; NULL when there is none. Static. */
BYLAW_API const struct bylaw_diagnostic *bylaw_diagnostic_find(const char *id);

/** Row number i of the table, in order of id; NULL past the end. Static. */
BYLAW_API const struct bylaw_diagnostic *bylaw_diagnostic_at(size_t i);

#endif
