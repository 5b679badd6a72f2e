/* Conversations and messages: the writes. */
#include <assert.h>
#include <string.h>

#include "store/sqlite/ops_private.h"

enum store_result ops_check_asker(struct db *db, const struct id *conversation,
                                  const struct store_asker *asker)
{
    sqlite3_stmt *st =
        asker->is_staff
            ? db_query(db, "SELECT 1 FROM conversation WHERE id = ?", DB_ID(conversation))
            : db_query(db,
                       "SELECT 1 FROM conversation c JOIN visitor v ON v.person = c.person "
                       "WHERE c.id = ? AND v.token_hash = ?",
                       DB_ID(conversation), DB_HASH(asker->token_hash));

    switch (db_step(db, st)) {
    case 1:
        return STORE_OK;
    case 0:
        return STORE_NOT_FOUND;
    default:
        return STORE_FAILED;
    }
}

/* STORE_OK: stored before, *to is filled; STORE_NOT_FOUND: it is new. */
static enum store_result find_act(struct db *db, struct store_op *op, const char *sender,
                                  const char *client_id, struct store_added *to)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT m.conversation, m.id, c.reference, m.seq, m.created_ms "
                                "FROM message m JOIN conversation c ON c.id = m.conversation "
                                "WHERE m.sender = ? AND m.client_id = ?",
                                DB_T(sender), DB_T(client_id));
    const int found = db_step(db, st);

    if (found <= 0)
        return found == 0 ? STORE_NOT_FOUND : STORE_FAILED;
    to->duplicate = true;
    db_id(st, 0, &to->conversation);
    db_id(st, 1, &to->message);
    to->reference = db_text(op, st, 2);
    to->seq = db_int(st, 3);
    to->at_ms = db_int(st, 4);
    return STORE_OK;
}

/* The browser's person, made or brought up to date. */
static enum store_result put_person(struct db *db, const struct store_conversation_start *in,
                                    struct id *person)
{
    sqlite3_stmt *st =
        db_query(db, "SELECT person FROM visitor WHERE token_hash = ?", DB_HASH(in->token_hash));
    const int found = db_step(db, st);
    enum store_result result;

    if (found < 0)
        return STORE_FAILED;
    if (found == 1) {
        db_id(st, 0, person);
        result = db_run(db,
                        "DELETE FROM person_link WHERE person = ?1 AND (SELECT email FROM person "
                        "WHERE id = ?1) <> ?2",
                        DB_ID(person), DB_T(in->email));
        if (result != STORE_OK)
            return result;
        return db_run(db,
                      "UPDATE person SET name = ?1, company = iif(email = ?2, company, ''), "
                      "email = ?2 WHERE id = ?3",
                      DB_T(in->name), DB_T(in->email), DB_ID(person));
    }
    *person = in->person;
    result = db_run(db, "INSERT INTO person (id, name, email, created_ms) VALUES (?, ?, ?, ?)",
                    DB_ID(person), DB_T(in->name), DB_T(in->email), DB_N(in->now_ms));
    if (result != STORE_OK)
        return result;
    return db_run(db, "INSERT INTO visitor (token_hash, person, created_ms) VALUES (?, ?, ?)",
                  DB_HASH(in->token_hash), DB_ID(person), DB_N(in->now_ms));
}

static enum store_result insert_message(struct db *db, const struct store_message_add *in,
                                        int64_t seq, int64_t outbox)
{
    return db_run(db,
                  "INSERT INTO message (conversation, seq, id, author, name, sender, client_id, "
                  "created_ms, outbox, psa_comment_id, body) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  DB_ID(&in->conversation), DB_N(seq), DB_ID(&in->message), DB_N(in->author),
                  DB_T(in->name), DB_T(in->sender), DB_T(in->client_id), DB_N(in->now_ms),
                  DB_N(outbox), DB_N(in->psa_comment_id), DB_T(in->body));
}

static enum store_result enqueue_message(struct db *db, const struct store_enqueue *wish,
                                         const struct store_message_add *in,
                                         enum store_outbox_kind kind, int64_t seq, int64_t *outbox)
{
    const struct entry_new entry = {.conversation = &in->conversation,
                                    .kind = kind,
                                    .author = in->author,
                                    .seq = seq,
                                    .bytes = (int64_t)strlen(in->body),
                                    .interactive = wish->interactive,
                                    .next_at_ms = wish->next_at_ms,
                                    .now_ms = in->now_ms,
                                    .payload = wish->payload};

    *outbox = 0;
    if (!wish->wanted)
        return STORE_OK;
    return kind == STORE_ADD_COMMENT ? ops_enqueue_comment(db, &entry, outbox)
                                     : ops_enqueue(db, &entry, outbox);
}

/* A message where the making of the ticket was given up: the person's next one begins a new ticket,
 * what staff say has nowhere to go. */
static enum store_result enqueue_without_ticket(struct db *db, const struct store_message_add *in,
                                                int64_t seq, int64_t *outbox)
{
    *outbox = 0;
    if (in->author != STORE_PERSON || !in->outbox.wanted)
        return STORE_OK;
    const enum store_result result =
        db_run(db, "UPDATE conversation SET no_ticket = 0 WHERE id = ?", DB_ID(&in->conversation));
    if (result != STORE_OK)
        return result;
    return enqueue_message(db, &in->outbox, in, STORE_CREATE_TICKET, seq, outbox);
}

