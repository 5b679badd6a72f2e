/* The rate limit of the PSA: at most so many requests in any rolling minute as the other side
 * counts them (Syncro: 180 a minute and address; syncro-api.md, section 6).
 *
 * A request counts from its sending until a minute after its end, for we do not know when in
 * between the other side has counted it. What may be sent is leased from the store first, so that
 * a crash, however it falls, cannot spend a minute twice: see docs/decisions/budget-leases.md. */
#ifndef PARLEY_BUDGET_H
#define PARLEY_BUDGET_H

#include "base/env.h"
#include "store/store.h"

#define BUDGET_WINDOW_MS  60000 /* a request counts so long after its end */
#define BUDGET_REQUEST_MS 30000 /* the longest a request may take */

struct budget;

enum budget_class {
    BUDGET_INTERACTIVE, /* somebody waits for it: may use everything */
    BUDGET_BACKGROUND,  /* leaves a third of the limit to the others */
};

/* kind names the limit in the store ("syncro/203.0.113.7"); limit: requests a minute, at least 3.
 * on_room(arg) is called from the loop when a permit may be had again after budget_take refused
 * one. Asks the store for its first lease at once. env and store must outlive it. */
struct budget *budget_new(struct env *env, struct store *store, const char *kind, int64_t limit,
                          void (*on_room)(void *arg), void *arg);
/* Give back what was not used (when `graceful`; a crash does not), stop, free. on_room is never
 * called again. NULL does nothing. */
void budget_free(struct budget *b, bool graceful);

/* What a permit was taken from; hand it to budget_end. */
struct budget_permit {
    int64_t lease, taken_ms;
};

/* True, and *permit: one request may be sent now; budget_end must follow within
 * BUDGET_REQUEST_MS. False: not now; on_room will tell. */
bool budget_take(struct budget *b, enum budget_class class, struct budget_permit *permit);
/* The request was answered, or never sent. */
void budget_end(struct budget *b, const struct budget_permit *permit);
/* Nobody waits for it any more, but it may still be on its way: it counts as if it had taken
 * BUDGET_REQUEST_MS. */
void budget_give_up(struct budget *b, const struct budget_permit *permit);

/* Requests that count now, for health and metrics. */
int64_t budget_used(const struct budget *b);

#endif
