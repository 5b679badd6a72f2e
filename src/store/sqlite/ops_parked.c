/* What is parked: reading it, choosing a company, giving it up. */
#include <string.h>

#include "store/sqlite/ops_private.h"

enum store_result ops_backlog_read(struct db *db, struct store_op *op)
{
    struct store_backlog *out = &op->out.backlog;
    sqlite3_stmt *st =
        db_query(db, "SELECT coalesce(sum(state = 1), 0), coalesce(sum(state = 2), 0), "
                     "coalesce(sum(state = 3), 0), coalesce(min(iif(state < 3, created_ms, "
                     "NULL)), 0) FROM outbox WHERE state < 4");

    if (db_step(db, st) != 1)
        return STORE_FAILED;
    *out = (struct store_backlog){db_int(st, 0), db_int(st, 1), db_int(st, 2), db_int(st, 3)};
    return STORE_OK;
}

enum store_result ops_parked_read(struct db *db, struct store_op *op)
{
    const struct store_parked_read *in = &op->in.parked_read;
    struct store_parked_list *out = &op->out.parked;
    struct store_parked *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_parked_list){.rows = rows};
    st = db_query(db,
                  "SELECT o.id, c.id, c.reference, p.name, p.email, p.company, "
                  "c.subject, o.reason, o.kind, o.created_ms, "
                  "iif(c.account = '' AND o.in_doubt, o.account, c.account) FROM outbox o "
                  "JOIN conversation c ON c.n = o.conversation JOIN person p ON p.id = c.person "
                  "WHERE o.state = 3 AND o.head = 1 AND o.id > ? ORDER BY o.id LIMIT ?",
                  DB_N(in->after), DB_N(in->limit + 1));
    while ((more = db_step(db, st)) == 1) {
        if (out->count == in->limit) {
            out->more = true;
            break;
        }
        struct store_parked *row = &rows[out->count++];
        *row = (struct store_parked){.outbox = db_int(st, 0),
                                     .reference = db_text(op, st, 2),
                                     .name = db_text(op, st, 3),
                                     .email = db_text(op, st, 4),
                                     .company = db_text(op, st, 5),
                                     .subject = db_text(op, st, 6),
                                     .reason = db_text(op, st, 7),
                                     .kind = (enum store_outbox_kind)db_int(st, 8),
                                     .since_ms = db_int(st, 9),
                                     .account = db_text(op, st, 10)};
        db_id(st, 1, &row->conversation);
        row->account_differs = row->account[0] != '\0' && strcmp(row->account, in->account) != 0;
    }
    return more < 0 ? STORE_FAILED : STORE_OK;
}

/* The parked head of a conversation, and what hangs on it. */
struct head {
    int64_t id, conversation;
    enum store_outbox_kind kind;
    bool in_doubt;
    const char *account;
    struct id person;
};

static enum store_result read_head(struct db *db, struct store_op *op,
                                   const struct id *conversation, struct head *head)
{
    const struct store_asker staff = {.is_staff = true};
    int64_t n;
    const enum store_result result = ops_find(db, conversation, &staff, &n);
    sqlite3_stmt *st;
    int found;

    if (result != STORE_OK)
        return result;
    st = db_query(db,
                  "SELECT o.id, o.kind, o.in_doubt, o.account, c.person FROM outbox o JOIN "
                  "conversation c ON c.n = o.conversation WHERE c.n = ? AND o.head = 1 "
                  "AND o.state = 3",
                  DB_N(n));
    found = db_step(db, st);
    if (found <= 0)
        return found == 0 ? STORE_CONFLICT : STORE_FAILED;
    *head = (struct head){db_int(st, 0), n, (enum store_outbox_kind)db_int(st, 1),
                          db_int(st, 2) != 0, db_text(op, st, 3)};
    db_id(st, 4, &head->person);
    return STORE_OK;
}

enum store_result ops_outbox_company(struct db *db, struct store_op *op)
{
    const struct store_outbox_company *in = &op->in.outbox_company;
    struct head head;
    enum store_result result = read_head(db, op, &in->conversation, &head);

    if (result != STORE_OK)
        return result;
    if (head.kind != STORE_CREATE_TICKET)
        return STORE_CONFLICT;
    result = ops_link(db, &(struct store_person_link){.person = head.person,
                                                      .account = in->account,
                                                      .psa_customer = in->psa_customer,
                                                      .company = in->company,
                                                      .how = STORE_BY_STAFF,
                                                      .checked_ms = in->now_ms});
    if (result != STORE_OK)
        return result;
    op->out.changed.changed = true;
    result = db_run(db,
                    "UPDATE outbox SET state = iif(in_doubt, 2, 1), next_at_ms = ?, reason = '' "
                    "WHERE id = ?",
                    DB_N(in->now_ms), DB_N(head.id));
    return result == STORE_OK ? ops_audit_of(db, op, &in->audit, &in->conversation) : result;
}

/* ---- giving up ---- */

/* The head, and with a ticket that is never made all that waits for it. */
static enum store_result finish_all(struct db *db, const struct store_outbox_give_up *in,
                                    const struct head *head, int64_t *entries)
{
    const bool all = head->kind == STORE_CREATE_TICKET;
    enum store_result result =
        db_run(db,
               "UPDATE outbox SET state = 4, head = 0, given_up = 1, in_doubt = 0, "
               "finished_ms = ?1, reason = '' WHERE state < 4 AND conversation = ?2 AND "
               "(?3 OR head = 1)",
               DB_N(in->now_ms), DB_N(head->conversation), DB_N(all));

    *entries = db_changes(db);
    if (result != STORE_OK)
        return result;
    if (all)
        return db_run(db, "UPDATE conversation SET no_ticket = 1 WHERE n = ?",
                      DB_N(head->conversation));
    return ops_next_head(db, head->conversation);
}

static enum store_result say(struct db *db, struct store_op *op, const char *text,
                             struct store_added *event)
{
    const struct store_outbox_give_up *in = &op->in.outbox_give_up;
    struct store_message_add message = {.conversation = in->conversation,
                                        .message = in->message,
                                        .asker = {.is_staff = true},
                                        .author = STORE_EVENT,
                                        .name = in->name,
                                        .body = text,
                                        .sender = in->sender,
                                        .now_ms = in->now_ms};
    char client_id[ID_TEXT_SIZE];

    id_format(&in->message, client_id);
    message.client_id = client_id;
    return ops_put_message(db, op, &message, event);
}

enum store_result ops_outbox_give_up(struct db *db, struct store_op *op)
{
    const struct store_outbox_give_up *in = &op->in.outbox_give_up;
    struct store_given_up *out = &op->out.given_up;
    struct head head;
    enum store_result result = read_head(db, op, &in->conversation, &head);

    if (result != STORE_OK)
        return result;
    if (head.kind == STORE_CREATE_TICKET && head.in_doubt && strcmp(head.account, in->account) == 0)
        return STORE_CONFLICT;
    result = finish_all(db, in, &head, &out->entries);
    if (result == STORE_OK)
        result = ops_audit_of(db, op, &in->audit, &in->conversation);
    if (result != STORE_OK)
        return result;
    return say(db, op, head.kind == STORE_CREATE_TICKET ? in->said_create : in->said, &out->event);
}
