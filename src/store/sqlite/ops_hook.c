/* Webhooks that go out. */
#include "store/sqlite/ops_private.h"

enum store_result ops_tell(struct db *db, const char *event, int64_t conversation, int64_t seq)
{
    return db_run(db,
                  "INSERT INTO delivery (hook, event, conversation, seq, at_ms) "
                  "SELECT h.n, ?1, c.n, ?3, coalesce((SELECT created_ms FROM message WHERE "
                  "conversation = c.n AND seq = ?3), c.last_at_ms) "
                  "FROM hook h JOIN conversation c ON c.n = ?2 "
                  "WHERE h.off = 0 AND instr(h.events, ' ' || ?1 || ' ') > 0",
                  DB_T(event), DB_N(conversation), DB_N(seq));
}

/* ---- endpoints ---- */

enum store_result ops_hook_list(struct db *db, struct store_op *op)
{
    struct store_hooks *out = &op->out.hooks;
    struct store_hook *rows = arena_alloc(op->arena, STORE_HOOKS_MAX * sizeof(*rows));
    sqlite3_stmt *st;
    int found;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_hooks){.rows = rows};
    st = db_query(db, "SELECT h.n, h.id, h.url, h.events, h.reason, h.off, h.created_ms, h.ok_ms, "
                      "h.bad_ms, "
                      "(SELECT count(*) FROM delivery WHERE hook = h.n AND state < 3), "
                      "(SELECT count(*) FROM delivery WHERE hook = h.n AND state = 4) "
                      "FROM hook h ORDER BY h.n");
    while ((found = db_step(db, st)) == 1 && out->count < STORE_HOOKS_MAX) {
        struct store_hook *to = &rows[out->count++];

        *to = (struct store_hook){.n = db_int(st, 0),
                                  .url = db_text(op, st, 2),
                                  .events = db_text(op, st, 3),
                                  .reason = db_text(op, st, 4),
                                  .off = db_int(st, 5) != 0,
                                  .created_ms = db_int(st, 6),
                                  .ok_ms = db_int(st, 7),
                                  .bad_ms = db_int(st, 8),
                                  .waiting = db_int(st, 9),
                                  .failed = db_int(st, 10)};
        db_id(st, 1, &to->id);
    }
    return found < 0 ? STORE_FAILED : STORE_OK;
}

/* The audit row, with the endpoint's address where no object is named. */
static enum store_result audit_hook(struct db *db, struct store_op *op,
                                    const struct store_audit *audit, int64_t n)
{
    struct store_audit row = *audit;
    sqlite3_stmt *st;
    enum store_result result;

    if (row.object[0] == '\0') {
        st = db_query(db, "SELECT url FROM hook WHERE n = ?", DB_N(n));
        result = ops_one_row(db, st);
        if (result != STORE_OK)
            return result;
        row.object = db_text(op, st, 0);
    }
    return ops_audit(db, &row);
}

static enum store_result add_hook(struct db *db, const struct store_hook_put *in)
{
    const enum store_result result =
        db_run(db,
               "INSERT INTO hook (id, url, events, sealed, created_ms) SELECT ?1, ?2, ?3, ?4, ?5 "
               "WHERE (SELECT count(*) FROM hook) < ?6",
               DB_ID(&in->id), DB_T(in->url), DB_T(in->events), DB_T(in->sealed), DB_N(in->now_ms),
               DB_N(STORE_HOOKS_MAX));

    return result == STORE_OK && db_changes(db) == 0 ? STORE_CONFLICT : result;
}

enum store_result ops_hook_put(struct db *db, struct store_op *op)
{
    const struct store_hook_put *in = &op->in.hook_put;
    enum store_result result;

