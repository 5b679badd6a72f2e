#include "psa/meter.h"

#include <stdlib.h>

#include "base/str.h"

#define WRITE_MS INT64_C(60000)
#define HOUR_MS  INT64_C(3600000)

struct meter {
    struct env *env;
    struct store *store;
    char kind[64];
    int64_t calls, errors, last_ms; /* of this hour, not in the store yet */
    int64_t hour_ms;
    struct env_timer *timer; /* while something is to be written */
};

static void write_now(struct meter *m)
{
    const struct store_calls_add in = {m->kind, m->calls, m->errors, m->last_ms, m->hour_ms};

    env_timer_cancel(m->env, &m->timer);
    if (m->calls > 0)
        store_calls_add(m->store, &in, NULL, NULL);
    m->calls = m->errors = 0;
}

static void on_timer(void *arg)
{
    struct meter *m = arg;

    m->timer = NULL;
    write_now(m);
}

struct meter *meter_new(struct env *env, struct store *store, const char *kind)
{
    struct meter *m = calloc(1, sizeof(*m));

    if (m == NULL)
        abort();
    m->env = env;
    m->store = store;
    (void)!str_copy(m->kind, sizeof(m->kind), kind);
    return m;
}

void meter_free(struct meter *m, bool graceful)
{
    if (m == NULL)
        return;
    if (graceful)
        write_now(m);
    env_timer_cancel(m->env, &m->timer);
    free(m);
}

void meter_count(struct meter *m, bool failed)
{
    if (m == NULL)
        return;
    const int64_t now = env_now_ms(m->env);
    const int64_t hour = now - now % HOUR_MS;

    if (hour != m->hour_ms)
        write_now(m);
    m->hour_ms = hour;
    m->last_ms = now;
    m->calls++;
    m->errors += failed;
    if (m->timer == NULL)
        m->timer = env_timer_start(m->env, WRITE_MS, on_timer, m);
}

void meter_pending(const struct meter *m, int64_t *calls, int64_t *errors, int64_t *last_ms)
{
    *calls = m->calls;
    *errors = m->errors;
    *last_ms = m->last_ms;
}
