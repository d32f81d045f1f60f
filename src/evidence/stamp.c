/* SPDX-License-Identifier: Apache-2.0 */
/* Time stamps of RFC 3161: asked for, and checked as hostile input. */
#include "evidence_int.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs7.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509_vfy.h>
#include <stdlib.h>
#include <time.h>

#define NONCE_BYTES 8

static int refuse(struct bylaw_error *err, const char *id, const char *what)
{
    ERR_clear_error();
    return bylaw__fail(err, BYLAW_EPARSE, id, "", "%s", what);
}

/* -------------------------------------------------------------- asking --- */

static TS_MSG_IMPRINT *imprint_of(struct bylaw_span message)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();

    if (imprint && algorithm &&
        EVP_Digest(message.ptr, message.len, digest, &len, EVP_sha256(),
                   NULL)) {
        X509_ALGOR_set_md(algorithm, EVP_sha256());
        if (TS_MSG_IMPRINT_set_algo(imprint, algorithm) &&
            TS_MSG_IMPRINT_set_msg(imprint, digest, (int)len)) {
            X509_ALGOR_free(algorithm);
            return imprint;
        }
    }
    X509_ALGOR_free(algorithm);
    TS_MSG_IMPRINT_free(imprint);
    return NULL;
}

/* Makes an old answer useless to whoever stands in between. */
static bool add_nonce(TS_REQ *request)
{
    unsigned char bytes[NONCE_BYTES];
    BIGNUM *number = NULL;
    ASN1_INTEGER *nonce = NULL;
    bool is_done;

    if (RAND_bytes(bytes, sizeof(bytes)) == 1)
        number = BN_bin2bn(bytes, sizeof(bytes), NULL);
    if (number)
        nonce = BN_to_ASN1_INTEGER(number, NULL);
    is_done = nonce && TS_REQ_set_nonce(request, nonce);
    ASN1_INTEGER_free(nonce);
    BN_free(number);
    return is_done;
}

int bylaw__stamp_request(struct bylaw__buf *out, struct bylaw_span message,
                         struct bylaw_error *err)
{
    TS_REQ *request = TS_REQ_new();
    TS_MSG_IMPRINT *imprint = imprint_of(message);
    unsigned char *der = NULL;
    int len = -1;

    if (request && imprint && TS_REQ_set_version(request, 1) &&
        TS_REQ_set_msg_imprint(request, imprint) &&
        TS_REQ_set_cert_req(request, 1) && add_nonce(request))
        len = i2d_TS_REQ(request, &der);
    if (len > 0)
        bylaw__buf_add(out, der, (size_t)len);
    OPENSSL_free(der);
    TS_MSG_IMPRINT_free(imprint);
    TS_REQ_free(request);
    return len <= 0 || out->failed ? bylaw__fail_memory(err, "") : 0;
}

bool bylaw__stamp_answers(struct bylaw_span answer, struct bylaw_span request)
{
    const unsigned char *at = (const unsigned char *)request.ptr;
    const unsigned char *bytes = (const unsigned char *)answer.ptr;
    TS_REQ *asked = d2i_TS_REQ(NULL, &at, (long)request.len);
    TS_RESP *resp = d2i_TS_RESP(NULL, &bytes, (long)answer.len);
    TS_TST_INFO *info = resp ? TS_RESP_get_tst_info(resp) : NULL;
    const ASN1_INTEGER *nonce = info ? TS_TST_INFO_get_nonce(info) : NULL;
    bool is_same =
        asked && nonce && !ASN1_INTEGER_cmp(nonce, TS_REQ_get_nonce(asked));

    TS_REQ_free(asked);
    TS_RESP_free(resp);
    ERR_clear_error();
    return is_same;
}

/* ------------------------------------------------------------- checking --- */

static bool read_time(int64_t *out_ms, const ASN1_TIME *time)
{
    struct tm tm;

    if (!time || !ASN1_TIME_to_tm(time, &tm))
        return false;
    *out_ms = (int64_t)timegm(&tm) * 1000;
    return *out_ms > 0;
}

/* OpenSSL reads these attributes as sequences without looking whether they
 * are, which an old one does not outlive. */
static bool has_sane_attributes(PKCS7 *token)
{
    static const int ids[] = {NID_id_smime_aa_signingCertificate,
                              NID_id_smime_aa_signingCertificateV2};
    STACK_OF(PKCS7_SIGNER_INFO) *signers = PKCS7_get_signer_info(token);

    if (sk_PKCS7_SIGNER_INFO_num(signers) != 1)
        return false;
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        const ASN1_TYPE *type =
            PKCS7_get_signed_attribute(sk_PKCS7_SIGNER_INFO_value(signers, 0),
                                       ids[i]);

        if (type && ASN1_TYPE_get(type) != V_ASN1_SEQUENCE)
            return false;
    }
    return true;
}

static bool is_imprint(TS_TST_INFO *info, struct bylaw_span message)
{
    TS_MSG_IMPRINT *told = TS_TST_INFO_get_msg_imprint(info);
    TS_MSG_IMPRINT *ours = imprint_of(message);
    const ASN1_OBJECT *algorithm = NULL;
    bool is_same = false;

    if (told && ours) {
        X509_ALGOR_get0(&algorithm, NULL, NULL, TS_MSG_IMPRINT_get_algo(told));
        is_same = OBJ_obj2nid(algorithm) == NID_sha256 &&
                  !ASN1_OCTET_STRING_cmp(TS_MSG_IMPRINT_get_msg(told),
                                         TS_MSG_IMPRINT_get_msg(ours));
    }
    TS_MSG_IMPRINT_free(ours);
    return is_same;
}

