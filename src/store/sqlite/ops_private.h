/* The operations as statements: each function runs inside a transaction that its caller opened,
 * and whatever is not STORE_OK is rolled back. */
#ifndef PARLEY_STORE_OPS_PRIVATE_H
#define PARLEY_STORE_OPS_PRIVATE_H

#include "store/sqlite/db_private.h"

/* ops_start, ops_message_add, ...: one for each line of STORE_OPS. */
#define X(name, member, write, type)                                                               \
    enum store_result ops_##member(struct db *db, struct store_op *op);
STORE_OPS(X)
#undef X

/* All queued operations as one transaction (writes), each in a savepoint. Sets every result. False
 * when the transaction was lost, as on a full disk. */
bool ops_run_group(struct db *db, struct store_op *first);
/* One read in its own transaction. */
void ops_run_read(struct db *db, struct store_op *op);

/* ---- shared by the files of operations ---- */

/* Step a query that brings one row: STORE_OK, STORE_NOT_FOUND, STORE_FAILED. */
/* A language as it is kept; what is too long is none. */
void ops_language(sqlite3_stmt *st, int column, char language[STORE_LANGUAGE_SIZE]);
enum store_result ops_one_row(struct db *db, sqlite3_stmt *st);
/* Write the row, if there is an action. */
enum store_result ops_audit(struct db *db, const struct store_audit *audit);
/* The same about a conversation: with object "" its reference is written there. */
enum store_result ops_audit_of(struct db *db, struct store_op *op, const struct store_audit *audit,
                               const struct id *conversation);
enum store_result ops_staff_find(struct db *db, struct store_op *op,
                                 const struct store_staff_key *who, struct store_staff *to);
/* From now on the provider's name is theirs. STORE_CONFLICT: another's, or they have another. */
enum store_result ops_oidc_bind(struct db *db, const struct store_oidc *who,
                                const struct id *staff);
/* Begin a session; ends the oldest of one who has too many, and what has run out. */
enum store_result ops_session_add(struct db *db, const struct id *staff,
                                  const struct store_session_new *in);
enum store_result ops_sessions_end(struct db *db, const struct id *staff,
                                   const uint8_t keep[STORE_HASH_SIZE]);
/* The columns for out->session of `FROM staff_session s JOIN staff f ...`. */
#define SESSION_COLUMNS                                                                            \
    "s.hash, f.id, f.name, f.email, f.role, f.totp <> '', s.created_ms, s.seen_ms, "               \
    "s.expires_ms, s.address, s.agent "
void ops_read_session(struct store_op *op, sqlite3_stmt *st, struct store_session *to);
enum store_result ops_session_out(struct db *db, struct store_op *op,
                                  const uint8_t hash[STORE_HASH_SIZE]);

/* Why entry `o` is late: its own reason; while it was not tried, that of a connector that is held.
 */
#define LATE_REASON                                                                                \
    "coalesce(nullif(o.reason, ''), iif(o.state = 1 AND o.head = 1, (SELECT max(reason) FROM "     \
    "connector), ''), '') "
/* The names of the files of message `m`, where it has no words. */
#define FILE_NAMES                                                                                 \
    "(SELECT substr(group_concat(f.name, ', '), 1, 200) FROM file f WHERE f.conversation = "       \
    "m.conversation AND f.seq = m.seq AND f.seq <> 0)"
/* The tags of conversation c, by name, with commas between. */
#define TAGS                                                                                       \
    "coalesce((SELECT group_concat(tag, ',') FROM (SELECT tag FROM conversation_tag t WHERE "      \
    "t.conversation = c.n ORDER BY tag)), '')"
/* What is still to be changed in the ticket of conversation `c`, a payload each line. */
#define CHANGES                                                                                    \
    "coalesce((SELECT group_concat(payload, char(10)) FROM (SELECT u.payload FROM outbox u WHERE " \
    "u.conversation = c.n AND u.kind = 3 AND u.state < 4 ORDER BY u.id)), '')"
