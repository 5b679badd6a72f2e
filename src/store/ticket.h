/* What staff do with the ticket of a conversation. Included through store/store.h; the same rules
 * as there.
 *
 * A change of the ticket is an entry of the outbox whose payload is an object of any of these:
 *   {"status": text, "priority": text, "issue_type": text, "assignee": the PSA's id (0: nobody),
 *    "due": ms}
 * With "compare": true it is not sent when somebody changed the same in the PSA before it could be:
 * then the entry is given up, and holds what happened until staff have decided (`conflict`), an
 * object of the same names: {"status": {"was": "New", "now": "In Progress", "mine": "Resolved"}}.
 * Nothing else of the conversation waits for that. */
#ifndef PARLEY_STORE_TICKET_H
#define PARLEY_STORE_TICKET_H

#include "store/types.h"

struct store_conflict_settle {
    struct id conversation;
    int64_t outbox;                 /* the entry that has the conflict */
    bool keep;                      /* ours: it is sent once more; else theirs stays */
    const char *sender, *client_id; /* of the new entry; see store_ticket_update */
    int64_t now_ms;
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
