/* What jose.c and jose_shared.c share. */
#ifndef PARLEY_JOSE_PRIVATE_H
#define PARLEY_JOSE_PRIVATE_H

#include <cjose/cjose.h>

#include "base/jose.h"
#include "base/json.h"

#define JOSE_KID_MAX 256

enum jose_alg { JOSE_ALG_NONE, JOSE_ALG_HS256, JOSE_ALG_RS256, JOSE_ALG_ES256 };

struct jose_header {
    enum jose_alg alg;
    char kid[JOSE_KID_MAX + 1];
    bool has_kid;
};

/* The algorithm that a public key may be used with; JOSE_ALG_NONE: it is not for us. */
enum jose_alg jose_key_alg(const struct json *key);
/* Only what makes the public key, as JWK; -1 when it is too long. */
int jose_key_text(const struct json *key, enum jose_alg alg, char *to, size_t size);
/* The form of a token, and its header. */
int jose_open(const char *token, struct jose_header *h, struct err *err);
/* 0 with *payload when the key made the signature. */
int jose_check(cjose_jwk_t *key, const char *token, char **payload, size_t *len);

#endif