    if (in->n == 0) {
        result = add_hook(db, in);
        return result == STORE_OK ? audit_hook(db, op, &in->audit, db_last_id(db)) : result;
    }
    result = db_run(db,
                    "UPDATE hook SET url = iif(?2 = '', url, ?2), events = iif(?3 = '', events, "
                    "?3), sealed = iif(?4 = '', sealed, ?4), off = iif(?5 < 0, off, ?5) "
                    "WHERE n = ?1",
                    DB_N(in->n), DB_T(in->url), DB_T(in->events), DB_T(in->sealed), DB_N(in->off));
    if (result == STORE_OK && db_changes(db) == 0)
        return STORE_NOT_FOUND;
    return result == STORE_OK ? audit_hook(db, op, &in->audit, in->n) : result;
}

enum store_result ops_hook_remove(struct db *db, struct store_op *op)
{
    const struct store_hook_do *in = &op->in.hook_remove;
    enum store_result result = audit_hook(db, op, &in->audit, in->hook);

    if (result == STORE_OK)
        result = db_run(db, "DELETE FROM delivery WHERE hook = ?", DB_N(in->hook));
    if (result == STORE_OK)
        result = db_run(db, "DELETE FROM hook WHERE n = ?", DB_N(in->hook));
    return result == STORE_OK && db_changes(db) == 0 ? STORE_NOT_FOUND : result;
}

enum store_result ops_hook_try(struct db *db, struct store_op *op)
{
    const struct store_hook_do *in = &op->in.hook_try;
    enum store_result result;

    if (in->delivery == 0)
        result = db_run(db,
                        "INSERT INTO delivery (hook, event, conversation, seq, at_ms) "
                        "SELECT n, 'ping', 0, 0, ?2 FROM hook WHERE n = ?1",
                        DB_N(in->hook), DB_N(in->now_ms));
    else
        result = db_run(db,
                        "UPDATE delivery SET state = 1, attempts = 0, next_at_ms = 0, "
                        "finished_ms = 0 WHERE n = ? AND hook = ? AND state <> 2",
                        DB_N(in->delivery), DB_N(in->hook));
    if (result == STORE_OK && db_changes(db) == 0)
        return STORE_NOT_FOUND;
    return result == STORE_OK ? audit_hook(db, op, &in->audit, in->hook) : result;
}

/* ---- what goes out ---- */

enum store_result ops_hook_begin(struct db *db, struct store_op *op)
{
    (void)op;
    return db_run(db, "UPDATE delivery SET state = 1, next_at_ms = 0 WHERE state = 2");
}

/* Up to ?2 deliveries of the endpoint h: those whose time has come, and those that lie too far
 * ahead for any wait. */
#define WAITING(time)                                                                              \
    "SELECT n FROM (SELECT n FROM delivery WHERE hook = h.n AND state = 1 AND next_at_ms " time    \
    " ORDER BY next_at_ms, n LIMIT ?2) "
#define DUE WAITING("<= ?1") "UNION ALL " WAITING("> ?4") "LIMIT ?2"

enum store_result ops_hook_due(struct db *db, struct store_op *op)
{
    const struct store_in_limit *in = &op->in.hook_due;
    struct store_hook_due *out = &op->out.hook_due;
    int64_t *ids = arena_alloc(op->arena, 2 * (in->limit + 1) * sizeof(*ids));
    sqlite3_stmt *st;
    int found;

