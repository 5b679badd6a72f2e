/* The courier: takes the deliveries that are due from the store, signs them and brings them to the
 * endpoints. Each endpoint has its own few at once, so that one that is slow or gone holds up none
 * but its own. A delivery is tried again for about three days; it may arrive twice (a crash, an
 * answer that was lost), always with the same number, and not in order. */
#ifndef PARLEY_COURIER_H
#define PARLEY_COURIER_H

#include "base/env.h"
#include "base/secret.h"
#include "net/http_client.h"
#include "store/store.h"

#define COURIER_AT_ONCE    32
#define COURIER_TIMEOUT_MS 10000
#define COURIER_TRIES_MAX  17

struct courier;

struct courier_settings {
    struct env *env;
    struct store *store;
    struct http_client *http;   /* its own, so that no ticket waits for an endpoint */
    const struct secret_key *k; /* opens the secrets */
    bool may_be_private;        /* endpoints in the house's own network are good, and http */
};

struct courier *courier_new(const struct courier_settings *settings) WARN_UNUSED;
/* What is on its way goes out once more after the next start. NULL does nothing. */
void courier_free(struct courier *c);

/* Something was committed that may be to tell: look now. */
void courier_wake(struct courier *c);
/* The same of endpoints: one was made, changed or removed. */
void courier_endpoints_changed(struct courier *c);
/* Begin nothing more. */
void courier_stop(struct courier *c);
/* True when nothing is on its way. */
bool courier_is_idle(const struct courier *c);

/* May endpoints be in the house's own network? */
bool courier_may_be_private(const struct courier *c);

/* A fresh secret, sealed for the endpoint (malloc'd). shown: what its owner reads, once. */
#define COURIER_SECRET_SIZE 50 /* "whsec_", 43 characters, a NUL */
char *courier_secret_new(const struct secret_key *k, const struct id *endpoint,
                         char shown[COURIER_SECRET_SIZE]);

/* How long to wait after so many attempts (from 1) until the next. */
int64_t courier_wait_ms(int64_t attempts);

#endif
