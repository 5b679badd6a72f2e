/* Another ticket for a conversation. */
#include <string.h>

#include "store/sqlite/ops_private.h"

/* Is nobody else's conversation about it, and may this one's person have it? Else not done. */
static enum store_result look_around(struct db *db, const struct store_ticket_attach *in, int64_t n,
                                     struct store_attached *out, bool *is_theirs)
{
    const struct store_psa_ticket *t = &in->ticket;
    bool is_verified, is_free;
    enum store_result result;
    sqlite3_stmt *st = db_query(db,
                                "SELECT id FROM conversation WHERE ticket_id = ? AND "
                                "ticket_id <> 0 AND account = ? ORDER BY n LIMIT 1",
                                DB_N(t->id), DB_T(in->account));
    const int found = db_step(db, st);

    if (found < 0)
        return STORE_FAILED;
    if (found == 1) {
        db_id(st, 0, &out->taken);
        return STORE_OK;
    }
    st = db_query(db,
                  "SELECT p.verified_ms <> 0, coalesce(l.psa_customer, 0) = ?3 AND ?3 <> 0, "
                  "coalesce((l.psa_contact <> 0 AND l.psa_contact = ?4) OR (l.how = 2 AND ?4 = 0 "
                  "AND l.psa_customer = ?3), 0) FROM conversation c JOIN person p ON "
                  "p.id = c.person LEFT JOIN person_link l ON l.person = p.id AND l.account = ?2 "
                  "WHERE c.n = ?1",
                  DB_N(n), DB_T(in->account), DB_N(t->customer), DB_N(t->contact));
    result = ops_one_row(db, st);
    if (result != STORE_OK)
        return result;
    is_verified = db_int(st, 0) != 0;
    out->is_company = db_int(st, 1) != 0;
    *is_theirs = db_int(st, 2) != 0;
    is_free = out->is_company && t->contact == 0;
    out->done = *is_theirs || is_free || in->confirmed;
    *is_theirs = *is_theirs && is_verified;
    return STORE_OK;
}

/* What waits goes into the ticket: also what was to begin one. Changes were of another. */
static enum store_result turn_entries(struct db *db, int64_t n, int64_t now_ms)
{
    enum store_result result =
        db_run(db,
               "UPDATE outbox SET state = 4, head = 0, given_up = 1, finished_ms = ?1, "
               "reason = '' WHERE conversation = ?2 AND state < 4 AND (kind = 3 OR (kind = 1 AND "
               "author = 4))",
               DB_N(now_ms), DB_N(n));

    if (result == STORE_OK)
        result = db_run(db,
                        "UPDATE outbox SET kind = iif(kind = 1, 2, kind), state = 1, account = '', "
                        "next_at_ms = ?1, reason = '' WHERE conversation = ?2 AND state < 4",
                        DB_N(now_ms), DB_N(n));
    return result == STORE_OK ? ops_next_head(db, n) : result;
}

static enum store_result take_ticket(struct db *db, const struct store_ticket_attach *in, int64_t n,
                                     bool is_private)
{
    const struct store_psa_ticket *t = &in->ticket;
    const struct store_sync_tickets seen = {.account = in->account,
                                            .rows = t,
                                            .count = 1,
                                            .asked_ms = in->now_ms,
                                            .now_ms = in->now_ms};
    enum store_result result = ops_put_ticket(db, &seen, t);

    if (result != STORE_OK)
        return result;
    return db_run(db,
                  "UPDATE conversation SET account = ?1, ticket_id = ?2, ticket_number = ?3, "
                  "ticket_status = ?4, ticket_priority = ?5, assignee = ?6, issue_type = ?7, "
                  "assignee_id = ?8, due_ms = ?9, no_ticket = 0, sync_due = 1, attached_ms = ?10, "
                  "attached_private = ?11 WHERE n = ?12",
                  DB_T(in->account), DB_N(t->id), DB_T(t->number), DB_T(t->status),
                  DB_T(t->priority), DB_T(t->assignee), DB_T(t->issue_type), DB_N(t->assignee_id),
                  DB_N(t->due_ms), DB_N(in->read_ms), DB_N(is_private), DB_N(n));
}

enum store_result ops_ticket_attach(struct db *db, struct store_op *op)
{
    const struct store_ticket_attach *in = &op->in.ticket_attach;
    const struct store_message_add event = {.conversation = in->conversation,
                                            .message = in->event,
                                            .name = in->name,
                                            .body = in->said,
                                            .sender = in->sender,
                                            .now_ms = in->now_ms};
    struct store_attached *out = &op->out.attached;
    struct store_added added;
    struct ops_ticket_now now;
    bool is_theirs = false;
    enum store_result result = ops_ticket_now(db, &in->conversation, in->was, &now);

    *out = (struct store_attached){.done = false};
    if (result == STORE_OK)
        result = look_around(db, in, now.n, out, &is_theirs);
    if (result != STORE_OK || !out->done)
        return result;
    result = turn_entries(db, now.n, in->now_ms);
    if (result == STORE_OK)
        result = ops_leave_ticket(db, now.n, 0, false);
    if (result == STORE_OK)
        result = take_ticket(db, in, now.n, !is_theirs);
    if (result == STORE_OK)
        result = ops_ticket_tell(db, op, &event, &added);
    return result == STORE_OK ? ops_audit_of(db, op, &in->audit, &in->conversation) : result;
}
