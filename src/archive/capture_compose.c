/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The records of one capture: for each hop the request as it was sent and the
 * answer as it came, then a record of what the connection told.
 */
#include "capture_int.h"

#define PROFILE "http://netpreserve.org/warc/1.1/revisit/"

#define REQUEST_TYPE  "application/http;msgtype=request"
#define RESPONSE_TYPE "application/http;msgtype=response"

/* Header lines that say how a body came, not what is kept of it, with the name
 * that archives give them then. */
static const struct {
    const char *name, *renamed;
    bool of_part;    /* renamed only where the body is a part */
    bool of_decoded; /* only where its content-encoding was undone */
} renamed[] = {
    {"transfer-encoding", "X-Crawler-Transfer-Encoding", false, false},
    {"content-length", "X-Crawler-Content-Length", true, true},
    {"content-encoding", "X-Crawler-Content-Encoding", false, true},
};

static const char *new_name(struct bylaw_span name, bool is_whole,
                            bool is_encoded)
{
    for (size_t i = 0; i < sizeof(renamed) / sizeof(renamed[0]); i++)
        if (bylaw__span_is_nocase(name, renamed[i].name))
            return (!renamed[i].of_part && !renamed[i].of_decoded) ||
                           (renamed[i].of_part && !is_whole) ||
                           (renamed[i].of_decoded && !is_encoded)
                       ? renamed[i].renamed
                       : NULL;
    return NULL;
}

/* HTTP/2 has no version line of its own; readers know this one. */
static void add_first_line(struct bylaw__buf *out, struct bylaw_span line)
{
    static const struct bylaw_span wide = {"HTTP/2", 6};
    size_t at = bylaw__span_find(line, wide);
    struct bylaw_span behind;

    if (at == SIZE_MAX) {
        bylaw__buf_add_span(out, line);
        return;
    }
    behind = bylaw__span_sub(line, at + wide.len, line.len);
    if (bylaw__span_starts(behind, ".0"))
        behind = bylaw__span_sub(behind, 2, behind.len);
    bylaw__buf_add_span(out, bylaw__span_sub(line, 0, at));
    bylaw__buf_add_text(out, "HTTP/1.1");
    bylaw__buf_add_span(out, behind);
}

void bylaw__capture_head(struct bylaw__buf *out, struct bylaw_span head,
                         bool is_whole, bool is_encoded)
{
    size_t pos = bylaw__span_find(head, BYLAW__SPAN("\n"));

    if (pos == SIZE_MAX) {
        bylaw__buf_add_span(out, head);
        bylaw__buf_add_text(out, "\r\n\r\n");
        return;
    }
    add_first_line(out, bylaw__span_sub(head, 0, ++pos));
    while (pos < head.len) {
        struct bylaw_span name, value, line;
        size_t begin = pos;
        const char *other = NULL;

        if (bylaw__field_next(&name, &value, head, &pos))
            other = new_name(name, is_whole, is_encoded);
        else
            pos = head.len;
        line = bylaw__span_sub(head, begin, pos);
        if (other) {
            bylaw__buf_add_text(out, other);
            line =
                bylaw__span_sub(line, bylaw__span_find(line, BYLAW__SPAN(":")),
                                line.len);
        }
        bylaw__buf_add_span(out, line);
    }
    if (!bylaw__warc_header_end(bylaw__buf_span(out), 0))
        bylaw__buf_add_text(out, "\r\n");
}

/* -------------------------------------------------------------- one hop --- */

/** What is known of a hop, from the wire or else from the response. */
struct hop {
    const char *url, *address, *protocol, *cipher, *truncated;
    int64_t at_ms;
    struct bylaw_span sent, head, body;
    bool is_whole, is_encoded, has_answer;
};

