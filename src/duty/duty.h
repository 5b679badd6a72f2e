/* What the house does by itself as time passes: it gives conversations to who is there, takes them
 * back from who has left, wakes those whose sleep is over, tells people who write while it is
 * closed, tells others when nobody answers, and writes digests (duty/digest.h). The rules are
 * chat/route.h and chat/hours.h; each
 * look decides from what the store says then, and what changes is one transaction each. On the
 * loop. */
#ifndef PARLEY_DUTY_H
#define PARLEY_DUTY_H

#include "base/env.h"
#include "chat/hours.h"
#include "chat/route.h"
#include "store/store.h"

#define DUTY_LOOK_MS 5000 /* the longest that something waits for being seen */

struct duty;

struct duty_settings {
    struct env *env;
    struct store *store;
    /* Something of this conversation is different. May be NULL. */
    void (*changed)(const struct id *conversation, void *arg);
    /* duty_promise() says something else now. May be NULL. */
    void (*promise)(void *arg);
    /* Somebody is away, or not any more. May be NULL. */
    void (*team)(void *arg);
    /* Letters were written down. May be NULL. */
    void (*mailed)(void *arg);
    void *arg;
};

struct duty *duty_new(const struct duty_settings *settings) WARN_UNUSED;
/* NULL does nothing. */
void duty_free(struct duty *d);
/* Begin nothing more. */
void duty_stop(struct duty *d);
/* True when nothing is on its way. */
bool duty_is_idle(const struct duty *d);

/* Something was said or done: look soon. */
void duty_wake(struct duty *d);
/* The values STORE_VALUE_HOURS and STORE_VALUE_ROUTING are others now. */
void duty_read_settings(struct duty *d);
/* Somebody of staff chose otherwise of what they want to hear (the setting "notify"). */
void duty_read_notify(struct duty *d);
/* This member of staff has come to the console, or has left it. */
void duty_here(struct duty *d, const struct id *staff, bool is_here);

/* Do they say of themselves that they are away? As the store said last. */
bool duty_is_away(const struct duty *d, const struct id *staff);

/* Both until the loop's next turn; NULL: always open, all by hand. */
const struct hours *duty_hours(const struct duty *d);
const struct route *duty_route(const struct duty *d);

/* What a person may be told now. */
struct duty_promise {
    int64_t answer_ms; /* half of all first answers came within it; 0: not known */
    bool is_open;
    int64_t opens_ms; /* closed until then; 0: open, or nobody knows */
};
struct duty_promise duty_promise(const struct duty *d);

#endif
