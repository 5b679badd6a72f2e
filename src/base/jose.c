#include "base/jose_private.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

#define HEADER_MAX       4096                       /* of a token, in characters of base64url */
#define CHARS_OF(bits)   (((bits) / 8 * 4 + 2) / 3) /* of base64url */
#define RSA_MIN          CHARS_OF(2048)
#define RSA_MAX          CHARS_OF(8192) /* checking a signature takes time with the square of it */
#define EXPONENT_MAX     CHARS_OF(32)
#define ES256_SIG_LENGTH 86 /* base64url of 64 bytes */
#define HS256_SIG_LENGTH 43 /* of 32 */

struct key {
    char kid[JOSE_KID_MAX + 1];
    bool has_kid;
    enum jose_alg alg;
    cjose_jwk_t *jwk;
};

struct jose_keys {
    size_t count;
    struct key keys[JOSE_KEYS_MAX];
};

static enum jose_alg alg_of(const char *name)
{
    if (str_equal(name, "RS256"))
        return JOSE_ALG_RS256;
    if (str_equal(name, "HS256"))
        return JOSE_ALG_HS256;
    return str_equal(name, "ES256") ? JOSE_ALG_ES256 : JOSE_ALG_NONE;
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

/* The one algorithm that this key may be used with; JOSE_ALG_NONE: it is not for us. */
enum jose_alg jose_key_alg(const struct json *key)
{
    const char *kty = json_get_text(key, "kty"), *use = json_get_text(key, "use");
    const char *alg = json_get_text(key, "alg");
    const struct json *ops = json_get(key, "key_ops");
    bool verifies = ops == NULL;
    enum jose_alg found = JOSE_ALG_NONE;

    /* A leading zero would make the modulus shorter than it looks (RFC 7518, 6.3.1.1). */
    if (str_equal(kty, "RSA") && has_number(key, "n", RSA_MIN, RSA_MAX) &&
        json_get_text(key, "n")[0] != 'A' && has_number(key, "e", 1, EXPONENT_MAX))
        found = JOSE_ALG_RS256;
    else if (str_equal(kty, "EC") && str_equal(json_get_text(key, "crv"), "P-256") &&
             has_number(key, "x", 43, 43) && has_number(key, "y", 43, 43))
        found = JOSE_ALG_ES256;
    for (size_t i = 0; !verifies && i < json_count(ops); i++)
        verifies = str_equal(json_text(json_at(ops, i)), "verify");
    if (!verifies || (json_get(key, "use") != NULL && !str_equal(use, "sig")))
        return JOSE_ALG_NONE;
    return json_get(key, "alg") == NULL || alg_of(alg) == found ? found : JOSE_ALG_NONE;
}

int jose_key_text(const struct json *key, enum jose_alg alg, char *to, size_t size)
{
    const char *const rsa[] = {"n", "e"}, *const ec[] = {"x", "y"};
    const char *const *names = alg == JOSE_ALG_RS256 ? rsa : ec;
    const int n = snprintf(to, size, "{\"kty\":\"%s\",%s\"%s\":\"%s\",\"%s\":\"%s\"}",
                           alg == JOSE_ALG_RS256 ? "RSA" : "EC",
                           alg == JOSE_ALG_RS256 ? "" : "\"crv\":\"P-256\",", names[0],
                           json_get_text(key, names[0]), names[1], json_get_text(key, names[1]));

    return n < 0 || (size_t)n >= size ? -1 : n;
}

/* Nothing else of the document reaches the library. */
static cjose_jwk_t *import(const struct json *key, enum jose_alg alg)
{
    char text[RSA_MAX + 128];
    const int n = jose_key_text(key, alg, text, sizeof(text));

    return n < 0 ? NULL : cjose_jwk_import(text, (size_t)n, NULL);
}

static void add_key(struct jose_keys *keys, const struct json *key)
{
    const char *kid = json_get_text(key, "kid");
    const enum jose_alg alg = jose_key_alg(key);
    struct key *k = &keys->keys[keys->count];

    if (alg == JOSE_ALG_NONE || (json_get(key, "kid") != NULL && kid == NULL))
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

static int read_header(const char *part, size_t len, struct jose_header *h, struct err *err)
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
    if (h->alg == JOSE_ALG_NONE)
        err_set(err, "signed with \"%.20s\"; only RS256 and ES256 are taken, and HS256 of a site",
                alg ? alg : "");
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
static const struct key *choose(const struct jose_keys *keys, const struct jose_header *h)
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

int jose_check(cjose_jwk_t *key, const char *token, char **payload, size_t *len)
{
    cjose_jws_t *jws = cjose_jws_import(token, strlen(token), NULL);
    uint8_t *text; /* the library's */
    int code = -1;

    if (jws != NULL && cjose_jws_verify(jws, key, NULL) &&
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

/* Characters of base64url of a signature; 0: of any length. */
static size_t signature_length(enum jose_alg alg)
{
    if (alg == JOSE_ALG_ES256)
        return ES256_SIG_LENGTH;
    return alg == JOSE_ALG_HS256 ? HS256_SIG_LENGTH : 0;
}

int jose_open(const char *token, struct jose_header *h, struct err *err)
{
    const size_t token_len = strnlen(token, JOSE_TOKEN_MAX + 1);
    const char *dot = memchr(token, '.', token_len);
    const char *second =
        dot == NULL ? NULL : memchr(dot + 1, '.', token_len - (size_t)(dot + 1 - token));

    if (token_len > JOSE_TOKEN_MAX || second == NULL)
        return err_set(err, "not a signed token, or longer than %d bytes", JOSE_TOKEN_MAX);
    const size_t signature_len = token_len - (size_t)(second + 1 - token);
    if (!is_base64url(token, (size_t)(dot - token)) ||
        !is_base64url(dot + 1, (size_t)(second - dot - 1)))
        return err_set(err, "not a signed token");
    if (read_header(token, (size_t)(dot - token), h, err) < 0)
        return -1;
    if (!is_base64url(second + 1, signature_len) ||
        (signature_length(h->alg) != 0 && signature_len != signature_length(h->alg)))
        return err_set(err, "it has no signature of the right length");
    return 0;
}

enum jose_result jose_verify(const struct jose_keys *keys, const char *token, char **payload,
                             size_t *len, struct err *err)
{
    struct jose_header h = {0};

    *payload = NULL;
    *len = 0;
    if (jose_open(token, &h, err) < 0)
        return JOSE_BAD;
    if (h.alg == JOSE_ALG_HS256) {
        err_set(err, "signed with \"HS256\"; only RS256 and ES256 are taken");
        return JOSE_BAD;
    }
    const struct key *key = choose(keys, &h);
    if (key == NULL) {
        err_set(err, "signed with a key that the provider does not publish");
        return JOSE_NO_KEY;
    }
    if (jose_check(key->jwk, token, payload, len) < 0) {
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
