/* A conversation and its ticket part. */
#include "store/sqlite/ops_private.h"

enum store_result ops_begin_anew(struct db *db, int64_t n, int64_t now_ms, bool *waits)
{
    enum store_result result = db_run(
        db,
        "UPDATE outbox SET state = 4, head = 0, given_up = 1, in_doubt = 0, "
        "finished_ms = ?1, reason = '' WHERE conversation = ?2 AND state < 4 AND "
        "(kind = 3 OR ((kind = 4 OR author = 3) AND id < coalesce((SELECT min(id) FROM outbox "
        "WHERE conversation = ?2 AND state < 4 AND kind = 2 AND author <> 3), 1 << 62)))",
        DB_N(now_ms), DB_N(n));

    if (result == STORE_OK)
        result = db_run(db,
                        "UPDATE outbox SET kind = 1, state = 1, in_doubt = 0, next_at_ms = ?1, "
                        "account = '', reason = '' WHERE id = (SELECT min(id) FROM outbox WHERE "
                        "conversation = ?2 AND state < 4 AND kind = 2)",
                        DB_N(now_ms), DB_N(n));
    *waits = result == STORE_OK && db_changes(db) > 0;
    return result == STORE_OK ? ops_next_head(db, n) : result;
}

enum store_result ops_leave_ticket(struct db *db, int64_t n, int no_ticket, bool opens)
{
    /* Whose it was until now keeps it; who had lost it to another does not get it back. */
    enum store_result result =
        db_run(db,
               "UPDATE conversation AS c SET ticket_id = 0, ticket_number = '', "
               "ticket_status = '', ticket_priority = '', assignee = '', account = '', "
               "issue_type = '', assignee_id = 0, due_ms = 0, attached_ms = 0, "
               "attached_private = 0, sync_due = 0, no_ticket = ?1, open = max(open, ?2), "
               "adopted = adopted AND NOT " ACCESS_PSA("c.person") " WHERE n = ?3",
               DB_N(no_ticket), DB_N(opens), DB_N(n));

    /* They belong to a ticket that is not asked about any more; below zero they are still known for
     * what they are where they come again: it was merged into another, or is attached again. */
    if (result == STORE_OK)
        result = db_run(db,
                        "UPDATE message SET psa_comment_id = -psa_comment_id WHERE "
                        "conversation = ? AND psa_comment_id > 0 AND psa_comment_id <> 0",
                        DB_N(n));
    /* Nor is anything to be decided about it, or told from what was changed there. */
    if (result == STORE_OK)
        result = db_run(db,
                        "UPDATE outbox SET conflict = '', psa_ms = 0 WHERE conversation = ? AND "
                        "(conflict <> '' OR psa_ms <> 0)",
                        DB_N(n));
    return result;
}

enum store_result ops_ticket_now(struct db *db, const struct id *conversation, int64_t ticket,
                                 struct ops_ticket_now *to)
{
    const struct store_asker staff = {.is_staff = true};
    enum store_result result = ops_find(db, conversation, &staff, &to->n);
    sqlite3_stmt *st;

    if (result != STORE_OK)
        return result;
    st = db_query(db,
                  "SELECT c.ticket_id, c.no_ticket, EXISTS (SELECT 1 FROM outbox WHERE "
                  "conversation = c.n AND head = 1 AND (state = 2 OR in_doubt = 1)) FROM "
                  "conversation c WHERE c.n = ?",
                  DB_N(to->n));
    result = ops_one_row(db, st);
    if (result != STORE_OK)
        return result;
    to->no_ticket = (int)db_int(st, 1);
    if (db_int(st, 0) != ticket)
        return STORE_CONFLICT;
    /* What may have arrived there, or makes the ticket now, is not to be told from what did not. */
    return db_int(st, 2) != 0 ? STORE_REFUSED : STORE_OK;
}

enum store_result ops_ticket_tell(struct db *db, struct store_op *op,
                                  const struct store_message_add *event, struct store_added *out)
{
    struct store_message_add in = *event;
    char client_id[ID_TEXT_SIZE];

    id_format(&in.message, client_id);
    in.client_id = client_id;
    in.asker.is_staff = true;
    in.author = STORE_EVENT;
    return ops_put_message(db, op, &in, out);
}

/* ---- leaving it ---- */

