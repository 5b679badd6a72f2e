/* Shared by the files of the outbox. */
#ifndef PARLEY_OUTBOX_PRIVATE_H
#define PARLEY_OUTBOX_PRIVATE_H

#include "psa/connector.h"
#include "psa/gate.h"
#include "psa/match.h"
#include "psa/meter.h"
#include "psa/outbox.h"

#define JOBS_MAX       8
#define BACKGROUND_MAX 6 /* of the jobs; the rest is for what somebody waits for */

#define OUTBOX_AGAIN_MS 1000 /* the store was busy */

/* So long after it was taken a send cannot come any more by itself: 75 s of doubt
 * (docs/decisions/outbox-doubt.md), 2 s in which it may leave, and what the wall clock may part
 * from the steady one unnoticed. */
#define OUTBOX_SLIP_MS    2000
#define OUTBOX_STEP_MS    1000
#define OUTBOX_SETTLED_MS (75000 + OUTBOX_SLIP_MS + OUTBOX_STEP_MS)

/* One entry that is worked on. The pending handles are the state. */
struct job {
    struct outbox *o; /* NULL: this place is free */
    struct id conversation, person;
    int64_t outbox, attempts, sent_at_ms, ticket;
    int64_t settles_ms; /* so long after the look-up began */
    enum store_outbox_kind kind;
    enum budget_class class;
    bool looking_up, matched;
    bool is_linked; /* the person, to somebody in the PSA */
    struct match_who who;
    int64_t compared; /* the entry whose ticket was just read */
    bool has_permit;
    struct budget_permit permit;
    int64_t permit_at_ms; /* mono */
    char email[STORE_TEXT_MAX + 1];
    struct store_op *op;
    struct psa_call *call;
    struct match *match;
};

struct outbox {
    struct outbox_settings set;
    char origin[256];
    struct gate *gates[PSA_KINDS_MAX]; /* by the place in the table of kinds */
    struct meter *meters[PSA_KINDS_MAX];
    struct gate *gate; /* of the connector's kind */
    struct job jobs[JOBS_MAX];
    bool stopped, recovered, again;
    struct store_op *due, *recovering;
    int64_t wall_ahead_ms;   /* of the steady clock, as last seen */
    int64_t settled_from_ms; /* before, no stored time proves anything; mono */
    struct env_timer *timer; /* look again */
    int64_t look_at_ms;      /* when it fires; mono */
    int64_t pause_until_ms;  /* nothing is sent before; mono */
    int throttled;           /* in a row */
    /* The connector (outbox_link.c). */
    struct psa_connector *connector;
    struct sync *sync; /* while there is a connector */
    struct who *who;   /* likewise */
    char kind[32], account[128];
    int64_t version; /* 0: none was read yet */
    int64_t fallback_customer;
    bool reload;      /* another version is there: drain, then read it */
    bool reread;      /* it was changed while it was being read */
    bool held;        /* nothing may be sent */
    int64_t heard_ms; /* when the token was let in last; of the clock that does not step */
    int64_t kind_until_ms[STORE_ATTACH_FILES + 1]; /* a right is missing for these; mono */
    enum store_outbox_kind suspect;                /* whose call was not let in last; 0: none */
    int64_t probe_wait_ms, kind_wait_ms;
    char state[16], reason[400];
    struct store_op *reading, *storing, *retrying;
    struct env_timer *read_timer, *probe_timer, *options_timer;
    struct psa_call *probing, *listing;
};

static inline int64_t outbox_now_ms(const struct outbox *o)
{
    return env_now_ms(o->set.env);
}

int outbox_jobs(const struct outbox *o);
/* Look for due entries after so long, unless that is to happen sooner. */
void outbox_look_in(struct outbox *o, int64_t ms);
/* Notice when the wall clock was set: what was sent before is settled OUTBOX_SETTLED_MS later,
 * whatever time is stored with it. Call it before each use of a stored time and each store. */
void outbox_watch_clock(struct outbox *o);

/* Work on the head of j's conversation; with a permit, unless it is only to be looked up. The place
 * of the job is free again when it is over. */
void outbox_job_take(struct job *j);
/* Give up, at once. */
void outbox_job_cancel(struct job *j);

void outbox_link_start(struct outbox *o);
void outbox_link_free(struct outbox *o);
/* A call of this kind was not let in, or was done. */
void outbox_link_refused(struct outbox *o, enum store_outbox_kind kind, const char *reason);
void outbox_link_worked(struct outbox *o, enum store_outbox_kind kind);

#endif
