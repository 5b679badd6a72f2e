/* How many requests went to the PSA and how many failed, hour by hour. Counted in memory, written
 * to the store at most once a minute. */
#ifndef PARLEY_METER_H
#define PARLEY_METER_H

#include "base/env.h"
#include "store/store.h"

struct meter;

/* kind names the PSA in the store. env and store must outlive it. */
struct meter *meter_new(struct env *env, struct store *store, const char *kind);
/* What is not written yet is written when graceful. NULL does nothing. */
void meter_free(struct meter *m, bool graceful);
/* A request has ended. m may be NULL. */
void meter_count(struct meter *m, bool failed);
/* What is not in the store yet; the wall clock of the last one, 0 for none since the start. */
void meter_pending(const struct meter *m, int64_t *calls, int64_t *errors, int64_t *last_ms);

#endif
