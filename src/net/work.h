/* Slow work off the loop: so much at once, so much waiting, and no more. On libuv's threads. */
#ifndef PARLEY_WORK_H
#define PARLEY_WORK_H

#include "net/loop.h"

struct work_pool;
struct work;

/* At most `running` jobs at once (4 are what libuv's threads do) and `waiting` behind them. */
struct work_pool *work_pool_new(struct loop *loop, size_t running, size_t waiting) WARN_UNUSED;
/* Cancels everything; waits for what is running, turning the loop. */
void work_pool_free(struct work_pool *p);

struct work_calls {
    /* On another thread: may touch nothing but the job. */
    void (*run)(void *job);
    /* On the loop, after run, unless cancelled. The handle is dead. */
    void (*done)(void *job);
    /* On the loop, last of all, whatever happened. */
    void (*free)(void *job);
};

/* The pool owns the job from here on. NULL when the pool is full: then the job is freed already.
 * calls must live for ever. done never runs from inside this call. */
struct work *work_start(struct work_pool *p, const struct work_calls *calls, void *job);
/* After this done never runs, and *w is NULL (it may be NULL already). What runs already is let
 * run to its end; the job is freed then. */
void work_cancel(struct work **w);

#endif