/* The message that tells of it begins the new ticket, so that its mark is like no other's. */
static enum store_result make_new(struct db *db, const struct store_ticket_detach *in, int64_t n,
                                  int64_t seq)
{
    int64_t entry;
    enum store_result result = ops_enqueue(db,
                                           &(struct entry_new){.conversation = n,
                                                               .kind = STORE_CREATE_TICKET,
                                                               .author = STORE_EVENT,
                                                               .seq = seq,
                                                               .interactive = true,
                                                               .next_at_ms = in->now_ms,
                                                               .now_ms = in->now_ms,
                                                               .payload = in->payload},
                                           &entry);

    if (result != STORE_OK)
        return result;
    return db_run(db, "UPDATE message SET outbox = ? WHERE conversation = ? AND seq = ?",
                  DB_N(entry), DB_N(n), DB_N(seq));
}

static enum store_result give_up_all(struct db *db, int64_t n, int64_t now_ms)
{
    return db_run(db,
                  "UPDATE outbox SET state = 4, head = 0, given_up = 1, finished_ms = ?, "
                  "reason = '' WHERE conversation = ? AND state < 4",
                  DB_N(now_ms), DB_N(n));
}

enum store_result ops_ticket_detach(struct db *db, struct store_op *op)
{
    const struct store_ticket_detach *in = &op->in.ticket_detach;
    const struct store_message_add event = {.conversation = in->conversation,
                                            .message = in->event,
                                            .name = in->name,
                                            .body = in->said,
                                            .sender = in->sender,
                                            .now_ms = in->now_ms};
    struct ops_ticket_now now;
    bool waits = false;
    int no_ticket = 0;
    enum store_result result = ops_ticket_now(db, &in->conversation, in->ticket, &now);

    if (result != STORE_OK)
        return result;
    if (in->ticket == 0 && now.no_ticket == 0) /* one is being made */
        return STORE_CONFLICT;
    result = in->then == STORE_THEN_NONE ? give_up_all(db, now.n, in->now_ms)
                                         : ops_begin_anew(db, now.n, in->now_ms, &waits);
    if (in->then == STORE_THEN_NONE)
        no_ticket = 2;
    else if (in->then == STORE_THEN_NEXT && !waits)
        no_ticket = 1;
    if (result == STORE_OK)
        result = ops_leave_ticket(db, now.n, no_ticket, no_ticket == 0);
    if (result == STORE_OK)
        result = ops_ticket_tell(db, op, &event, &op->out.added);
    if (result == STORE_OK && in->then == STORE_THEN_NEW && !waits)
        result = make_new(db, in, now.n, op->out.added.seq);
    return result == STORE_OK ? ops_audit_of(db, op, &in->audit, &in->conversation) : result;
}

enum store_result ops_ticket_update(struct db *db, struct store_op *op)
{
    const struct store_ticket_update *in = &op->in.ticket_update;
    struct store_enqueued *out = &op->out.enqueued;
    const struct store_asker staff = {.is_staff = true};
    int64_t conversation;
    const enum store_result result = ops_find(db, &in->conversation, &staff, &conversation);
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
    st = db_query(db, "SELECT no_ticket FROM conversation WHERE n = ?", DB_N(conversation));
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    if (db_int(st, 0) != 0)
        return STORE_CONFLICT;
    return ops_enqueue(db,
                       &(struct entry_new){.conversation = conversation,
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
    int64_t n;
    enum store_result result = ops_find(db, &in->conversation, &staff, &n);

    if (result != STORE_OK)
        return result;
    result = db_run(db,
                    "UPDATE conversation SET ticket_number = iif(?1 = '', ticket_number, ?1), "
                    "ticket_status = iif(?2 = '', ticket_status, ?2), "
                    "ticket_priority = iif(?3 = '', ticket_priority, ?3), "
                    "open = iif(?4, ?5, open) WHERE n = ?6 AND "
                    "((?1 <> '' AND ?1 <> ticket_number) OR (?2 <> '' AND ?2 <> ticket_status) OR "
                    "(?3 <> '' AND ?3 <> ticket_priority) OR (?4 AND ?5 <> open))",
                    DB_T(in->number), DB_T(in->status), DB_T(in->priority), DB_N(in->set_open),
                    DB_N(in->open), DB_N(n));
    op->out.changed.changed = db_changes(db) > 0;
    return result;
}
