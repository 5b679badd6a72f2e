/* How clock, randomness, network and storage reach the code. The server has one struct env on the
 * real loop (net/loop.h); a simulation has one on simulated time from one seed. Code above
 * src/net takes time and chance from here and from nowhere else. */
#ifndef PARLEY_ENV_H
#define PARLEY_ENV_H

#include "base/base.h"
#include "base/id.h"

struct env;
struct env_timer; /* opaque; owned by the env until it fires or is cancelled */

typedef void env_timer_fn(void *arg);

struct env_ops {
    int64_t (*now_ms)(struct env *env);
    int64_t (*mono_ms)(struct env *env);
    void (*random)(struct env *env, void *bytes, size_t len);
    struct env_timer *(*timer_start)(struct env *env, int64_t after_ms, env_timer_fn *fn,
                                     void *arg);
    void (*timer_cancel)(struct env *env, struct env_timer *timer);
};

struct env {
    const struct env_ops *ops;
};

/* Wall clock, ms since 1970 UTC; may step. */
static inline int64_t env_now_ms(struct env *env)
{
    return env->ops->now_ms(env);
}

/* A clock for durations, ms; never steps back. */
static inline int64_t env_mono_ms(struct env *env)
{
    return env->ops->mono_ms(env);
}

static inline void env_random(struct env *env, void *bytes, size_t len)
{
    env->ops->random(env, bytes, len);
}

/* A fresh UUIDv7. */
static inline struct id env_new_id(struct env *env)
{
    uint8_t random[10];

    env_random(env, random, sizeof(random));
    return id_make(env_now_ms(env), random);
}

/* Calls fn(arg) once, on the loop, after at least after_ms (never from inside this call, even for
 * 0). The handle is dead once fn is called: set your pointer to NULL first thing in fn. */
static inline struct env_timer *env_timer_start(struct env *env, int64_t after_ms, env_timer_fn *fn,
                                                void *arg)
{
    return env->ops->timer_start(env, after_ms, fn, arg);
}

/* After this fn is never called, and *timer is NULL. *timer may be NULL already. */
static inline void env_timer_cancel(struct env *env, struct env_timer **timer)
{
    if (*timer != NULL)
        env->ops->timer_cancel(env, *timer);
    *timer = NULL;
}

#endif
