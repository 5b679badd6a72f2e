/* What goes into the store's operations and comes out of them. Included through store/store.h.
 *
 * Inputs are copied before the call returns. Texts in an input are NUL-terminated UTF-8; NULL is
 * taken as "". Outputs and their texts (never NULL) live until the callback returns. Times are ms
 * since 1970 UTC; 0 means "none" unless said otherwise. Every limit below is asserted: the caller
 * checks or cuts what came from outside before it gets here. */
#ifndef PARLEY_STORE_TYPES_H
#define PARLEY_STORE_TYPES_H

#include "base/base.h"
#include "base/id.h"

#define STORE_HASH_SIZE    32    /* BLAKE2b-256 of a token (secret_hash) */
#define STORE_BODY_MAX     65536 /* bytes of a message's body, of a payload and of a value */
#define STORE_TEXT_MAX     1024  /* bytes of every other text (reason, subject, name, key) */
#define STORE_MENTIONS_MAX 10
#define STORE_READ_MAX     500    /* rows one read can bring, for every limit */
#define STORE_READ_BYTES   524288 /* of bodies in one read; it then stops early and says more */
#define STORE_LAST_BODY    200    /* characters of the last message in a summary */
#define STORE_TOKEN_MAX    16384  /* bytes of a sealed token in hexadecimal */

/* What travels as one comment. */
#define STORE_BATCH_BYTES    32768 /* of bodies; the first message always goes */
#define STORE_BATCH_MESSAGES 50

enum store_result {
    STORE_OK,
    STORE_NOT_FOUND, /* no such row, or not the asker's */
    STORE_CONFLICT,  /* a name that must be unique is taken, or the row has moved on */
    STORE_BUSY,      /* the queue is full; nothing was done, try again later */
    STORE_FAILED,    /* disk or database; nothing was done, the log says what */
    STORE_CROSSED,   /* somebody else was first: look at what is there now */
    STORE_MOVED,     /* the conversation goes on in another: that of out->added */
    /* A file may not be sent: not the sender's, not whole, sent already, too much. Or: something is
     * on its way to the ticket, and what becomes of it is to be known first. */
    STORE_REFUSED,
};

#define STORE_LANGUAGE_SIZE 4 /* like "de", with its NUL */

enum store_author { STORE_PERSON = 1, STORE_STAFF, STORE_NOTE, STORE_EVENT };
enum store_outbox_kind {
    STORE_CREATE_TICKET = 1,
    STORE_ADD_COMMENT,
    STORE_UPDATE_TICKET,
    STORE_ATTACH_FILES, /* offer the files of one message */
};

enum store_outbox_state {
    STORE_WAITING = 1, /* certainly not in the PSA; due at next_at_ms */
    STORE_IN_DOUBT,    /* was or is being sent: to be looked up before it is ever sent again */
    STORE_PARKED,      /* stopped until somebody retries it; holds up its own conversation only */
    STORE_DONE,        /* filed */
    STORE_GIVEN_UP,    /* as done, but it was not filed and never will be; only in store_entry */
};

/* A row of the audit log. As part of an input it is written in the same transaction as the change;
 * with action NULL or "" nothing is written. It never holds a secret. */
struct store_audit {
    int64_t id; /* out only; grows */
    int64_t at_ms;
    const char *actor;   /* the email of who did it; "command line" */
    const char *action;  /* see chat/audit.h */
    const char *object;  /* what it was done to: an email, a kind of connector, a reference */
    const char *address; /* from where */
    const char *detail;
};

/* Who wants to see or say something. All zero is nobody, and finds nothing. */
struct store_asker {
    bool is_staff; /* may touch every conversation; the hash is not looked at */
    uint8_t token_hash[STORE_HASH_SIZE]; /* otherwise: the browser whose it must be */
    int64_t now_ms; /* a browser's: has its session run out? (above 0, asserted) */
};

/* A new entry of the outbox, made in the same transaction as what it is about. */
struct store_enqueue {
    bool wanted;         /* false: no entry */
    bool interactive;    /* somebody waits for it: goes before the rest */
    int64_t next_at_ms;  /* not before; the time of the message plus the burst window */
    const char *payload; /* JSON for the connector, may be empty */
};