static const char *truncation_of(const struct bylaw_response *response)
{
    static const struct {
        const char *id, *word;
    } words[] = {
        {"fetch.too-large", "length"},     {"fetch.ratio", "length"},
        {"fetch.headers", "length"},       {"fetch.timeout", "time"},
        {"fetch.encoding", "unspecified"},
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (response->refusal.id && !strcmp(response->refusal.id, words[i].id))
            return words[i].word;
    return "disconnect";
}

static struct hop read_hop(const struct bylaw_response *response, size_t i)
{
    const struct bylaw_hop *from = &response->hops[i];
    const struct bylaw_exchange *exchange = from->exchange;
    bool is_last = i + 1 == response->hop_count;
    struct hop hop = {.url = from->url,
                      .address = from->address,
                      .at_ms = response->fetched_at_ms,
                      .is_whole = true};

    if (exchange) {
        hop.at_ms = exchange->began_ms;
        hop.sent = exchange->sent;
        hop.head = exchange->head;
        hop.body = exchange->body;
        hop.is_whole = !exchange->is_truncated;
        hop.is_encoded = true;
        hop.protocol = exchange->protocol;
        hop.cipher = exchange->cipher;
    } else if (is_last && from->status) {
        hop.head = response->headers;
        hop.body = response->body;
        hop.is_whole = !response->is_truncated;
    }
    hop.truncated = hop.is_whole ? NULL
                    : is_last    ? truncation_of(response)
                                 : "unspecified";
    hop.has_answer = from->status && hop.head.len;
    return hop;
}

static int pack_request(char id[64], struct bylaw__buf *file,
                        struct capture_packer *packer, const struct hop *hop,
                        struct bylaw_error *err)
{
    struct capture_record record = {.type = "request",
                                    .uri = hop->url,
                                    .at_ms = hop->at_ms,
                                    .content_type = REQUEST_TYPE,
                                    .address = hop->address,
                                    .protocol = hop->protocol,
                                    .cipher = hop->cipher};
    struct capture_packed packed;
    struct bylaw__buf head = {0};
    int rc;

    bylaw__capture_head(&head, hop->sent, true, true);
    record.head = bylaw__buf_span(&head);
    rc = head.failed ? bylaw__fail_memory(err, hop->url)
                     : bylaw__capture_pack(&packed, file, packer, &record, err);
    if (!rc)
        memcpy(id, packed.id, sizeof(packed.id));
    bylaw__buf_release(&head);
    return rc;
}

/* How the answer compares with one that was captured before. */
static const char *profile_of(char payload[BYLAW__SHA256_HEX],
                              const struct hop *hop,
                              const struct bylaw_response *response,
                              const struct bylaw__capture_before *before,
                              bool is_last)
{
    if (!before || !is_last || !hop->is_whole)
        return NULL;
    if (response->status == 304)
        return PROFILE "server-not-modified";
    if (bylaw__sha256_hex(payload, hop->body) ||
        strcmp(payload, before->payload_sha256) != 0)
        return NULL;
    return PROFILE "identical-payload-digest";
}

static int pack_answer(struct capture_packed *out, enum bylaw__warc_kind *kind,
                       struct bylaw__buf *file, struct capture_packer *packer,
                       const struct hop *hop, const char *request,
                       const struct bylaw_response *response,
                       const struct bylaw__capture_before *before, bool is_last,
                       struct bylaw_error *err)
{
    char payload[BYLAW__SHA256_HEX] = "";
    const char *profile = profile_of(payload, hop, response, before, is_last);
    struct capture_record record = {
        .type = profile ? "revisit" : "response",
        .uri = hop->url,
        .at_ms = hop->at_ms,
        .content_type = RESPONSE_TYPE,
        .concurrent_to = request,
        .address = hop->address,
        .protocol = hop->protocol,
        .cipher = hop->cipher,
        .truncated = hop->truncated,
        .profile = profile,
        .before = profile ? before : NULL,
        .body = profile ? BYLAW__SPAN("") : hop->body,
        .has_payload = !profile,
        .payload_sha256 = *payload && profile ? payload : NULL,
    };
    struct bylaw__buf head = {0};
    int rc;

    bylaw__capture_head(&head, hop->head, hop->is_whole, hop->is_encoded);
    record.head = bylaw__buf_span(&head);
    rc = head.failed ? bylaw__fail_memory(err, hop->url)
                     : bylaw__capture_pack(out, file, packer, &record, err);
    *kind = profile ? BYLAW__WARC_REVISIT : BYLAW__WARC_RESPONSE;
    bylaw__buf_release(&head);
    return rc;
}

/* ------------------------------------------------------------------ all --- */

void bylaw__capture_tell(struct bylaw__captured *out,
                         const struct capture_packed *packed,
                         enum bylaw__warc_kind kind)
{
    out->kind = kind;
    out->offset = packed->offset;
    out->length = packed->length;
    memcpy(out->sha256, packed->sha256, sizeof(out->sha256));
    memcpy(out->id, packed->id, sizeof(out->id));
    memcpy(out->payload_sha256, packed->payload_sha256,
           sizeof(out->payload_sha256));
}

/* *id: of the last record that others may be concurrent to. */
static int pack_hop(struct bylaw__captured *out, char id[64],
                    struct bylaw__buf *file, struct capture_packer *packer,
                    const struct bylaw_response *response,
                    const struct bylaw__capture_before *before, size_t i,
                    struct bylaw_error *err)
{
    struct hop hop = read_hop(response, i);
    bool is_last = i + 1 == response->hop_count;
    struct capture_packed packed;
    enum bylaw__warc_kind kind;
    char request[64] = "";
    int rc = 0;

    if (hop.sent.len)
        rc = pack_request(request, file, packer, &hop, err);
    if (rc || !hop.has_answer) {
        memcpy(id, request, sizeof(request));
        return rc;
    }
    rc = pack_answer(&packed, &kind, file, packer, &hop, request, response,
                     before, is_last, err);
    if (rc)
        return rc;
    memcpy(id, packed.id, sizeof(packed.id));
    if (is_last)
        bylaw__capture_tell(out, &packed, kind);
    return 0;
}

static int pack_facts(struct bylaw__captured *out, const char *id,
                      struct bylaw__buf *file, struct capture_packer *packer,
                      const struct bylaw_response *response,
                      struct bylaw_error *err)
{
    struct capture_record record = {.type = "metadata",
                                    .uri = *response->final_url
                                               ? response->final_url
                                               : response->url,
                                    .at_ms = response->fetched_at_ms,
                                    .content_type = "application/json",
                                    .concurrent_to = id};
    struct capture_packed packed;
    struct bylaw__buf facts = {0};
    int rc;

    bylaw__capture_facts(&facts, response);
    record.body = bylaw__buf_span(&facts);
    rc = facts.failed
             ? bylaw__fail_memory(err, response->url)
             : bylaw__capture_pack(&packed, file, packer, &record, err);
    if (!rc && !out->length)
        bylaw__capture_tell(out, &packed, BYLAW__WARC_METADATA);
    bylaw__buf_release(&facts);
    return rc;
}

int bylaw__capture_compose(struct bylaw__captured *out, struct bylaw__buf *file,
                           struct capture_packer *packer,
                           const struct bylaw_response *response,
                           const struct bylaw__capture_before *before,
                           struct bylaw_error *err)
{
    char id[64] = "";
    int rc = 0;

    packer->serial = 0;
    for (size_t i = 0; !rc && i < response->hop_count; i++)
        rc = pack_hop(out, id, file, packer, response, before, i, err);
    return rc ? rc : pack_facts(out, id, file, packer, response, err);
}
