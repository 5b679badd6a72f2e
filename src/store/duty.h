/* What the house looks at and does by itself as time passes. Included through store/store.h, whose
 * rules hold here. */
#ifndef PARLEY_STORE_DUTY_H
#define PARLEY_STORE_DUTY_H

#include "store/types.h"

#define STORE_DUTY_EMAILS  5   /* that one telling goes to */
#define STORE_DUTY_SAMPLES 500 /* conversations that tell how long first answers took */

/* An open conversation in which somebody waits for us, or whose sleep is over. */
struct store_duty_row {
    struct id conversation, staff; /* staff none: nobody has it */
    int64_t waiting_since_ms;      /* 0: nobody waits */
    int64_t said_ms;               /* when the person said something last */
    int64_t snoozed_ms;            /* asleep until then; 0: awake */
    int64_t woke_ms;               /* the last time; 0: it never slept */
    int64_t away_ms, escalated_ms; /* what was told already: see struct store_duty_tell */
    const char *tags;              /* with commas between */
};

/* Who of staff can come in. */
struct store_duty_member {
    struct id id;
    int64_t open; /* conversations that they have, open and awake */
    bool is_away; /* they said so themselves (their setting "routing") */
};

struct store_duty {
    const struct store_duty_row *rows; /* those whose sleep is over first, then by waiting */
    size_t count;
    const struct store_duty_member *members;
    size_t member_count;
};

/* A conversation that began lately. answered_ms 0: its person waits for the first answer. */
struct store_duty_sample {
    int64_t created_ms, answered_ms;
};

struct store_duty_samples {
    const struct store_duty_sample *rows;
    size_t count;
};

/* Tell somebody what follows from the time, once. */
struct store_duty_tell {
    struct id conversation;
    int64_t waiting_since_ms; /* as it was seen: another by now, and nothing is told */
    /* To the person, as an event: nobody is there. "": not. Once for each away_ms. */
    const char *text;
    int64_t away_ms;
    struct id message; /* fresh: of what is said */
    /* Else to others, by letters, and to staff by an act: nobody has answered for so many minutes.
     * Once for each waiting. */
    bool escalate;
    int64_t minutes;
    const char *to[STORE_DUTY_EMAILS];
    struct id keys[STORE_DUTY_EMAILS]; /* fresh */
    size_t to_count;
    int64_t now_ms;
};

/* At most limit rows (up to STORE_READ_MAX) behind the first `skip`, and all members. out->duty. */
struct store_op *store_duty_look(struct store *s, int64_t now_ms, size_t skip, size_t limit,
                                 store_fn *fn, void *arg);
/* The latest STORE_DUTY_SAMPLES conversations that began since; not those that were closed without
 * an answer, nor those whose ticket was there first. out->duty_samples. */
struct store_op *store_duty_samples(struct store *s, int64_t since_ms, store_fn *fn, void *arg);
/* out->changed (false: told before, or not true any more). STORE_NOT_FOUND: no such conversation.
 */
struct store_op *store_duty_tell(struct store *s, const struct store_duty_tell *in, store_fn *fn,
                                 void *arg);

#endif
