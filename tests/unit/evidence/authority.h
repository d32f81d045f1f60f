/* SPDX-License-Identifier: Apache-2.0 */
/* A time-stamp authority made for one test, honest or not. */
#ifndef BYLAW_TEST_AUTHORITY_H
#define BYLAW_TEST_AUTHORITY_H

#include "evidence/evidence.h"

#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define DAY_S ((time_t)86400)

struct authority {
    EVP_PKEY *root_key, *key;
    X509 *root, *cert;
    char ca_path[64];
    time_t at; /* what its clock says */
};

static inline X509 *make_cert(EVP_PKEY *key, const char *name, X509 *issuer,
                              EVP_PKEY *issuer_key, time_t from, time_t to,
                              const char *usage)
{
    X509 *cert = X509_new();
    X509V3_CTX ctx;
    X509_EXTENSION *extension;

    X509_set_version(cert, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 7);
    ASN1_TIME_set(X509_getm_notBefore(cert), from);
    ASN1_TIME_set(X509_getm_notAfter(cert), to);
    X509_set_pubkey(cert, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(cert), "CN", MBSTRING_ASC,
                               (const unsigned char *)name, -1, -1, 0);
    X509_set_issuer_name(cert, issuer ? X509_get_subject_name(issuer)
                                      : X509_get_subject_name(cert));
    X509V3_set_ctx(&ctx, issuer ? issuer : cert, cert, NULL, NULL, 0);
    extension =
        X509V3_EXT_conf_nid(NULL, &ctx,
                            issuer ? NID_ext_key_usage : NID_basic_constraints,
                            issuer ? usage : "critical,CA:TRUE");
    assert_non_null(extension);
    X509_add_ext(cert, extension, -1);
    X509_EXTENSION_free(extension);
    assert_true(X509_sign(cert, issuer_key, EVP_sha256()) > 0);
    return cert;
}

/* Its certificate holds from and to, in days from now. */
static inline struct authority new_authority(int from, int to)
{
    time_t now = time(NULL);
    struct authority a = {.ca_path = "/tmp/bylaw-ca-XXXXXX", .at = now};
    int fd = mkstemp(a.ca_path);
    FILE *file = fdopen(fd, "w");

    a.root_key = EVP_RSA_gen(2048);
    a.key = EVP_RSA_gen(2048);
    a.root = make_cert(a.root_key, "Root", NULL, a.root_key, now - 3650 * DAY_S,
                       now + 3650 * DAY_S, NULL);
    a.cert = make_cert(a.key, "Stamps", a.root, a.root_key, now + from * DAY_S,
                       now + to * DAY_S, "critical,timeStamping");
    assert_true(PEM_write_X509(file, a.root));
    fclose(file);
    return a;
}

static inline void drop_authority(struct authority *a)
{
    unlink(a->ca_path);
    X509_free(a->root);
    X509_free(a->cert);
    EVP_PKEY_free(a->root_key);
    EVP_PKEY_free(a->key);
}

static ASN1_INTEGER *give_serial(struct TS_resp_ctx *ctx, void *payload)
{
    ASN1_INTEGER *serial = ASN1_INTEGER_new();

    (void)ctx;
    (void)payload;
    ASN1_INTEGER_set(serial, 1);
    return serial;
}

static int give_time(struct TS_resp_ctx *ctx, void *payload, long *seconds,
                     long *micros)
{
    (void)ctx;
    *seconds = (long)((const struct authority *)payload)->at;
    *micros = 0;
    return 1;
}

/* What it answers to a request (DER). */
static inline TS_RESP *answer(struct authority *a, struct bylaw_span request)
{
    TS_RESP_CTX *ctx = TS_RESP_CTX_new();
    ASN1_OBJECT *policy = OBJ_txt2obj("1.2.3.4", 1);
    BIO *bio = BIO_new_mem_buf(request.ptr, (int)request.len);
    TS_RESP *resp;

    TS_RESP_CTX_set_serial_cb(ctx, give_serial, NULL);
    TS_RESP_CTX_set_time_cb(ctx, give_time, a);
    assert_true(TS_RESP_CTX_set_signer_cert(ctx, a->cert));
    assert_true(TS_RESP_CTX_set_signer_key(ctx, a->key));
    TS_RESP_CTX_set_signer_digest(ctx, EVP_sha256());
    TS_RESP_CTX_set_def_policy(ctx, policy);
    TS_RESP_CTX_add_md(ctx, EVP_sha256());
    resp = TS_RESP_create_response(ctx, bio);
    assert_non_null(resp);
    ASN1_OBJECT_free(policy);
    BIO_free(bio);
    TS_RESP_CTX_free(ctx);
    return resp;
}

static inline void add_der(struct bylaw__buf *out, TS_RESP *resp)
{
    unsigned char *der = NULL;
    int len = i2d_TS_RESP(resp, &der);

    assert_true(len > 0);
    bylaw__buf_add(out, der, (size_t)len);
    OPENSSL_free(der);
}

/* A stamp of a message, as it comes over the wire. */
static inline struct bylaw__buf stamp_of(struct authority *a,
                                         const char *message)
{
    struct bylaw__buf request = {0}, out = {0};
    TS_RESP *resp;

    assert_int_equal(bylaw__stamp_request(&request, bylaw__span_of(message),
                                          NULL),
                     0);
    resp = answer(a, bylaw__buf_span(&request));
    add_der(&out, resp);
    assert_true(
        bylaw__stamp_answers(bylaw__buf_span(&out), bylaw__buf_span(&request)));
    TS_RESP_free(resp);
    bylaw__buf_release(&request);
    return out;
}

#endif
