/* The connector as an administrator sees it: settings, health. */
#include "store/sqlite/ops_private.h"

enum store_result ops_connector_get(struct db *db, struct store_op *op)
{
    sqlite3_stmt *st = db_query(
        db, "SELECT kind, account, sealed_token, token_end, fallback_customer, fallback_name, "
            "status, priority, problem_type, version, state, reason, paused, worked, changed_ms "
            "FROM connector WHERE removed = 0 ORDER BY changed_ms DESC LIMIT 1");
    const int found = db_step(db, st);

    if (found <= 0)
        return found == 0 ? STORE_NOT_FOUND : STORE_FAILED;
    op->out.connector = (struct store_connector){.kind = db_text(op, st, 0),
                                                 .account = db_text(op, st, 1),
                                                 .sealed_token = db_text(op, st, 2),
                                                 .token_end = db_text(op, st, 3),
                                                 .fallback_customer = db_int(st, 4),
                                                 .fallback_name = db_text(op, st, 5),
                                                 .status = db_text(op, st, 6),
                                                 .priority = db_text(op, st, 7),
                                                 .problem_type = db_text(op, st, 8),
                                                 .version = db_int(st, 9),
                                                 .state = db_text(op, st, 10),
                                                 .reason = db_text(op, st, 11),
                                                 .paused = db_int(st, 12) != 0,
                                                 .worked = db_int(st, 13) != 0,
                                                 .changed_ms = db_int(st, 14)};
    return STORE_OK;
}

/* Another account: what was read from the one before is not about it. */
static enum store_result forget_lists(struct db *db, const struct store_connector *in)
{
    return db_run(db,
                  "DELETE FROM value WHERE key IN ('" STORE_VALUE_OPTIONS
                  "', '" STORE_VALUE_SYNC_CURSOR "') AND NOT EXISTS (SELECT 1 FROM connector WHERE "
                  "kind = ? AND account = ?)",
                  DB_T(in->kind), DB_T(in->account));
}

/* The settings, with the token that is there. */
static enum store_result set_settings(struct db *db, const struct store_connector *in)
{
    const enum store_result result = db_run(
        db,
        "UPDATE connector SET fallback_customer = ?3, fallback_name = ?4, status = ?5, "
        "priority = ?6, problem_type = ?7, version = version + 1, state = iif(paused, "
        "state, ''), reason = iif(paused, reason, ''), changed_ms = ?8 "
        "WHERE kind = ?1 AND account = ?2 AND removed = 0",
        DB_T(in->kind), DB_T(in->account), DB_N(in->fallback_customer), DB_T(in->fallback_name),
        DB_T(in->status), DB_T(in->priority), DB_T(in->problem_type), DB_N(in->changed_ms));

    return result == STORE_OK && db_changes(db) == 0 ? STORE_CONFLICT : result;
}

enum store_result ops_connector_set(struct db *db, struct store_op *op)
{
    const struct store_connector *in = &op->in.connector_set;
    enum store_result result;

    if (in->sealed_token[0] == '\0') {
        result = set_settings(db, in);
        return result == STORE_OK ? ops_audit(db, &in->audit) : result;
    }
    result = forget_lists(db, in);
    if (result != STORE_OK)
        return result;
    result = db_run(
        db,
        "INSERT INTO connector (kind, account, sealed_token, token_end, fallback_customer, "
        "fallback_name, status, priority, problem_type, version, changed_ms) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, ?10) ON CONFLICT (kind) DO UPDATE SET "
        "account = ?2, sealed_token = ?3, token_end = ?4, fallback_customer = ?5, "
        "fallback_name = ?6, status = ?7, priority = ?8, problem_type = ?9, "
        "version = version + 1, state = iif(paused, state, ''), reason = iif(paused, reason, ''), "
        "removed = 0, worked = 0, changed_ms = ?10",
        DB_T(in->kind), DB_T(in->account), DB_T(in->sealed_token), DB_T(in->token_end),
        DB_N(in->fallback_customer), DB_T(in->fallback_name), DB_T(in->status), DB_T(in->priority),
        DB_T(in->problem_type), DB_N(in->changed_ms));
    return result == STORE_OK ? ops_audit(db, &in->audit) : result;
}

