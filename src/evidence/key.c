/* SPDX-License-Identifier: Apache-2.0 */
/* The Ed25519 key that signs checkpoints, and its file. */
#include "evidence_int.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct bylaw__key {
    EVP_PKEY *pkey;
    unsigned char public[BYLAW__KEY_BYTES];
};

static int fail_key(const char *path, struct bylaw_error *err)
{
    return bylaw__fail(err, BYLAW_EIO, "ledger.key-damaged", path,
                       "it holds no Ed25519 key");
}

/* Takes pkey over; on failure, too. */
static int wrap(bylaw__key **out, EVP_PKEY *pkey, const char *path,
                struct bylaw_error *err)
{
    bylaw__key *key = pkey ? calloc(1, sizeof(*key)) : NULL;
    size_t len = sizeof(key->public);

    if (!key) {
        EVP_PKEY_free(pkey);
        return pkey ? bylaw__fail_memory(err, path) : fail_key(path, err);
    }
    key->pkey = pkey;
    if (EVP_PKEY_get_id(pkey) != EVP_PKEY_ED25519 ||
        !EVP_PKEY_get_raw_public_key(pkey, key->public, &len) ||
        len != sizeof(key->public)) {
        bylaw__key_free(key);
        return fail_key(path, err);
    }
    *out = key;
    return 0;
}

void bylaw__key_free(bylaw__key *key)
{
    if (!key)
        return;
    EVP_PKEY_free(key->pkey);
    free(key);
}

const unsigned char *bylaw__key_public(const bylaw__key *key)
{
    return key->public;
}

int bylaw__key_of_public(bylaw__key **out,
                         const unsigned char bytes[BYLAW__KEY_BYTES],
                         struct bylaw_error *err)
{
    return wrap(out,
                EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, bytes,
                                            BYLAW__KEY_BYTES),
                "", err);
}

/* ---------------------------------------------------------------- files --- */

static int fail_file(const char *path, const char *what,
                     struct bylaw_error *err)
{
    return bylaw__fail(err, BYLAW_EIO, "ledger.key-file", path, "%s: %s", what,
                       strerror(errno));
}

/* The key and its name in the folder are on disk before anything is signed. */
static int write_file(const char *path, struct bylaw_span bytes,
                      struct bylaw_error *err)
{
    int fd =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool is_done;

    if (fd < 0 && errno == EEXIST)
        return bylaw__fail(err, BYLAW_EUSAGE, "ledger.key-exists", path,
                           "there is a file of that name already");
    if (fd < 0)
        return fail_file(path, "cannot be made", err);
    is_done =
        write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len && !fsync(fd);
    is_done = !close(fd) && is_done;
    if (is_done)
        return bylaw__folder_sync(path, err);
    fail_file(path, "cannot be written", err);
    unlink(path);
    return err ? err->code : BYLAW_EIO;
}

int bylaw__key_make(const char *path, struct bylaw_error *err)
{
    EVP_PKEY *pkey = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    BIO *bio = BIO_new(BIO_s_secmem());
    char *pem = NULL;
    long len = 0;
    int rc;

    if (pkey && bio &&
        PEM_write_bio_PKCS8PrivateKey(bio, pkey, NULL, NULL, 0, NULL, NULL))
        len = BIO_get_mem_data(bio, &pem);
    rc = len > 0 ? write_file(path, (struct bylaw_span){pem, (size_t)len}, err)
                 : bylaw__fail(err, BYLAW_EINTERNAL, "base.defect", path,
                               "OpenSSL makes no Ed25519 key");
    BIO_free(bio);
    EVP_PKEY_free(pkey);
    return rc;
}

/* Whoever can read the key can write another past; whoever can write it can
 * have the ledger signed by a key of theirs. */
static int check_mode(const char *path, struct bylaw_error *err)
{
    struct stat st;

    if (stat(path, &st))
        return fail_file(path, "cannot be looked at", err);
    if (S_ISREG(st.st_mode) && !(st.st_mode & 077))
        return 0;
    return bylaw__fail(err, BYLAW_EIO, "ledger.key-exposed", path,
                       "others than its owner may read or write it");
}

/* A key with a passphrase is not one that a scan can use. */
static int no_passphrase(char *buf, int size, int is_writing, void *payload)
{
    (void)buf;
    (void)size;
    (void)is_writing;
    (void)payload;
    return 0;
}

int bylaw__key_load(bylaw__key **out, const char *path, struct bylaw_error *err)
{
    struct bylaw__buf pem;
    EVP_PKEY *pkey = NULL;
    BIO *bio;
    int rc = check_mode(path, err);

    *out = NULL;
    bylaw__buf_init(&pem, BYLAW_LIMIT_SECRET_BYTES);
    if (!rc)
        rc = bylaw__file_read(&pem, path, err);
    if (!rc) {
        bio = BIO_new_mem_buf(pem.ptr ? pem.ptr : "", (int)pem.len);
        if (bio)
            pkey = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL);
        BIO_free(bio);
        rc = wrap(out, pkey, path, err);
    }
    if (pem.ptr)
        OPENSSL_cleanse(pem.ptr, pem.cap);
    bylaw__buf_release(&pem);
    return rc;
}

int bylaw__key_public_pem(struct bylaw__buf *out, const bylaw__key *key,
                          struct bylaw_error *err)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char *pem = NULL;
    long len = bio && PEM_write_bio_PUBKEY(bio, key->pkey)
                   ? BIO_get_mem_data(bio, &pem)
                   : 0;

    bylaw__buf_add(out, pem, len > 0 ? (size_t)len : 0);
    BIO_free(bio);
    return len <= 0 || out->failed ? bylaw__fail_memory(err, "") : 0;
}

/* ----------------------------------------------------------- signatures --- */

int bylaw__key_sign(unsigned char out[BYLAW__SIGNATURE_BYTES],
                    const bylaw__key *key, struct bylaw_span message,
                    struct bylaw_error *err)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    size_t len = BYLAW__SIGNATURE_BYTES;
    bool is_signed =
        ctx && EVP_DigestSignInit(ctx, NULL, NULL, NULL, key->pkey) > 0 &&
        EVP_DigestSign(ctx, out, &len, (const unsigned char *)message.ptr,
                       message.len) > 0;

    EVP_MD_CTX_free(ctx);
    return is_signed && len == BYLAW__SIGNATURE_BYTES
               ? 0
               : bylaw__fail(err, BYLAW_EINTERNAL, "base.defect", "",
                             "OpenSSL does not sign");
}

bool bylaw__key_verify(const bylaw__key *key, struct bylaw_span message,
                       const unsigned char signature[BYLAW__SIGNATURE_BYTES])
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool is_good =
        ctx && EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, key->pkey) > 0 &&
        EVP_DigestVerify(ctx, signature, BYLAW__SIGNATURE_BYTES,
                         (const unsigned char *)message.ptr, message.len) == 1;

    EVP_MD_CTX_free(ctx);
    return is_good;
}
