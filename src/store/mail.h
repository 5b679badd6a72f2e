/* The store's operations on letters to people. Included through store/store.h, whose rules hold
 * here. A letter is written in the transaction of what causes it: a code's by the operation that
 * keeps the code (a struct store_mail in its input), that of an answer by whatever stores what
 * staff say. */
#ifndef PARLEY_STORE_MAIL_H
#define PARLEY_STORE_MAIL_H

#include "store/digest.h"
#include "store/types.h"

#define STORE_MAIL_SEALED_MAX 512                      /* bytes of a sealed code */
#define STORE_MAIL_TOLD_MAX   20                       /* answers that one letter can tell */
#define STORE_MAIL_OLD_MS     (INT64_C(7) * 86400000)  /* of older answers no letter tells */
#define STORE_MAIL_KEPT_MS    (INT64_C(30) * 86400000) /* a letter's row, after its end */

enum store_mail_kind {
    STORE_MAIL_CODE = 1,
    STORE_MAIL_ANSWER,
    STORE_MAIL_TEST,
    STORE_MAIL_UNANSWERED = 4, /* to others: nobody has answered (store/duty.h) */
    STORE_MAIL_TRANSCRIPT = 5, /* to a person: what was said (store/after.h) */
    STORE_MAIL_DIGEST = 6,     /* to one of staff: what waits (store/digest.h) */
};

/* "code", ...; "?" for none of them. */
const char *store_mail_kind_name(enum store_mail_kind kind);

enum store_mail_state {
    STORE_MAIL_WAITING = 1, /* due at next_at_ms */
    STORE_MAIL_SENDING,     /* taken; after a crash it goes out again, with the same Message-ID */
    STORE_MAIL_SENT,        /* a mail server has it */
    STORE_MAIL_PARKED,      /* refused for good, until an administrator tries it again */
    STORE_MAIL_EXPIRED,     /* a code, or a digest, whose time was over before it could go */
    STORE_MAIL_DROPPED,     /* not needed any more: read, unsubscribed, or given up */
};

/* A new letter, due at once. kind 0: none. Answers are not made this way. */
struct store_mail {
    enum store_mail_kind kind;
    struct id key; /* fresh */
    const char *to;
    const char *sealed; /* STORE_MAIL_CODE: the code, sealed */
    int64_t now_ms;
    int64_t expires_ms; /* 0: never */
    char language[STORE_LANGUAGE_SIZE];
};

struct store_mail_add {
    struct store_mail mail;
    struct store_audit audit;
};

/* What the server that starts says of itself; see mail_rule. Letters that were being sent wait
 * again. */
struct store_mail_begin {
    bool ready; /* false: nothing is sent, and no answer makes a letter */
    int64_t after_ms, most_ms;
    int64_t now_ms;
};

struct store_mail_due {
    const int64_t *ids; /* codes first, then by time */
    size_t count;
    int64_t next_ms; /* the earliest of those not due; 0: none */
};

/* Everything that is needed to write one letter. */
struct store_mail_taken {
    bool ended; /* it is not needed any more, and that is written down: nothing of what follows */
    int64_t id;
    enum store_mail_kind kind;
    struct id key;
    const char *to, *sealed;
    int64_t attempts; /* with this one */
    int64_t created_ms, expires_ms;
    char language[STORE_LANGUAGE_SIZE]; /* to write in; "": not known */
    const char *brand;                  /* the value STORE_VALUE_BRAND, or "" */
    /* STORE_MAIL_ANSWER, STORE_MAIL_TRANSCRIPT, and but for the messages STORE_MAIL_UNANSWERED: */
    struct id person, conversation;
    const char *name, *subject, *reference;
    /* Of an answer those that are not read yet, the first STORE_MAIL_TOLD_MAX; of a transcript the
     * latest, see STORE_TRANSCRIPT_MAX. By seq. */
    const struct store_message *messages;
    size_t message_count;
    int64_t more;               /* how many further ones there are, of a transcript older ones */
    const char *hours;          /* of a transcript: the value STORE_VALUE_HOURS, or "" */
    struct store_digest digest; /* STORE_MAIL_DIGEST: of what waits now */
};

enum store_mail_outcome {
    STORE_MAIL_DONE,  /* sent */
    STORE_MAIL_RETRY, /* not taken this time: again at at_ms */
    STORE_MAIL_HOLD,  /* nothing can be sent now; that was not this letter's try */
    STORE_MAIL_PARK,
};

struct store_mail_finish {
    int64_t id;
    enum store_mail_outcome outcome;
    int64_t now_ms, at_ms; /* at_ms: RETRY, HOLD */
    const char *reason;    /* "" for DONE */
};

struct store_mail_row {
    int64_t id;
    enum store_mail_kind kind;
    enum store_mail_state state;
    const char *to, *reason;
    const char *reference; /* of the conversation; "" without one */
    int64_t created_ms, finished_ms, next_at_ms;
};

struct store_mail_overview {
    int64_t waiting;   /* due, or tried before; answers that wait for being read do not count */
    int64_t later;     /* those */
    int64_t oldest_ms; /* created_ms of the oldest that waits; 0: none */
    int64_t sent_ms;   /* when the last was taken by a mail server; 0: never */
    struct store_mail_row test;          /* the last test to this address; id 0: none */
    const struct store_mail_row *parked; /* newest first */
    size_t parked_count;
    bool more;
};

struct store_mail_decide {
    int64_t id;
    bool retry; /* false: give it up */
    int64_t now_ms;
    struct store_audit audit; /* object "": the letter's address is written there */
};

struct store_mail_off {
    struct id person;
    bool off;
    int64_t now_ms;
};

#endif
