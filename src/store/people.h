/* What a person's browser may see and has read. Included through store/store.h; the same rules as
 * there. Who may see what is decided in store/sqlite/ops_access.c. */
#ifndef PARLEY_STORE_PEOPLE_H
#define PARLEY_STORE_PEOPLE_H

#include "store/types.h"

#define STORE_QUERY_MAX 200 /* bytes */

enum store_ticket_which { STORE_TICKETS_OPEN = 1, STORE_TICKETS_CLOSED, STORE_TICKETS_ALL };

struct store_ticket_list {
    struct store_asker asker; /* a browser */
    const char *account;      /* of the PSA; "": none, then only conversations without a ticket */
    enum store_ticket_which which;
    const char *query; /* words or a number; "": all */
    /* Where the page before ended; 0 and "": from the newest. */
    int64_t before_ms;
    const char *before_key;
    size_t limit;
};

/* A ticket of the person's, or a conversation of theirs whose ticket is not there yet. */
struct store_ticket_row {
    const char *key;        /* with updated_ms: where the next page goes on */
    struct id conversation; /* none (all zero): nobody has opened the ticket yet */
    const char *reference;  /* of the conversation, "" for none */
    int64_t ticket;         /* the PSA's id; 0: not filed yet */
    const char *number, *subject, *status, *priority, *assignee;
    bool open;
    bool mine; /* false: seen as a manager of the company; may be read only */
    int64_t created_ms, updated_ms;
    int64_t unread; /* messages of staff that the person has not read */
};

struct store_ticket_rows {
    const struct store_ticket_row *rows; /* the latest change first */
    size_t count;
    bool more;
    int64_t unread; /* over all their conversations, whatever was asked for */
    /* Whose older tickets are to be read from the PSA (store/sync.h) to make this list whole: a
     * contact's, a company's; 0: nobody's. */
    int64_t contact, customer;
};

/* How much a person has not read of one conversation, and of all together. */
struct store_unread_read {
    struct store_asker asker; /* a browser */
    const char *account;
    struct id conversation;
};

struct store_unread {
    int64_t unread, total;
};

/* A person says that their ticket is solved, or that it is not. */
struct store_ticket_decide {
    struct store_asker asker;
    struct id conversation, message; /* message: fresh */
    bool closes;
    const char *text;               /* what the conversation is told */
    const char *payload;            /* for the ticket: JSON, {"status": ...} */
    const char *sender, *client_id; /* together the name of this act */
    int64_t now_ms;
};

struct store_conversation_open {
    struct store_asker asker;
    struct id conversation; /* none: by the ticket */
    const char *account;
    int64_t ticket;
};

struct store_opened {
    struct store_summary summary;
    bool may_write;
    bool by_psa;  /* it is theirs because the PSA says so, and as long as it does */
    bool claimed; /* a browser that had proved nothing had it; it has it no more */
};

struct store_read_mark {
    struct store_asker asker;
    struct id conversation;
    int64_t seq;
};

#endif
