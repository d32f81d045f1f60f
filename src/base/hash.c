/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 with the digest fetched once, as OpenSSL 3 looks it up anew
 * otherwise; SHA-1 and HMAC where formats ask for them. */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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
    return bylaw__sha256_of_parts(out, ctx, &message, 1);
}

int bylaw__sha256_of_parts(unsigned char out[BYLAW__SHA256_BYTES],
                           bylaw__sha256 *ctx, const struct bylaw_span *parts,
                           size_t count)
{
    unsigned len = 0;
    int ok = EVP_DigestInit_ex2(ctx->ctx, NULL, NULL);

    for (size_t i = 0; ok && i < count; i++)
        ok = EVP_DigestUpdate(ctx->ctx, parts[i].ptr, parts[i].len);
    if (!ok || !EVP_DigestFinal_ex(ctx->ctx, out, &len))
        return BYLAW_EINTERNAL;
    return len == BYLAW__SHA256_BYTES ? 0 : BYLAW_EINTERNAL;
}

static void put_hex(char out[BYLAW__SHA256_HEX],
                    const unsigned char digest[BYLAW__SHA256_BYTES])
{
    for (size_t i = 0; i < BYLAW__SHA256_BYTES; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

int bylaw__sha256_hex(char out[BYLAW__SHA256_HEX], struct bylaw_span message)
{
    unsigned char digest[BYLAW__SHA256_BYTES];
    bylaw__sha256 *ctx = NULL;
    int rc = bylaw__sha256_new(&ctx, NULL);

    out[0] = '\0';
    if (!rc)
        rc = bylaw__sha256_of(digest, ctx, message);
    if (!rc)
        put_hex(out, digest);
    bylaw__sha256_free(ctx);
    return rc;
}

/* Negative where the file cannot be read to its end; errno says why. */
static int add_file(EVP_MD_CTX *ctx, int fd)
{
    unsigned char piece[65536];
    ssize_t got;

    while ((got = read(fd, piece, sizeof(piece))))
        if (got < 0 && errno != EINTR)
            return -1;
        else if (got > 0 && !EVP_DigestUpdate(ctx, piece, (size_t)got))
            return -1;
    return 0;
}

int bylaw__sha256_file_hex(char out[BYLAW__SHA256_HEX], const char *path,
                           struct bylaw_error *err)
{
    unsigned char digest[BYLAW__SHA256_BYTES];
    bylaw__sha256 *sha = NULL;
    unsigned len = 0;
    int fd, rc = bylaw__sha256_new(&sha, err);

    out[0] = '\0';
    if (rc)
        return rc;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || add_file(sha->ctx, fd))
        rc = bylaw__fail(err, BYLAW_EIO, "file.unreadable", path,
                         "cannot read: %s", strerror(errno));
    else if (!EVP_DigestFinal_ex(sha->ctx, digest, &len))
        rc = BYLAW_EINTERNAL;
    else
        put_hex(out, digest);
    if (fd >= 0)
        close(fd);
    bylaw__sha256_free(sha);
    return rc;
}

int bylaw__sha1_of(unsigned char out[BYLAW__SHA1_BYTES],
                   struct bylaw_span message)
{
    unsigned len = 0;

    return EVP_Digest(message.ptr ? message.ptr : "", message.len, out, &len,
                      EVP_sha1(), NULL) &&
                   len == BYLAW__SHA1_BYTES
               ? 0
               : BYLAW_EINTERNAL;
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
    put_hex(out, digest);
    return 0;
}
