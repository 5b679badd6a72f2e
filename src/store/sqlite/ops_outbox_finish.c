/* The outbox: what came of an entry, and trying again. */
#include "store/sqlite/ops_private.h"

struct entry {
    enum store_outbox_kind kind;
    int64_t conversation, seq_from, seq_to;
};

static enum store_result read_entry(struct db *db, int64_t id, struct entry *to,
                                    struct id *conversation)
{
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT o.kind, o.conversation, o.seq_from, o.seq_to, c.id, o.state FROM outbox o "
                 "JOIN conversation c ON c.n = o.conversation WHERE o.id = ?",
                 DB_N(id));
    const int found = db_step(db, st);

    if (found <= 0)
        return found == 0 ? STORE_NOT_FOUND : STORE_FAILED;
    *to = (struct entry){(enum store_outbox_kind)db_int(st, 0), db_int(st, 1), db_int(st, 2),
                         db_int(st, 3)};
    db_id(st, 4, conversation);
    return db_int(st, 5) == STORE_DONE ? STORE_CONFLICT : STORE_OK;
}

/* Was the ticket seen, since this was sent, in a later state than the answer tells of? Both are
 * looked at, for clocks are set back. */
static enum store_result look_overtaken(struct db *db, const struct store_outbox_finish *in,
                                        const struct entry *entry, bool *is_overtaken)
{
    int found;

    *is_overtaken = false;
    if (in->updated_ms == 0)
        return STORE_OK;
    found =
        db_step(db, db_query(db,
                             "SELECT 1 FROM conversation c JOIN ticket t ON "
                             "t.account = c.account AND t.id = c.ticket_id WHERE c.n = ? AND "
                             "c.ticket_id <> 0 AND t.updated_ms > ? AND t.seen_ms >= "
                             "(SELECT sent_at_ms FROM outbox WHERE id = ?)",
                             DB_N(entry->conversation), DB_N(in->updated_ms), DB_N(in->outbox)));
    *is_overtaken = found == 1;
    return found < 0 ? STORE_FAILED : STORE_OK;
}

/* What the filing taught us about the ticket, and whose comment it is. */
static enum store_result note_result(struct db *db, const struct store_outbox_finish *in,
                                     const struct entry *entry)
{
    bool old;
    enum store_result result = look_overtaken(db, in, entry, &old);

    if (result != STORE_OK)
        return result;
    result =
        db_run(db,
               "UPDATE conversation SET ticket_id = iif(?1 = 0, ticket_id, ?1), "
               "ticket_number = iif(?2 = '', ticket_number, ?2), "
               "ticket_status = iif(?3 = '', ticket_status, ?3), "
               "ticket_priority = iif(?4 = '', ticket_priority, ?4), "
               "account = iif(?5 = '', account, ?5), issue_type = iif(?7, ?8, issue_type), "
               "assignee = iif(?7, ?9, assignee), assignee_id = iif(?7, ?10, assignee_id), "
               "due_ms = iif(?7, ?11, due_ms) WHERE n = ?6",
               DB_N(in->ticket_id), DB_T(in->ticket_number), DB_T(old ? "" : in->ticket_status),
               DB_T(old ? "" : in->ticket_priority), DB_T(in->account), DB_N(entry->conversation),
               DB_N(in->has_more && !old), DB_T(in->issue_type), DB_T(in->assignee),
               DB_N(in->assignee_id), DB_N(in->due_ms));

    if (result != STORE_OK || in->comment_id == 0 || entry->seq_from == 0)
        return result;
    return db_run(db,
                  "UPDATE message SET psa_comment_id = ? WHERE conversation = ? AND "
                  "seq BETWEEN ? AND ? AND outbox = ?",
                  DB_N(in->comment_id), DB_N(entry->conversation), DB_N(entry->seq_from),
                  DB_N(entry->seq_to), DB_N(in->outbox));
}

enum store_result ops_next_head(struct db *db, int64_t conversation)
{
    return db_run(db,
                  "UPDATE outbox SET head = 1 WHERE id = (SELECT min(id) FROM outbox "
                  "WHERE conversation = ?1 AND state < 4) AND NOT EXISTS (SELECT 1 FROM "
                  "outbox WHERE conversation = ?1 AND head = 1)",
                  DB_N(conversation));
}

