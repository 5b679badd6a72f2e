/* What staff do with the ticket of a conversation. Included through store/store.h; the same rules
 * as there.
 *
 * A change of the ticket is an entry of the outbox whose payload is an object of any of these:
 *   {"status": text, "priority": text, "issue_type": text, "assignee": the PSA's id (0: nobody),
 *    "due": ms (0: no more)}
 * With "compare": true it is not sent when somebody changed the same in the PSA before it could be:
 * then the entry is given up, and holds what happened until staff have decided (`conflict`), an
 * object of the same names: {"status": {"was": "New", "now": "In Progress", "mine": "Resolved"}}.
 * Nothing else of the conversation waits for that. */
#ifndef PARLEY_STORE_TICKET_H
#define PARLEY_STORE_TICKET_H

#include "store/sync.h"
#include "store/types.h"

struct store_conflict_settle {
    struct id conversation;
    int64_t outbox;                 /* the entry that has the conflict */
    bool keep;                      /* ours: it is sent once more; else theirs stays */
    const char *sender, *client_id; /* of the new entry; see store_ticket_update */
    int64_t now_ms;
};

/* What becomes of a conversation that leaves its ticket. */
enum store_then {
    STORE_THEN_NEXT = 1, /* the next that the person says begins a new one */
    STORE_THEN_NEW,      /* a new one is made now */
    STORE_THEN_NONE,     /* it has none until staff say otherwise */
};

/* What waits to be filed goes into the new ticket, but for notes before the first that can begin
 * it; with STORE_THEN_NONE nowhere. Where nothing waits, the ticket of STORE_THEN_NEW tells what
 * the person said last. */
struct store_ticket_detach {
    struct id conversation;
    int64_t ticket; /* which it has, to whoever asks; 0: none, and no making of one waits */
    enum store_then then;
    struct id event;           /* fresh: of the message that tells of it */
    const char *said;          /* its text */
    const char *name, *sender; /* of who does it */
    const char *payload;       /* of the entry that makes a new one */
    int64_t now_ms;
    struct store_audit audit; /* with object "" the reference is written there */
};

/* What was said in the ticket before is read in, as history; only for staff where the PSA does not
 * say that it is this person's. What waits to be filed goes into it. */
struct store_ticket_attach {
    struct id conversation;
    int64_t was; /* the ticket that it has, to whoever asks; 0: none */
    const char *account;
    struct store_psa_ticket ticket; /* as the PSA just said */
    int64_t read_ms;                /* when it said so, by its clock */
    bool confirmed;                 /* also when it is somebody else's */
    struct id event;
    const char *said, *name, *sender;
    int64_t now_ms;
    struct store_audit audit;
};

struct store_attached {
    bool done;       /* false: nothing was changed, for: */
    struct id taken; /* this conversation is about it; none: nobody's is, and */
    bool is_company; /* it is another person's, of the same company; false: of another */
};

/* Somebody who works on tickets there. */
struct store_psa_user {
    int64_t id;
    const char *name;
};

struct store_psa_users {
    const struct store_psa_user *rows;
    size_t count;
};

#endif
