/* The tables of the store for simulations, and its operations. Private to src/store/fake.
 *
 * Each operation looks at everything it needs before it changes anything, so that it is all or
 * nothing without an undo. */
#ifndef PARLEY_STORE_FAKE_PRIVATE_H
#define PARLEY_STORE_FAKE_PRIVATE_H

#include "base/env.h"
#include "store/store_private.h"

struct fake_person {
    struct id id;
    char *name, *email, *company;
};

struct fake_person_link {
    size_t person; /* index */
    char *account;
    int64_t psa_contact, psa_customer; /* customer 0: not linked any more */
};

struct fake_visitor {
    uint8_t hash[STORE_HASH_SIZE];
    size_t person; /* index */
};

struct fake_message {
    struct id id;
    size_t conversation; /* index */
    int64_t seq, at_ms, comment_id;
    int64_t outbox; /* the entry that carries it; 0: none */
    enum store_author author;
    char *name, *body, *sender, *client_id;
};

struct fake_conversation {
    struct id id;
    char reference[REFERENCE_SIZE];
    size_t person; /* index */
    bool open;
    bool no_ticket;
    char *subject, *number, *status, *priority, *account;
    int64_t last_seq, last_at_ms, waiting_since_ms, created_ms, ticket_id;
};

struct fake_entry {
    int64_t id;
    size_t conversation;
    enum store_outbox_kind kind;
    enum store_outbox_state state;
    bool interactive, in_doubt, given_up;
    enum store_author author;
    char *payload, *reason, *sender, *client_id, *account;
    size_t messages, bytes; /* what it carries */
    int64_t attempts, seq_from, seq_to, created_ms, next_at_ms, sent_at_ms, result_id;
};

struct fake_match {
    char *account, *email, *company;
    int64_t psa_contact, psa_customer, fetched_ms;
};

struct fake_value {
    char *key, *text;
    int64_t changed_ms;
};

struct fake_lease {
    int64_t id, count, expires_ms;
    char *kind;
};

struct fake_connector {
    char *kind, *account, *sealed_token, *token_end, *fallback_name;
    char *status, *priority, *problem_type, *state, *reason;
    int64_t fallback_customer, version, changed_ms;
    bool paused, removed, worked;
};

struct fake_hour {
    char *kind;
    int64_t hour_ms, calls, errors, last_ms;
};

struct fake_staff {
    struct id id;
    char *name, *email, *password, *totp;
    enum store_role role;
    int64_t totp_step, created_ms, disabled_ms, seen_ms;
};

struct fake_oidc {
    char *issuer, *subject;
    struct id staff; /* none: taken away */
};

struct fake_link {
    uint8_t hash[STORE_HASH_SIZE];
    enum store_link_kind kind; /* 0: used up */
    struct id staff;
    int64_t expires_ms;
};

struct fake_session {
    uint8_t hash[STORE_HASH_SIZE];
    bool ended;
    struct id staff;
    int64_t created_ms, seen_ms, expires_ms;
    char *address, *agent;
};

struct fake_recovery {
    struct id staff; /* none: used up */
    uint8_t hash[STORE_HASH_SIZE];
};

struct fake_audit {
    int64_t at_ms;
    char *actor, *action, *object, *address, *detail;
};

/* A growing array: rows of one table, in order of their making. */
#define FAKE_TABLE(type)                                                                           \
    struct {                                                                                       \
        type *row;                                                                                 \
        size_t count, room;                                                                        \
    }

struct fake {
    struct store base; /* first */
    struct env *env;
    int64_t max_delay_ms;
    int fail_count;
    enum store_result fail_result;
    struct store_op *waiting, **waiting_end;   /* not committed */
    struct store_op *answered, **answered_end; /* committed; the callback is due */
    struct env_timer *commit_timer, *answer_timer;
    int64_t last_entry, last_lease;
    FAKE_TABLE(struct fake_person) person;
    FAKE_TABLE(struct fake_person_link) person_link;
    FAKE_TABLE(struct fake_visitor) visitor;
    FAKE_TABLE(struct fake_conversation) conversation;
    FAKE_TABLE(struct fake_message) message;
    FAKE_TABLE(struct fake_entry) entry;
    FAKE_TABLE(struct fake_match) match;
    FAKE_TABLE(struct fake_value) value;
    FAKE_TABLE(struct fake_lease) lease;
    FAKE_TABLE(struct fake_connector) connector;
    FAKE_TABLE(struct fake_staff) staff;
    FAKE_TABLE(struct fake_oidc) oidc;
    FAKE_TABLE(struct fake_link) link;
    FAKE_TABLE(struct fake_session) session;
    FAKE_TABLE(struct fake_recovery) recovery;
    FAKE_TABLE(struct fake_audit) audit;
    FAKE_TABLE(struct fake_hour) hour;
};

