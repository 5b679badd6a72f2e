/* Letters to staff of what waits, at the times that each of them chose (chat/notify.h). Each time
 * is decided on once, also over crashes: that it was stands in the store with the letter. One that
 * was missed by more than two hours, as while the server was down, is left out; of several that
 * were missed by less the last is made up for. On the loop. */
#ifndef PARLEY_DIGEST_H
#define PARLEY_DIGEST_H

#include "base/env.h"
#include "store/store.h"

struct digest;

struct digest_settings {
    struct env *env;
    struct store *store;
    /* A letter was written down. May be NULL. */
    void (*mailed)(void *arg);
    void *arg;
};

struct digest *digest_new(const struct digest_settings *settings) WARN_UNUSED;
/* NULL does nothing. */
void digest_free(struct digest *d);
/* Begin nothing more. */
void digest_stop(struct digest *d);
/* True when no letter is being written down. */
bool digest_is_idle(const struct digest *d);

/* Somebody chose otherwise: read what all of them chose. */
void digest_read(struct digest *d);

#endif
