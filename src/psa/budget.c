#include "psa/budget.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK      15 /* permits a lease; few, so that a crash costs little */
#define LEASES_MAX 64
#define USABLE_MS  60000 /* a lease's permits are handed out so long */
#define STEP_MS    1000  /* what the clocks may part by unnoticed */
#define LEASE_MS   (USABLE_MS + BUDGET_REQUEST_MS + BUDGET_WINDOW_MS + STEP_MS)
#define RETRY_MS   1000 /* after the store failed */

/* Permits of one lease: free + under way + fading. Those that are free after its usable time go
 * back to the store. */
struct lease {
    int64_t id; /* 0: this place is empty */
    int64_t usable_until_ms;
    int64_t free, under_way, fading;
};

/* A request that has ended and still counts. */
struct fade {
    int64_t until_ms, lease;
};

/* Times are of the clock that does not step, but for a lease's expiry in the store. */
struct budget {
    struct env *env;
    struct store *store;
    char kind[64];
    int64_t limit;
    void (*on_room)(void *arg);
    void *arg;
    struct lease leases[LEASES_MAX];
    struct fade *fades; /* a ring in order of time, of `limit` places */
    size_t fade_first, fade_count;
    int64_t used;
    /* How far the wall clock is ahead of the steady one: when the leases in the store were last
     * renewed, and when it was last asked. */
    int64_t wall_ahead_ms, asked_ahead_ms;
    bool renewing, has_renewed;
    bool wanted; /* a permit was refused */
    struct store_op *asking;
    int64_t asked_ms;
    int64_t ask_after_ms; /* the store had nothing: not again before, unless we gave back */
    struct env_timer *timer;
    int64_t wake_ms; /* when the timer fires */
};

static void settle(struct budget *b);

static void on_timer(void *arg)
{
    struct budget *b = arg;

    b->timer = NULL;
    settle(b);
}

/* Settle then, or sooner if that was wanted already. */
static void wake_at(struct budget *b, int64_t at_ms)
{
    const int64_t now = env_mono_ms(b->env);

    if (b->timer != NULL && b->wake_ms <= at_ms)
        return;
    env_timer_cancel(b->env, &b->timer);
    b->wake_ms = at_ms;
    b->timer = env_timer_start(b->env, at_ms > now ? at_ms - now : 0, on_timer, b);
}

static struct lease *find(struct budget *b, int64_t id)
{
    for (size_t i = 0; i < LEASES_MAX; i++)
        if (b->leases[i].id == id)
            return &b->leases[i];
    return NULL;
}

/* Permits that could be handed out now. */
static int64_t free_now(const struct budget *b)
{
    const int64_t now = env_mono_ms(b->env);
    int64_t n = 0;

    for (size_t i = 0; i < LEASES_MAX; i++)
        if (b->leases[i].id != 0 && b->leases[i].usable_until_ms > now)
            n += b->leases[i].free;
    return n;
}

static void on_lease(enum store_result result, const union store_out *out, void *arg)
{
    struct budget *b = arg;
    const int64_t now = env_mono_ms(b->env);

    b->asking = NULL;
    if (result == STORE_OK && b->renewing) {
        b->wall_ahead_ms = b->asked_ahead_ms;
        b->has_renewed = true;
    }
    if (result != STORE_OK || out->lease.granted == 0) {
        b->ask_after_ms = now + RETRY_MS;
        wake_at(b, b->ask_after_ms);
        return;
    }
    struct lease *l = find(b, 0);
    assert(l != NULL); /* ask() looked */
    *l = (struct lease){.id = out->lease.id,
                        .usable_until_ms = b->asked_ms + USABLE_MS,
                        .free = out->lease.granted};
    settle(b);
}

static void ask(struct budget *b)
{
    const int64_t now = env_mono_ms(b->env);

    if (b->asking != NULL || now < b->ask_after_ms || find(b, 0) == NULL)
        return;
    b->asked_ms = now;
    const int64_t wall = env_now_ms(b->env);
    /* Expiries of another process, or from before the clock was set, tell nothing. */
    b->asked_ahead_ms = wall - now;
    const int64_t by_ms = b->asked_ahead_ms - b->wall_ahead_ms;
    b->renewing = !b->has_renewed || by_ms < -STEP_MS || by_ms > STEP_MS;
    const struct store_lease_take in = {.kind = b->kind,
                                        .count = CHUNK,
                                        .renew = b->renewing,
                                        .ceiling = b->limit,
                                        .now_ms = wall,
                                        .expires_ms = wall + LEASE_MS};
    b->asking = store_lease_take(b->store, &in, on_lease, b);
}

/* Give back the free permits of leases past their use, forget leases that are empty. */
static void give_back(struct budget *b, bool all)
{
    const int64_t now = env_mono_ms(b->env);

    for (size_t i = 0; i < LEASES_MAX; i++) {
        struct lease *l = &b->leases[i];
        if (l->id == 0 || (!all && l->usable_until_ms > now))
            continue;
        if (l->free > 0) {
            store_lease_return(b->store, l->id, l->free, NULL, NULL);
            b->ask_after_ms = 0;
        }
        l->free = 0;
        if (l->under_way + l->fading == 0)
            l->id = 0;
    }
}