/* The change a message makes to waiting_since_ms. */
enum store_waiting {
    STORE_WAITING_KEEP,
    STORE_WAITING_BEGIN, /* set to the message's time, unless somebody waits already */
    STORE_WAITING_END,   /* nobody waits any more */
};

struct store_conversation_start {
    char language[STORE_LANGUAGE_SIZE]; /* of a new person; "": not known */
    uint8_t token_hash[STORE_HASH_SIZE];
    struct id conversation, person, message; /* fresh; person is used when the browser is new */
    char reference[REFERENCE_SIZE];
    const char *name, *email, *subject, *body;
    const char *sender, *client_id; /* together the name of this act; see store_message_add */
    struct store_enqueue outbox;    /* kind STORE_CREATE_TICKET */
    const struct id *files;         /* of the message; see store_message_add */
    size_t file_count;
    bool offer_files;
    int64_t files_max; /* bytes of all files of the conversation; 0: no limit */
    int64_t now_ms;
};

struct store_started {
    bool duplicate; /* it was done before: what follows is what was made then */
    struct id conversation, person, message;
    const char *reference;
    int64_t seq, at_ms;
};

struct store_message_add {
    struct id conversation, message;
    struct store_asker asker;
    enum store_author author;
    const char *name, *body;
    const char *sender;     /* "v:" and the hash in hex, "s:" and a name, "psa:" and an account */
    const char *client_id;  /* unique with sender */
    int64_t psa_comment_id; /* a comment that came from the PSA; 0: said here */
    enum store_waiting waiting;
    struct store_enqueue outbox; /* kind STORE_ADD_COMMENT */
    /* Of a person, where the ticket is closed: the change that opens it again, as for
     * store_ticket_update; "": only the conversation opens. */
    const char *reopen;
    /* Of staff: since when it can be read here. 0: now_ms; -1: it is history, no letter tells of
     * it. */
    int64_t mail_ms;
    /* Files that come with it, at most STORE_FILES_MAX: the sender's own, whole, part of no message
     * yet. offer_files: an entry of the outbox offers them to the PSA; never those of a note. */
    const struct id *files;
    size_t file_count;
    bool offer_files;
    int64_t files_max; /* bytes of all files of the conversation; 0: no limit */
    struct id staff;   /* who of staff says it; none: not known. A reply takes what nobody has, and
                        * what was kept of it as a draft is forgotten. */
    /* Of a reply of staff: the last seq that they have seen; STORE_CROSSED where another of staff
     * has replied since. 0: not looked at. */
    int64_t seen;
    const struct id *mentions; /* who is named in a note, at most STORE_MENTIONS_MAX */
    size_t mention_count;
    int64_t now_ms;
};

struct store_added {
    bool duplicate; /* it was stored before (same sender and client_id, or same psa_comment_id) */
    struct id conversation, message;
    const char *reference;
    int64_t seq, at_ms;
    int64_t note_seq; /* of the note that went with an act; 0: none did */
};

struct store_ticket_update {
    struct id conversation;
    const char *payload; /* JSON, e.g. {"status":"Resolved"}: see store/ticket.h */
    const char *sender, *client_id;
    bool interactive;
    int64_t now_ms;
};

struct store_enqueued {
    bool duplicate;
    int64_t outbox; /* the entry's id */
};

/* What is known of a conversation's ticket. id 0: not filed yet. */
struct store_ticket {
    int64_t id;         /* the PSA's own id, for calls and addresses */
    const char *number; /* what people call it; "" before it is filed */
    const char *status, *priority, *account;
    const char *assignee;   /* who works on it there; "" for nobody */
    int64_t assignee_id;    /* by the PSA's own id; 0 for nobody */
    const char *issue_type; /* "" when not said */
    int64_t due_ms;         /* 0 when not said */
    /* Changes of it that are not in the PSA yet: their payloads, a line each, in order. */
    const char *changes;
    bool has_conflict;             /* staff have one to decide: see store/ticket.h */
    enum store_outbox_state state; /* of the first unfinished entry; STORE_DONE without one */
    const char *reason; /* why that entry is parked or late, or the connector's; "" otherwise */
};

