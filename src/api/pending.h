/* What waits in memory for a next step: bounded, each for so long, and gone with the process. When
 * it is full, what was begun longest ago is forgotten. */
#ifndef PARLEY_API_PENDING_H
#define PARLEY_API_PENDING_H

#include "api/table.h"
#include "base/env.h"
#include "base/secret.h"

enum pending_kind {
    PENDING_SECOND, /* the password was right; a code is awaited. Key: of the token given out */
    PENDING_TOTP,   /* a new secret is shown; its first code is awaited. Key: of the session */
    PENDING_TICKET, /* a browser was given an address to sign in at. Key: of its ticket */
    PENDING_PERSON, /* it is at the provider. Key: of the cookie there. Both: text is its hash, hex
                     */
};

struct pending {
    struct table_link link;        /* private */
    struct pending *newer, *older; /* private */
    uint8_t key[SECRET_HASH_SIZE];
    enum pending_kind kind;
    int64_t until_ms; /* mono */
    int tries;        /* for the owner to count */
    struct id staff;
    char *email, *text;    /* owned; NULL at first */
    struct secret *secret; /* owned; NULL at first */
};

struct pendings;

struct pendings *pendings_new(struct env *env, size_t max, uint64_t seed) WARN_UNUSED;
void pendings_free(struct pendings *all);
/* A new one, in the place of one with this kind and key. */
struct pending *pending_put(struct pendings *all, enum pending_kind kind,
                            const uint8_t key[SECRET_HASH_SIZE], int64_t life_ms);
/* NULL: there is none, or its time is over. */
struct pending *pending_find(struct pendings *all, enum pending_kind kind,
                             const uint8_t key[SECRET_HASH_SIZE]);
void pending_drop(struct pendings *all, struct pending *p);
/* Forget those whose time is over. */
void pendings_sweep(struct pendings *all);

#endif
