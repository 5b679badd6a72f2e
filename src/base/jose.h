/* Signed tokens (JWS, RFC 7515) under published keys (JWKS, RFC 7517) or under keys that both sides
 * agreed on, on cjose. The algorithm is the key's: what a token's header says can only fail to fit
 * it. Keys and addresses inside of a token (jwk, jku, x5u) are never looked at. */
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

/* --- keys that were agreed on: one algorithm for all of a set --- */

#define JOSE_SECRET_MIN  32                 /* bytes (RFC 7518, 3.2) */
#define JOSE_PUBLIC_MAX  ((size_t)8 * 1024) /* bytes of a public key as text */
#define JOSE_PUBLIC_SIZE 2048               /* of its JWK, with a NUL */

enum jose_algorithm { JOSE_HS256 = 1, JOSE_RS256, JOSE_ES256 };

/* "HS256"... */
const char *jose_algorithm_name(enum jose_algorithm alg);
/* 0, or -1 for another text. */
int jose_algorithm_of(const char *name, enum jose_algorithm *alg) WARN_UNUSED;

/* A public key as people paste it: PEM ("-----BEGIN PUBLIC KEY-----") or a JWK; RSA of 2048 to 8192
 * bits or EC on P-256, which also says the algorithm. jwk: the same without anything else. -1 with
 * err, a sentence for who pasted it. A private key is refused and not kept. */
int jose_public_read(const char *text, size_t len, char jwk[JOSE_PUBLIC_SIZE],
                     enum jose_algorithm *alg, struct err *err) WARN_UNUSED;

struct jose_shared; /* owned */
struct jose_shared *jose_shared_new(enum jose_algorithm alg) WARN_UNUSED;
void jose_shared_free(struct jose_shared *s);
/* Add a secret of at least JOSE_SECRET_MIN bytes (HS256), or what jose_public_read wrote (else).
 * -1: it is none, or there are JOSE_KEYS_MAX. They are counted from 0 in the order of being added.
 */
int jose_shared_add(struct jose_shared *s, const void *key, size_t len) WARN_UNUSED;
/* As jose_verify, with each of the keys; *which is the one that fits. kid is not looked at. Never
 * JOSE_NO_KEY. */
enum jose_result jose_shared_verify(const struct jose_shared *s, const char *token, char **payload,
                                    size_t *len, size_t *which, struct err *err) WARN_UNUSED;

/* base64url of the SHA-256 of the text: the S256 challenge of a PKCE verifier (RFC 7636, 4.2). */
void jose_challenge(const char *verifier, char challenge[JOSE_CHALLENGE_SIZE]);

#endif
