/* SPDX-License-Identifier: Apache-2.0 */
/* Why a request failed, in words of ours. */
#include "fetch_int.h"

#include <curl/curl.h>

/* A detail is libcurl's own clause, such as why a certificate is not good. */
static const struct {
    CURLcode curl;
    bool has_detail;
    const char *id, *what;
} failures[] = {
    {CURLE_COULDNT_RESOLVE_HOST, false, "fetch.dns",
     "the host name does not resolve"},
    {CURLE_COULDNT_CONNECT, false, "fetch.connect",
     "no connection could be made"},
    {CURLE_OPERATION_TIMEDOUT, false, "fetch.timeout",
     "the other side was too slow"},
    {CURLE_SSL_CONNECT_ERROR, false, "fetch.tls", "the TLS handshake failed"},
    {CURLE_PEER_FAILED_VERIFICATION, true, "fetch.tls",
     "the certificate could not be verified"},
    {CURLE_SSL_CERTPROBLEM, false, "fetch.tls", "the TLS handshake failed"},
    {CURLE_SSL_CIPHER, false, "fetch.tls", "the TLS handshake failed"},
    {CURLE_SSL_CACERT_BADFILE, false, "fetch.ca-file",
     "the file of trusted certificates cannot be used"},
    {CURLE_PARTIAL_FILE, false, "fetch.cut-off",
     "the transfer broke off before its end"},
    {CURLE_RECV_ERROR, false, "fetch.cut-off", "the connection broke off"},
    {CURLE_SEND_ERROR, false, "fetch.cut-off", "the connection broke off"},
    {CURLE_GOT_NOTHING, false, "fetch.cut-off",
     "the other side closed the connection without an answer"},
    {CURLE_HTTP2_STREAM, false, "fetch.cut-off",
     "the transfer broke off before its end"},
    {CURLE_UNSUPPORTED_PROTOCOL, false, "fetch.protocol",
     "the answer is not HTTP"},
    {CURLE_WEIRD_SERVER_REPLY, true, "fetch.protocol",
     "the answer is not HTTP as it is defined"},
};

static void explain_result(struct fetch_exchange *exchange, CURLcode result)
{
    struct bylaw_error *refusal = &exchange->reply->refusal;
    size_t count = sizeof(failures) / sizeof(failures[0]), i = 0;
    const char *detail = exchange->detail;

    while (i < count && failures[i].curl != result)
        i++;
    if (i == count) {
        bylaw__fail(refusal, BYLAW_ENETWORK, "fetch.protocol", exchange->where,
                    "the exchange failed: %s",
                    *detail ? detail : curl_easy_strerror(result));
        return;
    }
    bylaw__fail(refusal,
                result == CURLE_SSL_CACERT_BADFILE ? BYLAW_ECONFIG
                                                   : BYLAW_ENETWORK,
                failures[i].id, exchange->where, "%s%s%s", failures[i].what,
                failures[i].has_detail && *detail ? ": " : "",
                failures[i].has_detail ? detail : "");
}

/* libcurl has a ceiling of its own for one header line (100 KiB), past which
 * it says that memory ran out. */
static bool is_endless_line(const struct fetch_exchange *exchange,
                            CURLcode result)
{
    curl_off_t answered_us = 0;

    curl_easy_getinfo(exchange->curl, CURLINFO_STARTTRANSFER_TIME_T,
                      &answered_us);
    return result == CURLE_OUT_OF_MEMORY && answered_us && !exchange->is_final;
}

int bylaw__explain_failure(struct fetch_exchange *exchange, int curl_code)
{
    CURLcode result = (CURLcode)curl_code;
    struct bylaw_error *refusal = &exchange->reply->refusal;

    if (exchange->failure.code) {
        *refusal = exchange->failure;
    } else if (exchange->decoder.failure.code) {
        *refusal = exchange->decoder.failure;
    } else if (exchange->blocked && !exchange->opened) {
        bylaw__fail(refusal, BYLAW_EREFUSED, "fetch.private-address",
                    exchange->where,
                    "the address %s is not on the public internet",
                    exchange->blocked_address);
    } else if (is_endless_line(exchange, result)) {
        bylaw__fail(refusal, BYLAW_ELIMIT, "fetch.headers", exchange->where,
                    "the header lines are longer than %u bytes",
                    BYLAW_LIMIT_HEADER_BYTES);
    } else if (result == CURLE_OUT_OF_MEMORY) {
        return BYLAW_ENOMEM;
    } else {
        explain_result(exchange, result);
    }
    return refusal->code == BYLAW_ENOMEM ? BYLAW_ENOMEM : 0;
}
