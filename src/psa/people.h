/* Who are the people who have proved who they are? Asked of the PSA when they come (psa/match.h),
 * and again when what is known is too old to be believed. The outbox owns it, and makes a new one
 * for each connector. */
#ifndef PARLEY_PEOPLE_H
#define PARLEY_PEOPLE_H

#include "psa/match.h"

struct people;

/* A person, as they are known now. */
struct people_known {
    struct id person;
    struct store_matched matched;
    bool is_manager;
};

struct people_settings {
    struct match_place place; /* the account's text is copied */
    /* Called for everyone who was seen and has proved who they are, once it is known; not when it
     * cannot be asked now: the next time that they come. May be NULL. */
    void (*known)(const struct people_known *known, void *arg);
    void *arg;
};

/* What the settings point to must outlive it. */
struct people *people_new(const struct people_settings *settings);
/* Give up what is under way. NULL does nothing. */
void people_free(struct people *p);
/* Start nothing new. */
void people_stop(struct people *p);
/* No call is under way. */
bool people_is_idle(const struct people *p);

/* They have come, or have just proved who they are. Cheap; at most PEOPLE_WAITING wait, who comes
 * then is asked for the next time. */
#define PEOPLE_WAITING 256
void people_seen(struct people *p, const struct id *person);

#endif
