/* A limit on how often: so many a minute, with so many at once. A value of eight bytes; all zero
 * is "nothing spent yet". */
#ifndef PARLEY_CHAT_RATE_H
#define PARLEY_CHAT_RATE_H

#include "base/base.h"

struct rate {
    int64_t due_ms; /* private: when all that was spent will have come back */
};

/* Spend one at mono_ms. 0, or the ms to wait until one is there; then nothing was spent.
 * per_minute and burst are at least 1. */
int64_t rate_take(struct rate *r, int64_t mono_ms, int per_minute, int burst) WARN_UNUSED;
/* True when nothing is spent any more: the value may be forgotten. */
bool rate_is_idle(const struct rate *r, int64_t mono_ms);

#endif