/* The columns of a summary for `FROM conversation c JOIN person p ...`; see ops_summary.c. */
#define SUMMARY_COLUMNS                                                                            \
    "c.id, p.id, c.reference, p.name, p.email, p.company, c.subject, "                             \
    "coalesce(nullif(substr(m.body, 1, 200), ''), " FILE_NAMES                                     \
    ", ''), coalesce(m.author, 0), coalesce(m.created_ms, "                                        \
    "c.last_at_ms), c.last_seq, "                                                                  \
    "c.waiting_since_ms, c.created_ms, c.open, c.ticket_id, c.ticket_number, c.ticket_status, "    \
    "c.ticket_priority, c.account, c.assignee, coalesce(o.state, 4), " LATE_REASON                 \
    ", p.verified_ms <> 0, c.adopted, c.staff, coalesce(sf.name, ''), c.snoozed_ms, "              \
    "c.closed_ms, c.answered_ms, " TAGS ", c.issue_type, c.assignee_id, c.due_ms, " CHANGES        \
    ", EXISTS (SELECT 1 FROM outbox x WHERE x.conversation = c.n AND x.conflict <> ''), "          \
    "(SELECT y.id FROM conversation y WHERE y.n = c.merged), coalesce(m.seq, 0), "                 \
    "coalesce(rt.score, 0), coalesce(rt.comment, ''), coalesce(rt.at_ms, 0), "                     \
    "c.escalated_ms <> 0 AND c.escalated_ms = c.waiting_since_ms "
#define SUMMARY_TABLES                                                                             \
    "FROM conversation c JOIN person p ON p.id = c.person "                                        \
    "LEFT JOIN message m ON m.conversation = c.n AND m.seq = (SELECT max(seq) FROM message "       \
    "WHERE conversation = c.n AND author IN (1, 2)) "                                              \
    "LEFT JOIN outbox o ON o.conversation = c.n AND o.head = 1 "                                   \
    "LEFT JOIN staff sf ON sf.id = c.staff "                                                       \
    "LEFT JOIN rating rt ON rt.conversation = c.n "
void ops_read_summary(struct store_op *op, sqlite3_stmt *st, struct store_summary *to);

#define MESSAGE_COLUMNS                                                                            \
    "m.id, m.seq, m.created_ms, m.author, m.name, m.body, s.name, m.client_id, m.psa_comment_id, " \
    "m.edited_ms, m.psa_gone "
#define MESSAGE_TABLES "FROM message m JOIN sender s ON s.n = m.sender "
/* A row of MESSAGE_COLUMNS. */
void ops_read_message(struct store_op *op, sqlite3_stmt *st, struct store_message *to);

/* Add an entry to a conversation's outbox; *id is its number. */
struct entry_new {
    int64_t conversation;
    enum store_outbox_kind kind;
    enum store_author author; /* 0 for a ticket update */
    int64_t seq;              /* 0 for a ticket update */
    int64_t bytes;            /* of the message's body */
    bool interactive;
    int64_t next_at_ms, now_ms;
    const char *payload;
    const char *sender, *client_id; /* NULL when a message names the act */
};
enum store_result ops_enqueue(struct db *db, const struct entry_new *entry, int64_t *id);

/* Tell who asked for this event, in the transaction of what it tells of. seq: of the message that
 * it is about; 0 for none. The names are in chat/event.h. */
enum store_result ops_tell(struct db *db, const char *event, int64_t conversation, int64_t seq);

/* Remember who a person is in an account. STORE_NOT_FOUND: no such person. */
enum store_result ops_link(struct db *db, const struct store_person_link *in);

/* A note or reply of staff is said: what was kept of it as a draft is forgotten. */
enum store_result ops_draft_done(struct db *db, int64_t n, const struct store_message_add *in);
enum store_result ops_mention(struct db *db, int64_t n, int64_t seq,
                              const struct store_message_add *in);
