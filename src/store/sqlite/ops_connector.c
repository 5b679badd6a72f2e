/* The connector's memory. */
#include <string.h>

#include "store/sqlite/ops_private.h"

enum store_result ops_psa_match_get(struct db *db, struct store_op *op)
{
    const struct store_psa_match *in = &op->in.psa_match_get;
    sqlite3_stmt *st = db_query(db,
                                "SELECT psa_contact, psa_customer, company, fetched_ms FROM "
                                "psa_match WHERE account = ? AND email = ?",
                                DB_T(in->account), DB_T(in->email));
    const enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return result;
    op->out.psa_match = (struct store_psa_match){.account = in->account,
                                                 .email = in->email,
                                                 .psa_contact = db_int(st, 0),
                                                 .psa_customer = db_int(st, 1),
                                                 .company = db_text(op, st, 2),
                                                 .fetched_ms = db_int(st, 3)};
    return STORE_OK;
}

enum store_result ops_psa_match_put(struct db *db, struct store_op *op)
{
    const struct store_psa_match *in = &op->in.psa_match_put;

    return db_run(db,
                  "INSERT OR REPLACE INTO psa_match (account, email, psa_contact, psa_customer, "
                  "company, fetched_ms) VALUES (?, ?, ?, ?, ?, ?)",
                  DB_T(in->account), DB_T(in->email), DB_N(in->psa_contact), DB_N(in->psa_customer),
                  DB_T(in->company), DB_N(in->fetched_ms));
}

enum store_result ops_connector_get(struct db *db, struct store_op *op)
{
    sqlite3_stmt *st =
        db_query(db, "SELECT kind, account, sealed_token, fallback_customer, status, priority, "
                     "problem_type, version, state, reason, changed_ms FROM connector "
                     "ORDER BY changed_ms DESC LIMIT 1");
    const enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return result;
    op->out.connector = (struct store_connector){.kind = db_text(op, st, 0),
                                                 .account = db_text(op, st, 1),
                                                 .sealed_token = db_text(op, st, 2),
                                                 .fallback_customer = db_int(st, 3),
                                                 .status = db_text(op, st, 4),
                                                 .priority = db_text(op, st, 5),
                                                 .problem_type = db_text(op, st, 6),
                                                 .version = db_int(st, 7),
                                                 .state = db_text(op, st, 8),
                                                 .reason = db_text(op, st, 9),
                                                 .changed_ms = db_int(st, 10)};
    return STORE_OK;
}

enum store_result ops_connector_set(struct db *db, struct store_op *op)
{
    const struct store_connector *in = &op->in.connector_set;

    return db_run(db,
                  "INSERT INTO connector (kind, account, sealed_token, fallback_customer, status, "
                  "priority, problem_type, version, changed_ms) "
                  "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?8) ON CONFLICT (kind) DO UPDATE SET "
                  "account = ?2, sealed_token = ?3, fallback_customer = ?4, status = ?5, "
                  "priority = ?6, problem_type = ?7, version = version + 1, state = '', "
                  "reason = '', changed_ms = ?8",
                  DB_T(in->kind), DB_T(in->account), DB_T(in->sealed_token),
                  DB_N(in->fallback_customer), DB_T(in->status), DB_T(in->priority),
                  DB_T(in->problem_type), DB_N(in->changed_ms));
}

enum store_result ops_connector_state(struct db *db, struct store_op *op)
{
    const struct store_connector *in = &op->in.connector_state;
    const enum store_result result =
        db_run(db, "UPDATE connector SET state = ?, reason = ? WHERE kind = ?", DB_T(in->state),
               DB_T(in->reason), DB_T(in->kind));

    return result == STORE_OK && db_changes(db) == 0 ? STORE_NOT_FOUND : result;
}

enum store_result ops_value_get(struct db *db, struct store_op *op)
{
    const struct store_value *in = &op->in.value_get;
    sqlite3_stmt *st =
        db_query(db, "SELECT text, changed_ms FROM value WHERE key = ?", DB_T(in->key));
    const enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return result;
    op->out.value = (struct store_value){
        .key = in->key, .text = db_text(op, st, 0), .changed_ms = db_int(st, 1)};
    return STORE_OK;
}

enum store_result ops_value_put(struct db *db, struct store_op *op)
{
    const struct store_value *in = &op->in.value_put;

    const enum store_result result =
        db_run(db, "INSERT OR REPLACE INTO value (key, changed_ms, text) VALUES (?, ?, ?)",
               DB_T(in->key), DB_N(in->changed_ms), DB_T(in->text));

    return result == STORE_OK ? ops_audit(db, &in->audit) : result;
}

/* ---- leases ---- */

static enum store_result sum_leases(struct db *db, const char *kind, int64_t now_ms,
                                    struct store_lease *out)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT coalesce(sum(count), 0), coalesce(min(expires_ms), 0) "
                                "FROM lease WHERE kind = ? AND expires_ms > ?",
                                DB_T(kind), DB_N(now_ms));

    if (db_step(db, st) != 1)
        return STORE_FAILED;
    out->sum = db_int(st, 0);
    out->next_ms = db_int(st, 1);
    return STORE_OK;
}

enum store_result ops_lease_take(struct db *db, struct store_op *op)
{
    const struct store_lease_take *in = &op->in.lease_take;
    struct store_lease *out = &op->out.lease;
    int64_t left;
    enum store_result result = db_run(db, "DELETE FROM lease WHERE kind = ? AND expires_ms <= ?",
                                      DB_T(in->kind), DB_N(in->now_ms));

    if (result == STORE_OK)
        result = sum_leases(db, in->kind, in->now_ms, out);
    if (result != STORE_OK)
        return result;
    left = in->ceiling > out->sum ? in->ceiling - out->sum : 0;
    out->granted = in->count < left ? in->count : left;
    if (out->granted == 0)
        return STORE_OK;
    result = db_run(db, "INSERT INTO lease (kind, count, expires_ms) VALUES (?, ?, ?)",
                    DB_T(in->kind), DB_N(out->granted), DB_N(in->expires_ms));
    out->id = db_last_id(db);
    return result == STORE_OK ? sum_leases(db, in->kind, in->now_ms, out) : result;
}

enum store_result ops_lease_return(struct db *db, struct store_op *op)
{
    const int64_t id = op->in.lease_return.id, unused = op->in.lease_return.granted;
    enum store_result result =
        db_run(db, "DELETE FROM lease WHERE id = ? AND count <= ?", DB_N(id), DB_N(unused));

    if (result != STORE_OK || db_changes(db) > 0)
        return result;
    result = db_run(db, "UPDATE lease SET count = count - ? WHERE id = ?", DB_N(unused), DB_N(id));
    return result == STORE_OK && db_changes(db) == 0 ? STORE_NOT_FOUND : result;
}

enum store_result ops_lease_sum(struct db *db, struct store_op *op)
{
    return sum_leases(db, op->in.lease_sum.kind, op->in.lease_sum.now_ms, &op->out.lease);
}
