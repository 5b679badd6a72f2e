/* Tokens under keys that both sides agreed on. */
#include "base/jose_private.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

static const char *const names[] = {"?", "HS256", "RS256", "ES256"};

const char *jose_algorithm_name(enum jose_algorithm alg)
{
    return (size_t)alg < COUNT_OF(names) ? names[alg] : names[0];
}

int jose_algorithm_of(const char *name, enum jose_algorithm *alg)
{
    for (size_t i = 1; i < COUNT_OF(names); i++)
        if (str_equal(name, names[i])) {
            *alg = (enum jose_algorithm)i;
            return 0;
        }
    return -1;
}

/* --- a public key that was pasted --- */

static const char no_key[] =
    "not a public key: paste it as PEM, from -----BEGIN PUBLIC KEY----- to the end, or as a JWK";
static const char wrong_key[] = "an RSA key of 2048 to 8192 bits, or an EC key on the curve P-256, "
                                "is needed";
static const char private_key[] =
    "this is a private key: keep it to yourself, and make a new pair, "
    "for it was sent; here goes the public one";

/* base64url of the number, filled up with zeros in front to `size` bytes (0: none). */
static int number_text(const EVP_PKEY *key, const char *name, size_t size, char *to, size_t to_size)
{
    unsigned char bytes[1024];
    BIGNUM *number = NULL;
    int code = -1;

    if (EVP_PKEY_get_bn_param(key, name, &number) == 1) {
        const size_t need = size != 0 ? size : (size_t)BN_num_bytes(number);

        if (need > 0 && need <= sizeof(bytes) &&
            to_size >= sodium_base64_ENCODED_LEN(need, sodium_base64_VARIANT_URLSAFE_NO_PADDING) &&
            BN_bn2binpad(number, bytes, (int)need) > 0) {
            sodium_bin2base64(to, to_size, bytes, need, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
            code = 0;
        }
    }
    BN_free(number);
    return code;
}

/* A JWK with the members of the PEM's key; what it is worth is judged there. */
static int from_pem(const char *text, size_t len, char *jwk, size_t size, struct err *err)
{
    BIO *in = BIO_new_mem_buf(text, (int)len);
    EVP_PKEY *key = in == NULL ? NULL : PEM_read_bio_PUBKEY(in, NULL, NULL, NULL);
    char a[1400], b[1400], group[64] = "";
    int n = -1;

    if (key == NULL) {
        err_set(err, "%s", no_key);
    } else if (EVP_PKEY_is_a(key, "RSA") &&
               number_text(key, OSSL_PKEY_PARAM_RSA_N, 0, a, sizeof(a)) == 0 &&
               number_text(key, OSSL_PKEY_PARAM_RSA_E, 0, b, sizeof(b)) == 0) {
        n = snprintf(jwk, size, "{\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\"}", a, b);
    } else if (EVP_PKEY_is_a(key, "EC") &&
               EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof(group),
                                              NULL) == 1 &&
               strcmp(group, "prime256v1") == 0 &&
               number_text(key, OSSL_PKEY_PARAM_EC_PUB_X, 32, a, sizeof(a)) == 0 &&
               number_text(key, OSSL_PKEY_PARAM_EC_PUB_Y, 32, b, sizeof(b)) == 0) {
        n = snprintf(jwk, size, "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}", a,
                     b);
    } else {
        err_set(err, "%s", wrong_key);
    }
    EVP_PKEY_free(key);
    BIO_free(in);
    return n < 0 || (size_t)n >= size ? -1 : n;
}

static bool is_private(const struct json *key)
{
    static const char *const members[] = {"d", "p", "q", "k"};

    for (size_t i = 0; i < COUNT_OF(members); i++)
        if (json_get(key, members[i]) != NULL)
            return true;
    return false;
}