/* STORE_ACT_MERGE. */
enum store_result ops_merge(struct db *db, struct store_op *op, const struct store_act *in);
/* Write a letter down, if there is one (kind is not 0). */
enum store_result ops_mail_put(struct db *db, const struct store_mail *mail);
/* What waits now for whom this letter goes to; no rows when they cannot come in. */
enum store_result ops_digest_read(struct db *db, struct store_op *op, int64_t letter,
                                  struct store_digest *out);
/* Staff have said something that its person may see (in says what): unless they read it, a letter
 * will tell them. */
enum store_result ops_mail_answer(struct db *db, int64_t conversation, int64_t seq,
                                  const struct store_message_add *in);

/* What a letter with a transcript of conversation n tells; fills messages, message_count, more. */
enum store_result ops_mail_transcript(struct db *db, struct store_op *op, int64_t n,
                                      struct store_mail_taken *out);

/* A person is erased: no letter names them any more. Before their address is. */
enum store_result ops_mail_forget(struct db *db, const struct id *person);
/* Is the PSA to email what staff said in these messages? Never where a letter of ours does. */
enum store_result ops_mail_by_psa(struct db *db, int64_t conversation, int64_t seq_from,
                                  int64_t seq_to, bool *by_psa);
/* What the PSA says of an email is remembered by it. */
enum store_result ops_remember(struct db *db, const struct store_psa_match *in);
/* What store_person_matched says; nothing is remembered. */
enum store_result ops_match(struct db *db, struct store_op *op,
                            const struct store_person_matched *in, struct store_matched *out);
/* Un-park the creations of tickets of this person. They are added to `tried` (NULL: not). */
enum store_result ops_try_again(struct db *db, const struct id *person, int64_t now_ms,
                                struct store_tried *tried);
/* The audit row; with object "" the person's email is written there. */
enum store_result ops_audit_person(struct db *db, struct store_op *op,
                                   const struct store_audit *audit, const struct id *person);
/* %WORDS% for LIKE ... ESCAPE '\\'; has room for twice the query and 3 bytes. */
void ops_like(const char *query, char *pattern);

/* A change of a conversation's ticket, which goes out at once; of one that was given up nothing. */
enum store_result ops_put_update(struct db *db, int64_t n, const char *payload, const char *sender,
                                 const char *client_id, int64_t now_ms);

/* What store_message_add says; op holds the texts. */
enum store_result ops_put_message(struct db *db, struct store_op *op,
                                  const struct store_message_add *in, struct store_added *out);
/* Files that a person sent, and what they uploaded and did not send; their bytes go by themselves
 * (the trigger file_removed). Before their browsers are forgotten. */
enum store_result ops_files_forget(struct db *db, const struct id *person);
/* These files are part of this message from now on. STORE_REFUSED: one may not be. */
enum store_result ops_files_bind(struct db *db, const struct id *files, size_t count,
                                 const char *sender, int64_t conversation, int64_t seq);
/* STORE_REFUSED: the conversation's files together have more bytes. */
enum store_result ops_files_fit(struct db *db, int64_t conversation, int64_t most);
/* "" for one that is not there. */
const char *ops_file_name(struct db *db, struct store_op *op, const struct id *file);
/* The files of these messages, which are by seq. */
enum store_result ops_read_files(struct db *db, struct store_op *op, int64_t conversation,
                                 struct store_message *rows, size_t count);

/* What the PSA says of a ticket (op is store_sync_tickets) is about to be taken over: changes of
 * ours that wait, and are of something that others changed meanwhile, are not sent; staff decide.
 */
enum store_result ops_conflicts(struct db *db, struct store_op *op, int64_t n,
                                const struct store_psa_ticket *t);

/* Into the mirror of the PSA's tickets. */
enum store_result ops_put_ticket(struct db *db, const struct store_sync_tickets *in,
                                 const struct store_psa_ticket *t);

/* ---- a conversation and its ticket part (ops_ticket.c); nothing of it is being sent ---- */

