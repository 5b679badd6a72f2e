/* Permits of the budget for those who can wait: interactive ones first, then first come. */
#ifndef PARLEY_GATE_H
#define PARLEY_GATE_H

#include "psa/budget.h"

struct gate;

/* Somebody who waits; the caller's memory, zeroed before its first use. */
struct gate_wait {
    struct gate_wait *next; /* private */
    bool waiting;           /* private */
    enum budget_class class;
    /* A permit is there, as from gate_take. Never called from inside gate_wait. */
    void (*fn)(const struct budget_permit *permit, void *arg);
    void *arg;
};

/* As budget_new; on_room(arg) comes when a permit was refused by gate_take and may be had now. */
struct gate *gate_new(struct env *env, struct store *store, const char *kind, int64_t limit,
                      void (*on_room)(void *arg), void *arg);
/* Nobody may wait any more. NULL does nothing. */
void gate_free(struct gate *g, bool graceful);

/* A permit now, or false. Those who wait already go first. */
bool gate_take(struct gate *g, enum budget_class class, struct budget_permit *permit);
/* Wait for a permit; set class, fn and arg before. */
void gate_wait(struct gate *g, struct gate_wait *w);
/* After this fn is never called. Also for one that does not wait. */
void gate_cancel(struct gate *g, struct gate_wait *w);
/* The request that the permit was for has ended. */
void gate_end(struct gate *g, const struct budget_permit *permit);
/* As budget_give_up. */
void gate_give_up(struct gate *g, const struct budget_permit *permit);
int64_t gate_used(const struct gate *g);

#endif
