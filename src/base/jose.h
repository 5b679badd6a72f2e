/* Signed tokens (JWS, RFC 7515) under published keys (JWKS, RFC 7517), on cjose. Only RS256 and
 * ES256, and the algorithm is the key's: what a token's header says can only fail to fit it. Keys
 * and addresses inside of a token (jwk, jku, x5u) are never looked at. */
#ifndef PARLEY_JOSE_H
#define PARLEY_JOSE_H

#include "base/base.h"
#include "base/err.h"

#define JOSE_KEYS_MAX       32    /* more in one set are left out */
#define JOSE_TOKEN_MAX      16384 /* bytes of a compact token */
#define JOSE_CHALLENGE_SIZE 44    /* base64url of 32 bytes and a NUL */

struct jose_keys; /* a set of public keys, owned */

enum jose_result {
    JOSE_OK,
    JOSE_NO_KEY, /* well-formed, but signed with a key that is not in the set */
    JOSE_BAD,    /* not such a token, another algorithm, or the signature is wrong */
};

/* The usable keys of a JWKS document: RSA of 2048 to 8192 bits and EC on P-256, for signatures.
 * Others are left out, as RFC 7517, 5 says. NULL with err when it is no JWKS or none is usable. */
struct jose_keys *jose_keys_parse(const char *text, size_t len, struct err *err) WARN_UNUSED;
void jose_keys_free(struct jose_keys *keys);
size_t jose_keys_count(const struct jose_keys *keys);

/* Check the compact token's signature with the key that its kid names; without a kid the set must
 * hold exactly one key of the algorithm. JOSE_OK: *payload (NUL-terminated, malloc'd) is the
 * caller's. Otherwise err says why. */
enum jose_result jose_verify(const struct jose_keys *keys, const char *token, char **payload,
                             size_t *len, struct err *err) WARN_UNUSED;

/* base64url of the SHA-256 of the text: the S256 challenge of a PKCE verifier (RFC 7636, 4.2). */
void jose_challenge(const char *verifier, char challenge[JOSE_CHALLENGE_SIZE]);

#endif
