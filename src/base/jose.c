#include "base/jose.h"

#include <cjose/cjose.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"

#define KID_MAX          256
#define HEADER_MAX       4096                       /* of a token, in characters of base64url */
#define CHARS_OF(bits)   (((bits) / 8 * 4 + 2) / 3) /* of base64url */
#define RSA_MIN          CHARS_OF(2048)
#define RSA_MAX          CHARS_OF(8192) /* checking a signature takes time with the square of it */
#define EXPONENT_MAX     CHARS_OF(32)
#define ES256_SIG_LENGTH 86 /* base64url of 64 bytes */

enum alg { ALG_NONE, ALG_RS256, ALG_ES256 };

struct key {
    char kid[KID_MAX + 1];
    bool has_kid;
    enum alg alg;
    cjose_jwk_t *jwk;
};

struct jose_keys {
    size_t count;
    struct key keys[JOSE_KEYS_MAX];
};

static enum alg alg_of(const char *name)
{
    if (str_equal(name, "RS256"))
        return ALG_RS256;
    return str_equal(name, "ES256") ? ALG_ES256 : ALG_NONE;
}

static bool is_base64url(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!(s[i] >= 'A' && s[i] <= 'Z') && !(s[i] >= 'a' && s[i] <= 'z') &&
            !(s[i] >= '0' && s[i] <= '9') && s[i] != '-' && s[i] != '_')
            return false;
    return len > 0;
}

/* --- keys --- */

/* A member that is base64url of so many characters. */
static bool has_number(const struct json *key, const char *name, size_t min, size_t max)
{
    const char *text = json_get_text(key, name);
    const size_t len = text == NULL ? 0 : strlen(text);

    return len >= min && len <= max && is_base64url(text, len);
}

/* The one algorithm that this key may be used with; ALG_NONE: it is not for us. */
static enum alg usable_alg(const struct json *key)
{
    const char *kty = json_get_text(key, "kty"), *use = json_get_text(key, "use");
    const char *alg = json_get_text(key, "alg");
    const struct json *ops = json_get(key, "key_ops");
    bool verifies = ops == NULL;
    enum alg found = ALG_NONE;

    /* A leading zero would make the modulus shorter than it looks (RFC 7518, 6.3.1.1). */
    if (str_equal(kty, "RSA") && has_number(key, "n", RSA_MIN, RSA_MAX) &&
        json_get_text(key, "n")[0] != 'A' && has_number(key, "e", 1, EXPONENT_MAX))
        found = ALG_RS256;
    else if (str_equal(kty, "EC") && str_equal(json_get_text(key, "crv"), "P-256") &&
             has_number(key, "x", 43, 43) && has_number(key, "y", 43, 43))
        found = ALG_ES256;
    for (size_t i = 0; !verifies && i < json_count(ops); i++)
        verifies = str_equal(json_text(json_at(ops, i)), "verify");
    if (!verifies || (json_get(key, "use") != NULL && !str_equal(use, "sig")))
        return ALG_NONE;
    return json_get(key, "alg") == NULL || alg_of(alg) == found ? found : ALG_NONE;
}

/* Only what makes the public key, so that nothing else of the document reaches the library. */
static cjose_jwk_t *import(const struct json *key, enum alg alg)
{
    const char *const rsa[] = {"n", "e"}, *const ec[] = {"x", "y"};
    const char *const *names = alg == ALG_RS256 ? rsa : ec;
    char text[RSA_MAX + 128];
    const int n =
        snprintf(text, sizeof(text), "{\"kty\":\"%s\",%s\"%s\":\"%s\",\"%s\":\"%s\"}",
                 alg == ALG_RS256 ? "RSA" : "EC", alg == ALG_RS256 ? "" : "\"crv\":\"P-256\",",
                 names[0], json_get_text(key, names[0]), names[1], json_get_text(key, names[1]));

    return n < 0 || (size_t)n >= sizeof(text) ? NULL : cjose_jwk_import(text, (size_t)n, NULL);
}

static void add_key(struct jose_keys *keys, const struct json *key)
{
    const char *kid = json_get_text(key, "kid");
    const enum alg alg = usable_alg(key);
    struct key *k = &keys->keys[keys->count];

    if (alg == ALG_NONE || (json_get(key, "kid") != NULL && kid == NULL))
        return;
    k->has_kid = kid != NULL;
    if (kid != NULL && str_copy(k->kid, sizeof(k->kid), kid) < 0)
        return;
    k->alg = alg;
    k->jwk = import(key, alg);
    if (k->jwk != NULL)
        keys->count++;
}

struct jose_keys *jose_keys_parse(const char *text, size_t len, struct err *err)
{
    struct json_doc *doc = json_parse(text, len, err);
    const struct json *list = json_get(json_root(doc), "keys");
    struct jose_keys *keys = NULL;

    if (doc == NULL)
        return NULL;
    if (json_kind(list) != JSON_KIND_ARRAY) {
        err_set(err, "not a set of keys: it has no list \"keys\"");
        goto out;
    }
    keys = calloc(1, sizeof(*keys));
    if (keys == NULL)
        abort();
    for (size_t i = 0; i < json_count(list) && keys->count < JOSE_KEYS_MAX; i++)
        add_key(keys, json_at(list, i));
    if (keys->count == 0) {
        err_set(err, "no key for RS256 or ES256 among the provider's %zu", json_count(list));
        jose_keys_free(keys);
        keys = NULL;
    }
out:
    json_free(doc);
    return keys;
}