/* What its person says of a conversation. */
struct store_rating {
    int64_t score;       /* 1 to 5; 0: nothing */
    const char *comment; /* "": none */
    int64_t at_ms;       /* when it was given first */
};

struct store_summary {
    struct id conversation, person;
    const char *reference, *name, *email, *company, *subject;
    const char *last_body; /* of the last message of a person or of staff, cut off */
    enum store_author last_from;
    int64_t last_at_ms, last_seq; /* last_seq counts notes and events too */
    int64_t said_seq;             /* of that last message; 0: there is none */
    int64_t waiting_since_ms;     /* 0: nobody waits for us */
    int64_t created_ms;
    bool open;
    bool is_verified; /* the person has proved who they are */
    bool is_adopted;  /* its ticket was there first: it is whose the PSA says that this is */
    struct id staff;  /* who has it; none: nobody */
    const char *staff_name;
    int64_t snoozed_ms;  /* asleep until then; 0: awake */
    int64_t closed_ms;   /* 0: open */
    int64_t answered_ms; /* when staff replied first; 0: not yet */
    bool is_unanswered;  /* nobody answered in time, and others were told of it */
    const char *tags;    /* by name, with commas between; "": none */
    struct id merged;    /* it goes on in this one; none: it does not */
    struct store_rating rating;
    struct store_ticket ticket;
};

struct store_summaries {
    const struct store_summary *rows;
    size_t count;
    bool more;
};

struct store_visitor {
    struct id person;
    char language[STORE_LANGUAGE_SIZE];
    const char *name, *email, *company;
    bool is_verified; /* has proved who they are, in this browser; it ends at expires_ms */
    const char *via;  /* how: "token", "code", "oidc"; "" otherwise */
    int64_t expires_ms;
    bool is_manager;       /* may see the tickets of the company */
    bool is_blocked;       /* then there is no conversation */
    bool mail_off;         /* wants no letters */
    bool has_conversation; /* the latest open one, in `conversation` */
    struct store_summary conversation;
};

struct store_messages_read {
    struct id conversation;
    struct store_asker asker;
    int64_t since; /* messages with a greater seq; 0: from the first */
    size_t limit;
    bool include_notes; /* only for staff (asserted) */
    /* Instead of those that are new: the latest changed ones among those up to `since`. For one who
     * may not see notes, those that became notes come without what they say. */
    bool edited;
};

struct store_message {
    struct id id;
    int64_t seq, at_ms;
    enum store_author author;
    const char *name, *body, *sender, *client_id;
    int64_t psa_comment_id;
    int64_t edited_ms;              /* changed in the PSA since; 0: not */
    bool removed;                   /* its comment is not in the PSA any more */
    const struct store_file *files; /* that came with it (store/file.h) */
    size_t file_count;
};

struct store_messages {
    struct id conversation;
    const char *reference;
    const struct store_message *rows; /* by seq */
    size_t count;
    bool more;
    int64_t last_seq; /* of the conversation */
};

struct store_entry {
    int64_t id;
    enum store_outbox_kind kind;
    enum store_outbox_state state;
    const char *reason;
    int64_t attempts, seq_from, seq_to, created_ms, next_at_ms, sent_at_ms, result_id;
    int64_t finished_ms;
    const char *payload;  /* of STORE_UPDATE_TICKET: what it changes; "" otherwise */
    const char *conflict; /* of STORE_UPDATE_TICKET: see store/ticket.h; "" otherwise */
};

struct store_entries {
    const struct store_entry *rows; /* in order */
    size_t count;
};

/* Longer than any back-off, pause or doubt of the outbox. */
#define STORE_AHEAD_MAX_MS INT64_C(1200000)

/* A conversation whose first unfinished entry can be worked on now. */
struct store_due_row {
    struct id conversation;
    int64_t outbox;
    enum store_outbox_kind kind;
    enum store_outbox_state state; /* STORE_IN_DOUBT first, then interactive ones, then by time */
    bool interactive;
    int64_t next_at_ms;
};

