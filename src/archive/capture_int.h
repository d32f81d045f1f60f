/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files that write captures only. */
#ifndef BYLAW_CAPTURE_INT_H
#define BYLAW_CAPTURE_INT_H

#include "archive_int.h"

/** A record to be written. NULL and empty: not said. */
struct capture_record {
    const char *type; /* "response" */
    const char *uri;
    int64_t at_ms;
    const char *content_type;
    const char *concurrent_to; /* id of another record */
    const char *address, *protocol, *cipher;
    const char *truncated, *profile;
    const struct bylaw__capture_before *before; /* of a revisit */
    struct bylaw_span head, body; /* of the block; the body is the payload */
    bool has_payload;
    const char *payload_sha256; /* of a revisit: of the body elsewhere */
};

/** A record as it was packed. */
struct capture_packed {
    uint64_t offset, length; /* in the buffer */
    char id[64];
    char sha256[BYLAW__SHA256_HEX];
    char payload_sha256[BYLAW__SHA256_HEX];
};

/** Memory kept from record to record. */
struct capture_packer {
    struct libdeflate_compressor *deflate;
    bylaw__sha256 *sha;
    struct bylaw__buf block, plain;
    unsigned serial; /* tells records of one capture apart in their ids */
};

int bylaw__capture_packer_open(struct capture_packer *packer,
                               struct bylaw_error *err);
void bylaw__capture_packer_release(struct capture_packer *packer);
/** Appends one record as a gzip member. */
int bylaw__capture_pack(struct capture_packed *out, struct bylaw__buf *file,
                        struct capture_packer *packer,
                        const struct capture_record *record,
                        struct bylaw_error *err);

/** Appends the records of a response to a buffer. *out: of the one that
 *  answers; its offset is in the buffer. */
int bylaw__capture_compose(struct bylaw__captured *out, struct bylaw__buf *file,
                           struct capture_packer *packer,
                           const struct bylaw_response *response,
                           const struct bylaw__capture_before *before,
                           struct bylaw_error *err);
/** Copies what was packed to what is told. */
void bylaw__capture_tell(struct bylaw__captured *out,
                         const struct capture_packed *packed,
                         enum bylaw__warc_kind kind);

/** Appends header lines as an archive must have them: those that do not hold
 *  of the body beside them are renamed. */
void bylaw__capture_head(struct bylaw__buf *out, struct bylaw_span head,
                         bool is_whole, bool is_encoded);
/** Appends the JSON of a capture's metadata record. */
void bylaw__capture_facts(struct bylaw__buf *out,
                          const struct bylaw_response *response);

/** Cuts off what a crash left of a record, and seals the files that are open.
 *  *out_next: number of the next file. */
int bylaw__captures_mend(unsigned *out_next, const char *folder,
                         const struct bylaw__captures_options *options,
                         struct bylaw_error *err);
/** Names, digests and renames an open file; all of it is on disk then. */
int bylaw__captures_seal(const char *folder, const char *file,
                         struct bylaw_error *err);

#endif
