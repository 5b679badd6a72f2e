/* Tokens of a page, good and bad. They are made here, by hand: what signs them is not what checks
 * them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/identity.h"

#define SITE   "site-key"
#define NOW_S  1700000000
#define NOW_MS (INT64_C(1000) * NOW_S)
#define SECRET "0123456789abcdef0123456789abcdef"
#define OTHER  "fedcba9876543210fedcba9876543210"
#define HS     "{\"alg\":\"HS256\",\"typ\":\"JWT\"}"
#define TIMES  "\"iat\":1700000000,\"exp\":1700000300"
#define WHO    "\"sub\":\"u1\",\"email\":\"Ann@Acme.Example\",\"name\":\"Ann\""
#define GOOD   "{" WHO "," TIMES "}"

/* Without the padding, and with - and _. */
static void add_base64url(char *to, const void *bytes, size_t len)
{
    char *text = to + strlen(to);

    text[EVP_EncodeBlock((unsigned char *)text, bytes, (int)len)] = '\0';
    for (; *text != '\0'; text++)
        switch (*text) {
        case '+':
            *text = '-';
            break;
        case '/':
            *text = '_';
            break;
        case '=':
            *text = '\0';
            return;
        default:
            break;
        }
}

static void add_dot(char *to)
{
    to += strlen(to);
    to[0] = '.';
    to[1] = '\0';
}

static char *sign(const char *header, const char *claims, const char *secret)
{
    static char token[16384];
    unsigned char mac[32];
    unsigned mac_len = sizeof(mac);

    token[0] = '\0';
    add_base64url(token, header, strlen(header));
    add_dot(token);
    add_base64url(token, claims, strlen(claims));
    HMAC(EVP_sha256(), secret, (int)strlen(secret), (const unsigned char *)token, strlen(token),
         mac, &mac_len);
    add_dot(token);
    add_base64url(token, mac, mac_len);
    return token;
}

static struct jose_shared *secrets(const char *one, const char *two)
{
    struct jose_shared *s = jose_shared_new(JOSE_HS256);

    assert_int_equal(jose_shared_add(s, one, strlen(one)), 0);
    if (two != NULL)
        assert_int_equal(jose_shared_add(s, two, strlen(two)), 0);
    return s;
}

static const struct bad {
    const char *what, *header, *claims, *says;
} bad[] = {
    {"none", "{\"alg\":\"none\"}", GOOD, "only RS256 and ES256"},
    {"another hash", "{\"alg\":\"HS512\"}", GOOD, "only RS256 and ES256"},
    {"a public key's", "{\"alg\":\"RS256\"}", GOOD, "not signed with HS256"},
    {"no algorithm", "{}", GOOD, "only RS256 and ES256"},
    {"algorithm twice", "{\"alg\":\"HS256\",\"alg\":\"HS256\"}", GOOD, ""},
    {"an extension", "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}", GOOD, "extension"},
    {"no claims", HS, "[]", "no JSON object"},
    {"a member twice", HS, "{" WHO ",\"sub\":\"u2\"," TIMES "}", "twice"},
    {"no sub", HS, "{\"email\":\"a@b.example\"," TIMES "}", "sub"},
    {"empty sub", HS, "{\"sub\":\"\",\"email\":\"a@b.example\"," TIMES "}", "sub"},
    {"sub is a number", HS, "{\"sub\":7,\"email\":\"a@b.example\"," TIMES "}", "sub"},
    {"sub of two lines", HS, "{\"sub\":\"a\\nb\",\"email\":\"a@b.example\"," TIMES "}", "sub"},
    {"no email", HS, "{\"sub\":\"u1\"," TIMES "}", "email"},
    {"email is none", HS, "{\"sub\":\"u1\",\"email\":\"ann\"," TIMES "}", "email"},
    {"name is a list", HS, "{\"sub\":\"u1\",\"email\":\"a@b.example\",\"name\":[]," TIMES "}",
     "name"},
    {"no exp", HS, "{" WHO ",\"iat\":1700000000}", "exp"},
    {"no iat", HS, "{" WHO ",\"exp\":1700000300}", "iat"},
    {"exp is a text", HS, "{" WHO ",\"iat\":1700000000,\"exp\":\"1700000300\"}", "exp"},
    {"iat with a fraction", HS, "{" WHO ",\"iat\":1700000000.5,\"exp\":1700000300}", "iat"},
    {"milliseconds", HS, "{" WHO ",\"iat\":1700000000000,\"exp\":1700000300000}", "iat"},
    {"too long a life", HS, "{" WHO ",\"iat\":1700000000,\"exp\":1700000901}", "15 minutes"},
    {"exp before iat", HS, "{" WHO ",\"iat\":1700000000,\"exp\":1700000000}", "after iat"},
    {"expired", HS, "{" WHO ",\"iat\":1699999100,\"exp\":1699999940}", "expired"},
    {"of the future", HS, "{" WHO ",\"iat\":1700000061,\"exp\":1700000300}", "future"},
    {"not yet", HS, "{" WHO ",\"nbf\":1700000061," TIMES "}", "future"},
    {"for another", HS, "{" WHO ",\"aud\":\"other\"," TIMES "}", "aud"},
    {"for others", HS, "{" WHO ",\"aud\":[\"other\",\"third\"]," TIMES "}", "aud"},
    {"for a number", HS, "{" WHO ",\"aud\":5," TIMES "}", "aud"},
};

