/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 with the digest fetched once: OpenSSL 3 looks it up anew otherwise */
#include "base.h"

#include <limits.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>

struct bylaw__sha256 {
    EVP_MD *md;
    EVP_MD_CTX *ctx;
};

int bylaw__sha256_new(bylaw__sha256 **out, struct bylaw_error *err)
{
    bylaw__sha256 *sha = calloc(1, sizeof(*sha));

    if (!sha)
        return bylaw__fail_memory(err, "");
    sha->md = EVP_MD_fetch(NULL, "SHA256", NULL);
    sha->ctx = EVP_MD_CTX_new();
    if (!sha->md || !sha->ctx || !EVP_DigestInit_ex2(sha->ctx, sha->md, NULL)) {
        bylaw__sha256_free(sha);
        return bylaw__fail(err, BYLAW_EINTERNAL, "base.defect", "",
                           "OpenSSL offers no SHA-256");
    }
    *out = sha;
    return 0;
}

void bylaw__sha256_free(bylaw__sha256 *ctx)
{
    if (!ctx)
        return;
    EVP_MD_CTX_free(ctx->ctx);
    EVP_MD_free(ctx->md);
    free(ctx);
}

int bylaw__sha256_of(unsigned char out[BYLAW__SHA256_BYTES], bylaw__sha256 *ctx,
                     struct bylaw_span message)
{
    unsigned len = 0;

    if (!EVP_DigestInit_ex2(ctx->ctx, NULL, NULL) ||
        !EVP_DigestUpdate(ctx->ctx, message.ptr, message.len) ||
        !EVP_DigestFinal_ex(ctx->ctx, out, &len))
        return BYLAW_EINTERNAL;
    return len == BYLAW__SHA256_BYTES ? 0 : BYLAW_EINTERNAL;
}

int bylaw__sha256_hex(char out[BYLAW__SHA256_HEX], struct bylaw_span message)
{
    unsigned char digest[BYLAW__SHA256_BYTES];
    bylaw__sha256 *ctx = NULL;
    int rc = bylaw__sha256_new(&ctx, NULL);

    out[0] = '\0';
    if (!rc)
        rc = bylaw__sha256_of(digest, ctx, message);
    for (size_t i = 0; !rc && i < sizeof(digest); i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
    bylaw__sha256_free(ctx);
    return rc;
}

int bylaw__hmac_sha256_hex(char out[BYLAW__SHA256_HEX], struct bylaw_span key,
                           struct bylaw_span message)
{
    unsigned char digest[BYLAW__SHA256_BYTES];
    unsigned len = 0;

    out[0] = '\0';
    if (key.len > INT_MAX ||
        !HMAC(EVP_sha256(), key.ptr ? key.ptr : "", (int)key.len,
              (const unsigned char *)message.ptr, message.len, digest, &len) ||
        len != sizeof(digest))
        return BYLAW_EINTERNAL;
    for (size_t i = 0; i < sizeof(digest); i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
    return 0;
}