void jose_keys_free(struct jose_keys *keys)
{
    if (keys == NULL)
        return;
    for (size_t i = 0; i < keys->count; i++)
        cjose_jwk_release(keys->keys[i].jwk);
    free(keys);
}

size_t jose_keys_count(const struct jose_keys *keys)
{
    return keys->count;
}

/* --- a token --- */

struct header {
    enum alg alg;
    char kid[KID_MAX + 1];
    bool has_kid;
};

static int read_header(const char *part, size_t len, struct header *h, struct err *err)
{
    unsigned char text[HEADER_MAX];
    size_t text_len = 0;
    int code = -1;

    if (len > HEADER_MAX || sodium_base642bin(text, sizeof(text), part, len, NULL, &text_len, NULL,
                                              sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return err_set(err, "its header is too long or not base64url");
    struct json_doc *doc = json_parse((const char *)text, text_len, err);
    const struct json *root = json_root(doc);
    if (doc == NULL)
        return -1;
    const char *alg = json_get_text(root, "alg"), *kid = json_get_text(root, "kid");
    h->alg = alg_of(alg);
    h->has_kid = kid != NULL;
    if (h->alg == ALG_NONE)
        err_set(err, "signed with \"%.20s\"; only RS256 and ES256 are taken", alg ? alg : "");
    else if (json_get(root, "crit") != NULL)
        err_set(err, "it needs an extension (crit)");
    else if (json_get(root, "kid") != NULL && kid == NULL)
        err_set(err, "its kid is no text");
    else if (kid != NULL && str_copy(h->kid, sizeof(h->kid), kid) < 0)
        err_set(err, "its kid is too long");
    else
        code = 0;
    json_free(doc);
    return code;
}

/* Two keys may have one kid when their types differ (RFC 7517, 4.5). */
static const struct key *choose(const struct jose_keys *keys, const struct header *h)
{
    const struct key *found = NULL;

    for (size_t i = 0; i < keys->count; i++) {
        const struct key *k = &keys->keys[i];

        if (k->alg != h->alg)
            continue;
        if (h->has_kid && (!k->has_kid || strcmp(k->kid, h->kid) != 0))
            continue;
        if (found != NULL)
            return NULL; /* which one is not said */
        found = k;
    }
    return found;
}

static int check(const struct key *key, const char *token, size_t token_len, char **payload,
                 size_t *len)
{
    cjose_jws_t *jws = cjose_jws_import(token, token_len, NULL);
    uint8_t *text; /* the library's */
    int code = -1;

    if (jws != NULL && cjose_jws_verify(jws, key->jwk, NULL) &&
        cjose_jws_get_plaintext(jws, &text, len, NULL)) {
        *payload = malloc(*len + 1);
        if (*payload == NULL)
            abort();
        memcpy(*payload, text, *len);
        (*payload)[*len] = '\0';
        code = 0;
    }
    cjose_jws_release(jws);
    return code;
}

enum jose_result jose_verify(const struct jose_keys *keys, const char *token, char **payload,
                             size_t *len, struct err *err)
{
    const size_t token_len = strnlen(token, JOSE_TOKEN_MAX + 1);
    const char *dot = memchr(token, '.', token_len);
    const char *second =
        dot == NULL ? NULL : memchr(dot + 1, '.', token_len - (size_t)(dot + 1 - token));
    struct header h = {0};

    *payload = NULL;
    *len = 0;
    if (token_len > JOSE_TOKEN_MAX || second == NULL) {
        err_set(err, "not a signed token, or longer than %d bytes", JOSE_TOKEN_MAX);
        return JOSE_BAD;
    }
    const size_t signature_len = token_len - (size_t)(second + 1 - token);
    if (!is_base64url(token, (size_t)(dot - token)) ||
        !is_base64url(dot + 1, (size_t)(second - dot - 1))) {
        err_set(err, "not a signed token");
        return JOSE_BAD;
    }
    if (read_header(token, (size_t)(dot - token), &h, err) < 0)
        return JOSE_BAD;
    if (!is_base64url(second + 1, signature_len) ||
        (h.alg == ALG_ES256 && signature_len != ES256_SIG_LENGTH)) {
        err_set(err, "it has no signature of the right length");
        return JOSE_BAD;
    }
    const struct key *key = choose(keys, &h);
    if (key == NULL) {
        err_set(err, "signed with a key that the provider does not publish");
        return JOSE_NO_KEY;
    }
    if (check(key, token, token_len, payload, len) < 0) {
        err_set(err, "its signature is wrong");
        return JOSE_BAD;
    }
    return JOSE_OK;
}

void jose_challenge(const char *verifier, char challenge[JOSE_CHALLENGE_SIZE])
{
    uint8_t hash[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(hash, (const unsigned char *)verifier, strlen(verifier));
    sodium_bin2base64(challenge, JOSE_CHALLENGE_SIZE, hash, sizeof(hash),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}
