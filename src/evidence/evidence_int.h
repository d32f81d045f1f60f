/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the evidence room share. */
#ifndef BYLAW_EVIDENCE_INT_H
#define BYLAW_EVIDENCE_INT_H

#include "evidence/evidence.h"

int bylaw__key_sign(unsigned char out[BYLAW__SIGNATURE_BYTES],
                    const bylaw__key *key, struct bylaw_span message,
                    struct bylaw_error *err);
bool bylaw__key_verify(const bylaw__key *key, struct bylaw_span message,
                       const unsigned char signature[BYLAW__SIGNATURE_BYTES]);

/** Makes the names in a file's folder last a power cut. */
int bylaw__folder_sync(const char *path, struct bylaw_error *err);

/** Cuts the next line off; false where no LF ends one. */
bool bylaw__line_take(struct bylaw_span *out, struct bylaw_span *rest);
/** A decimal in its one spelling: no sign, no leading zero. */
bool bylaw__decimal_read(int64_t *out, struct bylaw_span digits);

#endif