/* The conversation's row, its first message and the entry of the outbox. */
static enum store_result put_conversation(struct db *db, const struct store_conversation_start *in,
                                          const struct id *person)
{
    const struct store_message_add message = {.conversation = in->conversation,
                                              .message = in->message,
                                              .author = STORE_PERSON,
                                              .name = in->name,
                                              .body = in->body,
                                              .sender = in->sender,
                                              .client_id = in->client_id,
                                              .now_ms = in->now_ms};
    int64_t outbox;
    enum store_result result =
        db_run(db,
               "INSERT INTO conversation (id, reference, person, subject, open, last_seq, "
               "last_at_ms, waiting_since_ms, created_ms) VALUES (?, ?, ?, ?, 1, 1, ?5, ?5, ?5)",
               DB_ID(&in->conversation), DB_T(in->reference), DB_ID(person), DB_T(in->subject),
               DB_N(in->now_ms));

    if (result == STORE_OK)
        result = enqueue_message(db, &in->outbox, &message, STORE_CREATE_TICKET, 1, &outbox);
    if (result == STORE_OK)
        result = insert_message(db, &message, 1, outbox);
    return result;
}

enum store_result ops_conversation_start(struct db *db, struct store_op *op)
{
    const struct store_conversation_start *in = &op->in.conversation_start;
    struct store_started *out = &op->out.started;
    struct store_added before = {0};
    enum store_result result = find_act(db, op, in->sender, in->client_id, &before);

    if (result == STORE_FAILED)
        return result;
    if (result == STORE_OK) {
        sqlite3_stmt *st = db_query(db, "SELECT person FROM conversation WHERE id = ?",
                                    DB_ID(&before.conversation));
        if (db_step(db, st) != 1)
            return STORE_FAILED;
        *out = (struct store_started){.duplicate = true,
                                      .conversation = before.conversation,
                                      .message = before.message,
                                      .reference = before.reference,
                                      .seq = before.seq,
                                      .at_ms = before.at_ms};
        db_id(st, 0, &out->person);
        return STORE_OK;
    }
    *out = (struct store_started){.conversation = in->conversation,
                                  .message = in->message,
                                  .reference = in->reference,
                                  .seq = 1,
                                  .at_ms = in->now_ms};
    result = put_person(db, in, &out->person);
    if (result != STORE_OK)
        return result;
    return put_conversation(db, in, &out->person);
}

/* STORE_OK: this comment of the PSA is a message already. */
static enum store_result find_comment(struct db *db, struct store_op *op,
                                      const struct store_message_add *in, struct store_added *to)
{
    sqlite3_stmt *st;
    int found;

    if (in->psa_comment_id == 0)
        return STORE_NOT_FOUND;
    st = db_query(db,
                  "SELECT m.seq, m.id, m.created_ms, c.reference FROM message m "
                  "JOIN conversation c ON c.id = m.conversation "
                  "WHERE m.conversation = ? AND m.psa_comment_id = ? AND m.psa_comment_id <> 0 "
                  "ORDER BY m.seq LIMIT 1",
                  DB_ID(&in->conversation), DB_N(in->psa_comment_id));
    found = db_step(db, st);
    if (found <= 0)
        return found == 0 ? STORE_NOT_FOUND : STORE_FAILED;
    to->duplicate = true;
    to->conversation = in->conversation;
    to->seq = db_int(st, 0);
    db_id(st, 1, &to->message);
    to->at_ms = db_int(st, 2);
    to->reference = db_text(op, st, 3);
    return STORE_OK;
}

/* The conversation's row after a message. Most messages change nothing that is in an index. */
static enum store_result touch(struct db *db, const struct store_message_add *in, int64_t seq,
                               int64_t waiting, int64_t was_waiting, bool was_open)
{
    if (waiting == was_waiting && (was_open || in->author != STORE_PERSON))
        return db_run(db, "UPDATE conversation SET last_seq = ?, last_at_ms = ? WHERE id = ?",
                      DB_N(seq), DB_N(in->now_ms), DB_ID(&in->conversation));
    return db_run(db,
                  "UPDATE conversation SET last_seq = ?, last_at_ms = ?, waiting_since_ms = ?, "
                  "open = max(open, ?) WHERE id = ?",
                  DB_N(seq), DB_N(in->now_ms), DB_N(waiting), DB_N(in->author == STORE_PERSON),
                  DB_ID(&in->conversation));
}