enum store_result ops_connector_state(struct db *db, struct store_op *op)
{
    const struct store_connector *in = &op->in.connector_state;
    const enum store_result result =
        db_run(db,
               "UPDATE connector SET state = ?1, reason = ?2, worked = max(worked, ?1 = 'ok') "
               "WHERE kind = ?3 AND removed = 0 AND paused = 0",
               DB_T(in->state), DB_T(in->reason), DB_T(in->kind));

    return result == STORE_OK && db_changes(db) == 0 ? STORE_NOT_FOUND : result;
}

static enum store_result check_connector(struct db *db, const char *kind)
{
    sqlite3_stmt *st =
        db_query(db, "SELECT 1 FROM connector WHERE kind = ? AND removed = 0", DB_T(kind));
    const int found = db_step(db, st);

    if (found <= 0)
        return found == 0 ? STORE_NOT_FOUND : STORE_FAILED;
    return STORE_OK;
}

enum store_result ops_connector_pause(struct db *db, struct store_op *op)
{
    const struct store_connector_pause *in = &op->in.connector_pause;
    enum store_result result = check_connector(db, in->kind);

    if (result != STORE_OK)
        return result;
    result = db_run(db,
                    "UPDATE connector SET paused = ?1, state = '', reason = iif(?1, ?2, ''), "
                    "version = version + 1 WHERE kind = ?3 AND paused <> ?1",
                    DB_N(in->paused), DB_T(in->reason), DB_T(in->kind));
    op->out.changed.changed = result == STORE_OK && db_changes(db) > 0;
    return op->out.changed.changed ? ops_audit(db, &in->audit) : result;
}

enum store_result ops_connector_remove(struct db *db, struct store_op *op)
{
    const struct store_connector_pause *in = &op->in.connector_remove;
    enum store_result result = check_connector(db, in->kind);

    op->out.changed.changed = true;
    if (result != STORE_OK)
        return result;
    result = db_run(db,
                    "UPDATE connector SET removed = 1, paused = 0, worked = 0, sealed_token = '', "
                    "token_end = '', state = '', reason = ?, version = version + 1 WHERE kind = ?",
                    DB_T(in->reason), DB_T(in->kind));
    return result == STORE_OK ? ops_audit(db, &in->audit) : result;
}

/* ---- calls ---- */

enum store_result ops_calls_add(struct db *db, struct store_op *op)
{
    const struct store_calls_add *in = &op->in.calls_add;
    const enum store_result result = db_run(
        db,
        "INSERT INTO psa_calls (kind, hour_ms, calls, errors, last_ms) VALUES (?1, ?2, ?3, ?4, ?5) "
        "ON CONFLICT (kind, hour_ms) DO UPDATE SET calls = calls + ?3, errors = errors + ?4, "
        "last_ms = max(last_ms, ?5)",
        DB_T(in->kind), DB_N(in->hour_ms), DB_N(in->calls), DB_N(in->errors), DB_N(in->last_ms));

    if (result != STORE_OK)
        return result;
    return db_run(db, "DELETE FROM psa_calls WHERE kind = ? AND hour_ms <= ?", DB_T(in->kind),
                  DB_N(in->hour_ms - STORE_CALL_HOURS * INT64_C(3600000)));
}

enum store_result ops_calls_read(struct db *db, struct store_op *op)
{
    const struct store_in_since *in = &op->in.calls_read;
    struct store_calls *out = &op->out.calls;
    struct store_hour *rows = arena_alloc(op->arena, STORE_CALL_HOURS * sizeof(*rows));
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_calls){.rows = rows};
    st = db_query(db, "SELECT coalesce(max(last_ms), 0) FROM psa_calls WHERE kind = ?",
                  DB_T(in->kind));
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    out->last_ms = db_int(st, 0);
    st = db_query(db,
                  "SELECT hour_ms, calls, errors FROM psa_calls WHERE kind = ? AND hour_ms >= ? "
                  "ORDER BY hour_ms LIMIT ?",
                  DB_T(in->kind), DB_N(in->since_ms), DB_N(STORE_CALL_HOURS));
    while ((more = db_step(db, st)) == 1)
        rows[out->count++] = (struct store_hour){db_int(st, 0), db_int(st, 1), db_int(st, 2)};
    return more < 0 ? STORE_FAILED : STORE_OK;
}