static int read(const struct jose_shared *keys, const char *token, struct identity *who,
                struct err *err)
{
    size_t which;

    return identity_read(keys, SITE, token, NOW_MS, who, &which, err);
}

static void refuses(void **state)
{
    struct jose_shared *keys = secrets(SECRET, NULL);

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct err err = {""};
        struct identity who;

        if (read(keys, sign(bad[i].header, bad[i].claims, SECRET), &who, &err) == 0)
            fail_msg("%s was taken", bad[i].what);
        if (strstr(err.text, bad[i].says) == NULL || err.text[0] == '\0')
            fail_msg("%s: says \"%s\"", bad[i].what, err.text);
        assert_int_equal(who.subject[0], '\0');
        assert_int_equal(who.email[0], '\0');
    }
    jose_shared_free(keys);
}

static void takes(void **state)
{
    static const char *const good[] = {
        GOOD,
        "{" WHO ",\"iat\":1699999100,\"exp\":1699999941}", /* the clock may be late */
        "{" WHO ",\"iat\":1700000060,\"exp\":1700000300}",
        "{" WHO ",\"aud\":\"site-key\"," TIMES "}",
        "{" WHO ",\"aud\":[\"x\",\"site-key\"],\"iss\":\"any\",\"jti\":\"1\"," TIMES "}",
    };
    struct jose_shared *keys = secrets(SECRET, NULL);

    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        struct err err = {""};
        struct identity who;

        if (read(keys, sign(HS, good[i], SECRET), &who, &err) < 0)
            fail_msg("%s: %s", good[i], err.text);
        assert_string_equal(who.subject, "u1");
        assert_string_equal(who.email, "ann@acme.example");
        assert_string_equal(who.name, "Ann");
    }
    jose_shared_free(keys);
}

static void two_secrets(void **state)
{
    struct jose_shared *keys = secrets(OTHER, SECRET);
    struct identity who;
    size_t which = 9;

    (void)state;
    assert_int_equal(identity_read(keys, SITE, sign(HS, GOOD, SECRET), NOW_MS, &who, &which, NULL),
                     0);
    assert_int_equal(which, 1);
    assert_int_equal(identity_read(keys, SITE, sign(HS, GOOD, OTHER), NOW_MS, &who, &which, NULL),
                     0);
    assert_int_equal(which, 0);
    assert_int_equal(read(keys, sign(HS, GOOD, "another secret of the right length!!"), &who, NULL),
                     -1);
    jose_shared_free(keys);
    keys = secrets(SECRET, NULL);
    assert_int_equal(read(keys, sign(HS, GOOD, OTHER), &who, NULL), -1);
    assert_int_equal(jose_shared_add(keys, "short", 5), -1);
    jose_shared_free(keys);
}