struct store_due {
    const struct store_due_row *rows;
    size_t count;
    int64_t next_ms; /* the earliest next_at_ms of those not due; 0: nothing waits */
};

enum store_link_how {
    STORE_BY_CONTACT = 1, /* a contact has the email */
    STORE_BY_COMPANY,     /* the company itself has it, and no contact */
    STORE_BY_DOMAIN,      /* the company of its domain */
    STORE_BY_STAFF,       /* staff chose */
    STORE_BY_SEVERAL,     /* several have it: staff choose */
    STORE_BY_NOBODY,      /* nobody has it */
};

struct store_outbox_take {
    struct id conversation;
    int64_t now_ms;
    int64_t doubt_until_ms; /* the entry is not due again before (the longest the call can take) */
    const char *account;    /* to which it is sent, and for which the person's link counts */
    /* For a new ticket: what was asked before is not believed any more, when somebody was found and
     * when nobody was, or several. */
    int64_t found_after_ms, missed_after_ms;
};

/* Everything that is needed to send one entry. */
struct store_taken {
    int64_t outbox;
    enum store_outbox_kind kind;
    bool was_in_doubt;  /* look it up; see store_outbox_take */
    int64_t sent_at_ms; /* of the sending before, 0 if there was none */
    int64_t attempts;   /* with this one */
    int64_t created_ms;
    int64_t seq_from, seq_to; /* 0 for STORE_UPDATE_TICKET */
    enum store_author author; /* of all messages of the batch */
    const char *payload;
    const struct store_message *messages; /* by seq; none for STORE_UPDATE_TICKET */
    size_t message_count;
    struct id conversation, person;
    const char *reference, *subject, *name, *email, *company;
    int64_t psa_contact, psa_customer; /* 0: the person is not linked */
    enum store_link_how how;           /* 0: nobody has asked yet who they are */
    int64_t checked_ms;                /* when that was asked last */
    bool link_is_good; /* not so long ago that it is to be asked again before a ticket is made */
    int64_t ticket_id;
    const char *ticket_number, *ticket_status;
    const char *account; /* of its ticket; in doubt, where it was sent to; "" otherwise */
    /* The PSA is to email the person what staff say in this entry: the administrator chose so, and
     * no letter of ours tells of any of it. */
    bool psa_emails;
    /* Not the store's, who leaves them so; set by the outbox: will the files be offered to the PSA,
     * and where staff find them otherwise (NULL: nobody said). */
    bool files_offered;
    const char *files_at;
};

enum store_outcome {
    STORE_FILED,       /* it is in the PSA: done */
    STORE_RETRY,       /* it is certainly not there: waits until at_ms, no longer in doubt */
    STORE_STILL_DOUBT, /* not known: to be looked up at at_ms */
    STORE_PARK,        /* stopped, with a reason an administrator can act on */
};

struct store_outbox_finish {
    int64_t outbox;
    enum store_outcome outcome;
    int64_t now_ms;
    int64_t at_ms;       /* STORE_RETRY, STORE_STILL_DOUBT */
    bool still_in_doubt; /* STORE_PARK: a retry must look it up first */
    bool not_sent;       /* STORE_RETRY: the take led to no sending; it does not count as a try */
    const char *reason;  /* all but STORE_FILED */
    /* STORE_FILED: ticket_id is needed for STORE_CREATE_TICKET; for the others 0 and "" leave the
     * conversation's value as it is. comment_id is recorded on the messages of the entry. */
    int64_t ticket_id, comment_id;
    const char *ticket_number, *ticket_status, *ticket_priority, *account;
    /* The answer told of these too: they are as it says, also where they are "" and 0. */
    bool has_more;
    const char *issue_type, *assignee;
    int64_t assignee_id, due_ms;
    int64_t updated_ms; /* of the ticket as the answer tells it, by the PSA's clock; 0: not told.
                         * What was seen of a later one counts. */
};

struct store_finished {
    struct id conversation;
    bool was_last; /* nothing unfinished is left in this conversation */
};

