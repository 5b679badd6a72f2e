/* The store's operations on webhooks that go out. Included through store/store.h, whose rules hold
 * here. A delivery is written in the transaction of what it tells of: by the triggers of
 * 020-hooks.sql, or by ops_tell() (what was said, and what no row tells). It keeps no text: what is
 * told is read when it goes out. */
#ifndef PARLEY_STORE_HOOK_H
#define PARLEY_STORE_HOOK_H

#include "store/types.h"

#define STORE_HOOKS_MAX        20
#define STORE_HOOK_EVENTS_MAX  600                      /* bytes of all the names */
#define STORE_HOOK_AT_ONCE     4                        /* on their way of one endpoint */
#define STORE_DELIVERY_KEPT_MS (INT64_C(30) * 86400000) /* after its end */
#define STORE_HOOK_AHEAD_MS    (INT64_C(9) * 3600000)   /* longer than any wait between two tries */

enum store_delivery_state {
    STORE_DELIVERY_WAITING = 1, /* due at next_at_ms */
    STORE_DELIVERY_SENDING,     /* taken; after a crash it goes out again, with the same number */
    STORE_DELIVERY_TAKEN,       /* the other side said so */
    STORE_DELIVERY_FAILED,      /* given up, until an administrator tries it again */
};

/* A new endpoint (n 0), or a change of one; then "" leaves a text as it is. */
struct store_hook_put {
    int64_t n;
    struct id id;       /* of a new one: fresh */
    const char *url;    /* checked by the caller */
    const char *events; /* names with a space around each: " a b " */
    const char *sealed; /* the secret */
    int off;            /* 1: tell it nothing; 0: tell it; -1: as it is */
    int64_t now_ms;
    struct store_audit audit; /* object "": the address is written there */
};

struct store_hook {
    int64_t n;
    struct id id;
    const char *url, *events, *reason;
    bool off;
    int64_t created_ms, ok_ms, bad_ms;
    int64_t waiting, failed; /* of its deliveries */
};

struct store_hooks {
    const struct store_hook *rows;
    size_t count;
};

/* Away with an endpoint and what waits for it; or try one delivery again; or, with delivery 0, make
 * one that says "ping". */
struct store_hook_do {
    int64_t hook, delivery, now_ms;
    struct store_audit audit; /* object "": as above */
};

struct store_hook_due {
    const int64_t *ids, *hooks; /* of each its endpoint */
    size_t count;
    int64_t next_ms; /* the earliest of those not due; 0: none */
    bool any;        /* there are endpoints at all */
};

/* Everything that is needed to send one. */
struct store_delivery_taken {
    bool ended; /* what it tells of is not there any more; that is written down */
    int64_t n, hook, attempts, at_ms;
    struct id id; /* of the endpoint */
    const char *url, *sealed, *event;
    bool has_conversation, has_message;
    struct store_summary conversation;
    struct store_message message;
};

enum store_delivery_outcome { STORE_DELIVERY_DONE, STORE_DELIVERY_RETRY, STORE_DELIVERY_GIVE_UP };

struct store_delivery_finish {
    int64_t n;
    enum store_delivery_outcome outcome;
    int64_t now_ms, at_ms; /* at_ms: RETRY */
    int status;            /* HTTP's; 0: no answer */
    const char *reason;    /* "" for DONE */
};

struct store_delivery {
    int64_t n;
    const char *event, *reason, *reference; /* reference: of the conversation; "" without one */
    enum store_delivery_state state;
    int64_t at_ms, attempts, next_at_ms, finished_ms, status;
};

struct store_deliveries {
    const struct store_delivery *rows; /* newest first */
    size_t count;
    bool more;
};

struct store_delivery_read {
    int64_t hook, before; /* before: a number; 0: from the newest */
    size_t limit;
};

#endif