enum store_result ops_put_message(struct db *db, struct store_op *op,
                                  const struct store_message_add *in, struct store_added *out)
{
    int64_t outbox, waiting, was_waiting;
    enum store_result result;
    sqlite3_stmt *st = db_query(db,
                                "SELECT last_seq, waiting_since_ms, reference, open, no_ticket "
                                "FROM conversation WHERE id = ?",
                                DB_ID(&in->conversation));

    if (db_step(db, st) != 1)
        return STORE_FAILED;
    *out = (struct store_added){.conversation = in->conversation,
                                .message = in->message,
                                .reference = db_text(op, st, 2),
                                .seq = db_int(st, 0) + 1,
                                .at_ms = in->now_ms};
    waiting = was_waiting = db_int(st, 1);
    const bool was_open = db_int(st, 3) != 0;
    const bool no_ticket = db_int(st, 4) != 0;
    if (in->waiting == STORE_WAITING_END)
        waiting = 0;
    else if (in->waiting == STORE_WAITING_BEGIN && waiting == 0)
        waiting = in->now_ms;
    result = no_ticket ? enqueue_without_ticket(db, in, out->seq, &outbox)
                       : enqueue_message(db, &in->outbox, in, STORE_ADD_COMMENT, out->seq, &outbox);
    if (result == STORE_OK)
        result = insert_message(db, in, out->seq, outbox);
    if (result == STORE_OK)
        result = touch(db, in, out->seq, waiting, was_waiting, was_open);
    return result;
}

enum store_result ops_message_add(struct db *db, struct store_op *op)
{
    const struct store_message_add *in = &op->in.message_add;
    struct store_added *out = &op->out.added;
    enum store_result result = ops_check_asker(db, &in->conversation, &in->asker);

    if (result != STORE_OK)
        return result;
    result = find_act(db, op, in->sender, in->client_id, out);
    if (result == STORE_OK)
        return id_equal(&out->conversation, &in->conversation) ? STORE_OK : STORE_CONFLICT;
    if (result == STORE_NOT_FOUND)
        result = find_comment(db, op, in, out);
    if (result != STORE_NOT_FOUND)
        return result;
    return ops_put_message(db, op, in, out);
}

enum store_result ops_ticket_update(struct db *db, struct store_op *op)
{
    const struct store_ticket_update *in = &op->in.ticket_update;
    struct store_enqueued *out = &op->out.enqueued;
    const struct store_asker staff = {.is_staff = true};
    const enum store_result result = ops_check_asker(db, &in->conversation, &staff);
    sqlite3_stmt *st;

    if (result != STORE_OK)
        return result;
    st = db_query(db, "SELECT id FROM outbox WHERE sender = ? AND client_id = ?", DB_T(in->sender),
                  DB_T(in->client_id));
    switch (db_step(db, st)) {
    case 1:
        *out = (struct store_enqueued){true, db_int(st, 0)};
        return STORE_OK;
    case 0:
        break;
    default:
        return STORE_FAILED;
    }
    *out = (struct store_enqueued){0};
    st = db_query(db, "SELECT no_ticket FROM conversation WHERE id = ?", DB_ID(&in->conversation));
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    if (db_int(st, 0) != 0)
        return STORE_CONFLICT;
    return ops_enqueue(db,
                       &(struct entry_new){.conversation = &in->conversation,
                                           .kind = STORE_UPDATE_TICKET,
                                           .interactive = in->interactive,
                                           .next_at_ms = in->now_ms,
                                           .now_ms = in->now_ms,
                                           .payload = in->payload,
                                           .sender = in->sender,
                                           .client_id = in->client_id},
                       &out->outbox);
}

enum store_result ops_ticket_set(struct db *db, struct store_op *op)
{
    const struct store_ticket_set *in = &op->in.ticket_set;
    const struct store_asker staff = {.is_staff = true};
    enum store_result result = ops_check_asker(db, &in->conversation, &staff);

    if (result != STORE_OK)
        return result;
    result = db_run(db,
                    "UPDATE conversation SET ticket_number = iif(?1 = '', ticket_number, ?1), "
                    "ticket_status = iif(?2 = '', ticket_status, ?2), "
                    "ticket_priority = iif(?3 = '', ticket_priority, ?3), "
                    "open = iif(?4, ?5, open) WHERE id = ?6 AND "
                    "((?1 <> '' AND ?1 <> ticket_number) OR (?2 <> '' AND ?2 <> ticket_status) OR "
                    "(?3 <> '' AND ?3 <> ticket_priority) OR (?4 AND ?5 <> open))",
                    DB_T(in->number), DB_T(in->status), DB_T(in->priority), DB_N(in->set_open),
                    DB_N(in->open), DB_ID(&in->conversation));
    op->out.changed.changed = db_changes(db) > 0;
    return result;
}

enum store_result ops_link(struct db *db, const struct store_person_link *in)
{
    const enum store_result result = db_run(db, "UPDATE person SET company = ? WHERE id = ?",
                                            DB_T(in->company), DB_ID(&in->person));

    if (result != STORE_OK)
        return result;
    if (db_changes(db) == 0)
        return STORE_NOT_FOUND;
    return db_run(db,
                  "INSERT OR REPLACE INTO person_link (person, account, psa_contact, psa_customer) "
                  "VALUES (?, ?, ?, ?)",
                  DB_ID(&in->person), DB_T(in->account), DB_N(in->psa_contact),
                  DB_N(in->psa_customer));
}

enum store_result ops_person_link(struct db *db, struct store_op *op)
{
    return ops_link(db, &op->in.person_link);
}
