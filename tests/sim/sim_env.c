#include "sim/sim_env.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define BEGINNING_MS INT64_C(1767225600000) /* 2026-01-01 */

struct env_timer {
    struct env_timer *next; /* by due time, then by start */
    int64_t due_ms;
    env_timer_fn *fn;
    void *arg;
};

struct sim_env {
    struct env env; /* first */
    int64_t now_ms;
    int64_t wall_step_ms; /* how far the wall clock has stepped from it */
    uint64_t chance;      /* state of the generator */
    struct env_timer *timers;
};

/* splitmix64 (Steele, Lea, Flood 2014): small, and every seed is a good one. */
static uint64_t draw(struct sim_env *s)
{
    uint64_t z = s->chance += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int64_t now_ms(struct env *env)
{
    const struct sim_env *s = (struct sim_env *)env;

    return s->now_ms + s->wall_step_ms;
}

static int64_t mono_ms(struct env *env)
{
    return ((struct sim_env *)env)->now_ms - BEGINNING_MS;
}

static void fill(struct env *env, void *bytes, size_t len)
{
    unsigned char *to = bytes;

    while (len > 0) {
        const uint64_t part = draw((struct sim_env *)env);
        const size_t n = len < sizeof(part) ? len : sizeof(part);
        memcpy(to, &part, n);
        to += n;
        len -= n;
    }
}

static struct env_timer *timer_start(struct env *env, int64_t after_ms, env_timer_fn *fn, void *arg)
{
    struct sim_env *s = (struct sim_env *)env;
    struct env_timer *t = calloc(1, sizeof(*t));
    struct env_timer **at = &s->timers;

    if (t == NULL)
        abort();
    t->due_ms = s->now_ms + (after_ms > 0 ? after_ms : 0);
    t->fn = fn;
    t->arg = arg;
    while (*at != NULL && (*at)->due_ms <= t->due_ms)
        at = &(*at)->next;
    t->next = *at;
    *at = t;
    return t;
}

static void timer_cancel(struct env *env, struct env_timer *timer)
{
    struct env_timer **at = &((struct sim_env *)env)->timers;

    while (*at != timer) {
        assert(*at != NULL); /* fired already, or never started here */
        at = &(*at)->next;
    }
    *at = timer->next;
    free(timer);
}

static const struct env_ops ops = {now_ms, mono_ms, fill, timer_start, timer_cancel};

struct sim_env *sim_env_new(uint64_t seed)
{
    struct sim_env *s = calloc(1, sizeof(*s));

    if (s == NULL)
        abort();
    s->env.ops = &ops;
    s->now_ms = BEGINNING_MS;
    s->chance = seed;
    return s;
}

void sim_env_free(struct sim_env *s)
{
    if (s == NULL)
        return;
    while (s->timers != NULL)
        timer_cancel(&s->env, s->timers);
    free(s);
}

struct env *sim_env_env(struct sim_env *s)
{
    return &s->env;
}

bool sim_env_step(struct sim_env *s, int64_t until_ms)
{
    struct env_timer *t = s->timers;

    if (t == NULL || t->due_ms > until_ms) {
        if (until_ms > s->now_ms)
            s->now_ms = until_ms;
        return false;
    }
    env_timer_fn *fn = t->fn;
    void *arg = t->arg;
    s->timers = t->next;
    s->now_ms = t->due_ms;
    free(t);
    fn(arg);
    return true;
}

void sim_env_run(struct sim_env *s, int64_t ms)
{
    const int64_t until_ms = s->now_ms + ms;

    while (sim_env_step(s, until_ms))
        ;
}

int64_t sim_env_true_ms(const struct sim_env *s)
{
    return s->now_ms;
}

void sim_env_step_wall(struct sim_env *s, int64_t ms)
{
    s->wall_step_ms += ms;
}

uint64_t sim_env_pick(struct sim_env *s, uint64_t below)
{
    assert(below > 0);
    return draw(s) % below;
}

bool sim_env_chance(struct sim_env *s, unsigned percent)
{
    return sim_env_pick(s, 100) < percent;
}