    if (ids == NULL)
        return STORE_FAILED;
    *out = (struct store_hook_due){.ids = ids, .hooks = ids + in->limit + 1};
    st = db_query(db, "SELECT count(*) FROM hook WHERE off = 0");
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    out->any = db_int(st, 0) != 0;
    if (!out->any)
        return STORE_OK;
    /* Of each endpoint some, so that none waits behind another's. */
    st = db_query(db,
                  "SELECT d.n, h.n FROM hook h JOIN delivery d ON d.n IN (" DUE ") "
                  "WHERE h.off = 0 ORDER BY d.next_at_ms, d.n LIMIT ?3",
                  DB_N(in->now_ms), DB_N(STORE_HOOK_AT_ONCE), DB_N(in->limit),
                  DB_N(in->now_ms + STORE_HOOK_AHEAD_MS));
    while ((found = db_step(db, st)) == 1) {
        ids[in->limit + 1 + out->count] = db_int(st, 1);
        ids[out->count++] = db_int(st, 0);
    }
    if (found < 0)
        return STORE_FAILED;
    st = db_query(db,
                  "SELECT coalesce(min((SELECT min(next_at_ms) FROM delivery WHERE hook = h.n AND "
                  "state = 1 AND next_at_ms > ?)), 0) FROM hook h WHERE h.off = 0",
                  DB_N(in->now_ms));
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    out->next_ms = db_int(st, 0);
    return STORE_OK;
}

/* What it tells of, as it is now. */
static enum store_result read_told(struct db *db, struct store_op *op,
                                   struct store_delivery_taken *out, int64_t n, int64_t seq)
{
    sqlite3_stmt *st;
    enum store_result result;

    if (n == 0)
        return STORE_OK;
    st = db_query(db, "SELECT " SUMMARY_COLUMNS SUMMARY_TABLES "WHERE c.n = ?", DB_N(n));
    result = ops_one_row(db, st);
    if (result != STORE_OK)
        return result;
    ops_read_summary(op, st, &out->conversation);
    out->has_conversation = true;
    if (seq == 0)
        return STORE_OK;
    st = db_query(db,
                  "SELECT " MESSAGE_COLUMNS MESSAGE_TABLES "WHERE m.conversation = ? AND m.seq = ?",
                  DB_N(n), DB_N(seq));
    result = ops_one_row(db, st);
    if (result != STORE_OK)
        return result == STORE_NOT_FOUND ? STORE_OK : result;
    ops_read_message(op, st, &out->message);
    out->has_message = true;
    return ops_read_files(db, op, n, &out->message, 1);
}

enum store_result ops_delivery_take(struct db *db, struct store_op *op)
{
    const struct store_hook_do *in = &op->in.delivery_take;
    struct store_delivery_taken *out = &op->out.delivery_taken;
    sqlite3_stmt *st = db_query(db,
                                "SELECT d.n, d.hook, d.attempts, d.at_ms, h.id, h.url, h.sealed, "
                                "d.event, d.conversation, iif(d.event IN ('message.created', "
                                "'note.created'), d.seq, 0) FROM delivery d JOIN hook h "
                                "ON h.n = d.hook WHERE d.n = ? AND d.state = 1 AND h.off = 0",
                                DB_N(in->delivery));
    enum store_result result = ops_one_row(db, st);
    int64_t n, seq;

    if (result != STORE_OK)
        return result;
    *out = (struct store_delivery_taken){.n = db_int(st, 0),
                                         .hook = db_int(st, 1),
                                         .attempts = db_int(st, 2) + 1,
                                         .at_ms = db_int(st, 3),
                                         .url = db_text(op, st, 5),
                                         .sealed = db_text(op, st, 6),
                                         .event = db_text(op, st, 7)};
    db_id(st, 4, &out->id);
    n = db_int(st, 8);
    seq = db_int(st, 9);
    result = read_told(db, op, out, n, seq);
    if (result == STORE_NOT_FOUND) {
        out->ended = true;
        return db_run(db, "DELETE FROM delivery WHERE n = ?", DB_N(in->delivery));
    }
    /* A message that was hidden since is told as the note it is: only to who asked for notes. */
    if (result == STORE_OK && out->has_message && out->message.author == STORE_NOTE) {
        st = db_query(db, "SELECT 1 FROM hook WHERE n = ? AND instr(events, ' note.created ') > 0",
                      DB_N(out->hook));
        result = ops_one_row(db, st);
        out->has_message = result == STORE_OK;
    }
    if (result != STORE_OK && result != STORE_NOT_FOUND)
        return result;
    return db_run(db, "UPDATE delivery SET state = 2, attempts = ? WHERE n = ?",
                  DB_N(out->attempts), DB_N(in->delivery));
}

