/* The rule against guessing: wrong tries cost time, then shut the door for a while. A value; all
 * zero is "no try yet". A try counts as wrong until lock_good says otherwise, so that many at once
 * gain nothing. */
#ifndef PARLEY_CHAT_LOCK_H
#define PARLEY_CHAT_LOCK_H

#include "base/base.h"

#define LOCK_FREE     5                         /* tries before each further one waits */
#define LOCK_HERE     10                        /* of one account from one address: shut */
#define LOCK_ANYWHERE 50                        /* of one account, or from one address: shut */
#define LOCK_SHUT_MS  (15 * 60 * INT64_C(1000)) /* for so long */

struct lock {
    int tries;
    int64_t last_ms, until_ms;
};

/* May one try now? 0, or the ms to wait. Counts nothing. */
int64_t lock_wait(const struct lock *l, int64_t mono_ms) WARN_UNUSED;
/* Count a try. After LOCK_FREE of them the next waits 1 s, 2 s, 4 s, ... (only when `slow`); from
 * shut_at on it waits LOCK_SHUT_MS. True when this try shut it. */
bool lock_try(struct lock *l, int64_t mono_ms, int shut_at, bool slow);
/* The latest try was right after all, and `all` of those before are forgiven as well. */
void lock_good(struct lock *l, bool all);
/* Nothing is held against it any more: the value may be forgotten. */
bool lock_is_idle(const struct lock *l, int64_t mono_ms);

#endif
