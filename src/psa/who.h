/* Who are the people who have proved who they are? Asked of the PSA when they come (psa/match.h),
 * and again when what is known is too old to be believed. The outbox owns it, and makes a new one
 * for each connector. */
#ifndef PARLEY_WHO_H
#define PARLEY_WHO_H

#include "psa/match.h"

struct who;

/* A person, as they are known now. */
struct who_known {
    struct id person;
    struct store_matched matched;
    bool is_manager;
};

struct who_settings {
    struct match_place place; /* the account's text is copied */
    /* Called for everyone who was seen and has proved who they are, once it is known; not when it
     * cannot be asked now: the next time that they come. May be NULL. */
    void (*known)(const struct who_known *known, void *arg);
    void *arg;
};

/* What the settings point to must outlive it. */
struct who *who_new(const struct who_settings *settings);
/* Give up what is under way. NULL does nothing. */
void who_free(struct who *p);
/* Start nothing new. */
void who_stop(struct who *p);
/* No call is under way. */
bool who_is_idle(const struct who *p);

/* They have come, or have just proved who they are. Cheap; at most WHO_WAITING wait, who comes
 * then is asked for the next time. */
#define WHO_WAITING 256
void who_seen(struct who *p, const struct id *person);

#endif
