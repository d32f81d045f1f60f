/* SPDX-License-Identifier: Apache-2.0 */
/* What a capture's connection told beside the bytes: "bylaw.capture/1". */
#include "capture_int.h"

static void add_text(struct bylaw__json *json, const char *key,
                     const char *value)
{
    if (value && *value)
        bylaw__json_add_text(json, key, value);
}

static void add_int(struct bylaw__json *json, const char *key, uint64_t value)
{
    if (value)
        bylaw__json_add_count(json, key, value);
}

static void add_time(struct bylaw__json *json, const char *key, int64_t ms)
{
    char text[BYLAW__TIME_BYTES];

    bylaw__time_format(text, ms);
    add_text(json, key, text);
}

static void add_certificates(struct bylaw__json *json,
                             const struct bylaw_exchange *exchange)
{
    struct bylaw__buf text = {0};

    if (!exchange->certificate_count)
        return;
    bylaw__json_key(json, "certificates");
    bylaw__json_array(json);
    for (size_t i = 0; i < exchange->certificate_count; i++) {
        bylaw__buf_clear(&text);
        bylaw__buf_add_base64(&text, exchange->certificates[i]);
        bylaw__json_span(json, bylaw__buf_span(&text));
    }
    bylaw__json_array_end(json);
    json->out->failed |= text.failed;
    bylaw__buf_release(&text);
}

static void add_timings(struct bylaw__json *json,
                        const struct bylaw_exchange *exchange)
{
    bylaw__json_key(json, "timings_us");
    bylaw__json_object(json);
    add_int(json, "resolved", exchange->resolved_us);
    add_int(json, "connected", exchange->connected_us);
    add_int(json, "secured", exchange->secured_us);
    add_int(json, "answered", exchange->answered_us);
    add_int(json, "ended", exchange->ended_us);
    bylaw__json_object_end(json);
}

static void add_hop(struct bylaw__json *json, const struct bylaw_hop *hop)
{
    const struct bylaw_exchange *exchange = hop->exchange;

    bylaw__json_object(json);
    add_text(json, "url", hop->url);
    add_int(json, "status", (uint64_t)hop->status);
    add_text(json, "address", hop->address);
    if (exchange) {
        add_time(json, "began_at", exchange->began_ms);
        add_int(json, "port", exchange->port);
        add_text(json, "protocol", exchange->protocol);
        if (exchange->is_reused) {
            bylaw__json_key(json, "reused");
            bylaw__json_bool(json, true);
        }
        add_text(json, "tls", exchange->tls);
        add_text(json, "cipher", exchange->cipher);
        add_certificates(json, exchange);
        add_timings(json, exchange);
    }
    bylaw__json_object_end(json);
}

static void add_refusal(struct bylaw__json *json,
                        const struct bylaw_error *refusal)
{
    if (!refusal->code)
        return;
    bylaw__json_key(json, "refusal");
    bylaw__json_object(json);
    add_text(json, "id", refusal->id);
    add_text(json, "where", refusal->where);
    add_text(json, "what", refusal->what);
    bylaw__json_object_end(json);
}

static void add_body(struct bylaw__json *json,
                     const struct bylaw_response *response)
{
    char hex[BYLAW__SHA256_HEX];

    if (!response->body.len)
        return;
    if (bylaw__sha256_hex(hex, response->body))
        json->out->failed = true;
    add_text(json, "body_sha256", hex); /* decoded, as it was judged */
    add_int(json, "body_bytes", response->body.len);
    add_int(json, "wire_bytes", response->wire_bytes);
    if (response->is_truncated) {
        bylaw__json_key(json, "truncated");
        bylaw__json_bool(json, true);
    }
}

void bylaw__capture_facts(struct bylaw__buf *out,
                          const struct bylaw_response *response)
{
    struct bylaw__json json;

    bylaw__json_init(&json, out, true);
    bylaw__json_object(&json);
    add_text(&json, "schema", "bylaw.capture/1");
    add_text(&json, "url", response->url);
    add_text(&json, "final_url", response->final_url);
    add_time(&json, "fetched_at", response->fetched_at_ms);
    add_int(&json, "status", (uint64_t)response->status);
    add_refusal(&json, &response->refusal);
    add_body(&json, response);
    bylaw__json_key(&json, "hops");
    bylaw__json_array(&json);
    for (size_t i = 0; i < response->hop_count; i++)
        add_hop(&json, &response->hops[i]);
    bylaw__json_array_end(&json);
    bylaw__json_object_end(&json);
    bylaw__buf_add_char(out, '\n');
}