/* Why a chain is not trusted, as its last error says. */
static int note_error(int ok, X509_STORE_CTX *ctx)
{
    int *error = X509_STORE_get_ex_data(X509_STORE_CTX_get0_store(ctx), 0);

    if (!ok && error && !*error)
        *error = X509_STORE_CTX_get_error(ctx);
    return ok;
}

static int explain(int error, struct bylaw_error *err)
{
    switch (error) {
    case X509_V_OK:
        return refuse(err, "stamp.signature",
                      "its signature is not the authority's");
    case X509_V_ERR_INVALID_PURPOSE:
        return refuse(err, "stamp.purpose",
                      "its certificate is not one for time stamps");
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return refuse(err, "stamp.expired",
                      "its certificate was not valid when it was made");
    default:
        break;
    }
    ERR_clear_error();
    return bylaw__fail(err, BYLAW_EPARSE, "stamp.untrusted", "",
                       "its authority is not trusted: %s",
                       X509_verify_cert_error_string(error));
}

static int load_store(X509_STORE **out, const char *ca_path, int64_t at_ms,
                      struct bylaw_error *err)
{
    X509_STORE *store = X509_STORE_new();

    if (!store || !X509_STORE_load_file(store, ca_path)) {
        X509_STORE_free(store);
        ERR_clear_error();
        return bylaw__fail(err, BYLAW_ECONFIG, "stamp.ca-file", ca_path,
                           "it holds no certificates in PEM that can be read");
    }
    /* A certificate that has ended since takes nothing from what it signed
     * while it held. */
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store),
                               (time_t)(at_ms / 1000));
    X509_STORE_set_verify_cb(store, note_error);
    *out = store;
    return 0;
}

/* The context takes the store over. */
static int check_signature(TS_RESP *resp, X509_STORE *store,
                           struct bylaw_error *err)
{
    TS_VERIFY_CTX *ctx = TS_VERIFY_CTX_new();
    int error = X509_V_OK, good = 0;

    if (!ctx || !X509_STORE_set_ex_data(store, 0, &error)) {
        X509_STORE_free(store);
        TS_VERIFY_CTX_free(ctx);
        return bylaw__fail_memory(err, "");
    }
    TS_VERIFY_CTX_set_flags(ctx, TS_VFY_SIGNATURE | TS_VFY_VERSION);
    TS_VERIFY_CTX_set_store(ctx, store);
    good = TS_RESP_verify_response(ctx, resp) == 1;
    TS_VERIFY_CTX_free(ctx);
    return good ? 0 : explain(error, err);
}

static void read_signer(struct bylaw__stamp *out, PKCS7 *token)
{
    STACK_OF(X509) *signers = PKCS7_get0_signers(token, NULL, 0);
    const X509 *signer =
        sk_X509_num(signers) > 0 ? sk_X509_value(signers, 0) : NULL;

    if (signer) {
        read_time(&out->expires_ms, X509_get0_notAfter(signer));
        X509_NAME_oneline(X509_get_subject_name(signer), out->authority,
                          sizeof(out->authority));
    }
    sk_X509_free(signers);
}

static int check_response(struct bylaw__stamp *out, TS_RESP *resp,
                          struct bylaw_span message, const char *ca_path,
                          struct bylaw_error *err)
{
    TS_STATUS_INFO *status = TS_RESP_get_status_info(resp);
    const ASN1_INTEGER *code =
        status ? TS_STATUS_INFO_get0_status(status) : NULL;
    TS_TST_INFO *info = TS_RESP_get_tst_info(resp);
    PKCS7 *token = TS_RESP_get_token(resp);
    X509_STORE *store = NULL;
    int rc;

    if (!code || ASN1_INTEGER_get(code) < 0 || ASN1_INTEGER_get(code) > 1)
        return refuse(err, "stamp.refused", "the authority gave none");
    if (!info || !token || !PKCS7_type_is_signed(token) ||
        !has_sane_attributes(token) ||
        !read_time(&out->at_ms, TS_TST_INFO_get_time(info)))
        return refuse(err, "stamp.malformed", "it is no time stamp");
    if (!is_imprint(info, message))
        return refuse(err, "stamp.imprint", "it is of something else");
    rc = load_store(&store, ca_path, out->at_ms, err);
    if (!rc)
        rc = check_signature(resp, store, err);
    if (!rc)
        read_signer(out, token);
    return rc;
}

int bylaw__stamp_check(struct bylaw__stamp *out, struct bylaw_span answer,
                       struct bylaw_span message, const char *ca_path,
                       struct bylaw_error *err)
{
    const unsigned char *at = (const unsigned char *)answer.ptr;
    TS_RESP *resp = NULL;
    int rc;

    *out = (struct bylaw__stamp){0};
    if (answer.len && answer.len <= BYLAW_LIMIT_STAMP_BYTES)
        resp = d2i_TS_RESP(NULL, &at, (long)answer.len);
    if (!resp || (const char *)at != answer.ptr + answer.len)
        rc = refuse(err, "stamp.malformed", "it is no answer of an authority");
    else
        rc = check_response(out, resp, message, ca_path, err);
    TS_RESP_free(resp);
    return rc;
}
