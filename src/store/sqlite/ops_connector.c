/* What the connector remembers. */
#include <string.h>

#include "store/sqlite/ops_private.h"

enum store_result ops_psa_match_get(struct db *db, struct store_op *op)
{
    const struct store_psa_match *in = &op->in.psa_match_get;
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT psa_contact, psa_customer, company, fetched_ms, candidates FROM "
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
                                                 .fetched_ms = db_int(st, 3),
                                                 .candidates = db_text(op, st, 4)};
    return STORE_OK;
}

enum store_result ops_psa_match_put(struct db *db, struct store_op *op)
{
    return ops_remember(db, &op->in.psa_match_put);
}

enum store_result ops_remember(struct db *db, const struct store_psa_match *in)
{
    return db_run(db,
                  "INSERT OR REPLACE INTO psa_match (account, email, psa_contact, psa_customer, "
                  "company, fetched_ms, candidates) VALUES (?, lower(?), ?, ?, ?, ?, ?)",
                  DB_T(in->account), DB_T(in->email), DB_N(in->psa_contact), DB_N(in->psa_customer),
                  DB_T(in->company), DB_N(in->fetched_ms), DB_T(in->candidates));
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
    enum store_result result =
        db_run(db, "UPDATE lease SET expires_ms = ?2 WHERE kind = ?1 AND (?3 OR expires_ms > ?2)",
               DB_T(in->kind), DB_N(in->expires_ms), DB_N(in->renew));

    if (result == STORE_OK)
        result = db_run(db, "DELETE FROM lease WHERE kind = ? AND expires_ms <= ?", DB_T(in->kind),
                        DB_N(in->now_ms));
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
