/* What the PSA tells of tickets, and what follows from it here. Included through store/store.h; the
 * same rules as there. Times of tickets and comments are by the PSA's clock. */
#ifndef PARLEY_STORE_SYNC_H
#define PARLEY_STORE_SYNC_H

#include "store/types.h"

#define STORE_SYNC_TICKETS  500               /* in one store_sync_tickets */
#define STORE_SYNC_COMMENTS 1000              /* in one store_sync_comments */
#define STORE_SYNC_BYTES    ((size_t)8 << 20) /* of bodies; of what is beyond the beginnings */
#define STORE_SYNC_EDITED   64 /* messages that one store_sync_comments tells as edited */

/* A ticket's facts. Texts over STORE_TEXT_MAX are cut. */
struct store_psa_ticket {
    int64_t id, customer, contact;
    const char *number, *subject, *status, *priority, *assignee, *contact_name, *issue_type;
    bool open;
    int64_t assignee_id, due_ms; /* 0: nobody, not said */
    int64_t created_ms, updated_ms, resolved_ms;
    struct id event; /* fresh: of the message that tells of its closing or opening */
};

struct store_sync_tickets {
    const char *account;
    /* As in struct store_message_add: of a ticket that is closed while words of its person are on
     * their way there, or before they came. The conversation stays open in any case. */
    const char *reopen;
    const struct store_psa_ticket *rows;
    size_t count;
    int64_t
        asked_ms; /* when the PSA was asked: what was asked later and is newer is known better */
    int64_t clock_ms; /* now by the PSA's clock; 0: it did not say */
    int64_t now_ms;
};

/* Conversations of which something can be seen to have changed. */
struct store_sync_seen {
    const struct id *conversations;
    size_t count;
    size_t changed; /* tickets that were not known just so */
};

/* A conversation whose comments are to be read. */
struct store_sync_due_row {
    struct id conversation;
    int64_t ticket, updated_ms; /* hand both to store_sync_comments */
};

struct store_sync_due {
    const struct store_sync_due_row *rows;
    size_t count;
};

struct store_psa_comment {
    int64_t id, created_ms;
    const char *subject, *body, *name;
    bool hidden, by_staff;
    struct id message; /* fresh */
};

struct store_sync_comments {
    struct id conversation;
    const char *account;
    int64_t ticket, updated_ms;           /* as store_sync_due told */
    const struct store_psa_comment *rows; /* the oldest first */
    size_t count;
    bool complete;    /* these are all that the ticket has */
    int64_t began_ms; /* when the reading began, by our clock; 0: it is not known */
    int64_t now_ms;
};

struct store_synced {
    size_t added;                      /* messages */
    int64_t edited[STORE_SYNC_EDITED]; /* seqs of messages that are different now, or hidden */
    size_t edited_count;
};

struct store_sync_gone {
    const char *account;
    int64_t ticket;
    int64_t outbox; /* an entry that was refused because of it, and so is not in doubt; 0: none */
    struct id event;
    const char *text; /* what the conversation is told */
    int64_t now_ms;
};

struct store_gone {
    size_t count;           /* of conversations that had it */
    struct id conversation; /* the first of them; none: nobody had one about it */
};

struct store_ticket_adopt {
    struct store_asker asker;
    const char *account;
    int64_t ticket;
    struct id conversation, person; /* fresh */
    char reference[REFERENCE_SIZE];
    int64_t now_ms;
};

/* Whose older tickets: a contact's, or a company's (contact 0). */
struct store_history {
    const char *account;
    int64_t contact, customer;
    int64_t now_ms;
    bool done; /* they are read: remember; otherwise: were they, since now_ms - STORE_HISTORY_MS? */
};

#define STORE_HISTORY_MS INT64_C(86400000)

#endif