/* What has faded is free again. */
static void fade_out(struct budget *b)
{
    const int64_t now = env_mono_ms(b->env);

    while (b->fade_count > 0 && b->fades[b->fade_first].until_ms <= now) {
        struct lease *l = find(b, b->fades[b->fade_first].lease);
        assert(l != NULL && l->fading > 0);
        l->fading--;
        l->free++;
        b->used--;
        b->fade_first = (b->fade_first + 1) % (size_t)b->limit;
        b->fade_count--;
    }
}

/* Bring everything up to this moment, tell of room, and wake again when something changes. */
static void settle(struct budget *b)
{
    fade_out(b);
    give_back(b, false);
    const int64_t now = env_mono_ms(b->env);
    const int64_t free = free_now(b);
    if (free < CHUNK / 2)
        ask(b);
    int64_t at = b->fade_count > 0 ? b->fades[b->fade_first].until_ms : INT64_MAX;
    for (size_t i = 0; i < LEASES_MAX; i++)
        if (b->leases[i].id != 0 && b->leases[i].usable_until_ms > now &&
            b->leases[i].usable_until_ms < at)
            at = b->leases[i].usable_until_ms;
    if (free < CHUNK / 2 && b->asking == NULL && now + RETRY_MS < at)
        at = now + RETRY_MS;
    if (at != INT64_MAX)
        wake_at(b, at);
    if (b->wanted && free > 0) {
        b->wanted = false;
        b->on_room(b->arg);
    }
}

struct budget *budget_new(struct env *env, struct store *store, const char *kind, int64_t limit,
                          void (*on_room)(void *arg), void *arg)
{
    struct budget *b = calloc(1, sizeof(*b));

    assert(limit >= 3 && strlen(kind) < sizeof(b->kind));
    if (b == NULL || (b->fades = calloc((size_t)limit, sizeof(*b->fades))) == NULL)
        abort();
    b->env = env;
    b->store = store;
    memcpy(b->kind, kind, strlen(kind));
    b->limit = limit;
    b->on_room = on_room;
    b->arg = arg;
    ask(b);
    return b;
}

void budget_free(struct budget *b, bool graceful)
{
    if (b == NULL)
        return;
    env_timer_cancel(b->env, &b->timer);
    store_cancel(b->store, &b->asking);
    if (graceful)
        give_back(b, true);
    free(b->fades);
    free(b);
}

bool budget_take(struct budget *b, enum budget_class class, struct budget_permit *permit)
{
    const int64_t now = env_mono_ms(b->env);

    fade_out(b);
    /* All of it: a clock that is set forward makes the store believe that leases have run out. */
    if (b->used >= b->limit || (class == BUDGET_BACKGROUND && b->used >= b->limit - b->limit / 3)) {
        b->wanted = true;
        return false;
    }
    for (size_t i = 0; i < LEASES_MAX; i++) {
        struct lease *l = &b->leases[i];
        if (l->id == 0 || l->free == 0 || l->usable_until_ms <= now)
            continue;
        l->free--;
        l->under_way++;
        b->used++;
        *permit = (struct budget_permit){.lease = l->id, .taken_ms = now};
        if (free_now(b) < CHUNK / 2)
            ask(b);
        return true;
    }
    b->wanted = true;
    ask(b);
    return false;
}

/* The request's last moment was, or will be, at_ms. */
static void end_at(struct budget *b, const struct budget_permit *permit, int64_t at_ms)
{
    const size_t limit = (size_t)b->limit;
    struct lease *l = find(b, permit->lease);
    size_t i = b->fade_count;

    assert(l != NULL && l->under_way > 0 && b->fade_count < limit);
    l->under_way--;
    l->fading++;
    /* Those that were given up fade later than many that end after them. */
    for (; i > 0; i--) {
        const struct fade *before = &b->fades[(b->fade_first + i - 1) % limit];
        if (before->until_ms <= at_ms + BUDGET_WINDOW_MS)
            break;
        b->fades[(b->fade_first + i) % limit] = *before;
    }
    b->fades[(b->fade_first + i) % limit] = (struct fade){at_ms + BUDGET_WINDOW_MS, permit->lease};
    b->fade_count++;
    if (b->timer == NULL)
        settle(b);
}

void budget_end(struct budget *b, const struct budget_permit *permit)
{
    end_at(b, permit, env_mono_ms(b->env));
}

void budget_give_up(struct budget *b, const struct budget_permit *permit)
{
    const int64_t now = env_mono_ms(b->env), last = permit->taken_ms + BUDGET_REQUEST_MS;

    end_at(b, permit, last > now ? last : now);
}

int64_t budget_used(const struct budget *b)
{
    return b->used;
}
