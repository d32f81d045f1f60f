/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates made as they are needed: none is kept, so none runs out. */
#include "net/fault_server.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#define DAY_SECONDS (24 * 60 * 60)

static const struct {
    const char *common_name, *alternatives;
    long begins_s, ends_s; /* from now */
} identities[] = {
    [FAULT_SELF_SIGNED] = {"localhost",
                           "DNS:localhost,DNS:site.example,"
                           "DNS:*.site.example,IP:127.0.0.1",
                           -DAY_SECONDS, DAY_SECONDS},
    [FAULT_WRONG_HOST] = {"elsewhere.example", "DNS:elsewhere.example",
                          -DAY_SECONDS, DAY_SECONDS},
    [FAULT_EXPIRED] = {"localhost", "DNS:localhost,IP:127.0.0.1",
                       -2 * DAY_SECONDS, -DAY_SECONDS},
};

static bool add_extension(X509 *certificate, int nid, const char *value)
{
    X509V3_CTX context;
    X509_EXTENSION *extension;
    bool added;

    X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
    extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    added = extension && X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    return added;
}

static bool fill(X509 *certificate, EVP_PKEY *key, enum fault_identity identity)
{
    X509_NAME *name = X509_get_subject_name(certificate);
    const unsigned char *common =
        (const unsigned char *)identities[identity].common_name;

    return X509_set_version(certificate, 2) &&
           ASN1_INTEGER_set(X509_get_serialNumber(certificate),
                            1 + (long)identity) &&
           X509_gmtime_adj(X509_getm_notBefore(certificate),
                           identities[identity].begins_s) &&
           X509_gmtime_adj(X509_getm_notAfter(certificate),
                           identities[identity].ends_s) &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common, -1, -1,
                                      0) &&
           X509_set_issuer_name(certificate, name) &&
           X509_set_pubkey(certificate, key) &&
           add_extension(certificate, NID_subject_alt_name,
                         identities[identity].alternatives) &&
           X509_sign(certificate, key, EVP_sha256());
}

static bool write_pem(struct bylaw__buf *pem, X509 *certificate)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char *bytes = NULL;
    long len = 0;

    if (bio && PEM_write_bio_X509(bio, certificate))
        len = BIO_get_mem_data(bio, &bytes);
    if (len > 0)
        bylaw__buf_add(pem, bytes, (size_t)len);
    BIO_free(bio);
    return len > 0;
}

SSL_CTX *fault_certificate_new(enum fault_identity identity,
                               struct bylaw__buf *pem)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();

    if (!context || !key || !certificate || !fill(certificate, key, identity) ||
        !write_pem(pem, certificate) ||
        !SSL_CTX_use_certificate(context, certificate) ||
        !SSL_CTX_use_PrivateKey(context, key)) {
        SSL_CTX_free(context);
        context = NULL;
    }
    X509_free(certificate);
    EVP_PKEY_free(key);
    return context;
}