static enum store_result file(struct db *db, const struct store_outbox_finish *in,
                              const struct entry *entry)
{
    const int64_t result_id = entry->kind == STORE_ADD_COMMENT ? in->comment_id : in->ticket_id;
    enum store_result result =
        db_run(db,
               "UPDATE outbox SET state = 4, head = 0, in_doubt = 0, finished_ms = ?, "
               "result_id = ?, psa_ms = ?, reason = '', conflict = '' WHERE id = ?",
               DB_N(in->now_ms), DB_N(result_id), DB_N(in->updated_ms), DB_N(in->outbox));

    if (result == STORE_OK)
        result = note_result(db, in, entry);
    if (result == STORE_OK)
        result = ops_next_head(db, entry->conversation);
    return result;
}

/* A change that was not sent after all, and met another's while that was not known: staff decide.
 */
static enum store_result leave(struct db *db, const struct store_outbox_finish *in,
                               const struct entry *entry, bool *left)
{
    enum store_result result =
        db_run(db,
               "UPDATE outbox SET state = 4, head = 0, given_up = 1, in_doubt = 0, "
               "finished_ms = ?, reason = '' WHERE id = ? AND conflict <> ''",
               DB_N(in->now_ms), DB_N(in->outbox));

    *left = result == STORE_OK && db_changes(db) > 0;
    return *left ? ops_next_head(db, entry->conversation) : result;
}

/* Not filed: wait, doubt or park. */
static enum store_result keep(struct db *db, const struct store_outbox_finish *in,
                              const struct entry *entry)
{
    enum store_outbox_state state = STORE_WAITING;
    bool in_doubt = false, left = false;

    if (entry->kind == STORE_UPDATE_TICKET &&
        (in->outcome == STORE_RETRY || (in->outcome == STORE_PARK && !in->still_in_doubt))) {
        const enum store_result result = leave(db, in, entry, &left);
        if (result != STORE_OK || left)
            return result;
    }
    if (in->outcome == STORE_STILL_DOUBT) {
        state = STORE_IN_DOUBT;
        in_doubt = true;
    } else if (in->outcome == STORE_PARK) {
        state = STORE_PARKED;
        in_doubt = in->still_in_doubt;
    }
    return db_run(db,
                  "UPDATE outbox SET state = ?, in_doubt = ?, next_at_ms = ?, reason = ?, "
                  "attempts = attempts - ? WHERE id = ?",
                  DB_N(state), DB_N(in_doubt), DB_N(in->at_ms), DB_T(in->reason),
                  DB_N(in->not_sent), DB_N(in->outbox));
}

enum store_result ops_outbox_finish(struct db *db, struct store_op *op)
{
    const struct store_outbox_finish *in = &op->in.outbox_finish;
    struct store_finished *out = &op->out.finished;
    struct entry entry;
    enum store_result result = read_entry(db, in->outbox, &entry, &out->conversation);
    sqlite3_stmt *st;

    if (result == STORE_OK)
        result = in->outcome == STORE_FILED ? file(db, in, &entry) : keep(db, in, &entry);
    if (result != STORE_OK)
        return result;
    st = db_query(db, "SELECT 1 FROM outbox WHERE conversation = ? AND head = 1",
                  DB_N(entry.conversation));
    switch (db_step(db, st)) {
    case 1:
        out->was_last = false;
        return STORE_OK;
    case 0:
        out->was_last = true;
        return STORE_OK;
    default:
        return STORE_FAILED;
    }
}

/* It waits after something went wrong: in the try itself, or (no attempt, but a reason) before. */
#define PUT_OFF "(state = 1 AND (attempts > 0 OR reason <> '') AND next_at_ms > ?1)"

enum store_result ops_outbox_retry(struct db *db, struct store_op *op)
{
    const struct store_in_retry *in = &op->in.outbox_retry;
    const struct store_asker staff = {.is_staff = true};
    enum store_result result = STORE_OK;
    int64_t n;

    if (in->all) {
        result = db_run(db,
                        "UPDATE outbox SET state = iif(state = 3 AND in_doubt, 2, 1), "
                        "next_at_ms = ?1, reason = '' WHERE state < 4 AND head = 1 AND "
                        "(state = 3 OR " PUT_OFF ")",
                        DB_N(in->now_ms));
    } else {
        result = ops_find(db, &in->conversation, &staff, &n);
        if (result == STORE_OK)
            result = db_run(db,
                            "UPDATE outbox SET state = iif(state = 3 AND in_doubt, 2, 1), "
                            "next_at_ms = ?1, reason = '' WHERE conversation = ?2 AND head = 1 "
                            "AND (state = 3 OR " PUT_OFF ")",
                            DB_N(in->now_ms), DB_N(n));
    }
    op->out.changed.changed = result == STORE_OK && db_changes(db) > 0;
    if (op->out.changed.changed && !in->all)
        result = ops_audit_of(db, op, &in->audit, &in->conversation);
    return result;
}
