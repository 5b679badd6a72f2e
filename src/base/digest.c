#include "base/digest.h"

#include <sodium.h>

#include "base/str.h"

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct digest), "room for the state");

static crypto_hash_sha256_state *state_of(struct digest *d)
{
    return (crypto_hash_sha256_state *)(void *)d->state;
}

void digest_begin(struct digest *d)
{
    crypto_hash_sha256_init(state_of(d));
}

void digest_add(struct digest *d, const void *bytes, size_t len)
{
    crypto_hash_sha256_update(state_of(d), bytes, len);
}

void digest_end(struct digest *d, char text[DIGEST_TEXT_SIZE])
{
    uint8_t sum[crypto_hash_sha256_BYTES];

    crypto_hash_sha256_final(state_of(d), sum);
    str_hex(sum, sizeof(sum), text);
}
