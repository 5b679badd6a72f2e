/* The store's operations on the connector as an administrator sees it: pausing, removing, how it
 * does, and what is parked. Included through store/store.h, whose rules hold here. */
#ifndef PARLEY_STORE_CONNECTOR_H
#define PARLEY_STORE_CONNECTOR_H

#include "store/types.h"

#define STORE_CALL_HOURS 48 /* so many hours of calls are kept */

struct store_connector_pause {
    const char *kind;
    bool paused;        /* store_connector_pause only */
    const char *reason; /* what those read who wait; looked at when it is paused or removed */
    int64_t now_ms;
    struct store_audit audit; /* written when something is changed */
};

struct store_calls_add {
    const char *kind;
    int64_t calls, errors; /* since the last one */
    int64_t last_ms;       /* of the last of them */
    int64_t hour_ms;       /* the hour that they count for, its beginning */
};

struct store_hour {
    int64_t hour_ms, calls, errors;
};

struct store_calls {
    const struct store_hour *rows; /* by hour; hours without calls are left out */
    size_t count;
    int64_t last_ms; /* 0: none is known */
};

struct store_parked_read {
    const char *account; /* the connector's */
    int64_t after;       /* entries with a greater id; 0: from the first */
    size_t limit;
};

struct store_parked {
    int64_t outbox;
    struct id conversation;
    const char *reference, *name, *email, *company, *subject, *reason;
    enum store_outbox_kind kind;
    int64_t since_ms;    /* when it was said */
    const char *account; /* of its ticket, or where it was sent to; "" for neither */
    bool account_differs;
};

struct store_parked_list {
    const struct store_parked *rows; /* by outbox */
    size_t count;
    bool more;
};

/* What has still to be done in the PSA. */
struct store_backlog {
    int64_t waiting, in_doubt, parked; /* entries; those behind a parked one count as waiting */
    int64_t oldest_ms;                 /* created_ms of the oldest that waits or is in doubt */
};

struct store_outbox_company {
    struct id conversation;
    const char *account;
    int64_t psa_customer;
    const char *company; /* its name */
    int64_t now_ms;
    struct store_audit audit; /* with object "": the reference is written there */
};

/* Give up the parked head of a conversation, and say so in it. */
struct store_outbox_give_up {
    struct id conversation, message; /* message: fresh */
    const char *account;             /* the connector's; "" for none */
    const char *name, *sender;       /* who does it, as for store_message_add */
    const char *said, *said_create;  /* the event's words, for all kinds but and for a new ticket */
    int64_t now_ms;
    struct store_audit audit; /* as above */
};

struct store_given_up {
    int64_t entries; /* with those that needed the ticket */
    struct store_added event;
};

/* Stop or go on with sending. The version grows when it changes something. out->changed.
 * STORE_NOT_FOUND: no such connector. */
struct store_op *store_connector_pause(struct store *s, const struct store_connector_pause *in,
                                       store_fn *fn, void *arg);
/* Forget the token and the settings; what waits stays. out->changed. STORE_NOT_FOUND as above. */
struct store_op *store_connector_remove(struct store *s, const struct store_connector_pause *in,
                                        store_fn *fn, void *arg);

/* Count calls; hours older than STORE_CALL_HOURS go. No out. */
struct store_op *store_calls_add(struct store *s, const struct store_calls_add *in, store_fn *fn,
                                 void *arg);
/* The hours from since_ms on. out->calls. */
struct store_op *store_calls_read(struct store *s, const char *kind, int64_t since_ms, store_fn *fn,
                                  void *arg);

/* Parked heads of all conversations, at most STORE_READ_MAX. out->parked. */
struct store_op *store_parked_read(struct store *s, const struct store_parked_read *in,
                                   store_fn *fn, void *arg);
/* out->backlog. */
struct store_op *store_backlog_read(struct store *s, store_fn *fn, void *arg);

/* Link the person of a conversation whose head is parked to a company, and try again.
 * out->changed. STORE_NOT_FOUND: no such conversation. STORE_CONFLICT: its head is not parked, or
 * does not make a ticket: nothing was done. */
struct store_op *store_outbox_company(struct store *s, const struct store_outbox_company *in,
                                      store_fn *fn, void *arg);
/* docs/decisions/giving-up.md. out->given_up. STORE_NOT_FOUND: no such conversation.
 * STORE_CONFLICT: its head is not parked, or it is in doubt whether this account has the ticket. */
struct store_op *store_outbox_give_up(struct store *s, const struct store_outbox_give_up *in,
                                      store_fn *fn, void *arg);

#endif
