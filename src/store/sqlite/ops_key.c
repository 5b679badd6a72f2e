/* Keys for REST, and what they were answered. */
#include <string.h>

#include "store/sqlite/ops_private.h"

#define COLUMNS "n, id, hint, name, rights, made_by, created_ms, used_ms, revoked_ms "

static void read_key(struct store_op *op, sqlite3_stmt *st, struct store_key *to)
{
    *to = (struct store_key){.n = db_int(st, 0),
                             .hint = db_text(op, st, 2),
                             .name = db_text(op, st, 3),
                             .rights = db_text(op, st, 4),
                             .made_by = db_text(op, st, 5),
                             .created_ms = db_int(st, 6),
                             .used_ms = db_int(st, 7),
                             .revoked_ms = db_int(st, 8)};
    db_id(st, 1, &to->id);
}

enum store_result ops_key_list(struct db *db, struct store_op *op)
{
    struct store_keys *out = &op->out.keys;
    struct store_key *rows = arena_alloc(op->arena, 2 * STORE_KEYS_MAX * sizeof(*rows));
    sqlite3_stmt *st;
    int found;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_keys){.rows = rows};
    st = db_query(db, "SELECT " COLUMNS "FROM api_key ORDER BY revoked_ms <> 0, n DESC LIMIT ?",
                  DB_N(2 * STORE_KEYS_MAX));
    while ((found = db_step(db, st)) == 1)
        read_key(op, st, &rows[out->count++]);
    return found < 0 ? STORE_FAILED : STORE_OK;
}

enum store_result ops_key_add(struct db *db, struct store_op *op)
{
    const struct store_key *in = &op->in.key_add;
    const enum store_result result =
        db_run(db,
               "INSERT INTO api_key (id, hash, hint, name, rights, made_by, created_ms) "
               "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 "
               "WHERE (SELECT count(*) FROM api_key WHERE revoked_ms = 0) < ?8",
               DB_ID(&in->id), DB_HASH(in->hash), DB_T(in->hint), DB_T(in->name), DB_T(in->rights),
               DB_T(in->made_by), DB_N(in->created_ms), DB_N(STORE_KEYS_MAX));

    if (result == STORE_OK && db_changes(db) == 0)
        return STORE_CONFLICT;
    return result == STORE_OK ? ops_audit(db, &in->audit) : result;
}

enum store_result ops_key_revoke(struct db *db, struct store_op *op)
{
    const struct store_key *in = &op->in.key_revoke;
    struct store_audit audit = in->audit;
    sqlite3_stmt *st =
        db_query(db, "SELECT name FROM api_key WHERE n = ? AND revoked_ms = 0", DB_N(in->n));
    enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return result;
    audit.object = db_text(op, st, 0);
    result = db_run(db, "UPDATE api_key SET revoked_ms = ? WHERE n = ?", DB_N(in->revoked_ms),
                    DB_N(in->n));
    return result == STORE_OK ? ops_audit(db, &audit) : result;
}

enum store_result ops_key_check(struct db *db, struct store_op *op)
{
    sqlite3_stmt *st =
        db_query(db, "SELECT " COLUMNS "FROM api_key WHERE hash = ? AND revoked_ms = 0",
                 DB_HASH(op->in.key_check.hash));
    const enum store_result result = ops_one_row(db, st);

    if (result == STORE_OK)
        read_key(op, st, &op->out.key);
    return result;
}

enum store_result ops_key_used(struct db *db, struct store_op *op)
{
    return db_run(db, "UPDATE api_key SET used_ms = ? WHERE n = ?", DB_N(op->in.key_used.now_ms),
                  DB_N(op->in.key_used.key));
}

enum store_result ops_api_ask(struct db *db, struct store_op *op)
{
    const struct store_api_ask *in = &op->in.api_ask;
    enum store_result result = db_run(db,
                                      "DELETE FROM api_answer WHERE (key, name) IN (SELECT key, "
                                      "name FROM api_answer WHERE created_ms < ? LIMIT 100)",
                                      DB_N(in->now_ms - STORE_API_KEPT_MS));
    sqlite3_stmt *st;

    if (result == STORE_OK)
        result = db_run(db,
                        "INSERT OR IGNORE INTO api_answer (key, name, hash, created_ms) "
                        "VALUES (?, ?, ?, ?)",
                        DB_N(in->key), DB_T(in->name), DB_HASH(in->hash), DB_N(in->now_ms));
    if (result != STORE_OK)
        return result;
    st = db_query(db, "SELECT hash = ?3, status, body FROM api_answer WHERE key = ?1 AND name = ?2",
                  DB_N(in->key), DB_T(in->name), DB_HASH(in->hash));
    result = ops_one_row(db, st);
    if (result != STORE_OK)
        return result;
    if (db_int(st, 0) == 0)
        return STORE_CROSSED;
    op->out.api_asked =
        (struct store_api_asked){.status = (int)db_int(st, 1), .body = db_text(op, st, 2)};
    return STORE_OK;
}

enum store_result ops_api_answer(struct db *db, struct store_op *op)
{
    const struct store_api_ask *in = &op->in.api_answer;

    return db_run(db, "UPDATE api_answer SET status = ?, body = ? WHERE key = ? AND name = ?",
                  DB_N(in->status), DB_T(in->body), DB_N(in->key), DB_T(in->name));
}

enum store_result ops_talks_read(struct db *db, struct store_op *op)
{
    const struct store_talks_read *in = &op->in.talks_read;
    struct store_summaries *out = &op->out.summaries;
    struct store_summary *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    sqlite3_stmt *st;
    int found;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_summaries){.rows = rows};
    st = db_query(db,
                  "SELECT " SUMMARY_COLUMNS SUMMARY_TABLES
                  "WHERE (?1 < 0 OR c.open = ?1) AND (?2 OR c.id < ?3) ORDER BY c.id DESC LIMIT ?4",
                  DB_N(in->open), DB_N(id_is_none(&in->before)), DB_ID(&in->before),
                  DB_N(in->limit + 1));
    while ((found = db_step(db, st)) == 1)
        if (out->count < in->limit)
            ops_read_summary(op, st, &rows[out->count++]);
        else
            out->more = true;
    return found < 0 ? STORE_FAILED : STORE_OK;
}
