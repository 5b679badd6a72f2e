/* Between what duty looks at and what it does. */
#ifndef PARLEY_DUTY_PRIVATE_H
#define PARLEY_DUTY_PRIVATE_H

#include "duty/digest.h"
#include "duty/duty.h"

/* After a start pages come back one after the other: the first is not to get all that waits. */
#define DUTY_GRACE_MS 5000
#define DUTY_JOBS     16  /* acts under way at once; the rest waits for the next look */
#define DUTY_PRESENCE 500 /* members whose coming and going is known */

/* One act on its way. */
struct job {
    struct duty *d; /* NULL: free */
    struct id conversation;
    struct store_op *op;
};

/* Since when somebody is not there (at the console, and not away), and when they were given a
 * conversation last. */
struct presence {
    struct id staff;
    bool is_here, is_away;
    int64_t gone_ms, given_ms;
};

struct duty {
    struct duty_settings set;
    struct env_timer *timer;
    struct store_op *looking, *hours_op, *route_op, *sampling;
    struct hours *hours;
    struct route *route;
    bool hours_known, route_known, stopped, again, failed;
    bool full;   /* more was to be done than may be under way at once */
    size_t skip; /* so many rows are behind us in this round: one look does not see all */
    int64_t start_ms, start_mono_ms;
    int64_t unanswered_ms; /* since when others are told after so many minutes */
    struct presence presence[DUTY_PRESENCE];
    size_t presence_count;
    struct job jobs[DUTY_JOBS];
    int64_t promise_ms, sampled_ms; /* sampled_ms 0: never */
    struct duty_promise told;       /* the promise as others know it */
    struct digest *digest;
};

/* ---- duty.c ---- */

/* NULL: there is no room for another. */
struct presence *duty_presence(struct duty *d, const struct id *staff);
/* They are this from now on. Who was gone already has been for as long as before: a page that comes
 * and goes while they are away is no return. */
void duty_presence_set(struct duty *d, struct presence *p, bool is_here, bool is_away);
/* One act has ended; the store could, or not. */
void duty_ended(struct duty *d, bool good);

/* ---- duty_do.c: decide what is to be done now, and begin it ---- */
void duty_do(struct duty *d, const struct store_duty *seen);
bool duty_is_busy(const struct duty *d);
void duty_cancel(struct duty *d);

#endif
