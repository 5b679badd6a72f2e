#include "psa/gate.h"

#include <assert.h>
#include <stdlib.h>

struct gate {
    struct budget *budget;
    struct gate_wait *waiting[2]; /* by class, in order of coming */
    void (*on_room)(void *arg);
    void *arg;
};

/* Hand out what there is. A callback may wait again or cancel others: each round begins anew. */
static void serve(struct gate *g, enum budget_class class)
{
    struct budget_permit permit;

    while (g->waiting[class] != NULL && budget_take(g->budget, class, &permit)) {
        struct gate_wait *w = g->waiting[class];
        g->waiting[class] = w->next;
        w->waiting = false;
        w->fn(&permit, w->arg);
    }
}

static void on_room(void *arg)
{
    struct gate *g = arg;

    serve(g, BUDGET_INTERACTIVE);
    if (g->waiting[BUDGET_INTERACTIVE] == NULL)
        serve(g, BUDGET_BACKGROUND);
    g->on_room(g->arg);
}

struct gate *gate_new(struct env *env, struct store *store, const char *kind, int64_t limit,
                      void (*told)(void *arg), void *arg)
{
    struct gate *g = calloc(1, sizeof(*g));

    if (g == NULL)
        abort();
    g->on_room = told;
    g->arg = arg;
    g->budget = budget_new(env, store, kind, limit, on_room, g);
    return g;
}

void gate_free(struct gate *g, bool graceful)
{
    if (g == NULL)
        return;
    assert(g->waiting[BUDGET_INTERACTIVE] == NULL && g->waiting[BUDGET_BACKGROUND] == NULL);
    budget_free(g->budget, graceful);
    free(g);
}

bool gate_take(struct gate *g, enum budget_class class, struct budget_permit *permit)
{
    if (g->waiting[BUDGET_INTERACTIVE] != NULL ||
        (class == BUDGET_BACKGROUND && g->waiting[BUDGET_BACKGROUND] != NULL))
        return false; /* the budget knows that somebody waits */
    return budget_take(g->budget, class, permit);
}

void gate_wait(struct gate *g, struct gate_wait *w)
{
    struct gate_wait **at = &g->waiting[w->class];

    assert(!w->waiting);
    while (*at != NULL)
        at = &(*at)->next;
    w->next = NULL;
    w->waiting = true;
    *at = w;
}

void gate_cancel(struct gate *g, struct gate_wait *w)
{
    struct gate_wait **at = &g->waiting[w->class];

    if (!w->waiting)
        return;
    while (*at != w)
        at = &(*at)->next;
    *at = w->next;
    w->waiting = false;
}

void gate_end(struct gate *g, const struct budget_permit *permit)
{
    budget_end(g->budget, permit);
}

void gate_give_up(struct gate *g, const struct budget_permit *permit)
{
    budget_give_up(g->budget, permit);
}

int64_t gate_used(const struct gate *g)
{
    return budget_used(g->budget);
}
