/* The token by which the page around the chat says who its visitor is: a JWT (RFC 7519) of the
 * site's secret or key, as docs/identity.md tells those who make it. Pure. */
#ifndef PARLEY_API_IDENTITY_H
#define PARLEY_API_IDENTITY_H

#include "base/err.h"
#include "base/jose.h"
#include "chat/address.h"
#include "chat/limits.h"

#define IDENTITY_TOKEN_MAX   4096 /* bytes */
#define IDENTITY_SUBJECT_MAX 128  /* bytes */
#define IDENTITY_LIFE_S      900  /* from iat to exp, at most */
#define IDENTITY_LEEWAY_S    60   /* clocks may differ by so much */

struct identity {
    char subject[IDENTITY_SUBJECT_MAX + 1]; /* the site's name for the person, for ever */
    char email[ADDRESS_SIZE];               /* in the spelling of chat/address.h */
    char name[CHAT_NAME_MAX + 1];           /* "": not told */
};

/* 0, or -1 with err, a sentence for who made the token. site: its key, for aud. *which is the key
 * of the set that fits. */
int identity_read(const struct jose_shared *keys, const char *site, const char *token,
                  int64_t now_ms, struct identity *to, size_t *which, struct err *err) WARN_UNUSED;

#endif
