/* The event loop: one thread that owns every socket and all live state. On libuv, which stays
 * inside src/net. */
#ifndef PARLEY_LOOP_H
#define PARLEY_LOOP_H

#include "base/env.h"
#include "base/err.h"

struct loop;

/* NULL with err. */
struct loop *loop_new(struct err *err) WARN_UNUSED;
/* Everything made on the loop must be freed before. */
void loop_free(struct loop *loop);
/* Run until loop_stop(). */
void loop_run(struct loop *loop);
/* Run what is ready now, waiting at most wait_ms (0: not at all). For teardown and tests. */
void loop_turn(struct loop *loop, int64_t wait_ms);
/* From the loop's thread. */
void loop_stop(struct loop *loop);

/* Clock, randomness and timers of this loop. Lives as long as the loop. */
struct env *loop_env(struct loop *loop);

/* Call fn(arg) on the loop's thread. From any thread; in order; never from inside this call. */
void loop_post(struct loop *loop, void (*fn)(void *arg), void *arg);
/* Call fn(arg) at the end of this turn of the loop, after all I/O of the turn was looked at; from
 * the loop's thread. Freeing what is marked closing, and flushing, happen here. */
void loop_defer(struct loop *loop, void (*fn)(void *arg), void *arg);

/* fn(arg) on SIGINT and SIGTERM (every time); replaces the default. SIGPIPE is ignored. NULL ends
 * it. */
void loop_on_stop_signal(struct loop *loop, void (*fn)(void *arg), void *arg);

#endif