static enum store_result write_end(struct db *db, const struct store_delivery_finish *in)
{
    if (in->outcome == STORE_DELIVERY_RETRY)
        return db_run(db,
                      "UPDATE delivery SET state = 1, next_at_ms = ?2, status = ?3, reason = ?4 "
                      "WHERE n = ?1 AND state = 2",
                      DB_N(in->n), DB_N(in->at_ms), DB_N(in->status), DB_T(in->reason));
    return db_run(
        db,
        "UPDATE delivery SET state = ?2, finished_ms = ?3, status = ?4, reason = ?5 "
        "WHERE n = ?1 AND state = 2",
        DB_N(in->n),
        DB_N(in->outcome == STORE_DELIVERY_DONE ? STORE_DELIVERY_TAKEN : STORE_DELIVERY_FAILED),
        DB_N(in->now_ms), DB_N(in->status), DB_T(in->reason));
}

enum store_result ops_delivery_finish(struct db *db, struct store_op *op)
{
    const struct store_delivery_finish *in = &op->in.delivery_finish;
    enum store_result result = write_end(db, in);

    if (result == STORE_OK && db_changes(db) == 0)
        return STORE_NOT_FOUND;
    if (result == STORE_OK && in->outcome == STORE_DELIVERY_DONE)
        result = db_run(db,
                        "UPDATE hook SET ok_ms = ?2, reason = '' WHERE n = (SELECT hook FROM "
                        "delivery WHERE n = ?1)",
                        DB_N(in->n), DB_N(in->now_ms));
    else if (result == STORE_OK)
        result = db_run(db,
                        "UPDATE hook SET bad_ms = ?2, reason = ?3 WHERE n = (SELECT hook FROM "
                        "delivery WHERE n = ?1)",
                        DB_N(in->n), DB_N(in->now_ms), DB_T(in->reason));
    if (result != STORE_OK)
        return result;
    return db_run(db,
                  "DELETE FROM delivery WHERE n IN (SELECT n FROM delivery WHERE finished_ms <> 0 "
                  "AND finished_ms < ? LIMIT 100)",
                  DB_N(in->now_ms - STORE_DELIVERY_KEPT_MS));
}

enum store_result ops_delivery_list(struct db *db, struct store_op *op)
{
    const struct store_delivery_read *in = &op->in.delivery_list;
    struct store_deliveries *out = &op->out.deliveries;
    struct store_delivery *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    sqlite3_stmt *st;
    int found;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_deliveries){.rows = rows};
    st = db_query(db,
                  "SELECT d.n, d.event, d.reason, coalesce(c.reference, ''), d.state, d.at_ms, "
                  "d.attempts, d.next_at_ms, d.finished_ms, d.status FROM delivery d "
                  "LEFT JOIN conversation c ON c.n = d.conversation "
                  "WHERE d.hook = ?1 AND (?2 = 0 OR d.n < ?2) ORDER BY d.n DESC LIMIT ?3",
                  DB_N(in->hook), DB_N(in->before), DB_N(in->limit + 1));
    while ((found = db_step(db, st)) == 1)
        if (out->count < in->limit)
            rows[out->count++] =
                (struct store_delivery){.n = db_int(st, 0),
                                        .event = db_text(op, st, 1),
                                        .reason = db_text(op, st, 2),
                                        .reference = db_text(op, st, 3),
                                        .state = (enum store_delivery_state)db_int(st, 4),
                                        .at_ms = db_int(st, 5),
                                        .attempts = db_int(st, 6),
                                        .next_at_ms = db_int(st, 7),
                                        .finished_ms = db_int(st, 8),
                                        .status = db_int(st, 9)};
        else
            out->more = true;
    return found < 0 ? STORE_FAILED : STORE_OK;
}
