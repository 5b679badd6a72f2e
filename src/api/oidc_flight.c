/* Sign-ins that were begun: a ring, so that the oldest gives way. */
#include "api/oidc_private.h"

#include <stdlib.h>
#include <string.h>

struct oidc_flights {
    size_t next;
    struct oidc_flight all[OIDC_FLIGHTS_MAX];
};

struct oidc_flights *oidc_flights_new(void)
{
    struct oidc_flights *f = calloc(1, sizeof(*f));

    if (f == NULL)
        abort();
    return f;
}

void oidc_flights_free(struct oidc_flights *f)
{
    if (f == NULL)
        return;
    secret_wipe(f, sizeof(*f));
    free(f);
}

const struct oidc_flight *oidc_flight_add(struct oidc_flights *f, const char *cookie,
                                          int64_t mono_ms, char state[OIDC_COOKIE_LEN + 1])
{
    struct oidc_flight *one = &f->all[f->next];

    f->next = (f->next + 1) % OIDC_FLIGHTS_MAX;
    secret_random_text(state, OIDC_COOKIE_LEN);
    secret_random_text(one->nonce, OIDC_COOKIE_LEN);
    secret_random_text(one->verifier, OIDC_COOKIE_LEN);
    secret_hash(state, OIDC_COOKIE_LEN, one->state);
    secret_hash(cookie, OIDC_COOKIE_LEN, one->cookie);
    one->ends_ms = mono_ms + OIDC_FLIGHT_MS;
    return one;
}

int oidc_flight_take(struct oidc_flights *f, const char *state, const char *cookie, int64_t mono_ms,
                     struct oidc_flight *flight)
{
    uint8_t hash[SECRET_HASH_SIZE];

    if (strlen(state) != OIDC_COOKIE_LEN)
        return -1;
    secret_hash(state, OIDC_COOKIE_LEN, hash);
    for (size_t i = 0; i < OIDC_FLIGHTS_MAX; i++) {
        struct oidc_flight *one = &f->all[i];

        if (one->ends_ms == 0 || !secret_same(one->state, hash, sizeof(hash)))
            continue;
        *flight = *one;
        secret_wipe(one, sizeof(*one));
        if (cookie == NULL || strlen(cookie) != OIDC_COOKIE_LEN || flight->ends_ms < mono_ms)
            return -1;
        secret_hash(cookie, OIDC_COOKIE_LEN, hash);
        return secret_same(flight->cookie, hash, sizeof(hash)) ? 0 : -1;
    }
    return -1;
}