/* What the PSA says of a ticket now. "" leaves a value as it is. */
struct store_ticket_set {
    struct id conversation;
    const char *number, *status, *priority;
    bool set_open, open; /* open is looked at when set_open */
};

struct store_changed {
    bool changed; /* false: all was so already */
};

struct store_person_link {
    struct id person;
    const char *account;               /* of the PSA: ids of one account are strangers in another */
    int64_t psa_contact, psa_customer; /* 0 for STORE_BY_SEVERAL and STORE_BY_NOBODY */
    const char *company;
    enum store_link_how how;
    int64_t checked_ms;
    const char *candidates; /* JSON, for STORE_BY_SEVERAL */
};

/* A person or company of the PSA, cached by email (compared in lower case, ASCII). */
struct store_psa_match {
    const char *account, *email;
    int64_t psa_contact, psa_customer; /* both 0: known not to be there, or several */
    const char *company;
    const char *candidates; /* JSON, when several have it; "" otherwise */
    int64_t fetched_ms;
};

struct store_connector {
    const char *kind;         /* "syncro" */
    const char *account;      /* the subdomain */
    const char *sealed_token; /* secret_seal; in "": the one that is there, for the same account */
    const char *token_end;    /* all that is ever shown of it */
    int64_t fallback_customer;
    const char *fallback_name;                    /* of that company */
    const char *status, *priority, *problem_type; /* of new tickets */
    int64_t version;            /* out only: grows with every change an administrator makes */
    const char *state, *reason; /* out only: what store_connector_state wrote */
    bool paused;                /* out only: nothing is sent */
    bool worked;                /* out only: this token was let in at least once */
    int64_t changed_ms;
    struct store_audit audit; /* in only */
};

/* A small text under a name. The names in use: */
#define STORE_VALUE_OPTIONS     "options"     /* the account's lists as JSON */
#define STORE_VALUE_SYNC_CURSOR "sync_cursor" /* how far the PSA has been read */
#define STORE_VALUE_BRAND       "brand"       /* {"name","color"} */
#define STORE_VALUE_PROBE       "probe"       /* written to see whether that goes again */
#define STORE_VALUE_EMAILS      "emails"      /* {"answers": "parley", "parley_all" or "psa"} */
#define STORE_VALUE_HOOK        "hook"        /* what makes the webhook's address this one */
#define STORE_VALUE_STATUS_MAP  "status_map"  /* what statuses mean: chat/status.h */
#define STORE_VALUE_FILES       "files"       /* see api/rest_file_set.c */
#define STORE_VALUE_HOURS       "hours"       /* see chat/hours.h */
#define STORE_VALUE_TARGETS     "targets"     /* see chat/inbox.h */
#define STORE_VALUE_VIEWS       "views"       /* see chat/inbox.h */
#define STORE_VALUE_ROUTING     "routing"     /* see chat/route.h */
#define STORE_VALUE_SETUP       "setup_step"  /* where the wizard goes on: a step */

struct store_value {
    const char *key, *text;
    int64_t changed_ms;
    struct store_audit audit; /* of store_value_put */
};

/* Room of a shared rate limit, reserved before it is used, so that a crash cannot spend twice. */
struct store_lease_take {
    const char *kind; /* one budget, e.g. "syncro" */
    int64_t count;    /* wanted */
    bool renew;       /* expiries are not to be believed: all leases count as if taken now */
    int64_t ceiling;  /* of all leases of this kind that have not run out */
    int64_t now_ms, expires_ms;
};

struct store_lease {
    int64_t id;      /* 0 when nothing was granted */
    int64_t granted; /* 0 to count */
    int64_t sum;     /* of all that have not run out, this one included */
    int64_t next_ms; /* when the earliest of them runs out; 0: there is none */
};

/* For health and metrics. */
struct store_counts {
    int64_t people, conversations, open, messages;
    int64_t outbox_waiting, outbox_in_doubt, outbox_parked;
    int64_t oldest_ms; /* created_ms of the oldest entry that waits or is in doubt; 0: none */
};

struct store;
struct store_op;
union store_out; /* store/store.h */
typedef void store_fn(enum store_result result, const union store_out *out, void *arg);

#endif
