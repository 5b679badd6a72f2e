/* A store for simulations: the real statements on a database in memory, on the env's time, without
 * threads, deterministic from the env's seed. It keeps every promise of store/store.h, and can
 * crash.
 *
 * A write is committed by one timer and answered by a later one, so that a crash can fall before
 * the commit, or between the commit and the answer. */
#ifndef PARLEY_STORE_FAKE_H
#define PARLEY_STORE_FAKE_H

#include "base/env.h"
#include "store/store.h"

/* An empty store. env must outlive it. Freed by store_free. */
struct store *store_fake_new(struct env *env);

/* Each commit and each answer takes 0 to max_ms more, drawn from the env. 0 at first. */
void store_fake_set_delay(struct store *s, int64_t max_ms);
/* The next count operations end in `result` (STORE_BUSY or STORE_FAILED) and change nothing. */
void store_fake_fail_next(struct store *s, int count, enum store_result result);

/* The power fails: what is not committed is gone, no callback that is open ever runs, and all
 * handles are dead. What is committed stays, and the store can be used at once, as by a process
 * that has just started. */
void store_fake_crash(struct store *s);

#endif