/* What was not filed goes on as a new ticket: the first comment that waits becomes its beginning,
 * changes of the old one are done with. waits false: nothing does. */
enum store_result ops_begin_anew(struct db *db, int64_t n, int64_t now_ms, bool *waits);
/* It has no ticket from now on; no_ticket as in the schema. */
enum store_result ops_leave_ticket(struct db *db, int64_t n, int no_ticket, bool opens);

struct ops_ticket_now {
    int64_t n;     /* of the conversation */
    int no_ticket; /* as in the schema */
};

/* May it leave its ticket, which is this one (0: none) to whoever asks? STORE_NOT_FOUND,
 * STORE_CONFLICT, STORE_REFUSED: as store_ticket_detach says. */
enum store_result ops_ticket_now(struct db *db, const struct id *conversation, int64_t ticket,
                                 struct ops_ticket_now *to);
/* The message that tells of it: conversation, message, name, body, sender and now_ms of event. */
enum store_result ops_ticket_tell(struct db *db, struct store_op *op,
                                  const struct store_message_add *event, struct store_added *out);

/* Where no entry is the head, the first unfinished one becomes it. */
enum store_result ops_next_head(struct db *db, int64_t conversation);

/* ---- who may see what (ops_access.c) ----
 * Conditions for a query that has the browser's row of visitor as v, its person as vp and a
 * conversation as c. */

/* The browser is known, its session has not run out by `now` (a parameter), its person is not
 * blocked. */
#define ACCESS_RUNS(now) "vp.blocked_ms = 0 AND (v.verified_ms = 0 OR v.expires_ms > " now ")"

/* The PSA says that the ticket of the conversation c is this person's: that of the contact they
 * are, or of the company whose own address they have, when it names no contact. */
#define ACCESS_PSA(person)                                                                         \
    "EXISTS (SELECT 1 FROM ticket t JOIN person_link l ON l.person = " person                      \
    " AND l.account = t.account WHERE t.account = c.account AND t.id = c.ticket_id AND "           \
    "t.gone = 0 AND ((l.psa_contact <> 0 AND l.psa_contact = t.contact) OR (l.how = 2 AND "        \
    "t.contact = 0 AND l.psa_customer <> 0 AND l.psa_customer = t.customer)))"
/* They began the conversation, or they have proved who they are and the PSA says that its ticket is
 * theirs. What only the PSA gave them (adopted) is theirs as long as it says so. */
#define ACCESS_OWN                                                                                 \
    "((c.adopted = 0 AND c.person = v.person) OR (v.verified_ms <> 0 AND " ACCESS_PSA(             \
        "v.person") "))"
/* They may see, but not write, what is their company's. */
#define ACCESS_COMPANY                                                                             \
    "(v.verified_ms <> 0 AND vp.manager = 1 AND EXISTS (SELECT 1 FROM ticket t JOIN "              \
    "person_link l ON l.person = v.person AND l.account = t.account WHERE "                        \
    "t.account = c.account AND t.id = c.ticket_id AND t.gone = 0 AND l.psa_customer <> 0 AND "     \
    "l.psa_customer = t.customer))"

/* The number of a conversation that the asker may see and write in. STORE_NOT_FOUND: there is none,
 * or it is not theirs. */
enum store_result ops_find(struct db *db, const struct id *conversation,
                           const struct store_asker *asker, int64_t *n);

struct ops_access {
    int64_t n;        /* of the conversation */
    struct id person; /* who asks; none for staff */
    bool may_write;
    bool is_verified; /* has proved who they are, or is staff */
};

/* What store_conversation_open says; fills op->out.opened. */
enum store_result ops_open(struct db *db, struct store_op *op,
                           const struct store_conversation_open *in);

/* The same for one that the asker may see. */
enum store_result ops_find_to_read(struct db *db, const struct id *conversation,
                                   const struct store_asker *asker, struct ops_access *to);

#endif