/* No character can be another, none can be missing or more. */
static void every_character_counts(void **state)
{
    struct jose_shared *keys = secrets(SECRET, NULL);
    char *token = strdup(sign(HS, GOOD, SECRET));
    const size_t len = strlen(token);
    struct identity who;

    (void)state;
    for (size_t i = 0; i < len; i++) {
        const char was = token[i];

        token[i] = was == 'A' ? 'Q' : 'A';
        assert_int_equal(read(keys, token, &who, NULL), -1);
        token[i] = '\0';
        assert_int_equal(read(keys, token, &who, NULL), -1);
        token[i] = was;
    }
    assert_int_equal(read(keys, token, &who, NULL), 0);
    free(token);
    jose_shared_free(keys);
}

static void too_long(void **state)
{
    struct jose_shared *keys = secrets(SECRET, NULL);
    char claims[8192];
    struct identity who;
    struct err err = {""};

    (void)state;
    snprintf(claims, sizeof(claims), "{" WHO ",\"pad\":\"%04000d\"," TIMES "}", 0);
    assert_int_equal(read(keys, sign(HS, claims, SECRET), &who, &err), -1);
    assert_non_null(strstr(err.text, "longer than 4096"));
    jose_shared_free(keys);
}

/* Of RFC 7515, A.2 and A.3, the public halves; made PEM by openssl. */
#define EC_JWK                                                                                     \
    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","     \
    "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}"
#define EC_PEM                                                                                     \
    "-----BEGIN PUBLIC KEY-----\n"                                                                 \
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7\n"                           \
    "6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==\n"                               \
    "-----END PUBLIC KEY-----\n"

static void public_keys(void **state)
{
    static const char *const wrong[] = {
        "",
        "hello",
        "{}",
        "[]",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----",
        "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
        "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\",\"d\":"
        "\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
        "\"y\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\"}", /* no point of the curve */
        "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
    };
    char jwk[JOSE_PUBLIC_SIZE];
    enum jose_algorithm alg = JOSE_HS256;

    (void)state;
    assert_int_equal(jose_public_read(EC_PEM, strlen(EC_PEM), jwk, &alg, NULL), 0);
    assert_int_equal(alg, JOSE_ES256);
    assert_string_equal(jwk, EC_JWK);
    alg = JOSE_HS256;
    assert_int_equal(jose_public_read(EC_JWK, strlen(EC_JWK), jwk, &alg, NULL), 0);
    assert_int_equal(alg, JOSE_ES256);
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct err err = {""};

        if (jose_public_read(wrong[i], strlen(wrong[i]), jwk, &alg, &err) == 0)
            fail_msg("taken: %s", wrong[i]);
        assert_true(err.text[0] != '\0');
    }
}

/* The old trick: the public key as a secret. */
static void no_confusion(void **state)
{
    struct jose_shared *keys = jose_shared_new(JOSE_ES256);
    struct err err = {""};
    struct identity who;

    (void)state;
    assert_int_equal(jose_shared_add(keys, EC_JWK, strlen(EC_JWK)), 0);
    assert_int_equal(read(keys, sign(HS, GOOD, EC_PEM), &who, &err), -1);
    assert_non_null(strstr(err.text, "not signed with ES256"));
    assert_int_equal(read(keys, sign("{\"alg\":\"ES256\"}", GOOD, EC_PEM), &who, &err), -1);
    jose_shared_free(keys);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses),      cmocka_unit_test(takes),
        cmocka_unit_test(two_secrets),  cmocka_unit_test(every_character_counts),
        cmocka_unit_test(too_long),     cmocka_unit_test(public_keys),
        cmocka_unit_test(no_confusion),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