static int from_jwk(const char *text, size_t len, char jwk[JOSE_PUBLIC_SIZE],
                    enum jose_algorithm *alg, struct err *err)
{
    struct json_doc *doc = json_parse(text, len, NULL);
    const struct json *key = json_root(doc);
    const enum jose_alg found = doc == NULL ? JOSE_ALG_NONE : jose_key_alg(key);
    int n = -1;

    if (doc == NULL || json_get_text(key, "kty") == NULL) {
        err_set(err, "%s", no_key);
    } else if (is_private(key)) {
        err_set(err, "%s", private_key);
    } else if (found == JOSE_ALG_NONE ||
               (n = jose_key_text(key, found, jwk, JOSE_PUBLIC_SIZE)) < 0) {
        err_set(err, "%s", wrong_key);
    }
    json_free(doc);
    if (n < 0)
        return -1;
    *alg = found == JOSE_ALG_RS256 ? JOSE_RS256 : JOSE_ES256;
    /* That it is a point of the curve, the library says. */
    cjose_jwk_t *made = cjose_jwk_import(jwk, (size_t)n, NULL);
    if (made == NULL)
        return err_set(err, "%s", no_key);
    cjose_jwk_release(made);
    return 0;
}

int jose_public_read(const char *text, size_t len, char jwk[JOSE_PUBLIC_SIZE],
                     enum jose_algorithm *alg, struct err *err)
{
    const struct slice s = str_trim(text, len);
    char pem[JOSE_PUBLIC_SIZE];
    int n;

    if (s.len == 0 || s.len > JOSE_PUBLIC_MAX || memchr(s.ptr, '\0', s.len) != NULL)
        return err_set(err, "%s", no_key);
    if (s.ptr[0] == '{')
        return from_jwk(s.ptr, s.len, jwk, alg, err);
    if (strstr(text, "PRIVATE KEY-----") != NULL)
        return err_set(err, "%s", private_key);
    n = from_pem(s.ptr, s.len, pem, sizeof(pem), err);
    return n < 0 ? -1 : from_jwk(pem, (size_t)n, jwk, alg, err);
}

/* --- a set --- */

struct jose_shared {
    enum jose_algorithm alg;
    size_t count;
    cjose_jwk_t *keys[JOSE_KEYS_MAX];
};

struct jose_shared *jose_shared_new(enum jose_algorithm alg)
{
    struct jose_shared *s = calloc(1, sizeof(*s));

    if (s == NULL)
        abort();
    s->alg = alg;
    return s;
}

void jose_shared_free(struct jose_shared *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->count; i++)
        cjose_jwk_release(s->keys[i]);
    free(s);
}

int jose_shared_add(struct jose_shared *s, const void *key, size_t len)
{
    cjose_jwk_t *made = NULL;

    if (s->count == JOSE_KEYS_MAX)
        return -1;
    if (s->alg != JOSE_HS256)
        made = cjose_jwk_import(key, len, NULL);
    else if (len >= JOSE_SECRET_MIN)
        made = cjose_jwk_create_oct_spec(key, len, NULL);
    if (made == NULL)
        return -1;
    s->keys[s->count++] = made;
    return 0;
}

enum jose_result jose_shared_verify(const struct jose_shared *s, const char *token, char **payload,
                                    size_t *len, size_t *which, struct err *err)
{
    static const enum jose_alg algs[] = {JOSE_ALG_NONE, JOSE_ALG_HS256, JOSE_ALG_RS256,
                                         JOSE_ALG_ES256};
    struct jose_header h = {0};

    *payload = NULL;
    *len = 0;
    if (jose_open(token, &h, err) < 0)
        return JOSE_BAD;
    if (h.alg != algs[s->alg]) {
        err_set(err, "it is not signed with %s, as this site's are", names[s->alg]);
        return JOSE_BAD;
    }
    for (*which = 0; *which < s->count; ++*which)
        if (jose_check(s->keys[*which], token, payload, len) == 0)
            return JOSE_OK;
    err_set(err, "its signature is wrong");
    return JOSE_BAD;
}