/* A new zeroed row at the end of the table. */
#define FAKE_ADD(table)                                                                            \
    ((table)->row =                                                                                \
         fake_grow((table)->row, (table)->count, &(table)->room, sizeof(*(table)->row)),           \
     &(table)->row[(table)->count++])

void *fake_grow(void *rows, size_t count, size_t *room, size_t size);
/* A copy that the tables own; NULL is taken as "". */
char *fake_own(const char *text);
/* Replace a text of a table. */
void fake_set(char **text, const char *with);
/* A copy that lives as long as the operation's answer. */
const char *fake_text(struct store_op *op, const char *text);
/* Zeroed room that lives as long. */
void *fake_room(struct store_op *op, size_t count, size_t size);

/* NULL when there is none. */
struct fake_conversation *fake_find_conversation(struct fake *f, const struct id *id);
/* As above, but only what the asker may see. */
struct fake_conversation *fake_find_for(struct fake *f, const struct id *id,
                                        const struct store_asker *asker);
size_t fake_index(const struct fake *f, const struct fake_conversation *c);
/* The first unfinished entry of a conversation. */
struct fake_entry *fake_head(struct fake *f, size_t conversation);
/* Why it is late: its own reason; while it was not tried, that of a connector that is held. */
const char *fake_late_reason(struct fake *f, const struct fake_entry *e);
/* A new entry that waits. */
struct fake_entry *fake_enqueue(struct fake *f, size_t conversation, enum store_outbox_kind kind,
                                const char *payload, bool interactive, int64_t next_at_ms,
                                int64_t now_ms);
/* NULL when this email is not cached for the account. */
struct fake_match *fake_find_match(struct fake *f, const char *account, const char *email);
/* NULL when the person is not linked in this account. */
struct fake_person_link *fake_find_person_link(struct fake *f, size_t person, const char *account);
void fake_set_person_link(struct fake *f, size_t person, const struct store_person_link *link);
/* Un-park this head, or make it due when it waits after a failed try; false when it is neither. */
bool fake_retry(struct fake_entry *e, int64_t now_ms);
/* A new message without an entry. */
struct fake_message *fake_say(struct fake *f, struct fake_conversation *c,
                              const struct store_message_add *in);
void fake_added_out(struct fake *f, struct store_op *op, const struct fake_message *m,
                    bool duplicate, struct store_added *to);
void fake_message_out(struct store_op *op, const struct fake_message *m, struct store_message *to);

void fake_value_set(struct fake *f, const char *key, const char *text, int64_t now_ms);
/* Write the row, if there is an action. */
void fake_audit(struct fake *f, const struct store_audit *audit);
/* The same about a conversation: with object "" its reference is written there. */
void fake_audit_of(struct fake *f, const struct store_audit *audit,
                   const struct fake_conversation *c);
/* By id, or by email where that is none; NULL when there is none. */
struct fake_staff *fake_find_staff(struct fake *f, const struct store_staff_key *who);
void fake_staff_out(struct store_op *op, const struct fake_staff *s, struct store_staff *to);
/* False: the name is another's, or they have another. */
bool fake_oidc_fits(struct fake *f, const struct store_oidc *who, const struct id *staff);
/* From now on the name is theirs. */
void fake_oidc_bind(struct fake *f, const struct store_oidc *who, const struct id *staff);
void fake_oidc_drop(struct fake *f, const struct id *staff);
void fake_session_add(struct fake *f, struct fake_staff *s, const struct store_session_new *in);
void fake_sessions_end(struct fake *f, const struct id *staff, const uint8_t *keep);
/* out->session of the one with this hash, which is there. */
void fake_session_out(struct fake *f, struct store_op *op, const uint8_t *hash);
/* Free what the tables of staff hold. */
void fake_free_staff(struct fake *f);

/* One for each operation: fake_run_conversation_start, ... */
#define X(name, member, write, type)                                                               \
    enum store_result fake_run_##member(struct fake *f, struct store_op *op);
STORE_OPS(X)
#undef X

#endif
