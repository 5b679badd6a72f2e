/* SHA-256 of what comes piece by piece (FIPS 180-4), on libsodium. */
#ifndef PARLEY_DIGEST_H
#define PARLEY_DIGEST_H

#include "base/base.h"

#define DIGEST_TEXT_SIZE 65 /* hexadecimal and a NUL */

struct digest {
    uint64_t state[16]; /* private */
};

void digest_begin(struct digest *d);
void digest_add(struct digest *d, const void *bytes, size_t len);
void digest_end(struct digest *d, char text[DIGEST_TEXT_SIZE]);

#endif
