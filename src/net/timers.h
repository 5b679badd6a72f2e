/* A heap of timers, soonest first. Private to src/net; knows nothing of libuv. */
#ifndef PARLEY_NET_TIMERS_H
#define PARLEY_NET_TIMERS_H

#include "base/env.h"

struct timers {
    struct env_timer **heap;
    size_t count, room;
    uint64_t next_seq; /* orders timers due at the same moment, and marks the new ones */
};

void timers_init(struct timers *t);
/* Free the heap; timers that are left never fire. */
void timers_free(struct timers *t);
struct env_timer *timers_add(struct timers *t, int64_t due_ms, env_timer_fn *fn, void *arg);
void timers_remove(struct timers *t, struct env_timer *timer);
/* When the soonest is due, or -1 when there is none. */
int64_t timers_due(const struct timers *t);
/* Fire what is due at now_ms, in order of time; timers added meanwhile wait for the next call. */
void timers_fire(struct timers *t, int64_t now_ms);

#endif
