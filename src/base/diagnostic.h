/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of diagnostics that make up the one which callers see. */
#ifndef BYLAW_DIAGNOSTIC_H
#define BYLAW_DIAGNOSTIC_H

#include "base.h"

/** Rows in order of id. */
struct bylaw__diagnostics {
    const struct bylaw_diagnostic *rows;
    size_t count;
};
extern const struct bylaw__diagnostics bylaw__evidence_diagnostics;
extern const struct bylaw__diagnostics bylaw__usage_diagnostics;

#endif
